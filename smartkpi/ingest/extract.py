"""A surveyed table becomes an Extraction: whose it is, how new, which days, what is left out, and how to read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.columns import readers
from smartkpi.ingest.daily import Daily, Owner, blocks
from smartkpi.ingest.dates import StampReader, choose, date_format
from smartkpi.ingest.identify import Field
from smartkpi.ingest.items import Rows, items, shortfall, totals
from smartkpi.ingest.origin import Origin, origin, shown_day
from smartkpi.ingest.receipt import left_out, notes
from smartkpi.ingest.repeats import Claim, fold_repeats, refuse_rivals
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import fold
from smartkpi.model.extraction import Block, Extraction, Item, RowProblem
from smartkpi.model.profile import Numbers, Role, Shape
from smartkpi.model.series import SeriesKey

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said on the command line, for every file alike. Days are ordinals."""

    today: int
    as_of: int | None = None
    numbers: Numbers | None = None
    date_format: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the tables of one file have shown so far: for each profile its date format, and which tables there were."""

    proven: dict[str, str] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """One table to be extracted, the scope that its siblings state, and what was said of it."""

    table: RawTable
    scope: str
    wishes: Wishes
    notes: tuple[str, ...]
    origin: Origin
    siblings: Siblings

    @property
    def name(self) -> str:
        return self.table.source.member.name

    @property
    def date_formats(self) -> tuple[str, ...]:
        return (self.wishes.date_format,) if self.wishes.date_format else self.table.match.date_formats

    def reader(self, texts: list[str]) -> StampReader:
        """How a column of days is written; what a daily table proves also holds for its siblings."""
        profile = self.table.match.profile.id
        found = choose(texts, self.date_formats, where=self.name, proven=self.siblings.proven.get(profile, ""))
        if self.table.match.table.shape is Shape.DAILY:
            self.siblings.proven[profile] = found
        return date_format(found)


class NoRangeError(FileRefusedError):
    """Totals of a range that is nowhere stated: this table is left out, its siblings are not."""


def extraction(
    table: RawTable, scope: str, wishes: Wishes, *, remarks: tuple[str, ...] = (), siblings: Siblings
) -> Extraction:
    """All that can be known before the numbers are read; daily tables first, for `siblings` learns from them.

    Raises FileRefusedError when the table cannot be trusted.
    """
    _refuse_damage(table)
    said = origin(table.match.profile, table.source.member.names, table.above, table.top)
    whole = "; ".join(part for part in (scope, said.scope) if part)
    shape = table.match.table.shape
    found = _EXTRACTORS[shape](Task(table, whole, wishes, remarks, said, siblings))
    if shape is not Shape.ITEMS:  # the best posts by one number and by another may be one post
        refuse_rivals(Claim(table, (table.match.platforms, whole, said.account, said.begin, said.end)), siblings.claims)
    return found


def _refuse_damage(table: RawTable) -> None:
    """When most rows cannot be read, the few that can are no better than chance."""
    survey = table.survey
    if len(survey.problems) > survey.rows:
        first = survey.problems[0]
        raise FileRefusedError(
            f"{first.file}: most of its rows cannot be read ({len(survey.problems)} of "
            f"{len(survey.problems) + survey.rows}).",
            details=(f"Line {first.line}, {first.column or 'the row'}: “{first.text}”; expected {first.expected}.",),
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
    used = reduce(or_, survey.seen.values(), 0)
    stated = [days[text] for text, bit in survey.texts.items() if used & bit]
    _refuse_future(task, days)
    first, last = (min(stated), max(stated)) if stated else (None, None)
    columns = readers(task.table, task.wishes.numbers)
    plain = all(column.takes_plain for column in columns)
    fill = _fill(task, days)
    daily = Daily(task.table, date.at, match.metrics, columns, days, _owner(task, 1), plain, fill)
    problems = list(survey.problems)
    again = _again(lambda: blocks(daily, problems), problems)
    return _result(task, first, last, problems, blocks=again, cut=_zeros(task, fill))


def _zeros(task: Task, fill: dict[Group, tuple[int, int]]) -> str:
    """That days are 0 because the platform leaves such days out: never without a word."""
    count = sum(last - first + 1 - task.table.survey.seen[group].bit_count() for group, (first, last) in fill.items())
    return f"days that the platform leaves out because nothing happened count as 0: {count}" if count else ""


def _refuse_future(task: Task, days: dict[str, int]) -> None:
    """Days after the export are damage, such as a column filled down; one day is left for time zones."""
    as_of = task.wishes.as_of if task.wishes.as_of is not None else task.origin.as_of
    newest = min(task.wishes.today, task.wishes.today if as_of is None else as_of)
    late = [text for text, day in days.items() if day > newest + 1]
    if late:
        line = task.table.survey.first_lines[late[0]]
        when = "today" if newest == task.wishes.today else f"the export of {shown_day(newest)}"
        raise FileRefusedError(
            f"{task.name}: it states days after {when}.",
            details=(f"Line {line}: “{late[0]}” is {shown_day(days[late[0]])}.",),
            hints=("Download the export again: its days were changed by another program.",),
        )


def _fill(task: Task, days: dict[str, int]) -> dict[Group, tuple[int, int]]:
    """From which day to which each group states all days; none where a row's day could not be read."""
    survey = task.table.survey
    if task.table.match.table.omitted_days != "zero" or survey.problems:
        return {}
    spans = {}
    for group, mask in survey.seen.items():
        stated = [days[text] for text, bit in survey.texts.items() if mask & bit]
        spans[group] = (min(stated), max(stated))
    return spans


def _totals(task: Task) -> Extraction:
    begin, end = task.origin.begin, task.origin.end
    if begin is None or end is None or end < begin:
        raise NoRangeError("totals of a range of days that the file does not state")
    fold_repeats(task.table, {})
    rows = Rows(task.table, task.table.match.metrics, readers(task.table, task.wishes.numbers))
    problems = list(task.table.survey.problems)
    owner = _owner(task, end - begin + 1)
    again = _again(lambda: totals(rows, begin, owner, problems), problems)
    return _result(task, begin, end, problems, blocks=again, cut=shortfall(rows))


def _items(task: Task) -> Extraction:
    survey, match = task.table.survey, task.table.match
    fold_repeats(task.table, {})
    rows = Rows(task.table, match.metrics, readers(task.table, task.wishes.numbers))
    reader = _published(task)
    problems = list(survey.problems)
    keys = tuple(_key(task, field, "", "", 0)._replace(report="") for field in match.metrics)  # whatever its report
    again = _again(lambda: items(rows, keys, reader, problems), problems)
    return _result(task, None, None, problems, items=again, cut=shortfall(rows))


def _published(task: Task) -> StampReader | None:
    """How the column of publishing dates is written; it may be empty."""
    field = task.table.match.role(Role.PUBLISHED)
    if field is None:
        return None
    texts = {row[field.at] for chunk in task.table.chunks() for row in chunk.rows if row[field.at].strip()}
    return task.reader(sorted(texts)) if texts else None


_EXTRACTORS: dict[Shape, Callable[[Task], Extraction]] = {
    Shape.DAILY: _daily,
    Shape.TOTALS: _totals,
    Shape.ITEMS: _items,
}


def _again(run: Callable[[], Iterator[_T]], problems: list[RowProblem]) -> Callable[[], Iterator[_T]]:
    """A reading that may be done more than once, and lists its problems once."""
    before = len(problems)

    def start() -> Iterator[_T]:
        del problems[before:]
        yield from run()

    return start


def _owner(task: Task, days: int) -> Callable[[Group], Owner]:
    """From a group of rows to its platform, account and series keys; all accounts share the keys of a breakdown."""
    roles = [field.column.role for field in task.table.survey.key_fields]
    by = task.table.match.role(Role.BREAKDOWN)
    kind = by.column.breakdown_kind if by else ""
    shared: dict[str, tuple[SeriesKey, ...]] = {}

    def of(group: Group) -> Owner:
        parts: Any = group if len(roles) > 1 else (group,) * len(roles)
        said = {role: part.strip() for role, part in zip(roles, parts, strict=True)}
        value = said.get(Role.BREAKDOWN, "")
        if value not in shared:
            shared[value] = tuple(_key(task, field, kind, value, days) for field in task.table.match.metrics)
        return fold(said.get(Role.PLATFORM, "")), said.get(Role.ACCOUNT, ""), shared[value]

    return of


def _key(task: Task, metric: Field, kind: str, value: str, days: int) -> SeriesKey:
    """A column may be one part of its metric, and a row one value of a breakdown: both together are one breakdown."""
    column = metric.column
    return SeriesKey(
        metric=column.metric,
        report=task.table.match.profile.report,
        scope=task.scope,
        breakdown_kind=" / ".join(part for part in (kind, column.breakdown_kind) if part),
        breakdown=" / ".join(part for part in (value, column.breakdown) if part),
        unit=metric.unit,
        days=days,
    )


def _result(
    task: Task,
    first: int | None,
    last: int | None,
    problems: list[RowProblem],
    *,
    blocks: Callable[[], Iterator[Block]] = lambda: iter(()),
    items: Callable[[], Iterator[Item]] = lambda: iter(()),
    cut: str = "",
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
        metrics=tuple(dict.fromkeys(field.column.metric for field in match.metrics)),
        blocks=blocks,
        items=items,
        problems=problems,
        left_out=left_out(table),
        notes=(*task.notes, *notes(table), *((cut,) if cut else ())),
        fingerprint=_fingerprint(task),
    )


def _fingerprint(task: Task) -> str:
    """What makes reading this table again the same: its content and place, its scope, and what settled doubts."""
    source, wishes = task.table.source, task.wishes
    place = (source.member.sha256(), source.member.inside, source.sheet, str(task.table.survey.begin))
    return "\n".join((*place, task.scope, wishes.encoding, wishes.date_format, wishes.numbers or ""))


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
    owner = _owner(task, 1)
    names = dict.fromkeys(owner(group)[:2] for group in task.table.survey.seen)
    if Role.ACCOUNT not in roles:
        names = dict.fromkeys((platform, task.origin.account) for platform, _ in names)
    return task.origin.account, task.origin.account_from, tuple(names)
