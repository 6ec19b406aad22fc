"""`audit`: are these good goals?"""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, OfAccount, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import audit as workflow
from smartkpi.workflow.judging import Filter
from smartkpi.workflow.platforms import platform_id

app = typer.Typer(rich_markup_mode=None)


@app.command()
def audit(
    ctx: typer.Context,
    owner: Annotated[str, typer.Option("--owner", help="Only this person's goals.")] = "",
    platform: Platform = "",
    account: OfAccount = "",
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Are these good goals? What to mend, letter by letter.

    \b
    smartkpi audit
    smartkpi audit --owner Ana
    smartkpi audit --json
    """
    world = context(ctx)
    only = Filter(owner, platform_id(platform), account=account)
    show(workflow.audit(world.db, as_of(day, world), only, world.user_folder), as_json=as_json, plain=plain)
