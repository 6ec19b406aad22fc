"""`trend`: a metric over whole weeks, months, quarters or years, and whether its newest is wobble or a change."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, TypeVar

from smartkpi.errors import WrongUseError
from smartkpi.measure import trend as measured
from smartkpi.measure.sources import NO_CURRENCY, Ambiguity, metrics_read
from smartkpi.model.assessment import Reason
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.model.series import Account, Series, Totals
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
Read = TypeVar("Read", Series, Totals)


class Wanted(NamedTuple):
    """What is asked for, as typed; '' and () = all."""

    metric: str
    platform: str = ""
    accounts: tuple[str, ...] = ()
    campaign: str = ""
    report: str = ""
    currency: str = ""
    by: By = By.WEEK
    last: int | None = None


def trend(db: Path, wanted: Wanted, as_of: int, *, command: str) -> Page:
    """The periods of a metric; `command` is what was typed: a refusal repeats it whole."""
    shown = LAST[wanted.by] if wanted.last is None else wanted.last
    if shown < 1:
        raise WrongUseError("--last is at least 1", hints=("--last 12",), outcome="")
    wanted = wanted._replace(platform=platform_id(wanted.platform), currency=wanted.currency.upper())
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
    )._replace(unit=wanted.currency)  # fmt: skip


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
    stored = _of_currency(stored, asked, metrics)
    having = [each.account for each in stored]
    found = measured.trend(asked, metrics, stored, by)
    if isinstance(found, Reason) and found.code == "nothing imported":
        totals = series.totals(conn, wanted, first_day=first, as_of=last, campaign=asked.campaign)
        totals = _of_currency(totals, asked, metrics)
        having += [each.account for each in totals]
        found = measured.trend(asked, metrics, stored, by, totals=totals)
    if isinstance(found, Ambiguity):
        error = ambiguous(found, metrics[asked.metric], having, asked, command)
        if found.what == "currency":
            one = again.without(command, "--currency")
            error.hints = tuple(f"{one} --currency {each}" for each in found.choices if each != NO_CURRENCY)
        error.outcome = ""
        raise error
    return found


def _of_currency(stored: Sequence[Read], asked: Goal, metrics: Mapping[str, Metric]) -> list[Read]:
    """Without the money of other currencies than the one that is asked for; raises where there is none in it."""
    money = {each.key.unit for each in stored if _is_money(each, metrics)}
    if asked.unit and money and asked.unit not in money:
        there = ", ".join(sorted(unit or NO_CURRENCY for unit in money))
        raise WrongUseError(f"no {metrics[asked.metric].name} in {asked.unit}; there is: {there}", outcome="")
    return [e for e in stored if not asked.unit or not _is_money(e, metrics) or e.key.unit == asked.unit]


def _is_money(series: Series | Totals, metrics: Mapping[str, Metric]) -> bool:
    return metrics[series.key.metric].unit == "money"


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
