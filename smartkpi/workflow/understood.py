"""What a sentence says becomes the flags of `add`; what it leaves open is named by its letter of SMART."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from smartkpi.knowledge import loader
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import parse_day
from smartkpi.model.sentence.nouns import Sentence, Unclear, Vocabulary
from smartkpi.model.sentence.words import LOADED
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.store import accounts, objectives, series
from smartkpi.workflow.amounts import PERIODS, bad_number, one_reading, value, with_number
from smartkpi.workflow.clients import alike, client_of
from smartkpi.workflow.names import fold
from smartkpi.workflow.wish import Lack, Wish, is_money

EVERYDAY = frozenset(("website", "shop", "newsletter", "other"))  # their words mean other things too


class Names(NamedTuple):
    """What a sentence may name, and who has numbers."""

    vocabulary: Vocabulary
    metrics: Mapping[str, Metric]
    in_use: tuple[Account, ...] = ()


class Heard(NamedTuple):
    """A wish with what the sentence adds to the flags; `lacks` are questions that only its writer can answer."""

    wish: Wish
    sentence: Sentence | None = None
    lacks: tuple[Lack, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether the goal is said in a sentence, not in flags with a title."""
        return self.sentence is not None


def names_of(conn: sqlite3.Connection | None, metrics: Mapping[str, Metric]) -> Names:
    """Every name that is known here."""
    in_use = () if conn is None else tuple(accounts.in_use(conn))
    stated = [] if conn is None else series.stated(conn)
    campaigns = {each.key.breakdown for each in stated if each.key.breakdown_kind == "campaign"}
    return Names(
        Vocabulary(
            _metric_words(metrics, {each.key.metric for each in stated}),
            {fold(word): p for p, found in loader.platforms().items() for word in (p, found["name"], *found["words"])},
            EVERYDAY,
            tuple((account.platform, account.name) for account in in_use),
            tuple(sorted(campaigns)),
            () if conn is None else tuple(each.name.lower() for each in objectives.all(conn)),
        ),
        metrics,
        in_use,
    )


def _metric_words(metrics: Mapping[str, Metric], stated: Collection[str]) -> dict[str, str]:
    """Every word for a metric; new followers are more followers: the level that they make grow.

    So is a net change that nobody states: the level is worked out from those who came and those who left.
    """
    said: dict[str, str] = {}
    for metric in metrics.values():
        for word in (metric.id, metric.name, *metric.words):
            said.setdefault(fold(word), metric.id)
    for metric in metrics.values():
        phrases = [fold(word) for word in (metric.name, *metric.words)]
        if metric.grows and metric.net and metric.id not in stated:
            said |= dict.fromkeys(phrases, metric.grows)
        elif metric.grows and metric.sign > 0 and not metric.net:
            said |= {word: metric.grows for word in phrases if word.startswith("new ")}
    return said


def heard(wish: Wish, names: Names, as_of: int) -> Heard:
    """`wish` with what its title says, where that is a sentence; flags override, and then it is only a title."""
    if not wish.title:
        return Heard(wish)
    from smartkpi.model.sentence.read import parsed  # its patterns take time, and flags need none

    sentence = parsed(wish.title, names.vocabulary, as_of)
    if wish.metric and wish.number and wish.deadline:
        return Heard(_placed(wish, sentence, names))
    lacks = [Lack(u.letter, _part(u), u.why) for u in sentence.unclear if not _is_flagged(wish, _part(u))]
    merged, notes = _merged(wish, sentence, names)
    metric = names.metrics.get(merged.metric)
    if metric is None and sentence.amount is not None and not wish.number:
        merged, lack = _uncounted(merged, sentence, names)
        lacks.append(lack)
    if metric is not None and not wish.number:
        merged, more = with_number(merged, sentence, metric, as_of)
        lacks += more
        is_share = bool(more) and "%" in sentence.amount.value if sentence.amount else False  # asked about already
        if not is_share and (lack_of_sense := bad_number(merged, metric)) is not None:
            merged, lacks = one_reading(merged), [*lacks, lack_of_sense]
    merged, when = _since(merged, sentence, metric, as_of)
    merged, whose = client_of(merged, wish, sentence, [account.name for account in names.in_use])
    lacks += [*whose, *_too_soon(merged, wish, as_of)]
    if sentence.unread:
        unread = ", ".join(f"“{part.said}”" for part in sentence.unread)
        notes = (*notes, f"not read: {unread}")
    if not (sentence.amount or sentence.metric):
        merged = replace(merged, title=wish.title)
    return Heard(merged, sentence, tuple(lacks), (*notes, *when))


def _uncounted(wish: Wish, said: Sentence, names: Names) -> tuple[Wish, Lack]:
    """That nobody knows what is counted; a word that looks like one that is known is asked about."""
    near = [
        (part, found[0])
        for part in said.unread
        if (found := alike(fold(part.value), names.vocabulary.metrics)) and found[0][0] == fold(part.value)[0]
    ]
    if near:
        wish = replace(wish, metric=names.vocabulary.metrics[near[0][1]])
    unknown = "".join(f"; “{part.said}” is nothing that I know" for part in said.unread)
    meant = f"; did you mean {near[0][1]}?" if near else ""
    wish, such = replace(wish, gain=value(said.amount)), "Followers, leads, link clicks …"
    if is_money(wish.gain) and not near:
        each = value(said.each) if value(said.each) in PERIODS else ""
        wish, such = replace(wish, target=wish.gain, gain="", every=each), "Revenue, ad spend …"
    return wish, Lack("M", "metric", f"what will be counted? {such}{unknown}{meant}")


def _since(wish: Wish, said: Sentence, metric: Metric | None, as_of: int) -> tuple[Wish, tuple[str, ...]]:
    """A sum of "this year" counts from its first day, one "in 4 weeks" for 28 days; anything else counts from today."""
    if said.within is None or wish.start or metric is None or wish.deadline != value(said.deadline):
        return wish, ()
    is_ahead = parse_day(said.within.value, as_of) > as_of
    if metric.kind is Kind.FLOW and (is_ahead or not wish.every):
        return replace(wish, start=said.within.value), ()
    if is_ahead or wish.keep or metric.kind not in (Kind.FLOW, Kind.LEVEL):
        return wish, ()
    return wish, (f"“{said.within.said}” is counted from today on; --start {said.within.value} counts all of it",)


def _too_soon(wish: Wish, flags: Wish, as_of: int) -> list[Lack]:
    """A day that is over, and a goal of today alone."""
    if not wish.deadline or flags.deadline:
        return []
    last = parse_day(wish.deadline, as_of)
    if last < as_of:
        return [Lack("T", "deadline", f"{words.full_day(last)} is over: by when should it be true?")]
    if last == as_of and (not wish.start or parse_day(wish.start, as_of) >= as_of):
        return [Lack("T", "deadline", f"{words.full_day(last)} is today: a goal needs days ahead. By when?")]
    return []


def _part(unclear: Unclear) -> str:
    """What is asked for: a word beside the number leaves the number as it is, "no" or "per" does not."""
    is_word = unclear.letter == "S" and unclear.what not in (*PARTS, "number", "way", *LOADED)
    if is_word and not any(c.isdigit() for c in unclear.what):
        return "word"
    return PARTS.get(unclear.what, OF_LETTER[unclear.letter])


PARTS = {"numbers": "number", "number to count": "metric", "platform": "where"}
OF_LETTER = {"S": "number", "M": "metric", "T": "deadline"}


def _is_flagged(wish: Wish, part: str) -> bool:
    said = {
        "number": wish.number,
        "word": wish.number,
        "metric": wish.metric,
        "where": wish.platform or wish.accounts,
        "deadline": wish.deadline,
    }
    return bool(said.get(part))


def _placed(wish: Wish, sentence: Sentence, names: Names) -> Wish:
    """A goal in flags whose title names one platform is of that platform."""
    clear = sentence.platform is not None and not any(u.what == "platform" for u in sentence.unclear)
    if not clear or wish.platform or wish.accounts or sentence.platform is None:
        return wish
    return wish if sentence.platform.value in EVERYDAY else replace(wish, platform=sentence.platform.value)


def _merged(wish: Wish, said: Sentence, names: Names) -> tuple[Wish, tuple[str, ...]]:
    platform, notes = _platform(wish, said, names)
    return (
        replace(
            wish,
            title="",
            metric=wish.metric or value(said.metric),
            platform=wish.platform or platform,
            accounts=wish.accounts or tuple(part.value for part in said.accounts),
            campaign=wish.campaign or value(said.campaign),
            start=wish.start or value(said.start),
            deadline=wish.deadline or value(said.deadline),
            baseline=wish.baseline or value(said.baseline),
            objective=wish.objective or _capital(value(said.purpose)),
            why=wish.why or value(said.why),
        ),
        notes,
    )


def _platform(wish: Wish, said: Sentence, names: Names) -> tuple[str, tuple[str, ...]]:
    """An everyday word is a platform only where an account of yours is on it."""
    part = said.platform
    if part is None or wish.platform or wish.accounts:
        return "", ()
    if part.value in EVERYDAY and all(account.platform != part.value for account in names.in_use):
        return "", (f"“{part.said}” names no platform of yours: what counts is wherever these numbers come from",)
    return part.value, ()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
