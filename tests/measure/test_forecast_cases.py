"""What is foreseen of series as life brings them: a purge, a spike, a gap, zeros, one point, totals kept by hand."""

from random import Random

import pytest
from goal_kit import DOWN, MONDAY, by_hand, goal, judge, series

from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series

EVE = MONDAY - 1
WAVE = [3.0, 5.0, 4.0, 6.0, 2.0, 8.0, 7.0]  # a week of 35
TEN_WEEKS = 350.0


def week_by_week(weeks: int) -> list[float]:
    return WAVE * weeks


def leads(target: float, **fields: object) -> Goal:
    return goal(Form.TOTAL, "leads", target, **fields)


def followers(target: float) -> Goal:
    return goal(Form.GROWTH, "followers", target, baseline=1000.0, baseline_day=EVE)


def level(steps: list[float], begun: float = 1000.0) -> Series:
    return series("followers", [begun + sum(steps[:i]) for i in range(len(steps) + 1)], EVE)


def ends_between(judged: Assessment, low: float, high: float) -> bool:
    found = judged.forecast
    return found is not None and low <= found.low <= found.mid <= found.high <= high


def test_a_steady_series_goes_on_as_it_was() -> None:
    judged = judge(leads(TEN_WEEKS), series("leads", week_by_week(4)))
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(TEN_WEEKS, rel=0.03)
    assert ends_between(judged, 280, 430)


def test_a_purge_of_followers_lowers_the_level_and_not_the_pace() -> None:
    """300 of 1,100 are gone on one day; two a day came before, and come after it."""
    steps = [2.0] * 20 + [-300.0] + [2.0] * 7
    judged = judge(followers(1140), level(steps))
    assert judged.status is Status.OFF_TRACK
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(1000 + 27 * 2 - 300 + 42 * 2, abs=5)
    assert ends_between(judged, 754, 900)


def test_a_spike_does_not_go_on_for_ever() -> None:
    """One post of the last week went around the world: it counts, and the old pace goes on."""
    usual, spike = week_by_week(4), [3.0, 5.0, 400.0, 6.0, 2.0, 8.0, 7.0]
    judged = judge(leads(1000), series("leads", usual + spike))
    assert judged.forecast is not None
    known = 4 * 35 + sum(spike)
    assert known < judged.forecast.low < known + 5 * 35 < judged.forecast.high < known + 5 * sum(spike) * 0.6
    assert judged.forecast.chance < 0.1


def test_a_week_that_nobody_states_is_like_its_weekdays_and_not_zero() -> None:
    cells: list[float | None] = [*week_by_week(3), *[None] * 7, *week_by_week(2)]
    gap, whole = (judge(leads(TEN_WEEKS + 20), series("leads", each)) for each in (cells, week_by_week(6)))
    assert gap.forecast == whole.forecast
    assert gap.pace is not None
    assert gap.pace.actual == 5 * 35  # what is shown is what is stated


def test_a_restated_day_changes_the_chance_by_what_it_changes_the_sum() -> None:
    cells = week_by_week(4)
    before = judge(leads(TEN_WEEKS), series("leads", cells))
    after = judge(leads(TEN_WEEKS), series("leads", [*cells[:5], 10.0, *cells[6:]]))  # 10 where 8 was
    assert before.forecast and after.forecast
    assert 0.0 <= after.forecast.chance - before.forecast.chance <= 0.1
    assert 1.0 <= after.forecast.mid - before.forecast.mid <= 8.0


def test_a_series_of_zeros_says_few_and_never_none_for_certain() -> None:
    cells = [0.0] * 28
    wanted = judge(leads(10), series("leads", cells))
    assert wanted.status is Status.OFF_TRACK
    assert ends_between(wanted, 0, 5)
    limit = judge(leads(0, direction=DOWN), series("leads", [0.0] * 56 + cells, MONDAY - 56))
    assert limit.status is Status.ON_TRACK
    assert limit.forecast is not None
    assert 0.7 <= limit.forecast.chance < 1.0
    risen = judge(followers(1010), level(cells))
    assert risen.status is Status.OFF_TRACK
    assert ends_between(risen, 980, 1020)


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        (leads(100), series("leads", [5.0])),
        (followers(1100), series("followers", [1000.0])),
        (followers(1100), by_hand("followers", {MONDAY: 1000.0})),
        (goal(Form.TYPICAL_DAY, "reach", 500), series("reach", [400.0])),
    ],
)
def test_one_point_is_too_early_for_a_chance(asked: Goal, stored: Series) -> None:
    judged = judge(asked, stored)
    assert (judged.status, judged.forecast, judged.before) == (Status.TOO_EARLY, None, None)


def test_a_window_of_one_day_may_judge_by_one_point() -> None:
    judged = judge(goal(Form.TYPICAL_DAY, "reach", 500, window=1), series("reach", [400.0]))
    assert judged.forecast is not None
    assert ends_between(judged, 0, 2000)


def test_a_very_long_goal_keeps_all_that_is_known() -> None:
    """Two years: what was made before the days that the forecast looks at counts too."""
    asked = leads(3000, start=MONDAY - 600, deadline=MONDAY + 130)
    judged = judge(asked, series("leads", [4.0] * 628, MONDAY - 600))
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(4 * 731, rel=0.02)


def test_numbers_kept_by_hand_once_a_week_go_on_as_their_days() -> None:
    typed = by_hand("leads", {MONDAY - 1 + 7 * i: 35.0 for i in range(-8, 5)})
    judged = judge(leads(TEN_WEEKS), typed)
    assert judged.pace is not None
    assert judged.pace.actual == 4 * 35
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(TEN_WEEKS, rel=0.02)


def test_the_first_number_kept_by_hand_counts_although_its_days_are_unknown() -> None:
    typed = by_hand("leads", {MONDAY + 6 + 7 * i: 35.0 for i in range(4)})
    judged = judge(leads(TEN_WEEKS), typed)
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(TEN_WEEKS, rel=0.02)


def test_a_level_of_one_account_and_the_flows_of_another_go_on_together() -> None:
    asked = followers(2200)._replace(accounts=("A", "B"), baseline=2000.0)
    stated = level([2.0] * 28)
    flows = series("net_followers", [1.0] * 28, account="B")
    total = by_hand("followers", {EVE: 1000.0}, account="B")
    judged = judge(asked, stated, flows, total)
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(2000 + 3 * 70, abs=2)


def test_where_nobody_exports_who_left_recorded_totals_tell_the_pace() -> None:
    """Three came a day; the totals say that one of them left again."""
    came = series("new_followers", [3.0] * 28)
    totals = by_hand("followers", {EVE: 1000.0, MONDAY + 27: 1056.0})
    judged = judge(followers(1140), came, totals)
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(1056 + 2 * 42, abs=2)


def test_one_visit_that_buys_is_no_day_of_a_hundred_per_cent() -> None:
    """1,000 visits on a weekday and one on a Sunday: the middle is the pooled ratio, not the mean of the days."""
    tops, bottoms = [30.0] * 6 + [1.0], [1000.0] * 6 + [1.0]
    asked = goal(Form.RATE, "engagement_rate", 0.03)
    judged = judge(asked, series("engagements", tops * 4), series("impressions", bottoms * 4))
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(0.03, rel=0.1)


def test_what_was_spent_on_the_days_without_a_lead_counts() -> None:
    """€ 5 a day, a lead every third day: € 15 a lead, though the day of each lead alone says € 5."""
    asked = goal(Form.KEEP, "cost_per_lead", 10, direction=DOWN)
    judged = judge(asked, series("cost", [5.0] * 30, unit="EUR"), series("leads", [0.0, 0.0, 1.0] * 10))
    assert judged.forecast is not None
    assert judged.forecast.mid == pytest.approx(15, rel=0.05)
    assert judged.status is Status.OFF_TRACK


def test_spend_without_a_single_lead_is_off_track_without_a_chance() -> None:
    asked = goal(Form.KEEP, "cost_per_lead", 10, direction=DOWN)
    judged = judge(asked, series("cost", [5.0] * 30, unit="EUR"), series("leads", [0.0] * 30))
    assert (judged.status, judged.forecast) == (Status.OFF_TRACK, None)


def test_the_last_days_are_no_surer_than_their_own_noise() -> None:
    """One day to go, and what one day in five brings is needed."""
    chance = Random(1)
    cells = [float(chance.randint(0, 9)) for _ in range(69)]
    judged = judge(leads(sum(cells) + 8), series("leads", cells))
    assert judged.forecast is not None
    assert 0.05 < judged.forecast.chance < 0.35
