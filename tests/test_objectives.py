"""Objectives from the command line: they come, change and go, with undo and redo, and goals are grouped by them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Result

Run = Callable[..., Result]
TODAY = ("--as-of", "2026-11-22")
NAME = "More leads from the website"


def objectives(run: Run) -> dict[str, tuple[str, list[str]]]:
    """Name -> (metric, short names of its goals)."""
    listed = json.loads(run("objective", "list", "--json").out)["objectives"]
    return {each["name"]: (each["metric"], each["goals"]) for each in listed}


def add_leads(run: Run, *more: str) -> Result:
    return run(
        "add", "--metric", "leads", "--platform", "ga4", "--target", "90", "--deadline", "2027-01-31", *TODAY, *more
    )


@pytest.fixture
def one(smartkpi: Run) -> Run:
    """One objective, measured by leads."""
    assert smartkpi("objective", "add", NAME, "--metric", "leads").exit_status == 0
    return smartkpi


def test_without_a_database_the_list_says_how_to_begin_and_creates_nothing(smartkpi: Run, db: Path) -> None:
    for typed in (("objective",), ("objective", "list")):
        said = smartkpi(*typed)
        assert (said.exit_status, "smartkpi objective add" in said.out) == (0, True)
    assert not db.exists()


def test_a_goal_serves_an_objective_by_any_case_of_its_name(one: Run) -> None:
    assert add_leads(one, "--for", "more LEADS  from the website").exit_status == 0
    assert objectives(one) == {NAME: ("leads", ["leads-google-analytics"])}


def test_its_metric_is_named_in_any_word_and_can_be_cleared(one: Run) -> None:
    one("objective", "edit", NAME, "--metric", "sessions")
    assert objectives(one)[NAME][0] == "sessions"
    one("objective", "edit", NAME, "--metric", "")
    assert objectives(one)[NAME][0] == ""
    refused = one("objective", "edit", NAME, "--metric", "laeds")
    assert refused.exit_status == 2 and "Did you mean leads" in refused.err


def test_goals_follow_their_objective_to_its_new_name_and_back(one: Run) -> None:
    add_leads(one, "--for", NAME)
    one("objective", "edit", NAME, "--name", "Leads")
    assert objectives(one) == {"Leads": ("leads", ["leads-google-analytics"])}
    assert "“Leads”" in one("show", "leads-google-analytics", *TODAY).out
    one("undo")
    assert objectives(one) == {NAME: ("leads", ["leads-google-analytics"])}
    one("redo")
    assert list(objectives(one)) == ["Leads"]


def test_an_objective_that_goals_serve_is_not_removed_and_they_are_named(one: Run) -> None:
    add_leads(one, "--for", NAME)
    refused = one("objective", "remove", NAME)
    assert refused.exit_status == 1
    assert '→ smartkpi edit leads-google-analytics --for ""' in refused.err
    assert NAME in objectives(one)
    one("edit", "leads-google-analytics", "--for", "", *TODAY)
    assert one("objective", "remove", NAME).exit_status == 0
    assert objectives(one) == {}


def test_a_closed_goal_keeps_the_name_in_its_history_and_gets_it_back_by_undo(one: Run) -> None:
    add_leads(one, "--for", NAME)
    one("close", "leads-google-analytics", "--why", "over", *TODAY)
    said = one("objective", "remove", NAME, *TODAY)
    assert "1 closed goal served it" in said.out
    history = json.loads(one("show", "leads-google-analytics", "--json", *TODAY).out)
    assert history["goal"]["objective"] == ""
    assert {"on": "2026-11-22", "field": "objective", "was": NAME, "now": ""} in history["edits"]
    one("undo")
    assert json.loads(one("show", "leads-google-analytics", "--json", *TODAY).out)["goal"]["objective"] == NAME
    one("redo")
    assert objectives(one) == {}


def test_a_removed_goal_does_not_hold_its_objective(one: Run) -> None:
    add_leads(one, "--for", NAME)
    one("remove", "leads-google-analytics", *TODAY)
    assert one("objective", "remove", NAME, *TODAY).exit_status == 0
    for _ in range(2):
        assert one("undo").exit_status == 0
    assert objectives(one) == {NAME: ("leads", ["leads-google-analytics"])}


def test_everything_can_be_undone_one_by_one(one: Run) -> None:
    one("objective", "edit", NAME, "--metric", "sessions")
    one("objective", "remove", NAME)
    seen = []
    for _ in range(3):
        one("undo")
        seen.append({name: metric for name, (metric, _) in objectives(one).items()})
    assert seen == [{NAME: "sessions"}, {NAME: "leads"}, {}]
    for _ in range(3):
        one("redo")
    assert objectives(one) == {}


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        (("add", "more leads from the  WEBSITE"), 1, "there is an objective “More leads from the website” already"),
        (("add", "  "), 2, "an objective needs a name"),
        (("add", "x" * 201), 2, "longer than 200 letters"),
        (("add", "More", "--metric", "laeds"), 2, 'there is no metric "laeds"'),
        (("edit", NAME), 2, "nothing to change was named"),
        (("edit", NAME, "--metric", "leads"), 1, "that is what it already says"),
        (("edit", "More leads", "--name", "x"), 2, "Did you mean More leads from the website?"),
        (("remove", "nothing"), 2, 'there is no objective "nothing"'),
    ],
)
def test_what_cannot_be_meant_is_refused(one: Run, typed: tuple[str, ...], status: int, said: str) -> None:
    refused = one("objective", *typed)
    assert (refused.exit_status, said in refused.err) == (status, True), refused.err
    assert objectives(one) == {NAME: ("leads", [])}


def test_a_typing_error_behind_for_is_asked_about_with_the_whole_command(one: Run) -> None:
    refused = add_leads(one, "--for", "More leads from teh website")
    assert refused.exit_status == 2
    assert f"did you mean “{NAME}”?" in refused.err
    assert f"--target 90 --deadline 2027-01-31 --as-of 2026-11-22 --for '{NAME}'" in refused.err
    assert one("objective", "add", "More leads from teh website").exit_status == 0
    assert add_leads(one, "--for", "More leads from teh website").exit_status == 0
    edited = one("edit", "leads-google-analytics", "--for", "More leads from the websites", *TODAY)
    assert edited.exit_status == 2 and "did you mean" in edited.err


def test_an_objective_that_is_quite_another_needs_no_question(one: Run) -> None:
    assert add_leads(one, "--for", "Be known in town").exit_status == 0
    assert list(objectives(one)) == ["Be known in town", NAME]


def status(run: Run, *typed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("status", *typed, *TODAY, "--json").out)
    return found


def test_status_by_objective_shows_each_with_its_goals_also_those_without(one: Run) -> None:
    add_leads(one, "--for", NAME, "--owner", "Ana")
    one("objective", "add", "Be known in town", "--metric", "reach")
    one("add", "--metric", "likes", "--platform", "instagram", "--target", "90", "--deadline", "2027-01-31", *TODAY)
    lines = one("status", "--by", "objective", *TODAY).out.splitlines()
    heads = [lines.index(head) for head in (
        "Be known in town · measured by people reached",
        f"{NAME} · measured by leads · 1 goal",
        "serves no objective yet",
    )]  # fmt: skip
    assert heads == sorted(heads)
    assert lines[heads[0] + 1].startswith(
        "  no goal serves it yet   smartkpi add --metric reach --target NUMBER --typical-day"
    )
    assert [(o["name"], o["goals"]) for o in status(one, "--by", "objective")["objectives"]] == [
        ("Be known in town", []), (NAME, ["leads-google-analytics"]), ("", ["likes-instagram"])
    ]  # fmt: skip
    anas = status(one, "--by", "objective", "--owner", "Ana")["objectives"]
    assert [o["name"] for o in anas] == [NAME], "of a choice of goals nothing follows for the other objectives"


def test_a_changed_target_and_deadline_are_said_by_show_and_status(one: Run) -> None:
    add_leads(one)
    goal = "leads-google-analytics"
    one("edit", goal, "--target", "120", "--as-of", "2026-11-23")
    one("edit", goal, "--target", "100", "--deadline", "2027-02-28", "--as-of", "2026-12-03")
    one("edit", goal, "--owner", "Ana", "--as-of", "2026-12-04")
    later = ("--as-of", "2027-01-05")
    assert (
        " 100 Google Analytics leads: target raised from 90 to 120 on 23 Nov 2026; target lowered from 120 to 100 on "
        "3 Dec 2026; deadline moved from 31 Jan 2027 to 28 Feb 2027 on 3 Dec 2026"
    ) in one("status", *later).out.splitlines()
    shown = one("show", goal, "--as-of", "2026-12-31").out
    assert "History: target lowered from 120 to 100 on 3 Dec\n" in shown
    (judged,) = json.loads(one("status", *later, "--json").out)["goals"]
    assert [(edit["field"], edit["was"], edit["now"]) for edit in judged["edits"]] == [
        ("target", "90", "120"), ("target", "120", "100"), ("deadline", "2027-01-31", "2027-02-28")
    ]  # fmt: skip
    one("undo"), one("undo")
    (judged,) = json.loads(one("status", *later, "--json").out)["goals"]
    assert [edit["now"] for edit in judged["edits"]] == ["120"]


def test_changes_of_one_day_are_told_as_one_and_what_was_put_back_not_at_all(one: Run) -> None:
    add_leads(one)
    for target in ("120", "110", "100"):
        one("edit", "leads-google-analytics", "--target", target, *TODAY)
    assert ": target raised from 90 to 100 on 22 Nov\n" in one("status", *TODAY).out
    one("edit", "leads-google-analytics", "--target", "90", *TODAY)
    assert not [line for line in one("status", *TODAY).out.splitlines() if line.startswith(" 90 Google")]
