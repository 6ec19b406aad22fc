"""The plan: its ends, its points, its rests, and the shape that it follows, against a slow and obvious loop."""

from itertools import pairwise
from math import cos, isclose, pi
from random import Random

import pytest
from goal_kit import DOWN, MONDAY, SUNDAY, by_hand, goal, judge, series
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from smartkpi.measure import plan as planning
from smartkpi.measure.resting import blank
from smartkpi.measure.season import NONE, Season
from smartkpi.model.assessment import Plan, Status
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.report import behind

DAYS = 70
OFFICE = [9.0, 12.0, 11.0, 10.0, 8.0, 0.0, 0.0]  # Monday to Sunday
WEEKS = st.lists(st.integers(0, 60).map(float), min_size=7, max_size=7)
PLACES = st.integers(0, DAYS - 1)
BEGUN = st.sampled_from([0.0, 1000.0, -3.5, 0.1])
TARGETS = st.sampled_from([100.0, 1234.5, -7.0, 1e6])

settings.register_profile("brief", deadline=None, max_examples=40)
BRIEF = settings.get_profile("brief")


@st.composite
def goals(draw: st.DrawFn, begun: float, target: float) -> Goal:
    """With milestones on the way and pauses anywhere, whole segments and the end included."""
    shares = sorted(draw(st.lists(st.floats(0, 1), max_size=4)))
    days = sorted(draw(st.lists(PLACES, min_size=len(shares), max_size=len(shares), unique=True)))
    points = tuple((MONDAY + d, begun + (target - begun) * s) for d, s in zip(days, shares, strict=True))
    ends = [sorted(draw(st.tuples(PLACES, PLACES))) for _ in range(draw(st.integers(0, 3)))]
    known = draw(st.lists(st.sampled_from([0, MONDAY - 5, MONDAY + 10, MONDAY + 33, SUNDAY]), min_size=3, max_size=3))
    pauses = tuple(Pause(MONDAY + a, MONDAY + b, "", day) for (a, b), day in zip(ends, known, strict=False))
    return goal(target=target, milestones=points, pauses=pauses)


def planned(asked: Goal, begun: float, week: list[float] | None) -> Plan:
    """By the weekdays of eight weeks before the start; without any as long as there is no noise in them."""
    before = series("leads", (week or [5.0] * 7) * 8, MONDAY - 56)
    return planning.plan(asked, begun, (before,), SUNDAY)


def known_on(asked: Goal, day: int) -> tuple[Pause, ...]:
    """The pauses that were known when `day` began; one that began before somebody said so, since then."""
    return tuple(pause for pause in asked.pauses if min(pause.known, pause.first) <= day)


def free_days(asked: Goal, day: int) -> list[int]:
    """The days from `day` on that are not paused, as far as is known then."""
    known = known_on(asked, day)
    every = range(day, asked.deadline + 1)
    return [each for each in every if not any(pause.first <= each <= pause.last for pause in known)]


def next_point(asked: Goal, day: int, free: list[int]) -> tuple[int, float]:
    """The next milestone with a free day before it, and one after it; else the target."""
    for then, value in asked.milestones:
        if day <= then < asked.deadline and any(d <= then for d in free) and any(d > then for d in free):
            return then, value
    return asked.deadline, asked.target


def slow(asked: Goal, begun: float, weights: dict[int, float]) -> dict[int, float]:
    """Day by day: of what is left to the next point as much as the day weighs among the free days to there."""
    value, found = begun, {asked.start - 1: begun}
    for day in weights:
        free = free_days(asked, day)
        then, reached = next_point(asked, day, free)
        days = [each for each in free if each <= then]
        whole = sum(weights[each] for each in days)
        if day in days:
            value += (reached - value) * (weights[day] / whole if whole else 1 / len(days))
        found[day] = value
    return found


def is_paused_for_good(asked: Goal) -> bool:
    """Whether at some time no free day was left: then the plan stays what it was."""
    return any(not free_days(asked, day) for day in range(asked.start, asked.deadline + 1))


def even(asked: Goal) -> dict[int, float]:
    return dict.fromkeys(range(asked.start, asked.deadline + 1), 1.0)


# ---- the course ----------------------------------------------------------------------------------------------------


@BRIEF
@given(st.data(), BEGUN, TARGETS, st.sampled_from([None, OFFICE]))
def test_the_plan_is_what_a_loop_over_its_days_says(
    data: st.DataObject, begun: float, target: float, week: list[float] | None
) -> None:
    asked = data.draw(goals(begun, target))
    assume(not is_paused_for_good(asked))
    found = planned(asked, begun, week)
    assert found.shape == ("straight" if week is None else "weekdays")
    weights = even(asked)
    if week is not None:  # eight weeks of each weekday, shrunk towards their mean by one
        mean = sum(week) / 7
        weights = {day: max(0.0, mean + (week[(day - MONDAY) % 7] - mean) * 8 / 9) for day in weights}
    for day, value in slow(asked, begun, weights).items():
        assert found.at(day) == approx(value, rel=1e-9, abs=1e-9)


@BRIEF
@given(st.data(), BEGUN, TARGETS, WEEKS)
def test_it_begins_where_the_way_begins_ends_at_the_target_and_never_turns_back(
    data: st.DataObject, begun: float, target: float, week: list[float]
) -> None:
    asked = data.draw(goals(begun, target))
    found = planned(asked, begun, week)
    assert (found.course[0], found.course[-1], len(found.course)) == (begun, target, DAYS + 1)
    assert found.at(asked.start - 9) == begun
    assert found.at(asked.deadline + 9) == target
    sign = 1 if target > begun else -1
    steps = [(after - before) * sign for before, after in pairwise(found.course)]
    assert min(steps) >= 0
    assert sum(steps) == approx(abs(target - begun))


@BRIEF
@given(st.data(), BEGUN, TARGETS, WEEKS)
def test_it_goes_through_its_milestones_and_rests_in_its_pauses(
    data: st.DataObject, begun: float, target: float, week: list[float]
) -> None:
    asked = data.draw(goals(begun, target))
    assume(not is_paused_for_good(asked))
    found = planned(asked, begun, week)
    for day in range(asked.start, asked.deadline + 1):
        if asked.pause_on(day) is not None:
            assert found.at(day) == found.at(day - 1)
    for day, value in asked.milestones:
        if not asked.pauses and day < asked.deadline:
            assert found.at(day) == value


def test_what_the_plan_was_before_a_pause_was_known_it_stays() -> None:
    asked = goal(target=70, pauses=(Pause(MONDAY + 35, MONDAY + 48, "ads off", MONDAY + 35),))
    found = planning.plan(asked, 0)
    assert [found.at(MONDAY + n) for n in (0, 34, 35, 48, 49, 69)] == [1, 35, 35, 35, approx(35 + 35 / 21), 70]
    planned_for = planning.plan(asked._replace(pauses=(Pause(MONDAY + 35, MONDAY + 48),)), 0)
    assert planned_for.at(MONDAY + 34) == approx(70 * 35 / 56)
    ahead = planning.plan(asked._replace(pauses=(Pause(MONDAY + 35, MONDAY + 48, "", MONDAY + 28),)), 0)
    assert ahead.at(MONDAY + 27) == 28
    assert ahead.at(MONDAY + 28) == approx(28 + 42 / 28)


def test_days_that_are_said_to_have_been_paused_were_so_from_their_first() -> None:
    asked = goal(target=70, pauses=(Pause(MONDAY + 10, MONDAY + 19, "", MONDAY + 40),))
    found = planning.plan(asked, 0)
    assert [found.at(MONDAY + n) for n in (9, 19, 20)] == [10, 10, approx(10 + 60 / 50)]


def test_a_straight_plan_is_the_share_of_the_days_that_are_over() -> None:
    asked = goal(Form.GROWTH, "followers", 1140, baseline=1000)
    found = planning.plan(asked, 1000)
    assert [found.at(MONDAY - 1 + n) for n in (0, 1, 35, 70)] == [1000, 1002, 1070, 1140]


def test_a_milestone_off_the_way_is_no_point_of_the_plan() -> None:
    """A target that was lowered later may leave one behind."""
    asked = goal(target=70, milestones=((MONDAY + 9, 90.0), (SUNDAY + 5, 80.0), (MONDAY + 34, 60.0)))
    assert planning.plan(asked, 0).course[35] == 60
    assert planning.plan(asked, 0).course[10] == approx(60 * 10 / 35)


def test_a_goal_that_is_paused_all_along_still_has_a_plan() -> None:
    asked = goal(pauses=(Pause(MONDAY, SUNDAY),))
    assert planning.plan(asked, 0).course == approx(planning.plan(goal(), 0).course)


# ---- earned schedule -----------------------------------------------------------------------------------------------


def slow_days_ahead(found: Plan, asked: Goal, value: float, day: int) -> float:
    """The nearest moment at which the plan has the value, minus today, in days that are not paused."""
    sign = 1 if found.course[-1] > found.course[0] else -1
    place = {asked.start - 1 + i: i for i in range(len(found.course))}
    clock = [sum(asked.pause_on(asked.start + i) is None for i in range(n)) for n in range(len(found.course))]
    here = clock[place[day]]
    close = abs(found.course[-1] - found.course[0]) * 1e-9
    if value * sign > found.course[-1] * sign + close:
        return clock[-1] - here
    if value * sign < found.course[0] * sign - close:
        return clock[0] - here
    moments = []
    for i, (before, after) in enumerate(pairwise(found.course)):
        if min(abs(value - before), abs(value - after)) <= close:
            moments += [clock[i + n] for n, end in enumerate((before, after)) if abs(value - end) <= close]
        elif before * sign < value * sign < after * sign:
            moments.append(clock[i] + (clock[i + 1] - clock[i]) * (value - before) / (after - before))
    return min(moments, key=lambda moment: abs(moment - here)) - here


@settings(deadline=None, max_examples=60)
@given(st.data(), BEGUN, TARGETS, st.sampled_from([None, OFFICE]), st.floats(-0.2, 1.2), st.integers(0, DAYS))
def test_days_ahead_are_those_to_the_day_on_which_the_plan_has_the_value(
    data: st.DataObject, begun: float, target: float, week: list[float] | None, share: float, place: int
) -> None:
    asked = data.draw(goals(begun, target))
    assume(not is_paused_for_good(asked))
    assume(not 0 < min(abs(share), abs(share - 1)) < 1e-8)  # as good as there, by rounding alone
    found = planned(asked, begun, week)
    value, day = begun + (target - begun) * share, asked.start - 1 + place
    assert found.days_ahead(value, day) == approx(slow_days_ahead(found, asked, value, day), abs=0.51)


@BRIEF
@given(st.data(), BEGUN, TARGETS, WEEKS, st.integers(0, DAYS))
def test_who_has_what_the_plan_expects_is_neither_ahead_nor_behind(
    data: st.DataObject, begun: float, target: float, week: list[float], place: int
) -> None:
    asked = data.draw(goals(begun, target))
    found = planned(asked, begun, week)
    assert found.days_ahead(found.at(asked.start - 1 + place), asked.start - 1 + place) == 0


def test_after_a_pause_nobody_is_behind_by_the_days_of_the_pause() -> None:
    asked = goal(target=50, pauses=(Pause(MONDAY + 20, MONDAY + 39, "ads off"),))
    found = planning.plan(asked, 0)
    assert found.at(MONDAY + 19) == found.at(MONDAY + 39) == 20
    assert found.days_ahead(18, MONDAY + 40) == -3  # of 21; 23 days of the calendar
    assert found.day_of(20) == MONDAY + 19
    assert found.day_of(21) == MONDAY + 40
    assert found.day_of(50) == SUNDAY
    assert found.day_of(51) is None


def test_an_office_that_has_its_five_days_brings_nothing_at_the_weekend_and_is_on_plan() -> None:
    """By days alone 36 would do on Friday; the weekend after it brings nothing."""
    week = [10.0] * 5 + [0.0] * 2
    before = week * 8

    def ahead(cells: list[float]) -> int | None:
        judged = judge(goal(target=500), series("leads", before + cells, MONDAY - 56))
        assert judged.plan is not None and judged.pace is not None
        assert judged.plan.shape == "weekdays"
        return judged.pace.days_ahead

    assert ahead(week) == 0
    assert ahead([7.0] * 5) == -1
    assert planning.plan(goal(target=500), 0).days_ahead(35, MONDAY + 4) == 0


# ---- the shape -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weeks", [3, 8, 16])
def test_noise_is_seldom_taken_for_weekdays(weeks: int) -> None:
    chance, found = Random(3), 0
    for _ in range(300):
        cells = [float(chance.randint(0, 40)) for _ in range(7 * weeks)]
        found += planning.plan(goal(), 0, (series("leads", cells, MONDAY - 7 * weeks),), MONDAY).shape == "weekdays"
    assert found <= 9  # 3 in 100


@pytest.mark.parametrize("weeks", [4, 8])
def test_an_office_week_is_seen_through_its_noise(weeks: int) -> None:
    chance, found = Random(4), 0
    for _ in range(100):
        cells = [max(0.0, round(value * chance.gauss(1, 0.3))) for value in OFFICE * weeks]
        found += planning.plan(goal(), 0, (series("leads", cells, MONDAY - 7 * weeks),), MONDAY).shape == "weekdays"
    assert found >= 95


def test_less_than_three_weeks_a_number_by_hand_and_a_level_stay_straight() -> None:
    few = series("leads", OFFICE * 2, MONDAY - 14)
    assert planning.plan(goal(), 0, (few,), MONDAY).shape == "straight"
    typed = series("leads", OFFICE * 8, MONDAY - 56, report="by hand")
    assert planning.plan(goal(), 0, (typed,), MONDAY).shape == "straight"
    level = series("followers", [1000 + sum((OFFICE * 8)[:n]) for n in range(56)], MONDAY - 56)
    judged = judge(goal(Form.GROWTH, "followers", 2000, baseline=1500), level, as_of=MONDAY + 1)
    assert judged.plan is not None
    assert judged.plan.shape == "straight"


def test_the_plan_does_not_move_with_what_comes_after_the_start() -> None:
    before = OFFICE * 8
    plans = [
        planning.plan(goal(), 0, (series("leads", before + [30.0] * n, MONDAY - 56),), MONDAY + n - 1)
        for n in (0, 1, 20, 60)
    ]
    assert {found.course for found in plans} == {plans[0].course}


def test_where_nothing_is_known_before_the_start_the_first_eight_weeks_tell_the_shape() -> None:
    cells = OFFICE * 10
    found = [planning.plan(goal(), 0, (series("leads", cells[:n]),), MONDAY + n - 1) for n in (14, 28, 56, 63, 70)]
    assert [each.shape for each in found] == ["straight", *["weekdays"] * 4]
    assert found[2].course == found[3].course == found[4].course


@BRIEF
@given(st.lists(st.integers(0, 60).map(float), min_size=30, max_size=120), st.lists(st.integers(0, 999), max_size=20))
def test_data_after_the_judged_day_change_nothing(cells: list[float], later: list[int]) -> None:
    first, last = MONDAY - 30, MONDAY - 30 + len(cells) - 1
    assume(last < SUNDAY)
    one = judge(goal(), series("leads", cells, first), as_of=last)
    other = judge(goal(), series("leads", [*cells, *map(float, later)], first, full=last), as_of=last)
    assert one.plan == other.plan


@BRIEF
@given(st.lists(st.integers(0, 60).map(float), min_size=40, max_size=90), st.sampled_from([0.01, 7.0, 1000.0]))
def test_another_scale_is_the_same_plan_at_that_scale(cells: list[float], by: float) -> None:
    one = planning.plan(goal(), 0, (series("leads", cells, MONDAY - 40),), SUNDAY)
    scaled = series("leads", [cell * by for cell in cells], MONDAY - 40)
    other = planning.plan(goal(target=100 * by), 0, (scaled,), SUNDAY)
    assert other.shape == one.shape
    assert other.course == approx([value * by for value in one.course])


def test_of_several_accounts_the_days_count_that_all_of_them_state() -> None:
    both = series("leads", OFFICE * 8, MONDAY - 56), series("leads", [1.0] * 56, MONDAY - 56, account="B")
    found = planning.plan(goal(), 0, both, MONDAY)
    summed = series("leads", [value + 1 for value in OFFICE * 8], MONDAY - 56)
    assert found.course == approx(planning.plan(goal(), 0, (summed,), MONDAY).course)
    silent = series("leads", [], MONDAY - 56, account="B")
    assert planning.plan(goal(), 0, (both[0], silent), MONDAY).shape == "straight"


# ---- last year -----------------------------------------------------------------------------------------------------

YEARS = 3 * 364


def brought(day: int) -> float:
    return 40 * (1 + 3 * (1 - cos(2 * pi * (day + 44) / 364)) / 2)


def test_where_last_year_is_real_the_plan_has_its_weeks_and_the_chance_its_factor() -> None:
    asked = goal(target=15_000, deadline=MONDAY + 181)
    cells = [brought(day) for day in range(-YEARS, 28)]
    judged = judge(asked, series("leads", cells, MONDAY - YEARS))
    assert judged.plan is not None
    assert judged.plan.shape == "last year"
    assert judged.season > 1.3
    whole = sum(brought(day) for day in range(182))
    for n in (28, 91, 150):
        assert judged.plan.at(MONDAY + n - 1) == approx(
            15_000 * sum(brought(day) for day in range(n)) / whole, rel=0.02
        )
    assert judged.pace is not None
    assert judged.pace.expected is not None
    assert judged.pace.expected < 0.6 * 15_000 * 28 / 182  # a straight line would call it far behind


def test_plan_and_chance_see_the_same_season_or_none() -> None:
    chance = Random(5)
    for noise in (0.0, 0.3, 2.0):
        for known in (380, 470, 600, YEARS):
            cells = [max(0.0, brought(day) * chance.gauss(1, noise)) for day in range(-known, 40)]
            judged = judge(goal(target=9000, deadline=MONDAY + 120), series("leads", cells, MONDAY - known))
            assert judged.plan is not None
            assert (judged.plan.shape == "last year") is (judged.season != 1.0)


def test_last_years_weeks_are_read_before_the_start_only() -> None:
    """A goal longer than a year repeats the year before its start."""
    season = Season(1.2, [float(i) for i in range(500)], MONDAY - 400)
    weights = planning.last_year(goal(deadline=MONDAY + 399), season)
    assert len(weights) == 400
    assert weights[0] == approx(36)  # the mean of days 26 to 46
    assert weights[364] == weights[0]
    assert planning.last_year(goal(), season) == weights[:70]
    assert max(weights) <= 399


def test_without_a_season_there_is_none_in_the_plan() -> None:
    before = series("leads", [5.0] * 56, MONDAY - 56)
    assert planning.plan(goal(), 0, (before,), MONDAY, NONE).shape == "straight"


# ---- what follows from it ------------------------------------------------------------------------------------------


def test_the_gap_the_days_and_the_rate_go_by_the_plan() -> None:
    asked = goal(target=70, milestones=((MONDAY + 34, 14.0),))
    judged = judge(asked, series("leads", [1.0] * 28))
    pace = judged.pace
    assert pace is not None
    assert pace.expected == approx(14 * 28 / 35)
    assert pace.gap == approx(28 - 11.2)
    assert pace.days_ahead == 16  # the plan has 28 after 43.75 days
    assert pace.required_rate == 7


def test_a_limit_has_a_plan_too() -> None:
    judged = judge(goal(target=140, direction=DOWN), series("leads", [3.0] * 28))
    assert judged.pace is not None
    assert judged.pace.days_ahead == -14
    assert judged.pace.gap == -28


def test_paused_days_ahead_are_days_on_which_nothing_is_needed_and_nothing_is_foreseen() -> None:
    cells = [2.0] * 28
    open_, paused = (
        judge(goal()._replace(pauses=pauses), series("leads", cells, full=MONDAY + 27), as_of=MONDAY + 28)
        for pauses in ((), (Pause(MONDAY + 42, MONDAY + 55),))
    )
    assert open_.pace is not None and paused.pace is not None
    assert open_.pace.required_rate == approx(44 / 42 * 7)
    assert paused.pace.required_rate == approx(44 / 28 * 7)
    assert open_.forecast is not None and paused.forecast is not None
    assert open_.forecast.mid == approx(140, rel=0.03)
    assert paused.forecast.mid == approx(112, rel=0.03)
    assert paused.forecast.chance < open_.forecast.chance


def test_what_came_on_paused_days_counts_but_says_nothing_of_the_days_to_come() -> None:
    cells = [2.0] * 21 + [0.5] * 14 + [2.0] * 7
    asked = goal(target=200, pauses=(Pause(MONDAY + 21, MONDAY + 34),))
    judged = judge(asked, series("leads", cells))
    assert judged.pace is not None
    assert judged.pace.actual == 63
    assert judged.pace.run_rate == 14
    assert judged.forecast is not None
    assert judged.forecast.mid == approx(63 + 2 * 28, rel=0.03)
    assert judge(asked._replace(pauses=()), series("leads", cells)).pace.run_rate == approx(8.75)  # type: ignore[union-attr]


def test_a_level_leaves_the_steps_of_paused_days_out_of_its_pace() -> None:
    steps = [2.0] * 21 + [-1.0] * 14 + [2.0] * 7
    level = series("followers", [1000 + sum(steps[:n]) for n in range(43)], MONDAY - 1)
    asked = goal(Form.GROWTH, "followers", 1140, baseline=1000, pauses=(Pause(MONDAY + 21, MONDAY + 34),))
    judged = judge(asked, level)
    assert judged.pace is not None
    assert judged.pace.actual == 1042
    assert judged.pace.run_rate == 14
    assert judged.forecast is not None
    assert judged.forecast.mid == approx(1042 + 56, abs=3)
    flows = series("new_followers", [3.0 if step > 0 else 0.0 for step in steps]), series("unfollows", [1.0] * 42)
    gained = judge(asked._replace(baseline=None, target=140), *flows)
    assert gained.pace is not None
    assert gained.pace.run_rate == 14


def test_a_rate_looks_at_the_days_before_a_pause_instead_of_those_in_it() -> None:
    engaged = series("engagements", [2.0] * 42 + [50.0] * 14 + [4.0] * 7, MONDAY - 28)
    seen = series("impressions", [100.0] * 63, MONDAY - 28)
    asked = goal(Form.RATE, "engagement_rate", 0.1, pauses=(Pause(MONDAY + 14, MONDAY + 27),))
    judged = judge(asked, engaged, seen)
    assert judged.pace is not None
    assert judged.pace.actual == approx((21 * 2 + 7 * 4) / 2800)
    assert not [reason for reason in judged.reasons if reason.code == "part of the window"]
    kept = judge(asked._replace(form=Form.KEEP), engaged, seen)
    assert kept.pace is not None
    assert kept.pace.actual == approx((14 * 2 + 7 * 4) / 2100)
    assert not [reason for reason in kept.reasons if reason.code == "days missing"]


def test_a_number_for_several_days_is_never_cut_by_a_pause() -> None:
    pauses = (Pause(MONDAY + 8, MONDAY + 19),)
    typed = by_hand("leads", {MONDAY + 6: 7, MONDAY + 13: 7, MONDAY + 20: 7})
    assert blank(typed, goal(pauses=pauses)) == typed
    spread = series("leads", [1.0] * 28)._replace(ranges=((MONDAY, MONDAY + 27),))
    assert blank(spread, goal(pauses=pauses)) == spread
    daily = blank(series("leads", [1.0] * 28), goal(pauses=pauses))
    assert [i for i, value in enumerate(daily.values) if value is None] == list(range(8, 20))


def test_weeks_with_a_paused_day_are_no_weeks_of_a_weekly_goal() -> None:
    asked = goal(Form.EACH, "posts", 7, pauses=(Pause(MONDAY + 9, MONDAY + 15),))
    judged = judge(asked, series("posts", [1.0] * 7 + [0.0] * 14 + [1.0] * 7))
    assert judged.pace is not None
    assert (judged.pace.periods_met, judged.pace.periods_gone) == (2, 2)


def test_a_goal_is_paused_whatever_its_numbers_say() -> None:
    asked = goal(target=10, pauses=(Pause(MONDAY + 20, MONDAY + 29, "ads off"),))
    cells = series("leads", [2.0] * 19)
    found = [judge(asked, cells, as_of=MONDAY + n) for n in (19, 20, 29, 30)]
    assert [each.status for each in found] == [Status.ACHIEVED, Status.PAUSED, Status.PAUSED, Status.ACHIEVED]
    reason = found[1].reasons[0]
    assert (reason.code, reason["first"], reason["last"], reason.text) == (
        "paused",
        MONDAY + 20,
        MONDAY + 29,
        "ads off",
    )
    assert judge(asked, as_of=MONDAY + 20).status is Status.PAUSED


def test_the_day_on_which_the_target_comes_waits_for_the_pause() -> None:
    asked = goal(target=100, deadline=MONDAY + 60)
    found = judge(asked, series("leads", [1.0] * 28))
    assert behind.deadline_at_this_pace(found) == MONDAY + 99
    rested = judge(asked._replace(pauses=(Pause(MONDAY + 40, MONDAY + 49),)), series("leads", [1.0] * 28))
    assert behind.deadline_at_this_pace(rested) == MONDAY + 109


@BRIEF
@given(st.data())
def test_days_left_and_the_day_after_so_many_days_leave_paused_days_out(data: st.DataObject) -> None:
    asked = data.draw(goals(0, 100))
    day = asked.start - 3 + data.draw(st.integers(0, DAYS + 2))
    free = [d for d in range(asked.start, asked.deadline + 1) if asked.pause_on(d) is None]
    assert asked.days_left(day) == sum(d > day for d in free)
    days = data.draw(st.integers(1, 60))
    end = asked.after(day, days)
    assert sum(asked.pause_on(d) is None for d in range(day + 1, end + 1)) == days
    assert asked.pause_on(end) is None
    assert isclose(end, end // 1)
