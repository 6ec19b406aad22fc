"""What was said of goals on the way, and what became true of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from smartkpi.model.goal import Form


class Call(NamedTuple):
    """The chance that a goal had on one day of its way, knowing nothing of later ones, and how it ended.

    `start`, `deadline` and `target` are those of that day, and `end` and `met` are about them.
    """

    goal: str  # the slug of a stored goal, or what a goal that was cut from history counts
    platform: str
    form: Form
    start: int
    deadline: int
    target: float
    day: int
    chance: float
    low: float  # the likely range: 8 of 10 ends lie in it
    high: float
    end: float | None  # None: met or missed for sure, but days are missing of which nobody knows what they brought
    met: bool

    @property
    def is_inside(self) -> bool:
        """Whether the end lay in the likely range."""
        if self.end is None:
            return False
        slack = 1e-9 * max(1.0, abs(self.end))
        return self.low - slack <= self.end <= self.high + slack


class Scored(NamedTuple):
    """The calls of some goals; `certain`, `too_early` and `untold` count the moments that are none."""

    calls: tuple[Call, ...] = ()
    goals: int = 0
    certain: int = 0
    too_early: int = 0
    untold: int = 0  # moments of a target or deadline that was moved since, and nobody can tell how that ended
    unknown: int = 0  # goals of which nobody can tell how they ended
    series: int = 0  # kinds of numbers that goals were cut from
    left_out: int = 0  # kinds of numbers beyond the most that are looked at
    longest: int = 0  # days of data of the longest


def brier(calls: Sequence[Call]) -> float:
    """The mean squared error of the chances: 0 is clairvoyance, 0.25 is always 5 in 10. At least one call."""
    return sum((call.chance - call.met) ** 2 for call in calls) / len(calls)


class Said(NamedTuple):
    """Calls that said about the same: from `least` up to `below`."""

    least: float
    below: float
    calls: tuple[Call, ...]

    @property
    def mean(self) -> float:
        """What they said on average."""
        return sum(call.chance for call in self.calls) / len(self.calls)

    @property
    def met(self) -> int:
        """How many of them came true."""
        return sum(call.met for call in self.calls)


def by_chance(calls: Sequence[Call], marks: Sequence[float]) -> list[Said]:
    """The calls between neighbouring marks; those without any are left out."""
    found = []
    for least, below in zip(marks, (*marks[1:], 1.0), strict=True):
        inside = tuple(c for c in calls if least <= c.chance < below or c.chance == below == 1.0)
        found += [Said(least, below, inside)] if inside else []
    return found


def split(calls: Sequence[Call], by: Callable[[Call], str]) -> dict[str, list[Call]]:
    """The calls by what `by` says of each, in its order."""
    names = sorted({by(call) for call in calls})
    return {name: [call for call in calls if by(call) == name] for name in names}
