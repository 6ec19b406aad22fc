"""The screen of one goal, closely: where it stands and why, or how it ended."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from smartkpi.model.assessment import Assessment, Source
from smartkpi.model.ending import Ending
from smartkpi.model.goal import GoalEdit, Pause
from smartkpi.model.metric import Metric
from smartkpi.report import advice, behind, closely, edits, remarks, sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.remarks import Advice
from smartkpi.report.views import closing
from smartkpi.report.views.chart import chart

if TYPE_CHECKING:
    from smartkpi.model.closely import Closely


def show(
    judged: Assessment,
    edited: Sequence[GoalEdit],
    metrics: Mapping[str, Metric],
    labels: Mapping[str, str],
    course: Sequence[tuple[int, float]] = (),
    seen: "Closely | None" = None,
    steps: Sequence[Advice] = (),
) -> Document:
    """One goal closely: where it stands, why, its way so far (`course`), what feeds it, and how it was changed."""
    tone, sign = sentences.TONES[judged.status], sentences.SIGNS[judged.status]
    blocks = [_heading(judged), Paragraph(f"{judged.status.value} · {_standing(judged)}", tone, sign=sign)]
    blocks += _way(judged, course)
    why = advice.why(judged)
    blocks.append(Paragraph(f"Why: {why.text}", command=why.command))
    blocks += [Paragraph(said) for said in _looking_back(judged, seen) if said]
    blocks += [Paragraph(a.text, Tone.WARN, sign="!", command=a.command) for a in remarks.remarks(judged)]
    blocks += _matters(judged)
    if judged.pace is not None:
        blocks.append(_figures(judged, seen))
    blocks += [Paragraph(_source(source, metrics, labels)) for source in judged.sources]
    blocks += [Paragraph(step.text, command=step.command) for step in steps]
    return Document((*blocks, *_history(judged, edited)))


def ended(
    ending: Ending,
    edited: Sequence[GoalEdit],
    metrics: Mapping[str, Metric],
    labels: Mapping[str, str],
    course: Sequence[tuple[int, float]] = (),
    *,
    as_of: int,
) -> Document:
    """One goal that was closed: what it came to, when and why, and what was learned; nothing is asked of anybody."""
    judged = ending.judged._replace(forecast=None)  # what is over has no likely end
    goal = judged.goal
    blocks = [
        _heading(judged),
        Paragraph(closing.result(ending), closing.TONES[ending.outcome], sign=closing.SIGNS[ending.outcome]),
        Paragraph(closing.closed_on(goal)),
        *closing.noted(goal),
        *_way(judged, course),
        *_matters(judged),
    ]
    if judged.pace is not None:
        blocks.append(_table(_so_far(judged)))
    blocks += [Paragraph(_source(source, metrics, labels)) for source in judged.sources]
    blocks += _history(judged, edited)
    return Document((*blocks, *closing.next_one(goal, as_of)))


def _heading(judged: Assessment) -> Block:
    goal = judged.goal
    owner = f" · owner {goal.owner}" if goal.owner else ""
    helps = f" · helps “{goal.objective}”" if goal.objective else ""
    return Heading(f"{goal.title}{owner}{helps}")


def _matters(judged: Assessment) -> list[Block]:
    return [Paragraph(f"It matters because: {judged.goal.why}")] if judged.goal.why else []


def _way(judged: Assessment, course: Sequence[tuple[int, float]]) -> list[Block]:
    """The way so far, drawn; before there is one, its milestones and the pauses to come in words."""
    if (drawn := chart(judged, course)) is not None:
        return [Paragraph(""), drawn, Paragraph("")]
    goal = judged.goal
    points = [f"{words.target(v, judged.metric, judged.unit)} by {words.full_day(day)}" for day, v in goal.milestones]
    said = [f"On the way: {words.listed(points)}."] if points else []
    said += [_paused(pause) for pause in goal.pauses if pause.last >= judged.as_of]
    return [Paragraph(text) for text in said]


def _paused(pause: Pause) -> str:
    """ "Paused from Thu 24 Dec 2026 to Sun 3 Jan 2027 (11 days): ads off." """
    days = words.counted(pause.last - pause.first + 1, "day")
    why = f": {pause.why.rstrip('.')}" if pause.why else ""
    return f"Paused from {words.full_day(pause.first)} to {words.full_day(pause.last)} ({days}){why}."


def _looking_back(judged: Assessment, seen: "Closely | None") -> list[str]:
    """What the last weeks say, what changed within one, and a year ago."""
    moved = sentences.since(judged)
    lines = [f"{moved[0].upper()}{moved[1:]}." if moved else ""]
    return [closely.why(judged, seen), *lines, closely.year_ago(judged, seen)] if seen else lines


def _standing(judged: Assessment) -> str:
    goal, pace = judged.goal, judged.pace
    parts = [sentences.now_and_target(judged)]
    if pace is not None and pace.expected is not None and pace.days_ahead is not None:
        should = "the plan allows" if goal.is_limit else "expected"
        parts += [f"{should} {sentences.expected(judged)} by {words.day(pace.day)}", sentences.days_ahead(judged)]
    left = goal.deadline - (pace.day if pace else judged.as_of)
    after = "after the last data" if pace else "from today"
    parts.append(f"deadline {words.full_day(goal.deadline)}, {words.counted(left, 'day')} {after}")
    return " · ".join(part for part in parts if part)


def _figures(judged: Assessment, seen: "Closely | None") -> Table:
    late = sentences.lately(judged)
    pace = (
        (
            "left a week" if judged.goal.is_limit else "needed a week",
            sentences.needed_said(judged) or None,
            sentences.needed(judged),
        ),
        ("lately a week", None if late is None else sentences.rate_signed(late, judged), late),
    )
    return _table((*_so_far(judged), *pace, *_foreseen(judged)), _weeks(judged, seen))


def _so_far(judged: Assessment) -> "list[Row]":
    """Where it began, where it is, and how much of the way that is."""
    pace, metric, unit, begun = judged.pace, judged.metric, judged.unit, judged.baseline
    assert pace is not None, "figures are shown of judged goals only"
    rows: list[Row] = [
        ("began at", None if begun is None else words.amount(begun, metric, unit), begun),
        ("now", None if pace.actual is None else sentences.actual(judged), pace.actual),
        ("progress", sentences.progress(judged) or None, pace.progress),
    ]
    if judged.calculated_from is not None:
        day, value = judged.calculated_from
        rows.insert(1, ("calculated from", f"{words.whole(value)} on {words.day(day, year=True)}", value))
    return rows


def _table(rows: "Sequence[Row]", weeks: Sequence[tuple[Cell, Cell]] = ()) -> Table:
    cells = [(Cell(name), Cell(text, number=number)) for name, text, number in rows if text]
    return Table((Column(""), Column("", right=True)), (*cells, *weeks), headed=False)


Row = tuple[str, str | None, float | None]


def _foreseen(judged: Assessment) -> list[Row]:
    """Where it will likely end, and how likely it is met."""
    rows: list[Row] = []
    if (later := behind.deadline_at_this_pace(judged)) is not None:
        there = f"at this pace {sentences.target_of(judged)} comes"
        rows.append((there, f"about {words.day(later, year=True)}", later))
    if (foreseen := sentences.forecast(judged)) is not None:
        rows.append(("ends at", sentences.ending(judged, foreseen), foreseen.mid))
        rows.append(("chance", _in_word_and_number(judged, foreseen.chance), foreseen.chance))
    return rows


def _weeks(judged: Assessment, seen: "Closely | None") -> list[tuple[Cell, Cell]]:
    """The last weeks against the plan, as bars and in words."""
    if seen is None or not (drawn := closely.bars(seen.weeks)):
        return []
    kept = closely.kept(judged, seen.weeks)
    return [(Cell(closely.HEAD, aloud="weeks"), Cell(f"{drawn}  {kept}", aloud=kept))]


def _in_word_and_number(judged: Assessment, chance: float) -> str:
    word, number = words.likelihood(chance), words.odds(chance)
    return word if word == number else f"{word}: {sentences.at_best(judged)}{number}"


def _source(source: Source, metrics: Mapping[str, Metric], labels: Mapping[str, str]) -> str:
    through = "" if source.full_through is None else f", to {words.day(source.full_through, year=True)}"
    number = f" (import {source.batch}{through})" if source.batch else ""
    name, on = metrics[source.metric].name, labels.get(source.platform, source.platform)
    only = f", only {source.scope} (the filter of that export)" if source.scope else ""
    summed = f", {sentences.sum_of(source.sum_of)}" if source.sum_of else ""
    return f"From: {source.file or source.report} · {name} of {source.account} on {on}{only}{summed}{number}"


def _history(judged: Assessment, found: Sequence[GoalEdit]) -> list[Paragraph]:
    goal, metric, unit = judged.goal, judged.metric, judged.unit
    return [Paragraph(f"History: {edits.told(edit, goal, metric, unit, judged.as_of)}") for edit in found]
