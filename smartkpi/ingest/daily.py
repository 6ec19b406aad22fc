"""The second pass over a daily table: its rows become blocks of consecutive days, one account and key at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from smartkpi.ingest.cells import Reader, whole_numbers
from smartkpi.ingest.identify import Field
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.model.extraction import Block, RowProblem
from smartkpi.model.series import SeriesKey

CELLS = 8_000  # in one block, about: what the store takes best
WAITING_CELLS = 700_000  # held back at most, where the days of an account do not follow each other in the file
UNPACKED_GROUPS = 4  # above this many waiting groups, rows wait as one text each
_SEPARATOR = "\x1f"

Owner = tuple[str, str, tuple[SeriesKey, ...]]  # platform, account, the keys of its series


@dataclass(frozen=True, slots=True)
class Daily:
    """All that the second pass needs to know of a table; `fill` has the days that an omitting table states."""

    table: RawTable
    date: int
    metrics: tuple[Field, ...]
    readers: tuple[Reader, ...]
    days: dict[str, int]
    owner: Callable[[Group], Owner]
    takes_plain: bool  # whether a plain whole number is what it says, in every column
    fill: dict[Group, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Waiting:
    """Rows of one group that wait for the days beside them."""

    rows: list[list[str] | str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def blocks(daily: Daily, problems: list[RowProblem]) -> Iterator[Block]:
    """Blocks in the order of the file; cells that cannot be read are None in them and in `problems`.

    A group's rows are given when they are complete, fill a block, or too many wait: memory stays bounded.
    """
    left = {group: mask.bit_count() for group, mask in daily.table.survey.seen.items()}
    width = daily.table.match.width
    enough = max(32, CELLS // max(1, len(daily.metrics))) if not daily.fill else 1 << 60
    most = max(512, WAITING_CELLS // width)
    waiting: dict[Group, _Waiting] = {}
    held = 0
    for chunk in daily.table.chunks():
        at = 0
        for group, run in groupby(chunk.rows, daily.table.survey.group):
            rows = list(run)
            pending = waiting.setdefault(group, _Waiting())
            pending.rows.extend(_packed(rows, width) if len(waiting) > UNPACKED_GROUPS else rows)
            pending.lines.extend(chunk.lines[at : at + len(rows)])
            at += len(rows)
            held += len(rows)
            left[group] -= len(rows)
            if not left[group] or len(pending.rows) >= enough:
                held -= len(pending.rows)
                yield from _given(daily, group, waiting.pop(group), problems)
        if held >= most and not daily.fill:
            held = 0
            for group in list(waiting):
                yield from _given(daily, group, waiting.pop(group), problems)
    for group in list(waiting):
        yield from _given(daily, group, waiting.pop(group), problems)


def _packed(rows: list[list[str]], width: int) -> Iterator[list[str] | str]:
    for row in rows:
        text = _SEPARATOR.join(row)
        yield text if text.count(_SEPARATOR) == width - 1 else row


def _given(daily: Daily, group: Group, waiting: _Waiting, problems: list[RowProblem]) -> Iterator[Block]:
    """The runs of consecutive days among some rows of one group."""
    rows = [row.split(_SEPARATOR) if isinstance(row, str) else row for row in waiting.rows]
    lines = waiting.lines
    if not rows:
        return
    days = [daily.days[row[daily.date]] for row in rows]
    if days[0] > days[-1]:
        rows, lines, days = rows[::-1], lines[::-1], days[::-1]
    platform, account, keys = daily.owner(group)
    omitted: Sequence[int] = ()
    if span := daily.fill.get(group):
        rows, lines, days, omitted = _filled(daily, rows, lines, days, span)
    for begin, end in _runs(rows, lines, days):
        cells = _cells(daily, rows[begin:end], lines[begin:end], problems)
        mask = sum(1 << (day - days[begin]) for day in omitted)
        yield Block(account, platform, keys, days[begin], end - begin, cells, (mask,) * len(keys) if mask else ())


def _runs(rows: list[list[str]], lines: list[int], days: list[int]) -> Iterator[tuple[int, int]]:
    """Where days follow each other without a gap; rows that are out of order are sorted in place first."""
    if days == list(range(days[0], days[0] + len(days))):
        yield 0, len(days)
        return
    order = sorted(range(len(days)), key=days.__getitem__)
    rows[:], lines[:] = [rows[i] for i in order], [lines[i] for i in order]
    days.sort()
    begin = 0
    for i in range(1, len(days) + 1):
        if i == len(days) or days[i] != days[i - 1] + 1:
            yield begin, i
            begin = i


def _filled(
    daily: Daily, rows: list[list[str]], lines: list[int], days: list[int], span: tuple[int, int]
) -> tuple[list[list[str]], list[int], list[int], Sequence[int]]:
    """With a row of zeros for every day that the platform left out because nothing happened."""
    stated = {day: (row, line) for day, row, line in zip(days, rows, lines, strict=True)}
    zero = (["0"] * daily.table.match.width, 0)
    whole = list(range(span[0], span[1] + 1))
    filled = [stated.get(day, zero) for day in whole]
    omitted = [day for day in whole if day not in stated]
    return [row for row, _ in filled], [line for _, line in filled], whole, omitted


def _cells(
    daily: Daily, rows: list[list[str]], lines: list[int], problems: list[RowProblem]
) -> str | list[float | None]:
    """The numbers of some rows, series by series: as one JSON text when all are plain, else as floats and None."""
    columns = list(zip(*rows, strict=True))
    texts = [columns[f.at] for f in daily.metrics]
    if daily.takes_plain:
        plain = whole_numbers(texts, len(texts) * len(rows))
        if plain is not None:
            return f"[{plain}]"
    values: list[float | None] = []
    for metric, reader, cells in zip(daily.metrics, daily.readers, texts, strict=True):
        numbers, bad = reader.column(cells)
        values += numbers
        for n in bad:
            problems.append(RowProblem(daily.table.survey.file, lines[n], metric.header, cells[n], reader.expected))
    return values
