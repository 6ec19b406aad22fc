"""A chart as lines of signs: a plan in dots, what was so far as a line, what is likely as a shade."""

from itertools import pairwise
from math import ceil
from typing import NamedTuple

from smartkpi.report.document import Chart, Point
from smartkpi.report.signs import encodable

WIDEST = 200
NARROWEST = 20  # columns to draw in: in fewer nothing can be seen
LEAST_ROWS = 9
LABEL_GAP = 2


class Signs(NamedTuple):
    tick: str
    edge: str
    corner: str
    floor: str
    flat: str
    upright: str
    rises: tuple[str, str]  # the sign that leaves the lower row, the one that arrives in the upper
    falls: tuple[str, str]  # the sign that leaves the upper row, the one that arrives in the lower
    plan: str
    likely: str


BOXES = Signs("┤", "│", "┼", "─", "─", "│", ("╯", "╭"), ("╮", "╰"), "·", "▒")
ASCII = Signs("|", "|", "+", "-", "*", "*", ("*", "*"), ("*", "*"), ".", ":")


class Frame(NamedTuple):
    """Where a day and a value lie in the drawing; row 0 is the lowest."""

    first: float
    last: float
    low: float
    high: float
    columns: int
    rows: int

    def column(self, x: float) -> int:
        return round((x - self.first) / (self.last - self.first) * (self.columns - 1))

    def x(self, column: int) -> float:
        return self.first + (self.last - self.first) * column / (self.columns - 1)

    def row(self, y: float) -> int:
        share = (y - self.low) / (self.high - self.low)
        return round(min(max(share, 0.0), 1.0) * (self.rows - 1))


def lines(chart: Chart, width: int, encoding: str) -> list[str]:
    """The chart `width` wide, without its legend; none where there is no room to draw."""
    signs = signs_for(encoding)
    named = [(value, encodable(text, encoding)) for value, text in chart.ticks]
    labels = max(len(text) for _, text in named)
    columns = min(width, WIDEST) - labels - 2
    if columns < NARROWEST:
        return []
    (first, _), (last, _) = chart.days[0], chart.days[-1]
    steps = len(chart.ticks) - 1
    rows = steps * max(2, ceil(LEAST_ROWS / steps)) + 1
    frame = Frame(first, last, chart.ticks[0][0], chart.ticks[-1][0], columns, rows)
    grid = [[" "] * columns for _ in range(rows)]
    _draw_likely(grid, chart, frame, signs)
    _draw_plan(grid, chart, frame, signs)
    _draw_values(grid, chart, frame, signs)
    margin = {frame.row(value): text for value, text in named}
    drawn = [
        f"{margin.get(row, ''):>{labels}} {signs.tick if row in margin else signs.edge}{''.join(grid[row])}".rstrip()
        for row in reversed(range(1, rows))
    ]
    base = "".join(signs.floor if cell == " " else cell for cell in grid[0])
    drawn.append(f"{margin[0]:>{labels}} {signs.corner}{base}")
    return [*drawn, (" " * (labels + 2) + _days(chart, frame)).rstrip()]


def legend(chart: Chart, encoding: str) -> str:
    """What each sign stands for: "─ 41 so far   · plan   ▒ likely 67 to 95"."""
    signs = signs_for(encoding)
    told = ((signs.flat, chart.so_far), (signs.plan, chart.planned), (signs.likely, chart.foreseen))
    return "   ".join(f"{sign} {text}" for sign, text in told if text)


def signs_for(encoding: str) -> Signs:
    """Box signs where the stream has them all, else ASCII."""
    try:
        "".join("".join(sign) for sign in BOXES).encode(encoding)
    except UnicodeEncodeError:
        return ASCII
    return BOXES


def _draw_likely(grid: list[list[str]], chart: Chart, frame: Frame, signs: Signs) -> None:
    """A range that opens from the last value to the deadline."""
    if not chart.likely or not chart.values:
        return
    (begin, now), (end, low, high) = chart.values[-1], chart.likely
    for column in range(frame.column(begin) + 1, frame.columns):
        share = (frame.x(column) - begin) / (end - begin)
        lowest, highest = (frame.row(now + (edge - now) * share) for edge in (low, high))
        for row in range(lowest, highest + 1):
            grid[row][column] = signs.likely


def _draw_plan(grid: list[list[str]], chart: Chart, frame: Frame, signs: Signs) -> None:
    """Every other column, so that it never looks like a line that was."""
    for (x0, y0), (x1, y1) in pairwise(chart.plan):
        for column in range(frame.columns - 1, -1, -2):
            if x0 <= (x := frame.x(column)) <= x1:
                grid[frame.row(y0 + (y1 - y0) * (x - x0) / (x1 - x0))][column] = signs.plan


def _draw_values(grid: list[list[str]], chart: Chart, frame: Frame, signs: Signs) -> None:
    """A line that turns where the value leaves its row."""
    rows = _rows(chart.values, frame)
    for before, (column, row) in zip([None, *rows], rows, strict=False):
        was = before[1] if before else row
        if row == was:
            grid[row][column] = signs.flat
            continue
        leaves, arrives = signs.rises if row > was else signs.falls
        for between in range(min(row, was) + 1, max(row, was)):
            grid[between][column] = signs.upright
        grid[was][column], grid[row][column] = leaves, arrives


def _rows(values: tuple[Point, ...], frame: Frame) -> list[tuple[int, int]]:
    """The row of the newest value of every column, from the first day with one to the last."""
    newest = {frame.column(x): frame.row(y) for x, y in values}
    found: list[tuple[int, int]] = []
    for column in range(min(newest, default=0), max(newest, default=-1) + 1):
        found.append((column, newest[column] if column in newest else found[-1][1]))
    return found


def _days(chart: Chart, frame: Frame) -> str:
    """The days below the drawing: the first and the last always, of the others those that have room."""
    line = [" "] * frame.columns
    taken: list[tuple[int, int]] = []
    for x, text in (chart.days[0], chart.days[-1], *chart.days[1:-1]):
        begin = min(frame.column(x), frame.columns - len(text))
        end = begin + len(text)
        if all(end + LABEL_GAP <= start or stop + LABEL_GAP <= begin for start, stop in taken):
            line[begin:end] = text
            taken.append((begin, end))
    return "".join(line)
