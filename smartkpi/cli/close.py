"""`close`: a goal ends, with its result and what was learned."""

from typing import Annotated

import typer

from smartkpi.cli import asking
from smartkpi.cli.options import AsJson, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import closing

app = typer.Typer(rich_markup_mode=None)


@app.command()
def close(
    ctx: typer.Context,
    goal: Slug,
    why: Annotated[str, typer.Option("--why", help="The reason; an end before the deadline needs one.")] = "",
    learned: Annotated[str, typer.Option("--learned", metavar="TEXT", help="What the next goal should know.")] = "",
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """End a goal, and keep it.

    \b
    smartkpi close leads --learned "posts on Tuesday brought most"
    smartkpi close leads --why "the campaign ended early"
    smartkpi retro                                         all that are over
    """
    world = context(ctx)
    ask = (lambda question: asking.prompt(question, "")) if world.asks else None
    page = closing.close_goal(
        world.db, goal, as_of(day, world), world.now, why=why, learned=learned, ask=ask, command=world.command
    )
    show(page, as_json=as_json)
