"""Levels that nobody exports: worked back from totals, between two of them, and across days that nobody states."""

from itertools import accumulate

import pytest
from goal_kit import METRICS, MONDAY, by_hand, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure import levels
from smartkpi.measure.assess import begins_at
from smartkpi.measure.sources import Inputs, inputs
from smartkpi.model.assessment import Begun, Pace, Reason
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series

EVE = MONDAY - 1
LEVEL = {"baseline": 1000.0, "baseline_day": EVE}


def flat(metric: str, value: float, days: int = 28) -> Series:
    return series(metric, [value] * days)


def pace(asked: Goal, *stored: Series) -> Pace:
    found = judge(asked, *stored).pace
    assert found is not None
    return found


def read(asked: Goal, *stored: Series) -> Inputs:
    found = inputs(asked, METRICS[asked.metric], METRICS, stored)
    assert isinstance(found, Inputs)
    return found


def test_between_two_totals_who_left_is_shared_out_evenly_over_the_days() -> None:
    """10 came in ten days, 5 more are there: half a person left a day."""
    totals = by_hand("followers", {EVE: 1000, EVE + 10: 1005, EVE + 20: 1010})
    found = read(goal(Form.GROWTH, "followers", 1100), flat("new_followers", 1, 20), totals)
    asked = goal(Form.GROWTH, "followers", 1100)
    assert [levels.level(found, asked, EVE + i) for i in (0, 2, 6, 10, 13)] == [1000, 1001, 1003, 1005, 1006]
    assert levels.slack(found, asked, EVE + 6) == (2, 3)  # 1,001 back from the later one, 1,006 on from the earlier
    assert levels.slack(found, asked, EVE + 10) == (0, 0)


def test_the_baseline_between_two_totals_takes_both_and_says_so() -> None:
    asked = goal(Form.GROWTH, "followers", 0, start=MONDAY + 6)
    found = read(asked, flat("new_followers", 1), by_hand("followers", {EVE: 1000, EVE + 10: 1005}))
    begun = begins_at(asked, METRICS["followers"], found, MONDAY + 28)
    assert begun == Begun(1003, MONDAY + 5, (Reason("between totals"),))


@pytest.mark.parametrize(
    ("flow", "totals", "doubts"),
    [
        (flat("new_followers", 1), {EVE: 1000}, ["at most"]),
        (flat("new_followers", 1), {EVE + 28: 1000}, []),  # the total is of that very day
        (flat("new_followers", 1, 30), {EVE + 30: 1000}, ["at least"]),
        (flat("net_followers", 1, 30), {EVE + 30: 1000}, []),
        (flat("net_followers", 1), {EVE: 1000}, []),
        (series("net_followers", [1.0] * 9 + [None] * 2 + [1.0] * 17), {EVE: 1000}, ["days missing"]),
        (series("net_followers", [1.0] * 9 + [None] * 2 + [1.0] * 17), {EVE + 11: 1000}, []),  # known after them
    ],
)
def test_a_baseline_that_is_worked_back_says_what_it_rests_on(
    flow: Series, totals: dict[int, float], doubts: list[str]
) -> None:
    asked = goal(Form.GROWTH, "followers", 0, start=MONDAY + 28)
    found = read(asked, flow, by_hand("followers", totals))
    begun = begins_at(asked, METRICS["followers"], found, MONDAY + 28)
    assert begun is not None
    assert [reason.code for reason in begun.doubts] == doubts


def test_a_level_across_missing_days_is_about_until_a_total_after_them() -> None:
    asked, flow = (
        goal(Form.GROWTH, "followers", 1100, **LEVEL),
        series("new_followers", [1.0] * 9 + [None] * 5 + [1.0] * 14),
    )
    found = pace(asked, flow)
    assert (found.actual, found.days_missing, found.is_about, found.at_most) == (1023, 5, True, False)
    judged = judge(asked, flow, by_hand("followers", {MONDAY + 13: 1012}))
    assert judged.pace is not None
    assert (judged.pace.actual, judged.pace.is_about, judged.pace.at_most) == (1026, False, True)
    assert [r.code for r in judged.reasons[1:]] == ["totals disagree"]


def test_days_missing_before_the_start_count_for_a_level_but_not_for_a_gain() -> None:
    flow = series("net_followers", [1.0] * 9 + [None] * 5 + [1.0] * 14, MONDAY - 20)
    total = by_hand("followers", {MONDAY - 21: 900})
    assert pace(goal(Form.GROWTH, "followers", 1100, **LEVEL), flow, total).days_missing == 5
    assert pace(goal(Form.GROWTH, "followers", 100), flow, total).days_missing == 0


@given(
    steps=st.lists(st.integers(-5, 9), min_size=40, max_size=60),
    begins=st.integers(2, 35),
    known=st.integers(1, 39),
    gain=st.integers(1, 90),
)
def test_a_gain_that_begins_later_is_what_its_own_days_brought(
    steps: list[int], begins: int, known: int, gain: int
) -> None:
    """Against the sum of the steps of its own days; what came before is never counted."""
    way = list(accumulate(steps, initial=1000))
    asked = goal(Form.GROWTH, "followers", gain, start=MONDAY + begins, deadline=MONDAY + 200)
    found = pace(asked, series("followers", [float(value) for value in way[: known + 1]]))
    assert found.actual == sum(steps[begins - 1 : known])
    left = 200 - max(known, begins - 1)
    assert found.required_rate == pytest.approx((gain - (found.actual or 0.0)) / left * 7)


@given(steps=st.lists(st.integers(0, 9), min_size=40, max_size=60), begins=st.integers(2, 35), known=st.integers(1, 39))
def test_the_way_to_a_level_begins_on_its_eve_however_much_is_known(steps: list[int], begins: int, known: int) -> None:
    """What was known when it was made is only what stands for it until the level of its eve is there."""
    way = list(accumulate(steps, initial=1000))
    days = {"start": MONDAY + begins, "deadline": MONDAY + 200, "created": MONDAY}
    asked = goal(Form.GROWTH, "followers", 2000, baseline=1000.0, baseline_day=MONDAY, **days)
    begun = levels.begun(read(asked, series("followers", [float(v) for v in way[: known + 1]])), asked, MONDAY + known)
    eve = min(known, begins - 1)
    assert (begun.baseline, begun.baseline_day, begun.target) == (way[eve], MONDAY + eve, 2000)


def test_what_was_typed_or_begun_at_once_never_moves() -> None:
    found = read(goal(Form.GROWTH, "followers", 2000), series("followers", [1000.0 + i for i in range(28)]))
    later = goal(Form.GROWTH, "followers", 2000, start=MONDAY + 9, created=MONDAY, baseline=900.0)
    for fixed in (
        later._replace(baseline_day=MONDAY + 8),  # typed
        later._replace(baseline_day=MONDAY, created=MONDAY + 9),  # made on its first day
        later._replace(baseline_day=MONDAY, target=1005.0),  # there before it begins
    ):
        assert levels.begun(found, fixed, MONDAY + 27) is fixed
