"""What one import does, case by case."""

import sqlite3
from pathlib import Path

import pytest
from store_oracle import FIRST, daily, extraction, item_key

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.model.extraction import BatchCounts, Block, Item
from smartkpi.model.series import Account, SeriesKey
from smartkpi.store import accounts, batches, changes, database, exports, statements
from smartkpi.store.days import Days

NOON = "2026-02-01T12:00:00Z"


def take(
    conn: sqlite3.Connection, *blocks: Block, as_of: int = 30, name: str = "Café", items: tuple[Item, ...] = (), **told
) -> BatchCounts:
    same_account = told.pop("same_account", False)
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "import page.csv", "import")
        account = accounts.ensure(conn, "web", name)
        return batches.save(
            conn,
            extraction(blocks, items, **told),
            account=account,
            resolve={},
            as_of=FIRST + as_of,
            imported_at=NOON,
            change=change,
            same_account=same_account,
        )._replace(batch=0)  # but for its number, told by a test of its own


def values(conn: sqlite3.Connection, *, with_zeros: bool = True) -> list[float]:
    return [row[-1] for row in exports.observations(conn, with_zeros)]


def test_the_same_again_is_all_the_same_and_writes_no_observation(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, None, 3.5]))
    before = conn.execute("select * from observation").fetchall()
    assert take(conn, daily([1, None, 3.5]), as_of=31) == BatchCounts(same=2)
    assert conn.execute("select * from observation").fetchall() == before
    assert conn.execute("select count(*) from displaced").fetchone() == (0,)


def test_an_unchanged_export_of_a_later_day_grows_the_file_by_less_than_two_percent(
    path: Path, conn: sqlite3.Connection
) -> None:
    blocks = [daily(range(i, i + 365), f"m{i}") for i in range(60)]
    take(conn, *blocks, as_of=400)
    size = path.stat().st_size
    take(conn, *blocks, as_of=407)
    assert path.stat().st_size < 1.02 * size


def test_an_older_export_is_kept_out_and_counted(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2, 3]), as_of=20)
    assert take(conn, daily([1, 9, 3, 4]), as_of=10) == BatchCounts(new=1, same=2, kept_out=1, new_days=1)
    assert values(conn) == [1, 2, 3, 4]


def test_counts_name_their_import(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]))
    take(conn, daily([2]))
    with database.write_tx(conn):
        counts = batches.save(
            conn,
            extraction(),
            account=accounts.ensure(conn, "web", "Café"),
            resolve={},
            as_of=FIRST,
            imported_at=NOON,
            change=changes.begin(conn, NOON, "import", "import"),
        )
    assert counts.batch == 3


def test_an_account_is_found_in_any_case_and_either_spelling_of_its_accents(conn: sqlite3.Connection) -> None:
    with database.write_tx(conn):
        account = accounts.ensure(conn, "web", "Example Café")
        assert accounts.ensure(conn, "web", "EXAMPLE CAFÉ") == account
        assert accounts.ensure(conn, "web", "example cafe\u0301") == account
        accounts.rename(conn, account.uid, "Straße", changes.begin(conn, NOON, "rename", "rename"))
        renamed = Account("web", "Straße", account.uid)
        assert accounts.find(conn, "web", "STRASSE") == accounts.find(conn, "web", "example café") == renamed
        changes.undo(conn)
    assert accounts.find(conn, "web", "strasse") is None
    assert accounts.find(conn, "web", "example café") == account


def test_the_largest_changes_come_first(conn: sqlite3.Connection) -> None:
    take(conn, daily([10] * 8), as_of=8)
    counts = take(conn, daily([11, 30, 10, 4, 13, 14, 15, 10]), as_of=9)
    assert [(each.account, each.day - FIRST, each.was, each.now) for each in counts.largest] == [
        ("Café", 1, 10, 30),
        ("Café", 3, 10, 4),
        ("Café", 6, 10, 15),
        ("Café", 5, 10, 14),
        ("Café", 4, 10, 13),
    ]
    assert counts.restated == 6


def test_a_day_is_new_only_where_no_series_of_the_table_had_it(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2]))
    counts = take(conn, daily([1, 2, 3]), daily([1, 2, 3, 4], "clicks"), as_of=31)
    assert (counts.new, counts.new_days) == (5, 2)


def test_floats_are_kept_to_the_last_bit(conn: sqlite3.Connection) -> None:
    kept = [0.1 + 0.2, 1 / 3, 3577.3799999999997, 5e-324, 1.7976931348623157e308, 2.0**53 + 2]
    take(conn, daily(kept))
    assert values(conn) == kept


def test_new_series_get_consecutive_ids_and_a_column_that_came_later_is_no_trouble(conn: sqlite3.Connection) -> None:
    def table(*metrics: str) -> Block:
        keys = tuple(SeriesKey(metric, "cards") for metric in metrics)
        return Block("", "", keys, FIRST, 2, str([ord(m) + d for m in metrics for d in range(2)]))

    take(conn, table("a", "c"))
    counts = take(conn, table("a", "b", "c"), as_of=31)
    assert (counts.new, counts.same) == (2, 4)
    assert values(conn) == [97, 98, 98, 99, 99, 100]


def test_a_cell_stated_twice_with_one_value_counts_once(conn: sqlite3.Connection) -> None:
    assert take(conn, daily([1, 2]), daily([2, 3], first=FIRST + 1)) == BatchCounts(new=3, new_days=3)
    assert values(conn) == [1, 2, 3]


def test_a_cell_stated_twice_with_two_values_refuses_the_table(conn: sqlite3.Connection) -> None:
    with pytest.raises(SmartKpiError, match="states reach for 2026-01-02 twice, as 2 and as 5"):
        take(conn, daily([1, 2]), daily([5.0, 3], first=FIRST + 1))
    assert values(conn) == [] and batches.listing(conn) == []


def test_zeros_that_the_platform_omits_are_values_but_not_exported_unless_asked(conn: sqlite3.Connection) -> None:
    key = (SeriesKey("follows", "cards"),)
    take(conn, Block("", "", key, FIRST, 3, "[1,0,0]", (0b010,)), Block("", "", key, FIRST + 3, 2, "[0,5]", (1,)))
    assert values(conn) == [1, 0, 0, 0, 5]
    assert values(conn, with_zeros=False) == [1, 0, 5]
    take(conn, daily([0], "follows", FIRST + 1), as_of=31)
    assert values(conn, with_zeros=False) == [1, 0, 0, 5]  # a newer export states this zero


def test_an_empty_table_is_an_import_too(conn: sqlite3.Connection) -> None:
    assert take(conn) == BatchCounts()
    (batch,) = batches.listing(conn)
    assert (batch.accounts, batch.platform, batch.first_day) == (("Café",), "web", None)


def test_days_covered_are_those_stated_and_a_total_ends_with_its_range(conn: sqlite3.Connection) -> None:
    total = Block("", "", (SeriesKey("users", "cards", days=28),), FIRST, 1, "[5]")
    take(conn, daily([None, 3, None]), total)
    (batch,) = batches.listing(conn)
    assert (batch.first_day, batch.last_day) == (FIRST, FIRST + 27)


def test_two_accounts_in_one_table_are_two_accounts(conn: sqlite3.Connection) -> None:
    with database.write_tx(conn):
        owners = {("web", name): accounts.ensure(conn, "web", name) for name in ("A", "B")}
        counts = batches.save(
            conn,
            extraction([daily([1, 2], name="A"), daily([3, 4], name="B")]),
            account=None,
            resolve=owners,
            as_of=FIRST,
            imported_at=NOON,
            change=changes.begin(conn, NOON, "import", "import"),
        )
    assert (counts.new, counts.new_days) == (4, 4)
    assert batches.listing(conn)[0].accounts == ("A", "B")


# --- another account


def test_mostly_other_numbers_on_older_days_stop_as_another_account(conn: sqlite3.Connection) -> None:
    take(conn, daily(range(20)), as_of=20)
    with pytest.raises(SmartKpiError, match="looks like another account than Café") as stop:
        take(conn, daily(range(100, 120)), as_of=21)
    assert stop.value.hints == ("smartkpi import page.csv --same-account",)
    assert values(conn) == [*range(20)]
    assert take(conn, daily(range(100, 120)), as_of=21, same_account=True).restated == 20


def test_only_days_older_than_a_week_before_the_older_export_are_compared(conn: sqlite3.Connection) -> None:
    take(conn, daily(range(20)), as_of=20)  # settled: days before 13, that is 13 of them
    changed = [100 + day if day in (0, 1, 2, 3, 4, 5, *range(13, 20)) else day for day in range(20)]
    assert take(conn, daily(changed), as_of=40).restated == 13
    with pytest.raises(SmartKpiError, match="another account"):
        take(conn, daily([*range(200, 207), *changed[7:]]), as_of=19)


def test_fewer_than_five_settled_days_never_stop(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2, 3, 4]), as_of=90)
    assert take(conn, daily([5, 6, 7, 8]), as_of=91).restated == 4


def test_numbers_of_items_may_all_differ(conn: sqlite3.Connection) -> None:
    def posts(likes: float) -> tuple[Item, ...]:
        return tuple(Item(f"p{i}", "post", "", "", "", {item_key("likes"): likes}) for i in range(20))

    assert take(conn, items=posts(1)).new_items == 20
    counts = take(conn, items=posts(2), as_of=60)
    assert (counts.restated, counts.same_items, counts.largest) == (20, 0, ())


def test_series_restated_on_a_few_days_each_are_no_other_account(conn: sqlite3.Connection) -> None:
    metrics = [f"m{n}" for n in range(13)]
    take(conn, *(daily([50] * 84, metric) for metric in metrics), as_of=100)
    restated = [daily([51 if day % 26 // 2 == n else 50 for day in range(84)], m) for n, m in enumerate(metrics)]
    assert take(conn, *restated, as_of=120).restated == 84  # every day differs somewhere, one value in 13


def test_zeros_that_both_state_do_not_hide_another_account(conn: sqlite3.Connection) -> None:
    idle = [daily([0] * 20, f"idle{n}") for n in range(5)]
    take(conn, daily(range(1, 21)), *idle, as_of=40)
    with pytest.raises(SmartKpiError, match="another account") as stop:
        take(conn, daily(range(100, 120)), *idle, as_of=41)
    assert stop.value.details == ("20 of the 20 older values that were imported before are other ones here.",)


# --- items


def test_the_money_of_items_keeps_its_currency(conn: sqlite3.Connection) -> None:
    ad = {item_key("cost", "EUR"): 5.0, item_key("cost", "USD"): 6.0, item_key("clicks"): 7.0}
    take(conn, items=(Item("p", "ad", "", "", "", ad),))
    assert [row[-2:] for row in exports.items(conn)] == [("clicks", 7.0), ("cost [EUR]", 5.0), ("cost [USD]", 6.0)]


def test_all_snapshots_of_an_item_are_kept(conn: sqlite3.Connection) -> None:
    for as_of, likes in ((1, 5), (3, 9), (2, 7)):
        take(conn, items=(Item("p", "post", "2026-01-01", "t", "", {item_key("likes"): likes}),), as_of=as_of)
    assert [row[-1] for row in exports.items(conn)] == [9]
    ranks = [statements.rank_of(FIRST + day, batch) for day, batch in ((1, 1), (3, 2), (2, 3))]
    assert [list(statements.said_of(conn, rank, 1).values()) for rank in ranks] == [[5], [9], [7]]


def test_more_items_than_fit_a_chunk_are_all_kept(conn: sqlite3.Connection) -> None:
    listed = tuple(
        Item(f"p{i}", "post", "", "", "", {item_key("likes"): i, item_key("views"): 2 * i}) for i in range(1203)
    )
    assert take(conn, items=listed).new_items == 1203
    assert take(conn, items=listed[::-1], as_of=31) == BatchCounts(same=2406, same_items=1203)
    assert len(list(exports.items(conn))) == 2406


# --- known files


def known(conn: sqlite3.Connection, of: object = (("web", "Café"),), as_of: int = 30, **told: object) -> bool:
    return batches.known(conn, extraction(**told), of, FIRST + as_of) is not None


def test_a_file_is_known_by_fingerprint_account_profile_version_and_as_of(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]), fingerprint="this table")
    account = accounts.find(conn, "web", "Café")
    same = {"fingerprint": "this table"}
    assert account and known(conn, **same) and known(conn, **same, of={account.uid})
    differences = [{"fingerprint": "x"}, {"profile": "x"}, {"profile_version": 2}, {"as_of": 0}, {"of": {("web", "B")}}]
    assert not any(known(conn, **{**same, **each}) for each in differences)


def test_undoing_an_import_forgets_its_file(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]))
    with database.write_tx(conn):
        changes.undo_batch(conn, 1)
    assert not known(conn)


# --- one batch, undone and brought again


def test_one_batch_keeps_its_uid_and_as_of_and_says_when_there_is_nothing_to_do(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2]), as_of=10)
    take(conn, daily([3, 2]), as_of=11)
    (first, _) = batches.listing(conn)
    with database.write_tx(conn):
        undone = changes.undo_batch(conn, 1)
    assert (undone.kind, undone.command, [b.id for b in undone.batches]) == ("import", "import page.csv", [1])
    with pytest.raises(SmartKpiError, match="Import 1 is undone already"), database.write_tx(conn):
        changes.undo_batch(conn, 1)
    with pytest.raises(UnknownNameError, match="no import 7"), database.write_tx(conn):
        changes.undo_batch(conn, 7)
    with database.write_tx(conn):
        changes.redo_batch(conn, 1)
    assert batches.listing(conn)[0] == first


def test_an_account_whose_only_import_was_undone_is_not_there(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]))
    with database.write_tx(conn):
        changes.undo(conn)
    assert accounts.listing(conn) == []


def test_taking_a_name_over_from_an_undone_account_is_stopped_where_two_would_show(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]), name="Caffe")
    with database.write_tx(conn):
        changes.undo(conn)
    take(conn, daily([1]), name="Cafe")
    with database.write_tx(conn):
        cafe = accounts.find(conn, "web", "Cafe")
        assert cafe is not None
        accounts.rename(conn, cafe.uid, "Caffe", changes.begin(conn, NOON, "rename", "rename"))
    assert accounts.find(conn, "web", "Caffe") == Account("web", "Caffe", cafe.uid)
    with pytest.raises(SmartKpiError, match="another one has that name now"), database.write_tx(conn):
        changes.redo_batch(conn, 1)
    assert len(accounts.listing(conn)) == 1


def test_views_read_well_in_any_sqlite_browser(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2]))
    assert conn.execute("select platform, account, metric, day, value from daily_values").fetchall() == [
        ("web", "Café", "reach", "2026-01-01", 1.0),
        ("web", "Café", "reach", "2026-01-02", 2.0),
    ]
    row = conn.execute(
        "select number, file, accounts, as_of, first_day, new, state, command from import_log"
    ).fetchone()
    assert row == (1, "page.csv", "web: Café", "2026-01-31", "2026-01-01", 2, "stands", "import page.csv")


def test_days_know_their_runs() -> None:
    assert [tuple(run) for run in Days(10, 0b1011).runs()] == [(10, 11), (13, 13)]
