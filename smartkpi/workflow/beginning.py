"""Where a goal begins after its start was moved: read anew where it was read from the data, kept where it was typed."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isclose

from smartkpi.errors import WrongUseError
from smartkpi.model.assessment import Begun
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.series import Account
from smartkpi.report import echo, words
from smartkpi.report.proposals import typed
from smartkpi.report.remarks import Advice
from smartkpi.store import accounts, changes
from smartkpi.workflow.tying import begun_in_data, tied
from smartkpi.workflow.wish import Wish, with_numbers

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.%-])")  # no part of a date
APART = re.compile(r"(?<=\d)[,.'’ ](?=\d{3}(?!\d))")  # what sets thousands apart


def begun_anew(
    conn: sqlite3.Connection,
    goal: Goal,
    changed: Goal,
    wish: Wish,
    metric: Metric,
    metrics: Mapping[str, Metric],
    as_of: int,
    command: str,
) -> tuple[Goal, list[Advice]]:
    """`changed` from where it begins now, and what to say of that; `goal` is what it was."""
    if goal.form is Form.GROWTH and goal.baseline is not None and wish.baseline and not wish.number:
        return _from_elsewhere(conn, goal, changed, metric)
    is_moved = changed.start != goal.start and goal.baseline is not None
    is_aimed = goal.form is Form.GROWTH and goal.baseline is None and bool(wish.target)
    if not goal.form.has_baseline or wish.baseline or not (is_moved or is_aimed):
        return changed, []
    if is_aimed and begun_in_data(conn, changed, metric, metrics, as_of) is None:
        raise WrongUseError(
            "this goal is a gain from where you stood, which nobody stated",
            hints=(f"smartkpi edit {goal.slug} --gain NUMBER", f"smartkpi edit {goal.slug} --baseline NUMBER"),
        )
    if is_moved and not _was_read(goal, begun_in_data(conn, goal, metric, metrics, as_of)):
        stays = changed._replace(baseline_day=changed.start - 1)
        return stays, [echo.typed_start(stays, metric, begun_in_data(conn, changed, metric, metrics, as_of))]
    loose, said = _loosened(conn, goal, changed, wish, metric)
    anew, notes = tied(conn, loose, said, metric, metrics, _owners(conn, goal), as_of, command)
    told = echo.moved_start(goal, anew, metric) if is_moved else []
    return anew, [*told, *(Advice(note) for note in notes)]


def _from_elsewhere(conn: sqlite3.Connection, goal: Goal, changed: Goal, metric: Metric) -> tuple[Goal, list[Advice]]:
    """`changed` from the beginning that was typed: what stays is the number that was said, the target or the gain."""
    if _is_aimed(conn, goal):
        return changed, []
    kept = changed._replace(target=(changed.baseline or 0.0) + goal.gain)
    before = typed(goal.target, metric, goal.unit)
    text = f"the gain stays, so it ends at {words.target(kept.target, metric, goal.unit)}; to reach {before} as before:"
    return kept, [Advice(text, f"smartkpi edit {goal.slug} --target {before}")]


def _was_read(goal: Goal, begun: Begun | None) -> bool:
    """Whether where it began was read from the data: what somebody types is true on the evening before the start."""
    if goal.baseline_day != goal.start - 1:
        return True
    return begun is not None and begun.day == goal.baseline_day and isclose(begun.value, goal.baseline or 0.0)


def _loosened(conn: sqlite3.Connection, goal: Goal, changed: Goal, wish: Wish, metric: Metric) -> tuple[Goal, Wish]:
    """`changed` without where it begins, as `add` has it before that is known: what stays is the number that was said,
    the target or the gain."""
    loose = changed._replace(baseline=None, baseline_day=None)
    if goal.form is not Form.GROWTH or wish.target:
        return loose, wish
    if wish.gain or wish.drop:
        return with_numbers(loose, wish, metric), wish
    if _is_aimed(conn, goal):
        return loose, replace(wish, target=typed(goal.target, metric, goal.unit))
    return loose._replace(target=goal.gain), wish


def _is_aimed(conn: sqlite3.Connection, goal: Goal) -> bool:
    """Whether its target is what somebody typed last, and not the gain that leads to it."""
    for command in changes.commands(conn, goal.uid):
        said = {float(number) for number in NUMBER.findall(APART.sub("", command))}
        if said.intersection((goal.target, abs(goal.gain))):
            return goal.target in said
    return False


def _owners(conn: sqlite3.Connection, goal: Goal) -> Sequence[Account]:
    return [account for account in accounts.in_use(conn) if account.uid in goal.accounts]
