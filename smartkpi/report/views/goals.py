"""The screens of goals: the first look, the weekly look, one goal closely, and what a change did."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from smartkpi.model.assessment import Assessment, Source, Status
from smartkpi.model.goal import Goal, GoalEdit, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import to_date, week_start
from smartkpi.report import advice, behind, remarks, sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.remarks import Advice
from smartkpi.report.views.chart import chart

URGENCY = (
    Status.OFF_TRACK, Status.AT_RISK, Status.MISSED, Status.STALE, Status.NO_DATA,
    Status.ON_TRACK, Status.TOO_EARLY, Status.UPCOMING, Status.ACHIEVED, Status.PAUSED,
)  # fmt: skip
HEADLINE = {Status.TOO_EARLY: "too early to say", Status.NO_DATA: "without data"}


def first_look(example_deadline: str) -> Document:
    """What somebody sees who has no goals yet."""
    goal = '"Gain 20 Instagram followers" --metric followers --platform instagram --gain 20'
    steps = (
        f"{'smartkpi demo':<32}a try with a made-up café; nothing is kept",
        f"{'smartkpi platforms instagram':<32}where to click to download your numbers",
        f"{'smartkpi import ~/Downloads':<32}takes the exports that it knows",
        "",
        f"{'smartkpi status':<32}every Monday",
    )
    add = f"smartkpi add {goal} --deadline {example_deadline}"
    said = (Paragraph(step, sign=str(i), command="" if step else add, indent=2) for i, step in enumerate(steps, 1))
    return Document((Paragraph("No goals yet. Five steps to the first Monday:"), *said))


def all_closed() -> Document:
    """What somebody sees whose goals are all over."""
    return Document(
        (Paragraph("Every goal is closed. Look back, or set the next one:", command="smartkpi list --all"),)
    )


def status(judged: Sequence[Assessment], as_of: int, *, by: str = "", wide: bool = False) -> Document:
    """One row a goal, those that need action first, then what needs somebody."""
    ordered = sorted(judged, key=lambda a: (URGENCY.index(a.status), a.goal.deadline, a.goal.slug))
    if not ordered:
        return Document((Paragraph("No goal is like that.", command="smartkpi list"),))
    blocks: list[Block] = [Paragraph(_headline(ordered, as_of)), Paragraph("")]
    if by:
        for name, group in groupby(sorted(ordered, key=GROUPS[by]), key=GROUPS[by]):
            blocks += [Heading(name or f"no {by}"), _goal_table(list(group), wide=wide), Paragraph("")]
    else:
        blocks += [_goal_table(ordered, wide=wide), Paragraph("")]
    return Document((*blocks, *_notes(ordered), *_what_needs_you(ordered)))


GROUPS: dict[str, Callable[[Assessment], str]] = {
    "owner": lambda a: a.goal.owner,
    "objective": lambda a: a.goal.objective,
    "platform": lambda a: a.goal.platform or (a.sources[0].platform if a.sources else ""),
}


def _headline(judged: Sequence[Assessment], as_of: int) -> str:
    week = week_start(as_of)
    found = [(s, sum(a.status is s for a in judged)) for s in URGENCY]
    counts = ", ".join(f"{n} {HEADLINE.get(s, s.value)}" for s, n in found if n)
    days = f"{words.day(week, weekday=True)} – {words.full_day(week + 6)}"
    return f"Week {to_date(as_of).isocalendar().week} · {days} · {words.counted(len(judged), 'goal')}: {counts}"


def _goal_table(judged: Sequence[Assessment], *, wide: bool) -> Table:
    columns = (
        Column(""),
        Column("Goal", wraps=True),
        Column("Status"),
        Column("Progress", right=True, bar_goes=1),
        Column("Now → target", right=True),
        Column("Pace", goes=2),
        Column("Data to", goes=3),
    )
    extra = (
        Column("Expected", right=True),
        Column("Needed a week", right=True),
        Column("Lately a week", right=True),
        Column("Chance"),
        Column("Owner"),
    )
    rows = tuple(_goal_row(a) + (_wide_cells(a) if wide else ()) for a in judged)
    return Table(columns + extra if wide else columns, rows)


def _goal_row(judged: Assessment) -> tuple[Cell, ...]:
    tone = sentences.TONES[judged.status]
    pace = judged.pace
    share = pace.progress if pace is not None else None
    bar = share if pace is not None and pace.weeks_gone is None else None
    return (
        Cell(sentences.SIGNS[judged.status], tone),
        Cell(judged.goal.title),
        Cell(judged.status.value, tone),
        Cell(sentences.progress(judged), number=share, share=bar),
        Cell(sentences.now_and_target(judged), number=pace.actual if pace else None),
        Cell(sentences.days_ahead(judged), number=sentences.shown_days_ahead(judged)),
        Cell(_data_to(judged), Tone.MUTED, number=judged.data_to),
    )


def _data_to(judged: Assessment) -> str:
    """The day, with its year unless that is this year."""
    if judged.data_to is None:
        return ""
    return words.day(judged.data_to, year=to_date(judged.data_to).year != to_date(judged.as_of).year)


def _wide_cells(judged: Assessment) -> tuple[Cell, ...]:
    pace, metric, unit = judged.pace, judged.metric, judged.unit
    expected = "" if pace is None or pace.expected is None else words.amount(pace.expected, metric, unit)
    rates = [pace.required_rate, pace.run_rate] if pace else [None, None]
    said = [Cell("" if r is None else sentences.rate_signed(r, judged), number=r) for r in rates]
    foreseen = sentences.forecast(judged)
    chance = Cell(sentences.odds(judged), number=foreseen.chance if foreseen else None)
    return (Cell(expected, number=pace.expected if pace else None), *said, chance, Cell(judged.goal.owner))


def _notes(judged: Sequence[Assessment]) -> list[Block]:
    """Which goals read a filtered export, totals of ranges or provisional days: their numbers are of these only."""
    told = [(a.goal.title, [*_filters(a), *remarks.basis(a)]) for a in judged]
    notes = [Paragraph(f"{title}: {'; '.join(said)}", Tone.MUTED, indent=1) for title, said in told if said]
    return [*notes, Paragraph("")] if notes else []


def _filters(judged: Assessment) -> list[str]:
    scopes = sorted({source.scope for source in judged.sources if source.scope})
    return [f"only {words.listed(scopes)} (the filter of its export)"] if scopes else []


def _what_needs_you(judged: Sequence[Assessment]) -> list[Block]:
    found: list[Block] = []
    for a in judged:
        if (todo := advice.needs(a)) is not None:
            found.append(_advice(a.goal, sentences.SIGNS[a.status], sentences.TONES[a.status], todo))
    for a in judged:
        found += [_advice(a.goal, "!", Tone.WARN, asked) for asked in remarks.asks(a)]
    return [Heading("What needs you"), *found] if found else [Paragraph("Nothing needs you this week.")]


def _advice(goal: Goal, sign: str, tone: Tone, said: Advice) -> Paragraph:
    return Paragraph(f"{goal.title}: {said.text}", tone, sign=sign, command=said.command, indent=1)


def goal_added(goal: Goal, metric: Metric, as_of: int, needed: float | None, notes: Sequence[str] = ()) -> Document:
    """A goal echoed as one sentence, and what comes next."""
    said = [Paragraph(f"  {note}", Tone.MUTED) for note in notes]
    next_step = f"Saved as {goal.slug}. See it: smartkpi status · take it back: smartkpi undo"
    return Document((Paragraph(sentences.the_goal(goal, metric, as_of, needed)), *said, Paragraph(next_step)))


def goal_changed(
    goal: Goal, metric: Metric, as_of: int, edits: Sequence[GoalEdit], needed: float | None = None
) -> Document:
    """What an edit, a close or a removal did."""
    moved = tuple(
        Paragraph(f"{edit.field}: {edit.was or 'nothing'} → {edit.now or 'nothing'}", indent=2) for edit in edits
    )
    said = (
        sentences.the_goal(goal, metric, as_of)
        if goal.state is GoalState.ACTIVE
        else f"{goal.title}: {goal.state.value}"
    )
    return Document((Paragraph(said), *moved, Paragraph("Take it back: smartkpi undo")))


def goal_list(goals: Sequence[Goal], metrics: Mapping[str, Metric]) -> Document:
    """Every goal in one line each."""
    columns = (
        Column("Name"), Column("Goal", wraps=True), Column("Target", right=True, named=True),
        Column("Deadline", named=True),
        Column("Owner", goes=2), Column("Helps", goes=3), Column("State", goes=1),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(g.slug),
            Cell(g.title),
            Cell(_target(g, metrics), number=g.target),
            Cell(words.full_day(g.deadline)),
            Cell(g.owner),
            Cell(g.objective),
            Cell(g.state.value, Tone.MUTED),
        )
        for g in goals
    )
    return Document((Table(columns, rows),))


def _target(goal: Goal, metrics: Mapping[str, Metric]) -> str:
    metric = metrics.get(goal.metric)
    return words.amount(goal.target, metric, goal.unit) if metric else words.number(goal.target)


def show(
    judged: Assessment,
    edits: Sequence[GoalEdit],
    metrics: Mapping[str, Metric],
    labels: Mapping[str, str],
    course: Sequence[tuple[int, float]] = (),
) -> Document:
    """One goal closely: where it stands, why, its way so far (`course`), what feeds it, and how it was changed."""
    goal, pace = judged.goal, judged.pace
    owner = f" · owner {goal.owner}" if goal.owner else ""
    helps = f" · helps “{goal.objective}”" if goal.objective else ""
    blocks: list[Block] = [Heading(f"{goal.title}{owner}{helps}")]
    tone, sign = sentences.TONES[judged.status], sentences.SIGNS[judged.status]
    blocks.append(Paragraph(f"{judged.status.value} · {_standing(judged)}", tone, sign=sign))
    if (drawn := chart(judged, course)) is not None:
        blocks += [Paragraph(""), drawn, Paragraph("")]
    why = advice.why(judged)
    blocks.append(Paragraph(f"Why: {why.text}", command=why.command))
    blocks += [Paragraph(a.text, Tone.WARN, sign="!", command=a.command) for a in remarks.remarks(judged)]
    if goal.why:
        blocks.append(Paragraph(f"It matters because: {goal.why}"))
    if pace is not None:
        blocks.append(_figures(judged))
    blocks += [Paragraph(_source(source, metrics, labels)) for source in judged.sources]
    blocks += [Paragraph(f"History: {_moved(edit)}") for edit in edits]
    return Document(tuple(blocks))


def _standing(judged: Assessment) -> str:
    goal, pace = judged.goal, judged.pace
    parts = [sentences.now_and_target(judged)]
    if pace is not None and pace.expected is not None and pace.days_ahead is not None:
        expected = sentences.value_of(judged, pace.expected)
        parts += [f"expected {expected} by {words.day(pace.day)}", sentences.days_ahead(judged)]
    left = goal.deadline - (pace.day if pace else judged.as_of)
    after = "after the last data" if pace else "from today"
    parts.append(f"deadline {words.full_day(goal.deadline)}, {words.counted(left, 'day')} {after}")
    return " · ".join(part for part in parts if part)


def _figures(judged: Assessment) -> Table:
    pace, metric, unit = judged.pace, judged.metric, judged.unit
    assert pace is not None, "figures are shown of judged goals only"
    begun = judged.baseline
    rows: list[Row] = [
        ("began at", None if begun is None else words.amount(begun, metric, unit), begun),
        ("now", None if pace.actual is None else sentences.actual(judged), pace.actual),
        ("progress", sentences.progress(judged) or None, pace.progress),
        (
            "needed a week",
            None if pace.required_rate is None else sentences.rate_signed(pace.required_rate, judged),
            pace.required_rate,
        ),
        (
            "lately a week",
            None if pace.run_rate is None else sentences.rate_signed(pace.run_rate, judged),
            pace.run_rate,
        ),
        *_foreseen(judged),
    ]
    if judged.calculated_from is not None:
        day, value = judged.calculated_from
        rows.insert(1, ("calculated from", f"{words.whole(value)} on {words.day(day, year=True)}", value))
    cells = tuple((Cell(name), Cell(text, number=number)) for name, text, number in rows if text)
    return Table((Column(""), Column("", right=True)), cells, headed=False)


Row = tuple[str, str | None, float | None]


def _foreseen(judged: Assessment) -> list[Row]:
    """Where it will likely end, how likely it is met, and how that was a week before."""
    rows: list[Row] = []
    if (later := behind.deadline_at_this_pace(judged)) is not None:
        there = f"at this pace {sentences.target_of(judged)} comes"
        rows.append((there, f"about {words.day(later, year=True)}", later))
    if (foreseen := sentences.forecast(judged)) is not None:
        rows.append(("ends at", sentences.ending(judged, foreseen), foreseen.mid))
        rows.append(("chance", _in_word_and_number(foreseen.chance), foreseen.chance))
    if (was := sentences.before(judged)) is not None and was.chance is not None:
        rows.append((f"chance a week ago, on {words.day(was.day)}", words.odds(was.chance), was.chance))
    return rows


def _in_word_and_number(chance: float) -> str:
    word, number = words.likelihood(chance), words.odds(chance)
    return word if word == number else f"{word}: {number}"


def _source(source: Source, metrics: Mapping[str, Metric], labels: Mapping[str, str]) -> str:
    through = "" if source.full_through is None else f", to {words.day(source.full_through, year=True)}"
    number = f" (import {source.batch}{through})" if source.batch else ""
    name, on = metrics[source.metric].name, labels.get(source.platform, source.platform)
    only = f", only {source.scope} (the filter of that export)" if source.scope else ""
    summed = f", {sentences.sum_of(source.sum_of)}" if source.sum_of else ""
    return f"From: {source.file or source.report} · {name} of {source.account} on {on}{only}{summed}{number}"


def _moved(edit: GoalEdit) -> str:
    on = words.day(edit.on, year=True)
    return f"{edit.field} changed from {edit.was or 'nothing'} to {edit.now or 'nothing'} on {on}"
