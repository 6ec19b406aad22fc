"""Goals whose exports state no whole days: sums of parts that add up, totals of ranges, and what is left out."""

import pytest
from goal_kit import DOWN, MONDAY, SUNDAY, goal, judge, judge_totals, series, totals
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.measure.periods import choose
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Form

PAID, ORGANIC = ("channel", "Paid"), ("channel", "Organic")
PRICE = {"metric": "cost_per_lead", "target": 20, "direction": DOWN, "unit": "EUR"}


def codes(judged: Assessment) -> dict[str, dict[str, float]]:
    return {reason.code: dict(reason.numbers) for reason in judged.reasons}


def causes(judged: Assessment) -> dict[str, int]:
    return {r.text: int(r["count"]) for r in judged.reasons if r.code == "totals left out"}


def test_totals_that_lie_inside_are_added_and_the_end_of_the_last_one_is_judged() -> None:
    judged = judge_totals(goal(), totals("leads", {(0, 27): 40, (28, 34): 9}), as_of=MONDAY + 36)
    assert judged.pace is not None
    assert (judged.pace.actual, judged.data_to) == (49, MONDAY + 34)
    assert judged.pace.run_rate == pytest.approx((40 / 28 * 21 + 9) / 28 * 7, rel=1e-5)
    (source,) = judged.sources
    assert source.ranges == ((MONDAY, MONDAY + 27), (MONDAY + 28, MONDAY + 34))
    assert codes(judged)["totals of ranges"] == {"count": 2, "days": 35, "first": MONDAY, "last": MONDAY + 34}
    assert not judged.provisional


def test_what_crosses_an_edge_or_overlaps_is_left_out_and_said() -> None:
    known = {(-3, 3): 7.0, (4, 17): 14.0, (4, 10): 6.0, (60, 75): 99.0}
    judged = judge_totals(goal(), totals("leads", known), as_of=SUNDAY + 20)
    assert judged.pace is not None and judged.pace.actual == 14
    assert causes(judged) == {"crosses the start": 1, "overlaps": 1, "crosses the deadline": 1}
    assert codes(judged)["days missing"]["last"] == MONDAY + 3


def test_days_between_two_totals_are_missing_and_count_for_nothing() -> None:
    judged = judge_totals(goal(), totals("leads", {(0, 6): 7, (14, 20): 7}), as_of=MONDAY + 22)
    assert judged.pace is not None and judged.pace.actual == 14
    assert codes(judged)["days missing"] == {
        "days": 7,
        "first": MONDAY + 7,
        "last": MONDAY + 13,
        "brought": 7,  # what the likely end takes for them
        "early": 0,
    }


def test_where_no_total_lies_inside_there_are_no_data_and_the_reason_says_why() -> None:
    judged = judge_totals(goal(), totals("leads", {(-7, 6): 14}), as_of=MONDAY + 8)
    assert judged.status is Status.NO_DATA
    assert judged.reasons[0].code == "no total inside"
    assert causes(judged) == {"crosses the start": 1}


def test_days_are_read_where_they_exist_and_never_mixed_with_totals() -> None:
    days = series("leads", [1.0] * 10, account="A")
    judged = judge_totals(goal(), totals("leads", {(0, 27): 400}), stored=[days], as_of=MONDAY + 30)
    assert judged.pace is not None and judged.pace.actual == 10
    assert judged.sources[0].ranges == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"form": Form.EACH, "target": 3},
        {"form": Form.RATE, **PRICE},
        {"form": Form.GROWTH, "metric": "followers"},
        {"form": Form.TYPICAL_DAY, "metric": "reach"},
        {"form": Form.KEEP, "metric": "followers"},
    ],
)
def test_forms_that_look_at_single_days_read_no_totals(fields: dict[str, object]) -> None:
    known = [totals(metric, {(0, 27): 40.0}) for metric in ("leads", "followers", "reach", "new_followers")]
    known += [totals("cost", {(0, 27): 400.0}, unit="EUR")]
    judged = judge_totals(goal(**fields), *known, as_of=MONDAY + 30)  # type: ignore[arg-type]
    assert [reason.code for reason in judged.reasons] == ["nothing imported"]


def test_both_parts_of_a_ratio_are_read_on_the_same_ranges() -> None:
    cost = totals("cost", {(0, 6): 70, (0, 13): 300, (14, 20): 100}, unit="EUR")
    leads = totals("leads", {(0, 13): 10, (14, 20): 10, (7, 13): 4})
    judged = judge_totals(goal(Form.KEEP, **PRICE), cost, leads, as_of=MONDAY + 22)  # type: ignore[arg-type]
    assert judged.pace is not None and judged.pace.actual == 20
    assert judged.sources[0].ranges == judged.sources[1].ranges == ((MONDAY, MONDAY + 13), (MONDAY + 14, MONDAY + 20))
    assert causes(judged) == {"not for all": 2}


def test_weeks_inside_a_longer_total_say_nothing_of_their_own() -> None:
    def weeks(known: dict[tuple[int, int], float]) -> tuple[int | None, int | None]:
        cost = totals("cost", {span: 19.0 if n else 21.0 for n, span in enumerate(known)}, unit="EUR")
        asked = goal(Form.KEEP, **PRICE)  # type: ignore[arg-type]
        pace = judge_totals(asked, cost, totals("leads", known), as_of=MONDAY + 22).pace
        assert pace is not None
        return pace.periods_met, pace.periods_gone

    assert weeks({(0, 20): 1}) == (0, 0)
    assert weeks({(0, 6): 1, (7, 13): 1}) == (1, 2)
    assert weeks({(0, 6): 1, (7, 20): 1}) == (0, 1)


def test_a_total_that_was_exported_too_early_counts_and_is_said_to_be_provisional() -> None:
    judged = judge_totals(goal(), totals("leads", {(0, 20): 21}, full=MONDAY + 19), as_of=MONDAY + 21)
    assert judged.provisional and judged.pace is not None and judged.pace.actual == 21
    assert codes(judged)["provisional"] == {"first": MONDAY, "last": MONDAY + 20}


def test_parts_that_add_up_are_summed_and_a_part_that_is_not_named_has_nothing() -> None:
    paid = totals("sessions", {(0, 0): 5, (1, 1): 6, (2, 2): 1}, part=PAID, by_day=True)
    organic = totals("sessions", {(0, 0): 10, (2, 2): 20}, part=ORGANIC, by_day=True)
    judged = judge_totals(goal(metric="sessions"), paid, organic, as_of=MONDAY + 3)
    assert judged.pace is not None and judged.pace.actual == 42
    assert (judged.sources[0].sum_of, judged.sources[0].ranges) == ("channel", ())


def test_sums_of_totals_take_the_same_range_of_every_part() -> None:
    paid = totals("sessions", {(0, 6): 5, (7, 13): 6}, part=PAID)
    organic = totals("sessions", {(0, 6): 10}, part=ORGANIC)
    judged = judge_totals(goal(metric="sessions"), paid, organic, as_of=MONDAY + 15)
    assert judged.pace is not None and judged.pace.actual == 21


def test_a_part_that_the_newest_export_lacks_counts_and_is_said() -> None:
    paid = totals("sessions", {(0, 6): 15, (7, 13): 1}, part=PAID, rank=2)
    organic = totals("sessions", {(0, 6): 10}, part=ORGANIC, rank=1, full=MONDAY + 5)
    judged = judge_totals(goal(metric="sessions"), paid, organic, as_of=MONDAY + 15)
    assert judged.pace is not None and (judged.pace.actual, judged.provisional) == (26, True)
    assert codes(judged)["parts of several exports"] == {"count": 1, "first": MONDAY, "last": MONDAY + 6}


def test_parts_that_do_not_add_up_and_people_are_never_summed() -> None:
    pages = totals("sessions", {(0, 6): 5}, part=("page", "/"), complete=False)
    assert judge_totals(goal(metric="sessions"), pages).status is Status.NO_DATA
    people = totals("reach", {(0, 0): 5}, part=PAID, by_day=True)
    asked = goal(Form.TYPICAL_DAY, metric="reach")
    assert judge_totals(asked, people).reasons[0].code == "nothing imported"


def test_two_kinds_of_breakdown_are_never_added_and_the_one_of_fewest_parts_counts() -> None:
    channels = [totals("sessions", {(0, 6): 50.0}, part=("channel", name)) for name in "ab"]
    devices = [totals("sessions", {(0, 6): 33.0}, part=("device", name)) for name in "abc"]
    judged = judge_totals(goal(metric="sessions"), *devices, *channels, as_of=MONDAY + 8)
    assert judged.pace is not None and judged.pace.actual == 100


def test_a_whole_is_never_replaced_by_the_sum_of_its_parts() -> None:
    whole = totals("sessions", {(0, 6): 90})
    channels = [totals("sessions", {(0, 6): 50.0, (7, 13): 50.0}, part=("channel", name)) for name in "ab"]
    judged = judge_totals(goal(metric="sessions"), *channels, whole, as_of=MONDAY + 15)
    assert judged.pace is not None and (judged.pace.actual, judged.data_to) == (90, MONDAY + 6)


def test_a_campaign_reads_the_totals_of_that_campaign() -> None:
    spring = totals("leads", {(0, 6): 5}, part=("campaign", "Spring"), complete=False)
    autumn = totals("leads", {(0, 6): 9}, part=("campaign", "Autumn"), complete=False)
    judged = judge_totals(goal(campaign="Spring"), spring, autumn, as_of=MONDAY + 8)
    assert judged.pace is not None and judged.pace.actual == 5


def test_two_accounts_with_totals_are_asked_for_like_two_with_days() -> None:
    both = [totals("leads", {(0, 6): 5}, account=name) for name in "AB"]
    assert judge_totals(goal(), *both).reasons[0].code == "which account"
    judged = judge_totals(goal(accounts=("A", "B")), *both, as_of=MONDAY + 8)
    assert judged.pace is not None and judged.pace.actual == 10


SPANS = st.tuples(st.integers(-10, 70), st.integers(0, 30)).map(lambda at: (at[0], at[0] + at[1]))


@given(st.dictionaries(SPANS, st.integers(0, 500).map(float), max_size=7))
def test_a_sum_over_totals_is_exactly_that_of_those_inside_that_do_not_overlap(
    known: dict[tuple[int, int], float],
) -> None:
    judged = judge_totals(goal(), totals("leads", known), as_of=SUNDAY + 40)
    inside = choose(span for span in known if span[0] >= 0 and span[1] <= SUNDAY - MONDAY)
    if inside:
        assert judged.pace is not None
        assert judged.pace.actual == sum(known[span] for span in inside)
        assert judged.data_to == MONDAY + inside[-1][1]
    else:
        assert judged.status is Status.NO_DATA
    said = sum(causes(judged).values())
    assert len(inside) + said == sum(last >= 0 and first <= SUNDAY - MONDAY for first, last in known)


@given(st.lists(st.integers(0, 50).map(float), min_size=1, max_size=60))
def test_totals_of_single_days_are_judged_as_days_are(values: list[float]) -> None:
    end = MONDAY + len(values)
    one = judge_totals(goal(), totals("leads", {(i, i): value for i, value in enumerate(values)}), as_of=end)
    other = judge(goal(), series("leads", values), as_of=end)
    assert (one.status, one.pace) == (other.status, other.pace)


def test_provisional_days_count_only_when_asked_for() -> None:
    from goal_kit import METRICS

    from smartkpi.measure.assess import assess

    days = series("leads", [1.0] * 20, full=MONDAY + 16)
    final, early = (
        assess(goal(), METRICS["leads"], METRICS, [days], MONDAY + 25, with_provisional=asked)
        for asked in (False, True)
    )
    assert final.pace is not None and early.pace is not None
    assert (final.pace.actual, final.provisional) == (17, False)
    assert (early.pace.actual, early.provisional, early.data_to) == (20, True, MONDAY + 19)
    assert codes(early)["provisional"] == {"first": MONDAY + 17, "last": MONDAY + 19}
