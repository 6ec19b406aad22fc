"""A goal echoed letter by letter: what was understood, what it is worth, and what comes next."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smartkpi.model.goal import Form, Goal
from smartkpi.model.letters import Letter, Verdict
from smartkpi.model.metric import Direction, Metric, Stage
from smartkpi.model.repeating import periods_in
from smartkpi.report import echo, words
from smartkpi.report.document import Block, Document, Paragraph, Tone

TONES = {
    Verdict.GOOD: Tone.GOOD, Verdict.CARE: Tone.WARN, Verdict.UNLIKELY: Tone.WARN, Verdict.OPEN: Tone.MUTED,
    Verdict.MISSING: Tone.BAD,
}  # fmt: skip
GAP = "   "  # before a command that stands behind a sentence
BEHIND = 18  # signs before what a letter says: the rest stands below it


class Served(NamedTuple):
    """The objective that a goal serves, and whether another goal of it counts outcomes."""

    name: str = ""
    is_new: bool = False
    has_outcome: bool = False


def goal_added(
    goal: Goal,
    metric: Metric,
    as_of: int,
    needed: float | None,
    letters: Sequence[Letter],
    notes: Sequence[str],
    end: str,
) -> Document:
    """The goal in one sentence, its five letters, and `end`: what became of it."""
    blocks: list[Block] = [Paragraph(echo.the_goal(goal, metric, as_of, needed)), Paragraph("")]
    for letter in letters:
        blocks.append(_paragraph(letter.said, TONES[letter.verdict], indent=1, sign=letter.head))
        blocks += [_paragraph(more, Tone.MUTED, indent=BEHIND) for more in letter.more]
    blocks += [Paragraph(note, Tone.MUTED, indent=BEHIND) for note in notes]
    return Document((*blocks, Paragraph(""), Paragraph(end)))


def _paragraph(text: str, tone: Tone, *, indent: int, sign: str = "") -> Paragraph:
    """A sentence, with the command behind it set apart: that one is copied whole."""
    said, is_command, command = text.partition(f"{GAP}smartkpi ")
    return Paragraph(said, tone, sign=sign, indent=indent, command=f"smartkpi {command}" if is_command else "")


def specific(goal: Goal, metric: Metric, whose: Sequence[str], platform: str) -> Letter:
    """Who counts what, and how far it should go."""
    of = f" of {words.listed(list(whose))}" if whose else ""
    on = f" on {platform}" if platform else ""
    campaign = f", campaign “{goal.campaign}”" if goal.campaign else ""
    return Letter("S", Verdict.GOOD, f"{metric.name}{of}{on}{campaign}, {_way(goal, metric)}")


def _way(goal: Goal, metric: Metric) -> str:
    target = words.target(goal.target, metric, goal.unit)
    limit = "at least" if goal.direction is Direction.UP else "at most"
    match goal.form:
        case Form.GROWTH:
            size = words.target(abs(goal.gain), metric, goal.unit)
            return f"{size} {'more' if goal.gain > 0 else 'fewer'}"
        case Form.TOTAL:
            most = "at most " if goal.direction is Direction.DOWN else ""
            return f"{most}{target} in all"
        case Form.EACH:
            return f"{limit} {target} every {goal.every}"
        case Form.KEEP:
            return f"{limit} {target} all the time"
        case Form.TYPICAL_DAY:
            return f"{target} on a typical day"
        case _:
            return f"{limit} {target} over {words.counted(goal.window, 'day')}"


def measurable(fed: Sequence[str], *, has_data: bool) -> Letter:
    """What feeds it, or exactly what to do."""
    first, *rest = fed or ["nothing feeds it yet"]
    return Letter("M", Verdict.GOOD if has_data else Verdict.CARE, first, tuple(rest))


def relevant(goal: Goal, metric: Metric, served: Served, *, is_kept: bool) -> Letter:
    """What it is for; a means without an end is told so. `is_kept`: it is saved, so that a command can change it."""
    if served.name:
        new = ", a new objective" if served.is_new else ", which has a goal of its own" if served.has_outcome else ""
        if metric.stage.is_means and not served.has_outcome:
            why = "nothing counts yet whether it does: give it a goal on traffic, leads, customers or revenue"
            return Letter("R", Verdict.CARE, f"helps “{served.name}”{new}", (f"{why}   {_next_goal(served.name)}",))
        return Letter("R", Verdict.GOOD, f"helps “{served.name}”{new}")
    if metric.stage.is_means:
        link = (
            f'{GAP}smartkpi edit {goal.slug} --for "more website leads"' if is_kept else " “… for more website leads”"
        )
        return Letter("R", Verdict.CARE, f"{words.means(metric)}{link}")
    because = f": {goal.why}" if goal.why else ""
    return Letter("R", Verdict.GOOD, f"{metric.name} {_counts(metric)}{because}")


def _next_goal(objective: str) -> str:
    from shlex import quote

    return f"smartkpi add --metric leads --target NUMBER --deadline eoq --for {quote(objective)}"


def _counts(metric: Metric) -> str:
    match metric.stage:
        case Stage.TRAFFIC:
            return f"{words.verb(metric, 'brings', 'bring')} people closer to buying"
        case Stage.COST:
            return f"{words.verb(metric, 'is', 'are')} money{' saved' if metric.direction is Direction.DOWN else ''}"
        case Stage.REVENUE:
            return f"{words.verb(metric, 'is', 'are')} money earned"
        case _:
            return f"{words.verb(metric, 'is', 'are')} an outcome, not only a means"


def timely(goal: Goal, metric: Metric, as_of: int, *, asked: str = "") -> Letter:
    """The deadline with its weekday and the days left, where the counting begins, what is due on the way, and what
    follows."""
    left = goal.deadline - as_of
    until = words.counted(left, "day") if left > 0 else "today"
    text = f"{f'{asked}: ' if asked else ''}{words.full_day(goal.deadline)}, {until}"
    if goal.start > as_of:
        text += f"; it begins on {words.full_day(goal.start)}"
    elif goal.start < as_of:
        text += f"; counted from {words.full_day(goal.start)}"
    return Letter("T", Verdict.GOOD, text, tuple(_on_the_way(goal, metric)))


def _on_the_way(goal: Goal, metric: Metric) -> Iterator[str]:
    if goal.form is Form.EACH and (whole := periods_in(goal)):
        first, last = whole[0][0], whole[-1][1]
        yield f"{words.counted(len(whole), f'whole {goal.every}')} count, {words.span(first, last)}"
    if goal.milestones:
        due = [f"{words.target(value, metric, goal.unit)} by {words.full_day(day)}" for day, value in goal.milestones]
        yield f"on the way: {words.listed(due)}"
    if goal.repeat:
        yield f"it repeats every {goal.repeat}: when it is over, the next one is offered"
