"""`accounts`: who is known and what feeds each; renaming, and merging two that are one."""

import sqlite3
from pathlib import Path

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.model.series import Account
from smartkpi.report import data
from smartkpi.report.views import history as views
from smartkpi.store import accounts, changes, database, merges
from smartkpi.workflow import names
from smartkpi.workflow.opening import reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id


def listing(db: Path) -> Page:
    """Every account with the exports that feed it."""
    with reading(db) as conn:
        found = [] if conn is None else accounts.listing(conn)
    return Page(
        lambda: views.account_list(found, labels()), data.envelope("accounts", accounts=[data.use(u) for u in found])
    )


def rename(db: Path, old: str, new: str, *, platform: str, now: str, command: str) -> Page:
    """Gives an account another name; later exports under the old one still find it."""
    if not new.strip():
        raise WrongUseError("an account needs a name", hints=(f"smartkpi accounts rename {names.quoted(old)} NAME",))
    with writing(db) as conn, database.write_tx(conn):
        account = _one(conn, old, platform_id(platform), command)
        change = changes.begin(conn, now, command, "rename")
        renamed = accounts.rename(conn, account.uid, new, change)
    return Page(
        lambda: views.renamed(account, renamed),
        data.envelope("account renamed", was=old, account=data.account(renamed)),
    )


def merge(
    db: Path, source: str, into: str, *, platform: str, now: str, command: str, dry_run: bool, same_account: bool
) -> Page:
    """Makes two accounts one: everything said of `source` counts for `into`; the newest export decides."""
    with writing(db) as conn, database.write_tx(conn, dry_run=dry_run):
        one, other = (_one(conn, name, platform_id(platform), command) for name in (source, into))
        change = changes.begin(conn, now, command, "merge")
        counts = merges.merge(conn, one.uid, other.uid, change)
        if 2 * counts.differing > counts.differing + counts.same and not same_account:
            raise SmartKpiError(
                f"{one.name} and {other.name} look like two accounts",
                details=(
                    f"{counts.differing} of the {counts.differing + counts.same} numbers that both state differ.",
                ),
                hints=(f"{command} --same-account",),
            )
    fields = {"merged": data.account(one), "into": data.account(other), "dry_run": dry_run, **data.plain(counts)}
    return Page(lambda: views.merged(one, other, counts, dry=dry_run), data.envelope("accounts merged", **fields))


def _one(conn: sqlite3.Connection, name: str, platform: str, command: str) -> Account:
    known = accounts.in_use(conn)
    found = [a for a in known if a.name.casefold() == name.casefold() and platform in ("", a.platform)]
    if len(found) == 1:
        return found[0]
    if found:
        on = ", ".join(a.platform for a in found)
        raise WrongUseError(
            f"{name} is on several platforms: {on}", hints=tuple(f"{command} --platform {a.platform}" for a in found)
        )
    raise names.unknown("account", name, names.nearest(name, [a.name for a in known]), "smartkpi accounts")
