"""The period that follows: calendar ones by the calendar, others by their length."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.repeating import called, last_of, next_period


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("start", "deadline", "repeat", "first", "last"),
    [
        ("2026-10-01", "2026-12-31", "quarter", "2027-01-01", "2027-03-31"),
        ("2026-10-20", "2026-12-31", "quarter", "2027-01-01", "2027-03-31"),  # it began when it was made
        ("2026-10-01", "2026-12-31", "", "2027-01-01", "2027-03-31"),
        ("2026-10-20", "2026-12-31", "", "2027-01-01", "2027-03-14"),
        ("2027-01-01", "2027-01-31", "month", "2027-02-01", "2027-02-28"),
        ("2027-02-01", "2027-02-28", "month", "2027-03-01", "2027-03-31"),
        ("2027-01-15", "2027-02-14", "month", "2027-02-15", "2027-03-14"),
        ("2026-12-31", "2027-01-30", "month", "2027-01-31", "2027-02-28"),
        ("2026-11-16", "2026-11-22", "week", "2026-11-23", "2026-11-29"),
        ("2026-11-10", "2026-11-18", "week", "2026-11-19", "2026-11-25"),
        ("2026-01-01", "2026-12-31", "", "2027-01-01", "2027-12-31"),
        ("2027-03-01", "2028-02-29", "year", "2028-03-01", "2029-02-28"),
        ("2026-11-15", "2027-02-14", "quarter", "2027-02-15", "2027-05-14"),
        ("2026-07-01", "2026-10-31", "", "2026-11-01", "2027-02-28"),  # four whole months again
        ("2026-12-01", "2027-01-31", "", "2027-02-01", "2027-03-31"),
        ("2026-12-20", "2027-01-05", "year", "2027-12-20", "2028-01-05"),  # the same days again
        ("2026-11-03", "2026-11-14", "month", "2026-12-03", "2026-12-14"),
    ],
)
def test_the_next_period(start: str, deadline: str, repeat: str, first: str, last: str) -> None:
    assert next_period(day(start), day(deadline), repeat) == (day(first), day(last))


@given(
    st.integers(day("2020-01-01"), day("2035-01-01")),
    st.integers(0, 400),
    st.sampled_from(["", "week", "month", "quarter", "year"]),
)
def test_periods_follow_each_other_without_a_gap_and_forever(start: int, length: int, repeat: str) -> None:
    deadline = start + length
    for _ in range(8):
        first, last = next_period(start, deadline, repeat)
        has_gap = first > deadline + 1  # one that takes less than half of its time has the same days again
        assert first == deadline + 1 or (has_gap and repeat not in ("", "week") and last - first < 183)
        assert last >= first
        if repeat:
            assert (deadline == last_of(repeat, deadline)) <= (last == last_of(repeat, last))
        start, deadline = first, last


@pytest.mark.parametrize(
    ("start", "deadline", "said"),
    [
        ("2027-01-01", "2027-12-31", "2027"),
        ("2027-04-01", "2027-06-30", "Q2 2027"),
        ("2027-04-01", "2027-04-30", "Apr 2027"),
        ("2026-12-28", "2027-01-03", "week 53 of 2026"),
        ("2027-04-02", "2027-06-30", "to 30 Jun 2027"),
    ],
)
def test_what_a_period_is_called(start: str, deadline: str, said: str) -> None:
    assert called(day(start), day(deadline)) == said
