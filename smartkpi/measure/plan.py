"""The path to the target: what is expected on each day, by weekdays or last year's weeks where these are real.

The shape rests on what was known before the start (where little was, on the first eight weeks of data), so that the
plan stays what it was. Milestones are points that it goes through; on paused days it rests, and what they would have
brought is shared out over the other days from the one on that the pause is known.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import mul

from smartkpi.measure import forecast
from smartkpi.measure.aggregate import days_of
from smartkpi.measure.season import NONE, YEAR, Season
from smartkpi.model.assessment import Plan
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.series import BY_HAND, Series

WEEK = 7
CLEAR = 4.0  # times what noise alone would make the weekdays differ: then they do (of noise, one series in a hundred)
LOST = 1e-9  # what adding up may lose
SMOOTH = 10  # days on both sides: last year's weeks are the mean of three
Weights = list[float]  # one a day


def plan(goal: Goal, begun: float, main: Sequence[Series] = (), day: int = 0, season: Season = NONE) -> Plan:
    """The path of `goal` from `begun` to its target. `main` are the flows of a total, known up to `day`."""
    shape, weights = _shape(goal, main, day, season) if goal.form is Form.TOTAL else ("straight", None)
    if weights is None and not goal.milestones and not goal.pauses:
        way, days = goal.target - begun, goal.days
        return Plan(shape, goal.start, (*(begun + way * i / days for i in range(days)), goal.target), range(days + 1))
    course = _course(goal, begun, weights or [1.0] * goal.days)
    return Plan(shape, goal.start, tuple(course), _clock(goal))


def _clock(goal: Goal) -> Sequence[int]:
    """How many days that are not paused are over, from the evening before the start on."""
    if not goal.pauses:
        return range(goal.days + 1)
    return [0, *accumulate(int(goal.pause_on(day) is None) for day in range(goal.start, goal.deadline + 1))]


def _course(goal: Goal, begun: float, weights: Weights) -> list[float]:
    """As if there were no pauses; then with each from the day on that it is known: what the plan was, it stays."""
    free = [1.0] * goal.days
    course = _onwards(goal, (0, begun), weights, free)
    for pause in sorted(goal.pauses, key=_since):
        for place in range(max(0, pause.first - goal.start), min(goal.days, pause.last - goal.start + 1)):
            free[place] = 0.0
        since = min(goal.days, max(0, _since(pause) - goal.start))
        if any(free[since:]):  # paused for good it could not come to its target: then it stays what it was
            course[since:] = _onwards(goal, (since, course[since]), weights, free)
    return course


def _since(pause: Pause) -> int:
    """From when on the plan is another: days that are over were paused when they were, not when somebody said so."""
    return min(pause.known, pause.first)


def _onwards(goal: Goal, begin: tuple[int, float], weights: Weights, free: Weights) -> list[float]:
    """From one place on: between two points the shape applies; where it has nothing, all free days are alike."""
    clock, gone = _sums(free), _sums(list(map(mul, weights, free)))
    course = [begin[1]]
    for (first, was), (last, value) in pairwise(_points(goal, begin, clock)):
        by = gone if gone[last] > gone[first] else clock
        way, before, end = value - was, by[first], by[last]
        scale = way / (end - before)
        steps = [was + scale * (each - before) if each < end else value for each in by[first + 1 : last]]
        if steps and (steps[-1] - value) * way > 0:  # by what dividing lost
            steps = [step if (value - step) * way > 0 else value for step in steps]
        course += [*steps, value]
    return course


def _sums(weights: Weights) -> Weights:
    return [0.0, *accumulate(weights)]


def _points(goal: Goal, begin: tuple[int, float], clock: Weights) -> list[tuple[int, float]]:
    """(place, value) that the plan goes through from `begin` on. A milestone off the way, or with nothing but paused
    days before or after it, is none."""
    sign = 1 if goal.target >= begin[1] else -1
    found = [begin]
    for day, value in sorted(goal.milestones):
        place, (before, was) = day - goal.start + 1, found[-1]
        is_on_the_way = was * sign <= value * sign <= goal.target * sign
        if begin[0] < place < goal.days and is_on_the_way and clock[place] > clock[before]:
            found.append((place, value))
    while len(found) > 1 and clock[found[-1][0]] == clock[-1]:
        found.pop()
    return [*found, (goal.days, goal.target)]


def _shape(goal: Goal, main: Sequence[Series], day: int, season: Season) -> tuple[str, Weights | None]:
    """What it follows, and how much of the way each day of the period is to bring."""
    week = _weekdays(goal, main, day)
    each = None if week is None else [week[day % WEEK] for day in range(goal.start, goal.deadline + 1)]
    if season.is_seen and any(year := last_year(goal, season)):
        return "last year", year if each is None else list(map(mul, year, each))
    return ("straight" if each is None else "weekdays"), each


def _weekdays(goal: Goal, main: Sequence[Series], day: int) -> Weights | None:
    """How much of a mean day each weekday (0 = that of ordinal 0) brings; None where noise could look so too."""
    if not main or any(series.ranges or series.key.report == BY_HAND for series in main):
        return None
    firsts = [next((first for first, _ in days_of(series, series.first_day, day)), None) for series in main]
    known = [first for first in firsts if first is not None]
    if len(known) < len(firsts):
        return None
    last = min(day, max(goal.start - 1, max(known) + forecast.SHAPE_DAYS - 1))
    daily = _daily(goal, main, last - forecast.SHAPE_DAYS + 1, last)
    if len(daily) < forecast.SHAPE_FROM:
        return None
    values = forecast.filled([*daily], [*daily.values()])
    mean = sum(values) / len(values)
    if mean <= 0 or not _differ(values, len(daily)):
        return None
    return [max(0.0, 1 + more / mean) for more in forecast.weekday_shape(values, max(daily))]


def _daily(goal: Goal, main: Sequence[Series], first: int, last: int) -> dict[int, float]:
    """The sum of all accounts on each day that all of them state, without paused days."""
    each = [dict(days_of(series, first, last)) for series in main]
    if len(each) > 1:
        shared = sorted(set(each[0]).intersection(*each[1:]))
        each = [{day: sum(known[day] for known in each) for day in shared}]
    if not goal.pauses:
        return each[0]
    return {day: value for day, value in each[0].items() if goal.pause_on(day) is None}


def _differ(values: Sequence[float], known: int) -> bool:
    """Whether weekdays differ far more than the days of one weekday do (the F of an analysis of variance)."""
    same = [values[i::WEEK] for i in range(WEEK)]
    squares: float = sum(map(mul, values, values))
    by_weekday = sum(sum(days) ** 2 / len(days) for days in same)
    between = by_weekday - sum(values) ** 2 / len(values)
    within = max(0.0, squares - by_weekday)
    return between > max(CLEAR * within * (WEEK - 1) / (known - WEEK), LOST * squares)


def last_year(goal: Goal, season: Season) -> Weights:
    """What the same weeks of the year before the start brought a day, for each day of the period."""
    begin = goal.start - season.first  # the place of the start: what came later is no plan
    sums = _sums(list(season.days[:begin]))
    found = []
    for i in range(goal.days):
        then = begin + i % YEAR - YEAR
        first, after = max(0, then - SMOOTH), min(begin, then + SMOOTH + 1)
        found.append((sums[after] - sums[first]) / (after - first))
    return found
