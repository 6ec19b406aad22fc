"""The way of every figure of a judged goal: the numbers that its formula was given, by the functions that gave it."""

from collections.abc import Callable, Iterator
from math import inf
from typing import NamedTuple

from smartkpi.measure import aggregate, levels
from smartkpi.measure.aggregate import LATELY, WEEK
from smartkpi.measure.chance import Prospect, Way, cells_of, without_spike
from smartkpi.measure.forecast import FOUR_WEEKS, SIXTEEN_WEEKS, Past
from smartkpi.measure.pace import Case, flows_of, window_first
from smartkpi.measure.sources import label
from smartkpi.measure.status import CHANCES, HOLD, by_chance
from smartkpi.model.assessment import Assessment, Pace
from smartkpi.model.explained import Figure
from smartkpi.model.goal import Form
from smartkpi.model.metric import Kind
from smartkpi.model.series import BY_HAND, Series

Numbers = list[tuple[str, float]]


class Seen(NamedTuple):
    """A goal on its judged day with all that its judgement looked at; `prospect` is None where nothing is foreseen."""

    case: Case
    judged: Assessment
    pace: Pace
    prospect: Prospect | None


def explained(seen: Seen) -> tuple[Figure, ...]:
    """Every figure that can be told, in the order in which one rests on the other."""
    return tuple(figure for part in PARTS for figure in part(seen))


def _now(seen: Seen) -> Iterator[Figure]:
    if seen.pace.actual is not None:
        yield from NOW[seen.case.goal.form](seen)


def _sum(seen: Seen) -> Iterator[Figure]:
    goal, day = seen.case.goal, seen.case.day
    for series in seen.case.inputs.main:
        yield _sum_of(seen, "sum", series, goal.start, day)


def _sum_of(seen: Seen, code: str, series: Series, first: int, last: int, sign: int = 1) -> Figure:
    stated = aggregate.stated(series, first, last)
    numbers = [("total", sum(stated) * sign), ("days", len(stated)), ("first", first), ("last", last)]
    return Figure(code, tuple(numbers), _whose(seen, series))


def _whose(seen: Seen, series: Series) -> str:
    """The account, where there are several; else the metric, where its numbers are of several."""
    every = seen.case.inputs.all
    if len({each.account.uid for each in every}) > 1:
        return label(series.account)
    return series.key.metric if len({each.key.metric for each in every}) > 1 else ""


def _level(seen: Seen) -> Iterator[Figure]:
    """Exported or recorded levels as they stand; those that are worked back with the total and the flows since."""
    case = seen.case
    for series in case.inputs.main:
        found = next(reversed(list(aggregate.days_of(series, series.first_day, case.day))), None)
        if found is not None:
            yield Figure("level", (("level", found[1]), ("day", found[0])), _whose(seen, series))
    if case.inputs.gains and (anchor := levels.calculated_from(case.inputs, case.goal, case.day)) is not None:
        now = levels.worked_back(case.inputs, case.goal, case.day)
        changed = levels.change(case.inputs, anchor[0], case.day)
        numbers: Numbers = [("day", anchor[0]), ("total", anchor[1]), ("changed", changed), ("last", case.day)]
        if now is not None:  # between two totals they differ by what the flows lack of the later one
            numbers += [("level", now), ("shared", now - anchor[1] - changed)]
        yield Figure("worked back", tuple(numbers))
    if case.goal.baseline is None and seen.pace.actual is not None:
        numbers = [("gained", seen.pace.actual), ("first", case.goal.start), ("last", case.day)]
        yield Figure("gained", (*numbers, *_gained_from(case)))


def _gained_from(case: Case) -> Numbers:
    """The level that a gain is measured from, where one account states it."""
    if case.inputs.gains or len(case.inputs.main) != 1 or case.day < case.goal.start:
        return []
    (series,), eve = case.inputs.main, case.goal.start - 1
    before = list(aggregate.days_of(series, series.first_day, eve))[-1:]
    known = before or list(aggregate.days_of(series, case.goal.start, case.day))[:1]
    return [number for day, value in known for number in (("was", value), ("on", float(day)))]


def _of_days(seen: Seen) -> Iterator[Figure]:
    """A ratio or a mean of the days of its window, or of the whole period where it is to be kept."""
    case = seen.case
    first = case.goal.start if case.goal.form is Form.KEEP else window_first(case.goal, case.day)
    span: Numbers = [("first", first), ("last", case.day)]
    if case.inputs.numerator:
        above, below, days = aggregate.parts(case.inputs, first, case.day)
        yield Figure("ratio", (("above", above), ("below", below), ("days", days), *span))
    elif case.metric.kind is Kind.RATIO:
        yield Figure("weighted" if case.inputs.weight else "as stated", tuple(span))
    else:
        for series in case.inputs.main:
            stated = aggregate.stated(series, first, case.day)
            yield Figure("mean", (("total", sum(stated)), ("days", len(stated)), *span), _whose(seen, series))


def _kept(seen: Seen) -> Iterator[Figure]:
    if seen.case.metric.kind is Kind.RATIO:
        yield from _of_days(seen)
    else:
        span = ("first", seen.case.goal.start), ("last", seen.case.day)
        yield Figure("worst day", (("level", seen.pace.actual or 0.0), *span))


def _periods(seen: Seen) -> Iterator[Figure]:
    goal, pace = seen.case.goal, seen.pace
    if pace.periods_gone is not None and pace.periods_met is not None:
        numbers = [("met", pace.periods_met), ("gone", pace.periods_gone), ("target", goal.target)]
        numbers += [("share", goal.share)] if goal.form is Form.EACH else []
        yield Figure("periods", tuple(numbers))


def _begun(seen: Seen) -> Iterator[Figure]:
    goal, begun = seen.case.goal, seen.judged.baseline
    if begun is not None:
        on = () if goal.baseline_day is None else (("day", goal.baseline_day),)
        yield Figure("began at", (("value", begun), *on), "kept" if goal.baseline is not None else "read")


def _way(seen: Seen) -> Iterator[Figure]:
    """Progress, what the plan expects, and by how much the value differs from it, in numbers and in days."""
    goal, pace = seen.case.goal, seen.pace
    if pace.actual is None or pace.expected is None or goal.form in (Form.KEEP, Form.EACH):
        return
    begun = 0.0 if goal.form is Form.TOTAL else seen.judged.baseline or 0.0
    way: Numbers = [("begun", begun), ("target", goal.target), ("actual", pace.actual)]
    if pace.progress is not None:
        yield Figure("progress", (*way, ("progress", pace.progress)))
    yield Figure("expected", (*way, ("expected", pace.expected), *_gone(seen)), _shape(seen))
    if pace.gap is not None:
        yield Figure("gap", (("actual", pace.actual), ("expected", pace.expected), ("gap", pace.gap)))
    if pace.days_ahead is not None:
        yield Figure("days ahead", (("actual", pace.actual), ("ahead", pace.days_ahead), ("day", pace.day)))


def _gone(seen: Seen) -> Numbers:
    """How many days of the plan are over, of how many; paused ones are none."""
    planned, goal = seen.judged.plan, seen.case.goal
    if planned is None:
        return []
    place = min(max(seen.pace.day - goal.start + 1, 0), goal.days)
    return [("gone", planned.clock[place]), ("days", planned.clock[-1]), ("milestones", len(goal.milestones))]


def _shape(seen: Seen) -> str:
    return seen.judged.plan.shape if seen.judged.plan else ""


def _lately(seen: Seen) -> Iterator[Figure]:
    case, pace = seen.case, seen.pace
    if pace.run_rate is None:
        return
    if case.metric.kind is Kind.FLOW:
        yield from (_rate_of(seen, series, 1) for series in flows_of(case))
        return
    if case.goal.rests(case.day - LATELY + 1, case.day):
        return  # without the steps of paused days no two levels tell it
    is_told = levels.told_rate(case.inputs, case.day) is not None
    for series in (*case.inputs.main, *(case.inputs.anchors if is_told else ())):
        if (ends := levels.lately(series, case.day)) is not None:
            (then, was), (last, now) = ends
            numbers = (("was", was), ("now", now), ("first", then), ("last", last))
            yield Figure("lately by levels", numbers, _whose(seen, series))
    if not is_told:
        yield from (_rate_of(seen, flow, sign) for flow, sign in case.inputs.gains)


def _once(seen: Seen) -> Iterator[Figure]:
    """What of late happened once: the chance, and the words, go by the pace without it."""
    yield from (Figure("once", r.numbers, r.text) for r in seen.judged.reasons if r.code == "once")


def _rate_of(seen: Seen, series: Series, sign: int) -> Figure:
    """What a flow brings a week; those who leave count with a minus."""
    day = seen.case.day
    last = day if series.full_through is None else min(day, series.full_through)
    if series.key.report != BY_HAND:
        return _sum_of(seen, "lately", series, last - LATELY + 1, last, sign)
    mean = aggregate.mean_day(series, last)
    return Figure("lately by hand", (("rate", (mean or 0.0) * WEEK * sign),), _whose(seen, series))


def _needed(seen: Seen) -> Iterator[Figure]:
    goal, pace = seen.case.goal, seen.pace
    if pace.required_rate is None or pace.actual is None or goal.form is Form.EACH or not seen.case.remaining:
        return
    left = pace.required_rate * seen.case.remaining / WEEK
    days = next((reason for reason in seen.judged.reasons if reason.code == "days missing"), None)
    brought = 0.0 if days is None else dict(days.numbers).get("brought", 0.0)
    numbers = (("left", left), ("days", seen.case.remaining), ("rate", pace.required_rate), ("brought", brought))
    yield Figure("needed", (*numbers, ("target", goal.target), ("actual", pace.actual)))


def _foreseen(seen: Seen) -> Iterator[Figure]:
    """What was seen of late, what it says of the days to come, and so of the end."""
    likely, prospect = seen.judged.forecast, seen.prospect
    if likely is None or prospect is None:
        return
    way, outlook = prospect.way, prospect.outlook
    daily: Numbers = [("noise", outlook.noise), ("data", len(way.past.values)), ("last", way.past.last)]
    yield Figure("of late", (*_of_late(seen.case, way), *daily), way.kind)
    low, mid, high = (outlook.mean(share) for share in (0.1, 0.5, 0.9))
    to_come: Numbers = [("days", way.counted), ("low", low), ("mid", mid), ("high", high)]
    if seen.judged.season != 1.0:
        to_come.append(("season", seen.judged.season))
    if (own := seen.judged.own) is not None and own.factor != 1.0:
        to_come += [("own", own.factor), ("looks", own.looks)]
    yield Figure("to come", tuple(to_come), way.kind)
    ends: Numbers = [("known", way.known), ("weight", way.weight), ("whole", way.whole)]
    if seen.case.goal.form is Form.TOTAL and way.known > (seen.pace.actual or 0.0):
        ends.append(("supposed", way.known - (seen.pace.actual or 0.0)))
    yield Figure("likely", (*ends, ("low", likely.low), ("mid", likely.mid), ("high", likely.high)), way.kind)
    needed = way.needed(seen.case.goal.target)
    asked = () if abs(needed) == inf else (("needed", needed),)
    yield Figure("chance", (("chance", likely.chance), *asked, ("target", seen.case.goal.target)), way.kind)


def _of_late(case: Case, way: Way) -> Numbers:
    """The mean day of the last one, four and sixteen weeks; of a ratio total over total, though the chance looks at
    its days one by one."""
    spans = [("week", WEEK), ("month", FOUR_WEEKS), ("season", SIXTEEN_WEEKS)]
    if way.kind != "ratio":
        past = Past(way.past.values, way.past.last, way.past.whole)
        values = without_spike(past, case.goal.form)[0].values
        return [(name, sum(values[-days:]) / days) for name, days in spans if len(values) >= days]
    cells = cells_of(case, case.day - SIXTEEN_WEEKS + 1)
    sums = [(name, [cell for day, cell in cells.items() if day > case.day - days]) for name, days in spans]
    known = [(name, sum(c.above for c in found), sum(c.below for c in found)) for name, found in sums]
    return [(name, above / below) for name, above, below in known if below]


def _status(seen: Seen) -> Iterator[Figure]:
    """Which span of chances gives the status, and whether the one of a week before held it."""
    likely, before, status = seen.judged.forecast, seen.judged.before, seen.judged.status
    if likely is None or status not in CHANCES:
        return
    least, below = CHANCES[status]
    numbers: Numbers = [("chance", likely.chance), ("least", max(least, 0.0)), ("below", min(below, 1.0))]
    held = by_chance(likely.chance) is not status
    if held and before is not None and before.chance is not None:
        numbers += [("before", before.chance), ("day", before.day), ("hold", HOLD)]
    yield Figure("status", tuple(numbers), status.value)


NOW: dict[Form, Callable[[Seen], Iterator[Figure]]] = {
    Form.TOTAL: _sum,
    Form.GROWTH: _level,
    Form.RATE: _of_days,
    Form.KEEP: _kept,
    Form.EACH: lambda seen: iter(()),
    Form.TYPICAL_DAY: _of_days,
}
PARTS: tuple[Callable[[Seen], Iterator[Figure]], ...] = (
    _now, _periods, _begun, _way, _lately, _once, _needed, _foreseen, _status,
)  # fmt: skip
