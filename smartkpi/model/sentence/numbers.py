"""The numbers of a sentence: how many, from where, and what else stands there that nobody can place."""

import re
from typing import NamedTuple

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import Part, Slate, Unclear

_SIGNS = r"us\$|r\$|[€$£¥₹]"
_CODES = "|".join((*words.CODES, *words.MONEY))
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<cur>{_SIGNS}|(?:{_CODES})(?=[\s\d]))\s?)?(?P<sign>[+-])?"
    r"(?P<digits>\d{1,3}(?: \d{3})+(?!\d)|\d[\d.,]*\d|\d)(?P<scale>\s?k(?![a-z])|\s?m(?![a-z]))?"
    rf"(?:\s?(?P<unit>%|(?:percentage points?|percent|per cent|{_CODES})(?!\w)|{_SIGNS}))?(?!\w|[.,]\d)"
)
_WORDS = re.compile(r"(?<![\w'])(?:" + "|".join(sorted(words.NUMBERS, key=len, reverse=True)) + r")(?![\w'])")
_DIGITS = re.compile(r"[^\s\0,;]*\d[^\s\0]*")
_WHERE = re.compile(r"(?:^|[\s\0(])(?P<prep>by|to|from|of|at)\s+(?:about\s+|around\s+|a\s+)?[\0\s]*$")


class Numbers(NamedTuple):
    """How many (`prep`: the word before it), from where, and what is left over."""

    amount: Part | None = None
    prep: str = ""
    baseline: Part | None = None
    unclear: tuple[Unclear, ...] = ()


def read_numbers(slate: Slate) -> Numbers:
    """Takes the numbers out: one is how many, one behind "from" is where it begins; more are a question."""
    found = [(_before(slate.left, match.start()), _taken(slate, match)) for match in _matches(slate.left)]
    if any("percentage point" in part.said.lower() for _, part in found):
        found = [(prep or "by", part) for prep, part in found]
    begun = [part for prep, part in found if prep == "from"]
    rest = [(prep, part) for prep, part in found if prep != "from"]
    if len(begun) == 1 and not rest:
        begun, rest = [], [("", begun[0])]
    left = [_taken_as(slate, match).said for match in _DIGITS.finditer(slate.left)]
    unclear = [Unclear("S", said, f"“{said}” is no number that I can place") for said in left]
    if len(rest) > 1 or len(begun) > 1:
        said = [part.said for _, part in found]
        unclear.append(Unclear("S", "numbers", f"{_listed(said)}: which number is the goal? One goal each"))
    prep, amount = rest[0] if rest else ("", None)
    return Numbers(amount, prep, begun[0] if begun else None, tuple(unclear))


def _listed(said: list[str]) -> str:
    quoted = [f"“{each}”" for each in said]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _matches(text: str) -> "list[re.Match[str]]":
    return sorted((*_NUMBER.finditer(text), *_WORDS.finditer(text)), key=lambda match: match.start())


def _before(text: str, at: int) -> str:
    match = _WHERE.search(text[:at])
    return match["prep"] if match else ""


def _taken(slate: Slate, match: "re.Match[str]") -> Part:
    said = match[0]
    if said in words.NUMBERS:
        return slate.take(*match.span(), str(words.NUMBERS[said]))
    unit = " ".join((match["unit"] or match["cur"] or "").split())
    if unit.startswith("per"):
        unit = "%"
    unit = words.MONEY.get(unit, unit).upper()
    scale = (match["scale"] or "").strip()
    number = f"{match['sign'] or ''}{match['digits']}{scale}"
    both = match["unit"] and match["cur"]
    value = slate.text[match.start() : match.end()] if both else number + "%" if unit == "%" else f"{unit} {number}"
    return slate.take(*match.span(), value.strip())


def _taken_as(slate: Slate, match: "re.Match[str]") -> Part:
    return slate.take(*match.span())
