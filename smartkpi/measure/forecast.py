"""A calibrated chance: where the mean of the days to come will lie, and how sure that is.

The mean of the unknown days is foreseen on the scale z = asinh(x / c), which makes counts, shares and signed steps
comparable: like a logarithm when they are large, straight around 0. Its middle goes from the last four weeks towards
the last one and the last sixteen; its spread grows with noise, with recent change and with the time to go; its shape is
the table of errors that real series made (`constants.py`; docs/forecast.md says how it was fitted). Nothing is random.

What comes seldom, and much at once, is so noisy day by day that a straight way down from the middle soon meets 0. Over
weeks it comes all the same: a sum of counts falls below what is usual by shares of it.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import mul, sub
from typing import NamedTuple

from smartkpi.measure.constants import LEVELS, LOCATION, QUANTILES, SPREAD

WEEK = 7
FOUR_WEEKS = 28
SIXTEEN_WEEKS = 112
LONGEST = 400  # older days change nothing
SHAPE_FROM = 21  # days of data from which weekdays are told apart
SHAPE_DAYS = 56
NOISE_DAYS = 85
MOST_WEEKS = 13
LEAST_NOISE = 0.02  # of the level: calmer series are not believed to be that calm
WHOLE = 0.25  # what whole numbers hide
PURGE = 8  # times the usual difference: such a loss in one day is no trend
DRY = 0.8  # how far a sum of counts falls below what is usual for one spread, as a logarithm
FEW = 3.0  # it falls further over few days on which something comes: all of them may stay away
NOTHING = 0.02  # of what is usual: less than that is as good as nothing
_MOST_Z = 30.0


class Past(NamedTuple):
    """Daily values, oldest first, without a gap; `last` is the day (an ordinal) of the newest.

    Of a flow or a share the values themselves, of a level the steps from day to day.
    """

    values: Sequence[float]
    last: int
    whole: bool  # all that was stated are whole numbers


class Ahead(NamedTuple):
    """The unknown days: `days` to go after the newest datum, of which the last `counted` matter."""

    days: int
    counted: int


class Outlook(NamedTuple):
    """Where the mean of the unknown days that count will lie; `floor` and `ceiling` are never passed."""

    middle: float  # in z
    spread: float
    scale: float  # c
    weekdays: float  # what the weekdays among them add
    noise: float  # of one day
    floor: float
    ceiling: float
    least: float  # the spread of few days, that are never surer than their own noise
    usual: float  # of a sum of counts: from here on it falls towards 0 by shares; 0 where it may fall freely
    fall: float  # the logarithm of such a share, for one spread

    def widened(self, times: float) -> "Outlook":
        """With a spread that is wider, or narrower, than usual."""
        return self._replace(spread=max(self.least, self.spread * times), fall=self.fall * max(1.0, times))

    @property
    def surest(self) -> float:
        """The highest chance of what is not certain."""
        return LEVELS[-1]

    def mean(self, share: float) -> float:
        """The value that the mean stays below with this chance."""
        off = _between(share, LEVELS, QUANTILES)
        z = self.middle + self.spread * off
        value = math.sinh(max(-_MOST_Z, min(_MOST_Z, z))) * self.scale + self.weekdays
        if off * self.usual < 0 and (left := math.exp(-abs(off) * self.fall)) >= NOTHING:
            value = (max if self.usual > 0 else min)(value, left * self.usual)
        return min(self.ceiling, max(self.floor, value))

    def chance_above(self, mean: float) -> float:
        """The chance that the mean is at least this; never quite 0 or 1, for nothing about it is certain."""
        off = (math.asinh((mean - self.weekdays) / self.scale) - self.middle) / self.spread
        if off * self.usual < 0:
            left = max(NOTHING, mean / self.usual)
            off = math.copysign(max(abs(off), -math.log(left) / self.fall), off)
        return 1 - _between(off, QUANTILES, LEVELS)


def filled(days: Sequence[int], values: Sequence[float], last: int | None = None) -> list[float]:
    """A value for every day from the first to the last, or to `last`: a missing one is like the mean of its weekday."""
    stated = dict(zip(days, values, strict=True))
    last = days[-1] if last is None else last
    if len(stated) == last - days[0] + 1:
        return list(values)
    same: dict[int, list[float]] = {}
    for day, value in stated.items():
        same.setdefault(day % WEEK, []).append(value)
    usual = {weekday: _mean(found) for weekday, found in same.items()}
    rest = _mean(values)
    return [stated.get(day, usual.get(day % WEEK, rest)) for day in range(days[0], last + 1)]


def steps(days: Sequence[int], levels: Sequence[float]) -> list[float]:
    """What a level changed from day to day: a gap is even steps."""
    found: list[float] = []
    for (before, was), (day, now) in pairwise(zip(days, levels, strict=True)):
        found += [(now - was) / (day - before)] * (day - before)
    return found


def without_purges(steps: Sequence[float], good: int = 1) -> Sequence[float]:
    """A purge (a loss in one day far beyond the usual) is no step: the median stands in its place.

    `good` is the sign of the direction: where less is better, a jump up is what is left out.
    """
    if not steps:
        return steps
    median = sorted(steps)[len(steps) // 2]
    usual = sorted(abs(step - median) for step in steps)[len(steps) // 2]
    least = min(0.0, good * median - PURGE * max(usual, 0.5))
    return [median if good * step < least else step for step in steps]


class Signs(NamedTuple):
    """What the past shows: the last four weeks in z, and what moves the middle (`place`) and the spread (`size`)."""

    middle: float
    scale: float  # c
    noise: float  # of one day beyond its weekday
    level: float  # what noise is compared with
    weekdays: float
    place: tuple[float, float, float, float]
    size: tuple[float, float, float, float, float, float, float]


def signs(past: Past, ahead: Ahead) -> Signs:
    """What the past shows of its level, noise and change. At least one day of data, and one to go."""
    values, n = past.values, len(past.values)
    week, month, season = _mean(values[-WEEK:]), _mean(values[-FOUR_WEEKS:]), _mean(values[-SIXTEEN_WEEKS:])
    shape = weekday_shape(values, past.last)
    noise = _noise(values, past.last, shape) or (abs(month) if n < 3 else 0.0)
    scale = max(noise, LEAST_NOISE * abs(month), 1e-9) + (WHOLE if past.whole else 0.0)
    z = math.asinh(month / scale)
    recent, older = math.asinh(week / scale) - z, math.asinh(season / scale) - z
    far = math.log(ahead.days / FOUR_WEEKS)
    level = math.hypot(scale, month)
    return Signs(
        middle=z,
        scale=scale,
        noise=noise,
        level=level,
        weekdays=_weekdays_ahead(shape, past.last, ahead),
        place=(recent, older, recent * far, older * far),
        size=(
            1.0,
            far,
            math.log(min(n, SIXTEEN_WEEKS) / SHAPE_DAYS),
            math.log(noise / level + 0.01),
            math.log(_weekly_change(values, noise) / level + 0.01),
            abs(recent),
            abs(older),
        ),
    )


def outlook(past: Past, kind: str, ahead: Ahead) -> Outlook:
    """What the past says of the unknown days; at least one day of data and one to go. `kind`: flow, level or ratio."""
    seen = signs(past, ahead)
    least = seen.noise / seen.level / math.sqrt(ahead.counted)
    lowest, highest = min(past.values), max(past.values)
    signed = kind == "level" and lowest == highest == 0  # a level that stood still may go either way
    middle = seen.middle + _dot(LOCATION[kind], seen.place)
    sign = 0 if kind != "flow" else 1 if lowest >= 0 else -1 if highest <= 0 else 0
    return Outlook(
        middle=middle,
        spread=max(least, math.exp(_dot(SPREAD[kind], seen.size))),
        scale=seen.scale,
        noise=seen.noise,
        weekdays=seen.weekdays,
        floor=0.0 if lowest >= 0 and not signed else -math.inf,
        ceiling=0.0 if highest <= 0 > lowest else math.inf,
        least=least,
        usual=sign * _usual(past, sign, math.sinh(middle) * seen.scale + seen.weekdays) if sign else 0.0,
        fall=_fall(past.values[-SIXTEEN_WEEKS:], ahead.counted),
    )


def _usual(past: Past, sign: int, middle: float) -> float:
    """The middle, or the mean of sixteen weeks if that is less; less still after a month quieter than any before."""
    values, hidden = past.values, WHOLE / FOUR_WEEKS if past.whole else 0.0
    ends = range(len(values), FOUR_WEEKS - 1, -FOUR_WEEKS)
    month, *before = [sign * _mean(values[end - FOUR_WEEKS : end]) + hidden for end in ends] or [0.0]
    quiet = month / min(before) if before and month < min(before) else 1.0
    return max(0.0, min(sign * middle, sign * _mean(values[-SIXTEEN_WEEKS:]) * quiet))


def _fall(recent: Sequence[float], counted: int) -> float:
    """How far it falls within so many days, if as many of them bring something as of the recent ones."""
    busy = (counted - 1) * (1 - recent.count(0) / len(recent))  # one day alone may always bring nothing
    return DRY * (1 + FEW / busy**2) if busy else math.inf


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _rms(values: Sequence[float]) -> float:
    return math.sqrt(sum(map(mul, values, values)) / len(values)) if values else 0.0


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(map(mul, one, other))


def weekday_shape(values: Sequence[float], last: int) -> list[float]:
    """What each weekday (0 = that of ordinal 0) has more than the mean, of up to eight whole weeks, shrunk."""
    shape = [0.0] * WEEK
    if len(values) < SHAPE_FROM:
        return shape
    recent = values[-SHAPE_DAYS:]
    base = _mean(recent[len(recent) % WEEK :])
    for back in range(WEEK):
        same = recent[len(recent) - 1 - back :: -WEEK]
        shape[(last - back) % WEEK] = (_mean(same) - base) * len(same) / (len(same) + 1)
    return shape


def _noise(values: Sequence[float], last: int, shape: list[float]) -> float:
    """How much a day differs from the day before beyond its weekday, as a standard deviation of one day."""
    recent = values[-NOISE_DAYS:]
    first = (last - len(recent) + 1) % WEEK
    usual = (shape[first:] + shape[:first]) * (len(recent) // WEEK + 1)
    rest = list(map(sub, recent, usual))
    return _rms(list(map(sub, rest[1:], rest))) / math.sqrt(2)


def _weekly_change(values: Sequence[float], noise: float) -> float:
    """How much a week's mean differs from that of the week before."""
    weeks = min(len(values) // WEEK, MOST_WEEKS)
    if weeks < 2:
        return noise / math.sqrt(WEEK / 2)
    ends = [0.0, *accumulate(values[-weeks * WEEK :])][::WEEK]
    sums = [now - before for before, now in pairwise(ends)]
    return _rms([now - before for before, now in pairwise(sums)]) / WEEK


def _weekdays_ahead(shape: list[float], last: int, ahead: Ahead) -> float:
    whole, rest = divmod(ahead.counted, WEEK)
    end = last + ahead.days
    extra = sum(shape[(end - i) % WEEK] for i in range(rest))
    return (whole * sum(shape) + extra) / ahead.counted - _mean(shape)


def _between(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """The straight line between the two points around x; beyond the table its ends."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    i = bisect_right(xs, x)
    return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1])
