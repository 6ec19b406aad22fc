"""Series keys and the integers that stand for them inside the file."""

import sqlite3
from collections.abc import Sequence

from smartkpi.model.series import SeriesKey

COLUMNS = "metric, report, scope, breakdown_kind, breakdown, unit, days"


def series_ids(conn: sqlite3.Connection, account: int, keys: Sequence[SeriesKey]) -> list[int]:
    """The id of each key; new ones get consecutive ids in the order given."""
    wanted = [values_of(key) for key in keys]
    known = _known(conn, account, wanted)
    new = [values for values in dict.fromkeys(wanted) if values not in known]
    if new:
        first = int(conn.execute("select coalesce(max(id), 0) + 1 from series").fetchone()[0])
        known.update(zip(new, range(first, first + len(new)), strict=True))
        conn.executemany(
            f"insert into series(id, account, {COLUMNS}) values(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(known[values], account, *values) for values in new],
        )
    return [known[values] for values in wanted]


def _known(
    conn: sqlite3.Connection, account: int, wanted: Sequence[tuple[str | int, ...]]
) -> dict[tuple[str | int, ...], int]:
    """The ids of the account's series of these reports: one look for a whole block."""
    found: dict[tuple[str | int, ...], int] = {}
    for report in {values[1] for values in wanted}:
        rows = conn.execute(f"select id, {COLUMNS} from series where account = ? and report = ?", (account, report))
        found.update((tuple(values), ident) for ident, *values in rows)
    return found


def values_of(key: SeriesKey) -> tuple[str | int, ...]:
    """A key as its columns."""
    return (key.metric, key.report, key.scope, key.breakdown_kind, key.breakdown, key.unit, key.days)


def key_of(conn: sqlite3.Connection, series: int) -> tuple[int, SeriesKey]:
    """The account (its id) and the key of a stored series."""
    account, *values = conn.execute(f"select account, {COLUMNS} from series where id = ?", (series,)).fetchone()
    return account, SeriesKey(*values)
