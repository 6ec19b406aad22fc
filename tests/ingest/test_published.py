"""Videos whose days have no year are dated by their ids, or not at all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_kit import TODAY

from smartkpi.ingest.read import extractions
from smartkpi.knowledge.loader import parse
from smartkpi.model.profile import Profile

PROFILE = """
id = "videos"
title = "Videos"
report = "videos"
platforms = ["tiktok"]
how = ["Download it"]
date_formats = ["%B %d"]
[[tables]]
name = "Videos"
shape = "items"
item_id = '/video/(\\d+)'
{word}
columns = [
    {{ names = ["Link"], role = "link", required = true }},
    {{ names = ["Posted"], role = "published" }},
    {{ names = ["Views"], metric = "views", required = true }},
]
"""
WITH_SECONDS = parse(PROFILE.format(word="id_seconds = 32"), "videos.toml")
WITHOUT = parse(PROFILE.format(word=""), "videos.toml")


def published(folder: Path, profile: Profile, posted: str, number: int) -> str:
    file = folder / "Videos.csv"
    link = f"https://example.com/video/{number}"
    file.write_text(f"Link,Posted,Views\n{link},{posted},7\n", encoding="utf-8")
    (reading,) = extractions(file, [profile], today=TODAY)
    ((item,),) = ([*extraction.items()] for extraction in reading.extractions)
    assert (item.external_id, item.link) == (str(number), link)
    return item.published


def made(moment: datetime) -> int:
    return (int(moment.timestamp()) << 32) + 79054


@given(
    moment=st.datetimes(datetime(2017, 1, 1), datetime(2026, 11, 20), timezones=st.just(UTC)),
    zone=st.integers(-12, 14),
)
def test_the_stated_day_gets_the_year_of_the_id_in_every_time_zone(
    moment: datetime, zone: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    local = (moment + timedelta(hours=zone)).date()
    folder = tmp_path_factory.mktemp("videos")
    assert published(folder, WITH_SECONDS, f"{local:%B} {local.day}", made(moment)) == local.isoformat()


def test_a_day_that_the_id_contradicts_is_no_day(tmp_path: Path) -> None:
    assert published(tmp_path, WITH_SECONDS, "July 16", made(datetime(2025, 12, 2, tzinfo=UTC))) == ""


def test_an_id_that_says_no_second_dates_nothing(tmp_path: Path) -> None:
    assert published(tmp_path, WITHOUT, "July 16", made(datetime(2025, 7, 16, tzinfo=UTC))) == ""
    assert published(tmp_path, WITH_SECONDS, "July 16", 12) == ""
    assert published(tmp_path, WITH_SECONDS, "July 16", 10**60) == ""


def test_a_leap_day_stays_one(tmp_path: Path) -> None:
    assert published(tmp_path, WITH_SECONDS, "February 29", made(datetime(2024, 3, 1, tzinfo=UTC))) == "2024-02-29"


def test_a_link_without_an_id_is_a_problem_where_nothing_else_names_the_item(tmp_path: Path) -> None:
    file = tmp_path / "Videos.csv"
    file.write_text("Link,Posted,Views\nhttps://a.b/video/7,,1\nhttps://a.b/,,2\n,,3\nhttps://a.b/video/8,,4\n")
    (reading,) = extractions(file, [WITH_SECONDS], today=TODAY)
    (extraction,) = reading.extractions
    assert [item.external_id for item in extraction.items()] == ["7", "8"]
    assert [(p.line, p.column, p.expected) for p in extraction.problems] == [
        (3, "Link", "a link with an id in it"),
        (4, "Link", "a link with an id in it"),
    ]
