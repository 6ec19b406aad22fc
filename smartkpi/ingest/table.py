"""Chunks of rows become tables: found by blank lines, remarks and headers, and surveyed while they pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import amount
from smartkpi.ingest.identify import Match, Profiles, filled, place_of
from smartkpi.ingest.spreadsheetml import XmlSheet
from smartkpi.ingest.survey import Survey, padded
from smartkpi.ingest.text import Chunk, TextSource
from smartkpi.ingest.words import shortened
from smartkpi.ingest.workbook import SheetSource
from smartkpi.model.extraction import RowProblem

RowSource = TextSource | SheetSource | XmlSheet
MOST_LINES_ABOVE = 60  # lines in which a header is looked for, and that are kept for the profile's `preamble`
MOST_UNKNOWN = 200  # that are listed one by one
MOST_TABLES = 200  # of a file or sheet
MOST_COLUMNS = 5000  # of a header: an old Facebook export has 2,105
MOST_LOOSE = 100_000  # lines in a row that belong to no table
MOST_DROPPED = 100_000  # lines of a table that are no rows: blank ones, totals, headers that are repeated
MOST_PROBLEMS = 20_000  # rows of a table that cannot be read
BELOW = 4  # rows below a header that help to tell what it is
_PAIR = 2

_NUMERAL = re.compile(r"[+-]?[\d.,\s]*\d[\d.,\s]*%?")
_NUMBER = re.compile(r"[\s\d.,:%/+-]*\d[\s\d.,:%/+-]*")


@dataclass(frozen=True, slots=True)
class RawTable:
    """One recognised table of a file: what it is, where it stands, what the first pass saw in it."""

    source: RowSource
    match: Match
    above: tuple[str, ...]  # lines between the table before and the header
    top: tuple[str, ...]  # the first lines of the file
    survey: Survey

    def chunks(self) -> Iterator[Chunk]:
        """The rows again, without those that are none, each exactly as wide as the header."""
        begin, end = self.survey.begin, self.survey.end
        for chunk in self.source.chunks():
            if chunk.lines and chunk.lines[-1] <= begin:
                continue
            if end is not None and chunk.lines and chunk.lines[0] >= end:
                return
            yield self._tidy(chunk, begin, end)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The same rows one by one, each with its line."""
        for chunk in self.chunks():
            yield from zip(chunk.lines, chunk.rows, strict=True)

    def column(self, at: int) -> Iterator[str]:
        """The cells of one column."""
        return (row[at] for chunk in self.chunks() for row in chunk.rows)

    def _tidy(self, chunk: Chunk, begin: int, end: int | None) -> Chunk:
        dropped, width = self.survey.dropped, self.match.width
        inside = bool(chunk.lines) and chunk.lines[0] > begin and (end is None or chunk.lines[-1] < end)
        if inside and set(map(len, chunk.rows)) == {width} and dropped.keys().isdisjoint(chunk.lines):
            return chunk
        kept = [
            (line, row if len(row) == width else padded(row, width))
            for line, row in zip(chunk.lines, chunk.rows, strict=True)
            if line > begin and (end is None or line < end) and line not in dropped
        ]
        return Chunk([line for line, _ in kept], [row for _, row in kept])


@dataclass(frozen=True, slots=True)
class Unknown:
    """Lines in which no profile recognises a table."""

    line: int
    text: str


@dataclass(slots=True)
class _Lines:
    """Lines that belong to no table yet."""

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    count: int = 0  # with those that were not kept
    tables: int = 0  # rows that look like a table's
    headers: int = 0  # of them those without a number
    before_blank: int = 0  # how many there are above the last blank line

    def add(self, line: int, row: list[str]) -> None:
        self.count += 1
        if len(self.rows) < MOST_LINES_ABOVE:
            self.rows.append(row)
            self.numbers.append(line)
        if _is_row(row):
            self.tables += 1
            self.headers += not any(_NUMBER.fullmatch(cell) for cell in row)


@dataclass(slots=True)
class Found:
    """What one pass over a file found: tables, lines that no profile knows, and its first lines."""

    tables: list[RawTable] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)


def find(source: RowSource, profiles: Profiles) -> Found:
    """All tables of a file or sheet, each surveyed; everything is read once, and nothing is kept but the surveys."""
    return _Finder(source, profiles).run()


class _Finder:
    def __init__(self, source: RowSource, profiles: Profiles) -> None:
        self._source = source
        self._profiles = profiles
        self._place = place_of(source.member.inside, source.sheet)
        self._open: RawTable | None = None
        self._loose = _Lines()
        self._found = Found()
        self._last = 0
        self._below = 0  # the line on which the last table ended

    def run(self) -> Found:
        chunks = self._source.chunks()
        for chunk in chunks:
            at = 0
            while at < len(chunk.rows):
                if self._open:
                    at = self._open.survey.feed(chunk, at)
                    if self._open.survey.end is not None:
                        self._close()
                else:
                    if at + BELOW >= len(chunk.rows):
                        if self._is_flooded(chunk.lines[at]):
                            self._give_up()
                            return self._found
                        chunk, at = _longer(chunk, at, chunks)
                    self._loose_row(chunk, at)
                    at += 1
            if chunk.lines:
                self._last = chunk.lines[-1]
            self._is_flooded(self._last)
        self._finish()
        return self._found

    def _is_flooded(self, line: int) -> bool:
        """Whether to look no further; endless lines that are no rows refuse a file in which tables were found."""
        survey = self._open.survey if self._open else None
        if survey and len(survey.dropped) - len(survey.problems) > MOST_DROPPED:
            raise self._flooded(f"more than {MOST_DROPPED:,} empty lines and lines that are no rows stand in one table")
        if survey and len(survey.problems) > MOST_PROBLEMS:
            first = survey.problems[0]
            raise self._flooded(
                f"more than {MOST_PROBLEMS:,} of its rows cannot be read",
                f"Line {first.line}, {first.column or 'the row'}: “{first.text[:60]}”; expected {first.expected}.",
            )
        if survey or line - self._below <= MOST_LOOSE:
            return False
        if self._found.tables:
            raise self._flooded(f"more than {MOST_LOOSE:,} lines below line {self._below} belong to no table")
        return True

    def _flooded(self, why: str, *details: str) -> FileRefusedError:
        hints = ("Download the export again and do not change it in another program first.",)
        return FileRefusedError(f"{self._source.member.name}: {why}.", details=details, hints=hints)

    def _finish(self) -> None:
        if self._open:
            self._open.survey.finish()
        elif not self._is_torn_off():
            self._give_up()

    def _is_torn_off(self) -> bool:
        """The last line of a file that was cut: not even its first cell is whole."""
        before = self._found.tables[-1].survey if self._found.tables else None
        if self._source.complete or not before or self._loose.numbers != [before.end]:
            return False
        text = next(cell for cell in self._loose.rows[0] if cell.strip())
        before.problems.append(RowProblem(before.file, self._loose.numbers[0], "", text, "a whole line"))
        return True

    def _close(self) -> None:
        if self._open:
            self._open.survey.finish()
            self._below = self._open.survey.end or 0
        self._open = None

    def _loose_row(self, chunk: Chunk, at: int) -> None:
        """A line outside of tables: blank, a header, or one of those above a header."""
        row, line = chunk.rows[at], chunk.lines[at]
        if not any(cell.strip() for cell in row):
            if self._loose.tables > 1 and not self._is_preamble():
                self._give_up()
            elif self._is_stray_table():
                self._tell(
                    self._loose.rows[self._loose.before_blank :], self._loose.numbers[self._loose.before_blank :]
                )
            self._loose.before_blank = len(self._loose.rows)
            return
        if len(self._found.head) < MOST_LINES_ABOVE:
            self._found.head.append(row[:MOST_COLUMNS])
        could_be = self._loose.count < MOST_LINES_ABOVE and len(row) <= MOST_COLUMNS
        if could_be and (match := self._match(chunk, at)):
            self._begin(match, line, len(row))
            return
        self._refuse_orphan(line, row)
        self._loose.add(line, row[:MOST_COLUMNS])

    def _is_preamble(self) -> bool:
        """Pairs of words that a profile looks for above its table, whatever blank lines come between."""
        rows = [row for row in self._loose.rows if not row[0].startswith("#")]
        return all(filled(row) <= _PAIR for row in rows) and self._profiles.reads("\n".join(_joined(rows)))

    def _is_stray_table(self) -> bool:
        """Rows of days and numbers below a preamble: a table whose header is damaged."""
        rows = [row for row in self._loose.rows[self._loose.before_blank :] if _is_row(row)]
        return sum(all(_NUMBER.fullmatch(cell) for cell in row) for row in rows) > 1

    def _refuse_orphan(self, line: int, row: list[str]) -> None:
        """A row of the table before, below a line that is none of its rows: it must not get lost."""
        before = self._found.tables[-1].survey if self._found.tables else None
        if before and before.end == line and line - 1 not in before.dropped and _is_rest(row):
            raise FileRefusedError(
                f"{before.file}: line {line} is the rest of a row that was broken.",
                details=("What stands before the break would be a wrong number.",),
                hints=("Download the export again and do not change it in another program first.",),
            )
        if before and not self._loose.headers and before.is_own(row, alone=not self._loose.count):
            raise FileRefusedError(
                f"{before.file}: a table is interrupted in line {before.end}, and goes on in line {line}.",
                details=("The rows below would be lost.",),
                hints=("Download the export again and do not change it in another program first.",),
            )

    def _match(self, chunk: Chunk, at: int) -> Match | None:
        above = chunk.lines[at] - 1
        title = self._loose.rows[-1] if self._loose.numbers[-1:] == [above] else []
        shown = next((cell for cell in title if cell.strip()), "")
        below = chunk.rows[at + 1 : at + 1 + BELOW]
        return self._profiles.match(chunk.rows[at], shown, self._place, below, top=self._found.head)

    def _begin(self, match: Match, line: int, written: int) -> None:
        above, top = _joined(self._loose.rows), _joined(self._found.head)
        self._give_up_what_is_above()
        survey = Survey(match, self._source.member.name, line, written)
        table = RawTable(self._source, match, above, top, survey)
        self._found.tables.append(table)
        if len(self._found.tables) > MOST_TABLES:
            raise self._flooded(f"more than {MOST_TABLES} tables")
        self._open = table
        self._loose = _Lines()

    def _give_up_what_is_above(self) -> None:
        """Below a table and above the next one: rows of two cells, or lines before a blank one, are nobody's."""
        loose, title = self._loose, self._loose.rows[-1:]
        lost = [row for row in loose.rows[: loose.before_blank] if not row[0].startswith("#")]
        is_below = self._found.tables and (lost or loose.tables > sum(map(_is_row, title)))
        if not self._is_preamble() and (is_below or any(map(_is_rest, lost))):
            self._give_up()

    def _give_up(self) -> None:
        """The lines so far are no known table's."""
        counts = self._found.tables or self._source.member.inside or any(map(_is_rest, self._loose.rows))
        if self._loose.tables or (self._loose.rows and counts):
            self._tell(self._loose.rows, self._loose.numbers)
        self._loose = _Lines()

    def _tell(self, rows: list[list[str]], numbers: list[int]) -> None:
        """What is probably the header of some lines stands for all of them."""
        header = max(rows, key=len)
        number = numbers[rows.index(header)]
        shown = shortened(", ".join(cell for cell in header if cell.strip()))
        if len(self._found.unknown) < MOST_UNKNOWN:
            self._found.unknown.append(Unknown(number, shown))
        elif len(self._found.unknown) == MOST_UNKNOWN:
            self._found.unknown.append(Unknown(number, "and more below"))


def _is_row(row: list[str]) -> bool:
    """Whether a line looks like a table's."""
    return filled(row) > 1 and not row[0].startswith("#")


def _is_rest(row: list[str]) -> bool:
    """A number alone on its line."""
    said = [cell for cell in row if cell.strip()]
    return len(said) == 1 and bool(_NUMERAL.fullmatch(amount(said[0])[0].strip()))


def _longer(chunk: Chunk, at: int, chunks: Iterator[Chunk]) -> tuple[Chunk, int]:
    """The rest of a chunk with the next one, so that a header is never without the rows below it."""
    more = next(chunks, None)
    if more is None:
        return chunk, at
    return Chunk([*chunk.lines[at:], *more.lines], [*chunk.rows[at:], *more.rows]), 0


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(",".join(row).rstrip(",") for row in rows)
