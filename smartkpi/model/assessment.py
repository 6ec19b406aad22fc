"""What a judged goal is: its pace, its status with reasons, and everything that a screen may want to say of it."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status holds: a code and the numbers it rests on; `report.words` makes the sentence."""

    code: str
    numbers: tuple[tuple[str, float], ...] = ()
    text: str = ""

    def __getitem__(self, name: str) -> float:
        return dict(self.numbers)[name]


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
    weeks_met: int | None = None
    weeks_gone: int | None = None
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
    season: float = 1.0  # what last year's same weeks make of the pace of late; 1 where no season is seen
    provisional: bool = False  # it rests on numbers that may still change
