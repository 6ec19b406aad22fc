"""`add`, `edit`, `close` and `remove`: goals come, change and go."""

from dataclasses import replace
from typing import Annotated

import typer

from smartkpi.cli import asking
from smartkpi.cli.options import AsJson, NewAccount, Platform, Slug, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.errors import AccountNeededError
from smartkpi.model.goal import GoalState
from smartkpi.workflow import goals
from smartkpi.workflow.wish import Wish

app = typer.Typer(rich_markup_mode=None)

Accounts = Annotated[
    list[str] | None, typer.Option("--account", metavar="NAME", help="Whose numbers; several are added up.")
]
Baseline = Annotated[str, typer.Option("--baseline", metavar="NUMBER", help="Where you stand, if the data do not say.")]
Target = Annotated[str, typer.Option("--target", metavar="NUMBER", help="Where you want to be: 100, 1.5k, 3%, €20.")]
Gain = Annotated[str, typer.Option("--gain", metavar="NUMBER", help="How many more.")]
Drop = Annotated[str, typer.Option("--drop", metavar="NUMBER", help="How many fewer.")]
Start = Annotated[str, typer.Option("--start", metavar="DAY", help="The first day that counts (else today).")]
Deadline = Annotated[
    str, typer.Option("--deadline", metavar="DAY", help='The last day that counts: 2027-05-01, "1 May", eoq.')
]
Window = Annotated[int, typer.Option("--window", metavar="DAYS", help="Rates and typical days: how many days (28).")]
Metric = Annotated[str, typer.Option("--metric", help="What is counted: followers, leads, reach, …")]


@app.command()
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(help="The goal in your words.")] = "",
    metric: Metric = "",
    platform: Platform = "",
    account: Accounts = None,
    campaign: Annotated[str, typer.Option("--campaign", help="Only this campaign.")] = "",
    report: Annotated[str, typer.Option("--report", help="Which export, where two state the same.")] = "",
    baseline: Baseline = "",
    target: Target = "",
    gain: Gain = "",
    drop: Drop = "",
    start: Start = "",
    deadline: Deadline = "",
    every_week: Annotated[bool, typer.Option("--every-week", help="The target counts anew each week.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Stay on the good side of the target all the time.")] = False,
    typical_day: Annotated[bool, typer.Option("--typical-day", help="People reached on a typical day.")] = False,
    at_most: Annotated[bool, typer.Option("--at-most", help="The target is a limit, not an aim.")] = False,
    window: Window = 0,
    owner: Annotated[str, typer.Option("--owner", help="Who looks after it.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why it matters.")] = "",
    objective: Annotated[
        str, typer.Option("--for", metavar="OBJECTIVE", help="The business goal that it serves.")
    ] = "",
    new_account: NewAccount = False,
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Set a goal.

    \b
    smartkpi add                                       asks one thing at a time
    smartkpi add "Gain 20 Instagram followers" --metric followers --platform instagram \\
                 --gain 20 --deadline 2027-05-01 --for "More website leads"
    smartkpi add --metric leads --target 100 --deadline eoq --owner Ana
    smartkpi add --metric cost_per_lead --target €20 --keep --deadline "end of June"
    """
    world = context(ctx)
    wish = Wish(
        title=title, metric=metric, platform=platform, accounts=tuple(account or ()), campaign=campaign, report=report,
        baseline=baseline, target=target, gain=gain, drop=drop, start=start, deadline=deadline, every_week=every_week,
        keep=keep, typical_day=typical_day, at_most=at_most, window=window, owner=owner, why=why, objective=objective,
    )  # fmt: skip
    today, now, command = as_of(day, world), world.now, world.command
    if wish == Wish() and world.asks:
        wish, command = asking.wish(goals.countable(world.db), today), ""
    try:
        page = goals.add_goal(world.db, wish, today, now, new_account=new_account, command=command)
    except AccountNeededError as error:
        if not world.asks:
            raise
        on, name = asking.whose(error)
        wish = replace(wish, platform=on, accounts=(name,))
        page = goals.add_goal(world.db, wish, today, now, new_account=new_account, command=command)
    show(page, as_json=as_json)


@app.command()
def edit(
    ctx: typer.Context,
    goal: Slug,
    title: Annotated[str | None, typer.Option("--title", help="The goal in your words.")] = None,
    platform: Platform = "",
    account: Accounts = None,
    campaign: Annotated[str | None, typer.Option("--campaign", help='Only this campaign; "" = all.')] = None,
    report: Annotated[str | None, typer.Option("--report", help="Which export, where two state the same.")] = None,
    baseline: Baseline = "",
    target: Target = "",
    gain: Gain = "",
    drop: Drop = "",
    start: Start = "",
    deadline: Deadline = "",
    window: Window = 0,
    owner: Annotated[str | None, typer.Option("--owner", help="Who looks after it.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why it matters.")] = None,
    objective: Annotated[
        str | None, typer.Option("--for", metavar="OBJECTIVE", help='The business goal that it serves; "" = none.')
    ] = None,
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Change a goal; the old values stay visible.

    \b
    smartkpi edit followers-instagram --deadline 2027-06-30
    smartkpi edit leads --target 80 --why "the form was broken for two weeks"
    """
    world = context(ctx)
    texts = {"title": title, "campaign": campaign, "report": report, "owner": owner, "why": why, "objective": objective}
    wish = Wish(
        platform=platform, accounts=tuple(account or ()), baseline=baseline, target=target, gain=gain, drop=drop,
        start=start, deadline=deadline, window=window,
    )  # fmt: skip
    given = {name: text for name, text in texts.items() if text is not None}
    page = goals.edit_goal(world.db, goal, given, wish, as_of(day, world), world.now, command=world.command)
    show(page, as_json=as_json)


@app.command()
def close(
    ctx: typer.Context,
    goal: Slug,
    why: Annotated[str, typer.Option("--why", help="The reason.")] = "",
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """End a goal, and keep it.

    \b
    smartkpi close leads --why "the campaign ended early"
    """
    world = context(ctx)
    today = as_of(day, world)
    show(
        goals.end_goal(world.db, goal, GoalState.CLOSED, today, world.now, why=why, command=world.command),
        as_json=as_json,
    )


@app.command()
def remove(ctx: typer.Context, goal: Slug, day: Today = "", as_json: AsJson = False) -> None:
    """Take a goal away.

    \b
    smartkpi remove leads-2
    smartkpi undo             brings it back
    """
    world = context(ctx)
    today = as_of(day, world)
    show(goals.end_goal(world.db, goal, GoalState.REMOVED, today, world.now, command=world.command), as_json=as_json)
