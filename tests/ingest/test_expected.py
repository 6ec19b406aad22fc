"""Real exports, read by the packaged profiles, agree with what EXPECTED.json says that they state."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from smartkpi.ingest.read import extractions
from smartkpi.ingest.words import fits
from smartkpi.knowledge import loader
from smartkpi.model.extraction import Block, Extraction
from smartkpi.model.profile import Shape, Table
from smartkpi.model.series import SeriesKey

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
NOT_TAKEN = {
    "Dados do gráfico.csv",  # only the videos drawn in the chart
    "CTR",  # worked out from clicks and impressions
    "Event count per user",  # users cannot be added
    "engagement rate",  # worked out from engagements and impressions
    *("hashtag clicks", "detail expands", "permalink clicks", "app opens", "app installs"),  # kinds of engagement
    *("email tweet", "dial phone", "media engagements"),
    "follows",  # only those straight from a tweet
    "Difference in followers from previous day",  # worked out from the followers
}
TODAY = date(2026, 11, 22).toordinal()

pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")]


def entries() -> list[dict[str, Any]]:
    if not EXPORTS.is_dir():
        return []
    return list(json.loads((EXPORTS / "EXPECTED.json").read_text(encoding="utf-8")))


def is_taken(entry: dict[str, Any]) -> bool:
    return NOT_TAKEN.isdisjoint((entry["column"], entry.get("member", "")))


@cache
def found_in(name: str) -> list[tuple[Table, Extraction, dict[SeriesKey, dict[int, float]]]]:
    """Every daily table of a file with its values by series and day, as stated."""
    profiles = loader.profiles()
    tables = {(profile.id, table.name): (profile, table) for profile in profiles for table in profile.tables}
    (reading,) = extractions(EXPORTS / name, profiles, today=TODAY)
    assert reading.refused is None, reading.refused
    found = []
    for extraction in reading.extractions:
        _, table = tables[extraction.profile, extraction.table]
        if table.shape is Shape.DAILY:
            found.append((table, extraction, stated(extraction)))
    return found


def stated(extraction: Extraction) -> dict[SeriesKey, dict[int, float]]:
    """Values by series and day; zeros that the platform left out are not stated."""
    values: dict[SeriesKey, dict[int, float]] = defaultdict(dict)
    for block in extraction.blocks():
        for key, day, value in cells(block):
            assert day not in values[key]
            values[key][day] = value
    return values


def cells(block: Block) -> Iterator[tuple[SeriesKey, int, float]]:
    values = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    for n, key in enumerate(block.keys):
        for i in range(block.days):
            value = values[n * block.days + i]
            if value is not None and not (block.omitted and block.omitted[n] >> i & 1):
                yield key, block.first_day + i, float(value)


def series_of(entry: dict[str, Any], name: str) -> list[dict[int, float]]:
    """The series that this entry's column became: one, when all is well."""
    profiles = {profile.id: profile for profile in loader.profiles()}
    series = []
    for table, extraction, values in found_in(name):
        if table.titles and not fits(entry["table"], table.titles):
            continue
        every = (*table.columns, *profiles[extraction.profile].columns)
        column = next((c for c in every if c.metric and fits(entry["column"], c.names)), None)
        if column:
            wanted = (column.metric, column.breakdown)
            series += [days for key, days in values.items() if (key.metric, key.breakdown) == wanted]
    return series


@pytest.mark.parametrize("name", sorted({entry["file"] for entry in entries()}))
def test_a_real_file_states_the_days_and_sums_that_were_worked_out_apart(name: str) -> None:
    for entry in entries():
        if entry["file"] != name or not is_taken(entry):
            continue
        (days,) = series_of(entry, name)
        assert len(days) == entry["days"], entry
        assert sum(days.values()) == pytest.approx(entry["sum"], rel=1e-9, abs=1e-3), entry
        covered = tuple(date.fromordinal(day).isoformat() for day in (min(days), max(days)))
        assert covered == (entry["first"], entry["last"]), entry
