"""A surveyed table becomes an Extraction: whose it is, how new, which days, what is left out, and how to read it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import or_
from typing import TypeVar

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.columns import readers
from smartkpi.ingest.counted import tally
from smartkpi.ingest.daily import Daily, blocks
from smartkpi.ingest.items import Rows, items, shortfall
from smartkpi.ingest.keys import adding_up, metrics, owner, refuse_merged, row_kind, said, series_key, told_apart
from smartkpi.ingest.money import priced
from smartkpi.ingest.origin import Origin, origin
from smartkpi.ingest.published import publishing
from smartkpi.ingest.ranges import ranges, totals, unfinished
from smartkpi.ingest.receipt import beyond, left_out, notes, stretches
from smartkpi.ingest.repeats import Claim, fold_repeats, refuse_rivals
from smartkpi.ingest.shown import refuse_unshown
from smartkpi.ingest.spans import ranged
from smartkpi.ingest.stated import stated
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.task import Siblings, Task, Wishes
from smartkpi.model.extraction import Block, Extraction, Item, RowProblem
from smartkpi.model.period import iso
from smartkpi.model.profile import Role, Shape

_T = TypeVar("_T")
_NTH = 4  # digits of a day that is counted from the first of a range


def extraction(
    table: RawTable, scope: str, wishes: Wishes, *, remarks: tuple[str, ...] = (), siblings: Siblings, days: str = ""
) -> Extraction:
    """All that can be known before the numbers are read; daily tables first, for `siblings` learns from them.

    `scope` and `days` are what the filters of the export say: which part of all, and of which range.

    Raises FileRefusedError when the table cannot be trusted.
    """
    _refuse_damage(table)
    table = priced(table, wishes.currency)
    told = origin(table.match.profile, table.source.member.names, table.above, table.top)
    told, how = ranged(told, table, days, wishes, siblings)
    told = _covering(told, wishes, table.source.member.name)
    whole = "; ".join(part for part in (scope, told.scope) if part)
    shape = table.match.table.shape
    found = _EXTRACTORS[shape](Task(table, whole, wishes, (*remarks, *how), told, siblings))
    if shape is not Shape.ITEMS:  # the best posts by one number and by another may be one post
        refuse_rivals(Claim(table, (table.match.platforms, whole, told.account, *_range(table, told))), siblings.claims)
    return found


def _covering(told: Origin, wishes: Wishes, name: str) -> Origin:
    """With the range that the user named, where the file states none; it never says another one than the file."""
    if wishes.covers is None:
        return told
    if told.begin is not None and told.end is not None and (told.begin, told.end) != wishes.covers:
        raise FileRefusedError(
            f"{name}: it says itself that it covers {iso(told.begin)} to {iso(told.end)}.",
            hints=("Leave --covers out.",),
        )
    return replace(told, begin=wishes.covers[0], end=wishes.covers[1])


def _range(table: RawTable, told: Origin) -> tuple[int | None, ...]:
    """Days that are dates say themselves when they are; all else is of the range that the file states."""
    has_dates = table.survey.is_daily and not all(text.isdecimal() and len(text) <= _NTH for text in table.survey.texts)
    return () if has_dates else (told.begin, told.end)


def _refuse_damage(table: RawTable) -> None:
    """When most rows cannot be read, the few that can are no better than chance."""
    survey = table.survey
    if len(survey.problems) > survey.rows:
        first = survey.problems[0]
        raise FileRefusedError(
            f"{first.file}: most of its rows cannot be read ({len(survey.problems)} of "
            f"{len(survey.problems) + survey.rows}).",
            details=(f"Line {first.line}, {first.column or 'the row'}: “{first.text}”; expected {first.expected}.",),
            hints=("Download the export again and do not open it in another program first.",),
        )


def _daily(task: Task) -> Extraction:
    survey, match = task.table.survey, task.table.match
    date = match.role(Role.DATE)
    assert date is not None  # a daily table is never recognised without its days
    days: dict[str, int] = {}
    if survey.rows:
        reader = task.reader(list(survey.texts))
        days = {text: stamp.day for text in survey.texts if (stamp := reader(text))}
    fold_repeats(task.table, days)
    refuse_merged(task.table)
    if match.table.days_shown:
        refuse_unshown(task, sorted(set(days.values())))
    used = reduce(or_, survey.seen.values(), 0)
    covered = [days[text] for text, bit in survey.texts.items() if used & bit]
    task.refuse_future(days, survey.first_lines)
    first, last = min(covered, default=None), max(covered, default=None)
    if first is not None and last is not None:
        is_whole = len(set(covered)) == last - first + 1
        known = task.siblings.charts if is_whole else task.siblings.gapped
        known[match.profile.id] = (first, last)
    rows = _rows(task)
    plain = all(reader.takes_plain for reader in rows.readers)
    fill = _fill(task, days)
    who = owner(task.table, task.scope, 1)
    daily = Daily(task.table, date.at, rows.metrics, rows.readers, days, who, plain, fill)
    problems = list(survey.problems)
    again = _again(lambda: blocks(daily, problems), problems)
    above = tuple(stated(task))
    cut = _cut(rows)
    remarks = (_zeros(task, fill), cut)
    result = _result(task, first, last, problems, blocks=lambda: chain(above, again()), remarks=remarks)
    found = stretches(covered, whole=match.table.omitted_days == "zero")
    return replace(result, stretches=found, complete=() if cut else result.complete)


def _rows(task: Task) -> Rows:
    return Rows(task.table, task.table.match.metrics, readers(task.table, task.wishes.numbers))


def _cut(rows: Rows) -> str:
    """A sentence where the platform cut the table off, or probably did."""
    return shortfall(rows) or beyond(rows.table)


def _zeros(task: Task, fill: dict[Group, tuple[int, int]]) -> str:
    """That days are 0 because the platform leaves such days out: never without a word."""
    count = sum(last - first + 1 - task.table.survey.seen[group].bit_count() for group, (first, last) in fill.items())
    is_own = task.table.match.profile.is_own
    days = "days without a row" if is_own else "days that the platform leaves out because nothing happened"
    return f"{days} count as 0: {count}" if count else ""


def _fill(task: Task, days: dict[str, int]) -> dict[Group, tuple[int, int]]:
    """From which day to which each group states all days; none where a row's day could not be read."""
    survey = task.table.survey
    if task.table.match.table.omitted_days != "zero" or survey.problems:
        return {}
    spans = {}
    for group, mask in survey.seen.items():
        stated = [days[text] for text, bit in survey.texts.items() if mask & bit]
        spans[group] = (min(stated), max(stated))
    if not task.table.match.profile.is_own or not spans:
        return spans
    whole = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
    return dict.fromkeys(spans, whole)  # a campaign without a row is as silent as a day without one


def _totals(task: Task) -> Extraction:
    found = ranges(task)
    fold_repeats(task.table, {})
    refuse_merged(task.table)
    rows = _rows(task)
    problems = list(task.table.survey.problems)
    again = _again(lambda: totals(task, rows, found, problems), problems)
    spans = [span for span in found.every if span != found.open]
    first, last = min((span[0] for span in spans), default=None), max((span[1] for span in spans), default=None)
    task.refuse_future({iso(last): last} if last is not None else {}, {})
    cut = _cut(rows)
    result = _result(task, first, last, problems, blocks=again, remarks=(cut, unfinished(task, found)))
    return replace(result, complete=()) if cut else result


def _items(task: Task) -> Extraction:
    survey, match = task.table.survey, task.table.match
    fold_repeats(task.table, {})
    rows = _rows(task)
    reader = publishing(task)
    problems = list(survey.problems)
    keys = tuple(
        series_key(task.table, field, task.scope, ("", ""), 0)._replace(report="") for field in match.metrics
    )  # whatever its report
    again = _again(lambda: items(rows, keys, reader, problems), problems)
    begin, end = (task.origin.begin, task.origin.end) if match.profile.items_of_range else (None, None)
    return _result(task, begin, end, problems, items=again, remarks=(_cut(rows),))


def _counted(task: Task) -> Extraction:
    found = tally(task)
    result = _result(task, found.first, found.last, found.problems, blocks=lambda: iter(found.blocks))
    return replace(result, metrics=found.metrics, notes=(*result.notes, *found.notes))


_EXTRACTORS: dict[Shape, Callable[[Task], Extraction]] = {
    Shape.DAILY: _daily,
    Shape.TOTALS: _totals,
    Shape.ITEMS: _items,
    Shape.COUNTED: _counted,
}


def _again(run: Callable[[], Iterator[_T]], problems: list[RowProblem]) -> Callable[[], Iterator[_T]]:
    """A reading that may be done more than once, and lists its problems once."""
    before = len(problems)

    def start() -> Iterator[_T]:
        del problems[before:]
        yield from run()

    return start


def _result(
    task: Task,
    first: int | None,
    last: int | None,
    problems: list[RowProblem],
    *,
    blocks: Callable[[], Iterator[Block]] = lambda: iter(()),
    items: Callable[[], Iterator[Item]] = lambda: iter(()),
    remarks: tuple[str, ...] = (),
) -> Extraction:
    table, match = task.table, task.table.match
    as_of, as_of_from = _as_of(task, last)
    account, account_from, names = _account(task)
    return Extraction(
        file=table.source.member.file,
        member=" › ".join(part for part in (table.source.member.inside, table.source.sheet) if part),
        sha256=table.source.member.sha256(),
        profile=match.profile.id,
        profile_title=match.profile.title,
        profile_version=match.profile.version,
        report=match.profile.report,
        table=match.table.name,
        dialect=table.source.dialect,
        platforms=() if match.role(Role.PLATFORM) else match.platforms,
        account=account,
        account_from=account_from,
        account_names=names,
        as_of=as_of,
        as_of_from=as_of_from,
        lag=match.profile.lag,
        first_day=first,
        last_day=last,
        metrics=metrics(table),
        blocks=blocks,
        items=items,
        problems=problems,
        left_out=left_out(table),
        notes=(*task.notes, *notes(table), *filter(None, (told_apart(table), *remarks))),
        fingerprint=_fingerprint(task),
        complete=adding_up(table),
        parted=row_kind(table),
    )


def _fingerprint(task: Task) -> str:
    """What makes reading this table again the same: its content and place, its scope, and what settled doubts."""
    source, wishes = task.table.source, task.wishes
    place = (source.member.sha256(), source.member.inside, source.sheet, str(task.table.survey.begin))
    doubts = (wishes.encoding, wishes.date_format, wishes.numbers, wishes.year, wishes.covers)
    settled = (str(doubt or "") for doubt in doubts)
    return "\n".join((*place, task.scope, *settled))


def _as_of(task: Task, last: int | None) -> tuple[int | None, str]:
    """How new the export is: the caller's word, else a stamp in name or file, else the last day that it covers."""
    profile = task.table.match.profile
    if task.wishes.as_of is not None:
        return task.wishes.as_of, "from --as-of"
    if task.origin.as_of is not None:
        return task.origin.as_of, task.origin.as_of_from
    if last is not None and profile.finished_days_only:
        return last + profile.lag, f"its last day and the {profile.lag} days that this export leaves out"
    if last is not None:
        return last, "its last day"
    return task.origin.end, "the end of its range" if task.origin.end is not None else ""


def _account(task: Task) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Whose it is, where that is said, and the (platform, name) pairs that rows state."""
    roles = {field.column.role for field in task.table.survey.key_fields}
    if Role.ACCOUNT not in roles and Role.PLATFORM not in roles:
        return task.origin.account, task.origin.account_from, ()
    read = said(task.table)
    rows = map(read, task.table.survey.seen)
    names = dict.fromkeys((row.platform, row.account) for row in rows)
    if Role.ACCOUNT not in roles:
        names = dict.fromkeys((platform, task.origin.account) for platform, _ in names)
    return task.origin.account, task.origin.account_from, tuple(names)
