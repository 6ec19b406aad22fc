"""The forecast on real series that the fit has not seen, in small: the whole table is in docs/forecast.md."""

import sys
from pathlib import Path
from types import ModuleType

import pytest
from kit import SHARED

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]  # the yardstick leaves its files open


@pytest.fixture(scope="module")
def fit() -> ModuleType:
    if not (SHARED / "forecast" / "score.py").exists():
        pytest.skip("the real series are not here")
    sys.path.insert(0, str(BENCHMARKS))
    import fit_forecast

    return fit_forecast


def test_the_first_split_in_small_stays_within_its_bounds(fit: ModuleType) -> None:
    """Fitted on half of the groups, a fifth of the goals of the other half scored."""
    yardstick = fit.Yardstick()
    seen = yardstick.half(fit.SPLITS[0])
    constants = fit.fitted(fit.by_kind(yardstick.windows(per_series=10), seen))
    try:
        yardstick.use(constants)
        goals = [g for g in yardstick.score.goals("all", 5, 1) if yardstick.group[g.sid] not in seen]
        ours = yardstick.scored(fit.adapter.forecast, goals)["all"]
        theirs = yardstick.scored(yardstick.reference.forecast, goals)["all"]
    finally:
        yardstick.use(fit.standing())
    assert ours["n"] > 500
    assert ours["brier"] <= min(0.145, theirs["brier"] + 0.002)
    assert ours["ece"] <= 0.06  # of few goals: 0.025 of all
    assert 0.75 <= ours["cov"] <= 0.86
    assert ours["ms"] <= 2 * theirs["ms"]


def test_the_adapter_says_what_the_reference_says_with_the_same_constants(fit: ModuleType) -> None:
    """But for the last days of a goal, that are no surer than their noise, and levels that may still fall."""
    yardstick = fit.Yardstick()
    yardstick.use(fit.standing())
    goals = [g for g in yardstick.score.goals("all", 2, 4) if (g.deadline - g.today).days >= 28 and g.kind != "stock"]
    apart = []
    for g in goals:
        asked = (g.dates, g.values, g.kind, g.start, g.deadline, g.target, g.today)
        apart.append(abs(fit.adapter.forecast(*asked)[0] - yardstick.reference.forecast(*asked)[0]))
    assert sum(each < 0.01 for each in apart) >= 0.95 * len(apart)


def test_low_targets_of_what_comes_seldom_are_met_about_as_often_as_is_said(fit: ModuleType) -> None:
    """And are foretold better than if a sum of counts could fall freely."""
    import sparse_forecast as sparse

    totals = [look for look in sparse.looks(fit.Yardstick()) if look.kind == "flow"]
    for share in sparse.SHARES["low targets"]:
        said = list(sparse.judged(totals, [share]))
        met = sum(one.met for one in said) / len(said)
        assert sum(one.chance for one in said) / len(said) == pytest.approx(met, abs=0.09)
        assert sum((one.chance - one.met) ** 2 - (one.free - one.met) ** 2 for one in said) < 0
