"""Header, title and label texts are compared folded: what people cannot see does not matter."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u00ad\u200b\u200c\u200d\u200e\u200f\u2060"))
_CURRENCY = "{currency}"


def fold(text: str) -> str:
    """Case, outer and doubled spaces, BOM, soft hyphens, zero-width and no-break spaces taken away."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN).replace("\u2019", "'"))
    return " ".join(text.split()).casefold()


folded = lru_cache(maxsize=8192)(fold)  # for a profile's texts, which come again and again


def clean(text: str) -> str:
    """A text to be shown: without what people cannot see, in its own case."""
    return " ".join(text.translate(_UNSEEN).split())


def listed(names: Sequence[str], most: int = 6) -> str:
    """Header texts for a sentence: “Date”, “Likes” and 4 more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"“{clean(name)}”" for name in names[:most]) + more


def shortened(text: str, most: int = 60) -> str:
    """The first words of a text, with … where more follow."""
    if len(text) <= most:
        return text
    words = text[: most - 1].rpartition(" ")[0].rstrip(" ,;:(") if " " in text[: most - 1] else text[: most - 1]
    return f"{words} …"


def unguarded(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking '@name for a formula."""
    return text[1:] if text[:2] in ("'@", "'=", "'+", "'-") else text


@lru_cache(maxsize=4096)
def pattern(name: str) -> re.Pattern[str]:
    """A profile's text as a pattern for folded texts: `*` is any text, `{currency}` three letters."""
    parts = re.split(r"(\*|\{currency\})", name)
    return re.compile("".join(_part(p) for p in parts if p))


def _part(part: str) -> str:
    if part == _CURRENCY:
        return "(?P<currency>[a-z]{3})"
    return ".*" if part == "*" else re.escape(_fold_inside(part))


def _fold_inside(part: str) -> str:
    """Folded, but with one space kept at either end, where a wildcard may follow it."""
    lead = " " if part[:1].isspace() else ""
    trail = " " if part[-1:].isspace() else ""
    return f"{lead}{fold(part)}{trail}"


def fits(text: str, names: Iterable[str]) -> bool:
    """Whether the text is one of the names (both folded, `*` allowed in names)."""
    said = fold(text)
    return any(pattern(name.strip()).fullmatch(said) if is_wild(name) else folded(name) == said for name in names)


def is_wild(name: str) -> bool:
    """Whether a profile's text stands for more than itself."""
    return "*" in name or "{" in name
