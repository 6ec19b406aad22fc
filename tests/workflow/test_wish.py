"""A wish becomes a goal, or hears which letter of SMART it lacks and a command that would pass."""
# ruff: noqa: E501

import shlex
from dataclasses import replace

import pytest
from goal_kit import DOWN, METRICS, MONDAY, UP

from smartkpi.errors import NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind
from smartkpi.workflow.wish import Wish, goal_of, with_numbers

BY = {"deadline": "2027-05-01"}


def made(**flags: object) -> Goal:
    return goal_of(Wish(**(BY | flags)), METRICS, MONDAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("flags", "form", "target", "direction"),
    [
        ({"metric": "leads", "target": "100"}, Form.TOTAL, 100, UP),
        ({"metric": "leads", "gain": "100"}, Form.TOTAL, 100, UP),
        ({"metric": "leads", "gain": "20", "baseline": "80"}, Form.TOTAL, 100, UP),
        ({"metric": "unfollows", "drop": "20", "baseline": "80"}, Form.TOTAL, 60, DOWN),
        ({"metric": "leads", "target": "100", "at_most": True}, Form.TOTAL, 100, DOWN),
        ({"metric": "ad spend", "target": "€500"}, Form.TOTAL, 500, DOWN),
        ({"metric": "followers", "gain": "20"}, Form.GROWTH, 20, UP),
        ({"metric": "followers", "gain": "20", "baseline": "1,206"}, Form.GROWTH, 1226, UP),
        ({"metric": "followers", "target": "1226", "baseline": "1206"}, Form.GROWTH, 1226, UP),
        ({"metric": "followers", "drop": "20"}, Form.GROWTH, -20, DOWN),
        ({"metric": "engagement rate", "target": "3%"}, Form.RATE, 0.03, UP),
        ({"metric": "engagement rate", "gain": "1", "baseline": "2%"}, Form.RATE, 0.03, UP),
        ({"metric": "cpl", "target": "€20"}, Form.RATE, 20, DOWN),
        ({"metric": "cpl", "target": "€20", "keep": True}, Form.KEEP, 20, DOWN),
        ({"metric": "followers", "target": "1000", "keep": True}, Form.KEEP, 1000, UP),
        ({"metric": "posts", "target": "3", "every": "week"}, Form.EACH, 3, UP),
        ({"metric": "reach", "target": "500", "typical_day": True}, Form.TYPICAL_DAY, 500, UP),
    ],
)  # fmt: skip
def test_flags_make_the_form_target_and_direction(
    flags: dict[str, object], form: Form, target: float, direction: Direction
) -> None:
    goal = made(**flags)
    assert (goal.form, goal.target, goal.direction) == (form, pytest.approx(target), direction)


def test_a_goal_keeps_all_that_was_said() -> None:
    goal = made(title="T", metric="cpl", target="€20", start="2026-12-01", owner="Ana", why="money", objective="More", campaign="C", report="R", window=7)  # fmt: skip
    assert (goal.title, goal.owner, goal.why, goal.objective, goal.campaign, goal.report) == (
        "T",
        "Ana",
        "money",
        "More",
        "C",
        "R",
    )
    assert (goal.unit, goal.window, goal.days) == ("EUR", 7, 152)


def test_a_typed_baseline_is_of_the_eve_of_the_start() -> None:
    goal = made(metric="followers", baseline="1206", gain="20", start="2026-12-01")
    assert (goal.baseline, goal.baseline_day, goal.gain) == (1206, goal.start - 1, 20)


def test_a_gain_that_hears_its_baseline_later_keeps_its_way() -> None:
    goal = made(metric="followers", gain="300")
    told = with_numbers(goal, Wish(baseline="1,200"), METRICS["followers"])
    assert (told.baseline, told.target, told.gain) == (1200, 1500, 300)
    again = with_numbers(told, Wish(baseline="1,210"), METRICS["followers"])
    assert (again.baseline, again.target) == (1210, 1500)


def test_a_sum_begins_at_0_whatever_came_before() -> None:
    assert made(metric="leads", target="100", baseline="80").gain == 100


@pytest.mark.parametrize(
    ("flags", "letters"),
    [
        ({}, "SM"),
        ({"deadline": ""}, "SMT"),
        ({"metric": "followers"}, "S"),
        ({"metric": "followers", "deadline": ""}, "ST"),
        ({"metric": "cpl"}, "S"),
        ({"metric": "ctr", "deadline": ""}, "ST"),
        ({"metric": "reach"}, "S"),
        ({"metric": "revenue"}, "S"),
        ({"metric": "leads", "target": "100", "deadline": ""}, "T"),
        ({"target": "100"}, "M"),
        ({"metric": "leads", "target": "100", "deadline": "2020-01-01"}, "T"),
        ({"metric": "leads", "target": "100", "deadline": "yesterday"}, "T"),
        ({"metric": "leads", "target": "100", "start": "2027-06-01"}, "T"),
        ({"metric": "reach", "target": "500"}, "M"),
        ({"metric": "reach", "gain": "500"}, "M"),
        ({"metric": "reach", "target": "500", "typical_day": True, "accounts": ("A", "B")}, "M"),
    ],
)
def test_a_wish_hears_every_letter_that_it_lacks_and_an_example_that_passes(
    flags: dict[str, object], letters: str
) -> None:
    with pytest.raises(NotSmartError) as refused:
        made(**flags)
    assert refused.value.letters == letters
    assert refused.value.outcome == "Nothing was saved."
    assert [detail[0] for detail in refused.value.details] == list(letters)
    (example,) = refused.value.hints
    assert goal_of(parsed(example), METRICS, MONDAY).target > 0


def parsed(command: str) -> Wish:
    """The flags of an example, as the command line would read them."""
    words = shlex.split(command)
    assert words[:2] == ["smartkpi", "add"]
    wish = Wish()
    rest = iter(words[2:])
    for word in rest:
        name = word.removeprefix("--").replace("-", "_")
        if name == "account":
            wish = replace(wish, accounts=(*wish.accounts, next(rest)))
            continue
        if not word.startswith("--"):
            wish = replace(wish, title=word)
        elif isinstance(getattr(wish, name), bool):
            wish = replace(wish, **{name: True})  # type: ignore[arg-type]
        else:
            wish = replace(wish, **{name: next(rest)})  # type: ignore[arg-type]
    return wish


def test_what_is_missing_is_asked_for_in_the_words_of_the_metric() -> None:
    with pytest.raises(NotSmartError) as refused:
        made(metric="followers", deadline="")
    assert str(refused.value) == "that is a wish; two things make it a goal"
    assert refused.value.details == (
        "S ✗ specific     how many followers? A number makes it a goal",
        "T ✗ timely       by when?",
    )
    with pytest.raises(NotSmartError) as refused:
        made(metric="cpl")
    assert refused.value.details == ("S ✗ specific     what should the cost per lead be? A number makes it a goal",)


@pytest.mark.parametrize(
    "flags",
    [
        {"metric": "leads", "target": "1", "gain": "1"},
        {"metric": "leads", "target": "1", "every": "week", "keep": True},
        {"metric": "leads", "target": "1", "keep": True},
        {"metric": "leads", "target": "1", "typical_day": True},
        {"metric": "followers", "target": "1", "every": "week"},
        {"metric": "leads", "target": "1", "window": 400},
        {"metric": "leads", "target": "1", "title": "x" * 201},
        {"metric": "leads", "target": "some"},
        {"metric": "leads", "target": "€5"},
        {"metric": "leads", "drop": "5"},  # from what?
        {"metric": "leeds", "target": "1"},
    ],
)
def test_flags_that_contradict_each_other_are_wrong_use(flags: dict[str, object]) -> None:
    with pytest.raises(SmartKpiError) as refused:
        made(**flags)
    assert not isinstance(refused.value, NotSmartError)
    assert refused.value.status == WrongUseError.status


def test_a_day_that_cannot_be_read_is_told_as_its_letter_with_the_flag_and_what_would_do() -> None:
    with pytest.raises(NotSmartError) as refused:
        made(metric="leads", target="1", deadline="01/05/2027")
    (line,) = refused.value.details
    assert line.startswith('T ✗ timely       --deadline: "01/05/2027": which is the day, and which the month?')
    assert "2027-05-01" in line


def test_a_goal_of_one_day_is_a_goal() -> None:
    assert made(metric="leads", target="5", deadline="today").days == 1


@pytest.mark.parametrize("metric", [m.id for m in METRICS.values() if m.kind in (Kind.UNIQUE, Kind.ROLLING)])
@pytest.mark.parametrize(
    "flags",
    [{"target": "500"}, {"gain": "500"}, {"target": "500", "every": "week"}, {"target": "500", "keep": True}],
)
def test_people_are_never_added_up_whatever_is_asked_and_the_example_is_a_typical_day(
    metric: str, flags: dict[str, object]
) -> None:
    with pytest.raises(SmartKpiError) as refused:
        made(metric=metric, **flags)
    (example,) = refused.value.hints
    assert "--typical-day --target 500" in example or "--target 500 --typical-day" in example
    assert made(metric=metric, target="500", typical_day=True).form is Form.TYPICAL_DAY
