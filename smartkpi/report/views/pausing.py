"""What pausing a goal did, and what going on did."""

from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Form, Pause
from smartkpi.report import sentences, words
from smartkpi.report.document import Document, Paragraph

ENDS = "take it back: smartkpi undo"


def paused(judged: Assessment, pause: Pause, as_of: int) -> Document:
    """From when to when, why, and what the plan makes of it."""
    goal = judged.goal
    days = words.counted(pause.last - pause.first + 1, "day")
    why = f": {pause.why}" if pause.why else ""
    when = f"from {words.full_day(pause.first)} to {words.full_day(pause.last)}"
    rests = RESTS[goal.form].format(every=goal.every.title())
    rests = f"{rests} It goes on on {words.full_day(pause.last + 1)}{_needed(judged)}."
    said = [f"{goal.title}: paused {when} ({days}){why}", rests, *_lost(judged, pause)]
    sooner = f"Sooner: smartkpi resume {goal.slug} · {ENDS}"
    return Document((*(Paragraph(text, indent=2 * (text is not said[0])) for text in said), Paragraph(sooner)))


def resumed(judged: Assessment, pause: Pause, as_of: int) -> Document:
    """That the plan goes on, and what it needs now."""
    if pause.first > as_of:
        said = f"the pause from {words.full_day(pause.first)} is taken back"
    else:
        said = f"it goes on today, {words.full_day(as_of)}"
        rested = as_of - pause.first
        said += f"; it rested {words.counted(rested, 'day')}" if rested else ""
    text = f"{judged.goal.title}: {said}{_needed(judged)}."
    return Document((Paragraph(text), Paragraph(ENDS.capitalize())))


def _needed(judged: Assessment) -> str:
    """ "; on the days that are left it needs about 9 a week"."""
    goal, needed = judged.goal, sentences.needed_said(judged)
    if not needed or goal.is_limit or not goal.form.has_pace:
        return ""
    return f"; on the days that are left it needs about {needed} a week"


def _lost(judged: Assessment, pause: Pause) -> list[str]:
    """Milestones that the plan cannot go through any more."""
    if judged.plan is None:
        return []
    inside = [point for point in judged.goal.milestones if pause.first <= point[0] <= pause.last]
    return [
        f"Its milestone of {sentences.value_of(judged, value)} on {words.day(day)} lies in the pause: the plan goes on "
        "without it."
        for day, value in inside
        if judged.plan.at(day) != value
    ]


RESTS = {
    Form.TOTAL: "The plan rests; the days that are left share out its way. What comes meanwhile counts.",
    Form.GROWTH: "The plan rests; the days that are left share out its way. What comes meanwhile counts.",
    Form.RATE: "These days do not count: it looks at the days before and after them.",
    Form.TYPICAL_DAY: "These days do not count: it looks at the days before and after them.",
    Form.KEEP: "These days do not count.",
    Form.EACH: "{every}s with a paused day in them do not count.",
}
