"""`suggest`: goals worth having."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, Plain, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import suggesting

app = typer.Typer(rich_markup_mode=None)

Platforms = Annotated[
    list[str] | None, typer.Argument(metavar="[PLATFORM]…", help="Only these; else all that have numbers.")
]


@app.command()
def suggest(
    ctx: typer.Context,
    platforms: Platforms = None,
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Goals worth having, from your own numbers; nothing is saved.

    \b
    smartkpi suggest
    smartkpi suggest instagram youtube
    smartkpi suggest linkedin --json
    """
    world = context(ctx)
    page = suggesting.suggest(world.db, platforms or (), as_of(day, world), world.user_folder)
    show(page, as_json=as_json, plain=plain)
