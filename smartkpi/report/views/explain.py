"""The way of every figure of a goal: its formula with the goal's own numbers, and the imports that it rests on."""

from collections.abc import Callable, Mapping
from math import isclose

from smartkpi.model.assessment import Assessment
from smartkpi.model.explained import Basis, Explained, Figure
from smartkpi.model.goal import Form
from smartkpi.model.metric import Direction, Metric
from smartkpi.report import sentences, words
from smartkpi.report.document import Block, Cell, Column, Heading, Paragraph, Table

Told = tuple[str, str, str]  # what it is, its value, how it came about


def blocks(
    judged: Assessment, found: Explained, metrics: Mapping[str, Metric], labels: Mapping[str, str], *, titled: bool
) -> list[Block]:
    """A table of figures and one of imports; `titled` where other goals stand on the same page."""
    title = f"How the figures of “{judged.goal.title}” came about" if titled else "How the figures came about"
    names = {each.id: each.name for each in metrics.values()}
    named = [figure._replace(text=names.get(figure.text, figure.text)) for figure in found.figures]
    told = [TELLING[figure.code](figure, judged) for figure in named]
    columns = Column("Figure"), Column("Value", wraps=True), Column("How", wraps=True)
    rows = tuple((Cell(what), Cell(value), Cell(how)) for what, value, how in told)
    blocks: list[Block] = [Paragraph(""), Heading(title)]
    blocks += [Table(columns, rows)] if rows else [Paragraph("No figure can be told yet.")]
    return blocks + ([Paragraph(""), _bases(found, metrics, labels)] if found.bases else [])


def _bases(found: Explained, metrics: Mapping[str, Metric], labels: Mapping[str, str]) -> Table:
    columns = (
        Column("Rests on", wraps=True),
        Column("Import", right=True, named=True),
        Column("Days", wraps=True),
        Column("Of", wraps=True),
    )
    return Table(columns, tuple(_basis(each, metrics, labels) for each in found.bases), lead=3)


def _basis(basis: Basis, metrics: Mapping[str, Metric], labels: Mapping[str, str]) -> tuple[Cell, ...]:
    metric = metrics.get(basis.metric)
    what = metric.name if metric else basis.metric
    where = f"{basis.account} on {labels.get(basis.platform, basis.platform)}"
    inside = f" › {basis.member}" if basis.member and basis.member != basis.file else ""
    days = f"{words.span(basis.first, basis.last)}, {words.counted(basis.days, 'day')}"
    return (
        Cell(f"{basis.file}{inside}"),
        Cell(str(basis.batch), number=basis.batch),
        Cell(days),
        Cell(f"{what}, {where}"),
    )


def _sum(figure: Figure, judged: Assessment) -> Told:
    days = f"{words.counted(figure.of('days'), 'day')} with a number, {_span(figure)}"
    return "now", _amount(judged, figure.of("total")), f"the sum of {days}{_whose(figure)}"


def _level(figure: Figure, judged: Assessment) -> Told:
    return (
        "now",
        words.amount(figure.of("level"), judged.metric, judged.unit),
        f"as stated for {words.day(int(figure.of('day')))}{_whose(figure)}",
    )


def _worked_back(figure: Figure, judged: Assessment) -> Told:
    level, total = figure.get("level"), words.number(figure.of("total"))
    changed = figure.of("changed")
    more = f"{words.number(abs(changed))} {'more' if changed >= 0 else 'fewer'}"
    between = f"between then and {words.day(int(figure.of('last')))}"
    how = f"{total} on {words.day(int(figure.of('day')))}"
    how += f", and {more} {between} by the daily exports" if figure.of("day") != figure.of("last") else ", as recorded"
    if shared := figure.get("shared"):
        how += f", and {words.signed(shared)} of what the next total differs, shared out evenly over the days"
    return "now", "" if level is None else words.number(level), how


def _gained(figure: Figure, judged: Assessment) -> Told:
    first, was = int(figure.of("first")), figure.get("was")
    how = f"what came and went from {_span(figure)}"
    if first > figure.of("last"):
        how = f"it counts from where you stand on {words.day(first - 1, year=True)}: what comes until then does not"
    elif was is not None:
        before, now = (words.amount(v, judged.metric, judged.unit) for v in (was, was + figure.of("gained")))
        how = f"{now} − {before}, as stated for {words.day(int(figure.of('on')))}"
    return "gained" if was is not None else "now", _amount(judged, figure.of("gained")), how


def _ratio(figure: Figure, judged: Assessment) -> Told:
    pace = judged.pace
    above, below = words.number(figure.of("above")), words.number(figure.of("below"))
    days = words.counted(figure.of("days"), "day")
    how = f"{above} ÷ {below}, added up over the {days} that state both, {_span(figure)}"
    return "now", "" if pace is None else sentences.actual(judged), how


def _weighted(figure: Figure, judged: Assessment) -> Told:
    how = f"the stated daily values of {_span(figure)}, each counted by its weight and never averaged plainly"
    return "now", sentences.actual(judged), how


def _as_stated(figure: Figure, judged: Assessment) -> Told:
    return "now", sentences.actual(judged), f"as stated, {_span(figure)}"


def _mean(figure: Figure, judged: Assessment) -> Told:
    days = words.counted(figure.of("days"), "day")
    how = f"{words.number(figure.of('total'))} ÷ {days}: the mean day of {_span(figure)}{_whose(figure)}"
    return "now", sentences.actual(judged), how


def _worst(figure: Figure, judged: Assessment) -> Told:
    return (
        "now",
        _amount(judged, figure.of("level")),
        f"the worst day of {_span(figure)}: one bad day breaks the promise",
    )


def _periods(figure: Figure, judged: Assessment) -> Told:
    target, up = _amount(judged, figure.of("target")), judged.goal.direction is Direction.UP
    at = f"{'at least' if up else 'at most'} {target}"
    share = figure.get("share")
    asked = "" if share is None else f"; asked for: {words.share_of(share, judged.goal.every)}"
    value = f"{words.number(figure.of('met'))} of {words.counted(figure.of('gone'), judged.goal.every)}"
    return f"{judged.goal.every}s", value, f"{judged.goal.every}s that are over and had {at}{asked}"


def _began(figure: Figure, judged: Assessment) -> Told:
    day = figure.get("day")
    when = f"on {words.day(int(day), year=True)}, " if day else ""
    how = "kept with the goal: later changes never move it" if figure.text == "kept" else "read from the days before"
    return "began at", _amount(judged, figure.of("value")), when + how


def _progress(figure: Figure, judged: Assessment) -> Told:
    begun, target, now = (_amount(judged, figure.of(name)) for name in ("begun", "target", "actual"))
    how = f"{now} ÷ {target}" if not figure.of("begun") else f"({now} − {begun}) ÷ ({target} − {begun})"
    said, exact = sentences.progress(judged), words.percent(figure.of("progress"))
    return "progress", said or exact, how if said in ("", exact) else f"{how} = {exact}"


SHAPES = {
    "straight": "every day alike",
    "weekdays": "by weekdays, as the weeks before the start were",
    "last year": "as last year's same weeks went",
}


def _expected(figure: Figure, judged: Assessment) -> Told:
    begun, target = _amount(judged, figure.of("begun")), _amount(judged, figure.of("target"))
    way = target if not figure.of("begun") else f"{begun} + ({target} − {begun})"
    days = figure.get("days")
    if not days:
        return "expected", _amount(judged, figure.of("expected")), "by the plan"
    gone = f"{words.number(figure.of('gone'))} of {words.counted(days, 'day')} are over"
    through = f", through {words.counted(figure.of('milestones'), 'milestone')}" if figure.of("milestones") else ""
    shared = f"{way} × {words.number(figure.of('gone'))} ÷ {words.number(days)}: every day alike"
    even = figure.of("begun") + (figure.of("target") - figure.of("begun")) * figure.of("gone") / days
    # a milestone bends the way, and a pause that became known later
    is_even = figure.text == "straight" and isclose(even, figure.of("expected"))
    rests = "; paused days are none" if judged.goal.pauses else ""
    how = f"{shared}; {gone}" if is_even else f"{way}, shared out {SHAPES[figure.text]}{through}; {gone}"
    return "expected", _amount(judged, figure.of("expected")), how + rests


def _gap(figure: Figure, judged: Assessment) -> Told:
    now, expected = _amount(judged, figure.of("actual")), _amount(judged, figure.of("expected"))
    turned = "; less is better, so it is turned round" if judged.goal.direction is Direction.DOWN else ""
    gap = figure.of("gap")
    value = ("+" if gap > 0 else words.MINUS if gap < 0 else "") + _amount(judged, abs(gap)).removeprefix("+")
    return "gap", value, f"{now} − {expected}{turned}"


def _days_ahead(figure: Figure, judged: Assessment) -> Told:
    ahead, day = int(figure.of("ahead")), int(figure.of("day"))
    now = _amount(judged, figure.of("actual"))
    if ahead > 0 and sentences.is_there(judged):
        end = f"{sentences.target_of(judged)} on {words.day(judged.goal.deadline)}"
        return "against the plan", sentences.days_ahead(judged), f"{now} now; the plan ends with {end}"
    how = f"the plan has {now} on about {words.day(day + ahead)}; the data go to {words.day(day)}"
    return "against the plan", sentences.days_ahead(judged) or words.ahead(ahead), how


def _lately(figure: Figure, judged: Assessment) -> Told:
    days, total = words.counted(figure.of("days"), "day"), words.number(figure.of("total"))
    rate = figure.of("total") / figure.of("days") * 7 if figure.of("days") else 0.0
    how = f"{total} in {days} with a number, {_span(figure)}, ÷ {words.number(figure.of('days'))} × 7{_whose(figure)}"
    return _lately_name(judged), _rate(judged, rate), how


def _lately_name(judged: Assessment) -> str:
    """With what happened once in it, where the pace that is told leaves that out."""
    return "lately a week" if sentences.once(judged) is None else "lately, with what came once"


def _by_hand(figure: Figure, judged: Assessment) -> Told:
    how = f"the numbers kept by hand, each for the days since the one before it{_whose(figure)}"
    return _lately_name(judged), _rate(judged, figure.of("rate")), how


def _by_levels(figure: Figure, judged: Assessment) -> Told:
    was, now = words.number(figure.of("was")), words.number(figure.of("now"))
    days = figure.of("last") - figure.of("first")
    rate = (figure.of("now") - figure.of("was")) / days * 7
    between = f"from {words.day(int(figure.of('first')))} to {words.day(int(figure.of('last')))}"
    how = f"({now} − {was}) ÷ {words.counted(days, 'day')} × 7, {between}{_whose(figure)}"
    return _lately_name(judged), _rate(judged, rate), how


def _once(figure: Figure, judged: Assessment) -> Told:
    typical = judged.goal.form is Form.TYPICAL_DAY
    rest = words.whole(figure.of("without")) if typical else _rate(judged, figure.of("without"))
    what = "a typical day without it" if typical else "a week without it"
    on = words.span(int(figure.of("first")), int(figure.of("last")))
    why = "stands out from all other days of the last 16 weeks, so the chance rests on the days beside it"
    return what, rest, f"{on} {why}"


def _needed(figure: Figure, judged: Assessment) -> Told:
    now, target = _amount(judged, figure.of("actual")), _amount(judged, figure.of("target"))
    limit = judged.goal.is_limit
    what, weekly = "left a week" if limit else "needed a week", sentences.needed_said(judged)
    if not weekly:
        return what, "0", "it is there already: nothing is left to do"
    if not figure.of("left"):
        return what, weekly, "nothing more may come"
    brought = _amount(judged, round(figure.of("brought")))
    there = f"{now} − about {brought} on the missing days" if figure.of("brought") else now
    return what, weekly, f"({target} − {there}) ÷ {words.counted(figure.of('days'), 'day')} that are left × 7"


MEANS = (("week", "last week"), ("month", "last 4 weeks"), ("season", "last 16 weeks"))


def _of_late(figure: Figure, judged: Assessment) -> Told:
    known = [(name, value) for key, name in MEANS if (value := figure.get(key)) is not None]
    each = words.listed([f"{_a_day(judged, figure, value)} in the {name}" for name, value in known])
    noise = f"single days differ from that by about {_a_day(judged, figure, figure.of('noise'))}"
    how = f"{each or 'less than a week'}; {noise}; {words.counted(figure.of('data'), 'day')} of data were looked at"
    return "a day, of late", "" if not known else _a_day(judged, figure, known[min(1, len(known) - 1)][1]), how


def _to_come(figure: Figure, judged: Assessment) -> Told:
    low, mid, high = (_a_day(judged, figure, figure.of(name)) for name in ("low", "mid", "high"))
    season = figure.get("season")
    times = f"; × {words.number(season)}, as last year's same weeks had it" if season else ""
    days = words.counted(figure.of("days"), "unknown day")
    how = f"{days}: in 8 of 10 cases {low} to {high} a day, by how such numbers moved elsewhere{_own(figure)}{times}"
    return "a day, to come", f"about {mid}", how


def _own(figure: Figure) -> str:
    """What the goal's own past makes of the usual range."""
    own = figure.get("own")
    if own is None:
        return ""
    surer = "wider: your own numbers jump more" if own > 1 else "narrower: your own numbers are calmer"
    looks = words.counted(figure.of("looks"), "look")
    return f", made {words.percent(abs(own - 1))} {surer} than most ({looks} back)"


def _likely(figure: Figure, judged: Assessment) -> Told:
    foreseen = judged.forecast
    value = sentences.ending(judged, foreseen) if foreseen else ""
    if figure.text == "ratio":
        return "ends at", value, "what is known of the days that count, and the days to come as above"
    known, times = _amount(judged, figure.of("known")), words.number(figure.of("weight"))
    supposed = figure.get("supposed")
    of_it = f" (about {words.whole(supposed)} of it on days that no export states)" if supposed else ""
    return "ends at", value, f"{known} so far{of_it} + {times} × the mean of the days to come, as above"


def _chance(figure: Figure, judged: Assessment) -> Told:
    needed = figure.get("needed")
    target = _amount(judged, figure.of("target"))
    if figure.of("chance") in (0, 1):
        how = "what is known already settles it" if figure.of("chance") else "no day to come can mend it"
        return "chance", words.odds(figure.of("chance")), how
    verb = "needs" if judged.goal.direction is Direction.UP else "allows"
    a_day = "" if needed is None else f" {verb} {_a_day(judged, figure, needed)} on a mean day from now on"
    how = f"{target}{a_day}; how often the days to come bring that, by the same table of how such numbers move"
    return "chance", words.odds(figure.of("chance")), how


def _status(figure: Figure, judged: Assessment) -> Told:
    least, below = words.percent(figure.of("least")), words.percent(figure.of("below"))
    chance = _percent(figure.of("chance"))
    before = figure.get("before")
    if before is None:
        return "status", figure.text, f"a chance of {chance}: from {least} to {below} is {figure.text}"
    was = f"{_percent(before)} on {words.day(int(figure.of('day')))}"
    past = f"{words.number(figure.of('hold') * 100)} points"
    how = f"a chance of {chance} after {was}: a status holds until the chance is more than {past} past its mark"
    return "status", figure.text, how


def _percent(chance: float) -> str:
    """Never 0 or 100 % of what is not certain."""
    return words.percent(chance if chance in (0, 1) else min(max(round(chance, 2), 0.01), 0.99))


def _span(figure: Figure) -> str:
    return words.span(int(figure.of("first")), int(figure.of("last")))


def _whose(figure: Figure) -> str:
    return f" ({figure.text})" if figure.text else ""


def _amount(judged: Assessment, value: float) -> str:
    return sentences.value_of(judged, value)


def _a_day(judged: Assessment, figure: Figure, value: float) -> str:
    """A daily mean: of a level the change, of a ratio the ratio itself."""
    if figure.text == "ratio" or judged.metric.unit == "money":
        return words.amount(value, judged.metric, judged.unit)
    return words.number(value)


def _rate(judged: Assessment, value: float) -> str:
    said = sentences.rate(abs(value), judged.metric, judged.unit)
    return (words.MINUS if value < 0 else "") + said


TELLING: dict[str, Callable[[Figure, Assessment], Told]] = {
    "sum": _sum,
    "level": _level,
    "worked back": _worked_back,
    "gained": _gained,
    "ratio": _ratio,
    "weighted": _weighted,
    "as stated": _as_stated,
    "mean": _mean,
    "worst day": _worst,
    "periods": _periods,
    "began at": _began,
    "progress": _progress,
    "expected": _expected,
    "gap": _gap,
    "days ahead": _days_ahead,
    "lately": _lately,
    "lately by hand": _by_hand,
    "lately by levels": _by_levels,
    "once": _once,
    "needed": _needed,
    "of late": _of_late,
    "to come": _to_come,
    "likely": _likely,
    "chance": _chance,
    "status": _status,
}
