"""A copy of the database to try something on: the dry run walks the same path, and its copy is thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from smartkpi.store import database


@contextmanager
def scratch(db: Path) -> Iterator[Path]:
    """The path of a copy of `db`, or of nothing where there is no database yet; gone afterwards."""
    with TemporaryDirectory(prefix="smartkpi-dry-run-") as folder:
        copy = Path(folder) / "dry-run.db"
        there = database.open_reading(db)
        if there is not None:
            new = database.open_writing(copy)
            with database.plain_errors(copy):
                there.backup(new)
            new.close()
            there.close()
        yield copy
