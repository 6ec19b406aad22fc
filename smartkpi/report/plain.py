"""A document as plain lines, one record a line: reads aloud well, and pipes into anything."""

from smartkpi.report.document import Block, Cell, Chart, Column, Document, Heading, Paragraph, Table
from smartkpi.report.signs import visible


def render(document: Document) -> str:
    """The lines of `document`, without boxes, bars or colour."""
    return "\n".join(visible(line) for block in document.blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(text=text):
            return [text] if text else []
        case Paragraph():
            return (
                [" ".join(part for part in (block.text, block.command) if part)] if block.text or block.command else []
            )
        case Table():
            return [_record(block.columns, row) for row in block.rows]
        case Chart():
            return ["; ".join(text for text in (block.so_far, block.planned, block.foreseen) if text)]


def _record(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> str:
    """ "Goal: Leads; Status: off track; …": signs are left out, their word stands beside them."""
    said = [(column.name, cell.aloud or cell.text) for column, cell in zip(columns, row, strict=True) if cell.text]
    told = ((name, text) for name, text in said if name or len(text) > 1 or text.isalnum())
    return "; ".join(f"{name}: {text}" if name else text for name, text in told)
