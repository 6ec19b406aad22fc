"""What was changed of a goal after it was made, in sentences: a moved goalpost stays visible."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Form, Goal, GoalEdit
from smartkpi.model.metric import Metric
from smartkpi.model.period import to_date
from smartkpi.report import words
from smartkpi.report.document import Paragraph, Tone

CALLED = {
    "data_every": "the time between its numbers",
    "repeat": "its repetition",
    "objective": "what it helps",
    "why": "the reason why it matters",
    "accounts": "whose numbers it reads",
    "report": "the export that it reads",
    "pauses": "the pause",
    "milestones": "the milestone",
    "unit": "currency",
}
SAID = ("title", "objective", "why", "accounts", "report", "campaign")  # told in quotes: somebody's own words
ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
SPAN = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")
MILESTONE = re.compile(r"(\d{4}-\d\d-\d\d)=([^,]+)")
SOME = 2  # changes of one field that are told one by one


def told(edit: GoalEdit, goal: Goal, metric: Metric, unit: str, as_of: int) -> str:
    """ "target lowered from 120 to 100 on 3 Feb", with the year unless it is this one."""
    return f"{_what(edit, goal, metric, unit)} on {_on(edit, as_of)}"


def in_short(edits: Sequence[GoalEdit], goal: Goal, metric: Metric, unit: str, as_of: int) -> str:
    """All changes of where it begins and ends in one line; many of one field as the first, the last and how many."""
    return "; ".join(_lines(edits, goal, metric, unit, as_of))


def of_each(judged: Iterable[Assessment], moved: Mapping[str, Sequence[GoalEdit]]) -> list[Paragraph]:
    """What does not begin or end where it first did, a line each; `moved` are their edits by the uid of the goal."""
    told = [
        (a.goal.title, in_short(moved[a.goal.uid], a.goal, a.metric, a.unit, a.as_of))
        for a in judged
        if a.goal.uid in moved
    ]
    return [Paragraph(f"{title}: {said}", Tone.MUTED, indent=1) for title, said in told if said]


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
        return _target(edit, goal, metric, unit)
    if edit.field in ("deadline", "start") and edit.was and edit.now:
        return f"{edit.field} moved from {_dated(edit.was)} to {_dated(edit.now)}"
    if edit.field == "baseline":
        return _baseline(edit, metric, unit)
    called = CALLED.get(edit.field, edit.field.replace("_", " "))
    was, now = (_said(edit.field, text, metric, unit) for text in (edit.was, edit.now))
    if not edit.was:
        return f"{called} set to {now}"
    return f"{called} changed from {was} to {now}" if edit.now else f"{called} taken away, which was {was},"


def _said(field: str, text: str, metric: Metric, unit: str) -> str:
    """A value in words: days and numbers as they are written elsewhere."""
    if field == "milestones":
        points = MILESTONE.findall(text)
        return words.listed([f"{words.target(float(value), metric, unit)} by {_dated(day)}" for day, value in points])
    if field == "pauses":
        return _dated(SPAN.sub(r"\1 – \2", text))
    return f"“{text}”" if field in SAID and text else text


def _dated(text: str) -> str:
    """With its days in words: "24 Dec 2026 to 3 Jan 2027 (ads off)"."""
    return ISO.sub(lambda found: words.day(date.fromisoformat(found[0]).toordinal(), year=True), text)


def _baseline(edit: GoalEdit, metric: Metric, unit: str) -> str:
    if not edit.was or not edit.now:
        number = words.exact(float(edit.now or edit.was), metric, unit)
        return f"where it begins was said: {number}," if edit.now else f"where it begins, {number}, was taken back"
    was, now = (words.beside(float(v), float(o), metric, unit) for v, o in ((edit.was, edit.now), (edit.now, edit.was)))
    return f"where it begins changed from {was} to {now}"


def _target(edit: GoalEdit, goal: Goal, metric: Metric, unit: str) -> str:
    """A gain is told with its sign: "target raised from +200 to +250"."""
    was, now = float(edit.was), float(edit.now)
    signed = goal.form is Form.GROWTH and edit.was[:1] in ("+", "-")
    verb = "raised" if now > was else "lowered"
    shown = [("+" if signed and v >= 0 else "") + words.target(v, metric, unit) for v in (was, now)]
    if shown[0] == shown[1]:
        shown = [words.exact(v, metric, unit) for v in (was, now)]
    return f"target {verb} from {shown[0]} to {shown[1]}"
