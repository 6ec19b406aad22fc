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

    def at(self, day: int) -> float | None:
        """The value stated for `day`, or None."""
        i = day - self.first_day
        return self.values[i] if 0 <= i < len(self.values) else None
