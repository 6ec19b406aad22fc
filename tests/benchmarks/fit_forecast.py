"""Fits the constants of the forecast on real series, writes measure/constants.py, and says how well they do elsewhere.

    python tests/benchmarks/fit_forecast.py            # five splits: fitted on half of the groups, scored on the other
    python tests/benchmarks/fit_forecast.py --write    # fitted on all groups, written

The series are third-party and stay in ../shared/forecast. Student-t(4) maximum likelihood by reweighted least squares,
a small ridge, a quarter of the windows with only 5 to 10 days of history; plain Python, four minutes.
docs/forecast.md has the tables that it prints.
"""

import csv
import importlib
import math
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import forecast_module as adapter

from smartkpi.measure import constants
from smartkpi.measure import forecast as method

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "forecast"
OUT = ROOT / "smartkpi" / "measure" / "constants.py"
FREEDOM = 4  # of Student's t
RIDGE = 5.0
WIDER = 1.05  # the spread is a little wider than fitted: other people's series are stranger
SHORT = (5, 10)  # days of history in a quarter of the windows
ROUNDS = 40
SPLITS = (1, 2, 3, 4, 5)
FIGURES = ("brier", "ece", "cov", "winkler", "acc")
Figures = dict[str, Any]  # what score.py says of some goals
OWN = {"112 days": "own looks back, 112 days", "full history": "own looks back, full history"}
HISTORIES: dict[str, dict[str, Any]] = {
    "112 days": {},
    "7 % of days missing": {"drop": 0.07},
    "no history": {"nohist": True},
    "full history": {"full": True},
}


class Window(NamedTuple):
    """One training window: what moves the middle, what moves the spread, and the error in z of the last four weeks."""

    place: tuple[float, ...]
    size: tuple[float, ...]
    error: float


class Fitted(NamedTuple):
    """All constants of the method."""

    location: dict[str, tuple[float, ...]]
    spread: dict[str, tuple[float, ...]]
    quantiles: tuple[float, ...]


def window(goal: Any, chance: random.Random) -> Window | None:
    """A goal of the yardstick as a training window; None where nothing was unknown."""
    points = list(zip(goal.dates, goal.values, strict=True))
    start, deadline = goal.start.toordinal(), goal.deadline.toordinal()
    whole = adapter.cut_of(points, goal.kind, start, deadline)
    if chance.random() < 0.25:
        points = points[-chance.randint(*SHORT) - (goal.kind == "stock") :]
    cut = adapter.cut_of(points, goal.kind, start, deadline)
    if whole.ahead.days <= 0 or not cut.past.values:
        return None
    signs = method.signs(cut.past, cut.ahead)
    mean = (goal.final * whole.parts - whole.known) / whole.ahead.counted
    return Window(signs.place, signs.size, math.asinh((mean - signs.weekdays) / signs.scale) - signs.middle)


def fit(windows: Sequence[Window]) -> tuple[list[float], list[float], list[float]]:
    """(location, spread, standardised errors) of one kind of series."""
    place, size = [0.0] * 4, [-1.5] + [0.0] * 6
    for _ in range(ROUNDS):
        spreads = [math.exp(_dot(size, w.size)) for w in windows]
        shares = [((w.error - _dot(place, w.place)) / s) ** 2 for w, s in zip(windows, spreads, strict=True)]
        weights = [(FREEDOM + 1) / (FREEDOM + q) / s**2 for q, s in zip(shares, spreads, strict=True)]
        moved = _least_squares([w.place for w in windows], [w.error for w in windows], weights)
        shares = [((w.error - _dot(moved, w.place)) / s) ** 2 for w, s in zip(windows, spreads, strict=True)]
        pulls = [(FREEDOM + 1) * q / (FREEDOM + q) - 1 for q in shares]
        step = _newton([w.size for w in windows], pulls, size)
        change = max(map(abs, [*step, *(a - b for a, b in zip(place, moved, strict=True))]))
        place, size = moved, [b + s for b, s in zip(size, step, strict=True)]
        if change < 1e-4:
            break
    errors = [(w.error - _dot(place, w.place)) / math.exp(_dot(size, w.size)) for w in windows]
    return place, size, errors


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _least_squares(rows: Sequence[Sequence[float]], goals: Sequence[float], weights: Sequence[float]) -> list[float]:
    width = len(rows[0])
    matrix = [[2.0 if i == j else 0.0 for j in range(width)] for i in range(width)]
    right = [0.0] * width
    for row, goal, weight in zip(rows, goals, weights, strict=True):
        for i in range(width):
            right[i] += weight * row[i] * goal
            for j in range(width):
                matrix[i][j] += weight * row[i] * row[j]
    return _solved(matrix, right)


def _newton(rows: Sequence[Sequence[float]], pulls: Sequence[float], now: Sequence[float]) -> list[float]:
    """One step of Fisher scoring for log(spread), at most 1 in each constant; the first has no ridge."""
    width = len(rows[0])
    information = 2 * FREEDOM / (FREEDOM + 3)
    matrix = [[RIDGE if i == j and i else 0.0 for j in range(width)] for i in range(width)]
    right = [-RIDGE * now[i] if i else 0.0 for i in range(width)]
    for row, pull in zip(rows, pulls, strict=True):
        for i in range(width):
            right[i] += pull * row[i]
            for j in range(width):
                matrix[i][j] += information * row[i] * row[j]
    step = _solved(matrix, right)
    return [s * min(1.0, 1.0 / max(map(abs, step))) for s in step]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss and Jordan, with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(len(rows)):
            if r != i:
                share = rows[r][i] / rows[i][i]
                rows[r] = [a - share * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def fitted(windows: dict[str, list[Window]]) -> Fitted:
    """The constants of all kinds, and the one table of errors that they share, made symmetric."""
    location, spread, errors = {}, {}, []
    for kind in sorted(windows):
        place, size, found = fit(windows[kind])
        location[kind] = tuple(round(a, 3) for a in place)
        spread[kind] = (round(size[0] + math.log(WIDER), 3), *(round(b, 3) for b in size[1:]))
        errors += found
    both = sorted([*errors, *(-error for error in errors)])
    return Fitted(location, spread, tuple(round(_quantile(both, share), 3) for share in constants.LEVELS))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(len(ordered) - 1, low + 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def standing() -> Fitted:
    """The constants that the program has."""
    location = {kind: tuple(values) for kind, values in constants.LOCATION.items()}
    spread = {kind: tuple(values) for kind, values in constants.SPREAD.items()}
    return Fitted(location, spread, constants.QUANTILES)


class Yardstick:
    """score.py with its series, and the group of each."""

    def __init__(self) -> None:
        sys.path.insert(0, str(YARDSTICK))
        self.score: Any = importlib.import_module("score")
        self.reference: Any = importlib.import_module("reference")
        with (YARDSTICK / "data" / "series.csv").open(encoding="utf-8", newline="") as lines:
            self.group = {row["series_id"]: row["group"] for row in csv.DictReader(lines)}

    def windows(self, per_series: int = 24) -> list[tuple[str, str, Window]]:
        """(group, kind, window) of the goals to fit on: others than those to score on."""
        chance = random.Random(5)
        goals = [goal for seed in (11, 12) for goal in self.score.goals("all", per_series, seed)]
        made = [(self.group[g.sid], adapter.KINDS[g.kind], window(g, chance)) for g in goals]
        return [(group, kind, w) for group, kind, w in made if w is not None]

    def half(self, seed: int) -> set[str]:
        """The groups to fit on; the others are scored."""
        groups = sorted(set(self.group.values()))
        return set(random.Random(seed).sample(groups, len(groups) // 2))

    def scored(self, forecast: Any, goals: Sequence[Any]) -> dict[str, Figures]:
        """The figures of all goals, of each kind and of each source."""
        said, times = self.score.run(forecast, goals)
        found = {"all": {**self.score.score(goals, said), "ms": times["ms_mean"]}}
        for name in ("kind", "src"):
            for value in sorted({getattr(goal, name) for goal in goals}):
                only = partial(_is, name, value)
                found[f"{name} {value}"] = self.score.score(goals, said, only)
        return found

    def called(self, goals: Sequence[Any]) -> list[tuple[float, bool]]:
        """The chance of each goal, and whether it was met."""
        said, _ = self.score.run(adapter.forecast, goals)
        return [(each[0], bool(goal.hit)) for each, goal in zip(said, goals, strict=True)]

    def use(self, found: Fitted) -> None:
        """Judge with these constants from now on, ours and the reference."""
        ours: Any = method
        ours.LOCATION, ours.SPREAD, ours.QUANTILES = found.location, found.spread, found.quantiles
        names = {kind: theirs for theirs, kind in adapter.KINDS.items()}
        self.reference.LOC = {names[kind]: list(values) for kind, values in found.location.items()}
        self.reference.SCALE = {names[kind]: list(values) for kind, values in found.spread.items()}
        self.reference.Q = list(found.quantiles)


def _is(name: str, value: str, goal: Any) -> bool:
    return bool(getattr(goal, name) == value)


def by_kind(windows: Sequence[tuple[str, str, Window]], groups: set[str] | None = None) -> dict[str, list[Window]]:
    found: dict[str, list[Window]] = defaultdict(list)
    for group, kind, one in windows:
        if groups is None or group in groups:
            found[kind].append(one)
    return found


Results = dict[str, list[dict[str, Figures]]]  # what was scored -> split by split


def compared(yardstick: Yardstick) -> Results:
    """Every split: fitted on half of the groups, scored on the goals of the other."""
    windows = yardstick.windows()
    goals = {name: yardstick.score.goals("all", 24, 1, **how) for name, how in HISTORIES.items()}
    others = {
        "reference.py": yardstick.reference.forecast,
        "straight line": adapter.straight_line,
        "run rate": adapter.run_rate,
    }
    results: Results = defaultdict(list)
    called: list[tuple[float, bool]] = []
    for seed in SPLITS:
        seen = yardstick.half(seed)
        yardstick.use(fitted(by_kind(windows, seen)))
        for name, every in goals.items():
            unseen = [goal for goal in every if yardstick.group[goal.sid] not in seen]
            results[name].append(yardstick.scored(adapter.forecast, unseen))
            print(f"| split {seed}, {name} | {_row(results[name][-1:], 'all')} |", flush=True)
            if name in OWN:
                results[OWN[name]].append(yardstick.scored(adapter.with_own, unseen))
                print(f"| split {seed}, {OWN[name]} | {_row(results[OWN[name]][-1:], 'all')} |", flush=True)
            if name == "112 days":
                called += yardstick.called(unseen)
                for other, forecast in others.items():
                    results[other].append(yardstick.scored(forecast, unseen))
    print(kept(called))
    return results


def kept(called: Sequence[tuple[float, bool]]) -> str:
    """How many goals of each tenth of chances were met."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, is_met in called:
        tenths[min(9, int(chance * 10))].append((chance, is_met))
    lines = []
    for n, each in sorted(tenths.items()):
        said, met = (fmean(one[i] for one in each) for i in (0, 1))
        lines.append(f"| {10 * n}–{10 * n + 10} % | {len(each):,} | {said:.2f} | {met:.2f} |")
    return "\n".join(lines)


def _row(each: Sequence[dict[str, Figures]], key: str) -> str:
    """Brier, ECE, coverage, Winkler and accuracy, means over the splits that have such goals."""
    found = [fmean(one[key][figure] for one in each if one.get(key)) for figure in FIGURES]
    return "{:.4f} | {:.3f} | {:.3f} | {:.2f} | {:.3f}".format(*found)


def tables(results: Results) -> str:
    """The means over the splits, of all and by kind and source, as Markdown."""
    lines = []
    for name, each in results.items():
        lines += [f"| **{name}** | {_row(each, 'all')} |"]
        keys = sorted({key for one in each for key in one} - {"all"})
        if name in HISTORIES or name in OWN.values():
            lines += [f"| {name}, {key.split()[1]} | {_row(each, key)} |" for key in keys if key.startswith("kind")]
    for key in sorted({key for one in results["112 days"] for key in one if key.startswith("src")}):
        number = sum(one[key]["n"] for one in results["112 days"] if one.get(key))
        rows = [
            _row(results[name], key)
            for name in ("112 days", "straight line", "run rate", "full history", *OWN.values())
        ]
        lines.append(f"| {key.split()[1]} | {number} | {' | '.join(rows)} |")
    times = [fmean(one["all"]["ms"] for one in results[name]) for name in ("112 days", "reference.py")]
    return "\n".join([*lines, "{:.3f} ms a goal, the reference {:.3f}".format(*times)])


def write(found: Fitted) -> None:
    """The module of constants, formatted as the rest of the program is."""
    OUT.write_text(
        '"""Constants of the forecast, written by tests/benchmarks/fit_forecast.py: change them there."""\n\n'
        f"LEVELS = {constants.LEVELS}\nQUANTILES = {found.quantiles}\n"
        f"LOCATION = {found.location}\nSPREAD = {found.spread}\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(OUT)], check=True, cwd=ROOT)


def main() -> None:
    yardstick = Yardstick()
    if "--write" in sys.argv:
        write(fitted(by_kind(yardstick.windows())))
    else:
        print(tables(compared(yardstick)))


if __name__ == "__main__":
    main()
