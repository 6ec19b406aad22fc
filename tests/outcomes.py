"""What becomes of every real export that we have: `python tests/outcomes.py` writes the table of docs/exports.md."""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from kit import EXPORTS, Result, invoke

PAGE = Path(__file__).parents[1] / "docs" / "exports.md"
HEAD = "| File | What is said beside it | What becomes of it |"
# What a person says when the file leaves it open; every file is imported with --account A.
SAID = {
    "google-business-profile/gbp-performance.csv": "--covers 2024-10-13..2024-11-11",
    "google-search-console/gsc-discover.zip": "--as-of 2024-02-12",
    "tiktok/tiktok-studio-follower-history.csv": "--year 2024",
    "tiktok/tiktok-studio-overview-365d.csv": "--year 2024",
    "tiktok/tiktok-studio-overview-7d.csv": "--year 2024",
    "tiktok/tiktok-studio-overview.xlsx": "--year 2024",
}
ANSWERS = {"--platform": "--platform instagram", "--as-of": "--as-of 2026-06-30"}
Run = Callable[..., Result]


class Outcome(NamedTuple):
    """One row of the table."""

    file: str
    said: str
    became: str

    @property
    def row(self) -> str:
        return f"| {self.file} | {f'`{self.said}`' if self.said else ''} | {self.became} |"


def files() -> list[str]:
    """Every export, as it is called in the list."""
    if not EXPORTS.is_dir():
        return []
    found = (path for path in EXPORTS.glob("*/*") if path.is_file())
    return sorted(path.relative_to(EXPORTS).as_posix() for path in found)


def outcome(file: str, smartkpi: Run) -> Outcome:
    """Import one file into an empty database, as somebody would who answers what is asked."""
    said = SAID.get(file, "")
    told = _imported(file, said, smartkpi)
    for flag, answer in ANSWERS.items():
        if flag in str(told["refused"]) and flag not in said:
            said = f"{said} {answer}".strip()
            told = _imported(file, said, smartkpi)
    return Outcome(file, said, "; ".join(_became(told)))


def _imported(file: str, said: str, smartkpi: Run) -> dict[str, Any]:
    """What `import` told of the file; the database is new."""
    told = json.loads(smartkpi("import", EXPORTS / file, "--account", "A", *said.split(), "--json").out)
    (one,) = told["files"]
    return dict(one)


def _became(told: dict[str, Any]) -> Iterator[str]:
    for profile, tables in groupby(told["tables"], key=lambda table: table["profile"]):
        yield f"{profile}: {_numbers(list(tables))}"
    for error in told["refused"]:
        why = error["details"][:1] if error["error"].endswith("can be taken") else []
        yield ": ".join(("**refused**", error["error"].removeprefix(f"{told['file']}: "), *why))


def _numbers(tables: list[dict[str, Any]]) -> str:
    """How many numbers went in, of how many tables and which days, and how many rows did not."""
    days = sorted(day for table in tables for day in (table["first_day"], table["last_day"]) if day)
    of = f" of {len(tables)} tables" if len(tables) > 1 else ""
    bad = sum(len(table["problems"]) for table in tables)
    said = [f"{sum(table['new'] for table in tables):,} numbers{of}"]
    said += [f"{days[0]} to {days[-1]}"] if days else []
    said += [f"{bad} rows listed as not read"] if bad else []
    return ", ".join(said)


def written(outcomes: list[Outcome]) -> str:
    return "\n".join([HEAD, "|---|---|---|", *(each.row for each in outcomes)]) + "\n"


def main() -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = []
        for n, file in enumerate(files()):
            db = Path(folder) / f"{n}.db"
            found.append(outcome(file, lambda *words, db=db: invoke("--db", db, *words)))  # type: ignore[misc]
    text = PAGE.read_text(encoding="utf-8")
    begin = text.index(HEAD)
    PAGE.write_text(text[:begin] + written(found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
