"""A goal and what is stored become an assessment: the one way that every screen goes."""

from collections.abc import Mapping, Sequence
from math import inf, isclose

from smartkpi.measure import aggregate, levels, season
from smartkpi.measure.aggregate import WEEK
from smartkpi.measure.chance import chance, of_missing, season_of, seasonal
from smartkpi.measure.pace import Case, baseline, missing, pace, plan_of, window_days, window_value
from smartkpi.measure.recorded import usual_gap
from smartkpi.measure.sources import Ambiguity, Inputs, inputs, label, since, unfed
from smartkpi.measure.status import Facts, by_chance, enough_days, judge
from smartkpi.model.assessment import Assessment, Before, Begun, Forecast, Own, Pace, Reason, Source, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import BY_HAND, Series, Totals

HISTORY = 120  # days before a goal's start that its judgement may look at


def first_day_read(goals: Sequence[Goal], as_of: int) -> int:
    """The first day that judging `goals` can need: of one goal it never depends on the others."""
    return min((min(_first_day(goal, as_of), _years_read(goal, as_of)) for goal in goals), default=as_of - HISTORY)


def _years_read(goal: Goal, as_of: int) -> int:
    return min(goal.start, as_of) - season.HISTORY if goal.form is Form.TOTAL else _first_day(goal, as_of)


def _first_day(goal: Goal, as_of: int) -> int:
    """Of a goal that begins later by the days before today: these are what there is."""
    start = min(goal.start, as_of)
    begun = start if goal.baseline_day is None else goal.baseline_day
    return min(start - max(HISTORY, 2 * goal.window), begun - goal.window)


def _recorded(found: Inputs, goal: Goal) -> list[int]:
    """The day of the last total before the start of each account whose level is worked back, and the start."""
    before = [[day for day, _ in aggregate.days_of(s, s.first_day, goal.start - 1)] for s in found.anchors]
    return [goal.start, *(days[-1] for days in before if days)]


def assess(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
    *,
    totals: Sequence[Totals] = (),
    own: Own | None = None,
    with_provisional: bool = False,
    alone: bool = False,
) -> Assessment:
    """Judge `goal` on the earliest last full day of all that it reads; `stored` may hold other goals' series too.

    `totals` are what it reads where no export states whole days; `own` is what looking back said of its own past,
    left out where it knows days after the judged one. `with_provisional`: on the earliest last stated day.
    `alone`: without a look at the week before, for who asks for the chance and not for the status that it holds.
    """
    found, said = read(goal, metric, metrics, its_own(goal, metric, stored, as_of), as_of, totals=totals)
    if isinstance(found, Ambiguity):
        reason = Reason(f"which {found.what}", text=", ".join(found.choices))
        return _unjudged(goal, metric, Facts(goal, as_of, None, None, reason), ())
    found, years = _that_count(found, goal, as_of)
    if (other := _other_currency(goal, metric, found)) is not None:
        return _unjudged(goal, metric, Facts(goal, as_of, None, None, other), found.all)
    final = judged_day(found, goal, as_of)
    found = _to_the_last(found) if with_provisional else found
    day = judged_day(found, goal, as_of)
    if day is None or unfed(goal, found):
        return _unjudged(goal, metric, Facts(goal, as_of, None, None, _why_not(found, metric, said)), found.all, said)
    said += _provisional(final, day, goal)
    goal = levels.begun(found, goal, day)
    case = Case(goal, metric, found, day)
    seen = season_of(case, years)
    case = case._replace(plan=plan_of(case, seen))
    gone = missing(case)
    before = None if alone else _a_week_before(case, years, own)
    times = seen.times if day < goal.deadline else 1.0
    own = that_holds(own, day, times)
    facts = _facts(case, as_of, len(gone), before, times, own)
    status, reason = judge(facts)
    return Assessment(
        goal=goal,
        metric=metric,
        status=status,
        reasons=(reason, *_remarks(case, gone), *_once(case, facts.pace), *said),
        pace=facts.pace,
        as_of=as_of,
        unit=goal.unit or unit_of(found),
        data_to=day,
        sources=sources_of(found.all),
        baseline=baseline(case),
        calculated_from=levels.calculated_from(found, goal, day),
        forecast=facts.forecast,
        before=before,
        plan=case.plan,
        season=times,
        provisional=any(each.code == "provisional" for each in said),
        own=own if facts.forecast else None,
    )


def read(
    goal: Goal,
    metric: Metric,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    as_of: int,
    *,
    totals: Sequence[Totals] = (),
) -> tuple[Inputs | Ambiguity, tuple[Reason, ...]]:
    """What `goal` reads, and what is to be said of that: whole days, else what stands in for them among `totals`."""
    found = inputs(goal, metric, metrics, stored)
    if isinstance(found, Ambiguity) or found.all or not totals:
        return found, ()
    from smartkpi.measure.instead import instead  # few goals need it, and `status` pays for every import

    return instead(goal, metric, metrics, stored, totals, as_of)


def its_own(goal: Goal, metric: Metric, stored: Sequence[Series], as_of: int) -> Sequence[Series]:
    """Of what a ratio reads only the days that its judgement may look at: whether its parts have a hole is said by
    these alone, whatever other goals had read."""
    first = _first_day(goal, as_of)
    return [since(series, first) for series in stored] if metric.kind is Kind.RATIO else stored


def prepared(goal: Goal, metric: Metric, found: Inputs, as_of: int) -> tuple[Case, tuple[Series, ...]] | Reason:
    """The case that `assess` judges, and the years that its season may rest on; else why there is none."""
    found, years = _that_count(found, goal, as_of)
    if (other := _other_currency(goal, metric, found)) is not None:
        return other
    day = judged_day(found, goal, as_of)
    if day is None or unfed(goal, found):
        return _why_not(found, metric, ())
    return Case(levels.begun(found, goal, day), metric, found, day), years


def case_of(
    judged: Assessment, metrics: Mapping[str, Metric], stored: Sequence[Series], totals: Sequence[Totals] = ()
) -> Case:
    """The case that `judged`, which has a pace, was judged by, for a look at how that went."""
    goal = judged.goal
    own = its_own(goal, judged.metric, stored, judged.as_of)
    found, _ = read(goal, judged.metric, metrics, own, judged.as_of, totals=totals)
    assert not isinstance(found, Ambiguity), "it was judged"
    assert judged.data_to is not None, "it was judged"
    found, _ = _that_count(found, goal, judged.as_of)
    return Case(goal, judged.metric, _to_the_last(found) if judged.provisional else found, judged.data_to)


def _that_count(found: Inputs, goal: Goal, as_of: int) -> tuple[Inputs, tuple[Series, ...]]:
    """What is read without the days before the first that counts, whatever other goals read; and the flows of a total
    as far back as its season may rest on."""
    years = found.since(_years_read(goal, as_of)).main if goal.form is Form.TOTAL else ()
    found = found.since(min(_first_day(goal, as_of), *_recorded(found, goal)))
    return unpaused(found, goal), years


def unpaused(found: Inputs, goal: Goal) -> Inputs:
    """Without the days on which `goal` is paused, where its weeks do not add up: a mean does not look at them."""
    if not goal.pauses or goal.form.adds_up:
        return found
    from smartkpi.measure.resting import without_pauses  # few goals are paused

    return without_pauses(found, goal)


def _to_the_last(found: Inputs) -> Inputs:
    """The same as if every stated day were final."""

    def full(series: Series) -> Series:
        return series._replace(full_through=aggregate.last_stated(series) or series.full_through)

    def all_full(series: tuple[Series, ...]) -> tuple[Series, ...]:
        return tuple(map(full, series))

    return found._replace(
        main=all_full(found.main),
        numerator=all_full(found.numerator),
        denominator=all_full(found.denominator),
        weight=all_full(found.weight),
        gains=tuple((full(flow), sign) for flow, sign in found.gains),
    )


def _provisional(final: int | None, day: int, goal: Goal) -> tuple[Reason, ...]:
    """That the judged day lies beyond the last full one."""
    first = goal.start if final is None else final + 1
    return (Reason("provisional", (("first", min(first, day)), ("last", day))),) if final is None or final < day else ()


def _other_currency(goal: Goal, metric: Metric, found: Inputs) -> Reason | None:
    """Why target and numbers cannot be compared: € 20 says nothing of US$ 1.16, nor of 1.16 in no currency."""
    series = found.numerator or found.main
    if metric.unit != "money" or not goal.unit or not series or unit_of(found) == goal.unit:
        return None
    return Reason("other currency", text=unit_of(found))


def judged_day(found: Inputs, goal: Goal, as_of: int) -> int | None:
    """The earliest last full day of all series that the goal reads, never after the deadline.

    A total recorded by hand says what a level is that day: a newer one is as good as newer flows.
    """
    if found.full_through is None:
        return None
    recorded = [day for day, _ in levels.anchors(found) if day <= as_of and not found.main]
    return min(max((found.full_through, *recorded)), goal.deadline, as_of)


def _a_week_before(case: Case, years: Sequence[Series], own: Own | None) -> Before | None:
    """How it stood seven days before the judged one; None where it had not begun or was too early to say."""
    then = case._replace(day=case.day - WEEK)
    if then.day < case.goal.start:
        return None
    paced, times = pace(then), seasonal(then, years)
    likely = _likely(then, paced, days_of_data(then), times, that_holds(own, then.day, times))
    return Before(then.day, paced.actual, likely.chance) if likely else None


def that_holds(own: Own | None, day: int, times: float) -> Own | None:
    """Nothing where it knows what came after `day`, or where last year's weeks count: it looked back without them."""
    return own if own is not None and own.last_day <= day and times == 1.0 else None


def _likely(case: Case, paced: Pace, days: int, times: float, own: Own | None) -> Forecast | None:
    """The forecast; None where it is too early for one."""
    width = 1.0 if own is None else own.factor
    return chance(case, paced, times, width) if days >= enough_days(case.goal) else None


def _facts(case: Case, as_of: int, missing: int, before: Before | None, times: float, own: Own | None) -> Facts:
    judged, paced, days = case.inputs.judged, pace(case), days_of_data(case)
    return Facts(
        goal=case.goal,
        as_of=as_of,
        case=case,
        pace=paced,
        why_not=None,
        days_of_data=days,
        missing=missing,
        cadence=case.goal.data_every or max(usual_gap(case.goal, s.key.report, s.cadence) for s in judged),
        lag=max(series.lag for series in judged),
        forecast=_likely(case, paced, days, times, own),
        before=by_chance(before.chance) if before and before.chance is not None else None,
    )


def days_of_data(case: Case) -> int:
    """On how many days of data a judgement rests."""
    if case.goal.form.has_window:
        return window_days(case, case.day)
    if case.metric.kind is Kind.LEVEL and case.inputs.main:
        return min(aggregate.days_known(series, case.day) for series in case.inputs.main)
    return aggregate.days_of_data(case.inputs.judged, case.day)


def _remarks(case: Case, missing: Sequence[int]) -> tuple[Reason, ...]:
    """What else a person should know: days that no export states, totals that contradict the flows or the export."""
    found = []
    if missing:
        found.append(_days_missing(missing, _of_missing(case, missing)))
    if case.goal.form.has_window:
        found += _part_of_window(case, case.day)
    if (both := levels.contradiction(case.inputs, case.day)) is not None:
        found.append(Reason("export disagrees", (("day", both[0]), ("recorded", both[1]), ("exported", both[2]))))
    if (other := levels.disagreement(case.inputs, case.goal, case.day)) is not None:
        found.append(Reason("totals disagree", tuple(other._asdict().items()), _who_left(case)))
    if (restated := _begins_otherwise(case)) is not None:
        found.append(Reason("baseline restated", (("baseline", case.goal.baseline or 0.0), ("now", restated))))
    return tuple(found)


def _once(case: Case, paced: Pace | None) -> tuple[Reason, ...]:
    """What of late happened once and is no pace; most weeks have nothing like it, and pay for no look."""
    is_level = case.metric.kind is Kind.LEVEL
    if paced is None or not any(aggregate.jumps(s, case.day, is_level=is_level) for s in case.inputs.main):
        return ()
    from smartkpi.measure.once import once

    found = once(case, paced)
    return () if found is None else (found,)


def _of_missing(case: Case, missing: Sequence[int]) -> tuple[tuple[str, float], ...]:
    """Of a total what the forecast takes for them, and how many it takes for nothing."""
    if case.goal.form is not Form.TOTAL:
        return ()
    brought, early = of_missing(case, missing)
    return ("brought", brought), ("early", early)


def _days_missing(days: Sequence[int], more: tuple[tuple[str, float], ...] = ()) -> Reason:
    return Reason("days missing", (("days", len(days)), ("first", days[0]), ("last", days[-1]), *more))


def _part_of_window(case: Case, last: int) -> list[Reason]:
    """Where fewer days than its window stand behind a value; one kept by hand speaks for spans, not days."""
    days = window_days(case, last)
    whole = days >= case.goal.window or any(s.key.report == BY_HAND for s in case.inputs.judged)
    return [] if whole else [Reason("part of the window", (("days", days), ("window", case.goal.window)))]


def _who_left(case: Case) -> str:
    return "at most" if case.inputs.upper_bound else ""


def _begins_otherwise(case: Case) -> float | None:
    """What the exports say now of the day of the baseline, where that differs: the baseline itself never moves."""
    goal, day = case.goal, case.goal.baseline_day
    if goal.baseline is None or day is None or case.inputs.gains or not goal.form.has_baseline:
        return None
    now = levels.level(case.inputs, goal, day) if goal.form is Form.GROWTH else window_value(case, day)
    return None if now is None or isclose(now, goal.baseline) or now == inf else now


def _why_not(found: Inputs, metric: Metric, said: Sequence[Reason]) -> Reason:
    if said and said[0].code == "no total inside":
        return said[0]
    if any(series.full_through is None for series in found.judged):
        return Reason("nothing final yet")
    if found.all:
        return Reason("account without data", text=", ".join(sorted({label(s.account) for s in found.judged})))
    return Reason("nothing imported", text=metric.id)


def _unjudged(
    goal: Goal, metric: Metric, facts: Facts, series: Sequence[Series], said: Sequence[Reason] = ()
) -> Assessment:
    status, reason = judge(facts)
    assert status in (Status.PAUSED, Status.UPCOMING, Status.NO_DATA), "without data nothing else can be said"
    return Assessment(
        goal=goal,
        metric=metric,
        status=status,
        reasons=(reason, *(each for each in said if each is not reason)),
        pace=None,
        as_of=facts.as_of,
        unit=goal.unit,
        data_to=None,
        sources=sources_of(series),
        baseline=goal.baseline,
    )


def unit_of(found: Inputs) -> str:
    """The currency of what is read; '' where it has none."""
    return next((s.key.unit for s in found.numerator or found.main if s.key.unit), "")


def sources_of(series: Sequence[Series]) -> tuple[Source, ...]:
    """The same for the screens: which export states it, and how fresh it is."""
    return tuple(
        Source(
            platform=s.account.platform,
            account=s.account.name,
            report=s.key.report,
            metric=s.key.metric,
            last_day=s.last_day,
            full_through=s.full_through,
            batch=s.batch,
            file=s.file,
            scope=s.key.scope,
            ranges=s.ranges,
            sum_of=s.sum_of,
            cadence=s.cadence,
        )
        for s in series
    )


def begins_at(goal: Goal, metric: Metric, found: Inputs, as_of: int) -> Begun | None:
    """Where the way of a new goal begins: the last value before its start; None where nobody states it."""
    day = judged_day(found, goal, as_of)
    if day is None or unfed(goal, found):
        return None
    last = min(day, goal.start - 1, as_of)
    case = Case(goal, metric, found, last)
    value = levels.level(found, goal, last) if goal.form is Form.GROWTH else window_value(case, last)
    return None if value is None or value == inf else Begun(value, last, tuple(_doubts(case)))


def _doubts(case: Case) -> list[Reason]:
    """What makes the number that a goal begins at less than certain."""
    goal, found = case.goal, case.inputs
    if goal.form is not Form.GROWTH:
        return _part_of_window(case, case.day)
    if not found.gains:
        return []
    if unknown := levels.unknown_from_total(found, goal, case.day):
        return [_days_missing(unknown)]
    if any(levels.slack(found, goal, case.day)):
        return [Reason("between totals")]
    if levels.is_after_total(found, goal, case.day):
        return [Reason("at most")]
    return [Reason("at least")] if levels.is_before_total(found, goal, case.day) else []
