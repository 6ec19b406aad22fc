"""`show` of a goal that is closed, not begun or changed; what `edit`, `audit`, `list` and goals files say beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")
LEADS, CLICKS = "leads-google-analytics", "link-clicks-instagram"


@pytest.fixture
def cafe(smartkpi: Run) -> Run:
    """One café with clicks, and with sessions, leads and costs in EUR."""
    done = smartkpi("import", EXAMPLES / "Link clicks.csv", "--account", "Example Café")
    assert done.exit_status == 0, done.err
    assert (
        smartkpi("import", EXAMPLES / "download.csv", "--currency", "EUR", "--account", "Example Café").exit_status == 0
    )
    return smartkpi


def test_a_closed_goal_says_when_and_why_and_asks_for_nothing(cafe: Run) -> None:
    assert cafe("add", "120 leads by 28 Feb", *DAY).exit_status == 0
    closed = cafe("close", LEADS, "--why", "campaign ended", "--learned", "Tuesdays work", "--as-of", "2026-11-23")
    shown = cafe("show", LEADS, "--as-of", "2026-12-01").out
    assert closed.out.splitlines()[0] in shown
    for said in ("Closed on Mon 23 Nov 2026.", "Why it ended: campaign ended", "Learned: Tuesdays work"):
        assert said in shown
    for advice in ("smartkpi", "chance", "would make it likely", "needed a week", "Next:"):
        assert advice not in shown
    told = json.loads(cafe("show", LEADS, "--as-of", "2026-12-01", "--json").out)
    assert told["goal"]["needs_you"] == [] and told["goal"]["closed_on"] == "2026-11-23"
    assert told["ending"]["outcome"] == "ended early"


def test_on_a_day_before_it_was_closed_a_goal_is_shown_as_it_ran(cafe: Run) -> None:
    assert cafe("add", "120 leads by 28 Feb", *DAY).exit_status == 0
    assert cafe("close", LEADS, "--why", "over", "--as-of", "2026-11-25").exit_status == 0
    assert "Closed on" not in cafe("show", LEADS, "--as-of", "2026-11-24").out


def test_the_next_one_is_offered_only_once_it_can_be_made(cafe: Run) -> None:
    assert cafe("add", "120 leads by 28 Feb", "--repeat", "quarter", *DAY).exit_status == 0
    closed = cafe("close", LEADS, "--why", "over", *DAY).out
    assert "It repeats each quarter: the next one can be set from Mon 1 Mar 2027 on." in closed
    assert "--again" not in closed
    again = f"smartkpi add --like {LEADS} --again"
    assert again in cafe("show", LEADS, "--as-of", "2027-03-02").out
    assert cafe(*again.split()[1:], "--as-of", "2027-03-02").exit_status == 0


def test_milestones_and_a_coming_pause_are_told_where_nothing_is_drawn_yet(cafe: Run) -> None:
    goal = ("Get 600 Instagram link clicks by 28 Feb", "--start", "2026-11-23", "--milestone", "2027-01-31=400")
    assert cafe("add", *goal, *DAY).exit_status == 0
    pause = ("--from", "2026-12-24", "--until", "2027-01-03", "--why", "ads off")
    assert cafe("pause", CLICKS, *pause, *DAY).exit_status == 0
    shown = cafe("show", CLICKS, *DAY).out
    assert "On the way: 400 by Sun 31 Jan 2027." in shown
    assert "Paused from Thu 24 Dec 2026 to Sun 3 Jan 2027 (11 days): ads off." in shown
    assert "History: the pause set to 24 Dec 2026 – 3 Jan 2027 (ads off) on 22 Nov" in shown
    assert "2026-12-24" not in shown


def test_a_baseline_that_was_asked_for_is_no_raised_target(cafe: Run) -> None:
    goal = ("--metric", "followers", "--platform", "instagram", "--account", "Example Café", "--gain", "200")
    assert cafe("add", *goal, "--deadline", "2027-02-28", *DAY).exit_status == 0
    slug = "followers-instagram"
    assert cafe("edit", slug, "--baseline", "1200", "--as-of", "2026-11-26").exit_status == 0
    assert "target" not in cafe("status", "--as-of", "2026-11-27").out.split("Data to")[1]
    assert cafe("edit", slug, "--gain", "250", "--as-of", "2026-11-27").exit_status == 0
    later = ("--as-of", "2026-11-28")
    assert "target raised from +200 to +250 on 27 Nov" in cafe("status", *later).out
    shown = cafe("show", slug, *later).out
    assert "History: where it begins was said: 1,200, on 26 Nov" in shown
    assert "its target was changed" not in cafe("audit", *later).out


def test_an_edit_keeps_to_the_currency_of_the_numbers(cafe: Run) -> None:
    assert cafe("add", "keep cost per lead under 9 until 31 Mar", *DAY).exit_status == 0
    refused = cafe("edit", "cost-per-lead-google-analytics", "--target", "$8", *DAY)
    assert refused.exit_status == 2
    assert "these numbers are in EUR, and the goal is in USD" in refused.err
    assert cafe("edit", "cost-per-lead-google-analytics", "--target", "€8", *DAY).exit_status == 0


def test_a_share_of_what_nobody_knows_is_no_edit(smartkpi: Run) -> None:
    goal = ("--metric", "followers", "--platform", "instagram", "--account", "A", "--gain", "200")
    assert smartkpi("add", *goal, "--deadline", "2027-02-28", *DAY).exit_status == 0
    refused = smartkpi("edit", "followers-instagram", "--gain", "10%", *DAY)
    assert refused.exit_status == 2 and "10% of what?" in refused.err


def test_the_sign_of_a_letter_and_its_number_agree(cafe: Run) -> None:
    assert cafe("add", "120 leads by 28 Feb", "--owner", "Ana", "--why", "sales", *DAY).exit_status == 0
    assert cafe("add", "9000 Instagram link clicks by 28 Feb", "--why", "sales", *DAY).exit_status == 0
    heads = [line for line in cafe("audit", *DAY).out.splitlines() if line[:2] in ("S ", "M ", "A ", "R ", "T ")]
    assert heads[0] == "S ✗ specific     1 of 2 goals needs mending"
    assert heads[1] == "M ✓ measurable   both goals"
    assert heads[2] == "A ✗ attainable   1 of 2 goals needs mending"


def test_a_list_of_nothing_is_a_list(smartkpi: Run) -> None:
    assert json.loads(smartkpi("list", "--json").out) == {"smartkpi": 1, "kind": "goals", "goals": []}


def test_a_wrong_word_of_a_goals_file_is_answered_with_the_field(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "goals.toml"
    file.write_text('[[goal]]\nmetric = "leeds"\ntarget = 3\nfor = "X"\nby = 2027-03-01\n', encoding="utf-8")
    told = smartkpi("add", "--file", file).err
    assert "“for” is no field; did you mean objective?" in told and "did you mean deadline?" in told
    assert 'there is no metric "leeds" · Did you mean leads?' in told and len(told) < 500


@pytest.mark.real
def test_what_x_counts_for_a_post_is_called_engagements(smartkpi: Run, exports: Path) -> None:
    assert smartkpi("import", exports / "x-twitter/x-overview-2025-03.csv", "--account", "Acme").exit_status == 0
    told = smartkpi("suggest", "x", "--as-of", "2025-03-22").out
    assert "X engagements per post" in told and "interactions per post" not in told
