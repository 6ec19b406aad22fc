"""Totals of ranges become days: those that do not overlap are chosen, and each is spread evenly over its days.

A range is (first, last), ordinals, both ends included.
"""

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter

Range = tuple[int, int]

FINE = 2**20  # a day's share is a multiple of 1/FINE: sums of counts stay exact in any order, up to 8 billion


def days_of(ranges: Iterable[Range]) -> int:
    """How many days they have together."""
    return sum(last - first + 1 for first, last in ranges)


def choose(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Those of `ranges` that do not overlap and cover most days, oldest first.

    Of several such choices the one that ends latest counts, then the one whose last range is the longest, and so on
    with the range before.
    """
    ordered = sorted(set(ranges), key=itemgetter(1, 0))
    ends = [last for _, last in ordered]
    best: list[tuple[Range, ...]] = [()]  # of the first n ranges, newest first
    for first, last in ordered:
        with_it = ((first, last), *best[bisect_left(ends, first)])
        best.append(max(best[-1], with_it, key=_worth))
    return best[-1][::-1]


def _worth(newest_first: tuple[Range, ...]) -> tuple[int, list[Range]]:
    return days_of(newest_first), [(last, last - first) for first, last in newest_first]


def spread(value: float, days: int) -> list[float]:
    """`value` shared out evenly over `days`; the first day takes what the rounding of the others leaves.

    The cells add up to `value` exactly.
    """
    share = round(value / days * FINE) / FINE
    return [value - share * (days - 1), *[share] * (days - 1)]
