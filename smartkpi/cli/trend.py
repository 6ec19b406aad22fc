"""`trend`: a metric over time, and whether its newest week, month or year is wobble or a change."""

from typing import Annotated

import typer

from smartkpi.cli.goal_options import Accounts
from smartkpi.cli.options import AsJson, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.model.trend import By
from smartkpi.workflow import trend as trends

app = typer.Typer(rich_markup_mode=None)


@app.command("trend")
def show_trend(
    ctx: typer.Context,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="What is counted: followers, leads, reach, …")],
    platform: Platform = "",
    account: Accounts = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Only this campaign.")] = "",
    report: Annotated[str, typer.Option("--report", help="Which export, where two state the same.")] = "",
    currency: Annotated[
        str, typer.Option("--currency", metavar="EUR", help="Only money in it, where there are several.")
    ] = "",
    by: Annotated[By, typer.Option("--by", help="The periods that days are put together to.")] = By.WEEK,
    last: Annotated[
        int | None, typer.Option("--last", "--weeks", metavar="N", help="How many weeks (months, …) are shown.")
    ] = None,
    day: Today = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """A metric over time: wobble, or a real change?

    \b
    smartkpi trend "link clicks" --platform instagram
    smartkpi trend leads --weeks 26
    smartkpi trend followers --by month
    smartkpi trend impressions --by year --json
    """
    world = context(ctx)
    wanted = trends.Wanted(metric, platform, tuple(account or ()), campaign, report, currency, by, last)
    show(trends.trend(world.db, wanted, as_of(day, world), command=world.command), as_json=as_json, plain=plain)
