"""A goal's metric week by week: what a week brought against what the plan asks of it, and a year ago.

Weeks go from Monday to Sunday and are measured and judged as those of `trend`: both say the same of the same week.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

from smartkpi.measure import aggregate
from smartkpi.measure.aggregate import LATELY, WEEK
from smartkpi.measure.assess import read, unpaused
from smartkpi.measure.pace import Case, flows_of, kept_weeks, level_rate, pace, window_first
from smartkpi.measure.season import YEAR
from smartkpi.measure.sources import Ambiguity
from smartkpi.measure.trend import first_days, judged, measured
from smartkpi.model.assessment import Plan
from smartkpi.model.closely import Closely, Span, Week, Wobble
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.repeating import periods_in
from smartkpi.model.series import BY_HAND, Series
from smartkpi.model.trend import By, Verdict

MOST = 26  # weeks that are looked back


def closely(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    day: int,
    plan: Plan | None = None,
) -> Closely:
    """The close look at a goal that is judged on `day`; `stored` has all of its days, `plan` is its own.

    Where totals of ranges stand in for days there is none: what a week of them brought nobody knows.
    """
    found, _ = read(goal, metric, metrics, stored, day)
    if isinstance(found, Ambiguity) or not found.judged:
        return Closely()
    case = Case(goal, metric, found, day, plan)
    begin = min(first_days(found), default=day)
    over = judged(case, By.WEEK, begin)
    known = weeks(case, [span.last for span, _ in over[-MOST:]])
    is_level = goal.form is Form.KEEP and metric.kind is Kind.LEVEL  # what it gained is judged, and it is to stay
    newest = wobble(value_of(case, *over[-1][0][:2]), over[-1][1]) if over and not is_level else None
    return Closely(known, _mean_week(case, day), _mean_week(case, day - LATELY), newest, year_ago(case))


def wobble(newest: float | None, said: Verdict | None) -> Wobble | None:
    """The newest week against those before it; None where it is not known, or too few of these are."""
    if newest is None or said is None or said.low is None or said.high is None:
        return None
    return Wobble(newest, said.low, said.high, said.change, said.lasts, said.mean)


def weeks(case: Case, lasts: Sequence[int]) -> tuple[Week, ...]:
    """The weeks that end on `lasts`, oldest first, from the first that is known on."""
    own = _kept(case) if case.goal.form is Form.KEEP else {}
    found = [
        Week(last, own.get(last, value_of(case, last - WEEK + 1, last)), _planned(case, last, within=last in own))
        for last in lasts
    ]
    known = next((i for i, week in enumerate(found) if week.value is not None), len(found))
    return tuple(found[known:])


def _kept(case: Case) -> dict[int, float | None]:
    """The weeks that a goal which is to be kept counts itself, by their last day: of the first one its own days."""
    case = case._replace(inputs=unpaused(case.inputs, case.goal))
    return {last: value for _, last, value in kept_weeks(case)}


def value_of(case: Case, first: int, last: int) -> float | None:
    """What the metric brought, or was, from `first` to `last`; None where not every day of a sum is stated."""
    span = measured(case, first, last)
    value = span.gain if case.goal.form is Form.GROWTH else span.value
    known = value is not None and isfinite(value) and (span.is_whole or not case.goal.form.adds_up)
    return value if known else None


def year_ago(case: Case) -> Span | None:
    """The same weekdays a year ago of what the goal counts so far; None where they are not all stated."""
    goal = case.goal
    if case.day < goal.start or goal.form is Form.EACH:
        return None
    begun = window_first(goal, case.day) if goal.form.has_window else goal.start
    first, last = begun - YEAR, case.day - YEAR
    value = value_of(case, first, last)
    return None if value is None or not _is_covered(case, first, last) else Span(first, last, value)


def _is_covered(case: Case, first: int, last: int) -> bool:
    """A ratio, and a mean day, rest on what is stated: of a year ago that must be all of it."""
    return case.goal.form.adds_up or aggregate.days_in(case.inputs, first, last) == last - first + 1


def _planned(case: Case, last: int, *, within: bool) -> float | None:
    """What the plan asks of a week that lies within the goal."""
    goal = case.goal
    if goal.form is Form.KEEP:
        return goal.target if within else None
    if goal.form is Form.EACH:
        return _share(goal, last - WEEK + 1, last)
    if last - WEEK + 1 < goal.start:
        return None
    then = pace(case._replace(day=last)).expected
    if not goal.form.adds_up:
        return goal.target if then is None else then
    before = pace(case._replace(day=last - WEEK)).expected
    return None if then is None or before is None else then - before


def _share(goal: Goal, first: int, last: int) -> float | None:
    """What these days are to bring of what is asked for each week, or month; None where one of them counts for none."""
    days = {day: end - begin + 1 for begin, end in periods_in(goal) for day in range(begin, end + 1)}
    if any(day not in days for day in range(first, last + 1)):
        return None
    return goal.target if goal.every == "week" else sum(goal.target / days[day] for day in range(first, last + 1))


def _mean_week(case: Case, last: int) -> float | None:
    """A mean week of the four up to `last`; of what does not add up its value over them."""
    goal, by_hand = case.goal, any(s.key.report == BY_HAND for s in case.inputs.judged)
    if goal.form is Form.GROWTH and by_hand:
        return None  # of levels nobody knows what was between
    if goal.form.adds_up and (by_hand or goal.rests(last - LATELY + 1, last)):
        # what is recorded now and then may stand for more than these weeks; paused days say nothing of a pace
        growth = goal.form is Form.GROWTH
        rate = level_rate(case._replace(day=last)) if growth else aggregate.daily_rate(flows_of(case), last)
        return None if rate is None else rate * WEEK
    value = value_of(case, last - LATELY + 1, last)
    return value / (LATELY // WEEK) if value is not None and case.goal.form.adds_up else value
