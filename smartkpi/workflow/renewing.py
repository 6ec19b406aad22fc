"""Once data or goals have changed: how far forecasts of each active goal's own past were off."""

import sqlite3

from smartkpi.errors import StoreError
from smartkpi.measure import backtest
from smartkpi.model.assessment import Own
from smartkpi.store import backtests, database, goals
from smartkpi.workflow.judging import stored_for
from smartkpi.workflow.opening import metrics_for


def renew(conn: sqlite3.Connection) -> None:
    """Looks back for all active goals, outside of a transaction; it rests on the file alone, never on the clock.

    Where it cannot be kept (a full disk) ranges are as wide as usual, for what was to be done is done.
    """
    try:
        with database.write_tx(conn):
            backtests.save(conn, _looked_back(conn))
    except StoreError:
        return


def _looked_back(conn: sqlite3.Connection) -> dict[str, Own | None]:
    active = goals.active(conn)
    newest = backtests.newest_day(conn)
    if newest is None:
        return dict.fromkeys(goal.uid for goal in active)
    metrics = metrics_for(conn, active)
    first = min((backtest.first_day_read(goal, newest) for goal in active), default=newest)
    stored = stored_for(conn, active, metrics, newest, since=first)
    return {goal.uid: backtest.own(goal, metrics[goal.metric], metrics, stored, newest) for goal in active}
