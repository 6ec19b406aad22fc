"""A file that states no currency and is imported anew with one: the same numbers count once; others stay a question."""

import pytest
from goal_kit import METRICS, MONDAY, goal, series

from smartkpi.measure.sources import Ambiguity, Inputs, inputs
from smartkpi.model.series import Series

FIRST = [5.0, 6.0, None]


def read(*stored: Series) -> Inputs | Ambiguity:
    return inputs(goal(metric="cost"), METRICS["cost"], METRICS, stored)


@pytest.mark.parametrize("again", [FIRST, [5.0, 6.0, 7.0], [5.0, 6.0, None, 8.0]])
def test_numbers_that_are_told_again_in_a_currency_count_in_it(again: list[float | None]) -> None:
    found = read(series("cost", FIRST), series("cost", again, unit="EUR"))
    assert isinstance(found, Inputs)
    assert [s.key.unit for s in found.main] == ["EUR"]


@pytest.mark.parametrize("again", [[5.0, 6.5], [5.0], [None, 6.0, 7.0]])
def test_other_numbers_in_a_currency_are_asked_about(again: list[float | None]) -> None:
    found = read(series("cost", FIRST), series("cost", again, unit="EUR"))
    assert found == Ambiguity("currency", ("EUR", "no currency"))


def test_another_export_in_a_currency_is_not_the_same_table() -> None:
    found = read(series("cost", FIRST), series("cost", FIRST, unit="EUR", report="other"))
    assert isinstance(found, Ambiguity)


def test_two_currencies_are_two() -> None:
    both = [series("cost", FIRST, MONDAY, unit=unit) for unit in ("EUR", "USD")]
    assert read(*both) == Ambiguity("currency", ("EUR", "USD"))
