"""What numbers kept by hand say of some days: each speaks for the days since the one before it."""

from itertools import pairwise
from typing import NamedTuple

from smartkpi.measure.aggregate import WEEK, days_of, stated
from smartkpi.model.series import Series


class Record(NamedTuple):
    """One number, and the days that it speaks for. How far back the very first one reaches nobody knows."""

    first: int
    last: int
    value: float

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def within(self, first: int, last: int) -> int:
        """How many of its days lie there."""
        return max(0, min(last, self.last) - max(first, self.first) + 1)


def told(series: Series, first: int, last: int, until: int) -> tuple[float | None, int]:
    """The sum of the days from `first` to `last` by what was recorded up to `until`, and how many days it lacks.

    Numbers that are kept at least twice in such a time are spread evenly over their days, whole ones as whole ones.
    Rarer ones count as they are, and say something only where their days are these, but for one in seven; else no day
    is known.
    """
    days = last - first + 1
    touching = [record for record in _records(series, until) if record.within(first, last)]
    if touching and all(2 * record.days <= days for record in touching):
        spread = sum(record.value * record.within(first, last) / record.days for record in touching)
        spread = round(spread) if all(record.value.is_integer() for record in touching) else spread
        return float(spread), days - sum(record.within(first, last) for record in touching)
    inside = stated(series, first, min(last, until))
    own = [record for record in touching if record.last <= last]
    speaks = len(own) == len(inside) and WEEK * abs(sum(record.days for record in own) - days) <= days
    return (sum(inside) if inside else None), 0 if own and speaks else days


def centred(series: Series, until: int) -> Series:
    """Each number on the middle one of the days that it speaks for: August's is August's, though it came in September.

    The very first one stays on its day.
    """
    values: list[float | None] = [None] * len(series.values)
    if (first := next(iter(days_of(series, series.first_day, until)), None)) is not None:
        values[first[0] - series.first_day] = first[1]
    for record in _records(series, until):
        place = record.first + record.days // 2 - series.first_day
        values[place] = (values[place] or 0.0) + record.value
    return series._replace(values=tuple(values))


def reaches_beyond(series: Series, first: int, last: int, until: int) -> bool:
    """Whether a number of these days speaks for more than twice as many: nobody knows what of it belongs to them."""
    inside = [record for record in _records(series, until) if first <= record.last <= last]
    return any(record.days > 2 * (last - first + 1) for record in inside)


def _records(series: Series, until: int) -> list[Record]:
    """Those of which it is known for which days they stand, oldest first."""
    known = days_of(series, series.first_day, until)
    return [Record(before + 1, day, value) for (before, _), (day, value) in pairwise(known)]
