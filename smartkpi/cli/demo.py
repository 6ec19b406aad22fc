"""`demo`: the main job on a made-up café, in a folder of its own, each command shown with its real output."""

import sys
from pathlib import Path
from shlex import join
from shutil import copytree, ignore_patterns
from tempfile import mkdtemp

import typer

from smartkpi.knowledge import loader

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
def demo() -> None:
    """A try with a made-up café; nothing of yours is touched.

    \b
    smartkpi demo
    """
    folder = Path(mkdtemp(prefix="smartkpi-demo-"))
    db, exports = folder / "demo.db", folder / "exports"
    copytree(loader.examples(), exports, ignore=ignore_patterns("*.md", "*.py", "__pycache__"))
    for typed in _script(str(exports)):
        print(f"$ {join(('smartkpi', *typed))}", flush=True)
        _run(db, typed)
        print(flush=True)
    trial = join(("smartkpi", "--db", str(db)))
    print(f"The trial database is {db}: yours was not touched. Look closer:")
    print(f"  {trial} show leads-google-analytics --as-of {AS_OF}")
    print(f"  {trial} status --wide --as-of {AS_OF}")
    print(f"  {trial} undo")
    print("Then your own numbers: smartkpi platforms · smartkpi import ~/Downloads · smartkpi add")


def _run(db: Path, typed: tuple[str, ...]) -> None:
    """One command for real, on the trial database and on the demo's day."""
    from smartkpi.cli.app import main

    dated = () if typed[0] == "import" else ("--as-of", AS_OF)
    try:
        main(["--db", str(db), *typed, *dated])
    except SystemExit as left:
        if left.code:
            sys.exit(left.code)
