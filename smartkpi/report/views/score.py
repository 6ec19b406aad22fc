"""Whether the chances keep their word, for people who fear numbers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from types import MappingProxyType

from smartkpi.model.goal import Form
from smartkpi.model.score import Call, Said, Scored, by_chance, split
from smartkpi.report import words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone

MARKS = (0.0, 0.1, 0.3, 0.7, 0.9)
NAMES = (  # true of each chance between two marks, as `words.odds` says it
    "very unlikely (less than 1 in 10)", "unlikely (1 to 3 in 10)", "open (3 to 7 in 10)", "likely (7 to 9 in 10)",
    "very likely (9 in 10 or more)",
)  # fmt: skip
FORMS = {
    Form.TOTAL: "totals", Form.GROWTH: "growth of a level", Form.RATE: "rates", Form.KEEP: "limits to keep",
    Form.TYPICAL_DAY: "typical days",
}  # fmt: skip
ENOUGH = 30  # calls; of fewer nothing is judged
TWICE = 2.0  # standard deviations: what luck alone may do
OF_ONE_GOAL = 3  # calls of one goal know of each other: they count as one
BACKTEST = "smartkpi score --backtest"
Aim = tuple[str, float, int]  # the slug of a goal, its target, and its deadline
COUNTS = tuple(Column(name, right=True, named=True) for name in ("Times", "Met", "Promised"))


# By how many standard deviations more goals were met, and more came out as the chances leaned, than was promised.
VERDICTS: tuple[tuple[Callable[[float, float], bool], str], ...] = (
    (
        lambda met, right: met < -TWICE,
        "The chances were too hopeful here: fewer goals were met than they promised. Keep a little in hand.",
    ),
    (lambda met, right: met > TWICE, "The chances were too gloomy here: more goals were met than they promised."),
    (
        lambda met, right: right < -TWICE,
        "The chances were too sure of themselves here: your numbers jump more than they foresaw.",
    ),
    (
        lambda met, right: right > TWICE,
        "The chances were too careful here: more came out as they leaned than they promised.",
    ),
    (lambda met, right: met < -1, "The chances leaned to the hopeful side here, by no more than luck can do."),
    (lambda met, right: met > 1, "The chances leaned to the gloomy side here, by no more than luck can do."),
    (lambda met, right: True, "The chances kept their word here: take them as they are said."),
)


def score(
    found: Scored,
    labels: Mapping[str, str],
    *,
    from_history: bool,
    platform: str,
    aims: Mapping[Aim, str] = MappingProxyType({}),
    moved: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """The answer first, then how many of which chance were met, by platform and by form; one's own goals one by one.

    `moved` says of a goal, by its slug, how its target or deadline was moved, and `aims` what its calls were about.
    """
    if not found.calls:
        return Document((*_nothing(found, platform, from_history=from_history), *_moved(moved)))
    ones: list[Block] = [] if from_history else [_goals(found.calls, aims), *_moved(moved), Paragraph("")]
    if len(found.calls) < ENOUGH and not from_history:
        return Document((*_too_few(found.calls), *ones, *_how(found, from_history=from_history)))
    return Document((*_tables(found.calls, labels), *ones, *_how(found, from_history=from_history)))


def _too_few(calls: Sequence[Call]) -> list[Block]:
    times = words.counted(len(calls), "look")
    return [
        Paragraph(
            f"{times} at goals that are over {'is' if len(calls) == 1 else 'are'} too few to judge the chances by."
        ),
        Paragraph("On goals cut from your own history:", command=BACKTEST, indent=2),
        Paragraph(""),
    ]


def _goals(calls: Sequence[Call], aims: Mapping[Aim, str]) -> Table:
    """Each goal with what was said of it on the way; one that was moved once for each target and deadline it had."""
    columns = (Column("Goal"), Column("Said on the way", wraps=True), Column("Became"))
    ways: dict[Aim, list[Call]] = {}
    for call in sorted(calls, key=lambda call: call.goal):
        ways.setdefault((call.goal, call.target, call.deadline), []).append(call)
    several = Counter(goal for goal, *_ in aims)
    rows = [_way(f"{key[0]}: {aims[key]}" if several[key[0]] > 1 else key[0], way) for key, way in ways.items()]
    return Table(columns, tuple(rows))


def _way(goal: str, calls: Sequence[Call]) -> tuple[Cell, ...]:
    said = " → ".join(words.odds(call.chance) for call in calls)
    return Cell(goal), Cell(said), Cell("met" if calls[0].met else "missed")


def _moved(moved: Mapping[str, str]) -> list[Block]:
    """What is to be known of goals that did not keep their target or deadline."""
    held = "what was said before is held against what was aimed at then"
    return [Paragraph(f"{goal}: {said}; {held}.", Tone.MUTED, indent=1) for goal, said in moved.items() if said]


def _tables(calls: Sequence[Call], labels: Mapping[str, str]) -> list[Block]:
    return [
        Paragraph(_answer(calls)),
        Paragraph(_verdict(calls)),
        Paragraph(""),
        _said(by_chance(calls, MARKS)),
        Paragraph(""),
        _parts("Platform", split(calls, lambda call: labels.get(call.platform, call.platform))),
        Paragraph(""),
        _parts("Kind of goal", split(calls, lambda call: FORMS[call.form])),
        Paragraph(""),
    ]


def _how(found: Scored, *, from_history: bool) -> list[Block]:
    texts = _cut(found) if from_history else _over(found)
    return [Heading("How this was found", 2), *(Paragraph(text, indent=2) for text in texts)]


def _answer(calls: Sequence[Call]) -> str:
    """ "Of the goals called likely (7 to 9 in 10), 41 of 52 were met."; of the best filled chance where none was."""
    said = by_chance(calls, MARKS)
    likely = next((s for s in said if s.least == 0.7), None) or max(said, key=lambda s: len(s.calls))
    return f"Of the goals called {_called(likely)}, {likely.met} of {len(likely.calls)} were met."


def _called(said: Said) -> str:
    return NAMES[MARKS.index(said.least)]


def _verdict(calls: Sequence[Call]) -> str:
    """Whether what came true is what was promised, as far as so few can tell."""
    if len(calls) < ENOUGH:
        return "These are too few to judge by: a longer history tells more."
    spread = sqrt(OF_ONE_GOAL * sum(call.chance * (1 - call.chance) for call in calls))
    better = (sum(call.met for call in calls) - sum(call.chance for call in calls)) / spread
    sure = sum(max(call.chance, 1 - call.chance) for call in calls)
    righter = (sum((call.chance >= 0.5) == call.met for call in calls) - sure) / spread
    return next(text for fits, text in VERDICTS if fits(better, righter))


def _said(each: Sequence[Said]) -> Table:
    columns = (Column("Called"), *COUNTS)
    rows = [
        (
            Cell(_called(said)),
            Cell(words.number(len(said.calls)), number=len(said.calls)),
            Cell(words.number(said.met), number=said.met),
            _promised(said.calls),
        )
        for said in reversed(each)
    ]
    return Table(columns, tuple(rows), lead=1)


def _promised(calls: Sequence[Call]) -> Cell:
    promised = sum(call.chance for call in calls)
    return Cell(f"about {words.whole(promised)}", number=promised)


def _parts(name: str, parts: Mapping[str, Sequence[Call]]) -> Table:
    columns = (
        Column(name),
        *COUNTS,
        Column("Ended in the likely range", right=True, goes=1, named=True),
    )
    return Table(columns, tuple(_part(part, calls) for part, calls in parts.items()), lead=1)


def _part(name: str, calls: Sequence[Call]) -> tuple[Cell, ...]:
    met, ended = sum(call.met for call in calls), [call.is_inside for call in calls if call.end is not None]
    return (
        Cell(name),
        Cell(words.number(len(calls)), number=len(calls)),
        Cell(words.number(met), number=met),
        _promised(calls),
        Cell(f"{words.number(sum(ended))} of {words.number(len(ended))}", number=sum(ended) / len(ended))
        if ended
        else Cell("–"),
    )


def _cut(found: Scored) -> list[str]:
    lengths = sorted({call.deadline - call.start + 1 for call in found.calls})
    texts = [
        f"{words.counted(found.goals, 'goal')} of {words.listed([str(n) for n in lengths], 'or')} days were cut from "
        f"{words.counted(found.series, 'kind')} of numbers that you imported, each with a target around what the four "
        "weeks before it would have brought.",
        "Each was judged a quarter, half and three quarters of the way through, by the same rules as status, from the "
        "days up to then alone.",
        *_common(found),
        "Many of these goals overlap, and numbers of one account move together: it is less proof than it looks.",
    ]
    if found.left_out:
        texts.append(f"{words.counted(found.left_out, 'other kind')} of numbers were left out, to be quick.")
    return texts


def _over(found: Scored) -> list[str]:
    return [
        f"{words.counted(found.goals, 'goal')} of yours {'is' if found.goals == 1 else 'are'} over. Each was judged "
        "again a quarter, half and three quarters of the way through: what status says with --as-of that day, by the "
        "target and deadline of that day and the numbers of the days up to it, as they stand now.",
        *_common(found),
    ]


def _common(found: Scored) -> list[str]:
    ended = [call.is_inside for call in found.calls if call.end is not None]
    held = f"The likely range held the end {sum(ended)} times of {len(ended)}; 8 in 10 are meant."
    texts = [held] if ended else []
    counts = zip((found.certain, found.too_early, found.untold), OUT, strict=True)
    parts = [f"{_were(n)} {what}" for n, what in counts if n]
    if parts:
        texts.append(f"Moments that do not count: {words.listed(parts)}.")
    if found.unknown:
        texts.append(f"How {words.counted(found.unknown, 'goal')} ended nobody can tell: days are missing.")
    return texts


OUT = (
    "certain already", "too early to say", "of a target or deadline that was moved, whose own end nobody can tell",
)  # fmt: skip


def _were(n: int) -> str:
    return f"{words.number(n)} {'was' if n == 1 else 'were'}"


def _nothing(found: Scored, platform: str, *, from_history: bool) -> list[Block]:
    if not from_history:
        over = (
            "None of your goals is over yet." if not found.goals else "Your goals that are over left nothing to score."
        )
        return [Paragraph(over), Paragraph("On goals cut from your own history:", command=BACKTEST, indent=2)]
    days = words.counted(found.longest, "day")
    have = f"the longest of your numbers has {days}" if found.longest else "there are no daily numbers yet"
    where = f" {platform}" if platform else ""
    return [
        Paragraph(f"There is too little history to look back on: {have}, and it takes 8 weeks."),
        Paragraph(
            "Import exports of the last 12 months; where to click:", command=f"smartkpi platforms{where}", indent=2
        ),
        Paragraph("then:", command=BACKTEST, indent=2),
    ]
