"""`retro`: the goals that are over, many together, and what they say of the next targets."""

import sqlite3
from pathlib import Path

from smartkpi.measure import retro as measure
from smartkpi.model.ending import Ending, Outcome
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.period import iso
from smartkpi.report import data
from smartkpi.report.views import retro as views
from smartkpi.store import goals
from smartkpi.workflow.closing import endings_of
from smartkpi.workflow.judging import Filter, chosen, goals_on, titled
from smartkpi.workflow.opening import metrics_for, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels


def look_back(db: Path, as_of: int, only: Filter) -> Page:
    """Every goal that is closed, or whose end is certain, newest first; and what they say by metric, platform, …"""
    with reading(db) as conn:
        every = goals_on(conn, as_of)
        found = [] if conn is None else _over(conn, every, as_of)
        some = {goal.uid for goal in chosen(conn, every, only.account)} if conn else set()
        shown = [ended for ended in found if only.fits(ended.judged) and ended.judged.goal.uid in some]
        moved = {} if conn is None else goals.goalposts(conn, as_of)
        judged = titled(conn, [ended.judged for ended in shown], [ended.judged.goal for ended in found]) if conn else []
    named = [ended._replace(judged=each) for ended, each in zip(shown, judged, strict=True)]
    lots = measure.lots(shown)
    told = data.envelope(
        "retro",
        as_of=iso(as_of),
        goals=[views.goal_data(ended, moved) for ended in shown],
        lots=[views.lot_data(lot) for lot in lots],
    )
    return Page(lambda: views.retro(named, lots, labels(), moved, any_over=bool(found), any_goal=bool(every)), told)


def _over(conn: sqlite3.Connection, every: list[Goal], as_of: int) -> list[Ending]:
    """Closed goals, and open ones whose end is certain or whose deadline is past."""
    metrics = metrics_for(conn, every)
    begun = [goal for goal in every if goal.start <= as_of or _closed_by(goal, as_of)]
    found = endings_of(conn, begun, metrics, as_of)
    over = [e for e in found if _closed_by(e.judged.goal, as_of) or e.outcome is not Outcome.EARLY]
    return sorted(over, key=lambda e: (-_last_day(e), e.judged.goal.slug))


def _closed_by(goal: Goal, as_of: int) -> bool:
    return goal.state is GoalState.CLOSED and goal.closed_on is not None and goal.closed_on <= as_of


def _last_day(ended: Ending) -> int:
    goal = ended.judged.goal
    return goal.deadline if goal.closed_on is None else min(goal.deadline, goal.closed_on)
