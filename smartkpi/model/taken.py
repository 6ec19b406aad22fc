"""What a file of goals did: for each of them whether it is new, the same as before, or changed."""

from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.goal import Goal


class Fate(StrEnum):
    NEW = "new"
    SAME = "as before"
    CHANGED = "changed"


class Difference(NamedTuple):
    """A field of a goal that a file says otherwise."""

    field: str
    was: str
    now: str


class Taken(NamedTuple):
    """One goal of a file: `goal` is as it stands now, None before it is saved."""

    name: str
    goal: Goal | None
    fate: Fate
    differs: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()  # what is to be said of a new one
