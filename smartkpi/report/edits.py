"""What was changed of a goal after it was made, in sentences: a moved goalpost stays visible."""

from collections.abc import Iterator, Sequence
from datetime import date

from smartkpi.model.goal import Form, Goal, GoalEdit
from smartkpi.model.metric import Metric
from smartkpi.model.period import to_date
from smartkpi.report import words

CALLED = {"data_every": "time between its numbers", "repeat": "its repetition", "objective": "what it helps"}
SOME = 2  # changes of one field that are told one by one


def told(edit: GoalEdit, goal: Goal, metric: Metric, unit: str, as_of: int) -> str:
    """ "target lowered from 120 to 100 on 3 Feb", with the year unless it is this one."""
    return f"{_what(edit, goal, metric, unit)} on {_on(edit, as_of)}"


def in_short(edits: Sequence[GoalEdit], goal: Goal, metric: Metric, unit: str, as_of: int) -> str:
    """All changes of target and deadline in one line; many of one field as the first, the last and their number."""
    return "; ".join(_lines(edits, goal, metric, unit, as_of))


def _lines(edits: Sequence[GoalEdit], goal: Goal, metric: Metric, unit: str, as_of: int) -> Iterator[str]:
    for field in dict.fromkeys(edit.field for edit in edits):
        theirs = _by_day([edit for edit in edits if edit.field == field])
        if len(theirs) <= SOME:
            yield from (told(edit, goal, metric, unit, as_of) for edit in theirs)
            continue
        first, last = theirs[0], theirs[-1]
        whole = first._replace(now=last.now)
        yield f"{_what(whole, goal, metric, unit)} in {len(theirs)} steps, the last on {_on(last, as_of)}"


def _by_day(edits: Sequence[GoalEdit]) -> list[GoalEdit]:
    """What several changes of one day came to is one change; none where it was put back."""
    found: list[GoalEdit] = []
    for edit in edits:
        if found and found[-1].on == edit.on:
            edit = edit._replace(was=found.pop().was)
        found.append(edit)
    return [edit for edit in found if edit.was != edit.now]


def _on(edit: GoalEdit, as_of: int) -> str:
    return words.day(edit.on, year=to_date(edit.on).year != to_date(as_of).year)


def _what(edit: GoalEdit, goal: Goal, metric: Metric, unit: str) -> str:
    if edit.was == edit.now:
        return f"{edit.field} changed and put back"
    if edit.field == "target" and edit.was and edit.now:
        return _target(float(edit.was), float(edit.now), goal, metric, unit)
    if edit.field in ("deadline", "start") and edit.was and edit.now:
        was, now = (words.day(date.fromisoformat(text).toordinal(), year=True) for text in (edit.was, edit.now))
        return f"{edit.field} moved from {was} to {now}"
    called = CALLED.get(edit.field, edit.field.replace("_", " "))
    return f"{called} changed from {edit.was or 'nothing'} to {edit.now or 'nothing'}"


def _target(was: float, now: float, goal: Goal, metric: Metric, unit: str) -> str:
    relative = goal.form is Form.GROWTH and goal.baseline is None
    verb = "raised" if now > was else "lowered"
    shown = [("+" if relative and v >= 0 else "") + words.target(v, metric, unit) for v in (was, now)]
    if shown[0] == shown[1]:
        shown = [words.exact(v, metric, unit) for v in (was, now)]
    return f"target {verb} from {shown[0]} to {shown[1]}"
