"""What the data have of a goal's metric when they do not have what it counts: parts, totals, other campaigns."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from smartkpi.measure.sources import metrics_read
from smartkpi.model.assessment import Reason
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import Account, SeriesKey
from smartkpi.store import series

SHOWN = 5  # names told; the rest would bury the point


def lacking(conn: sqlite3.Connection, goal: Goal, metrics: Mapping[str, Metric]) -> tuple[Reason, ...]:
    """Why nothing feeds `goal` although its metric is there; () where the export is still to be imported."""
    wanted = metrics_read(metrics[goal.metric], metrics)
    stated = [each for each in series.stated(conn) if _fits(goal, each.account)]
    there = [each for each in stated if each.key.metric in wanted]
    if goal.campaign:
        campaigns = {key.breakdown for _, key, _ in there if key.breakdown_kind == "campaign"}
        if there and goal.campaign not in campaigns:
            return (Reason("other campaigns", text=_told(campaigns)),)
    countable = [(account, key) for account, key, complete in stated if _counts(goal, metrics, key, complete)]
    known = {(account.uid, key.metric) for account, key in countable}
    parts = [(account, key) for account, key, _ in there if (account.uid, key.metric) not in known]
    if not parts or goal.campaign:
        return _only_in_totals([key for _, key in countable if key.metric in wanted], metrics)
    having = {account.uid for account, _ in parts}
    others = {key.metric for account, key in countable if key.days == 1 and account.uid in having}
    told = _told(key.breakdown for _, key in parts)
    return Reason("only in parts", text=told), Reason("stated in full", text=_nearest(others, goal, metrics))


def _counts(goal: Goal, metrics: Mapping[str, Metric], key: SeriesKey, complete: bool) -> bool:
    """Whether a series is of the goal's campaign; without one, of the whole or of parts that add up to it."""
    if goal.campaign or not key.breakdown_kind:
        return (key.breakdown_kind, key.breakdown) == (("campaign", goal.campaign) if goal.campaign else ("", ""))
    return complete and key.metric in metrics and metrics[key.metric].kind is Kind.FLOW


def _only_in_totals(countable: Sequence[SeriesKey], metrics: Mapping[str, Metric]) -> tuple[Reason, ...]:
    """That there are metrics that are stated for ranges of days and never by day: the goal cannot read them."""
    by_day = {key.metric for key in countable if key.days == 1}
    only = sorted({key.metric for key in countable} - by_day)
    return (Reason("only in totals", text=" and ".join(metrics[name].name for name in only)),) if only else ()


def _fits(goal: Goal, account: Account) -> bool:
    return goal.platform in ("", account.platform) and (not goal.accounts or account.uid in goal.accounts)


def _told(names: Iterable[str]) -> str:
    found = sorted(set(names))
    return ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")


def _nearest(whole: Iterable[str], goal: Goal, metrics: Mapping[str, Metric]) -> str:
    """The id of the metric that could take its place: one that adds up, of the same stage; '' where there is none."""
    stage = metrics[goal.metric].stage
    known = [metrics[name] for name in sorted(whole) if name in metrics]
    return next((other.id for other in known if other.stage is stage and other.kind is Kind.FLOW), "")
