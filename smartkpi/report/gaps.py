"""What imported files lack becomes sentences: days inside one of them, and days at the end that its siblings have."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from smartkpi.model.extraction import Extraction
from smartkpi.model.receipt import FileReceipt, Outcome, TableReceipt
from smartkpi.report import words

_TOLD = 3  # gaps, and files, that are told one by one


def notes(extraction: Extraction) -> tuple[str, ...]:
    """The sentences for the receipt of a table."""
    gaps = missing_days(extraction)
    return (*([gaps] if gaps else []), *extraction.notes)


def missing_days(extraction: Extraction) -> str:
    """ "3 days are missing inside it: 4 Mar – 6 Mar"; '' where none are, and in a table that has no days."""
    gaps = [(before[1] + 1, after[0] - 1) for before, after in pairwise(extraction.stretches)]
    count = sum(last - first + 1 for first, last in gaps)
    if not count:
        return ""
    stated = sum(last - first + 1 for first, last in extraction.stretches)
    if count > stated:  # not a table of every day: gap by gap it would be a litany
        return f"only {words.number(stated)} of its {words.number(stated + count)} days are in it"
    told = [_gap(*gap) for gap in gaps[:_TOLD]]
    more = [f"{words.counted(len(gaps) - _TOLD, 'more gap')}"] if len(gaps) > _TOLD else []
    are = "day is" if count == 1 else "days are"
    return f"{words.number(count)} {are} missing inside it: {words.listed([*told, *more])}"


def _gap(first: int, last: int) -> str:
    """Without the year, which the line above it says of the whole table."""
    return words.day(first) if first == last else f"{words.day(first)} – {words.day(last)}"


@dataclass(slots=True)
class _Daily:
    """The days of one file, and what it counts by day."""

    file: str
    first: int
    last: int
    counted: set[tuple[str, str]] = field(default_factory=set)  # (table, metric)


def ends_early(files: Sequence[FileReceipt]) -> tuple[str, ...]:
    """ "Follows.csv ends on 13 Jun; the other 6 files end on 21 Jun 2026": of one account and kind of export.

    Only what no newer file of the same command goes on with, and only where the days of the files overlap: exports of
    other times are no siblings.
    """
    groups: dict[tuple[object, ...], dict[str, _Daily]] = {}
    for file in files:
        for table in file.tables:
            if table.outcome in (Outcome.TAKEN, Outcome.KNOWN) and table.extraction.stretches:
                owners = tuple(sorted(account.uid for account in table.accounts))
                _add(groups.setdefault((owners, table.extraction.profile), {}), table)
    return tuple(filter(None, (_sentence(list(group.values())) for group in groups.values())))


def _add(group: dict[str, _Daily], table: TableReceipt) -> None:
    extraction = table.extraction
    first, last = extraction.stretches[0][0], extraction.stretches[-1][1]
    daily = group.setdefault(extraction.file, _Daily(extraction.file, first, last))
    daily.first, daily.last = min(daily.first, first), max(daily.last, last)
    daily.counted |= {(extraction.table, metric) for metric in extraction.metrics}


def _sentence(group: Sequence[_Daily]) -> str:
    end = max(daily.last for daily in group)
    latest = [daily for daily in group if daily.last == end]
    begin = min(daily.first for daily in latest)
    early: list[_Daily] = []
    for daily in sorted(group, key=lambda daily: -daily.last):
        newer = set().union(*(other.counted for other in group if other.last > daily.last or other in early))
        if begin <= daily.last < end and daily.counted - newer:
            early.append(daily)
    if not early:
        return ""
    told = [f"{daily.file} ends on {words.day(daily.last)}" for daily in early[:_TOLD]]
    more = [f"{words.counted(len(early) - _TOLD, 'more file')} too"] if len(early) > _TOLD else []
    others = f"the other {len(latest)} files end" if len(latest) > 1 else f"{latest[0].file} ends"
    return f"{words.listed([*told, *more])}; {others} on {words.day(end, year=True)}"
