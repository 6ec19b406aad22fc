"""Where each form of goal stands on the judged day, and where it ends if the last 28 days go on (DESIGN.md §4)."""

from collections.abc import Callable, Sequence
from itertools import chain
from math import inf
from typing import NamedTuple, TypedDict

from smartkpi.measure import aggregate, levels, plan, recorded
from smartkpi.measure.aggregate import WEEK
from smartkpi.measure.season import NONE, Season
from smartkpi.measure.sources import Inputs
from smartkpi.model.assessment import Pace, Plan
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import week_start
from smartkpi.model.repeating import first_of, is_counted, last_of, periods_in
from smartkpi.model.series import BY_HAND, Series


class Case(NamedTuple):
    """One goal with the series that it reads, on the day that is judged."""

    goal: Goal
    metric: Metric
    inputs: Inputs
    day: int
    plan: Plan | None = None  # None: made when it is asked for

    @property
    def remaining(self) -> int:
        """Days from the judged day to the deadline, without those on which it is paused."""
        return self.goal.days_left(self.day)


class Certainty(TypedDict):
    """What is to be said of a level that is worked back."""

    at_most: bool
    days_missing: int


def pace(case: Case) -> Pace:
    """Where the goal stands; every figure that cannot be told is None."""
    return FORMS[case.goal.form](case)


def baseline(case: Case) -> float | None:
    """Where the way of a rate or a level begins: what the goal stores, else the rate's last value before its start."""
    goal = case.goal
    if goal.baseline is not None or not goal.form.has_window:
        return goal.baseline
    before = window_value(case, goal.start - 1)
    return None if before == inf else before


def plan_of(case: Case, season: Season = NONE) -> Plan | None:
    """The path to the target; None where the form has none, where nobody knows where it begins, and where that is
    beyond the target: then there is no way to measure."""
    goal = case.goal
    if goal.form.has_pace:
        begun = 0.0 if goal.form is Form.TOTAL else goal.baseline or 0.0
        return plan.plan(goal, begun, case.inputs.main, case.day, season)
    begun_at = baseline(case) if goal.form.has_window else None
    if begun_at is None or goal.direction.reached(begun_at, goal.target):
        return None
    return plan.plan(goal, begun_at)


def window_first(goal: Goal, last: int) -> int:
    """The first day of the goal's window that ends on `last`: paused days are not among its days."""
    first = last - goal.window + 1
    while short := first + goal.window - 1 + goal.rests(first, last) - last:
        first -= short
    return first


def window_days(case: Case, last: int) -> int:
    """On how many days of the goal's window that ends on `last` its value rests."""
    return aggregate.days_in(case.inputs, window_first(case.goal, last), last)


def window_value(case: Case, last: int) -> float | None:
    """The ratio or the typical day of the goal's window that ends on `last`."""
    first = window_first(case.goal, last)
    if case.metric.kind is Kind.RATIO:
        return aggregate.ratio(case.inputs, case.metric, first, last)
    return aggregate.typical_day(case.inputs.main, last, last - first + 1)


def _way(case: Case, actual: float | None) -> Pace:
    """A value against the plan: what a limit allows is a plan too."""
    goal, planned = case.goal, case.plan or plan_of(case)
    if planned is None or actual is None:
        return Pace(case.day, actual, planned and planned.at(case.day), None, None, None, None, None)
    begun, should, good = planned.course[0], planned.at(case.day), goal.direction.sign
    way = goal.target - begun
    ahead = planned.days_ahead(actual, case.day) if way else None
    return Pace(
        day=case.day,
        actual=actual,
        expected=should,
        progress=(actual - begun) / way if way else None,
        gap=(actual - should) * good,
        days_ahead=-ahead if ahead and way * good < 0 else ahead,
        run_rate=None,
        required_rate=None,
    )


def _total(case: Case) -> Pace:
    actual = aggregate.total(case.inputs.main, case.goal.start, case.day)
    rate = aggregate.daily_rate(flows_of(case), case.day)
    return _way(case, actual)._replace(
        run_rate=None if rate is None else rate * WEEK,
        required_rate=_left(case, actual) / case.remaining * WEEK if case.remaining else None,
    )


def _left(case: Case, actual: float) -> float:
    """What a sum lacks, or a limit leaves: what the days that nobody states probably brought is there, or spent."""
    if days := missing(case):
        from smartkpi.measure.chance import of_missing  # it rests on this module

        actual += of_missing(case, days)[0]
    return max(case.goal.target - actual, 0.0)


def _growth(case: Case) -> Pace:
    goal = case.goal
    actual = level_on(case, case.day)
    rate = level_rate(case)
    if actual is None:
        return _way(case, None)
    return _way(case, actual)._replace(
        run_rate=None if rate is None else rate * WEEK,
        required_rate=(goal.target - actual) / case.remaining * WEEK if case.remaining else None,
        **_certainty(case),
        between=_between(case, actual),
    )


def flows_of(case: Case) -> Sequence[Series]:
    """The flows that it adds up, without paused days: what they bring of late."""
    if not case.goal.pauses:
        return case.inputs.main
    from smartkpi.measure.resting import blank  # few goals are paused, and `status` pays for every import

    return [blank(series, case.goal) for series in case.inputs.main]


def level_rate(case: Case) -> float | None:
    """The change of a mean day of the last four weeks, without the paused days among them."""
    goal, last = case.goal, case.day
    first = last - aggregate.LATELY + 1
    if not goal.rests(first, last):
        return levels.level_rate(case.inputs, last)
    known = min((aggregate.days_known(series, last) for series in case.inputs.judged), default=0)
    first = max(first, last - known + (2 if case.inputs.main else 1))  # a level tells its steps after its first day
    days = [day for day in range(first, last + 1) if goal.pause_on(day) is None]
    gains = [levels.gained(case.inputs, goal._replace(start=day), day) for day in days]
    found = [gain for gain in gains if gain is not None]
    return sum(found) / len(found) if found and len(found) == len(gains) else None


def _certainty(case: Case) -> Certainty:
    """Whether a level is an upper bound; across days that nobody states it is none, they may have brought anybody."""
    unknown = len(missing(case)) if case.inputs.gains else 0
    return {
        "at_most": not unknown and levels.is_upper_bound(case.inputs, case.goal, case.day),
        "days_missing": unknown,
    }


def _between(case: Case, actual: float) -> tuple[float, float] | None:
    """What the level, or the gain, may be at least and at most where it lies between two totals."""
    lower, higher = levels.slack(case.inputs, case.goal, case.day)
    if case.goal.baseline is None and case.day < case.goal.start:
        return None
    if case.goal.baseline is None:
        below, above = levels.slack(case.inputs, case.goal, case.goal.start - 1)
        lower, higher = lower + above, higher + below
    return (actual - lower, actual + higher) if lower or higher else None


def level_on(case: Case, day: int) -> float | None:
    """The level; what was gained since the start where the goal has no baseline."""
    of = levels.gained if case.goal.baseline is None else levels.level
    return of(case.inputs, case.goal, day)


def reached_since(case: Case) -> int:
    """The day since which a level that is at its target on the judged day has stayed there."""
    day = case.day
    while day > case.goal.start and _there(case, day - 1):
        day -= 1
    return day


def _there(case: Case, day: int) -> bool:
    value = level_on(case, day)
    return value is not None and case.goal.direction.reached(value, case.goal.target)


def _window(case: Case) -> Pace:
    """Rates and typical days: the window that ends on the judged day; if nothing changes it stays as it is."""
    actual = window_value(case, case.day)
    return _way(case, None if actual == inf else actual)._replace(actual=actual)


def _keep(case: Case) -> Pace:
    goal = case.goal
    actual = _kept(case, goal.start, case.day)
    inside = [goal.direction.reached(v, goal.target) for _, _, v in kept_weeks(case) if v is not None]
    return Pace(
        day=case.day,
        actual=actual,
        expected=goal.target,
        progress=sum(inside) / len(inside) if inside else None,
        gap=None if actual is None else (actual - goal.target) * goal.direction.sign,
        days_ahead=None,
        run_rate=None,
        required_rate=None,
        **_certainty(case),
        between=_kept_between(case),
        periods_met=sum(inside),
        periods_gone=len(inside),
    )


def _kept(case: Case, first: int, last: int) -> float | None:
    """A ratio total over total; of a level the worst day, since one bad day breaks the promise."""
    if case.metric.kind is Kind.RATIO:
        return aggregate.ratio(case.inputs, case.metric, first, last)
    days = (day for day in range(first, last + 1) if case.goal.pause_on(day) is None)
    found = [v for day in days if (v := levels.level(case.inputs, case.goal, day)) is not None]
    return _worst(case.goal)(found) if found else None


def _worst(goal: Goal) -> Callable[[Sequence[float]], float]:
    return min if goal.direction is Direction.UP else max


def _kept_between(case: Case) -> tuple[float, float] | None:
    """What the worst day may have been at least and at most, where days lie between two totals."""
    if len(levels.anchors(case.inputs)) < 2:
        return None
    lows, highs = [], []
    for day in range(case.goal.start, case.day + 1):
        if (value := levels.level(case.inputs, case.goal, day)) is not None:
            lower, higher = levels.slack(case.inputs, case.goal, day)
            lows.append(value - lower)
            highs.append(value + higher)
    ends = (_worst(case.goal)(lows), _worst(case.goal)(highs)) if lows else (0.0, 0.0)
    return ends if ends[0] != ends[1] else None


def kept_weeks(case: Case) -> list[tuple[int, int, float | None]]:
    """(first day, last day, value) of each week of the period that is over; without spend or visits it is no week."""
    mondays = range(week_start(case.goal.start), case.day - WEEK + 2, WEEK)
    weeks = ((max(monday, case.goal.start), monday + WEEK - 1) for monday in mondays)
    return [(*week, _kept(case, *week)) for week in weeks if not _is_inside_a_total(case, *week)]


def _is_inside_a_total(case: Case, first: int, last: int) -> bool:
    """Whether a total of a range reaches beyond the week: what of it falls on the week nobody knows."""
    ranges = {span for series in case.inputs.judged for span in series.ranges}
    return any(begin < first <= end or begin <= last < end for begin, end in ranges)


def _each(case: Case) -> Pace:
    goal = case.goal
    first, last = first_of(goal.every, case.day), last_of(goal.every, case.day)
    begun, kept = max(first, goal.start), _by_period(case)
    is_known = not recorded.reaches_beyond(kept.records, begun, last)
    running = aggregate.total(kept.main, begun, case.day) if is_known else None
    met = periods_of(case)
    rate = aggregate.daily_rate(flows_of(case), case.day)
    return Pace(
        day=case.day,
        actual=running,
        expected=goal.target,
        progress=sum(met) / len(met) if met else None,
        gap=None,
        days_ahead=None,
        run_rate=None if rate is None else rate * WEEK,
        required_rate=_each_needs(case, running, last),
        periods_met=sum(met),
        periods_gone=len(met),
    )


def _each_needs(case: Case, running: float | None, last: int) -> float:
    """A week: what is asked for; of a month what it still needs, or leaves, on its days to come, else the next one."""
    goal, left = case.goal, last - case.day
    if goal.every == "week":
        return goal.target
    if left and running is not None and is_counted(goal, case.day):
        return max(goal.target - running, 0.0) / left * WEEK
    return goal.target / (last_of(goal.every, last + 1) - last) * WEEK


class ByPeriod(NamedTuple):
    """The flows with each number kept by hand in the week, or month, that it is of; and these numbers."""

    main: tuple[Series, ...]
    records: tuple[recorded.Record, ...]


def periods_of(case: Case) -> list[bool]:
    """Whether each week, or month, that is over on the judged day met the target; not those that nobody can tell."""
    over, kept = [(first, last) for first, last in periods_in(case.goal) if last <= case.day], _by_period(case)
    return [met for first, last in over if (met := _is_met(case, kept, first, last)) is not None]


def _is_met(case: Case, kept: ByPeriod, first: int, last: int) -> bool | None:
    """Days that are missing can only add: a target that was reached without them is met, a limit exceeded is lost."""
    goal, main = case.goal, kept.main
    if recorded.reaches_beyond(kept.records, first, last):
        return None
    made = aggregate.total(main, first, last)
    met = goal.direction.reached(made, goal.target)
    if _is_known(main, first, last):
        return met
    decided = made > goal.target if goal.direction is Direction.DOWN else met
    return met if decided and not case.metric.net else None


def _by_period(case: Case) -> ByPeriod:
    """What came after the deadline may still be of the last week, or month."""
    goal, usual = case.goal, WEEK if case.goal.every == "week" else recorded.MONTH
    main: list[Series] = []
    records: list[recorded.Record] = []
    for series in case.inputs.main:
        if series.key.report == BY_HAND:
            until = (series.last_day or 0) if case.day >= goal.deadline else case.day
            known = recorded.spoken_for(series, goal.start, until, usual)
            series, records = recorded.centred(series, known), [*records, *known]
        main.append(series)
    return ByPeriod(tuple(main), tuple(records))


def _is_known(main: Sequence[Series], first: int, last: int) -> bool:
    if not all(aggregate.is_whole(series, first, last) for series in main):
        return False
    return any(series.key.report != BY_HAND or aggregate.stated(series, first, last) for series in main)


def missing(case: Case) -> list[int]:
    """The days of the goal's period, up to the judged one, of which a part of what it adds up is not stated; of a level
    that is worked back, the days from the total that it is worked back from."""
    goal, found = case.goal, case.inputs
    if goal.form is Form.GROWTH:
        return levels.unknown_flows(found, goal, case.day)
    flows = tuple(flow for flow, _ in found.gains)
    if case.metric.kind is Kind.FLOW:
        flows += found.main
    elif goal.form is Form.KEEP:
        flows += found.numerator + found.denominator
    last = min((case.day, *(flow.full_through for flow in flows if flow.full_through is not None)))
    days = aggregate.missing_days(flows, goal.start, last)
    if goal.form is Form.KEEP and case.metric.kind is Kind.LEVEL:
        ways = (levels.unknown_from_total(found, goal, day) for day in (goal.start, case.day))
        days = sorted({*days, *aggregate.unknown_levels(found, goal.start, case.day), *chain(*ways)})
    return days if goal.form is not Form.KEEP else [day for day in days if goal.pause_on(day) is None]


FORMS: dict[Form, Callable[[Case], Pace]] = {
    Form.TOTAL: _total,
    Form.GROWTH: _growth,
    Form.RATE: _window,
    Form.KEEP: _keep,
    Form.EACH: _each,
    Form.TYPICAL_DAY: _window,
}
