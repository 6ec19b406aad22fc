"""The screen of a goal that was closed: its result, how the chance went, what was learned, and what comes next."""

from collections.abc import Callable, Sequence
from math import isinf

from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.ending import Ending, Moment, Outcome
from smartkpi.model.goal import Form, Goal, GoalEdit
from smartkpi.model.metric import Direction
from smartkpi.model.period import iso
from smartkpi.report import data, edits, sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.sentences import actual, target_of, value_of

SIGNS = {Outcome.MET: "★", Outcome.MISSED: "■", Outcome.EARLY: "‖", Outcome.UNKNOWN: "?"}
TONES = {Outcome.MET: Tone.GOOD, Outcome.MISSED: Tone.BAD, Outcome.EARLY: Tone.MUTED, Outcome.UNKNOWN: Tone.WARN}
PARTS = {0.25: "a quarter of the time", 0.5: "half of it", 0.75: "three quarters", 1.0: "the end"}


def closed(ended: Ending, way: Sequence[Moment], moved: Sequence[GoalEdit] = ()) -> Document:
    """What a goal came to, by which target and deadline, and the next one where it repeats."""
    judged, goal = ended.judged, ended.judged.goal
    blocks: list[Block] = [Paragraph(result(ended), TONES[ended.outcome], sign=SIGNS[ended.outcome])]
    if on_the_way := edits.in_short(moved, goal, judged.metric, judged.unit, judged.as_of):
        blocks.append(Paragraph(f"On the way: {on_the_way}", Tone.WARN))
    if len(way) > 1:
        blocks += [Paragraph(""), Heading("How it went"), _course(ended, way), Paragraph("")]
    blocks += [*noted(goal), *next_one(goal, judged.as_of)]
    looking_back = "Closed. All that are over: smartkpi retro · take it back: smartkpi undo"
    return Document((*blocks, Paragraph(looking_back)))


def closed_data(ended: Ending, way: Sequence[Moment], moved: Sequence[GoalEdit] = ()) -> dict[str, object]:
    """The same for machines."""
    return data.envelope(
        "goal closed",
        goal=data.goal(ended.judged.goal),
        **ending_data(ended),
        edits=[data.edit(each) for each in moved],
        course=[
            {
                "part": m.part,
                "day": iso(m.day),
                "target": m.judged.goal.target,
                "deadline": iso(m.judged.goal.deadline),
                "actual": data.finite(m.judged.pace.actual) if m.judged.pace else None,
                "expected": data.finite(m.judged.pace.expected) if m.judged.pace else None,
                "status": m.judged.status.value,
                "chance": chance(m.judged),
            }
            for m in way
        ],
        next=again(ended.judged.goal, ended.judged.as_of),
    )


def ending_data(ended: Ending) -> dict[str, object]:
    """How one goal ended, for machines."""
    pace = ended.judged.pace
    return {
        "outcome": ended.outcome.value,
        "actual": data.finite(pace.actual) if pace else None,
        "share_of_the_way": data.finite(ended.share),
        "said": result(ended),
    }


def closed_on(goal: Goal) -> str:
    """ "Closed on Sun 22 Nov 2026." """
    assert goal.closed_on is not None, "a closed goal"
    return f"Closed on {words.full_day(goal.closed_on)}."


def noted(goal: Goal) -> list[Paragraph]:
    """Why it was closed, and what was learned, where somebody wrote it down."""
    why = [Paragraph(f"Why it ended: {goal.closed_because}")] if goal.closed_because else []
    return why + ([Paragraph(f"Learned: {goal.learned}")] if goal.learned else [])


def again(goal: Goal, as_of: int) -> str:
    """The command that makes the next one of a goal that repeats; '' where it does not, or its time is not over yet:
    the next one begins where it ends."""
    return f"smartkpi add --like {goal.slug} --again" if goal.repeat and as_of > goal.deadline else ""


def next_one(goal: Goal, as_of: int) -> list[Paragraph]:
    """What offers the next one of a goal that repeats, or says from when on there can be one."""
    if not goal.repeat:
        return []
    if command := again(goal, as_of):
        return [Paragraph(f"It repeats each {goal.repeat}. The next one:", command=command)]
    return [
        Paragraph(
            f"It repeats each {goal.repeat}: the next one can be set from {words.full_day(goal.deadline + 1)} on."
        )
    ]


def result(ended: Ending) -> str:
    """ "Website leads: missed, it ended at 121, 29 short of 150 (81 % of the way)."."""
    return f"{ended.judged.goal.title}: {RESULTS[ended.outcome](ended)}{_of_the_way(ended)}."


def so_far(ended: Ending) -> str:
    """ "It stands at 63, target 150, where the plan had 82 by 19 Nov (42 % of the way)."."""
    if ended.judged.pace is None or ended.judged.pace.actual is None:
        return "It has no numbers so far."
    return f"It stands {_at(ended.judged)}{_of_the_way(ended)}."


def _of_the_way(ended: Ending) -> str:
    if ended.share is None or ended.outcome is Outcome.UNKNOWN or ended.judged.goal.form is Form.EACH:
        return ""
    return f" ({share(ended.share)} of the way)"


ENDED = (Outcome.MET, Outcome.MISSED)


def share(value: float) -> str:
    """A share of the way; never "100 %" before it is there."""
    return words.percent(min(value, 0.99) if value < 1 else value)


def _met(ended: Ending) -> str:
    judged = ended.judged
    if judged.goal.form is Form.EACH:
        return f"met, {_periods(judged)}"
    return f"met, it ended at {actual(judged)}{_beside(judged)}"


def _missed(ended: Ending) -> str:
    judged = ended.judged
    if judged.goal.form is Form.EACH:
        return f"missed, {_periods(judged)}"
    if judged.pace is not None and judged.pace.actual is not None and isinf(judged.pace.actual):
        return "missed, there was spend and no result"
    return f"missed, it ended at {actual(judged)}{_beside(judged)}"


def _early(ended: Ending) -> str:
    judged = ended.judged
    left = words.counted(judged.goal.deadline - judged.as_of, "day")
    when = f"{left} before its deadline" if judged.goal.deadline > judged.as_of else "on the day of its deadline"
    if judged.pace is None or judged.pace.actual is None:
        return f"ended {when}, without a number so far"
    return f"ended {when} {_at(judged)}"


def _at(judged: Assessment) -> str:
    """ "at 63, target 150, where the plan had 82 by 19 Nov"."""
    pace, goal = judged.pace, judged.goal
    if goal.form is Form.EACH:
        return f"at {sentences.progress(judged) or f'no whole {judged.goal.every}'}"
    at = f"at {actual(judged)}, target {target_of(judged)}"
    if pace is None or not goal.form.has_way or pace.expected is None:
        return at
    return f"{at}, where the plan had {value_of(judged, pace.expected)} by {words.day(pace.day)}"


def _unknown(ended: Ending) -> str:
    judged = ended.judged
    deadline = words.full_day(judged.goal.deadline)
    if judged.reasons[0].code == "unconfirmed":
        return f"ended on {deadline} without a result: {actual(judged)} is not certain"
    if judged.data_to is None or judged.pace is None or judged.pace.actual is None:
        return f"ended on {deadline} without a result: there are no numbers"
    if judged.data_to >= judged.goal.deadline:
        return f"ended on {deadline} without a result: too much of its data is missing"
    return f"ended on {deadline}, but the numbers end on {words.day(judged.data_to, year=True)}, at {actual(judged)}"


RESULTS: dict[Outcome, Callable[[Ending], str]] = {
    Outcome.MET: _met,
    Outcome.MISSED: _missed,
    Outcome.EARLY: _early,
    Outcome.UNKNOWN: _unknown,
}


def _beside(judged: Assessment) -> str:
    """By how much: ", 29 short of 150", ", 13 more than 150", ", just 150"."""
    pace, goal = judged.pace, judged.goal
    if pace is None or pace.actual is None:
        return ""
    by = pace.actual - goal.target
    if by == 0:
        return ", just the target"
    size = words.amount(abs(by), judged.metric, judged.unit)
    target = target_of(judged)
    over = "more than" if by > 0 else "less than"
    if goal.form.has_way and goal.direction is Direction.UP and by < 0:
        over = "short of"
    return f", {size} {over} {target}"


def _periods(judged: Assessment) -> str:
    counts = dict(judged.reasons[0].numbers)
    met, of = words.number(counts["met"]), words.counted(counts["gone"], judged.goal.every)
    asked = words.number(counts["needed"])
    all_ = "" if counts["gone"] == counts["periods"] else f" of {words.number(counts['periods'])}"
    return f"{met} of {of} reached the target, {asked}{all_} were asked for"


def _course(ended: Ending, way: Sequence[Moment]) -> Table:
    columns = [Column("After"), Column("Day"), Column("Stood at", right=True)]
    with_plan = ended.judged.goal.form.has_way
    columns += [Column("Plan", right=True)] if with_plan else []
    with_aim = len({(m.judged.goal.target, m.judged.goal.deadline) for m in way}) > 1
    columns += [Column("Aim then")] if with_aim else []
    rows = tuple(_moment(m, ended, with_plan=with_plan, with_aim=with_aim) for m in way)
    return Table((*columns, Column("Chance")), rows)


def _moment(moment: Moment, ended: Ending, *, with_plan: bool, with_aim: bool) -> tuple[Cell, ...]:
    judged, pace = moment.judged, moment.judged.pace
    stood = "" if pace is None or pace.actual is None else actual(judged)
    if judged.goal.form is Form.EACH:
        stood = sentences.progress(judged)
    planned = None if pace is None else pace.expected
    said = "" if planned is None else value_of(judged, planned)
    odds = chance(judged)
    word = ended.outcome.value if moment.part == 1.0 else _chance_word(judged, odds)
    return (
        Cell(PARTS[moment.part]),
        Cell(words.day(moment.day, year=True)),
        Cell(stood, number=pace.actual if pace else None),
        *((Cell(said, number=planned),) if with_plan else ()),
        *((Cell(sentences.aim(judged), number=judged.goal.target),) if with_aim else ()),
        Cell(word, number=odds, share=None if moment.part == 1.0 else odds),
    )


DECIDED = {Status.ACHIEVED: (1.0, "met already"), Status.MISSED: (0.0, "missed already")}


def chance(judged: Assessment) -> float | None:
    """The chance as it was on that day; None where nobody could tell."""
    if judged.status in DECIDED:
        return DECIDED[judged.status][0]
    foreseen = sentences.forecast(judged)
    return foreseen.chance if foreseen else None


def _chance_word(judged: Assessment, odds: float | None) -> str:
    if judged.status in DECIDED:
        return DECIDED[judged.status][1]
    return judged.status.value if odds is None else words.odds(odds)
