"""Real exports of advertising platforms, LinkedIn pages and Sprout Social: figures against an independent reading."""

import csv
import json
import shutil
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.model.series import SeriesKey

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
TODAY = date(2026, 11, 22).toordinal()

pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")]

Cell = tuple[str, str, str, str, int]  # platform, account, metric, breakdown, first day


@cache
def reading(path: Path) -> Reading:
    (found,) = extractions(path, loader.profiles(), today=TODAY)
    return found


def values(name: str | Path) -> dict[Cell, float]:
    """Every stated value of a file that goes in without a problem; one that is stated twice fails."""
    found: dict[Cell, float] = {}
    for key, who, day, value in blocks(EXPORTS / name):
        cell = (*who, key.metric, key.breakdown, day)
        assert cell not in found
        found[cell] = value
    return found


def blocks(path: Path) -> list[tuple[SeriesKey, tuple[str, str], int, float]]:
    rows = []
    for extraction in reading(path).extractions:
        for block in extraction.blocks():
            cells = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
            stated = zip(
                (key for key in block.keys for _ in range(block.days)),
                [*block.rows] * len(block.keys),
                cells,
                strict=True,
            )
            rows += [(key, (block.platform, block.account), day, v) for key, day, v in stated if v is not None]
        assert extraction.problems == []
    return rows


def keys(path: Path) -> set[SeriesKey]:
    return {key for key, *_ in blocks(path)}


def table(name: str, encoding: str = "utf-8-sig", delimiter: str = ",", skip: int = 0) -> list[dict[str, str]]:
    """The rows below a header, as csv reads them."""
    with (EXPORTS / name).open(encoding=encoding, newline="") as lines:
        rows = list(csv.reader(lines, delimiter=delimiter))[skip:]
    header = [cell.replace("\u00a0", " ") for cell in rows[0]]
    return [dict(zip(header, row, strict=False)) for row in rows[1:]]


def number(text: str, decimal: str = ".") -> float | None:
    """1,234.50 or, with a decimal comma, 1 234,50 €; blank and -- are missing."""
    thousands = "," if decimal == "." else "."
    bare = "".join(text.replace("€", "").replace(thousands, "").replace(decimal, ".").split())
    return None if bare in ("", "--") else float(bare)


ENGLISH = {
    "Clicks": "clicks",
    "Impr.": "impressions",
    "Cost": "cost",
    "Conversions": "ad_conversions",
    "Conv. value": "conversion_value",
}
PORTUGUESE = {
    "Impressões": "impressions",
    "Interações": "ad_interactions",
    "Custo": "cost",
    "Conversões": "ad_conversions",
}
GOOGLE = {  # how it is written, which rows and days it has, what its columns mean
    "google-ads/gads-campaign-report-ascii.csv": (
        ("utf-8", ",", "."),
        ("Campaign", "Total: Campaigns", date(2026, 1, 27), 28, "GBP"),
        ENGLISH,
    ),
    "google-ads/gads-campaign-report-utf16-pmax.csv": (
        ("utf-16", "\t", "."),
        ("Campaign", "Total: Campaigns", date(2026, 1, 27), 28, "GBP"),
        ENGLISH,
    ),
    "google-ads/gads-pt-relatorio-campanha.csv": (
        ("utf-8", ",", ","),
        ("Campanha", "Total: Campanhas", date(2025, 4, 9), 13, "BRL"),
        PORTUGUESE,
    ),
}


@pytest.mark.parametrize("name", GOOGLE)
def test_campaigns_agree_with_the_rows_of_the_file_and_add_up_to_its_total_row(name: str) -> None:
    (encoding, delimiter, decimal), (campaign, label, first, days, unit), columns = GOOGLE[name]
    rows = table(name, encoding, delimiter, skip=2)
    found = values(name)
    listed = [row for row in rows if not row[next(iter(row))].startswith("Total:")]
    (total,) = [row for row in rows if row[next(iter(row))] == label]
    for header, metric in columns.items():
        read = [number(row[header], decimal) for row in listed]
        cells = [("", "", metric, row[campaign], first.toordinal()) for row in listed]
        assert [found.pop(cell) for cell in cells] == read
        stated = number(total[header], decimal)
        assert sum(value or 0 for value in read) == pytest.approx(stated, abs=0.011)  # Google rounds each row
    assert found == {}
    assert {(key.days, key.unit) for key in keys(EXPORTS / name)} == {(days, ""), (days, unit)}


def test_a_curve_by_week_takes_this_year_and_cuts_its_last_week_where_the_range_ends(tmp_path: Path) -> None:
    name = "google-ads/gads-fr-serie-temporelle-semaine.csv"
    rows = table(name)
    mondays = [date(2024, 12, 30).toordinal() + 7 * n for n in range(len(rows))]
    columns = {"Clics": "clicks", "Coût": "cost", "Conversions": "ad_conversions"}
    stated = {
        ("", "", metric, "", monday): number(row[header], ",")
        for row, monday in zip(rows, mondays, strict=True)
        for header, metric in columns.items()
    }
    dated = tmp_path / "Série_temporelle(2024.12.30-2025.10.09_par_rapport_à_2024.01.01-2024.10.09).csv"
    shutil.copyfile(EXPORTS / name, dated)
    assert values(dated) == stated
    assert {key.days for key, _, day, _ in blocks(dated) if day == mondays[-1]} == {4}
    assert {key.days for key, _, day, _ in blocks(dated) if day != mondays[-1]} == {7}
    assert values(name) == {cell: value for cell, value in stated.items() if cell[4] != mondays[-1]}
    assert any("may not be over" in note for note in reading(EXPORTS / name).extractions[0].notes)
    assert {key.unit for key in keys(dated) if key.metric == "cost"} == {"EUR"}


def test_hours_are_known_and_left_out_with_the_reason() -> None:
    found = reading(EXPORTS / "google-ads/gads-overview-time-series.csv")
    assert found.extractions == () and found.refused is None
    assert "hours of one day" in found.left_out[0].reason


def test_a_hand_kept_sheet_is_refused_and_told_how_it_can_be_taken() -> None:
    found = reading(EXPORTS / "user-made/google-ads-hand-kept-monthly.csv")
    assert found.refused is not None and found.unknown and found.extractions == ()
    assert any("--map" in hint for hint in found.refused.hints)


def test_an_export_without_data_has_0_rows() -> None:
    found = reading(EXPORTS / "meta-ads/meta-ads-campaigns-no-data.csv")
    assert found.refused is None and found.extractions == ()
    assert found.left_out[0].reason.startswith("0 rows")


META_FR = {
    "Couverture": "reach", "Impressions": "impressions", "Montant dépensé (EUR)": "cost",
    "Clics uniques sur un lien": "people_clicking", "Clics sur un lien": "link_clicks",
    "Vues de la page de destination du site Web": "landing_page_views",
}  # fmt: skip


def test_what_results_count_is_told_by_each_row() -> None:
    name = "meta-ads/meta-ads-fr-campagnes.csv"
    rows, found = table(name), values(name)
    first = date(2025, 1, 1).toordinal()
    for row in rows:
        campaign = row["Nom de la campagne"]
        for header, metric in META_FR.items():
            assert found.pop(("", "", metric, campaign, first)) == float(row[header])
        what = row["Indicateur de résultats"]
        is_lead = what == "actions:onsite_conversion.lead_grouped"
        cell = ("leads", campaign) if is_lead else ("results", f"{campaign} / {what}")
        assert found.pop(("", "", *cell, first)) == float(row["Résultats"])
    assert found == {}
    assert {key.unit for key in keys(EXPORTS / name) if key.metric == "cost"} == {"EUR"}
    assert {key.days for key in keys(EXPORTS / name)} == {281}


META_EN = {
    "Reach": "reach", "Impressions": "impressions", "Amount spent (INR)": "cost", "Link clicks": "link_clicks",
    "Clicks (all)": "clicks", "Adds to cart": "adds_to_cart", "Checkouts initiated": "checkouts",
    "Purchases": "purchases",
}  # fmt: skip


def test_the_first_row_is_the_total_and_no_campaign() -> None:
    name = "meta-ads/meta-ads-report-campaign.csv"
    (total, *rows), found = table(name), values(name)
    first = date(2025, 2, 1).toordinal()
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        for header, metric in META_EN.items():
            value = number(row[header])
            assert found.pop(("", "", metric, row["Campaign name"], first), None) == value
            sums[header] += value or 0
    assert found == {}
    for header in ("Impressions", "Amount spent (INR)", "Link clicks", "Clicks (all)", "Purchases"):
        assert sums[header] == pytest.approx(float(total[header])), header
    assert sums["Reach"] > float(total["Reach"])  # people are in several campaigns
    assert {key.unit for key in keys(EXPORTS / name) if key.metric == "cost"} == {"INR"}


def test_competitors_state_a_level_at_the_end_of_their_range() -> None:
    page = "دورلي - doorly"
    first, last = date(2025, 11, 29).toordinal(), date(2025, 12, 28).toordinal()
    assert values("linkedin/li-page-competitors.xlsx") == {
        ("", "", "followers", page, last): 153,
        ("", "", "new_followers", page, first): 0,
        ("", "", "engagements", page, first): 0,
        ("", "", "posts", page, first): 0,
    }


def test_a_converted_page_export_states_what_its_columns_say() -> None:
    name = "linkedin/li-updates-2021-converted.csv"
    stated: dict[Cell, float] = {}
    for row in table(name):
        day = date.fromisoformat(row.pop("date")).toordinal()
        row.pop("engagements_total")
        for header, text in row.items():
            metric, part = header.removesuffix(")").split("_(")
            metric = "reach" if metric == "unique_impressions" else metric
            stated["", "", metric, "" if part == "total" else part, day] = float(text)
    assert values(name) == stated
    assert len(stated) == 415 * 19


SPROUT = {
    "Audience": "followers", "Net Audience Growth": "net_followers", "Audience Gained": "new_followers",
    "Published Posts (Total)": "posts", "Impressions": "impressions", "Video Views": "video_views",
    "Engagements": "engagements", "Reactions": "reactions", "Comments": "comments", "Shares": "shares",
    "Post Link Clicks": "link_clicks", "Saves": "saves",
}  # fmt: skip


def test_every_network_and_profile_has_its_own_days() -> None:
    name = "sprout-social/sprout-profile-performance.csv"
    stated: dict[Cell, float] = {}
    for row in table(name):
        month, day, year = map(int, row["Date"].split("-"))
        who = (row["Network"].casefold(), row["Profile"].removeprefix("'"))
        for header, metric in SPROUT.items():
            if row[header]:
                stated[*who, metric, "", date(year, month, day).toordinal()] = float(row[header].replace(",", ""))
    assert values(name) == stated
    assert len({cell[:2] for cell in stated}) == 6
