"""A key that comes twice in one table: the same numbers again are folded, other numbers refuse the file."""

from dataclasses import dataclass
from shlex import quote

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader
from smartkpi.ingest.survey import Group
from smartkpi.ingest.table import RawTable
from smartkpi.ingest.words import clean, listed
from smartkpi.model.extraction import RowProblem
from smartkpi.model.profile import Numbers, Role, Shape

SAME_AGAIN = "rows that say the same again"
FEW = 100  # one row in so many
_TWICE_HERE = "one row with this name; line {} has other numbers"
_TWICE_THERE = "stands also in line {} with other numbers: neither row is taken"
MOST = 100_000  # more repeats than this are no accident, and would not fit into memory


@dataclass(frozen=True, slots=True)
class Claim:
    """A table, and of what its numbers are: platforms, scope, account, range."""

    table: RawTable
    of: tuple[object, ...]


def refuse_rivals(claim: Claim, earlier: list[Claim]) -> None:
    """Notes what a table states; raises FileRefusedError where one before it, on the same sheet, states it too."""
    for other in earlier:
        if other.of == claim.of and _state_the_same(claim.table, other.table):
            first, second = sorted((other.table.survey.begin, claim.table.survey.begin))
            raise FileRefusedError(
                f"{claim.table.survey.file}: the tables of lines {first} and {second} state the same numbers.",
                details=("Which of them is right cannot be known.",),
                hints=("Download the export again; if they are of two segments, export each on its own.",),
            )
    earlier.append(claim)


def _state_the_same(one: RawTable, other: RawTable) -> bool:
    """Whether two tables have a series and a day in common."""
    if one.source is not other.source or not _series(one) & _series(other):
        return False
    days, others = one.survey.texts, other.survey.texts
    seen = other.survey.seen
    shared = [(days[text], others[text]) for text in days.keys() & others.keys()]
    return any(
        mine & bit and seen[group] & other_bit
        for group, mine in one.survey.seen.items()
        if group in seen
        for bit, other_bit in shared
    )


def _series(table: RawTable) -> set[tuple[object, ...]]:
    kinds = tuple((f.column.role, f.column.breakdown_kind) for f in table.survey.key_fields)
    return {
        (table.match.profile.report, kinds, f.column.metric, f.column.breakdown_kind, f.column.breakdown, f.unit)
        for f in table.match.metrics
    }


def fold_repeats(table: RawTable, days: dict[str, int]) -> None:
    """Drop rows that repeat another one; `days` tells which date texts are the same day.

    Raises FileRefusedError naming both lines when two rows of one day (or item) say different things; of a long list
    by page or query the few that do are listed.
    """
    suspects = _suspects(table, days)
    if not suspects:
        return
    if len(suspects) > MOST:
        raise FileRefusedError(f"{table.survey.file}: more than {MOST} of its days come twice.")
    survey, date = table.survey, table.survey.date
    first: dict[tuple[Group, int | str], tuple[int, list[str]]] = {}
    for line, row in table.rows():
        text = row[date] if date is not None else ""
        key = (survey.group(row), days.get(text, text))
        if key not in suspects:
            continue
        before, earlier = first.setdefault(key, (line, row))
        other = [at for at, cell in enumerate(row) if at != date and cell != earlier[at]]  # unknown columns too
        if before != line and not other:
            survey.dropped.setdefault(line, SAME_AGAIN)
        elif before != line and _are_few(table, len(suspects)):
            _list_both(table, before, line, row)
        elif before != line:
            raise _contradiction(table, (before, line), text, [at for at in other if not _is_number(row[at])])


def _are_few(table: RawTable, count: int) -> bool:
    """Some pages of a thousand that a platform itself lists twice are no further dimension, and can do without."""
    is_parted = table.match.table.shape is Shape.TOTALS and table.match.role(Role.BREAKDOWN) is not None
    return is_parted and not table.match.unknown and count * FEW <= table.survey.rows


def _list_both(table: RawTable, first: int, second: int, row: list[str]) -> None:
    """Neither row is taken, and both are listed."""
    survey, part, is_own = table.survey, table.match.role(Role.BREAKDOWN), table.match.profile.is_own
    assert part is not None  # `_are_few` has seen it
    say = _TWICE_HERE if is_own else _TWICE_THERE
    for line, other in ((first, second), (second, first)):
        if survey.dropped.setdefault(line, "") == "":
            problem = RowProblem(survey.file, line, part.header, row[part.at], say.format(other), mendable=is_own)
            survey.problems.append(problem)
    survey.problems.sort(key=lambda problem: problem.line)


def _suspects(table: RawTable, days: dict[str, int]) -> set[tuple[Group, int | str]]:
    survey = table.survey
    found = {(group, days.get(text, text)) for group, text in survey.again}
    texts: dict[int, list[str]] = {}
    for text in survey.texts:
        if text in days:
            texts.setdefault(days[text], []).append(text)
    for day, twins in texts.items():
        if len(twins) > 1:
            mask = [survey.texts[text] for text in twins]
            found |= {(g, day) for g, seen in survey.seen.items() if sum(1 for bit in mask if seen & bit) > 1}
    return found


def _contradiction(table: RawTable, lines: tuple[int, int], text: str, apart: list[int]) -> FileRefusedError:
    """`apart` are the columns that tell the two rows apart."""
    what = f"“{text}”" if table.match.table.shape is Shape.DAILY else "one key"
    details, hint = _way_out(table, [clean(table.match.header[at]) for at in apart])
    return FileRefusedError(
        f"{table.survey.file}: lines {lines[0]} and {lines[1]} state different numbers for {what}.",
        details=details,
        hints=(hint,),
    )


def _way_out(table: RawTable, apart: list[str]) -> tuple[tuple[str, ...], str]:
    """A platform's export is made again; whoever keeps the table can say what its rows are parted by."""
    profile, unknown = table.match.profile, "Which of them is right cannot be known."
    if not profile.is_own:
        return (unknown,), "Download the export again, with one row a day and without further dimensions."
    if not (named := [header for header in apart if header]):
        return (unknown,), "Make one row of the two, or correct them."
    parts = " ".join(f"--by {quote(header)}" for header in named)
    said = f"What tells them apart: {listed(named)}. If these are parts of the numbers, say so:"
    return (said,), f"smartkpi import {quote(table.survey.file)} --map --save-as {profile.id} {parts}"


def _is_number(cell: str) -> bool:
    return any(_reads(style, cell) for style in (Numbers.DOT, Numbers.COMMA))


def _reads(style: Numbers, cell: str) -> bool:
    try:
        Reader(style, money=True).cell(cell.strip().removesuffix("%"))
    except ValueError:
        return False
    return True
