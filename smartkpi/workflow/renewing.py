"""How far forecasts of goals' own past were off: of the active ones once data or goals have changed, of any that are
judged on a day that is past."""

import sqlite3
from collections.abc import Mapping, Sequence

from smartkpi.errors import StoreError
from smartkpi.measure import backtest
from smartkpi.model.assessment import Own
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric
from smartkpi.store import backtests, database, goals
from smartkpi.store.days import LAST
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
    return looked_back(conn, active, metrics_for(conn, active))


def looked_back(
    conn: sqlite3.Connection, chosen: Sequence[Goal], metrics: Mapping[str, Metric], as_of: int = LAST
) -> dict[str, Own | None]:
    """What looking back says of the goals `chosen`, by their uid, where nothing is known of the days after `as_of`."""
    newest = backtests.newest_day(conn)
    if newest is None:
        return dict.fromkeys(goal.uid for goal in chosen)
    last = min(newest, as_of)
    first = min((backtest.first_day_read(goal, last) for goal in chosen), default=last)
    stored = stored_for(conn, chosen, metrics, last, since=first)
    return {goal.uid: backtest.own(goal, metrics[goal.metric], metrics, stored, last) for goal in chosen}
