"""A set of days as one integer: one bit a day, from its first day on."""

from collections.abc import Iterator
from typing import NamedTuple

LAST = 3_652_059  # 31 Dec 9999, as an ordinal


class Run(NamedTuple):
    """Consecutive days, both ends included."""

    first: int
    last: int


class Days:
    """Day `first + i` belongs to the set where bit i of `bits` is set; the empty set has no bits. Never changed."""

    __slots__ = ("bits", "first")  # by hand: `status` would wait a millisecond for a dataclass

    def __init__(self, first: int = 0, bits: int = 0) -> None:
        self.first, self.bits = first, bits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Days) and (self.first, self.bits) == (other.first, other.bits)

    def __hash__(self) -> int:
        return hash((self.first, self.bits))

    def __repr__(self) -> str:
        return f"Days({self.first}, {self.bits:#b})"

    @property
    def last(self) -> int:
        return self.first + self.bits.bit_length() - 1

    def __bool__(self) -> bool:
        return self.bits != 0

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __or__(self, other: "Days") -> "Days":
        if not self.bits or not other.bits:
            return self if self.bits else other
        low = min(self.first, other.first)
        return Days(low, self.seen_from(low) | other.seen_from(low))

    def __and__(self, other: "Days") -> "Days":
        return Days(self.first, self.bits & other.seen_from(self.first))

    def __sub__(self, other: "Days") -> "Days":
        return Days(self.first, self.bits & ~other.seen_from(self.first))

    def seen_from(self, day: int) -> int:
        """The bits as seen from `day` on; what lies before it is cut off."""
        shift = self.first - day
        return self.bits << shift if shift >= 0 else self.bits >> -shift

    def until(self, day: int) -> "Days":
        """The days of the set up to `day`, that day included."""
        width = day - self.first + 1
        return Days(self.first, self.bits & ((1 << width) - 1)) if width > 0 else Days()

    def runs(self) -> Iterator[Run]:
        """The set as runs of consecutive days, earliest first."""
        day, bits = self.first, self.bits
        while bits:
            gap = (bits & -bits).bit_length() - 1
            bits >>= gap
            length = (~bits & (bits + 1)).bit_length() - 1
            yield Run(day + gap, day + gap + length - 1)
            bits >>= length
            day += gap + length

    def __iter__(self) -> Iterator[int]:
        for run in self.runs():
            yield from range(run.first, run.last + 1)


def every(first: int, count: int) -> Days:
    """All of `count` days from `first` on."""
    return Days(first, (1 << count) - 1)


def of(days: Iterator[int] | list[int] | range) -> Days:
    """The set of the days given, in any order."""
    listed = sorted(days)
    if not listed:
        return Days()
    bits = 0
    for day in listed:
        bits |= 1 << (day - listed[0])
    return Days(listed[0], bits)


def packed(days: Days) -> tuple[int, int, bytes | None]:
    """A non-empty set as stored: first day, last day, and NULL when every day between belongs to it, else its bits."""
    gap = (days.bits & -days.bits).bit_length() - 1
    bits = days.bits >> gap
    count = bits.bit_length()
    whole = bits == (1 << count) - 1
    first = days.first + gap
    return first, first + count - 1, None if whole else bits.to_bytes((count + 7) // 8, "little")


def unpacked(first: int, last: int, bits: bytes | None) -> Days:
    """The set that `packed` stored."""
    return every(first, last - first + 1) if bits is None else Days(first, int.from_bytes(bits, "little"))
