"""Wobble or change: the limits against a slow oracle, and what may never alarm."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx, mark

from smartkpi.measure.signal import LEAST, MOST, limits, verdict, verdicts
from smartkpi.model.trend import Verdict

COUNTS = st.lists(st.integers(0, 200).map(float), max_size=60)
HOLED = st.lists(st.none() | st.integers(0, 200).map(float), max_size=60)
AMOUNTS = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=LEAST, max_size=MOST)
CALM = [100.0, 104, 97, 101, 105, 103, 99, 102, 98, 95]


def changes(values: Sequence[float | None]) -> list[int]:
    return [one.change if one else 0 for one in verdicts(values)]


@given(AMOUNTS)
def test_the_limits_are_the_mean_give_or_take_the_mean_step_rounded_outwards(values: list[float]) -> None:
    low, high, mean = limits(values)
    total = steps = 0.0
    for value in values:
        total += value
    for i in range(1, len(values)):
        steps += max(values[i] - values[i - 1], values[i - 1] - values[i])
    half = 2.66 * steps / (len(values) - 1)
    if all(value == int(value) for value in values):
        half = max(half, 1.0)
    middle = total / len(values)
    near = 1e-9 * (1 + abs(middle) + half)
    assert mean == approx(middle, abs=near)
    assert low <= middle - half + near and high >= middle + half - near
    room = max(2 * half / 10, 1.0 if half >= 1 else 0.0) + near  # two digits of the width
    assert low >= middle - half - room and high <= middle + half + room


@given(HOLED)
def test_a_lasting_change_has_all_of_its_eight_on_its_side_of_a_middle_that_none_of_them_is_part_of(
    values: list[float | None],
) -> None:
    for i, one in enumerate(verdicts(values)):
        if one is None or not one.lasts:
            continue
        row, before = values[i - 7 : i + 1], [value for value in values[: i - 7] if value is not None]
        assert one.mean is not None and min(before) <= one.mean <= max(before)
        assert all(value is not None and (value - one.mean) * one.change > 0 for value in row)


def test_weeks_that_rise_again_below_the_middle_of_before_are_a_change_downwards() -> None:
    before = [14.0, 13, 10, 8, 7, 17, 7, 16, 18, 12, 16, 11, 19, 16, 6, 12, 16, 15]
    one = verdict([*before, 7, 12, 8, 5, 10, 9, 9, 11])
    assert (one.change, one.lasts, one.mean) == (-1, True, sum(before) / len(before))


@given(HOLED, HOLED)
def test_what_comes_later_changes_nothing(values: list[float | None], later: list[float | None]) -> None:
    assert verdicts([*values, *later])[: len(values)] == verdicts(values)


@given(HOLED)
def test_mirrored_values_are_mirrored_changes(values: list[float | None]) -> None:
    mirrored = [None if value is None else -value for value in values]
    assert changes(mirrored) == [-change for change in changes(values)]


@given(HOLED, st.sampled_from([0.01, 100.0]))
def test_the_unit_does_not_matter(values: list[float | None], by: float) -> None:
    odd = [None if value is None else value + 0.37 for value in values]
    assert changes(odd) == changes([None if value is None else value * by for value in odd])


@given(COUNTS)
def test_a_change_is_outside_the_limits_or_the_eighth_in_a_row_and_nothing_else(values: list[float]) -> None:
    for value, one in zip(values, verdicts(values), strict=True):
        assert one is not None
        if one.low is None or one.high is None:
            assert not one.change or one.lasts
        elif not one.lasts:
            assert one.change == (value > one.high) - (value < one.low)
            assert one.low >= 0
        assert bool(one.run) == bool(one.change)


@given(st.lists(st.integers(0, 200).map(float), max_size=LEAST))
def test_of_fewer_than_eight_before_nothing_is_said(values: list[float]) -> None:
    assert all(one is not None and one.low is None and not one.change for one in verdicts(values[:LEAST]))
    assert verdict([]) == Verdict(None, None, None, 0, 0, False, 0)


@given(st.lists(st.sampled_from([3.0, 4.0]), max_size=26))
def test_one_more_or_one_fewer_of_what_is_counted_is_never_beyond_the_limits(values: list[float]) -> None:
    assert all(one is None or one.lasts or not one.change for one in verdicts(values))


def test_a_single_lead_after_weeks_of_none_is_no_alarm_and_three_are() -> None:
    zeros = [0.0] * 20
    assert verdict(zeros)[:4] == (0.0, 1.0, 0.0, 0)
    assert verdict([*zeros, 1.0]).change == 0
    assert verdict([*zeros, 3.0]).change == 1


def test_a_viral_week_is_a_change_and_no_part_of_what_is_usual_after_it() -> None:
    usual = verdict([*CALM, 100.0])
    after = verdict([*CALM, 900.0, 100.0])
    assert verdict([*CALM, 900.0])[3:6] == (1, 1, False)
    assert after.change == 0 and (after.low, after.high) == (usual.low, usual.high)


def test_after_a_lasting_change_the_limits_rest_on_what_came_since() -> None:
    found = verdicts([*CALM, *(value + 60 for value in CALM)])
    new = found[len(CALM) :]
    assert [(one.change, one.run, one.lasts) for one in new if one][:8] == [
        *((1, n, False) for n in range(1, 8)),
        (1, 8, True),
    ]
    last = new[-1]
    assert last is not None and last.change == 0 and last.rests_on == 9
    assert last.mean == approx(sum(value + 60 for value in CALM[:9]) / 9)


def test_eight_in_a_row_on_one_side_are_a_change_even_inside_the_limits() -> None:
    low, high, mean = limits(CALM)
    slightly = [mean + 3] * 8
    assert all(low <= value <= high for value in slightly)
    assert [one.lasts for one in verdicts([*CALM, *slightly]) if one][-8:] == [False] * 7 + [True]


def test_a_hole_ends_a_row_and_what_is_older_than_half_a_year_is_no_longer_usual() -> None:
    assert not any(one.lasts for one in verdicts([*CALM, *[160.0] * 4, None, *[160.0] * 4]) if one)
    assert verdict([*CALM, *[None] * MOST, 160.0]).low is None


def test_wild_times_become_usual_in_the_end() -> None:
    """After months without a stir, many ups and downs are not one alarm after the other for ever."""
    values = [0.0] * 26 + [0.0, 9.0] * 13
    assert changes(values)[26:32] == [0, 1, 0, 1, 0, 1]
    assert not any(changes(values)[-6:])


@mark.parametrize("values", [[-5.0, 3, -2, 4, 1, -3, 2, 0, 1], [5.0, 3, 2, 4, 1, 3, 2, 0, 1]])
def test_only_what_was_negative_before_may_be_so(values: list[float]) -> None:
    low = verdict([*values, 1.0]).low
    assert low is not None and (low < 0) == (min(values) < 0)
