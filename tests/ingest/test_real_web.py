"""Real exports of websites go in exactly: each table against its file read with the csv module, and its total row."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.model.extraction import Extraction
from smartkpi.model.series import SeriesKey

pytestmark = pytest.mark.real

GA4, GSC = "google-analytics-4", "google-search-console"
DISCOVER = "example.com-Performance-on-Discover-2024-02-12.zip"
GMB = "GMB insights (Performance Report) - 2024-10-13 - 2024-11-11 - 9fd704c2826223a0da1d7f9f5067da8c.csv"
Cells = dict[tuple[str, str, date, int], float]  # metric, breakdown, first day, days


def one(path: Path) -> Reading:
    (reading,) = extractions(path, loader.profiles(), today=TODAY)
    assert reading.refused is None, reading.refused
    return reading


def cells(found: Extraction) -> Cells:
    """Every value of a table, each key once."""
    values = [value for block in found.blocks() for value in _values(block.cells)]
    keys = [(key, day) for block in found.blocks() for key in block.keys for day in block.rows]
    stated: Cells = {}
    for (key, day), value in zip(keys, values, strict=True):
        if value is not None:
            name = (key.metric, key.breakdown, date.fromordinal(day), key.days)
            assert name not in stated
            stated[name] = value
    return stated


def _values(text: str | list[float | None]) -> list[float | None]:
    return json.loads(text) if isinstance(text, str) else text


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The header and rows of each table of a Google Analytics file, read with nothing but blank lines and `#`."""
    block: list[list[str]] = []
    for row in [*csv.reader(io.StringIO(text)), []]:
        if row and not row[0].startswith("#"):
            block.append(row)
        elif block:
            yield block[0], block[1:]
            block = []


def column(text: str, *header: str, at: int = 1) -> dict[str, float]:
    """The one table that begins with these header cells: its keys and the numbers of a column."""
    (rows,) = (rows for head, rows in tables(text) if tuple(head[: len(header)]) == header)
    return {row[0]: float(row[at]) for row in rows if row[0]}


def of(reading: Reading, metric: str, kind: str) -> Cells:
    """The values of one metric by one breakdown, whichever table states them."""

    def wanted(key: SeriesKey) -> bool:
        return (key.metric, key.breakdown_kind) == (metric, kind)

    taken = [e for e in reading.extractions if any(wanted(k) for b in e.blocks() for k in b.keys)]
    assert len(taken) == 1, (metric, kind)
    return {name: value for name, value in cells(taken[0]).items() if name[0] == metric}


def parts(found: Cells) -> dict[str, float]:
    return {part: value for (_, part, _, _), value in found.items()}


def ranges(found: Cells) -> set[tuple[date, int]]:
    return {(first, days) for _, _, first, days in found}


def test_the_tables_of_a_snapshot_are_days_of_its_own_range_and_totals_of_it(exports: Path) -> None:
    path = exports / GA4 / "ga4-reports-snapshot-b.csv"
    reading, text = one(path), path.read_text(encoding="utf-8")
    first = date(2025, 12, 11)
    for header, metric in (("Active users", "active_users"), ("New users", "new_users"), ("Total revenue", "revenue")):
        days = {first.toordinal() + int(n): v for n, v in column(text, "Nth day", header).items()}
        assert {name[2].toordinal(): v for name, v in of(reading, metric, "").items()} == days
        assert len(days) == 28
    for at, header in ((1, "active_users_30_days"), (2, "active_users_7_days")):
        days = {first.toordinal() + int(n): v for n, v in column(text, "Nth day", "30 days", at=at).items()}
        assert {name[2].toordinal(): v for name, v in of(reading, header, "").items()} == days
    for header, value, metric, kind in (
        ("First user primary channel group (Default Channel Group)", "New users", "new_users", "first user channel"),
        ("Session primary channel group (Default Channel Group)", "Sessions", "sessions", "channel"),
        ("Country ID", "Active users", "active_users", "country code"),
        ("Country", "Active users", "active_users", "country"),
        ("Page title and screen class", "Views", "page_views", "page title"),
        ("Event name", "Event count", "event_count", "event"),
    ):
        found = of(reading, metric, kind)
        assert parts(found) == column(text, header, value)
        assert ranges(found) == {(first, 28)}


@pytest.mark.parametrize(
    ("name", "kind", "span", "metrics"),
    [
        ("ga4-events.csv", "event", (date(2025, 10, 15), 90), {1: "event_count", 2: "users", 4: "revenue"}),
        (
            "ga4-pages-screens.csv",
            "page path",
            (date(2025, 1, 1), 365),
            {1: "page_views", 2: "active_users", 5: "event_count", 6: "key_events", 7: "revenue"},
        ),
        (
            "ga4-user-acquisition.csv",
            "first user channel",
            (date(2025, 2, 1), 185),
            {1: "users", 2: "new_users", 3: "returning_users", 6: "event_count", 7: "key_events"},
        ),
        ("ga4-exploration-b.csv", "page path + query", (date(2025, 12, 13), 90), {1: "event_count"}),
    ],
)
def test_a_report_is_totals_of_its_range(
    name: str, kind: str, span: tuple[date, int], metrics: dict[int, str], exports: Path
) -> None:
    path = exports / GA4 / name
    reading = one(path)
    ((_, rows),) = tables(path.read_text(encoding="utf-8"))
    for at, metric in metrics.items():
        found = of(reading, metric, kind)
        assert parts(found) == {row[0]: float(row[at]) for row in rows if row[0]}
        assert ranges(found) == {span}


def test_the_pages_of_an_exploration_add_up_to_its_grand_total(exports: Path) -> None:
    path = exports / GA4 / "ga4-exploration-b.csv"
    ((_, rows),) = tables(path.read_text(encoding="utf-8"))
    assert rows[0] == ["", "4311", "Grand total"]
    assert sum(of(one(path), "event_count", "page path + query").values()) == 4311


def test_an_old_overview_gives_what_is_not_called_users(exports: Path) -> None:
    path = exports / GA4 / "ga4-data-export-2023.csv"
    reading, text = one(path), path.read_text(encoding="utf-8")
    days = {date(2023, 4, 24).toordinal() + int(n): v for n, v in column(text, "Nth day", "New users").items()}
    assert {name[2].toordinal(): v for name, v in of(reading, "new_users", "").items()} == days
    assert parts(of(reading, "sessions", "channel")) == {"Direct": 3, "Unassigned": 2, "Organic Search": 1}
    assert any("total and for active users alike" in left.reason for left in reading.left_out)


def test_days_filled_down_into_the_future_are_refused(exports: Path) -> None:
    (reading,) = extractions(
        exports / GA4 / "ga4-traffic-user-damaged-future-dates.csv", loader.profiles(), today=TODAY
    )
    assert "it states days after today" in refusal(reading)


def test_the_months_of_universal_analytics_add_up_to_its_total_row(exports: Path) -> None:
    path = exports / "google-analytics-ua" / "ua-audience-overview-monthly.csv"
    ((_, rows),) = tables(path.read_text(encoding="utf-8"))
    numbers = [int(row[1].replace(",", "")) for row in rows]
    found = of(one(path), "users", "")
    months = {date(2011 + n // 12, n % 12 + 1, 1): float(count) for n, count in enumerate(numbers[:-1])}
    assert {name[2]: value for name, value in found.items()} == months
    assert sum(found.values()) == numbers[-1] == 54_450_108


def zip_column(path: Path, member: str, at: int) -> dict[str, list[float]]:
    """The numbers of a column of a ZIP's member by its first one; a key that comes twice has two."""
    with zipfile.ZipFile(path) as archive:
        _, *rows = csv.reader(io.StringIO(archive.read(member).decode("utf-8")))
    found: dict[str, list[float]] = {}
    for row in rows:
        found.setdefault(row[0].strip(), []).append(float(row[at]))
    return found


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("Queries.csv", "query"),
        ("Pages.csv", "page"),
        ("Countries.csv", "country"),
        ("Devices.csv", "device"),
        ("Search appearance.csv", "search appearance"),
    ],
)
def test_the_tables_of_search_console_are_totals_of_the_range_that_its_filters_state(
    member: str, kind: str, exports: Path
) -> None:
    path = exports / GSC / "gsc-performance.zip"
    reading = one(path)
    for at, metric in ((1, "clicks"), (2, "impressions"), (4, "position")):
        rows = zip_column(path, member, at)
        found = of(reading, metric, kind)
        assert parts(found) == {key: values[0] for key, values in rows.items() if len(values) == 1}
        assert ranges(found) == {(date(2025, 1, 1), 365)}


def test_the_two_pages_that_search_console_lists_twice_are_listed_and_not_taken(exports: Path) -> None:
    reading = one(exports / GSC / "gsc-performance.zip")
    (pages,) = [e for e in reading.extractions if e.table == "Pages"]
    assert [problem.line for problem in pages.problems] == [15, 16, 517, 586]


def test_the_name_of_a_discover_zip_anchors_its_last_3_months(exports: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(exports / GSC / "gsc-discover.zip", tmp_path / DISCOVER))
    reading = one(path)
    for member, kind in (("Pages.csv", "page"), ("Countries.csv", "country")):
        for at, metric in ((1, "clicks"), (3, "impressions")):
            found = of(reading, metric, kind)
            assert parts(found) == {key: value for key, (value,) in zip_column(path, member, at).items()}
            assert ranges(found) == {(date(2023, 11, 11), 92)}
    scopes = {key.scope for e in reading.extractions for block in e.blocks() for key in block.keys}
    assert scopes == {"search type=Discover"}


def test_a_location_is_told_by_its_name_and_address(exports: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(exports / "google-business-profile" / "gbp-performance.csv", tmp_path / GMB))
    header, _, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    reading = one(path)
    calls = of(reading, "phone_clicks", "location / address")
    at = header.index("Calls")
    assert parts(calls) == {f"{row[1]} / {row[2]}": float(row[at]) for row in rows}
    assert ranges(calls) == {(date(2024, 10, 13), 30)}
    viewed = of(reading, "profile_viewers", "location / address / place")
    assert sum(viewed.values()) == sum(float(cell) for row in rows for cell in row[4:8])


@pytest.mark.parametrize(
    ("name", "say"),
    [
        (f"{GSC}/gsc-discover.zip", lambda text: "range of days" in text),
        ("google-business-profile/gbp-performance.csv", lambda text: "range of days" in text),
        ("google-trends/trends-related.csv", lambda text: "not an export that smartkpi knows" in text),
    ],
)
def test_what_states_no_range_is_refused_with_the_reason(name: str, say: Callable[[str], bool], exports: Path) -> None:
    (reading,) = extractions(exports / name, loader.profiles(), today=TODAY)
    assert say(refusal(reading))


def test_the_day_of_the_download_is_asked_for_where_it_would_say_the_range(exports: Path) -> None:
    path = exports / GSC / "gsc-discover.zip"
    (reading,) = extractions(path, loader.profiles(), today=TODAY)
    assert "Or name the day of the download: --as-of DATE" in refusal(reading)
    (reading,) = extractions(path, loader.profiles(), today=TODAY, as_of=date(2024, 2, 12).toordinal())
    assert ranges(of(reading, "clicks", "country")) == {(date(2023, 11, 11), 92)}
