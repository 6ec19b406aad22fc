"""The days of a sentence: its deadline, its start, and those that cannot be meant."""

import re
from datetime import date
from typing import NamedTuple

from smartkpi.errors import WrongUseError
from smartkpi.model.period import GRAMMAR, Span, iso, parse_span
from smartkpi.model.sentence.nouns import Part, Slate, Unclear

_BEFORE = (
    r"(?:(?P<prep>not later than|no later than|by|until|till|to|through|before|on|at|in|during|for|within|throughout|"
    r"as of|as from|over|all|and|the whole|whole|from|since|starting|starting on|starting in|beginning|between|"
    r"after|due)\s+)?"
)
_THE = r"(?:the\s+)?"
_LOOSE = re.compile(  # a day only behind a word like "by"
    r"[a-z]+\.?|\d{4}|(?:the )?(?:week|month|quarter|year)|\d{1,2}(?:st|nd|rd|th)|(?:month|quarter|year|week)[- ]end"
)
_NUMBERED = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_PART_OF = re.compile(r" (?:week|day|days|half|quarter|month|weekend|year)")  # "by the 1st week"
_FLOATING = re.compile(  # "early next year" is no day
    r"(?:(?:by|in|until|till|before|from|since)\s+)?(?:the\s+)?(?:early|late|mid|middle\s+of)[ -](?:the\s+)?$"
)
_HALF_A_DAY = re.compile(r"\d{1,2}/\d{1,2}|new year.*")  # "24/7", "the new year sale"
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_BARE = re.compile(r"today|tomorrow|yesterday|eow|eom|eoq|eoy|q[1-4]|christmas|xmas")
_SHORT = re.compile(
    r"(?<![\w./-])(?:\d{1,2}([./-])\d{1,2}\1\d{2}(?!\d)|"
    r"(?:(?<=by )|(?<=til )|(?<=till )|(?<=before ))\d{1,2}\.\d{1,2}\.?)"
    r"(?![\w./%-]|\s*(?:%|percent|per cent|points?|pp|k\b|m\b))"
)
_VAGUE = re.compile(r"\b(?:as soon as possible|asap|soon|quickly|someday|one day|eventually|in time|in the future)\b")
_UNKNOWN = re.compile(r"(?<![\w'])(?:by|until|till|before|during)\s+(?:the\s+)?(?P<day>[^\s\0,;.]+(?:\s+[^\s\0,;.]+)?)")
_SEASON = re.compile(  # everybody begins and ends them on another day
    r"(?<![\w'])(?:(?:in|for|over|at|by|until|till|within|this|next|early|late|the|a)\s+)*"
    r"(?:summer|spring|autumn|winter|easter|black friday|cyber monday|advent|halloween|thanksgiving|ramadan|diwali|"
    r"carnival|pentecost|valentine'?s(?: day)?|mother'?s day|father'?s day|weekend|holidays|season|"
    r"couple of (?:days|weeks|months)|(?:end of (?:the )?)?(?:first|second|third|last|1st|2nd|3rd) "
    r"(?:week|half|days|weekend)(?: of (?:the )?\w+)?)(?!\w)"
)
VAGUELY = "early"  # the word before a day that makes it none
_STARTS = ("from", "since", "starting", "starting on", "starting in", "beginning", "between", "as of", "as from")
_NOT_DAYS = ("to",)  # "to 2027" is a number as likely as a year
_INSIDE = ("in", "during", "for", "throughout", "over", "within", "all", "whole", "the whole")
_CLOSING = ("by", "until", "till", "to", "before", "on", "due", "through", "no later than", "not later than")
_AHEAD = re.compile(r"(?:in|within|over|during|for) |\+\d")  # as many days as it says, from tomorrow on
_MOVED = re.compile(r"(?:next|this|last) |today|tomorrow|yesterday|\+|in |week|month|quarter|year")  # said of today


class Days(NamedTuple):
    """What a sentence says of days; `throughout` = "all quarter": not only at its end; `within` = the first day of
    the time that was said ("this year", "in 4 weeks")."""

    start: Part | None = None
    deadline: Part | None = None
    throughout: Part | None = None
    within: Part | None = None
    unclear: tuple[Unclear, ...] = ()


class Found(NamedTuple):
    """Where days stand in a text, the word before them ("by"), and how they are called."""

    begin: int
    end: int
    prep: str
    text: str


def read_days(slate: Slate, today: int) -> Days:
    """Takes every day out of the sentence: one deadline, perhaps a start; what else there is becomes a question."""
    unclear: list[Unclear] = []
    for match in _SHORT.finditer(slate.left):
        said = slate.take(*match.span()).said
        unclear.append(Unclear("T", said, f"“{said}”: which day of which year? Write it as 2027-05-01, or 1 May"))
    days, found = Days(unclear=tuple(unclear)), found_days(slate.left)
    for each in found:
        days = _with(days, each, slate, today)
    days = _begun_before(days, found, today)
    if (vague := _VAGUE.search(slate.left)) is not None:
        said = slate.take(*vague.span()).said
        if days.deadline is None:
            days = _asking(days, said, f"“{said}” is no day: by when?")
    return days


def unknown_day(slate: Slate) -> Unclear | None:
    """What stands behind "by" and is neither a day nor a number; looked for when all else is taken."""
    match = _SEASON.search(slate.left) or _UNKNOWN.search(slate.left)
    if match is None or ("day" in match.re.groupindex and match["day"][0].isdigit()):
        return None
    said = re.sub(r"^(?:by|until|till)\s+", "", slate.take(*match.span()).said, flags=re.IGNORECASE)
    return Unclear("T", said, f"“{said}” is no day that I know: write it as 2027-05-01, 1 May or “end of June”")


def _begun_before(days: Days, found: list[Found], today: int) -> Days:
    """A start without a year is the one nearest before the deadline, and "since" looks back."""
    start = days.start
    each = next((each for each in found if start is not None and each.begin == start.begin), None)
    if start is None or each is None or _MOVED.match(each.text):
        return days
    seen = (
        [today - (7 if _WEEKDAY.fullmatch(each.text) else 364)]
        if each.prep == "since" and start.value > iso(today)
        else []
    )
    if not seen and days.deadline is not None and start.value > days.deadline.value:
        seen = [date.fromisoformat(days.deadline.value).toordinal() - 364]
    for day in seen:
        return days._replace(start=start._replace(value=iso(parse_span(each.text, day).first)))
    return days


def _with(days: Days, each: Found, slate: Slate, today: int) -> Days:
    if each.prep == VAGUELY:
        said = slate.take(each.begin, each.end).said
        return _asking(days, said, f"“{said}” is no day that I know: write it as 2027-05-01, 1 May or “end of June”")
    try:
        span = parse_span(each.text, today)
    except WrongUseError as error:
        said = slate.take(each.begin, each.end).said
        why = error.headline.rpartition('"')[2]
        return _asking(days, said, f"“{said}”{why}{' Write it as 2027-05-01' if '?' in why else ''}")
    if each.prep == "after" and days.start is None:
        return days._replace(start=slate.take(each.begin, each.end, iso(span.last + 1)))
    if each.prep in _STARTS and days.start is None:
        return days._replace(start=slate.take(each.begin, each.end, iso(span.first)))
    if days.deadline is not None:
        said = slate.take(each.begin, each.end).said
        return _asking(days, said, f"two deadlines, “{days.deadline.said}” and “{said}”: which one?")
    last = span.first - 1 if each.prep == "before" else span.last
    part = slate.take(each.begin, each.end, iso(last))
    return _lasting(days._replace(deadline=part), part, each, span, today)


def _lasting(days: Days, part: Part, each: Found, span: Span, today: int) -> Days:
    """ "In June" begins in June; "all quarter" asks for every day of it; "this year" began already."""
    if each.prep in ("all", "whole", "the whole", "throughout"):
        days = days._replace(throughout=part)
    is_inside = each.prep in _INSIDE or (not each.prep and each.text.startswith(("next", "this")))
    if _AHEAD.match(each.text) and each.prep not in _CLOSING:
        return days if span.last <= today else days._replace(within=part._replace(value=iso(today + 1)))
    if days.start is not None or not is_inside or span.first == span.last:
        return days
    first = part._replace(value=iso(span.first))
    return days._replace(start=first) if span.first > today else days._replace(within=first)


def _asking(days: Days, what: str, why: str) -> Days:
    return days._replace(unclear=(*days.unclear, Unclear("T", what, why)))


def found_days(text: str) -> list[Found]:
    """The days in a text from left to right; of two that overlap the longer."""
    found = [each for pattern, _ in GRAMMAR for each in _of(pattern, text)]
    chosen: list[Found] = []
    for each in sorted(found, key=lambda f: (f.begin - f.end, f.begin, f.prep == VAGUELY)):
        if all(each.end <= other.begin or each.begin >= other.end for other in chosen):
            chosen.append(each)
    return sorted(chosen)


def _of(pattern: str, text: str) -> list[Found]:
    edge = r"(?:(?:start|beginning) of (?:the )?)?"
    behind = r"(?!\w|[.,]\d|-end|\s*%|\s+campaign|\s+of\s)"
    whole = re.compile(rf"(?<![\w'$€£.,])(?<![a-z]-){_BEFORE}{_THE}(?P<whole>{edge}{pattern}){behind}")
    return [_as_meant(match) for match in whole.finditer(text) if _is_day(match)]


def _as_meant(match: "re.Match[str]") -> Found:
    words = " ".join(match["whole"].split())
    if (floating := _FLOATING.search(match.string, 0, match.start("whole"))) is not None:
        return Found(floating.start(), match.end(), VAGUELY, words)
    return Found(match.start(), match.end(), " ".join((match["prep"] or "").split()), words)


def _is_day(match: "re.Match[str]") -> bool:
    """ "May", "sun" and "2027" are days only where a word like "by" says so."""
    said, prep = " ".join(match["whole"].split()), match["prep"] or ""
    if said.startswith("last "):
        return prep in _STARTS
    if _NUMBERED.fullmatch(said):
        return prep in (*_STARTS, *_CLOSING, "and", "after") and not _PART_OF.match(match.string, match.end())
    if _HALF_A_DAY.fullmatch(said):
        return prep in (*_STARTS, *_CLOSING, "and")
    if not _LOOSE.fullmatch(said) or _BARE.fullmatch(said):
        return True
    if said.isdigit():
        return prep not in ("", *_NOT_DAYS, "and", "from", "between") and said.startswith("20")
    return bool(prep) and not (
        prep in ("to", "on", "at", "over", "and") and said in ("week", "month", "quarter", "year")
    )
