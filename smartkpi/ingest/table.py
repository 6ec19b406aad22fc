"""Chunks of rows become tables: found by blank lines, remarks and headers, and surveyed while they pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.identify import Match, Profiles, place_of
from smartkpi.ingest.survey import Survey, padded
from smartkpi.ingest.text import Chunk, TextSource
from smartkpi.ingest.workbook import SheetSource
from smartkpi.model.extraction import RowProblem

RowSource = TextSource | SheetSource
MOST_LINES_ABOVE = 60  # lines in which a header is looked for, and that are kept for the profile's `preamble`
MOST_UNKNOWN = 200  # that are listed one by one
BELOW = 4  # rows below a header that help to tell what it is

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

    def add(self, line: int, row: list[str]) -> None:
        self.count += 1
        if len(self.rows) < MOST_LINES_ABOVE:
            self.rows.append(row)
            self.numbers.append(line)
        if sum(1 for cell in row if cell.strip()) > 1 and not row[0].startswith("#"):
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
                        chunk, at = _longer(chunk, at, chunks)
                    self._loose_row(chunk, at)
                    at += 1
            if chunk.lines:
                self._last = chunk.lines[-1]
        self._finish()
        return self._found

    def _finish(self) -> None:
        if self._open:
            self._open.survey.finish(self._last, self._source.complete)
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
            self._open.survey.finish(0, True)
        self._open = None

    def _loose_row(self, chunk: Chunk, at: int) -> None:
        """A line outside of tables: blank, a header, or one of those above a header."""
        row, line = chunk.rows[at], chunk.lines[at]
        if not any(cell.strip() for cell in row):
            if self._loose.tables > 1:
                self._give_up()
            return
        if len(self._found.head) < MOST_LINES_ABOVE:
            self._found.head.append(row)
        if self._loose.count < MOST_LINES_ABOVE and (match := self._match(chunk, at)):
            self._begin(match, line)
            return
        self._refuse_orphan(line, row)
        self._loose.add(line, row)

    def _refuse_orphan(self, line: int, row: list[str]) -> None:
        """A row of the table before, below a line that is none of its rows: it must not get lost."""
        before = self._found.tables[-1].survey if self._found.tables else None
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
        return self._profiles.match(chunk.rows[at], shown, self._place, chunk.rows[at + 1 : at + 1 + BELOW])

    def _begin(self, match: Match, line: int) -> None:
        above, top = _joined(self._loose.rows), _joined(self._found.head)
        survey = Survey(match, self._source.member.name, line)
        table = RawTable(self._source, match, above, top, survey)
        self._found.tables.append(table)
        self._open = table
        self._loose = _Lines()

    def _give_up(self) -> None:
        """The lines so far are no known table's."""
        if self._loose.tables or (self._loose.rows and self._found.tables):
            header = max(self._loose.rows, key=len)
            number = self._loose.numbers[self._loose.rows.index(header)]
            shown = ", ".join(cell for cell in header if cell.strip())[:60]
            if len(self._found.unknown) < MOST_UNKNOWN:
                self._found.unknown.append(Unknown(number, shown))
            elif len(self._found.unknown) == MOST_UNKNOWN:
                self._found.unknown.append(Unknown(number, "and more below"))
        self._loose = _Lines()


def _longer(chunk: Chunk, at: int, chunks: Iterator[Chunk]) -> tuple[Chunk, int]:
    """The rest of a chunk with the next one, so that a header is never without the rows below it."""
    more = next(chunks, None)
    if more is None:
        return chunk, at
    return Chunk([*chunk.lines[at:], *more.lines], [*chunk.rows[at:], *more.rows]), 0


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(",".join(row).rstrip(",") for row in rows)
