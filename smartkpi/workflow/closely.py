"""A close look at judged goals, from one more read of their windows: only `show` and `status --wide` pay for it."""

import sqlite3
from collections.abc import Mapping, Sequence

from smartkpi.measure import weeks
from smartkpi.measure.sources import metrics_read
from smartkpi.model.assessment import Assessment
from smartkpi.model.closely import Closely
from smartkpi.model.metric import Metric
from smartkpi.store import series
from smartkpi.workflow.judging import stored_for


def closely(
    conn: sqlite3.Connection, judged: Sequence[Assessment], metrics: Mapping[str, Metric], as_of: int
) -> list[Closely]:
    """One close look for each of `judged`; an empty one where there was nothing to judge."""
    known = [each.goal for each in judged if each.data_to is not None]
    read = {name for goal in known for name in metrics_read(metrics[goal.metric], metrics)}
    stored = stored_for(conn, known, metrics, as_of, since=series.first_day(conn, read)) if known else []
    return [
        Closely()
        if each.data_to is None
        else weeks.closely(each.goal, each.metric, metrics, stored, each.data_to, each.plan)
        for each in judged
    ]
