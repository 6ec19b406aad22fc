"""The range that an export's filters state, or the days of its chart, become the days that its totals are of."""

import re
from collections.abc import Iterable
from dataclasses import replace

from smartkpi.ingest.dates import date_format
from smartkpi.ingest.origin import Origin
from smartkpi.ingest.scope import RANGES
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.task import Siblings, Wishes
from smartkpi.ingest.words import fold
from smartkpi.model.period import iso, months_later
from smartkpi.model.profile import Shape

Range = tuple[int, int]  # the first and the last day, both included

_DATES = ("%d %b %Y", "%b %d, %Y", "%Y-%m-%d", "%m/%d/%y")
_LAST = re.compile(
    r"(?:last|les) (?P<count>\d{1,3}) (?:derniers )?(?P<unit>days|jours|months|mois)(?: derniers)?", re.ASCII
)
_MONTHS = ("months", "mois")


def stated_range(rows: Iterable[tuple[str, str]]) -> str:
    """What the filters say of the range, in the file's words; '' where they say nothing."""
    return next((value for key, value in rows if fold(key) in RANGES), "")


def ranged(
    told: Origin, table: RawTable, said: str, wishes: Wishes, siblings: Siblings
) -> tuple[Origin, tuple[str, ...]]:
    """What was told of a table, with the range of its totals that filters or chart state, and a sentence on it."""
    profile = table.match.profile
    if told.begin is not None or not profile.has_filters or table.match.table.shape is not Shape.TOTALS:
        return told, ()
    as_of = told.as_of if wishes.as_of is None else wishes.as_of
    newest = as_of - profile.lag if as_of is not None and profile.finished_days_only else None
    chart = siblings.charts.get(profile.id) or (siblings.gapped.get(profile.id) if _dates(said) else None)
    found = span(said, chart, newest)
    if found is None:
        return told, ()
    worked_out = () if _dates(said) else (f"“{said}” is {iso(found[0])} to {iso(found[1])}",)
    return replace(told, begin=found[0], end=found[1]), worked_out if said else ()


def span(said: str, chart: Range | None, newest: int | None) -> Range | None:
    """The days that the totals of an export are of.

    `said` are dates ("1 Jan 2025-31 Dec 2025") or a length ("Last 28 days"), `chart` the days of the chart in the
    same file, `newest` the last day that the export can cover. A length says nothing without one of the other two;
    None where the days are not certain, or the chart contradicts what is said.
    """
    dates = _dates(said)
    if dates and chart:  # which ends before the dates where the newest days were not finished
        return (dates[0], chart[1]) if dates[0] <= chart[0] and chart[1] <= dates[1] else None
    if dates or chart:
        return dates or chart
    return _last(said, newest) if newest is not None else None


def _dates(said: str) -> Range | None:
    """Two dates with a hyphen between them, which some of them have themselves."""
    for hyphen in re.finditer("[-–]", said):
        texts = (said[: hyphen.start()], said[hyphen.end() :])
        for form in _DATES:
            first, last = (date_format(form)(text) for text in texts)
            if first and last and first.day <= last.day:
                return first.day, last.day
    return None


def _last(said: str, newest: int) -> Range | None:
    found = _LAST.fullmatch(fold(said))
    if found is None:
        return None
    count = int(found["count"])
    return (_months_before(newest, count) if found["unit"] in _MONTHS else newest - count + 1), newest


def _months_before(newest: int, count: int) -> int:
    """3 months up to 5 February begin on 6 November: the export of 2025-02-05 has those 92 days."""
    return months_later(newest + 1, -count)
