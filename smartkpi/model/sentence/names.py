"""The names of a sentence: accounts, platforms, campaigns, metrics, and what the goal is for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import Part, Slate, Unclear, Vocabulary, phrase

_QUOTED = re.compile(r"[“\"«]([^“”\"«»\0]{1,100})[”\"»]|(?<!\w)'([^'\0]{2,100})'(?!\w)")
_INTO = r"(?:from|of|in|by|for|with|via|through)"
_CAMPAIGN = re.compile(
    rf"(?<![\w'])(?:{_INTO}\s+(?:the\s+|our\s+|my\s+)?|(?:the|our|my)\s+)"
    rf"(?:(?P<one>(?:(?!{_INTO}\s)[^\s\0,;]+ ){{1,3}}?)campaign|campaign\s+(?P<other>[^\s\0,;]+))(?!\w)"
)
_SPARE = ("from", "of", "in", "by", "for", "with", "via", "through", "the", "our", "my", "a", "to", "each", "every")
_PURPOSE = re.compile(r"(?<![\w'])(?P<mark>so that|in order to|so we|so i|because|for|to)\s+(?P<what>[^\0,;.]+)")
_VERB_AND_NUMBER = re.compile(
    r"\s(?:and\s|i\s|we\s)*(?:"
    + "|".join((*words.VERBS[words.GAIN], *words.RISING, *words.FALLING, "reach"))
    + r")\s\D{0,12}\d"
)
_TOKEN = re.compile(r"[^\s\0,;:!?“”\"_-]+?(?='s?(?!\w)|[.)]?(?:[\s\0,;:!?“”\"_-]|$))")
_GAP = re.compile(r"[ _-]+")
_PREP = re.compile(r"(?<![\w'])(?P<prep>on|from|for|via|of|in|through|at|and|with)\s+(?:the\s+|our\s+|my\s+)?$")
_THROUGH = ("on", "from", "via", "through")
_NUMBER_NEXT = re.compile(r"\s+(?:about\s+|around\s+|at least\s+|at most\s+)?(?:a\s+|an\s+)?[€$£+]?\s?\d")
LONGEST = 8  # words of a name


def quotes(slate: Slate, names: Vocabulary) -> tuple[list[Part], Part | None]:
    """(accounts, campaign) that stand in quotes; other quotes stay in the text."""
    accounts, campaign = [], None
    for match in list(_QUOTED.finditer(slate.left)):
        said = slate.text[match.start() + 1 : match.end() - 1].strip()
        near = slate.left[: match.start()].rstrip(), slate.left[match.end() :].lstrip()
        if near[0].endswith("campaign") or near[1].startswith("campaign"):
            word = (
                near[0].rindex("campaign")
                if near[0].endswith("campaign")
                else slate.left.index("campaign", match.end())
            )
            begin, end = min(match.start(), word), max(match.end(), word + len("campaign"))
            campaign = slate.take(begin, end, said)
        elif (known := _account(said, names)) is not None:
            accounts.append(slate.take(*match.span(), known))
    return accounts, campaign


def _account(said: str, names: Vocabulary) -> str | None:
    return next((name for _, name in names.accounts if name.lower() == said.lower()), None)


def read_accounts(slate: Slate, names: Vocabulary) -> list[Part]:
    """Known accounts by their names; one that is a metric's or a platform's word too only behind "for" or "@"."""
    found = []
    for name in sorted({name for _, name in names.accounts}, key=lambda n: (-len(n), n)):
        plain = name.lower()
        common = plain in names.metrics or plain in names.platforms or plain in words.EMPTY or plain.isdigit()
        before = r"(?:@|(?:for|of)\s+(?:the\s+)?)" if common else r"(?:@|(?:for|of|on|from|by|at)\s+(?:the\s+)?)?"
        if match := re.search(rf"(?<![\w']){before}{phrase(plain)}(?!\w)(?:'s(?!\w))?", slate.left):
            found.append(slate.take(*match.span(), name))
    return found


def read_campaign(slate: Slate, names: Vocabulary) -> Part | None:
    """A campaign: one that is called so ("the spring campaign"), or a known one behind "from"."""
    for name in sorted(names.campaigns, key=len, reverse=True):
        call = rf"(?:from|of|in|for|via)\s+(?:the\s+|our\s+)?(?:campaign\s+)?{phrase(name.lower())}(?:\s+campaign)?"
        if match := re.search(rf"(?<![\w']){call}(?!\w)", slate.left):
            return slate.take(*match.span(), name)
    match = _CAMPAIGN.search(slate.left)
    if match is None:
        return None
    group = "one" if match["one"] else "other"
    said = slate.text[match.start(group) : match.end(group)].strip()
    parts = said.split()
    while parts and parts[0].lower() in _SPARE:
        parts.pop(0)
    if not parts:
        return None
    return slate.take(*match.span(), _known(" ".join(parts), names.campaigns))


def _known(said: str, known: Iterable[str]) -> str:
    return next((name for name in known if name.lower() == said.lower()), said)


def read_platforms(slate: Slate, names: Vocabulary) -> list[Part]:
    """Platforms by any word; everyday words ("website") only behind "on", "from" or "via"."""
    found: dict[str, Part] = {}
    for begin, end, said in list(phrases(slate.left, names.platforms)):
        platform = names.platforms[said]
        before = _PREP.search(slate.left[:begin])
        is_meant = platform not in names.everyday or (before is not None and before["prep"] in _THROUGH)
        if is_meant:
            end += 2 if slate.left[end : end + 2] == "'s" else 0
            part = slate.take(before.start("prep") if before else begin, end, platform)
            found.setdefault(platform, part._replace(said=slate.text[begin:end].strip()))
    return sorted(found.values(), key=lambda part: part.begin)


def inside(part: Part, names: Vocabulary) -> str:
    """The platform that a metric's words name as well: "Facebook likes"."""
    said = (said for _, _, said in phrases(part.said.lower(), names.platforms) if len(said) > 2)
    return next((on for each in said if (on := names.platforms[each]) not in names.everyday), "")


def read_purpose(slate: Slate) -> tuple[Part | None, bool]:
    """What it is for, up to a comma or the next thing that is understood; and whether it is a reason ("because")."""
    for match in _PURPOSE.finditer(slate.left):
        mark, what = match["mark"], match["what"]
        end = match.end()
        if another := _VERB_AND_NUMBER.search(f"{what} "):
            end = match.start("what") + another.start()
            what = what[: another.start()]
        cut = re.search(r"\s(?:by|until|before)\s*$", what)
        if cut:
            end, what = match.start("what") + cut.start(), what[: cut.start()]
        if mark == "to" and not _is_aim(what, slate.left[: match.start()]):
            continue
        if not what.strip() or re.search(r"\d", what) or what.split()[0] in words.NUMBERS:
            continue
        said = slate.text[match.start("what") : end].strip()
        if mark == "to" or mark == "in order to" or mark in ("so we", "so i"):
            said = _without_aim(said)
        return slate.take(match.start(), end, said), mark in words.REASONS
    return None, False


def _is_aim(what: str, before: str) -> bool:
    """Whether "to …" says what for, not what: a number or another verb stands before it."""
    return what.split()[:1] != [] and what.split()[0] in words.AIMS and bool(re.search(r"\d|\w+\s+\0", before))


def _without_aim(said: str) -> str:
    first, _, rest = said.partition(" ")
    return rest if first.lower() in ("get", "have", "win", "bring", "find", "can", "will") and rest else said


def read_metrics(slate: Slate, names: Vocabulary, *, with_digits: bool = False) -> list[Part]:
    """What is counted, the longest phrase first; one that is said twice counts once. "Reach 500" is a verb."""
    found: dict[str, Part] = {}
    for begin, end, said in list(phrases(slate.left, names.metrics, plural=True)):
        is_verb = slate.left[begin:end] in words.VERBLIKE and _NUMBER_NEXT.match(slate.left, end)
        if is_verb or with_digits != any(c.isdigit() for c in said):
            continue
        metric = names.metrics[said]
        found.setdefault(metric, slate.take(begin, end, metric))
    return sorted(found.values(), key=lambda part: part.begin)


def phrases(text: str, known: Mapping[str, str], *, plural: bool = False) -> Iterator[tuple[int, int, str]]:
    """(begin, end, phrase) of the known phrases in a text, the longest first; none lies inside another."""
    tokens = list(_TOKEN.finditer(text))
    free = [True] * len(tokens)
    for size in range(min(LONGEST, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            some = tokens[at : at + size]
            if not all(free[at : at + size]) or not _adjoin(text, some):
                continue
            said = " ".join(token[0] for token in some)
            if (key := _key(said, known, plural=plural)) is not None:
                free[at : at + size] = [False] * size
                yield some[0].start(), some[-1].end(), key


def _adjoin(text: str, tokens: "Sequence[re.Match[str]]") -> bool:
    return all(_GAP.fullmatch(text, one.end(), other.start()) for one, other in pairwise(tokens))


def _key(said: str, known: Mapping[str, str], *, plural: bool) -> str | None:
    other = said.removesuffix("s") if said.endswith("s") else f"{said}s"
    return said if said in known else other if plural and len(said) > 2 and other in known else None


def two_of(letter: str, what: str, parts: list[Part]) -> Unclear:
    """That two things are said where a goal has one."""
    said = " and ".join(f"“{part.said}”" for part in parts)
    return Unclear(letter, what, f"{said}: a goal has one {what}. Make it one goal each")
