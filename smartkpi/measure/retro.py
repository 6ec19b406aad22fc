"""Judged goals become endings, and endings lots: met, missed, by how much, and what that says of the next targets.

A lot's share of the way is the median of its goals: each goal counts once, whatever it counts, and one that ran away
to ten times its target moves it no more than one that just made it. Nothing is capped.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from statistics import fmean, median

from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.ending import ENOUGH, Ending, Learned, Lesson, Lot, Outcome, Sought
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction

SHORT, BEYOND = 0.9, 1.25  # of the way: targets too high, targets too low
LEFT = 0.25  # of a limit, on average, where all were kept: limits too wide
PARTS = (0.25, 0.5, 0.75)  # of the period: when the chance is looked at again
DECIDED = {Status.ACHIEVED: Outcome.MET, Status.MISSED: Outcome.MISSED}


def ending(judged: Assessment) -> Ending:
    """How a goal ended, judged on the day of its end: `judged.as_of` up to its deadline means that it ended early."""
    early = Outcome.EARLY if judged.as_of <= judged.goal.deadline else Outcome.UNKNOWN
    return Ending(judged, DECIDED.get(judged.status, early), share(judged))


def share(judged: Assessment) -> float | None:
    """The share of the way that a goal has behind it; None where it has none, or nobody knows."""
    goal, pace = judged.goal, judged.pace
    if pace is None or goal.form is Form.KEEP or goal.is_limit:
        return None
    if goal.form is Form.EACH:
        counts = dict(judged.reasons[0].numbers)
        return counts["met"] / counts["needed"] if counts.get("needed") and "met" in counts else None
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
    decided = [each for each in endings if each.outcome in DECIDED.values()]
    shares, typical = _typical(decided)
    kinds = [(of, [each for each in decided if sought(each.judged.goal) is of]) for of in Sought]
    said = tuple(_learned(of, some) for of, some in kinds if some)
    met, missed = count[Outcome.MET], count[Outcome.MISSED]
    return Lot(by, name, met, missed, count[Outcome.EARLY], count[Outcome.UNKNOWN], typical, shares, said)


def sought(goal: Goal) -> Sought:
    """What its target is."""
    is_down = goal.direction is Direction.DOWN
    if goal.form is Form.KEEP:
        return Sought.MOST if is_down else Sought.LEAST
    return Sought.MOST if goal.is_limit else Sought.WAY


def _typical(decided: Sequence[Ending]) -> tuple[int, float | None]:
    """How many have a share of the way, and the median of these."""
    shares = [each.share for each in decided if each.share is not None]
    return len(shares), median(shares) if shares else None


def _learned(of: Sought, decided: Sequence[Ending]) -> Learned:
    missed = [each for each in decided if each.outcome is Outcome.MISSED]
    met = len(decided) - len(missed)
    if of is not Sought.WAY:
        beyond = _beyond(missed if len(missed) > met else decided)
        return Learned(of, met, len(missed), learned_of_limits(met, len(missed), beyond), beyond=beyond)
    measured, typical = _typical(decided)
    said = learned(met, len(missed), typical if measured >= ENOUGH else None)
    down = any(each.judged.goal.direction is Direction.DOWN for each in decided)
    return Learned(of, met, len(missed), said, share=typical if measured == len(decided) else None, down=down)


def _beyond(endings: Sequence[Ending]) -> float | None:
    """How far limits lie behind their ends on average; None where one of these is no number, or about one."""
    found = []
    for judged in (each.judged for each in endings):
        target, actual = judged.goal.target, judged.pace.actual if judged.pace else None
        if not target or actual is None or not isfinite(actual):
            return None
        found.append((target - actual) * judged.goal.direction.sign / abs(target))
    return fmean(found) if found else None


def learned(met: int, missed: int, typical: float | None) -> Lesson:
    """What so many met and missed goals say, where they end at `typical` of the way (None: too few tell)."""
    if met + missed < ENOUGH:
        return Lesson.TOO_FEW
    if missed > met:
        return Lesson.LOWER if typical is None or typical < SHORT else Lesson.NEARLY
    return Lesson.HIGHER if met > missed and typical is not None and typical >= BEYOND else Lesson.FITS


def learned_of_limits(met: int, missed: int, beyond: float | None) -> Lesson:
    """What so many kept and broken limits say, where they lie `beyond` behind their ends (None: nobody can tell)."""
    if met + missed < ENOUGH:
        return Lesson.TOO_FEW
    if missed > met:
        return Lesson.LOOSER
    return Lesson.TIGHTER if not missed and beyond is not None and beyond <= -LEFT else Lesson.FITS
