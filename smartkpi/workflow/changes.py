"""`undo`, `redo` and `imports`: what was done, taken back, and brought again."""

from collections.abc import Callable
from pathlib import Path

from smartkpi.knowledge import loader
from smartkpi.model.history import Undone
from smartkpi.report import data
from smartkpi.report.views import history as views
from smartkpi.store import batches, changes, database
from smartkpi.workflow.opening import reading, writing
from smartkpi.workflow.page import Page


def undo(db: Path, number: int | None = None, *, user_folder: Path | None = None) -> Page:
    """Takes back the latest change that still stands, or one import; a table that it taught stays known."""
    done, page = _turn(db, "undo", number, changes.undo, changes.undo_batch)
    used = {batch.profile for batch in done.batches} if done else set()
    taught = sorted(name for name in used if user_folder and loader.own_file(name, user_folder))
    return page._replace(document=lambda: views.turned("undo", done, number, taught)) if taught else page


def redo(db: Path, number: int | None = None) -> Page:
    """Brings back what `undo` took last, or one import."""
    return _turn(db, "redo", number, changes.redo, changes.redo_batch)[1]


def _turn(
    db: Path, what: str, number: int | None, last: Callable[..., Undone | None], one: Callable[..., Undone]
) -> tuple[Undone | None, Page]:
    with reading(db) as there:
        exists = there is not None
    done = None
    if exists:
        with writing(db) as conn, database.write_tx(conn):
            done = last(conn) if number is None else one(conn, number)
    found = None if done is None else data.undone(done)
    return done, Page(lambda: views.turned(what, done, number), data.envelope(what, change=found))


def imports(db: Path) -> Page:
    """Every import ever made, also those that were taken back."""
    from smartkpi.report.views import imports as views

    with reading(db) as conn:
        found = [] if conn is None else batches.listing(conn)
    return Page(lambda: views.import_list(found), data.envelope("imports", imports=[data.batch(b) for b in found]))
