"""`suggest`: for each account the goals worth having, with targets of even odds and the commands that make them."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import SmartKpiError
from smartkpi.knowledge import loader
from smartkpi.measure import suggest as measure
from smartkpi.measure.assess import assess
from smartkpi.measure.sources import metrics_read
from smartkpi.model.feed import Feed
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric, Stage
from smartkpi.model.period import iso
from smartkpi.model.series import Account
from smartkpi.model.suggestion import Missing, Offer, Skipped, Suggestion, Worth, Worths
from smartkpi.report import data, words
from smartkpi.report.views import suggest as views
from smartkpi.store import goals, objectives, own_metrics, series
from smartkpi.workflow import feeding, phrasing
from smartkpi.workflow.attaining import History, history_of
from smartkpi.workflow.checking import checked, title_of
from smartkpi.workflow.judging import first_look
from smartkpi.workflow.opening import known_metrics, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.tying import tied
from smartkpi.workflow.understood import Names, names_of
from smartkpi.workflow.wish import Wish, goal_of

OUTCOMES = (Stage.LEADS, Stage.CUSTOMERS, Stage.REVENUE, Stage.COST)


class Desk(NamedTuple):
    """What every suggestion is made from."""

    conn: sqlite3.Connection
    metrics: Mapping[str, Metric]
    worths: Worths
    names: Names
    stated: Mapping[Account, frozenset[str]]  # of each account, what its exports state of the whole
    reports: Mapping[tuple[Account, str], tuple[str, ...]]  # which state a metric
    active: Sequence[Goal]
    objective: str  # what a new goal is for, where there is one thing only
    as_of: int


def suggest(db: Path, platforms: Sequence[str], as_of: int, user_folder: Path | None = None) -> Page:
    """Goals worth having on these platforms, else on all that have numbers."""
    wanted = tuple(dict.fromkeys(platform_id(platform) for platform in platforms if platform))
    with reading(db) as conn:
        desk = None if conn is None else _desk(conn, as_of)
        accounts = [] if desk is None else _accounts(desk, wanted)
        if not accounts and not wanted:
            empty = data.envelope("suggestions", as_of=iso(as_of), **views.as_data((), ()))
            return first_look(as_of)._replace(data=empty)
        metrics = known_metrics(conn)
        worths = desk.worths if desk else loader.worths()
        offers = [] if desk is None else [_offered(desk, account) for account in accounts]
    finder = Finder(metrics, worths, _titles(user_folder), as_of, user_folder, {})
    offers = _with_missing(offers, wanted, finder)
    everywhere = frozenset() if desk is None else _held(desk)
    named = {each.stage for offer in offers for each in offer.missing}
    unheld = [stage for stage in OUTCOMES if stage not in everywhere and stage not in named]
    elsewhere = [found for stage in unheld if (found := finder.of(stage, worths.homes[stage]))]
    told = data.envelope("suggestions", as_of=iso(as_of), **views.as_data(offers, elsewhere))
    return Page(lambda: views.suggested(offers, elsewhere, labels(), as_of), told)


def _desk(conn: sqlite3.Connection, as_of: int) -> Desk:
    metrics = known_metrics(conn)
    worths = loader.worths()
    described = {worth.metric for worth in worths.metrics}
    own = [Worth(m.id, worths.stages[m.stage]) for m in own_metrics.all(conn) if m.id not in described]
    stated, reports = _stated(conn)
    known = [objective.name for objective in objectives.all(conn)]
    return Desk(
        conn=conn,
        metrics=metrics,
        worths=worths._replace(metrics=(*worths.metrics, *own)),
        names=names_of(conn, metrics),
        stated=stated,
        reports=reports,
        active=goals.active(conn),
        objective=known[0] if len(known) == 1 else "",
        as_of=as_of,
    )


def _stated(
    conn: sqlite3.Connection,
) -> tuple[dict[Account, frozenset[str]], dict[tuple[Account, str], tuple[str, ...]]]:
    """What is stated of the whole of each account, and the exports that do."""
    stated: dict[Account, set[str]] = {}
    reports: dict[tuple[Account, str], set[str]] = {}
    for account, key, complete in series.stated(conn):
        if complete or not key.breakdown_kind:
            stated.setdefault(account, set()).add(key.metric)
            report = f"{key.report} [{key.scope}]" if key.scope else key.report
            reports.setdefault((account, key.metric), set()).add(report)
    return (
        {account: frozenset(found) for account, found in stated.items()},
        {named: tuple(sorted(found)) for named, found in reports.items()},
    )


def _accounts(desk: Desk, wanted: Sequence[str]) -> list[Account]:
    called = labels()
    found = [account for account in desk.stated if not wanted or account.platform in wanted]
    return sorted(found, key=lambda a: (called.get(a.platform, a.platform), a.name))


def _held(desk: Desk) -> frozenset[Stage]:
    """The stages that some account has numbers of."""
    return frozenset(stage for account in desk.stated for stage in _stages(desk, account))


def _stages(desk: Desk, account: Account) -> list[Stage]:
    found = measure.queues(desk.stated[account], desk.worths, desk.metrics, account.platform)
    return [desk.metrics[queue[0].metric].stage for queue in found]


def _offered(desk: Desk, account: Account) -> Offer:
    metrics, there = desk.metrics, desk.stated[account]
    found = measure.queues(there, desk.worths, metrics, account.platform)
    standing = (goal for goal in measure.standing(desk.active, account) if goal.metric in metrics)
    have = [goal for goal in standing if measure.is_counted(metrics[goal.metric], there, metrics)]
    on = [metrics[goal.metric] for goal in have]
    suggestions, skipped = measure.chosen(found, on, metrics, lambda worth: _judged(desk, account, worth))
    days = [each.found.day for each in suggestions if each.found.day is not None]
    held = tuple(metrics[queue[0].metric].stage for queue in found)
    return Offer(account, max(days, default=None), tuple(suggestions), tuple(have), tuple(skipped), held=held)


def _judged(desk: Desk, account: Account, worth: Worth) -> Suggestion | Skipped:
    """A goal on one metric with even odds, else why there is none: from the one export that goes furthest."""
    found = _from(desk, account, worth, "")
    if isinstance(found, Suggestion) or found.code != "unclear":
        return found
    tried = [_from(desk, account, worth, report) for report in _choices(desk, account, desk.metrics[worth.metric])]
    made = [each for each in tried if isinstance(each, Suggestion)]
    return max(made, key=lambda each: (each.found.day or 0, each.found.days), default=found)


def _choices(desk: Desk, account: Account, metric: Metric) -> list[str]:
    """The exports to choose from, where several state what it reads."""
    read = metrics_read(metric, desk.metrics)
    return sorted({report for name in read for report in desk.reports.get((account, name), ())})


def _from(desk: Desk, account: Account, worth: Worth, report: str) -> Suggestion | Skipped:
    metric = desk.metrics[worth.metric]
    wish = _wish(desk, account, worth, report)
    try:
        goal = _tied(desk, wish)
        history = history_of(desk.conn, goal, desk.metrics, desk.as_of)
        found = history.attainable(goal)
        if (skipped := measure.unfit(found, metric, desk.as_of, _newest(history, account))) is not None:
            return skipped
        wish = replace(wish, deadline=iso(measure.deadline(desk.as_of, found.days)))
        return _even(desk, worth, wish, history) or measure.without(found, goal, metric)
    except SmartKpiError as error:
        return Skipped(metric, "unclear", text=error.headline)


def _newest(history: History, account: Account) -> int | None:
    """The last day of which an account has anything that the goal reads."""
    days = [each.last_day for each in history.stored if each.account == account and each.last_day is not None]
    days += [value.last for each in history.totals if each.account == account for value in each.values]
    return max(days, default=None)


def _even(desk: Desk, worth: Worth, wish: Wish, history: History) -> Suggestion | None:
    """The goal whose target has even odds; a ratio that is not likely to get better is kept."""
    metric = desk.metrics[worth.metric]
    ways = [wish, replace(wish, keep=True)] if metric.kind is Kind.RATIO and not wish.keep else [wish]
    for way in ways:
        goal = _tied(desk, way)
        fair = history.attainable(goal).fair
        if fair is not None:
            asked = _asking(way, goal, metric, fair.target)
            made = checked(desk.conn, _tied(desk, asked), asked, metric, desk.as_of)
            made = made._replace(title=title_of(made, metric))
            found = history.attainable(made)
            if measure.is_even(found):
                command = phrasing.example(asked, desk.names, desk.as_of)
                return Suggestion(made, metric, found, worth.why, command)
    return None


def _wish(desk: Desk, account: Account, worth: Worth, report: str) -> Wish:
    """A goal without its number: 1 stands in for it."""
    metric = desk.metrics[worth.metric]
    alone = sum(other.platform == account.platform for other in desk.stated) == 1
    is_level = metric.kind is Kind.LEVEL
    return Wish(
        metric=metric.id,
        platform=account.platform,
        accounts=() if alone else (account.name,),
        report=report,
        gain="1" if is_level else "",
        target="" if is_level else "1%" if metric.unit == "%" else "1",
        keep=worth.keep,
        typical_day=metric.kind in (Kind.UNIQUE, Kind.ROLLING),
        objective=desk.objective,
        deadline=iso(measure.deadline(desk.as_of, measure.AHEAD)),
    )


def _tied(desk: Desk, wish: Wish) -> Goal:
    """The goal that `add` would make of it."""
    goal = goal_of(wish, desk.metrics, desk.as_of)
    metric = desk.metrics[goal.metric]
    owners = [each for each in desk.stated if each.platform == wish.platform and each.name in wish.accounts]
    return tied(desk.conn, goal, wish, metric, desk.metrics, owners, desk.as_of, "smartkpi add")[0]


def _asking(wish: Wish, goal: Goal, metric: Metric, target: float) -> Wish:
    """`wish` with a target as people type it; a gain where nobody stated the level."""
    text = _typed(target, metric, goal.unit)
    if goal.form is Form.GROWTH and goal.baseline is None:
        return replace(wish, gain=text)
    return replace(wish, gain="", target=text)


def _typed(value: float, metric: Metric, currency: str) -> str:
    """ "1,240", "2.2%", "€8.5": every digit of it."""
    if metric.unit == "%":
        return f"{value * 100:,.10g}%"
    if metric.unit != "money":
        return f"{value:,.12g}"
    digits = 0 if value == round(value) else 2 if value == round(value, 2) else 6
    return f"{words.CURRENCY.get(currency, f'{currency} ' if currency else '')}{value:,.{digits}f}"


def _titles(user_folder: Path | None) -> frozenset[str]:
    """The exports that a platform offers today; not those of tools beside the platforms, which few have."""
    cards = loader.cards(user_folder)
    return frozenset(card.title for card in cards if len(card.platforms) <= 2 and "(until " not in card.title)


class Finder(NamedTuple):
    """Looks for the export that would fill a stage."""

    metrics: Mapping[str, Metric]
    worths: Worths
    titles: Collection[str]  # of the exports that may be named
    as_of: int
    user_folder: Path | None
    told: dict[tuple[str, str], list[Feed]]  # (metric, platform) -> what it found: many accounts ask the same

    def of(self, stage: Stage, platform: str) -> Missing | None:
        """The first metric of a stage that an export states; None where no known one does."""
        first = self.worths.first.get(platform, ())
        fitting = [w.metric for w in self.worths.metrics if self.metrics[w.metric].stage is stage]
        for metric in (self.metrics[name] for name in (*(n for n in first if n in fitting), *fitting)):
            for feed in self._feeds(metric, platform):
                if feed.title in self.titles and measure.is_counted(metric, feed.metrics, self.metrics):
                    return Missing(stage, metric, feed)
        return None

    def missing(self, offer: Offer) -> Iterator[Missing]:
        """The stages that an account has no numbers of, where its platform has an export of them."""
        platform = offer.account.platform
        for stage in measure.ORDER:
            if stage in offer.held or stage in self.worths.aside.get(platform, ()):
                continue
            if found := self.of(stage, platform):
                yield found

    def _feeds(self, metric: Metric, platform: str) -> list[Feed]:
        if (metric.id, platform) not in self.told:
            self.told[metric.id, platform] = self._found(metric, platform)
        return self.told[metric.id, platform]

    def _found(self, metric: Metric, platform: str) -> list[Feed]:
        asked = Goal("", "", metric.id, Form.TOTAL, 1.0, self.as_of, self.as_of + measure.AHEAD, platform=platform)
        return feeding.feeds(assess(asked, metric, self.metrics, (), self.as_of), self.metrics, self.user_folder)


def _with_missing(offers: Sequence[Offer], wanted: Sequence[str], finder: Finder) -> list[Offer]:
    """Each offer with the exports that would fill its other stages; platforms without numbers have only these."""
    having = {offer.account.platform for offer in offers}
    empty = [Offer(Account(platform, ""), None) for platform in wanted if platform not in having]
    return [offer._replace(missing=tuple(finder.missing(offer))) for offer in (*offers, *empty)]
