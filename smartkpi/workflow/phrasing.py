"""A wish as the sentence that says it: the example that a refusal offers."""

from collections.abc import Iterator
from dataclasses import replace

from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import parse_day
from smartkpi.model.sentence.nouns import Sentence
from smartkpi.model.sentence.words import DROP
from smartkpi.report import words
from smartkpi.workflow.names import quoted
from smartkpi.workflow.platforms import labels
from smartkpi.workflow.understood import EVERYDAY, Names, heard
from smartkpi.workflow.wish import Wish, typed_as

STAND_IN = "7531"  # stands for a number that only its writer knows: it is shown as NUMBER
# No sentence says them well.
IN_FLAGS = ("report", "start", "baseline", "window", "owner", "why", "repeat", "data_every", "milestones")
LOOSE = ("because", "and", "for", "so", "to", "by", "until", "the", "our", "my", "client", "customer", "from", "on",
         "of", "in", "is", "at", "with", "as", "when")  # fmt: skip


def example(wish: Wish, names: Names, as_of: int, *, purpose: str = "") -> str:
    """`smartkpi add "gain 20 Instagram followers by 30 Nov"`: a whole wish as a command with a sentence.

    Each wording is read again; where none means just this, the command is said in flags.
    """
    metric = names.metrics.get(wish.metric)
    if metric is None:
        return _shown(typed_as(wish))
    purpose = _whole(purpose)
    rest = replace(Wish(), **{name: getattr(wish, name) for name in IN_FLAGS})
    spoken = replace(wish, title="", objective=purpose or wish.objective)
    spoken = replace(spoken, **{name: getattr(Wish(), name) for name in IN_FLAGS})
    for text in _wordings(spoken, metric, as_of):
        found = heard(Wish(title=text), names, as_of)
        if not found.lacks and _alike(found.wish, spoken):
            return _shown(f"smartkpi add {_in_quotes(text)}{typed_as(rest).removeprefix('smartkpi add')}")
    return _shown(typed_as(wish))


def of_anything(said: Sentence, wish: Wish, as_of: int, *, is_a_time: bool = False) -> str:
    """`smartkpi add "get 100 METRIC by 30 Jun"`: for words that name nothing that is known; never another metric."""
    is_open = is_a_time or any(u.what == "numbers" for u in said.unclear)
    number = said.amount.value if said.amount and not is_open else "NUMBER"
    every = f" a {said.each.value}" if said.each is not None and said.each.value in ("week", "month") else ""
    falls = said.way is not None and said.way.value == DROP
    verb = "at most" if said.at_most else "lose" if falls else "get"
    label = labels().get(wish.platform, "")
    account = "".join(f" for {name}" for name in wish.accounts[:1])
    day = words.day(parse_day(wish.deadline, as_of), year=True)
    return f'smartkpi add "{verb} {number} METRIC{every}{account}{f" on {label}" if label else ""} by {day}"'


def _shown(command: str) -> str:
    return command.replace(STAND_IN, "NUMBER")


def _whole(purpose: str) -> str:
    """What it is for, less words that lost what stood behind them: "more bookings because"."""
    said = purpose.split()
    while said and said[-1].lower() in LOOSE:
        said.pop()
    return " ".join(said)


def _in_quotes(text: str) -> str:
    return quoted(text) if any(sign in text for sign in '"$`\\!') else f'"{text}"'


def _alike(one: Wish, other: Wish) -> bool:
    """Whether two wishes ask for the same, however their numbers and names are written."""

    return _plain(one) == _plain(other)


def _plain(wish: Wish) -> Wish:
    target, gain, drop = ("".join(text.split()) for text in (wish.target, wish.gain, wish.drop))
    return replace(wish, objective=wish.objective.casefold(), at_most=False, target=target, gain=gain, drop=drop)


def clause(wish: Wish, metric: Metric, label: str) -> str:
    """What is asked for, without its day: "gain 20 Instagram followers"."""
    number = wish.number.strip()
    thing = f"{label} {_thing(metric)}".strip()
    most = "at most " if wish.at_most else ""
    if wish.keep:
        return f"keep {thing} {'under' if wish.at_most or metric.direction is Direction.DOWN else 'over'} {number}"
    match metric.kind:
        case Kind.UNIQUE | Kind.ROLLING:
            on = f" on {label}" if label else ""
            return f"reach {number} {_thing(metric)}{' on a typical day' if wish.typical_day else ''}{on}"
        case Kind.LEVEL if "%" in number:
            return f"{'grow' if wish.gain else 'lower'} {thing} by {number}"
        case Kind.LEVEL:
            verb = "gain" if wish.gain else "lose" if wish.drop else "reach"
            return f"{verb} {most}{number} {thing}"
        case Kind.RATIO if wish.target:
            limit = "under " if wish.at_most or metric.direction is Direction.DOWN else "of "
            return f"{thing} {limit}{number}"
        case Kind.RATIO:
            many = number.rstrip("% ")
            points = f"{many} percentage point{'' if many == '1' else 's'}" if metric.unit == "%" else number
            return f"{'increase' if wish.gain else 'lower'} {thing} by {points}"
        case _ if metric.unit == "money":
            limit = "at most " if wish.at_most or metric.direction is Direction.DOWN else ""
            return f"{thing} of {limit}{number}{f' a {wish.every}' if wish.every else ''}"
        case _:
            most = "at most " if metric.direction is Direction.DOWN else most
            return f"{most or 'get '}{number} {thing}{f' a {wish.every}' if wish.every else ''}"


def _thing(metric: Metric) -> str:
    return "people" if metric.id == "reach" else metric.name


def _wordings(wish: Wish, metric: Metric, as_of: int) -> Iterator[str]:
    """The platform before what is counted, behind it, and as a person would say it without one."""
    label = "" if wish.platform in EVERYDAY else labels().get(wish.platform, "")
    last = parse_day(wish.deadline, as_of)
    account = "".join(f" for {name}" for name in wish.accounts[:1])
    campaign = f" from the {wish.campaign} campaign" if wish.campaign else ""
    purpose = f" for {wish.objective[:1].lower()}{wish.objective[1:]}" if wish.objective else ""
    until = "until" if wish.keep or wish.every else "by"
    for day in (words.day(last), words.day(last, year=True)):
        if parse_day(day, as_of) != last:
            continue
        end = f"{campaign} {until} {day}{purpose}"
        if label and " " not in label and metric.kind not in (Kind.UNIQUE, Kind.ROLLING):
            yield f"{clause(wish, metric, label)}{account}{end}"
        yield f"{clause(wish, metric, '')}{account}{f' on {label}' if label else ''}{end}"
