"""`add`: what was asked for is tied to its accounts and its baseline, echoed letter by letter, and kept."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError
from smartkpi.measure.sources import metrics_read
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric
from smartkpi.model.sentence.nouns import Vocabulary
from smartkpi.model.series import Account
from smartkpi.report import attain, data, words
from smartkpi.report.views import added as views
from smartkpi.store import changes, database, goals, series
from smartkpi.workflow.checking import APART, checked, kept, owners_of, slug_of, title_of
from smartkpi.workflow.earlier import WorkedOut, with_any_number, worked_out
from smartkpi.workflow.grading import Graded, graded
from smartkpi.workflow.objectives import named
from smartkpi.workflow.offers import without_slips
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.refused import parts
from smartkpi.workflow.tying import tied
from smartkpi.workflow.understood import Heard, Names, heard, names_of
from smartkpi.workflow.unsmart import Asked, as_asked, askable, explained, where, with_account, with_place
from smartkpi.workflow.wish import Lack, Wish, goal_of, too_long, typed_as

Ask = Callable[[str, Callable[[str], str]], str]  # (metric, check of an answer) -> what it is for, '' = nothing
LONGEST_SENTENCE = 1000  # letters that are read


class Stated(NamedTuple):
    """A goal tied to what it reads; `doubts` make its numbers less than certain."""

    goal: Goal
    metric: Metric
    owners: tuple[Account, ...]
    doubts: tuple[str, ...]


class Drafted(NamedTuple):
    """A goal that could be kept, and what to say of it."""

    goal: Goal
    metric: Metric
    owners: tuple[Account, ...]
    graded: Graded
    notes: tuple[str, ...]
    heard: Heard


def add_goal(
    db: Path,
    wish: Wish,
    as_of: int,
    now: str,
    *,
    new_account: bool = False,
    command: str = "",
    dry_run: bool = False,
    user_folder: Path | None = None,
    ask: Ask | None = None,
) -> Page:
    """Makes a goal of `wish`, echoes it letter by letter and keeps it; refuses what is not a goal.

    `command`: as typed, and as a hint repeats it; '' = what was asked for one by one. `dry_run`: only judges.
    `ask`: who says what a means should lead to.
    """
    command = command or typed_as(wish)
    with reading(db) as conn:
        drafted = _drafted(
            conn, wish, as_of, command, new_account=new_account, user_folder=user_folder, is_kept=not dry_run, ask=ask
        )
    saved = drafted.goal if dry_run else _saved(db, drafted, command, now)
    end = f"Saved as {saved.slug}. See it: smartkpi status · take it back: smartkpi undo"
    end = "Nothing was saved: this was a dry run." if dry_run else end
    return Page(
        lambda: views.goal_added(
            saved, drafted.metric, as_of, drafted.graded.needed, drafted.graded.letters, drafted.notes, end
        ),
        _as_data(drafted, saved, dry_run=dry_run),
    )


def _saved(db: Path, drafted: Drafted, command: str, now: str) -> Goal:
    with writing(db) as conn, database.write_tx(conn):
        change = changes.begin(conn, now, command, "add")
        owned = drafted.goal._replace(accounts=kept(conn, drafted.owners) or drafted.goal.accounts)
        return goals.save(conn, owned, change)


def _drafted(
    conn: sqlite3.Connection | None,
    wish: Wish,
    as_of: int,
    command: str,
    *,
    new_account: bool,
    user_folder: Path | None,
    is_kept: bool,
    ask: Ask | None,
) -> Drafted:
    metrics = known_metrics(conn)
    wish = replace(wish, title=wish.title.strip(), platform=platform_id(wish.platform))
    if len(wish.title) > LONGEST_SENTENCE:
        raise too_long(wish)
    names = names_of(conn, metrics) if wish.title else Names(Vocabulary(), metrics)
    typed, said = wish, without_slips(heard(wish, names, as_of), names)
    by_name = bool(said.wish.accounts) and not said.wish.platform
    places = _places(conn, said.wish, metrics) if said.is_spoken or by_name else None
    said = said if places is None else with_account(with_place(said, metrics, places), places)
    wish = replace(said.wish, objective=named(conn, said.wish.objective, command))

    def stated(wish: Wish, lacks: Sequence[Lack] = ()) -> Stated:
        return _stated(conn, wish, metrics, as_of, command, new_account=new_account, lacks=lacks)

    def earlier(wish: Wish) -> WorkedOut | None:
        try:
            goal = stated(with_any_number(wish)).goal
        except SmartKpiError:
            return None
        return None if said.sentence is None else worked_out(conn, wish, goal, said.sentence, metrics, as_of)

    try:
        goal, metric, owners, doubts = stated(wish, [*where(said, names, places), *said.lacks])
    except (NotSmartError, AccountNeededError) as error:
        if said.is_spoken:
            explained(error, Asked(typed, said, names, places or [], as_of, command, stated, earlier))
        raise askable(error, wish, places or []) from None
    if ask is not None and metric.stage.is_means and not goal.objective:
        asked = ask(metric.name, lambda text: named(conn, text[:1].upper() + text[1:], command))
        goal, wish = goal._replace(objective=asked), replace(wish, objective=asked)
    goal = _named(conn, goal, metric, owners)
    judged = graded(
        conn, goal, metrics, as_of,
        owners=owners, doubts=doubts, asked=as_asked(said), user_folder=user_folder, is_kept=is_kept,
    )  # fmt: skip
    new = [f"{o.name} is a new account on {labels().get(o.platform, o.platform)}" for o in owners if not o.uid]
    return Drafted(goal, metric, owners, judged, (*new, *said.notes), said)


def _stated(
    conn: sqlite3.Connection | None,
    wish: Wish,
    metrics: Mapping[str, Metric],
    as_of: int,
    command: str,
    *,
    new_account: bool,
    lacks: Sequence[Lack],
) -> Stated:
    """The goal that `wish` states, tied to what it reads, with whose numbers these are; or the refusal."""
    drafted = goal_of(wish, metrics, as_of, lacks=lacks)
    metric = metrics[drafted.metric]
    owners = owners_of(conn, wish.accounts, drafted.platform, command, new_account=new_account)
    goal, notes = tied(conn, drafted, wish, metric, metrics, owners, as_of, command)
    goal = checked(conn, goal, wish, metric, as_of)
    return Stated(goal, metric, owners, tuple(notes))


def _places(conn: sqlite3.Connection | None, wish: Wish, metrics: Mapping[str, Metric]) -> list[Account]:
    """Whose numbers of its metric there are."""
    if conn is None or wish.metric not in metrics:
        return []
    wanted = metrics_read(metrics[wish.metric], metrics)
    return sorted({each.account for each in series.stated(conn) if each.key.metric in wanted})


def _as_data(drafted: Drafted, saved: Goal, *, dry_run: bool) -> dict[str, object]:
    return data.envelope(
        "goal judged" if dry_run else "goal added",
        goal=data.goal(saved),
        letters=[
            {"letter": each.letter, "verdict": each.verdict.value, "said": " · ".join((each.said, *each.more))}
            for each in drafted.graded.letters
        ],
        attainable=attain.data(drafted.graded.attainable),
        sentence=parts(drafted.heard.sentence),
        notes=list(drafted.notes),
    )


def countable(db: Path) -> dict[str, Metric]:
    """Every metric that a goal can be set on."""
    with reading(db) as conn:
        return known_metrics(conn)


def _named(conn: sqlite3.Connection | None, goal: Goal, metric: Metric, owners: Sequence[Account]) -> Goal:
    """With a title where none was given, and a short name that no other goal has."""
    taken = set() if conn is None else set(goals.slugs(conn))
    return goal._replace(slug=slug_of(goal, taken), title=goal.title or _told_apart(conn, goal, metric, owners))


def _told_apart(conn: sqlite3.Connection | None, goal: Goal, metric: Metric, owners: Sequence[Account]) -> str:
    """A title of its own: with the campaign, the account or the deadline where another goal has the same."""
    title = title_of(goal, metric)
    others = [] if conn is None else goals.active(conn)
    same = [other for other in others if other.title == title]
    if not same:
        return title
    if goal.campaign and all(other.campaign != goal.campaign for other in same):
        return f"{title}{APART}{goal.campaign}"
    if owners and all(set(other.accounts).isdisjoint(o.uid for o in owners) for other in same):
        return f"{title}{APART}{words.listed([owner.name for owner in owners])}"
    if all(other.deadline != goal.deadline for other in same):
        return f"{title}{APART}by {words.day(goal.deadline, year=True)}"
    return title
