"""A close look in words and bars: wobble or change, the weeks against the plan, the same days last year."""

from math import inf

import pytest
from goal_kit import DOWN, METRICS, MONDAY, goal, judge, series

from smartkpi.measure.weeks import YEAR, closely
from smartkpi.model.assessment import Assessment
from smartkpi.model.closely import Closely, Week
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series
from smartkpi.report import closely as said

CALM = [10.0, 12.0, 9.0, 11.0, 8.0, 13.0, 10.0] * 12
FIRST = MONDAY + 28 - len(CALM)


def look(asked: Goal, *stored: Series) -> tuple[Assessment, Closely]:
    judged = judge(asked, *stored)
    assert judged.data_to is not None
    return judged, closely(asked, judged.metric, METRICS, stored, judged.data_to)


def weeks(*values: float | None, planned: float | None = 10) -> tuple[Week, ...]:
    return tuple(Week(MONDAY + 7 * i + 6, value, planned) for i, value in enumerate(values))


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (CALM[-7:], "The 7 days to 29 Nov brought 73: the usual wobble of 72 to 74, no real change."),
        ([1.0] * 7, "The 7 days to 29 Nov brought 7: a real change, not the usual wobble of 72 to 74."),
    ],
)
def test_a_week_is_wobble_or_change(last: list[float], words: str) -> None:
    assert said.why(*look(goal(), series("leads", [*CALM[:-7], *last], FIRST))).endswith(words)


@pytest.mark.parametrize(
    ("by_week", "says"),
    [
        ([13, 14] * 9 + [12, 8, 5, 7, 10, 9, 9, 11], "11: the eighth week in a row below 14,"),
        ([14, 13] * 9 + [15, 18, 19, 17, 16, 15, 15, 14], "14: the eighth week in a row above 13.5,"),
    ],
)
def test_a_lasting_change_says_on_which_side_of_what_middle_the_eight_weeks_lie(by_week: list[int], says: str) -> None:
    values = [value for week in by_week for value in (*[0.0] * 6, float(week))]
    told = said.why(*look(goal(), series("leads", values, MONDAY + 28 - len(values))))
    assert told.endswith(f"brought {says} the middle of the weeks before them, a lasting change.")


def test_the_pace_of_late_stands_beside_the_one_before() -> None:
    values = [2.0] * 28 + [1.0] * 28
    told = said.why(*look(goal(), series("leads", values, MONDAY - 28)))
    assert told.startswith("7 leads a week over the last 4 weeks (the 4 before: 14).")
    spend = goal(metric="cost", target=5000, direction=DOWN, unit="EUR")
    told = said.why(*look(spend, series("cost", [4.05] * 28, unit="EUR")))
    assert told == "€ 28 a week over the last 4 weeks."
    reach = said.why(*look(goal(Form.TYPICAL_DAY, "reach", 500), series("reach", [450.0] * 28)))
    assert reach == "450 on a typical day over the last 4 weeks."


def test_weeks_with_nothing_in_them_are_said_in_one_sentence() -> None:
    assert said.why(*look(goal(), series("leads", [0.0] * 80, MONDAY - 52))) == "No leads at all in the last 11 weeks."
    still = goal(Form.GROWTH, "followers", 1020, baseline=1000.0, baseline_day=MONDAY - 1)
    told = said.why(*look(still, series("followers", [1000.0] * 80, MONDAY - 52)))
    assert told == "No change at all in the last 11 weeks."


def test_a_level_that_is_to_be_kept_has_no_wobble() -> None:
    kept = goal(Form.KEEP, "followers", 900)
    assert said.why(*look(kept, series("followers", [1000.0 + i for i in range(80)], MONDAY - 52))) == ""


def test_last_year_is_the_same_weekdays_and_says_which() -> None:
    stored = series("leads", [1.0] * (YEAR + 28), MONDAY - YEAR)
    assert said.year_ago(*look(goal(), stored)) == ("Same days last year (3 Nov – 30 Nov 2025, the same weekdays): 28.")
    assert said.year_ago(*look(goal(), series("leads", [1.0] * 28))) == ""


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ((10, 10, 10), "▄▄▄"),
        ((0, 5, 9.9, 10, 15, 20, 99), "▁▂▃▄▆██"),
        ((9.9, 10.1), "▃▄"),
        ((10, inf), "▄█"),
        ((10, None, 12), "▄·█"),
        (tuple(range(20)), "▅▅▆▆▇▇██"),
        ((), ""),
    ],
)
def test_a_bar_is_as_high_as_the_plan_only_where_it_is_kept(values: tuple[float | None, ...], bars: str) -> None:
    assert said.bars(weeks(*values)) == bars


def test_without_a_plan_there_are_no_bars() -> None:
    assert said.bars(weeks(1, 2, planned=None)) == said.bars(weeks(1, 2, planned=0)) == ""


def test_what_the_bars_say_is_said_aloud_too() -> None:
    judged = judge(goal(), series("leads", [1.0] * 28))
    assert said.kept(judged, weeks(9, 10, None, 11)) == "2 of the last 3 weeks as planned"
    assert said.kept(judged, weeks(11)) == "the last week as planned"
    assert said.kept(judged, weeks()) == ""
    limit = judge(goal(direction=DOWN), series("leads", [1.0] * 28))
    assert said.kept(limit, weeks(9, 10, 11)) == "2 of the last 3 weeks as planned"


def test_machines_get_the_weeks_the_usual_and_the_year_ago() -> None:
    _, seen = look(goal(), series("leads", [1.0] * (YEAR + 28), MONDAY - YEAR))
    known = said.as_data(seen)
    assert known["weeks"][-1] == {"last": "2026-11-29", "value": 7.0, "planned": pytest.approx(10)}  # type: ignore[index]
    assert known["year_ago"] == {"first": "2025-11-03", "last": "2025-11-30", "value": 28.0}
    assert known["change"] == {"direction": 0, "lasts": False}
    assert said.as_data(Closely())["usual"] is None
    assert said.as_data(Closely(weeks(inf)))["weeks"][0]["value"] is None  # type: ignore[index]
