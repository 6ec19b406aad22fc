"""What happened once and is no pace: a purge of followers, a day on which something went round.

Sums, means and levels keep it, for it is true; the chance, and the words that rest on the pace of late, go without.

Of 6,487 goals cut from real series 115 had a spike; without it their Brier score went from 0.136 to 0.083 (totals) and
from 0.204 to 0.182 (means), and the range covered 0.80 with LESS_SURE.
"""

from collections.abc import Mapping, Sequence

from smartkpi.measure import aggregate, forecast, levels
from smartkpi.measure.aggregate import LATELY, WEEK
from smartkpi.measure.pace import Case, flows_of
from smartkpi.model.assessment import Pace, Reason
from smartkpi.model.goal import Form
from smartkpi.model.series import BY_HAND, Series

SINCE = 112  # days in which nothing like it was
MOST_DAYS = 3  # that a spike may last
FEWEST = 14  # days of data below which nobody knows what is usual
FAR = 20  # times the usual difference from the median
LEAST = 0.05  # of the median: calmer series are not believed to be that calm
LESS_SURE = 1.2  # times the spread: what came once may come again
SHARE = 1 / 3  # of the last four weeks: a smaller spike hardly moves the pace


def once(case: Case, paced: Pace) -> Reason | None:
    """What in the last four weeks was no pace: from when to when, how much it was, and what is left without it.

    `without` is a week of late, of a typical day that day. None where there is nothing, and of numbers kept by hand.
    """
    main = case.inputs.main
    if not main or case.inputs.gains or any(series.key.report == BY_HAND for series in main):
        return None
    if case.goal.form is Form.GROWTH:
        return _purge(case, paced) if len(main) == 1 else None
    return _spike(case) if case.goal.form in (Form.TOTAL, Form.EACH, Form.TYPICAL_DAY) else None


def _purge(case: Case, paced: Pace) -> Reason | None:
    series, good = case.inputs.main[0], case.goal.direction.sign
    known = dict(aggregate.days_of(series, case.day - forecast.LONGEST, case.day))
    days, values = [*known], [*known.values()]
    steps = forecast.steps(days, values)
    calm = forecast.without_purges(steps, good)
    lost = {days[0] + 1 + i: a - b for i, (a, b) in enumerate(zip(steps, calm, strict=True)) if a != b}
    ends = levels.lately(series, case.day)
    if ends is None or paced.run_rate is None:
        return None
    counted = [day for day in range(ends[0][0] + 1, ends[1][0] + 1) if case.goal.pause_on(day) is None]
    late = {day: lost[day] for day in counted if day in lost}
    if not late:
        return None
    whole = sum(steps[day - days[0] - 1] for day in late)
    return _reason("purge", [*late], whole, paced.run_rate - sum(late.values()) / len(counted) * WEEK)


def _spike(case: Case) -> Reason | None:
    known = _sums(flows_of(case), case.day)
    days = spike(known, case.day)
    if not days:
        return None
    late = {day: value for day, value in known.items() if day > case.day - LATELY}
    size = sum(late[day] for day in days)
    rest = (sum(late.values()) - size) / (len(late) - len(days))
    return _reason("spike", days, size, rest if case.goal.form is Form.TYPICAL_DAY else rest * WEEK)


def _sums(flows: Sequence[Series], last: int) -> dict[int, float]:
    """Day by day what all accounts brought together; days that one of them does not state are left out."""
    first, *others = (dict(aggregate.days_of(flow, last - SINCE + 1, last)) for flow in flows)
    return {day: value + sum(o[day] for o in others) for day, value in first.items() if all(day in o for o in others)}


def spike(known: Mapping[int, float], last: int) -> list[int]:
    """The days, of the four weeks up to `last`, on which far more came than on any other of `known`, if they are few
    and make up much of these weeks."""
    late = {day: value for day, value in known.items() if last - LATELY < day <= last}
    if len(late) < FEWEST:
        return []
    usual = _median([*late.values()])
    if usual <= 0:  # where most days bring nothing, a day that brings something is what counts
        return []
    far = usual + FAR * max(_median([abs(value - usual) for value in late.values()]), LEAST * usual)
    days = [day for day, value in late.items() if value > far]
    if not 0 < len(days) <= MOST_DAYS or sum(late[day] for day in days) < SHARE * sum(late.values()):
        return []
    before = max((value for day, value in known.items() if last - SINCE < day <= last - LATELY), default=0.0)
    return [] if 2 * before > max(late[day] for day in days) else days


def without_spike(values: Sequence[float], last: int) -> list[float]:
    """Daily values up to `last`, with what is usual in place of a spike of the last four weeks."""
    first = last - len(values) + 1
    days = spike(dict(enumerate(values[-SINCE:], max(first, last - SINCE + 1))), last)
    usual = _median(values[-LATELY:])
    return [usual if first + i in days else value for i, value in enumerate(values)]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _reason(what: str, days: Sequence[int], size: float, without: float) -> Reason:
    numbers = (("first", days[0]), ("last", days[-1]), ("days", len(days)), ("size", size), ("without", without))
    return Reason("once", numbers, what)
