"""What a mapped table would store, before it does; and a profile closely: its columns, and where they go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from smartkpi.model.extraction import RowProblem
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.profile import Column as Described
from smartkpi.model.profile import Profile, Shape
from smartkpi.report import words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.views.tables import problem

KINDS = {
    Kind.FLOW: "adds up over days",
    Kind.LEVEL: "a total that stands: the last one counts",
    Kind.UNIQUE: "people counted once: never added",
    Kind.RATIO: "a share or an average: never added",
    Kind.ROLLING: "a count over a window: never added",
}
_PROBLEMS = 3


class Row(NamedTuple):
    """One stored row: its first and last day, whose and which part it is, and its numbers by metric."""

    first: int
    last: int
    account: str
    part: str
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows that a profile would store of a file."""

    profile: Profile
    rows: tuple[Row, ...]
    metrics: Mapping[str, Metric]
    units: Mapping[str, str]
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...]


def sample(found: Sample, platforms: Mapping[str, str]) -> Document:
    """The first rows as they would be stored, and what each column is taken as."""
    profile = found.profile
    where = words.listed([platforms.get(p, p) for p in profile.platforms])
    blocks: list[Block] = [Heading(f"{profile.title} · {where}")]
    blocks += [Paragraph(line, indent=2) for line in _taken(profile, found.metrics)]
    blocks += [Paragraph("The first rows as they would be stored:"), _rows(found)]
    blocks += [Paragraph(note, Tone.MUTED, indent=2) for note in (*_empty_days(profile, found.metrics), *found.notes)]
    blocks += [Paragraph(problem(p), Tone.WARN, indent=2) for p in found.problems[:_PROBLEMS]]
    if len(found.problems) > _PROBLEMS:
        blocks.append(Paragraph(f"and {words.number(len(found.problems) - _PROBLEMS)} more", Tone.WARN, indent=2))
    return Document((*blocks, Paragraph("")))


def _taken(profile: Profile, metrics: Mapping[str, Metric]) -> list[str]:
    own = {metric.id for metric in profile.metrics}
    lines = []
    for column in (c for table in profile.tables for c in table.columns if c.metric in metrics):
        metric = metrics[column.metric]
        whose = " (your own)" if metric.id in own else ""
        lines.append(f"“{column.names[0]}” is {metric.name}{whose}: {KINDS[metric.kind]}")
    return lines


def _empty_days(profile: Profile, metrics: Mapping[str, Metric]) -> list[str]:
    """What becomes of days without a row, and the flag that says otherwise."""
    days = [table for table in profile.tables if table.shape is Shape.DAILY]
    if not profile.is_own or not days:
        return []
    if days[0].omitted_days == "zero":
        return ["A day without a row counts as 0, from the first row to the last. Else: --no-row unknown"]
    kinds = {metrics[c.metric].kind for c in days[0].columns if c.metric in metrics}
    zero = ". If nothing happened then, it is 0: --no-row zero" if kinds <= {Kind.FLOW, Kind.UNIQUE} else ""
    return [f"A day without a row counts as not known{zero}"]


def _rows(found: Sample) -> Table:
    has_account, has_part = any(r.account for r in found.rows), any(r.part for r in found.rows)
    ids = list(dict.fromkeys(name for row in found.rows for name in row.values))
    heads = ["Day", *(["Account"] if has_account else []), *(["Part"] if has_part else [])]
    columns = [Column(head) for head in heads]
    titles = [found.metrics[name].name if name in found.metrics else name for name in ids]
    columns += [Column(title, right=True, named=True) for title in titles]
    return Table(tuple(columns), tuple(_row(found, row, ids, has_account, has_part) for row in found.rows))


def _row(found: Sample, row: Row, ids: list[str], has_account: bool, has_part: bool) -> tuple[Cell, ...]:
    day = words.full_day(row.first) if row.first == row.last else words.span(row.first, row.last)
    cells = [Cell(day), *([Cell(row.account)] if has_account else []), *([Cell(row.part)] if has_part else [])]
    for name in ids:
        value, metric = row.values.get(name), found.metrics.get(name)
        text = "" if value is None or metric is None else words.exact(value, metric, found.units.get(name, ""))
        cells.append(Cell(text, number=value))
    return tuple(cells)


def kept(profile: Profile, *, dry: bool) -> tuple[Block, ...]:
    """Under which name the profile is kept, and how it is changed."""
    if dry:
        return ()
    text = f"Kept as {profile.id}: from now on smartkpi import takes such a table without --map."
    return Paragraph(text), Paragraph("Change it:", command=f"smartkpi platforms edit {profile.id}")


def described(profile: Profile, platforms: Mapping[str, str], metrics: Mapping[str, Metric], path: str) -> Document:
    """One profile: where to click, and each column of its tables."""
    where = words.listed([platforms.get(p, p) for p in profile.platforms])
    blocks: list[Block] = [Heading(f"{profile.title} ({where})")]
    blocks += [Paragraph(step, indent=2) for step in profile.how]
    for table in profile.tables:
        columns = table.columns + (profile.columns if table.shared_columns else ())
        blocks += [Paragraph(""), Heading(f"{table.name}{_of(table.shape, table.why)}", 2)]
        if columns:
            heads = (Column("Column"), Column("Is"))
            rows = tuple((Cell(words.listed(list(c.names[:3]), "or")), Cell(_goes(c, metrics))) for c in columns)
            blocks.append(Table(heads, rows))
    away = f"smartkpi platforms remove {profile.id}"
    own = [Paragraph(""), Paragraph(path, Tone.MUTED), Paragraph("To forget it:", Tone.MUTED, command=away)]
    return Document((*blocks, *(own if path else ())))


def _of(shape: Shape, why: str) -> str:
    return f" (left out: {why})" if why else f" ({shape.value})"


def _goes(column: Described, metrics: Mapping[str, Metric]) -> str:
    if column.metric:
        metric = metrics.get(column.metric)
        return f"{metric.name}: {KINDS[metric.kind]}" if metric else column.metric
    if column.role:
        kind = f" by {column.breakdown_kind}" if column.breakdown_kind else ""
        return f"the {column.role.value}{kind}"
    return f"left out: {column.why}" if column.why else "left out"
