"""What a sentence says beside its goal ("although we cut the budget"), and what its number is said by ("per post")."""

import re
from typing import NamedTuple

from smartkpi.model.sentence import words
from smartkpi.model.sentence.days import found_days
from smartkpi.model.sentence.names import VERB_AND_NUMBER, phrases
from smartkpi.model.sentence.nouns import Part, Slate, Unclear, Vocabulary

_TURNS = (*words.RISING, *words.FALLING, *words.VERBS[words.KEEP], *words.VERBS[words.GAIN], "save", "avoid", "stop")
_TURN = "|".join(sorted(map(re.escape, _TURNS), key=len, reverse=True))
_GROUND = re.compile(r"(?<![\w'])(?:although|even though|though|even if|despite|in spite of|regardless of)(?!\w)")
_BESIDE = re.compile(
    rf"(?<![\w'])(?:(?:with|while|whilst)(?!\w)|and (?:to |also |then |thereby |so )?(?=(?:{_TURN})(?!\w))|"
    r"by (?!spring|evening|morning)(?=[a-z]{3,}ing(?!\w)))"
)
_CLAUSE = re.compile(r"[^\0,;.:!?()]*")
_NUMBER = re.compile(rf"\d|(?<!\w)(?:{'|'.join((*words.ONES, *words.TENS, 'hundred', 'dozen', 'thousand'))})(?!\w)")
_ENDS = re.compile(r"\s(?:by(?!\s+\w+ing\b)|until|till|before|because|so that|in order to)\s|\sto\s(?=\w)")
_FOR = re.compile(r"\sfor\s")
_PLACE = re.compile(r"\s(?:on|from|for|via|of|in|through|at)\s+(?:the\s+|our\s+|my\s+)?$")
_LOADED = re.compile(rf"(?<![\w'])(?:{'|'.join((*words.LOADED, *words.NEGATED))})(?!\w)")
_STOP = "by|until|till|before|on|in|from|for|to|with|and|at|of|via|as|we|i|a|an|the|is|are"
_NOUN = rf"[a-z][\w'-]*(?:\s+(?!(?:{_STOP})\b)[a-z][\w'-]*){{0,2}}"
_EACH = re.compile(
    r"(?<![\w'])(?:(?:for|on|in|with|from|by|at|of)\s+)?(?:(?:every|each)\s+(?:single\s+)?"
    rf"(?:(?:one\s+)?of\s+(?:our|my|the|these|those|your)\s+)?|per\s+|an?\s+(?=(?:working|business)\s+day|weekday|person|head|piece|pop|hour))(?!(?:{'|'.join(words.ONES)}|of|and|cent)\b)(?P<noun>{_NOUN})"
)


class Asides(NamedTuple):
    """What was said beside the goal: parts that say nothing of it, and those that must be asked about."""

    unread: tuple[Part, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def read_asides(slate: Slate, names: Vocabulary) -> Asides:
    """Takes out clauses beside the goal, so that no verb, rate or metric in them is taken for the goal's."""
    unread, unclear = [], []
    for pattern in (_GROUND, _BESIDE):
        for match in list(pattern.finditer(slate.left)):
            end = _end(slate.left, match, names)
            what = slate.left[match.end() : end]
            may_count = pattern is _GROUND or match[0].startswith("w")  # "with 50% less budget"
            if not what.strip() or "\0" in slate.left[match.start() : end]:
                continue
            if _NUMBER.search(what) and not may_count:
                continue
            if pattern is _BESIDE and not _is_beside(slate.left, match.start(), what, names):
                continue
            is_second = pattern is _BESIDE and (_turns(what, names) or _NUMBER.search(what) is not None)
            part = slate.take(match.start(), end)
            if is_second:
                why = f"“{part.said}” is a second condition, and a goal has one: make it a goal of its own"
                unclear.append(Unclear("S", "second", why))
            else:
                unread.append(part._replace(value=part.said))
    return Asides(tuple(unread), tuple(unclear))


def _end(text: str, match: "re.Match[str]", names: Vocabulary) -> int:
    """Where a clause ends: at a comma, a purpose, the place, the day, or the goal itself."""
    clause = _CLAUSE.match(text, match.end())
    end = clause.end() if clause else match.end()
    for cut in (_ENDS, VERB_AND_NUMBER, *((_FOR,) if match.re is _BESIDE else ())):
        if (found := cut.search(text, match.end(), end)) is not None:
            end = found.start()
    ends = []
    inside = [day.begin for day in found_days(text) if match.end() <= day.begin < end]
    for begin, _, said in phrases(text[match.end() : end], names.platforms):
        place = _PLACE.search(text, match.end(), match.end() + begin)
        if names.platforms[said] not in names.everyday or place is not None:
            ends.append(place.start() if place is not None else match.end() + begin)
    return min([end, *ends, *inside])


def _is_beside(text: str, begin: int, what: str, names: Vocabulary) -> bool:
    """Whether number and metric stand outside: "with 20 followers" is the goal, "with our campaign" its place."""
    if _LOADED.search(what) or "campaign" in what or any(name.lower() in what for name in names.campaigns):
        return False
    rest = f"{text[:begin]} {text[begin + len(what) :]}"
    return _NUMBER.search(text, 0, begin) is not None and any(phrases(rest, names.metrics, plural=True))


def _turns(what: str, names: Vocabulary) -> bool:
    """Whether a clause is a goal or a limit of its own: it counts something, or turns something."""
    verb = re.match(rf"\s*(?:{_TURN})(?!\w)", what)
    return verb is not None or any(phrases(what, names.metrics, plural=True))


def read_each(slate: Slate, names: Vocabulary) -> Unclear | None:
    """ "For every post", "per post", where that is no part of what is counted ("cost per lead")."""
    counted = [(begin, end) for begin, end, _ in phrases(slate.left, names.metrics, plural=True)]
    for match in _EACH.finditer(slate.left):
        if any(begin < match.start("noun") < end and begin < match.start() for begin, end in counted):
            continue
        said = slate.take(*match.span()).said
        noun = said.split()[-1]
        why = f"“{said}”: a goal counts in all, by the week or by the month, and not by the {noun}. How many in all?"
        return Unclear("S", "per", why)
    return None
