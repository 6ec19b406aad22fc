"""Everything that must stop a command, as one small tree: what happened, where, and what to try."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the shell is told (docs/commands.md lists them for users)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    PARTLY = 3
    OFF_TRACK = 4
    INTERRUPTED = 130


class SmartKpiError(Exception):
    """A command cannot go on; `headline` says why in one line, `details` explain, `hints` are commands to type.

    `outcome` says what became of the user's data ("Nothing was changed.").
    """

    status = ExitStatus.FAILED

    def __init__(
        self,
        headline: str,
        *,
        details: tuple[str, ...] = (),
        hints: tuple[str, ...] = (),
        outcome: str = "Nothing was changed.",
    ) -> None:
        super().__init__(headline)
        self.headline = headline
        self.details = details
        self.hints = hints
        self.outcome = outcome


class WrongUseError(SmartKpiError):
    """A flag or an argument that cannot be meant: exit 2."""

    status = ExitStatus.USAGE


class NotSmartError(SmartKpiError):
    """What was asked for is a wish, not a goal; `letters` are the letters of SMART that are missing.

    `parts` are what a person can be asked for (metric, where, number, way, each, deadline); `would_pass` is the wish
    that the example in `hints` says, None where that is another command; `wish` and `understood` are what was said,
    `worked_out` is the wish with the number that the days before make of "20 % more".
    """

    status = ExitStatus.USAGE

    def __init__(
        self,
        headline: str,
        *,
        letters: str,
        details: tuple[str, ...],
        hints: tuple[str, ...],
        parts: tuple[str, ...] = (),
        would_pass: object = None,
    ) -> None:
        super().__init__(headline, details=details, hints=hints, outcome="Nothing was saved.")
        self.letters = letters
        self.parts = parts
        self.would_pass = would_pass
        self.wish: object = None
        self.understood: object = None
        self.worked_out: object = None


class UnknownNameError(SmartKpiError):
    """A goal, metric, platform, account or import that does not exist; the nearest names are in `hints`."""

    status = ExitStatus.USAGE


class FileRefusedError(SmartKpiError):
    """A file, or one table of it, whose structure cannot be trusted: nothing of it is taken."""


class AccountNeededError(SmartKpiError):
    """Only the user knows whose numbers these are; `platforms` and `accounts` are what it could be."""

    status = ExitStatus.USAGE

    def __init__(
        self,
        headline: str,
        *,
        details: tuple[str, ...],
        hints: tuple[str, ...],
        platforms: tuple[str, ...],
        accounts: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(headline, details=details, hints=hints)
        self.platforms = platforms
        self.accounts = accounts


class StoreError(SmartKpiError):
    """The database cannot be read or written as asked (not ours, newer, locked, read-only, full)."""
