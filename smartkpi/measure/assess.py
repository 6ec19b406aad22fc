"""A goal and what is stored become an assessment: the one way that every screen goes."""

from collections.abc import Mapping, Sequence

from smartkpi.measure import aggregate
from smartkpi.measure.pace import Case, baseline, pace, window_value
from smartkpi.measure.sources import Ambiguity, Inputs, inputs
from smartkpi.measure.status import Facts, judge
from smartkpi.model.assessment import Assessment, Pace, Reason, Source, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.series import Series

HISTORY = 120  # days before a goal's start that its judgement may look at


def first_day_read(goals: Sequence[Goal], as_of: int) -> int:
    """The first day that judging `goals` can need."""
    return min((goal.start for goal in goals), default=as_of) - HISTORY


def assess(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series], as_of: int
) -> Assessment:
    """Judge `goal` on the earliest last full day of all that it reads; `stored` may hold other goals' series too."""
    found = inputs(goal, metric, metrics, stored)
    if isinstance(found, Ambiguity):
        reason = Reason(f"which {found.what}", text=", ".join(found.choices))
        return _unjudged(goal, metric, Facts(goal, as_of, None, None, reason), ())
    day = judged_day(found, goal)
    if day is None:
        return _unjudged(goal, metric, Facts(goal, as_of, None, None, _why_not(found, metric)), found.all)
    case = Case(goal, metric, found, day)
    facts = _facts(case, pace(case), as_of)
    status, reason = judge(facts)
    return Assessment(
        goal=goal,
        metric=metric,
        status=status,
        reasons=(reason,),
        pace=facts.pace,
        as_of=as_of,
        unit=goal.unit or _unit(found),
        data_to=day,
        sources=_sources(found.all),
        baseline=facts.baseline,
        calculated_from=aggregate.anchor_for(found, goal, day) if found.gains else None,
    )


def judged_day(found: Inputs, goal: Goal) -> int | None:
    """The earliest last full day of all series that the goal reads, never after the deadline."""
    days = [series.full_through for series in found.judged]
    known = [day for day in days if day is not None]
    return min(*known, goal.deadline) if known and len(known) == len(days) else None


def _facts(case: Case, paced: Pace, as_of: int) -> Facts:
    judged = case.inputs.judged
    return Facts(
        goal=case.goal,
        as_of=as_of,
        case=case,
        pace=paced,
        why_not=None,
        baseline=_baseline(case),
        days_of_data=_days_of_data(case),
        cadence=max(series.cadence for series in judged),
        lag=max(series.lag for series in judged),
    )


def _baseline(case: Case) -> float | None:
    return None if case.goal.form is Form.KEEP else baseline(case)


def _days_of_data(case: Case) -> int:
    """A level stated now and then speaks for the days between."""
    if case.goal.form is Form.GROWTH and case.inputs.main:
        return min(case.day - series.first_day - _unknown(series) + 1 for series in case.inputs.main)
    return aggregate.days_of_data(case.inputs.judged, case.day)


def _unknown(series: Series) -> int:
    return next((i for i, value in enumerate(series.values) if value is not None), len(series.values))


def _why_not(found: Inputs, metric: Metric) -> Reason | None:
    if found.all:
        return Reason("nothing final yet")
    return Reason("nothing imported", text=metric.id)


def _unjudged(goal: Goal, metric: Metric, facts: Facts, series: Sequence[Series]) -> Assessment:
    status, reason = judge(facts)
    assert status in (Status.UPCOMING, Status.NO_DATA), "without data nothing else can be said"
    return Assessment(
        goal=goal,
        metric=metric,
        status=status,
        reasons=(reason,),
        pace=None,
        as_of=facts.as_of,
        unit=goal.unit,
        data_to=None,
        sources=_sources(series),
        baseline=goal.baseline,
    )


def _unit(found: Inputs) -> str:
    return next((s.key.unit for s in found.numerator or found.main if s.key.unit), "")


def _sources(series: Sequence[Series]) -> tuple[Source, ...]:
    return tuple(
        Source(
            s.account.platform,
            s.account.name,
            s.key.report,
            s.key.metric,
            s.last_day,
            s.full_through,
            s.batch,
            s.file,
        )
        for s in series
    )


def begins_at(goal: Goal, metric: Metric, found: Inputs, as_of: int) -> tuple[float, int] | None:
    """(value, day) that the way of a new goal begins at: the last one before its start; None where nobody states it."""
    day = judged_day(found, goal)
    if day is None:
        return None
    last = min(day, goal.start - 1, as_of)
    case = Case(goal, metric, found, last)
    value = aggregate.level(found, goal, last) if goal.form is Form.GROWTH else window_value(case, last)
    return None if value is None else (value, last)
