"""Real exports of Facebook Insights until 2021 agree with EXPECTED.json, and with the csv module's reading."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal, values

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
CLASSIC = EXPORTS / "facebook-insights-classic"
POST_COLUMNS = {
    "reach": "Lifetime Post Total Reach",
    "impressions": "Lifetime Post Total Impressions",
    "engaged_people": "Lifetime Engaged Users",
    "clicks": "Lifetime Post Consumptions",
    "likes": "Lifetime Post Stories by action type - like",
    "comments": "Lifetime Post Stories by action type - comment",
}

pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")]


def read(name: str) -> Reading:
    (reading,) = extractions(CLASSIC / name, loader.profiles(), today=TODAY)
    return reading


def columns(name: str, encoding: str) -> dict[str, list[str]]:
    """Each column of a CSV below its header and its descriptions; of two with one name neither."""
    with (CLASSIC / name).open(encoding=encoding, newline="") as lines:
        header, _, *rows = csv.reader(lines)
    return {text: [row[n] for row in rows] for n, text in enumerate(header) if header.count(text) == 1}


def test_the_page_by_day_states_what_its_columns_do() -> None:
    (extraction,) = read("fb-page-level-2014.csv").extractions
    table = next(p for p in loader.profiles() if p.id == extraction.profile).tables[0]
    raw = columns("fb-page-level-2014.csv", "cp1252")
    days = [datetime.strptime(text, "%m/%d/%Y").toordinal() for text in raw["Date"]]
    series = {(key.metric, key.breakdown): n for block in extraction.blocks() for n, key in enumerate(block.keys)}
    assert len(series) == sum(bool(column.metric) for column in table.columns)
    (block,) = extraction.blocks()
    cells = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    for column in table.columns:
        if column.metric:
            (name,) = (text for text in raw if text.casefold() in {n.casefold() for n in column.names})
            n = series[column.metric, column.breakdown]
            stated = cells[n * block.days : (n + 1) * block.days]
            wanted = {day: float(text) if text else None for day, text in zip(days, raw[name], strict=True)}
            assert [wanted.get(block.first_day + i) for i in range(block.days)] == stated, name
    assert len(series) == 19 and extraction.problems == []


def test_the_page_by_day_agrees_with_what_was_worked_out_apart() -> None:
    (extraction,) = read("fb-page-level-2014.csv").extractions
    table = next(p for p in loader.profiles() if p.id == extraction.profile).tables[0]
    listed = json.loads((EXPORTS / "EXPECTED.json").read_text(encoding="utf-8"))
    entries = [e for e in listed if e["file"].endswith("fb-page-level-2014.csv")]
    assert len(entries) == 5
    (block,) = extraction.blocks()
    cells = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    for entry in entries:
        (column,) = (c for c in table.columns if entry["column"] in c.names)
        n = next(n for n, key in enumerate(block.keys) if (key.metric, key.breakdown) == (column.metric, ""))
        stated = {
            block.first_day + i: v for i, v in enumerate(cells[n * block.days : (n + 1) * block.days]) if v is not None
        }
        assert (len(stated), sum(stated.values())) == (entry["days"], entry["sum"])
        assert [str(date.fromordinal(day)) for day in (min(stated), max(stated))] == [entry["first"], entry["last"]]


def test_names_that_come_twice_are_not_taken() -> None:
    (extraction,) = read("fb-page-level-2014.csv").extractions
    assert any("Daily Logged-in Page Views" in note and "twice" in note for note in extraction.notes)
    assert {"page_views", "profile_visits"}.isdisjoint(extraction.metrics)
    assert {left.reason for left in extraction.left_out} == {"what the columns mean"}


def test_posts_state_what_their_columns_do() -> None:
    (extraction,) = read("fb-post-level-2014.csv").extractions
    raw = columns("fb-post-level-2014.csv", "utf-8-sig")
    items = list(extraction.items())
    assert [item.external_id for item in items] == raw["Post ID"]
    assert [item.title for item in items] == raw["Post Message"]
    assert [item.kind for item in items] == raw["Type"]
    published = [datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").isoformat() for text in raw["Posted"]]
    assert [item.published for item in items] == published
    for n, item in enumerate(items):
        wanted = {metric: float(raw[name][n]) for metric, name in POST_COLUMNS.items() if raw.get(name, [""] * 9)[n]}
        assert {key.metric: value for key, value in item.values.items()} == wanted
    assert values(extraction) == {} and extraction.problems == []


def test_an_export_without_a_video_has_no_rows_and_says_so() -> None:
    reading = read("fb-video-posts-empty.csv")
    assert reading.extractions == ()
    assert [left.reason for left in reading.left_out] == ["0 rows: a header, and nothing below it"]


def test_a_page_without_its_level_is_none_of_these(tmp_path: Path) -> None:
    with (CLASSIC / "fb-page-level-2014.csv").open(encoding="cp1252", newline="") as lines:
        rows = [row[4:7] for row in csv.reader(lines)]
    path = tmp_path / "cut.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    (reading,) = extractions(path, loader.profiles(), today=TODAY)
    assert "Page Engaged Users" in refusal(reading)
