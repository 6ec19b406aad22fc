"""Laws of the chance, over random series: what may change it, by how much, and when it is certain."""

from math import isclose

from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, UP, goal, judge, series
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from smartkpi.measure import forecast as method
from smartkpi.measure.aggregate import total as total_of
from smartkpi.model.assessment import Forecast
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.series import Series

EVE = MONDAY - 1
COUNTS = st.lists(st.integers(0, 60).map(float), min_size=8, max_size=68)
BUSY = st.lists(st.integers(0, 400).map(float), min_size=8, max_size=68)
AMOUNTS = st.lists(st.floats(0, 500), min_size=8, max_size=68)
STEPS = st.lists(st.integers(-9, 30).map(float), min_size=8, max_size=60)
WAYS = st.sampled_from([UP, DOWN])
SHARES = st.floats(0.3, 3.0)


settings.register_profile("brief", deadline=None, max_examples=40)
BRIEF = settings.get_profile("brief")


def foreseen(asked: Goal, *stored: Series) -> Forecast | None:
    return judge(asked, *stored).forecast


def sure(asked: Goal, *stored: Series) -> Forecast:
    found = foreseen(asked, *stored)
    assert found is not None
    return found


def leads(target: float, direction: Direction = UP) -> Goal:
    return goal(Form.TOTAL, "leads", target, direction=direction)


def likes(target: float, form: Form, direction: Direction = UP) -> Goal:
    return goal(form, "engagement_rate", target, direction=direction)


def followers(target: float, direction: Direction = UP, begun: float = 1000.0) -> Goal:
    return goal(Form.GROWTH, "followers", target, baseline=begun, baseline_day=EVE, direction=direction)


def climbing(steps: list[float], begun: float = 1000.0) -> Series:
    return series("followers", [begun + sum(steps[:i]) for i in range(len(steps) + 1)], EVE)


def likely_end(cells: list[float], share: float) -> float:
    """A target about which one can be unsure."""
    return max(1.0, sum(cells) / len(cells) * 70 * share)


def noise_of(values: list[float]) -> float:
    ahead = method.Ahead(30, 30)
    return method.outlook(method.Past(values, MONDAY + len(values) - 1, True), "flow", ahead).noise


def has_purge(steps: list[float], good: int = 1) -> bool:
    return method.without_purges(steps, good) != steps


@BRIEF
@given(COUNTS, SHARES, WAYS, st.lists(st.integers(0, 999).map(float), min_size=1, max_size=30), st.integers(0, 9))
def test_data_after_as_of_change_nothing(
    cells: list[float], share: float, way: Direction, later: list[float], lag: int
) -> None:
    asked, as_of = leads(likely_end(cells, share), way), MONDAY + len(cells) - 1
    before = judge(asked, series("leads", cells), as_of=as_of)
    after = judge(asked, series("leads", [*cells, *later], full=as_of), as_of=as_of)
    assert (before.forecast, before.before, before.status) == (after.forecast, after.before, after.status)


@BRIEF
@given(AMOUNTS, SHARES, WAYS, st.sampled_from([0.01, 0.3, 7.0, 1000.0]))
def test_another_scale_changes_the_chance_by_two_points_at_most(
    cells: list[float], share: float, way: Direction, by: float
) -> None:
    """Seconds for hours, cents for euros: of numbers that are not whole at either scale."""
    cells = [cell + 0.137 for cell in cells]
    target = likely_end(cells, share)
    one = sure(leads(target, way), series("leads", cells))
    other = sure(leads(target * by, way), series("leads", [cell * by for cell in cells]))
    assert other.chance == approx(one.chance, abs=0.02)


@BRIEF
@given(BUSY, SHARES, WAYS, st.sampled_from([2.0, 2.5, 100.0, 0.37]))
def test_another_scale_of_whole_numbers_changes_it_by_five_points_at_most(
    cells: list[float], share: float, way: Direction, by: float
) -> None:
    assume(noise_of(cells) >= max(1.0, 1 / by))
    target = likely_end(cells, share)
    one = sure(leads(target, way), series("leads", cells))
    other = sure(leads(target * by, way), series("leads", [cell * by for cell in cells]))
    assert other.chance == approx(one.chance, abs=0.05)


@BRIEF
@given(st.lists(st.floats(-50, 90), min_size=8, max_size=60), SHARES, WAYS, st.sampled_from([0.01, 0.3, 7.0, 1000.0]))
def test_another_scale_of_a_level_changes_the_chance_by_two_points_at_most(
    steps: list[float], share: float, way: Direction, by: float
) -> None:
    steps = [step + 0.137 for step in steps]
    assume(not has_purge(steps, way.sign) and not has_purge([step * by for step in steps], way.sign))
    target = 1000 + sum(steps) / len(steps) * 70 * share
    level = climbing(steps)
    scaled = level._replace(values=tuple(value * by for value in level.values if value is not None))
    one = sure(followers(target, way), level)
    other = sure(followers(target * by, way, 1000 * by), scaled)
    assert other.chance == approx(one.chance, abs=0.02)


@BRIEF
@given(STEPS, SHARES, WAYS)
def test_a_mirrored_level_in_the_other_direction_has_the_same_chance(
    steps: list[float], share: float, way: Direction
) -> None:
    """Where no purge is left out: which follows the direction, and of an even number of days the upper median."""
    assume(not has_purge(steps, way.sign) and not has_purge([-step for step in steps], -way.sign))
    target = round(1000 + sum(steps) / len(steps) * 70 * share)
    one = sure(followers(target, way), climbing(steps))
    turned = followers(-target, DOWN if way is UP else UP, -1000.0)
    other = sure(turned, climbing([-step for step in steps], -1000.0))
    assert other.chance == approx(one.chance, abs=1e-9)
    assert (-other.high, -other.mid, -other.low) == approx((one.low, one.mid, one.high))


@BRIEF
@given(STEPS, SHARES, WAYS)
def test_a_mirrored_net_change_in_the_other_direction_has_the_same_chance(
    cells: list[float], share: float, way: Direction
) -> None:
    asked = goal(Form.TOTAL, "net_followers", sum(cells) / len(cells) * 70 * share, direction=way)
    turned = asked._replace(target=-asked.target, direction=DOWN if way is UP else UP)
    one = sure(asked, series("net_followers", cells))
    other = sure(turned, series("net_followers", [-cell for cell in cells]))
    assert other.chance == approx(one.chance, abs=1e-9)


@BRIEF
@given(COUNTS, SHARES, st.floats(1.0, 2.0), st.booleans())
def test_a_higher_target_is_never_more_likely(cells: list[float], share: float, more: float, whole: bool) -> None:
    target = likely_end(cells, share)
    target = float(round(target)) if whole else target
    stored = series("leads", cells)
    assert sure(leads(target * more), stored).chance <= sure(leads(target), stored).chance
    assert sure(leads(target * more, DOWN), stored).chance >= sure(leads(target, DOWN), stored).chance


@BRIEF
@given(STEPS, SHARES, st.floats(0.0, 400.0))
def test_a_higher_level_is_never_more_likely(steps: list[float], share: float, more: float) -> None:
    target = 1000 + sum(steps) / len(steps) * 70 * share
    level = climbing(steps)
    assert sure(followers(target + more), level).chance <= sure(followers(target), level).chance


@BRIEF
@given(COUNTS, COUNTS, st.floats(0.001, 0.9), st.floats(1.0, 2.0), st.sampled_from([Form.RATE, Form.KEEP]))
def test_a_higher_rate_is_never_more_likely(
    some: list[float], more: list[float], target: float, times: float, form: Form
) -> None:
    stored = series("engagements", some), series("impressions", [cell + 1 for cell in more])
    lower, higher = foreseen(likes(target, form), *stored), foreseen(likes(target * times, form), *stored)
    if lower and higher:
        assert higher.chance <= lower.chance


@BRIEF
@given(COUNTS, SHARES, st.integers(0, 500), WAYS)
def test_more_of_it_before_and_the_same_of_late_never_makes_a_total_less_likely(
    cells: list[float], share: float, more: int, way: Direction
) -> None:
    """The days that the forecast looks at are the same; the goal has begun long before them."""
    long = [*[1.0] * 410, *cells]
    asked = leads(410 + likely_end(cells, share), way)._replace(start=MONDAY - 410)
    one = sure(asked, series("leads", long, MONDAY - 410))
    other = sure(asked, series("leads", [1.0 + more, *long[1:]], MONDAY - 410))
    assert (other.chance - one.chance) * way.sign >= 0


@BRIEF
@given(st.one_of(COUNTS, AMOUNTS), COUNTS, SHARES, WAYS, st.sampled_from([Form.TOTAL, Form.RATE, Form.KEEP]))
def test_low_middle_and_high_are_in_order_and_a_chance_is_one(
    cells: list[float], more: list[float], share: float, way: Direction, form: Form
) -> None:
    if form is Form.TOTAL:
        found = foreseen(leads(likely_end(cells, share), way), series("leads", cells))
    else:
        found = foreseen(likes(share / 10, form, way), series("engagements", cells), series("impressions", more))
    if found is not None:
        assert found.low <= found.mid <= found.high
        assert 0.0 <= found.chance <= 1.0


@BRIEF
@given(COUNTS, st.integers(0, 3000), WAYS)
def test_a_total_is_certain_once_it_is_passed_and_only_then(cells: list[float], target: int, way: Direction) -> None:
    made = sum(cells)
    found = sure(leads(target, way), series("leads", cells))
    passed = made >= target if way is UP else made > target
    assert (found.chance in (0.0, 1.0)) == passed
    if passed:
        assert found.chance == (1.0 if way is UP else 0.0)


@BRIEF
@given(
    COUNTS.filter(lambda cells: len(cells) > 20), st.sets(st.integers(3, 15), min_size=1), st.integers(1, 3000), WAYS
)
def test_days_that_are_only_supposed_make_nothing_certain(
    cells: list[float], missing: set[int], target: int, way: Direction
) -> None:
    """A day that nobody stated counts like its weekday; a total that it alone lifts over its target may be less."""
    stated = [None if i in missing else cell for i, cell in enumerate(cells)]
    made = sum(cell for cell in stated if cell is not None)
    found = sure(leads(target, way), series("leads", stated))
    assert (found.chance in (0.0, 1.0)) == (made >= target if way is UP else made > target)


@BRIEF
@given(STEPS, st.integers(-500, 3000), WAYS)
def test_a_level_is_never_certain_before_its_deadline(steps: list[float], target: int, way: Direction) -> None:
    """Not even one that only ever grew and is far beyond its target."""
    found = sure(followers(target, way), climbing([abs(step) for step in steps]))
    assert 0.0 < found.chance < 1.0


@BRIEF
@given(COUNTS, COUNTS, st.floats(0.0001, 5.0), WAYS, st.sampled_from([Form.RATE, Form.KEEP]))
def test_a_ratio_is_never_certain_before_its_deadline(
    some: list[float], more: list[float], target: float, way: Direction, form: Form
) -> None:
    found = foreseen(likes(target, form, way), series("engagements", some), series("impressions", more))
    assert found is None or 0.0 < found.chance < 1.0


@BRIEF
@given(st.lists(st.floats(900, 1100), min_size=8, max_size=60), st.floats(880, 1120), WAYS)
def test_a_level_that_was_to_be_kept_is_lost_for_certain_on_its_first_bad_day(
    levels: list[float], target: float, way: Direction
) -> None:
    asked = goal(Form.KEEP, "followers", target, direction=way)
    found = sure(asked, series("followers", levels))
    assert (found.chance == 0.0) == (not all(way.reached(level, target) for level in levels))
    assert found.chance < 1.0


@BRIEF
@given(COUNTS, st.integers(0, 68), st.integers(0, 68), st.integers(0, 68))
def test_the_parts_of_a_period_sum_to_the_whole(cells: list[float], a: int, b: int, c: int) -> None:
    first, middle, last = sorted(MONDAY + each for each in (a, b, c))
    flows = [series("leads", cells)]
    assert total_of(flows, first, middle - 1) + total_of(flows, middle, last) == total_of(flows, first, last)


@BRIEF
@given(COUNTS, st.lists(st.integers(0, 60).map(float), min_size=60, max_size=60), SHARES)
def test_two_accounts_have_the_chance_of_their_sum(some: list[float], more: list[float], share: float) -> None:
    more = more[: len(some)]
    more += [3.0] * (len(some) - len(more))
    both = [a + b for a, b in zip(some, more, strict=True)]
    asked = leads(likely_end(both, share))._replace(accounts=("A", "B"))
    apart = sure(asked, series("leads", some), series("leads", more, account="B"))
    together = sure(leads(asked.target), series("leads", both))
    assert apart == approx(together)


@BRIEF
@given(st.lists(st.integers(1, 60).map(float), min_size=30, max_size=60), st.integers(1, 40).map(float), SHARES)
def test_a_ratio_over_an_even_count_is_the_series_of_its_days(cells: list[float], below: float, share: float) -> None:
    """Pooled and day by day are the same where as much is below the line every day."""
    asked = likes(share * sum(cells) / len(cells) / below, Form.RATE)
    one = sure(asked, series("engagements", cells), series("impressions", [below] * len(cells)))
    plain = goal(Form.TYPICAL_DAY, "reach", asked.target)
    other = sure(plain, series("reach", [cell / below + 1e-7 for cell in cells]))
    assert one.mid == approx(other.mid, rel=1e-3)
    assert isclose(one.chance, other.chance, abs_tol=0.01) or other.chance in (0.0, 1.0)


def test_every_form_but_weekly_goals_has_a_chance() -> None:
    assert METRICS["reach"].kind.value == "unique"
    assert judge(goal(Form.EACH, "posts", 3), series("posts", [1.0] * 20)).forecast is None
    assert SUNDAY == MONDAY + 69
