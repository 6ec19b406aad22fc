"""Why a status holds, and what to do about it: one plain sentence and the command to type."""

from collections.abc import Callable
from math import ceil, isinf
from shlex import quote
from typing import NamedTuple

from smartkpi.model.assessment import Assessment, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso, week_start
from smartkpi.model.series import BY_HAND
from smartkpi.report import words
from smartkpi.report.sentences import actual, end, progress, rate, rate_signed, relative, target_of, which_week

FAR = 2 * 366  # days: a deadline further away than this is no advice
TOTAL_EVERY = 28  # days after which a level that is only "at most" asks for a new total


class Advice(NamedTuple):
    """One sentence and, where one helps, the command to type."""

    text: str
    command: str = ""


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
            return f"reached: {actual(judged)}"
        case "few days":
            return f"{words.counted(reason['days'], 'day')} of data so far; {words.number(reason['needed'])} are needed"
        case "no week yet":
            return f"the first whole week ends {words.full_day(int(reason['ends']))}"
        case "not begun in the data":
            return f"the numbers end on {words.day(int(reason['day']))}, before the goal began"
        case "no pace yet":
            return "too few numbers of late for a pace: the next ones will tell"
        case "reached early" if "since" in dict(reason.numbers):
            since = words.day(int(reason["since"]), year=True)
            return f"there since {since}: hold it until {words.full_day(goal.deadline)}"
        case "reached early":
            return f"{actual(judged)} is there already: hold it until {words.full_day(goal.deadline)}"
        case "unconfirmed":
            return f"at most {actual(judged)} on {words.full_day(goal.deadline)}: only the total can tell"
        case "weeks met":
            return f"met in {progress(judged)}; {_weeks_needed(reason)}"
        case _:
            return f"if the last four weeks go on it ends at {end(judged)}"


def _short(judged: Assessment, target: str) -> str:
    """Where it ends, against a target that it misses: "about 80, not 100"."""
    ending = end(judged)
    return f"just short of {target}" if ending == f"about {target}" else f"{ending}, not {target}"


def _behind(judged: Assessment) -> Advice:
    if judged.as_of > judged.goal.deadline:
        over, last = words.full_day(judged.goal.deadline), words.day(_pace(judged).day)
        return _download(judged, f"the deadline was {over}, and the numbers end on {last}: import the newest export.")
    return BEHIND[judged.goal.form](judged, _pace(judged))


def _behind_plan(judged: Assessment, pace: Pace) -> Advice:
    goal, target = judged.goal, target_of(judged)
    if goal.form is Form.TOTAL and goal.direction is Direction.DOWN:
        over = "just over" if end(judged) == f"about {target}" else f"at {end(judged)}, over"
        return Advice(f"at this pace it ends {over} the limit of {target}.{_allowed(judged, pace)}")
    if pace.actual is not None and goal.direction.reached(pace.actual, goal.target):
        return Advice(f"{actual(judged)} is there now, but going the wrong way: it ends at {_short(judged, target)}.")
    text = f"{_needed(judged, pace)}At this pace it ends at {_short(judged, target)}."
    later = _deadline_at_this_pace(judged, pace)
    if later is None:
        return Advice(text)
    more = f" More time would do it too: at this pace {target} comes about {words.day(later, year=True)}."
    return Advice(text + more, f"smartkpi edit {goal.slug} --deadline {iso(later)}")


def _behind_window(judged: Assessment, pace: Pace) -> Advice:
    goal = judged.goal
    typical = "on a typical day of" if goal.form is Form.TYPICAL_DAY else "over"
    span = f"{typical} the last {words.counted(goal.window, 'day')}"
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend {span}, and no result; the target is {target_of(judged)}.")
    side = "below" if goal.direction is Direction.UP else "above"
    far = "a little" if judged.status is Status.AT_RISK else "well"
    text = f"{actual(judged)} {span} is {far} {side} the target of {target_of(judged)}."
    return Advice(f"{text} If nothing changes it will miss it on {words.full_day(goal.deadline)}.")


def _behind_keep(judged: Assessment, pace: Pace) -> Advice:
    target = target_of(judged)
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend, and no result yet; the limit is {target}.")
    side = _beyond(judged.goal)
    if pace.actual is not None and judged.goal.direction.reached(pace.actual, judged.goal.target):
        return Advice(f"{actual(judged)} so far is inside, but at this pace it ends at {end(judged)}, {side} {target}.")
    weeks = f", and was inside in {progress(judged)}" if pace.weeks_gone else ""
    return Advice(f"{actual(judged)} so far is {side} {target}{weeks}. At this pace it ends at {end(judged)}.")


def _behind_weeks(judged: Assessment, pace: Pace) -> Advice:
    reason = judged.reasons[0]
    more, left = reason["needed"] - reason["met"], reason["weeks"] - reason["gone"]
    which = f"all {words.number(left)}" if more >= left else f"{words.number(more)} of the {words.number(left)}"
    which = "the last week" if left == 1 else "both weeks left" if more >= left == 2 else f"{which} weeks left"
    over = week_start(pace.day) + 6 == pace.day
    running = "" if over else f" So far {which_week(judged, pace)}: {actual(judged)}."
    return Advice(f"{_weeks(judged)} To get there, meet it in {which}.{running}")


def _weeks(judged: Assessment) -> str:
    goal, reason = judged.goal, judged.reasons[0]
    most = "" if goal.direction is Direction.UP else "at most "
    thing = f"{most}{target_of(judged)} {words.noun(judged.metric, goal.target)} a week"
    return (
        f"{thing}: met in {words.number(reason['met'])} of {words.counted(reason['gone'], 'week')} so far; "
        f"{_weeks_needed(reason)}."
    )


def _weeks_needed(reason: Reason) -> str:
    return f"needed: {words.number(reason['needed'])} of {words.counted(reason['weeks'], 'week')}"


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
        needed, lately = (
            words.exact(round(r, 2), judged.metric, judged.unit) for r in (pace.required_rate, pace.run_rate)
        )
    enough = f": {_more(judged, pace.required_rate, pace.run_rate)} would do" if judged.status is Status.AT_RISK else ""
    return f"you need {needed} a week; lately it was {lately}{enough}. "


def _more(judged: Assessment, needed: float, lately: float) -> str:
    """ "2 more a week": rounded up, so that it is enough."""
    step = 1.0 if abs(needed) >= 3 else 0.5 if abs(needed) >= 0.75 else 0.1
    more = ceil(abs(needed - lately) / step - 1e-9) * step
    return f"{words.money(more, judged.unit) if judged.metric.unit == 'money' else words.number(more)} more a week"


def _allowed(judged: Assessment, pace: Pace) -> str:
    left = judged.goal.target - (pace.actual or 0.0)
    days = judged.goal.deadline - pace.day
    if days <= 0 or left <= 0:
        return " Nothing more may come."
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
            text = f"{name} is stated in more than one place ({reason.text}): say which counts."
            return Advice(text, f"{edit} --report NAME")
        case "which currency":
            text = f"{name} comes in several currencies ({reason.text}), which are never added: name one account."
            return Advice(text, f"{edit} --account NAME")
        case "other currency":
            return _other_currency(judged)
        case "account without data":
            have = f"one of its accounts has no {name} yet; {reason.text} does."
            return Advice(f"{have} Import the other's export, or leave it out:", f"{edit} --account NAME")
        case "nothing final yet":
            return Advice(f"the {name} imported so far may all still change; import a newer export in a few days.")
        case "nothing to work out":
            return Advice(_nothing_to_work_out(judged))
        case "days unknown":
            count = words.counted(reason["days"], "day")
            return Advice(f"its time is over, and no export states {count} of it: what is missing decides.")
        case _:
            return _download(judged, f"no {name} yet: the export is still to be imported.")


def _other_currency(judged: Assessment) -> Advice:
    goal, there, source = judged.goal, judged.reasons[0].text, judged.sources[0]
    if there:
        text = f"the goal is in {goal.unit}, its numbers are in {there}: give the goal a number in {there}."
        return Advice(text, f'smartkpi edit {goal.slug} --target "{there} NUMBER"')
    text = f"the goal is in {goal.unit}, its numbers state no currency. If they are in {goal.unit}, say so:"
    if source.report == BY_HAND:
        return Advice(text, f'smartkpi record {source.metric} "{goal.unit} NUMBER" --on DAY')
    return Advice(text, f"smartkpi import FILE --currency {goal.unit}")


def _nothing_to_work_out(judged: Assessment) -> str:
    name = judged.metric.name
    if judged.goal.form is Form.GROWTH:
        return f"the newest {name} of one account are more than a week old: import its newest export."
    if judged.metric.is_pooled and any(source.report == BY_HAND for source in judged.sources):
        return (
            f"the {name} cannot be worked out yet: a number kept by hand stands for the days since the one before, "
            "and so needs one before it, and its other part on all those days."
        )
    return f"the {name} cannot be worked out yet: one of its two numbers is 0, or no export states it."


def _download(judged: Assessment, text: str) -> Advice:
    platform = judged.sources[0].platform if judged.sources else judged.goal.platform
    return Advice(f"{text} How to download it:", f"smartkpi platforms {platform}".strip())


def _stale(judged: Assessment) -> Advice:
    last, age = words.day(_pace(judged).day), words.counted(judged.reasons[0]["days"], "day")
    return _download(judged, f"the numbers end on {last}, {age} ago: import the newest export.")


def _missed(judged: Assessment) -> Advice:
    goal, target = judged.goal, target_of(judged)
    command = f"smartkpi close {goal.slug}"
    if goal.form is Form.EACH:
        return Advice(f"{_weeks(judged)} That cannot be reached any more.", command)
    if judged.reasons[0].code == "exceeded":
        return Advice(f"{actual(judged)} is {_beyond(goal)} {target}: no later day can mend that.", command)
    if judged.pace is not None and judged.pace.actual is not None and isinf(judged.pace.actual):
        return Advice(f"there was spend and no result by {words.full_day(goal.deadline)}.", command)
    return Advice(
        f"it ended at {actual(judged)} on {words.full_day(goal.deadline)}, {_beyond(goal)} {target}.", command
    )


def _beyond(goal: Goal) -> str:
    if goal.direction is Direction.DOWN and goal.form is not Form.GROWTH:
        return "above the target of" if goal.form is Form.RATE else "over the limit of"
    return "short of" if goal.form in (Form.TOTAL, Form.GROWTH) else "below the target of"


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
    told = (_upper_bound, _days_missing, _totals_disagree, _export_disagrees, _began_otherwise)
    return [advice for tell in told for advice in tell(judged)]


def _upper_bound(judged: Assessment) -> list[Advice]:
    """That a level is only "at most", and what settles it."""
    if judged.pace is None or not judged.pace.at_most or judged.status is Status.MISSED:
        return []
    said = f'"at most" {actual(judged)}: the export does not say who left.'
    if relative(judged):
        question = f"{said} How many {judged.metric.name} were there at the start? Then a total can settle it:"
        return [Advice(question, f"smartkpi edit {judged.goal.slug} --baseline NUMBER")]
    source = next(s for s in judged.sources if s.metric != judged.metric.id)
    account = f"--account {quote(source.account)} --platform {source.platform}"
    look = f"{said} A look at the profile settles it:"
    return [Advice(look, f"smartkpi record {judged.metric.id} NUMBER {account}")]


def _days_missing(judged: Assessment) -> list[Advice]:
    found = [reason for reason in judged.reasons if reason.code == "days missing"]
    if not found or judged.status is Status.UPCOMING:
        return []
    days, first, last = (int(found[0][name]) for name in ("days", "first", "last"))
    some = "" if days == last - first + 1 else f"{words.counted(days, 'day')} of "
    which = "this day counts" if days == 1 else "these days count"
    text = f"no export states {some}{words.span(first, last)}, so {which} for nothing: import one that does."
    return [_download(judged, text)]


def _began_otherwise(judged: Assessment) -> list[Advice]:
    def said(value: float) -> str:
        return words.amount(value, judged.metric, judged.unit)

    return [
        Advice(f"it began at {said(r['baseline'])}, and stays so; of that day the exports now say {said(r['now'])}.")
        for r in judged.reasons
        if r.code == "baseline restated"
    ]


def _export_disagrees(judged: Assessment) -> list[Advice]:
    return [
        Advice(
            f"recorded for {words.day(int(r['day']), year=True)}: {words.whole(r['recorded'])}; "
            f"the export says {words.whole(r['exported'])}. The export counts."
        )
        for r in judged.reasons
        if r.code == "export disagrees"
    ]


def _totals_disagree(judged: Assessment) -> list[Advice]:
    return [
        Advice(
            f"the total of {words.day(int(r['day']), year=True)} is {words.whole(r['total'])}; "
            f"calculated from the one before it would be {words.whole(r['calculated'])}. The newer total counts."
        )
        for r in judged.reasons
        if r.code == "totals disagree"
    ]
