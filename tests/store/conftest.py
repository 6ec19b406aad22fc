"""A database in memory for tests that need no file, made once and copied."""

import sqlite3
from collections.abc import Iterator

import pytest

from smartkpi.store import database, migrations, statements


@pytest.fixture(scope="session")
def empty_file() -> bytes:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(conn, database.APPLICATION_ID)
    content = conn.serialize()
    conn.close()
    return content


@pytest.fixture
def conn(empty_file: bytes) -> Iterator[sqlite3.Connection]:
    conn = opened(empty_file)
    yield conn
    conn.close()


def opened(content: bytes) -> sqlite3.Connection:
    """A writing connection to a copy in memory."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.deserialize(content)
    conn.execute("pragma foreign_keys = on")
    statements.prepare(conn)
    return conn
