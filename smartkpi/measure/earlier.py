"""What other days brought: exact sums of stated days, for a goal that is said as so much more than then."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import fsum

from smartkpi.measure.sources import Inputs
from smartkpi.measure.trend import first_days
from smartkpi.model.series import BY_HAND


def first_day(found: Inputs) -> int | None:
    """The first day that every series states, within what was read of it."""
    days = [*first_days(found)]
    return max(days) if days and len(days) == len(found.all) else None


def brought(found: Inputs, first: int, last: int) -> float | None:
    """The sum of every day from `first` to `last`; None where a day of one series is not stated, or may still change.

    A number kept by hand stands for days that nobody told apart: it is left out.
    """
    through = found.full_through
    if through is None or last < first or last > through or any(s.key.report == BY_HAND for s in found.main):
        return None
    values = [series.at(day) for series in found.main for day in range(first, last + 1)]
    known = [value for value in values if value is not None]
    return fsum(known) if len(known) == len(values) else None


def changed(base: float, by: float, *, is_share: bool, falls: bool) -> Decimal:
    """`base` and so much more, or less where it `falls`; `is_share`: `by` is in per cent of `base`."""
    known, way = Decimal(repr(base)), Decimal(repr(-by if falls else by))
    return known * (100 + way) / 100 if is_share else known + way


def sayable(number: Decimal, *, falls: bool, is_money: bool) -> Decimal:
    """As it can be typed, never short of what was asked for: whole, money below 100 to the cent."""
    step = Decimal("0.01") if is_money and abs(number) < 100 else Decimal(1)
    return number.quantize(step, rounding=ROUND_FLOOR if falls else ROUND_CEILING)
