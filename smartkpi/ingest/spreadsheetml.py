"""SpreadsheetML 2003, the `.xls` that is XML text, becomes sheets whose cells are text, written in one exact way."""

import codecs
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.archive import Member
from smartkpi.ingest.text import ROWS, Chunk
from smartkpi.ingest.workbook import MOST_CELLS, MOST_SHEETS, shown

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
MOST_XML = 64 * 1024**2
LONGEST_TEXT = 1 << 20  # a tag or a cell
TALLEST, WIDEST = 250_000, 16_384
_HEAD = 4096
_BLOCK = 1 << 18
_WORKSHEET, _ROW, _CELL, _DATA, _COMMENT = (f"{NAMESPACE} {t}" for t in ("Worksheet", "Row", "Cell", "Data", "Comment"))
_NAME, _INDEX, _SPAN, _TYPE = (f"{NAMESPACE} {a}" for a in ("Name", "Index", "Span", "Type"))
_ACROSS, _DOWN = f"{NAMESPACE} MergeAcross", f"{NAMESPACE} MergeDown"
_WHOLE = re.compile(r"-?\d+", re.ASCII)

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class XmlSheet:
    """One sheet; `chunks` may be called again and again. Lines are the sheet's rows, counted from 1."""

    member: Member
    sheet: str
    rows: Rows
    width: int
    dialect: str = "XML sheet"
    notes: tuple[str, ...] = ()
    delimiter: str = ""
    complete: bool = field(default=True)
    exact: bool = field(default=True)

    def chunks(self) -> Iterator[Chunk]:
        """As wide as the widest row: a spreadsheet leaves empty cells at the end of a row out."""
        rows, line = iter(self.rows), 1
        while some := [[*row, *[""] * (self.width - len(row))] for row in islice(rows, ROWS)]:
            yield Chunk(range(line, line + len(some)), some)
            line += len(some)


def is_spreadsheetml(member: Member) -> bool:
    """By the first bytes, never by the name; in UTF-16 too."""
    with member.open() as stream:
        head = stream.read(_HEAD)
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return text.startswith(b"<?xml") and NAMESPACE.encode() in text


def sheets(member: Member) -> list[XmlSheet]:
    """The sheets, in order; what is damaged, declares entities or could exhaust the machine is refused."""
    from xml.parsers.expat import ExpatError, ParserCreate

    reader = _Reader(member.name)
    blocks, encoding = _blocks(member)
    parser = ParserCreate(encoding, " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    try:
        _feed(parser, blocks, member.name)
    except (ExpatError, UnicodeDecodeError) as error:
        raise FileRefusedError(
            f"{member.name}: the XML of this workbook is damaged or was cut off ({error}); download it again."
        ) from error
    return [XmlSheet(member, name, rows, width) for name, rows, width in reader.sheets]


def _blocks(member: Member) -> tuple[Iterator[bytes], str | None]:
    """The bytes and the encoding that they have whatever the XML says; None leaves it to the XML."""
    with member.open() as stream:
        head = stream.read(4)
    codec = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(head[:2])
    return (_recoded(member, codec), "utf-8") if codec else (_raw(member), None)


def _raw(member: Member) -> Iterator[bytes]:
    with member.open() as stream:
        yield from iter(lambda: stream.read(_BLOCK), b"")


def _recoded(member: Member, codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)()
    for block in _raw(member):
        yield decoder.decode(block).encode()
    decoder.decode(b"", final=True)


def _feed(parser: "XMLParserType", blocks: Iterator[bytes], name: str) -> None:
    fed = 0
    for block in blocks:
        parser.Parse(block, False)
        fed += len(block)
        if fed > MOST_XML:
            raise FileRefusedError(f"{name}: a workbook of more than 64 MB as XML; save it as .xlsx.")
        if fed - parser.CurrentByteIndex > LONGEST_TEXT + _BLOCK * 2:
            raise FileRefusedError(f"{name}: a tag of more than 1 MB; no workbook has such tags.")
    parser.Parse(b"", True)


class _Reader:
    """What the parser has seen so far: finished sheets, and the row and cell that it is in."""

    def __init__(self, name: str) -> None:
        self.sheets: list[tuple[str, Rows, int]] = []
        self._name = name
        self._rows: Rows = []
        self._row: list[str] = []
        self._width = 0
        self._cells = 0  # of finished sheets
        self._next_row = self._next_cell = 1
        self._below: list[tuple[int, range]] = []  # cells merged downwards: the column, the rows below
        self._texts: list[str] | None = None  # inside of a cell's data
        self._length = 0
        self._kind = ""
        self._is_comment = False
        self._starts = {_CELL: self._cell, _DATA: self._data, _ROW: self._begin_row, _WORKSHEET: self._sheet}
        self._ends = {_DATA: self._end_data, _ROW: self._end_row, _WORKSHEET: self._end_sheet}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        begin = self._starts.get(tag)
        if begin is not None and not self._is_comment:
            begin(attributes)
        elif tag == _COMMENT:
            self._is_comment = True

    def end(self, tag: str) -> None:
        finish = self._ends.get(tag)
        if finish is not None and not self._is_comment:
            finish()
        elif tag == _COMMENT:
            self._is_comment = False

    def text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise FileRefusedError(f"{self._name}: a cell of more than 1 MB; no export has such cells.")

    def refuse_doctype(self, *_: object) -> None:
        """Entities are declared here, which can make gigabytes of a few lines; no spreadsheet writes any."""
        raise FileRefusedError(f"{self._name}: its XML declares a document type of its own, as no workbook does.")

    def _sheet(self, attributes: dict[str, str]) -> None:
        self.sheets.append((attributes.get(_NAME, ""), self._rows, 0))
        if len(self.sheets) > MOST_SHEETS:
            raise FileRefusedError(f"{self._name}: a workbook of more than {MOST_SHEETS} sheets.")

    def _end_sheet(self) -> None:
        name, rows, _ = self.sheets[-1]
        self.sheets[-1] = name, rows, self._width
        self._cells += len(rows) * max(1, self._width)
        self._rows, self._width, self._next_row, self._below = [], 0, 1, []

    def _begin_row(self, attributes: dict[str, str]) -> None:
        at = self._place(attributes, self._next_row, TALLEST)
        if at > len(self._rows) + 1:
            self._rows.extend([()] * (at - 1 - len(self._rows)))
        self._next_row = at + 1 + self._number(attributes, _SPAN)
        self._row, self._next_cell = [], 1

    def _end_row(self) -> None:
        width = len(self._row)
        if width > self._width:
            self._width = width
        self._rows.append(tuple(self._row))
        if self._cells + len(self._rows) * (self._width or 1) > MOST_CELLS:
            raise self._too_large()

    def _cell(self, attributes: dict[str, str]) -> None:
        at = self._place(attributes, self._next_cell, WIDEST)
        line = len(self._rows) + 1
        if self._below and _INDEX not in attributes and any(at >= c and line in rows for c, rows in self._below):
            raise self._damaged(f"a merged cell reaches into row {line}, and the cells there say not where they stand")
        if down := self._number(attributes, _DOWN):
            self._below.append((at, range(line + 1, line + down + 1)))
        self._row.extend([""] * (at - len(self._row)))
        self._next_cell = at + 1 + self._number(attributes, _ACROSS)

    def _data(self, attributes: dict[str, str]) -> None:
        self._texts, self._length, self._kind = [], 0, attributes.get(_TYPE, "")

    def _end_data(self) -> None:
        if self._texts is not None and self._row:
            self._row[-1] = _shown(self._kind, "".join(self._texts))
        self._texts = None

    def _place(self, attributes: dict[str, str], following: int, most: int) -> int:
        """Where a row or cell stands: after the one before, or where it says itself, never on top of another."""
        at = self._number(attributes, _INDEX) if _INDEX in attributes else following
        if at < following:
            raise self._damaged(f"two cells stand at one place near row {len(self._rows) + 1}")
        if at > most:
            raise self._too_large()
        return at

    def _number(self, attributes: dict[str, str], name: str) -> int:
        text = attributes.get(name)
        if text is None:
            return 0
        if not re.fullmatch(r"\d{1,7}", text, re.ASCII):
            raise self._damaged(f"“{text[:20]}” stands where a place is stated, near row {len(self._rows) + 1}")
        return int(text)

    def _damaged(self, why: str) -> FileRefusedError:
        return FileRefusedError(f"{self._name}: the workbook is damaged: {why}.")

    def _too_large(self) -> FileRefusedError:
        return FileRefusedError(
            f"{self._name}: a workbook of more than 5 million cells or {TALLEST:,} rows, as no export is in XML."
        )


def _shown(kind: str, text: str) -> str:
    """A cell as text, like the cells of other workbooks: days in ISO, whole numbers as they stand."""
    try:
        if kind == "Number" and not _WHOLE.fullmatch(text):
            return shown(float(text))
        if kind == "DateTime":
            return shown(datetime.datetime.fromisoformat(text))
    except ValueError:
        return text
    return {"0": "FALSE", "1": "TRUE"}.get(text, text) if kind == "Boolean" else text
