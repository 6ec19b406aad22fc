"""`import`, `record` and `imports`: numbers come in."""

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from smartkpi.cli.asking import asker
from smartkpi.cli.context import Context
from smartkpi.cli.options import AsJson, NewAccount, OneAccount, Plain, Platform, Today, as_of, context
from smartkpi.cli.showing import show
from smartkpi.errors import WrongUseError

if TYPE_CHECKING:
    from smartkpi.workflow.mapping import Wish
    from smartkpi.workflow.page import Page
    from smartkpi.workflow.taking import Options, World

app = typer.Typer(rich_markup_mode=None)
PATIENCE = 1.0  # seconds before progress is shown


class Decimal(StrEnum):
    DOT = "dot"
    COMMA = "comma"


@app.command("import")
def import_files(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, ZIPs; - is standard input.")],
    account: OneAccount = "",
    platform: Platform = "",
    profile: Annotated[str, typer.Option("--profile", metavar="ID|FILE.toml", help="Which export it is.")] = "",
    day: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="How new the export is: the day of its download.")
    ] = "",
    currency: Annotated[
        str, typer.Option("--currency", metavar="EUR", help="For money whose currency no file states.")
    ] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The files' encoding, if it is read wrongly.")] = "",
    date_format: Annotated[
        str, typer.Option("--date-format", metavar="FORMAT", help='Settles day and month: "%d/%m/%Y".')
    ] = "",
    numbers: Annotated[
        Decimal | None, typer.Option("--numbers", help="Settles 1.234: dot or comma is the decimal sign.")
    ] = None,
    new_account: NewAccount = False,
    same_account: Annotated[
        bool, typer.Option("--same-account", help="It is this account, although most days differ.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; keep nothing.")] = False,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", min=1990, max=2200, help="Of the newest row, where days have none."),
    ] = None,
    covers: Annotated[
        str,
        typer.Option("--covers", metavar="FIRST..LAST", help="The days that totals are of, where the file says none."),
    ] = "",
    mapped: Annotated[
        bool, typer.Option("--map", help="Teach it a table of your own: asks, or takes the flags below.")
    ] = False,
    date: Annotated[str, typer.Option("--date", metavar="COLUMN", help="--map: the column with the days.")] = "",
    metric: Annotated[
        list[str] | None,
        typer.Option("--metric", metavar="NAME=COLUMN[:KIND]", help="--map: a column of numbers, and what it counts."),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", metavar="day|week|month|year", help="--map: what one row is the total of.")
    ] = "",
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="COLUMN[:KIND]", help="--map: names that part the numbers: campaigns, channels."),
    ] = None,
    complete: Annotated[bool, typer.Option("--complete", help="--map: these parts add up to the whole.")] = False,
    no_row: Annotated[
        str,
        typer.Option("--no-row", metavar="zero|unknown", help="--map: a day without a row is 0, or not known."),
    ] = "",
    account_column: Annotated[
        str, typer.Option("--account-column", metavar="COLUMN", help="--map: whose numbers each row has.")
    ] = "",
    sheet: Annotated[
        str, typer.Option("--sheet", metavar="NAME|LINE", help="--map: which sheet, or the table of which line.")
    ] = "",
    save_as: Annotated[str, typer.Option("--save-as", metavar="NAME", help="--map: what the table is called.")] = "",
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """Take exports: files, folders, ZIPs.

    \b
    smartkpi import ~/Downloads
    smartkpi import Reach.csv --account "Example Café" --platform instagram
    smartkpi import export.csv --dry-run
    smartkpi import leads.csv --map
    """
    from smartkpi.workflow import importing, mapping, taking

    world = context(ctx)
    if currency and not (len(currency) == 3 and currency.isalpha()):
        raise WrongUseError(f'--currency: "{currency}" is no currency', hints=("--currency EUR",))
    options = taking.Options(
        account=account, platform=platform, profile=profile, as_of=as_of(day, world) if day else None,
        currency=currency.upper(), encoding=encoding, date_format=date_format, numbers=numbers or "",
        new_account=new_account, same_account=same_account, dry_run=dry_run, year=year,
        covers=_covered(covers, world) if covers else None,
        user_folder=world.user_folder,
    )  # fmt: skip
    meter = _Meter()
    told = taking.World(
        world.today, world.now, world.command, asker(world, meter.stop), meter if sys.stderr.isatty() else None,
        world.program,
    )  # fmt: skip
    wish = mapping.Wish(
        date,
        tuple(metric or ()),
        tuple(by or ()),
        account_column,
        period,
        sheet,
        save_as,
        complete=complete,
        no_row=no_row,
    )
    try:
        if mapped or wish != mapping.Wish():
            page = _mapped(world, paths, wish, options, told)
        else:
            page = importing.import_paths(world.db, [_source(path) for path in paths], options, told)
    finally:
        meter.stop()
    show(page, as_json=as_json, plain=plain)


def _covered(text: str, world: Context) -> tuple[int, int]:
    """Two days with dots between them."""
    first, dots, last = text.partition("..")
    if not dots:
        raise WrongUseError(f'--covers: "{text}" is no first and last day', hints=("--covers 2026-03-01..2026-03-31",))
    days = as_of(first, world), as_of(last, world)
    if days[0] > days[1]:
        raise WrongUseError(f"--covers: {first} is after {last}", hints=(f"--covers {last}..{first}",))
    return days


def _mapped(world: Context, paths: list[str], wish: "Wish", options: "Options", told: "World") -> "Page":
    from smartkpi.cli.mapping import map_file

    if len(paths) > 1 or paths == ["-"]:
        raise WrongUseError("--map takes one file at a time", hints=("smartkpi import FILE --map",))
    return map_file(world, Path(paths[0]).expanduser(), paths[0], wish, options, told)


def _source(path: str) -> "Path | BinaryIO":
    if not path:
        raise WrongUseError("an empty path names no file", hints=("smartkpi import ~/Downloads",))
    return sys.stdin.buffer if path == "-" else Path(path).expanduser()


class _Meter:
    """A line on stderr that says how far a long import is."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._live: object | None = None

    def __call__(self, file: str, numbers: int) -> None:
        if time.monotonic() - self._begun < PATIENCE:
            return
        from rich.status import Status

        from smartkpi.cli.context import console

        if not isinstance(self._live, Status):
            self._live = Status("", console=console(sys.stderr))
            self._live.start()
        self._live.update(f"{file}: {numbers:,} numbers")

    def stop(self) -> None:
        """Take the line away."""
        if self._live is not None:
            self._live.stop()  # type: ignore[attr-defined]
            self._live = None


@app.command()
def record(
    ctx: typer.Context,
    metric: Annotated[str, typer.Argument(help="What was counted: followers, leads, cost, …")],
    value: Annotated[str, typer.Argument(help="The number: 1206, 1.5k, €120.")],
    account: OneAccount = "",
    platform: Platform = "",
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day it was true (else today).")] = "",
    new_account: NewAccount = False,
    day: Today = "",
    as_json: AsJson = False,
) -> None:
    """Keep a number by hand.

    \b
    smartkpi record followers 1206 --account "Example Café" --platform instagram
    smartkpi record leads 3 --on yesterday
    """
    from smartkpi.workflow import recording

    world = context(ctx)
    today = as_of(day, world)
    page = recording.record(
        world.db, metric, value, account=account, platform=platform, day=as_of(on, world) if on else today, as_of=today,
        now=world.now, command=world.command, new_account=new_account, ask=asker(world, lambda: None),
    )  # fmt: skip
    show(page, as_json=as_json)


@app.command()
def imports(ctx: typer.Context, as_json: AsJson = False, plain: Plain = False) -> None:
    """Every import so far.

    \b
    smartkpi imports
    smartkpi undo --import 3
    """
    from smartkpi.workflow import changes

    show(changes.imports(context(ctx).db), as_json=as_json, plain=plain)
