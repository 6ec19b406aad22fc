"""What a judged goal is: its pace, its status with reasons, and everything that a screen may want to say of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric


class Status(StrEnum):
    """Exactly one of ten, always with its reasons."""

    PAUSED = "paused"
    UPCOMING = "upcoming"
    NO_DATA = "no data"
    ACHIEVED = "achieved"
    MISSED = "missed"
    STALE = "stale"
    TOO_EARLY = "too early"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"


class Reason:
    """Why a status holds: a code and the numbers it rests on; `report.words` makes the sentence. Never changed."""

    __slots__ = ("code", "numbers", "text")  # by hand: `status` would wait a millisecond for a dataclass

    def __init__(self, code: str, numbers: tuple[tuple[str, float], ...] = (), text: str = "") -> None:
        self.code, self.numbers, self.text = code, numbers, text

    def __getitem__(self, name: str) -> float:
        return dict(self.numbers)[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return f"Reason{self._all}"

    @property
    def _all(self) -> tuple[object, ...]:
        return self.code, self.numbers, self.text


class Plan(NamedTuple):
    """The path to a target: what is expected on the evening of each day, from the one before the start on.

    `shape` says what it follows between its points: "straight", "weekdays" or "last year". It never turns back, and
    rests on paused days; `clock` counts the days that are not paused.
    """

    shape: str
    start: int
    course: tuple[float, ...]  # of the evening before `start`, of `start`, … of the deadline
    clock: Sequence[int]

    def at(self, day: int) -> float:
        """What is expected on the evening of `day`: before the start where the way begins, after its end the target."""
        return self.course[self._place(day)]

    def day_of(self, value: float) -> int | None:
        """The first day on whose evening the plan has come to `value`; None where it never does."""
        place = self._span(value)[0]
        return self.start - 1 + place if place < len(self.course) else None

    def days_ahead(self, value: float, day: int) -> int:
        """The day on which the plan has `value`, minus `day`, without paused days: earned schedule.

        Of several days with that value (a weekend that brings nothing) the one nearest to `day` counts. Never beyond
        the ends of the plan.
        """
        first, after = self._span(value)
        here = self.clock[self._place(day)]
        if first == len(self.course) or after == 0:
            return self.clock[-1 if after else 0] - here
        if first < after:
            return min(max(here, self.clock[first]), self.clock[after - 1]) - here
        below, above = self.course[first - 1], self.course[first]
        steps = (value - below) / (above - below) * (self.clock[first] - self.clock[first - 1])
        return round(round(self.clock[first - 1] + steps - here, 9))

    def _place(self, day: int) -> int:
        return min(max(day - self.start + 1, 0), len(self.course) - 1)

    def _span(self, value: float) -> tuple[int, int]:
        """Where the plan has come to `value`, and where it has passed it."""
        way = self.course[-1] - self.course[0]
        sign, close = (-1 if way < 0 else 1), abs(way) * 1e-9
        return (
            bisect_left(self.course, value * sign - close, key=lambda each: each * sign),
            bisect_right(self.course, value * sign + close, key=lambda each: each * sign),
        )


class Pace(NamedTuple):
    """Where a goal stands on the judged day. None = cannot be said. Rates are per week; `gap` > 0 is good."""

    day: int  # the day that is judged
    actual: float | None
    expected: float | None
    progress: float | None  # share of the way, 0.41 = 41 %
    gap: float | None
    days_ahead: int | None  # the plan's day for today's value, minus today; negative = behind
    run_rate: float | None  # per week over the last 28 days
    required_rate: float | None  # per week from now on
    at_most: bool = False  # an upper bound: nobody exports who left
    periods_met: int | None = None
    periods_gone: int | None = None
    days_missing: int = 0  # days that no export states, over which a level was worked back all the same
    between: tuple[float, float] | None = None  # what a level may be at least and at most, between two totals

    @property
    def is_about(self) -> bool:
        """Whether `actual` is an estimate, that another number may still change either way."""
        return self.days_missing > 0 or self.between is not None


class Forecast(NamedTuple):
    """Where a goal ends: the chance that it is met, and the range that holds 8 of 10 ends with its middle."""

    chance: float  # 0 and 1 only where it is certain
    low: float
    mid: float
    high: float


class Own(NamedTuple):
    """What looking back says of a goal's own past: how far forecasts were off, as a factor of the usual range."""

    factor: float  # 1 = as far as usual; above, the range is made wider
    looks: int  # back, that it rests on
    last_day: int  # that it rests on


class Before(NamedTuple):
    """How it stood seven days of data before."""

    day: int
    actual: float | None
    chance: float | None


class Begun(NamedTuple):
    """Where the way of a new goal begins, as the data have it, and what makes that number less than certain."""

    value: float
    day: int
    doubts: tuple[Reason, ...] = ()


class Source(NamedTuple):
    """One series that a goal reads, for "which export feeds this, how fresh is it"."""

    platform: str
    account: str
    report: str
    metric: str
    last_day: int | None
    full_through: int | None
    batch: int
    file: str
    scope: str = ""  # the filter of that export: its numbers are of this only
    ranges: tuple[tuple[int, int], ...] = ()  # the totals that it rests on (first and last day), where no day is stated
    sum_of: str = ""  # the kind of breakdown that was added up, where no whole is stated
    cadence: int = 7  # days between its last exports


class Assessment(NamedTuple):
    """A goal, judged. `pace` is None where there is nothing to judge (upcoming, no data)."""

    goal: Goal
    metric: Metric
    status: Status
    reasons: tuple[Reason, ...]
    pace: Pace | None
    as_of: int
    unit: str
    data_to: int | None
    sources: tuple[Source, ...] = ()
    baseline: float | None = None  # as it counts now: the goal's own, else read from the data
    calculated_from: tuple[int, float] | None = None  # a level worked back: the day and value of its anchor
    forecast: Forecast | None = None  # None for `each`, and where it is too early
    before: Before | None = None
    plan: Plan | None = None  # the path to the target, where the form has one
    season: float = 1.0  # what last year's same weeks make of the pace of late; 1 where no season is seen
    provisional: bool = False  # it rests on numbers that may still change
    own: Own | None = None  # what made the range wider or narrower than usual; None where nothing did
