"""`export` and `platforms`: what can go out, and where exports come from."""

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from shlex import split
from subprocess import run
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from smartkpi.cli.options import AsJson, FilePath, Plain, context
from smartkpi.cli.showing import show
from smartkpi.errors import WrongUseError
from smartkpi.workflow import leaving

app = typer.Typer(rich_markup_mode=None)
SCREEN = Path("-")
DEEDS = ("show", "edit", "remove")  # of one export, or table of one's own


class What(StrEnum):
    OBSERVATIONS = "observations"
    ITEMS = "items"
    GOALS = "goals"


@app.command()
def export(
    ctx: typer.Context,
    what: Annotated[What, typer.Argument(help="What goes out.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV (this is how it comes without a flag).")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
    as_toml: Annotated[
        bool, typer.Option("--toml", help="Goals: a file that people keep, for smartkpi add --file.")
    ] = False,
    with_zeros: Annotated[bool, typer.Option("--with-zeros", help="Also zeros that a platform leaves out.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="CSV: do not guard texts that a spreadsheet would run.")] = False,
    output: FilePath = SCREEN,
) -> None:
    """Everything, out again, as CSV or JSON.

    \b
    smartkpi export observations --csv -o numbers.csv
    smartkpi export goals --json
    smartkpi export goals --toml -o goals.toml
    """
    if as_csv + as_json + as_toml > 1:
        raise WrongUseError("--csv, --json and --toml exclude each other", hints=("keep one",))
    db = context(ctx).db
    if as_toml:
        from smartkpi.workflow import goals_file

        if what is not What.GOALS:
            raise WrongUseError(f"{what.value} go out as CSV or JSON", hints=("smartkpi export goals --toml",))
        _write([goals_file.exported(db)], output)
    elif as_json:
        _write(leaving.json_pieces(db, what, with_zeros=with_zeros), output)
    else:
        _write(leaving.csv_lines(db, what, with_zeros=with_zeros, raw=raw), output)


def _write(pieces: Iterable[str], output: Path) -> None:
    """To the screen as UTF-8, or to a file that appears whole or not at all."""
    if output == SCREEN:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
        return
    half = output.with_name(f".{output.name}.part")
    try:
        with half.open("wb") as file:
            file.writelines(piece.encode() for piece in pieces)
        half.replace(output)
        print(f"{output} written", file=sys.stderr)
    except OSError as error:
        raise WrongUseError(f"{output} cannot be written: {error.strerror}") from error
    finally:
        half.unlink(missing_ok=True)


@app.command()
def platforms(
    ctx: typer.Context,
    platform: Annotated[
        str,
        typer.Argument(
            metavar="[PLATFORM|show|edit|remove]", help="Only this platform's exports; or what to do with NAME."
        ),
    ] = "",
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Which export, or table of yours.")] = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Every known export, and where to click to download it.

    \b
    smartkpi platforms
    smartkpi platforms instagram
    smartkpi platforms show x-overview
    smartkpi platforms edit leads
    smartkpi platforms remove leads
    """
    from smartkpi.workflow import own
    from smartkpi.workflow import platforms as known

    world = context(ctx)
    if platform in DEEDS and not name:
        raise WrongUseError(f"{platform} what?", hints=(f"smartkpi platforms {platform} NAME",))
    if name and platform not in DEEDS:
        raise WrongUseError("one platform at a time", hints=(f"smartkpi platforms {platform}",))
    if platform == "show":
        page = own.show(world.db, name, world.user_folder)
    elif platform == "edit":
        page = own.edit(world.db, name, world.user_folder, lambda file, text: _edited(world.editor, file, text))
    elif platform == "remove":
        page = own.remove(name, world.user_folder)
    else:
        page = known.listing(platform, world.user_folder)
    show(page, as_json=as_json, plain=plain)


def _edited(editor: str, name: str, text: str) -> str:
    """The text as it was left in an editor, of a copy: what is broken never stands where it is used."""
    with TemporaryDirectory(prefix="smartkpi-") as folder:
        copy = Path(folder) / name
        copy.write_text(text, encoding="utf-8")
        try:
            done = run([*split(editor), str(copy)], check=False)
        except OSError as error:
            raise WrongUseError(f"{editor} cannot be started: {error.strerror}", hints=("set EDITOR",)) from error
        if done.returncode:
            raise WrongUseError(f"{editor} ended with an error ({done.returncode})")
        return copy.read_text(encoding="utf-8")
