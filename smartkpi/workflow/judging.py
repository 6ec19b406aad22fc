"""`status`, `show` and `list`: goals and one read of their windows become assessments, and those a screen."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from smartkpi.errors import ExitStatus
from smartkpi.measure.assess import assess, first_day_read
from smartkpi.measure.sources import metrics_read
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Goal, GoalState
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso
from smartkpi.model.series import Series, Totals
from smartkpi.report import data
from smartkpi.store import backtests, goals, series
from smartkpi.workflow import platforms
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.page import Page

if TYPE_CHECKING:  # `status` would pay for what it never uses
    from smartkpi.model.assessment import Own
    from smartkpi.model.closely import Closely
    from smartkpi.model.explained import Explained
    from smartkpi.model.goal import GoalEdit
    from smartkpi.model.serving import Serving
    from smartkpi.report.document import Document

ALARMING = (Status.OFF_TRACK, Status.STALE)


class Filter(NamedTuple):
    """Which goals a screen is about; '' = all."""

    owner: str = ""
    platform: str = ""
    campaign: str = ""
    objective: str = ""
    account: str = ""  # which goals read it only the database knows: `chosen`

    def fits(self, judged: Assessment) -> bool:
        """Whether a goal is one of them; case does not matter."""
        goal = judged.goal
        on = {goal.platform, *(source.platform for source in judged.sources)}
        return all(
            not wanted or wanted.casefold() == said.casefold()
            for wanted, said in (
                (self.owner, goal.owner),
                (self.campaign, goal.campaign),
                (self.objective, goal.objective),
            )
        ) and (not self.platform or self.platform in on)


def status(
    db: Path,
    as_of: int,
    only: Filter | None = None,
    *,
    by: str = "",
    wide: bool = False,
    check: bool = False,
    with_provisional: bool = False,
    explain: bool = False,
) -> Page:
    """The weekly look at every active goal; with `check`, exit 4 when one is off track or stale.

    `with_provisional` judges through the last stated day, although it may still change; `explain` adds the way of
    every figure.
    """
    with reading(db) as conn:
        found = goals_on(conn, as_of)
        active = [goal for goal in found if goal.state is GoalState.ACTIVE]
        if conn is None or not active:
            return all_closed(as_of) if found else first_look(as_of)
        metrics = metrics_for(conn, active)
        some = chosen(conn, active, only.account if only else "")
        every = judge(conn, some, metrics, as_of, with_provisional=with_provisional)
        judged = [a for a in every if only is None or only.fits(a)]
        shown = titled(conn, judged, active)
        seen = _closely(conn, judged, metrics, as_of) if wide else None
        ways = ways_of(conn, judged, metrics, as_of) if explain else []
        moved = goals.goalposts(conn, as_of)
        called = platforms.labels() if by == "platform" else {}
        grouped = _by_objective(conn, shown, everything=only in (None, Filter())) if by == "objective" else None
    alarm = check and any(a.status in ALARMING for a in judged)
    return Page(
        lambda: with_ways(
            ways,
            _views().status(shown, as_of, by=by, seen=seen, moved=moved, serving=grouped, labels=called),
            shown,
            metrics,
        ),
        data.envelope("status", as_of=iso(as_of), goals=as_data(judged, seen, ways, moved), **_serving_data(grouped)),
        ExitStatus.OFF_TRACK if alarm else ExitStatus.DONE,
    )


def goals_on(conn: sqlite3.Connection | None, day: int) -> list[Goal]:
    """Every goal that is not removed, closed ones included, as it stood on `day`: later edits are of later days."""
    return [] if conn is None else goals.as_stood(conn, goals.all(conn), day)


def goal_on(conn: sqlite3.Connection | None, slug: str, day: int) -> Goal:
    """The goal of that name as it stood on `day`; raises as `find_goal` does."""
    goal = find_goal(conn, slug)
    return goal if conn is None else goals.as_stood(conn, [goal], day)[0]


def chosen(conn: sqlite3.Connection, found: list[Goal], account: str) -> list[Goal]:
    """Those of `found` that read `account`; '' = all."""
    if not account:
        return found
    from smartkpi.workflow import by_account

    return by_account.of_account(conn, found, account)


def titled(conn: sqlite3.Connection, judged: list[Assessment], among: Sequence[Goal]) -> list[Assessment]:
    """`judged` as they are shown: with whose they are, where goals `among` them are of several accounts."""
    if len({uid for goal in among for uid in goal.accounts}) < 2:
        return judged
    from smartkpi.workflow import by_account

    return by_account.titled(judged, by_account.titles(conn, among))


def _by_objective(conn: sqlite3.Connection, judged: Sequence[Assessment], *, everything: bool) -> "list[Serving]":
    """Every objective with the goals under it, those without a goal only where `everything` is shown."""
    from smartkpi.workflow.objectives import by_objective

    return by_objective(conn, judged, everything=everything)


def _serving_data(grouped: "Sequence[Serving] | None") -> data.Json:
    if grouped is None:
        return {}
    shown = [{**data.plain(o), "goals": [a.goal.slug for a in goals]} for o, _, goals in grouped]
    return {"objectives": shown}


def _closely(
    conn: sqlite3.Connection, judged: Sequence[Assessment], metrics: Mapping[str, Metric], as_of: int
) -> "list[Closely]":
    """What only a closer look pays for."""
    from smartkpi.workflow.closely import closely

    return closely(conn, judged, metrics, as_of)


def ways_of(
    conn: sqlite3.Connection, judged: Sequence[Assessment], metrics: Mapping[str, Metric], as_of: int
) -> "list[Explained]":
    """How the figures of each came about."""
    from smartkpi.workflow.explaining import explain

    stored = stored_for(conn, [each.goal for each in judged], metrics, as_of)
    return [explain(conn, each, metrics, stored, totals_for(conn, each.goal, metrics, as_of)) for each in judged]


def with_ways(
    ways: "Sequence[Explained]", screen: "Document", judged: Sequence[Assessment], metrics: Mapping[str, Metric]
) -> "Document":
    """The screen, and below it how its figures came about."""
    if not ways:
        return screen
    from smartkpi.report.views import explain

    each = zip(judged, ways, strict=True)
    titled, labels = len(judged) > 1, platforms.labels()
    below = [block for a, way in each for block in explain.blocks(a, way, metrics, labels, titled=titled)]
    return screen._replace(blocks=(*screen.blocks, *below))


def as_data(
    judged: Sequence[Assessment],
    seen: "Sequence[Closely] | None",
    ways: "Sequence[Explained]" = (),
    moved: "Mapping[str, Sequence[GoalEdit]] | None" = None,
) -> list[data.Json]:
    """What machines get of each, beside what was seen closely, how it came about and what was `moved`."""
    found = [data.assessment(a) for a in judged]
    for more, a in zip(found, () if moved is None else judged, strict=False):
        more["edits"] = [data.edit(each) for each in (moved or {}).get(a.goal.uid, ())]
    if seen is not None:
        from smartkpi.report import closely

        for more, each in zip(found, seen, strict=True):
            more |= closely.as_data(each)
    for more, way in zip(found, ways, strict=False):
        more |= data.explained(way)
    return found


def first_look(as_of: int) -> Page:
    """What to do when there are no goals yet."""
    return Page(lambda: _views().first_look(), data.envelope("status", as_of=iso(as_of), goals=[]))


def all_closed(as_of: int) -> Page:
    """What to do when every goal is over."""
    return Page(lambda: _views().all_closed(), data.envelope("status", as_of=iso(as_of), goals=[]))


def judge(
    conn: sqlite3.Connection,
    chosen: Sequence[Goal],
    metrics: Mapping[str, Metric],
    as_of: int,
    *,
    with_provisional: bool = False,
) -> list[Assessment]:
    """Every goal judged, from one read of all their windows; again where no export states what it needs by day.

    Nothing of the days after `as_of` is known, and what looking back says is what it would have said then.
    """

    def judge_one(goal: Goal, totals: Sequence[Totals] = ()) -> Assessment:
        metric = metrics[goal.metric]
        own = owns.get(goal.uid)
        return assess(goal, metric, metrics, stored, as_of, totals=totals, own=own, with_provisional=with_provisional)

    stored, owns = stored_for(conn, chosen, metrics, as_of), _owns(conn, chosen, metrics, as_of)
    found = []
    for goal in chosen:
        judged = judge_one(goal)
        if _is_unfed(judged) and (totals := totals_for(conn, goal, metrics, as_of)):
            judged = judge_one(goal, totals)
        found.append(_explained(conn, judged) if _is_unfed(judged) else judged)
    return found


def _owns(
    conn: sqlite3.Connection, chosen: Sequence[Goal], metrics: Mapping[str, Metric], as_of: int
) -> "Mapping[str, Own | None]":
    """What looking back says of each goal: as it is kept, or of a day that is past worked out anew."""
    if not backtests.is_past(conn, as_of):
        return backtests.read(conn)
    from smartkpi.workflow.renewing import looked_back

    return looked_back(conn, chosen, metrics, as_of)


def _is_unfed(judged: Assessment) -> bool:
    return judged.reasons[0].code == "nothing imported"


def _explained(conn: sqlite3.Connection, judged: Assessment) -> Assessment:
    """With what the data have instead, where they have its metric in another shape."""
    from smartkpi.workflow.lacking import lacking

    metrics = {judged.goal.metric: judged.metric, **known_metrics(conn)}
    return judged._replace(reasons=lacking(conn, judged.goal, metrics) or judged.reasons)


def totals_for(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric], as_of: int) -> list[Totals]:
    """What may stand in for the days that no export states of what `goal` reads."""
    wanted = metrics_read(metrics[goal.metric], metrics)
    return series.totals(conn, wanted, first_day=first_day_read([goal], as_of), as_of=as_of, campaign=goal.campaign)


def stored_for(
    conn: sqlite3.Connection,
    chosen: Sequence[Goal],
    metrics: Mapping[str, Metric],
    as_of: int,
    *,
    since: int | None = None,
) -> list[Series]:
    """All that judging `chosen` may read, back to the totals that their levels are worked back from, or to `since`."""
    wanted = {name for goal in chosen for name in metrics_read(metrics[goal.metric], metrics)}
    campaigns = {("campaign", goal.campaign) for goal in chosen if goal.campaign}
    levels = (goal for goal in chosen if metrics[goal.metric].kind is Kind.LEVEL)
    recorded = [series.last_by_hand(conn, goal.metric, goal.start - 1) for goal in levels]
    known = [day for day in (*recorded, since) if day is not None]
    first = min(first_day_read(chosen, as_of), *known, as_of)
    whose = {uid for goal in chosen for uid in goal.accounts} if all(goal.accounts for goal in chosen) else ()
    return series.read(conn, wanted, first_day=first, as_of=as_of, breakdowns=campaigns, accounts=whose)


def list_goals(db: Path, as_of: int, *, closed: bool = False, account: str = "") -> Page:
    """Every goal in a line, or those of one account; closed ones only when asked for."""
    from smartkpi.workflow import by_account

    with reading(db) as conn:
        every = goals_on(conn, as_of)
        there = [goal for goal in every if closed or goal.state is GoalState.ACTIVE]
        if conn is None or not there:
            nothing = all_closed(as_of) if every else first_look(as_of)
            return nothing._replace(data=data.envelope("goals", goals=[]))
        metrics, called = metrics_for(conn, there), by_account.titles(conn, there)
        found = chosen(conn, there, account)
    shown = [goal._replace(title=called.get(goal.uid, goal.title)) for goal in found]
    return Page(lambda: _views().goal_list(shown, metrics), data.envelope("goals", goals=[data.goal(g) for g in found]))


def find_goal(conn: sqlite3.Connection | None, slug: str) -> Goal:
    """The goal of that name; raises an `UnknownNameError` with the nearest ones."""
    goal = None if conn is None else goals.find(conn, slug)
    if goal is not None:
        return goal
    from smartkpi.workflow import names

    known = [] if conn is None else goals.slugs(conn)
    parts = [other for other in known if slug and other.startswith(f"{slug}-")]
    raise names.unknown("goal", slug, (*parts[:3], *names.nearest(slug, known)), "smartkpi list")


def _views() -> ModuleType:
    """The screens, loaded when one is shown: `--json` does without."""
    from smartkpi.report.views import goals as views

    return views
