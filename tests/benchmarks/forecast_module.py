"""The adapter by which `../shared/forecast/score.py` calls our forecast: `--method-module forecast_module`.

`--func with_own` lets looks back on the same series widen or narrow the range, as the program does it at import.
`--func straight_line` and `--func run_rate` are what other tools say, to compare with.
"""

from collections.abc import Sequence
from datetime import date
from math import erf, inf, nan, sqrt
from statistics import fmean, pstdev
from typing import NamedTuple

from smartkpi.measure import forecast as method
from smartkpi.measure import season

KINDS = {"flow": "flow", "stock": "level", "level": "ratio"}
FORMS = {"flow": "total", "stock": "growth", "level": "rate"}
WEEK = 7
SHARES = (0.1, 0.5, 0.9)
TEN_PERCENT = 1.2816  # of the normal distribution, in standard deviations
Said = tuple[float, tuple[float, float, float]]
Points = Sequence[tuple[date, float]]


class Cut(NamedTuple):
    """One goal of the yardstick as our method sees it: the past, the days to come, and what is known of the end."""

    past: method.Past
    ahead: method.Ahead
    known: float
    parts: int  # days that the end is a mean of; 1 for sums and levels
    times: float = 1.0  # the season

    def end(self, mean: float) -> float:
        return (self.known + self.ahead.counted * mean * self.times) / self.parts

    def needed(self, target: float) -> float:
        return (target * self.parts - self.known) / (self.ahead.counted * self.times)


def forecast(
    dates: Sequence[date],
    values: Sequence[float],
    kind: str,
    start: date,
    deadline: date,
    target: float,
    today: date,
) -> Said:
    """(chance that the end is at least the target, (10 %, 50 %, 90 %)); the data end on or before `today`."""
    points = [(d, v) for d, v in zip(dates, values, strict=True) if d <= today and v == v]
    if not points:
        return 0.5, (-inf, nan, inf)
    cut = cut_of(points, kind, start.toordinal(), deadline.toordinal())
    if cut.ahead.days <= 0:
        end = cut.known / cut.parts
        return float(end >= target), (end, end, end)
    if not cut.past.values:
        return 0.5, (-inf, cut.known, inf)
    return said_of(cut, kind, target, 1.0)


def with_own(
    dates: Sequence[date], values: Sequence[float], kind: str, start: date, deadline: date, target: float, today: date
) -> Said:
    """`forecast` with the width that the series' own past gives, which knows nothing of the last week."""
    from smartkpi.measure import backtest  # worked out at import: the forecast itself does without
    from smartkpi.model.goal import Form

    points = list(zip(dates, values, strict=True))
    cut = cut_of(points, kind, start.toordinal(), deadline.toordinal())
    if cut.ahead.days <= 0 or len(cut.past.values) <= WEEK or cut.times != 1.0:
        return forecast(dates, values, kind, start, deadline, target, today)
    before = method.Past(cut.past.values[:-WEEK], cut.past.last - WEEK, cut.past.whole)
    own = backtest.width(before, KINDS[kind], cut.ahead, Form(FORMS[kind]))
    return said_of(cut, kind, target, own.factor if own else 1.0)


def said_of(cut: Cut, kind: str, target: float, width: float) -> Said:
    """The chance and the range with this width."""
    from smartkpi.measure.chance import foreseen  # loads all of the judging, which the forecast itself does without
    from smartkpi.model.goal import Form

    outlook = foreseen(cut.past, KINDS[kind], cut.ahead, Form(FORMS[kind])).widened(width)
    needed = cut.needed(target)
    sure = needed <= 0 <= outlook.floor and kind != "stock"  # a level may fall although it never did
    chance = 1.0 if sure else outlook.chance_above(needed)
    low, middle, high = (cut.end(outlook.mean(share)) for share in SHARES)
    return chance, (low, middle, high)


def cut_of(points: Points, kind: str, start: int, deadline: int) -> Cut:
    """What is known on the day of the newest point."""
    days, stated = [d.toordinal() for d, _ in points], [v for _, v in points]
    ahead, whole = deadline - days[-1], all(v % 1 == 0 for v in stated)
    if kind == "stock":
        changes = method.without_purges(method.steps(days, stated)[-method.LONGEST :])
        return Cut(method.Past(changes, days[-1], whole), method.Ahead(ahead, ahead), stated[-1], 1)
    daily = method.filled(days, stated)
    past = method.Past(daily[-method.LONGEST :], days[-1], whole)
    if kind == "flow":
        known = sum(daily[max(0, len(daily) - (days[-1] - start + 1)) :]) if days[-1] >= start else 0.0
        to_come = method.Ahead(ahead, min(ahead, deadline - start + 1))
        times = season.factor(daily, to_come) if ahead > 0 and len(daily) > season.SHORTEST_PAST else 1.0
        return Cut(past, to_come, known, 1, times if min(daily) >= 0 else 1.0)
    known = sum(daily[len(daily) - (WEEK - ahead) :]) if ahead < WEEK else 0.0
    return Cut(past, method.Ahead(ahead, min(ahead, WEEK)), known, WEEK)


def straight_line(
    dates: Sequence[date], values: Sequence[float], kind: str, start: date, deadline: date, target: float, today: date
) -> Said:
    """The badge of other tools: on track when the share of the way is at least the share of the time."""
    gone = ((today - start).days + 1) / ((deadline - start).days + 1)
    if kind == "level":
        now = fmean(values[-WEEK:])
        return float(now >= target), (now, now, now)
    begun = next((v for d, v in reversed(list(zip(dates, values, strict=True))) if d < start), values[0])
    begun = begun if kind == "stock" else 0.0
    now = values[-1] if kind == "stock" else sum(v for d, v in zip(dates, values, strict=True) if d >= start)
    end = begun + (now - begun) / gone
    return float(end >= target), (end, end, end)


def run_rate(
    dates: Sequence[date], values: Sequence[float], kind: str, start: date, deadline: date, target: float, today: date
) -> Said:
    """The last four weeks go on, with normal errors that know nothing of each other."""
    cut = cut_of(list(zip(dates, values, strict=True)), kind, start.toordinal(), deadline.toordinal())
    lately = cut.past.values[-28:]
    if cut.ahead.days <= 0 or not lately:
        end = cut.known / cut.parts
        return float(end >= target), (end, end, end)
    cut, mean = cut._replace(times=1.0), fmean(lately)
    error = pstdev(lately) / sqrt(cut.ahead.counted) or 1e-9
    chance = 0.5 * (1 + erf((mean - cut.needed(target)) / error / sqrt(2)))
    return chance, (cut.end(mean - TEN_PERCENT * error), cut.end(mean), cut.end(mean + TEN_PERCENT * error))
