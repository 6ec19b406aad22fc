"""How goals ended: one by one, the moments on the way there, and many together for the next targets."""

from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.assessment import Assessment

ENOUGH = 3  # goals that were met or missed; of fewer no rule is made


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"
    EARLY = "ended early"  # closed before anybody could know
    UNKNOWN = "not known"  # the deadline is past, and no data tell


class Ending(NamedTuple):
    """One goal at its end. `share` is the share of the way that was reached: 0.7 = 70 %, beyond 1 where it went on.

    None where there is no way to measure: limits, what was to be kept, ends that nobody knows.
    """

    judged: Assessment  # on the day of its end
    outcome: Outcome
    share: float | None


class Moment(NamedTuple):
    """How a goal stood when a part of its period was over; `part` is 0.25, 0.5, 0.75 or 1."""

    part: float
    day: int
    judged: Assessment


class Lesson(StrEnum):
    """What many endings say of the next targets."""

    TOO_FEW = "too few"
    LOWER = "lower"
    HIGHER = "higher"
    FITS = "fits"


class Lot(NamedTuple):
    """The goals of one metric, platform, campaign or owner; `share` is the median share of the way they reached."""

    by: str
    name: str
    met: int
    missed: int
    early: int
    unknown: int
    share: float | None
    measured: int  # how many goals that share is of
    lesson: Lesson

    @property
    def decided(self) -> int:
        """How many were met or missed: the others teach nothing about targets."""
        return self.met + self.missed
