"""A document on a terminal or in a pipe: columns give way by priority, rows stack when there is little room, no
number is ever cut. Tables are set by hand: a rich table costs half a millisecond a row."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from smartkpi.report.document import Block, Cell, Chart, Column, Document, Heading, Paragraph, Table, Tone
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
COMFORTABLE, NARROWEST = 40, 20  # how far a column that wraps gives way before and after other columns go
UNLIMITED = 100_000  # a pipe has no width: nothing is cut
PIPED = 80  # a chart needs a width
INDENT = "   "


class Layout(NamedTuple):
    """The columns that stand and how wide each is; `bars` says how wide the text after a bar is, 0 = no bar."""

    widths: dict[int, int]
    bars: tuple[int, ...]

    @property
    def width(self) -> int:
        return sum(self.widths.values()) + GAP * (len(self.widths) - 1)


def draw(document: Document, console: Console) -> None:
    """Print `document`; on anything but a terminal one row stays one line, however long.

    Lines are set here and left as they are: what is wider than the terminal, a command to copy, is its own to wrap.
    """
    lines = [line for block in document.blocks for line in _lines(block, console)]
    if lines:
        console.print(Text("\n").join(lines), soft_wrap=True, no_wrap=True, crop=False, overflow="ignore")


def _lines(block: Block, console: Console) -> Iterator[Text]:
    match block:
        case Heading():
            yield Text(_shown(block.text, console), style="bold")
        case Paragraph():
            yield from _paragraph(block, console)
        case Table():
            yield from _table(block, console)
        case Chart():
            yield from _chart(block, console)


def _chart(block: Chart, console: Console) -> Iterator[Text]:
    from smartkpi.report import charts  # only `show` draws one

    width = console.width if console.is_terminal else PIPED
    for line in charts.lines(block, width, console.encoding):
        yield Text(_shown(line, console))
    yield from _hanging(Text(), Text(_shown(charts.legend(block, console.encoding), console)), Text(), console)


def _paragraph(block: Paragraph, console: Console) -> Iterator[Text]:
    sign = _shown(f"{block.sign} " if block.sign else "", console)
    lead = Text(" " * block.indent).append(sign, STYLES[block.tone])
    text = Text(_shown(block.text, console), style="" if block.sign else STYLES[block.tone])
    command = Text(_shown(block.command, console), style="bold")
    return _hanging(lead, text, command, console)


def _hanging(lead: Text, text: Text, command: Text, console: Console) -> Iterator[Text]:
    """`text` wrapped under itself; a command behind it where there is room, else whole on a line of its own."""
    lines = _wrapped(text, console.width - lead.cell_len, console) if console.is_terminal else [text]
    gap = Text(INDENT if text and command else "")
    if not console.is_terminal or lead.cell_len + lines[-1].cell_len + gap.cell_len + command.cell_len <= console.width:
        lines[-1] = lines[-1] + gap + command
    else:
        lines = [*(lines if text else ()), command]
    for line in lines:
        yield lead + line
        lead = Text(" " * lead.cell_len)


def _wrapped(text: Text, width: int, console: Console) -> list[Text]:
    if text.cell_len <= width:
        return [text]
    lines = list(text.wrap(console, max(width, NARROWEST)))
    for line in lines:
        line.rstrip()
    return lines


def _table(block: Table, console: Console) -> Iterator[Text]:
    if not block.rows:
        return
    width = console.width if console.is_terminal else UNLIMITED
    layout = next((found for found in _layouts(block, width, console) if found.width <= width), None)
    if layout is None:
        for row in block.rows:
            yield from _stack(block, row, console, width)
        return
    if block.headed:
        heads = tuple(Text(_shown(column.name, console), style="bold") for column in block.columns)
        yield from _row(block.columns, heads, layout, console)
    for row in block.rows:
        cells = tuple(_cell(cell, console, layout.bars[i]) for i, cell in enumerate(row))
        yield from _row(block.columns, cells, layout, console)


def _layouts(block: Table, width: int, console: Console) -> Iterator[Layout]:
    """From the roomiest to the narrowest: long texts wrap a little, columns and bars go (the highest `goes` first),
    long texts wrap a lot. On a narrow terminal the roomiest or none: a row takes two lines there."""
    wide = [_wide((row[i].text for row in block.rows), console) for i in range(len(block.columns))]
    bars = [_wide((row[i].text for row in block.rows if row[i].share is not None), console) for i in range(len(wide))]
    heads = [_wide((column.name,), console) if block.headed else 0 for column in block.columns]

    def layout(gone: set[int], most: int) -> Layout:
        widths = {}
        for i, column in enumerate(block.columns):
            if i not in gone:
                full = max(wide[i], heads[i], BAR + 1 + bars[i] if bars[i] else 0)
                widths[i] = min(full, max(most, heads[i])) if column.wraps else full
        return Layout(widths, tuple(bars))

    gone: set[int] = set()
    yield layout(gone, UNLIMITED)
    if width < STACKED:
        return
    yield layout(gone, COMFORTABLE)
    steps = [(c.goes, i, False) for i, c in enumerate(block.columns) if c.goes]
    steps += [(c.bar_goes, i, True) for i, c in enumerate(block.columns) if c.bar_goes]
    for _, i, is_bar in sorted(steps, reverse=True):
        if is_bar:
            bars[i] = 0
        else:
            gone.add(i)
        yield layout(gone, COMFORTABLE)
    yield layout(gone, NARROWEST)


def _wide(texts: Iterable[str], console: Console) -> int:
    """How wide the widest of them is."""
    return max((cell_len(_shown(text, console)) for text in texts), default=0)


def _row(columns: tuple[Column, ...], cells: tuple[Text, ...], layout: Layout, console: Console) -> Iterator[Text]:
    """One row: a line, or as many as its wrapping cells take."""
    parts = {
        i: _wrapped(cells[i], width, console) if columns[i].wraps else [cells[i]] for i, width in layout.widths.items()
    }
    for line in range(max(map(len, parts.values()))):
        whole = Text()
        for i, width in layout.widths.items():
            part = parts[i][line] if line < len(parts[i]) else Text()
            room = " " * (width - part.cell_len)
            right = columns[i].right and not layout.bars[i]
            whole.append(room if right else "").append_text(part).append(" " * GAP if right else room + " " * GAP)
        whole.rstrip()
        yield whole


def _stack(block: Table, row: tuple[Cell, ...], console: Console, width: int) -> Iterator[Text]:
    """Two lines: the first cells, and the rest below; what may go goes, until the rest fits."""
    lead = Text("  ").join(_cell(cell, console) for cell in row[: block.lead - 1] if cell.text)
    lead.append("  " if lead else "")
    yield from _hanging(lead, _cell(row[block.lead - 1], console), Text(), console)
    rest = [(c.goes, _named(c, cell, console)) for c, cell in zip(block.columns, row, strict=True)][block.lead :]
    rest = [(goes, text) for goes, text in rest if text]
    while _side_by_side(rest).cell_len > width and (last := max((goes for goes, _ in rest), default=0)):
        rest = [(goes, text) for goes, text in rest if goes != last]
    for line in _filled([text for _, text in rest], width - len(INDENT)):
        yield from _hanging(Text(INDENT), line, Text(), console)


def _filled(cells: list[Text], width: int) -> list[Text]:
    """The cells in as few lines as they need: one is parted only where it alone is too wide."""
    lines: list[Text] = []
    for text in cells:
        if lines and lines[-1].cell_len + GAP + text.cell_len <= width:
            lines[-1] = lines[-1] + Text(" " * GAP) + text
        else:
            lines.append(text)
    return lines


def _named(column: Column, cell: Cell, console: Console) -> Text:
    """The cell, behind the name of its column where that asks for it: "likes 287"."""
    text = _cell(cell, console)
    return Text(f"{_shown(column.name, console)} ") + text if column.named and text else text


def _side_by_side(cells: list[tuple[int, Text]]) -> Text:
    return Text(INDENT) + Text(" " * GAP).join(text for _, text in cells)


def _cell(cell: Cell, console: Console, bar: int = 0) -> Text:
    """The text of a cell; with a bar at the left edge and the text right behind it, `bar` wide."""
    text = Text(_shown(cell.text, console), style=STYLES[cell.tone])
    if cell.share is None or not bar:
        return text
    full = round(min(max(cell.share, 0.0), 1.0) * BAR)
    drawn = Text(_shown("█" * full + "░" * (BAR - full), console), style=STYLES[cell.tone])
    return drawn + Text(" " * (1 + bar - text.cell_len)) + text


def _shown(text: str, console: Console) -> str:
    return encodable(visible(text), console.encoding)
