"""Which way a sentence goes: its verb, and what stands around its number ("by 20", "to 1,226", "20 more")."""

import re
from typing import NamedTuple

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import Part, Sentence, Slate, Unclear

_CHANGES = ("gain", "win", "add", "lose")
_UPWARDS = "|".join(sorted(words.UPWARDS, key=len, reverse=True))
UP_TO = re.compile(  # "get leads up to 100" is where it ends, "post up to 4" a limit, and so is "grow by up to 4"
    rf"(?<![\w'])(?:(?:{_UPWARDS})(?:\s+(?!by\s)[^\d,;]*?)?|(?:have|see)\s+[^\d,;]*\0[^\d,;]*?)"
    r"\s*(?<!by )(?<![\w'-])up to(?!\w)"
)
_PARTICLE = re.compile(  # "bring costs down by 20", "followers up 20%", "20% up"
    r"(?<![\w'-])(?:up|down)(?=\s+(?:by|to|from)(?!\w))|(?<=\0 )(?:up|down)(?![\w-])"
)
_HAVE = re.compile(r"(?<!\w)(?:have|has|had|having|'ve|be|been|get|getting|got|see)(?!\w)")
_NEARLY = re.compile(r"[\s\0]*(?:(?:a|an|the|about|at|least|most|some|of)\s+)*", re.IGNORECASE)


class Verbs(NamedTuple):
    """What was said of the way, as far as it was."""

    rising: Part | None
    falling: Part | None
    kept: Part | None
    plain: Part | None
    more: Part | None
    fewer: Part | None
    multiple: Part | None  # double, twice, half


def read_way(slate: Slate, said: Sentence, prep: str) -> tuple[Sentence, list[Unclear]]:
    """`said` with its way; two ways at once are a question. `prep`: the word before the number."""
    verbs, unclear = _governing(_verbs(slate), said, prep)
    unclear += _two_ways(verbs)
    if verbs.multiple is not None:
        if said.amount is not None:
            why = f"“{verbs.multiple.said}” and “{said.amount.said}”: which of them is the goal?"
            return said, [*unclear, Unclear("S", "numbers", why)]
        way = words.DROP if verbs.multiple.said.lower() in ("halve", "halved") else words.GAIN
        return said._replace(amount=verbs.multiple, way=verbs.multiple._replace(value=way), relative=True), unclear
    if said.amount is not None and (sign := re.search(r"[+-]", said.amount.value)):
        way = words.DROP if sign[0] == "-" else words.GAIN
        plain = said.amount._replace(value=re.sub(r"[+-]", "", said.amount.value))
        unclear += _against(verbs, plain, way, prep)
        return said._replace(amount=plain, way=plain._replace(value=way)), unclear
    return _with(said, verbs, prep), [*unclear, *_by_what(said, verbs, prep)]


def _verbs(slate: Slate) -> Verbs:
    multiple = next((p for word, value in words.DOUBLE.items() if (p := slate.any_of((word,), value))), None)
    rising = slate.any_of(words.RISING, words.GAIN) or _done(slate, words.RAISED, words.GAIN)
    falling = slate.any_of(words.FALLING, words.DROP) or _done(slate, words.LOWERED, words.DROP)
    if (particle := _particle(slate)) is not None:  # two ways at once are asked about
        rising = rising or (particle if particle.value == words.GAIN else None)
        falling = falling or (particle if particle.value == words.DROP else None)
    kept = slate.any_of(words.VERBS[words.KEEP], words.KEEP)
    have, gain, drop = (slate.any_of(words.VERBS[way], way) for way in (words.REACH, words.GAIN, words.DROP))
    if have is not None and have.said.lower() == "have" and (gain or drop or rising or falling):
        have = None  # "will have gained"
    more, fewer = slate.any_of(words.MORE, words.GAIN), slate.any_of(words.FEWER, words.DROP)
    return Verbs(rising, falling, kept, have or gain or drop, more, fewer, multiple)


def _done(slate: Slate, verbs: tuple[str, ...], way: str) -> Part | None:
    """ "Will have increased": such a word is a verb only behind "have"."""
    found = slate.any_of(verbs, way)
    return found if found is not None and _HAVE.search(slate.plain, 0, found.begin) else None


def _particle(slate: Slate) -> Part | None:
    """The "down" of "bring costs down by 20"."""
    match = _PARTICLE.search(slate.left)
    if match is None:
        return None
    return slate.take(*match.span(), words.DROP if match[0] == "down" else words.GAIN)


def _governing(verbs: Verbs, said: Sentence, prep: str) -> tuple[Verbs, list[Unclear]]:
    """Without a verb that stands apart from the number, where another stands nearer; asked where they go apart."""
    strong, plain, amount = verbs.falling or verbs.rising, verbs.plain, said.amount
    if strong is None or plain is None or amount is None:
        return verbs, []
    last = max(amount.end, said.metric.end if said.metric else 0)
    is_behind = strong.begin >= last and not _NEARLY.fullmatch(said.text, amount.end, strong.begin)
    is_before = strong.begin < plain.begin < amount.begin and plain.value != words.REACH and prep not in ("to", "by")
    if not (is_behind or is_before):
        return verbs, []
    unclear = [Unclear("S", "way", f"“{plain.said}” and “{strong.said}”: which way should it go?")]
    is_same = plain.value == strong.value or (plain.value == words.REACH and strong.value == words.GAIN)
    return verbs._replace(rising=None, falling=None), [] if is_same else unclear


def _by_what(said: Sentence, verbs: Verbs, prep: str) -> list[Unclear]:
    """ "Have followers by 50": a change that nobody can tell the way of."""
    if prep != "by" or said.amount is None or said.amount.in_points:
        return []
    changes = (verbs.rising, verbs.falling, verbs.more, verbs.fewer)
    if any(changes) or (verbs.plain is not None and verbs.plain.value != words.REACH and verbs.kept is None):
        return []
    why = f"“by {said.amount.said}”: more or fewer? Say “increase … by”, “lower … by”, or how many in all"
    return [Unclear("S", "way", why)]


def _two_ways(verbs: Verbs) -> list[Unclear]:
    change = verbs.plain if verbs.kept and verbs.plain and verbs.plain.said.lower() in _CHANGES else None
    ways = [verb for verb in (verbs.rising, verbs.falling, change, verbs.kept, verbs.multiple) if verb is not None]
    if len(ways) < 2:
        return []
    return [Unclear("S", "way", f"“{ways[0].said}” and “{ways[1].said}”: which way should it go?")]


def _against(verbs: Verbs, amount: Part, way: str, prep: str) -> list[Unclear]:
    """A sign that says another way than the verb: "gain -20", "lose +20", "to -3"."""
    verb = verbs.rising or verbs.falling or verbs.kept or verbs.plain
    other = (words.DROP,) if way == words.GAIN else (words.GAIN, words.REACH, words.KEEP)
    if verb is not None and verb.value in other:
        return [Unclear("S", "way", f"“{verb.said}” and “{amount.said}”: which way should it go?")]
    if prep == "to" and way == words.DROP:
        return [Unclear("S", "number", f"“to {amount.said}” ends below 0: say by how many, or a number above 0")]
    return []


def _with(said: Sentence, verbs: Verbs, prep: str) -> Sentence:
    strong = verbs.falling or verbs.rising
    way = verbs.kept or strong or verbs.fewer or verbs.more or verbs.plain
    if way is None or verbs.kept is not None:
        return said._replace(way=way)
    changes = bool(verbs.more or verbs.fewer) or prep == "by"
    reached = verbs.plain is not None and verbs.plain.value == words.REACH and verbs.plain.said.lower() != "have"
    to_there = prep == "to" or (strong is not None and (said.limit is not None or (reached and prep != "by")))
    if to_there or (said.baseline is not None and not changes):
        limit = said.limit or (verbs.falling._replace(value="most") if verbs.falling else None)
        return said._replace(way=way._replace(value=words.REACH), limit=limit)
    return said._replace(way=way, relative=strong is not None)
