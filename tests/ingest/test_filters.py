"""The settings of an export say what its numbers are of: filters become the scope of the tables beside them."""

from pathlib import Path

from ingest_kit import TODAY, lines, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.ingest.scope import scope
from smartkpi.knowledge import loader

CHART = lines(["Date,Clicks,Impressions,CTR,Position", "2026-01-01,1,10,10%,3.5"])


def test_settings_become_one_text_whatever_their_order_and_language() -> None:
    english = [("Search type", "Web"), ("Date", "Last 28 days"), ("Page", "+/blog/"), ("Query", "shed")]
    french = [("Requête", "shed"), ("Page", "+/blog/"), ("Type de recherche", "Web"), ("Date", "28 derniers jours")]
    assert scope(english) == scope(french) == "page=+/blog/; query=shed"
    assert scope([("Search type", "Image")]) == "search type=Image"
    assert scope([]) == ""


def folder_of(path: Path, **filters: str) -> list[Reading]:
    path.mkdir()
    (path / "Chart.csv").write_bytes(CHART)
    for name, setting in filters.items():
        (path / f"{name}.csv").write_bytes(lines(["Filter,Value", "Search type,Web", setting]))
    return list(extractions(path, loader.profiles(), today=TODAY))


def scopes(reading: Reading) -> set[str]:
    return {key.scope for extraction in reading.extractions for block in extraction.blocks() for key in block.keys}


def test_filters_in_the_same_folder_count(tmp_path: Path) -> None:
    chart, filters = folder_of(tmp_path / "one", Filters="Page,+/blog/")
    assert scopes(chart) == {"page=+/blog/"}
    assert filters.refused is None
    assert not filters.unknown
    assert filters.extractions == ()


def test_two_filters_in_one_folder_cannot_be_told_apart(tmp_path: Path) -> None:
    chart, *_ = folder_of(tmp_path / "two", Filters="Page,+/blog/", Filters2="Page,+/shop/")
    assert "different filters" in refusal(chart)


def test_a_chart_alone_is_taken_as_unfiltered_and_says_so(tmp_path: Path) -> None:
    (chart,) = folder_of(tmp_path / "alone")
    assert scopes(chart) == {""}
    assert "taken as unfiltered" in chart.extractions[0].notes[0]
