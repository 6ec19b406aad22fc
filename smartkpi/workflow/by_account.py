"""Whose each goal is: the goals of one account, and titles that say whose where a platform has several accounts."""

import sqlite3
from collections.abc import Mapping, Sequence

from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Goal
from smartkpi.report.words import listed
from smartkpi.store import owners


def of_account(conn: sqlite3.Connection, goals: Sequence[Goal], name: str) -> list[Goal]:
    """The goals that read the account of that name, on any platform, also by a name that it had before.

    A goal that names no account reads the only one there is on its platform. Raises `UnknownNameError`.
    """
    from smartkpi.store import accounts  # `status` without that question pays for neither
    from smartkpi.workflow import names

    known = accounts.in_use(conn)
    found = (accounts.find(conn, platform, name) for platform in sorted({each.platform for each in known}))
    wanted = {each.uid for each in found if each} & {each.uid for each in known}
    if not wanted:
        raise names.unknown("account", name, names.nearest(name, [each.name for each in known]), "smartkpi accounts")

    def reads(goal: Goal) -> bool:
        if goal.accounts:
            return not wanted.isdisjoint(goal.accounts)
        there = {each.uid for each in known if goal.platform in ("", each.platform)}
        return bool(there) and there <= wanted

    return [goal for goal in goals if reads(goal)]


def titles(conn: sqlite3.Connection, goals: Sequence[Goal]) -> dict[str, str]:
    """Titles with the account's name behind them, by the goal's uid, where two of `goals` on one platform are of
    different accounts; a title that names it anyway stays."""
    uids = {uid for goal in goals for uid in goal.accounts}
    if len(uids) < 2:
        return {}
    known = {row.account.uid: row.account for row in owners.everyone(conn).values()}
    if len({known[uid].platform for uid in uids}) == len(uids):
        return {}
    from smartkpi.store.accounts import folded

    found = {}
    for goal in goals:
        said = tuple(dict.fromkeys(known[uid].name for uid in goal.accounts))
        if said and not all(folded(name) in folded(goal.title) for name in said):
            found[goal.uid] = f"{goal.title} · {listed(said)}"
    return found


def titled(judged: Sequence[Assessment], called: Mapping[str, str]) -> list[Assessment]:
    """`judged` by the titles that they are called by, where there is one."""
    return [a._replace(goal=a.goal._replace(title=called.get(a.goal.uid, a.goal.title))) for a in judged]
