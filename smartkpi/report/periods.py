"""What is said of a goal that asks for something each week, or month: how many met it, and how this one goes."""

from smartkpi.model.assessment import Assessment, Pace, Reason
from smartkpi.model.metric import Direction
from smartkpi.model.repeating import is_counted, last_of
from smartkpi.report import words
from smartkpi.report.remarks import Advice
from smartkpi.report.sentences import actual, once, target_of, value_of, which_period


def behind(judged: Assessment, pace: Pace) -> Advice:
    """How many met it, and how many more must."""
    reason, every = judged.reasons[0], judged.goal.every
    more, left = reason["needed"] - reason["met"], reason["ahead"]
    if more > 0 and _is_met_already(judged, pace):
        which = which_period(judged, pace)
        met = f"{which[0].upper()}{which[1:]} it is met already, with {actual(judged)}."
        then = f" To get there, meet it in {_left(more - 1, left - 1, every)} too." if more > 1 else ""
        return Advice(f"{so_far(judged)} {met}{then}")
    return Advice(f"{so_far(judged)} To get there, meet it in {_left(more, left, every)}.{_running(judged, pace)}")


def _running(judged: Assessment, pace: Pace) -> str:
    """ " So far this week: 2."; '' on its last day."""
    goal = judged.goal
    if pace.day == last_of(goal.every, pace.day):
        return ""
    said = f" So far {which_period(judged, pace)}: {actual(judged)}"
    if not is_counted(goal, pace.day):
        return f"{said}; it is no whole {goal.every} of the goal, and does not count."
    ends = foreseen(judged, pace)
    return f"{said}. {ends[:1].upper()}{ends[1:]}." if ends else f"{said}."


def foreseen(judged: Assessment, pace: Pace) -> str:
    """ "at the pace of late this month ends at about 18"; '' of a week, of which a few days tell too little."""
    last, lately, found = last_of(judged.goal.every, pace.day), pace.run_rate, once(judged)
    is_open = pace.day < last and is_counted(judged.goal, pace.day)
    if judged.goal.every == "week" or not is_open or lately is None or pace.actual is None:
        return ""
    ends = pace.actual + (lately if found is None else found["without"]) * (last - pace.day) / 7
    about = value_of(judged, round(ends) if ends >= 1 else ends)
    return f"at the pace of late {which_period(judged, pace).removeprefix('in ')} ends at about {about}"


def _left(more: float, left: float, every: str) -> str:
    """ "all 7 weeks left", "3 of the 5 weeks left", "the last week"; where these are too few, those that miss days."""
    which = f"all {words.number(left)}" if more >= left else f"{words.number(more)} of the {words.number(left)}"
    said = f"the last {every}" if left == 1 else f"{'both' if more >= left == 2 else which} {every}s left"
    return said if more <= left else f"{said}, and in {words.number(more - left)} of those with missing days"


def _is_met_already(judged: Assessment, pace: Pace) -> bool:
    """Whether the running week is one that counts, and has what is asked for: more can only add to it."""
    goal = judged.goal
    is_open = pace.day < last_of(goal.every, pace.day) and is_counted(judged.goal, pace.day)
    has_it = goal.direction is Direction.UP and pace.actual is not None and pace.actual >= goal.target
    return is_open and has_it and not judged.metric.net


def so_far(judged: Assessment) -> str:
    """In how many weeks, or months, a goal was met, and in how many it must be."""
    goal, reason = judged.goal, judged.reasons[0]
    most = "" if goal.direction is Direction.UP else "at most "
    thing = f"{most}{target_of(judged)} {words.noun(judged.metric, goal.target)} a {goal.every}"
    met = f"met in {words.number(reason['met'])} of {words.counted(reason['gone'], goal.every)} so far"
    return f"{thing}: {met}; {needed(reason, goal.every)}."


def needed(reason: Reason, every: str) -> str:
    """ "needed: 8 of 10 weeks"."""
    return f"needed: {words.number(reason['needed'])} of {words.counted(reason['periods'], every)}"
