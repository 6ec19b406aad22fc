"""What `add` and `edit` both settle: whose numbers a goal reads, whether it asks for anything, and its title."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace

from smartkpi.errors import NotSmartError, WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso
from smartkpi.model.repeating import last_of, whole_periods
from smartkpi.model.series import Account
from smartkpi.report import echo, words
from smartkpi.store import accounts, goals
from smartkpi.workflow import again, whose
from smartkpi.workflow.milestones import with_milestones
from smartkpi.workflow.platforms import ELSEWHERE, labels
from smartkpi.workflow.wish import Lack, Wish, is_share, not_smart, with_further

APART = " · "  # between a title and what tells two goals apart


def owners_of(
    conn: sqlite3.Connection | None, wanted: Sequence[str], platform: str, command: str, *, new_account: bool
) -> tuple[Account, ...]:
    """The accounts that were named; one whose uid is '' is new."""
    known = [] if conn is None else accounts.in_use(conn)
    on = (platform,) if platform else ()
    typed = {name: again.without(command, "--account", value=name) for name in wanted}
    return tuple(
        whose.named(name, on, known, labels(), new_account=new_account, command=typed[name]) for name in wanted
    )


def kept(conn: sqlite3.Connection, owners: Sequence[Account]) -> tuple[str, ...]:
    """Their uids, the new ones kept."""
    return tuple(owner.uid or accounts.ensure(conn, owner.platform, owner.name).uid for owner in owners)


def checked(conn: sqlite3.Connection | None, goal: Goal, wish: Wish, metric: Metric, as_of: int) -> Goal:
    """Refuses a goal that is true already by its own words, or that exists; settles which way a growth goes."""
    edit = f"smartkpi edit {goal.slug}" if goal.slug else ""
    _check_share(goal, wish, metric, as_of, edit)
    if (nothing := pointless(goal)) is not None:
        further = with_further(goal, wish, metric)
        number = "--drop" if further.drop else "--gain" if further.gain else "--target"
        example = f"{edit} {number} NUMBER" if edit else ""
        raise not_smart([("S", nothing)], further, as_of, example=example, metric=metric)
    if goal.form is Form.EACH and goal.every == "month" and not whole_periods(goal):
        raise _no_whole_month(goal, wish, metric, as_of, edit)
    if goal.form is Form.GROWTH:
        goal = goal._replace(direction=_direction(goal, wish, metric, as_of))
    is_for_a_new_account = bool(wish.accounts) and not goal.accounts
    for other in [] if conn is None or is_for_a_new_account else goals.active(conn):
        if other.slug != goal.slug and _same(goal, other):
            raise _twice(other)
    return with_milestones(goal, wish.milestones, metric, as_of)


def _check_share(goal: Goal, wish: Wish, metric: Metric, as_of: int, edit: str) -> None:
    """A tenth more of what nobody knows is no number."""
    text, flag = wish.gain or wish.drop, "--gain" if wish.gain else "--drop"
    if is_share(text, flag, metric) and goal.baseline is None and not goal.target:
        said = f"{text} of what? The data do not say where you stand: add --baseline NUMBER"
        example = f"{edit} {flag} {text} --baseline NUMBER" if edit else ""
        wish = replace(wish, baseline="1000")
        raise not_smart([Lack("S", "baseline", said)], wish, as_of, example=example, metric=metric)


def _direction(goal: Goal, wish: Wish, metric: Metric, as_of: int) -> Direction:
    """Which way a growth goes; refuses one that lies behind by its own words."""
    if (why := lies_behind(goal, wish, metric, as_of)) is not None:
        further = replace(wish, keep=True) if wish.at_most else replace(wish, target="", gain="20")
        example = f"smartkpi edit {goal.slug} --gain NUMBER" if goal.slug else ""
        raise not_smart([Lack("S", "number", why)], further, as_of, example=example, metric=metric)
    return Direction.UP if goal.target > (goal.baseline or 0.0) else Direction.DOWN


def lies_behind(goal: Goal, wish: Wish, metric: Metric, as_of: int) -> str | None:
    """Why a growth has nothing to go for, or None: a target below where one stands is a fall only where somebody says
    so, or where less is better."""
    if goal.form is not Form.GROWTH or goal.baseline is None:
        return None
    falls = goal.target < goal.baseline
    may_fall = bool(wish.drop or wish.at_most) or Direction.DOWN in (goal.direction, metric.direction)
    if falls and not may_fall:
        return f"{_standing(goal, metric, as_of)} already: a target beyond that makes it a goal"
    if wish.at_most and not falls:
        return f"{_standing(goal, metric, as_of)}, within that limit: “keep … under” makes it a goal"
    return None


def _standing(goal: Goal, metric: Metric, as_of: int) -> str:
    """ "you are at 1,885", as the evening before the start has it; with its day where that is an older one."""
    now = words.amount(goal.baseline or 0.0, metric, goal.unit)
    day = goal.baseline_day
    return f"you are at {now}" if day is None or day >= as_of - 1 else f"you were at {now} on {words.day(day)}"


def _no_whole_month(goal: Goal, wish: Wish, metric: Metric, as_of: int, edit: str) -> NotSmartError:
    """A part of a month is never held against what is asked of all of it."""
    between = f"{words.day(goal.start)} and {words.day(goal.deadline)}"
    why = f"no whole month lies between {between}, and a month counts from its first day to its last"
    later = iso(last_of("month", last_of("month", goal.start) + 1))
    example = f"{edit} --deadline {later}" if edit else ""
    return not_smart([("T", why)], replace(wish, deadline=later), as_of, example=example, metric=metric)


def _twice(other: Goal) -> WrongUseError:
    """It is no wish, and lacks nothing: it is there."""
    return WrongUseError(
        f"you have this very goal already: {other.slug}",
        details=("Another number or another day makes it a second one.",),
        hints=(f"smartkpi show {other.slug}", f"smartkpi edit {other.slug} --deadline DAY"),
    )


def pointless(goal: Goal) -> str | None:
    """Why a target asks for nothing, or None."""
    if goal.form.has_baseline and goal.target == (goal.baseline or 0.0):
        return "the target is where you stand already: nothing would have to change"
    measured = goal.form.has_window and goal.baseline is not None
    if measured and goal.direction.reached(goal.baseline or 0.0, goal.target):
        return "you are there already: a target beyond where you stand makes it a goal"
    lost = goal.form is Form.GROWTH and goal.baseline is None  # a loss of followers is a way below 0
    least = goal.target > 0 or (goal.target == 0 and goal.direction is Direction.DOWN)
    return None if least or lost else "how many? A target above 0 makes it a goal"


def _same(one: Goal, other: Goal) -> bool:
    fields = ("metric", "form", "direction", "platform", "campaign", "report", "deadline", "window", "every")
    alike = all(getattr(one, field) == getattr(other, field) for field in fields)
    accounts_alike = not one.accounts or not other.accounts or set(one.accounts) == set(other.accounts)
    units_alike = not one.unit or not other.unit or one.unit == other.unit
    way = one.target == other.target or (one.gain == other.gain and one.form is Form.GROWTH)
    return alike and accounts_alike and units_alike and way and _begin_alike(one, other)


def _begin_alike(one: Goal, other: Goal) -> bool:
    """Whether two goals begin on the same day and number: what nobody typed (today, the data's) is no difference."""
    starts = one.start == other.start or (one.start == one.created and other.start == other.created)
    typed = any(goal.baseline_day == goal.start - 1 for goal in (one, other))
    return starts and (one.baseline == other.baseline or not typed)


def title_of(goal: Goal, metric: Metric) -> str:
    """The title of a goal that nobody gave one."""
    where = "" if goal.platform == ELSEWHERE else labels().get(goal.platform, "")
    title = echo.title(goal, metric, where)
    return title[:1].upper() + title[1:]


def slug_of(goal: Goal, taken: Collection[str]) -> str:
    """A short name that is not `taken`."""
    base = "-".join(part for part in (goal.metric, goal.platform, goal.campaign) if part)
    base = "-".join("".join(c if c.isalnum() else " " for c in base.lower()).split())
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
