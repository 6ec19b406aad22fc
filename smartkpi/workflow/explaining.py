"""`--explain`: the way of every figure of judged goals, with the imports that it rests on."""

import sqlite3
from collections.abc import Mapping, Sequence

from smartkpi.measure.assess import case_of
from smartkpi.measure.chance import prospect
from smartkpi.measure.explain import Seen, explained
from smartkpi.measure.pace import Case, window_first
from smartkpi.model.assessment import Assessment
from smartkpi.model.explained import Basis, Explained
from smartkpi.model.metric import Metric
from smartkpi.model.series import Series, Totals
from smartkpi.store import provenance


def explain(
    conn: sqlite3.Connection,
    judged: Assessment,
    metrics: Mapping[str, Metric],
    stored: Sequence[Series],
    totals: Sequence[Totals],
) -> Explained:
    """What `judged` was worked out of, from what it was judged by; without figures where nothing could be judged."""
    if judged.pace is None:
        return Explained((), ())
    case = case_of(judged, metrics, stored, totals)
    width = judged.own.factor if judged.own else 1.0
    ahead = prospect(case, judged.pace, judged.season, width) if judged.forecast else None
    seen = Seen(case, judged, judged.pace, ahead)
    return Explained(explained(seen), tuple(_bases(conn, case)))


def _bases(conn: sqlite3.Connection, case: Case) -> list[Basis]:
    """Of the days that the goal's own number rests on; its pace and its chance look further back."""
    goal, found = case.goal, case.inputs
    first = window_first(goal, case.day) if goal.form.has_window else goal.start
    anchors = [series for series in found.anchors if found.gains]
    bases = [basis for series in found.judged for basis in provenance.bases(conn, series, first, case.day)]
    return bases + [basis for series in anchors for basis in provenance.bases(conn, series, series.first_day, case.day)]
