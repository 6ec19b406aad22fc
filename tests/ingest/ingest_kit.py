"""What the tests of ingest share: a made-up profile, a way to read bytes, and blocks as a plain dictionary."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge.loader import parse
from smartkpi.model.extraction import Extraction
from smartkpi.model.profile import Profile

TODAY = date(2026, 11, 22).toordinal()

PAGES = parse(
    """
id = "pages"
title = "Pages"
report = "pages"
platforms = ["website"]
how = ["Download it"]
[[tables]]
name = "Pages by day"
shape = "daily"
total_labels = ["Total"]
footers = ["Showing top * rows"]
columns = [
    { names = ["Page"], role = "account" },
    { names = ["Date"], role = "date" },
    { names = ["Clicks"], metric = "clicks", required = true },
    { names = ["Views"], metric = "views", required = true },
    { names = ["Rate"], metric = "rate" },
]
""",
    "pages.toml",
)

DAYS = parse(
    """
id = "days"
title = "Days"
report = "days"
platforms = ["x"]
how = ["Download it"]
date_formats = ["%d/%m/%Y", "%m/%d/%Y"]
[[tables]]
name = "Days"
shape = "daily"
columns = [
    { names = ["Day"], role = "date" },
    { names = ["Clicks"], metric = "clicks", required = true },
    { names = ["Share"], metric = "share", percent = true },
    { names = ["Spent ({currency})"], metric = "cost" },
]
[[tables]]
name = "Posts"
shape = "items"
item_kind = "post"
total_labels = ["Total"]
columns = [
    { names = ["Post"], role = "id" },
    { names = ["Text"], role = "title" },
    { names = ["Sent"], role = "published" },
    { names = ["Likes"], metric = "likes", required = true },
]
""",
    "days.toml",
)


def read(data: bytes, *profiles: Profile, name: str = "made-up.csv", folder: Path, **wishes: Any) -> Reading:
    """The one reading of a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    (reading,) = extractions(path, profiles or (PAGES, DAYS), today=TODAY, **wishes)
    return reading


def only(reading: Reading) -> Extraction:
    """The one table of a reading that was not refused."""
    assert reading.refused is None, (reading.refused, reading.refused.details)
    (extraction,) = reading.extractions
    return extraction


def refusal(reading: Reading) -> str:
    """Everything that a refusal says, in one text."""
    assert reading.refused is not None
    assert reading.extractions == ()
    return "\n".join((reading.refused.headline, *reading.refused.details, *reading.refused.hints))


Values = dict[tuple[str, str, int], float]


def values(extraction: Extraction, *, omitted: bool = False) -> Values:
    """(account, metric, day) -> value; a cell that is stated twice fails."""
    found: Values = {}
    for block in extraction.blocks():
        cells = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
        assert len(cells) == len(block.keys) * block.days
        for n, key in enumerate(block.keys):
            for i in range(block.days):
                hidden = bool(block.omitted) and bool(block.omitted[n] >> i & 1)
                value = cells[n * block.days + i]
                place = (block.account, key.metric, block.first_day + i)
                if value is not None and hidden <= omitted:
                    assert place not in found
                    found[place] = float(value)
    return found


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def lines(rows: Iterable[str]) -> bytes:
    return ("\n".join(rows) + "\n").encode()
