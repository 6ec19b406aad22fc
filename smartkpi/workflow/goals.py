"""`edit` and `remove`: a goal changes, or goes; what it was stays visible."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.model.series import Account
from smartkpi.report import data, words
from smartkpi.report.remarks import Advice
from smartkpi.report.views import goals as views
from smartkpi.store import changes, database, goals
from smartkpi.workflow import names
from smartkpi.workflow.beginning import begun_anew
from smartkpi.workflow.checking import checked, kept, owners_of, title_of
from smartkpi.workflow.judging import find_goal, judge
from smartkpi.workflow.names import parse_every
from smartkpi.workflow.objectives import named
from smartkpi.workflow.opening import known_metrics, metrics_for, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.pausing import check_pauses
from smartkpi.workflow.platforms import platform_id
from smartkpi.workflow.tying import tied
from smartkpi.workflow.wish import (
    Wish,
    check_texts,
    day_of,
    not_smart,
    with_numbers,
)

READS = ("platform", "campaign", "report", "unit")  # with the accounts, what a goal reads
TEXTS = ("title", "owner", "why", "objective", "campaign", "report", "repeat")  # fields that an edit takes as typed


class Changed(NamedTuple):
    """A goal as it is to be, whose it is to be where that was said, and what to say of where it begins."""

    goal: Goal
    owners: Sequence[Account] = ()
    notes: Sequence[Advice] = ()


def edit_goal(db: Path, slug: str, given: Mapping[str, str], wish: Wish, as_of: int, now: str, *, command: str) -> Page:
    """Changes what was given (`given` holds texts that may be cleared, `wish` the rest); the old values are kept."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        if goal.state is GoalState.CLOSED:
            raise SmartKpiError(f"{slug} is closed: what it was stays as it was", hints=(f"smartkpi show {slug}",))
        metrics = {**metrics_for(conn, [goal]), **known_metrics(conn)}
        metric = metrics[goal.metric]
        wish = replace(wish, platform=platform_id(wish.platform))
        given = {name: text.strip() for name, text in given.items()}
        title, owner, objective = (given.get(name, "") for name in ("title", "owner", "objective"))
        check_texts(replace(wish, title=title, owner=owner, objective=objective))
        if "objective" in given:
            given = {**given, "objective": named(conn, objective, command)}
        changed, owners, notes = edited(conn, goal, given, wish, metrics, as_of, command)
        if not given.get("title", goal.title) or goal.title == title_of(goal, metric) == changed.title:
            changed = changed._replace(title=title_of(changed, metric))  # it was never a person's own words
        if changed == goal:
            raise _nothing_new(goal, named=bool(given) or wish != Wish())
        with database.write_tx(conn):
            change = changes.begin(conn, now, command, "edit")
            changed = changed._replace(accounts=kept(conn, owners) or changed.accounts)
            before = len(goals.edits(conn, goal.uid))
            changed = goals.replace(conn, changed, change, as_of)
            edits = goals.edits(conn, goal.uid)[before:]
        (judged,) = judge(conn, [changed], metrics, as_of)
    needed = judged.pace.required_rate if judged.pace else None
    notes = (*notes, *_decided(judged))
    moved = [data.edit(e) for e in edits]
    return Page(
        lambda: views.goal_changed(changed, metric, as_of, edits, needed, notes),
        data.envelope("goal edited", goal=data.goal(changed), edits=moved, notes=[note._asdict() for note in notes]),
    )


def _decided(judged: Assessment) -> list[Advice]:
    """That what is asked for now is there already, or out of reach for good."""
    text = {
        Status.ACHIEVED: "that is reached already: nothing more is asked for",
        Status.MISSED: "that cannot be reached any more",
    }.get(judged.status)
    return [] if text is None else [Advice(text)]


def _nothing_new(goal: Goal, *, named: bool) -> SmartKpiError:
    if named:
        return SmartKpiError("that is what it already says", hints=(f"smartkpi show {goal.slug}",))
    later = f"smartkpi edit {goal.slug} --deadline {iso(goal.deadline + 30)}"
    return WrongUseError("nothing to change was named", hints=(later,))


def edited(
    conn: sqlite3.Connection,
    goal: Goal,
    given: Mapping[str, str],
    wish: Wish,
    metrics: Mapping[str, Metric],
    as_of: int,
    command: str,
) -> Changed:
    """What an edit makes of `goal`, before it is kept; raises all that an edit refuses, by the checks of `add`."""
    metric = metrics[goal.metric]
    changed = _tied(conn, goal, given, wish, metric, metrics, as_of, command)
    return changed._replace(goal=checked(conn, changed.goal, wish, metric, as_of))


def _tied(
    conn: sqlite3.Connection,
    goal: Goal,
    given: Mapping[str, str],
    wish: Wish,
    metric: Metric,
    metrics: Mapping[str, Metric],
    as_of: int,
    command: str,
) -> Changed:
    """`goal` with what was said, tied to what it reads, and to where it begins, where these are others now."""
    changed = _edited(goal, given, wish, metric, as_of)
    owners = owners_of(conn, wish.accounts, changed.platform, command, new_account=False)
    others = bool(owners) and {owner.uid for owner in owners} != set(goal.accounts)
    if others or any(getattr(changed, name) != getattr(goal, name) for name in READS):
        return Changed(_retied(conn, changed, wish, metric, metrics, owners, as_of, command), owners)
    changed, notes = begun_anew(conn, goal, changed, wish, metric, metrics, as_of, command)
    return Changed(changed, owners, notes)


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
    measured = goal.form.has_baseline and goal.baseline is not None
    if measured and not (wish.baseline or wish.number):
        raise WrongUseError(
            "with other numbers to read, it begins elsewhere too",
            details=("Say where it goes from there; where it begins is read from the data, or given with --baseline.",),
            hints=(f"{command} --gain {names.quoted(words.number(abs(goal.gain)))}",),
        )
    if measured and not wish.baseline:
        goal = with_numbers(goal._replace(baseline=None, baseline_day=None), wish, metric)
    loose = goal._replace(accounts=() if owners else goal.accounts)
    return tied(conn, loose, wish, metric, metrics, owners, as_of, command)[0]


def _bad_day(goal: Goal, said: str, as_of: int) -> NotSmartError:
    example = f"smartkpi edit {goal.slug} --deadline {iso(max(as_of, goal.start) + 90)}"
    return not_smart([("T", said)], Wish(), as_of, example=example)


def _check_number(goal: Goal, wish: Wish) -> None:
    """A gain goes with levels, a target with what is added up; one never stands for the other."""
    if goal.form.is_sum and (wish.gain or wish.drop):
        raise WrongUseError("this goal has a target, not a gain", hints=(f"smartkpi edit {goal.slug} --target NUMBER",))


def _edited(goal: Goal, given: Mapping[str, str], wish: Wish, metric: Metric, as_of: int) -> Goal:
    _check_number(goal, wish)
    changed = goal._replace(**{name: given[name] for name in TEXTS if name in given})  # type: ignore[arg-type]
    if wish.platform:
        changed = changed._replace(platform=wish.platform)
    if wish.start:
        changed = changed._replace(start=day_of(wish.start, "--start", as_of))
    if wish.deadline:
        try:
            changed = changed._replace(deadline=day_of(wish.deadline, "--deadline", as_of))
        except WrongUseError as error:
            raise _bad_day(goal, error.headline, as_of) from None
        if changed.deadline < as_of:
            raise _bad_day(goal, "that day is over: by when should it be true?", as_of)
    if changed.deadline < changed.start:
        raise _bad_day(goal, "the deadline is before the start", as_of)
    if wish.data_every:
        changed = changed._replace(data_every=parse_every(wish.data_every))
    check_pauses(changed)
    if wish.window:
        changed = changed._replace(window=wish.window)
    return with_numbers(changed, wish, metric)


def remove_goal(db: Path, slug: str, as_of: int, now: str, *, command: str) -> Page:
    """Takes a goal away: nobody sees it any more, and it can be undone."""
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        metric = metrics_for(conn, [goal])[goal.metric]
        removed = goal._replace(state=GoalState.REMOVED, closed_on=goal.closed_on or as_of)
        with database.write_tx(conn):
            change = changes.begin(conn, now, command, "remove")
            goals.replace(conn, removed, change, as_of)
    return Page(
        lambda: views.goal_changed(removed, metric, as_of, ()),
        data.envelope(f"goal {removed.state.value}", goal=data.goal(removed)),
    )
