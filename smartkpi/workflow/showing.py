"""`show`: one goal closely, as it stands, or how it ended."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from smartkpi.measure.history import course
from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.report import data
from smartkpi.report.remarks import Advice
from smartkpi.report.views import closing
from smartkpi.report.views import goal as views
from smartkpi.store import goals
from smartkpi.workflow import feeding
from smartkpi.workflow.closely import closely
from smartkpi.workflow.closing import endings_of
from smartkpi.workflow.judging import as_data, goal_on, judge, stored_for, totals_for, ways_of, with_ways
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels


def show(db: Path, slug: str, as_of: int, *, with_provisional: bool = False, explain: bool = False) -> Page:
    """One goal closely; `with_provisional` judges through the last stated day, although it may still change."""
    with reading(db) as conn:
        goal = goal_on(conn, slug, as_of)
        assert conn is not None, "a goal was found"
        if goal.state is GoalState.CLOSED:
            return _closed(conn, goal, as_of, explain=explain)
        metrics = metrics_for(conn, [goal])
        (judged,) = judge(conn, [goal], metrics, as_of, with_provisional=with_provisional)
        edits, way = goals.edits(conn, goal.uid, as_of), _course(conn, judged, metrics)
        (seen,) = closely(conn, [judged], metrics, as_of)
        ways = ways_of(conn, [judged], metrics, as_of) if explain else []
    feeds, steps = _fed(judged, metrics)
    found = data.envelope(
        "goal", as_of=iso(as_of), goal=as_data([judged], [seen], ways)[0], edits=[data.edit(e) for e in edits],
        course=[[iso(day), value] for day, value in way], plan=data.plan(judged), feeds=feeds,
    )  # fmt: skip
    return Page(
        lambda: with_ways(ways, views.show(judged, edits, metrics, labels(), way, seen, steps), [judged], metrics),
        found,
    )


def _closed(conn: sqlite3.Connection, goal: Goal, as_of: int, *, explain: bool) -> Page:
    """How a goal ended, as `close` said it; nobody has to do anything about it any more."""
    metrics = metrics_for(conn, [goal])
    (ended,) = endings_of(conn, [goal], metrics, as_of)
    judged = ended.judged
    edits, way = goals.edits(conn, goal.uid, as_of), _course(conn, judged, metrics)
    ways = ways_of(conn, [judged], metrics, judged.as_of) if explain else []
    found = data.envelope(
        "goal", as_of=iso(as_of), goal={**as_data([judged], None, ways)[0], "needs_you": []},
        ending=closing.ending_data(ended), edits=[data.edit(e) for e in edits],
        course=[[iso(day), value] for day, value in way], plan=data.plan(judged), feeds=[],
        next=closing.again(goal, as_of),
    )  # fmt: skip
    screen = views.ended(ended, edits, metrics, labels(), way, as_of=as_of)
    return Page(lambda: with_ways(ways, screen, [judged], metrics), found)


def _fed(judged: Assessment, metrics: Mapping[str, Metric]) -> tuple[list[data.Json], list[Advice]]:
    """What feeds a goal, for machines, and what to do for its next numbers."""
    found = feeding.feeds(judged, metrics if judged.sources else {**metrics, **known_metrics(None)})
    return feeding.as_data(found), feeding.steps(judged, metrics, found)


def _course(
    conn: sqlite3.Connection, judged: Assessment, metrics: Mapping[str, Metric]
) -> tuple[tuple[int, float], ...]:
    """The values of a judged goal, day by day: only a look at one goal draws them."""
    goal = judged.goal
    if judged.data_to is None:
        return ()
    stored = stored_for(conn, [goal], metrics, judged.as_of)
    totals = totals_for(conn, goal, metrics, judged.as_of)
    return course(goal, judged.metric, metrics, stored, judged.data_to, totals=totals)
