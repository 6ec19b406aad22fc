"""Whose numbers they are: names that people type become accounts, and nobody guesses."""

from collections.abc import Callable, Mapping, Sequence
from shlex import quote

from smartkpi.errors import AccountNeededError, WrongUseError
from smartkpi.model.series import Account

Ask = Callable[[AccountNeededError], "tuple[str, str]"]  # -> (platform, account name), asked on a terminal


def named(
    name: str,
    platforms: Sequence[str],
    known: Sequence[Account],
    labels: Mapping[str, str],
    *,
    new_account: bool,
    command: str,
    is_stated: bool = False,
) -> Account:
    """The account that `name` means on one of `platforms` (() = any); its uid is '' where it is new.

    Raises `AccountNeededError` when several platforms could be meant, and stops at a name that looks like a typing
    error of a known one unless `new_account`. `is_stated`: the name stands in the file, so typing another is no way.
    """
    if not name.strip():
        raise WrongUseError("an account needs a name", hints=("smartkpi accounts",))
    on = [a for a in known if not platforms or a.platform in platforms]
    same = [a for a in on if a.name.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0]
    alike = [a for a in on if near(a.name.casefold(), name.casefold())]
    if alike and not same and not new_account:
        raise _looks_like(name, alike[0].name, command, is_stated=is_stated)
    if len(same) > 1 or len(platforms) != 1:
        could = tuple(a.platform for a in same) or tuple(platforms) or tuple(labels)
        raise _which_platform(name, could, labels, command)
    return Account(platforms[0], name)


def _looks_like(name: str, near: str, command: str, *, is_stated: bool) -> WrongUseError:
    """A typing error, or an account of its own: the commands for either."""
    said = f"{name} is new, and looks like {near}, which you have"
    if is_stated:
        return WrongUseError(
            said,
            details=(
                "The file says it itself. One account takes the new name, and keeps the old one; or they are two:",
            ),
            hints=(f"smartkpi accounts rename {quote(near)} {quote(name)}", f"{command} --new-account"),
        )
    return WrongUseError(
        said, hints=(f"{command} --account {quote(near)}", f"{command} --account {quote(name)} --new-account")
    )


def _which_platform(name: str, could: Sequence[str], labels: Mapping[str, str], command: str) -> AccountNeededError:
    said = ", ".join(labels.get(p, p) for p in could)
    return AccountNeededError(
        f"which platform is {name} on?",
        details=(f"It could be: {said}.",),
        hints=tuple(f"{command} --account {quote(name)} --platform {p}" for p in could[:3]),
        platforms=tuple(could),
        accounts=tuple((p, name) for p in could),
    )


def only_one(
    platforms: Sequence[str], known: Sequence[Account], labels: Mapping[str, str], *, what: str, command: str
) -> Account:
    """The only account on `platforms`; raises `AccountNeededError` naming the flags when there are several or none."""
    on = [a for a in known if a.platform in platforms]
    if len(on) == 1:
        return on[0]
    have = ", ".join(f"{a.name} ({labels.get(a.platform, a.platform)})" for a in on)
    several = len({a.platform for a in on}) > 1 or len(platforms) > 1
    flags = [f"--platform {p}" if several and len(platforms) > 1 else "" for p in platforms[:2]]
    hints = [" ".join(part for part in (command, "--account NAME", flag) if part) for flag in flags]
    if on:
        hints = [
            f"{command} --account {quote(a.name)}" + (f" --platform {a.platform}" if several else "") for a in on[:3]
        ]
    unknown = "No account of that platform is known yet: name yours once."
    raise AccountNeededError(
        "whose numbers are these?",
        details=(what, f"You have {have}." if have else unknown),
        hints=tuple(dict.fromkeys(hints)),
        platforms=tuple(platforms),
        accounts=tuple((a.platform, a.name) for a in on),
    )


def near(one: str, other: str) -> bool:
    """Whether two names are within two letters of each other, and not too short for that to mean something."""
    far = _distance(one, other)
    return far <= 2 and 2 * far < max(len(one), len(other))


def _distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
