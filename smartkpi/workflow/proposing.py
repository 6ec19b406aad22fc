"""A table that nobody has mapped yet: the command that maps it, to be corrected and pasted."""

from collections.abc import Mapping

from smartkpi.errors import FileRefusedError, SmartKpiError, WrongUseError
from smartkpi.ingest.peek import Seen, Sight, days_of
from smartkpi.model.metric import Metric
from smartkpi.workflow import columns, mapping, names
from smartkpi.workflow.mapped import SHOWN, Looked, slug

_GUESSED = 4  # columns of numbers that the command takes
_EARNED = ("revenue", "sales", "income", "earn", "turnover", "umsatz", "erlös", "einnahm", "chiffre", "ingres", "ricav")


def lacking(looked: Looked, typed: str) -> SmartKpiError:
    """Without a terminal and without flags: the columns seen, and a whole command for this very file."""
    seen = tuple(mapping.described(each) for each in looked.sights[:SHOWN])
    dated = [block for block in looked.sights if days_of(block.columns)]
    if not dated and not looked.packaged:
        first = looked.sights[0]
        raise FileRefusedError(
            f"{looked.path.name}: none of its columns holds days.", details=(*seen, *mapping.why_no_days(first))
        )
    return WrongUseError(
        f"{looked.path.name}: say which column is the day and which are numbers",
        details=(*seen, "A number that is a metric of your own has its kind behind it:", *columns.KINDS),
        hints=(example((dated or looked.sights)[0], looked, typed),),
    )


def example(block: Sight, looked: Looked, typed: str) -> str:
    """A command that maps this file, to be corrected and pasted."""
    date = None if looked.packaged else days_of(block.columns)
    numbers = [c for c in block.columns if c.is_numbers and c.header and c is not days_of(block.columns)]
    guesses = [guess for column in numbers if (guess := _guess(column, block, looked.metrics))][:_GUESSED]
    taken = [columns.counted(guess, block, looked.metrics) for guess in guesses]
    is_bare = any(c.metric.unit == "money" and not any(c.column.currencies) for c in taken)
    parts = [f"smartkpi import {typed} --map"]
    if date:
        parts.append(f"--date {names.quoted(date.header)}")
        parts += [f"--date-format {names.quoted(date.dates[0])}"] if len(date.dates) > 1 else []
        parts += [f"--period {date.gap or 'day'}"] if date.gap != "day" else []
        parts += [f"--by {names.quoted(header)}" for header in block.apart]
        parts.append("--platform website")
    parts += [f"--metric {names.quoted(guess)}" for guess in guesses] or ["--metric NAME=COLUMN"]
    parts += ["--currency EUR"] if is_bare else []
    return " ".join([*parts, '--account "NAME"', f"--save-as {slug(looked.path.stem)}"])


def _guess(column: Seen, block: Sight, metrics: Mapping[str, Metric]) -> str:
    """What a column may count, in the words of its header; '' where that cannot be taken."""
    money = ":earned" if any(word in names.fold(column.header) for word in _EARNED) else ":spent"
    for kind in ("", money if column.currencies else ":flow"):
        try:
            found = columns.counted(f"{column.header}={column.header}{kind}", block, metrics)
            return f"{column.header if found.is_own else found.metric.id}={column.header}{kind}"
        except SmartKpiError:
            continue
    return ""


def date_of(block: Sight) -> str:
    """The header of the column that most likely has the days; ''."""
    found = days_of(block.columns)
    return found.header if found else ""
