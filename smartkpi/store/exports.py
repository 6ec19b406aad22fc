"""Everything, out again: what stands, sorted so that the same content is the same text."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from heapq import merge
from itertools import groupby

from smartkpi.store.days import Days, unpacked

Row = tuple[str | float, ...]
OF_ITEMS = "trim(trim(s.unit || ' ' || s.breakdown) || ' ' || s.scope)"


def observations(conn: sqlite3.Connection, with_zeros: bool) -> Iterator[Row]:
    """Rows (platform, account, report, scope, metric, unit, breakdown kind, breakdown, begin, end, value), sorted.

    Days are ISO, `end` is exclusive. Zeros that a platform leaves out come only `with_zeros`.
    """
    listed = conn.execute(
        """select a.platform, a.name, s.report, s.scope, s.metric, s.unit, s.breakdown_kind, s.breakdown, s.id, s.days
            from series s join account a on a.id = s.account
            where a.merged_into is null and s.days > 0 order by 1, 2, 3, 4, 5, 6, 7, 8"""
    ).fetchall()
    for names, group in groupby(listed, lambda row: row[:8]):
        columns = [_rows(conn, names, series, days, with_zeros) for *_, series, days in group]
        yield from merge(*columns)


def _rows(conn: sqlite3.Connection, names: Row, series: int, days: int, with_zeros: bool) -> Iterator[Row]:
    left_out = Days() if with_zeros else _left_out(conn, series)
    skipped = set(left_out)
    for day, value in conn.execute("select day, value from observation where series = ? order by day", (series,)):
        if day not in skipped:
            begin, end = date.fromordinal(day), date.fromordinal(day + days)
            yield (*names, begin.isoformat(), end.isoformat(), value)


def _left_out(conn: sqlite3.Connection, series: int) -> Days:
    """The days that stand as 0 only because the platform left them out."""
    left_out, taken = Days(), Days()
    for first, last, bits, omitted in conn.execute(
        """select c.first_day, c.last_day, c.days, c.omitted from coverage c join batch b on b.rank = c.rank
            where c.series = ? and b.active order by c.rank desc""",
        (series,),
    ):
        left_out |= Days(first, int.from_bytes(omitted or b"", "little")) - taken
        taken |= unpacked(first, last, bits)
    return left_out


def items(conn: sqlite3.Connection) -> Iterator[Row]:
    """Rows (platform, account, item, published, kind, metric, value), sorted by these.

    A metric that has more to say says it in brackets: `cost [EUR]`.
    """
    yield from conn.execute(
        f"""select a.platform, a.name, i.external_id, i.published, i.kind,
                s.metric || coalesce(' [' || nullif({OF_ITEMS}, '') || ']', ''), o.value
            from account a join series s on s.account = a.id and s.days = 0
                join observation o on o.series = s.id
                join item i on i.account = a.id and i.number = o.day
            where a.merged_into is null order by 1, 2, 3, 4, 5, 6, 7"""
    )
