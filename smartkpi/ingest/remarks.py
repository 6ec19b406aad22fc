"""What a receipt says of records that were counted: which rows did not count and why, which days are not stated."""

from collections.abc import Iterable, Iterator, Sequence

from smartkpi.ingest.counters import Counter, Gate
from smartkpi.ingest.plans import shown
from smartkpi.ingest.words import clean
from smartkpi.model.extraction import Block
from smartkpi.model.period import iso

_MOST = 8  # words or days that are listed


def remarks(counters: Sequence[Counter], repeats: dict[str, int], blocks: Sequence[Block]) -> tuple[str, ...]:
    """The rules, then what did not come in; `repeats` are further rows of a record by the header of its id."""
    rules = [f"{c.plan.name}: {c.plan.count.rule}" for c in counters if c.plan.count.rule]
    again = [f"{_rows(n)} with a “{header}” that came before: counted once" for header, n in repeats.items() if n]
    return (*rules, *again, *_grouped(counters), *_zeros(blocks))


def _grouped(counters: Sequence[Counter]) -> list[str]:
    """What is said of each count; what is true of several is said once."""
    said: dict[str, list[str]] = {}
    for counter in counters:
        for sentence in _notes(counter):
            said.setdefault(sentence, []).append(counter.plan.name)
    return [f"{', '.join(names)}: {sentence}" for sentence, names in said.items()]


def _notes(counter: Counter) -> Iterator[str]:
    """Which rows did not count, and which days are not stated."""
    by = clean(counter.header[counter.plan.by])
    for gate in counter.gates:
        yield from _words(gate)
    if counter.undated:
        yield f"{_rows(counter.undated)} without “{by}” not counted"
    if counter.later:
        yield f"{_rows(counter.later)} whose “{by}” lies after the export not counted"
    if counter.blank and counter.plan.sum is not None:
        yield f"“{clean(counter.header[counter.plan.sum])}” is empty in {_rows(counter.blank)}: nothing added"
    if counter.strange:
        yield f"not stated: no “{counter.strange}” is one that is known to count"
    elif counter.lost:
        yield f"not stated: {counter.lost}, so that any day could lack a row"
    elif counter.spoiled:
        days = ", ".join(_first(iso(day) for day in sorted(counter.spoiled)))
        yield f"not stated on {days}: a row of that day cannot be read"


def _words(gate: Gate) -> Iterator[str]:
    """What a condition let through and what not, in the words of the file."""
    header, yes, no = gate.check.header, gate.words(True), gate.words(False)
    if not gate.is_listed:
        if no:
            yield f"{_rows(sum(no.values()))} {'without' if '' in no else 'with'} “{header}” not counted"
        return
    if yes:
        yield f"“{header}” that counts: {_said(yes)}"
    if no:
        yield f"“{header}” that does not count: {_said(no)}"


def _said(words: dict[str, int]) -> str:
    return ", ".join(_first(f"“{shown(word)}” {n}" if word else f"(empty) {n}" for word, n in words.items()))


def _first(texts: Iterable[str]) -> Iterator[str]:
    """The first of some texts, and how many more there are."""
    every = list(texts)
    yield from every[:_MOST]
    if len(every) > _MOST:
        yield f"{len(every) - _MOST} more"


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _zeros(blocks: Sequence[Block]) -> list[str]:
    count = sum(mask.bit_count() for block in blocks for mask in block.omitted)
    return [f"days on which nothing is listed count as 0: {count}"] if count else []
