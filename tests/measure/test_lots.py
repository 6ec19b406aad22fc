"""Endings and lots: what counts as met, by how much, and what many of them say, against a slow, obvious way."""

from collections.abc import Sequence

from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, goal, judge, series
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from smartkpi.measure import retro
from smartkpi.model.assessment import Assessment, Reason, Status
from smartkpi.model.ending import Ending, Lesson, Outcome, Sought
from smartkpi.model.goal import Form


def ended(outcome: Outcome, share: float | None, **fields: object) -> Ending:
    status = {Outcome.MET: Status.ACHIEVED, Outcome.MISSED: Status.MISSED}.get(outcome, Status.NO_DATA)
    one = goal(**fields)  # type: ignore[arg-type]
    judged = Assessment(one, METRICS[one.metric], status, (Reason("reached"),), None, SUNDAY + 1, "", SUNDAY)
    return Ending(judged, outcome, share)


def test_a_goal_whose_data_cover_the_deadline_is_met_or_missed_by_its_share_of_the_way() -> None:
    met = retro.ending(judge(goal(target=70), series("leads", [2] * 70)))
    assert (met.outcome, met.share) == (Outcome.MET, 2.0)
    missed = retro.ending(judge(goal(target=280), series("leads", [2] * 70)))
    assert (missed.outcome, missed.share) == (Outcome.MISSED, 0.5)


def test_a_growth_counts_from_where_it_began() -> None:
    asked = goal(Form.GROWTH, "followers", 1100, baseline=1000.0, baseline_day=MONDAY - 1)
    level = series("followers", [1000 + i for i in range(70)])
    assert retro.ending(judge(asked, level)).share == 0.69


def test_weeks_are_counted_against_the_weeks_that_were_asked_for() -> None:
    each = retro.ending(judge(goal(Form.EACH, target=7), series("leads", [1] * 35 + [0] * 35)))
    assert each.outcome is Outcome.MISSED
    assert each.share == 5 / 8  # 4 weeks in 5 of 10 weeks


def test_limits_and_what_was_to_be_kept_have_no_share_of_a_way() -> None:
    limit = retro.ending(judge(goal(target=200, direction=DOWN), series("leads", [2] * 70)))
    kept = retro.ending(judge(goal(Form.KEEP, "followers", 5), series("followers", [9] * 70)))
    assert (limit.outcome, limit.share) == (Outcome.MET, None)
    assert (kept.outcome, kept.share) == (Outcome.MET, None)


def test_before_its_deadline_a_goal_ends_early_and_after_it_without_data_nobody_knows() -> None:
    numbers = series("leads", [2] * 30)
    assert retro.ending(judge(goal(target=500), numbers)).outcome is Outcome.EARLY
    assert retro.ending(judge(goal(target=500), numbers, as_of=SUNDAY)).outcome is Outcome.EARLY
    assert retro.ending(judge(goal(target=500), numbers, as_of=SUNDAY + 1)).outcome is Outcome.UNKNOWN


def test_what_is_decided_before_the_deadline_is_no_early_end() -> None:
    assert retro.ending(judge(goal(target=20), series("leads", [2] * 30))).outcome is Outcome.MET
    assert retro.ending(judge(goal(target=20, direction=DOWN), series("leads", [2] * 30))).outcome is Outcome.MISSED


def test_a_goal_that_was_cut_short_is_judged_on_that_day_and_any_other_with_the_newest_data() -> None:
    assert retro.ended_on(goal(closed_on=SUNDAY - 9), SUNDAY + 99) == SUNDAY - 9
    assert retro.ended_on(goal(closed_on=SUNDAY + 9), SUNDAY + 99) == SUNDAY + 99
    assert retro.ended_on(goal(closed_on=SUNDAY - 9), SUNDAY - 20) == SUNDAY - 20
    assert retro.ended_on(goal(), SUNDAY + 1) == SUNDAY + 1


def test_the_moments_lie_inside_what_was_lived() -> None:
    days = [day - MONDAY + 1 for _, day in retro.moments(goal(), SUNDAY)]
    assert days == [18, 35, 52]
    assert [part for part, _ in retro.moments(goal(), MONDAY + 40)] == [0.25, 0.5]
    assert retro.moments(goal(deadline=MONDAY), MONDAY) == []


def slow_lot(endings: Sequence[Ending], owner: str) -> tuple[int, int, float | None]:
    mine = [e for e in endings if e.judged.goal.owner == owner]
    met = [e for e in mine if e.outcome is Outcome.MET]
    missed = [e for e in mine if e.outcome is Outcome.MISSED]
    shares = sorted(e.share for e in met + missed if e.share is not None)
    if not shares:
        return len(met), len(missed), None
    middle = len(shares) // 2
    typical = shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2
    return len(met), len(missed), typical


ENDINGS = st.lists(
    st.builds(
        ended,
        st.sampled_from(Outcome),
        st.none() | st.floats(-2, 20).map(lambda x: round(x, 3)),
        owner=st.sampled_from(["", "Ana", "Ben"]),
        campaign=st.sampled_from(["", "spring"]),
        metric=st.sampled_from(["leads", "followers"]),
    ),
    max_size=12,
)


@given(ENDINGS)
def test_a_lot_is_what_a_slow_count_makes_of_it(endings: list[Ending]) -> None:
    lots = [lot for lot in retro.lots(endings) if lot.by == "owner"]
    assert [lot.name for lot in lots] == sorted({e.judged.goal.owner for e in endings} - {""})
    for lot in lots:
        assert (lot.met, lot.missed, lot.share) == slow_lot(endings, lot.name)
        assert lot.met + lot.missed + lot.early + lot.unknown == sum(e.judged.goal.owner == lot.name for e in endings)


@given(ENDINGS, st.floats(10, 1e6))
def test_one_goal_that_ran_away_moves_a_lot_no_more_than_one_just_beyond_the_others(
    endings: list[Ending], far: float
) -> None:
    near = [*endings, ended(Outcome.MET, 20.0)]
    wild = [*endings, ended(Outcome.MET, 20.0 + far)]
    for one, other in zip(retro.lots(near), retro.lots(wild), strict=True):
        few = one.measured < 3
        assert [said.lesson for said in one.learned] == [said.lesson for said in other.learned]
        assert few or one.share == other.share


def test_fewer_than_three_goals_make_no_rule() -> None:
    assert retro.learned(0, 2, 0.1) is Lesson.TOO_FEW
    assert retro.learned(0, 3, 0.1) is Lesson.LOWER


def test_targets_fit_where_they_are_met_at_least_as_often_as_missed_and_not_far_beyond() -> None:
    assert retro.learned(1, 3, 0.95) is Lesson.NEARLY
    assert retro.learned(2, 2, 0.8) is Lesson.FITS
    assert retro.learned(3, 0, 1.1) is Lesson.FITS
    assert retro.learned(3, 0, 1.3) is Lesson.HIGHER
    assert retro.learned(0, 4, None) is Lesson.LOWER
    assert retro.learned(4, 0, None) is Lesson.FITS


def test_limits_teach_by_how_far_they_were_overrun_and_never_to_aim_lower() -> None:
    each = [
        retro.ending(judge(goal(target=target, direction=DOWN), series("leads", [2] * 70)))
        for target in (100, 125, 200)
    ]
    (lot,) = (lot for lot in retro.lots(each) if lot.by == "metric")
    (said,) = lot.learned
    assert (said.of, said.met, said.missed, said.lesson) == (Sought.MOST, 1, 2, Lesson.LOOSER)
    assert said.beyond == approx((0.4 + 0.12) / 2)  # 140 of 100 and of 125
    assert (lot.share, said.share) == (None, None)


def test_kinds_of_goals_are_not_mixed_in_a_lesson() -> None:
    reached = [retro.ending(judge(goal(target=280), series("leads", [2] * 70)))] * 3
    limits = [retro.ending(judge(goal(target=100, direction=DOWN), series("leads", [2] * 70)))] * 3
    kept = [retro.ending(judge(goal(Form.KEEP, "followers", 5), series("followers", [9] * 70)))] * 2
    owned = [
        each._replace(judged=each.judged._replace(goal=each.judged.goal._replace(owner="Ana")))
        for each in (*reached, *limits, *kept)
    ]
    (lot,) = (lot for lot in retro.lots(owned) if lot.by == "owner")
    assert [(said.of, said.lesson) for said in lot.learned] == [
        (Sought.WAY, Lesson.LOWER), (Sought.MOST, Lesson.LOOSER), (Sought.LEAST, Lesson.TOO_FEW),
    ]  # fmt: skip


def test_limits_that_all_leave_much_could_be_tighter_and_those_that_leave_little_fit() -> None:
    assert retro.learned_of_limits(3, 0, -0.4) is Lesson.TIGHTER
    assert retro.learned_of_limits(3, 0, -0.1) is Lesson.FITS
    assert retro.learned_of_limits(3, 0, None) is Lesson.FITS
    assert retro.learned_of_limits(2, 1, -0.4) is Lesson.FITS
    assert retro.learned_of_limits(1, 2, None) is Lesson.LOOSER
    assert retro.learned_of_limits(0, 2, 0.4) is Lesson.TOO_FEW
