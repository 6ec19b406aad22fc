"""`retro`: the goals that are over, together."""

import json
from collections.abc import Callable
from pathlib import Path

from kit import Result
from test_closing import leads

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-15")


def many(smartkpi: Run, tmp_path: Path) -> None:
    """Three goals of Ana's that miss, one of Ben's that is met, one that ends early, one that runs on."""
    leads(smartkpi, tmp_path, 75)
    for owner, target, deadline in (
        ("Ana", 100, "2026-10-31"), ("Ana", 80, "2026-10-20"), ("Ana", 120, "2026-10-31"), ("Ben", 30, "2026-10-25"),
        ("Ben", 400, "2026-12-31"), ("Ben", 500, "2027-03-31"),
    ):  # fmt: skip
        made = smartkpi(
            "add", "--metric", "leads", "--target", target, "--deadline", deadline, "--owner", owner, "--start",
            "2026-10-01", "--as-of", "2026-10-01",
        )  # fmt: skip
        assert made.exit_status == 0, made.err
    slugs = [goal["slug"] for goal in json.loads(smartkpi("list", "--json").out)["goals"]]
    for closed in slugs[:2]:
        assert smartkpi("close", closed, "--learned", f"lesson of {closed}", *DAY).exit_status == 0
    assert smartkpi("close", slugs[4], "--why", "no budget", *DAY).exit_status == 0


def test_met_missed_and_by_how_much_for_each_owner(smartkpi: Run, tmp_path: Path) -> None:
    many(smartkpi, tmp_path)
    told = json.loads(smartkpi("retro", "--json", *DAY).out)
    assert len(told["goals"]) == 5  # the one that runs on is not over
    ana, ben = (lot for lot in told["lots"] if lot["by"] == "owner")
    assert (ana["met"], ana["missed"], ana["share_of_the_way"]) == (0, 3, 62 / 120)
    assert (ben["met"], ben["missed"], ben["ended_early"]) == (1, 0, 1)
    assert [[said["lesson"] for said in lot["lessons"]] for lot in (ana, ben)] == [["lower"], ["too few"]]


def test_what_it_says_of_the_next_targets(smartkpi: Run, tmp_path: Path) -> None:
    many(smartkpi, tmp_path)
    shown = smartkpi("retro", *DAY).out
    assert "5 goals are over: 1 met, 3 missed, 1 ended early" in shown
    assert "Goals of Ana: 0 met, 3 missed; typically they end at 52 % of the way: aim lower or start earlier." in shown
    assert "Too few goals that were met or missed for a rule: Ben (1)." in shown
    assert "lesson of leads" in shown


def test_what_is_over_and_not_closed_is_marked_with_the_command_that_closes_it(smartkpi: Run, tmp_path: Path) -> None:
    many(smartkpi, tmp_path)
    shown = smartkpi("retro", *DAY).out
    found = json.loads(smartkpi("retro", "--json", *DAY).out)["goals"]
    open_ones = [goal["slug"] for goal in found if goal["state"] == "active"]
    assert len(open_ones) == 2
    assert shown.count(", not closed") == 2
    for slug in open_ones:
        assert f"smartkpi close {slug}" in shown


def test_a_filter_shows_only_those(smartkpi: Run, tmp_path: Path) -> None:
    many(smartkpi, tmp_path)
    mine = json.loads(smartkpi("retro", "--owner", "ana", "--json", *DAY).out)
    assert {goal["owner"] for goal in mine["goals"]} == {"Ana"}
    assert json.loads(smartkpi("retro", "--campaign", "spring", "--json", *DAY).out)["goals"] == []
    assert "No goal that is over is like that" in smartkpi("retro", "--campaign", "spring", *DAY).out


def test_a_goal_closed_later_than_today_is_seen_as_it_was(smartkpi: Run, tmp_path: Path) -> None:
    many(smartkpi, tmp_path)
    then = json.loads(smartkpi("retro", "--json", "--as-of", "2026-10-22").out)["goals"]
    assert sorted(goal["outcome"] for goal in then) == ["met", "missed"]


def test_without_a_database_or_an_end_it_says_what_to_do(smartkpi: Run, tmp_path: Path) -> None:
    first = smartkpi("retro")
    assert (first.exit_status, "No goals yet" in first.out) == (0, True)
    smartkpi("add", "--metric", "leads", "--target", "9", "--deadline", "2026-12-31", *DAY)
    assert "No goal is over yet" in smartkpi("retro", *DAY).out


def test_a_goal_of_each_week_with_hardly_any_numbers_stops_nobody(smartkpi: Callable[..., Result]) -> None:
    by = ("--platform", "facebook", "--account", "Acme")
    assert smartkpi("add", "5 posts a week until June", *by, "--as-of", "2026-11-02").exit_status == 0
    assert smartkpi("record", "posts", "5", *by, "--on", "2026-11-03", "--as-of", "2026-11-04").exit_status == 0
    assert smartkpi("retro", "--as-of", "2026-11-04").exit_status == 0
    told = smartkpi("close", "posts-facebook", "--why", "no time", "--as-of", "2026-11-04")
    assert told.exit_status == 0, told.err
    assert smartkpi("retro", "--as-of", "2026-11-05").exit_status == 0
