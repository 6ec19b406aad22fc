"""The sample cases of Google Analytics 4 and of Google Search Console."""

from collections.abc import Iterable, Sequence

from forms import Case, Row, along, comma, days, workbook, zipped

# ---- Google Analytics 4 ------------------------------------------------------------------------------------

RULE = "# ----------------------------------------"
GA_DAYS = {
    "Sessions": ("sessions", [41, 38, 52, 47, 60]),
    "Total users": ("users", [35, 30, 44, 41, 52]),
    "New users": ("new_users", [12, 9, 15, 11, 21]),
    "Key events": ("key_events", [1, 0, 2, 1, 3]),
    "Average session duration": ("average_session_duration", [61.25, 58.5, 70, 66.125, 72.75]),
}
CHANNEL = "Session primary channel group (Default Channel Group)"
FIRST_CHANNEL = "First user primary channel group (Default Channel Group)"
DATES = [f"{day:%Y%m%d}" for day in days(5)]


def analytics(lines: Sequence[str], rows: Iterable[Row], *, blank: bool = False) -> bytes:
    top = "\n".join((RULE, *lines, RULE, "")) if blank else "\n".join((*lines, ""))
    return (top + "\n" * blank).encode() + comma(rows)


def standard(title: str, begin: str = "20260302", end: str = "20260306") -> list[str]:
    who = ("# Account: Example", "# Property: Example Café")
    return [RULE, f"# {title}", *who, RULE, "# ", "# All Users", f"# Start date: {begin}", f"# End date: {end}"]


def google(folder: str) -> Case:
    return Case(f"google-analytics-4/{folder}", "google-analytics", "Example Café", "reports and explorations")


def analytics_cases() -> Iterable[Case]:
    order = (4, 2, 3, 0, 1)  # sorted by sessions, as Google does, never by date
    rows = [(DATES[i], *(values[i] for _, values in GA_DAYS.values())) for i in order]
    top = ("# Example Café", "# Untitled exploration-Free form 1", "# 20260302-20260306")
    total = ("", 238, 181, 68, 7, 66.5, "Grand total")
    yield by_date("exploration-by-date", analytics(top, [("Date", *GA_DAYS), total, *rows], blank=True))
    yield by_date("report-with-a-date", analytics(standard("Report CSV Export"), [("Date", *GA_DAYS), *rows]))
    yield comparison()
    yield by_date_and_channel()
    yield by_channel("traffic-acquisition", CHANNEL, "channel", "Sessions", "sessions")
    yield by_channel("user-acquisition", FIRST_CHANNEL, "first user channel", "New users", "new_users")
    yield french()


def by_date(folder: str, content: bytes) -> Case:
    case = google(folder)
    case.files["download.csv"] = content
    for metric, values in GA_DAYS.values():
        case.daily(metric, along(values))
    return case


def comparison() -> Case:
    """A report with a comparison: the same table twice, the second time of a part of all users."""
    case, lines = google("report-with-a-comparison"), standard("Report CSV Export")
    sessions = GA_DAYS["Sessions"][1]
    mobile = [count // 2 for count in sessions]
    parts = ((lines, sessions), ([*lines[:-3], "# Mobile traffic", *lines[-2:]], mobile))
    case.files["data-export.csv"] = b"\n".join(
        analytics(top, [("Date", "Sessions"), *zip(DATES, counts, strict=True)]) for top, counts in parts
    )
    case.daily("sessions", along(sessions))
    case.daily("sessions", along(mobile), scope="Mobile traffic")
    return case


def by_date_and_channel() -> Case:
    case = google("by-date-and-channel")
    parts = {"Direct": [20, 18, 30], "Organic Search": [21, 20, 22]}
    cells = [(DATES[i], part, values[i]) for part, values in parts.items() for i in range(3)]
    case.files["download (1).csv"] = analytics(
        ("# Example Café", "# By channel-Free form 1", "# 20260302-20260304"),
        [("Date", CHANNEL, "Sessions"), ("", "", 131, "Grand total"), *cells],
        blank=True,
    )
    for part, values in parts.items():
        case.daily("sessions", along(values), part=("channel", part))
    return case


def french() -> Case:
    """No-break spaces before the colons; the names of channels stay English."""
    case = google("french-by-channel")
    word = "Groupe de canaux principal de la session (Groupe de canaux par défaut)"
    lines = [
        RULE, "# Acquisition de trafic", "# Compte\u00a0: Example", "# Propriété\u00a0: Example Café", RULE, "# ",
        "# Date de début\u00a0: 20260302", "# Date de fin\u00a0: 20260306",
    ]  # fmt: skip
    case.files["data-export (2).csv"] = analytics(lines, [(word, "Sessions"), ("Paid Search", 44), ("Direct", 12)])
    for part, value in (("Paid Search", 44), ("Direct", 12)):
        case.total("sessions", days(1)[0], days(5)[4], value, part=("channel", part))
    return case


def by_channel(folder: str, header: str, kind: str, column: str, metric: str) -> Case:
    """A standard report: one row a channel, totals of the range."""
    case = google(folder)
    parts = {"Direct": (120, 22), "Organic Search": (98, 2), "Unassigned": (4, 0)}
    rows = [(part, *numbers) for part, numbers in parts.items()]
    title = f"{folder.replace('-', ' ').capitalize()}: {header}"
    case.files[f"{title.replace(': ', '_').replace(' ', '_')}.csv"] = analytics(
        standard(title), [(header, column, "Key events"), *rows]
    )
    for part, numbers in parts.items():
        for name, value in zip((metric, "key_events"), numbers, strict=True):
            case.total(name, days(1)[0], days(5)[4], value, part=(kind, part))
    return case


# ---- Google Search Console ---------------------------------------------------------------------------------

CLICKS = [16, 17, 18, 17, 9]
IMPRESSIONS = [1345, 1382, 1372, 1951, 902]
POSITION = [32, 32.6, 31.7, 35.9, 30.2]
SITE = "www.example-cafe.test"


def chart(header: Row, *, percent: bool = True, newest_first: bool = False) -> list[Row]:
    rows = [
        (str(day), c, i, f"{100 * c / i:.2f}%" if percent else round(c / i, 4), p)
        for day, c, i, p in zip(days(5), CLICKS, IMPRESSIONS, POSITION, strict=True)
    ]
    return [header, *(reversed(rows) if newest_first else rows)]


def search(folder: str, files: dict[str, bytes], account: str, scope: str = "") -> Case:
    case = Case(f"google-search-console/{folder}", "google-search-console", account, "search performance", files)
    for metric, values in (("clicks", CLICKS), ("impressions", IMPRESSIONS), ("position", POSITION)):
        case.daily(metric, along(values), scope=scope)
    return case


def search_cases() -> Iterable[Case]:
    ratios = ("Clicks", "Impressions", "CTR", "Position")
    others = {
        "Queries.csv": comma([("Top queries", *ratios), ("cafe near me", 9, 120, "7.5%", 3.1)]),
        "Pages.csv": comma([("Top pages", *ratios), (f"https://{SITE}/", 30, 4000, "0.75%", 12.4)]),
        "Countries.csv": comma([("Country", *ratios), ("Switzerland", 50, 5100, "0.98%", 20.1)]),
        "Devices.csv": comma([("Device", *ratios), ("Mobile", 51, 4800, "1.06%", 22.3)]),
        "Search appearance.csv": comma([("Search Appearance", *ratios)]),
    }
    week = ("Date", "2 Mar 2026-6 Mar 2026")
    member = {"Chart.csv": comma(chart(("Date", *ratios)))}
    plain = comma([("Filter", "Value"), ("Search type", "Web"), week])
    page = comma([("Filter", "Value"), ("Search type", "Web"), week, ("Page", "+/menu/")])
    name = f"https___{SITE}_-Performance-on-Search-2026-03-09"
    yield search("english-zip", {f"{name}.zip": zipped(member | others | {"Filters.csv": plain})}, SITE)
    yield search(
        "english-zip-of-some-pages",
        {f"{name} (1).zip": zipped(member | others | {"Filters.csv": page})},
        SITE,
        "page=+/menu/",
    )
    book = workbook({"Chart": chart(("Date", *ratios), percent=False), "Filters": [("Filter", "Value"), week]})
    yield search(
        "english-workbook-of-a-domain",
        {"example-cafe.test-Performance-on-Search-2026-03-09.xlsx": book},
        "example-cafe.test",
    )
    french = chart(("Date", "Clics", "Impressions", "CTR", "Position"), newest_first=True)
    yield search("french-unzipped", {"Dates.csv": comma(french)}, "")
    spanish = chart(("Fecha", "Clics", "Impresiones", "CTR", "Posición"))
    yield search("spanish-unzipped", {"Gráfico.csv": comma(spanish)}, "")
