"""Goals cut from history: what somebody might have aimed at, some weeks or months ago, with the numbers of then."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from smartkpi.measure import aggregate, levels
from smartkpi.measure.aggregate import LATELY
from smartkpi.measure.assess import begins_at
from smartkpi.measure.sources import Ambiguity, Inputs, inputs, metrics_read, unfed
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.series import Account, Series

FORMS = {
    Kind.FLOW: (Form.TOTAL,),
    Kind.LEVEL: (Form.GROWTH,),
    Kind.RATIO: (Form.RATE, Form.KEEP),
    Kind.UNIQUE: (Form.TYPICAL_DAY,),
    Kind.ROLLING: (Form.TYPICAL_DAY,),
}
LENGTHS = ((28, 4), (84, 2))  # days of a goal, and how many of them, one after the other up to the last full day
SHORTEST = LATELY + 28  # days of data below which nothing can be cut
HARD = (1.0, 0.85, 1.15, 0.95, 1.3, 0.7, 1.05)  # times what the four weeks before would bring
HARD_RATIO = (1.0, 0.95, 1.05, 0.98, 1.1, 0.9, 1.02)  # what was gained may be much more or less, a mean is not


class Cuttable(NamedTuple):
    """One kind of number of one account: a metric, the goal that would read it, and what it reads."""

    probe: Goal
    metric: Metric
    found: Inputs

    @property
    def days(self) -> int:
        """How many days of data there are, by the part that has the fewest."""
        return aggregate.days_of_data(self.found.judged, self.last) if self.last else 0

    @property
    def last(self) -> int:
        """The last day of which all is known; 0 where nothing is."""
        return min((series.full_through or 0 for series in self.found.judged), default=0)


def cuttable(metrics: Mapping[str, Metric], stored: Sequence[Series], wanted: Sequence[str] = ()) -> list[Cuttable]:
    """Everything that goals could have been set on; each number once, the metrics `wanted` first, then by platform in
    turn. Levels of which nobody exports who left are none: how they ended cannot be told."""
    accounts = dict.fromkeys(series.account for series in stored)
    stated = {series.key.metric for series in stored}
    order = sorted(metrics.values(), key=lambda m: (m.id not in wanted, m.id not in stated))
    reads = {metric.id: metrics_read(metric, metrics) for metric in order}
    found, seen = [], set()
    for account in accounts:
        own, turn = [series for series in stored if series.account == account], count()
        having = {series.key.metric for series in own}
        for metric in (metric for metric in order if not having.isdisjoint(reads[metric.id])):
            for probe, read in _probed(metric, metrics, account, own):
                numbers = frozenset(s.key for s in read.judged)
                if (account, numbers) not in seen and not read.upper_bound:
                    seen.add((account, numbers))
                    found.append((metric.id not in wanted, next(turn), Cuttable(probe, metric, read)))
    return [each for *_, each in sorted(found, key=lambda f: f[:2])]


def _probed(
    metric: Metric, metrics: Mapping[str, Metric], account: Account, stored: Sequence[Series]
) -> Iterator[tuple[Goal, Inputs]]:
    """A goal on the metric for each report of the account that states it, with what it reads."""
    form = FORMS[metric.kind][0]
    probe = Goal(metric.id, metric.name, metric.id, form, 1.0, 1, 1, metric.direction, accounts=(account.uid,))
    found = inputs(probe, metric, metrics, stored)
    reports = found.choices if isinstance(found, Ambiguity) and found.what == "report" else ()
    for asked in [probe._replace(report=report) for report in reports] or [probe]:
        read = inputs(asked, metric, metrics, stored)
        if not isinstance(read, Ambiguity) and read.judged and not unfed(asked, read):
            unit = next((s.key.unit for s in read.numerator or read.main if s.key.unit), "")
            yield asked._replace(unit=unit), read


def goals(of: Cuttable) -> Iterator[Goal]:
    """The goals of one kind of number: of one length they never overlap; how hard they are goes by turns."""
    account = of.found.judged[0].account
    hard = count(sum(map(ord, of.metric.id + account.platform + account.name)))  # the same whatever else is asked for
    first = of.last - of.days + 1
    for days, most in LENGTHS:
        for back in range(most):
            start = of.last - days * (back + 1) + 1
            if start - LATELY < first:
                break
            for form in FORMS[of.metric.kind]:
                blank = of.probe._replace(form=form, start=start, deadline=start + days - 1)
                if (goal := _aimed(of, blank, next(hard))) is not None:
                    yield goal


def _aimed(of: Cuttable, goal: Goal, turn: int) -> Goal | None:
    """The goal with a target from the days before its start; None where these say nothing."""
    before, metric = goal.start - 1, of.metric
    multiple = (HARD if goal.form.has_pace else HARD_RATIO)[turn % len(HARD)]
    if goal.form is Form.TOTAL:
        rate = aggregate.daily_rate(of.found.main, before)
        return None if not rate else _whole(goal._replace(target=rate * goal.days * multiple))
    if goal.form is Form.GROWTH:
        return _grown(of, goal, multiple)
    if goal.form is Form.KEEP and metric.kind is Kind.RATIO:
        value = aggregate.ratio(of.found, metric, before - LATELY + 1, before)
        return None if not value or value == float("inf") else goal._replace(target=value * multiple)
    begun = begins_at(goal, metric, of.found, before)
    if begun is None or not begun.value:
        return None
    return goal._replace(target=begun.value * multiple, baseline=begun.value, baseline_day=begun.day)


def _grown(of: Cuttable, goal: Goal, multiple: float) -> Goal | None:
    rate = levels.level_rate(of.found, goal.start - 1)
    begun = begins_at(goal, of.metric, of.found, goal.start - 1)
    way = 0.0 if rate is None else round(rate * goal.days * multiple)
    if not way:
        return None
    direction = Direction.UP if way > 0 else Direction.DOWN
    if begun is None:
        return goal._replace(target=way, direction=direction)
    baseline = begun.value
    return goal._replace(target=baseline + way, direction=direction, baseline=baseline, baseline_day=begun.day)


def _whole(goal: Goal) -> Goal:
    """Nobody aims at 61.6 leads."""
    return goal._replace(target=float(round(goal.target))) if goal.target > 20 else goal
