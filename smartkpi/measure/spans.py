"""What the past brought in spans of one length, one for each day on which such a span can end.

A history is a list of days, oldest first; None = a day that nobody states, over which no span reaches.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from smartkpi.measure.aggregate import CARRY, LATELY, days_of, over
from smartkpi.measure.chance import Cell, by_day, cells_of
from smartkpi.measure.pace import Case
from smartkpi.measure.sources import Inputs
from smartkpi.model.attainable import Windows
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.repeating import first_of, last_of
from smartkpi.model.series import BY_HAND, Series

History = Sequence[float | None]
T = TypeVar("T")
CLOSE = 1e-9  # of what is needed: what adding and dividing may lose


def flows(inputs: Inputs, last: int) -> History:
    """The sum of all accounts on each day; one that is kept by hand is spread over the days since the one before."""
    return _together([by_day(series, series.first_day, last) for series in inputs.main], last)


def steps(inputs: Inputs, last: int) -> History:
    """What a level changed on each day: the differences of what is stated, and the flows where it is worked back."""
    changes = [_differences(series, last) for series in inputs.main]
    for flow, sign in inputs.gains:
        changes.append({day: sign * value for day, value in by_day(flow, flow.first_day, last).items()})
    return _together(changes, last)


def _differences(series: Series, last: int) -> dict[int, float]:
    """Even steps between two stated levels, where these are not too far apart to know what was between."""
    longest = LATELY if series.key.report == BY_HAND else CARRY
    found: dict[int, float] = {}
    before: tuple[int, float] | None = None
    for day, value in days_of(series, series.first_day, last):
        if before is not None and day - before[0] <= longest:
            step = (value - before[1]) / (day - before[0])
            found |= dict.fromkeys(range(before[0] + 1, day + 1), step)
        before = day, value
    return found


def _together(parts: Sequence[dict[int, float]], last: int) -> History:
    """The sum of the parts on the days that all of them know, from the first such day on."""
    if not parts or not all(parts):
        return []
    first = max(min(part) for part in parts)
    if len(parts) == 1:
        return [parts[0].get(day) for day in range(first, last + 1)]
    each = ([part.get(day) for part in parts] for day in range(first, last + 1))
    return [None if None in values else sum(v for v in values if v is not None) for values in each]


def cells(case: Case) -> Sequence[Cell | None]:
    """What is above and below the line of a ratio on each day."""
    known = cells_of(case, min(series.first_day for series in case.inputs.judged))
    return [known.get(day) for day in range(min(known), case.day + 1)] if known else []


def awake(history: Sequence[T], goal: Goal, last: int) -> Sequence[T]:
    """Without the days on which the goal was paused: a span is of days that count. `last` is the day of the newest."""
    days = range(last - len(history) + 1, last + 1)
    return [v for day, v in zip(days, history, strict=True) if goal.pause_on(day) is None] if goal.pauses else history


def blank(history: Sequence[T], goal: Goal, last: int) -> Sequence[T | None]:
    """With nothing on these days: a week of which some are paused is no week of the goal."""
    days = range(last - len(history) + 1, last + 1)
    return [None if goal.pause_on(day) else v for day, v in zip(days, history, strict=True)]


def sums(history: History, days: int) -> list[float]:
    """The sum of every span of `days` that is wholly known."""
    return _spans([0.0 if value is None else value for value in history], _known(history), days)


def ratios(history: Sequence[Cell | None], days: int, metric: Metric) -> list[float]:
    """Total over total of every span that is wholly known and has something below the line."""
    known = _known(history)
    above, below = ([0.0 if cell is None else cell[i] for cell in history] for i in (0, 1))
    both = zip(_spans(above, known, days), _spans(below, known, days), strict=True)
    return [value for a, b in both if (value := over(a, b, metric)) is not None]


def calendar(history: History, last: int, every: str) -> list[float]:
    """The sum of every calendar week, or month, that is wholly known; `last` is the day of the newest value."""
    begun, first, found = last - len(history) + 1, first_of(every, last + 1), []
    while (first := first_of(every, first - 1)) >= begun:
        part = history[first - begun : last_of(every, first) - begun + 1]
        if None not in part:
            found.append(sum(v for v in part if v is not None))
    return found[::-1]


def compared(
    goal: Goal, values: Sequence[float], days: int, need: float, *, scale: float = 1.0, overlap: bool = True
) -> Windows | None:
    """Spans of `days` against what is needed; `scale` makes them comparable: a quarter of four weeks is a week."""
    if not values:
        return None
    ordered = sorted(values)
    up, middle, near = goal.direction is Direction.UP, len(ordered) // 2, need / scale
    slack = CLOSE * max(1.0, abs(near))
    reached = len(ordered) - bisect_left(ordered, near - slack) if up else bisect_right(ordered, near + slack)
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return Windows(
        days=days,
        seen=len(ordered),
        apart=1 + (len(ordered) - 1) // days if overlap else len(ordered),
        reached=reached,
        best=ordered[-1 if up else 0] * scale,
        median=median * scale,
        lately=values[-1] * scale,
    )


def _known(history: Sequence[object]) -> list[int]:
    """How many days before each place are known."""
    return [0, *accumulate(int(value is not None) for value in history)]


def _spans(values: Sequence[float], known: Sequence[int], days: int) -> list[float]:
    total = [0.0, *accumulate(values)]
    ends = range(days, len(values) + 1)
    return [total[end] - total[end - days] for end in ends if known[end] - known[end - days] == days]
