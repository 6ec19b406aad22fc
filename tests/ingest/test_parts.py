"""Breakdowns that a profile's tables share, tables that lie below each other, and what adds up to the whole."""

from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.knowledge.loader import parse
from smartkpi.model.extraction import Extraction

CHANNEL = "Session primary channel group (Default Channel Group)"
TOP = "# Example\n# Free form 1\n# 20260302-20260303\n\n"
SHARED = parse(
    """
id = "shared"
title = "Shared"
report = "shared"
platforms = ["website"]
how = ["Download it"]
one_range = true
preamble = ['^Site,(?P<account>.+)$', '^Range,(?P<begin>\\S+) to (?P<end>\\S+)$']
columns = [
    { names = ["Visits"], metric = "visits" },
    { names = ["Page"], role = "breakdown", breakdown_kind = "page" },
    { names = ["Country"], role = "breakdown", breakdown_kind = "country", complete = true },
    { names = ["Device"], role = "breakdown", breakdown_kind = "device", complete = true },
]
[[tables]]
name = "Days"
shape = "daily"
total_labels = [""]
columns = [{ names = ["Day"], role = "date" }]
[[tables]]
name = "Totals"
shape = "totals"
""",
    "shared.toml",
)


def read(path: Path, text: str, *profiles: object) -> Reading:
    path.write_text(text, encoding="utf-8")
    (reading,) = extractions(path, profiles or loader.profiles(), today=TODAY)  # type: ignore[arg-type]
    return reading


def kinds(reading: Reading) -> list[set[tuple[str, str]]]:
    return [
        {(key.breakdown_kind, key.breakdown) for block in e.blocks() for key in block.keys} for e in reading.extractions
    ]


def complete(found: Extraction) -> tuple[str, ...]:
    """The kinds of breakdown that add up to the whole."""
    return tuple(sorted({kind for _, kind in found.complete}))


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Day,Visits", "2026-03-02,4", ("", "")),
        ("Day,Page,Visits", "2026-03-02,/a,4", ("page", "/a")),
        ("Day,Device,Page,Visits", "2026-03-02,phone,/a,4", ("page / device", "/a / phone")),
    ],
)
def test_shared_breakdowns_are_there_or_not_in_the_order_of_the_profile(
    header: str, row: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    assert kinds(read(tmp_path / "a.csv", f"{header}\n{row}\n", SHARED)) == [{expected}]


def test_totals_without_any_breakdown_are_no_table_of_the_profile(tmp_path: Path) -> None:
    reading = read(tmp_path / "a.csv", "Range,2026-03-02 to 2026-03-03\n\nHost,Visits\na.example,4\n", SHARED)
    assert reading.extractions == ()


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Country", "CH", ("country",)),
        ("Country,Device", "CH,phone", ("country / device",)),
        ("Page,Country", "/,CH", ()),
    ],
)
def test_breakdowns_add_up_to_the_whole_together_when_each_of_them_does(
    header: str, row: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    text = f"Site,Example\nRange,2026-03-02 to 2026-03-03\n\n\n{header},Visits\n{row},4\n"
    (found,) = read(tmp_path / "a.csv", text, SHARED).extractions
    assert (complete(found), found.account) == (expected, "Example")


def test_pairs_of_words_above_blank_lines_hold_for_every_table_below(tmp_path: Path) -> None:
    tables = "Country,Visits\nCH,4\n\nDevice,Visits\nphone,4\n"
    reading = read(tmp_path / "a.csv", f"Site,Example\nRange,2026-03-02 to 2026-03-03\n\n\n{tables}", SHARED)
    assert kinds(reading) == [{("country", "CH")}, {("device", "phone")}]
    assert {key.days for e in reading.extractions for block in e.blocks() for key in block.keys} == {2}
    assert reading.left_out == ()


def test_a_header_that_begins_like_the_last_one_opens_another_table(tmp_path: Path) -> None:
    text = "Day,Page,Visits\n2026-03-02,/a,4\nDay,Country,Visits\n2026-03-02,CH,4\n"
    assert kinds(read(tmp_path / "a.csv", text, SHARED)) == [{("page", "/a")}, {("country", "CH")}]


def test_a_row_without_its_day_is_the_total_where_the_platform_writes_it_so(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.csv", "Day,Visits\n2026-03-02,4\n2026-03-03,5\n,9\n", SHARED).extractions
    assert [left.lines for left in found.left_out] == [(4,)]
    assert [value for block in found.blocks() for value in block.cells] in ([4, 5], list("[4,5]"))


def test_an_exploration_that_was_cut_off_does_not_add_up_to_the_whole(tmp_path: Path) -> None:
    rows = "20260302,Direct,5\n20260303,Direct,7\n20260302,Organic Search,3\n"
    for total, expected in ((15, ("channel",)), (44, ())):
        text = f"{TOP}Date,{CHANNEL},Sessions\n,,{total},Grand total\n{rows}"
        (found,) = read(tmp_path / "a.csv", text).extractions
        assert complete(found) == expected
        assert any("add up to 15 of 44" in note for note in found.notes) is not bool(expected)


def test_the_card_of_a_snapshot_lists_the_largest_and_is_not_complete(tmp_path: Path) -> None:
    lines = "# ----\n# Reports snapshot\n# Property: P\n# ----\n# \n# Start date: 20260302\n# End date: 20260303\n"
    (card,) = read(tmp_path / "a.csv", f"{lines}{CHANNEL},Sessions\nDirect,5\n").extractions
    assert complete(card) == ()
    (whole,) = read(tmp_path / "b.csv", f"{lines}{CHANNEL},Sessions,Event count\nDirect,5,9\n").extractions
    assert complete(whole) == ("channel",)


def test_weeks_of_a_range_that_begins_in_the_middle_of_one_are_left_out(tmp_path: Path) -> None:
    lines = "# ----\n# Overview\n# Property: P\n# ----\n# \n# Start date: 20260303\n# End date: 20260320\n"
    reading = read(tmp_path / "a.csv", f"{lines}Nth week,New users\n0000,5\n0001,9\n")
    assert "begins in the middle of one" in refusal(reading)
