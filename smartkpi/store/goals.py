"""Goals, the objectives that they serve, and every edit of them."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

from smartkpi.errors import UnknownNameError
from smartkpi.model.goal import Form, Goal, GoalEdit, GoalState, Pause
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso
from smartkpi.store import images, owners
from smartkpi.store.uid import new_uid

NAMES = Goal._fields
STATE = frozenset(
    ("state", "closed_on", "closed_because", "created", "uid", "baseline_day", "learned")
)  # no moved goalposts
GOALPOSTS = ("target", "deadline")
DAYS = frozenset(("start", "deadline", "baseline_day"))
LISTS = ("accounts", "milestones", "pauses")


def save(conn: sqlite3.Connection, goal: Goal, change: int) -> Goal:
    """Stores a new goal, and its objective where that is new; gives it back with its uid."""
    goal = goal._replace(uid=new_uid())
    _write(conn, goal, change, None)
    return goal


def replace(conn: sqlite3.Connection, goal: Goal, change: int, on: int) -> Goal:
    """Stores other values for the goal of that uid; the old ones are kept as an edit of day `on`."""
    if images.take(conn, "goal", goal.uid) is None:
        raise UnknownNameError(f"There is no goal {goal.slug}")
    _write(conn, goal, change, on)
    return goal


def _write(conn: sqlite3.Connection, goal: Goal, change: int, on: int | None) -> None:
    values = {name: getattr(goal, name) for name in NAMES}
    for name in LISTS:
        values[name] = json.dumps(values[name], ensure_ascii=False)
    values["objective"] = _objective(conn, goal.objective, change) if goal.objective else None
    with images.watched(conn, change, "goal", goal.uid, day=on):
        images.put_back(conn, "goal", goal.uid, values)


def _objective(conn: sqlite3.Connection, name: str, change: int) -> str:
    """The uid of the objective, made when a goal first names it."""
    row = conn.execute("select uid from objective where name = ?", (name,)).fetchone()
    if row:
        return str(row[0])
    uid = new_uid()
    with images.watched(conn, change, "objective", uid):
        conn.execute("insert into objective(uid, name) values(?, ?)", (uid, name))
    return uid


def all(conn: sqlite3.Connection) -> list[Goal]:  # noqa: A001 - reads as `goals.all`
    """Every goal that is not removed, closed ones included, in the order in which they were made."""
    return [*_read(conn, "true", ())]


def active(conn: sqlite3.Connection) -> list[Goal]:
    """Every goal that is neither removed nor closed, in the order in which they were made."""
    return [*_read(conn, "g.state = 'active'", ())]


def find(conn: sqlite3.Connection, slug: str) -> Goal | None:
    """The goal of that slug; removed ones are not found."""
    return next(_read(conn, "g.slug = ?", (slug,)), None)


def slugs(conn: sqlite3.Connection) -> list[str]:
    """The slugs that are taken."""
    return [slug for (slug,) in conn.execute("select slug from goal where state <> 'removed' order by id")]


def _read(conn: sqlite3.Connection, which: str, parameters: tuple[str, ...]) -> Iterator[Goal]:
    columns = ", ".join(f'g."{name}"' for name in NAMES)
    uids = {uid: ident for ident, uid in conn.execute("select id, uid from account where merged_into is not null")}
    for row in conn.execute(
        f"""select {columns}, o.name from goal g left join objective o on o.uid = g.objective
            where g.state <> 'removed' and {which} order by g.id""",
        parameters,
    ).fetchall():
        yield _goal(conn, dict(zip(NAMES, row, strict=False)), row[-1] or "", uids)


def _goal(conn: sqlite3.Connection, values: dict[str, object], objective: str, merged: dict[str, int]) -> Goal:
    named = json.loads(str(values["accounts"]))
    counted = (owners.current(conn, merged[uid]).account.uid if uid in merged else uid for uid in named)
    typed = {
        "form": Form(str(values["form"])),
        "direction": Direction(str(values["direction"])),
        "state": GoalState(str(values["state"])),
        "accounts": tuple(dict.fromkeys(counted)),
        "objective": objective,
        "milestones": tuple((day, value) for day, value in json.loads(str(values["milestones"]))),
        "pauses": tuple(Pause(*pause) for pause in json.loads(str(values["pauses"]))),
    }
    return Goal(**{**values, **typed})  # type: ignore[arg-type]


EDITS = """select r.uid, r.day, r.before, r.after from change_row r join change c on c.id = r.change
    where r.thing = 'goal' and r.before is not null and r.after is not null and c.undone is null"""


def edits(conn: sqlite3.Connection, goal_uid: str) -> list[GoalEdit]:
    """Every value of a goal that was changed later and not undone, oldest edit first; days are written as ISO."""
    rows = conn.execute(f"{EDITS} and r.uid = ? order by r.change, r.seq", (goal_uid,)).fetchall()
    names = {**_names_of_objectives(conn), **_names_of_accounts(conn)} if rows else {}
    return [edit for _, day, before, after in rows for edit in _differences(names, day, before, after)]


def goalposts(conn: sqlite3.Connection) -> dict[str, list[GoalEdit]]:
    """The targets and deadlines that were changed later, of every goal, by its uid; oldest edit first."""
    differ = " or ".join(f"json_extract(r.before, '$.{f}') is not json_extract(r.after, '$.{f}')" for f in GOALPOSTS)
    found: dict[str, list[GoalEdit]] = {}
    for uid, day, before, after in conn.execute(f"{EDITS} and ({differ}) order by r.change, r.seq"):
        moved = [edit for edit in _differences({}, day, before, after) if edit.field in GOALPOSTS]
        found.setdefault(uid, []).extend(moved)
    return found


def _names_of_objectives(conn: sqlite3.Connection) -> dict[str, str]:
    """Also of those that are gone, by their last name."""
    gone = conn.execute("""select uid, coalesce(after, before) from change_row where thing = 'objective'
        order by change, seq""")
    named = {uid: str((images.read(image) or {})["name"]) for uid, image in gone}
    return {**named, **dict(conn.execute("select uid, name from objective").fetchall())}


def _names_of_accounts(conn: sqlite3.Connection) -> dict[str, str]:
    """Of a merged one that of the account that it counts as now; with the platform where several are called so."""
    counted = {ident: row.account for ident, row in owners.everyone(conn).items()}
    often = Counter(account.name for account in set(counted.values()))
    said = {a.uid: f"{a.name} ({a.platform})" if often[a.name] > 1 else a.name for a in counted.values()}
    return {uid: said[counted[ident].uid] for ident, uid in conn.execute("select id, uid from account")}


def _differences(names: dict[str, str], day: int, before: str, after: str) -> Iterator[GoalEdit]:
    was, now = images.read(before) or {}, images.read(after) or {}
    for name in images.COLUMNS["goal"]:
        if name not in STATE and name in was and was[name] != now[name]:
            edit = GoalEdit(day, name, _text(names, name, was[name]), _text(names, name, now[name]))
            if edit.was != edit.now:  # accounts that were merged are one
                yield edit


def _text(names: dict[str, str], field: str, value: str | int | float | None) -> str:
    if value is None:
        return ""
    if field in DAYS:
        return iso(int(value))
    if field == "data_every":
        return f"{value} days" if value else ""
    if field == "objective":
        return names.get(str(value), "")
    if field == "accounts":
        return ", ".join(dict.fromkeys(names.get(uid, uid) for uid in json.loads(str(value))))
    if field == "milestones":
        return ", ".join(f"{iso(day)}={reached:.12g}" for day, reached in json.loads(str(value)))
    if field == "pauses":
        return ", ".join(_pause(*pause) for pause in json.loads(str(value)))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _pause(first: int, last: int, why: str, known: int = 0) -> str:
    return f"{iso(first)} to {iso(last)}" + (f" ({why})" if why else "")
