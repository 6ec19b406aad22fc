"""Rows are told apart: each group of key cells becomes a platform, an account and the keys of its series."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.daily import Owner
from smartkpi.ingest.identify import Field
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean, fold, unguarded
from smartkpi.model.profile import Role
from smartkpi.model.series import SeriesKey

JOINT = " / "  # between the parts of a breakdown by two things
_OF_A_RANGE = (Role.BEGIN, Role.END, Role.DATE)


@dataclass(frozen=True, slots=True)
class Said:
    """What the key cells of a row say: whose it is, which part of all, and what its `told` columns count."""

    platform: str
    account: str
    part: str
    told: str


def said(table: RawTable) -> Callable[[Group], Said]:
    """From a group of rows to what its key cells say, without outer spaces."""
    roles = [field.column.role for field in table.survey.key_fields]

    def of(group: Group) -> Said:
        texts = [(role, str(cell).strip()) for role, cell in zip(roles, _cells(group, len(roles)), strict=True)]
        first = dict(reversed(texts))
        parts = JOINT.join(text for role, text in texts if role is Role.BREAKDOWN)
        platform, account = fold(first.get(Role.PLATFORM, "")), unguarded(first.get(Role.ACCOUNT, ""))
        return Said(platform, account, parts, first.get(Role.TELLS, ""))

    return of


def _cells(group: Group, count: int) -> tuple[object, ...]:
    return group if isinstance(group, tuple) else (group,) * count


def owner(table: RawTable, scope: str, days: int) -> Callable[[Group], Owner]:
    """From a group of rows to its platform, account and series keys; all accounts share the keys of a breakdown."""
    kind = row_kind(table)
    read, metrics = said(table), _told_metrics(table)

    @cache
    def keys(part: str, told: str) -> tuple[SeriesKey, ...]:
        return tuple(
            _told_key(table, field, scope, (kind, part), (told, metrics.get(fold(told), "")), days)
            if field.column.told
            else series_key(table, field, scope, (kind, part), days)
            for field in table.match.metrics
        )

    def of(group: Group) -> Owner:
        row = read(group)
        return row.platform, row.account, keys(row.part, row.told)

    return of


def row_kind(table: RawTable) -> str:
    """The kind of breakdown that the rows have; '' where they have none."""
    return JOINT.join(f.column.breakdown_kind for f in table.survey.key_fields if f.column.role is Role.BREAKDOWN)


def _joined(*parts: str) -> str:
    return JOINT.join(filter(None, parts))


def _told_metrics(table: RawTable) -> dict[str, str]:
    """What a `tells` cell says, folded, and the metric that it means, unless a column of its own counts that."""
    tells = table.match.role(Role.TELLS)
    own = {field.column.metric for field in table.match.metrics if not field.column.told}
    every = tells.column.tells.items() if tells else ()
    return {fold(cell): metric for cell, metric in every if metric not in own}


def series_key(table: RawTable, field: Field, scope: str, by: tuple[str, str], days: int) -> SeriesKey:
    """A column may be one part of its metric, and a row one value of a breakdown: both together are one breakdown."""
    column = field.column
    return SeriesKey(
        metric=column.metric,
        report=table.match.profile.report,
        scope=scope,
        breakdown_kind=_joined(by[0], column.breakdown_kind),
        breakdown=_joined(by[1], column.breakdown),
        unit=field.unit,
        days=1 if column.level else days,
    )


def _told_key(
    table: RawTable, field: Field, scope: str, by: tuple[str, str], told: tuple[str, str], days: int
) -> SeriesKey:
    """A cell that is known names the metric; one that is not keeps the rows apart as a part of the breakdown."""
    text, metric = told
    key = series_key(table, field, scope, by, days)
    if metric:
        return key._replace(metric=metric)
    if not text:
        return key
    return key._replace(breakdown_kind=_joined(by[0], "kind of result"), breakdown=_joined(by[1], text))


def adding_up(table: RawTable) -> tuple[tuple[str, str], ...]:
    """Each metric and kind of breakdown of its series whose values add up to the whole, as the profile says.

    What rows tell adds up over the rows that tell it: `told_apart` says so where others tell something else.
    """
    match = table.match
    if not match.is_complete:
        return ()
    rows = row_kind(table)
    columns = [f.column for f in match.metrics if match.table.complete or not f.column.breakdown_kind]
    kinds = [(c.metric, _joined(rows, c.breakdown_kind)) for c in columns if not c.told]
    if any(column.told for column in columns):
        told = _told_metrics(table)
        kinds += [(told[word], rows) for word in _words_told(table) if word in told]
    return tuple(sorted({(metric, kind) for metric, kind in kinds if kind}))


def _words_told(table: RawTable) -> set[str]:
    """What the `tells` cells of the rows say, folded."""
    read = said(table)
    return {fold(text) for group in table.survey.seen if (text := read(group).told)}


def told_apart(table: RawTable) -> str:
    """That the rows count different things: a campaign for clicks does not say how many leads it brought."""
    if table.match.role(Role.TELLS) is None or len(_words_told(table)) < 2:
        return ""
    return "each row states results of its own kind only: what it brought besides is not in the file"


def metrics(table: RawTable) -> tuple[str, ...]:
    """The ids of all metrics that a table states."""
    named = [field.column.metric for field in table.match.metrics if not field.column.told]
    if any(field.column.told for field in table.match.metrics):
        of = owner(table, "", 1)
        named += [key.metric for group in table.survey.seen for key in of(group)[2]]
    named += [word.metric for word in table.match.table.stated]
    return tuple(dict.fromkeys(named))


def refuse_merged(table: RawTable) -> None:
    """Raises FileRefusedError where two kinds of rows would be one series: one would silently replace the other."""
    read, metrics = said(table), _told_metrics(table)
    spans = [n for n, f in enumerate(table.survey.key_fields) if f.column.role in _OF_A_RANGE]
    all_told = all(field.column.told for field in table.match.metrics)
    known: dict[object, list[Group]] = {}
    for group, days in table.survey.seen.items():
        row = read(group)
        told = metrics.get(fold(row.told), row.told)
        cells = _cells(group, len(table.survey.key_fields))
        place = (row.platform, row.account, row.part, tuple(cells[n] for n in spans))
        for other in known.setdefault(place, []):
            same = metrics.get(fold(read(other).told), read(other).told) == told
            if same or (not all_told and days & table.survey.seen[other]):
                raise _merged(table, other, group)
        known[place].append(group)


def _merged(table: RawTable, one: Group, other: Group) -> FileRefusedError:
    shown = " and ".join(f"“{_shown(group)}”" for group in (one, other))
    return FileRefusedError(
        f"{table.survey.file}: rows of {shown} would be one and the same number.",
        details=("Which of them is right cannot be known, and adding them may count twice.",),
        hints=("Export it again with fewer columns, or give the two different names on the platform.",),
    )


def _shown(group: Group) -> str:
    return clean(JOINT.join(map(str, group)) if isinstance(group, tuple) else str(group))
