"""`suggest` through the command line: each command that it offers makes the very goal that it describes."""

import json
import shlex
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, Result, invoke

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = "2026-11-22"


def told(smartkpi: Run, *arguments: str, day: str = DAY) -> dict[str, Any]:
    result = smartkpi("suggest", *arguments, "--json", "--as-of", day)
    assert result.exit_status == 0, result.err
    found: dict[str, Any] = json.loads(result.out)
    return found


def suggestions(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for offer in found["offers"] for each in offer["suggestions"]]


def try_each(smartkpi: Run, offered: Iterable[dict[str, Any]], day: str) -> None:
    """Types each command, compares the goal that it made with the one that was described, and takes it back."""
    for each in offered:
        typed = smartkpi(*shlex.split(each["command"])[1:], "--as-of", day, "--json")
        assert typed.exit_status == 0, f"{each['command']}: {typed.err}"
        made = json.loads(typed.out)
        same = ("metric", "form", "target", "deadline", "unit")
        assert {name: made["goal"][name] for name in same} == {name: each[name] for name in same}, each["command"]
        assert 0.4 <= made["attainable"]["chance"] <= 0.6, each["command"]
        assert made["attainable"]["chance"] == pytest.approx(each["attainable"]["chance"]), each["command"]
        assert smartkpi("undo").exit_status == 0


@pytest.fixture(scope="module")
def cafe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all of the café's exports, imported once."""
    db = tmp_path_factory.mktemp("cafe") / "kpi.db"
    done = invoke("--db", db, "import", EXAMPLES, "--account", "Example Café", "--currency", "EUR")
    assert done.exit_status == 0, done.err
    return db


@pytest.fixture
def fed(smartkpi: Run, db: Path, cafe: Path) -> Run:
    """The shell, with a copy of it."""
    shutil.copy(cafe, db)
    return smartkpi


def test_every_command_passes_and_its_goal_has_even_odds(fed: Run) -> None:
    found = suggestions(told(fed))
    assert len(found) >= 10
    try_each(fed, found, DAY)


def test_outcomes_come_first_and_the_stages_are_spread(fed: Run) -> None:
    (analytics,) = told(fed, "ga4")["offers"]
    stages = [each["stage"] for each in analytics["suggestions"]]
    assert stages == ["leads", "cost", "traffic"]
    (instagram,) = told(fed, "instagram")["offers"]
    assert {each["stage"] for each in instagram["suggestions"]} == {"traffic", "reach"}
    assert 3 <= len(instagram["suggestions"]) <= 5


def test_it_reads_like_a_colleague_why_then_the_numbers_then_the_command(fed: Run) -> None:
    said = fed("suggest", "instagram", "--as-of", DAY).out
    assert "Reach brings people, clicks bring them to you." in said
    assert "Lately 29 a week, your best four weeks 40 a week; this asks for 31 a week." in said
    assert 'smartkpi add "get 560 Instagram link clicks by 31 Mar"' in said
    assert "nobody exports who left" in said


def test_nothing_is_saved(fed: Run, db: Path) -> None:
    before = db.read_bytes()
    fed("suggest", "--as-of", DAY)
    assert db.read_bytes() == before


def test_what_is_followed_already_is_never_suggested_again(fed: Run) -> None:
    for each in suggestions(told(fed, "instagram")):
        fed(*shlex.split(each["command"])[1:], "--as-of", DAY)
    (offer,) = told(fed, "instagram")["offers"]
    assert len(offer["have"]) == 3
    assert {each["metric"] for each in offer["suggestions"]} == {"reach"}
    assert "You follow already: 560 Instagram link clicks" in fed("suggest", "instagram", "--as-of", DAY).out
    fed("close", offer["have"][0], "--why", "enough", "--as-of", DAY)
    assert len(told(fed, "instagram")["offers"][0]["have"]) == 2


def test_the_only_objective_is_what_a_suggested_goal_is_for(fed: Run) -> None:
    assert "--for" in fed("suggest", "instagram", "--as-of", DAY).out
    fed("objective", "add", "More website leads", "--metric", "leads")
    found = suggestions(told(fed, "instagram"))
    assert all("more website leads" in each["command"].lower() for each in found)
    assert "--for" not in fed("suggest", "instagram", "--as-of", DAY).out
    try_each(fed, found, DAY)


def test_a_stage_without_numbers_is_named_with_the_export_that_has_them(fed: Run) -> None:
    (offer,) = told(fed, "linkedin")["offers"]
    assert {each["stage"] for each in offer["missing"]} == {"traffic", "engagement"}
    said = fed("suggest", "linkedin", "--as-of", DAY).out
    assert "No numbers of traffic or engagement yet; this export has them: LinkedIn · page content" in said
    assert "Analytics > Content" in said
    assert "smartkpi platforms linkedin" in said


def test_an_outcome_that_nobody_counts_is_named_once(smartkpi: Run) -> None:
    smartkpi("import", EXAMPLES / "Follows.csv", "--account", "Example Café", "--platform", "instagram")
    assert [each["stage"] for each in told(smartkpi)["missing"]] == ["leads", "customers", "revenue", "cost"]
    assert "What nobody counts yet" in smartkpi("suggest", "--as-of", DAY).out


def test_a_platform_without_numbers_says_which_exports_would_fill_it(fed: Run, db: Path) -> None:
    (offer,) = told(fed, "tiktok")["offers"]
    assert offer["account"] is None
    assert {"leads", "traffic", "engagement", "reach"} <= {each["stage"] for each in offer["missing"]}
    said = fed("suggest", "tiktok", "--as-of", DAY).out
    assert "TikTok · no numbers yet" in said


def test_old_numbers_are_said_to_be_old(fed: Run) -> None:
    (offer,) = told(fed, "instagram", day="2027-06-01")["offers"]
    assert offer["suggestions"] == []
    assert {each["code"] for each in offer["skipped"]} == {"old"}
    said = fed("suggest", "instagram", "--as-of", "2027-06-01").out
    assert "Too old for a fair target" in said
    assert "(to 22 Nov 2026)" in said


def test_a_short_history_is_said_to_be_short(fed: Run) -> None:
    (offer,) = told(fed, "instagram", day="2025-10-15")["offers"]
    assert offer["suggestions"] == []
    assert {each["code"] for each in offer["skipped"]} == {"few days"}
    said = fed("suggest", "instagram", "--as-of", "2025-10-15").out
    assert "Too early for a fair target" in said
    assert "(15 days of numbers)" in said


def test_a_history_of_weeks_gets_a_deadline_eight_weeks_away(fed: Run) -> None:
    found = suggestions(told(fed, "instagram", day="2025-11-10"))
    assert {each["deadline"] for each in found} == {"2026-01-05"}
    assert {each["deadline"] for each in suggestions(told(fed, "instagram"))} == {"2027-03-31"}


def test_two_accounts_on_a_platform_are_told_apart_in_the_commands(smartkpi: Run) -> None:
    for name in ("Example Café", "Bob's Bar & Grill"):
        for file in ("Follows.csv", "Link clicks.csv"):
            new = ("--account", name, "--platform", "instagram", "--new-account")
            assert smartkpi("import", EXAMPLES / file, *new).exit_status == 0
    found = told(smartkpi)
    assert [offer["account"] for offer in found["offers"]] == ["Bob's Bar & Grill", "Example Café"]
    try_each(smartkpi, suggestions(found), DAY)


def test_two_exports_of_one_number_are_never_mixed_one_is_named(smartkpi: Run) -> None:
    smartkpi("import", EXAMPLES / "Link clicks.csv", "--account", "Example Café", "--platform", "instagram")
    for day in range(1, 31):
        clicks = ("record", "link clicks", str(day % 5), "--on", f"2026-10-{day:02}")
        assert smartkpi(*clicks, "--account", "Example Café", "--platform", "instagram").exit_status == 0
    found = suggestions(told(smartkpi))
    assert [each["metric"] for each in found] == ["link_clicks"]
    assert "--report" in found[0]["command"]
    try_each(smartkpi, found, DAY)


def test_a_table_of_ones_own_is_offered_too_in_its_currency(smartkpi: Run, tmp_path: Path) -> None:
    table = tmp_path / "calls.csv"
    rows = [f"2026-{5 + i // 28:02}-{i % 28 + 1:02},{i % 4},{i * 7 % 5},{40 + i % 9}" for i in range(168)]
    table.write_text("\n".join(("Day,Demo calls,Leads,Spend", *rows)))
    columns = ("--metric", "demo calls=Demo calls:flow", "--metric", "leads=Leads", "--metric", "cost=Spend")
    whose = ("--platform", "website", "--account", "Example Café", "--currency", "USD")
    done = smartkpi("import", table, "--map", "--date", "Day", *columns, "--no-row", "zero", *whose)
    assert done.exit_status == 0, done.err
    found = suggestions(told(smartkpi, day="2026-10-29"))
    assert {each["metric"] for each in found} == {"leads", "cost_per_lead", "demo_calls"}
    assert {each["unit"] for each in found} == {"", "USD"}
    try_each(smartkpi, found, "2026-10-29")


def test_without_a_database_it_says_the_first_steps_or_what_to_download(smartkpi: Run, db: Path) -> None:
    assert "No goals yet" in smartkpi("suggest").out
    assert "No numbers of" in smartkpi("suggest", "instagram").out
    assert not db.exists()


def test_an_unknown_platform_is_refused_with_the_nearest(smartkpi: Run) -> None:
    result = smartkpi("suggest", "instagrm")
    assert result.exit_status == 2
    assert "instagram" in result.err


REAL = {
    "x": ("2025-03-22", ("x-twitter/x-overview-2025-03.csv",), "x"),
    "tweets": ("2021-02-01", ("x-twitter/tw-daily-2021-01.csv",), "x"),
    "youtube": ("2025-06-01", ("youtube/yt-pt-content.zip", "youtube/yt-en-totals-views.csv"), "youtube"),
    "instagram": (
        "2026-06-20",
        tuple(f"meta-business-suite/mbs-ig-{name}-2026.csv" for name in ("follows", "reach", "views", "visits")),
        "instagram",
    ),
    "linkedin": ("2026-03-24", ("linkedin/li-page-content.xls", "linkedin/li-page-followers.xls"), "linkedin"),
    "search": ("2026-01-03", ("google-search-console/gsc-performance.zip",), "gsc"),
    "tiktok": ("2026-03-01", ("tiktok/tiktok-studio-overview-365d.csv",), "tiktok"),
    "sprout": ("2026-01-05", ("sprout-social/sprout-profile-performance.csv",), ""),
}

SLOW = ("sprout", "search")


@pytest.mark.real
@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in REAL])
def test_of_real_exports_every_command_passes_too(smartkpi: Run, exports: Path, name: str) -> None:
    day, files, platform = REAL[name]
    for file in files:
        flags = ("--platform", platform, "--account", "A. Nobody") if platform else ()
        year = ("--year", day[:4]) if name == "tiktok" else ()
        assert smartkpi("import", exports / file, *flags, *year).exit_status in (0, 3)
    found = suggestions(told(smartkpi, day=day))
    assert found
    try_each(smartkpi, found[:5], day)
