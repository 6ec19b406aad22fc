"""What can be counted: a metric's kind, stage, direction and unit."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The one answer to "what is a month of this?"."""

    FLOW = "flow"  # adds up over days
    LEVEL = "level"  # the last value counts
    UNIQUE = "unique"  # people counted once: never added over days, rows or channels
    RATIO = "ratio"  # numerator over denominator, never averaged
    ROLLING = "rolling"  # a window's count: never added


class Stage(StrEnum):
    """Where on the way to a customer a metric stands: says whether a goal is a means or an end."""

    REACH = "reach"
    ENGAGEMENT = "engagement"
    TRAFFIC = "traffic"
    LEADS = "leads"
    CUSTOMERS = "customers"
    COST = "cost"
    REVENUE = "revenue"

    @property
    def is_means(self) -> bool:
        """Whether it leads to something else, or to nothing."""
        return self in (Stage.REACH, Stage.ENGAGEMENT)

    @property
    def is_outcome(self) -> bool:
        """Whether a goal on it says that an objective is served: people who come, ask, buy, or what they pay."""
        return self in (Stage.TRAFFIC, Stage.LEADS, Stage.CUSTOMERS, Stage.REVENUE)


class Direction(StrEnum):
    """Which way is good: the only place in the program that knows."""

    UP = "up"
    DOWN = "down"

    @property
    def sign(self) -> int:
        """+1 when more is better, -1 when less is."""
        return 1 if self is Direction.UP else -1

    def reached(self, value: float, target: float) -> bool:
        """Whether `value` is at `target` or on its good side."""
        return (value - target) * self.sign >= 0


class Metric(NamedTuple):
    """One definition of something countable, as `knowledge/metrics.toml` states it.

    A ratio names its parts: it is always the numerator's total over the denominator's total. `weight` pools a
    ratio whose parts no platform exports (search position, by impressions); `grows` and `sign` say that a flow is
    part of a level's change (new followers +1, unfollows -1, a net change +1 with `net`); `read_as` names
    metrics that stand in when no export states this one, in the words of the platform.
    """

    id: str
    name: str
    kind: Kind
    stage: Stage
    direction: Direction = Direction.UP
    words: tuple[str, ...] = ()
    unit: str = ""  # '' a count, 'money' (a currency comes with the series), '%', 's' or 'h'
    numerator: str = ""
    denominator: str = ""
    weight: str = ""
    grows: str = ""
    sign: int = 1
    net: bool = False
    read_as: tuple[str, ...] = ()
    one: str = ""  # the singular of `name`, where it is not `name` without its last s

    @property
    def is_pooled(self) -> bool:
        """Whether it is worked out from the totals of two other metrics."""
        return bool(self.numerator)
