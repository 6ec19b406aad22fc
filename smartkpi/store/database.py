"""Opens the one database file, tells it from other files, and makes every write a transaction."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smartkpi.errors import StoreError

APPLICATION_ID = 0x736B7069  # "skpi"
VERSION = 3  # of the schema; migrations.STEPS has as many steps
TABLES = frozenset(("account", "series", "batch", "observation", "displaced", "coverage", "goal", "objective"))
TIMEOUT = 10.0  # seconds that a busy file is waited for

MAGIC = b"SQLite format 3\0"
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def open_reading(path: Path) -> sqlite3.Connection | None:
    """The database, read-only; None where there is none yet. Creates nothing.

    Raises StoreError when the file is not ours, cannot be read, or is of a newer program and lacks what we need.
    """
    with plain_errors(path), _plain_file_errors(path):
        recover(path)
        if not is_ours_or_empty(path):
            return None
        conn = _connect(path, "ro")
        version = _checked_version(conn, path)
        if version < VERSION:
            conn.close()
            open_writing(path).close()
            conn = _connect(path, "ro")
        if version > VERSION and not _tables(conn) >= TABLES:
            conn.close()
            raise _newer(path, version)
        return conn


def open_writing(path: Path) -> sqlite3.Connection:
    """The database for reading and writing, made (folder 0700, file 0600) or brought up to date where needed.

    Raises StoreError when the file is not ours, is of a newer program, or cannot be written.
    """
    with plain_errors(path), _plain_file_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        recover(path)
        is_ours_or_empty(path)
        conn = _connect(path, "rw")
        try:
            _bring_up_to_date(conn, path)
        except BaseException:
            conn.close()
            raise
        return conn


@contextmanager
def write_tx(conn: sqlite3.Connection, *, dry_run: bool = False) -> Iterator[None]:
    """One transaction: all of it or, on any exception (an interrupt too) and for a dry run, nothing."""
    with plain_errors(_file_of(conn)):
        conn.execute("begin immediate")
        try:
            yield
            conn.execute("rollback" if dry_run else "commit")
        finally:
            if conn.in_transaction:
                conn.execute("rollback")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Says in words what SQLite complains of: a StoreError in place of a traceback."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own code broke a rule: a bug, not the user's file
    except sqlite3.DatabaseError as error:
        raise _said_plainly(path, str(error)) from error


@contextmanager
def _plain_file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise StoreError(f"{path} cannot be opened: you have no right to") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}") from error


COMPLAINTS = (
    ("locked", "is in use by another program for more than 10 seconds", ("Try again when that one has finished.",)),
    ("readonly", "cannot be written: it, or its folder, is read-only", ()),
    ("full", "cannot be written: the disk is full", ()),
    ("disk i/o", "cannot be read or written: the disk reports an error", ()),
    ("unable to open", "cannot be opened", ("Is the folder there, and may you write in it?",)),
    ("malformed", "is damaged", ("Take the newest copy of it that is whole.",)),
    ("not a database", "is not a smartkpi database", ("Name another file with --db, or move this one away.",)),
)


def _said_plainly(path: Path, complaint: str) -> StoreError:
    for sign, words, details in COMPLAINTS:
        if sign in complaint.lower():
            return StoreError(f"{path} {words}", details=details)
    return StoreError(f"{path} cannot be used: {complaint}")


def recover(path: Path) -> None:
    """Rolls back what a killed program left half done: a read-only connection could not."""
    journal = path.with_name(path.name + "-journal")
    if not _begins_with(journal, JOURNAL_MAGIC):
        return
    conn = sqlite3.connect(_uri(path, "rw"), uri=True, timeout=TIMEOUT)
    try:
        conn.execute("select count(*) from sqlite_master").fetchone()
    finally:
        conn.close()


def is_ours_or_empty(path: Path) -> bool:
    """False where there is no file, or an empty one; StoreError for a file that SQLite did not write."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return False
    if path.is_file() and _begins_with(path, MAGIC):
        return True
    what = "is a folder" if path.is_dir() else "is not a smartkpi database"
    raise StoreError(f"{path} {what}", details=("Name another file with --db, or move this one away.",))


def _begins_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except FileNotFoundError:
        return False


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    conn = sqlite3.connect(_uri(path, mode), uri=True, timeout=TIMEOUT, isolation_level=None)
    conn.execute("pragma foreign_keys = on")
    conn.execute("pragma cache_size = -8000")
    conn.execute("pragma temp_store = memory")  # nothing of the user's lands in /tmp
    if mode == "rw":
        from smartkpi.store import statements  # reading does without

        conn.execute("pragma synchronous = full")
        statements.prepare(conn)
    return conn


def _uri(path: Path, mode: str) -> str:
    """By hand: `Path.as_uri` would load urllib."""
    quoted = path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode={mode}"


def _file_of(conn: sqlite3.Connection) -> Path:
    return Path(conn.execute("pragma database_list").fetchone()[2] or ":memory:")


def _checked_version(conn: sqlite3.Connection, path: Path) -> int:
    if _number(conn, "application_id") != APPLICATION_ID:
        conn.close()
        raise StoreError(
            f"{path} is a database of another program",
            details=("Name another file with --db, or move this one away.",),
        )
    return _number(conn, "user_version")


def _number(conn: sqlite3.Connection, pragma: str) -> int:
    return int(conn.execute(f"pragma {pragma}").fetchone()[0])


def _tables(conn: sqlite3.Connection) -> set[str]:
    return {name for (name,) in conn.execute("select name from sqlite_master where type = 'table'")}


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"{path} was written by a newer smartkpi (its schema is {version}, this program knows {VERSION})",
        hints=("pip install --upgrade smartkpi",),
    )


def _bring_up_to_date(conn: sqlite3.Connection, path: Path) -> None:
    is_new = _number(conn, "application_id") == 0 and not _tables(conn)
    version = 0 if is_new else _checked_version(conn, path)
    if version > VERSION:
        raise _newer(path, version)
    if 0 < version < VERSION:
        from smartkpi.store import backup

        backup.keep(conn, path, version)
    if version < VERSION:
        with write_tx(conn):  # a first run beside this one may have been quicker: `migrate` looks again
            from smartkpi.store import migrations  # loads sqlite_utils: only while the schema is behind

            migrations.migrate(conn, APPLICATION_ID)
