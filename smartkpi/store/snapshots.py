"""Items as they stood on a day: the newest active export up to that day says each number."""

import sqlite3
from collections.abc import Iterator

from smartkpi.model.items import ItemExport, ItemNumber, KnownItem
from smartkpi.model.series import Account, SeriesKey
from smartkpi.store.days import Days, unpacked
from smartkpi.store.keys import COLUMNS
from smartkpi.store.statements import ID_SPAN, said_in

Numbers = dict[int, dict[SeriesKey, ItemNumber]]


def exports(conn: sqlite3.Connection) -> dict[Account, list[ItemExport]]:
    """Every standing import of items, old to new, by the account whose they are; accounts by platform and name."""
    rows = conn.execute(
        """select a.platform, a.name, a.uid, b.id, b.report, b.as_of, b.rank, b.profile, b.first_day, b.last_day
            from series s join account a on a.id = s.account join coverage c on c.series = s.id
                join batch b on b.rank = c.rank and b.active
            where s.days = 0 and a.merged_into is null
            group by a.id, b.id order by a.platform, a.name, b.rank"""
    )
    found: dict[Account, list[ItemExport]] = {}
    for platform, name, uid, *export in rows:
        found.setdefault(Account(platform, name, uid), []).append(_export(*export))
    return found


def standing(conn: sqlite3.Connection, account: Account, by: int | None = None) -> list[KnownItem]:
    """The items of an account with the numbers that stood on the day `by` (None: those of the newest exports).

    A number is the one of the newest standing export, as new as `by` or older, that states that very number of the
    item; an item without any is not listed. By day of publication and id.
    """
    owner = conn.execute("select id from account where uid = ?", (account.uid,)).fetchone()[0]
    numbers: Numbers = {}
    limit = (2**38 if by is None else by + 1) * ID_SPAN
    known = {row[0]: _export(*row) for row in conn.execute(EXPORTS)}
    for series, *key in conn.execute(f"select id, {COLUMNS} from series where account = ? and days = 0", (owner,)):
        for number, value, batch in _newest(conn, series, limit):
            numbers.setdefault(number, {})[SeriesKey(*key)] = ItemNumber(value, known[batch])
    rows = conn.execute(
        """select number, external_id, kind, published, title, link from item where account = ?
            order by published, external_id""",
        (owner,),
    )
    return [KnownItem._make((*words, numbers[number])) for number, *words in rows if number in numbers]


EXPORTS = "select id, report, as_of, rank, profile, first_day, last_day from batch where active"


def _export(
    batch: int, report: str, as_of: int, rank: int, profile: str, first: int | None, last: int | None
) -> ItemExport:
    return ItemExport(batch, report, as_of, rank, profile, None if first is None or last is None else (first, last))


def _newest(conn: sqlite3.Connection, series: int, limit: int) -> Iterator[tuple[int, float, int]]:
    """(item's number, value, batch) of each stated cell, from the newest export of a rank below `limit` down."""
    taken = Days()
    for rank, batch, first, last, bits in conn.execute(
        """select c.rank, b.id, c.first_day, c.last_day, c.days from coverage c join batch b on b.rank = c.rank
            where c.series = ? and b.active and c.rank < ? order by c.rank desc""",
        (series, limit),
    ).fetchall():
        stated = unpacked(first, last, bits)
        for run in (stated - taken).runs():
            yield from ((number, value, batch) for number, value in said_in(conn, rank, series, run).items())
        taken |= stated
