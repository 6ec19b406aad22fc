"""Days, weeks and the deadlines that people type ("eoq", "in 6 weeks", "by May 1st").

A day is an ordinal (`date.toordinal()`). To teach a new way to say a date: one line in `GRAMMAR`.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from smartkpi.errors import WrongUseError

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "(?P<month>" + "|".join((*MONTHS, *(f"{name[:3]}\\.?" for name in MONTHS), "sept\\.?")) + ")"
_WEEKDAY = "(?P<weekday>" + "|".join((*WEEKDAYS, "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun")) + ")"
_YEAR = "(?:,? +(?:of +)?(?:the year +)?(?P<year>\\d{4}|(?:this|next) year))?"
_END = "(?:(?:the )?end(?:[ -]of)?[ -](?:the )?)?"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth",
            "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first")  # fmt: skip
_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?|" + "|".join(word.replace("-", "[ -]") for word in ORDINALS[::-1]) + ")"
FIRST, LAST = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()  # a day beyond them is a typing error


def to_date(day: int) -> date:
    """The civil date of an ordinal."""
    return date.fromordinal(day)


def iso(day: int) -> str:
    """ "2027-05-01"."""
    return date.fromordinal(day).isoformat()


def week_start(day: int) -> int:
    """The Monday of the ISO week that `day` is in."""
    return day - (day - 1) % 7


def last_of_month(year: int, month: int) -> int:
    """The last day of a month; months beyond 12 run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1


def months_later(day: int, months: int) -> int:
    """The same day of a later month, of one before where `months` is below 0; the last one of a shorter month."""
    from dateutil.relativedelta import relativedelta

    return (to_date(day) + relativedelta(months=months)).toordinal()


class Span(NamedTuple):
    """Days, both included: one day, a month, a quarter."""

    first: int
    last: int


def parse_day(text: str, today: int) -> int:
    """The day that `text` names, seen from `today`; a span ("June", "this month") means its last day.

    A day without a year is the next one that is not past. Raises `WrongUseError` when no line of the grammar
    fits or the day does not exist; numbers like 01/05/2027 are refused, since nobody can tell day from month.
    """
    return parse_span(text, today).last


def parse_span(text: str, today: int) -> Span:
    """The days that `text` names, seen from `today`; "in 6 weeks" is from today until then. Raises as `parse_day`."""
    words = re.sub(r"^(?:(?:by|until|till|on) )?(?:the )?", "", " ".join(text.lower().split()))
    if begun := re.match(r"(?:start|beginning) of (?:the )?", words):
        first = parse_span(words[begun.end() :], today).first
        return Span(first, first)
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?\.?", words) and not _has_one_reading(words):
        raise WrongUseError(
            f'"{text}": which is the day, and which the month?',
            hints=("write it as 2027-05-01, or 1 May 2027",),
            outcome="",
        )
    for pattern, meaning in GRAMMAR:  # compiled when a day is typed: most commands never need them
        if match := re.fullmatch(pattern, words):
            return _meant(meaning, match, today, text)
    raise WrongUseError(
        f'"{text}" is not a day that I know',
        hints=("2027-05-01", '"1 May"', '"end of June"', '"in 6 weeks"', "eoq"),
        outcome="",
    )


def _has_one_reading(words: str) -> bool:
    """Whether only one number can be the month: 31/3/2027. Two digits of a year could be a day as well."""
    first, second, *year = (int(number) for number in re.findall(r"\d+", words))
    return (first > 12) != (second > 12) and ("/" in words or bool(year)) and (not year or year[0] > 99)


def _meant(meaning: "Meaning", match: "re.Match[str]", today: int, text: str) -> Span:
    try:
        found = meaning(match, to_date(today))
    except (ValueError, OverflowError):
        raise WrongUseError(f'"{text}" is not a day of the calendar', hints=("2027-05-01",), outcome="") from None
    span = found if isinstance(found, Span) else Span(found, found)
    if not FIRST <= span.first <= span.last <= LAST:
        raise WrongUseError(f'"{text}" is not between 1900 and 2199', hints=("2027-05-01",), outcome="")
    return span


def _year_first(found: "re.Match[str]", today: date) -> int:
    """2027-05-01, and 2027/5/1 too: where the year comes first, the day comes last."""
    return date(int(found["year"]), int(found["number"]), int(found["day"])).toordinal()


def _year(found: "re.Match[str]", today: date) -> int:
    """The year that was said; 0 = none."""
    said = found["year"] or "0"
    return int(said) if said.isdigit() else today.year + said.startswith("next")


def _in_numbers(found: "re.Match[str]", today: date) -> int:
    day, month = sorted((int(found["one"]), int(found["other"])), reverse=True)
    if found["year"]:
        return date(int(found["year"]), month, day).toordinal()
    return _next(month, day, today).toordinal()


def _ordinal(said: str) -> int:
    """21 of "21", "21st" and "twenty-first"."""
    word = said.replace(" ", "-")
    return ORDINALS.index(word) + 1 if word in ORDINALS else int(re.sub(r"\D", "", said))


def _day_of_month(found: "re.Match[str]", today: date) -> int:
    month, day, year = _month(found), _ordinal(found["day"]), _year(found, today)
    meant = date(year, month, day) if year else _next(month, day, today)
    if found["weekday"] and not WEEKDAYS[meant.weekday()].startswith(found["weekday"][:3]):
        raise ValueError("that day is another weekday")
    return meant.toordinal()


def _of_some_month(found: "re.Match[str]", today: date) -> int:
    """ "The 15th": the next one that is not past."""
    day, said = _ordinal(found["day"]), found["which"] or ""
    later = 1 if said == "next" or (not said and day < today.day) else 0
    months = (today.month + later + i for i in range(1 if said else 4))  # not each month has a 31st
    last = next((last for m in months if to_date(last := last_of_month(today.year, m)).day >= day), None)
    if last is None:
        raise ValueError("no such day")
    return to_date(last).replace(day=day).toordinal()


def _hyphened(found: "re.Match[str]", today: date) -> int:
    """30-Jun-2027. Of 30-Jun-27 the year is the end that lies within the next three years, if the other does not."""
    day, year, month = int(re.sub(r"\D", "", found["day"])), found["year"] or "", _month(found)
    if len(year) != 2:
        return (date(int(year), month, day) if year else _next(month, day, today)).toordinal()
    one, other = (today.year <= 2000 + said <= today.year + 3 for said in (int(year), day))
    if not one or (other and int(year) != day):
        raise WrongUseError(
            f'"{found[0]}": which is the day, and which the year?', hints=("write it as 2027-05-01",), outcome=""
        )
    return date(2000 + int(year), month, day).toordinal()


def _next(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year + 9):  # 29 February may be up to eight years away
        if day <= to_date(last_of_month(year, month)).day and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError("no such day")


def _month(found: "re.Match[str]") -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))


def _months(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last of another; months beyond 12 run into the next year."""
    return Span(last_of_month(year, first - 1) + 1, last_of_month(year, last))


def _whole_month(found: "re.Match[str]", today: date) -> Span:
    month = _month(found)
    year = _year(found, today) or today.year + (month < today.month)
    return _months(year, month, month)


def _middle(found: "re.Match[str]", today: date) -> int:
    """The 15th: the middle of a month as people mean it."""
    year, month = _year(found, today), _month(found)
    return (date(year, month, 15) if year else _next(month, 15, today)).toordinal()


def _whole_quarter(found: "re.Match[str]", today: date) -> Span:
    quarter = int(found["quarter"]) if found["quarter"] else _ordinal(found["which"])
    year = _year(found, today) or today.year + (quarter < (today.month + 2) // 3)
    return _months(year, 3 * quarter - 2, 3 * quarter)


def _whole_half(found: "re.Match[str]", today: date) -> Span:
    half = int(found["half"]) if found["half"] else ORDINALS.index(found["which"]) + 1
    year = _year(found, today) or today.year + (half < 1 + today.month // 7)
    return _months(year, 6 * half - 5, 6 * half)


def _whole_year(found: "re.Match[str]", today: date) -> Span:
    return _months(int(found["year"]), 1, 12)


def _end_of(found: "re.Match[str]", today: date) -> Span:
    unit = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(found[0]) or found["unit"]
    later = 1 if "next" in found[0] else -1 if "last" in found[0] else 0
    match unit:
        case "week":
            monday = week_start(today.toordinal()) + 7 * later
            return Span(monday, monday + 6)
        case "month":
            return _months(today.year, today.month + later, today.month + later)
        case "quarter":
            last = 3 * ((today.month + 2) // 3 + later)
            return _months(today.year, last - 2, last)
        case _:
            return _months(today.year + later, 1, 12)


COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
          "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip
_COUNT = "|".join(COUNTS)
_UNIT = "(?P<unit>day|week|fortnight|month|year)"


DAYS_OF, MONTHS_OF = {"d": 1, "w": 7, "f": 14}, {"m": 1, "y": 12}  # by the first letter of a unit


def _in(found: "re.Match[str]", today: date) -> Span:
    said = found["count"]
    return _from_today(today, int(said) if said.isdigit() else COUNTS[said], found["unit"])


def _from_today(today: date, count: int, unit: str) -> Span:
    day, letter = today.toordinal(), unit[0]
    days = DAYS_OF.get(letter)
    return Span(day, day + days * count if days else months_later(day, MONTHS_OF[letter] * count))


def _half_a_year(found: "re.Match[str]", today: date) -> Span:
    return _from_today(today, 6, "month")


def _this_time(found: "re.Match[str]", today: date) -> int:
    """ "This time next year": a year from today."""
    return _from_today(today, 1, found["unit"]).last


def _weekend(found: "re.Match[str]", today: date) -> Span:
    """It ends on Sunday; on a Sunday the next one is meant, unless it says "this"."""
    sunday = week_start(today.toordinal()) + 6
    sunday += 7 * (sunday == today.toordinal() and "this" not in found[0])
    return Span(sunday - 1, sunday)


def _last_weekday(found: "re.Match[str]", today: date) -> int:
    back = (today.weekday() - next(i for i, name in enumerate(WEEKDAYS) if name.startswith(found["weekday"]))) % 7
    return today.toordinal() - (back or 7)


def _weekday(found: "re.Match[str]", today: date) -> int:
    ahead = (next(i for i, name in enumerate(WEEKDAYS) if name.startswith(found["weekday"])) - today.weekday()) % 7
    return today.toordinal() + (ahead or (0 if found[0].startswith("this") else 7))


def _near(found: "re.Match[str]", today: date) -> int:
    return today.toordinal() + {"yesterday": -1, "today": 0, "tomorrow": 1}[found[0]]


def _christmas(found: "re.Match[str]", today: date) -> int:
    return date(today.year + (today.month == 12 and today.day > 25), 12, 25).toordinal()


def _new_year(found: "re.Match[str]", today: date) -> int:
    is_eve = "eve" in found[0]
    return date(today.year, 12, 31).toordinal() + (not is_eve)


def _iso_week(found: "re.Match[str]", today: date) -> Span:
    week, year = int(found["week"]), int(found["year"] or 0)
    sunday = date.fromisocalendar(year or today.isocalendar().year, week, 7)
    if not year and sunday < today:
        sunday = date.fromisocalendar(today.isocalendar().year + 1, week, 7)
    return Span(sunday.toordinal() - 6, sunday.toordinal())


Meaning = Callable[["re.Match[str]", date], int | Span]
GRAMMAR: tuple[tuple[str, Meaning], ...] = (
    (r"(?P<year>\d{4})(?P<sign>[-/.])(?P<number>\d{1,2})(?P=sign)(?P<day>\d{1,2})", _year_first),
    (r"yesterday|today|tomorrow", _near),
    (r"eow|eom|eoq|eoy", _end_of),
    (r"(?:end[ -]of[ -])?(?:the |this |next )?(?P<unit>week|month|quarter|year)", _end_of),
    (r"(?P<unit>month|quarter|year)(?:[- ]|'s )end", _end_of),
    (r"last (?P<unit>week|month|quarter|year)(?!')", _end_of),
    (r"(?:eoy|end of (?:the )?year|year(?:[- ]|'s )end),? (?:of )?(?P<year>\d{4})", _whole_year),
    (rf"(?:in|within|over|during|for) (?:the )?(?:next )?(?P<count>\d{{1,4}}|{_COUNT}) {_UNIT}s?", _in),
    (rf"(?P<count>\d{{1,4}}|{_COUNT}) {_UNIT}s? from (?:now|today)", _in),
    (r"(?:in|within|over|during|for) (?:the )?(?:next )?half (?:a )?year", _half_a_year),
    (r"this (?:time|day) next (?P<unit>week|month|year)", _this_time),
    (r"\+(?P<count>\d{1,4})(?P<unit>[dwmy])", _in),
    (r"(?P<one>\d{1,2})(?P<sign>[./-])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4})", _in_numbers),
    (r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?P<year>)", _in_numbers),
    (rf"(?:{_WEEKDAY},? )?{_DAY}(?: of)? {_MONTH}{_YEAR}", _day_of_month),
    (rf"(?:{_WEEKDAY},? )?{_MONTH} (?:the )?{_DAY}{_YEAR}", _day_of_month),
    (rf"(?P<day>\d{{1,2}})(?P<sign>[-/.]){_MONTH}(?:(?P=sign)(?P<year>\d{{4}}|\d\d))?", _hyphened),
    (r"(?P<day>\d{1,2}(?:st|nd|rd|th))(?: of (?:the|(?P<which>this|next)) month)?", _of_some_month),
    (rf"{_END}{_MONTH}{_YEAR}", _whole_month),
    (rf"(?:the )?(?:mid|middle of|middle)[ -](?:of )?{_MONTH}{_YEAR}", _middle),
    (
        rf"{_END}(?:q(?P<quarter>[1-4])|(?P<which>first|second|third|fourth|1st|2nd|3rd|4th) quarter){_YEAR}",
        _whole_quarter,
    ),
    (rf"{_END}(?:h(?P<half>[12])|(?P<which>first|second) half(?: of the year)?){_YEAR}", _whole_half),
    (rf"{_END}(?P<year>\d{{4}})", _whole_year),
    (rf"last {_WEEKDAY}", _last_weekday),
    (rf"(?:next |this )?{_WEEKDAY}", _weekday),
    (r"(?:end of (?:the )?|this |this coming |coming )?week-?end", _weekend),
    (r"christmas|xmas", _christmas),
    (r"new year(?:'?s?)?(?: day| eve)?", _new_year),
    (rf"week (?P<week>\d{{1,2}}){_YEAR}", _iso_week),
)
