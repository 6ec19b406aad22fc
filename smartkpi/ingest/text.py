"""A member's bytes become chunks of rows: encoding, dialect and the file's own line numbers."""

import codecs
import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from smartkpi.errors import FileRefusedError, WrongUseError
from smartkpi.ingest.archive import Member
from smartkpi.ingest.words import fold

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ROWS = 256  # in a chunk
LONGEST_LINE = 1 << 20
_SAMPLE = 1 << 16
_BLOCK = 1 << 20
_CHUNK = 1 << 15  # characters in a chunk: some hundred lines, however long they are
_CELLS = 1 << 16  # cells in a chunk
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PK\x05\x06", "an empty ZIP"),
    (b"<?xml", "XML (perhaps an Excel 2003 workbook): open it in a spreadsheet and save it as .xlsx"),
    (b"<html", "a web page: download the export again"),
    (b"<!doctype", "a web page: download the export again"),
    (b"{\\rtf", "a text document"),
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows in order, and the line of the file on which each begins."""

    lines: Sequence[int]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class TextSource:
    """One text file whose encoding and dialect are known; `chunks` may be called again and again."""

    member: Member
    encoding: str
    encoding_name: str
    delimiter: str
    quoted: bool  # there are quotes in it
    wrapped: bool  # every line was put into quotes as a whole by another program
    skip: int  # `sep=` lines at the top
    complete: bool  # the last line has its end
    notes: tuple[str, ...]
    sheet: str = ""
    exact: bool = False  # whether cells were typed (workbooks), not text
    pointed: bool = True  # there are points in it

    @property
    def dialect(self) -> str:
        return f"{self.encoding_name}, {DELIMITERS.get(self.delimiter, repr(self.delimiter))}"

    def chunks(self) -> Iterator[Chunk]:
        """Rows from the first line on; a quote that is not closed and other damage refuse the file."""
        with self.member.open() as raw:
            text = io.TextIOWrapper(raw, self.encoding, newline="")
            if not self.quoted:
                yield from _split(text, self.delimiter, self.skip)
                return
            lines = _unwrapped(text, self.member.name, self.delimiter) if self.wrapped else text
            yield from _parsed(lines, self)


def _split(text: io.TextIOWrapper, delimiter: str, skip: int) -> Iterator[Chunk]:
    """Without a single quote in the file a line is a row: three times as fast as the csv module."""
    line = 0
    while lines := text.readlines(_CHUNK):
        rows = [bare.split(delimiter) if (bare := each.rstrip("\r\n")) else [] for each in lines]
        numbers = range(line + 1, line + 1 + len(rows))
        line += len(rows)
        yield Chunk(numbers[skip:], rows[skip:])
        skip = 0


def _parsed(lines: Iterable[str], source: TextSource) -> Iterator[Chunk]:
    reader = csv.reader(lines, delimiter=source.delimiter, strict=True)
    line, skip = 0, source.skip
    try:
        while rows := _some(reader):
            numbers = _numbered(line, rows, reader.line_num)
            line = reader.line_num
            yield Chunk(numbers[skip:], rows[skip:])
            skip = 0
    except csv.Error as error:
        raise _torn(source.member.name, reader.line_num, error, source.wrapped) from error


def _some(rows: Iterator[list[str]]) -> list[list[str]]:
    """The next rows: as many as a chunk has, fewer where they are very wide."""
    some: list[list[str]] = []
    cells = 0
    for row in rows:
        some.append(row)
        cells += len(row)
        if len(some) == ROWS or cells > _CELLS:
            break
    return some


def _numbered(before: int, rows: list[list[str]], after: int) -> Sequence[int]:
    """The line on which each row begins; a row with line breaks in its cells takes several."""
    if after - before == len(rows):
        return range(before + 1, after + 1)
    lines = []
    for row in rows:
        lines.append(before + 1)
        before += 1 + sum(_breaks(cell) for cell in row)
    return lines


def _breaks(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")


def _torn(name: str, line: int, error: csv.Error, wrapped: bool) -> FileRefusedError:
    if wrapped:
        return _badly_wrapped(name, line)
    if "field larger" in str(error):
        why = f"a cell before line {line} is longer than any export's: probably a quote that is never closed"
    else:
        why = f"a quote that is opened at or before line {line} is not closed where its cell ends"
    return FileRefusedError(
        f"{name}: the quotes do not fit together.",
        details=(f"{why[0].upper()}{why[1:]}, so rows would be swallowed.",),
        hints=("Download the export again and do not open it in another program first.",),
    )


def _badly_wrapped(name: str, line: int) -> FileRefusedError:
    return FileRefusedError(
        f"{name}: another program put every line into quotes and tore cells with line breaks apart.",
        details=(f"Line {line} cannot be put together again.",),
        hints=("Download the export again and do not open it in another program first.",),
    )


def _unwrapped(lines: Iterator[str] | io.TextIOWrapper, name: str, delimiter: str) -> Iterator[str]:
    """Lines that were wrapped in quotes as a whole, unwrapped once; each must be one cell with whole cells in it."""
    for number, line in enumerate(lines, 1):
        bare = line.rstrip("\r\n")
        if not bare.strip(delimiter + " \ufeff"):
            yield "\n"
            continue
        try:
            cells = next(csv.reader([bare], delimiter=delimiter, strict=True))
            inner = [c for c in cells if c] if len(cells) > 1 else cells
            next(csv.reader([inner[0]], delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise _badly_wrapped(name, number) from error
        if len(inner) != 1:
            raise _badly_wrapped(name, number)
        yield inner[0] + "\n"


def read(member: Member, known: Collection[str], *, encoding: str = "") -> TextSource:
    """Find encoding and dialect; `known` are folded header texts, which tell the right delimiter."""
    with member.open() as stream:
        head = stream.read(_SAMPLE)
    _refuse_other_kinds(member.name, head)
    codec, shown, notes = _encoding(member, head, encoding)
    try:
        complete, quoted, pointed = _check(member, codec)
    except UnicodeDecodeError:
        if encoding or codec != "utf-8":
            raise _undecodable(member.name, shown) from None
        codec, shown = "cp1252", "Windows-1252"
        notes = ("The text is not UTF-8; it was read as Windows-1252. If names look wrong: --encoding NAME.",)
        try:
            complete, quoted, pointed = _check(member, codec)
        except UnicodeDecodeError:
            raise _undecodable(member.name, shown) from None
    sample = codecs.getincrementaldecoder(codec)().decode(head)
    delimiter, wrapped, skip = _dialect(sample, known)
    return TextSource(member, codec, shown, delimiter, quoted, wrapped, skip, complete, notes, pointed=pointed)


def _undecodable(name: str, shown: str) -> FileRefusedError:
    return FileRefusedError(
        f"{name}: the text is damaged; it cannot be read as {shown}.",
        hints=("If you know its encoding: --encoding NAME. Else download the export again.",),
    )


def _refuse_other_kinds(name: str, head: bytes) -> None:
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise FileRefusedError(f"{name}: the file is empty.", hints=("Download it again: nothing came through.",))
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    narrow = start.replace(b"\0", b"")  # of UTF-16
    for magic, kind in MAGIC:
        if start.startswith(magic.lower()) or narrow.startswith(magic.lower()):
            raise FileRefusedError(f"{name}: this is no table but {kind}.")


def _encoding(member: Member, head: bytes, wanted: str) -> tuple[str, str, tuple[str, ...]]:
    if wanted:
        try:
            return codecs.lookup(wanted).name, wanted, ()
        except LookupError:
            raise WrongUseError(f"“{wanted}” is no encoding.", hints=("--encoding utf-8, utf-16, cp1252, …",)) from None
    for bom, codec, shown in _BOMS:
        if head.startswith(bom):
            return codec, shown, ()
    if codec := _utf16_by_nuls(head):
        return codec, "UTF-16", ()
    return "utf-8", "UTF-8", ()


def _utf16_by_nuls(head: bytes) -> str:
    """Without a BOM, every second byte of Western UTF-16 is NUL."""
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs * 0.4 and not head[0::2].count(0):
        return "utf-16-le"
    if pairs and head[0::2].count(0) > pairs * 0.4 and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def _check(member: Member, codec: str) -> tuple[bool, bool, bool]:
    """Decode the whole file once; refuse NULs and endless lines; whether the last line has its end, and any quotes."""
    decoder = codecs.getincrementaldecoder(codec)()
    since_break, last, quoted, pointed = 0, "", False, False
    with member.open() as stream:
        while block := stream.read(_BLOCK):
            text = decoder.decode(block)
            if "\0" in text or "\x01" in text:
                raise FileRefusedError(f"{member.name}: this is no text but a program's own format.")
            quoted = quoted or '"' in text
            pointed = pointed or "." in text
            first = text.find("\n") if "\n" in text else text.find("\r")
            if since_break + (first if first >= 0 else len(text)) > LONGEST_LINE:
                raise FileRefusedError(f"{member.name}: a line of more than 1 MB; no export has such lines.")
            end = max(text.rfind("\n"), text.rfind("\r"))
            since_break = len(text) - end - 1 if end >= 0 else since_break + len(text)
            last = text[-1:] or last
    decoder.decode(b"", final=True)
    return last in ("\n", "\r"), quoted, pointed


def _dialect(sample: str, known: Collection[str]) -> tuple[str, bool, int]:
    """The delimiter with which some line of the sample reads most like a known header."""
    lines = sample.lstrip("\ufeff").splitlines(keepends=True)[:200]
    lead = lines[0].strip().strip('"') if lines else ""
    said = lead[4:5] if lead.lower().startswith("sep=") else ""
    if not said and lines and lines[0].lower().startswith("sep=\t"):
        said = "\t"
    skip = 1 if lines and lines[0].lower().lstrip('"').startswith("sep=") else 0
    marks = {mark: _header_score(lines, mark, known) for mark in dict.fromkeys((said or ",", *DELIMITERS)) if mark}
    best = max(marks, key=lambda mark: (marks[mark][0], mark == said, _evenness(lines, mark)))
    return best, marks[best][1], skip


def _header_score(lines: list[str], mark: str, known: Collection[str]) -> tuple[int, bool]:
    """How many known header texts the best line has, and whether it had to be unwrapped for that."""
    best = (0, False)
    for cells in _loose(lines, mark):
        score = _hits(cells, known)
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and mark in filled[0]:
            inside = max((_hits(inner, known) for inner in _loose(filled, mark)), default=0)
            if inside > max(1, score):
                best = max(best, (inside, True))
        best = max(best, (score, False))
    return best


def _hits(cells: list[str], known: Collection[str]) -> int:
    return len({name for cell in cells if (name := fold(cell)) in known and name})


def _loose(lines: list[str], mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=mark)
    except csv.Error:
        return


def _evenness(lines: list[str], mark: str) -> int:
    """Without a known header: on how many lines the mark stands equally often."""
    counts = [line.count(mark) for line in lines if mark in line]
    return max((counts.count(n) for n in set(counts)), default=0)
