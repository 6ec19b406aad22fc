"""What stood on a day, and what was gained between two, against a list of everything that was ever said."""

import sqlite3
import tempfile
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from store_oracle import FIRST, extraction, item_key

from smartkpi.measure import items as measured
from smartkpi.model.extraction import Item
from smartkpi.model.items import Absence
from smartkpi.model.series import Account
from smartkpi.store import accounts, batches, changes, database, merges, snapshots

NOON = "2026-02-01T12:00:00Z"
METRICS = ("likes", "comments", "reach")


class Said(NamedTuple):
    """One export, as the oracle remembers it."""

    rank: tuple[int, int]
    cells: dict[tuple[str, str], float]


def take(conn: sqlite3.Connection, as_of: int, items: dict[str, dict[str, float]], name: str = "Café") -> int:
    """Imports one export; its number."""
    told = tuple(
        Item(post, "post", "2026-01-01", post, "", {item_key(m): v for m, v in values.items()})
        for post, values in items.items()
    )
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "import posts.csv", "import")
        account = accounts.ensure(conn, "web", name)
        return batches.save(
            conn, extraction((), told), account=account, resolve={}, as_of=FIRST + as_of, imported_at=NOON,
            change=change, same_account=True,
        ).batch  # fmt: skip


def owner(conn: sqlite3.Connection, name: str = "Café") -> Account:
    found = accounts.find(conn, "web", name)
    assert found
    return found


def newest(said: list[Said], by: int) -> dict[tuple[str, str], tuple[float, int]]:
    """(item, metric) -> (value, day of its export): the newest word up to a day, said slowly."""
    known: dict[tuple[str, str], tuple[float, int]] = {}
    for export in sorted(said):
        if export.rank[0] <= by:
            known.update({cell: (value, export.rank[0]) for cell, value in export.cells.items()})
    return known


def gained(said: list[Said], first: int, second: int) -> dict[str, dict[str, tuple[float, float]] | str]:
    """Item -> (was, now) of each metric, or why not."""
    before, after = newest(said, first), newest(said, second)
    told: dict[str, dict[str, tuple[float, float]] | str] = {}
    for post in {post for post, _ in after}:
        now_day = max(day for (own, _), (_, day) in after.items() if own == post)
        was_day = max((day for (own, _), (_, day) in before.items() if own == post), default=None)
        if now_day <= first:
            told[post] = Absence.GONE
        elif was_day is None:
            told[post] = Absence.NEW
        else:
            pairs = {
                metric: (before[own, metric][0], value)
                for (own, metric), (value, day) in after.items()
                if own == post and day == now_day and before.get((own, metric), (0, None))[1] == was_day
            }
            told[post] = pairs or Absence.COLUMNS
    return told


EXPORTS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.dictionaries(
            st.sampled_from(["p1", "p2", "p3", "p4"]),
            st.dictionaries(st.sampled_from(METRICS), st.integers(0, 9).map(float), min_size=1),
            min_size=1,
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(EXPORTS, st.lists(st.integers(0, 4), max_size=2), st.integers(-1, 4), st.integers(1, 4))
def test_standing_and_growth_are_those_of_a_list_of_all_that_was_said(
    exports: list[tuple[int, dict[str, dict[str, float]]]], undone: list[int], first: int, after: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        conn = database.open_writing(Path(folder) / "kpi.db")
        try:
            _compare(conn, exports, undone, first, first + after)
        finally:
            conn.close()


def _compare(
    conn: sqlite3.Connection,
    exports: list[tuple[int, dict[str, dict[str, float]]]],
    undone: list[int],
    first: int,
    second: int,
) -> None:
    said: dict[int, Said] = {}
    for n, (as_of, posts) in enumerate(exports):
        number = take(conn, as_of, posts)
        said[number] = Said((as_of, n), {(p, m): v for p, values in posts.items() for m, v in values.items()})
    for n in undone:
        if n < len(exports) and (n + 1) in said:
            with database.write_tx(conn):
                changes.undo_batch(conn, n + 1)
            del said[n + 1]
    listed = list(said.values())
    for by in range(-1, 6):
        found = {
            (item.external_id, key.metric): (number.value, number.export.as_of - FIRST)
            for item in snapshots.standing(conn, owner(conn), FIRST + by)
            for key, number in item.numbers.items()
        }
        assert found == newest(listed, by)
    assert snapshots.standing(conn, owner(conn)) == snapshots.standing(conn, owner(conn), FIRST + 9)
    before, after = (snapshots.standing(conn, owner(conn), FIRST + day) for day in (first, second))
    grown = measured.growth(before, after, FIRST + first, frozenset())
    told = {g.item.external_id: g.absent or {k.metric: pair for k, pair in g.numbers.items()} for g in grown}
    assert told == gained(listed, first, second)


def test_the_items_of_a_merged_account_are_those_of_its_target(conn: sqlite3.Connection) -> None:
    take(conn, 1, {"p1": {"likes": 5}}, "Cafe")
    take(conn, 2, {"p2": {"likes": 7}}, "Café")
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "merge", "merge")
        merges.merge(conn, owner(conn, "Cafe").uid, owner(conn, "Café").uid, change)
    found = snapshots.exports(conn)
    assert [account.name for account in found] == ["Café"]
    assert [export.as_of - FIRST for export in found[owner(conn)]] == [1, 2]
    assert {item.external_id for item in snapshots.standing(conn, owner(conn))} == {"p1", "p2"}


def test_an_import_that_was_taken_back_is_no_export(conn: sqlite3.Connection) -> None:
    take(conn, 1, {"p1": {"likes": 5}})
    with database.write_tx(conn):
        changes.undo(conn)
    assert snapshots.exports(conn) == {}
    assert snapshots.standing(conn, owner(conn)) == []
