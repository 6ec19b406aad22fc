"""What a goal reads where no export states whole days: parts that add up, day by day, else totals of ranges.

Never both, never a day here and a range there, never two kinds of breakdown together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from smartkpi.measure.periods import Range, choose, days_of, spread
from smartkpi.measure.sources import Ambiguity, Inputs, inputs
from smartkpi.model.assessment import Reason
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import Account, Series, SeriesKey, Total, Totals

Found = tuple[Inputs | Ambiguity, tuple[Reason, ...]]


class Read(NamedTuple):
    """Totals by their range, as one export states them: a whole, or the sum of the parts of one kind."""

    account: Account
    key: SeriesKey  # of the daily series that they stand for
    values: Mapping[Range, Total]
    mixed: frozenset[Range]  # those of which only an older export states a part
    sum_of: str
    parts: int
    newest: Totals


def instead(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series], totals: Sequence[Totals],
    as_of: int,
) -> Found:  # fmt: skip
    """The inputs of a goal that finds no days in `stored`, and what is to be said of them; empty where there are none.

    The series of these inputs look daily: a sum on each day, or a total spread over the days of its range. Days
    outside of the ranges are not stated, and the last full day is the end of the last range.
    """
    flows = [t for t in totals if metrics[t.key.metric].kind is Kind.FLOW]
    whole = {_table(s.account, s.key) for s in stored if not s.key.breakdown_kind}
    daily = [t for t in flows if t.key.days and _table(t.account, t.key) not in whole]
    summed = _named(_reads(daily, goal, as_of))
    found = inputs(goal, metric, metrics, [*stored, *(_by_day(read, as_of) for read in summed.values())])
    if isinstance(found, Inputs) and found.all:
        selected = [summed[name] for s in found.judged if (name := _name(s.account, s.key)) in summed]
        return found, _older(goal, selected, [span for read in selected for span in read.values if span[0] <= as_of])
    if isinstance(found, Ambiguity) or not reads_ranges(goal, metric, metrics):
        return found, ()
    ranged = _named(_reads([t for t in flows if not t.key.days], goal, as_of))
    found = inputs(goal, metric, metrics, [_stand_in(read, goal, ()) for read in ranged.values()])
    return (found, ()) if isinstance(found, Ambiguity) or not found.all else _on_ranges(goal, found, ranged, as_of)


def reads_ranges(goal: Goal, metric: Metric, metrics: Mapping[str, Metric]) -> bool:
    """Whether totals of ranges can answer it: sums over the whole period, and ratios of two of them, and no other."""
    if goal.form is Form.TOTAL:
        return metric.kind is Kind.FLOW
    parts = (metric.numerator, metric.denominator)
    return goal.form is Form.KEEP and metric.is_pooled and all(metrics[part].kind is Kind.FLOW for part in parts)


def _table(account: Account, key: SeriesKey) -> tuple[str, SeriesKey]:
    """The account, metric, report, filter and currency of a series, whatever part of it."""
    return account.uid, key._replace(breakdown_kind="", breakdown="", days=1)


def _name(account: Account, key: SeriesKey) -> tuple[str, SeriesKey]:
    return account.uid, key


def _named(reads: Iterable[Read]) -> dict[tuple[str, SeriesKey], Read]:
    return {_name(read.account, read.key): read for read in reads}


def _reads(totals: Iterable[Totals], goal: Goal, as_of: int) -> list[Read]:
    """One reading for each account, metric, report, filter and currency."""
    tables: dict[tuple[str, SeriesKey], dict[str, list[Totals]]] = defaultdict(lambda: defaultdict(list))
    for each in totals:
        if _is_of(goal, each):
            tables[_table(each.account, each.key)][each.key.breakdown_kind].append(each)
    return [_best([_read(each, kind, goal) for kind, each in kinds.items()], goal, as_of) for kinds in tables.values()]


def _is_of(goal: Goal, totals: Totals) -> bool:
    """Whether they are of the goal's campaign; without one, of the whole or of parts that add up to it."""
    if goal.campaign:
        return totals.key.breakdown_kind == "campaign" and totals.key.breakdown == goal.campaign
    return totals.complete or not totals.key.breakdown_kind


def _read(parts: Sequence[Totals], kind: str, goal: Goal) -> Read:
    """The sum of what stands of the parts: one that is not stated for a range has nothing on it."""
    sums: dict[Range, Total] = {}
    mixed = set()
    for value in (value for part in parts for value in part.values):
        span = value.first, value.last
        other = sums.setdefault(span, value._replace(value=0.0))
        if other.rank != value.rank:
            mixed.add(span)
        full = min(value.full_through, other.full_through)
        sums[span] = value._replace(value=other.value + value.value, full_through=full)
    newest = max(parts, key=lambda part: part.batch)
    key = newest.key._replace(days=1)
    summed = kind and not goal.campaign
    whole = key._replace(breakdown_kind="", breakdown="") if summed else key
    return Read(newest.account, whole, sums, frozenset(mixed), kind if summed else "", len(parts), newest)


def _best(choices: Sequence[Read], goal: Goal, as_of: int) -> Read:
    """A whole where it states anything, else the kind of breakdown that covers most days with the fewest parts."""

    def worth(read: Read) -> tuple[bool, int, int, str]:
        days = days_of(choose(_inside(goal, read.values, as_of)))
        return bool(days) and not read.sum_of, days, -read.parts, read.sum_of

    return max(choices, key=worth)


def _inside(goal: Goal, ranges: Iterable[Range], as_of: int) -> list[Range]:
    end = min(goal.deadline, as_of)
    return [(first, last) for first, last in ranges if goal.start <= first and last <= end]


def _by_day(read: Read, as_of: int) -> Series:
    """The sum of all parts on each day on which one of them is stated."""
    days = {value.first: value for value in read.values.values() if value.last <= as_of}
    first, last = min(days, default=as_of), max(days, default=None)
    full = max((day for day, value in days.items() if day <= value.full_through), default=None)
    values = tuple(days[day].value if day in days else None for day in range(first, as_of + 1))
    return _series(read, first, values, full)._replace(last_day=last)


def _series(read: Read, first: int, values: tuple[float | None, ...], full: int | None) -> Series:
    newest = read.newest
    return Series(
        account=read.account, key=read.key, first_day=first, values=values, full_through=full, last_day=full,
        cadence=newest.cadence, lag=newest.lag, batch=newest.batch, file=newest.file, sum_of=read.sum_of,
    )  # fmt: skip


def _stand_in(read: Read, goal: Goal, chosen: Sequence[Range]) -> Series:
    """The chosen totals as a daily series, from the start of the goal to the end of the last of them."""
    cells: dict[int, float] = {}
    for first, last in chosen:
        cells |= zip(range(first, last + 1), spread(read.values[first, last].value, last - first + 1), strict=True)
    end = chosen[-1][1] if chosen else None
    values = tuple(cells.get(day) for day in range(goal.start, (end or goal.start - 1) + 1))
    return _series(read, goal.start, values, end)._replace(ranges=tuple(chosen))


def _on_ranges(goal: Goal, found: Inputs, reads: Mapping[tuple[str, SeriesKey], Read], as_of: int) -> Found:
    """All that the goal reads on the same ranges: what one of them lacks, none can be compared on."""
    selected = [reads[_name(s.account, s.key)] for s in found.judged]
    every = {span for read in selected for span in read.values if span[0] <= as_of}
    common = {span for span in every if all(span in read.values for read in selected)}
    chosen = choose(_inside(goal, common, as_of))

    def spread_out(series: tuple[Series, ...]) -> tuple[Series, ...]:
        return tuple(_stand_in(reads[_name(s.account, s.key)], goal, chosen) for s in series)

    placed = found._replace(
        main=spread_out(found.main), numerator=spread_out(found.numerator), denominator=spread_out(found.denominator)
    )
    left_out = _left_out(goal, every, common, chosen)
    if not chosen:
        return placed, (Reason("no total inside"), *left_out)
    covered = (("count", len(chosen)), ("days", days_of(chosen)), ("first", chosen[0][0]), ("last", chosen[-1][1]))
    return placed, (
        Reason("totals of ranges", covered),
        *_open(selected, chosen),
        *_older(goal, selected, chosen),
        *left_out,
    )


def _open(selected: Sequence[Read], chosen: Sequence[Range]) -> list[Reason]:
    """The newest of the chosen totals that may still change: it was exported before its last days were final."""
    found = [span for span in chosen if any(span[1] > read.values[span].full_through for read in selected)]
    return [Reason("provisional", (("first", span[0]), ("last", span[1])), "total") for span in found[-1:]]


def _older(goal: Goal, selected: Sequence[Read], spans: Iterable[Range]) -> tuple[Reason, ...]:
    """That the newest export of some days lacks a part that an older one states: it counts, and may be a filter."""
    mixed = {span for read in selected for span in read.mixed}
    found = sorted(span for span in mixed.intersection(spans) if span[1] >= goal.start)
    days = (("count", len(found)), ("first", found[-1][0]), ("last", found[-1][1])) if found else ()
    return (Reason("parts of several exports", days),) if found else ()


def _left_out(goal: Goal, every: set[Range], common: set[Range], chosen: Sequence[Range]) -> list[Reason]:
    """Why the other totals of the goal's days are not counted: how many for each cause, and the newest of them."""
    causes: dict[str, list[Range]] = defaultdict(list)
    for span in sorted(every - set(chosen), key=lambda span: (span[1], span[0])):
        if span[1] >= goal.start and span[0] <= goal.deadline:
            causes[_cause(goal, span, common)].append(span)
    return [
        Reason("totals left out", (("count", len(spans)), ("first", spans[-1][0]), ("last", spans[-1][1])), cause)
        for cause, spans in causes.items()
    ]


def _cause(goal: Goal, span: Range, common: set[Range]) -> str:
    if span[0] < goal.start:
        return "crosses the start"
    if span[1] > goal.deadline:
        return "crosses the deadline"
    return "overlaps" if span in common else "not for all"
