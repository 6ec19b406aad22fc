"""A goal against its own past: windows against a slow look, targets whose chance is what they say, and what is said."""

from itertools import pairwise

import pytest
from goal_kit import DOWN, METRICS, MONDAY, UP, by_hand, goal, judge, series
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import EXPORTS
from pytest import approx

from smartkpi.measure import spans
from smartkpi.measure.attain import at_pace, attainable
from smartkpi.model.assessment import Forecast
from smartkpi.model.attainable import Aim, Attainable
from smartkpi.model.goal import Form, Goal, Pause
from smartkpi.model.metric import Direction
from smartkpi.model.series import Series
from smartkpi.report.attain import data, said, verdict

EVE = MONDAY - 1
BRIEF = settings(deadline=None, max_examples=50)
WAYS = st.sampled_from([UP, DOWN])
LENGTHS = st.integers(2, 120)
COUNTS = st.lists(st.integers(0, 40).map(float), min_size=8, max_size=200)
AMOUNTS = st.lists(st.floats(0.5, 500), min_size=8, max_size=200)
HOLES = st.lists(st.one_of(st.none(), st.integers(0, 9).map(float)), min_size=0, max_size=60)
STEADY = [2.0, 3.0, 1.0, 2.0, 4.0, 0.0, 0.0] * 40  # 12 a week


def found(asked: Goal, *stored: Series, as_of: int = MONDAY) -> Attainable:
    return attainable(asked, METRICS[asked.metric], METRICS, stored, as_of)


def before(metric: str, values: list[float] | list[float | None], **fields: object) -> Series:
    """A series whose last day is the eve of the goal's start."""
    return series(metric, values, MONDAY - len(values), **fields)  # type: ignore[arg-type]


def leads(target: float, days: int = 70, direction: Direction = UP) -> Goal:
    return goal(Form.TOTAL, "leads", target, deadline=EVE + days, direction=direction)


def lines(asked: Goal, *stored: Series) -> str:
    return "\n".join(said(found(asked, *stored), asked, METRICS[asked.metric]))


def chance_of(asked: Goal, *stored: Series) -> float:
    """As `status` says it."""
    foreseen = judge(asked, *stored, as_of=MONDAY).forecast
    assert foreseen is not None
    return foreseen.chance


# The past


@BRIEF
@given(HOLES, st.integers(1, 20))
def test_every_span_without_a_hole_counts_and_no_other(history: list[float | None], days: int) -> None:
    slow = []
    for begin in range(len(history) - days + 1):
        span = history[begin : begin + days]
        if None not in span:
            slow.append(sum(value for value in span if value is not None))
    assert spans.sums(history, days) == approx(slow)


@BRIEF
@given(COUNTS, LENGTHS, st.integers(0, 2000), WAYS)
def test_the_windows_of_a_total_are_what_a_slow_look_back_finds(
    values: list[float], days: int, target: int, direction: Direction
) -> None:
    windows = found(leads(target, days, direction), before("leads", values)).windows
    slow = [sum(values[i : i + days]) for i in range(len(values) - days + 1)]
    if not slow:
        assert windows is None
        return
    assert windows is not None
    best = max if direction is UP else min
    assert (windows.seen, windows.best, windows.lately) == (len(slow), best(slow), slow[-1])
    assert windows.reached == sum(direction.reached(value, target) for value in slow)
    assert windows.apart == len(values) // days


@BRIEF
@given(st.lists(st.integers(-3, 9), min_size=10, max_size=120), st.integers(2, 40), st.integers(1, 90))
def test_the_windows_of_a_gain_are_the_differences_of_its_level(steps: list[int], days: int, gain: int) -> None:
    level = [1000.0]
    for step in steps:
        level.append(level[-1] + step)
    asked = goal(Form.GROWTH, "followers", level[-1] + gain, baseline=level[-1], baseline_day=EVE, deadline=EVE + days)
    windows = found(asked, before("followers", level)).windows
    slow = [level[i + days] - level[i] for i in range(len(level) - days)]
    assert (windows.seen, windows.best, windows.reached) == (
        len(slow), max(slow), sum(value >= gain for value in slow)
    ) if windows else not slow  # fmt: skip


def test_windows_of_a_ratio_are_total_over_total() -> None:
    clicks, views = [1.0, 9.0, 5.0, 0.0] * 20, [10.0, 30.0, 100.0, 60.0] * 20
    asked = goal(Form.RATE, "engagement_rate", 0.1, window=7)
    windows = found(asked, before("engagements", clicks), before("impressions", views)).windows
    slow = [sum(clicks[i : i + 7]) / sum(views[i : i + 7]) for i in range(len(clicks) - 6)]
    assert windows is not None
    assert (windows.days, windows.seen, windows.best) == (7, len(slow), approx(max(slow)))


def test_several_accounts_are_added_and_only_days_that_all_state_count() -> None:
    one, two = before("leads", [1.0] * 100, account="A"), before("leads", [2.0] * 60, account="B")
    asked = leads(100, 30)._replace(accounts=("A", "B"))
    windows = found(asked, one, two).windows
    assert windows is not None
    assert (windows.seen, windows.best) == (31, 90)


def test_windows_with_missing_days_are_left_out_and_that_is_said() -> None:
    values: list[float | None] = [*STEADY]
    values[150] = None
    asked = leads(200)
    seen = found(asked, before("leads", values))
    assert seen.days_missing == 1
    assert seen.windows is not None
    assert seen.windows.seen == (150 - 70 + 1) + (280 - 151 - 70 + 1)
    assert "1 day that no export states" in lines(asked, before("leads", values))


def test_a_history_shorter_than_the_goal_has_no_window_and_none_is_invented() -> None:
    asked = leads(200)
    seen = found(asked, before("leads", STEADY[:40]))
    assert seen.windows is None
    assert seen.month is not None
    assert seen.month.best == approx(12)
    assert "no stretch of 70 days to compare it with: there are 40 days of numbers" in lines(
        asked, before("leads", STEADY[:40])
    )


def test_what_is_left_of_a_running_goal_is_compared_with_spans_as_long_as_what_is_left() -> None:
    asked = goal(Form.TOTAL, "leads", 200, start=MONDAY - 28, deadline=EVE + 42)
    seen = found(asked, before("leads", STEADY))
    assert seen.windows is not None
    assert (seen.now, seen.needed) == (48, approx((200 - 48) / 6))
    assert (seen.windows.days, seen.windows.best, seen.windows.reached) == (42, 72, 0)


def test_days_on_which_a_goal_was_paused_are_in_no_span() -> None:
    values = [*[3.0] * 100, *[0.0] * 10, *[3.0] * 30]
    asked = goal(Form.TOTAL, "leads", 200, start=MONDAY - 60, deadline=EVE + 30)
    paused = asked._replace(pauses=(Pause(MONDAY - 40, MONDAY - 31),))
    plain, rested = (found(each, before("leads", values)).windows for each in (asked, paused))
    assert plain is not None
    assert rested is not None
    assert (rested.days, rested.seen, rested.median) == (30, 101, 90)
    assert plain.seen == 111


def test_a_level_worked_back_from_who_came_is_at_most_and_says_so() -> None:
    asked = goal(Form.GROWTH, "followers", 30)
    seen = found(asked, before("new_followers", STEADY))
    assert seen.at_most
    assert "do not say who left" in lines(asked, before("new_followers", STEADY))


def test_a_weekly_goal_is_compared_with_whole_weeks() -> None:
    asked = goal(Form.EACH, "leads", 12)
    seen = found(asked, before("leads", [*[0.0] * 70, *STEADY[:70]]))
    assert seen.windows is not None
    assert (seen.windows.seen, seen.windows.reached, seen.chance) == (20, 10, None)
    assert seen.fair is None  # 10 of 20 weeks had nothing
    steady = found(asked, before("leads", STEADY))
    assert steady.fair == Aim(12, 1.0)
    assert verdict(steady) == "good"
    assert "12 leads a week: 26 of the last 26 weeks had that, 80 % must" in lines(asked, before("leads", STEADY))


def test_weeks_with_a_paused_day_are_no_weeks_of_a_weekly_goal() -> None:
    asked = goal(Form.EACH, "leads", 12, pauses=(Pause(MONDAY - 10, MONDAY - 8),))
    stored = before("leads", [*STEADY[:-14], *[0.0] * 7, *STEADY[:7]])
    seen, unpaused = (found(each, stored).windows for each in (asked, asked._replace(pauses=())))
    assert seen is not None and unpaused is not None
    assert (unpaused.seen, unpaused.reached) == (26, 25)
    assert (seen.seen, seen.reached) == (26, 26)


def test_what_is_to_be_kept_is_compared_with_all_of_its_days() -> None:
    asked = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR", start=MONDAY - 10, deadline=MONDAY + 59)
    cost, leads_ = before("cost", [10.0] * 40, unit="EUR"), before("leads", [1.0] * 40)
    assert "no stretch of 70 days to compare it with" in lines(asked, cost, leads_)


# Too little


@pytest.mark.parametrize(
    ("stored", "lacks"),
    [
        ((), "no data"),
        ((before("leads", [1.0] * 6),), "few days"),
        ((before("leads", STEADY, account="A"), before("leads", STEADY, account="B")), "which account"),
        ((before("leads", STEADY), before("leads", STEADY, report="other")), "which report"),
    ],
)
def test_where_too_little_is_known_nothing_is_said_but_why(stored: tuple[Series, ...], lacks: str) -> None:
    seen = found(leads(100), *stored)
    assert seen == Attainable(lacks=lacks, text=seen.text)
    assert verdict(seen) == "unknown"
    assert len(said(seen, leads(100), METRICS["leads"])) == 1
    assert data(seen)["fair"] is None


def test_a_goal_in_another_currency_is_not_compared() -> None:
    asked = goal(Form.TOTAL, "cost", 500, unit="EUR", direction=DOWN)
    seen = found(asked, before("cost", STEADY, unit="USD"))
    assert (seen.lacks, seen.text) == ("other currency", "USD")
    assert lines(asked, before("cost", STEADY, unit="USD")) == "its numbers are in USD, the goal is in EUR"


def test_a_goal_whose_time_is_over_is_not_compared() -> None:
    asked = goal(Form.TOTAL, "leads", 100, start=MONDAY - 50, deadline=MONDAY - 20)
    assert found(asked, before("leads", STEADY)).lacks == "over"


# The targets


def histories() -> st.SearchStrategy[tuple[Goal, tuple[Series, ...]]]:
    """Goals of every form that has a chance, on random pasts."""

    def total(values: list[float], days: int, direction: Direction, size: float) -> tuple[Goal, tuple[Series, ...]]:
        target = max(1.0, size * sum(values) / len(values) * days)
        return leads(target, days, direction), (before("leads", values),)

    def cost(values: list[float], days: int, direction: Direction, size: float) -> tuple[Goal, tuple[Series, ...]]:
        asked, _ = total(values, days, direction, size)
        return asked._replace(metric="cost"), (before("cost", values),)

    def gain(values: list[float], days: int, direction: Direction, size: float) -> tuple[Goal, tuple[Series, ...]]:
        level = [5000.0]
        for value in values:
            level.append(level[-1] + direction.sign * (value - 3))
        way = direction.sign * max(1.0, size * days)
        asked = goal(
            Form.GROWTH, "followers", level[-1] + way, baseline=level[-1], baseline_day=EVE, deadline=EVE + days,
            direction=direction,
        )  # fmt: skip
        return asked, (before("followers", level),)

    def rate(values: list[float], days: int, direction: Direction, size: float) -> tuple[Goal, tuple[Series, ...]]:
        form = Form.RATE if len(values) % 2 else Form.KEEP
        asked = goal(form, "engagement_rate", 0.1 * size, deadline=EVE + days, direction=direction)
        return asked, (before("engagements", values), before("impressions", [10 * v + 50 for v in values[::-1]]))

    def people(values: list[float], days: int, direction: Direction, size: float) -> tuple[Goal, tuple[Series, ...]]:
        asked = goal(Form.TYPICAL_DAY, "reach", 100 * size, deadline=EVE + days, direction=direction)
        return asked, (before("reach", values),)

    sizes = st.floats(0.3, 2.0)
    return st.one_of(
        st.builds(total, COUNTS, LENGTHS, WAYS, sizes),
        st.builds(cost, AMOUNTS, LENGTHS, WAYS, sizes),
        st.builds(gain, COUNTS, LENGTHS, WAYS, sizes),
        st.builds(rate, COUNTS, LENGTHS, WAYS, sizes),
        st.builds(people, COUNTS, LENGTHS, WAYS, sizes),
    )


@settings(deadline=None, max_examples=250)
@given(histories())
def test_a_goal_at_a_safe_fair_or_stretch_target_has_that_chance(case: tuple[Goal, tuple[Series, ...]]) -> None:
    """Within ten points; where whole things are so few that no target is that near, within 25, and it says so."""
    asked, stored = case
    seen = found(asked, *stored)
    for aim, chance in ((seen.safe, 0.8), (seen.fair, 0.5), (seen.stretch, 0.2)):
        if aim is not None:
            real = chance_of(asked._replace(target=aim.target), *stored)
            assert real == approx(aim.chance)
            assert abs(real - chance) <= (0.1 if aim.is_close else 0.25) + 1e-9
            assert aim.is_close or asked.metric in ("leads", "followers")


@BRIEF
@given(histories())
def test_the_harder_target_is_never_the_surer_one_and_the_chance_is_that_of_the_status(
    case: tuple[Goal, tuple[Series, ...]],
) -> None:
    asked, stored = case
    seen = found(asked, *stored)
    foreseen = judge(asked, *stored, as_of=MONDAY).forecast
    assert seen.chance == (foreseen.chance if foreseen and not seen.too_far else None)
    targets = [aim.target for aim in (seen.safe, seen.fair, seen.stretch) if aim is not None]
    assert all((hard - easy) * asked.direction.sign >= 0 for easy, hard in pairwise(targets))


@BRIEF
@given(AMOUNTS, LENGTHS, st.floats(0.3, 6.0))
def test_the_fair_deadline_gives_even_odds_and_the_day_before_it_does_not(
    values: list[float], days: int, size: float
) -> None:
    asked = leads(size * sum(values) / len(values) * days, days)._replace(metric="cost")
    stored = before("cost", values)
    seen = found(asked, stored)
    by = seen.fair_by
    if seen.too_far:
        assert by is None
        return
    if by is None:
        assert chance_of(asked._replace(deadline=EVE + seen.horizon), stored) < 0.5
        return
    assert chance_of(asked._replace(deadline=by), stored) >= 0.5
    if by > asked.start:
        assert chance_of(asked._replace(deadline=by - 1), stored) < 0.5


def test_a_fair_target_is_a_number_that_a_person_would_say() -> None:
    seen = found(leads(100), before("leads", STEADY))
    assert (seen.safe, seen.fair, seen.stretch) != (None, None, None)
    for aim in (seen.safe, seen.fair, seen.stretch):
        assert aim is not None
        assert aim.target == round(aim.target)


def test_few_things_keep_whole_targets_and_say_that_they_are_not_near() -> None:
    rare = [1.0 if i % 30 == 0 else 0.0 for i in range(300)]
    seen = found(leads(5, 28), before("leads", rare))
    for aim in (seen.safe, seen.fair, seen.stretch):
        assert aim is None or aim.target == round(aim.target) > 0


def test_nothing_that_is_there_already_is_offered_as_a_target() -> None:
    asked = goal(Form.TOTAL, "leads", 100, start=MONDAY - 70, deadline=EVE + 14)
    seen = found(asked, before("leads", STEADY))
    assert (seen.now, seen.chance, seen.fair_by) == (120, 1.0, None)
    assert all(aim.target > 120 for aim in (seen.safe, seen.fair, seen.stretch) if aim)
    assert lines(asked, before("leads", STEADY)).startswith("120 is there already")
    assert verdict(seen) == "good"


def test_a_shrinking_account_has_no_fair_gain_and_no_deadline_would_help() -> None:
    level = [5000.0 - 3 * i + (i * 7) % 5 for i in range(200)]
    asked = goal(Form.GROWTH, "followers", level[-1] + 50, baseline=level[-1], baseline_day=EVE)
    seen = found(asked, before("followers", level))
    assert (seen.fair, seen.fair_by) == (None, None)
    assert verdict(seen) == "bad"
    assert "no deadline within 400 days would make this target fair" in lines(asked, before("followers", level))


def test_a_limit_that_is_passed_is_said_to_be_over() -> None:
    asked = goal(Form.TOTAL, "leads", 100, start=MONDAY - 70, deadline=EVE + 14, direction=DOWN)
    assert found(asked, before("leads", STEADY)).chance == 0
    assert lines(asked, before("leads", STEADY)).startswith("120 is over the limit already")


# Another pace


def at(asked: Goal, weekly: float, *stored: Series) -> Forecast:
    foreseen = at_pace(asked, METRICS[asked.metric], METRICS, stored, MONDAY, weekly=weekly)
    assert foreseen is not None
    return foreseen


@BRIEF
@given(AMOUNTS, st.integers(7, 60), st.floats(1, 900))
def test_a_pace_from_now_on_ends_where_it_leads(values: list[float], days: int, weekly: float) -> None:
    asked = leads(1000, days)._replace(metric="cost")
    assert at(asked, weekly, before("cost", values)).mid == approx(weekly * days / 7)


def test_the_pace_that_is_needed_has_even_odds_and_more_of_it_more() -> None:
    asked, stored = leads(200), before("leads", STEADY)
    chances = [at(asked, weekly, stored).chance for weekly in (5, 12, 20, 40)]
    assert chances == sorted(chances)
    assert chances[2] == approx(0.5, abs=0.02)
    assert at(asked, 0, stored) == Forecast(0.0, 0.0, 0.0, 0.0)


def test_numbers_kept_by_hand_are_spread_and_that_is_said() -> None:
    known = {MONDAY - 7 * n - 1: 12.0 for n in range(20)}
    asked = leads(100, 28)
    seen = found(asked, by_hand("leads", known))
    assert seen.windows is not None
    assert seen.windows.best == approx(48)
    assert "spread evenly" in lines(asked, by_hand("leads", known))


# The words


def test_the_line_of_the_letter_a_says_what_it_needs_what_was_and_how_likely() -> None:
    first, *rest = lines(leads(200), before("leads", STEADY)).splitlines()
    assert first.startswith("needs 20 leads a week; lately 12, your best four weeks averaged 12: ")
    assert (
        rest[0]
        == "your best stretch of 70 days brought 120, a middling one 120; none ever brought the 200 that this needs"
    )
    assert "would be fair (even odds)" in rest[1]
    assert rest[2].startswith("at this target a fair deadline is ")


@pytest.mark.real
@pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")
def test_a_goal_above_the_best_four_weeks_was_never_reached_and_its_fair_target_has_even_odds(
    smartkpi: object,
) -> None:
    import json

    run = smartkpi
    day = ("--as-of", "2025-03-22")
    assert callable(run)
    run("import", EXPORTS / "x-twitter" / "x-overview-2025-03.csv", "--account", "Me")
    # 70,588 in the best 28 days; 20 % above
    run("add", "--metric", "impressions", "--target", "84706", "--deadline", "2025-04-18", *day)
    seen = json.loads(run("whatif", "impressions-x", "--json", *day).out)["before"]
    assert (seen["windows"]["days"], seen["windows"]["best"], seen["windows"]["reached"]) == (28, 70588, 0)
    targets = [seen[name]["target"] for name in ("safe", "fair", "stretch")]
    assert targets == sorted(targets)
    told = run("whatif", "impressions-x", *day).out
    assert "none ever brought the 84,706 that this needs" in told
    assert all(f"{target:,.0f}" in told for target in targets)
    run("edit", "impressions-x", "--target", str(int(targets[1])), *day)
    judged = json.loads(run("show", "impressions-x", "--json", *day).out)["goal"]
    assert 0.4 <= judged["chance"] <= 0.6


# What cannot be told, and why


def test_a_deadline_beyond_what_the_history_tells_gets_no_odds() -> None:
    far = goal(Form.TOTAL, "leads", 9000, deadline=EVE + 14 * 365)
    seen = found(far, before("leads", STEADY))
    assert (seen.too_far, seen.chance, seen.safe, seen.fair, seen.stretch, seen.fair_by) == (True, *[None] * 5)
    assert "the deadline is too far ahead to say how likely that is" in lines(far, before("leads", STEADY))
    assert verdict(seen) == "unknown"
    short = before("leads", STEADY[:28])
    assert not found(leads(100, 92), short).too_far
    assert found(leads(100, 93), short).too_far


def test_numbers_that_are_too_old_are_no_short_history() -> None:
    rate = goal(Form.RATE, "engagement_rate", 0.04)
    old = [series(name, [value] * 90, MONDAY - 335) for name, value in (("engagements", 30.0), ("impressions", 1000.0))]
    seen = found(rate, *old)
    assert (seen.lacks, seen.day) == ("old", MONDAY - 246)
    assert "its numbers are too old to say: they end on 1 Mar 2026" in lines(rate, *old)


def test_a_stated_rate_without_its_parts_says_so() -> None:
    rate = goal(Form.KEEP, "bounce_rate", 0.4, direction=DOWN)
    assert found(rate, before("bounce_rate", [0.3] * 90)).lacks == "cannot be pooled"
    assert "not what it is made of" in lines(rate, before("bounce_rate", [0.3] * 90))


BURSTS = [14.0 if i % 40 == 0 else 1.0 if i % 13 == 0 else 0.0 for i in range(363)]


def test_few_things_that_come_unevenly_still_come_in_a_quarter() -> None:
    """Most days bring nothing and a day is far noisier than its mean; every quarter brought more than 40."""
    seen = found(leads(1, 90), before("leads", BURSTS))
    assert seen.windows is not None
    assert (seen.windows.reached, seen.windows.apart) == (seen.windows.seen, 4)
    assert seen.chance is not None and seen.chance > 0.98
    assert seen.forecast is not None and seen.forecast.low > 5
    assert seen.safe is not None and seen.safe.target >= 10
    assert "every one brought the 1 that this needs" in lines(leads(1, 90), before("leads", BURSTS))


def test_a_share_of_what_the_export_lost_is_no_share() -> None:
    """A month of engagements on 0 impressions: no stretch of it has a rate, and neither has the pooled one."""
    engaged = before("engagements", [30.0] * 200)
    shown = before("impressions", [1000.0] * 80 + [0.0] * 30 + [1000.0] * 90)
    rate = goal(Form.RATE, "engagement_rate", 0.04, window=28)
    seen = found(rate, engaged, shown)
    assert seen.windows is not None
    assert seen.windows.best == approx(0.03)
    assert (seen.days, seen.days_missing) == (170, 30)
    stragglers = before("impressions", [1000.0 if i % 3 else 0.0 for i in range(200)])
    assert found(rate, engaged, stragglers).days_missing == 0


def test_a_rate_is_shown_with_the_digits_that_it_was_set_with() -> None:
    rate = goal(Form.RATE, "engagement_rate", 0.156, baseline=0.1558)
    stored = [before("engagements", [155.8] * 120), before("impressions", [1000.0] * 120)]
    text = lines(rate, *stored)
    assert "15.6 % is asked for; lately 15.58 %" in text
    assert "the 15.6 % that this needs" in text


def test_of_a_rate_that_is_there_already_the_fair_target_lies_beyond() -> None:
    cells = [20.0 + (i * 7) % 5 + i / 20 for i in range(200)]
    stored = [before("engagements", cells), before("impressions", [1000.0] * 200)]
    now = sum(cells[-28:]) / 28 / 1000
    fair = found(goal(Form.RATE, "engagement_rate", 0.05, baseline=now, deadline=EVE + 60), *stored).fair
    assert fair is None or fair.target > now or not 0.4 <= fair.chance <= 0.6


# What it needs, and what the program would take


def test_stretches_are_held_against_what_the_chance_needs() -> None:
    """Days of the goal's own time that nobody states count as about as much as those around them, here as there."""
    stored = series("leads", [*[2.0] * 100, *[None] * 7, *[2.0] * 7], MONDAY - 100)
    asked = goal(Form.TOTAL, "leads", 140, deadline=MONDAY + 69)
    seen = found(asked, stored, as_of=MONDAY + 14)
    assert seen.windows is not None
    assert (seen.unstated, seen.brought, seen.needed) == (7, approx(14), approx((140 - 14 - 14) / 56 * 7))
    assert seen.windows.reached == seen.windows.seen  # 112 in 56 days, which the sum alone (126) would hide
    told = "\n".join(said(seen, asked, METRICS["leads"]))
    assert "every one brought the 112 that this needs" in told
    assert "7 days of its own time that no export states count as about 14" in told


def test_of_what_is_there_or_lost_nothing_is_needed() -> None:
    there = goal(Form.TOTAL, "leads", 5, start=MONDAY - 14)
    passed = goal(Form.TOTAL, "leads", 5, start=MONDAY - 14, direction=DOWN)
    for asked in (there, passed):
        told = lines(asked, before("leads", STEADY))
        assert "that this needs" not in told
        assert "stayed inside" not in told
        assert "−" not in told
    assert verdict(found(there, before("leads", STEADY))) == "good"


def test_what_no_stretch_ever_brought_is_a_stretch_however_likely() -> None:
    rising = before("leads", [10.0 + day // 10 for day in range(140)])
    seen = found(leads(1200, 56), rising)
    assert seen.windows is not None and seen.chance is not None
    assert seen.windows.reached == 0
    assert seen.chance > 0.4
    assert verdict(seen) == "warn"


def test_a_level_that_should_fall_is_told_with_signs() -> None:
    asked = goal(Form.GROWTH, "followers", 990, baseline=1000.0, baseline_day=EVE, direction=DOWN)
    levels = before("followers", [1000.0 - 80 + day for day in range(81)])
    told = lines(asked, levels)
    assert told.startswith("needs −1 followers a week; lately +7")
    assert "none ever brought the −10 that this needs" in told


@pytest.mark.parametrize("direction", [UP, DOWN])
def test_no_target_of_a_rate_is_offered_that_is_there_already(direction: Direction) -> None:
    wave = [100.0 + 40 * ((day // 10) % 3 - 1) for day in range(200)]
    asked = goal(Form.TYPICAL_DAY, "reach", 120, baseline=105.0, baseline_day=EVE, direction=direction)
    seen = found(asked, before("reach", wave))
    aims = [aim for aim in (seen.safe, seen.fair, seen.stretch) if aim is not None]
    assert aims
    assert not any(direction.reached(105.0, aim.target) for aim in aims)


def test_a_cost_that_is_kept_is_known_although_nothing_came_of_late() -> None:
    asked = goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR", start=MONDAY - 60, deadline=MONDAY + 30)
    cost = before("cost", [10.0] * 100, unit="EUR")
    quiet = before("leads", [*[1.0] * 72, *[0.0] * 28])
    assert found(asked, cost, quiet).lacks == ""
    unseen = before("impressions", [*[100.0] * 72, *[0.0] * 28])
    told = lines(goal(Form.RATE, "engagement_rate", 0.02), before("engagements", [0.0] * 100), unseen)
    assert told == "engagement rate of the last 28 days cannot be worked out: nothing to divide by"


def test_rates_are_told_apart_from_their_target() -> None:
    asked = goal(Form.RATE, "engagement_rate", 0.0172, baseline=0.0171)
    engaged, seen = before("engagements", [171.0, 174.0] * 40), before("impressions", [10000.0] * 80)
    told = lines(asked, engaged, seen)
    assert "1.72 %" in told or "1.73 %" in told
    assert "1.7 %" not in told
