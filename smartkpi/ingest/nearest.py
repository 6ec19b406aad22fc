"""A file that no profile claims is refused with the header that was seen, the nearest profiles and what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.identify import Candidate, Match, Profiles, compared, dates_fit, filled, lacking, trimmed
from smartkpi.ingest.table import BELOW
from smartkpi.ingest.words import fits, fold, listed
from smartkpi.model.profile import Role, Shape

MOST = 3  # nearest tables that are told
ONE_WORD = 2  # the weight of a single header text that is no date: more profiles than one would be noise
_LEFT_ALONE = (Shape.KNOWN, Shape.FILTERS)


@dataclass(frozen=True, slots=True)
class _Near:
    """One table of a profile beside a header: what both have, and what only the table has."""

    candidate: Candidate
    match: Match
    weight: int
    lacking: tuple[str, ...]

    @property
    def shared(self) -> tuple[str, ...]:
        texts = (cell for cell in self.match.header if cell.strip() and cell not in self.match.unknown)
        return tuple(dict.fromkeys(texts))

    @property
    def order(self) -> tuple[int, int]:
        return self.weight, -len(self.lacking)

    @property
    def title(self) -> str:
        profile, table = self.match.profile.title, self.match.table.name
        return profile if fold(table) in fold(profile) else f"{profile}, {table}"


def unknown_file(name: str, profiles: Profiles, rows: Sequence[Sequence[str]]) -> FileRefusedError:
    """The refusal of a file in which no profile, or not the named one, recognises anything."""
    at = _header(rows, profiles)
    cells = [cell for cell in rows[at] if cell.strip()] if rows else []
    seen = f"Header seen: {listed(cells, 8)}." if cells else "It has no header."
    found = [_sentence(near, rows, at, profiles) for near in _nearest(trimmed(rows[at]), profiles)] if cells else []
    if profiles.only is not None:
        return FileRefusedError(
            f"{name}: not an export of the profile {profiles.only.id}.",
            details=(seen, *found),
            hints=("without --profile, smartkpi looks through every export that it knows",),
        )
    return FileRefusedError(
        f"{name}: not an export that smartkpi knows.",
        details=(seen, *found),
        hints=(
            "smartkpi platforms shows what is known; --profile ID or FILE.toml names one.",
            "smartkpi import FILE --map takes any table: you say which column is what.",
        ),
    )


def _header(rows: Sequence[Sequence[str]], profiles: Profiles) -> int:
    """Which row reads most like a header: the most known names; of equals the first with several cells."""
    scored = [
        (sum(fold(cell) in profiles.names for cell in row), min(filled(row), 2), -n) for n, row in enumerate(rows)
    ]
    return -max(scored)[2] if scored else 0


def _nearest(header: tuple[str, ...], profiles: Profiles) -> list[_Near]:
    """The best first; a table that is taken comes before all that are merely known."""
    dates = {
        fold(name) for c in profiles.candidates for column in c.columns if column.role is Role.DATE
        for name in column.names
    }  # fmt: skip
    every = [_near(candidate, header, dates) for candidate in profiles.candidates]
    some = [near for near in every if near.weight or profiles.only]
    taken = [near for near in some if near.match.table.shape not in _LEFT_ALONE]
    ranked = sorted(taken or filter(_is_by_name, some), key=lambda n: n.order, reverse=True)
    if profiles.only is None:
        best: dict[str, _Near] = {}
        for near in ranked:
            best.setdefault(near.match.profile.id, near)
        ranked = [*best.values()]
    enough = [near for near in ranked if near.weight * 2 >= ranked[0].weight]
    return enough[: 1 if profiles.only is None and enough and enough[0].weight <= ONE_WORD else MOST]


def _near(candidate: Candidate, header: tuple[str, ...], dates: set[str]) -> _Near:
    """A shared date says half as much as any other shared column: nearly every export has one."""
    match, found = compared(candidate, header, "")
    weights = (1 if any(fold(name) in dates for name in candidate.columns[n].names) else 2 for n in found)
    return _Near(candidate, match, sum(weights), lacking(candidate, found))


def _is_by_name(near: _Near) -> bool:
    """Whether more than a wildcard of a table that is left alone is shared."""
    return any(fold(cell) in near.candidate.places for cell in near.shared)


def _sentence(near: _Near, rows: Sequence[Sequence[str]], at: int, profiles: Profiles) -> str:
    """ "Nearest: X · account overview: “Date”, “Likes” are here; “Impressions” is missing."."""
    shared = f"{listed(near.shared)} {_are(near.shared)} here" if near.shared else "none of its columns is here"
    missing = f"{listed(near.lacking)} {_are(near.lacking)} missing"
    why = missing if near.lacking else next(_reasons(near, rows, at), "other rows are missing")
    label = "" if profiles.only is not None else "Nearest: "
    return f"{label}{near.title}: {shared}; {why}."


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _reasons(near: _Near, rows: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    """Why a table that lacks no column still is none of that kind."""
    match, table = near.match, near.match.table
    above = next((cell for cell in rows[at - 1] if cell.strip()), "") if at else ""
    if table.titles and not fits(above, table.titles):
        yield f"a title such as “{table.titles[0]}” in the line above is missing"
    if not match.metrics and table.shape is not Shape.COUNTED:
        numbers = [column.names[0] for column in near.candidate.columns if column.metric]
        yield f"a column of numbers is missing, such as {listed(numbers[:4])}"
    if match.unknown:
        yield f"{listed(match.unknown, 4)} {'does' if len(match.unknown) == 1 else 'do'} not belong to it"
    if not dates_fit(match, rows[at + 1 : at + 1 + BELOW]):
        yield f"its days are written another way ({', '.join(match.date_formats)})"
    if table.members:
        yield f"it would be a sheet or a file named “{table.members[0]}”"
