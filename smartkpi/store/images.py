"""Rows before and after a change, as JSON: what undo puts back and redo brings again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

COLUMNS = {
    "account": ("uid", "platform", "name", "folded", "merged_into"),
    "objective": ("uid", "name", "metric"),
    "goal": (
        *("uid", "slug", "title", "metric", "form", "target", "start", "deadline", "direction", "baseline"),
        *("baseline_day", "platform", "accounts", "campaign", "report", "unit", "window", "share", "objective"),
        *("owner", "why", "state", "closed_on", "closed_because", "created"),
        *("milestones", "pauses", "repeat", "data_every", "learned", "every"),
    ),
}

Image = dict[str, str | int | float | None]


@contextmanager
def watched(conn: sqlite3.Connection, change: int, thing: str, uid: str, *, day: int | None = None) -> Iterator[None]:
    """Notes in the change what the block makes of one row."""
    before = take(conn, thing, uid)
    yield
    after = take(conn, thing, uid)
    conn.execute(
        """insert into change_row(change, seq, thing, uid, before, after, day)
            select ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6 from change_row where change = ?1""",
        (change, thing, uid, _written(before), _written(after), day),
    )


def take(conn: sqlite3.Connection, thing: str, uid: str) -> Image | None:
    """The row as it is, or None where there is none."""
    columns = COLUMNS[thing]
    row = conn.execute(f"select {_names(columns)} from {thing} where uid = ?", (uid,)).fetchone()
    return dict(zip(columns, row, strict=True)) if row else None


def put_back(conn: sqlite3.Connection, thing: str, uid: str, image: Image | None) -> None:
    """Makes the row what the image says; None deletes it."""
    if image is None:
        conn.execute(f"delete from {thing} where uid = ?", (uid,))
        return
    columns = tuple(name for name in COLUMNS[thing] if name in image)  # an older program knew fewer of them
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
    conn.execute(
        f"""insert into {thing}({_names(columns)}) values({", ".join("?" * len(columns))})
            on conflict(uid) do update set {updates}""",
        [image[name] for name in columns],
    )


def read(text: str | None) -> Image | None:
    """An image as the change log keeps it (through Python: SQLite 3.40 reads some floats differently)."""
    return None if text is None else dict(json.loads(text))


def _written(image: Image | None) -> str | None:
    return None if image is None else json.dumps(image, ensure_ascii=False, allow_nan=False)


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
