"""A table of records becomes counts by day: its rows are counted, or a column is summed, and nothing else is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader
from smartkpi.ingest.counters import Counter, Gate, Ids
from smartkpi.ingest.plans import Plan, days_of, number_readers, plans
from smartkpi.ingest.remarks import remarks
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.task import Task
from smartkpi.ingest.words import clean
from smartkpi.model.extraction import Block, RowProblem
from smartkpi.model.series import SeriesKey

MOST_COMPARED = 200_000  # rows that are held against each other


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything that a table of records says; `first` and `last` are the days between which each one is stated."""

    first: int | None
    last: int | None
    metrics: tuple[str, ...]
    blocks: tuple[Block, ...]
    problems: list[RowProblem]
    notes: tuple[str, ...]


def tally(task: Task) -> Tally:
    """Counts the whole table at once: its first day and its conditions must be known before anything can be said.

    Raises FileRefusedError when it cannot be trusted: damaged rows, records that contradict each other, other parts.
    """
    match = task.table.match
    _refuse_parts(task)
    _refuse_damaged_rows(task.table)
    found, lacking = plans(match.table.counts, match.header)
    if task.table.survey.rows and not found:
        raise FileRefusedError(
            f"{task.name}: nothing in it can be counted.",
            details=tuple(f"{why[0].upper()}{why[1:]}." for why in lacking),
            hints=("Add these columns to what is exported; smartkpi platforms shows the way.",),
        )
    counters, repeats, same = _counted(task, found)
    last = max((day for counter in counters for day in counter.reached), default=None)
    stated = _stated(counters, last)
    blocks = tuple(block for c, first in stated if last is not None for block in _blocks(task, c, first, last))
    problems = sorted({p: None for c in counters for p in c.problems}, key=lambda problem: problem.line)
    firsts = [first for _, first in stated]
    metrics = tuple(dict.fromkeys(key.metric for block in blocks for key in block.keys))
    alike = (f"rows that say exactly the same as another one, and count all the same: {same}",) if same else ()
    said = (*lacking, *remarks(counters, repeats, blocks), *alike)
    return Tally(min(firsts, default=None), last if firsts else None, metrics, blocks, problems, said)


def _refuse_parts(task: Task) -> None:
    """A day whose records lie in two files of one ZIP would be stated twice, each time too low."""
    for claim in task.siblings.claims:
        if claim.table.match.table is task.table.match.table:
            raise FileRefusedError(
                f"{task.table.source.member.file}: its records lie in several tables, each with a part of them.",
                details=(f"{claim.table.source.member.name} and {task.name}.",),
                hints=("Put the rows of all of them into one file, below one header, and import that.",),
            )


def _refuse_damaged_rows(table: RawTable) -> None:
    """A record that is torn could be of any day, so no day's count is certain."""
    if table.survey.problems:
        first = table.survey.problems[0]
        raise FileRefusedError(
            f"{first.file}: line {first.line} has {first.text} instead of {table.match.width}.",
            details=("A record that cannot be read could be of any day.",),
            hints=("Download the export again and do not change it in another program first.",),
        )


def _counted(task: Task, found: Sequence[Plan]) -> tuple[list[Counter], dict[str, int], int]:
    """The counters after all rows, how many rows only went on with a record, by the header of its id, and how many
    say the same as another one where nothing tells records apart.
    """
    table, days, numbers = task.table, days_of(task, found), number_readers(task, found)
    file, header = table.survey.file, table.match.header
    counters = [
        Counter(p, tuple(map(Gate, p.checks)), days[p.by], _of(numbers, p.sum), task.newest, file, header, [])
        for p in found
    ]
    ids = {p.once: Ids(p.once, [q for q in found if q.once == p.once], file) for p in found if p.once is not None}
    said, same = set[int](), 0
    for line, row in table.rows():
        if not any(cell.strip() for cell in row):
            continue
        if not ids and len(said) < MOST_COMPARED:
            same += hash(tuple(row)) in said
            said.add(hash(tuple(row)))
        news = {at: known.is_new(line, row) for at, known in ids.items()}
        for counter in counters:
            once = counter.plan.once
            new = True if once is None else news[once]
            if new:
                counter.take(line, row)
            elif new is None and once is not None and row[counter.plan.by].strip():
                counter.lose(line, once, "an id")
    for counter in counters:
        counter.finish()
    return counters, {clean(header[at]): known.repeats for at, known in ids.items()}, same


def _of(numbers: dict[int, Reader], at: int | None) -> Reader | None:
    return None if at is None else numbers[at]


def _stated(counters: Sequence[Counter], last: int | None) -> list[tuple[Counter, int]]:
    """The counts that can be stated, each with its first day."""
    firsts = []
    for counter in counters:
        days = (*counter.reached, *(day for day in counter.planned if last is not None and day <= last))
        if days and not counter.lost and not counter.strange:
            firsts.append((counter, min(days)))
    return firsts


def _blocks(task: Task, counter: Counter, first: int, last: int) -> Iterator[Block]:
    """One block a series, from its count's first day to the table's last one."""
    count, plan = counter.plan.count, counter.plan
    is_one = plan.breakdown is None and (plan.sum is None or plan.currency is None)
    parts = counter.sums or ({(count.unit, ""): {}} if is_one else {})
    for (unit, part), sums in parts.items():
        key = SeriesKey(
            count.metric, task.table.match.profile.report, task.scope, count.breakdown_kind, part, unit
        )  # fmt: skip
        cells = [None if day in counter.spoiled else float(sums.get(day, 0)) for day in range(first, last + 1)]
        idle = (day for day in range(first, last + 1) if day not in sums and day not in counter.spoiled)
        mask = sum(1 << (day - first) for day in idle)
        yield Block("", "", (key,), first, last - first + 1, cells, (mask,) if mask else ())
