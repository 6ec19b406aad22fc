"""The outside world as one object, made once: clock, environment, terminal and folders."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from rich.console import Console


class Context(NamedTuple):
    """What one run may know of the outside."""

    argv: tuple[str, ...]  # as typed, without the program's name
    db_flag: Path | None = None

    @property
    def db(self) -> Path:
        """The database: flag, else SMARTKPI_DB, else the user's data folder."""
        if self.db_flag is not None:
            return self.db_flag
        if named := os.environ.get("SMARTKPI_DB"):
            return Path(named).expanduser()
        from platformdirs import user_data_path

        return user_data_path("smartkpi", appauthor=False) / "smartkpi.db"

    @property
    def user_folder(self) -> Path:
        """Where a user's own profiles live."""
        if named := os.environ.get("SMARTKPI_PROFILES"):
            return Path(named).expanduser()
        from platformdirs import user_config_path

        return user_config_path("smartkpi", appauthor=False) / "profiles"

    @property
    def today(self) -> int:
        """The civil day of this machine, as an ordinal."""
        return date.today().toordinal()

    @property
    def now(self) -> str:
        """This moment in UTC, ISO, to the microsecond."""
        return datetime.now(UTC).isoformat(timespec="microseconds")

    @property
    def command(self) -> str:
        """What was typed, as one line that more flags can stand behind."""
        from shlex import join

        at = self.argv.index("--") if "--" in self.argv else len(self.argv)
        begin, rest = self.argv[:at], self.argv[at + 1 :]
        mark = ("--",) if any(each.startswith("-") for each in rest) else ()
        return join(("smartkpi", *begin, *mark, *rest))

    @property
    def program(self) -> str:
        """How a command to type begins: with the database where one was typed."""
        from shlex import join

        return "smartkpi" if self.db_flag is None else join(("smartkpi", "--db", str(self.db_flag)))

    @property
    def editor(self) -> str:
        """The command that edits a text file."""
        return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")

    @property
    def asks(self) -> bool:
        """Whether a person is there to answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()


def console(stream: TextIO) -> "Console":
    """One rich console: no markup, no guesses, colours only where the stream shows them."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=False)


def prepare_streams() -> None:
    """A letter that the terminal lacks becomes "?", never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
