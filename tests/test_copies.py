"""`add --like`: what is not said is as that goal says it, where it begins is measured anew; `--again` follows it."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import ROOT, Result, invoke

from smartkpi.knowledge.loader import metrics
from smartkpi.workflow.copying import typed
from smartkpi.workflow.names import in_metric, parse_number

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")


def goals(smartkpi: Run) -> list[dict[str, object]]:
    return list(json.loads(smartkpi("list", "--all", "--json").out)["goals"])


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the café's exports: followers of Instagram and LinkedIn, leads, cost."""
    path = tmp_path_factory.mktemp("cafe") / "kpi.db"
    invoke("--db", path, "import", ROOT / "examples", "--account", "Example Café", "--currency", "EUR")
    whose = ("--account", "Example Café", "--platform", "instagram")
    invoke("--db", path, "record", "followers", "1200", *whose, "--on", "2026-10-01", *DAY)
    return path


@pytest.fixture
def cafe(smartkpi: Run, stocked: Path, db: Path) -> Run:
    """A session in a copy of it."""
    copy(stocked, db)
    return smartkpi


def add(smartkpi: Run, *flags: object, on: tuple[str, str] = DAY) -> dict[str, object]:
    made = smartkpi("add", *flags, *on)
    assert made.exit_status == 0, made.err
    return goals(smartkpi)[-1]


ONE = ("--metric", "followers", "--platform", "instagram", "--gain", "20", "--deadline", "2027-03-31")
MORE = ("--owner", "Ana", "--why", "it helps", "--for", "More leads", "--repeat", "month")


def test_a_copy_for_another_platform_keeps_all_that_was_not_said_and_begins_where_that_one_stands(cafe: Run) -> None:
    first = add(cafe, "Twenty more on Instagram", *ONE, *MORE)
    second = add(cafe, "--like", "followers-instagram", "--platform", "linkedin")
    for same in ("metric", "form", "deadline", "start", "owner", "why", "objective"):
        assert second[same] == first[same]
    assert second["platform"] == "linkedin"
    assert second["accounts"] != first["accounts"]
    assert second["title"] == "Twenty more on LinkedIn"
    assert second["slug"] == "followers-linkedin"
    assert second["baseline"] is None  # nobody stated that level: it is a gain
    assert second["target"] == 20


def test_a_title_that_names_no_platform_gets_it_appended(cafe: Run) -> None:
    add(cafe, "Our crowd", *ONE)
    assert add(cafe, "--like", "followers-instagram", "--platform", "linkedin")["title"] == "Our crowd · LinkedIn"


def test_a_title_that_nobody_typed_is_made_anew(cafe: Run) -> None:
    add(cafe, *ONE)
    made = add(cafe, "--like", "followers-instagram", "--platform", "linkedin", "--gain", "30")
    assert made["title"] == "Gain 30 LinkedIn followers"


def test_another_number_takes_the_place_of_the_old_one_in_the_title(cafe: Run) -> None:
    add(cafe, "Now 20 for the café", *ONE)
    made = add(cafe, "--like", "followers-instagram", "--gain", "35", "--campaign", "spring")
    assert made["title"] == "Now 35 for the café · spring"


def test_a_copy_for_another_campaign_or_account_tells_them_apart(cafe: Run) -> None:
    add(cafe, "Leads of spring", "--metric", "leads", "--campaign", "spring", "--target", "9", "--deadline", "eoy")
    assert add(cafe, "--like", "leads-spring", "--campaign", "summer")["title"] == "Leads of summer"
    add(cafe, "Likes", "--metric", "likes", "--platform", "x", "--account", "One", "--target", "9", "--deadline", "eoy")
    made = add(cafe, "--like", "likes-x", "--account", "Another Shop")
    assert (made["title"], made["platform"]) == ("Likes · Another Shop", "x")


@pytest.mark.parametrize(
    "flags",
    [
        ("--metric", "leads", "--target", "100"),
        ("--metric", "leads", "--target", "100", "--at-most"),
        ("--metric", "leads", "--target", "5", "--every-week"),
        ("--metric", "cost per lead", "--target", "€20", "--keep"),
        ("--metric", "conversion rate", "--target", "90.12%"),
        ("--metric", "reach", "--platform", "instagram", "--typical-day", "--target", "5000", "--window", "14"),
        ("--metric", "followers", "--platform", "instagram", "--drop", "20"),
        ("--metric", "followers", "--platform", "instagram", "--baseline", "10.5", "--gain", "0.25"),
    ],
)
def test_a_copy_is_the_same_goal_for_another_deadline(cafe: Run, flags: tuple[str, ...]) -> None:
    first = add(cafe, *flags, "--deadline", "2027-03-31")
    second = add(cafe, "--like", first["slug"], "--deadline", "2027-04-30")
    for same in ("metric", "form", "direction", "window", "unit", "platform", "accounts", "start", "report"):
        assert second[same] == first[same], same
    begun = [goal["baseline"] or 0.0 for goal in (first, second)] if first["form"] == "growth" else [0.0, 0.0]
    assert float(str(second["target"])) - float(str(begun[1])) == pytest.approx(
        float(str(first["target"])) - float(str(begun[0]))
    )


def test_the_next_one_follows_in_its_own_period_and_begins_where_the_last_one_ended(cafe: Run) -> None:
    then = ("--as-of", "2026-10-02")
    first = add(cafe, *ONE[:6], "--deadline", "2026-10-31", "--start", "2026-10-01", "--repeat", "month", on=then)
    (last,) = json.loads(cafe("status", "--json", "--as-of", "2026-11-15").out)["goals"]
    second = add(cafe, "--like", first["slug"], "--again")
    assert (second["start"], second["deadline"], second["repeat"]) == ("2026-11-01", "2026-11-30", "month")
    assert second["baseline"] == last["actual"]
    assert second["target"] == last["actual"] + 20
    third = add(cafe, "--like", second["slug"], "--again", on=("--as-of", "2027-02-10"))
    assert third["deadline"] == "2027-02-28"  # periods that are over have no goal any more
    assert str(third["title"]).endswith(" · Feb 2027")
    assert "Nov 2026" not in str(third["title"])


def test_the_next_one_waits_for_the_end_of_the_first_and_for_its_numbers(cafe: Run) -> None:
    add(cafe, *ONE[:6], "--deadline", "2026-11-30")
    early = cafe("add", "--like", "followers-instagram", "--again", *DAY)
    assert (early.exit_status, "runs until 2026-11-30" in early.err) == (2, True)
    unknown = cafe("add", "--like", "followers-instagram", "--again", "--as-of", "2026-12-05")
    assert (unknown.exit_status, "nobody knows yet where" in unknown.err) == (2, True)
    flags = ("--baseline", "1500", "--as-of", "2026-12-05")
    assert cafe("add", "--like", "followers-instagram", "--again", *flags).exit_status == 0
    assert goals(cafe)[-1]["baseline"] == 1500


def test_milestones_go_with_a_copy_of_the_same_days_and_number(cafe: Run) -> None:
    flags = ("--metric", "leads", "--target", "100", "--deadline", "2027-01-31", "--milestone", "2026-12-31=60")
    first = add(cafe, *flags)
    assert add(cafe, "--like", first["slug"], "--campaign", "spring")["milestones"] == first["milestones"] != []
    assert add(cafe, "--like", first["slug"], "--target", "300")["milestones"] == []


def test_what_is_said_wins(cafe: Run) -> None:
    add(cafe, *ONE, *MORE)
    flags = ("--owner", "Ben", "--why", "because", "--repeat", "year", "--start", "2026-12-01", "--gain", "7")
    made = add(cafe, "--like", "followers-instagram", "Seven", *flags)
    said = ("title", "owner", "why", "start")
    assert [made[name] for name in said] == ["Seven", "Ben", "because", "2026-12-01"]


def test_a_copy_that_cannot_be_is_refused(cafe: Run) -> None:
    add(cafe, *ONE)
    assert "you have this very goal already" in cafe("add", "--like", "followers-instagram", *DAY).err
    assert "there is no goal" in cafe("add", "--like", "follower-instagram", *DAY).err
    assert "--again goes with --like" in cafe("add", "--again", *DAY).err
    over = cafe("add", "--like", "followers-instagram", "--platform", "linkedin", "--as-of", "2027-05-01")
    assert (over.exit_status, "is over" in over.err) == (2, True)


def test_a_sentence_beside_a_copy_is_understood(cafe: Run) -> None:
    add(cafe, *ONE)
    made = add(cafe, "Gain 30 followers on LinkedIn by 30 June", "--like", "followers-instagram")
    assert (made["platform"], made["target"], made["deadline"]) == ("linkedin", 30, "2027-06-30")
    assert made["title"] == "Gain 30 LinkedIn followers"
    fewer = add(cafe, "get 5 leads a week until June", "--like", "followers-instagram")
    assert (fewer["metric"], fewer["form"], fewer["target"]) == ("leads", "each", 5)


def test_a_sum_said_beside_a_copy_is_no_weekly_number(cafe: Run) -> None:
    weekly = add(cafe, "--metric", "leads", "--target", "5", "--every-week", "--deadline", "2027-03-31")
    made = add(cafe, "get 30 leads by 30 June", "--like", weekly["slug"])
    assert (made["form"], made["target"]) == ("total", 30)


def test_a_sentence_beside_a_copy_that_cannot_be_read_is_refused(cafe: Run) -> None:
    add(cafe, *ONE)
    told = cafe("add", "Gain 30 or 40 followers on LinkedIn", "--like", "followers-instagram", *DAY)
    assert (told.exit_status, "which number is the goal" in told.err) == (2, True)


METRICS = metrics()


VALUES = st.floats(0.001, 1e9).map(lambda value: float(f"{value:.9g}"))


@given(VALUES, st.sampled_from(["leads", "cost_per_lead", "ctr"]))
def test_a_number_is_typed_as_it_is_read(value: float, name: str) -> None:
    number, unit = parse_number(typed(value, METRICS[name], "EUR"), "--target")
    assert in_metric(number, unit, METRICS[name], "--target") == pytest.approx(value, rel=1e-8)
