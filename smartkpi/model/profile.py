"""Every word that a profile file may say. A profile is one TOML file that describes one export format.

`knowledge` reads the files through pydantic (unknown words are refused) and hands these values on.
All texts to be matched (`names`, `titles`, `members`, labels) are compared folded: case, outer and doubled spaces,
BOM, soft hyphens, zero-width and no-break spaces do not matter (FORMATS.md, rule 2).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from smartkpi.model.metric import Metric


class Shape(StrEnum):
    """What a row of a table is."""

    DAILY = "daily"  # one day (of one account, of one breakdown value)
    TOTALS = "totals"  # one breakdown value's total for the whole range of the export
    ITEMS = "items"  # one post, video, e-mail or ad, cumulative since it was published
    FILTERS = "filters"  # a setting of the export: "Page","+/blog/"; becomes the scope of its siblings
    KNOWN = "known"  # recognised and left out; `why` says so in the receipt


class Role(StrEnum):
    """What a column is for, when it is not a metric."""

    DATE = "date"
    ACCOUNT = "account"
    PLATFORM = "platform"
    BREAKDOWN = "breakdown"  # its cells are the values of `breakdown_kind`
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
    A column with neither `metric` nor `role` is known and not taken; `why` says why ("worked out from clicks …").
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    names: tuple[str, ...]
    metric: str = ""
    role: Role | None = None
    breakdown_kind: str = (
        ""  # with a metric: this column is one part (`breakdown`) of it; with role breakdown: the kind
    )
    breakdown: str = ""
    unit: str = ""
    required: bool = False  # without it the table is another one; date, id and breakdown columns always are
    percent: bool = False  # cells end in % and are kept in points
    why: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table of an export. All of `titles`, `members`, `columns` that are given must match."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    name: str
    shape: Shape
    members: tuple[str, ...] = ()  # names of the ZIP member (without .csv) or sheet; '*' is allowed; '' = any
    titles: tuple[str, ...] = ()  # the line right above the header (one of these, '*' allowed); () = any
    platforms: tuple[str, ...] = ()  # overrides the profile's
    columns: tuple[Column, ...] = ()  # before the profile's shared ones
    date_formats: tuple[str, ...] = ()  # overrides the profile's; the whole column must fit exactly one
    numbers: Numbers | None = None
    omitted_days: str = ""  # "zero": days missing between the first and the last are 0
    total_labels: tuple[str, ...] = ()  # rows that begin (or, longer than the header, end) so are totals, not rows
    footers: tuple[str, ...] = ()  # texts of lines that are not rows ("Showing top 500 results", '*' allowed)
    item_kind: str = ""
    exact: bool = False  # every column must be known: a header so short that strangers could have it too
    shared_columns: bool = True  # whether the profile's columns count here
    why: str = ""  # known: why it is left out


@dataclass(frozen=True, slots=True)
class Profile:
    """One export format of one report. `report` names the kind of export, one for all its generations.

    `files` and `preamble` are regular expressions, searched (case ignored) in the name of the file, ZIP or folder and
    in the lines above a header. Their named groups say what they find: `account`, `as_of` (a day), `epoch_ms` (the
    moment of export), `begin` and `end` (the first and last day of the range, both included), `scope` (which part of
    all is counted: a segment). Never needed to recognise a file.
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
    lag: int = 1  # how many days up to the day of export may still change
    finished_days_only: bool = False  # the export leaves unfinished days out: its last day is already final
    metrics: tuple[Metric, ...] = ()  # metrics of the user's own that metrics.toml does not have
