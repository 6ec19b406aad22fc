"""The .xls that is XML text: cells in their places, types in their words, and hostile XML refused."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_kit import DAYS, PAGES, day, only, read, refusal, values

from smartkpi.ingest.archive import Member
from smartkpi.ingest.read import Reading
from smartkpi.ingest.spreadsheetml import is_spreadsheetml, sheets

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(*tables: str, prolog: str = '<?xml version="1.0"?>', names: tuple[str, ...] = ("Sheet",)) -> str:
    inner = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{table}</Table></Worksheet>'
        for name, table in zip(names, tables, strict=True)
    )
    return f'{prolog}<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{inner}</Workbook>'


def cell(text: object, kind: str = "String", **attributes: object) -> str:
    said = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, **attributes: object) -> str:
    said = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f"<Row{said}>{''.join(cells)}</Row>"


HEADER = row(*map(cell, ("Page", "Date", "Clicks", "Views")))
FIRST = row(cell("a"), cell("2026-01-01T00:00:00.000", "DateTime"), cell("1", "Number"), cell("10", "Number"))


def grid(text: str) -> list[list[str]]:
    data = text.encode()
    member = Member("f.xls", "", (), lambda: io.BytesIO(data), lambda: "")
    assert is_spreadsheetml(member)
    (sheet,) = sheets(member)
    return [cells for chunk in sheet.chunks() for cells in chunk.rows]


def seen(text: str | bytes, folder: Path, name: str = "made-up.xls") -> Reading:
    return read(text if isinstance(text, bytes) else text.encode(), PAGES, DAYS, name=name, folder=folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-8", "utf-16"])
def test_it_is_told_by_its_first_bytes_in_any_encoding(encoding: str, declared: str, tmp_path: Path) -> None:
    if encoding.startswith("utf-8") and declared == "utf-16":
        return  # wrong, and refused below
    text = book(HEADER + FIRST.replace(">a<", ">Café Ü<"), prolog=f'<?xml version="1.0" encoding="{declared}"?>')
    extraction = only(seen(text.encode(encoding), tmp_path, name="export.csv"))
    assert values(extraction)["Café Ü", "views", day("2026-01-01")] == 10
    assert extraction.where == "export.csv › Sheet"
    assert extraction.dialect == "XML sheet"


def test_windows_1252_is_read_as_declared(tmp_path: Path) -> None:
    text = book(HEADER + FIRST.replace(">a<", ">Café €<"), prolog='<?xml version="1.0" encoding="windows-1252"?>')
    assert ("Café €", "clicks", day("2026-01-01")) in values(only(seen(text.encode("cp1252"), tmp_path)))


def test_skipped_rows_and_cells_keep_their_places() -> None:
    rows = row(cell("a", Index=2), cell("b"), Index=2) + row(cell("c", Index=4), Index=5) + row(cell("d"))
    assert grid(book(rows)) == [
        ["", "", "", ""],
        ["", "a", "b", ""],
        ["", "", "", ""],
        ["", "", "", ""],
        ["", "", "", "c"],
        ["d", "", "", ""],
    ]


def test_a_row_with_a_span_stands_for_several() -> None:
    assert grid(book(row(cell("a")) + row(Span=2) + row(cell("b")))) == [["a"], [""], [""], [""], ["b"]]


def test_a_merged_cell_pushes_the_next_one_to_the_right() -> None:
    assert grid(book(row(cell("title", MergeAcross=2), cell("x")))) == [["title", "", "", "x"]]


def test_a_cell_that_reaches_down_needs_cells_that_say_where_they_stand() -> None:
    below = (
        row(cell("a"), cell("b", MergeDown=1), cell("c"))
        + row(cell("d"), cell("e", Index=3))
        + row(cell("f"), cell("g"))
    )
    assert grid(book(below)) == [["a", "b", "c"], ["d", "", "e"], ["f", "g", ""]]


def test_types_become_the_text_of_other_workbooks() -> None:
    cells = [
        cell("41640", "Number"),
        cell("1.5", "Number"),
        cell("1.164", "Number"),
        cell("4.0E1", "Number"),
        cell("2014-02-19T04:29:18.000", "DateTime"),
        cell("1", "Boolean"),
        cell("#N/A", "Error"),
        "<Cell/>",
        "<Cell><Comment><ss:Data>by hand</ss:Data></Comment></Cell>",
        '<Cell><ss:Data ss:Type="String" xmlns="urn:html"><B>bo</B>ld &amp; more</ss:Data></Cell>',
    ]
    assert grid(book(row(*cells))) == [
        ["41640", "1.5", "1.1640", "40", "2014-02-19T04:29:18", "TRUE", "#N/A", "", "", "bold & more"]
    ]


def test_every_sheet_is_looked_at(tmp_path: Path) -> None:
    other = row(cell("City"), cell("People")) + row(cell("Lund"), cell("3", "Number"))
    reading = seen(book(HEADER + FIRST, other, names=("Key Metrics", "By city")), tmp_path)
    assert only(reading).member == "Key Metrics"
    assert [left.tables for left in reading.left_out] == [("By city: line 1: City, People",)]


BOMB = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;">]>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (book(row(cell("&lol2;")), prolog=BOMB), "declares a document type of its own"),
        (book(row(cell("a")), prolog='<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">'), "document type"),
        (book(HEADER + FIRST)[:-60], "damaged or was cut off"),
        (book(HEADER, prolog='<?xml version="1.0" encoding="utf-16"?>'), "damaged or was cut off"),
        (book(row(cell("a"), Index=250_001)), "more than 5 million cells"),
        (book(row(cell("a", Index=16_385))), "more than 5 million cells"),
        (book(row(cell("a")) + row(cell("b", Index=16_384), Index=250_000)), "more than 5 million cells"),
        (book(row(cell("a"), cell("b", Index=1))), "two cells stand at one place"),
        (book(row(cell("a")) + row(cell("b"), Index=1)), "two cells stand at one place"),
        (book(row(cell("a", Index="x"))), "stands where a place is stated"),
        (book(row(cell("a", MergeDown=1)) + row(cell("b"))), "a merged cell reaches into row 2"),
        (book(row(cell("a" * 1_100_000))), "a cell of more than 1 MB"),
        (book(row(f'<Cell ss:Index="{"1" * 3_000_000}"/>')), "a tag of more than 1 MB"),
        (book("<Row/>" * 250_001), "more than 5 million cells"),
        (book(*[""] * 257, names=tuple(map(str, range(257)))), "more than 256 sheets"),
    ],
)
def test_what_cannot_be_trusted_is_refused(text: str, why: str, tmp_path: Path) -> None:
    assert why in refusal(seen(text, tmp_path))


def test_xml_of_another_kind_is_named(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16"):
        data = '<?xml version="1.0"?><rss><channel/></rss>'.encode(encoding)
        assert "save it as .xlsx" in refusal(seen(data, tmp_path))


PLACES = st.lists(st.integers(1, 4), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.integers(1, 3), PLACES), min_size=1, max_size=8))
def test_places_are_those_of_a_plain_grid(steps: list[tuple[int, list[int]]]) -> None:
    """Rows and cells that skip some places, half of them by a number and half by standing beside each other."""
    cells: dict[tuple[int, int], str] = {}
    text, at = "", 0
    for skip, gaps in steps:
        at += skip
        parts, column = [], 0
        for n, gap in enumerate(gaps):
            column += gap
            cells[at, column] = f"{at}/{column}"
            parts.append(cell(cells[at, column], **({"Index": column} if gap > 1 or n % 2 else {})))
        text += row(*parts, **({"Index": at} if skip > 1 else {}))
    width = max(c for _, c in cells)
    assert grid(book(text)) == [[cells.get((r, c), "") for c in range(1, width + 1)] for r in range(1, at + 1)]
