"""What a judged goal says: its one sentence, why its status holds, and what to do, for people who fear numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf
from shlex import quote

from smartkpi.model.assessment import Assessment, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso, to_date, week_start
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
TWO_WEEKS = 14  # days: in less, "a week" says nothing
TOTAL_EVERY = 28  # days after which a level that is only "at most" asks for a new total


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence and, where one helps, the command to type."""

    text: str
    command: str = ""


def the_goal(goal: Goal, metric: Metric, as_of: int) -> str:
    """ "Gain 20 Instagram followers: from 1,206 to 1,226 by Sat 1 May 2027 (160 days), about 1 a week"."""
    return f"{goal.title}: {_asked(goal, metric)} {_when(goal, as_of)}{_weekly(goal, metric)}"


def _asked(goal: Goal, metric: Metric) -> str:
    target = words.amount(goal.target, metric, goal.unit)
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
            return f"{words.amount(size, metric, goal.unit)} {words.noun(metric, size)} {more}"
        case Form.KEEP:
            return f"{limit} {target} all the time"
        case Form.EACH:
            return f"{limit} {target} {words.noun(metric, goal.target)} every week"
        case _:
            way = f"{limit} {target}" if goal.baseline is None else f"from {_begun(goal, metric)} to {target}"
            return way + (" on a typical day" if goal.form is Form.TYPICAL_DAY else "")


def _begun(goal: Goal, metric: Metric) -> str:
    return words.amount(goal.baseline or 0.0, metric, goal.unit)


def _when(goal: Goal, as_of: int) -> str:
    last = words.full_day(goal.deadline)
    if goal.start > as_of:
        return f"from {words.full_day(goal.start)} to {last} ({words.counted(goal.days, 'day')})"
    left = goal.deadline - as_of
    until = "until" if goal.form in (Form.KEEP, Form.EACH) else "by"
    return f"{until} {last} ({words.counted(left, 'day') if left else 'today'})"


def _weekly(goal: Goal, metric: Metric) -> str:
    if goal.form not in (Form.TOTAL, Form.GROWTH) or goal.days < TWO_WEEKS:
        return ""
    return f", about {rate(abs(goal.gain) / goal.days * 7, metric, goal.unit)} a week"


def rate(value: float, metric: Metric, unit: str) -> str:
    """A weekly amount, rounded to what a person can aim at: 0.3, 1, 2.5, 12."""
    if metric.unit == "money":
        return words.money(value, unit)
    if value >= 3:
        return words.whole(value)
    return words.number(round(value * 2) / 2 if value >= 0.75 else round(value, 1) or value)


def now_and_target(judged: Assessment) -> str:
    """ "41 → 100", "€ 17.40 ≤ € 20", "2 of 3 this week"."""
    goal, pace = judged.goal, judged.pace
    target = _target(judged)
    if pace is None or pace.actual is None:
        return f"– → {target}"
    if isinf(pace.actual):
        return f"no result → {target}"
    now = _actual(judged)
    if goal.form is Form.EACH:
        return f"{now} of {target} {_week(judged, pace)}"
    if goal.form is Form.KEEP or (goal.form is Form.TOTAL and goal.direction is Direction.DOWN):
        return f"{now} {COMPARED[goal.direction, goal.direction.reached(pace.actual, goal.target)]} {target}"
    return f"{now} → {target}"


COMPARED = {
    (Direction.UP, True): "≥",
    (Direction.UP, False): "<",
    (Direction.DOWN, True): "≤",
    (Direction.DOWN, False): ">",
}


def _week(judged: Assessment, pace: Pace) -> str:
    """The headline says which week this is; the data may end in an earlier one."""
    same = week_start(pace.day) == week_start(judged.as_of)
    return "this week" if same else f"in week {to_date(pace.day).isocalendar().week}"


def progress(judged: Assessment) -> str:
    """ "41 %", "6 of 6 weeks"; never "100 %" before it is there."""
    pace = judged.pace
    if pace is None or pace.progress is None:
        return ""
    if pace.weeks_gone is not None:
        return f"{pace.weeks_met} of {words.counted(pace.weeks_gone, 'week')}"
    return words.percent(min(pace.progress, 0.99) if pace.progress < 1 else pace.progress)


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
    match reason.code:
        case "not begun":
            return f"begins {words.full_day(goal.start)}"
        case "reached":
            return f"reached: {_actual(judged)}"
        case "few days":
            return f"{words.counted(reason['days'], 'day')} of data so far; {words.number(reason['needed'])} are needed"
        case "no week yet":
            return f"the first whole week ends {words.full_day(int(reason['ends']))}"
        case "not begun in the data":
            return f"the numbers end on {words.day(int(reason['day']))}, before the goal began"
        case "no pace yet":
            return "one number is not a pace yet: the next one will tell"
        case "reached early" if "since" in dict(reason.numbers):
            since = words.day(int(reason["since"]), year=True)
            return f"there since {since}: hold it until {words.full_day(goal.deadline)}"
        case "reached early":
            return f"{_actual(judged)} is there already: hold it until {words.full_day(goal.deadline)}"
        case "unconfirmed":
            return f"at most {_actual(judged)} on {words.full_day(goal.deadline)}: only the total can say whether it is true"
        case "weeks met":
            return f"met in {progress(judged)}; {words.number(reason['needed'])} of {_weeks_in_all(reason)} are needed"
        case _:
            return f"if the last four weeks go on it ends at {_end(judged)}"


def projected(judged: Assessment) -> str | None:
    """Where it ends if the last four weeks go on; None where nobody can tell."""
    return None if judged.pace is None or judged.pace.projected is None else _end(judged)


def _relative(judged: Assessment) -> bool:
    """Whether its numbers are gains since the start: nobody has stated the level."""
    return judged.goal.form is Form.GROWTH and judged.goal.baseline is None


def _target(judged: Assessment) -> str:
    goal = judged.goal
    return words.signed(goal.target) if _relative(judged) else words.amount(goal.target, judged.metric, judged.unit)


def _actual(judged: Assessment) -> str:
    actual = judged.pace.actual if judged.pace else None
    if actual is None:
        return "nothing yet"
    if _relative(judged):
        return words.signed(actual)
    said = words.amount(actual, judged.metric, judged.unit)
    # 99.6 of 100 is not "100": what is short of the target must look so
    return words.exact(actual, judged.metric, judged.unit) if said == _target(judged) != "" else said


def _end(judged: Assessment) -> str:
    end = judged.pace.projected if judged.pace else None
    if end is None or isinf(end):
        return "an end that nobody can tell yet"
    if _relative(judged):
        return f"about {words.signed(round(end))}"
    return f"about {words.amount(_rounded(end), judged.metric, judged.unit)}"


def _short(judged: Assessment, target: str) -> str:
    """Where it ends, against a target that it misses: "about 80, not 100"."""
    end = _end(judged)
    return f"just short of {target}" if end == f"about {target}" else f"{end}, not {target}"


def _rounded(value: float) -> float:
    """Three digits at most are known of a projection."""
    if abs(value) < 100:
        return value
    step = 10 ** (len(str(int(abs(value)))) - 3)
    return float(round(value / step) * step)


def _behind(judged: Assessment) -> Advice:
    if judged.as_of > judged.goal.deadline:
        over, end = words.full_day(judged.goal.deadline), words.day(_pace(judged).day)
        return _download(judged, f"the deadline was {over}, and the numbers end on {end}: import the newest export.")
    return BEHIND[judged.goal.form](judged, _pace(judged))


def _behind_plan(judged: Assessment, pace: Pace) -> Advice:
    goal, target = judged.goal, _target(judged)
    if goal.form is Form.TOTAL and goal.direction is Direction.DOWN:
        return Advice(f"at this pace it ends at {_end(judged)}, over the limit of {target}.{_allowed(judged, pace)}")
    if pace.actual is not None and goal.direction.reached(pace.actual, goal.target):
        return Advice(f"{_actual(judged)} is there now, but going the wrong way: it ends at {_short(judged, target)}.")
    text = f"{_needed(judged, pace)}At this pace it ends at {_short(judged, target)}."
    later = _deadline_at_this_pace(judged, pace)
    if later is None:
        return Advice(text)
    more = f" More time would do it too: at this pace {target} comes about {words.day(later, year=True)}."
    return Advice(text + more, f"smartkpi edit {goal.slug} --deadline {iso(later)}")


def _behind_window(judged: Assessment, pace: Pace) -> Advice:
    goal = judged.goal
    span = f"over the last {words.counted(goal.window, 'day')}"
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend {span}, and no result; the target is {_target(judged)}.")
    side = "below" if goal.direction is Direction.UP else "above"
    far = "a little" if judged.status is Status.AT_RISK else "well"
    text = f"{_actual(judged)} {span} is {far} {side} the target of {_target(judged)}."
    return Advice(f"{text} If nothing changes it will miss it on {words.full_day(goal.deadline)}.")


def _behind_keep(judged: Assessment, pace: Pace) -> Advice:
    target = _target(judged)
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend, and no result yet; the limit is {target}.")
    side = "below the" if judged.goal.direction is Direction.UP else "over the limit of"
    if pace.actual is not None and judged.goal.direction.reached(pace.actual, judged.goal.target):
        return Advice(
            f"{_actual(judged)} so far is inside, but at this pace it ends at {_end(judged)}, {side} {target}."
        )
    weeks = f"it was inside in {progress(judged)}" if pace.weeks_gone else "no week is over yet"
    return Advice(f"{_actual(judged)} so far is {side} {target}; {weeks}. At this pace it ends at {_end(judged)}.")


def _behind_weeks(judged: Assessment, pace: Pace) -> Advice:
    reason = judged.reasons[0]
    more, left = reason["needed"] - reason["met"], reason["weeks"] - reason["gone"]
    which = (
        f"all {words.counted(left, 'week')}"
        if more >= left
        else f"{words.number(more)} of the {words.counted(left, 'week')}"
    )
    which = "the last week" if left == 1 else f"{which} left"
    return Advice(
        f"{_weeks(judged)} To get there, meet it in {which}. So far {_week(judged, pace)}: {_actual(judged)}."
    )


def _weeks(judged: Assessment) -> str:
    goal, reason = judged.goal, judged.reasons[0]
    most = "" if goal.direction is Direction.UP else "at most "
    thing = f"{most}{_target(judged)} {words.noun(judged.metric, goal.target)} a week"
    return (
        f"{thing}: met in {words.number(reason['met'])} of {words.counted(reason['gone'], 'week')} so far, "
        f"and {words.number(reason['needed'])} of {_weeks_in_all(reason)} are needed."
    )


def _weeks_in_all(reason: Reason) -> str:
    return words.counted(reason["weeks"], "week")


BEHIND: dict[Form, Callable[[Assessment, Pace], Advice]] = {
    Form.TOTAL: _behind_plan,
    Form.GROWTH: _behind_plan,
    Form.RATE: _behind_window,
    Form.TYPICAL_DAY: _behind_window,
    Form.KEEP: _behind_keep,
    Form.EACH: _behind_weeks,
}


def _pace(judged: Assessment) -> Pace:
    assert judged.pace is not None, "a status that was judged has a pace"
    return judged.pace


def _needed(judged: Assessment, pace: Pace) -> str:
    if pace.required_rate is None or pace.run_rate is None:
        return ""
    needed, lately = rate_signed(pace.required_rate, judged), rate_signed(pace.run_rate, judged)
    if needed == lately:  # 9 and 9 would look like enough
        needed, lately = f"{abs(pace.required_rate):,.2f}", f"{abs(pace.run_rate):,.2f}"
    more = abs(pace.required_rate - pace.run_rate)
    enough = (
        f": {rate(more, judged.metric, judged.unit)} more a week would do" if judged.status is Status.AT_RISK else ""
    )
    return f"you need {needed} a week; lately it was {lately}{enough}. "


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


def _no_data(judged: Assessment) -> Advice:
    goal, reason, name = judged.goal, judged.reasons[0], judged.metric.name
    edit = f"smartkpi edit {goal.slug}"
    match reason.code:
        case "which account":
            return Advice(f"several accounts have {name} ({reason.text}): say which.", f"{edit} --account NAME")
        case "which report":
            return Advice(f"two exports state {name} ({reason.text}): say which.", f"{edit} --report NAME")
        case "which currency":
            text = f"{name} comes in several currencies ({reason.text}): name one account."
            return Advice(text, f"{edit} --account NAME")
        case "account without data":
            text = f"one of its accounts has no {name} yet (these have: {reason.text}). Import its export, or leave it out:"
            return Advice(text, f"{edit} --account NAME")
        case "nothing final yet":
            return Advice(f"the {name} imported so far may all still change; import a newer export in a few days.")
        case "nothing to work out":
            return Advice(_nothing_to_work_out(judged))
        case _:
            return _download(judged, f"no {name} yet.")


def _nothing_to_work_out(judged: Assessment) -> str:
    name, since = judged.metric.name, words.day(judged.goal.start)
    if judged.goal.form is Form.GROWTH:
        return f"the newest {name} of one account are more than a week old: import its newest export."
    return f"there is nothing to work out the {name} from since {since}: a part of it is 0 or not in the exports."


def _download(judged: Assessment, text: str) -> Advice:
    platform = judged.sources[0].platform if judged.sources else judged.goal.platform
    return Advice(f"{text} How to download it:", f"smartkpi platforms {platform}".strip())


def _stale(judged: Assessment) -> Advice:
    end, age = words.day(_pace(judged).day), words.counted(judged.reasons[0]["days"], "day")
    return _download(judged, f"the numbers end on {end}, {age} ago: import the newest export.")


def _missed(judged: Assessment) -> Advice:
    goal, target = judged.goal, _target(judged)
    command = f"smartkpi close {goal.slug}"
    if goal.form is Form.EACH:
        return Advice(f"{_weeks(judged)} That cannot be reached any more.", command)
    if judged.reasons[0].code == "exceeded":
        return Advice(f"{_actual(judged)} is {_beyond(goal)} {target}: no later day can mend that.", command)
    if judged.pace is not None and judged.pace.actual is not None and isinf(judged.pace.actual):
        return Advice(f"there was spend and no result by {words.full_day(goal.deadline)}.", command)
    return Advice(
        f"it ended at {_actual(judged)} on {words.full_day(goal.deadline)}, {_beyond(goal)} {target}.", command
    )


def _beyond(goal: Goal) -> str:
    if goal.form is Form.GROWTH:
        return "short of"
    return "below the" if goal.direction is Direction.UP else "over the limit of"


ADVICE: dict[Status, Callable[[Assessment], Advice]] = {
    Status.OFF_TRACK: _behind,
    Status.AT_RISK: _behind,
    Status.STALE: _stale,
    Status.NO_DATA: _no_data,
    Status.MISSED: _missed,
}


def asks(judged: Assessment) -> list[Advice]:
    """What the data lack, whatever the status: a total every four weeks, days that no export states."""
    last = judged.calculated_from
    fresh = last is not None and judged.as_of - last[0] < TOTAL_EVERY and judged.reasons[0].code != "unconfirmed"
    return [*([] if fresh else _upper_bound(judged)), *_days_missing(judged)]


def remarks(judged: Assessment) -> list[Advice]:
    """All that somebody should know who looks closely."""
    return [*_upper_bound(judged), *_days_missing(judged), *_totals_disagree(judged)]


def _upper_bound(judged: Assessment) -> list[Advice]:
    """That a level is only "at most", and what settles it."""
    if judged.pace is None or not judged.pace.at_most or judged.status is Status.MISSED:
        return []
    source = next(s for s in judged.sources if s.metric != judged.metric.id)
    text = f'"at most" {_actual(judged)}: the export does not say who left. A look at the profile settles it:'
    account = f"--account {quote(source.account)} --platform {source.platform}"
    return [Advice(text, f"smartkpi record {judged.metric.id} NUMBER {account}")]


def _days_missing(judged: Assessment) -> list[Advice]:
    found = [reason for reason in judged.reasons if reason.code == "days missing"]
    if not found or judged.status in (Status.ACHIEVED, Status.UPCOMING):
        return []
    span = words.span(int(found[0]["first"]), int(found[0]["last"]))
    return [_download(judged, f"no export says anything of {span}: those days count for nothing.")]


def _totals_disagree(judged: Assessment) -> list[Advice]:
    return [
        Advice(
            f"the total of {words.day(int(r['day']), year=True)} is {words.whole(r['total'])}; "
            f"calculated from the one before it would be {words.whole(r['calculated'])}. The newer total counts."
        )
        for r in judged.reasons
        if r.code == "totals disagree"
    ]


def title(goal: Goal, metric: Metric, platform: str) -> str:
    """A name for a goal that got none: "Gain 20 Instagram followers", "Cost per lead under € 20"."""
    size = abs(goal.gain) if goal.form is Form.GROWTH else goal.target
    target = words.amount(size, metric, goal.unit)
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
