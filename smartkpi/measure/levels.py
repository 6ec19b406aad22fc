"""A level on a day: as exported or recorded, else worked back from recorded totals and the flows that change it.

Days are ordinals, spans are closed, None means that nobody can tell.
"""

from math import isclose
from typing import NamedTuple

from smartkpi.measure.aggregate import CARRY, LATELY, WEEK, add_up, days_of, last_level, mean_day, missing_days, stated
from smartkpi.measure.aggregate import total as flowed
from smartkpi.measure.sources import Inputs
from smartkpi.model.goal import Form, Goal
from smartkpi.model.series import Series

Anchor = tuple[int, float]  # the day and value of a total that levels are worked back from


def level(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """The level on `day` over all accounts: as exported or recorded, else worked back; None where one is unknown."""
    known = add_up(_levels(inputs, day))
    if known is None or not inputs.gains:
        return known if inputs.main else None
    rest = worked_back(inputs, goal, day)
    return None if rest is None else known + rest


def _levels(inputs: Inputs, day: int) -> list[float | None]:
    carry = CARRY if len(inputs.main) + len(inputs.gains) > 1 else None
    return [last_level(series, day, carry) for series in inputs.main]


def worked_back(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """The level on `day` of the accounts that export none: the total before or after it, and the flows between.

    Where `day` lies between two totals both count: the flows since the earlier one, and what these lack of the later
    one (people who left, whom nobody exports) spread evenly, in whole people, over the days between the two. So the
    level meets both totals and never jumps halfway.
    """
    before, after = around(inputs, goal, day)
    nearest = before or after
    if nearest is None:
        return None
    value = nearest[1] + change(inputs, nearest[0], day)
    if before is None or after is None:
        return value
    return value + _share(_lacking(inputs, before, after), before, after, day)


def _lacking(inputs: Inputs, before: Anchor, after: Anchor) -> float:
    """What the flows between two totals lack of the later one."""
    return after[1] - before[1] - change(inputs, before[0], after[0])


def _share(lacking: float, before: Anchor, after: Anchor, day: int) -> int:
    """What of `lacking` falls on the days up to `day`, in whole people."""
    return round(lacking * (day - before[0]) / (after[0] - before[0]))


def slack(inputs: Inputs, goal: Goal, day: int) -> tuple[float, float]:
    """By how much the level on `day` may be lower, and higher, than worked back: both totals alone would say so.

    (0, 0) where the flows join the two totals, and where there is only one.
    """
    before, after = around(inputs, goal, day)
    if before is None or after is None:
        return 0.0, 0.0
    lacking = _lacking(inputs, before, after)
    if isclose(lacking, 0.0, abs_tol=1e-9):
        return 0.0, 0.0
    share = _share(lacking, before, after, day)
    return max(share, share - lacking), max(-share, lacking - share)


def begun(inputs: Inputs, goal: Goal, day: int) -> Goal:
    """`goal` from the last level before its start that is known on `day`, where it was made before anybody could know
    that one; as it stands where it was typed, or where that one is beyond the target: there is no way from there."""
    kept, eve = goal.baseline_day, min(day, goal.start - 1)
    if goal.form is not Form.GROWTH or kept is None or not kept < eve or not goal.created or goal.created >= goal.start:
        return goal
    value = level(inputs, goal, eve)
    if value is None or goal.direction.reached(value, goal.target):
        return goal
    return goal._replace(baseline=value, baseline_day=eve)


def gained(inputs: Inputs, goal: Goal, day: int) -> float | None:
    """What the level gained since the evening before the goal's start, or since it was first known after it."""
    eve = goal.start - 1
    if day <= eve:
        return 0.0
    now, before = add_up(_levels(inputs, day)), add_up([_first_known(s, eve, day) for s in inputs.main])
    if now is None or before is None:
        return None
    here, there = worked_back(inputs, goal, day), worked_back(inputs, goal, eve)
    unexported = change(inputs, eve, day) if here is None or there is None else here - there
    return now - before + unexported


def _first_known(series: Series, eve: int, day: int) -> float | None:
    before = last_level(series, eve)
    return before if before is not None else next(iter(stated(series, eve + 1, day)), None)


def change(inputs: Inputs, after: int, day: int) -> float:
    """What the flows changed after one day and up to another; negative days run backwards."""
    if day < after:
        return -change(inputs, day, after)
    return sum(sign * flowed((flow,), after + 1, day) for flow, sign in inputs.gains)


def anchors(inputs: Inputs) -> list[Anchor]:
    """(day, total) of every day on which each account that is worked back has a total recorded by hand."""
    accounts = {flow.account.uid for flow, _ in inputs.gains}
    found = [dict(days_of(s, s.first_day, s.first_day + len(s.values))) for s in inputs.anchors]
    if not found or {s.account.uid for s in inputs.anchors} != accounts:
        return []
    return [(day, sum(known[day] for known in found)) for day in sorted(found[0]) if all(day in k for k in found)]


def around(inputs: Inputs, goal: Goal, day: int) -> tuple[Anchor | None, Anchor | None]:
    """The last total up to `day` and the first one after it; a total of that very day stands alone."""
    known = anchors(inputs) or _own(inputs, goal)
    before = next((anchor for anchor in reversed(known) if anchor[0] <= day), None)
    if before is not None and before[0] == day:
        return before, None
    return before, next((anchor for anchor in known if anchor[0] > day), None)


def _own(inputs: Inputs, goal: Goal) -> list[Anchor]:
    """The goal's own baseline as a total, less what the other accounts had that day."""
    if not inputs.gains or goal.baseline is None or goal.baseline_day is None:
        return []
    others = add_up([last_level(s, goal.baseline_day) for s in inputs.main])
    return [] if others is None else [(goal.baseline_day, goal.baseline - others)]


def calculated_from(inputs: Inputs, goal: Goal, day: int) -> Anchor | None:
    """The total nearest to `day`, of those that the level is worked back from."""
    found = [anchor for anchor in around(inputs, goal, day) if anchor is not None]
    return min(found, key=lambda anchor: (abs(anchor[0] - day), anchor[0]), default=None)


def is_upper_bound(inputs: Inputs, goal: Goal, day: int) -> bool:
    """Whether people who left since the last total, whom nobody exports, may make the level, or the gain, smaller."""
    if not inputs.upper_bound or (goal.baseline is None and day < goal.start):  # before its start a gain is 0
        return False
    unsure_start = goal.baseline is None and around(inputs, goal, goal.start - 1)[0] is None
    return unsure_start or is_after_total(inputs, goal, day)


def is_after_total(inputs: Inputs, goal: Goal, day: int) -> bool:
    """Whether the level on `day` misses those who left since the last total."""
    before, after = around(inputs, goal, day)
    return inputs.upper_bound and after is None and (before is None or before[0] < day)


def is_before_total(inputs: Inputs, goal: Goal, day: int) -> bool:
    """Whether the level on `day` misses those who left between it and the first total."""
    return inputs.upper_bound and around(inputs, goal, day)[0] is None


def unknown_flows(inputs: Inputs, goal: Goal, day: int) -> list[int]:
    """The days that no export states and that the level on `day` rests on; of a gain, those that it rests on."""
    here, eve = _holes(inputs, goal, day), goal.start - 1
    if goal.baseline is not None or not inputs.gains:
        return sorted(here)
    if day <= eve:
        return []
    there, totals = _holes(inputs, goal, eve), around(inputs, goal, day)
    # from one total to both evenings: what is missing on the way to both makes no difference between them
    same = None in totals and totals == around(inputs, goal, eve)
    return sorted(here ^ there if same else here | there)


def unknown_from_total(inputs: Inputs, goal: Goal, day: int) -> list[int]:
    """The days that no export states on the way from the total that the level on `day` is worked back from."""
    return sorted(_holes(inputs, goal, day))


def _holes(inputs: Inputs, goal: Goal, day: int) -> set[int]:
    before, after = around(inputs, goal, day)
    first = before[0] + 1 if before else day + 1 if after else goal.start
    return set(missing_days((flow for flow, _ in inputs.gains), first, after[0] if after else day))


class Disagreement(NamedTuple):
    """A total, and what the flows since the total before it make of that one."""

    day: int
    total: float
    calculated: float
    days_missing: int  # days between the two that no export states


def disagreement(inputs: Inputs, goal: Goal, day: int) -> Disagreement | None:
    """Where the last total up to `day` is not what the total before it, or the goal's baseline, and the flows make."""
    known = [anchor for anchor in anchors(inputs) if anchor[0] <= day][-2:]
    if len(known) == 1:
        known = [anchor for anchor in _own(inputs, goal) if anchor[0] < known[0][0]] + known
    if len(known) < 2 or isclose(_lacking(inputs, *known), 0.0, abs_tol=1e-9):
        return None
    (before, old), (now, new) = known
    missing = missing_days((flow for flow, _ in inputs.gains), before + 1, now)
    return Disagreement(now, new, old + change(inputs, before, now), len(missing))


def contradiction(inputs: Inputs, day: int) -> tuple[int, float, float] | None:
    """(day, recorded, exported) of the last recorded total whose day an export states otherwise."""
    exported = {s.account.uid: s for s in inputs.main}
    found = [
        (then, total, level)
        for recorded in inputs.recorded
        for then, total in days_of(recorded, recorded.first_day, day)
        if (level := exported[recorded.account.uid].at(then)) is not None and level != total
    ]
    return max(found, default=None)


def level_rate(inputs: Inputs, day: int) -> float | None:
    """The change of a mean day of the last four weeks, over all accounts; None where one has none."""
    steps = [_slope(series, day) for series in inputs.main]
    if (told := told_rate(inputs, day)) is not None:
        return add_up([*steps, told])
    for flow, sign in inputs.gains:
        rate = mean_day(flow, min(day, flow.full_through if flow.full_through is not None else day))
        steps.append(None if rate is None else sign * rate)
    return add_up(steps) if steps else None


def told_rate(inputs: Inputs, day: int) -> float | None:
    """Where nobody exports who left, the totals that were recorded tell the pace, once two of each account are at
    least a week apart; who came alone would say that nobody ever leaves."""
    recorded = {series.account.uid: list(days_of(series, series.first_day, day)) for series in inputs.anchors}
    enough = all(known and known[-1][0] - known[0][0] >= WEEK for known in recorded.values())
    if not inputs.upper_bound or not enough or set(recorded) != {flow.account.uid for flow, _ in inputs.gains}:
        return None
    return add_up([_slope(series, day) for series in inputs.anchors])


def _slope(series: Series, day: int) -> float | None:
    ends = lately(series, day)
    return None if ends is None else (ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0])


def lately(series: Series, day: int) -> tuple[Anchor, Anchor] | None:
    """The level 28 days before the last one, or the one before that, or the first; and the last one."""
    known = list(days_of(series, series.first_day, day))
    if len(known) < 2:
        return None
    last = known[-1]
    return next((k for k in reversed(known) if k[0] <= last[0] - LATELY), known[0]), last
