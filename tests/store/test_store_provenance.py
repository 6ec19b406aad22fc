"""Which imports a figure rests on: of each day the newest import that states it, and no other."""

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_oracle import FIRST, daily
from test_store_series import take

from smartkpi.model.extraction import Block
from smartkpi.model.series import Series, SeriesKey
from smartkpi.store import changes, database, provenance, series

Import = tuple[int, list[float | None], int, bool]  # first day, values, how new, whether it is taken back


def the_series(conn: sqlite3.Connection) -> Series | None:
    return next(iter(series.read(conn, ["reach"], first_day=FIRST, as_of=FIRST + 99)), None)


IMPORTS = st.lists(
    st.tuples(
        st.integers(0, 10), st.lists(st.sampled_from([None, 1.0, 2.0]), min_size=1, max_size=12), st.integers(0, 30),
        st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(imports=IMPORTS, first=st.integers(0, 12), length=st.integers(0, 12))
def test_every_day_rests_on_the_newest_import_that_states_it(imports: list[Import], first: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        conn = database.open_writing(Path(folder) / "k.db")
        stated: list[tuple[int, int, set[int]]] = []  # how new, number, days
        for number, (begin, values, as_of, undone) in enumerate(imports, 1):
            days = {begin + i for i, value in enumerate(values) if value is not None}
            # Another cell in each, so that no two tables are the same import.
            marked = daily([number], metric="clicks", first=FIRST + 50)
            take(conn, daily(values, first=FIRST + begin), marked, as_of=as_of, file=f"{number}.csv")
            if undone:
                with database.write_tx(conn):
                    changes.undo_batch(conn, number)
            else:
                stated.append((as_of, number, days))
        wanted = range(first, first + length)
        newest = {day: max((s[:2] for s in stated if day in s[2]), default=None) for day in wanted}
        expected: dict[int, set[int]] = {}
        for day, winner in newest.items():
            if winner is not None:
                expected.setdefault(winner[1], set()).add(day)
        found = the_series(conn)
        bases = [] if found is None else provenance.bases(conn, found, FIRST + first, FIRST + first + length - 1)
        told = {b.batch: (b.file, b.first - FIRST, b.last - FIRST, b.days) for b in bases}
        assert told == {n: (f"{n}.csv", min(d), max(d), len(d)) for n, d in expected.items()}
        conn.close()


def test_a_total_of_a_range_rests_on_the_import_that_states_it(conn: sqlite3.Connection) -> None:
    key = SeriesKey("reach", "cards", days=7)
    take(conn, Block("", "", (key,), FIRST, 1, [70.0]), as_of=7, file="week 1.csv")
    take(conn, Block("", "", (key,), FIRST + 7, 1, [80.0]), as_of=14, file="week 2.csv")
    (found,) = series.totals(conn, ["reach"], first_day=FIRST, as_of=FIRST + 20)
    spread = Series(
        found.account, found.key._replace(days=1), FIRST, (), FIRST + 13, FIRST + 13, 7, 1,
        ranges=((FIRST, FIRST + 6), (FIRST + 7, FIRST + 13)),
    )  # fmt: skip
    told = [
        (b.file, b.first - FIRST, b.last - FIRST, b.days) for b in provenance.bases(conn, spread, FIRST, FIRST + 13)
    ]
    assert told == [("week 2.csv", 7, 13, 7), ("week 1.csv", 0, 6, 7)]
    told = [(b.file, b.days) for b in provenance.bases(conn, spread, FIRST, FIRST + 12)]
    assert told == [("week 1.csv", 7)]
