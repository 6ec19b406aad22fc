"""The flags that say a goal, shared by the commands that make and change one."""

from enum import StrEnum
from typing import Annotated

import typer

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
Milestones = Annotated[
    list[str] | None,
    typer.Option("--milestone", metavar="DAY=NUMBER", help='A point that the plan goes through; several; "" = none.'),
]
DataEvery = Annotated[
    str, typer.Option("--data-every", metavar="WEEK", help='How often its numbers come: week, month, "10 days", usual.')
]
Metric = Annotated[str, typer.Option("--metric", help="What is counted: followers, leads, reach, …")]


class Repeats(StrEnum):
    """How often a goal comes again."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    NEVER = "never"

    @property
    def kept(self) -> str:
        """As a goal keeps it."""
        return "" if self is Repeats.NEVER else self.value


Repeat = Annotated[Repeats | None, typer.Option("--repeat", help="When it is over, the next one is offered.")]
