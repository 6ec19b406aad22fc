"""A sentence that is no goal yet: every letter, also those that are there, and an example that passes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.letters import NAMES, Letter, Verdict
from smartkpi.model.metric import Metric, Stage
from smartkpi.model.period import parse_day
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.workflow.phrasing import clause, example
from smartkpi.workflow.platforms import labels
from smartkpi.workflow.understood import Heard, Names
from smartkpi.workflow.wish import Lack, Wish

PLACED = (Stage.REACH, Stage.ENGAGEMENT, Stage.TRAFFIC)  # what is counted on a platform; leads come from anywhere
USUAL_PLACE = {
    "subscribers": "youtube", "views": "youtube", "watch_time": "youtube", "sessions": "google-analytics",
    "users": "google-analytics", "page_views": "google-analytics", "visitors": "google-analytics",
    "page_likes": "facebook", "open_rate": "newsletter", "email_click_rate": "newsletter",
}  # fmt: skip


def where(said: Heard, metrics: Mapping[str, Metric], places: Sequence[Account] | None) -> list[Lack]:
    """That nobody can tell where it is counted: no account has such numbers, or several have and more is missing."""
    wish, metric = said.wish, metrics.get(said.wish.metric)
    if metric is None or places is None or metric.stage not in PLACED or wish.platform or wish.accounts:
        return []
    if any(lack.part == "where" for lack in said.lacks) or len(places) == 1:
        return []
    if not places:
        return [Lack("S", "where", f"where? No account of yours has {metric.name} yet: --platform says it")]
    return [] if wish.target or wish.gain or wish.drop else [Lack("S", "where", "where?")]


def with_place(said: Heard, metrics: Mapping[str, Metric], places: Sequence[Account]) -> Heard:
    """An everyday word ("our newsletter") is the platform where nobody has such numbers yet."""
    metric, part = metrics.get(said.wish.metric), said.sentence.platform if said.sentence else None
    if part is None or metric is None or metric.stage not in PLACED or places or said.wish.platform:
        return said
    if said.wish.accounts or any(lack.part == "where" for lack in said.lacks):
        return said
    notes = tuple(note for note in said.notes if "names no platform of yours" not in note)
    return said._replace(wish=replace(said.wish, platform=part.value), notes=notes)


def explained(
    error: NotSmartError | AccountNeededError,
    said: Heard,
    names: Names,
    places: Sequence[Account],
    as_of: int,
    command: str,
    stated: Callable[[Wish], object],
) -> SmartKpiError:
    """The refusal with every letter, and its example as a sentence in the writer's own words.

    `stated` makes a goal of a wish, or refuses it: what is offered was tried.
    """
    lines = _known(said, names, places, as_of) | {text[0]: text for text in error.details if text[1:2] == " "}
    if isinstance(error, AccountNeededError):
        lines["S"] = _line("S", Verdict.MISSING, " ".join((error.headline, *error.details)))
    error.details = tuple(lines[letter] for letter in NAMES if letter in lines)
    if isinstance(error, NotSmartError) and isinstance(error.would_pass, Wish):
        error.wish, error.understood = said.wish, said.sentence
        error.hints = _offered(error, error.would_pass, said, names, places, as_of, command, stated)
    return error


def _offered(
    error: NotSmartError,
    passing: Wish,
    said: Heard,
    names: Names,
    places: Sequence[Account],
    as_of: int,
    command: str,
    stated: Callable[[Wish], object],
) -> tuple[str, ...]:
    """The command as typed with the place that it lacks, where that is all; and a sentence that says the same."""
    purpose = said.sentence.purpose.value if said.sentence and said.sentence.purpose else ""
    placed = _placed(passing, names, places)
    try:
        stated(placed)
        passes = True
    except NotSmartError as other:  # more is missing than could be told without a place
        passes = False
        placed = _placed(other.would_pass, names, places) if isinstance(other.would_pass, Wish) else placed
    except SmartKpiError:
        passes = False
    whole = example(placed, names, as_of, purpose=purpose)
    where = placed.platform or (places[0].platform if places else "")
    is_all = error.parts == ("where",) and passes and where
    return (f"{command} --platform {where}", whole) if is_all else (whole,)


def _placed(wish: Wish, names: Names, places: Sequence[Account]) -> Wish:
    """An example says where, if nobody else does."""
    metric = names.metrics.get(wish.metric)
    if metric is None or wish.platform or wish.accounts or metric.stage not in PLACED or len(places) == 1:
        return wish
    if places:
        return replace(wish, platform=places[0].platform, accounts=(places[0].name,))
    return replace(wish, platform=USUAL_PLACE.get(metric.id, "instagram"))


def _line(letter: str, verdict: Verdict, said: str) -> str:
    return Letter(letter, verdict, said).line


def _known(said: Heard, names: Names, places: Sequence[Account], as_of: int) -> dict[str, str]:
    """The letters S, M and T as far as they are there: a refusal says what was understood, too."""
    wish, metric = said.wish, names.metrics.get(said.wish.metric)
    found = {}
    if metric is not None and (wish.target or wish.gain or wish.drop):
        found["S"] = _line("S", Verdict.GOOD, clause(wish, metric, labels().get(wish.platform, "")))
    if metric is not None:
        found["M"] = _line("M", *_counted(wish, metric, places))
    if wish.deadline:
        found["T"] = _line("T", Verdict.GOOD, _deadline(said, as_of))
    return found


def _counted(wish: Wish, metric: Metric, places: Sequence[Account]) -> tuple[Verdict, str]:
    fitting = [place for place in places if wish.platform in ("", place.platform)]
    if len(fitting) == 1:
        on = labels().get(fitting[0].platform, fitting[0].platform)
        return Verdict.GOOD, f"{metric.name} of {fitting[0].name} on {on}"
    if metric.stage in PLACED and not wish.platform and not wish.accounts:
        return Verdict.OPEN, "depends on where"
    if fitting:
        return Verdict.GOOD, metric.name
    on = f" {wish.platform}" if wish.platform else ""
    return Verdict.CARE, f"{metric.name}: nothing of it is imported yet (smartkpi platforms{on})"


def _deadline(said: Heard, as_of: int) -> str:
    try:
        last = parse_day(said.wish.deadline, as_of)
    except WrongUseError as error:
        return error.headline
    asked = as_asked(said)
    return f"{f'{asked}: ' if asked else ''}by {words.full_day(last)}"


def as_asked(heard: Heard) -> str:
    """The words for the deadline, where they are not a day themselves: "this month", "in 6 weeks"."""
    part = heard.sentence.deadline if heard.sentence else None
    said = part.said if part else ""
    says_the_day = any(c.isdigit() for c in said) and not said.lower().startswith(("in ", "+", "over", "within"))
    return "" if says_the_day else re.sub(r"^(?:by|until|till|on|due|to|through|and) ", "", said, flags=re.IGNORECASE)
