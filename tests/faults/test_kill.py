"""`kill -9` in the middle of a large import: the database opens, and is as before or as after."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.bench_import import DAYS, METRICS, write_export, write_profile

pytestmark = pytest.mark.slow
ACCOUNTS = 960  # 50 MB


def command(db: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "smartkpi", "--db", str(db), *map(str, arguments)]


def count(db: Path) -> int:
    """The observations that stand, as the program itself opens the file first and SQLite then."""
    subprocess.run(command(db, "imports"), check=True, capture_output=True)
    conn = sqlite3.connect(db)
    assert conn.execute("pragma integrity_check").fetchone() == ("ok",)
    found = int(conn.execute("select count(*) from observation").fetchone()[0])
    conn.close()
    return found


def test_a_killed_import_leaves_the_database_as_before_or_as_after(tmp_path: Path) -> None:
    profile, small, large = tmp_path / "bench.toml", tmp_path / "small.csv", tmp_path / "large.csv"
    write_profile(profile)
    write_export(small, 1)
    write_export(large, ACCOUNTS)
    assert large.stat().st_size > 48_000_000
    ready = tmp_path / "ready.db"
    subprocess.run(command(ready, "import", small, "--profile", profile), check=True, capture_output=True)
    before, after = DAYS * METRICS, ACCOUNTS * DAYS * METRICS
    assert count(ready) == before

    def begin(db: Path) -> "subprocess.Popen[bytes]":
        db.write_bytes(ready.read_bytes())
        return subprocess.Popen(
            command(db, "import", large, "--profile", profile, "--as-of", "2026-11-02"), stdout=subprocess.DEVNULL
        )

    begun = time.monotonic()
    assert begin(tmp_path / "whole.db").wait() == 0
    whole = time.monotonic() - begun
    assert count(tmp_path / "whole.db") == after

    rng = random.Random(20261122)
    cut_off = 0
    for i in range(10):
        db = tmp_path / f"killed-{i}.db"
        process = begin(db)
        time.sleep(rng.uniform(0.05, 1.0) * whole)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        found = count(db)
        assert found in (before, after)
        cut_off += found == before
        db.unlink()
    assert cut_off >= 5, "the kills came too late to test anything"


def test_an_interrupted_import_is_rolled_back_and_says_130(tmp_path: Path) -> None:
    profile, large, db = tmp_path / "bench.toml", tmp_path / "large.csv", tmp_path / "kpi.db"
    write_profile(profile)
    write_export(large, 300)
    process = subprocess.Popen(
        command(db, "import", large, "--profile", profile),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell's & turns it off
    )
    while not db.exists() or db.stat().st_size < 2_000_000:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert count(db) == 0
