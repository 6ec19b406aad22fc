"""One file: made privately, told from others, recovered after a kill, refused in words."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smartkpi.errors import StoreError
from smartkpi.store import backup, changes, database, goals, migrations


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_reading_where_there_is_no_file_creates_nothing(path: Path) -> None:
    assert database.open_reading(path) is None
    assert not path.parent.exists()


def test_a_new_file_and_its_folder_are_private(path: Path, conn: sqlite3.Connection) -> None:
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)
    with database.write_tx(conn):
        conn.execute("insert into metric values('x', '{}')")
        assert mode(path.with_name("smartkpi.db-journal")) == 0o600


def test_an_empty_file_reads_as_none_and_becomes_a_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert database.open_reading(path) is None
    database.open_writing(path).close()
    assert database.open_reading(path) is not None


def test_reading_cannot_write(path: Path, conn: sqlite3.Connection) -> None:
    reading = database.open_reading(path)
    assert reading is not None
    with pytest.raises(StoreError, match="read-only"), database.write_tx(reading):
        reading.execute("insert into metric values('x', '{}')")
    reading.close()


@pytest.mark.parametrize("opened", [database.open_reading, database.open_writing])
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, opened: object) -> None:
    text, other, folder = tmp_path / "notes.db", tmp_path / "other.db", tmp_path / "folder.db"
    text.write_text("Monday: call Ana")
    journal = tmp_path / "notes.db-journal"
    journal.write_text("Dear journal")
    other_conn = sqlite3.connect(other)
    other_conn.execute("create table t(x)")
    other_conn.close()
    folder.mkdir()
    for path, words in ((text, "not a smartkpi database"), (other, "another program"), (folder, "folder")):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StoreError, match=r"another program|not a smartkpi|directory|folder") as refusal:
            opened(path)  # type: ignore[operator]
        assert words in refusal.value.headline or path == folder
        assert not path.is_file() or path.read_bytes() == before
    assert journal.read_text() == "Dear journal"


def test_a_newer_file_can_be_read_but_not_written(path: Path, conn: sqlite3.Connection) -> None:
    conn.execute("pragma user_version = 99")
    reading = database.open_reading(path)
    assert reading is not None
    reading.close()
    with pytest.raises(StoreError, match="its schema is 99"):
        database.open_writing(path)
    conn.execute("drop table coverage")
    with pytest.raises(StoreError, match="its schema is 99"):
        database.open_reading(path)


def test_a_damaged_file_is_said_to_be_damaged(path: Path, conn: sqlite3.Connection) -> None:
    conn.close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with pytest.raises(StoreError, match="damaged"):
        database.open_writing(path)


def test_a_busy_file_is_said_to_be_in_use(path: Path, conn: sqlite3.Connection) -> None:
    other = database.open_writing(path)
    other.execute("pragma busy_timeout = 1")
    with database.write_tx(conn), pytest.raises(StoreError, match="in use"), database.write_tx(other):
        pass
    other.close()


def test_an_interrupt_and_a_dry_run_leave_nothing(conn: sqlite3.Connection) -> None:
    with pytest.raises(KeyboardInterrupt), database.write_tx(conn):
        conn.execute("insert into metric values('x', '{}')")
        raise KeyboardInterrupt
    with database.write_tx(conn, dry_run=True):
        conn.execute("insert into metric values('x', '{}')")
    assert not conn.in_transaction
    assert conn.execute("select count(*) from metric").fetchone() == (0,)


def test_a_full_disk_is_said_and_leaves_nothing(conn: sqlite3.Connection) -> None:
    pages = conn.execute("pragma page_count").fetchone()[0]
    conn.execute(f"pragma max_page_count = {pages}")
    with pytest.raises(StoreError, match="full"), database.write_tx(conn):
        conn.executemany("insert into metric values(?, json_quote(?))", ((str(i), "x" * 2000) for i in range(50)))
    assert conn.execute("select count(*) from metric").fetchone() == (0,)


def test_four_first_runs_side_by_side_all_succeed(path: Path) -> None:
    script = (
        "import sys, pathlib; from smartkpi.store import database; database.open_writing(pathlib.Path(sys.argv[1]))"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, path], stderr=subprocess.PIPE) for _ in range(4)]
    assert [run.communicate()[1] for run in runs] == [b""] * 4
    assert [run.returncode for run in runs] == [0] * 4


KILLED = """
import sys, pathlib, time
from smartkpi.store import backup, changes, database, goals, migrations
conn = database.open_writing(pathlib.Path(sys.argv[1]))
conn.execute("pragma cache_size = 5")
with database.write_tx(conn):
    conn.execute("update metric set definition = json_quote('after')")
    conn.executemany("insert into metric values(?, json_quote(?))", ((str(i), "y" * 3000) for i in range(300)))
    print("half way", flush=True)
    time.sleep(60)
"""


def test_after_a_kill_in_the_middle_reading_finds_what_was_before(path: Path, conn: sqlite3.Connection) -> None:
    with database.write_tx(conn):
        conn.executemany("insert into metric values(?, json_quote(?))", ((f"m{i}", "x" * 3000) for i in range(50)))
    conn.close()
    run = subprocess.Popen([sys.executable, "-c", KILLED, path], stdout=subprocess.PIPE)
    assert run.stdout is not None and run.stdout.readline() == b"half way\n"
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    assert path.with_name("smartkpi.db-journal").stat().st_size > 0
    reading = database.open_reading(path)
    assert reading is not None
    assert reading.execute("select count(*), min(definition) from metric").fetchone() == (50, f'"{"x" * 3000}"')
    assert reading.execute("pragma integrity_check").fetchone() == ("ok",)
    reading.close()


@pytest.mark.slow
def test_a_kill_during_the_first_run_leaves_a_file_that_opens(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from smartkpi.store import database; database.open_writing(pathlib.Path(sys.argv[1]))"
    )
    for delay in range(12):
        path = tmp_path / f"{delay}.db"
        run = subprocess.Popen([sys.executable, "-c", script, path])
        time.sleep(0.1 + delay * 0.02)
        run.kill()
        run.wait()
        reading = database.open_reading(path)
        if reading is not None:
            reading.close()
        database.open_writing(path).close()


def test_once_the_schema_stands_sqlite_utils_and_pydantic_stay_out(path: Path, conn: sqlite3.Connection) -> None:
    script = """
import sys, pathlib
from smartkpi.store import accounts, batches, changes, database, exports, goals, own_metrics, series
database.open_reading(pathlib.Path(sys.argv[1])); database.open_writing(pathlib.Path(sys.argv[1]))
print([name for name in ("sqlite_utils", "pydantic", "dateutil", "statistics") if name in sys.modules])
"""
    out = subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=True)
    assert out.stdout == b"[]\n", out.stderr


def test_every_table_is_strict(conn: sqlite3.Connection) -> None:
    loose = conn.execute("select name from pragma_table_list where type = 'table' and schema = 'main' and not strict")
    assert loose.fetchall() == [("sqlite_schema",)]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_no_value_is_infinite_or_no_number(conn: sqlite3.Connection, value: float) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute("insert into observation values(1, 1, ?)", (value,))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open anything")
def test_a_file_without_the_right_to_read_is_said(path: Path, conn: sqlite3.Connection) -> None:
    path.chmod(0)
    with pytest.raises(StoreError, match="no right"):
        database.open_reading(path)


def test_a_file_of_the_last_version_is_copied_and_brought_up_to_date(path: Path) -> None:
    """As an earlier program left it: only the first step done, a goal, an edit of it, and an objective."""
    path.parent.mkdir()
    old = sqlite3.connect(path, isolation_level=None)
    for sql in (*migrations.LEDGER, *migrations.PEOPLE, *migrations.NUMBERS, *migrations.VIEWS):
        old.execute(sql)
    old.execute("insert into _sqlite_migrations(migration_set, name, applied_at) values('smartkpi', 'first', '2026')")
    old.execute(f"pragma application_id = {database.APPLICATION_ID}")
    old.execute("pragma user_version = 1")
    old.execute("insert into objective(uid, name) values('o', 'Sales')")
    old.execute(
        """insert into goal values(1, 'u', 'leads', 'More leads', 'leads', 'total', 80, 739000, 739090, 'up', null,
            null, '', '[]', '', '', '', 28, 0.8, 'o', 'Ana', '', 'active', null, '', 739000)"""
    )
    names = [row[1] for row in old.execute("pragma table_info(goal)")][1:]
    now = dict(zip(names, old.execute("select * from goal").fetchone()[1:], strict=True))
    old.execute("insert into change(uid, at, command, kind) values('c', '2026', 'smartkpi edit', 'edit')")
    old.execute(
        "insert into change_row values(1, 1, 'goal', 'u', ?, ?, 739003)",
        (json.dumps({**now, "target": 100.0}), json.dumps(now)),
    )
    old.close()

    reading = database.open_reading(path)
    assert reading is not None
    (goal,) = goals.all(reading)
    assert (goal.slug, goal.target, goal.objective, goal.pauses, goal.repeat) == ("leads", 80, "Sales", (), "")
    assert [(e.field, e.was, e.now) for e in goals.edits(reading, "u")] == [("target", "100", "80")]
    reading.close()
    kept = path.with_name(path.name + ".schema-1.backup")
    assert mode(kept) == 0o600
    copy = sqlite3.connect(kept)
    assert copy.execute("pragma user_version").fetchone() == (1,)
    assert copy.execute("select slug from goal").fetchall() == [("leads",)]
    copy.close()

    conn = database.open_writing(path)
    with database.write_tx(conn):
        assert changes.undo(conn) is not None
    assert goals.all(conn)[0].target == 100
    conn.close()


def test_goals_of_the_version_before_count_by_the_week(path: Path) -> None:
    database.open_writing(path).close()
    old = sqlite3.connect(path, isolation_level=None)
    old.execute("alter table goal drop column every")
    old.execute("delete from _sqlite_migrations where name = 'third'")
    old.execute("pragma user_version = 2")
    old.execute(
        """insert into goal(uid, slug, title, metric, form, target, start, deadline, direction, platform, accounts,
            campaign, report, unit, window, share, owner, why, state, closed_because, created)
            values('u', 'posts', 'Posts', 'posts', 'each', 3, 739000, 739090, 'up', '', '[]',
            '', '', '', 28, 0.8, '', '', 'active', '', 739000)"""
    )
    old.close()
    reading = database.open_reading(path)
    assert reading is not None
    (goal,) = goals.all(reading)
    assert (goal.slug, goal.every) == ("posts", "week")
    reading.close()
    assert path.with_name(path.name + ".schema-2.backup").exists()


def test_a_copy_that_fails_halfway_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "k.db"
    database.open_writing(path).close()
    conn = sqlite3.connect(path)
    monkeypatch.setattr(backup, "_fill", lambda copy, *_: copy.write_bytes(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        backup.keep(conn, path, 1)
    conn.close()
    assert [each.name for each in tmp_path.iterdir()] == ["k.db"]
