"""What a screen says, before anyone decides how it looks: four kinds of block, plain text, no markup."""

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a text means for the reader; a sign and a word always say it too."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"


class Cell(NamedTuple):
    """Plain text, its tone, and the number that it says; `share` asks for a bar (0 to 1) before the text.

    `aloud` is said in its place where lines are read aloud: signs alone say nothing there.
    """

    text: str
    tone: Tone = Tone.PLAIN
    number: float | None = None
    share: float | None = None
    aloud: str = ""


class Column(NamedTuple):
    """A column's head and how it gives way when there is little room.

    `goes` orders what leaves first: the column with the highest number goes first, 0 never goes. `bar_goes` is
    the same for the bar in it, whose text stays. A column that `wraps` may take several lines on a terminal. One that
    is `named` says its name before its cell where a row takes two lines and no head stands above.
    """

    name: str
    right: bool = False
    goes: int = 0
    bar_goes: int = 0
    wraps: bool = False
    named: bool = False


class Heading(NamedTuple):
    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """One sentence or more; `command` is what to type, set apart; `sign` stands before."""

    text: str
    tone: Tone = Tone.PLAIN
    sign: str = ""
    command: str = ""
    indent: int = 0


class Table(NamedTuple):
    """Rows of cells under columns. When even the columns that never go do not fit, a row takes two lines: its
    first `lead` cells, and the rest."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lead: int = 2
    headed: bool = True


Point = tuple[float, float]  # a day (an ordinal) and a value


class Chart(NamedTuple):
    """Values over days against a plan, and the range in which they will likely end.

    `days` and `ticks` are what is named at the edges, from the first to the last that is drawn; `likely` is the last
    day with its lowest and highest value. The texts say what is drawn, for the legend and for those who listen.
    """

    values: tuple[Point, ...]
    plan: tuple[Point, ...]
    likely: tuple[float, float, float] | None
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    so_far: str
    planned: str
    foreseen: str = ""


Block = Heading | Paragraph | Table | Chart


class Document(NamedTuple):
    blocks: tuple[Block, ...]
