"""`edit` and `remove`: goals change and go."""

from typing import Annotated

import typer

from smartkpi.cli.goal_options import (
    Accounts,
    Baseline,
    DataEvery,
    Deadline,
    Drop,
    Gain,
    Milestones,
    Repeat,
    Start,
    Target,
    Window,
)
from smartkpi.cli.options import AsJson, Platform, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import goals
from smartkpi.workflow.wish import Wish

app = typer.Typer(rich_markup_mode=None)


@app.command()
def edit(
    ctx: typer.Context,
    goal: Slug,
    title: Annotated[str | None, typer.Option("--title", help="The goal in your words.")] = None,
    platform: Platform = "",
    account: Accounts = None,
    campaign: Annotated[str | None, typer.Option("--campaign", help='Only this campaign; "" = all.')] = None,
    report: Annotated[str | None, typer.Option("--report", help="Which export, where two state the same.")] = None,
    baseline: Baseline = "",
    target: Target = "",
    gain: Gain = "",
    drop: Drop = "",
    start: Start = "",
    deadline: Deadline = "",
    window: Window = 0,
    milestone: Milestones = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Who looks after it.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why the goal matters, in place of what it says.")] = None,
    objective: Annotated[
        str | None, typer.Option("--for", metavar="OBJECTIVE", help='The business goal that it serves; "" = none.')
    ] = None,
    repeat: Repeat = None,
    data_every: DataEvery = "",
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Change a goal; the old values stay visible.

    \b
    smartkpi edit followers-instagram --deadline 2027-06-30
    smartkpi edit leads --target 80
    smartkpi edit leads --why "the sales team can call ten people a week"
    """
    world = context(ctx)
    texts = {"title": title, "campaign": campaign, "report": report, "owner": owner, "why": why, "objective": objective,
             "repeat": None if repeat is None else repeat.kept}  # fmt: skip
    wish = Wish(
        platform=platform, accounts=tuple(account or ()), baseline=baseline, target=target, gain=gain, drop=drop,
        start=start, deadline=deadline, window=window, data_every=data_every, milestones=tuple(milestone or ()),
    )  # fmt: skip
    given = {name: text for name, text in texts.items() if text is not None}
    page = goals.edit_goal(world.db, goal, given, wish, as_of(day, world), world.now, command=world.command)
    show(page, as_json=as_json)


@app.command()
def remove(ctx: typer.Context, goal: Slug, day: Today = "", as_json: AsJson = False) -> None:
    """Take a goal away.

    \b
    smartkpi remove leads-2
    smartkpi undo             brings it back
    """
    world = context(ctx)
    today = as_of(day, world)
    show(goals.remove_goal(world.db, goal, today, world.now, command=world.command), as_json=as_json)
