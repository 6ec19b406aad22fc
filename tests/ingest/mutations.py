"""Exports whose rows and columns another program or a careless hand changed: each mutation says what it may cost."""

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smartkpi.ingest.archive import sources
from smartkpi.ingest.identify import Field, Profiles
from smartkpi.ingest.read import row_sources
from smartkpi.ingest.table import find
from smartkpi.ingest.text import TextSource
from smartkpi.ingest.workbook import SheetSource
from smartkpi.model.profile import Role, Shape

LEAST_ROWS, MOST_ROWS, MOST_CELLS = 8, 100, 4_000  # that are kept of a file
BOOK_DAY = "yyyy-mm-dd"
Cell = Any  # a text; in workbooks also a number or a day
Row = list[Cell]


@dataclass(frozen=True)
class Spot:
    """Where one known table stands in its part: the index of its header and of the row after its last."""

    header: int
    end: int
    width: int
    fields: tuple[Field, ...]
    shape: Shape

    @property
    def body(self) -> range:
        return range(self.header + 1, self.end)

    def columns(self, *roles: Role) -> list[int]:
        """The columns of these roles; without one, the numbers."""
        return [f.at for f in self.fields if (f.column.role in roles if roles else f.column.metric)]


@dataclass(frozen=True)
class Part:
    """One text file or sheet: its rows, and how a text is written."""

    name: str
    rows: list[Row]
    spots: tuple[Spot, ...]
    encoding: str = ""
    delimiter: str = ""
    newline: str = "\r\n"
    quoted: tuple[bool, ...] = ()
    raw: str = ""  # '' once the rows were changed

    @property
    def is_text(self) -> bool:
        return bool(self.encoding)

    def with_rows(self, rows: list[Row]) -> "Part":
        return replace(self, rows=rows, raw="")

    def text(self) -> str:
        """As the file has it, or the rows written anew."""
        if self.raw:
            return self.raw
        out = io.StringIO(newline="")
        plain = csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline)
        full = csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline, quoting=csv.QUOTE_ALL)
        for row in self.rows:
            lead = str(row[0]).lower() if row else ""
            if lead.startswith("sep="):
                out.write(f"sep={self.delimiter}{self.newline}")
            else:
                (full if len(self.rows) > 1 and any(self.quoted) else plain).writerow(row) if row else out.write(
                    self.newline
                )
        return out.getvalue()

    def data(self) -> bytes:
        return self.text().encode(self.encoding)


@dataclass(frozen=True)
class Export:
    """One file with its parts, of which one is changed at a time."""

    file: str
    kind: str  # text, zip, book
    parts: tuple[Part, ...]
    others: tuple[tuple[str, bytes], ...] = field(default=())  # members that are not read as text

    def data(self) -> bytes:
        return WRITERS[self.kind](self)

    def changed(self, part: Part, now: Part | bytes) -> bytes:
        """The file with one part changed."""
        if isinstance(now, Part):
            return replace(self, parts=tuple(now if p is part else p for p in self.parts)).data()
        if self.kind == "text":
            return now
        return _zipped([(p.name, now if p is part else p.data()) for p in self.parts], self.others)


def _zipped(parts: Sequence[tuple[str, bytes]], others: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in (*parts, *others):
            box.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _book(export: Export) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": BOOK_DAY})
        for part in export.parts:
            sheet = book.add_worksheet(part.name)
            for y, row in enumerate(part.rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(y, x, cell, day)
                    elif isinstance(cell, int | float):
                        sheet.write_number(y, x, cell)
                    elif cell:
                        sheet.write_string(y, x, cell)
    return out.getvalue()


WRITERS: dict[str, Callable[[Export], bytes]] = {
    "text": lambda export: export.parts[0].data(),
    "zip": lambda export: _zipped([(p.name, p.data()) for p in export.parts], export.others),
    "book": _book,
}


def opened(path: Path, profiles: Profiles) -> Export | None:
    """A file cut to its first rows, and where its tables stand; None where it is no text, ZIP or workbook."""
    (source,) = sources(path)
    if source.refused:
        return None
    rows = [(member, each) for member in source.members for each in row_sources(member, profiles, "")]
    if any(isinstance(each, SheetSource) for _, each in rows):
        return Export(path.name, "book", tuple(_sheet(each, profiles) for _, each in rows))
    if not all(isinstance(each, TextSource) for _, each in rows):
        return None
    parts = tuple(_text(each, profiles) for _, each in rows)
    return Export(path.name, "zip" if source.is_zip else "text", parts)


def _sheet(sheet: Any, profiles: Profiles) -> Part:
    rows = [list(row) for row in sheet.workbook.get_sheet_by_name(sheet.sheet).to_python(skip_empty_area=False)]
    return Part(sheet.sheet, rows, _spots(sheet, profiles, list(range(1, len(rows) + 2))))


def _text(source: TextSource, profiles: Profiles) -> Part:
    with source.member.open() as stream:
        text = stream.read().decode(source.encoding)
    physical = list(io.StringIO(text, newline=""))
    reader = csv.reader(physical, delimiter=source.delimiter)
    rows, starts, cells, kept = [], [], 0, 0
    for row in reader:
        starts.append(kept + 1)
        rows.append(row)
        kept = reader.line_num
        cells += len(row)
        if len(rows) >= MOST_ROWS or (cells >= MOST_CELLS and len(rows) >= LEAST_ROWS):
            break
    raw = "".join(physical[:kept])
    newline = "\r\n" if "\r\n" in raw else "\n"
    spots = () if source.wrapped else _spots(source, profiles, [*starts, kept + 1])
    quoted = tuple(physical[line - 1].startswith('"') for line in starts)
    if sum(quoted) * 2 < len(quoted):
        quoted = ()
    return Part(source.member.inside, rows, spots, source.encoding, source.delimiter, newline, quoted, raw)


def _spots(source: Any, profiles: Profiles, starts: list[int]) -> tuple[Spot, ...]:
    place = {line: n for n, line in enumerate(starts)}
    last = len(starts) - 1
    found = []
    for table in find(source, profiles).tables:
        if table.survey.begin in place:
            end = place.get(table.survey.end or -1, last)
            match = table.match
            found.append(Spot(place[table.survey.begin], end, match.width, match.fields, match.table.shape))
    return tuple(found)


@dataclass(frozen=True)
class Mutant:
    """The changed file; `may_lack` numbers may be missing without a word, `may_count`: with a word be other ones."""

    data: bytes
    may_lack: int = 0
    may_count: bool = False


class Unfit(Exception):  # noqa: N818 - no error: this mutation means nothing for this file
    """A mutation that would leave the file as it is, or honestly says something else."""


Mutation = Callable[[Export, Part, Spot, random.Random], Mutant]


def _whole(part: Part, spot: Spot) -> list[int]:
    """The rows of a table that are as wide as its header, which comes first."""
    return [spot.header, *(n for n in spot.body if len(part.rows[n]) >= spot.width)]


def _each(part: Part, spot: Spot, change: Callable[[Row, int], Row]) -> Part:
    """Every row of a table changed; short ones are filled up first, so that no column shifts."""
    rows = [list(row) for row in part.rows]
    for n in (spot.header, *spot.body):
        if any(str(cell).strip() for cell in rows[n]):
            rows[n] = change(rows[n] + [""] * (spot.width - len(rows[n])), n)
    return part.with_rows(rows)


def column_moved(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    if spot.width < 2:
        raise Unfit
    source, target = chance.sample(range(spot.width), 2)

    def change(row: Row, _: int) -> Row:
        cell = row.pop(source)
        return [*row[:target], cell, *row[target:]]

    return Mutant(export.changed(part, _each(part, spot, change)))


def column_renamed(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    at = chance.randrange(spot.width)
    header = part.rows[spot.header]
    old = str(header[at])
    others = [str(name) for n, name in enumerate(header) if n != at and str(name).strip()]
    new = chance.choice(
        [*others[:2], "Zubzub", old.upper(), f" {old}\u00a0", f"{old}.1", f"{old} (2)", "", "Total", "7"]
    )
    rows = [list(row) for row in part.rows]
    rows[spot.header][at] = new
    if new == old:
        raise Unfit
    return Mutant(export.changed(part, part.with_rows(rows)))


def column_doubled(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    source, target = chance.randrange(spot.width), chance.randrange(spot.width + 1)
    name = chance.choice(["{}", "{}", "{}.1", "{} copy"])

    def change(row: Row, n: int) -> Row:
        cell = name.format(row[source]) if n == spot.header else row[source]
        return [*row[:target], cell, *row[target:]]

    return Mutant(export.changed(part, _each(part, spot, change)))


def column_of_a_count(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """An index column, as data frames write it, or an empty one."""
    target = chance.choice([0, 0, spot.width, chance.randrange(spot.width)])
    is_empty = chance.random() < 0.5
    first = chance.choice(["", "Unnamed: 0"])

    def change(row: Row, n: int) -> Row:
        cell = "" if is_empty else first if n == spot.header else str(n - spot.header - 1)
        return [*row[:target], cell, *row[target:]]

    return Mutant(export.changed(part, _each(part, spot, change)))


def rows_cut(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """Any line of the file, also those above a header and the header itself."""
    if spot.shape is Shape.COUNTED:
        raise Unfit  # each row is a record: without it the count is truly another one
    if any(other.shape is Shape.FILTERS for other in part.spots):
        raise Unfit  # without a filter the numbers are truly of something else
    count = chance.choice([1, 1, 1, 2, 5])
    may_go = [n for n in range(len(part.rows)) if not _is_glued(part, n)]
    gone = set(chance.sample(may_go, min(count, len(may_go) - 1)))
    rows = [row for n, row in enumerate(part.rows) if n not in gone]
    lost = sum(len(part.rows[n]) for n in gone)
    return Mutant(export.changed(part, part.with_rows(rows)), may_lack=lost)


def _is_glued(part: Part, n: int) -> bool:
    """A header right below another table's row: without it the rows below would be the other table's."""
    return any(n == spot.header and n > 0 and len(part.rows[n - 1]) > 1 for spot in part.spots[1:])


def rows_doubled(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    if not spot.body:
        raise Unfit
    n, target = chance.choice(spot.body), chance.choice(spot.body)
    rows = [*part.rows[:target], list(part.rows[n]), *part.rows[target:]]
    return Mutant(export.changed(part, part.with_rows(rows)), may_count=spot.shape is Shape.COUNTED)


def row_contradicted(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """A row once more, with another number."""
    metrics = spot.columns()
    n = chance.choice([*_whole(part, spot)][1:] or [0])
    if not metrics or not n or spot.shape is Shape.COUNTED:
        raise Unfit
    row = list(part.rows[n])
    row[chance.choice(metrics)] = "987654" if part.is_text else 987654
    target = chance.choice(spot.body)
    return Mutant(export.changed(part, part.with_rows([*part.rows[:target], row, *part.rows[target:]])))


def rows_reordered(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    body = [part.rows[n] for n in spot.body if any(str(c).strip() for c in part.rows[n])]
    rest = len(spot.body) - len(body)
    how = chance.choice(["reversed", "sorted", "swapped"])
    if len(body) < 2:
        raise Unfit
    if how == "sorted":
        at = chance.randrange(spot.width)
        body.sort(key=lambda row: str(row[at]) if at < len(row) else "")
    elif how == "reversed":
        body.reverse()
    else:
        a, b = chance.sample(range(len(body)), 2)
        body[a], body[b] = body[b], body[a]
    rows = [*part.rows[: spot.header + 1], *body, *([""] for _ in range(rest)), *part.rows[spot.end :]]
    return Mutant(export.changed(part, part.with_rows(rows)))


MISSING = ("--", "--", "--", " --", "-", "", "n/a", "undefined", "#N/A")


def values_missing(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    metrics = spot.columns() or [0]
    keys = spot.columns(Role.DATE, Role.ID, Role.BEGIN, Role.END)
    whole = _whole(part, spot)[1:]
    if not whole or spot.shape is Shape.COUNTED:
        raise Unfit
    rows = [list(row) for row in part.rows]
    token = chance.choice(MISSING)
    count = chance.choice([1, 1, 3, len(whole)])
    at = chance.choice([*metrics, *metrics, *keys])
    for n in chance.sample(whole, min(count, len(whole))):
        rows[n][at] = token
    return Mutant(export.changed(part, part.with_rows(rows)), may_lack=count if at in metrics else 0)


def header_again(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    target = chance.choice([*spot.body, spot.end])
    rows = [*part.rows[:target], list(part.rows[spot.header]), *part.rows[target:]]
    return Mutant(export.changed(part, part.with_rows(rows)))


def blank_lines(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    target = chance.choice([spot.header, *spot.body, spot.end])
    blank = chance.choice([[], [""] * spot.width, ["", ""]])
    every = chance.random() < 0.3
    rows = []
    for n, row in enumerate(part.rows):
        rows += [blank, row] if every or n == target else [row]
    return Mutant(export.changed(part, part.with_rows(rows)))


ROWS_AND_COLUMNS: tuple[Mutation, ...] = (
    column_moved,
    column_renamed,
    column_doubled,
    column_of_a_count,
    rows_cut,
    rows_doubled,
    row_contradicted,
    rows_reordered,
    values_missing,
    header_again,
    blank_lines,
)
