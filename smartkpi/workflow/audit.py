"""`audit`: every active goal against the five letters, and all of them together."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from smartkpi.measure import audit as rules
from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.audit import Audit, Audited, Finding, Letter, Whole
from smartkpi.model.feed import Feed
from smartkpi.model.goal import GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.report import audit as sentences
from smartkpi.report import data
from smartkpi.report.views import audit as views
from smartkpi.store import goals, objectives
from smartkpi.workflow import feeding
from smartkpi.workflow.attaining import attainable_of
from smartkpi.workflow.judging import Filter, all_closed, chosen, first_look, goals_on, judge, titled
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels

HUNGRY = (Status.NO_DATA, Status.STALE, Status.UPCOMING)  # what may lack an export


def audit(db: Path, as_of: int, only: Filter, user_folder: Path | None = None) -> Page:
    """What is wrong with the goals, and what mends it; the goals of a filter are still seen beside all others."""
    with reading(db) as conn:
        found = goals_on(conn, as_of)
        active = [goal for goal in found if goal.state is GoalState.ACTIVE]
        if conn is None or not active:
            return _nothing(all_closed(as_of) if found else first_look(as_of), as_of)
        metrics = {**known_metrics(conn), **metrics_for(conn, active)}
        judged = titled(conn, judge(conn, active, metrics, as_of), active)
        some = {goal.slug for goal in chosen(conn, active, only.account)}
        wanted = {each.goal.slug for each in judged if only.fits(each) and each.goal.slug in some}
        audited = tuple(_audited(conn, judged, wanted, metrics, as_of))
        whole = Whole(audited, tuple(objectives.all(conn)), metrics, as_of)
    findings, seen = _only(rules.audit(whole), whole, wanted)
    feeds = _feeds(seen, metrics, user_folder)
    known = sentences.Known(whole, feeds, labels())
    return Page(
        lambda: views.audit(findings, seen, known),
        data.envelope("audit", as_of=iso(as_of), goals=sorted(wanted), **sentences.data(findings, known)),
    )


def _nothing(page: Page, as_of: int) -> Page:
    """There is no active goal; the screen says what to do, machines get an audit of none."""
    empty = sentences.data(Audit((), ()), sentences.Known(Whole((), (), {}, as_of), {}, {}))
    return page._replace(data=data.envelope("audit", as_of=iso(as_of), goals=[], **empty))


def _audited(
    conn: sqlite3.Connection, judged: list[Assessment], wanted: set[str], metrics: Mapping[str, Metric], as_of: int
) -> list[Audited]:
    """All goals; the wanted ones with what their past says."""
    edits = goals.goalposts(conn, as_of)
    return [
        Audited(
            each,
            attainable_of(conn, each.goal, metrics, each.as_of) if each.goal.slug in wanted else None,
            Counter(edit.field for edit in edits.get(each.goal.uid, ())),
        )
        for each in judged
    ]


def _only(found: Audit, whole: Whole, wanted: set[str]) -> tuple[Audit, Whole]:
    """What concerns the wanted goals: they alone, where a finding is of each goal; else all that it is about."""
    if len(wanted) == len(whole.goals):
        return found, whole
    kept = tuple(_cut(each, wanted) for each in found.findings if wanted.intersection(each.goals))
    few = whole._replace(goals=tuple(each for each in whole.goals if each.judged.goal.slug in wanted))
    return Audit(kept, rules.stages(few)), few


def _cut(finding: Finding, wanted: set[str]) -> Finding:
    if finding.letter is Letter.TOGETHER or finding.code == "objective without end":
        return finding
    return finding._replace(goals=tuple(slug for slug in finding.goals if slug in wanted))


def _feeds(whole: Whole, metrics: Mapping[str, Metric], user_folder: Path | None) -> dict[str, list[Feed]]:
    """What feeds the goals that lack an export, or could."""
    hungry = (each.judged for each in whole.goals if each.judged.status in HUNGRY)
    return {judged.goal.slug: feeding.feeds(judged, metrics, user_folder) for judged in hungry}
