"""The command that was typed, as it can be typed again: with its flags, less those that a hint puts anew."""

from collections.abc import Iterator
from shlex import join, split
from typing import TYPE_CHECKING

from smartkpi.model.period import iso

if TYPE_CHECKING:
    from smartkpi.workflow.taking import Options

PROGRAM = "smartkpi"


def without(command: str, *flags: str, value: str = "") -> str:
    """`command` less these flags and what stands behind each; with `value` only those that say just that."""
    return join(_kept(split(command), flags, value))


def _kept(parts: list[str], flags: tuple[str, ...], value: str) -> Iterator[str]:
    at = 0
    while at < len(parts):
        flag, equals, said = parts[at].partition("=")
        behind = "" if equals else parts[at + 1] if at + 1 < len(parts) else ""
        if flag in flags and value in ("", said or behind):
            at += 1 if equals else 2
        else:
            yield parts[at]
            at += 1


def of_import(options: "Options", *paths: str, program: str = PROGRAM, whose: bool) -> str:
    """`import` of these files with the flags that were typed; `whose`: also those that say whose numbers they have."""
    texts = (
        ("--account", options.account if whose else ""),
        ("--platform", options.platform if whose else ""),
        ("--profile", options.profile),
        ("--as-of", "" if options.as_of is None else iso(options.as_of)),
        ("--currency", options.currency),
        ("--encoding", options.encoding),
        ("--date-format", options.date_format),
        ("--numbers", options.numbers),
        ("--year", "" if options.year is None else str(options.year)),
        ("--covers", "" if options.covers is None else "..".join(map(iso, options.covers))),
    )
    switches = (
        ("--new-account", options.new_account),
        ("--same-account", options.same_account),
        ("--dry-run", options.dry_run),
    )
    said = [part for flag, text in texts if text for part in (flag, text)]
    return f"{program} {join(['import', *paths, *said, *(flag for flag, meant in switches if meant)])}"


def in_program(hint: str, program: str) -> str:
    """A hint that is a command, of the same program as typed: `--db` names another file than the usual one."""
    is_whole = hint.startswith(f"{PROGRAM} ") and not hint.startswith(f"{program} ")
    return f"{program}{hint.removeprefix(PROGRAM)}" if is_whole else hint
