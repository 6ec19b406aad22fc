"""An unknown file is refused with the header that was seen, the nearest profiles and the columns that it lacks."""

import zipfile
from pathlib import Path

import pytest
from ingest_kit import DAYS, PAGES, TODAY, lines, read, refusal

from smartkpi.ingest.read import extractions
from smartkpi.knowledge import loader
from smartkpi.knowledge.loader import parse

TITLED = parse(
    """
id = "titled"
title = "Titled"
report = "titled"
platforms = ["x"]
how = []
[[tables]]
name = "Cards"
shape = "daily"
exact = true
titles = ["Reach"]
columns = [{ names = ["Date"], role = "date" }, { names = ["Primary"], metric = "reach" }]
[[tables]]
name = "Ages"
shape = "known"
why = "shares"
columns = [{ names = ["Age group", "* Clicks"], required = true }, { names = ["Share"], required = true }]
""",
    "titled.toml",
)


def near(header: str, *below: str, folder: Path, above: tuple[str, ...] = (), **wishes: object) -> list[str]:
    reading = read(lines([*above, header, *below]), PAGES, DAYS, TITLED, folder=folder, **wishes)
    assert reading.unknown
    text = refusal(reading).splitlines()
    assert text[1].startswith(("Header seen: ", "It has no header."))
    return [line for line in text[2:] if not line.startswith(("smartkpi ", "without "))]


def test_the_nearest_say_what_is_here_and_what_is_missing_best_first(tmp_path: Path) -> None:
    assert near("Page,Clicks,Sales", "a,1,2", folder=tmp_path) == [
        "Nearest: Pages, Pages by day: “Page”, “Clicks” are here; “Date”, “Views” are missing.",
        "Nearest: Days: “Clicks” is here; “Day” is missing.",
    ]


def test_a_date_alone_is_near_only_when_nothing_is_nearer(tmp_path: Path) -> None:
    (alone,) = near("Date,Sales,Costs", "2026-01-01,1,2", folder=tmp_path)
    assert "“Date” is here" in alone
    (likes,) = near("Date,Sales,Costs,Likes", "2026-01-01,1,2,3", folder=tmp_path)
    assert likes == "Nearest: Days, Posts: “Likes” is here; “Post” is missing."


def test_a_header_that_nobody_knows_has_no_nearest(tmp_path: Path) -> None:
    assert near("what,when", "milk,today", folder=tmp_path) == []
    assert near("Other Clicks,when", "1,today", folder=tmp_path) == []  # a wildcard of a table that is left alone


def test_a_table_that_is_never_taken_is_near_when_no_other_is(tmp_path: Path) -> None:
    (ages,) = near("Age group,People", "18-24,3", folder=tmp_path)
    assert ages == "Nearest: Titled, Ages: “Age group” is here; “Share” is missing."


def test_what_else_a_table_asks_for_is_named_when_no_column_is_missing(tmp_path: Path) -> None:
    (title,) = near("Date,Primary", "2026-01-01,1", folder=tmp_path, above=("Visits",))
    assert title.endswith("“Date”, “Primary” are here; a title such as “Reach” in the line above is missing.")
    (strangers,) = near("Date,Primary,Other", "2026-01-01,1,2", folder=tmp_path, above=("Reach",))
    assert strangers.endswith("are here; “Other” does not belong to it.")
    (numbers,) = near("Date,Other", "2026-01-01,1", folder=tmp_path, above=("Reach",), only=TITLED)
    assert numbers.endswith("“Date” is here; a column of numbers is missing, such as “Primary”.")
    days, _ = near("Day,Clicks", "1.2.2026,3", folder=tmp_path)
    assert days.endswith("are here; its days are written another way (%d/%m/%Y, %m/%d/%Y, %Y-%m-%d).")


def test_a_named_profile_says_which_of_its_own_columns_are_missing(tmp_path: Path) -> None:
    reading = read(lines(["Date,Views,Clicks", "2026-01-01,1,2"]), folder=tmp_path, only=DAYS)
    text = refusal(reading)
    assert text.startswith("made-up.csv: not an export of the profile days.\nHeader seen: “Date”, “Views”, “Clicks”.")
    assert "\nDays: “Clicks” is here; “Day” is missing.\n" in text
    assert near("what,when", "milk,today", folder=tmp_path, only=DAYS) == [
        "Days: none of its columns is here; “Day”, “Clicks” are missing.",
        "Days, Posts: none of its columns is here; “Post”, “Likes” are missing.",
    ]


def test_a_zip_without_a_table_has_no_header(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.writestr("picture.png", b"png")
    (reading,) = extractions(tmp_path / "pictures.zip", (PAGES, DAYS), today=TODAY)
    assert refusal(reading).splitlines()[1:-2] == ["It has no header."]


@pytest.mark.real
@pytest.mark.parametrize("place", range(len(loader.profiles())), ids=[profile.id for profile in loader.profiles()])
def test_a_real_file_that_a_named_profile_does_not_know_says_what_is_missing(place: int, exports: Path) -> None:
    profile = loader.profiles()[place]
    for path in sorted(exports.rglob("*.csv"))[place % 4 :: 4]:  # a quarter of them each: all together see them all
        for reading in extractions(path, loader.profiles(), today=TODAY, only=profile):
            if reading.unknown:
                _, seen, *found, _ = refusal(reading).splitlines()
                assert seen.startswith("Header seen: ")
                assert 1 <= len(found) <= 3
                assert all(" missing" in line or " belong to it" in line or "another way" in line for line in found)


@pytest.mark.real
def test_real_unknown_files_never_have_more_than_three_nearest(exports: Path) -> None:
    for path in sorted(exports.rglob("*.csv")):
        for reading in extractions(path, loader.profiles(), today=TODAY):
            if reading.unknown:
                found = [line for line in refusal(reading).splitlines() if line.startswith("Nearest: ")]
                assert len(found) <= 3
                assert len({line.split(" · ")[0] + line.split(":")[1] for line in found}) == len(found)
