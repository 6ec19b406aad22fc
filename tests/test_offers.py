"""What a refusal offers: never a number, a way or a metric that nobody said; and it is told as JSON, too."""
# ruff: noqa: E501

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result
from test_shell import on_terminal

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")


def examples(result: Result) -> list[str]:
    assert result.exit_status == 2, result.out
    return [line.removeprefix("  → ") for line in result.err.splitlines() if line.startswith("  → ")]


@pytest.mark.parametrize(
    ("sentence", "example"),
    [
        ("keep CPC under 20p until 31 Dec", '"keep cost per click under NUMBER until 31 Dec"'),
        ("keep CPC under 20 cents until 31 Dec", '"keep cost per click under NUMBER until 31 Dec"'),
        ("cut cost per click by a third", '"cost per click under NUMBER by 20 Feb"'),
        ("send 1 newsletter a week", '"get 1 METRIC a week by 20 Feb 2027"'),
        ("answer messages within 2 hours", '"at most NUMBER METRIC by 20 Feb 2027"'),
        ("5 reviews on Google by end of January", '"get 5 METRIC by 31 Jan 2027"'),
        ("1e4 sessions", '"get NUMBER sessions by 20 Feb"'),
        ("100 qualified leads", '"get 100 leads by 20 Feb"'),
        ("improve average position to 5 on Search Console", '"search position under 5 on Google Search Console by 20 Feb"'),
        ("cost per lead no higher than 5", '"cost per lead under 5 by 20 Feb"'),
        ("reach cost per lead 5", '"cost per lead under 5 by 20 Feb"'),
    ],
)  # fmt: skip
def test_an_example_has_no_number_and_no_metric_that_nobody_said(sentence: str, example: str, cafe: Run) -> None:
    assert examples(cafe("add", sentence, *DAY))[0] == f"smartkpi add {example}"


def test_a_number_of_people_is_never_made_a_larger_one(cafe: Run) -> None:
    told = cafe("add", "reach 50 people a week on Instagram", *DAY)
    assert examples(told) == ['smartkpi add "reach NUMBER people on a typical day on Instagram by 20 Feb"']
    assert "✓ specific" not in told.err


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("🚀🚀 100 leads by eoq 🎉", 100),
        ("20 leads or more by eoq", 20),
        ("50 net new followers on Instagram by 30 June", 50),
        ("50 new Instagram followers by 30 June", 50),
        ("reach at least 50 new Instagram followers by 30 June", 50),
    ],
)
def test_what_says_one_thing_only_is_a_goal(sentence: str, target: float, cafe: Run) -> None:
    made = cafe("add", sentence, "--json", *DAY)
    assert made.exit_status == 0, made.err
    assert json.loads(made.out)["goal"]["target"] == target


def test_half_of_it_is_fifty_per_cent(cafe: Run) -> None:
    told = cafe("add", "cut cost per lead in half by June", *DAY)
    assert "from 8.77 to 4.39" in told.out


def test_a_flag_for_the_deadline_is_not_called_by_the_words_of_the_sentence(cafe: Run) -> None:
    told = cafe("add", "100 leads by eoq", "--deadline", "2027-02-15", "--dry-run", *DAY)
    assert "timely       Mon 15 Feb 2027" in told.out


def test_hints_repeat_a_command_with_two_dashes_so_that_it_can_be_typed(cafe: Run) -> None:
    cafe("record", "followers", 300, "--account", "Example Café", "--platform", "linkedin", *DAY)
    told = cafe("add", "--dry-run", *DAY, "--", "by May 1st I will have gained 20 followers")
    assert len(examples(told)) == 2
    for command in examples(told):
        assert cafe(*shlex.split(command)[1:]).exit_status == 0


def test_a_sentence_may_begin_with_a_minus(cafe: Run) -> None:
    told = cafe("add", "-10% sessions by 30 June", *DAY)
    assert re.fullmatch(r'smartkpi add "at most [\d,]+ sessions by 30 Jun"', examples(told)[0])


def test_a_title_that_is_too_long_is_cut_into_one_that_passes(cafe: Run) -> None:
    flags = ("--metric", "leads", "--target", "100", "--deadline", "eoq")
    (command,) = examples(cafe("add", "more of the leads that matter " * 9, *flags, *DAY))
    goal = json.loads(cafe(*shlex.split(command)[1:], "--json", *DAY).out)["goal"]
    assert len(goal["title"]) <= 200
    assert goal["why"].endswith("that matter")


def test_a_long_wish_hears_what_it_lacks(cafe: Run) -> None:
    told = cafe("add", "be better " * 30, *DAY)
    assert "M ✗ measurable" in told.err
    assert "longer than" not in told.err


def test_a_currency_is_said_of_the_file_that_states_none_and_then_all_of_it_counts(cafe: Run) -> None:
    (command,) = examples(cafe("add", "cut cost per lead below €5 by March", *DAY))
    assert command == "smartkpi import download.csv --currency EUR"
    assert cafe("import", EXAMPLES / "download.csv", "--currency", "EUR", *DAY).exit_status == 0
    told = cafe("add", "keep CPL under 9 until 31 Dec", *DAY)
    assert told.exit_status == 0, told.err
    assert "at most € 9" in told.out
    assert "cost per lead" in cafe("suggest", "google-analytics", *DAY).out


def test_a_word_that_cannot_be_read_leaves_its_number_to_be_taken_with_enter(db: Path, cafe: Run) -> None:
    del cafe
    status, screen = on_terminal(120, "add", "100 qualified leads by June", *DAY, db=db, answers=("", ""))
    assert status == 0, screen
    assert "How many leads? [100]" in screen
    assert "100 leads in all" in screen


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (("edit", "leads-google-analytics", "--target", "-5"), "goal refused"),
        (("edit", "nothing", "--target", "5"), "goal refused"),
        (("show", "nothing"), "refused"),
        (("close", "nothing"), "refused"),
    ],
)
def test_every_command_tells_its_refusal_as_json(typed: tuple[str, ...], kind: str, cafe: Run) -> None:
    cafe("add", "100 leads by eoq", *DAY)
    told = cafe(*typed, "--json")
    assert told.exit_status == 2
    found = json.loads(told.out)
    assert found["reason"] in told.err
    assert found["kind"] == kind
