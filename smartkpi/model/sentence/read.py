"""A sentence is read part by part; each reader takes its words out of what is left for the next."""

import re
from collections.abc import Iterable

from smartkpi.model.sentence import words
from smartkpi.model.sentence.asides import read_asides, read_each
from smartkpi.model.sentence.compared import read_compared
from smartkpi.model.sentence.days import read_days, unknown_day
from smartkpi.model.sentence.names import (
    as_client,
    inside,
    quotes,
    read_accounts,
    read_campaign,
    read_heading,
    read_metrics,
    read_platforms,
    read_purpose,
    read_reason,
    two_of,
)
from smartkpi.model.sentence.nouns import Part, Sentence, Slate, Unclear, Vocabulary
from smartkpi.model.sentence.numbers import Numbers, read_numbers
from smartkpi.model.sentence.way import UP_TO, read_way

_FROM = re.compile(r"(?<!\w)(?:on|from|via|through)\s+(?:the\s+|our\s+|my\s+)?$")
PEOPLE = ("people", "persons", "person", "accounts")  # "reach 500 people"
_RATE = re.compile(
    r"(?:(?:(?<=\d)\s?x\s*|(?<!\w))(?:a|an|per|each and every|each|every)\s+(?:single\s+)?|(?:(?<=\d)\s?x)?\s?/\s?)"
    rf"(?P<unit>{'|'.join(words.UNITS)})(?![\w']|\s+(?:from (?:now|today)|ago|later))"
)
_NEGATED = re.compile(
    rf"(?<![\w'])(?P<no>{'|'.join(sorted(words.NEGATED, key=len, reverse=True))})(?:\s+[^\s\0,;]+){{0,3}}[\s\0]+$"
)
_IN_A = re.compile(r"(?<!\w)(?:in|within|for|over|by|on|during|of|until|half)\s+$")  # "in a week" is a day
_ONE = re.compile(r"(?<!\w)(?P<one>an?)\s+(?:(?P<what>[\w-]+)\s+)?$", re.IGNORECASE)
_LY = re.compile(r"(?<!\w)(?P<unit>" + "|".join(words.LY) + r")(?!\w)")
_MANY = re.compile(r"\s*(?:a |the |about )?\s*(?:[A-Za-z]{3} )?[€$£¥₹]?\s?\d")
_NEXT = re.compile(r"[\s-]*(?:(?:a|an|of|the|about|our|my)\s+)*", re.IGNORECASE)
_LEFT = re.compile(r"[^\s\0,;.:!?()“”\"'/+-][^\s\0,;:!?()“”\"]*")


def parsed(text: str, names: Vocabulary, today: int) -> Sentence:
    """Every part of `text` that can be understood, and what cannot. `today`: the day that it is said, an ordinal."""
    slate = Slate(text)
    said, numbers = _taken(slate, names, today)
    said = _of_the_goal(said, numbers.others)
    said, no_way = read_way(slate, said, numbers.prep)
    said = _with_stand_ins(slate, said, names)
    no_day = unknown_day(slate) if said.deadline is None else None
    unread, loaded = _left(slate, said)
    unclear = (*said.unclear, *([no_day] if no_day else []), *no_way, *loaded)
    return _one_of_a_rate(said)._replace(unread=(*said.unread, *unread), unclear=unclear)


def _taken(slate: Slate, names: Vocabulary, today: int) -> tuple[Sentence, Numbers]:
    """Part by part, those first whose words could be taken for another's; which way it goes is read from the rest."""
    accounts, campaign = quotes(slate, names)
    accounts += read_accounts(slate, names)
    why, than, asides = read_reason(slate), read_compared(slate, today), read_asides(slate, names)
    metrics = read_metrics(slate, names, with_digits=True)
    _skip(slate, words.POLITE)
    said = _how_often(slate)
    days = read_days(slate, today)
    by_what = read_each(slate, names)
    campaign = campaign or read_campaign(slate, names)
    purpose = read_purpose(slate, names)
    client = as_client(slate, purpose, names) if purpose and not accounts else None
    metrics += read_metrics(slate, names)
    platforms = read_platforms(slate, names)
    heading = None if accounts or client else read_heading(slate)
    limit = _limit(slate)
    numbers = read_numbers(slate)
    unclear = [*days.unclear, *numbers.unclear, *asides.unclear, *([by_what] if by_what else [])]
    metric, platform = _only("M", "number to count", metrics, unclear), _only("S", "platform", platforms, unclear)
    said = said._replace(
        amount=numbers.amount,
        baseline=numbers.baseline,
        limit=limit,
        metric=metric,
        platform=platform,
        accounts=tuple(accounts),
        campaign=campaign,
        throughout=said.throughout or days.throughout,
        within=days.within,
        than=than,
        start=days.start,
        deadline=days.deadline,
        purpose=None if client else purpose,
        why=why,
        client=client or heading,
        unread=asides.unread,
        unclear=tuple(unclear),
    )
    return said, numbers


def _how_often(slate: Slate) -> Sentence:
    """All the time, on a typical day, on average, each week."""
    return Sentence(
        text=slate.text,
        throughout=slate.any_of(("all the time", "at all times", "always", "throughout")),
        typical_day=slate.any_of(words.TYPICAL),
        averaged=slate.any_of(words.AVERAGED),
        each=_rate(slate),
    )


def _of_the_goal(said: Sentence, others: tuple[Part, ...]) -> Sentence:
    """Without the limit and the rate that stand at another number: "40 leads for less than €300", "100, 8 a week"."""
    if said.amount is None or not others:
        return said
    first, last, end = others[0], others[-1], said.amount.end
    has_limit = said.limit is not None and end <= said.limit.begin < last.begin
    has_rate = said.each is not None and first.end <= said.each.begin
    more = []
    if has_limit and said.limit is not None:
        second = f"“{said.text[said.limit.begin : last.end]}” is a second condition, and a goal has one"
        more.append(Unclear("S", "numbers", f"{second}: make it a goal of its own"))
    elif has_rate and said.each is not None:
        second = f"“{said.amount.said}” and “{said.text[first.begin : said.each.end].strip()}”"
        more.append(Unclear("S", "numbers", f"{second}: which of them is the goal? One goal each"))
    is_told = more and len(others) == 1  # of three numbers each must be named
    left = [each for each in said.unclear if each.what != "numbers" or not is_told]
    limit, each = None if has_limit else said.limit, None if has_rate else said.each
    return said._replace(limit=limit, each=each, unclear=(*left, *more))


def _skip(slate: Slate, phrases: Iterable[str]) -> None:
    while slate.any_of(phrases):
        pass


def _rate(slate: Slate) -> Part | None:
    """ "A week" → week; "in a week" is a day."""
    for match in _RATE.finditer(slate.left):
        if not _IN_A.search(slate.left[: match.start()]):
            return slate.take(*match.span(), words.UNITS[match["unit"]])
    if (weekly := slate.any_of(("p.w.", "p/w", "pw"), "week")) is not None:
        return weekly
    if (monthly := slate.any_of(("p.m.", "p/m", "pcm"), "month")) is not None:
        return monthly
    match_ly = _LY.search(slate.left)
    return slate.take(*match_ly.span(), words.LY[match_ly["unit"]]) if match_ly else None


def _limit(slate: Slate) -> Part | None:
    """At most or at least; "don't want fewer than" is at least."""
    sides = {phrase: side for side, phrases in words.LIMITS.items() for phrase in phrases}
    ranked = sorted(
        sides, key=lambda said: (" " in said, len(said)), reverse=True
    )  # "no fewer than" is no "fewer than"
    if UP_TO.search(slate.left):
        ranked.remove("up to")
    found = next((part for said in ranked if (part := slate.any_of((said,), sides[said]))), None)
    if found is not None and found.said.lower() in ("within", "up to") and not _MANY.match(slate.left, found.end):
        return None  # "within reach", "stay up to date"
    if found is None or (no := _NEGATED.search(slate.left[: found.begin])) is None:
        return found
    said = slate.take(no.start(), no.end("no"))
    turned = "least" if found.value == "most" else "most"
    return Part(turned, slate.text[said.begin : found.end].strip(), said.begin, found.end)


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


def _one_of_a_rate(said: Sentence) -> Sentence:
    """ "A post every day" and "daily posts" are one each; "more daily posts" are not."""
    if said.amount is not None or said.each is None or said.metric is None or said.baseline is not None:
        return said
    one = _ONE.search(said.text[: said.metric.begin])
    if one is not None and (one["what"] or "").lower() not in (*words.NO_NUMBER, *words.UNITS):
        return said._replace(amount=Part("1", one["one"], *one.span("one")))
    goes = said.relative or said.limit or (said.way and (said.way.value != words.GAIN or said.way.said in words.MORE))
    if said.each.said.lower() == "daily" and said.metric.value == "posts" and not goes:
        return said._replace(amount=said.each._replace(value="1"))
    return said


def _left(slate: Slate, said: Sentence) -> tuple[list[Part], list[Unclear]]:
    """(words that say nothing of a goal, words that change what it means)."""
    unread, loaded = [], []
    for match in list(_LEFT.finditer(slate.left)):
        word = match[0].strip(".'").removesuffix("'s")
        if not word or word in words.EMPTY or len(word) == 1 or _is_picture(word):
            continue
        before = slate.left[: match.start()]
        part = slate.take(*match.span(), word)
        if _FROM.search(before):
            why = f"“{part.said}” is no platform, account or campaign that I know"
            loaded.append(Unclear("S", "platform", why))
        elif word in words.NO_NUMBER:
            loaded.append(Unclear("S", "numbers", f"“{part.said}” is no number: how many?"))
        elif word in words.LOADED:
            loaded.append(Unclear("S", part.said, f"“{part.said}” changes what is meant, and I cannot read it there"))
        else:
            unread.append(part)
            if _is_beside(slate, part, said):
                why = f"“{part.said}” stands with “{said.amount.said if said.amount else ''}”, and I cannot read it"
                loaded.append(Unclear("S", part.said, f"{why}: leave it out, or say it otherwise"))
            elif (
                said.baseline is not None
                and said.baseline.end <= part.begin
                and not slate.text[said.baseline.end : part.begin].strip(" -")
            ):
                why = f"“from {said.baseline.said} {part.said}”: a number behind “from” is where it begins"
                loaded.append(Unclear("S", part.said, f"{why}. Leave it out, or say it otherwise"))
    return unread, loaded


def _is_picture(word: str) -> bool:
    """Whether it is of emoji alone: they say nothing."""
    if word.isascii():
        return False
    from unicodedata import category

    return all(category(letter) in ("So", "Sk", "Mn", "Cf") for letter in word)


def _is_beside(slate: Slate, part: Part, said: Sentence) -> bool:
    """Whether a word stands between the number and what is counted, or touches the number: "20 organic followers"."""
    if said.amount is None or said.metric is None:
        return False
    begin, end = said.amount.begin, said.amount.end
    if end <= part.begin < said.metric.begin and not re.search(r"[,;:.(]", slate.text[end : part.begin]):
        return True
    if part.begin >= end:
        return not slate.text[end : part.begin].strip(" -")
    return _NEXT.fullmatch(slate.text, part.end, begin) is not None
