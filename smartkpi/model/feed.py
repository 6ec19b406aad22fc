"""What feeds a goal: one export, or numbers kept by hand; how fresh, how often, and where to click."""

from typing import NamedTuple


class Feed(NamedTuple):
    """One export that a goal reads, or one that could feed it (`last_day` None: it never came).

    `every` is how many days lie between two of them: as they came so far, or as somebody said (`said`).
    """

    title: str  # "Meta Business Suite · daily cards"; '' where a person records the number
    platform: str
    account: str  # '' where it never came
    metrics: tuple[str, ...]  # ids
    last_day: int | None
    every: int
    said: bool = False
    how: tuple[str, ...] = ()  # the menu path, step by step
    is_part: bool = False  # of what a ratio is made of it states one side only

    @property
    def by_hand(self) -> bool:
        return not self.title

    @property
    def due(self) -> int | None:
        """The day from which the next one is expected."""
        return None if self.last_day is None else self.last_day + self.every
