"""Every real export either goes in or is refused, as docs/exports.md lists it."""

from collections.abc import Callable

import pytest
from kit import EXPORTS, Result
from outcomes import HEAD, PAGE, files, outcome

pytestmark = [pytest.mark.real, pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")]


def listed() -> dict[str, str]:
    """The rows of the page, by file."""
    rows = PAGE.read_text(encoding="utf-8").split(HEAD)[1].strip().splitlines()[1:]
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}


def test_the_page_lists_every_file() -> None:
    assert sorted(listed()) == files()
    assert len(files()) >= 70


@pytest.mark.parametrize("file", files())
def test_a_file_goes_in_or_is_refused_as_the_page_says(file: str, smartkpi: Callable[..., Result]) -> None:
    assert outcome(file, smartkpi).row == listed()[file]
