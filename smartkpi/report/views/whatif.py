"""A goal beside the same goal with another target, deadline or pace."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

from smartkpi.errors import SmartKpiError
from smartkpi.model.assessment import Assessment
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Form, Goal
from smartkpi.model.letters import SIGNS, Verdict
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso
from smartkpi.report import attain, echo, words
from smartkpi.report.attain import About
from smartkpi.report.behind import CLOSE, FAR
from smartkpi.report.document import Block, Cell, Column, Document, Paragraph, Table
from smartkpi.report.proposals import typed
from smartkpi.report.sentences import progress

NONE = "–"
TONED = ("Chance", "Weeks that had it", "Months that had it")


class Side(NamedTuple):
    """A goal and what its past says of it; `weekly`: at this pace from now on. `judged`: of a goal for each week or
    month, which has no chance, how it stands."""

    goal: Goal
    found: Attainable
    weekly: float | None = None
    judged: Assessment | None = None


class Refused(NamedTuple):
    """Why no edit can make it so, and what to type in its place."""

    reason: str
    command: str


def whatif(sides: Sequence[Side], metric: Metric, as_of: int, refused: Refused | None = None) -> Document:
    """The goal as it stands, and, where something was tried, what that makes of it, or why it cannot be made so."""
    first, last = sides[0], sides[-1]
    blocks: list[Block] = [Paragraph(echo.the_goal(first.goal, metric, as_of, first.found.needed))]
    if any(not side.found.lacks for side in sides):
        heads = ("as it stands", "what if")[: len(sides)]
        columns = (Column(""), *(Column(head, named=True) for head in heads))
        blocks.append(Table(columns, tuple(_rows(sides, metric)), lead=1))
    said = attain.said(last.found, last.goal, metric)
    rest = said if last.found.lacks else said[1:]
    blocks += [Paragraph(f"{line[:1].upper()}{line[1:]}.") for line in rest]
    if last.weekly is not None and (day := comes(last)) is not None:
        target = About(last.found, last.goal, metric, last.found.unit).aim(last.goal.target)
        blocks.append(Paragraph(f"At that pace {target} comes about {words.full_day(day)}."))
    blocks.append(_next(sides, metric, refused))
    return Document(tuple(blocks))


def _rows(sides: Sequence[Side], metric: Metric) -> list[tuple[Cell, ...]]:
    about = [About(side.found, side.goal, metric, side.found.unit) for side in sides]
    rows = [
        ("Target", [a.aim(a.goal.target) for a in about]),
        ("Deadline", [words.full_day(side.goal.deadline) for side in sides]),
    ]
    stand = [side.judged for side in sides if side.judged is not None]
    if stand:
        rows.append(("Status", [judged.status.value for judged in stand]))
        rows.append(("So far", [progress(judged) or NONE for judged in stand]))
    if sides[0].goal.form.has_pace:
        rows.append(("Needed a week", [_needed(a) for a in about]))
        rows.append(("Pace a week", [_pace(side, a) for side, a in zip(sides, about, strict=True)]))
    if sides[0].goal.form is Form.EACH:
        rows.append((f"{sides[0].goal.every.title()}s that had it", [_had_it(a.found) for a in about]))
    else:
        rows.append(("Chance", [NONE if a.found.chance is None else words.odds(a.found.chance) for a in about]))
        rows.append(("Likely end", [_likely(a) for a in about]))
    return [
        (Cell(name), *(Cell(text, attain.tone(side.found)) if name in TONED else Cell(text)
                       for side, text in zip(sides, texts, strict=True)))
        for name, texts in rows
    ]  # fmt: skip


def _needed(about: About) -> str:
    """Of what is there already nothing more."""
    needed = about.found.needed
    if needed is None:
        return NONE
    return about.needed if needed * about.goal.gain > 0 else "0"


def _had_it(found: Attainable) -> str:
    return NONE if found.windows is None else f"{found.windows.reached} of the last {found.windows.seen}"


def _pace(side: Side, about: About) -> str:
    if side.weekly is not None:
        return f"{about.weekly(side.weekly)} from now on"
    return NONE if about.found.lately is None else f"{about.weekly(about.found.lately)} lately"


def _likely(about: About) -> str:
    """ "about 80 (67 to 95)"."""
    found = about.found.forecast
    if found is None:
        return NONE
    whole = not about.metric.unit and about.metric.kind is not Kind.RATIO
    low, mid, high = (about.value(words.known(v, found.high - found.low, whole=whole)) for v in found[1:])
    return f"about {mid}" + ("" if low == high else f" ({low} to {high})")


def comes(side: Side) -> int | None:
    """The day on which a steady pace brings the target; None where it never does, or too late to be of use."""
    goal, found = side.goal, side.found
    if found.day is None or not side.weekly or goal.is_limit:
        return None
    days = (goal.target - (found.now or 0.0)) / side.weekly * 7
    if not 0 < days < FAR:
        return None
    day = goal.after(goal.since(found.day), ceil(days - CLOSE))
    return None if day < goal.start else day


def edit_of(first: Goal, last: Goal, metric: Metric) -> dict[str, str]:
    """What `edit` must be told to make the one of the other: {"target": "100", "deadline": "2026-12-31"}."""
    said = dict([_typed(last, last.target, metric)]) if last.target != first.target else {}
    return said | ({"deadline": iso(last.deadline)} if last.deadline != first.deadline else {})


def command(goal: Goal, edit: Mapping[str, str]) -> str:
    """ "smartkpi edit leads --target 100 --deadline 2026-12-31"."""
    return f"smartkpi edit {goal.slug} {' '.join(f'--{flag} {text}' for flag, text in edit.items())}"


def reason(error: SmartKpiError) -> str:
    """Why an edit is refused, in one line: of what is no goal, what it lacks."""
    lacks = [line[17:].strip() for line in error.details if line[2:3] == SIGNS[Verdict.MISSING]]
    return "; ".join(lacks) or error.headline.replace("--milestone:", "its milestone:")


def _next(sides: Sequence[Side], metric: Metric, refused: Refused | None) -> Paragraph:
    """The command that makes it so, or the one that tries something."""
    first, last = sides[0].goal, sides[-1].goal
    edit = edit_of(first, last, metric)
    if edit and refused is not None:
        said = f"Nothing was saved, and {command(first, edit)} would be refused: {refused.reason}."
        return Paragraph(said, command=refused.command)
    if edit:
        return Paragraph("Nothing was saved. To make it so:", command=command(first, edit))
    fair = sides[0].found.fair
    if len(sides) > 1 or fair is None:
        return Paragraph("Nothing was saved.")
    return Paragraph("To try one:", command=f"smartkpi whatif {first.slug} --target {typed(fair.target, metric)}")


def _typed(goal: Goal, target: float, metric: Metric) -> tuple[str, str]:
    """A target as `edit` takes it: of a gain whose level nobody stated, the gain."""
    if goal.form is not Form.GROWTH or goal.baseline is not None:
        return "target", typed(target, metric)
    return "gain" if target > 0 else "drop", typed(abs(target), metric)
