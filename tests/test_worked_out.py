""" "20% more leads": a refusal offers the number that the days before make of it, and the command that it stands in."""

import csv
import json
import re
import shlex
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from kit import ROOT, Result
from test_shell import on_terminal

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")
CARDS = ("Follows.csv", "Reach.csv", "Link clicks.csv")


@pytest.fixture(scope="module")
def leads() -> dict[date, Fraction]:
    """Day by day, as the file has them."""
    lines = [line for line in (EXAMPLES / "download.csv").read_text("utf-8").splitlines() if line[:1] != "#"]
    rows = csv.DictReader(line for line in lines if line.strip())
    return {date.fromisoformat(row["Date"]): Fraction(row["Key events"]) for row in rows if row["Date"]}


def days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(i) for i in range((last - first).days + 1))


def told(result: Result) -> tuple[str, list[str]]:
    """(what S says, the examples)."""
    assert result.exit_status == 2, result.out
    said = next(line for line in result.err.splitlines() if line.startswith("  S ✗"))
    return said, [line.removeprefix("  → ") for line in result.err.splitlines() if line.startswith("  → ")]


def test_a_fifth_more_leads_is_worked_out_from_as_many_days_before(cafe: Run) -> None:
    assert cafe("add", "20% more leads by 31 Mar", *DAY).err == (
        "smartkpi: that is a wish; one thing makes it a goal\n"
        "  S ✗ specific     20% more than when? The 130 days to 20 Nov brought 219: 20 % more is 263\n"
        "  M ✓ measurable   leads of Example Café on Google Analytics\n"
        "  T ✓ timely       by Wed 31 Mar 2027\n"
        '  → smartkpi add "get 263 leads by 31 Mar"\n'
        "Nothing was saved.\n"
    )


@pytest.mark.parametrize(
    ("sentence", "share", "first", "last"),
    [
        ("20% more leads by 31 Mar", 120, "2026-07-14", "2026-11-20"),
        ("boost leads 25% in the next 8 weeks", 125, "2026-09-26", "2026-11-20"),
        ("triple leads in 3 months", 300, "2026-08-21", "2026-11-20"),
        ("increase leads by 33% this quarter", 133, "2026-07-01", "2026-09-30"),
        ("20% more leads than last month", 120, "2026-10-01", "2026-10-31"),
        ("20% more leads than in October by 31 Mar", 120, "2026-10-01", "2026-10-31"),
        ("20% more leads a month until 31 Mar", 120, "2026-10-01", "2026-10-31"),
        ("20% more leads than last year by 31 Mar", 120, "2025-11-23", "2026-04-01"),
        ("20% more leads this quarter than last quarter", 120, "2026-07-01", "2026-09-30"),
        ("20% more leads than last week", 120, "2026-11-09", "2026-11-15"),
    ],
)
def test_the_number_is_the_sum_of_the_days_that_are_named_and_the_example_passes(
    sentence: str, share: int, first: str, last: str, cafe: Run, leads: dict[date, Fraction]
) -> None:
    total = sum(leads[day] for day in days(date.fromisoformat(first), date.fromisoformat(last)))
    number = ceil(total * share / 100)
    said, examples = told(cafe("add", sentence, *DAY))
    assert f"brought {total}: " in said
    assert said.endswith(f" is {number}")
    assert re.search(rf"(?<!\d){number}(?!\d)", examples[0])
    made = cafe(*shlex.split(examples[0])[1:], "--json", *DAY)
    assert made.exit_status == 0, made.err
    assert json.loads(made.out)["goal"]["target"] == number


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("double leads by 2028", "That takes 771 days, 11 Oct 2024 – 20 Nov 2026; known are 1 Oct 2025 – 20 Nov 2026"),
        ("20% more leads in 2027 than in 2026", "That takes 365 days, 1 Jan – 31 Dec 2026; known are"),
        ("20% more leads than last year by 31 Dec 2027", "That takes"),
    ],
)
def test_where_days_are_missing_that_is_said_and_no_number_is_offered(sentence: str, why: str, cafe: Run) -> None:
    said, examples = told(cafe("add", sentence, *DAY))
    assert why in said
    assert all("NUMBER" in example for example in examples)


def test_numbers_that_are_old_are_no_days_before(cafe: Run) -> None:
    said, examples = told(cafe("add", "20% more leads by June", "--as-of", "2027-03-01"))
    assert "The newest numbers are of 20 Nov 2026" in said
    assert "NUMBER" in examples[0]


def test_without_numbers_it_stays_the_plain_question(smartkpi: Run) -> None:
    said, _ = told(smartkpi("add", "20% more leads by June", *DAY))
    assert said.endswith("20% more than when? A sum begins at 0: say how many")


def test_each_account_has_a_number_of_its_own(cafe: Run) -> None:
    cards = EXAMPLES / "Link clicks.csv"
    assert cafe("import", cards, "--account", "Second Bistro", "--new-account").exit_status == 0
    said, examples = told(cafe("add", "20% more link clicks by 31 Mar", *DAY))
    assert "Example Café on Instagram: the 130 days to" in said
    assert "Second Bistro on Instagram: the 130 days to" in said
    assert len(examples) == 2
    for example in examples:
        assert cafe(*shlex.split(example)[1:], "--dry-run", *DAY).exit_status == 0


def test_a_typical_day_is_held_against_the_last_four_weeks(cafe: Run) -> None:
    said, examples = told(cafe("add", "increase reach by 20%", *DAY))
    assert "20% more than when? Of the 28 days to 21 Nov a typical one had 362: 20 % more is 435" in said
    assert examples == ['smartkpi add "reach 435 people on a typical day by 20 Feb"']


def test_less_is_a_limit(cafe: Run) -> None:
    _, examples = told(cafe("add", "20% fewer sessions by June", *DAY))
    assert examples[0].startswith('smartkpi add "at most 10,638 sessions')


def test_a_comparison_is_never_dropped(cafe: Run) -> None:
    for sentence in ("10 more leads than last month", "100 leads by June compared to last year"):
        said, _ = told(cafe("add", sentence, *DAY))
        assert "more than last month?" in said or "compared to last year?" in said


def test_on_a_terminal_enter_takes_the_number(db: Path, cafe: Run) -> None:
    del cafe
    status, screen = on_terminal(120, "add", "20% more leads by 31 Mar", *DAY, db=db, answers=("", ""))
    assert status == 0, screen
    assert "How many leads in all? [263]" in screen
    assert "263 leads in all by Wed 31 Mar 2027" in screen


def test_on_a_terminal_another_day_asks_for_its_own_number(db: Path, cafe: Run) -> None:
    del cafe
    status, screen = on_terminal(120, "add", "20% more leads", *DAY, db=db, answers=("31 Mar", "300", ""))
    assert status == 0, screen
    assert "How many leads in all?:" in screen
    assert "300 leads in all by Wed 31 Mar 2027" in screen


def test_on_a_terminal_a_share_of_a_level_asks_where_one_stands(db: Path, cafe: Run) -> None:
    del cafe
    typed = ("grow Instagram followers by 10% by 31 Mar", *DAY)
    status, screen = on_terminal(120, "add", *typed, db=db, answers=("1400", ""))
    assert status == 0, screen
    assert "Where do you stand now?" in screen
    assert "Gain 140 Instagram followers: from 1,400 to 1,540" in screen
