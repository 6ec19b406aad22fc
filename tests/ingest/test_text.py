"""Bytes become rows: encodings, dialects, line numbers, and damage that must not pass."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_kit import PAGES, TODAY, day, lines, only, read, refusal, values

from smartkpi.errors import WrongUseError
from smartkpi.ingest.archive import Member
from smartkpi.ingest.read import extractions
from smartkpi.ingest.text import TextSource
from smartkpi.ingest.text import read as read_text

ROWS = ["Page,Date,Clicks,Views", "Café,2026-01-01,1,10", "Café,2026-01-02,2,20"]
CAFE = {("Café", "clicks", day("2026-01-01")): 1.0, ("Café", "clicks", day("2026-01-02")): 2.0}


def clicks(reading: object) -> dict[tuple[str, str, int], float]:
    return {key: value for key, value in values(only(reading)).items() if key[1] == "clicks"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("codec", "bom", "shown"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
@pytest.mark.parametrize(("mark", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_dialect_are_found(
    codec: str, bom: bytes, shown: str, mark: str, name: str, end: str, tmp_path: Path
) -> None:
    data = bom + (end.join(row.replace(",", mark) for row in ROWS) + end).encode(codec)
    reading = read(data, folder=tmp_path)
    assert clicks(reading) == CAFE
    assert only(reading).dialect == f"{shown}, {name}"
    assert bool(only(reading).notes) == (shown == "Windows-1252")


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "sep=;;;;"])
def test_a_sep_line_is_honoured_and_no_row(first: str, tmp_path: Path) -> None:
    data = lines([first, "Clicks;Date;Page;Views", '"1";"2026-01-01";"a,b";"10"'])
    assert clicks(read(data, folder=tmp_path)) == {("a,b", "clicks", day("2026-01-01")): 1.0}


def test_a_sep_line_of_a_tab(tmp_path: Path) -> None:
    data = lines(["sep=\t", "Clicks\tDate\tPage\tViews", "1\t2026-01-01\ta,b\t10"])
    assert clicks(read(data, folder=tmp_path)) == {("a,b", "clicks", day("2026-01-01")): 1.0}


def test_the_delimiter_is_told_by_the_header_and_not_by_the_line_above(tmp_path: Path) -> None:
    data = lines(["Our pages, all of them, by day, sorted, in full", *(row.replace(",", ";") for row in ROWS)])
    assert clicks(read(data, folder=tmp_path)) == CAFE


def test_an_encoding_that_the_user_names_is_used(tmp_path: Path) -> None:
    data = "\n".join(ROWS).replace("Café", "Ёлка").encode("cp1251")
    assert set(clicks(read(data, folder=tmp_path, encoding="cp1251"))) == {
        ("Ёлка", "clicks", day("2026-01-01")),
        ("Ёлка", "clicks", day("2026-01-02")),
    }
    with pytest.raises(WrongUseError, match="klingon"):
        read(data, folder=tmp_path, encoding="klingon")


def test_lines_wrapped_in_quotes_as_a_whole_are_unwrapped(tmp_path: Path) -> None:
    data = lines(['"Page,Date,Clicks,Views"', '"""Café, Ü"",2026-01-01,1,10"', '"b,2026-01-02,2,20"'])
    assert clicks(read(data, folder=tmp_path)) == {
        ("Café, Ü", "clicks", day("2026-01-01")): 1.0,
        ("b", "clicks", day("2026-01-02")): 2.0,
    }


def test_wrapped_lines_whose_cells_were_torn_apart_are_refused(tmp_path: Path) -> None:
    data = lines(['"Page,""Date"",Clicks,Views"', '"""a torn', 'cell"",2026-01-01,1,10"'])
    assert "tore cells with line breaks apart" in refusal(read(data, folder=tmp_path))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b" \r\n\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"<?xml version='1.0'?><Workbook>", "save it as .xlsx"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (lines(ROWS) + b"\0\0\0", "a program's own format"),
        (lines(ROWS) + b"x" * (1 << 21), "a line of more than 1 MB"),
        (lines([*ROWS, 'c,"2026-01-03,3,30', "c,2026-01-04,4,40"]), "the quotes do not fit together"),
        (lines([*ROWS, '"c"x,2026-01-03,3,30']), "the quotes do not fit together"),
        (lines([*ROWS, 'c,2026-01-03,"3', "c,2026-01-04,4,40", 'c,2026-01-05,5",50']), "closed lines later"),
        ("\n".join(ROWS).encode("utf-16") + b"\x00", "cannot be read as UTF-16"),
        (lines(ROWS) + b"\x81\x8d", "the text is damaged"),
    ],
)
def test_what_cannot_be_trusted_is_refused_in_one_clear_message(data: bytes, why: str, tmp_path: Path) -> None:
    assert why in refusal(read(data, folder=tmp_path))


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG")
    (tmp_path / "b.csv").write_bytes(lines(ROWS))
    (tmp_path / "c.csv").write_bytes(b"Foo,Bar\n1,2\n")
    (tmp_path / ".hidden.csv").write_bytes(lines(ROWS))
    (tmp_path / "d.jpg").write_bytes(b"")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "e.csv").write_bytes(lines(ROWS))
    readings = list(extractions(tmp_path, [PAGES], today=TODAY))
    assert [(r.name, r.refused is not None, r.unknown) for r in readings] == [
        ("a.csv", True, False),
        ("b.csv", False, False),
        ("c.csv", True, True),
    ]


def test_a_stream_is_read_like_a_file(tmp_path: Path) -> None:
    (reading,) = extractions(io.BytesIO(lines(ROWS)), [PAGES], today=TODAY)
    assert clicks(reading) == CAFE
    assert (reading.name, only(reading).argument) == ("standard input", "-")


CELLS = st.text(st.sampled_from('ab1,;"\n\r\u00e9 '), max_size=6)


@settings(max_examples=200)
@given(
    rows=st.lists(st.lists(CELLS, min_size=0, max_size=4), max_size=30),
    mark=st.sampled_from(",;\t"),
    end=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=1, max_size=3),
)
def test_chunks_are_what_a_naive_reader_sees(rows: list[list[str]], mark: str, end: list[str]) -> None:
    """Ragged rows, blank lines, cells with line breaks, mixed line ends: the same rows, and their own lines."""
    text, expected, line = "Page" + mark + "Date\n", [(1, ["Page", "Date"])], 2
    for n, row in enumerate(rows):
        quoted = [f'"{c.replace(chr(34), chr(34) * 2)}"' if set(c) & set(',;"\n\r\t') else c for c in row]
        if len(row) == 1 and not row[0]:
            quoted = ['""']
        expected.append((line, row))
        here = mark.join(quoted) + end[n % len(end)]
        line += len(list(io.StringIO(here, newline="")))
        text += here
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) == [row for _, row in expected]
    assert chunks_of(text, mark) == expected


def chunks_of(text: str, mark: str) -> list[tuple[int, list[str]]]:
    data = text.encode()
    member = Member("f", "", (), lambda: io.BytesIO(data), lambda: "")
    found = read_text(member, {"page", "date"})
    source = TextSource(member, "utf-8", "UTF-8", mark, found.quoted, False, 0, True, ())
    return [pair for chunk in source.chunks() for pair in zip(chunk.lines, chunk.rows, strict=True)]
