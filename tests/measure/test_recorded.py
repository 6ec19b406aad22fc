"""Numbers kept by hand: each speaks for the days since the one before it, and for no others."""

from goal_kit import METRICS, MONDAY, by_hand, goal, judge
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure.recorded import reaches_beyond, spoken_for, told
from smartkpi.measure.trend import asking, trend
from smartkpi.model.assessment import Status
from smartkpi.model.goal import Form
from smartkpi.model.trend import By, Trend

WEEKLY = by_hand("leads", {MONDAY + 1 + 7 * i: 7.0 * i for i in range(13)})  # each Tuesday
MONTHLY = by_hand("leads", {MONDAY - 2 + 30 * i: 30.0 for i in range(5)})
LATE = MONDAY + 500


def test_weekly_numbers_are_a_week_each_whatever_their_weekday() -> None:
    assert [told(WEEKLY, MONDAY + 7 * i, MONDAY + 7 * i + 6, LATE) for i in (1, 2)] == [(7, 0), (14, 0)]


def test_of_the_first_number_nobody_knows_how_far_back_it_reaches() -> None:
    assert told(WEEKLY, MONDAY, MONDAY + 6, LATE) == (0, 7)
    assert told(WEEKLY, MONDAY - 7, MONDAY - 1, LATE) == (None, 7)


def test_a_month_of_weekly_numbers_has_only_its_days_of_those_at_its_ends() -> None:
    first, last = MONDAY + 30, MONDAY + 59
    spread = sum(7 * i / 7 for day in range(first, last + 1) for i in range(13) if 0 <= MONDAY + 1 + 7 * i - day < 7)
    assert told(WEEKLY, first, last, LATE) == (round(spread), 0)
    assert told(WEEKLY, first, last, MONDAY + 50)[1] == last - (MONDAY + 50)


def test_a_number_of_a_month_says_nothing_of_a_week() -> None:
    assert {told(MONTHLY, day, day + 6, LATE)[1] for day in range(MONDAY - 30, MONDAY + 150)} == {7}
    assert told(MONTHLY, MONDAY - 1, MONDAY + 28, LATE) == (30, 0)
    months, weeks = (spoken_for(each, MONDAY - 100, LATE, 7) for each in (MONTHLY, WEEKLY))
    assert all(reaches_beyond(months, day, day + 6) for day in range(MONDAY - 30, MONDAY + 110))
    assert not any(reaches_beyond(weeks, day, day + 6) for day in range(MONDAY - 30, MONDAY + 150))


@given(st.lists(st.integers(1, 9), min_size=2, max_size=60), st.integers(0, 200), st.integers(1, 120))
def test_what_is_spread_is_what_each_day_has_of_its_number(gaps: list[int], begin: int, days: int) -> None:
    ends = [MONDAY + sum(gaps[: i + 1]) for i in range(len(gaps))]
    stored = by_hand("leads", dict.fromkeys(ends, 0.5))
    first, last = MONDAY + begin, MONDAY + begin + days - 1
    value, missing = told(stored, first, last, LATE)
    by_day = {
        d: 0.5 / gap for end, gap in list(zip(ends, gaps, strict=True))[1:] for d in range(end - gap + 1, end + 1)
    }
    known = [by_day[d] for d in range(first, last + 1) if d in by_day]
    assert 0 <= missing <= days
    if known and 2 * max(gaps) <= days:
        assert value is not None
        assert abs(value - sum(known)) < 1e-9
        assert missing == days - len(known)


def test_the_same_days_of_two_months_are_the_same_number_of_days() -> None:
    stored = by_hand("leads", {MONDAY - 62 + 7 * i: 7.0 for i in range(12)})
    day = stored.full_through
    assert day is not None
    found = trend(asking(METRICS["leads"], 1, day), METRICS, [stored], By.MONTH)
    assert isinstance(found, Trend) and found.running is not None
    assert {span.value for span in (found.running.so_far, *found.running.before)} == {found.running.so_far.days}


def test_a_goal_by_week_is_not_judged_on_numbers_of_months() -> None:
    asked = goal(Form.EACH, "leads", 8)
    assert judge(asked, MONTHLY, as_of=MONDAY + 60).status is Status.NO_DATA
    assert judge(asked, WEEKLY, as_of=MONDAY + 50).status is not Status.NO_DATA
