"""Writes the example exports: a café that does not exist, to Sunday 22 November 2026, the same bytes every time."""

import csv
import io
import math
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
NAME, SITE = "Example Café", "www.example-cafe.test"
FIRST, TODAY = date(2025, 10, 1), date(2026, 11, 22)
DAYS = [FIRST + timedelta(days=i) for i in range((TODAY - FIRST).days + 1)]

Row = Sequence[object]
Daily = dict[date, int]

# Mondays the café is closed; weekends are when people look for a place to sit.
WEEK = (0.55, 0.85, 0.9, 0.95, 1.15, 1.45, 1.15)
# Christmas markets, the terrace in summer, the quiet of February and November.
YEAR = (0.85, 0.8, 0.9, 1.0, 1.1, 1.2, 1.2, 1.1, 1.05, 1.0, 0.95, 1.25)


def counts(seed: str, start: float, end: float, bumps: dict[date, float] | None = None) -> Daily:
    """Counts a day that grow from `start` to `end`, shaped by week and year; `bumps` lift the week from their day."""
    dice = random.Random(seed)
    return {day: poisson(dice, mean(i, start, end) * shape(day) * bump(day, bumps or {})) for i, day in enumerate(DAYS)}


def mean(i: int, start: float, end: float) -> float:
    return start + (end - start) * i / (len(DAYS) - 1)


def shape(day: date) -> float:
    return WEEK[day.weekday()] * YEAR[day.month - 1]


def bump(day: date, bumps: dict[date, float]) -> float:
    """A post that went round: strong on its day, gone after a week."""
    return math.prod(1 + (by - 1) * 0.6 ** (day - on).days for on, by in bumps.items() if 0 <= (day - on).days < 7)


def poisson(dice: random.Random, expected: float) -> int:
    """A count around `expected`: exact for small ones, a rounded normal above 50."""
    if expected > 50:
        return max(0, round(dice.gauss(expected, 1.4 * math.sqrt(expected))))
    floor, product, count = math.exp(-expected), dice.random(), 0
    while product > floor:
        product, count = product * dice.random(), count + 1
    return count


# ---- how platforms write ---------------------------------------------------------------------------------------------


def comma(rows: Iterable[Row], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 18, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(sheets: dict[str, Sequence[Row]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 22, 18)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write_number(r, c, cell) if isinstance(cell, int) else sheet.write_string(r, c, str(cell))
    book.close()
    return out.getvalue()


def meta_card(title: str, values: Daily, *, zeros: bool = True) -> bytes:
    """UTF-16 with `sep=,`, every cell quoted; Instagram leaves out the days without a new follower."""
    rows = [(f"{day}T00:00:00", count) for day, count in values.items() if count or zeros]
    body = comma([(title,), ("Date", "Primary"), *rows], csv.QUOTE_ALL).decode()
    return b"\xff\xfe" + f"sep=,\n{body}\n".encode("utf-16-le")


# ---- the exports -----------------------------------------------------------------------------------------------------

MARKET, REEL, ROAST = date(2025, 12, 6), date(2026, 4, 18), date(2026, 9, 26)
BUMPS = {MARKET: 2.2, REEL: 4.0, ROAST: 2.5}


def meta_cards() -> dict[str, bytes]:
    return {
        "Follows.csv": meta_card("Instagram follows", counts("follows", 1.3, 3.0, BUMPS), zeros=False),
        "Reach.csv": meta_card("Instagram reach", counts("reach", 210, 380, BUMPS)),
        "Link clicks.csv": meta_card("Instagram link clicks", counts("clicks", 2.5, 4.2, BUMPS)),
        "Profile visits.csv": meta_card("Instagram profile visits", counts("visits", 14, 26, BUMPS)),
        "Follows (1).csv": meta_card("Facebook follows", counts("facebook", 0.9, 0.4)),
    }


def linkedin_followers() -> dict[str, bytes]:
    """The last 365 days; a working-day audience, so no shape of the café's week."""
    dice = random.Random("linkedin")
    days = DAYS[-367:-2]
    header = ("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers")
    new = [poisson(dice, 0.35 if day.weekday() < 5 else 0.1) for day in days]
    rows = [(f"{day:%m/%d/%Y}", 0, count, 0, count) for day, count in zip(days, new, strict=True)]
    places = [("Location", "Total followers"), ("Exampleville", 41), ("Sampleton", 12)]
    epoch = round(datetime(2026, 11, 22, 18, tzinfo=UTC).timestamp()) * 1000
    sheets: dict[str, Sequence[Row]] = {"New followers": [header, *rows], "Location": places}
    return {f"{NAME}_followers_{epoch}.xlsx": workbook(sheets)}


VIDEOS = (
    ("ex4mpleAA01", "How we roast, step by step", "Oct 12, 2025", 412),
    ("ex4mpleAA02", "Latte art: the swan", "Dec 6, 2025", 95),
    ("ex4mpleAA03", "Our terrace wakes up", "Apr 18, 2026", 58),
    ("ex4mpleAA04", "Cinnamon rolls at 4 am", "Sep 26, 2026", 187),
)


def youtube() -> dict[str, bytes]:
    views = {day: count for day, count in counts("youtube", 12, 19, BUMPS).items() if day < TODAY}
    shares = (0.47, 0.27, 0.17, 0.09)
    total = sum(views.values())
    table: list[Row] = []
    for (*video, length), share in zip(VIDEOS, shares, strict=True):
        watched = round(total * share)
        table.append((*video, length, watched, round(watched * length / 9000, 4), round(61 * share)))
    sums = [round(sum(row[n] for row in table), 4) for n in (4, 5, 6)]
    table.insert(0, ("Total", "", "", "", *sums))
    head = ("Content", "Video title", "Video publish time", "Duration", "Views", "Watch time (hours)", "Subscribers")
    drawn = [(day, *VIDEOS[0], round(count * 0.47)) for day, count in views.items()]
    members = {
        "Table data.csv": comma([head, *table]),
        "Chart data.csv": comma([("Date", *head[:5]), *drawn]),
        "Totals.csv": comma([("Date", "Views"), *views.items()]),
    }
    return {f"Content {FIRST}_{TODAY} {NAME}.zip": zipped(members)}


def website() -> dict[str, bytes]:
    """Sessions, reservations made through the website (its key events), and what the adverts cost."""
    sessions = counts("sessions", 38, 62, {MARKET: 1.5, ROAST: 1.6})
    dice = random.Random("leads")
    leads = {day: poisson(dice, count * 0.027) for day, count in sessions.items()}
    cost = {day: round(dice.uniform(0.85, 1.15) * budget(day) * WEEK[day.weekday()], 2) for day in DAYS}
    days = [day for day in DAYS if day < TODAY]
    rows = [(f"{day:%Y%m%d}", sessions[day], leads[day], cost[day]) for day in days]
    rows.sort(key=lambda row: (-int(row[1]), row[0]))  # Google sorts by the first metric, never by date
    total = tuple(sum(of[day] for day in days) for of in (sessions, leads))
    grand = ("", *total, round(sum(cost[day] for day in days), 2), "Grand total")
    rule = "# ----------------------------------------"
    span = f"# {days[0]:%Y%m%d}-{days[-1]:%Y%m%d}"
    top = "\n".join((rule, f"# {NAME}", "# Website by day-Free form 1", span, rule, "", ""))
    exploration = top.encode() + comma([("Date", "Sessions", "Key events", "Ads cost"), grand, *rows])
    return {"download.csv": exploration, **by_channel(sessions, leads)}


def budget(day: date) -> float:
    """Euros a day: raised for the summer terrace, and again in October for the Christmas tables."""
    if date(2026, 6, 1) <= day < date(2026, 9, 1):
        return 9.0
    return 12.5 if day >= date(2026, 10, 12) else 7.0


CHANNELS = (
    ("Organic Search", 0.41, 0.34),
    ("Direct", 0.24, 0.3),
    ("Paid Search", 0.15, 0.2),
    ("Organic Social", 0.14, 0.1),
    ("Referral", 0.05, 0.05),
    ("Unassigned", 0.01, 0.01),
)


def by_channel(sessions: Daily, leads: Daily) -> dict[str, bytes]:
    """The standard report: totals of this quarter so far, which do not quite add up, as with Google."""
    begin, end = date(2026, 10, 1), date(2026, 11, 21)
    visits, won = (sum(n for day, n in of.items() if begin <= day <= end) for of in (sessions, leads))
    title = "Session primary channel group (Default Channel Group)"
    rows = [(c, round(visits * s), round(visits * s * 0.58), round(won * w)) for c, s, w in CHANNELS]
    lines = (
        "# ----------------------------------------",
        f"# Traffic acquisition: {title}",
        "# Account: Example",
        f"# Property: {NAME}",
        "# ----------------------------------------",
        "# ",
        "# All Users",
        f"# Start date: {begin:%Y%m%d}",
        f"# End date: {end:%Y%m%d}",
        "",
    )
    header = (title, "Sessions", "Engaged sessions", "Key events")
    return {f"Traffic_acquisition_{title.replace(' ', '_')}.csv": "\n".join(lines).encode() + comma([header, *rows])}


def search_console() -> dict[str, bytes]:
    """Google leaves the last two days out."""
    shown = counts("search", 150, 240, {MARKET: 1.3})
    dice = random.Random("search clicks")
    head = ("Clicks", "Impressions", "CTR", "Position")
    chart, clicks = [], 0
    for i, (day, count) in enumerate(list(shown.items())[:-2]):
        clicked = poisson(dice, count * mean(i, 0.05, 0.062))
        clicks += clicked
        chart.append((day, clicked, count, percent(clicked, count), round(dice.gauss(mean(i, 15.5, 11.5), 0.9), 1)))
    seen = sum(int(row[2]) for row in chart)

    def part(name: str, c: float, i: float, position: float) -> Row:
        return (name, round(clicks * c), round(seen * i), percent(clicks * c, seen * i), position)

    members = {
        "Chart.csv": [("Date", *head), *chart],
        "Queries.csv": [
            ("Top queries", *head),
            part("example café", 0.3, 0.06, 1.4),
            part("café near me", 0.1, 0.3, 9.2),
        ],
        "Pages.csv": [
            ("Top pages", *head),
            part(f"https://{SITE}/", 0.7, 0.6, 9.1),
            part(f"https://{SITE}/menu", 0.2, 0.3, 14.2),
        ],
        "Countries.csv": [("Country", *head), part("Switzerland", 0.92, 0.85, 12.1), part("Germany", 0.05, 0.1, 19.7)],
        "Devices.csv": [("Device", *head), part("Mobile", 0.78, 0.7, 11.8), part("Desktop", 0.22, 0.3, 16.4)],
        "Search appearance.csv": [("Search Appearance", *head)],
        "Filters.csv": [("Filter", "Value"), ("Search type", "Web"), ("Date", "1 Oct 2025-20 Nov 2026")],
    }
    name = f"https___{SITE}_-Performance-on-Search-{TODAY}.zip"
    return {name: zipped({member: comma(rows) for member, rows in members.items()})}


def percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"


POSTS_HEAD = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time",
    "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments",
    "Saves",
)  # fmt: skip
# What each post had on 15 and on 22 November: views, reach, likes, shares, follows, comments, saves. One was published
# in between, one was deleted, and one lost likes that Instagram took back.
POSTS: tuple[tuple[str, str, str, Row, Row], ...] = (
    ("09/12/2026 08:15", "IG image", "Plum cake is back", (512, 401, 38, 2, 0, 3, 1), (519, 405, 38, 2, 0, 3, 1)),
    (
        "09/26/2026 07:30",
        "IG reel",
        "Cinnamon rolls at 4 am: what happens before we open, and who kneads",
        (4310, 3122, 264, 41, 7, 12, 19),
        (4402, 3170, 261, 43, 7, 12, 20),
    ),
    ("10/10/2026 09:00", "IG image", "New beans from Huila", (604, 488, 41, 3, 1, 2, 4), (611, 492, 42, 3, 1, 2, 4)),
    ("10/24/2026 17:45", "IG carousel", "Five cups, five stories", (890, 655, 63, 8, 2, 5, 11), ()),
    (
        "11/07/2026 08:00",
        "IG reel",
        "Latte art: the swan",
        (1420, 1066, 97, 15, 3, 9, 6),
        (2105, 1540, 141, 24, 5, 13, 11),
    ),
    ("11/14/2026 10:20", "IG image", "", (133, 120, 12, 0, 0, 1, 0), (388, 301, 31, 2, 0, 4, 2)),
    ("11/19/2026 18:10", "IG image", "Christmas tables: book yours", (), (742, 590, 58, 11, 2, 7, 9)),
)


def posts() -> dict[str, bytes]:
    """Instagram posts in Meta Business Suite, downloaded twice: in a folder of their own, for examples/posts.md."""
    files = {}
    for n, end in enumerate(("Nov-15-2026", "Nov-22-2026")):
        rows: list[Row] = [POSTS_HEAD]
        for i, (moment, kind, text, *numbers) in enumerate(POSTS, 1):
            link = f"https://www.instagram.com/p/EXAMPLE{i}/"
            about = (f"1797000000000000{i}", "1784", "example.cafe", NAME, text, 0, moment, link, kind, "", "Lifetime")
            rows += [(*about, *numbers[n])] if numbers[n] else []
        files[f"posts/Sep-01-2026_{end}_149000000000000{n}.csv"] = b"\xef\xbb\xbf" + comma(rows)
    return files


def main() -> None:
    (HERE / "posts").mkdir(exist_ok=True)
    for make in (meta_cards, linkedin_followers, youtube, website, search_console, posts):
        for name, content in make().items():
            (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
