"""A goal that is made, as one sentence: what was asked for, its title, and what is uncertain of where it begins."""

from math import ceil, floor

from smartkpi.model.assessment import Begun, Reason
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.report import words
from smartkpi.report.proposals import typed
from smartkpi.report.remarks import Advice
from smartkpi.report.sentences import days_of, rate

ON_RANGES = (
    "it rests on totals of ranges of days: those that lie wholly between its start and its deadline, and do not overlap"
)
TWO_WEEKS = 14  # days: in less, "a week" says nothing


def the_goal(goal: Goal, metric: Metric, as_of: int, needed: float | None = None) -> str:
    """ "Gain 20 Instagram followers: from 1,206 to 1,226 by Sat 1 May 2027 (160 days), about 1 a week".

    `needed` is what is still needed a week, where the data tell; else the whole way is shared out over all days, unless
    some of them are over: what "a week" says is always what it takes from now on.
    """
    return f"{goal.title}: {_asked(goal, metric, as_of)} {_when(goal, as_of)}{_weekly(goal, metric, needed, as_of)}"


def _asked(goal: Goal, metric: Metric, as_of: int) -> str:
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
            way = f"{words.target(size, metric, goal.unit)} {more} {words.noun(metric, size)}"
            return f"{way} than on {words.full_day(goal.start - 1)}," if goal.start > as_of else way
        case Form.KEEP:
            return f"{limit} {target} all the time"
        case Form.EACH:
            return f"{limit} {target} {words.noun(metric, goal.target)} {_how_often(goal)}"
        case _:
            way = f"{limit} {target}" if goal.baseline is None else f"from {_begun(goal, metric)} to {target}"
            return way + (" on a typical day" if goal.form is Form.TYPICAL_DAY else "")


def _how_often(goal: Goal) -> str:
    """ "every week", "a month, in at least 4 months in 5": one bad one loses nothing."""
    often = words.share_of(goal.share, goal.every)
    return often if goal.share >= 1 else f"a {goal.every}, in at least {often},"


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


def _weekly(goal: Goal, metric: Metric, needed: float | None, as_of: int) -> str:
    if not goal.form.has_pace or goal.days < TWO_WEEKS:
        return ""
    if needed is None and goal.start < as_of:
        return ""
    days = goal.days_left(goal.start - 1) or goal.days
    weekly = abs(goal.gain) / days * 7 if needed is None else needed * (1 if goal.gain >= 0 else -1)
    if weekly <= 0:
        return ""
    from_now = " from now on" if goal.start > as_of and goal.form is Form.GROWTH and goal.baseline is not None else ""
    return f", about {rate(weekly, metric, goal.unit, floor if goal.is_limit else ceil)} a week{from_now}"


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
            return f"{limit}{thing} a {goal.every}"
        case Form.TYPICAL_DAY:
            on = f" on {platform}" if platform else ""
            return f"{target} {words.noun(metric, size)}{on} on a typical day"
        case Form.KEEP:
            return f"{name} {'under' if goal.direction is Direction.DOWN else 'over'} {target}"
        case Form.RATE:
            return f"{name} of {limit}{target}"


def waiting(goal: Goal, known: int, as_of: int) -> str:
    """From which day's level a goal counts that nobody can know yet; `known` is the newest day that is stated."""
    eve = words.full_day(goal.start - 1)
    if goal.baseline is not None:
        return f"its way begins where you stand on {eve}, until then where you stood on {words.day(known)}"
    if goal.start > as_of:
        return f"it counts from where you stand on {eve}, the evening before it begins: what comes until then does not"
    return f"it counts from where you stood on {eve}; the numbers end on {words.day(known)}, and a newer export says it"


def moved_start(was: Goal, now: Goal, metric: Metric) -> list[Advice]:
    """Where a goal whose start was moved begins instead, and what that makes of its target."""
    old = words.target(was.target, metric, was.unit)
    command = f"smartkpi edit {now.slug} --target {typed(was.target, metric, was.unit)}"
    is_kept = now.form is not Form.GROWTH or now.target == was.target
    undone = [Advice(f"to reach {old} as before:", command)] if not is_kept and now.gain == was.gain else []
    at, before = (words.exact(goal.baseline or 0.0, metric, goal.unit) for goal in (now, was))
    if now.baseline is None or at == before:
        return undone
    text = f"it begins at {at}, where you stood on {words.full_day(now.baseline_day or now.start)}, not at {before}"
    if is_kept:
        return [Advice(f"{text}; the target stays")]
    target, size = words.target(now.target, metric, now.unit), words.target(abs(now.gain), metric, now.unit)
    more = "more" if now.gain > 0 else "fewer"
    return [Advice(f"{text}: {size} {more} {'is' if abs(now.gain) == 1 else 'are'} {target}"), *undone]


def typed_start(goal: Goal, metric: Metric, begun: Begun | None) -> Advice:
    """That a goal whose start was moved still begins at what was typed, and what the data say of that day."""
    text = f"it still begins at {words.exact(goal.baseline or 0.0, metric, goal.unit)}, as it was typed"
    if begun is None or begun.value == goal.baseline:
        return Advice(text)
    value, day = words.exact(begun.value, metric, goal.unit), words.full_day(begun.day)
    command = f"smartkpi edit {goal.slug} --baseline {typed(begun.value, metric, goal.unit)}"
    return Advice(f"{text}; the data say {value} of {day}:", command)


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
