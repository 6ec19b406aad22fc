"""A workbook's sheets become chunks of rows whose cells are text, written in one exact way."""

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.archive import MOST_INFLATION, SMALL, Member
from smartkpi.ingest.text import ROWS, Chunk

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER, _OLE_FREE = 512, 0xFFFFFFFA
MOST_CELLS = 5_000_000
MOST_SHEETS = 256
MOST_TEXT = 48 * 1024**2  # of the strings, styles and other parts
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


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
        left = [""] * sheet.start[1]  # empty columns, which it leaves out
        for row in sheet.iter_rows():
            rows.append([*left, *map(shown, row)])
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
    if len(workbook.sheet_names) > MOST_SHEETS:
        raise FileRefusedError(f"{member.name}: a workbook of more than {MOST_SHEETS} sheets.")
    cells = 0
    for name in workbook.sheet_names:
        end = workbook.get_sheet_by_name(name).end or (0, 0)
        cells += (end[0] + 1) * (end[1] + 1)
        if cells > MOST_CELLS:
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
    is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
    if entry.file_size > max(SMALL, entry.compress_size * MOST_INFLATION):
        raise _too_large(member)
    if not is_sheet and entry.file_size > MOST_TEXT:
        raise FileRefusedError(f"{member.name}: a workbook with more than 48 MB of text; no export has as much.")
    if is_sheet:
        with book.open(entry) as sheet:
            _guard_sheet(member, sheet)


def _guard_sheet(member: Member, sheet: IO[bytes]) -> None:
    """How far its cells reach, told from addresses wherever they stand, and from the order of those without one."""
    widest = tallest = cells = rows = run = longest = 0
    is_loose, rest = False, b""
    while block := sheet.read(1 << 20):
        data, whole, rest = (rest + block).rpartition(b">")
        if len(rest) > 2 << 20:
            raise FileRefusedError(f"{member.name}: a tag of more than 2 MB; no workbook has such tags.")
        found = _ADDRESS.findall(data + whole)
        for letters, digits in found:
            widest = max(widest, _column(letters))
            tallest = max(tallest, int(digits))
        first, *later = [len(_CELL.findall(row)) for row in _ROW.split(data)]
        is_loose = is_loose or first + sum(later) > sum(1 for letters, _ in found if letters)
        longest = max(longest, run + first, *later) if later else max(longest, run + first)
        run = later[-1] if later else run + first
        rows, cells = rows + len(later), cells + first + sum(later)
        if cells > MOST_CELLS or _reach(widest, tallest, longest, rows, is_loose) > MOST_CELLS:
            raise _too_large(member)
    if cells > _reach(widest, tallest, longest, rows, is_loose):
        raise FileRefusedError(f"{member.name}: a damaged workbook: two cells stand at one place.")


def _reach(widest: int, tallest: int, longest: int, rows: int, is_loose: bool) -> int:
    """How many cells the area has; those without an address stand after the ones before."""
    return (widest + longest) * (tallest + rows) if is_loose else widest * tallest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
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
