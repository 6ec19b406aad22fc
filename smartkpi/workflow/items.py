"""`items`: posts, videos, e-mails and ads with the numbers of the newest export, or what they gained between two."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from smartkpi.errors import UnknownNameError, WrongUseError
from smartkpi.knowledge import loader
from smartkpi.measure import items as measured
from smartkpi.model.items import INTERACTIONS, Gain, ItemExport, ItemList, ItemRow, KnownItem
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.series import Account, SeriesKey
from smartkpi.report import data
from smartkpi.store import own_metrics, snapshots
from smartkpi.workflow import names
from smartkpi.workflow.opening import reading, unknown_metric
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels

NOT_GAINED = (Kind.RATIO, Kind.ROLLING)  # a share that rose by a point gained nothing


class Wanted(NamedTuple):
    """Which items, which of their numbers, and in which order; '' and () = all."""

    account: str = ""
    platform: str = ""  # its id
    kind: str = ""
    metrics: tuple[str, ...] = ()
    sort: str = ""
    since: int | None = None  # the first day of publication
    top: int = 10
    growth: bool = False
    between: tuple[int, int] | None = None  # growth between the exports that stood on these days; else the two newest

    def fits(self, item: KnownItem) -> bool:
        """Whether it is of the kind, and published late enough."""
        kind = names.fold(self.kind)
        is_late = self.since is None or (item.published_on is not None and item.published_on >= self.since)
        return is_late and kind in names.fold(item.kind)


class Found(NamedTuple):
    """The items of one account and kind of export before anything is worked out; `earlier` only for growth."""

    account: Account
    report: str
    days: tuple[int, ...]
    items: tuple[KnownItem, ...]
    between: tuple[int, int] | None = None
    earlier: tuple[KnownItem, ...] = ()


def listing(db: Path, wanted: Wanted) -> Page:
    """The items that are wanted, one list for each account and kind of export, best first."""
    _refuse_senseless(wanted)
    with reading(db) as conn:
        exports = {} if conn is None else snapshots.exports(conn)
        chosen = _chosen(exports, wanted)
        if conn is None or not chosen:
            return _first_look(wanted)
        found = [part for account, of in chosen.items() for part in _found(conn, account, of, wanted)]
        metrics = _metrics(conn, found)
    _refuse_unknown_kind(wanted.kind, [item for part in found for item in part.items])
    asked = tuple(_metric_id(text, metrics) for text in wanted.metrics)
    lead = _metric_id(wanted.sort, metrics) if wanted.sort else next(iter(asked), "")
    _refuse_rates(wanted, metrics, (*asked, lead))
    lists = [_list(part, wanted, metrics, asked, lead) for part in found]
    told = [one for one in lists if one.found or one.absent or one.undated or (wanted.growth and not one.between)]
    return Page(
        lambda: _views().item_lists(told, metrics, labels(), since=wanted.since, growth=wanted.growth),
        data.envelope("items", growth=wanted.growth, lists=[data.item_list(one) for one in told]),
    )


def _refuse_senseless(wanted: Wanted) -> None:
    if wanted.between and wanted.between[0] >= wanted.between[1]:
        raise WrongUseError(
            "--between: the first day comes first", hints=("--between 2026-03-01 2026-03-08",), outcome=""
        )
    if wanted.top < 1:
        raise WrongUseError("--top is at least 1", hints=("--top 10",), outcome="")


def _refuse_rates(wanted: Wanted, metrics: Mapping[str, Metric], asked: Iterable[str]) -> None:
    rates = [metrics[name].name for name in asked if name in metrics and metrics[name].kind in NOT_GAINED]
    if wanted.growth and rates:
        raise WrongUseError(f"{rates[0]} is a rate: it rises and falls, and gains nothing", outcome="")


def _chosen(exports: Mapping[Account, list[ItemExport]], wanted: Wanted) -> dict[Account, list[ItemExport]]:
    """The accounts that have items and are wanted; raises `UnknownNameError` for a name that none of them has."""
    of = {account: own for account, own in exports.items() if wanted.platform in ("", account.platform)}
    if not of or not wanted.account:
        return of
    name = wanted.account.casefold()
    if chosen := {account: own for account, own in of.items() if account.name.casefold() == name}:
        return chosen
    near = names.nearest(wanted.account, [account.name for account in of])
    raise names.unknown("account with posts, videos, e-mails or ads", wanted.account, near, "smartkpi items")


def _found(
    conn: sqlite3.Connection, account: Account, exports: Sequence[ItemExport], wanted: Wanted
) -> Iterator[Found]:
    """What stands, by kind of export; for growth also what stood before."""
    newest = [] if wanted.growth else snapshots.standing(conn, account)
    for report in dict.fromkeys(export.report for export in exports):
        days = tuple(sorted({export.as_of for export in exports if export.report == report}))
        between = _between(days, wanted) if wanted.growth else None
        items = snapshots.standing(conn, account, between[1]) if between else newest
        own = [item for item in items if item.export.report == report]
        earlier = snapshots.standing(conn, account, between[0]) if between else []
        yield Found(account, report, days, tuple(own), between, tuple(earlier))


def _between(days: Sequence[int], wanted: Wanted) -> tuple[int, int] | None:
    """The days of the two exports: those that stood on the days asked for, else the two newest."""
    if wanted.between is None:
        return (days[-2], days[-1]) if len(days) > 1 else None
    stood = [max((day for day in days if day <= asked), default=None) for asked in wanted.between]
    return None if stood[0] is None or stood[1] is None or stood[0] == stood[1] else (stood[0], stood[1])


def _refuse_unknown_kind(kind: str, items: Sequence[KnownItem]) -> None:
    kinds = sorted({item.kind for item in items})
    if kind and kinds and not any(names.fold(kind) in names.fold(known) for known in kinds):
        details = (f"There are: {', '.join(kinds)}.",)
        raise UnknownNameError(f'nothing here is of the kind "{kind}"', details=details, outcome="")


# --- metrics


def _metrics(conn: sqlite3.Connection, found: Sequence[Found]) -> dict[str, Metric]:
    """The definitions of all metrics that these items state, and no others; by id."""
    stated = {key.metric for part in found for item in part.items for key in item.numbers}
    known = {**loader.metrics_for(stated), **{metric.id: metric for metric in own_metrics.all(conn)}}
    return {name: known.get(name) or unknown_metric(name) for name in sorted(stated)}


def _metric_id(text: str, metrics: Mapping[str, Metric]) -> str:
    """The metric that somebody typed, among those that the items state, or their interactions."""
    said = names.fold(text).removesuffix("s")
    if said == "positive interaction" or (said == "interaction" and measured.WHOLE not in metrics):
        return INTERACTIONS.metric
    try:
        return names.find_metric(text, metrics).id
    except UnknownNameError:
        details = (f"They have: {', '.join(sorted(m.name for m in metrics.values()))}.",)
        raise UnknownNameError(f'none of these items states "{text}"', details=details, outcome="") from None


def _direction(key: SeriesKey, metrics: Mapping[str, Metric]) -> Direction:
    return metrics[key.metric].direction if key.metric in metrics else Direction.UP


# --- one list


def _list(found: Found, wanted: Wanted, metrics: Mapping[str, Metric], asked: Sequence[str], lead: str) -> ItemList:
    """The best of what fits, with the columns that were asked for, else all of them."""
    fitting = [item for item in found.items if wanted.fits(item)]
    parts = measured.interaction_parts(fitting)
    gains = _gains(found, fitting, wanted)
    rows = [_row(item, gains.get(item.external_id), parts, metrics) for item in fitting]
    shown = [row for row in rows if row.gain is None or not row.gain.absent]
    wanted_ids = {*asked, lead} if asked else set()
    shown = [row for row in shown if not wanted_ids or any(key.metric in wanted_ids for key in row.values)]
    columns = [key for key in measured.columns([r.values for r in shown]) if not asked or key.metric in wanted_ids]
    columns.sort(key=lambda key: key.metric != lead)
    return ItemList(
        found.account,
        found.report,
        found.days,
        _best(shown, columns, metrics)[: wanted.top],
        len(shown),
        tuple(columns),
        parts,
        () if wanted.growth else measured.by_month(fitting, parts),
        found.between,
        wanted.between,
        tuple(ItemRow(gain.item, measured.values(gain.item, parts), gain) for gain in gains.values() if gain.absent),
        sum(item.published_on is None for item in found.items) if wanted.since is not None else 0,
    )


def _gains(found: Found, fitting: Sequence[KnownItem], wanted: Wanted) -> dict[str, Gain]:
    if not wanted.growth or found.between is None:
        return {}
    ranged = loader.profiles_of_a_range({item.export.profile for item in (*fitting, *found.earlier)})
    grown = measured.growth(found.earlier, fitting, found.between[0], ranged)
    return {gain.item.external_id: gain for gain in grown}


def _row(item: KnownItem, gain: Gain | None, parts: Sequence[SeriesKey], metrics: Mapping[str, Metric]) -> ItemRow:
    if gain is None:
        return ItemRow(item, measured.values(item, parts))
    grown = measured.gains(gain, parts)
    kinds = {key: metrics[key.metric].kind for key in grown if key.metric in metrics}
    return ItemRow(item, {key: by for key, by in grown.items() if kinds.get(key) not in NOT_GAINED}, gain)


def _best(rows: Sequence[ItemRow], columns: Sequence[SeriesKey], metrics: Mapping[str, Metric]) -> tuple[ItemRow, ...]:
    """Best first by the first column; what does not state it comes last."""
    if not columns:
        return tuple(rows)
    lead, sign = columns[0], _direction(columns[0], metrics).sign
    return tuple(sorted(rows, key=lambda row: -sign * row.values[lead] if lead in row.values else float("inf")))


# --- screens


def _first_look(wanted: Wanted) -> Page:
    """Where items come from, while there are none."""
    platform = wanted.platform
    return Page(
        lambda: _views().no_items(platform, labels().get(platform, platform)),
        data.envelope("items", growth=wanted.growth, lists=[]),
    )


def _views() -> ModuleType:
    """The screens, loaded when one is shown: `--json` does without."""
    from smartkpi.report.views import items as views

    return views
