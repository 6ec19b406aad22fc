"""What a stream can show: control signs are made visible, and signs that its encoding lacks become ASCII."""

ASCII = {
    "✓": "ok", "✗": "x", "…": "...", "★": "*", "■": "#", "‖": "=", "○": "o", "→": "->", "–": "-", "—": "-",
    "·": "-", "█": "#", "░": ".", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "≤": "<=", "≥": ">=", "−": "-",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#",
    "×": "x", "÷": "/", "›": ">", "“": '"', "”": '"', "’": "'", "␛": "?", "\u00a0": " ",
}  # fmt: skip
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """Text without power over the terminal: C0, C1, DEL and bidi controls show as ␛, tabs and newlines as spaces."""
    if text.isprintable() and not BIDI.intersection(text):
        return text
    return "".join(_harmless(char) for char in text)


def _harmless(char: str) -> str:
    if char in "\t\n\r\u2028\u2029":
        return " "
    return "␛" if ord(char) < 32 or 127 <= ord(char) < 160 or char in BIDI else char


def encodable(text: str, encoding: str) -> str:
    """`text` in the signs of `encoding`: known signs become ASCII words, other strange letters '?'."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(char if _fits(char, encoding) else ASCII.get(char, "?") for char in text)
    return text


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
