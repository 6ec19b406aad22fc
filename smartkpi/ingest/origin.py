"""Names of files and the lines above a table say whose it is, how new, and which days it covers."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from smartkpi.ingest.dates import date_format
from smartkpi.model.profile import Profile

_STAMPS = (
    "%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y_%m_%d", "%b-%d-%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y",
)  # fmt: skip

_OF_RANGE = ("begin", "end", "until")


@dataclass(frozen=True, slots=True)
class Origin:
    """What was found; days are ordinals, both `begin` and `end` are covered."""

    account: str = ""
    account_from: str = ""
    as_of: int | None = None
    as_of_from: str = ""
    begin: int | None = None
    end: int | None = None
    scope: str = ""


def origin(profile: Profile, names: Iterable[str], above: tuple[str, ...], top: tuple[str, ...]) -> Origin:
    """The nearest word wins: lines above the table, then the file's first lines, its name, its ZIP's, its folder's.

    The range of days and the scope are never taken from another table's lines, unless the file has but one range.
    """
    whole = ("account", "as_of", "epoch_ms", *(("begin", "end") if profile.one_range else ()))
    places = ["the lines above the table", "the first lines of the file"]
    texts = ["\n".join(above), "\n".join(top)]
    said = [_searched(profile.preamble, text) for text in texts]
    said[0].update(_nearest(profile.preamble, texts[0]))
    said[1] = {key: value for key, value in said[1].items() if key in whole}
    for n, name in enumerate(names):
        said.append(_searched(profile.files, unicodedata.normalize("NFC", name)))
        places.append("the file's name" if n == 0 else "the name of its ZIP or folder")
    return _origin(profile, said, places)


def _searched(patterns: tuple[str, ...], text: str) -> dict[str, str]:
    """Everything that the patterns find; the first pattern that has a group decides it."""
    found: dict[str, str] = {}
    for expression in patterns if text else ():
        if match := re.search(expression, text, re.IGNORECASE | re.MULTILINE):
            for key, value in match.groupdict().items():
                if value and value.strip():
                    found.setdefault(key, value.strip())
    return found


def _nearest(patterns: tuple[str, ...], text: str) -> dict[str, str]:
    """The range that stands last above a table: one before it is of a table that nobody recognised."""
    found: dict[str, str] = {}
    for expression in patterns if text else ():
        for match in re.finditer(expression, text, re.IGNORECASE | re.MULTILINE):
            found.update({k: v.strip() for k, v in match.groupdict().items() if k in _OF_RANGE and v and v.strip()})
    return found


def _origin(profile: Profile, said: list[dict[str, str]], places: list[str]) -> Origin:
    account, account_from = _first(said, places, "account")
    stamp, stamp_from = _first(said, places, "as_of")
    epoch, epoch_from = _first(said, places, "epoch_ms")
    begin, _ = _first(said, places, "begin")
    formats = _of_both(begin, _first(said, places, "end")[0], profile.date_formats)
    end = _end(said, places, formats)
    scope, _ = _first(said, places, "scope")
    as_of = day_of(stamp, profile.date_formats)
    if as_of is None and epoch:
        as_of, stamp_from = _epoch_day(epoch), epoch_from
    return Origin(
        account,
        f"from {account_from}" if account else "",
        as_of,
        f"from {stamp_from}" if as_of is not None else "",
        day_of(begin, formats),
        end,
        scope.strip(" ,;\t"),
    )


def _of_both(begin: str, end: str, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Both ends of a range are written in one way: 12/31 settles how 12/02 is meant."""
    read = {name: (date_format(name)(begin), date_format(name)(end)) for name in formats if begin and end}
    fitting = tuple(name for name, (first, last) in read.items() if first and last and first.day <= last.day)
    return fitting or formats


def _end(said: list[dict[str, str]], places: list[str], formats: tuple[str, ...]) -> int | None:
    """The last day, which is stated itself or by the day after it."""
    last = day_of(_first(said, places, "end")[0], formats)
    after = day_of(_first(said, places, "until")[0], formats)
    return after - 1 if last is None and after is not None else last


def _first(said: list[dict[str, str]], places: list[str], key: str) -> tuple[str, str]:
    return next(((s[key], p) for s, p in zip(said, places, strict=True) if key in s), ("", ""))


def day_of(text: str, formats: tuple[str, ...]) -> int | None:
    """A day in a name or a line above a table, in the profile's ways or one that cannot be mistaken."""
    days = [stamp.day for f in formats if text and (stamp := date_format(f)(text))]
    if len(set(days)) == 1:
        return days[0]
    stamps = (date_format(f)(text) for f in _STAMPS if text)
    return next((stamp.day for stamp in stamps if stamp), None)


def _epoch_day(text: str) -> int | None:
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC).date().toordinal()
    except (ValueError, OverflowError, OSError):
        return None
