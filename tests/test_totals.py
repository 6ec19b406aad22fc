"""Exports that state no days: goals on totals of ranges and on sums of parts, through the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-03-31")
GOAL = ("--start", "2026-03-01", "--deadline", "2026-04-30", *DAY)


def channels(folder: Path, first: str, last: str, **sessions: int) -> Path:
    """A GA4 report by channel: totals of one range."""
    rows = "".join(f"{name.replace('_', ' ')},{count},0\n" for name, count in sessions.items())
    file = folder / f"channels {first} {last}.csv"
    file.write_text(
        "# ----------------------------------------\n# Traffic acquisition: Session primary channel group\n"
        "# Account: Example\n# Property: Example Café\n# ----------------------------------------\n# \n# All Users\n"
        f"# Start date: {first.replace('-', '')}\n# End date: {last.replace('-', '')}\n"
        f"Session primary channel group (Default Channel Group),Sessions,Key events\n{rows}",
        encoding="utf-8",
    )
    return file


def campaigns(folder: Path, *rows: tuple[str, int, str, float]) -> Path:
    """A Meta Ads report of March by campaign: name, results, what they are, spend."""
    file = folder / "Example-Cafe-Campaigns-1-Mar-202631-Mar-2026.csv"
    head = "Reporting starts,Reporting ends,Campaign name,Results,Result indicator,Impressions,Amount spent (EUR)\n"
    file.write_text(
        head + "".join(f"2026-03-01,2026-03-31,{name},{n},{what},9000,{spent}\n" for name, n, what, spent in rows),
        encoding="utf-8",
    )
    return file


LEADS, CLICKS = "actions:onsite_conversion.lead_grouped", "actions:link_click"


def shown(smartkpi: Run, slug: str, *flags: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(smartkpi("show", slug, "--json", *DAY, *flags).out)["goal"]
    return found


@pytest.fixture
def two_weeks(smartkpi: Run, tmp_path: Path) -> Run:
    files = (
        channels(tmp_path, "2026-02-23", "2026-03-01", Direct=50),
        channels(tmp_path, "2026-03-02", "2026-03-08", Direct=70, Organic_Search=30),
        channels(tmp_path, "2026-03-02", "2026-03-15", Direct=140, Organic_Search=80, Unassigned=1),
    )
    assert smartkpi("import", *files).exit_status == 0
    return smartkpi


def test_a_report_by_channel_feeds_a_goal_as_the_sum_of_all_channels(two_weeks: Run) -> None:
    added = two_weeks("add", "--metric", "sessions", "--target", "1000", *GOAL)
    assert "it reads sessions, the sum of every channel that states it" in added.out
    assert "it rests on totals of ranges of days" in added.out
    found = shown(two_weeks, "sessions-google-analytics")
    assert (found["actual"], found["data_to"]) == (221, "2026-03-15")
    (source,) = found["sources"]  # type: ignore[misc]
    assert (source["sum_of"], source["totals"]) == ("channel", [["2026-03-02", "2026-03-15"]])


def test_status_and_show_say_on_which_totals_it_rests_and_which_are_left_out(two_weeks: Run) -> None:
    two_weeks("add", "--metric", "sessions", "--target", "1000", *GOAL)
    for told in (two_weeks("status", *DAY).out, two_weeks("show", "sessions-google-analytics", *DAY).out):
        words = " ".join(told.split())
        assert "it rests on the total of 2 Mar – 15 Mar 2026, not on days" in words
        assert "left out: the total of 23 Feb – 1 Mar 2026, which crosses its start" in words
        assert "left out: the total of 2 Mar – 8 Mar 2026, which overlaps another one" in words
        assert (
            "not on days; it may still change (provisional); left out" in words
            or "! it may still change (provisional)." in words
        )


def test_a_goal_that_needs_days_says_which_export_would_do(two_weeks: Run) -> None:
    two_weeks("add", "--metric", "sessions", "--target", "50", "--every-week", *GOAL)
    told = " ".join(two_weeks("status", *DAY).out.split())
    assert "sessions for ranges of days only, and this needs every day: make the export by day" in told


def test_a_total_that_crosses_the_start_is_no_number_but_a_sentence(two_weeks: Run) -> None:
    later = ("--start", "2026-03-10", "--deadline", "2026-04-30", *DAY)
    two_weeks("add", "--metric", "sessions", "--target", "1000", *later)
    found = shown(two_weeks, "sessions-google-analytics")
    assert (found["status"], found["actual"]) == ("no data", None)
    told = " ".join(two_weeks("status", *DAY).out.split())
    assert "the total of 2 Mar – 15 Mar 2026, which crosses its start" in told
    assert "make one of 10 Mar – 31 Mar 2026, or by day" in told


def test_days_that_come_later_take_the_place_of_totals(two_weeks: Run, tmp_path: Path) -> None:
    two_weeks("add", "--metric", "sessions", "--target", "1000", *GOAL)
    days = tmp_path / "download.csv"
    head = "# ----------------------------------------\n# Example Café\n# By day-Free form 1\n# 20260302-20260304\n"
    rows = "20260302,11\n20260303,12\n20260304,13\n"
    days.write_text(f"{head}# ----------------------------------------\n\nDate,Sessions\n{rows}", encoding="utf-8")
    assert two_weeks("import", days, "--as-of", "2026-03-20").exit_status == 0
    found = shown(two_weeks, "sessions-google-analytics")
    assert (found["actual"], found["data_to"]) == (36, "2026-03-04")


def test_a_cost_per_lead_reads_both_parts_of_one_range(smartkpi: Run, tmp_path: Path) -> None:
    file = campaigns(tmp_path, ("Brunch", 38, LEADS, 912.0), ("Dinner", 12, LEADS, 88.0))
    smartkpi("import", file, "--as-of", "2026-04-20")
    smartkpi("add", "--metric", "cost per lead", "--target", "€25", "--keep", *GOAL)
    smartkpi("add", "--metric", "cost per lead", "--target", "€25", "--keep", "--campaign", "Brunch", *GOAL)
    both, one = shown(smartkpi, "cost-per-lead-meta-ads"), shown(smartkpi, "cost-per-lead-meta-ads-brunch")
    assert (both["actual"], one["actual"]) == (20, 24)
    assert (both["provisional"], both["periods_gone"]) == (False, 0)


def test_leads_are_those_of_the_lead_campaigns_and_their_cost_is_all_that_was_spent(
    smartkpi: Run, tmp_path: Path
) -> None:
    file = campaigns(tmp_path, ("Brunch", 38, LEADS, 912.0), ("Menu", 612, CLICKS, 80.0))
    told = smartkpi("import", file, "--as-of", "2026-04-20").out
    assert "each row states results of its own kind only" in told
    smartkpi("add", "--metric", "cost per lead", "--target", "€25", "--keep", *GOAL)
    assert shown(smartkpi, "cost-per-lead-meta-ads")["actual"] == pytest.approx(992 / 38)
    smartkpi("add", "--metric", "leads", "--target", "100", *GOAL)
    assert shown(smartkpi, "leads-meta-ads")["actual"] == 38


def test_provisional_days_count_when_asked_for_and_are_said(smartkpi: Run) -> None:
    from kit import ROOT

    smartkpi("import", ROOT / "examples" / "Follows.csv", "--account", "Example Café")
    day = ("--as-of", "2026-11-22")
    flags = ("--start", "2026-10-01", "--deadline", "2026-12-31", *day)
    smartkpi("add", "--metric", "new_followers", "--target", "1000", *flags)
    final, early = (
        json.loads(smartkpi("status", "--json", *day, *asked).out)["goals"][0]
        for asked in ((), ("--with-provisional",))
    )
    assert (final["data_to"], final["provisional"]) == ("2026-11-21", False)
    assert (early["data_to"], early["provisional"]) == ("2026-11-22", True)
    assert early["actual"] > final["actual"]
    for command in (("status",), ("show", "new-followers-instagram")):
        told = smartkpi(*command, "--with-provisional", *day).out
        assert "it counts 22 Nov 2026, which may still change (provisional)" in told
