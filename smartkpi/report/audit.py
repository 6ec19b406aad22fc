"""What an audit found, in plain sentences, each with the whole command that mends it."""

from collections.abc import Callable, Mapping, Sequence
from shlex import quote
from typing import NamedTuple

from smartkpi.model.assessment import Assessment
from smartkpi.model.audit import Audit, Finding, Letter, Whole
from smartkpi.model.feed import Feed
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso
from smartkpi.report import advice, feeding, remarks, words
from smartkpi.report.data import Json
from smartkpi.report.proposals import QUARTER, a_goal_for, typed

EXAMPLE = "More leads from the website"  # an objective, where there is none yet
NO_WEEK = ": in less than a week nothing can be judged"
MANY_MEANS = "reach and engagement are a means: what should they lead to?"


class Mended(NamedTuple):
    """One sentence, and the commands that mend it, the first one first."""

    text: str
    commands: tuple[str, ...]


class Known(NamedTuple):
    """What the sentences need beside the finding: `feeds` are what feeds a goal, or could, by its short name."""

    whole: Whole
    feeds: Mapping[str, Sequence[Feed]]
    labels: Mapping[str, str]

    def judged(self, finding: Finding) -> list[Assessment]:
        """The goals that a finding is about."""
        by_slug = {each.judged.goal.slug: each.judged for each in self.whole.goals}
        return [by_slug[slug] for slug in finding.goals]


def mended(finding: Finding, known: Known) -> Mended:
    """What to say of a finding, and what to type."""
    return SAYS[finding.code](finding, known)


def data(found: Audit, known: Known) -> Json:
    """The same for machines."""
    return {
        "stages": dict(found.stages),
        "outcomes": found.outcomes,
        "findings": [_finding(each, mended(each, known)) for each in found.findings],
    }


def _finding(found: Finding, said: Mended) -> Json:
    return {
        "letter": "" if found.letter is Letter.TOGETHER else found.letter.value,
        "code": found.code,
        "goals": list(found.goals),
        "text": said.text,
        "commands": list(said.commands),
    }


def _titles(judged: Sequence[Assessment]) -> str:
    return words.listed([each.goal.title for each in judged])


def _times(finding: Finding) -> str:
    times = int(finding.number("times"))
    return "twice" if times == 2 else f"{times} times"


def _no_owner(finding: Finding, known: Known) -> Mended:
    judged = known.judged(finding)
    said = "nobody looks after it" if len(judged) == 1 else "nobody looks after them"
    return Mended(f"{_titles(judged)}: {said}", tuple(f"smartkpi edit {slug} --owner NAME" for slug in finding.goals))


def _moved(field: str, why: str) -> Callable[[Finding, Known], Mended]:
    def said(finding: Finding, known: Known) -> Mended:
        (judged,) = known.judged(finding)
        text = f"{judged.goal.title}: its {field} was changed {_times(finding)}; {why}. Keep it now, or end the goal:"
        return Mended(text, (f"smartkpi close {judged.goal.slug} --why {quote(f'its {field} kept moving')}",))

    return said


def _no_data(finding: Finding, known: Known) -> Mended:
    """What to download or record; or what else must be said before numbers count."""
    (judged,) = known.judged(finding)
    goal, feeds = judged.goal, known.feeds.get(judged.goal.slug, ())
    todo = advice.needs(judged)
    if todo is not None and judged.reasons[0].code != "nothing imported":
        return Mended(f"{goal.title}: {todo.text}", (todo.command,) if todo.command else ())
    on = f" on {known.labels.get(goal.platform, goal.platform)}" if goal.platform else ""
    by_hand = feeding.record(Feed("", goal.platform, "", (goal.metric,), None, 0))
    hand = () if judged.metric.is_pooled else (by_hand,)
    if not feeds:
        text = f"{goal.title}: no known export states {judged.metric.name}{on}: it is recorded by hand"
        return Mended(text, (*hand, "smartkpi import FILE --map"))
    titles = words.listed([feed.title for feed in feeds], last="or")
    where = tuple(f"smartkpi platforms {name}" for name in dict.fromkeys(feed.platform for feed in feeds))
    text = f"{goal.title}: no {judged.metric.name}{on} yet. Download {titles}, then import it"
    return Mended(text, (*where, "smartkpi import FILE", *hand))


def _stale(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    todo = advice.needs(judged)
    assert todo is not None, "what is stale needs somebody"
    old = [feed for feed in known.feeds.get(judged.goal.slug, ()) if (feed.due or 0) <= judged.as_of]
    record = [feeding.record(feed) for feed in old if feed.by_hand]
    every = f" (new ones are expected every {feeding.every(old[0].every)})" if old else ""
    return Mended(f"{judged.goal.title}{every}: {todo.text}", (todo.command, "smartkpi import FILE", *record))


def _days_missing(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    (said,) = remarks.days_missing(judged)
    return Mended(f"{judged.goal.title}: {said.text}", (said.command,))


def _out_of_reach(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    goal, numbers = judged.goal, dict(finding.numbers)
    said, commands = [words.chance(numbers["chance"])], []
    if "fair" in numbers:
        relative = goal.form is Form.GROWTH and goal.baseline is None
        flag = "--target" if not relative else "--gain" if goal.direction is Direction.UP else "--drop"
        fair = abs(numbers["fair"]) if relative else numbers["fair"]
        said.append(f"{words.target(fair, judged.metric, judged.unit)} would be as likely met as missed")
        commands.append(f"smartkpi edit {goal.slug} {flag} {typed(fair, judged.metric)}")
    if "fair by" in numbers:
        day = int(numbers["fair by"])
        said.append(f"so would this one by {words.full_day(day)}" if "fair" in numbers else _fair_by(day))
        commands.append(f"smartkpi edit {goal.slug} --deadline {iso(day)}")
    commands = commands or [f"smartkpi close {goal.slug} --why {quote('out of reach')}"]
    return Mended(f"{goal.title}: {'; '.join(said)}", tuple(commands))


def _never_reached(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    goal, best, fair = judged.goal, finding.number("best"), finding.number("fair")
    shown, seen = words.amount(best, judged.metric, judged.unit), words.number(finding.number("periods"))
    text = f"{goal.title}: not one of the {seen} whole {goal.every}s before reached it; the best one had {shown}"
    number = typed(fair, judged.metric) if fair > 0 else "NUMBER"
    return Mended(text, (f"smartkpi edit {goal.slug} --target {number}",))


def _fair_by(day: int) -> str:
    return f"by {words.full_day(day)} it would be as likely met as missed"


def _means_without_end(finding: Finding, known: Known) -> Mended:
    """One objective for all of them: it is made once, and each goal is linked to it."""
    first, *others = judged = known.judged(finding)
    name = finding.text or EXAMPLE
    new = () if finding.text else (f"smartkpi objective add {quote(name)} --metric leads",)
    said = MANY_MEANS if others else words.means(first.metric)
    links = (f"smartkpi edit {slug} --for {quote(name)}" for slug in finding.goals)
    return Mended(f"{_titles(judged)}: {said}", (*new, *links))


def _no_why(finding: Finding, known: Known) -> Mended:
    judged = known.judged(finding)
    says = "says" if len(judged) == 1 else "say"
    text = f"{_titles(judged)} {says} neither why {'it matters' if len(judged) == 1 else 'they matter'} nor what for"
    return Mended(text, tuple(f"smartkpi edit {slug} --why REASON" for slug in finding.goals))


def _objective_without_end(finding: Finding, known: Known) -> Mended:
    judged = known.judged(finding)
    has = words.listed(sorted({each.metric.name for each in judged}))
    deadline = max(each.goal.deadline for each in judged)
    text = f"“{finding.text}” has goals for {has} only: no traffic, lead, customer or revenue goal shows that it works"
    return Mended(text, (_a_goal_for(finding.text, known, max(deadline, known.whole.as_of + QUARTER)),))


def _objective_without_goal(finding: Finding, known: Known) -> Mended:
    text = f"“{finding.text}” has no goal: what will change, by how much, by when? Or it can go:"
    there = _a_goal_for(finding.text, known, known.whole.as_of + QUARTER)
    return Mended(text, (there, f"smartkpi objective remove {quote(finding.text)}"))


def _a_goal_for(objective: str, known: Known, deadline: int) -> str:
    """The command that sets a goal on what the objective is measured by, where that is an end; else on leads."""
    said = next((o.metric for o in known.whole.objectives if o.name == objective), "")
    metric = known.whole.metrics.get(said)
    return a_goal_for(objective, metric if metric and metric.stage.is_outcome else None, deadline)


def _over(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    goal = judged.goal
    ended = f"its time was over on {words.full_day(goal.deadline)}; it ended {judged.status.value}"
    text = ended if known.whole.as_of > goal.deadline else "it cannot be met any more"
    return Mended(f"{goal.title}: {text}", (f"smartkpi close {goal.slug}",))


def _too_short(finding: Finding, known: Known) -> Mended:
    (judged,) = known.judged(finding)
    runs, gap = words.counted(finding.number("days"), "day"), int(finding.number("every"))
    why = f", and its data come every {feeding.every(gap)}: nothing could be changed in time" if gap else NO_WEEK
    deadline = iso(int(finding.number("deadline")))
    return Mended(
        f"{judged.goal.title}: it runs {runs}{why}", (f"smartkpi edit {judged.goal.slug} --deadline {deadline}",)
    )


def _overlapping(finding: Finding, known: Known) -> Mended:
    first, *others = (each.goal for each in known.judged(finding))
    text = f"{_named(first, *others)} count the same {_metric(finding, known)} on the same days: one of them will do"
    why = quote(f"the same as {first.slug}")
    return Mended(text, tuple(f"smartkpi close {other.slug} --why {why}" for other in others))


def _contradicting(finding: Finding, known: Known) -> Mended:
    less, *more = (each.goal for each in known.judged(finding))
    asks = "asks" if len(more) == 1 else "ask"
    text = f"{_named(less)} asks for less {_metric(finding, known)}, {_named(*more)} {asks} for more. Which one stays?"
    ends = [f"smartkpi close {less.slug} --why {quote(f'{more[0].slug} comes first')}"]
    ends += [f"smartkpi close {goal.slug} --why {quote(f'{less.slug} comes first')}" for goal in more]
    return Mended(text, tuple(ends))


def _named(*goals: Goal) -> str:
    """By their titles; by their short names too where titles are the same."""
    titles = [goal.title for goal in goals]
    same = len(set(titles)) < len(titles)
    return words.listed([f"{goal.title} ({goal.slug})" if same else goal.title for goal in goals])


def _metric(finding: Finding, known: Known) -> str:
    return known.whole.metrics[finding.text].name


def _too_many(finding: Finding, known: Known) -> Mended:
    count = words.number(finding.number("goals"))
    whose = f"{finding.text} has {count} active goals" if finding.text else f"{count} active goals have no owner"
    text = f"{whose}: with more than ten none is in focus. What could wait: {_titles(known.judged(finding))}"
    return Mended(text, tuple(f"smartkpi close {slug} --why {quote('it can wait')}" for slug in finding.goals))


def _no_outcome(finding: Finding, known: Known) -> Mended:
    text = "no goal counts leads, customers or money: what are the visits and followers to bring?"
    return Mended(text, (a_goal_for("", None, known.whole.as_of + QUARTER),))


SAYS: dict[str, Callable[[Finding, Known], Mended]] = {
    "no owner": _no_owner,
    "target moved": _moved("target", "a target that follows the result measures nothing"),
    "no data": _no_data,
    "stale": _stale,
    "days missing": _days_missing,
    "out of reach": _out_of_reach,
    "never reached": _never_reached,
    "means without end": _means_without_end,
    "no why": _no_why,
    "objective without end": _objective_without_end,
    "objective without goal": _objective_without_goal,
    "deadline moved": _moved("deadline", "a deadline that moves on is none"),
    "over": _over,
    "too short": _too_short,
    "overlapping": _overlapping,
    "contradicting": _contradicting,
    "too many": _too_many,
    "no outcome": _no_outcome,
}
