"""Real files of X, TikTok, Meta Business Suite and YouTube: every figure as another reading of the file has it."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal
from python_calamine import CalamineWorkbook

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader

pytestmark = pytest.mark.real

Cells = list[list[str]]
Days = dict[str, dict[str, float]]  # metric -> ISO day -> value
Posts = dict[str, tuple[str, dict[str, float]]]  # id -> published, metric -> value

MISSING = ("", "-", "--", "NAN", "undefined")


def reading(path: Path, as_of: date | None = None) -> Reading:
    day = as_of.toordinal() if as_of else None
    (found,) = extractions(path, loader.profiles(), today=TODAY, as_of=day)
    return found


def days_in(found: Reading) -> Days:
    values: Days = {}
    for extraction in found.extractions:
        assert extraction.problems == []
        for block in extraction.blocks():
            cells = iter(json.loads(block.cells) if isinstance(block.cells, str) else block.cells)
            for key in block.keys:
                for i in range(block.days):
                    value = next(cells)
                    if value is not None:
                        assert (key.breakdown, key.days) == ("", 1)
                        values.setdefault(key.metric, {})[str(date.fromordinal(block.first_day + i))] = value
    return values


def posts_in(found: Reading) -> Posts:
    posts: Posts = {}
    for extraction in found.extractions:
        for item in extraction.items():
            assert item.external_id not in posts
            posts[item.external_id] = item.published, {key.metric: value for key, value in item.values.items()}
        assert extraction.problems == []
    return posts


# ---- the other reading ---------------------------------------------------------------------------------------------


def rows(path: Path) -> Cells:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def numbers(table: Cells, day_of: Sequence[str], columns: dict[str, str]) -> Days:
    """The columns of a table with a row a day, below its header."""
    header = [name.strip() for name in table[0]]
    return {
        metric: {
            day: float(row[header.index(name)])
            for day, row in zip(day_of, table[1:], strict=True)
            if row[header.index(name)] not in MISSING
        }
        for name, metric in columns.items()
    }


def posts(table: Cells, key: str, published: Iterator[str] | None, columns: dict[str, str]) -> Posts:
    """The columns of a table with a row a post, below its header; rows without an id left out."""
    header = table[0]
    listed = [row for row in table[1:] if row[header.index(key)]]
    moments = published or iter([""] * len(listed))
    return {
        row[header.index(key)].strip(): (  # YouTube writes a space before an id that begins with -
            moment,
            {m: float(row[header.index(n)]) for n, m in columns.items() if row[header.index(n)] not in MISSING},
        )
        for row, moment in zip(listed, moments, strict=True)
    }


def column(table: Cells, name: str, key: str) -> list[str]:
    at, own = table[0].index(name), table[0].index(key)
    return [row[at] for row in table[1:] if row[own]]


def moments(texts: list[str], form: str, shown: str) -> Iterator[str]:
    return (datetime.strptime(text, form).strftime(shown) if text else "" for text in texts)


TWITTER = {
    "impressions": "impressions",
    "engagements": "engagements",
    "retweets": "reposts",
    "replies": "replies",
    "likes": "likes",
    "user profile clicks": "profile_visits",
    "url clicks": "link_clicks",
    "media views": "media_views",
}
X_CONTENT = {
    "Impressions": "impressions",
    "Likes": "likes",
    "Engagements": "engagements",
    "Bookmarks": "bookmarks",
    "Shares": "shares",
    "New follows": "new_followers",
    "Replies": "replies",
    "Reposts": "reposts",
    "Profile visits": "profile_visits",
    "URL Clicks": "link_clicks",
}
TIKTOK = {
    "Video Views": "video_views",
    "Profile Views": "profile_visits",
    "Likes": "likes",
    "Comments": "comments",
    "Shares": "shares",
}
BUSINESS = {
    "Video views": "video_views",
    "Reached audience": "reach",
    "Profile views": "profile_visits",
    "Likes": "likes",
    "Shares": "shares",
    "Comments": "comments",
    "Phone number clicks": "phone_clicks",
    "Leads submission": "leads",
    "Net growth": "net_followers",
    "New followers": "new_followers",
    "Lost followers": "unfollows",
}
FACEBOOK = {
    "Reach": "reach",
    "Reactions": "reactions",
    "Comments": "comments",
    "Shares": "shares",
    "Total clicks": "clicks",
    "Link Clicks": "link_clicks",
}
FACEBOOK_2025 = FACEBOOK | {"3-second video views": "video_views", "1-minute video views": "minute_views"}
INSTAGRAM = {
    "Views": "content_views",
    "Reach": "reach",
    "Likes": "likes",
    "Shares": "shares",
    "Follows": "new_followers",
    "Comments": "comments",
    "Saves": "saves",
}


# ---- X -------------------------------------------------------------------------------------------------------------


def test_the_old_daily_export_of_twitter(exports: Path) -> None:
    file = exports / "x-twitter/tw-daily-2021-01.csv"
    table = rows(file)
    stated = numbers(table, [row[0] for row in table[1:]], TWITTER | {"Tweets published": "posts"})
    assert days_in(reading(file)) == stated
    assert sum(stated["impressions"].values()) == 428_246


def test_the_old_export_by_tweet_is_not_mixed_with_the_daily_one(exports: Path) -> None:
    file = exports / "x-twitter/tw-tweets-2021-01.csv"
    table = rows(file)
    when = moments(column(table, "time", "Tweet id"), "%Y-%m-%d %H:%M +0000", "%Y-%m-%dT%H:%M+00:00")
    stated = posts(table, "Tweet id", when, TWITTER)
    assert posts_in(reading(file)) == stated
    assert days_in(reading(file)) == {}
    assert sum(values["impressions"] for _, values in stated.values()) == 423_290


def test_x_content(exports: Path) -> None:
    file = exports / "x-twitter/x-content-2026-b.csv"
    table = rows(file)
    when = moments(column(table, "Date", "Post id"), "%a, %b %d, %Y", "%Y-%m-%d")
    assert posts_in(reading(file)) == posts(table, "Post id", when, X_CONTENT)


# ---- TikTok --------------------------------------------------------------------------------------------------------


def test_tiktok_of_2021_and_business_suite(exports: Path) -> None:
    file = exports / "tiktok/tiktok-2021-last-60-days.csv"
    table = rows(file)
    columns = {"Video views": "video_views", "Followers": "followers", "Profile views": "profile_visits"}
    assert days_in(reading(file)) == numbers(table, [row[0] for row in table[1:]], columns)

    file = exports / "tiktok/tiktok-business-overview.csv"
    table = rows(file)
    stated = numbers(table, [row[0].replace("/", "-") for row in table[1:]], BUSINESS)
    assert days_in(reading(file)) == stated
    assert len(stated["reach"]) == 61  # NAN on the first day is missing, not 0


@pytest.mark.parametrize(
    ("name", "last", "columns"),
    [
        ("tiktok-studio-overview-365d.csv", date(2026, 2, 27), TIKTOK),
        ("tiktok-studio-overview-7d.csv", date(2026, 4, 18), TIKTOK),
        ("tiktok-studio-overview.xlsx", date(2026, 4, 18), TIKTOK),
        ("tiktok-studio-follower-history.csv", date(2026, 2, 27), {"Followers": "followers"}),
    ],
)
def test_tiktok_days_without_a_year_count_back_from_the_download(
    name: str, last: date, columns: dict[str, str], exports: Path
) -> None:
    file = exports / "tiktok" / name
    workbook = name.endswith(".xlsx")
    table = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python() if workbook else rows(file)
    back = [last - timedelta(days=n) for n in range(len(table) - 1)][::-1]
    assert [f"{day:%B} {day.day}" for day in back] == [row[0] for row in table[1:]]  # no day is left out
    found = days_in(reading(file, last + timedelta(days=1)))
    assert found == numbers(table, [str(day) for day in back], columns)
    assert "how new" in refusal(reading(file)) or "--year" in refusal(reading(file))


def test_the_days_of_tiktok_videos_are_those_of_their_ids(exports: Path) -> None:
    file = exports / "tiktok/tiktok-studio-content.csv"
    table = rows(file)
    keys = [row[2].rsplit("/", 1)[1] for row in table[1:]]
    made = [datetime.fromtimestamp(int(key) // 2**32, tz=UTC).date() for key in keys]
    posted = [datetime.strptime(f"{row[3]} 2000", "%B %d %Y").date() for row in table[1:]]
    assert all(abs((day - day.replace(month=p.month, day=p.day)).days) < 2 for day, p in zip(made, posted, strict=True))
    columns = {
        "Total likes": "likes",
        "Total comments": "comments",
        "Total shares": "shares",
        "Total views": "video_views",
    }
    days = (str(day.replace(month=p.month, day=p.day)) for day, p in zip(made, posted, strict=True))
    renamed = [[*table[0], "id"], *([*row, key] for row, key in zip(table[1:], keys, strict=True))]
    assert posts_in(reading(file)) == posts(renamed, "id", days, columns)


# ---- Meta Business Suite -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "columns", "count"),
    [
        ("mbs-ig-content-2026.csv", INSTAGRAM, 21),
        ("mbs-fb-content-2024.csv", FACEBOOK | {"Impressions": "impressions"}, 41),
        ("mbs-fb-content-2025-28d-dup-columns.csv", FACEBOOK_2025, 48),
    ],
)
def test_meta_content(name: str, columns: dict[str, str], count: int, exports: Path) -> None:
    file = exports / "meta-business-suite" / name
    table = rows(file)
    when = moments(column(table, "Publish time", "Post ID"), "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M")
    found = reading(file)
    assert posts_in(found) == posts(table, "Post ID", when, columns)
    assert len(posts_in(found)) == count


def test_what_meta_content_leaves_out_is_said(exports: Path) -> None:
    (doubled,) = reading(exports / "meta-business-suite/mbs-fb-content-2025-28d-dup-columns.csv").extractions
    assert "“Views” left out: two columns say the same name" in doubled.notes
    (nameless,) = reading(exports / "meta-business-suite/mbs-fb-content-2024.csv").extractions
    assert [(left.reason, len(left.lines)) for left in nameless.left_out] == [("rows without “Post ID”", 3)]


def test_an_audience_without_followers_says_so(exports: Path) -> None:
    found = reading(exports / "meta-business-suite/mbs-audience-2025.csv")
    (left,) = found.left_out
    assert "the total of followers is not among them" in left.reason
    assert found.extractions == ()


# ---- YouTube -------------------------------------------------------------------------------------------------------


YOUTUBE_DE = ("Aufrufe", "Wiedergabezeit (Stunden)", "Abonnenten", "Impressionen", "Klickrate der Impressionen (%)")
YOUTUBE_PT = (
    "Visualizações",
    "Tempo de exibição (horas)",
    "Inscritos",
    "Impressões",
    "Taxa de cliques de impressões (%)",
)
YOUTUBE = ("views", "watch_time", "net_subscribers", "impressions", "thumbnail_ctr")


def videos(table: Cells, key: str, published: str, columns: Sequence[str]) -> Posts:
    """Without the total row and the sentence below the last of 500 rows."""
    listed = [table[0], *(row for row in table[2:] if len(row) == len(table[0]))]
    when = moments(column(listed, published, key), "%b %d, %Y", "%Y-%m-%d")
    return posts(listed, key, when, dict(zip(columns, YOUTUBE, strict=True)))


def test_german_videos_and_the_gap_to_their_total(exports: Path) -> None:
    file = exports / "youtube/yt-de-table-data.csv"
    table = [[cell.replace("\u00ad", "") for cell in row] for row in rows(file)]
    stated = videos(table, "Video", "Veröffentlichungszeitpunkt des Videos", YOUTUBE_DE)
    found = reading(file)
    assert posts_in(found) == stated
    views = sum(values["views"] for _, values in stated.values())
    (extraction,) = found.extractions
    assert any(f"add up to {views:.0f} of 405712" in note for note in extraction.notes)


def test_a_portuguese_zip_states_its_days_and_videos(exports: Path) -> None:
    file = exports / "youtube/yt-pt-content.zip"
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    table, total = (
        list(csv.reader(io.StringIO(members[name], newline=""))) for name in ("Dados da tabela.csv", "Total.csv")
    )
    found = reading(file)
    stated = numbers(total, [row[0] for row in total[1:]], {"Visualizações": "views"})
    assert days_in(found) == stated
    assert sum(stated["views"].values()) == float(table[1][4])  # the table's own total row
    assert posts_in(found) == videos(table, "Conteúdo", "Horário de publicação do vídeo", YOUTUBE_PT)
    assert [left.tables for left in found.left_out] == [("Dados do gráfico.csv",)]


# ---- refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "why", "what_to_do"),
    [
        ("x-twitter/tw-tweets-excel-mangled-ids.csv", "6.54E+17", "Download the export again"),
        ("meta-business-suite/mbs-audience-utf16-broken.csv", "another program changed its numbers", "again"),
        ("meta-business-suite/mbs-ig-content-double-quoted.csv", "tore cells with line breaks apart", "again"),
        ("youtube/yt-pt-table-small.csv", "a range of days that the file does not state", "ZIP"),
        ("tiktok/tiktok-studio-overview-7d.csv", "nothing says when it was downloaded", "--year"),
    ],
)
def test_what_cannot_be_read_truly_is_refused(name: str, why: str, what_to_do: str, exports: Path) -> None:
    found = reading(exports / name)
    assert why in refusal(found)
    assert found.refused is not None
    assert any(what_to_do in hint for hint in found.refused.hints)
    assert found.extractions == ()
