"""What feeds a goal: the exports that came, with when the next is due; for a goal without data, what to do."""

import json
from collections.abc import Callable

import pytest
from goal_kit import METRICS, MONDAY, by_hand, goal, judge, series
from kit import ROOT, Result

from smartkpi.errors import WrongUseError
from smartkpi.knowledge import loader
from smartkpi.model.goal import Form, GoalState
from smartkpi.workflow import feeding
from smartkpi.workflow.names import parse_every

Run = Callable[..., Result]
TODAY = ("--as-of", "2026-11-22")


def said(*stored: object, **fields: object) -> tuple[str, ...]:
    return feeding.said(judge(goal(**fields), *stored), METRICS)  # type: ignore[arg-type]


def test_an_export_that_came_says_how_fresh_it_is_how_often_it_comes_and_where_to_get_it() -> None:
    leads = series("leads", [1.0] * 20, platform="hubspot", report="contacts", cadence=14)
    assert said(leads) == (
        "HubSpot · contacts of A on HubSpot, to 21 Nov 2026; one every two weeks, the next from 5 Dec   "
        "smartkpi platforms hubspot",
    )


def test_what_somebody_said_of_the_rhythm_counts_more_than_the_imports_so_far() -> None:
    leads = series("leads", [1.0] * 20, platform="hubspot", report="contacts", cadence=14)
    (line,) = said(leads, data_every=31)
    assert "one every month, as you said, the next from 22 Dec" in line


def test_an_old_export_says_since_when_the_next_is_due() -> None:
    judged = judge(goal(), series("leads", [1.0] * 20, platform="hubspot", report="contacts"), as_of=MONDAY + 40)
    (line,) = feeding.said(judged, METRICS)
    assert "to 21 Nov 2026 (21 days ago); one every week, due since 28 Nov" in line
    (step,) = feeding.steps(judged, METRICS, feeding.feeds(judged, METRICS))
    assert step.text.startswith("Next: HubSpot · contacts, one every week, due since 28 Nov 2026: Open app.hubspot.com")


def test_parts_of_a_ratio_that_come_in_one_file_are_one_export() -> None:
    both = [series(name, [1.0] * 20, platform="hubspot", report="contacts") for name in ("cost", "leads")]
    judged = judge(goal(Form.KEEP, "cost_per_lead", 20), *both)
    (feed,) = feeding.feeds(judged, METRICS)
    assert feed.metrics == ("cost", "leads")


def test_numbers_kept_by_hand_come_with_the_command_that_keeps_the_next() -> None:
    kept = by_hand("followers", {MONDAY - 3: 20.0, MONDAY + 5: 30.0})
    (line,) = said(kept, form=Form.GROWTH, metric="followers", baseline=10.0)
    assert line.startswith("followers of A on Instagram recorded by hand, last for 7 Nov 2026; one every week")
    assert line.endswith("smartkpi record followers NUMBER --account A --platform instagram")


def test_a_total_beside_its_flows_is_wanted_every_four_weeks_whatever_the_exports() -> None:
    flows = series("new_followers", [1.0] * 20, report="daily cards")
    kept = by_hand("followers", {MONDAY - 3: 20.0})
    lines = said(flows, kept, form=Form.GROWTH, metric="followers", baseline=20.0, data_every=7)
    assert [("one every four weeks" in line, "one every week, as you said" in line) for line in lines] == [
        (True, False), (False, True)
    ]  # fmt: skip


def test_without_data_the_platforms_own_export_comes_with_its_clicks_and_then_the_way_by_hand() -> None:
    lines = said(platform="instagram", metric="link_clicks")
    assert lines[0] == "no link clicks on Instagram yet; one export states it:"
    assert lines[1].startswith("Meta Business Suite · daily cards (Instagram): Open business.facebook.com")
    assert lines[2:] == (
        "then   smartkpi import FILE",
        "or by hand   smartkpi record link_clicks NUMBER --account NAME --platform instagram",
    )


def test_followers_are_fed_by_the_export_that_states_who_came_each_day() -> None:
    lines = said(platform="instagram", metric="followers", form=Form.GROWTH)
    assert lines[1].startswith("Meta Business Suite · daily cards (Instagram)")


def test_a_metric_that_no_export_of_the_platform_states_is_recorded_by_hand() -> None:
    assert said(platform="other", metric="leads")[0].startswith("no known export states leads on another platform")


def test_exports_that_platforms_no_longer_make_are_not_offered_beside_newer_ones() -> None:
    for platform in ("facebook", "x"):
        for metric in ("reach", "impressions", "likes"):
            lines = said(platform=platform, metric=metric, form=Form.TYPICAL_DAY)
            assert "(until " not in " ".join(lines), lines


@pytest.mark.parametrize("platform", sorted({name for card in loader.cards() for name in card.platforms}))
@pytest.mark.parametrize("metric", ["followers", "impressions", "leads", "revenue", "cost_per_lead"])
def test_every_goal_without_data_is_told_what_to_do(platform: str, metric: str) -> None:
    told = said(platform=platform, metric=metric, form=Form.RATE if metric == "cost_per_lead" else Form.TOTAL)
    assert told and "smartkpi " in " ".join(told)
    assert all(len(line) < 700 for line in told)


def test_a_goal_that_is_over_asks_for_nothing_more() -> None:
    judged = judge(goal(), series("leads", [1.0] * 20))
    closed = judged._replace(goal=goal(state=GoalState.CLOSED))
    assert feeding.steps(closed, METRICS, feeding.feeds(judged, METRICS)) == []


def test_where_somebody_must_say_which_account_counts_nothing_else_is_asked() -> None:
    judged = judge(goal(), series("leads", [1.0] * 20, account="A"), series("leads", [1.0] * 20, account="B"))
    assert judged.reasons[0].code == "which account"
    assert feeding.said(judged, METRICS) == ()


@pytest.mark.parametrize(
    ("typed", "days"),
    [("week", 7), ("Every week", 7), ("month", 31), ("quarter", 92), ("day", 1), ("two weeks", 14), ("2 weeks", 14),
     ("10 days", 10), ("10", 10), ("3 months", 93), ("usual", 0)],
)  # fmt: skip
def test_a_rhythm_can_be_said_in_words_or_days(typed: str, days: int) -> None:
    assert parse_every(typed) == days


@pytest.mark.parametrize("typed", ["", "0", "-3", "367", "now and then", "2 moons", "week week"])
def test_what_is_no_rhythm_is_refused(typed: str) -> None:
    with pytest.raises(WrongUseError):
        parse_every(typed)


def test_show_has_the_exports_for_machines_and_when_the_next_is_due(smartkpi: Run) -> None:
    smartkpi("import", ROOT / "examples/Link clicks.csv", "--account", "Example Café", "--platform", "instagram")
    clicks = (
        "add",
        "--metric",
        "link_clicks",
        "--platform",
        "instagram",
        "--target",
        "700",
        "--deadline",
        "2026-12-31",
    )
    assert smartkpi(*clicks, "--data-every", "10 days", *TODAY).exit_status == 0
    (feed,) = json.loads(smartkpi("show", "link-clicks-instagram", "--json", *TODAY).out)["feeds"]
    assert feed["how"][1] == "Insights > Results"
    assert (feed["export"], feed["every_days"], feed["said"]) == ("Meta Business Suite · daily cards", 10, True)
    assert (feed["last_day"], feed["due"]) == ("2026-11-22", "2026-12-02")
    shown = smartkpi("show", "link-clicks-instagram", *TODAY).out
    assert "Next: Meta Business Suite · daily cards, one every 10 days, as you said, from 2 Dec 2026" in shown


def test_numbers_of_each_month_are_due_each_month_even_when_typed_in_one_evening(smartkpi: Run) -> None:
    for month in range(6, 11):
        smartkpi("record", "leads", 30, "--account", "Café", "--platform", "website", "--on", f"2026-{month:02}-28")
    smartkpi("add", "--metric", "leads", "--target", "500", "--deadline", "2026-12-31", *TODAY)
    assert "Next: leads, one every month, from 27 Nov 2026" in smartkpi("show", "leads-website", *TODAY).out
