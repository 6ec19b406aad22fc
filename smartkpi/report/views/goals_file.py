"""What taking a file of goals did, one line a goal."""

from collections.abc import Sequence

from smartkpi.model.taken import Fate, Taken
from smartkpi.report import data, words
from smartkpi.report.document import Block, Cell, Column, Document, Paragraph, Table, Tone

TONES = {Fate.NEW: Tone.GOOD, Fate.CHANGED: Tone.WARN, Fate.SAME: Tone.MUTED}


def taken(file: str, found: Sequence[Taken], named: Sequence[str] = (), *, dry_run: bool = False) -> Document:
    """One row a goal, and what comes next. `named`: objectives that are new, or measured by another metric."""
    if not found and not named:
        return Document((Paragraph(f"{file} says no goals: nothing to do."),))
    columns = (Column(""), Column("Name"), Column("Goal", wraps=True), Column("What changed", wraps=True, goes=1))
    rows = tuple(_row(each) for each in found)
    counts = [(fate, sum(each.fate is fate for each in found)) for fate in Fate]
    said = ", ".join(f"{n} {fate.value}" for fate, n in counts if n)
    blocks: list[Block] = []
    if named:
        blocks.append(
            Paragraph(f"{file}: {words.counted(len(named), 'objective')} new or changed: {words.listed(list(named))}")
        )
    if found:
        blocks += [Paragraph(f"{file}: {words.counted(len(found), 'goal')}: {said}"), Table(columns, rows)]
    blocks += [Paragraph(f"{each.name}: {note}", Tone.MUTED, indent=1) for each in found for note in each.notes]
    if dry_run:
        blocks.append(Paragraph("Nothing was saved: this was a dry run."))
    elif named or any(each.fate is not Fate.SAME for each in found):
        blocks.append(Paragraph("See them: smartkpi status · take it all back: smartkpi undo"))
    return Document(tuple(blocks))


def _row(each: Taken) -> tuple[Cell, ...]:
    moved = "; ".join(f"{d.field}: {d.was} → {d.now}" for d in each.differs)
    title = each.goal.title if each.goal else ""
    return (Cell(each.fate.value, TONES[each.fate]), Cell(each.name), Cell(title), Cell(moved))


def taken_data(found: Sequence[Taken], named: Sequence[str] = (), *, dry_run: bool = False) -> dict[str, object]:
    """The same for machines."""
    return data.envelope(
        "goals file",
        dry_run=dry_run,
        objectives=list(named),
        goals=[
            {
                "slug": each.name,
                "fate": each.fate.value,
                "changes": [d._asdict() for d in each.differs],
                "notes": list(each.notes),
                "goal": data.goal(each.goal) if each.goal else None,
            }
            for each in found
        ],
    )
