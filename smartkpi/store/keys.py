"""Series keys and the integers that stand for them inside the file."""

import sqlite3
from collections.abc import Sequence

from smartkpi.model.series import SeriesKey

COLUMNS = "metric, report, scope, breakdown_kind, breakdown, unit, days"


def series_ids(conn: sqlite3.Connection, account: int, keys: Sequence[SeriesKey]) -> list[int]:
    """The id of each key; new ones get consecutive ids in the order given."""
    return [_id(conn, account, values_of(key)) for key in keys]


def _id(conn: sqlite3.Connection, account: int, values: tuple[str | int, ...]) -> int:
    row = conn.execute(
        """select id from series where account = ? and metric = ? and report = ? and scope = ?
            and breakdown_kind = ? and breakdown = ? and unit = ? and days = ?""",
        (account, *values),
    ).fetchone()
    if row is None:
        row = conn.execute(
            f"insert into series(account, {COLUMNS}) values(?, ?, ?, ?, ?, ?, ?, ?) returning id", (account, *values)
        ).fetchone()
    return int(row[0])


def values_of(key: SeriesKey) -> tuple[str | int, ...]:
    """A key as its columns."""
    return (key.metric, key.report, key.scope, key.breakdown_kind, key.breakdown, key.unit, key.days)


def key_of(conn: sqlite3.Connection, series: int) -> tuple[int, SeriesKey]:
    """The account (its id) and the key of a stored series."""
    account, *values = conn.execute(f"select account, {COLUMNS} from series where id = ?", (series,)).fetchone()
    return account, SeriesKey(*values)
