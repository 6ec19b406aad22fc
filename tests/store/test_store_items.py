"""The words about an item: title, link, kind and day are those of the newest export that stands."""

import sqlite3

from store_oracle import FIRST, extraction, item_key

from smartkpi.model.extraction import Item
from smartkpi.store import accounts, batches, changes, database

NOON = "2026-02-01T12:00:00Z"


def take(conn: sqlite3.Connection, title: str, as_of: int) -> None:
    item = Item("p", "post", "2026-01-01", title, "", {item_key("likes"): as_of})
    with database.write_tx(conn):
        change = changes.begin(conn, NOON, "import posts.csv", "import")
        account = accounts.ensure(conn, "web", "Café")
        told = extraction((), (item,), sha256=title)
        batches.save(
            conn, told, account=account, resolve={}, as_of=FIRST + as_of, imported_at=NOON, change=change,
            same_account=False,
        )  # fmt: skip


def title(conn: sqlite3.Connection) -> str:
    return str(conn.execute("select title from item").fetchone()[0])


def test_an_older_export_never_overwrites_newer_words(conn: sqlite3.Connection) -> None:
    take(conn, "new", 9)
    take(conn, "old", 5)
    assert title(conn) == "new"


def test_words_of_an_export_that_was_taken_back_give_way_to_any_that_stands(conn: sqlite3.Connection) -> None:
    take(conn, "wrong day", 900)
    with database.write_tx(conn):
        changes.undo(conn)
    take(conn, "right", 9)
    assert title(conn) == "right"
    take(conn, "older", 5)
    assert title(conn) == "right"
