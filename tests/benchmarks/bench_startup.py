"""How long commands take to start, against `python -c "import typer"`: python tests/benchmarks/bench_startup.py [RUNS]

Same interpreter, alternating runs, medians of wall and of CPU time. Twenty goals on fourteen months of daily data.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable
DAY = ("--as-of", "2026-11-22")
BUDGET = {"import again": 4.5, "status": 2.2, "status --json": 1.7, "status --plain": 1.7, "add": 3.5, "edit": 3.5}
OTHERS = 2.5
KINDS = (("leads", "ga4"), ("link clicks", "instagram"), ("new followers", "instagram"), ("sessions", "ga4"))


def smartkpi(db: Path, *arguments: str) -> list[str]:
    return [PYTHON, "-m", "smartkpi", "--db", str(db), *arguments]


def prepare(db: Path) -> None:
    """Twenty goals on the example exports."""
    taken = smartkpi(db, "import", str(ROOT / "examples"), "--account", "Example Café", "--currency", "EUR")
    subprocess.run(taken, check=True, capture_output=True, cwd=ROOT)
    for i in range(20):
        metric, platform = KINDS[i % len(KINDS)]
        flags = ("--metric", metric, "--platform", platform, "--target", str(100 + i), "--start", "2026-10-01")
        goal = smartkpi(db, "add", f"Goal {i}", *flags, "--deadline", "2026-12-31", *DAY)
        subprocess.run(goal, check=True, capture_output=True, cwd=ROOT)


def commands(db: Path) -> dict[str, list[str]]:
    """One of each kind of command; those that change something find the same state every time."""
    return {
        "import typer": [PYTHON, "-c", "import typer"],
        "status": smartkpi(db, "status", *DAY),
        "status --json": smartkpi(db, "status", "--json", *DAY),
        "status --plain": smartkpi(db, "status", "--plain", *DAY),
        "list": smartkpi(db, "list"),
        "show": smartkpi(db, "show", "leads-google-analytics", *DAY),
        "import again": smartkpi(db, "import", str(ROOT / "examples" / "Reach.csv")),
        "imports": smartkpi(db, "imports"),
        "accounts": smartkpi(db, "accounts"),
        "items": smartkpi(db, "items"),
        "items --growth": smartkpi(db, "items", "--growth"),
        "platforms": smartkpi(db, "platforms"),
        "export goals": smartkpi(db, "export", "goals"),
        "record": smartkpi(db, "record", "likes", "3", "--account", "Example Café", "--platform", "instagram"),
        "undo": smartkpi(db, "undo"),
        "redo": smartkpi(db, "redo"),
        "undo again": smartkpi(db, "undo"),
        "edit": smartkpi(db, "edit", "leads-google-analytics", "--target", "99", *DAY),
        "undo the edit": smartkpi(db, "undo"),
        "add": smartkpi(db, "add", "--metric", "likes", "--target", "10", "--deadline", "2026-12-31", *DAY),
        "undo the add": smartkpi(db, "undo"),
        "--help": smartkpi(db, "--help"),
        "--version": smartkpi(db, "--version"),
    }


def timed(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """(wall seconds, CPU seconds) of one run."""
    begun = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    used = os.wait4(os.posix_spawn(command[0], command, env, file_actions=nowhere), 0)[2]
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "kpi.db"
        prepare(db)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands(db)}
        for _ in range(runs):
            for name, command in commands(db).items():
                found[name].append(timed(command, env))
    base = [statistics.median(column) for column in zip(*found["import typer"], strict=True)]
    print(f"{'command':16s} {'wall ms':>8s} {'wall ×':>7s} {'cpu ×':>6s}  budget")
    for name, times in found.items():
        wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        budget = BUDGET.get(name, OTHERS)
        late = "  over" if wall / base[0] > budget else ""
        print(f"{name:16s} {wall * 1000:8.0f} {wall / base[0]:7.2f} {cpu / base[1]:6.2f}  {budget}{late}")


if __name__ == "__main__":
    main()
