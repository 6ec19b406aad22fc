"""What an audit looks at, and what it finds: goals against the five letters, and the set of them as a whole."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.assessment import Assessment
from smartkpi.model.attainable import Attainable
from smartkpi.model.goal import Objective
from smartkpi.model.metric import Metric, Stage


class Letter(StrEnum):
    """The five of SMART, and the goals taken together."""

    SPECIFIC = "S"
    MEASURABLE = "M"
    ATTAINABLE = "A"
    RELEVANT = "R"
    TIMELY = "T"
    TOGETHER = "set"


class Audited(NamedTuple):
    """One active goal with all that is known of it; `moved` = how often a field was changed later."""

    judged: Assessment
    attainable: Attainable | None = None
    moved: Mapping[str, int] = {}


class Whole(NamedTuple):
    """All that an audit looks at; `objectives` are all that there are, `metrics` those of the goals at least."""

    goals: tuple[Audited, ...]
    objectives: tuple[Objective, ...]
    metrics: Mapping[str, Metric]
    as_of: int


class Finding(NamedTuple):
    """What is wrong, with which goals; `code` says what, `text` and `numbers` the rest of the sentence."""

    letter: Letter
    code: str
    goals: tuple[str, ...] = ()  # short names
    text: str = ""  # an objective, an owner, a metric
    numbers: tuple[tuple[str, float], ...] = ()

    def number(self, name: str) -> float:
        """One of its numbers."""
        return dict(self.numbers)[name]


STAGES = (
    ("reach", (Stage.REACH,)),
    ("engagement", (Stage.ENGAGEMENT,)),
    ("traffic", (Stage.TRAFFIC,)),
    ("leads", (Stage.LEADS,)),
    ("customers", (Stage.CUSTOMERS,)),
    ("money", (Stage.COST, Stage.REVENUE)),
)
OUTCOMES = ("leads", "customers", "money")


class Audit(NamedTuple):
    """What was found, in the order of the letters; `stages`: how many goals are of each, from reach to money."""

    findings: tuple[Finding, ...]
    stages: tuple[tuple[str, int], ...]

    @property
    def outcomes(self) -> int:
        """How many goals count leads, customers or money."""
        return sum(count for stage, count in self.stages if stage in OUTCOMES)
