"""Questions on a terminal, one at a time; each has a flag that answers it without one."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import typer

from smartkpi.cli.context import Context
from smartkpi.cli.showing import tell
from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError, UnknownNameError, WrongUseError
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.report import words
from smartkpi.report.signs import visible
from smartkpi.workflow.names import find_metric, parse_currency, parse_number
from smartkpi.workflow.platforms import platform_id
from smartkpi.workflow.wish import Wish, too_early

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
    question = "Number, or the name of another account" if error.accounts else "The account's name"
    platform, name = until_right(question, lambda text: _chosen(text, error))
    if platform:
        return platform, name
    if len(error.platforms) == 1:
        return error.platforms[0], name
    return until_right(
        f"Its platform ({', '.join(error.platforms)})", lambda text: _one_of(text, error.platforms)
    ), name


def _chosen(text: str, error: AccountNeededError) -> tuple[str, str]:
    """(platform, name) of an answer: its number, its name or its platform in the list; else ('', a new name)."""
    listed = error.accounts
    if text.isdigit() and listed:
        if 1 <= int(text) <= len(listed):
            return listed[int(text) - 1]
        raise WrongUseError(f"the list goes from 1 to {len(listed)}", outcome="")
    named = [each for each in listed if each[1].casefold() == text.casefold()]
    if len(named) == 1:
        return named[0]
    on = [each for each in listed if each[0] == _platform_of(text)]
    if len(on) == 1 and len({platform for platform, _ in listed}) > 1:
        return on[0]
    if named or (listed and _platform_of(text)):
        raise WrongUseError(f"“{text}” is not one account: type the number before it, or its name", outcome="")
    return "", text


def _platform_of(text: str) -> str:
    try:
        return platform_id(text)
    except SmartKpiError:
        return ""


def _one_of(text: str, platforms: tuple[str, ...]) -> str:
    found = _known_platform(text)
    if found not in platforms:
        raise WrongUseError(f"it must be one of {', '.join(platforms)}", outcome="")
    return found


def _known_platform(text: str) -> str:
    """The platform of an answer; a wrong one is told in a line."""
    try:
        return platform_id(text)
    except UnknownNameError as error:
        near = tuple(line for line in error.details if line.startswith("Did you mean"))
        raise WrongUseError(error.headline, details=near, hints=("smartkpi platforms",), outcome="") from None


def prompt(question: str, default: str | None = None) -> str:
    """One answer in text; Ctrl-C and the end of input leave without a change."""
    try:
        return str(typer.prompt(question, default=default or "", err=True, show_default=bool(default))).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None  # exit 130, like everywhere


def until_right(question: str, check: Callable[[str], Answer], default: str | None = None) -> Answer:
    """What `check` makes of the answer; one that it refuses is told and asked for again.

    `default`: what Enter alone says; None = nothing, and that is told.
    """
    while True:
        try:
            answer = prompt(question, default)
            if not answer and default is None:
                raise WrongUseError("an answer is needed here; Ctrl-C leaves, and nothing is saved", outcome="")
            return check(answer)
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


ASKED = ("metric", "where", "number", "word", "way", "each", "deadline", "baseline")  # what a person can be asked for


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
    if isinstance(error.worked_out, Wish) and set(error.parts) <= {"number", "deadline"}:
        return _taken(error.worked_out, found, metrics, today, asks_day="deadline" in error.parts)
    if asks_again or {"number", "way", "each"}.intersection(error.parts):
        way = "" if {"way", "each"}.intersection(error.parts) else _way(error, found, metrics)
        found = _with_number(replace(found, target="", gain="", drop=""), metrics, way)
    elif "word" in error.parts:
        found = _without_words(found, metrics)
    if "baseline" in error.parts:
        found = replace(found, baseline=until_right("Where do you stand now?", _number))
    return replace(found, deadline=_deadline(today, found.start)) if "deadline" in error.parts else found


def _taken(offered: Wish, found: Wish, metrics: Mapping[str, Metric], today: int, *, asks_day: bool) -> Wish:
    """The wish with the number that the days before make of it, or another one; Enter takes what is offered.

    That number is of the days that are offered: they are asked first, and other days have no number yet.
    """
    day = _deadline(today, found.start, offered.deadline) if asks_day else offered.deadline
    text = offered.target if day == offered.deadline or offered.typical_day else None
    name = metrics[offered.metric].name
    question = f"How many {name} on a typical day?" if offered.typical_day else f"How many {name} in all?"
    number = until_right(question, _number, text)
    start = offered.start if day == offered.deadline else found.start
    return replace(offered, target=number, deadline=day, start=start)


def _without_words(found: Wish, metrics: Mapping[str, Metric]) -> Wish:
    """Without the words beside the number that nobody can read: the number stays, or is another one."""
    said = found.number
    if not said or found.metric not in metrics:
        return found
    more = "more " if found.gain else "fewer " if found.drop else ""
    number = until_right(f"How many {more}{metrics[found.metric].name}?", _number, said).removeprefix("+")
    return replace(
        found,
        target=number if found.target else "",
        gain=number if found.gain else "",
        drop=number if found.drop else "",
    )


def purpose(metric: str, check: Callable[[str], str]) -> str:
    """What a means should lead to; '' where nobody says."""
    return until_right(f"What should the {metric} lead to? (more website leads …; Enter = nothing yet)", check, "")


def _way(error: NotSmartError, found: Wish, metrics: Mapping[str, Metric]) -> str:
    """The way that was said of something that has a level: gain, drop or reach; '' = not said."""
    if found.metric not in metrics or metrics[found.metric].kind is not Kind.LEVEL or found.keep:
        return ""
    if found.gain or found.drop:
        return "gain" if found.gain else "drop"
    said = getattr(error.understood, "way", None)
    return said.value if said is not None and said.value in WAYS else "target" if found.target else ""


WAYS = ("gain", "drop", "reach")


def _metric(metrics: Mapping[str, Metric]) -> Metric:
    return until_right(
        "What do you want to count? (followers, leads, website clicks, cost per lead …)",
        lambda text: _known_metric(text, metrics),
    )


def _known_metric(text: str, metrics: Mapping[str, Metric]) -> Metric:
    """The metric of an answer; a wrong one is told in a line, not with all that there are."""
    try:
        return find_metric(text, metrics)
    except UnknownNameError as error:
        near = tuple(line for line in error.details if line.startswith("Did you mean"))
        raise WrongUseError(error.headline, details=near, hints=error.hints, outcome="") from None


def _platform(more: str, default: str | None) -> str:
    return until_right(f"Where? (instagram, linkedin, ga4 …{f'; {more}' if more else ''})", _known_platform, default)


def _with_number(found: Wish, metrics: Mapping[str, Metric], way: str = "") -> Wish:
    """With how many: more of it, or that many. `way`: what its sentence said already, which an answer never turns."""
    metric = metrics.get(found.metric)
    people = metric is not None and metric.kind in (Kind.UNIQUE, Kind.ROLLING)
    name = metric.name if metric is not None else ""
    asked = {"gain": f"How many more {name}?", "drop": f"How many {name} fewer?", "reach": f"How many {name} in all?"}
    both = "How many? (+20 = twenty more, 1220 = reach that number)"
    number = until_right("How many on a typical day?" if people else asked.get(way, both), _number)
    more = way == "gain" or number.startswith("+")
    plain = number.removeprefix("+")
    return replace(
        found,
        gain=plain if more and way != "drop" else "",
        drop=plain if way == "drop" else "",
        target="" if more or way == "drop" else number,
        typical_day=people,
        every="" if more else found.every,
    )


def _deadline(today: int, start: str = "", default: str | None = None) -> str:
    return until_right(
        "By when? (2027-05-01, 1 May, end of June, in 6 weeks)",
        lambda text: _still_to_come(text, today, start),
        default,
    )


def _still_to_come(text: str, today: int, start: str) -> str:
    """The day of an answer; one that is over is no deadline."""
    last = parse_day(text, today)
    if when := too_early(last, parse_day(start, today) if start else today, today):
        raise WrongUseError(f"{words.full_day(last)} {when}: by when should it be true?", outcome="")
    return iso(last)


def _number(text: str) -> str:
    parse_number(text.removeprefix("+"), "the number")
    return text
