"""The ladder of DESIGN.md: an import points to a lower rung only, and everything outside has one home."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "smartkpi"
RUNGS = {
    "errors": 0,
    "model": 1,
    "knowledge": 2, "ingest": 2, "measure": 2, "store": 2, "report": 2,
    "workflow": 3,
    "cli": 4,
}  # fmt: skip
HOMES = {
    "typer": ("cli/",),
    "rich": ("report/terminal.py", "cli/"),
    "sqlite3": ("store/", "workflow/"),  # workflow hands connections on, and only names their type
    "sqlite_utils": ("store/",),
    "zipfile": ("ingest/",),
    "csv": ("ingest/",),
    "python_calamine": ("ingest/",),
    "tomllib": ("knowledge/",),
    "platformdirs": ("cli/context.py",),
    "time": ("cli/",),
    "locale": (),
    "getpass": (),
    "socket": (),
    "urllib.request": (),
    "http": (),
}
CLOCK = re.compile(r"\b(date\.today|datetime\.now|time\.time|os\.environ|os\.getcwd|Path\.cwd|Path\.home|isatty)\b")
HEAVY = ("pydantic", "sqlite_utils", "jinja2", "xlsxwriter", "python_calamine", "dateutil")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_an_import_points_to_a_lower_rung_or_stays_in_its_room(path: Path) -> None:
    here = room(path)
    if here not in RUNGS:
        return  # __init__, __main__
    for name, _ in imports(path):
        parts = name.split(".")
        if parts[0] == "smartkpi" and len(parts) > 1 and parts[1] in RUNGS and parts[1] != here:
            assert RUNGS[parts[1]] < RUNGS[here], f"{path} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_everything_outside_has_one_home(path: Path) -> None:
    where = path.relative_to(PACKAGE).as_posix()
    for name, _ in imports(path):
        for outside, homes in HOMES.items():
            if name == outside or name.startswith(outside + "."):
                assert where.startswith(homes), f"{where} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_shell_looks_at_clock_environment_terminal_and_folders(path: Path) -> None:
    if room(path) != "cli":
        found = CLOCK.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_needed_only(path: Path) -> None:
    if path.name == "migrations.py":
        return  # loaded only where a schema is behind
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.split(".")[0] in HEAVY], f"{path}: {names}"


def test_sql_is_written_in_the_store_only() -> None:
    statement = re.compile(r"\b(select\s.+\sfrom|insert into|delete from|create table|pragma)\b", re.IGNORECASE)
    for path in modules():
        if room(path) != "store":
            strings = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant))
            texts = [n.value for n in strings if isinstance(n.value, str) and "\n" not in n.value]
            assert not [text for text in texts if statement.search(text)], path


def test_every_file_and_function_fits_in_the_head() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, f"{path} is longer than 400 lines: split it"


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    silent = []
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                obvious = isinstance(node, ast.ClassDef) and len(node.body) <= 8
                if ast.get_docstring(node) is None and not obvious and room(path) not in ("cli", "report"):
                    silent.append(f"{path.relative_to(PACKAGE)}: {node.name}")
    assert not silent
