"""Which imports the values of a series came with: each day rests on the newest import that states it."""

import sqlite3
from collections.abc import Iterator

from smartkpi.model.explained import Basis
from smartkpi.model.series import Series
from smartkpi.store.days import Days, every, unpacked
from smartkpi.store.series import STANDING


def bases(conn: sqlite3.Connection, series: Series, first: int, last: int) -> list[Basis]:
    """The imports that what stands of `series` from `first` to `last` came with, newest first.

    A sum of parts rests on those of every part, totals of ranges on those that state a range inside these days.
    """
    found: dict[int, Days] = {}
    for ident, days in conn.execute(*_parts(series)).fetchall():
        begins = every(first, max(0, last - first - days + 2))  # a total counts where all of its days do
        for batch, stated in _standing(conn, ident, begins):
            found[batch] = found.get(batch, Days()) | _spread(stated, days)
    return [_basis(conn, series, batch, found[batch]) for batch in sorted(found, reverse=True)]


def _parts(series: Series) -> tuple[str, dict[str, object]]:
    """The stored series behind one that a goal reads: itself, the parts that it is the sum of, or its totals."""
    key = series.key
    of_parts = "s.breakdown_kind = :kind" if series.sum_of else "s.breakdown_kind = :kind and s.breakdown = :part"
    of_days = "s.days > 1" if series.ranges else "s.days = 1"
    return (
        f"""select s.id, s.days from series s join account a on a.id = s.account
            where a.uid = :uid and s.metric = :metric and s.report = :report and s.scope = :scope and s.unit = :unit
                and {of_parts} and {of_days} order by s.id""",
        {
            "uid": series.account.uid, "metric": key.metric, "report": key.report, "scope": key.scope,
            "unit": key.unit, "kind": series.sum_of or key.breakdown_kind, "part": key.breakdown,
        },
    )  # fmt: skip


def _standing(conn: sqlite3.Connection, series: int, wanted: Days) -> Iterator[tuple[int, Days]]:
    """(import, days) of each import whose word stands on some of the wanted days, newest first."""
    for _, first, last, bits, batch, *_ in conn.execute(STANDING, (series,)):
        stated = unpacked(first, last, bits) & wanted
        if stated:
            yield batch, stated
        wanted -= stated
        if not wanted:
            return


def _spread(begins: Days, days: int) -> Days:
    """Every day of the ranges of so many days that begin on these."""
    found = begins
    for begin in begins if days > 1 else ():
        found |= every(begin, days)
    return found


def _basis(conn: sqlite3.Connection, series: Series, batch: int, days: Days) -> Basis:
    file, member, table, as_of = conn.execute(
        'select file, member, "table", as_of from batch where id = ?', (batch,)
    ).fetchone()
    runs = list(days.runs())
    return Basis(
        platform=series.account.platform,
        account=series.account.name,
        report=series.key.report,
        metric=series.key.metric,
        batch=batch,
        file=file,
        member=member,
        table=table,
        as_of=as_of,
        first=runs[0].first,
        last=runs[-1].last,
        days=len(days),
    )
