"""What serves what: one objective with the judged goals under it."""

from typing import NamedTuple

from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Objective
from smartkpi.model.metric import Metric


class Serving(NamedTuple):
    """`objective` without a name: the goals that serve none; `metric` is what it is measured by."""

    objective: Objective
    metric: Metric | None
    goals: tuple[Assessment, ...]
