"""Laws of measuring, over random series, against slow and obvious loops."""

from fractions import Fraction

from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, UP, by_hand, goal, judge, series
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from smartkpi.measure import aggregate, levels
from smartkpi.measure.sources import Ambiguity, Inputs, inputs
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series

COUNTS = st.lists(st.none() | st.integers(0, 50).map(float), min_size=1, max_size=90)
STATED = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=90)
BEGINS = st.integers(MONDAY - 40, MONDAY + 20)
FLOW_GOALS = st.builds(
    goal,
    st.sampled_from([Form.TOTAL, Form.EACH]),
    st.just("posts"),
    st.integers(1, 500).map(float),
    start=st.integers(MONDAY - 10, MONDAY + 30),
    deadline=st.integers(MONDAY + 30, SUNDAY),
    direction=st.sampled_from([UP, DOWN]),
)
RATIO_GOALS = st.builds(
    goal,
    st.sampled_from([Form.RATE, Form.KEEP]),
    st.just("engagement_rate"),
    st.sampled_from([0.01, 0.03, 0.1, 0.4]),
    direction=st.sampled_from([UP, DOWN]),
)


def said(judged: Assessment) -> tuple[object, ...]:
    """All that a judgement says, without where it was read."""
    return judged.status, judged.reasons, judged.pace, judged.data_to


def summed(series: Series, first: int, last: int) -> float:
    return sum(series.at(day) or 0.0 for day in range(first, last + 1))


@given(FLOW_GOALS | RATIO_GOALS, COUNTS, COUNTS, BEGINS, st.integers(MONDAY - 20, SUNDAY + 40))
def test_there_is_exactly_one_status_and_it_has_a_reason(
    asked: Goal, some: list[float | None], more: list[float | None], first: int, as_of: int
) -> None:
    stored = [series(name, some, first) for name in ("posts", "engagements")] + [series("impressions", more, first)]
    judged = judge(asked, *stored, as_of=as_of)
    assert judged.status in Status
    assert judged.status is not Status.PAUSED
    assert judged.reasons[0].code
    assert (judged.pace is None) <= (judged.status in (Status.UPCOMING, Status.NO_DATA))


@given(FLOW_GOALS, STATED, BEGINS, st.lists(st.integers(0, 999).map(float), max_size=20), st.integers(0, 30))
def test_what_comes_after_the_judged_day_changes_nothing(
    asked: Goal, cells: list[float], first: int, later: list[float], lag: int
) -> None:
    full = first + len(cells) - 1
    as_of = full + lag
    before = judge(asked, series("posts", cells, first), as_of=as_of)
    after = judge(asked, series("posts", [*cells, *later], first, full=full), as_of=as_of)
    assert said(before) == said(after)


@given(FLOW_GOALS, STATED, BEGINS, st.lists(st.integers(0, 999).map(float), min_size=1, max_size=20))
def test_what_comes_after_the_deadline_changes_nothing(
    asked: Goal, cells: list[float], first: int, later: list[float]
) -> None:
    assume(first <= asked.deadline)
    cells = (cells * 200)[: asked.deadline - first + 1]
    as_of = SUNDAY + 60
    before = judge(asked, series("posts", cells, first), as_of=as_of)
    after = judge(asked, series("posts", [*cells, *later], first), as_of=as_of)
    assert said(before) == said(after)


@given(FLOW_GOALS | RATIO_GOALS, STATED, STATED, BEGINS, st.integers(0, 9))
def test_missing_days_at_the_end_change_nothing(
    asked: Goal, some: list[float], more: list[float], first: int, missing: int
) -> None:
    def stored(end: list[None]) -> list[Series]:
        return [
            series(n, [*cells, *end], first)
            for n, cells in (("posts", some), ("engagements", some), ("impressions", more))
        ]

    as_of = first + 100
    assert said(judge(asked, *stored([]), as_of=as_of)) == said(judge(asked, *stored([None] * missing), as_of=as_of))


@given(FLOW_GOALS | RATIO_GOALS, COUNTS, COUNTS, BEGINS, st.randoms(use_true_random=False))
def test_the_order_of_the_series_does_not_matter(asked: Goal, some: list, more: list, first: int, random) -> None:  # type: ignore[no-untyped-def, type-arg]
    asked = asked._replace(accounts=("A", "B"))
    stored = [
        series(name, cells, first, account=account)
        for name in ("posts", "engagements", "impressions")
        for account, cells in (("A", some), ("B", more))
    ]
    shuffled = list(stored)
    random.shuffle(shuffled)
    assert said(judge(asked, *stored, as_of=SUNDAY)) == said(judge(asked, *shuffled, as_of=SUNDAY))


@given(FLOW_GOALS, COUNTS, BEGINS, st.sampled_from([0.25, 2.0, 1024.0]))
def test_scaling_a_flow_and_its_target_keeps_status_and_progress(
    asked: Goal, cells: list[float | None], first: int, by: float
) -> None:
    scaled = [None if value is None else value * by for value in cells]
    one = judge(asked, series("posts", cells, first), as_of=SUNDAY)
    other = judge(asked._replace(target=asked.target * by), series("posts", scaled, first), as_of=SUNDAY)
    assert one.status is other.status
    assert (one.pace and one.pace.progress) == (other.pace and other.pace.progress)
    assert (one.pace and one.pace.days_ahead) == (other.pace and other.pace.days_ahead)


@given(STATED, st.integers(-60, 60), st.integers(-200, 200).filter(bool))
def test_a_mirrored_level_in_the_other_direction_has_the_same_status(steps: list[float], begun: int, way: int) -> None:
    levels = [begun + sum(steps[: i + 1]) - 20 * i for i in range(len(steps))]
    asked = goal(
        Form.GROWTH,
        "followers",
        begun + way,
        baseline=float(begun),
        baseline_day=MONDAY - 1,
        direction=UP if way > 0 else DOWN,
    )
    mirrored = asked._replace(target=-asked.target, baseline=-float(begun), direction=DOWN if way > 0 else UP)
    one = judge(asked, series("followers", levels))
    other = judge(mirrored, series("followers", [-level for level in levels]))
    assert one.status is other.status
    assert one.pace and other.pace
    assert (one.pace.progress, one.pace.days_ahead, one.pace.gap) == (
        other.pace.progress,
        other.pace.days_ahead,
        other.pace.gap,
    )


RISING = st.lists(st.sampled_from([1.0, 2.0, 4.0, 8.0]), min_size=30, max_size=80)


@given(RISING, RISING, st.sampled_from([0.3, 0.7, 1.5, 3.0]), st.sampled_from([Form.KEEP, Form.RATE]))
def test_a_ratio_upside_down_in_the_other_direction_ends_the_same(
    some: list[float], more: list[float], target: float, form: Form
) -> None:
    """Where it is over; before that the chances of a ratio and of its inverse differ a little."""
    some, more = (cells * 3 for cells in (some, more))
    asked = goal(form, "engagement_rate", target)
    one = judge(asked, series("engagements", some), series("impressions", more), as_of=SUNDAY + 1)
    turned = asked._replace(target=1 / target, direction=DOWN)
    other = judge(turned, series("engagements", more), series("impressions", some), as_of=SUNDAY + 1)
    assert one.status is other.status
    assert one.status in (Status.ACHIEVED, Status.MISSED)


@given(COUNTS, COUNTS, st.integers(0, 80), st.integers(0, 80), st.integers(0, 80))
def test_the_parts_of_a_period_sum_to_the_whole(
    some: list[float | None], more: list[float | None], a: int, b: int, c: int
) -> None:
    first, middle, last = sorted((MONDAY + a, MONDAY + b, MONDAY + c))
    flows = [series("leads", some), series("leads", more, MONDAY + 5)]
    parts = aggregate.total(flows, first, middle - 1) + aggregate.total(flows, middle, last)
    assert parts == aggregate.total(flows, first, last) == sum(summed(s, first, last) for s in flows)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.booleans())
def test_a_ratio_is_total_over_total_on_the_days_that_both_parts_cover(
    a_top: list,
    a_bottom: list,
    b_top: list,
    b_bottom: list,
    apart: bool,  # type: ignore[type-arg]
) -> None:
    """Account by account; where spend is here and leads are there, on the days that both state."""
    tops = [series("engagements", a_top, account="A"), series("engagements", b_top, account="B")]
    bottoms = [series("impressions", a_bottom, account="A"), series("impressions", b_bottom, account="B")]
    found = Inputs(numerator=tuple(tops[:1] if apart else tops), denominator=tuple(bottoms[1:] if apart else bottoms))
    above = below = 0.0
    for top, bottom in zip(found.numerator, found.denominator, strict=True):
        for day in range(MONDAY, MONDAY + 91):
            x, y = top.at(day), bottom.at(day)
            if x is not None and y is not None:
                above, below = above + x, below + y
    ratio = aggregate.ratio(found, METRICS["engagement_rate"], MONDAY, MONDAY + 90)
    assert ratio == (approx(above / below) if below else None)


@given(
    st.dictionaries(st.integers(0, 60), st.integers(1, 99), max_size=9), COUNTS, st.integers(0, 60), st.integers(0, 70)
)
def test_a_part_kept_by_hand_goes_with_every_day_since_the_one_before(
    typed: dict[int, int], cells: list[float | None], first: int, days: int
) -> None:
    """Only where all those days are in the period and the other part states them."""
    assume(typed)
    cost = by_hand("cost", {MONDAY + i: float(value) for i, value in typed.items()})
    leads = series("leads", cells)
    above = below = covered = 0.0
    for i, value in typed.items():
        before = [other for other in typed if other < i]
        span = range(max(before) + 1, i + 1) if before else range(0)
        stated = [leads.at(MONDAY + j) for j in span]
        known = [one for one in stated if one is not None]
        if span and first <= span[0] and i <= first + days and len(known) == len(stated):
            above, below, covered = above + value, below + sum(known), covered + len(span)
    found = aggregate.parts(Inputs(numerator=(cost,), denominator=(leads,)), MONDAY + first, MONDAY + first + days)
    assert found == (above, below, covered)


@given(
    st.lists(st.none() | st.integers(-9, 9).map(float), min_size=40, max_size=40),
    st.dictionaries(st.integers(0, 39), st.integers(0, 999), max_size=3),
    st.integers(0, 39),
)
def test_a_level_worked_back_either_way_agrees_with_a_walk_day_by_day(
    cells: list[float | None], totals: dict[int, int], wanted: int
) -> None:
    flow = series("net_followers", cells)
    known = {MONDAY + i: float(value) for i, value in totals.items()}
    asked = goal(Form.GROWTH, "followers", 5000, baseline=100.0, baseline_day=MONDAY - 1)
    found = inputs(asked, METRICS["followers"], METRICS, [flow, by_hand("followers", known)] if known else [flow])
    assert not isinstance(found, Ambiguity)
    totals_known = known or {MONDAY - 1: 100.0}

    def walked(day: int, end: int) -> float:
        level = totals_known[day]
        while day < end:
            day += 1
            level += flow.at(day) or 0.0
        while day > end:
            level -= flow.at(day) or 0.0
            day -= 1
        return level

    day = MONDAY + wanted
    before, after = [d for d in totals_known if d <= day], [d for d in totals_known if d > day]
    level = walked(max(before), day) if before else walked(min(after), day)
    if before and after:  # each of the days between the two has its even share of what the flows lack
        first, last = max(before), min(after)
        lacking = Fraction(totals_known[last] - walked(first, last))  # a half is a half, however it is added up
        level += round(sum(lacking / (last - first) for _ in range(first, day)))
    assert levels.level(found, asked, day) == approx(level)
    lower, higher = levels.slack(found, asked, day)
    ends = (
        {walked(max(before), day), walked(min(after), day)} if before and after and day not in totals_known else {level}
    )
    assert (level - lower, level + higher) == (approx(min(ends)), approx(max(ends)))


@given(st.dictionaries(st.integers(-30, 60), st.integers(900, 1100), min_size=1, max_size=12))
def test_a_level_known_now_and_then_is_the_last_one_known(known: dict[int, int]) -> None:
    stored = by_hand("followers", {MONDAY + i: float(v) for i, v in known.items()})
    judged = judge(goal(Form.GROWTH, "followers", 2000, baseline=1000.0, baseline_day=MONDAY - 1), stored, as_of=SUNDAY)
    assert judged.pace is not None
    assert judged.pace.actual == known[max(known)]
    assert judged.data_to == MONDAY + max(known)


@given(STATED, st.integers(1, 6))
def test_a_number_kept_by_hand_once_a_week_has_the_pace_of_its_days(weekly: list[float], gap: int) -> None:
    """Recording 12 leads every `gap` days is 12 / gap a day, whatever the days between."""
    known = {MONDAY - 20 + i * gap: 12.0 for i in range(len(weekly) + 1)}
    rate = aggregate.daily_rate([by_hand("leads", known)], max(known))
    assert rate == approx(12 / gap)


@settings(max_examples=50)
@given(STATED, STATED)
def test_two_accounts_together_have_the_sum_of_their_levels_and_flows(some: list[float], more: list[float]) -> None:
    both = [series("leads", some, account="A"), series("leads", more, account="B")]
    judged = judge(goal(target=10_000, accounts=("A", "B")), *both, as_of=SUNDAY)
    last = MONDAY + min(len(some), len(more)) - 1
    assert judged.data_to == last
    assert judged.pace is not None
    assert judged.pace.actual == sum(summed(s, MONDAY, last) for s in both)
