"""One recognised table at a time goes into the store: whose it is, whether it is known, and what it changed."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from smartkpi.errors import AccountNeededError, SmartKpiError, WrongUseError
from smartkpi.knowledge import loader
from smartkpi.model.extraction import BatchCounts, Block, Extraction, Item
from smartkpi.model.profile import Profile
from smartkpi.model.receipt import Outcome, TableReceipt
from smartkpi.model.series import Account, SeriesKey
from smartkpi.report import words
from smartkpi.store import accounts, batches, changes, database, own_metrics
from smartkpi.workflow import again, whose
from smartkpi.workflow.platforms import labels

Progress = Callable[[str, int], None]  # (file, numbers read so far)
OF_NAMES = ("the file's name", "the name of its ZIP or folder")  # where a name is merely what a file is called


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
    year: int | None = None  # of the newest row, where days have none
    covers: tuple[int, int] | None = None  # the days that totals are of, where the file does not state them
    mapped: Profile | None = None  # the profile that `--map` made, and that alone is meant
    user_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What an import may ask of the outside: the day, the moment, a person, a progress bar."""

    today: int
    now: str
    command: str
    ask: whose.Ask | None = None
    progress: Progress | None = None
    program: str = again.PROGRAM  # with the database that was named: every command to type begins so


class Taker:
    """Puts tables in one after another, as one change."""

    def __init__(
        self, conn: sqlite3.Connection, options: Options, world: World, profiles: Sequence[Profile], *, alone: bool
    ) -> None:
        self._conn, self._options, self._world = conn, options, world
        self._alone = alone  # one file, and named: what is typed is said of it, and not of whatever lies in a folder
        self._own = {profile.id: profile.metrics for profile in profiles if profile.metrics}
        self._accounts = {profile.id: profile.account for profile in profiles}
        self._labels = labels()
        self._change: int | None = None
        self._command = self._again = ""

    def take(self, extraction: Extraction, typed: str) -> TableReceipt:
        """One table in one transaction; what stops it is kept in its receipt, and the next one is taken.

        `typed` is the path of its file, for commands that work when they are pasted.
        """
        self._command, self._again = self._commands(typed)
        if self._options.currency:
            extraction = replace(extraction, fingerprint=f"{extraction.fingerprint}\n{self._options.currency}")
        as_of = self._world.today if extraction.as_of is None else extraction.as_of
        receipt = TableReceipt(extraction, Outcome.REFUSED, (), "", as_of, extraction.as_of_from)
        before = self._change
        try:
            if extraction.as_of is None:
                raise _undated(self._again)
            owner, note = self._owner(extraction)  # may ask: before anything is locked
            with database.write_tx(self._conn):
                return self._stored(extraction, receipt, owner, note)
        except SmartKpiError as error:
            self._change = before  # its row was rolled back with the rest
            return replace(receipt, error=_located(extraction, error, self._again, self._world.program))

    def _commands(self, typed: str) -> tuple[str, str]:
        """What to type again for this file: without whose numbers it has, and whole."""
        options, world = self._options, self._world
        if options.mapped is not None:  # one file, with flags that only `--map` knows
            return again.without(world.command, "--account", "--platform"), world.command
        bare, whole = (
            again.of_import(options, typed, program=world.program, whose=is_whole) for is_whole in (False, True)
        )
        return bare, whole

    def _stored(self, extraction: Extraction, receipt: TableReceipt, owner: Account | None, note: str) -> TableReceipt:
        account = None if owner is None else accounts.ensure(self._conn, owner.platform, owner.name)
        resolve = self._row_owners(extraction)
        owners = tuple(dict.fromkeys([*([account] if account else []), *resolve.values()]))
        receipt = replace(receipt, accounts=owners, account_note=note)
        known = batches.known(self._conn, extraction, {owner.uid for owner in owners}, receipt.as_of)
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
        return replace(receipt, outcome=Outcome.TAKEN, counts=counts, batch=counts.batch)

    def _owner(self, extraction: Extraction) -> tuple[Account | None, str]:
        """Whose table it is, and how that is known; None where its rows say so."""
        if extraction.account_names:
            return None, f"not {self._options.account}: its rows say whose" if self._options.account else ""
        known = accounts.in_use(self._conn)
        try:
            account, note = self._one_owner(extraction, known)
        except AccountNeededError as error:
            if self._world.ask is None:
                raise
            account, note = Account(*self._world.ask(error)), "as you said"
        kept = accounts.find(self._conn, account.platform, account.name) or account
        called = f"there called {account.name}" if kept.name != account.name else ""
        is_new = "" if any(kept.uid == other.uid for other in known) else "a new account"
        flag = self._options.platform
        unasked = f"it says so itself, not {self._labels.get(flag, flag)}" if flag not in ("", kept.platform) else ""
        return kept, ", ".join(part for part in (is_new, called, note, unasked) if part)

    def _one_owner(self, extraction: Extraction, known: Sequence[Account]) -> tuple[Account, str]:
        """From the file or the flag; else as its profile says; else the only account that it can be."""
        platforms = self._platforms(extraction)
        name, note, is_stated = self._name(extraction)
        if name:
            new = self._options.new_account
            return self._called(name, platforms, known, is_stated=is_stated, new_account=new), note
        if kept := self._accounts.get(extraction.profile, ""):
            return self._called(kept, platforms, known, new_account=True), "as its profile says"
        what = f"It is {extraction.profile_title}, {extraction.table}; the file does not say whose."
        only = whose.only_one(platforms, known, self._labels, what=what, command=self._asking(platforms))
        return only, f"your only {self._labels.get(only.platform, only.platform)} account"

    def _name(self, extraction: Extraction) -> tuple[str, str, bool]:
        """The account's name, how that is known, and whether only the file can say it; '' where nobody does.

        What a file holds decides. What it is called is a guess: typed for this one file, another name is better.
        """
        typed, said, place = self._options.account, extraction.account, extraction.account_from.removeprefix("from ")
        is_guess = place in OF_NAMES
        is_stated = bool(said) and not is_guess
        if not said or not typed or accounts.folded(said) == accounts.folded(typed):
            return said or typed, extraction.account_from, is_stated
        if is_guess and self._alone:
            return typed, f"{place} says {said}", False
        return said, f"not {typed}, {extraction.account_from}", is_stated

    def _called(
        self,
        name: str,
        platforms: Sequence[str],
        known: Sequence[Account],
        *,
        is_stated: bool = False,
        new_account: bool,
    ) -> Account:
        """The account of that name, also of one that it had before; one that looks like a typing error stops."""
        there = [accounts.find(self._conn, platform, name) for platform in platforms]
        if len(found := [account for account in there if account in known and account is not None]) == 1:
            return found[0]
        command = self._asking(platforms)
        return whose.named(
            name, platforms, known, self._labels, new_account=new_account, command=command, is_stated=is_stated
        )

    def _asking(self, platforms: Sequence[str]) -> str:
        """The command before a name is added to it: with the platform that was typed, unless that is open too."""
        platform = self._options.platform
        return f"{self._command} --platform {platform}" if platform and len(platforms) == 1 else self._command

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
            hints=tuple(f"{self._command} --platform {p}" for p in could[:3]),
        )

    def _row_owners(self, extraction: Extraction) -> dict[tuple[str, str], Account]:
        """The accounts that the rows name; a platform that they do not name is the table's, or the flag's."""
        platforms = self._platforms(extraction)
        known = accounts.in_use(self._conn) if extraction.account_names else []
        found = {}
        for platform, name in extraction.account_names:
            if not platform and len(platforms) != 1:
                raise AccountNeededError(
                    "which platform are these accounts on?",
                    details=(f"It is {extraction.profile_title}; its rows name the accounts, not the platform.",),
                    hints=tuple(f"{self._command} --platform {p}" for p in platforms),
                    platforms=platforms,
                )
            # Nobody typed these names: Store 3 beside Store 2 is no typing error.
            owner = self._called(name, (platform or platforms[0],), known, is_stated=True, new_account=True)
            found[platform, name] = accounts.ensure(self._conn, owner.platform, owner.name)
        return found

    def _watched(self, extraction: Extraction) -> Extraction:
        """The same extraction, with the flag's currency where money has none, and telling its progress."""
        return replace(extraction, blocks=lambda: self._blocks(extraction), items=lambda: self._items(extraction))

    def _items(self, extraction: Extraction) -> Iterator[Item]:
        currency = self._options.currency
        for item in extraction.items():
            if currency:
                item = item._replace(values={_key_in(key, currency): value for key, value in item.values.items()})
            yield item

    def _blocks(self, extraction: Extraction) -> Iterator[Block]:
        read_so_far = 0
        for block in extraction.blocks():
            read_so_far += len(block.keys) * block.days
            if self._world.progress is not None:
                self._world.progress(extraction.where, read_so_far)
            yield _in_currency(block, self._options.currency) if self._options.currency else block


def _in_currency(block: Block, currency: str) -> Block:
    return block._replace(keys=tuple(_key_in(key, currency) for key in block.keys))


def _key_in(key: SeriesKey, currency: str) -> SeriesKey:
    """Money that states no currency is in the one that the flag says."""
    metric = loader.metrics().get(key.metric)
    return key._replace(unit=currency) if metric is not None and metric.unit == "money" and not key.unit else key


def _all_same(count: int) -> BatchCounts:
    return BatchCounts(same=count)


def _undated(command: str) -> WrongUseError:
    """Numbers that grow since publication mean nothing without the day on which they were downloaded."""
    return WrongUseError(
        "how new is this export? Nothing in it or in its name says so",
        details=("Its numbers go on growing, so the day of the download decides which of two exports is the newer.",),
        hints=(f"{command} --as-of DAY",),
    )


def _located(extraction: Extraction, error: SmartKpiError, command: str, program: str) -> SmartKpiError:
    """The error with the file in its headline, and commands with its path as typed."""
    if not error.headline.startswith(extraction.file):
        error.headline = f"{extraction.where}: {error.headline}"
    plain = again.of_import(Options(), extraction.file, whose=False)
    hints = (hint.replace(plain, command, 1) if hint.startswith(plain) else hint for hint in error.hints)
    error.hints = tuple(again.in_program(hint, program) for hint in hints)
    return error
