"""What tests share besides fixtures: where things are, and what a command said."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXPORTS = SHARED / "exports"


@dataclass(frozen=True)
class Result:
    """What a command said, and how it ended."""

    exit_status: int
    out: str
    err: str


def invoke(*arguments: object, stdin: bytes = b"") -> Result:
    """One run of the program in this process, with streams of its own."""
    from smartkpi.cli.app import main

    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for name in ("stdout", "stderr")}
    with pytest.MonkeyPatch.context() as patched:
        for name, stream in streams.items():
            patched.setattr(sys, name, stream)
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
    said = {}
    for name, stream in streams.items():
        stream.flush()
        said[name] = stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    return Result(int(left.value.code or 0), said["stdout"], said["stderr"])
