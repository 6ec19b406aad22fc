"""Tables that are not taken still show whether another program changed the numbers of their file."""

from pathlib import Path

import pytest
from ingest_kit import DAYS, TODAY, day, lines, only, read, refusal, values

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.model.profile import Numbers

FOLLOWS = "Follows\nDate,Primary\n2026-03-02T00:00:00,4\n2026-03-03T00:00:00,2\n"


def audience(folder: Path, women: str, delimiter: str = ",") -> Reading:
    file = folder / "Audience.csv"
    shares = f"Age & gender\n,Women,Men\n18-24,{women},6\n\n"
    file.write_text((shares + FOLLOWS).replace(",", delimiter).replace(";5", ",5"), encoding="utf-8")
    (reading,) = extractions(file, loader.profiles(), today=TODAY)
    return reading


@pytest.mark.parametrize("women", ["3.апр", "10-Jun", "June 10"])
def test_shares_that_became_days_refuse_the_whole_file(women: str, tmp_path: Path) -> None:
    found = audience(tmp_path, women)
    assert "another program changed its numbers" in refusal(found)
    assert f"Line 3, “Women”: “{women}” is no number" in refusal(found)


def test_shares_that_are_numbers_in_either_language_do_no_harm(tmp_path: Path) -> None:
    assert [e.table for e in audience(tmp_path, "10.6").extractions] == ["Follows"]
    assert [e.table for e in audience(tmp_path, "10;5", ";").extractions] == ["Follows"]


def days(folder: Path, *rows: str, **wishes: object) -> Reading:
    return read(lines(["Day,Clicks", *rows]), DAYS, folder=folder, **wishes)


def test_a_doubled_day_column_refuses_the_file(tmp_path: Path) -> None:
    found = read(lines(["Day,Clicks,Day", "2026-01-01,1,2026-01-01"]), DAYS, folder=tmp_path)
    assert "Two columns of one table say which row is which: “Day”, “Day”" in refusal(found)


def test_a_column_without_a_name_is_said(tmp_path: Path) -> None:
    found = only(read(lines(["Day,,Clicks", "2026-01-01,7,1"]), DAYS, folder=tmp_path))
    assert "columns without a name and left out: number 2" in found.notes


def test_a_count_with_three_decimals_may_have_been_a_thousand(tmp_path: Path) -> None:
    assert "“1.345” may be 1.345 or 1345" in refusal(days(tmp_path, "2026-01-01,1.345", "2026-01-02,7"))
    told = days(tmp_path, "2026-01-01,1.345", "2026-01-02,7", numbers=Numbers.COMMA)
    assert sorted(values(only(told)).values()) == [7, 1345]


def test_a_column_that_proves_the_other_language_is_never_read_half(tmp_path: Path) -> None:
    assert "can be read in two ways" in refusal(days(tmp_path, '2026-01-01,"61,25"', '2026-01-02,"66,125"'))


def test_the_rest_of_a_broken_number_refuses_the_file(tmp_path: Path) -> None:
    assert "line 4 is the rest of a row that was broken" in refusal(days(tmp_path, "2026-01-01,5", "2026-01-02,9", "6"))


def test_a_post_with_fewer_cells_is_listed_and_its_numbers_do_not_move(tmp_path: Path) -> None:
    rows = ["Post,Text,Sent,Likes", "p1,Hi,31/01/2026,5", "p2,Ho 30/01/2026,7"]
    found = only(read(lines(rows), DAYS, folder=tmp_path, as_of=day("2026-02-01")))
    assert [item.external_id for item in found.items()] == ["p1"]
    assert [(p.line, p.text) for p in found.problems] == [(3, "3 cells")]
