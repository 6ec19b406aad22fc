"""Makes one account of two, and two of one again: the target's series are built anew from all that was said.

The merged account stays in the file, hidden, with its series untouched: undo and redo keep them right too.
"""

import sqlite3
from collections.abc import Iterable

from smartkpi.errors import SmartKpiError
from smartkpi.model.history import MergeCounts
from smartkpi.model.series import Account
from smartkpi.store import images, items, keys, owners, settling, statements
from smartkpi.store.days import Days

Said = dict[int, tuple[dict[int, float], Days]]  # rank -> the values that it states of a series, its omitted days


def merge(conn: sqlite3.Connection, source_uid: str, into_uid: str, change: int) -> MergeCounts:
    """Makes the source account a part of the other: its numbers, its goals, its later imports."""
    source, target = owners.by_uid(conn, source_uid), owners.by_uid(conn, into_uid)
    _refuse_unless_mergeable(conn, source, target)
    before = _standing(conn, target.id)
    offered = _standing(conn, source.id)
    with images.watched(conn, change, "account", source.account.uid):
        conn.execute("update account set merged_into = ? where id = ?", (target.id, source.id))
    join(conn, source.id, target.id)
    return _counts(conn, source.id, before, offered, _standing(conn, target.id))


def join(conn: sqlite3.Connection, source: int, target: int) -> None:
    """Lets every batch that speaks for the source speak for the target too (ids)."""
    numbers = items.numbers_in(conn, source, target)
    for series in _series(conn, source):
        _, key = keys.key_of(conn, series)
        (twin,) = keys.series_ids(conn, target, [key])
        keys.complete_as(conn, twin, series)
        of_source = all_said(conn, series)
        if not key.days:
            of_source = {rank: (_renumbered(said, numbers), left_out) for rank, (said, left_out) in of_source.items()}
        rebuild(conn, twin, all_said(conn, twin) | of_source)


def part(conn: sqlite3.Connection, source: int, target: int) -> None:
    """Takes back `join`: the target forgets the batches that speak for the source."""
    ranks = _ranks(conn, source)
    for series in _series(conn, target):
        kept = {rank: said for rank, said in all_said(conn, series).items() if rank not in ranks}
        rebuild(conn, series, kept)


def all_said(conn: sqlite3.Connection, series: int) -> Said:
    """What every batch says of one series."""
    ranks = [rank for (rank,) in conn.execute("select rank from coverage where series = ? order by rank", (series,))]
    return {rank: (statements.said_of(conn, rank, series), statements.spoken(conn, series, rank)[1]) for rank in ranks}


def rebuild(conn: sqlite3.Connection, series: int, said: Said) -> None:
    """Makes a series exactly what these batches say, as if they had come one after the other."""
    for table in ("observation", "displaced", "coverage"):
        conn.execute(f"delete from {table} where series = ?", (series,))
    for rank in sorted(said):
        values, omitted = said[rank]
        cells = [(series, day, value) for day, value in values.items()]
        statements.put(conn, rank, statements.part_of_cells(conn, cells, {series: omitted}))
    for (rank,) in conn.execute(
        "select c.rank from coverage c join batch b on b.rank = c.rank where c.series = ? and not b.active", (series,)
    ).fetchall():
        settling.settle_series(conn, rank, series)


def _renumbered(said: dict[int, float], numbers: dict[int, int]) -> dict[int, float]:
    return {numbers[number]: value for number, value in said.items()}


def _series(conn: sqlite3.Connection, account: int) -> list[int]:
    return [series for (series,) in conn.execute("select id from series where account = ? order by id", (account,))]


def _ranks(conn: sqlite3.Connection, account: int) -> set[int]:
    """The batches that speak for an account."""
    return {
        rank
        for (rank,) in conn.execute(
            "select distinct c.rank from series s join coverage c on c.series = s.id where s.account = ?", (account,)
        )
    }


def _refuse_unless_mergeable(conn: sqlite3.Connection, source: owners.Row, target: owners.Row) -> None:
    one, other = source.account, target.account
    if source.id == target.id:
        raise SmartKpiError(f"{one.name} is one account already", hints=("smartkpi accounts",))
    if one.platform != other.platform:
        raise SmartKpiError(
            f"{one.name} is on {one.platform}, {other.name} on {other.platform}: they stay two accounts",
            details=("A goal can read both: smartkpi add … --account A --account B.",),
            hints=("smartkpi accounts",),
        )
    both = _ranks(conn, source.id) & _ranks(conn, target.id)
    if both:
        raise _stated_side_by_side(conn, one, other, both)


def _stated_side_by_side(conn: sqlite3.Connection, one: Account, other: Account, ranks: Iterable[int]) -> SmartKpiError:
    number, file = conn.execute("select id, file from batch where rank = ?", (min(ranks),)).fetchone()
    return SmartKpiError(
        f"{one.name} and {other.name} are two accounts: {file} (import {number}) states both, side by side",
        hints=(f"smartkpi undo --import {number}",),
    )


Standing = dict[tuple[object, ...], float]


def _standing(conn: sqlite3.Connection, account: int) -> Standing:
    """What stands for an account, by key and day (or item)."""
    return {
        tuple(cell): value
        for *cell, value in conn.execute(
            f"""select {keys.COLUMNS}, coalesce(i.external_id, o.day), o.value
                from series s join observation o on o.series = s.id
                    left join item i on s.days = 0 and i.account = s.account and i.number = o.day
                where s.account = ?""",
            (account,),
        )
    }


def _counts(conn: sqlite3.Connection, source: int, before: Standing, offered: Standing, after: Standing) -> MergeCounts:
    shared = before.keys() & offered.keys()
    differing = [cell for cell in shared if before[cell] != offered[cell]]
    return MergeCounts(
        imports=len(_ranks(conn, source)),
        series=len({cell[:-1] for cell in offered}),
        new=len(offered.keys() - before.keys()),
        same=len(shared) - len(differing),
        differing=len(differing),
        changed=sum(after[cell] != before[cell] for cell in differing),
    )
