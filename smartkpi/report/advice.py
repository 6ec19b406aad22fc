"""Why a status holds, and what to do about it: one plain sentence and the command to type."""

from collections.abc import Callable, Sequence
from math import ceil, isinf

from smartkpi.model.assessment import Assessment, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso, week_start
from smartkpi.model.series import BY_HAND
from smartkpi.report import remarks, words
from smartkpi.report.remarks import Advice, asks, download, of_window
from smartkpi.report.sentences import actual, end, progress, rate, rate_signed, target_of, which_week

FAR = 2 * 366  # days: a deadline further away than this is no advice


def needs(judged: Assessment) -> Advice | None:
    """What a person should do about this goal; None when nothing."""
    return ADVICE[judged.status](judged) if judged.status in ADVICE else None


def todo(judged: Assessment) -> list[Advice]:
    """All that a screen asks somebody for: what the status needs, then what the data lack."""
    needed = needs(judged)
    return [*([] if needed is None else [needed]), *asks(judged)]


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
        case "few days" if "window" in dict(reason.numbers):
            return f"{of_window(reason)} known so far; {words.number(reason['needed'])} are needed"
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
            most = "at most " if _pace(judged).at_most else ""
            return f"{most}{actual(judged)} on {words.full_day(goal.deadline)}: only the total can tell"
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
        return download(judged, f"the deadline was {over}, and the numbers end on {last}: import the newest export.")
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
    part = next((of_window(r) for r in judged.reasons if r.code == "part of the window"), "")
    span = f"{typical} {part or 'the last ' + words.counted(goal.window, 'day')}"
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
        case "only in totals":
            return download(judged, only_in_totals(reason))
        case "no total inside":
            return download(judged, _no_total_inside(judged))
        case "nothing to work out":
            return Advice(_nothing_to_work_out(judged))
        case "only in parts" | "other campaigns":
            return stated_otherwise(goal, judged.metric, judged.reasons) or download(judged, f"no {name} yet.")
        case "days unknown":
            count = words.counted(reason["days"], "day")
            which = "that it rests on" if goal.form is Form.GROWTH else "of it"
            return Advice(f"its time is over, and no export states {count} {which}: what is missing decides.")
        case "few days at the end":
            text = (
                f"its time is over, and only {of_window(reason)} are in the exports: import one that states the rest."
            )
            return download(judged, text)
        case _:
            return download(judged, f"no {name} yet: the export is still to be imported.")


def only_in_totals(reason: Reason) -> str:
    """That a goal needs days, and its exports have none."""
    return f"the exports state {reason.text} for ranges of days only, and this needs every day: make the export by day."


def _no_total_inside(judged: Assessment) -> str:
    goal, name = judged.goal, judged.metric.name
    crossing = [remarks.left_out(reason) for reason in judged.reasons if reason.code == "totals left out"]
    if not crossing:
        return f"the exports state {name} for ranges of days, and none of them lies between its start and its deadline."
    export = f"make one of {words.span(goal.start, min(judged.as_of, goal.deadline))}, or by day"
    return f"the exports state {name} for ranges of days that cannot be counted: {'; '.join(crossing)}. So {export}."


def stated_otherwise(goal: Goal, metric: Metric, reasons: Sequence[Reason]) -> Advice | None:
    """What the data have instead of what the goal counts, and what would work; None where they have nothing."""
    told = {reason.code: reason.text for reason in reasons}
    if "other campaigns" in told:
        edit, have = f"smartkpi edit {goal.slug or 'GOAL'} --campaign", told["other campaigns"]
        text = f"no {metric.name} of the campaign “{goal.campaign}”"
        if not have:
            return Advice(f"{text}: no export names campaigns. To count them all:", f'{edit} ""')
        return Advice(f"{text}; the exports have {have}.", f"{edit} NAME")
    if "only in totals" in told:
        text = only_in_totals(next(reason for reason in reasons if reason.code == "only in totals"))
        return Advice(f"{text} How to download it:", f"smartkpi platforms {goal.platform}".strip())
    if "only in parts" not in told:
        return None
    text = f"the exports state {metric.name} only for a part ({told['only in parts']}), never as a whole."
    if not (other := told.get("stated in full")):
        return Advice(f"{text} An export that does would:", f"smartkpi platforms {goal.platform}".strip())
    on = f" --platform {goal.platform}" if goal.platform else ""
    deadline = f"--deadline {iso(goal.deadline)}"
    return Advice(
        f"{text} What they state as a whole can be a goal:",
        f"smartkpi add --metric {other}{on} --target NUMBER {deadline}",
    )


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


def _stale(judged: Assessment) -> Advice:
    last, age = words.day(_pace(judged).day), words.counted(judged.reasons[0]["days"], "day")
    return download(judged, f"the numbers end on {last}, {age} ago: import the newest export.")


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
