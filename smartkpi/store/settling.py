"""After an undo or a redo, and after an import while anything is undone, the right values are made to stand again.

Where no standing batch speaks, what an undone one says is kept under TOP.
"""

import sqlite3

from smartkpi.model.history import Moved
from smartkpi.store.days import Run, unpacked
from smartkpi.store.statements import TOP, spoken


def settle(conn: sqlite3.Connection, rank: int) -> Moved:
    """Makes the right values stand wherever the batch speaks, after it was undone or brought again."""
    there = changed = 0
    for (series,) in conn.execute(
        "select s.id from series s cross join coverage c on c.series = s.id and c.rank = ?", (rank,)
    ).fetchall():
        moved = settle_series(conn, rank, series)
        there, changed = there + moved.there, changed + moved.changed
    return Moved(there, changed)


def settle_series(conn: sqlite3.Connection, rank: int, series: int) -> Moved:
    """The same for one series: walks the standing batches from the newest down."""
    left, _ = spoken(conn, series, rank)
    there = changed = 0
    for other, first, last, bits in conn.execute(
        """select c.rank, c.first_day, c.last_day, c.days from coverage c join batch b on b.rank = c.rank
            where c.series = ? and b.active order by c.rank desc""",
        (series,),
    ).fetchall():
        days = unpacked(first, last, bits)
        if other <= rank:
            for run in (left & days).runs():
                moved = _stand(conn, series, run, other)
                there, changed = there + moved.there, changed + moved.changed
        left -= days
        if not left:
            return Moved(there, changed)
    return Moved(there + sum(_hide(conn, series, run) for run in left.runs()), changed)


def _hide(conn: sqlite3.Connection, series: int, run: Run) -> int:
    """Nobody who stands speaks of these days: what stood is kept under TOP. How many values that were."""
    conn.execute(
        f"""insert or ignore into displaced select series, day, {TOP}, value from observation
            where series = ? and day between ? and ?""",
        (series, *run),
    )
    return conn.execute("delete from observation where series = ? and day between ? and ?", (series, *run)).rowcount


def _stand(conn: sqlite3.Connection, series: int, run: Run, rank: int) -> Moved:
    """Makes stand what the batch of `rank` says of these days."""
    conn.execute("delete from temp.cell")
    moved = conn.execute(
        """insert into temp.cell select f.series, f.day, f.value, o.value, null
            from (select series, day, value, min(rank) from displaced
                where series = ? and day between ? and ? and rank > ? group by day) f
            left join observation o on o.series = f.series and o.day = f.day where f.value is not o.value""",
        (series, *run, rank),
    ).rowcount
    if not moved:
        return Moved()
    changed = int(conn.execute("select count(was) from temp.cell").fetchone()[0])
    conn.execute(f"insert or ignore into displaced select series, day, {TOP}, was from temp.cell where was is not null")
    conn.execute(
        """insert into observation select series, day, value from temp.cell where true
            on conflict do update set value = excluded.value"""
    )
    conn.execute(
        f"delete from displaced where (series, day, rank, value) in (select series, day, {TOP}, value from temp.cell)"
    )
    return Moved(moved - changed, changed)


def anything_undone(conn: sqlite3.Connection) -> bool:
    """Whether any batch is undone: then a new batch must be settled too."""
    return bool(conn.execute("select exists(select 1 from batch where not active)").fetchone()[0])
