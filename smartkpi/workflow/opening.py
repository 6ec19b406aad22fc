"""Opens the database for one command and closes it again, whatever happens."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from smartkpi.errors import WrongUseError
from smartkpi.knowledge import loader
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Kind, Metric, Stage
from smartkpi.store import backtests, database, own_metrics


def _file(path: Path) -> Path:
    if path.is_dir():
        raise WrongUseError(f"{path} is a folder; the database is a file", hints=(f"--db {path / 'smartkpi.db'}",))
    return path


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The database read-only, or None where there is none yet; nothing is created."""
    conn = database.open_reading(_file(path))
    try:
        with database.plain_errors(path):
            yield conn
    finally:
        if conn is not None:
            conn.close()


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The database for reading and writing, made where there is none."""
    conn = database.open_writing(_file(path))
    try:
        with database.plain_errors(path):
            yield conn
            _renew(conn)
    finally:
        conn.close()


def _renew(conn: sqlite3.Connection) -> None:
    """What goals' own past says, where it was said of an older state of the file."""
    if not backtests.are_current(conn):
        from smartkpi.workflow.renewing import renew

        renew(conn)


def metrics_for(conn: sqlite3.Connection | None, goals: Iterable[Goal]) -> dict[str, Metric]:
    """The metrics that judging `goals` reads: on the way of `status`."""
    own = {} if conn is None else {metric.id: metric for metric in own_metrics.all(conn)}
    wanted = {goal.metric for goal in goals}
    parts = {part for m in own.values() for part in (m.numerator, m.denominator, m.weight, m.grows, *m.read_as)}
    known = {**own, **loader.metrics_for(wanted | parts)}
    return {**{name: unknown_metric(name) for name in wanted}, **known}


def unknown_metric(name: str) -> Metric:
    """A metric of a program newer than this one, or of a profile that is gone: its goal has no data, and is told."""
    return Metric(name, name.replace("_", " "), Kind.FLOW, Stage.REACH)


def known_metrics(conn: sqlite3.Connection | None, more: Iterable[Metric] = ()) -> dict[str, Metric]:
    """Every metric: ours, and those that the user's own profiles brought; `more` are of profiles not used so far."""
    own = () if conn is None else own_metrics.all(conn)
    return {**{metric.id: metric for metric in (*more, *own)}, **loader.metrics()}
