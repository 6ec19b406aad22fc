"""Looking back: how wide a goal's own past makes its range, and goals cut from history."""

import itertools
import math
from collections.abc import Sequence

from goal_kit import DOWN, METRICS, MONDAY, UP, by_hand, goal, judge, series
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx, mark

from smartkpi.measure import backtest, calls, cutting, forecast
from smartkpi.measure.assess import assess
from smartkpi.model.assessment import Own, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series

BRIEF = settings(deadline=None, max_examples=25)
YEAR = 400
FIRST = MONDAY - YEAR
COUNTS = st.lists(st.integers(0, 60).map(float), min_size=70, max_size=YEAR)


def looked_back(asked: Goal, *stored: Series, as_of: int = MONDAY + 20) -> Own | None:
    return backtest.own(asked, METRICS[asked.metric], METRICS, stored, as_of)


def leads(values: Sequence[float | None], first: int = FIRST) -> Series:
    return series("leads", values, first)


def steady(days: int = YEAR + 21, level: float = 50.0) -> list[float]:
    """Noise that comes and goes, around one level for ever."""
    return [level + 10 * math.sin(day * 1.7) + 5 * math.sin(day * 0.9) for day in range(days)]


def jumping(days: int = YEAR + 21) -> list[float]:
    """The same noise, around a level that doubles or halves every five weeks or so."""
    levels = (50.0, 110.0, 40.0, 95.0, 180.0, 60.0, 130.0)
    return [value * levels[day // 37 % len(levels)] / 50 for day, value in enumerate(steady(days))]


def test_a_past_that_jumped_makes_the_range_wider_and_a_calm_one_narrower() -> None:
    wild, calm = looked_back(goal(), leads(jumping())), looked_back(goal(), leads(steady()))
    assert wild is not None and calm is not None
    assert wild.factor > 1.05
    assert calm.factor < 0.95
    asked = goal(target=4000)
    usual = judge(asked, leads(jumping())).forecast
    own = assess(asked, METRICS["leads"], METRICS, [leads(jumping())], MONDAY + 21, own=wild).forecast
    assert usual is not None and own is not None
    assert own.high - own.low > 1.04 * (usual.high - usual.low)


@BRIEF
@given(COUNTS, st.lists(st.integers(0, 999).map(float), min_size=1, max_size=40))
def test_neither_the_last_week_nor_later_days_change_what_looking_back_says(
    values: list[float], later: list[float]
) -> None:
    as_of = FIRST + len(values) - 1
    asked = goal(start=as_of - 20, deadline=as_of + 40)
    found = looked_back(asked, leads(values), as_of=as_of)
    other = looked_back(asked, leads([*values[:-7], *later]), as_of=min(as_of, FIRST + len(values) - 8 + len(later)))
    longer = looked_back(asked, leads([*values, *later]), as_of=as_of)
    assert found == longer
    if len(later) >= 7:
        assert found == other
    assert found is None or found.last_day == as_of - 7


@BRIEF
@given(COUNTS)
def test_it_stays_within_its_bounds_and_near_one_after_few_looks(values: list[float]) -> None:
    as_of = FIRST + len(values) - 1
    found = looked_back(goal(start=as_of - 20, deadline=as_of + 40), leads(values), as_of=as_of)
    if found is not None:
        assert backtest.NARROWEST <= found.factor <= backtest.WIDEST
        assert 0 < found.looks <= backtest.MOST_LOOKS


@BRIEF
@given(st.lists(st.floats(1, 500), min_size=90, max_size=300), st.sampled_from([0.01, 7.0, 1000.0]))
def test_another_scale_changes_it_by_little(values: list[float], by: float) -> None:
    values = [value + 0.137 for value in values]
    as_of = FIRST + len(values) - 1
    asked = goal(start=as_of - 20, deadline=as_of + 40)
    one, other = (
        looked_back(asked, leads(values), as_of=as_of),
        looked_back(asked, leads([v * by for v in values]), as_of=as_of),
    )
    assert one is not None and other is not None
    assert one.factor == approx(other.factor, rel=0.01)


@BRIEF
@given(COUNTS)
def test_the_width_is_what_a_slow_look_back_finds(values: list[float]) -> None:
    """Every forecast anew, from copies of what was known; errors in spreads, drawn towards 1."""
    past, ahead = forecast.Past(values, MONDAY, True), forecast.Ahead(40, 30)
    found = backtest.width(past, "flow", ahead, Form.RATE)
    reach = min(40, 56, max(7, (len(values) - 28) // 3))
    if len(values) - 28 < 2 * reach:
        assert found is None
        return
    step = max(1, reach // 2, math.ceil((len(values) - 28 - reach) / 11))
    errors, end = [], len(values) - reach
    while end >= 28:
        seen = forecast.outlook(
            forecast.Past(list(values[:end]), MONDAY - (len(values) - end), True),
            "flow",
            forecast.Ahead(reach, min(30, reach)),
        )
        counted = values[end : end + reach][-min(30, reach) :]
        z = math.asinh((sum(counted) / len(counted) - seen.weekdays) / seen.scale)
        errors.append(abs(z - seen.middle) / seen.spread)
        end -= step
    alone = min(len(errors), 1 + (len(errors) - 1) * step / reach)
    factor = max(0.05, sum(errors) / len(errors)) ** (alone / (alone + 16))
    assert found == Own(approx(min(1.6, max(0.7, factor))), len(errors), MONDAY)


def test_it_is_left_out_where_it_knows_days_after_the_judged_one() -> None:
    stored, asked = leads(steady()), goal(target=3500)
    own = Own(1.6, 12, MONDAY + 10)
    metric = METRICS["leads"]
    usual = assess(asked, metric, METRICS, [stored], MONDAY + 9)
    assert assess(asked, metric, METRICS, [stored], MONDAY + 9, own=own) == usual
    then = assess(asked, metric, METRICS, [stored], MONDAY + 10, own=own)
    assert then.own == own
    assert then.forecast != assess(asked, metric, METRICS, [stored], MONDAY + 10).forecast
    assert then.before == assess(asked, metric, METRICS, [stored], MONDAY + 10).before  # three days too early for it


def test_a_width_of_one_changes_nothing_and_none_is_narrower_than_the_noise_of_its_days() -> None:
    seen = forecast.outlook(forecast.Past(steady(90), MONDAY, False), "flow", forecast.Ahead(30, 30))
    assert seen.widened(1.0) == seen
    assert seen.widened(0.7).spread >= seen.least
    one = forecast.outlook(forecast.Past(steady(90), MONDAY, False), "flow", forecast.Ahead(1, 1))
    assert one.widened(0.01).spread == one.least


@mark.parametrize(
    ("asked", "stored"),
    [
        (goal(), leads(steady(30), MONDAY - 9)),
        (goal(Form.EACH, target=3), leads(steady())),
        (goal(), by_hand("leads", dict.fromkeys(range(FIRST, MONDAY + 20, 7), 7.0))),
        (goal(metric="likes"), leads(steady())),
        (goal(start=MONDAY - 90, deadline=MONDAY - 20), leads(steady())),
    ],
    ids=["few days", "each week", "kept by hand", "other numbers", "over"],
)
def test_nothing_is_said_where_there_is_nothing_to_look_back_on(asked: Goal, stored: Series) -> None:
    assert looked_back(asked, stored) is None


def cut(*stored: Series) -> list[tuple[Goal, cutting.Cuttable]]:
    return [(asked, kind) for kind in cutting.cuttable(METRICS, stored) for asked in cutting.goals(kind)]


def test_goals_are_cut_in_every_form_that_the_numbers_allow() -> None:
    level = [1000 + 2 * day + 5 * math.sin(day) for day in range(YEAR)]
    found = cut(
        leads(steady(YEAR)),
        series("followers", level, FIRST),
        series("engagements", steady(YEAR), FIRST),
        series("impressions", steady(YEAR, 900.0), FIRST),
        series("reach", steady(YEAR), FIRST),
    )
    forms = {(asked.metric, asked.form) for asked, _ in found}
    assert forms >= {
        ("leads", Form.TOTAL),
        ("followers", Form.GROWTH),
        ("engagement_rate", Form.RATE),
        ("engagement_rate", Form.KEEP),
        ("reach", Form.TYPICAL_DAY),
    }


def test_cut_goals_of_one_length_and_form_never_overlap_and_have_four_weeks_before_them() -> None:
    found = [asked for asked, _ in cut(leads(steady(YEAR)))]
    assert {asked.days for asked in found} == {28, 84}
    for days in (28, 84):
        spans = sorted((asked.start, asked.deadline) for asked in found if asked.days == days)
        assert all(end < begin for (_, end), (begin, _) in itertools.pairwise(spans))
        assert spans[0][0] - 28 >= FIRST


def test_a_cut_goal_aims_at_what_was_known_before_its_start() -> None:
    early = steady(YEAR)
    late = [*early[:-84], *[value * 9 for value in early[-84:]]]
    ones, others = (next(a for a, _ in cut(leads(v)) if a.days == 84) for v in (early, late))
    assert ones == others


def test_followers_of_whom_nobody_knows_who_left_are_not_cut() -> None:
    forms = {asked.form for asked, _ in cut(series("new_followers", steady(YEAR), FIRST))}
    assert forms == {Form.TOTAL}


def test_a_call_knows_nothing_of_later_days_and_is_what_status_would_have_said() -> None:
    values = jumping(YEAR)
    asked = goal(target=5000, start=FIRST + 300, deadline=FIRST + 383)
    found = calls.scored(asked, METRICS["leads"], METRICS, [leads(values)])
    assert [call.day - asked.start + 1 for call in found.calls] == [21, 42, 63]
    for call in found.calls:
        known = leads(values[: call.day - FIRST + 1])
        own = looked_back(asked, known, as_of=call.day)
        said = assess(asked, METRICS["leads"], METRICS, [known], call.day, own=own).forecast
        assert said is not None
        assert (call.chance, call.low, call.high) == (said.chance, said.low, said.high)
    assert all(call.end == approx(sum(values[300:384])) for call in found.calls)
    assert {call.met for call in found.calls} == {sum(values[300:384]) >= 5000}


def test_a_goal_whose_end_nobody_can_tell_is_counted_and_not_scored() -> None:
    values: list[float | None] = [*steady(YEAR)]
    values[350] = None
    came = sum(value or 0.0 for value in values[340:368])
    asked = goal(target=came + 5, start=FIRST + 340, deadline=FIRST + 367)
    found = calls.scored(asked, METRICS["leads"], METRICS, [leads(values)])
    assert (found.unknown, found.calls) == (1, ())


def test_a_target_that_was_reached_without_the_missing_days_is_met_and_a_limit_that_was_exceeded_is_lost() -> None:
    values: list[float | None] = [*steady(YEAR)]
    values[350] = None
    came = sum(value or 0.0 for value in values[340:368])
    for direction, met in ((UP, True), (DOWN, False)):
        asked = goal(target=came - 10, start=FIRST + 340, deadline=FIRST + 367, direction=direction)
        found = calls.scored(asked, METRICS["leads"], METRICS, [leads(values)])
        assert found.unknown == 0
        assert {(call.met, call.end, call.is_inside) for call in found.calls} == {(met, None, False)}


def test_what_is_certain_already_is_no_call() -> None:
    asked = goal(target=40, start=FIRST + 340, deadline=FIRST + 367)
    found = calls.scored(asked, METRICS["leads"], METRICS, [leads(steady(YEAR))])
    assert (found.certain, found.calls) == (3, ())


def test_a_limit_is_scored_as_a_limit() -> None:
    asked = goal(target=1500, start=FIRST + 340, deadline=FIRST + 367, direction=DOWN)
    values = steady(YEAR)
    found = calls.scored(asked, METRICS["leads"], METRICS, [leads(values)])
    assert found.calls[0].met is (sum(values[340:368]) <= 1500)
    assert judge(asked, leads(values)).status in (Status.ACHIEVED, Status.MISSED)


def test_every_form_is_scored_with_what_really_came() -> None:
    level = [1000 + 2 * day + 30 * math.sin(day / 9) for day in range(YEAR)]
    stored = (
        series("followers", level, FIRST),
        series("engagements", steady(YEAR), FIRST),
        series("impressions", steady(YEAR, 900.0), FIRST),
        series("reach", jumping(YEAR), FIRST),
    )
    found = [
        (asked, calls.scored(asked, kind.metric, METRICS, kind.found.all))
        for asked, kind in cut(*stored)
        if asked.metric in ("followers", "engagement_rate", "reach", "engagements")
    ]
    assert {asked.form for asked, one in found if one.calls} == {*Form} - {Form.EACH}
    assert all(one.unknown == 0 for _, one in found)
    growth = [call for asked, one in found for call in one.calls if asked.form is Form.GROWTH]
    assert all(call.end == level[call.deadline - FIRST] for call in growth)
    for asked, one in found:
        assert all(call.met is asked.direction.reached(call.end or 0.0, asked.target) for call in one.calls)
        assert all(call.low <= call.high for call in one.calls)
