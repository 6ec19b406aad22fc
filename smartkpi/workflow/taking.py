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
from smartkpi.workflow import names, whose
from smartkpi.workflow.platforms import labels

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


class Taker:
    """Puts tables in one after another, as one change."""

    def __init__(self, conn: sqlite3.Connection, options: Options, world: World, profiles: Sequence[Profile]) -> None:
        self._conn, self._options, self._world = conn, options, world
        self._own = {profile.id: profile.metrics for profile in profiles if profile.metrics}
        self._accounts = {profile.id: profile.account for profile in profiles}
        self._labels = labels()
        self._change: int | None = None
        self._command = self._again = ""

    def take(self, extraction: Extraction, typed: str) -> TableReceipt:
        """One table in one transaction; what stops it is kept in its receipt, and the next one is taken.

        `typed` is the path of its file, for commands that work when they are pasted.
        """
        self._command = f"smartkpi import {names.quoted(typed)}"
        flags = (("--account", self._options.account), ("--platform", self._options.platform))
        self._again = " ".join([self._command, *(f"{flag} {names.quoted(text)}" for flag, text in flags if text)])
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
            return replace(receipt, error=_located(extraction, error, self._again))

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
        flag = self._options.platform
        unasked = f"it says so itself, not {self._labels.get(flag, flag)}" if flag not in ("", kept.platform) else ""
        return kept, ", ".join(part for part in (is_new, called, note, unasked) if part)

    def _one_owner(self, extraction: Extraction, known: Sequence[Account]) -> tuple[Account, str]:
        """From the file; else the flag; else the only account that it can be."""
        options, platforms = self._options, self._platforms(extraction)
        command = self._command
        if extraction.account and len(platforms) == 1:
            beside = f"not {options.account}, " if options.account not in ("", extraction.account) else ""
            return Account(platforms[0], extraction.account), beside + extraction.account_from
        if options.account or extraction.account:
            name, new = options.account or extraction.account, options.new_account
            return whose.named(name, platforms, known, self._labels, new_account=new, command=command), ""
        if kept := self._accounts.get(extraction.profile, ""):
            account = whose.named(kept, platforms, known, self._labels, new_account=True, command=command)
            return account, "as its profile says"
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
            hints=tuple(f"{self._command} --platform {p}" for p in could[:3]),
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
                    hints=tuple(f"{self._command} --platform {p}" for p in platforms),
                    platforms=platforms,
                )
            found[platform, name] = accounts.ensure(self._conn, platform or platforms[0], name)
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


def _located(extraction: Extraction, error: SmartKpiError, command: str) -> SmartKpiError:
    """The error with the file in its headline, and commands with its path as typed."""
    if not error.headline.startswith(extraction.file):
        error.headline = f"{extraction.where}: {error.headline}"
    plain = f"smartkpi import {names.quoted(extraction.file)}"
    error.hints = tuple(hint.replace(plain, command) if hint.startswith(plain) else hint for hint in error.hints)
    return error
