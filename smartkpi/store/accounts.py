"""Whose numbers there are: accounts, found through merges, and what feeds each of them."""

import sqlite3
from shlex import quote
from unicodedata import normalize

from smartkpi.errors import SmartKpiError
from smartkpi.model.history import AccountUse
from smartkpi.model.series import Account
from smartkpi.store import images
from smartkpi.store.owners import Row, by_uid, current, everyone
from smartkpi.store.uid import new_uid

# An account whose only import was undone is kept in the file, but is not there for anybody.
IN_USE = """(exists(select 1 from batch_account x join batch b on b.id = x.batch
        where x.account = account.id and b.active)
    or exists(select 1 from goal g, json_each(g.accounts) u where u.value = account.uid and g.state <> 'removed'))"""

Fed = tuple[tuple[str, ...], tuple[str, ...], int | None, int | None]  # reports, metrics, first and last day
NOTHING: Fed = ((), (), None, None)
# Reports with their filters ("search [page=+/blog/]"); each first and last day is one step in the key of `observation`.
_FEEDING = """
    select account, report, scope, metric, days, min(first), max(last) from (
        select s.account, s.report, s.scope, s.metric, s.days,
            (select min(day) from observation where series = s.id) first,
            (select max(day) from observation where series = s.id) last from series s)
    where first is not null group by account, report, scope, metric, days"""


def folded(name: str) -> str:
    """A name as names are compared: one account, however it is written (SQLite's own `lower` knows ASCII only)."""
    return normalize("NFC", name).casefold()


def find(conn: sqlite3.Connection, platform: str, name: str) -> Account | None:
    """The account of that name, in any case, or the one that it was merged into; None where there is none."""
    row = conn.execute(
        f"""select id from account where platform = ? and folded = ?
            order by merged_into is not null, not {IN_USE}, name <> ?, id""",
        (platform, folded(name), name),
    ).fetchone()
    return current(conn, row[0]).account if row else None


def ensure(conn: sqlite3.Connection, platform: str, name: str) -> Account:
    """The account of that name, made where there is none. Inside a write transaction."""
    found = find(conn, platform, name)
    if found:
        return found
    account = Account(platform, name, new_uid())
    conn.execute(
        "insert into account(uid, platform, name, folded) values(?, ?, ?, ?)",
        (account.uid, platform, name, folded(name)),
    )
    return account


def rename(conn: sqlite3.Connection, uid: str, name: str, change: int) -> Account:
    """Gives the account another name; `find` still knows it by the old one, which exports may go on using.

    SmartKpiError where the new name is another account's.
    """
    row = by_uid(conn, uid)
    other = find(conn, row.account.platform, name)
    if other and other.uid != row.account.uid and _is_in_use(conn, other):
        raise SmartKpiError(
            f"{name} ({row.account.platform}) is another account already",
            details=("Two accounts that are one can be merged:",),
            hints=(f"smartkpi accounts merge {quote(row.account.name)} {quote(other.name)} --dry-run",),
        )
    with images.watched(conn, change, "account", row.account.uid):
        conn.execute("update account set name = ?, folded = ? where id = ?", (name, folded(name), row.id))
    old = new_uid()  # the old name lives on like an account that was merged into this one
    with images.watched(conn, change, "account", old):
        conn.execute(
            "insert into account(uid, platform, name, folded, merged_into) values(?, ?, ?, ?, ?)",
            (old, row.account.platform, row.account.name, folded(row.account.name), row.id),
        )
    return Account(row.account.platform, name, row.account.uid)


def _is_in_use(conn: sqlite3.Connection, account: Account) -> bool:
    return bool(conn.execute(f"select {IN_USE} from account where uid = ?", (account.uid,)).fetchone()[0])


def refuse_namesakes(conn: sqlite3.Connection, batch: int) -> None:
    """Raises SmartKpiError where bringing an import back would show two accounts of one name."""
    row = conn.execute(
        f"""select a.name, a.platform from batch_account x join account a on a.id = x.account
            where x.batch = ? and a.merged_into is null and exists(select 1 from account
                where account.platform = a.platform and account.folded = a.folded and account.id <> a.id
                    and account.merged_into is null and {IN_USE})""",
        (batch,),
    ).fetchone()
    if row:
        raise SmartKpiError(
            f"Import {batch} is of an account called {row[0]} ({row[1]}), and another one has that name now",
            details=("Give that one another name first, or import the file again:",),
            hints=(f"smartkpi accounts rename {quote(row[0])} NAME",),
        )


def in_use(conn: sqlite3.Connection) -> list[Account]:
    """The accounts that exist, without what feeds them: an import asks for them table by table."""
    rows = everyone(conn)
    found = {rows[i].account for i in {*_imports(conn, rows), *_goals(conn, rows)}}
    return sorted(found, key=lambda account: (account.platform, account.name))


def listing(conn: sqlite3.Connection) -> list[AccountUse]:
    """The accounts that exist: those with imports that stand or goals, by platform and name."""
    rows = everyone(conn)
    imports = _imports(conn, rows)
    goals = _goals(conn, rows)
    fed = _fed_by(conn)
    uses = [
        AccountUse(row.account, *fed.get(row.id, NOTHING), len(imports.get(row.id, ())), len(goals.get(row.id, ())))
        for row in {row.id: row for row in rows.values()}.values()
        if row.id in imports or row.id in goals
    ]
    return sorted(uses, key=lambda use: (use.account.platform, use.account.name))


def _imports(conn: sqlite3.Connection, rows: dict[int, Row]) -> dict[int, set[int]]:
    imports: dict[int, set[int]] = {}
    for ident, batch in conn.execute(
        "select x.account, x.batch from batch_account x join batch b on b.id = x.batch where b.active"
    ):
        imports.setdefault(rows[ident].id, set()).add(batch)
    return imports


def _goals(conn: sqlite3.Connection, rows: dict[int, Row]) -> dict[int, set[int]]:
    """The goals of each account: one that names two accounts which were merged since is one goal."""
    goals: dict[int, set[int]] = {}
    for ident, goal in conn.execute(
        """select a.id, g.id from goal g, json_each(g.accounts) u join account a on a.uid = u.value
            where g.state <> 'removed'"""
    ):
        goals.setdefault(rows[ident].id, set()).add(goal)
    return goals


def _fed_by(conn: sqlite3.Connection) -> dict[int, Fed]:
    """What stands of each account: series without a value feed nobody.

    One walk for all accounts: an export by page and query has thousands of series, and each import lists accounts.
    """
    reports: dict[int, set[str]] = {}
    metrics: dict[int, set[str]] = {}
    days: dict[int, tuple[int, int]] = {}
    for ident, report, scope, metric, length, first, last in conn.execute(_FEEDING):
        metrics.setdefault(ident, set()).add(metric)
        if length:
            reports.setdefault(ident, set()).add(f"{report} [{scope}]" if scope else report)
            known = days.get(ident, (first, last))
            days[ident] = min(known[0], first), max(known[1], last + length - 1)
    return {
        ident: (tuple(sorted(reports.get(ident, ()))), tuple(sorted(named)), *days.get(ident, (None, None)))
        for ident, named in metrics.items()
    }
