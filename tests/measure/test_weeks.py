"""A close look: what each week brought against the plan, what the weeks before it say, and a year ago."""

import pytest
from goal_kit import DOWN, METRICS, MONDAY, by_hand, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure import trend as trends
from smartkpi.measure.assess import read
from smartkpi.measure.pace import Case, pace
from smartkpi.measure.sources import Inputs
from smartkpi.measure.weeks import MOST, YEAR, closely
from smartkpi.model.closely import Closely, Span
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.series import Series
from smartkpi.model.trend import By, Trend

LEVEL = {"baseline": 1000.0, "baseline_day": MONDAY - 1}


def look(asked: Goal, *stored: Series, day: int = MONDAY + 27) -> Closely:
    return closely(asked, METRICS[asked.metric], METRICS, stored, day)


def _case(asked: Goal, *stored: Series, day: int = MONDAY + 27) -> Case:
    found, _ = read(asked, METRICS[asked.metric], METRICS, stored, day)
    assert isinstance(found, Inputs)
    return Case(asked, METRICS[asked.metric], found, day)


def test_a_week_of_a_total_is_what_it_brought_and_its_plan_the_share_of_these_days() -> None:
    seen = look(goal(target=140), series("leads", [float(i) for i in range(28)]))
    assert [week.last - MONDAY for week in seen.weeks] == [6, 13, 20, 27]
    assert [week.value for week in seen.weeks] == [21, 70, 119, 168]
    assert [week.planned for week in seen.weeks] == pytest.approx([14] * 4)
    assert (seen.lately, seen.earlier, seen.year_ago) == (94.5, None, None)


def test_weeks_before_the_start_are_known_and_have_no_plan() -> None:
    seen = look(goal(), series("leads", [1.0] * 56, MONDAY - 28))
    assert [week.planned is None for week in seen.weeks] == [True] * 4 + [False] * 4
    assert (seen.lately, seen.earlier) == (7, 7)


def test_a_week_that_lacks_a_day_is_not_known() -> None:
    seen = look(goal(), series("leads", [1.0] * 15 + [None] + [1.0] * 12))
    assert [week.value for week in seen.weeks] == [7, 7, None, 7]
    assert seen.lately is None


def test_a_week_of_a_level_is_what_it_gained() -> None:
    asked = goal(Form.GROWTH, "followers", 1070, **LEVEL)
    seen = look(asked, series("followers", [1000.0 + 2 * i for i in range(29)], MONDAY - 1))
    assert [week.value for week in seen.weeks] == [14] * 4
    assert [week.planned for week in seen.weeks] == pytest.approx([7] * 4)
    gap = [1000.0 + 2 * i if not 14 <= i < 19 else None for i in range(29)]
    assert [week.value for week in look(asked, series("followers", gap, MONDAY - 1)).weeks] == [14, None, None, 14]


def test_levels_recorded_now_and_then_have_no_weeks() -> None:
    asked = goal(Form.GROWTH, "followers", 1070, **LEVEL)
    seen = look(asked, by_hand("followers", {MONDAY - 1: 1000, MONDAY + 13: 1010, MONDAY + 27: 1020}))
    assert [week.value for week in seen.weeks if week.value is not None] == []
    assert seen.lately is None


def test_numbers_kept_by_hand_now_and_then_are_no_weeks_of_nothing() -> None:
    monthly = by_hand("leads", {MONDAY - 60: 10, MONDAY - 30: 40, MONDAY + 1: 44, MONDAY + 27: 30})
    seen = look(goal(), monthly)
    assert (seen.weeks, seen.wobble) == ((), None)
    pace = judge(goal(), monthly).pace
    assert pace is not None and seen.lately == pace.run_rate


def test_a_week_without_a_number_kept_by_hand_is_not_known() -> None:
    weekly = by_hand("leads", {MONDAY - 58 + 7 * i: 10 for i in range(12)})
    seen = look(goal(), weekly, day=MONDAY + 27)
    assert [week.value for week in seen.weeks] == [10] * 11 + [None]
    assert (seen.wobble, seen.lately) == (None, 10)


def test_days_of_a_pause_make_no_week_of_a_rate_longer() -> None:
    cost, leads = series("cost", [10.0, 40.0] * 14, unit="EUR"), series("leads", [1.0, 2.0] * 14)
    asked = goal(Form.RATE, "cost_per_lead", 20, direction=DOWN, unit="EUR", baseline=30.0, baseline_day=MONDAY - 1)
    paused = asked._replace(pauses=(Pause(MONDAY + 23, MONDAY + 26),))
    assert [w.value for w in look(paused, cost, leads).weeks] == [w.value for w in look(asked, cost, leads).weeks]


def test_a_week_that_lacks_a_day_ends_a_row_of_weeks() -> None:
    calm, more = [11.0, 10.0] * 5, [12.0] * 3
    for gap, lasts in (((), True), ((None,), False)):
        by_week: list[float | None] = [*calm, *more, *gap, *more, *more[:2]]
        days = [value for week in by_week for value in ([0.0] * 6 + [week])]
        found = look(goal(), series("leads", days, MONDAY + 28 - len(days))).wobble
        assert found is not None and found.lasts is lasts


@given(st.lists(st.integers(0, 9) | st.none(), min_size=30, max_size=500), st.integers(0, 6))
def test_a_close_look_and_the_trend_say_the_same_of_the_same_week(values: list[int | None], ahead: int) -> None:
    day = MONDAY + 27 - ahead
    stored = series("leads", [None if v is None else float(v) for v in values], day - len(values) + 1, full=day)
    seen, told = (
        look(goal(), stored, day=day),
        trends.trend(trends.asking(METRICS["leads"], 1, day), METRICS, [stored], By.WEEK),
    )
    if not isinstance(told, Trend):
        return
    newest, count = told.steps[-1], len(seen.weeks)
    spans = [step.span for step in told.steps][len(told.steps) - count :]
    assert [week.value for week in seen.weeks] == [span.value if span.is_whole else None for span in spans]
    if newest.verdict is None or newest.verdict.low is None:
        assert seen.wobble is None
    else:
        assert seen.wobble is not None
        assert (seen.wobble.low, seen.wobble.high, seen.wobble.change) == (*newest.verdict[:2], newest.verdict.change)


def test_of_a_limit_to_keep_the_weeks_are_those_that_the_goal_counts_itself() -> None:
    asked = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR", start=MONDAY + 3)
    stored = series("cost", [100.0] * 3 + [10.0, 40.0] * 13, unit="EUR"), series("leads", [1.0] * 29)
    kept = [week for week in look(asked, *stored).weeks if week.planned is not None]
    own = pace(_case(asked, *stored))
    assert [week.last - MONDAY for week in kept] == [6, 13, 20, 27]
    assert sum(week.value <= 20 for week in kept if week.value is not None) == own.periods_met
    assert len(kept) == own.periods_gone


def test_a_week_of_a_ratio_is_total_over_total_and_its_plan_is_the_target() -> None:
    asked = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR")
    seen = look(asked, series("cost", [10.0, 40.0] * 14, unit="EUR"), series("leads", [1.0, 2.0] * 14))
    assert [week.planned for week in seen.weeks] == [20] * 4
    assert seen.weeks[-1].value == pytest.approx((3 * 10 + 4 * 40) / (3 + 8))


def test_weekly_goals_are_told_in_the_weeks_that_they_are_judged_by() -> None:
    seen = look(goal(Form.EACH, "posts", 3), series("posts", [1.0] * 25), day=MONDAY + 24)
    assert [week.last - MONDAY for week in seen.weeks] == [6, 13, 20]


def test_a_year_ago_is_the_same_weekdays_and_only_where_all_are_stated() -> None:
    days = YEAR + 28
    stored = series("leads", [float(i) for i in range(days)], MONDAY - YEAR)
    assert look(goal(), stored).year_ago == Span(MONDAY - YEAR, MONDAY - YEAR + 27, sum(range(28)))
    values = list(stored.values)
    values[3] = None
    assert look(goal(), stored._replace(values=tuple(values))).year_ago is None


def test_the_newest_week_is_held_against_those_before_it() -> None:
    calm = [10.0, 12.0, 9.0, 11.0, 8.0, 13.0, 10.0] * 12
    first = MONDAY + 28 - len(calm)
    usual = look(goal(), series("leads", calm, first)).wobble
    assert usual is not None
    assert (usual.change, usual.low <= usual.value <= usual.high) == (0, True)
    fell = look(goal(), series("leads", [*calm[:-7], *[1.0] * 7], first)).wobble
    assert fell is not None
    assert (fell.value, fell.change) == (7, -1)
    assert look(goal(), series("leads", calm[-49:], MONDAY + 28 - 49)).wobble is None


@given(st.lists(st.integers(0, 50), min_size=28, max_size=400), st.integers(0, 60))
def test_weeks_add_up_to_the_days_and_later_days_change_nothing(values: list[int], later: int) -> None:
    day = MONDAY + 27
    stored = series("leads", [float(v) for v in values], day - len(values) + 1)
    seen = look(goal(), stored)
    count = min(len(values) // 7, MOST)
    assert sum(week.value or 0 for week in seen.weeks) == sum(values[len(values) - 7 * count :])
    longer = stored._replace(values=(*stored.values, *[99.0] * later), last_day=day + later, full_through=day + later)
    assert look(goal(), longer) == seen


def test_where_nothing_is_read_there_is_nothing_to_look_at() -> None:
    assert look(goal()) == Closely()
    assert look(goal()._replace(metric="posts", form=Form.EACH)) == Closely()
