"""Last year's same weeks: how much more or less the days to come brought, against the four weeks before them.

They count only where a back-test says so: where, looking back, they would have foretold the weeks that followed better
than the four weeks before alone. A year is 52 weeks here, so that weekdays meet.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from smartkpi.measure.forecast import FOUR_WEEKS, Ahead
from smartkpi.model.series import Series

YEAR = 364
YEARS = 1  # that tell the shape
HISTORY = YEAR * (YEARS + 1)  # days before its start that a goal's season may rest on
STEP = 14  # days between two looks back
LOOKS = 26
FEWEST = 4
SHORTEST, FURTHEST = 14, 112  # days that a look back foretells
SHORTEST_PAST = YEAR + FOUR_WEEKS + SHORTEST + STEP * FEWEST
BETTER = 0.8  # of the error of the four weeks alone: less than that is a season
MOST = 5.0


def is_long(series: Series, day: int) -> bool:
    """Whether it reaches far enough back from `day` for a season to be seen."""
    old = series.values[: max(0, day - SHORTEST_PAST - series.first_day + 1)]
    return old.count(None) < len(old)


class Known(NamedTuple):
    """Daily values as running sums, so that the mean of any span costs nothing; `end` is the place of the last day."""

    sums: Sequence[float]
    end: int

    def mean(self, after: int, last: int) -> float:
        """The mean of the days after one place and up to another."""
        return (self.sums[last + 1] - self.sums[after + 1]) / (last - after)


class Season(NamedTuple):
    """Days of the years so far, without a gap and oldest first from `first` on, where last year foretells what comes;
    `times` is what its same weeks make of the pace of late."""

    times: float = 1.0
    days: Sequence[float] = ()
    first: int = 0

    @property
    def is_seen(self) -> bool:
        return len(self.days) > 0


NONE = Season()


def seen(values: Sequence[float], first: int, ahead: Ahead) -> Season:
    """The season that `values` show, or none. They are daily from `first` on, without a gap, and nothing negative."""
    known = Known([0.0, *accumulate(values)], len(values) - 1)
    if len(values) <= SHORTEST_PAST or not is_real(known, ahead.days):
        return NONE
    shape = _shape(known, known.end, ahead)
    return NONE if not shape else Season(min(MOST, max(1 / MOST, shape)), values, first)


def factor(values: Sequence[float], ahead: Ahead) -> float:
    """What the mean of the last four weeks is to be multiplied with; 1 where no season is seen.

    `values` are daily and without a gap, oldest first; more than a year of them, and nothing negative.
    """
    return seen(values, 0, ahead).times


def is_real(known: Known, days: int) -> bool:
    """Whether last year would have foretold what came, time and again, better than the four weeks before alone."""
    reach = min(FURTHEST, max(SHORTEST, days), known.end - YEAR - FOUR_WEEKS - STEP * FEWEST)
    if reach < SHORTEST:
        return False
    plain = seasonal = 0.0
    first = max(YEAR + FOUR_WEEKS, known.end - reach - STEP * LOOKS)
    looks = range(known.end - reach, first - 1, -STEP)
    for place in looks:
        shape = _shape(known, place, Ahead(reach, reach))
        if shape is None:
            return False
        before, after = known.mean(place - FOUR_WEEKS, place), known.mean(place, place + reach)
        plain += abs(after - before)
        seasonal += abs(after - before * shape)
    return len(looks) >= FEWEST and seasonal < BETTER * plain


def _shape(known: Known, place: int, ahead: Ahead) -> float | None:
    """The days to come over the four weeks before, in the years before; None where these know nothing of them."""
    later = before = 0.0
    for back in range(YEAR, YEAR * YEARS + 1, YEAR):
        then = place - back
        if then - FOUR_WEEKS < -1 or ahead.days > back:
            continue
        end = then + ahead.days
        later += known.mean(end - ahead.counted, end)
        before += known.mean(then - FOUR_WEEKS, then)
    return later / before if before > 0 else None
