"""Samples of what advertising platforms export: Google Ads, Meta Ads, LinkedIn Campaign Manager."""

from collections.abc import Iterable, Sequence
from datetime import date

from forms import Case, Row, along, comma, days

BOM = b"\xef\xbb\xbf"
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)

# ---- Google Ads --------------------------------------------------------------------------------------------

GOOGLE = {  # campaign: clicks, impressions, cost, conversions, value of the conversions
    "Brunch - Search": (603, 31193, 798.88, 49.0, 1286.58),
    "Catering": (264, 9392, 1365.22, 25.5, 841.23),
}
GOOGLE_METRICS = ("clicks", "impressions", "cost", "ad_conversions", "conversion_value")
MONEY = ("cost", "conversion_value")


def google(folder: str, name: str, content: bytes, *, profile: str = "reports") -> Case:
    case = Case(f"google-ads-{profile}/{folder}", "google-ads", "", profile)
    case.files[name] = content
    return case


def report(title: str, span: str, rows: Sequence[Row], *, excel: bool = False) -> bytes:
    """Two lines above the header; "Excel .csv" is UTF-16 with TABs, ".csv" is UTF-8 with commas."""
    lines = [[title], [span], *rows]
    return b"\xff\xfe" + comma(lines, "\t").decode().encode("utf-16-le") if excel else comma(lines)


def campaigns() -> list[Row]:
    header = (
        "Campaign status", "Campaign", "Budget", "Currency code", "Status", "Optimisation score", "Clicks", "Impr.",
        "CTR", "Cost", "Avg. CPC", "Conversions", "Cost / conv.", "Conv. rate", "Conv. value", "Search impr. share",
    )  # fmt: skip
    rows: list[Row] = [header]
    for name, (clicks, shown, cost, won, value) in GOOGLE.items():
        ctr, cpc, each = f"{100 * clicks / shown:.2f}%", f"{cost / clicks:.2f}", f"{cost / won:.2f}"
        head = ("Enabled", name, "25.00", "GBP", "Eligible", " --", clicks, f"{shown:,}", ctr)
        rows.append((*head, f"{cost:,.2f}", cpc, f"{won:.2f}", each, "5.62%", f"{value:,.2f}", "< 10%"))
    for scope in ("Total: Campaigns", "Total: Account", "Total: Search"):  # they overlap
        total = ("867", "40,585", "2.14%", "2,164.10", "2.50", "74.50", "29.05", "5.40%", "2,127.81", "< 10%")
        rows.append((scope, " --", " --", "GBP", " --", " --", *total))
    return rows


def expect_campaigns(case: Case) -> Case:
    for name, numbers in GOOGLE.items():
        for metric, value in zip(GOOGLE_METRICS, numbers, strict=True):
            unit = "GBP" if metric in MONEY else ""
            case.total(metric, FIRST, LAST, value, part=("campaign", name), unit=unit)
    return case


def google_cases() -> Iterable[Case]:
    span = "1 March 2026 - 31 March 2026"
    yield expect_campaigns(google("campaigns", "Campaign report.csv", report("Campaign report", span, campaigns())))
    excel = report("Campaign report", "March 1, 2026 - March 31, 2026", campaigns(), excel=True)
    yield expect_campaigns(google("campaigns-for-excel", "Campaign report (1).csv", excel))
    yield portuguese()
    yield by_day()
    yield keywords()
    yield cards()
    yield weeks()


def portuguese() -> Case:
    header = ("Estado da campanha", "Campanha", "Código da moeda", "Impressões", "Interações", "Custo", "Conversões")
    rows = [
        header,
        ("Ativada", "[Café] PR", "BRL", "18\u00a0158", "2\u00a0096", "2473,94", "1\u00a0537,85"),
        ("Ativada", "[Café] RJ", "BRL", "977", "41", "590,13", "20,00"),
        ("Total: Campanhas", "", "BRL", "19\u00a0135", "2\u00a0137", "3064,07", "1\u00a0557,85"),
        ("Total: Conta", "", "BRL", "19\u00a0135", "2\u00a0137", "3064,07", "1\u00a0557,85"),
    ]
    content = report("Relatório da campanha", "9 de março de 2026 - 21 de março de 2026", rows)
    case = google("portuguese-campaigns", "Relatório da campanha.csv", content)
    metrics = ("impressions", "ad_interactions", "cost", "ad_conversions")
    for name, numbers in (("[Café] PR", (18158, 2096, 2473.94, 1537.85)), ("[Café] RJ", (977, 41, 590.13, 20))):
        for metric, value in zip(metrics, numbers, strict=True):
            unit = "BRL" if metric == "cost" else ""
            case.total(metric, date(2026, 3, 9), date(2026, 3, 21), value, part=("campaign", name), unit=unit)
    return case


def by_day() -> Case:
    parts = {"Brunch": ([41, 38, 52], [12.5, 11.25, 17.0]), "Catering": ([4, 0, 7], [3.1, 0.0, 1020.5])}
    rows: list[Row] = [("Day", "Campaign", "Campaign ID", "Currency code", "Cost", "Clicks")]
    for name, (clicks, cost) in parts.items():
        cells = zip(days(3), cost, clicks, strict=True)
        rows += [(day, name, "12345678901", "CHF", f"{spent:,.2f}", n) for day, spent, n in cells]
    rows += [("Total: Account", " --", " --", "CHF", "1,065.35", "142")]
    case = google("campaigns-by-day", "Campaign report.csv", report("Campaign report", "2 Mar 2026 - 4 Mar 2026", rows))
    for name, (clicks, cost) in parts.items():
        case.daily("clicks", along(clicks), part=("campaign", name))
        case.daily("cost", along(cost), part=("campaign", name), unit="CHF")
    return case


def keywords() -> Case:
    """The label of the total rows stands in the third column."""
    header = ("Keyword status", "Keyword", "Match type", "Campaign", "Ad group", "Clicks", "Impr.", "Cost")
    rows = [
        header,
        ("Enabled", "brunch near me", "Phrase match", "Brunch", "Core", 400, "9,000", "310.00"),
        ("Enabled", "brunch near me", "Exact match", "Brunch", "Core", "1,200", "45,000", "1,230.50"),
        ("", "", "Total: All keywords", "", "", "1,600", "54,000", "1,540.50"),
    ]
    content = report("Search keyword report", "March 1, 2026 - March 31, 2026", rows)
    case = google("keywords", "Search keyword report.csv", content)
    kind = "campaign / ad group / keyword / match type"
    for match, numbers in (("Phrase match", (400, 9000, 310)), ("Exact match", (1200, 45000, 1230.5))):
        for metric, value in zip(("clicks", "impressions", "cost"), numbers, strict=True):
            part = (kind, f"Brunch / Core / brunch near me / {match}")
            case.total(metric, FIRST, LAST, value, part=part)  # money in no currency: --currency says it
    return case


def cards() -> Case:
    clicks, shown, cost = [3, 0, 12], [120, 88, 1204], [1.92, 0.0, 1050.0]
    rows: list[Row] = [("Date", "Clicks", "Impressions", "Avg. CPC", "Cost")]
    for day, *numbers, spent in zip(days(3), clicks, shown, cost, strict=True):
        written = f"{day:%a}, {day.day} {day:%b %Y}"
        rows.append((written, *(f"{n:,}" for n in numbers), "US$0.64", f"US${spent:,.2f}"))
    name = "Time_series(2026.03.02-2026.03.04).csv"
    case = google("days", name, comma(rows), profile="overview")
    case.daily("clicks", along(clicks))
    case.daily("impressions", along(shown))
    case.daily("cost", along(cost), unit="USD")
    return case


def weeks() -> Case:
    """Each number beside that of a year before; the last week was two days old."""
    header = ("Semaine", "Semaine(Comparaison)", "Clics", "Clics(Comparaison)", "Coût", "Coût(Comparaison)")
    numbers = (
        ("1\u00a0366", "514", "1\u00a0020,71\u00a0€", "657,33\u00a0€"),
        ("829", "960", "893,60\u00a0€", "1\u00a0033,05\u00a0€"),
        ("57", "12", "59,00\u00a0€", "9,00\u00a0€"),
    )
    mondays = (("23 févr. 2026", "24 févr. 2025"), ("2 mars 2026", "3 mars 2025"), ("9 mars 2026", "10 mars 2025"))
    both = zip(mondays, numbers, strict=True)
    rows = [header, *((f"Semaine du {now}", f"Semaine du {then}", *cells) for (now, then), cells in both)]
    name = "Série_temporelle(2026.02.23-2026.03.10_par_rapport_à_2025.02.23-2025.03.10).csv"
    case = google("french-weeks-with-a-comparison", name, comma(rows), profile="overview")
    spans = (
        (date(2026, 2, 23), date(2026, 3, 1)),
        (date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 10)),
    )
    for (first, last), clicks, cost in zip(spans, (1366, 829, 57), (1020.71, 893.6, 59), strict=True):
        case.total("clicks", first, last, clicks)
        case.total("cost", first, last, cost, unit="EUR")
    return case


# ---- Meta Ads ----------------------------------------------------------------------------------------------

META_METRICS = ("reach", "impressions", "cost", "link_clicks")


def meta_ads(folder: str, name: str, rows: Sequence[Row], account: str = "") -> Case:
    case = Case(f"meta-ads/{folder}", "meta-ads", account, "ads manager")
    case.files[name] = BOM + comma(rows)
    return case


def meta_cases() -> Iterable[Case]:
    yield ads_manager()
    yield french_results()
    yield reporting()
    yield ads_of_sets()
    yield meta_days()
    yield portuguese_campaigns()


def ads_manager() -> Case:
    """What "Results" counts is another thing in each row, and one that nobody has named stays apart."""
    header = (
        "Reporting starts", "Reporting ends", "Campaign name", "Campaign delivery", "Attribution setting", "Results",
        "Result indicator", "Reach", "Impressions", "Cost per results", "Amount spent (USD)", "Ends",
    )  # fmt: skip
    kinds = {
        "Brunch leads": (38, "actions:onsite_conversion.lead_grouped", "leads", 21400, 49434, 924.16),
        "Menu traffic": (612, "actions:link_click", "link_clicks", 31283, 48383, 80.0),
        "Menu pages": (132, "actions:landing_page_view", "landing_page_views", 5456, 8665, 34.65),
        "Chats": (7, "actions:made_up_for_this_sample", "", 915, 1029, 6.72),
    }
    rows: list[Row] = [header]
    for name, (won, what, _, reach, shown, cost) in kinds.items():
        numbers = (won, what, reach, shown, f"{cost / won:.8f}", cost)
        rows.append((FIRST, LAST, name, "active", "7-day click", *numbers, "Ongoing"))
    case = meta_ads("campaigns", "Example-Cafe-Campaigns-1-Mar-202631-Mar-2026.csv", rows, "Example-Cafe")
    for name, (won, what, metric, reach, shown, cost) in kinds.items():
        part = ("campaign", name) if metric else ("campaign / kind of result", f"{name} / {what}")
        case.total(metric or "results", FIRST, LAST, won, part=part)
        case.total("reach", FIRST, LAST, reach, part=("campaign", name))
        case.total("impressions", FIRST, LAST, shown, part=("campaign", name))
        case.total("cost", FIRST, LAST, cost, part=("campaign", name), unit="USD")
    return case


def french_results() -> Case:
    """Clicks on links have a column of their own: results of that kind are not added to it."""
    header = (
        "Début des rapports", "Fin des rapports", "Nom de la campagne", "Diffusion des campagnes",
        "Paramètre d\u2019attribution", "Résultats", "Indicateur de résultats", "Couverture", "Impressions",
        "Coût par résultat", "Montant dépensé (EUR)", "Fin", "Répétition", "Clics sur un lien",
    )  # fmt: skip
    rows = [
        header,
        (FIRST, LAST, "Devis", "inactive", "clic", 123, "actions:lead", 78290, 234137, 8.4, 1034.02, "", 2.99, 2795),
        (FIRST, LAST, "Trafic", "active", "clic", 612, "actions:link_click", 31283, 48383, 0.13, 80, "", 1.55, 612),
    ]
    case = meta_ads("french-campaigns", "meta-ads-2026.csv", rows)
    case.total("leads", FIRST, LAST, 123, part=("campaign", "Devis"))
    case.total("results", FIRST, LAST, 612, part=("campaign / kind of result", "Trafic / actions:link_click"))
    for name, numbers in (("Devis", (78290, 234137, 1034.02, 2795)), ("Trafic", (31283, 48383, 80, 612))):
        for metric, value in zip(META_METRICS, numbers, strict=True):
            case.total(metric, FIRST, LAST, value, part=("campaign", name), unit="EUR" if metric == "cost" else "")
    return case


def reporting() -> Case:
    """The first row is the total of all, without a name: people reached are fewer than the sum."""
    header = ("Campaign name", "Reach", "Impressions", "Frequency", "Currency", "Amount spent (INR)", "Link clicks")
    rows = [
        (*header, "Purchases", "Reporting starts", "Reporting ends"),
        ("", 100000, 158609, 1.59, "INR", 11363.84, 17638, 8, FIRST, LAST),
        ("Brunch", 81586, 121575, 1.49, "INR", 6425.82, 16295, 8, FIRST, LAST),
        ("Catering", 29478, 37034, 1.26, "INR", 4938.02, 1343, "", FIRST, LAST),
    ]
    case = meta_ads("reporting", "Untitled-report-Mar-1-2026-to-Mar-31-2026.csv", rows)
    for name, numbers in (("Brunch", (81586, 121575, 6425.82, 16295)), ("Catering", (29478, 37034, 4938.02, 1343))):
        for metric, value in zip(META_METRICS, numbers, strict=True):
            case.total(metric, FIRST, LAST, value, part=("campaign", name), unit="INR" if metric == "cost" else "")
    case.total("purchases", FIRST, LAST, 8, part=("campaign", "Brunch"))
    return case


def ads_of_sets() -> Case:
    header = ("Reporting starts", "Reporting ends", "Campaign name", "Ad set name", "Ad name", "Impressions")
    rows = [
        (*header, "Amount spent (SGD)"),
        (FIRST, LAST, "", "", "", "10,040", "3,084.40"),
        (FIRST, LAST, "Brunch", "Locals", "Photo", "8,040", "2,084.40"),
        (FIRST, LAST, "Brunch", "Tourists", "Photo", "2,000", "1,000.00"),
    ]
    case = meta_ads("ads", "Example-Ads-Mar-1-2026-Mar-31-2026.csv", rows, "Example")
    for name, shown, cost in (("Locals", 8040, 2084.4), ("Tourists", 2000, 1000)):
        part = ("campaign / ad set / ad", f"Brunch / {name} / Photo")
        case.total("impressions", FIRST, LAST, shown, part=part)
        case.total("cost", FIRST, LAST, cost, part=part, unit="SGD")
    return case


def meta_days() -> Case:
    """By day: each row says its day three times over; days on which a campaign did not run have no row."""
    parts = {"Brunch": [120, 88, 97], "Catering": [40, 31]}
    header = ("Day", "Campaign name", "Impressions", "Amount spent (EUR)", "Reporting starts", "Reporting ends")
    rows: list[Row] = [header, ("", "", 376, 37.6, days(3)[0], days(3)[2])]
    for name, values in parts.items():
        rows += [(day, name, n, n / 10, day, day) for day, n in along(values).items()]
    case = meta_ads("campaigns-by-day", "Untitled-report-Mar-2-2026-to-Mar-4-2026.csv", rows)
    for name, values in parts.items():
        case.daily("impressions", along(values), part=("campaign", name))
        case.daily("cost", along([n / 10 for n in values]), part=("campaign", name), unit="EUR")
    return case


def portuguese_campaigns() -> Case:
    header = (
        "Início dos relatórios", "Término dos relatórios", "Nome da campanha", "Resultados",
        "Indicador de resultados", "Alcance", "Impressões", "Custo por resultados", "Valor usado (BRL)",
    )  # fmt: skip
    rows = [header, (FIRST, LAST, "Café", 9, "actions:lead", 9850, 40582, 61.57, 554.13)]
    case = meta_ads("portuguese-campaigns", "Cafe-Campaigns-1-mar-202631-mar-2026.csv", rows, "Cafe")
    for metric, value in (("leads", 9), ("reach", 9850), ("impressions", 40582), ("cost", 554.13)):
        case.total(metric, FIRST, LAST, value, part=("campaign", "Café"), unit="BRL" if metric == "cost" else "")
    return case


# ---- LinkedIn Campaign Manager -----------------------------------------------------------------------------


def linkedin_cases() -> Iterable[Case]:
    case = Case("linkedin-ads/campaigns-by-day", "linkedin-ads", "Example", "campaign performance")
    header = (
        "Start Date (in UTC)", "Account Name", "Campaign Group Name", "Campaign Name", "Campaign ID", "Currency",
        "Total Spent", "Impressions", "Clicks", "Conversions",
    )  # fmt: skip
    parts = {"Caterers, Basel": ([1234.5, 100], [10000, 2000], [200, 40]), "Brand": ([10.25, 0], [500, 20], [4, 0])}
    rows: list[Row] = [header]
    for name, (cost, shown, clicks) in parts.items():
        cells = zip(days(2), cost, shown, clicks, strict=True)
        rows += [(f"{d:%m/%d/%Y}", "Example", "All", name, "11", "USD", f"{c:,.2f}", i, k, 1) for d, c, i, k in cells]
    rows.append(("Total", "", "", "", "", "", "1,344.75", 12520, 244, 4))
    top = [["Campaign Performance Report (in UTC)"], ["Report Start: 03/02/2026, Report End: 03/03/2026"], []]
    content = comma([*top, *rows], "\t").decode()
    case.files["account_campaign_performance_report.csv"] = b"\xff\xfe" + content.encode("utf-16-le")
    for name, (cost, shown, clicks) in parts.items():
        case.daily("cost", along(cost), part=("campaign", name), unit="USD")
        for metric, values in (("impressions", shown), ("clicks", clicks), ("ad_conversions", [1, 1])):
            case.daily(metric, along(values), part=("campaign", name))
    yield case


def cases() -> Iterable[Case]:
    yield from google_cases()
    yield from meta_cases()
    yield from linkedin_cases()
