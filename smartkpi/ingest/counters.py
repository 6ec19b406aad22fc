"""What one count sees in the rows of a table: which pass its conditions, and what each adds to its day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader, is_damaged_id
from smartkpi.ingest.plans import Check, Plan, day_part, shown
from smartkpi.ingest.words import clean, fits
from smartkpi.model.extraction import RowProblem

MOST_PARTS = 1_000  # values of a breakdown: more are no groups, but a column of names or notes
NO_PART = "(none)"
CURRENCY = "a currency such as EUR"
_CURRENCY = re.compile(r"(?:.*\()?([A-Z]{3})\)?")
_Part = tuple[str, str]  # the currency and the breakdown's value: what tells the series of one count apart


class Gate:
    """One condition, and how many rows it met with each word."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.is_listed = any((*check.condition.only, *check.condition.never))  # its words are worth saying
        self._met: dict[str, int] = {}
        self._lets: dict[str, bool] = {}

    def lets(self, cell: str) -> bool:
        """Whether a row with this cell counts."""
        word = cell if self.is_listed else "*" if cell.strip() else ""
        if word not in self._lets:
            only, never = self.check.condition.only, self.check.condition.never
            self._lets[word] = (not only or fits(word, only)) and not fits(word, never)
        self._met[word] = self._met.get(word, 0) + 1
        return self._lets[word]

    def words(self, counting: bool) -> dict[str, int]:
        """The words that count, or those that do not, each with its rows, most first."""
        found: dict[str, int] = {}
        for word, rows in self._met.items():
            if self._lets[word] is counting:
                found[clean(word)] = found.get(clean(word), 0) + rows
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @property
    def is_strange(self) -> bool:
        """Whether no row counts, and some say words that the profile does not know."""
        never = self.check.condition.never
        asked = self.is_listed and self.check.condition.only and not self.words(True)
        return bool(asked) and any(not fits(word, never) for word in self.words(False))


@dataclass(slots=True)
class Counter:
    """What one count has seen so far. `spoiled` days cannot be stated, and none of them when `lost` says why."""

    plan: Plan
    gates: tuple[Gate, ...]
    days: dict[str, int]
    reader: Reader | None
    newest: int
    file: str
    header: Sequence[str]
    problems: list[RowProblem]
    sums: dict[_Part, dict[int, Decimal]] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)  # days that show how far the table goes
    planned: set[int] = field(default_factory=set)  # days of what does not count, where they may lie ahead
    spoiled: set[int] = field(default_factory=set)
    nameless: list[tuple[int, int]] = field(default_factory=list)  # line and day of sums without a currency
    lost: str = ""
    undated: int = 0
    later: int = 0
    blank: int = 0

    def take(self, line: int, row: list[str]) -> None:
        """Count one record, or say why it does not."""
        counts = [gate.lets(row[gate.check.at]) for gate in self.gates]
        text = day_part(row[self.plan.by])
        day = self.days.get(text)
        if not all(counts):
            if day is not None:
                (self.planned if self.plan.count.planned else self.reached).add(day)
        elif not text:
            self.undated += 1
        elif day is None:
            self._problem(line, self.plan.by, row, "a day as in the other rows")
            self.lost = f"the day of line {line} cannot be read"
        elif day > self.newest:
            self.later += 1
        else:
            self.reached.add(day)
            self._add(line, row, day)

    def _add(self, line: int, row: list[str], day: int) -> None:
        value = self._value(line, row, day)
        if value is None:
            return
        unit = self._unit(line, row, day)
        if unit is None:
            return
        at = self.plan.breakdown
        part = "" if at is None else clean(row[at]) or NO_PART
        by_day = self.sums.setdefault((unit, part), {})
        if len(self.sums) > MOST_PARTS:
            raise FileRefusedError(f"{self.file}: “{clean(self.header[at or 0])}” has more than {MOST_PARTS} values.")
        by_day[day] = by_day.get(day, Decimal(0)) + value

    def _value(self, line: int, row: list[str], day: int) -> Decimal | None:
        """What the row adds to its day; None when it cannot be read, or says nothing."""
        at = self.plan.sum
        if at is None or self.reader is None:
            return Decimal(1)
        try:
            number = self.reader.cell(row[at])
        except ValueError:
            self._problem(line, at, row, self.reader.expected)
            self.spoiled.add(day)
            return None
        if number is None:
            self.blank += 1
            return None
        return Decimal(repr(number))

    def _unit(self, line: int, row: list[str], day: int) -> str | None:
        """The currency of a sum; None where it cannot be read, and so no currency's sum of that day be stated."""
        at = self.plan.currency
        if at is None or self.plan.sum is None:
            return self.plan.count.unit
        text = clean(row[at])
        if found := _CURRENCY.fullmatch(text):
            return found[1]
        if not text:
            self.nameless.append((line, day))
            return ""
        self._problem(line, at, row, CURRENCY)
        self.spoiled.add(day)
        return None

    def finish(self) -> None:
        """Sums without a currency beside others with one are of nobody knows which."""
        if self.nameless and any(unit for unit, _ in self.sums):
            for line, day in self.nameless:
                at = self.plan.currency or 0
                self.problems.append(RowProblem(self.file, line, clean(self.header[at]), "", CURRENCY))
                self.spoiled.add(day)
            self.sums = {(unit, part): sums for (unit, part), sums in self.sums.items() if unit}

    def _problem(self, line: int, at: int, row: list[str], expected: str) -> None:
        self.problems.append(RowProblem(self.file, line, clean(self.header[at]), shown(row[at]), expected))

    def lose(self, line: int, at: int, expected: str) -> None:
        """A row that cannot be told from others: what it adds to which day is not known."""
        self.problems.append(RowProblem(self.file, line, clean(self.header[at]), "", expected))
        self.lost = f"line {line} has no “{clean(self.header[at])}”"

    @property
    def strange(self) -> str:
        """The header of a condition that no row meets, some with words that the profile does not know."""
        return next((gate.check.header for gate in self.gates if gate.is_strange), "")


class Ids:
    """The records met so far: their line, and what the counts read of them."""

    def __init__(self, at: int, readers: Sequence[Plan], file: str) -> None:
        self._at, self._file = at, file
        self._columns = tuple(dict.fromkeys(place for plan in readers for place in plan.columns))
        self._first: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.repeats = 0

    def is_new(self, line: int, row: list[str]) -> bool | None:
        """Whether the row begins a record; None when it has no id. Raises FileRefusedError on a contradiction."""
        name = row[self._at].strip()
        if not name:
            return None
        said = tuple(row[at].strip() for at in self._columns)
        before, first = self._first.setdefault(name, (line, said))
        if before == line:
            if is_damaged_id(name):
                raise self._refused(f"a spreadsheet cut off the ids (line {line})", "Records cannot be told apart.")
            return True
        if any(now and now != then for now, then in zip(said, first, strict=True)):
            raise self._refused(f"lines {before} and {line} say different things of one record", "One of them is old.")
        self.repeats += 1
        return False

    def _refused(self, what: str, why: str) -> FileRefusedError:
        hint = "Download the export again and do not change it in another program first."
        return FileRefusedError(f"{self._file}: {what}.", details=(why,), hints=(hint,))
