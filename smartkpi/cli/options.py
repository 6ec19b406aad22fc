"""The flags that several commands share, each written once."""

from pathlib import Path
from typing import Annotated

import typer

from smartkpi.cli.context import Context
from smartkpi.model.period import parse_day

AsJson = Annotated[bool, typer.Option("--json", help="The same values for machines.")]
Plain = Annotated[bool, typer.Option("--plain", help="One record a line, without boxes or bars.")]
Today = Annotated[str, typer.Option("--as-of", metavar="DAY", help="The day that stands for today.")]
Platform = Annotated[str, typer.Option("--platform", help="instagram, facebook, linkedin, youtube, x, …")]
OneAccount = Annotated[str, typer.Option("--account", metavar="NAME", help="Whose numbers: the account's name.")]
OfAccount = Annotated[str, typer.Option("--account", metavar="NAME", help="Only this account's goals.")]
NewAccount = Annotated[
    bool, typer.Option("--new-account", help="This name is new, although it looks like a known one.")
]
Slug = Annotated[str, typer.Argument(metavar="GOAL", help="The goal's short name (smartkpi list).")]
FilePath = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Write to a file; - is the screen.")]


def context(ctx: typer.Context) -> Context:
    """The outside world of this run."""
    found = ctx.obj
    assert isinstance(found, Context), "the callback of the app comes first"
    return found


def as_of(text: str, world: Context) -> int:
    """The day that stands for today."""
    return parse_day(text, world.today) if text else world.today
