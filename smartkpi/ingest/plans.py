"""The counts of a profile find their columns in a header: what can be counted, and what lacks for the rest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader
from smartkpi.ingest.columns import readers
from smartkpi.ingest.dates import NTH, choose, date_format, lacks_year, names_whole
from smartkpi.ingest.identify import Field
from smartkpi.ingest.task import Task
from smartkpi.ingest.words import clean, fits
from smartkpi.model.profile import Column, Condition, Count

_SEPARATED = r"(?:\s*[T,]\s*|\s+)"
_CLOCK = re.compile(
    _SEPARATED + r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?\s*$",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 40  # a cell that is shown: what is longer is no day and no number


@dataclass(frozen=True, slots=True)
class Check:
    """A condition and the column that it looks at."""

    condition: Condition
    at: int
    header: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One count and where its columns stand; None where it has no such column."""

    count: Count
    by: int
    sum: int | None
    once: int | None
    currency: int | None
    breakdown: int | None
    checks: tuple[Check, ...]

    @property
    def name(self) -> str:
        return self.count.metric.replace("_", " ")

    @property
    def columns(self) -> tuple[int, ...]:
        """Every column that it reads, but the id."""
        at = (self.by, self.sum, self.currency, self.breakdown, *(check.at for check in self.checks))
        return tuple(place for place in at if place is not None)


def plans(counts: Sequence[Count], header: Sequence[str]) -> tuple[list[Plan], list[str]]:
    """What can be counted under this header, the first count of each metric; and sentences on what cannot."""
    found: dict[tuple[str, str], Plan] = {}
    lacking: dict[tuple[str, str], str] = {}
    for count in counts:
        key = (count.metric, count.breakdown_kind)
        plan = _plan(count, header)
        if isinstance(plan, Plan):
            found.setdefault(key, plan)
        else:
            lacking.setdefault(key, f"{count.metric.replace('_', ' ')} not counted: {plan}")
    return list(found.values()), [why for key, why in lacking.items() if key not in found]


def _plan(count: Count, header: Sequence[str]) -> Plan | str:
    """The plan, or why there is none."""
    needed = [count.by, count.sum, count.once, count.breakdown, *(condition.names for condition in count.where)]
    spots = [_spots(names, header) for names in needed]
    for names, at in zip(needed, spots, strict=True):
        if names and len(at) != 1:
            return f"two columns are called “{names[0]}”" if at else f"there is no column “{names[0]}”"
    currency = _spots(count.currency, header)
    if len(currency) > 1:
        return f"two columns are called “{count.currency[0]}”"
    by, total, once, part, *where = (at[0] if at else None for at in spots)
    assert by is not None  # a count always has `by`, and all that are named were found
    checks = [(c, at) for c, at in zip(count.where, where, strict=True) if at is not None]
    named = tuple(Check(condition, at, clean(header[at])) for condition, at in checks)
    return Plan(count, by, total, once, currency[0] if currency else None, part, named)


def _spots(names: Sequence[str], header: Sequence[str]) -> list[int]:
    return [at for at, cell in enumerate(header) if names and cell.strip() and fits(cell, names)]


def number_readers(task: Task, found: Iterable[Plan]) -> dict[int, Reader]:
    """For every column to be summed how it writes its numbers, decided from the whole of it."""
    match = task.table.match
    fields = {
        p.sum: Field(p.sum, match.header[p.sum], Column((), p.count.metric), "") for p in found if p.sum is not None
    }
    table = replace(task.table, match=replace(match, fields=tuple(fields.values())))
    return dict(zip(fields, readers(table, task.wishes.numbers), strict=True))


def day_part(text: str) -> str:
    """A date and time without its clock and zone, as written."""
    return _CLOCK.sub("", text).strip()


def days_of(task: Task, found: Sequence[Plan]) -> dict[int, dict[str, int]]:
    """For every date column the day of each of its texts (by `day_part`) that can be read.

    Raises FileRefusedError where a column cannot be read, or states days after the export that are not planned ones.
    """
    lines: dict[int, dict[str, int]] = {plan.by: {} for plan in found}
    for line, row in task.table.rows():
        for at, seen in lines.items():
            if text := day_part(row[at]):
                seen.setdefault(text, line)
    days = {at: _days(task, seen) for at, seen in lines.items()}
    for plan in found:
        if not plan.count.planned:
            task.refuse_future(days[plan.by], lines[plan.by])
    return days


def _days(task: Task, seen: dict[str, int]) -> dict[str, int]:
    formats = [re.sub(_SEPARATED + "%[HI].*$", "", name) for name in task.date_formats if name != NTH]
    legible = [text for text in seen if any(date_format(name)(text) for name in formats)]
    if seen and not legible:
        raise FileRefusedError(
            f"{task.name}: none of its days can be read (“{shown(next(iter(seen)))}”).",
            hints=("Name their format: --date-format %d/%m/%Y",),
        )
    if not legible:
        return {}
    chosen = choose(legible, formats, where=task.name)
    if lacks_year(chosen) or names_whole(chosen):
        raise FileRefusedError(f"{task.name}: “{legible[0]}” is no whole day: day, month and year.")
    read = date_format(chosen)
    return {text: stamp.day for text in legible if (stamp := read(text))}


def shown(text: str) -> str:
    """A day or number that cannot be read, for a message: never what may be another column's, such as an address."""
    bare = clean(text)
    return bare if len(bare) <= _LONGEST and "@" not in bare and "\n" not in text else "a text that is not shown"
