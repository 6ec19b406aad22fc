"""Wobble or change: what a value's own past calls usual, and whether the newest one leaves it (an XmR chart).

The limits are the mean of the values before, give or take 2.66 times the mean step from one to the next (Shewhart,
Wheeler: three standard deviations, measured by what changes from one value to the next, so that a slow drift does not
widen them). Values are of whole periods, oldest first.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

from smartkpi.model.trend import Verdict

LIMIT = 2.66  # mean steps: 3 / 1.128
LEAST = 8  # values before one that limits are said of: with fewer, every thirtieth calm week would be an alarm
MOST = 26  # periods back that they look: half a year of weeks; what is older is no part of what is usual
RUN = 8  # values in a row on one side of the mean that are a lasting change


TOO_FEW = Verdict(None, None, None, 0, 0, False, 0)


def verdict(values: Sequence[float | None]) -> Verdict:
    """The newest of `values` against those before it; nothing is said of it while these are fewer than eight."""
    newest = verdicts(values)[-1] if values else None
    return newest or TOO_FEW


def verdicts(values: Sequence[float | None]) -> list[Verdict | None]:
    """Each of `values` against those before it: what came later changes nothing. None is a period without a number.

    A value beyond the limits is a change, and no part of later limits, unless the change lasts: from the first of
    eight in a row on one side of the mean on, the limits rest on what came since.
    """
    found: list[Verdict | None] = []
    part, least = Part(0, 0), 0.0
    for i, value in enumerate(values):
        if value is None:
            found.append(None)
            continue
        least = min(least, value)
        now = _against(value, _usual(values, found, part, i), least=least)
        if now.change:
            now = now._replace(run=i + 1 - _run_begins(found, part, i, now.change))
        side, middle = _lasting(values, found, part, i)
        if side:
            now = now._replace(change=side, run=RUN, lasts=True, mean=middle)
            part = Part(i - RUN + 1, i + 1)
        found.append(now)
    return found


class Part(NamedTuple):
    """Where the values begin that are alike (the last lasting change), and from where on they are judged as such."""

    begin: int
    judged: int


def _usual(values: Sequence[float | None], found: Sequence[Verdict | None], part: Part, i: int) -> list[float]:
    """The values that the one at `i` is held against: without changes, as long as these are few.

    Of many changes, up and down, each is usual; but those in a row right before `i` may be the beginning of a lasting
    one, and wait.
    """
    end = _run_begins(found, part, i, _change(found, i - 1)) if i > part.judged and _change(found, i - 1) else i
    window = [k for k in range(max(part.begin, end - MOST), end) if values[k] is not None]
    calm = [k for k in window if k < part.judged or not _change(found, k)]
    few = RUN * (len(window) - len(calm)) <= len(window)
    return [value for k in (calm if few else window) if (value := values[k]) is not None]


def _change(found: Sequence[Verdict | None], k: int) -> int:
    one = found[k]
    return one.change if one else 0


def _run_begins(found: Sequence[Verdict | None], part: Part, i: int, change: int) -> int:
    """The first of the values right before `i` that are all the same change; `i` where there is none."""
    while i > part.judged and _change(found, i - 1) == change:
        i -= 1
    return i


def _lasting(
    values: Sequence[float | None], found: Sequence[Verdict | None], part: Part, i: int
) -> tuple[int, float | None]:
    """On which side of the mean of those before them the eight values up to `i` all lie, 0 where they do not; and
    that mean."""
    first = i - RUN + 1
    before = _usual(values, found, part, first) if first > part.begin else []
    if len(before) < LEAST:
        return 0, None
    mean = sum(before) / len(before)
    row = values[first : i + 1]
    sides = {0 if value is None else (value > mean) - (value < mean) for value in row}
    return (sides.pop(), mean) if len(sides) == 1 else (0, mean)


def _against(value: float, before: Sequence[float], *, least: float) -> Verdict:
    """`value` against the limits of `before`; what never was below 0 (`least`) is not expected to become so."""
    if len(before) < LEAST:
        return TOO_FEW._replace(rests_on=len(before))
    low, high, mean = limits(before)
    low = max(low, 0.0) if least >= 0 else low
    return Verdict(low, high, mean, (value > high) - (value < low), 0, False, len(before))


def limits(values: Sequence[float]) -> tuple[float, float, float]:
    """(low, high, mean) of what is usual, the limits rounded outwards to what is known of them.

    Of whole numbers one more or one fewer than usual is always usual: a single lead is no alarm after weeks without.
    """
    mean = sum(values) / len(values)
    steps = [abs(after - before) for before, after in pairwise(values)]
    half = LIMIT * sum(steps) / len(steps)
    counted = all(value == floor(value) for value in values)
    half = max(half, 1.0) if counted else half
    if not half:
        return mean, mean, mean
    digits = 1 - floor(log10(2 * half))  # about two digits of the width are known
    digits = min(digits, 0) if counted else digits
    size = 10.0**-digits
    low, high = floor((mean - half) / size) * size, ceil((mean + half) / size) * size
    return round(low, digits), round(high, digits), mean
