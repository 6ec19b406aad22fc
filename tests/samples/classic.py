"""Samples of Facebook Insights until 2021: by Page, post and video; CSV, XLSX and the .xls that is XML text."""

from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from forms import Case, Row, along, comma, days, workbook

PAGE = "Café Ölbaum"
NAME = f"Facebook Insights Data Export{{}} - {PAGE} - 2026-03-02 - 2026-03-06"

# What each column is: its metric ("" is not taken), the part of it, its description, its days.
COLUMNS: tuple[tuple[str, str, str, str, Sequence[object]], ...] = (
    ("Lifetime Total Likes", "page_likes", "", "Lifetime: The total number of people who …", [301, 303, 303, 302, 306]),
    ("Daily New Likes", "new_page_likes", "", "Daily: The number of new people who …", [2, 2, 1, 0, 4]),
    ("Daily Unlikes", "page_unlikes", "", "Daily: The number of Unlikes of your Page", [0, 0, 1, 1, 0]),
    ("Daily Page Engaged Users", "engaged_people", "", "Daily: The number of people …", [5, 7, 0, 2, 9]),
    ("Weekly Page Engaged Users", "engaged_people_7_days", "", "Weekly: The number …", [20, 25, 22, 23, 30]),
    ("28 Days Page Engaged Users", "engaged_people_28_days", "", "28 Days: The number …", [61, 66, 64, 63, 70]),
    ("Daily Like Sources - mobile", "", "", "Daily: by the most common places", ["", 1, "", "", 2]),
    ("Daily Total Reach", "reach", "", "Daily: The number of people who have seen …", [40, 52, 8, 13, 71]),
    ("Weekly Total Reach", "reach_7_days", "", "Weekly: The number of people …", [190, 205, 180, 177, 231]),
    ("28 Days Total Reach", "reach_28_days", "", "28 Days: The number of people …", [533, 541, 536, 529, 570]),
    ("Daily Organic Reach", "reach", "organic", "Daily: …", [36, 50, 8, 13, 60]),
    ("Daily Paid Reach", "reach", "paid", "Daily: …", [6, 4, 0, 0, 15]),
    ("Daily Total Impressions", "impressions", "", "Daily: The number of impressions", [90, 140, 21, 30, 260]),
    ("Weekly Total Impressions", "", "", "Weekly: The number of impressions", [700, 720, 650, 640, 880]),
    ("Daily Logged-in Page Views", "", "", "Daily: Page Views (Total Count)", [3, 8, 1, 2, 11]),
    ("Daily Logged-in Page Views", "", "", "Daily: Page Views (Unique Users)", [3, 6, 1, 2, 9]),
    ("Daily Reach of page posts", "post_reach", "", "Daily: …", [30, 44, 5, 9, 66]),
    ("Daily Total Impressions of your posts", "page_post_impressions", "", "Daily: …", [70, 101, 12, 20, 222]),
    ("Daily Page consumptions", "clicks", "", "Daily: The number of clicks", [6, 9, 0, 2, 14]),
    ("Weekly Reach by City - Örebro, Sweden", "", "", "Weekly: Total Page Reach by user city", [3, "", "", "", 4]),
    ("Daily Positive Feedback from Users - like", "", "", "Daily: … (Unique Users)", [1, 2, "", "", 3]),
    ("Daily Positive Feedback from Users - like", "", "", "Daily: … (Total Count)", [1, 3, "", "", 5]),
    ("Daily People Talking About This", "people_talking", "", "Daily: …", [2, 3, 0, 0, 5]),
)  # fmt: skip


def page_rows(*, american: bool) -> list[Row]:
    """Header, descriptions, and a row a day."""
    rows: list[Row] = [("Date", *(name for name, *_ in COLUMNS)), ("", *(text for *_, text, _ in COLUMNS))]
    for i, day in enumerate(days(5)):
        rows.append((f"{day.month}/{day.day}/{day.year}" if american else day, *(cells[i] for *_, cells in COLUMNS)))
    return rows


def page(folder: str, file: str, content: bytes) -> Case:
    case = Case(f"facebook-insights-page/{folder}", "facebook", PAGE, "page insights", {file: content})
    for _, metric, part, _, cells in COLUMNS:
        if metric:
            case.daily(metric, along([float(str(c)) for c in cells]), part=("paid", part) if part else ("", ""))
    return case


# ---- the .xls that is XML text -----------------------------------------------------------------------------


def xml(sheets: dict[str, Sequence[Row]], encoding: str = "UTF-8") -> bytes:
    """SpreadsheetML 2003: empty cells and rows are left out, and the next one says where it stands."""
    tables = "".join(
        f"<Worksheet ss:Name={quoteattr(name)}><Table>{''.join(xml_rows(rows))}</Table></Worksheet>"
        for name, rows in sheets.items()
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"{tables}</Workbook>\n"
    ).encode(encoding)


def xml_rows(rows: Sequence[Row]) -> Iterable[str]:
    said = 0
    for r, row in enumerate(rows, 1):
        filled = [(c, cell) for c, cell in enumerate(row, 1) if cell != ""]
        if filled:
            index = f' ss:Index="{r}"' if r > said + 1 else ""
            yield f"<Row{index}>{''.join(xml_cells(filled))}</Row>"
            said = r


def xml_cells(filled: Sequence[tuple[int, object]]) -> Iterable[str]:
    before = 0
    for c, cell in filled:
        kind = {int: "Number", float: "Number", date: "DateTime"}.get(type(cell), "String")
        text = f"{cell}T00:00:00.000" if kind == "DateTime" else escape(str(cell))
        index = f' ss:Index="{c}"' if c > before + 1 else ""
        yield f'<Cell{index}><Data ss:Type="{kind}">{text}</Data></Cell>'
        before = c


API = {
    "page_fans:lifetime": ("page_likes", [512, 514, 513]),
    "page_fan_adds_unique:day": ("new_page_likes", [1, 2, 0]),
    "page_fan_removes_unique:day": ("page_unlikes", [0, 0, 1]),
    "page_impressions_unique:day": ("reach", [88, 120, 31]),
    "page_impressions_unique:week": ("reach_7_days", [402, 440, 437]),
    "page_stories:day": ("", [4, 1, 0]),
}


def page_of_the_api() -> Case:
    case = Case("facebook-insights-page/names-of-the-api", "facebook", PAGE, "page insights")
    rows: list[Row] = [("Date", *API), ("", *("What it counts" for _ in API))]
    rows += [(day, *(cells[i] for _, cells in API.values())) for i, day in enumerate(days(3))]
    by_country: list[Row] = [("Date", "SE", "PT"), *((day, 5, 2) for day in days(3))]
    sheets = {"Key Metrics": rows, "Lifetime Likes by Country": by_country}
    case.files[f"{NAME.format('')}.xls"] = xml(sheets, "UTF-16")
    for metric, cells in API.values():
        if metric:
            case.daily(metric, along(cells))
    return case


# ---- posts and videos --------------------------------------------------------------------------------------

POST_HEADER = (
    "Post ID", "Permalink", "Post Message", "Type", "Countries", "Languages", "Posted", "Audience Targeting",
    "Lifetime Post Total Reach", "Lifetime Post organic reach", "Lifetime Post Paid Reach",
    "Lifetime Post Total Impressions", "Lifetime Post Organic Impressions", "Lifetime Post Paid Impressions",
    "Lifetime Engaged Users", "Lifetime Talking About This (Post) by action type - like",
    "Lifetime Post Stories by action type - like", "Lifetime Post Stories by action type - comment",
    "Lifetime Post Stories by action type - share", "Lifetime Post Consumers", "Lifetime Post Consumptions",
    "Lifetime Post Consumptions by type - link clicks", "Lifetime Post Consumptions by type - other clicks",
    "Lifetime Negative feedback", "Lifetime Organic views to 95%", "Lifetime Organic views to 95%",
)  # fmt: skip
POSTS: tuple[tuple[str, str, str, str, str, list[object]], ...] = (
    ("118_203", "Fresh olives, “hand-picked”.\nCome in!", "Photo", "03/05/2026 04:29:18 PM", "2026-03-05T16:29:18",
     [310, 300, 12, 520, 505, 15, 33, 21, 24, 3, "", 29, 41, 6, 35, 0, "", ""]),
    ("118_202", "Open again on Monday", "Status", "03/02/2026 12:58:24 AM", "2026-03-02T00:58:24",
     [76, 76, 0, 139, 139, 0, 4, 2, 2, "", 1, 4, 8, "", 8, 1, "", ""]),
)  # fmt: skip
POST_METRICS = {
    "Lifetime Post Total Reach": "reach",
    "Lifetime Post Total Impressions": "impressions",
    "Lifetime Engaged Users": "engaged_people",
    "Lifetime Post Stories by action type - like": "likes",
    "Lifetime Post Stories by action type - comment": "comments",
    "Lifetime Post Stories by action type - share": "shares",
    "Lifetime Post Consumptions": "clicks",
    "Lifetime Post Consumptions by type - link clicks": "link_clicks",
}


def posts(folder: str, *, as_xml: bool) -> Case:
    case = Case(f"facebook-insights-posts/{folder}", "facebook", PAGE, "post insights")
    rows: list[Row] = [POST_HEADER, (*[""] * 8, *(f"Lifetime: {name[9:]} (Total Count)" for name in POST_HEADER[8:]))]
    for number, text, kind, posted, published, cells in POSTS:
        link = f"https://www.facebook.com/cafe.oelbaum/posts/{number.partition('_')[2]}"
        rows.append((number, link, text, kind, "", "", posted, " ", *cells))
        stated = dict(zip(POST_HEADER, rows[-1], strict=True))
        values = {m: float(str(stated[name])) for name, m in POST_METRICS.items() if stated[name] != ""}
        case.item(number, published, kind, values)
    file = NAME.format(" (Post Level)")
    if as_xml:
        case.files[f"{file}.xls"] = xml({"Key Metrics": rows})
    else:
        case.files[f"{file}.csv"] = b"\xef\xbb\xbf" + comma(rows)
    return case


def videos() -> Case:
    case = Case("facebook-insights-videos/views-of-a-video", "facebook", PAGE, "video insights")
    header = (
        "Post ID", "Permalink", "Post Message", "Type", "Countries", "Languages", "Posted", "Audience Targeting",
        "Content Tags", "Lifetime Post Total Impressions", "Lifetime Post Paid Impressions",
        "Lifetime Total Video Views", "Lifetime Paid Video Views", "Lifetime Total 30-Second Views",
        "Lifetime Post Total Reach", "Lifetime Unique Video Views", "Lifetime Auto-Played Video Views",
    )  # fmt: skip
    about = (*[""] * 9, *(f"Lifetime: {name[9:]} (Total Count)" for name in header[9:]))
    link = "https://www.facebook.com/cafe.oelbaum/videos/77"
    row = (
        "118_77",
        link,
        "How we press",
        "Video",
        "",
        "",
        "03/04/2026 09:00:00 AM",
        " ",
        "",
        900,
        0,
        210,
        0,
        61,
        640,
        188,
        150,
    )
    case.files[f"{NAME.format(' (Video Posts)')}.csv"] = b"\xef\xbb\xbf" + comma([header, about, row])
    values = {"impressions": 900.0, "video_views": 210.0, "reach": 640.0}
    case.item("118_77", "2026-03-04T09:00:00", "Video", values)
    return case


def cases() -> Iterable[Case]:
    """All of them."""
    csv_rows, typed_rows = page_rows(american=True), page_rows(american=False)
    by_country: list[Row] = [("Date", "SE", "PT"), *((str(day), 5, 2) for day in days(5))]
    yield page("saved-as-windows-1252", f"{NAME.format('')}.csv", comma(csv_rows, end="\r\n").decode().encode("cp1252"))
    sheets: dict[str, Sequence[Row]] = {"Key Metrics": typed_rows, "Lifetime Likes by Country": by_country}
    yield page("workbook", f"{NAME.format('')}.xlsx", workbook(sheets))
    yield page("workbook-that-is-xml", f"{NAME.format('')}.xls", xml(sheets))
    yield page_of_the_api()
    yield posts("csv", as_xml=False)
    yield posts("workbook-that-is-xml", as_xml=True)
    yield videos()
