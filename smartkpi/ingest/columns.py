"""A table's number columns get their readers: how each writes its numbers, from the profile and the whole column."""

from dataclasses import dataclass, field

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import MISSING, Reader, amount, is_ambiguous, style_of
from smartkpi.ingest.identify import Field, Match
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.text import TextSource
from smartkpi.ingest.words import fold
from smartkpi.model.profile import Numbers

_MARKS = {Numbers.DOT: ".", Numbers.COMMA: ","}  # of decimals


def readers(table: RawTable, wanted: Numbers | None = None) -> tuple[Reader, ...]:
    """One reader for each metric column, in the order of `match.metrics`.

    `wanted` is what the user said. Raises FileRefusedError when a column can be read in two ways.
    """
    match = table.match
    missing = MISSING | {fold(text) for text in match.profile.missing}
    style = wanted or _style(match, table)
    seen: dict[int, _Seen] = {}
    if style is Numbers.FILE or (wanted is None and _may_differ(table)) or _may_be_shares(table):
        seen = _seen(table, missing)
    elsewhere = set().union(*(column.proof for column in seen.values()))
    return tuple(
        _reader(field, _decided(table, field, style, cells, elsewhere, is_said=wanted is not None), missing, cells)
        for field in match.metrics
        for cells in [seen.get(field.at, _Seen())]
    )


def _reader(field: Field, style: Numbers, missing: frozenset[str], cells: "_Seen") -> Reader:
    column = field.column
    shift = 2 if cells.are_shares else 0
    return Reader(style, missing, column.percent, shift, column.unit == "s", column.per, column.money)


def _style(match: Match, table: RawTable) -> Numbers:
    """What the profile says, unless a spreadsheet may have written the numbers anew in its own language."""
    said = match.table.numbers or match.profile.numbers
    resaved = table.source.delimiter == ";" and said is Numbers.DOT
    return Numbers.FILE if resaved or (table.source.exact and said is Numbers.COMMA) else said


def _may_differ(table: RawTable) -> bool:
    """Whether any cell can hold a point or a comma: most large files have neither."""
    source = table.source
    return not isinstance(source, TextSource) or source.pointed or source.quoted or source.delimiter != ","


def _may_be_shares(table: RawTable) -> bool:
    return table.source.exact and any(field.column.percent for field in table.match.metrics)


@dataclass(slots=True)
class _Seen:
    """What the cells of a column show: the styles that they prove, one that has two meanings, and a % or none."""

    proof: set[Numbers] = field(default_factory=set)
    unclear: str = ""
    is_signed: bool = False
    are_shares: bool = False


def _seen(table: RawTable, missing: frozenset[str]) -> dict[int, _Seen]:
    """One more pass over the number columns."""
    found = {metric.at: _Seen() for metric in table.match.metrics}
    for chunk in table.chunks():
        columns = list(zip(*chunk.rows, strict=True))
        for metric in table.match.metrics if columns else ():
            if "".join(columns[metric.at]).isdecimal():
                continue
            cells = [c for c in columns[metric.at] if not c.isdecimal() and fold(c) not in missing]
            cells = [amount(c)[0] for c in cells] if metric.column.money else cells
            shown = found[metric.at]
            shown.proof |= style_of(cells)
            shown.unclear = shown.unclear or next(filter(is_ambiguous, cells), "")
            shown.is_signed = shown.is_signed or any("%" in cell for cell in cells)
    for metric in table.match.metrics:  # workbooks hold 1.2% as the number 0.012
        found[metric.at].are_shares = table.source.exact and metric.column.percent and not found[metric.at].is_signed
    return found


def _decided(
    table: RawTable, metric: Field, said: Numbers, cells: _Seen, elsewhere: set[Numbers], *, is_said: bool
) -> Numbers:
    """The style of a column. Raises FileRefusedError where it can be read in two ways."""
    if said is Numbers.FILE:
        return _proven(table, metric, cells, elsewhere)
    if not is_said and cells.unclear and _is_another(metric, said, cells, elsewhere):
        raise _two_ways(table, metric, cells.unclear)
    return said


def _proven(table: RawTable, metric: Field, cells: _Seen, elsewhere: set[Numbers]) -> Numbers:
    """The style that the column proves; else the one that all others prove; else it does not matter, or is refused."""
    evidence = cells.proof or (elsewhere if cells.unclear else set())
    if len(evidence) == 1:
        return next(iter(evidence))
    if not evidence and not cells.unclear:
        return Numbers.DOT
    raise _two_ways(table, metric, cells.unclear)


def _is_another(metric: Field, said: Numbers, cells: _Seen, elsewhere: set[Numbers]) -> bool:
    """Whether another program wrote the numbers in another language than the platform does.

    Where nothing proves either, 1.164 in a column of counts is one that was written as 1,164.
    """
    evidence = cells.proof or elsewhere
    column = metric.column
    may_be_part = column.percent or column.per != 1 or column.unit in ("s", "h")
    is_part = _MARKS[said] in cells.unclear
    return said not in evidence if evidence else is_part and not may_be_part


def _two_ways(table: RawTable, metric: Field, unclear: str) -> FileRefusedError:
    example = f"“{unclear}” may be {_both(unclear)}" if unclear else "some have a decimal comma, some a point"
    return FileRefusedError(
        f"{table.source.member.name}: the numbers of “{metric.header}” can be read in two ways: {example}.",
        hints=("Say how they are written: --numbers dot (1,234.5) or --numbers comma (1.234,5)",),
    )


def _both(text: str) -> str:
    values = (Reader(style).cell(text.strip(" %")) or 0 for style in (Numbers.DOT, Numbers.COMMA))
    return " or ".join(f"{value:.10g}" for value in sorted(values))
