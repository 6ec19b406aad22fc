"""`add`: a goal comes, in a sentence, in flags, or asked for one thing at a time."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from smartkpi.cli import asking
from smartkpi.cli.context import Context
from smartkpi.cli.goal_options import (
    Accounts,
    Baseline,
    DataEvery,
    Deadline,
    Drop,
    Gain,
    Metric,
    Milestones,
    Repeat,
    Start,
    Target,
    Window,
)
from smartkpi.cli.options import AsJson, NewAccount, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError, WrongUseError
from smartkpi.workflow import adding
from smartkpi.workflow.page import Page
from smartkpi.workflow.wish import Wish

app = typer.Typer(rich_markup_mode=None)


@app.command()
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(help="The goal in your words.")] = "",
    metric: Metric = "",
    platform: Platform = "",
    account: Accounts = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Only this campaign.")] = "",
    report: Annotated[str, typer.Option("--report", help="Which export, where two state the same.")] = "",
    baseline: Baseline = "",
    target: Target = "",
    gain: Gain = "",
    drop: Drop = "",
    start: Start = "",
    deadline: Deadline = "",
    every_week: Annotated[bool, typer.Option("--every-week", help="The target counts anew each week.")] = False,
    every_month: Annotated[bool, typer.Option("--every-month", help="The target counts anew each month.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Stay on the good side of the target all the time.")] = False,
    typical_day: Annotated[bool, typer.Option("--typical-day", help="People reached on a typical day.")] = False,
    at_most: Annotated[bool, typer.Option("--at-most", help="The target is a limit, not an aim.")] = False,
    window: Window = 0,
    milestone: Milestones = None,
    owner: Annotated[str, typer.Option("--owner", help="Who looks after it.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why it matters.")] = "",
    objective: Annotated[
        str, typer.Option("--for", metavar="OBJECTIVE", help="The business goal that it serves.")
    ] = "",
    repeat: Repeat = None,
    data_every: DataEvery = "",
    like: Annotated[str, typer.Option("--like", metavar="GOAL", help="What is not said is as that goal says it.")] = "",
    again: Annotated[bool, typer.Option("--again", help="--like: for the period that follows its own.")] = False,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE.toml", help="Every goal of a file.")] = None,
    update: Annotated[bool, typer.Option("--update", help="--file: also change goals that say it otherwise.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge it, letter by letter; save nothing.")] = False,
    new_account: NewAccount = False,
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Set a goal.

    \b
    smartkpi add "Gain 20 Instagram followers by May 1st for more website leads"
    smartkpi add "keep cost per lead under €20 until end of June" --owner Ana
    smartkpi add "20 leads a month until June"         each month anew; a week too
    smartkpi add "100 leads by end of Q3" --dry-run    only judges, letter by letter
    smartkpi add                                       asks one thing at a time
    smartkpi add --metric leads --target 100 --deadline eoq --for "More website leads"
    smartkpi add --like leads-linkedin --platform facebook
    smartkpi add --like leads-linkedin --again         for the period that follows
    smartkpi add --file goals.toml                     what smartkpi export goals --toml wrote
    """
    world = context(ctx)
    if every_week and every_month:
        raise WrongUseError("--every-week and --every-month exclude each other", hints=("keep one",))
    wish = Wish(
        title=title, metric=metric, platform=platform, accounts=tuple(account or ()), campaign=campaign, report=report,
        baseline=baseline, target=target, gain=gain, drop=drop, start=start, deadline=deadline,
        every="week" if every_week else "month" if every_month else "", keep=keep, typical_day=typical_day,
        at_most=at_most, window=window, owner=owner, why=why, objective=objective,
        repeat=repeat.kept if repeat else "", data_every=data_every, milestones=tuple(milestone or ()),
    )  # fmt: skip
    try:
        _check_open(wish)
        if file is not None or update:
            alone = wish == Wish() and not like
            page = _from_file(world, file, as_of(day, world), update=update, dry_run=dry_run, alone=alone)
        else:
            page = _added(
                world, wish, day, like=like, again=again, new_account=new_account, dry_run=dry_run, as_json=as_json
            )
    except SmartKpiError as error:
        error.outcome = "Nothing was saved."
        raise
    show(page, as_json=as_json)


def _added(
    world: Context, wish: Wish, day: str, *, like: str, again: bool, new_account: bool, dry_run: bool, as_json: bool
) -> Page:
    """One goal, from a sentence, flags, another goal, or asked for."""
    today, command = as_of(day, world), world.command
    is_said = bool(wish.title)
    if like or again:
        from smartkpi.workflow import copying

        wish = copying.copied(world.db, like, wish, today, again=again)
    if wish == Wish() and world.asks:
        wish, command = asking.wish(adding.countable(world.db), today), ""
    asks_why = world.asks and is_said and not dry_run and not as_json

    def add_it(wish: Wish) -> Page:
        return adding.add_goal(
            world.db,
            wish,
            today,
            world.now,
            new_account=new_account,
            command=command,
            dry_run=dry_run,
            user_folder=world.user_folder,
            ask=asking.purpose if asks_why else None,
        )

    return _asked(world, wish, today, add_it)


OPEN = ("NUMBER", "METRIC", "DAY", "NAME")  # what an example leaves to its reader


def _check_open(wish: Wish) -> None:
    """Refuses an example that was pasted with its open places."""
    texts = (text for name in FIELDS for text in _texts(getattr(wish, name)))
    left = next((word for text in texts for word in OPEN if word in text.split()), "")
    if left:
        what = {"NUMBER": "a number", "METRIC": "what is counted", "DAY": "a day", "NAME": "a name"}[left]
        raise WrongUseError(
            f"{left} stands for {what} of yours: type it in its place", hints=("smartkpi add --help",), outcome=""
        )


FIELDS = ("title", "metric", "accounts", "baseline", "target", "gain", "drop", "deadline")


def _texts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,)


def _asked(world: Context, wish: Wish, today: int, add_it: Callable[[Wish], Page]) -> Page:
    """What `add_it` makes of the wish; on a terminal what it lacks is asked for, one question each."""
    while True:
        try:
            return add_it(wish)
        except AccountNeededError as error:
            if not world.asks:
                raise
            on, name = asking.whose(error)
            wish = replace(wish, platform=on, accounts=(name,))
        except NotSmartError as error:
            mended = asking.mended(error, adding.countable(world.db), today) if world.asks else None
            if mended is None:
                raise
            wish = mended


def _from_file(world: Context, file: Path | None, today: int, *, update: bool, dry_run: bool, alone: bool) -> Page:
    """Every goal of a file; what a goal is stands in there, not beside it (`alone`: nothing does)."""
    from smartkpi.workflow import goals_file

    if file is None:
        raise WrongUseError("--update goes with --file: which file?", hints=("smartkpi add --help",), outcome="")
    if not alone:
        raise WrongUseError("--file says all of its goals itself", hints=(f"smartkpi add --file {file}",), outcome="")
    return goals_file.add_file(world.db, file, today, world.now, update=update, dry_run=dry_run, command=world.command)
