"""The receipt of an import, and the lists of imports, accounts and known exports."""

from collections.abc import Mapping, Sequence

from smartkpi.model.history import ImportBatch
from smartkpi.model.metric import Metric
from smartkpi.model.receipt import FileReceipt, Folder, Outcome, TableReceipt
from smartkpi.model.series import Account
from smartkpi.report import gaps, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.views import tables
from smartkpi.report.views.tables import SHOWN


def receipt(
    files: Sequence[FileReceipt],
    metrics: Mapping[str, Metric],
    platforms: Mapping[str, str],
    *,
    moved: int,
    dry: bool,
    folders: Sequence[Folder] = (),
) -> Document:
    """What came in, what was changed by the platform since, what was left out and why."""
    blocks: list[Block] = []
    for file in files:
        blocks += _file(file, metrics, platforms)
    early = [Paragraph(f"{sentence}.", Tone.MUTED) for sentence in gaps.ends_early(files)]
    unread = [_not_searched(folder) for folder in folders if folder.inside]
    return Document((*blocks, *early, *unread, _sum(files, folders, moved=moved, dry=dry)))


def _not_searched(folder: Folder) -> Paragraph:
    """That the folders in a folder are not read, and the command that reads them."""
    shown = folder.inside[:SHOWN]
    more = f" and {words.number(len(folder.inside) - SHOWN)} more" if len(folder.inside) > SHOWN else ""
    are = "1 folder lies" if len(folder.inside) == 1 else f"{words.number(len(folder.inside))} folders lie"
    text = f"{are} in {folder.path}, not searched: {', '.join(shown)}{more}."
    return Paragraph(text, Tone.MUTED, command=folder.command)


def _file(file: FileReceipt, metrics: Mapping[str, Metric], platforms: Mapping[str, str]) -> list[Block]:
    if file.outcome is Outcome.LEFT_ALONE:
        reasons = "; ".join(left.reason for left in file.skipped)
        why = f"nothing in it is taken ({reasons})" if reasons else "not an export that I know"
        taught = "" if reasons else ". Teach it: smartkpi import FILE --map"
        return [Paragraph(f"{file.file}: {why}: left alone{taught}", Tone.MUTED)]
    if file.outcome is Outcome.SETTINGS:
        return [Paragraph(f"{file.file}: {'; '.join(left.reason for left in file.skipped)}", Tone.MUTED)]
    taken = [t for t in file.tables if t.error is None]
    if not taken:
        return []
    blocks: list[Block] = [Heading(file.file)]
    blocks += _table(taken[0], metrics, platforms) if len(taken) == 1 else tables.together(taken, metrics, platforms)
    blocks += [Paragraph(tables.left_out(left), Tone.MUTED, indent=2) for left in file.skipped]
    return [*blocks, Paragraph("")]


def _table(table: TableReceipt, metrics: Mapping[str, Metric], platforms: Mapping[str, str]) -> list[Block]:
    extraction = table.extraction
    member = f"{extraction.member}: " if extraction.member else ""
    title, whose = extraction.profile_title, tables.whose([table], platforms)
    said = [f"{member}{title} · {tables.called(extraction)} · {whose}"]
    said += tables.told(table, metrics, [tables.dates(table), tables.counts(table), tables.provisional(table)])
    lines: list[Block] = [Paragraph(line, indent=2) for line in said]
    quiet = [tables.read_as([table]), *tables.quiet(table)]
    return lines + [Paragraph(line, Tone.MUTED, indent=2) for line in quiet] + tables.problems(extraction.problems)


def _sum(files: Sequence[FileReceipt], folders: Sequence[Folder], *, moved: int, dry: bool) -> Paragraph:
    tables = [t for f in files for t in f.tables if t.error is None]
    new, changed = sum(t.counts.new for t in tables), sum(t.counts.restated for t in tables)
    items = sum(t.counts.new_items for t in tables)
    parts = [f"{words.number(new)} new", f"{words.number(changed)} changed"]
    parts += [f"{words.counted(items, 'new item')}"] if items else []
    text = ", ".join(parts)
    if dry:
        return Paragraph(f"{text}. This was a dry run: nothing was kept.")
    if not files:
        where = words.listed([folder.path for folder in folders])
        return Paragraph(f"No table and no ZIP lies in {where} itself. Nothing was changed.")
    if not any(t.outcome is Outcome.TAKEN for t in tables):
        return Paragraph("Nothing was changed.")
    goals = f"; {words.counted(moved, 'goal')} moved: smartkpi status" if moved else ""
    return Paragraph(f"{text}{goals} · take it all back: smartkpi undo (redo brings it again)")


def recorded(
    account: Account, metric: Metric, value: float, unit: str, day: int, platforms: Mapping[str, str]
) -> Document:
    """A number that was kept by hand."""
    whose = f"{account.name} on {platforms.get(account.platform, account.platform)}"
    said = (
        f"{words.amount(value, metric, unit)} {words.noun(metric, value)}".strip()
        if metric.unit == ""
        else words.amount(value, metric, unit)
    )
    text = f"Kept: {metric.name} of {whose} on {words.full_day(day)}: {said}"
    return Document((Paragraph(text), Paragraph("Take it back: smartkpi undo")))


def import_list(batches: Sequence[ImportBatch]) -> Document:
    """Every import, the newest first."""
    if not batches:
        return Document((Paragraph("Nothing imported yet.", command="smartkpi import ~/Downloads"),))
    columns = (
        Column("No", right=True), Column("File"), Column("Account", goes=1), Column("Days"),
        Column("As new as", goes=3, named=True), Column("New", right=True, goes=4, named=True),
        Column("Changed", right=True, goes=5, named=True),
        Column("State", goes=2),
    )  # fmt: skip
    return Document((Table(columns, tuple(_batch(b) for b in sorted(batches, key=lambda b: -b.id))),))


def _batch(batch: ImportBatch) -> tuple[Cell, ...]:
    tone = Tone.PLAIN if batch.active else Tone.MUTED
    days = "" if batch.first_day is None or batch.last_day is None else words.span(batch.first_day, batch.last_day)
    name = f"{batch.file} › {batch.member}" if batch.member else batch.file
    return (
        Cell(str(batch.id), tone, number=batch.id),
        Cell(name, tone),
        Cell(
            words.listed(batch.accounts) if len(batch.accounts) <= 2 else words.counted(len(batch.accounts), "account"),
            tone,
        ),
        Cell(days, tone),
        Cell(words.day(batch.as_of, year=True), tone),
        Cell(words.number(batch.new), tone, number=batch.new),
        Cell(words.number(batch.restated), tone, number=batch.restated),
        Cell("in" if batch.active else "taken back", tone),
    )
