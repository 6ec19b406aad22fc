"""Posts, videos, e-mails and ads as they stood on a day, what they gained between two days, and lists of them."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.series import Account, SeriesKey

INTERACTIONS = SeriesKey("positive_interactions", "", days=0)  # worked out: likes + comments + …, as exported


class ItemExport(NamedTuple):
    """One import of items. `counted` are the days that its numbers are of (first, last), where it says them."""

    batch: int  # the number of the import
    report: str
    as_of: int
    rank: int  # orders imports, old to new
    profile: str
    counted: tuple[int, int] | None = None


class ItemNumber(NamedTuple):
    """One number of an item, and the export that states it."""

    value: float
    export: ItemExport


class KnownItem(NamedTuple):
    """One post, video, e-mail or ad; its words are those of the newest export, its keys are of 0 days."""

    external_id: str
    kind: str
    published: str  # ISO day or day and time as written; '' when not stated
    title: str
    link: str
    numbers: dict[SeriesKey, ItemNumber]

    @property
    def export(self) -> ItemExport:
        """The newest export that states any number of it."""
        return max((number.export for number in self.numbers.values()), key=lambda export: export.rank)

    @property
    def published_on(self) -> int | None:
        """The day of publication as written, or None."""
        return date.fromisoformat(self.published[:10]).toordinal() if self.published else None


class Absence(StrEnum):
    """Why nobody knows what an item gained between two days."""

    NEW = "not in the first export"
    GONE = "not in the second export"
    RANGES = "the exports count from different days"
    COLUMNS = "no number is in both exports"


class Gain(NamedTuple):
    """What an item gained from one export to another: (was, now) of each number that both state."""

    item: KnownItem
    absent: Absence | None
    first: ItemExport | None = None
    second: ItemExport | None = None
    numbers: dict[SeriesKey, tuple[float, float]] = {}  # noqa: RUF012 - never written to


class Month(NamedTuple):
    """Items published in one month: how many have all parts of their interactions, and the mean of these."""

    year: int
    month: int
    items: int
    counted: int
    mean: float | None


class ItemRow(NamedTuple):
    """One line of a list: the numbers (of growth: the gains) by column; what is not stated is absent."""

    item: KnownItem
    values: dict[SeriesKey, float]
    gain: Gain | None = None


class ItemList(NamedTuple):
    """The items of one account from one kind of export, best first by the first of its columns."""

    account: Account
    report: str
    days: tuple[int, ...]  # of its exports, old to new, each once
    rows: tuple[ItemRow, ...]  # the best; `found` says of how many
    found: int
    columns: tuple[SeriesKey, ...]
    parts: tuple[SeriesKey, ...] = ()  # of the interactions
    months: tuple[Month, ...] = ()  # newest first
    between: tuple[int, int] | None = None  # growth: the days of the two exports
    asked: tuple[int, int] | None = None  # growth: the days that were asked for
    absent: tuple[ItemRow, ...] = ()  # growth: items of which nobody knows what they gained, with their numbers now
    undated: int = 0  # left out because they state no day of publication
