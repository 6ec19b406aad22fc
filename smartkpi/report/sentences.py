"""A goal as one sentence, its title, and where it stands in a few words, for people who fear numbers."""

from collections.abc import Sequence
from math import floor, isinf

from smartkpi.model.assessment import Assessment, Before, Begun, Forecast, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import to_date, week_start
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
ON_RANGES = (
    "it rests on totals of ranges of days: those that lie wholly between its start and its deadline, and do not overlap"
)
LISTED_RANGES = 3  # more of them would bury the point
TWO_WEEKS = 14  # days: in less, "a week" says nothing


def the_goal(goal: Goal, metric: Metric, as_of: int, needed: float | None = None) -> str:
    """ "Gain 20 Instagram followers: from 1,206 to 1,226 by Sat 1 May 2027 (160 days), about 1 a week".

    `needed` is what is still needed a week, where the data tell; else the whole way is shared out over all days.
    """
    return f"{goal.title}: {_asked(goal, metric)} {_when(goal, as_of)}{_weekly(goal, metric, needed)}"


def _asked(goal: Goal, metric: Metric) -> str:
    target = words.target(goal.target, metric, goal.unit)
    limit = "at least" if goal.direction is Direction.UP else "at most"
    match goal.form:
        case Form.TOTAL if metric.unit == "money":
            return f"{limit} {target} in all"
        case Form.TOTAL:
            most = "" if goal.direction is Direction.UP else "at most "
            return f"{most}{target} {words.noun(metric, goal.target)} in all"
        case Form.GROWTH if goal.baseline is None:
            more = "more" if goal.target > 0 else "fewer"
            size = abs(goal.target)
            return f"{words.target(size, metric, goal.unit)} {more} {words.noun(metric, size)}"
        case Form.KEEP:
            return f"{limit} {target} all the time"
        case Form.EACH:
            return f"{limit} {target} {words.noun(metric, goal.target)} {_how_often(goal)}"
        case _:
            way = f"{limit} {target}" if goal.baseline is None else f"from {_begun(goal, metric)} to {target}"
            return way + (" on a typical day" if goal.form is Form.TYPICAL_DAY else "")


def _how_often(goal: Goal) -> str:
    """ "every week", "a week, in at least 4 weeks in 5": one bad week loses nothing."""
    often = words.share_of_weeks(goal.share)
    return often if goal.share >= 1 else f"a week, in at least {often},"


def _begun(goal: Goal, metric: Metric) -> str:
    return words.beside(goal.baseline or 0.0, goal.target, metric, goal.unit)


def _when(goal: Goal, as_of: int) -> str:
    last = words.full_day(goal.deadline)
    if goal.start > as_of:
        return f"from {words.full_day(goal.start)} to {last} ({words.counted(goal.days, 'day')})"
    left = goal.deadline - as_of
    until = "until" if goal.form in (Form.KEEP, Form.EACH) else "by"
    when = words.counted(left, "day") if left > 0 else "over" if left < 0 else "today"
    return f"{until} {last} ({when})"


def _weekly(goal: Goal, metric: Metric, needed: float | None) -> str:
    if goal.form not in (Form.TOTAL, Form.GROWTH) or goal.days < TWO_WEEKS:
        return ""
    days = goal.days_left(goal.start - 1) or goal.days
    weekly = abs(goal.gain) / days * 7 if needed is None else abs(needed)
    return f", about {rate(weekly, metric, goal.unit)} a week" if weekly else ""


def rate(value: float, metric: Metric, unit: str) -> str:
    """A weekly amount, rounded to what a person can aim at: 0.3, 1, 2.5, 12."""
    if metric.unit == "money":
        return words.money(round(value, 0 if value >= 10 else 1), unit)
    if value >= 3:
        return words.number(floor(value + 0.5))  # 10 a week where 10.5 are needed would miss
    return words.number(round(value * 2) / 2 if value >= 0.75 else round(value, 1) or value)


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
        return f"{now} of {target} {which_week(judged, pace)}"
    if goal.form is Form.KEEP or (goal.form is Form.TOTAL and goal.direction is Direction.DOWN):
        return f"{now} {COMPARED[goal.direction, goal.direction.reached(pace.actual, goal.target)]} {target}"
    return f"{now} → {target}"


COMPARED = {
    (Direction.UP, True): "≥",
    (Direction.UP, False): "<",
    (Direction.DOWN, True): "≤",
    (Direction.DOWN, False): ">",
}


def which_week(judged: Assessment, pace: Pace) -> str:
    """The headline says which week this is; the data may end in an earlier one."""
    same = week_start(pace.day) == week_start(judged.as_of)
    return "this week" if same else f"in week {to_date(pace.day).isocalendar().week}"


def progress(judged: Assessment) -> str:
    """ "41 %", "6 of 6 weeks"; never "100 %" before it is there, nor less than nothing of the way."""
    pace = judged.pace
    if pace is None or pace.progress is None:
        return ""
    if pace.weeks_gone is not None:
        return f"{pace.weeks_met} of {words.counted(pace.weeks_gone, 'week')}"
    return words.percent(min(max(pace.progress, 0.0), 0.99) if pace.progress < 1 else pace.progress)


def days_ahead(judged: Assessment) -> str:
    """ "8 days behind", "2 days too fast" of a limit, or '' where it cannot be told."""
    days = shown_days_ahead(judged)
    return "" if days is None else words.ahead(days, limit=is_limit(judged.goal))


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


def expected(judged: Assessment) -> str:
    """Where the plan is today: "50", "€ 576"; of a few things with one decimal."""
    value = judged.pace.expected if judged.pace else None
    if value is None:
        return ""
    if judged.metric.unit == "money" and abs(value) >= 100:
        return value_of(judged, round(value))
    return value_of(judged, value if judged.metric.unit or abs(value) >= 10 else round(value, 1))


def is_limit(goal: Goal) -> bool:
    """Whether the target is a sum that may not be passed, such as a budget: its plan is what may be used up."""
    return goal.form is Form.TOTAL and goal.direction is Direction.DOWN


def rate_signed(value: float, judged: Assessment) -> str:
    """A weekly amount that may go the wrong way: "−2"."""
    if judged.goal.gain < 0:
        value = -value
    return (words.MINUS if value < 0 else "") + rate(abs(value), judged.metric, judged.unit)


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


def actual(judged: Assessment) -> str:
    """ "41", "€ 17.40", "+6", "about 1,028" where days are missing on the way there."""
    value = judged.pace.actual if judged.pace else None
    if value is None:
        return "nothing yet"
    about = "about " if judged.pace is not None and judged.pace.is_about else ""
    if relative(judged):
        return about + value_of(judged, value)
    return about + words.beside(value, judged.goal.target, judged.metric, judged.unit)


def end(judged: Assessment, foreseen: Forecast) -> str:
    """ "about 80": the middle of where it will likely end."""
    return f"about {_ends(judged, foreseen, foreseen.mid)}"


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


def doubts(begun: Begun) -> list[str]:
    """What makes the number that a new goal begins at less than certain, in one line each."""
    return [_doubt(reason) for reason in begun.doubts]


def _doubt(reason: Reason) -> str:
    match reason.code:
        case "days missing":
            days = days_of(reason)
            return (
                f"where it begins is only “about”: no export states {days}. If you know it, say it: --baseline NUMBER"
            )
        case "part of the window":
            days = words.counted(reason["days"], "day")
            return f"where it begins is from {days} of data only, not {words.number(reason['window'])}"
        case "between totals":
            return (
                "where it begins is “about”: between two recorded totals, who left is shared out evenly over the days"
            )
        case "at least":
            return "where it begins is “at least”, calculated from a later total: the export does not say who left"
        case _:
            return "where it begins is “at most”, calculated from a recorded total: the export does not say who left"


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


def title(goal: Goal, metric: Metric, platform: str) -> str:
    """A name for a goal that got none: "Gain 20 Instagram followers", "Cost per lead under € 20"."""
    size = abs(goal.gain) if goal.form is Form.GROWTH else goal.target
    target = words.target(size, metric, goal.unit)
    thing = f"{target} {platform} {words.noun(metric, size)}".replace("  ", " ")
    name = f"{platform} {metric.name}".strip()
    limit = "at most " if goal.direction is Direction.DOWN else ""
    match goal.form:
        case Form.GROWTH:
            return f"{'Gain' if goal.gain > 0 else 'Lose'} {thing}"
        case Form.TOTAL if metric.unit == "money":
            return f"{name} of {limit or 'at least '}{target}"
        case Form.TOTAL:
            return f"{limit}{thing}"
        case Form.EACH:
            return f"{limit}{thing} a week"
        case Form.TYPICAL_DAY:
            on = f" on {platform}" if platform else ""
            return f"{target} {words.noun(metric, size)}{on} on a typical day"
        case Form.KEEP:
            return f"{name} {'under' if goal.direction is Direction.DOWN else 'over'} {target}"
        case Form.RATE:
            return f"{name} of {limit}{target}"
