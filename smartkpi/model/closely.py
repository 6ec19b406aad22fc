"""What a close look adds to a judged goal: its weeks against the plan, the weeks before them, and a year ago."""

from typing import NamedTuple


class Week(NamedTuple):
    """Seven days that end on `last`. None = nobody can tell.

    `value` is what they brought; of a rate, a typical day and what is to be kept, what it was in them. `planned` is
    what the plan asks of them, None before the goal begins.
    """

    last: int
    value: float | None
    planned: float | None


class Span(NamedTuple):
    """A value of the days from `first` to `last`, both included."""

    first: int
    last: int
    value: float


class Wobble(NamedTuple):
    """What the weeks before the newest one say of it: the usual ones lie from `low` to `high`."""

    value: float
    low: float
    high: float
    change: int  # +1: more than usual, -1: less, 0: one of them
    lasts: bool  # it is the eighth week in a row on one side of `middle`
    middle: float | None = None  # the mean of the weeks before; where a change lasts, of those before the eight


class Closely(NamedTuple):
    """`weeks` oldest first; `lately` and `earlier` are a mean week of the last four and of the four before."""

    weeks: tuple[Week, ...] = ()
    lately: float | None = None
    earlier: float | None = None
    wobble: Wobble | None = None
    year_ago: Span | None = None
