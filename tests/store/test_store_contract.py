"""Random histories of imports, undo, redo and merges: the store against a list of all statements ever made."""

import contextlib
import json
import sqlite3
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_oracle import FIRST, Cell, Counts, Oracle, Statement, extraction, item_key

from smartkpi.errors import SmartKpiError
from smartkpi.model.extraction import BatchCounts, Block, Item
from smartkpi.model.series import Account, SeriesKey
from smartkpi.store import accounts, batches, changes, database, exports, merges, migrations, statements

NAMES = ("a", "b", "c")
KEYS = (
    SeriesKey("reach", "cards"),
    SeriesKey("clicks", "cards", unit="EUR"),
    SeriesKey("reach", "cards", breakdown_kind="country", breakdown="PT"),
    SeriesKey("reach", "cards", days=28),
)
ITEM_METRICS = ("likes", "views")
NUMBERS = st.sampled_from([0, 1, 2, 2, 7])
CELLS = st.one_of(NUMBERS, NUMBERS, st.none())
FLOATS = st.one_of(NUMBERS, st.none(), st.sampled_from([0.1, -0.0, 1e-300, 3577.3799999999997]))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """A few series over a few days, whole numbers as text or floats as a list, some zeros left out by the platform."""
    low = draw(st.integers(0, 3))
    keys = KEYS[low : low + draw(st.integers(1, 3))]
    keys = tuple(key for key in keys if key.days == keys[0].days)
    first, days = FIRST + draw(st.integers(0, 4)), draw(st.integers(1, 6))
    is_text = draw(st.booleans())
    values = draw(st.lists(CELLS if is_text else FLOATS, min_size=len(keys) * days, max_size=len(keys) * days))
    omitted = draw(st.booleans())
    masks = [
        sum(1 << i for i, value in enumerate(values[k * days : (k + 1) * days]) if value == 0 and value is not None)
        for k in range(len(keys))
    ]
    cells = json.dumps(values, separators=(",", ":")) if is_text else values
    return Block("", "", keys, first, days, cells, tuple(masks) if omitted else ())


ITEMS = st.lists(
    st.builds(
        lambda name, values: Item(name, "post", "2026-01-01", f"about {name}", "", values),
        st.sampled_from(["p1", "p2", "p3", "p4"]),
        st.dictionaries(st.sampled_from(ITEM_METRICS).map(item_key), NUMBERS.map(float), min_size=1),
    ),
    max_size=3,
    unique_by=lambda item: item.external_id,
)
AS_OF = st.integers(0, 4)
SEVERAL = st.tuples(AS_OF, st.dictionaries(st.sampled_from(NAMES), blocks(), max_size=2), st.just([]), st.just("a"))
ONE = st.builds(
    lambda as_of, name, block, items: (as_of, {name: block}, items, name),
    *(AS_OF, st.sampled_from(NAMES), blocks(), ITEMS),
)
TABLES = st.one_of(ONE, ONE, SEVERAL)
STEPS = st.one_of(
    st.tuples(st.just("import"), st.lists(TABLES, min_size=1, max_size=2)),
    st.tuples(st.just("import"), st.lists(TABLES, min_size=1, max_size=1)),
    st.tuples(st.just("flip"), st.integers(0, 30)),
    st.tuples(st.just("undo"), st.none()),
    st.tuples(st.just("redo"), st.none()),
    st.tuples(st.just("merge"), st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))),
)


MERGED = st.tuples(
    st.lists(st.tuples(st.just("import"), st.tuples(ONE).map(list)), min_size=2, max_size=4),
    st.lists(st.tuples(st.just("flip"), st.integers(0, 4)), max_size=3),
    st.tuples(st.just("merge"), st.sampled_from([("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")])).map(lambda it: [it]),
    st.lists(STEPS, max_size=4),
).map(lambda parts: [step for part in parts for step in part])


class World:
    """The store and the oracle, told the same."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.oracle = Oracle()
        self.uids: dict[str, str] = {}

    def take(self, step: tuple[str, object]) -> None:
        with database.write_tx(self.conn):
            getattr(self, f"_{step[0]}")(step[1])
        self.compare()

    def _owner(self, name: str) -> Account:
        account = accounts.ensure(self.conn, "web", name)
        if not accounts.find(self.conn, "web", self.oracle.current(name)) == account:
            raise AssertionError("a merge leads elsewhere")
        return account

    def _import(self, tables: list[tuple[int, dict[str, Block], list[Item], str]]) -> None:
        change = changes.begin(self.conn, "2026-01-01T00:00:00Z", "import", "import")
        number = self.oracle.begin()
        for as_of, named, items, item_owner in tables:
            owners = {name: self._owner(name) for name in NAMES}
            told = [Block(name, "web", b.keys, b.first_day, b.days, b.cells, b.omitted) for name, b in named.items()]
            statement = Statement((as_of, len(self.oracle.statements)), {}, set(), number)
            for name, block in named.items():
                _state(statement, self.oracle.current(name), block)
            for item in items:
                owner = self.oracle.current(item_owner)
                statement.cells |= {(owner, key, item.external_id): v for key, v in item.values.items()}
            if len({*self.oracle.seen(statement.cells)}) < len(statement.cells) or _repeats(self.oracle, named):
                continue  # a cell twice in one table: a case of its own
            counts = batches.save(
                self.conn,
                extraction(told, items),
                account=owners[item_owner],
                resolve={("web", name): owner for name, owner in owners.items()},
                as_of=FIRST + as_of,
                imported_at="2026-01-01T00:00:00Z",
                change=change,
                same_account=True,
            )
            assert _plain(counts) == self.oracle.state(statement)

    def _flip(self, number: int) -> None:
        if not self.oracle.statements:
            return
        number %= len(self.oracle.statements)
        turn = changes.undo_batch if self.oracle.statements[number].active else changes.redo_batch
        self.oracle.flip(number)
        assert [batch.id for batch in turn(self.conn, number + 1).batches] == [number + 1]

    def _undo(self, _: None) -> None:
        undone = changes.undo(self.conn)
        assert (undone is None) == (self.oracle.undo() is None)

    def _redo(self, _: None) -> None:
        redone = changes.redo(self.conn)
        assert (redone is None) == (self.oracle.redo() is None)

    def _merge(self, pair: tuple[str, str]) -> None:
        source, target = (self.oracle.current(name) for name in pair)
        uids = [self._owner(name).uid for name in pair]
        if not self.oracle.can_merge(source, target):
            with pytest.raises(SmartKpiError), _kept(self.conn):
                merges.merge(self.conn, *uids, change=0)
            return
        change = changes.begin(self.conn, "2026-01-01T00:00:00Z", "merge", "merge")
        merges.merge(self.conn, *uids, change)
        self.oracle.merges[self.oracle.begin()] = (source, target)

    def compare(self) -> None:
        assert _exported(self.conn, True) == {c: v for c, v in self.oracle.values().items() if c[1].days}
        assert _exported(self.conn, False) == {c: v for c, v in self.oracle.without_omitted().items() if c[1].days}
        assert _exported_items(self.conn) == {c: v for c, v in self.oracle.values().items() if not c[1].days}
        self.compare_said()

    def compare_said(self) -> None:
        hidden = dict(self.conn.execute("select id, merged_into is not null from account"))
        names = _series_names(self.conn)
        for number, statement in enumerate(self.oracle.statements):
            as_of, _ = statement.rank
            rank = statements.rank_of(FIRST + as_of, number + 1)
            said = {
                _cell(self.conn, names[s], day): v
                for s in names
                if not hidden[names[s][0]]
                for day, v in statements.said_of(self.conn, rank, s).items()
            }
            assert said == {self.oracle.seen({c})[0]: v for c, v in statement.cells.items()}


@contextlib.contextmanager
def _kept(conn: sqlite3.Connection):
    """A savepoint: what fails inside leaves nothing behind."""
    conn.execute("savepoint kept")
    try:
        yield
    finally:
        conn.execute("rollback to kept")
        conn.execute("release kept")


def _state(statement: Statement, owner: str, block: Block) -> None:
    values = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    for i, value in enumerate(values):
        if value is None:
            continue
        k, d = divmod(i, block.days)
        cell = (owner, block.keys[k], block.first_day + d)
        statement.cells[cell] = value + 0.0
        if block.omitted and block.omitted[k] >> d & 1:
            statement.omitted.add(cell)


def _repeats(oracle: Oracle, named: dict[str, Block]) -> bool:
    return len({oracle.current(name) for name in named}) < len(named)


def _plain(counts: BatchCounts) -> Counts:
    return Counts(**{field.name: getattr(counts, field.name) for field in fields(Counts)})


def _exported(conn: sqlite3.Connection, with_zeros: bool) -> dict[Cell, float]:
    rows = list(exports.observations(conn, with_zeros))
    assert rows == sorted(rows) and len(rows) == len({row[:10] for row in rows})
    return {
        (
            name,
            SeriesKey(metric, report, scope, kind, part, unit, _ordinal(end) - _ordinal(begin)),
            _ordinal(begin),
        ): value
        for _, name, report, scope, metric, unit, kind, part, begin, end, value in rows
    }


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _exported_items(conn: sqlite3.Connection) -> dict[Cell, float]:
    return {(name, item_key(metric), item): value for _, name, item, _, _, metric, value in exports.items(conn)}


def _series_names(conn: sqlite3.Connection) -> dict[int, tuple[int, str, SeriesKey]]:
    return {
        ident: (account, name, SeriesKey(*key))
        for ident, account, name, *key in conn.execute(
            """select s.id, a.id, a.name, metric, report, scope, breakdown_kind, breakdown, unit, days
                from series s join account a on a.id = s.account"""
        )
    }


def _cell(conn: sqlite3.Connection, names: tuple[int, str, SeriesKey], day: int) -> Cell:
    account, name, key = names
    if key.days:
        return name, key, day
    row = conn.execute("select external_id from item where account = ? and number = ?", (account, day)).fetchone()
    return name, key, row[0]


class Template(bytes):
    """An empty database; a failing history shows its steps, not these bytes."""

    def __repr__(self) -> str:
        return "an empty database"


@pytest.fixture(scope="module")
def fresh() -> bytes:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(conn, database.APPLICATION_ID)
    content = Template(conn.serialize())
    conn.close()
    return content


def _run(content: bytes, steps: list[tuple[str, object]]) -> None:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.deserialize(content)
    conn.execute("pragma foreign_keys = on")
    statements.prepare(conn)
    world = World(conn)
    for step in steps:
        world.take(step)
    conn.close()


SHAPE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(steps=st.lists(STEPS, min_size=2, max_size=10))
@settings(SHAPE, max_examples=150)
def test_any_history_of_imports_undo_redo_and_merges_equals_the_list_of_all_statements(
    fresh: bytes, steps: list[tuple[str, object]]
) -> None:
    _run(fresh, steps)


@given(steps=MERGED)
@settings(SHAPE, max_examples=150)
def test_merging_accounts_and_taking_it_back_equals_the_list_of_all_statements(
    fresh: bytes, steps: list[tuple[str, object]]
) -> None:
    _run(fresh, steps)


@pytest.mark.slow
@given(steps=MERGED)
@settings(SHAPE, max_examples=800)
def test_many_merges_equal_the_list_of_all_statements(fresh: bytes, steps: list[tuple[str, object]]) -> None:
    _run(fresh, steps)


@pytest.mark.slow
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
@settings(SHAPE, max_examples=1000)
def test_long_histories_equal_the_list_of_all_statements(fresh: bytes, steps: list[tuple[str, object]]) -> None:
    _run(fresh, steps)
