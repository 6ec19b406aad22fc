"""`add`, `edit`, `close` and `remove`: a goal is tied to its accounts and its baseline, echoed, and kept."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from smartkpi.errors import NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.goal import Form, Goal, GoalEdit, GoalState
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso
from smartkpi.model.series import Account
from smartkpi.report import data, sentences, words
from smartkpi.report.views import goals as views
from smartkpi.store import accounts, changes, database, goals
from smartkpi.workflow import again, names, whose
from smartkpi.workflow.judging import find_goal, judge
from smartkpi.workflow.opening import known_metrics, metrics_for, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import ELSEWHERE, labels, platform_id
from smartkpi.workflow.tying import tied
from smartkpi.workflow.wish import (
    Wish,
    check_texts,
    day_of,
    example_of,
    goal_of,
    not_smart,
    typed_as,
    with_further,
    with_numbers,
)

READS = ("platform", "campaign", "report")  # with the accounts, what a goal reads
TEXTS = ("title", "owner", "why", "objective", "campaign", "report")  # fields that an edit takes as typed


def add_goal(db: Path, wish: Wish, as_of: int, now: str, *, new_account: bool = False, command: str = "") -> Page:
    """Makes a goal of `wish`, echoes it and keeps it; refuses what is not a goal.

    `command`: as typed, and as a hint repeats it; '' = what was asked for one by one.
    """
    command = command or typed_as(wish)
    with reading(db) as conn:
        metrics = known_metrics(conn)
        wish = replace(wish, platform=platform_id(wish.platform))
        drafted = goal_of(wish, metrics, as_of)
        metric = metrics[drafted.metric]
        owners = _owners(conn, wish.accounts, drafted.platform, command, new_account=new_account)
        goal, notes = tied(conn, drafted, wish, metric, metrics, owners, as_of, command)
        goal = _named(conn, _checked(conn, goal, wish, metric, as_of), metric)
        known = set() if conn is None else {o.name for o in goals.objectives(conn)}
    notes += [f"{o.name} is a new account on {labels().get(o.platform, o.platform)}" for o in owners if not o.uid]
    notes += [f"“{goal.objective}” is a new objective"] if goal.objective and goal.objective not in known else []
    with writing(db) as conn, database.write_tx(conn):
        change = changes.begin(conn, now, command, "add")
        saved = goals.save(conn, replace(goal, accounts=_kept(conn, owners) or goal.accounts), change)
        needed = _needed(conn, saved, metrics, as_of)
    return Page(
        lambda: views.goal_added(saved, metric, as_of, needed, notes),
        data.envelope("goal added", goal=data.goal(saved), notes=notes),
    )


def _needed(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> float | None:
    """What is needed a week from now on, as `status` will say it."""
    (judged,) = judge(conn, [goal], metrics, as_of)
    return judged.pace.required_rate if judged.pace else None


def countable(db: Path) -> dict[str, Metric]:
    """Every metric that a goal can be set on."""
    with reading(db) as conn:
        return known_metrics(conn)


def _owners(
    conn: sqlite3.Connection | None, wanted: Sequence[str], platform: str, command: str, *, new_account: bool
) -> tuple[Account, ...]:
    known = [] if conn is None else accounts.in_use(conn)
    on = (platform,) if platform else ()
    typed = {name: again.without(command, "--account", value=name) for name in wanted}
    return tuple(
        whose.named(name, on, known, labels(), new_account=new_account, command=typed[name]) for name in wanted
    )


def _kept(conn: sqlite3.Connection, owners: Sequence[Account]) -> tuple[str, ...]:
    return tuple(owner.uid or accounts.ensure(conn, owner.platform, owner.name).uid for owner in owners)


def _checked(conn: sqlite3.Connection | None, goal: Goal, wish: Wish, metric: Metric, as_of: int) -> Goal:
    """Refuses a goal that is true already by its own words, or that exists; settles which way a growth goes."""
    edit = f"smartkpi edit {goal.slug}" if goal.slug else ""
    if (nothing := _pointless(goal)) is not None:
        further = with_further(goal, wish, metric)
        number = "--drop" if further.drop else "--gain" if further.gain else "--target"
        example = f"{edit} {number} NUMBER" if edit else example_of(further, as_of, metric)
        raise not_smart([("S", nothing)], wish, as_of, example=example)
    if goal.form is Form.GROWTH:
        goal = replace(goal, direction=Direction.UP if goal.target > (goal.baseline or 0.0) else Direction.DOWN)
    for other in [] if conn is None else goals.all(conn):
        if other.state is GoalState.ACTIVE and other.slug != goal.slug and _same(goal, other):
            text = f"you have this very goal already: {other.slug}. Another number or day makes it a second one"
            another = replace(wish, deadline=iso(goal.deadline + 30))
            raise not_smart([("S", text)], another, as_of, example=edit and f"{edit} --deadline {another.deadline}")
    return goal


def _pointless(goal: Goal) -> str | None:
    """Why a target asks for nothing, or None."""
    if goal.form in (Form.GROWTH, Form.RATE, Form.TYPICAL_DAY) and goal.target == (goal.baseline or 0.0):
        return "the target is where you stand already: nothing would have to change"
    measured = goal.form in (Form.RATE, Form.TYPICAL_DAY) and goal.baseline is not None
    if measured and goal.direction.reached(goal.baseline or 0.0, goal.target):
        return "you are there already: a target beyond where you stand makes it a goal"
    lost = goal.form is Form.GROWTH and goal.baseline is None  # a loss of followers is a way below 0
    least = goal.target > 0 or (goal.target == 0 and goal.direction is Direction.DOWN)
    return None if least or lost else "how many? A target above 0 makes it a goal"


def _same(one: Goal, other: Goal) -> bool:
    fields = ("metric", "form", "direction", "platform", "campaign", "report", "deadline", "window")
    alike = all(getattr(one, field) == getattr(other, field) for field in fields)
    accounts_alike = not one.accounts or not other.accounts or set(one.accounts) == set(other.accounts)
    units_alike = not one.unit or not other.unit or one.unit == other.unit
    way = one.target == other.target or (one.gain == other.gain and one.form is Form.GROWTH)
    return alike and accounts_alike and units_alike and way and _begin_alike(one, other)


def _begin_alike(one: Goal, other: Goal) -> bool:
    """Whether two goals begin on the same day and number: what nobody typed (today, the data's) is no difference."""
    starts = one.start == other.start or (one.start == one.created and other.start == other.created)
    typed = any(goal.baseline_day == goal.start - 1 for goal in (one, other))
    return starts and (one.baseline == other.baseline or not typed)


def _named(conn: sqlite3.Connection | None, goal: Goal, metric: Metric) -> Goal:
    """With a title where none was given, and a short name that no other goal has."""
    taken = set() if conn is None else set(goals.slugs(conn))
    base = "-".join(part for part in (goal.metric, goal.platform, goal.campaign) if part)
    base = "-".join("".join(c if c.isalnum() else " " for c in base.lower()).split())
    slug = next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    return replace(goal, slug=slug, title=goal.title or _title(goal, metric))


def _title(goal: Goal, metric: Metric) -> str:
    """The title of a goal that nobody gave one."""
    where = "" if goal.platform == ELSEWHERE else labels().get(goal.platform, "")
    title = sentences.title(goal, metric, where)
    return title[:1].upper() + title[1:]


def edit_goal(db: Path, slug: str, given: Mapping[str, str], wish: Wish, as_of: int, now: str, *, command: str) -> Page:
    """Changes what was given (`given` holds texts that may be cleared, `wish` the rest); the old values are kept."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        if goal.state is GoalState.CLOSED:
            raise SmartKpiError(f"{slug} is closed: what it was stays as it was", hints=(f"smartkpi show {slug}",))
        metrics = {**metrics_for(conn, [goal]), **known_metrics(conn)}
        metric = metrics[goal.metric]
        wish = replace(wish, platform=platform_id(wish.platform))
        title, owner, objective = (given.get(name, "") for name in ("title", "owner", "objective"))
        check_texts(replace(wish, title=title, owner=owner, objective=objective))
        changed = _edited(goal, given, wish, metric, as_of)
        owners = _owners(conn, wish.accounts, changed.platform, command, new_account=False)
        others = bool(owners) and {owner.uid for owner in owners} != set(goal.accounts)
        if others or any(getattr(changed, name) != getattr(goal, name) for name in READS):
            changed = _retied(conn, changed, wish, metric, metrics, owners, as_of, command)
        changed = _checked(conn, changed, wish, metric, as_of)
        if not given.get("title", goal.title) or goal.title == _title(goal, metric) == changed.title:
            changed = replace(changed, title=_title(changed, metric))  # it was never a person's own words
        if changed == goal:
            raise _nothing_new(goal, named=bool(given) or wish != Wish())
        with database.write_tx(conn):
            change = changes.begin(conn, now, command, "edit")
            changed = replace(changed, accounts=_kept(conn, owners) or changed.accounts)
            before = len(goals.edits(conn, goal.uid))
            changed = goals.replace(conn, changed, change, as_of)
            edits = [_readable(conn, edit) for edit in goals.edits(conn, goal.uid)[before:]]
        needed = _needed(conn, changed, metrics, as_of)
    moved = [data.edit(e) for e in edits]
    return Page(
        lambda: views.goal_changed(changed, metric, as_of, edits, needed),
        data.envelope("goal edited", goal=data.goal(changed), edits=moved),
    )


def _nothing_new(goal: Goal, *, named: bool) -> SmartKpiError:
    if named:
        return SmartKpiError("that is what it already says", hints=(f"smartkpi show {goal.slug}",))
    later = f"smartkpi edit {goal.slug} --deadline {iso(goal.deadline + 30)}"
    return WrongUseError("nothing to change was named", hints=(later,))


def _retied(
    conn: sqlite3.Connection,
    goal: Goal,
    wish: Wish,
    metric: Metric,
    metrics: Mapping[str, Metric],
    owners: Sequence[Account],
    as_of: int,
    command: str,
) -> Goal:
    """`goal` tied anew to what it reads now; where that began is another number, so it is asked for."""
    measured = goal.form in (Form.GROWTH, Form.RATE, Form.TYPICAL_DAY) and goal.baseline is not None
    if measured and not (wish.baseline or wish.target or wish.gain or wish.drop):
        raise WrongUseError(
            "with other numbers to read, it begins elsewhere too",
            details=("Say where it goes from there; where it begins is read from the data, or given with --baseline.",),
            hints=(f"{command} --gain {names.quoted(words.number(abs(goal.gain)))}",),
        )
    if measured and not wish.baseline:
        goal = with_numbers(replace(goal, baseline=None, baseline_day=None), wish, metric)
    loose = replace(goal, accounts=() if owners else goal.accounts)
    return tied(conn, loose, wish, metric, metrics, owners, as_of, command)[0]


def _readable(conn: sqlite3.Connection, edit: GoalEdit) -> GoalEdit:
    """Accounts by their names, not by their uids."""
    if edit.field != "accounts":
        return edit
    called = {use.account.uid: use.account.name for use in accounts.listing(conn)}

    def names_of(uids: str) -> str:
        return words.listed([called.get(uid, uid) for uid in json.loads(uids or "[]")])

    return edit._replace(was=names_of(edit.was), now=names_of(edit.now))


def _bad_day(goal: Goal, said: str, as_of: int) -> NotSmartError:
    example = f"smartkpi edit {goal.slug} --deadline {iso(max(as_of, goal.start) + 90)}"
    return not_smart([("T", said)], Wish(), as_of, example=example)


def _check_number(goal: Goal, wish: Wish) -> None:
    """A gain goes with levels, a target with what is added up; one never stands for the other."""
    if goal.form in (Form.TOTAL, Form.EACH) and (wish.gain or wish.drop):
        raise WrongUseError("this goal has a target, not a gain", hints=(f"smartkpi edit {goal.slug} --target NUMBER",))
    if goal.form is Form.GROWTH and goal.baseline is None and wish.target and not wish.baseline:
        raise WrongUseError(
            "this goal is a gain from where you stood, which nobody stated",
            hints=(f"smartkpi edit {goal.slug} --gain NUMBER", f"smartkpi edit {goal.slug} --baseline NUMBER"),
        )


def _edited(goal: Goal, given: Mapping[str, str], wish: Wish, metric: Metric, as_of: int) -> Goal:
    _check_number(goal, wish)
    changed = replace(goal, **{name: given[name] for name in TEXTS if name in given})  # type: ignore[arg-type]
    if wish.platform:
        changed = replace(changed, platform=wish.platform)
    if wish.start:
        changed = replace(changed, start=day_of(wish.start, "--start", as_of))
    if wish.deadline:
        changed = replace(changed, deadline=day_of(wish.deadline, "--deadline", as_of))
        if changed.deadline < as_of:
            raise _bad_day(goal, "that day is over: by when should it be true?", as_of)
    if changed.deadline < changed.start:
        raise _bad_day(goal, "the deadline is before the start", as_of)
    if wish.window:
        changed = replace(changed, window=wish.window)
    return with_numbers(changed, wish, metric)


def end_goal(db: Path, slug: str, state: GoalState, as_of: int, now: str, *, why: str = "", command: str) -> Page:
    """Closes a goal (it stays in `list --all`) or removes it; either can be undone."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        metric = metrics_for(conn, [goal])[goal.metric]
        if goal.state is state:
            raise SmartKpiError(f"{slug} is {state.value} already", hints=("smartkpi list --all",))
        ended = replace(goal, state=state, closed_on=as_of, closed_because=why)
        with database.write_tx(conn):
            change = changes.begin(conn, now, command, "close" if state is GoalState.CLOSED else "remove")
            goals.replace(conn, ended, change, as_of)
    return Page(
        lambda: views.goal_changed(ended, metric, as_of, ()),
        data.envelope(f"goal {state.value}", goal=data.goal(ended)),
    )
