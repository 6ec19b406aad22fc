"""What a sentence says becomes the flags of `add`; what it leaves open is named by its letter of SMART."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from smartkpi.errors import WrongUseError
from smartkpi.knowledge import loader
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import parse_day
from smartkpi.model.sentence.nouns import Part, Sentence, Vocabulary
from smartkpi.model.sentence.read import parsed
from smartkpi.model.sentence.words import DROP, FALLING, GAIN, KEEP, REACH, RISING
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.store import accounts, series
from smartkpi.workflow.names import fold, in_metric, parse_number
from smartkpi.workflow.wish import Lack, Wish, is_share

EVERYDAY = frozenset(("website", "shop", "newsletter", "other"))  # their words mean other things too
CHANGES = (
    "gain",
    "gained",
    "gaining",
    "win",
    "won",
    "add",
    "added",
    "attract",
    "lose",
    "more",
    "fewer",
    "extra",
    "additional",
    "another",
    "new",
)  # never mean where it ends
MOST_DIGITS = 15  # of a number in an example
COUNTED_OFTEN = ("sales",)  # the number of sales, or what they brought?


class Names(NamedTuple):
    """What a sentence may name, and who has numbers."""

    vocabulary: Vocabulary
    metrics: Mapping[str, Metric]
    in_use: tuple[Account, ...] = ()


class Heard(NamedTuple):
    """A wish with what the sentence adds to the flags; `lacks` are questions that only its writer can answer."""

    wish: Wish
    sentence: Sentence | None = None
    lacks: tuple[Lack, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether the goal is said in a sentence, not in flags with a title."""
        return self.sentence is not None


def names_of(conn: sqlite3.Connection | None, metrics: Mapping[str, Metric]) -> Names:
    """Every name that is known here."""
    in_use = () if conn is None else tuple(accounts.in_use(conn))
    stated = [] if conn is None else series.stated(conn)
    campaigns = {each.key.breakdown for each in stated if each.key.breakdown_kind == "campaign"}
    return Names(
        Vocabulary(
            _metric_words(metrics),
            {fold(word): p for p, found in loader.platforms().items() for word in (p, found["name"], *found["words"])},
            EVERYDAY,
            tuple((account.platform, account.name) for account in in_use),
            tuple(sorted(campaigns)),
        ),
        metrics,
        in_use,
    )


def _metric_words(metrics: Mapping[str, Metric]) -> dict[str, str]:
    """Every word for a metric; new followers are more followers: the level that they make grow."""
    said: dict[str, str] = {}
    for metric in metrics.values():
        for word in (metric.id, metric.name, *metric.words):
            said.setdefault(fold(word), metric.id)
    for metric in metrics.values():
        if metric.grows and metric.sign > 0 and not metric.net:
            said |= {word: metric.grows for word in map(fold, (metric.name, *metric.words)) if word.startswith("new ")}
    return said


def heard(wish: Wish, names: Names, as_of: int) -> Heard:
    """`wish` with what its title says, where that is a sentence; flags override, and then it is only a title."""
    if not wish.title:
        return Heard(wish)
    sentence = parsed(wish.title, names.vocabulary, as_of)
    if wish.metric and (wish.target or wish.gain or wish.drop) and wish.deadline:
        return Heard(_placed(wish, sentence, names))
    lacks = [
        Lack(u.letter, PARTS.get(u.what, OF_LETTER[u.letter]), u.why)
        for u in sentence.unclear
        if not _is_flagged(wish, PARTS.get(u.what, OF_LETTER[u.letter]))
    ]
    merged, notes = _merged(wish, sentence, names)
    if merged.deadline and not wish.deadline and (last := parse_day(merged.deadline, as_of)) < as_of:
        lacks.append(Lack("T", "deadline", f"{words.full_day(last)} is over: by when should it be true?"))
    metric = names.metrics.get(merged.metric)
    numbered = bool(wish.target or wish.gain or wish.drop)
    if metric is None and sentence.amount is not None and not numbered:
        merged = replace(merged, gain=sentence.amount.value)
        unknown = "".join(f"; “{part.said}” is nothing that I know" for part in sentence.unread)
        lacks.append(Lack("M", "metric", f"what will be counted? Followers, leads, link clicks …{unknown}"))
    if metric is not None and not numbered:
        merged, more = _with_number(merged, sentence, metric, as_of)
        lacks += more
        if (lack := _bad_number(merged, metric)) is not None:
            merged, lacks = _digits_only(merged), [*lacks, lack]
    if sentence.unread:
        unread = ", ".join(f"“{part.said}”" for part in sentence.unread)
        notes = (*notes, f"not read: {unread}")
    if not (sentence.amount or sentence.metric):
        merged = replace(merged, title=wish.title)
    return Heard(merged, sentence, tuple(lacks), notes)


def _bad_number(wish: Wish, metric: Metric) -> Lack | None:
    """Why the number cannot be meant of this metric: two numbers in one, another unit."""
    flag = "--gain" if wish.gain or wish.drop else "--target"
    text = wish.target or wish.gain or wish.drop
    if not text or is_share(text, flag, metric):
        return None
    try:
        in_metric(*parse_number(text, "it"), metric, "it")
    except WrongUseError as error:
        hints = f" ({', '.join(error.hints)})" if error.hints else ""
        return Lack("S", "number", f"{error.headline.removeprefix('it: ')}{hints}".replace("it ", ""))
    return None


def _digits_only(wish: Wish) -> Wish:
    """For an example: a number that could be two, as one of them; one that is too large, cut."""
    texts = (wish.target, wish.gain, wish.drop)
    target, gain, drop = ("".join(c for c in text if c.isdigit())[:MOST_DIGITS] for text in texts)
    return replace(wish, target=target, gain=gain, drop=drop)


PARTS = {"numbers": "number", "number to count": "metric", "platform": "where"}
OF_LETTER = {"S": "number", "M": "metric", "T": "deadline"}


def _is_flagged(wish: Wish, part: str) -> bool:
    said = {
        "number": wish.target or wish.gain or wish.drop,
        "metric": wish.metric,
        "where": wish.platform or wish.accounts,
        "deadline": wish.deadline,
    }
    return bool(said[part])


def _placed(wish: Wish, sentence: Sentence, names: Names) -> Wish:
    """A goal in flags whose title names one platform is of that platform."""
    clear = sentence.platform is not None and not any(u.what == "platform" for u in sentence.unclear)
    if not clear or wish.platform or wish.accounts or sentence.platform is None:
        return wish
    return wish if sentence.platform.value in EVERYDAY else replace(wish, platform=sentence.platform.value)


def _merged(wish: Wish, said: Sentence, names: Names) -> tuple[Wish, tuple[str, ...]]:
    platform, notes = _platform(wish, said, names)
    return (
        replace(
            wish,
            title="",
            metric=wish.metric or _value(said.metric),
            platform=wish.platform or platform,
            accounts=wish.accounts or tuple(part.value for part in said.accounts),
            campaign=wish.campaign or _value(said.campaign),
            start=wish.start or _value(said.start),
            deadline=wish.deadline or _value(said.deadline),
            baseline=wish.baseline or _value(said.baseline),
            objective=wish.objective or _capital(_value(said.purpose)),
            why=wish.why or _value(said.why),
        ),
        notes,
    )


def _platform(wish: Wish, said: Sentence, names: Names) -> tuple[str, tuple[str, ...]]:
    """An everyday word is a platform only where an account of yours is on it."""
    part = said.platform
    if part is None or wish.platform or wish.accounts:
        return "", ()
    if part.value in EVERYDAY and all(account.platform != part.value for account in names.in_use):
        return "", (f"“{part.said}” names no platform of yours: what counts is wherever these numbers come from",)
    return part.value, ()


def _verb(said: Sentence) -> str:
    return said.way.said.lower() if said.way else ""


def _value(part: Part | None) -> str:
    return part.value if part else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_number(wish: Wish, said: Sentence, metric: Metric, as_of: int) -> tuple[Wish, list[Lack]]:
    """The number as the flag that says the same of this metric, or the question that it leaves open."""
    if said.amount is None:
        return wish, []
    if said.each is not None and (lack := _other_rate(said, metric)) is not None:
        return _in_all(wish, said, metric, as_of), [lack]
    if (lack := _other_form(said, metric)) is not None:
        return replace(wish, target=said.amount.value), [lack]
    if (lack := _contradiction(said, metric)) is not None:
        return replace(wish, target=said.amount.value, at_most=True), [lack]
    wish = replace(
        wish,
        at_most=wish.at_most or (said.limit is not None and said.limit.value == "most"),
        every_week=wish.every_week or (said.each is not None and said.each.value == "week"),
        typical_day=wish.typical_day
        or said.typical_day is not None
        or (said.each is not None and said.each.value == "day"),
    )
    return _NUMBERS[metric.kind](wish, said, metric)


def _level(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    number, way = _value(said.amount), _value(said.way)
    if way == KEEP or said.throughout is not None:
        return replace(wish, target=number, keep=True), []
    if not way and said.limit is not None and said.limit.value == "most":
        text = f"“{said.limit.said}” is a limit: “keep {metric.name} under {number}” makes it a goal"
        return replace(wish, target=number, keep=True), [Lack("S", "way", text)]
    bounded = said.limit is not None and way in (GAIN, DROP)  # "get more than 20": 20 more, or beyond 20 in all?
    is_open = bounded and (_verb(said) not in CHANGES or (said.limit is not None and said.limit.value == "most"))
    if way == REACH or ((said.limit is not None or said.baseline is not None) and not bounded):
        return replace(wish, target=number), []
    if way == GAIN and not is_open:
        return replace(wish, gain=number), []
    if way == DROP and not is_open:
        return replace(wish, drop=number), []
    wish = replace(wish, at_most=False)
    more, verb = ("fewer", "lose") if way == DROP else ("more", "gain")
    text = f"{number} {metric.name} {more}, or {number} in all? Say “{verb} {number}” or “reach {number}”"
    changed = replace(wish, drop=number) if way == DROP else replace(wish, gain=number)
    return changed, [Lack("S", "way", text)]


def _flow(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    number = _value(said.amount)
    wish = replace(wish, target=number)
    if "%" in number:
        compared = "less" if _value(said.way) == DROP else "more"
        text = f"{number} {compared} than when? A sum begins at 0: say how many"
        return replace(wish, target=""), [Lack("S", "number", text)]
    over = said.limit is None or said.limit.value != "most"
    if _value(said.way) == KEEP and over and not wish.every_week:
        text = f"{number} {metric.name} a week, or {number} in all? They are added up, so none is kept"
        return wish, [Lack("S", "each", text)]
    again = wish.every_week and _verb(said) in ("more", "extra", "additional", "another", "new")
    if said.relative or _value(said.way) == DROP or again:
        compared = "less than" if _value(said.way) == DROP else "more than"
        text = f"{number} {compared} when? A sum begins at 0: say how many in all"
        falls = _value(said.way) == DROP or metric.direction is Direction.DOWN
        return replace(wish, at_most=wish.at_most or falls), [Lack("S", "number", text)]
    if metric.unit == "money" and said.metric and said.metric.said.lower() in COUNTED_OFTEN and number.isdigit():
        orders = replace(wish, metric="orders")  # the example counts them
        return orders, [Lack("S", "number", f"{number} sales, or an amount of money? Say “orders”, or the currency")]
    return wish, []


def _ratio(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    number, way = _value(said.amount), _value(said.way)
    if way == KEEP or said.throughout is not None:
        return replace(wish, target=number, keep=True), []
    points = said.amount is not None and "point" in said.amount.said.lower()
    more = said.relative or (_verb(said) in CHANGES or _verb(said) == "less")
    if not more or way == REACH:
        return replace(wish, target=number), []
    if metric.unit == "%" and not points:
        text = f"{number} of what it is, or {number.rstrip('% ')} percentage points? Say where it should end: “to …”"
        return replace(wish, target=number), [Lack("S", "number", text)]
    return (replace(wish, drop=number) if way == DROP else replace(wish, gain=number)), []


def _people(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    if said.relative or _verb(said) in CHANGES:
        number = _value(said.amount)
        changed = replace(wish, drop=number) if _value(said.way) == DROP else replace(wish, gain=number)
        return changed, []
    return replace(wish, target=_value(said.amount)), []


Numbered = Callable[[Wish, Sentence, Metric], "tuple[Wish, list[Lack]]"]
_NUMBERS: dict[Kind, Numbered] = {
    Kind.LEVEL: _level, Kind.FLOW: _flow, Kind.RATIO: _ratio, Kind.UNIQUE: _people, Kind.ROLLING: _people,
}  # fmt: skip


def _other_rate(said: Sentence, metric: Metric) -> Lack | None:
    """Why a number a day, a month or a year is no goal here; a week is."""
    assert said.each is not None, "asked of a rate only"
    unit, number = said.each.value, _value(said.amount)
    people = metric.kind in (Kind.UNIQUE, Kind.ROLLING)
    if (metric.kind is Kind.FLOW and unit == "week") or (people and unit == "day"):
        return None
    if metric.kind is Kind.FLOW:
        text = f"{number} {metric.name} a {unit}: what is counted again and again is counted by the week"
        return Lack("S", "each", f"{text}, or in all")
    if metric.kind is Kind.RATIO:
        return Lack("S", "each", f"{metric.name} is one number for all days: leave out “{said.each.said}”")
    if people:
        return Lack("M", "each", f"{metric.name} cannot be added up over a {unit}: aim at a typical day")
    return Lack("S", "each", f"{number} {metric.name} a {unit}: say how many more by the deadline")


DAYS_OF = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.25}


def _in_all(wish: Wish, said: Sentence, metric: Metric, as_of: int) -> Wish:
    """For an example: a number a month as what that makes until the deadline."""
    number = re.sub(r"[^\d.]", "", _value(said.amount))
    if said.each is None or metric.kind is Kind.RATIO or not re.fullmatch(r"\d+(\.\d+)?", number):
        return replace(wish, target=_value(said.amount))
    if metric.kind in (Kind.UNIQUE, Kind.ROLLING):
        return replace(wish, target=number, typical_day=True)
    days = parse_day(wish.deadline, as_of) - as_of + 1 if wish.deadline else 90
    whole = f"{max(round(float(number) * days / DAYS_OF[said.each.value]), 1)}"
    return replace(wish, gain=whole) if metric.kind is Kind.LEVEL else replace(wish, target=whole)


def _other_form(said: Sentence, metric: Metric) -> Lack | None:
    """That a typical day is for people, and people are not kept."""
    people = metric.kind in (Kind.UNIQUE, Kind.ROLLING)
    if said.typical_day is not None and not people:
        return Lack("S", "each", f"a typical day is for counts of people; of {metric.name} say how many in all")
    if people and (_value(said.way) == KEEP or said.throughout is not None):
        return Lack("S", "way", "a typical day is judged on the deadline: say “reach”, not “keep”")
    return None


def _contradiction(said: Sentence, metric: Metric) -> Lack | None:
    """More of what one wants less of."""
    verb = _verb(said)
    least = said.limit is not None and said.limit.value == "least"
    if metric.direction is Direction.DOWN and (verb in RISING or verb in ("gain", "win") or least):
        why = f"less {metric.name} is better: lower it, or say “at most”"
        return Lack("S", "way", why)
    is_most = said.limit is not None and said.limit.value == "most" and verb not in FALLING
    if is_most and verb in RISING:
        return Lack("S", "way", f"“{verb}” and “{said.limit.said if said.limit else ''}”: which way should it go?")
    return None
