"""`close`: the result, how the chance went, what was learned; an early end needs a reason."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from kit import Result

from smartkpi.errors import SmartKpiError
from smartkpi.model.goal import GoalState
from smartkpi.store import database, goals
from smartkpi.workflow import closing

Run = Callable[..., Result]
FIRST = date(2026, 10, 1)
CSV = "Date,Leads\n"


def leads(smartkpi: Run, tmp_path: Path, days: int, each: int = 2) -> None:
    """A table of leads, so many a day from 1 September on."""
    first = date(2026, 9, 1)
    rows = "".join(f"{first + timedelta(days=i)},{each}\n" for i in range(days))
    (tmp_path / "leads.csv").write_text(CSV + rows, encoding="utf-8")
    taken = smartkpi(
        "import", tmp_path / "leads.csv", "--map", "--date", "Date", "--metric", "leads=Leads", "--platform", "other",
        "--account", "Shop", "--save-as", "leads",
    )  # fmt: skip
    assert taken.exit_status == 0, taken.err


def add(smartkpi: Run, *flags: str) -> None:
    made = smartkpi("add", "--metric", "leads", "--start", "2026-10-01", "--as-of", "2026-10-01", *flags)
    assert made.exit_status == 0, made.err


def slug(smartkpi: Run) -> str:
    return str(json.loads(smartkpi("list", "--all", "--json").out)["goals"][-1]["slug"])


@pytest.fixture
def goal(smartkpi: Run, tmp_path: Path) -> str:
    """100 leads in October; 62 come, all of which are known."""
    leads(smartkpi, tmp_path, 75)
    add(smartkpi, "--target", "100", "--deadline", "2026-10-31")
    return slug(smartkpi)


def test_a_missed_goal_says_by_how_much_and_how_the_chance_went(smartkpi: Run, goal: str) -> None:
    told = smartkpi("close", goal, "--learned", "October is slow", "--as-of", "2026-11-15")
    assert told.exit_status == 0
    assert "missed, it ended at 62, 38 short of 100 (62 % of the way)." in told.out
    assert [line.split("  ")[0] for line in told.out.splitlines() if "2026" in line and "%" not in line] == [
        "a quarter of the time", "half of it", "three quarters", "the end",
    ]  # fmt: skip
    assert "Learned: October is slow" in told.out


def test_the_way_is_what_status_says_on_those_days(smartkpi: Run, goal: str) -> None:
    before = {
        moment: json.loads(smartkpi("status", "--as-of", moment, "--json").out)["goals"][0]
        for moment in ("2026-10-08", "2026-10-16", "2026-10-23")
    }
    told = json.loads(smartkpi("close", goal, "--as-of", "2026-11-15", "--json").out)
    assert [moment["day"] for moment in told["course"]] == [*before, "2026-10-31"]
    for moment in told["course"][:-1]:
        assert moment["chance"] == before[moment["day"]]["chance"]
        assert moment["actual"] == before[moment["day"]]["actual"]
    assert told["outcome"] == "missed"
    assert told["share_of_the_way"] == 0.62
    assert told["goal"]["state"] == "closed"


def test_a_met_goal_closes_without_a_reason_also_before_its_deadline(smartkpi: Run, tmp_path: Path) -> None:
    leads(smartkpi, tmp_path, 75)
    add(smartkpi, "--target", "20", "--deadline", "2026-12-31")
    told = smartkpi("close", slug(smartkpi), "--as-of", "2026-11-15")
    assert told.exit_status == 0
    assert "met, it ended at" in told.out


def test_an_early_end_without_a_reason_is_refused_and_names_the_flag(smartkpi: Run, goal: str) -> None:
    refused = smartkpi("close", goal, "--as-of", "2026-10-20")
    assert refused.exit_status == 2
    assert f"smartkpi close {goal} --why TEXT" in refused.err
    assert "It stands at 40, target 100, where the plan had 65 by 20 Oct" in refused.err
    assert json.loads(smartkpi("list", "--json").out)["goals"][0]["state"] == "active"
    told = smartkpi("close", goal, "--why", "the form is gone", "--as-of", "2026-10-20")
    assert "ended 11 days before its deadline at 40, target 100" in told.out
    assert "Why it ended: the form is gone" in told.out


def test_an_end_that_no_data_tell_is_refused_too(smartkpi: Run, goal: str, tmp_path: Path) -> None:
    smartkpi("undo")
    smartkpi("undo")
    leads(smartkpi, tmp_path, 50)
    add(smartkpi, "--target", "100", "--deadline", "2026-10-31")
    refused = smartkpi("close", slug(smartkpi), "--as-of", "2026-11-15")
    assert refused.exit_status == 2
    assert "nobody knows yet how" in refused.err
    assert "the numbers end on 20 Oct 2026" in refused.err
    told = smartkpi("close", slug(smartkpi), "--why", "the table is lost", "--as-of", "2026-11-15")
    assert told.exit_status == 0


def test_undo_opens_it_again(smartkpi: Run, goal: str) -> None:
    smartkpi("close", goal, "--learned", "much", "--as-of", "2026-11-15")
    smartkpi("undo")
    (found,) = json.loads(smartkpi("list", "--json").out)["goals"]
    assert found["state"] == "active"
    assert smartkpi("close", goal, "--as-of", "2026-11-15").exit_status == 0


def test_status_offers_to_close_what_is_over_and_only_that(smartkpi: Run, goal: str) -> None:
    assert f"smartkpi close {goal}" in smartkpi("status", "--as-of", "2026-11-15").out
    smartkpi("edit", goal, "--target", "50", "--as-of", "2026-10-20")
    over = smartkpi("status", "--as-of", "2026-11-15").out
    assert "It is over: close it" in over
    assert f"smartkpi close {goal}" in over
    assert "close" not in smartkpi("status", "--as-of", "2026-10-28").out


def test_a_goal_that_repeats_offers_the_next_one(smartkpi: Run, goal: str) -> None:
    smartkpi("edit", goal, "--repeat", "month", "--as-of", "2026-10-20")
    assert "It repeats each month" in smartkpi("status", "--as-of", "2026-11-15").out
    told = smartkpi("close", goal, "--as-of", "2026-11-15")
    command = f"smartkpi add --like {goal} --again"
    assert command in told.out
    made = smartkpi(*command.split()[1:], "--as-of", "2026-11-15")
    assert made.exit_status == 0, made.err
    again = json.loads(smartkpi("list", "--json").out)["goals"][-1]
    assert (again["start"], again["deadline"], again["target"]) == ("2026-11-01", "2026-11-30", 100.0)
    assert again["title"].endswith(" · Nov 2026")


def test_a_person_is_asked_why_and_what_was_learned(smartkpi: Run, db: Path, goal: str) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "the budget is gone" if "early" in question else "ask sooner"

    closing.close_goal(db, goal, date(2026, 10, 20).toordinal(), "2026-10-20", ask=answer, command="smartkpi close")
    assert ["Why does it end early?" in asked[0], "What was learned?" in asked[1]] == [True, True]
    conn = database.open_reading(db)
    assert conn is not None
    (kept,) = goals.all(conn)
    conn.close()
    assert (kept.state, kept.closed_because, kept.learned) == (GoalState.CLOSED, "the budget is gone", "ask sooner")


def test_a_person_who_says_no_reason_keeps_the_goal(smartkpi: Run, db: Path, goal: str) -> None:
    with pytest.raises(Exception, match="why does it end early"):
        closing.close_goal(db, goal, date(2026, 10, 20).toordinal(), "now", ask=lambda _: "", command="smartkpi close")
    assert json.loads(smartkpi("list", "--json").out)["goals"][0]["state"] == "active"


def test_a_closed_goal_is_closed(smartkpi: Run, goal: str) -> None:
    smartkpi("close", goal, "--as-of", "2026-11-15")
    again = smartkpi("close", goal, "--as-of", "2026-11-15")
    assert again.exit_status == 1
    assert "is closed already" in again.err


def test_without_a_database_there_is_no_such_goal(smartkpi: Run) -> None:
    assert smartkpi("close", "leads").exit_status == 2


def test_a_goal_that_was_changed_while_the_question_stood_there_is_not_closed(
    smartkpi: Run, goal: str, db: Path
) -> None:
    def answer(question: str) -> str:
        smartkpi("edit", goal, "--owner", "Ana", "--as-of", "2026-10-10")
        return "no more ads"

    with pytest.raises(SmartKpiError, match="was changed meanwhile"):
        closing.close_goal(db, goal, date(2026, 10, 10).toordinal(), "now", ask=answer, command="smartkpi close leads")
    (kept,) = json.loads(smartkpi("list", "--json").out)["goals"]
    assert (kept["owner"], kept["state"]) == ("Ana", "active")
