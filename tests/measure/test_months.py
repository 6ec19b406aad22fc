"""Goals that ask for something each month: whole months count, by the calendar, and are held against whole months."""

from datetime import date

import pytest
from goal_kit import DOWN, METRICS, by_hand, day, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure import recorded, spans
from smartkpi.measure.attain import attainable
from smartkpi.model.assessment import Status
from smartkpi.model.attainable import Aim
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.repeating import first_of, periods_in, whole_periods
from smartkpi.model.series import Series
from smartkpi.report import attain as said
from smartkpi.report.advice import why
from smartkpi.report.sentences import needed_said, now_and_target, progress

JANUARY, JUNE = day("2027-01-01"), day("2027-06-30")


def monthly(target: float = 20, **fields: object) -> Goal:
    return goal(Form.EACH, "leads", target, **({"start": JANUARY, "deadline": JUNE, "every": "month"} | fields))  # type: ignore[arg-type]


def months(*sums: float | None, first: int = JANUARY) -> Series:
    """Leads that bring each month so many, all on its first day; None = nothing of it is stated."""
    values: list[float | None] = []
    for made in sums:
        length = spans.last_of("month", first + len(values)) - first - len(values) + 1
        values += [None] * length if made is None else [made, *[0.0] * (length - 1)]
    return series("leads", values, first)


# Which months


@given(
    st.integers(day("2020-01-01"), day("2030-01-01")),
    st.integers(0, 800),
    st.sampled_from(["week", "month"]),
    st.lists(st.tuples(st.integers(0, 800), st.integers(0, 40)), max_size=3),
)
def test_the_periods_of_a_goal_are_those_that_a_calendar_shows(
    start: int, length: int, every: str, pauses: list[tuple[int, int]]
) -> None:
    rests = tuple(Pause(start + first, start + first + days) for first, days in pauses)
    asked = monthly(start=start, deadline=start + length, every=every, pauses=rests)
    held: dict[tuple[int, ...], list[int]] = {}
    for each in range(start - 40, start + length + 41):
        when = date.fromordinal(each)
        held.setdefault(when.isocalendar()[:2] if every == "week" else (when.year, when.month), []).append(each)
    whole = [days for days in held.values() if start <= days[0] and days[-1] <= start + length]
    assert whole_periods(asked) == [(days[0], days[-1]) for days in whole]
    counts = [days for days in whole if not any(p.first <= d <= p.last for d in days for p in rests)]
    assert periods_in(asked) == ([(days[0], days[-1]) for days in counts] or [(start, start + length)])


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 9).map(float)), max_size=120),
    st.integers(JANUARY, JANUARY + 400),
    st.sampled_from(["week", "month"]),
)
def test_the_months_of_a_history_are_those_with_all_of_their_days(
    history: list[float | None], last: int, every: str
) -> None:
    known = {last - len(history) + 1 + i: value for i, value in enumerate(history)}
    sums: dict[tuple[int, ...], list[float | None]] = {}
    for each in range(last - 200, last + 40):
        when = date.fromordinal(each)
        key = when.isocalendar()[:2] if every == "week" else (when.year, when.month)
        sums.setdefault(key, []).append(known.get(each))
    inside = [values for values in sums.values() if None not in values]
    whole = [values for values in inside if len(values) == (7 if every == "week" else len(values))]
    assert spans.calendar(history, last, every) == [sum(v for v in values if v is not None) for values in whole]


def test_only_whole_months_count() -> None:
    asked = monthly(start=JANUARY + 9, deadline=JUNE + 10)
    found = judge(asked, months(50, 20, 19, 30)).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone) == (2, 3)  # February, March, April
    assert found.required_rate == pytest.approx(20 * 7 / 31)  # April is over: May is next


# Judged


@pytest.mark.parametrize(
    ("sums", "status", "code"),
    [
        ((20,), Status.ON_TRACK, "periods met"),
        ((20, 25, 31), Status.ON_TRACK, "periods met"),
        ((20, 25, 19), Status.OFF_TRACK, "too many misses"),  # 5 of 6 are needed
        ((20, 0, 19), Status.MISSED, "periods missed"),
        ((20, 0, None, 20, 20, 20), Status.NO_DATA, "days unknown"),
        ((20, 20, 20, 20, 20), Status.ACHIEVED, "periods met"),
        ((20, 20, 20, 20, 0, 20), Status.ACHIEVED, "periods met"),
    ],
)
def test_the_status_of_a_monthly_goal(sums: tuple[float | None, ...], status: Status, code: str) -> None:
    judged = judge(monthly(), months(*sums))
    assert (judged.status, judged.reasons[0].code) == (status, code)


def test_a_monthly_limit_is_kept_or_lost() -> None:
    found = judge(monthly(direction=DOWN), months(20, 21, 5)).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone) == (2, 3)


def test_what_a_month_needs_is_what_is_left_of_it() -> None:
    def needed(made: list[float | None], **fields: object) -> float | None:
        judged = judge(monthly(31, **fields), series("leads", made, JANUARY))
        return judged.pace.required_rate if judged.pace else None

    assert needed([1.0] * 10) == pytest.approx(7)
    assert needed([2.0] * 10) == pytest.approx(11 / 21 * 7)
    assert needed([4.0] * 10) == 0
    assert needed([1.0] * 31) == pytest.approx(31 / 28 * 7)
    assert needed([1.0] * 10, start=JANUARY + 3) == pytest.approx(31 / 28 * 7)  # this January does not count
    spent = judge(monthly(31, direction=DOWN), series("leads", [1.0] * 10 + [0.5], JANUARY))
    assert needed_said(spent) == "7.1"  # 20.5 in 20 days: what a limit leaves is rounded down


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 30)), min_size=1, max_size=20),
    st.sampled_from(["week", "month"]),
)
def test_each_number_kept_by_hand_counts_once_in_the_period_of_most_of_its_days(
    gaps: list[tuple[int, int]], every: str
) -> None:
    ends, on = {}, JANUARY
    for days, value in gaps:
        on += days
        ends[on] = float(value)
    stored = by_hand("leads", ends)
    kept = recorded.centred(stored, recorded.spoken_for(stored, JANUARY, on, 31))
    known = {kept.first_day + i: value for i, value in enumerate(kept.values) if value is not None}
    assert sum(known.values()) == sum(ends.values())
    before = None
    for end in ends:
        if before is not None:
            own = range(before + 1, end + 1)
            share = {
                first: sum(first_of(every, d) == first for d in own) for first in {first_of(every, d) for d in own}
            }
            middle = own[len(own) // 2]
            assert middle in known
            assert 2 * share[first_of(every, middle)] >= max(share.values())
            assert len(own) > 31 or share[first_of(every, middle)] == max(share.values()) or every == "week"
        before = end


@pytest.mark.parametrize("late", [0, 1, 9])
def test_a_month_that_is_written_down_later_is_still_that_month(late: int) -> None:
    ends = ("2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31")
    kept = by_hand("leads", {day(end) + late: made for end, made in zip(ends, (50.0, 20.0, 25.0, 10.0), strict=True)})
    found = judge(monthly(deadline=day("2027-03-31")), kept, as_of=day("2027-04-12")).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone, found.actual) == (2, 3, 10)


def test_the_very_first_number_reaches_back_as_far_as_the_others_do() -> None:
    on = [day(text) for text in ("2027-02-01", "2027-03-01", "2027-04-01")]
    found = judge(monthly(), by_hand("leads", dict(zip(on, (25.0, 3.0, 30.0), strict=True)))).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone, found.actual) == (2, 3, 0)
    alone = judge(monthly(), by_hand("leads", {on[0]: 25.0})).pace
    assert alone is not None
    assert (alone.periods_met, alone.periods_gone, alone.actual) == (1, 1, 0)
    begun = judge(monthly(start=on[0]), by_hand("leads", {on[0] + 4: 25.0})).pace
    assert begun is not None
    assert begun.actual == 25


def test_a_quarter_kept_by_hand_tells_nothing_of_its_months_nor_a_month_of_its_weeks() -> None:
    ends = [day(text) for text in ("2026-12-31", "2027-03-31", "2027-06-30")]
    asked = monthly()
    for last in (ends[1], ends[1] + 40, ends[2]):
        found = judge(asked, by_hand("leads", dict.fromkeys(ends[: 1 + sum(e <= last for e in ends[1:])], 90.0))).pace
        assert found is not None
        assert (found.periods_met, found.periods_gone, found.actual) == (0, 0, None)
    weekly = monthly(3, every="week")
    found = judge(weekly, by_hand("leads", dict.fromkeys((JANUARY - 1, JANUARY + 30, JANUARY + 58), 40.0))).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone) == (0, 0)


def test_a_number_kept_by_hand_once_a_month_speaks_for_its_month() -> None:
    ends = [day(text) for text in ("2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31")]
    found = judge(monthly(), by_hand("leads", dict(zip(ends, (9.0, 20.0, 25.0, 10.0), strict=True)))).pace
    assert found is not None
    assert (found.periods_met, found.periods_gone) == (2, 3)


# Said


def test_what_is_said_of_a_month_that_runs() -> None:
    whole = months(20, 14)
    running = whole._replace(values=(*whole.values, *[1.0] * 10), last_day=JANUARY + 68, full_through=JANUARY + 68)
    judged = judge(monthly(), running)
    assert (now_and_target(judged), progress(judged)) == ("10 of 20 this month", "1 of 2 months")
    assert why(judged).text == (
        "20 leads a month: met in 1 of 2 months so far; needed: 5 of 6 months. To get there, meet it in all 4 months "
        "left. So far this month: 10. At the pace of late this month ends at about 18."
    )


def test_a_month_that_is_over_is_named_and_one_that_is_there_is_met() -> None:
    judged = judge(monthly(), months(20, 14), as_of=JANUARY + 65)
    assert now_and_target(judged) == "14 of 20 in February"
    there = judge(monthly(), series("leads", [*[0.0] * 31, *[3.0] * 10], JANUARY))
    assert "This month it is met already, with 30." in why(there).text


def test_the_first_days_say_when_the_first_month_ends_and_where() -> None:
    early = judge(monthly(), series("leads", [1.0] * 40, JANUARY - 30))
    assert why(early).text == (
        "the first whole month ends Sun 31 Jan 2027; at the pace of late this month ends at about 31"
    )


def test_a_part_of_a_month_never_counts_and_says_so() -> None:
    stored = months(20, 0)._replace(values=(*months(20, 0).values, *[1.0] * 5), last_day=JANUARY + 63)
    judged = judge(monthly(deadline=JANUARY + 70, share=1.0), stored._replace(full_through=JANUARY + 63))
    assert judged.status is Status.MISSED
    judged = judge(monthly(start=JANUARY - 10), series("leads", [1.0] * 9, JANUARY - 10))
    assert "this month" not in why(judged).text
    assert why(judged).text == "the first whole month ends Sun 31 Jan 2027"


# Against its past


def test_a_monthly_goal_is_compared_with_whole_months() -> None:
    start = date(2025, 10, 14).toordinal()
    past = series("leads", [1.0] * (JANUARY - start), start)
    found = attainable(monthly(30), METRICS["leads"], METRICS, (past,), JANUARY - 1)
    assert found.windows is not None
    assert (found.windows.seen, found.windows.reached, found.windows.best) == (12, 11, 31)  # not February
    assert found.windows.apart == 12
    assert found.fair == Aim(30, 11 / 12)
    lines = said.said(found, monthly(30), METRICS["leads"])
    assert lines[0] == "30 leads a month: 11 of the last 12 months had that, 80 % must"
    assert lines[1] == "30 a month would be fair: 92 % of the last year's months had that"


def test_of_fewer_than_four_months_nothing_is_usual() -> None:
    past = series("leads", [1.0] * 70, JANUARY - 70)
    found = attainable(monthly(), METRICS["leads"], METRICS, (past,), JANUARY - 1)
    assert found.windows is not None
    assert (found.windows.seen, found.fair) == (2, None)
