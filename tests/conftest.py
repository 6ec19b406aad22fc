"""What every test may use: a terminal session (`smartkpi(...)`), the real exports, and the count of tests on them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from kit import EXPORTS, ROOT, Result, invoke

EXAMPLES = ROOT / "examples"

os.environ.pop("NO_COLOR", None)
os.environ.update(COLUMNS="120", TERM="dumb")
settings.register_profile("calm", deadline=None, max_examples=50)  # a busy machine is no failure
settings.load_profile("calm")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "kpi.db"


@pytest.fixture
def smartkpi(db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs the program in this process, as its own shell would: `smartkpi("status", "--json").out`."""
    monkeypatch.setenv("SMARTKPI_DB", str(db))
    monkeypatch.setenv("SMARTKPI_PROFILES", str(tmp_path / "profiles"))
    return invoke


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A café with Instagram cards, and a year of its website in no currency."""
    db, cards = tmp_path_factory.mktemp("template") / "kpi.db", ("Follows.csv", "Reach.csv", "Link clicks.csv")
    files = [EXAMPLES / name for name in cards]
    assert invoke("--db", db, "import", *files, "--account", "Example Café").exit_status == 0
    assert invoke("--db", db, "import", EXAMPLES / "download.csv", "--as-of", "2026-11-22").exit_status == 0
    return db


@pytest.fixture
def cafe(template: Path, db: Path, smartkpi: Callable[..., Result]) -> Callable[..., Result]:
    """The shell, with a copy of it."""
    db.write_bytes(template.read_bytes())
    return smartkpi


@pytest.fixture(scope="session")
def exports() -> Path:
    """The folder of the real exports; skips where it is absent."""
    if not EXPORTS.is_dir():
        pytest.skip("the real exports are not here")
    return EXPORTS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = terminalreporter.stats.get("passed", [])
    count = sum("real" in report.keywords for report in passed)
    terminalreporter.write_line(f"{count} tests on real exports ran")
