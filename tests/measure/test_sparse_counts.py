"""Sums of counts that come seldom and unevenly: how far they fall below what is usual, and that they hardly vanish."""

from math import inf
from random import Random

import pytest
from goal_kit import DOWN, MONDAY, goal, judge, series
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from smartkpi.measure import forecast as method
from smartkpi.model.assessment import Forecast
from smartkpi.model.goal import Form
from smartkpi.model.metric import Direction

BRIEF = settings(deadline=None, max_examples=60)
SPARSE = st.lists(st.sampled_from([0.0] * 8 + [1.0, 1.0, 2.0, 5.0, 20.0]), min_size=8, max_size=150)
EVEN = st.lists(st.integers(0, 30).map(float), min_size=8, max_size=150)
COUNTED = st.integers(1, 130)
KINDS = ("flow", "level", "ratio")


def seen(values: list[float], days: int, kind: str = "flow") -> method.Outlook:
    return method.outlook(method.Past(values, MONDAY, True), kind, method.Ahead(days, days))


def clicks(weeks: int) -> list[float]:
    """Of six days one brings something: one or two, or many at once; about 2.5 a week."""
    chance = Random(11)
    return [float(chance.choice([0] * 30 + [1, 1, 1, 2, 3, 6])) for _ in range(weeks * 7)]


def foreseen(target: float, days: int, direction: Direction = Direction.UP, weeks: int = 52) -> Forecast:
    """Of a goal that begins after a year of clicks."""
    values = clicks(weeks)
    asked = goal(Form.TOTAL, "link_clicks", target, start=MONDAY, deadline=MONDAY + days - 1, direction=direction)
    found = judge(asked, series("link_clicks", values, MONDAY - len(values)), as_of=MONDAY - 1).forecast
    assert found is not None
    return found


def test_one_click_in_a_quarter_is_all_but_sure_where_every_quarter_had_eleven() -> None:
    assert min(sum(clicks(52)[first : first + 90]) for first in range(364 - 89)) == 11
    chances = [foreseen(target, 90).chance for target in (1, 5, 10, 20, 30)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.98
    assert 0.85 < chances[2] < 0.97
    assert 0.5 < chances[3] < 0.8
    assert 5 < foreseen(1, 90).low < 15


def test_the_same_target_in_fewer_days_is_less_sure() -> None:
    chances = [foreseen(1, days).chance for days in (90, 28, 14, 7, 3)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] < 0.8


def test_next_to_nothing_in_a_quarter_is_out_of_reach_of_a_limit() -> None:
    assert foreseen(0, 90, DOWN).chance < 0.02
    assert foreseen(5, 90, DOWN).chance < 0.08
    assert 0.1 < foreseen(0, 7, DOWN).chance < 0.5


def test_only_a_month_quieter_than_any_before_makes_little_of_what_was_usual() -> None:
    """A channel that falls silent may stay so; one that was silent before, and came back, tells nothing new."""
    silence = [0.0] * 28
    first, again = [*clicks(20), *silence], [*clicks(8), *silence, *clicks(12), *silence]
    assert seen(first, 90).usual < seen(again, 90).usual / 2
    assert seen(first, 90).chance_above(5 / 90) < seen(again, 90).chance_above(5 / 90)
    assert seen(again, 90).chance_above(1 / 90) > 0.95
    assert seen([0.0] * 60, 90).chance_above(1 / 90) < 0.6


def test_after_a_month_far_above_the_usual_it_falls_from_the_usual() -> None:
    loud = [*clicks(12), *[10.0 * each for each in clicks(4)]]
    outlook = seen(loud, 90)
    assert outlook.usual == approx(sum(loud) / len(loud))
    assert outlook.usual < outlook.mean(0.5)


@pytest.mark.parametrize("kind", ["level", "ratio"])
def test_levels_and_ratios_may_stand_still(kind: str) -> None:
    """Real repositories that get stars now and then do stop, and a week without any is common."""
    assert seen(clicks(16), 28, kind).usual == 0


@BRIEF
@given(st.one_of(SPARSE, EVEN), COUNTED, st.sampled_from(KINDS), st.floats(0.01, 0.99))
def test_the_range_and_the_chance_are_of_one_piece(values: list[float], days: int, kind: str, share: float) -> None:
    """What the end stays below with a chance is reached with the rest of it, but where that is nothing at all."""
    outlook = seen(values, days, kind)
    mean = outlook.mean(share)
    assume(mean > max(0.0, outlook.usual * method.NOTHING))
    assert outlook.chance_above(mean) == approx(1 - share, abs=1e-6)


@BRIEF
@given(st.one_of(SPARSE, EVEN), COUNTED, st.sampled_from(KINDS), st.floats(-1, 40), st.floats(0, 5))
def test_more_is_never_more_likely(values: list[float], days: int, kind: str, mean: float, more: float) -> None:
    outlook = seen(values, days, kind)
    assert outlook.chance_above(mean + more) <= outlook.chance_above(mean)


@BRIEF
@given(st.one_of(SPARSE, EVEN), COUNTED, st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 2))
def test_what_is_surer_is_never_more(values: list[float], days: int, one: float, other: float, width: float) -> None:
    outlook = seen(values, days).widened(width)
    low, high = sorted((one, other))
    assert outlook.mean(low) <= outlook.mean(high)


@BRIEF
@given(st.one_of(SPARSE, EVEN), COUNTED, st.floats(0.01, 0.99))
def test_only_what_lies_below_the_middle_is_nearer_to_it(values: list[float], days: int, share: float) -> None:
    """Falling by shares never makes less of anything, and leaves the upper half as it was."""
    outlook = seen(values, days)
    free = outlook._replace(usual=0.0)
    assert outlook.mean(share) >= free.mean(share)
    assert outlook.mean(max(share, 0.5)) == free.mean(max(share, 0.5))
    assert outlook.mean(0.5) >= outlook.usual * (1 - 1e-9)


@BRIEF
@given(st.one_of(SPARSE, EVEN), COUNTED, st.floats(0.01, 0.99))
def test_counts_that_are_taken_away_mirror_those_that_come(values: list[float], days: int, share: float) -> None:
    outlook, mirrored = seen(values, days), seen([-value for value in values], days)
    assume(any(values))
    assert mirrored.mean(1 - share) == approx(-outlook.mean(share), abs=1e-9)


@BRIEF
@given(SPARSE, COUNTED)
def test_more_days_fall_by_smaller_shares(values: list[float], days: int) -> None:
    assert seen(values, days + 1).fall <= seen(values, days).fall
    assert seen(values, 1).fall == inf


@BRIEF
@given(
    st.lists(st.sampled_from([0.0] * 8 + [1.0, 2.0, 5.0, 20.0]), min_size=60, max_size=150).filter(any),
    COUNTED,
    st.floats(0.0, 8.0),
    st.integers(0, 149),
)
def test_a_crumb_on_an_empty_day_is_a_day_on_which_something_came_and_no_more(
    values: list[float], days: int, mean: float, day: int
) -> None:
    moved = list(values)
    moved[day % len(moved)] += 1e-9
    past, later = (method.Past(each, MONDAY, False) for each in (values, moved))
    before, after = (method.outlook(each, "flow", method.Ahead(days, days)) for each in (past, later))
    free = [each._replace(usual=0.0).chance_above(mean) for each in (before, after)]
    assert free[0] == approx(free[1], abs=1e-6)
    assert after.usual == approx(before.usual, abs=1e-6)
    assert after.fall <= before.fall
