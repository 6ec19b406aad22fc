"""What somebody says of a column of numbers, checked: which one it is, what it counts, how its cells are read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.ingest.peek import Seen, Sight
from smartkpi.knowledge import loader
from smartkpi.model.metric import Direction, Kind, Metric, Stage
from smartkpi.model.profile import Column
from smartkpi.report import words
from smartkpi.workflow import names

_LONGEST_ID = 60


class Sort(NamedTuple):
    """What a number is, in plain words; `stage`, `direction` and `unit` of a metric of one's own."""

    kind: Kind
    said: str
    stage: Stage = Stage.ENGAGEMENT
    direction: Direction = Direction.UP
    unit: str = ""


SORTS = {
    "flow": Sort(Kind.FLOW, "it adds up over days (leads, calls, clicks)"),
    "level": Sort(Kind.LEVEL, "it is a total that stands, the last one counts (followers, members)"),
    "share": Sort(Kind.RATIO, "it is a share or an average, never added (rate, position)"),
    "unique": Sort(Kind.UNIQUE, "it counts people once, never added (reach, visitors)"),
    "spent": Sort(Kind.FLOW, "it is money spent", Stage.COST, Direction.DOWN, "money"),
    "earned": Sort(Kind.FLOW, "it is money earned", Stage.REVENUE, Direction.UP, "money"),
}
KINDS = tuple(f":{word}  {sort.said}" for word, sort in SORTS.items())
MONEY = "money"  # says of a known metric that it is one of money


class Counted(NamedTuple):
    """One column of numbers and what it counts; `is_own`: a metric that metrics.toml does not have."""

    metric: Metric
    column: Seen
    is_own: bool


def column(block: Sight, text: str) -> Seen:
    """The column with this header; raises `WrongUseError` with the nearest where there is none, or two."""
    wanted = names.fold(text)
    found = [seen for seen in block.columns if seen.header and names.fold(seen.header) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUseError(f"two columns are called “{text}”: rename one of them in the file", outcome="")
    headers = [seen.header for seen in block.columns if seen.header]
    near = names.nearest(wanted, [names.fold(header) for header in headers])
    meant = [header for header in headers if names.fold(header) in near]
    asked = f"Did you mean {words.listed([f'“{m}”' for m in meant], 'or')}?" if meant else ""
    seen_ = f"Its columns: {words.listed([f'“{header}”' for header in headers])}."
    raise WrongUseError(
        f"there is no column “{text}”", details=tuple(part for part in (asked, seen_) if part), outcome=""
    )


def named(block: Sight, text: str) -> tuple[Seen, str]:
    """The column that a text names, and what follows after its last colon."""
    head, colon, tail = text.rpartition(":")
    try:
        return column(block, text), ""
    except SmartKpiError:
        if not colon:
            raise
        return column(block, head), tail.strip()


def examples(seen: Seen) -> str:
    """The first cells of a column, for a sentence."""
    return ", ".join(f"“{text}”" for text in seen.examples) or "its cells are empty"


def counted(text: str, block: Sight, metrics: Mapping[str, Metric]) -> Counted:
    """What NAME=COLUMN[:kind] says; a name that is no metric becomes one of the user's own when its kind is said."""
    name, sign, rest = text.partition("=")
    if not sign or not name.strip() or not rest.strip():
        raise WrongUseError(f"--metric: “{text}” is not NAME=COLUMN", hints=("--metric leads=Leads",), outcome="")
    seen, kind = named(block, rest)
    if not seen.is_numbers:
        raise WrongUseError(f"the column “{seen.header}” holds no numbers ({examples(seen)})", outcome="")
    if kind and kind not in (*SORTS, MONEY):
        raise WrongUseError(f"--metric: “{kind}” is no kind of number", details=KINDS, outcome="")
    metric = _known(name, metrics)
    if metric is None:
        return Counted(_own(name.strip(), kind, seen, metrics), seen, True)
    _refuse_other_sort(metric, kind, seen)
    return Counted(metric, seen, metric.id not in loader.metrics())


def _known(name: str, metrics: Mapping[str, Metric]) -> Metric | None:
    try:
        return names.find_metric(name, metrics)
    except SmartKpiError:
        return None


def _own(name: str, kind: str, seen: Seen, metrics: Mapping[str, Metric]) -> Metric:
    """A metric that nobody else has; its kind must be said, because it decides what a month of it is."""
    sort = SORTS.get(kind)
    if sort is not None and sort.unit != MONEY and seen.currencies:
        raise WrongUseError(
            f"“{seen.header}” holds amounts of money ({examples(seen)}): spent or earned?",
            hints=tuple(f'--metric "{name}={seen.header}:{word}"' for word, s in SORTS.items() if s.unit == MONEY),
            outcome="",
        )
    if sort is None:
        near = names.nearest(names.fold(name), [m.name for m in metrics.values()])
        asked = (f"Did you mean {words.listed(near, 'or')}?",) if near else ()
        raise WrongUseError(
            f"“{name}” is no metric that I know; to make it one of your own, say what it is",
            details=(*asked, *KINDS),
            hints=(f'--metric "{name}={seen.header}:flow"',),
            outcome="",
        )
    ident = "_".join("".join(ch if ch.isalnum() else " " for ch in name.casefold()).split())[:_LONGEST_ID]
    if ident in metrics:
        raise WrongUseError(
            f"“{name}” is too close to {metrics[ident].name}, which is there already",
            hints=(f'--metric "{ident}={seen.header}"',),
            outcome="",
        )
    in_points = sort.kind is Kind.RATIO and seen.has_percent and "(%)" not in name
    return Metric(
        ident or "own", f"{name} (%)" if in_points else name, sort.kind, sort.stage, sort.direction, (name,), sort.unit
    )


def _refuse_other_sort(metric: Metric, kind: str, seen: Seen) -> None:
    """A known metric is what it is everywhere."""
    if metric.is_pooled:
        parts = words.listed([metric.numerator.replace("_", " "), metric.denominator.replace("_", " ")])
        raise WrongUseError(
            f"{metric.name} is worked out from {parts}, which add up: take their columns instead",
            hints=(f"--metric {metric.numerator}=COLUMN --metric {metric.denominator}=COLUMN",),
            outcome="",
        )
    is_money, sort = metric.unit == "money", SORTS.get(kind)
    says_money = kind == MONEY or (sort is not None and sort.unit == "money")
    if (sort and sort.kind is not metric.kind) or (kind and says_money is not is_money):
        said = next((s.said for s in SORTS.values() if (s.kind, s.unit) == (metric.kind, metric.unit)), "")
        raise WrongUseError(
            f"{metric.name} {words.verb(metric, 'is', 'are')} not “{kind}” here" + (f": {said}" if said else ""),
            hints=(f'--metric "{metric.id}={seen.header}"', "or give it a name of your own"),
            outcome="",
        )
    if metric.unit == "%" and not seen.has_percent:
        raise WrongUseError(f"the cells of “{seen.header}” have no %: 0.03 may be 3 % or 0.03 %", outcome="")
    if metric.unit == "money" or not seen.currencies:
        return
    raise WrongUseError(
        f"“{seen.header}” holds amounts of money, and {metric.name} {words.verb(metric, 'is', 'are')} none", outcome=""
    )


def number_column(counted: Counted, currency: str, *, is_total: bool) -> Column:
    """How the cells of a column are read as its metric."""
    metric, seen = counted.metric, counted.column
    column = Column((seen.header,), metric=metric.id, required=True, percent=seen.has_percent)
    if metric.unit == "%":
        column = replace(column, per=100)
    if metric.unit == "s":
        column = replace(column, unit="s")
    if metric.unit == "money":
        column = replace(column, money=True, unit=_currency(seen, currency))
    return replace(column, level=is_total and metric.kind is Kind.LEVEL)


def _currency(seen: Seen, said: str) -> str:
    """What the user says of amounts whose cells say nothing; '' where the cells say it in every file anew."""
    stated = [unit for unit in seen.currencies if unit]
    if stated and said and set(stated) != {said}:
        raise WrongUseError(f"“{seen.header}” is in {words.listed(stated)}, not in {said}")
    if not stated and not said:
        raise WrongUseError(f"in which currency is “{seen.header}”?", hints=("--currency EUR",))
    return said
