"""Each rule of the audit: one set of goals that it speaks of, and one that it leaves alone."""

from collections.abc import Callable, Sequence
from itertools import permutations

import pytest
from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, goal, judge, series

from smartkpi.measure.audit import RULES, audit, stages
from smartkpi.model.assessment import Forecast
from smartkpi.model.attainable import Aim, Attainable, Windows
from smartkpi.model.audit import Audited, Finding, Letter, Whole
from smartkpi.model.goal import Form, Goal, Objective

TODAY = MONDAY + 30
FINE = {"owner": "Ana", "objective": "Sales", "platform": "instagram"}
SALES = Objective("Sales", "s", "leads")


def audited(
    asked: Goal, *, as_of: int = TODAY, data: bool = True, chance: float | None = 0.6, **more: object
) -> Audited:
    """A goal with thirty days of data (or none) and a chance."""
    platform, names = asked.platform or "instagram", _read(asked)
    last = min(as_of, TODAY) - MONDAY
    fed = [series(name, [1.0] * last, platform=platform) for name in names] if data else []
    known = None if chance is None else Attainable(forecast=Forecast(chance, 1, 2, 3), **more.pop("aims", {}))  # type: ignore[arg-type]
    return Audited(judge(asked, *fed, as_of=as_of), known, more.get("moved", {}))  # type: ignore[arg-type]


def _read(asked: Goal) -> list[str]:
    metric = METRICS[asked.metric]
    return [metric.numerator, metric.denominator] if metric.numerator else [metric.id]


def weekly(weeks: Windows) -> Audited:
    """A target for each week, with the weeks of its past."""
    return audited(fine(form=Form.EACH, target=50), as_of=MONDAY + 9, chance=None)._replace(
        attainable=Attainable(windows=weeks)
    )


def fine(metric: str = "leads", target: float = 100, slug: str = "g", **fields: object) -> Goal:
    form = Form.GROWTH if metric == "followers" else Form.TOTAL
    return goal(**({"form": form, "metric": metric, "target": target, "slug": slug} | FINE | fields))  # type: ignore[arg-type]


def found(*members: Audited, objectives: Sequence[Objective] = (SALES,), as_of: int = TODAY) -> list[Finding]:
    return [*audit(Whole(tuple(members), tuple(objectives), METRICS, as_of)).findings]


FOLLOWERS = {"metric": "followers", "slug": "f", "baseline": 0.0, "target": 100.0}
LEADS = audited(fine())
CASES: dict[str, tuple[Callable[[], list[Finding]], Callable[[], list[Finding]]]] = {
    "no owner": (lambda: found(audited(fine(owner=""))), lambda: found(LEADS)),
    "target moved": (
        lambda: found(audited(fine(), moved={"target": 2})),
        lambda: found(audited(fine(), moved={"target": 1, "deadline": 1})),
    ),
    "no data": (lambda: found(audited(fine(), data=False, chance=None)), lambda: found(LEADS)),
    "stale": (
        lambda: found(audited(fine(), as_of=TODAY + 20), as_of=TODAY + 20),
        lambda: found(audited(fine(data_every=31), as_of=TODAY + 20), as_of=TODAY + 20),
    ),
    "days missing": (
        lambda: found(Audited(judge(fine(), series("leads", [1.0] * 9 + [None] * 3 + [1.0] * 9)))),
        lambda: found(LEADS),
    ),
    "out of reach": (
        lambda: found(audited(fine(), chance=0.05, aims={"fair": Aim(40, 0.5), "fair_by": SUNDAY + 90})),
        lambda: found(audited(fine(), chance=0.1)),
    ),
    "never reached": (
        lambda: found(weekly(Windows(7, 8, 8, 0, 40, 20, 21))),
        lambda: [*found(weekly(Windows(7, 7, 7, 0, 40, 20, 21))), *found(weekly(Windows(7, 8, 8, 1, 60, 20, 21)))],
    ),
    "means without end": (
        lambda: found(audited(fine(**FOLLOWERS, objective="")), LEADS),  # type: ignore[arg-type]
        lambda: found(audited(fine(**FOLLOWERS)), LEADS),  # type: ignore[arg-type]
    ),
    "no why": (
        lambda: found(audited(fine(objective=""))),
        lambda: found(audited(fine(objective="", why="the café must live")), objectives=()),
    ),
    "objective without end": (
        lambda: found(audited(fine(**FOLLOWERS))),  # type: ignore[arg-type]
        lambda: found(audited(fine(**FOLLOWERS)), LEADS),  # type: ignore[arg-type]
    ),
    "objective without goal": (
        lambda: found(LEADS, objectives=(SALES, Objective("Known in town"))),
        lambda: found(LEADS),
    ),
    "deadline moved": (
        lambda: found(audited(fine(), moved={"deadline": 3})),
        lambda: found(audited(fine(), moved={"target": 1, "deadline": 1})),
    ),
    "over": (
        lambda: found(audited(fine(target=99, deadline=TODAY - 5))),
        lambda: found(audited(fine(target=20))),
    ),
    "too short": (
        lambda: found(audited(fine(start=TODAY - 8, deadline=TODAY + 1, data_every=7))),
        lambda: [
            *found(audited(fine(start=TODAY - 8, deadline=TODAY + 5, data_every=7))),
            *found(audited(fine(start=TODAY - 8, deadline=TODAY + 1))),  # nobody said how often they come
        ],
    ),
    "overlapping": (
        lambda: found(LEADS, audited(fine(slug="h", target=50))),
        lambda: found(LEADS, audited(fine(slug="h", target=50, campaign="Spring"))),
    ),
    "contradicting": (
        lambda: found(LEADS, audited(fine(slug="h", target=50, direction=DOWN))),
        lambda: found(LEADS, audited(fine(slug="h", target=150, direction=DOWN))),
    ),
    "too many": (
        lambda: found(*(audited(fine(slug=f"g{i}", campaign=str(i))) for i in range(11))),
        lambda: found(*(audited(fine(slug=f"g{i}", campaign=str(i))) for i in range(10))),
    ),
    "no outcome": (
        lambda: found(audited(fine("link_clicks")), audited(fine("sessions", slug="h"))),
        lambda: found(audited(fine("link_clicks")), LEADS),
    ),
}


def test_every_rule_has_a_case() -> None:
    assert list(CASES) == [code for code, _ in RULES]


@pytest.mark.parametrize("code", CASES)
def test_a_rule_speaks_where_it_should_and_is_silent_elsewhere(code: str) -> None:
    speaks, silent = CASES[code]
    assert code in [finding.code for finding in speaks()]
    assert code not in [finding.code for finding in silent()]


def test_good_goals_have_nothing_to_mend() -> None:
    clicks = audited(fine("link_clicks", slug="clicks"))
    followers = audited(fine(**FOLLOWERS))  # type: ignore[arg-type]
    assert found(LEADS, clicks, followers) == []


def test_what_is_out_of_reach_comes_with_the_fair_target_and_day() -> None:
    (finding,) = found(audited(fine(), chance=0.05, aims={"fair": Aim(40, 0.5), "fair_by": SUNDAY + 90}))
    assert finding.letter is Letter.ATTAINABLE
    assert dict(finding.numbers) == {"chance": 0.05, "fair": 40, "fair by": SUNDAY + 90}


def test_a_means_is_offered_the_objective_that_most_goals_serve() -> None:
    others = [audited(fine(slug=s, campaign=s)) for s in "ab"]
    means = audited(fine(**FOLLOWERS, objective=""))  # type: ignore[arg-type]
    told = found(*others, means, objectives=(Objective("Another"), SALES))
    assert [finding.text for finding in told if finding.code == "means without end"] == ["Sales"]


def test_goals_on_other_accounts_platforms_or_days_do_not_overlap() -> None:
    for other in (
        fine(slug="h", accounts=("B",)),
        fine(slug="h", platform="facebook"),
        fine(slug="h", start=SUNDAY + 1, deadline=SUNDAY + 90),
        fine(slug="h", metric="sessions"),
    ):
        told = found(audited(fine(accounts=("A",))), audited(other))
        assert not {"overlapping", "contradicting"} & {finding.code for finding in told}, other


def test_a_limit_below_what_the_same_goal_asks_for_is_a_contradiction_whichever_comes_first() -> None:
    pair = (LEADS, audited(fine(slug="h", target=50, direction=DOWN)))
    for members in permutations(pair):
        (finding,) = [each for each in found(*members) if each.code == "contradicting"]
        assert finding.goals == ("h", "g"), "the one that asks for less comes first"


def test_goals_that_overlap_by_way_of_a_third_are_one_finding() -> None:
    early, late = fine(slug="early", deadline=MONDAY + 20), fine(slug="late", start=MONDAY + 30)
    across = fine(slug="across")
    for members in permutations(map(audited, (early, late, across))):
        (finding,) = [each for each in found(*members) if each.code == "overlapping"]
        assert sorted(finding.goals) == ["across", "early", "late"]


def test_of_too_many_goals_those_without_an_objective_can_wait() -> None:
    many = [audited(fine(slug=f"g{i}", campaign=str(i))) for i in range(10)]
    means = audited(fine("impressions", slug="means", objective=""))
    (finding,) = [each for each in found(*many, means) if each.code == "too many"]
    assert (finding.goals, finding.text, finding.number("goals")) == (("means",), "Ana", 11)


def test_the_stages_count_every_goal_once_from_reach_to_money() -> None:
    names = ("reach", "followers", "likes", "sessions", "leads", "new_customers", "cost", "revenue")
    members = [Audited(judge(goal(metric=name, slug=name))) for name in names if name in METRICS]
    counted = stages(Whole(tuple(members), (), METRICS, TODAY))
    assert [name for name, _ in counted] == ["reach", "engagement", "traffic", "leads", "customers", "money"]
    assert sum(count for _, count in counted) == len(members)
    assert dict(counted)["money"] == sum(name in METRICS for name in ("cost", "revenue"))
