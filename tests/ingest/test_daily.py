"""Blocks of a daily table are what the table says, however it is written and ordered."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_kit import PAGES, Values, day, lines, only, read, values
from kit import Result

from smartkpi.ingest import daily
from smartkpi.knowledge.loader import parse

CELL = st.one_of(st.integers(0, 10**6).map(str), st.sampled_from(["", "--", "1,050,191", "0.25", "-3", "x", "1.2.3"]))
ROW = st.tuples(st.sampled_from(["a", "b", "ü, c"]), st.integers(0, 40), CELL, CELL)
FIRST = date(2025, 1, 1)


def slow(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, min_size=1, max_size=60, unique_by=lambda row: row[:2]),
    mark=st.sampled_from([",", "\t"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
    together=st.sampled_from([8, 8_000]),
    waiting=st.sampled_from([40, 700_000]),
    groups=st.sampled_from([0, 4]),
)
def test_blocks_hold_every_number_of_the_table_once(
    rows: list[tuple[str, int, str, str]],
    mark: str,
    codec: str,
    end: str,
    together: int,
    waiting: int,
    groups: int,
    tmp_path: Path,
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator=end)
    writer.writerow(["Date", "Views", "Page", "Clicks"])
    expected: Values = {}
    bad = []
    for n, (page, offset, views, clicks) in enumerate(rows):
        when = FIRST + timedelta(offset)
        writer.writerow([when.isoformat(), views, page, clicks])
        for metric, text in (("views", views), ("clicks", clicks)):
            if (value := slow(text)) is not None:
                expected[page, metric, when.toordinal()] = value
            elif text not in ("", "--"):
                bad.append((n + 2, metric.capitalize(), text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(daily, "CELLS", together)
        patch.setattr(daily, "WAITING_CELLS", waiting)
        patch.setattr(daily, "UNPACKED_GROUPS", groups)
        extraction = only(read(out.getvalue().encode(codec), PAGES, folder=tmp_path))
        assert values(extraction) == expected
    assert sorted((p.line, p.column, p.text) for p in extraction.problems) == sorted(bad)
    days = [FIRST.toordinal() + row[1] for row in rows]
    assert (extraction.first_day, extraction.last_day) == (min(days), max(days))
    assert set(extraction.account_names) == {("", row[0]) for row in rows}


FOLLOWS = parse(
    'id = "f"\ntitle = "F"\nreport = "f"\nplatforms = ["instagram"]\nhow = []\n'
    '[[tables]]\nname = "t"\nshape = "daily"\nomitted_days = "zero"\n'
    'columns = [{names = ["Date"], role = "date"}, {names = ["Follows"], metric = "new_followers", required = true}]',
    "f.toml",
)


def test_days_that_a_platform_leaves_out_are_zeros_between_the_first_and_the_last(tmp_path: Path) -> None:
    rows = ["Date,Follows", "2026-01-05,3", "2026-01-01,1", "2026-01-04,"]
    extraction = only(read(lines(rows), FOLLOWS, folder=tmp_path))
    assert values(extraction) == {
        ("", "new_followers", day("2026-01-01")): 1,
        ("", "new_followers", day("2026-01-05")): 3,
    }
    with_zeros = values(extraction, omitted=True)
    assert {d - day("2026-01-01"): v for (_, _, d), v in with_zeros.items()} == {0: 1, 1: 0, 2: 0, 4: 3}


def test_no_zero_is_made_up_where_a_day_could_not_be_read(tmp_path: Path) -> None:
    rows = ["Date,Follows", "2026-01-01,1", "2026-01-O2,5", "2026-01-05,3"]
    extraction = only(read(lines(rows), FOLLOWS, folder=tmp_path))
    assert len(values(extraction, omitted=True)) == 2
    assert [p.line for p in extraction.problems] == [3]
    assert "not taken as 0" in extraction.notes[-1]


def test_newest_first_and_oldest_first_give_the_same_blocks(tmp_path: Path) -> None:
    rows = [f"a,{FIRST + timedelta(n)},{n},{n * 10}" for n in range(600)]
    found = []
    for order in (rows, rows[::-1]):
        extraction = only(
            read(lines(["Page,Date,Clicks,Views", *order]), PAGES, folder=tmp_path, as_of=FIRST.toordinal() + 599)
        )
        blocks = list(extraction.blocks())
        assert all(isinstance(block.cells, str) for block in blocks)
        assert sum(block.days for block in blocks) == 600
        found.append(values(extraction))
    assert found[0] == found[1]


def test_the_rows_of_many_accounts_in_date_order_are_put_together_again(tmp_path: Path) -> None:
    rows = [f"page {p},{FIRST + timedelta(n)},{p + n},{n}" for n in range(50) for p in range(30)]
    extraction = only(read(lines(["Page,Date,Clicks,Views", *rows]), PAGES, folder=tmp_path))
    blocks = list(extraction.blocks())
    assert {(block.account, block.days) for block in blocks} == {(f"page {p}", 50) for p in range(30)}


def test_zeros_that_a_platform_leaves_out_are_said(smartkpi: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "Follows.csv"
    rows = ("2026-05-01T00:00:00", "2026-05-02T00:00:00", "2026-05-09T00:00:00")
    written = ["sep=,", '"Instagram follows"', '"Date","Primary"', *(f'"{day}","2"' for day in rows)]
    file.write_bytes("\r\n".join(written).encode("utf-16"))
    assert "count as 0: 6" in smartkpi("import", file, "--account", "A").out
