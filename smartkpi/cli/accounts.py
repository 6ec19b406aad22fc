"""`accounts`: who is known, and what feeds each."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, Plain, Platform, context
from smartkpi.cli.showing import show
from smartkpi.workflow import accounts

app = typer.Typer(rich_markup_mode=None)
group = typer.Typer(rich_markup_mode=None)
app.add_typer(group, name="accounts", invoke_without_command=True)


@app.callback()
def _only_a_home() -> None:
    """Holds the group below."""


@group.callback(invoke_without_command=True)
def listing(ctx: typer.Context, as_json: AsJson = False, plain: Plain = False) -> None:
    """Whose numbers are known, and what feeds them.

    \b
    smartkpi accounts
    smartkpi accounts rename "example-cafe" "Example Café"
    smartkpi accounts merge "Example Cafe" "Example Café" --dry-run
    """
    if ctx.invoked_subcommand is None:
        show(accounts.listing(context(ctx).db), as_json=as_json, plain=plain)


@group.command()
def rename(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD")],
    new: Annotated[str, typer.Argument(metavar="NEW")],
    platform: Platform = "",
    as_json: AsJson = False,
) -> None:
    """Give an account another name; exports under the old one still find it.

    \b
    smartkpi accounts rename "example-cafe" "Example Café"
    """
    world = context(ctx)
    page = accounts.rename(world.db, old, new, platform=platform, now=world.now, command=world.command)
    show(page, as_json=as_json)


@group.command()
def merge(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="A")],
    into: Annotated[str, typer.Argument(metavar="B")],
    platform: Platform = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; change nothing.")] = False,
    same_account: Annotated[bool, typer.Option("--same-account", help="They are one, although they differ.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make account A a part of account B.

    \b
    smartkpi accounts merge "Example Cafe" "Example Café" --dry-run
    """
    world = context(ctx)
    page = accounts.merge(
        world.db,
        source,
        into,
        platform=platform,
        now=world.now,
        command=world.command,
        dry_run=dry_run,
        same_account=same_account,
    )
    show(page, as_json=as_json)
