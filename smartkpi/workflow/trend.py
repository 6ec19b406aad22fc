"""`trend`: a metric over whole weeks, months, quarters or years, and whether its newest is wobble or a change."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from smartkpi.errors import WrongUseError
from smartkpi.measure import trend as measured
from smartkpi.measure.sources import Ambiguity, metrics_read
from smartkpi.model.assessment import Reason
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.model.series import Account
from smartkpi.model.trend import By, Trend
from smartkpi.report import data, trend_data
from smartkpi.store import accounts, series
from smartkpi.workflow import again, names, whose
from smartkpi.workflow.lacking import lacking
from smartkpi.workflow.opening import known_metrics, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.tying import ambiguous

LAST = {By.WEEK: 12, By.MONTH: 13, By.QUARTER: 9, By.YEAR: 99}  # periods shown unless said otherwise


class Wanted(NamedTuple):
    """What is asked for, as typed; '' and () = all."""

    metric: str
    platform: str = ""
    accounts: tuple[str, ...] = ()
    campaign: str = ""
    report: str = ""
    by: By = By.WEEK
    last: int | None = None


def trend(db: Path, wanted: Wanted, as_of: int, *, command: str) -> Page:
    """The periods of a metric; `command` is what was typed: a refusal repeats it whole."""
    shown = LAST[wanted.by] if wanted.last is None else wanted.last
    if shown < 1:
        raise WrongUseError("--last is at least 1", hints=("--last 12",), outcome="")
    wanted = wanted._replace(platform=platform_id(wanted.platform))
    with reading(db) as conn:
        metrics = known_metrics(conn)
        metric = names.find_metric(wanted.metric, metrics)
        if conn is None:
            return _nothing(metric, (Reason("nothing imported"),), (), wanted, as_of)
        asked = _asked(conn, metric, wanted, as_of, command)
        found = _measured(conn, asked, metrics, wanted.by, command)
        if isinstance(found, Reason):
            reasons = lacking(conn, asked, metrics) if found.code == "nothing imported" else ()
            return _nothing(metric, reasons or (found,), _there(conn, asked, metrics), wanted, as_of)
    more = again.without(command, "--last", "--weeks", "--by").replace(" --json", "").replace(" --plain", "")
    return Page(lambda: _views().trend(found, shown, labels(), metrics, more), trend_data.trend(found, shown))


def _asked(conn: sqlite3.Connection, metric: Metric, wanted: Wanted, as_of: int, command: str) -> Goal:
    uses = accounts.listing(conn)
    known = [use.account for use in uses]
    owners = [_account(name, wanted.platform, known, command) for name in wanted.accounts]
    first = min((use.first_day for use in uses if use.first_day is not None), default=as_of)
    return measured.asking(
        metric, min(first, as_of), as_of, platform=wanted.platform, accounts=tuple(owner.uid for owner in owners),
        campaign=wanted.campaign, report=wanted.report,
    )  # fmt: skip


def _account(name: str, platform: str, known: Sequence[Account], command: str) -> Account:
    """The account of that name; raises an error that names those that look like it."""
    on = [account for account in known if platform in ("", account.platform)]
    if not any(account.name.casefold() == name.casefold() for account in on):
        near = names.nearest(name, [account.name for account in on])
        raise names.unknown("account", name, near, "smartkpi accounts")
    typed = again.without(command, "--account", value=name)
    return whose.named(name, (platform,) if platform else (), known, labels(), new_account=False, command=typed)


def _measured(
    conn: sqlite3.Connection, asked: Goal, metrics: Mapping[str, Metric], by: By, command: str
) -> Trend | Reason:
    """From whole days, else from what stands in for them; raises where two accounts or exports could serve."""
    wanted = metrics_read(metrics[asked.metric], metrics)
    campaigns = {("campaign", asked.campaign)} if asked.campaign else set()
    first, last = asked.start, asked.deadline
    stored = series.read(conn, wanted, first_day=first, as_of=last, breakdowns=campaigns)
    having = [each.account for each in stored]
    found = measured.trend(asked, metrics, stored, by)
    if isinstance(found, Reason) and found.code == "nothing imported":
        totals = series.totals(conn, wanted, first_day=first, as_of=last, campaign=asked.campaign)
        having += [each.account for each in totals]
        found = measured.trend(asked, metrics, stored, by, totals=totals)
    if isinstance(found, Ambiguity):
        error = ambiguous(found, metrics[asked.metric], having, asked, command)
        error.outcome = ""
        raise error
    return found


def _there(conn: sqlite3.Connection, asked: Goal, metrics: Mapping[str, Metric]) -> tuple[str, ...]:
    """The names of the metrics that the exports state day by day."""
    stated = {each.key.metric for each in series.stated(conn) if asked.platform in ("", each.account.platform)}
    return tuple(metrics[name].name for name in stated if name in metrics)


def _nothing(metric: Metric, reasons: Sequence[Reason], there: Sequence[str], wanted: Wanted, as_of: int) -> Page:
    found = data.envelope(
        "trend", as_of=iso(as_of), metric=metric.id, by=wanted.by.value, periods=[],
        reasons=[{"code": reason.code, "text": reason.text} for reason in reasons],
    )  # fmt: skip
    return Page(lambda: _views().nothing(metric, reasons, there, wanted.platform), found)


def _views() -> ModuleType:
    """The screens, loaded when one is shown: `--json` does without."""
    from smartkpi.report.views import trend as views

    return views
