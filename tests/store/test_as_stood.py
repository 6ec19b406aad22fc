"""Goals as they stood on a day, against an obvious way: begin with what was made, and take each edit of up to then."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_oracle import FIRST
from test_store_goals import LEADS, add, begin, undo

from smartkpi.model.goal import Goal, GoalState, Pause
from smartkpi.store import database, goals

VALUES: dict[str, list[Any]] = {
    "target": [50.0, 75.0, 0.1 + 0.2, 100.0],
    "deadline": [FIRST + 30, FIRST + 60, FIRST + 90],
    "baseline": [None, 3.0, 1 / 3],
    "milestones": [(), ((FIRST + 9, 7.5),)],
    "pauses": [(), (Pause(FIRST + 5, FIRST + 8, "ads off", FIRST + 4),)],
    "state": [GoalState.ACTIVE, GoalState.CLOSED],
    "learned": ["", "much"],
}
EDITS = st.lists(
    st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]).flatmap(
        lambda edit: st.tuples(st.just(edit[0]), st.just(edit[1]), st.integers(0, 20), st.booleans())
    ),
    max_size=8,
)


def replace(conn: sqlite3.Connection, goal: Goal, day: int, **values: object) -> Goal:
    with database.write_tx(conn):
        return goals.replace(conn, goal._replace(**values), begin(conn, "edit"), FIRST + day)


@settings(max_examples=30)
@given(EDITS, st.integers(-1, 21))
def test_a_goal_as_it_stood_has_the_edits_up_to_that_day_and_no_later_or_undone_one(
    edits: list[tuple[str, Any, int, bool]], day: int
) -> None:
    with TemporaryDirectory() as folder:
        conn = database.open_writing(Path(folder) / "kpi.db")
        then = now = made = add(conn)
        for name, value, on, taken_back in edits:
            if getattr(now, name) == value:
                continue  # no command does that
            edited = replace(conn, now, on, **{name: value})
            if taken_back:
                undo(conn)
                continue
            now = edited
            then = then._replace(**{name: value}) if on <= day else then
        (current,) = goals.all(conn)
        (stood,) = goals.as_stood(conn, [current], FIRST + day)
        conn.close()
    assert current == now
    assert stood == then
    assert stood.uid == made.uid


def test_what_it_is_called_whose_it_is_and_what_for_stays_as_now(conn: sqlite3.Connection) -> None:
    made = add(conn)
    replace(conn, made, 9, slug="other", owner="Ana", why="", objective="Reach", target=9.0, title="Nine")
    (stood,) = goals.as_stood(conn, goals.all(conn), FIRST + 8)
    assert (stood.slug, stood.owner, stood.why, stood.objective) == ("other", "Ana", "", "Reach")
    assert (stood.target, stood.title) == (LEADS.target, LEADS.title)


def test_a_goal_that_was_made_later_is_as_on_the_day_on_which_it_was_made(conn: sqlite3.Connection) -> None:
    made = add(conn, LEADS._replace(created=FIRST + 5))
    same_day = replace(conn, made, 5, target=7.0)
    replace(conn, same_day, 6, target=8.0)
    found = goals.all(conn)
    targets = [goals.as_stood(conn, found, FIRST + day)[0].target for day in (0, 4, 5, 6)]
    assert targets == [7.0, 7.0, 7.0, 8.0]


def test_goalposts_and_edits_are_told_up_to_a_day(conn: sqlite3.Connection) -> None:
    made = add(conn)
    second = replace(conn, made, 3, target=9.0)
    replace(conn, second, 7, deadline=FIRST + 40)
    assert [len(goals.edits(conn, made.uid, FIRST + day)) for day in (2, 3, 7)] == [0, 1, 2]
    assert [len(goals.goalposts(conn, FIRST + day).get(made.uid, ())) for day in (2, 3, 7)] == [0, 1, 2]
    assert len(goals.edits(conn, made.uid)) == 2


@pytest.mark.parametrize("day", [3, 99])
def test_where_nothing_was_edited_later_it_is_as_it_is(conn: sqlite3.Connection, day: int) -> None:
    replace(conn, add(conn), 3, target=9.0)
    found = goals.all(conn)
    assert goals.as_stood(conn, found, FIRST + day) == found
