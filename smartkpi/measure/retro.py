"""Judged goals become endings, and endings lots: met, missed, by how much, and what that says of the next targets.

A lot's share of the way is the median of its goals: each goal counts once, whatever it counts, and one that ran away
to ten times its target moves it no more than one that just made it. Nothing is capped.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from statistics import median

from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.ending import ENOUGH, Ending, Lesson, Lot, Outcome
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction

SHORT, BEYOND = 0.9, 1.25  # of the way: targets too high, targets too low
PARTS = (0.25, 0.5, 0.75)  # of the period: when the chance is looked at again
DECIDED = {Status.ACHIEVED: Outcome.MET, Status.MISSED: Outcome.MISSED}


def ending(judged: Assessment) -> Ending:
    """How a goal ended, judged on the day of its end: `judged.as_of` up to its deadline means that it ended early."""
    early = Outcome.EARLY if judged.as_of <= judged.goal.deadline else Outcome.UNKNOWN
    return Ending(judged, DECIDED.get(judged.status, early), share(judged))


def share(judged: Assessment) -> float | None:
    """The share of the way that a goal has behind it; None where it has none, or nobody knows."""
    goal, pace = judged.goal, judged.pace
    if pace is None or goal.form is Form.KEEP or (goal.form is Form.TOTAL and goal.direction is Direction.DOWN):
        return None
    if goal.form is Form.EACH:
        counts = dict(judged.reasons[0].numbers)
        return counts["met"] / counts["needed"] if counts.get("needed") else None
    return pace.progress if pace.progress is not None and isfinite(pace.progress) else None


def ended_on(goal: Goal, as_of: int) -> int:
    """The day to judge a goal's end on: later data count for one that ran to its deadline, not for one cut short."""
    if goal.closed_on is not None and goal.closed_on <= goal.deadline:
        return min(goal.closed_on, as_of)
    return as_of


def moments(goal: Goal, last: int) -> list[tuple[float, int]]:
    """(part, day) at a quarter, half and three quarters of the period, as far as they lie before `last`."""
    days = ((part, goal.start + round(part * goal.days) - 1) for part in PARTS)
    return [(part, day) for part, day in days if goal.start <= day < min(last, goal.deadline)]


def lots(endings: Sequence[Ending]) -> list[Lot]:
    """The endings pooled by metric, platform, campaign and owner; what has no such name is in none of that kind."""
    found = []
    for by, name_of in NAMES.items():
        names = sorted({name for each in endings if (name := name_of(each.judged))})
        found += [_lot(by, name, [each for each in endings if name_of(each.judged) == name]) for name in names]
    return found


def _platform(judged: Assessment) -> str:
    on = {source.platform for source in judged.sources}
    return judged.goal.platform or (on.pop() if len(on) == 1 else "")


NAMES: dict[str, Callable[[Assessment], str]] = {
    "metric": lambda judged: judged.metric.name,
    "platform": _platform,
    "campaign": lambda judged: judged.goal.campaign,
    "owner": lambda judged: judged.goal.owner,
}


def _lot(by: str, name: str, endings: Sequence[Ending]) -> Lot:
    count = {outcome: sum(each.outcome is outcome for each in endings) for outcome in Outcome}
    shares = [each.share for each in endings if each.share is not None and each.outcome in DECIDED.values()]
    met, missed, typical = count[Outcome.MET], count[Outcome.MISSED], median(shares) if shares else None
    lesson = learned(met, missed, typical if len(shares) >= ENOUGH else None)
    return Lot(by, name, met, missed, count[Outcome.EARLY], count[Outcome.UNKNOWN], typical, len(shares), lesson)


def learned(met: int, missed: int, typical: float | None) -> Lesson:
    """What so many met and missed goals say, where they end at `typical` of the way (None: too few tell)."""
    if met + missed < ENOUGH:
        return Lesson.TOO_FEW
    if missed > met and (typical is None or typical < SHORT):
        return Lesson.LOWER
    return Lesson.HIGHER if met > missed and typical is not None and typical >= BEYOND else Lesson.FITS
