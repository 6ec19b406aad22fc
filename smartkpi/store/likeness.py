"""Whether an export is of another account than the one it is said to be: most of its older values differ."""

import shlex
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from smartkpi.errors import FileRefusedError
from smartkpi.model.extraction import Extraction
from smartkpi.store import owners
from smartkpi.store.days import Days, of, unpacked
from smartkpi.store.statements import ID_SPAN, spoken

SETTLED_AFTER = 7  # days: younger ones are restated by most platforms
ENOUGH_DAYS = 5


def stop_if_another_account(
    conn: sqlite3.Connection, rank: int, extraction: Extraction, differing: Mapping[int, Mapping[int, Days]]
) -> None:
    """Raises FileRefusedError when, for one account, more than half of the settled values that both state differ, on
    more than half of the days. A zero that both state tells nothing.

    `differing` says, by account and series, on which days the values of the new batch are other ones.
    """
    for owner, by_series in differing.items():
        if sum(map(len, by_series.values())) < ENOUGH_DAYS or _is_alike(conn, rank, owner, by_series):
            continue
        both = {series: days for series, days in _both_state(conn, rank, owner) if days}
        unlike = {series: by_series.get(series, Days()) & days for series, days in both.items()}
        days = len(_union(both.values()))
        if days < ENOUGH_DAYS or 2 * len(_union(unlike.values())) <= days:
            continue
        values, others = _telling(conn, both, unlike), sum(map(len, unlike.values()))
        if 2 * others > values:
            raise _another_account(conn, owner, extraction, values, others)


def _is_alike(conn: sqlite3.Connection, rank: int, owner: int, by_series: Mapping[int, Days]) -> bool:
    """Whether the first few series show enough settled days that at most half of all can differ."""
    enough = 2 * len(_union(by_series.values()))
    both = Days()
    for _, days in _both_state(conn, rank, owner):
        both |= days
        if len(both) >= enough:
            return True
    return False


def _union(sets: Iterable[Days]) -> Days:
    union = Days()
    for days in sets:
        union |= days
    return union


def _telling(conn: sqlite3.Connection, both: Mapping[int, Days], unlike: Mapping[int, Days]) -> int:
    """How many values can tell two accounts apart: those that differ, and equal ones that are not 0."""
    count = 0
    for series, days in both.items():
        nonzero = conn.execute("select day from observation where series = ? and value <> 0 order by day", (series,))
        count += len((of([day for (day,) in nonzero]) & days) | unlike[series])
    return count


def _both_state(conn: sqlite3.Connection, rank: int, owner: int) -> Iterator[tuple[int, Days]]:
    """The series of the batch, each with the settled days that an import before it states too."""
    for (series,) in conn.execute(
        """select s.id from series s cross join coverage c on c.series = s.id and c.rank = ?
            where s.account = ? and s.days = 1""",
        (rank, owner),
    ).fetchall():
        yield series, _settled(conn, rank, series)


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
    conn: sqlite3.Connection, owner: int, extraction: Extraction, values: int, others: int
) -> FileRefusedError:
    account = owners.current(conn, owner).account
    return FileRefusedError(
        f"{extraction.where}: this looks like another account than {account.name} ({account.platform})",
        details=(f"{others} of the {values} older values that were imported before are other ones here.",),
        hints=(f"smartkpi import {shlex.quote(extraction.argument)} --same-account",),
    )
