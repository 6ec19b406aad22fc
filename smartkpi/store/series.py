"""The values that goals read: whole series in a window, with what is known of how fresh they are."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from smartkpi.model.series import BY_HAND, Account, Series, SeriesKey, Total, Totals
from smartkpi.store import keys
from smartkpi.store.days import LAST, Days, every, unpacked

CADENCE_BATCHES = 5
SHORTEST_CADENCE = 7  # days


class Freshness(NamedTuple):
    """What the imports of a series say of it."""

    full_through: int | None
    cadence: int
    lag: int
    batch: int
    file: str


class Stated(NamedTuple):
    """A stored series, and whether its kind of breakdown adds up to the whole."""

    account: Account
    key: SeriesKey
    complete: bool


def read(
    conn: sqlite3.Connection,
    metrics: Collection[str],
    *,
    first_day: int,
    as_of: int,
    breakdowns: Collection[tuple[str, str]] = (),
    accounts: Collection[str] = (),
) -> list[Series]:
    """The series of these metrics, from `first_day` to `as_of`: those without a breakdown, and the breakdowns named.

    `accounts` are uids; () = all. Accounts that were merged into another are hidden; series of which nothing stands are
    left out.
    """
    found = []
    for series, account, key in _matching(conn, metrics, breakdowns):
        if accounts and account.uid not in accounts:
            continue
        last_day = _last_day(conn, series, as_of)
        if last_day is None and _last_day(conn, series) is None:
            continue
        fresh = _freshness(conn, series, last_day, as_of)
        if key.report == BY_HAND:
            fresh = fresh._replace(cadence=_kept_every(conn, series, as_of))
        values = _values(conn, series, first_day, as_of)
        found.append(Series(account, key, first_day, values, fresh.full_through, last_day, *fresh[1:]))
    return found


def _last_day(conn: sqlite3.Connection, series: int, until: int = LAST) -> int | None:
    last = conn.execute("select max(day) from observation where series = ? and day <= ?", (series, until)).fetchone()
    return None if last[0] is None else int(last[0])


def first_day(conn: sqlite3.Connection, metrics: Collection[str]) -> int | None:
    """The first day on which something stands of any of these metrics, parts and campaigns included."""
    found: tuple[int | None] = conn.execute(
        """select min((select min(day) from observation o where o.series = s.id)) from series s
            where s.metric in (select value from json_each(?))""",
        (json.dumps(sorted(metrics)),),
    ).fetchone()
    return found[0]


def stated(conn: sqlite3.Connection) -> list[Stated]:
    """Every series of days or ranges of which something stands, parts and campaigns included, whatever goals read."""
    rows = conn.execute(
        f"""select {ADDS_UP}, a.platform, a.name, a.uid, {keys.OF_S} from series s join account a on a.id = s.account
            where s.days > 0 and a.merged_into is null
                and exists(select 1 from observation o where o.series = s.id) order by s.id"""
    )
    return [
        Stated(Account(platform, name, uid), SeriesKey(*key), bool(complete))
        for complete, platform, name, uid, *key in rows
    ]


# One part that does not add up with the others leaves the sum of all parts unknown.
ADDS_UP = """(s.complete and not exists(select 1 from series t
    where t.account = s.account and t.report = s.report and t.metric = s.metric and t.scope = s.scope
        and t.breakdown_kind = s.breakdown_kind and t.days = s.days and not t.complete
        and exists(select 1 from observation o where o.series = t.id)))"""


def totals(
    conn: sqlite3.Connection, metrics: Collection[str], *, first_day: int, as_of: int, campaign: str = ""
) -> list[Totals]:
    """What may stand in for whole days of these metrics: totals of ranges, and parts that add up to the whole.

    Values of days from `first_day` to `as_of`, and of ranges that reach into them and are over by then. With a
    `campaign` only the ranges of that one.
    """
    rows = conn.execute(
        f"""select s.id, s.complete, a.platform, a.name, a.uid, {keys.OF_S}
            from series s join account a on a.id = s.account
            where s.metric in (select value from json_each(:metrics)) and s.days > 0 and a.merged_into is null
                and exists(select 1 from observation o where o.series = s.id)
                and (case when :campaign = '' then {ADDS_UP} or (s.days > 1 and s.breakdown_kind = '')
                    else s.days > 1 and s.breakdown_kind = 'campaign' and s.breakdown = :campaign end)
            order by s.id""",
        {"metrics": json.dumps(sorted(metrics)), "campaign": campaign},
    ).fetchall()
    groups: dict[tuple[Account, SeriesKey, bool], list[tuple[int, int]]] = {}
    for series, complete, platform, name, uid, *columns_ in rows:
        key = SeriesKey(*columns_)
        whole_days = key._replace(days=int(key.days == 1))
        groups.setdefault((Account(platform, name, uid), whole_days, bool(complete)), []).append((series, key.days))
    return [_totals(conn, *group, members, first_day, as_of) for group, members in groups.items()]


def _totals(
    conn: sqlite3.Connection,
    account: Account,
    key: SeriesKey,
    complete: bool,
    members: Collection[tuple[int, int]],
    first_day: int,
    as_of: int,
) -> Totals:
    """One series out of the stored ones of its ranges, which differ in their number of days only."""
    values: list[Total] = []
    exports: set[int] = set()
    newest = (0, 0, 0, "")
    for series, days in members:
        stands = dict(
            conn.execute(
                "select day, value from observation where series = ? and day > ? and day <= ?",
                (series, first_day - days, as_of - days + 1),
            )
        )
        for rank, first, last, bits, batch, lag, file, exported, full in conn.execute(STANDING, (series,)):
            newest = max(newest, (rank, batch, lag, file))
            exports.update([exported] if exported <= as_of else ())
            stated = [day for day in unpacked(first, last, bits) if day in stands]
            values += [Total(day, day + days - 1, stands.pop(day), rank, full) for day in stated]
    _, batch, lag, file = newest
    cadence = _cadence(sorted(exports, reverse=True)[:CADENCE_BATCHES])
    return Totals(account, key, complete, tuple(values), cadence, lag, batch, file)


STANDING = """select b.rank, c.first_day, c.last_day, c.days, b.id, b.lag, b.file, b.as_of, b.full_through
    from coverage c join batch b on b.rank = c.rank
    where c.series = ? and b.active order by c.rank desc"""


def last_by_hand(conn: sqlite3.Connection, metric: str, day: int) -> int | None:
    """The last day up to `day` with a number recorded by hand, of the account for which that is longest ago; None
    where nobody recorded one. A level is worked back from there, however long ago it was."""
    rows = conn.execute(
        """select (select max(o.day) from observation o where o.series = s.id and o.day <= ?)
            from series s join account a on a.id = s.account
            where s.metric = ? and s.report = ? and s.days = 1 and a.merged_into is null""",
        (day, metric, BY_HAND),
    )
    return min((found for (found,) in rows if found is not None), default=None)


def _matching(
    conn: sqlite3.Connection, metrics: Collection[str], breakdowns: Collection[tuple[str, str]]
) -> Iterator[tuple[int, Account, SeriesKey]]:
    wanted = dict.fromkeys((metric, *part) for metric in sorted(set(metrics)) for part in (("", ""), *breakdowns))
    for each in wanted:
        for series, platform, name, uid, *key in conn.execute(
            f"""select s.id, a.platform, a.name, a.uid, {keys.OF_S}
                from series s join account a on a.id = s.account
                where s.metric = ? and s.breakdown_kind = ? and s.breakdown = ? and s.days = 1
                    and a.merged_into is null order by s.id""",
            each,
        ).fetchall():
            yield series, Account(platform, name, uid), SeriesKey(*key)


def _values(conn: sqlite3.Connection, series: int, first_day: int, as_of: int) -> tuple[float | None, ...]:
    # Straight from the cursor: a list of thousands of rows would set the garbage collector going.
    rows = conn.execute(
        "select day, value from observation where series = ? and day between ? and ?", (series, first_day, as_of)
    )
    stated: dict[int, float] = dict(rows)
    return tuple(map(stated.get, range(first_day, as_of + 1)))


def _freshness(conn: sqlite3.Connection, series: int, last_day: int | None, as_of: int) -> Freshness:
    """Walks the standing imports of a series from the newest down, only as far as the answers need.

    How often they come is told by those that were there on `as_of`; the values of that day may be of later ones.
    """
    newest: tuple[int, int, str] | None = None
    exports: list[int] = []
    full_through, is_settled = None, False
    taken = Days()
    for _, first, last, bits, batch, lag, file, exported, full in conn.execute(STANDING, (series,)):
        newest = newest or (lag, batch, file)
        if exported <= as_of and exported not in exports:
            exports.append(exported)
        if not is_settled:
            days = unpacked(first, last, bits)
            full_through = _latest(full_through, (days - taken).until(min(full, as_of)))
            taken |= days
            is_settled = last_day is None or _is_settled(full_through, last_day, taken)
        if is_settled and len(exports) >= CADENCE_BATCHES:
            break
    lag, batch, file = newest or (0, 0, "")
    return Freshness(full_through, _cadence(exports[:CADENCE_BATCHES]), lag, batch, file)


def _latest(day: int | None, days: Days) -> int | None:
    if not days or (day is not None and day > days.last):
        return day
    return days.last


def _is_settled(full_through: int | None, end: int, taken: Days) -> bool:
    """Whether no older import can make a later day full: newer ones speak of all days from there to the end."""
    return full_through is not None and not every(full_through + 1, max(0, end - full_through)) - taken


def _kept_every(conn: sqlite3.Connection, series: int, as_of: int) -> int:
    """What is kept by hand comes as often as its days lie apart: a year of months may be typed in one evening."""
    rows = conn.execute(
        "select day from observation where series = ? and day <= ? order by day desc limit ?",
        (series, as_of, CADENCE_BATCHES),
    )
    return _cadence([day for (day,) in rows])


def _cadence(exports: list[int]) -> int:
    """The median gap in days between exports, or days, newest first."""
    gaps = sorted(newer - older for newer, older in pairwise(exports))
    if not gaps:
        return SHORTEST_CADENCE
    middle = len(gaps) // 2
    median = gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) // 2
    return max(SHORTEST_CADENCE, median)
