"""A header and the rows below it become the one profile and table that they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.dates import date_format
from smartkpi.ingest.words import fits, fold, folded, is_wild, listed, pattern
from smartkpi.model.profile import Column, Profile, Role, Shape, Table

_ALWAYS_REQUIRED = (Role.DATE, Role.ID, Role.BREAKDOWN, Role.KEY, Role.VALUE)
_DESCRIBING = (Role.TITLE, Role.LINK, Role.PUBLISHED, Role.KIND)  # without these a number is still the same one
_ISO = "%Y-%m-%d"
_Rank = tuple[bool, int, int, bool, bool, bool, bool]


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
    torn: tuple[str, ...] = ()  # those of `doubled` that tell rows apart

    @property
    def width(self) -> int:
        return len(self.header)

    @property
    def metrics(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.column.metric and f not in self.untold)

    @property
    def untold(self) -> tuple[Field, ...]:
        """Columns that count something else in each row, where no column says what."""
        return () if self.role(Role.TELLS) else tuple(f for f in self.fields if f.column.told)

    def role(self, role: Role) -> Field | None:
        return next((f for f in self.fields if f.column.role is role), None)

    @property
    def is_complete(self) -> bool:
        """Whether the values of its breakdown add up to the whole."""
        parts = [f.column for f in self.fields if f.column.role is Role.BREAKDOWN]
        return self.table.complete or (bool(parts) and all(column.complete for column in parts))

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The profile's ways to write a day; ISO, which cannot be mistaken, always counts too."""
        own = self.table.date_formats or self.profile.date_formats
        return own if _ISO in own else (*own, _ISO)

    @property
    def platforms(self) -> tuple[str, ...]:
        return self.table.platforms or self.profile.platforms


@dataclass(frozen=True, slots=True)
class Candidate:
    """One table of one profile, with the folded names of its columns."""

    profile: Profile
    table: Table
    profile_names: frozenset[str]  # of all tables of the profile
    columns: tuple[Column, ...]
    own: int  # how many of them are the table's own, not shared
    places: dict[str, int]  # folded name -> which column
    wildcards: tuple[tuple[int, str], ...]
    needs: frozenset[int]  # columns without which it is another table, save for what `lacking` says
    musts: tuple[frozenset[str], ...]  # one of each of these folded names is in its header: a quick look

    def column(self, name: str) -> tuple[int, str] | None:
        """Which column a folded header text is, and the currency in it."""
        if name in self.places:
            return self.places[name], ""
        for n, wildcard in self.wildcards:
            if found := pattern(wildcard).fullmatch(name):
                return n, found.groupdict().get("currency", "").upper()
        return None


class Profiles:
    """The profiles that a command knows, ready to be compared with many headers."""

    def __init__(self, profiles: Iterable[Profile], *, only: Profile | None = None, platform: str = "") -> None:
        self.candidates = [found for profile in ((only,) if only else profiles) for found in _candidates(profile)]
        self.only = only
        self._some_without_columns = any(not candidate.columns for candidate in self.candidates)
        self._platform = platform
        self._preambles = {text: None for candidate in self.candidates for text in candidate.profile.preamble}
        self.names = frozenset(name for candidate in self.candidates for name in candidate.places)

    def _may_be_header(self, row: Sequence[str]) -> bool:
        """A quick look, because most lines are none."""
        return self._some_without_columns or any(fold(cell) in self.names for cell in row)

    def reads(self, lines: str) -> bool:
        """Whether a profile looks for something in lines above its tables, and finds it in these."""
        return any(re.search(text, lines, re.IGNORECASE | re.MULTILINE) for text in self._preambles)

    def match(
        self,
        row: Sequence[str],
        title: str,
        place: str,
        below: Sequence[Sequence[str]],
        *,
        top: Sequence[Sequence[str]] = (),
    ) -> Match | None:
        """The one table that this header is; None when no profile claims it.

        `title` is the line above, `place` the member or sheet ('' for a plain file), `below` the first rows, `top` the
        first lines of the file.
        Raises FileRefusedError when two profiles claim it equally.
        """
        if not self._may_be_header(row):
            return None
        header = trimmed(row)
        said = set(_folded(header))
        ranked: list[tuple[_Rank, Match]] = []
        for candidate in self.candidates:
            if any(map(said.isdisjoint, candidate.musts)):
                continue
            if candidate.table.top and not _begins(top, candidate.table.top):
                continue
            match = self._claim(candidate, header, title, place)
            if match and (days := dates_fit(match, below)):
                ranked.append((self._rank(match, place, days), match))
        if not ranked:
            return None
        best = max(rank for rank, _ in ranked)
        winners = [match for rank, match in ranked if rank == best]
        if len({m.profile.id for m in winners}) > 1 and any(m.table.shape is not Shape.KNOWN for m in winners):
            raise _two_claims(winners)
        if winners[0].torn:
            raise _torn(winners[0])
        return winners[0]

    def _claim(self, candidate: Candidate, header: tuple[str, ...], title: str, place: str) -> Match | None:
        table = candidate.table
        if table.titles and not fits(title, table.titles):
            return None
        if place and table.members and "" not in table.members and not fits(place, table.members):
            return None
        match, found = compared(candidate, header, title)
        if lacking(candidate, found):
            return None
        if not candidate.columns:
            return match if table.titles or place else None
        strangers = match.unknown
        if table.shape is Shape.KNOWN:
            strangers = tuple(name for name in strangers if fold(name) not in candidate.profile_names)
        if table.exact and strangers and not self.only:
            return None
        takes = table.shape in (Shape.KNOWN, Shape.FILTERS, Shape.COUNTED) or match.metrics or match.doubled
        free = self.only or table.shape is Shape.COUNTED  # records have as many columns as their owner likes
        return match if takes and (free or len(strangers) * 2 <= filled(header)) else None

    def _rank(self, match: Match, place: str, days: int) -> _Rank:
        """The more a claim explains, the better; where all is equal, a table that is left alone does no harm."""
        named = any(match.table.members) and fits(place, match.table.members)
        known = match.width - len(match.unknown)
        mine = self._platform in match.platforms
        is_known, is_mapped = match.table.shape is Shape.KNOWN, match.profile.mapped
        return (bool(match.table.titles or match.table.top), days, known, named, is_mapped, is_known, mine)


def _begins(lines: Sequence[Sequence[str]], wanted: Sequence[str]) -> bool:
    """Whether one of a file's first lines is one of these texts."""
    return any(fits(",".join(trimmed(row)), wanted) for row in lines)


def filled(row: Sequence[str]) -> int:
    """How many cells of a row say something."""
    return sum(1 for cell in row if cell.strip())


def _candidates(profile: Profile) -> list[Candidate]:
    every = [*profile.columns, *(column for table in profile.tables for column in table.columns)]
    names = frozenset(folded(name) for column in every for name in column.names)
    return [_candidate(profile, table, names) for table in profile.tables]


def _candidate(profile: Profile, table: Table, names: frozenset[str]) -> Candidate:
    columns = table.columns + (profile.columns if table.shared_columns else ())
    columns += _of_counts(table, columns)
    places: dict[str, int] = {}
    for n, column in enumerate(columns):
        for name in column.names:
            places.setdefault(folded(name), n)
    wild = tuple((n, name) for n, column in enumerate(columns) for name in column.names if is_wild(name))
    own = len(table.columns)
    needs = frozenset(n for n, column in enumerate(columns) if _is_needed(column, is_shared=n >= own))
    plain = (columns[n] for n in sorted(needs) if not (table.item_id and columns[n].role is Role.ID))
    musts = tuple(frozenset(map(folded, c.names)) for c in plain if not any(map(is_wild, c.names)))
    return Candidate(profile, table, names, columns, own, places, wild, needs, musts)


def _is_needed(column: Column, *, is_shared: bool) -> bool:
    """Breakdowns that a profile's tables share are there or not."""
    if is_shared and column.role is Role.BREAKDOWN:
        return False
    return column.required or column.role in _ALWAYS_REQUIRED


def _of_counts(table: Table, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that only counts name; what a count cannot be without is required where nothing else is."""
    known = {folded(name) for column in columns for name in column.names}
    needed = not any(column.required for column in columns)
    found = []
    for count in table.counts:
        conditions = [condition.names for condition in count.where]
        for n, names in enumerate((count.by, count.sum, count.once, count.currency, count.breakdown, *conditions)):
            if names and known.isdisjoint(map(folded, names)):
                found.append(Column(names, required=needed and n < 3))
                known.update(map(folded, names))
    return tuple(found)


def trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Without empty cells at the end, which a spreadsheet adds."""
    end = max((n for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    return tuple(row[:end])


def compared(candidate: Candidate, header: tuple[str, ...], title: str) -> tuple[Match, set[int]]:
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
    fields: list[Field] = []
    doubled: list[str] = []
    torn: list[str] = []
    for n, spots in places.items():
        column = candidate.columns[n]
        if len(spots) > 1 and (column.metric or column.role):
            doubled += [header[at] for at, _ in spots]
            torn += [header[at] for at, _ in spots if column.role and column.role not in _DESCRIBING]
        else:
            fields += [Field(at, header[at], column, currency or column.unit) for at, currency in spots]
    fields, same = _apart(sorted(fields, key=lambda f: f.at))
    doubled += same
    match = Match(
        candidate.profile, candidate.table, header, title, tuple(fields), tuple(unknown), tuple(doubled), tuple(torn)
    )
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


def lacking(candidate: Candidate, found: set[int]) -> tuple[str, ...]:
    """The columns without which the table is another one, in the first name that each has.

    Totals without a key of their own are of one of the breakdowns that a profile's tables share.
    """
    columns, needs = candidate.columns, set(candidate.needs)
    parts = {n for n, column in enumerate(columns) if column.role is Role.BREAKDOWN}
    shared = {n for n in parts if n >= candidate.own}
    is_keyed = any(columns[n].role for n in range(candidate.own))
    if shared and candidate.table.shape is Shape.TOTALS and not is_keyed and not parts & found:
        needs.add(min(shared))
    if candidate.table.item_id and any(columns[n].role is Role.LINK for n in found):  # the link has the id too
        needs -= {n for n in needs if columns[n].role is Role.ID}
    return tuple(columns[n].names[0] for n in sorted(needs - found))


def dates_fit(match: Match, below: Sequence[Sequence[str]]) -> int:
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
        details=(f"Its header: {listed(winners[0].header)}.",),
        hints=tuple(f"--profile {m.profile.id}" for m in winners),
    )


def _torn(match: Match) -> FileRefusedError:
    return FileRefusedError(
        f"Two columns of one table say which row is which: {listed(match.torn)}.",
        details=(f"Its header: {listed(match.header)}.",),
        hints=("Download the export again and do not change it in another program first.",),
    )


def place_of(inside: str, sheet: str) -> str:
    """The name by which a profile knows a member or sheet: without folders, .csv, and the (1) of a second download."""
    if sheet:
        return sheet
    return re.sub(r" ?\(\d+\)$", "", PurePosixPath(inside).stem) if inside else ""
