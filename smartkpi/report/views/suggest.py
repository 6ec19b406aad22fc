"""The screen of goals worth having: each with why, the numbers it rests on, and the command that makes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from smartkpi.model.goal import Form
from smartkpi.model.metric import Direction, Stage
from smartkpi.model.period import iso
from smartkpi.model.suggestion import Missing, Offer, Skipped, Suggestion
from smartkpi.report import attain, feeding, words
from smartkpi.report.data import Json
from smartkpi.report.document import Block, Document, Heading, Paragraph, Tone

SHOWN = 3  # names told; the rest would bury the point
WIDTH = 12  # of the name of a stage
NAMES = {Stage.COST: "money", Stage.REVENUE: "money"}
NO_NUMBERS = {Stage.COST: "what adverts cost", Stage.REVENUE: "money that came in"}
Labels = Mapping[str, str]


def suggested(offers: Sequence[Offer], elsewhere: Sequence[Missing], labels: Labels, as_of: int) -> Document:
    """Account by account; `elsewhere`: outcomes that no account counts, with the export that would."""
    blocks: list[Block] = []
    made = [each for offer in offers for each in offer.suggestions]
    if made:
        blocks += [Paragraph(_intro(made)), Paragraph(WHEN, Tone.MUTED), Paragraph("")]
    for offer in offers:
        blocks += [*_offer(offer, labels), Paragraph("")]
    if elsewhere:
        blocks.append(Heading("What nobody counts yet"))
        blocks += _missing(elsewhere, labels)
    blocks = blocks if elsewhere else blocks[:-1]
    if any(each.metric.stage.is_means and not each.goal.objective for each in made):
        blocks += [Paragraph(""), Paragraph(FOR)]
    return Document(tuple(blocks))


WHEN = "Deadlines: the end of a quarter at least 8 weeks away; 8 weeks where the numbers do not go back that far."
FOR = 'What should a goal lead to? Say it behind the command: --for "More website leads"'


def _intro(made: Sequence[Suggestion]) -> str:
    count = words.counted(len(made), "goal")
    return (
        f"{count} worth having. Each target is fair: of ten such goals about five are met. Choose the few that matter."
    )


def _offer(offer: Offer, labels: Labels) -> Iterator[Block]:
    account = offer.account
    on = labels.get(account.platform, account.platform)
    fresh = f" · numbers to {words.day(offer.data_to, year=True)}" if offer.data_to is not None else ""
    yield Heading(f"{on} · {account.name}{fresh}" if account.name else f"{on} · no numbers yet")
    for each in offer.suggestions:
        yield from _suggestion(each)
    if account.name and not offer.suggestions:
        yield Paragraph(_nothing(offer), Tone.MUTED, indent=1)
    if offer.have:
        yield Paragraph(f"You follow already: {words.listed([goal.title for goal in offer.have])}.", indent=1)
    yield from _skipped(offer)
    yield from _missing(offer.missing, labels)


def _nothing(offer: Offer) -> str:
    if offer.skipped:
        return "Nothing fair can be suggested yet."
    return "Its goals count all that it has." if offer.have else "Nothing that it states is worth a goal by itself."


def _suggestion(each: Suggestion) -> Iterator[Block]:
    stage = NAMES.get(each.metric.stage, each.metric.stage.value)
    yield Paragraph(f"{stage:<{WIDTH}}{asked(each)}", Tone.GOOD, sign="○")
    yield Paragraph(f"{each.why[:1].upper()}{each.why[1:]}.", indent=WIDTH + 2)
    yield Paragraph(rests_on(each), indent=WIDTH + 2)
    yield Paragraph("", command=each.command, indent=WIDTH + 2)


def asked(each: Suggestion) -> str:
    """ "560 Instagram link clicks by Wed 31 Mar 2027", with every digit that the command has."""
    goal = each.goal
    until = "until" if goal.form is Form.KEEP else "by"
    level = f" (to {words.target(goal.target, each.metric)})" if goal.form is Form.GROWTH and goal.baseline else ""
    return f"{goal.title}{level} {until} {words.full_day(goal.deadline)}"


def rests_on(each: Suggestion) -> str:
    """ "Lately 25 a week, your best four weeks 31 a week; this asks for 27."."""
    about = attain.About(each.found, each.goal, each.metric, each.found.unit or each.goal.unit)
    found = each.found
    best = "lowest" if each.metric.direction is Direction.DOWN else "best"
    if found.needed is not None:
        lately = [] if found.lately is None else [f"lately {about.weekly(found.lately)} a week"]
        month = [] if found.month is None else [f"your {best} four weeks {about.weekly(found.month.best)} a week"]
        asks = f"this asks for {about.needed} a week"
    else:
        lately = [] if found.lately is None else [f"lately {_beside(found.lately, each)}"]
        span = f"your {best} {words.counted(found.windows.days, 'day')}" if found.windows else ""
        month = [f"{span} {about.value(found.windows.best)}"] if found.windows else []
        asks = f"this asks for {'at most ' if about.goal.has_ceiling else ''}{_exactly(each)}"
    text = "; ".join([*([", ".join(lately + month)] if lately or month else []), asks])
    left = " (at most: nobody exports who left)" if found.at_most else ""
    return f"{text[:1].upper()}{text[1:]}{left}."


def _exactly(each: Suggestion) -> str:
    """The target as it is typed: € 8.50, 15.6 %."""
    return words.target(each.goal.target, each.metric, each.found.unit or each.goal.unit)


def _beside(value: float, each: Suggestion) -> str:
    """What it is lately: with one more digit where it looks like the target."""
    return words.beside(value, each.goal.target, each.metric, each.found.unit or each.goal.unit)


def _skipped(offer: Offer) -> Iterator[Block]:
    """What is there and was not suggested, one sentence for all of one reason."""
    for code, sentence in SKIPPED.items():
        alike = [each for each in offer.skipped if each.code == code]
        if alike:
            yield Paragraph(sentence(alike), Tone.MUTED, indent=1, command=_renewal(code, offer))


def _renewal(code: str, offer: Offer) -> str:
    return f"smartkpi platforms {offer.account.platform}" if code in ("old", "few days") else ""


def _names(alike: Sequence[Skipped]) -> str:
    told = [each.metric.name for each in alike[:SHOWN]]
    more = len(alike) - len(told)
    return words.listed([*told, f"{words.number(more)} more"] if more else told)


def _old(alike: Sequence[Skipped]) -> str:
    newest = max(each.day or 0 for each in alike)
    return f"Too old for a fair target, a newer export tells more: {_names(alike)} (to {words.day(newest, year=True)})."


def _few_days(alike: Sequence[Skipped]) -> str:
    days = max(each.days for each in alike)
    there = f"{words.counted(days, 'day')} of numbers" if days else "less than a week of numbers day by day"
    return f"Too early for a fair target, an export that goes further back tells more: {_names(alike)} ({there})."


def _few(alike: Sequence[Skipped]) -> str:
    return f"Too few are counted for a target with even odds: {_names(alike)}."


def _falling(alike: Sequence[Skipped]) -> str:
    return f"Rather getting worse, so that no better number has even odds: {_names(alike)}."


def _unclear(alike: Sequence[Skipped]) -> str:
    told = [each.text or each.metric.name for each in alike[:SHOWN]]
    return f"You must say first which numbers count: {'; '.join(told)}."


SKIPPED: dict[str, Callable[[Sequence[Skipped]], str]] = {
    "few days": _few_days, "old": _old, "few": _few, "falling": _falling, "unclear": _unclear,
}  # fmt: skip


def _missing(found: Sequence[Missing], labels: Labels) -> Iterator[Paragraph]:
    """Stages without a number, together where one export has them."""
    for feed in dict.fromkeys(each.feed._replace(metrics=()) for each in found):
        stages = [each.stage for each in found if each.feed._replace(metrics=()) == feed]
        named = words.listed([NO_NUMBERS.get(stage, stage.value) for stage in stages], "or")
        text = f"No numbers of {named} yet; this export has them: {feeding.where(feed, labels)}"
        yield Paragraph(text, indent=1, command=f"smartkpi platforms {feed.platform}")


def as_data(offers: Sequence[Offer], elsewhere: Sequence[Missing]) -> Json:
    """The same for machines."""
    return {
        "offers": [_offer_data(offer) for offer in offers],
        "missing": [_missing_data(each) for each in elsewhere],
    }


def _offer_data(offer: Offer) -> Json:
    return {
        "platform": offer.account.platform,
        "account": offer.account.name or None,
        "data_to": None if offer.data_to is None else iso(offer.data_to),
        "suggestions": [_suggestion_data(each) for each in offer.suggestions],
        "have": [goal.slug for goal in offer.have],
        "skipped": [
            {
                "metric": each.metric.id,
                "code": each.code,
                "days": each.days,
                "last_day": None if each.day is None else iso(each.day),
                "text": each.text,
            }
            for each in offer.skipped
        ],
        "missing": [_missing_data(each) for each in offer.missing],
    }


def _suggestion_data(each: Suggestion) -> Json:
    return {
        "metric": each.metric.id,
        "stage": each.metric.stage.value,
        "title": each.goal.title,
        "form": each.goal.form.value,
        "target": each.goal.target,
        "unit": each.goal.unit,
        "baseline": each.goal.baseline,
        "deadline": iso(each.goal.deadline),
        "why": each.why,
        "command": each.command,
        "attainable": attain.data(each.found),
    }


def _missing_data(each: Missing) -> Json:
    return {"stage": each.stage.value, "metric": each.metric.id, "feed": feeding.data(each.feed)}
