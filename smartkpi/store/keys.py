"""Series keys and the integers that stand for them inside the file."""

import json
import sqlite3
from collections.abc import Sequence

from smartkpi.model.series import SeriesKey

COLUMNS = "metric, report, scope, breakdown_kind, breakdown, unit, days"
OF_S = ", ".join(f"s.{name}" for name in COLUMNS.split(", "))  # the same, of `series s`


def series_ids(conn: sqlite3.Connection, account: int, keys: Sequence[SeriesKey]) -> list[int]:
    """The id of each key; new ones get consecutive ids in the order given."""
    wanted = [values_of(key) for key in keys]
    known = _known(conn, account, wanted)
    new = [values for values in dict.fromkeys(wanted) if values not in known]
    if new:
        first = int(conn.execute("select coalesce(max(id), 0) + 1 from series").fetchone()[0])
        known.update(zip(new, range(first, first + len(new)), strict=True))
        conn.executemany(
            f"insert into series(id, account, {COLUMNS}) values(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(known[values], account, *values) for values in new],
        )
    return [known[values] for values in wanted]


def _known(
    conn: sqlite3.Connection, account: int, wanted: Sequence[tuple[str | int, ...]]
) -> dict[tuple[str | int, ...], int]:
    """The ids of those keys that the account has: one look in the index for each."""
    rows = conn.execute(
        f"""select s.id, {OF_S} from json_each(?) w cross join series s
            where s.account = ?
                and s.metric = json_extract(w.value, '$[0]') and s.report = json_extract(w.value, '$[1]')
                and s.scope = json_extract(w.value, '$[2]') and s.breakdown_kind = json_extract(w.value, '$[3]')
                and s.breakdown = json_extract(w.value, '$[4]') and s.unit = json_extract(w.value, '$[5]')
                and s.days = json_extract(w.value, '$[6]')""",
        (json.dumps(wanted), account),
    )
    return {tuple(values): ident for ident, *values in rows}


def values_of(key: SeriesKey) -> tuple[str | int, ...]:
    """A key as its columns."""
    return (key.metric, key.report, key.scope, key.breakdown_kind, key.breakdown, key.unit, key.days)


def key_of(conn: sqlite3.Connection, series: int) -> tuple[int, SeriesKey]:
    """The account (its id) and the key of a stored series."""
    account, *values = conn.execute(f"select account, {COLUMNS} from series where id = ?", (series,)).fetchone()
    return account, SeriesKey(*values)


def note_complete(
    conn: sqlite3.Connection, account: int, rank: int, report: str, kinds: Sequence[tuple[str, str]]
) -> None:
    """Marks which series of an import are parts that add up (by metric and kind); a newer import may know better."""
    conn.execute(
        """update series set complete = not complete
            where account = ? and report = ? and breakdown_kind <> ''
                and complete <> ((metric, breakdown_kind) in (
                    select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)))
                and exists(select 1 from coverage c where c.series = series.id and c.rank = ?)""",
        (account, report, json.dumps(kinds), rank),
    )


def complete_as(conn: sqlite3.Connection, series: int, other: int) -> None:
    """Whether the breakdown of `series` adds up is what is known of `other`."""
    conn.execute(
        "update series set complete = (select complete from series where id = ?) where id = ?", (other, series)
    )
