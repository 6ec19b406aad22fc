"""A document drawn with rich: columns give way by priority, rows stack when there is little room, no number is cut."""

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from smartkpi.report.document import Cell, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.signs import encodable, visible

STYLES = {  # blue, orange, vermilion, grey: safe for colour-blind eyes (Okabe and Ito)
    Tone.PLAIN: "",
    Tone.GOOD: "#56b4e9",
    Tone.WARN: "#e69f00",
    Tone.BAD: "#d55e00",
    Tone.MUTED: "bright_black",
}
GAP = 2
BAR = 10
STACKED = 70  # columns of the terminal below which a row takes two lines
UNLIMITED = 100_000  # a pipe has no width: nothing is cut


def draw(document: Document, console: Console) -> None:
    """Print `document`; on anything but a terminal one row stays one line, however long."""
    for block in document.blocks:
        match block:
            case Heading():
                _print(console, Text(_shown(block.text, console), style="bold"))
            case Paragraph():
                _paragraph(block, console)
            case Table():
                _table(block, console)


def _paragraph(block: Paragraph, console: Console) -> None:
    text = Text(_shown(f"{block.sign} " if block.sign else "", console), style=STYLES[block.tone])
    text.append(_shown(block.text, console), style="" if block.sign else STYLES[block.tone])
    if block.command:
        text.append(("   " if block.text else "") + _shown(block.command, console), style="bold")
    _print(console, Padding(text, (0, 0, 0, block.indent)) if console.is_terminal else Text(" " * block.indent) + text)


def _print(console: Console, what: "Text | Padding | Grid") -> None:
    """Wrapped on a terminal; whole lines everywhere else."""
    if console.is_terminal:
        console.print(what)
    else:
        console.print(what, soft_wrap=True, no_wrap=True, crop=False, overflow="ignore")


def _table(block: Table, console: Console) -> None:
    width = console.width if console.is_terminal else UNLIMITED
    if not block.rows:
        return
    if width < STACKED and _natural(block, {}, frozenset(), console) > width:
        _stack(block, console, width)
        return
    bars, columns = _room(block, width, console)
    if _natural(block, bars, columns, console) > width and not any(c.wraps for c in block.columns):
        _stack(block, console, width)
        return
    grid = Grid(box=None, show_header=block.headed, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold")
    for i, column in enumerate(block.columns):
        if i not in columns:
            right = "right" if column.right else "left"
            grid.add_column(_shown(column.name, console), justify=right, no_wrap=not column.wraps)  # type: ignore[arg-type]
    for row in block.rows:
        grid.add_row(*(_cell(c, console, bar=not bars.get(i)) for i, c in enumerate(row) if i not in columns))
    if console.is_terminal:
        console.print(grid)
    else:
        for line in _unlimited(grid, console):
            _print(console, line)


def _unlimited(grid: Grid, console: Console) -> list[Text]:
    """The lines of a table with all the room it wants, without the spaces at their ends."""
    lines = console.render_lines(grid, console.options.update(width=UNLIMITED, max_width=UNLIMITED), pad=False)
    texts = [Text.assemble(*((part.text, part.style or "") for part in line)) for line in lines]
    for text in texts:
        text.rstrip()
    return texts


def _room(block: Table, width: int, console: Console) -> tuple[dict[int, bool], frozenset[int]]:
    """Which bars and which columns go, so that the rest fits into `width`: the highest `goes` first."""
    bars: dict[int, bool] = {}
    gone: frozenset[int] = frozenset()
    steps = [(c.goes, i, False) for i, c in enumerate(block.columns) if c.goes]
    steps += [(c.bar_goes, i, True) for i, c in enumerate(block.columns) if c.bar_goes]
    for _, i, is_bar in sorted(steps, reverse=True):
        if _natural(block, bars, gone, console) <= width:
            break
        if is_bar:
            bars = {**bars, i: True}
        else:
            gone |= {i}
    return bars, gone


def _natural(block: Table, bars: dict[int, bool], gone: frozenset[int], console: Console) -> int:
    """How wide the table wants to be."""
    wide = 0
    for i, column in enumerate(block.columns):
        if i not in gone:
            cells = [_cell(row[i], console, bar=not bars.get(i)).cell_len for row in block.rows]
            wide += max([*cells, cell_len(_shown(column.name, console)) if block.headed else 0]) + GAP
    return wide - GAP


def _stack(block: Table, console: Console, width: int) -> None:
    """Two lines a row or more: the first cells, then the rest where they fit, every one whole."""
    for row in block.rows:
        lead, rest = row[: block.lead], row[block.lead :]
        _print(console, Text("  ").join(_cell(cell, console, bar=False) for cell in lead if cell.text))
        line = Text("   ")
        for cell in rest:
            piece = _cell(cell, console, bar=False)
            if not piece.plain:
                continue
            if line.plain.strip() and line.cell_len + piece.cell_len + GAP > width:
                _print(console, line)
                line = Text("   ")
            line = line + Text("  ") + piece if line.plain.strip() else line + piece
        if line.plain.strip():
            _print(console, line)


def _cell(cell: Cell, console: Console, *, bar: bool) -> Text:
    text = Text(_shown(cell.text, console), style=STYLES[cell.tone])
    if cell.share is None or not bar:
        return text
    full = round(min(max(cell.share, 0.0), 1.0) * BAR)
    drawn = Text(_shown("█" * full + "░" * (BAR - full), console), style=STYLES[cell.tone])
    return drawn + Text(" ") + text


def _shown(text: str, console: Console) -> str:
    return encodable(visible(text), console.encoding)
