"""The numbers of a sentence: how many, from where, and what else stands there that nobody can place."""

import re
from typing import NamedTuple

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import Part, Slate, Unclear

_SIGNS = r"us\$|r\$|[€$£¥₹]"
_CODES = "|".join((*words.CODES, *words.MONEY))
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<cur>{_SIGNS}|(?:{_CODES})(?=[\s\d]))\s?)?(?P<sign>[+-])?"
    r"(?P<digits>\d{1,3}(?: \d{3})+(?!\d)|\d[\d.,]*\d|\d)"
    rf"(?P<scale>\s?(?:{'|'.join(sorted(words.SCALES, key=len, reverse=True))})(?![a-z]))?"
    rf"(?:\s?(?P<unit>%|(?:percentage points?|pp|percent|per cent|{_CODES})(?!\w)|{_SIGNS}))?(?!\w|[.,]\d)"
)
_ONES = "|".join(sorted(words.ONES, key=len, reverse=True))
_TENS = "|".join(words.TENS)
_SMALL = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_ONES})"
_HUNDREDS = rf"(?:(?:an? |{_SMALL}[ -])?(?:hundred|dozen)(?!s)(?: (?:and )?{_SMALL})?|{_SMALL})"
_SAID = rf"(?:(?:half an? |an? |{_HUNDREDS}[ -])?(?:thousand|million)(?!s)(?: (?:and )?{_HUNDREDS})?|{_HUNDREDS})"
_WORDS = re.compile(
    rf"(?<![\w'.,-])(?<!\d )(?P<said>{_SAID})(?![\w'])(?! (?:{_ONES}|{_TENS}|hundred|thousand|million)\b)"
)
_TIMES = re.compile(
    rf"(?<![\w'])(?P<times>{'|'.join(words.TIMES)})(?=\s*/|\s+(?:a|an|per|each|every)\s+(?:single\s+)?"
    rf"(?:{'|'.join(words.UNITS)})(?!\w)|\s+(?:{'|'.join(words.LY)})(?!\w))"
)
_BY_HALF = re.compile(r"(?<![\w'])(?:by|in) half(?![\w'])(?! (?:an?|the|of)\b)")
_NO_ONE = re.compile(r"\b(?:no|any|this|that|each|every|which) one\b|\bone (?:of|day|goal|by)\b")
_DIGITS = re.compile(r"[^\s\0,;]*\d[^\s\0]*")
_WHERE = re.compile(r"(?:^|[\s\0(])(?P<prep>by|to|from|of|at)\s+(?:about\s+|around\s+|a\s+)?[\0\s]*$")


class Numbers(NamedTuple):
    """How many (`prep`: the word before it), from where, what is left over; `others`: more numbers than a goal has."""

    amount: Part | None = None
    prep: str = ""
    baseline: Part | None = None
    unclear: tuple[Unclear, ...] = ()
    others: tuple[Part, ...] = ()


def read_numbers(slate: Slate) -> Numbers:
    """Takes the numbers out: one is how many, one behind "from" is where it begins; more are a question."""
    times = [("", _often(slate, match)) for match in _TIMES.finditer(slate.plain) if _is_left(slate, match)]
    found = times + [(_before(slate.left, match.start()), _taken(slate, match)) for match in _matches(slate.left)]
    found += [("by", slate.take(*match.span(), "50%")) for match in _BY_HALF.finditer(slate.left)]
    if any(part.in_points for _, part in found):
        found = [(prep or "by", part) for prep, part in found]
    begun = [part for prep, part in found if prep == "from"]
    rest = [(prep, part) for prep, part in found if prep != "from"]
    left = [_taken_as(slate, match).said for match in _DIGITS.finditer(slate.left)]
    unclear = [Unclear("S", said, f"“{said}” is no number that I can place") for said in left]
    if len(rest) > 1 or len(begun) > 1:
        said = [part.said for _, part in found]
        unclear.append(Unclear("S", "numbers", f"{_listed(said)}: which number is the goal? One goal each"))
    if begun and not rest:
        unclear.append(Unclear("S", "number", f"“from {begun[0].said}”: to how many?"))
    prep, amount = rest[0] if rest else ("", None)
    others = tuple(part for _, part in rest[1:])
    return Numbers(amount, prep, begun[0] if begun else None, tuple(unclear), others)


def _is_left(slate: Slate, match: "re.Match[str]") -> bool:
    return slate.left[match.start() : match.end()] == match[0]


def _often(slate: Slate, match: "re.Match[str]") -> Part:
    return slate.take(*match.span(), str(words.TIMES[match["times"]]))


def _listed(said: list[str]) -> str:
    quoted = [f"“{each}”" for each in said]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _matches(text: str) -> "list[re.Match[str]]":
    said = (match for match in _WORDS.finditer(text) if match[0] != "one" or not _NO_ONE.search(text, *_near(match)))
    return sorted((*_NUMBER.finditer(text), *said), key=lambda match: match.start())


def _near(match: "re.Match[str]") -> tuple[int, int]:
    return max(match.start() - 6, 0), match.end() + 6


def _before(text: str, at: int) -> str:
    match = _WHERE.search(text[:at])
    return match["prep"] if match else ""


def _spelled(said: str) -> int:
    """21,000 of "twenty-one thousand"."""
    whole, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", said):
        if word in ("hundred", "dozen"):
            part = (part or 1) * words.SPELLED[word]
        elif word in ("thousand", "million"):
            whole, part = (whole + (part or 1)) * words.SPELLED[word], 0.0
        else:
            part += words.SPELLED.get(word, 0)  # "a" and "and" add nothing
    return int(whole + part)


def _taken(slate: Slate, match: "re.Match[str]") -> Part:
    if "said" in match.re.groupindex:
        return slate.take(*match.span(), str(_spelled(match["said"])))
    unit = " ".join((match["unit"] or match["cur"] or "").split())
    if unit.startswith("per") or unit == "pp":
        unit = "%"
    unit = words.MONEY.get(unit, unit).upper()
    digits, scale = _scaled(match["digits"], (match["scale"] or "").strip())
    number = f"{match['sign'] or ''}{digits}{scale}"
    both = match["unit"] and match["cur"]
    value = slate.text[match.start() : match.end()] if both else number + "%" if unit == "%" else f"{unit} {number}"
    return slate.take(*match.span(), value.strip())


def _scaled(digits: str, said: str) -> tuple[str, str]:
    """("3", "m") of "3 million": the letter that a number is typed with."""
    scale = words.SCALES.get(said, "")
    if scale not in ("h", "b"):
        return digits, scale
    count = digits.replace(",", "").replace(" ", "") if not re.search(r"[.,]\d{1,2}$", digits) else ""
    return (f"{count}00", "") if scale == "h" and count else (f"{count}000", "m") if count else (digits, said)


def _taken_as(slate: Slate, match: "re.Match[str]") -> Part:
    return slate.take(*match.span())
