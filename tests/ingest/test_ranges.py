"""Totals are stored for exactly the days that their row, their file or their name says."""

from datetime import date
from pathlib import Path

import pytest
from ingest_kit import lines, only, read, refusal

from smartkpi.ingest.read import Reading
from smartkpi.knowledge.loader import parse
from smartkpi.model.extraction import Extraction
from smartkpi.model.series import SeriesKey

HEAD = """
id = "adverts"
title = "Adverts"
report = "adverts"
platforms = ["website"]
how = ["Download it"]
files = ['(?P<begin>\\d{4}-\\d\\d-\\d\\d)_(?P<end>\\d{4}-\\d\\d-\\d\\d)']
[[tables]]
name = "Adverts"
shape = "totals"
"""
METRICS = """
    { names = ["Results"], metric = "results", told = true },
    { names = ["Fans"], metric = "followers", level = true },
    { names = ["Clicks"], metric = "clicks" },
]
"""
TELLS = '{ names = ["Kind"], role = "tells", tells = { "form" = "leads", "click" = "link_clicks" } },'
BY_ROW = parse(
    HEAD
    + 'columns = [{ names = ["From"], role = "begin" }, { names = ["To"], role = "end" },'
    + '{ names = ["Campaign"], role = "breakdown", breakdown_kind = "campaign" },'
    + '{ names = ["Set"], role = "breakdown", breakdown_kind = "ad set" },'
    + TELLS
    + METRICS,
    "by-row.toml",
)


def period(word: str, *formats: str) -> str:
    return (
        HEAD
        + f'period = "{word}"\ndate_formats = {list(formats)}\ncolumns = [{{ names = ["Week"], role = "date" }},'
        + METRICS
    )


def stated(extraction: Extraction) -> list[tuple[str, str, str, int, float | None]]:
    """(metric, breakdown, begin, days, value) of every value that stands there."""
    found = []
    for block in extraction.blocks():
        for key, value in zip(block.keys, block.cells, strict=True):
            if value is not None:
                found.append((key.metric, key.breakdown, _iso(block.first_day), key.days, value))
    return sorted(found)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def test_two_columns_say_the_range_of_a_row_and_a_level_is_of_its_last_day(tmp_path: Path) -> None:
    rows = ["From,To,Campaign,Set,Kind,Results,Clicks,Fans", "2026-03-01,2026-03-10,Spring,A,form,4,9,120"]
    assert stated(only(read(lines(rows), BY_ROW, folder=tmp_path))) == [
        ("clicks", "Spring / A", "2026-03-01", 10, 9.0),
        ("followers", "Spring / A", "2026-03-10", 1, 120.0),
        ("leads", "Spring / A", "2026-03-01", 10, 4.0),
    ]


def test_what_a_row_counts_is_told_by_its_kind_and_an_unknown_kind_is_kept_apart(tmp_path: Path) -> None:
    rows = [
        "From,To,Campaign,Set,Kind,Results,Clicks",
        "2026-03-01,2026-03-02,Spring,A,click,7,1",
        "2026-03-01,2026-03-02,Spring,B,swoosh,5,2",
        "2026-03-01,2026-03-02,Spring,C,,,3",
    ]
    found = stated(only(read(lines(rows), BY_ROW, folder=tmp_path)))
    assert [cell for cell in found if cell[0] != "clicks"] == [
        ("link_clicks", "Spring / A", "2026-03-01", 2, 7.0),
        ("results", "Spring / B / swoosh", "2026-03-01", 2, 5.0),
    ]


def test_rows_that_would_be_one_number_are_refused(tmp_path: Path) -> None:
    rows = [
        "From,To,Campaign,Set,Kind,Results,Clicks",
        "2026-03-01,2026-03-02,Spring / A,B,form,7,1",
        "2026-03-01,2026-03-02,Spring,A / B,form,5,2",
    ]
    assert "one and the same number" in refusal(read(lines(rows), BY_ROW, folder=tmp_path))


def test_a_range_that_cannot_be_read_is_listed_and_the_others_are_in(tmp_path: Path) -> None:
    rows = [
        "From,To,Campaign,Set,Kind,Results,Clicks",
        "2026-03-01,2026-03-02,Spring,A,form,7,1",
        "2026-03-05,2026-03-02,Summer,A,form,5,2",
    ]
    extraction = only(read(lines(rows), BY_ROW, folder=tmp_path))
    assert {breakdown for _, breakdown, *_ in stated(extraction)} == {"Spring / A"}
    (problem,) = extraction.problems
    assert (problem.line, problem.text) == (3, "2026-03-05")


def weeks(folder: Path, name: str, *rows: str, **wishes: object) -> Reading:
    profile = parse(period("week", "%Y-%m-%d"), "weeks.toml")
    return read(lines(["Week,Clicks", *rows]), profile, folder=folder, name=name, **wishes)


def test_the_edges_of_the_range_cut_the_first_and_the_last_week_short(tmp_path: Path) -> None:
    name = "adverts 2026-03-04_2026-03-17.csv"
    found = stated(only(weeks(tmp_path, name, "2026-03-02,1", "2026-03-09,2", "2026-03-16,3")))
    assert [cell[2:] for cell in found] == [("2026-03-04", 5, 1.0), ("2026-03-09", 7, 2.0), ("2026-03-16", 2, 3.0)]


def test_the_newest_week_is_left_out_where_nothing_says_that_it_is_over(tmp_path: Path) -> None:
    extraction = only(weeks(tmp_path, "adverts.csv", "2026-03-02,1", "2026-03-09,2"))
    assert [cell[2:] for cell in stated(extraction)] == [("2026-03-02", 7, 1.0)]
    assert any("2026-03-09" in note and "--as-of" in note for note in extraction.notes)
    newer = only(weeks(tmp_path, "adverts.csv", "2026-03-02,1", "2026-03-09,2", as_of=739_692))
    assert len(stated(newer)) == 2


@pytest.mark.parametrize(
    ("word", "range_", "expected"),
    [
        ("week", "2026-03-01_2026-03-11", [("2026-03-01", 7, 4.0), ("2026-03-08", 4, 5.0)]),  # from a Sunday
        ("month", "2026-01-01_2026-02-10", [("2026-01-01", 31, 4.0), ("2026-02-01", 10, 5.0)]),
    ],
)
def test_numbered_periods_count_from_the_first_day_of_the_range(
    word: str, range_: str, expected: list[tuple[str, int, float]], tmp_path: Path
) -> None:
    profile = parse(period(word, "nth"), "nth.toml")
    reading = read(lines(["Week,Clicks", "0000,4", "0001,5"]), profile, folder=tmp_path, name=f"adverts {range_}.csv")
    assert [cell[2:] for cell in stated(only(reading))] == expected


def test_numbered_weeks_of_a_range_that_begins_in_one_are_left_out(tmp_path: Path) -> None:
    profile = parse(period("week", "nth"), "nth.toml")
    name = "adverts 2026-03-04_2026-03-17.csv"
    reading = read(lines(["Week,Clicks", "0000,4"]), profile, folder=tmp_path, name=name)
    assert "begins in the middle of one" in refusal(reading)


def test_levels_without_a_range_are_of_the_day_of_the_export(tmp_path: Path) -> None:
    text = HEAD.replace("(?P<begin>", "(?P<as_of>").replace("_(?P<end>\\d{4}-\\d\\d-\\d\\d)", "")
    profile = parse(text + 'columns = [{ names = ["Fans"], metric = "followers", level = true, required = true }]', "f")
    found = stated(only(read(lines(["Fans", "120"]), profile, folder=tmp_path, name="fans 2026-03-09.csv")))
    assert found == [("followers", "", "2026-03-09", 1, 120.0)]
    assert "--as-of" in refusal(read(lines(["Fans", "120"]), profile, folder=tmp_path, name="fans.csv"))


KEY = SeriesKey("clicks", "adverts")


def test_a_row_below_the_header_that_describes_columns_is_left_out_and_said(tmp_path: Path) -> None:
    text = HEAD.replace('shape = "totals"', 'shape = "daily"\ndescribed = true')
    profile = parse(
        text + 'columns = [{ names = ["Day"], role = "date" }, { names = ["Clicks"], metric = "clicks" }]', "d"
    )
    extraction = only(
        read(lines(["Day,Clicks", ",Daily: how often", "2026-03-01,4"]), profile, folder=tmp_path, name="d.csv")
    )
    assert [block.keys[0] for block in extraction.blocks()] == [KEY]
    assert any(left.lines == (2,) and "mean" in left.reason for left in extraction.left_out)
    bare = only(read(lines(["Day,Clicks", "2026-02-28,3", "2026-03-01,4"]), profile, folder=tmp_path, name="e.csv"))
    assert bare.first_day == extraction.first_day - 1  # type: ignore[operator]


def test_an_id_comes_from_the_link_where_a_spreadsheet_damaged_it(tmp_path: Path) -> None:
    profile = parse(
        """
id = "posts"
title = "Posts"
report = "posts"
platforms = ["x"]
how = ["Download it"]
[[tables]]
name = "Posts"
shape = "items"
item_id = 'status/(\\d+)'
columns = [
    { names = ["Id"], role = "id" },
    { names = ["Link"], role = "link" },
    { names = ["Likes"], metric = "likes" },
]
""",
        "posts.toml",
    )
    rows = [
        "Id,Link,Likes",
        "6.49E+17,https://x.example/a/status/649123456789012345,3",
        "6.49E+17,https://x.example/a/status/649123456789012399,4",
        "6.49E+17,,5",
        "77,,6",
    ]
    extraction = only(read(lines(rows), profile, folder=tmp_path, as_of=739_692))
    ids = [item.external_id for item in extraction.items()]
    assert ids == ["649123456789012345", "649123456789012399", "77"]
    assert [problem.line for problem in extraction.problems] == [4]


def test_the_range_that_the_user_names_counts_where_the_file_states_none(tmp_path: Path) -> None:
    profile = parse(HEAD + 'columns = [{ names = ["Clicks"], metric = "clicks", required = true }]', "t.toml")
    rows = lines(["Clicks", "4"])
    assert "--covers" in refusal(read(rows, profile, folder=tmp_path))
    days = date(2026, 3, 1).toordinal(), date(2026, 3, 10).toordinal()
    assert stated(only(read(rows, profile, folder=tmp_path, covers=days))) == [("clicks", "", "2026-03-01", 10, 4.0)]
    named = read(rows, profile, folder=tmp_path, name="adverts 2026-03-01_2026-03-11.csv", covers=days)
    assert "covers 2026-03-01 to 2026-03-11" in refusal(named)


def test_months_where_a_first_and_a_last_day_are_meant_are_refused(tmp_path: Path) -> None:
    rows = ["From,To,Campaign,Set,Kind,Results,Clicks", "03/2026,04/2026,Spring,A,form,7,1"]
    reading = read(lines(rows), BY_ROW, folder=tmp_path, date_format="%m/%Y")
    assert "a month or a year, not a day" in refusal(reading)
