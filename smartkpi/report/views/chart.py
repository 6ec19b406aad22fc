"""A goal's way as a chart: its values against the plan, and where it will likely end."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, isclose, log10

from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Form
from smartkpi.model.period import to_date
from smartkpi.report import sentences, words
from smartkpi.report.document import Chart, Point

TICKS = 5  # about so many steps from the lowest value to the highest
SHORT = 45  # days: a goal that is shorter names its Mondays, not its months


def chart(judged: Assessment, course: Sequence[tuple[int, float]]) -> Chart | None:
    """The way so far against the plan; None where nothing can be drawn. `course`: (day, value), oldest first."""
    goal, foreseen = judged.goal, sentences.forecast(judged)
    if not course or judged.pace is None:
        return None
    plan = plan_of(judged)
    begun = ((plan[0],) if goal.form is Form.TOTAL else ()) + tuple((float(day), value) for day, value in course)
    likely = (float(goal.deadline), foreseen.low, foreseen.high) if foreseen else None
    span = "" if foreseen is None else sentences.likely(judged, foreseen) or sentences.end(judged, foreseen)
    return Chart(
        values=begun,
        plan=plan,
        likely=likely,
        ticks=_ticks(judged, begun, plan, likely),
        days=_days(goal.start, goal.deadline),
        so_far=f"{sentences.actual(judged)} on {words.day(judged.pace.day)}",
        planned=_planned(judged, plan),
        foreseen=f"likely: {span}" if span else "",
    )


def plan_of(judged: Assessment) -> tuple[Point, ...]:
    """The plan from the evening before the start on, where it bends; without a way, the target all along."""
    goal = judged.goal
    if judged.plan is None:
        return (float(goal.start - 1), goal.target), (float(goal.deadline), goal.target)
    course = judged.plan.course
    bent = (i for i in range(1, len(course) - 1) if not _is_straight(course[i - 1], course[i], course[i + 1]))
    return tuple((float(goal.start - 1 + i), course[i]) for i in (0, *bent, len(course) - 1))


def _is_straight(before: float, value: float, after: float) -> bool:
    return isclose(value - before, after - value, rel_tol=1e-6, abs_tol=1e-9)


def _planned(judged: Assessment, plan: Sequence[Point]) -> str:
    """ "plan: 60 on 1 Feb, 100 on 31 Mar, paused 24 Dec – 3 Jan 2027"."""
    goal = judged.goal
    points = [(day, value) for day, value in goal.milestones if judged.plan and judged.plan.at(day) == value]
    said = [f"{sentences.value_of(judged, value)} on {words.day(day)}" for day, value in points]
    said.append(f"{sentences.target_of(judged)} on {words.day(goal.deadline)}")
    said += [f"paused {words.span(pause.first, pause.last)}" for pause in goal.pauses]
    return f"{'plan' if plan[0][1] != plan[-1][1] else 'target'}: {', '.join(said)}"


def _ticks(
    judged: Assessment, values: Sequence[Point], plan: Sequence[Point], likely: tuple[float, float, float] | None
) -> tuple[tuple[float, str], ...]:
    """Round values from the lowest to the highest; a range that goes far beyond all others is cut off."""
    known = [value for _, value in (*values, *plan)]
    low, high = min(known), max(known)
    if likely is not None:
        room = (high - low) or abs(high) or 1.0
        low, high = min(low, max(likely[1], low - room)), max(high, min(likely[2], high + room))
    step = _step((high - low) or abs(high) or 1.0, whole=not judged.metric.unit)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple((n * step, _said(judged, n * step)) for n in range(first, max(last, first + 1) + 1))


def _step(span: float, *, whole: bool) -> float:
    size = 10.0 ** floor(log10(span / TICKS))
    step: float = next(size * times for times in (1, 2, 5, 10) if size * times >= span / TICKS * (1 - 1e-9))
    return max(step, 1.0) if whole and span >= 2 else step


def _said(judged: Assessment, value: float) -> str:
    return sentences.value_of(judged, round(value, 9)) if value else words.amount(0.0, judged.metric, judged.unit)


def _days(start: int, deadline: int) -> tuple[tuple[float, str], ...]:
    """The first day and the last one, and between them every Monday or the first of every month."""
    between = range(start + 1, deadline)
    if deadline - start <= SHORT:
        named = [(day, words.day(day)) for day in between if to_date(day).weekday() == 0]
    else:
        named = [(day, _month(to_date(day))) for day in between if to_date(day).day == 1]
    ends = [(start - 1, words.day(start)), *named, (deadline, words.day(deadline))]
    return tuple((float(day), text) for day, text in ends)


def _month(day: date) -> str:
    return str(day.year) if day.month == 1 else words.day(day.toordinal()).split()[1]
