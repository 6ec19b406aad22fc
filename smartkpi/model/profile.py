"""Every word that a profile file may say. A profile is one TOML file that describes one export format.

`knowledge` reads the files through pydantic (unknown words are refused) and hands these values on.
All texts to be matched (`names`, `titles`, `members`, labels) are compared folded: case, outer and doubled spaces,
BOM, soft hyphens, zero-width and no-break spaces do not matter (FORMATS.md, rule 2).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from smartkpi.model.metric import Metric


class Shape(StrEnum):
    """What a row of a table is."""

    DAILY = "daily"  # one day (of one account, of one breakdown value)
    TOTALS = "totals"  # a total of a range of days (of one account, of one breakdown value)
    ITEMS = "items"  # one post, video, e-mail or ad, cumulative since it was published
    COUNTED = "counted"  # one record (an order, a deal): rows are counted by day, and nothing else of them is kept
    FILTERS = "filters"  # a setting of the export: "Page","+/blog/"; becomes the scope of its siblings
    KNOWN = "known"  # recognised and left out; `why` says so in the receipt


class Role(StrEnum):
    """What a column is for, when it is not a metric."""

    DATE = "date"
    ACCOUNT = "account"
    PLATFORM = "platform"
    BEGIN = "begin"  # totals: the first day of the row's range
    END = "end"  # totals: its last day
    BREAKDOWN = "breakdown"  # its cells are the values of `breakdown_kind`; several columns are one breakdown together
    TELLS = "tells"  # its cells say what the `told` columns of the row count
    CURRENCY = "currency"  # three letters, the same in every row: the currency of the `money` columns
    ID = "id"
    TITLE = "title"
    LINK = "link"
    PUBLISHED = "published"
    KIND = "kind"
    KEY = "key"  # filters: the name of a setting
    VALUE = "value"  # filters: its value


class Numbers(StrEnum):
    """How a column writes its numbers; every way is decided for the column, never for a cell."""

    DOT = "dot"  # 1234.5, thousands only as 1,234.5
    COMMA = "comma"  # 1234,5, thousands as 1.234,5 or with (no-break) spaces
    FILE = "file"  # as the whole column shows; ambiguous columns are refused with the flag to use


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the header texts that it goes by in any language, and where its cells go.

    A money column may write its currency in the header: put `{currency}` where the three letters stand.
    A date format without a year (%B %d) is read by what dates the export; "nth" counts days (in tables of a `period`:
    weeks, months) from the first day of the range.
    A column with neither `metric` nor `role` is known and not taken; `why` says why ("worked out from clicks …").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    names: tuple[str, ...]
    metric: str = ""
    role: Role | None = None
    breakdown_kind: str = ""  # with a metric: the column is one part (`breakdown`) of it; with role breakdown: the kind
    breakdown: str = ""
    unit: str = ""
    required: bool = False  # without it the table is another one; date, id and breakdown columns always are
    percent: bool = False  # cells end in % and are kept in points
    money: bool = False  # cells may carry the sign of their currency (US$1.92, 11,86 €), or a currency column says it
    per: float = 1  # how many of what the cells count make one of the metric's unit: 3600 where seconds become hours
    level: bool = False  # totals: a level, stated for the range's last day (without a range: the day of the export)
    told: bool = False  # what it counts is told by the row's `tells` column, else it is `metric` with that as its kind
    tells: dict[str, str] = field(default_factory=dict)  # role tells: what a cell says -> the metric
    numeric: bool = False  # known tables: with another text than a number the whole file is damaged
    complete: bool = False  # role breakdown: its values add up to the whole (for metrics that may be added)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number in the lines above a table, such as "Total followers on 12/11/2025:,12955".

    `pattern` is searched in them (case ignored); its groups are `value` and `day` (without it: the day of the export).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    pattern: str
    metric: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Which rows count: their cell is one of `only`, and none of `never` (folded; '' is an empty cell, '*' any text).

    Beside `only`, `never` lists what is known not to count: a table in which no row counts and other words stand
    than these states nothing, because its owner may have words of his own.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    names: tuple[str, ...]
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """One metric of a table of records: its rows counted, or one column of them summed, by the day of a column.

    Rows without that day, or that a condition excludes, do not count. Days between the table's first and last one on
    which nothing happened are 0. Of several counts of one metric (and breakdown) the first whose columns are all
    there counts. Only the day of a date and time is read, as written; date formats are of the day alone.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    metric: str
    by: tuple[str, ...]  # header names of the date column
    sum: tuple[str, ...] = ()  # header names of the column to be summed; () counts rows
    once: tuple[str, ...] = ()  # header names of an id: only the first row of each counts (line items of one order)
    where: tuple[Condition, ...] = ()
    currency: tuple[str, ...] = ()  # header names of the column with the currency of `sum`
    unit: str = ""  # else its fixed unit
    breakdown_kind: str = ""
    breakdown: tuple[str, ...] = ()  # header names of the column whose cells are the breakdown
    planned: bool = False  # `by` may lie ahead: what does not count says nothing about how far the export goes
    rule: str = ""  # what counts, in words for the receipt


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table of an export. All of `titles`, `members`, `columns` that are given must match."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    shape: Shape
    members: tuple[str, ...] = ()  # names of the ZIP member (without .csv) or sheet; '*' is allowed; '' = any
    top: tuple[str, ...] = ()  # a line that the file begins with (one of these, '*' allowed), for a header of few words
    titles: tuple[str, ...] = ()  # the line right above the header (one of these, '*' allowed); () = any
    platforms: tuple[str, ...] = ()  # overrides the profile's
    columns: tuple[Column, ...] = ()  # before the profile's shared ones
    date_formats: tuple[str, ...] = ()  # overrides the profile's; the whole column must fit exactly one
    numbers: Numbers | None = None
    omitted_days: str = ""  # "zero": days missing between the first and the last are 0
    total_labels: tuple[str, ...] = ()  # rows that begin (or, longer than the header, end) so are totals, not rows
    footers: tuple[str, ...] = ()  # texts of lines that are not rows ("Showing top 500 results", '*' allowed)
    most_rows: int = 0  # that the platform puts into this table: exactly as many are probably not all
    described: bool = False  # the row below the header describes its columns
    period: str = ""  # totals with a date column: each row is the "week", "month" or "year" that begins on its day
    complete: bool = False  # the values of its breakdown add up to the whole (for metrics that may be added)
    item_kind: str = ""
    item_id: str = ""  # items: a regular expression, searched in the link, whose group is the id: ids may be damaged
    id_seconds: int = 0  # items: bits of the id below the second that it was made in, which tells the year of a day
    stated: tuple[Stated, ...] = ()  # numbers in the lines above
    counts: tuple[Count, ...] = ()  # counted: what is counted; where no column is `required`, all that they need is
    days_shown: bool = False  # daily, where rows may also be of months: two days must follow each other
    exact: bool = False  # every column must be known: a header so short that strangers could have it too
    needs_filters: bool = False  # without the filters of its export nobody knows what it counts
    shared_columns: bool = True  # whether the profile's columns count here
    why: str = ""  # known: why it is left out


@dataclass(frozen=True, slots=True)
class Profile:
    """One export format of one report. `report` names the kind of export, one for all its generations.

    `files` and `preamble` are regular expressions, searched (case ignored) in the name of the file, ZIP or folder and
    in the lines above a header. Their named groups say what they find: `account`, `as_of` (a day), `epoch_ms` (the
    moment of export), `begin` and `end` (the first and last day of the range, both included) or `until` (the day after
    it), `scope` (which part of all is counted: a segment). Never needed to recognise a file.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    title: str  # "Meta Business Suite · daily cards"
    report: str
    platforms: tuple[str, ...]  # what it can mean: several where the file does not say
    how: tuple[str, ...]  # the menu path to download it, step by step
    tables: tuple[Table, ...]
    version: int = 1
    seen: str = ""  # when and where the facts were seen
    columns: tuple[Column, ...] = ()  # shared by all tables
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    numbers: Numbers = Numbers.DOT
    missing: tuple[str, ...] = ()  # more texts for a missing value than the usual ones
    files: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    one_range: bool = False  # the range that `preamble` finds in the first lines is that of all tables
    lag: int = 1  # how many days up to the day of export may still change
    items_of_range: bool = False  # the numbers of its items are of the range, not since they were published
    finished_days_only: bool = False  # the export leaves unfinished days out: its last day is already final
    metrics: tuple[Metric, ...] = ()  # metrics of the user's own that metrics.toml does not have
    mapped: bool = False  # made for one header by `import --map`: where another explains it as well, this one counts
    account: str = ""  # whose numbers they are where no file says it

    @property
    def has_filters(self) -> bool:
        """Whether its exports state their settings in a table of their own."""
        return any(table.shape is Shape.FILTERS for table in self.tables)

    @property
    def is_own(self) -> bool:
        """Whether it is of a table that its user keeps, not of a platform's export with more of its columns."""
        return self.mapped and self.report == self.id
