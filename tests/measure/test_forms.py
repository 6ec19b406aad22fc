"""What a goal's number means, form by form: the figures of the pace, the day that is judged, the series that are read."""
# ruff: noqa: E501

import pytest
from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, by_hand, goal, judge, series

from smartkpi.measure import plan
from smartkpi.measure.assess import begins_at, first_day_read
from smartkpi.measure.sources import Ambiguity, Inputs, inputs, metrics_read
from smartkpi.model.assessment import Begun, Pace, Reason, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.series import Series
from smartkpi.report.advice import why

EVE = MONDAY - 1
LEVEL = {"baseline": 1000.0, "baseline_day": EVE}
BOTH = {"accounts": ("A", "B")}


def flat(metric: str, value: float, days: int = 28, **fields: object) -> Series:
    return series(metric, [value] * days, **fields)  # type: ignore[arg-type]


def pace(asked: Goal, *stored: Series, **how: int) -> Pace:
    found = judge(asked, *stored, **how).pace
    assert found is not None
    return found


def read(asked: Goal, *stored: Series) -> Inputs | Ambiguity:
    return inputs(asked, METRICS[asked.metric], METRICS, stored)


# ---- the day that is judged ----------------------------------------------------------------------------------------


def test_the_judged_day_is_the_earliest_last_full_day_of_all_that_is_read() -> None:
    cost, leads = flat("cost", 5, 20, unit="EUR"), flat("leads", 1, 26, full=MONDAY + 22)
    assert judge(goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN), cost, leads).data_to == MONDAY + 19
    assert judge(goal(), leads).data_to == MONDAY + 22


def test_the_judged_day_is_never_after_the_deadline_nor_after_the_day_that_stands_for_today() -> None:
    assert judge(goal(deadline=MONDAY + 9), flat("leads", 1)).data_to == MONDAY + 9
    assert judge(goal(), flat("leads", 1), as_of=MONDAY + 5).data_to == MONDAY + 5


def test_numbers_that_may_all_still_change_are_no_data() -> None:
    young = flat("leads", 1)._replace(full_through=None)
    judged = judge(goal(), young)
    assert (judged.status, judged.reasons[0].code) == (Status.NO_DATA, "nothing final yet")
    assert [source.file for source in judged.sources] == ["leads.csv"]


def test_a_newer_total_recorded_by_hand_is_as_good_as_newer_flows() -> None:
    asked = goal(Form.GROWTH, "followers", 1100, **LEVEL)
    judged = judge(asked, flat("new_followers", 1), by_hand("followers", {MONDAY + 30: 1020}), as_of=MONDAY + 31)
    assert judged.data_to == MONDAY + 30
    assert judged.pace is not None
    assert (judged.pace.actual, judged.pace.at_most, judged.pace.run_rate) == (1020, False, 7)


# ---- total ---------------------------------------------------------------------------------------------------------


def test_a_total_has_its_gap_its_days_and_its_rates() -> None:
    found = pace(goal(target=140), flat("leads", 1))
    assert found == Pace(
        day=MONDAY + 27, actual=28, expected=56, progress=0.2, gap=-28, days_ahead=-14, run_rate=7.0,
        required_rate=pytest.approx(112 / 42 * 7),
    )  # fmt: skip


def test_a_limit_counts_the_other_way() -> None:
    found = pace(goal(target=140, direction=DOWN), flat("leads", 3))
    assert (found.gap, found.days_ahead) == (-28, -14)


def test_the_run_rate_is_of_the_last_28_days_also_those_before_the_start() -> None:
    found = pace(goal(start=MONDAY + 20), series("leads", [9.0] * 10 + [1.0] * 14 + [2.0] * 14))
    assert found.run_rate == 10.5
    assert found.actual == 4 * 1 + 14 * 2


def test_missing_days_are_no_zeros_in_the_run_rate() -> None:
    assert pace(goal(), series("leads", [1.0, None] * 14 + [1.0])).run_rate == 7


def test_the_run_rate_of_two_accounts_needs_both() -> None:
    silent = series("leads", [1.0] * 7 + [None] * 40 + [1.0], account="B")
    asked = goal(accounts=("A", "B"))
    assert pace(asked, flat("leads", 1, 48), silent, as_of=MONDAY + 46).run_rate is None
    level = series("followers", [5.0], MONDAY + 26, account="B")
    asked = goal(Form.GROWTH, "followers", 1100, accounts=("A", "B"), **LEVEL)
    assert pace(asked, series("followers", [1000.0 + i for i in range(27)]), level).run_rate is None


def test_the_judgement_of_one_goal_does_not_depend_on_what_others_read() -> None:
    old = series("followers", [900.0] + [None] * 199 + [1000.0] * 28, MONDAY - 200)
    asked = goal(Form.GROWTH, "followers", 1100)
    begin = first_day_read([asked], MONDAY)
    short = old._replace(first_day=begin, values=old.values[begin - old.first_day :])
    alone, beside = judge(asked, short), judge(asked, old)
    assert (alone.pace, alone.status, alone.reasons) == (beside.pace, beside.status, beside.reasons)


def test_a_hole_below_a_ratio_is_told_by_the_days_of_its_own_goal() -> None:
    """Engagements on 0 impressions for a week are a hole; what of it lies before all that counts tells nothing."""
    asked = goal(Form.RATE, "engagement_rate", 0.05, baseline=0.02, baseline_day=EVE)
    zeros = [100.0] * 20 + [0.0] * 8 + [100.0] * 152
    first = MONDAY - 120 - 23  # three of the eight days lie inside of what the goal reads
    parts = [series("engagements", [3.0] * 180, first), series("impressions", zeros, first)]
    near = [s._replace(first_day=MONDAY - 120, values=s.values[23:]) for s in parts]
    beside, alone = judge(asked, *parts), judge(asked, *near)
    assert (beside.pace, beside.forecast, beside.reasons) == (alone.pace, alone.forecast, alone.reasons)


def test_a_long_window_is_read_twice_over_and_a_baseline_with_its_window() -> None:
    wide = goal(Form.RATE, "engagement_rate", 0.1, window=366)
    assert first_day_read([wide], MONDAY) == MONDAY - 732
    level = goal(Form.GROWTH, "followers", baseline_day=MONDAY - 300)
    assert first_day_read([level], MONDAY) == MONDAY - 328
    assert first_day_read([goal()], MONDAY) == MONDAY - 2 * 364  # a season may be seen in it
    assert first_day_read([], MONDAY) == MONDAY - 120


def test_days_ahead_never_leave_the_period() -> None:
    straight = plan.plan(goal(target=10), 0)
    assert straight.days_ahead(1000, MONDAY) == 69
    assert straight.days_ahead(-1000, SUNDAY) == -70
    assert straight.days_ahead(10, SUNDAY) == 0
    assert pace(goal(target=0), flat("leads", 1)).days_ahead is None


# ---- growth --------------------------------------------------------------------------------------------------------


def test_a_level_is_the_last_one_whatever_lies_between() -> None:
    found = pace(goal(Form.GROWTH, "followers", 1100, **LEVEL), by_hand("followers", {MONDAY: 1001, MONDAY + 14: 1015}))
    assert (found.actual, found.run_rate) == (1015, 7)


def test_a_gain_without_a_baseline_counts_from_the_eve_of_the_start() -> None:
    known = series("followers", [990.0, 1000.0, 1010.0, 1020.0, 1030.0, 1040.0, 1050.0, 1060.0], EVE - 1)
    assert pace(goal(Form.GROWTH, "followers", 100), known).actual == 60


def test_a_gain_without_any_level_before_the_start_counts_from_the_first_one() -> None:
    assert pace(goal(Form.GROWTH, "followers", 100), series("followers", [1010.0, 1020.0], MONDAY + 9)).actual == 10


def test_a_gain_between_two_recorded_totals_is_their_difference_and_no_upper_bound() -> None:
    totals = by_hand("followers", {EVE: 1000, MONDAY + 27: 1010})
    found = pace(goal(Form.GROWTH, "followers", 100), flat("new_followers", 1), totals)
    assert (found.actual, found.at_most) == (10, False)


def test_one_total_at_the_end_does_not_make_a_gain_certain() -> None:
    found = pace(
        goal(Form.GROWTH, "followers", 100), flat("new_followers", 1), by_hand("followers", {MONDAY + 27: 1010})
    )
    assert (found.actual, found.at_most) == (28, True)


def test_who_came_less_who_left_is_no_upper_bound() -> None:
    found = pace(goal(Form.GROWTH, "followers", 1100, **LEVEL), flat("new_followers", 3), flat("unfollows", 1))
    assert (found.actual, found.at_most) == (1056, False)


def test_an_exported_level_is_never_derived_from_the_flows_beside_it() -> None:
    level = series("followers", [1000.0 + i for i in range(28)])
    found = pace(goal(Form.GROWTH, "followers", 1100, **LEVEL), level, flat("new_followers", 99))
    assert (found.actual, found.at_most) == (1027, False)


def test_levels_of_two_accounts_are_carried_for_a_week_at_most() -> None:
    asked = goal(Form.GROWTH, "followers", 3000, baseline=2000.0, baseline_day=EVE, **BOTH)
    daily = series("followers", [1000.0] * 28)
    near = series("followers", [500.0], MONDAY + 20, account="B", full=MONDAY + 27)
    far = series("followers", [500.0], MONDAY + 19, account="B", full=MONDAY + 27)
    assert pace(asked, daily, near).actual == 1500
    judged = judge(asked, daily, far)
    assert (judged.status, judged.reasons[0].code) == (Status.NO_DATA, "nothing to work out")


def test_one_account_exported_and_one_worked_back_add_up() -> None:
    asked = goal(Form.GROWTH, "followers", 3000, baseline=1500.0, baseline_day=EVE, **BOTH)
    exported = series("followers", [1000.0 + i for i in range(29)], EVE)
    flows = flat("net_followers", 1, account="B")
    assert pace(asked, exported, flows).actual == 1028 + 500 + 28
    assert pace(asked, exported, flows, by_hand("followers", {EVE: 700}, account="B")).actual == 1028 + 728


def test_a_restated_baseline_is_said_and_never_moves() -> None:
    judged = judge(
        goal(Form.GROWTH, "followers", 1100, **LEVEL), series("followers", [1003.0 + i for i in range(29)], EVE)
    )
    assert judged.baseline == 1000
    assert [(r.code, r["now"]) for r in judged.reasons[1:]] == [("baseline restated", 1003)]


# ---- ratios --------------------------------------------------------------------------------------------------------


def test_a_rate_is_of_its_window_only() -> None:
    cells = [1.0] * 28 + [4.0] * 14
    asked = goal(Form.RATE, "engagement_rate", 0.05, window=14)
    assert pace(asked, series("engagements", cells), flat("impressions", 100, 42)).actual == 0.04


def test_the_way_of_a_rate_begins_at_the_window_before_its_start() -> None:
    engaged = series("engagements", [2.0] * 28 + [3.0] * 28, MONDAY - 28)
    found = pace(goal(Form.RATE, "engagement_rate", 0.04), engaged, series("impressions", [100.0] * 56, MONDAY - 28))
    assert (found.actual, found.progress, found.days_ahead) == (0.03, pytest.approx(0.5), 7)


def test_a_rate_says_on_how_many_days_of_its_window_it_rests() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0.03)
    holes = series("impressions", [100.0] * 10 + [None] * 10 + [100.0] * 8)
    judged = judge(asked, flat("engagements", 3), holes)
    assert judged.reasons[1:] == (Reason("part of the window", (("days", 18), ("window", 28))),)
    assert judge(asked, flat("engagements", 3), flat("impressions", 100)).reasons[1:] == ()
    kept = by_hand("reach", {MONDAY + 7 * i: 500 for i in range(5)})
    assert judge(goal(Form.TYPICAL_DAY, "reach", 500), kept).reasons[1:] == ()  # it speaks for the days between


def test_of_two_accounts_the_one_with_the_fewest_days_tells_how_many_a_rate_rests_on() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0.03, **BOTH)
    stored = [
        flat(m, 3, n, account=a, first=MONDAY + 28 - n)
        for a, n in (("A", 28), ("B", 5))
        for m in ("engagements", "impressions")
    ]
    judged = judge(asked, *stored)
    assert (judged.status, judged.reasons[0]["days"]) == (Status.TOO_EARLY, 5)


def test_a_baseline_of_a_rate_says_from_how_few_days_it_is() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0, start=MONDAY + 5)
    found = read(asked, flat("engagements", 3, 5), flat("impressions", 100, 5))
    assert isinstance(found, Inputs)
    begun = begins_at(asked, METRICS["engagement_rate"], found, MONDAY + 5)
    assert begun == Begun(0.03, MONDAY + 4, (Reason("part of the window", (("days", 5), ("window", 28))),))


def test_where_one_stood_there_already_there_is_no_way_to_measure() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0.03, baseline=0.05, baseline_day=EVE)
    found = pace(asked, flat("engagements", 2), flat("impressions", 100))
    assert (found.actual, found.progress, found.expected, found.days_ahead) == (0.02, None, None, None)


def test_spend_without_a_lead_is_outside_a_band_and_a_week_without_spend_is_no_week() -> None:
    cost = series("cost", [10.0] * 7 + [0.0] * 7 + [10.0] * 7 + [0.0] * 7, unit="EUR")
    leads = series("leads", [1.0] * 7 + [0.0] * 14 + [1.0] * 7)
    found = pace(goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN), cost, leads)
    assert (found.periods_met, found.periods_gone) == (1, 2)  # 10 a lead; no spend; spend without a lead; no spend
    assert found.actual == 10


def test_a_stated_ratio_is_pooled_by_its_weight_else_only_one_day_is_read() -> None:
    asked = goal(Form.RATE, "position", 5, direction=DOWN, window=2)
    stated = series("position", [10.0, 4.0])
    assert pace(asked, stated, series("impressions", [100.0, 300.0])).actual == 5.5
    assert judge(asked, stated).reasons[0].code == "nothing to work out"
    assert pace(asked._replace(window=1), stated).actual == 4


def test_spend_here_and_leads_there_go_together() -> None:
    cost, leads = flat("cost", 10, unit="EUR", account="Ads"), flat("leads", 2, account="Site")
    assert pace(goal(Form.RATE, "cost_per_lead", 20, direction=DOWN), cost, leads).actual == 5


SUNDAYS = [MONDAY - 1 + 7 * i for i in range(6)]
CPL = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN)


def test_spend_typed_each_sunday_goes_with_the_leads_of_its_week() -> None:
    typed = by_hand("cost", dict.fromkeys(SUNDAYS, 140.0), unit="EUR")
    for form in (Form.KEEP, Form.RATE):
        found = pace(CPL._replace(form=form), typed, flat("leads", 2, 49, first=MONDAY - 14))
        assert found.actual == 10
    kept = pace(CPL, typed, flat("leads", 2, 49, first=MONDAY - 14))
    assert (kept.periods_met, kept.periods_gone) == (5, 5)


def test_for_how_long_the_first_number_kept_by_hand_stands_nobody_knows() -> None:
    once = by_hand("cost", {MONDAY + 6: 140.0}, unit="EUR")
    assert judge(CPL, once, flat("leads", 2)).reasons[0].code == "nothing to work out"
    assert pace(CPL, once, by_hand("leads", {MONDAY + 6: 14})).actual == 10  # beside another first one it does count


def test_a_week_of_spend_kept_by_hand_counts_only_where_all_its_leads_are_known() -> None:
    typed = by_hand("cost", dict.fromkeys(SUNDAYS[:3], 140.0), unit="EUR")
    leads = series("leads", [2.0] * 7 + [2.0] * 6 + [None] + [2.0] * 7)
    assert pace(CPL, typed, leads).actual == 10


def test_numbers_kept_by_hand_on_other_days_go_together_where_they_meet() -> None:
    cost = by_hand("cost", {SUNDAYS[0]: 50, SUNDAYS[2]: 280}, unit="EUR")
    leads = by_hand("leads", {SUNDAYS[0]: 1, SUNDAYS[1]: 4, SUNDAYS[2]: 10, SUNDAYS[2] + 1: 100})
    assert pace(CPL, cost, leads).actual == 20


def test_leads_without_spend_have_no_cost() -> None:
    leads = flat("leads", 1)
    assert judge(CPL, flat("cost", 0, unit="EUR"), leads).reasons[0].code == "nothing to work out"


def test_a_stated_ratio_needs_a_weight_on_half_of_its_days() -> None:
    asked = goal(Form.RATE, "position", 5, direction=DOWN, window=4)
    stated = series("position", [9.0, 9.0, 9.0, 1.0])
    few, half = series("impressions", [None, None, None, 10.0]), series("impressions", [None, None, 10.0, 10.0])
    assert judge(asked, stated, few).reasons[0].code == "nothing to work out"
    assert pace(asked, stated, half).actual == 5


def test_an_account_with_half_of_a_ratio_is_no_data() -> None:
    asked = goal(Form.RATE, "cost_per_lead", 20, direction=DOWN, **BOTH)
    stored = [flat("cost", 10, account=a, unit="EUR") for a in "AB"] + [flat("leads", 2)]
    assert judge(asked, *stored).reasons[0].code == "account without data"


# ---- each ----------------------------------------------------------------------------------------------------------


def test_only_whole_weeks_count_monday_to_sunday() -> None:
    asked = goal(Form.EACH, "posts", 7, start=MONDAY - 3, deadline=SUNDAY + 3)
    found = pace(asked, flat("posts", 1, 31, first=MONDAY - 3))
    assert (found.periods_met, found.periods_gone, found.actual) == (4, 4, 7)


@pytest.mark.parametrize("hole", [[None] * 7, [6.0] + [None] * 6, [0.0] * 6 + [None]])
def test_a_week_that_missing_days_could_still_decide_is_neither_met_nor_missed(hole: list[float | None]) -> None:
    found = pace(goal(Form.EACH, "posts", 7), series("posts", [1.0] * 7 + hole + [1.0] * 7))
    assert (found.periods_met, found.periods_gone) == (2, 2)


def test_a_week_that_is_there_already_is_met_whatever_the_missing_days_held() -> None:
    found = pace(goal(Form.EACH, "posts", 7), series("posts", [1.0] * 7 + [7.0] + [None] * 6 + [1.0] * 7))
    assert (found.periods_met, found.periods_gone) == (3, 3)


def test_a_week_over_its_limit_is_lost_whatever_the_missing_days_held() -> None:
    at_most = goal(Form.EACH, "posts", 7, direction=DOWN)
    over = pace(at_most, series("posts", [1.0] * 7 + [8.0] + [None] * 6 + [1.0] * 7))
    assert (over.periods_met, over.periods_gone) == (2, 3)
    at_it = pace(at_most, series("posts", [1.0] * 7 + [7.0] + [None] * 6 + [1.0] * 7))
    assert (at_it.periods_met, at_it.periods_gone) == (2, 2)


def test_a_week_of_a_net_change_needs_all_of_its_days() -> None:
    flow = series("net_followers", [1.0] * 7 + [9.0] + [None] * 6 + [1.0] * 7)
    found = pace(goal(Form.EACH, "net_followers", 7), flow)
    assert (found.periods_met, found.periods_gone) == (2, 2)


def test_a_week_is_known_when_every_account_states_it_or_one_is_enough() -> None:
    silent = series("posts", [1.0] * 7 + [None] * 14 + [1.0] * 7, account="B")
    enough, short = (pace(goal(Form.EACH, "posts", n, **BOTH), flat("posts", 1), silent) for n in (7, 8))
    assert (enough.periods_met, enough.periods_gone) == (4, 4)
    assert (short.periods_met, short.periods_gone) == (2, 2)


def test_a_week_kept_by_hand_needs_one_number() -> None:
    kept = by_hand("posts", {MONDAY + 6: 7, MONDAY + 13: 7, MONDAY + 27: 14})
    found = pace(goal(Form.EACH, "posts", 7), kept)
    assert (found.periods_met, found.periods_gone) == (3, 3)


# ---- which series --------------------------------------------------------------------------------------------------


def test_a_goal_says_what_it_may_read() -> None:
    assert metrics_read(METRICS["cost_per_lead"], METRICS) == {
        "cost_per_lead",
        "cost",
        "leads",
        "key_events",
        "ad_conversions",
    }
    assert metrics_read(METRICS["followers"], METRICS) == {"followers", "new_followers", "unfollows", "net_followers"}
    assert first_day_read([goal(Form.EACH), goal(Form.EACH, start=MONDAY - 10)], MONDAY) == MONDAY - 130


def test_a_stand_in_is_read_where_the_metric_itself_is_not_stated() -> None:
    assert pace(goal(), flat("key_events", 2)).actual == 56
    assert pace(goal(), flat("key_events", 2), flat("leads", 1)).actual == 28  # of one table
    assert pace(goal(**BOTH), flat("key_events", 2), flat("leads", 1, account="B")).actual == 84


def test_a_number_kept_by_hand_never_takes_the_place_of_an_export_silently() -> None:
    exported, kept = flat("key_events", 2), by_hand("leads", {MONDAY + 3: 5})
    assert read(goal(), exported, kept) == Ambiguity("report", ("by hand", "export"))
    assert pace(goal(report="export"), exported, kept).actual == 56
    assert pace(goal(report="by hand"), exported, kept).actual == 5


CTR = goal(Form.RATE, "ctr", 0.05)


def test_both_parts_of_a_ratio_come_from_one_report_and_scope_where_one_has_them() -> None:
    scoped = [flat("clicks", 3, scope="page=/blog"), flat("impressions", 100, scope="page=/blog")]
    assert pace(CTR, flat("clicks", 10), *scoped).actual == 0.03
    assert pace(CTR, flat("clicks", 10, report="ads"), *scoped).actual == 0.03
    assert pace(CTR, *scoped, flat("clicks", 10), flat("impressions", 100)).actual == 0.1  # the unfiltered pair


def test_parts_with_other_filters_are_never_divided() -> None:
    found = read(CTR, flat("clicks", 10), flat("impressions", 100, scope="page=/blog"))
    assert found == Ambiguity("report", ("export", "export [page=/blog]"))


def test_a_part_kept_by_hand_is_asked_for_beside_an_exported_pair() -> None:
    pair = flat("cost", 10, unit="EUR"), flat("leads", 1)
    assert read(CPL, *pair, by_hand("leads", {MONDAY: 5})) == Ambiguity("report", ("by hand", "export"))
    assert read(CPL, *pair, flat("leads", 9, report="crm")) != Ambiguity("report", ("crm", "export"))
    other = (
        flat("key_events", 1, report="ga"),
        flat("cost", 10, unit="EUR", report="ga"),
        flat("leads", 9, report="crm"),
    )
    assert read(CPL, *other) == Ambiguity("report", ("crm", "ga"))


def test_the_report_that_a_goal_names_decides_where_there_are_two() -> None:
    one, other = flat("leads", 1, report="one"), flat("leads", 2, report="other")
    assert isinstance(read(goal(), one, other), Ambiguity)
    assert pace(goal(report="other"), one, other).actual == 56
    assert judge(goal(report="third"), one).reasons[0].code == "nothing imported"


def test_a_report_is_named_with_its_filters_as_the_question_shows_it() -> None:
    one, other = flat("leads", 1, scope="page=/blog"), flat("leads", 2, scope="page=/shop")
    found = read(goal(), one, other)
    assert isinstance(found, Ambiguity)
    assert found.choices == ("export [page=/blog]", "export [page=/shop]")
    assert pace(goal(report=found.choices[1]), one, other).actual == 56
    assert pace(goal(), one, other, flat("leads", 3)).actual == 84  # the unfiltered one, where there is one


def test_the_report_of_one_part_does_not_hide_the_other_part() -> None:
    stored = [
        flat("cost", 10, unit="EUR", report="ads"),
        flat("leads", 1, report="one"),
        flat("leads", 2, report="other"),
    ]
    asked = goal(Form.RATE, "cost_per_lead", 20, direction=DOWN, report="other")
    assert pace(asked, *stored).actual == 5


def test_two_currencies_are_never_added() -> None:
    found = read(goal(metric="cost", **BOTH), flat("cost", 1, unit="EUR"), flat("cost", 1, unit="USD", account="B"))
    assert found == Ambiguity("currency", ("EUR", "USD"))


def test_a_number_without_a_currency_is_never_added_to_one_with() -> None:
    found = read(goal(metric="cost", **BOTH), flat("cost", 1, unit="EUR"), flat("cost", 1, account="B"))
    assert found == Ambiguity("currency", ("EUR", "no currency"))


def test_the_currency_that_a_goal_is_in_decides_where_one_account_has_two() -> None:
    stored = flat("cost", 1, unit="EUR"), flat("cost", 2)
    assert read(goal(metric="cost"), *stored) == Ambiguity("currency", ("EUR", "no currency"))
    assert pace(goal(metric="cost", unit="EUR"), *stored).actual == 28


@pytest.mark.parametrize("unit", ["USD", ""])
def test_a_target_in_another_currency_than_its_numbers_is_no_data(unit: str) -> None:
    judged = judge(CPL._replace(unit="EUR"), flat("cost", 1.16, unit=unit), flat("leads", 1))
    assert (judged.status, judged.pace) == (Status.NO_DATA, None)
    assert (judged.reasons[0].code, judged.reasons[0].text) == ("other currency", unit)


def test_revenue_and_spend_of_two_currencies_make_no_ratio() -> None:
    found = read(goal(Form.RATE, "return_on_ad_spend", 3), flat("revenue", 1, unit="USD"), flat("cost", 1, unit="EUR"))
    assert found == Ambiguity("currency", ("EUR", "USD"))


def test_totals_of_a_range_and_other_breakdowns_are_never_read() -> None:
    daily = flat("leads", 1)
    month = daily._replace(key=daily.key._replace(days=28))
    part = daily._replace(key=daily.key._replace(breakdown_kind="campaign", breakdown="Spring"))
    assert read(goal(), month, part) == Inputs()
    assert read(goal(campaign="Spring"), daily, part) == Inputs(main=(part,))


def test_the_baseline_of_a_new_goal_is_the_last_value_before_its_start() -> None:
    asked = goal(Form.GROWTH, "followers", 0, start=MONDAY + 28)
    found = read(asked, series("followers", [1000.0 + i for i in range(28)]))
    assert isinstance(found, Inputs)
    assert begins_at(asked, METRICS["followers"], found, MONDAY + 28) == Begun(1027, MONDAY + 27)
    assert begins_at(asked, METRICS["followers"], Inputs(), MONDAY + 28) is None


def test_what_is_needed_counts_what_the_missing_days_probably_brought() -> None:
    days = [2.0] * 14 + [None] * 7 + [2.0] * 14
    budget, sum_ = (goal(target=200, direction=way) for way in (DOWN, Direction.UP))
    for asked in (budget, sum_):
        judged = judge(asked, series("leads", days))
        assert judged.pace is not None
        assert judged.pace.actual == 56
        assert judged.pace.required_rate == pytest.approx((200 - 56 - 14) / 35 * 7)


def test_weeks_that_miss_days_are_not_those_that_are_left() -> None:
    weeks = [1.0] * 7 + [0.0, None] + [0.0] * 5 + [0.0, None] + [0.0] * 5 + [1.0] * 14
    judged = judge(goal(Form.EACH, "posts", 7), series("posts", weeks))
    assert dict(judged.reasons[0].numbers) == {"met": 3, "gone": 3, "needed": 8, "ahead": 5, "periods": 10}
    judged = judge(goal(Form.EACH, "posts", 7, share=1.0), series("posts", weeks))
    assert "meet it in all 5 weeks left, and in 2 of those with missing days" in why(judged).text
