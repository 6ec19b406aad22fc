"""Goals worth having: what is offered for one account, what was left out and why, and which exports are missing."""

from collections.abc import Mapping
from typing import NamedTuple

from smartkpi.model.attainable import Attainable
from smartkpi.model.feed import Feed
from smartkpi.model.goal import Goal
from smartkpi.model.metric import Metric, Stage
from smartkpi.model.series import Account


class Worth(NamedTuple):
    """A metric that is worth a goal, and why; one to `keep` is watched all the time, not reached on a day.

    `always`: it says how well rather than how much, so that it is worth a goal beside another one of its stage.
    """

    metric: str
    why: str
    keep: bool = False
    always: bool = False


class Worths(NamedTuple):
    """All of them, the most telling of each stage first."""

    metrics: tuple[Worth, ...]
    first: Mapping[str, tuple[str, ...]]  # platform -> metrics that count most there
    stages: Mapping[Stage, str]  # why, of a metric that nobody described
    homes: Mapping[Stage, str]  # the platform that counts an outcome which no other one does
    aside: Mapping[str, frozenset[Stage]]  # platform -> stages that are not missed there


class Suggestion(NamedTuple):
    """A goal with even odds that is not there yet, and the command that makes it."""

    goal: Goal
    metric: Metric
    found: Attainable
    why: str
    command: str


class Skipped(NamedTuple):
    """A metric that is there and was not suggested: why, and the numbers of that.

    Codes: "few days" (`days` of history), "old" (`day` is its newest), "few" (too little is counted for even odds),
    "falling" (even odds would be below where it stands), "unclear" (`text`: a person must say which numbers count).
    """

    metric: Metric
    code: str
    days: int = 0
    day: int | None = None
    text: str = ""


class Missing(NamedTuple):
    """A stage without any number, and the export that would fill it."""

    stage: Stage
    metric: Metric
    feed: Feed


class Offer(NamedTuple):
    """What is suggested for one account. `held`: the stages that its numbers are of; `have`: its goals so far."""

    account: Account
    data_to: int | None
    suggestions: tuple[Suggestion, ...] = ()
    have: tuple[Goal, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    missing: tuple[Missing, ...] = ()
    held: tuple[Stage, ...] = ()
