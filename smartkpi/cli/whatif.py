"""`whatif`: another target, deadline or pace, tried out."""

from typing import Annotated

import typer

from smartkpi.cli.goal_options import Deadline, Target
from smartkpi.cli.options import AsJson, Plain, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import whatif as trying

app = typer.Typer(rich_markup_mode=None)

Rate = Annotated[str, typer.Option("--rate", metavar="NUMBER", help="A pace a week, from now on.")]


@app.command()
def whatif(
    ctx: typer.Context,
    goal: Slug,
    target: Target = "",
    deadline: Deadline = "",
    rate: Rate = "",
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Try another target, deadline or pace; nothing is saved.

    \b
    smartkpi whatif leads                              which target, which day would be fair?
    smartkpi whatif leads --deadline 2027-01-22
    smartkpi whatif leads --target 80 --deadline eoq
    smartkpi whatif leads --rate 9                     at 9 a week from now on
    """
    world = context(ctx)
    page = trying.whatif(world.db, goal, as_of(day, world), target=target, deadline=deadline, rate=rate)
    show(page, as_json=as_json, plain=plain)
