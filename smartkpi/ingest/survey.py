"""The first pass over a table: while its rows go by, which days and keys they have, and which rows are none."""

import re
from collections.abc import Callable, Hashable, Sequence
from enum import Enum
from operator import itemgetter

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import is_damaged_id
from smartkpi.ingest.dates import date_format
from smartkpi.ingest.identify import Field, Match
from smartkpi.ingest.text import Chunk
from smartkpi.ingest.words import fits, fold
from smartkpi.model.extraction import RowProblem
from smartkpi.model.profile import Role, Shape

Group = Hashable  # the key cells of a row: a text, or a tuple of texts


_UNBROKEN = (Role.ID, Role.LINK)
_DASHES = " -\u2013\u2014"


class Verdict(Enum):
    """What a row that is not plain turns out to be."""

    ROW = "a row after all"
    DROPPED = "left out"
    END = "the table ended before it"


_NUMERAL = re.compile(r"[\d.,%]*\d[\d.,%]*")
TOTAL, FOOTER, REPEATED_HEADER = "total rows", "lines that are no rows", "the header again"
DESCRIPTIONS = "what the columns mean"
NO_KEY = "rows without “{}”"


class Survey:
    """What one table holds, gathered chunk by chunk in bounded memory: one bit a day and key, one entry a text.

    `seen` maps a group to the mask of its date texts (bit = the text's place in `texts`); `dropped` are lines that
    are not rows; `again` are (group, text) pairs that came more than once.
    """

    def __init__(self, match: Match, file: str, begin: int, written: int = 0) -> None:
        self.match = match
        self.file = file
        self.begin = begin  # the header's line
        self.end: int | None = None  # the line on which something else begins
        self.width = match.width
        self._written = written  # cells of the header with the empty ones at its end
        self._is_ragged = False
        self._longer: list[int] = []  # lines with more, empty cells than that: all of them or none
        self.seen: dict[Group, int] = {}
        self.texts: dict[str, int] = {}  # date text -> its bit
        self.first_lines: dict[str, int] = {}
        self.dropped: dict[int, str] = {}  # line -> reason
        self.totals: list[tuple[int, list[str]]] = []
        self.again: set[tuple[Group, str]] = set()
        self.problems: list[RowProblem] = []
        self.rows = 0
        self.is_daily = match.table.shape is Shape.DAILY
        self.is_counted = match.table.shape is Shape.COUNTED
        date = match.role(Role.DATE) if self.is_daily else None
        self.date = date.at if date else None
        self.key_fields = key_fields(match)
        is_known = match.table.shape is Shape.KNOWN
        self.group: Callable[[list[str]], Group] = _apart(match) if is_known else group_of(match)
        self._blank_line = 0
        self._undated: list[tuple[int, int]] = []  # lines without a day, and how many rows came before
        self._formats = [date_format(f) for f in match.date_formats]
        self._labels = match.table.total_labels
        self._is_described = match.table.described
        if self.is_counted:  # every line below the header is a record, whatever it says: none of it is ever shown
            self.texts[""] = self.seen[""] = 1

    def feed(self, chunk: Chunk, start: int) -> int:
        """Take rows of a chunk from `start` on; returns where the table ended in it, else how many rows it has."""
        bits, seen, width, group_of, date = self.texts, self.seen, self.width, self.group, self.date
        rows, lines = chunk.rows, chunk.lines
        if not isinstance(lines, range):
            self._refuse_swallowed(chunk, start)
        for n in range(start, len(rows)):
            row = rows[n]
            if len(row) != width:
                verdict = self._odd_length(lines[n], row)
                if verdict is Verdict.END:
                    return self._ended(lines[n], n)
                if verdict is Verdict.DROPPED:
                    continue
                row = padded(row, width)
            text = row[date] if date is not None else ""
            bit = bits.get(text)
            group = group_of(row)
            known = seen.get(group)
            if bit is None or known is None:
                verdict = self._new(lines[n], row, text, group, known is None)
                if verdict is Verdict.END:
                    return self._ended(lines[n], n)
                if verdict is Verdict.DROPPED:
                    continue
                bit, known = bits[text], known or 0
            if known & bit:
                self.again.add((group, text))
            seen[group] = known | bit
            self.rows += 1
        return len(rows)

    def _refuse_swallowed(self, chunk: Chunk, start: int) -> None:
        """A line break in a number or a day means that an open quote swallowed whole lines."""
        strict = [f for f in self.match.fields if f.column.metric or f.at == self.date or f.column.role in _UNBROKEN]
        for line, row in zip(chunk.lines[start:], chunk.rows[start:], strict=True):
            for field in strict:
                if field.at < len(row) and "\n" in row[field.at].strip():
                    raise FileRefusedError(
                        f"{self.file}: a quote that is opened in line {line} is closed lines later.",
                        details=(f"Column “{field.header}” would swallow everything in between.",),
                        hints=("Download the export again and do not open it in another program first.",),
                    )

    def _ended(self, line: int, at: int) -> int:
        self.end = line
        return at

    def _new(self, line: int, row: list[str], text: str, group: Group, is_new_group: bool) -> Verdict:
        """A date text or a key that was not met before: is this a row at all?"""
        verdict = self._odd_row(line, row)
        if verdict is Verdict.ROW and text not in self.texts:
            verdict = self._new_text(line, row, text)
        if verdict is Verdict.ROW and is_new_group:
            verdict = self._new_group(line, row)
        return verdict

    def _odd_row(self, line: int, row: Sequence[str]) -> Verdict:
        """Blank lines, blocks of remarks, totals, footers and headers are told by what they say."""
        first = next((cell for cell in row if cell.strip()), None)
        if first is None:
            return self._blank(line)
        if self._is_description(line, row):
            return self._drop(line, DESCRIPTIONS)
        alone = sum(1 for cell in row if cell.strip()) == 1
        if alone and first.startswith("#"):
            return Verdict.END
        if fits(first, self.match.table.footers):
            return self._drop(line, FOOTER)
        if self._labels and (self._is_labelled(first, row) or self._is_keyless_total(row)):
            return self._total(line, row)
        if alone and self._is_other_text(first, len(row)):
            return Verdict.END
        if fold(first) == fold(self._first_header()):
            return self._header_again(line, row)
        return Verdict.ROW

    def _is_description(self, line: int, row: Sequence[str]) -> bool:
        is_below = self._is_described and line == self.begin + 1 and not row[0].strip()
        return is_below and len(row) <= self.width and not self._has_plain_numbers(row)

    def _is_labelled(self, first: str, row: Sequence[str]) -> bool:
        """A total begins with its label, wherever the column stands that tells rows apart."""
        keys = (row[field.at] for field in self.key_fields if field.at < len(row))
        return any(fits(cell, self._labels) for cell in (first, *filter(str.strip, keys)))

    def _is_keyless_total(self, row: Sequence[str]) -> bool:
        """A row without its day, where the platform writes the total so."""
        return "" in self._labels and self.date is not None and len(row) > self.date and not row[self.date].strip()

    def _header_again(self, line: int, row: Sequence[str]) -> Verdict:
        """The same header is no row; one that merely begins like it opens another table."""
        if tuple(map(fold, row)) == tuple(map(fold, self.match.header)):
            return self._drop(line, REPEATED_HEADER)
        return Verdict.ROW if self._has_numbers(row) else Verdict.END

    def _has_numbers(self, row: Sequence[str]) -> bool:
        cells = (row[field.at] for field in self.match.metrics if field.at < len(row))
        return any(cell[:1].isdigit() for cell in map(str.strip, cells))

    def _has_plain_numbers(self, row: Sequence[str]) -> bool:
        """A description may begin with one: "28 Days: The number of people …"."""
        return any(_NUMERAL.fullmatch(row[f.at].strip()) for f in self.match.metrics if f.at < len(row))

    def _first_header(self) -> str:
        return next(cell for cell in self.match.header if cell.strip())

    def _blank(self, line: int) -> Verdict:
        """After a blank line a daily table may go on; every other table has ended."""
        self._blank_line = line
        return self._drop(line, "") if self.is_daily or self.is_counted else Verdict.END

    def _drop(self, line: int, reason: str) -> Verdict:
        self.dropped[line] = reason
        return Verdict.DROPPED

    def _total(self, line: int, row: Sequence[str]) -> Verdict:
        self.totals.append((line, list(row)))
        return self._drop(line, TOTAL)

    def _new_text(self, line: int, row: list[str], text: str) -> Verdict:
        if self.date is None or self._is_day(text):
            self.texts[text] = 1 << len(self.texts)
            self.first_lines[text] = line
            return Verdict.ROW
        if self._is_after_blank(line) or self._is_other_header(text):
            return Verdict.END
        if not text.strip():
            self._undated.append((line, self.rows))
            return self._total(line, row)
        return self._problem(line, self.match.header[self.date], text, f"a day like {self._example()}")

    def _is_after_blank(self, line: int) -> bool:
        return bool(self._blank_line) and self._blank_line == line - 1

    def _is_day(self, text: str) -> bool:
        return any(read(text) for read in self._formats)

    def _is_other_header(self, text: str) -> bool:
        date = self.match.role(Role.DATE)
        return bool(date and fits(text, date.column.names))

    def _example(self) -> str:
        return next(iter(self.texts), self.match.date_formats[0])

    def _new_group(self, line: int, row: list[str]) -> Verdict:
        if self.match.table.item_id:
            name, link = str(self.group(row)), self.match.role(Role.LINK)
            if name and not is_damaged_id(name):
                return Verdict.ROW
            if link and (not self.key_fields or (not name and row[self.key_fields[0].at].strip())):
                return self._problem(line, link.header, row[link.at], "a link with an id in it")
        parts = [f for f in self.key_fields if f.column.role in (Role.BREAKDOWN, Role.ID)]
        if parts and not any(row[f.at].strip(_DASHES) for f in parts):  # Google Ads writes “ --” into its total rows
            return self._no_key(line, row, parts[0])
        for field in self.key_fields:
            if not row[field.at].strip() and field.column.role is not Role.TELLS:
                return self._no_key(line, row, field)
            if field.column.role is Role.ID and is_damaged_id(row[field.at]):
                return self._problem(line, field.header, row[field.at], "an id; a spreadsheet cut its last digits off")
        return Verdict.ROW

    def _no_key(self, line: int, row: list[str], field: Field) -> Verdict:
        is_part = field.column.role is Role.BREAKDOWN
        if "" in self._labels:
            return self._total(line, row)
        if line == self.begin + 1 and not (is_part and self.is_daily):  # by its place a total, unless it has a day
            return self._total(line, row)
        if is_part:
            return self._problem(line, field.header, "", "a name; blank may be a total")
        if field.column.role is Role.ID:
            return self._drop(line, NO_KEY.format(field.header))
        return self._problem(line, field.header, "", "a name")

    def is_own(self, row: Sequence[str], *, alone: bool) -> bool:
        """Whether a line below the end would be a row of this table; `alone`: only blank lines stand between."""
        if len(row) != self.width:
            return False
        if self.date is not None:
            return self._is_day(row[self.date])
        return alone and self.match.table.shape is Shape.ITEMS and self.width > 2

    def _problem(self, line: int, column: str, text: str, expected: str) -> Verdict:
        self.problems.append(RowProblem(self.file, line, column, text, expected))
        return self._drop(line, "")

    def _odd_length(self, line: int, row: Sequence[str]) -> Verdict:
        """A row with more or fewer cells than the header: columns are never shifted."""
        if not any(cell.strip() for cell in row):
            return self._blank(line)
        extra = [cell for cell in row[self.width :] if cell.strip()]
        if not extra and len(row) > self.width and self._is_as_long_as_others(line, len(row)):
            return Verdict.ROW
        if self.is_counted:
            return self._problem(line, "", f"{len(row)} cells", f"{self.width} cells, as in the header")
        if extra and self._labels and all(fits(cell, self._labels) for cell in extra):
            return self._total(line, row)
        verdict = self._odd_row(line, row)
        if verdict is not Verdict.ROW:
            return verdict
        if self.match.table.shape is Shape.FILTERS and not extra:
            return Verdict.ROW
        if self._is_after_blank(line) or self.match.table.shape is Shape.KNOWN:
            return Verdict.END
        self._is_ragged = True
        return self._problem(line, "", f"{len(row)} cells", f"{self.width} cells, as in the header")

    def _is_as_long_as_others(self, line: int, cells: int) -> bool:
        """A mark too many at the end of every row does no harm; in one row it may have moved the others."""
        if cells == self._written or self.match.table.shape in (Shape.KNOWN, Shape.FILTERS):
            return True
        if len(self._longer) < self.rows:
            return False
        self._longer.append(line)
        return True

    @property
    def is_empty(self) -> bool:
        """Whether there is a header, and nothing below it but what its columns mean."""
        return not self.rows and not self.problems and set(self.dropped.values()) <= {"", DESCRIPTIONS}

    def _is_other_text(self, text: str, cells: int) -> bool:
        """A title or a remark stands alone on its line, and is no day of this table."""
        if self.width < 2:
            return False
        return not self._is_day(text) if self.is_daily else cells < self.width

    def finish(self) -> None:
        """The table is over: a row without a day is a total at its edges, and damage between its rows.

        Raises FileRefusedError where some rows have more cells than the header, and others have not.
        """
        moved = len(self._longer) < self.rows or self.match.unknown or self._is_ragged
        if self._longer and moved:
            raise FileRefusedError(
                f"{self.file}: line {self._longer[0]} has more cells than the header, and others have not.",
                details=("Nobody can say which of its numbers stand in their place.",),
                hints=("Download the export again and do not change it in another program first.",),
            )
        for line, rows_before in self._undated:
            if 0 < rows_before < self.rows and self.date is not None:
                self._problem(line, self.match.header[self.date], "", f"a day like {self._example()}")
        self._undated.clear()
        self.problems.sort(key=lambda problem: problem.line)


def padded(row: list[str], width: int) -> list[str]:
    """A row with exactly as many cells as the header has: empty ones added or taken off at the end."""
    return row[:width] if len(row) > width else row + [""] * (width - len(row))


_KEYS = {
    Shape.DAILY: (Role.PLATFORM, Role.ACCOUNT, Role.BREAKDOWN, Role.TELLS),
    Shape.TOTALS: (Role.PLATFORM, Role.ACCOUNT, Role.BREAKDOWN, Role.TELLS, Role.BEGIN, Role.END, Role.DATE),
    Shape.ITEMS: (Role.ID,),
    Shape.FILTERS: (Role.KEY,),
}


def key_fields(match: Match) -> tuple[Field, ...]:
    """The columns that tell rows of one day apart, those of one role in the order of the profile, not of the file."""
    every = [*match.table.columns, *match.profile.columns]
    roles = _KEYS.get(match.table.shape, ())
    found = [f for f in match.fields if f.column.role in roles and f.column.role is not None]
    return tuple(sorted(found, key=lambda f: (roles.index(f.column.role), every.index(f.column))))


def group_of(match: Match) -> Callable[[list[str]], Group]:
    """What tells a row's series from others: a text, a tuple of texts, or '' where the table has one group."""
    if match.table.item_id:
        return _item_id(match)
    fields = key_fields(match)
    return itemgetter(*(field.at for field in fields)) if fields else lambda row: ""


def _apart(match: Match) -> Callable[[list[str]], bool]:
    """Of a table that is not taken only blank lines and what may be the next header matter."""
    name = next((cell for cell in match.header if cell.strip()), "")
    return lambda row: name in row or not any(row)


def _agree(linked: str, stated: str) -> bool:
    """Whether two ids are of one item: a spreadsheet keeps the first digits of the one that it took for a number."""
    is_plain = stated.isdecimal() and linked.isdecimal()
    return not is_plain or linked == stated or (len(linked) == len(stated) and linked[:12] == stated[:12])


def _item_id(match: Match) -> Callable[[list[str]], str]:
    """The id out of the link, which no spreadsheet takes for a number; else the id column's."""
    link, own = match.role(Role.LINK), match.role(Role.ID)
    search = re.compile(match.table.item_id).search

    def of(row: list[str]) -> str:
        found = search(row[link.at]) if link else None
        mine = row[own.at].strip() if own else ""
        return (found[1] if _agree(found[1], mine) else "") if found else mine

    return of
