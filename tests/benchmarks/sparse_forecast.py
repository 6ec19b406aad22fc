"""Low targets on sparse, noisy counts of real series: how often they were met, and how likely they were said to be.

    python tests/benchmarks/sparse_forecast.py

A day's noise is more than its mean there, so that most of what comes, comes on a few days. The goals begin on the day
after the newest and ask for a share of what the last sixteen weeks brought. Beside what is said stands what would be if
sums of counts could fall freely (`Outlook.usual` = 0). The constants are those of the program; ten seconds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from statistics import fmean
from typing import Any, NamedTuple

from fit_forecast import Yardstick

from smartkpi.measure import forecast as method
from smartkpi.measure.chance import foreseen
from smartkpi.model.goal import Form

HISTORY = 112
STEP = 28  # days from one look to the next
AHEAD = (30, 60, 90, 120)
FEWEST = 2.0  # of what is usual in the days ahead: below it no target is low
SHARES = {"low targets": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6), "usual targets": (0.8, 1.0, 1.3, 1.8, 2.5)}
KINDS = {"flow": "flow", "stock": "level"}
FORMS = {"flow": Form.TOTAL, "level": Form.GROWTH}
BINS = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0)


class Look(NamedTuple):
    """A series on one day: what is foreseen of the days ahead, and what came."""

    source: str
    kind: str
    days: int
    outlook: method.Outlook
    usual: float  # of as many days
    came: float
    whole: bool


class Said(NamedTuple):
    """What was said of one target, what would be said if it could fall freely, and whether it was met."""

    look: Look
    share: float
    chance: float
    free: float
    met: bool


Key = Callable[[Said], object]
KEYS: dict[str, Key] = {
    "kind": lambda one: one.look.kind,
    "totals, by source": lambda one: one.look.source if one.look.kind == "flow" else None,
    "totals, by share of the usual": lambda one: one.share if one.look.kind == "flow" else None,
    "totals, by days ahead": lambda one: one.look.days if one.look.kind == "flow" else None,
    "totals, by what was said": lambda one: _bin(one.chance) if one.look.kind == "flow" else None,
}


def looks(yardstick: Yardstick) -> Iterator[Look]:
    """Every four weeks of every total or level whose noise is more than its mean."""
    rows, series = yardstick.score.load("all")
    for sid, values in sorted(series.items()):
        kind = KINDS.get(rows[sid]["kind"])
        if kind is not None:
            yield from _looks(rows[sid]["source"], kind, values)


def _looks(source: str, kind: str, values: dict[Any, float]) -> Iterator[Look]:
    days = sorted(values)
    ordinals, stated = [day.toordinal() for day in days], [values[day] for day in days]
    daily = method.steps(ordinals, stated) if kind == "level" else method.filled(ordinals, stated)
    whole = all(value % 1 == 0 for value in stated)
    for end, ahead in product(range(HISTORY, len(daily) - AHEAD[0], STEP), AHEAD):
        before = daily[max(0, end - method.LONGEST) : end]
        known = method.without_purges(before) if kind == "level" else before
        past = method.Past(known, ordinals[-1] - len(daily) + end, whole)
        usual, came = fmean(known[-HISTORY:]) * ahead, sum(daily[end : end + ahead])
        outlook = foreseen(past, kind, method.Ahead(ahead, ahead), FORMS[kind])
        if end + ahead <= len(daily) and FEWEST <= usual < outlook.noise * ahead:
            yield Look(source, kind, ahead, outlook, usual, came, whole)


def judged(found: Iterable[Look], shares: Sequence[float]) -> Iterator[Said]:
    """What is said of these shares of the usual; of what is counted in whole numbers, as a whole."""
    for look, share in product(found, shares):
        target = max(1.0, round(share * look.usual)) if look.whole else share * look.usual
        mean, free = target / look.days, look.outlook._replace(usual=0.0)
        yield Said(look, share, look.outlook.chance_above(mean), free.chance_above(mean), look.came >= target - 1e-9)


def _bin(chance: float) -> float:
    return next(upper for upper in BINS if chance <= upper)


def table(found: Iterable[Said], key: Key) -> Iterator[str]:
    """Goals, share met, chance said and Brier; and the last two if it could fall freely."""
    groups: dict[Any, list[Said]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    groups.pop(None, None)
    for name, them in sorted(groups.items()):
        figures = (
            fmean(one.met for one in them),
            fmean(one.chance for one in them),
            fmean((one.chance - one.met) ** 2 for one in them),
            fmean(one.free for one in them),
            fmean((one.free - one.met) ** 2 for one in them),
        )
        yield "| {} | {:,} | {:.2f} | {:.2f} | {:.4f} | {:.2f} | {:.4f} |".format(name, len(them), *figures)


def ranges(found: Iterable[Look]) -> Iterator[str]:
    """By kind: looks, and the shares of ends below, inside and above the range; inside it if it could fall freely."""
    groups: dict[str, list[tuple[bool, bool, bool, bool]]] = defaultdict(list)
    for look in found:
        low, high = (look.outlook.mean(share) * look.days for share in (0.1, 0.9))
        free = look.outlook._replace(usual=0.0).mean(0.1) * look.days
        slack = 1e-9 * max(1.0, abs(look.came))
        below, above, freely = look.came < low - slack, look.came > high + slack, look.came >= free - slack
        groups[look.kind].append((below, not below and not above, above, freely and not above))
    for name, them in sorted(groups.items()):
        shares = " | ".join(f"{fmean(each):.2f}" for each in zip(*them, strict=True))
        yield f"| {name} | {len(them):,} | {shares} |"


def main() -> None:
    found = list(looks(Yardstick()))
    for title, shares in SHARES.items():
        said = list(judged(found, shares))
        for name, key in KEYS.items():
            print(f"\n{title}: {name}", *table(said, key), sep="\n")
    print("\nranges", *ranges(found), sep="\n")


if __name__ == "__main__":
    main()
