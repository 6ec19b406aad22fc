"""How a goal came to where it stands: its value on every day from its start to the judged one."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite

from smartkpi.measure import aggregate, levels
from smartkpi.measure.assess import read, unpaused
from smartkpi.measure.pace import Case, level_on, window_value
from smartkpi.measure.sources import Ambiguity
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import Series, Totals

Point = tuple[int, float]


def course(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    day: int,
    *,
    totals: Sequence[Totals] = (),
) -> tuple[Point, ...]:
    """(day, value) up to `day`, the judged one, without the days of which nobody can tell; () for `each`.

    `stored` and `totals` are what `assess` reads. A level that is to be kept is shown day by day, not at its worst.
    """
    found, _ = read(goal, metric, metrics, stored, day, totals=totals)
    if isinstance(found, Ambiguity) or goal.form not in VALUES:
        return ()
    found, value_on = unpaused(found, goal), VALUES[goal.form]
    known = ((each, value_on(Case(goal, metric, found, each))) for each in range(goal.start, day + 1))
    return tuple((each, value) for each, value in known if value is not None and isfinite(value))


def _total(case: Case) -> float | None:
    return aggregate.total(case.inputs.main, case.goal.start, case.day)


def _growth(case: Case) -> float | None:
    return level_on(case, case.day)


def _window(case: Case) -> float | None:
    return window_value(case, case.day)


def _kept(case: Case) -> float | None:
    if case.metric.kind is Kind.RATIO:
        return aggregate.ratio(case.inputs, case.metric, case.goal.start, case.day)
    return levels.level(case.inputs, case.goal, case.day)


VALUES: dict[Form, Callable[[Case], float | None]] = {
    Form.TOTAL: _total,
    Form.GROWTH: _growth,
    Form.RATE: _window,
    Form.TYPICAL_DAY: _window,
    Form.KEEP: _kept,
}
