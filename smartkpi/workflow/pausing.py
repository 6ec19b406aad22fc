"""`pause` and `resume`: the plan of a goal rests for a while, and goes on."""

from collections.abc import Callable
from pathlib import Path

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.model.goal import Form, Goal, GoalState, Pause
from smartkpi.model.period import iso
from smartkpi.model.repeating import whole_periods
from smartkpi.report import data, words
from smartkpi.report.views import pausing as views
from smartkpi.store import changes, database, goals
from smartkpi.workflow.judging import find_goal, judge
from smartkpi.workflow.opening import metrics_for, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.wish import day_of

LONGEST_WHY = 200


def pause(
    db: Path, slug: str, until: str, as_of: int, now: str, *, begin: str = "", why: str = "", command: str = ""
) -> Page:
    """The plan rests from `begin` (else today) to `until`, both included; a pause that overlaps is moved so."""

    def paused(goal: Goal) -> tuple[Goal, Pause]:
        wanted = _wanted(goal, until, begin, why, as_of)
        overlapping = [p for p in goal.pauses if p.first <= wanted.last and wanted.first <= p.last]
        running = [p for p in overlapping if p.first <= wanted.first]
        found = Pause(
            min([wanted.first, *(p.first for p in overlapping)]),
            wanted.last if running else max([wanted.last, *(p.last for p in overlapping)]),
            why or next((p.why for p in overlapping if p.why), ""),
            min([wanted.known, *(p.known for p in overlapping)]),
        )
        others = [p for p in goal.pauses if p not in overlapping]
        return goal._replace(pauses=tuple(sorted((*others, found)))), found

    return _changed(db, slug, paused, "pause", as_of, now, command)


def resume(db: Path, slug: str, as_of: int, now: str, *, command: str = "") -> Page:
    """The plan goes on today: the pause of today ends yesterday; else the next one is taken back."""

    def resumed(goal: Goal) -> tuple[Goal, Pause]:
        found = goal.pause_on(as_of) or next((p for p in sorted(goal.pauses) if p.first > as_of), None)
        if found is None:
            raise SmartKpiError(f"{slug} is not paused", hints=(f"smartkpi pause {slug} --until DAY",))
        rest = (found._replace(last=as_of - 1),) if found.first < as_of else ()
        others = tuple(p for p in goal.pauses if p != found)
        return goal._replace(pauses=tuple(sorted((*others, *rest)))), found

    return _changed(db, slug, resumed, "resume", as_of, now, command)


def check_pauses(goal: Goal) -> None:
    """Refuses pauses that leave nothing of the goal: a deadline before the end of one, no whole week that counts."""
    if (late := next((p for p in goal.pauses if p.last >= goal.deadline), None)) is not None:
        raise WrongUseError(
            f"it is paused until {words.full_day(late.last)}, and must end after that",
            hints=(f"smartkpi resume {goal.slug}", f"smartkpi edit {goal.slug} --deadline {iso(late.last + 14)}"),
        )
    whole = whole_periods(goal) if goal.form is Form.EACH and goal.pauses else []
    if whole and all(goal.rests(*period) for period in whole):
        raise WrongUseError(
            f"no {goal.every} of it would be without a paused day: nothing of it would count",
            hints=(f"smartkpi edit {goal.slug} --deadline DAY", f"smartkpi close {goal.slug}"),
        )


def _wanted(goal: Goal, until: str, begin: str, why: str, as_of: int) -> Pause:
    again = f"smartkpi pause {goal.slug} --until"
    if not until:
        raise WrongUseError("until when?", hints=(f"{again} {iso(min(as_of + 14, goal.deadline - 1))}",))
    if len(why) > LONGEST_WHY:
        raise WrongUseError(f"--why is longer than {LONGEST_WHY} characters")
    first = day_of(begin, "--from", as_of) if begin else as_of
    last = day_of(until, "--until", as_of)
    if last < first:
        text = f"the pause would end on {words.full_day(last)}, before it begins on {words.full_day(first)}"
        raise WrongUseError(text, hints=(f"{again} {iso(first + 14)}",))
    if last >= goal.deadline:
        later = goal.deadline + last - max(first, goal.start) + 1
        raise WrongUseError(
            f"its deadline is {words.full_day(goal.deadline)}: after that pause nothing of it would be left",
            details=("Give it as many days more first, or close it.",),
            hints=(f"smartkpi edit {goal.slug} --deadline {iso(later)}", f"smartkpi close {goal.slug}"),
        )
    if last < goal.start:
        raise WrongUseError(f"it begins on {words.full_day(goal.start)}: till then there is nothing to pause")
    return Pause(max(first, goal.start), last, why, as_of)


def _changed(
    db: Path,
    slug: str,
    change_of: Callable[[Goal], tuple[Goal, Pause]],
    kind: str,
    as_of: int,
    now: str,
    command: str,
) -> Page:
    with writing(db) as conn:
        goal = find_goal(conn, slug)
        if goal.state is GoalState.CLOSED:
            raise SmartKpiError(f"{slug} is closed: there is nothing to {kind}", hints=(f"smartkpi show {slug}",))
        changed, found = change_of(goal)
        check_pauses(changed)
        if changed == goal:
            raise SmartKpiError("that is what it already says", hints=(f"smartkpi show {slug}",))
        metrics = metrics_for(conn, [goal])
        with database.write_tx(conn):
            changed = goals.replace(conn, changed, changes.begin(conn, now, command, kind), as_of)
        (judged,) = judge(conn, [changed], metrics, as_of)
    return Page(
        lambda: VIEWS[kind](judged, found, as_of),
        data.envelope(f"goal {kind}d", goal=data.assessment(judged)),
    )


VIEWS = {"pause": views.paused, "resume": views.resumed}
