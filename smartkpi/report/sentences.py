"""Where a goal stands in a few words, for people who fear numbers."""

from collections.abc import Callable, Sequence
from math import ceil, floor, isinf

from smartkpi.model.assessment import Assessment, Before, Forecast, Pace, Reason, Status
from smartkpi.model.goal import Form
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import MONTHS, to_date
from smartkpi.model.repeating import first_of, is_counted
from smartkpi.report import words
from smartkpi.report.document import Tone

SIGNS = {
    Status.ON_TRACK: "✓",
    Status.AT_RISK: "~",
    Status.OFF_TRACK: "✗",
    Status.TOO_EARLY: "…",
    Status.STALE: "!",
    Status.NO_DATA: "?",
    Status.UPCOMING: "○",
    Status.ACHIEVED: "★",
    Status.MISSED: "■",
    Status.PAUSED: "‖",
}
TONES = {
    Status.ON_TRACK: Tone.GOOD,
    Status.ACHIEVED: Tone.GOOD,
    Status.AT_RISK: Tone.WARN,
    Status.STALE: Tone.WARN,
    Status.NO_DATA: Tone.WARN,
    Status.OFF_TRACK: Tone.BAD,
    Status.MISSED: Tone.BAD,
    Status.TOO_EARLY: Tone.MUTED,
    Status.UPCOMING: Tone.MUTED,
    Status.PAUSED: Tone.MUTED,
}
LISTED_RANGES = 3  # more of them would bury the point


def nearest(value: float) -> float:
    """The nearest whole number, the half up."""
    return floor(value + 0.5)


def rate(value: float, metric: Metric, unit: str, to: Callable[[float], float] = nearest) -> str:
    """A weekly amount with at least two digits: 0.32, 1.3, 12, 1,591.

    `to` is `ceil` of what is needed, so that doing it is enough, and `floor` of what a limit leaves.
    """
    digits = 0 if value >= 10 else 1 if value >= 1 else 2
    shown = to(round(value * 10**digits, 6)) / 10**digits  # 1.2 × 10 is a little more than 12
    return words.money(shown, unit) if metric.unit == "money" else words.number(shown)


def now_and_target(judged: Assessment) -> str:
    """ "41 → 100", "€ 17.40 ≤ € 20", "2 of 3 this week"."""
    goal, pace = judged.goal, judged.pace
    target = target_of(judged)
    if pace is None or pace.actual is None:
        return f"– → {target}"
    if isinf(pace.actual):
        return f"no result → {target}"
    now = actual(judged)
    if goal.form is Form.EACH:
        if not is_counted(goal, pace.day):
            return f"{now} {which_period(judged, pace)}, not counted"
        return f"{now} of {target} {which_period(judged, pace)}"
    if goal.form is Form.KEEP or goal.is_limit:
        return f"{now} {COMPARED[goal.direction, goal.direction.reached(pace.actual, goal.target)]} {target}"
    return f"{now} → {target}"


COMPARED = {
    (Direction.UP, True): "≥",
    (Direction.UP, False): "<",
    (Direction.DOWN, True): "≤",
    (Direction.DOWN, False): ">",
}


def which_period(judged: Assessment, pace: Pace) -> str:
    """The headline says which week this is; the data may end in an earlier one."""
    every = judged.goal.every
    if first_of(every, pace.day) == first_of(every, judged.as_of):
        return f"this {every}"
    day = to_date(pace.day)
    return f"in week {day.isocalendar().week}" if every == "week" else f"in {MONTHS[day.month - 1].title()}"


def progress(judged: Assessment) -> str:
    """ "41 %", "6 of 6 weeks"; never "100 %" before it is there, nor less than nothing of the way, nor more than all
    of it: only of a sum does what is beyond say anything."""
    pace = judged.pace
    if pace is None or pace.progress is None:
        return ""
    if pace.periods_gone is not None:
        return f"{pace.periods_met} of {words.counted(pace.periods_gone, judged.goal.every)}"
    most = 0.99 if pace.progress < 1 else pace.progress if judged.goal.form is Form.TOTAL else 1.0
    return words.percent(min(max(pace.progress, 0.0), most))


def days_ahead(judged: Assessment) -> str:
    """ "8 days behind", "2 days too fast" of a limit, "there already", or '' where it cannot be told.

    Where days are missing, what is known is the least: "at most 8 days behind".
    """
    days = shown_days_ahead(judged)
    if days is None:
        return ""
    if days > 0 and is_there(judged):
        return "there already"
    limit = judged.goal.is_limit
    said = words.ahead(days, limit=limit)
    return f"{'at least' if days == 0 or (days > 0) is not limit else 'at most'} {said}" if is_least(judged) else said


def is_there(judged: Assessment) -> bool:
    """Whether a level or a rate has its target: a plan has nothing to say of what lies beyond it."""
    pace, goal = judged.pace, judged.goal
    is_sum = goal.form is Form.TOTAL or pace is None or pace.actual is None
    return not is_sum and pace is not None and goal.direction.reached(pace.actual or 0.0, goal.target)


def is_least(judged: Assessment) -> bool:
    """Whether its number is a sum that lacks days: they can only add to it."""
    is_sum = judged.goal.form is Form.TOTAL and not judged.metric.net
    return is_sum and any(reason.code == "days missing" for reason in judged.reasons)


def shown_days_ahead(judged: Assessment) -> int | None:
    """Days ahead of the plan, where the status leaves that a question."""
    return judged.pace.days_ahead if judged.pace is not None and judged.status in OPEN else None


OPEN = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.STALE)  # how it ends is a question


def forecast(judged: Assessment) -> Forecast | None:
    """Where it ends, where the status leaves that a question and enough is known to answer it."""
    return judged.forecast if judged.status in OPEN else None


def before(judged: Assessment) -> Before | None:
    """How it stood a week before, where that can be compared with now."""
    return judged.before if judged.status in OPEN else None


def odds(judged: Assessment) -> str:
    """ "about 8 in 10", "at best about 8 in 10", or '' where nobody can tell."""
    foreseen = forecast(judged)
    return "" if foreseen is None else at_best(judged) + words.odds(foreseen.chance)


def at_best(judged: Assessment) -> str:
    """ "at best " before the chance of a level that is only an upper bound: who left can make it less, never more."""
    pace, up = judged.pace, judged.goal.direction is Direction.UP
    uncertain = judged.forecast is not None and 0 < judged.forecast.chance < 1
    return "at best " if pace is not None and pace.at_most and up and uncertain else ""


MOVED = 0.15  # a chance that moved less in a week did not move


def moved(judged: Assessment) -> float:
    """By how much the chance rose (or, below 0, fell) in the seven days of data before; 0 where it hardly moved."""
    was, now = before(judged), forecast(judged)
    if was is None or was.chance is None or now is None or abs(now.chance - was.chance) < MOVED:
        return 0.0
    return now.chance - was.chance


def since(judged: Assessment) -> str:
    """ "since 8 Nov: from 35 to 41, and the chance fell from about 7 to about 4 in 10"; '' where nobody can tell."""
    was, now = before(judged), forecast(judged)
    if was is None or was.actual is None or now is None or judged.pace is None or judged.pace.actual is None:
        return ""
    then, value = value_of(judged, was.actual), actual(judged)
    way = f"still {value}" if then == value else f"from {then} to {value}"
    return f"since {words.day(was.day)}: {way}{_and_the_chance(judged, was, now)}"


def _and_the_chance(judged: Assessment, was: Before, now: Forecast) -> str:
    if was.chance is None:
        return ""
    by = moved(judged)
    if not by or words.odds(was.chance) == words.odds(now.chance):
        return ", and the chance is much the same"
    return f", and the chance {'rose' if by > 0 else 'fell'} from {words.odds(was.chance)} to {words.odds(now.chance)}"


def a_week_ago(judged: Assessment) -> str:
    """ "35, about 7 in 10": where it stood seven days of data before."""
    was = before(judged)
    if was is None or was.actual is None:
        return ""
    then = value_of(judged, was.actual)
    return then if was.chance is None else f"{then}, {words.odds(was.chance)}"


def once(judged: Assessment) -> Reason | None:
    """What of late happened once and is no pace: a purge, a spike."""
    return next((reason for reason in judged.reasons if reason.code == "once"), None)


def lately(judged: Assessment) -> float | None:
    """What it was a week of late, without what happened once; None where it is too early to speak of a pace."""
    found, pace = once(judged), judged.pace
    if pace is None or pace.run_rate is None or judged.status is Status.TOO_EARLY:
        return None
    return pace.run_rate if found is None else found["without"]


def needed(judged: Assessment) -> float | None:
    """What it takes a week from now on, of a limit what it leaves; None where nothing is left to do."""
    required = judged.pace.required_rate if judged.pace else None
    if required is None or judged.status in (Status.ACHIEVED, Status.MISSED):
        return None
    is_done = judged.goal.form.adds_up and required * judged.goal.gain <= 0
    return None if is_done and not judged.goal.has_ceiling else required


def needed_said(judged: Assessment) -> str:
    """ "9", rounded so that it is enough, "about 9" where days are missing; '' where nothing is left to do."""
    weekly = needed(judged)
    if weekly is None:
        return ""
    about = "about " if is_least(judged) else ""
    return about + rate_signed(weekly, judged, floor if judged.goal.has_ceiling else ceil)


def expected(judged: Assessment) -> str:
    """Where the plan is today: "50", "€ 576"; of a few things with one decimal."""
    value = judged.pace.expected if judged.pace else None
    if value is None:
        return ""
    if judged.metric.unit == "money" and abs(value) >= 100:
        return value_of(judged, round(value))
    return value_of(judged, value if judged.metric.unit or abs(value) >= 10 else round(value, 1))


def rate_signed(value: float, judged: Assessment, to: Callable[[float], float] = nearest) -> str:
    """A weekly amount that may go the wrong way: "−2"."""
    if judged.goal.gain < 0:
        value = -value
    said = rate(abs(value), judged.metric, judged.unit, to)
    return (words.MINUS if value < 0 and said != rate(0.0, judged.metric, judged.unit) else "") + said


def relative(judged: Assessment) -> bool:
    """Whether its numbers are gains since the start: nobody has stated the level."""
    return judged.goal.form is Form.GROWTH and judged.goal.baseline is None


def value_of(judged: Assessment, value: float) -> str:
    """Any value of its metric as it counts for this goal: "100", "€ 20", "+20"."""
    return words.signed(value) if relative(judged) else words.amount(value, judged.metric, judged.unit)


def target_of(judged: Assessment) -> str:
    """ "100", "€ 20", "+20": with the digits that it was set with."""
    target = judged.goal.target
    said = words.target(target, judged.metric, judged.unit)
    return f"+{said}" if relative(judged) and target >= 0 else said


def aim(judged: Assessment) -> str:
    """ "100 by 31 Jan 2026"."""
    return f"{target_of(judged)} by {words.day(judged.goal.deadline, year=True)}"


def actual(judged: Assessment) -> str:
    """ "41", "€ 17.40", "+6"; where days are missing "about 1,028" of a level, "at least 41" of a sum."""
    value = judged.pace.actual if judged.pace else None
    if value is None:
        return "nothing yet"
    is_about = judged.pace is not None and judged.pace.is_about
    about = "about " if is_about else "at least " if is_least(judged) else ""
    if relative(judged):
        return about + value_of(judged, value)
    return about + words.beside(value, judged.goal.target, judged.metric, judged.unit)


def end(judged: Assessment, foreseen: Forecast) -> str:
    """ "about 80": the middle of where it will likely end."""
    return f"about {_ends(judged, foreseen, foreseen.mid)}"


def sum_at(judged: Assessment, foreseen: Forecast, value: float) -> str:
    """ "54,000": where one pace, kept up, ends: worked out, not foreseen, and so with one digit more."""
    return value_of(judged, words.known(value, (foreseen.high - foreseen.low) / 10, whole=not judged.metric.unit))


def likely(judged: Assessment, foreseen: Forecast) -> str:
    """ "67 to 95": between these it ends in 8 cases of 10; '' where both are said alike."""
    low, high = (_ends(judged, foreseen, value) for value in (foreseen.low, foreseen.high))
    return "" if low == high else f"{low} to {high}"


def ending(judged: Assessment, foreseen: Forecast) -> str:
    """ "about 80 (likely 67 to 95)"."""
    return end(judged, foreseen) + in_brackets(likely(judged, foreseen))


def in_brackets(span: str) -> str:
    """ " (likely 67 to 95)"."""
    return f" (likely {span})" if span else ""


def _ends(judged: Assessment, foreseen: Forecast, value: float) -> str:
    """A foreseen end with the digits that are known of it; never below what a sum has already."""
    whole = not judged.metric.unit and judged.metric.kind is not Kind.RATIO
    said = words.known(value, foreseen.high - foreseen.low, whole=whole)
    now = judged.pace.actual if judged.pace else None
    if judged.goal.form is Form.TOTAL and now is not None and said < now <= value:
        said = now
    return value_of(judged, said)


def sum_of(kind: str) -> str:
    """ "the sum of every channel that states it": parts that an export states in place of the whole.

    A campaign for clicks states no leads, and what it brought of them is in no file.
    """
    return f"the sum of every {kind} that states it"


def totals_of(ranges: Sequence[tuple[int, int]]) -> str:
    """ "the totals of 1 Oct – 31 Oct 2026 and 1 Nov – 21 Nov 2026"; of many how many, and from when to when."""
    if len(ranges) > LISTED_RANGES:
        return f"{len(ranges)} totals of ranges ({words.span(ranges[0][0], ranges[-1][1])})"
    said = [words.span(first, last) for first, last in ranges]
    return f"the {'total' if len(said) == 1 else 'totals'} of {words.listed(said)}"


def days_of(reason: Reason) -> str:
    """ "9 Nov – 17 Nov 2026", "3 days of 9 Nov – 17 Nov 2026"."""
    days, first, last = (int(reason[name]) for name in ("days", "first", "last"))
    some = "" if days == last - first + 1 else f"{words.counted(days, 'day')} of "
    return f"{some}{words.span(first, last)}"
