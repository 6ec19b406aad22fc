"""What to say of a goal that may miss its target: the pace that it needs, where it ends, and how likely that is."""

from collections.abc import Callable
from math import ceil, floor, isinf, log10

from smartkpi.model.assessment import Assessment, Forecast, Pace, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso
from smartkpi.report import periods, words
from smartkpi.report.remarks import Advice, days_once, download, is_nearly_whole, of_window, probably_brought
from smartkpi.report.sentences import (
    actual,
    at_best,
    before,
    end,
    ending,
    forecast,
    in_brackets,
    lately,
    likely,
    moved,
    needed,
    needed_said,
    once,
    progress,
    rate_signed,
    sum_at,
    target_of,
    value_of,
)

FAR = 2 * 366  # days: a deadline further away is no advice
CLOSE = 1e-9  # days that dividing may add: what comes on the last evening comes that day
ALMOST = 0.4  # of the way from the middle of the likely range to its worse end lies what 7 in 10 ends pass
WEIGHED = "with all its weeks weighed"
ALIKE = 0.1  # of the likely range: where the pace of late ends so near to its middle, both are one


def calm_end(judged: Assessment) -> str:
    """Where a goal that is on track ends, how likely it is met, and what that rests on where lately was too little."""
    foreseen = _foreseen(judged)
    ends = f"it ends at {ending(judged, foreseen)}: {_chance(judged, foreseen)}"
    basis = _basis(judged, foreseen)
    if is_slow(judged):
        late = rate_signed(lately(judged) or 0.0, judged)
        return f"{needed_said(judged)} a week are needed, and lately it was {late}; {basis}, {ends}"
    behind_plan = judged.pace is not None and (judged.pace.days_ahead or 0) < 0
    return f"{basis}, {ends}" if behind_plan and basis else ends


def is_slow(judged: Assessment) -> bool:
    """Whether the pace of late alone would not bring what is foreseen: something else must."""
    foreseen, alone, goal = forecast(judged), _at_this_pace(judged), judged.goal
    if foreseen is None or alone is None or goal.is_limit or needed(judged) is None:
        return False
    falls_short = not goal.direction.reached(alone, goal.target) and goal.direction.reached(foreseen.mid, goal.target)
    return falls_short and bool(_basis(judged, foreseen))


def is_held(judged: Assessment) -> bool:
    """Whether the status is still the one of a week before, though the chance alone would give another."""
    return "mark" in dict(judged.reasons[0].numbers)


def _foreseen(judged: Assessment) -> Forecast:
    foreseen = forecast(judged)
    assert foreseen is not None, "a status that comes from the chance has one"
    return foreseen


def _chance(judged: Assessment, foreseen: Forecast, of: str = "") -> str:
    """ "about 4 chances in 10, down from about 6 in 10 a week before": that only where it was another."""
    text, was, by = at_best(judged) + words.chance(foreseen.chance) + of, before(judged), moved(judged)
    if is_held(judged) and was is not None and was.chance is not None:
        return f"{text} ({_held(judged, was.chance)})"
    if by and was is not None and was.chance is not None:
        return f"{text}, {'up' if by > 0 else 'down'} from {words.odds(was.chance)} a week before"
    # who is level with the plan, and reads "at risk", may well ask why
    return f"{text}, as likely missed as met" if words.is_even(foreseen.chance) and not of else text


def _held(judged: Assessment, was: float) -> str:
    """ "still at risk, for a week before it was about 5 in 10; on track above 75 %, or when this lasts a week"."""
    reason, then = judged.reasons[0], words.odds(was)
    side = "above" if was < reason["mark"] else "below"
    still = f"still {judged.status.value}, for a week before it was {then}"
    return f"{still}; {reason.text} {side} a chance of {words.percent(reason['mark'])}, or when this lasts a week"


def _short(judged: Assessment, foreseen: Forecast, miss: str = "just short of") -> str:
    """Where it ends, against a target that it misses: "about 80 (likely 67 to 95), not 100"."""
    goal, target = judged.goal, target_of(judged)
    if goal.direction.reached(foreseen.mid, goal.target):
        return ending(judged, foreseen)
    if _looks_it(judged, foreseen):
        return f"{miss} {target}{in_brackets(likely(judged, foreseen))}"
    return f"{ending(judged, foreseen)}, not {target}"


def behind(judged: Assessment) -> Advice:
    """What a goal that is at risk or off track needs."""
    if judged.as_of > judged.goal.deadline:
        over, last = words.full_day(judged.goal.deadline), words.day(judged_pace(judged).day)
        return download(judged, f"the deadline was {over}, and the numbers end on {last}: import the newest export.")
    return BEHIND[judged.goal.form](judged, judged_pace(judged))


def _behind_plan(judged: Assessment, pace: Pace) -> Advice:
    goal, foreseen = judged.goal, _foreseen(judged)
    if goal.is_limit:
        return _over_the_limit(judged, pace, foreseen)
    if pace.actual is not None and goal.direction.reached(pace.actual, goal.target):
        wrong = pace.run_rate is not None and pace.run_rate * goal.direction.sign < 0
        ends = f"it ends at {_short(judged, foreseen)}: {_chance(judged, foreseen)}."
        return Advice(
            f"{actual(judged)} is there now, but {'going the wrong way' if wrong else 'may not last'}: {ends}"
        )
    text = f"{_paces(judged, foreseen)}{_enough(judged, pace, foreseen)}"
    later = deadline_at_this_pace(judged)
    if later is None or later <= goal.deadline:
        return Advice(text)
    comes = f"{_how_surely(judged, foreseen)} {target_of(judged)} comes about {words.day(later, year=True)}"
    return Advice(f"{text} {comes}.", f"smartkpi whatif {goal.slug} --deadline {iso(later)}")


def _how_surely(judged: Assessment, foreseen: Forecast) -> str:
    """How the day on which the pace of late brings the target stands to what is foreseen."""
    alone = _at_this_pace(judged)
    if alone is None or not _basis(judged, foreseen):
        return "More time would do it too: at this pace"
    is_sooner = (foreseen.mid - alone) * _way(judged) > 0
    return "More time would do it too: even at this pace" if is_sooner else "If this pace holds,"


def _over_the_limit(judged: Assessment, pace: Pace, foreseen: Forecast) -> Advice:
    goal, target = judged.goal, target_of(judged)
    if goal.direction.reached(foreseen.mid, goal.target):
        where = f"{ending(judged, foreseen)}; the limit is {target}"
    elif _looks_it(judged, foreseen):
        where = f"just over the limit of {target}{in_brackets(likely(judged, foreseen))}"
    else:
        where = f"{ending(judged, foreseen)}, over the limit of {target}"
    where = where if where.startswith("just") else f"at {where}"
    stays = _chance(judged, foreseen, " to stay inside" if 0 < foreseen.chance < 1 else "")
    return Advice(f"{_ends_there(judged, foreseen, where)}: {stays}.{_allowed(judged, pace)}")


def _behind_window(judged: Assessment, pace: Pace) -> Advice:
    goal, target = judged.goal, target_of(judged)
    typical = "on a typical day of" if goal.form is Form.TYPICAL_DAY else "over"
    parts = (r for r in judged.reasons if r.code == "part of the window" and not is_nearly_whole(r))
    part = next(map(of_window, parts), "")
    span = f"{typical} {part or 'the last ' + words.counted(goal.window, 'day')}"
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend {span}, and no result; the target is {target}.")
    foreseen = _foreseen(judged)
    ends = f"ends at {_ending(judged, foreseen)} on {words.full_day(goal.deadline)}: {_chance(judged, foreseen)}."
    if pace.actual is not None and goal.direction.reached(pace.actual, goal.target):
        found = once(judged)
        doubt = "may not last" if found is None else f"only through {days_once(found)}"
        return Advice(f"{actual(judged)} {span} reaches the target of {target}, but {doubt}: it {ends}")
    side = "below" if goal.direction is Direction.UP else "above"
    return Advice(f"{actual(judged)} {span} is {side} the target of {target}. It probably {ends}")


def _ending(judged: Assessment, foreseen: Forecast) -> str:
    """The target stands before it: only what would look like it needs to be told apart."""
    less = judged.goal.direction is Direction.UP
    if not _looks_it(judged, foreseen):
        return ending(judged, foreseen)
    return _short(judged, foreseen, f"just {'below' if less else 'above'}")


def _looks_it(judged: Assessment, foreseen: Forecast) -> bool:
    """Whether the end, rounded, looks like the target."""
    said = {target_of(judged), value_of(judged, judged.goal.target)}
    return end(judged, foreseen).removeprefix("about ") in said


def _behind_keep(judged: Assessment, pace: Pace) -> Advice:
    target = target_of(judged)
    if pace.actual is not None and isinf(pace.actual):
        return Advice(f"there was spend, and no result yet; the limit is {target}.")
    foreseen = _foreseen(judged)
    ends = f"ends at {_ending(judged, foreseen)}: {_chance(judged, foreseen)}."
    if pace.actual is not None and judged.goal.direction.reached(pace.actual, judged.goal.target):
        return Advice(f"{actual(judged)} so far is inside {target}, but may not stay there: it {ends}")
    weeks = f", and was inside in {progress(judged)}" if pace.periods_gone else ""
    return Advice(f"{actual(judged)} so far is {beyond(judged.goal)} {target}{weeks}. It probably {ends}")


BEHIND: dict[Form, Callable[[Assessment, Pace], Advice]] = {
    Form.TOTAL: _behind_plan,
    Form.GROWTH: _behind_plan,
    Form.RATE: _behind_window,
    Form.TYPICAL_DAY: _behind_window,
    Form.KEEP: _behind_keep,
    Form.EACH: periods.behind,
}


def judged_pace(judged: Assessment) -> Pace:
    """The pace of a goal whose status was judged."""
    assert judged.pace is not None, "a status that was judged has a pace"
    return judged.pace


def _paces(judged: Assessment, foreseen: Forecast) -> str:
    """What is needed a week, what it was lately, and where that ends."""
    ends = f"at {_short(judged, foreseen)}: {_chance(judged, foreseen)}."
    weekly, late = needed(judged), lately(judged)
    if weekly is None or late is None:
        return f"it probably ends {ends}"
    asked, was, found = needed_said(judged), rate_signed(late, judged), once(judged)
    without = "" if found is None else f", without {days_once(found)}"
    if (weekly - late) * _way(judged) <= 0:
        alike = f"which is what it was lately{without}" if asked == was else f"and lately it was {was}{without}"
        return f"you need {asked} a week, {alike}, but that may not last: it probably ends {ends}"
    was = "just short of that" if asked == was else was  # 9 and 9 would look like enough
    there = _ends_there(judged, foreseen, ends)
    return f"you need {asked} a week; lately it was {was}{without}. {there[0].upper()}{there[1:]}"


def _ends_there(judged: Assessment, foreseen: Forecast, where: str) -> str:
    """Where the pace of late ends, and where it will probably end if that is elsewhere: one "this pace" everywhere."""
    alone, basis = _at_this_pace(judged), _basis(judged, foreseen)
    if not basis or alone is None:
        return f"{'at this pace it ends' if alone is not None else 'it probably ends'} {where}"
    return f"at this pace it ends at about {sum_at(judged, foreseen, alone)}; {basis}, probably {where}"


def _at_this_pace(judged: Assessment) -> float | None:
    """Where a total or a level ends if each week to come is like those of late; None where nobody can tell."""
    pace, late = judged.pace, lately(judged)
    if pace is None or pace.actual is None or late is None or not judged.goal.form.has_pace:
        return None
    return pace.actual + late / 7 * judged.goal.days_left(pace.day)


def _basis(judged: Assessment, foreseen: Forecast) -> str:
    """What the forecast rests on besides the pace of late; '' where that alone ends there too."""
    alone = _at_this_pace(judged)
    if alone is None or _is_alike(judged, foreseen, alone):
        return ""
    if judged.season != 1:
        return "if it goes as in last year's same weeks"
    if (brought := probably_brought(judged)) and _is_alike(judged, foreseen, alone + brought):
        return "with what the missing days probably brought"
    return WEIGHED


def _is_alike(judged: Assessment, foreseen: Forecast, alone: float) -> bool:
    return abs(alone - foreseen.mid) <= max(ALIKE * (foreseen.high - foreseen.low), CLOSE)


def _way(judged: Assessment) -> int:
    """+1 where the way to the target goes up."""
    return 1 if judged.goal.gain >= 0 else -1


def _enough(judged: Assessment, pace: Pace, foreseen: Forecast) -> str:
    """ " 14 a week would make it likely.": so much that 7 ends in 10 reach the target; rounded up, so that it is
    enough. Of what is far away a number would only discourage.
    """
    weeks, way, weekly = judged.goal.days_left(pace.day) / 7, _way(judged), needed(judged)
    rests_on_more = _basis(judged, foreseen) not in ("", WEIGHED)
    if judged.status is not Status.AT_RISK or weeks < 1 or weekly is None or rests_on_more or is_held(judged):
        return ""
    worse = foreseen.low if way > 0 else foreseen.high
    enough = weekly * way + ALMOST * (foreseen.mid - worse) * way / weeks
    if enough <= 0:
        return ""
    enough = ceil(enough / _step(enough) - CLOSE) * _step(enough)
    said = words.money(enough, judged.unit) if judged.metric.unit == "money" else words.number(enough)
    said = said if way > 0 else words.MINUS + said
    if (lately(judged) or 0.0) * way >= enough:
        return f" If it stays at {said} a week or more, it is likely."
    return f" {said} a week would make it likely."


def _step(weekly: float) -> float:
    """To what a weekly amount is rounded: what a person can aim at."""
    return 10.0 ** (floor(log10(weekly)) - 1) if weekly >= 100 else 1.0 if weekly >= 3 else 0.5 if weekly >= 1 else 0.1


def _allowed(judged: Assessment, pace: Pace) -> str:
    left = judged.goal.target - (pace.actual or 0.0)
    if judged.goal.days_left(pace.day) <= 0 or left <= 0 or needed(judged) is None:
        return " Nothing more may come."
    return f" {needed_said(judged)[:1].upper()}{needed_said(judged)[1:]} a week would stay inside."


def deadline_at_this_pace(judged: Assessment) -> int | None:
    """The day on which the last four weeks, kept up, bring the target; None when never, or too far to be of use, and
    where the end is foreseen by more than these four weeks, and says otherwise.
    """
    pace, goal, late = judged.pace, judged.goal, lately(judged)
    if pace is None or late is None or pace.actual is None or not goal.form.has_pace:
        return None
    if late * goal.gain <= 0 or goal.is_limit:
        return None
    days = (goal.target - pace.actual) / (late / 7)
    if not 0 < days < FAR:
        return None
    later, foreseen = goal.after(goal.since(pace.day), ceil(days - CLOSE)), forecast(judged)
    if later < goal.start:  # what is there before it begins is no news of it
        return None
    if foreseen is not None and (later <= goal.deadline) is not goal.direction.reached(foreseen.mid, goal.target):
        return None
    return later


def beyond(goal: Goal) -> str:
    """On the wrong side of the target, in words."""
    if goal.has_ceiling:
        return "above the target of" if goal.form is Form.RATE else "over the limit of"
    return "short of" if goal.form.has_pace else "below the target of"
