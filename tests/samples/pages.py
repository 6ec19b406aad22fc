"""Samples of pages and profiles read elsewhere: LinkedIn beside its daily files, Sprout Social, Pinterest."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from forms import Case, Row, along, comma, days, workbook

# ---- LinkedIn ----------------------------------------------------------------------------------------------


def competitors(folder: str, span: tuple[str, str], first: date, last: date) -> Case:
    """The range above the header; followers are a level of its last day."""
    case = Case(f"linkedin-competitors/{folder}", "linkedin", "Example Café", "page competitors")
    pages = {"Example Café": (153, 4, 61, 3), "Made-up Bakery": (2810, -6, 402, 9)}
    header = ("Page", "Total Followers", "New Followers", "Total post engagements", "Total posts")
    rows: list[Row] = [span, header, *((name, *numbers) for name, numbers in pages.items())]
    stamp = 1775001600000 if last.month == 3 else 1772496000000
    case.files[f"Example Café_competitor_analytics_{stamp}.xlsx"] = workbook({"COMPETITORS": rows})
    for name, (level, *numbers) in pages.items():
        case.total("followers", last, last, level, part=("page", name))
        for metric, value in zip(("new_followers", "engagements", "posts"), numbers, strict=True):
            case.total(metric, first, last, value, part=("page", name))
    return case


def creator(folder: str, name: str, sheets: dict[str, Sequence[Row]]) -> Case:
    """Every number is text, days may be negative, and the level stands once, for one day."""
    case = Case(f"linkedin-creator/{folder}", "linkedin", "Mia Example", "creator analytics")
    case.files[name] = workbook(
        {sheet: [[str(cell) for cell in row] for row in rows] for sheet, rows in sheets.items()}
    )
    case.daily("impressions", along(SEEN, START))
    case.daily("engagements", along(ENGAGED, START))
    case.daily("new_followers", along(NEW, START))
    case.total("followers", days(5, START)[4], days(5, START)[4], 12955)
    return case


START = date(2026, 3, 10)  # after the 12th on its way, so that the order of day and month shows
SEEN, ENGAGED, NEW = [410, 388, 1203, 512, 97], [33, 21, -28, 40, 5], [2, 0, 11, 3, 0]


def creator_cases() -> Iterable[Case]:
    for folder, name, form, words in (
        ("english", "AggregateAnalytics_Mia Example_2026-03-10_2026-03-14.xlsx", "%m/%d/%Y", {}),
        ("portuguese", "AggregateAnalytics_Mia Example_2026-03-10_2026-03-14 (1).xlsx", "%d/%m/%Y", PORTUGUESE),
    ):
        written = [format(day, form) for day in days(5, START)]
        engagement: list[Row] = [("Date", "Impressions", "Engagements"), *zip(written, SEEN, ENGAGED, strict=True)]
        followers: list[Row] = [("Date", "New followers"), *zip(written, NEW, strict=True)]
        total = f"Total followers on {written[4]}:"
        post = ("https://www.linkedin.com/feed/update/urn:li:activity:1", written[0])
        range_line = ("Overall Performance", f"{written[0]} - {written[4]}")
        sheets: dict[str, Sequence[Row]] = {
            "DISCOVERY": [range_line, ("Impressions", 2610), ("Members reached", 801)],
            "ENGAGEMENT": engagement,
            "TOP POSTS": [("Maximum of 50 posts available",), (), POSTS, (*post, 9, "", *post, 300)],
            "FOLLOWERS": [(total, 12955), (), *followers],
            "DEMOGRAPHICS": [("Top Demographics", "Value", "Percentage"), ("Seniority", "Senior", "< 1%")],
        }
        yield creator(folder, name, {words.get(sheet, sheet): rows for sheet, rows in sheets.items()})


POSTS = ("Post URL", "Post publish date", "Engagements", "", "Post URL", "Post publish date", "Impressions")
PORTUGUESE = {
    "DISCOVERY": "Descoberta",
    "ENGAGEMENT": "Engajamento",
    "TOP POSTS": "Publicações mais em alta",
    "FOLLOWERS": "Seguidores",
}


def converted() -> Case:
    """Page content that somebody turned into a CSV: other header texts, days in ISO."""
    case = Case("linkedin-content/converted-to-csv", "linkedin", "", "page content")
    organic, sponsored = [1006, 653, 242], [0, 10, 0]
    total = [a + b for a, b in zip(organic, sponsored, strict=True)]
    header = ("date", "clicks_(total)", "engagements_total", "impressions_(organic)", "impressions_(sponsored)")
    rows: list[Row] = [(*header, "impressions_(total)")]
    rows += [(day, 7, 9, *cells) for day, *cells in zip(days(3), organic, sponsored, total, strict=True)]
    case.files["linkedin-updates.csv"] = comma(rows)
    case.daily("clicks", along([7, 7, 7]))
    case.daily("impressions", along(total))
    case.daily("impressions", along(organic), part=("paid", "organic"))
    case.daily("impressions", along(sponsored), part=("paid", "sponsored"))
    return case


# ---- Sprout Social -----------------------------------------------------------------------------------------

SPROUT = {  # column: metric; then the numbers of each profile on two days
    "Audience": "followers",
    "Net Audience Growth": "net_followers",
    "Audience Gained": "new_followers",
    "Published Posts (Total)": "posts",
    "Impressions": "impressions",
    "Video Views": "video_views",
    "Engagements": "engagements",
    "Reactions": "reactions",
}
PROFILES = {
    ("X", "'@examplecafe"): ([6369, 1, 1, 0, 17, 0, 5, 1], [6367, -2, 0, 1, 1017, 3, 9, 2]),
    ("Facebook", "Example Café"): ([25929, 3, "", 1, 19773, 288, 79, 34], [25928, -1, "", 0, 980, 0, 4, 2]),
}


def sprout() -> Case:
    """One file, two networks: blank is what a network does not offer; an apostrophe guards the handle."""
    case = Case("sprout-profiles/two-networks", "", "", "profile performance")
    rows: list[Row] = [
        ("Date", "Network", "Profile", *SPROUT, "Engagement Rate (per Impression)", "Sent Posts (Facebook)")
    ]
    for i, day in enumerate(days(2)):
        for (network, name), numbers in PROFILES.items():
            cells = [f"{n:,}" if isinstance(n, int) else n for n in numbers[i]]
            rows.append((f"{day:%m-%d-%Y}", network, name, *cells, "29.41%", ""))
    case.files["Profile Performance.csv"] = comma(rows, quoting=csv.QUOTE_ALL, end="\r\n")
    for (network, name), numbers in PROFILES.items():
        case.platform, case.account = network.casefold(), name.removeprefix("'")
        for n, metric in enumerate(SPROUT.values()):
            values = [row[n] for row in numbers]
            if all(isinstance(value, int) for value in values):
                case.daily(metric, along([float(value) for value in values]))
    return case


# ---- Pinterest ---------------------------------------------------------------------------------------------


def pinterest() -> Case:
    case = Case("pinterest-overview/impressions", "pinterest", "", "analytics overview")
    values = [120, 0, 88, 54]
    top = [["Analytics overview"], ["2026-03-02 - 2026-03-05"], ["Claimed accounts", "All Pins"], []]
    pins = [["Pin ID", "Board name", "Impressions"], ["1234567890123456789", "Brunch", 31]]
    rows = [["Date", "Impressions"], *along(values).items(), ["Data starting from today is an estimate."]]
    case.files["Pinterest Analytics overview 20260302-20260305.csv"] = comma([*top, *rows, [], *pins])
    case.daily("impressions", along(values))
    return case


def cases() -> Iterable[Case]:
    american = ("03/01/2026", "03/31/2026")
    yield competitors("english", american, date(2026, 3, 1), date(2026, 3, 31))
    day_first = ("01/02/2026", "28/02/2026")  # the first alone could be 2 January
    yield competitors("days-before-months", day_first, date(2026, 2, 1), date(2026, 2, 28))
    yield from creator_cases()
    yield converted()
    yield sprout()
    yield pinterest()
