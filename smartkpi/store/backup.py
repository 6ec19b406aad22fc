"""A copy of the file beside it, before its tables change."""

import os
import sqlite3
from pathlib import Path

from smartkpi.errors import StoreError


def keep(conn: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copies the database to "NAME.schema-1.backup", readable by its owner only, and checks that the copy is whole.

    Raises `StoreError` when it is not; a copy that is there already is left alone, and the new one gets a number.
    """
    copy = _free(path.with_name(f"{path.name}.schema-{version}.backup"))
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        _fill(copy, conn, path)
    except BaseException:  # no half a copy stays behind
        copy.unlink(missing_ok=True)
        raise
    return copy


def _fill(copy: Path, conn: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(copy)
    try:
        conn.backup(target)
        found = target.execute("pragma integrity_check").fetchone()[0]
    finally:
        target.close()
    if found != "ok":
        raise StoreError(f"{path} could not be copied whole before its tables change: {found}")


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free
