"""Why a status holds, and what to do about it: one plain sentence and the command to type."""

from collections.abc import Callable, Sequence
from math import isinf

from smartkpi.model.assessment import Assessment, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.model.series import BY_HAND
from smartkpi.report import periods, remarks, words
from smartkpi.report.behind import behind, beyond, calm_end, judged_pace
from smartkpi.report.remarks import Advice, asks, download, of_window
from smartkpi.report.sentences import actual, once, progress, target_of, value_of


def needs(judged: Assessment) -> Advice | None:
    """What a person should do about this goal; None when nothing."""
    return ADVICE[judged.status](judged) if judged.status in ADVICE else None


def todo(judged: Assessment) -> list[Advice]:
    """All that a screen asks somebody for: what the status needs, then what the data lack."""
    needed = needs(judged)
    return [*([] if needed is None else [needed]), *asks(judged)]


def why(judged: Assessment) -> Advice:
    """The reason of the status in one sentence, and what to type where something is to be done."""
    return needs(judged) or Advice(_calm(judged))


def _calm(judged: Assessment) -> str:
    goal, reason = judged.goal, judged.reasons[0]
    match reason.code:
        case "paused":
            return paused(judged)
        case "not begun":
            return f"begins {words.full_day(goal.start)}"
        case "reached":
            return f"reached: {actual(judged)}"
        case "few days" if "window" in dict(reason.numbers):
            return f"{of_window(reason)} known so far; {words.number(reason['needed'])} are needed"
        case "few days":
            return f"{words.counted(reason['days'], 'day')} of data so far; {words.number(reason['needed'])} are needed"
        case "no period yet":
            return f"the first whole {goal.every} ends {words.full_day(int(reason['ends']))}{_foreseen(judged)}"
        case "not begun in the data":
            return f"the numbers end on {words.day(int(reason['day']))}, before the goal began"
        case "no pace yet":
            return "too few numbers of late for a pace: the next ones will tell"
        case "reached early" if (found := once(judged)) is not None and found.text == "spike":
            usual = value_of(judged, round(found["without"]))
            return f"{actual(judged)} is there, but through {remarks.days_once(found)} alone; else it is {usual}"
        case "reached early" if "since" in dict(reason.numbers):
            since = words.day(int(reason["since"]), year=True)
            return f"there since {since}: hold it until {words.full_day(goal.deadline)}"
        case "reached early":
            return f"{actual(judged)} is there already: hold it until {words.full_day(goal.deadline)}"
        case "unconfirmed":
            most = "at most " if judged_pace(judged).at_most else ""
            return f"{most}{actual(judged)} on {words.full_day(goal.deadline)}: only the total can tell"
        case "periods met":
            return f"met in {progress(judged)}; {periods.needed(reason, goal.every)}{_foreseen(judged)}"
        case _:
            return calm_end(judged)


def _foreseen(judged: Assessment) -> str:
    """How the running month ends, behind what is said of those that are over."""
    said = periods.foreseen(judged, judged_pace(judged))
    return f"; {said}" if said else ""


def paused(judged: Assessment) -> str:
    """ "paused until Mon 1 Feb 2027: ads off. The plan rests; it goes on with 60 to go"."""
    goal, reason, pace = judged.goal, judged.reasons[0], judged.pace
    said = f"paused until {words.full_day(int(reason['last']))}"
    said += f": {reason.text.rstrip('.')}. " if reason.text else ". "
    if not goal.form.has_pace or pace is None or pace.actual is None:
        return f"{said}The plan rests"
    is_there = goal.direction.reached(pace.actual, goal.target)
    amount = words.amount(abs(goal.target - pace.actual), judged.metric, judged.unit)
    if goal.is_limit:
        where = f"it goes on with {amount} left of" if is_there else f"it is {amount} over"
        return f"{said}The plan rests; {where} its limit"
    return f"{said}The plan rests{'' if is_there else f'; it goes on with {amount} to go'}"


def _no_data(judged: Assessment) -> Advice:
    goal, reason, name = judged.goal, judged.reasons[0], judged.metric.name
    edit = f"smartkpi edit {goal.slug}"
    match reason.code:
        case "which account":
            return Advice(f"several accounts have {name} ({reason.text}): say which.", f"{edit} --account NAME")
        case "which report":
            are = words.verb(judged.metric, "is", "are")
            text = f"{name} {are} stated in more than one place ({reason.text}): say which counts."
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
    if judged.goal.form is Form.EACH:
        every = judged.goal.every
        return (
            f"the {name} are kept by hand more rarely than every two {every}s, and the goal asks for them by {every}."
        )
    if judged.metric.is_pooled and any(source.report == BY_HAND for source in judged.sources):
        return (
            f"the {name} cannot be worked out yet: a number kept by hand stands for the days since the one before, "
            "and so needs one before it, and its other part on all those days."
        )
    return f"the {name} cannot be worked out yet: one of its two numbers is 0, or no export states it."


def _stale(judged: Assessment) -> Advice:
    last, age = words.day(judged_pace(judged).day), words.counted(judged.reasons[0]["days"], "day")
    text = f"the numbers end on {last}, {age} ago:"
    if all(source.report == BY_HAND for source in judged.sources) and not judged.metric.is_pooled:
        return Advice(f"{text} record the newest:", remarks.record(judged))
    return download(judged, f"{text} import the newest export.")


def _missed(judged: Assessment) -> Advice:
    return Advice(f"{_how_missed(judged)}{_next_one(judged)}", f"smartkpi close {judged.goal.slug}")


def _how_missed(judged: Assessment) -> str:
    goal, target = judged.goal, target_of(judged)
    if goal.form is Form.EACH:
        return f"{periods.so_far(judged)} That cannot be reached any more."
    if judged.reasons[0].code == "exceeded":
        return f"{actual(judged)} is {beyond(goal)} {target}: no later day can mend that."
    if judged.pace is not None and judged.pace.actual is not None and isinf(judged.pace.actual):
        return f"there was spend and no result by {words.full_day(goal.deadline)}."
    return f"it ended at {actual(judged)} on {words.full_day(goal.deadline)}, {beyond(goal)} {target}."


def _achieved(judged: Assessment) -> Advice | None:
    """That it is over; one that is met before its deadline needs nobody."""
    goal = judged.goal
    if judged_pace(judged).day < goal.deadline:
        return None
    said = f"{_calm(judged)}. It is over: close it, and note what was learned.{_next_one(judged)}"
    return Advice(said, f"smartkpi close {goal.slug}")


def _next_one(judged: Assessment) -> str:
    """That closing a goal which repeats offers the next one, once its time is over."""
    repeat, is_over = judged.goal.repeat, judged.as_of > judged.goal.deadline
    return f" It repeats each {repeat}: once it is closed, the next one is offered." if repeat and is_over else ""


ADVICE: dict[Status, Callable[[Assessment], Advice | None]] = {
    Status.OFF_TRACK: behind,
    Status.AT_RISK: behind,
    Status.STALE: _stale,
    Status.NO_DATA: _no_data,
    Status.MISSED: _missed,
    Status.ACHIEVED: _achieved,
}
