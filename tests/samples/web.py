"""The sample cases of Google Analytics 4 and of Google Search Console."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

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
    yield snapshot()
    yield overview_of_weeks()
    yield pages()
    yield events()
    yield exploration_by_page()
    yield by_hour()


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


def section(title: str, begin: str, end: str, rows: Iterable[Row]) -> str:
    """One of the small tables of a snapshot, with its own range."""
    lines = [*([f"# {title}"] if title else []), f"# Start date: {begin}", f"# End date: {end}"]
    return "\n".join(lines) + "\n" + comma(rows).decode()


def snapshot() -> Case:
    """Days counted from 0000, rolling actives, cards of the seven largest, retention of other weeks, empty tables."""
    case = google("reports-snapshot")
    week = ("20260302", "20260306")
    users, new, month, seven = [35, 30, 44, 41, 52], [12, 9, 15, 11, 21], [90, 95, 99, 104, 120], [60, 61, 64, 66, 80]
    numbers = [f"{n:04}" for n in range(5)]
    rolling = zip(numbers, month, seven, users, strict=True)
    tables = [
        section("", *week, [("Nth day", "Active users"), *zip(numbers, users, strict=True)]),
        section("", *week, [("Nth day", "New users"), *zip(numbers, new, strict=True)]),
        section("", *week, [("Nth day", "Average engagement time per active user"), *((n, 12.5) for n in numbers)]),
        section("", *week, [("Nth day", "Total revenue")]),
        section("Where do your new users come from?", *week, [(FIRST_CHANNEL, "New users"), ("Direct", 60)]),
        section("", *week, [("Country ID", "Active users"), ("CH", 80), ("DE", 40)]),
        section("", *week, [("Country", "Active users"), ("Switzerland", 80)]),
        section("How are active users trending?", *week, [("Nth day", "30 days", "7 days", "1 day"), *rolling]),
        section("", "20260208", "20260321", [("Date", "Week 0", "Week 1"), ("Feb 8 - Feb 14", 5, 1)]),
        section("", *week, [("Event name", "Event count"), ("page_view", 310), ("scroll", 120)]),
        section("What are your top performing key events?", *week, [("Event name", "Key events")]),
    ]
    head = [RULE, "# Reports snapshot", "# Account: Example", "# Property: Example Café", RULE, "#  ", ""]
    case.files["Reports_snapshot.csv"] = ("\n".join(head) + "\n\n".join(tables)).encode()
    case.daily("active_users", along(users))
    case.daily("new_users", along(new))
    case.daily("active_users_30_days", along(month))
    case.daily("active_users_7_days", along(seven))
    first, last = days(1)[0], days(5)[4]
    case.total("new_users", first, last, 60, part=("first user channel", "Direct"))
    case.total("active_users", first, last, 80, part=("country code", "CH"))
    case.total("active_users", first, last, 40, part=("country code", "DE"))
    case.total("active_users", first, last, 80, part=("country", "Switzerland"))
    case.total("event_count", first, last, 310, part=("event", "page_view"))
    case.total("event_count", first, last, 120, part=("event", "scroll"))
    return case


def overview_of_weeks() -> Case:
    """A long range counts weeks (Sunday to Saturday) and months; the end of the range cuts the last ones short."""
    case = google("overview-of-weeks-and-months")
    weeks = section("", "20260201", "20260218", [("Nth week", "New users"), ("0000", 70), ("0001", 81), ("0002", 30)])
    months = section("", "20260101", "20260218", [("Nth month", "Total revenue"), ("0000", 410.5), ("0001", 260)])
    torn = section("", "20260203", "20260218", [("Nth week", "Event count"), ("0000", 5), ("0001", 8), ("0002", 3)])
    head = [RULE, "# Drive sales overview", "# Account: Example", "# Property: Example Café", RULE, "#  ", ""]
    case.files["Drive_sales_overview.csv"] = ("\n".join(head) + "\n".join((weeks, months, torn))).encode()
    for begin, end, value in (((2026, 2, 1), (2026, 2, 7), 70), ((2026, 2, 8), (2026, 2, 14), 81)):
        case.total("new_users", date(*begin), date(*end), value)
    case.total("new_users", date(2026, 2, 15), date(2026, 2, 18), 30)
    case.total("revenue", date(2026, 1, 1), date(2026, 1, 31), 410.5)
    case.total("revenue", date(2026, 2, 1), date(2026, 2, 18), 260)
    return case


def pages() -> Case:
    """The German names of public code."""
    case = google("german-pages")
    header = ("Seitenpfad und Bildschirmklasse", "Aufrufe", "Aktive Nutzer", "Ereignisanzahl", "Schlüsselereignisse")
    rows = {"/": (310, 120, 900, 4), "/speisekarte/": (96, 61, 240, 0)}
    lines = [RULE, "# Seiten und Bildschirme", "# Account: Example", "# Property: Example Café", RULE, "# "]
    lines += ["# Alle Nutzer", "# Startdatum: 20260302", "# Enddatum: 20260306"]
    case.files["Seiten_und_Bildschirme.csv"] = analytics(lines, [header, *((page, *row) for page, row in rows.items())])
    metrics = ("page_views", "active_users", "event_count", "key_events")
    for page, row in rows.items():
        for metric, value in zip(metrics, row, strict=True):
            case.total(metric, days(1)[0], days(5)[4], value, part=("page path", page))
    return case


def events() -> Case:
    case = google("events")
    header = ("Event name", "Event count", "Total users", "Event count per active user", "Total revenue")
    rows = [("page_view", 402, 149, 2.7018933798845173, 0), ("form_submit", 8, 7, 1.1428571428571428, 0)]
    case.files["Events_Event_name.csv"] = analytics(standard("Events: Event name"), [header, *rows])
    for name, count, users, _, revenue in rows:
        for metric, value in (("event_count", count), ("users", users), ("revenue", revenue)):
            case.total(metric, days(1)[0], days(5)[4], value, part=("event", name))
    return case


def exploration_by_page() -> Case:
    """Opened as a workbook: the total row still has a cell more than the header, and two columns are one breakdown."""
    case = google("exploration-by-page-and-device")
    rows = [("/", "mobile", 70), ("/", "desktop", 41), ("/menu/", "mobile", 19)]
    sheet = [
        (RULE,), ("# Example Café",), ("# Free form 1",), ("# 20260302-20260306",), (RULE,), ("",),
        ("Page path + query string", "Device category", "Event count"), ("", "", 130, "Grand total"), *rows,
    ]  # fmt: skip
    case.files["download.xlsx"] = workbook({"Free form 1": sheet})
    for page, device, value in rows:
        part = ("page path + query / device", f"{page} / {device}")
        case.total("event_count", days(1)[0], days(5)[4], value, part=part)
    return case


def by_hour() -> Case:
    case = google("by-date-and-hour")
    cells = [("20260302", "09", 4), ("20260303", "09", 6), ("20260302", "21", 3)]
    top = ("# Example Café", "# By hour-Free form 1", "# 20260302-20260303")
    case.files["download (2).csv"] = analytics(top, [("Date", "Hour", "Sessions"), *cells], blank=True)
    case.daily("sessions", along([4, 6]), part=("hour", "09"))
    case.daily("sessions", along([3]), part=("hour", "21"))
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


Found = Mapping[str, tuple[str, float, float, float]]  # kind -> name, clicks, impressions, position
OTHERS: Found = {
    "query": ("cafe near me", 9, 120, 3.1),
    "page": (f"https://{SITE}/", 30, 4000, 12.4),
    "country": ("Switzerland", 50, 5100, 20.1),
    "device": ("Mobile", 51, 4800, 22.3),
}
RATIOS = ("Clicks", "Impressions", "CTR", "Position")


def table(name: str, header: Row, row: tuple[str, float, float, float]) -> bytes:
    key, clicks, impressions, position = row
    return comma([(name, *header), (key, clicks, impressions, f"{100 * clicks / impressions:.2f}%", position)])


def totals(case: Case, found: Found, first: date, last: date, scope: str = "") -> Case:
    """What the tables beside the chart state: totals of the range."""
    for kind, (name, *values) in found.items():
        for metric, value in zip(("clicks", "impressions", "position"), values, strict=True):
            case.total(metric, first, last, value, part=(kind, name), scope=scope)
    return case


def search_cases() -> Iterable[Case]:
    names = {"query": ("Queries", "Top queries"), "page": ("Pages", "Top pages")}
    names |= {"country": ("Countries", "Country"), "device": ("Devices", "Device")}
    others = {f"{file}.csv": table(word, RATIOS, OTHERS[kind]) for kind, (file, word) in names.items()}
    others["Search appearance.csv"] = comma([("Search Appearance", *RATIOS)])
    first, last = days(1)[0], days(5)[4]
    week = ("Date", "2 Mar 2026-6 Mar 2026")
    member = {"Chart.csv": comma(chart(("Date", *RATIOS)))}
    plain = comma([("Filter", "Value"), ("Search type", "Web"), week])
    page = comma([("Filter", "Value"), ("Search type", "Web"), week, ("Page", "+/menu/")])
    name = f"https___{SITE}_-Performance-on-Search-2026-03-09"
    whole = {f"{name}.zip": zipped(member | others | {"Filters.csv": plain})}
    yield totals(search("english-zip", whole, SITE), OTHERS, first, last)
    part = {f"{name} (1).zip": zipped(member | others | {"Filters.csv": page})}
    scope = "page=+/menu/"
    yield totals(search("english-zip-of-some-pages", part, SITE, scope), OTHERS, first, last, scope)
    book = workbook({"Chart": chart(("Date", *RATIOS), percent=False), "Filters": [("Filter", "Value"), week]})
    yield search(
        "english-workbook-of-a-domain",
        {"example-cafe.test-Performance-on-Search-2026-03-09.xlsx": book},
        "example-cafe.test",
    )
    yield french_search()
    spanish = chart(("Fecha", "Clics", "Impresiones", "CTR", "Posición"))
    yield search("spanish-unzipped", {"Gráfico.csv": comma(spanish)}, "")
    yield discover()
    yield last_days()


def french_search() -> Case:
    """A ZIP unpacked into its folder would do as well; “the last 3 months” are the days of the chart."""
    words = ("Clics", "Impressions", "CTR", "Position")
    files = {
        "Dates.csv": comma(chart(("Date", *words), newest_first=True)),
        "Requêtes.csv": table("Requêtes les plus fréquentes", words, OTHERS["query"]),
        "Pays.csv": table("Pays", words, OTHERS["country"]),
        "Appareils.csv": table("Appareil", words, OTHERS["device"]),
        "Filtres.csv": comma([("Filtre", "Valeur"), ("Type de recherche", "Web"), ("Date", "Les 3 derniers mois")]),
    }
    name = f"https___{SITE}_-Performance-on-Search-2026-03-09.zip"
    case = search("french-zip", {name: zipped(files)}, SITE)
    found = {kind: OTHERS[kind] for kind in ("query", "country", "device")}
    return totals(case, found, days(1)[0], days(5)[4])


def discover() -> Case:
    """A comparison of two ranges has no chart; Discover has no positions."""
    now, before = "Last 3 months ", "Previous 3 months "
    header = [f"{when}{what}" for what in ("Clicks", "Impressions", "CTR") for when in (now, before)]
    files = {
        "Countries.csv": comma([("Country", *header), ("Switzerland", 99, 140, 1935, 2950, "5.12%", "4.75%")]),
        "Discover appearance.csv": comma([("Discover Appearance", "Clicks", "Impressions", "CTR")]),
        "Filters.csv": comma([("Filter", "Value"), ("Search type", "Discover"), ("Date", "Last 3 months")]),
    }
    case = Case("google-search-console/discover-compared", "google-search-console", SITE, "search performance")
    case.files[f"https___{SITE}_-Performance-on-Discover-2026-03-09.zip"] = zipped(files)
    for metric, value in (("clicks", 99), ("impressions", 1935)):
        part, scope = ("country", "Switzerland"), "search type=Discover"
        case.total(metric, date(2025, 12, 8), date(2026, 3, 7), value, part=part, scope=scope)
    return case


def last_days() -> Case:
    """Without a chart, only the day in the ZIP's name says which 28 days; the newest two were not finished."""
    filters = comma([("Filter", "Value"), ("Search type", "Web"), ("Date", "Last 28 days")])
    files = {"Pages.csv": table("Top pages", RATIOS, OTHERS["page"]), "Filters.csv": filters}
    case = Case("google-search-console/last-28-days", "google-search-console", SITE, "search performance")
    case.files[f"https___{SITE}_-Performance-on-Search-2026-03-09.zip"] = zipped(files)
    return totals(case, {"page": OTHERS["page"]}, date(2026, 2, 8), date(2026, 3, 7))


def cases() -> Iterable[Case]:
    yield from analytics_cases()
    yield from search_cases()
