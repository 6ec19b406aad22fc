"""What the data of a goal lack or contradict, whatever its status: one plain sentence each, and the command to type."""

from collections.abc import Callable
from typing import NamedTuple

from smartkpi.model.assessment import Assessment, Reason, Status
from smartkpi.model.goal import Form
from smartkpi.model.period import iso
from smartkpi.report import words
from smartkpi.report.sentences import OPEN, actual, days_of, once, rate_signed, relative, totals_of, value_of

NEARLY = 0.9  # of a window
TOTAL_EVERY = 28  # days after which a level that is only "at most" asks for a new total


Ranges = tuple[tuple[int, int], ...]


class Advice(NamedTuple):
    """One sentence and, where one helps, the command to type."""

    text: str
    command: str = ""


def asks(judged: Assessment) -> list[Advice]:
    """What the data lack, whatever the status: a total every four weeks, days that no export states.

    A new total that is not what was worked back is said too: for four weeks, and always where nothing explains it.
    """
    last, unconfirmed = judged.calculated_from, judged.reasons[0].code == "unconfirmed"
    fresh = last is not None and judged.as_of - last[0] < TOTAL_EVERY and not unconfirmed
    found = [*([] if fresh else _upper_bound(judged)), *(_between_totals(judged) if unconfirmed else [])]
    return [*found, *days_missing(judged), *_part_of_window(judged), *_totals_disagree(judged, lately=True)]


def remarks(judged: Assessment) -> list[Advice]:
    """All that somebody should know who looks closely."""
    told = (
        *(_upper_bound, _between_totals, days_missing, _part_of_window),
        *(_nearly_whole, _totals_disagree, _export_disagrees, _began_otherwise, _basis),
    )
    return [advice for tell in told for advice in tell(judged)]


def _said(judged: Assessment, code: str) -> list[Reason]:
    return [reason for reason in judged.reasons if reason.code == code]


def _upper_bound(judged: Assessment) -> list[Advice]:
    """That a level is only "at most", and what settles it."""
    if judged.pace is None or not judged.pace.at_most or judged.status is Status.MISSED:
        return []
    said = f'"at most" {actual(judged)}: the export does not say who left.'
    if relative(judged):
        question = f"{said} How many {judged.metric.name} were there at the start? Then a total can settle it:"
        return [Advice(question, f"smartkpi edit {judged.goal.slug} --baseline NUMBER")]
    return [Advice(f"{said} A look at the profile settles it:", record(judged))]


def days_missing(judged: Assessment) -> list[Advice]:
    """That days which no export states count for nothing, and where to get one that does; [] where none is missing."""
    found = _said(judged, "days missing")
    if not found or judged.status is Status.UPCOMING:
        return []
    if judged.pace is not None and judged.pace.days_missing:
        return [_across_missing_days(judged, found[0])]
    if judged.goal.form is Form.TOTAL and judged.status in OPEN:
        return [_missing_in_a_sum(judged, found[0])]
    which = "this day counts" if found[0]["days"] == 1 else "these days count"
    so = f"so {which} for nothing"
    if judged.goal.form is Form.EACH:
        so = f"so the {judged.goal.every}s with these days count only where the other days decide them"
    return [download(judged, f"no export states {days_of(found[0])}, {so}: import one that does.")]


def probably_brought(judged: Assessment) -> float:
    """What the days of a sum that no export states brought, by the days around them; 0 where none is missing."""
    return next((dict(reason.numbers).get("brought", 0.0) for reason in _said(judged, "days missing")), 0.0)


WITH_END = "the likely end and the pace that is needed count"


def _missing_in_a_sum(judged: Assessment, reason: Reason) -> Advice:
    """What counts missing days and what does not. Of days before the first number nobody knows what they brought."""
    text, brought = f"no export states {days_of(reason)}", probably_brought(judged)
    early = dict(reason.numbers).get("early", 0.0)
    if early == reason["days"]:
        days = (
            "this day, before the first number, counts" if early == 1 else "these days, before the first number, count"
        )
        return download(judged, f"{text}: {days} for nothing, in the likely end too. Import one that does.")
    first = f" ({words.counted(early, 'day')} before the first number for nothing)" if early else ""
    if not brought:
        which = "this day counts" if reason["days"] == 1 else "these days count"
        return download(judged, f"{text}, so {which} for nothing: import one that does.")
    about = value_of(judged, round(brought))
    which = "it" if reason["days"] == 1 else "them"
    what = "the pace that is needed counts" if judged.forecast is None else WITH_END
    counted = f"{what} about {about} for {which}{first}"
    others = "what it is now and the plan do not"
    return download(judged, f"{text}: {counted}, by the days around them; {others}. Import one that does.")


def _across_missing_days(judged: Assessment, reason: Reason) -> Advice:
    """That a level is only "about", and what settles it; after the deadline a look at the profile is too late."""
    which = "that day" if reason["days"] == 1 else "those days"
    text = f"{actual(judged)}: no export states {days_of(reason)}, and nobody knows who came or left on {which}."
    if relative(judged) or judged.as_of > judged.goal.deadline:
        return download(judged, f"{text} Import one that does.")
    return Advice(f"{text} Import one that does, or look at the profile:", record(judged))


def record(judged: Assessment) -> str:
    """The command that keeps its next number by hand."""
    from shlex import quote  # few goals ask for it

    source = next((s for s in judged.sources if s.metric != judged.metric.id), judged.sources[0])
    return f"smartkpi record {judged.metric.id} NUMBER --account {quote(source.account)} --platform {source.platform}"


def _part_of_window(judged: Assessment) -> list[Advice]:
    """That a rate or a typical day rests on fewer days than it should; what is without data says so itself."""
    found = _said(judged, "part of the window")
    if not found or judged.status in (Status.UPCOMING, Status.NO_DATA) or is_nearly_whole(found[0]):
        return []
    only = f"only {of_window(found[0])} are in the exports, so its number rests on these"
    return [download(judged, f"{only}: import one that states the rest.")]


def is_nearly_whole(reason: Reason) -> bool:
    """A range of 28 days, downloaded on its last one, has 27 or 26 that are final: that is no lack."""
    return reason["days"] >= NEARLY * reason["window"]


def _nearly_whole(judged: Assessment) -> list[Advice]:
    said = [reason for reason in _said(judged, "part of the window") if is_nearly_whole(reason)]
    why = "the others are not final yet, or not there"
    return [Advice(f"its number rests on {of_window(reason)}: {why}.") for reason in said]


def of_window(reason: Reason) -> str:
    """ "10 of the last 28 days"."""
    return f"{words.number(reason['days'])} of the last {words.counted(reason['window'], 'day')}"


def _between_totals(judged: Assessment) -> list[Advice]:
    """That a level lies between two totals, and where that leaves its end open, what settles it."""
    pace = judged.pace
    if pace is None or pace.between is None or pace.days_missing:
        return []
    text = (
        f"{actual(judged)}: it lies between two totals, and who left between them is shared out evenly over the days."
    )
    if judged.reasons[0].code != "unconfirmed" or relative(judged):
        return [Advice(text)]
    return [Advice(f"{text} The total of that very day settles it:", f"{record(judged)} --on {iso(pace.day)}")]


def _began_otherwise(judged: Assessment) -> list[Advice]:
    def said(value: float) -> str:
        return words.amount(value, judged.metric, judged.unit)

    return [
        Advice(f"it began at {said(r['baseline'])}, and stays so; of that day the exports now say {said(r['now'])}.")
        for r in _said(judged, "baseline restated")
    ]


def _export_disagrees(judged: Assessment) -> list[Advice]:
    return [
        Advice(
            f"recorded for {words.day(int(r['day']), year=True)}: {words.whole(r['recorded'])}; "
            f"the export says {words.whole(r['exported'])}. The export counts."
        )
        for r in _said(judged, "export disagrees")
    ]


def _totals_disagree(judged: Assessment, *, lately: bool = False) -> list[Advice]:
    """That a total is not what the flows since the one before make of it; `lately`: unless explained and long ago."""
    return [
        Advice(_disagreement(judged, r))
        for r in _said(judged, "totals disagree")
        if not (lately and _is_explained(r) and judged.as_of - r["day"] >= TOTAL_EVERY)
    ]


def _is_explained(reason: Reason) -> bool:
    return bool(reason["days_missing"]) or _people_left(reason)


def _people_left(reason: Reason) -> bool:
    """Whether people who left, whom nobody exports, explain a total that is smaller than what came."""
    return reason.text == "at most" and reason["total"] < reason["calculated"]


def _disagreement(judged: Assessment, reason: Reason) -> str:
    size, missing = abs(reason["total"] - reason["calculated"]), reason["days_missing"]
    than = "fewer" if reason["total"] < reason["calculated"] else "more"
    text = f"the total of {words.day(int(reason['day']), year=True)} is {words.number(size)} {than} than"
    if missing:
        return f"{text} the exports add up to: {words.counted(missing, 'day')} before it are in none."
    if _people_left(reason):
        return f"{text} the new {judged.metric.name} add up to: people who left are not exported."
    return f"{text} the exports add up to. The total counts; was it typed right?"


def _basis(judged: Assessment) -> list[Advice]:
    return [Advice(f"{said}.") for said in basis(judged)]


def basis(judged: Assessment) -> list[str]:
    """What stands in for final days: totals of ranges (which, and which not), sums, and what may still change."""
    spans = next((source.ranges for source in judged.sources if source.ranges), ())
    rests = f"it rests on {totals_of(spans)}, not on days" if spans else ""
    said = [BASIS[reason.code](reason, spans) for reason in judged.reasons if reason.code in BASIS]
    found = once(judged)
    said += [_happened_once(judged, found)] if found is not None and judged.status in OPEN else []
    return [rests, *said] if spans else said


def days_once(reason: Reason) -> str:
    """ "10 Nov – 11 Nov 2026", "2 Nov 2026"."""
    return words.span(int(reason["first"]), int(reason["last"]))


def _happened_once(judged: Assessment, reason: Reason) -> str:
    """What a purge took, or a spike brought, and what is left of the pace without it."""
    size, days = abs(reason["size"]), days_once(reason)
    noun, without = words.noun(judged.metric, size), reason["without"]
    if reason.text == "purge":
        why = "a clean-up by the platform, it seems, and no trend" if reason["size"] < 0 else "no trend"
        left = f"{words.whole(size)} {noun} {'went' if reason['size'] < 0 else 'came'} at once on {days}: {why}"
        return f"{left}; else it was {rate_signed(without, judged)} a week lately"
    if judged.goal.form is Form.TYPICAL_DAY:  # people of several days are never added up
        more = f"on {days} there were far more {words.noun(judged.metric, 2)} than on any other day"
        return f"{more}; else a typical day is {words.whole(without)}"
    came = f"{value_of(judged, size)} {noun} came on {days}, far more than on any other day"
    return f"{came}; else it was {rate_signed(without, judged)} a week lately"


def _span(reason: Reason) -> str:
    return words.span(int(reason["first"]), int(reason["last"]))


def _provisional(reason: Reason, ranges: Ranges) -> str:
    span = _span(reason)
    if not ranges:
        return f"it counts {span}, which may still change (provisional)"
    return f"{'it' if len(ranges) == 1 else f'that of {span}'} may still change (provisional)"


def _several_exports(reason: Reason, ranges: Ranges) -> str:
    span = _span(reason)
    return f"the newest export of {span} lacks a part that an older one states, which counts"


BASIS: dict[str, Callable[[Reason, Ranges], str]] = {
    "provisional": _provisional,
    "parts of several exports": _several_exports,
    "totals left out": lambda reason, ranges: f"left out: {left_out(reason)}",
}
CAUSES = {  # one, several
    "crosses the start": ("crosses its start", "cross its start"),
    "crosses the deadline": ("crosses its deadline", "cross its deadline"),
    "overlaps": ("overlaps another one", "overlap others"),
    "not for all": ("is not stated of all that it reads", "are not stated of all that it reads"),
}


def left_out(reason: Reason) -> str:
    """ "the total of 21 Sep – 4 Oct 2026, which crosses its start"."""
    newest = _span(reason)
    one, several = CAUSES[reason.text]
    if reason["count"] == 1:
        return f"the total of {newest}, which {one}"
    return f"{words.number(reason['count'])} totals (the newest of {newest}), which {several}"


def download(judged: Assessment, text: str) -> Advice:
    """`text`, and where to get the export."""
    platform = judged.sources[0].platform if judged.sources else judged.goal.platform
    return Advice(f"{text} How to download it:", f"smartkpi platforms {platform}".strip())
