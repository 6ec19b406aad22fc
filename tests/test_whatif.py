"""`whatif` through the command line: what it says of another target, deadline or pace, and that it saves nothing."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from goal_kit import MONDAY, goal
from kit import ROOT, Result
from rich.console import Console

from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Pause
from smartkpi.report.terminal import draw
from smartkpi.report.views.whatif import Side, comes
from smartkpi.workflow.whatif import whatif

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def fed(smartkpi: Run) -> Run:
    """The shell, with Instagram follows, clicks and reach of one café, and a goal on clicks and one on followers."""
    for name in ("Follows.csv", "Link clicks.csv", "Reach.csv"):
        assert smartkpi("import", EXAMPLES / name, "--account", "Example Café").exit_status == 0
    clicks = ("--metric", "link_clicks", "--target", "900", "--deadline", "2026-12-31")
    assert smartkpi("add", *clicks, *DAY).exit_status == 0
    assert smartkpi("add", "--metric", "followers", "--gain", "20", "--deadline", "2026-12-31", *DAY).exit_status == 0
    return smartkpi


def told(fed: Run, *arguments: str) -> dict[str, Any]:
    result = fed("whatif", *arguments, "--json", *DAY)
    assert result.exit_status == 0, result.err
    found: dict[str, Any] = json.loads(result.out)
    return found


CLICKS = "link-clicks-instagram"
FOLLOWERS = "followers-instagram"


def test_it_says_how_it_stands_and_what_would_be_fair_and_which_command_tries_it(fed: Run) -> None:
    result = fed("whatif", CLICKS, *DAY)
    assert result.exit_status == 0
    assert "would be fair (even odds)" in result.out
    assert "what if" not in result.out
    fair = told(fed, CLICKS)["before"]["fair"]["target"]
    assert f"smartkpi whatif {CLICKS} --target {fair:.0f}" in result.out


def test_both_sides_stand_beside_each_other_and_nothing_is_saved(fed: Run, db: Path) -> None:
    before = db.read_bytes()
    result = fed("whatif", CLICKS, "--target", "300", "--deadline", "2027-01-31", *DAY)
    assert "as it stands" in result.out
    assert "what if" in result.out
    assert (
        f"Nothing was saved. To make it so:   smartkpi edit {CLICKS} --target 300 --deadline 2027-01-31" in result.out
    )
    found = told(fed, CLICKS, "--target", "300", "--deadline", "2027-01-31")
    assert (found["before"]["target"], found["after"]["target"]) == (900, 300)
    assert (found["before"]["deadline"], found["after"]["deadline"]) == ("2026-12-31", "2027-01-31")
    assert found["after"]["chance"] > found["before"]["chance"]
    assert found["after"]["needed_a_week"] < found["before"]["needed_a_week"]
    assert db.read_bytes() == before


def test_the_chance_before_is_that_of_the_status_and_the_one_after_that_of_the_edited_goal(fed: Run) -> None:
    found = told(fed, CLICKS, "--target", "300")
    assert found["before"]["chance"] == shown(fed, CLICKS)["chance"]
    assert fed("edit", CLICKS, "--target", "300", *DAY).exit_status == 0
    assert found["after"]["chance"] == pytest.approx(shown(fed, CLICKS)["chance"])


def shown(fed: Run, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fed("show", slug, "--json", *DAY).out)["goal"]
    return found


def test_a_pace_ends_where_it_leads_and_names_the_day_on_which_it_gets_there(fed: Run) -> None:
    found = told(fed, CLICKS, "--rate", "100")
    assert found["after"]["pace_a_week"] == 100
    assert found["after"]["fair"] is None  # what would be fair is of the pace of late
    result = fed("whatif", CLICKS, "--rate", "100", *DAY)
    assert "100 from now on" in result.out
    assert "At that pace 900 comes about" in result.out
    assert result.out.endswith("Nothing was saved.\n")


def test_all_three_go_together(fed: Run) -> None:
    found = told(fed, CLICKS, "--rate", "50", "--target", "300", "--deadline", "2027-01-31")
    assert found["after"]["mid"] > 300
    assert found["after"]["chance"] > 0.5


def test_a_gain_whose_level_nobody_stated_takes_a_gain_as_its_target(fed: Run) -> None:
    result = fed("whatif", FOLLOWERS, "--target", "5", *DAY)
    assert "+5" in result.out
    assert f"smartkpi edit {FOLLOWERS} --gain 5" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((CLICKS, "--deadline", "2026-11-01"), "2026-11-01 is over"),
        ((CLICKS, "--deadline", "someday"), "--deadline"),
        ((CLICKS, "--target", "many"), '--target: "many" is not a number'),
        ((CLICKS, "--rate", "-3"), "a sum never falls"),
        (("nothing",), "nothing"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_what_can(fed: Run, arguments: tuple[str, ...], said: str) -> None:
    result = fed("whatif", *arguments, *DAY)
    assert result.exit_status == 2
    assert said in result.err
    assert "→" in result.err


def test_a_pace_is_only_for_what_adds_up(fed: Run) -> None:
    reach = ("--metric", "reach", "--typical-day", "--target", "5000", "--deadline", "2026-12-31")
    assert fed("add", *reach, *DAY).exit_status == 0
    result = fed("whatif", "reach-instagram", "--rate", "5", *DAY)
    assert result.exit_status == 2
    assert "--rate is for what adds up week by week" in result.err
    assert "a week" not in fed("whatif", "reach-instagram", *DAY).out


def test_a_goal_without_numbers_says_how_to_get_them(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--platform", "linkedin", "--target", "9", "--deadline", "2026-12-31", *DAY)
    result = smartkpi("whatif", "leads-linkedin", "--target", "5", *DAY)
    assert result.exit_status == 0
    assert "no numbers yet (smartkpi platforms linkedin says how to get them)" in result.out
    assert json.loads(smartkpi("whatif", "leads-linkedin", "--json", *DAY).out)["before"]["lacks"] == "no data"


def test_a_closed_goal_is_not_tried_any_more(fed: Run) -> None:
    assert fed("close", CLICKS, "--why", "enough", *DAY).exit_status == 0
    result = fed("whatif", CLICKS, *DAY)
    assert result.exit_status == 1
    assert f"smartkpi show {CLICKS}" in result.err


def test_without_a_database_no_goal_is_known(smartkpi: Run, db: Path) -> None:
    assert smartkpi("whatif", "leads").exit_status == 2
    assert not db.exists()


def test_a_pace_brings_the_target_on_the_day_that_status_would_say() -> None:
    plain = goal(target=100, deadline=MONDAY + 69)
    seen = Attainable(day=MONDAY - 1, now=0.0)
    assert comes(Side(plain, seen, 7.0)) == MONDAY + 99  # one a day
    assert comes(Side(plain, seen, 6.9)) == MONDAY + 101
    rested = plain._replace(pauses=(Pause(MONDAY + 10, MONDAY + 19),))
    assert comes(Side(rested, seen, 7.0)) == MONDAY + 109


@pytest.mark.parametrize("target", ["0", "-5"])
def test_a_target_that_asks_for_nothing_is_refused_as_by_edit(target: str, fed: Run) -> None:
    for command in ("whatif", "edit"):
        refused = fed(command, CLICKS, "--target", target, *DAY)
        assert refused.exit_status == 2
        assert "A target above 0 makes it a goal" in refused.err


def test_a_target_with_a_plus_is_refused_for_a_sum(fed: Run) -> None:
    result = fed("whatif", CLICKS, "--target", "+100", *DAY)
    assert (result.exit_status, result.out) == (2, "")
    assert "where it should end" in result.err
    assert f"whatif {CLICKS} --target 100" in result.err


def test_at_sixty_columns_each_number_still_says_what_it_is(fed: Run, db: Path) -> None:
    out = StringIO()
    page = whatif(db, CLICKS, date(2026, 11, 22).toordinal(), target="300")
    draw(page.document(), Console(width=60, height=50, file=out, force_terminal=True, color_system=None))
    assert "as it stands 900" in out.getvalue()
    assert "what if 300" in out.getvalue()


def test_what_an_edit_would_refuse_is_not_offered(fed: Run) -> None:
    assert fed("edit", CLICKS, "--milestone", "2026-12-20=600", *DAY).exit_status == 0
    result = fed("whatif", CLICKS, "--target", "500", *DAY)
    assert result.exit_status == 0
    assert "would be refused: its milestone: 600 on Sun 20 Dec 2026 is not on the way from 0 to 500." in result.out
    assert "To make it so" not in result.out
    assert f'smartkpi edit {CLICKS} --milestone ""' in result.out
    assert told(fed, CLICKS, "--target", "500")["refused"]["try"].endswith('--milestone ""')
    assert fed("edit", CLICKS, "--target", "500", *DAY).exit_status == 2


def test_a_deadline_inside_a_pause_is_not_offered(fed: Run) -> None:
    assert fed("pause", CLICKS, "--from", "2026-12-01", "--until", "2026-12-20", *DAY).exit_status == 0
    result = fed("whatif", CLICKS, "--deadline", "2026-12-15", *DAY)
    assert "would be refused: it is paused until Sun 20 Dec 2026, and must end after that." in result.out
    assert told(fed, CLICKS, "--deadline", "2026-12-27")["refused"] is None


def test_what_if_of_a_monthly_goal_says_how_it_would_stand(fed: Run) -> None:
    monthly = ("--metric", "link clicks", "--platform", "instagram", "--target", "60", "--every-month")
    assert fed("add", *monthly, "--start", "2026-07-01", "--deadline", "2026-12-31", *DAY).exit_status == 0
    told = fed("whatif", "link-clicks-instagram-2", "--target", "500", *DAY)
    assert "So far" in told.out and "0 of 4 months" in told.out, told.out + told.err
    both = json.loads(fed("whatif", "link-clicks-instagram-2", "--target", "500", "--json", *DAY).out)
    assert both["after"]["status"] == "missed"
    assert both["before"]["periods_met"] > both["after"]["periods_met"] == 0
