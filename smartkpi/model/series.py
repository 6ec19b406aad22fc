"""Whose numbers there are, and many in order: accounts, series and what identifies one.

A day is a proleptic Gregorian ordinal (`date.toordinal()`): a civil date as the platform wrote it, never shifted.
"""

from typing import NamedTuple

BY_HAND = "by hand"  # the report of what `smartkpi record` keeps


class Account(NamedTuple):
    """One profile, page, channel, site or property on one platform."""

    platform: str
    name: str
    uid: str = ""


class SeriesKey(NamedTuple):
    """What makes two numbers of one account comparable; two keys are never mixed.

    `days` is how many days one value covers, from its day on: 1 for daily values, 28 for a total of 28 days.
    """

    metric: str
    report: str
    scope: str = ""
    breakdown_kind: str = ""
    breakdown: str = ""
    unit: str = ""
    days: int = 1


class Series(NamedTuple):
    """One stored series in a window: `values[i]` is the value of `first_day + i`, None where nothing is stated.

    `full_through` is the last day that will not change any more (later ones are provisional); `last_day` the last
    stated one, whatever the window. `cadence` is the median gap in days between its last five batches, at least 7.
    """

    account: Account
    key: SeriesKey
    first_day: int
    values: tuple[float | None, ...]
    full_through: int | None
    last_day: int | None
    cadence: int
    lag: int
    batch: int = 0  # the newest import that states it
    file: str = ""
    ranges: tuple[tuple[int, int], ...] = ()  # worked out: from totals of these ranges, spread evenly over their days
    sum_of: str = ""  # worked out: the kind of breakdown whose values were added up

    def at(self, day: int) -> float | None:
        """The value stated for `day`, or None."""
        i = day - self.first_day
        return self.values[i] if 0 <= i < len(self.values) else None


class Total(NamedTuple):
    """One value of the days from `first` to `last`, both included, and how new the import is that states it."""

    first: int
    last: int
    value: float
    rank: int  # orders imports, old to new
    full_through: int  # days after it may still change

    @property
    def days(self) -> int:
        return self.last - self.first + 1


class Totals(NamedTuple):
    """One stored series, read value by value: a part of a breakdown, or totals of ranges of any length.

    The `days` of its key are 1 where every value is of a day, else 0: of ranges. `complete` = the values of its kind
    of breakdown add up to the whole.
    """

    account: Account
    key: SeriesKey
    complete: bool
    values: tuple[Total, ...]
    cadence: int
    lag: int
    batch: int
    file: str
