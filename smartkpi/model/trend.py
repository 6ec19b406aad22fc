"""A metric over weeks, months, quarters or years, and what its newest period is: wobble, or a change."""

from enum import StrEnum
from math import isfinite
from typing import NamedTuple

from smartkpi.model.assessment import Source
from smartkpi.model.metric import Kind, Metric


class By(StrEnum):
    """The periods that days are put together to: ISO weeks (Monday first), or those of the calendar."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Verdict(NamedTuple):
    """What one value is against those before it. `low` and `high` are None while there are too few of these."""

    low: float | None  # the usual values go from here …
    high: float | None  # … to here, both included
    mean: float | None  # of the values that it is held against; where a change lasts, of those before the eight
    change: int  # +1 a change upwards, -1 one downwards, 0 none
    run: int  # how many values in a row, up to this one, are that change
    lasts: bool  # it is the eighth in a row on one side of the mean: the limits begin anew with the first of them
    rests_on: int  # how many values the limits are of


class Span(NamedTuple):
    """A metric on some days, both ends included, by its kind: a sum, a ratio of totals, a typical day, a last level."""

    first: int
    last: int
    value: float | None  # of the days that are stated; None where these tell nothing
    gain: float | None  # of a level: what it gained on these days
    missing: int  # days that not every export states

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def is_whole(self) -> bool:
        """Whether every day is stated: only such spans are compared."""
        return self.missing == 0

    @property
    def is_empty(self) -> bool:
        """Whether no day is stated."""
        return self.missing == self.days and self.value is None


class Step(NamedTuple):
    """One period that is over, with the same weekdays a year (364 days) and two years before."""

    span: Span
    verdict: Verdict | None  # None where it is not whole, or has no number
    year_ago: Span | None  # None where the data do not reach back, or lack a day
    two_years_ago: Span | None


class Running(NamedTuple):
    """The first days of the period that is not over, and the same days of earlier ones, the newest first."""

    begin: int
    end: int  # the last day of the period
    so_far: Span
    before: tuple[Span, ...]


class Year(NamedTuple):
    """A year of the calendar, month by month; None before the data begin and after they end."""

    year: int
    months: tuple[Span | None, ...]
    whole: Span | None


class Trend(NamedTuple):
    """A metric over time. `steps` are all periods that are over, oldest first."""

    metric: Metric
    by: By
    unit: str
    as_of: int
    data_to: int  # the last day that will not change any more
    steps: tuple[Step, ...]
    running: Running | None
    years: tuple[Year, ...]
    sources: tuple[Source, ...]
    upper_bound: bool = False  # of a level: nobody exports who left, its gains are of those who came

    def number(self, span: Span) -> float | None:
        """What is judged of a span: of a level what it gained, of all else its value; None where there is none."""
        found = span.gain if self.metric.kind is Kind.LEVEL else span.value
        return found if found is not None and isfinite(found) else None

    @property
    def newest(self) -> Step | None:
        """The newest period that could be judged."""
        return next((step for step in reversed(self.steps) if step.verdict is not None), None)
