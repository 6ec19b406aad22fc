"""Goals through the command line: what is refused and why, what an edit does, what stays visible."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")
BY = ("--deadline", "2026-12-31", *DAY)


@pytest.fixture
def fed(smartkpi: Run) -> Run:
    """The shell, with Instagram follows and reach of one café."""
    for name in ("Follows.csv", "Reach.csv"):
        assert smartkpi("import", EXAMPLES / name, "--account", "Example Café").exit_status == 0
    return smartkpi


def shown(smartkpi: Run, slug: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(smartkpi("show", slug, "--json", *DAY).out)["goal"]
    return found


@pytest.mark.parametrize(
    ("arguments", "letters", "said"),
    [
        (("More followers", "--metric", "followers"), "ST", "how many followers"),
        (("--metric", "followers", "--gain", "20"), "T", "by when?"),
        (("--gain", "20", "--deadline", "eoq"), "M", "what will be counted?"),
        (("--metric", "followers", "--gain", "20", "--deadline", "2026-11-01"), "T", "is over"),
        (("--metric", "reach", "--target", "5000", "--deadline", "eoq"), "M", "same person"),
        (("--metric", "followers", "--baseline", "10", "--target", "10", "--deadline", "eoq"), "S", "already"),
        (("--metric", "leads", "--target", "0", "--deadline", "eoq"), "S", "above 0"),
        (("--metric", "reach", "--target", "5", "--typical-day", "--deadline", "eoq"), "S", "there already"),
    ],
)
def test_what_is_not_a_goal_is_refused_with_its_letter_and_an_example_that_passes(
    arguments: tuple[str, ...], letters: str, said: str, fed: Run
) -> None:
    told = fed("add", *arguments, *DAY)
    assert told.exit_status == 2
    assert "Nothing was saved." in told.err
    assert said in told.err
    assert [line.split()[0] for line in told.err.splitlines() if " ✗ " in line] == list(letters)
    assert json.loads(fed("list", "--json").out)["goals"] == []


def test_the_very_same_goal_twice_is_refused(fed: Run) -> None:
    goal = ("add", "--metric", "followers", "--gain", "20", *BY)
    assert fed(*goal).exit_status == 0
    refused = fed(*goal)
    assert refused.exit_status == 2
    assert refused.err.startswith("smartkpi: you have this very goal already: ")
    assert "--deadline DAY" in refused.err
    assert "wish" not in refused.err


def test_a_goal_is_echoed_as_one_sentence_and_its_baseline_read_from_the_data(fed: Run) -> None:
    fed("record", "followers", "1200", "--account", "Example Café", "--on", "2026-10-01", *DAY)
    told = fed("add", "--metric", "followers", "--gain", "20", "--deadline", "2027-05-01", *DAY)
    assert told.out.startswith("Gain 20 Instagram followers: from 1,372 to 1,392 by Sat 1 May 2027 (160 days), about ")
    assert shown(fed, "followers-instagram")["baseline"] == 1372


def test_another_why_is_shown_beside_the_one_that_it_takes_the_place_of(fed: Run) -> None:
    slug = ("followers-instagram",)
    fed("add", "--metric", "followers", "--gain", "20", "--why", "the café is new", *BY)
    told = fed("edit", *slug, "--target", "30", "--why", "the form was broken", *DAY)
    told = told if told.exit_status == 0 else fed("edit", *slug, "--gain", "30", "--why", "the form was broken", *DAY)
    assert "why: the café is new → the form was broken" in told.out
    assert (
        "the reason why it matters changed from “the café is new” to “the form was broken”"
        in fed("show", *slug, *DAY).out
    )


def test_no_example_gives_the_why_of_a_goal_as_the_reason_for_a_change(smartkpi: Run) -> None:
    said = smartkpi("edit", "--help").out.splitlines()
    examples = [line for line in said if line.strip().startswith("smartkpi edit")]
    assert len(examples) == 3
    assert all(line.count(" --") == 1 for line in examples)


def test_every_edit_stays_visible_and_can_be_undone(fed: Run) -> None:
    fed("add", "--metric", "followers", "--gain", "20", *BY)
    fed("edit", "followers-instagram", "--deadline", "2027-01-31", "--owner", "Ana", *DAY)
    told = fed("show", "followers-instagram", *DAY).out
    assert "deadline moved from 31 Dec 2026 to 31 Jan 2027 on 22 Nov" in told
    assert "owner set to Ana" in told
    fed("undo")
    assert shown(fed, "followers-instagram")["deadline"] == "2026-12-31"
    assert "changed from" not in fed("show", "followers-instagram", *DAY).out


def test_reading_another_account_asks_where_the_way_begins(fed: Run) -> None:
    fed("record", "followers", "1200", "--account", "Example Café", "--on", "2026-10-01", *DAY)
    fed("add", "--metric", "followers", "--gain", "20", *BY)
    fed("record", "followers", "500", "--account", "Second shop", "--platform", "instagram", "--on", "2026-11-20", *DAY)
    stopped = fed("edit", "followers-instagram", "--account", "Second shop", *DAY)
    assert stopped.exit_status == 2
    assert "begins elsewhere" in stopped.err
    fed("edit", "followers-instagram", "--account", "Second shop", "--gain", "30", *DAY)
    found = shown(fed, "followers-instagram")
    assert (found["baseline"], found["target"]) == (500, 530)


def test_a_removed_goal_is_gone_until_undo_and_a_closed_one_is_kept(fed: Run) -> None:
    fed("add", "--metric", "followers", "--gain", "20", *BY)
    fed("close", "followers-instagram", "--why", "done", *DAY)
    assert "followers-instagram" not in fed("list").out
    assert "followers-instagram" in fed("list", "--all").out
    assert "Every goal is closed" in fed("status", *DAY).out
    fed("undo")
    fed("remove", "followers-instagram", *DAY)
    assert "followers-instagram" not in fed("list", "--all").out
    fed("undo")
    assert "followers-instagram" in fed("list").out


def test_a_number_recorded_for_an_older_day_of_knowledge_never_hides_a_newer_one(fed: Run) -> None:
    whose = ("--account", "Example Café", "--on", "2026-10-01")
    assert fed("record", "followers", "1000", *whose, *DAY).exit_status == 0
    older = fed("record", "followers", "1200", *whose, "--as-of", "2026-10-02")
    assert older.exit_status == 1
    assert "a newer number" in older.err
    assert "2026-10-02,1000" in fed("export", "observations").out


def test_the_platform_flag_decides_only_where_the_file_does_not(fed: Run, tmp_path: Path) -> None:
    link_clicks = EXAMPLES / "Link clicks.csv"  # its title names Instagram
    assert "on Instagram" in fed("import", link_clicks, "--account", "Example Café", "--platform", "x").out
    reach = tmp_path / "Reach.csv"
    reach.write_bytes('sep=,\r\n"Reach"\r\n"Date","Primary"\r\n"2026-05-25T00:00:00","65"\r\n'.encode("utf-16"))
    refused = fed("import", reach, "--account", "Example Café", "--platform", "x")
    assert refused.exit_status == 1
    assert "not of X" in refused.err


def test_numbers_that_go_on_growing_need_the_day_of_their_download(smartkpi: Run, tmp_path: Path) -> None:
    table = tmp_path / "Table data.csv"
    table.write_text('Content,Video title,Video publish time,Views\nTotal,,,12\nabc,A film,"Sep 2, 2019",12\n')
    asked = smartkpi("import", table, "--account", "Example Café")
    assert asked.exit_status == 1
    assert "--as-of" in asked.err
    assert smartkpi("import", table, "--account", "Example Café", *DAY).exit_status == 0


def test_an_import_that_brings_nothing_new_moves_no_goal(fed: Run) -> None:
    fed("add", "--metric", "followers", "--gain", "20", *BY)
    told = json.loads(fed("import", EXAMPLES / "Follows.csv", "--as-of", "2026-11-25", "--json").out)
    assert told["files"][0]["tables"][0]["new"] == 0
    assert told["goals_moved"] == 0


def test_a_level_is_worked_back_from_a_total_that_was_recorded_long_ago(fed: Run) -> None:
    fed("record", "followers", "1000", "--account", "Example Café", "--on", "2025-11-01", *DAY)
    told = csv.DictReader(io.StringIO(fed("export", "observations", "--with-zeros").out))
    came = {r["begin"]: float(r["value"]) for r in told if r["metric"] == "new_followers"}
    eve = 1000 + sum(value for day, value in came.items() if "2025-11-01" < day <= "2026-09-30")
    now = eve + sum(value for day, value in came.items() if "2026-10-01" <= day <= "2026-11-21")
    fed("add", "--metric", "followers", "--gain", "300", "--start", "2026-10-01", *BY)
    fed("add", "--metric", "reach", "--typical-day", "--target", "9000", "--start", "2026-11-20", *BY)
    found = shown(fed, "followers-instagram")
    assert (found["baseline"], found["actual"]) == (eve, now)
    (both,) = (g for g in json.loads(fed("status", "--json", *DAY).out)["goals"] if g["metric"] == "followers")
    assert (both["baseline"], both["actual"]) == (eve, now)


def test_where_nobody_exports_who_left_the_recorded_totals_tell_the_pace(fed: Run) -> None:
    for day, total in (("2026-10-01", "1200"), ("2026-10-22", "1210"), ("2026-11-19", "1220")):
        fed("record", "followers", total, "--account", "Example Café", "--on", day, *DAY)
    fed("add", "--metric", "followers", "--gain", "300", "--start", "2026-10-02", *BY)
    found = shown(fed, "followers-instagram")
    assert found["lately_a_week"] == pytest.approx(10 / 28 * 7)
    assert found["status"] == "off track"


def test_a_baseline_between_two_totals_says_so_and_status_says_how_many_left(fed: Run) -> None:
    for day, total in (("2026-10-01", "1200"), ("2026-10-29", "1230")):
        fed("record", "followers", total, "--account", "Example Café", "--on", day, *DAY)
    added = fed("add", "--metric", "followers", "--gain", "60", "--start", "2026-10-15", *BY)
    assert "from 1,215 to 1,275" in added.out
    assert "where it begins is “about”: between two recorded totals" in added.out
    left = "the total of 29 Oct 2026 is 53 fewer than the new followers add up to: people who left are not exported."
    assert left in fed("status", *DAY).out


def test_a_baseline_of_a_few_days_says_so(fed: Run) -> None:
    start = "2025-10-06"
    fed("add", "--metric", "reach", "--typical-day", "--target", "9000", "--start", start, *BY)
    told = fed("add", "--metric", "reach", "--typical-day", "--target", "9500", "--start", start, *BY)
    assert "where it begins is from 5 days of data only, not 28" in told.out
