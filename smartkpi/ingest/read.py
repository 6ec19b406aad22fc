"""A path or stream becomes one Reading per file: its extractions, what is left alone, or why it is refused."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from smartkpi.errors import FileRefusedError
from smartkpi.ingest import scope, spreadsheetml, text, workbook
from smartkpi.ingest.altered import refuse_altered
from smartkpi.ingest.archive import Member, Source, sources
from smartkpi.ingest.extract import extraction
from smartkpi.ingest.identify import Profiles, place_of
from smartkpi.ingest.nearest import unknown_file
from smartkpi.ingest.spans import stated_range
from smartkpi.ingest.table import Found, RawTable, RowSource, find
from smartkpi.ingest.task import NoRangeError, Siblings, Wishes
from smartkpi.ingest.words import fits
from smartkpi.model.extraction import Extraction, LeftOut
from smartkpi.model.profile import Numbers, Profile, Shape

SETTINGS = "settings of the export, which say what its numbers are of"
Filters = dict[str, set[tuple[str, str]]]  # for each profile the scopes and ranges that its filters tables state


@dataclass(frozen=True, slots=True)
class Reading:
    """One file (or ZIP, or workbook). A refused file has nothing else; the others go on.

    `unknown`: no profile recognises anything in it, which matters only when the user named it. `settings_of`: the
    files beside it whose numbers its filters are of; `part_of`: those of its download that have the numbers.
    """

    name: str
    extractions: tuple[Extraction, ...] = ()
    left_out: tuple[LeftOut, ...] = ()  # tables and members that are not taken, by reason
    refused: FileRefusedError | None = None
    unknown: bool = False
    settings_of: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()


def extractions(
    path: Path | BinaryIO | Sequence[Path],
    profiles: Iterable[Profile],
    *,
    today: int,
    only: Profile | None = None,
    as_of: int | None = None,
    encoding: str = "",
    platform: str = "",
    numbers: Numbers | None = None,
    date_format: str = "",
    year: int | None = None,
    covers: tuple[int, int] | None = None,
    currency: str = "",
) -> Iterator[Reading]:
    """Read a file, the files of a folder, some files of one folder, a ZIP or a stream; days are ordinals.

    `only` is the profile that the user named, `as_of` how new the export is, `platform` settles which of two
    profiles is meant; `encoding`, `numbers`, `date_format`, `year`, `covers` and `currency`
    settle what a file leaves open.
    """
    known = Profiles(profiles, only=only, platform=platform)
    wishes = Wishes(today, as_of, numbers, date_format, encoding, year, covers, currency)
    paths = path if isinstance(path, Sequence) else (path,)
    scanned = [(each, _scan(source, known, encoding)) for each in paths for source in sources(each)]
    loose = [(each, scan) for each, scan in scanned if not scan.source.is_zip]
    beside = _filters(t for each, scan in loose for t in (*scan.filters, *_beside(each, scan, known, encoding)))
    readings = []
    for _, scan in scanned:
        inside = _filters(scan.filters) if scan.source.is_zip else beside
        readings.append(_reading(scan, known, inside, wishes))
    yield from _as_siblings([scan for _, scan in scanned], readings)


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

    @property
    def kinds(self) -> set[tuple[str, str]]:
        """The profile and name of each table."""
        return {(table.match.profile.id, table.match.table.name) for table in self.tables}

    @property
    def taken(self) -> set[str]:
        """The profiles of the tables that have numbers to take."""
        return {table.match.profile.id for table in self.tables if not _left_alone(table)}


def _scan(source: Source, profiles: Profiles, encoding: str) -> _Scan:
    scan = _Scan(source, refused=source.refused)
    try:
        for member in source.members:
            for rows in row_sources(member, profiles, encoding):
                _add(scan, rows, find(rows, profiles))
    except FileRefusedError as error:
        scan.refused = error
    except OSError as error:
        scan.refused = FileRefusedError(f"{source.name}: cannot be read: {error.strerror or error}.")
    return scan


def row_sources(member: Member, profiles: Profiles, encoding: str) -> list[RowSource]:
    """A member's text, or its sheets."""
    if workbook.is_workbook(member):
        return [*workbook.sheets(member)]
    if spreadsheetml.is_spreadsheetml(member):
        return [*spreadsheetml.sheets(member)]
    return [text.read(member, profiles.names, encoding=encoding)]


def _add(scan: _Scan, rows: RowSource, found: Found) -> None:
    scan.tables += found.tables
    scan.head += found.head
    where = " › ".join(part for part in (rows.member.inside, rows.sheet) if part)
    for lines in found.unknown:
        scan.unknown.append(
            f"{where}: line {lines.line}: {lines.text}" if where else f"line {lines.line}: {lines.text}"
        )


def _reading(scan: _Scan, profiles: Profiles, filters: Filters, wishes: Wishes) -> Reading:
    name = scan.source.name
    if scan.refused:
        return Reading(name, refused=scan.refused)
    if not scan.tables:
        return Reading(name, refused=unknown_file(name, profiles, scan.head), unknown=True)
    skipped: dict[str, list[str]] = {}
    taken: dict[int, Extraction] = {}
    undated: list[NoRangeError] = []
    siblings = Siblings()
    daily_first = sorted(enumerate(scan.tables), key=lambda t: t[1].match.table.shape is not Shape.DAILY)
    try:
        for n, table in daily_first:
            refuse_altered(table)
            if why := _left_alone(table):
                skipped.setdefault(why, []).append(_called(table))
                continue
            try:
                taken[n] = _extraction(table, filters, wishes, siblings)
            except NoRangeError as error:
                undated.append(error)
                skipped.setdefault(error.headline, []).append(_called(table))
    except FileRefusedError as error:
        return Reading(name, refused=error)
    if undated and not taken:
        first = undated[0]
        return Reading(name, refused=FileRefusedError(f"{name}: {first.headline}.", hints=first.hints))
    skipped.setdefault("not known", []).extend([*scan.unknown, *scan.source.left_out])
    left = tuple(LeftOut(why, tables=_numbered(names)) for why, names in skipped.items() if names)
    return Reading(name, _dated([taken[n] for n in sorted(taken)]), left)


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once, with how many tables are called so."""
    return tuple(f"{name} ({n} tables)" if n > 1 else name for name, n in Counter(names).items())


def _dated(taken: list[Extraction]) -> tuple[Extraction, ...]:
    """Tables without a day of their own are as new as their siblings in the same ZIP or workbook."""
    known = [e for e in taken if e.as_of is not None]
    if not known:
        return tuple(taken)
    newest = max(known, key=lambda e: e.as_of or 0)
    said = f"{newest.as_of_from} ({newest.member})"
    return tuple(e if e.as_of is not None else replace(e, as_of=newest.as_of, as_of_from=said) for e in taken)


def _as_siblings(scans: Sequence["_Scan"], readings: Sequence[Reading]) -> Iterator[Reading]:
    """Loose files of one folder are one export again: they date each other, and the filters are settings of the rest.

    Two tables of one kind are of two downloads, and nobody can say which of them dates the rest.
    """
    loose = [(scan, reading) for scan, reading in zip(scans, readings, strict=True) if not scan.source.is_zip]
    kinds = Counter(kind for scan, _ in loose for kind in scan.kinds)
    torn = {profile for (profile, _), count in kinds.items() if count > 1}
    found = [extraction for _, reading in loose for extraction in reading.extractions]
    dated = [e for e in found if e.as_of is not None and e.profile not in torn]
    for scan, reading in zip(scans, readings, strict=True):
        if scan.source.is_zip or reading.refused:
            yield reading
        elif users := _users(scan, [other for other, _ in loose]):
            why = f"the settings of {' and '.join(users)}, which say what its numbers are of"
            left = tuple(left._replace(reason=why) if left.reason == SETTINGS else left for left in reading.left_out)
            is_settings = len(scan.filters) == len(scan.tables)
            yield replace(reading, left_out=left, settings_of=users if is_settings else (), part_of=users)
        else:
            yield replace(reading, extractions=tuple(_dated_beside(e, dated) for e in reading.extractions))


def _users(scan: "_Scan", loose: Sequence["_Scan"]) -> tuple[str, ...]:
    """The files with numbers of the download that this one is a part of, where it has none itself.

    Filters are known by what they hold, other members of a ZIP that was unzipped by the name that they keep.
    """
    names = [name for table in scan.tables for name in (table.match.table.name, *table.match.table.members) if name]
    is_part = len(scan.filters) == len(scan.tables) or fits(place_of(scan.source.name, ""), names)
    profiles = {table.match.profile.id for table in scan.tables} if is_part and not scan.taken else set()
    return tuple(other.source.name for other in loose if profiles & other.taken)


def _dated_beside(undated: Extraction, dated: Sequence[Extraction]) -> Extraction:
    """As new as its siblings, where all of them are of one day."""
    if undated.as_of is not None:
        return undated
    near = [e for e in dated if _download(e) == _download(undated)]
    if len({e.as_of for e in near}) != 1:
        return undated
    said = f"like {near[0].file} beside it: {near[0].as_of_from}"
    return replace(undated, as_of=near[0].as_of, as_of_from=said)


def _download(extraction: Extraction) -> tuple[str, str, str]:
    """What the files of one download share; a browser numbers those of the next one: "Totals (1).csv"."""
    copy = re.search(r"\((\d+)\)\.\w+$", extraction.file)
    return extraction.profile, extraction.account, copy[1] if copy else ""


def _left_alone(table: RawTable) -> str:
    if table.match.table.shape is Shape.FILTERS:
        return SETTINGS
    bare = table.match.table.shape in (Shape.COUNTED, Shape.TOTALS) and not (table.survey.rows or table.survey.problems)
    if bare or (table.match.table.shape is Shape.ITEMS and table.survey.is_empty):
        return "0 rows: a header, and nothing below it"
    return table.match.table.why or "known, and not taken" if table.match.table.shape is Shape.KNOWN else ""


def _called(table: RawTable) -> str:
    title = "" if table.match.title.startswith("#") else table.match.title
    return table.source.sheet or table.source.member.inside or title or table.match.table.name


def _filters(tables: Iterable[RawTable]) -> Filters:
    """What the filters tables of each profile state; more than one scope cannot be told apart."""
    found: Filters = {}
    for table in tables:
        rows = scope.settings(table)
        found.setdefault(table.match.profile.id, set()).add((scope.scope(rows), stated_range(rows)))
    return found


def _extraction(table: RawTable, filters: Filters, wishes: Wishes, siblings: Siblings) -> Extraction:
    stated = filters.get(table.match.profile.id, set())
    scopes = {scope for scope, _ in stated}
    ranges = {days for _, days in stated}
    if len(scopes) > 1:
        raise FileRefusedError(
            f"{table.source.member.name}: the folder holds exports with different filters.",
            details=tuple(f"Filters: {text or 'none'}." for text in sorted(scopes)),
            hints=("Import each export on its own, best as the ZIP that was downloaded.",),
        )
    alone = table.match.profile.has_filters and not scopes
    if alone and table.match.table.needs_filters:
        raise NoRangeError("without its filters beside it nobody knows what it counts: keep the ZIP as it came")
    chosen = next(iter(scopes), "")
    days = next(iter(ranges), "") if len(ranges) == 1 else ""
    remarks = ["the filters of this export are not beside it: taken as unfiltered"] if alone else []
    remarks += [f"only {chosen}: the filter of this export"] if chosen else []
    return extraction(table, chosen, wishes, remarks=tuple(remarks), siblings=siblings, days=days)
