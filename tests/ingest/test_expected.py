"""Real exports, read by the packaged profiles, agree with what EXPECTED.json says that they state."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from smartkpi.ingest.identify import fits
from smartkpi.ingest.read import extractions
from smartkpi.knowledge import loader
from smartkpi.model.profile import Column, Profile, Shape, Table
from smartkpi.model.series import Block, SeriesKey

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
FAMILIES = (
    "x-twitter/x-",
    "meta-business-suite/",
    "linkedin/",
    "youtube/",
    "google-search-console/",
    "google-analytics-4/",
)
TODAY = date(2026, 11, 22).toordinal()

pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")]


def entries() -> list[dict[str, Any]]:
    if not EXPORTS.is_dir():
        return []
    listed = json.loads((EXPORTS / "EXPECTED.json").read_text(encoding="utf-8"))
    return [entry for entry in listed if entry["file"].startswith(FAMILIES)]


def files() -> list[str]:
    return sorted({entry["file"] for entry in entries()})


def columns(profile: Profile, table: Table, header: str) -> Iterator[Column]:
    every = (*table.columns, *(profile.columns if table.shared_columns else ()))
    return (column for column in every if column.metric and fits(header, column.names))


def stated(name: str) -> dict[tuple[str, SeriesKey], dict[int, float]]:
    """Per table and series the values by day; zeros that the platform left out are not stated."""
    found: dict[tuple[str, SeriesKey], dict[int, float]] = defaultdict(dict)
    (reading,) = extractions(EXPORTS / name, loader.profiles(), today=TODAY)
    assert reading.refused is None, reading.refused
    for extraction in reading.extractions:
        for block in extraction.blocks():
            for key, day, value in cells(block):
                assert day not in found[extraction.table, key]
                found[extraction.table, key][day] = value
    return found


def cells(block: Block) -> Iterator[tuple[SeriesKey, int, float]]:
    values = json.loads(f"[{block.cells}]") if isinstance(block.cells, str) else block.cells
    for n, key in enumerate(block.keys):
        for i in range(block.days):
            value = values[n * block.days + i]
            if value is not None and not (block.omitted and block.omitted[n] >> i & 1):
                yield key, block.first_day + i, float(value)


def taken(entry: dict[str, Any], table: Table, profile: Profile) -> Column | None:
    """The column of a daily table that this entry speaks of, when the profile takes it."""
    titles = {entry["table"], entry.get("member", "").removesuffix(".csv")}
    if table.shape is not Shape.DAILY or (table.titles and not any(fits(t, table.titles) for t in titles)):
        return None
    return next(columns(profile, table, entry["column"]), None)


@pytest.mark.parametrize("name", files())
def test_a_real_file_states_the_days_and_sums_that_were_worked_out_apart(name: str) -> None:
    found, checked = stated(name), 0
    profiles = {table.name: (profile, table) for profile in loader.profiles() for table in profile.tables}
    for entry in (entry for entry in entries() if entry["file"] == name):
        if entry.get("member", "").startswith("Dados do gráfico"):
            continue  # only the videos drawn in the chart
        for (table_name, key), values in found.items():
            profile, table = profiles[table_name]
            column = taken(entry, table, profile)
            if not column or (column.metric, column.breakdown) != (key.metric, key.breakdown):
                continue
            checked += 1
            assert len(values) == entry["days"], (entry, key)
            assert sum(values.values()) == pytest.approx(entry["sum"], rel=1e-9, abs=1e-3)
            assert (date.fromordinal(min(values)).isoformat(), date.fromordinal(max(values)).isoformat()) == (
                entry["first"],
                entry["last"],
            )
    assert checked
