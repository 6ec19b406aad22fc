"""Questions on a terminal, one at a time; each has a flag that answers it without one."""

import sys

import typer

from smartkpi.cli.context import Context
from smartkpi.cli.showing import tell
from smartkpi.errors import AccountNeededError, SmartKpiError
from smartkpi.report.signs import visible
from smartkpi.workflow.whose import Ask
from smartkpi.workflow.wish import Wish


def asker(world: Context) -> Ask | None:
    """Who answers whose numbers a file holds: a person on a terminal, or nobody."""
    return whose if world.asks else None


def whose(error: AccountNeededError) -> tuple[str, str]:
    """(platform, account name), chosen from a list or typed."""
    tell(SmartKpiError(error.headline, details=error.details, outcome=""))
    for i, (platform, name) in enumerate(error.accounts, 1):
        print(f"  {i}  {visible(name)} ({platform})", file=sys.stderr)
    answer = prompt("Number, or the name of another account" if error.accounts else "The account's name")
    if answer.isdigit() and 1 <= int(answer) <= len(error.accounts):
        return error.accounts[int(answer) - 1]
    if len(error.platforms) == 1:
        return error.platforms[0], answer
    return prompt(f"Its platform ({', '.join(error.platforms)})"), answer


def prompt(question: str, default: str | None = None) -> str:
    """One answer in text; Ctrl-C and the end of input leave without a change."""
    return str(typer.prompt(question, default=default, err=True, show_default=bool(default))).strip()


def wish() -> Wish:
    """A goal asked for, one question each."""
    metric = prompt("What do you want to count? (followers, leads, website clicks, cost per lead …)")
    platform = prompt("Where? (instagram, linkedin, ga4 …; Enter = anywhere)", "")
    number = prompt("How many? (+20 = twenty more, 1220 = reach that number)")
    deadline = prompt("By when? (2027-05-01, 1 May, end of June, in 6 weeks)")
    owner = prompt("Who looks after it? (Enter = nobody yet)", "")
    objective = prompt("Which business goal does it serve? (Enter = none yet)", "")
    why = prompt("Why does it matter? (Enter = later)", "")
    more = number.startswith("+")
    return Wish(
        metric=metric,
        platform=platform,
        gain=number.removeprefix("+") if more else "",
        target="" if more else number,
        deadline=deadline,
        owner=owner,
        objective=objective,
        why=why,
    )
