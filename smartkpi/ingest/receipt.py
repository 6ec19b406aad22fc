"""What the user is told of a table beside its numbers: what was left out, and sentences worth knowing."""

from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean
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
    said += [f"{_listed(names)} left out: {reason}" for reason, names in why.items()]
    if match.doubled:
        said.append(f"{_listed(sorted(set(match.doubled)))} left out: two columns say the same name")
    if match.unknown:
        said.append(f"columns not known and left out: {_listed(list(match.unknown))}")
    if match.table.shape is Shape.DAILY and match.table.omitted_days == "zero" and table.survey.problems:
        said.append("days that the file leaves out are not taken as 0, because some of its days cannot be read")
    return tuple(said)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(f"“{clean(name)}”" for name in names[:_MOST]) + more
