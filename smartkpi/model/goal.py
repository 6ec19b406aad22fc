"""Goals and objectives: the SMART fields and the checks that need no data."""

from enum import StrEnum
from typing import NamedTuple

from smartkpi.model.metric import Direction


class Form(StrEnum):
    """What a goal's number means (DESIGN.md §4)."""

    TOTAL = "total"  # a flow summed over the goal's period
    GROWTH = "growth"  # a level, or the flows that change it, on the deadline
    RATE = "rate"  # a ratio over the last `window` days
    KEEP = "keep"  # a ratio or level, the whole period so far, on the good side of the target
    EACH = "each"  # a flow, every week or month
    TYPICAL_DAY = "typical day"  # the mean of the last `window` daily counts of people

    @property
    def is_sum(self) -> bool:
        """Whether it counts from 0 what comes on its own days."""
        return self in (Form.TOTAL, Form.EACH)

    @property
    def has_pace(self) -> bool:
        """Whether more of it comes week by week, until the target is there."""
        return self in (Form.TOTAL, Form.GROWTH)

    @property
    def adds_up(self) -> bool:
        """Whether its weeks add up; of the others each week is a mean of its own."""
        return self.has_pace or self is Form.EACH

    @property
    def has_window(self) -> bool:
        """Whether the last `window` days alone count."""
        return self in (Form.RATE, Form.TYPICAL_DAY)

    @property
    def has_baseline(self) -> bool:
        """Whether it goes from where one stands to a target."""
        return self is Form.GROWTH or self.has_window

    @property
    def has_way(self) -> bool:
        """Whether a plan leads to its target, day by day."""
        return self.has_pace or self.has_window


class GoalState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    REMOVED = "removed"


class Objective(NamedTuple):
    """A business goal that other goals serve; `metric` is what it is measured by, '' where nobody said."""

    name: str
    uid: str = ""
    metric: str = ""


class Pause(NamedTuple):
    """Days, both included, on which the plan of a goal rests."""

    first: int
    last: int
    why: str = ""
    known: int = 0  # the day since when: what the plan was before, it stays; 0 = from the start


class Goal(NamedTuple):
    """One SMART target.

    Days are ordinals; `deadline` is the last day that counts. `baseline` is the value that the way is measured
    from (None: a gain from a level that nobody stated, or can know yet, measured from 0 at the start); `baseline_day`
    the day it was true. `accounts` are uids; () = the only account that has the numbers. `report` is '' while one
    export alone can serve.
    """

    slug: str
    title: str
    metric: str
    form: Form
    target: float
    start: int
    deadline: int
    direction: Direction = Direction.UP
    baseline: float | None = None
    baseline_day: int | None = None
    platform: str = ""
    accounts: tuple[str, ...] = ()
    campaign: str = ""
    report: str = ""
    unit: str = ""  # the currency of a money goal, where it is known
    window: int = 28
    share: float = 0.8  # each: the share of weeks, or months, that must meet the target
    every: str = "week"  # each: how long one of them is, "week" or "month"; of the calendar
    objective: str = ""
    owner: str = ""
    why: str = ""
    state: GoalState = GoalState.ACTIVE
    closed_on: int | None = None
    closed_because: str = ""
    created: int = 0
    uid: str = ""
    milestones: tuple[tuple[int, float], ...] = ()  # what the plan is to have reached on the evening of a day
    pauses: tuple[Pause, ...] = ()
    repeat: str = ""  # week, month, quarter or year: how the next one follows; '' = it does not
    data_every: int = 0  # days between its exports, where somebody said so; 0 = as they came so far
    learned: str = ""  # what was written down when it was closed

    @property
    def days(self) -> int:
        """How many days the goal runs, first and last included."""
        return self.deadline - self.start + 1

    def pause_on(self, day: int) -> Pause | None:
        """The pause that `day` is in."""
        return next((pause for pause in self.pauses if pause.first <= day <= pause.last), None)

    def rests(self, first: int, last: int) -> int:
        """On how many days from `first` to `last` it is paused."""
        return sum(self.pause_on(day) is not None for day in range(first, last + 1)) if self.pauses else 0

    def since(self, day: int) -> int:
        """The day after which counts what is still to come on `day`: for a level that is to be reached all of it, for
        a sum or a gain only what comes on its own days."""
        return day if self.form is Form.GROWTH and self.baseline is not None else max(day, self.start - 1)

    def days_left(self, day: int) -> int:
        """The days after `day` that count for it, without those on which it is paused."""
        after = self.since(day)
        return self.deadline - after - self.rests(after + 1, self.deadline)

    def after(self, day: int, days: int) -> int:
        """The day that comes so many days after `day`, without those on which it is paused."""
        end = day + days
        while short := days - (end - day - self.rests(day + 1, end)):
            end += short
        return end

    @property
    def is_limit(self) -> bool:
        """Whether its target is a sum that may not be passed, such as a budget: its plan is what may be used up."""
        return self.form is Form.TOTAL and self.direction is Direction.DOWN

    @property
    def has_ceiling(self) -> bool:
        """Whether its target is not to be exceeded, whatever its form; a level only falls to one."""
        return self.form is not Form.GROWTH and self.direction is Direction.DOWN

    @property
    def gain(self) -> float:
        """The way from where it begins to the target, with its sign; sums begin at 0 whatever came before."""
        return self.target - (0.0 if self.form.is_sum else self.baseline or 0.0)


class GoalEdit(NamedTuple):
    """One field of a goal that was changed later: a moved goalpost stays visible."""

    on: int
    field: str
    was: str
    now: str
