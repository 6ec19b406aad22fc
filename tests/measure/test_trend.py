"""Laws of periods, over random series, against slow and obvious loops."""

from datetime import date, timedelta

from goal_kit import METRICS, MONDAY, by_hand, day, series, totals
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, mark

from smartkpi.measure.signal import verdicts
from smartkpi.measure.sources import Ambiguity
from smartkpi.measure.trend import asking, period_of, trend
from smartkpi.model.assessment import Reason
from smartkpi.model.series import Series, Totals
from smartkpi.model.trend import By, Span, Trend

CELLS = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=500)
HOLED = st.lists(st.integers(0, 50).map(float) | st.none(), min_size=1, max_size=300)
BEGINS = st.integers(MONDAY - 400, MONDAY)
PERIODS = st.sampled_from(list(By))


def told(metric: str, *stored: Series, **how: object) -> Trend:
    found = answer(metric, *stored, **how)  # type: ignore[arg-type]
    assert isinstance(found, Trend)
    return found


def answer(
    metric: str,
    *stored: Series,
    by: By = By.WEEK,
    as_of: int = MONDAY + 600,
    known: tuple[Totals, ...] = (),
    accounts: tuple[str, ...] = (),
) -> Trend | Ambiguity | Reason:
    first = min([s.first_day for s in stored] + [MONDAY - 30])
    asked = asking(METRICS[metric], first, as_of, accounts=accounts)
    return trend(asked, METRICS, stored, by, totals=known)


def slow_period(ordinal: int, by: By) -> tuple[str, int]:
    """A name for the period of a day, in the calendar's own words."""
    found = date.fromordinal(ordinal)
    match by:
        case By.WEEK:
            return f"{found.isocalendar().year}-W{found.isocalendar().week}", 0
        case By.MONTH:
            return f"{found.year}-{found.month}", 0
        case By.QUARTER:
            return f"{found.year}", (found.month - 1) // 3
        case By.YEAR:
            return f"{found.year}", 0


@given(st.integers(day("1999-12-01"), day("2040-01-01")), PERIODS)
def test_a_period_begins_and_ends_where_the_calendar_says(ordinal: int, by: By) -> None:
    first, last = period_of(ordinal, by)
    assert first <= ordinal <= last
    assert {slow_period(each, by) for each in range(first, last + 1)} == {slow_period(ordinal, by)}
    assert slow_period(first - 1, by) != slow_period(ordinal, by) != slow_period(last + 1, by)


@given(HOLED, BEGINS, PERIODS)
def test_a_period_is_the_sum_of_its_days_and_says_how_many_are_missing(
    cells: list[float | None], first: int, by: By
) -> None:
    if not any(cell is not None for cell in cells):
        return
    known = {first + i: value for i, value in enumerate(cells) if value is not None}
    found = told("posts", series("posts", cells, first), by=by)
    assert found.data_to == max(known)
    for step in found.steps:
        days = [known.get(each) for each in range(step.span.first, step.span.last + 1)]
        stated = [value for value in days if value is not None]
        assert step.span.value == (sum(stated) if stated else None)
        assert step.span.missing == len(days) - len(stated)
        assert (step.verdict is None) == (step.span.missing > 0)  # incomplete periods are never judged


@given(CELLS, BEGINS)
def test_the_parts_of_a_year_add_up_to_it(cells: list[float], first: int) -> None:
    stored = series("posts", (cells * 800)[:800], first)
    years = {s.span.first: s.span for s in told("posts", stored, by=By.YEAR).steps if s.span.is_whole}
    for by in (By.MONTH, By.QUARTER):
        parts = [s.span for s in told("posts", stored, by=by).steps]
        for year in years.values():
            inside = [part.value or 0.0 for part in parts if year.first <= part.first <= year.last]
            assert sum(inside) == approx(year.value or 0.0)
    for line in told("posts", stored).years:
        if line.whole and line.whole.is_whole:
            assert sum(month.value or 0.0 for month in line.months if month) == approx(line.whole.value or 0.0)


@given(HOLED, HOLED, BEGINS, PERIODS)
def test_a_ratio_is_total_over_total_of_the_days_that_state_both(
    above: list[float | None], below: list[float | None], first: int, by: By
) -> None:
    stored = [series("engagements", above, first), series("impressions", below, first)]
    found = answer("engagement_rate", *stored, by=by)
    if not isinstance(found, Trend):
        return
    for step in found.steps:
        days = range(step.span.first, step.span.last + 1)
        both = [(stored[0].at(each), stored[1].at(each)) for each in days]
        stated = [(a, b) for a, b in both if a is not None and b is not None]
        under = sum(b for _, b in stated)
        assert step.span.missing == len(both) - len(stated)
        assert step.span.value == (approx(sum(a for a, _ in stated) / under) if under else None)


@given(HOLED, BEGINS)
def test_people_are_never_added_over_days(cells: list[float | None], first: int) -> None:
    if not any(cell is not None for cell in cells):
        return
    stored = series("reach", cells, first)
    for step in told("reach", stored, by=By.MONTH).steps:
        known = [v for each in range(step.span.first, step.span.last + 1) if (v := stored.at(each)) is not None]
        assert step.span.value == (approx(sum(known) / len(known)) if known else None)


@given(HOLED, BEGINS, PERIODS, st.lists(st.integers(0, 999).map(float), max_size=40))
def test_what_is_not_final_changes_nothing(
    cells: list[float | None], first: int, by: By, later: list[float | None]
) -> None:
    cells = [*cells, 1.0]
    full = first + len(cells) - 1
    before = told("posts", series("posts", cells, first), by=by, as_of=full + 50)
    after = told("posts", series("posts", [*cells, *later], first, full=full), by=by, as_of=full + 50)
    assert before._replace(sources=()) == after._replace(sources=())


@settings(max_examples=60)
@given(CELLS, BEGINS, PERIODS)
def test_a_running_period_is_compared_with_the_same_days_only(cells: list[float], first: int, by: By) -> None:
    stored = series("posts", (cells * 900)[: 500 + len(cells)], first)
    running = told("posts", stored, by=by, as_of=MONDAY + 900).running
    if running is None:
        return
    assert running.so_far.first == running.begin and running.so_far.last < running.end
    for span in running.before:
        assert span.days == running.so_far.days and span.is_whole
        assert span.first == period_of(span.first, by)[0] and span.last <= period_of(span.first, by)[1]
        assert span.value == sum(stored.at(each) or 0.0 for each in range(span.first, span.last + 1))


def test_march_has_more_first_days_than_february() -> None:
    end = day("2026-03-30")
    found = told("posts", series("posts", [1.0] * 800, end - 799), by=By.MONTH, as_of=end + 1)
    assert found.running is not None
    assert [span.first for span in found.running.before] == [day("2025-03-01"), day("2024-03-01")]


@given(CELLS)
def test_a_year_ago_are_the_same_weekdays(cells: list[float]) -> None:
    stored = series("posts", (cells * 800)[:800])
    for step in told("posts", stored, as_of=MONDAY + 900).steps:
        for span, back in ((step.year_ago, 364), (step.two_years_ago, 728)):
            reaches = step.span.first - back >= MONDAY
            assert (span is not None) == reaches
            if span is not None:
                assert step.span.first - span.first == back and span.days == 7
                assert span.value == sum(stored.at(each) or 0.0 for each in range(span.first, span.last + 1))


def test_what_is_judged_are_the_whole_periods_in_their_places() -> None:
    weeks = [[n / 1.0] * 7 for n in (5, 6, 4, 5, 7, 5, 6, 4, 5, 30)]
    weeks[3][2] = None  # type: ignore[call-overload]
    found = told("posts", series("posts", [cell for week in weeks for cell in week]))
    sums = [None if n == 3 else sum(week) for n, week in enumerate(weeks)]
    assert [step.verdict for step in found.steps] == verdicts(sums)
    assert found.steps[-1].verdict is not None and found.steps[-1].verdict.change == 1


# --- levels


def test_of_a_level_its_gain_is_judged_and_its_last_value_shown() -> None:
    found = told("followers", series("followers", [100.0 + n for n in range(21)]))
    assert [(step.span.value, step.span.gain) for step in found.steps] == [(106, None), (113, 7), (120, 7)]
    assert found.number(found.steps[0].span) is None and found.number(found.steps[1].span) == 7


def test_a_level_without_a_value_for_a_week_is_unknown_not_carried_on() -> None:
    cells = [100.0] * 7 + [None] * 14 + [150.0] * 7
    spans = [step.span for step in told("followers", series("followers", cells)).steps]
    assert [span.is_whole for span in spans] == [True, False, False, True]
    assert spans[2].value is None and spans[3].gain is None


def test_a_level_that_is_not_stated_at_the_end_of_a_week_leaves_open_what_both_weeks_gained() -> None:
    cells: list[float | None] = [100.0 + 2 * n for n in range(28)]
    cells[13] = None
    spans = [step.span for step in told("followers", series("followers", cells)).steps]
    assert [span.gain for span in spans] == [None, None, None, 14]
    assert [(span.value, span.missing) for span in spans][1] == (124, 1)


def test_a_level_that_nobody_exports_is_told_by_what_it_gained() -> None:
    found = told("followers", series("new_followers", [1.0] * 14))
    assert [(step.span.value, step.span.gain) for step in found.steps] == [(None, 7), (None, 7)]
    assert found.upper_bound


def test_worked_back_levels_meet_the_total_that_was_recorded() -> None:
    flows, anchor = series("new_followers", [1.0] * 14), by_hand("followers", {MONDAY + 6: 500.0})
    assert [step.span.value for step in told("followers", flows, anchor).steps] == [500, 507]


# --- what cannot be told


def test_a_rate_that_is_only_stated_is_refused_and_pooled_by_its_weight_where_that_is_known() -> None:
    position = series("position", [2.0, 4.0] * 7)
    assert answer("position", position) == Reason("cannot be pooled")
    weight = series("impressions", [30.0, 10.0] * 7)
    values = [step.span.value for step in told("position", position, weight).steps]
    slow = [sum((2.0, 4.0)[n % 2] * (30.0, 10.0)[n % 2] for n in week) / sum((30.0, 10.0)[n % 2] for n in week)
            for week in (range(7), range(7, 14))]  # fmt: skip
    assert values == approx(slow)


def test_two_accounts_are_asked_for_and_added_where_both_are_named() -> None:
    stored = [series("posts", [1.0] * 7, account=name) for name in "AB"]
    assert answer("posts", *stored) == Ambiguity("account", ("A (instagram)", "B (instagram)"))
    assert told("posts", *stored, accounts=("A", "B")).steps[0].span.value == 14


def test_of_two_accounts_a_day_that_one_lacks_is_missing() -> None:
    stored = [series("posts", [1.0] * 14, account="A"), series("posts", [1.0] * 6 + [None] + [1.0] * 7, account="B")]
    assert [step.span.missing for step in told("posts", *stored, accounts=("A", "B")).steps] == [1, 0]


def test_nothing_final_and_nothing_at_all_say_so() -> None:
    assert answer("posts") == Reason("nothing imported")
    assert answer("posts", series("posts", [1.0])._replace(full_through=None)) == Reason("nothing final yet")
    both = answer("posts", series("posts", [1.0] * 7, account="A"), accounts=("A", "B"))
    assert isinstance(both, Reason) and both.code == "account without data"


def test_spend_without_a_result_has_no_price() -> None:
    cost, leads = series("cost", [5.0] * 14, unit="EUR"), series("leads", [1.0] * 7 + [0.0] * 7)
    found = told("cost_per_lead", cost, leads)
    assert found.number(found.steps[0].span) == 5 and found.number(found.steps[1].span) is None
    assert found.steps[1].verdict is None


# --- totals of ranges, and numbers kept by hand


def test_totals_of_whole_weeks_are_weeks_and_others_are_not() -> None:
    weekly = totals("leads", {(0, 6): 7.0, (7, 13): 9.0, (14, 27): 20.0})
    found = told("leads", known=(weekly,), as_of=MONDAY + 40)
    assert [(step.span.value, step.span.missing) for step in found.steps] == [(7, 0), (9, 0)]
    assert told("leads", known=(weekly,), by=By.MONTH, as_of=MONDAY + 40).steps == ()


def test_a_week_of_totals_is_never_split_between_months() -> None:
    weekly = totals("leads", {(7 * n, 7 * n + 6): 70.0 for n in range(10)})
    found = told("leads", known=(weekly,), as_of=MONDAY + 80)
    november = found.years[0].months[10]
    assert november is not None and november.value is None and november.missing > 0


def test_what_is_kept_by_hand_each_week_is_a_week_and_a_week_without_it_is_none() -> None:
    known = {MONDAY + 6: 10.0, MONDAY + 13: 12.0, MONDAY + 27: 30.0, MONDAY + 34: 11.0}
    spans = [step.span for step in told("leads", by_hand("leads", known)).steps]
    assert [span.is_whole for span in spans] == [False, True, False, False, True]  # 30 may speak for two weeks


@mark.parametrize("by", list(By))
def test_a_single_day_of_data_breaks_nothing(by: By) -> None:
    found = told("posts", series("posts", [3.0]), by=by)
    assert found.newest is None and found.running is not None and found.running.so_far.value == 3


def test_a_series_of_zeros_is_a_usual_week() -> None:
    newest = told("posts", series("posts", [0.0] * 140)).newest
    assert newest is not None and newest.verdict is not None and newest.verdict[:4] == (0.0, 1.0, 0.0, 0)


def test_two_thousand_days_of_two_parts_are_quick() -> None:
    begin = date(2021, 1, 4).toordinal()
    stored = [series(name, [float(n % 50 + 1) for n in range(2000)], begin) for name in ("engagements", "impressions")]
    found = told("engagement_rate", *stored, as_of=begin + 2100)
    assert len(found.steps) == 285 and isinstance(found.steps[-1].span, Span)
    assert date.fromordinal(found.data_to) - date.fromordinal(begin) == timedelta(days=1999)
