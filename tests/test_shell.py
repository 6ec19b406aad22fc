"""The shell that users meet: widths, pipes, encodings, exit codes, JSON, and questions on a real terminal."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result, invoke

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")
QUARTER = ("--start", "2026-10-01", "--deadline", "2026-12-31", *DAY)
WIDE_NUMBERS = re.compile(r"\d[\d,.]*")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example exports, and goals of every form."""
    db = tmp_path_factory.mktemp("template") / "kpi.db"
    for command in (
        ("import", ROOT / "examples", "--account", "Example Café", "--currency", "EUR"),
        ("add", "Website leads", "--metric", "leads", "--target", "130", "--owner", "Ben", *QUARTER),
        ("add", "--metric", "followers", "--platform", "instagram", "--gain", "300", "--owner", "Ana", *QUARTER),
        ("add", "--metric", "cost per lead", "--target", "€20", "--keep", *QUARTER),
        ("add", "--metric", "link clicks", "--platform", "instagram", "--target", "1250000", *QUARTER),
        ("add", "--metric", "reach", "--platform", "instagram", "--target", "600", "--typical-day", *QUARTER),
        ("add", "--metric", "profile visits", "--target", "20", "--every-week", *QUARTER),
        ("add", "--metric", "engagement rate", "--platform", "x", "--target", "3%", *QUARTER),
    ):
        done = invoke("--db", db, *command)
        assert done.exit_status == 0, done.err
    return db


@pytest.fixture
def full(template: Path, db: Path) -> Path:
    """A copy of the template, as the database of the test."""
    db.write_bytes(template.read_bytes())
    return db


def _as_in_a_terminal(child: int) -> None:
    """Ctrl-C must reach the program as a signal, also where a shell's & turned it off."""
    os.login_tty(child)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def on_terminal(width: int, *arguments: str, db: Path, answers: tuple[str, ...] = (), **env: str) -> tuple[int, str]:
    """(exit status, screen) of the program on a real terminal of that width; answers are typed at its prompts."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "smartkpi", "--db", str(db), *arguments],
        preexec_fn=lambda: _as_in_a_terminal(child), pass_fds=(child,), cwd=ROOT,
        env={**os.environ, "COLUMNS": str(width), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip
    os.close(child)
    screen, answered, waiting, until = b"", 0, list(answers), time.monotonic() + 30
    while time.monotonic() < until:
        ready, _, _ = select.select([parent], [], [], 0.1)
        if ready:
            try:
                piece = os.read(parent, 65536)
            except OSError:
                break
            if not piece:
                break
            screen += piece
        elif waiting and screen[answered:].rstrip(b" ").endswith(b":"):  # a question stands on the screen
            answered = len(screen)
            os.write(parent, f"{waiting.pop(0)}\n".encode())
        if process.poll() is not None and not ready:
            break
    os.close(parent)
    return process.wait(10), screen.decode()


def numbers(text: str) -> set[str]:
    return set(WIDE_NUMBERS.findall(re.sub(r"\x1b\[[\d;]*m", "", text)))


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_number_is_cut_at_any_width(width: int, full: Path, smartkpi: Run) -> None:
    told = json.loads(smartkpi("status", *DAY, "--json").out)
    status, screen = on_terminal(width, "status", *DAY, db=full)
    assert status == 0
    assert "Traceback" not in screen
    plain = re.sub(r"\x1b\[[\d;]*m", "", screen)
    assert "1,250,000" in plain
    for goal in told["goals"]:
        if goal["actual"] is not None and goal["metric"] in ("leads", "link_clicks", "profile_visits"):
            assert f"{round(goal['actual']):,}" in plain
        assert goal["status"] in plain
    too_long = [line for line in plain.splitlines() if len(line) > width]
    assert all(line.strip().startswith("smartkpi ") for line in too_long), "only a command to copy is never broken"
    assert "…" not in plain.replace("…  ", "").replace("… ", "")


@pytest.mark.parametrize(
    "env", [{"NO_COLOR": "1"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}], ids=str
)
def test_a_pipe_gets_whole_lines_without_colour(env: dict[str, str], full: Path, smartkpi: Run) -> None:
    told = json.loads(smartkpi("status", *DAY, "--json").out)
    done = subprocess.run(
        [sys.executable, "-m", "smartkpi", "--db", str(full), "status", *DAY],
        capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode(env.get("PYTHONIOENCODING", "utf-8"))
    assert "\x1b" not in text
    lines = text.partition("What needs you")[0].splitlines()
    for goal in told["goals"]:
        assert sum(goal["title"].split(" under ")[0] in line and goal["status"] in line for line in lines) == 1
    assert "1,250,000" in text


def test_colour_comes_on_a_terminal_and_goes_with_no_color(full: Path) -> None:
    assert "\x1b[38;" in on_terminal(120, "status", *DAY, db=full)[1]
    assert "\x1b[38;" not in on_terminal(120, "status", *DAY, db=full, NO_COLOR="1")[1]


@pytest.mark.parametrize("command", ["status", "list", "audit", "retro"])
def test_without_colour_only_headings_and_commands_to_type_stand_out_and_they_are_bold(
    command: str, full: Path
) -> None:
    screen = on_terminal(100, command, *DAY, db=full, NO_COLOR="1")[1]
    assert {found[0] for found in re.finditer(r"\x1b\[[\d;]*[A-Za-z]", screen)} <= {"\x1b[1m", "\x1b[0m"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", *DAY), ("list",), ("show", "leads-google-analytics", *DAY), ("imports",), ("accounts",),
        ("platforms",), ("export", "observations"), ("export", "items"), ("export", "goals"),
        ("import", str(ROOT / "examples" / "Reach.csv")), ("undo",), ("redo",),
        ("close", "leads-google-analytics", "--why", "the form is gone"), ("retro",),
        ("remove", "leads-google-analytics"), ("edit", "leads-google-analytics", "--owner", "Cleo", *DAY),
        ("record", "likes", "3", "--account", "Example Café", "--platform", "instagram", *DAY),
        ("add", "--metric", "likes", "--target", "9", "--deadline", "2026-12-31", *DAY),
        ("accounts", "rename", "www.example-cafe.test", "Site"),
        ("accounts", "merge", "Example Café", "www.example-cafe.test", "--platform", "instagram"),
    ],
    ids=lambda a: " ".join(a[:2]),
)  # fmt: skip
def test_every_command_speaks_json(arguments: tuple[str, ...], full: Path, smartkpi: Run) -> None:
    done = smartkpi(*arguments, "--json")
    if done.exit_status == 0:
        assert json.loads(done.out)["smartkpi"] == 1
    else:
        assert done.exit_status == 2
        assert done.err.startswith("smartkpi: ")


def test_status_check_says_4_when_a_goal_is_off_track(full: Path, smartkpi: Run) -> None:
    assert smartkpi("status", *DAY).exit_status == 0
    assert smartkpi("status", *DAY, "--check").exit_status == 4
    assert smartkpi("status", *DAY, "--check", "--owner", "Ana").exit_status == 0


def test_goals_are_filtered_and_grouped(full: Path, smartkpi: Run) -> None:
    told = json.loads(smartkpi("status", *DAY, "--json", "--owner", "ana").out)
    assert [goal["owner"] for goal in told["goals"]] == ["Ana"]
    told = json.loads(smartkpi("status", *DAY, "--json", "--platform", "ig").out)
    assert {source["platform"] for goal in told["goals"] for source in goal["sources"]} == {"instagram"}
    grouped = smartkpi("status", *DAY, "--by", "owner").out
    assert grouped.index("\nAna") < grouped.index("\nBen")


def test_nothing_is_created_by_looking(smartkpi: Run, db: Path) -> None:
    for command in (("status",), ("list",), ("imports",), ("accounts",), ("export", "goals"), ("undo",), ()):
        assert smartkpi(*command).exit_status == 0
    assert not db.exists()


def test_a_wrong_name_gets_the_nearest_ones(full: Path, smartkpi: Run) -> None:
    for command, near in (
        (("show", "leads-google-analytic"), "leads-google-analytics"),
        (("add", "--metric", "folowers", "--gain", "5", "--deadline", "eoq"), "followers"),
        (("status", "--platform", "instgram"), "instagram"),
        (("statsu",), "status"),
    ):
        told = smartkpi(*command)
        assert told.exit_status == 2
        assert near in told.err
        assert "Traceback" not in told.err


def test_a_bug_says_that_it_is_our_fault(smartkpi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from smartkpi.workflow import judging

    monkeypatch.setattr(judging, "status", lambda *_, **__: 1 / 0)
    told = smartkpi("status")
    assert told.exit_status == 1
    assert "our fault" in told.err
    assert "Traceback" not in told.err


def test_add_asks_one_thing_at_a_time_on_a_terminal(full: Path) -> None:
    answers = ("followers", "instagram", "+40", "2027-05-01", "Ana", "", "")
    status, screen = on_terminal(120, "add", *DAY, db=full, answers=answers)
    assert status == 0, screen
    assert "Gain 40 Instagram followers" in screen


def test_import_asks_whose_numbers_they_are_on_a_terminal(db: Path) -> None:
    file = str(ROOT / "examples" / "Reach.csv")
    status, screen = on_terminal(120, "import", file, db=db, answers=("Example Café",))
    assert status == 0, screen
    assert "whose numbers are these?" in screen
    assert "Example Café on Instagram" in screen


def test_names_have_no_power_over_the_terminal(smartkpi: Run) -> None:
    evil = "Bold [/b] \x1b[2J\u202e title"
    assert (
        smartkpi("add", evil, "--metric", "likes", "--target", "10", "--deadline", "2026-12-31", *DAY).exit_status == 0
    )
    for command in (("status", *DAY), ("list",), ("show", "likes", *DAY), ("status", *DAY, "--plain")):
        shown = smartkpi(*command).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[/b]" in shown
    assert json.loads(smartkpi("list", "--json").out)["goals"][0]["title"] == evil


def test_a_wrong_answer_is_asked_for_again_and_nothing_is_lost(full: Path) -> None:
    answers = ("wibble", "followers", "nowhere", "instagram", "many", "+41", "yesterdayish", "2027-05-01", "", "", "")
    status, screen = on_terminal(120, "add", *DAY, db=full, answers=answers)
    assert status == 0, screen
    assert "Gain 41 Instagram followers" in screen
    for wrong in ("wibble", "nowhere", "many", "yesterdayish"):
        assert f'"{wrong}"' in screen


def test_a_folder_may_ask_more_than_once(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in ("Reach.csv", "Follows (1).csv"):
        (folder / name).write_bytes((ROOT / "examples" / name).read_bytes())
    status, screen = on_terminal(120, "import", str(folder), db=db, answers=("Example Café", "Example Café"))
    assert status == 0, screen
    assert screen.count("whose numbers are these?") == 2
    assert "our fault" not in screen


def test_ctrl_c_at_a_question_says_130_and_changes_nothing(db: Path) -> None:
    status, screen = on_terminal(120, "import", str(ROOT / "examples" / "Reach.csv"), db=db, answers=("\x03",))
    assert status == 130, screen
    assert "Traceback" not in screen


@pytest.mark.parametrize("place", ["folder", "text", "damaged"])
def test_a_database_that_is_none_is_told_and_left_alone(place: str, smartkpi: Run, tmp_path: Path, full: Path) -> None:
    db = tmp_path / "other.db"
    if place == "folder":
        db.mkdir()
    elif place == "text":
        db.write_text("my diary, page one, and so on until it is longer than a header of any file of a hundred bytes")
    else:
        whole = full.read_bytes()
        db.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    before = db.read_bytes() if db.is_file() else b""
    for command in (("status", *DAY), ("undo",), ("import", ROOT / "examples" / "Reach.csv", "--account", "A")):
        told = smartkpi("--db", db, *command)
        assert told.exit_status in (1, 2), told
        assert "our fault" not in told.err
        assert told.err.startswith("smartkpi: ")
    assert place == "folder" or db.read_bytes() == before


def test_record_asks_for_the_currency_of_money_on_a_terminal(db: Path) -> None:
    typed = ("record", "cost", "12.50", "--account", "Shop", "--platform", "google-ads", *DAY)
    status, screen = on_terminal(120, *typed, db=db, answers=("some", "eur"))
    assert status == 0, screen
    assert "In which currency is the ad spend?" in screen
    assert "€ 12.50" in screen
