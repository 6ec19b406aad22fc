"""The receipt of an import, and the lists of imports, accounts and known exports."""

from collections.abc import Mapping, Sequence

from smartkpi.model.extraction import LeftOut, Restated, RowProblem
from smartkpi.model.history import ImportBatch
from smartkpi.model.metric import Metric
from smartkpi.model.receipt import FileReceipt, Outcome, TableReceipt
from smartkpi.model.series import Account
from smartkpi.report import gaps, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone

SHOWN = 5  # problems and changes told one by one; the rest is counted


def receipt(
    files: Sequence[FileReceipt], metrics: Mapping[str, Metric], platforms: Mapping[str, str], *, moved: int, dry: bool
) -> Document:
    """What came in, what was changed by the platform since, what was left out and why."""
    blocks: list[Block] = []
    for file in files:
        blocks += _file(file, metrics, platforms)
    early = [Paragraph(f"{sentence}.", Tone.MUTED) for sentence in gaps.ends_early(files)]
    return Document((*blocks, *early, _sum(files, moved=moved, dry=dry)))


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
    for table in taken:
        blocks += _table(table, metrics, platforms)
    blocks += [Paragraph(_left_out(left), Tone.MUTED, indent=2) for left in file.skipped]
    return [*blocks, Paragraph("")]


def _table(table: TableReceipt, metrics: Mapping[str, Metric], platforms: Mapping[str, str]) -> list[Block]:
    extraction = table.extraction
    said = [_whose(table, platforms)]
    if table.outcome is Outcome.KNOWN:
        said.append(f"the same as import {table.batch}: 0 new, 0 changed, nothing to do")
    else:
        said += [_what(table), *_changes(table, metrics), *_kept_out(table)]
    quiet = [_read_as(table), *(_left_out(left) for left in extraction.left_out), *gaps.notes(extraction)]
    lines: list[Block] = [Paragraph(line, indent=2) for line in said]
    return lines + [Paragraph(line, Tone.MUTED, indent=2) for line in quiet] + _problems(extraction.problems)


def _whose(table: TableReceipt, platforms: Mapping[str, str]) -> str:
    extraction = table.extraction
    note = f" ({table.account_note})" if table.account_note else ""
    member = f"{extraction.member}: " if extraction.member else ""
    return f"{member}{extraction.profile_title} · {extraction.table} · {_names(table.accounts, platforms)}{note}"


def _names(accounts: Sequence[Account], platforms: Mapping[str, str]) -> str:
    named = [f"{a.name} on {platforms.get(a.platform, a.platform)}" for a in accounts]
    return words.listed(named) if len(named) <= SHOWN else words.counted(len(named), "account")


def _what(table: TableReceipt) -> str:
    """ "25 May – 21 Jun 2026 · 26 new days (26 numbers), 0 same, 2 changed · 21 Jun may still change"."""
    extraction = table.extraction
    dates = ""
    if extraction.first_day is not None and extraction.last_day is not None:
        dates = words.span(extraction.first_day, extraction.last_day)
    return " · ".join(part for part in (dates, _counts(table), _provisional(table)) if part)


def _counts(table: TableReceipt) -> str:
    counts = table.counts
    same = f"{words.number(counts.same)} same, {words.number(counts.restated)} changed"
    if counts.new_items or counts.same_items:
        items = f"{words.counted(counts.new_items, 'new item')}, {words.number(counts.same_items)} known"
        return f"{items} ({words.counted(counts.new, 'new number')}, {same})"
    if counts.new_days:
        return f"{words.counted(counts.new_days, 'new day')} ({words.counted(counts.new, 'number')}), {same}"
    return f"{words.counted(counts.new, 'new number')}, {same}"


def _provisional(table: TableReceipt) -> str:
    """Which of the last days the platform may still change."""
    last, final = table.extraction.last_day, table.as_of - table.extraction.lag
    if last is None or last <= final:
        return ""
    first = max(final + 1, table.extraction.first_day or last)
    return f"{words.day(last) if first == last else f'{words.day(first)} – {words.day(last)}'} may still change"


def _read_as(table: TableReceipt) -> str:
    new = f"as new as {words.day(table.as_of, year=True)} ({table.as_of_from})"
    return f"read as {table.extraction.dialect}; {new}"


def _changes(table: TableReceipt, metrics: Mapping[str, Metric]) -> list[str]:
    if not table.counts.largest:  # numbers of items grow, and are not told one by one
        return []
    told = "; ".join(_change(change, metrics) for change in table.counts.largest[:SHOWN])
    return [f"changed since by the platform, the largest: {told}"]


def _change(change: Restated, metrics: Mapping[str, Metric]) -> str:
    metric = metrics.get(change.key.metric)
    name = metric.name if metric else change.key.metric
    size = f" ({_sized(change)})" if change.was else ""
    return f"{words.day(change.day)} {name} {words.number(change.was)} → {words.number(change.now)}{size}"


def _sized(change: Restated) -> str:
    share = (change.now - change.was) / abs(change.was)
    return f"{'+' if share >= 0 else ''}{words.percent(share)}"


def _kept_out(table: TableReceipt) -> list[str]:
    lost = table.counts.kept_out
    if not lost:
        return []
    return [f"{words.counted(lost, 'older value')} differ and were kept out; if this file is newer: --as-of DATE"]


def _left_out(left: LeftOut) -> str:
    if left.tables:
        return f"left out: {words.listed(left.tables)}: {left.reason}"
    lines = ", ".join(str(line) for line in left.lines[:SHOWN])
    more = f" and {words.number(len(left.lines) - SHOWN)} more" if len(left.lines) > SHOWN else ""
    where = f"line{'s' if len(left.lines) > 1 else ''} {lines}{more}: " if left.lines else ""
    return f"left out: {where}{left.reason}"


def _problems(problems: Sequence[RowProblem]) -> list[Block]:
    told: list[Block] = [Paragraph(problem(p), Tone.WARN, indent=4) for p in problems[:SHOWN]]
    if len(problems) > SHOWN:
        told.append(Paragraph(f"and {words.number(len(problems) - SHOWN)} more lines like these", Tone.WARN, indent=4))
    if problems:
        again = "Correct them and import the file again: nothing is counted twice."
        rows = words.counted(len({p.line for p in problems}), "row")
        told.append(Paragraph(f"{rows} not read in full; the rest is in. {again}", Tone.WARN, indent=2))
    return told


def problem(found: RowProblem) -> str:
    """ "line 14, column Date: "31/02/2026" is not a day (…)"."""
    return f"line {found.line}, column {found.column}: “{found.text}” {found.expected}"


def _sum(files: Sequence[FileReceipt], *, moved: int, dry: bool) -> Paragraph:
    tables = [t for f in files for t in f.tables if t.error is None]
    new, changed = sum(t.counts.new for t in tables), sum(t.counts.restated for t in tables)
    items = sum(t.counts.new_items for t in tables)
    parts = [f"{words.number(new)} new", f"{words.number(changed)} changed"]
    parts += [f"{words.counted(items, 'new item')}"] if items else []
    text = ", ".join(parts)
    if dry:
        return Paragraph(f"{text}. This was a dry run: nothing was kept.")
    if not files:
        return Paragraph("No file found there; folders are searched one level deep. Nothing was changed.")
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
        f"{words.amount(value, metric, unit)} {metric.name}".strip()
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
        Column("As new as", goes=3), Column("New", right=True, goes=4), Column("Changed", right=True, goes=5),
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
