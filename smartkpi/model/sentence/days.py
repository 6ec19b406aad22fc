"""The days of a sentence: its deadline, its start, and those that cannot be meant."""

import re
from typing import NamedTuple

from smartkpi.errors import WrongUseError
from smartkpi.model.period import GRAMMAR, Span, iso, parse_span
from smartkpi.model.sentence.nouns import Part, Slate, Unclear

_BEFORE = (
    r"(?:(?P<prep>not later than|no later than|by|until|till|to|through|before|on|at|in|during|for|within|throughout|"
    r"over|all|and|the whole|whole|from|since|starting|starting on|starting in|beginning|between|after|due)\s+)?"
)
_THE = r"(?:the\s+)?"
_LOOSE = re.compile(r"[a-z]+\.?|\d{4}|(?:the )?(?:week|month|quarter|year)")  # a day only behind a word like "by"
_BARE = re.compile(r"today|tomorrow|yesterday|eow|eom|eoq|eoy|q[1-4]|christmas|xmas")
_UNCLEAR = re.compile(r"(?<![\w./-])\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?![\w/-])|(?<=by )\d{1,2}[./]\d{1,2}(?![\w./%])")
_VAGUE = re.compile(r"\b(?:as soon as possible|asap|soon|quickly|someday|one day|eventually|in time|in the future)\b")
_UNKNOWN = re.compile(r"(?<![\w'])(?:by|until|till|before)\s+(?:the\s+)?(?P<day>[^\s\0,;.]+(?:\s+[^\s\0,;.]+)?)")
_STARTS = ("from", "since", "starting", "starting on", "starting in", "beginning", "between")
_NOT_DAYS = ("to",)  # "to 2027" is a number as likely as a year
_INSIDE = ("in", "during", "for", "throughout", "over", "all", "whole", "the whole")


class Days(NamedTuple):
    """What a sentence says of days; `throughout` = "all quarter": not only at its end."""

    start: Part | None = None
    deadline: Part | None = None
    throughout: Part | None = None
    unclear: tuple[Unclear, ...] = ()


class _Found(NamedTuple):
    begin: int
    end: int
    prep: str
    text: str


def read_days(slate: Slate, today: int) -> Days:
    """Takes every day out of the sentence: one deadline, perhaps a start; what else there is becomes a question."""
    unclear: list[Unclear] = []
    for match in _UNCLEAR.finditer(slate.left):
        said = slate.take(*match.span()).said
        unclear.append(Unclear("T", said, f"“{said}”: which is the day, and which the month? Write it as 2027-05-01"))
    found = Days(unclear=tuple(unclear))
    for each in _found(slate.left):
        found = _with(found, each, slate, today)
    if (vague := _VAGUE.search(slate.left)) is not None:
        said = slate.take(*vague.span()).said
        if found.deadline is None:
            found = _asking(found, said, f"“{said}” is no day: by when?")
    return found


def unknown_day(slate: Slate) -> Unclear | None:
    """What stands behind "by" and is neither a day nor a number; looked for when all else is taken."""
    match = _UNKNOWN.search(slate.left)
    if match is None or match["day"][0].isdigit():
        return None
    said = slate.take(*match.span()).said
    return Unclear("T", said, f"“{said}” is no day that I know: write it as 2027-05-01, 1 May or “end of June”")


def _with(days: Days, each: _Found, slate: Slate, today: int) -> Days:
    try:
        span = parse_span(each.text, today)
    except WrongUseError as error:
        said = slate.take(each.begin, each.end).said
        why = error.headline.rpartition('"')[2]
        return _asking(days, said, f"“{said}”{why}")
    if each.prep in _STARTS and days.start is None:
        return days._replace(start=slate.take(each.begin, each.end, iso(span.first)))
    if days.deadline is not None:
        said = slate.take(each.begin, each.end).said
        return _asking(days, said, f"two deadlines, “{days.deadline.said}” and “{said}”: which one?")
    last = span.first - 1 if each.prep == "before" else span.last
    part = slate.take(each.begin, each.end, iso(last))
    return _lasting(days._replace(deadline=part), part, each, span, today)


def _lasting(days: Days, part: Part, each: _Found, span: Span, today: int) -> Days:
    """ "In June" begins in June; "all quarter" asks for every day of it."""
    if each.prep in ("all", "whole", "the whole", "throughout"):
        days = days._replace(throughout=part)
    ahead = each.prep in _INSIDE or (not each.prep and each.text.startswith("next"))
    if days.start is None and ahead and span.first > today and span.first < span.last:
        days = days._replace(start=part._replace(value=iso(span.first)))
    return days


def _asking(days: Days, what: str, why: str) -> Days:
    return days._replace(unclear=(*days.unclear, Unclear("T", what, why)))


def _found(text: str) -> list[_Found]:
    """The days in a text from left to right; of two that overlap the longer."""
    found = [each for pattern, _ in GRAMMAR for each in _of(pattern, text)]
    chosen: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.begin - f.end, f.begin)):
        if all(each.end <= other.begin or each.begin >= other.end for other in chosen):
            chosen.append(each)
    return sorted(chosen)


def _of(pattern: str, text: str) -> list[_Found]:
    whole = re.compile(rf"(?<![\w'$€£.,]){_BEFORE}{_THE}(?P<whole>{pattern})(?!\w|[.,]\d|\s*%)")
    return [_as_meant(match) for match in whole.finditer(text) if _is_day(match)]


def _as_meant(match: "re.Match[str]") -> _Found:
    words = " ".join(match["whole"].split())
    return _Found(match.start(), match.end(), " ".join((match["prep"] or "").split()), words)


def _is_day(match: "re.Match[str]") -> bool:
    """ "May", "sun" and "2027" are days only where a word like "by" says so."""
    said, prep = " ".join(match["whole"].split()), match["prep"] or ""
    if not _LOOSE.fullmatch(said) or _BARE.fullmatch(said):
        return True
    if said.isdigit():
        return prep not in ("", *_NOT_DAYS, "and", "from", "between") and said.startswith("20")
    return bool(prep) and not (
        prep in ("to", "on", "at", "over", "and") and said in ("week", "month", "quarter", "year")
    )
