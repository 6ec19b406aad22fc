"""What a file states on its way into the store: blocks, items, problems, extractions, and what an import did.

A day is a proleptic Gregorian ordinal (`date.toordinal()`): a civil date as the platform wrote it, never shifted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from smartkpi.model.series import SeriesKey

STDIN = "standard input"  # the name of a file that came through the pipe


class Block(NamedTuple):
    """Consecutive days of several series of one account, as one table states them.

    `cells` holds len(keys) x days values, series by series: the text of one JSON array of whole numbers
    below 2**53 and `null` (the fast way: SQLite reads it itself), or a list of floats and None. None is missing: not
    stated, never 0.
    `omitted` marks, series by series, days that the platform left out because they are zero (their cell is 0);
    it is empty where there are none. All keys of a block cover the same number of days.
    """

    account: str  # the name in the file; '' where the table belongs to one account
    platform: str  # '' where the table belongs to one account
    keys: tuple[SeriesKey, ...]
    first_day: int
    days: int
    cells: str | list[float | None]
    omitted: tuple[int, ...] = ()  # one bit mask a key, bit i = day first_day + i; () = none

    @property
    def rows(self) -> range:
        return range(self.first_day, self.first_day + self.days)


class Item(NamedTuple):
    """One post, video, e-mail or ad with the numbers of one export: cumulative since it was published."""

    external_id: str
    kind: str  # post, video, e-mail, ad
    published: str  # ISO date or date and time as written; '' when not stated
    title: str
    link: str
    values: dict[SeriesKey, float]  # keys of no report and of 0 days; what is missing is absent


class RowProblem(NamedTuple):
    """Something in the user's file that could not be read: a value, never an exception."""

    file: str
    line: int  # the file's own line (sheets: the sheet's row), counted from 1
    column: str
    text: str
    expected: str
    mendable: bool = True  # whether its owner can correct it: not what a platform itself states twice


class LeftOut(NamedTuple):
    """Lines or tables of a recognised file that are not observations, grouped by reason."""

    reason: str
    lines: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """One recognised table of one file, ready to be stored.

    `blocks` and `items` may be called once or more, and stream: a file of any size fits. Problems appear in
    `problems` while they run. `account` is '' where the file does not say (then the user does), `platforms` what
    the table can mean: one, several, or none where the rows name it (`account_names` lists what they name).
    `as_of` is how new the export is, as a day, None where nothing dates it; `as_of_from` says in words where that was
    read. `fingerprint` tells this table, as it was read, from every other one: content, place, scope, settling flags.
    """

    file: str
    member: str  # the file inside a ZIP, the sheet of a workbook, or ''
    sha256: str
    profile: str
    profile_title: str
    profile_version: int
    report: str
    table: str
    dialect: str  # "UTF-16, comma"
    platforms: tuple[str, ...]
    account: str
    account_from: str  # "from the file's name"; ''
    account_names: tuple[tuple[str, str], ...]  # (platform or '', name) that the rows state
    as_of: int | None
    as_of_from: str
    lag: int  # the last days up to `as_of` that may still change
    first_day: int | None
    last_day: int | None
    metrics: tuple[str, ...]
    blocks: Callable[[], Iterator[Block]]
    items: Callable[[], Iterator[Item]]
    problems: list[RowProblem] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()  # sentences for the receipt: a cut-off table, a level that is not stated, …
    fingerprint: str = ""
    complete: tuple[tuple[str, str], ...] = ()  # (metric, kind of breakdown) whose values add up to the whole
    stretches: tuple[tuple[int, int], ...] = ()  # first and last of consecutive days: those of a daily table's rows
    parted: str = ""  # by what its rows are parted: "channel"; '' where they are of the whole

    @property
    def argument(self) -> str:
        """What names the file on a command line."""
        return "-" if self.file == STDIN else self.file

    @property
    def where(self) -> str:
        """The file and, in a ZIP or a workbook, the table: "page.xls › New followers"."""
        return f"{self.file} › {self.member}" if self.member else self.file


class Restated(NamedTuple):
    """One value that a newer export changed."""

    account: str
    key: SeriesKey
    day: int
    was: float
    now: float


class BatchCounts(NamedTuple):
    """What one import of one table did, in cells (a cell = one series on one day, or one number of an item)."""

    new: int = 0
    same: int = 0
    restated: int = 0
    kept_out: int = 0  # differ from what stands, but an export newer than this one states them
    new_days: int = 0  # days that no stored series of this table had
    new_items: int = 0
    same_items: int = 0
    largest: tuple[Restated, ...] = ()  # the largest changes, largest first, at most five
    batch: int = 0  # the number of the import; 0 where nothing was stored
