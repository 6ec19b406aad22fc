"""Looking back: how far forecasts of a goal's own past were off, which makes its likely range wider or narrower."""

from collections.abc import Mapping, Sequence
from math import asinh

from smartkpi.measure import forecast
from smartkpi.measure.aggregate import WEEK
from smartkpi.measure.assess import judged_day, read
from smartkpi.measure.chance import WAYS, foreseen, rested
from smartkpi.measure.pace import Case
from smartkpi.measure.sources import Ambiguity, unfed
from smartkpi.model.assessment import Own
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.series import BY_HAND, Series

LEAST_PAST = 28  # days that a look back knows
FURTHEST = 56  # days that it foretells at most
MOST_LOOKS = 12
LEAST_ERROR = 0.05  # numbers that never change are not believed to stay so
DOUBT = 16  # independent looks that weigh as much as other people's series do: 12 and 20 do as well
NARROWEST, WIDEST = 0.7, 1.6


def first_day_read(goal: Goal, as_of: int) -> int:
    """The first day that looking back from `as_of` reads."""
    return min(goal.start, as_of - forecast.LONGEST)


def own(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
) -> Own | None:
    """How far forecasts like that of `goal` were off in its own past; None where too little of it is stated by day.

    It knows no day of the last week before the judged one, so that this day and the one a week before are judged
    with the same width.
    """
    found, _ = read(goal, metric, metrics, stored, as_of)
    if isinstance(found, Ambiguity) or unfed(goal, found) or any(s.key.report == BY_HAND for s in found.judged):
        return None
    day = judged_day(found, goal, as_of)
    if day is None or day >= goal.deadline or goal.form not in WAYS:
        return None
    way = WAYS[goal.form](Case(goal, metric, found, day - WEEK))
    if way is None or not way.past.values:
        return None
    run = rested(way.past, goal)
    past = forecast.Past(run.values[-forecast.LONGEST :], run.last, run.whole)
    ahead = forecast.Ahead(goal.deadline - day, min(way.counted, goal.deadline - day))
    return width(past, way.kind, ahead, goal.form)


def width(past: forecast.Past, kind: str, ahead: forecast.Ahead, form: Form) -> Own | None:
    """What the errors of all looks back make of the width; few looks, or looks that overlap, count for less."""
    known = len(past.values) - LEAST_PAST  # days that can be foretold
    reach = min(ahead.days, FURTHEST, max(WEEK, known // 3))
    if known < 2 * reach:
        return None
    ahead = forecast.Ahead(reach, min(ahead.counted, reach))
    step = max(1, reach // 2, -(-(known - reach) // (MOST_LOOKS - 1)))
    ends = range(len(past.values) - reach, LEAST_PAST - 1, -step)
    errors = [_error(past, end, kind, ahead, form) for end in ends]
    independent = min(1 + (len(errors) - 1) * step / reach, len(errors))
    mean = sum(map(abs, errors)) / len(errors)  # of real series about 1: that of `constants.QUANTILES`
    factor = max(mean, LEAST_ERROR) ** (independent / (independent + DOUBT))
    return Own(min(WIDEST, max(NARROWEST, factor)), len(errors), past.last)


def _error(past: forecast.Past, end: int, kind: str, ahead: forecast.Ahead, form: Form) -> float:
    """How far the mean of the days after the first `end` lay from its middle, in the spread that was foreseen."""
    known = forecast.Past(past.values[:end], past.last - len(past.values) + end, past.whole)
    seen = foreseen(known, kind, ahead, form)
    came = sum(past.values[end + ahead.days - ahead.counted : end + ahead.days]) / ahead.counted
    return (asinh((came - seen.weekdays) / seen.scale) - seen.middle) / seen.spread
