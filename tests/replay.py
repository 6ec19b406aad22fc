"""Replays the `console` blocks of a Markdown page: `python tests/replay.py PAGE…` rewrites their output.

A page is one session in one fresh folder that holds a copy of `examples/`; `$ smartkpi …` lines are run, what follows
must be what they print (stderr after stdout). A line `…` stands for any lines.
"""

import re
import shlex
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit import ROOT, invoke

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One command of a page, and what the page says that it prints."""

    command: str
    expected: str


HEAD = re.compile(r"^\$ (?:.*\\\n)*.*\n", re.MULTILINE)  # a command may go on after a backslash


def steps(block: str) -> list[Step]:
    """The commands of one block with what they print."""
    heads = list(HEAD.finditer(block))
    ends = [head.start() for head in heads[1:]] + [len(block)]
    return [
        Step(head[0][2:].replace("\\\n", " ").strip(), block[head.end() : end])
        for head, end in zip(heads, ends, strict=True)
    ]


def commands(page: str) -> list[str]:
    """Every command of a page, as typed."""
    return [step.command for block in BLOCK.findall(page) for step in steps(block)]


class Session:
    """One folder, one database, one user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "examples", folder / "examples")
        self.env = {
            "SMARTKPI_DB": str(folder / "kpi.db"),
            "SMARTKPI_PROFILES": str(folder / "profiles"),
            "TERM": "dumb",
            "COLUMNS": "100",
        }

    def run(self, command: str) -> str:
        """What the command prints; `echo $?` tells how the last one ended."""
        if command == "echo $?":
            return f"{self.ended}\n"
        words = shlex.split(command)
        assert words[0] == "smartkpi", f"only smartkpi is replayed: {command}"
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(self.folder)
            patched.delenv("NO_COLOR", raising=False)
            for name, value in self.env.items():
                patched.setenv(name, value)
            done = invoke(*words[1:])
        self.ended = done.exit_status
        return re.sub(r"/tmp/smartkpi-demo-\w+", "/tmp/smartkpi-demo", done.out + done.err)


def fits(expected: str, said: str) -> bool:
    """Whether the page tells the truth; a line `…` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in expected.rstrip().split("\n")
    )
    return re.fullmatch(pattern, said.rstrip() + "\n") is not None


def rewritten(page: str, session: Session) -> str:
    """The page with what its commands print now; blocks with a `…` line are left as they are."""

    def renew(match: "re.Match[str]") -> str:
        text = ""
        for step, head in zip(steps(match[1]), HEAD.findall(match[1]), strict=True):
            said = session.run(step.command)
            keep = any(line == "…" for line in step.expected.splitlines()) and fits(step.expected, said)
            text += head + (step.expected if keep else said.rstrip() + "\n" if said.strip() else "")
        return f"```console\n{text}```"

    return BLOCK.sub(renew, page)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(name)
            path.write_text(rewritten(path.read_text(encoding="utf-8"), Session(Path(folder))), encoding="utf-8")
