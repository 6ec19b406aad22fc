"""Tables in files: where they begin and end, which rows are none, and what must be refused."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from ingest_kit import DAYS, PAGES, TODAY, day, lines, only, read, refusal, values

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.knowledge.loader import parse
from smartkpi.model.extraction import LeftOut
from smartkpi.model.profile import Numbers
from smartkpi.model.series import SeriesKey

HEAD = "Page,Date,Clicks,Views"


def pages(*rows: str, folder: Path, **wishes: object) -> Reading:
    return read(lines([HEAD, *rows]), PAGES, folder=folder, **wishes)


def test_totals_footers_repeated_headers_and_blank_lines_are_no_rows(tmp_path: Path) -> None:
    reading = pages(
        "Total,,3,30",
        "a,2026-01-01,1,10",
        HEAD,
        "",
        "a,2026-01-02,2,20",
        ",,3,30",
        "Showing top 500 rows",
        folder=tmp_path,
    )
    extraction = only(reading)
    assert {v for (_, metric, _), v in values(extraction).items() if metric == "clicks"} == {1.0, 2.0}
    assert extraction.problems == []
    assert extraction.left_out == (
        LeftOut("total rows", (2, 7)),
        LeftOut("the header again", (4,)),
        LeftOut("lines that are no rows", (8,)),
    )


def test_a_total_label_in_one_cell_more_than_the_header(tmp_path: Path) -> None:
    extraction = only(pages(",,3,30,Total", "a,2026-01-01,1,10", folder=tmp_path))
    assert extraction.left_out == (LeftOut("total rows", (2,)),)
    assert len(values(extraction)) == 2


def test_ragged_rows_are_listed_and_never_shift_columns(tmp_path: Path) -> None:
    extraction = only(
        pages(
            *("a,2026-01-01,1,164,10", "a,2026-01-02,2", "a,2026-01-04,4,40", "a,2026-01-03,,3,"),
            *("a,2026-01-05,5,50", "a,2026-01-06,6,60"),
            folder=tmp_path,
        )
    )
    assert sorted(value for value in values(extraction).values()) == [4.0, 5.0, 6.0, 40.0, 50.0, 60.0]
    assert [(p.line, p.text, p.expected) for p in extraction.problems] == [
        (2, "5 cells", "4 cells, as in the header"),
        (3, "3 cells", "4 cells, as in the header"),
        (5, "5 cells", "4 cells, as in the header"),
    ]


def test_marks_at_the_end_of_every_row_do_no_harm_and_of_some_rows_are_refused(tmp_path: Path) -> None:
    every = pages("a,2026-01-01,1,10,,", "a,2026-01-02,2,20,,", folder=tmp_path)
    assert sorted(values(only(every)).values()) == [1.0, 2.0, 10.0, 20.0]
    some = pages("a,2026-01-01,,1,", "a,2026-01-02,2,20", folder=tmp_path)
    assert "line 2 has more cells than the header" in refusal(some)


def test_rows_that_cannot_be_read_are_listed_with_line_column_and_text(tmp_path: Path) -> None:
    data = (
        'Page,Date,Clicks,Views\n"two\nlines",2026-01-01,x,10\na,31.01.2026,1,10\na,2026-01-03,3,30\n,2026-01-04,4,40\n'
    )
    extraction = only(read(data.encode(), PAGES, folder=tmp_path))
    for _ in range(2):  # reading again lists nothing twice
        assert len(values(extraction)) == 3
        listed = [(p.line, p.column, p.text, p.expected) for p in extraction.problems]
        assert sorted(listed) == [
            (2, "Clicks", "x", "a number such as 1234.5 or 1,234.5"),
            (4, "Date", "31.01.2026", "a day like 2026-01-01"),
            (6, "Page", "", "a name"),
        ]


def test_a_file_of_mostly_unreadable_rows_is_refused(tmp_path: Path) -> None:
    reading = pages("a,2026-01-01,1,10", "a,1.1.26,1,10", "a,2.1.26,1,10", folder=tmp_path)
    assert "most of its rows cannot be read (2 of 3)" in refusal(reading)


def test_a_line_that_was_cut_off_is_listed(tmp_path: Path) -> None:
    cut = "\n".join((HEAD, "a,2026-01-01,1,10", "a,2026"))
    assert [p.line for p in only(read(cut.encode(), PAGES, folder=tmp_path)).problems] == [3]
    cut = "\n".join((HEAD, "a,2026-01-01,1,10", "a"))
    assert [(p.line, p.text) for p in only(read(cut.encode(), PAGES, folder=tmp_path)).problems] == [(3, "a")]
    posts = "Post,Text,Sent,Likes\np1,Hi,31/01/2026,5\np2,Ho,30/01"
    extraction = only(read(posts.encode(), DAYS, folder=tmp_path, as_of=day("2026-02-01")))
    assert [(p.line, p.text) for p in extraction.problems] == [(3, "3 cells")]
    assert [item.external_id for item in extraction.items()] == ["p1"]


def test_the_same_row_twice_is_folded_and_another_number_refused(tmp_path: Path) -> None:
    extraction = only(pages("a,2026-01-01,1,10", "b,2026-01-01,1,10", "a,2026-01-01,1,10", folder=tmp_path))
    assert len(values(extraction)) == 4
    assert extraction.left_out == (LeftOut("rows that say the same again", (4,)),)
    reading = pages("a,2026-01-01,1,10", "b,2026-01-01,1,10", "a,2026-01-01T00:00:00,2,10", folder=tmp_path)
    assert "lines 2 and 4 state different numbers" in refusal(reading)


def test_a_column_that_comes_twice_is_not_taken(tmp_path: Path) -> None:
    data = lines(["Page,Date,Clicks,Views,Rate,Rate", "a,2026-01-01,1,10,5,6"])
    extraction = only(read(data, PAGES, folder=tmp_path))
    assert {metric for _, metric, _ in values(extraction)} == {"clicks", "views"}
    assert "“Rate” left out: two columns say the same name" in extraction.notes


def test_columns_that_no_profile_knows_are_named(tmp_path: Path) -> None:
    extraction = only(read(lines([f"{HEAD},Zest", "a,2026-01-01,1,10,5"]), PAGES, folder=tmp_path))
    assert extraction.notes == ("columns not known and left out: “Zest” (smartkpi import FILE --map takes them)",)


def test_several_tables_are_split_at_blank_lines_and_remarks(tmp_path: Path) -> None:
    data = lines(
        [
            "# First",
            HEAD,
            "a,2026-01-01,1,10",
            "",
            "Foo,Bar,Baz",
            "1,2,3",
            "2,3,4",
            "",
            "# Third",
            HEAD,
            "b,2026-01-01,1,10",
        ]
    )
    reading = read(data, PAGES, folder=tmp_path)
    assert reading.refused is None
    assert [{account for account, _, _ in values(e)} for e in reading.extractions] == [{"a"}, {"b"}]
    assert reading.left_out == (LeftOut("not known", tables=("line 5: Foo, Bar, Baz",)),)


def test_rows_below_an_interruption_are_never_lost(tmp_path: Path) -> None:
    reading = pages("a,2026-01-01,1,10", "a word", "a,2026-01-02,2,20", folder=tmp_path)
    assert "interrupted in line 3, and goes on in line 4" in refusal(reading)


def test_a_ragged_row_after_a_blank_line_does_not_hide_the_rows_below(tmp_path: Path) -> None:
    reading = pages("a,2026-01-01,1,10", "", "a,2026-01-02,2", "a,2026-01-03,3,30", folder=tmp_path)
    assert "interrupted in line 4, and goes on in line 5" in refusal(reading)


def test_a_row_without_a_day_between_rows_is_damage(tmp_path: Path) -> None:
    extraction = only(pages("a,2026-01-01,1,10", "a,,5,50", "a,2026-01-02,2,20", folder=tmp_path))
    assert [(p.line, p.column) for p in extraction.problems] == [(3, "Date")]


def test_days_after_the_export_or_after_today_are_refused(tmp_path: Path) -> None:
    assert "days after today" in refusal(pages("a,2026-11-22,1,10", "a,2032-12-31,1,10", folder=tmp_path))
    assert only(pages("a,2026-11-23,1,10", folder=tmp_path)).last_day == day("2026-11-23")  # a time zone ahead
    reading = pages("a,2026-03-01,1,10", folder=tmp_path, as_of=day("2026-02-01"))
    assert "days after the export of 2026-02-01" in refusal(reading)


def test_how_new_an_export_is(tmp_path: Path) -> None:
    extraction = only(pages("a,2026-03-01,1,10", folder=tmp_path))
    assert (extraction.as_of, extraction.as_of_from) == (day("2026-03-01"), "its last day")
    extraction = only(pages("a,2026-03-01,1,10", folder=tmp_path, as_of=day("2026-03-05")))
    assert (extraction.as_of, extraction.as_of_from) == (day("2026-03-05"), "from --as-of")


def test_two_profiles_that_claim_one_table_are_both_named(tmp_path: Path) -> None:
    twin = parse(
        'id = "twin"\ntitle = "Twin"\nreport = "r"\nplatforms = ["x"]\nhow = []\n'
        '[[tables]]\nname = "t"\nshape = "daily"\n'
        'columns = [{names = ["Page"], role = "account"}, {names = ["Date"], role = "date"},'
        ' {names = ["Clicks"], metric = "clicks"}, {names = ["Views"], metric = "views"}]',
        "twin.toml",
    )
    data = lines([HEAD, "a,2026-01-01,1,10"])
    assert "Pages (pages) and Twin (twin)" in refusal(read(data, PAGES, twin, folder=tmp_path))
    assert only(read(data, PAGES, twin, folder=tmp_path, platform="website")).profile == "pages"
    assert only(read(data, PAGES, twin, folder=tmp_path, only=twin)).profile == "twin"


def test_an_unknown_file_is_refused_with_its_header_and_what_the_nearest_profile_has(tmp_path: Path) -> None:
    reading = read(lines(["A title", "Day,Impressions", "2026-01-01,5"]), folder=tmp_path)
    assert reading.unknown
    text = refusal(reading)
    assert "Header seen: “Day”, “Impressions”." in text
    assert "Nearest: Days: “Day” is here; “Clicks” is missing." in text


def test_a_currency_in_the_header_is_the_unit(tmp_path: Path) -> None:
    data = lines(["Day,Clicks,Spent (EUR)", "31/01/2026,1,9.5"])
    (block,) = only(read(data, DAYS, folder=tmp_path)).blocks()
    assert [(key.metric, key.unit) for key in block.keys] == [("clicks", ""), ("cost", "EUR")]


def test_a_file_saved_again_with_semicolons_may_have_another_decimal_sign(tmp_path: Path) -> None:
    def spent(*cells: str) -> Reading:
        rows = (f"{n + 20}/01/2026;1;{cell}" for n, cell in enumerate(cells))
        return read(lines(["Day;Clicks;Spent (EUR)", *rows]), DAYS, folder=tmp_path)

    assert values(only(spent("1,5", "1,164"))).get(("", "cost", day("2026-01-21"))) == 1.164
    assert values(only(spent("1.5", "1,164"))).get(("", "cost", day("2026-01-21"))) == 1164.0
    text = refusal(spent("1,164", "7"))
    assert "“1,164” may be 1.164 or 1164" in text
    assert "--numbers" in text
    data = lines(["Day;Clicks;Spent (EUR)", "20/01/2026;1;1,164"])
    extraction = only(read(data, DAYS, folder=tmp_path, numbers=Numbers.COMMA))
    assert values(extraction)["", "cost", day("2026-01-20")] == 1.164


def test_items_with_ids_that_a_spreadsheet_destroyed_are_refused(tmp_path: Path) -> None:
    data = lines(["Post,Text,Sent,Likes", "6.49E+17,Hi,31/01/2026,5", "6.49E+17,Ho,31/01/2026,6"])
    assert "a spreadsheet cut its last digits off" in refusal(read(data, DAYS, folder=tmp_path))


def test_items_read_with_texts_of_several_lines(tmp_path: Path) -> None:
    data = b'Post,Text,Sent,Likes\nTotal,,,11\np1,"a\n\nb",31/01/2026,5\n,"An error",,\np2,c,,\n'
    extraction = only(read(data, DAYS, folder=tmp_path))
    first, second = extraction.items()
    assert (first.external_id, first.title, first.published, first.kind) == ("p1", "a\n\nb", "2026-01-31", "post")
    assert (first.values, second.values) == ({SeriesKey("likes", "", days=0): 5.0}, {})
    assert (extraction.as_of, extraction.first_day) == (None, None)
    assert extraction.left_out == (LeftOut("total rows", (2,)), LeftOut("rows without “Post”", (6,)))
    assert extraction.notes == (
        "the table lists 2 rows, which add up to 5 of 11 “Likes”; "
        "the rest is in none of them, and the total is not kept",
    )


@pytest.mark.parametrize("end", [["a,2026-01-02,2,20"], ["", "", "a,2026-01-02,2,20"], ["a,2026-01-02,2,20", "", ""]])
def test_blank_lines_do_not_hide_rows(end: list[str], tmp_path: Path) -> None:
    assert len(values(only(pages("a,2026-01-01,1,10", *end, folder=tmp_path)))) == 4


PARTS = parse(
    'id = "parts"\ntitle = "Parts"\nreport = "parts"\nplatforms = ["x"]\nhow = []\n'
    "preamble = ['^Range: (?P<begin>\\S+) to (?P<end>\\S+)$', '^Site: (?P<account>.+)$']\n"
    "files = ['^parts_(?P<account>.+)_(?P<as_of>\\d{4}-\\d\\d-\\d\\d)']\n"
    '[[tables]]\nname = "Daily"\nshape = "daily"\ncolumns = [\n'
    '{names = ["Date"], role = "date"}, {names = ["Network"], role = "platform"},\n'
    '{names = ["Profile"], role = "account"},\n'
    '{names = ["Country"], role = "breakdown", breakdown_kind = "country"},\n'
    '{names = ["Paid clicks"], metric = "clicks", breakdown_kind = "paid", breakdown = "paid"}]\n'
    '[[tables]]\nname = "Totals"\nshape = "totals"\ncolumns = [\n'
    '{names = ["Channel"], role = "breakdown", breakdown_kind = "channel"}, {names = ["Clicks"], metric = "clicks"}]\n',
    "parts.toml",
)


def test_rows_name_platform_account_and_breakdown(tmp_path: Path) -> None:
    data = lines(
        ["Date,Network,Profile,Country,Paid clicks", "2026-01-01,Instagram,Café,Italy,5", "2026-01-01,X,Café,,6"]
    )
    extraction = only(read(data, PARTS, folder=tmp_path))
    (block,) = extraction.blocks()
    assert (block.platform, block.account, block.cells) == ("instagram", "Café", "[5]")
    assert (block.keys[0].breakdown_kind, block.keys[0].breakdown) == ("country / paid", "Italy / paid")
    assert extraction.platforms == ()
    assert extraction.account_names == (("instagram", "Café"),)
    assert extraction.left_out == ()
    assert [(p.line, p.column) for p in extraction.problems] == [(3, "Country")]  # a part without a name, or a total?


def test_totals_cover_the_range_that_the_lines_above_state(tmp_path: Path) -> None:
    rows = ["Site: example.org", "Range: 2026-01-01 to 2026-01-28", "Channel,Clicks", "Direct,5", "Referral,x"]
    extraction = only(read(lines(rows), PARTS, folder=tmp_path))
    (block,) = extraction.blocks()
    assert (block.first_day, block.days) == (day("2026-01-01"), 1)
    assert [(key.days, key.breakdown) for key in block.keys] == [(28, "Direct"), (28, "Referral")]
    assert block.cells == [5.0, None]
    assert (extraction.account, extraction.account_from) == ("example.org", "from the lines above the table")
    assert [(p.line, p.text) for p in extraction.problems] == [(5, "x")]


def test_totals_without_a_range_are_refused_and_left_out_beside_other_tables(tmp_path: Path) -> None:
    totals = ["Channel,Clicks", "Direct,5"]
    assert "a range of days that the file does not state" in refusal(read(lines(totals), PARTS, folder=tmp_path))
    days = ["Date,Network,Profile,Country,Paid clicks", "2026-01-01,X,Café,Italy,5", "", *totals]
    reading = read(lines(days), PARTS, folder=tmp_path)
    assert len(reading.extractions) == 1
    assert reading.left_out == (LeftOut("totals of a range of days that the file does not state", tables=("Totals",)),)


def test_the_name_of_a_file_says_whose_it_is_and_how_new(tmp_path: Path) -> None:
    data = lines(["Date,Network,Profile,Country,Paid clicks", "2026-01-01,X,Café,Italy,5"])
    extraction = only(read(data, PARTS, folder=tmp_path, name="parts_Example_2026-01-03 (1).csv"))
    assert (extraction.account, extraction.account_from) == ("Example", "from the file's name")
    assert (extraction.as_of, extraction.as_of_from) == (day("2026-01-03"), "from the file's name")


def test_a_total_without_a_name_comes_first_and_a_nameless_part_elsewhere_is_listed(tmp_path: Path) -> None:
    rows = ["Range: 2026-01-01 to 2026-01-28", "Channel,Clicks", ",12", "Direct,5", ",7", "Referral,0"]
    extraction = only(read(lines(rows), PARTS, folder=tmp_path))
    assert [key.breakdown for block in extraction.blocks() for key in block.keys] == ["Direct", "Referral"]
    assert extraction.left_out == (LeftOut("total rows", (3,)),)
    assert [(p.line, p.column) for p in extraction.problems] == [(5, "Channel")]
    nameless = ["Date,Network,Profile,Country,Paid clicks", "2026-01-01,X,Café,,6", "2026-01-01,X,Café,Italy,5"]
    assert [p.line for p in only(read(lines(nameless), PARTS, folder=tmp_path)).problems] == [2]  # it has a day


def two_tables(first: str, second: str) -> list[str]:
    """The lines of a file with two tables of the same columns, a day in each."""
    return ["Day,Clicks", f"{first},1", "", "# ---", "Day,Clicks", f"{second},2"]


def test_two_tables_of_one_series_and_day_are_refused(tmp_path: Path) -> None:
    text = refusal(read(lines(two_tables("20/01/2026", "20/01/2026")), DAYS, folder=tmp_path))
    assert "the tables of lines 1 and 5 state the same numbers" in text
    reading = read(lines(two_tables("20/01/2026", "21/01/2026")), DAYS, folder=tmp_path)
    assert len({extraction.fingerprint for extraction in reading.extractions}) == 2  # one goes on where the other ends


@pytest.mark.parametrize("way", [{"numbers": Numbers.COMMA}, {"date_format": "%d/%m/%Y"}, {"encoding": "cp1252"}])
def test_a_table_read_in_another_way_has_another_fingerprint(tmp_path: Path, way: dict[str, Any]) -> None:
    data = lines(["Day,Clicks", "20/01/2026,1"])
    plain, again, other = (only(read(data, DAYS, folder=tmp_path, **w)) for w in ({}, {}, way))
    assert plain.fingerprint == again.fingerprint != other.fingerprint


def test_segments_of_one_export_are_two_tables_with_two_scopes(tmp_path: Path) -> None:
    head = ["Start date: 20261001", "End date: 20261031"]
    table = ["Session primary channel group (Default Channel Group),Sessions", "Direct,100"]
    rows = ["# ---", "# Traffic acquisition", "# Property: P", "# ---", "#"]
    for segment in ("All Users", "Mobile traffic"):
        rows += [*(f"# {text}" for text in (segment, *head)), *table, "", "#"]
    reading = read(lines(rows), *loader.profiles(), folder=tmp_path)
    assert len({extraction.fingerprint for extraction in reading.extractions}) == 2


def test_whatever_dates_a_file_dates_its_items(tmp_path: Path) -> None:
    posts, chart = lines(["Post,Text,Sent,Likes", "p1,Hi,31/01/2026,3"]), lines(["Day,Clicks", "20/02/2026,1"])

    def dated(name: str, **members: bytes) -> dict[str, int | None]:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, data in members.items():
                archive.writestr(f"{member}.csv", data)
        (reading,) = extractions(tmp_path / name, [DAYS], today=TODAY)
        return {extraction.table: extraction.as_of for extraction in reading.extractions}

    assert dated("a.zip", posts=posts) == {"Posts": None}
    assert dated("b.zip", posts=posts, chart=chart)["Posts"] == day("2026-02-20")
