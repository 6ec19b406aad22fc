"""A day that is past is judged by what was known then: the goals as they stood, the imports, the looks back."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from kit import Result, invoke

Run = Callable[..., Result]
FIRST, LAST = date(2025, 1, 1), date(2026, 3, 15)
TODAY = ("--as-of", str(LAST))
GOALS = (
    ("--metric", "leads", "--target", "190", "--start", "2025-11-01", "--deadline", "2026-01-31"),
    ("--metric", "cost per lead", "--target", "€ 15", "--keep", "--start", "2025-12-01", "--deadline", "2026-01-31"),
    ("--metric", "followers", "--gain", "150", "--start", "2025-12-01", "--deadline", "2026-02-15"),
    ("--metric", "cost", "--target", "€ 900", "--at-most", "--start", "2026-01-01", "--deadline", "2026-01-31"),
)


def table(path: Path, last: date = LAST) -> Path:
    """Leads, spend and followers of each day up to `last`: the same days whatever the last one is."""
    random, fans, rows = Random(7), 1000, ["Day,Leads,Cost,Fans"]
    for day in (FIRST + timedelta(days=i) for i in range((last - FIRST).days + 1)):
        busy = (1, 1.1, 1.2, 1.1, 0.9, 0.5, 0.4)[day.weekday()]
        fans += round(random.gauss(2, 3))
        rows.append(f"{day},{sum(random.random() < 0.1 * busy for _ in range(20))},{random.gauss(29, 4):.2f},{fans}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def fed(smartkpi: Run, path: Path) -> None:
    taken = smartkpi(
        "import", path, "--map", "--date", "Day", "--metric", "leads=Leads", "--metric", "cost=Cost", "--metric",
        "followers=Fans", "--account", "A", "--platform", "website", "--save-as", "tab", "--currency", "EUR",
    )  # fmt: skip
    assert taken.exit_status == 0, taken.err


def add(smartkpi: Run, *flags: str) -> None:
    made = smartkpi("add", *flags, "--as-of", flags[flags.index("--start") + 1])
    assert made.exit_status == 0, made.err


def said(smartkpi: Run, *arguments: object) -> Any:
    told = smartkpi(*arguments, "--json")
    assert told.exit_status == 0, told.err
    return json.loads(told.out)


def judged(smartkpi: Run, day: str) -> dict[str, Any]:
    return {goal["slug"]: goal for goal in said(smartkpi, "status", "--as-of", day)["goals"]}


@pytest.fixture
def full(smartkpi: Run, tmp_path: Path) -> Run:
    """The shell, with all numbers."""
    fed(smartkpi, table(tmp_path / "all.csv"))
    return smartkpi


@pytest.fixture
def moved(full: Run) -> Run:
    """100 leads in January become 50 on its last day but one; it is closed in March."""
    add(full, "E", "--metric", "leads", "--target", "100", "--start", "2026-01-01", "--deadline", "2026-01-31")
    assert full("edit", "leads-website", "--target", 50, "--as-of", "2026-01-30").exit_status == 0
    return full


def test_score_close_and_status_of_a_day_say_what_status_said_on_that_day(
    full: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for flags in GOALS:
        add(full, *flags)
    calls = said(full, "score", *TODAY)["said"]
    assert len(calls) >= 9
    later = {day: judged(full, day) for day in {call["day"] for call in calls}}
    ways = {slug: said(full, "close", slug, *TODAY)["course"] for slug in {call["goal"] for call in calls}}
    for number, day in enumerate(sorted(later)[::3]):
        monkeypatch.setenv("SMARTKPI_DB", str(tmp_path / f"then{number}.db"))
        fed(invoke, table(tmp_path / "then.csv", date.fromisoformat(day)))
        for flags in GOALS:
            add(invoke, *flags)
        then = judged(invoke, day)
        for call in (call for call in calls if call["day"] == day):
            slug = call["goal"]
            (moment,) = (moment for moment in ways[slug] if moment["day"] == day)
            assert call["chance"] == moment["chance"] == then[slug]["chance"]
            own = ("uid", "accounts", "sources")
            assert [k for k, v in then[slug].items() if k not in own and later[day][slug][k] != v] == []
    monkeypatch.undo()


def test_a_moved_target_changes_nothing_of_what_was_said_before(moved: Run) -> None:
    early = judged(moved, "2026-01-08")["leads-website"]
    assert (early["target"], early["status"], early["edits"]) == (100.0, "off track", [])
    late = judged(moved, "2026-01-30")["leads-website"]
    assert (late["target"], len(late["edits"])) == (50.0, 1)
    assert "lowered" not in moved("show", "leads-website", "--as-of", "2026-01-20").out
    assert "lowered" in moved("show", "leads-website", *TODAY).out
    (listed,) = said(moved, "list", "--as-of", "2026-01-20")["goals"]
    assert listed["target"] == 100.0


def test_close_says_the_move_and_judges_each_moment_by_the_aim_of_its_day(moved: Run) -> None:
    shown = moved("close", "leads-website", *TODAY, "--learned", "x").out
    assert "On the way: target lowered from 100 to 50 on 30 Jan" in shown
    assert "100 by 31 Jan 2026" in shown
    moved("undo")
    told = said(moved, "close", "leads-website", *TODAY)
    assert [moment["target"] for moment in told["course"]] == [100.0, 100.0, 100.0, 50.0]
    assert told["course"][0]["expected"] == pytest.approx(26, abs=1)
    assert told["course"][0]["chance"] < 0.1
    assert [edit["was"] for edit in told["edits"]] == ["100"]
    retro = moved("retro", *TODAY).out
    assert " E: target lowered from 100 to 50 on 30 Jan" in retro
    assert said(moved, "retro", *TODAY)["goals"][0]["edits"] == told["edits"]


def test_score_holds_what_was_said_against_what_was_aimed_at_then(moved: Run) -> None:
    found = said(moved, "score", *TODAY)["said"]
    assert {(call["target"], call["met"]) for call in found} == {(100.0, False)}
    shown = moved("score", *TODAY).out
    assert "leads-website: 100 by 31 Jan 2026" in shown
    assert "leads-website: target lowered from 100 to 50 on 30 Jan; what was said before is held against" in shown


def test_an_old_deadline_that_is_still_to_come_leaves_its_moments_out_and_says_so(full: Run) -> None:
    add(full, "--metric", "leads", "--target", "130", "--start", "2025-12-01", "--deadline", "2026-04-30")
    full("edit", "leads-website", "--deadline", "2026-02-10", "--as-of", "2026-01-10")
    found = said(full, "score", *TODAY)
    assert (found["calls"] + found["certain"], found["untold"]) == (1, 2)  # before 10 Jan: April's aim
    assert {call["deadline"] for call in found["said"]} == {"2026-02-10"}
    assert "2 were of a target or deadline that was moved, whose own end nobody can tell" in full("score", *TODAY).out


def test_a_goal_that_was_closed_later_was_active_then(moved: Run) -> None:
    moved("close", "leads-website", *TODAY)
    assert "Every goal is closed" in moved("status", *TODAY).out
    assert judged(moved, "2026-01-20")["leads-website"]["status"] == "off track"
    assert "not closed" in moved("retro", "--as-of", "2026-02-05").out
    assert said(moved, "whatif", "leads-website", "--as-of", "2026-01-20")["goal"]["state"] == "active"


def test_a_pause_that_was_said_later_was_none_then(full: Run) -> None:
    add(full, *GOALS[0])
    before = judged(full, "2025-12-20")
    full("pause", "leads-website", "--from", "2025-12-15", "--until", "2025-12-28", "--as-of", "2026-01-10")
    assert judged(full, "2025-12-20") == before
    assert judged(full, "2026-01-10")["leads-website"] != before["leads-website"]


def test_later_imports_say_nothing_of_how_often_they_come_or_how_far_they_reach(full: Run, tmp_path: Path) -> None:
    add(full, *GOALS[0])
    before = full("show", "leads-website", "--as-of", "2025-12-20").out
    assert "one every week, from 27 Dec 2025" in before
    later = table(tmp_path / "later.csv", LAST + timedelta(days=60))
    assert full("import", later, "--account", "A", "--platform", "website", "--profile", "tab").exit_status == 0
    after = full("show", "leads-website", "--as-of", "2025-12-20").out
    assert after.replace("later.csv", "all.csv").replace("import 2", "import 1") == before
    dry = ("add", "--metric", "leads", "--target", "90", "--deadline", "2026-04-30", "--dry-run")
    assert ", to 1 Feb 2026; one every week" in full(*dry, "--as-of", "2026-02-01").out


def test_retro_says_of_limits_what_helps_limits(full: Run) -> None:
    for month, last in (("2025-12", 31), ("2026-01", 31), ("2026-02", 28)):
        days = ("--start", f"{month}-01", "--deadline", f"{month}-{last}", "--owner", "Ana")
        add(full, "--metric", "cost", "--target", "€ 750", "--at-most", *days)
        add(full, "--metric", "leads", "--target", "300", *days)
    shown = full("retro", *TODAY).out
    ends = [goal["actual"] for goal in said(full, "retro", *TODAY)["goals"] if goal["metric"] == "cost"]
    over = round(100 * (sum(ends) / len(ends) / 750 - 1))
    advice = f"the limits were overrun by {over} % on average: set them higher, or look at the pace earlier."
    assert f"Goals for ad spend: 0 met, 3 missed; {advice}" in shown
    assert f"Goals of Ana, limits not to exceed: 0 met, 3 missed; {advice}" in shown
    assert "Goals of Ana, targets to reach: 0 met, 3 missed; typically they end at" in shown
    assert shown.count("aim lower or start earlier") == 3  # leads, Website and Ana: of what was to be reached alone
