"""Posts, videos, e-mails and ads: each number of an item is a cell, with the item's own number in place of a day.

So the newest standing export of an item wins, all snapshots are kept, and undo, redo and merges have no code here.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from smartkpi.model.extraction import Item
from smartkpi.store import keys
from smartkpi.store.days import Days
from smartkpi.store.statements import Cell, Found, Part, part_of_cells

CHUNK = 500


@dataclass(slots=True)
class ItemCounts:
    """How many items a batch states, by what is new in them."""

    items: int = 0
    new: int = 0
    same: int = 0

    def add(self, part: Part, found: Found) -> None:
        """Counts one chunk: new = nothing of it stood; same = all of it stood."""
        stated = Days()
        differing = Days()
        for days in part.stated.values():
            stated |= days
        for days in found.differing.values():
            differing |= days
        self.new += len(found.new_on - found.stood_on)
        self.same += len(stated - found.new_on - differing)


def parts(
    conn: sqlite3.Connection, account: int, rank: int, items: Iterator[Item], counts: ItemCounts
) -> Iterator[Part]:
    """The items' numbers as parts of some hundred items each; their words are kept on the way."""
    while chunk := list(islice(items, CHUNK)):
        counts.items += len(chunk)
        numbers = [_number(conn, account, rank, item) for item in chunk]
        yield part_of_cells(conn, _cells(conn, account, numbers, chunk), {})


def _cells(conn: sqlite3.Connection, account: int, numbers: list[int], chunk: list[Item]) -> list[Cell]:
    stated = sorted({key for item in chunk for key in item.values})
    series = dict(zip(stated, keys.series_ids(conn, account, stated), strict=True))
    return [
        (series[key], number, value)
        for number, item in zip(numbers, chunk, strict=True)
        for key, value in item.values.items()
    ]


def _number(conn: sqlite3.Connection, account: int, rank: int, item: Item) -> int:
    """The item's number in its account, given on first sight; the newest standing export's words about it are kept.

    Older words are not kept: after an undo the next import brings its own, however old it is.
    """
    words = (item.kind, item.published, item.title, item.link)
    conn.execute(
        """insert into item(account, number, external_id, rank, kind, published, title, link)
            select ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 from item where account = ?1
            on conflict(account, external_id) do update set rank = excluded.rank, kind = excluded.kind,
                published = excluded.published, title = excluded.title, link = excluded.link
            where excluded.rank > rank or not exists(select 1 from batch b where b.rank = item.rank and b.active)""",
        (account, item.external_id, rank, *words),
    )
    return int(
        conn.execute(
            "select number from item where account = ? and external_id = ?", (account, item.external_id)
        ).fetchone()[0]
    )


def numbers_in(conn: sqlite3.Connection, source: int, target: int) -> dict[int, int]:
    """The numbers that one account's items have in another, given where they are missing there."""
    conn.execute(
        """insert or ignore into item(account, number, external_id, rank, kind, published, title, link)
            select ?2, (select coalesce(max(number), 0) from item where account = ?2)
                    + row_number() over (order by number), external_id, rank, kind, published, title, link
            from item where account = ?1 and external_id not in (select external_id from item where account = ?2)""",
        (source, target),
    )
    return dict(
        conn.execute(
            """select s.number, t.number from item s join item t on t.external_id = s.external_id
                where s.account = ? and t.account = ?""",
            (source, target),
        ).fetchall()
    )
