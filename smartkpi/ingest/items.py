"""The second pass over tables without days: posts and videos become Items, and total rows are checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from smartkpi.ingest.cells import Reader
from smartkpi.ingest.identify import Field
from smartkpi.ingest.published import Published
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean
from smartkpi.ingest.workbook import shown
from smartkpi.model.extraction import Item, RowProblem
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
    rows: Rows, keys: tuple[SeriesKey, ...], published: Published | None, problems: list[RowProblem]
) -> Iterator[Item]:
    """One Item a row, with a key for each number column; what is missing is absent from its values."""
    match = rows.table.match
    roles = (Role.PUBLISHED, Role.TITLE, Role.LINK, Role.KIND)
    places = {role: [field.at for field in match.fields if field.column.role is role] for role in roles}

    def text(row: list[str], role: Role) -> str:  # of two titles one is empty
        return next((cell for at in places[role] if (cell := row[at].strip())), "")

    name = rows.table.survey.group
    for line, row in rows.table.rows():
        values = rows.read(line, row, problems)
        number = str(name(row)).strip()
        stamp = published(text(row, Role.PUBLISHED), number) if published else None
        yield Item(
            external_id=number,
            kind=text(row, Role.KIND) or match.table.item_kind,
            published=stamp.iso if stamp else "",
            title=text(row, Role.TITLE),
            link=text(row, Role.LINK),
            values={key: value for key, value in zip(keys, values, strict=True) if value is not None},
        )


def shortfall(rows: Rows) -> str:
    """A sentence when the table's rows add up to less than its own total row says: the platform cut it off."""
    survey = rows.table.survey
    if not survey.totals or not rows.metrics:
        return ""
    total_line, total_row = survey.totals[0]
    width = rows.table.match.width
    stated = rows.read(total_line, (total_row + [""] * width)[:width], [])
    sums = [0.0] * len(stated)
    for line, row in rows.table.rows():
        for n, value in enumerate(rows.read(line, row, [])):
            sums[n] += value or 0
    for metric, total, listed in zip(rows.metrics, stated, sums, strict=True):
        if total and 0 <= listed < total * 0.999:
            return (
                f"the table lists {survey.rows} rows, which add up to {shown(listed)} of {shown(total)} "
                f"“{clean(metric.header)}”; the rest is in none of them, and the total is not kept"
            )
    return ""
