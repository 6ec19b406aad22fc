"""`import --map`: what somebody says of the columns of a table becomes a profile, checked against the file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.ingest.dates import date_format, lacks_year, names_whole
from smartkpi.ingest.peek import BROKEN, Seen, Sight
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.profile import Column, Numbers, Profile, Role, Shape, Table
from smartkpi.report import words
from smartkpi.workflow import columns, names
from smartkpi.workflow.columns import Counted
from smartkpi.workflow.taking import Options

PERIODS = ("day", "week", "month", "year")
NO_ROW = {  # what a day without a row says
    "zero": "zero: nothing happened, so that it counts as 0 (a list with rows only on days with leads)",
    "unknown": "unknown: nobody knows, so that it is missing (a day on which nobody counted)",
}
LEFT = "not mapped (smartkpi import FILE --map takes it)"
TOTALS = ("Total", "Totals", "Total:", "Grand total", "Sum", "Average", "Mean", "Gesamt", "Summe", "Totale", "Suma")
_SHORT = 4  # a header of fewer columns could be anybody's: all of it must fit


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said of a table, as typed; '' and () are still open."""

    date: str = ""
    metrics: tuple[str, ...] = ()  # NAME=COLUMN[:kind]
    by: tuple[str, ...] = ()  # COLUMN[:kind]
    account_column: str = ""
    period: str = ""
    sheet: str = ""
    name: str = ""
    complete: bool = False  # the parts of `by` add up to the whole
    no_row: str = ""  # what a day without a row is: one of NO_ROW; '' = unknown


def sight(found: Sequence[Sight], wish: Wish, again: str) -> Sight:
    """The block that is meant: the named one, or the only one with the named columns."""
    wanted = [text for text in (wish.date, wish.account_column, *wish.by) if text]
    wanted += [text.partition("=")[2] for text in wish.metrics]
    named = [s for s in found if not wish.sheet or names.fold(wish.sheet) in (names.fold(s.place), str(s.line))]
    if not named:
        places = words.listed([s.place or f"line {s.line}" for s in found], "or")
        raise WrongUseError(
            f"--sheet: there is no table in “{wish.sheet}”", details=(f"There is {places}.",), outcome=""
        )
    fitting = [s for s in named if all(_has(s, text) for text in wanted)] or named
    if len(fitting) > 1:
        raise WrongUseError(
            "which of its tables is meant?",
            details=tuple(described(s) for s in fitting),
            hints=tuple(f"{again} --sheet {names.quoted(s.place or str(s.line))}" for s in fitting[:3]),
        )
    return fitting[0]


def described(block: Sight) -> str:
    """ "Sheet 1, line 3: “Date”, “Leads”; 40 rows"."""
    where = ", ".join(part for part in (block.place, f"line {block.line}") if part)
    headers = ", ".join(f"“{column.header}”" for column in block.columns if column.header)
    return f"{where}: {headers}; {words.counted(block.rows, 'row')}"


def _has(block: Sight, text: str) -> bool:
    try:
        columns.named(block, text)
    except SmartKpiError:
        return False
    return True


def written(block: Sight, date: Seen, said: str) -> str:
    """How the days of a column are written: as said, or in the one way that they can be read."""
    if said:
        read = date_format(said)
        if not any(read(text) for text in date.examples):
            raise WrongUseError(
                f"--date-format {said} does not fit “{date.header}” ({columns.examples(date)})", outcome=""
            )
        return said
    if not date.dates:
        raise WrongUseError(
            f"no days can be read in the column “{date.header}” ({columns.examples(date)})",
            details=why_no_days(block, date.header),
            outcome="",
        )
    if len(date.dates) > 1:
        raise WrongUseError(
            f"the days of “{date.header}” can be read in more than one way ({columns.examples(date)})",
            hints=tuple(f'--date-format "{name}"' for name in date.dates),
        )
    return date.dates[0]


def read_as(date: Seen, form: str) -> str:
    """ "05/04/2026 is 5 Apr 2026": one of two ways to read a column of days."""
    text = next(iter(date.examples), "")
    stamp = date_format(form)(text)
    return f"{text} is {words.day(stamp.day, year=not lacks_year(form)) if stamp else form}"


def why_no_days(block: Sight, header: str = "") -> tuple[str, ...]:
    """Where the days of a block may be instead."""
    first = header or next(seen.header for seen in block.columns if seen.header)
    if date_format("%B")(first):
        return (f"“{first}” stands in the header, not in the rows: give each row its month in a column, as 2025-09.",)
    days = [f"“{seen.header}”" for seen in block.columns if seen.dates]
    return (f"Columns with days: {words.listed(days)}.",) if days else ("Each row needs a column with its day.",)


def period(date: Seen, form: str, said: str) -> str:
    """What one row is of: a day, or the week, month or year that begins on its day."""
    if said and said not in PERIODS:
        raise WrongUseError(f"--period: it must be one of {', '.join(PERIODS)}", outcome="")
    whole = names_whole(form)
    found = whole or said or ("day" if date.gap == "day" else "")
    if not found or (not said and found != "day"):
        apart = f"a {date.gap} apart" if date.gap else "not evenly apart"
        raise WrongUseError(
            f"the rows of “{date.header}” are {apart}: is each of one day, or a total of more?",
            hints=tuple(
                f"--period {word}"
                for word in dict.fromkeys((date.gap or "week", "month", "day") if not whole else (whole,))
            ),
        )
    if whole and said != whole and PERIODS.index(said) < PERIODS.index(whole):
        raise WrongUseError(
            f"“{date.header}” names whole {whole}s ({columns.examples(date)})", hints=(f"--period {whole}",)
        )
    if date.gap in PERIODS and PERIODS.index(said or "day") > PERIODS.index(date.gap):
        raise WrongUseError(f"the rows of “{date.header}” are only a {date.gap} apart", hints=(f"--period {date.gap}",))
    return said or found


def _parts(block: Sight, wish: Wish) -> list[tuple[Seen, str]]:
    found = []
    for text in wish.by:
        seen, kind = columns.named(block, text)
        found.append((seen, names.fold(kind or seen.header)))
    return found


def profile(
    block: Sight, others: Sequence[Sight], wish: Wish, options: Options, metrics: Mapping[str, Metric], version: int
) -> Profile:
    """The profile that the answers make; `options` has platform, account, currency and how things are written."""
    date = columns.column(block, wish.date)
    form = written(block, date, options.date_format)
    span = period(date, form, wish.period)
    taken = [columns.counted(text, block, metrics) for text in wish.metrics]
    account = [columns.column(block, wish.account_column)] if wish.account_column else []
    _refuse_twice(taken, [date, *account, *(seen for seen, _ in _parts(block, wish))])
    _refuse_zeros(wish.no_row, span, taken)
    same = [other for other in others if other.key == block.key and other.place != block.place]
    table = Table(
        f"by {span}",
        Shape.DAILY if span == "day" else Shape.TOTALS,
        members=(block.place,) if same else (),
        columns=_columns(block, date, taken, wish, span, options.currency),
        omitted_days="zero" if wish.no_row == "zero" else "",
        total_labels=TOTALS,
        period="" if span == "day" else span,
        complete=wish.complete,
        exact=len([seen for seen in block.columns if seen.header]) < _SHORT,
    )
    return Profile(
        id=wish.name,
        title=f"your own table “{wish.name}”",
        report=wish.name,
        platforms=(options.platform,),
        how=("Keep it as before and save it as CSV or Excel", "smartkpi import FILE"),
        tables=(table,),
        version=version,
        date_formats=(form,),
        numbers=Numbers(options.numbers) if options.numbers else _numbers([c.column for c in taken], block),
        missing=tuple(sorted(BROKEN)),
        lag=0,  # kept by hand, a day is final at once
        metrics=tuple(c.metric for c in taken if c.is_own),
        mapped=True,
        account="" if wish.account_column else options.account,
    )


def _refuse_twice(taken: Sequence[Counted], others: Sequence[Seen]) -> None:
    """A column is for one thing, and a metric comes from one column."""
    if not taken:
        raise WrongUseError("which columns are numbers?", hints=("--metric NAME=COLUMN",))
    used = Counter(seen.header for seen in (*others, *(each.column for each in taken)))
    if twice := [header for header, count in used.items() if count > 1]:
        raise WrongUseError(f"the column “{twice[0]}” is named twice", outcome="")
    of = Counter(each.metric.id for each in taken)
    if same := [name for name, count in of.items() if count > 1]:
        raise WrongUseError(f"two columns are taken as {same[0]}: one number would replace the other", outcome="")


def has_zeros(metric: Metric) -> bool:
    """Whether a day on which nothing happened is a 0 of it: a total that stands still stands then."""
    return metric.kind in (Kind.FLOW, Kind.UNIQUE)


def _refuse_zeros(no_row: str, span: str, taken: Sequence[Counted]) -> None:
    if no_row not in ("", *NO_ROW):
        raise WrongUseError(f"--no-row: it must be one of {', '.join(NO_ROW)}", outcome="")
    if no_row != "zero":
        return
    if span != "day":
        raise WrongUseError(f"--no-row is for tables of days; each row of this one is a {span}", outcome="")
    if other := [each.metric.name for each in taken if not has_zeros(each.metric)]:
        raise WrongUseError(
            f"--no-row zero: {other[0]} does not add up, so that without a row it is not 0",
            details=("Take such columns as a table of their own, with another --save-as.",),
            hints=("--no-row unknown",),
        )


def _numbers(taken: Sequence[Seen], block: Sight) -> Numbers:
    """What other columns of the block prove, where those that are taken leave it open."""
    proof = frozenset[Numbers]().union(*(seen.proof for seen in block.columns))
    unproven = any(seen.unclear and not seen.proof for seen in taken)
    return next(iter(proof)) if unproven and len(proof) == 1 else Numbers.FILE


def _columns(
    block: Sight, date: Seen, taken: Sequence[Counted], wish: Wish, span: str, currency: str
) -> tuple[Column, ...]:
    made = {date.header: Column((date.header,), role=Role.DATE)}
    for seen, kind in _parts(block, wish):
        made[seen.header] = Column((seen.header,), role=Role.BREAKDOWN, breakdown_kind=kind)
    if wish.account_column:
        seen = columns.column(block, wish.account_column)
        made[seen.header] = Column((seen.header,), role=Role.ACCOUNT, required=True)
    for each in taken:
        made[each.column.header] = columns.number_column(each, currency, is_total=span != "day")
    left = {seen.header: Column((seen.header,), why=LEFT) for seen in block.columns if seen.header}
    return tuple({**left, **made}.values())


def extended(base: Profile, at: str, block: Sight, wish: Wish, options: Options, taken: Sequence[Counted]) -> Profile:
    """The profile of a known export, for its table `at` alone, that takes more of its columns.

    Its report stays the same, so that what it has taken before goes on.
    """
    table = _table(base, at)
    if base.has_filters or table.shape not in (Shape.DAILY, Shape.TOTALS):
        raise WrongUseError(f"this is {base.title}, {at}: columns cannot be added to it")
    known = taken_already(base, at)
    if again := [each.column.header for each in taken if names.fold(each.column.header) in known]:
        raise WrongUseError(f"“{again[0]}” is taken already: this is {base.title}")
    more = tuple(columns.number_column(each, options.currency, is_total=table.shape is Shape.TOTALS) for each in taken)
    return replace(
        base,
        id=wish.name,
        title=f"{base.title}, with columns of your own",
        tables=(replace(table, columns=(*more, *table.columns)),),
        metrics=(*base.metrics, *(c.metric for c in taken if c.is_own)),
        mapped=True,
        account=options.account,
    )


def _table(base: Profile, at: str) -> Table:
    return next(table for table in base.tables if table.name == at)


def taken_already(base: Profile, at: str) -> set[str]:
    """The folded names of the columns that a table of a known export takes."""
    table = _table(base, at)
    return {names.fold(name) for c in (*table.columns, *base.columns) if c.metric or c.role for name in c.names}
