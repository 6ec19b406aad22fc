"""What a sentence compares itself with: "than last month", "than in February", "compared to last year"."""

import re

from smartkpi.model.period import MONTHS, iso, parse_span
from smartkpi.model.repeating import first_of
from smartkpi.model.sentence.nouns import AGO, BEFORE, YEAR_AGO, Part, Slate

_WAS = r"\s+(?:it was\s+|we had\s+)?(?:in\s+|during\s+|on\s+)?"
_MARK = rf"(?<![\w'])(?:than|compared (?:to|with)|versus|vs\.?){_WAS}"
_LIKE = rf"(?<![\w'])(?:than|as|above|beyond|compared (?:to|with)|versus|vs\.?){_WAS}"  # "over May" is a time
_YEAR = re.compile(
    rf"{_LIKE}(?:the same \w+ )?(?:of |in )?"
    r"(?:last year|a year (?:ago|before|earlier)|the (?:year before|previous year))"
    r"(?!\w)|(?<!\w)(?:year[ -](?:over|on)[ -]year|yoy)(?!\w)"
)
_UNIT = r"(?P<unit>week|month|quarter)"
_LAST = re.compile(rf"{_LIKE}(?:(?:the )?(?:last|previous) {_UNIT}|the (?P<other>week|month|quarter) before)(?!\w)")
_NOW = re.compile(rf"{_MARK}(?:now|today|before|so far|currently|at present)(?!\w)")
_NAMED = re.compile(
    rf"{_MARK}(?:the )?(?P<span>(?:{'|'.join((*MONTHS, *(name[:3] for name in MONTHS), 'sept', 'q[1-4]'))})"
    r"(?: (?:of )?20\d\d)?|20\d\d)(?!\w)"
)
_OTHER = (
    re.compile(  # that something else is meant to be compared with, although nobody can tell what is to be made of it
        rf"(?<!\w)(?:(?:last|previous) (?:year|quarter|month|week)|(?:week|month|quarter|year) (?:ago|before))(?!\w)"
        rf"|(?<=s) of (?:{'|'.join(MONTHS)}|q[1-4])(?!\w)|% of (?:the |our |what )"
    )
)


def read_compared(slate: Slate, today: int) -> Part | None:
    """Takes what the number is compared with: `YEAR_AGO`, `BEFORE`, or days: "2026-10-01/2026-10-31"."""
    for pattern, value in ((_YEAR, YEAR_AGO), (_NOW, BEFORE)):
        if match := pattern.search(slate.left):
            return slate.take(*match.span(), value)
    if match := _LAST.search(slate.left):
        unit = match["unit"] or match["other"]
        last = first_of(unit, today) - 1
        return slate.take(*match.span(), _days(first_of(unit, last), last))
    for match in _NAMED.finditer(slate.left):
        if (span := _over(match["span"], today)) is not None:
            return slate.take(*match.span(), span)
    return None


def names_another(text: str) -> bool:
    """Whether a sentence that was not read as a comparison still names other days: "double last year's leads"."""
    return _OTHER.search(text.lower()) is not None


def _over(said: str, today: int) -> str | None:
    """The latest such days that have begun: February of this year, or of the one before."""
    for day in (today, today - AGO):
        span = parse_span(said, day)
        if span.first <= today:
            return _days(span.first, span.last)
    return None


def _days(first: int, last: int) -> str:
    return f"{iso(first)}/{iso(last)}"
