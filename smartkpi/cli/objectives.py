"""`objective`: the business goals that goals serve."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, Plain, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import objectives

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(rich_markup_mode=None)
app.add_typer(group, name="objective", invoke_without_command=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The objective in your words.")]


@app.callback()
def _only_a_home() -> None:
    """Holds the group below."""


@group.callback(invoke_without_command=True)
def every(ctx: typer.Context, as_json: AsJson = False, plain: Plain = False) -> None:
    """What goals are for: business goals that they serve.

    \b
    smartkpi objective add "More leads from the website" --metric leads
    smartkpi objective list
    smartkpi edit followers-instagram --for "More leads from the website"
    """
    if ctx.invoked_subcommand is None:
        show(objectives.listing(context(ctx).db), as_json=as_json, plain=plain)


@group.command("list")
def listing(ctx: typer.Context, as_json: AsJson = False, plain: Plain = False) -> None:
    """Every objective, and the goals that serve it.

    \b
    smartkpi objective list
    """
    show(objectives.listing(context(ctx).db), as_json=as_json, plain=plain)


@group.command()
def add(
    ctx: typer.Context,
    name: Name,
    metric: Annotated[str, typer.Option("--metric", help="What it is measured by: leads, revenue, …")] = "",
    as_json: AsJson = False,
) -> None:
    """A new objective.

    \b
    smartkpi objective add "More leads from the website" --metric leads
    """
    world = context(ctx)
    show(objectives.add(world.db, name, metric, now=world.now, command=world.command), as_json=as_json)


@group.command()
def edit(
    ctx: typer.Context,
    name: Name,
    new: Annotated[str | None, typer.Option("--name", help="What it is called from now on.")] = None,
    metric: Annotated[str | None, typer.Option("--metric", help='What it is measured by; "" = nothing.')] = None,
    as_json: AsJson = False,
) -> None:
    """Another name or metric; its goals follow.

    \b
    smartkpi objective edit "More leads" --name "More leads from the website" --metric leads
    """
    world = context(ctx)
    show(objectives.edit(world.db, name, new, metric, now=world.now, command=world.command), as_json=as_json)


@group.command()
def remove(ctx: typer.Context, name: Name, day: Today = "", as_json: AsJson = False) -> None:
    """Take an objective away that no goal serves.

    \b
    smartkpi objective remove "More leads from the website"
    """
    world = context(ctx)
    page = objectives.remove(world.db, name, as_of(day, world), now=world.now, command=world.command)
    show(page, as_json=as_json)
