"""The screens of goals: the first look, the weekly look, one goal closely, and what a change did."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from smartkpi.model.assessment import Assessment, Status
from smartkpi.model.goal import Form, Goal, GoalEdit, GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.period import to_date, week_start
from smartkpi.report import advice, behind, remarks, sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.remarks import Advice

if TYPE_CHECKING:  # `status` would pay for what it never uses
    from smartkpi.model.closely import Closely
    from smartkpi.model.serving import Serving

URGENCY = (
    Status.OFF_TRACK, Status.AT_RISK, Status.MISSED, Status.STALE, Status.NO_DATA,
    Status.ON_TRACK, Status.TOO_EARLY, Status.UPCOMING, Status.ACHIEVED, Status.PAUSED,
)  # fmt: skip
HEADLINE = {Status.TOO_EARLY: "too early to say", Status.NO_DATA: "without data"}


def first_look() -> Document:
    """What somebody sees who has no goals yet."""
    steps = (
        ("smartkpi demo", "a try with a made-up café; nothing is kept"),
        ("smartkpi platforms instagram", "where to click to download your numbers"),
        ("smartkpi import ~/Downloads", "takes the exports that it knows"),
        ('smartkpi add "gain 20 Instagram followers by May 1"', ""),
        ("smartkpi status", "every Monday"),
    )
    said = (Paragraph(f"{step:<32}{what}".rstrip(), sign=str(i), indent=2) for i, (step, what) in enumerate(steps, 1))
    return Document((Paragraph("No goals yet. Five steps to the first Monday:"), *said))


def all_closed() -> Document:
    """What somebody sees whose goals are all over."""
    return Document(
        (Paragraph("Every goal is closed. Look back, or set the next one:", command="smartkpi list --all"),)
    )


def status(
    judged: Sequence[Assessment],
    as_of: int,
    *,
    by: str = "",
    seen: "Sequence[Closely] | None" = None,
    moved: "Mapping[str, Sequence[GoalEdit]] | None" = None,
    serving: "Sequence[Serving] | None" = None,
    labels: Mapping[str, str] | None = None,
) -> Document:
    """One row a goal, those that need action first, then what needs somebody; wide where each is `seen` closely.

    `moved`: the targets and deadlines that were changed later, by uid; `serving`: the objectives, to group by;
    `labels`: how the names of platforms are written.
    """
    ordered = sorted(judged, key=lambda a: (URGENCY.index(a.status), a.goal.deadline, a.goal.slug))
    if not ordered:
        return Document((Paragraph("No goal is like that.", command="smartkpi list"),))
    looks = None if seen is None else {a.goal.slug: look for a, look in zip(judged, seen, strict=True)}
    blocks: list[Block] = [Paragraph(_headline(ordered, as_of)), Paragraph("")]
    if serving is not None:
        from smartkpi.report.views import objectives

        for each in serving:
            under = [a for a in ordered if a in each.goals]
            table = [_goal_table(under, looks)] if under else objectives.unserved(each, as_of)
            blocks += [Heading(objectives.heading(each)), *table, Paragraph("")]
    elif by:
        for name, group in groupby(sorted(ordered, key=GROUPS[by]), key=GROUPS[by]):
            blocks += [
                Heading((labels or {}).get(name, name) or f"no {by}"),
                _goal_table(list(group), looks),
                Paragraph(""),
            ]
    else:
        blocks += [_goal_table(ordered, looks), Paragraph("")]
    return Document((*blocks, *_notes(ordered), *_edited(ordered, moved), *_what_needs_you(ordered)))


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


def _goal_table(judged: Sequence[Assessment], looks: "Mapping[str, Closely] | None") -> Table:
    columns = (
        Column(""),
        Column("Goal", wraps=True),
        Column("Status"),
        Column("Progress", right=True, bar_goes=1),
        Column("Now → target", right=True),
        Column("Pace", goes=2),
        Column("Data to", goes=3),
    )
    if looks is None:
        return Table(columns, tuple(map(_goal_row, judged)))
    from smartkpi.report import closely

    extra = (
        Column("Expected", right=True, goes=8, named=True),
        Column("Needed a week", right=True, goes=5, named=True),
        Column("Lately a week", right=True, goes=6, named=True),
        Column("Chance", goes=4, named=True),
        Column("A week before", goes=10, named=True),
        Column(closely.HEAD.capitalize(), goes=9, named=True),
        Column("Owner", goes=7, named=True),
    )
    return Table(columns + extra, tuple(_goal_row(a) + _wide_cells(a, looks[a.goal.slug]) for a in judged))


def _goal_row(judged: Assessment) -> tuple[Cell, ...]:
    tone = sentences.TONES[judged.status]
    pace = judged.pace
    share = pace.progress if pace is not None else None
    bar = share if pace is not None and pace.periods_gone is None else None
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


def _wide_cells(judged: Assessment, seen: "Closely") -> tuple[Cell, ...]:
    pace = judged.pace
    expected, late = sentences.expected(judged), sentences.lately(judged)
    said = [
        Cell(sentences.needed_said(judged), number=sentences.needed(judged)),
        Cell("" if late is None else sentences.rate_signed(late, judged), number=late),
    ]
    foreseen = sentences.forecast(judged)
    chance = Cell(sentences.odds(judged), number=foreseen.chance if foreseen else None)
    was = sentences.before(judged)
    before = Cell(sentences.a_week_ago(judged), number=was.actual if was else None)
    return (Cell(expected, number=pace.expected if pace else None), *said, chance, before, *_ends(judged, seen))


def _ends(judged: Assessment, seen: "Closely") -> tuple[Cell, Cell]:
    from smartkpi.report import closely

    return Cell(closely.bars(seen.weeks), aloud=closely.kept(judged, seen.weeks)), Cell(judged.goal.owner)


def _notes(judged: Sequence[Assessment]) -> list[Block]:
    """Which goals read a filtered export, totals of ranges or provisional days: their numbers are of these only."""
    told = [(a.goal.title, [*_rests(a), *_odd(a), *_filters(a), *remarks.basis(a)]) for a in judged]
    notes = [Paragraph(f"{title}: {'; '.join(said)}", Tone.MUTED, indent=1) for title, said in told if said]
    return [*notes, Paragraph("")] if notes else []


def _edited(judged: Sequence[Assessment], moved: "Mapping[str, Sequence[GoalEdit]] | None") -> list[Block]:
    """Whose target or deadline is not the first one: a moved goalpost stays visible."""
    if not moved:
        return []
    from smartkpi.report import edits

    lines = edits.of_each(judged, moved)
    return [*lines, Paragraph("")] if lines else []


def _rests(judged: Assessment) -> list[str]:
    return [advice.paused(judged)] if judged.status is Status.PAUSED else []


def _odd(judged: Assessment) -> list[str]:
    """Why it is on track though lately was too little, or though the chance alone says otherwise."""
    is_odd = judged.status is Status.ON_TRACK and (behind.is_slow(judged) or behind.is_held(judged))
    return [behind.calm_end(judged)] if is_odd else []


def _filters(judged: Assessment) -> list[str]:
    scopes = sorted({source.scope for source in judged.sources if source.scope})
    return [f"only {words.listed(scopes)} (the filter of its export)"] if scopes else []


def _what_needs_you(judged: Sequence[Assessment]) -> list[Block]:
    found: list[Block] = []
    for a in judged:
        if (todo := advice.needs(a)) is not None:
            found.append(_advice(a.goal.title, sentences.SIGNS[a.status], sentences.TONES[a.status], todo))
    asked: dict[Advice, list[str]] = {}
    for a in judged:
        for asks in remarks.asks(a):
            asked.setdefault(asks, []).append(a.goal.title)
    found += [_advice(words.listed(titles), "!", Tone.WARN, asks) for asks, titles in asked.items()]
    return [Heading("What needs you"), *found] if found else [Paragraph("Nothing needs you this week.")]


def _advice(title: str, sign: str, tone: Tone, said: Advice) -> Paragraph:
    return Paragraph(f"{title}: {said.text}", tone, sign=sign, command=said.command, indent=1)


def goal_changed(
    goal: Goal,
    metric: Metric,
    as_of: int,
    edits: Sequence[GoalEdit],
    needed: float | None = None,
    notes: Sequence[Advice] = (),
) -> Document:
    """What an edit, a close or a removal did; `notes` say more of it."""
    moved = tuple(
        Paragraph(f"{edit.field.replace('_', ' ')}: {edit.was or 'nothing'} → {edit.now or 'nothing'}", indent=2)
        for edit in edits
    )
    from smartkpi.report import echo

    is_active = goal.state is GoalState.ACTIVE
    said = echo.the_goal(goal, metric, as_of, needed) if is_active else f"{goal.title}: {goal.state.value}"
    more = tuple(Paragraph(note.text, command=note.command, indent=2) for note in notes)
    return Document((Paragraph(said), *moved, *more, Paragraph("Take it back: smartkpi undo")))


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
    if goal.form is Form.GROWTH and goal.baseline is None:
        return words.signed(goal.target)  # so many more, from wherever that is
    return words.target(goal.target, metric, goal.unit) if metric else words.number(goal.target)
