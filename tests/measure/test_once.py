"""What happened once is no pace: spikes and purges are found, named, and left out of what is to come."""

from goal_kit import DOWN, MONDAY, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st
from pytest import mark

from smartkpi.measure.once import spike, without_spike
from smartkpi.model.assessment import Assessment, Reason
from smartkpi.model.goal import Form, Pause

CALM = [10.0, 12.0, 9.0, 11.0, 8.0, 13.0, 10.0] * 8
BEFORE = MONDAY - 28  # eight weeks of data, four of them before the goal began


def once(judged: Assessment) -> Reason | None:
    return next((reason for reason in judged.reasons if reason.code == "once"), None)


def test_a_day_on_which_something_went_round_is_named_and_is_no_pace() -> None:
    values = [*CALM[:-10], 900.0, *CALM[-9:]]
    judged, calm = judge(goal(target=1800), series("leads", values, BEFORE)), goal(target=1800 - 900 + CALM[-10])
    found = once(judged)
    assert found is not None
    assert (found.text, found["first"], found["days"], found["size"]) == ("spike", MONDAY + 18, 1, 900)
    assert abs(found["without"] - (sum(CALM[-28:]) - CALM[-10]) / 27 * 7) < 1e-9
    usual = judge(calm, series("leads", CALM, BEFORE))
    assert judged.forecast is not None
    assert usual.forecast is not None
    assert abs(judged.forecast.chance - usual.forecast.chance) < 0.05
    assert judged.forecast.high - judged.forecast.low < 1.5 * (usual.forecast.high - usual.forecast.low)


def test_what_comes_every_few_weeks_is_a_habit_and_no_spike() -> None:
    values = [*CALM]
    values[-10] = values[-38] = 900.0
    assert once(judge(goal(target=1800), series("leads", values, BEFORE))) is None


def test_a_typical_day_is_not_made_by_one_that_was_none() -> None:
    values = [*CALM[:-10], 9000.0, *CALM[-9:]]
    judged = judge(goal(Form.TYPICAL_DAY, "reach", 100), series("reach", values, BEFORE))
    assert judged.pace is not None
    assert judged.forecast is not None
    assert judged.pace.actual is not None
    assert judged.pace.actual > 300 > 100 > judged.forecast.high
    assert judged.forecast.chance < 0.05


def test_a_purge_is_named_and_leaves_the_pace_of_those_who_came() -> None:
    levels = [1000.0 + 3 * i - (150 if i > 48 else 0) for i in range(56)]
    asked = goal(Form.GROWTH, "followers", 1400, baseline=1084.0, baseline_day=MONDAY - 1)
    found = once(judge(asked, series("followers", levels, BEFORE)))
    assert found is not None
    assert (found.text, found["first"], found["size"]) == ("purge", BEFORE + 49, -147)
    assert abs(found["without"] - 21) < 1e-9


@mark.parametrize("days", [10, 15, 20, 28, 29, 60])
def test_a_purge_leaves_the_same_pace_however_short_the_history_is(days: int) -> None:
    levels = [1000.0 + 3 * i - (150 if i > days - 5 else 0) for i in range(days)]
    asked = goal(Form.GROWTH, "followers", 1400, baseline=1000.0, baseline_day=MONDAY - 1)
    for each in (asked, asked._replace(pauses=(Pause(MONDAY + days - 4, MONDAY + days - 3),))):
        found = once(judge(each, series("followers", levels, MONDAY - 1)))
        assert found is not None
        assert abs(found["without"] - 21) < 1e-9


def test_where_fewer_is_better_a_jump_up_is_no_pace_either() -> None:
    levels = [1000.0 - 3 * i + (150 if i > 48 else 0) for i in range(56)]
    asked = goal(Form.GROWTH, "followers", 700, direction=DOWN, baseline=916.0, baseline_day=MONDAY - 1)
    found = once(judge(asked, series("followers", levels, BEFORE)))
    assert found is not None
    assert (found["size"], found["without"]) == (147, -21)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=120))
def test_without_a_spike_nothing_else_changes(values: list[float]) -> None:
    last = MONDAY
    first = last - len(values) + 1
    days = spike({first + i: value for i, value in enumerate(values)}, last)
    calm = without_spike(values, last)
    assert len(days) <= 3
    assert [i for i, (a, b) in enumerate(zip(values, calm, strict=True)) if a != b] == [day - first for day in days]
    assert max(calm, default=0.0) <= max(values)


@given(
    st.lists(st.integers(0, 9) | st.integers(0, 1000), min_size=20, max_size=120), st.sampled_from([0.25, 4.0, 1024.0])
)
def test_a_spike_is_one_at_any_scale(values: list[int], times: float) -> None:
    known = {MONDAY + i: float(value) for i, value in enumerate(values)}
    last = MONDAY + len(values) - 1
    assert spike(known, last) == spike({day: value * times for day, value in known.items()}, last)


def test_the_first_sales_of_a_shop_are_no_spike() -> None:
    """Where most days bring nothing, a day that brings something is what counts."""
    known = {MONDAY + i: 0.0 for i in range(60)} | {MONDAY + 50: 80.0, MONDAY + 55: 120.0}
    assert spike(known, MONDAY + 59) == []
