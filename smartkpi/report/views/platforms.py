"""Where to click to download each known export."""

from collections.abc import Mapping, Sequence

from smartkpi.model.card import Card
from smartkpi.report import words
from smartkpi.report.document import Block, Document, Heading, Paragraph


def platform_list(cards: Sequence[Card], names: Mapping[str, str]) -> Document:
    """Every known export with its menu path, by platform."""
    if not cards:
        return Document(
            (
                Paragraph("No export of that platform is known yet."),
                Paragraph("A table from there can be taught:", command="smartkpi import FILE --map", indent=2),
                Paragraph(
                    "Numbers can be kept by hand:", command="smartkpi record METRIC NUMBER --account NAME", indent=2
                ),
            )
        )
    blocks: list[Block] = []
    for card in sorted(cards, key=lambda c: (names.get(c.platforms[0], ""), c.title)):
        where = words.listed([names.get(p, p) for p in card.platforms])
        blocks.append(Heading(f"{card.title} ({where})"))
        blocks += [Paragraph(step, indent=2) for step in card.how]
        blocks.append(Paragraph(""))
    return Document(tuple(blocks[:-1]))
