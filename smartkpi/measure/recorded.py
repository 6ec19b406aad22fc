"""What numbers kept by hand say of some days: each speaks for the days since the one before it."""

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from smartkpi.measure.aggregate import WEEK, days_of, stated
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import BY_HAND, Series

MONTH = 31  # days at most


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


def usual_gap(goal: Goal, report: str, cadence: int) -> int:
    """Days between two exports of `report`; a month's number that is kept by hand comes once a month."""
    monthly = goal.form is Form.EACH and goal.every == "month" and report == BY_HAND
    return max(cadence, MONTH) if monthly else cadence


def spoken_for(series: Series, begun: int, until: int, usual: int) -> list[Record]:
    """Every number up to `until`, oldest first. How far back the very first one reaches nobody knows: as far as the
    others do, else `usual` days, and no further than to `begun`."""
    records = _records(series, until)
    for day, value in islice(days_of(series, series.first_day, until), 1):
        far = sorted(record.days for record in records)[len(records) // 2] if records else usual
        records.insert(0, Record(min(day, max(begun, day - far + 1)), day, value))
    return records


def centred(series: Series, records: Sequence[Record]) -> Series:
    """Each number on the middle one of its days: August's is August's, though it was written down in September."""
    if not records:
        return series
    first, last = min(series.first_day, records[0].first), records[-1].last
    values: list[float | None] = [None] * (last - first + 1)
    for record in records:
        place = record.first + record.days // 2 - first
        values[place] = (values[place] or 0.0) + record.value
    return series._replace(first_day=first, values=tuple(values))


def reaches_beyond(records: Iterable[Record], first: int, last: int) -> bool:
    """Whether a number of some of these days speaks for more than twice as many: what of it is theirs nobody knows."""
    return any(record.within(first, last) and record.days > 2 * (last - first + 1) for record in records)


def _records(series: Series, until: int) -> list[Record]:
    """Those of which it is known for which days they stand, oldest first."""
    known = days_of(series, series.first_day, until)
    return [Record(before + 1, day, value) for (before, _), (day, value) in pairwise(known)]
