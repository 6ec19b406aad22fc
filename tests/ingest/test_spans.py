"""Which days the totals of an export are of: what its filters say, the days of its chart, the day of its download."""

from datetime import date
from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.ingest.spans import span, stated_range
from smartkpi.knowledge import loader

HEADER = "Top pages,Clicks,Impressions,CTR,Position\n"
DAYS = (
    "Date,Clicks,Impressions,CTR,Position\n2026-03-02,4,90,4.44%,7\n2026-03-03,5,80,6.25%,8\n2026-03-04,5,80,6.25%,8\n"
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def days(first: str, last: str) -> tuple[int, int]:
    return day(first), day(last)


@pytest.mark.parametrize(
    ("said", "newest", "expected"),
    [
        ("1 Jan 2025-31 Dec 2025", None, days("2025-01-01", "2025-12-31")),
        ("2 Mar 2026–6 Mar 2026", None, days("2026-03-02", "2026-03-06")),
        ("2026-03-02-2026-03-06", None, days("2026-03-02", "2026-03-06")),
        ("Last 28 days", "2026-06-26", days("2026-05-30", "2026-06-26")),
        ("Last 7 days", "2026-06-26", days("2026-06-20", "2026-06-26")),
        ("Les 3 derniers mois", "2025-02-05", days("2024-11-06", "2025-02-05")),
        ("Last 16 months", "2025-02-28", days("2023-11-01", "2025-02-28")),
        ("Last 28 days", None, None),
        ("Last 24 hours", "2026-06-26", None),
        ("Últimos 3 meses", "2026-06-26", None),
        ("6 Mar 2026-2 Mar 2026", "2026-06-26", None),
        ("", "2026-06-26", None),
    ],
)
def test_a_range_is_dates_or_a_length_with_an_end(
    said: str, newest: str | None, expected: tuple[int, int] | None
) -> None:
    assert span(said, None, day(newest) if newest else None) == expected


def test_the_days_of_the_chart_say_what_a_length_leaves_open() -> None:
    chart = days("2026-05-30", "2026-06-26")
    assert span("Last 28 days", chart, None) == span("Últimos 28 días", chart, None) == span("", chart, None) == chart


def test_a_chart_that_ends_before_the_stated_dates_ends_the_totals_too() -> None:
    chart = days("2026-03-02", "2026-03-04")
    assert span("1 Mar 2026-6 Mar 2026", chart, None) == days("2026-03-01", "2026-03-04")


def test_a_chart_outside_of_the_stated_dates_leaves_nothing_certain() -> None:
    assert span("1 Mar 2026-3 Mar 2026", days("2026-03-02", "2026-03-04"), None) is None


def test_the_range_is_a_setting_in_any_language() -> None:
    assert stated_range([("Type de recherche", "Web"), ("Date", "Les 3 derniers mois")]) == "Les 3 derniers mois"
    assert stated_range([("Search type", "Web")]) == ""


def folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def read(path: Path, **wishes: int) -> dict[str, Reading]:
    return {r.name: r for r in extractions(path, loader.profiles(), today=TODAY, **wishes)}  # type: ignore[arg-type]


def test_pages_without_their_filters_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = folder(tmp_path / "a", {"Pages.csv": f"{HEADER}https://a.example/,4,90,4.44%,7\n"})
    assert "without its filters beside it" in refusal(read(path)["Pages.csv"])


def test_the_day_of_the_download_anchors_the_last_days_of_unpacked_files(tmp_path: Path) -> None:
    filters = "Filter,Value\nSearch type,Web\nDate,Last 28 days\n"
    files = {"Pages.csv": f"{HEADER}https://a.example/,4,90,4.44%,7\n", "Filters.csv": filters}
    path = folder(tmp_path / "b", files)
    assert "a range of days" in refusal(read(path)["Pages.csv"])
    (pages,) = read(path, as_of=day("2026-06-28"))["Pages.csv"].extractions
    assert (pages.first_day, pages.last_day) == days("2026-05-30", "2026-06-26")


def test_a_chart_without_positions_is_of_discover_or_of_news_and_its_filters_say_which(tmp_path: Path) -> None:
    chart = "Date,Clicks,Impressions,CTR\n2026-03-02,4,90,4.44%\n"
    assert "without its filters" in refusal(read(folder(tmp_path / "c", {"Chart.csv": chart}))["Chart.csv"])
    filters = "Filter,Value\nSearch type,Discover\nDate,Last 3 months\n"
    (found,) = read(folder(tmp_path / "d", {"Chart.csv": chart, "Filters.csv": filters}))["Chart.csv"].extractions
    assert {key.scope for block in found.blocks() for key in block.keys} == {"search type=Discover"}


def test_of_many_pages_the_few_that_come_twice_are_listed_and_neither_is_taken(tmp_path: Path) -> None:
    rows = [f"https://a.example/{n},{n},1000,0%,7" for n in range(200)]
    filters = "Filter,Value\nSearch type,Web\nDate,2 Mar 2026-4 Mar 2026\n"
    text = HEADER + "\n".join([*rows, "https://a.example/7,99,1000,0%,7", "https://a.example/8,8,1000,0%,7"]) + "\n"
    path = folder(tmp_path / "e", {"Chart.csv": DAYS, "Pages.csv": text, "Filters.csv": filters})
    (pages,) = read(path)["Pages.csv"].extractions
    names = [key.breakdown for block in pages.blocks() for key in block.keys if key.metric == "clicks"]
    assert len(names) == 199 and "https://a.example/7" not in names and names.count("https://a.example/8") == 1
    assert [(p.line, p.text) for p in pages.problems] == [(9, "https://a.example/7"), (202, "https://a.example/7")]
