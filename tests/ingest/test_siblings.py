"""Files that were unzipped into one folder are one export again: they date each other, and filters belong to them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from ingest_kit import TODAY, day, lines

from smartkpi.ingest.read import SETTINGS, Reading, extractions
from smartkpi.knowledge import loader

TOTALS = lines(["Date,Views", "2026-01-01,5", "2026-01-02,7"])
TABLE = lines(["Content,Video title,Video publish time,Views", "Total,,,12", 'abc,First,"Jan 1, 2026",12'])
CHART = lines(["Date,Content,Video title,Video publish time,Views", '2026-01-01,abc,First,"Jan 1, 2026",5'])
CLICKS = lines(["Date,Clicks,Impressions,CTR,Position", "2026-01-01,1,10,10%,3.5"])
FILTERS = lines(["Filter,Value", "Page,+/blog/"])


def files(folder: Path, **contents: bytes) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    for name, data in contents.items():
        (folder / f"{name}.csv").write_bytes(data)
    return tuple(sorted(folder.iterdir()))


def read(paths: Path | Iterable[Path], **wishes: int) -> dict[str, Reading]:
    path = paths if isinstance(paths, Path) else tuple(paths)
    return {reading.name: reading for reading in extractions(path, loader.profiles(), today=TODAY, **wishes)}


def as_of(reading: Reading) -> tuple[int | None, str]:
    (extraction,) = reading.extractions
    return extraction.as_of, extraction.as_of_from


@pytest.mark.parametrize("named", [True, False])
def test_a_table_without_a_day_is_as_new_as_its_siblings(named: bool, tmp_path: Path) -> None:
    paths = files(tmp_path / "one", **{"Totals": TOTALS, "Table data": TABLE, "Chart data": CHART})
    found = read(paths if named else tmp_path / "one")
    assert as_of(found["Table data.csv"]) == (day("2026-01-02"), "like Totals.csv beside it: its last day")
    assert as_of(found["Totals.csv"]) == (day("2026-01-02"), "its last day")
    assert found["Chart data.csv"].part_of == ("Table data.csv", "Totals.csv")


def test_it_is_as_new_as_the_user_says_whatever_lies_beside_it(tmp_path: Path) -> None:
    paths = files(tmp_path / "one", **{"Totals": TOTALS, "Table data": TABLE})
    assert as_of(read(paths, as_of=day("2026-02-01"))["Table data.csv"]) == (day("2026-02-01"), "from --as-of")


@pytest.mark.parametrize(
    "others",
    [
        {"Totals": TOTALS, "Totals (1)": TOTALS},  # even of the same last day
        {"Totals": TOTALS, "Table data (1)": TABLE},
        {"Totals": TOTALS, "Chart data": CHART, "Chart data (1)": CHART},
        {"Totals (1)": TOTALS},
        {"Chart": CLICKS},  # of another profile
        {},
    ],
)
def test_files_of_different_downloads_do_not_date_each_other(others: dict[str, bytes], tmp_path: Path) -> None:
    files(tmp_path / "two", **{"Table data": TABLE, **others})
    assert as_of(read(tmp_path / "two")["Table data.csv"]) == (None, "")


def test_a_second_download_dates_its_own_files(tmp_path: Path) -> None:
    found = read(files(tmp_path / "again", **{"Totals (1)": TOTALS, "Table data (1)": TABLE}))
    assert as_of(found["Table data (1).csv"])[0] == day("2026-01-02")


def test_filters_say_which_files_they_are_settings_of(tmp_path: Path) -> None:
    found = read(files(tmp_path / "gsc", Chart=CLICKS, Filters=FILTERS))
    assert found["Filters.csv"].settings_of == ("Chart.csv",)
    assert [left.reason for left in found["Filters.csv"].left_out] == [
        "the settings of Chart.csv, which say what its numbers are of"
    ]
    (extraction,) = found["Chart.csv"].extractions
    assert {key.scope for block in extraction.blocks() for key in block.keys} == {"page=+/blog/"}
    alone = read(tmp_path / "gsc" / "Filters.csv")["Filters.csv"]
    assert alone.settings_of == ()
    assert [left.reason for left in alone.left_out] == [SETTINGS]


def test_a_known_report_of_another_name_is_no_part_of_its_neighbours_download(tmp_path: Path) -> None:
    found = read(files(tmp_path / "yt", Totals=TOTALS, drawing=CHART))
    assert found["drawing.csv"].part_of == ()
