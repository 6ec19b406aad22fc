"""Pauses and milestones through the command line: what is said, kept, drawn, refused and taken back."""

import json
from collections.abc import Callable

import pytest
from kit import ROOT, Result

Run = Callable[..., Result]
CLICKS = ("--metric", "link clicks", "--platform", "instagram")
TODAY = ("--as-of", "2026-11-22")
GOAL = "link-clicks-instagram"


@pytest.fixture
def fed(smartkpi: Run) -> Run:
    """The shell, with one goal of 400 link clicks that is half way."""
    export = ROOT / "examples" / "Link clicks.csv"
    assert smartkpi("import", export, "--account", "Example Café", "--platform", "instagram").exit_status == 0
    days = ("--start", "2026-10-01", "--deadline", "2026-12-31", "--as-of", "2026-10-01")
    assert smartkpi("add", *CLICKS, "--target", "400", *days).exit_status == 0
    return smartkpi


def judged(smartkpi: Run, day: str) -> dict[str, object]:
    (found,) = json.loads(smartkpi("status", "--json", "--as-of", day).out)["goals"]
    assert isinstance(found, dict)
    return found


def test_a_pause_is_said_and_goes_on_by_itself(fed: Run) -> None:
    told = fed("pause", GOAL, "--until", "2026-12-06", "--why", "ads off", *TODAY)
    assert told.exit_status == 0
    assert "paused from Sun 22 Nov 2026 to Sun 6 Dec 2026 (15 days): ads off" in told.out
    assert "It goes on on Mon 7 Dec 2026" in told.out
    said = fed("status", "--as-of", "2026-11-23").out
    assert "1 goal: 1 paused" in said
    assert "paused until Sun 6 Dec 2026: ads off. The plan rests; it goes on with 174 to go" in said
    found = judged(fed, "2026-12-06")
    assert found["status"] == "paused"
    assert found["reasons"][0] == {  # type: ignore[index]
        "code": "paused", "first": "2026-11-22", "last": "2026-12-06", "text": "ads off",
    }  # fmt: skip
    assert found["pauses"] == [{"first": "2026-11-22", "last": "2026-12-06", "why": "ads off", "known": "2026-11-22"}]
    assert judged(fed, "2026-12-07")["status"] != "paused"


def test_a_pause_makes_the_days_that_are_left_steeper(fed: Run) -> None:
    before = judged(fed, "2026-11-22")
    fed("pause", GOAL, "--until", "2026-12-06", *TODAY)
    after = judged(fed, "2026-11-22")
    assert before["needed_a_week"] == pytest.approx(174 / 40 * 7)
    assert after["needed_a_week"] == pytest.approx(174 / 25 * 7)
    plan = dict(json.loads(fed("show", GOAL, "--json", *TODAY).out)["plan"])
    assert plan["2026-11-21"] == plan["2026-12-06"] == pytest.approx(400 * 52 / 92)
    assert plan["2026-12-07"] == pytest.approx(400 * (52 / 92 + 40 / 92 / 25))
    assert (plan["2026-09-30"], plan["2026-12-31"]) == (0, 400)


def test_resume_ends_the_pause_of_today_yesterday_and_undo_brings_it_back(fed: Run) -> None:
    fed("pause", GOAL, "--until", "2026-12-06", "--why", "ads off", *TODAY)
    told = fed("resume", GOAL, "--as-of", "2026-11-25")
    assert "it goes on today, Wed 25 Nov 2026; it rested 3 days" in told.out
    found = judged(fed, "2026-11-25")
    assert found["status"] != "paused"
    assert found["pauses"] == [{"first": "2026-11-22", "last": "2026-11-24", "why": "ads off", "known": "2026-11-22"}]
    assert fed("undo").exit_status == 0
    assert judged(fed, "2026-11-25")["status"] == "paused"
    fed("undo")
    assert judged(fed, "2026-11-25")["pauses"] == []


def test_a_pause_of_today_that_is_resumed_today_never_was(fed: Run) -> None:
    fed("pause", GOAL, "--until", "2026-12-06", *TODAY)
    assert fed("resume", GOAL, *TODAY).exit_status == 0
    assert judged(fed, "2026-11-22")["pauses"] == []


def test_the_next_pause_is_taken_back_before_it_begins(fed: Run) -> None:
    fed("pause", GOAL, "--from", "2026-12-20", "--until", "2026-12-27", *TODAY)
    told = fed("resume", GOAL, *TODAY)
    assert "the pause from Sun 20 Dec 2026 is taken back" in told.out
    again = fed("resume", GOAL, *TODAY)
    assert again.exit_status == 1
    assert "is not paused" in again.err


def test_a_pause_that_overlaps_another_moves_it(fed: Run) -> None:
    fed("pause", GOAL, "--until", "2026-12-06", "--why", "ads off", *TODAY)
    fed("pause", GOAL, "--until", "2026-12-13", "--as-of", "2026-11-30")
    assert judged(fed, "2026-12-01")["pauses"] == [
        {"first": "2026-11-22", "last": "2026-12-13", "why": "ads off", "known": "2026-11-22"}
    ]
    fed("pause", GOAL, "--until", "2026-12-02", "--as-of", "2026-12-01")
    assert judged(fed, "2026-12-01")["pauses"] == [
        {"first": "2026-11-22", "last": "2026-12-02", "why": "ads off", "known": "2026-11-22"}
    ]
    fed("pause", GOAL, "--from", "2026-12-20", "--until", "2026-12-24", *TODAY)
    assert len(judged(fed, "2026-12-01")["pauses"]) == 2  # type: ignore[arg-type]
    fed("pause", GOAL, "--from", "2026-12-18", "--until", "2026-12-20", *TODAY)
    last = judged(fed, "2026-12-01")["pauses"][1]  # type: ignore[index]
    assert (last["first"], last["last"]) == ("2026-12-18", "2026-12-24")


def test_days_that_are_over_can_be_paused_too_and_stay_out_of_the_pace(fed: Run) -> None:
    before = judged(fed, "2026-11-22")
    told = fed("pause", GOAL, "--from", "2026-11-15", "--until", "2026-11-21", "--why", "form broken", *TODAY)
    assert told.exit_status == 0
    after = judged(fed, "2026-11-22")
    assert after["actual"] == before["actual"]
    assert after["lately_a_week"] != before["lately_a_week"]
    assert "paused 15 Nov – 21 Nov 2026" in fed("show", GOAL, *TODAY).out


def test_a_pause_is_in_the_history_of_its_goal(fed: Run) -> None:
    fed("pause", GOAL, "--until", "2026-12-06", "--why", "ads off", *TODAY)
    (edit,) = json.loads(fed("show", GOAL, "--json", *TODAY).out)["edits"]
    assert (edit["field"], edit["was"], edit["now"]) == ("pauses", "", "2026-11-22 to 2026-12-06 (ads off)")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "until when?"),
        (("--until", "2026-12-31"), "nothing of it would be left"),
        (("--until", "2026-11-01"), "before it begins"),
        (("--until", "never"), "--until: "),
        (("--from", "3/12", "--until", "2026-12-06"), "--from: "),
        (("--until", "2026-12-06", "--why", "x" * 300), "longer than 200"),
    ],
)
def test_what_is_no_pause_is_refused_with_what_to_type(arguments: tuple[str, ...], said: str, fed: Run) -> None:
    told = fed("pause", GOAL, *arguments, *TODAY)
    assert told.exit_status == 2
    assert said in told.err
    assert judged(fed, "2026-11-22")["pauses"] == []


def test_a_closed_or_unknown_goal_cannot_be_paused(fed: Run) -> None:
    assert fed("pause", "nothing", "--until", "2026-12-06", *TODAY).exit_status == 2
    fed("close", GOAL, "--why", "over", *TODAY)
    told = fed("pause", GOAL, "--until", "2026-12-06", *TODAY)
    assert told.exit_status == 1
    assert "is closed" in told.err


def test_a_deadline_never_moves_into_a_pause(fed: Run) -> None:
    fed("pause", GOAL, "--until", "2026-12-06", *TODAY)
    told = fed("edit", GOAL, "--deadline", "2026-12-05", *TODAY)
    assert told.exit_status == 2
    assert "it is paused until Sun 6 Dec 2026" in told.err


# ---- milestones ----------------------------------------------------------------------------------------------------


def test_milestones_are_kept_drawn_and_said(fed: Run) -> None:
    told = fed("edit", GOAL, "--milestone", "2026-11-01=100", "--milestone", "1 dec=300", *TODAY)
    assert told.exit_status == 0
    assert "milestones: nothing → 2026-11-01=100, 2026-12-01=300" in told.out
    said = json.loads(fed("show", GOAL, "--json", *TODAY).out)
    assert said["goal"]["milestones"] == [{"day": "2026-11-01", "value": 100}, {"day": "2026-12-01", "value": 300}]
    plan = dict(said["plan"])
    assert (plan["2026-11-01"], plan["2026-12-01"], plan["2026-12-31"]) == (100, 300, 400)
    assert said["goal"]["expected"] == pytest.approx(100 + 200 * 20 / 30)
    assert "plan: 100 on 1 Nov, 300 on 1 Dec, 400 on 31 Dec" in fed("show", GOAL, *TODAY).out


def test_a_goal_may_be_set_with_milestones_and_lose_them_again(fed: Run) -> None:
    days = ("--start", "2026-10-01", "--deadline", "2026-12-30", *TODAY)
    assert fed("add", *CLICKS, "--target", "500", "--milestone", "2026-12-01=200", *days).exit_status == 0
    slug = f"{GOAL}-2"
    assert json.loads(fed("show", slug, "--json", *TODAY).out)["goal"]["milestones"]
    assert fed("edit", slug, "--milestone", "", *TODAY).exit_status == 0
    assert json.loads(fed("show", slug, "--json", *TODAY).out)["goal"]["milestones"] == []


@pytest.mark.parametrize(
    ("milestones", "said"),
    [
        (("tomorrow",), "is not a day and a number"),
        (("2026-12-01=many",), "--milestone"),
        (("2026-09-01=10",), "is not between its start"),
        (("2026-12-31=10",), "is not between its start"),
        (("2026-12-01=500",), "is not on the way from 0 to 400"),
        (("2026-11-01=200", "2026-12-01=100"), "is not on the way from 200 to 400"),
        (("2026-11-01=200", "1 Nov 2026=210"), "stands twice"),
    ],
)
def test_a_milestone_off_the_way_is_refused(milestones: tuple[str, ...], said: str, fed: Run) -> None:
    flags = [part for text in milestones for part in ("--milestone", text)]
    told = fed("edit", GOAL, *flags, *TODAY)
    assert told.exit_status == 2
    assert said in told.err
    assert judged(fed, "2026-11-22")["milestones"] == []


def test_a_milestone_that_lies_in_a_pause_is_said_to_be_left_out(fed: Run) -> None:
    fed("edit", GOAL, "--milestone", "2026-12-01=300", *TODAY)
    told = fed("pause", GOAL, "--until", "2026-12-06", *TODAY)
    assert "Its milestone of 300 on 1 Dec lies in the pause: the plan goes on without it." in told.out
    assert "300 on 1 Dec" not in fed("show", GOAL, *TODAY).out
    fed("resume", GOAL, "--as-of", "2026-11-25")
    assert "300 on 1 Dec" in fed("show", GOAL, "--as-of", "2026-11-25").out
    later = fed("pause", GOAL, "--from", "2026-11-28", "--until", "2026-12-06", "--as-of", "2026-11-25")
    assert "lies in the pause" not in later.out  # it is to be reached before


def test_a_target_below_its_milestones_asks_for_them_anew(fed: Run) -> None:
    fed("edit", GOAL, "--milestone", "2026-12-01=300", *TODAY)
    told = fed("edit", GOAL, "--target", "250", *TODAY)
    assert told.exit_status == 2
    assert "Say them anew" in told.err
    assert fed("edit", GOAL, "--target", "250", "--milestone", "2026-12-01=200", *TODAY).exit_status == 0


def test_milestones_of_a_growth_goal_are_levels(smartkpi: Run) -> None:
    smartkpi("record", "followers", "1000", "--account", "Example Café", "--platform", "instagram",
             "--on", "2026-11-20", "--as-of", "2026-11-22")  # fmt: skip
    flags = ("--metric", "followers", "--platform", "instagram", "--gain", "60", "--deadline", "2027-02-20", *TODAY)
    told = smartkpi("add", *flags, "--milestone", "2027-01-01=1040")
    assert told.exit_status == 0, told.err
    wrong = smartkpi("edit", "followers-instagram", "--milestone", "2027-01-01=40", *TODAY)
    assert "is not on the way from 1,000 to 1,060" in wrong.err


def test_every_form_says_what_a_pause_means_for_it(smartkpi: Run) -> None:
    for flags, said in (
        (("--metric", "posts", "--target", "3", "--every-week"), "Weeks with a paused day"),
        (("--metric", "cost_per_lead", "--target", "€20", "--keep"), "These days do not count."),
        (("--metric", "reach", "--platform", "instagram", "--target", "500", "--typical-day"), "days before and after"),
    ):
        slug = json.loads(smartkpi("add", *flags, "--deadline", "2027-02-20", "--json", *TODAY).out)["goal"]["slug"]
        assert said in smartkpi("pause", slug, "--until", "2026-12-06", *TODAY).out
        status = smartkpi("show", slug, "--as-of", "2026-11-25").out
        assert "paused until Sun 6 Dec 2026. The plan rests" in status
