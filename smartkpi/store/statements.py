"""What batches say of (series, day), and which of it stands: the contract of the store (DESIGN.md §5).

`observation` holds what stands; `displaced` what batches below a rank say where that differs; `coverage` which days a
batch speaks of. One invariant carries everything: what batch b says of a cell that it states is the displaced value
with the smallest rank above b, else the observation. Rank TOP keeps what an undone batch hides.
"""

import heapq
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from smartkpi.store.days import Days, Run, of, packed, unpacked

TOP = 9223372036854775807
ID_SPAN = 2**24  # batch ids per as_of in a rank; a rank stays below 2**47, six bytes
LARGEST = 5

Cell = tuple[int, int, float]  # series, day, value
Change = tuple[int, int, float, float]  # series, day, was, now


@dataclass(frozen=True, slots=True)
class Part:
    """Cells that a batch states: which days of which series, and SQL (with its parameters) that yields them."""

    stated: dict[int, Days]
    omitted: dict[int, Days]
    source: str
    parameters: dict[str, object]

    @property
    def cells(self) -> int:
        return sum(map(len, self.stated.values()))


@dataclass(slots=True)
class Found:
    """How the cells of a part compare with what stood before; `differing` and the rest by series or as days."""

    new: int = 0
    same: int = 0
    restated: int = 0
    kept_out: int = 0
    new_on: Days = field(default_factory=Days)
    stood_on: Days = field(default_factory=Days)
    differing: dict[int, Days] = field(default_factory=dict)
    largest: list[tuple[float, int, int, Change]] = field(default_factory=list)  # a heap, smallest first


def rank_of(as_of: int, batch: int) -> int:
    """One integer that orders batches: by how new the export is, then by when it came in."""
    return as_of * ID_SPAN + batch


def prepare(conn: sqlite3.Connection) -> None:
    """Gives a writing connection the scratch tables and the function that the statements below need."""
    conn.execute(
        """create temp table cell(series integer, day integer, value real, was real, next integer,
            primary key(series, day)) without rowid"""
    )
    conn.execute(
        "create temp table stated(series integer, day integer, value real, primary key(series, day)) without rowid"
    )
    conn.create_function("bit", 2, _bit, deterministic=True)


def _bit(bits: bytes, i: int) -> int:
    return bits[i >> 3] >> (i & 7) & 1


def part_of_json(stated: dict[int, Days], omitted: dict[int, Days], first_day: int, days: int, cells: str) -> Part:
    """A part whose series have consecutive ids and whose values are JSON text, series by series."""
    holes = " where value is not null" if "null" in cells else ""
    source = f"""(select :low + rowid / :days as series, :first + rowid % :days as day, value + 0.0 as value
        from json_each(:cells){holes})"""
    low = min(stated, default=0)
    return Part(stated, omitted, source, {"low": low, "days": days, "first": first_day, "cells": cells})


def part_of_cells(conn: sqlite3.Connection, cells: Iterable[Cell], omitted: dict[int, Days]) -> Part:
    """A part of any cells, bound one by one: text would not keep every float (SQLite 3.40 reads it differently)."""
    conn.execute("delete from temp.stated")
    conn.executemany("insert into temp.stated values(?, ?, ? + 0.0)", cells)
    rows = conn.execute("select series, day from temp.stated order by series")
    stated = {series: of([day for _, day in group]) for series, group in groupby(rows, itemgetter(0))}
    return Part(stated, omitted, "temp.stated", {})


def put(conn: sqlite3.Connection, rank: int, part: Part) -> Found:
    """Adds what the batch of `rank` says, wherever that is in the order of batches, as if all of them stood.

    No cell may be stated twice by one batch. While any batch is undone, `settle` must follow when all parts are in.
    """
    stated = {series: days for series, days in part.stated.items() if days}
    if not stated:
        return Found()
    reach = {
        "low": min(stated),
        "high": max(stated),
        "begin": min(days.first for days in stated.values()),
        "end": max(days.last for days in stated.values()),
        "rank": rank,
    }
    if _is_spoken_of(conn, reach):
        found = _merge(conn, part, reach)
    else:
        conn.execute(
            f"insert into observation select series, day, value from {part.source} where true", part.parameters
        )
        found = Found(new=part.cells, new_on=_union(stated.values()))
    conn.executemany(
        "insert or replace into coverage values(?, ?, ?, ?, ?, ?)", _coverage(conn, rank, stated, part.omitted)
    )
    return found


def _is_spoken_of(conn: sqlite3.Connection, reach: dict[str, int]) -> bool:
    return _exists(
        conn,
        "select 1 from coverage where series between :low and :high and last_day >= :begin and first_day <= :end",
        reach,
    )


def _exists(conn: sqlite3.Connection, select: str, parameters: dict[str, int]) -> bool:
    return bool(conn.execute(f"select exists({select})", parameters).fetchone()[0])


def _union(sets: Iterable[Days]) -> Days:
    union = Days()
    for days in set(sets):  # of a block they are mostly one and the same
        union |= days
    return union


def _coverage(
    conn: sqlite3.Connection, rank: int, stated: dict[int, Days], omitted: dict[int, Days]
) -> list[tuple[int, int, int, int, bytes | None, bytes | None]]:
    rows: list[tuple[int, int, int, int, bytes | None, bytes | None]] = []
    before = spoken_of(conn, stated, rank)
    alone = {days: packed(days) for days in set(stated.values())}
    for series, days in stated.items():
        if series not in before and series not in omitted:
            rows.append((series, rank, *alone[days], None))
            continue
        earlier, left_out = before.get(series, (Days(), Days()))
        first, last, bits = packed(earlier | days)
        left_out |= omitted.get(series, Days()) & days
        mask = left_out.seen_from(first)
        rows.append((series, rank, first, last, bits, mask.to_bytes((mask.bit_length() + 7) // 8, "little") or None))
    return rows


def spoken(conn: sqlite3.Connection, series: int, rank: int) -> tuple[Days, Days]:
    """The days that a batch states of a series, and those of them that the platform left out as 0."""
    return spoken_of(conn, (series,), rank).get(series, (Days(), Days()))


def spoken_of(conn: sqlite3.Connection, series: Collection[int], rank: int) -> dict[int, tuple[Days, Days]]:
    """`spoken` for some series, without those of which the batch says nothing; one look for all of them."""
    rows = conn.execute(
        """select series, first_day, last_day, days, omitted from coverage
            where series between ? and ? and rank = ?""",
        (min(series), max(series), rank),
    )
    return {
        each: (unpacked(first, last, days), Days(first, int.from_bytes(omitted or b"", "little")))
        for each, first, last, days, omitted in rows
    }


# --- comparing a part with what stands


def _merge(conn: sqlite3.Connection, part: Part, reach: dict[str, int]) -> Found:
    """Collects the cells that differ in `temp.cell`, counts them, and writes only these."""
    above = _exists(conn, "select 1 from displaced where series between :low and :high and rank > :rank", reach)
    conn.execute("delete from temp.cell")
    looked_up = conn.execute(
        f"""insert into temp.cell
            select f.series, f.day, f.value, o.value, null
            from {part.source} f left join observation o on o.series = f.series and o.day = f.day
            where f.value is not o.value or (:above and exists(select 1 from displaced d
                where d.series = f.series and d.day = f.day and d.rank > :rank))""",
        {**part.parameters, "rank": reach["rank"], "above": above},
    ).rowcount
    if not looked_up:
        return Found(same=part.cells, stood_on=_union(part.stated.values()))
    found = _counted(conn, part, reach["rank"])
    _write_differences(conn, reach, above)
    return found


def _counted(conn: sqlite3.Connection, part: Part, rank: int) -> Found:
    new = conn.execute("select count(*) from temp.cell where was is null").fetchone()[0]
    found = Found(new=new, stood_on=_union(part.stated.values()))
    if new:
        found.new_on = of([day for (day,) in conn.execute("select distinct day from temp.cell where was is null")])
        found.stood_on = _standing_days(conn, part)
    for series, changes in groupby(_differing(conn, rank), itemgetter(0)):
        days = []
        for _, day, was, now, is_kept_out in changes:
            days.append(day)
            if is_kept_out:
                found.kept_out += 1
            else:
                found.restated += 1
                remember(found.largest, (abs(now - was), -series, -day, (series, day, was, now)))
        found.differing[series] = of(days)
    found.same = part.cells - found.new - found.restated - found.kept_out
    return found


def _standing_days(conn: sqlite3.Connection, part: Part) -> Days:
    rows = conn.execute(
        f"select distinct f.day from {part.source} f join observation o on o.series = f.series and o.day = f.day",
        part.parameters,
    )
    return of([day for (day,) in rows])


def _differing(conn: sqlite3.Connection, rank: int) -> Iterator[tuple[int, int, float, float, int]]:
    """The cells that stand with another value, in the order of series and days: series, day, was, now, and whether a
    newer batch that stands keeps ours out.
    """
    kept_out = """exists(select 1 from coverage c join batch b on b.rank = c.rank and b.active
        where c.series = cell.series and c.rank > ? and cell.day between c.first_day and c.last_day
            and (c.days is null or bit(c.days, cell.day - c.first_day)))"""
    if not conn.execute("select exists(select 1 from batch where active and rank > ?)", (rank,)).fetchone()[0]:
        kept_out = "0 and ?"
    yield from conn.execute(
        f"""select series, day, was, value, {kept_out} from temp.cell
            where was is not null and value is not was order by series, day""",
        (rank,),
    )


def remember(largest: list[tuple[float, int, int, Change]], change: tuple[float, int, int, Change]) -> None:
    """Keeps the largest changes in a heap; of equal ones the first series and day."""
    if len(largest) < LARGEST:
        heapq.heappush(largest, change)
    else:
        heapq.heappushpop(largest, change)


def _write_differences(conn: sqlite3.Connection, reach: dict[str, int], above: bool) -> None:
    """Makes `temp.cell` said by the batch, and everything that other batches say stay said.

    `above`: whether anything is displaced above the batch. Nothing is, and nobody newer speaks, for the newest export.
    """
    run, rank = conn.execute, reach["rank"]
    followed = _exists(conn, "select 1 from coverage where series between :low and :high and rank > :rank", reach)
    if above:
        run(  # what the store says at the batch's place in the order
            """update temp.cell set was = coalesce((select d.value from displaced d where d.series = cell.series
                and d.day = cell.day and d.rank > ? order by d.rank limit 1), was)""",
            (rank,),
        )
        run("delete from temp.cell where value is was")
    if followed:
        run(  # who speaks of the cell next: up to there our value holds
            """update temp.cell set next = (select c.rank from coverage c where c.series = cell.series and c.rank > ?
                and cell.day between c.first_day and c.last_day
                and (c.days is null or bit(c.days, cell.day - c.first_day)) order by c.rank limit 1)""",
            (rank,),
        )
    run(  # older batches go on saying `was`
        "insert or ignore into displaced select series, day, ?, was from temp.cell where was is not null", (rank,)
    )
    if followed:
        run(
            """insert into displaced select series, day, next, value from temp.cell where next is not null
                on conflict do update set value = excluded.value"""
        )
    if above:
        run(
            f"""delete from displaced where (series, day, rank) in
                (select series, day, {TOP} from temp.cell where next is null)"""
        )
    run(
        """insert into observation select series, day, value from temp.cell where next is null
            on conflict do update set value = excluded.value"""
    )


# --- what was said


def said_of(conn: sqlite3.Connection, rank: int, series: int) -> dict[int, float]:
    """Day -> value: what a batch states of one series."""
    values: dict[int, float] = {}
    for run in spoken(conn, series, rank)[0].runs():
        values |= said_in(conn, rank, series, run)
    return values


def said_in(conn: sqlite3.Connection, rank: int, series: int, run: Run) -> dict[int, float]:
    """Day -> value: what a batch says of these days of a series, all of which it states."""
    stands = conn.execute("select day, value from observation where series = ? and day between ? and ?", (series, *run))
    displaced = conn.execute(
        """select day, value from (select day, value, min(rank) from displaced
            where series = ? and day between ? and ? and rank > ? group by day)""",
        (series, *run, rank),
    )
    return {**dict(stands), **dict(displaced)}
