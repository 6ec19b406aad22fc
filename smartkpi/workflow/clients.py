"""The name behind "for": an account, the short form of one, another client, or what the goal is for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from smartkpi.model.sentence.nouns import Sentence, bare
from smartkpi.workflow.names import fold, quoted
from smartkpi.workflow.wish import Lack, Wish

NEAR = 0.8  # how alike a word and its typing error are
BUSINESSES = ("shop", "store", "café", "cafe", "restaurant", "bar", "bakery", "salon", "studio", "gym", "page", "hotel",
              "account", "channel", "brand", "company", "business", "agency", "website", "blog", "school")  # fmt: skip
_PURPOSE = re.compile(r"(?:the|our|my|their) \S.*?(?P<none>)|\S.*?'s (?:[\w-]+ ){0,2}(?P<thing>[a-zà-ÿ][\w-]+)")
_SOME_OF_IT = re.compile(  # a part of what is counted: "for our cat posts"; "for more posts" is a purpose
    r"(?!(?:more|better|great|good|new|fresh|other|extra)\b)(?:[^\s]+ ){0,4}?"
    r"(?:posts|reels|stories|videos|shorts|tweets|pins|articles|carousels|photos|clips|ads)|"
    r"(?:our|my|the|this|that|a|an|one)(?: [^\s]+){0,3} "
    r"(?:post|reel|story|video|tweet|pin|article|carousel|photo|clip|ad)"
)


def client_of(wish: Wish, flags: Wish, said: Sentence, in_use: Sequence[str]) -> tuple[Wish, list[Lack]]:
    """A name behind "for" that is no account: another client's numbers are never taken for it.

    `flags`: what was typed beside the sentence, `in_use`: the names of the accounts that have numbers.
    """
    part = said.client or said.purpose
    if part is None or flags.accounts or flags.objective or said.accounts:
        return wish, []
    known = {fold(name): name for name in in_use}
    if (slips := alike(fold(part.value), known)) != []:
        text = f"“{part.value}” is no account here: did you mean {known[slips[0]]}?"
        return replace(wish, objective="", accounts=(known[slips[0]],)), [Lack("S", "client", text)]
    name = quoted(part.value)
    if (longer := [whole for word, whole in known.items() if _begins(word, fold(part.value))]) != []:
        text = (
            f"“{part.value}” is no account here: did you mean {' or '.join(longer)}? If it is the purpose, --for {name}"
        )
        return replace(wish, objective="", accounts=(longer[0],)), [Lack("S", "client", text)]
    if said.client is not None:
        return _unknown(wish, part.value)
    if _SOME_OF_IT.fullmatch(part.value.lower()) is None:
        return wish, []
    text = f"“{part.value}”: a part of the numbers is not counted by itself. Leave it out, or say --campaign NAME"
    return wish, [Lack("S", "client", f"{text}; if it is the purpose, --for {name}")]


def _unknown(wish: Wish, said: str) -> tuple[Wish, list[Lack]]:
    """A name of nobody here: "Ben's birthday" is a purpose, "the CEO" perhaps, "Globex" an account to be made."""
    name, found = quoted(said), _PURPOSE.fullmatch(said)
    if found is None or found["thing"] in BUSINESSES:
        text = f"“{said}” is no account here: add --account {name} for a new one; if it is the purpose, --for {name}"
        return replace(wish, accounts=(said,)), [Lack("S", "client", text)]
    if found["thing"]:
        return replace(wish, objective=said[:1].upper() + said[1:]), []
    text = f"“{said}” is no account here: if it is the purpose, add --for {name}; for a new account, --account {name}"
    return replace(wish, objective=said), [Lack("S", "client", text)]


def _begins(known: str, said: str) -> bool:
    """Whether a name is the short form of a known one: "Bloom" of "Bloom Florist"."""
    whole, short = bare(known).split(), bare(said).split()
    return 0 < len(short) < len(whole) and whole[: len(short)] == short


def alike(text: str, known: Iterable[str]) -> list[str]:
    """The name that `text` is a typing error of, if any."""
    from difflib import get_close_matches

    return get_close_matches(text, list(known), 1, NEAR)
