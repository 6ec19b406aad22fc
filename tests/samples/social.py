"""Samples of what social platforms export by day: X, Meta, LinkedIn, YouTube."""

from collections.abc import Iterable, Sequence
from datetime import date

from forms import Case, Row, along, comma, days, meta, workbook, zipped

# ---- X -----------------------------------------------------------------------------------------------------

X = {
    "Impressions": ("impressions", [410, 388, 1203, 512, 97, 64, 231]),
    "Likes": ("likes", [12, 9, 31, 15, 2, 0, 6]),
    "Engagements": ("engagements", [33, 21, 88, 40, 5, 1, 17]),
    "Bookmarks": ("bookmarks", [1, 0, 4, 0, 0, 0, 1]),
    "Shares": ("shares", [0, 0, 2, 0, 0, 0, 0]),
    "New follows": ("new_followers", [2, 1, 7, 2, 0, 0, 1]),
    "Unfollows": ("unfollows", [0, 1, 0, 0, 2, 0, 0]),
    "Replies": ("replies", [3, 2, 6, 1, 0, 0, 2]),
    "Reposts": ("reposts", [1, 0, 5, 1, 0, 0, 0]),
    "Profile visits": ("profile_visits", [8, 5, 26, 9, 1, 2, 4]),
    "Create Post": ("posts", [1, 1, 2, 0, 0, 0, 1]),
    "Video views": ("video_views", [0, 0, 140, 33, 8, 2, 1]),
    "Media views": ("media_views", [55, 41, 310, 90, 12, 9, 30]),
}
X_PORTUGUESE = {
    "Impressions": "Impressões",
    "Likes": "Curtidas",
    "Engagements": "Engajamentos",
    "Bookmarks": "Itens salvos",
    "Shares": "Compartilhamentos",
    "New follows": "Novos seguidores",
    "Unfollows": "Deixaram de seguir",
    "Replies": "Respostas",
    "Profile visits": "Visitas ao perfil",
}


def x(folder: str, header: dict[str, str]) -> Case:
    case = Case(f"x-overview/{folder}", "x", "", "account overview")
    rows: list[Row] = [("Date" if not header else "Data", *(header.get(name, name) for name in X))]
    for i in reversed(range(7)):
        rows.append((f"{days(7)[i]:%a, %b} {days(7)[i].day}, 2026", *(values[i] for _, values in X.values())))
    case.files["account_overview_analytics.csv"] = comma(rows)
    for metric, values in X.values():
        case.daily(metric, along(values))
    return case


# ---- Meta Business Suite -----------------------------------------------------------------------------------


def card(title: str, values: dict[date, float], *, date_word: str = "Date", value_word: str = "Primary") -> list[Row]:
    """One table: the title, the header, a row a day. The hour flips on 8 March 2026 (American daylight saving)."""
    moments = [(f"{day}T0{int(day < date(2026, 3, 8))}:00:00", f"{value:g}") for day, value in values.items()]
    return [(title,), (date_word, value_word), *moments]


def meta_cases() -> Iterable[Case]:
    case = Case("meta-cards/instagram-follows-without-zero-days", "instagram", "", "daily cards")
    stated = {day: value for day, value in along([3, 1, 0, 0, 2, 0, 4, 5]).items() if value}
    case.files["Follows.csv"] = meta(card("Instagram follows", stated))
    case.daily("new_followers", stated)
    yield case

    case = Case("meta-cards/facebook-follows-saved-again-with-semicolons", "facebook", "", "daily cards")
    rows = card("Facebook follows", along([4, 2, 0, 3, 1]))
    case.files["Follows.csv"] = comma([(rows[0][0], ""), *rows[1:]], delimiter=";")
    case.daily("new_followers", along([4, 2, 0, 3, 1]))
    yield case

    case = Case("meta-cards/views-saved-again-with-tabs", "", "", "daily cards")
    saved = comma(card("Views", along([140, 152, 98])), delimiter="\t", end="\r\n").decode()
    case.files["Views (1).csv"] = b"\xff\xfe" + f"sep=\t\r\n{saved}".encode("utf-16-le")
    case.daily("content_views", along([140, 152, 98]))
    yield case

    case = Case("meta-cards/two-tables-of-2024", "", "", "daily cards")
    pair = ("Facebook visits", [138, 117, 220, 90]), ("Instagram profile visits", [5, 10, 11, 0])
    case.files["Visits.csv"] = meta(*(card(title, along(values)) for title, values in pair))
    case.daily("profile_visits", along(pair[0][1]), platform="facebook")
    case.daily("profile_visits", along(pair[1][1]), platform="instagram")
    yield case

    case = Case("meta-cards/two-tables-of-2023-that-repeat-the-title", "", "", "daily cards")
    pair = ("Facebook Page reach", [0, 0, 31, 12]), ("Instagram reach", [88, 91, 60, 104])
    case.files["Reach (1).csv"] = meta(*(card(t, along(values), value_word=t) for t, values in pair))
    case.daily("reach", along(pair[0][1]), platform="facebook")
    case.daily("reach", along(pair[1][1]), platform="instagram")
    yield case

    case = Case("meta-cards/reach-without-a-platform", "", "", "daily cards")
    case.files["Reach.csv"] = meta(card("Reach", along([455, 390, 512, 478])))
    case.daily("reach", along([455, 390, 512, 478]))
    yield case

    for name, title, metric, platform in PORTUGUESE_CARDS:
        case = Case(f"meta-cards/portuguese-{metric.replace('_', '-')}", platform, "", "daily cards")
        case.files[name] = meta(card(title, along([3, 1, 2, 7]), date_word="Data"))
        case.daily(metric, along([3, 1, 2, 7]))
        yield case


PORTUGUESE_CARDS = (
    ("Seguidores.csv", "Seguidores no Instagram", "new_followers", "instagram"),
    ("Alcance.csv", "Alcance", "reach", ""),
    ("Interações.csv", "Interações com o conteúdo", "interactions", ""),
    ("Cliques no link.csv", "Cliques no link do Instagram", "link_clicks", "instagram"),
)


# ---- LinkedIn ----------------------------------------------------------------------------------------------


def american(day: date) -> str:
    return f"{day:%m/%d/%Y}"


def linkedin_followers(folder: str, form: str) -> Case:
    case = Case(f"linkedin-followers/{folder}", "linkedin", "example-cafe", "page followers")
    first = date(2026, 3, 10)  # after the 12th, so that the order of day and month shows
    new = {"sponsored": [0, 0, 1, 0, 0], "organic": [2, 0, 0, 1, 3], "auto-invited": [0, 0, 0, 1, 0]}
    total = [sum(day) for day in zip(*new.values(), strict=True)]
    header = ("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers")
    rows = [(format(day, form), *parts) for day, *parts in zip(days(5, first), *new.values(), total, strict=True)]
    sheets: dict[str, Sequence[Row]] = {"New followers": [header, *rows]}
    for sheet in ("Location", "Job function", "Seniority", "Industry", "Company size"):
        sheets[sheet] = [(sheet, "Total followers"), ("Made up", 63), ("Made up too", 5)]
    case.files["example-cafe_followers_1773583200000.xls"] = workbook(sheets)
    case.daily("new_followers", along(total, first))
    for part, values in new.items():
        case.daily("new_followers", along(values, first), part=("paid", part))
    return case


CONTENT_NOTE = (
    "Aggregated engagement metrics for your organic and sponsored posts over time. Date indicates when your posts were "
    "viewed by LinkedIn members. Data is delayed by up to 2 days. All dates and times are in UTC."
)
POSTS_NOTE = (
    "Engagement metrics for individual posts. Created date indicates when your post was created. "
    "All dates and times are in UTC."
)
POSTS = (
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date", "Campaign start date",
    "Campaign end date", "Audience", "Impressions", "Views", "Offsite Views", "Clicks", "Click through rate (CTR)",
    "Likes", "Comments", "Reposts", "Follows", "Engagement rate", "Content Type",
)  # fmt: skip
LI_CONTENT = {
    "Impressions": ("impressions", [40, 12, 95, 33]),
    "Clicks": ("clicks", [3, 0, 8, 1]),
    "Reactions": ("reactions", [1, 0, 5, 2]),
    "Comments": ("comments", [0, 0, 2, 0]),
    "Reposts": ("reposts", [0, 0, 1, 0]),
    "Engagement rate": ("engagement_rate", [0.1, 0, 0.16842105, 0.09090909]),
}


def linkedin_content() -> Case:
    case = Case("linkedin-content/english", "linkedin", "example-cafe", "page content")
    first = date(2026, 3, 11)
    header, columns = ["Date"], []
    for name, (metric, values) in LI_CONTENT.items():
        for part in ("organic", "sponsored", "total"):
            cells = [0.0] * 4 if part == "sponsored" else list(values)
            header.append(f"{name} ({part})")
            columns.append(cells)
            case.daily(metric, along(cells, first), part=("", "") if part == "total" else ("paid", part))
        if name == "Impressions":
            header.append("Unique impressions (organic)")
            columns.append([30, 11, 70, 25])
            case.daily("reach", along([30, 11, 70, 25], first), part=("paid", "organic"))
    rows = [(american(day), *cells) for day, *cells in zip(days(4, first), *columns, strict=True)]
    link = "https://www.linkedin.com/feed/update/urn:li:activity:74000000000000000"
    posts: list[Row] = [
        ("Cinnamon rolls\nfrom 7 am", link + "1", "Organic", "", "Ada Example", "03/11/2026", "", "", "All followers",
         37, "", "", 1, 0.02702703, 1, 0, 0, "", 0.05405405, ""),
        ("=SUM(coffee)", link + "2", "Organic", "", "Ada Example", "01/09/2026", "", "", "All followers",
         130, 40, "", 3, 0.02307692, 1, 0, 1, 2, 0.03846154, "Video"),
    ]  # fmt: skip
    blank = [""] * (len(header) - 1)
    case.files["example-cafe_content_1773583200000.xls"] = workbook(
        {"Metrics": [(CONTENT_NOTE, *blank), header, *rows], "All posts": [(POSTS_NOTE,), POSTS, *posts]}
    )
    shared = ("impressions", "clicks", "likes", "comments", "reposts", "engagement_rate")
    case.item(link + "1", "2026-03-11", "Organic", dict(zip(shared, (37, 1, 1, 0, 0, 0.05405405), strict=True)))
    case.item(link + "2", "2026-01-09", "Organic", dict(zip(shared, (130, 3, 1, 0, 1, 0.03846154), strict=True)))
    case.item(link + "2", "2026-01-09", "Organic", {"video_views": 40, "new_followers": 2})
    return case


def linkedin_visitors() -> Case:
    case = Case("linkedin-visitors/english", "linkedin", "example-cafe", "page visitors")
    first = date(2026, 3, 12)
    header, columns = ["Date"], []
    for section, size in (("Overview", 4), ("Life", 0), ("Jobs", 1), ("Total", 5)):
        for words, metric, of in (("page views", "page_views", 3), ("unique visitors", "visitors", 1)):
            desktop, mobile = [size * of, 0, size * of], [size * of, size, 0]
            both = [a + b for a, b in zip(desktop, mobile, strict=True)]
            for device, cells in (("desktop", desktop), ("mobile", mobile), ("total", both)):
                header.append(f"{section} {words} ({device})")
                columns.append(cells)
                if section == "Total":
                    case.daily(metric, along(cells, first), part=("", "") if device == "total" else ("device", device))
                elif device == "total":
                    case.daily(metric, along(cells, first), part=("section", section.lower()))
    rows = [(american(day), *cells) for day, *cells in zip(days(3, first), *columns, strict=True)]
    case.files["example-cafe_visitors_1773583200000.xls"] = workbook(
        {"Visitor metrics": [header, *rows], "Location": [("Location", "Total views"), ("Made up", 9)]}
    )
    return case


# ---- YouTube Studio ----------------------------------------------------------------------------------------

VIDEOS = (
    ("ex4mple_aa1", "How we roast, step by step", "Mar 6, 2025", 294, 820, 31.5402, 9, 12040, 4.29),
    ("-dash_first", 'Latte art, "the swan"', "Nov 27, 2025", 205, 310, 12.25, -1, 4100, 2.11),
    ("_under_scr0", "Closed on Monday", "Feb 20, 2026", 31, 0, 0, "", "", ""),
)
YT_METRICS = ("views", "watch_time", "net_subscribers", "impressions", "thumbnail_ctr")
YT_VIEWS = [150, 142, 171, 139, 188, 201, 139]


def youtube(folder: str, name: str, words: dict[str, str], *, soft: bool = False) -> Case:
    """The three tables, zipped under `name`, or unzipped where there is none."""
    case = Case(f"youtube-content/{folder}", "youtube", "Example Café" if name else "", "channel content")
    header = [words[w] for w in ("content", "title", "published", "length", "views", "hours", "subs", "impr", "ctr")]
    total = (words["total"], "", "", "", 1130, 43.7902, 8, 16140, 3.74)
    chart = [(day, *VIDEOS[0][:4], count) for day, count in along([90, 80, 100, 70, 120, 130, 60]).items()]
    members = {
        words["table"]: comma([header, total, *VIDEOS, (words["footer"],)]),
        words["chart"]: comma([(words["date"], *header[:5]), *chart]),
        words["totals"]: comma([(words["date"], words["views"]), *along(YT_VIEWS).items()]),
    }
    if soft:
        members = {member: content.replace(b"uf", "uf\u00ad".encode()) for member, content in members.items()}
    case.files = {name: zipped(members)} if name else members
    case.daily("views", along(YT_VIEWS))
    for video, _, published, _, *numbers in VIDEOS:
        stated = {m: n for m, n in zip(YT_METRICS, numbers, strict=True) if n != ""}
        case.item(str(video), PUBLISHED[str(published)], "video", stated)
    return case


PUBLISHED = {"Mar 6, 2025": "2025-03-06", "Nov 27, 2025": "2025-11-27", "Feb 20, 2026": "2026-02-20"}
ENGLISH = {
    "table": "Table data.csv", "chart": "Chart data.csv", "totals": "Totals.csv", "date": "Date", "content": "Content",
    "title": "Video title", "published": "Video publish time", "length": "Duration", "views": "Views",
    "hours": "Watch time (hours)", "subs": "Subscribers", "impr": "Impressions",
    "ctr": "Impressions click-through rate (%)", "total": "Total", "footer": "Showing top 500 results",
}  # fmt: skip
GERMAN = {
    "table": "Tabellendaten.csv", "chart": "Diagrammdaten.csv", "totals": "Gesamtwerte.csv", "date": "Datum",
    "content": "Video", "title": "Videotitel", "published": "Veröffentlichungszeitpunkt des Videos", "length": "Dauer",
    "views": "Aufrufe", "hours": "Wiedergabezeit (Stunden)", "subs": "Abonnenten", "impr": "Impressionen",
    "ctr": "Klickrate der Impressionen (%)", "total": "Gesamt", "footer": "Die 500 besten Ergebnisse werden angezeigt",
}  # fmt: skip
PORTUGUESE = {
    "table": "Dados da tabela.csv", "chart": "Dados do gráfico.csv", "totals": "Total.csv", "date": "Data",
    "content": "Conteúdo", "title": "Título do vídeo", "published": "Horário de publicação do vídeo",
    "length": "Duração", "views": "Visualizações", "hours": "Tempo de exibição (horas)", "subs": "Inscritos",
    "impr": "Impressões", "ctr": "Taxa de cliques de impressões (%)", "total": "Total",
    "footer": "Mostrando os primeiros 500 resultados",
}  # fmt: skip


def youtube_revenue() -> Case:
    """The metric that was charted is money: its currency stands in the header."""
    case = Case("youtube-content/portuguese-revenue-by-day", "youtube", "", "channel content")
    earned = along([1.25, 0, 3.5, 0.75])
    case.files["Total.csv"] = comma([("Data", "Sua receita estimada (BRL)"), *earned.items()])
    case.daily("revenue", earned, unit="BRL")
    return case


def cases() -> Iterable[Case]:
    yield x("english", {})
    yield x("portuguese", X_PORTUGUESE)
    yield from meta_cases()
    yield linkedin_followers("american-dates", "%m/%d/%Y")
    yield linkedin_followers("european-dates", "%d/%m/%Y")
    yield linkedin_content()
    yield linkedin_visitors()
    yield youtube("english-zip", "Content 2026-03-02_2026-03-09 Example Café.zip", ENGLISH)
    yield youtube("portuguese-zip-saved-twice", "Conteúdo 2026-03-02_2026-03-09 Example Café (1).zip", PORTUGUESE)
    yield youtube("german-unzipped-with-soft-hyphens", "", GERMAN, soft=True)
    yield youtube_revenue()
