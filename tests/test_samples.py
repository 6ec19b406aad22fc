"""Every sample export becomes exactly the observations and items that lie beside it."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from smartkpi.ingest.read import extractions
from smartkpi.knowledge import loader
from smartkpi.model.extraction import Block, Extraction

SAMPLES = Path(__file__).parent / "samples"
CASES = sorted(path for path in SAMPLES.glob("*/*") if path.is_dir())
TODAY = date(2026, 11, 22).toordinal()


def read(folder: Path) -> list[Extraction]:
    """What the files of a case hold, without the two that say what is expected."""
    profiles = loader.profiles()
    files = [file for file in sorted(folder.iterdir()) if not file.name.startswith("expected")]
    readings = [reading for file in files for reading in extractions(file, profiles, today=TODAY)]
    assert [str(reading.refused) for reading in readings if reading.refused] == []
    return [extraction for reading in readings for extraction in reading.extractions]


def said(found: Extraction, block: Block) -> tuple[str, str]:
    """Platform and account, as far as file and row say them."""
    platform = found.platforms[0] if len(found.platforms) == 1 else ""
    return block.platform or platform, block.account or found.account


def cells(block: Block) -> list[float | None]:
    return json.loads(block.cells) if isinstance(block.cells, str) else block.cells


def observed(found: Extraction) -> Iterator[tuple[object, ...]]:
    """The stated observations: omitted zeros and missing cells are none."""
    for block in found.blocks():
        values = iter(cells(block))
        for n, key in enumerate(block.keys):
            for i in range(block.days):
                value = next(values)
                hidden = bool(block.omitted and block.omitted[n] >> i & 1)
                if value is not None and not hidden:
                    begin = date.fromordinal(block.first_day + i)
                    end = date.fromordinal(block.first_day + i + key.days)
                    parts = (key.scope, key.metric, key.unit, key.breakdown_kind, key.breakdown)
                    yield (*said(found, block), key.report, *parts, str(begin), str(end), value)


def listed(found: Extraction) -> Iterator[tuple[object, ...]]:
    platform = next(iter(found.platforms), "")
    for item in found.items():
        for (metric, *_), value in item.values.items():
            yield (platform, found.account, item.external_id, item.published, item.kind, metric, value)


def expected(file: Path) -> list[tuple[object, ...]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return sorted((*row[:-1], float(row[-1])) for row in rows)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_becomes_what_lies_beside_it(folder: Path) -> None:
    found = read(folder)
    assert {extraction.profile for extraction in found} == {folder.parent.name}
    assert sorted(row for extraction in found for row in observed(extraction)) == expected(folder / "expected.csv")
    assert sorted(row for extraction in found for row in listed(extraction)) == expected(folder / "expected-items.csv")
    assert [problem for extraction in found for problem in extraction.problems] == []


def test_every_packaged_profile_has_a_sample() -> None:
    assert {profile.id for profile in loader.profiles()} == {folder.parent.name for folder in CASES}


def test_a_dimension_that_no_profile_knows_is_never_added_or_folded(tmp_path: Path) -> None:
    # Two streams with the same number on one day look like a row that comes twice.
    rows = "Date,Stream name,Sessions\n20260302,Web,1\n20260302,App,1\n20260303,Web,4\n"
    file = tmp_path / "download.csv"
    file.write_text(f"# Example\n# By stream-Free form 1\n# 20260302-20260303\n\n{rows}", encoding="utf-8")
    (reading,) = extractions(file, loader.profiles(), today=TODAY)
    assert "lines 6 and 7 state different numbers" in str(reading.refused)
