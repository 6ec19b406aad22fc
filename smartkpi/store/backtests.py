"""What looking back said of the goals' own past, and of which state of the file it was said."""

import sqlite3
from collections.abc import Mapping

from smartkpi import __version__
from smartkpi.model.assessment import Own

# Every change that any command makes shows here: a new one in its id, an undo and a redo in the count of undone ones,
# an import that was taken back or brought again in the list of those. The same token is the same numbers and goals.
TOKEN = f"""(select '{__version__}' || ' ' || coalesce(max(id), 0) || ' ' || coalesce(max(undone), 0) || ' '
    || coalesce((select group_concat(id) from batch where not active), '') from change)"""


def read(conn: sqlite3.Connection) -> dict[str, Own]:
    """By the uid of the goal: only what was worked out from the file as it is now."""
    rows = conn.execute(f"select goal, factor, looks, last_day from backtest where looks > 0 and token = {TOKEN}")
    return {uid: Own(*row) for uid, *row in rows}


def newest_day(conn: sqlite3.Connection) -> int | None:
    """The last day that a standing import covers."""
    day = conn.execute("select max(last_day) from batch where active").fetchone()[0]
    return None if day is None else int(day)


def is_past(conn: sqlite3.Connection, day: int) -> bool:
    """Whether a standing import covers, or an edit of a goal was made on, a later day."""
    later = conn.execute(
        """select exists(select 1 from batch where active and last_day > ?1)
            or exists(select 1 from change_row where thing = 'goal' and day > ?1)""",
        (day,),
    )
    return bool(later.fetchone()[0])


def are_current(conn: sqlite3.Connection) -> bool:
    """Whether all active goals were looked at since the last change."""
    lacking = conn.execute(
        f"""select 1 from goal g where state = 'active'
            and not exists(select 1 from backtest b where b.goal = g.uid and b.token = {TOKEN}) limit 1"""
    )
    return lacking.fetchone() is None


def save(conn: sqlite3.Connection, found: Mapping[str, Own | None]) -> None:
    """Keeps what was found of each active goal, of the file as it is now; None = too little to look back on."""
    conn.execute("delete from backtest")
    conn.executemany(
        f"insert into backtest(goal, factor, looks, last_day, token) values(?, ?, ?, ?, {TOKEN})",
        [(uid, *(own or Own(1.0, 0, 0))) for uid, own in found.items()],
    )
