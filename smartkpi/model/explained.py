"""Each figure of a judged goal with the numbers that it was worked out of, and the imports that these came with."""

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure: what it is, and by name the numbers of its formula; `report.explain` writes it out."""

    code: str
    numbers: tuple[tuple[str, float], ...] = ()
    text: str = ""

    def of(self, name: str) -> float:
        """The number of that name."""
        return dict(self.numbers)[name]

    def get(self, name: str) -> float | None:
        """The number of that name, or None."""
        return dict(self.numbers).get(name)


class Explained(NamedTuple):
    """All of it for one goal."""

    figures: tuple[Figure, ...]
    bases: tuple["Basis", ...]


class Basis(NamedTuple):
    """What of one series rests on one import: how many days of it, from the first to the last."""

    platform: str
    account: str
    report: str
    metric: str
    batch: int  # the number of the import
    file: str
    member: str  # the file inside a ZIP, '' for a file of its own
    table: str
    as_of: int  # how new that export is
    first: int
    last: int
    days: int
