"""`items`: posts, videos, e-mails and ads, and what they gained."""

from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, OneAccount, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.model.period import parse_day
from smartkpi.workflow import items
from smartkpi.workflow.platforms import platform_id

app = typer.Typer(rich_markup_mode=None)


@app.command("items")
def list_items(
    ctx: typer.Context,
    account: OneAccount = "",
    platform: Platform = "",
    kind: Annotated[str, typer.Option("--kind", help="Only this kind: reel, video, e-mail, …")] = "",
    metric: Annotated[list[str] | None, typer.Option("--metric", help="Only these numbers: likes, reach, …")] = None,
    since: Annotated[
        str,
        typer.Option(
            "--since", "--published-after", metavar="DAY", help="Only what was published on this day or later."
        ),
    ] = "",
    top: Annotated[int, typer.Option("--top", metavar="N", help="How many of each account.")] = 10,
    sort: Annotated[str, typer.Option("--sort", metavar="METRIC", help="Best first by this number.")] = "",
    growth: Annotated[bool, typer.Option("--growth", help="What each gained between the two newest exports.")] = False,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="DAY DAY", help="What each gained between the exports of two days."),
    ] = None,
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Posts, videos, e-mails and ads: their numbers, and what they gained.

    \b
    smartkpi items
    smartkpi items --platform instagram --since 2026-03-01 --sort reach --top 5
    smartkpi items --growth
    smartkpi items --between 2026-03-01 2026-03-08 --metric likes
    """
    world = context(ctx)
    today = as_of(day, world)
    wanted = items.Wanted(
        account=account,
        platform=platform_id(platform),
        kind=kind,
        metrics=tuple(metric or ()),
        sort=sort,
        since=parse_day(since, today) if since else None,
        top=top,
        growth=growth or between is not None,
        between=(parse_day(between[0], today), parse_day(between[1], today)) if between else None,
    )
    show(items.listing(world.db, wanted), as_json=as_json, plain=plain)
