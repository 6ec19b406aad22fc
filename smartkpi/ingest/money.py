"""Amounts say their currency in their cells, or in a column beside them: it becomes the unit of their series."""

import re
from collections.abc import Iterable
from dataclasses import replace

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import MISSING, amount
from smartkpi.ingest.identify import Field
from smartkpi.ingest.table import RawTable
from smartkpi.model.profile import Role

_CODE = re.compile(r"[a-z]{3}", re.IGNORECASE | re.ASCII)


def priced(table: RawTable, wished: str = "") -> RawTable:
    """The same table, its money columns with the currency that the file states; '' where it states none.

    A table that somebody taught knows its currency only from then: one that is `wished` for wins, unless cells say it.
    Raises FileRefusedError where it states two: they must never be added.
    """
    table = _in_wished(table, wished) if wished else table
    _refuse_others(table)
    fields = [field for field in table.match.fields if field.column.money and not field.unit]
    code = table.match.role(Role.CURRENCY)
    if not fields:
        return table
    stated = _signs(table, fields) | {text.upper() for text in _codes(table, code)}
    found = sorted(stated - {""})
    if len(found) > 1:
        raise FileRefusedError(
            f"{table.survey.file}: its amounts are in several currencies ({', '.join(found)}).",
            details=("They cannot be added.",),
            hints=("Export the accounts of each currency on their own.",),
        )
    unit = found[0] if found else ""
    known = tuple(replace(field, unit=unit) if field in fields else field for field in table.match.fields)
    return replace(table, match=replace(table.match, fields=known))


def _in_wished(table: RawTable, wished: str) -> RawTable:
    """Money columns whose currency neither their header nor a cell says, in the one that is wished for."""

    def wanted(field: Field) -> Field:
        is_taught = field.column.money and field.unit and field.unit == field.column.unit
        return replace(field, unit=wished) if is_taught and not _signs(table, [field]) - {""} else field

    return replace(table, match=replace(table.match, fields=tuple(map(wanted, table.match.fields))))


def _refuse_others(table: RawTable) -> None:
    """A column whose currency is known must not say another one in its cells."""
    for field in (field for field in table.match.fields if field.column.money and field.unit):
        if other := sorted(_signs(table, [field]) - {"", field.unit}):
            raise FileRefusedError(
                f"{table.survey.file}: “{field.header}” should be in {field.unit}, and says {other[0]}.",
                hints=("If its currency has changed: smartkpi import FILE --map",),
            )


def _signs(table: RawTable, fields: Iterable[Field]) -> set[str]:
    return {amount(cell)[1] for field in fields for cell in table.column(field.at)}


def _codes(table: RawTable, field: Field | None) -> set[str]:
    """The currencies that a column names; raises FileRefusedError where a cell names none."""
    cells = set() if field is None else {cell.strip() for cell in table.column(field.at)}
    codes = {cell for cell in cells if cell.casefold() not in MISSING}
    if field and (strange := next((cell for cell in codes if not _CODE.fullmatch(cell)), "")):
        raise FileRefusedError(f"{table.survey.file}: “{strange}” in the column “{field.header}” is no currency.")
    return codes
