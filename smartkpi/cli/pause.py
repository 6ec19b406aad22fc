"""`pause` and `resume`: a goal rests, and goes on."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import pausing

app = typer.Typer(rich_markup_mode=None)


@app.command()
def pause(
    ctx: typer.Context,
    goal: Slug,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="The last day that is paused.")] = "",
    begin: Annotated[str, typer.Option("--from", metavar="DAY", help="The first one (else today).")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason.")] = "",
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Let the plan of a goal rest.

    \b
    smartkpi pause leads --until 2027-02-01 --why "ads off"
    smartkpi pause leads --from 2026-12-24 --until 2027-01-03
    smartkpi resume leads                                      goes on today
    """
    world = context(ctx)
    today = as_of(day, world)
    page = pausing.pause(world.db, goal, until, today, world.now, begin=begin, why=why, command=world.command)
    show(page, as_json=as_json)


@app.command()
def resume(ctx: typer.Context, goal: Slug, day: Today = "", as_json: AsJson = False) -> None:
    """Let a paused goal go on.

    \b
    smartkpi resume leads
    """
    world = context(ctx)
    show(pausing.resume(world.db, goal, as_of(day, world), world.now, command=world.command), as_json=as_json)
