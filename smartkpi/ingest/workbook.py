"""A workbook's sheets become chunks of rows whose cells are text, written in one exact way."""

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.archive import MOST_BYTES, MOST_INFLATION, SMALL, Member
from smartkpi.ingest.text import ROWS, Chunk

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER, _OLE_FREE = 512, 0xFFFFFFFA
MOST_CELLS = 5_000_000
_ADDRESS = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetSource:
    """One sheet; `chunks` may be called again and again. Lines are the sheet's rows, counted from 1."""

    member: Member
    sheet: str
    dialect: str
    workbook: "CalamineWorkbook"
    notes: tuple[str, ...] = ()
    delimiter: str = ""
    complete: bool = field(default=True)
    exact: bool = field(default=True)

    def chunks(self) -> Iterator[Chunk]:
        sheet = self.workbook.get_sheet_by_name(self.sheet)
        if sheet.start is None:
            return
        line, rows = 1, []
        for row in sheet.to_python(skip_empty_area=False):
            rows.append([shown(cell) for cell in row])
            if len(rows) == ROWS:
                yield Chunk(range(line, line + ROWS), rows)
                line, rows = line + ROWS, []
        if rows:
            yield Chunk(range(line, line + len(rows)), rows)


def is_workbook(member: Member) -> bool:
    """By the first bytes, never by the name."""
    with member.open() as stream:
        head = stream.read(8)
    return head == OLE or head.startswith(b"PK\x03\x04")


def sheets(member: Member) -> list[SheetSource]:
    """The sheets of an .xls or .xlsx, in order; anything that could exhaust the machine is refused first."""
    with member.open() as stream:
        kind = "XLS" if stream.read(8) == OLE else "XLSX"
    (_guard if kind == "XLSX" else _guard_ole)(member)
    workbook = _opened(member)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        end = sheet.end or (0, 0)
        if (end[0] + 1) * (end[1] + 1) > MOST_CELLS:
            raise _too_large(member)
    return [SheetSource(member, name, f"{kind} sheet", workbook) for name in workbook.sheet_names]


def _opened(member: Member) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    try:
        with member.open() as stream:
            return CalamineWorkbook.from_filelike(stream)
    except (KeyboardInterrupt, MemoryError, FileRefusedError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise FileRefusedError(f"{member.name}: the workbook cannot be read; it is damaged or protected.") from error


def _guard_ole(member: Member) -> None:
    """A file that was cut off makes its reader panic: the places of its allocation tables must lie inside."""
    with member.open() as stream:
        head = stream.read(_OLE_HEADER)
        size = len(head) + sum(len(block) for block in iter(lambda: stream.read(1 << 20), b""))
    if len(head) < _OLE_HEADER:
        raise FileRefusedError(f"{member.name}: the workbook was cut off; download it again.")
    shift = int.from_bytes(head[30:32], "little")
    tables = struct.unpack_from("<109I", head, 76)
    if shift not in (9, 12) or any((n + 2) << shift > size for n in tables if n < _OLE_FREE):
        raise FileRefusedError(f"{member.name}: the workbook was cut off or damaged; download it again.")


def _guard(member: Member) -> None:
    """A legal sheet with cells in two far corners makes its reader ask for hundreds of gigabytes: look first."""
    try:
        with member.open() as stream, zipfile.ZipFile(stream) as book:
            names = book.namelist()
            if "xl/workbook.xml" not in names:
                raise FileRefusedError(f"{member.name}: a workbook that is neither .xls nor .xlsx; save it as .xlsx.")
            for entry in book.infolist():
                _guard_entry(member, book, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileRefusedError(f"{member.name}: a damaged workbook ({error}).") from error


def _guard_entry(member: Member, book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    if entry.file_size > min(MOST_BYTES, max(SMALL, entry.compress_size * MOST_INFLATION)):
        raise _too_large(member)
    if not entry.filename.startswith("xl/worksheets/") or not entry.filename.endswith(".xml"):
        return
    widest = tallest = 0
    with book.open(entry) as sheet:
        rest = b""
        while block := sheet.read(1 << 20):
            data = rest + block
            for letters, digits in _ADDRESS.findall(data):
                widest = max(widest, _column(letters))
                tallest = max(tallest, int(digits))
            rest = data[-64:]
    if widest * tallest > MOST_CELLS:
        raise _too_large(member)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(member: Member) -> FileRefusedError:
    return FileRefusedError(f"{member.name}: a workbook of more than 5 million cells; no export is that large.")


def shown(cell: Any) -> str:
    """A cell as text: days in ISO, whole numbers without .0, everything else as it reads."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat() if cell.time() != datetime.time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


def _number(cell: float) -> str:
    """1.164 gets a fourth decimal, so that nobody takes it for 1,164 written in another language."""
    if cell.is_integer() and abs(cell) < 2**63:
        return str(int(cell))
    text = repr(cell)
    return f"{text}0" if re.fullmatch(r"-?\d+\.\d{3}", text) else text
