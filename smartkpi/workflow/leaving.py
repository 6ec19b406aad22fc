"""`export`: everything, out again, as CSV or JSON."""

from collections.abc import Iterator
from pathlib import Path

from smartkpi.report import data, sheet
from smartkpi.store import accounts, exports, goals
from smartkpi.workflow.opening import reading

OBSERVATIONS = (
    "platform", "account", "report", "scope", "metric", "unit", "breakdown_kind", "breakdown", "begin", "end", "value",
)  # fmt: skip
ITEMS = ("platform", "account", "item", "published", "kind", "metric", "value")


def rows(db: Path, what: str, *, with_zeros: bool) -> Iterator[tuple[object, ...]]:
    """The head, then the rows, of `observations`, `items` or `goals`; streams."""
    with reading(db) as conn:
        match what:
            case "observations":
                yield OBSERVATIONS
                yield from () if conn is None else exports.observations(conn, with_zeros)
            case "items":
                yield ITEMS
                yield from () if conn is None else exports.items(conn)
            case _:
                names = {} if conn is None else {u.account.uid: u.account.name for u in accounts.listing(conn)}
                yield sheet.GOAL_FIELDS
                yield from () if conn is None else sheet.goal_rows(goals.all(conn), names)


def csv_lines(db: Path, what: str, *, with_zeros: bool, raw: bool) -> Iterator[str]:
    """CSV, the head first; cells that a spreadsheet would run are guarded unless `raw`."""
    for row in rows(db, what, with_zeros=with_zeros):
        yield sheet.csv_line(row, raw=raw)


def json_pieces(db: Path, what: str, *, with_zeros: bool) -> Iterator[str]:
    """One JSON object in pieces, however many rows there are."""
    found = rows(db, what, with_zeros=with_zeros)
    head = [str(name) for name in next(found)]
    yield data.envelope_open(what)
    for i, row in enumerate(found):
        yield (",\n" if i else "\n") + data.text(dict(zip(head, row, strict=True)))
    yield "\n]}\n"
