"""How a target compares with what its numbers did before: is it within reach, and which one would be fair?"""

from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.assessment import Forecast


class Reach(StrEnum):
    """The three targets that a deadline can have, by the chance that they are met."""

    SAFE = "safe"
    FAIR = "fair"
    STRETCH = "stretch"

    @property
    def chance(self) -> float:
        return {Reach.SAFE: 0.8, Reach.FAIR: 0.5, Reach.STRETCH: 0.2}[self]


class Aim(NamedTuple):
    """A rounded target, and the chance of a goal that has it; `is_close` = as near as its rounding was meant to be.

    Where few things are counted, whole numbers lie far apart: "3" may have 7 chances in 10 and "4" only 3.
    """

    target: float
    chance: float
    is_close: bool = True


class Windows(NamedTuple):
    """What spans of one length brought in the history, each beginning a day after the other: they overlap.

    `reached` of `seen` did what is asked for; `apart` = how many fit in one after the other. `best` is the highest,
    or where less is good the lowest; `lately` the newest one.
    """

    days: int
    seen: int
    apart: int
    reached: int
    best: float
    median: float
    lately: float


class Attainable(NamedTuple):
    """Whether a goal's target is within reach. None = cannot be told; `lacks` says why nothing can.

    Totals and gains: `needed`, `lately` and `month` are a week's, and `windows` are as long as what is left of the
    goal, against what it still needs. Rates, typical days and kept numbers: values of their window, against the
    target; `needed` is None. Each week: `windows` are the weeks of the last half year, there is no chance, and `fair`
    is what so many weeks of late reached as the goal asks for.
    """

    # "" · no data · few days · old (`day` is the newest) · only in totals, only in parts, no total inside,
    # other campaigns (`text`: what there is) · nothing of late · cannot be pooled · which account, report, currency ·
    # other currency · over
    lacks: str = ""
    text: str = ""  # of "which …": the choices
    day: int | None = None  # the day that is judged
    now: float | None = None  # where the goal stands
    unit: str = ""
    days: int = 0  # of history, without those that nobody states
    days_missing: int = 0  # days inside the history that nobody states: no window reaches over them
    unstated: int = 0  # days of the goal's own time so far that nobody states …
    brought: float = 0.0  # … and what a sum takes them to have brought
    needed: float | None = None  # a week, from now on
    lately: float | None = None  # a week, the last four weeks
    month: Windows | None = None  # four weeks, said per week; totals and gains only
    windows: Windows | None = None  # None = the history is shorter than one
    forecast: Forecast | None = None  # its chance, and the likely range of the end
    safe: Aim | None = None  # None = none is left: it ends there anyway, or cannot be told
    fair: Aim | None = None
    stretch: Aim | None = None
    not_safe: str = ""  # why none is: uneven = nothing is that likely, less = no step beyond what is there already
    horizon: int = 0  # how many days ahead its history tells of
    too_far: bool = False  # the deadline lies beyond these: no chance and no targets
    fair_by: int | None = None  # the first deadline with even odds for this target; None = not within the horizon
    can_wait: bool = False  # whether another deadline changes the chance at all: totals to reach, and gains
    at_most: bool = False  # nobody exports who left: what it gained was less
    asked: float | None = None  # each week: the share of weeks that must meet the target
    spread: bool = False  # numbers kept by hand, spread evenly over the days between

    @property
    def chance(self) -> float | None:
        """The chance that the target is met by its deadline."""
        return None if self.forecast is None else self.forecast.chance
