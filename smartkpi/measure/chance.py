"""How likely a goal is met, and where it will end: its form says what is known of the end, the forecast the rest."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import floor
from typing import NamedTuple

from smartkpi.measure import aggregate, forecast, levels, season
from smartkpi.measure.aggregate import JUMP, LATELY, days_of
from smartkpi.measure.pace import Case, level_on, window_first
from smartkpi.model.assessment import Forecast, Pace
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind
from smartkpi.model.series import BY_HAND, Series

LITTLE = 0.25  # of what is below the line of a ratio on a mean day: too little for a ratio of its own
SPIKED = (Form.TOTAL, Form.TYPICAL_DAY)  # forms in which one day may be as much as a month
SHARES = (0.1, 0.5, 0.9)  # the likely range holds 8 of 10 ends


class Run(NamedTuple):
    """One value for every day from `first` on."""

    first: int
    values: Sequence[float]
    whole: bool  # all that was stated are whole numbers

    @property
    def last(self) -> int:
        return self.first + len(self.values) - 1

    def since(self, day: int) -> Sequence[float]:
        return self.values[max(0, day - self.first) :]


class Way(NamedTuple):
    """The end as a straight line of the mean of the unknown days: (known + weight x mean) / whole."""

    kind: str  # flow, level, ratio: which constants
    past: Run  # daily values, of a level the steps
    known: float
    weight: float
    whole: float
    counted: int  # the unknown days that matter
    surely: float | None = None  # what the end cannot fall below while no day is negative; None where it can

    def end(self, mean: float) -> float:
        return (self.known + self.weight * mean) / self.whole

    def needed(self, target: float) -> float:
        return (target * self.whole - self.known) / self.weight


class Prospect(NamedTuple):
    """Where a goal will end, whatever its target: what is known of the end, and what is foreseen of the rest."""

    case: Case
    way: Way
    outlook: forecast.Outlook
    worst: float | None  # the worst day of a level that is to be kept: the end can be no better
    is_sure: bool  # whether that day is no estimate

    def chance(self, target: float) -> float:
        """The chance that this target is met."""
        direction = self.case.goal.direction
        broken = self.worst is not None and self.is_sure and not direction.reached(self.worst, target)
        return 0.0 if broken else _met(direction, target, self.way, self.outlook)

    def ends(self, *shares: float) -> list[float]:
        """What the end stays below with these chances."""
        ends = [self.way.end(self.outlook.mean(share)) for share in shares]
        if self.worst is None:
            return ends
        bound = min if self.case.goal.direction is Direction.UP else max
        return [bound(self.worst, end) for end in ends]


def chance(case: Case, paced: Pace, times: float = 1.0, width: float = 1.0) -> Forecast | None:
    """The chance that the goal is met and its likely range; None where the form has none, too little is known, or it
    is over. `paced` is the pace of the same case, `times` its season, `width` what its own past makes of the range."""
    seen = prospect(case, paced, times, width)
    return None if seen is None else Forecast(seen.chance(case.goal.target), *seen.ends(*SHARES))


def prospect(case: Case, paced: Pace, times: float = 1.0, width: float = 1.0) -> Prospect | None:
    """What `chance` rests on, for any target; None where that is None."""
    goal = case.goal
    way = WAYS[goal.form](case) if case.day < goal.deadline and goal.form in WAYS else None
    if way is None or not way.past.values or way.counted < 1 or way.weight <= 0:
        return None
    way = way._replace(past=rested(way.past, goal))
    past = forecast.Past(way.past.values[-forecast.LONGEST :], way.past.last, way.past.whole)
    ahead = forecast.Ahead(goal.deadline - past.last, way.counted)
    outlook = foreseen(past, way.kind, ahead, goal.form).widened(width)
    way = way._replace(weight=way.weight * times)
    return Prospect(case, way, outlook, paced.actual if _is_kept_level(case) else None, not paced.is_about)


def foreseen(past: forecast.Past, kind: str, ahead: forecast.Ahead, form: Form) -> forecast.Outlook:
    """What the past of a goal of this form says of its unknown days."""
    usual, less_sure = without_spike(past, form)
    return forecast.outlook(usual, kind, ahead).widened(less_sure)


def without_spike(past: forecast.Past, form: Form) -> tuple[forecast.Past, float]:
    """With what is usual in place of a day on which something went round, and how much wider the range is for it."""
    late = past.values[-LATELY:]
    if form not in SPIKED or not JUMP * max(late) > sum(late) > 0:
        return past, 1.0
    from smartkpi.measure import once  # most weeks have nothing like it

    calm = once.without_spike(past.values, past.last)
    return (past, 1.0) if calm == list(past.values) else (past._replace(values=calm), once.LESS_SURE)


def seasonal(case: Case, years: Sequence[Series]) -> float:
    """What last year's same weeks make of the pace of late; 1 where no season is seen.

    `years` are the flows of a total as far back as its season may rest on.
    """
    return season_of(case, years).times if case.day < case.goal.deadline else 1.0


def season_of(case: Case, years: Sequence[Series]) -> season.Season:
    """What plan and chance see of a season: the same for both, so that it must tell all of the period."""
    if not all(season.is_long(series, case.day) for series in years):
        return season.NONE
    known = _together([_flow(series, series.first_day, case.day) for series in years])
    if known is None or min(known.values) < 0 or known.first > case.goal.start - season.YEAR:
        return season.NONE
    known = rested(known, case.goal)
    ahead = max(1, case.goal.deadline - known.last)
    return season.seen(known.values, known.first, forecast.Ahead(ahead, min(ahead, case.goal.days)))


def rested(run: Run, goal: Goal) -> Run:
    """With paused days like others of their weekday: what came on them says nothing of the days to come."""
    days = range(run.first, run.last + 1)
    kept = [day for day in days if goal.pause_on(day) is None] if goal.pauses else days
    if len(kept) in (0, len(days)):
        return run
    values = forecast.filled(kept, [run.values[day - run.first] for day in kept], run.last)
    return Run(kept[0], values, run.whole)


def _met(direction: Direction, target: float, way: Way, outlook: forecast.Outlook) -> float:
    """Exactly 0 or 1 only where it is certain: what cannot fall has passed the target."""
    up = direction is Direction.UP
    needed = way.needed(target if up else _limit(target, way, outlook))
    above = outlook.chance_above(needed)
    if way.surely is not None and outlook.floor == 0.0:
        if way.surely > target or (up and way.surely == target):
            above = 1.0
        elif needed <= 0:  # only what is taken for days that nobody stated may keep it below
            above = outlook.surest
    return above if up else 1.0 - above


def _limit(target: float, way: Way, outlook: forecast.Outlook) -> float:
    """A count passes its limit only with one whole more: what matters where things are few."""
    if way.kind != "flow" or way.surely is None or not way.past.whole or outlook.floor < 0.0:
        return target
    few = max(0.0, 1.0 - min(outlook.noise, outlook.mean(0.5)))
    return target + few * (floor(target) + 1 - target)


def _is_kept_level(case: Case) -> bool:
    return case.goal.form is Form.KEEP and case.metric.kind is Kind.LEVEL


def _total(case: Case) -> Way | None:
    """What is stated so far; a day that nobody stated, between two that are, is like its weekday."""
    goal, main = case.goal, case.inputs.main
    runs = [_flow(series, min(goal.start, _first(case)), case.day) for series in main]
    past = _together(runs)
    if past is None:
        return None
    known = sum(_known(series, run, goal.start, past.last) for series, run in zip(main, runs, strict=True) if run)
    counted = min(goal.deadline - past.last, goal.days) - goal.rests(past.last + 1, goal.deadline)
    surely = None if case.metric.net else aggregate.total(main, goal.start, case.day)
    return Way("flow", past, known, counted, 1.0, counted, surely)


def of_missing(case: Case, missing: Sequence[int]) -> tuple[float, int]:
    """What a total foresees for the days of its period that nobody stated, and on how many of them, being before the
    first number, that is nothing."""
    goal, way = case.goal, _total(case)
    firsts = [
        next((day for day, _ in days_of(series, series.first_day, case.day)), case.day) for series in case.inputs.main
    ]
    early = sum(day < max(firsts) for day in missing)
    return (0.0 if way is None else way.known - aggregate.total(case.inputs.main, goal.start, case.day)), early


def _known(series: Series, run: Run, start: int, last: int) -> float:
    if start > last:
        return 0.0
    if series.key.report == BY_HAND:
        return aggregate.total((series,), start, last)
    return sum(run.since(start)[: last - max(start, run.first) + 1])


def _growth(case: Case) -> Way | None:
    """From the level of the judged day on, by the steps of the days before."""
    known = (
        level_on(case, case.day) if case.goal.form is Form.GROWTH else levels.level(case.inputs, case.goal, case.day)
    )
    past = _steps(case)
    if known is None or past is None:
        return None
    ahead = case.remaining if case.goal.form is Form.GROWTH else _to_the_end(case)
    return Way("level", past, known, ahead, 1.0, ahead)


def _to_the_end(case: Case) -> int:
    return case.goal.deadline - case.day - case.goal.rests(case.day + 1, case.goal.deadline)


def _steps(case: Case) -> Run | None:
    """What the level changed from day to day: of exported levels the differences, of worked-back ones the flows."""
    found, first = case.inputs, _first(case)
    exported = [_differences(series, first, case.day) for series in found.main]
    flows = [_flow(series, first, case.day, sign) for series, sign in found.gains]
    past = _together([*exported, *flows])
    if past is None:
        return None
    values = forecast.without_purges(past.values, case.goal.direction.sign)
    return past._replace(values=values if not found.gains else _lowered(case, values, _together(flows)))


def _lowered(case: Case, values: Sequence[float], flows: Run | None) -> Sequence[float]:
    """Flows of which those who left are missing, at the pace that recorded totals tell."""
    told = levels.told_rate(case.inputs, case.day)
    if told is None or flows is None:
        return values
    lately = flows.values[-LATELY:]
    less = told - sum(lately) / len(lately)
    return [value + less for value in values]


def _window(case: Case) -> Way | None:
    return _share(case, window_first(case.goal, case.goal.deadline))


def _kept(case: Case) -> Way | None:
    return _growth(case) if case.metric.kind is Kind.LEVEL else _share(case, case.goal.start)


class Cell(NamedTuple):
    """What is above and below the line of a ratio on one day; a plain count stands over 1."""

    above: float
    below: float


def _share(case: Case, begin: int) -> Way | None:
    """A ratio, or the mean of daily counts, over the days from `begin` to the deadline."""
    cells = cells_of(case, min(_first(case), case.goal.start))
    above, below, daily = _pooled(cells, case.day - LATELY + 1)
    if not daily:
        above, below, daily = _pooled(cells, 0)
    if not daily:
        return None
    days = [*cells]
    values = forecast.filled(days, _evened(cells.values(), above / below, daily))
    count = case.metric.kind is not Kind.RATIO
    first = max(begin, days[-1] + 1)
    counted = case.goal.deadline - first + 1 - case.goal.rests(first, case.goal.deadline)
    known, among, _ = _pooled(cells, begin)
    whole = among + daily * counted
    return Way(
        "ratio",
        Run(days[0], values, count and _are_whole(cell.above for cell in cells.values())),
        known,
        daily * counted,
        whole,
        counted,
        known / whole if count else None,
    )


def _evened(cells: Iterable[Cell], pooled: float, daily: float) -> list[float]:
    """A ratio for each day, whose mean of late is the pooled one: ratios are never averaged.

    Days with little below the line are taken together with those after them: one visit that buys is no day of 100 %,
    and what was spent on the days before a lead counts.
    """
    found: list[float] = []
    above = below = days = 0.0
    for cell in cells:
        above, below, days = above + cell.above, below + cell.below, days + 1
        if below >= LITTLE * daily:
            found += [above / below] * int(days)
            above = below = days = 0.0
    found += [pooled] * int(days)
    lately = found[-LATELY:]
    mean = sum(lately) / len(lately)
    return [value * pooled / mean for value in found] if mean else found


def _pooled(cells: dict[int, Cell], begin: int) -> tuple[float, float, float]:
    """Both sums since `begin`, and what is below the line on a mean day."""
    found = [cell for day, cell in cells.items() if day >= begin]
    below = sum(cell.below for cell in found)
    return sum(cell.above for cell in found), below, below / len(found) if found else 0.0


def cells_of(case: Case, first: int) -> dict[int, Cell]:
    """Day by day from `first` to the judged one, those days that all series state."""
    found = case.inputs
    if found.numerator:
        tops, bottoms = sums(found.numerator, first, case.day), sums(found.denominator, first, case.day)
        return {day: Cell(tops[day], bottoms[day]) for day in sorted(tops.keys() & bottoms.keys())}
    if not found.weight:
        return {day: Cell(value, 1.0) for day, value in sums(found.main, first, case.day).items()}
    weights = {series.account.uid: dict(days_of(series, first, case.day)) for series in found.weight}
    cells: dict[int, Cell] = {}
    for series in found.main:
        weight = weights.get(series.account.uid, {})
        for day, value in days_of(series, first, case.day):
            if day in weight:
                above, below = cells.get(day, (0.0, 0.0))
                cells[day] = Cell(above + value * weight[day], below + weight[day])
    return dict(sorted(cells.items()))


def sums(flows: Sequence[Series], first: int, last: int) -> dict[int, float]:
    """The sum over accounts of every day that all of them state."""
    each = [by_day(series, first, last) for series in flows]
    days = set(each[0]).intersection(*each[1:]) if each else set()
    return {day: sum(known[day] for known in each) for day in sorted(days)}


def by_day(series: Series, first: int, last: int) -> dict[int, float]:
    """A number kept by hand is spread over the days since the one before it."""
    stated = list(days_of(series, first, last))
    if series.key.report != BY_HAND:
        return dict(stated)
    spans = pairwise(stated)
    return {day: v / (now - was) for (was, _), (now, v) in spans for day in range(was + 1, now + 1)}


def _first(case: Case) -> int:
    return case.day - forecast.LONGEST + 1


def _flow(series: Series, first: int, last: int, sign: int = 1) -> Run | None:
    """The flow of every day from the first that is stated to the last."""
    cells = series.values[max(0, first - series.first_day) : max(0, last - series.first_day + 1)]
    before = cells.count(None)  # on most exports nothing is missing but the days before the first
    known = [value for value in cells[before:] if value is not None]
    if known and len(known) == len(cells) - before and sign > 0 and series.key.report != BY_HAND:
        return Run(max(first, series.first_day) + before, known, _are_whole(known))
    found = by_day(series, first, last)
    if not found:
        return None
    days, stated = [*found], [value * sign for value in found.values()]
    return Run(days[0], forecast.filled(days, stated), _are_whole(stated))


def _differences(series: Series, first: int, last: int) -> Run | None:
    """The steps of an exported level, the first on the day after it was first known."""
    known = dict(days_of(series, first, last))
    days, stated = [*known], [*known.values()]
    return Run(days[0] + 1, forecast.steps(days, stated), _are_whole(stated)) if len(days) > 1 else None


def _together(runs: Sequence[Run | None]) -> Run | None:
    """The sum of several accounts, on the days of which all are known; None where one has none."""
    known = [run for run in runs if run is not None]
    if not known or len(known) < len(runs):
        return None
    if len(known) == 1:
        return known[0]
    first, last = max(run.first for run in known), min(run.last for run in known)
    if last < first:
        return None
    parts = (run.values[first - run.first : last - run.first + 1] for run in known)
    return Run(first, [sum(day) for day in zip(*parts, strict=True)], all(run.whole for run in known))


def _are_whole(values: Iterable[float]) -> bool:
    known = list(values)
    return list(map(floor, known)) == known


WAYS: dict[Form, Callable[[Case], Way | None]] = {
    Form.TOTAL: _total,
    Form.GROWTH: _growth,
    Form.RATE: _window,
    Form.KEEP: _kept,
    Form.TYPICAL_DAY: _window,
}
