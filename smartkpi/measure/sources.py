"""Which stored series a goal reads: one report per account, or an ambiguity that only a person can settle."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import BY_HAND, Account, Series


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Two accounts, reports or currencies could serve; `choices` are what to choose from."""

    what: str  # account, report, currency
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The series of one goal by part; each part has at most one series per account.

    `main` is the metric itself; `parts` are numerator and denominator of a pooled ratio, or the weight of a
    stated one; `gains` are flows that change a level, `anchors` its totals recorded by hand.
    """

    main: tuple[Series, ...] = ()
    numerator: tuple[Series, ...] = ()
    denominator: tuple[Series, ...] = ()
    weight: tuple[Series, ...] = ()
    gains: tuple[tuple[Series, int], ...] = ()  # (flow, +1 or -1)
    anchors: tuple[Series, ...] = ()
    upper_bound: bool = False  # nobody exports who left

    @property
    def all(self) -> tuple[Series, ...]:
        flows = tuple(series for series, _ in self.gains)
        return self.main + self.numerator + self.denominator + flows + self.anchors

    @property
    def judged(self) -> tuple[Series, ...]:
        """The series whose last full day limits the day that can be judged: anchors never do."""
        return self.main + self.numerator + self.denominator + tuple(series for series, _ in self.gains)


def metrics_read(metric: Metric, metrics: Mapping[str, Metric]) -> set[str]:
    """The ids of every metric that a goal on `metric` may read, itself and its stand-ins included."""
    direct = {metric.id, metric.numerator, metric.denominator, metric.weight} - {""}
    growing = {m.id for m in metrics.values() if m.grows == metric.id}
    return direct | growing | {other for name in direct for other in metrics[name].read_as}


def inputs(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series]) -> Inputs | Ambiguity:
    """The series that `goal` reads among `stored`; empty parts where there are none."""
    fitting = [series for series in stored if _fits(goal, series)]
    by_metric: dict[str, list[Series]] = defaultdict(list)
    for series in fitting:
        by_metric[series.key.metric].append(series)
    if goal.form is Form.GROWTH or metric.kind is Kind.LEVEL:
        return _level(goal, metric, metrics, by_metric)
    if metric.is_pooled:
        return _ratio(goal, metric, metrics, by_metric)
    return _plain(goal, metric, metrics, by_metric)


def _fits(goal: Goal, series: Series) -> bool:
    key, account = series.key, series.account
    breakdown = ("campaign", goal.campaign) if goal.campaign else ("", "")
    return (
        key.days == 1
        and (key.breakdown_kind, key.breakdown) == breakdown
        and goal.platform in ("", account.platform)
        and (not goal.accounts or account.uid in goal.accounts)
    )


def _plain(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: Mapping[str, list[Series]]
) -> Inputs | Ambiguity:
    main = _one_each(goal, _stated(metric.id, metrics, by_metric))
    if isinstance(main, Ambiguity):
        return main
    weight = _one_each(goal, by_metric.get(metric.weight, []), same_as=main) if metric.weight else ()
    return weight if isinstance(weight, Ambiguity) else Inputs(main=main, weight=weight)


def _ratio(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: Mapping[str, list[Series]]
) -> Inputs | Ambiguity:
    above = _one_each(goal, _stated(metric.numerator, metrics, by_metric))
    below = _one_each(goal, _stated(metric.denominator, metrics, by_metric))
    if isinstance(above, Ambiguity):
        return above
    if isinstance(below, Ambiguity):
        return below
    if above and below:
        return Inputs(numerator=above, denominator=below)
    if by_metric.get(metric.id):  # stated, but its parts are not
        return _plain(goal, metric, metrics, by_metric)
    return Inputs()


def _level(
    goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: Mapping[str, list[Series]]
) -> Inputs | Ambiguity:
    stated = by_metric.get(metric.id, [])
    exported = _one_each(goal, [s for s in stated if s.key.report != BY_HAND])
    if isinstance(exported, Ambiguity):
        return exported
    anchors = tuple(s for s in stated if s.key.report == BY_HAND)
    flows = [s for m in metrics.values() if m.grows == metric.id for s in by_metric.get(m.id, [])]
    if exported or not flows:
        return Inputs(main=exported or anchors)
    return _worked_back(goal, metrics, flows, anchors)


def _worked_back(
    goal: Goal, metrics: Mapping[str, Metric], flows: list[Series], anchors: tuple[Series, ...]
) -> Inputs | Ambiguity:
    """A net change where it is exported, else those who came less those who left; only those who came: at most."""
    net = [s for s in flows if metrics[s.key.metric].net]
    came = [s for s in flows if not metrics[s.key.metric].net and metrics[s.key.metric].sign > 0]
    left = [s for s in flows if not metrics[s.key.metric].net and metrics[s.key.metric].sign < 0]
    chosen = _one_each(goal, net or came)
    gone = _one_each(goal, left, same_as=chosen) if not net and not isinstance(chosen, Ambiguity) else ()
    if isinstance(chosen, Ambiguity):
        return chosen
    if isinstance(gone, Ambiguity):
        return gone
    upper = not net and {s.account.uid for s in chosen} > {s.account.uid for s in gone}
    return Inputs(
        gains=tuple((s, 1) for s in chosen) + tuple((s, -1) for s in gone), anchors=anchors, upper_bound=upper
    )


def _stated(name: str, metrics: Mapping[str, Metric], by_metric: Mapping[str, list[Series]]) -> list[Series]:
    """The series of a metric, else of the first metric that stands in for it."""
    return next((by_metric[m] for m in (name, *metrics[name].read_as) if by_metric.get(m)), [])


def _one_each(
    goal: Goal, candidates: Iterable[Series], same_as: tuple[Series, ...] = ()
) -> tuple[Series, ...] | Ambiguity:
    """One series per account. `same_as`: only the reports of these (a ratio's weight, those who left)."""
    reports = {(s.account.uid, s.key.report, s.key.scope) for s in same_as}
    found = [s for s in candidates if not same_as or (s.account.uid, s.key.report, s.key.scope) in reports]
    if goal.report:
        found = [s for s in found if s.key.report == goal.report]
    if any(not s.key.scope for s in found):
        found = [s for s in found if not s.key.scope]
    accounts = {s.account for s in found}
    if len(accounts) > 1 and not goal.accounts:
        return Ambiguity("account", tuple(sorted({label(a) for a in accounts})))
    for what, name in (("report", _report), ("currency", _unit)):
        for account in accounts:
            choices = {name(s) for s in found if s.account == account}
            if len(choices) > 1:
                return Ambiguity(what, tuple(sorted(choices)))
    units = {s.key.unit for s in found}
    return Ambiguity("currency", tuple(sorted(units))) if len(units) > 1 else tuple(found)


def _report(series: Series) -> str:
    return f"{series.key.report} [{series.key.scope}]" if series.key.scope else series.key.report


def _unit(series: Series) -> str:
    return series.key.unit


def label(account: Account) -> str:
    """ "Example Café (instagram)": an account as a choice."""
    return f"{account.name} ({account.platform})"
