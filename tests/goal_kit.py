"""Goals, series and judgements made by hand, for the tests of measuring and of saying."""

from collections.abc import Sequence
from datetime import date

from smartkpi.knowledge.loader import metrics as known_metrics
from smartkpi.measure.assess import assess
from smartkpi.model.assessment import Assessment
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.series import BY_HAND, Account, Series, SeriesKey, Total, Totals

METRICS = known_metrics()
MONDAY = date(2026, 11, 2).toordinal()  # most goals begin on this Monday …
SUNDAY = MONDAY + 69  # … and end ten weeks later


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def goal(form: Form = Form.TOTAL, metric: str = "leads", target: float = 100, **fields: object) -> Goal:
    given: dict[str, object] = {"slug": "g", "title": "A goal", "start": MONDAY, "deadline": SUNDAY}
    return Goal(metric=metric, form=form, target=target, **(given | fields))  # type: ignore[arg-type]


def series(
    metric: str,
    values: Sequence[float | None],
    first: int = MONDAY,
    *,
    account: str = "A",
    platform: str = "instagram",
    report: str = "export",
    full: int | None = None,
    unit: str = "",
    scope: str = "",
    cadence: int = 7,
    lag: int = 1,
) -> Series:
    """A daily series; full through its last stated day unless `full` says otherwise."""
    stated = [first + i for i, value in enumerate(values) if value is not None]
    last = max(stated, default=None)
    return Series(
        Account(platform, account, account),
        SeriesKey(metric, report, scope=scope, unit=unit),
        first,
        tuple(values),
        last if full is None else full,
        last,
        cadence,
        lag,
        batch=1,
        file=f"{metric}.csv",
    )


def by_hand(metric: str, known: dict[int, float], **fields: object) -> Series:
    """Numbers kept by hand: day -> value."""
    first, last = min(known), max(known)
    values = [known.get(d) for d in range(first, last + 1)]
    return series(metric, values, first, report=BY_HAND, lag=0, **fields)  # type: ignore[arg-type]


def totals(
    metric: str,
    known: dict[tuple[int, int], float],
    *,
    part: tuple[str, str] = ("", ""),
    complete: bool = True,
    report: str = "export",
    account: str = "A",
    unit: str = "",
    rank: int = 1,
    full: int | None = None,
    by_day: bool = False,
) -> Totals:
    """Totals of ranges (first and last day, both included, counted from `MONDAY`): of a whole, or of one part."""
    end = max((last for _, last in known), default=0) + MONDAY
    full_through = end if full is None else full
    values = (Total(a + MONDAY, b + MONDAY, value, rank, full_through) for (a, b), value in known.items())
    key = SeriesKey(metric, report, breakdown_kind=part[0], breakdown=part[1], unit=unit, days=int(by_day))
    whose = Account("google-analytics", account, account)
    return Totals(whose, key, complete and bool(part[0]), tuple(values), 7, 1, rank, f"{metric}.csv")


def judge_totals(asked: Goal, *known: Totals, stored: Sequence[Series] = (), as_of: int = SUNDAY + 1) -> Assessment:
    """The goal judged on what stands in for whole days."""
    return assess(asked, METRICS[asked.metric], METRICS, stored, as_of, totals=known)


def judge(asked: Goal, *stored: Series, as_of: int | None = None) -> Assessment:
    """The goal judged the day after the newest series ends, unless said otherwise."""
    newest = max((s.last_day for s in stored if s.last_day is not None), default=asked.start)
    return assess(asked, METRICS[asked.metric], METRICS, stored, newest + 1 if as_of is None else as_of)


DOWN = Direction.DOWN
UP = Direction.UP
