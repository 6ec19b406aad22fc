"""The second pass over tables without days: posts and videos become Items, totals of a range Blocks of one value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smartkpi.ingest.cells import Reader
from smartkpi.ingest.daily import Owner
from smartkpi.ingest.dates import StampReader
from smartkpi.ingest.identify import Field
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean
from smartkpi.ingest.workbook import shown
from smartkpi.model.extraction import Block, Item, RowProblem
from smartkpi.model.profile import Role
from smartkpi.model.series import SeriesKey


@dataclass(frozen=True, slots=True)
class Rows:
    """The number columns of a table and how each is read."""

    table: RawTable
    metrics: tuple[Field, ...]
    readers: tuple[Reader, ...]

    def read(self, line: int, row: list[str], problems: list[RowProblem]) -> list[float | None]:
        """One row's numbers; those that cannot be read are None and listed."""
        values: list[float | None] = []
        for metric, reader in zip(self.metrics, self.readers, strict=True):
            text = row[metric.at]
            try:
                values.append(reader.cell(text))
            except ValueError:
                values.append(None)
                file = self.table.survey.file
                problems.append(RowProblem(file, line, metric.header, text, reader.expected))
        return values


def items(
    rows: Rows, keys: tuple[SeriesKey, ...], published: StampReader | None, problems: list[RowProblem]
) -> Iterator[Item]:
    """One Item a row, with a key for each number column; what is missing is absent from its values."""
    match = rows.table.match
    fields = {role: match.role(role) for role in (Role.ID, Role.PUBLISHED, Role.TITLE, Role.LINK, Role.KIND)}

    def text(row: list[str], role: Role) -> str:
        field = fields[role]
        return row[field.at].strip() if field else ""

    for chunk in rows.table.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            values = rows.read(line, row, problems)
            stamp = published(text(row, Role.PUBLISHED)) if published else None
            yield Item(
                external_id=text(row, Role.ID),
                kind=text(row, Role.KIND) or match.table.item_kind,
                published=stamp.iso if stamp else "",
                title=text(row, Role.TITLE),
                link=text(row, Role.LINK),
                values={key: value for key, value in zip(keys, values, strict=True) if value is not None},
            )


def totals(rows: Rows, first_day: int, owner: Callable[[Group], Owner], problems: list[RowProblem]) -> Iterator[Block]:
    """One Block a row: a total of the range that begins on `first_day`; the keys say how many days it covers."""
    group = rows.table.survey.group
    for chunk in rows.table.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            platform, account, keys = owner(group(row))
            yield Block(account, platform, keys, first_day, 1, rows.read(line, row, problems))


def shortfall(rows: Rows) -> str:
    """A sentence when the table's rows add up to less than its own total row says: the platform cut it off."""
    survey = rows.table.survey
    if not survey.totals or not rows.metrics:
        return ""
    total_line, total_row = survey.totals[0]
    width = rows.table.match.width
    stated = rows.read(total_line, (total_row + [""] * width)[:width], [])
    sums = [0.0] * len(stated)
    for chunk in rows.table.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            for n, value in enumerate(rows.read(line, row, [])):
                sums[n] += value or 0
    for metric, total, listed in zip(rows.metrics, stated, sums, strict=True):
        if total and 0 <= listed < total * 0.999:
            return (
                f"the table lists {survey.rows} rows, which add up to {shown(listed)} of {shown(total)} "
                f"“{clean(metric.header)}”; the rest is in none of them, and the total is not kept"
            )
    return ""
