"""A database in a file for tests of what is kept."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartkpi.store import database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "smartkpi.db"


@pytest.fixture
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    conn = database.open_writing(path)
    yield conn
    conn.close()
