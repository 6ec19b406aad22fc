"""The path to the target: what is expected on each day, and how many days ahead or behind a value is."""

from smartkpi.model.goal import Goal


def elapsed(goal: Goal, day: int) -> int:
    """Days of the goal's period that are over on the evening of `day`."""
    return min(max(day - goal.start + 1, 0), goal.days)


def expected(goal: Goal, baseline: float, day: int) -> float:
    """Where the straight plan stands on the evening of `day`."""
    return baseline + (goal.target - baseline) * elapsed(goal, day) / goal.days


def progress(goal: Goal, baseline: float, actual: float) -> float | None:
    """The share of the way from baseline to target that is done."""
    return (actual - baseline) / (goal.target - baseline) if goal.target != baseline else None


def days_ahead(goal: Goal, baseline: float, actual: float, day: int) -> int | None:
    """The day on which the plan would have had `actual`, minus today: earned schedule. Never beyond the period."""
    share = progress(goal, baseline, actual)
    if share is None:
        return None
    return round(min(max(share, 0.0), 1.0) * goal.days - elapsed(goal, day))
