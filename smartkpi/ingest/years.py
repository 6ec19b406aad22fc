"""Days without a year get theirs from the order of the rows and from what dates the export; it is never guessed."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.dates import Stamp, StampReader

DELAY = 3  # the newest row is of the day of the export, or at most this many days older
_YEAR = 366
FARTHEST = 92  # days between two rows: the other reading of a longer step would be possible too


def in_years(
    texts: Sequence[str], read: StampReader, *, where: str, year: int | None, as_of: int | None
) -> dict[str, Stamp]:
    """The day of each text; `texts` stand in the order of the file, `read` gives days of a leap year.

    `year` is that of the newest row, as the user said; else `as_of`, the day of the export, must be near its day.
    Raises FileRefusedError where the order is of two readings, nothing tells the year, or a day is not in it.
    """
    legible = {text: date.fromordinal(stamp.day) for text in texts if (stamp := read(text))}
    if not legible:
        return {}
    order = _oldest_first(list(legible), [day.timetuple().tm_yday for day in legible.values()], where)
    newest = legible[order[-1]]
    found = year if year is not None else _year_of(newest, as_of)
    if found is None:
        raise _no_year(order[-1], where)
    days: dict[str, Stamp] = {}
    later: date | None = None
    for text in reversed(order):
        day = legible[text]
        if later is not None and (day.month, day.day) >= (later.month, later.day):
            found -= 1
        days[text] = Stamp(_in(day, found, text, where).toordinal())
        later = day
    return days


def _oldest_first(texts: list[str], yeardays: list[int], where: str) -> list[str]:
    """Rows run on by day, up or down, across one end of a year at most: the reading that spans less time."""
    up, down = _steps(yeardays), _steps(yeardays[::-1])
    nearer = min(up, down, key=sum)
    if sum(nearer) >= _YEAR or max(nearer, default=0) > FARTHEST:
        raise FileRefusedError(
            f"{where}: its days have no year, and do not follow each other: which year each is of cannot be known.",
            hints=("Download the export again, and do not sort or join it in another program.",),
        )
    return texts if nearer is up else texts[::-1]


def _steps(yeardays: Sequence[int]) -> list[int]:
    """How many days lie between one and the next, when each is the next such day after the one before."""
    return [(after - before - 1) % _YEAR + 1 for before, after in pairwise(yeardays)]


def _year_of(newest: date, as_of: int | None) -> int | None:
    for back in range(DELAY + 1):
        day = date.fromordinal(as_of - back) if as_of is not None else None
        if day and (day.month, day.day) == (newest.month, newest.day):
            return day.year
    return None


def _in(day: date, year: int, text: str, where: str) -> date:
    try:
        return day.replace(year=year)
    except ValueError as error:
        raise FileRefusedError(
            f"{where}: “{text}” is no day of {year}.", hints=("Name the year of its last day: --year 2024",)
        ) from error


def _no_year(newest: str, where: str) -> FileRefusedError:
    return FileRefusedError(
        f"{where}: its days have no year, and nothing says when it was downloaded.",
        details=(f"Its last day is “{newest}”.",),
        hints=(f"--year YEAR (the year of “{newest}”)", "--as-of DATE (the day on which it was downloaded)"),
    )
