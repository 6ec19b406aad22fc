"""What would have been said of a goal on its way, from the data of those days alone, and how it ended.

The same functions judge it that judge a goal of today; later days are cut off before they look.
"""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from smartkpi.measure import backtest
from smartkpi.measure.assess import assess
from smartkpi.measure.retro import moments
from smartkpi.model.assessment import Assessment, Forecast, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.score import Call, Scored
from smartkpi.model.series import Series

ENDS = {Status.ACHIEVED: True, Status.MISSED: False}


class Look(NamedTuple):
    """A goal as it was judged on a day of its way, and at its end with the target and deadline of that day."""

    judged: Assessment
    end: Assessment | None  # None: that deadline is still to come


def scored(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series]) -> Scored:
    """The calls of one goal that nobody edited, from its series alone."""
    end = assess(goal, metric, metrics, stored, goal.deadline, alone=True)
    days = [day for _, day in moments(goal, goal.deadline)]
    return weighed([Look(judged_on(goal, metric, metrics, stored, day), end) for day in days])


def judged_on(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series], day: int
) -> Assessment:
    """What `status` says on a day, by the chance alone: nothing later is known, and every day before as it stands
    now."""
    known = [_until(series, day) for series in stored if series.first_day <= day]
    own = backtest.own(goal, metric, metrics, known, day)
    return assess(goal, metric, metrics, known, day, own=own, alone=True)


def weighed(looks: Sequence[Look]) -> Scored:
    """One goal: its calls, or that nobody can tell how it ended."""
    calls, certain, too_early, untold = [], 0, 0, 0
    for judged, end in looks:
        if judged.status in ENDS or (judged.forecast is not None and judged.forecast.chance in (0.0, 1.0)):
            certain += 1
        elif judged.forecast is None:
            too_early += 1
        elif end is None or not _is_told(end):
            untold += 1
        else:
            calls.append(_call(judged, judged.forecast, _ended(end), ENDS[end.status]))
    if looks and not any(end is not None and _is_told(end) for _, end in looks):
        return Scored(goals=1, unknown=1)
    return Scored(tuple(calls), 1, certain, too_early, untold)


def together(each: Sequence[Scored]) -> Scored:
    """Several goals as one score."""
    return Scored(
        calls=tuple(call for one in each for call in one.calls),
        goals=sum(one.goals for one in each),
        certain=sum(one.certain for one in each),
        too_early=sum(one.too_early for one in each),
        untold=sum(one.untold for one in each),
        unknown=sum(one.unknown for one in each),
    )


def _is_told(end: Assessment) -> bool:
    return _ended(end) is not None or _is_plain(end)


def _ended(end: Assessment) -> float | None:
    """The value at the deadline, where nothing of it is an estimate."""
    whole = not any(reason.code in ("days missing", "part of the window") for reason in end.reasons)
    pace = end.pace
    if end.status not in ENDS or pace is None or pace.day < end.goal.deadline or pace.is_about or pace.at_most:
        return None
    return pace.actual if whole and pace.actual is not None and isfinite(pace.actual) else None


def _is_plain(end: Assessment) -> bool:
    """Whether it is met, or lost, whatever the missing days of a total brought: they can only add."""
    reached = Status.ACHIEVED if end.goal.direction is Direction.UP else Status.MISSED
    may_fall = end.metric.net or end.pace is None or end.pace.is_about
    return end.goal.form is Form.TOTAL and end.status is reached and not may_fall


def _call(judged: Assessment, said: Forecast, end: float | None, met: bool) -> Call:
    goal = judged.goal
    return Call(
        goal=goal.slug,
        platform=judged.sources[0].platform if judged.sources else goal.platform,
        form=goal.form,
        start=goal.start,
        deadline=goal.deadline,
        target=goal.target,
        day=judged.as_of,
        chance=said.chance,
        low=said.low,
        high=said.high,
        end=end,
        met=met,
    )


def _until(series: Series, day: int) -> Series:
    """The series as if nothing had happened after `day`, and that day had been the last one exported."""
    values = series.values[: max(0, day - series.first_day + 1)]
    stated = next((i for i in range(len(values) - 1, -1, -1) if values[i] is not None), None)
    last = None if stated is None else series.first_day + stated
    full = series.full_through
    return series._replace(
        values=values, last_day=last, full_through=None if last is None or full is None else min(full, last)
    )
