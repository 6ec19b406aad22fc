"""`import`: files become batches, each table in one transaction, the whole command one change; then a receipt."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from smartkpi.errors import AccountNeededError, ExitStatus, SmartKpiError, WrongUseError
from smartkpi.ingest import read
from smartkpi.ingest.read import Reading
from smartkpi.knowledge import loader
from smartkpi.model.extraction import BatchCounts, Block, Extraction
from smartkpi.model.goal import GoalState
from smartkpi.model.profile import Numbers, Profile
from smartkpi.model.receipt import FileReceipt, Outcome, TableReceipt
from smartkpi.model.series import Account
from smartkpi.report import data, words
from smartkpi.report.views import imports as views
from smartkpi.store import accounts, batches, changes, database, goals, own_metrics, scratch
from smartkpi.workflow import names, whose
from smartkpi.workflow.judging import judge
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id

Progress = Callable[[str, int], None]  # (file, numbers read so far)


@dataclass(frozen=True, slots=True)
class Options:
    """The flags of `import`."""

    account: str = ""
    platform: str = ""
    profile: str = ""
    as_of: int | None = None
    currency: str = ""
    encoding: str = ""
    date_format: str = ""
    numbers: str = ""
    new_account: bool = False
    same_account: bool = False
    dry_run: bool = False
    user_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What an import may ask of the outside: the day, the moment, a person, a progress bar."""

    today: int
    now: str
    command: str
    ask: whose.Ask | None = None
    progress: Progress | None = None


def import_paths(db: Path, paths: Sequence["Path | BinaryIO"], options: Options, world: World) -> Page:
    """Takes every export among `paths`, refuses what cannot be trusted, and says what it did, file by file."""
    options = replace(options, platform=platform_id(options.platform))
    profiles, only = _profiles(options)
    found = [_known_or_left_alone(path, r) for path in paths for r in _readings(path, profiles, only, options, world)]
    if options.dry_run:
        with scratch.scratch(db) as copy:
            receipts, moved = _take(copy, found, profiles, options, world)
    else:
        receipts, moved = _take(db, found, profiles, options, world)
    return _page(db, receipts, moved, options)


def _profiles(options: Options) -> tuple[tuple[Profile, ...], Profile | None]:
    profiles = loader.profiles(options.user_folder)
    only = loader.profile(options.profile, options.user_folder) if options.profile else None
    return (*profiles, only) if only else profiles, only


def _readings(
    path: "Path | BinaryIO", profiles: tuple[Profile, ...], only: Profile | None, options: Options, world: World
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
    )


def _known_or_left_alone(path: "Path | BinaryIO", found: Reading) -> Reading:
    """A file that is merely found in a folder and that nobody knows is no error."""
    merely_found = found.unknown and isinstance(path, Path) and path.is_dir()
    return replace(found, refused=None) if merely_found else found


def _take(
    db: Path, found: Sequence[Reading], profiles: Sequence[Profile], options: Options, world: World
) -> tuple[list[FileReceipt], int]:
    """The receipts, and how many goals read what came in. Tables go in by `as_of`, oldest first."""
    tables = sorted(
        ((i, e) for i, r in enumerate(found) for e in r.extractions), key=lambda pair: pair[1].as_of or world.today
    )
    done: dict[int, list[TableReceipt]] = {}
    moved = 0
    if tables:
        with writing(db) as conn:
            used = {extraction.profile for _, extraction in tables}
            taker = _Taker(conn, options, world, [p for p in profiles if p.id in used])
            for i, extraction in tables:
                done.setdefault(i, []).append(taker.take(extraction))
            moved = _goals_moved(conn, [t for ts in done.values() for t in ts], world.today)
    return [_file_receipt(r, done.get(i, [])) for i, r in enumerate(found)], moved


def _file_receipt(found: Reading, tables: Sequence[TableReceipt]) -> FileReceipt:
    if found.refused is not None:
        return FileReceipt(found.name, Outcome.REFUSED, error=found.refused)
    outcomes = {table.outcome for table in tables}
    for outcome in (Outcome.TAKEN, Outcome.KNOWN, Outcome.REFUSED):
        if outcome in outcomes:
            return FileReceipt(found.name, outcome, tuple(tables), found.left_out)
    return FileReceipt(found.name, Outcome.LEFT_ALONE, (), found.left_out)


class _Taker:
    """Puts tables in one after another, as one change."""

    def __init__(self, conn: sqlite3.Connection, options: Options, world: World, profiles: Sequence[Profile]) -> None:
        self._conn, self._options, self._world = conn, options, world
        self._own = {profile.id: profile.metrics for profile in profiles if profile.metrics}
        self._labels = labels()
        self._change: int | None = None

    def take(self, extraction: Extraction) -> TableReceipt:
        """One table in one transaction; what stops it is kept in its receipt, and the next one is taken."""
        as_of = self._world.today if extraction.as_of is None else extraction.as_of
        receipt = TableReceipt(extraction, Outcome.REFUSED, (), "", as_of, extraction.as_of_from)
        before = self._change
        try:
            if extraction.as_of is None:
                raise _undated(extraction)
            owner, note = self._owner(extraction)  # may ask: before anything is locked
            with database.write_tx(self._conn):
                return self._stored(extraction, receipt, owner, note)
        except SmartKpiError as error:
            self._change = before  # its row was rolled back with the rest
            return replace(receipt, error=_located(extraction, error))

    def _stored(self, extraction: Extraction, receipt: TableReceipt, owner: Account | None, note: str) -> TableReceipt:
        account = None if owner is None else accounts.ensure(self._conn, owner.platform, owner.name)
        resolve = self._row_owners(extraction)
        owners = tuple(dict.fromkeys([*([account] if account else []), *resolve.values()]))
        receipt = replace(receipt, accounts=owners, account_note=note)
        known = batches.known(
            self._conn,
            extraction.sha256,
            extraction.member,
            extraction.profile,
            extraction.profile_version,
            {owner.uid for owner in owners},
            receipt.as_of,
            table=extraction.table,
        )
        if known is not None:
            return replace(receipt, outcome=Outcome.KNOWN, batch=known.id, counts=_all_same(known.new + known.restated))
        if self._change is None:
            self._change = changes.begin(self._conn, self._world.now, self._world.command, "import")
        own_metrics.save(self._conn, self._own.get(extraction.profile, ()))
        counts = batches.save(
            self._conn,
            self._watched(extraction),
            account=account,
            resolve=resolve,
            as_of=receipt.as_of,
            imported_at=self._world.now,
            change=self._change,
            same_account=self._options.same_account,
        )
        number = max(batch.id for batch in batches.listing(self._conn))
        return replace(receipt, outcome=Outcome.TAKEN, counts=counts, batch=number)

    def _owner(self, extraction: Extraction) -> tuple[Account | None, str]:
        """Whose table it is, and how that is known; None where its rows say so."""
        if extraction.account_names:
            return None, ""
        known = [use.account for use in accounts.listing(self._conn)]
        try:
            account, note = self._one_owner(extraction, known)
        except AccountNeededError as error:
            if self._world.ask is None:
                raise
            account, note = Account(*self._world.ask(error)), "as you said"
        kept = accounts.find(self._conn, account.platform, account.name) or account
        called = f"there called {account.name}" if kept.name != account.name else ""
        is_new = "" if any(kept.uid == other.uid for other in known) else "a new account"
        return kept, ", ".join(part for part in (is_new, called, note) if part)

    def _one_owner(self, extraction: Extraction, known: Sequence[Account]) -> tuple[Account, str]:
        """From the file; else the flag; else the only account that it can be."""
        options, platforms = self._options, self._platforms(extraction)
        command = f"smartkpi import {names.quoted(extraction.file)}"
        if extraction.account and len(platforms) == 1:
            return Account(platforms[0], extraction.account), extraction.account_from
        if options.account or extraction.account:
            name, new = options.account or extraction.account, options.new_account
            return whose.named(name, platforms, known, self._labels, new_account=new, command=command), ""
        what = f"It is {extraction.profile_title}, {extraction.table}; the file does not say whose."
        only = whose.only_one(platforms, known, self._labels, what=what, command=command)
        return only, f"your only {self._labels.get(only.platform, only.platform)} account"

    def _platforms(self, extraction: Extraction) -> tuple[str, ...]:
        """What the table can mean; the flag decides only where the file does not."""
        could, flag = extraction.platforms, self._options.platform
        if len(could) <= 1 or not flag:
            return could
        if flag in could:
            return (flag,)
        meant = words.listed([self._labels.get(p, p) for p in could], "or")
        raise WrongUseError(
            f"this is an export of {meant}, not of {self._labels.get(flag, flag)}",
            hints=tuple(f"smartkpi import {names.quoted(extraction.file)} --platform {p}" for p in could[:3]),
        )

    def _row_owners(self, extraction: Extraction) -> dict[tuple[str, str], Account]:
        """The accounts that the rows name; a platform that they do not name is the table's, or the flag's."""
        platforms = self._platforms(extraction)
        found = {}
        for platform, name in extraction.account_names:
            if not platform and len(platforms) != 1:
                raise AccountNeededError(
                    "which platform are these accounts on?",
                    details=(f"It is {extraction.profile_title}; its rows name the accounts, not the platform.",),
                    hints=tuple(f"smartkpi import {names.quoted(extraction.file)} --platform {p}" for p in platforms),
                    platforms=platforms,
                )
            found[platform, name] = accounts.ensure(self._conn, platform or platforms[0], name)
        return found

    def _watched(self, extraction: Extraction) -> Extraction:
        """The same extraction, with the flag's currency where money has none, and telling its progress."""
        return replace(extraction, blocks=lambda: self._blocks(extraction))

    def _blocks(self, extraction: Extraction) -> Iterator[Block]:
        read_so_far = 0
        for block in extraction.blocks():
            read_so_far += len(block.keys) * block.days
            if self._world.progress is not None:
                self._world.progress(extraction.where, read_so_far)
            yield _in_currency(block, self._options.currency) if self._options.currency else block


def _in_currency(block: Block, currency: str) -> Block:
    metrics = loader.metrics()
    money = {k for k in block.keys if not k.unit and k.metric in metrics and metrics[k.metric].unit == "money"}
    keys = tuple(key._replace(unit=currency) if key in money else key for key in block.keys)
    return block._replace(keys=keys) if money else block


def _all_same(count: int) -> BatchCounts:
    return BatchCounts(same=count)


def _undated(extraction: Extraction) -> WrongUseError:
    """Numbers that grow since publication mean nothing without the day on which they were downloaded."""
    return WrongUseError(
        "how new is this export? Nothing in it or in its name says so",
        details=("Its numbers go on growing, so the day of the download decides which of two exports is the newer.",),
        hints=(f"smartkpi import {names.quoted(extraction.file)} --as-of DAY",),
    )


def _located(extraction: Extraction, error: SmartKpiError) -> SmartKpiError:
    """The error with the file in its headline."""
    if error.headline.startswith(extraction.file):
        return error
    error.headline = f"{extraction.where}: {error.headline}"
    return error


def _goals_moved(conn: sqlite3.Connection, tables: Sequence[TableReceipt], today: int) -> int:
    """How many goals read what came in."""
    new = {t.batch for t in tables if t.counts.new or t.counts.restated}
    active = [goal for goal in goals.all(conn) if goal.state is GoalState.ACTIVE]
    if not new or not active:
        return 0
    judged = judge(conn, active, known_metrics(conn), today)
    return sum(any(source.batch in new for source in a.sources) for a in judged)


def _page(db: Path, receipts: Sequence[FileReceipt], moved: int, options: Options) -> Page:
    with reading(db) as conn:
        metrics = known_metrics(conn)
    errors = tuple(error for receipt in receipts for error in receipt.refusals)
    found = data.envelope(
        "import", dry_run=options.dry_run, goals_moved=moved, files=[data.file_receipt(r) for r in receipts]
    )
    dry = options.dry_run
    return Page(
        lambda: views.receipt(receipts, metrics, labels(), moved=moved, dry=dry), found, _status(receipts), errors
    )


def _status(receipts: Sequence[FileReceipt]) -> ExitStatus:
    """3 when some rows or a named file were refused and the rest is in; 1 when nothing went in."""
    outcomes = [table.outcome for receipt in receipts for table in receipt.tables]
    in_already = Outcome.TAKEN in outcomes or Outcome.KNOWN in outcomes
    if any(receipt.refusals for receipt in receipts):
        return ExitStatus.PARTLY if in_already else ExitStatus.FAILED
    rows_refused = any(t.extraction.problems for r in receipts for t in r.tables)
    return ExitStatus.PARTLY if rows_refused else ExitStatus.DONE
