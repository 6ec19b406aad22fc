"""A span of a metric by its kind: flows summed, levels carried or worked back, ratios total over total.

Days are ordinals, spans are closed (`first` and `last` both count), None means that nothing was stated.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf

from smartkpi.measure.sources import Inputs
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.series import BY_HAND, Series

WEEK = 7
LATELY = 28  # days: "the last four weeks"
JUMP = 4  # one day that is more than this part of four weeks may be none like the others
CARRY = 7  # days that a level of one account is carried while others are newer


def days_of(series: Series, first: int, last: int) -> Iterator[tuple[int, float]]:
    """(day, value) of every value stated from `first` to `last`, oldest first."""
    begin, end = max(0, first - series.first_day), max(0, last - series.first_day + 1)
    return ((series.first_day + i, v) for i, v in enumerate(series.values[begin:end], begin) if v is not None)


def stated(series: Series, first: int, last: int) -> list[float]:
    """The values stated from `first` to `last`, oldest first."""
    return [value for value in _stored(series, first, last) if value is not None]


def total(flows: Sequence[Series], first: int, last: int) -> float:
    """The sum of every stated value of flows of several accounts; days that nobody stated add nothing."""
    return sum(sum(stated(series, first, last)) for series in flows)


def daily_rate(flows: Sequence[Series], last: int) -> float | None:
    """What the flows bring on a mean day of the last four weeks: missing days do not count as 0.

    None where one of them states nothing of late: the sum of the others would be too small.
    """
    return add_up([mean_day(series, last) for series in flows]) if flows else None


def mean_day(series: Series, last: int) -> float | None:
    """The mean day of the last four weeks, of the days that are stated."""
    if series.key.report == BY_HAND:
        return _mean_by_hand(series, last)
    found = stated(series, last - LATELY + 1, last)
    return sum(found) / len(found) if found else None


def _mean_by_hand(series: Series, last: int) -> float | None:
    """A number kept by hand stands for the days since the one before it: "12 leads this week", typed on Sunday."""
    known = list(days_of(series, series.first_day, last))
    if len(known) < 2:
        return None
    newest = known[-1][0]
    begun = next((day for day, _ in reversed(known) if day <= newest - LATELY), known[0][0])
    return sum(value for day, value in known if day > begun) / (newest - begun)


def days_of_data(series: Iterable[Series], last: int) -> int:
    """For how many days up to `last` there are data, by the series that has the fewest."""
    return min((_covered(s, last) for s in series), default=0)


def _covered(series: Series, last: int) -> int:
    """A number kept by hand speaks for the days since the one before it, an exported one for its day."""
    return days_known(series, last) if series.key.report == BY_HAND else len(stated(series, series.first_day, last))


def days_known(series: Series, last: int) -> int:
    """Since how many days it is known: a level or a number kept by hand speaks for the days between."""
    return next((last - day + 1 for day, _ in days_of(series, series.first_day, last)), 0)


def missing_days(flows: Iterable[Series], first: int, last: int) -> list[int]:
    """The days from `first` to `last` that the export of one of the flows does not state."""
    return sorted({day for s in flows if not is_whole(s, first, last) for day in _holes(s, first, last)})


def is_whole(series: Series, first: int, last: int) -> bool:
    """Whether every day is stated; a number kept by hand speaks for the days before it too."""
    if series.key.report == BY_HAND:
        return True
    cells = _stored(series, first, last)
    return len(cells) == max(0, last - first + 1) and None not in cells


def _stored(series: Series, first: int, last: int) -> tuple[float | None, ...]:
    """The cells from `first` to `last` that the window has."""
    return series.values[max(0, first - series.first_day) : max(0, last - series.first_day + 1)]


def _holes(series: Series, first: int, last: int) -> list[int]:
    return [day for day in range(first, last + 1) if series.at(day) is None]


def unknown_levels(inputs: Inputs, first: int, last: int) -> list[int]:
    """The days of which a level cannot be told: carried a week at most, four weeks where it is kept by hand."""
    return [
        day
        for day in range(first, last + 1)
        if any(last_level(s, day, LATELY if s.key.report == BY_HAND else CARRY) is None for s in inputs.main)
    ]


def last_level(series: Series, day: int, carry: int | None = None) -> float | None:
    """The level on `day`: the last one stated, at most `carry` days before."""
    oldest = 0 if carry is None else max(0, day - carry - series.first_day)
    for i in range(min(day - series.first_day, len(series.values) - 1), oldest - 1, -1):
        if (value := series.values[i]) is not None:
            return value
    return None


def jumps(series: Series, day: int, *, is_level: bool) -> bool:
    """Whether one day of the last four weeks may be none like the others: a quarter of all, a level that fell."""
    late = stated(series, day - LATELY, day)
    if is_level:
        return any(now < before for before, now in pairwise(late))
    return bool(late) and JUMP * max(late) > sum(late) > 0


def last_stated(series: Series) -> int | None:
    """The last day of its window on which it states something."""
    return max(
        (day for day, _ in days_of(series, series.first_day, series.first_day + len(series.values))), default=None
    )


def ratio(inputs: Inputs, metric: Metric, first: int, last: int) -> float | None:
    """Total over total on the days that both parts cover; None over nothing, but a cost without a result is infinite.

    A stated ratio is pooled by its weight; without one only a single day can be read.
    """
    if inputs.numerator:
        return over(*parts(inputs, first, last)[:2], metric)
    if inputs.weight and len(inputs.weight) == len(inputs.main):
        return _weighted(inputs, first, last)
    found = [v for s in inputs.main for v in stated(s, first, last)]
    return found[0] if len(found) == 1 else None


def over(above: float, below: float, metric: Metric) -> float | None:
    """One total over the other: € 50 for 0 leads is worse than any price, 5 clicks of 0 views say nothing.

    Leads without any spend are no cheap leads: a cost per something is None where nothing was spent.
    """
    if not above and metric.unit == "money" and metric.direction is Direction.DOWN:
        return None
    if below:
        return above / below
    return inf if above and metric.direction is Direction.DOWN else None


def parts(inputs: Inputs, first: int, last: int) -> tuple[float, float, int]:
    """Numerator, denominator and number of days of a pooled ratio, over the days that both parts state.

    Account by account where both parts come from the same accounts; else (spend there, leads here) all on one day.
    """
    above = below = 0.0
    most = 0
    for both in _both(inputs, first, last):
        above, below = above + sum(a for a, _, _ in both), below + sum(b for _, b, _ in both)
        most = max(most, sum(days for _, _, days in both))
    return above, below, most


Both = list[tuple[float, float, int]]  # numerator, denominator, days


def _both(inputs: Inputs, first: int, last: int) -> Iterator[Both]:
    for tops, bottoms in _pairs(inputs):
        by_hand = any(s.key.report == BY_HAND for s in (*tops, *bottoms))
        yield (_by_span if by_hand else _by_day)(tops, bottoms, first, last)


def days_in(inputs: Inputs, first: int, last: int) -> int:
    """On how many days from `first` to `last` a ratio or a typical day rests, by the account that has the fewest.

    A number kept by hand speaks for the days since the one before it.
    """
    if inputs.numerator:
        return min(sum(days for _, _, days in both) for both in _both(inputs, first, last))
    return min((_days_in(s, first, last) for s in inputs.main), default=0)


def _days_in(series: Series, first: int, last: int) -> int:
    if series.key.report == BY_HAND:
        return min(days_known(series, last), last - first + 1)
    return len(stated(series, first, last))


def _by_day(tops: Sequence[Series], bottoms: Sequence[Series], first: int, last: int) -> Both:
    sums = zip(_sums(tops, first, last), _sums(bottoms, first, last), strict=True)
    return [(a, b, 1) for a, b in sums if a is not None and b is not None]


def _by_span(tops: Sequence[Series], bottoms: Sequence[Series], first: int, last: int) -> Both:
    """Spend typed each Sunday stands for its week, and goes with the leads of that whole week."""
    return [
        (total(tops, begin, end), total(bottoms, begin, end), end - begin + 1)
        for begin, end in _spans((*tops, *bottoms), last)
        if begin >= first and all(is_whole(s, begin, end) for s in (*tops, *bottoms))
    ]


def _spans(series: Sequence[Series], last: int) -> list[tuple[int, int]]:
    """(first day, last day) between days of which all that is kept by hand speaks.

    For how long the very first number stands nobody knows: it counts beside another first one only.
    """
    by_hand = [s for s in series if s.key.report == BY_HAND]
    known = [[day for day, _ in days_of(s, s.first_day, last)] for s in by_hand]
    shared = sorted(set(known[0]).intersection(*known[1:]))
    spans = [(before + 1, day) for before, day in pairwise(shared)]
    alike = len(by_hand) == len(series) and shared and all(days[0] == shared[0] for days in known)
    return [(shared[0], shared[0]), *spans] if alike else spans


def _pairs(inputs: Inputs) -> list[tuple[tuple[Series, ...], tuple[Series, ...]]]:
    bottoms = {s.account.uid: s for s in inputs.denominator}
    if {s.account.uid for s in inputs.numerator} != bottoms.keys():
        return [(inputs.numerator, inputs.denominator)]
    return [((top,), (bottoms[top.account.uid],)) for top in inputs.numerator]


def _sums(series: Sequence[Series], first: int, last: int) -> list[float | None]:
    """Day by day the sum over accounts; None unless every one of them states that day."""
    if len(series) == 1:
        return _cells(series[0], first, last)
    return [add_up(values) for values in zip(*(_cells(s, first, last) for s in series), strict=True)]


def _cells(series: Series, first: int, last: int) -> list[float | None]:
    """One cell a day from `first` to `last`, whatever is stored."""
    cells = _stored(series, first, last)
    if len(cells) == last - first + 1:
        return list(cells)
    return [series.at(day) for day in range(first, last + 1)]


def add_up(values: Sequence[float | None]) -> float | None:
    """The sum; None where one of them is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _weighted(inputs: Inputs, first: int, last: int) -> float | None:
    """None too where fewer than half of the days that the ratio states have a weight: they would speak for all."""
    weights = {s.account.uid: s for s in inputs.weight}
    cells = [
        (value, weights[series.account.uid].at(day))
        for series in inputs.main
        for day, value in days_of(series, first, last)
    ]
    pooled = [(value, weight) for value, weight in cells if weight is not None]
    below = sum(weight for _, weight in pooled)
    enough = 2 * len(pooled) >= len(cells)
    return sum(value * weight for value, weight in pooled) / below if below and enough else None


def typical_day(series: Sequence[Series], last: int, days: int) -> float | None:
    """The mean of the daily counts of people of one account in the `days` up to `last`."""
    found = [v for s in series for v in stated(s, last - days + 1, last)]
    return sum(found) / len(found) if found else None
