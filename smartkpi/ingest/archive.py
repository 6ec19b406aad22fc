"""A path, folder, ZIP or stream becomes sources, each with members that can be opened again and again."""

import hashlib
import io
import os
import select
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from smartkpi.errors import FileRefusedError
from smartkpi.model.extraction import STDIN

KINDS = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".zip")
MOST_MEMBERS = 200
MOST_BYTES = 200 * 1024**2
MOST_BYTES_IN_ALL = 500 * 1024**2
MOST_INFLATION = 200
MOST_PIPED = 128 * 1024**2
MOST_DIRECTORY = 1024**2  # bytes of a ZIP's list of names: some 10,000 of them
MOST_FILES = 2000  # of a folder
PATIENCE = 3000  # milliseconds that a pipe may be silent before somebody writes into it
SMALL = 1024**2  # below this size a member may be packed as tightly as it likes
LOST = "Check its name and its folder; a folder can be given too: smartkpi import ~/Downloads"
ANEW = "Download it again and import it as it came: it was cut off or changed on its way."
_BUFFER = 1 << 18
_TAIL = 1 << 17  # the end of a ZIP's directory stands in it


@dataclass(frozen=True, slots=True)
class Member:
    """Bytes with a name: a file, or a file inside a ZIP."""

    file: str  # the name of the file, or of the ZIP
    inside: str  # the name inside the ZIP, or ''
    outer: tuple[str, ...]  # more names that may say whose it is: of the ZIP, of the folder that was given
    open: Callable[[], BinaryIO]
    sha256: Callable[[], str]

    @property
    def name(self) -> str:
        return self.inside or self.file

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.outer)


@dataclass(frozen=True, slots=True)
class Source:
    """One file that the user gave: what is imported, refused or left alone as a whole."""

    name: str
    members: tuple[Member, ...] = ()
    left_out: tuple[str, ...] = ()  # names inside a ZIP that are not read
    refused: FileRefusedError | None = None

    @property
    def is_zip(self) -> bool:
        return any(member.inside for member in self.members)


def sources(path: Path | BinaryIO) -> Iterator[Source]:
    """The files of `path`: itself, those lying directly in a folder, or the bytes of a stream.

    In a folder only files of known kinds count; links and dot-files do not. A ZIP is one source with many members.
    """
    if not isinstance(path, Path):
        yield _stream(iter(partial(path.read, _BUFFER), b""), STDIN)
    elif path.exists() and not path.is_file() and not path.is_dir():
        yield _special(path)
    elif path.is_dir():
        yield from _folder(path)
    else:
        yield _file(path, outer=())


def _folder(path: Path) -> Iterator[Source]:
    near = sorted(path.iterdir())
    files = [f for f in near if f.suffix.lower() in KINDS and not f.name.startswith(".") and _is_plain(f)]
    if len(files) > MOST_FILES:
        why = f"a folder of {len(files):,} tables and ZIPs; at most {MOST_FILES:,} are read at once"
        hint = "Put the exports into a folder of their own, or name them."
        yield Source(path.name, refused=FileRefusedError(f"{path.name}: {why}.", hints=(hint,)))
        return
    for file in files:
        yield _file(file, outer=(path.resolve().name,))


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _special(path: Path) -> Source:
    """A pipe such as `<(…)` of a shell; devices have no end, and sockets no content."""
    name = str(path)
    if not path.is_fifo():
        why = "a device or a socket, not a file; for standard input: -"
        return Source(name, refused=FileRefusedError(f"{name}: {why}."))
    try:
        pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            return _stream(_piped(pipe), name)
        finally:
            os.close(pipe)
    except OSError as error:
        return _unreadable(name, error)


def _piped(pipe: int) -> Iterator[bytes]:
    """What comes through a pipe; who opened it without writing into it would let us wait for ever."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    poll.poll(PATIENCE)
    try:
        first = os.read(pipe, _BUFFER)
    except BlockingIOError:  # it is held open, by someone who takes time
        first = b""
    os.set_blocking(pipe, True)
    yield from (block for block in (first,) if block)
    yield from iter(lambda: os.read(pipe, _BUFFER), b"")


def _file(path: Path, outer: tuple[str, ...]) -> Source:
    def opened() -> BinaryIO:
        return path.open("rb", buffering=_BUFFER)

    try:
        return _source(path.name, outer, opened)
    except OSError as error:
        return _unreadable(path.name, error)


def _unreadable(name: str, error: OSError) -> Source:
    hint = LOST if isinstance(error, FileNotFoundError) else "Open it in another program, or copy it, and try again."
    return Source(name, refused=FileRefusedError(f"{name}: cannot be read: {error.strerror or error}.", hints=(hint,)))


def _stream(blocks: Iterator[bytes], name: str) -> Source:
    kept = io.BytesIO()  # one copy: what comes through a pipe cannot be read twice
    for block in blocks:
        if kept.write(block) and kept.tell() > MOST_PIPED:
            why = f"what comes through the pipe is larger than {MOST_PIPED >> 20} MB; save it as a file first"
            return Source(name, refused=FileRefusedError(f"{name}: {why}."))
    if not kept.tell():
        return Source(name, refused=FileRefusedError(f"{name}: nothing comes through this pipe."))
    data = kept.getvalue()
    return _source(name, (), lambda: io.BytesIO(data))


def _source(name: str, outer: tuple[str, ...], opened: Callable[[], BinaryIO]) -> Source:
    with opened() as stream:
        is_packed = stream.read(4) == b"PK\x03\x04"
        if is_packed and _directory_size(stream) > MOST_DIRECTORY:
            return Source(name, refused=FileRefusedError(f"{name}: a ZIP of more files than any export has."))
        is_zip = is_packed and not _is_workbook(stream)
    if is_zip:
        return _unzipped(name, outer, opened)
    return Source(name, (Member(name, "", outer, opened, lambda: _digest(opened)),))


def _directory_size(stream: BinaryIO) -> int:
    """The bytes of a ZIP's directory, as its end says: to read the names of 100,000 members takes seconds."""
    end = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, end - _TAIL))
    tail = stream.read()
    at, far = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    return int.from_bytes(tail[far + 40 : far + 48], "little") if size == 0xFFFFFFFF and far >= 0 else size


def _digest(opened: Callable[[], BinaryIO]) -> str:
    digest = hashlib.sha256()
    with opened() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _is_workbook(stream: BinaryIO) -> bool:
    """XLSX, XLSM and ODS are ZIPs too."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            return bool({"[Content_Types].xml", "mimetype"} & set(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _unzipped(name: str, outer: tuple[str, ...], opened: Callable[[], BinaryIO]) -> Source:
    try:
        with opened() as stream, zipfile.ZipFile(stream) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        return Source(name, refused=FileRefusedError(f"{name}: a damaged ZIP ({error}).", hints=(ANEW,)))
    taken = [entry for entry in entries if _is_wanted(entry)]
    if reason := _danger(entries, taken):
        return Source(name, refused=FileRefusedError(f"{name}: {reason}.", outcome="Nothing of it was read."))
    left_out = tuple(entry.filename for entry in entries if entry not in taken and not _is_litter(entry))
    whole = _once(lambda: _digest(opened))
    members = (_member(name, outer, opened, entry.filename, whole) for entry in taken)
    return Source(name, tuple(members), left_out)


def _once(function: Callable[[], str]) -> Callable[[], str]:
    kept: list[str] = []

    def call() -> str:
        if not kept:
            kept.append(function())
        return kept[0]

    return call


def _member(
    name: str, outer: tuple[str, ...], opened: Callable[[], BinaryIO], inside: str, whole: Callable[[], str]
) -> Member:
    def unpacked() -> BinaryIO:
        stream = opened()
        try:
            with zipfile.ZipFile(stream) as archive:  # an open member keeps the ZIP's stream open
                member = archive.open(inside)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            stream.close()
            raise FileRefusedError(f"{name}: a damaged ZIP, in “{inside}”.", hints=(ANEW,)) from error
        return cast(BinaryIO, io.BufferedReader(_Unpacked(member, stream, name), _BUFFER))

    def digest() -> str:
        return hashlib.sha256(f"{whole()}/{inside}".encode()).hexdigest()

    return Member(name, inside, (name, *outer), unpacked, digest)


class _Unpacked(io.RawIOBase):
    """A member of a ZIP that closes its ZIP, and says in one way that the ZIP is damaged."""

    def __init__(self, member: IO[bytes], archive: BinaryIO, name: str) -> None:
        self._member, self._archive, self._name = member, archive, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._member.read(len(buffer))
        except Exception as error:  # zlib, lzma, bz2 and CRC each have an error of their own
            raise FileRefusedError(f"{self._name}: a damaged ZIP ({error}).", hints=(ANEW,)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._member.close()
        self._archive.close()
        super().close()


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    encrypted = bool(entry.flag_bits & 1)
    kind = name.suffix.lower() in KINDS and name.suffix.lower() != ".zip"
    return kind and not link and not encrypted and not _is_litter(entry)


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return "__MACOSX" in parts or (parts[-1].startswith(".") and parts[-1] != "..")


def _danger(entries: list[zipfile.ZipInfo], taken: list[zipfile.ZipInfo]) -> str:
    """Why the ZIP is refused as a whole, or ''. A member never gives more bytes than it declares."""
    for entry in entries:
        if _leaves(entry.filename):
            return f"the ZIP wants to write outside of its folder (“{entry.filename}”)"
    if len({entry.filename for entry in entries}) < len(entries):
        return "two files in the ZIP have the same name"
    if len(taken) > MOST_MEMBERS:
        return f"a ZIP of {len(taken)} tables; at most {MOST_MEMBERS} are read"
    for entry in taken:
        if entry.file_size > MOST_BYTES:
            return f"“{entry.filename}” unpacks to more than 200 MB"
        if entry.file_size > max(SMALL, entry.compress_size * MOST_INFLATION):
            return f"“{entry.filename}” unpacks to more than {MOST_INFLATION} times its size"
    if sum(entry.file_size for entry in taken) > MOST_BYTES_IN_ALL:
        return "the ZIP unpacks to more than 500 MB"
    return ""


def _leaves(name: str) -> bool:
    slashed = name.replace("\\", "/")
    return slashed.startswith("/") or (":" in slashed[:3] and slashed[1:2] == ":") or ".." in slashed.split("/")
