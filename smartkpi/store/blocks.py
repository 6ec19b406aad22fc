"""Blocks of an extraction as parts of a statement: runs of series with consecutive ids, no cell stated twice."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from smartkpi.errors import FileRefusedError
from smartkpi.model.extraction import Block, Extraction
from smartkpi.store import keys, statements
from smartkpi.store.days import Days, every, of
from smartkpi.store.statements import Part


def parts(conn: sqlite3.Connection, owner: int, block: Block) -> Iterator[Part]:
    """The block as parts, one for each run of consecutive series ids; new series get consecutive ones."""
    if not block.keys or not block.days:
        return
    ids = keys.series_ids(conn, owner, block.keys)
    for begin, end in _consecutive(ids):
        yield _part(conn, block, ids[begin:end], begin)


def _consecutive(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in range(1, len(ids) + 1):
        if end == len(ids) or ids[end] != ids[end - 1] + 1:
            yield begin, end
            begin = end


def _part(conn: sqlite3.Connection, block: Block, ids: Sequence[int], begin: int) -> Part:
    masks = block.omitted[begin : begin + len(ids)]
    omitted = {series: Days(block.first_day, mask) for series, mask in zip(ids, masks, strict=False) if mask}
    is_whole = len(ids) == len(block.keys)
    if isinstance(block.cells, str) and is_whole and "null" not in block.cells:
        stated = dict.fromkeys(ids, every(block.first_day, block.days))
        return statements.part_of_json(stated, omitted, block.first_day, block.days, block.cells)
    values = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    values = values[begin * block.days : (begin + len(ids)) * block.days]
    if isinstance(block.cells, str):
        stated = {series: _stated(block, values[i * block.days :]) for i, series in enumerate(ids)}
        text = block.cells if is_whole else json.dumps(values, separators=(",", ":"))
        return statements.part_of_json(stated, omitted, block.first_day, block.days, text)
    cells = (
        (ids[i // block.days], block.first_day + i % block.days, value)
        for i, value in enumerate(values)
        if value is not None
    )
    return statements.part_of_cells(conn, cells, omitted)


def _stated(block: Block, values: Sequence[float | None]) -> Days:
    return of([day for day, value in zip(block.rows, values, strict=False) if value is not None])


def unrepeated(conn: sqlite3.Connection, rank: int, part: Part, extraction: Extraction) -> Part:
    """The part without cells that this batch stated before; two values for one cell are refused."""
    before = statements.spoken_of(conn, part.stated, rank) if part.stated else {}
    if not any(days & before[series][0] for series, days in part.stated.items() if series in before):
        return part
    earlier = {series: statements.said_of(conn, rank, series) for series in part.stated}
    cells = conn.execute(f"select series, day, value from {part.source} where true", part.parameters).fetchall()
    for series, day, value in cells:
        if earlier[series].get(day, value) != value:
            raise _stated_twice(conn, extraction, series, day, earlier[series][day], value)
    fresh = [cell for cell in cells if cell[1] not in earlier[cell[0]]]
    return statements.part_of_cells(conn, fresh, part.omitted)


def _stated_twice(
    conn: sqlite3.Connection, extraction: Extraction, series: int, day: int, first: float, second: float
) -> FileRefusedError:
    _, key = keys.key_of(conn, series)
    when = f" for {date.fromordinal(day).isoformat()}" if key.days else ""
    return FileRefusedError(
        f"{extraction.where}: states {key.metric}{when} twice, as {first:g} and as {second:g}",
        details=("Which of the two is right cannot be known from the file.",),
    )
