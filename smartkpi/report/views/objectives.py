"""The screens of objectives: the business goals that goals serve."""

from collections.abc import Mapping, Sequence
from shlex import quote

from smartkpi.model.goal import Goal, Objective
from smartkpi.model.metric import Metric
from smartkpi.model.serving import Serving
from smartkpi.report import words
from smartkpi.report.document import Cell, Column, Document, Paragraph, Table, Tone
from smartkpi.report.proposals import QUARTER, a_goal_for

BACK = Paragraph("Take it back: smartkpi undo")


def objective_list(
    found: Sequence[Objective], serving: Mapping[str, Sequence[Goal]], metrics: Mapping[str, Metric]
) -> Document:
    """Every objective in one line, with the goals that serve it (`serving`: by uid)."""
    if not found:
        example = 'smartkpi objective add "More leads from the website" --metric leads'
        return Document((Paragraph("No objectives yet. What are your goals for?", command=example),))
    columns = (
        Column("Objective", wraps=True), Column("Measured by"), Column("Goals", right=True, named=True),
        Column("Which", wraps=True, goes=1),
    )  # fmt: skip
    rows = tuple((Cell(o.name), _metric(o, metrics), *_goals(serving[o.uid])) for o in found)
    return Document((Table(columns, rows),))


def _metric(objective: Objective, metrics: Mapping[str, Metric]) -> Cell:
    return Cell(measured_by(objective, metrics) or "nobody said", Tone.PLAIN if objective.metric else Tone.MUTED)


def measured_by(objective: Objective, metrics: Mapping[str, Metric]) -> str:
    """The name of its metric; '' where nobody said."""
    return metrics[objective.metric].name if objective.metric in metrics else objective.metric


def _goals(serving: Sequence[Goal]) -> tuple[Cell, Cell]:
    return Cell(words.number(len(serving)), number=len(serving)), Cell(", ".join(goal.slug for goal in serving))


def heading(group: Serving) -> str:
    """ "More website leads · measured by leads · 3 goals"."""
    if not group.objective.name:
        return "serves no objective yet"
    measured = f"measured by {group.metric.name}" if group.metric else ""
    count = words.counted(len(group.goals), "goal") if group.goals else ""
    return " · ".join(part for part in (group.objective.name, measured, count) if part)


def unserved(group: Serving, as_of: int) -> list[Paragraph]:
    """What stands below an objective without a goal."""
    command = a_goal_for(group.objective.name, group.metric, as_of + QUARTER)
    return [Paragraph("no goal serves it yet", Tone.MUTED, indent=2, command=command)]


def objective_added(objective: Objective, metrics: Mapping[str, Metric]) -> Document:
    """That an objective is there, and how a goal serves it."""
    measured = f", measured by {measured_by(objective, metrics)}" if objective.metric else ""
    link = f"smartkpi edit GOAL --for {quote(objective.name)}"
    return Document(
        (Paragraph(f"Objective “{objective.name}”{measured}."), Paragraph("A goal serves it:", command=link), BACK)
    )


def objective_changed(was: Objective, now: Objective, metrics: Mapping[str, Metric]) -> Document:
    """What an edit of an objective did; its goals follow."""
    moved = []
    if was.name != now.name:
        moved.append(Paragraph(f"“{was.name}” is now called “{now.name}”; its goals follow."))
    if was.metric != now.metric:
        by = measured_by(now, metrics)
        moved.append(Paragraph(f"“{now.name}” is {f'measured by {by}' if by else 'not measured by a metric'} now."))
    return Document((*moved, BACK))


def objective_removed(objective: Objective, closed: int) -> Document:
    """That an objective is gone; `closed` goals named it."""
    kept = f"{words.counted(closed, 'closed goal')} served it: the history keeps that." if closed else ""
    said = (Paragraph(kept, indent=2),) if kept else ()
    return Document((Paragraph(f"The objective “{objective.name}” is gone."), *said, BACK))
