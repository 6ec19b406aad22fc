"""The names of a sentence: accounts, platforms, campaigns, metrics, and what the goal is for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from smartkpi.model.sentence import words
from smartkpi.model.sentence.nouns import STRUCK, Part, Slate, Unclear, Vocabulary, bare, phrase

_QUOTED = re.compile(r"[“\"«]([^“”\"«»\0]{1,100})[”\"»]|(?<!\w)'([^'\0]{2,100})'(?!\w)")
_INTO = r"(?:from|of|in|by|for|with|via|through)"
_CAMPAIGN = re.compile(
    rf"(?<![\w'])(?:{_INTO}\s+(?:the\s+|our\s+|my\s+)?|(?:the|our|my)\s+)"
    rf"(?:(?P<one>(?:(?!{_INTO}\s)[^\s\0,;]+ ){{1,3}}?)campaign|"
    r"campaign\s+(?:called\s+|named\s+)?(?P<other>[^\s\0,;]+))(?!\w)"
)
_CALLED = re.compile(r"(?<![\w'])campaign\s+(?:called\s+|named\s+)?(?P<other>[^\s\0,;:]+)(?P<one>(?!))?")
_JOINED = re.compile(r"(?: (?:to|of|the|and|a)){1,2} (?P<word>[A-Z][^\s\0,;:!?()]*)")  # "Back to School"
_NEXT_WORD = re.compile(r" (?P<word>[^\s\0,;:!?()]+)")
_SPARE = ("from", "of", "in", "by", "for", "with", "via", "through", "the", "our", "my", "a", "to", "each", "every")
_PURPOSE = re.compile(r"(?<![\w'])(?P<mark>so that|in order to|so we|so i|for|to)\s+(?P<what>[^\0,;.]+)")
_REASON = re.compile(
    r"(?<![\w'])(?:because|since (?=we|our|it|they|the )|as (?=we |our |it |they ))\s*(?P<what>[^\0,;.]+)"
)
_ENDS = re.compile(r"\s(?:by|until|till|before)\s")
VERB_AND_NUMBER = re.compile(
    r"\s(?:and\s|i\s|we\s)*(?:"
    + "|".join((*words.VERBS[words.GAIN], *words.RISING, *words.FALLING, "reach"))
    + r")\s\D{0,12}\d"
)
_TOKEN = re.compile(r"[^\s\0,;:!?“”\"_-]+?(?='s?(?!\w)|[.)]?(?:[\s\0,;:!?“”\"_-]|$))")
_GAP = re.compile(r"[ _-]+")
_PREP = re.compile(r"(?<![\w'])(?P<prep>on|from|for|via|of|in|through|at|and|with)\s+(?:the\s+|our\s+|my\s+)?$")
_THROUGH = ("on", "from", "via", "through")
_NUMBER_NEXT = re.compile(
    r"\s+(?:about\s+|around\s+|at least\s+|at most\s+)?(?:a\s+|an\s+)?"
    rf"(?:[€$£+]?\s?\d|(?:half a|hundred|dozen|million|thousand|{'|'.join((*words.ONES, *words.TENS))})(?!\w))"
)
_COUNTED = (*words.ONES, *words.TENS, "hundred", "dozen")
_MANY = re.compile(rf"\d|(?<!\w)(?:{'|'.join(_COUNTED)})(?!\w)")
_LIMIT = re.compile("|".join(map(re.escape, sum(words.LIMITS.values(), ()))))
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
        call = rf"(?<![\w']){before}(?:{words.CLIENT})?{{}}(?!\w)(?:'s(?!\w))?"
        match = re.search(call.format(phrase(plain)), slate.left)
        match = match or re.search(call.format(phrase(bare(plain))), bare(slate.left))
        if match:
            found.append(slate.take(*match.span(), name))
    return found


def read_campaign(slate: Slate, names: Vocabulary) -> Part | None:
    """A campaign: one that is called so ("the spring campaign"), or a known one behind "from"."""
    for name in sorted(names.campaigns, key=len, reverse=True):
        call = rf"(?:from|of|in|for|via)\s+(?:the\s+|our\s+)?(?:campaign\s+)?{phrase(name.lower())}(?:\s+campaign)?"
        if match := re.search(rf"(?<![\w']){call}(?!\w)", slate.left):
            return slate.take(*match.span(), name)
    match = _CAMPAIGN.search(slate.left) or _CALLED.search(slate.left)
    if match is None:
        return None
    end = match.end() if match["one"] else _whole_name(slate, match, names)
    said = slate.text[match.start("one") : match.end("one")] if match["one"] else slate.text[match.start("other") : end]
    parts = said.split()
    while parts and parts[0].lower() in _SPARE:
        parts.pop(0)
    is_bare = match.re is _CALLED or match[0].startswith(("the ", "our ", "my "))
    if not parts or (not match["one"] and _is_spoken(parts[0], names, is_bare=is_bare)):
        return None
    return slate.take(match.start(), end, _known(" ".join(parts), names.campaigns))


def _is_spoken(word: str, names: Vocabulary, *, is_bare: bool) -> bool:
    """Whether the word behind "campaign" is none of its name: "our campaign needs 200 leads"."""
    is_capital = not word[0].islower()
    return (is_bare and not is_capital) or (
        not word.isdigit() and _ends_name(word.lower(), names, is_capital=is_capital)
    )


def _whole_name(slate: Slate, match: "re.Match[str]", names: Vocabulary) -> int:
    """Where a name ends: "Black Friday" before "by 30 Nov", "Summer Sale 2027" before "leads"."""
    end, is_name = match.end(), slate.text[match.start("other")].isupper()
    is_title = "Campaign" in slate.text[match.start() : match.start("other")]  # "In Title Case" tells nothing
    while next_one := _NEXT_WORD.match(slate.left, end):
        joined = _JOINED.match(_left_as_typed(slate), end) if is_name and not is_title else None
        if joined is not None and joined["word"].lower() not in names.platforms:
            end = joined.end()
            continue
        word = next_one["word"].strip(".'")
        is_capital = is_name and not is_title and slate.text[next_one.start("word")].isupper()
        if not re.fullmatch(r"20\d\d|&", word) and _ends_name(word, names, is_capital=is_capital):
            break
        end = next_one.end()
    return end


def _left_as_typed(slate: Slate) -> str:
    """What is left, with its capitals."""
    return "".join(STRUCK if left == STRUCK else typed for left, typed in zip(slate.left, slate.text, strict=True))


def _ends_name(word: str, names: Vocabulary, *, is_capital: bool) -> bool:
    """Whether a word says something by itself; a capital makes it part of the name."""
    if not word or word in words.EMPTY or word in _SPARE or word in words.LOADED or any(c.isdigit() for c in word):
        return True
    spoken = (*words.MORE, *words.FEWER, *words.AIMS, *words.VERBLIKE, "under", "below", "above", "over")
    counted = word in names.platforms or _key(word, names.metrics, plural=True) is not None
    return not is_capital and (counted or word in spoken)


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


def read_reason(slate: Slate) -> Part | None:
    """What stands behind "because", with its days and numbers: nothing in it is the goal."""
    match = _REASON.search(slate.left)
    if match is None:
        return None
    end = match.end()
    for cut in (_ENDS, VERB_AND_NUMBER):
        if (other := cut.search(slate.left, match.start("what"), end)) is not None:
            end = other.start()
    return slate.take(match.start(), end, slate.text[match.start("what") : end].strip())


def read_purpose(slate: Slate, names: Vocabulary) -> Part | None:
    """What it is for, up to a comma, its platform or the next thing that is understood."""
    at = 0
    while match := _PURPOSE.search(slate.left, at):
        at = match.start("what")  # "get to 20 to reduce costs": one mark may stand behind another
        mark, what = match["mark"], match["what"]
        for cut in (VERB_AND_NUMBER.search(f"{what} "), re.search(r"\s(?:by|until|before)\s*$", what)):
            what = what[: cut.start()] if cut else what
        end = match.start("what") + _placed(what, slate.left[: match.start()] + slate.left[match.end() :], names)
        what = what[: end - match.start("what")]
        if mark == "to" and not _is_aim(what, slate.left[: match.start()]):
            continue
        if not what.strip() or re.search(r"\d", what) or what.split()[0] in _COUNTED or _LIMIT.match(what):
            continue
        is_name = slate.text[match.start()] == "f" and slate.text[match.start("what")].isupper()  # "for Example"
        if mark == "for" and what.strip() in words.ASIDES and not is_name:
            continue
        said = slate.text[match.start("what") : end].strip(" :")
        if mark == "to" or mark == "in order to" or mark in ("so we", "so i"):
            said = _without_aim(said)
        return slate.take(match.start(), end, said)
    return None


def _placed(what: str, others: str, names: Vocabulary) -> int:
    """Where a purpose ends: before "on Instagram", if nothing else says where the goal is."""
    for begin, _, said in phrases(what, names.platforms):
        before = _PREP.search(what[:begin])
        is_place = names.platforms[said] not in names.everyday and before is not None and before["prep"] in _THROUGH
        if is_place and before is not None and before.start() and not any(phrases(others, names.platforms)):
            return before.start()
    return len(what)


def read_heading(slate: Slate) -> Part | None:
    """The name before a colon: "Globex: gain 20 followers"."""
    match = re.match(r"\s*(?P<name>[^\0,;:\d]{2,40}):\s", slate.left)
    said = slate.text[match.start("name") : match.end("name")] if match else ""
    if match is None or not said[0].isupper() or all(word in words.EMPTY for word in said.lower().split()):
        return None
    return slate.take(*match.span("name"), said)


def as_client(slate: Slate, purpose: Part, names: Vocabulary) -> Part | None:
    """The name that stands alone behind "for": "for Globex", "for our client Globex". It is nothing to reach."""
    called = re.match(rf"for\s+(?P<what>{words.CLIENT})(?P<name>.+)", purpose.said)
    if called is not None and ("client" in called["what"] or called["name"][0].isupper()):
        return purpose._replace(value=called["name"].strip())
    if not re.match(r"for\s", purpose.said, re.IGNORECASE) or purpose.value.lower() in names.objectives:
        return None
    rest = slate.text[: purpose.begin] + slate.text[purpose.end :]
    heads = [word for word in purpose.value.split() if word[0].isalpha() and word not in ("and", "of", "the")]
    is_name = 0 < len(heads) <= 4 and (
        all(word[0].isupper() for word in heads) or (heads[0][0].isupper() and "'s" in heads[0])
    )
    is_aim = any(word.lower() in (*words.AIMS, *words.MORE, *words.FEWER, "better", "growth") for word in heads)
    if not is_name or is_aim or any(phrases(purpose.value.lower(), names.metrics, plural=True)):
        return None
    return purpose if any(word[0].islower() for word in rest.split()) else None  # "In Title Case" tells nothing


def _is_aim(what: str, before: str) -> bool:
    """Whether "to …" says what for, not what: a number or another verb stands before it."""
    verb = next(iter(what.split()), "")
    if verb in (*words.RISING, *words.FALLING):  # "our aim in June is to cut unfollows" is the goal
        return bool(_MANY.search(before))
    return verb in words.AIMS and bool(re.search(r"\d|\w+\s+\0", before))


def _without_aim(said: str) -> str:
    first, _, rest = said.partition(" ")
    return rest if first.lower() in ("get", "have", "win", "bring", "find", "can", "will") and rest else said


def read_metrics(slate: Slate, names: Vocabulary, *, with_digits: bool = False) -> list[Part]:
    """What is counted, the longest phrase first; one that is said twice counts once. "Reach 500" is a verb."""
    found: dict[str, Part] = {}
    for begin, end, said in list(phrases(slate.left, names.metrics, plural=True)):
        is_verb = slate.left[begin:end] in words.VERBLIKE and _NUMBER_NEXT.match(slate.left, end)
        if is_verb and slate.left[begin:end] == "reach" and _is_owned(slate.left[:begin], names):
            is_verb = None
        is_verb_of = said == "reach" and _is_before(slate, end, found.values())
        if is_verb or is_verb_of or with_digits != any(c.isdigit() for c in said):
            continue
        metric = names.metrics[said]
        found.setdefault(metric, slate.take(begin, end, metric))
    return sorted(found.values(), key=lambda part: part.begin)


def _is_owned(before: str, names: Vocabulary) -> bool:
    """Whether "reach" is a noun: "our reach 20% up", "Instagram reach 20% up"; "on Instagram reach 500" is none."""
    words_before = before.replace("\0", " , ").split()
    if not words_before or words_before[-1] in ("our", "my", "the", "their", "daily"):
        return bool(words_before)
    there = words_before[-2] if len(words_before) > 1 else ""
    return words_before[-1] in names.platforms and there not in ("on", "at", "via", "from", "in", "for", "the", "our")


def _is_before(slate: Slate, end: int, metrics: Iterable[Part]) -> bool:
    """Whether what is counted follows: "reach cost per lead € 9" is a verb."""
    return any(end <= part.begin and not slate.text[end : part.begin].strip() for part in metrics)


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
