"""The number of a sentence becomes the flag that says the same of what is counted, or the question it leaves open."""

import re
from collections.abc import Callable
from dataclasses import replace

from smartkpi.errors import WrongUseError
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import parse_day
from smartkpi.model.sentence.nouns import BEFORE, Part, Sentence
from smartkpi.model.sentence.words import DROP, FALLING, GAIN, KEEP, LOWERED, RAISED, REACH, RISING, TIMES
from smartkpi.workflow.names import in_metric, parse_number
from smartkpi.workflow.wish import Lack, Wish, is_share

CHANGES = (  # never mean where it ends
    "gain", "gained", "gaining", "win", "won", "add", "added", "attract", "lose", "more", "fewer", "extra",
    "additional", "another", "new",
)  # fmt: skip
A_SUM, A_DAY = "A sum begins at 0: say how many", "Say how many on a typical day"  # behind "20% more than when?"
BETTER = ("improve",)  # whichever way is good
_DECIMAL_COMMA = re.compile(r"([^,.]*\d),(\d{1,2}(?:[km]|\s?%)?)")
_GROWTH = re.compile(r"(?<!\w)(?:new|net|growth)(?!\w)")  # in the words for a level: so many more of it
MOST_DIGITS = 15  # of a number in an example
COUNTED_OFTEN = ("sales",)  # the number of sales, or what they brought?


def with_number(wish: Wish, said: Sentence, metric: Metric, as_of: int) -> tuple[Wish, list[Lack]]:
    """The number as the flag that says the same of this metric, or the question that it leaves open."""
    if said.amount is None:
        return wish, []
    wish = replace(wish, at_most=wish.at_most or said.at_most)
    if (lack := _no_comparison(said, metric)) is not None:
        return replace(wish, target=said.amount.value), [lack]
    if _is_loss(said, metric):
        return _kept_over(wish, said, metric)
    if said.averaged is not None and (lack := _on_average(said, metric, _days(wish, as_of))) is not None:
        return _in_all(wish, said, metric, as_of) if said.each else replace(wish, target=said.amount.value), [lack]
    if said.each is not None and (lack := _other_rate(said, metric, _days(wish, as_of))) is not None:
        return _in_all(wish, said, metric, as_of), [lack]
    if (lack := _other_form(said, metric)) is not None:
        return replace(wish, target=said.amount.value), [lack]
    if (lack := _contradiction(said, metric)) is not None:
        return replace(wish, target=said.amount.value, at_most=True), [lack]
    wish = replace(
        wish,
        every=wish.every or (said.each.value if said.each is not None and said.each.value in PERIODS else ""),
        typical_day=wish.typical_day
        or said.typical_day is not None
        or (said.each is not None and said.each.value == "day"),
    )
    return _NUMBERS[metric.kind](wish, said, metric)


def _no_comparison(said: Sentence, metric: Metric) -> Lack | None:
    """That only what adds up is compared with other days: of a level or a rate it is said where it should end."""
    if said.than is None or said.than.value == BEFORE or metric.kind is Kind.FLOW:
        return None
    return Lack("S", "number", f"“{said.than.said}” changes what is meant, and I cannot read it there")


def _is_loss(said: Sentence, metric: Metric) -> bool:
    """ "Lose fewer than 5 followers": a loss that is allowed, and nothing that is reached."""
    return said.at_most and _verb(said).startswith("lose") and metric.kind is Kind.LEVEL


def _kept_over(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    limit = f"{_verb(said)} {said.limit.said if said.limit else ''} {value(said.amount)}"
    text = f"“{limit}” says what may go: say what should stay, as “keep {metric.name} over 1,000”"
    return replace(wish, target="1,000", keep=True, at_most=False), [Lack("S", "way", text)]


def _level(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    number, way = value(said.amount), value(said.way)
    is_growth = bool(said.metric and _GROWTH.search(said.metric.said.lower()))
    if is_growth and way in ("", REACH) and said.baseline is None:
        way = GAIN  # "reach 50 new followers"
    if way == KEEP or said.throughout is not None:
        return replace(wish, target=number, keep=True), []
    if not way and said.limit is not None and said.at_most:
        text = f"“{said.limit.said}” is a limit: “keep {metric.name} under {number}” makes it a goal"
        return replace(wish, target=number, keep=True), [Lack("S", "way", text)]
    bounded = said.limit is not None and way in (GAIN, DROP)  # "get more than 20": 20 more, or beyond 20 in all?
    is_sure = is_growth or _verb(said) in CHANGES
    is_open = bounded and (not is_sure or said.at_most)
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
    number = value(said.amount)
    wish = replace(wish, target=number)
    if "%" in number or said.than is not None:
        wish = replace(wish, target="", at_most=wish.at_most or falls(said, metric))
        if metric.direction is Direction.DOWN and not falls(said, metric):
            return wish, [Lack("S", "way", f"less {metric.name} is better: {number} less, or at most how many?")]
        return wish, [Lack("S", "number", f"{_than(said, metric)} {A_SUM}")]
    if value(said.way) == KEEP and not said.at_most and not wish.every:
        text = f"{number} {metric.name} a week, or {number} in all? They are added up, so none is kept"
        return wish, [Lack("S", "each", text)]
    again = wish.every and _verb(said) in ("more", "extra", "additional", "another", "new")
    if said.relative or value(said.way) == DROP or again:
        text = f"{_than(said, metric)} {A_SUM} in all"
        is_limit = falls(said, metric) or metric.direction is Direction.DOWN
        return replace(wish, at_most=wish.at_most or is_limit), [Lack("S", "number", text)]
    if metric.unit == "money" and said.metric and said.metric.said.lower() in COUNTED_OFTEN and number.isdigit():
        orders = replace(wish, metric="orders")  # the example counts them
        return orders, [Lack("S", "number", f"{number} sales, or an amount of money? Say “orders”, or the currency")]
    return wish, []


def falls(said: Sentence, metric: Metric) -> bool:
    """Whether less is asked for; to improve what one wants less of is to lower it."""
    return value(said.way) == DROP or (_verb(said) in BETTER and metric.direction is Direction.DOWN)


def _than(said: Sentence, metric: Metric) -> str:
    """ "20% more than when?", "20% more than last month?"."""
    compared = "less" if falls(said, metric) else "more"
    than = (
        f"{_LIKE.sub('than ', said.than.said)}?"
        if said.than is not None and said.than.value != BEFORE
        else "than when?"
    )
    return f"{value(said.amount)} {compared} {than}"


def _ratio(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    number, way = value(said.amount), value(said.way)
    if way == KEEP or said.throughout is not None:
        return replace(wish, target=number, keep=True), []
    points = said.amount is not None and said.amount.in_points
    more = said.relative or (_verb(said) in CHANGES or _verb(said) == "less")
    if not more or way == REACH:
        return replace(wish, target=number), []
    if metric.unit == "%" and not points:
        text = f"{number} of what it is, or {number.rstrip('% ')} percentage points? Say where it should end: “to …”"
        return replace(wish, target=number), [Lack("S", "number", text)]
    return (replace(wish, drop=number) if way == DROP else replace(wish, gain=number)), []


def _people(wish: Wish, said: Sentence, metric: Metric) -> tuple[Wish, list[Lack]]:
    if "%" in value(said.amount):
        wish = replace(wish, target="", typical_day=True, at_most=wish.at_most or falls(said, metric))
        return wish, [Lack("S", "number", f"{_than(said, metric)} {A_DAY}")]
    if said.relative or _verb(said) in CHANGES:
        number = value(said.amount)
        changed = replace(wish, drop=number) if value(said.way) == DROP else replace(wish, gain=number)
        return changed, []
    return replace(wish, target=value(said.amount)), []


Numbered = Callable[[Wish, Sentence, Metric], "tuple[Wish, list[Lack]]"]
_NUMBERS: dict[Kind, Numbered] = {
    Kind.LEVEL: _level, Kind.FLOW: _flow, Kind.RATIO: _ratio, Kind.UNIQUE: _people, Kind.ROLLING: _people,
}  # fmt: skip


def _on_average(said: Sentence, metric: Metric, days: int) -> Lack | None:
    """That a mean of weeks is a number in all, and that a number a week looks at each of them."""
    if metric.kind not in (Kind.FLOW, Kind.LEVEL) or said.averaged is None:
        return None
    if said.each is None or metric.kind is Kind.LEVEL:
        return Lack("S", "each", f"“{said.averaged.said}” over which days? Say how many by the deadline")
    asked, whole = _asked(said, metric), _over(value(said.amount), said.each.value, days)
    one = f"“{whole} {metric.name}” by the deadline" if whole else "how many by the deadline"
    text = f"“{said.averaged.said}” adds all of it up: say {one}; “{asked}” looks at each {said.each.value} by itself"
    return Lack("S", "each", text)


def _other_rate(said: Sentence, metric: Metric, days: int) -> Lack | None:
    """Why a number a day or a year is no goal here; a week and a month are."""
    assert said.each is not None, "asked of a rate only"
    unit, number = said.each.value, value(said.amount)
    whole = _over(number, unit, days) or number
    people = metric.kind in (Kind.UNIQUE, Kind.ROLLING)
    if (metric.kind is Kind.FLOW and unit in PERIODS) or (people and unit == "day"):
        return None
    if metric.kind is Kind.FLOW:
        return Lack("S", "each", _two_forms(said, metric, days))
    if metric.kind is Kind.RATIO:
        return Lack("S", "each", f"{metric.name} is one number for all days: leave out “{said.each.said}”")
    if people:
        return Lack("M", "each", f"{metric.name} cannot be added up over a {unit}: aim at a typical day")
    more = f"lose {whole}" if value(said.way) == DROP else f"gain {whole}"
    return Lack("S", "each", f"{_asked(said, metric)}: say how many by the deadline, as “{more} {metric.name}”")


_LIKE = re.compile(r"^(?:as|above|beyond) ", re.IGNORECASE)
PERIODS = ("week", "month")  # that a target may count anew in
DAYS_OF = {"day": 1, "week": 7, "fortnight": 14, "month": 30.44, "quarter": 91.31, "year": 365.25}


def _days(wish: Wish, as_of: int) -> int:
    """How long a wish runs, its deadline included; 90 where it says none."""
    if not wish.deadline:
        return 90
    first = max(parse_day(wish.start, as_of), as_of) if wish.start else as_of
    return max(parse_day(wish.deadline, as_of) - first + 1, 1)


def _two_forms(said: Sentence, metric: Metric, days: int) -> str:
    """What 3 a day is in all, and by the week, 60 a quarter by the month: a goal is one of these."""
    unit, number = (said.each.value if said.each else ""), value(said.amount)
    asked = f"{_asked(said, metric)}: a goal counts in all, by the week or by the month"
    if (whole := _over(number, unit, days)) == "":
        return asked
    most = f"{said.limit.said} " if said.limit else ""
    every = "week" if unit in ("day", "fortnight") else "month"
    part = _over(number, unit, DAYS_OF[every])
    in_all = f"{asked}. “{most}{whole} {metric.name}” by the deadline says the same"
    return f"{in_all}, or “{most}{part} {metric.name} a {every}”" if part else in_all


def _asked(said: Sentence, metric: Metric) -> str:
    """ "1 lead a month", as it was said."""
    parts: tuple[Part | None, ...] = (said.amount, said.metric, said.each)
    if said.amount and said.each and said.amount.begin == said.each.begin:  # "daily posts"
        parts = parts[1:] if said.metric and said.metric.begin < said.each.begin else parts[:2]
    elif said.amount and said.amount.said.lower() in TIMES:  # "post twice daily"
        parts = (said.metric, said.amount, said.each)
    return " ".join(part.said if part else metric.name for part in parts)


def _over(number: str, unit: str, days: float) -> str:
    """ "€ 3,635" of "€ 500" a month over 221 days, with its currency; '' where it is no plain number, or nothing."""
    try:
        many, sign = parse_number(number, "it")
    except WrongUseError:
        return ""
    count = round(many * days / DAYS_OF[unit])
    if sign == "%" or count < 1:
        return ""
    return f"{sign} {count:,}".strip()


def _in_all(wish: Wish, said: Sentence, metric: Metric, as_of: int) -> Wish:
    """For an example: a number a month as what that makes until the deadline."""
    number, unit = value(said.amount), said.each.value if said.each else ""
    if metric.kind in (Kind.UNIQUE, Kind.ROLLING):
        return replace(wish, target=number, typical_day=True)
    whole = "" if metric.kind is Kind.RATIO else _over(number, unit, _days(wish, as_of))
    if not whole:
        return replace(wish, target=number)
    if metric.kind is not Kind.LEVEL:
        return replace(wish, target=whole)
    return replace(wish, drop=whole) if value(said.way) == DROP else replace(wish, gain=whole)


def _other_form(said: Sentence, metric: Metric) -> Lack | None:
    """That a typical day is for people, and people are not kept."""
    people = metric.kind in (Kind.UNIQUE, Kind.ROLLING)
    if said.typical_day is not None and not people:
        return Lack("S", "each", f"a typical day is for counts of people; of {metric.name} say how many in all")
    if people and (value(said.way) == KEEP or said.throughout is not None):
        return Lack("S", "way", "a typical day is judged on the deadline: say “reach”, not “keep”")
    return None


def _contradiction(said: Sentence, metric: Metric) -> Lack | None:
    """More of what one wants less of."""
    verb = _verb(said)
    least = said.limit is not None and said.limit.value == "least"
    is_up = verb in (*RISING, *RAISED, "gain", "win", "up") and verb not in BETTER
    if metric.direction is Direction.DOWN and (is_up or least):
        why = f"less {metric.name} is better: lower it, or say “at most”"
        return Lack("S", "way", why)
    is_most = said.at_most and verb not in (*FALLING, *LOWERED)
    if is_most and verb in (*RISING, *RAISED, "up"):
        return Lack("S", "way", f"“{verb}” and “{said.limit.said if said.limit else ''}”: which way should it go?")
    return None


def bad_number(wish: Wish, metric: Metric) -> Lack | None:
    """Why the number cannot be meant of this metric: two numbers in one, another unit."""
    flag = "--gain" if wish.gain or wish.drop else "--target"
    text = wish.number
    if not text or is_share(text, flag, metric):
        return None
    try:
        in_metric(*parse_number(text, "it"), metric, "it")
    except WrongUseError as error:
        if _DECIMAL_COMMA.fullmatch(text):
            return Lack("S", "number", f"“{text}”: write {_plain(text)}, with a dot")
        hints = f" ({', '.join(error.hints)})" if error.hints else ""
        return Lack("S", "number", f"{error.headline.removeprefix('it: ')}{hints}".replace("it ", ""))
    return None


def one_reading(wish: Wish) -> Wish:
    """For an example: a number that could be two, as one of them; one that is too large, cut."""
    target, gain, drop = (_plain(text) for text in (wish.target, wish.gain, wish.drop))
    return replace(wish, target=target, gain=gain, drop=drop)


def _plain(text: str) -> str:
    """ "1.5k" of "1,5k"; "1400" of "1.400"."""
    comma = _DECIMAL_COMMA.fullmatch(text)
    return f"{comma[1]}.{comma[2]}" if comma else "".join(c for c in text if c.isdigit())[:MOST_DIGITS]


def _verb(said: Sentence) -> str:
    return said.way.said.lower() if said.way else ""


def value(part: Part | None) -> str:
    """What a part means; '' where it was not said."""
    return part.value if part else ""
