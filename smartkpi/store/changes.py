"""One command is one change: undo takes back the latest one that stands, redo brings the last one back."""

import sqlite3

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.model.history import Moved, TouchedRow, Undone
from smartkpi.store import accounts, batches, images, merges, settling
from smartkpi.store.uid import new_uid

# A change stands while its rows do, or any of its batches.
STANDS = """(undone is null and exists(select 1 from change_row r where r.change = change.id)
    or exists(select 1 from batch b where b.change = change.id and b.active))"""

# Undone and not yet brought back: its rows, or batches that went with it.
CAN_COME_BACK = """(undone is not null and redoable and (exists(select 1 from change_row r where r.change = change.id)
    or exists(select 1 from batch b where b.change = change.id and b.undone_with_change)))"""


def begin(conn: sqlite3.Connection, at: str, command: str, kind: str) -> int:
    """A new change, inside the write transaction of its first rows; undone changes stay undone from now on."""
    conn.execute("update change set redoable = 0 where redoable")
    cursor = conn.execute(
        "insert into change(uid, at, command, kind) values(?, ?, ?, ?)", (new_uid(), at, command, kind)
    )
    return int(cursor.lastrowid or 0)


def commands(conn: sqlite3.Connection, goal_uid: str) -> list[str]:
    """What was typed to make and to change a goal, and was not undone, the newest first."""
    rows = conn.execute(
        """select distinct c.id, c.command from change_row r join change c on c.id = r.change
            where r.thing = 'goal' and r.uid = ? and c.undone is null order by c.id desc""",
        (goal_uid,),
    )
    return [command for _, command in rows]


def undo(conn: sqlite3.Connection) -> Undone | None:
    """Takes back the latest change that stands, of any kind; None when nothing is left. In a write transaction."""
    row = conn.execute(f"select id, undone from change where {STANDS} order by id desc limit 1").fetchone()
    if row is None:
        return None
    change, undone = row
    active = _ids(conn, "select id from batch where change = ? and active order by id desc", change)
    moved = {ident: _flip(conn, ident, active=False, with_change=True) for ident in active}
    touched = [] if undone is not None else _restore(conn, change, backwards=True)
    conn.execute(
        "update change set undone = (select coalesce(max(undone), 0) + 1 from change), redoable = 1 where id = ?",
        (change,),
    )
    return _told(conn, change, moved, touched)


def redo(conn: sqlite3.Connection) -> Undone | None:
    """Brings back the change that `undo` took back last; None when there is none, or a new change was made since."""
    row = conn.execute(f"select id from change where {CAN_COME_BACK} order by undone desc limit 1").fetchone()
    if row is None:
        return None
    change = int(row[0])
    with_change = _ids(conn, "select id from batch where change = ? and undone_with_change order by id", change)
    touched = _restore(conn, change, backwards=False)
    moved = {ident: _flip(conn, ident, active=True, with_change=False) for ident in with_change}
    conn.execute("update change set undone = null, redoable = 0 where id = ?", (change,))
    return _told(conn, change, moved, touched)


def undo_batch(conn: sqlite3.Connection, number: int) -> Undone:
    """Takes back one import; UnknownNameError if there is none, SmartKpiError if it is undone already."""
    return _one_batch(conn, number, active=False)


def redo_batch(conn: sqlite3.Connection, number: int) -> Undone:
    """Brings back one import, with the `as_of` and uid that it had."""
    return _one_batch(conn, number, active=True)


def _one_batch(conn: sqlite3.Connection, number: int, *, active: bool) -> Undone:
    row = conn.execute("select change, active from batch where id = ?", (number,)).fetchone()
    if row is None:
        raise UnknownNameError(f"There is no import {number}", hints=("smartkpi imports",))
    if bool(row[1]) == active:
        state, other = ("stands", "undo") if active else ("is undone", "redo")
        raise SmartKpiError(f"Import {number} {state} already", hints=(f"smartkpi {other} --import {number}",))
    moved = _flip(conn, number, active=active, with_change=False)
    return _told(conn, row[0], {number: moved}, [])


def _flip(conn: sqlite3.Connection, number: int, *, active: bool, with_change: bool) -> Moved:
    conn.execute("update batch set active = ?, undone_with_change = ? where id = ?", (active, with_change, number))
    rank = conn.execute("select rank from batch where id = ?", (number,)).fetchone()[0]
    moved = settling.settle(conn, rank)
    if active:
        accounts.refuse_namesakes(conn, number)
    return moved


def _restore(conn: sqlite3.Connection, change: int, *, backwards: bool) -> list[TouchedRow]:
    """Puts the rows of a change back as they were before it, last one first, or as they were after it."""
    rows = conn.execute(
        "select thing, uid, before, after from change_row where change = ? order by seq", (change,)
    ).fetchall()
    touched = []
    for thing, uid, before, after in reversed(rows) if backwards else rows:
        now, then = images.read(after), images.read(before)
        if not backwards:
            now, then = then, now
        if thing == "account":
            _remerge(conn, uid, now, then)
        images.put_back(conn, thing, uid, then)
        touched += _touched(thing, now, then)
    return touched


def _remerge(conn: sqlite3.Connection, uid: str, now: images.Image | None, then: images.Image | None) -> None:
    """Numbers follow an account out of a merge, and into it again."""
    was, becomes = (now or {}).get("merged_into"), (then or {}).get("merged_into")
    if was == becomes:
        return
    row = conn.execute("select id from account where uid = ?", (uid,)).fetchone()
    if row is None:
        return  # an old name that comes back: nothing was ever said under it
    ident = int(row[0])
    if was is not None:
        merges.part(conn, ident, int(was))
    if becomes is not None:
        merges.join(conn, ident, int(becomes))


def _touched(thing: str, now: images.Image | None, then: images.Image | None) -> list[TouchedRow]:
    """What became of one row; nothing where people see it neither before nor after (an old name of an account)."""
    is_there, was_there = _shows(then), _shows(now)
    if not is_there and not was_there:
        return []
    name, was = _name(then or now), _name(now or then)
    if is_there and was_there:
        return [TouchedRow(thing, name, "renamed", was) if name != was else TouchedRow(thing, name, "changed")]
    return [TouchedRow(thing, name, "back" if is_there else "gone")]


def _name(image: images.Image | None) -> str:
    seen = image or {}
    return str(seen.get("slug") or seen.get("name"))


def _shows(image: images.Image | None) -> bool:
    """Removed goals and merged accounts stay in the file, but are not there for anybody."""
    return image is not None and image.get("state") != "removed" and image.get("merged_into") is None


def _told(conn: sqlite3.Connection, change: int, moved: dict[int, Moved], touched: list[TouchedRow]) -> Undone:
    kind, command, at = conn.execute("select kind, command, at from change where id = ?", (change,)).fetchone()
    numbers = sorted(moved)
    told = tuple(moved[number] for number in numbers)
    return Undone(kind, command, at, tuple(batches.by_ids(conn, numbers)), tuple(touched), told)


def _ids(conn: sqlite3.Connection, select: str, change: int) -> list[int]:
    return [ident for (ident,) in conn.execute(select, (change,))]
