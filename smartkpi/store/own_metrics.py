"""Metrics that a profile of the user's own declares: kept with the numbers that they name."""

import json
import sqlite3
from collections.abc import Iterable

from smartkpi.model.metric import Direction, Kind, Metric, Stage


def save(conn: sqlite3.Connection, metrics: Iterable[Metric]) -> None:
    """Keeps these definitions; a newer one of the same id replaces the older. Inside a write transaction."""
    conn.executemany(
        """insert into metric values(?, ?) on conflict do update set definition = excluded.definition
            where definition <> excluded.definition""",
        [(metric.id, json.dumps(metric._asdict(), ensure_ascii=False)) for metric in metrics],
    )


def all(conn: sqlite3.Connection) -> list[Metric]:  # noqa: A001 - reads as `own_metrics.all`
    """Every metric that was kept, by id."""
    return [_metric(text) for (text,) in conn.execute("select definition from metric order by id")]


def _metric(text: str) -> Metric:
    values = json.loads(text)
    typed = {
        "kind": Kind(values["kind"]),
        "stage": Stage(values["stage"]),
        "direction": Direction(values["direction"]),
        "words": tuple(values["words"]),
        "read_as": tuple(values["read_as"]),
    }
    return Metric(**{**values, **typed})
