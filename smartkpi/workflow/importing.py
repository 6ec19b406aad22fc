"""`import`: files become batches, each table in one transaction, the whole command one change; then a receipt."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from smartkpi.errors import ExitStatus, FileRefusedError, SmartKpiError
from smartkpi.ingest import read
from smartkpi.ingest.read import Reading
from smartkpi.knowledge import loader
from smartkpi.model.profile import Numbers, Profile
from smartkpi.model.receipt import FileReceipt, Folder, Outcome, TableReceipt
from smartkpi.report import data, gaps, words
from smartkpi.report.views import imports as views
from smartkpi.store import goals, scratch
from smartkpi.workflow import again, refusals
from smartkpi.workflow.judging import judge
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.taking import Options, Taker, World

TOLD = 5  # folders of a folder in a command to type
Named = Path | BinaryIO | tuple[Path, ...]


class Found(NamedTuple):
    """One file that was read, its path as it can be typed, and whether it was named."""

    reading: Reading
    typed: str
    named: bool


def import_paths(db: Path, paths: Sequence["Path | BinaryIO"], options: Options, world: World) -> Page:
    """Takes every export among `paths`, refuses what cannot be trusted, and says what it did, file by file."""
    options = replace(options, platform=platform_id(options.platform))
    unread: list[SmartKpiError] = []
    profiles, only = _profiles(options, unread)
    found = _found(paths, lambda path: _readings(path, profiles, only, options, world))
    if options.dry_run:
        with scratch.scratch(db) as copy:
            receipts, moved = _take(copy, found, profiles, options, world)
    else:
        receipts, moved = _take(db, found, profiles, options, world)
    page = _page(db, receipts, moved, options, unread, _folders(paths, options, world.program))
    return page._replace(errors=refusals.once(page.errors, world.command))


def _profiles(options: Options, unread: list[SmartKpiError]) -> tuple[tuple[Profile, ...], Profile | None]:
    profiles = loader.profiles(options.user_folder, unread)
    named = loader.profile(options.profile, options.user_folder) if options.profile else None
    only = options.mapped or named
    return (*(p for p in profiles if p.id != only.id), only) if only else profiles, only


def _found(paths: Sequence["Path | BinaryIO"], readings: Callable[[Named], Iterator[Reading]]) -> list[Found]:
    """Named files of one folder are read together, because a download that was unzipped lies there; in given order."""
    folders: dict[Path, dict[Path, None]] = {}
    for path in paths:
        if isinstance(path, Path) and path.is_file():
            folders.setdefault(path.absolute().parent, {})[path] = None
    named = {
        path: reading for files in folders.values() for path, reading in zip(files, readings(tuple(files)), strict=True)
    }
    found = []
    for path in paths:
        if isinstance(path, Path) and path in named:
            found.append(Found(named[path], str(path), True))
        else:
            found += [Found(reading, *_typed(path, reading)) for reading in readings(path)]
    return found


def _readings(
    path: Named, profiles: tuple[Profile, ...], only: Profile | None, options: Options, world: World
) -> Iterator[Reading]:
    return read.extractions(
        path,
        profiles,
        only=only,
        as_of=options.as_of,
        today=world.today,
        encoding=options.encoding,
        platform=options.platform,
        date_format=options.date_format,
        numbers=Numbers(options.numbers) if options.numbers else None,
        year=options.year,
        covers=options.covers,
        currency="" if isinstance(path, Path) and path.is_dir() else options.currency,
    )


def _typed(path: "Path | BinaryIO", found: Reading) -> tuple[str, bool]:
    """The path of a file as it can be typed, and whether it was named: found in a folder, it may be anything."""
    if not isinstance(path, Path):
        return "-", True
    return (str(path / found.name), False) if path.is_dir() else (str(path), True)


def _folders(paths: Sequence["Path | BinaryIO"], options: Options, program: str) -> tuple[Folder, ...]:
    """The folders that were given, with the folders in each: what lies in those is not read."""
    found = []
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            inside = sorted(p.name for p in path.iterdir() if p.is_dir() and not p.name.startswith((".", "__")))
            deeper = [str(path / name) for name in inside[:TOLD]]
            command = again.of_import(options, *deeper, program=program, whose=True) if deeper else ""
            found.append(Folder(str(path), tuple(inside), command))
    return tuple(found)


def _take(
    db: Path, found: Sequence[Found], profiles: Sequence[Profile], options: Options, world: World
) -> tuple[list[FileReceipt], int]:
    """The receipts, and how many goals read what came in. Tables go in by `as_of`, oldest first."""
    tables = sorted(
        ((i, e) for i, f in enumerate(found) for e in f.reading.extractions),
        key=lambda pair: pair[1].as_of or world.today,
    )
    done: dict[int, list[TableReceipt]] = {}
    moved = 0
    if tables:
        with writing(db) as conn:
            used = {extraction.profile for _, extraction in tables}
            alone = len(found) == 1 and found[0].named
            taker = Taker(conn, options, world, [p for p in profiles if p.id in used], alone=alone)
            for i, extraction in tables:
                done.setdefault(i, []).append(taker.take(extraction, found[i].typed))
            moved = _goals_moved(conn, [t for ts in done.values() for t in ts], world.today)
    return [_file_receipt(f, done.get(i, [])) for i, f in enumerate(found)], moved


def _file_receipt(found: Found, tables: Sequence[TableReceipt]) -> FileReceipt:
    reading = found.reading
    if reading.refused is not None and not (reading.unknown and not found.named):
        return FileReceipt(reading.name, Outcome.REFUSED, error=reading.refused)
    outcomes = {table.outcome for table in tables}
    for outcome in (Outcome.TAKEN, Outcome.KNOWN, Outcome.REFUSED):
        if outcome in outcomes:
            return FileReceipt(reading.name, outcome, tuple(tables), reading.left_out)
    if reading.settings_of:
        return FileReceipt(reading.name, Outcome.SETTINGS, (), reading.left_out)
    error = _nothing_taken(reading) if found.named and not reading.part_of else None
    return FileReceipt(reading.name, Outcome.REFUSED if error else Outcome.LEFT_ALONE, (), reading.left_out, error)


def _nothing_taken(found: Reading) -> FileRefusedError:
    """A known export of which no table can be taken yet: named on the command line, that is a refusal."""
    if all(left.reason == read.SETTINGS for left in found.left_out):
        return FileRefusedError(
            f"{found.name}: it holds only the settings of an export, no numbers",
            details=("They say what the numbers of the tables beside it are of, and are read with them.",),
            hints=("import the tables that lie beside it in the download, such as the chart",),
        )
    reasons = tuple(f"{words.listed(left.tables)}: {left.reason}" for left in found.left_out)
    return FileRefusedError(f"{found.name}: nothing in this export can be taken", details=reasons)


def _goals_moved(conn: sqlite3.Connection, tables: Sequence[TableReceipt], today: int) -> int:
    """How many goals read what came in."""
    new = {t.batch for t in tables if t.counts.new or t.counts.restated}
    active = goals.active(conn)
    if not new or not active:
        return 0
    judged = judge(conn, active, known_metrics(conn), today)
    return sum(any(source.batch in new for source in a.sources) for a in judged)


def _page(
    db: Path,
    receipts: Sequence[FileReceipt],
    moved: int,
    options: Options,
    unread: Sequence[SmartKpiError],
    folders: Sequence[Folder],
) -> Page:
    with reading(db) as conn:
        metrics = known_metrics(conn)
    errors = (*unread, *(error for receipt in receipts for error in receipt.refusals))
    files = [data.file_receipt(r) for r in receipts]
    early = list(gaps.ends_early(receipts))
    found = data.envelope(
        "import",
        dry_run=options.dry_run,
        goals_moved=moved,
        files=files,
        notes=early,
        folders=[folder._asdict() for folder in folders],
    )
    dry = options.dry_run
    return Page(
        lambda: views.receipt(receipts, metrics, labels(), moved=moved, dry=dry, folders=folders),
        found,
        _status(receipts),
        errors,
    )


def _status(receipts: Sequence[FileReceipt]) -> ExitStatus:
    """3 when some rows or a named file were refused and the rest is in; 1 when nothing went in."""
    outcomes = [table.outcome for receipt in receipts for table in receipt.tables]
    in_already = Outcome.TAKEN in outcomes or Outcome.KNOWN in outcomes
    if any(receipt.refusals for receipt in receipts):
        return ExitStatus.PARTLY if in_already else ExitStatus.FAILED
    rows_refused = any(t.extraction.problems for r in receipts for t in r.tables)
    return ExitStatus.PARTLY if rows_refused else ExitStatus.DONE
