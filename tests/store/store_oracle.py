"""Made-up extractions for the store's tests, and the slow, obvious oracle: a list of all statements ever made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from smartkpi.model.extraction import Block, Extraction, Item
from smartkpi.model.series import SeriesKey

FIRST = date(2026, 1, 1).toordinal()

Cell = tuple[str, SeriesKey, int | str]  # account, series, day (or external id of an item)


def extraction(blocks: Iterable[Block] = (), items: Iterable[Item] = (), **told: object) -> Extraction:
    """One recognised table of a file, with plain values where a test does not care."""
    blocks, items = tuple(blocks), tuple(items)
    plain = dict.fromkeys(("member", "profile_title", "dialect", "account", "account_from", "as_of_from"), "")
    values = {
        **plain,
        "file": "page.csv",
        "sha256": "5ha",
        "profile": "cards",
        "profile_version": 1,
        "report": "cards",
        "table": "daily",
        "platforms": (),
        "account_names": (),
        "as_of": None,
        "lag": 1,
        "first_day": None,
        "last_day": None,
        "metrics": (),
        "blocks": lambda: iter(blocks),
        "items": lambda: iter(items),
    }
    return Extraction(**{**values, **told})


def item_key(metric: str, unit: str = "") -> SeriesKey:
    return SeriesKey(metric, "", unit=unit, days=0)


def daily(values: Iterable[float | None], metric: str = "reach", first: int = FIRST, name: str = "") -> Block:
    """One series of daily values, as text where JSON says them exactly."""
    listed = list(values)
    whole = all(value is None or isinstance(value, int) for value in listed)
    platform = "web" if name else ""
    return Block(
        name, platform, (SeriesKey(metric, "cards"),), first, len(listed), json.dumps(listed) if whole else listed
    )


@dataclass
class Statement:
    """One batch: what it says of whom, how new it is, whether it stands."""

    rank: tuple[int, int]
    cells: dict[Cell, float]
    omitted: set[Cell]
    change: int
    active: bool = True
    with_change: bool = False


@dataclass
class Counts:
    new: int = 0
    same: int = 0
    restated: int = 0
    kept_out: int = 0
    new_days: int = 0
    new_items: int = 0
    same_items: int = 0


@dataclass
class Oracle:
    """Everything ever stated, and by what change."""

    statements: list[Statement] = field(default_factory=list)
    merges: dict[int, tuple[str, str]] = field(default_factory=dict)  # change -> source, target
    undone_merges: set[int] = field(default_factory=set)
    undone: list[int] = field(default_factory=list)
    changes: int = 0

    def begin(self) -> int:
        self.changes += 1
        self.undone.clear()
        return self.changes

    def current(self, account: str) -> str:
        for change in sorted(self.merges.keys() - self.undone_merges):
            source, target = self.merges[change]
            if account == source:
                account = target
        return account

    def seen(self, cells: dict[Cell, float] | set[Cell]) -> list[Cell]:
        return [(self.current(account), key, day) for account, key, day in cells]

    def standing(self, *, below: tuple[int, int] | None = None) -> dict[Cell, Statement]:
        """Who speaks last of each cell."""
        winners: dict[Cell, Statement] = {}
        for statement in sorted(self.statements, key=lambda each: each.rank):
            if statement.active and (below is None or statement.rank > below):
                winners.update(dict.fromkeys(self.seen(statement.cells), statement))
        return winners

    def values(self) -> dict[Cell, float]:
        return {cell: self.value(statement, cell) for cell, statement in self.standing().items()}

    def value(self, statement: Statement, cell: Cell) -> float:
        (value,) = (v for own, v in statement.cells.items() if self.seen({own})[0] == cell)
        return value

    def without_omitted(self) -> dict[Cell, float]:
        return {
            cell: self.value(statement, cell)
            for cell, statement in self.standing().items()
            if cell not in self.seen(statement.omitted)
        }

    def state(self, statement: Statement) -> Counts:
        """Adds a statement, and counts what that does."""
        before, newer = self.values(), self.standing(below=statement.rank)
        counts, days, items = Counts(), {}, {}
        for own, value in statement.cells.items():
            (cell,) = self.seen({own})
            verdict = _verdict(before.get(cell), value, cell in newer)
            setattr(counts, verdict, getattr(counts, verdict) + 1)
            if cell[1].days <= 1:  # a total of a range is on no day
                group = items if cell[1].days == 0 else days
                group.setdefault((cell[0], cell[2]), set()).add(verdict)
        counts.new_days = sum(verdicts == {"new"} for verdicts in days.values())
        counts.new_items = sum(verdicts == {"new"} for verdicts in items.values())
        counts.same_items = sum(verdicts == {"same"} for verdicts in items.values())
        self.statements.append(statement)
        return counts

    def can_merge(self, source: str, target: str) -> bool:
        def speaks(statement: Statement, account: str) -> bool:
            return any(self.current(cell[0]) == account for cell in statement.cells)

        return source != target and not any(speaks(s, source) and speaks(s, target) for s in self.statements)

    def stands(self, change: int) -> bool:
        return (change in self.merges and change not in self.undone_merges) or any(
            s.active for s in self.statements if s.change == change
        )

    def undo(self) -> int | None:
        standing = [change for change in range(1, self.changes + 1) if self.stands(change)]
        if not standing:
            return None
        change = standing[-1]
        for statement in self.statements:
            if statement.change == change and statement.active:
                statement.active, statement.with_change = False, True
        if change in self.merges:
            self.undone_merges.add(change)
        self.undone = [*(each for each in self.undone if each != change), change]
        return change

    def redo(self) -> int | None:
        for change in reversed(self.undone):
            back = [s for s in self.statements if s.change == change and s.with_change]
            if not back and change not in self.undone_merges:
                continue
            for statement in back:
                statement.active, statement.with_change = True, False
            self.undone_merges.discard(change)
            self.undone.remove(change)
            return change
        return None

    def flip(self, number: int) -> None:
        statement = self.statements[number]
        statement.active, statement.with_change = not statement.active, False


def _verdict(stood: float | None, value: float, is_older: bool) -> str:
    if stood is None:
        return "new"
    if stood == value:
        return "same"
    return "kept_out" if is_older else "restated"
