"""Which totals of ranges are chosen, and how one is shared out over its days."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure.periods import Range, choose, days_of, spread

RANGES = st.tuples(st.integers(0, 20), st.integers(0, 9)).map(lambda at: (at[0], at[0] + at[1]))


def by_trying_all(ranges: set[Range]) -> tuple[Range, ...]:
    """Every choice without an overlap: most days, then the newest last range, then the longest, and so on."""
    subsets = chain.from_iterable(combinations(sorted(ranges), size) for size in range(len(ranges) + 1))
    fitting = [s for s in subsets if all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(s, 2))]

    def worth(chosen: tuple[Range, ...]) -> tuple[int, list[Range]]:
        days = {day for first, last in chosen for day in range(first, last + 1)}
        return len(days), [(last, last - first) for first, last in sorted(chosen, reverse=True)]

    return tuple(sorted(max(fitting, key=worth)))


@given(st.sets(RANGES, max_size=8))
def test_the_choice_is_the_best_of_all_that_do_not_overlap(ranges: set[Range]) -> None:
    assert choose(ranges) == by_trying_all(ranges)


def test_of_two_that_cover_as_much_the_newest_then_the_longest_counts() -> None:
    assert choose([(1, 10), (5, 14)]) == ((5, 14),)
    assert choose([(1, 5), (6, 10), (1, 10)]) == ((1, 10),)
    assert choose([(1, 7), (1, 14), (1, 21), (22, 28), (15, 28)]) == ((1, 14), (15, 28))
    assert choose([]) == ()


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(1, 400)), min_size=1, max_size=12))
def test_shares_of_whole_numbers_add_up_exactly_in_any_order(totals: list[tuple[int, int]]) -> None:
    cells = [cell for value, days in totals for cell in spread(value, days)]
    assert sum(cells) == sum(reversed(cells)) == sum(value for value, _ in totals)
    assert len(cells) == sum(days for _, days in totals)


@given(st.floats(-1e9, 1e9), st.integers(1, 400))
def test_a_total_of_any_kind_is_shared_out_evenly_and_whole(value: float, days: int) -> None:
    cells = spread(value, days)
    assert abs(sum(cells) - value) <= 1e-9 * abs(value)
    assert max(cells) - min(cells) <= days / 2**20 + 1e-9 * abs(value)


@given(st.sets(RANGES, max_size=8))
def test_no_total_is_counted_twice(ranges: set[Range]) -> None:
    chosen = choose(ranges)
    assert days_of(chosen) == len({day for first, last in chosen for day in range(first, last + 1)})
