"""The ways in which platforms write files, and a case: the files of one sample folder beside what they state."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
OBSERVATIONS = (
    "platform", "account", "report", "scope", "metric", "unit", "breakdown_kind", "breakdown", "begin", "end", "value",
)  # fmt: skip
ITEMS = ("platform", "account", "item", "published", "kind", "metric", "value")
Row = Sequence[object]
FIRST = date(2026, 3, 2)


@dataclass
class Case:
    """One folder: its files and the rows that they must become."""

    folder: str
    platform: str
    account: str
    report: str
    files: dict[str, bytes] = field(default_factory=dict)
    observations: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)

    def daily(
        self,
        metric: str,
        values: dict[date, float],
        *,
        part: tuple[str, str] = ("", ""),
        unit: str = "",
        scope: str = "",
        platform: str = "",
    ) -> None:
        """One series: a value a day."""
        for day, value in sorted(values.items()):
            self.total(metric, day, day, value, part=part, unit=unit, scope=scope, platform=platform)

    def total(
        self,
        metric: str,
        first: date,
        last: date,
        value: float,
        *,
        part: tuple[str, str] = ("", ""),
        unit: str = "",
        scope: str = "",
        platform: str = "",
    ) -> None:
        """One value of a range, `last` included."""
        end = last + timedelta(days=1)
        who = (platform or self.platform, self.account, self.report, scope)
        self.observations.append((*who, metric, unit, *part, first, end, value))

    def item(self, name: str, published: str, kind: str, values: dict[str, float]) -> None:
        """One post or video with its numbers."""
        for metric, value in values.items():
            self.items.append((self.platform, self.account, name, published, kind, metric, value))

    def write(self) -> None:
        folder = HERE / self.folder
        folder.mkdir(parents=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        if self.observations:
            (folder / "expected.csv").write_bytes(comma([OBSERVATIONS, *self.observations]))
        if self.items:
            (folder / "expected-items.csv").write_bytes(comma([ITEMS, *self.items]))


# ---- the ways in which platforms write files ---------------------------------------------------------------


def comma(rows: Iterable[Row], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> bytes:
    """UTF-8 without a mark, one line a row."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


def meta(*tables: Sequence[Row]) -> bytes:
    """Meta Business Suite: UTF-16 with a mark, `sep=,`, every cell quoted, an empty line after each table."""
    body = "\n".join(comma(table, quoting=csv.QUOTE_ALL).decode() for table in tables)
    return b"\xff\xfe" + f"sep=,\n{body}\n".encode("utf-16-le")


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP that is the same on every run."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 9, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(sheets: dict[str, Sequence[Row]]) -> bytes:
    """An XLSX: numbers as numbers, everything else as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 3, 9, 8)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(r, c, cell)
                else:
                    sheet.write_string(r, c, str(cell))
    book.close()
    return out.getvalue()


def days(n: int, first: date = FIRST) -> list[date]:
    return [first + timedelta(days=i) for i in range(n)]


def along(values: Sequence[float], first: date = FIRST) -> dict[date, float]:
    """Consecutive days with these values."""
    return dict(zip(days(len(values), first), values, strict=True))
