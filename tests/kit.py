"""What tests share besides fixtures: where things are, and what a command said."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXPORTS = SHARED / "exports"


@dataclass(frozen=True)
class Result:
    """What a command said, and how it ended."""

    exit_status: int
    out: str
    err: str
