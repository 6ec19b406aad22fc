"""The pages are tests: every console block is replayed, every command has help, a README line and a walk-through."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Result
from replay import BLOCK, ROOT, Session, commands, fits, steps

from smartkpi.cli.app import COMMANDS

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_says_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    session = Session(tmp_path)
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for step in steps(block):
            said = session.run(step.command)
            assert fits(step.expected, said), f"{page.name}: $ {step.command}\n{said}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_with_examples(name: str, smartkpi: Callable[..., Result]) -> None:
    for flag in ("-h", "--help"):
        told = smartkpi(name, flag)
        assert told.exit_status == 0
        assert f"smartkpi {name}" in told.out.split("Options:")[0].split("\n", 1)[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_line_in_the_readme_and_a_walk_through(name: str) -> None:
    assert f"`smartkpi {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    walks = [c for page in (ROOT / "examples").glob("*.md") for c in commands(page.read_text(encoding="utf-8"))]
    assert any(re.match(rf"smartkpi (--db \S+ )?{name}\b", command) for command in walks)


def test_the_help_lists_the_main_job_first(smartkpi: Callable[..., Result]) -> None:
    told = smartkpi("--help").out
    assert told.index("The main job") < told.index("  add ") < told.index("  import ") < told.index("  status ")
    assert told.index("  status ") < told.index("Goals:")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_of_commands_is_the_first_of_its_help(name: str, smartkpi: Callable[..., Result]) -> None:
    assert COMMANDS[name].summary in smartkpi(name, "--help").out
