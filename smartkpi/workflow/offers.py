"""What a refusal may offer as an example: what was said, made whole; never turned round, never another number."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.sentence.nouns import Part, Sentence
from smartkpi.model.sentence.words import CODES, DROP, KEEP, LOADED, MONEY, REACH, RISING
from smartkpi.workflow.amounts import BETTER
from smartkpi.workflow.phrasing import STAND_IN
from smartkpi.workflow.understood import EVERYDAY, Heard, Names, heard
from smartkpi.workflow.whose import near
from smartkpi.workflow.wish import Wish

HARMLESS = ("without", "except", "excluding", "unless", "only")  # dropped, they turn nothing round
_NOT = re.compile(r"(?<!\w)(?:not|no|never|none|nobody|avoid|stop|\w+n't|cannot|dont)(?!\w)")
_LOSS = re.compile(r"(?<!\w)(?:lose|losing|lost)(?!\w)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_SCALED = re.compile(r"(\d+),(\d+) ?([km])", re.IGNORECASE)
_CURRENCY = re.compile(rf"(?<![A-Z])(?:{'|'.join(CODES).upper()})(?![A-Z])|[€£$¥₹]")  # "CPC" is none
_PART_OF = re.compile(r"(?<!\w)(?:half|third|quarter|tenth|fifth|twice|times)(?!\w)")
_PART_OF_ONE = re.compile(r"[\s-]*(?:cents?|ct|pence|p|pp|bps?)(?!\w)", re.IGNORECASE)  # "20 cents" are no 20
_TIME = re.compile(r"[\s-]*(?:hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?)(?!\w)", re.IGNORECASE)
SHORTEST = 5  # letters of a word that may be a typing error
TRIES = 4  # what lacks more than that gets no example that was tried


class Tried(NamedTuple):
    """Wishes to offer; `whose` = the question that is still open, where it was answered for each of them."""

    wishes: tuple[Wish, ...]
    whose: AccountNeededError | None = None


def offerable(passing: Wish, said: Heard, metrics: Mapping[str, Metric]) -> Wish:
    """`passing` where it keeps the writer's way, number, unit and metric; else with an open number (`STAND_IN`)."""
    metric = metrics.get(passing.metric)
    if metric is None or said.sentence is None:
        return passing
    passing = _in_their_unit(_in_their_words(passing, said.sentence, metric), said.sentence, metric)
    return passing if _is_kept(passing, said, metric) else _open(passing, said, said.sentence, metric)


def unknown_words(said: Heard) -> bool:
    """Whether words stand where the metric should: no other metric is offered then."""
    sentence = said.sentence
    if sentence is None:
        return False
    if is_a_time(sentence):
        return not said.wish.metric or any(lack.part == "metric" for lack in said.lacks)
    if sentence.metric is not None or said.wish.metric:
        return False
    is_thing = sentence.platform is not None and sentence.platform.value in EVERYDAY  # "send 1 newsletter a week"
    return is_thing or bool(sentence.unread) or _is_negated(sentence) or any(u.what in LOADED for u in sentence.unclear)


def is_a_time(said: Sentence) -> bool:
    """Whether the number counts hours: "within 2 hours" is nothing of what is counted here."""
    return said.amount is not None and _TIME.match(said.text, said.amount.end) is not None


def _in_their_words(passing: Wish, said: Sentence, metric: Metric) -> Wish:
    """A limit stays one; so many a day are seven times as many a week; "1.200" of what is counted is 1200."""
    if said.amount is None:
        return passing
    text = said.amount.value
    plain = _plain(text, metric)
    if plain != text and passing.target:
        return replace(passing, target=plain)
    if plain != text:
        return replace(passing, drop=plain) if passing.drop else replace(passing, gain=plain)
    if metric.kind is not Kind.FLOW or said.each is None:
        return passing
    passing = replace(passing, at_most=passing.at_most or _limit(said) == "most")
    if said.each.value == "day" and (number := re.fullmatch(r"(\D*)(\d+)", text)) is not None:
        return replace(passing, target=f"{number[1]}{7 * int(number[2])}", every="week")
    return passing


def _in_their_unit(passing: Wish, said: Sentence, metric: Metric) -> Wish:
    """With the currency that was said."""
    unit = _CURRENCY.search(said.amount.value) if said.amount and metric.unit == "money" else None
    if unit is None or not passing.target or _CURRENCY.search(passing.target):
        return passing
    return replace(passing, target=f"{unit[0]} {passing.target}")


def _is_kept(passing: Wish, said: Heard, metric: Metric) -> bool:
    sentence = said.sentence
    if sentence is None:
        return True
    if sentence.metric is not None and sentence.metric.value != passing.metric:
        return any(metric.name in lack.text for lack in said.lacks)  # "10 sales": the question itself names orders
    if _is_negated(sentence) or any(u.what in LOADED and u.what not in HARMLESS for u in sentence.unclear):
        return False
    return (
        _keeps_number(passing, said, metric)
        and _keeps_way(passing, sentence, metric)
        and (metric.kind is not Kind.LEVEL or _keeps_end(passing, said.wish))
    )


def _keeps_end(passing: Wish, said: Wish) -> bool:
    """What was to be reached is never offered as a gain."""
    was = (bool(said.target), bool(said.gain), bool(said.drop))
    return not any(was) or was == (bool(passing.target), bool(passing.gain), bool(passing.drop))


def _keeps_number(passing: Wish, said: Heard, metric: Metric) -> bool:
    sentence, number = said.sentence, _digits(passing.target or passing.gain or passing.drop)
    if sentence is None or sentence.amount is None:
        return sentence is None or not _says_some_number(sentence)  # none was said: any is an example
    text = sentence.amount.value
    of_each = _only(said, "each", "deadline", "where") and metric.kind not in (Kind.UNIQUE, Kind.ROLLING)
    if "%" in passing.target and metric.unit != "%":
        return False  # so much is no end of what is counted
    other_unit = _PART_OF_ONE.match(sentence.text, sentence.amount.end) is not None
    if other_unit or any(u.what == "numbers" for u in sentence.unclear):
        return False
    if number not in (_digits(text), _digits(_plain(text, metric))) and not of_each:
        return False
    asked = [lack for lack in said.lacks if lack.part == "number"]
    is_way = metric.kind is Kind.RATIO and bool(passing.gain or passing.drop)
    return not asked or is_way or _plain(text, metric) != text


def _says_some_number(said: Sentence) -> bool:
    """Whether a number stands there that cannot be read: "20p", "by a third"."""
    if said.than is not None:
        return True  # "more than last month"
    unread = [u.what for u in said.unclear] + [part.said for part in said.unread]
    return any(word == "numbers" or any(c.isdigit() for c in word) or _PART_OF.search(word) for word in unread)


def _plain(text: str, metric: Metric) -> str:
    """ "1.200" and "1,5k" of what is counted can mean one number only."""
    if metric.kind not in (Kind.FLOW, Kind.LEVEL) or metric.unit == "money":
        return text
    return text.replace(".", "") if _GROUPED.fullmatch(text) else _SCALED.sub(r"\1.\2\3", text)


def _only(said: Heard, *parts: str) -> bool:
    found = {lack.part for lack in said.lacks}
    return "each" in found and found <= set(parts)


def _digits(text: str) -> str:
    return "".join(text.replace(",", "").split()).lower()


def _keeps_way(passing: Wish, said: Sentence, metric: Metric) -> bool:
    falls, limit = _falls(said), _limit(said)
    if falls and (limit or metric.kind is Kind.LEVEL):
        return bool(passing.drop) and limit != "most"
    down = bool(passing.at_most or passing.drop) or metric.direction is Direction.DOWN
    if limit == "most" or falls:
        return down
    rises = limit == "least" or (
        said.way is not None and said.way.said.lower() in {*RISING, "gain", "win"}.difference(BETTER)
    )
    return not (down and rises)


def _open(passing: Wish, whole: Heard, said: Sentence, metric: Metric) -> Wish:
    """The way that was said, with a number still to be put in."""
    number = _stand_in(passing, said, metric)
    loose = replace(passing, target="", gain="", drop="", at_most=False, baseline="", keep=False, every="")
    falls, limit = _falls(said), _limit(said)
    negated = _is_negated(said)
    if negated:
        limit = {"most": "least", "least": "most"}.get(limit, limit)
    kept = said.way is not None and said.way.value == KEEP
    if metric.kind is Kind.LEVEL:
        return _open_level(
            loose, number, falls=falls, limit=limit, kept=kept or (negated and falls), reaches=_reaches(whole, said)
        )
    if metric.kind is Kind.RATIO:
        most = (limit == "most" or falls) and metric.direction is not Direction.DOWN
        return replace(loose, target=number, keep=kept, at_most=most)
    if metric.kind in (Kind.UNIQUE, Kind.ROLLING):
        return replace(loose, target=number, typical_day=True)
    most = limit == "most" or (falls and not negated) or metric.direction is Direction.DOWN
    is_one = said.each is not None and not any(u.what == "numbers" for u in said.unclear)
    every = "month" if is_one and said.each is not None and said.each.value == "month" else "week" if is_one else ""
    return replace(loose, target=number, at_most=most and metric.unit != "money", every=every)


def _open_level(loose: Wish, number: str, *, falls: bool, limit: str, kept: bool, reaches: bool) -> Wish:
    if kept or limit == "most":  # "lose fewer than 5" is a floor, "at most 2,000" a ceiling
        return replace(loose, target=number, keep=True, at_most=limit == "most" and not falls)
    if falls:
        return replace(loose, drop=number)
    return replace(loose, target=number) if reaches else replace(loose, gain=number)


def _reaches(whole: Heard, said: Sentence) -> bool:
    return bool(whole.wish.target) or (said.way is not None and said.way.value == REACH)


def _stand_in(passing: Wish, said: Sentence, metric: Metric) -> str:
    if metric.unit == "%":
        return f"{STAND_IN}%"
    if metric.unit != "money":
        return STAND_IN
    text = f"{said.amount.value if said.amount else ''} {passing.target}"
    if (unit := _CURRENCY.search(text)) is None:
        unit = _CURRENCY.search(said.text) or _CURRENCY.search(
            " ".join(MONEY.get(word, "") for word in said.text.lower().split())
        )
    return f"{unit[0]} {STAND_IN}" if unit else STAND_IN


def _falls(said: Sentence) -> bool:
    if said.way is None:
        return bool(_LOSS.search(said.text.lower()))
    return said.way.value == DROP or said.way.said.lower() in ("lose", "losing", "lost")


def _limit(said: Sentence) -> str:
    return said.limit.value if said.limit else ""


def _is_negated(said: Sentence) -> bool:
    text = said.text.lower().replace("’", "'")
    if said.limit is not None:  # "no more than" is a limit, and no negation
        text = text[: said.limit.begin] + text[said.limit.end :]
    return bool(_NOT.search(text))


def nearly(said: Heard, names: Names) -> list[tuple[Part, str, str]]:
    """(unread word, the known one that it looks like, "metric" or "platform"), where one of these is not said."""
    sentence = said.sentence
    if sentence is None:
        return []
    known = names.vocabulary
    kinds: list[tuple[str, list[str]]] = []
    is_open = not said.wish.metric or any(lack.part == "metric" for lack in said.lacks)
    if sentence.metric is None and is_open:
        kinds.append(("metric", list(known.metrics)))
    if not said.wish.platform:
        kinds.append(("platform", [word for word, on in known.platforms.items() if on not in known.everyday]))
    found = []
    for part in sentence.unread:
        word = part.said.lower().strip(".,;:!?")
        for kind, phrases in kinds:
            if len(word) >= SHORTEST and (closest := _closest(word, phrases)):
                found.append((part, closest, kind))
                break
    return found


def _closest(word: str, phrases: Sequence[str]) -> str:
    from difflib import get_close_matches

    alike = get_close_matches(word, phrases, 3, 0.8)
    return next((each for each in alike if near(word, each) and each[0] == word[0]), "")  # "reviews" are no views


def without_slips(said: Heard, names: Names) -> Heard:
    """Less the questions about words that look like a platform: what they could mean is asked."""
    slips = tuple(f"“{part.said}”" for part, _, kind in nearly(said, names) if kind == "platform")
    if not slips:
        return said
    return said._replace(lacks=tuple(lack for lack in said.lacks if not lack.text.startswith(slips)))


def corrected(said: Heard, names: Names, wish: Wish, as_of: int) -> Heard | None:
    """What was said with its typing errors mended; None where none was found."""
    errors = nearly(said, names)
    if not errors or said.sentence is None:
        return None
    text = said.sentence.text
    for part, known, _ in sorted(errors, key=lambda each: -each[0].begin):
        text = text[: part.begin] + known + text[part.end :]
    return heard(replace(wish, title=text), names, as_of)


def tried(
    passing: Wish,
    stated: Callable[[Wish], object],
    whole: Callable[[Wish], Wish],
) -> Tried:
    """`passing` as far as it can be stated: made whole again where more is missing, once for each account."""
    for _ in range(TRIES):
        try:
            stated(passing)
        except AccountNeededError as error:
            each = [replace(passing, platform=on, accounts=(name,)) for on, name in error.accounts[:3]]
            more = [tried(wish, _once(stated), whole).wishes[0] for wish in each]
            return Tried(tuple(more) or (passing,), error)
        except NotSmartError as error:
            again = whole(error.would_pass) if isinstance(error.would_pass, Wish) else passing
            if again == passing or _is_open(passing):
                break
            passing = again
        except SmartKpiError:
            break
        else:
            break
    return Tried((passing,))


def _once(stated: Callable[[Wish], object]) -> Callable[[Wish], object]:
    """An account that was chosen is not asked for again."""

    def checked(wish: Wish) -> object:
        try:
            return stated(wish)
        except AccountNeededError:
            return None

    return checked


def _is_open(wish: Wish) -> bool:
    return any(STAND_IN in text for text in (wish.target, wish.gain, wish.drop))
