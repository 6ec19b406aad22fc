"""What a sentence says of a goal, part by part, each with where it stood; and what could not be understood."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

YEAR_AGO = "year ago"  # compared with the same weekdays a year before
BEFORE = "before"  # compared with the days before the start
AGO = 364  # days: the same weekday about a year before


class Vocabulary(NamedTuple):
    """The names that a sentence may use, folded: lower case, single spaces, no hyphens or underscores.

    `everyday` are platforms whose words mean other things too ("website", "shop"): they are read as a platform only
    where `on`, `from` or `via` stands before them, or where nothing else explains them.
    """

    metrics: Mapping[str, str] = {}  # phrase -> metric id
    platforms: Mapping[str, str] = {}  # phrase -> platform id
    everyday: frozenset[str] = frozenset()
    accounts: tuple[tuple[str, str], ...] = ()  # (platform, name) as they are written
    campaigns: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()


class Part(NamedTuple):
    """One understood part: what it means, and the words that said it, at `begin` to `end` of the text."""

    value: str
    said: str
    begin: int
    end: int

    @property
    def in_points(self) -> bool:
        """Whether a number is so many percentage points: "2 percentage points", "2pp"."""
        said = self.said.lower()
        return "point" in said or said.endswith("pp")


class Unclear(NamedTuple):
    """What only the writer knows: the letter of SMART that it belongs to, what it concerns, and the question."""

    letter: str
    what: str
    why: str


class Sentence(NamedTuple):
    """The parts of a goal; None = not said. Values are texts: ids, numbers as typed, days as ISO.

    `way`: gain, drop (a change), reach (a target), keep, '' = not said. `relative` = "by" was said: more than before.
    `limit`: most or least. `each`: day, week, month, quarter or year. `within`: the first day of the time that was
    said ("this year", "in 4 weeks"), where that is no `start`: a sum counts from it. `client`: a name behind "for"
    that is no account yet. `averaged`: "on average" was said. `than`: what it is compared with (see `compared`).
    """

    text: str
    way: Part | None = None
    relative: bool = False
    amount: Part | None = None
    baseline: Part | None = None
    limit: Part | None = None
    metric: Part | None = None
    platform: Part | None = None
    accounts: tuple[Part, ...] = ()
    campaign: Part | None = None
    each: Part | None = None
    typical_day: Part | None = None
    averaged: Part | None = None
    throughout: Part | None = None
    within: Part | None = None
    than: Part | None = None
    start: Part | None = None
    deadline: Part | None = None
    purpose: Part | None = None
    why: Part | None = None
    client: Part | None = None
    unread: tuple[Part, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def at_most(self) -> bool:
        """Whether its number is a limit that is not to be passed."""
        return self.limit is not None and self.limit.value == "most"


class Slate:
    """A text of which parts are taken, one by one: what is taken is struck out, and found no more."""

    def __init__(self, text: str) -> None:
        self.text = text
        plain = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        self.plain = self.left = plain.translate(PLAIN)

    def take(self, begin: int, end: int, value: str = "") -> Part:
        """Strikes out, and says what stood there."""
        self.left = self.left[:begin] + STRUCK * (end - begin) + self.left[end:]
        return Part(value, self.text[begin:end].strip(), begin, end)

    def any_of(self, phrases: Iterable[str], value: str = "") -> Part | None:
        """Takes the longest of these phrases that is left."""
        for said in sorted(phrases, key=len, reverse=True):
            before, behind = (r"(?<![\w'])" if said[0].isalpha() else "", r"(?![\w'])" if said[-1].isalpha() else "")
            if match := re.search(before + phrase(said) + behind, self.left):
                return self.take(*match.span(), value)
        return None


def phrase(said: str) -> str:
    """A pattern for a folded phrase: hyphens, underscores and more spaces do not matter."""
    return r"[\s_-]+".join(map(re.escape, said.split()))


STRUCK = "\0"
PLAIN = {**dict.fromkeys(map(ord, "\t\n\r\u00a0\u202f\u2009"), " "), ord("’"): "'", ord("−"): "-", ord("–"): "-"}


def bare(text: str) -> str:
    """Without accents, and as long as before: people type "cafe"."""
    from unicodedata import normalize

    return text if text.isascii() else "".join(normalize("NFD", letter)[0] for letter in text)
