"""Which way a sentence goes: its verb, and what stands around its number ("by 20", "to 1,226", "20 more")."""

import re
from typing import NamedTuple

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import Part, Sentence, Slate, Unclear

_CHANGES = ("gain", "win", "add", "lose")


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
    verbs = _verbs(slate)
    unclear = _two_ways(verbs)
    if verbs.multiple is not None:
        if said.amount is not None:
            why = f"“{verbs.multiple.said}” and “{said.amount.said}”: which of them is the goal?"
            return said, [*unclear, Unclear("S", "numbers", why)]
        way = words.DROP if verbs.multiple.said.lower() == "halve" else words.GAIN
        return said._replace(amount=verbs.multiple, way=verbs.multiple._replace(value=way), relative=True), unclear
    if said.amount is not None and (sign := re.search(r"[+-]", said.amount.value)):
        way = words.DROP if sign[0] == "-" else words.GAIN
        plain = said.amount._replace(value=re.sub(r"[+-]", "", said.amount.value))
        unclear += _against(verbs, plain, way, prep)
        return said._replace(amount=plain, way=plain._replace(value=way)), unclear
    return _with(said, verbs, prep), unclear


def _verbs(slate: Slate) -> Verbs:
    multiple = next((p for word, value in words.DOUBLE.items() if (p := slate.any_of((word,), value))), None)
    rising = slate.any_of(words.RISING, words.GAIN)
    falling = slate.any_of(words.FALLING, words.DROP)
    kept = slate.any_of(words.VERBS[words.KEEP], words.KEEP)
    have, gain, drop = (slate.any_of(words.VERBS[way], way) for way in (words.REACH, words.GAIN, words.DROP))
    if have is not None and have.said.lower() == "have" and (gain or drop):
        have = None  # "will have gained"
    more, fewer = slate.any_of(words.MORE, words.GAIN), slate.any_of(words.FEWER, words.DROP)
    return Verbs(rising, falling, kept, have or gain or drop, more, fewer, multiple)


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
    to_there = prep == "to" or (strong is not None and said.limit is not None)
    if to_there or (said.baseline is not None and not changes):
        limit = said.limit or (verbs.falling._replace(value="most") if verbs.falling else None)
        return said._replace(way=way._replace(value=words.REACH), limit=limit)
    return said._replace(way=way, relative=strong is not None)
