"""A header and the rows below it become the one profile and table that they are, or a refusal that helps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.dates import date_format
from smartkpi.ingest.words import fits, fold, pattern
from smartkpi.model.profile import Column, Profile, Role, Shape, Table

_ALWAYS_REQUIRED = (Role.DATE, Role.ID, Role.BREAKDOWN, Role.KEY, Role.VALUE)
_TAKEN = (Shape.DAILY, Shape.TOTALS, Shape.ITEMS)
_ISO = "%Y-%m-%d"
_Rank = tuple[bool, int, int, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file: where it stands, what its header says, and what the profile says of it."""

    at: int
    header: str
    column: Column
    unit: str


@dataclass(frozen=True, slots=True)
class Match:
    """A header that one table of one profile claims. `unknown` and `doubled` are header texts that are not taken."""

    profile: Profile
    table: Table
    header: tuple[str, ...]
    title: str
    fields: tuple[Field, ...]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.header)

    @property
    def metrics(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.column.metric)

    def role(self, role: Role) -> Field | None:
        return next((f for f in self.fields if f.column.role is role), None)

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The profile's ways to write a day; ISO, which cannot be mistaken, always counts too."""
        own = self.table.date_formats or self.profile.date_formats
        return own if _ISO in own else (*own, _ISO)

    @property
    def platforms(self) -> tuple[str, ...]:
        return self.table.platforms or self.profile.platforms


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One table of one profile, with the folded names of its columns."""

    profile: Profile
    table: Table
    profile_names: frozenset[str]  # of all tables of the profile
    columns: tuple[Column, ...]
    places: dict[str, int]  # folded name -> which column
    wildcards: tuple[tuple[int, re.Pattern[str]], ...]

    def column(self, name: str) -> tuple[int, str] | None:
        """Which column a folded header text is, and the currency in it."""
        if name in self.places:
            return self.places[name], ""
        for n, wildcard in self.wildcards:
            if found := wildcard.fullmatch(name):
                return n, found.groupdict().get("currency", "").upper()
        return None


class Profiles:
    """The profiles that a command knows, ready to be compared with many headers."""

    def __init__(self, profiles: Iterable[Profile], *, only: Profile | None = None, platform: str = "") -> None:
        self._candidates = [
            _candidate(profile, table) for profile in ((only,) if only else profiles) for table in profile.tables
        ]
        self._named = only is not None
        self._some_without_columns = any(not candidate.columns for candidate in self._candidates)
        self._platform = platform
        self.names = frozenset(name for candidate in self._candidates for name in candidate.places)

    def _may_be_header(self, row: Sequence[str]) -> bool:
        """A quick look, because most lines are none."""
        return self._some_without_columns or any(fold(cell) in self.names for cell in row)

    def match(self, row: Sequence[str], title: str, place: str, below: Sequence[Sequence[str]]) -> Match | None:
        """The one table that this header is; None when no profile claims it.

        `title` is the line above, `place` the member or sheet ('' for a plain file), `below` the first rows.
        Raises FileRefusedError when two profiles claim it equally.
        """
        if not self._may_be_header(row):
            return None
        header = _trimmed(row)
        ranked: list[tuple[_Rank, Match]] = []
        for candidate in self._candidates:
            match = self._claim(candidate, header, title, place)
            if match and (days := _dates_fit(match, below)):
                ranked.append((self._rank(match, place, days), match))
        if not ranked:
            return None
        best = max(rank for rank, _ in ranked)
        winners = [match for rank, match in ranked if rank == best]
        if len({m.profile.id for m in winners}) > 1 and any(m.table.shape is not Shape.KNOWN for m in winners):
            raise _two_claims(winners)
        return winners[0]

    def _claim(self, candidate: _Candidate, header: tuple[str, ...], title: str, place: str) -> Match | None:
        table = candidate.table
        if table.titles and not fits(title, table.titles):
            return None
        if place and table.members and "" not in table.members and not fits(place, table.members):
            return None
        match, found = _fields(candidate, header, title)
        if _lacking(candidate, found):
            return None
        if not candidate.columns:
            return match if table.titles or place else None
        strangers = match.unknown
        if table.shape is Shape.KNOWN:
            strangers = tuple(name for name in strangers if fold(name) not in candidate.profile_names)
        if table.exact and strangers and not self._named:
            return None
        takes = table.shape in (Shape.KNOWN, Shape.FILTERS) or match.metrics or match.doubled
        return match if takes and (self._named or len(strangers) * 2 <= _filled(header)) else None

    def _rank(self, match: Match, place: str, days: int) -> _Rank:
        """The more a claim explains, the better; where all is equal, a table that is left alone does no harm."""
        named = any(match.table.members) and fits(place, match.table.members)
        known = match.width - len(match.unknown)
        mine = self._platform in match.platforms
        return (bool(match.table.titles), days, known, named, match.table.shape is Shape.KNOWN, mine)

    def nearest(self, rows: Sequence[Sequence[str]]) -> tuple[Sequence[str], tuple[str, ...]]:
        """Of some rows the one that reads most like a header, and what the nearest profiles lack in it."""
        scored = [(self._likeness(row), -n, row) for n, row in enumerate(rows) if _filled(row) > 1]
        row = max(scored, key=lambda s: s[:2])[2] if scored else next((r for r in rows if _filled(r)), [])
        header = _trimmed(row)
        near = []
        for candidate in self._candidates:
            match, found = _fields(candidate, header, "")
            lacking = _lacking(candidate, found)
            if len(found) * 3 >= _filled(header) and found and match.table.shape in _TAKEN:
                near.append((len(found) - len(lacking), match.profile.title, lacking, match.table.titles))
        best: dict[str, str] = {}
        for _, title, lacking, titles in sorted(near, key=lambda n: -n[0]):
            best.setdefault(title, _near(title, lacking, titles))
        return row, tuple(best.values())[:3]

    def _likeness(self, row: Sequence[str]) -> int:
        return sum(1 for cell in row if fold(cell) in self.names)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _near(title: str, lacking: tuple[str, ...], titles: tuple[str, ...]) -> str:
    if lacking:
        return f"Nearest: {title}, which also has {_listed(lacking)}."
    above = f" under a title such as “{titles[0]}”" if titles else " with other columns or days"
    return f"Nearest: {title}, which has such columns{above}."


def _listed(names: Sequence[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"“{name}”" for name in names[:most]) + more


def _candidate(profile: Profile, table: Table) -> _Candidate:
    columns = table.columns + (profile.columns if table.shared_columns else ())
    places: dict[str, int] = {}
    for n, column in enumerate(columns):
        for name in column.names:
            places.setdefault(fold(name), n)
    wild = ((n, name) for n, column in enumerate(columns) for name in column.names if "*" in name or "{" in name)
    every = [*profile.columns, *(column for other in profile.tables for column in other.columns)]
    names = frozenset(fold(name) for column in every for name in column.names)
    return _Candidate(profile, table, names, columns, places, tuple((n, pattern(name)) for n, name in wild))


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Without empty cells at the end, which a spreadsheet adds."""
    end = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    return tuple(row[:end])


def _fields(candidate: _Candidate, header: tuple[str, ...], title: str) -> tuple[Match, set[int]]:
    """The columns that are known and stand there once; a name that comes twice is taken neither time."""
    places: dict[int, list[tuple[int, str]]] = {}
    unknown = []
    for at, (cell, name) in enumerate(zip(header, _folded(header), strict=True)):
        if not name:
            continue
        if found := candidate.column(name):
            places.setdefault(found[0], []).append((at, found[1]))
        else:
            unknown.append(cell)
    fields, doubled = [], []
    for n, spots in places.items():
        column = candidate.columns[n]
        if len(spots) > 1 and (column.metric or column.role):
            doubled += [header[at] for at, _ in spots]
        else:
            fields += [Field(at, header[at], column, currency or column.unit) for at, currency in spots]
    fields, same = _apart(sorted(fields, key=lambda f: f.at))
    doubled += same
    match = Match(candidate.profile, candidate.table, header, title, tuple(fields), tuple(unknown), tuple(doubled))
    return match, set(places)


def _apart(fields: list[Field]) -> tuple[list[Field], list[str]]:
    """Two columns of different names that would be one series are no better than two of the same name."""
    kept: dict[object, list[Field]] = {}
    for field in fields:
        c = field.column
        series = (c.metric, c.breakdown_kind, c.breakdown, field.unit) if c.metric else field.at
        kept.setdefault(series, []).append(field)
    same = [field.header for group in kept.values() if len(group) > 1 for field in group]
    return [group[0] for group in kept.values() if len(group) == 1], same


@lru_cache(maxsize=8)
def _folded(header: tuple[str, ...]) -> tuple[str, ...]:
    """Once for all profiles."""
    return tuple(map(fold, header))


def _lacking(candidate: _Candidate, found: set[int]) -> tuple[str, ...]:
    return tuple(
        column.names[0]
        for n, column in enumerate(candidate.columns)
        if n not in found and (column.required or column.role in _ALWAYS_REQUIRED)
    )


def _dates_fit(match: Match, below: Sequence[Sequence[str]]) -> int:
    """How well the first rows' days suit: 2 the profile's own way (or no days there), 1 ISO all the same, 0 not."""
    date = match.role(Role.DATE)
    if match.table.shape is not Shape.DAILY or date is None:
        return 2
    texts = [row[date.at] for row in below if len(row) > date.at and any(ch.isdigit() for ch in row[date.at])]
    own = match.table.date_formats or match.profile.date_formats
    if not texts or any(date_format(f)(text) for f in own for text in texts):
        return 2
    return 1 if any(date_format(_ISO)(text) for text in texts) else 0


def _two_claims(winners: Sequence[Match]) -> FileRefusedError:
    names = sorted({f"{m.profile.title} ({m.profile.id})" for m in winners})
    return FileRefusedError(
        "Two profiles claim this table: " + " and ".join(names) + ".",
        details=(f"Its header: {_listed(winners[0].header)}.",),
        hints=tuple(f"--profile {m.profile.id}" for m in winners),
    )


def place_of(inside: str, sheet: str) -> str:
    """The name by which a profile knows a member or sheet: without folders, .csv, and the (1) of a second download."""
    if sheet:
        return sheet
    return re.sub(r" ?\(\d+\)$", "", PurePosixPath(inside).stem) if inside else ""


def unknown_file(name: str, profiles: Profiles, rows: Sequence[Sequence[str]]) -> FileRefusedError:
    """The refusal of a file in which no profile recognises anything."""
    header, near = profiles.nearest(rows)
    cells = [cell for cell in header if cell.strip()]
    seen = f"Header seen: {_listed(cells, 8)}." if cells else "It has no header."
    return FileRefusedError(
        f"{name}: not an export that smartkpi knows.",
        details=(seen, *near),
        hints=("smartkpi platforms shows what is known; --profile ID or FILE.toml names one.",),
    )
