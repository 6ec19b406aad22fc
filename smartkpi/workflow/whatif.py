"""`whatif`: a goal with another target, deadline or pace, judged beside the one that stands; nothing is saved."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Form, Goal, GoalState
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso
from smartkpi.report import attain, data
from smartkpi.report.views import whatif as views
from smartkpi.workflow.attaining import History, history_of
from smartkpi.workflow.checking import lies_behind, pointless
from smartkpi.workflow.goals import edited
from smartkpi.workflow.judging import goal_on, judge
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.wish import Wish, day_of, too_early, typed_number, with_numbers

NOTHING = "Nothing was saved."


def whatif(db: Path, slug: str, as_of: int, *, target: str = "", deadline: str = "", rate: str = "") -> Page:
    """The chance, the pace needed and the likely end as it stands, and with what is given instead."""
    with reading(db) as conn:
        goal = goal_on(conn, slug, as_of)
        assert conn is not None, "a goal was found"
        if goal.state is GoalState.CLOSED:
            raise SmartKpiError(f"{slug} is closed: how it went is in", hints=(f"smartkpi show {slug}",), outcome="")
        metrics = metrics_for(conn, [goal])
        metric = metrics[goal.metric]
        weekly = _pace(goal, metric, rate) if rate else None
        changed = _changed(goal, metric, as_of, target, deadline)
        history = history_of(conn, goal, metrics, as_of)
        edit = views.edit_of(goal, changed, metric)
        refused = _refused(conn, goal, edit, as_of)
        stand = judge(conn, [goal, changed], metrics, as_of) if goal.form is Form.EACH else [None, None]
    before = history.attainable(goal)
    asked = weekly is not None or changed != goal
    after = _after(changed, history, weekly) if asked else None
    sides = [views.Side(goal, before, judged=stand[0])]
    sides += [] if after is None else [views.Side(changed, after, weekly, stand[1])]
    found = data.envelope(
        "what if",
        as_of=iso(as_of),
        goal=data.goal(goal),
        before=_side(sides[0]),
        after=None if after is None else _side(sides[1]),
        refused=None if refused is None else {"reason": refused.reason, "try": refused.command},
    )
    return Page(lambda: views.whatif(sides, metric, as_of, refused), found)


def _refused(conn: sqlite3.Connection, goal: Goal, edit: Mapping[str, str], as_of: int) -> views.Refused | None:
    """Why an edit would not take what was tried: a milestone, a pause, a goal that is there already."""
    if not edit:
        return None
    metrics = {**metrics_for(conn, [goal]), **known_metrics(conn)}
    target, gain, drop, deadline = (edit.get(flag, "") for flag in ("target", "gain", "drop", "deadline"))
    wish = Wish(target=target, gain=gain, drop=drop, deadline=deadline)
    try:
        edited(conn, goal, {}, wish, metrics, as_of, views.command(goal, edit))
    except SmartKpiError as error:
        return views.Refused(views.reason(error), next(iter(error.hints), ""))
    return None


def _pace(goal: Goal, metric: Metric, text: str) -> float:
    """The pace a week that was typed, on the way to the target: of a level that should fall, how much it falls."""
    if not goal.form.has_pace:
        raise WrongUseError(
            f"--rate is for what adds up week by week; {goal.slug} is not",
            hints=(f"smartkpi whatif {goal.slug} --target NUMBER",),
            outcome=NOTHING,
        )
    weekly, _ = typed_number(text, "--rate", metric)
    if goal.form is Form.TOTAL and weekly < 0 and not metric.net:
        raise WrongUseError("--rate: a sum never falls", hints=("--rate 12",), outcome=NOTHING)
    return -weekly if goal.form is Form.GROWTH and goal.direction is Direction.DOWN else weekly


def _changed(goal: Goal, metric: Metric, as_of: int, target: str, deadline: str) -> Goal:
    if target.strip().startswith("+") and not (goal.form is Form.GROWTH and goal.baseline is None):
        said = "--target is where it should end, not what comes on top"
        raise _refusal(said, goal, f"--target {target.strip().removeprefix('+')}")
    changed = with_numbers(goal, Wish(target=target), metric)
    if target and goal.unit and changed.unit != goal.unit:
        raise _refusal(f"--target: this goal is in {goal.unit}", goal, f'--target "{goal.unit} NUMBER"')
    if target and (nothing := pointless(changed) or lies_behind(changed, Wish(), metric, as_of)) is not None:
        raise _refusal(f"--target: {nothing}", goal, "--target NUMBER")
    if target and goal.form is Form.GROWTH:
        way = changed.target - (goal.baseline or 0.0)
        changed = changed._replace(direction=Direction.UP if way > 0 else Direction.DOWN)
    if deadline:
        changed = changed._replace(deadline=day_of(deadline, "--deadline", as_of))
    if when := too_early(changed.deadline, changed.start, as_of):
        raise _refusal(f"{iso(changed.deadline)} {when}", goal, f"--deadline {iso(max(as_of, goal.start) + 90)}")
    return changed


def _refusal(said: str, goal: Goal, instead: str) -> WrongUseError:
    return WrongUseError(said, hints=(f"smartkpi whatif {goal.slug} {instead}",), outcome=NOTHING)


def _after(changed: Goal, history: History, weekly: float | None) -> Attainable:
    found = history.attainable(changed)
    if weekly is None or found.lacks:
        return found
    # what would be fair is of the pace of late
    kept = found._replace(safe=None, fair=None, stretch=None, fair_by=None, can_wait=False)
    return kept._replace(forecast=history.at_pace(changed, weekly))


def _side(side: views.Side) -> data.Json:
    ends = {"target": side.goal.target, "deadline": iso(side.goal.deadline), "pace_a_week": side.weekly}
    stand = {} if side.judged is None else {"status": side.judged.status.value, **data.periods(side.judged)}
    return {**ends, **attain.data(side.found), **stand}
