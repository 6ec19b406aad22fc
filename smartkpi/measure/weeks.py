"""A goal's metric week by week: what seven days brought against what the plan asks of them, and a year ago."""

from collections.abc import Mapping, Sequence
from math import isfinite

from smartkpi.measure import aggregate
from smartkpi.measure.aggregate import LATELY, WEEK
from smartkpi.measure.assess import read
from smartkpi.measure.pace import Case, pace, window_first
from smartkpi.measure.season import YEAR
from smartkpi.measure.signal import verdict
from smartkpi.measure.sources import Ambiguity
from smartkpi.measure.trend import measured
from smartkpi.model.assessment import Plan
from smartkpi.model.closely import Closely, Span, Week, Wobble
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.period import week_start
from smartkpi.model.series import BY_HAND, Series

MOST = 26  # weeks that are looked back
SUMS = (Form.TOTAL, Form.GROWTH, Form.EACH)  # forms whose weeks add up


def closely(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    day: int,
    plan: Plan | None = None,
) -> Closely:
    """The close look at a goal that is judged on `day`; `stored` reaches back to `first_day_read`, `plan` is its own.

    Where totals of ranges stand in for days there is none: what a week of them brought nobody knows.
    """
    found, _ = read(goal, metric, metrics, stored, day)
    if isinstance(found, Ambiguity) or not found.judged:
        return Closely()
    case = Case(goal, metric, found, day, plan)
    known = weeks(case)
    return Closely(known, _mean_week(case, day), _mean_week(case, day - LATELY), wobble(known), year_ago(case))


def first_day_read(goal: Goal, day: int) -> int:
    """The first day that a close look at a goal that is judged on `day` can need."""
    return min(goal.start - YEAR - goal.window, day - WEEK * MOST - LATELY)


def wobble(known: Sequence[Week]) -> Wobble | None:
    """The newest week against those before it; None where it is not known, or too few of these are."""
    newest = known[-1].value if known else None
    said = verdict([week.value for week in known])
    if newest is None or said.low is None or said.high is None:
        return None
    return Wobble(newest, said.low, said.high, said.change, said.lasts, said.mean)


def weeks(case: Case) -> tuple[Week, ...]:
    """Weeks of seven days up to the judged one, oldest first; of a weekly goal those from Monday to Sunday."""
    newest = case.day if case.goal.form is not Form.EACH else week_start(case.day + 1) - 1
    lasts = range(newest - WEEK * (MOST - 1), newest + 1, WEEK)
    found = [Week(last, value_of(case, last - WEEK + 1, last), _planned(case, last)) for last in lasts]
    known = next((i for i, week in enumerate(found) if week.value is not None), len(found))
    return tuple(found[known:])


def value_of(case: Case, first: int, last: int) -> float | None:
    """What the metric brought, or was, from `first` to `last`; None where not every day of a sum is stated."""
    span = measured(case, first, last)
    value = span.gain if case.goal.form is Form.GROWTH else span.value
    known = value is not None and isfinite(value) and (span.is_whole or case.goal.form not in SUMS)
    return value if known else None


def year_ago(case: Case) -> Span | None:
    """The same weekdays a year ago of what the goal counts so far; None where they are not all stated."""
    goal = case.goal
    if case.day < goal.start or goal.form is Form.EACH:
        return None
    begun = window_first(goal, case.day) if goal.form in (Form.RATE, Form.TYPICAL_DAY) else goal.start
    first, last = begun - YEAR, case.day - YEAR
    value = value_of(case, first, last)
    return None if value is None or not _is_covered(case, first, last) else Span(first, last, value)


def _is_covered(case: Case, first: int, last: int) -> bool:
    """A ratio, and a mean day, rest on what is stated: of a year ago that must be all of it."""
    return case.goal.form in SUMS or aggregate.days_in(case.inputs, first, last) == last - first + 1


def _planned(case: Case, last: int) -> float | None:
    """What the plan asks of a week that lies within the goal."""
    if last - WEEK + 1 < case.goal.start:
        return None
    then = pace(case._replace(day=last)).expected
    if case.goal.form not in (Form.TOTAL, Form.GROWTH):
        return case.goal.target if then is None else then
    before = pace(case._replace(day=last - WEEK)).expected
    return None if then is None or before is None else then - before


def _mean_week(case: Case, last: int) -> float | None:
    """A mean week of the four up to `last`; of what does not add up its value over them."""
    if case.goal.form in SUMS and any(s.key.report == BY_HAND for s in case.inputs.judged):
        # what is recorded now and then may stand for more than these weeks; of levels nobody knows what was between
        rate = None if case.goal.form is Form.GROWTH else aggregate.daily_rate(case.inputs.main, last)
        return None if rate is None else rate * WEEK
    value = value_of(case, last - LATELY + 1, last)
    return value / (LATELY // WEEK) if value is not None and case.goal.form in SUMS else value
