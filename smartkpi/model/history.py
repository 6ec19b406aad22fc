"""What the store tells of accounts and of changes: who feeds an account, what a merge did, what an undo took back."""

from typing import NamedTuple

from smartkpi.model.series import Account


class ImportBatch(NamedTuple):
    """One import of one table of one file, as the store remembers it."""

    id: int  # what users type after --import; never leaves the file
    uid: str
    file: str
    member: str
    profile: str
    report: str
    platform: str
    accounts: tuple[str, ...]
    as_of: int
    imported_at: str  # ISO, UTC
    first_day: int | None
    last_day: int | None
    new: int
    restated: int
    items: int
    active: bool


class AccountUse(NamedTuple):
    """An account and what feeds it; days are ordinals, None where only items are known."""

    account: Account
    reports: tuple[str, ...]  # with their filters: "search [page=+/blog/]"
    metrics: tuple[str, ...]
    first_day: int | None
    last_day: int | None
    imports: int  # standing ones
    goals: int = 0  # that name it and are not removed


class MergeCounts(NamedTuple):
    """What merging one account into another did, in standing cells of the target."""

    imports: int  # that speak for the merged account, standing or not
    series: int
    new: int  # cells that the target did not have
    same: int
    differing: int  # cells in which the two disagree: the newest export decides
    changed: int  # of these, the ones whose value in the target is another one now


class TouchedRow(NamedTuple):
    """One goal, account or objective that an undo or redo changed; `became` says what it is now."""

    thing: str  # goal, account, objective
    name: str
    became: str  # back, gone, changed, renamed
    was: str = ""  # renamed: the name that it had until now


class Moved(NamedTuple):
    """What taking back or bringing again one import did, in cells that stand."""

    there: int = 0  # gone with it, or back with it
    changed: int = 0  # have another value now: an older one that it had changed, or its own again


class Undone(NamedTuple):
    """One change, or one batch of it, that was taken back or brought again."""

    kind: str
    command: str
    at: str
    batches: tuple[ImportBatch, ...]
    rows: tuple[TouchedRow, ...] = ()
    moved: tuple[Moved, ...] = ()  # import by import, in the order of `batches`
