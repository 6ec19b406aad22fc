"""Which goals are worth having: what the numbers can be made to count, outcomes first, spread over the stages."""

from collections.abc import Callable, Collection, Mapping, Sequence

from smartkpi.measure.aims import is_about_even
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Form, Goal, GoalState
from smartkpi.model.metric import Kind, Metric, Stage
from smartkpi.model.repeating import last_of
from smartkpi.model.series import Account
from smartkpi.model.suggestion import Skipped, Suggestion, Worth, Worths

ORDER = (
    Stage.LEADS, Stage.CUSTOMERS, Stage.REVENUE, Stage.COST, Stage.TRAFFIC, Stage.ENGAGEMENT, Stage.REACH,
)  # fmt: skip
MOST, FEWEST = 5, 3  # goals for one account: more are not looked at, fewer tell one side only
SHORTEST = 21  # days of numbers below which a target would be a guess
OLDEST = 28  # days since the newest number after which it says little of today
AHEAD = 56  # days that a goal should run at least: what one does takes weeks to show


def queues(there: Collection[str], worths: Worths, metrics: Mapping[str, Metric], platform: str) -> list[list[Worth]]:
    """The metrics that can be counted from those stated, stage by stage in `ORDER`, the most telling first."""
    first = worths.first.get(platform, ())
    described = {worth.metric for worth in worths.metrics}.intersection(there)
    counted = [
        w
        for w in worths.metrics
        if w.metric in metrics
        and is_counted(metrics[w.metric], there, metrics)
        and (w.metric in there or described.isdisjoint(metrics[w.metric].read_as))  # each by its own name
    ]
    ranked = sorted(counted, key=lambda w: first.index(w.metric) if w.metric in first else len(first))
    found = [[w for w in ranked if metrics[w.metric].stage is stage] for stage in ORDER]
    return [queue for queue in found if queue]


def is_counted(metric: Metric, there: Collection[str], metrics: Mapping[str, Metric]) -> bool:
    """Whether a goal on `metric` could be read from the metrics that are stated."""

    def stated(name: str) -> bool:
        return name in there or (name in metrics and any(other in there for other in metrics[name].read_as))

    if metric.kind is Kind.LEVEL:
        gains = (m.id for m in metrics.values() if m.grows == metric.id and m.sign > 0)
        return metric.id in there or any(name in there for name in gains)
    if metric.is_pooled and stated(metric.numerator) and stated(metric.denominator):
        return True
    if metric.kind is Kind.RATIO:
        return metric.id in there and metric.weight in there
    return stated(metric.id)


def is_like(one: Metric, other: Metric) -> bool:
    """Whether two goals on them would count the same thing: a level and its gains, a metric and its stand-in."""
    stand_in = one.id in other.read_as or other.id in one.read_as
    return one.id == other.id or one.id == other.grows or other.id == one.grows or stand_in


def standing(goals: Sequence[Goal], account: Account) -> list[Goal]:
    """The goals that are followed on an account; one that names no account reads every one on its platform."""
    return [
        goal
        for goal in goals
        if goal.state is GoalState.ACTIVE
        and not goal.campaign
        and (account.uid in goal.accounts if goal.accounts else goal.platform in ("", account.platform))
    ]


def chosen(
    found: Sequence[Sequence[Worth]],
    have: Sequence[Metric],
    metrics: Mapping[str, Metric],
    judged: Callable[[Worth], Suggestion | Skipped],
) -> tuple[list[Suggestion], list[Skipped]]:
    """One goal of each stage that has none, outcomes first, and the rates that are always worth one, at most `MOST`;
    then second ones until there are `FEWEST`.

    `found`: a queue for each stage. A metric is judged only when its turn comes, and only once.
    """
    made: list[Suggestion] = []
    skipped: dict[str, Skipped] = {}

    def take(queue: Sequence[Worth], most: int) -> bool:
        for worth in queue if len(made) < most else ():
            metric = metrics[worth.metric]
            alike = any(is_like(metric, other) for other in (*have, *(each.metric for each in made)))
            if alike or worth.metric in skipped:
                continue
            said = judged(worth)
            if isinstance(said, Suggestion):
                made.append(said)
                return True
            skipped[worth.metric] = said
        return False

    covered = {metric.stage for metric in have}
    for queue in found:
        if metrics[queue[0].metric].stage not in covered:
            take(queue, MOST)
    for queue in found:
        while take([worth for worth in queue if worth.always], MOST):
            pass
    count = -1
    while count < len(made):
        count = len(made)
        for queue in found:
            take(queue, FEWEST)
    return sorted(made, key=lambda each: ORDER.index(each.metric.stage)), list(skipped.values())


def deadline(as_of: int, days: int) -> int:
    """The end of the first quarter that is `AHEAD` days away or more; `AHEAD` days where the history is shorter."""
    last = last_of("quarter", as_of + AHEAD)
    return last if last - as_of <= max(days, AHEAD) else as_of + AHEAD


def unfit(found: Attainable, metric: Metric, as_of: int, newest: int | None) -> Skipped | None:
    """Why nothing can be suggested of numbers like these, whose last one is of the day `newest`; None where it can."""
    last = newest if found.day is None or found.lacks else found.day
    if last is not None and last < as_of - OLDEST:
        return Skipped(metric, "old", day=last)
    if found.lacks in ("few days", "no data", "no total inside") or (not found.lacks and found.days < SHORTEST):
        return Skipped(metric, "few days", days=found.days)
    return Skipped(metric, "unclear", text=found.text) if found.lacks else None


def is_even(found: Attainable) -> bool:
    """Whether a goal is met about as often as it is missed."""
    return found.chance is not None and is_about_even(found.chance)


def without(found: Attainable, goal: Goal, metric: Metric) -> Skipped:
    """Why no target has even odds: what is measured will rather be less, or too little is counted."""
    is_flow = goal.form is Form.TOTAL or (found.fair is not None and not found.fair.is_close)
    return Skipped(metric, "few" if is_flow else "falling")
