"""What stands in for whole days: totals of ranges, and parts that an import says add up."""

import sqlite3

from store_oracle import FIRST, extraction

from smartkpi.model.extraction import Block
from smartkpi.model.series import SeriesKey, Total, Totals
from smartkpi.store import accounts, batches, changes, database, merges, series

NOON = "2026-02-01T12:00:00Z"


def part(name: str, values: list[float | None], *, first: int = 0, days: int = 1, metric: str = "sessions") -> Block:
    kind = "channel" if name else ""
    key = SeriesKey(metric, "cards", breakdown_kind=kind, breakdown=name, days=days)
    return Block("", "", (key,), FIRST + first, len(values), values)


def take(conn: sqlite3.Connection, *blocks: Block, as_of: int, complete: bool = True, name: str = "Café") -> None:
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "import", "import")
        owner = accounts.ensure(conn, "web", name)
        kinds = (("sessions", "channel"),) if complete else ()
        told = extraction(blocks, lag=1, file=f"{as_of}.csv", complete=kinds)
        batches.save(
            conn, told, account=owner, resolve={}, as_of=FIRST + as_of, imported_at=NOON, change=change,
            same_account=True,
        )  # fmt: skip


def read(conn: sqlite3.Connection, first: int = 0, as_of: int = 99, campaign: str = "") -> list[Totals]:
    return series.totals(conn, ["sessions"], first_day=FIRST + first, as_of=FIRST + as_of, campaign=campaign)


def spans(totals: Totals) -> list[tuple[int, int, float]]:
    return sorted((t.first - FIRST, t.last - FIRST, t.value) for t in totals.values)


def test_ranges_of_any_length_are_one_series_and_know_their_import(conn: sqlite3.Connection) -> None:
    take(conn, part("", [70], days=7), part("", [300], days=30), as_of=40)
    take(conn, part("", [71], days=7), as_of=50)
    (found,) = read(conn)
    assert spans(found) == [(0, 6, 71), (0, 29, 300)]
    assert (found.key.days, found.complete, found.file, found.cadence) == (0, False, "50.csv", 10)
    week = next(t for t in found.values if t.days == 7)
    assert week == Total(FIRST, FIRST + 6, 71, rank=week.rank, full_through=FIRST + 49)


def test_ranges_that_end_before_the_window_or_after_it_are_not_read(conn: sqlite3.Connection) -> None:
    take(conn, *(part("", [1], first=first, days=7) for first in (0, 4, 7, 14, 15)), as_of=40)
    (found,) = read(conn, first=7, as_of=20)
    assert spans(found) == [(4, 10, 1), (7, 13, 1), (14, 20, 1)]


def test_parts_are_read_only_where_their_import_says_that_they_add_up(conn: sqlite3.Connection) -> None:
    take(conn, part("Paid", [1, 2]), part("Paid", [9], metric="reach"), as_of=5)
    take(conn, part("Paid", [9], days=7), as_of=20, complete=False)
    (found,) = read(conn)
    assert (found.key.breakdown, found.key.days, found.complete, spans(found)) == (
        *("Paid", 1, True),
        [(0, 0, 1), (1, 1, 2)],
    )


def test_one_part_that_does_not_add_up_leaves_the_sum_unknown(conn: sqlite3.Connection) -> None:
    take(conn, part("Paid", [1]), part("Organic", [2]), as_of=5)
    take(conn, part("Organic", [3]), as_of=6, complete=False)
    assert read(conn) == []
    take(conn, part("Organic", [4]), as_of=7)
    assert len(read(conn)) == 2


def test_a_campaign_brings_its_own_ranges_and_nothing_else(conn: sqlite3.Connection) -> None:
    keys = [SeriesKey("sessions", "cards", breakdown_kind="campaign", breakdown=name, days=7) for name in ("A", "B")]
    take(conn, *(Block("", "", (key,), FIRST, 1, [5.0]) for key in keys), part("", [9], days=7), as_of=9)
    assert [(each.key.breakdown, spans(each)) for each in read(conn, campaign="A")] == [("A", [(0, 6, 5)])]
    assert [each.key.breakdown for each in read(conn)] == [""]


def test_what_is_undone_is_not_read_and_a_merge_keeps_what_adds_up(conn: sqlite3.Connection) -> None:
    take(conn, part("Paid", [1]), as_of=5, name="One")
    take(conn, part("Paid", [2], first=1), as_of=6, name="Two")
    with database.write_tx(conn):
        one, two = (accounts.ensure(conn, "web", name) for name in ("One", "Two"))
        merges.merge(conn, one.uid, two.uid, changes.begin(conn, NOON, "merge", "merge"))
    assert [(each.account.name, spans(each)) for each in read(conn)] == [("Two", [(0, 0, 1), (1, 1, 2)])]
    with database.write_tx(conn):
        changes.undo_batch(conn, 2)
    assert [spans(each) for each in read(conn)] == [[(0, 0, 1)]]


def test_goals_that_read_days_never_see_a_total_of_a_range(conn: sqlite3.Connection) -> None:
    take(conn, part("", [70], days=7), part("", [10]), as_of=40)
    days = series.read(conn, ["sessions"], first_day=FIRST, as_of=FIRST)
    assert [(each.key.days, each.values) for each in days] == [(1, (10,))]
