"""Adds up what the parts of one import did, account by account, into its counts."""

import sqlite3
from dataclasses import dataclass, field

from smartkpi.model.extraction import BatchCounts, Restated
from smartkpi.store import keys, owners
from smartkpi.store.days import Days
from smartkpi.store.items import ItemCounts
from smartkpi.store.statements import Found, remember


@dataclass(slots=True)
class OwnerTally:
    """What an import did to one account."""

    cells: Found = field(default_factory=Found)
    items: Found = field(default_factory=Found)

    def add(self, found: Found) -> None:
        """Adds a part of daily values or totals."""
        total = self.cells
        _add_counts(total, found)
        total.new_on |= found.new_on
        total.stood_on |= found.stood_on
        for series, days in found.differing.items():
            total.differing[series] = total.differing.get(series, Days()) | days
        for change in found.largest:
            remember(total.largest, change)

    def add_dayless(self, found: Found) -> None:
        """Adds a part of items or of totals of a range: cells too, but on no day."""
        _add_counts(self.items, found)


def _add_counts(total: Found, found: Found) -> None:
    total.new += found.new
    total.same += found.same
    total.restated += found.restated
    total.kept_out += found.kept_out


@dataclass(slots=True)
class Tally:
    """What an import did, by the id of the account."""

    by_owner: dict[int, OwnerTally] = field(default_factory=dict)

    def of(self, owner: int) -> OwnerTally:
        return self.by_owner.setdefault(owner, OwnerTally())

    def counts(self, conn: sqlite3.Connection, items: ItemCounts) -> BatchCounts:
        """The counts of the whole import; a day counts once for each account."""
        each = list(self.by_owner.values())
        parts = [part for owner in each for part in (owner.cells, owner.items)]
        largest = sorted((change for owner in each for change in owner.cells.largest), reverse=True)[:5]
        return BatchCounts(
            new=sum(part.new for part in parts),
            same=sum(part.same for part in parts),
            restated=sum(part.restated for part in parts),
            kept_out=sum(part.kept_out for part in parts),
            new_days=sum(len(owner.cells.new_on - owner.cells.stood_on) for owner in each),
            new_items=items.new,
            same_items=items.same,
            largest=tuple(_restated(conn, change) for _, _, _, change in largest),
        )


def _restated(conn: sqlite3.Connection, change: tuple[int, int, float, float]) -> Restated:
    series, day, was, now = change
    owner, key = keys.key_of(conn, series)
    return Restated(owners.current(conn, owner).account.name, key, day, was, now)
