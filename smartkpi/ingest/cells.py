"""Texts become numbers: how a column writes them is decided for the whole column, never for a cell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from smartkpi.model.profile import Numbers

MISSING = frozenset(("", "-", "--", "—", "–", "n/a", "na", "#n/a", "nan", "undefined", "null", "none"))
_SPACES = " \t\u00a0\u202f\u2007\u2009\ufeff"
_GROUP = "[ \u00a0\u202f\u2007\u2009]"
_GRAMMARS = {
    Numbers.DOT: re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?:[eE]-\d{1,3})?", re.ASCII),
    Numbers.COMMA: re.compile(
        rf"[+-]?(?:\d+|[1-9]\d{{0,2}}(?:\.\d{{3}})+|[1-9]\d{{0,2}}(?:{_GROUP}\d{{3}})+)(?:,\d+)?",
        re.ASCII,
    ),
}
_DROPPED = {Numbers.DOT: str.maketrans("", "", ","), Numbers.COMMA: str.maketrans(",", ".", "." + _SPACES)}
_CLOCK = re.compile(r"(-?)(\d+):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,15})?(?:\n\d{1,15}(?:\.\d{1,15})?)*", re.ASCII)
_WHOLE = re.compile(r"(?:0|-?[1-9]\d{0,14})(?:,(?:0|-?[1-9]\d{0,14}))*", re.ASCII)
_ZERO_LED = re.compile(rb",0[0-9]")
_ANY_DIGIT = bytes.maketrans(b"0123456789", b"1111111111")
_TOO_LONG = b"1" * 16
# What a sign means wherever it stands; a mere $ is the sign of twenty currencies, and says nothing.
_CURRENCIES = {
    "€": "EUR", "£": "GBP", "₹": "INR", "us$": "USD", "$us": "USD", "r$": "BRL", "ca$": "CAD", "$ca": "CAD",
    "a$": "AUD", "mx$": "MXN", "zł": "PLN", "$": "",
}  # fmt: skip
_CODE = re.compile(r"[a-z]{3}", re.ASCII)
_AMOUNT = re.compile(rf"([+-]?)\s*([^\d\s.,+-]*)\s*([+-]?\d(?:[\d.,]|{_GROUP}(?=\d))*)\s*([^\d\s.,+-]*)")
_LIMIT = 2.0**63
_EXPECTED = {
    Numbers.DOT: "a number such as 1234.5 or 1,234.5",
    Numbers.COMMA: "a number such as 1234,5 or 1.234,5",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """How one column's texts are read. `shift` moves the decimal point (shares of 1 that are kept in points), `per` of
    what the cells count make one of the metric's unit.
    """

    style: Numbers = Numbers.DOT
    missing: frozenset[str] = MISSING
    percent: bool = False
    shift: int = 0
    clock: bool = False
    per: float = 1
    money: bool = False

    @property
    def expected(self) -> str:
        return "a number with %" if self.percent else _EXPECTED[self.style]

    @property
    def takes_plain(self) -> bool:
        """Whether a plain whole number is what it says."""
        return not self.percent and self.per == 1 and not any(token.strip("-").isdecimal() for token in self.missing)

    def column(self, cells: Sequence[str]) -> tuple[list[float | None], list[int]]:
        """The numbers of a column's cells, None where they are missing, and which cells cannot be read."""
        if self.style is Numbers.DOT and self.takes_plain:
            joined = "\n".join(cells)
            if _PLAIN.fullmatch(joined) and joined.count("\n") == len(cells) - 1:
                return list(map(float, cells)), []
        values: list[float | None] = []
        bad: list[int] = []
        for n, cell in enumerate(cells):
            try:
                values.append(self.cell(cell))
            except ValueError:
                values.append(None)
                bad.append(n)
        return values, bad

    def cell(self, text: str) -> float | None:
        """One number, or None when it is missing; raises ValueError when it cannot be read."""
        bare = text.strip(_SPACES)
        if bare.casefold() in self.missing:
            return None
        bare = bare.replace("\u2212", "-")
        if self.money:
            bare = amount(bare)[0]
        if self.clock and (found := _CLOCK.fullmatch(bare)):
            return _seconds(*found.groups())
        if self.percent and not self.shift:
            bare = _without_percent(bare)
        if not _GRAMMARS[self.style].fullmatch(bare):
            raise ValueError(text)
        plain = bare.translate(_DROPPED[self.style])
        value = float(Decimal(plain).scaleb(self.shift)) if self.shift else float(plain)
        if abs(value) >= _LIMIT:
            raise ValueError(text)
        return value / self.per + 0.0


def amount(text: str) -> tuple[str, str]:
    """An amount without its sign, and the currency that the sign says; any other text stays what it is."""
    found = _AMOUNT.fullmatch(text.strip(_SPACES).replace("\u2212", "-"))
    if not found:
        return text, ""
    minus, before, number, after = found.groups()
    sign = (before or after).casefold()
    if (before and after) or (sign and sign not in _CURRENCIES and not _CODE.fullmatch(sign)):
        return text, ""
    return minus + number, _CURRENCIES.get(sign, sign.upper())


def _without_percent(bare: str) -> str:
    if bare.endswith("%"):
        return bare[:-1].rstrip(_SPACES)
    if bare.strip("0.,") == "" and bare:
        return "0"
    raise ValueError(bare)


def _seconds(sign: str, first: str, second: str, third: str | None) -> float:
    """1:02:03 is hours, minutes, seconds; 4:34 minutes and seconds."""
    parts = (first, second, third) if third is not None else ("0", first, second)
    total = int(parts[0]) * 3600 + int(parts[1]) * 60 + int(parts[2])
    return float(-total if sign else total)


def whole_numbers(columns: Iterable[Sequence[str]], count: int) -> str | None:
    """All cells of some columns as one JSON text, when each is a plain whole number; None when one is not.

    This is the fast way of the whole import: no Python for single cells.
    """
    text = ",".join(chain.from_iterable(columns))
    digits = text.encode()
    if digits.translate(None, b"0123456789") != b"," * (count - 1):
        return text if text.count(",") == count - 1 and _WHOLE.fullmatch(text) else None
    edged = b"," + digits + b","
    if b",," in edged or _ZERO_LED.search(edged) or _TOO_LONG in digits.translate(_ANY_DIGIT):
        return None
    return text


def style_of(cells: Iterable[str]) -> set[Numbers]:
    """What some cells of a FILE column show beyond doubt: nothing, one style, or both (a contradiction)."""
    return {style for cell in cells for style in _evidence(cell.strip(_SPACES + "%"))}


def _evidence(cell: str) -> tuple[Numbers, ...]:
    fits = tuple(style for style, grammar in _GRAMMARS.items() if grammar.fullmatch(cell))
    return fits if len(fits) == 1 else ()


def is_ambiguous(cell: str) -> bool:
    """Whether a cell means different numbers in the two styles: 1.164, 1,164."""
    bare = cell.strip(_SPACES + "%")
    if not all(grammar.fullmatch(bare) for grammar in _GRAMMARS.values()):
        return False
    return float(bare.translate(_DROPPED[Numbers.DOT])) != float(bare.translate(_DROPPED[Numbers.COMMA]))


def is_damaged_id(text: str) -> bool:
    """6.49E+17: a spreadsheet took the id for a number, and its last digits are gone."""
    return bool(re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", text.strip()))
