"""`objective`: the business goals that goals serve come, change and go; and what `--for` means."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Goal, GoalState, Objective
from smartkpi.model.metric import Metric
from smartkpi.model.serving import Serving
from smartkpi.report import data
from smartkpi.report.views import objectives as views
from smartkpi.store import changes, database, goals, objectives
from smartkpi.workflow import again, names, whose
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.wish import LONGEST


def named(conn: sqlite3.Connection | None, text: str, command: str = "") -> str:
    """The objective that `--for` means, as it is written; a new one stays as typed.

    Raises a `WrongUseError` for a name within two letters of a known one: a typing error would part its goals.
    `command`: as typed, for the hint.
    """
    known = [] if conn is None or not text.strip() else [o.name for o in objectives.all(conn)]
    same = [name for name in known if names.fold(name) == names.fold(text)]
    if same or text in known:
        return text if text in known else same[0]
    near = [name for name in known if whose.near(names.fold(name), names.fold(text))]
    if near:
        said, meant = names.quoted(text), names.quoted(near[0])
        raise WrongUseError(
            f"there is no objective “{text}”; did you mean “{near[0]}”?",
            details=("If it is another one, make it first:",),
            hints=(f"{again.without(command, '--for')} --for {meant}".strip(), f"smartkpi objective add {said}"),
        )
    return text.strip()


def listing(db: Path) -> Page:
    """Every objective with the goals that serve it."""
    with reading(db) as conn:
        found = [] if conn is None else objectives.all(conn)
        metrics = known_metrics(conn)
        serving = {o.uid: _active(_serving(conn, o)) for o in found}
    shown = [{**data.plain(o), "goals": [goal.slug for goal in serving[o.uid]]} for o in found]
    return Page(lambda: views.objective_list(found, serving, metrics), data.envelope("objectives", objectives=shown))


def by_objective(conn: sqlite3.Connection, judged: Sequence[Assessment], *, everything: bool) -> list[Serving]:
    """Every objective with the goals under it, by name; then, under no name, the goals that serve none.

    Those without a goal come only where `everything` is shown: of a choice of goals nothing follows for the others.
    """
    metrics = known_metrics(conn)
    found = [*objectives.all(conn), Objective("")]
    groups = [Serving(o, metrics.get(o.metric), tuple(a for a in judged if a.goal.objective == o.name)) for o in found]
    return [group for group in groups if group.goals or (everything and group.objective.name)]


def add(db: Path, name: str, metric: str, *, now: str, command: str) -> Page:
    """A new objective; `metric` is what it is measured by, in any word for it."""
    with writing(db) as conn, database.write_tx(conn):
        metrics = known_metrics(conn)
        fresh = Objective(_checked(conn, name, Objective("")), metric=_metric_id(metric, metrics))
        saved = objectives.save(conn, fresh, changes.begin(conn, now, command, "objective"))
    return Page(
        lambda: views.objective_added(saved, metrics),
        data.envelope("objective added", objective=data.plain(saved)),
    )


def edit(db: Path, name: str, new: str | None, metric: str | None, *, now: str, command: str) -> Page:
    """Another name, or another metric ('' = none); its goals follow."""
    if new is None and metric is None:
        raise WrongUseError(
            "nothing to change was named", hints=(f"smartkpi objective edit {names.quoted(name)} --name NEW",)
        )
    with writing(db) as conn, database.write_tx(conn):
        metrics = known_metrics(conn)
        was = _find(conn, name)
        now_ = was if new is None else was._replace(name=_checked(conn, new, was))
        if metric is not None:
            now_ = now_._replace(metric=_metric_id(metric, metrics))
        if now_ == was:
            raise SmartKpiError("that is what it already says", hints=("smartkpi objective list",))
        saved = objectives.save(conn, now_, changes.begin(conn, now, command, "objective"))
    return Page(
        lambda: views.objective_changed(was, saved, metrics),
        data.envelope("objective edited", was=data.plain(was), objective=data.plain(saved)),
    )


def remove(db: Path, name: str, as_of: int, *, now: str, command: str) -> Page:
    """Takes an objective away; refused while an active goal serves it."""
    with writing(db) as conn, database.write_tx(conn):
        found = _find(conn, name)
        serving = _serving(conn, found)
        if active := _active(serving):
            raise _still_served(found, active)
        objectives.remove(conn, found.uid, changes.begin(conn, now, command, "objective"), as_of)
    return Page(
        lambda: views.objective_removed(found, len(serving)),
        data.envelope("objective removed", objective=data.plain(found)),
    )


def _still_served(found: Objective, active: Sequence[Goal]) -> SmartKpiError:
    count = "1 goal serves" if len(active) == 1 else f"{len(active)} goals serve"
    return SmartKpiError(
        f"{count} “{found.name}”",
        details=("Give each another objective first, or none:",),
        hints=tuple(f'smartkpi edit {goal.slug} --for ""' for goal in active),
    )


def _metric_id(text: str, metrics: Mapping[str, Metric]) -> str:
    return names.find_metric(text, metrics).id if text else ""


def _checked(conn: sqlite3.Connection, name: str, was: Objective) -> str:
    """The name without spaces around it; refuses one that no objective can have, and one that another has."""
    name = checked_name(name)
    for other in objectives.all(conn):
        if other.uid != was.uid and names.fold(other.name) == names.fold(name):
            raise SmartKpiError(f"there is an objective “{other.name}” already", hints=("smartkpi objective list",))
    return name


def checked_name(name: str) -> str:
    """The name without spaces around it; refuses none, and one too long."""
    name = name.strip()
    if not name:
        raise WrongUseError("an objective needs a name", hints=('smartkpi objective add "More website leads"',))
    if len(name) > LONGEST:
        raise WrongUseError(f"the name is longer than {LONGEST} letters", hints=("say it in fewer words",))
    return name


def _find(conn: sqlite3.Connection, name: str) -> Objective:
    known = objectives.all(conn)
    for objective in known:
        if names.fold(objective.name) == names.fold(name):
            return objective
    parts = [o.name for o in known if name.strip() and names.fold(name) in names.fold(o.name)]
    near = [*parts, *names.nearest(name, [o.name for o in known])]
    raise names.unknown("objective", name, near, "smartkpi objective list")


def _serving(conn: sqlite3.Connection | None, objective: Objective) -> list[Goal]:
    return [] if conn is None else [goal for goal in goals.all(conn) if goal.objective == objective.name]


def _active(found: Sequence[Goal]) -> list[Goal]:
    return [goal for goal in found if goal.state is GoalState.ACTIVE]
