"""A column of first days may be of days, months or a whole range: what it is must show in its days."""

from collections.abc import Sequence
from itertools import pairwise

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.task import Task


def refuse_unshown(task: Task, days: Sequence[int]) -> None:
    """Raises FileRefusedError unless two of the days, which are sorted, follow each other, or the range is one day."""
    begin, end = task.origin.begin, task.origin.end
    is_one_day = begin is not None and begin == end and list(days) == [begin]
    if days and not is_one_day and not any(after - before == 1 for before, after in pairwise(days)):
        raise FileRefusedError(
            f"{task.name}: its rows may be of months, or of the whole range.",
            details=("No two of its days follow each other, so nothing shows that each row is of one day.",),
            hints=("Export it again by day (time breakdown: Daily), for a range of several days.",),
        )
