"""Plan points by hand: "2027-02-01=60", each checked against the goal that it is on the way of."""

from collections.abc import Sequence

from smartkpi.errors import WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.report import words
from smartkpi.workflow.wish import day_of, typed_number

FLAG = "--milestone"
Milestones = tuple[tuple[int, float], ...]


def with_milestones(goal: Goal, texts: Sequence[str], metric: Metric, as_of: int) -> Goal:
    """`goal` with the plan points that were typed; without any typed, its own are checked, since it may have moved."""
    if texts:
        return goal._replace(milestones=milestones_of(texts, goal, metric, as_of))
    try:
        check(goal.milestones, goal, metric)
    except WrongUseError as error:
        error.details = ("It is a milestone of this goal. Say them anew with the change, or take them away first.",)
        error.hints = (f'smartkpi edit {goal.slug} {FLAG} ""',) if goal.slug else ()
        raise
    return goal


def milestones_of(texts: Sequence[str], goal: Goal, metric: Metric, as_of: int) -> Milestones:
    """The plan points that `texts` ("DAY=NUMBER") say, oldest first; ("",) says that there are none.

    Raises `WrongUseError` where one is no day and number, lies outside of the period, or is not on the way between
    those around it.
    """
    found = tuple(sorted(_parsed(text, metric, as_of) for text in texts if text))
    check(found, goal, metric)
    return found


def _parsed(text: str, metric: Metric, as_of: int) -> tuple[int, float]:
    day, equals, number = text.rpartition("=")
    if not equals or not day or not number:
        raise WrongUseError(f'{FLAG}: "{text}" is not a day and a number', hints=(f"{FLAG} {iso(as_of + 30)}=60",))
    return day_of(day, FLAG, as_of), typed_number(number, FLAG, metric)[0]


def check(found: Milestones, goal: Goal, metric: Metric) -> None:
    """Refuses points that the plan of `goal` cannot go through."""
    if not found:
        return
    if not goal.form.has_way:
        raise WrongUseError(f"{FLAG}: a goal of each week or month, or of all the time, has no way: no points on it")
    begun = 0.0 if goal.form is Form.TOTAL else goal.baseline
    before, was = goal.start - 1, begun if begun is not None or goal.form is not Form.GROWTH else 0.0
    for day, value in found:
        if not max(before, goal.start - 1) < day < goal.deadline:
            raise _outside(goal, day, before)
        if not _is_between(was, value, goal):
            raise _off(goal, metric, day, value, was)
        before, was = day, value


def _is_between(was: float | None, value: float, goal: Goal) -> bool:
    """Where nobody knows where it begins, the target alone bounds it, on the side that its direction says."""
    low, high = (-goal.direction.sign * float("inf") if was is None else was), goal.target
    return min(low, high) <= value <= max(low, high)


def _outside(goal: Goal, day: int, before: int) -> WrongUseError:
    said = words.full_day(day)
    if goal.start - 1 < day == before:
        return WrongUseError(f"{FLAG}: {said} stands twice")
    first, last = words.full_day(goal.start), words.full_day(goal.deadline)
    example = iso((goal.start + goal.deadline) // 2)
    text = f"{FLAG}: {said} is not between its start ({first}) and its deadline ({last})"
    return WrongUseError(text, hints=(f"{FLAG} {example}=NUMBER",))


def _off(goal: Goal, metric: Metric, day: int, value: float, was: float | None) -> WrongUseError:
    said, target = (words.target(number, metric, goal.unit) for number in (value, goal.target))
    if was is None:
        return WrongUseError(f"{FLAG}: {said} on {words.full_day(day)} is beyond the target of {target}")
    begun = words.amount(was, metric, goal.unit)
    text = f"{FLAG}: {said} on {words.full_day(day)} is not on the way from {begun} to {target}"
    half = f"{(was + goal.target) / 2:.12g}"
    return WrongUseError(text, hints=(f"{FLAG} {iso(day)}={half}",))
