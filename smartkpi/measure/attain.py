"""A goal against its own past: what spans of its length brought, its chance, and the targets that would be fair."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, isfinite
from typing import NamedTuple

from smartkpi.measure import assess, forecast, levels, spans
from smartkpi.measure.aggregate import LATELY, WEEK, days_of
from smartkpi.measure.aims import aims, further
from smartkpi.measure.chance import SHARES, Prospect, of_missing, prospect, seasonal
from smartkpi.measure.once import once
from smartkpi.measure.pace import Case, missing, pace, window_value
from smartkpi.measure.sources import Ambiguity
from smartkpi.measure.status import enough_days
from smartkpi.model.assessment import Forecast, Own, Pace, Reason
from smartkpi.model.attainable import Aim, Attainable, Reach, Windows
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.series import BY_HAND, Series, Totals

HISTORY = 3 * 365  # days: what was longer ago says little of what is within reach
FURTHEST = 2 * 365  # days: a deadline further away is no advice
TELLS = 2  # times its own length is how far ahead a history says something
A_QUARTER = 92  # days ahead of which any history says something
RECENT = {"week": (7, 26), "month": (31, 12)}  # days at most, and how many of them: half a year, a year
FEWEST = 4  # weeks, or months, that tell what is usual
CLOSE = 1e-9  # what multiplying may lose


class Known(NamedTuple):
    """A goal ready to be compared with its past; `past` is the same case with all of its history."""

    case: Case
    past: Case
    years: tuple[Series, ...]  # what its season may rest on
    pace: Pace
    own: Own | None  # what looking back says of its own past


def first_day_read(goal: Goal, as_of: int) -> int:
    """The first day that comparing `goal` with its past reads."""
    return min(assess.first_day_read([goal], as_of), as_of - HISTORY)


def attainable(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
    *,
    totals: Sequence[Totals] = (),
    own: Own | None = None,
) -> Attainable:
    """Whether `goal` is within reach, from all of the history in `stored` (read it since `first_day_read`).

    `own` is what looking back said of its past, as for `assess`: the chance is the one that `status` tells.
    """
    known = _known(goal, metric, metrics, stored, as_of, totals, own)
    if not isinstance(known, Reason):
        return _compared(known)
    day = dict(known.numbers).get("day")
    return Attainable(lacks=known.code, text=known.text, day=None if day is None else int(day))


def at_pace(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
    *,
    weekly: float,
    totals: Sequence[Totals] = (),
    own: Own | None = None,
) -> Forecast | None:
    """Where a total or a gain ends with this pace a week from now on, as sure as it is now; None: nobody can tell."""
    known = _known(goal, metric, metrics, stored, as_of, totals, own)
    seen = None if isinstance(known, Reason) else _foreseen(known.case, known)
    if seen is None:
        return None
    way, daily, usual = seen.way, weekly / WEEK, seen.outlook.mean(0.5)
    if way.kind == "flow" and usual > 0 and daily >= 0:  # twice as many come with twice the ups and downs
        way = way._replace(weight=way.counted * daily / usual)
    else:
        way = way._replace(known=way.known + way.counted * daily - way.weight * usual)
    moved = seen._replace(way=way)
    if way.weight <= 0:  # nothing more comes
        end = way.known / way.whole
        return Forecast(float(goal.direction.reached(end, goal.target)), end, end, end)
    return Forecast(moved.chance(goal.target), *moved.ends(*SHARES))


def _known(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
    totals: Sequence[Totals],
    own: Own | None,
) -> Known | Reason:
    """What is known of the goal; else why nothing can be said."""
    found, _ = assess.read(goal, metric, metrics, stored, as_of, totals=totals)
    own_days = assess.its_own(goal, metric, stored, as_of)
    near = found if own_days is stored else assess.read(goal, metric, metrics, own_days, as_of, totals=totals)[0]
    if isinstance(near, Ambiguity):
        return Reason(f"which {near.what}", text=", ".join(near.choices))
    assert not isinstance(found, Ambiguity), "more days of the same series leave no other choice"
    ready = assess.prepared(goal, metric, near, as_of)
    if isinstance(ready, Reason):
        return ready if ready.code in ("other currency", "no total inside") else Reason("no data", text=ready.code)
    case, years = ready
    if case.day >= goal.deadline or as_of > goal.deadline:
        return Reason("over")
    past = case._replace(inputs=found.since(case.day - HISTORY))
    if assess.days_of_data(case) < enough_days(goal):
        return _too_few(past)
    paced = pace(case)
    is_kept = goal.form is Form.KEEP and paced.actual is not None
    if metric.kind is Kind.RATIO and not is_kept and window_value(case, case.day) is None:
        is_stated = found.main and not found.weight
        return Reason("cannot be pooled" if is_stated else "nothing of late")
    return Known(case, past, tuple(_filled(series, case.day) for series in years), paced, own)


def _too_few(past: Case) -> Reason:
    """Too few days of late: there are more, and older ones, or these are all."""
    enough = enough_days(past.goal)
    newest = [day for s in past.inputs.judged for day, _ in days_of(s, s.first_day, past.day)]
    last = max(newest, default=past.day)
    if assess.days_of_data(past._replace(day=last)) < enough or past.goal.start - last <= LATELY:
        return Reason("few days")
    return Reason("old", (("day", last),))


def _filled(series: Series, last: int) -> Series:
    """Without holes, as the season sees it: once, not for every deadline that is tried."""
    known = dict(days_of(series, series.first_day, last))
    if not known or series.key.report == BY_HAND:
        return series
    return series._replace(first_day=min(known), values=tuple(forecast.filled([*known], [*known.values()])))


def _compared(known: Known) -> Attainable:
    case, paced = known.case, known.pace
    past, unstated = PASTS[case.goal.form](known), missing(case)
    found = Attainable(
        day=case.day,
        now=paced.actual,
        unit=case.goal.unit or next((s.key.unit for s in case.inputs.judged if s.key.unit), ""),
        days=past.days,
        days_missing=past.days_missing,
        unstated=len(unstated),
        brought=of_missing(case, unstated)[0] if unstated and case.goal.form is Form.TOTAL else 0.0,
        needed=paced.required_rate if case.goal.form.has_pace else None,
        lately=_lately(case, paced, past),
        month=past.month,
        windows=past.windows,
        can_wait=_can_wait(case.goal),
        horizon=_horizon(known),
        at_most=case.inputs.upper_bound,
        spread=any(s.key.report == BY_HAND and case.metric.kind is not Kind.LEVEL for s in case.inputs.judged),
    )
    if case.goal.form is Form.EACH:
        return found._replace(asked=case.goal.share, fair=past.fair)
    if case.goal.deadline - case.day > found.horizon:
        return found._replace(too_far=True)
    seen = _foreseen(case, known)
    if seen is None:
        return found
    named = aims(seen, [reach.chance for reach in Reach])
    safe, fair, stretch = (aim if _asks(aim, known, past) else None for aim in named)
    fair = _beyond_today(seen, past, named[1]) or fair
    found = found._replace(
        forecast=Forecast(seen.chance(case.goal.target), *seen.ends(*SHARES)),
        safe=safe,
        fair=fair,
        stretch=stretch,
        not_safe="" if safe else "less" if named[0] and named[0].target > 0 else "uneven",
    )
    return found._replace(fair_by=_fair_by(known, found.horizon)) if found.can_wait and found.chance != 1 else found


def _beyond_today(seen: Prospect, past: "Past", fair: Aim | None) -> Aim | None:
    """Of rates and typical days, where the fair target is there already, or is one that no stretch ever had: a round
    one just beyond today, if that is about as likely as not."""
    goal = seen.case.goal
    today = {Form.KEEP: past.lately, Form.RATE: goal.baseline, Form.TYPICAL_DAY: goal.baseline}.get(goal.form)
    if fair is None or today is None:
        return None
    is_idle = goal.form is not Form.KEEP and goal.direction.reached(today, fair.target)
    is_new = past.windows is not None and not goal.direction.reached(past.windows.best, fair.target)
    return further(seen, today, Reach.FAIR.chance) if is_idle or is_new else None


def _lately(case: Case, paced: Pace, past: "Past") -> float | None:
    """What it was of late, without what happened once: the same as `status` says."""
    found = once(case, paced) if past.lately is not None and case.goal.form.has_pace else None
    return past.lately if found is None else found["without"]


def _horizon(known: Known) -> int:
    """How many days ahead the history tells of: who knows a year says little of the year 2040."""
    day = known.case.day
    first = min(next((d for d, _ in days_of(s, s.first_day, day)), day) for s in known.past.inputs.judged)
    return min(FURTHEST, max(A_QUARTER, TELLS * (day - first + 1)))


def _asks(aim: Aim | None, known: Known, past: "Past") -> bool:
    """Whether a target asks for something that can be: of a sum or a gain more than is there already; of a level that
    is to be kept what it is now, or less."""
    goal, now = known.case.goal, known.pace.actual or 0.0
    if aim is None or (goal.form is not Form.GROWTH and goal.direction is Direction.UP and aim.target <= 0):
        return False
    if goal.form.has_window:
        return goal.baseline is None or not goal.direction.reached(goal.baseline, aim.target)
    if goal.form is Form.KEEP:
        is_level = known.case.metric.kind is Kind.LEVEL
        return not is_level or (past.lately is not None and goal.direction.reached(past.lately, aim.target))
    if goal.is_limit:
        return aim.target >= now
    return (aim.target - now) * goal.direction.sign > 0


def _foreseen(case: Case, known: Known) -> Prospect | None:
    times = seasonal(case, known.years)
    own = assess.that_holds(known.own, case.day, times)
    return prospect(case, known.pace, times, 1.0 if own is None else own.factor)


def _can_wait(goal: Goal) -> bool:
    """Whether more time helps: a sum that may not be passed only gets nearer to it."""
    return goal.form is Form.GROWTH or (goal.form is Form.TOTAL and goal.direction is Direction.UP)


def _fair_by(known: Known, horizon: int) -> int | None:
    """The first deadline with even odds; None where there is none within the `horizon`."""
    goal, day = known.case.goal, known.case.day

    def is_fair(deadline: int) -> bool:
        later = known.case._replace(goal=goal._replace(deadline=deadline))
        seen = _foreseen(later, known)
        return seen is not None and seen.chance(goal.target) >= Reach.FAIR.chance

    low, high = max(day, goal.start - 1), day + horizon
    if low >= high or not is_fair(high):
        return None
    if low < goal.deadline < high:
        low, high = (low, goal.deadline) if is_fair(goal.deadline) else (goal.deadline, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_fair(middle) else (middle, high)
    return high


class Past(NamedTuple):
    """What the history says of a goal."""

    windows: Windows | None
    lately: float | None
    month: Windows | None = None
    days: int = 0
    days_missing: int = 0
    fair: Aim | None = None


def _of(history: Sequence[object], past: Past) -> Past:
    known = [i for i, value in enumerate(history) if value is not None]
    return past._replace(days=len(known), days_missing=known[-1] - known[0] + 1 - len(known) if known else 0)


def _way(known: Known) -> Past:
    """Of sums and gains: spans as long as what is left, against what it still needs; and four weeks, a week."""
    case, paced = known.case, known.pace
    goal, days, weekly = case.goal, case.remaining, paced.required_rate
    history = _history(known)
    windows = month = None
    if weekly is not None:
        windows = spans.compared(goal, spans.sums(history, days), days, weekly * days / WEEK)
        month = spans.compared(goal, spans.sums(history, LATELY), LATELY, weekly, scale=WEEK / LATELY)
    return _of(history, Past(windows, paced.run_rate, month))


def _history(known: Known) -> spans.History:
    """What each day brought; nothing where only totals of ranges are stated, which say nothing of their days."""
    case, inputs = known.case, known.past.inputs
    if any(series.ranges for series in case.inputs.judged):
        return []
    daily = spans.flows if case.goal.form.is_sum else spans.steps
    return spans.awake(daily(inputs, case.day), case.goal, case.day)


def _window(known: Known) -> Past:
    return _ratios(known, known.case.goal.window)


def _kept(known: Known) -> Past:
    """Of a level no spans: that it was lower while it grew says nothing of keeping it."""
    case = known.case
    if case.metric.kind is Kind.RATIO:
        return _ratios(known, max(1, case.goal.days - case.goal.rests(case.goal.start, case.goal.deadline)))
    now = levels.level(case.inputs, case.goal, case.day)
    return _of(spans.steps(known.past.inputs, case.day), Past(None, now))


def _ratios(known: Known, days: int) -> Past:
    case = known.case
    history = spans.awake(spans.cells(known.past), case.goal, case.day)
    if any(series.ranges for series in case.inputs.judged):
        history = []
    values = spans.ratios(history, days, case.metric)
    now = window_value(case, case.day)
    lately = now if now is not None and isfinite(now) else None
    return _of(history, Past(spans.compared(case.goal, values, days, case.goal.target), lately))


def _each(known: Known) -> Past:
    goal, day = known.case.goal, known.case.day
    history = spans.flows(known.past.inputs, day)
    lasts, most = RECENT[goal.every]
    periods = spans.calendar(spans.blank(history, goal, day), day, goal.every)[-most:]
    seen = spans.compared(goal, periods, lasts, goal.target, overlap=False)
    return _of(history, Past(seen, known.pace.run_rate, fair=_usual(goal, periods)))


def _usual(goal: Goal, periods: Sequence[float]) -> Aim | None:
    """What the share of weeks, or months, that the goal asks for reached of late; None: nothing, or too few."""
    recent = sorted(periods, reverse=goal.direction is Direction.UP)
    if len(recent) < FEWEST:
        return None
    target = recent[ceil(goal.share * len(recent) - CLOSE) - 1]
    met = sum(goal.direction.reached(made, target) for made in recent)
    return Aim(target, met / len(recent)) if target > 0 or goal.direction is Direction.DOWN else None


PASTS: dict[Form, Callable[[Known], Past]] = {
    Form.TOTAL: _way,
    Form.GROWTH: _way,
    Form.RATE: _window,
    Form.TYPICAL_DAY: _window,
    Form.KEEP: _kept,
    Form.EACH: _each,
}
