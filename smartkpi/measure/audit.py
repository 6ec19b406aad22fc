"""All goals against the five letters, and the set as a whole: one table of rules, each of which says what it finds."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from smartkpi.model.assessment import Status
from smartkpi.model.audit import STAGES, Audit, Audited, Finding, Letter, Whole
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Stage

MANY = 10  # active goals of one owner: more are none in focus
OFTEN = 1  # a target that moved more often than this follows the result
UNLIKELY = 0.1  # a chance below it is no aim
LOOKS = 2  # a goal that ends before its data came so often cannot be steered
WEEK = 7  # the shortest time between exports that is taken for known, and that can be judged
ENOUGH = 8  # fewer weeks, or months, of the past say little of those to come
MOVING = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)  # what a better target can still help


def audit(whole: Whole) -> Audit:
    """What is wrong with these goals, and how many there are of each stage."""
    return Audit(tuple(finding for _, rule in RULES for finding in rule(whole)), stages(whole))


def stages(whole: Whole) -> tuple[tuple[str, int], ...]:
    """How many goals are of each stage, from reach to money."""
    counts = Counter(goal.judged.metric.stage for goal in whole.goals)
    return tuple((name, sum(counts[stage] for stage in members)) for name, members in STAGES)


def _of(goals: Iterable[Audited]) -> tuple[str, ...]:
    return tuple(each.judged.goal.slug for each in goals)


def _about(letter: Letter, code: str, goals: Iterable[Audited]) -> Iterator[Finding]:
    """One finding about all of `goals`; none where there are none."""
    if slugs := _of(goals):
        yield Finding(letter, code, slugs)


def _no_owner(whole: Whole) -> Iterator[Finding]:
    return _about(Letter.SPECIFIC, "no owner", (g for g in whole.goals if not g.judged.goal.owner))


def _target_moved(whole: Whole) -> Iterator[Finding]:
    return _moved(whole, Letter.SPECIFIC, "target")


def _deadline_moved(whole: Whole) -> Iterator[Finding]:
    return _moved(whole, Letter.TIMELY, "deadline")


def _moved(whole: Whole, letter: Letter, field: str) -> Iterator[Finding]:
    for each in whole.goals:
        if (times := each.moved.get(field, 0)) > OFTEN:
            yield Finding(letter, f"{field} moved", _of([each]), numbers=(("times", times),))


def _no_data(whole: Whole) -> Iterator[Finding]:
    for each in whole.goals:
        waits = each.judged.status is Status.UPCOMING and not each.judged.sources
        if waits or each.judged.status is Status.NO_DATA:
            yield Finding(Letter.MEASURABLE, "no data", _of([each]))


def _stale(whole: Whole) -> Iterator[Finding]:
    for each in whole.goals:
        if each.judged.status is Status.STALE:
            yield Finding(Letter.MEASURABLE, "stale", _of([each]))


def _days_missing(whole: Whole) -> Iterator[Finding]:
    for each in whole.goals:
        judged = each.judged
        lacks = any(reason.code == "days missing" for reason in judged.reasons)
        if lacks and judged.status not in (Status.UPCOMING, Status.NO_DATA):
            yield Finding(Letter.MEASURABLE, "days missing", _of([each]))


def _out_of_reach(whole: Whole) -> Iterator[Finding]:
    """A target that the goal's own past speaks against; the fair one goes with it where there is one."""
    for each in whole.goals:
        known = each.attainable
        if known is None or known.chance is None or each.judged.status not in MOVING or known.chance >= UNLIKELY:
            continue
        found = [("chance", known.chance)]
        found += [] if known.fair is None else [("fair", known.fair.target)]
        found += [] if known.fair_by is None else [("fair by", known.fair_by)]
        yield Finding(Letter.ATTAINABLE, "out of reach", _of([each]), numbers=tuple(found))


def _never_reached(whole: Whole) -> Iterator[Finding]:
    """A target for each week, or month, that no whole one of its past reached; with the one that enough of them did."""
    for each in whole.goals:
        known = each.attainable
        seen = known.windows if known else None
        is_each = each.judged.goal.form is Form.EACH and each.judged.status in MOVING
        if is_each and known and seen and seen.seen >= ENOUGH and not seen.reached:
            fair = known.fair.target if known.fair else seen.best
            numbers = (("periods", seen.seen), ("best", seen.best), ("fair", fair))
            yield Finding(Letter.ATTAINABLE, "never reached", _of([each]), numbers=numbers)


def _means_without_end(whole: Whole) -> Iterator[Finding]:
    """Goals for reach or engagement that serve nothing, together: the objective that could be theirs is `text`."""
    loose = [g for g in whole.goals if g.judged.metric.stage.is_means and not g.judged.goal.objective]
    if loose:
        yield Finding(Letter.RELEVANT, "means without end", _of(loose), _likely(whole))


def _likely(whole: Whole) -> str:
    """The objective that most goals serve, else any; '' where there is none."""
    served = Counter(each.judged.goal.objective for each in whole.goals if each.judged.goal.objective)
    return served.most_common(1)[0][0] if served else next((o.name for o in whole.objectives), "")


def _no_why(whole: Whole) -> Iterator[Finding]:
    """Neither a reason nor an objective; a means without an objective is told as such."""
    silent = (g for g in whole.goals if not g.judged.goal.why and not g.judged.goal.objective)
    return _about(Letter.RELEVANT, "no why", (g for g in silent if not g.judged.metric.stage.is_means))


def _objective_without_end(whole: Whole) -> Iterator[Finding]:
    """An objective whose goals count no traffic, lead, customer or revenue."""
    for name, serving in _by_objective(whole).items():
        if serving and not any(each.judged.metric.stage.is_outcome for each in serving):
            yield Finding(Letter.RELEVANT, "objective without end", _of(serving), name)


def _objective_without_goal(whole: Whole) -> Iterator[Finding]:
    for name, serving in _by_objective(whole).items():
        if not serving:
            yield Finding(Letter.RELEVANT, "objective without goal", (), name)


def _by_objective(whole: Whole) -> dict[str, list[Audited]]:
    found: dict[str, list[Audited]] = {objective.name: [] for objective in whole.objectives}
    for each in whole.goals:
        if each.judged.goal.objective:
            found.setdefault(each.judged.goal.objective, []).append(each)
    return found


def _over(whole: Whole) -> Iterator[Finding]:
    """Its time is over, or it cannot be met any more, and it is still among the active ones."""
    for each in whole.goals:
        status, is_past = each.judged.status, whole.as_of > each.judged.goal.deadline
        if status is Status.MISSED or (status is Status.ACHIEVED and is_past):
            yield Finding(Letter.TIMELY, "over", _of([each]))


def _too_short(whole: Whole) -> Iterator[Finding]:
    """It ends before its data have come often enough to steer by; `every` is 0 where nobody knows how often."""
    for each in whole.goals:
        goal = each.judged.goal
        known = goal.data_every or max((s.cadence for s in each.judged.sources if s.cadence > WEEK), default=0)
        if whole.as_of <= goal.deadline and goal.days < (LOOKS * known or WEEK):
            numbers = (
                ("days", goal.days),
                ("every", known),
                ("deadline", goal.start + 2 * LOOKS * (known or WEEK) - 1),
            )
            yield Finding(Letter.TIMELY, "too short", _of([each]), numbers=numbers)


def _overlapping(whole: Whole) -> Iterator[Finding]:
    """Goals that count the same numbers on the same days, those that belong together in one finding."""
    groups: list[list[Audited]] = []
    for each in whole.goals:
        theirs = [group for group in groups if any(_twice(each, other) for other in group)]
        groups = [group for group in groups if group not in theirs]
        groups.append([*(member for group in theirs for member in group), each])
    for group in groups:
        if len(group) > 1:
            yield Finding(Letter.TOGETHER, "overlapping", _of(group), group[0].judged.goal.metric)


def _twice(one: Audited, other: Audited) -> bool:
    a, b = one.judged.goal, other.judged.goal
    return _same_numbers(one, other) and a.direction is b.direction and a.form is b.form


def _contradicting(whole: Whole) -> Iterator[Finding]:
    """One asks for less, others for more: side by side they leave room between them, or they cannot all be met."""
    for less in whole.goals:
        if less.judged.goal.direction is Direction.UP:
            continue
        more = [other for other in whole.goals if _pulls(other, less)]
        if more:
            yield Finding(Letter.TOGETHER, "contradicting", _of([less, *more]), less.judged.goal.metric)


def _pulls(more: Audited, less: Audited) -> bool:
    up = more.judged.goal.direction is Direction.UP
    return up and _same_numbers(more, less) and not _leave_room(more.judged.goal, less.judged.goal)


def _same_numbers(one: Audited, other: Audited) -> bool:
    """Whether both count the same metric of the same accounts (and campaign) on the same days."""
    a, b = one.judged.goal, other.judged.goal
    return (
        a.metric == b.metric
        and a.campaign == b.campaign
        and (a.platform == b.platform or "" in (a.platform, b.platform))
        and (not a.accounts or not b.accounts or bool(set(a.accounts) & set(b.accounts)))
        and a.start <= b.deadline
        and b.start <= a.deadline
    )


def _leave_room(more: Goal, less: Goal) -> bool:
    """Whether at least the one and at most the other go together: only of the same kind of number that is known."""
    relative = [goal.form is Form.GROWTH and goal.baseline is None for goal in (more, less)]
    return more.form is less.form and relative[0] == relative[1] and more.target <= less.target


def _too_many(whole: Whole) -> Iterator[Finding]:
    """More goals of one owner than anybody can steer; the ones that could wait go with it."""
    by_owner: dict[str, list[Audited]] = defaultdict(list)
    for each in whole.goals:
        by_owner[each.judged.goal.owner].append(each)
    for owner, theirs in by_owner.items():
        if len(theirs) > MANY:
            waits = sorted(theirs, key=_can_wait, reverse=True)[: len(theirs) - MANY]
            yield Finding(Letter.TOGETHER, "too many", _of(waits), owner, (("goals", len(theirs)),))


def _can_wait(each: Audited) -> tuple[bool, bool, int]:
    goal = each.judged.goal
    return not goal.objective, each.judged.metric.stage.is_means, goal.deadline


def _no_outcome(whole: Whole) -> Iterator[Finding]:
    """Nothing that is counted is a lead, a customer or money."""
    stages = [each.judged.metric.stage for each in whole.goals]
    if len(stages) > 1 and all(stage.is_means or stage is Stage.TRAFFIC for stage in stages):
        yield Finding(Letter.TOGETHER, "no outcome")


RULES: tuple[tuple[str, Callable[[Whole], Iterator[Finding]]], ...] = (
    ("no owner", _no_owner),
    ("target moved", _target_moved),
    ("no data", _no_data),
    ("stale", _stale),
    ("days missing", _days_missing),
    ("out of reach", _out_of_reach),
    ("never reached", _never_reached),
    ("means without end", _means_without_end),
    ("no why", _no_why),
    ("objective without end", _objective_without_end),
    ("objective without goal", _objective_without_goal),
    ("deadline moved", _deadline_moved),
    ("over", _over),
    ("too short", _too_short),
    ("overlapping", _overlapping),
    ("contradicting", _contradicting),
    ("too many", _too_many),
    ("no outcome", _no_outcome),
)
