"""What an undo did, and the screens of accounts."""

from collections.abc import Mapping, Sequence

from smartkpi.model.history import AccountUse, MergeCounts, Moved, TouchedRow, Undone
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.report.document import Block, Cell, Column, Document, Paragraph, Table

VERBS = {"undo": "Taken back", "redo": "Brought back"}
OTHER = {"undo": "redo", "redo": "undo"}


def turned(what: str, done: Undone | None, number: int | None, taught: Sequence[str] = ()) -> Document:
    """What an undo or a redo did, line by line; `taught`: tables of the user's own that go on being known."""
    if done is None:
        nothing = "nothing is left to take back" if what == "undo" else "nothing to bring back"
        return Document((Paragraph(f"{nothing[0].upper()}{nothing[1:]}."),))
    blocks: list[Block] = [Paragraph(f"{VERBS[what]}: {done.command}")]
    for batch, moved in zip(done.batches, done.moved, strict=True):
        member = f" › {batch.member}" if batch.member else ""
        blocks.append(
            Paragraph(f"import {batch.id}: {batch.file}{member}, {_moved(what, moved, batch.items)}", indent=2)
        )
    blocks += [Paragraph(_became(row), indent=2) for row in done.rows]
    blocks += [
        Paragraph(
            f"the table “{name}” is still known; to forget it:", command=f"smartkpi platforms remove {name}", indent=2
        )
        for name in taught
    ]
    one = "" if number is None else f" --import {number}"
    return Document((*blocks, Paragraph(f"The other way: smartkpi {OTHER[what]}{one}")))


def _moved(what: str, moved: Moved, items: int) -> str:
    """ "26 numbers, 2 numbers back to their older values": what stands otherwise now."""
    if moved == Moved():
        return words.counted(items, "item") if items else "no other value stands for it"
    parts = [words.counted(moved.there, "number")] if moved.there else []
    if moved.changed:
        older = "back to its older value" if moved.changed == 1 else "back to their older values"
        parts.append(f"{words.counted(moved.changed, 'number')} {older if what == 'undo' else 'changed again'}")
    return ", ".join(parts)


def _became(row: TouchedRow) -> str:
    if row.was:
        return f"{row.thing} {row.was} is called {row.name} again"
    return f"{row.thing} {row.name}: {row.became}"


def account_list(uses: Sequence[AccountUse], labels: Mapping[str, str]) -> Document:
    """Every account with what feeds it."""
    if not uses:
        return Document((Paragraph("No accounts yet: an import names them.", command="smartkpi import ~/Downloads"),))
    columns = (
        Column("Account"), Column("Platform"), Column("Fed by", goes=1), Column("Days", goes=2),
        Column("Imports", right=True, goes=3, named=True), Column("Goals", right=True, goes=4, named=True),
    )  # fmt: skip
    return Document((Table(columns, tuple(_use(use, labels) for use in uses)),))


def _use(use: AccountUse, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    days = "" if use.first_day is None or use.last_day is None else words.span(use.first_day, use.last_day)
    return (
        Cell(use.account.name),
        Cell(labels.get(use.account.platform, use.account.platform)),
        Cell(", ".join(use.reports)),
        Cell(days),
        Cell(words.number(use.imports), number=use.imports),
        Cell(words.number(use.goals), number=use.goals),
    )


def renamed(before: Account, after: Account) -> Document:
    """That an account has another name."""
    return Document((Paragraph(f"{before.name} is now called {after.name}."), Paragraph("Take it back: smartkpi undo")))


def merged(source: Account, into: Account, counts: MergeCounts, *, dry: bool) -> Document:
    """What merging two accounts did, or would do."""
    lines = [
        Paragraph(f"{source.name} {'would become' if dry else 'is now'} a part of {into.name}."),
        Paragraph(
            f"{words.counted(counts.imports, 'import')}: {words.counted(counts.new, 'number')} new to it, "
            f"{words.number(counts.same)} the same, {words.number(counts.differing)} differ "
            f"(the newest export decides: {words.number(counts.changed)} of them change)",
            indent=2,
        ),
    ]
    last = "This was a dry run: nothing was changed." if dry else "Take it back: smartkpi undo"
    return Document((*lines, Paragraph(last)))
