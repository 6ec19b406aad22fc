"""`add --like`: a goal that exists, less what was said otherwise, becomes a wish: the way of `add` does the rest."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from smartkpi.errors import WrongUseError
from smartkpi.measure import retro
from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.model.repeating import called, next_period
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.report.proposals import typed
from smartkpi.store import accounts
from smartkpi.workflow.checking import APART, title_of
from smartkpi.workflow.judging import find_goal, judge
from smartkpi.workflow.names import find_metric
from smartkpi.workflow.opening import known_metrics, metrics_for, reading
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.understood import heard, names_of
from smartkpi.workflow.wish import Wish, not_smart, typed_number


def copied(db: Path, slug: str, said: Wish, as_of: int, *, again: bool = False) -> Wish:
    """`said`, and for the rest what the goal `slug` says; where it begins is measured anew.

    `again`: for the period that follows its own. Raises `WrongUseError` where that one is not over yet.
    """
    if not slug:
        raise WrongUseError("--again goes with --like: which goal?", hints=("smartkpi list --all",), outcome="")
    with reading(db) as conn:
        goal = find_goal(conn, slug)
        assert conn is not None, "a goal was found"
        metrics = {**metrics_for(conn, [goal]), **known_metrics(conn)}
        owners = {use.account.uid: use.account for use in accounts.listing(conn)}
        typed_title = said.title
        said = _heard(conn, goal, replace(said, platform=platform_id(said.platform)), metrics, as_of)
        is_spoken = bool(typed_title) and not said.title  # its number says its form as well
        if again:
            (ended,) = judge(conn, [goal], metrics, retro.ended_on(goal, as_of))
            said = _following(ended, said, as_of)
        of_goal = [owners[uid] for uid in goal.accounts if uid in owners]
        wish = _like(conn, goal, said, metrics, of_goal, as_of, is_spoken=is_spoken)
    return wish if again or said.title or is_spoken else _told_apart(goal, wish, metrics, owners, as_of)


def _heard(conn: sqlite3.Connection, goal: Goal, said: Wish, metrics: Mapping[str, Metric], as_of: int) -> Wish:
    """`said` with what its title asks for, where that is a sentence of a goal; else it stays a title.

    Raises `NotSmartError` for one that cannot be understood: a copy never says something else than its title.
    """
    names = names_of(conn, metrics)
    found = heard(said, names, as_of)
    sentence = found.sentence
    if sentence is None:
        return found.wish
    if sentence.amount is None or (sentence.metric is None and sentence.way is None):
        on, last = found.wish.platform, found.wish.deadline
        return replace(said, platform=said.platform or on, deadline=said.deadline or last)
    if sentence.metric is None and not sentence.unread:
        found = heard(replace(said, metric=said.metric or goal.metric), names, as_of)
    if found.lacks:
        raise not_smart(found.lacks, found.wish, as_of, metric=metrics.get(found.wish.metric))
    return found.wish


def _following(ended: Assessment, said: Wish, as_of: int) -> Wish:
    """`said` with the next period, and where the last one ended."""
    goal = ended.goal
    if as_of <= goal.deadline:
        raise WrongUseError(
            f"{goal.slug} runs until {iso(goal.deadline)}: the next one begins where it ends",
            hints=(f"smartkpi show {goal.slug}",),
            outcome="Nothing was saved.",
        )
    repeat = said.repeat or goal.repeat
    start, deadline = next_period(goal.start, goal.deadline, repeat)
    while deadline < as_of:  # periods that nobody set a goal for are over
        start, deadline = next_period(start, deadline, repeat)
    if goal.form.has_baseline and start == goal.deadline + 1 and not said.baseline:
        said = replace(said, baseline=_result(ended))
    base = goal.title.removesuffix(APART + called(goal.start, goal.deadline))
    return replace(
        said,
        title=said.title or base + APART + called(start, deadline),
        start=said.start or iso(start),
        deadline=said.deadline or iso(deadline),
    )


def _result(ended: Assessment) -> str:
    """Where a goal ended, as it is typed; '' where the data tell it anew, with all that makes it less than certain."""
    goal, pace = ended.goal, ended.pace
    if goal.baseline is None:
        return ""
    if ended.data_to is None or ended.data_to < goal.deadline or pace is None or pace.actual is None:
        known = "there are no numbers" if ended.data_to is None else f"the numbers end on {iso(ended.data_to)}"
        raise WrongUseError(
            f"nobody knows yet where {goal.slug} ended, and the next one begins there",
            details=(f"Its deadline was {iso(goal.deadline)}; {known}. Import the rest, or say where it begins:",),
            hints=(f"smartkpi add --like {goal.slug} --again --baseline NUMBER",),
            outcome="Nothing was saved.",
        )
    certain = goal.form is Form.GROWTH and not pace.at_most and not pace.is_about
    return typed(pace.actual, ended.metric, ended.unit) if certain else ""


def _like(
    conn: sqlite3.Connection,
    goal: Goal,
    said: Wish,
    metrics: Mapping[str, Metric],
    owners: list[Account],
    as_of: int,
    *,
    is_spoken: bool,
) -> Wish:
    metric = find_metric(said.metric, metrics) if said.metric else metrics[goal.metric]
    same_metric = metric.id == goal.metric
    platform = said.platform or _platform(conn, goal, said)
    elsewhere = bool(said.accounts) or platform != goal.platform
    wish = replace(
        said,
        metric=metric.id,
        platform=platform,
        accounts=said.accounts or (() if elsewhere else tuple(owner.name for owner in owners)),
        campaign=said.campaign or goal.campaign,
        report=said.report or ("" if elsewhere or not same_metric else goal.report),
        start=said.start or ("" if said.deadline and goal.deadline < as_of else iso(goal.start)),
        deadline=said.deadline or iso(goal.deadline),
        owner=said.owner or goal.owner,
        why=said.why or goal.why,
        objective=said.objective or goal.objective,
        repeat=said.repeat or goal.repeat,
        data_every=said.data_every or (str(goal.data_every) if goal.data_every else ""),
    )
    if is_spoken or not same_metric:
        return wish
    return _in_its_form(wish, goal, metric, _milestones(goal, said, metric))


def _milestones(goal: Goal, said: Wish, metric: Metric) -> tuple[str, ...]:
    """Those of a sum, where its days and its number stay: else they are on the way to somewhere else."""
    moved = said.milestones or said.start or said.deadline or said.target
    if moved or goal.form is not Form.TOTAL:
        return said.milestones
    return tuple(f"{iso(day)}={typed(value, metric, goal.unit)}" for day, value in goal.milestones)


def _in_its_form(wish: Wish, goal: Goal, metric: Metric, milestones: tuple[str, ...]) -> Wish:
    """`wish` with the form of `goal`, and its number where none was said."""
    formed = replace(
        wish,
        milestones=milestones,
        every=wish.every or (goal.every if goal.form is Form.EACH else ""),
        keep=wish.keep or goal.form is Form.KEEP,
        typical_day=wish.typical_day or goal.form is Form.TYPICAL_DAY,
        at_most=wish.at_most or (goal.has_ceiling and metric.direction is not Direction.DOWN),
        window=wish.window or (goal.window if goal.form.has_window else 0),
    )
    if wish.number:
        return formed
    if goal.form is not Form.GROWTH:
        return replace(formed, target=typed(goal.target, metric, goal.unit))
    way = typed(abs(goal.gain), metric, goal.unit)
    return replace(formed, gain=way) if goal.gain > 0 else replace(formed, drop=way)


def _platform(conn: sqlite3.Connection, goal: Goal, said: Wish) -> str:
    """The goal's, unless an account was named that is known elsewhere only."""
    known = [a.platform for a in accounts.in_use(conn) if a.name.casefold() in {n.casefold() for n in said.accounts}]
    return "" if known and goal.platform not in known else goal.platform


def _told_apart(
    goal: Goal, wish: Wish, metrics: Mapping[str, Metric], owners: Mapping[str, Account], as_of: int
) -> Wish:
    """With a title that tells it from the first one; '' where that one's was made, and so is this one's."""
    if goal.title == title_of(goal, metrics[goal.metric]) or wish.metric != goal.metric:
        return wish
    on = labels()
    title, differs = _with_its_number(goal, wish, metrics[goal.metric]), []
    for was, now in (
        (on.get(goal.platform, ""), on.get(wish.platform, "") if wish.platform != goal.platform else ""),
        *zip([owners[uid].name for uid in goal.accounts if uid in owners], wish.accounts, strict=False),
        (goal.campaign, wish.campaign),
    ):
        if now and was.casefold() != now.casefold():
            title, is_in = _swapped(title, was, now)
            differs += [] if is_in else [now]
    if title == goal.title and not differs:
        deadline = parse_day(wish.deadline, as_of)
        differs = [f"to {words.day(deadline, year=True)}" if deadline != goal.deadline else "2"]
    return replace(wish, title=APART.join((title, *differs)))


def _with_its_number(goal: Goal, wish: Wish, metric: Metric) -> str:
    """The title with the number of `wish` where it has that of `goal`."""
    was = abs(goal.gain) if goal.form is Form.GROWTH else goal.target
    text = wish.gain or wish.drop if goal.form is Form.GROWTH else wish.target
    if not text:
        return goal.title
    now, _ = typed_number(text, "--target", metric)
    return _swapped(goal.title, words.target(was, metric, goal.unit), words.target(now, metric, goal.unit))[0]


def _swapped(title: str, was: str, now: str) -> tuple[str, bool]:
    """`title` with one name for another, and whether it was in there."""
    name = rf"(?<!\w){re.escape(was)}(?!\w)"
    if not was or not re.search(name, title, re.IGNORECASE):
        return title, False
    return re.sub(name, lambda _: now, title, flags=re.IGNORECASE), True
