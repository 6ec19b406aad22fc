"""Totals of a range: each row says its own, or all share the one that the file, its name or its filters state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.daily import CELLS, Owner
from smartkpi.ingest.dates import NTH, StampReader, date_format
from smartkpi.ingest.identify import Field
from smartkpi.ingest.items import Rows
from smartkpi.ingest.keys import owner
from smartkpi.ingest.spans import Range
from smartkpi.ingest.survey import Group
from smartkpi.ingest.task import NoRangeError, Task
from smartkpi.model.extraction import Block, RowProblem
from smartkpi.model.period import iso, last_of_month
from smartkpi.model.profile import Role
from smartkpi.model.series import SeriesKey

_Place = tuple[str, str, int, int]  # account, platform, the day and the number of days of its values
NO_DAY = "numbers of a day that the file does not state"
NO_RANGE = "totals of a range of days that the file does not state"
_WEEK = 7
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Ranges:
    """Which days a row is of; `every` are the ranges of the whole table, `open` the newest where it may go on.

    `stated_by` is the column that says it, None where all rows share one range.
    """

    of: Callable[[list[str]], Range | None]
    every: tuple[Range, ...]
    stated_by: Field | None = None
    open: Range | None = None


def ranges(task: Task) -> Ranges:
    """How the rows of a table tell their range. Raises NoRangeError where nothing does."""
    match = task.table.match
    begin, end, day = (match.role(role) for role in (Role.BEGIN, Role.END, Role.DATE))
    if begin and end:
        return _between(task, begin, end)
    if day:
        return _periods(task, day)
    if match.metrics and all(field.column.level for field in match.metrics):
        return _moment(task)
    if task.origin.begin is None or task.origin.end is None or task.origin.end < task.origin.begin:
        raise _no_range(task)
    whole = (task.origin.begin, task.origin.end)
    return Ranges(lambda row: whole, (whole,))


def _no_range(task: Task) -> NoRangeError:
    own_name = "Import the file or ZIP as it was downloaded, under its own name: that often states the range."
    lengths = ("Or name the day of the download: --as-of DATE",) if task.table.match.profile.has_filters else ()
    return NoRangeError(NO_RANGE, hints=(own_name, *lengths, "Or name them: --covers 2026-03-01..2026-03-31"))


def _between(task: Task, begin: Field, end: Field) -> Ranges:
    """Two columns say the first and the last day."""
    pairs = _texts(task, begin, end)
    read = task.reader(list(dict.fromkeys(text for pair in pairs for text in pair))) if pairs else _none
    spans = {pair: span for pair in pairs if (span := _span(read, *pair))}
    return Ranges(lambda row: spans.get((row[begin.at], row[end.at])), tuple(spans.values()), begin)


def _none(text: str) -> None:
    """No row, no day."""


def _span(read: StampReader, first: str, last: str) -> Range | None:
    begin, end = read(first), read(last)
    return (begin.day, end.day) if begin and end and begin.day <= end.day else None


def _texts(task: Task, *fields: Field) -> list[tuple[str, ...]]:
    """The cells of these columns, each combination once, in the order of the file."""
    return list(dict.fromkeys(tuple(row[field.at] for field in fields) for _, row in task.table.rows()))


def _periods(task: Task, day: Field) -> Ranges:
    """A column says the first day of each week, month or year; the edges of the table's range cut them short."""
    word = task.table.match.table.period
    texts = [text for (text,) in _texts(task, day)]
    starts = _starts(task, word, texts) if texts else {}
    _refuse_ends(task, word, starts)
    clipped = {text: _clipped(task, (start, _last(word, start))) for text, start in starts.items()}
    spans = {text: span for text, span in clipped.items() if span[0] <= span[1]}
    every = tuple(spans.values())
    return Ranges(lambda row: spans.get(row[day.at]), every, day, _unfinished(task, every))


def _starts(task: Task, word: str, texts: list[str]) -> dict[str, int]:
    """The first day of each period as its text says."""
    if task.written(texts) != NTH:
        read = task.reader(texts)
        return {text: stamp.day for text in texts if (stamp := read(text))}
    begin = task.origin.begin
    if begin is None or task.origin.end is None:
        raise NoRangeError(f"{word}s counted from the first day of a range that the file does not state")
    numbers = {text: stamp.day for text in texts if (stamp := date_format(NTH)(text))}
    return {text: _nth(word, begin, number) for text, number in numbers.items()}


def _refuse_ends(task: Task, word: str, starts: dict[str, int]) -> None:
    """A month that is named by its last day would be taken for one of a single day; the range may cut the first."""
    for text, start in starts.items():
        day = date.fromordinal(start)
        is_inside = (word in ("month", "year") and day.day != 1) or (word == "year" and day.month != 1)
        if is_inside and start != task.origin.begin:
            raise FileRefusedError(
                f"{task.name}: “{text}” is not the first day of a {word}.",
                details=(f"Totals of a {word} stand beside its first day, or beside its name alone.",),
                hints=(
                    f"Write the {word} as {day.strftime('%Y-%m' if word == 'month' else '%Y')}, then import it again.",
                ),
            )


def _nth(word: str, begin: int, number: int) -> int:
    """Where a numbered period begins, which is known only when the range begins with a whole one."""
    first = date.fromordinal(begin)
    if word == "week" and first.weekday() == _SUNDAY:
        return begin + _WEEK * number
    if word == "month" and first.day == 1:
        months = first.month - 1 + number
        return date(first.year + months // 12, months % 12 + 1, 1).toordinal()
    raise NoRangeError(f"{word}s whose first days are not stated, of a range that begins in the middle of one")


def _last(word: str, start: int) -> int:
    first = date.fromordinal(start)
    if word == "week":
        return start + _WEEK - 1
    return last_of_month(first.year, first.month if word == "month" else 12)


def _clipped(task: Task, span: Range) -> Range:
    begin, end = task.origin.begin, task.origin.end
    return (max(span[0], begin) if begin else span[0], min(span[1], end) if end else span[1])


def _unfinished(task: Task, every: tuple[Range, ...]) -> Range | None:
    """The newest period, where nothing says that the export is newer than its end."""
    newest = max(every, key=lambda span: span[1], default=None)
    if newest is None or task.origin.end is not None:
        return None
    as_of = task.stated_as_of
    return newest if as_of is None or as_of < newest[1] else None


def _moment(task: Task) -> Ranges:
    """Levels without a range are of the day of the export."""
    day = task.origin.end if task.origin.end is not None else task.stated_as_of
    if day is None:
        raise NoRangeError(NO_DAY, hints=("Name the day on which it was downloaded: --as-of DATE",))
    return Ranges(lambda row: (day, day), ((day, day),))


def totals(task: Task, rows: Rows, found: Ranges, problems: list[RowProblem]) -> Iterator[Block]:
    """Blocks of one value a series: a total of its row's range, a level on the last day of it."""
    group = rows.table.survey.group
    owners: dict[int, Callable[[Group], Owner]] = {}
    waiting = _Waiting()
    for line, row in rows.table.rows():
        span = found.of(row)
        if span is None:
            problems.append(_no_days(rows, line, row, found.stated_by))
        elif span != found.open:
            days = span[1] - span[0] + 1
            if days not in owners:
                owners[days] = owner(task.table, task.scope, days)
            yield from waiting.add(owners[days](group(row)), rows.read(line, row, problems), span, rows.metrics)
    yield from waiting.rest()


def _no_days(rows: Rows, line: int, row: list[str], field: Field | None) -> RowProblem:
    header, text = (field.header, row[field.at]) if field else ("", "")
    return RowProblem(rows.table.survey.file, line, header, text, "the first and the last day of its range")


class _Waiting:
    """Values that wait for others of their account and range: the store takes few large blocks best."""

    def __init__(self) -> None:
        self._cells: dict[_Place, tuple[list[SeriesKey], list[float | None]]] = {}

    def add(self, who: Owner, values: list[float | None], span: Range, metrics: tuple[Field, ...]) -> Iterator[Block]:
        """Takes a row's values; gives a block that is full."""
        platform, account, keys = who
        for key, value, field in zip(keys, values, metrics, strict=True):
            place = (account, platform, span[1] if field.column.level else span[0], key.days)
            some = self._cells.setdefault(place, ([], []))
            some[0].append(key)
            some[1].append(value)
            if len(some[0]) >= CELLS:
                yield _block(place, *self._cells.pop(place))

    def rest(self) -> Iterator[Block]:
        """What is left when the table is over."""
        for place, cells in self._cells.items():
            yield _block(place, *cells)


def _block(place: _Place, keys: list[SeriesKey], values: list[float | None]) -> Block:
    account, platform, day, _ = place
    return Block(account, platform, tuple(keys), day, 1, values)


def unfinished(task: Task, found: Ranges) -> str:
    """A sentence for the receipt where the newest period is left out."""
    if not found.open:
        return ""
    word = task.table.match.table.period
    return (
        f"the {word} of {iso(found.open[0])} may not be over, and is left out: name the day of the export with --as-of"
    )
