"""What is left of numbers when the days on which a goal is paused do not count."""

from smartkpi.measure.sources import Inputs
from smartkpi.model.goal import Goal
from smartkpi.model.series import BY_HAND, Series


def blank(series: Series, goal: Goal) -> Series:
    """Nothing is stated on paused days. A number kept by hand, and a total of a range, speaks for more days than
    these, and stays: what of it came on which nobody knows."""
    if series.key.report == BY_HAND or series.ranges:
        return series
    days = range(series.first_day, series.first_day + len(series.values))
    if not any(pause.first < days.stop and days.start <= pause.last for pause in goal.pauses):
        return series
    kept = (None if goal.pause_on(day) else value for day, value in zip(days, series.values, strict=True))
    return series._replace(values=tuple(kept))


def without_pauses(found: Inputs, goal: Goal) -> Inputs:
    """All that a rate, a typical day, or what is to be kept looks at, without paused days."""

    def all_blank(series: tuple[Series, ...]) -> tuple[Series, ...]:
        return tuple(blank(each, goal) for each in series)

    return found._replace(
        main=all_blank(found.main),
        numerator=all_blank(found.numerator),
        denominator=all_blank(found.denominator),
        weight=all_blank(found.weight),
    )
