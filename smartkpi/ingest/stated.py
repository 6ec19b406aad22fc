"""Numbers that stand in the lines above a table: "Total followers on 12/11/2025:,12955"."""

import re
from collections.abc import Iterator

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.cells import Reader
from smartkpi.ingest.dates import date_format
from smartkpi.ingest.origin import day_of
from smartkpi.ingest.task import Task
from smartkpi.model.extraction import Block
from smartkpi.model.profile import Stated
from smartkpi.model.series import SeriesKey


def stated(task: Task) -> Iterator[Block]:
    """One Block of one value for each number that the profile looks for and finds.

    Raises FileRefusedError when it stands there and cannot be read.
    """
    text = "\n".join(task.table.above)
    for word in task.table.match.table.stated:
        if found := re.search(word.pattern, text, re.IGNORECASE | re.MULTILINE):
            yield _block(task, word, found.groupdict())


def _block(task: Task, word: Stated, parts: dict[str, str]) -> Block:
    day = _day(task, parts.get("day", ""))
    value = _number(task, parts["value"])
    if day is None or value is None:
        shown = " ".join(part for part in parts.values() if part)
        raise FileRefusedError(
            f"{task.name}: “{shown}” above its table is no number of a known day.",
            hints=("Download the export again and do not change it in another program first.",),
        )
    key = SeriesKey(word.metric, task.table.match.profile.report, scope=task.scope)
    return Block(task.origin.account, "", (key,), day, 1, [value])


def _day(task: Task, text: str) -> int | None:
    """As the table writes its days; without one, the day of the export."""
    if not text:
        return task.stated_as_of
    proven = task.siblings.proven.get(task.table.match.profile.id, "")
    stamp = date_format(proven)(text) if proven else None
    return stamp.day if stamp else day_of(text, task.table.match.profile.date_formats)


def _number(task: Task, text: str) -> float | None:
    match = task.table.match
    try:
        return Reader(match.table.numbers or match.profile.numbers).cell(text)
    except ValueError:
        return None
