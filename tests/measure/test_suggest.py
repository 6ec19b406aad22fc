"""Which goals are worth having: what can be counted, in which order, by when, and which targets are tried."""

from collections.abc import Sequence
from datetime import date

import pytest
from goal_kit import METRICS, goal
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.knowledge.loader import platforms, worths
from smartkpi.measure.suggest import (
    AHEAD,
    FEWEST,
    MOST,
    OLDEST,
    ORDER,
    SHORTEST,
    chosen,
    deadline,
    is_counted,
    is_like,
    queues,
    standing,
    unfit,
)  # fmt: skip
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import GoalState
from smartkpi.model.metric import Kind, Stage
from smartkpi.model.period import to_date
from smartkpi.model.series import Account
from smartkpi.model.suggestion import Skipped, Suggestion, Worth

DAY = date(2026, 11, 22).toordinal()
WORTHS = worths()
NAMES = [worth.metric for worth in WORTHS.metrics]


def suggestion(worth: Worth) -> Suggestion:
    return Suggestion(goal(metric=worth.metric), METRICS[worth.metric], Attainable(), worth.why, "smartkpi add")


def pick(
    there: Sequence[str], platform: str = "instagram", have: Sequence[str] = (), bad: Sequence[str] = ()
) -> list[str]:
    """The ids of what is suggested where these are stated; those that are `bad` have no fair target."""

    def judged(worth: Worth) -> Suggestion | Skipped:
        return Skipped(METRICS[worth.metric], "few") if worth.metric in bad else suggestion(worth)

    found = queues(there, WORTHS, METRICS, platform)
    made, _ = chosen(found, [METRICS[name] for name in have], METRICS, judged)
    return [each.metric.id for each in made]


def test_every_word_of_the_table_is_one_that_the_program_knows() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) <= METRICS.keys()
    assert {name for names in WORTHS.first.values() for name in names} <= set(NAMES)
    assert {*WORTHS.first, *WORTHS.homes.values(), *WORTHS.aside} <= platforms().keys()
    assert set(WORTHS.stages) == set(Stage)
    for worth in WORTHS.metrics:
        assert worth.why.islower() or not worth.why[0].isupper()
        assert not worth.why.endswith(".")
        assert not worth.keep or METRICS[worth.metric].kind is Kind.RATIO


def test_outcomes_come_before_what_leads_to_them() -> None:
    assert pick(["impressions", "new_followers", "link_clicks", "leads"]) == ["leads", "link_clicks", "followers"]


def test_one_of_each_stage_before_a_second_of_any() -> None:
    there = ["leads", "orders", "revenue", "cost", "sessions", "impressions", "likes", "comments"]
    assert pick(there, "website") == ["leads", "orders", "revenue", "cost_per_lead", "sessions"]


def test_second_ones_fill_up_to_three() -> None:
    assert pick(["link_clicks", "profile_visits", "page_views"]) == ["link_clicks", "profile_visits", "page_views"]
    assert pick(["views"], "youtube") == ["views"]


def test_a_rate_is_worth_a_goal_beside_another_one_of_its_stage() -> None:
    there = ["link_clicks", "engagements", "impressions", "posts", "net_followers", "likes"]
    assert pick(there, "x") == ["link_clicks", "engagement_rate", "engagements_per_post", "followers"]


def test_a_metric_without_a_fair_target_leaves_its_place_to_the_next() -> None:
    there = ["link_clicks", "profile_visits", "new_followers", "impressions"]
    assert pick(there, bad=["link_clicks", "followers"]) == ["profile_visits", "impressions"]


def test_each_metric_is_judged_once() -> None:
    asked: list[str] = []

    def judged(worth: Worth) -> Skipped:
        asked.append(worth.metric)
        return Skipped(METRICS[worth.metric], "few")

    there = ["link_clicks", "profile_visits", "engagements", "impressions", "posts", "new_followers"]
    _, skipped = chosen(queues(there, WORTHS, METRICS, "x"), [], METRICS, judged)
    assert len(asked) == len(set(asked)) == len(skipped)


def test_what_has_a_goal_is_left_out_and_its_stage_comes_last() -> None:
    there = ["link_clicks", "new_followers", "impressions", "reach", "engagements"]
    assert pick(there, "instagram", have=["followers"])[:2] == ["link_clicks", "engagement_rate"]
    assert "followers" not in pick(there, "instagram", have=["new_followers"])
    assert "leads" not in pick(["key_events"], have=["key_events"])


def test_platforms_have_an_order_of_their_own() -> None:
    there = ["watch_time", "engaged_views", "likes", "views", "net_subscribers"]
    assert pick(there, "youtube") == ["watch_time", "engaged_views", "subscribers"]
    assert pick(["clicks", "impressions", "position"], "google-search-console") == ["clicks", "ctr", "impressions"]


def test_a_number_goes_by_its_own_name_where_it_has_one() -> None:
    assert pick(["profile_visits"]) == ["profile_visits"]  # and not as visits
    assert pick(["clicks"]) == ["clicks"]  # and not as link clicks
    assert pick(["key_events"]) == ["leads"]  # nobody would call them key events


def test_a_ratio_needs_both_parts_or_its_weight() -> None:
    ratio = METRICS["engagement_rate"]
    assert is_counted(ratio, ["engagements", "impressions"], METRICS)
    assert is_counted(ratio, ["engagement_rate", "impressions"], METRICS)
    assert not is_counted(ratio, ["engagement_rate"], METRICS)
    assert not is_counted(ratio, ["engagements"], METRICS)


def test_a_level_is_counted_by_those_who_come_never_by_those_who_leave_alone() -> None:
    assert is_counted(METRICS["followers"], ["new_followers"], METRICS)
    assert not is_counted(METRICS["followers"], ["unfollows"], METRICS)


def test_a_metric_of_a_table_of_ones_own_comes_last() -> None:
    own = WORTHS._replace(metrics=(*WORTHS.metrics, Worth("spam_complaints", "why not")))
    found = queues(["spam_complaints", "open_rate", "emails_opened", "emails_delivered"], own, METRICS, "newsletter")
    assert [worth.metric for worth in found[0]] == ["open_rate", "spam_complaints"]


@given(st.sets(st.sampled_from(sorted(METRICS)), max_size=25), st.sampled_from(sorted(platforms())), st.data())
def test_never_too_many_never_alike_always_countable_and_in_order(
    there: set[str], on: str, data: st.DataObject
) -> None:
    countable = [worth for queue in queues(there, WORTHS, METRICS, on) for worth in queue]
    bad = data.draw(st.sets(st.sampled_from([w.metric for w in countable] or ["leads"])))
    have = data.draw(st.lists(st.sampled_from(NAMES), max_size=3))
    found = pick(sorted(there), on, have, sorted(bad))
    assert len(found) <= MOST
    assert not bad.intersection(found)
    stages = [ORDER.index(METRICS[name].stage) for name in found]
    assert stages == sorted(stages)
    for i, name in enumerate(found):
        assert is_counted(METRICS[name], there, METRICS)
        assert not any(is_like(METRICS[name], METRICS[other]) for other in (*found[:i], *have))
    if len(found) < FEWEST:  # then nothing else was left
        left = [w.metric for w in countable if w.metric not in (*bad, *found)]
        assert all(any(is_like(METRICS[n], METRICS[o]) for o in (*found, *have)) for n in left)


@given(st.integers(DAY - 900, DAY + 900), st.integers(0, 1200))
def test_the_deadline_is_eight_weeks_away_or_the_end_of_a_quarter_beyond(as_of: int, days: int) -> None:
    last = deadline(as_of, days)
    ahead = last - as_of
    assert AHEAD <= ahead < AHEAD + 92
    after = to_date(last + 1)
    ends_quarter = after.day == 1 and after.month in (1, 4, 7, 10)
    assert ends_quarter or ahead == AHEAD
    assert ends_quarter or days < AHEAD + 92
    assert ahead <= max(days, AHEAD)


def test_a_deadline_by_hand() -> None:
    assert to_date(deadline(DAY, 400)) == date(2027, 3, 31)
    assert to_date(deadline(date(2026, 11, 5).toordinal(), 400)) == date(2026, 12, 31)
    assert to_date(deadline(DAY, 30)) == date(2027, 1, 17)


@pytest.mark.parametrize(
    ("found", "newest", "code"),
    [
        (Attainable(day=DAY - 1, days=SHORTEST), DAY, None),
        (Attainable(day=DAY - 1, days=SHORTEST - 1), DAY, "few days"),
        (Attainable(day=DAY - OLDEST, days=400), DAY, None),
        (Attainable(day=DAY - OLDEST - 1, days=400), DAY - OLDEST, "old"),
        (Attainable(lacks="few days"), DAY, "few days"),
        (Attainable(lacks="few days"), DAY - 200, "old"),
        (Attainable(lacks="no data"), None, "few days"),
        (Attainable(lacks="which report", text="a, b"), DAY, "unclear"),
    ],
)
def test_numbers_that_are_old_few_or_unclear_make_no_target(
    found: Attainable, newest: int | None, code: str | None
) -> None:
    skipped = unfit(found, METRICS["leads"], DAY, newest)
    assert (skipped and skipped.code) == code


def test_only_active_goals_of_the_account_count_as_there() -> None:
    mine, other = Account("instagram", "A", "a"), Account("instagram", "B", "b")
    goals = [
        goal(slug="mine", accounts=("a",)),
        goal(slug="its", accounts=("b",)),
        goal(slug="all", platform="instagram"),
        goal(slug="elsewhere", platform="x"),
        goal(slug="campaign", platform="instagram", campaign="spring"),
        goal(slug="closed", accounts=("a",), state=GoalState.CLOSED),
    ]
    assert [g.slug for g in standing(goals, mine)] == ["mine", "all"]
    assert [g.slug for g in standing(goals, other)] == ["its", "all"]
