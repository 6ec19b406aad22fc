"""The screen of all goals that are over: how each ended, and what they say of the next targets."""

from collections.abc import Mapping, Sequence

from smartkpi.model.ending import ENOUGH, Ending, Learned, Lesson, Lot, Outcome, Sought
from smartkpi.model.goal import Form, GoalEdit, GoalState
from smartkpi.report import data, edits, sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.views.closing import ENDED, SIGNS, TONES, ending_data, share

COUNTED = {
    Outcome.MET: "met", Outcome.MISSED: "missed", Outcome.EARLY: "ended early", Outcome.UNKNOWN: "without a result",
}  # fmt: skip
WORDS = {Outcome.UNKNOWN: "no result"}


def retro(
    endings: Sequence[Ending],
    lots: Sequence[Lot],
    labels: Mapping[str, str],
    moved: Mapping[str, Sequence[GoalEdit]],
    *,
    any_over: bool,
    any_goal: bool,
) -> Document:
    """One row a goal, whose target or deadline was `moved`, one row a lot, and what the next targets can learn."""
    if not endings:
        return Document((_nothing(any_over=any_over, any_goal=any_goal),))
    blocks: list[Block] = [Paragraph(_headline(endings)), Paragraph(""), _goals(endings), Paragraph("")]
    if edited := edits.of_each((ended.judged for ended in endings), moved):
        blocks += [*edited, Paragraph("")]
    blocks += [Heading("Together"), _lots(lots, labels), Paragraph("")]
    blocks += [Heading("For the next targets"), *_lessons(lots, labels)]
    noted = [e.judged.goal for e in endings if e.judged.goal.learned]
    if noted:
        blocks += [Paragraph(""), Heading("What was learned")]
        blocks += [Paragraph(f"{goal.title}: {goal.learned}", indent=1) for goal in noted]
    return Document((*blocks, *_open(endings)))


def _nothing(*, any_over: bool, any_goal: bool) -> Paragraph:
    if any_over:
        return Paragraph("No goal that is over is like that.", command="smartkpi retro")
    if any_goal:
        return Paragraph("No goal is over yet. Where they stand:", command="smartkpi status")
    return Paragraph("No goals yet. How to begin:", command="smartkpi status")


def _headline(endings: Sequence[Ending]) -> str:
    found = [(word, sum(e.outcome is outcome for e in endings)) for outcome, word in COUNTED.items()]
    counts = ", ".join(f"{n} {word}" for word, n in found if n)
    return f"{words.counted(len(endings), 'goal is', 'goals are')} over: {counts}"


def _goals(endings: Sequence[Ending]) -> Table:
    columns = (
        Column(""), Column("Goal", wraps=True), Column("Result"), Column("Ended at → target", right=True, named=True),
        Column("Of the way", right=True, goes=1, named=True), Column("Last day", goes=2),
    )  # fmt: skip
    return Table(columns, tuple(map(_row, endings)))


def _row(ended: Ending) -> tuple[Cell, ...]:
    judged, goal = ended.judged, ended.judged.goal
    last = goal.deadline if goal.closed_on is None else min(goal.deadline, goal.closed_on)
    result = WORDS.get(ended.outcome, ended.outcome.value)
    not_closed = "" if goal.state is GoalState.CLOSED else ", not closed"
    way = None if ended.outcome is Outcome.UNKNOWN else ended.share
    # the week that ran last says nothing of all the weeks
    stood = sentences.progress(judged) if goal.form is Form.EACH else sentences.now_and_target(judged)
    return (
        Cell(SIGNS[ended.outcome], TONES[ended.outcome]),
        Cell(goal.title),
        Cell(result + not_closed, TONES[ended.outcome]),
        Cell(stood, number=judged.pace.actual if judged.pace else None),
        Cell("" if way is None else share(way), number=way),
        Cell(words.day(last, year=True), Tone.MUTED, number=last),
    )


def _lots(lots: Sequence[Lot], labels: Mapping[str, str]) -> Table:
    columns = (
        Column("By"), Column(""), Column("Met", right=True, named=True), Column("Missed", right=True, named=True),
        Column("Ended early", right=True, goes=2, named=True), Column("No result", right=True, goes=3, named=True),
        Column("Typically ends at", right=True, named=True),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(lot.by, Tone.MUTED),
            Cell(labels.get(lot.name, lot.name) if lot.by == "platform" else lot.name),
            *(Cell(words.number(n), number=n) for n in (lot.met, lot.missed, lot.early, lot.unknown)),
            Cell(_typically(lot), number=lot.share),
        )
        for lot in lots
    )
    return Table(columns, rows)


def _typically(lot: Lot) -> str:
    """What a lot typically reaches; of a few goals nothing is typical."""
    return "" if lot.share is None or lot.measured < ENOUGH else f"{share(lot.share)} of the way"


def _lessons(lots: Sequence[Lot], labels: Mapping[str, str]) -> list[Block]:
    """One sentence for each kind of goals of a lot that says something, lots of which too few are decided in one."""
    found: list[Block] = [
        Paragraph(_lesson(lot, said, labels), indent=1)
        for lot in lots
        for said in lot.learned
        if said.lesson is not Lesson.TOO_FEW
    ]
    few = [lot for lot in lots if lot.decided and all(said.lesson is Lesson.TOO_FEW for said in lot.learned)]
    if not found and not few:
        return [Paragraph("No goal was met or missed yet: there is nothing to learn from.", indent=1)]
    if few:
        kinds = " of one kind" if any(len(lot.learned) > 1 for lot in few) else ""
        named = words.listed([f"{_name(lot, labels)} ({_each(lot)})" for lot in few])
        few_said = f"Too few goals{kinds} that were met or missed for a rule: {named}."
        found.append(Paragraph(few_said, Tone.MUTED, indent=1))
    return found


def _each(lot: Lot) -> str:
    """ "2", or "2 and 1" of two kinds."""
    return words.listed([words.number(said.met + said.missed) for said in lot.learned])


def _lesson(lot: Lot, said: Learned, labels: Mapping[str, str]) -> str:
    """ "Goals for ad spend: 0 met, 3 missed; the limits were overrun by 11 % on average: set them higher, …"."""
    whose = _whose(lot, labels) + (f", {said.of.value}" if len(lot.learned) > 1 else "")
    return f"{whose}: {said.met} met, {said.missed} missed{_ends(said)}: {_advice(said)}."


def _ends(said: Learned) -> str:
    """How far from their targets they end, where all tell."""
    if said.share is not None:
        return f"; typically they end at {share(said.share)} of the way"
    if said.beyond is None or not said.beyond or said.lesson is Lesson.FITS:
        return ""
    size = words.percent(max(round(abs(said.beyond), 2), 0.01))  # of a few goals
    if said.lesson is Lesson.TIGHTER:
        return f"; on average they ended {size} {'below the limit' if said.of is Sought.MOST else 'above it'}"
    which = "the limits" if said.of is Sought.MOST else "they"
    which = which if not said.met else "those that were missed"
    return f"; {which} {'were overrun' if said.of is Sought.MOST else 'fell short'} by {size} on average"


def _advice(said: Learned) -> str:
    lesson = said.lesson
    if said.of is Sought.WAY:
        return (DOWNWARDS if said.down else ADVICE)[lesson]
    return {**ADVICE, **(LIMITS if said.of is Sought.MOST else FLOORS)}[lesson]


ADVICE = {
    Lesson.LOWER: "aim lower or start earlier",
    Lesson.NEARLY: "they end just short: start a little earlier",
    Lesson.HIGHER: "aim higher",
    Lesson.FITS: "the targets fit",
}
DOWNWARDS = {**ADVICE, Lesson.LOWER: "aim less far or start earlier", Lesson.HIGHER: "aim further"}
LIMITS = {
    Lesson.LOOSER: "set them higher, or look at the pace earlier",
    Lesson.TIGHTER: "they could be lower",
    Lesson.FITS: "the limits fit",
}
FLOORS = {
    Lesson.LOOSER: "set them lower, or look at them earlier",
    Lesson.TIGHTER: "they could be higher",
}


def _name(lot: Lot, labels: Mapping[str, str]) -> str:
    return labels.get(lot.name, lot.name) if lot.by == "platform" else lot.name


def _whose(lot: Lot, labels: Mapping[str, str]) -> str:
    name = _name(lot, labels)
    return {
        "metric": f"Goals for {name}",
        "platform": f"Goals on {name}",
        "campaign": f"Goals of the campaign “{name}”",
        "owner": f"Goals of {name}",
    }[lot.by]


def _open(endings: Sequence[Ending]) -> list[Block]:
    """The command for each that is over and not closed."""
    left = [e for e in endings if e.judged.goal.state is not GoalState.CLOSED]
    if not left:
        return []
    closing = [
        Paragraph(
            f"{e.judged.goal.title}: {_why_open(e)}",
            sign=SIGNS[e.outcome],
            command=f"smartkpi close {e.judged.goal.slug}{'' if e.outcome in ENDED else ' --why TEXT'}",
            indent=1,
        )
        for e in left
    ]
    return [Paragraph(""), Heading("Over, and not closed"), *closing]


def _why_open(ended: Ending) -> str:
    return "import the rest, or close it" if ended.outcome is Outcome.UNKNOWN else "close it, and note what was learned"


def goal_data(ended: Ending, moved: Mapping[str, Sequence[GoalEdit]]) -> dict[str, object]:
    """One goal that is over, for machines."""
    goal = ended.judged.goal
    return {**data.goal(goal), **ending_data(ended), "edits": [data.edit(each) for each in moved.get(goal.uid, ())]}


def lot_data(lot: Lot) -> dict[str, object]:
    """One lot, for machines; `share_of_the_way` is the median of its goals that were met or missed."""
    return {
        "by": lot.by,
        "name": lot.name,
        "met": lot.met,
        "missed": lot.missed,
        "ended_early": lot.early,
        "without_result": lot.unknown,
        "share_of_the_way": lot.share,
        "measured": lot.measured,
        "lessons": [
            {
                "of": said.of.value,
                "met": said.met,
                "missed": said.missed,
                "share_of_the_way": said.share,
                "beyond_the_limit": said.beyond,
                "lesson": said.lesson.value,
            }
            for said in lot.learned
        ],
    }
