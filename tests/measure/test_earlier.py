"""What other days brought, against a slow, obvious sum: exact, and nothing where a day is not known."""

from decimal import Decimal
from fractions import Fraction

import pytest
from goal_kit import MONDAY, by_hand, series
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure.earlier import brought, changed, first_day, sayable
from smartkpi.measure.sources import Inputs

DAYS = st.lists(st.one_of(st.none(), st.integers(0, 500), st.sampled_from([0.1, 0.2, 12.34])), min_size=1, max_size=30)
SPAN = st.integers(-3, 33)


@given(DAYS, DAYS, SPAN, SPAN, st.integers(0, 4))
def test_a_sum_is_of_every_day_of_every_series_or_it_is_none(
    one: list[float | None], other: list[float | None], begin: int, end: int, lag: int
) -> None:
    found = Inputs(main=tuple(series("leads", values, full=MONDAY + len(values) - 1 - lag) for values in (one, other)))
    first, last = MONDAY + begin, MONDAY + end
    cells = [
        values[i] if 0 <= i < len(values) - lag else None for i in range(begin, end + 1) for values in (one, other)
    ]
    told = brought(found, first, last)
    if not cells or None in cells:
        assert told is None
    else:
        assert told == float(sum((Fraction(value) for value in cells if value is not None), Fraction()))


@given(st.integers(0, 10**9), st.integers(1, 400), st.booleans())
def test_so_many_per_cent_more_is_never_short_of_it_nor_a_whole_one_beyond(base: int, by: int, falls: bool) -> None:
    exact = Fraction(base) * (100 - by if falls else 100 + by) / 100
    number = sayable(changed(float(base), float(by), is_share=True, falls=falls), falls=falls, is_money=False)
    assert number == int(number)
    assert (0 <= exact - Fraction(number) < 1) if falls else (0 <= Fraction(number) - exact < 1)


@pytest.mark.parametrize(
    ("base", "by", "is_share", "falls", "is_money", "number"),
    [
        (50.0, 10.0, True, False, False, "55"),  # 50 × 1.1 in floats is 55.000000000000007
        (84.0, 20.0, True, False, False, "101"),
        (84.0, 20.0, True, True, False, "67"),
        (84.0, 20.0, False, False, False, "104"),
        (12.34, 10.0, True, False, True, "13.58"),
        (1928.4, 10.0, True, True, True, "1735"),
    ],
)
def test_the_number_is_worked_out_in_decimals(
    base: float, by: float, is_share: bool, falls: bool, is_money: bool, number: str
) -> None:
    assert sayable(changed(base, by, is_share=is_share, falls=falls), falls=falls, is_money=is_money) == Decimal(number)


def test_numbers_kept_by_hand_are_no_days() -> None:
    found = Inputs(main=(by_hand("leads", {MONDAY: 5, MONDAY + 1: 6}),))
    assert brought(found, MONDAY, MONDAY + 1) is None


def test_what_is_known_begins_with_the_last_series_and_ends_with_the_first() -> None:
    found = Inputs(main=(series("leads", [None, 1, 2, 3]), series("leads", [1, 1, 1], account="B")))
    assert (first_day(found), found.full_through) == (MONDAY + 1, MONDAY + 2)
    assert first_day(Inputs()) is None
