"""How fast the store takes a page-major daily file: 500 accounts x 365 days x 20 metrics = 3.65 million values.

    python tests/benchmarks/bench_store.py [ACCOUNTS]

Prints CPU seconds of `sqlite3 .import` of the same wide CSV, then of the store (what making the blocks costs is taken
off): fresh, the same again under another `as_of`, 1 % restated, undo, redo; bytes a value and peak memory.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pydantic  # noqa: F401 - counted in the memory: an import has it loaded
import typer  # noqa: F401

from smartkpi.model.extraction import Block, Extraction
from smartkpi.model.series import Account, SeriesKey
from smartkpi.store import accounts, batches, changes, database

FIRST = date(2025, 1, 1).toordinal()
DAYS = 365
METRICS = 20
KEYS = tuple(SeriesKey(f"metric_{m}", "bench") for m in range(METRICS))


def value(account: int, metric: int, day: int, restated: bool) -> int:
    plain = (account * 7919 + metric * 104729 + day * 1299709) % 10007
    return plain + 1 if restated and plain % 100 == 0 else plain


def cells(account: int, restated: bool) -> str:
    return f"[{','.join(str(value(account, m, d, restated)) for m in range(METRICS) for d in range(DAYS))}]"


def extraction(count: int, restated: bool, making: list[float]) -> Extraction:
    def blocks() -> Iterator[Block]:
        for account in range(count):
            before = time.process_time()
            block = Block(f"page {account}", "web", KEYS, FIRST, DAYS, cells(account, restated))
            making.append(time.process_time() - before)
            yield block

    return Extraction(
        **dict.fromkeys(
            ("file", "member", "sha256", "profile", "profile_title", "report", "table", "dialect"), "bench"
        ),
        **dict.fromkeys(("account", "account_from", "as_of_from"), ""),
        profile_version=1,
        platforms=("web",),
        account_names=(),
        as_of=None,
        lag=1,
        first_day=None,
        last_day=None,
        metrics=(),
        blocks=blocks,
        items=lambda: iter(()),
    )


def cpu() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_sqlite3(folder: Path, count: int) -> float:
    """CPU seconds of the yardstick."""
    wide = folder / "wide.csv"
    with wide.open("w") as file:
        file.write(f"account,day,{','.join(key.metric for key in KEYS)}\n")
        for a in range(count):
            for d in range(DAYS):
                row = ",".join(str(value(a, m, d, False)) for m in range(METRICS))
                file.write(f"page {a},{date.fromordinal(FIRST + d)},{row}\n")
    before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    subprocess.run(["sqlite3", folder / "wide.db", ".mode csv", f".import {wide} wide"], check=True)
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before


def by_store(path: Path, count: int, as_of: int, restated: bool) -> tuple[float, object]:
    """CPU seconds of one import, and its counts."""
    conn = database.open_writing(path)
    making: list[float] = []
    before = cpu()
    with database.write_tx(conn):
        change = changes.begin(conn, "2026-01-01T00:00:00Z", "bench", "import")
        names = {("web", f"page {a}"): accounts.ensure(conn, "web", f"page {a}") for a in range(count)}
        resolve: dict[tuple[str, str], Account] = names
        counts = batches.save(
            conn,
            extraction(count, restated, making),
            account=None,
            resolve=resolve,
            as_of=FIRST + DAYS + as_of,
            imported_at="2026-01-01T00:00:00Z",
            change=change,
        )
    spent = cpu() - before - sum(making)
    conn.close()
    return spent, counts


def turn(path: Path, what: object) -> float:
    conn = database.open_writing(path)
    before = cpu()
    with database.write_tx(conn):
        what(conn)  # type: ignore[operator]
    conn.close()
    return cpu() - before


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yardstick = by_sqlite3(folder, count)
        print(f"sqlite3 .import {yardstick:.2f} s, memory {peak():.0f} MB")
        path = folder / "store.db"
        for title, as_of, restated in (("fresh", 0, False), ("again", 1, False), ("1 % restated", 2, True)):
            size = path.stat().st_size if path.exists() else 0
            spent, counts = by_store(path, count, as_of, restated)
            grown = path.stat().st_size - size
            bytes_each = grown / (count * DAYS * METRICS)
            print(f"{title:13} {spent:6.2f} s = {spent / yardstick:4.2f} x, memory {peak():.0f} MB")
            print(f"              grown {grown / 1e6:.2f} MB ({bytes_each:.2f} bytes a value)\n  {counts}")
        for title, what in (("undo", changes.undo), ("redo", changes.redo)):
            start_time = time.perf_counter()
            spent = turn(path, what)
            print(f"{title:13} {spent:6.2f} s, {time.perf_counter() - start_time:.2f} s on the clock")


if __name__ == "__main__":
    main()
