"""`demo`: the main job on a made-up café, in a folder of its own, each command shown with its real output."""

import sys
from contextlib import redirect_stdout
from io import StringIO
from json import loads
from pathlib import Path
from shlex import join
from shutil import copytree, ignore_patterns
from tempfile import mkdtemp

import typer

from smartkpi.cli.options import AsJson
from smartkpi.knowledge import loader
from smartkpi.report import data

app = typer.Typer(rich_markup_mode=None)
AS_OF = "2026-11-22"  # the examples end here, so that the demo always shows the same
FROM_OCTOBER = ("--start", "2026-10-01")


def _script(exports: str) -> tuple[tuple[str, ...], ...]:
    """What is typed, in order."""
    return (
        ("import", exports, "--account", "Example Café", "--currency", "EUR"),
        ("add", "Get 130 website leads by 31 Dec for more website leads", "--owner", "Ben", *FROM_OCTOBER),
        ("add", "Gain 300 Instagram followers by 31 Dec for more website leads", "--owner", "Ana", *FROM_OCTOBER),
        ("add", "Keep cost per lead under €20 until 31 Dec for more website leads", "--owner", "Ben", *FROM_OCTOBER),
        ("add", "Get 700 link clicks from Instagram by 31 Dec for more website leads", "--owner", "Ana", *FROM_OCTOBER),
        ("status",),
    )


@app.command()
def demo(as_json: AsJson = False) -> None:
    """A try with a made-up café; nothing of yours is touched.

    \b
    smartkpi demo
    smartkpi demo --json | jq .commands    what each command of it says to machines
    """
    folder = Path(mkdtemp(prefix="smartkpi-demo-"))
    db, exports = folder / "demo.db", folder / "exports"
    copytree(loader.examples(), exports, ignore=ignore_patterns("*.md", "*.py", "__pycache__"))
    script, trial = _script(str(exports)), join(("smartkpi", "--db", str(db)))
    closer = [f"{trial} {typed}" for typed in CLOSER]
    if as_json:
        said = [{"command": join(("smartkpi", *typed)), "said": _as_data(db, typed)} for typed in script]
        print(data.lines(data.envelope("demo", database=str(db), commands=said, closer=closer)))
        return
    for typed in script:
        print(f"$ {join(('smartkpi', *typed))}", flush=True)
        _run(db, typed)
        print(flush=True)
    print(f"The trial database is {db}: yours was not touched. Look closer:")
    print("\n".join(f"  {command}" for command in closer))
    print("Then your own numbers: smartkpi platforms · smartkpi import ~/Downloads · smartkpi add")


CLOSER = (f"show leads-google-analytics --as-of {AS_OF}", f"status --wide --as-of {AS_OF}", "undo")


def _as_data(db: Path, typed: tuple[str, ...]) -> object:
    """What a command of the demo says to machines."""
    with redirect_stdout(StringIO()) as told:
        _run(db, (*typed, "--json"))
    return loads(told.getvalue())


def _run(db: Path, typed: tuple[str, ...]) -> None:
    """One command for real, on the trial database and on the demo's day."""
    from smartkpi.cli.app import main

    dated = () if typed[0] == "import" else ("--as-of", AS_OF)
    try:
        main(["--db", str(db), *typed, *dated])
    except SystemExit as left:
        if left.code:
            sys.exit(left.code)
