"""A span of a metric by its kind: flows summed, levels carried or worked back, ratios total over total.

Days are ordinals, spans are closed (`first` and `last` both count), None means that nothing was stated.
"""

from collections.abc import Sequence
from math import inf

from smartkpi.measure.sources import Inputs
from smartkpi.model.goal import Goal
from smartkpi.model.series import Series

WEEK = 7
LATELY = 28  # days: "the last four weeks"
CARRY = 7  # days that a level of one account is carried while others are newer


def stated(series: Series, first: int, last: int) -> tuple[float, ...]:
    """The values stated from `first` to `last`, oldest first."""
    begin, end = max(0, first - series.first_day), last - series.first_day + 1
    return tuple(v for v in series.values[begin : max(0, end)] if v is not None)


def total(flows: Sequence[Series], first: int, last: int) -> float:
    """The sum of every stated value of flows of several accounts; days that nobody stated add nothing."""
    return sum(sum(stated(series, first, last)) for series in flows)


def daily_rate(flows: Sequence[Series], last: int, days: int = LATELY) -> float | None:
    """What the flows bring on a mean day among the `days` up to `last`; missing days do not count as 0."""
    means = [sum(found) / len(found) for s in flows if (found := stated(s, last - days + 1, last))]
    return sum(means) if means else None


def days_of_data(series: Sequence[Series], last: int) -> int:
    """How many days up to `last` are stated, by the series that has the fewest."""
    return min((len(stated(s, s.first_day, last)) for s in series), default=0)


def last_level(series: Series, day: int, carry: int | None = None) -> float | None:
    """The level on `day`: the last one stated, at most `carry` days before."""
    oldest = 0 if carry is None else max(0, day - carry - series.first_day)
    for i in range(min(day - series.first_day, len(series.values) - 1), oldest - 1, -1):
        if (value := series.values[i]) is not None:
            return value
    return None


def level(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """The level on `day` over all accounts: as exported, else worked back from anchors, else from the baseline."""
    if inputs.main:
        carry = CARRY if len(inputs.main) > 1 else None
        levels = [last_level(s, day, carry) for s in inputs.main]
        return None if None in levels else sum(v for v in levels if v is not None)
    if (anchor := anchor_for(inputs, goal, day)) is None:
        return None
    return anchor[1] + change(inputs, anchor[0], day)


def change(inputs: Inputs, after: int, day: int) -> float:
    """What the flows changed after one day and up to another; negative days run backwards."""
    if day < after:
        return -change(inputs, day, after)
    return sum(sign * total((flow,), after + 1, day) for flow, sign in inputs.gains)


def anchor_for(inputs: Inputs, goal: Goal, day: int) -> tuple[int, float] | None:
    """(day, value) that levels are worked back from: the last total recorded by `day`, else the first one after,
    else the goal's own baseline. Several accounts need a total each on the same day, or the baseline."""
    accounts = {flow.account.uid for flow, _ in inputs.gains}
    known: dict[int, float] = {}
    counted: dict[int, int] = {}
    for series in inputs.anchors:
        for i, value in enumerate(series.values):
            if value is not None and series.account.uid in accounts:
                known[series.first_day + i] = known.get(series.first_day + i, 0.0) + value
                counted[series.first_day + i] = counted.get(series.first_day + i, 0) + 1
    whole = sorted(d for d, n in counted.items() if n == len(accounts))
    chosen = max((d for d in whole if d <= day), default=min(whole, default=None))
    if chosen is not None:
        return chosen, known[chosen]
    if goal.baseline is not None and goal.baseline_day is not None:
        return goal.baseline_day, goal.baseline
    return None


def ratio(inputs: Inputs, first: int, last: int) -> float | None:
    """Total over total on the days that both parts cover; a cost without a result is infinite, nothing over nothing
    is None. A stated ratio is pooled by its weight; without one only a single day can be read."""
    if inputs.numerator:
        above, below = parts(inputs, first, last)
        return above / below if below else (inf if above else None)
    if inputs.weight:
        return _weighted(inputs, first, last)
    found = [v for s in inputs.main for v in stated(s, first, last)]
    return found[0] if len(found) == 1 else None


def parts(inputs: Inputs, first: int, last: int) -> tuple[float, float]:
    """Numerator and denominator of a pooled ratio, over the days that both state (per account where they share one)."""
    days = range(first, last + 1)
    above = [sum_on(inputs.numerator, day) for day in days]
    below = [sum_on(inputs.denominator, day) for day in days]
    both = [(a, b) for a, b in zip(above, below, strict=True) if a is not None and b is not None]
    return sum(a for a, _ in both), sum(b for _, b in both)


def sum_on(series: Sequence[Series], day: int) -> float | None:
    """The sum over accounts on one day; None unless every one of them states it."""
    found = [s.at(day) for s in series]
    return None if None in found else sum(v for v in found if v is not None)


def _weighted(inputs: Inputs, first: int, last: int) -> float | None:
    weights = {s.account.uid: s for s in inputs.weight}
    above = below = 0.0
    for series in inputs.main:
        for day in range(first, last + 1):
            value, weight = (
                series.at(day),
                weights[series.account.uid].at(day) if series.account.uid in weights else None,
            )
            if value is not None and weight is not None:
                above, below = above + value * weight, below + weight
    return above / below if below else None


def typical_day(series: Sequence[Series], last: int, days: int) -> float | None:
    """The mean of the daily counts of people of one account in the `days` up to `last`."""
    found = [v for s in series for v in stated(s, last - days + 1, last)]
    return sum(found) / len(found) if found else None
