"""Finds the command that was typed, loads only its module, and is the one place where errors end."""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn

import typer
from typer.core import TyperGroup

from smartkpi import __version__
from smartkpi.cli.context import Context, prepare_streams
from smartkpi.errors import ExitStatus, SmartKpiError


class Entry(NamedTuple):
    """Where a command lives, and its line in the help."""

    module: str
    group: str
    summary: str


FIRST, GOALS, NUMBERS, CHANGES, MORE = "The main job", "Goals", "Numbers", "Taking back", "More"
COMMANDS = {
    "add": Entry("add", FIRST, "Set a goal."),
    "import": Entry("imports", FIRST, "Take exports: files, folders, ZIPs."),
    "status": Entry("weekly", FIRST, "Where each goal stands: the weekly check-in."),
    "list": Entry("weekly", GOALS, "Every goal in one line."),
    "show": Entry("weekly", GOALS, "One goal closely."),
    "suggest": Entry("suggest", GOALS, "Goals worth having, from your own numbers; nothing is saved."),
    "whatif": Entry("whatif", GOALS, "Try another target, deadline or pace; nothing is saved."),
    "edit": Entry("goals", GOALS, "Change a goal; the old values stay visible."),
    "pause": Entry("pause", GOALS, "Let the plan of a goal rest."),
    "resume": Entry("pause", GOALS, "Let a paused goal go on."),
    "close": Entry("close", GOALS, "End a goal, and keep it."),
    "retro": Entry("retro", GOALS, "Look back at the goals that are over."),
    "score": Entry("score", GOALS, "Of the goals called 8 in 10, how many were met?"),
    "remove": Entry("goals", GOALS, "Take a goal away."),
    "audit": Entry("audit", GOALS, "Are these good goals? What to mend, letter by letter."),
    "objective": Entry("objectives", GOALS, "What goals are for: business goals that they serve."),
    "trend": Entry("trend", NUMBERS, "A metric over time: wobble, or a real change?"),
    "items": Entry("items", NUMBERS, "Posts, videos, e-mails and ads: their numbers, and what they gained."),
    "platforms": Entry("exports", NUMBERS, "Every known export, and where to click to download it."),
    "accounts": Entry("accounts", NUMBERS, "Whose numbers are known, and what feeds them."),
    "record": Entry("imports", NUMBERS, "Keep a number by hand."),
    "imports": Entry("imports", NUMBERS, "Every import so far."),
    "export": Entry("exports", NUMBERS, "Everything, out again, as CSV or JSON."),
    "undo": Entry("changes", CHANGES, "Take back the latest change."),
    "redo": Entry("changes", CHANGES, "Bring back what was taken back."),
    "demo": Entry("demo", MORE, "A try with a made-up café; nothing of yours is touched."),
}


class LazyGroup(TyperGroup):
    """A group whose commands are loaded when they are called: `status` does not pay for `import`."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # names for "did you mean"

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; what it suggests is of the database that was typed."""
        try:
            return super().invoke(ctx)
        except SmartKpiError as error:
            if isinstance(ctx.obj, Context):
                from smartkpi.workflow.again import in_program

                error.hints = tuple(in_program(hint, ctx.obj.program) for hint in error.hints)
            raise

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found = import_module(f"smartkpi.cli.{entry.module}").app
        for info in found.registered_commands:  # the others of its module are not made
            if cmd_name == (info.name or info.callback.__name__):
                return typer.main.get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)
        return typer.main.get_group(found).get_command(ctx, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for group in dict.fromkeys(entry.group for entry in COMMANDS.values()):
            rows = [(name, entry.summary) for name, entry in COMMANDS.items() if entry.group == group]
            with formatter.section(group):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,  # plain help: the same on a terminal, in a pipe and in the docs
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done · 1 failed, nothing was changed · 2 wrong use · 3 some rows or files were refused · "
    "4 status --check found trouble · 130 interrupted",
)


def _version(asked: bool) -> None:
    if asked:
        print(f"smartkpi {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def everything(
    ctx: typer.Context,
    db: Annotated[
        Path | None, typer.Option("--db", help="The database file (else SMARTKPI_DB, else your data folder).")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """SMART goals, the exports that platforms let you download, and an honest weekly answer.

    \b
    smartkpi demo                  try it with a made-up café
    smartkpi import ~/Downloads    take your exports
    smartkpi status                every Monday
    """
    argv: tuple[str, ...] = ctx.obj if isinstance(ctx.obj, tuple) else tuple(sys.argv[1:])
    ctx.obj = Context(argv, db)
    if ctx.invoked_subcommand is None:
        from smartkpi.cli.showing import show
        from smartkpi.workflow import judging

        show(judging.status(ctx.obj.db, ctx.obj.today))


_SENTENCE = re.compile(r"^-(?=\d\S*\s)")  # "-10% unfollows by June" is a sentence, and no flag


def main(argv: list[str] | None = None) -> NoReturn:
    """The console script: run `argv` (else what was typed) and leave with an exit code of DESIGN.md."""
    arguments = [_SENTENCE.sub("−", each) for each in (sys.argv[1:] if argv is None else argv)]
    prepare_streams()
    try:
        typer.main.get_command(app)(args=arguments, prog_name="smartkpi", obj=tuple(arguments))
    except SmartKpiError as error:
        from smartkpi.cli.showing import tell

        if "--json" in arguments:
            from smartkpi.report.data import lines
            from smartkpi.workflow.refused import refused

            command = next((each for each in arguments if each in COMMANDS), "")
            sys.stdout.write(lines(refused(error, command)) + "\n")
        tell(error)
        sys.exit(error.status)
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)
    except UnicodeEncodeError as error:
        said = error.object[max(0, error.start - 20) : error.end + 20].encode("utf-8", "replace").decode()
        print(f"smartkpi: “{said}” is not text in UTF-8", file=sys.stderr)
        sys.exit(ExitStatus.USAGE)
    except OSError as error:
        print(f"smartkpi: the output cannot be written: {error.strerror}", file=sys.stderr)
        sys.exit(ExitStatus.FAILED)
    except Exception as bug:
        if "--debug" in arguments:
            raise
        print(f"smartkpi: this is our fault, not yours: {type(bug).__name__}: {bug}", file=sys.stderr)
        print("  → the same command with --debug first says where; please report both", file=sys.stderr)
        sys.exit(ExitStatus.FAILED)
    sys.exit(ExitStatus.DONE)
