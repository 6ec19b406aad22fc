"""Exports whose text another program or a torn download damaged: each mutation says what it may cost."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mutations import Export, Mutant, Mutation, Part, Spot, Unfit

from smartkpi.model.profile import Role, Shape


def delimiter_changed(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    _text_only(part)
    mark = chance.choice([mark for mark in ",;\t|:" if mark != part.delimiter])
    rows = [row for row in part.rows if not (row and row[0].startswith("sep="))] if chance.random() < 0.5 else part.rows
    return Mutant(export.changed(part, replace(part.with_rows(list(rows)), delimiter=mark, quoted=())))


_DECIMAL = re.compile(r"(\D{0,4}[-+]?\d+)([.,])(\d+)(\D{0,4})")
_INTEGER = re.compile(r"[-+]?\d{4,9}")


def decimals_changed(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """All numbers written in the other language, with the delimiter that a spreadsheet takes for it, or without."""
    _text_only(part)
    if any(_INTEGER.fullmatch(str(cell)) is None and cell.count(",") + cell.count(".") > 1 for cell in _cells(part)):
        raise Unfit  # already with thousands
    mark = chance.choice([";", part.delimiter, "\t"])
    swap = {".": ",", ",": "."}

    def other(cell: str) -> str:
        found = _DECIMAL.fullmatch(cell.strip())
        return f"{found[1]}{swap[found[2]]}{found[3]}{found[4]}" if found else cell

    changed = _metrics_changed(part, other)
    return Mutant(export.changed(part, replace(changed, delimiter=mark)))


def thousands_added(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """Whole numbers in groups of three; who writes 1.234 writes 0,5."""
    _text_only(part)
    mark = chance.choice([",", ".", " ", "\u00a0", "'"])
    if mark in ",." and any(mark in cell for cell in _cells(part)):
        raise Unfit

    def grouped(cell: str) -> str:
        return f"{int(cell):,}".replace(",", mark) if _INTEGER.fullmatch(cell) else cell

    changed = _metrics_changed(part, grouped)
    return Mutant(export.changed(part, replace(changed, delimiter=chance.choice([part.delimiter, ";", "\t"]))))


def _cells(part: Part) -> Iterator[str]:
    for spot in part.spots:
        for at in spot.columns():
            yield from (part.rows[n][at] for n in spot.body if at < len(part.rows[n]))


def _metrics_changed(part: Part, change: Callable[[str], str]) -> Part:
    """The numbers of all tables; where none changes, the mutation means nothing."""
    rows = [list(row) for row in part.rows]
    for spot in part.spots:
        for at in spot.columns():
            for n in spot.body:
                if at < len(rows[n]):
                    rows[n][at] = change(rows[n][at])
    if rows == part.rows:
        raise Unfit
    return replace(part.with_rows(rows), quoted=())


_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})([/.-]\d{2,4}.*)")
_ISO_DAY = re.compile(r"(\d{4})(-?)(\d\d)(-?)(\d\d)(.*)")


def dates_turned(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """Day and month change places in the whole column; where no day is above 12 nobody could tell."""
    _text_only(part)
    roles = spot.columns(Role.DATE, Role.BEGIN, Role.END)
    if not roles:
        raise Unfit
    form = chance.choice(
        ["turned", "turned", "{d}/{m}/{y}", "{m}/{d}/{y}", "{d}.{m}.{y}", "{y}/{m}/{d}", "{d}-{m}-{y}"]
    )
    rows = [list(row) for row in part.rows]
    tells = False
    for n in spot.body:
        for at in roles:
            if at < len(rows[n]):
                rows[n][at], shown = _turned(rows[n][at], form)
                tells = tells or shown
    if rows == part.rows or not tells:
        raise Unfit
    return Mutant(export.changed(part, part.with_rows(rows)))


def _turned(cell: str, form: str) -> tuple[str, bool]:
    """A day written in another way, and whether it shows which number is the day."""
    if found := _DAY.fullmatch(cell.strip()):
        return f"{found[3]}{found[2]}{found[1]}{found[4]}", max(int(found[1]), int(found[3])) > 12
    if found := _ISO_DAY.fullmatch(cell.strip()):
        year, mark, month, _, day, rest = found.groups()
        shown = int(day) > 12
        if form == "turned":
            return f"{year}{mark}{day}{mark}{month}{rest}", shown
        return form.format(y=year, m=month, d=day) + rest, shown
    return cell, False


ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "latin-1",
    "mac-roman",
    "utf-32",
    "cp1251",
)


def encoding_changed(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    _text_only(part)
    try:
        return Mutant(export.changed(part, part.text().lstrip("\ufeff").encode(chance.choice(ENCODINGS))))
    except UnicodeEncodeError as error:
        raise Unfit from error


def line_ends_changed(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    _text_only(part)
    end = chance.choice(["\n", "\r\n", "\r", "\r\r\n", "mixed"])
    lines = re.split("\r\n|\n|\r", part.text())
    joined = end.join(lines) if end != "mixed" else "".join(line + chance.choice(["\n", "\r\n"]) for line in lines)
    return Mutant(export.changed(part, joined.encode(part.encoding)))


def _places(part: Part, spot: Spot, chance: random.Random) -> tuple[str, int]:
    """The text, and a place in it at or below the header."""
    _text_only(part)
    text = part.text()
    header = str(part.rows[spot.header][0]) or str(part.rows[spot.header][1])
    begin = max(text.find(header), 0) if chance.random() < 0.8 else 0
    return text, chance.randrange(begin, len(text))


def line_broken(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    text, at = _places(part, spot, chance)
    return Mutant(export.changed(part, (text[:at] + part.newline + text[at:]).encode(part.encoding)))


def lines_joined(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    text, at = _places(part, spot, chance)
    found = text.find(part.newline, at)
    if found < 0 or found + len(part.newline) >= len(text):
        raise Unfit
    joined = text[:found] + text[found + len(part.newline) :]
    return Mutant(export.changed(part, joined.encode(part.encoding)))


def sign_lost(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """A quote or a delimiter is lost, or one too many."""
    if spot.columns(Role.TELLS):
        raise Unfit  # a word that tells what is counted would be another word
    text, at = _places(part, spot, chance)
    sign = chance.choice(['"', part.delimiter])
    if chance.random() < 0.5:
        at = text.find(sign, at)
        if at < 0 or (sign == part.delimiter and text[:at].count('"') % 2):
            raise Unfit  # inside of a cell it is a sign of its text or number
        changed = text[:at] + text[at + 1 :]
    else:
        changed = text[:at] + sign + text[at:]
    return Mutant(export.changed(part, changed.encode(part.encoding)))


def nul_added(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    text, at = _places(part, spot, chance)
    return Mutant(export.changed(part, (text[:at] + "\0" + text[at:]).encode(part.encoding)))


def file_cut(export: Export, part: Part, spot: Spot, chance: random.Random) -> Mutant:
    """A download that stopped: what is below the cut is gone, and the line that was cut must not count."""
    text, at = _places(part, spot, chance)
    kept = text[:at]
    line = re.split("\r\n|\n|\r", kept)[-1]
    gone = text[at:].count(part.delimiter) + text[at:].count("\n") + 1
    if spot.shape in (Shape.COUNTED, Shape.FILTERS) or line.count(part.delimiter) >= spot.width - 1:
        raise Unfit  # in its last cell nobody could tell
    return Mutant(export.changed(part, kept.encode(part.encoding)), may_lack=gone)


def _text_only(part: Part) -> None:
    if not part.is_text:
        raise Unfit


TEXT: tuple[Mutation, ...] = (
    delimiter_changed,
    decimals_changed,
    thousands_added,
    dates_turned,
    encoding_changed,
    line_ends_changed,
    line_broken,
    lines_joined,
    sign_lost,
    nul_added,
    file_cut,
)
