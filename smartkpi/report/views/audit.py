"""The screen of an audit: five letters, then the goals together, each finding with what mends it."""

from collections.abc import Iterator, Sequence

from smartkpi.model.audit import Audit, Finding, Letter, Whole
from smartkpi.report import words
from smartkpi.report.audit import Known, mended
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone

NAMES = {
    Letter.SPECIFIC: "specific", Letter.MEASURABLE: "measurable", Letter.ATTAINABLE: "attainable",
    Letter.RELEVANT: "relevant", Letter.TIMELY: "timely",
}  # fmt: skip
ALL = {1: "the goal", 2: "both goals"}


def audit(found: Audit, seen: Whole, known: Known) -> Document:
    """All that was found, letter by letter; `seen` are the goals that were asked for, among all that are known."""
    count = len(seen.goals)
    if not count:
        return Document((Paragraph("No goal is like that.", command="smartkpi list"),))
    mend = words.counted(len(found.findings), "thing") + " to mend" if found.findings else "nothing to mend"
    blocks: list[Block] = [Paragraph(f"{words.counted(count, 'goal')}: {mend}"), Paragraph("")]
    for letter, name in NAMES.items():
        theirs = [each for each in found.findings if each.letter is letter]
        blocks += [_verdict(letter, name, theirs, seen), *_told(theirs, known)]
    blocks += [Paragraph(""), Heading("Together"), _stages(found), Paragraph(_share(found, count))]
    return Document((*blocks, *_told([f for f in found.findings if f.letter is Letter.TOGETHER], known)))


def _verdict(letter: Letter, name: str, theirs: list[Finding], seen: Whole) -> Paragraph:
    """ "S ✓ specific     all 4 goals", "A ✗ attainable   1 of 4 goals needs mending": sign and number agree."""
    of, untold = len(seen.goals), _untold(letter, seen)
    concerned = {slug for finding in theirs for slug in finding.goals}
    other = len(untold - concerned)
    fine = of - len(concerned) - other
    sign, tone = ("✗", Tone.BAD) if theirs else ("?", Tone.MUTED) if not fine else ("✓", Tone.GOOD)
    said = _needing(len(concerned), of, theirs) if theirs else _some(fine, of)
    if other:
        later = "it cannot be told yet"
        said = later if other == of else f"{said}; of {words.number(other)} {later}"
    return Paragraph(f"{name:<12} {said}", tone, sign=f"{letter.value} {sign}")


def _some(count: int, of: int) -> str:
    """ "all 4 goals", "1 of 4 goals"."""
    if count == of:
        return ALL.get(of, f"all {words.counted(of, 'goal')}")
    return f"{words.number(count)} of {words.counted(of, 'goal')}"


def _needing(count: int, of: int, theirs: Sequence[Finding]) -> str:
    """ "1 of 4 goals needs mending"; where no goal is meant, the objectives that have none."""
    many = count or len(theirs)
    some = _some(count, of) if count else words.counted(many, "objective")
    return f"{some} {'needs' if many == 1 else 'need'} mending"


def _untold(letter: Letter, seen: Whole) -> set[str]:
    """The goals of which nobody can say yet whether they are within reach."""
    if letter is not Letter.ATTAINABLE:
        return set()
    known = {
        each.judged.goal.slug
        for each in seen.goals
        if each.attainable and (each.attainable.chance is not None or each.attainable.windows)
    }
    return {each.judged.goal.slug for each in seen.goals} - known


def _told(findings: list[Finding], known: Known) -> Iterator[Paragraph]:
    for finding in findings:
        said = mended(finding, known)
        first, *others = said.commands or ("",)
        yield Paragraph(said.text, Tone.WARN, sign="!", command=first, indent=4)
        yield from (Paragraph("", command=command, indent=6) for command in others)


def _stages(found: Audit) -> Table:
    total = sum(count for _, count in found.stages) or 1
    rows = tuple(
        (Cell(stage), Cell(words.number(count), number=count, share=count / total)) for stage, count in found.stages
    )
    return Table((Column(""), Column("Goals", right=True)), rows, headed=False)


def _share(found: Audit, count: int) -> str:
    share, of = words.percent(found.outcomes / count), words.counted(count, "goal")
    verb = "measures" if found.outcomes == 1 else "measure"
    return f"{words.number(found.outcomes)} of {of} ({share}) {verb} outcomes: leads, customers, money"
