"""A goal, saved or not, against all of its history: one read of its series, far back."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from smartkpi.measure import attain, backtest
from smartkpi.model.assessment import Forecast, Own
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric
from smartkpi.model.series import Series, Totals
from smartkpi.store import backtests
from smartkpi.workflow.judging import stored_for, totals_for
from smartkpi.workflow.lacking import lacking
from smartkpi.workflow.opening import known_metrics


class History(NamedTuple):
    """All that comparing goals on the same numbers with their past reads."""

    stored: list[Series]
    totals: list[Totals]  # what stands in for days that no export states
    newest: int | None  # the last day that an import covers
    metrics: Mapping[str, Metric]
    as_of: int
    owns: dict[Goal, Own | None]  # what looking back said, whatever the target

    def attainable(self, goal: Goal) -> Attainable:
        """Whether `goal` is within reach; its chance is the one that `status` will say."""
        metric = self.metrics[goal.metric]
        return attain.attainable(
            goal, metric, self.metrics, self.stored, self.as_of, totals=self.totals, own=self._own(goal)
        )

    def at_pace(self, goal: Goal, weekly: float) -> Forecast | None:
        """Where it ends with this pace a week from now on."""
        metric = self.metrics[goal.metric]
        return attain.at_pace(
            goal, metric, self.metrics, self.stored, self.as_of, weekly=weekly, totals=self.totals, own=self._own(goal)
        )

    def _own(self, goal: Goal) -> Own | None:
        """What looking back says of its own past, as it will be kept beside the goal."""
        if self.newest is None:
            return None
        asked = goal._replace(slug="", title="", target=0.0, milestones=())
        if asked not in self.owns:
            metric, last = self.metrics[goal.metric], min(self.newest, self.as_of)
            self.owns[asked] = backtest.own(goal, metric, self.metrics, self.stored, last)
        return self.owns[asked]


def attainable_of(conn: sqlite3.Connection | None, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> Attainable:
    """Whether `goal` is within reach, else what the data have instead; without a database nothing is known."""
    if conn is None:
        return Attainable(lacks="no data")
    found = history_of(conn, goal, metrics, as_of).attainable(goal)
    if found.lacks != "no data":
        return found
    reason = next(iter(lacking(conn, goal, {**known_metrics(conn), **metrics})), None)
    return found if reason is None else found._replace(lacks=reason.code, text=reason.text)


def history_of(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> History:
    """The history of what `goal` reads."""
    stored = stored_for(conn, [goal], metrics, as_of, since=attain.first_day_read(goal, as_of))
    totals = totals_for(conn, goal, metrics, as_of)
    return History(stored, totals, backtests.newest_day(conn), metrics, as_of, {})
