"""Tables that are not taken still show whether another program changed the numbers of their file."""

from pathlib import Path

import pytest
from ingest_kit import TODAY, refusal

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader

FOLLOWS = "Follows\nDate,Primary\n2026-03-02T00:00:00,4\n2026-03-03T00:00:00,2\n"


def audience(folder: Path, women: str, delimiter: str = ",") -> Reading:
    file = folder / "Audience.csv"
    shares = f"Age & gender\n,Women,Men\n18-24,{women},6\n\n"
    file.write_text((shares + FOLLOWS).replace(",", delimiter).replace(";5", ",5"), encoding="utf-8")
    (reading,) = extractions(file, loader.profiles(), today=TODAY)
    return reading


@pytest.mark.parametrize("women", ["3.апр", "10-Jun", "June 10"])
def test_shares_that_became_days_refuse_the_whole_file(women: str, tmp_path: Path) -> None:
    found = audience(tmp_path, women)
    assert "another program changed its numbers" in refusal(found)
    assert f"Line 3, “Women”: “{women}” is no number" in refusal(found)


def test_shares_that_are_numbers_in_either_language_do_no_harm(tmp_path: Path) -> None:
    assert [e.table for e in audience(tmp_path, "10.6").extractions] == ["Follows"]
    assert [e.table for e in audience(tmp_path, "10;5", ";").extractions] == ["Follows"]
