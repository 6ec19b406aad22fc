"""A cell and an item's id become the day on which it was published: days without a year get theirs from the id."""

from collections.abc import Callable, Iterator
from datetime import date

from smartkpi.ingest.dates import Stamp, StampReader, date_format, lacks_year
from smartkpi.ingest.task import Task
from smartkpi.model.profile import Role

Published = Callable[[str, str], Stamp | None]  # from the cell and the item's id

NEAR = 2  # days between the day that is stated, in the zone of the platform, and that of the id, in UTC
_EPOCH = date(1970, 1, 1).toordinal()


def publishing(task: Task) -> Published | None:
    """How the column of publishing days is read; None where there is none, or it is empty.

    Items stand in no order of days, so that only their ids can tell the year; where they do not, no day is taken.
    """
    field = task.table.match.role(Role.PUBLISHED)
    if field is None:
        return None
    texts = {cell for cell in task.table.column(field.at) if cell.strip()}
    if not texts:
        return None
    found = task.written(sorted(texts))
    if lacks_year(found):
        return _by_id(date_format(found), task.table.match.table.id_seconds)
    read = task.reader(sorted(texts))
    return lambda cell, item: read(cell)


def _by_id(read: StampReader, bits: int) -> Published:
    def day_of(cell: str, item: str) -> Stamp | None:
        stamp = read(cell)
        if stamp is None or not bits or not (item.isascii() and item.isdecimal()):
            return None
        made = _EPOCH + (int(item) >> bits) // 86_400
        return min(_near(date.fromordinal(stamp.day), made), key=lambda near: abs(near.day - made), default=None)

    return day_of


def _near(stated: date, made: int) -> Iterator[Stamp]:
    """The days of this name that are next to the one on which the id was made."""
    for day in range(made - NEAR, made + NEAR + 1):
        if 0 < day <= date.max.toordinal():
            found = date.fromordinal(day)
            if (found.month, found.day) == (stated.month, stated.day):
                yield Stamp(day)
