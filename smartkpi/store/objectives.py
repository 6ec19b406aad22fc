"""Objectives: the business goals that goals serve."""

import sqlite3

from smartkpi.model.goal import Objective
from smartkpi.store import images
from smartkpi.store.uid import new_uid


def all(conn: sqlite3.Connection) -> list[Objective]:  # noqa: A001 - reads as `objectives.all`
    """Every objective, by name."""
    return [Objective(*row) for row in conn.execute("select name, uid, metric from objective order by name")]


def save(conn: sqlite3.Connection, objective: Objective, change: int) -> Objective:
    """Stores a new objective, or other values for the one of that uid; gives it back with its uid."""
    kept = objective if objective.uid else objective._replace(uid=new_uid())
    with images.watched(conn, change, "objective", kept.uid):
        images.put_back(conn, "objective", kept.uid, dict(kept._asdict()))
    return kept


def remove(conn: sqlite3.Connection, uid: str, change: int, on: int) -> None:
    """Takes an objective away, and its name from every goal that still has it, whose history keeps it."""
    for (goal,) in conn.execute("select uid from goal where objective = ? order by id", (uid,)).fetchall():
        with images.watched(conn, change, "goal", goal, day=on):
            conn.execute("update goal set objective = null where uid = ?", (goal,))
    with images.watched(conn, change, "objective", uid):
        images.put_back(conn, "objective", uid, None)
