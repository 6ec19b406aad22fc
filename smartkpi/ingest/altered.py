"""A table that is not taken still tells when another program changed the numbers of its file: 3.9 became “3.Sep”."""

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader
from smartkpi.ingest.identify import Field
from smartkpi.ingest.table import RawTable
from smartkpi.model.profile import Numbers, Shape


def refuse_altered(table: RawTable) -> None:
    """Raises FileRefusedError where a column of numbers alone (`numeric`) says something else, or filters are torn."""
    if table.match.table.shape is Shape.FILTERS and table.survey.problems:
        raise _torn_filters(table)
    fields = [field for field in table.match.fields if field.column.numeric]
    for line, row in table.rows() if fields else ():
        for field in fields:
            if not _is_number(row[field.at]):
                raise _altered(table, line, field, row[field.at])


def _torn_filters(table: RawTable) -> FileRefusedError:
    return FileRefusedError(
        f"{table.source.member.name}: line {table.survey.problems[0].line} is no filter.",
        details=("Of what the numbers beside it are cannot be known.",),
        hints=("Download the export again and do not change it in another program first.",),
    )


def _is_number(cell: str) -> bool:
    for style in (Numbers.DOT, Numbers.COMMA):
        try:
            Reader(style).cell(cell)
        except ValueError:
            continue
        return True
    return False


def _altered(table: RawTable, line: int, field: Field, cell: str) -> FileRefusedError:
    return FileRefusedError(
        f"{table.source.member.name}: another program changed its numbers.",
        details=(f"Line {line}, “{field.header}”: “{cell}” is no number. Others may be changed unseen.",),
        hints=("Download the export again and do not open it in another program first.",),
    )
