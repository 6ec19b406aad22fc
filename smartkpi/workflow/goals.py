"""`add`, `edit`, `close` and `remove`: a goal is tied to its accounts and its baseline, echoed, and kept."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from smartkpi.errors import AccountNeededError, SmartKpiError, WrongUseError
from smartkpi.measure.assess import begins_at, first_day_read
from smartkpi.measure.sources import Ambiguity, Inputs, inputs, metrics_read
from smartkpi.model.goal import Form, Goal, GoalState
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import parse_day
from smartkpi.model.series import BY_HAND, Account, Series
from smartkpi.report import data, sentences, words
from smartkpi.report.views import goals as views
from smartkpi.store import accounts, changes, database, goals, series
from smartkpi.workflow import names, whose
from smartkpi.workflow.judging import find_goal
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.wish import Wish, goal_of, not_smart, with_numbers

TEXTS = ("title", "owner", "why", "objective", "campaign", "report")  # fields that an edit takes as typed


def add_goal(db: Path, wish: Wish, as_of: int, now: str, *, new_account: bool = False, command: str = "") -> Page:
    """Makes a goal of `wish`, echoes it and keeps it; refuses what is not a goal."""
    with reading(db) as conn:
        metrics = known_metrics(conn)
        wish = replace(wish, platform=platform_id(wish.platform))
        drafted = goal_of(wish, metrics, as_of)
        metric = metrics[drafted.metric]
        owners = _owners(conn, wish.accounts, drafted.platform, new_account=new_account)
        goal, notes = _tied(conn, drafted, wish, metric, metrics, owners, as_of)
        goal = _named(conn, _checked(conn, goal, wish, as_of), metric)
        known = set() if conn is None else {o.name for o in goals.objectives(conn)}
    notes += [f"“{goal.objective}” is a new objective"] if goal.objective and goal.objective not in known else []
    with writing(db) as conn, database.write_tx(conn):
        change = changes.begin(conn, now, command or "add", "add")
        saved = goals.save(conn, replace(goal, accounts=_kept(conn, owners) or goal.accounts), change)
    return Page(
        lambda: views.goal_added(saved, metric, as_of, notes),
        data.envelope("goal added", goal=data.goal(saved), notes=notes),
    )


def _owners(
    conn: sqlite3.Connection | None, wanted: Sequence[str], platform: str, *, new_account: bool
) -> tuple[Account, ...]:
    known = [] if conn is None else [use.account for use in accounts.listing(conn)]
    on = (platform,) if platform else ()
    return tuple(
        whose.named(name, on, known, labels(), new_account=new_account, command="smartkpi add …") for name in wanted
    )


def _kept(conn: sqlite3.Connection, owners: Sequence[Account]) -> tuple[str, ...]:
    return tuple(owner.uid or accounts.ensure(conn, owner.platform, owner.name).uid for owner in owners)


def _tied(
    conn: sqlite3.Connection | None,
    goal: Goal,
    wish: Wish,
    metric: Metric,
    metrics: Mapping[str, Metric],
    owners: Sequence[Account],
    as_of: int,
) -> tuple[Goal, list[str]]:
    """`goal` tied to its accounts, with currency and baseline as the data have them; and what to say of that."""
    goal = replace(goal, accounts=tuple(owner.uid for owner in owners if owner.uid))
    stored = [] if any(not owner.uid for owner in owners) else _stored(conn, goal, metric, metrics, as_of)
    found = inputs(goal, metric, metrics, stored)
    if isinstance(found, Ambiguity):
        raise _ambiguous(found, metric, stored, goal)
    notes = [_feeds(found, metrics)] if found.all else [_not_fed(goal, metric)]
    platforms = {s.account.platform for s in found.all}
    currency = next((s.key.unit for s in found.numerator or found.main if s.key.unit), "")
    if goal.unit and currency and goal.unit != currency:
        raise WrongUseError(f"these numbers are in {currency}, not in {goal.unit}", outcome="Nothing was saved.")
    goal = replace(
        goal,
        accounts=goal.accounts or tuple(dict.fromkeys(s.account.uid for s in found.all)),
        platform=goal.platform or (platforms.pop() if len(platforms) == 1 else ""),
        unit=goal.unit or currency,
    )
    return _with_baseline(goal, wish, metric, found, as_of), notes


def _stored(
    conn: sqlite3.Connection | None, goal: Goal, metric: Metric, metrics: Mapping[str, Metric], as_of: int
) -> list[Series]:
    if conn is None:
        return []
    campaign = {("campaign", goal.campaign)} if goal.campaign else set()
    first = first_day_read([replace(goal, start=min(goal.start, as_of))], as_of)
    return series.read(conn, metrics_read(metric, metrics), first_day=first, as_of=as_of, breakdowns=campaign)


def _ambiguous(found: Ambiguity, metric: Metric, stored: Sequence[Series], goal: Goal) -> SmartKpiError:
    if found.what == "account":
        fitting = {s.account for s in stored if goal.platform in ("", s.account.platform)}
        return AccountNeededError(
            f"whose {metric.name}?",
            details=(f"Several accounts have them: {', '.join(found.choices)}.",),
            hints=tuple(
                sorted(f"smartkpi add … --platform {a.platform} --account {names.quoted(a.name)}" for a in fitting)
            ),
            platforms=tuple(sorted({a.platform for a in fitting})),
            accounts=tuple(sorted((a.platform, a.name) for a in fitting)),
        )
    flag = {"report": "--report", "currency": "--account"}[found.what]
    return WrongUseError(
        f"{metric.name} comes in more than one {found.what}: {', '.join(found.choices)}",
        details=("They are never mixed: choose one.",),
        hints=tuple(f"smartkpi add … {flag} {names.quoted(choice)}" for choice in found.choices),
        outcome="Nothing was saved.",
    )


def _feeds(found: Inputs, metrics: Mapping[str, Metric]) -> str:
    on = labels()
    told = {
        f"{metrics[s.key.metric].name} of {s.account.name} on {on.get(s.account.platform, s.account.platform)}"
        + (f" ({s.key.report})" if s.key.report == BY_HAND else "")
        for s in found.all
    }
    return f"it reads {words.listed(sorted(told))}"


def _not_fed(goal: Goal, metric: Metric) -> str:
    return (
        f"no {metric.name} yet: smartkpi platforms{f' {goal.platform}' if goal.platform else ''} says how to get them"
    )


def _with_baseline(goal: Goal, wish: Wish, metric: Metric, found: Inputs, as_of: int) -> Goal:
    """The baseline that the data have, unless one was typed; a gain then starts from it."""
    if goal.baseline is not None or goal.form not in (Form.GROWTH, Form.RATE, Form.TYPICAL_DAY):
        return goal
    begun = begins_at(goal, metric, found, as_of)
    if begun is not None:
        tied = replace(goal, baseline=begun[0], baseline_day=begun[1])
        return with_numbers(tied, wish, metric)
    if wish.target and goal.form is Form.GROWTH:
        text = f"where do you stand now? The data do not say: add --baseline NUMBER, or aim at a gain ({metric.name})"
        raise not_smart([("M", text)], replace(wish, target="", gain="20"), as_of)
    if (wish.gain or wish.drop) and goal.form is not Form.GROWTH:
        text = "a change of what? The data do not say where you stand: add --baseline NUMBER"
        raise not_smart([("M", text)], replace(wish, baseline="10%" if metric.unit == "%" else "100"), as_of)
    return goal


def _checked(conn: sqlite3.Connection | None, goal: Goal, wish: Wish, as_of: int) -> Goal:
    """Refuses a goal that is true already by its own words, or that exists; settles which way a growth goes."""
    if (nothing := _pointless(goal)) is not None:
        raise not_smart([("S", nothing)], wish, as_of)
    if goal.form is Form.GROWTH:
        goal = replace(goal, direction=Direction.UP if goal.target > (goal.baseline or 0.0) else Direction.DOWN)
    for other in [] if conn is None else goals.all(conn):
        if other.state is GoalState.ACTIVE and other.slug != goal.slug and _same(goal, other):
            text = f"you have this very goal already: {other.slug}. Another number or day makes it a second one"
            raise not_smart([("S", text)], wish, as_of)
    return goal


def _pointless(goal: Goal) -> str | None:
    """Why a target asks for nothing, or None."""
    if goal.form in (Form.GROWTH, Form.RATE, Form.TYPICAL_DAY) and goal.target == (goal.baseline or 0.0):
        return "the target is where you stand already: nothing would have to change"
    lost = goal.form is Form.GROWTH and goal.baseline is None  # a loss of followers is a way below 0
    least = goal.target > 0 or (goal.target == 0 and goal.direction is Direction.DOWN)
    return None if least or lost else "how many? A target above 0 makes it a goal"


def _same(one: Goal, other: Goal) -> bool:
    fields = ("metric", "form", "direction", "platform", "campaign", "report", "deadline")
    alike = all(getattr(one, field) == getattr(other, field) for field in fields)
    accounts_alike = not one.accounts or not other.accounts or set(one.accounts) == set(other.accounts)
    way = one.target == other.target or (one.gain == other.gain and one.form is Form.GROWTH)
    return alike and accounts_alike and way


def _named(conn: sqlite3.Connection | None, goal: Goal, metric: Metric) -> Goal:
    """With a title where none was given, and a short name that no other goal has."""
    taken = set() if conn is None else set(goals.slugs(conn))
    base = "-".join(part for part in (goal.metric, goal.platform, goal.campaign) if part)
    base = "-".join("".join(c if c.isalnum() else " " for c in base.lower()).split())
    slug = next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
    title = goal.title or sentences.title(goal, metric, labels().get(goal.platform, ""))
    return replace(goal, slug=slug, title=title[:1].upper() + title[1:])


def edit_goal(db: Path, slug: str, given: Mapping[str, str], wish: Wish, as_of: int, now: str, *, command: str) -> Page:
    """Changes what was given (`given` holds texts that may be cleared, `wish` the rest); the old values are kept."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        metrics = known_metrics(conn)
        metric = metrics[goal.metric]
        wish = replace(wish, platform=platform_id(wish.platform))
        changed = _edited(goal, given, wish, metric, as_of)
        owners = _owners(conn, wish.accounts, changed.platform, new_account=False)
        if owners:
            changed = replace(changed, accounts=tuple(owner.uid for owner in owners))
        changed = _checked(conn, changed, wish, as_of)
        if changed == goal:
            raise WrongUseError("nothing to change was named", hints=(f"smartkpi edit {slug} --target 100",))
        with database.write_tx(conn):
            change = changes.begin(conn, now, command or "edit", "edit")
            changed = replace(changed, accounts=_kept(conn, owners) or changed.accounts)
            before = len(goals.edits(conn, goal.uid))
            changed = goals.replace(conn, changed, change, as_of)
            edits = goals.edits(conn, goal.uid)[before:]
    moved = [data.edit(e) for e in edits]
    return Page(
        lambda: views.goal_changed(changed, metric, as_of, edits),
        data.envelope("goal edited", goal=data.goal(changed), edits=moved),
    )


def _edited(goal: Goal, given: Mapping[str, str], wish: Wish, metric: Metric, as_of: int) -> Goal:
    changed = replace(goal, **{name: given[name] for name in TEXTS if name in given})  # type: ignore[arg-type]
    if wish.platform:
        changed = replace(changed, platform=wish.platform)
    if wish.start:
        changed = replace(changed, start=parse_day(wish.start, as_of))
    if wish.deadline:
        changed = replace(changed, deadline=parse_day(wish.deadline, as_of))
        if changed.deadline < as_of:
            raise not_smart([("T", "that day is over: by when should it be true?")], wish, as_of)
    if changed.deadline < changed.start:
        raise not_smart([("T", "the deadline is before the start")], wish, as_of)
    if wish.window:
        changed = replace(changed, window=wish.window)
    return with_numbers(changed, wish, metric)


def end_goal(db: Path, slug: str, state: GoalState, as_of: int, now: str, *, why: str = "", command: str) -> Page:
    """Closes a goal (it stays in `list --all`) or removes it; either can be undone."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        metric = known_metrics(conn)[goal.metric]
        ended = replace(goal, state=state, closed_on=as_of, closed_because=why)
        with database.write_tx(conn):
            change = changes.begin(conn, now, command, "close" if state is GoalState.CLOSED else "remove")
            goals.replace(conn, ended, change, as_of)
    return Page(
        lambda: views.goal_changed(ended, metric, as_of, ()),
        data.envelope(f"goal {state.value}", goal=data.goal(ended)),
    )
