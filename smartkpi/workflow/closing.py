"""`close`: a goal ends with its result, how the chance of it went, and what was learned."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.measure import retro
from smartkpi.model.assessment import Assessment
from smartkpi.model.ending import Ending, Moment, Outcome
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.report.views import closing as views
from smartkpi.store import changes, database, goals
from smartkpi.workflow.judging import find_goal, judge
from smartkpi.workflow.opening import metrics_for, writing
from smartkpi.workflow.page import Page

Ask = Callable[[str], str]  # a question -> the answer of a person; '' = nothing


def close_goal(
    db: Path, slug: str, as_of: int, now: str, *, why: str = "", learned: str = "", ask: Ask | None = None, command: str
) -> Page:
    """Closes a goal, which stays in `list --all` and `retro`; what is missing is asked for where `ask` can.

    Raises `WrongUseError` for one that ends before anybody can know how, without a reason: it hides a moved goalpost.
    """
    with writing(db) as conn:
        goal, why, learned = find_goal(conn, slug), why.strip(), learned.strip()
        if goal.state is GoalState.CLOSED:
            raise SmartKpiError(f"{slug} is closed already", hints=("smartkpi list --all", "smartkpi retro"))
        metrics = metrics_for(conn, [goal])
        (ended,) = endings_of(conn, [goal], metrics, as_of)
        way, moved = _way_of(conn, ended, metrics), goals.goalposts(conn).get(goal.uid, [])
        if ended.outcome in UNDECIDED and not why:
            why = ask(f"{views.so_far(ended)} {UNDECIDED[ended.outcome]}") if ask else ""
            if not why:
                raise _without_reason(ended)
        if not learned and ask is not None:
            learned = ask(f"{'' if why else f'{views.result(ended)} '}What was learned? (Enter = nothing)")
        closed = goal._replace(state=GoalState.CLOSED, closed_on=as_of, closed_because=why, learned=learned)
        with database.write_tx(conn):
            if find_goal(conn, slug) != goal:  # while a question stood there
                raise SmartKpiError(f"{slug} was changed meanwhile", hints=(f"smartkpi show {slug}", command))
            change = changes.begin(conn, now, command, "close")
            goals.replace(conn, closed, change, as_of)
    shown = ended._replace(judged=ended.judged._replace(goal=closed))
    return Page(lambda: views.closed(shown, way, moved), views.closed_data(shown, way, moved))


UNDECIDED = {  # why a reason is asked for
    Outcome.EARLY: "Why does it end early?",
    Outcome.UNKNOWN: "Why does it end without a result?",
}


def _without_reason(ended: Ending) -> SmartKpiError:
    goal = ended.judged.goal
    close = f"smartkpi close {goal.slug} --why TEXT"
    if ended.outcome is Outcome.EARLY:
        details = (
            views.so_far(ended),
            f"Its deadline is {iso(goal.deadline)}: an end before it needs a reason, which stays visible.",
        )
        return WrongUseError(f"{goal.slug} is not over yet: why does it end early?", details=details, hints=(close,))
    details = (views.result(ended), "Import what is missing, or say why it ends without a result.")
    hints = (f"smartkpi show {goal.slug}", close)
    return WrongUseError(f"nobody knows yet how {goal.slug} ended", details=details, hints=hints)


def endings_of(
    conn: sqlite3.Connection, ended: Sequence[Goal], metrics: Mapping[str, Metric], as_of: int
) -> list[Ending]:
    """How goals ended, as the data stand now: those that are judged on the same day from one read."""
    days = sorted({retro.ended_on(goal, as_of) for goal in ended})
    groups = ([goal for goal in ended if retro.ended_on(goal, as_of) == day] for day in days)
    return [
        retro.ending(judged)
        for day, group in zip(days, groups, strict=True)
        for judged in judge(conn, group, metrics, day)
    ]


def moments_of(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], last: int) -> list[Moment]:
    """How it stood at a quarter, half and three quarters of its period, as far as they lie before `last`: what `status`
    says on that day, of the goal as it stood then."""
    return [Moment(part, day, _judged_on(conn, goal, metrics, day)) for part, day in retro.moments(goal, last)]


def _judged_on(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], day: int) -> Assessment:
    (judged,) = judge(conn, goals.as_stood(conn, [goal], day), metrics, day)
    return judged


def _way_of(conn: sqlite3.Connection, ended: Ending, metrics: Mapping[str, Metric]) -> list[Moment]:
    """Its moments, and its end; none where it never had a number."""
    last = ended.judged.data_to
    if last is None:
        return []
    return [*moments_of(conn, ended.judged.goal, metrics, last), Moment(1.0, last, ended.judged)]
