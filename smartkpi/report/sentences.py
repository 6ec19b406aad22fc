"""What a judged goal says: its one sentence, why its status holds, and what to do, for people who fear numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from shlex import quote

from smartkpi.model.assessment import Assessment, Pace, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso
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
FAR = 2 * 366  # days: a deadline further away than this is no advice


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence and, where one helps, the command to type."""

    text: str
    command: str = ""


def the_goal(goal: Goal, metric: Metric, as_of: int) -> str:
    """ "Gain 20 Instagram followers: from 1,206 to 1,226 by Sat 1 May 2027 (160 days), about 1 a week"."""
    left = goal.deadline - as_of
    when = f"by {words.full_day(goal.deadline)} ({words.counted(left, 'day')})"
    return f"{goal.title}: {_way(goal, metric)} {when}{_weekly(goal, metric)}"


def _way(goal: Goal, metric: Metric) -> str:
    target = words.amount(goal.target, metric, goal.unit)
    limit = "at least" if goal.direction is Direction.UP else "at most"
    match goal.form:
        case Form.TOTAL:
            most = "" if goal.direction is Direction.UP else "at most "
            return f"{most}{target} {words.noun(metric, goal.target)} in all"
        case Form.GROWTH if goal.baseline is None:
            return f"{words.signed(goal.target)} {words.noun(metric, abs(goal.target))}"
        case Form.KEEP:
            return f"{limit} {target} all the time"
        case Form.EACH:
            return f"{limit} {target} {words.noun(metric, goal.target)} every week"
        case _:
            begun = "" if goal.baseline is None else f"from {words.amount(goal.baseline, metric, goal.unit)} "
            return f"{begun}to {target}" + (" on a typical day" if goal.form is Form.TYPICAL_DAY else "")


def _weekly(goal: Goal, metric: Metric) -> str:
    if goal.form not in (Form.TOTAL, Form.GROWTH):
        return ""
    return f", about {rate(abs(goal.gain) / goal.days * 7, metric, goal.unit)} a week"


def rate(value: float, metric: Metric, unit: str) -> str:
    """A weekly amount, rounded to what a person can aim at."""
    if metric.unit == "money":
        return words.money(value, unit)
    return words.number(value if 0 < value < 1 else round(value, 1) if value < 3 else round(value))


def now_and_target(judged: Assessment) -> str:
    """ "41 → 100", "€ 17.40 ≤ € 20", "2 of 3 this week"."""
    goal, metric, pace = judged.goal, judged.metric, judged.pace
    unit = judged.unit
    relative = goal.form is Form.GROWTH and goal.baseline is None
    target = words.signed(goal.target) if relative else words.amount(goal.target, metric, unit)
    if pace is None or pace.actual is None:
        return f"– → {target}"
    now = words.signed(pace.actual) if relative else words.amount(pace.actual, metric, unit)
    if goal.form is Form.EACH:
        return f"{now} of {target} this week"
    if goal.form is Form.KEEP or (goal.form is Form.TOTAL and goal.direction is Direction.DOWN):
        side = "≤" if goal.direction is Direction.DOWN else "≥"
        return f"{now} {side if goal.direction.reached(pace.actual, goal.target) else 'not ' + side} {target}"
    return f"{now} → {target}"


def progress(judged: Assessment) -> str:
    """ "41 %", "6 of 6 weeks"."""
    pace = judged.pace
    if pace is None or pace.progress is None:
        return ""
    if pace.weeks_gone is not None:
        return f"{pace.weeks_met} of {words.counted(pace.weeks_gone, 'week')}"
    return words.percent(pace.progress)


def days_ahead(judged: Assessment) -> str:
    """ "8 days behind", or '' where it cannot be told."""
    pace = judged.pace
    shown = judged.status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.STALE)
    return words.ahead(pace.days_ahead) if pace is not None and pace.days_ahead is not None and shown else ""


def needs(judged: Assessment) -> Advice | None:
    """What a person should do about this goal; None when nothing."""
    return ADVICE[judged.status](judged) if judged.status in ADVICE else None


def why(judged: Assessment) -> str:
    """The reason of the status in one sentence."""
    if (advice := needs(judged)) is not None:
        return advice.text
    return _calm(judged)


def _calm(judged: Assessment) -> str:
    goal, reason = judged.goal, judged.reasons[0]
    match judged.status:
        case Status.UPCOMING:
            return f"begins {words.full_day(goal.start)}"
        case Status.ACHIEVED if goal.form is Form.EACH:
            return f"met in {progress(judged)}"
        case Status.ACHIEVED:
            return f"reached: {_actual(judged)}"
        case Status.TOO_EARLY:
            return f"{words.counted(reason['days'], 'day')} of data so far; {words.number(reason['needed'])} are needed"
        case _ if reason.code == "reached early":
            return f"{_actual(judged)} is there already: hold it until {words.full_day(goal.deadline)}"
        case _ if goal.form is Form.EACH:
            return f"met in {progress(judged)}"
        case _:
            return f"if the last four weeks go on it ends at {_end(judged)}"


def projected(judged: Assessment) -> str | None:
    """Where it ends if the last four weeks go on; None where nobody can tell."""
    return None if judged.pace is None or judged.pace.projected is None else _end(judged)


def _actual(judged: Assessment) -> str:
    actual = judged.pace.actual if judged.pace else None
    return "nothing yet" if actual is None else words.amount(actual, judged.metric, judged.unit)


def _end(judged: Assessment) -> str:
    end = judged.pace.projected if judged.pace else None
    if end is None:
        return "an end that nobody can tell yet"
    relative = judged.goal.form is Form.GROWTH and judged.goal.baseline is None
    return "about " + (
        words.signed(round(end)) if relative else words.amount(_rounded(end), judged.metric, judged.unit)
    )


def _rounded(value: float) -> float:
    """Three digits at most are known of a projection."""
    if abs(value) < 100:
        return value
    step = 10 ** (len(str(int(abs(value)))) - 3)
    return float(round(value / step) * step)


def _behind(judged: Assessment) -> Advice:
    goal, pace, metric = judged.goal, _pace(judged), judged.metric
    if goal.form is Form.EACH:
        return Advice(_weeks(judged, pace))
    target = words.amount(goal.target, metric, judged.unit)
    if goal.form in (Form.RATE, Form.TYPICAL_DAY, Form.KEEP):
        span = "so far" if goal.form is Form.KEEP else f"over the last {words.counted(goal.window, 'day')}"
        return Advice(
            f"{_actual(judged)} {span}; the target is {target}. If nothing changes it ends at {_end(judged)}."
        )
    if goal.form is Form.TOTAL and goal.direction is Direction.DOWN:
        return Advice(f"at this pace it ends at {_end(judged)}, over the limit of {target}.{_allowed(judged, pace)}")
    relative = goal.form is Form.GROWTH and goal.baseline is None
    target = words.signed(goal.target) if relative else target
    text = f"{_needed(judged, pace)} At this pace it ends at {_end(judged)}, not {target}."
    later = _deadline_at_this_pace(judged, pace)
    if later is None:
        return Advice(text)
    more = f" More time would do it too: at this pace {target} comes about {words.day(later, year=True)}."
    return Advice(text + more, f"smartkpi edit {goal.slug} --deadline {iso(later)}")


def _pace(judged: Assessment) -> Pace:
    assert judged.pace is not None, "a status that was judged has a pace"
    return judged.pace


def _needed(judged: Assessment, pace: Pace) -> str:
    if pace.required_rate is None:
        return ""
    needed = rate(abs(pace.required_rate), judged.metric, judged.unit)
    lately = "unknown" if pace.run_rate is None else rate_signed(pace.run_rate, judged)
    return f"you need {needed} a week; lately it was {lately}."


def rate_signed(value: float, judged: Assessment) -> str:
    """A weekly amount that may go the wrong way: "−2"."""
    if judged.goal.gain < 0:
        value = -value
    return (words.MINUS if value < 0 else "") + rate(abs(value), judged.metric, judged.unit)


def _allowed(judged: Assessment, pace: Pace) -> str:
    left = judged.goal.target - (pace.actual or 0.0)
    days = judged.goal.deadline - pace.day
    if days <= 0 or left < 0:
        return ""
    return f" {rate(left / days * 7, judged.metric, judged.unit)} a week would stay inside."


def _deadline_at_this_pace(judged: Assessment, pace: Pace) -> int | None:
    """The day on which the last four weeks, kept up, bring the target; None when never, or too far to be of use."""
    if pace.run_rate is None or pace.actual is None or pace.run_rate * judged.goal.gain <= 0:
        return None
    days = (judged.goal.target - pace.actual) / (pace.run_rate / 7)
    return pace.day + int(days) + 1 if 0 < days < FAR else None


def _weeks(judged: Assessment, pace: Pace) -> str:
    goal = judged.goal
    target = words.amount(goal.target, judged.metric, judged.unit)
    asked = words.percent(goal.share)
    return (
        f"{target} a week was met in {pace.weeks_met} of {words.counted(pace.weeks_gone or 0, 'week')}; "
        f"{asked} of all weeks are asked for. This week so far: {_actual(judged)}."
    )


def _no_data(judged: Assessment) -> Advice:
    goal, reason, name = judged.goal, judged.reasons[0], judged.metric.name
    match reason.code:
        case "which account":
            return Advice(
                f"several accounts have {name} ({reason.text}): say which.", f"smartkpi edit {goal.slug} --account NAME"
            )
        case "which report":
            return Advice(
                f"two exports state {name} ({reason.text}): say which.", f"smartkpi edit {goal.slug} --report NAME"
            )
        case "which currency":
            return Advice(
                f"{name} comes in several currencies ({reason.text}): name one account.",
                f"smartkpi edit {goal.slug} --account NAME",
            )
        case "nothing final yet":
            return Advice(f"the {name} imported so far may all still change; import a newer export in a few days.")
        case _:
            where = f" {goal.platform}" if goal.platform else ""
            return Advice(f"no {name} yet. How to download them:", f"smartkpi platforms{where}")


def _stale(judged: Assessment) -> Advice:
    reason = judged.reasons[0]
    text = f"the numbers end {words.counted(reason['days'], 'day')} ago; import the newest export. How to download it:"
    return Advice(text, f"smartkpi platforms {judged.sources[0].platform}" if judged.sources else "smartkpi platforms")


def _missed(judged: Assessment) -> Advice:
    goal = judged.goal
    if goal.form is Form.EACH:
        return Advice(_weeks(judged, _pace(judged)))
    target = words.amount(goal.target, judged.metric, judged.unit)
    if judged.reasons[0].code == "exceeded":
        return Advice(f"{_actual(judged)} is over the limit of {target}.", f"smartkpi close {goal.slug}")
    text = f"ended at {_actual(judged)} of {target} on {words.full_day(goal.deadline)}."
    return Advice(text, f"smartkpi close {goal.slug}")


ADVICE: dict[Status, Callable[[Assessment], Advice]] = {
    Status.OFF_TRACK: _behind,
    Status.AT_RISK: _behind,
    Status.STALE: _stale,
    Status.NO_DATA: _no_data,
    Status.MISSED: _missed,
}


def upper_bound(judged: Assessment) -> Advice | None:
    """That a level is only "at most", and what settles it."""
    if judged.pace is None or not judged.pace.at_most or not judged.sources:
        return None
    source, name = judged.sources[0], judged.metric.name
    text = f'the {name} are "at most" {_actual(judged)}: the export does not say who left. The total settles it:'
    account = f"--account {quote(source.account)} --platform {source.platform}"
    return Advice(text, f"smartkpi record {judged.metric.id} NUMBER {account}")


def title(goal: Goal, metric: Metric, platform: str) -> str:
    """A name for a goal that got none: "Gain 20 Instagram followers", "Cost per lead under € 20"."""
    target = words.amount(goal.target, metric, goal.unit)
    thing = f"{platform} {words.noun(metric, goal.target)}".strip()
    name = f"{platform} {metric.name}".strip()
    limit = "at most " if goal.direction is Direction.DOWN else ""
    match goal.form:
        case Form.GROWTH:
            verb = "Gain" if goal.gain > 0 else "Lose"
            return f"{verb} {words.number(abs(goal.gain))} {platform} {words.noun(metric, abs(goal.gain))}".replace(
                "  ", " "
            )
        case Form.TOTAL if metric.unit == "money":
            return f"{name} of {limit or 'at least '}{target}"
        case Form.TOTAL:
            return f"{limit.capitalize()}{target} {thing}"
        case Form.EACH:
            return f"{limit.capitalize()}{target} {thing} a week"
        case Form.TYPICAL_DAY:
            return f"{name} of {target} on a typical day"
        case Form.KEEP:
            side = "under" if goal.direction is Direction.DOWN else "over"
            return f"{name} {side} {target}"
        case Form.RATE:
            return f"{name} of {limit}{target}"
