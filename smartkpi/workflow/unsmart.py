"""A sentence that is no goal yet: every letter, also those that are there, and an example that passes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from shlex import quote
from typing import NamedTuple

from smartkpi.errors import AccountNeededError, NotSmartError, SmartKpiError, WrongUseError
from smartkpi.model.letters import NAMES, SIGNS, Letter, Verdict
from smartkpi.model.metric import Metric, Stage
from smartkpi.model.period import parse_day
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.workflow.amounts import A_DAY, A_SUM
from smartkpi.workflow.earlier import WorkedOut
from smartkpi.workflow.offers import corrected, is_a_time, nearly, offerable, tried, unknown_words
from smartkpi.workflow.phrasing import STAND_IN, clause, example, of_anything
from smartkpi.workflow.platforms import labels
from smartkpi.workflow.understood import EVERYDAY, Heard, Names
from smartkpi.workflow.wish import COUNTED, Lack, Wish, made_whole

PLACED = (Stage.REACH, Stage.ENGAGEMENT, Stage.TRAFFIC)  # what is counted on a platform; leads come from anywhere
USUAL_PLACE = {
    "subscribers": "youtube", "views": "youtube", "watch_time": "youtube", "sessions": "google-analytics",
    "users": "google-analytics", "page_views": "google-analytics", "visitors": "google-analytics",
    "page_likes": "facebook", "open_rate": "newsletter", "email_click_rate": "newsletter",
}  # fmt: skip


def where(said: Heard, names: Names, places: Sequence[Account] | None) -> list[Lack]:
    """That nobody can tell where it is counted: no account has such numbers, or several have and more is missing."""
    wish, metric = said.wish, names.metrics.get(said.wish.metric)
    if places is None or wish.platform or any(lack.part == "where" for lack in said.lacks):
        return []
    if mistyped := [each for each in nearly(said, names) if each[2] == "platform"]:
        part, known, _ = mistyped[0]
        label = labels()[names.vocabulary.platforms[known]]
        return [Lack("S", "where", f"“{part.said}” is no platform that I know: did you mean {label}?")]
    if metric is None or metric.stage not in PLACED or wish.accounts or len(places) == 1:
        return []
    if not places:
        return [Lack("S", "where", f"where? No account of yours has {metric.name} yet: --platform says it")]
    return [] if wish.number else [Lack("S", "where", "where?")]


def with_place(said: Heard, metrics: Mapping[str, Metric], places: Sequence[Account]) -> Heard:
    """An everyday word ("our newsletter") is the platform where nobody has such numbers yet."""
    metric, part = metrics.get(said.wish.metric), said.sentence.platform if said.sentence else None
    if part is None or metric is None or metric.stage not in PLACED or places or said.wish.platform:
        return said
    if said.wish.accounts or any(lack.part == "where" for lack in said.lacks):
        return said
    notes = tuple(note for note in said.notes if "names no platform of yours" not in note)
    return said._replace(wish=replace(said.wish, platform=part.value), notes=notes)


def with_account(said: Heard, places: Sequence[Account]) -> Heard:
    """An account that was named is on the platform that was said, else on the only one where it has such numbers."""
    wish, part = said.wish, said.sentence.platform if said.sentence else None
    if not wish.accounts or wish.platform or any(lack.part == "where" for lack in said.lacks):
        return said
    if part is not None and part.value not in EVERYDAY:
        return said._replace(wish=replace(wish, platform=part.value))
    named = {name.casefold() for name in wish.accounts}
    on = {place.platform for place in places if place.name.casefold() in named}
    return said._replace(wish=replace(wish, platform=on.pop())) if len(on) == 1 else said


class Asked(NamedTuple):
    """What was asked for, as typed and as heard; `stated` makes a goal of a wish, or refuses it.

    `earlier`: what "20 % more" makes of the days before, for a wish that would pass with any number.
    """

    typed: Wish
    said: Heard
    names: Names
    places: Sequence[Account]
    as_of: int
    command: str
    stated: Callable[[Wish], object]
    earlier: Callable[[Wish], WorkedOut | None]


def explained(error: NotSmartError | AccountNeededError, asked: Asked) -> None:
    """Gives the refusal every letter, and an example as a sentence in the writer's own words that was tried."""
    lines = _known(asked.said, asked.names, asked.places, asked.as_of)
    lines |= {text[0]: text for text in error.details if text[1:2] == " "}
    if isinstance(error, AccountNeededError):
        _only_with_numbers(error, asked.places)
        lines["S"] = _line("S", Verdict.MISSING, " ".join((error.headline, *error.details)))
        error.hints, error.outcome = _with_each(error, asked), "Nothing was saved."
    if isinstance(error, NotSmartError) and isinstance(error.would_pass, Wish):
        error.understood = asked.said.sentence
        lines |= _offered(error, error.would_pass, lines, asked)
    error.details = tuple(lines[letter] for letter in NAMES if letter in lines)


def _with_each(error: AccountNeededError, asked: Asked) -> tuple[str, ...]:
    """What was typed with each account, or where more is missing then, an example that has it."""
    hints = []
    for hint in error.hints[:MOST_OFFERED]:
        for on, name in error.accounts:
            if f"--platform {on}" in hint and quote(name) in hint:
                wish = replace(asked.said.wish, platform=on, accounts=(name,))
                found = tried(wish, asked.stated, lambda passing: offerable(passing, asked.said, asked.names.metrics))
                first = found.wishes[0]
                hints.append(hint if first == wish else example(_open_baseline(first, wish), asked.names, asked.as_of))
                break
    return tuple(hints) or error.hints[:MOST_OFFERED]


def askable(
    error: NotSmartError | AccountNeededError, wish: Wish, places: Sequence[Account]
) -> NotSmartError | AccountNeededError:
    """With what was typed so far, and what a person can be asked for; a number that was made up is left open."""
    if isinstance(error, AccountNeededError):
        _only_with_numbers(error, places)
        return error
    error.wish, passing = wish, error.would_pass
    if isinstance(passing, Wish) and passing.baseline and not wish.baseline:
        error.parts = tuple(part or "baseline" for part in error.parts)
        made_up = f"--baseline {quote(passing.baseline)}"
        error.hints = tuple(hint.replace(made_up, "--baseline NUMBER") for hint in error.hints)
    error.parts = tuple(part or BY_LETTER.get(error.letters, "") for part in error.parts)
    return error


def _only_with_numbers(error: AccountNeededError, places: Sequence[Account]) -> None:
    """Of the platforms that an account is on, those where it has such numbers."""
    having = [(place.platform, place.name.casefold()) for place in places]
    fitting = tuple(each for each in error.accounts if (each[0], each[1].casefold()) in having)
    if not fitting or len(fitting) == len(error.accounts):
        return
    on = [platform for platform, _ in fitting]
    error.hints = tuple(hint for hint in error.hints if hint.split(" --platform ")[-1].split()[0] in on) or error.hints
    error.accounts, error.platforms = fitting, tuple(dict.fromkeys(on))
    if error.details and error.details[0].startswith("It could be: "):
        error.details = (f"It could be: {', '.join(labels().get(p, p) for p in error.platforms)}.",)


def _offered(error: NotSmartError, passing: Wish, lines: Mapping[str, str], asked: Asked) -> dict[str, str]:
    """Puts in the commands to type: as typed with the place that it lacks, and a sentence that says the same.

    -> the letter that says more now: whose numbers they are.
    """
    said, names = asked.said, asked.names
    more: dict[str, str] = {}
    if (mended := corrected(said, names, asked.typed, asked.as_of)) is not None:
        meant = [known for _, known, kind in nearly(said, names) if kind == "metric"]
        if meant and "did you mean" not in lines.get("M", "did you mean"):
            more["M"] = f"{lines['M']}; did you mean {meant[0]}?"
        said = with_account(mended, asked.places)
        passing = made_whole(said.wish, asked.as_of, names.metrics.get(said.wish.metric))
    if unknown_words(said) and said.sentence is not None:
        placed = replace(passing, platform=said.wish.platform)
        template = of_anything(said.sentence, placed, asked.as_of, is_a_time=is_a_time(said.sentence))
        error.hints = (template, "smartkpi platforms")
        return more

    def whole(wish: Wish) -> Wish:
        return _placed(offerable(wish, said, names.metrics), names, asked.places)

    found = tried(whole(passing), asked.stated, whole)
    purpose = said.sentence.purpose.value if said.sentence and said.sentence.purpose else ""
    wishes = [_open_baseline(wish, said.wish) for wish in found.wishes]
    is_summed = "number" in error.parts and is_more(said)
    if is_summed:
        wishes, sums = _with_sums(_at_each_place(wishes, said, asked.places), asked)
        error.worked_out = wishes[0] if STAND_IN not in wishes[0].target else None
    wholes = dict.fromkeys(example(wish, names, asked.as_of, purpose=purpose) for wish in wishes)
    if found.whose is not None and said.wish.metric and "where" not in error.parts:
        more["S"] = _whose(found.whose, lines.get("S", ""))
        error.letters = "".join(letter for letter in NAMES if letter in f"{error.letters}S")
        error.headline = headline(len(error.parts) + 1)
    if is_summed:
        more["S"] = _summed(more.get("S", lines.get("S", "")), sums)
    typed = _with_place_typed(wishes[0], asked) if error.parts == ("where",) and mended is None else ()
    error.hints = (*typed, *wholes)
    return more


def is_more(said: Heard) -> bool:
    """Whether so much more is asked for than on other days, and nothing else is unclear about the number."""
    asked = [lack.text for lack in said.lacks if lack.part in ("number", "way")]
    return len(asked) == 1 and any(why in asked[0] for why in (A_SUM, A_DAY))


def _at_each_place(wishes: list[Wish], said: Heard, places: Sequence[Account]) -> list[Wish]:
    """The example once for each account that has such numbers, where nobody said which."""
    if said.wish.platform or said.wish.accounts or len(wishes) > 1 or not wishes[0].accounts:
        return wishes
    return [replace(wishes[0], platform=on.platform, accounts=(on.name,)) for on in places[:MOST_OFFERED]]


def _with_sums(wishes: list[Wish], asked: Asked) -> tuple[list[Wish], list[str]]:
    """The wishes with the number that the days before make of them where it is known, those first; and these sums."""
    known: list[Wish] = []
    others: list[Wish] = []
    told: list[str] = []
    untold: list[str] = []  # where none has a sum, why
    for wish in wishes:
        found = asked.earlier(wish)
        whole = found.wish if found is not None and found.wish is not None and _passes(found.wish, asked) else None
        name = f"{wish.accounts[0]} on {labels().get(wish.platform, wish.platform)}: " if len(wishes) > 1 else ""
        if found is not None:
            (told if whole else untold).append(f"{name}{found.said}")
        (known if whole else others).append(whole or wish)
    return [*known, *others], told or untold


def _passes(wish: Wish, asked: Asked) -> bool:
    try:
        asked.stated(wish)
    except SmartKpiError:
        return False
    return True


def _summed(line: str, sums: Sequence[str]) -> str:
    """The question with what is known of the days before, in place of why it is asked."""
    if not sums:
        return line
    told = "; ".join(sums)
    why = next((each for each in WHY_A_NUMBER if each in line), "")
    known = line.replace(why, "").replace("?; w", "? W") if why else line
    is_begin = known.endswith("?") and len(sums) == 1  # an account's name stays as it is written
    return f"{known} {told[:1].upper()}{told[1:]}" if is_begin else f"{known} {told}"


def _with_place_typed(wish: Wish, asked: Asked) -> tuple[str, ...]:
    """The command as typed, with the flags that say where, if that is all that it lacks."""
    said = asked.said.wish
    platform, accounts = wish.platform or said.platform, wish.accounts or said.accounts
    if not platform or not _passes(replace(said, platform=platform, accounts=accounts), asked):
        return ()
    account = f" --account {quote(accounts[0])}" if accounts and not said.accounts else ""
    return (f"{asked.command} --platform {platform}{account}",)


def _whose(error: AccountNeededError, line: str) -> str:
    asked = " ".join((error.headline, *error.details))
    known = line[17:] if line[2:3] == SIGNS[Verdict.MISSING] else ""
    return _line("S", Verdict.MISSING, f"{known}; {asked}" if known else asked)


def _open_baseline(wish: Wish, said: Wish) -> Wish:
    """Where somebody stands is never made up."""
    return replace(wish, baseline=STAND_IN) if wish.baseline and not said.baseline else wish


def _placed(wish: Wish, names: Names, places: Sequence[Account]) -> Wish:
    """An example says where, if nobody else does."""
    metric = names.metrics.get(wish.metric)
    if metric is None or wish.platform or wish.accounts or metric.stage not in PLACED or len(places) == 1:
        return wish
    if places:
        return replace(wish, platform=places[0].platform, accounts=(places[0].name,))
    return replace(wish, platform=USUAL_PLACE.get(metric.id, "instagram"))


WHY_A_NUMBER = (f" {A_SUM} in all", f" {A_SUM}", f" {A_DAY}")
MOST_OFFERED = 4  # commands below a question whose numbers they are
BY_LETTER = {"S": "number", "T": "deadline"}  # what is asked for where a refusal does not say it closer


def headline(things: int) -> str:
    """ "that is a wish; two things make it a goal"."""
    return f"that is a wish; {COUNTED[things] if things < len(COUNTED) else f'{things} things make'} it a goal"


def _line(letter: str, verdict: Verdict, said: str) -> str:
    return Letter(letter, verdict, said).line


def _known(said: Heard, names: Names, places: Sequence[Account], as_of: int) -> dict[str, str]:
    """The letters S, M and T as far as they are there: a refusal says what was understood, too."""
    wish, metric = said.wish, names.metrics.get(said.wish.metric)
    found = {}
    is_sure = all(lack.part not in ("metric", "each") for lack in said.lacks)  # else the clause is not what was said
    if metric is not None and is_sure and wish.number:
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
    said = part.said if part and part.value == heard.wish.deadline else ""  # --deadline overrides them
    says_the_day = any(c.isdigit() for c in said) and not said.lower().startswith(("in ", "+", "over", "within"))
    return "" if says_the_day else re.sub(r"^(?:by|until|till|on|due|to|through|and) ", "", said, flags=re.IGNORECASE)
