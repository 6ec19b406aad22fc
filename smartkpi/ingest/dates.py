"""Texts become days: formats are declared by the profile and hold for a whole column, never guessed for a cell."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from smartkpi.errors import FileRefusedError, WrongUseError

NTH = "nth"  # 0000, 0001, …: days, weeks or months counted from the first day of a range
EARLIEST = date(1990, 1, 1).toordinal()  # an older day is damage: there was nothing to count
# Short and long names in the languages of the exports; each text is one month only.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier enero ene janeiro januar jän",
            "feb february févr février fév febrero fevereiro fev februar",
            "mar march mars marzo março märz mär mrz",
            "apr april avr avril abril abr",
            "may mai mayo maio",
            "jun june juin junio junho juni",
            "jul july juil juillet julio julho juli",
            "aug august août agosto ago",
            "sep sept september septembre septiembre setembro set",
            "oct october octobre octubre outubro out okt oktober",
            "nov november novembre noviembre novembro",
            "dec december déc décembre dic diciembre dez dezembro dezember",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join((*_LONG_WEEKDAYS, "tues", "thur", "thurs", *_WEEKDAYS))
_WORDS = {
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%m": r"(?P<m>\d{1,2})",
    "%d": r"(?P<d>\d{1,2})",
    "%b": rf"(?P<b>{_MONTH})\.?",
    "%B": rf"(?P<b>{_MONTH})",
    NTH: r"(?P<n>\d{1,4})",
    "%a": rf"(?P<a>{_WEEKDAY})",
    "%A": rf"(?P<a>{_WEEKDAY})",
    "%H": r"(?P<H>\d{1,2})",
    "%I": r"(?P<I>\d{1,2})",
    "%M": r"(?P<M>\d{2})",
    "%S": r"(?P<S>\d{2})",
    "%p": r"(?P<p>[ap]m)",
    "%f": r"\d{1,9}",
    "%z": r"(?P<z>z|[+-]\d\d:?\d\d)",
    "%%": "%",
}
_ISO = "%Y-%m-%d"
_LEAP_YEAR = 2000  # stands in where a format has no year
_ISO_CLOCK = r"(?:[t ](?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:\.\d+)?)?(?P<z>z|[+-]\d\d:?\d\d)?)?"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day as an ordinal and, where the text has one, its clock as written ("10:23", "04:29:18+00:00")."""

    day: int
    clock: str = ""

    @property
    def iso(self) -> str:
        day = date.fromordinal(self.day).isoformat()
        return f"{day}T{self.clock}" if self.clock else day


StampReader = Callable[[str], Stamp | None]


@lru_cache(maxsize=256)
def date_format(text: str) -> StampReader:
    """A reader for one strptime-like format: English names, case ignored, leading zeros free where digits end.

    ISO days may carry a time, of which nothing is converted. A format without a year reads days of a leap year
    (`lacks_year`), "nth" the number itself. Raises WrongUseError on an unknown directive.
    """
    matcher = re.compile(_expression(text), re.IGNORECASE | re.ASCII)

    def read(cell: str) -> Stamp | None:
        found = matcher.fullmatch(_SPACES.sub(" ", cell.strip(" \t\u00a0\u202f\ufeff'\"")))
        return _stamp(found.groupdict()) if found else None

    return read


def lacks_year(text: str) -> bool:
    """Whether days of this format are of no year: "February 28"."""
    return text != NTH and "%Y" not in text and "%y" not in text


def names_whole(text: str) -> str:
    """What a format without a day names: "month" or "year"; '' where it has one."""
    if "%d" in text or text == NTH:
        return ""
    return "month" if any(month in text for month in ("%m", "%b", "%B")) else "year"


def _expression(text: str) -> str:
    if text == NTH:
        return _WORDS[NTH]
    if text == _ISO:
        return _WORDS["%Y"] + r"-(?P<m>\d\d)-(?P<d>\d\d)" + _ISO_CLOCK
    parts = re.findall(r"%.|[^%]+", text)
    expression = []
    for n, part in enumerate(parts):
        if part.startswith("%"):
            tight = any(0 <= i < len(parts) and parts[i].startswith("%") for i in (n - 1, n + 1))
            expression.append(_directive(part, text, tight))
        else:
            expression.append(r"\ ".join(re.escape(p) for p in _SPACES.sub(" ", part).split(" ")))
    return "".join(expression)


def _directive(part: str, text: str, tight: bool) -> str:
    """Directives that touch each other (%Y%m%d) have a fixed width."""
    if part not in _WORDS:
        raise WrongUseError(f"“{part}” in the date format “{text}” is not known.", hints=("For example %d/%m/%Y",))
    return _WORDS[part].replace(r"\d{1,2}", r"\d{2}") if tight else _WORDS[part]


def _stamp(parts: dict[str, str | None]) -> Stamp | None:
    if number := parts.get("n"):
        return Stamp(int(number))
    year = int(parts.get("Y") or 0) or 2000 + int(parts.get("y") or _LEAP_YEAR - 2000)
    month = _month(parts)
    try:
        day = date(year, month, int(parts.get("d", "1") or 0))
    except ValueError:
        return None
    weekday = parts.get("a")
    if day.toordinal() < EARLIEST or (weekday and _WEEKDAYS[day.weekday()] != weekday[:3].lower()):
        return None
    clock = _clock(parts)
    return Stamp(day.toordinal(), clock) if clock is not None else None


def _month(parts: dict[str, str | None]) -> int:
    if name := parts.get("b"):
        return _MONTHS[name.lower()]
    return int(parts.get("m", "1" if "d" not in parts else "0") or 0)


def _clock(parts: dict[str, str | None]) -> str | None:
    """The time of day as written, 24 hours; '' without one, None when it is no time."""
    hour, minute = parts.get("H") or parts.get("I"), parts.get("M")
    if hour is None or minute is None:
        return ""
    hours = int(hour)
    if half := parts.get("p"):
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if hours > 23 or int(minute) > 59:
        return None
    seconds = f":{parts['S']}" if parts.get("S") else ""
    return f"{hours:02}:{minute}{seconds}{_zone(parts.get('z'))}"


def _zone(zone: str | None) -> str:
    if not zone or zone in "zZ":
        return "Z" if zone else ""
    return f"{zone[:3]}:{zone[-2:]}"


def choose(texts: Sequence[str], formats: Iterable[str], *, where: str, proven: str = "") -> str:
    """The one format that a whole column fits; texts that no format can read do not matter.

    Where two formats fit, `proven`, which another table of the same file shows, decides. Raises FileRefusedError
    when the texts fit different formats, or fit two that mean different days.
    """
    names = list(formats)
    readers = [date_format(name) for name in names]
    read = {text: [r(text) for r in readers] for text in texts}
    legible = {text: stamps for text, stamps in read.items() if any(stamps)}
    if not legible:
        raise _no_days(texts, where)
    whole = [n for n in range(len(readers)) if all(stamps[n] for stamps in legible.values())]
    if not whole:
        raise _mixed(legible, where)
    if proven in (names[n] for n in whole):
        return proven
    for other in whole[1:]:
        for text, stamps in legible.items():
            first, second = stamps[whole[0]], stamps[other]
            if first and second and first.day != second.day:
                raise _ambiguous(text, (names[whole[0]], names[other]), (first, second), where)
    return names[whole[0]]


def _no_days(texts: Sequence[str], where: str) -> FileRefusedError:
    example = f" (“{texts[0][:40]}”)" if texts else ""
    return FileRefusedError(
        f"{where}: none of its days can be read{example}.", hints=("Name their format: --date-format %d/%m/%Y",)
    )


def _mixed(legible: dict[str, list[Stamp | None]], where: str) -> FileRefusedError:
    examples: dict[tuple[int, ...], str] = {}
    for text, stamps in legible.items():
        examples.setdefault(tuple(n for n, stamp in enumerate(stamps) if stamp), text)
    shown = " and ".join(f"“{text}”" for text in list(examples.values())[:2])
    return FileRefusedError(
        f"{where}: its days are written in more than one way ({shown}).",
        hints=("Download the export again: another program changed some of the days.",),
    )


def _ambiguous(text: str, formats: tuple[str, str], stamps: tuple[Stamp, Stamp], where: str) -> FileRefusedError:
    return FileRefusedError(
        f"{where}: “{text}” may be {stamps[0].iso} or {stamps[1].iso}.",
        details=("All its days can be read in both ways.",),
        hints=tuple(f"--date-format {name}" for name in formats),
    )
