"""The ten statuses as one table: the first rule that holds says the status and why."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf

from smartkpi.measure.pace import Case, weeks_in_all, weeks_of
from smartkpi.model.assessment import Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction

ENOUGH_DAYS = 7  # fewer days of data are too early to judge
ON_TRACK, AT_RISK = 1.0, 0.85  # the share of the target at which the projected end is on track, at risk
LATE = 1.5  # cadences without newer data that make a goal stale
RECENT_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a rule may look at. `case` and `pace` are None where no series has a full day."""

    goal: Goal
    as_of: int
    case: Case | None
    pace: Pace | None
    why_not: Reason | None  # why there are no data
    baseline: float | None = None
    days_of_data: int = 0
    cadence: int = 7
    lag: int = 0


def judge(facts: Facts) -> tuple[Status, Reason]:
    """The one status that holds, with its reason."""
    for status, rule in RULES:
        if (reason := rule(facts)) is not None:
            return status, reason
    return Status.OFF_TRACK, _projected("ends short", facts)


def _upcoming(facts: Facts) -> Reason | None:
    return Reason("not begun", (("start", facts.goal.start),)) if facts.as_of < facts.goal.start else None


def _no_data(facts: Facts) -> Reason | None:
    if facts.why_not is not None:
        return facts.why_not
    return Reason("nothing to read") if facts.pace is None or facts.pace.actual is None else None


def _achieved(facts: Facts) -> Reason | None:
    goal, pace = facts.goal, _paced(facts)
    if pace.actual is None or pace.at_most:
        return None
    reached = goal.direction.reached(pace.actual, goal.target)
    if goal.form is Form.TOTAL and goal.direction is Direction.UP and reached:
        return Reason("reached", (("actual", pace.actual),))
    if goal.form is Form.EACH:
        return Reason("weeks met", (("met", pace.weeks_met or 0),)) if _over(facts) and not _share_lost(facts) else None
    return Reason("reached", (("actual", pace.actual),)) if _over(facts) and reached else None


def _missed(facts: Facts) -> Reason | None:
    goal, pace = facts.goal, _paced(facts)
    if goal.form is Form.EACH:
        return Reason("weeks missed", (("met", pace.weeks_met or 0),)) if _share_lost(facts) else None
    reached = pace.actual is not None and goal.direction.reached(pace.actual, goal.target)
    if goal.form is Form.TOTAL and goal.direction is Direction.DOWN and not reached:
        return Reason("exceeded", (("actual", pace.actual or 0.0),))
    return Reason("fell short", (("actual", pace.actual or 0.0),)) if _over(facts) and not reached else None


def _stale(facts: Facts) -> Reason | None:
    pace = _paced(facts)
    age = facts.as_of - pace.day
    if _over(facts) or age <= LATE * facts.cadence + facts.lag:
        return None
    return Reason("no newer data", (("days", age), ("cadence", facts.cadence)))


def _too_early(facts: Facts) -> Reason | None:
    enough = facts.days_of_data >= ENOUGH_DAYS
    return None if enough else Reason("few days", (("days", facts.days_of_data), ("needed", ENOUGH_DAYS)))


def _on_track(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        return Reason("weeks met", ()) if not _one_miss_loses(facts) and not _rate_misses(facts) else None
    if _share_of_target(facts) < ON_TRACK:
        return None
    pace = _paced(facts)
    early = facts.goal.form is not Form.TOTAL and pace.actual is not None
    if early and facts.goal.direction.reached(pace.actual or 0.0, facts.goal.target):
        return _projected("reached early", facts)
    return _projected("ends there", facts)


def _at_risk(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        return Reason("one more miss loses") if not _rate_misses(facts) else None
    return _projected("ends just short", facts) if _share_of_target(facts) >= AT_RISK else None


def _off_track(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        return Reason("too many misses")
    return _projected("ends short", facts)


def _paced(facts: Facts) -> Pace:
    assert facts.pace is not None, "the rule `no data` comes first"
    return facts.pace


def _over(facts: Facts) -> bool:
    return _paced(facts).day >= facts.goal.deadline


def _projected(code: str, facts: Facts) -> Reason:
    pace = _paced(facts)
    return Reason(code, (("projected", pace.projected),) if pace.projected is not None else ())


def _share_of_target(facts: Facts) -> float:
    """How much of the target the projected end reaches: of the way for growth, of the value else; mirrored for
    lower-is-better. 0 where nothing can be projected."""
    goal, pace = facts.goal, _paced(facts)
    end = pace.projected
    if end is None:
        return 0.0
    if goal.form is Form.GROWTH:
        begun = facts.baseline or 0.0
        return (end - begun) / (goal.target - begun) if goal.target != begun else 0.0
    if goal.direction is Direction.DOWN:
        return goal.target / end if end > 0 else inf
    return end / goal.target if goal.target else 0.0


def _needed_weeks(facts: Facts, case: Case) -> int:
    return ceil(facts.goal.share * weeks_in_all(case) - 1e-9)


def _weeks(facts: Facts) -> tuple[int, int, int]:
    """Weeks met, weeks still to come, weeks needed."""
    assert facts.case is not None, "the rule `no data` comes first"
    pace = _paced(facts)
    return (
        pace.weeks_met or 0,
        weeks_in_all(facts.case) - (pace.weeks_gone or 0),
        _needed_weeks(facts, facts.case),
    )


def _share_lost(facts: Facts) -> bool:
    met, to_come, needed = _weeks(facts)
    return met + to_come < needed


def _one_miss_loses(facts: Facts) -> bool:
    met, to_come, needed = _weeks(facts)
    return to_come > 0 and met + to_come - 1 < needed


def _rate_misses(facts: Facts) -> bool:
    assert facts.case is not None, "the rule `no data` comes first"
    recent = weeks_of(facts.case)[-RECENT_WEEKS:]
    if not recent:
        return False
    met, to_come, needed = _weeks(facts)
    kept_up = sum(facts.goal.direction.reached(v, facts.goal.target) for v in recent) / len(recent)
    return met + kept_up * to_come < needed


RULES: tuple[tuple[Status, Callable[[Facts], Reason | None]], ...] = (
    (Status.UPCOMING, _upcoming),
    (Status.NO_DATA, _no_data),
    (Status.ACHIEVED, _achieved),
    (Status.MISSED, _missed),
    (Status.STALE, _stale),
    (Status.TOO_EARLY, _too_early),
    (Status.ON_TRACK, _on_track),
    (Status.AT_RISK, _at_risk),
    (Status.OFF_TRACK, _off_track),
)
