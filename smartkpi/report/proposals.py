"""Commands that set a goal of a metric, in the form that its kind has: only the number is left to fill in."""

from shlex import quote

from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso

QUARTER = 90  # days that a proposed goal runs
FORMS = {  # how a kind is aimed at
    Kind.LEVEL: "--gain NUMBER",
    Kind.UNIQUE: "--target NUMBER --typical-day",
    Kind.ROLLING: "--target NUMBER --typical-day",
}


def a_goal_for(objective: str, metric: Metric | None, deadline: int) -> str:
    """The command that sets a goal for an objective; without a metric on leads."""
    number = FORMS.get(metric.kind, "--target NUMBER") if metric else "--target NUMBER"
    serves = f" --for {quote(objective)}" if objective else ""
    return f"smartkpi add --metric {metric.id if metric else 'leads'} {number} --deadline {iso(deadline)}{serves}"


def typed(value: float, metric: Metric, currency: str = "") -> str:
    """A number as it is typed, that means one thing only (1.234 could be a thousand): "1200", "3%", "EUR 20"."""
    shown = value * 100 if metric.unit == "%" else value
    text = f"{shown:.12f}".rstrip("0").rstrip(".")
    ambiguous = len(text.rpartition(".")[2]) == 3 and "." in text
    number = f"{text}{'0' if ambiguous else ''}{'%' if metric.unit == '%' else ''}"
    return f"{currency} {number}" if metric.unit == "money" and currency else number
