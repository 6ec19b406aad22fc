"""A path or stream becomes one Reading per file: its extractions, what is left alone, or why it is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from smartkpi.errors import FileRefusedError
from smartkpi.ingest import scope, text, workbook
from smartkpi.ingest.archive import Member, Source, sources
from smartkpi.ingest.extract import NoRangeError, Siblings, Wishes, extraction
from smartkpi.ingest.identify import Profiles, unknown_file
from smartkpi.ingest.table import Found, RawTable, RowSource, find
from smartkpi.ingest.words import fits
from smartkpi.model.extraction import Extraction, LeftOut
from smartkpi.model.profile import Numbers, Profile, Shape


@dataclass(frozen=True, slots=True)
class Reading:
    """One file (or ZIP, or workbook). A refused file has nothing else; the others go on.

    `unknown`: no profile recognises anything in it, which matters only when the user named it.
    """

    name: str
    extractions: tuple[Extraction, ...] = ()
    left_out: tuple[LeftOut, ...] = ()  # tables and members that are not taken, by reason
    refused: FileRefusedError | None = None
    unknown: bool = False


def extractions(
    path: Path | BinaryIO,
    profiles: Iterable[Profile],
    *,
    today: int,
    only: Profile | None = None,
    as_of: int | None = None,
    encoding: str = "",
    platform: str = "",
    numbers: Numbers | None = None,
    date_format: str = "",
) -> Iterator[Reading]:
    """Read a file, the files of a folder, a ZIP or a stream; days are ordinals.

    `only` is the profile that the user named, `as_of` how new the export is, `platform` settles which of two
    profiles is meant; `encoding`, `numbers` and `date_format` settle what a file leaves open.
    """
    known = Profiles(profiles, only=only, platform=platform)
    wishes = Wishes(today, as_of, numbers, date_format, encoding)
    scanned = [_scan(source, known, encoding) for source in sources(path)]
    loose = [scan for scan in scanned if not scan.source.is_zip]
    beside = _filters(table for scan in loose for table in (*scan.filters, *_beside(path, scan, known, encoding)))
    for scan in scanned:
        inside = _filters(scan.filters) if scan.source.is_zip else beside
        yield _reading(scan, known, inside, wishes)


def _beside(path: Path | BinaryIO, scan: "_Scan", profiles: Profiles, encoding: str) -> list[RawTable]:
    """The filters that lie in the folder of a file that was named alone: they say what its numbers are of."""
    if not isinstance(path, Path) or path.is_dir() or scan.filters:
        return []
    tables = [t for table in scan.tables for t in table.match.profile.tables if t.shape is Shape.FILTERS]
    names = tuple(name for table in tables for name in table.members if name)
    near = [file for file in sorted(path.parent.glob("*.csv")) if file != path and fits(file.stem, names)]
    return [table for file in near for found in sources(file) for table in _scan(found, profiles, encoding).filters]


@dataclass(slots=True)
class _Scan:
    """What the first pass found in one source."""

    source: Source
    tables: list[RawTable] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    head: list[list[str]] = field(default_factory=list)
    refused: FileRefusedError | None = None

    @property
    def filters(self) -> list[RawTable]:
        return [table for table in self.tables if table.match.table.shape is Shape.FILTERS]


def _scan(source: Source, profiles: Profiles, encoding: str) -> _Scan:
    scan = _Scan(source, refused=source.refused)
    try:
        for member in source.members:
            for rows in _row_sources(member, profiles, encoding):
                _add(scan, rows, find(rows, profiles))
    except FileRefusedError as error:
        scan.refused = error
    except OSError as error:
        scan.refused = FileRefusedError(f"{source.name}: cannot be read: {error.strerror or error}.")
    return scan


def _row_sources(member: Member, profiles: Profiles, encoding: str) -> list[RowSource]:
    if workbook.is_workbook(member):
        return [*workbook.sheets(member)]
    return [text.read(member, profiles.names, encoding=encoding)]


def _add(scan: _Scan, rows: RowSource, found: Found) -> None:
    scan.tables += found.tables
    scan.head += found.head
    where = " › ".join(part for part in (rows.member.inside, rows.sheet) if part)
    for lines in found.unknown:
        scan.unknown.append(
            f"{where}: line {lines.line}: {lines.text}" if where else f"line {lines.line}: {lines.text}"
        )


def _reading(scan: _Scan, profiles: Profiles, filters: dict[str, set[str]], wishes: Wishes) -> Reading:
    name = scan.source.name
    if scan.refused:
        return Reading(name, refused=scan.refused)
    if not scan.tables:
        return Reading(name, refused=unknown_file(name, profiles, scan.head), unknown=True)
    skipped: dict[str, list[str]] = {}
    taken: dict[int, Extraction] = {}
    siblings = Siblings()
    daily_first = sorted(enumerate(scan.tables), key=lambda t: t[1].match.table.shape is not Shape.DAILY)
    try:
        for n, table in daily_first:
            if why := _left_alone(table):
                skipped.setdefault(why, []).append(_called(table))
                continue
            try:
                taken[n] = _extraction(table, filters, wishes, siblings)
            except NoRangeError as error:
                skipped.setdefault(error.headline, []).append(_called(table))
    except FileRefusedError as error:
        return Reading(name, refused=error)
    skipped.setdefault("not known", []).extend([*scan.unknown, *scan.source.left_out])
    left = tuple(LeftOut(why, tables=tuple(dict.fromkeys(names))) for why, names in skipped.items() if names)
    return Reading(name, _dated([taken[n] for n in sorted(taken)]), left)


def _dated(taken: list[Extraction]) -> tuple[Extraction, ...]:
    """Tables without a day of their own are as new as their siblings in the same ZIP or workbook."""
    known = [e for e in taken if e.as_of is not None]
    if not known:
        return tuple(taken)
    newest = max(known, key=lambda e: e.as_of or 0)
    said = f"{newest.as_of_from} ({newest.member})"
    return tuple(e if e.as_of is not None else replace(e, as_of=newest.as_of, as_of_from=said) for e in taken)


def _left_alone(table: RawTable) -> str:
    if table.match.table.shape is Shape.FILTERS:
        return "settings of the export, which say what its numbers are of"
    return table.match.table.why or "known, and not taken" if table.match.table.shape is Shape.KNOWN else ""


def _called(table: RawTable) -> str:
    title = "" if table.match.title.startswith("#") else table.match.title
    return table.source.sheet or table.source.member.inside or title or table.match.table.name


def _filters(tables: Iterable[RawTable]) -> dict[str, set[str]]:
    """For each profile the scopes that its filters tables state; more than one cannot be told apart."""
    found: dict[str, set[str]] = {}
    for table in tables:
        found.setdefault(table.match.profile.id, set()).add(scope.scope(scope.settings(table)))
    return found


def _extraction(table: RawTable, filters: dict[str, set[str]], wishes: Wishes, siblings: Siblings) -> Extraction:
    profile = table.match.profile
    has_filters = any(t.shape is Shape.FILTERS for t in profile.tables)
    scopes = filters.get(profile.id, set())
    if len(scopes) > 1:
        raise FileRefusedError(
            f"{table.source.member.name}: the folder holds exports with different filters.",
            details=tuple(f"Filters: {text or 'none'}." for text in sorted(scopes)),
            hints=("Import each export on its own, best as the ZIP that was downloaded.",),
        )
    alone = has_filters and not scopes
    chosen = next(iter(scopes), "")
    remarks = ["the filters of this export are not beside it: taken as unfiltered"] if alone else []
    remarks += [f"only {chosen}: the filter of this export"] if chosen else []
    return extraction(table, chosen, wishes, remarks=tuple(remarks), siblings=siblings)
