"""A span of a metric by its kind: flows summed, levels carried or worked back, ratios total over total.

Days are ordinals, spans are closed (`first` and `last` both count), None means that nothing was stated.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf

from smartkpi.measure.sources import Inputs
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.series import BY_HAND, Series

WEEK = 7
LATELY = 28  # days: "the last four weeks"
CARRY = 7  # days that a level of one account is carried while others are newer


def days_of(series: Series, first: int, last: int) -> Iterator[tuple[int, float]]:
    """(day, value) of every value stated from `first` to `last`, oldest first."""
    begin, end = max(0, first - series.first_day), max(0, last - series.first_day + 1)
    return ((series.first_day + i, v) for i, v in enumerate(series.values[begin:end], begin) if v is not None)


def stated(series: Series, first: int, last: int) -> list[float]:
    """The values stated from `first` to `last`, oldest first."""
    return [value for _, value in days_of(series, first, last)]


def total(flows: Sequence[Series], first: int, last: int) -> float:
    """The sum of every stated value of flows of several accounts; days that nobody stated add nothing."""
    return sum(sum(stated(series, first, last)) for series in flows)


def daily_rate(flows: Sequence[Series], last: int) -> float | None:
    """What the flows bring on a mean day of the last four weeks: missing days do not count as 0.

    None where one of them states nothing of late: the sum of the others would be too small.
    """
    return _sum([_mean_day(series, last) for series in flows]) if flows else None


def _mean_day(series: Series, last: int) -> float | None:
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


def level(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """The level on `day` over all accounts: as exported or recorded, else worked back; None where one is unknown."""
    known = _sum(_levels(inputs, day))
    if known is None or not inputs.gains:
        return known if inputs.main else None
    anchor = anchor_for(inputs, goal, day)
    return None if anchor is None else known + anchor[1] + change(inputs, anchor[0], day)


def _levels(inputs: Inputs, day: int) -> list[float | None]:
    carry = CARRY if len(inputs.main) + len(inputs.gains) > 1 else None
    return [last_level(series, day, carry) for series in inputs.main]


def gained(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """What the level gained since the evening before the goal's start, or since it was first known after it."""
    eve = goal.start - 1
    if day <= eve:
        return 0.0
    now, before = _sum(_levels(inputs, day)), _sum([_first_known(s, eve, day) for s in inputs.main])
    if now is None or before is None:
        return None
    there, here = anchor_for(inputs, goal, eve), anchor_for(inputs, goal, day)
    unexported = here[1] - there[1] - change(inputs, there[0], here[0]) if there and here else 0.0
    return now - before + change(inputs, eve, day) + unexported


def _first_known(series: Series, eve: int, day: int) -> float | None:
    before = last_level(series, eve)
    return before if before is not None else next(iter(stated(series, eve + 1, day)), None)


def change(inputs: Inputs, after: int, day: int) -> float:
    """What the flows changed after one day and up to another; negative days run backwards."""
    if day < after:
        return -change(inputs, day, after)
    return sum(sign * total((flow,), after + 1, day) for flow, sign in inputs.gains)


def anchors(inputs: Inputs) -> list[tuple[int, float]]:
    """(day, total) of every day on which each account that is worked back has a total recorded by hand."""
    accounts = {flow.account.uid for flow, _ in inputs.gains}
    found = [dict(days_of(s, s.first_day, s.first_day + len(s.values))) for s in inputs.anchors]
    if not found or {s.account.uid for s in inputs.anchors} != accounts:
        return []
    return [(day, sum(known[day] for known in found)) for day in sorted(found[0]) if all(day in k for k in found)]


def anchor_for(inputs: Inputs, goal: Goal, day: int) -> tuple[int, float] | None:
    """(day, value) that levels are worked back from: the nearest recorded total, else the goal's own baseline."""
    known = anchors(inputs)
    if known:
        return min(known, key=lambda anchor: (abs(anchor[0] - day), anchor[0]))
    if not inputs.gains or goal.baseline is None or goal.baseline_day is None:
        return None
    others = _sum([last_level(s, goal.baseline_day) for s in inputs.main])
    return None if others is None else (goal.baseline_day, goal.baseline - others)


def is_upper_bound(inputs: Inputs, goal: Goal, day: int) -> bool:
    """Whether people who left since the anchor, whom nobody exports, may make the level smaller than worked back."""
    if not inputs.upper_bound:
        return False
    here, there = anchor_for(inputs, goal, day), anchor_for(inputs, goal, goal.start - 1)
    unsure_start = goal.baseline is None and (there is None or there[0] >= goal.start)
    return here is None or here[0] < day or unsure_start


def disagreement(inputs: Inputs, day: int) -> tuple[int, float, float] | None:
    """(day, total, what the flows make of the total before it) of the last two totals, where they contradict."""
    known = [anchor for anchor in anchors(inputs) if anchor[0] <= day][-2:]
    if len(known) < 2:
        return None
    (before, old), (now, new) = known
    expected = old + change(inputs, before, now)
    fits = new <= expected if inputs.upper_bound else new == expected
    return None if fits else (now, new, expected)


def contradiction(inputs: Inputs, day: int) -> tuple[int, float, float] | None:
    """(day, recorded, exported) of the last recorded total whose day an export states otherwise."""
    exported = {s.account.uid: s for s in inputs.main}
    found = [
        (then, total, level)
        for recorded in inputs.recorded
        for then, total in days_of(recorded, recorded.first_day, day)
        if (level := exported[recorded.account.uid].at(then)) is not None and level != total
    ]
    return max(found, default=None)


def level_rate(inputs: Inputs, day: int) -> float | None:
    """The change of a mean day of the last four weeks, over all accounts; None where one has none."""
    steps = [_slope(series, day) for series in inputs.main]
    if (told := _told_rate(inputs, day)) is not None:
        return _sum([*steps, told])
    for flow, sign in inputs.gains:
        rate = _mean_day(flow, min(day, flow.full_through if flow.full_through is not None else day))
        steps.append(None if rate is None else sign * rate)
    return _sum(steps) if steps else None


def _told_rate(inputs: Inputs, day: int) -> float | None:
    """Where nobody exports who left, the totals that were recorded tell the pace, once two of each account are at
    least a week apart; who came alone would say that nobody ever leaves."""
    recorded = {series.account.uid: list(days_of(series, series.first_day, day)) for series in inputs.anchors}
    enough = all(known and known[-1][0] - known[0][0] >= WEEK for known in recorded.values())
    if not inputs.upper_bound or not enough or set(recorded) != {flow.account.uid for flow, _ in inputs.gains}:
        return None
    return _sum([_slope(series, day) for series in inputs.anchors])


def _slope(series: Series, day: int) -> float | None:
    """From the level 28 days before the last one, or the one before that, or the first, to the last one."""
    known = list(days_of(series, series.first_day, day))
    if len(known) < 2:
        return None
    last, now = known[-1]
    then, before = next((k for k in reversed(known) if k[0] <= last - LATELY), known[0])
    return (now - before) / (last - then)


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
    for tops, bottoms in _pairs(inputs):
        by_hand = [s for s in (*tops, *bottoms) if s.key.report == BY_HAND]
        both = (_by_span if by_hand else _by_day)(tops, bottoms, first, last)
        above, below = above + sum(a for a, _, _ in both), below + sum(b for _, b, _ in both)
        most = max(most, sum(days for _, _, days in both))
    return above, below, most


Both = list[tuple[float, float, int]]  # numerator, denominator, days


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
    return [_sum(values) for values in zip(*(_cells(s, first, last) for s in series), strict=True)]


def _cells(series: Series, first: int, last: int) -> list[float | None]:
    """One cell a day from `first` to `last`, whatever is stored."""
    cells = _stored(series, first, last)
    if len(cells) == last - first + 1:
        return list(cells)
    return [series.at(day) for day in range(first, last + 1)]


def _sum(values: Sequence[float | None]) -> float | None:
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
