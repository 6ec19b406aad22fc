"""The five letters of SMART, each with its verdict and what is said of it."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What becomes of a letter: only `missing` refuses a goal."""

    GOOD = "good"
    CARE = "care"  # it stands, and something would make it better
    UNLIKELY = "unlikely"
    OPEN = "open"  # nobody can tell yet
    MISSING = "missing"


SIGNS = {
    Verdict.GOOD: "✓", Verdict.CARE: "!", Verdict.UNLIKELY: "~", Verdict.OPEN: "?", Verdict.MISSING: "✗",
}  # fmt: skip
NAMES = {"S": "specific", "M": "measurable", "A": "attainable", "R": "relevant", "T": "timely"}


class Letter(NamedTuple):
    """One letter, its verdict, and what is said of it: one line, then what else there is to say."""

    letter: str
    verdict: Verdict
    said: str
    more: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """ "S ✓ specific    ", as wide for each letter."""
        return f"{self.letter} {SIGNS[self.verdict]} {NAMES[self.letter]:<12}"

    @property
    def line(self) -> str:
        """ "S ✓ specific     20 more followers of Example Café on Instagram"."""
        return f"{self.head} {self.said}"
