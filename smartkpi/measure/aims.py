"""The targets that have a certain chance, rounded so that a person can say them and the chance stays what it is."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

from smartkpi.measure.chance import Prospect
from smartkpi.model.attainable import Aim
from smartkpi.model.goal import Form
from smartkpi.model.metric import Direction, Kind

CLOSE = 0.045  # rounding makes a target this much surer at most: even odds still read as even
STILL = 0.10  # where whole things lie further apart than that: this far off either way is still the same
COARSE = 0.25  # further off it is another target, and none is said
STEPS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001)  # of its size
BEYOND = (0.1, 0.05, 0.02, 0.01, 0.005)  # steps of its size in which a target just beyond is looked for
LEAST, GREATEST = 0.4, 0.6  # chances that are about even odds
HALVINGS = 60
EXACT = 0.002  # of a chance


def aims(seen: Prospect, chances: Sequence[float]) -> list[Aim | None]:
    """One rounded target for each chance; None where no target has it."""
    return [_aim(seen, chance) for chance in chances]


def further(seen: Prospect, today: float, chance: float) -> Aim | None:
    """The roundest target just beyond `today` that is met about as often as missed; None where none is."""
    size = 10.0 ** floor(log10(abs(today))) if today else 0.0
    direction = seen.case.goal.direction
    rounded = floor if direction is Direction.DOWN else ceil
    for step in (share * size for share in BEYOND if size):
        target = _times(rounded(today / step), step)
        if target > 0 and not direction.reached(today, target) and is_about_even(seen.chance(target)):
            return Aim(target, seen.chance(target), is_close=abs(seen.chance(target) - chance) <= STILL)
    return None


def is_about_even(chance: float) -> bool:
    """Whether what has it is met about as often as it is missed."""
    return LEAST <= chance <= GREATEST


def _aim(seen: Prospect, chance: float) -> Aim | None:
    exact = _exact(seen, chance)
    return None if exact is None else _rounded(seen, exact, chance)


def _exact(seen: Prospect, chance: float) -> float | None:
    """The hardest target that still has this chance."""
    up = seen.case.goal.direction is Direction.UP
    (end,) = seen.ends(1 - chance if up else chance)
    if abs(seen.chance(end) - chance) <= EXACT:
        return end
    low, high = seen.ends(0.0, 1.0)
    room = (high - low) * 0.01 + 1.0
    easy, hard = (low - room, high + room) if up else (high + room, low - room)
    if seen.chance(easy) < chance or seen.chance(hard) >= chance:
        return None
    for _ in range(HALVINGS):
        middle = (easy + hard) / 2
        easy, hard = (middle, hard) if seen.chance(middle) >= chance else (easy, middle)
    return easy


def _rounded(seen: Prospect, exact: float, chance: float) -> Aim | None:
    """The roundest number on the easier side that is hardly surer; else the nearest that can be counted."""
    if not isfinite(exact):
        return None
    down, up = (floor, ceil) if seen.case.goal.direction is Direction.UP else (ceil, floor)
    size = 10.0 ** floor(log10(abs(exact))) if exact else 1.0
    least = 1.0 if _is_counted(seen) else 0.0
    steps = [step for share in STEPS if (step := share * size) >= least] or [1.0]
    for step in steps:
        target = _times(down(exact / step + _NUDGE[down]), step)
        if 0 <= seen.chance(target) - chance <= CLOSE:
            return Aim(target, seen.chance(target))
    step = max(steps[-1], least)
    easier, harder = (
        Aim(target, seen.chance(target))
        for target in (_times(down(exact / step + _NUDGE[down]), step), _times(up(exact / step), step))
    )
    best = easier if _is_near(easier, chance) or not _is_near(harder, chance) else harder
    off = abs(best.chance - chance)
    return best._replace(is_close=off <= STILL) if off <= (COARSE if least else STILL) else None


_NUDGE = {floor: 1e-9, ceil: -1e-9}  # what a division may lose of a number that is round already


def _times(count: float, step: float) -> float:
    """So many steps, without the tail of digits that binary fractions leave."""
    return float(f"{count * step:.12g}")


def _is_near(aim: Aim, chance: float) -> bool:
    return abs(aim.chance - chance) <= STILL


def _is_counted(seen: Prospect) -> bool:
    """Whether only whole numbers can be reached."""
    case = seen.case
    counted = case.goal.form in (Form.TOTAL, Form.GROWTH, Form.KEEP) and case.metric.kind in (Kind.FLOW, Kind.LEVEL)
    return counted and seen.way.past.whole and not case.metric.unit
