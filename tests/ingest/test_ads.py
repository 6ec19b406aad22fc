"""Exports of advertising platforms whose numbers could be taken for others are refused, left out or kept apart."""

from pathlib import Path

import pytest
from ingest_kit import lines, only, read, refusal

from smartkpi.ingest.read import Reading
from smartkpi.knowledge import loader

META = (
    "Reporting starts,Reporting ends,Campaign name,Results,Result indicator,Impressions,Amount spent (USD),Link clicks"
)
SPRING = "2026-03-01,2026-03-31,Spring,612,actions:link_click,200,5.00,600"


def taken(folder: Path, *rows: str, name: str = "export.csv") -> Reading:
    return read(lines(rows), *loader.profiles(), name=name, folder=folder)


def series(found: Reading) -> set[tuple[str, str, str]]:
    return {(k.metric, k.breakdown_kind, k.breakdown) for block in only(found).blocks() for k in block.keys}


def left_out(found: Reading) -> str:
    assert found.extractions == ()
    return " ".join(left.reason for left in found.left_out)


def test_results_that_have_a_column_of_their_own_stay_apart_from_it(tmp_path: Path) -> None:
    found = series(taken(tmp_path, META, SPRING))
    assert ("link_clicks", "campaign", "Spring") in found
    assert ("results", "campaign / kind of result", "Spring / actions:link_click") in found


def test_two_campaigns_of_one_name_are_refused_also_when_their_results_differ(tmp_path: Path) -> None:
    twin = "2026-03-01,2026-03-31,Spring,12,actions:lead,900,7.00,31"
    assert "one and the same number" in refusal(taken(tmp_path, META, SPRING, twin))


def test_results_without_a_word_on_what_they_count_are_left_out_and_said(tmp_path: Path) -> None:
    header = "Reporting starts,Reporting ends,Campaign name,Results,Impressions,Amount spent (USD)"
    found = taken(tmp_path, header, "2026-03-01,2026-03-31,Spring,25,200,5.00")
    assert {metric for metric, *_ in series(found)} == {"impressions", "cost"}
    assert any("“Results” left out: no column says" in note for note in only(found).notes)


def test_a_day_may_tell_its_results_on_one_day_and_be_silent_on_the_next(tmp_path: Path) -> None:
    header = "Day,Campaign name,Results,Result indicator,Impressions,Amount spent (USD)"
    rows = ("2026-03-01,Spring,2,actions:lead,200,5.00", "2026-03-02,Spring,,,90,1.00")
    found = series(taken(tmp_path, header, *rows))
    assert {("leads", "campaign", "Spring"), ("impressions", "campaign", "Spring")} <= found


@pytest.mark.parametrize("dimension", ["Age", "Gender", "Platform"])
def test_rows_that_are_parts_of_campaigns_are_left_out_even_when_there_is_one(tmp_path: Path, dimension: str) -> None:
    header = f"Reporting starts,Reporting ends,Campaign name,{dimension},Impressions,Amount spent (USD)"
    found = taken(tmp_path, header, "2026-03-01,2026-03-31,Spring,some,200,5.00")
    assert "parts of campaigns" in left_out(found)


SPAN = '"March 1, 2026 - March 31, 2026"'


def test_search_terms_are_no_ad_groups(tmp_path: Path) -> None:
    header = "Search term,Match type,Campaign,Ad group,Clicks,Impr.,Cost"
    found = taken(tmp_path, "Search terms report", SPAN, header, "brunch,Broad match,Spring,Core,12,450,12.50")
    assert "parts of campaigns" in left_out(found)


def test_ads_without_an_id_are_no_ad_groups(tmp_path: Path) -> None:
    header = "Ad status,Final URL,Campaign,Ad group,Clicks,Impr.,Cost"
    found = taken(tmp_path, "Ad report", SPAN, header, "Enabled,example.test,Spring,Core,12,450,12.50")
    assert "Ad ID" in left_out(found)


def test_the_parts_of_a_breakdown_stand_in_one_order_whatever_that_of_the_columns(tmp_path: Path) -> None:
    one = taken(tmp_path, "Report", SPAN, "Campaign,Ad group,Clicks,Cost", "Spring,Core,12,4.50")
    other = taken(tmp_path, "Report", SPAN, "Ad group,Campaign,Clicks,Cost", "Core,Spring,12,4.50", name="b.csv")
    assert series(one) == series(other)
    assert ("clicks", "campaign / ad group", "Spring / Core") in series(one)


def test_campaigns_of_all_time_have_no_days_and_are_refused(tmp_path: Path) -> None:
    found = taken(tmp_path, "Campaign report", "All time", "Campaign,Clicks,Cost", "Spring,12,4.50")
    assert "range of days that the file does not state" in refusal(found)


LINKEDIN = "Start Date (in UTC),Account Name,Campaign Name,Currency,Total Spent,Impressions"


def linkedin(folder: Path, last: str, *dates: str) -> Reading:
    span = f'"Report Start: 07/01/2026, Report End: {last}"'
    rows = (f"{day},Acme,Spring,USD,12.50,{n}" for n, day in enumerate(dates))
    return taken(folder, "Campaign Performance Report (in UTC)", span, "", LINKEDIN, *rows)


@pytest.mark.parametrize("dates", [("07/01/2026",), ("07/01/2026", "08/01/2026", "09/01/2026")])
def test_totals_of_months_or_of_the_range_are_not_taken_for_days(tmp_path: Path, dates: tuple[str, ...]) -> None:
    assert "time breakdown: Daily" in refusal(linkedin(tmp_path, "09/30/2026", *dates))


def test_days_that_follow_each_other_are_days_and_so_is_a_range_of_one(tmp_path: Path) -> None:
    assert only(linkedin(tmp_path, "09/30/2026", "07/01/2026", "07/02/2026", "07/09/2026")).first_day
    assert only(linkedin(tmp_path, "07/01/2026", "07/01/2026")).first_day


def test_an_impressions_curve_is_pinterests_only_below_its_own_lines(tmp_path: Path) -> None:
    curve = ("Date,Impressions", "2026-03-01,12", "2026-03-02,14")
    assert only(taken(tmp_path, "Analytics overview", "", *curve)).profile == "pinterest-overview"
    assert only(taken(tmp_path, *curve)).profile != "pinterest-overview"
