"""The ten statuses as one table: the first rule that holds says the status and why."""

from collections.abc import Callable
from math import ceil, inf
from typing import NamedTuple

from smartkpi.measure.pace import Case, periods_of, reached_since
from smartkpi.model.assessment import Forecast, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind
from smartkpi.model.repeating import periods_in

ENOUGH_DAYS = 7  # fewer days of data are too early to judge
CHANCES = {  # the chances of each status: at least, and below
    Status.ON_TRACK: (0.70, inf),
    Status.AT_RISK: (0.30, 0.70),
    Status.OFF_TRACK: (-inf, 0.30),
}
HOLD = 0.05  # a status holds until the chance is further past its mark than this
LATE = 1.5  # cadences without newer data that make a goal stale
RECENT = 8  # weeks, or months, that say how often one is met of late
ENDS = ("chance", "low", "mid", "high")  # what is said of where it ends
CLOSE = 1e-9  # what adding and dividing may lose


class Facts(NamedTuple):
    """All that a rule may look at. `case` and `pace` are None where no series has a full day."""

    goal: Goal
    as_of: int
    case: Case | None
    pace: Pace | None
    why_not: Reason | None  # why there are no data
    days_of_data: int = 0
    missing: int = 0  # days of the period so far that are not stated
    cadence: int = 7
    lag: int = 0
    forecast: Forecast | None = None  # of every form but `each`
    before: Status | None = None  # what the chance alone said seven days of data before


def judge(facts: Facts) -> tuple[Status, Reason]:
    """The one status that holds, with its reason."""
    for status, rule in RULES:
        if (reason := rule(facts)) is not None:
            return status, reason
    return Status.OFF_TRACK, _ends("ends short", facts)


def enough_days(goal: Goal) -> int:
    """The days of data below which it is too early to judge."""
    return min(ENOUGH_DAYS, goal.window) if goal.form.has_window else ENOUGH_DAYS


def by_chance(chance: float, before: Status | None = None) -> Status:
    """The status that a chance gives; the one of a week before holds until the chance is clearly past its mark."""
    if before is not None:
        least, below = CHANCES[before]
        if least - HOLD - CLOSE <= chance <= below + HOLD + CLOSE:
            return before
    return next(status for status, (least, _) in CHANCES.items() if chance >= least)


def _paused(facts: Facts) -> Reason | None:
    pause = facts.goal.pause_on(facts.as_of)
    return None if pause is None else Reason("paused", (("first", pause.first), ("last", pause.last)), pause.why)


def _upcoming(facts: Facts) -> Reason | None:
    return Reason("not begun", (("start", facts.goal.start),)) if facts.as_of < facts.goal.start else None


def _no_data(facts: Facts) -> Reason | None:
    if facts.why_not is not None:
        return facts.why_not
    pace = facts.pace
    if pace is None or (pace.actual is None and pace.day >= facts.goal.start):
        return Reason("nothing to work out")
    if _over(facts) and facts.goal.form.has_window and _few_days(facts) is not None:
        return Reason("few days at the end", (("days", facts.days_of_data), ("window", facts.goal.window)))
    return Reason("days unknown", (("days", facts.missing),)) if _undecided(facts) else None


def _undecided(facts: Facts) -> bool:
    """Whether it is over, and days that are missing could still make a good end a bad one, or the other way."""
    if not facts.missing or not _over(facts):
        return False
    if _paced(facts).days_missing or facts.missing >= facts.goal.days:
        return True  # a level was worked back over them; or nothing of it is stated at all
    if facts.goal.form is Form.EACH:
        periods = _periods(facts)
        return periods.met < periods.needed <= periods.met + periods.to_come
    return _can_be_lost(facts) and _reached(facts)


def _can_be_lost(facts: Facts) -> bool:
    """Whether one more day can undo what is reached: a limit, a net change, a level that is to be kept."""
    goal, case = facts.goal, facts.case
    if goal.form is Form.TOTAL:
        return goal.direction is Direction.DOWN or (case is not None and case.metric.net)
    return goal.form is Form.KEEP and case is not None and case.metric.kind is Kind.LEVEL


def _achieved(facts: Facts) -> Reason | None:
    goal, pace = facts.goal, _paced(facts)
    if goal.form is Form.EACH:
        periods = _periods(facts)
        return _counted("periods met", periods) if periods.met >= periods.needed else None
    if pace.at_most or pace.days_missing or not _surely_reached(facts):
        return None
    certain = goal.form is Form.TOTAL and not _can_be_lost(facts)
    return Reason("reached", _actual(pace)) if certain or _over(facts) else None


def _missed(facts: Facts) -> Reason | None:
    goal, pace = facts.goal, _paced(facts)
    if goal.form is Form.EACH:
        periods = _periods(facts)
        lost = _over(facts) or periods.met + periods.to_come < periods.needed
        return _counted("periods missed", periods) if lost else None
    if pace.actual is None or pace.days_missing or _perhaps_reached(facts):
        return None
    if _cannot_come_back(facts):
        return Reason("exceeded", _actual(pace))
    return Reason("fell short", _actual(pace)) if _over(facts) else None


def _cannot_come_back(facts: Facts) -> bool:
    """A limit on a sum that is exceeded, a level that was to be kept and was not: no later day mends it."""
    goal, case = facts.goal, facts.case
    net = case is not None and case.metric.net
    limit = goal.is_limit and not net
    return limit or (goal.form is Form.KEEP and case is not None and case.metric.kind is Kind.LEVEL)


def _stale(facts: Facts) -> Reason | None:
    age = facts.as_of - _paced(facts).day
    if _over(facts) or age <= LATE * facts.cadence + facts.lag:
        return None
    return Reason("no newer data", (("days", age), ("cadence", facts.cadence)))


def _too_early(facts: Facts) -> Reason | None:
    pace = _paced(facts)
    if (few := _few_days(facts)) is not None:
        return few
    if facts.goal.form is Form.EACH:
        periods = _periods(facts)
        return None if periods.gone else Reason("no period yet", (("ends", periods.first_ends),))
    if pace.actual is None:
        return Reason("not begun in the data", (("day", pace.day),))
    return Reason("no pace yet") if facts.forecast is None and not _over(facts) and pace.actual != inf else None


def _few_days(facts: Facts) -> Reason | None:
    goal, days, needed = facts.goal, facts.days_of_data, enough_days(facts.goal)
    window = (("window", goal.window),) if goal.form.has_window else ()
    return Reason("few days", (("days", days), ("needed", needed), *window)) if days < needed else None


def _on_track(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        periods = _periods(facts)
        return None if periods.one_miss_loses or periods.rate_misses else _counted("periods met", periods)
    if _over(facts):
        return Reason("unconfirmed", _actual(_paced(facts)))  # only an upper bound, or an estimate, reached the target
    if _status_of(facts) is not Status.ON_TRACK:
        return None
    if facts.goal.form not in (Form.TOTAL, Form.KEEP) and _reached(facts):
        return _reached_early(facts)
    return _ends("ends there", facts)


def _at_risk(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        periods = _periods(facts)
        return None if periods.rate_misses else _counted("one more miss loses", periods)
    return _ends("ends just short", facts) if _status_of(facts) is Status.AT_RISK else None


def _off_track(facts: Facts) -> Reason | None:
    if facts.goal.form is Form.EACH:
        return _counted("too many misses", _periods(facts))
    return _ends("ends short", facts)


def _paced(facts: Facts) -> Pace:
    assert facts.pace is not None, "the rule `no data` comes first"
    return facts.pace


def _over(facts: Facts) -> bool:
    return _paced(facts).day >= facts.goal.deadline


def _reached(facts: Facts) -> bool:
    actual = _paced(facts).actual
    return actual is not None and facts.goal.direction.reached(actual, facts.goal.target)


def _surely_reached(facts: Facts) -> bool:
    """Whether the target is reached wherever between two totals the level really was."""
    return _reached(facts) and all(_ends_reached(facts))


def _perhaps_reached(facts: Facts) -> bool:
    return _reached(facts) or any(_ends_reached(facts))


def _ends_reached(facts: Facts) -> list[bool]:
    goal = facts.goal
    return [goal.direction.reached(value, goal.target) for value in _paced(facts).between or ()]


def _actual(pace: Pace) -> tuple[tuple[str, float], ...]:
    return () if pace.actual is None else (("actual", pace.actual),)


def _reached_early(facts: Facts) -> Reason:
    if facts.goal.form is not Form.GROWTH or facts.case is None:
        return Reason("reached early", _actual(_paced(facts)))
    return Reason("reached early", (*_actual(_paced(facts)), ("since", reached_since(facts.case))))


def _status_of(facts: Facts) -> Status:
    """Spend without a single lead has no chance that could be told, and is off track."""
    return by_chance(facts.forecast.chance, facts.before) if facts.forecast else Status.OFF_TRACK


def _ends(code: str, facts: Facts) -> Reason:
    """Where it ends; where the status of a week before holds, the chance that ends it (`mark`), and what comes then."""
    found = facts.forecast
    if found is None:
        return Reason(code)
    numbers = tuple(zip(ENDS, found, strict=False))
    status, alone = _status_of(facts), by_chance(found.chance)
    if status is alone:
        return Reason(code, numbers)
    least, below = CHANCES[status]
    mark = below + HOLD if found.chance >= below else least - HOLD
    return Reason(code, (*numbers, ("mark", mark)), alone.value)


class Periods(NamedTuple):
    """The weeks, or months, of an `each` goal: met, gone, all, needed in the end, and the share met of late."""

    met: int
    gone: int
    all: int
    needed: int
    ahead: int  # not over yet; those before that miss days may still turn out either way
    lately: float
    first_ends: int

    @property
    def to_come(self) -> int:
        return self.all - self.gone

    @property
    def one_miss_loses(self) -> bool:
        return self.met + self.to_come - 1 < self.needed

    @property
    def rate_misses(self) -> bool:
        return self.met + self.lately * self.to_come < self.needed - CLOSE


def _periods(facts: Facts) -> Periods:
    assert facts.case is not None, "the rule `no data` comes first"
    goal = facts.goal
    met = periods_of(facts.case)
    recent = met[-RECENT:]
    periods = periods_in(goal)
    return Periods(
        met=sum(met),
        gone=len(met),
        all=len(periods),
        needed=max(1, ceil(goal.share * len(periods) - CLOSE)),
        ahead=sum(last > facts.case.day for _, last in periods),
        lately=sum(recent) / len(recent) if recent else 0.0,
        first_ends=next((last for _, last in periods if last > facts.case.day), periods[-1][1]),
    )


def _counted(code: str, periods: Periods) -> Reason:
    names = ("met", "gone", "needed", "ahead")
    return Reason(code, (*((name, getattr(periods, name)) for name in names), ("periods", periods.all)))


RULES: tuple[tuple[Status, Callable[[Facts], Reason | None]], ...] = (
    (Status.PAUSED, _paused),
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
