"""How numbers, amounts and days are said."""
# ruff: noqa: E501

from math import inf

import pytest
from goal_kit import METRICS, day
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.report import words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1, "1"), (1206, "1,206"), (1250000, "1,250,000"), (12.5, "12.5"), (12.55, "12.6"), (0.42, "0.42"),
        (0.004, "0"), (-0.004, "0"), (-3, "−3"), (999.6, "1,000"), (99.96, "100"), (inf, "no result"),
    ],
)  # fmt: skip
def test_a_number_has_as_many_digits_as_a_person_needs(value: float, text: str) -> None:
    assert words.number(value) == text


@given(st.floats(-1e12, 1e12))
def test_a_said_number_is_close_to_the_number(value: float) -> None:
    said = float(words.number(value).replace(",", "").replace(words.MINUS, "-"))
    assert abs(said - value) <= max(0.0051, abs(value) * 0.006)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.41, "41 %"), (1.05, "105 %"), (0.031, "3.1 %"), (0.0042, "0.42 %"), (0.0996, "10 %"), (0, "0 %"), (-0.5, "−50 %"),
     (inf, "no result")],
)  # fmt: skip
def test_small_shares_keep_a_decimal(share: float, text: str) -> None:
    assert words.percent(share) == text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (17.4, "EUR", "€ 17.40"), (20, "EUR", "€ 20"), (1234.56, "USD", "US$ 1,235"), (-3.5, "EUR", "€ −3.50"),
        (5, "CHF", "CHF 5"), (17.4, "", "17.40"), (inf, "EUR", "no result"),
    ],
)  # fmt: skip
def test_money_has_its_currency_and_none_is_invented(value: float, currency: str, text: str) -> None:
    assert words.money(value, currency) == text


@pytest.mark.parametrize(
    ("metric", "value", "text"),
    [
        ("followers", 1206.4, "1,206"), ("posts", 2.5, "2.5"), ("engagement_rate", 0.0312, "3.1 %"),
        ("cost_per_lead", 17.4, "€ 17.40"), ("watch_time", 16.25, "16.2 h"), ("position", 12.34, "12.3"),
        ("reach", 512.3, "512"), ("followers", inf, "no result"), ("ctr", inf, "no result"),
    ],
)  # fmt: skip
def test_an_amount_is_said_in_the_unit_of_its_metric(metric: str, value: float, text: str) -> None:
    assert words.amount(value, METRICS[metric], "EUR") == text


def test_one_thing_is_not_things() -> None:
    assert [words.noun(METRICS["followers"], n) for n in (1, 2, 0)] == ["follower", "followers", "followers"]
    assert words.noun(METRICS["replies"], 1) == "reply"
    assert [words.counted(n, "day") for n in (0, 1, 2, 1000)] == ["0 days", "1 day", "2 days", "1,000 days"]


def test_days_and_spans_have_a_year_where_it_matters() -> None:
    may = day("2027-05-01")
    assert (words.day(may), words.full_day(may)) == ("1 May", "Sat 1 May 2027")
    assert words.span(may, may) == "1 May 2027"
    assert words.span(may, may + 9) == "1 May – 10 May 2027"
    assert words.span(may - 200, may) == "13 Oct 2026 – 1 May 2027"


def test_ahead_and_behind_have_their_own_words() -> None:
    assert [words.ahead(n) for n in (-8, -1, 0, 15)] == ["8 days behind", "1 day behind", "on plan", "15 days ahead"]


def test_lists_read_like_sentences() -> None:
    assert [words.listed(list(names)) for names in ("", "A", "AB", "ABC")] == ["", "A", "A and B", "A, B and C"]
