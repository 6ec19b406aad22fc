"""Goals, their edits, and undo and redo of changes of every kind."""

import sqlite3

import pytest
from store_oracle import FIRST, daily, extraction

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.model.goal import Form, Goal, GoalEdit, GoalState, Objective, Pause
from smartkpi.model.history import TouchedRow
from smartkpi.model.metric import Direction, Kind, Metric, Stage
from smartkpi.model.series import Account
from smartkpi.store import accounts, batches, changes, database, exports, goals, merges, objectives, own_metrics

LEADS = Goal(
    "leads",
    "More leads",
    "leads",
    Form.TOTAL,
    0.1 + 0.2,
    FIRST,
    FIRST + 30,
    direction=Direction.DOWN,
    objective="Sales",
    why="ünïcode 'quotes'",
)


def begin(conn: sqlite3.Connection, kind: str) -> int:
    return changes.begin(conn, "2026-01-01T00:00:00Z", f"smartkpi {kind}", kind)


def add(conn: sqlite3.Connection, goal: Goal = LEADS) -> Goal:
    with database.write_tx(conn):
        return goals.save(conn, goal, begin(conn, "add"))


def edit(conn: sqlite3.Connection, goal: Goal, **values: object) -> Goal:
    with database.write_tx(conn):
        return goals.replace(conn, goal._replace(**values), begin(conn, "edit"), FIRST + 3)


def take(conn: sqlite3.Connection, name: str, values: list[float], as_of: int = 10) -> Account:
    with database.write_tx(conn):
        change = begin(conn, "import")
        account = accounts.ensure(conn, "web", name)
        batches.save(
            conn,
            extraction([daily(values)]),
            account=account,
            resolve={},
            as_of=FIRST + as_of,
            imported_at="2026",
            change=change,
        )
    return account


def undo(conn: sqlite3.Connection) -> tuple[str, tuple[TouchedRow, ...]] | None:
    with database.write_tx(conn):
        undone = changes.undo(conn)
    return undone and (undone.kind, undone.rows)


def redo(conn: sqlite3.Connection) -> tuple[str, tuple[TouchedRow, ...]] | None:
    with database.write_tx(conn):
        undone = changes.redo(conn)
    return undone and (undone.kind, undone.rows)


def values(conn: sqlite3.Connection) -> list[tuple[str, float]]:
    return [(row[1], row[-1]) for row in exports.observations(conn, True)]


def test_a_goal_comes_back_as_it_was_saved(conn: sqlite3.Connection) -> None:
    goal = add(conn)
    assert goals.all(conn) == [goal] and goals.find(conn, "leads") == goal and goal == LEADS._replace(uid=goal.uid)
    assert (goals.slugs(conn), goals.find(conn, "lead")) == (["leads"], None)


def test_an_objective_is_made_when_a_goal_first_names_it(conn: sqlite3.Connection) -> None:
    add(conn)
    add(conn, LEADS._replace(slug="other"))
    ((name, uid),) = [(each.name, each.uid) for each in objectives.all(conn)]
    assert name == "Sales" and uid
    assert undo(conn) == ("add", (TouchedRow("goal", "other", "gone"),))
    assert objectives.all(conn) == [Objective("Sales", uid)]
    assert undo(conn) == ("add", (TouchedRow("goal", "leads", "gone"), TouchedRow("objective", "Sales", "gone")))
    assert objectives.all(conn) == []
    assert redo(conn) == ("add", (TouchedRow("objective", "Sales", "back"), TouchedRow("goal", "leads", "back")))
    assert objectives.all(conn) == [Objective("Sales", uid)]


def test_every_edit_keeps_the_old_value_and_undo_brings_it_back(conn: sqlite3.Connection) -> None:
    goal = add(conn)
    moved = edit(conn, goal, target=90.0, deadline=FIRST + 60, objective="Leads", baseline=12.5, baseline_day=FIRST)
    assert goals.all(conn) == [moved]
    assert goals.edits(conn, goal.uid) == [
        GoalEdit(FIRST + 3, "target", "0.3", "90"),
        GoalEdit(FIRST + 3, "deadline", "2026-01-31", "2026-03-02"),
        GoalEdit(FIRST + 3, "baseline", "", "12.5"),
        GoalEdit(FIRST + 3, "objective", "Sales", "Leads"),
    ]
    assert undo(conn) == ("edit", (TouchedRow("goal", "leads", "changed"), TouchedRow("objective", "Leads", "gone")))
    assert goals.all(conn) == [goal] and goals.edits(conn, goal.uid) == []
    redo(conn)
    assert goals.all(conn) == [moved] and len(goals.edits(conn, goal.uid)) == 4


def test_to_say_where_a_gain_begins_moves_no_goalpost(conn: sqlite3.Connection) -> None:
    goal = add(conn, LEADS._replace(slug="fans", form=Form.GROWTH, target=200.0, baseline=None))
    known = edit(conn, goal, target=1400.0, baseline=1200.0, baseline_day=FIRST - 1)
    assert goals.goalposts(conn) == {}
    assert goals.edits(conn, goal.uid) == [GoalEdit(FIRST + 3, "baseline", "", "1200")]
    edit(conn, known, target=1450.0)
    assert goals.goalposts(conn) == {goal.uid: [GoalEdit(FIRST + 3, "target", "+200", "+250")]}


def test_a_gain_that_was_raised_with_its_beginning_is_told_once(conn: sqlite3.Connection) -> None:
    goal = add(conn, LEADS._replace(slug="fans", form=Form.GROWTH, target=-200.0, baseline=None))
    known = edit(conn, goal, target=900.0, baseline=1200.0, baseline_day=FIRST - 1)
    assert goals.goalposts(conn)[goal.uid] == [GoalEdit(FIRST + 3, "target", "-200", "-300")]
    edit(conn, known, target=1000.0, baseline=1300.0)  # the same way from elsewhere
    assert [edit.field for edit in goals.goalposts(conn)[goal.uid]] == ["target", "baseline"]


def test_closing_is_no_moved_goalpost_and_a_removed_goal_can_come_back(conn: sqlite3.Connection) -> None:
    goal = edit(conn, add(conn), state=GoalState.CLOSED, closed_on=FIRST, closed_because="done")
    assert goals.all(conn) == [goal] and goals.edits(conn, goal.uid) == []
    edit(conn, goal, state=GoalState.REMOVED)
    assert (goals.all(conn), goals.slugs(conn), goals.find(conn, "leads")) == ([], [], None)
    again = add(conn)  # the slug is free again
    assert undo(conn) == ("add", (TouchedRow("goal", "leads", "gone"),)) and again.uid != goal.uid
    assert undo(conn) == ("edit", (TouchedRow("goal", "leads", "back"),))
    assert goals.all(conn) == [goal]


def test_an_edit_of_a_goal_that_is_not_there_is_refused(conn: sqlite3.Connection) -> None:
    with pytest.raises(UnknownNameError):
        edit(conn, LEADS._replace(uid="none"))


def test_undo_goes_back_through_changes_of_every_kind_and_redo_comes_forward(conn: sqlite3.Connection) -> None:
    one, other = take(conn, "One", [1, 2]), take(conn, "Two", [5], as_of=11)
    goal = add(conn, LEADS._replace(accounts=(one.uid,)))
    with database.write_tx(conn):
        accounts.rename(conn, other.uid, "Zwei", begin(conn, "rename"))
    with database.write_tx(conn):
        counts = merges.merge(conn, one.uid, other.uid, begin(conn, "merge"))
    assert (counts.imports, counts.series, counts.new, counts.same, counts.differing, counts.changed) == (
        1,
        1,
        1,
        0,
        1,
        0,
    )
    states = [(values(conn), goals.all(conn), accounts.listing(conn))]
    assert states[0][0] == [("Zwei", 5), ("Zwei", 2)] and goals.all(conn)[0].accounts == (other.uid,)
    kinds = []
    while done := undo(conn):
        kinds.append(done[0])
        states.append((values(conn), goals.all(conn), accounts.listing(conn)))
    assert kinds == ["merge", "rename", "add", "import", "import"]
    assert states[1][0] == [("One", 1), ("One", 2), ("Zwei", 5)] and states[1][1] == [goal]
    assert states[-1] == ([], [], [])
    for state in reversed(states[:-1]):
        assert redo(conn)
        assert (values(conn), goals.all(conn), accounts.listing(conn)) == state
    assert redo(conn) is None


def test_a_new_change_ends_redo_but_not_the_redo_of_one_import(conn: sqlite3.Connection) -> None:
    take(conn, "One", [1])
    undo(conn)
    add(conn)
    assert redo(conn) is None
    with database.write_tx(conn):
        changes.redo_batch(conn, 1)
    assert values(conn) == [("One", 1)]
    assert undo(conn) == ("add", (TouchedRow("goal", "leads", "gone"), TouchedRow("objective", "Sales", "gone")))


def test_a_change_whose_imports_were_undone_singly_no_longer_stands(conn: sqlite3.Connection) -> None:
    take(conn, "One", [1])
    take(conn, "Two", [2])
    with database.write_tx(conn):
        changes.undo_batch(conn, 2)
    with database.write_tx(conn):
        undone = changes.undo(conn)
    assert undone is not None and [batch.id for batch in undone.batches] == [1]


def test_later_imports_under_the_old_name_go_to_the_target_of_a_merge(conn: sqlite3.Connection) -> None:
    one, two = take(conn, "One", [1]), take(conn, "Two", [2])
    with database.write_tx(conn):
        merges.merge(conn, one.uid, two.uid, begin(conn, "merge"))
    assert take(conn, "One", [3], as_of=12) == two
    assert values(conn) == [("Two", 3)]
    assert [batch.accounts for batch in batches.listing(conn)] == [("Two",)] * 3
    ((use,),) = [accounts.listing(conn)]
    assert (use.account, use.imports, use.reports, use.metrics) == (two, 3, ("cards",), ("reach",))


def test_a_merge_of_accounts_that_one_file_states_side_by_side_is_refused(conn: sqlite3.Connection) -> None:
    with database.write_tx(conn):
        owners = {("web", name): accounts.ensure(conn, "web", name) for name in ("A", "B")}
        told = extraction([daily([1], name="A"), daily([2], name="B")])
        change = begin(conn, "import")
        batches.save(conn, told, account=None, resolve=owners, as_of=FIRST, imported_at="", change=change)
    with pytest.raises(SmartKpiError, match="states both, side by side"), database.write_tx(conn):
        merges.merge(conn, owners["web", "A"].uid, owners["web", "B"].uid, begin(conn, "merge"))
    elsewhere = Account("mail", "A")
    with pytest.raises(SmartKpiError, match="they stay two accounts"), database.write_tx(conn):
        elsewhere = accounts.ensure(conn, "mail", "A")
        merges.merge(conn, owners["web", "A"].uid, elsewhere.uid, begin(conn, "merge"))


def test_a_rename_to_the_name_of_another_account_is_refused(conn: sqlite3.Connection) -> None:
    one, _ = take(conn, "One", [1]), take(conn, "Two", [2])
    with pytest.raises(SmartKpiError, match="another account already"), database.write_tx(conn):
        accounts.rename(conn, one.uid, "Two", begin(conn, "rename"))


def test_a_dry_run_of_a_merge_changes_nothing(conn: sqlite3.Connection) -> None:
    one, two = take(conn, "One", [1]), take(conn, "Two", [2])
    before = list(conn.iterdump())
    with database.write_tx(conn, dry_run=True):
        merges.merge(conn, one.uid, two.uid, begin(conn, "merge"))
    assert list(conn.iterdump()) == before


def test_metrics_of_the_users_own_are_kept_and_replaced(conn: sqlite3.Connection) -> None:
    first = Metric("calls", "Calls", Kind.FLOW, Stage.LEADS, words=("call", "rings"), read_as=("phone",))
    second = Metric("calls", "Phone calls", Kind.LEVEL, Stage.LEADS, Direction.DOWN)
    for metric in (first, second):
        with database.write_tx(conn):
            own_metrics.save(conn, [metric])
        assert own_metrics.all(conn) == [metric]


def test_goal_inputs_list_the_days_of_the_metric_that_a_goal_names(conn: sqlite3.Connection) -> None:
    account = take(conn, "One", [1, 2])
    take(conn, "Two", [7])
    add(conn, LEADS._replace(metric="reach", start=FIRST + 1, accounts=(account.uid,)))
    rows = conn.execute("select goal, account, day, value from goal_inputs").fetchall()
    assert rows == [("leads", "One", "2026-01-02", 2.0)]


def test_milestones_pauses_and_what_repeats_come_back_as_they_were_kept(conn: sqlite3.Connection) -> None:
    pause = Pause(FIRST + 3, FIRST + 5, "ads “off”")
    kept = add(conn, LEADS._replace(milestones=((FIRST + 9, 0.1),), repeat="quarter", data_every=7, learned="öfter"))
    assert goals.find(conn, "leads") == kept
    edit(conn, kept, pauses=(pause,))
    assert goals.find(conn, "leads") == kept._replace(pauses=(pause,))
    (told,) = goals.edits(conn, kept.uid)
    assert (told.field, told.was) == ("pauses", "")
    assert told.now.endswith("(ads “off”)")


def test_an_edit_names_accounts_and_those_that_were_merged_are_one(conn: sqlite3.Connection) -> None:
    one, two, far = (take(conn, name, [1.0]) for name in ("A", "B", "C"))
    goal = add(conn, LEADS._replace(accounts=(one.uid,)))
    with database.write_tx(conn):
        merges.merge(conn, one.uid, two.uid, begin(conn, "merge"))
    found = goals.find(conn, "leads")
    assert found is not None
    found = edit(conn, found, why="other")
    assert [each.field for each in goals.edits(conn, goal.uid)] == ["why"]
    edit(conn, found, accounts=(far.uid,))
    assert goals.edits(conn, goal.uid)[-1] == GoalEdit(FIRST + 3, "accounts", "B", "C")


def test_a_goal_that_is_over_is_not_active(conn: sqlite3.Connection) -> None:
    goal = add(conn)
    assert [each.slug for each in goals.active(conn)] == ["leads"]
    edit(conn, goal, state=GoalState.CLOSED, closed_on=FIRST + 3)
    assert goals.active(conn) == []
