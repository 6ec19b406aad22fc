"""One Extraction in, its counts out; which files are known already; what was imported."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from smartkpi.model.extraction import BatchCounts, Extraction
from smartkpi.model.history import ImportBatch
from smartkpi.model.series import Account
from smartkpi.store import accounts, blocks, items, keys, owners, settling, statements
from smartkpi.store.items import ItemCounts
from smartkpi.store.likeness import stop_if_another_account
from smartkpi.store.tally import Tally
from smartkpi.store.uid import new_uid


def save(
    conn: sqlite3.Connection,
    extraction: Extraction,
    *,
    account: Account | None,
    resolve: Mapping[tuple[str, str], Account],
    as_of: int,
    imported_at: str,
    change: int,
    same_account: bool = False,
) -> BatchCounts:
    """Stores what one table states as a new batch, whose number the counts name; in a write transaction of the caller.

    `account` owns the blocks that name nobody and the items, `resolve` says who owns the others. Raises
    FileRefusedError when the table states a cell twice with two values, or seems to be of another account.
    """
    batch = _begun(conn, extraction, as_of, imported_at, change)
    rank = statements.rank_of(as_of, batch)
    speaks_of = _Owners(conn, account, resolve)
    tally = Tally()
    for block in extraction.blocks():
        owner = speaks_of.of(block.platform, block.account)
        for part in blocks.parts(conn, owner, block):
            fresh = blocks.unrepeated(conn, rank, part, extraction)
            found = statements.put(conn, rank, fresh)
            if block.keys[0].days == 1:
                tally.of(owner).add(found)
            else:
                tally.of(owner).add_dayless(found)
    item_counts = _put_items(conn, rank, speaks_of, extraction, tally)
    if not same_account:
        stop_if_another_account(
            conn, rank, extraction, {owner: each.cells.differing for owner, each in tally.by_owner.items()}
        )
    if settling.anything_undone(conn):
        settling.settle(conn, rank)
    counts = tally.counts(conn, item_counts)
    _finished(conn, batch, rank, extraction, counts, item_counts.items)
    owners_seen = {*tally.by_owner, *speaks_of.always()}
    conn.executemany("insert into batch_account values(?, ?)", ((batch, owner) for owner in sorted(owners_seen)))
    for owner in sorted(owners_seen):
        keys.note_complete(conn, owner, rank, extraction.report, extraction.complete)
    return counts._replace(batch=batch)


def _begun(conn: sqlite3.Connection, extraction: Extraction, as_of: int, imported_at: str, change: int) -> int:
    """The row of the new batch, without counts; its id."""
    batch = int(conn.execute("select coalesce(max(id), 0) + 1 from batch").fetchone()[0])
    row = {
        "id": batch,
        "rank": statements.rank_of(as_of, batch),
        "uid": new_uid(),
        "change": change,
        "active": 1,
        "file": extraction.file,
        "member": extraction.member,
        "sha256": extraction.sha256,
        "fingerprint": extraction.fingerprint,
        "profile": extraction.profile,
        "profile_version": extraction.profile_version,
        "report": extraction.report,
        "table": extraction.table,
        "as_of": as_of,
        "lag": extraction.lag,
        "full_through": as_of - extraction.lag,
        "imported_at": imported_at,
        **dict.fromkeys(("new", "same", "restated", "kept_out", "items"), 0),
    }
    names = ", ".join(f'"{name}"' for name in row)
    conn.execute(f"insert into batch({names}) values({', '.join('?' * len(row))})", list(row.values()))
    return batch


class _Owners:
    """The ids of the accounts that an import speaks of."""

    def __init__(
        self, conn: sqlite3.Connection, account: Account | None, resolve: Mapping[tuple[str, str], Account]
    ) -> None:
        self._account = owners.by_uid(conn, account.uid).id if account else None
        self._named = {name: owners.by_uid(conn, each.uid).id for name, each in resolve.items()}

    def of(self, platform: str, name: str) -> int:
        if platform or name or self._account is None:
            return self._named[platform, name]
        return self._account

    def always(self) -> tuple[int, ...]:
        """The account that even an empty table belongs to."""
        return () if self._account is None else (self._account,)


def _put_items(
    conn: sqlite3.Connection, rank: int, speaks_of: _Owners, extraction: Extraction, tally: Tally
) -> ItemCounts:
    counts = ItemCounts()
    listed = iter(extraction.items())
    for first in listed:
        owner = speaks_of.of("", "")
        for part in items.parts(conn, owner, rank, chain((first,), listed), counts):
            fresh = blocks.unrepeated(conn, rank, part, extraction)
            found = statements.put(conn, rank, fresh)
            counts.add(fresh, found)
            tally.of(owner).add_dayless(found)
    return counts


def _finished(
    conn: sqlite3.Connection, batch: int, rank: int, extraction: Extraction, counts: BatchCounts, items_: int
) -> None:
    """Notes in the batch what it did and which days it covers."""
    first, last = conn.execute(
        """select min(c.first_day), max(c.last_day + s.days - 1) from coverage c join series s on s.id = c.series
            where c.rank = ? and s.days > 0""",
        (rank,),
    ).fetchone()
    conn.execute(
        """update batch set new = ?, same = ?, restated = ?, kept_out = ?, items = ?, first_day = ?, last_day = ?
            where id = ?""",
        (
            *(counts.new, counts.same, counts.restated, counts.kept_out, items_),
            *((first, last) if first is not None else (extraction.first_day, extraction.last_day)),
            batch,
        ),
    )


# --- what was imported


def known(
    conn: sqlite3.Connection, extraction: Extraction, of: Collection[str | tuple[str, str]], as_of: int
) -> ImportBatch | None:
    """The standing import of the very same table, read the same way, for the same accounts (uids, or platform and
    name), or None.
    """
    uids = {_uid(conn, each) for each in of}
    ids = conn.execute(
        """select id from batch where active and fingerprint = ? and profile = ? and profile_version = ? and as_of = ?
            order by id desc""",
        (extraction.fingerprint, extraction.profile, extraction.profile_version, as_of),
    ).fetchall()
    everyone = owners.everyone(conn) if ids else {}
    for (ident,) in ids:
        stated = conn.execute("select account from batch_account where batch = ?", (ident,))
        if {everyone[owner].account.uid for (owner,) in stated} == uids:
            return by_ids(conn, [ident])[0]
    return None


def _uid(conn: sqlite3.Connection, account: str | tuple[str, str]) -> str:
    """The uid as it counts now; '' for a name that nobody has."""
    if isinstance(account, str):
        return owners.by_uid(conn, account).account.uid
    found = accounts.find(conn, *account)
    return found.uid if found else ""


def listing(conn: sqlite3.Connection) -> list[ImportBatch]:
    """Every import, undone ones too, in the order in which they came."""
    return by_ids(conn, [ident for (ident,) in conn.execute("select id from batch order by id")])


def by_ids(conn: sqlite3.Connection, ids: Iterable[int]) -> list[ImportBatch]:
    """The imports with these numbers, in that order."""
    everyone = owners.everyone(conn)
    return [_batch(conn, everyone, ident) for ident in ids]


LISTED = (
    *("id", "uid", "file", "member", "profile", "report", "as_of", "imported_at", "first_day", "last_day"),
    *("new", "restated", "items", "active"),
)


def _batch(conn: sqlite3.Connection, everyone: Mapping[int, owners.Row], ident: int) -> ImportBatch:
    row = conn.execute(f"select {', '.join(LISTED)} from batch where id = ?", (ident,)).fetchone()
    values = dict(zip(LISTED, row, strict=True))
    stated = conn.execute("select account from batch_account where batch = ?", (ident,))
    named = [everyone[owner].account for (owner,) in stated]
    return ImportBatch(
        **{**values, "active": bool(values["active"])},
        platform=", ".join(sorted({account.platform for account in named})),
        accounts=tuple(sorted({account.name for account in named})),
    )
