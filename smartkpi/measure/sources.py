"""Which stored series a goal reads: one report per account, or an ambiguity that only a person can settle."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.series import BY_HAND, Account, Series

NO_CURRENCY = "no currency"


class Ambiguity(NamedTuple):
    """Two accounts, reports or currencies could serve; `choices` are what to choose from."""

    what: str  # account, report, currency
    choices: tuple[str, ...]


class Inputs(NamedTuple):
    """The series of one goal by part; each part has at most one series per account.

    `main` is the metric itself; `numerator` and `denominator` the parts of a pooled ratio, `weight` what a stated
    one is pooled by; `gains` are flows that change a level, `anchors` its totals recorded by hand.
    """

    main: tuple[Series, ...] = ()
    numerator: tuple[Series, ...] = ()
    denominator: tuple[Series, ...] = ()
    weight: tuple[Series, ...] = ()
    gains: tuple[tuple[Series, int], ...] = ()  # (flow, +1 or -1)
    anchors: tuple[Series, ...] = ()
    recorded: tuple[Series, ...] = ()  # levels kept by hand beside an exported one: only compared with it
    upper_bound: bool = False  # nobody exports who left

    @property
    def all(self) -> tuple[Series, ...]:
        return self.judged + self.anchors

    @property
    def judged(self) -> tuple[Series, ...]:
        """The series whose last full day limits the day that can be judged: anchors never do."""
        return self.main + self.numerator + self.denominator + self.weight + tuple(flow for flow, _ in self.gains)

    @property
    def full_through(self) -> int | None:
        """The earliest last full day of all that is judged; None where one has none."""
        days = [series.full_through for series in self.judged]
        known = [day for day in days if day is not None]
        return min(known) if known and len(known) == len(days) else None

    def since(self, first: int) -> "Inputs":
        """The same without the days before `first`: what other goals had read beside it must not matter."""
        if all(series.first_day >= first for series in self.all + self.recorded):
            return self
        return self._replace(
            main=_cut(self.main, first),
            numerator=_cut(self.numerator, first),
            denominator=_cut(self.denominator, first),
            weight=_cut(self.weight, first),
            gains=tuple((since(flow, first), sign) for flow, sign in self.gains),
            anchors=_cut(self.anchors, first),
            recorded=_cut(self.recorded, first),
        )


def _cut(series: tuple[Series, ...], first: int) -> tuple[Series, ...]:
    return tuple(since(s, first) for s in series)


def since(series: Series, first: int) -> Series:
    """The same without the days before `first`."""
    if series.first_day >= first:
        return series
    return series._replace(first_day=first, values=series.values[first - series.first_day :])


def metrics_read(metric: Metric, metrics: Mapping[str, Metric]) -> set[str]:
    """The ids of every metric that a goal on `metric` may read, itself and its stand-ins included."""
    direct = {metric.id, metric.numerator, metric.denominator, metric.weight} - {""}
    growing = {m.id for m in metrics.values() if m.grows == metric.id}
    return direct | growing | {other for name in direct for other in metrics[name].read_as}


def inputs(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], stored: Sequence[Series]) -> Inputs | Ambiguity:
    """The series that `goal` reads among `stored`; empty parts where there are none."""
    by_metric: dict[str, list[Series]] = defaultdict(list)
    for series in stored:
        if _fits(goal, series):
            by_metric[series.key.metric].append(series)
    found = _of_kind(goal, metric)(goal, metric, metrics, by_metric)
    if isinstance(found, Inputs) and goal.report and not any(_is_report(goal, s) for s in found.all):
        return Inputs()
    return found


def unfed(goal: Goal, found: Inputs) -> bool:
    """Whether an account has no numbers, or only one part of a ratio that it should have both of: the sum would lie."""
    above, below = _accounts(found.numerator), _accounts(found.denominator)
    half = bool(above & below) and above != below
    return half or bool(set(goal.accounts) - _accounts(found.all))


def _accounts(series: Iterable[Series]) -> set[str]:
    return {s.account.uid for s in series}


def _fits(goal: Goal, series: Series) -> bool:
    key, account = series.key, series.account
    breakdown = ("campaign", goal.campaign) if goal.campaign else ("", "")
    return (
        key.days == 1
        and (key.breakdown_kind, key.breakdown) == breakdown
        and goal.platform in ("", account.platform)
        and (not goal.accounts or account.uid in goal.accounts)
    )


By = Mapping[str, list[Series]]  # metric id -> the series that fit


def _of_kind(goal: Goal, metric: Metric) -> Callable[[Goal, Metric, Mapping[str, Metric], By], Inputs | Ambiguity]:
    if goal.form is Form.GROWTH or metric.kind is Kind.LEVEL:
        return _level
    return _ratio if metric.is_pooled else _plain


def _plain(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: By) -> Inputs | Ambiguity:
    main = _one_each(goal, _stated(goal, metric.id, metrics, by_metric))
    if isinstance(main, Ambiguity):
        return main
    if metric.kind in (Kind.UNIQUE, Kind.ROLLING) and len(main) > 1:  # people who saw both would count twice
        return Ambiguity("account", tuple(sorted(label(s.account) for s in main)))
    weight = _one_each(goal, by_metric.get(metric.weight, []), same_as=main) if metric.weight and main else ()
    return weight if isinstance(weight, Ambiguity) else Inputs(main=main, weight=weight)


def _ratio(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: By) -> Inputs | Ambiguity:
    tops = _stated(goal, metric.numerator, metrics, by_metric)
    bottoms = _stated(goal, metric.denominator, metrics, by_metric)
    above, below = (_one_each(goal, series) for series in _together(goal, tops, bottoms))
    if isinstance(above, Ambiguity):
        return above
    if isinstance(below, Ambiguity):
        return below
    if above and below:
        money = all(metrics[part].unit == "money" for part in (metric.numerator, metric.denominator))
        below = _without_holes(above, below) if metric.unit == "%" else below
        return _unlike(above, below, money=money) or Inputs(numerator=above, denominator=below)
    if by_metric.get(metric.id):  # stated, but its parts are not
        return _plain(goal, metric, metrics, by_metric)
    return Inputs()


HOLE = 7  # days in a row on which a share has something above the line and 0 below it


def _without_holes(above: tuple[Series, ...], below: tuple[Series, ...]) -> tuple[Series, ...]:
    """What is below the line, unknown where it cannot be: engagements day after day on 0 impressions were not seen
    by nobody, the export lost who saw them."""
    tops = {series.account.uid: series for series in above}
    return tuple(
        _unknown_in_holes(tops[series.account.uid], series)
        if series.account.uid in tops and series.key.report != BY_HAND and 0.0 in series.values
        else series
        for series in below
    )


def _unknown_in_holes(top: Series, bottom: Series) -> Series:
    values = list(bottom.values)
    end = 0
    for is_zero, run in groupby(bottom.values, lambda value: value == 0):
        begin, end = end, end + len(list(run))
        having = sum((top.at(bottom.first_day + i) or 0) > 0 for i in range(begin, end)) if is_zero else 0
        if end - begin >= HOLE and 2 * having >= end - begin:  # else a quiet time with a straggler
            values[begin:end] = [None] * (end - begin)
    return bottom._replace(values=tuple(values))


def _together(goal: Goal, *parts: list[Series]) -> list[list[Series]]:
    """Both parts of a ratio, account by account only those of one report and scope where it states both there."""
    named = [_preferred(series, lambda s: _is_report(goal, s)) for series in parts]
    above, below = ({_table(s) for s in series if s.key.report != BY_HAND} for series in named)
    return [_paired(series, above & below) for series in named]


def _paired(series: list[Series], tables: set[tuple[str, str, str]]) -> list[Series]:
    """Without what states the same metric of the account elsewhere; what is kept by hand stays, to be asked for."""
    done = {(s.account.uid, s.key.metric) for s in series if _table(s) in tables}
    return [
        s for s in series if _table(s) in tables or s.key.report == BY_HAND or (s.account.uid, s.key.metric) not in done
    ]


def _unlike(above: tuple[Series, ...], below: tuple[Series, ...], *, money: bool) -> Ambiguity | None:
    """Parts of one account with other filters, or of two currencies: their ratio would be nobody's."""
    units = {_unit(s) for s in above + below}
    if money and len(units) > 1:
        return Ambiguity("currency", tuple(sorted(units)))
    exported = [s for s in above + below if s.key.report != BY_HAND]
    for uid in _accounts(exported):
        own = [s for s in exported if s.account.uid == uid]
        if len({s.key.scope for s in own}) > 1:
            return Ambiguity("report", tuple(sorted({_report(s) for s in own})))
    return None


def _level(goal: Goal, metric: Metric, metrics: Mapping[str, Metric], by_metric: By) -> Inputs | Ambiguity:
    """Account by account: the level as exported, else worked back from its flows, else as recorded by hand."""
    stated = by_metric.get(metric.id, [])
    flows = [s for m in metrics.values() if m.grows == metric.id for s in by_metric.get(m.id, [])]
    if (several := _several_accounts(goal, [*stated, *flows])) is not None:
        return several
    exported = _one_each(goal, [s for s in stated if s.key.report != BY_HAND])
    if isinstance(exported, Ambiguity):
        return exported
    gaining = _accounts(s for s in flows if metrics[s.key.metric].sign > 0) - _accounts(exported)
    flows = [s for s in flows if s.account.uid in gaining]
    recorded = tuple(s for s in stated if s.key.report == BY_HAND and s.account.uid in _accounts(exported))
    by_hand = tuple(s for s in stated if s.key.report == BY_HAND and s not in recorded)
    anchors = tuple(s for s in by_hand if s.account.uid in gaining)
    main = exported + tuple(s for s in by_hand if s not in anchors)
    found = _worked_back(goal, metrics, flows, main, anchors) if flows else Inputs(main=main)
    return found._replace(recorded=recorded) if isinstance(found, Inputs) else found


def _worked_back(
    goal: Goal,
    metrics: Mapping[str, Metric],
    flows: list[Series],
    main: tuple[Series, ...],
    anchors: tuple[Series, ...],
) -> Inputs | Ambiguity:
    """A net change where it is exported, else those who came less those who left; only those who came: at most."""
    net = [s for s in flows if metrics[s.key.metric].net]
    parts = [s for s in flows if s.account.uid not in _accounts(net)]
    came = _one_each(goal, net + [s for s in parts if metrics[s.key.metric].sign > 0])
    if isinstance(came, Ambiguity):
        return came
    left = _one_each(goal, [s for s in parts if metrics[s.key.metric].sign < 0], same_as=came)
    if isinstance(left, Ambiguity):
        return left
    upper = bool(_accounts(came) - _accounts(net) - _accounts(left))
    return Inputs(
        main=main, gains=tuple((s, 1) for s in came) + tuple((s, -1) for s in left), anchors=anchors, upper_bound=upper
    )


def _stated(goal: Goal, name: str, metrics: Mapping[str, Metric], by_metric: By) -> list[Series]:
    """The series of a metric and, report by report, of the first that stands in for it where that does not state it.

    What stands in comes from other accounts only where nobody states the metric, or the goal names them.
    """
    found: list[Series] = []
    for other in (name, *metrics[name].read_as):
        have, accounts = {_table(s) for s in found}, _accounts(found)
        found += [
            s
            for s in by_metric.get(other, [])
            if _table(s) not in have and (not found or goal.accounts or s.account.uid in accounts)
        ]
    return found


def _table(series: Series) -> tuple[str, str, str]:
    """The account, report and filters that a series comes from."""
    return series.account.uid, series.key.report, series.key.scope


def _one_each(
    goal: Goal, candidates: Iterable[Series], same_as: tuple[Series, ...] = ()
) -> tuple[Series, ...] | Ambiguity:
    """One series per account. `same_as`: only the reports of these (a ratio's weight, those who left)."""
    reports = {_table(s) for s in same_as}
    found = [s for s in candidates if not same_as or _table(s) in reports]
    found = _preferred(found, lambda s: bool(goal.unit) and s.key.unit == goal.unit)
    found = _preferred(found, lambda s: _is_report(goal, s))
    found = _preferred(found, lambda s: not s.key.scope)
    found = _without_told_again(found) if len(found) > 1 else found
    if (several := _several_accounts(goal, found)) is not None:
        return several
    for what, name in (("report", _report), ("currency", _unit)):
        for uid in _accounts(found):
            choices = {name(s) for s in found if s.account.uid == uid}
            if len(choices) > 1:
                return Ambiguity(what, tuple(sorted(choices)))
    units = {_unit(s) for s in found}
    return Ambiguity("currency", tuple(sorted(units))) if len(units) > 1 else tuple(found)


def _without_told_again(series: list[Series]) -> list[Series]:
    """Without those in no currency whose every value the same table states again in one: a file that was imported
    anew, with its currency."""
    named = {(_table(s), s.key.metric): s for s in series if s.key.unit}
    return [s for s in series if s.key.unit or not _says_all(named.get((_table(s), s.key.metric)), s)]


def _says_all(other: Series | None, series: Series) -> bool:
    if other is None:
        return False
    return all(value is None or other.at(series.first_day + i) == value for i, value in enumerate(series.values))


def _preferred(series: list[Series], good: Callable[[Series], bool]) -> list[Series]:
    """Account by account: only the good ones, where an account has any."""
    having = _accounts(s for s in series if good(s))
    return [s for s in series if good(s) or s.account.uid not in having]


def _several_accounts(goal: Goal, series: Sequence[Series]) -> Ambiguity | None:
    names = {label(s.account) for s in series}
    return Ambiguity("account", tuple(sorted(names))) if len(_accounts(series)) > 1 and not goal.accounts else None


def _is_report(goal: Goal, series: Series) -> bool:
    return goal.report in (series.key.report, _report(series))


def _report(series: Series) -> str:
    return f"{series.key.report} [{series.key.scope}]" if series.key.scope else series.key.report


def _unit(series: Series) -> str:
    return series.key.unit or NO_CURRENCY


def label(account: Account) -> str:
    """ "Example Café (instagram)": an account as a choice."""
    return f"{account.name} ({account.platform})"
