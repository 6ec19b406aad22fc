"""`status`, `list` and `show`: looking, never changing."""

from enum import StrEnum
from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, OfAccount, Plain, Platform, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.workflow import judging
from smartkpi.workflow.platforms import platform_id

app = typer.Typer(rich_markup_mode=None)


WithProvisional = Annotated[
    bool, typer.Option("--with-provisional", help="Judge through the last stated day, although it may still change.")
]


Explain = Annotated[
    bool, typer.Option("--explain", help="The way of every figure: its formula, its numbers, its imports.")
]


class By(StrEnum):
    OWNER = "owner"
    OBJECTIVE = "objective"
    PLATFORM = "platform"


@app.command()
def status(
    ctx: typer.Context,
    by: Annotated[By | None, typer.Option("--by", help="Group the goals.")] = None,
    owner: Annotated[str, typer.Option("--owner", help="Only this person's goals.")] = "",
    platform: Platform = "",
    account: OfAccount = "",
    campaign: Annotated[str, typer.Option("--campaign", help="Only this campaign's goals.")] = "",
    objective: Annotated[str, typer.Option("--objective", help="Only goals for this objective.")] = "",
    day: Today = "",
    wide: Annotated[
        bool,
        typer.Option("--wide", help="Also expected, needed and lately a week, chance, the week before, weeks, owner."),
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 4 when a goal is off track or stale.")] = False,
    with_provisional: WithProvisional = False,
    explain: Explain = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Where each goal stands: the weekly check-in.

    \b
    smartkpi status
    smartkpi status --by owner
    smartkpi status --platform instagram --wide
    smartkpi status --check --json
    """
    world = context(ctx)
    only = judging.Filter(owner, platform_id(platform), campaign, objective, account)
    page = judging.status(
        world.db, as_of(day, world), only, by=by or "", wide=wide, check=check, with_provisional=with_provisional,
        explain=explain,
    )  # fmt: skip
    show(page, as_json=as_json, plain=plain)


@app.command("list")
def list_goals(
    ctx: typer.Context,
    closed: Annotated[bool, typer.Option("--all", help="Also goals that were closed.")] = False,
    account: OfAccount = "",
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Every goal in one line.

    \b
    smartkpi list
    smartkpi list --account "Example Café"
    smartkpi list --all
    """
    world = context(ctx)
    show(judging.list_goals(world.db, as_of(day, world), closed=closed, account=account), as_json=as_json, plain=plain)


@app.command("show")
def show_goal(
    ctx: typer.Context,
    goal: Slug,
    day: Today = "",
    with_provisional: WithProvisional = False,
    explain: Explain = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """One goal closely.

    \b
    smartkpi show followers-instagram
    smartkpi show leads --explain
    """
    from smartkpi.workflow import showing

    world = context(ctx)
    page = showing.show(world.db, goal, as_of(day, world), with_provisional=with_provisional, explain=explain)
    show(page, as_json=as_json, plain=plain)
