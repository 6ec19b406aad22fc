"""How fast ingest reads daily files, both passes, without the store: 500 accounts x 365 days x 20 metrics.

    python tests/benchmarks/bench_ingest.py [ACCOUNTS]

Prints, beside the CPU seconds of `sqlite3 .import` of the same file, those of ingest for rows in the order of the
accounts, in the order of the days, with quotes around every text, and with decimals; and its peak memory so far.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import typer  # noqa: F401 - counted in the memory: an import has it loaded

from smartkpi.ingest.read import extractions
from smartkpi.knowledge.loader import parse

DAYS = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
METRICS = 20
COLUMNS = "\n".join(f'    {{ names = ["Metric {n}"], metric = "metric_{n}" }},' for n in range(METRICS))
PROFILE = parse(
    f"""
id = "bench"
title = "Bench"
report = "bench"
platforms = ["website"]
how = []
[[tables]]
name = "Days"
shape = "daily"
columns = [
    {{ names = ["Page"], role = "account" }},
    {{ names = ["Date"], role = "date" }},
{COLUMNS}
]
""",
    "bench.toml",
)


def row(account: int, n: int, form: str) -> str:
    numbers = ((account * 7919 + m * 104729 + n * 1299709) % 10007 for m in range(METRICS))
    return f"page {account},{DAYS[n]}," + ",".join(form % number for number in numbers)


def rows(accounts: int, order: str, form: str) -> Iterator[str]:
    yield "Page,Date," + ",".join(f"Metric {n}" for n in range(METRICS))
    if order == "accounts":
        yield from (row(account, n, form) for account in range(accounts) for n in range(len(DAYS)))
    else:
        yield from (row(account, n, form) for n in range(len(DAYS)) for account in range(accounts))


def cpu_of_sqlite(path: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["sqlite3", f"{path}.db", f".import --csv {path} t"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cpu_of_ingest(path: Path, accounts: int) -> tuple[float, int]:
    began, cells, blocks = time.process_time(), 0, 0
    (reading,) = extractions(path, [PROFILE], only=PROFILE, today=date(2026, 11, 22).toordinal())
    for extraction in reading.extractions:
        for block in extraction.blocks():
            cells += len(block.keys) * block.days
            blocks += 1
    assert cells == accounts * len(DAYS) * METRICS, reading.refused
    return time.process_time() - began, blocks


def main(accounts: int) -> None:
    """One line a kind of file."""
    kinds = (("accounts", "%d"), ("days", "%d"), ("accounts", '"%d"'), ("accounts", "%.2f"))
    with tempfile.TemporaryDirectory() as folder:
        for order, form in kinds:
            path = Path(folder) / "bench.csv"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in rows(accounts, order, form))
            sqlite = cpu_of_sqlite(path)
            seconds, blocks = cpu_of_ingest(path, accounts)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"in the order of {order:8} {form % 7:>6}: sqlite {sqlite:5.2f} s, ingest {seconds:5.2f} s"
                f" = {seconds / sqlite:.2f} x, {blocks} blocks, peak {peak:.0f} MB"
            )
            Path(f"{path}.db").unlink()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
