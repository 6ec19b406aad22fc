"""Numbers and names as people type them."""
# ruff: noqa: E501

import pytest
from goal_kit import METRICS
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from smartkpi.errors import UnknownNameError, WrongUseError
from smartkpi.workflow import names

NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [
        ("20", 20, ""), (" 20 ", 20, ""), ("+20", 20, ""), ("-5", -5, ""), ("−5", -5, ""), ("1200", 1200, ""), ("1,200", 1200, ""),
        ("1,200,000.5", 1200000.5, ""), ("1 200", 1200, ""), (f"1{NBSP}200", 1200, ""), (f"1{THIN}200{THIN}000", 1200000, ""),
        ("1.5", 1.5, ""), ("0.125", 0.125, ""), ("1.2345", 1.2345, ""), ("1200.125", 1200.125, ""),
        ("1.5k", 1500, ""), ("2K", 2000, ""), ("1.2m", 1200000, ""), ("20 k", 20000, ""),
        ("3%", 3, "%"), ("3 %", 3, "%"), (f"3{NBSP}%", 3, "%"), ("0.5 %", 0.5, "%"),
        ("€20", 20, "EUR"), ("€ 20", 20, "EUR"), ("20 €", 20, "EUR"), ("€1.5k", 1500, "EUR"), ("$20", 20, "USD"), ("US$ 20", 20, "USD"),
        ("£5", 5, "GBP"), ("20 eur", 20, "EUR"), ("CHF 20", 20, "CHF"), ("R$ 5", 5, "BRL"),
    ],
)  # fmt: skip
def test_a_number_as_people_type_it(typed: str, number: float, unit: str) -> None:
    assert names.parse_number(typed, "--target") == (approx(number), unit)


@pytest.mark.parametrize(
    "typed", ["1.200", "12.500", "1,5", "1,20", "1,2000", "1 20", "1,200 000", "1.200.000", "1.200,50", "20."]
)
def test_what_could_be_two_numbers_is_refused(typed: str) -> None:
    with pytest.raises(WrongUseError, match="could be two numbers"):
        names.parse_number(typed, "--target")


@pytest.mark.parametrize(
    "typed", ["", "many", "nan", "inf", "1e5", "0x10", "½", "٣", "--5", "5-10", ".5", "20 leads now"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(WrongUseError, match=r"--target: .* is not a number"):
        names.parse_number(typed, "--target")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("20 leads", "is no unit"), ("max 20", "is no unit"), ("about 20", "is no unit"), ("€20%", "two units"), ("20kg", "is no unit"),
     ("9" * 400, "too large"), ("1" + "0" * 15 + "k", "too large")],
)  # fmt: skip
def test_an_unknown_unit_or_size_is_refused(typed: str, said: str) -> None:
    with pytest.raises(WrongUseError, match=said):
        names.parse_number(typed, "--target")


@given(st.integers(0, 10**9), st.sampled_from(["{:,}", "{}", "€{:,}", "{:,} %"]))
def test_a_whole_number_comes_back_however_it_is_grouped(number: int, form: str) -> None:
    assert names.parse_number(form.format(number), "--target")[0] == number


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number, unit = names.parse_number(text, "--target")
    except WrongUseError:
        return
    assert abs(number) <= names.LARGEST
    assert unit in ("", "%") or len(unit) == 3


@pytest.mark.parametrize(
    ("metric", "number", "unit", "kept"),
    [("ctr", 3, "%", 0.03), ("ctr", 3, "", 0.03), ("cost_per_lead", 20, "EUR", 20), ("cost_per_lead", 20, "", 20), ("leads", 5, "", 5),
     ("thumbnail_ctr", 4, "%", 4)],
)  # fmt: skip
def test_a_typed_number_is_kept_in_the_unit_of_its_metric(metric: str, number: float, unit: str, kept: float) -> None:
    assert names.in_metric(number, unit, METRICS[metric], "--target") == kept


@pytest.mark.parametrize(
    ("metric", "unit"), [("leads", "%"), ("leads", "EUR"), ("ctr", "EUR"), ("cost", "%"), ("thumbnail_ctr", "EUR")]
)
def test_a_unit_that_the_metric_does_not_have_is_refused(metric: str, unit: str) -> None:
    with pytest.raises(WrongUseError):
        names.in_metric(20, unit, METRICS[metric], "--target")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("followers", "followers"), ("Follower", "followers"), ("cost per lead", "cost_per_lead"), ("cost-per-lead", "cost_per_lead"),
     ("CPL", "cost_per_lead"), ("lead", "leads"), ("link  clicks", "link_clicks"), ("likes", "likes")],
)  # fmt: skip
def test_a_metric_goes_by_any_of_its_words(typed: str, meant: str) -> None:
    assert names.find_metric(typed, METRICS).id == meant


def test_every_word_of_every_metric_finds_it() -> None:
    for metric in METRICS.values():
        for word in (metric.id, metric.name, metric.name.upper(), *metric.words):
            assert names.find_metric(word, METRICS) is metric


def test_an_unknown_metric_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match='no metric "folowers"') as refused:
        names.find_metric("folowers", METRICS)
    assert refused.value.details[0] == "Did you mean followers or unfollows?"
    assert len(refused.value.details) == 1
    with pytest.raises(UnknownNameError) as refused:
        names.find_metric("zzzz", METRICS)
    assert "link clicks" in refused.value.details[0] and len(refused.value.details[0]) < 130
    assert refused.value.hints == ("smartkpi suggest", "smartkpi platforms")


def test_a_word_that_is_hardly_alike_is_not_offered() -> None:
    with pytest.raises(UnknownNameError) as refused:
        names.find_metric("foo", METRICS)
    assert not any("Did you mean" in line for line in refused.value.details)


def test_a_share_that_could_be_meant_twice_is_asked() -> None:
    with pytest.raises(WrongUseError, match=r"0.03 % or as 3 %\?"):
        names.in_metric(0.03, "", METRICS["ctr"], "--target")
    assert names.in_metric(0.03, "%", METRICS["ctr"], "--target") == 0.0003
    assert names.in_metric(3, "", METRICS["ctr"], "--target") == 0.03


def test_a_platform_goes_by_any_of_its_words() -> None:
    known = {"google-analytics": ("Google Analytics", "ga4"), "x": ("X", "twitter")}
    assert [names.find_platform(text, known) for text in ("GA4", "google analytics", "Twitter")] == [
        "google-analytics",
        "google-analytics",
        "x",
    ]
    with pytest.raises(UnknownNameError) as refused:
        names.find_platform("twiter", known)
    assert refused.value.details == ("Did you mean x?",)


@pytest.mark.parametrize(
    ("metric", "typed", "said"),
    [("followers", "20%", "followers are not counted in per cent"), ("engagement_rate", "€20", "engagement rate is no money")],
)  # fmt: skip
def test_what_cannot_be_counted_like_that_is_said_in_good_grammar(metric: str, typed: str, said: str) -> None:
    with pytest.raises(WrongUseError, match=said):
        names.in_metric(*names.parse_number(typed, "--target"), METRICS[metric], "--target")
