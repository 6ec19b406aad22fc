"""What one command did with one file: the value that the receipt on the screen is made of."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from smartkpi.errors import SmartKpiError
from smartkpi.model.extraction import BatchCounts, Extraction, LeftOut
from smartkpi.model.series import Account


class Folder(NamedTuple):
    """A folder that was given: its files are read, those of the folders in it are not."""

    path: str  # as it can be typed
    inside: tuple[str, ...]  # the names of the folders in it
    command: str  # what reads those; '' where there are none


class Outcome(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"  # the very same file is in already
    REFUSED = "refused"
    SETTINGS = "settings"  # filters, which say what the numbers of the files beside it are of
    LEFT_ALONE = "left alone"  # unknown, and merely found in a folder


@dataclass(frozen=True, slots=True)
class TableReceipt:
    """One recognised table: where it went, and what it changed."""

    extraction: Extraction
    outcome: Outcome
    accounts: tuple[Account, ...]
    account_note: str  # "from the file's name", "your only Instagram account", "a new account"
    as_of: int
    as_of_from: str
    counts: BatchCounts = field(default_factory=BatchCounts)
    batch: int = 0  # the import's number; the earlier one's where the file is known; 0 in a dry run
    error: SmartKpiError | None = None


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """One file, with the tables that were recognised in it and those that were not."""

    file: str
    outcome: Outcome
    tables: tuple[TableReceipt, ...] = ()
    skipped: tuple[LeftOut, ...] = ()
    error: SmartKpiError | None = None

    @property
    def refusals(self) -> tuple[SmartKpiError, ...]:
        """The errors of the file and of its tables."""
        own = () if self.error is None else (self.error,)
        return own + tuple(t.error for t in self.tables if t.error is not None)
