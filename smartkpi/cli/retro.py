"""`retro`: the goals that are over, together."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, OfAccount, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import retro as looking
from smartkpi.workflow.judging import Filter
from smartkpi.workflow.platforms import platform_id

app = typer.Typer(rich_markup_mode=None)


@app.command()
def retro(
    ctx: typer.Context,
    platform: Platform = "",
    account: OfAccount = "",
    campaign: Annotated[str, typer.Option("--campaign", help="Only this campaign's goals.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Only this person's goals.")] = "",
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Look back at the goals that are over.

    \b
    smartkpi retro
    smartkpi retro --platform instagram
    smartkpi retro --owner Ana --json
    """
    world = context(ctx)
    only = Filter(owner=owner, platform=platform_id(platform), campaign=campaign, account=account)
    show(looking.look_back(world.db, as_of(day, world), only), as_json=as_json, plain=plain)
