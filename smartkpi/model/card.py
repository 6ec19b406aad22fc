"""What a list of known exports shows of a profile."""

from typing import NamedTuple


class Card(NamedTuple):
    """The head of a profile: see `Profile` for its words."""

    id: str
    title: str
    report: str
    platforms: tuple[str, ...]
    how: tuple[str, ...]
    seen: str = ""
