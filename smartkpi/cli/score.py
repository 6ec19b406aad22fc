"""`score`: whether the chances keep their word."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show

app = typer.Typer(rich_markup_mode=None)


@app.command()
def score(
    ctx: typer.Context,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Of goals cut from your own history, not only of those that are over.")
    ] = False,
    platform: Platform = "",
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Of the goals called 8 in 10, how many were met?

    \b
    smartkpi score                 your own goals that are over
    smartkpi score --backtest      goals cut from your own history
    smartkpi score --backtest --platform instagram
    smartkpi score --backtest --json
    """
    from smartkpi.workflow import score as scoring

    world = context(ctx)
    page = scoring.score(world.db, as_of(day, world), platform=platform, from_history=backtest)
    show(page, as_json=as_json, plain=plain)
