"""Questions on a terminal, one at a time; each has a flag that answers it without one."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import typer

from smartkpi.cli.context import Context
from smartkpi.cli.showing import tell
from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.report.signs import visible
from smartkpi.workflow.names import find_metric, parse_currency, parse_number
from smartkpi.workflow.platforms import platform_id
from smartkpi.workflow.wish import Wish

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a terminal; `before` clears the line."""

    before: Callable[[], None]

    def __call__(self, error: AccountNeededError) -> tuple[str, str]:
        """Whose numbers they are."""
        self.before()
        return whose(error)

    def currency(self, metric: str) -> str:
        """The currency of a number of `metric`."""
        self.before()
        return until_right(f"In which currency is the {metric}? (EUR, USD, CHF …)", parse_currency)


def asker(world: Context, before: Callable[[], None]) -> Person | None:
    """Who answers whose numbers a file holds: a person on a terminal, or nobody."""
    return Person(before) if world.asks else None


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
    return until_right(
        f"Its platform ({', '.join(error.platforms)})", lambda text: _one_of(text, error.platforms)
    ), answer


def _one_of(text: str, platforms: tuple[str, ...]) -> str:
    found = platform_id(text)
    if found not in platforms:
        raise WrongUseError(f"it must be one of {', '.join(platforms)}", outcome="")
    return found


def prompt(question: str, default: str | None = None) -> str:
    """One answer in text; Ctrl-C and the end of input leave without a change."""
    try:
        return str(typer.prompt(question, default=default, err=True, show_default=bool(default))).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None  # exit 130, like everywhere


def until_right(question: str, check: Callable[[str], Answer], default: str | None = None) -> Answer:
    """What `check` makes of the answer; one that it refuses is told and asked for again."""
    while True:
        try:
            return check(prompt(question, default))
        except SmartKpiError as error:
            tell(SmartKpiError(error.headline, details=error.details, hints=error.hints, outcome=""))


def wish(metrics: Mapping[str, Metric], today: int) -> Wish:
    """A goal asked for, one question each; every answer is checked before the next question."""
    found = Wish(metric=_metric(metrics).id)
    found = replace(found, platform=_platform("Enter = anywhere", ""))
    found = _with_number(found, metrics)
    return replace(
        found,
        deadline=_deadline(today),
        owner=prompt("Who looks after it? (Enter = nobody yet)", ""),
        objective=prompt("Which business goal does it serve? (Enter = none yet)", ""),
        why=prompt("Why does it matter? (Enter = later)", ""),
    )


ASKED = ("metric", "where", "number", "way", "each", "deadline")  # what a person can be asked for, in this order


def mended(error: NotSmartError, metrics: Mapping[str, Metric], today: int) -> Wish | None:
    """What was understood, with what it lacked asked for; None where no answer would mend it."""
    found = error.wish
    if not isinstance(found, Wish) or not error.parts or not set(error.parts) <= set(ASKED):
        return None
    tell(SmartKpiError(error.headline, details=error.details, outcome=""))
    if "metric" in error.parts:
        found = replace(found, metric=_metric(metrics).id)
    asks_again = "metric" in error.parts and metrics[found.metric].kind is not Kind.FLOW  # more of it, or so much?
    if "where" in error.parts:
        found = replace(found, platform=_platform("", None))
    if asks_again or {"number", "way", "each"}.intersection(error.parts):
        found = _with_number(replace(found, target="", gain="", drop=""), metrics)
    return replace(found, deadline=_deadline(today)) if "deadline" in error.parts else found


def _metric(metrics: Mapping[str, Metric]) -> Metric:
    return until_right(
        "What do you want to count? (followers, leads, website clicks, cost per lead …)",
        lambda text: find_metric(text, metrics),
    )


def _platform(more: str, default: str | None) -> str:
    return until_right(f"Where? (instagram, linkedin, ga4 …{f'; {more}' if more else ''})", platform_id, default)


def _with_number(found: Wish, metrics: Mapping[str, Metric]) -> Wish:
    """With how many: more of it, or that many."""
    people = metrics[found.metric].kind in (Kind.UNIQUE, Kind.ROLLING) if found.metric in metrics else False
    how_many = "How many on a typical day?" if people else "How many? (+20 = twenty more, 1220 = reach that number)"
    number = until_right(how_many, _number)
    more = number.startswith("+")
    return replace(
        found,
        gain=number.removeprefix("+") if more else "",
        target="" if more else number,
        typical_day=people,
        every_week=found.every_week and not more,
    )


def _deadline(today: int) -> str:
    return until_right(
        "By when? (2027-05-01, 1 May, end of June, in 6 weeks)", lambda text: iso(parse_day(text, today))
    )


def _number(text: str) -> str:
    parse_number(text.removeprefix("+"), "the number")
    return text
