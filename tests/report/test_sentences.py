"""The exact words: what each form of goal is called, how it stands, and what somebody should do about it."""
# ruff: noqa: E501

from math import ceil, floor

import pytest
from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, by_hand, goal, judge, series

from smartkpi.model.assessment import Assessment, Begun, Reason, Status
from smartkpi.model.closely import Closely
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.series import Series
from smartkpi.report import advice, behind, data, echo, plain, remarks, sentences
from smartkpi.report.document import Heading, Table
from smartkpi.report.views import goals as views

LEVEL = {"baseline": 1000.0, "baseline_day": MONDAY - 1}
LEADS = goal(slug="leads-linkedin")
COST = {"direction": DOWN, "unit": "EUR"}


def flat(metric: str, value: float, days: int = 28, **fields: object) -> Series:
    return series(metric, [value] * days, **fields)  # type: ignore[arg-type]


def weeks(*totals: float) -> Series:
    return series("posts", [cell for total in totals for cell in (total, *[0.0] * 6)])


@pytest.mark.parametrize(
    ("asked", "title", "sentence"),
    [
        (goal(), "100 LinkedIn leads", "100 leads in all by Sun 10 Jan 2027 (69 days), about 10 a week"),
        (goal(target=1, deadline=MONDAY), "1 LinkedIn lead", "1 lead in all by Mon 2 Nov 2026 (today)"),
        (goal(start=MONDAY + 1), "100 LinkedIn leads", "100 leads in all from Tue 3 Nov 2026 to Sun 10 Jan 2027 (69 days), about 11 a week"),
        (goal(direction=DOWN), "at most 100 LinkedIn leads", "at most 100 leads in all by Sun 10 Jan 2027 (69 days), about 10 a week"),
        (goal(metric="cost", target=500, **COST), "LinkedIn ad spend of at most € 500", "at most € 500 in all by Sun 10 Jan 2027 (69 days), about € 50 a week"),
        (goal(metric="revenue", target=5000, unit="EUR"), "LinkedIn revenue of at least € 5,000", "at least € 5,000 in all by Sun 10 Jan 2027 (69 days), about € 500 a week"),
        (goal(Form.GROWTH, "followers", 1226, baseline=1206.0, deadline=MONDAY + 160), "Gain 20 LinkedIn followers", "from 1,206 to 1,226 by Sun 11 Apr 2027 (160 days), about 0.87 a week"),
        (goal(Form.GROWTH, "followers", 20), "Gain 20 LinkedIn followers", "20 more followers by Sun 10 Jan 2027 (69 days), about 2 a week"),
        (goal(Form.GROWTH, "followers", 1, deadline=MONDAY + 1), "Gain 1 LinkedIn follower", "1 more follower by Tue 3 Nov 2026 (1 day)"),
        (goal(Form.GROWTH, "followers", -20, direction=DOWN), "Lose 20 LinkedIn followers", "20 fewer followers by Sun 10 Jan 2027 (69 days), about 2 a week"),
        (goal(Form.RATE, "engagement_rate", 0.03, baseline=0.021), "LinkedIn engagement rate of 3 %", "from 2.1 % to 3 % by Sun 10 Jan 2027 (69 days)"),
        (goal(Form.RATE, "position", 5, direction=DOWN), "LinkedIn search position of at most 5", "at most 5 by Sun 10 Jan 2027 (69 days)"),
        (goal(Form.KEEP, "cost_per_lead", 20, **COST), "LinkedIn cost per lead under € 20", "at most € 20 all the time until Sun 10 Jan 2027 (69 days)"),
        (goal(Form.KEEP, "followers", 1000), "LinkedIn followers over 1,000", "at least 1,000 all the time until Sun 10 Jan 2027 (69 days)"),
        (goal(Form.EACH, "posts", 3), "3 LinkedIn posts a week", "at least 3 posts a week, in at least 4 weeks in 5, until Sun 10 Jan 2027 (69 days)"),
        (goal(Form.TYPICAL_DAY, "reach", 500, baseline=320.0), "500 people reached on LinkedIn on a typical day", "from 320 to 500 on a typical day by Sun 10 Jan 2027 (69 days)"),
    ],
)  # fmt: skip
def test_a_goal_is_one_sentence_that_says_how_much_by_when(asked: Goal, title: str, sentence: str) -> None:
    metric = METRICS[asked.metric]
    assert echo.title(asked, metric, "LinkedIn") == title
    assert echo.the_goal(asked._replace(title="Ours"), metric, MONDAY) == f"Ours: {sentence}"


CASES = [
    (
        LEADS, [flat("leads", 1)], "28 → 100", "28 %",
        "you need 12 a week; lately it was 7. At this pace it ends at about 70 (likely 60 to 82), not 100: less than 1 chance in 20. "
        "More time would do it too: at this pace 100 comes about 9 Feb 2027.",
        "smartkpi whatif leads-linkedin --deadline 2027-02-09",
    ),
    (
        goal(target=80), [flat("leads", 1)], "28 → 80", "35 %",
        "you need 8.7 a week; lately it was 7. At this pace it ends at about 70 (likely 60 to 82), not 80: about 1 chance in 10. "
        "More time would do it too: at this pace 80 comes about 20 Jan 2027.",
        "smartkpi whatif g --deadline 2027-01-20",
    ),
    (
        goal(), [flat("leads", 0)], "0 → 100", "0 %",
        "you need 17 a week; lately it was 0. At this pace it ends at about 0 (likely 0 to 3), not 100: less than 1 chance in 20.", "",
    ),
    (
        goal(target=60, direction=DOWN), [flat("leads", 1)], "28 ≤ 60", "47 %",
        "at this pace it ends at about 70 (likely 60 to 82), over the limit of 60: about 1 chance in 10 to stay inside. 5.3 a week would stay inside.", "",
    ),
    (
        goal(target=28, direction=DOWN), [flat("leads", 1)], "28 ≤ 28", "100 %",
        "at this pace it ends at about 70 (likely 60 to 82), over the limit of 28: less than 1 chance in 20 to stay inside. Nothing more may come.", "",
    ),
    (
        goal(target=27, direction=DOWN), [flat("leads", 1)], "28 > 27", "104 %",
        "28 is over the limit of 27: no later day can mend that.", "smartkpi close g",
    ),
    (
        goal(target=71), [flat("leads", 1, 70)], "70 → 71", "99 %",
        "it ended at 70 on Sun 10 Jan 2027, short of 71.", "smartkpi close g",
    ),
    (
        goal(Form.GROWTH, "followers", 900, direction=DOWN, **LEVEL), [series("followers", [1000.0 - i for i in range(29)], MONDAY - 1)],
        "972 → 900", "28 %",
        "you need 12 a week; lately it was 7. At this pace it ends at about 930 (likely 913 to 942), not 900: less than 1 chance in 20. "
        "More time would do it too: at this pace 900 comes about 9 Feb 2027.",
        "smartkpi whatif g --deadline 2027-02-09",
    ),
    (
        goal(Form.GROWTH, "followers", 1020, **LEVEL), [series("followers", [1100.0 - i for i in range(29)], MONDAY - 1)],
        "1,072 → 1,020", "100 %",
        "there since 2 Nov 2026: hold it until Sun 10 Jan 2027", "",
    ),
    (
        goal(Form.GROWTH, "followers", 1060, **LEVEL), [series("followers", [1100.0 - i for i in range(29)], MONDAY - 1)],
        "1,072 → 1,060", "100 %",
        "1,072 is there now, but going the wrong way: it ends at about 1,030 (likely 1,013 to 1,042), not 1,060: less than 1 chance in 20.", "",
    ),
    (
        goal(Form.GROWTH, "followers", 90), [series("followers", [1000.0 + i for i in range(29)], MONDAY - 1)],
        "+28 → +90", "31 %",
        "you need 11 a week; lately it was 7. At this pace it ends at about +70 (likely +58 to +87), not +90: less than 1 chance in 10. "
        "More time would do it too: at this pace +90 comes about 30 Jan 2027.",
        "smartkpi whatif g --deadline 2027-01-30",
    ),
    (
        goal(Form.RATE, "engagement_rate", 0.04, baseline=0.02), [flat("engagements", 3), flat("impressions", 100)],
        "3 % → 4 %", "50 %",
        "3 % over the last 28 days is below the target of 4 %. "
        "It probably ends at about 3 % (likely 2.5 % to 3.6 %) on Sun 10 Jan 2027: less than 1 chance in 20.",
        "",
    ),
    (
        goal(Form.RATE, "cost_per_lead", 18, **COST), [flat("cost", 20, unit="EUR"), flat("leads", 1)],
        "€ 20 → € 18", "",
        "€ 20 over the last 28 days is above the target of € 18. "
        "It probably ends at about € 20 (likely € 16.80 to € 23.80) on Sun 10 Jan 2027: about 2 chances in 10.",
        "",
    ),
    (
        goal(Form.TYPICAL_DAY, "reach", 500), [flat("reach", 450)], "450 → 500", "",
        "450 on a typical day of the last 28 days is below the target of 500. "
        "It probably ends at about 450 (likely 380 to 540) on Sun 10 Jan 2027: about 2 chances in 10.",
        "",
    ),
    (
        goal(Form.KEEP, "cost_per_lead", 20, **COST), [flat("cost", 22.5, unit="EUR"), flat("leads", 1)],
        "€ 22.50 > € 20", "0 of 4 weeks",
        "€ 22.50 so far is over the limit of € 20, and was inside in 0 of 4 weeks. "
        "It probably ends at about € 22.50 (likely € 20.30 to € 25.10): less than 1 chance in 10.",
        "",
    ),
    (
        goal(Form.KEEP, "cost_per_lead", 20, **COST), [flat("cost", 5, unit="EUR"), flat("leads", 0)],
        "no result → € 20", "0 of 4 weeks", "there was spend, and no result yet; the limit is € 20.", "",
    ),
    (
        goal(Form.KEEP, "cost_per_lead", 20, **COST), [flat("cost", 0, unit="EUR"), flat("leads", 0)],
        "– → € 20", "", "the cost per lead cannot be worked out yet: one of its two numbers is 0, or no export states it.", "",
    ),
    (
        goal(Form.EACH, "posts", 3), [weeks(3, 3, 3, 3, 3, 3, 0, 0)], "0 of 3 in week 52", "6 of 8 weeks",
        "3 posts a week: met in 6 of 8 weeks so far; needed: 8 of 10 weeks. To get there, meet it in both weeks left.", "",
    ),
    (
        goal(Form.EACH, "posts", 3, share=1.0), [series("posts", [1.0] * 16)], "2 of 3 this week", "2 of 2 weeks",
        "3 posts a week: met in 2 of 2 weeks so far; needed: 10 of 10 weeks. To get there, meet it in all 8 weeks left. "
        "So far this week: 2.",
        "",
    ),
    (
        goal(Form.EACH, "posts", 3), [weeks(0, 0, 0)], "0 of 3 in week 47", "0 of 3 weeks",
        "3 posts a week: met in 0 of 3 weeks so far; needed: 8 of 10 weeks. That cannot be reached any more.",
        "smartkpi close g",
    ),
    (goal(Form.EACH, "posts", 3), [weeks(3, 4)], "4 of 3 in week 46", "2 of 2 weeks", "met in 2 of 2 weeks; needed: 8 of 10 weeks", ""),
    (
        goal(target=70), [flat("leads", 1)], "28 → 70", "40 %",
        "you need 7 a week, which is what it was lately, but that may not last: it probably ends at about 70 (likely 60 to 82): "
        "about 5 chances in 10, as likely missed as met. 8 a week would make it likely.",
        "",
    ),
    (
        goal(target=72), [flat("leads", 1)], "28 → 72", "39 %",
        "you need 7.4 a week; lately it was 7. At this pace it ends at about 70 (likely 60 to 82), not 72: "
        "about 4 chances in 10. 8 a week would make it likely. "
        "More time would do it too: at this pace 72 comes about 12 Jan 2027.",
        "smartkpi whatif g --deadline 2027-01-12",
    ),
    (
        goal(target=60), [flat("leads", 1)], "28 → 60", "47 %",
        "it ends at about 70 (likely 60 to 82): more than 9 chances in 10", "",
    ),
    (
        goal(target=72, direction=DOWN), [flat("leads", 1)], "28 ≤ 72", "39 %",
        "at this pace it ends at about 70 (likely 60 to 82); the limit is 72: about 6 chances in 10 to stay inside. "
        "7.3 a week would stay inside.",
        "",
    ),
    (
        goal(Form.RATE, "engagement_rate", 0.029, baseline=0.02), [flat("engagements", 3), flat("impressions", 100)],
        "3 % → 2.9 %", "100 %",
        "3 % over the last 28 days reaches the target of 2.9 %, but may not last: "
        "it ends at about 3 % (likely 2.5 % to 3.6 %) on Sun 10 Jan 2027: about 6 chances in 10.",
        "",
    ),
    (
        goal(Form.KEEP, "cost_per_lead", 20, **COST), [flat("cost", 19.5, unit="EUR"), flat("leads", 1)],
        "€ 19.50 ≤ € 20", "4 of 4 weeks",
        "€ 19.50 so far is inside € 20, but may not stay there: "
        "it ends at about € 19.50 (likely € 17.60 to € 21.80): about 6 chances in 10.",
        "",
    ),
    (goal(target=20), [flat("leads", 1)], "28 → 20", "140 %", "reached: 28", ""),
    (goal(), [flat("leads", 1, 3)], "3 → 100", "3 %", "3 days of data so far; 7 are needed", ""),
    (
        goal(platform="instagram"), [], "– → 100", "",
        "no leads yet: the export is still to be imported. How to download it:", "smartkpi platforms instagram",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "stored", "now", "progress", "why", "command"), CASES)
def test_a_judged_goal_says_where_it_stands_why_and_what_to_do(
    asked: Goal, stored: list[Series], now: str, progress: str, why: str, command: str
) -> None:
    judged = judge(asked, *stored)
    todo = advice.needs(judged)
    assert (sentences.now_and_target(judged), sentences.progress(judged)) == (now, progress)
    assert (advice.why(judged).text, todo.command if todo else "") == (why, command)
    asks = (Status.OFF_TRACK, Status.AT_RISK, Status.STALE, Status.NO_DATA, Status.MISSED)
    assert (judged.status in asks) is (todo is not None)


def test_after_the_deadline_the_advice_is_to_import_not_to_hurry() -> None:
    judged = judge(goal(), flat("leads", 1, 68), as_of=SUNDAY + 3)
    assert advice.why(judged).text == (
        "the deadline was Sun 10 Jan 2027, and the numbers end on 8 Jan: import the newest export. How to download it:"
    )


def test_old_numbers_say_how_old_they_are() -> None:
    judged = judge(goal(), flat("leads", 2), as_of=MONDAY + 60)
    assert judged.status is Status.STALE
    assert advice.why(judged).text == (
        "the numbers end on 29 Nov, 33 days ago: import the newest export. How to download it:"
    )


def upper(**given: object) -> Assessment:
    asked = goal(Form.GROWTH, "followers", 1070, **(LEVEL | given))
    return judge(asked, flat("new_followers", 1))


def test_a_level_without_those_who_left_is_at_most_and_asks_for_a_total_every_four_weeks() -> None:
    said = remarks.Advice(
        '"at most" 1,028: the export does not say who left. A look at the profile settles it:',
        "smartkpi record followers NUMBER --account A --platform instagram",
    )
    assert remarks.asks(upper()) == remarks.remarks(upper()) == [said]
    fresh = judge(
        goal(Form.GROWTH, "followers", 1070, **LEVEL),
        flat("new_followers", 1),
        by_hand("followers", {MONDAY + 20: 1019}),
    )
    left = "the total of 22 Nov 2026 is 2 fewer than the new followers add up to: people who left are not exported."
    assert remarks.asks(fresh) == [remarks.Advice(left)]
    assert [a.text[:9] for a in remarks.remarks(fresh)] == ['"at most"', "the total"]


def test_a_gain_that_is_at_most_asks_where_it_began() -> None:
    judged = judge(goal(Form.GROWTH, "followers", 70), flat("new_followers", 1))
    assert remarks.asks(judged) == [
        remarks.Advice(
            '"at most" +28: the export does not say who left. How many followers were there at the start? '
            "Then a total can settle it:",
            "smartkpi edit g --baseline NUMBER",
        )
    ]


def test_people_who_left_are_said_for_four_weeks_a_real_contradiction_always() -> None:
    asked = goal(Form.GROWTH, "followers", 1070, **LEVEL)
    for total, later in (
        (1019, []),
        (
            1050,
            ["the total of 22 Nov 2026 is 29 more than the exports add up to. The total counts; was it typed right?"],
        ),
    ):
        stored = flat("new_followers", 1, 60), by_hand("followers", {MONDAY + 20: total})
        soon, late = judge(asked, *stored, as_of=MONDAY + 47), judge(asked, *stored, as_of=MONDAY + 48)
        assert sum(a.text.startswith("the total") for a in remarks.asks(soon)) == 1
        assert [a.text for a in remarks.asks(late) if a.text.startswith("the total")] == later
        assert any(a.text.startswith("the total") for a in remarks.remarks(late))


def test_days_missing_explain_a_total_that_is_another_one() -> None:
    flow = series("net_followers", [1.0] * 9 + [None] * 5 + [1.0] * 14)
    judged = judge(goal(Form.GROWTH, "followers", 1070, **LEVEL), flow, by_hand("followers", {MONDAY + 20: 1019}))
    assert [a.text for a in remarks.asks(judged)] == [
        "the total of 22 Nov 2026 is 3 more than the exports add up to: 5 days before it are in none."
    ]


def test_a_level_across_missing_days_is_about_and_asks_for_an_export_or_a_look() -> None:
    asked, flow = (
        goal(Form.GROWTH, "followers", 1070, **LEVEL),
        series("new_followers", [1.0] * 9 + [None] * 5 + [1.0] * 14),
    )
    judged = judge(asked, flow)
    assert sentences.now_and_target(judged) == "about 1,023 → 1,070"
    assert (
        remarks.asks(judged)
        == remarks.remarks(judged)
        == [
            remarks.Advice(
                "about 1,023: no export states 11 Nov – 15 Nov 2026, and nobody knows who came or left on those days. "
                "Import one that does, or look at the profile:",
                "smartkpi record followers NUMBER --account A --platform instagram",
            )
        ]
    )
    one = judge(asked, series("new_followers", [1.0] * 9 + [None] + [1.0] * 18))
    assert "no export states 11 Nov 2026, and nobody knows who came or left on that day." in remarks.asks(one)[0].text


def test_after_the_deadline_a_look_at_the_profile_is_too_late() -> None:
    flow = series("new_followers", [1.0] * 9 + [None] * 5 + [1.0] * 56)
    judged = judge(goal(Form.GROWTH, "followers", 1070, **LEVEL), flow)
    assert judged.status is Status.NO_DATA
    assert advice.why(judged).text == (
        "its time is over, and no export states 5 days that it rests on: what is missing decides."
    )
    assert [(a.text, a.command) for a in remarks.asks(judged)] == [
        (
            "about 1,065: no export states 11 Nov – 15 Nov 2026, and nobody knows who came or left on those days. "
            "Import one that does. How to download it:",
            "smartkpi platforms instagram",
        )
    ]


def test_an_end_between_two_totals_asks_for_the_total_of_that_very_day() -> None:
    totals = by_hand("followers", {MONDAY - 1: 1000, SUNDAY + 4: 1068})
    judged = judge(goal(Form.GROWTH, "followers", 1065, **LEVEL), flat("new_followers", 1, 74), totals)
    assert advice.why(judged).text == "about 1,064 on Sun 10 Jan 2027: only the total can tell"
    assert remarks.asks(judged)[0] == remarks.Advice(
        "about 1,064: it lies between two totals, and who left between them is shared out evenly over the days. "
        "The total of that very day settles it:",
        "smartkpi record followers NUMBER --account A --platform instagram --on 2027-01-10",
    )


def test_a_rate_says_how_many_days_of_its_window_are_known() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0.04, baseline=0.02)
    judged = judge(asked, flat("engagements", 3), series("impressions", [100.0] * 10 + [None] * 10 + [100.0] * 8))
    assert advice.why(judged).text.startswith("3 % over 18 of the last 28 days is below the target of 4 %.")
    assert [a.text for a in remarks.asks(judged)] == [
        "only 18 of the last 28 days are in the exports, so its number rests on these: import one that states the rest. "
        "How to download it:"
    ]
    young = judge(goal(Form.TYPICAL_DAY, "reach", 500), flat("reach", 450, 3))
    assert advice.why(young).text == "3 of the last 28 days known so far; 7 are needed"
    over = judge(goal(Form.TYPICAL_DAY, "reach", 500), series("reach", [None] * 67 + [500.0] * 3))
    assert advice.why(over).text == (
        "its time is over, and only 3 of the last 28 days are in the exports: import one that states the rest. "
        "How to download it:"
    )
    assert remarks.asks(over) == []


@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        (Reason("at most"), "where it begins is “at most”, calculated from a recorded total: the export does not say who left"),
        (Reason("at least"), "where it begins is “at least”, calculated from a later total: the export does not say who left"),
        (Reason("between totals"), "where it begins is “about”: between two recorded totals, who left is shared out evenly over the days"),
        (Reason("days missing", (("days", 3), ("first", MONDAY), ("last", MONDAY + 3))), "where it begins is only “about”: no export states 3 days of 2 Nov – 5 Nov 2026. If you know it, say it: --baseline NUMBER"),
        (Reason("part of the window", (("days", 5), ("window", 28))), "where it begins is from 5 days of data only, not 28"),
        (Reason("part of the window", (("days", 1), ("window", 28))), "where it begins is from 1 day of data only, not 28"),
    ],
)  # fmt: skip
def test_a_new_goal_says_what_makes_its_beginning_uncertain(doubt: Reason, said: str) -> None:
    assert echo.doubts(Begun(1000, MONDAY, (doubt,))) == [said]


def test_a_total_that_contradicts_the_flows_is_said_on_every_screen() -> None:
    totals = by_hand("followers", {MONDAY: 1001, MONDAY + 27: 1050})
    judged = judge(goal(Form.GROWTH, "followers", 1070, **LEVEL), flat("net_followers", 1), totals)
    assert judged.pace is not None
    assert judged.pace.actual == 1050
    assert (
        remarks.asks(judged)
        == remarks.remarks(judged)
        == [
            remarks.Advice(
                "the total of 29 Nov 2026 is 22 more than the exports add up to. The total counts; was it typed right?"
            )
        ]
    )


def test_every_day_that_no_export_states_is_said() -> None:
    judged = judge(goal(), series("leads", [1.0] * 7 + [None] * 9 + [1.0] * 12))
    assert [a.text for a in remarks.asks(judged)] == [
        "no export states 9 Nov – 17 Nov 2026: the likely end and the pace that is needed count about 9 for them, by the days "
        "around them; what it is now and the plan do not. Import one that does. How to download it:"
    ]
    few = judge(goal(), series("leads", [1.0] * 7 + [None, 1.0, None, None] + [1.0] * 17))
    assert remarks.asks(few)[0].text.startswith(
        "no export states 3 days of 9 Nov – 12 Nov 2026: the likely end and the pace that is needed "
        "count about 3 for them"
    )
    one = judge(goal(), series("leads", [1.0] * 7 + [None] + [1.0] * 20))
    assert remarks.asks(one)[0].text.startswith(
        "no export states 9 Nov 2026: the likely end and the pace that is needed count about 1"
    )
    assert remarks.asks(judge(goal(), flat("leads", 1))) == []


def test_days_that_are_missing_are_said_of_what_is_achieved_too() -> None:
    judged = judge(goal(target=20), series("leads", [1.0] * 7 + [None] + [1.0] * 20))
    assert judged.status is Status.ACHIEVED
    assert remarks.asks(judged)[0].text.startswith("no export states 9 Nov 2026")


def test_what_missing_days_leave_open_is_not_decided() -> None:
    judged = judge(goal(direction=DOWN), series("leads", [1.0] * 7 + [None] * 3 + [1.0] * 60))
    assert advice.why(judged).text == "its time is over, and no export states 3 days of it: what is missing decides."


@pytest.mark.parametrize(
    ("stored", "why", "command"),
    [
        (flat("cost", 1, unit="USD"), "the goal is in EUR, its numbers are in USD: give the goal a number in USD.", 'smartkpi edit g --target "USD NUMBER"'),
        (flat("cost", 1), "the goal is in EUR, its numbers state no currency. If they are in EUR, say so:", "smartkpi import FILE --currency EUR"),
        (by_hand("cost", {MONDAY: 1}), "the goal is in EUR, its numbers state no currency. If they are in EUR, say so:", 'smartkpi record cost "EUR NUMBER" --on DAY'),
    ],
)  # fmt: skip
def test_a_goal_in_another_currency_than_its_numbers_says_what_to_do(stored: Series, why: str, command: str) -> None:
    assert advice.needs(judge(goal(metric="cost", **COST), stored)) == remarks.Advice(why, command)


def test_a_recorded_total_that_contradicts_an_exported_level_is_said() -> None:
    exported = series("followers", [1000.0] * 28)
    judged = judge(goal(Form.GROWTH, "followers", 1070, **LEVEL), exported, by_hand("followers", {MONDAY + 27: 1500}))
    assert remarks.remarks(judged) == [
        remarks.Advice("recorded for 29 Nov 2026: 1,500; the export says 1,000. The export counts.")
    ]
    alike = judge(goal(Form.GROWTH, "followers", 1070, **LEVEL), exported, by_hand("followers", {MONDAY + 27: 1000}))
    assert remarks.remarks(alike) == []


def test_one_number_kept_by_hand_says_that_it_needs_one_before_it() -> None:
    typed = by_hand("cost", {MONDAY + 6: 140.0}, unit="EUR")
    judged = judge(goal(Form.KEEP, "cost_per_lead", 20, **COST), typed, flat("leads", 2))
    assert "needs one before it" in advice.why(judged).text


def test_a_goal_older_than_its_data_says_which_days_are_not_there() -> None:
    judged = judge(goal(start=MONDAY - 30), flat("leads", 1))
    assert remarks.asks(judged)[0].text.startswith(
        "no export states 3 Oct – 1 Nov 2026: these days, before the first number, count for nothing, in the likely end too."
    )


def test_what_is_short_of_the_target_never_looks_like_it() -> None:
    judged = judge(goal(metric="watch_time"), series("watch_time", [99.6] + [0.0] * 69))
    assert sentences.now_and_target(judged) == "99.6 h → 100 h"
    assert sentences.progress(judged) == "99 %"
    near = judge(goal(target=4500), flat("leads", 64.26))
    assert (
        "At this pace it ends at just short of 4,500 (likely 3,900 to 5,300): about 5 chances in 10, as likely missed as met."
        in advice.why(near).text
    )
    spent = judge(goal(metric="cost", target=4500, **COST), flat("cost", 64.3, unit="EUR"))
    assert advice.why(spent).text.startswith(
        "at this pace it ends just over the limit of € 4,500 (likely € 3,900 to € 5,300): "
    )


def test_two_paces_that_round_alike_are_not_said_alike() -> None:
    judged = judge(goal(target=108), flat("leads", 1.535))
    assert advice.why(judged).text.startswith("you need 11 a week; lately it was just short of that. ")


def test_what_moved_within_a_week_is_said_and_what_did_not_is_not() -> None:
    slowed = judge(goal(target=80), series("leads", [2.0] * 14 + [0.0] * 10))
    assert ": about 4 chances in 10, down from about 8 in 10 a week before." in advice.why(slowed).text
    assert "a week before" not in advice.why(judge(goal(target=72), flat("leads", 1))).text


def test_more_time_is_no_advice_where_the_pace_is_enough() -> None:
    judged = judge(goal(target=69), flat("leads", 1))
    assert judged.status is Status.AT_RISK
    assert behind.deadline_at_this_pace(judged) == SUNDAY - 1
    assert "More time" not in advice.why(judged).text


def test_a_foreseen_sum_is_never_less_than_what_is_there() -> None:
    judged = judge(goal(target=4500), series("leads", [200.0] * 14 + [0.0] * 50))
    assert judged.forecast is not None
    known = [float(text.replace(",", "")) for text in sentences.likely(judged, judged.forecast).split(" to ")]
    assert min(known or [2800]) >= 2800


def test_too_early_says_no_chance() -> None:
    young = judge(goal(), flat("leads", 1, 3))
    assert (sentences.odds(young), sentences.forecast(young), sentences.before(young)) == ("", None, None)
    known = data.assessment(young)
    assert [known[name] for name in ("chance", "low", "mid", "high", "before")] == [None] * 5


def test_machines_get_the_chance_the_range_and_the_week_before() -> None:
    judged = judge(LEADS, flat("leads", 1))
    known = data.assessment(judged)
    assert judged.forecast is not None
    assert judged.before is not None
    assert tuple(known[name] for name in ("chance", "low", "mid", "high")) == judged.forecast[:4]
    assert known["before"] == {"day": "2026-11-22", "actual": 21.0, "chance": judged.before.chance}
    assert "projected" not in known


def test_the_reason_on_the_screen_of_one_goal_comes_with_the_command_that_it_asks_for() -> None:
    judged = judge(goal(metric="posts", platform="instagram"))
    assert advice.why(judged).command.startswith("smartkpi platforms instagram")


def test_a_pace_that_would_do_is_not_asked_for_again() -> None:
    sped_up = judge(goal(target=118), series("leads", [0.5] * 84 + [2.0] * 28, MONDAY - 84))
    assert sped_up.status is Status.AT_RISK
    assert advice.why(sped_up).text.endswith(" If it stays at 12 a week or more, it is likely.")


def test_a_limit_has_days_to_spare_or_is_too_fast() -> None:
    saved = judge(goal(target=60, direction=DOWN), flat("leads", 0.5))
    spent = judge(goal(target=60, direction=DOWN), flat("leads", 1))
    assert (sentences.days_ahead(saved), sentences.days_ahead(spent)) == ("12 days to spare", "5 days too fast")


def test_a_chance_of_what_is_only_at_most_is_at_best() -> None:
    judged = judge(goal(Form.GROWTH, "followers", 1060, **LEVEL), flat("new_followers", 1))
    assert sentences.odds(judged).startswith("at best ")
    assert sentences.odds(judge(goal(target=60), flat("leads", 1))) == "more than 9 in 10"


def test_what_changed_within_a_week_is_one_sentence() -> None:
    slowed = judge(goal(target=80), series("leads", [2.0] * 14 + [0.0] * 10))
    assert sentences.since(slowed) == (
        "since 18 Nov: still 28, and the chance fell from about 8 in 10 to about 4 in 10"
    )
    assert sentences.since(judge(LEADS, flat("leads", 1))) == (
        "since 22 Nov: from 21 to 28, and the chance is much the same"
    )
    assert sentences.since(judge(goal(), flat("leads", 1, 3))) == ""


@pytest.mark.parametrize(
    ("daily", "left"), [(10.0, "it goes on with € 220 left of its limit"), (20.0, "it is € 60 over its limit")]
)
def test_a_paused_limit_says_what_is_left_of_it_or_by_how_much_it_is_passed(daily: float, left: str) -> None:
    paused = goal(metric="cost", target=500, pauses=(Pause(MONDAY + 28, MONDAY + 40),), **COST)
    judged = judge(paused, flat("cost", daily, unit="EUR"))
    assert judged.status is Status.PAUSED
    assert advice.paused(judged) == f"paused until Sat 12 Dec 2026. The plan rests; {left}"


def test_paused_days_are_no_days_of_the_pace_that_a_goal_asks_for() -> None:
    paused = goal(pauses=(Pause(MONDAY, MONDAY + 34),))
    assert echo.the_goal(paused, METRICS["leads"], MONDAY).endswith("(69 days), about 20 a week")


# --- one pace, one number, everywhere


@pytest.mark.parametrize(
    ("value", "shown", "enough", "inside"),
    [
        (0.324, "0.32", "0.33", "0.32"), (1.25, "1.3", "1.3", "1.2"), (1.2, "1.2", "1.2", "1.2"),
        (2.625, "2.6", "2.7", "2.6"), (44.5, "45", "45", "44"), (9.96, "10", "10", "9.9"),
        (4763.5, "4,764", "4,764", "4,763"), (0.0, "0", "0", "0"),
    ],
)  # fmt: skip
def test_a_weekly_amount_has_two_digits_and_what_is_needed_is_enough(
    value: float, shown: str, enough: str, inside: str
) -> None:
    leads = METRICS["leads"]
    said = [sentences.rate(value, leads, "", to) for to in (sentences.nearest, ceil, floor)]
    assert said == [shown, enough, inside]


def test_at_this_pace_is_the_pace_of_late_and_what_is_foreseen_otherwise_says_so() -> None:
    slowed = judge(goal(target=160), series("leads", [2.0] * 84 + [1.0] * 28, MONDAY - 84))
    assert slowed.pace is not None
    assert sentences.lately(slowed) == 7
    told = advice.why(slowed).text
    assert "lately it was 7. At this pace it ends at about 70; with all its weeks weighed, probably at about 76" in told
    assert "More time would do it too: even at this pace 160 comes about 10 Apr 2027." in told


def test_a_goal_on_track_says_what_it_rests_on_where_lately_was_too_little() -> None:
    slowed = judge(goal(target=72), series("leads", [2.0] * 84 + [1.0] * 28, MONDAY - 84))
    assert slowed.status is Status.ON_TRACK
    told = advice.why(slowed).text
    assert told.startswith("7.4 a week are needed, and lately it was 7; with all its weeks weighed, it ends at about 7")
    assert told in plain.render(views.status([slowed], SUNDAY))
    assert behind.is_slow(judge(goal(target=60), flat("leads", 1))) is False


def test_a_status_that_holds_says_until_when() -> None:
    risen = judge(goal(target=73), series("leads", [1.0] * 21 + [1.5] * 7))
    assert risen.status is Status.AT_RISK
    assert risen.forecast is not None
    assert risen.forecast.chance >= 0.7
    told = advice.why(risen).text
    assert "(still at risk, for a week before it was about" in told
    assert "on track above a chance of 75 %, or when this lasts a week)" in told


def test_a_sum_that_lacks_days_is_at_least_and_what_rests_on_it_at_most() -> None:
    judged = judge(goal(), series("leads", [1.0] * 7 + [None] * 9 + [1.0] * 12))
    assert sentences.now_and_target(judged) == "at least 19 → 100"
    assert sentences.needed_said(judged) == "about 12"
    assert sentences.days_ahead(judged) == "at most 15 days behind"
    spent = judge(goal(direction=DOWN), series("leads", [1.0] * 7 + [None] * 9 + [1.0] * 12))
    assert (sentences.now_and_target(spent), sentences.days_ahead(spent)) == (
        "at least 19 ≤ 100",
        "at most 15 days to spare",
    )


def test_what_is_beyond_its_target_is_there_already() -> None:
    judged = judge(
        goal(Form.RATE, "engagement_rate", 0.025, baseline=0.02), flat("engagements", 3), flat("impressions", 100)
    )
    assert (sentences.progress(judged), sentences.days_ahead(judged)) == ("100 %", "there already")


def test_what_is_there_already_needs_nothing_more() -> None:
    reached = judge(
        goal(Form.GROWTH, "followers", 1020, **LEVEL), series("followers", [1000.0 + i for i in range(29)], MONDAY - 1)
    )
    assert sentences.needed_said(reached) == ""
    assert sentences.needed(judge(goal(target=20), flat("leads", 1))) is None
    assert sentences.needed_said(judge(goal(target=28, direction=DOWN), flat("leads", 1))) == "0"


def test_a_week_that_is_met_already_is_not_asked_for_again() -> None:
    judged = judge(goal(Form.EACH, "posts", 3, share=1.0), series("posts", [1.0] * 14 + [4.0]))
    assert advice.why(judged).text.endswith(
        " This week it is met already, with 4. To get there, meet it in all 7 weeks left too."
    )


def test_what_came_once_is_no_pace_of_a_weekly_goal_either() -> None:
    spiked = series("leads", [6.0] * 60 + [1000.0] + [6.0] * 9, MONDAY - 42)
    weekly, total = (judge(asked, spiked) for asked in (goal(Form.EACH, "leads", 40), goal(target=5000)))
    assert sentences.lately(weekly) == sentences.lately(total) == pytest.approx(42)


def test_a_week_is_what_it_takes_from_now_on() -> None:
    asked = goal(start=MONDAY - 30)
    assert echo.the_goal(asked, METRICS["leads"], MONDAY, 9.3).endswith("(69 days), about 9.3 a week")
    assert echo.the_goal(asked, METRICS["leads"], MONDAY, -3.0).endswith("(69 days)")
    assert echo.the_goal(asked, METRICS["leads"], MONDAY).endswith("(69 days)")  # what came so far nobody knows yet


def test_a_wide_table_never_shows_less_than_the_plain_one_and_drops_the_owner_after_the_bars() -> None:
    judged = judge(goal(owner="Ana"), flat("leads", 1))
    screens = views.status([judged], SUNDAY), views.status([judged], SUNDAY, seen=[Closely()])
    plain_goes, goes = (
        {column.name: column.goes for block in screen.blocks if isinstance(block, Table) for column in block.columns}
        for screen in screens
    )
    extra = {name: order for name, order in goes.items() if name not in plain_goes}
    assert {name: goes[name] for name in plain_goes} == plain_goes
    assert min(extra.values()) > max(plain_goes.values())
    assert goes["Owner"] < goes["Weeks (▄ = plan)"]
    assert [name for name, order in goes.items() if not order] == ["", "Goal", "Status", "Progress", "Now → target"]


def test_goals_by_platform_stand_under_its_name() -> None:
    judged = judge(LEADS, flat("leads", 1))
    on = judged.sources[0].platform if not judged.goal.platform else judged.goal.platform
    screen = views.status([judged], SUNDAY, by="platform", labels={on: "LinkedIn page"})
    assert next(block.text for block in screen.blocks if isinstance(block, Heading)) == "LinkedIn page"
