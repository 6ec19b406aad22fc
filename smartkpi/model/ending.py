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
    NEARLY = "nearly"
    HIGHER = "higher"
    LOOSER = "looser"
    TIGHTER = "tighter"
    FITS = "fits"


class Sought(StrEnum):
    """What a target is: only goals of one kind teach something together."""

    WAY = "targets to reach"
    MOST = "limits not to exceed"
    LEAST = "values not to fall below"


class Learned(NamedTuple):
    """What the goals of a lot that were met or missed, and are of one kind, say.

    `share` is the median share of the way of those to reach, None where too few tell. `beyond` is how far limits lie
    behind their ends, in shares of the limit and on average: 0.1 = overrun by 10 % (of the missed ones, where most are
    missed), -0.3 = 30 % better (of all); None where one of them does not tell.
    """

    of: Sought
    met: int
    missed: int
    lesson: Lesson
    share: float | None = None
    beyond: float | None = None
    down: bool = False  # some of the targets lie below where they began


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
    learned: tuple[Learned, ...]  # one for each kind that was met or missed

    @property
    def decided(self) -> int:
        """How many were met or missed: the others teach nothing about targets."""
        return self.met + self.missed
