"""Samples of what TikTok exports: four generations, and days without a year in two languages."""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from forms import Case, Row, along, comma, days, workbook, zipped

BOM = b"\xef\xbb\xbf"
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto")
OVERVIEW = {
    "Video Views": ("video_views", [1204, 980, 15230, 2311, 640]),
    "Profile Views": ("profile_visits", [14, 9, 122, 31, 6]),
    "Likes": ("likes", [80, 55, 930, 140, 33]),
    "Comments": ("comments", [4, 2, 41, -1, 0]),
    "Shares": ("shares", [3, 0, 66, 8, 1]),
}


def quoted(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark, every cell in quotes."""
    return BOM + comma(rows, quoting=csv.QUOTE_ALL)


def american(day: date) -> str:
    return f"{day:%B} {day.day}"


def overview(folder: str, name: str, day_names: Iterable[str], first: date, *, as_workbook: bool = False) -> Case:
    """`name` says when it was downloaded: the days themselves have no year."""
    case = Case(f"tiktok-overview/{folder}", "tiktok", "", "overview")
    table = [("Date", *OVERVIEW), *zip(day_names, *(values for _, values in OVERVIEW.values()), strict=True)]
    if as_workbook:
        case.files[name] = workbook({"Overview": [tuple(map(str, row)) for row in table]})
    else:
        case.files[name] = quoted(table)
    for metric, values in OVERVIEW.values():
        case.daily(metric, along(values, first))
    return case


def overviews() -> Iterable[Case]:
    turn = date(2025, 12, 30)
    english = [american(day) for day in days(5, turn)]
    yield overview("days-without-a-year-across-its-end", "Overview_2026-01-04.csv", english, turn)
    march = date(2026, 3, 5)
    spanish = [f"{day.day} de {MONTHS[day.month - 1]}" for day in days(5, march)]
    yield overview("spanish-days-under-an-english-header", "Overview 2026-03-09.csv", spanish, march)
    british = [f"{day.day} {day:%B}" for day in days(5, march)]
    yield overview("workbook-with-numbers-as-text", "Overview 2026-03-10.xlsx", british, march, as_workbook=True)
    june = date(2022, 6, 18)
    european = [f"{day.day}/{day.month}/{day.year}" for day in days(5, june)]
    yield overview("saved-again-with-european-days", "Last 60 days.csv", european, june)

    case = Case("tiktok-overview/of-2021-with-followers", "tiktok", "", "overview")
    header = ("Date", "Video views", "Followers", "Difference in followers from previous day", "Profile views")
    spring, views, level, visits = date(2021, 3, 2), [342, 289, 117], [285, 284, 290], [24, 8, 13]
    case.files["Last 60 days.csv"] = quoted(
        [header, *zip(days(3, spring), views, level, [1, -1, 6], visits, strict=True)]
    )
    for metric, values in (("video_views", views), ("followers", level), ("profile_visits", visits)):
        case.daily(metric, along(values, spring))
    yield case


def followers() -> Case:
    """Unzipped from the archive of an account; the days before TikTok counted are undefined, their 0 is none."""
    case = Case("tiktok-followers/zip-with-undefined-days", "tiktok", "", "followers")
    first = date(2026, 2, 27)
    level = ["undefined", "undefined", 37, 152, 150]
    history = zip(map(american, days(5, first)), level, [0, 0, 0, 115, -2], strict=True)
    case.files["Followers_2026-03-04.zip"] = zipped(
        {
            "FollowerHistory.csv": quoted(
                [("Date", "Followers", "Difference in followers from previous day"), *history]
            ),
            "FollowerGender.csv": quoted([("Gender", "Distribution"), ("Female", "0.59"), ("Male", "0.41")]),
            "FollowerTopTerritories.csv": quoted([("Top territories", "Distribution"), ("ZZ", "1")]),
        }
    )
    case.daily("followers", along([37, 152, 150], first + timedelta(days=2)))
    return case


def viewers() -> Case:
    case = Case("tiktok-viewers/with-an-undefined-day", "tiktok", "", "viewers")
    first = date(2026, 3, 5)
    rows = zip(map(american, days(3, first)), ["undefined", 140, 96], [0, 90, 55], [0, 50, 41], strict=True)
    case.files["Viewers_2026-03-08.csv"] = quoted(
        [("Date", "Total Viewers", "New Viewers", "Returning Viewers"), *rows]
    )
    case.daily("viewers", along([140, 96], date(2026, 3, 6)))
    return case


def made_at(day: date, number: int) -> int:
    """An id as TikTok makes it: the second in the high bits."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return (int(noon.timestamp()) << 32) + number


CONTENT = (
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
)
VIDEOS = (
    (date(2025, 12, 2), "How we roast ☕", 53, 1, 9, 23807),
    (date(2026, 3, 1), "", 1837, 50, 6, 30504),
    (date(2024, 7, 16), 'Closed on "Monday"', 5, 0, 0, 412),  # this July, or an older one? Its id knows
)


def content(folder: str, name: str, header: Iterable[str], exported: str, *, with_year: bool) -> Case:
    case = Case(f"tiktok-content/{folder}", "tiktok", "", "content")
    rows: list[Row] = [tuple(header)]
    for number, (day, title, likes, comments, shares, views) in enumerate(VIDEOS, 1):
        key = str(made_at(day, number))
        link = f"https://www.tiktok.com/@example.cafe/video/{key}"
        posted = day.isoformat() if with_year else american(day)
        rows.append((exported, title, link, posted, likes, comments, shares, views))
        stated = {"likes": likes, "comments": comments, "shares": shares, "video_views": views}
        case.item(key, day.isoformat(), "video", stated)
    case.files[name] = quoted(rows)
    return case


def business() -> Iterable[Case]:
    case = Case("tiktok-business/overview-with-nan", "tiktok", "", "business overview")
    header = (
        "Date", "Video views", "Reached audience", "Profile views", "Likes", "Shares", "Comments",
        "Phone number clicks ", "Leads submission", "Net growth", "New followers", "Lost followers",
    )  # fmt: skip
    numbers = {
        "video_views": [715, 7515, 1960],
        "reach": [None, 7500, 1955],
        "profile_visits": [25, 539, 130],
        "likes": [26, 845, 273],
        "shares": [4, 244, 77],
        "comments": [7, 58, 39],
        "phone_clicks": [0, 1, 0],
        "leads": [0, 2, 1],
        "net_followers": [10, 100, -1],
        "new_followers": [10, 101, 5],
        "unfollows": [0, 1, 6],
    }
    columns = [["NAN" if value is None else value for value in values] for values in numbers.values()]
    slashed = [f"{day:%Y/%m/%d}" for day in days(3)]
    case.files["TikTok.csv"] = BOM + comma([header, *zip(slashed, *columns, strict=True)])
    for metric, values in numbers.items():
        case.daily(metric, {d: v for d, v in zip(days(3), values, strict=True) if v is not None})
    yield case

    case = Case("tiktok-business/followers-without-a-total", "tiktok", "", "business overview")
    header = ("Date", "New followers", "Total followers", "Reached audience", "Engaged audience")
    new, reached, engaged = [10, 101, 5], [700, 7500, 1955], [31, 402, 96]
    case.files["Followers.csv"] = BOM + comma([header, *zip(slashed, new, ["--"] * 3, reached, engaged, strict=True)])
    for metric, values in (("new_followers", new), ("reach", reached), ("engaged_audience", engaged)):
        case.daily(metric, along(values))
    yield case


def cases() -> Iterable[Case]:
    yield from overviews()
    yield followers()
    yield viewers()
    yield content("days-without-a-year", "Content 2026-03-09.csv", CONTENT, "March 9", with_year=False)
    older = (*CONTENT[:6], "Total shares ", CONTENT[7])
    yield content("of-2021-with-years", "Video Posts.csv", older, "2026-03-09", with_year=True)
    yield from business()
