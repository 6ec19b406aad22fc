"""A sentence is read part by part; each reader takes its words out of what is left for the next."""

import re
from collections.abc import Iterable

from smartkpi.model.sentence import words
from smartkpi.model.sentence.days import read_days, unknown_day
from smartkpi.model.sentence.names import (
    inside,
    quotes,
    read_accounts,
    read_campaign,
    read_metrics,
    read_platforms,
    read_purpose,
    two_of,
)
from smartkpi.model.sentence.nouns import Part, Sentence, Slate, Unclear, Vocabulary
from smartkpi.model.sentence.numbers import read_numbers
from smartkpi.model.sentence.way import read_way

_FROM = re.compile(r"(?<!\w)(?:on|from|via|through)\s+(?:the\s+|our\s+|my\s+)?$")
PEOPLE = ("people", "persons", "person", "accounts")  # "reach 500 people"
_RATE = re.compile(r"(?<!\w)(?:(?:a|an|per|each|every|once a)\s+|/\s?)(?P<unit>day|week|month|quarter|year)(?!\w)")
_LY = re.compile(r"(?<!\w)(?P<unit>" + "|".join(words.LY) + r")(?!\w)")
_LEFT = re.compile(r"[^\s\0,;.:!?()“”\"'/+-][^\s\0,;:!?()“”\"]*")


def parsed(text: str, names: Vocabulary, today: int) -> Sentence:
    """Every part of `text` that can be understood, and what cannot. `today`: the day that it is said, an ordinal."""
    slate = Slate(text)
    accounts, campaign = quotes(slate, names)
    accounts += read_accounts(slate, names)
    metrics = read_metrics(slate, names, with_digits=True)
    _skip(slate, words.POLITE)
    throughout = slate.any_of(("all the time", "at all times", "always", "throughout"))
    typical = slate.any_of(words.TYPICAL)
    each = _rate(slate)
    days = read_days(slate, today)
    campaign = campaign or read_campaign(slate, names)
    purpose, is_reason = read_purpose(slate)
    metrics += read_metrics(slate, names)
    platforms = read_platforms(slate, names)
    limit = _limit(slate)
    numbers = read_numbers(slate)
    unclear = [*days.unclear, *numbers.unclear]
    said = Sentence(
        text=text,
        amount=numbers.amount,
        baseline=numbers.baseline,
        limit=limit,
        metric=_only("M", "number to count", metrics, unclear),
        platform=_only("S", "platform", platforms, unclear),
        accounts=tuple(accounts),
        campaign=campaign,
        each=each,
        typical_day=typical,
        throughout=throughout or days.throughout,
        start=days.start,
        deadline=days.deadline,
        purpose=None if is_reason else purpose,
        why=purpose if is_reason else None,
    )
    said, no_way = read_way(slate, said, numbers.prep)
    said = _with_stand_ins(slate, said, names)
    if said.deadline is None and (no_day := unknown_day(slate)) is not None:
        unclear.append(no_day)
    unread, loaded = _left(slate)
    return said._replace(unread=tuple(unread), unclear=(*unclear, *no_way, *loaded))


def _skip(slate: Slate, phrases: Iterable[str]) -> None:
    while slate.any_of(phrases):
        pass


def _rate(slate: Slate) -> Part | None:
    """ "A week" → week; "in a week" is a day."""
    for match in _RATE.finditer(slate.left):
        if not re.search(r"(?<!\w)(?:in|within|for|over|by|on|during|of|until)\s+$", slate.left[: match.start()]):
            return slate.take(*match.span(), match["unit"])
    match_ly = _LY.search(slate.left)
    return slate.take(*match_ly.span(), words.LY[match_ly["unit"]]) if match_ly else None


def _limit(slate: Slate) -> Part | None:
    for side, phrases in words.LIMITS.items():
        if found := slate.any_of([said for said in phrases if len(said.split()) > 1], side):
            return found
    for side, phrases in words.LIMITS.items():
        if found := slate.any_of(phrases, side):
            return found
    return None


def _only(letter: str, what: str, parts: list[Part], unclear: list[Unclear]) -> Part | None:
    if len(parts) > 1:
        unclear.append(two_of(letter, what, parts))
    return parts[0] if parts else None


def _with_stand_ins(slate: Slate, said: Sentence, names: Vocabulary) -> Sentence:
    """What is counted where only a verb, people or a place say it."""
    if said.metric is None and said.amount is not None:
        if "reach" in names.metrics and (people := slate.any_of(PEOPLE, names.metrics["reach"])) is not None:
            said = said._replace(metric=people)
        elif said.way is not None and said.way.said.lower() in ("post", "publish") and "posts" in names.metrics:
            said = said._replace(metric=said.way._replace(value=names.metrics["posts"]))
    if said.metric is not None and said.platform is None and (on := inside(said.metric, names)):
        said = said._replace(platform=said.metric._replace(value=on))
    if said.platform is None:
        from smartkpi.model.sentence.names import phrases

        for begin, end, name in phrases(slate.left, names.platforms):
            return said._replace(platform=slate.take(begin, end, names.platforms[name]))
    return said


def _left(slate: Slate) -> tuple[list[Part], list[Unclear]]:
    """(words that say nothing of a goal, words that change what it means)."""
    unread, loaded = [], []
    for match in _LEFT.finditer(slate.left):
        word = match[0].strip(".'").removesuffix("'s")
        if not word or word in words.EMPTY or len(word) == 1:
            continue
        before = slate.left[: match.start()]
        part = slate.take(*match.span(), word)
        if _FROM.search(before):
            why = f"“{part.said}” is no platform, account or campaign that I know"
            loaded.append(Unclear("S", "platform", why))
        elif word in words.LOADED:
            loaded.append(Unclear("S", part.said, f"“{part.said}” changes what is meant, and I cannot read it there"))
        else:
            unread.append(part)
    return unread, loaded
