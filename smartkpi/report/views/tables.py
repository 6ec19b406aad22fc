"""The receipt of one table, part by part, and of all tables of a file together: what they share is said once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from smartkpi.model.extraction import Extraction, LeftOut, Restated, RowProblem
from smartkpi.model.metric import Metric
from smartkpi.model.receipt import Outcome, TableReceipt
from smartkpi.model.series import Account
from smartkpi.report import gaps, words
from smartkpi.report.document import Block, Paragraph, Tone

SHOWN = 5  # problems and changes told one by one; the rest is counted
_METRICS = 3  # that tell two tables of one name apart

Metrics = Mapping[str, Metric]


def together(tables: Sequence[TableReceipt], metrics: Metrics, platforms: Mapping[str, str]) -> list[Block]:
    """Several tables of one file: those of one export and account under one line, each on a line of its own."""
    groups: dict[tuple[str, tuple[Account, ...]], list[TableReceipt]] = {}
    for table in tables:
        groups.setdefault((table.extraction.profile_title, table.accounts), []).append(table)
    return [block for group in groups.values() for block in _group(group, metrics, platforms)]


def _group(group: Sequence[TableReceipt], metrics: Metrics, platforms: Mapping[str, str]) -> list[Block]:
    often = Counter(note for table in group for note in dict.fromkeys(quiet(table)))
    shared = [note for note, count in often.items() if count > 1]
    taken = [table for table in group if table.outcome is not Outcome.KNOWN and table.extraction.first_day is not None]
    days = {(dates(table), provisional(table)) for table in taken}
    one = days.pop() if len(days) == 1 else ("", "")
    is_one_way = len({(table.as_of, table.extraction.dialect) for table in group}) == 1
    heads = [f"{group[0].extraction.profile_title} · {whose(group, platforms)}", " · ".join(filter(None, one))]
    blocks: list[Block] = [Paragraph(head, indent=2) for head in heads if head]
    for table, name in zip(group, _named(group, metrics), strict=True):
        own = [] if is_one_way else [read_as([table])]
        own += [note for note in quiet(table) if note not in shared]
        own_days = [part for part in (dates(table), provisional(table)) if part not in one]
        facts = [*own_days[:1], counts(table), *own_days[1:]]
        blocks += _one(table, name, told(table, metrics, facts), own)
    common = [read_as(group)] if is_one_way else []
    common += [note if often[note] == len(group) else f"in {often[note]} of these tables: {note}" for note in shared]
    return blocks + [Paragraph(line, Tone.MUTED, indent=2) for line in common]


def _one(table: TableReceipt, name: str, said: Sequence[str], own: Sequence[str]) -> list[Block]:
    first, *more = said
    lines: list[Block] = [Paragraph(f"{name}: {first}", indent=4), *(Paragraph(line, indent=6) for line in more)]
    return [
        *lines,
        *(Paragraph(line, Tone.MUTED, indent=6) for line in own),
        *problems(table.extraction.problems, indent=6),
    ]


def _named(group: Sequence[TableReceipt], metrics: Metrics) -> list[str]:
    """Where each table lies and what it is; with what it counts where that alone tells it from another."""
    plain = [_place(table.extraction, "") for table in group]
    often = Counter(plain)
    return [
        _place(table.extraction, _counted(table.extraction, metrics)) if often[name] > 1 else name
        for table, name in zip(group, plain, strict=True)
    ]


def _place(extraction: Extraction, counted: str) -> str:
    """ "Chart.csv", "Dados.csv: Totals", "By day: users"; the name of a file is not said twice."""
    member, name = extraction.member, called(extraction)
    is_said = name.casefold() == member.rpartition(".")[0].casefold() or name.casefold() == member.casefold()
    return ": ".join(part for part in (member, "" if is_said else name, counted) if part)


def _counted(extraction: Extraction, metrics: Metrics) -> str:
    names = [metrics[each].name if each in metrics else each for each in extraction.metrics]
    more = len(names) - _METRICS
    return words.listed([*names[:_METRICS], *([f"{more} more"] if more > 0 else [])])


def called(extraction: Extraction) -> str:
    """The name of a table; totals say by what they are parted."""
    has_parts = extraction.parted and "totals" in extraction.table.casefold()
    return f"{extraction.table} by {extraction.parted}" if has_parts else extraction.table


def whose(tables: Sequence[TableReceipt], platforms: Mapping[str, str]) -> str:
    """ "Example Café on Instagram (a new account)", as the first of the tables knows it."""
    accounts, note = tables[0].accounts, tables[0].account_note
    named = [f"{a.name} on {platforms.get(a.platform, a.platform)}" for a in accounts]
    all_ = words.listed(named) if len(named) <= SHOWN else words.counted(len(named), "account")
    return f"{all_} ({note})" if note else all_


def told(table: TableReceipt, metrics: Metrics, facts: Sequence[str]) -> list[str]:
    """What came in of a table, or that it was in: "25 May – 21 Jun 2026 · 26 new days, 0 same, 2 changed"."""
    if table.outcome is Outcome.KNOWN:
        return [f"the same as import {table.batch}: 0 new, 0 changed, nothing to do"]
    return [" · ".join(filter(None, facts)), *_changes(table, metrics), *_kept_out(table)]


def quiet(table: TableReceipt) -> list[str]:
    """What was left out, and what else is worth knowing."""
    return [*map(left_out, table.extraction.left_out), *gaps.notes(table.extraction)]


def dates(table: TableReceipt) -> str:
    """From which day to which."""
    first, last = table.extraction.first_day, table.extraction.last_day
    return words.span(first, last) if first is not None and last is not None else ""


def counts(table: TableReceipt) -> str:
    """How much of it is new, known and changed."""
    did = table.counts
    same = f"{words.number(did.same)} same, {words.number(did.restated)} changed"
    if did.new_items or did.same_items:
        items = f"{words.counted(did.new_items, 'new item')}, {words.number(did.same_items)} known"
        return f"{items} ({words.counted(did.new, 'new number')}, {same})"
    if did.new_days:
        return f"{words.counted(did.new_days, 'new day')} ({words.counted(did.new, 'number')}), {same}"
    return f"{words.counted(did.new, 'new number')}, {same}"


def provisional(table: TableReceipt) -> str:
    """Which of the last days the platform may still change."""
    last, final = table.extraction.last_day, table.as_of - table.extraction.lag
    if last is None or last <= final:
        return ""
    first = max(final + 1, table.extraction.first_day or last)
    return f"{words.day(last) if first == last else f'{words.day(first)} – {words.day(last)}'} may still change"


def read_as(group: Sequence[TableReceipt]) -> str:
    """How tables of one dialect and day were read, and how new they are."""
    first = min(group, key=lambda table: len(table.as_of_from))  # the others know it from a table beside them
    return f"read as {first.extraction.dialect}; as new as {words.day(first.as_of, year=True)} ({first.as_of_from})"


def _changes(table: TableReceipt, metrics: Metrics) -> list[str]:
    if not table.counts.largest:  # numbers of items grow, and are not told one by one
        return []
    told = "; ".join(_change(change, metrics) for change in table.counts.largest[:SHOWN])
    return [f"changed since by the platform, the largest: {told}"]


def _change(change: Restated, metrics: Metrics) -> str:
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


def left_out(left: LeftOut) -> str:
    """ "left out: line 7: total rows"."""
    if left.tables:
        return f"left out: {words.listed(left.tables)}: {left.reason}"
    lines = ", ".join(str(line) for line in left.lines[:SHOWN])
    more = f" and {words.number(len(left.lines) - SHOWN)} more" if len(left.lines) > SHOWN else ""
    where = f"line{'s' if len(left.lines) > 1 else ''} {lines}{more}: " if left.lines else ""
    return f"left out: {where}{left.reason}"


def problems(found: Sequence[RowProblem], *, indent: int = 2) -> list[Block]:
    """The first rows that cannot be read, how many there are, and what to do where something can be done."""
    told: list[Block] = [Paragraph(problem(p), Tone.WARN, indent=indent + 2) for p in found[:SHOWN]]
    if len(found) > SHOWN:
        told.append(
            Paragraph(f"and {words.number(len(found) - SHOWN)} more lines like these", Tone.WARN, indent=indent + 2)
        )
    mendable = {p.line for p in found if p.mendable}
    twice = {p.line for p in found if not p.mendable}
    if mendable:
        again = "Correct them and import the file again: nothing is counted twice."
        count = words.counted(len(mendable), "row")
        told.append(Paragraph(f"{count} not read in full; the rest is in. {again}", Tone.WARN, indent=indent))
    if twice:
        why = "the platform states two rows of each name, and which is right nobody can know"
        count = words.counted(len(twice), "row")
        told.append(Paragraph(f"{count} not taken: {why}; the rest is in.", Tone.WARN, indent=indent))
    return told


def problem(found: RowProblem) -> str:
    """ "line 14, column Date: "31/02/2026" is not a day (…)"."""
    return f"line {found.line}, column {found.column}: “{found.text}” {found.expected}"
