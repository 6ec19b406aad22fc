"""Accounts as rows: found by uid or id, followed through merges to what they count as now."""

import sqlite3
from typing import NamedTuple

from smartkpi.errors import UnknownNameError
from smartkpi.model.series import Account


class Row(NamedTuple):
    """An account as stored."""

    id: int
    account: Account
    merged_into: int | None


def by_uid(conn: sqlite3.Connection, uid: str) -> Row:
    """The account of that uid, or the one that it was merged into."""
    row = conn.execute("select id from account where uid = ?", (uid,)).fetchone()
    if row is None:
        raise UnknownNameError("There is no such account")
    return current(conn, row[0])


def current(conn: sqlite3.Connection, ident: int) -> Row:
    """The account as it counts now: merges are followed to their end."""
    while True:
        uid, platform, name, into = conn.execute(
            "select uid, platform, name, merged_into from account where id = ?", (ident,)
        ).fetchone()
        if into is None:
            return Row(ident, Account(platform, name, uid), None)
        ident = into


def everyone(conn: sqlite3.Connection) -> dict[int, Row]:
    """Every account ever made, by its id, each as it counts now: a merged one is its target."""
    rows = {
        ident: Row(ident, Account(platform, name, uid), into)
        for ident, uid, platform, name, into in conn.execute("select id, uid, platform, name, merged_into from account")
    }

    def end(row: Row) -> Row:
        return row if row.merged_into is None else end(rows[row.merged_into])

    return {ident: end(row) for ident, row in rows.items()}
