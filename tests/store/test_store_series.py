"""What goals read: values in a window, and how fresh they are; and the same content as the same export."""

import itertools
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_oracle import FIRST, daily, extraction

from smartkpi.model.extraction import Block
from smartkpi.model.series import Series, SeriesKey
from smartkpi.store import accounts, batches, changes, database, exports, merges, series
from smartkpi.store.days import Days, of, packed, unpacked

NOON = "2026-02-01T12:00:00Z"


def take(
    conn: sqlite3.Connection, *blocks: Block, as_of: int, lag: int = 1, name: str = "Café", file: str = "f"
) -> None:
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "import", "import")
        owner = accounts.ensure(conn, "web", name)
        told = extraction(blocks, lag=lag, file=file)
        day = FIRST + as_of
        batches.save(
            conn, told, account=owner, resolve={}, as_of=day, imported_at=NOON, change=change, same_account=True
        )


def read(conn: sqlite3.Connection, first: int = 0, as_of: int = 99, **more: object) -> list[Series]:
    return series.read(conn, ["reach"], first_day=FIRST + first, as_of=FIRST + as_of, **more)  # type: ignore[arg-type]


def test_values_fill_the_window_and_missing_days_are_none(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, None, 3, 4]), as_of=4, file="a.csv")
    (found,) = read(conn, first=-1, as_of=2)
    assert (found.first_day, found.values) == (FIRST - 1, (None, 1, None, 3))
    assert (found.account.name, found.key, found.file, found.batch, found.lag) == (
        *("Café", SeriesKey("reach", "cards"), "a.csv", 1, 1),
    )
    assert found.last_day == FIRST + 2  # of later days nothing is known


def test_a_day_is_full_when_its_own_export_is_newer_than_the_lag(conn: sqlite3.Connection) -> None:
    take(conn, daily([1] * 10), as_of=9, lag=3)
    assert [(each.full_through or 0) - FIRST for each in read(conn)] == [6]
    take(conn, daily([1] * 3), as_of=50, lag=3)  # newer, but of older days
    assert [(each.full_through or 0) - FIRST for each in read(conn)] == [6]
    assert [(each.full_through or 0) - FIRST for each in read(conn, as_of=4)] == [4]
    take(conn, daily([1] * 5, first=FIRST + 5), as_of=8, lag=0)  # older than what stands: changes nothing
    assert [(each.full_through or 0) - FIRST for each in read(conn)] == [6]


def test_nothing_is_full_when_every_day_is_within_the_lag(conn: sqlite3.Connection) -> None:
    take(conn, daily([1, 2]), as_of=1, lag=5)
    assert [each.full_through for each in read(conn)] == [None]


@pytest.mark.parametrize(
    ("exports_of", "cadence"),
    [((40,), 7), ((30, 60), 30), ((1, 2, 3), 7), ((0, 30, 30, 60, 60, 90), 30), ((0, 1, 2, 3, 10, 30, 50, 70), 20)],
)
def test_the_cadence_is_the_median_gap_of_the_last_five_exports(
    conn: sqlite3.Connection, exports_of: tuple[int, ...], cadence: int
) -> None:
    for as_of in exports_of:
        take(conn, daily([as_of]), as_of=as_of)
    assert [each.cadence for each in read(conn)] == [cadence]


def test_breakdowns_come_only_when_named_and_other_metrics_never(conn: sqlite3.Connection) -> None:
    keys = (SeriesKey("reach", "cards", breakdown_kind="country", breakdown="PT"), SeriesKey("clicks", "cards"))
    take(conn, daily([1]), Block("", "", keys, FIRST, 1, "[2,3]"), as_of=1)
    assert [each.values[0] for each in read(conn, as_of=0)] == [1]
    assert [each.values[0] for each in read(conn, as_of=0, breakdowns=[("country", "PT")])] == [1, 2]


def test_series_of_undone_imports_and_merged_accounts_are_not_read(conn: sqlite3.Connection) -> None:
    take(conn, daily([1]), as_of=1, name="One")
    take(conn, daily([2]), as_of=2, name="Two")
    with database.write_tx(conn):
        one, two = (accounts.ensure(conn, "web", name) for name in ("One", "Two"))
        merges.merge(conn, one.uid, two.uid, changes.begin(conn, NOON, "merge", "merge"))
    assert [(each.account.name, each.values[0]) for each in read(conn, as_of=0)] == [("Two", 2)]
    with database.write_tx(conn):
        changes.undo_batch(conn, 1)
        changes.undo_batch(conn, 2)
    assert read(conn) == []


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_the_full_day_equals_a_slow_look_at_every_day(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng = random.Random(seed)
    conn = database.open_writing(tmp_path_factory.mktemp("full") / "t.db")
    winner: dict[int, int] = {}
    tables = [(rng.randint(0, 20), rng.randint(0, 3), rng.randint(0, 12), rng.randint(1, 9)) for _ in range(4)]
    for as_of, lag, first, count in tables:
        take(conn, daily([1.5] * count, first=FIRST + first), as_of=as_of, lag=lag)
    for as_of, lag, first, count in sorted(tables, key=lambda table: table[0]):
        winner |= dict.fromkeys(range(first, first + count), as_of - lag)
    judged = rng.randint(0, 25)
    full = [day for day, through in winner.items() if through >= day and day <= judged]
    (found,) = read(conn, as_of=judged)
    assert found.full_through == (FIRST + max(full) if full else None)
    conn.close()


def test_files_in_any_order_export_the_same_byte_for_byte(tmp_path: Path) -> None:
    tables = [
        ({"as_of": 20, "name": "B"}, [daily([1, 2.5, None, 4]), daily([0], "clicks")]),
        ({"as_of": 21, "name": "B"}, [daily([1, 3, 3], first=FIRST + 1)]),
        (
            {"as_of": 22, "name": "A"},
            [Block("", "", (SeriesKey("reach", "cards", days=7),), FIRST, 2, "[7,8]"), daily([9])],
        ),
    ]
    texts = set()
    for number, order in enumerate(itertools.permutations(tables)):
        conn = database.open_writing(tmp_path / f"{number}.db")
        for told, blocks in order:
            take(conn, *blocks, **told)  # type: ignore[arg-type]
        texts.add(repr(list(exports.observations(conn, True))))
        conn.close()
    assert len(texts) == 1


@given(st.sets(st.integers(700000, 700200)), st.sets(st.integers(700000, 700200)), st.integers(699990, 700210))
def test_sets_of_days_behave_as_sets(one: set[int], other: set[int], day: int) -> None:
    a, b = of(list(one)), of(list(other))
    assert (set(a | b), set(a & b), set(a - b)) == (one | other, one & other, one - other)
    assert (list(a), len(a), bool(a)) == (sorted(one), len(one), bool(one))
    assert set(a.until(day)) == {each for each in one if each <= day}
    if one:
        assert (a.last, set(unpacked(*packed(Days(a.first - 3, a.bits << 3))))) == (max(one), one)
