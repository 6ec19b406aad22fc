"""Samples of posts and videos: X, Meta Business Suite, Twitter until 2023, and the other tabs of YouTube Studio."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from forms import Case, Row, along, comma, days, meta, zipped

BOM = b"\xef\xbb\xbf"

# ---- X -----------------------------------------------------------------------------------------------------

X_2026 = (
    "Post id", "Date", "Post text", "Post Link", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares",
    "New follows", "Replies", "Reposts", "Profile visits", "Detail Expands", "URL Clicks", "Hashtag Clicks",
    "Permalink Clicks",
)  # fmt: skip
X_2025 = (
    *X_2026[:3], "Link", *X_2026[4:8], "Share", *X_2026[9:13], "Detail expands", "Url clicks", "Hashtag clicks",
    "Permalink clicks",
)  # fmt: skip
X_PORTUGUESE = (
    "ID", "Data", "Texto do post", "Postar link", "Impressões", "Curtidas", "Engajamentos", "Itens salvos",
    "Compartilhamentos", "Novos seguidores", "Respostas", "Reposts", "Visitas ao perfil", "Expansões de detalhes",
    "Cliques de URL", "Cliques de hashtag", "Cliques de link permanente",
)  # fmt: skip
X_METRICS = (
    "impressions", "likes", "engagements", "bookmarks", "shares", "new_followers", "replies", "reposts",
    "profile_visits", "", "link_clicks", "", "",
)  # fmt: skip
X_POSTS = (
    (
        "2030000000000000001",
        date(2026, 3, 7),
        "@example thanks, see you, then",
        (44, 1, 3, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0),
    ),
    ("2030000000000000002", date(2026, 3, 5), "Fresh rolls\nfrom 7 am", (1890, 22, 71, 4, 2, 3, 5, 6, 14, 20, 9, 0, 0)),
)


def x_content(folder: str, name: str, header: Sequence[str], form: str, host: str) -> Case:
    case = Case(f"x-content/{folder}", "x", "", "content")
    rows: list[Row] = [header]
    for key, day, text, numbers in X_POSTS:
        rows.append((key, day.strftime(form), text, f"https://{host}/example/status/{key}", *numbers))
        stated = {metric: value for metric, value in zip(X_METRICS, numbers, strict=True) if metric}
        case.item(key, day.isoformat(), "post", stated)
    case.files[name] = comma(rows)
    return case


def x_videos() -> Case:
    case = Case("x-video-overview/english", "x", "", "video overview")
    views, hours, rates = [40, 0, 121], [0.05, 0, 0.2], [12.5, 0, 33.33]
    header = ("Date", "Views", "Watch Time (ms)", "Completion Rate", "Average Watch Time (ms)", "Estimated Revenue")
    rows: list[Row] = [("Video overview", *[""] * 5), header]
    for i in reversed(range(3)):
        watched = round(hours[i] * 3_600_000)
        rows.append((f"{days(3)[i]:%a, %b} {days(3)[i].day}, 2026", views[i], watched, rates[i], 2001, 0))
    case.files["video_overview_analytics.csv"] = comma(rows)
    case.daily("video_views", along(views))
    case.daily("watch_time", along(hours))
    case.daily("completion_rate", along(rates))
    return case


TWITTER = (
    "impressions", "engagements", "engagement rate", "retweets", "replies", "likes", "user profile clicks",
    "url clicks", "hashtag clicks", "detail expands", "permalink clicks", "app opens", "app installs", "follows",
    "email tweet", "dial phone", "media views", "media engagements",
)  # fmt: skip
PROMOTED = tuple(f"promoted {name}" for name in TWITTER)
TAKEN = {
    "impressions": "impressions",
    "engagements": "engagements",
    "retweets": "reposts",
    "replies": "replies",
    "likes": "likes",
    "user profile clicks": "profile_visits",
    "url clicks": "link_clicks",
    "media views": "media_views",
}
COUNTS = (
    (6703, 262, 0.0390869759, 1, 7, 29, 44, 14, 0, 152, 0, 0, 0, 0, 0, 0, 411, 15),
    (3812, 75, 0.0196747114, 1, 1, 11, 6, 5, 0, 36, 0, 0, 0, 0, 0, 0, 69, 15),
)


def twitter() -> Iterable[Case]:
    case = Case("twitter-daily/english", "x", "example_cafe", "tweet activity by day")
    first, published = date(2021, 1, 30), (9, 1)
    rows = [(day, n, *counts, *"-" * 18) for day, n, counts in zip(days(2, first), published, COUNTS, strict=True)]
    table = comma([("Date", "Tweets published", *TWITTER, *PROMOTED), *rows], quoting=csv.QUOTE_ALL)
    case.files["daily_tweet_activity_metrics_example_cafe_20210101_20210201_en.csv"] = table
    case.daily("posts", along(published, first))
    for name, metric in TAKEN.items():
        case.daily(metric, along([counts[TWITTER.index(name)] for counts in COUNTS], first))
    yield case

    keys = ("1355500000000000001", "1355500000000000002")
    links = [f"https://twitter.com/example_cafe/status/{key}" for key in keys]
    top = ("Tweet id", "Tweet permalink", "Tweet text", "time")

    case = Case("twitter-tweets/english", "x", "example_cafe", "tweet activity by tweet")
    tweets: list[Row] = []
    for key, link, counts in zip(keys, links, COUNTS, strict=True):
        tweets.append((key, link, "Good morning\nall", "2021-01-30 12:56 +0000", *map(float, counts), *"-" * 18))
        stated = {metric: counts[TWITTER.index(name)] for name, metric in TAKEN.items()}
        case.item(key, "2021-01-30T12:56+00:00", "post", stated)
    name = "tweet_activity_metrics_example_cafe_20210101_20210201_en.csv"
    case.files[name] = comma([(*top, *TWITTER, *PROMOTED), *tweets], quoting=csv.QUOTE_ALL)
    yield case

    case = Case("twitter-tweets/ids-that-a-spreadsheet-damaged", "x", "", "tweet activity by tweet")
    older = ("impressions", "engagements", "engagement rate", "retweets", "replies", "favorites", "user profile clicks")
    tweets = []
    for key, link, counts in zip(keys, links, COUNTS, strict=True):
        tweets.append(("1.3555E+18", link, "Good morning", "2016-06-20 21:56:23", *counts[:7]))
        taken = [name.replace("favorites", "likes") for name in older if name != "engagement rate"]
        case.item(key, "2016-06-20T21:56:23", "post", {TAKEN[n]: counts[TWITTER.index(n)] for n in taken})
    case.files["tweet_activity_metrics.csv"] = comma([(*top, *older), *tweets], end="\r\n")
    yield case


# ---- Meta Business Suite -----------------------------------------------------------------------------------

IG_ENGLISH = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time",
    "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments",
    "Saves",
)  # fmt: skip
IG_PORTUGUESE = (
    "Identificação da publicação", "Identificação da conta", "Nome de usuário da conta", "Nome da conta", "Descrição",
    "Duração (segundos)", "Horário de publicação", "Link permanente", "Tipo de publicação", "Comentário de dados",
    "Data", "Visualizações", "Alcance", "Curtidas", "Compartilhamentos", "Seguimentos", "Comentários", "Salvamentos",
)  # fmt: skip
IG_METRICS = ("content_views", "reach", "likes", "shares", "new_followers", "comments", "saves")
IG_POSTS = (
    (
        "17970000000000001",
        "Fresh rolls ☕\n\nfrom 7 am, “daily”",
        "03/05/2026 10:23",
        "IG reel",
        (4993, 3206, 287, 56, 2, 0, 7),
    ),
    ("17970000000000002", "", "02/28/2026 09:49", "IG image", (79, 61, 9, 0, "", 4, 1)),
)


def instagram(folder: str, header: Sequence[str], lifetime: str) -> Case:
    case = Case(f"meta-instagram-content/{folder}", "instagram", "", "content")
    rows: list[Row] = [header]
    for key, text, moment, kind, numbers in IG_POSTS:
        link = f"https://www.instagram.com/p/{key[-4:]}/"
        rows.append((key, "1784", "example.cafe", "Café", text, 12, moment, link, kind, "", lifetime, *numbers))
        stated = {m: n for m, n in zip(IG_METRICS, numbers, strict=True) if n != ""}
        case.item(key, f"{moment[6:10]}-{moment[:2]}-{moment[3:5]}T{moment[11:]}", kind, stated)
    case.files["Feb-28-2026_Mar-08-2026_1490000000000001.csv"] = BOM + comma(rows)
    return case


FB_FIRST = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time", "Caption type",
    "Permalink", "Is crosspost", "Is share", "Post type", "Languages", "Custom labels", "Funded content status",
    "Data comment", "Date",
)  # fmt: skip


def facebook(key: str, title: str, text: str, moment: str) -> Row:
    about = (key, "10007", "Café", title, text, 0, moment, "N/A", f"https://www.facebook.com/cafe/posts/{key}")
    return (*about, 0, 0, "Photos", "", "", "", "", "Lifetime")


def facebook_cases() -> Iterable[Case]:
    case = Case("meta-facebook-content/of-2024-with-a-row-without-an-id", "facebook", "", "content")
    header = (
        *FB_FIRST, "IMPRESSION:UNIQUE_USERS", "Reach", "Impressions", "Reactions, Comments and Shares", "Reactions",
        "Comments", "Shares", "Total clicks", "Matched Audience Targeting Consumption (Photo Click)", "Other Clicks",
        "Link Clicks", "Negative feedback from users: Hide all",
    )  # fmt: skip
    broken = ("", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "An error occurred", "Lifetime", *[""] * 12)
    rolls = facebook("1140000000000001", "", "Rolls\n\nfrom 7", "03/04/2024 08:03")
    closed = facebook("1140000000000002", "", "Closed", "03/01/2024 06:02")
    rows: list[Row] = [
        (*rolls, "", 5969, 6970, 309, 236, 9, 64, 142, 32, 110, "", ""),
        broken,
        (*closed, 51, 3019, 3019, 66, 48, 2, 16, 38, 6, 27, 5, 1),
    ]
    case.files["Feb-28-2024_Mar-06-2024_1032000000000001.csv"] = BOM + comma([header, *rows])
    shared = ("reach", "impressions", "reactions", "comments", "shares", "clicks")
    one, two = (5969, 6970, 236, 9, 64, 142), (3019, 3019, 48, 2, 16, 38)
    case.item("1140000000000001", "2024-03-04T08:03", "Photos", dict(zip(shared, one, strict=True)))
    case.item(
        "1140000000000002", "2024-03-01T06:02", "Photos", dict(zip(shared, two, strict=True)) | {"link_clicks": 5}
    )
    yield case

    case = Case("meta-facebook-content/of-2025-with-two-columns-of-views", "facebook", "", "content")
    header = (
        *FB_FIRST, "Views", "Reach", "Reactions", "Comments", "Shares", "Total clicks", "Views",
        "Reach from Organic posts", "3-second video views", "1-minute video views", "Seconds viewed",
        "Average Seconds viewed", "Estimated earnings (USD)",
    )  # fmt: skip
    post = facebook("9600000000000001", "Rolls at seven", "", "03/18/2025 12:59")
    case.files["Mar-18-2025_Apr-14-2025_5530000000000001.csv"] = BOM + comma(
        [header, (*post, 0, 37, 2, 0, 1, 2, 0, 37, 30, 4, 5400, 12.5, 0.75)]
    )
    stated = {
        "reach": 37,
        "reactions": 2,
        "comments": 0,
        "shares": 1,
        "clicks": 2,
        "video_views": 30,
        "minute_views": 4,
    }
    case.item("9600000000000001", "2025-03-18T12:59", "Photos", stated | {"watch_time": 1.5, "revenue": 0.75})
    yield case


def videos() -> Case:
    """Saved again by a program that put every line into quotes as a whole."""
    case = Case("meta-facebook-videos/every-line-in-quotes", "facebook", "", "video content")
    header = (
        "Universal video ID", "Page ID", "Page name", "Title", "Duration (sec)", "Publish time", "Custom labels",
        "Comment", "Date", "Impressions", "Reach", "Comments", "Shares", "Likes", "3-Second Video Views",
        "1-Minute Video Views", "Averaged Seconds Viewed", "Estimated Earnings (USD)", "60-Second Views From Followers",
        "Percentage of Total Views at Interval 0", "Views by country (Serbia (RS))", "Views by country (Portugal (PT))",
    )  # fmt: skip
    video = ("7770000000000001", "10007", "Café, the", 'Rolls "at seven"', 595, "12/16/2021 12:12", "", "", "Lifetime")
    numbers = (15869, 14924, 483, 756, 2677, 9021, 640, 21.4, 3.25, 300, 1, "", 12)
    plain = comma([header, (*video, *numbers)], quoting=csv.QUOTE_NONNUMERIC).decode()
    wrapped = "".join('"{}"\n'.format(line.replace('"', '""')) for line in plain.splitlines())
    case.files["Videos_17-Dec-2021.csv"] = BOM + wrapped.encode()
    taken = ("impressions", "reach", "comments", "shares", "likes", "video_views", "minute_views")
    stated = dict(zip(taken, numbers, strict=False)) | {"revenue": 3.25}
    case.item("7770000000000001", "2021-12-16T12:12", "video", stated)
    return case


def audience() -> Case:
    """The layout until 2024, the only one that states the followers; its day is in the name that the user gave it."""
    case = Case("meta-audience/of-2024-with-followers", "", "", "audience")
    case.files["Audience 2024-03-05.csv"] = meta(
        [("Facebook followers",), ("FB_PAGE,FOLLOW,UNIQUE_USERS",), ("30222",)],
        [("Age & gender",), ("", "Women", "Men"), ("18-24", "10.6", "6.5"), ("25-34", "42.9", "40")],
        [("Instagram followers",), ("IG_ACCOUNT,FOLLOW,UNIQUE_USERS",), ("3098",)],
        [("Top countries",), ("South Africa", "Nigeria"), ("75.1", "5.9")],
    )
    case.daily("followers", {date(2024, 3, 5): 30222}, platform="facebook")
    case.daily("followers", {date(2024, 3, 5): 3098}, platform="instagram")
    return case


# ---- YouTube Studio: the other tabs ------------------------------------------------------------------------


def youtube_tab(folder: str, tab: str, members: dict[str, Sequence[Row]]) -> Case:
    """The ZIP of a tab: its name states a week, the second day being the one after the last."""
    case = Case(f"youtube-content/{folder}", "youtube", "Example Café", "channel content")
    name = f"{tab} 2026-03-02_2026-03-09 Example Café.zip"
    case.files[name] = zipped({member: comma(rows) for member, rows in members.items()})
    return case


def youtube() -> Iterable[Case]:
    first, last = date(2026, 3, 2), date(2026, 3, 8)
    header = ("Traffic source", "Views", "Watch time (hours)", "Average view duration", "Impressions")
    by_source = (("Suggested videos", 22, 4.0417, 684), ("Notifications", 6, 1.4884, ""))
    chart = [(first, "Suggested videos", 5), (first, "Notifications", 2), (last, "Suggested videos", 17)]
    table = [(name, views, hours, "0:11:01", shown) for name, views, hours, shown in by_source]
    case = youtube_tab(
        "traffic-sources-of-a-week",
        "Traffic source",
        {
            "Table data.csv": [header, ("Total", 28, 5.5301, "0:11:35", 684), *table],
            "Chart data.csv": [("Date", "Traffic source", "Views"), *chart],
            "Totals.csv": [("Date", "Views"), (first, 7), (last, 21)],
        },
    )
    for name, views, hours, shown in by_source:
        case.total("views", first, last, views, part=("traffic source", name))
        case.total("watch_time", first, last, hours, part=("traffic source", name))
        if shown != "":
            case.total("impressions", first, last, float(shown), part=("traffic source", name))
    for day, name, views in chart:
        case.daily("views", {day: views}, part=("traffic source", name))
    case.daily("views", {first: 7, last: 21})
    yield case

    countries = (("ZA", 90, 12.5), ("PT", 8, 0.75))
    case = youtube_tab(
        "countries-of-a-week",
        "Geography",
        {
            "Table data.csv": [("Geography", "Views", "Watch time (hours)"), ("Total", 98, 13.25), *countries],
            "Chart data.csv": [("Date", "Geography", "Views"), (first, "ZA", 11)],
        },
    )
    for name, views, hours in countries:
        case.total("views", first, last, views, part=("country", name))
        case.total("watch_time", first, last, hours, part=("country", name))
    yield case

    ages = (("18 a 24 anos", 35.13), ("25 a 34 anos", 64.87))
    case = youtube_tab(
        "portuguese-ages-of-a-week",
        "Idade do espectador",
        {"Dados da tabela.csv": [("Idade do espectador", "Visualizações (%)"), *ages]},
    )
    for name, share in ages:
        case.total("views_share", first, last, share, part=("viewer age", name))
    yield case


def cases() -> Iterable[Case]:
    name = "account_analytics_content_2026-03-01_2026-03-08.csv"
    yield x_content("of-2026", name, X_2026, "%a, %b %-d, %Y", "x.com")
    yield x_content("of-2025", "account_analytics_content_2026-03-01_2026-03-09.csv", X_2025, "%a %b %d %Y", "x.com")
    # The id's header was not seen in Portuguese: the link has the id.
    yield x_content("portuguese", name, X_PORTUGUESE, "%a, %b %-d, %Y", "x.com")
    yield x_videos()
    yield from twitter()
    yield instagram("english", IG_ENGLISH, "Lifetime")
    yield instagram("portuguese", IG_PORTUGUESE, "Vitalício")
    yield from facebook_cases()
    yield videos()
    yield audience()
    yield from youtube()
