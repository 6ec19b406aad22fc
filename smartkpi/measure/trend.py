"""Daily series become whole weeks, months, quarters or years of a metric, each judged: wobble, or a change.

A period that is not over, or of which an export lacks a day, is never compared as if it were whole. Of a level what it
gained is judged: levels themselves only ever drift. Days are ordinals, spans are closed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite

from smartkpi.measure import aggregate, levels, recorded
from smartkpi.measure.assess import judged_day, read, sources_of, unit_of
from smartkpi.measure.pace import Case
from smartkpi.measure.season import YEAR
from smartkpi.measure.signal import verdicts
from smartkpi.measure.sources import Ambiguity, Inputs, label, unfed
from smartkpi.model.assessment import Reason
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import to_date
from smartkpi.model.repeating import first_of, last_of
from smartkpi.model.series import BY_HAND, Series, Totals
from smartkpi.model.trend import By, Running, Span, Step, Trend, Verdict, Year

FORMS = {
    Kind.FLOW: Form.TOTAL,
    Kind.LEVEL: Form.GROWTH,
    Kind.RATIO: Form.KEEP,
    Kind.UNIQUE: Form.TYPICAL_DAY,
    Kind.ROLLING: Form.TYPICAL_DAY,
}


def asking(
    metric: Metric,
    first: int,
    as_of: int,
    *,
    platform: str = "",
    accounts: tuple[str, ...] = (),
    campaign: str = "",
    report: str = "",
) -> Goal:
    """A question put like a goal, so that the same series answer it: all days of `metric` from `first` to `as_of`."""
    return Goal(
        slug="", title="", metric=metric.id, form=FORMS[metric.kind], target=0.0, start=first, deadline=as_of,
        platform=platform, accounts=accounts, campaign=campaign, report=report,
    )  # fmt: skip


def trend(
    asked: Goal,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    by: By,
    *,
    totals: Sequence[Totals] = (),
) -> Trend | Ambiguity | Reason:
    """All periods of what `asked` reads, up to its deadline; a `Reason` where nothing can be told.

    Totals of ranges are used where no export states days, and only where they lie within one period.
    """
    metric = metrics[asked.metric]
    fitting = [_within(each, by) for each in totals]
    found, said = read(asked, metric, metrics, stored, asked.deadline, totals=fitting)
    if isinstance(found, Ambiguity):
        return found
    day = _final(found, asked, said)
    if (nothing := _nothing(found, asked, metric, day)) is not None:
        return nothing
    assert day is not None, "else it was a reason"
    case = Case(asked, metric, found, day)
    begin = min(first_days(found))
    return Trend(
        metric=metric,
        by=by,
        unit=unit_of(found),
        as_of=asked.deadline,
        data_to=day,
        steps=_steps(case, by, begin),
        running=_running(case, by),
        years=_years(case, begin),
        sources=sources_of(found.all),
        upper_bound=found.upper_bound,
    )


def _final(found: Inputs, asked: Goal, said: Sequence[Reason]) -> int | None:
    """The last final day; totals that may still change are not final."""
    day = judged_day(found, asked, asked.deadline)
    open_from = [int(reason["first"]) for reason in said if reason.code == "provisional"]
    return day if day is None or not open_from else min(day, min(open_from) - 1)


def _nothing(found: Inputs, asked: Goal, metric: Metric, day: int | None) -> Reason | None:
    """Why there is nothing to tell."""
    if not found.all:
        return Reason("nothing imported")
    if unfed(asked, found):
        return Reason("account without data", text=", ".join(sorted({label(s.account) for s in found.all})))
    if metric.kind is Kind.RATIO and not found.numerator and len(found.weight) != len(found.main):
        return Reason("cannot be pooled")
    return Reason("nothing final yet") if day is None or not list(first_days(found)) else None


def first_days(found: Inputs) -> Iterator[int]:
    """The first day that each series states."""
    for series in found.all:
        last = series.first_day + len(series.values)
        yield from (day for day, _ in islice(aggregate.days_of(series, series.first_day, last), 1))


def _within(totals: Totals, by: By) -> Totals:
    """Without the ranges that lie in two periods: nobody knows what of them belongs to which."""
    return totals._replace(values=tuple(t for t in totals.values if period_of(t.first, by) == period_of(t.last, by)))


# --- periods


def period_of(day: int, by: By) -> tuple[int, int]:
    """The first and the last day of the period that `day` is in."""
    return first_of(by.value, day), last_of(by.value, day)


def _periods(begin: int, end: int, by: By) -> Iterator[tuple[int, int]]:
    """Those from the one that `begin` is in to the one that `end` is in, oldest first."""
    while begin <= end:
        first, last = period_of(begin, by)
        yield first, last
        begin = last + 1


def _steps(case: Case, by: By, begin: int) -> tuple[Step, ...]:
    return tuple(Step(s, said, _ago(case, s, by, 1), _ago(case, s, by, 2)) for s, said in judged(case, by, begin))


def judged(case: Case, by: By, begin: int) -> list[tuple[Span, Verdict | None]]:
    """Every period that is over, from the one that `begin` is in, oldest first; with a verdict on the whole ones."""
    spans = [measured(case, *period) for period in _periods(begin, case.day, by) if period[1] <= case.day]
    numbers = [_number(case.metric, s) if s.is_whole else None for s in spans]
    return list(zip(spans, verdicts(numbers), strict=True))


def _number(metric: Metric, span: Span) -> float | None:
    found = span.gain if metric.kind is Kind.LEVEL else span.value
    return found if found is not None and isfinite(found) else None


def _ago(case: Case, span: Span, by: By, years: int) -> Span | None:
    """The same weekdays some years before; of a year that is the year before, which has its own line."""
    return None if by is By.YEAR else _whole(case, span.first - YEAR * years, span.last - YEAR * years)


def _whole(case: Case, first: int, last: int) -> Span | None:
    """Those days, where they are over and every one is stated."""
    span = measured(case, first, last) if last <= case.day else None
    return span if span and span.is_whole and _number(case.metric, span) is not None else None


def _running(case: Case, by: By) -> Running | None:
    """The period that is not over against as many first days of earlier ones; None where the data end with one."""
    first, last = period_of(case.day, by)
    if case.day == last:
        return None
    days = case.day - first
    earlier = (_whole(case, start, start + days) for start in _same_starts(first, by))
    before = tuple(span for span in earlier if span is not None and _fits(span, by))
    return Running(first, last, measured(case, first, case.day), before)


def _same_starts(first: int, by: By) -> tuple[int, ...]:
    """The first days of the period before, and of the same one a year and two years before."""
    before = period_of(first - 1, by)[0]
    if by is By.WEEK:
        return before, first - YEAR, first - 2 * YEAR
    date = to_date(first)
    years = [date.replace(year=date.year - n).toordinal() for n in (1, 2) if date.year > n]
    return tuple(dict.fromkeys((before, *years)))


def _fits(span: Span, by: By) -> bool:
    """Whether the period is long enough: February has no first 30 days."""
    return period_of(span.first, by) == period_of(span.last, by)


def _years(case: Case, begin: int) -> tuple[Year, ...]:
    """The long view: each year of the calendar, month by month."""

    def seen(first: int, last: int) -> Span | None:
        if first > case.day or last < begin:
            return None
        return measured(case, first, last) if last <= case.day else Span(first, last, None, None, last - case.day)

    return tuple(
        Year(to_date(first).year, tuple(seen(*month) for month in _periods(first, last, By.MONTH)), seen(first, last))
        for first, last in _periods(begin, case.day, By.YEAR)
    )


# --- the number of some days


def measured(case: Case, first: int, last: int) -> Span:
    """What the metric is on the days from `first` to `last`, by its kind, and how many of them are missing."""
    split = _split(case.inputs, first, last)
    value, gain, missing = VALUES[case.metric.kind](case, first, last)
    return Span(first, last, None, None, max(split, missing)) if split else Span(first, last, value, gain, missing)


Told = tuple[float | None, float | None, int]  # value, gain, days missing


def _flow(case: Case, first: int, last: int) -> Told:
    sums, missing = zip(*(_sum(s, first, last, case.day) for s in case.inputs.main), strict=True)
    known = [value for value in sums if value is not None]
    return (sum(known) if known else None), None, max(missing)


def _sum(series: Series, first: int, last: int, until: int) -> tuple[float | None, int]:
    """What one account brought, and how many days of it nobody states."""
    if series.key.report == BY_HAND:
        return recorded.told(series, first, last, until)
    found = aggregate.stated(series, first, last)
    return (sum(found) if found else None), len(aggregate.missing_days((series,), first, last))


def _ratio(case: Case, first: int, last: int) -> Told:
    missing = last - first + 1 - aggregate.days_in(case.inputs, first, last)
    return aggregate.ratio(case.inputs, case.metric, first, last), None, missing


def _typical_day(case: Case, first: int, last: int) -> Told:
    days = last - first + 1
    missing = days - aggregate.days_in(case.inputs, first, last)
    return aggregate.typical_day(case.inputs.main, last, days), None, missing


def _level(case: Case, first: int, last: int) -> Told:
    """The last level, and what it gained; where only what changed it is exported, the gain alone."""
    found, asked, eve = case.inputs, case.goal._replace(start=first), first - 1
    flows = [flow for flow, _ in found.gains]
    exported = [s for s in found.main if s.key.report != BY_HAND]
    by_hand = [recorded.told(s, first, last, case.day)[1] for s in found.main if s.key.report == BY_HAND]
    is_open = any(s.at(last) is None for s in exported)
    missing = max([len(aggregate.missing_days([*flows, *(exported if is_open else ())], first, last)), *by_hand])
    unknown = {day for day in (eve, last) if aggregate.unknown_levels(found, day, day)}
    value = None if last in unknown else levels.level(found, asked, last)
    # a level that is carried over a gap would gain nothing, and then all at once
    known = not missing and not unknown and all(s.at(eve) is not None for s in exported)
    return value, levels.gained(found, asked, last) if known else None, missing


def _split(found: Inputs, first: int, last: int) -> int:
    """How many of these days belong to totals that reach beyond them: what of those falls here, nobody knows."""
    crossing = {
        span for s in found.all for span in s.ranges
        if span[0] <= last and span[1] >= first and not (first <= span[0] and span[1] <= last)
    }  # fmt: skip
    return len({day for a, b in crossing for day in range(max(a, first), min(b, last) + 1)})


VALUES: dict[Kind, Callable[[Case, int, int], Told]] = {
    Kind.FLOW: _flow,
    Kind.LEVEL: _level,
    Kind.RATIO: _ratio,
    Kind.UNIQUE: _typical_day,
    Kind.ROLLING: _typical_day,
}
