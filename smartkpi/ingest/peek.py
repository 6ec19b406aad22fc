"""A file that no profile knows shows itself: its table-like blocks, and what the cells of each column could be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from statistics import median_low

from smartkpi.ingest.archive import sources
from smartkpi.ingest.cells import MISSING, Reader, amount, is_ambiguous, style_of
from smartkpi.ingest.dates import Stamp, date_format, lacks_year, names_whole
from smartkpi.ingest.identify import Profiles
from smartkpi.ingest.read import row_sources
from smartkpi.ingest.table import RowSource
from smartkpi.ingest.words import clean, fold
from smartkpi.model.profile import Numbers

MOST_ROWS = 20_000  # looked at in a block; later ones are read when the table is imported
BROKEN = frozenset(("#div/0!", "#n/a"))  # what a spreadsheet writes where there is no result
FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y",
    "%m/%d/%y", "%d.%m.%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y",
    "%a, %b %d, %Y", "%a %d %b %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%a %d/%m/%Y", "%a %m/%d/%Y",
    "%b %Y", "%B %Y", "%b %y", "%b-%y", "%b-%Y", "%Y-%m", "%m/%Y", "%m.%Y", "%Y",
    "%d %b", "%d %B", "%b %d", "%B %d", "%d/%m", "%m/%d", "%d.%m.", "%B", "%b",
)  # fmt: skip
_SHOWN, _BELOW, _HEADS, _MOST_PARTS = 3, 4, 60, 3
_MOST_TEXTS = 2_000  # of a column of days
_LATEST = date(2100, 1, 1).toordinal()  # 8106 is a number and no year
_WEEK, _MONTH, _YEAR = (6, 8), (28, 31), (365, 366)


@dataclass(frozen=True, slots=True)
class Seen:
    """One column: its header and what its cells could be. `dates` are formats that read as many of them as can be."""

    header: str
    examples: tuple[str, ...]
    is_numbers: bool
    has_percent: bool
    currencies: tuple[str, ...]  # that signs in its cells say; '' for a mere $
    unclear: str  # a number that is another one with another decimal sign; ''
    proof: frozenset[Numbers]  # how its numbers are written, beyond doubt
    dates: tuple[str, ...]
    repeats: bool  # whether a text comes more than once
    gap: str  # "day", "week", "month" or "year": how far its days are apart; '' where that is not even

    @property
    def is_text(self) -> bool:
        return bool(self.examples) and not self.is_numbers and not self.dates


@dataclass(frozen=True, slots=True)
class Sight:
    """One block of rows below something like a header. `line` is the header's; `place` a sheet, a member or ''."""

    place: str
    line: int
    columns: tuple[Seen, ...]
    rows: int
    apart: tuple[str, ...]  # headers of texts that tell the rows of one day apart, as few as do; () where none need to

    @property
    def key(self) -> tuple[str, ...]:
        """What two blocks of one kind share."""
        return tuple(fold(column.header) for column in self.columns)


def sights(path: Path, *, encoding: str = "") -> tuple[Sight, ...]:
    """The blocks of a file in order, those with the header of an earlier one once for each place.

    Raises FileRefusedError where the file cannot be opened as a table at all.
    """
    none = Profiles(())
    found: dict[object, Sight] = {}
    for source in sources(path):
        if source.refused:
            raise source.refused
        for member in source.members:
            for rows in row_sources(member, none, encoding):
                for sight in _blocks(rows):
                    found.setdefault((sight.place, sight.key), sight)
    return tuple(found.values())


def _blocks(source: RowSource) -> Iterator[Sight]:
    place = source.sheet or source.member.inside
    for lines, rows in _pieces(source):
        at = _header(rows)
        if at is not None:
            width = max(n for n, cell in enumerate(rows[at], 1) if cell.strip())
            below = rows[at + 1 :]
            columns = tuple(_seen(rows[at][n], [row[n] for row in below if n < len(row)]) for n in range(width))
            yield Sight(place, lines[at], columns, len(below), _apart(columns, below))


def days_of(columns: Iterable[Seen]) -> Seen | None:
    """The column that most likely has the days."""
    days = [column for column in columns if column.dates]
    return next((column for column in days if not column.is_numbers), days[0] if days else None)


def _apart(columns: Sequence[Seen], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The fewest columns of repeated names that leave each day but one row; all of them where none do."""
    date = days_of(columns)
    if date is None or not date.repeats:
        return ()
    names = [n for n, column in enumerate(columns) if column.is_text and column.repeats and column.header]
    day = columns.index(date)
    for count in range(1, min(len(names), _MOST_PARTS) + 1):
        for chosen in combinations(names, count):
            keys = [tuple(fold(row[n]) if n < len(row) else "" for n in (day, *chosen)) for row in rows]
            if len(set(keys)) == len(keys):
                return tuple(columns[n].header for n in chosen)
    return tuple(columns[n].header for n in names)


def _pieces(source: RowSource) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Runs of lines without an empty one between them."""
    lines: list[int] = []
    rows: list[list[str]] = []
    for chunk in source.chunks():
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            if any(cell.strip() for cell in row):
                if len(rows) < MOST_ROWS:
                    lines.append(line)
                    rows.append(row)
            elif rows:
                yield lines, rows
                lines, rows = [], []
    if rows:
        yield lines, rows


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """The first line of two names or more, none of them a number or a day, with a number or a day soon below it."""
    for n, row in enumerate(rows[:_HEADS]):
        cells = [cell for cell in row if cell.strip()]
        below = [cell for other in rows[n + 1 : n + 1 + _BELOW] for cell in other]
        is_named = len(cells) > 1 and not any(_is_number(cell) or _is_full_day(cell) for cell in cells)
        if is_named and any(_is_number(cell) or _is_full_day(cell) for cell in below):
            return n
    return None


def _is_full_day(text: str) -> bool:
    return any(date_format(name)(text) for name in FORMATS if not lacks_year(name))


def _is_number(text: str) -> bool:
    bare = amount(text)[0].strip().removesuffix("%").rstrip()
    for style in (Numbers.DOT, Numbers.COMMA):
        try:
            return Reader(style).cell(bare) is not None
        except ValueError:
            continue
    return False


def _seen(header: str, cells: Sequence[str]) -> Seen:
    said = [cell.strip() for cell in cells if fold(cell) not in MISSING | BROKEN]
    numbers = [cell for cell in said if _is_number(cell)]
    texts = list(dict.fromkeys(said))[:_MOST_TEXTS]
    is_numbers = len(numbers) * 2 > len(said)
    dates = _formats(texts, len(texts) if is_numbers else 1)
    return Seen(
        clean(header),
        tuple(clean(text)[:40] for text in texts[:_SHOWN]),
        is_numbers,
        any(cell.endswith("%") for cell in numbers),
        tuple(sorted({amount(cell)[1] for cell in numbers if amount(cell)[0] != cell})),
        next((cell for cell in numbers if is_ambiguous(amount(cell)[0])), ""),
        frozenset(style_of(amount(cell)[0] for cell in numbers)) if not dates else frozenset(),
        dates,
        len(set(said)) < len(said),
        _gap(texts, dates[0]) if dates else "",
    )


def _formats(texts: Sequence[str], least: int) -> tuple[str, ...]:
    """The formats that read most texts, half of them and `least`; of those that mean the same days the first."""
    read = {name: tuple(_days(texts, name)) for name in FORMATS}
    most = max((sum(day is not None for day in days) for days in read.values()), default=0)
    if most < max(least, 1) or most * 2 < len(texts):
        return ()
    meanings: dict[tuple[int | None, ...], str] = {}
    for name, days in read.items():
        if sum(day is not None for day in days) == most:
            meanings.setdefault(days, name)
    return tuple(meanings.values())


def _days(texts: Iterable[str], name: str) -> Iterator[int | None]:
    read = date_format(name)
    for text in texts:
        stamp: Stamp | None = read(text)
        yield stamp.day if stamp and stamp.day < _LATEST else None


def _gap(texts: Sequence[str], name: str) -> str:
    """How far the days of a column are apart, most of the time."""
    days = sorted({day for day in _days(texts, name) if day is not None})
    if whole := names_whole(name):
        return whole
    if len(days) < 2:
        return ""
    apart = median_low([after - before for before, after in pairwise(days)])
    spans = {"day": (1, 1), "week": _WEEK, "month": _MONTH, "year": _YEAR}
    return next((word for word, (least, most) in spans.items() if least <= apart <= most), "")
