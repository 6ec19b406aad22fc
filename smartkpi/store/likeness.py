"""Whether an export is of another account than the one it is said to be: most of its older days differ."""

import shlex
import sqlite3
from collections.abc import Mapping

from smartkpi.errors import FileRefusedError
from smartkpi.model.extraction import Extraction
from smartkpi.store import owners
from smartkpi.store.days import Days, unpacked
from smartkpi.store.statements import ID_SPAN, spoken

SETTLED_AFTER = 7  # days: younger ones are restated by most platforms
ENOUGH_DAYS = 5


def stop_if_another_account(
    conn: sqlite3.Connection, rank: int, extraction: Extraction, differing: Mapping[int, Mapping[int, Days]]
) -> None:
    """Raises FileRefusedError when, for one account, more than half of the settled days that both state differ.

    `differing` says, by account and series, on which days the values of the new batch are other ones.
    """
    for owner, by_series in differing.items():
        if sum(map(len, by_series.values())) < ENOUGH_DAYS:
            continue
        both, unlike = _compared(conn, rank, owner, by_series)
        if len(both) >= ENOUGH_DAYS and 2 * len(unlike) > len(both):
            raise _another_account(conn, owner, extraction, len(both), len(unlike))


def _compared(conn: sqlite3.Connection, rank: int, owner: int, differing: Mapping[int, Days]) -> tuple[Days, Days]:
    """The settled days that the batch and what stood before both state, and those on which they differ."""
    both, unlike = Days(), Days()
    for (series,) in conn.execute(
        """select s.id from series s cross join coverage c on c.series = s.id and c.rank = ?
            where s.account = ? and s.days = 1""",
        (rank, owner),
    ).fetchall():
        settled = _settled(conn, rank, series)
        both |= settled
        unlike |= differing.get(series, Days()) & settled
    return both, unlike


def _settled(conn: sqlite3.Connection, rank: int, series: int) -> Days:
    """The days of a series that an earlier import states too, and that were settled for both when exported."""
    left, _ = spoken(conn, series, rank)
    settled = Days()
    for other, first, last, bits in conn.execute(
        """select c.rank, c.first_day, c.last_day, c.days from coverage c join batch b on b.rank = c.rank
            where c.series = ? and b.active and c.rank <> ? order by c.rank desc""",
        (series, rank),
    ):
        days = unpacked(first, last, bits)
        older_as_of = min(other, rank) // ID_SPAN
        settled |= (left & days).until(older_as_of - SETTLED_AFTER - 1)
        left -= days
    return settled


def _another_account(
    conn: sqlite3.Connection, owner: int, extraction: Extraction, both: int, unlike: int
) -> FileRefusedError:
    account = owners.current(conn, owner).account
    return FileRefusedError(
        f"{extraction.where}: this looks like another account than {account.name} ({account.platform})",
        details=(f"{unlike} of the {both} older days that were imported before have other numbers here.",),
        hints=(f"smartkpi import {shlex.quote(extraction.file)} --same-account",),
    )
