"""The demo: the main job in a folder of its own, always the same, and nothing of the user's touched."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

from kit import Result

Run = Callable[..., Result]


def steady(text: str) -> str:
    return re.sub(r"/\S*smartkpi-demo-\w+", "DEMO", text)


def test_the_demo_shows_each_command_and_ends_with_the_status_and_what_comes_next(smartkpi: Run, db: Path) -> None:
    told = smartkpi("demo")
    assert told.exit_status == 0
    assert told.err == ""
    shown = re.findall(r"^\$ smartkpi (\w+)", told.out, re.MULTILINE)
    assert shown[1:-1] == ["add"] * 4
    assert (shown[0], shown[-1]) == ("import", "status")
    for expected in ("More website leads", "on track", "at risk", "off track", "What needs you"):
        assert expected in told.out
    assert not db.exists()


def test_the_demo_is_the_same_every_time(smartkpi: Run) -> None:
    assert steady(smartkpi("demo").out) == steady(smartkpi("demo").out)


def test_the_closing_commands_of_the_demo_work(smartkpi: Run) -> None:
    told = smartkpi("demo").out
    closing = re.findall(r"^  smartkpi (--db \S+ .*)$", told, re.MULTILINE)
    assert len(closing) >= 3
    for command in closing:
        assert smartkpi(*shlex.split(command)).exit_status == 0
    assert all("--as-of" in command for command in closing if "undo" not in command)


def test_the_demo_tells_machines_what_each_command_says(smartkpi: Run, db: Path) -> None:
    told = json.loads(smartkpi("demo", "--json").out)
    assert told["kind"] == "demo"
    assert [each["said"]["kind"] for each in told["commands"]] == ["import", *["goal added"] * 4, "status"]
    assert all(command.startswith(f"smartkpi --db {told['database']} ") for command in told["closer"])
    assert not db.exists()
