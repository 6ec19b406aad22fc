"""What the user is told of a table beside its numbers: what was left out, and sentences worth knowing."""

from collections.abc import Collection

from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean, listed
from smartkpi.model.extraction import LeftOut
from smartkpi.model.profile import Shape

_MOST = 8


def left_out(table: RawTable) -> tuple[LeftOut, ...]:
    """Lines that are no rows, by reason."""
    reasons: dict[str, list[int]] = {}
    for line, reason in sorted(table.survey.dropped.items()):
        if reason:
            reasons.setdefault(reason, []).append(line)
    return tuple(LeftOut(reason, tuple(lines)) for reason, lines in reasons.items())


def notes(table: RawTable) -> tuple[str, ...]:
    """Columns that were not taken and why, and days that the platform leaves out because they are zero."""
    match = table.match
    said = [*table.source.notes]
    why: dict[str, list[str]] = {}
    for field in match.fields:
        if field.column.why and not field.column.metric and not field.column.role:
            why.setdefault(field.column.why, []).append(field.header.strip())
    said += [f"{listed(names, _MOST)} left out: {reason}" for reason, names in why.items()]
    if match.untold:
        headers = listed([field.header for field in match.untold], _MOST)
        said.append(f"{headers} left out: no column says what each row counts")
    if match.doubled:
        said.append(f"{listed(sorted(set(match.doubled)), _MOST)} left out: two columns say the same name")
    if unnamed := _unnamed(table):
        said.append(f"columns without a name and left out: {', '.join(unnamed)}")
    if match.unknown:
        taught = "smartkpi import FILE --map takes them"
        said.append(f"columns not known and left out: {listed(match.unknown, _MOST)} ({taught})")
    if match.table.shape is Shape.DAILY and match.table.omitted_days == "zero" and table.survey.problems:
        said.append("days that the file leaves out are not taken as 0, because some of its days cannot be read")
    return tuple(said)


def beyond(table: RawTable) -> str:
    """A sentence where the rows are exactly as many as the platform gives, and no total row tells whether all are."""
    survey, most = table.survey, table.match.table.most_rows
    rows = survey.rows + len({problem.line for problem in survey.problems})
    if not most or rows != most or survey.totals:
        return ""
    return f"{most:,} rows, the most that this export has: there are probably more, and they are not in it"


def stretches(days: Collection[int], *, whole: bool) -> tuple[tuple[int, int], ...]:
    """The first and last of days that follow each other; `whole` where those in between that have no row are 0."""
    stated = set(days)
    if whole and stated:
        return ((min(stated), max(stated)),)
    begins = sorted(day for day in stated if day - 1 not in stated)
    ends = sorted(day for day in stated if day + 1 not in stated)
    return tuple(zip(begins, ends, strict=True))


def _unnamed(table: RawTable) -> list[str]:
    """Places of columns that say something below a header that says nothing."""
    blank = [at for at, name in enumerate(table.match.header) if not clean(name)]
    used = {at for _, row in table.rows() for at in blank if row[at].strip()} if blank else ()
    return [f"number {at + 1}" for at in sorted(used)]
