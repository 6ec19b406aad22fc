"""`smartkpi trend`, on exports that were really imported: what it says, in every width, and what it refuses."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result, invoke
from test_shell import on_terminal

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-23")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("template") / "kpi.db"
    done = invoke("--db", db, "import", ROOT / "examples", "--account", "Example Café", "--currency", "EUR")
    assert done.exit_status == 0, done.err
    return db


@pytest.fixture
def full(template: Path, db: Path) -> Path:
    db.write_bytes(template.read_bytes())
    return db


def told(smartkpi: Run, *arguments: object) -> dict[str, object]:
    done = smartkpi("trend", *arguments, *DAY, "--json")
    assert done.exit_status == 0, done.err
    return dict(json.loads(done.out))


WIDE = """\
Link clicks by week
Example Café on Instagram
· A usual week. 30 in the week of 9 Nov – 15 Nov 2026 is within the usual 12 to 51: wobble, nothing to do.
  The same weekdays a year ago 18 (now 67 % more).
  The newest week, 16 Nov – 22 Nov 2026: 30 in 6 of 7 days. The same days of the week before: 28; a year ago: 14.

   Week of      Number         What it was  Year ago
·  26 Oct 2026  ██████████ 29  wobble             21
·  2 Nov 2026   ███████░░░ 22  wobble             20
·  9 Nov 2026   ██████████ 30  wobble             18
…  16 Nov 2026  30             6 of 7 days

Data to Sat 21 Nov 2026, from link clicks of “daily cards”.
3 of 59 weeks shown; all of them:   smartkpi --db DB trend 'link clicks' --as-of 2026-11-23 --last 59
The years side by side:   smartkpi --db DB trend 'link clicks' --as-of 2026-11-23 --by month
"""
NARROW = """\
Link clicks by week
Example Café on Instagram
· A usual week. 30 in the week of 9 Nov – 15 Nov 2026 is
  within the usual 12 to 51: wobble, nothing to do.
  The same weekdays a year ago 18 (now 67 % more).
  The newest week, 16 Nov – 22 Nov 2026: 30 in 6 of 7 days.
  The same days of the week before: 28; a year ago: 14.

   Week of      Number         What it was  Year ago
·  26 Oct 2026  ██████████ 29  wobble             21
·  2 Nov 2026   ███████░░░ 22  wobble             20
·  9 Nov 2026   ██████████ 30  wobble             18
…  16 Nov 2026  30             6 of 7 days

Data to Sat 21 Nov 2026, from link clicks of “daily cards”.
3 of 59 weeks shown; all of them:
smartkpi --db DB trend 'link clicks' --as-of 2026-11-23 --last 59
The years side by side:
smartkpi --db DB trend 'link clicks' --as-of 2026-11-23 --by month
"""


@pytest.mark.parametrize(("width", "words"), [(60, NARROW), (200, WIDE)])
def test_on_a_terminal_the_answer_comes_first(width: int, words: str, full: Path) -> None:
    status, screen = on_terminal(width, "trend", "link clicks", "--last", "3", *DAY, db=full)
    assert status == 0
    assert COLOUR.sub("", screen).replace("\r", "").replace(str(full), "DB") == words


@pytest.mark.parametrize("by", ["week", "month", "quarter", "year"])
@pytest.mark.parametrize("metric", ["link clicks", "reach", "cost per lead", "position", "followers"])
def test_no_line_is_too_wide_and_none_is_coloured_when_colours_are_off(by: str, metric: str, full: Path) -> None:
    platform = ("--platform", "linkedin") if metric == "followers" else ()
    status, screen = on_terminal(60, "trend", metric, "--by", by, *platform, *DAY, db=full, NO_COLOR="1")
    assert status == 0, screen
    assert "38;" not in screen
    lines = COLOUR.sub("", screen).splitlines()
    assert all(line.startswith("smartkpi ") for line in lines if len(line) > 60)


def test_in_a_pipe_of_few_letters_every_sign_is_a_word(full: Path) -> None:
    _, screen = on_terminal(80, "trend", "clicks", *DAY, db=full, PYTHONIOENCODING="ascii")
    assert "?" not in screen and "- A usual week." in screen


def test_the_words_and_the_numbers_for_machines_are_the_same(full: Path, smartkpi: Run) -> None:
    found = told(smartkpi, "link clicks")
    newest = found["newest"]
    assert isinstance(newest, dict) and newest["verdict"]["is"] == "wobble"
    assert (newest["number"], newest["verdict"]["usual_low"], newest["verdict"]["usual_high"]) == (30, 12, 51)
    assert newest["year_ago"] == {**newest["year_ago"], "first": "2025-11-10", "number": 18}
    running = found["running"]
    assert isinstance(running, dict) and running["so_far"]["number"] == 30
    assert [span["number"] for span in running["same_days_before"]] == [28, 14]


def test_of_what_costs_more_is_worse(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "cost per lead", *DAY).out
    assert "✗ A real change, for the worse. € 11.60" in said and "above the usual" in said


def test_a_level_is_told_by_what_it_gained_and_that_nobody_exports_who_left(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "followers", "--platform", "linkedin", *DAY).out
    assert "+2 in the week of 9 Nov" in said and "No export says who left" in said


def test_the_long_view_has_years_side_by_side(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "link clicks", "--by", "month", *DAY).out
    assert "Years side by side" in said and re.search(r"^Month +2025 +2026$", said, re.MULTILINE)
    assert "--by month" not in smartkpi("trend", "link clicks", "--by", "month", "--last", "99", *DAY).out


def test_data_that_came_later_than_the_day_asked_for_change_nothing(full: Path, smartkpi: Run) -> None:
    found = told(smartkpi, "link clicks", "--last", "99")
    earlier = dict(json.loads(smartkpi("trend", "link clicks", "--as-of", "2026-06-01", "--last", "99", "--json").out))
    assert isinstance(found["periods"], list) and isinstance(earlier["periods"], list)
    assert earlier["periods"] == found["periods"][: len(earlier["periods"])] and len(earlier["periods"]) > 30


def test_without_data_it_says_where_they_come_from(smartkpi: Run, db: Path) -> None:
    done = smartkpi("trend", "leads")
    assert done.exit_status == 0 and "smartkpi platforms" in done.out and not db.exists()
    assert told(smartkpi, "leads")["reasons"] == [{"code": "nothing imported", "text": ""}]


def test_what_is_not_there_names_what_is(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "video views").out
    assert "No video views yet." in said and "link clicks" in said
    assert "of that campaign" in smartkpi("trend", "link clicks", "--campaign", "spring").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("follwers",), "Did you mean followers"),
        (("clicks", "--account", "Exmaple Café"), "Did you mean Example Café?"),
        (("clicks", "--platform", "instagrm"), "Did you mean instagram"),
        (("clicks", "--weeks", "0"), "--last is at least 1"),
        (("new followers",), "--platform facebook --account 'Example Café'"),
        (("clicks", "--by", "fortnight"), "fortnight"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_could_be(
    typed: tuple[str, ...], said: str, full: Path, smartkpi: Run
) -> None:
    done = smartkpi("trend", *typed, *DAY)
    assert done.exit_status == 2 and said in done.err and "Nothing was" not in done.err


def test_the_period_of_today_is_the_one_that_runs_and_another_one_the_newest(full: Path, smartkpi: Run) -> None:
    assert "The week that runs, 16 Nov" in smartkpi("trend", "link clicks", "--as-of", "2026-11-22").out
    assert (
        "The newest month, November 2026"
        in smartkpi("trend", "link clicks", "--by", "month", "--as-of", "2026-12-05").out
    )


def test_the_years_are_not_offered_where_they_are_shown(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "link clicks", "--by", "year", *DAY).out
    assert "Years side by side" in said and "The years side by side:" not in said


def test_of_money_in_two_currencies_one_is_chosen(smartkpi: Run, tmp_path: Path) -> None:
    for currency in ("EUR", "USD"):
        for on in range(1, 15):
            smartkpi(
                "record",
                "cost",
                f"{currency} {on}",
                "--account",
                "Café",
                "--platform",
                "website",
                "--on",
                f"2026-11-{on:02}",
            )
    refused = smartkpi("trend", "cost", *DAY)
    assert refused.exit_status == 2
    assert re.findall(r"trend cost .*--currency (\w+)", refused.err) == ["EUR", "USD"]
    assert "US$" in smartkpi("trend", "cost", "--currency", "usd", *DAY).out
    none = smartkpi("trend", "cost", "--currency", "chf", *DAY)
    assert none.exit_status == 2 and "no ad spend in CHF; there is: EUR, USD" in none.err


def test_months_kept_by_hand_make_months_and_no_weeks(smartkpi: Run) -> None:
    for month in range(1, 11):
        smartkpi(
            "record", "leads", 30 + month, "--account", "M", "--platform", "website", "--on", f"2026-{month:02}-28"
        )
    weeks, months = told(smartkpi, "leads"), told(smartkpi, "leads", "--by", "month")
    assert isinstance(weeks["periods"], list) and isinstance(months["periods"], list)
    assert {period["verdict"] for period in weeks["periods"]} == {None}
    assert [p["verdict"] is None for p in months["periods"]] == [True] + [False] * (len(months["periods"]) - 1)
    said = smartkpi("trend", "leads", *DAY).out
    assert "weeks without a number" in said and "days missing" not in said


def test_whose_numbers_names_those_that_have_them_alone(full: Path, smartkpi: Run) -> None:
    said = smartkpi("trend", "new followers", *DAY).err
    choices = re.findall(r"\((\w[\w-]*)\)", said.splitlines()[1])
    assert sorted(choices) == sorted(re.findall(r"--platform ([\w-]+)", said))


@pytest.mark.real
def test_exports_with_a_hole_of_months_never_call_the_hole_a_change(exports: Path, smartkpi: Run) -> None:
    assert smartkpi("import", exports / "x-twitter", "--account", "A").exit_status in (0, 3)
    found = dict(
        json.loads(smartkpi("trend", "impressions", "--report", "account overview", "--last", "99", "--json").out)
    )
    empty = [p for p in found["periods"] if p["days_missing"]]
    assert len(empty) > 20 and all(p["verdict"] is None and p["number"] is None for p in empty)
    assert "21 weeks missing" in smartkpi("trend", "impressions", "--report", "account overview", "--last", "99").out
