"""Goals, the objectives that they serve, and every edit of them."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from smartkpi.errors import UnknownNameError
from smartkpi.model.goal import Form, Goal, GoalEdit, GoalState, Pause
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso
from smartkpi.store import images, owners
from smartkpi.store.days import LAST
from smartkpi.store.uid import new_uid

NAMES = Goal._fields
STATE = frozenset(
    ("state", "closed_on", "closed_because", "created", "uid", "baseline_day", "learned")
)  # no moved goalposts
GOALPOSTS = ("target", "deadline", "start", "baseline")
DAYS = frozenset(("start", "deadline", "baseline_day"))
CALLED = frozenset(("uid", "slug", "metric", "objective", "owner", "why", "created"))  # as now, on any day
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


def as_stood(conn: sqlite3.Connection, found: Sequence[Goal], day: int) -> list[Goal]:
    """`found` as they stood on the evening of `day`: what was edited, paused or closed on a later one is undone.

    A goal that was made later is as on the day on which it was made. Its slug, whose it is and what for stay as they
    are now, one that was removed stays away, and what was taken back by `undo` was never done.
    """
    if not is_edited_after(conn, day):
        return [*found]
    edited: dict[str, list[tuple[int, str, str]]] = {}
    for uid, *edit in conn.execute(f"{EDITS} order by r.change, r.seq"):
        edited.setdefault(uid, []).append((edit[0], edit[1], edit[2]))
    merged = _merged(conn)
    return [_stood(conn, goal, edited.get(goal.uid, ()), max(day, goal.created), merged) for goal in found]


def is_edited_after(conn: sqlite3.Connection, day: int) -> bool:
    """Whether any goal was changed on a later day than `day`."""
    later = conn.execute("select 1 from change_row where thing = 'goal' and day > ? limit 1", (day,))
    return later.fetchone() is not None


def _stood(
    conn: sqlite3.Connection, goal: Goal, edited: Sequence[tuple[int, str, str]], day: int, merged: dict[str, int]
) -> Goal:
    """What the edits up to `day`, in the order in which they were made, left of what it was at first."""
    values: dict[str, object] = {}
    for on, before, after in edited:
        was, now = images.read(before) or {}, images.read(after) or {}
        for name in (name for name in NAMES if name not in CALLED and name in was and was[name] != now[name]):
            values.setdefault(name, was[name])
            if on <= day:
                values[name] = now[name]
    return goal._replace(**_typed(conn, values, merged))  # type: ignore[arg-type]


def slugs(conn: sqlite3.Connection) -> list[str]:
    """The slugs that are taken."""
    return [slug for (slug,) in conn.execute("select slug from goal where state <> 'removed' order by id")]


def _read(conn: sqlite3.Connection, which: str, parameters: tuple[str, ...]) -> Iterator[Goal]:
    columns = ", ".join(f'g."{name}"' for name in NAMES)
    uids = _merged(conn)
    for row in conn.execute(
        f"""select {columns}, o.name from goal g left join objective o on o.uid = g.objective
            where g.state <> 'removed' and {which} order by g.id""",
        parameters,
    ).fetchall():
        yield _goal(conn, dict(zip(NAMES, row, strict=False)), row[-1] or "", uids)


def _merged(conn: sqlite3.Connection) -> dict[str, int]:
    """The accounts that are counted as another: uid -> id."""
    return {uid: ident for ident, uid in conn.execute("select id, uid from account where merged_into is not null")}


def _goal(conn: sqlite3.Connection, values: dict[str, object], objective: str, merged: dict[str, int]) -> Goal:
    return Goal(**{**_typed(conn, values, merged), "objective": objective})  # type: ignore[arg-type]


TYPES: dict[str, Callable[[str], object]] = {
    "form": Form,
    "direction": Direction,
    "state": GoalState,
    "milestones": lambda text: tuple((day, value) for day, value in json.loads(text)),
    "pauses": lambda text: tuple(Pause(*pause) for pause in json.loads(text)),
}


def _typed(conn: sqlite3.Connection, values: Mapping[str, object], merged: dict[str, int]) -> dict[str, object]:
    """Columns as the fields of a goal; merged accounts by the one that they count as now."""
    typed = {name: TYPES[name](str(value)) if name in TYPES else value for name, value in values.items()}
    if "accounts" in values:
        named = json.loads(str(values["accounts"]))
        counted = (owners.current(conn, merged[uid]).account.uid if uid in merged else uid for uid in named)
        typed["accounts"] = tuple(dict.fromkeys(counted))
    return typed


EDITS = """select r.uid, r.day, r.before, r.after from change_row r join change c on c.id = r.change
    where r.thing = 'goal' and r.before is not null and r.after is not null and c.undone is null"""


def edits(conn: sqlite3.Connection, goal_uid: str, until: int = LAST) -> list[GoalEdit]:
    """Every value of a goal that was changed later, up to the day `until`, and not undone, oldest edit first; days are
    written as ISO, a gain with its sign (`_way`)."""
    rows = conn.execute(f"{EDITS} and r.uid = ? and r.day <= ? order by r.change, r.seq", (goal_uid, until)).fetchall()
    names = {**_names_of_objectives(conn), **_names_of_accounts(conn)} if rows else {}
    return list(_told(names, [(day, before, after) for _, day, before, after in rows]))


def goalposts(conn: sqlite3.Connection, until: int = LAST) -> dict[str, list[GoalEdit]]:
    """Where goals begin and end, as it was changed later, up to the day `until`, of every goal, by its uid; oldest edit
    first. To say where a gain begins that nobody knew moves nothing."""
    differ = " or ".join(f"json_extract(r.before, '$.{f}') is not json_extract(r.after, '$.{f}')" for f in GOALPOSTS)
    rows: dict[str, list[tuple[int, str, str]]] = {}
    for uid, day, before, after in conn.execute(
        f"{EDITS} and ({differ}) and r.day <= ? order by r.change, r.seq", (until,)
    ):
        rows.setdefault(uid, []).append((day, before, after))
    moved = {uid: [edit for edit in _told({}, theirs) if _is_moved(edit)] for uid, theirs in rows.items()}
    return {uid: theirs for uid, theirs in moved.items() if theirs}


def _is_moved(edit: GoalEdit) -> bool:
    return edit.field in GOALPOSTS and (edit.field != "baseline" or bool(edit.was and edit.now))


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


def _told(names: dict[str, str], rows: Sequence[tuple[int, str, str]]) -> Iterator[GoalEdit]:
    """The edits of one goal, from what it was before and after each."""
    by_way = False
    for day, before, after in rows:
        was, now = images.read(before) or {}, images.read(after) or {}
        by_way = by_way or _is_a_gain(was) or _is_a_gain(now)
        yield from _differences(names, day, was, now, by_way=by_way)


def _is_a_gain(image: images.Image) -> bool:
    """Whether its target is a way from where nobody knows: "200 more"."""
    return image.get("form") == Form.GROWTH and image.get("baseline") is None


def _differences(
    names: dict[str, str], day: int, was: images.Image, now: images.Image, *, by_way: bool
) -> Iterator[GoalEdit]:
    for name in images.COLUMNS["goal"]:
        if name not in STATE and name in was and was[name] != now[name]:
            is_way = by_way and name == "target"
            texts = [_way(each) if is_way else _text(names, name, each[name]) for each in (was, now)]
            edit = GoalEdit(day, name, texts[0], texts[1])
            if edit.was != edit.now:  # accounts that were merged are one; a baseline that was said is no other way
                yield edit


def _way(image: images.Image) -> str:
    """The target as what is to be gained: "+200". What began as a gain is told as one for good: once it is known where
    it begins, its target is another number and asks for the same."""
    way = float(image["target"] or 0.0) - float(image["baseline"] or 0.0)
    return f"{way:+.12g}"


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
