"""A goal that stands, letter by letter: what it reads, whether it is within reach, and what it is for."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.measure.assess import assess
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Goal, Objective
from smartkpi.model.letters import Letter, Verdict
from smartkpi.model.metric import Metric
from smartkpi.model.series import Account
from smartkpi.report import attain
from smartkpi.report.views import added
from smartkpi.store import accounts, goals, objectives
from smartkpi.workflow import feeding
from smartkpi.workflow.attaining import attainable_of
from smartkpi.workflow.judging import judge
from smartkpi.workflow.platforms import ELSEWHERE, labels

VERDICTS = {
    "good": Verdict.GOOD, "warn": Verdict.UNLIKELY, "bad": Verdict.UNLIKELY, "unknown": Verdict.OPEN,
}  # fmt: skip


NOBODY = "new"  # no uid: those are hexadecimal


class Graded(NamedTuple):
    """The five letters of a goal, and the numbers behind them."""

    letters: tuple[Letter, ...]
    attainable: Attainable
    needed: float | None  # a week from now on


def graded(
    conn: sqlite3.Connection | None,
    goal: Goal,
    metrics: Mapping[str, Metric],
    as_of: int,
    *,
    owners: Sequence[Account] = (),
    doubts: Sequence[str] = (),
    asked: str = "",
    user_folder: Path | None = None,
    is_kept: bool = True,
) -> Graded:
    """Every letter of a goal, saved or not. `doubts`: what makes its baseline less than certain; `asked`: its
    deadline as it was said; `is_kept`: it is to be saved."""
    metric = metrics[goal.metric]
    read = _of_its_own(goal, owners)
    judged = _judged(conn, read, metrics, as_of)
    found = attainable_of(conn, read, metrics, as_of)
    fed = feeding.said(judged, metrics, user_folder)
    if judged.sources:  # exports first, then what is kept by hand
        fed = tuple(sorted(fed, key=lambda text: "recorded by hand" in text))
    first, *rest = attain.said(found, goal, metric, judged.unit)
    letters = (
        added.specific(goal, metric, _names(conn, goal, owners), _place(goal)),
        added.measurable((*fed, *doubts), has_data=bool(judged.sources) and judged.status is not Status.NO_DATA),
        Letter("A", _reach(found, judged), first, tuple(rest)),
        added.relevant(goal, metric, _served(conn, goal, metrics), is_kept=is_kept),
        added.timely(goal, metric, as_of, asked=asked),
    )
    return Graded(letters, found, judged.pace.required_rate if judged.pace else None)


def _reach(found: Attainable, judged: Assessment) -> Verdict:
    return Verdict.CARE if judged.status is Status.ACHIEVED else VERDICTS[attain.verdict(found)]


def _of_its_own(goal: Goal, owners: Sequence[Account]) -> Goal:
    """A new account has no numbers yet, and never those of another one."""
    return goal._replace(accounts=tuple(owner.uid or NOBODY for owner in owners)) if owners else goal


def _judged(conn: sqlite3.Connection | None, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> Assessment:
    if conn is None:
        return assess(goal, metrics[goal.metric], metrics, (), as_of)
    return judge(conn, [goal], metrics, as_of)[0]


def _names(conn: sqlite3.Connection | None, goal: Goal, owners: Sequence[Account]) -> list[str]:
    if conn is None or owners:
        return [owner.name for owner in owners]
    return sorted(account.name for account in accounts.in_use(conn) if account.uid in goal.accounts)


def _place(goal: Goal) -> str:
    return "" if goal.platform == ELSEWHERE else labels().get(goal.platform, goal.platform)


def _served(conn: sqlite3.Connection | None, goal: Goal, metrics: Mapping[str, Metric]) -> added.Served:
    if not goal.objective:
        return added.Served()
    known: list[Objective] = [] if conn is None else objectives.all(conn)
    others = [] if conn is None else goals.active(conn)
    stages = {
        metrics[other.metric].stage for other in others if other.objective == goal.objective and other.metric in metrics
    }
    is_new = all(objective.name != goal.objective for objective in known)
    return added.Served(goal.objective, is_new, any(stage.is_outcome for stage in stages))
