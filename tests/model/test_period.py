"""The days that people type: one row a line of the grammar, and what is refused."""
# ruff: noqa: E501

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.errors import WrongUseError
from smartkpi.model.period import GRAMMAR, iso, last_of_month, parse_day, to_date, week_start

TODAY = date(2026, 11, 18).toordinal()  # a Wednesday
ROWS = [
    ("2027-05-01", "2027-05-01"),
    ("today", "2026-11-18"), ("tomorrow", "2026-11-19"), ("yesterday", "2026-11-17"),
    ("eow", "2026-11-22"), ("eom", "2026-11-30"), ("eoq", "2026-12-31"), ("eoy", "2026-12-31"),
    ("this week", "2026-11-22"), ("next week", "2026-11-29"), ("this month", "2026-11-30"), ("next month", "2026-12-31"),
    ("end of month", "2026-11-30"), ("the end of the month", "2026-11-30"), ("end of next month", "2026-12-31"),
    ("this quarter", "2026-12-31"), ("next quarter", "2027-03-31"), ("end of the year", "2026-12-31"), ("next year", "2027-12-31"),
    ("in 6 weeks", "2026-12-30"), ("in 1 day", "2026-11-19"), ("in 3 months", "2027-02-18"), ("in 1 year", "2027-11-18"),
    ("in six weeks", "2026-12-30"), ("within a month", "2026-12-18"), ("over the next 30 days", "2026-12-18"), ("for two weeks", "2026-12-02"),
    ("week 50", "2026-12-13"), ("week 2", "2027-01-17"), ("week 53 2026", "2027-01-03"), ("Christmas", "2026-12-25"), ("Sat 1 May 2027", "2027-05-01"), ("Saturday, May 1st", "2027-05-01"),
    ("+10d", "2026-11-28"), ("+2w", "2026-12-02"), ("+3m", "2027-02-18"), ("+1y", "2027-11-18"),
    ("1 May", "2027-05-01"), ("1st of May", "2027-05-01"), ("the 1st of May", "2027-05-01"), ("1 May 2028", "2028-05-01"),
    ("30 Nov", "2026-11-30"), ("18 November", "2026-11-18"), ("17 Nov", "2027-11-17"), ("29 Feb", "2028-02-29"),
    ("May 1", "2027-05-01"), ("May 1st", "2027-05-01"), ("may 1st, 2027", "2027-05-01"), ("Sept. 3", "2027-09-03"),
    ("June", "2027-06-30"), ("end of June", "2027-06-30"), ("the end of June", "2027-06-30"), ("Nov", "2026-11-30"), ("Feb 2028", "2028-02-29"),
    ("Q3", "2027-09-30"), ("end of Q4", "2026-12-31"), ("q1 2028", "2028-03-31"),
    ("2027", "2027-12-31"), ("end of 2027", "2027-12-31"),
    ("Friday", "2026-11-20"), ("next Friday", "2026-11-20"), ("wed", "2026-11-25"), ("thurs", "2026-11-19"), ("tues", "2026-11-24"),
    ("by May 1st", "2027-05-01"), ("by the end of June", "2027-06-30"), ("until Friday", "2026-11-20"), ("on 1 May", "2027-05-01"),
    ("  BY   May  1ST ", "2027-05-01"),
    ("this Friday", "2026-11-20"), ("this Wednesday", "2026-11-18"),
    ("MAY FIRST", "2027-05-01"), ("the first of May", "2027-05-01"), ("twenty-first of June 2028", "2028-06-21"), ("May the 4th", "2027-05-04"),
    ("mid February", "2027-02-15"), ("mid-Feb 2028", "2028-02-15"), ("the middle of March", "2027-03-15"), ("mid November", "2027-11-15"),
    ("H1", "2027-06-30"), ("end of H2", "2026-12-31"), ("the first half of 2027", "2027-06-30"), ("first half of the year", "2027-06-30"),
    ("first quarter 2027", "2027-03-31"), ("the end of the first quarter of 2027", "2027-03-31"), ("the fourth quarter", "2026-12-31"),
    ("end of the 2nd quarter", "2027-06-30"), ("new year", "2027-01-01"), ("New Year's Eve", "2026-12-31"), ("New Year's Day", "2027-01-01"),
    ("2027/06/30", "2027-06-30"), ("2027.6.3", "2027-06-03"), ("the 15th", "2026-12-15"), ("18th", "2026-11-18"), ("31st", "2026-12-31"),
    ("the 15th of the month", "2026-12-15"), ("the 20th of this month", "2026-11-20"), ("the 31st of next month", "2026-12-31"),
    ("1st of March next year", "2027-03-01"), ("end of Q1 next year", "2027-03-31"), ("March this year", "2026-03-31"), ("H1 of next year", "2027-06-30"),
    ("in half a year", "2027-05-18"), ("in the next half year", "2027-05-18"), ("within a fortnight", "2026-12-02"), ("in two fortnights", "2026-12-16"), ("6 weeks from now", "2026-12-30"), ("this time next year", "2027-11-18"), ("this day next week", "2026-11-25"),
    ("30-Jun-27", "2027-06-30"), ("30-Jun-2027", "2027-06-30"), ("30-Jun", "2027-06-30"), ("27/Jun/27", "2027-06-27"),
    ("EOY 2027", "2027-12-31"), ("end of year 2027", "2027-12-31"), ("end 2027", "2027-12-31"), ("end June", "2027-06-30"), ("end-of-year", "2026-12-31"),
    ("year-end", "2026-12-31"), ("month-end", "2026-11-30"), ("year-end 2027", "2027-12-31"), ("the year's end", "2026-12-31"),
    ("the weekend", "2026-11-22"), ("this weekend", "2026-11-22"), ("the end of the weekend", "2026-11-22"),
    ("last Monday", "2026-11-16"), ("last Wednesday", "2026-11-11"), ("last month", "2026-10-31"), ("last quarter", "2026-09-30"),
    ("the start of Q3", "2027-07-01"), ("the beginning of June", "2027-06-01"),
    ("31/03/2027", "2027-03-31"), ("15.03.2027", "2027-03-15"), ("12/31/2026", "2026-12-31"), ("31/3", "2027-03-31"), ("end of June of 2027", "2027-06-30"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), ROWS)
def test_a_deadline_in_the_words_that_people_use(typed: str, meant: str) -> None:
    assert iso(parse_day(typed, TODAY)) == meant


def test_every_line_of_the_grammar_has_a_row() -> None:
    tried = {
        next((i for i, (line, _) in enumerate(GRAMMAR) if re.fullmatch(line, typed.lower())), -1) for typed, _ in ROWS
    }
    assert tried >= set(range(len(GRAMMAR)))


@pytest.mark.parametrize(
    "typed",
    ["01/05/2027", "1.5.2027", "1-5-27", "5/1", "1.5", "31/03/27", "31.03", "31.03.", "05/05/2027"],
)
def test_day_or_month_is_never_guessed(typed: str) -> None:
    with pytest.raises(WrongUseError, match="which is the day, and which the month") as refused:
        parse_day(typed, TODAY)
    assert refused.value.hints


@pytest.mark.parametrize("typed", ["30-Jun-25", "27-Jun-28", "25-Jun-30"])
def test_the_year_of_two_digits_is_never_guessed(typed: str) -> None:
    with pytest.raises(WrongUseError, match="which is the day, and which the year"):
        parse_day(typed, TODAY)


def test_the_weekend_that_is_said_on_a_sunday_is_the_next_one() -> None:
    sunday = date(2026, 11, 22).toordinal()
    assert (iso(parse_day("the weekend", sunday)), iso(parse_day("this weekend", sunday))) == (
        "2026-11-29",
        "2026-11-22",
    )


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "45", "1.234", "mayonnaise", "monday week", "next months", "money", "juno 3", "sat 1", "in umpteen weeks", "1 May 27", "q5",
     "20270501", "next spring", "next weekend", "the 15th week", "half a month", "early June", "marvellous 1", "in 6", "+6", "the day after"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(WrongUseError, match="is not a day that I know") as refused:
        parse_day(typed, TODAY)
    assert refused.value.hints


@pytest.mark.parametrize(
    "typed",
    [
        "2027-02-30",
        "31 June",
        "February 30",
        "0 May",
        "2027-13-01",
        "30 Feb 2028",
        "31/6/2027",
        "in 9999 years",
        "0000",
    ],
)
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(WrongUseError, match="is not a day of the calendar"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize(
    "typed", ["1899-12-31", "2200-01-01", "0001-01-01", "31 Dec 9999", "end of 2300", "week 1 1850"]
)
def test_a_day_of_another_age_is_refused(typed: str) -> None:
    with pytest.raises(WrongUseError, match="is not between 1900 and 2199"):
        parse_day(typed, TODAY)


PAST = ("yesterday", "last Monday", "last Wednesday", "last month", "last quarter", "March this year")
DAYS = st.integers(date(1990, 1, 1).toordinal(), date(2100, 1, 1).toordinal())


@given(DAYS, DAYS)
def test_a_written_day_means_itself_whenever_it_is_typed(day: int, today: int) -> None:
    found = to_date(day)
    for text in (iso(day), f"{found.day} {found:%B} {found.year}", f"{found:%b} {found.day}, {found.year}"):
        assert parse_day(text, today) == day


@given(DAYS, st.sampled_from([text for text, _ in ROWS if not any(c.isdigit() for c in text) and text not in PAST]))
def test_a_day_without_a_year_is_never_past(today: int, text: str) -> None:
    assert 0 <= parse_day(text, today) - today <= 2 * 366


@given(DAYS)
def test_a_week_begins_on_its_monday(day: int) -> None:
    monday = week_start(day)
    assert to_date(monday).weekday() == 0
    assert 0 <= day - monday < 7


@given(st.integers(1990, 2100), st.integers(1, 40))
def test_the_day_after_the_last_of_a_month_is_a_first(year: int, month: int) -> None:
    after = to_date(last_of_month(year, month) + 1)
    assert (after.day, after.month, after.year) == (1, month % 12 + 1, year + month // 12)
