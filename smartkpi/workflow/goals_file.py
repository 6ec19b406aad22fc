"""`add --file` and `export goals --toml`: goals from a file that a team keeps, and back into one."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import SmartKpiError
from smartkpi.knowledge import goals_file as files
from smartkpi.knowledge.goals_file import GoalEntry, GoalsFile, Numbered, ObjectiveEntry, Problem, Readable
from smartkpi.model.goal import Goal, Objective
from smartkpi.model.metric import Metric
from smartkpi.model.series import Account
from smartkpi.model.taken import Difference, Fate, Taken
from smartkpi.report.views import goals_file as views
from smartkpi.store import accounts, changes, database, goals, objectives
from smartkpi.store.scratch import scratch
from smartkpi.workflow import entries
from smartkpi.workflow.differences import differences, edit_command
from smartkpi.workflow.names import find_metric, fold
from smartkpi.workflow.objectives import checked_name, named
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
    found = files.readable(_text(file), file.name)
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

    found: Readable
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
        wanted, wrong = _objectives(conn, whole.found.objectives, metrics)
        compared, strange = _compared(conn, whole, metrics)
        problems = [*whole.found.problems, *wrong, *strange]
        if not problems and not wanted and all(each.taken.fate is Fate.SAME for each in compared):
            return [each.taken for each in compared], []
        with database.write_tx(conn):
            change = changes.begin(conn, whole.now, whole.command, "add")
            for objective in wanted:
                objectives.save(conn, objective, change)
            taken, more = _kept(conn, whole, compared, metrics, change)
            if problems := [*problems, *more]:  # those of the goals that could be, too: all of them at once
                raise files.refused(whole.name, problems)
    return taken, [objective.name for objective in wanted]


def _objectives(
    conn: sqlite3.Connection, said: Sequence[Numbered[ObjectiveEntry]], metrics: Mapping[str, Metric]
) -> tuple[list[Objective], list[Problem]]:
    """The objectives that are new, or measured by another metric; and what cannot be. Case makes no other one."""
    there = {fold(each.name): each for each in objectives.all(conn)}
    wanted: dict[str, Objective] = {}
    problems = []
    for number, entry, _ in said:
        try:
            name = checked_name(entry.name)
            metric = find_metric(entry.metric, metrics).id if entry.metric else ""
        except SmartKpiError as error:
            text = f"objective {number}: {error.headline}"
            problems.append(Problem((files.PLACES["objective"], number), text))
            continue
        was = wanted.get(fold(name)) or there.get(fold(name))
        if was is None or metric not in ("", was.metric):
            wanted[fold(name)] = (was or Objective(name))._replace(metric=metric)
    return list(wanted.values()), problems


class Compared(NamedTuple):
    """A goal of the file that can be, what it says, and what is to be done with it."""

    of: Numbered[GoalEntry]
    said: entries.Said
    taken: Taken


def _compared(
    conn: sqlite3.Connection, whole: Whole, metrics: Mapping[str, Metric]
) -> tuple[list[Compared], list[Problem]]:
    """Each goal of the file against the one that it names: new, the same, changed; and what cannot be."""
    owners = {use.account.uid: use.account for use in accounts.listing(conn)}
    called = {fold(name): name for name in _objectives_named(conn, whole.found)}
    every = goals.all(conn)
    compared, problems = [], _doubles(whole.found.goals)
    for each in whole.found.goals:
        said, wrong = entries.told(each.entry, metrics, each.wrong)
        if said:
            said["accounts"] = tuple(_as_called(conn, *account) for account in said.get("accounts", ()))
            said["objective"] = called.get(fold(said["objective"]), said["objective"])
            wrong += _objective_wrong(conn, said["objective"], called)
        there = _there(every, each.entry, said, owners) if said and not wrong else None
        if wrong or each.wrong:
            wrong += [] if _is_there(every, each.entry) else entries.over(each.entry, each.wrong, whole.as_of)
            problems += [_problem(each, text) for text in wrong]
            continue
        differs = () if there is None else differences(said, there, owners)
        if there is not None and differs and not whole.update:
            problems.append(_otherwise(each, there, differs, whole.command))
            continue
        fate = Fate.NEW if there is None else Fate.CHANGED if differs else Fate.SAME
        name = each.entry.name or (there.slug if there else "")
        compared.append(Compared(each, said, Taken(name, there, fate, differs)))
    return compared, problems


def _objectives_named(conn: sqlite3.Connection, found: Readable) -> list[str]:
    """The objectives of the file, then those that there are: how these are written counts."""
    return [*(each.entry.name for each in found.objectives), *(each.name for each in objectives.all(conn))]


def _objective_wrong(conn: sqlite3.Connection, name: str, called: Mapping[str, str]) -> list[str]:
    """That an objective looks like another one, and is none of the file's own."""
    try:
        if fold(name) not in called:
            named(conn, name, "smartkpi add")
    except SmartKpiError as error:
        return [entries.reason(error)]
    return []


def _is_there(every: Sequence[Goal], entry: GoalEntry) -> bool:
    """Whether a goal of that name has that deadline already: it may be over by now."""
    return any(goal.slug == entry.name and goal.deadline == entry.deadline.toordinal() for goal in every)


def _as_called(conn: sqlite3.Connection, platform: str, name: str) -> tuple[str, str]:
    """An account by the name that it has now: one that was renamed, or merged, is still the same."""
    there = accounts.find(conn, platform, name)
    return (there.platform, there.name) if there else (platform, name)


def _doubles(found: Sequence[Numbered[GoalEntry]]) -> list[Problem]:
    """Names that two goals of the file share."""
    numbers: dict[str, list[int]] = {}
    for number, entry, _ in found:
        if entry.name:
            numbers.setdefault(entry.name, []).append(number)
    return [
        Problem((files.PLACES["goal"], those[0]), f"“{name}” is the name of {len(those)} goals: each needs its own")
        for name, those in numbers.items()
        if len(those) > 1
    ]


def _there(every: list[Goal], entry: GoalEntry, said: entries.Said, owners: Mapping[str, Account]) -> Goal | None:
    """The goal of that name; of an entry without one the goal that says all that it says."""
    if entry.name:
        return next((goal for goal in every if goal.slug == entry.name), None)
    return next((goal for goal in every if not differences(said, goal, owners)), None)


def _problem(of: Numbered[GoalEntry], text: str) -> Problem:
    called = files.label(of.number, of.entry.title or of.entry.name)
    return Problem((files.PLACES["goal"], of.number), f"{called}: {text}")


def _otherwise(of: Numbered[GoalEntry], there: Goal, differs: tuple[Difference, ...], command: str) -> Problem:
    """A goal that says other values than the one of its name: how it is changed on purpose."""
    said = "; ".join(f"{d.field} is {d.now}, and was {d.was}" for d in differs)
    edit = edit_command(there, differs)
    ways = " or ".join(filter(None, (edit, f"{command} --update")))
    return _problem(of, f"it exists as {there.slug}: {said}. To change it: {ways}")


def _kept(
    conn: sqlite3.Connection, whole: Whole, compared: list[Compared], metrics: Mapping[str, Metric], change: int
) -> tuple[list[Taken], list[Problem]]:
    """What is new or changed, saved one after the other, so that two of one file cannot say the same either."""
    known = accounts.in_use(conn)
    names = [each.entry.name for each in whole.found.goals]
    taken, problems = [], []
    for of, said, each in compared:
        if each.fate is Fate.SAME:
            taken.append(each)
            continue
        try:
            owners = entries.owners(conn, said, known)
        except SmartKpiError as error:
            late = entries.over(of.entry, (), whole.as_of) if each.goal is None else []
            problems += [_problem(of, text) for text in (entries.reason(error), *late)]
            continue
        try:
            if each.goal is None:
                entry = of.entry if names.count(of.entry.name) == 1 else replace(of.entry, name="")  # twice is told
                made, notes = entries.made(conn, entry, said, owners, metrics, whole.as_of, names)
                goal = goals.save(conn, made, change)
                each = each._replace(notes=tuple(notes))
            else:
                changed = entries.changed(conn, each.goal, said, owners, metrics, whole.as_of)
                goal = goals.replace(conn, changed, change, whole.as_of)
            taken.append(each._replace(name=goal.slug, goal=goal))
        except SmartKpiError as error:
            problems.append(_problem(of, entries.reason(error)))
    return taken, problems
