"""A metric over weeks, months, quarters or years: wobble or change first, then the periods, then the years."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from smartkpi.model.assessment import Reason
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import MONTHS, to_date
from smartkpi.model.series import BY_HAND
from smartkpi.model.trend import By, Running, Span, Step, Trend, Verdict
from smartkpi.report import sentences, words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone

PEOPLE = (Kind.UNIQUE, Kind.ROLLING)
NEEDED = 8  # earlier periods that limits need (measure.signal)
NEXT = {By.WEEK: 7, By.MONTH: 28, By.QUARTER: 90, By.YEAR: 365}  # days in which a period is still the last one
TIMES = 3  # so many times as much is said so, not in per cent
YEARS = 5  # of the long view; `--by year` has them all
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
WOBBLE = ("·", Tone.PLAIN)
SIGNS = {1: ("✓", Tone.GOOD), 0: WOBBLE, -1: ("✗", Tone.BAD)}  # by how good a change is
OPEN = "…"
UNKNOWN = "not of these days alone"
BY_HAND_SAYS = "what is kept by hand speaks for the days since the number before it"


def trend(found: Trend, shown: int, labels: Mapping[str, str], metrics: Mapping[str, Metric], more: str) -> Document:
    """The newest `shown` periods; `more` is the command that shows other ones, less `--last` and `--by`."""
    blocks: list[Block] = [*_title(found, labels), *_answer(found), *_said_of_running(found)]
    steps = found.steps[-shown:]
    if steps or found.running:
        blocks += [Paragraph(""), _table(found, steps)]
    if found.by in (By.MONTH, By.YEAR) and len(found.years) > 1:
        blocks += [Paragraph(""), *_side_by_side(found)]
    blocks += [Paragraph(""), *_notes(found, labels, metrics), *_more(found, len(steps), more)]
    return Document(tuple(blocks))


def nothing(asked: Metric, reasons: Sequence[Reason], there: Sequence[str], where: str) -> Document:
    """Why there is nothing to show; `there` are names of what could be shown, `where` the platform that was named."""
    command = f"smartkpi platforms {where}".strip()
    code = reasons[0].code if reasons[0].code in LACKING else "nothing imported"
    told = LACKING[code](asked, reasons[0])
    blocks = [Paragraph(told, command="" if code == "other campaigns" else command)]
    if there:
        blocks.append(Paragraph(f"What there is: {words.listed(sorted(there))}."))
    return Document(tuple(blocks))


LACKING: dict[str, Callable[[Metric, Reason], str]] = {
    "nothing imported": lambda metric, _: f"No {metric.name} yet. How to get the numbers:",
    "other campaigns": lambda metric, reason: (
        f"No {metric.name} of that campaign" + (f"; there are {reason.text}." if reason.text else ".")
    ),
    "only in parts": lambda metric, reason: (
        f"The exports state {metric.name} only for a part ({reason.text}), never as a whole. An export that does:"
    ),
    "only in totals": lambda metric, reason: (
        f"The exports state {reason.text} for ranges of days that are none of these periods. By day it would do:"
    ),
    "account without data": lambda metric, reason: (
        f"One of the accounts has no {metric.name} yet; {reason.text} does. How to get the numbers:"
    ),
    "cannot be pooled": lambda metric, _: (
        f"The exports state {metric.name} day by day, but not what it is made of: the days of a period cannot be put"
        " together, and their mean would be wrong. An export that states the parts would do:"
    ),
    "nothing final yet": lambda metric, _: (
        f"The {metric.name} imported so far may all still change: import a newer export in a few days. How:"
    ),
}


def _title(found: Trend, labels: Mapping[str, str]) -> Iterator[Block]:
    name = found.metric.name
    accounts = dict.fromkeys(f"{s.account} on {labels.get(s.platform, s.platform)}" for s in found.sources)
    yield Heading(f"{name[:1].upper()}{name[1:]} by {found.by.value}")
    yield Paragraph(words.listed(list(accounts)), Tone.MUTED)


# --- the answer


def _answer(found: Trend) -> Iterator[Block]:
    """What the newest whole period is, and the same weekdays before."""
    newest = found.newest
    late = found.steps[-1] if found.steps and found.steps[-1] is not newest else None
    if late is not None:
        yield Paragraph(_not_compared(late, found), Tone.WARN, sign="!")
    if newest is None or newest.verdict is None:
        yield Paragraph(f"Too early to say: no whole {found.by.value} with a number so far.", Tone.MUTED, sign=OPEN)
        return
    sign, tone = _sign(newest.verdict, found)
    yield Paragraph(_judged(newest, newest.verdict, found), tone, sign=sign)
    if (ago := _ago(newest, found)) is not None:
        yield Paragraph(ago, indent=2)


def _sign(verdict: Verdict, found: Trend) -> tuple[str, Tone]:
    return (OPEN, Tone.MUTED) if verdict.low is None else SIGNS[verdict.change * found.metric.direction.sign]


def _not_compared(step: Step, found: Trend) -> str:
    name = _name(step.span, found.by)
    which = f"The week of {name}" if found.by is By.WEEK else name
    if _is_unknown(step.span, found):
        return f"{which} is not compared: {BY_HAND_SAYS}, and these are not the days of the {found.by.value}."
    if step.span.missing:
        are = "is" if step.span.missing == 1 else "are"
        return f"{which} is not compared: {words.counted(step.span.missing, 'day')} of it {are} missing in the exports."
    if found.metric.kind is Kind.LEVEL:
        return f"{which} is not compared: no export states the level of the day before it."
    return f"{which} has no number: nothing was there to divide by."


def _judged(step: Step, verdict: Verdict, found: Trend) -> str:
    value = found.number(step.span)
    assert value is not None, "it was judged"
    day = " on a typical day" if found.metric.kind in PEOPLE else ""
    said = f"{_amount(value, found)}{day} {_when(step.span, found)}"
    if verdict.low is None or verdict.high is None:
        return f"Too early to say what is usual: {said}. {_needed(verdict, found.by)}"
    usual = f"the usual {_amount(verdict.low, found)} to {_amount(verdict.high, found)}"
    if not verdict.change:
        return f"A usual {found.by.value}. {said} is within {usual}: wobble, nothing to do."
    good = "better" if verdict.change * found.metric.direction.sign > 0 else "worse"
    side = "above" if verdict.change > 0 else "below"
    if verdict.lasts:
        mean = _amount(verdict.mean or 0.0, found, about=True)
        row = f"the eighth {found.by.value} in a row {side} the middle of before, {mean}"
        return f"A lasting change, for the {good}. {said} is {row}. From now on, what is usual begins with these eight."
    row = f", for the {ORDINALS[min(verdict.run, 8)]} {found.by.value} in a row" if verdict.run > 1 else ""
    return f"A real change, for the {good}. {said} is {side} {usual}{row}: more than wobble."


def _needed(verdict: Verdict, by: By) -> str:
    if by is By.YEAR:
        return "There are too few years; --by month and --by week tell more."
    more = NEEDED - verdict.rests_on
    return f"{words.counted(more, f'more whole {by.value}')} will tell."


def _ago(step: Step, found: Trend) -> str | None:
    value = found.number(step.span)
    parts = [
        f"{name} {_amount(number, found)}{_since(value, number, found)}"
        for name, span in (("a year ago", step.year_ago), ("two years ago", step.two_years_ago))
        if span is not None and (number := found.number(span)) is not None
    ]
    return f"The same weekdays {'; '.join(parts)}." if parts else None


def _since(now: float | None, then: float, found: Trend) -> str:
    """How much more or less a count is now; of rates and gains only the numbers are said."""
    if now is None or then <= 0 or found.metric.kind in (Kind.RATIO, Kind.LEVEL):
        return ""
    if now >= TIMES * then:
        return f" (now {words.whole(now / then)} times as much)"
    share = round(now / then - 1, 2)
    way = "more" if share > 0 else "less"
    return f" (now {words.percent(abs(share))} {way})" if share else " (now about the same)"


def _said_of_running(found: Trend) -> Iterator[Block]:
    running = found.running
    if running is None:
        return
    so_far, value = running.so_far, found.number(running.so_far)
    of = f"{words.number(so_far.days)} of {words.counted(running.end - running.begin + 1, 'day')}"
    by = found.by.value
    which = f"The {by} that runs" if found.as_of <= running.end else f"The newest {by}"
    name = f"{which}, {_name(_of(running), found.by)}"
    if so_far.missing or value is None:
        lacking = f"{words.counted(so_far.missing, 'day')} missing" if so_far.missing else "no number yet"
        lacking = f"{BY_HAND_SAYS}, not for these" if _is_unknown(so_far, found) else lacking
        yield Paragraph(f"{name} ({of}): {lacking}, so nothing is compared.", indent=2)
        return
    same = [
        f"{_which(span, running, found.by)}: {_amount(number, found)}"
        for span in running.before
        if (number := found.number(span)) is not None
    ]
    before = f". The same days {'; '.join(same)}." if same else "."
    yield Paragraph(f"{name}: {_amount(value, found)} in {of}{before}", indent=2)


def _of(running: Running) -> Span:
    return Span(running.begin, running.end, None, None, 0)


def _which(span: Span, running: Running, by: By) -> str:
    """ "of October 2026", "of the week before", "a year ago"."""
    ago = {1: "of the week before", 52: "a year ago", 104: "two years ago"}
    return ago[(running.begin - span.first) // 7] if by is By.WEEK else f"of {_name(span, by)}"


# --- names and numbers


def _when(span: Span, found: Trend) -> str:
    """ "last week (16 Nov – 22 Nov 2026)" while it is the last one, else "in the week of …"."""
    name = _name(span, found.by)
    if 0 < found.as_of - span.last <= NEXT[found.by]:
        return f"last {found.by.value} ({name})"
    return f"in the week of {name}" if found.by is By.WEEK else f"in {name}"


def _name(span: Span, by: By) -> str:
    date = to_date(span.first)
    match by:
        case By.WEEK:
            return words.span(span.first, span.last)
        case By.MONTH:
            return f"{MONTHS[date.month - 1].title()} {date.year}"
        case By.QUARTER:
            return f"Q{(date.month + 2) // 3} {date.year}"
        case By.YEAR:
            return str(date.year)


def _short(span: Span, by: By) -> str:
    """Its name in a column."""
    if by is By.WEEK:
        return words.day(span.first, year=True)
    return words.day(span.first, year=True).partition(" ")[2] if by is By.MONTH else _name(span, by)


def _amount(value: float, found: Trend, *, about: bool = False) -> str:
    """A number of the metric; what a level gained has its sign."""
    value = round(value) if about and not found.metric.unit and abs(value) >= 10 else value
    text = words.amount(value, found.metric, found.unit)
    return f"+{text}" if found.metric.kind is Kind.LEVEL and value > 0 else text


# --- the periods


def _table(found: Trend, steps: Sequence[Step]) -> Table:
    numbers = [n for step in steps if step.span.is_whole and (n := found.number(step.span)) is not None]
    most = max((abs(n) for n in numbers), default=0.0)
    is_level = found.metric.kind is Kind.LEVEL and any(step.span.value is not None for step in steps)
    ago = [n for n in (1, 2) if any(_before(step, n) is not None for step in steps)]
    columns = [Column(""), Column("Week of" if found.by is By.WEEK else found.by.value.title())]
    columns += [Column(_head(found), bar_goes=1), Column("What it was")]
    columns += [Column("Level", right=True, goes=2, named=True)] if is_level else []
    columns += [Column("Year ago" if n == 1 else "2 years ago", right=True, goes=2 + n, named=True) for n in ago]
    rows = [
        _row(part[0], found, most, is_level, ago) if len(part) == 1 else _gap(part, found, len(columns) - 4)
        for part in _with_gaps(steps)
    ]
    if found.running:
        rows.append(_open_row(found.running, found, len(columns) - 4))
    return Table(tuple(columns), tuple(rows), lead=2)


def _head(found: Trend) -> str:
    if found.metric.kind in PEOPLE:
        return "Typical day"
    return "Gained" if found.metric.kind is Kind.LEVEL else "Number"


def _before(step: Step, years: int) -> Span | None:
    return step.year_ago if years == 1 else step.two_years_ago


def _row(step: Step, found: Trend, most: float, is_level: bool, ago: Sequence[int]) -> tuple[Cell, ...]:
    sign, tone = _sign(step.verdict, found) if step.verdict else ("", Tone.MUTED)
    name = Cell(_short(step.span, found.by))
    number = _cell(step.span, found)
    if step.verdict is not None and most and number.number is not None:
        number = number._replace(share=max(number.number, 0.0) / most)
    rest = [Cell("" if step.span.value is None else words.amount(step.span.value, found.metric, found.unit))]
    rest = (rest if is_level else []) + [_cell(span, found) if (span := _before(step, n)) else Cell("") for n in ago]
    return Cell(sign, tone), name, number, Cell(_word(step, found), tone), *rest


def _with_gaps(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Each period alone; those in a row of which nothing is stated together."""
    for is_empty, group in groupby(steps, lambda step: step.span.is_empty):
        alike = list(group)
        yield from [alike] if is_empty else [[step] for step in alike]


def _gap(part: Sequence[Step], found: Trend, more: int) -> tuple[Cell, ...]:
    how = "without a number" if _is_by_hand(found) else "missing"
    lacking = Cell(f"{words.counted(len(part), found.by.value)} {how}", Tone.MUTED)
    return Cell(""), Cell(_short(part[0].span, found.by)), Cell("–"), lacking, *[Cell("")] * more


def _is_unknown(span: Span, found: Trend) -> bool:
    """Whether what was kept by hand there speaks for other days too."""
    return span.missing == span.days and _is_by_hand(found)


def _is_by_hand(found: Trend) -> bool:
    return all(source.report == BY_HAND for source in found.sources)


def _cell(span: Span, found: Trend) -> Cell:
    number = found.number(span)
    return Cell("–") if number is None else Cell(_amount(number, found), number=number)


def _word(step: Step, found: Trend) -> str:
    if _is_unknown(step.span, found):
        return UNKNOWN
    if step.span.missing:
        return f"{words.counted(step.span.missing, 'day')} missing"
    if step.verdict is None:
        return "no number"
    if step.verdict.low is None:
        return "too early"
    if not step.verdict.change:
        return "wobble"
    way = "up" if step.verdict.change > 0 else "down"
    return f"lasting change {way}" if step.verdict.lasts else f"change {way}"


def _open_row(running: Running, found: Trend, more: int) -> tuple[Cell, ...]:
    name = Cell(_short(_of(running), found.by))
    days = f"{words.number(running.so_far.days)} of {words.counted(running.end - running.begin + 1, 'day')}"
    missing = UNKNOWN if _is_unknown(running.so_far, found) else f"{words.number(running.so_far.missing)} missing"
    said = f"{days}, {missing}" if running.so_far.missing else days
    return Cell(OPEN, Tone.MUTED), name, _cell(running.so_far, found), Cell(said, Tone.MUTED), *[Cell("")] * more


# --- the long view


def _side_by_side(found: Trend) -> Iterator[Block]:
    """Years as columns, months as rows."""
    years = found.years[-YEARS:]
    yield Heading("Years side by side", 2)
    columns = (Column("Month"), *(Column(str(year.year), right=True, named=True) for year in years))
    rows = [
        (Cell(MONTHS[n][:3].title()), *(_month(year.months[n], found) for year in years))
        for n in range(12)
        if any(year.months[n] is not None for year in years)
    ]
    if any(year.whole and year.whole.is_whole for year in years):
        rows.append((Cell("Year"), *(_month(year.whole, found) for year in years)))
    yield Table(columns, tuple(rows), lead=1)
    if any(month and not month.is_whole and not month.is_empty for year in years for month in year.months):
        yield Paragraph(f"{OPEN} = not whole: days are missing, or not there yet.", Tone.MUTED)
    if len(found.years) > YEARS:
        yield Paragraph(f"These are the newest {YEARS} of {len(found.years)} years.", Tone.MUTED)


def _month(span: Span | None, found: Trend) -> Cell:
    if span is None or span.is_empty:
        return Cell("")
    return _cell(span, found) if span.is_whole else Cell(OPEN, Tone.MUTED)


# --- below


def _notes(found: Trend, labels: Mapping[str, str], metrics: Mapping[str, Metric]) -> Iterator[Block]:
    kind = found.metric.kind
    if kind in PEOPLE:
        text = (
            "People are never added over days (who came twice would count twice): each number is the mean of its days."
        )
        yield Paragraph(text, Tone.MUTED)
    if kind is Kind.LEVEL:
        yield Paragraph("Of a level, what it gained is judged: levels themselves only drift.", Tone.MUTED)
    if kind is Kind.FLOW and any(source.report == BY_HAND for source in found.sources):
        text = "Kept by hand: a number speaks for the days since the one before it, and is spread over them."
        yield Paragraph(text, Tone.MUTED)
    if found.upper_bound:
        yield Paragraph("No export says who left: the gains are of those who came, so at most these.", Tone.MUTED)
    yield Paragraph(
        f"Data to {words.full_day(found.data_to)}, from {words.listed(_feeds(found, labels, metrics))}.", Tone.MUTED
    )


def _feeds(found: Trend, labels: Mapping[str, str], metrics: Mapping[str, Metric]) -> list[str]:
    told = {
        (metrics[s.metric].name if s.metric in metrics else s.metric)
        + (f" ({s.report})" if s.report == BY_HAND else f" of “{s.report}”")
        + (f", {sentences.sum_of(s.sum_of)}" if s.sum_of else "")
        + (", totals of ranges" if s.ranges else "")
        + (f", only {s.scope} (the filter of that export)" if s.scope else "")
        for s in found.sources
    }
    return sorted(told)


def _more(found: Trend, shown: int, more: str) -> Iterator[Block]:
    count = len(found.steps)
    if shown < count:
        text = f"{words.number(shown)} of {words.counted(count, found.by.value)} shown; all of them:"
        by = "" if found.by is By.WEEK else f" --by {found.by.value}"
        yield Paragraph(text, Tone.MUTED, command=f"{more}{by} --last {count}")
    if found.by in (By.WEEK, By.QUARTER) and len(found.years) > 1:
        yield Paragraph("The years side by side:", Tone.MUTED, command=f"{more} --by month")
    elif found.by is By.MONTH and len(found.years) > YEARS:
        yield Paragraph("Every year:", Tone.MUTED, command=f"{more} --by year")
