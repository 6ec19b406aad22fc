"""A table's number columns get their readers: how each writes its numbers, from the profile and the whole column."""

from collections.abc import Iterable

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import MISSING, Reader, is_ambiguous, style_of
from smartkpi.ingest.identify import Field, Match
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import fold
from smartkpi.model.profile import Numbers


def readers(table: RawTable, wanted: Numbers | None = None) -> tuple[Reader, ...]:
    """One reader for each metric column, in the order of `match.metrics`.

    `wanted` is what the user said. Raises FileRefusedError when a column can be read in two ways.
    """
    match = table.match
    missing = MISSING | {fold(text) for text in match.profile.missing}
    styles = [wanted or _style(match, table) for _ in match.metrics]
    shares: frozenset[int] = frozenset()
    if Numbers.FILE in styles or (table.source.exact and any(f.column.percent for f in match.metrics)):
        styles, shares = _from_the_cells(table, styles, missing)
    return tuple(
        Reader(style, missing, field.column.percent, 2 if field.at in shares else 0, field.column.unit == "s")
        for field, style in zip(match.metrics, styles, strict=True)
    )


def _style(match: Match, table: RawTable) -> Numbers:
    """What the profile says, unless a spreadsheet may have written the numbers anew in its own language."""
    said = match.table.numbers or match.profile.numbers
    resaved = table.source.delimiter == ";" and said is Numbers.DOT
    return Numbers.FILE if resaved or (table.source.exact and said is Numbers.COMMA) else said


def _from_the_cells(
    table: RawTable, styles: list[Numbers], missing: frozenset[str]
) -> tuple[list[Numbers], frozenset[int]]:
    """One more pass over the columns in question: what their cells prove, and which are shares without a %."""
    proofs: dict[int, set[Numbers]] = {}
    doubtful: dict[int, str] = {}
    with_sign: set[int] = set()
    for chunk in table.chunks():
        columns = list(zip(*chunk.rows, strict=True))
        for field in table.match.metrics if columns else ():
            cells = [c for c in columns[field.at] if not c.isdecimal() and fold(c) not in missing]
            proofs.setdefault(field.at, set()).update(style_of(cells))
            if field.at not in doubtful and (unclear := next(filter(is_ambiguous, cells), "")):
                doubtful[field.at] = unclear
            if any("%" in cell for cell in cells):
                with_sign.add(field.at)
    elsewhere = set().union(*proofs.values()) if proofs else set()
    fields = table.match.metrics
    found = [
        _proven(table, field, proofs.get(field.at, set()), doubtful.get(field.at, ""), elsewhere)
        if style is Numbers.FILE
        else style
        for field, style in zip(fields, styles, strict=True)
    ]
    return found, _shares(table, fields, with_sign)


def _shares(table: RawTable, fields: Iterable[Field], with_sign: set[int]) -> frozenset[int]:
    """Workbooks hold 1.2% as the number 0.012."""
    if not table.source.exact:
        return frozenset()
    return frozenset(f.at for f in fields if f.column.percent and f.at not in with_sign)


def _proven(table: RawTable, field: Field, proof: set[Numbers], unclear: str, elsewhere: set[Numbers]) -> Numbers:
    """The style that the column proves; else the one that all others prove; else it does not matter, or is refused."""
    evidence = proof or (elsewhere if unclear else set())
    if len(evidence) == 1:
        return next(iter(evidence))
    if not evidence and not unclear:
        return Numbers.DOT
    example = f"“{unclear}” may be {_both(unclear)}" if unclear else "some have a decimal comma, some a point"
    raise FileRefusedError(
        f"{table.source.member.name}: the numbers of “{field.header}” can be read in two ways: {example}.",
        hints=("Say how they are written: --numbers dot (1,234.5) or --numbers comma (1.234,5)",),
    )


def _both(text: str) -> str:
    values = (Reader(style).cell(text.strip(" %")) or 0 for style in (Numbers.DOT, Numbers.COMMA))
    return " or ".join(f"{value:.10g}" for value in sorted(values))
