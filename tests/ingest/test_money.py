"""Amounts say their currency; two of them in one table are never added, and a mere $ is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_kit import lines, only, read, refusal

from smartkpi.ingest.cells import amount
from smartkpi.knowledge.loader import parse

SPENT = parse(
    """
id = "spent"
title = "Spent"
report = "spent"
platforms = ["google-ads"]
how = ["Download it"]
numbers = "file"
[[tables]]
name = "Spent by day"
shape = "daily"
columns = [
    { names = ["Day"], role = "date" },
    { names = ["Cost"], metric = "cost", money = true, required = true },
    { names = ["Currency"], role = "currency" },
]
""",
    "spent.toml",
)


@pytest.mark.parametrize(
    ("text", "bare", "currency"),
    [
        ("US$1,234.50", "1,234.50", "USD"),
        ("11\u00a0925,86\u00a0€", "11\u00a0925,86", "EUR"),
        ("-£5.00", "-5.00", "GBP"),
        ("£-5.00", "-5.00", "GBP"),
        ("R$ 12,50", "12,50", "BRL"),
        ("CHF 12.50", "12.50", "CHF"),
        ("12.50 SEK", "12.50", "SEK"),
        ("$7.5", "7.5", ""),
        ("7.5", "7.5", ""),
        ("--", "--", ""),
        ("2.81%", "2.81%", ""),
        ("about 5", "about 5", ""),
        ("US$5 €", "US$5 €", ""),
    ],
)
def test_an_amount_gives_its_number_and_its_currency_or_stays_as_it_is(text: str, bare: str, currency: str) -> None:
    assert amount(text) == (bare, currency)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["€", "US$", "£", "R$"]), st.booleans())
def test_a_sign_never_changes_the_number(cents: int, sign: str, before: bool) -> None:
    text = f"{cents / 100:,.2f}"
    minus, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    written = f"{minus}{sign}{digits}" if before else f"{text}\u00a0{sign}"
    assert amount(written)[0] == text


def stated(folder: Path, *rows: str) -> list[tuple[str, float | None]]:
    found = only(read(lines(rows), SPENT, folder=folder))
    assert found.problems == []
    return [(key.unit, value) for block in found.blocks() for key in block.keys for value in [*block.cells]]  # type: ignore[list-item]


def test_the_sign_in_the_cells_is_the_unit_of_the_series(tmp_path: Path) -> None:
    assert stated(tmp_path, "Day,Cost", "2026-03-01,US$0.00", '2026-03-02,"US$1,050.25"') == [
        ("USD", 0),
        ("USD", 1050.25),
    ]


def test_the_column_of_currencies_is_the_unit_of_the_series(tmp_path: Path) -> None:
    rows = ("Day,Cost,Currency", "2026-03-01,1.50,CHF", "2026-03-02, --, --")
    assert stated(tmp_path, *rows) == [("CHF", 1.5), ("CHF", None)]


def test_a_mere_dollar_sign_states_no_currency(tmp_path: Path) -> None:
    assert stated(tmp_path, "Day,Cost", "2026-03-01,$1.50") == [("", 1.5)]


@pytest.mark.parametrize(
    "rows",
    [
        ("Day,Cost", "2026-03-01,€1.50", "2026-03-02,£1.50"),
        ("Day,Cost,Currency", "2026-03-01,1.50,CHF", "2026-03-02,1.50,EUR"),
        ("Day,Cost,Currency", "2026-03-01,€1.50,CHF"),
    ],
)
def test_amounts_in_two_currencies_are_refused(tmp_path: Path, rows: tuple[str, ...]) -> None:
    assert "several currencies" in refusal(read(lines(rows), SPENT, folder=tmp_path))


def test_what_is_no_currency_is_refused(tmp_path: Path) -> None:
    rows = ("Day,Cost,Currency", "2026-03-01,1.50,Swiss francs")
    assert "“Swiss francs”" in refusal(read(lines(rows), SPENT, folder=tmp_path))


def test_an_amount_that_can_be_read_in_two_ways_is_refused(tmp_path: Path) -> None:
    assert "two ways" in refusal(read(lines(("Day,Cost", '2026-03-01,"€1,500"')), SPENT, folder=tmp_path))
