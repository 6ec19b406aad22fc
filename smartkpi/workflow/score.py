"""`score`: what was said of goals on their way, and what became true; of goals that are over, or cut from history."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from smartkpi.measure import backtest, calls, cutting
from smartkpi.measure.assess import first_day_read
from smartkpi.measure.sources import since
from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.model.score import Call, Scored, brier, by_chance, split
from smartkpi.model.series import Series
from smartkpi.report import data, sentences
from smartkpi.report.edits import in_short
from smartkpi.report.views import score as views
from smartkpi.store import backtests, goals, series
from smartkpi.workflow.closing import moments_of
from smartkpi.workflow.judging import goals_on, judge
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id

YEARS = 3 * 366  # days that are read
MOST_READ = 300  # series; more would take too long
MOST_KINDS = 30  # kinds of numbers that goals are cut from
TENTHS = tuple(i / 10 for i in range(10))


class Numbers(NamedTuple):
    """What the file has: series by day, how many more there are, and what can be counted."""

    stored: Sequence[Series]
    more: int
    metrics: Mapping[str, Metric]


class Over(NamedTuple):
    """The user's own goals that are over: their calls, and which of them were moved on the way."""

    scored: Scored = Scored()
    aims: Mapping[views.Aim, str] = {}  # what each call was about: "100 by 31 Jan"
    moved: Mapping[str, str] = {}  # by the slug: "target lowered from 100 to 50 on 30 Jan"


def score(db: Path, as_of: int, *, platform: str = "", from_history: bool = False) -> Page:
    """How the chances did: of the user's own goals that are over, or `from_history` of goals cut from all numbers."""
    platform = platform_id(platform)
    with reading(db) as conn:
        found = Over()
        if conn is not None:
            found = Over(_cut(conn, as_of, platform)) if from_history else _over(conn, as_of, platform)
    said = found.scored
    return Page(
        lambda: views.score(
            said, labels(), from_history=from_history, platform=platform, aims=found.aims, moved=found.moved
        ),
        data.envelope("score", as_of=iso(as_of), backtest=from_history, platform=platform, **_as_data(said)),
    )


def _over(conn: sqlite3.Connection, as_of: int, platform: str) -> Over:
    """The stored goals whose last day has come, closed ones too unless they were closed on the way."""
    every = [goal for goal in goals_on(conn, as_of) if _came_to_its_end(goal, as_of)]
    metrics = metrics_for(conn, every)
    each: list[Scored] = []
    aims: dict[views.Aim, str] = {}
    moved: dict[str, str] = {}
    edited = goals.goalposts(conn, as_of)
    for goal in every:
        looks = _looks(conn, goal, metrics, as_of)
        one = calls.weighed(looks)
        if platform and platform not in {goal.platform, *(call.platform for call in one.calls)}:
            continue
        each.append(one)
        aims |= {_aim(judged.goal): sentences.aim(judged) for judged, _ in looks}
        if looks and goal.uid in edited:
            last = looks[-1].judged._replace(goal=goal)
            aims[_aim(goal)] = sentences.aim(last)
            moved[goal.slug] = in_short(edited[goal.uid], goal, last.metric, last.unit, as_of)
    return Over(calls.together(each), aims, moved)


def _aim(goal: Goal) -> views.Aim:
    return goal.slug, goal.target, goal.deadline


def _looks(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> list[calls.Look]:
    """A goal on its way, each time beside the end of what it was then: the old target by the old deadline."""
    ends: dict[Goal, Assessment] = {}
    looks = []
    for _, _, judged in moments_of(conn, goal, metrics, goal.deadline):
        stood = judged.goal
        if stood not in ends and stood.deadline <= as_of:
            (ends[stood],) = judge(conn, [stood], metrics, stood.deadline)
        looks.append(calls.Look(judged, ends.get(stood)))
    return looks


def _came_to_its_end(goal: Goal, as_of: int) -> bool:
    ended_early = goal.state is GoalState.CLOSED and (goal.closed_on or 0) < goal.deadline
    return goal.deadline <= as_of and not ended_early


def _cut(conn: sqlite3.Connection, as_of: int, platform: str) -> Scored:
    """Goals cut from all numbers that are stated by day, those that stored goals are about first."""
    wanted = [goal.metric for goal in goals.all(conn)]
    numbers = _read(conn, as_of, platform, wanted)
    kinds = cutting.cuttable(numbers.metrics, numbers.stored, wanted)
    long = [kind for kind in kinds if kind.days >= cutting.SHORTEST]
    each = [
        calls.scored(goal, kind.metric, numbers.metrics, _since(goal, kind.found.all))
        for kind in long[:MOST_KINDS]
        for goal in cutting.goals(kind)
    ]
    return calls.together(each)._replace(
        series=min(len(long), MOST_KINDS),
        left_out=max(0, len(long) - MOST_KINDS) + numbers.more,
        longest=max((kind.days for kind in kinds), default=0),
    )


def _since(goal: Goal, found: Sequence[Series]) -> list[Series]:
    """Without the days before the first that judging it may read."""
    first = min(backtest.first_day_read(goal, goal.start), first_day_read([goal], goal.start))
    return [since(each, first) for each in found]


def _read(conn: sqlite3.Connection, as_of: int, platform: str, wanted: Sequence[str]) -> Numbers:
    stated = [
        s
        for s in series.stated(conn)
        if s.key.days == 1 and not s.key.breakdown_kind and platform in ("", s.account.platform)
    ]
    stated.sort(key=lambda s: s.key.metric not in wanted)
    newest = backtests.newest_day(conn)
    last = as_of if newest is None else min(as_of, newest)
    some = stated[:MOST_READ]
    metrics, owners = {s.key.metric for s in some}, {s.account.uid for s in some}
    found = series.read(conn, metrics, first_day=last - YEARS, as_of=last, accounts=owners)
    return Numbers(found, max(0, len(stated) - len(found)), known_metrics(conn))


def _as_data(found: Scored) -> data.Json:
    return {
        **{name: getattr(found, name) for name in Scored._fields if name != "calls"},
        **_figures(found.calls),
        "reliability": [
            {"from": s.least, "to": s.below, "calls": len(s.calls), "said": s.mean, "met": s.met / len(s.calls)}
            for s in by_chance(found.calls, TENTHS)
        ],
        "by_platform": {name: _figures(some) for name, some in split(found.calls, _platform).items()},
        "by_form": {name: _figures(some) for name, some in split(found.calls, _form).items()},
        "said": [_call(call) for call in found.calls],
    }


def _figures(some: Sequence[Call]) -> data.Json:
    """How many calls, what they said and what became of them on average, and how far both lie apart."""
    n = len(some)
    if not n:
        return {"calls": 0, "mean_chance": None, "met": None, "brier": None, "off": None, "range_holds": None}
    ended = [call.is_inside for call in some if call.end is not None]
    apart = (abs(s.met - s.mean * len(s.calls)) for s in by_chance(some, TENTHS))
    return {
        "calls": n,
        "mean_chance": sum(call.chance for call in some) / n,
        "met": sum(call.met for call in some) / n,
        "brier": brier(some),
        "off": sum(apart) / n,
        "range_holds": sum(ended) / len(ended) if ended else None,
    }


def _platform(call: Call) -> str:
    return call.platform


def _form(call: Call) -> str:
    return call.form.value


def _call(call: Call) -> data.Json:
    days = {name: iso(getattr(call, name)) for name in ("start", "deadline", "day")}
    return {**call._asdict(), **days, "form": call.form.value}
