"""Where each form of goal stands on the judged day, and where it ends if the last 28 days go on (DESIGN.md §4)."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from smartkpi.measure import aggregate, plan
from smartkpi.measure.aggregate import LATELY, WEEK
from smartkpi.measure.sources import Inputs
from smartkpi.model.assessment import Pace
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import week_start


@dataclass(frozen=True, slots=True)
class Case:
    """One goal with the series that it reads, on the day that is judged."""

    goal: Goal
    metric: Metric
    inputs: Inputs
    day: int

    @property
    def remaining(self) -> int:
        """Days from the judged day to the deadline."""
        return self.goal.deadline - max(self.day, self.goal.start - 1)


def pace(case: Case) -> Pace:
    """Where the goal stands; every figure that cannot be told is None."""
    return FORMS[case.goal.form](case)


def baseline(case: Case) -> float | None:
    """Where the way began: what the goal stores, else the last value before its start."""
    goal = case.goal
    if goal.baseline is not None or goal.form in (Form.TOTAL, Form.EACH, Form.KEEP):
        return goal.baseline if goal.form is not Form.TOTAL else goal.baseline or 0.0
    if goal.form is Form.GROWTH:
        return 0.0  # measured from the start: a gain of a level that nobody has stated
    return window_value(case, goal.start - 1)


def window_value(case: Case, last: int) -> float | None:
    """The ratio or the typical day of the goal's window that ends on `last`."""
    if case.metric.kind is Kind.RATIO:
        return aggregate.ratio(case.inputs, last - case.goal.window + 1, last)
    return aggregate.typical_day(case.inputs.main, last, case.goal.window)


def _total(case: Case) -> Pace:
    goal = case.goal
    actual = aggregate.total(case.inputs.main, goal.start, case.day)
    rate = aggregate.daily_rate(case.inputs.main, case.day)
    good = goal.direction.sign
    ahead = plan.days_ahead(goal, 0.0, actual, case.day)
    should = plan.expected(goal, 0.0, case.day)
    return Pace(
        day=case.day,
        actual=actual,
        expected=should,
        progress=plan.progress(goal, 0.0, actual),
        gap=(actual - should) * good,
        days_ahead=None if ahead is None else ahead * good,
        run_rate=None if rate is None else rate * WEEK,
        required_rate=max(goal.target - actual, 0.0) / case.remaining * WEEK if case.remaining else None,
        projected=None if rate is None else actual + rate * case.remaining,
    )


def _growth(case: Case) -> Pace:
    goal, inputs = case.goal, case.inputs
    begun = baseline(case) or 0.0
    actual = _level_on(case, case.day)
    rate = _level_rate(case)
    upward = 1 if goal.target >= begun else -1
    should = plan.expected(goal, begun, case.day)
    return Pace(
        day=case.day,
        actual=actual,
        expected=should,
        progress=None if actual is None else plan.progress(goal, begun, actual),
        gap=None if actual is None else (actual - should) * upward,
        days_ahead=None if actual is None else plan.days_ahead(goal, begun, actual, case.day),
        run_rate=None if rate is None else rate * WEEK,
        required_rate=None if actual is None or not case.remaining else (goal.target - actual) / case.remaining * WEEK,
        projected=None if actual is None or rate is None else actual + rate * case.remaining,
        at_most=inputs.upper_bound and not _confirmed(case),
    )


def _level_on(case: Case, day: int) -> float | None:
    """The level, or what was gained since the start where the goal has no baseline."""
    goal, inputs = case.goal, case.inputs
    if goal.baseline is not None:
        return aggregate.level(inputs, goal, day)
    if inputs.gains:
        return aggregate.change(inputs, goal.start - 1, max(day, goal.start - 1))
    now, before = aggregate.level(inputs, goal, day), aggregate.level(inputs, goal, goal.start - 1)
    if before is None:
        before = _first_level(case)
    return None if now is None or before is None else now - before


def _first_level(case: Case) -> float | None:
    firsts = [aggregate.stated(s, case.goal.start, case.goal.deadline) for s in case.inputs.main]
    return sum(found[0] for found in firsts) if firsts and all(firsts) else None


def _level_rate(case: Case) -> float | None:
    """The change of a mean day among the last 28."""
    inputs, day = case.inputs, case.day
    if inputs.gains:
        rates = [(aggregate.daily_rate((flow,), day), sign) for flow, sign in inputs.gains]
        return sum(r * sign for r, sign in rates if r is not None) if any(r is not None for r, _ in rates) else None
    span = min((day - s.first_day - _leading_gap(s.values) for s in inputs.main), default=0)
    span = min(span, LATELY)
    now, before = aggregate.level(inputs, case.goal, day), aggregate.level(inputs, case.goal, day - span)
    return (now - before) / span if span > 0 and now is not None and before is not None else None


def _leading_gap(values: tuple[float | None, ...]) -> int:
    return next((i for i, v in enumerate(values) if v is not None), len(values))


def _confirmed(case: Case) -> bool:
    """Whether a total was recorded on or after the judged day: then the level is no mere upper bound."""
    anchor = aggregate.anchor_for(case.inputs, case.goal, case.goal.deadline)
    return bool(case.inputs.anchors) and anchor is not None and anchor[0] >= case.day


def _window(case: Case) -> Pace:
    """Rates and typical days: the window that ends on the judged day; if nothing changes it stays as it is."""
    goal = case.goal
    begun, actual = baseline(case), window_value(case, case.day)
    known = begun is not None and begun != inf
    should = plan.expected(goal, begun, case.day) if begun is not None and known else None
    share = plan.progress(goal, begun, actual) if begun is not None and known and actual is not None else None
    return Pace(
        day=case.day,
        actual=actual,
        expected=should,
        progress=share,
        gap=None if actual is None or should is None else (actual - should) * goal.direction.sign,
        days_ahead=None
        if share is None or begun is None or actual is None
        else plan.days_ahead(goal, begun, actual, case.day),
        run_rate=None,
        required_rate=None,
        projected=actual,
    )


def _keep(case: Case) -> Pace:
    goal = case.goal
    actual = _kept(case, goal.start, case.day)
    inside = [goal.direction.reached(v, goal.target) for v in _weekly(case) if v is not None]
    return Pace(
        day=case.day,
        actual=actual,
        expected=goal.target,
        progress=sum(inside) / len(inside) if inside else None,
        gap=None if actual is None else (actual - goal.target) * goal.direction.sign,
        days_ahead=None,
        run_rate=None,
        required_rate=None,
        projected=_kept_to_the_end(case, actual),
        weeks_met=sum(inside),
        weeks_gone=len(inside),
    )


def _kept(case: Case, first: int, last: int) -> float | None:
    """A ratio total over total; of a level the worst day, since one bad day breaks the promise."""
    if case.metric.kind is Kind.RATIO:
        return aggregate.ratio(case.inputs, first, last)
    levels = [v for day in range(first, last + 1) if (v := aggregate.level(case.inputs, case.goal, day)) is not None]
    worst = min if case.goal.direction is Direction.UP else max
    return worst(levels) if levels else None


def _weekly(case: Case) -> list[float | None]:
    """The value of each whole week of the period that is over; a week without spend or visits is no week."""
    first = week_start(case.goal.start)
    return [
        _kept(case, max(monday, case.goal.start), monday + WEEK - 1)
        for monday in range(first, case.day - WEEK + 2, WEEK)
    ]


def _kept_to_the_end(case: Case, actual: float | None) -> float | None:
    inputs, goal = case.inputs, case.goal
    if not inputs.numerator:
        return actual
    above, below = aggregate.parts(inputs, goal.start, case.day)
    more = aggregate.daily_rate(inputs.numerator, case.day) or 0.0
    among = aggregate.daily_rate(inputs.denominator, case.day) or 0.0
    above, below = above + more * case.remaining, below + among * case.remaining
    return above / below if below else (inf if above else None)


def _each(case: Case) -> Pace:
    goal = case.goal
    monday = week_start(case.day)
    running = aggregate.total(case.inputs.main, max(monday, goal.start), case.day)
    met = [goal.direction.reached(v, goal.target) for v in weeks_of(case)]
    rate = aggregate.daily_rate(case.inputs.main, case.day)
    return Pace(
        day=case.day,
        actual=running,
        expected=goal.target,
        progress=sum(met) / len(met) if met else None,
        gap=None,
        days_ahead=None,
        run_rate=None if rate is None else rate * WEEK,
        required_rate=goal.target,
        projected=None,
        weeks_met=sum(met),
        weeks_gone=len(met),
    )


def weeks_of(case: Case) -> list[float]:
    """The totals of the whole weeks (Monday to Sunday) inside the period that are over on the judged day."""
    return [aggregate.total(case.inputs.main, monday, monday + WEEK - 1) for monday in _mondays(case, case.day)]


def weeks_in_all(case: Case) -> int:
    """How many whole weeks the period has."""
    return len(_mondays(case, case.goal.deadline))


def _mondays(case: Case, last: int) -> range:
    first = week_start(case.goal.start + WEEK - 1)
    return range(first, last - WEEK + 2, WEEK)


FORMS: dict[Form, Callable[[Case], Pace]] = {
    Form.TOTAL: _total,
    Form.GROWTH: _growth,
    Form.RATE: _window,
    Form.KEEP: _keep,
    Form.EACH: _each,
    Form.TYPICAL_DAY: _window,
}
