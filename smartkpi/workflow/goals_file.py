"""`add --file` and `export goals --toml`: goals from a file that a team keeps, and back into one."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import NotSmartError, SmartKpiError
from smartkpi.knowledge import goals_file as files
from smartkpi.knowledge.goals_file import GoalEntry, GoalsFile, ObjectiveEntry
from smartkpi.model.goal import Goal, Objective
from smartkpi.model.metric import Metric
from smartkpi.model.series import Account
from smartkpi.model.taken import Difference, Fate, Taken
from smartkpi.report.views import goals_file as views
from smartkpi.store import accounts, changes, database, goals, objectives
from smartkpi.store.scratch import scratch
from smartkpi.workflow import entries
from smartkpi.workflow.names import find_metric, fold
from smartkpi.workflow.objectives import checked_name
from smartkpi.workflow.opening import known_metrics, metrics_for, reading, writing
from smartkpi.workflow.page import Page


def exported(db: Path) -> str:
    """Every goal and objective as the text of a goals file."""
    with reading(db) as conn:
        if conn is None:
            return files.text(GoalsFile())
        every = goals.all(conn)
        metrics = metrics_for(conn, every)
        owners = {use.account.uid: use.account for use in accounts.listing(conn)}
        named = [ObjectiveEntry(each.name, each.metric) for each in objectives.all(conn)]
    return files.text(GoalsFile(named, [entries.entry_of(goal, metrics[goal.metric], owners) for goal in every]))


def add_file(
    db: Path, file: Path, as_of: int, now: str, *, update: bool = False, dry_run: bool = False, command: str
) -> Page:
    """Takes every goal of a file, or none; those that are there already stay as they are.

    One that says other values is refused, unless `update`. Raises `FileRefusedError` with every problem at once.
    """
    found = files.parse(_text(file), file.name)
    whole = Whole(found, file.name, as_of, now, update, command)
    with reading(db) as conn:
        is_new = conn is None
    if dry_run or is_new:  # a file that is refused leaves no empty database behind
        with scratch(db) as copy:
            taken, named = _take(copy, whole)
    if not dry_run:
        taken, named = _take(db, whole)
    return Page(
        lambda: views.taken(file.name, taken, named, dry_run=dry_run), views.taken_data(taken, named, dry_run=dry_run)
    )


class Whole(NamedTuple):
    """A file, and how it is to be taken."""

    found: GoalsFile
    name: str
    as_of: int
    now: str
    update: bool
    command: str


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SmartKpiError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SmartKpiError(f"{file} is no UTF-8 text") from error


def _take(db: Path, whole: Whole) -> tuple[list[Taken], list[str]]:
    """All of it in one change; the goals, and the objectives that are new or changed; nothing to do is no change."""
    with writing(db) as conn:
        metrics = known_metrics(conn)
        wanted, wrong = _objectives(conn, whole.found.objective, metrics)
        compared, problems = _compared(conn, whole, metrics)
        if problems := [*wrong, *problems]:
            raise files.refused(whole.name, problems)
        if not wanted and all(each.fate is Fate.SAME for each in compared):
            return compared, []
        with database.write_tx(conn):
            change = changes.begin(conn, whole.now, whole.command, "add")
            for objective in wanted:
                objectives.save(conn, objective, change)
            taken, problems = _kept(conn, whole, compared, metrics, change)
            if problems:
                raise files.refused(whole.name, problems)
    return taken, [objective.name for objective in wanted]


def _objectives(
    conn: sqlite3.Connection, said: Sequence[ObjectiveEntry], metrics: Mapping[str, Metric]
) -> tuple[list[Objective], list[str]]:
    """The objectives that are new, or measured by another metric; and what cannot be. Case makes no other one."""
    there = {fold(each.name): each for each in objectives.all(conn)}
    wanted: dict[str, Objective] = {}
    problems = []
    for number, entry in enumerate(said, 1):
        try:
            name = checked_name(entry.name)
            metric = find_metric(entry.metric, metrics).id if entry.metric else ""
        except SmartKpiError as error:
            problems.append(f"objective {number}: {error.headline}")
            continue
        was = wanted.get(fold(name)) or there.get(fold(name))
        if was is None or metric not in ("", was.metric):
            wanted[fold(name)] = (was or Objective(name))._replace(metric=metric)
    return list(wanted.values()), problems


def _compared(conn: sqlite3.Connection, whole: Whole, metrics: Mapping[str, Metric]) -> tuple[list[Taken], list[str]]:
    """Each goal of the file against the one that it names: new, the same, changed; and what cannot be."""
    owners = {use.account.uid: use.account for use in accounts.listing(conn)}
    called = {fold(each.name): each.name for each in objectives.all(conn)}
    every = goals.all(conn)
    compared, problems = [], _doubles(whole.found)
    for number, entry in enumerate(whole.found.goal, 1):
        try:
            said = entries.told(entry, metrics)
            said["accounts"] = tuple(_as_called(conn, *each) for each in said.get("accounts", ()))
            said["objective"] = called.get(fold(said["objective"]), said["objective"])
            there = _there(every, entry, said, owners)
        except SmartKpiError as error:
            problems.append(_problem(number, entry, error))
            continue
        differs = () if there is None else entries.differences(said, there, owners)
        fate = Fate.NEW if there is None else Fate.CHANGED if differs else Fate.SAME
        if there is not None and differs and not whole.update:
            problems.append(_otherwise(number, entry, there, differs, whole.command))
        compared.append(Taken(entry.name or (there.slug if there else ""), there, fate, differs))
    return compared, problems


def _as_called(conn: sqlite3.Connection, platform: str, name: str) -> tuple[str, str]:
    """An account by the name that it has now: one that was renamed, or merged, is still the same."""
    there = accounts.find(conn, platform, name)
    return (there.platform, there.name) if there else (platform, name)


def _doubles(found: GoalsFile) -> list[str]:
    """Names that two goals of the file share."""
    names = [entry.name for entry in found.goal if entry.name]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [f"“{name}” is the name of {names.count(name)} goals: each needs its own" for name in twice]


def _there(every: list[Goal], entry: GoalEntry, said: entries.Said, owners: Mapping[str, Account]) -> Goal | None:
    """The goal of that name; of an entry without one the goal that says all that it says."""
    if entry.name:
        return next((goal for goal in every if goal.slug == entry.name), None)
    return next((goal for goal in every if not entries.differences(said, goal, owners)), None)


def _problem(number: int, entry: GoalEntry, error: SmartKpiError) -> str:
    said = error.details if isinstance(error, NotSmartError) else (error.headline, *error.details)
    told = " · ".join(" ".join(each.split()) for each in said)
    return f"{files.label(number, entry.title or entry.name)}: {told}"


def _otherwise(
    number: int,
    entry: GoalEntry,
    there: Goal,
    differs: tuple[Difference, ...],
    command: str,
) -> str:
    """A goal that says other values than the one of its name: how it is changed on purpose."""
    said = "; ".join(f"{d.field} is {d.now}, and was {d.was}" for d in differs)
    edit = entries.edit_command(there, differs)
    ways = " or ".join(filter(None, (edit, f"{command} --update")))
    return f"{files.label(number, entry.title or entry.name)} exists as {there.slug}: {said}. To change it: {ways}"


def _kept(
    conn: sqlite3.Connection, whole: Whole, compared: list[Taken], metrics: Mapping[str, Metric], change: int
) -> tuple[list[Taken], list[str]]:
    """What is new or changed, saved one after the other, so that two of one file cannot say the same either."""
    known = accounts.in_use(conn)
    reserved = {entry.name for entry in whole.found.goal}
    taken, problems = [], []
    for number, (entry, each) in enumerate(zip(whole.found.goal, compared, strict=True), 1):
        if each.fate is Fate.SAME:
            taken.append(each)
            continue
        try:
            said = entries.told(entry, metrics)
            owners = entries.owners(conn, said, known)
            if each.goal is None:
                made, notes = entries.made(conn, entry, said, owners, metrics, whole.as_of, reserved)
                goal = goals.save(conn, made, change)
                each = each._replace(notes=tuple(notes))
            else:
                changed = entries.changed(conn, each.goal, said, owners, metrics, whole.as_of)
                goal = goals.replace(conn, changed, change, whole.as_of)
            taken.append(each._replace(name=goal.slug, goal=goal))
        except SmartKpiError as error:
            problems.append(_problem(number, entry, error))
    return taken, problems
