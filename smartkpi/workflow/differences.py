"""What a goals file says otherwise than the database, field by field, and the `edit` that makes it so."""

from collections.abc import Mapping, Sequence
from typing import Any

from smartkpi.model.goal import Goal
from smartkpi.model.period import iso
from smartkpi.model.series import Account
from smartkpi.model.taken import Difference
from smartkpi.workflow.entries import ORDINALS, Said
from smartkpi.workflow.names import quoted


def differences(said: Said, goal: Goal, whose_are: Mapping[str, Account]) -> tuple[Difference, ...]:
    """What `said` says otherwise than `goal`, whose accounts are called as `whose_are` has it."""
    found = []
    for name, now in said.items():
        if name == "accounts" and not now:
            continue
        was = _was(goal, name, whose_are)
        if name == "accounts":
            same = {tuple(map(str.casefold, each)) for each in now} == {tuple(map(str.casefold, e)) for e in was}
        else:
            same = was == now
        if name != "created" and not same:
            found.append(Difference(CALLED.get(name, name), _shown(name, was), _shown(name, now)))
    return tuple(found)


CALLED = {"unit": "currency"}


def _was(goal: Goal, name: str, whose_are: Mapping[str, Account]) -> Any:
    if name == "accounts":
        return tuple((whose_are[uid].platform, whose_are[uid].name) for uid in goal.accounts if uid in whose_are)
    return getattr(goal, name)


def _shown(name: str, value: Any) -> str:
    if value in (None, "", ()):
        return "nothing"
    if name in ORDINALS:
        return iso(value)
    if name == "accounts":
        return ", ".join(account for _, account in value)
    if name == "milestones":
        return ", ".join(f"{iso(day)}={reached:.12g}" for day, reached in value)
    if name == "pauses":
        return ", ".join(f"{iso(pause.first)} to {iso(pause.last)}" for pause in value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


FLAGS = {"title": "--title", "campaign": "--campaign", "report": "--report", "target": "--target", "gain": "--gain",
         "start": "--start", "deadline": "--deadline", "window": "--window", "owner": "--owner", "why": "--why",
         "objective": "--for", "repeat": "--repeat"}  # fmt: skip


def edit_command(goal: Goal, differs: Sequence[Difference]) -> str:
    """The `edit` that makes `goal` what the file says; '' where there are no flags for it."""
    if any(each.field not in FLAGS for each in differs):
        return ""
    words = {"nothing": "never" if differs[0].field == "repeat" else ""}
    said = (f"{FLAGS[each.field]} {quoted(words.get(each.now, each.now))}" for each in differs)
    return f"smartkpi edit {goal.slug} {' '.join(said)}"
