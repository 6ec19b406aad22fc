"""A trend for machines: every period with its days, its verdict and the same weekdays of the years before."""

from smartkpi.model.period import iso
from smartkpi.model.trend import Running, Span, Step, Trend, Verdict, Year
from smartkpi.report.data import Json, envelope, finite

WORDS = {1: "better", -1: "worse"}


def trend(found: Trend, shown: int) -> Json:
    """The newest `shown` periods; `periods` says how many there are in all."""
    return envelope(
        "trend",
        as_of=iso(found.as_of),
        metric=found.metric.id,
        kind_of_metric=found.metric.kind.value,
        direction=found.metric.direction.value,
        unit=found.unit,
        by=found.by.value,
        data_to=iso(found.data_to),
        at_most=found.upper_bound,
        count=len(found.steps),
        periods=[_step(step, found) for step in found.steps[-shown:]],
        newest=_step(found.newest, found) if found.newest else None,
        running=_running(found.running, found) if found.running else None,
        years=[_year(year, found) for year in found.years],
        sources=[
            {
                "platform": s.platform, "account": s.account, "report": s.report, "metric": s.metric,
                "file": s.file, "import": s.batch, "scope": s.scope, "sum_of": s.sum_of,
                "totals": [[iso(first), iso(last)] for first, last in s.ranges],
            }
            for s in found.sources
        ],
    )  # fmt: skip


def _span(span: Span, found: Trend) -> Json:
    """`number` is what is compared: of a level its gain, of all else its value; None unless all days are stated."""
    return {
        "first": iso(span.first),
        "last": iso(span.last),
        "value": finite(span.value),
        "gain": finite(span.gain),
        "number": found.number(span) if span.is_whole else None,
        "days": span.days,
        "days_stated": span.days - span.missing,
        "days_missing": span.missing,
    }


def _step(step: Step, found: Trend) -> Json:
    return {
        **_span(step.span, found),
        "verdict": _verdict(step.verdict, found) if step.verdict else None,
        "year_ago": _span(step.year_ago, found) if step.year_ago else None,
        "two_years_ago": _span(step.two_years_ago, found) if step.two_years_ago else None,
    }


def _verdict(verdict: Verdict, found: Trend) -> Json:
    """`is` is "too early", "wobble", "change" or "lasting change"."""
    change = "lasting change" if verdict.lasts else "change" if verdict.change else "wobble"
    return {
        "is": "too early" if verdict.low is None else change,
        "way": {1: "up", 0: None, -1: "down"}[verdict.change],
        "for_the": WORDS[verdict.change * found.metric.direction.sign] if verdict.change else None,
        "in_a_row": verdict.run,
        "usual_low": verdict.low,
        "usual_high": verdict.high,
        "mean": verdict.mean,
        "rests_on": verdict.rests_on,
    }


def _running(running: Running, found: Trend) -> Json:
    return {
        "first": iso(running.begin),
        "last": iso(running.end),
        "so_far": _span(running.so_far, found),
        "same_days_before": [_span(span, found) for span in running.before],
    }


def _year(year: Year, found: Trend) -> Json:
    months = [_span(month, found) if month else None for month in year.months]
    return {"year": year.year, "months": months, "whole": _span(year.whole, found) if year.whole else None}
