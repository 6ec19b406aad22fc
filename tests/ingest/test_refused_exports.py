"""Real files that must not be taken, each refused in one clear message, and the settings of a real ZIP."""

from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader

LISTED = ("gsc-performance.zip",)  # two of its pages come twice, with different numbers

pytestmark = pytest.mark.real


def one(path: Path) -> Reading:
    (reading,) = extractions(path, loader.profiles(), today=TODAY)
    return reading


@pytest.mark.parametrize(
    ("name", "why", "unknown"),
    [
        ("google-trends/trends-related.csv", "not an export that smartkpi knows", True),
        ("meta-business-suite/mbs-ig-content-double-quoted.csv", "tore cells with line breaks apart", False),
    ],
)
def test_a_real_file_is_refused(name: str, why: str, unknown: bool, exports: Path) -> None:
    reading = one(exports / name)
    assert why in refusal(reading)
    assert reading.unknown is unknown


def test_days_filled_down_into_the_future_are_never_taken(exports: Path) -> None:
    assert one(exports / "google-analytics-4/ga4-traffic-user-damaged-future-dates.csv").extractions == ()


def test_the_filters_of_a_search_console_zip_are_its_scope(exports: Path) -> None:
    tables = one(exports / "google-search-console/gsc-performance.zip").extractions
    assert {key.scope for table in tables for block in table.blocks() for key in block.keys} == {"page=+/blog/"}


def test_every_real_file_is_read_or_refused_and_none_raises(exports: Path) -> None:
    for path in sorted(exports.rglob("*.*")):
        for reading in extractions(path, loader.profiles(), today=TODAY):
            for extraction in reading.extractions:
                assert sum(1 for _ in extraction.blocks()) + sum(1 for _ in extraction.items()) > 0
                assert extraction.problems == [] or path.name in LISTED
