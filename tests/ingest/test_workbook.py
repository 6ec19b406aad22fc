"""Workbooks: cells as text in one exact way, and sheets that would exhaust the machine."""

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from ingest_kit import DAYS, TODAY, day, only, refusal, values

from smartkpi.ingest.read import Reading, extractions
from smartkpi.ingest.workbook import shown
from smartkpi.model.series import SeriesKey

Cell = str | float | datetime.date | None


def workbook(sheets: dict[str, list[list[Cell]]], path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(r, c, datetime.datetime.combine(cell, datetime.time()), days)
                    elif isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write_number(r, c, cell)
    return path


def one(path: Path) -> Reading:
    (reading,) = extractions(path, [DAYS], today=TODAY)
    return reading


def test_a_sheet_with_a_note_above_and_typed_days_and_shares(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["A note that explains the sheet."],
        [],
        ["Day", "Clicks", "Share"],
        [datetime.date(2026, 1, 31), 12.0, 0.0139],
        [datetime.date(2026, 2, 1), "7", None],
    ]
    reading = one(workbook({"Days": rows, "Notes": [["nothing", "here"], [1.0, 2.0]]}, tmp_path / "a.xlsx"))
    assert only(reading).member == "Days"
    assert values(only(reading)) == {
        ("", "clicks", day("2026-01-31")): 12.0,
        ("", "share", day("2026-01-31")): 1.39,
        ("", "clicks", day("2026-02-01")): 7.0,
    }
    assert reading.left_out[0].tables == ("Notes: line 1: nothing, here",)


def test_line_numbers_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[], [], ["Day", "Clicks"], ["31/01/2026", "x"], ["01/02/2026", 5.0]]
    extraction = only(one(workbook({"Days": rows}, tmp_path / "a.xlsx")))
    assert values(extraction) == {("", "clicks", day("2026-02-01")): 5.0}
    assert [(p.line, p.column, p.text) for p in extraction.problems] == [(4, "Clicks", "x")]


def test_a_days_sheet_settles_how_its_siblings_write_days(tmp_path: Path) -> None:
    days: list[list[Cell]] = [["Day", "Clicks"], ["01/31/2026", 1.0]]
    posts: list[list[Cell]] = [["Post", "Text", "Sent", "Likes"], ["p1", "Hi", "01/02/2026", 3.0]]
    reading = one(workbook({"Posts": posts, "Days": days}, tmp_path / "a.xlsx"))
    assert [extraction.table for extraction in reading.extractions] == ["Posts", "Days"]
    (item,) = reading.extractions[0].items()
    assert (item.published, item.values) == ("2026-01-02", {SeriesKey("likes", "", days=0): 3.0})
    assert reading.extractions[0].as_of == day("2026-01-31")
    alone = one(workbook({"Posts": posts}, tmp_path / "b.xlsx"))
    assert "may be 2026-02-01 or 2026-01-02" in refusal(alone)


def test_two_far_corners_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = workbook({"Days": [["Day", "Clicks"], ["01/31/2026", 1.0]]}, tmp_path / "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = re.sub(b"</sheetData>", far, data)
            new.writestr(entry.filename, data)
    path.write_bytes(out.getvalue())
    assert "more than 5 million cells" in refusal(one(path))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04 nothing"])
def test_a_broken_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert refusal(one(path)).startswith("a.xls: ")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (1.5, "1.5"),
        (1.164, "1.1640"),
        (0.1 + 0.2, "0.30000000000000004"),
        (True, "TRUE"),
        (datetime.date(2026, 5, 1), "2026-05-01"),
        (datetime.datetime(2026, 5, 1), "2026-05-01"),
        (datetime.datetime(2026, 5, 1, 10, 30), "2026-05-01T10:30:00"),
        ("  as it is ", "  as it is "),
    ],
)
def test_a_cell_is_written_in_one_exact_way(cell: object, text: str) -> None:
    assert shown(cell) == text


@pytest.mark.real
@pytest.mark.parametrize("share", [0.01, 0.02, 0.3, 0.6, 0.97])
def test_a_workbook_that_was_cut_off_is_refused(share: float, exports: Path, tmp_path: Path) -> None:
    data = (exports / "linkedin/li-page-followers.xls").read_bytes()
    path = tmp_path / "cut.xls"
    path.write_bytes(data[: int(len(data) * share)])
    assert re.search("cut off|damaged", refusal(one(path)))


@pytest.mark.parametrize("share", [0.1, 0.6, 0.97])
def test_a_new_workbook_that_was_cut_off_is_refused(share: float, tmp_path: Path) -> None:
    path = workbook({"Days": [["Day", "Clicks"], ["01/31/2026", 1.0]]}, tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "damaged" in refusal(one(path))
