"""The stretches of a table's days, and the sentence where it has as many rows as its platform gives."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_kit import only, read

from smartkpi.ingest.receipt import stretches
from smartkpi.knowledge.loader import parse

LARGEST = parse(
    """
id = "largest"
title = "Largest"
report = "largest"
platforms = ["website"]
how = ["Download it"]
[[tables]]
name = "Largest"
shape = "items"
item_kind = "post"
most_rows = 3
total_labels = ["Total"]
columns = [
    { names = ["Post"], role = "id" },
    { names = ["Likes"], metric = "likes", required = true },
]
""",
    "largest.toml",
)
SAID = "3 rows, the most that this export has: there are probably more, and they are not in it"


@given(st.lists(st.integers(0, 40)))
def test_stretches_hold_the_very_days_and_no_two_of_them_touch(days: list[int]) -> None:
    found = stretches(days, whole=False)
    assert [day for first, last in found for day in range(first, last + 1)] == sorted(set(days))
    assert all(after[0] > before[1] + 1 for before, after in pairwise(found))
    assert stretches(days, whole=True) == (((min(days), max(days)),) if days else ())


@pytest.mark.parametrize(
    ("rows", "is_said"),
    [
        ("a,1\nb,2\n", False),
        ("a,1\nb,2\nc,3\n", True),
        ("a,1\nb,2\nc,3\nd,4\n", False),  # the platform gives more by now
        ("Total,6\na,1\nb,2\nc,3\n", False),
        ("a,1\nb,2\n3.52E+18,3\n", True),  # a row that cannot be read is one all the same
    ],
)
def test_exactly_as_many_rows_as_the_platform_gives_are_probably_not_all(
    rows: str, is_said: bool, tmp_path: Path
) -> None:
    extraction = only(read(f"Post,Likes\n{rows}".encode(), LARGEST, folder=tmp_path))
    assert (SAID in extraction.notes) == is_said
