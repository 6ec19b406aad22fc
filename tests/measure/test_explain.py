"""Every figure can be worked out again from the numbers that its explanation gives, and by no other."""

from math import isclose

from goal_kit import DOWN, METRICS, MONDAY, by_hand, goal, judge, series
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkpi.measure.assess import case_of
from smartkpi.measure.chance import prospect
from smartkpi.measure.explain import Seen, explained
from smartkpi.measure.status import CHANCES
from smartkpi.model.assessment import Assessment
from smartkpi.model.explained import Figure
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.series import Series
from smartkpi.report.views.explain import TELLING

LEVEL = {"baseline": 1000.0, "baseline_day": MONDAY - 1}


def figures(asked: Goal, *stored: Series) -> tuple[Assessment, dict[str, list[Figure]]]:
    judged = judge(asked, *stored)
    assert judged.pace is not None
    case = case_of(judged, METRICS, stored)
    ahead = prospect(case, judged.pace, judged.season) if judged.forecast else None
    found: dict[str, list[Figure]] = {}
    for figure in explained(Seen(case, judged, judged.pace, ahead)):
        found.setdefault(figure.code, []).append(figure)
    return judged, found


def one(found: dict[str, list[Figure]], code: str) -> Figure:
    (figure,) = found[code]
    return figure


DAYS = st.lists(st.none() | st.integers(0, 40).map(float), min_size=40, max_size=90)


@settings(max_examples=60, deadline=None)
@given(values=DAYS, others=DAYS, target=st.integers(10, 3000).map(float))
def test_a_total_adds_up_from_what_is_shown(
    values: list[float | None], others: list[float | None], target: float
) -> None:
    stored = [series("leads", v, MONDAY - 30, account=a) for v, a in ((values, "A"), (others, "B")) if any(v)]
    asked = goal(target=target, accounts=tuple(s.account.uid for s in stored))
    if not stored or judge(asked, *stored).pace is None:
        return
    judged, found = figures(asked, *stored)
    pace = judged.pace
    assert pace is not None
    assert pace.actual == sum(f.of("total") for f in found["sum"])
    assert [f.text != "" for f in found["sum"]] == [len(stored) > 1] * len(stored)
    assert judged.data_to == one(found, "days ahead").of("day") if pace.days_ahead is not None else True
    if pace.run_rate is not None:
        assert isclose(pace.run_rate, sum(f.of("total") / f.of("days") * 7 for f in found["lately"]))
    if pace.required_rate is not None:
        needed = one(found, "needed")
        left = max(target - pace.actual - needed.of("brought"), 0)
        assert isclose(pace.required_rate, left / needed.of("days") * 7, abs_tol=1e-9)
    if judged.forecast is not None:
        likely, to_come = one(found, "likely"), one(found, "to come")
        ends = [likely.of("known") + likely.of("weight") * to_come.of(name) for name in ("low", "mid", "high")]
        assert all(map(lambda a, b: isclose(a, b), ends, judged.forecast[1:]))
        needed_mean = one(found, "chance").of("needed")
        assert isclose(likely.of("known") + likely.of("weight") * needed_mean, target)


def test_a_level_that_is_worked_back_shows_its_total_and_what_came_since() -> None:
    flows = series("new_followers", [2.0] * 30)
    judged, found = figures(
        goal(Form.GROWTH, "followers", 1100, **LEVEL), by_hand("followers", {MONDAY - 1: 1000}), flows
    )
    told = one(found, "worked back")
    assert judged.pace is not None
    assert told.of("total") + told.of("changed") == told.of("level") == judged.pace.actual == 1060
    assert one(found, "began at").of("value") == 1000


def test_a_level_between_two_totals_shows_what_of_their_difference_is_shared_out() -> None:
    asked = goal(Form.GROWTH, "followers", 1100, deadline=MONDAY + 30, **LEVEL)
    recorded = by_hand("followers", {MONDAY - 1: 1000, MONDAY + 40: 1050})
    judged, found = figures(asked, recorded, series("new_followers", [2.0] * 40))
    told = one(found, "worked back")
    assert judged.pace is not None and told.of("shared")
    assert told.of("total") + told.of("changed") + told.of("shared") == judged.pace.actual


def test_the_pace_of_a_level_is_shown_by_what_tells_it_and_who_left_counts_with_a_minus() -> None:
    came, left = series("new_followers", [3.0] * 50, MONDAY - 20), series("unfollows", [1.0] * 50, MONDAY - 20)
    recorded = by_hand("followers", {MONDAY - 20: 960, MONDAY - 1: 1000})
    judged, found = figures(goal(Form.GROWTH, "followers", 1100, **LEVEL), recorded, came, left)
    assert judged.pace is not None and "lately by levels" not in found
    assert judged.pace.run_rate == sum(f.of("total") / f.of("days") * 7 for f in found["lately"]) == 14
    judged, found = figures(goal(Form.GROWTH, "followers", 1100, **LEVEL), recorded, came)
    told = one(found, "lately by levels")
    assert judged.pace is not None and "lately" not in found
    assert isclose(judged.pace.run_rate or 0, (told.of("now") - told.of("was")) / 19 * 7)


def test_an_exported_level_is_shown_with_its_day_and_its_way() -> None:
    judged, found = figures(
        goal(Form.GROWTH, "followers", 1100, **LEVEL), series("followers", [1000.0 + i for i in range(30)])
    )
    assert one(found, "level").of("level") == 1029
    told = one(found, "lately by levels")
    rate = (told.of("now") - told.of("was")) / (told.of("last") - told.of("first")) * 7
    assert judged.pace is not None
    assert rate == judged.pace.run_rate == 7


def test_a_ratio_is_one_total_over_another() -> None:
    cost, leads = series("cost", [5.0] * 30, unit="EUR"), series("leads", [1.0, 0.0] * 15)
    asked = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR")
    judged, found = figures(asked, cost, leads)
    told = one(found, "ratio")
    assert judged.pace is not None
    assert (told.of("above"), told.of("below"), told.of("days")) == (150, 15, 30)
    assert judged.pace.actual == told.of("above") / told.of("below")
    assert (one(found, "periods").of("met"), one(found, "periods").of("gone")) == (4, 4)


def test_the_window_of_a_rate_is_shown_without_paused_days() -> None:
    cost, leads = series("cost", [5.0, 9.0] * 30, unit="EUR"), series("leads", [1.0, 0.0, 2.0] * 20)
    paused = (Pause(MONDAY + 45, MONDAY + 50),)
    asked = goal(Form.RATE, "cost_per_lead", 5, direction=DOWN, unit="EUR", window=14, pauses=paused)
    judged, found = figures(asked, cost, leads)
    told = one(found, "ratio")
    assert judged.pace is not None
    assert judged.pace.actual == told.of("above") / told.of("below")
    assert (told.of("days"), told.of("last") - told.of("first")) == (14, 19)


def test_every_day_is_said_to_be_alike_only_where_that_makes_what_is_expected() -> None:
    for known, alike in ((0, True), (MONDAY + 20, False)):
        asked = goal(target=140, pauses=(Pause(MONDAY + 30, MONDAY + 36, known=known),))
        judged, found = figures(asked, series("leads", [2.0] * 50))
        expected = one(found, "expected")
        even = 140 * expected.of("gone") / expected.of("days")
        _, _, how = TELLING["expected"](expected, judged)
        assert isclose(even, expected.of("expected")) is alike is ("×" in how)
        assert how.endswith("paused days are none")


def test_a_typical_day_is_a_mean_and_weeks_are_counted() -> None:
    asked = goal(Form.TYPICAL_DAY, "reach", 500, baseline=90.0, baseline_day=MONDAY - 1)
    _, found = figures(asked, series("reach", [100.0] * 40))
    assert (one(found, "mean").of("total"), one(found, "mean").of("days")) == (2800, 28)
    _, found = figures(goal(Form.EACH, "posts", 3, share=0.8), series("posts", [1.0] * 30))
    assert (one(found, "periods").of("met"), one(found, "periods").of("share")) == (4, 0.8)


def test_a_status_that_a_week_before_holds_says_so() -> None:
    """A chance just past its mark: the figure names the chance of the week before."""
    lately = series("leads", [3.0, 4.0, 2.0, 5.0] * 7 + [1.0] * 7)
    held = 0
    for target in range(150, 400):
        judged, found = figures(goal(target=float(target)), lately)
        if judged.status not in CHANCES:
            continue
        status = one(found, "status")
        before = status.get("before")
        inside = status.of("least") <= status.of("chance") < status.of("below") or status.of("chance") == 1
        assert inside == (before is None)
        assert status.of("least") - 0.05 <= status.of("chance") <= status.of("below") + 0.05 + 1e-9
        held += before is not None
    assert held
