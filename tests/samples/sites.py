"""The sample cases of what else counts a website or a place: Universal Analytics, Business Profile, Bing, Clarity, …"""

from collections.abc import Iterable
from datetime import date

from forms import Case, along, comma, days, workbook, zipped

RULE = "# ----------------------------------------"
PAGES = {"/": (310, 244, 61.5, 120, 0.5), "/menu/": (96, 80, 44.25, 31, 0.375)}


def universal(folder: str) -> Case:
    return Case(f"universal-analytics/{folder}", "google-analytics", "example-cafe.test", "universal analytics")


def universal_cases() -> Iterable[Case]:
    top = [RULE, "# example-cafe.test", "# Channels", "# 20200302-20200306", RULE, "", ""]
    header = ("Default Channel Grouping", "Users", "New Users", "Sessions", "Bounce Rate", "Pages / Session")
    header += ("Avg. Session Duration",)
    rows = [
        ("Organic Search", 20, 12, 24, "45.83%", 2.04, "00:01:10"),
        ("Direct", 9, 7, "1,001", "60.00%", 1.3, "00:00:35"),
    ]
    total = ("", 29, 19, "1,025", "50.00%", 1.8, "00:01:00")
    day_rows = [("3/2/20", 5), ("3/3/20", 9), ("3/4/20", 6), ("3/5/20", 5), ("3/6/20", 4), ("", 29)]
    case = universal("channels")
    tables = "\n".join(comma(t).decode() for t in ([header, *rows, total], [("Day Index", "Users"), *day_rows]))
    case.files["Analytics example-cafe.test Channels 20200302-20200306.csv"] = ("\n".join(top) + tables).encode()
    first, last = date(2020, 3, 2), date(2020, 3, 6)
    metrics = ("users", "new_users", "sessions", "bounce_rate_points", "average_session_duration")
    for name, values in (("Organic Search", (20, 12, 24, 45.83, 70)), ("Direct", (9, 7, 1001, 60, 35))):
        for metric, value in zip(metrics, values, strict=True):
            unit = "s" if metric == "average_session_duration" else ""
            case.total(metric, first, last, value, part=("channel", name), unit=unit)
    case.daily("users", along([5, 9, 6, 5, 4], first))
    yield case
    yield months()
    yield pages()


def months() -> Case:
    case = universal("audience-overview-by-month")
    lines = [RULE, "# example-cafe.test", "# Audience Overview", "# 20200101-20200315", RULE, "", ""]
    rows = [("Month Index", "Users"), ("0000", "1,744"), ("0001", 990), ("0002", 512), ("", "3,246")]
    case.files["Analytics example-cafe.test Audience Overview 20200101-20200315.csv"] = "\n".join(
        lines
    ).encode() + comma(rows)
    case.total("users", date(2020, 1, 1), date(2020, 1, 31), 1744)
    case.total("users", date(2020, 2, 1), date(2020, 2, 29), 990)
    case.total("users", date(2020, 3, 1), date(2020, 3, 15), 512)
    return case


def pages() -> Case:
    """A workbook has no lines with `#`: whose it is and of which range stands in the file's name."""
    case = universal("pages-workbook")
    header = (
        "Page",
        "Pageviews",
        "Unique Pageviews",
        "Avg. Time on Page",
        "Entrances",
        "Bounce Rate",
        "% Exit",
        "Page Value",
    )
    rows = [
        (page, views, unique, time, entrances, rate, 0.3, 0)
        for page, (views, unique, time, entrances, rate) in PAGES.items()
    ]
    sheets = {
        "Summary": [("Pages",)],
        "Dataset1": [header, *rows, ("", 500, 400, 55.0, 180, 0.4, 0.3, 0)],
        "Dataset2": [("Day Index", "Pageviews"), *((str(day), 100) for day in days(5, date(2020, 3, 2))), ("", 500)],
    }
    case.files["Analytics example-cafe.test Pages 20200302-20200306.xlsx"] = workbook(sheets)
    for page, (views, unique, _, entrances, rate) in PAGES.items():
        named = {"page_views": views, "unique_page_views": unique, "entrances": entrances}
        for metric, value in (named | {"bounce_rate_points": rate * 100}).items():
            case.total(metric, date(2020, 3, 2), date(2020, 3, 6), value, part=("page", page))
    case.daily("page_views", along([100] * 5, date(2020, 3, 2)))
    return case


def business_profile() -> Case:
    """Two locations of one name; the row below the header describes the columns, the range is in the name alone."""
    case = Case("google-business-profile/two-locations", "google-business", "", "performance")
    header = ("Store code", "Business name", "Address", "Labels", "Google Search - Mobile", "Google Search - Desktop")
    header += ("Google Maps - Mobile", "Google Maps - Desktop", "Calls", "Messages", "Bookings", "Directions")
    header += ("Website clicks", "Food orders", "Food menu clicks", "Hotel bookings")
    means = ("",) * 4 + ("Number of people that viewed your Business Profile",) * 4 + ("Number of interactions",) * 8
    rows = {
        ("Café Beispiel", "Marktgasse 1, Bern"): (525, 112, 150, 22, 4, 1, 0, 44, 86, 0, 12, 0),
        ("Café Beispiel", "Seestrasse 9, Thun"): (106, 47, 222, 29, 7, 0, 2, 58, 47, 0, 3, 0),
    }
    cells = [
        (code, *who, "", *row) for code, (who, row) in zip(("03786661145992553914", ""), rows.items(), strict=True)
    ]
    name = "GMB insights (Performance Report) - 2026-02-01 - 2026-02-28 - 9fd704c2826223a0.csv"
    case.files[name] = comma([header, means, *cells])
    places = ("search, mobile", "search, desktop", "maps, mobile", "maps, desktop")
    metrics = ("phone_clicks", "conversations", "bookings", "direction_requests", "link_clicks", "food_orders")
    metrics += ("menu_clicks", "booking_link_clicks")
    for who, row in rows.items():
        where, span = " / ".join(who), (date(2026, 2, 1), date(2026, 2, 28))
        for place, value in zip(places, row, strict=False):
            case.total("profile_viewers", *span, value, part=("location / address / place", f"{where} / {place}"))
        for metric, value in zip(metrics, row[4:], strict=True):
            case.total(metric, *span, value, part=("location / address", where))
    return case


def bing() -> Case:
    case = Case("bing-webmaster/overview", "bing", "example-cafe.test", "search performance")
    clicks, shown = [4, 0, 7], [164, 90, 201]
    header = '"Date","Clicks","Impressions","Avg. CTR"'
    rows = [
        f'"{day.month}/{day.day}/{day.year} 12:00:00 AM","{c}","{i}","{100 * c / i:.2f}"'
        for day, c, i in zip(days(3), clicks, shown, strict=True)
    ]
    name = "example-cafe.test_SearchPerformanceOverview_All_3_6_2026.csv"
    case.files[name] = b"\xef\xbb\xbf" + "\r\n".join((header, *rows, "")).encode()
    case.daily("clicks", along(clicks))
    case.daily("impressions", along(shown))
    return case


def clarity() -> Case:
    """Small tables below each other without a blank line; only some have a column of numbers."""
    case = Case("microsoft-clarity/dashboard", "clarity", "Example Café", "dashboard")
    head = [("Project name", "Example Café"), ("Date range", "02/01/2026 12:00 AM - 02/28/2026 11:59 PM")]
    tables = [
        ("Metric", "Sessions"), ("", "Total sessions", "842"),
        ("Metric", "Insights", "No. of sessions", "% of sessions"), ("", "Dead click", "169", "20.07%"),
        ("Metric", "Top pages", "No. of sessions"), ("", "https://example-cafe.test/", "208"),
        ("", "https://example-cafe.test/menu/", "64"),
        ("Metric", "Referrer", "No. of sessions"), ("", "google.com", "80"),
        ("Metric", "Bot traffic"), ("webScraperBotSessions", "41"),
    ]  # fmt: skip
    content = comma(head, quoting=1) + b"\n\n" + comma(tables, quoting=1)
    case.files["Clarity_Example_Dashboard.csv"] = b"\xef\xbb\xbf" + content
    span = (date(2026, 2, 1), date(2026, 2, 28))
    for page, value in (("https://example-cafe.test/", 208), ("https://example-cafe.test/menu/", 64)):
        case.total("sessions", *span, value, part=("page", page))
    case.total("sessions", *span, 80, part=("referrer", "google.com"))
    return case


def plausible() -> Case:
    """A ZIP of files by day; what has several rows for one name of a day is added, people are not."""
    case = Case("plausible/all-data", "plausible", "", "all data")
    flows = ("visits", "visit_duration", "bounces", "page_views")
    span = "20260302_20260303"
    visitors = [("date", "visitors", "pageviews", "bounces", "visits", "visit_duration")]
    visitors += [("2026-03-02", 34, 89, 18, 36, 8631), ("2026-03-03", 23, 70, 13, 25, 8249)]
    sources = [
        ("date", "source", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
         "pageviews", "visitors", "visits", "visit_duration", "bounces"),
        ("2026-03-02", "Google", "google.com", "", "", "", "", "", 70, 23, 25, 8249, 13),
        ("2026-03-02", "Google", "google.ch", "", "", "", "", "", 19, 9, 11, 382, 5),
        ("2026-03-03", "Google", "google.com", "", "", "", "", "", 70, 23, 25, 8249, 13),
    ]  # fmt: skip
    devices = [("date", "device", "visitors", "visits", "visit_duration", "bounces", "pageviews")]
    devices += [("2026-03-02", "Mobile", 34, 36, 8631, 18, 89), ("2026-03-03", "Mobile", 23, 25, 8249, 13, 70)]
    tables = {"visitors": visitors, "sources": sources, "devices": devices}
    members = {f"imported_{name}_{span}.csv": comma(rows, quoting=2) for name, rows in tables.items()}
    case.files["example.zip"] = zipped(members)
    values = {"visits": [36, 25], "visit_duration": [8631, 8249], "bounces": [18, 13], "page_views": [89, 70]}
    for metric in flows:
        for part in (("", ""), ("source", "Google"), ("device", "Mobile")):
            case.daily(metric, along(values[metric]), part=part)
    case.daily("visitors", along([34, 23]))
    case.daily("visitors", along([34, 23]), part=("device", "Mobile"))
    return case


def cases() -> Iterable[Case]:
    yield from universal_cases()
    yield business_profile()
    yield bing()
    yield clarity()
    yield plausible()
