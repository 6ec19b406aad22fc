"""Rows for spreadsheets: CSV that no program takes for formulas."""

from collections.abc import Iterator, Mapping, Sequence

from smartkpi.model.goal import Goal
from smartkpi.model.period import iso
from smartkpi.report.data import goal

GUARDED = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula in a spreadsheet (OWASP)


def csv_line(row: Sequence[object], *, raw: bool = False) -> str:
    """One CSV line (RFC 4180, LF). A text that a spreadsheet would run as a formula gets a leading ' unless `raw`."""
    return ",".join(_csv_cell(cell, raw=raw) for cell in row) + "\n"


def _csv_cell(cell: object, *, raw: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return repr(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    text = str(cell)
    if not raw and text.startswith(GUARDED):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n\r') else text


GOAL_FIELDS = (
    "slug", "uid", "title", "metric", "form", "direction", "baseline", "baseline_day", "target", "unit", "start",
    "deadline", "platform", "accounts", "window", "share", "every", "campaign", "report", "objective", "owner", "why",
    "state", "closed_on", "closed_because", "created", "milestones", "pauses", "repeat", "data_every", "learned",
)  # fmt: skip


def goal_rows(goals: Sequence[Goal], names: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """Goals as rows of `GOAL_FIELDS`; what holds several values becomes one text."""
    for found in goals:
        fields = goal(found)
        fields["accounts"] = "; ".join(names.get(uid, uid) for uid in found.accounts)
        fields["milestones"] = "; ".join(f"{iso(day)}={value:.12g}" for day, value in found.milestones)
        fields["pauses"] = "; ".join(f"{iso(p.first)} to {iso(p.last)} {p.why}".rstrip() for p in found.pauses)
        yield tuple(fields[name] for name in GOAL_FIELDS)
