"""Files that lack the same answer are refused once, with one command that works for all of them."""

from collections.abc import Sequence
from shlex import join, split

from smartkpi.errors import AccountNeededError, SmartKpiError
from smartkpi.report import words
from smartkpi.workflow import again

_SHOWN = 4  # files or tables that are named
_WHOSE = " --account "


def once(errors: Sequence[SmartKpiError], command: str) -> tuple[SmartKpiError, ...]:
    """The errors in their order, those that ask for one account together; `command` is what was typed."""
    groups: dict[object, list[SmartKpiError]] = {}
    for n, error in enumerate(errors):
        groups.setdefault(_asked(error) or n, []).append(error)
    asking = [group for group in groups.values() if isinstance(group[0], AccountNeededError)]
    return tuple(
        _together(group, command if len(asking) == 1 else "") if len(group) > 1 else group[0]
        for group in groups.values()
    )


def _asked(error: SmartKpiError) -> object:
    """What is asked, of which platforms, and the answers that its commands offer; None for any other error."""
    if not isinstance(error, AccountNeededError) or not all(_WHOSE in hint for hint in error.hints):
        return None
    return error.headline.rpartition(": ")[2], error.platforms, tuple(hint.partition(_WHOSE)[2] for hint in error.hints)


def _together(group: Sequence[SmartKpiError], command: str) -> AccountNeededError:
    """One question for all; where others are asked too, the command names the files of this one alone."""
    first = group[0]
    assert isinstance(first, AccountNeededError)  # nothing else is grouped
    places = [error.headline.rpartition(": ")[0] for error in group]
    files = list(dict.fromkeys(place.partition(" › ")[0] for place in places))
    parts = [place.partition(" › ")[2] or place for place in places] if len(files) == 1 else files
    more = [f"{len(parts) - _SHOWN} more"] if len(parts) > _SHOWN else []
    typed = again.without(command, "--account") if command else _of_files(group)
    question = first.headline.rpartition(": ")[2]
    return AccountNeededError(
        f"{files[0] if len(files) == 1 else f'{len(files)} files'}: {question}",
        details=(f"{words.listed([*parts[:_SHOWN], *more])}: none of them says whose.", *first.details[1:]),
        hints=tuple(f"{typed}{_WHOSE}{hint.partition(_WHOSE)[2]}" for hint in first.hints),
        platforms=first.platforms,
        accounts=first.accounts,
    )


def _of_files(group: Sequence[SmartKpiError]) -> str:
    """ "smartkpi import Chart.csv Pages.csv": the command of the first, with the files of all."""
    typed = [split(error.hints[0].partition(_WHOSE)[0]) for error in group]
    at = typed[0].index("import") + 1
    paths = dict.fromkeys(parts[at] for parts in typed)
    return join([*typed[0][:at], *paths, *typed[0][at + 1 :]])
