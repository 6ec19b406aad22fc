"""How numbers, amounts and days are said."""
# ruff: noqa: E501

import re
from math import inf

import pytest
from goal_kit import METRICS, day
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.metric import Kind
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
    assert [words.ahead(n) for n in (-8, -1, 0, 15)] == [
        *("8 days behind", "1 day behind", "level with plan", "15 days ahead")
    ]


def test_lists_read_like_sentences() -> None:
    assert [words.listed(list(names)) for names in ("", "A", "AB", "ABC")] == ["", "A", "A and B", "A, B and C"]


@pytest.mark.parametrize(
    ("chance", "word", "odds", "chances"),
    [
        (0.0, "out of reach", "out of reach", "out of reach"),
        (0.001, "very unlikely", "less than 1 in 20", "less than 1 chance in 20"),
        (0.07, "very unlikely", "less than 1 in 10", "less than 1 chance in 10"),
        (0.1, "unlikely", "about 1 in 10", "about 1 chance in 10"),
        (0.15, "unlikely", "about 2 in 10", "about 2 chances in 10"),
        (0.3, "a little less likely than not", "about 3 in 10", "about 3 chances in 10"),
        (0.5, "even", "about 5 in 10", "about 5 chances in 10"),
        (0.6, "a little more likely than not", "about 6 in 10", "about 6 chances in 10"),
        (0.7, "likely", "about 7 in 10", "about 7 chances in 10"),
        (0.9, "very likely", "about 9 in 10", "about 9 chances in 10"),
        (0.94, "very likely", "more than 9 in 10", "more than 9 chances in 10"),
        (0.999, "very likely", "more than 19 in 20", "more than 19 chances in 20"),
        (1.0, "certain", "certain", "certain"),
    ],
)
def test_a_chance_is_said_in_a_word_and_in_tenths(chance: float, word: str, odds: str, chances: str) -> None:
    assert (words.likelihood(chance), words.odds(chance), words.chance(chance)) == (word, odds, chances)


@given(st.floats(0, 1))
def test_only_what_is_certain_is_said_to_be(chance: float) -> None:
    said = {words.likelihood(chance), words.odds(chance), words.chance(chance)}
    assert ("certain" in said) is (chance == 1)
    assert ("out of reach" in said) is (chance == 0)


@pytest.mark.parametrize(
    ("value", "width", "whole", "known"),
    [
        (80.6, 28.0, True, 81), (1236.4, 120.0, True, 1240), (1236.4, 95.0, True, 1236), (12345.0, 4000.0, True, 12300),
        (0.03124, 0.004, False, 0.0312), (17.43, 3.0, False, 17.4), (5.4, 0.7, True, 5), (5.4, 0.0, True, 5.4), (5.4, inf, True, 5.4),
    ],
)  # fmt: skip
def test_a_foreseen_value_has_the_digits_that_its_range_knows(
    value: float, width: float, whole: bool, known: float
) -> None:
    assert words.known(value, width, whole=whole) == pytest.approx(known, abs=1e-12)


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.booleans())
def test_a_foreseen_value_moves_little_when_it_is_rounded(value: float, width: float, whole: bool) -> None:
    assert abs(words.known(value, width, whole=whole) - value) <= max(0.051 * width, 0.5 * whole) + 1e-6


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        ("followers", "followers are"), ("reach", "people reached are"), ("engagement_rate", "engagement rate is"),
        ("bounce_rate", "bounce rate is"), ("watch_time", "watch time is"), ("cost_per_lead", "cost per lead is"),
        ("gross_sales", "gross sales are"), ("revenue", "revenue is"), ("conversion_rate", "conversion rate is"),
    ],
)  # fmt: skip
def test_a_verb_goes_with_the_name_of_its_metric(metric: str, text: str) -> None:
    known = METRICS[metric]
    assert f"{known.name} {words.verb(known, 'is', 'are')}" == text


def test_a_rate_a_share_or_an_average_is_one_thing_and_whatever_is_counted_is_many() -> None:
    told = {metric.name: words.verb(metric, "is", "are") for metric in METRICS.values()}
    one = ("rate", "(%)", "duration", "spend", "value", "time")
    assert {verb for name, verb in told.items() if name.endswith(one)} == {"is"}
    counted = [
        m.name for m in METRICS.values() if not m.unit and m.kind is not Kind.RATIO and m.id != "engaged_audience"
    ]
    assert {name for name in counted if told[name] != "are"} == set()


@pytest.mark.parametrize(
    ("said", "text"), [(1, "follower"), ("1", "follower"), (1.04, "followers"), ("0.5", "followers")]
)
def test_a_noun_goes_with_the_number_as_it_is_shown(said: float | str, text: str) -> None:
    assert words.noun(METRICS["followers"], said) == text


@pytest.mark.parametrize(
    ("metric", "value", "text"),
    [
        ("engagement_rate", 0.156, "15.6 %"), ("engagement_rate", 0.16, "16 %"), ("engagement_rate", 0.0312, "3.12 %"),
        ("followers", 20.5, "20.5"), ("followers", 16650, "16,650"), ("followers", 1226 + 1 / 3, "1,226"),
        ("cost_per_lead", 17.4, "€ 17.40"), ("cost_per_lead", 20, "€ 20"), ("cost_per_lead", 0.015, "€ 0.015"),
        ("cost", 1234.5, "€ 1,234.50"), ("cost", 12000, "€ 12,000"), ("followers", -3, "−3"),
    ],
)  # fmt: skip
def test_a_target_has_the_digits_that_it_was_set_with(metric: str, value: float, text: str) -> None:
    assert words.target(value, METRICS[metric], "EUR") == text


@pytest.mark.parametrize(
    ("metric", "value", "target", "text"),
    [
        ("engagement_rate", 0.15581234, 0.156, "15.58 %"), ("engagement_rate", 0.1556, 0.1558, "15.56 %"),
        ("followers", 99.6, 100, "99.6"), ("followers", 100, 100, "100"), ("followers", 98.2, 100, "98"),
        ("cost_per_lead", 20.004, 20, "€ 20.004"), ("cost", 1234.56, 1234.5, "€ 1,235"),
    ],
)  # fmt: skip
def test_what_is_there_never_looks_like_a_target_that_it_is_not(
    metric: str, value: float, target: float, text: str
) -> None:
    assert words.beside(value, target, METRICS[metric], "EUR") == text


@given(st.floats(0.01, 1e5), st.floats(0.97, 1.03), st.sampled_from(["engagement_rate", "followers", "cost_per_lead"]))
def test_beside_a_target_nothing_is_rounded_past_it(target: float, times: float, metric: str) -> None:
    target = float(f"{target:.3g}")
    value, shown = target * times, words.beside(target * times, target, METRICS[metric], "EUR")
    number = float(re.sub(r"[^0-9.]", "", shown)) / (100 if "%" in shown else 1)
    wrong = (number > target) is not (value > target) and abs(value - target) > 1e-3 * target
    assert number == pytest.approx(target, rel=1e-9) or not wrong
