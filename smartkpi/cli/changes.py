"""`undo` and `redo`: every change can be taken back, and brought again."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, context
from smartkpi.cli.showing import show
from smartkpi.workflow import changes

app = typer.Typer(rich_markup_mode=None)
Number = Annotated[int | None, typer.Option("--import", metavar="N", help="Only this import (smartkpi imports).")]


@app.command()
def undo(ctx: typer.Context, number: Number = None, as_json: AsJson = False) -> None:
    """Take back the latest change.

    \b
    smartkpi undo               the latest change of any kind; again goes further back
    smartkpi undo --import 3    one import, whenever it was
    """
    world = context(ctx)
    show(changes.undo(world.db, number, user_folder=world.user_folder), as_json=as_json)


@app.command()
def redo(ctx: typer.Context, number: Number = None, as_json: AsJson = False) -> None:
    """Bring back what was taken back.

    \b
    smartkpi redo
    smartkpi redo --import 3
    """
    show(changes.redo(context(ctx).db, number), as_json=as_json)
