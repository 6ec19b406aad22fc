"""Importing a page-major daily file against `sqlite3 .import` of it: python tests/benchmarks/bench_import.py [ACCOUNTS]

500 accounts × 365 days × 20 metrics = 3.65 million observations, the account in a column. CPU seconds (user + system)
and the peak of memory of the whole process, unchanged again and 1 % restated too.
"""

import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

METRICS = 20
DAYS = 365
PROFILE = """
id = "bench-daily"
title = "Benchmark · daily"
report = "daily"
platforms = ["x"]
how = ["made by bench_import.py"]
lag = 0

[[tables]]
name = "Daily"
shape = "daily"

[[tables.columns]]
names = ["Account"]
role = "account"

[[tables.columns]]
names = ["Date"]
role = "date"
"""


def write_profile(path: Path) -> None:
    columns = "".join(f'\n[[tables.columns]]\nnames = ["m{i}"]\nmetric = "bench_{i}"\n' for i in range(METRICS))
    metrics = "".join(
        f'\n[[metrics]]\nid = "bench_{i}"\nname = "bench {i}"\nkind = "flow"\nstage = "reach"\n' for i in range(METRICS)
    )
    path.write_text(PROFILE + columns + metrics, encoding="utf-8")


def write_export(path: Path, accounts: int, *, restated: float = 0.0) -> None:
    rng, other = random.Random(7), random.Random(8)
    first = date(2025, 11, 1)
    days = [(first + timedelta(days=i)).isoformat() for i in range(DAYS)]
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["Account", "Date", *(f"m{i}" for i in range(METRICS))]) + "\n")
        for a in range(accounts):
            for day in days:
                cells = [rng.randint(0, 99_999) for _ in range(METRICS)]
                if restated and other.random() < restated * METRICS:
                    cells[other.randrange(METRICS)] += 1
                file.write(f"page-{a:05d},{day},{','.join(map(str, cells))}\n")


def cpu(command: list[str], stdin: str | None = None) -> tuple[float, float]:
    """(CPU seconds, peak MB) of one process."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=env)
    assert process.stdin is not None
    process.stdin.write((stdin or "").encode())
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile, export, changed = folder / "bench.toml", folder / "daily.csv", folder / "changed.csv"
        write_profile(profile)
        write_export(export, accounts)
        write_export(changed, accounts, restated=0.01)
        script = f".mode csv\n.import {export} daily\n"
        peer = min(cpu(["sqlite3", str(folder / f"peer-{i}.db")], script)[0] for i in range(3))
        size = export.stat().st_size / 1e6
        print(f"{accounts * DAYS * METRICS:,} observations, {size:.0f} MB; sqlite3 .import {peer:.2f} s CPU")
        db = folder / "kpi.db"
        smartkpi = [sys.executable, "-m", "smartkpi", "--db", str(db), "import", "--profile", str(profile)]
        for label, file, day in (
            ("fresh", export, "2026-11-01"),
            ("unchanged again", export, "2026-11-02"),
            ("1 % restated", changed, "2026-11-03"),
        ):
            before = db.stat().st_size if db.exists() else 0
            seconds, peak = cpu([*smartkpi, str(file), "--as-of", day])
            grown = (db.stat().st_size - before) / max(before, 1) if before else 0
            print(
                f"{label:16s} {seconds:6.2f} s CPU  {seconds / peer:5.2f} ×  {peak:4.0f} MB  +{grown:.2%} of the file"
            )


if __name__ == "__main__":
    main()
