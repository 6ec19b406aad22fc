"""A season that comes late: seen in what the years before brought, believed only where it would have foretold them."""

from math import cos, pi
from random import Random

import pytest
from goal_kit import MONDAY, goal, judge, series

from smartkpi.measure import season
from smartkpi.measure.forecast import Ahead
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Form

YEARS = 3 * 364
RUNS = 60
HALF_YEAR = 182


def brought(day: int, height: float) -> float:
    """What a usual day brings: most in the twentieth week of the goal, `height` times as much as in its least."""
    return 40 * (1 + (height - 1) * (1 - cos(2 * pi * (day + 44) / 364)) / 2)


def years(chance: Random, noise: float, height: float, level: float = 1.0) -> list[float]:
    """Three years up to the start of the goal, and the half year of the goal itself at its own level."""
    usual = [brought(day, height) * (level if day >= 0 else 1.0) for day in range(-YEARS, HALF_YEAR)]
    return [float(max(0, round(mean * chance.gauss(1, noise)))) for mean in usual]


def season_brings(height: float) -> float:
    return sum(brought(day, height) for day in range(HALF_YEAR))


def after(weeks: int, cells: list[float], target: float) -> Assessment:
    asked = goal(Form.TOTAL, "leads", target, start=MONDAY, deadline=MONDAY + HALF_YEAR - 1)
    return judge(asked, series("leads", cells[: YEARS + 7 * weeks], MONDAY - YEARS))


@pytest.mark.parametrize("noise", [0.1, 0.3])
@pytest.mark.parametrize("height", [2.0, 4.0])
def test_a_healthy_goal_with_a_late_season_is_not_called_off_track_in_its_first_weeks(
    noise: float, height: float
) -> None:
    """The target is 10 % below what the season brings."""
    chance = Random(7)
    said = [
        after(weeks, cells, 0.9 * season_brings(height)).status
        for cells in (years(chance, noise, height) for _ in range(RUNS))
        for weeks in (2, 4, 6)
    ]
    assert said.count(Status.OFF_TRACK) <= 0.1 * len(said)


@pytest.mark.parametrize("noise", [0.1, 0.3])
@pytest.mark.parametrize("height", [1.0, 2.0, 4.0])
def test_a_goal_at_four_fifths_of_its_pace_is_seen_by_half_time(noise: float, height: float) -> None:
    chance = Random(8)
    said = [after(13, years(chance, noise, height, level=0.8), season_brings(height)).status for _ in range(RUNS)]
    assert sum(each in (Status.AT_RISK, Status.OFF_TRACK) for each in said) >= 0.8 * len(said)


@pytest.mark.parametrize("days", [7, 28, 90])
def test_noise_without_a_season_is_seldom_taken_for_one(days: int) -> None:
    chance = Random(9)
    found = [season.factor([float(chance.randint(20, 60)) for _ in range(900)], Ahead(days, days)) for _ in range(RUNS)]
    assert sum(factor != 1.0 for factor in found) <= 0.1 * RUNS


@pytest.mark.parametrize("known", [30, 364, 400, 440])
def test_less_than_fourteen_months_say_nothing_of_a_season(known: int) -> None:
    cells = [brought(day, 4.0) for day in range(-known, 0)]
    assert season.factor(cells, Ahead(60, 60)) == 1.0


def test_a_season_that_is_plain_is_told_by_its_factor() -> None:
    """The days to come over the four weeks before them, in the years before."""
    cells = [brought(day, 4.0) for day in range(-YEARS, 0)]
    ahead = [brought(day, 4.0) for day in range(60)]
    assert season.factor(cells, Ahead(60, 60)) == pytest.approx((sum(ahead) / 60) / (sum(cells[-28:]) / 28), rel=0.01)


def test_the_assessment_says_what_the_season_makes_of_the_pace() -> None:
    cells = [float(round(brought(day, 4.0))) for day in range(-YEARS, HALF_YEAR)]
    assert after(4, cells, 10_000).season > 1.3
    asked = goal(Form.TOTAL, "leads", 10_000, start=MONDAY, deadline=MONDAY + HALF_YEAR - 1)
    assert judge(asked, series("leads", cells[YEARS - 100 : YEARS + 28], MONDAY - 100)).season == 1.0
