"""A goal's way as a chart: on any stream and width, true to its numbers, and told where nothing can be drawn."""
# ruff: noqa: E501

import pytest
from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from test_terminal import ENCODINGS, drawn

from smartkpi.measure.history import course
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series
from smartkpi.report import charts, plain
from smartkpi.report.document import Chart, Document
from smartkpi.report.views.chart import chart

LEVEL = {"baseline": 1000.0, "baseline_day": MONDAY - 1}
CASES = {
    "a total": (goal(), [series("leads", [1.0] * 28)]),
    "a limit": (goal(target=60, direction=DOWN), [series("leads", [1.0] * 28)]),
    "a level": (goal(Form.GROWTH, "followers", 1060, **LEVEL), [series("followers", [1000.0 + i for i in range(29)], MONDAY - 1)]),
    "fewer": (goal(Form.GROWTH, "followers", 900, direction=DOWN, **LEVEL), [series("followers", [1000.0 - i for i in range(29)], MONDAY - 1)]),
    "a gain": (goal(Form.GROWTH, "followers", 90), [series("followers", [1000.0 + i for i in range(29)], MONDAY - 1)]),
    "a rate": (goal(Form.RATE, "engagement_rate", 0.04, baseline=0.02), [series("engagements", [3.0] * 28), series("impressions", [100.0] * 28)]),
    "a cost": (goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR"), [series("cost", [22.5] * 28, unit="EUR"), series("leads", [1.0] * 28)]),
    "a typical day": (goal(Form.TYPICAL_DAY, "reach", 500), [series("reach", [450.0] * 28)]),
}  # fmt: skip


def chart_of(asked: Goal, stored: list[Series]) -> Chart:
    judged = judge(asked, *stored)
    assert judged.data_to is not None
    found = chart(judged, course(asked, judged.metric, METRICS, stored, judged.data_to))
    assert found is not None
    return found


@pytest.mark.parametrize("width", [60, 61, 80, 120, 200, 260])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", CASES)
def test_a_chart_fits_any_terminal_and_stream(name: str, encoding: str, width: int) -> None:
    text = drawn(Document((chart_of(*CASES[name]),)), width, encoding)
    assert max(cell_len(line) for line in text.splitlines()) <= min(width, 200)
    assert "?" not in text


def test_a_total_rises_towards_its_range_below_the_plan() -> None:
    assert drawn(Document((chart_of(*CASES["a total"]),)), 60).splitlines() == TOTAL.splitlines()


def test_without_box_signs_it_is_drawn_in_ascii() -> None:
    assert drawn(Document((chart_of(*CASES["a total"]),)), 60, "ascii").splitlines() == IN_ASCII.splitlines()


TOTAL = """\
100 ┤                                                    · ·
    │                                              · · ·
 80 ┤                                          · ·     ▒▒▒▒▒
    │                                    · · ·   ▒▒▒▒▒▒▒▒▒▒▒
 60 ┤                              · · ·   ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
    │                          · ·   ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 40 ┤                    · · · ▒▒▒▒▒▒▒▒▒▒▒▒▒
    │              · · · ╭──▒▒▒▒▒▒
 20 ┤          · ╭───────╯
    │    ·╭──────╯
  0 ┼─────╯─────────────────────────────────────────────────
     2 Nov                  Dec                       10 Jan
─ 28 on 29 Nov   · plan: 100 on 10 Jan   ▒ likely: 60 to 82
"""
IN_ASCII = """\
100 |                                                    . .
    |                                              . . .
 80 |                                          . .     :::::
    |                                    . . .   :::::::::::
 60 |                              . . .   :::::::::::::::::
    |                          . .   :::::::::::::::::
 40 |                    . . . :::::::::::::
    |              . . . ***::::::
 20 |          . *********
    |    .********
  0 +******-------------------------------------------------
     2 Nov                  Dec                       10 Jan
* 28 on 29 Nov   . plan: 100 on 10 Jan   : likely: 60 to 82
"""


def test_a_chart_reads_aloud_what_it_draws() -> None:
    assert (
        plain.render(Document((chart_of(*CASES["a total"]),)))
        == "28 on 29 Nov; plan: 100 on 10 Jan; likely: 60 to 82\n"
    )


def test_without_room_only_the_words_are_left() -> None:
    assert charts.lines(chart_of(*CASES["a total"]), 20, "utf-8") == []


def test_weeks_have_no_way_and_a_goal_without_data_has_no_chart() -> None:
    weekly, empty = goal(Form.EACH, "posts", 3), goal()
    assert course(weekly, METRICS["posts"], METRICS, [series("posts", [1.0] * 20)], MONDAY + 19) == ()
    assert chart(judge(empty), ()) is None


@pytest.mark.parametrize("name", CASES)
def test_the_way_ends_where_the_goal_stands(name: str) -> None:
    asked, stored = CASES[name]
    judged = judge(asked, *stored)
    assert judged.pace is not None
    way = course(asked, judged.metric, METRICS, stored, judged.pace.day)
    assert way[-1] == (judged.pace.day, pytest.approx(judged.pace.actual))
    assert [day for day, _ in way] == sorted({day for day, _ in way})


@given(
    st.lists(st.floats(0, 1e7), min_size=8, max_size=70),
    st.floats(0.5, 1e8),
    st.sampled_from([60, 73, 200]),
    st.sampled_from(ENCODINGS),
)
def test_any_series_can_be_drawn(values: list[float], target: float, width: int, encoding: str) -> None:
    judged = judge(asked := goal(target=target), stored := series("leads", values))
    assert judged.data_to is not None
    found = chart(judged, course(asked, judged.metric, METRICS, [stored], judged.data_to))
    assert found is not None
    lines = charts.lines(found, width, encoding)
    assert 9 <= len(lines) <= 20
    assert all(len(line) <= width for line in lines)
    assert found.ticks[0][0] <= 0 <= min(values) <= max(y for _, y in found.values) <= found.ticks[-1][0] * (1 + 1e-9)
    assert found.days[-1] == (SUNDAY, "10 Jan")
