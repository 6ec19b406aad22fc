"""Weeks, months, quarters and years of the calendar: those within a goal, the one that follows it, its name."""

from datetime import date

from smartkpi.model.goal import Goal
from smartkpi.model.period import MONTHS, last_of_month, months_later, to_date, week_start

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def periods_in(goal: Goal) -> list[tuple[int, int]]:
    """(first, last day) of the whole weeks (`goal.every`: months) of its period without a paused day.

    Where there is none, the goal's own days are one.
    """
    return [(first, last) for first, last in whole_periods(goal) if not goal.rests(first, last)] or [
        (goal.start, goal.deadline)
    ]


def whole_periods(goal: Goal) -> list[tuple[int, int]]:
    """(first, last day) of each week, or month, that begins and ends within the goal."""
    first = first_of(goal.every, goal.start)
    if first < goal.start:
        first = last_of(goal.every, first) + 1
    found = []
    while (last := last_of(goal.every, first)) <= goal.deadline:
        found.append((first, last))
        first = last + 1
    return found


def next_period(start: int, deadline: int, repeat: str) -> tuple[int, int]:
    """(first, last day) of what follows a goal that repeats each `repeat`.

    A goal that ends with a calendar month (quarter, …) is followed by the whole next one, from wherever it began;
    one of several whole months by as many;
    else the deadline moves on by one: 14 January, 14 February. One that took less than half of that time has the same
    days again: Advent, Advent a year later. Without a `repeat`, a goal of a calendar month
    (quarter, year) is followed by the next one, any other by a period of the same length.
    """
    first = deadline + 1
    repeat = repeat or whole(start, deadline)
    if not repeat and (months := _whole_months(start, deadline)):
        return first, months_later(first, months) - 1
    if not repeat:
        return first, deadline + (deadline - start + 1)
    if deadline == last_of(repeat, deadline):
        return first, last_of(repeat, first)
    if repeat == "week":
        return first, deadline + 7
    last, again = (months_later(day, MONTHS_OF[repeat]) for day in (deadline, start))
    return (first if 2 * (deadline - start + 1) > last - deadline else again), last


def whole(start: int, deadline: int) -> str:
    """ "month" where the days are a calendar month, "quarter" and "year" alike; else ''."""
    return next(
        (each for each in MONTHS_OF if deadline == last_of(each, deadline) and start == first_of(each, deadline)), ""
    )


def _whole_months(start: int, deadline: int) -> int:
    """How many calendar months the days are; 0 where they are no whole ones."""
    begin, end = to_date(start), to_date(deadline)
    if start != first_of("month", start) or deadline != last_of("month", deadline):
        return 0
    return 12 * (end.year - begin.year) + end.month - begin.month + 1


def is_counted(goal: Goal, day: int) -> bool:
    """Whether `day` lies in a week, or month, of which the goal counts the whole."""
    return any(first <= day <= last for first, last in periods_in(goal))


def last_of(repeat: str, day: int) -> int:
    """The last day of the calendar week, month, quarter or year that `day` is in."""
    if repeat == "week":
        return week_start(day) + 6
    found, months = to_date(day), MONTHS_OF[repeat]
    return last_of_month(found.year, -(-found.month // months) * months)


def first_of(repeat: str, day: int) -> int:
    """The first day of the calendar week, month, quarter or year that `day` is in."""
    if repeat == "week":
        return week_start(day)
    found, months = to_date(day), MONTHS_OF[repeat]
    return date(found.year, (found.month - 1) // months * months + 1, 1).toordinal()


def called(start: int, deadline: int) -> str:
    """ "2027", "Q1 2027", "Jan 2027", "week 14 of 2027", else "to 14 Jul 2027"."""
    begin, end = to_date(start), to_date(deadline)
    names = {
        "year": f"{end.year}",
        "quarter": f"Q{(end.month + 2) // 3} {end.year}",
        "month": f"{MONTHS[end.month - 1][:3].title()} {end.year}",
    }
    if unit := whole(start, deadline):
        return names[unit]
    if start == week_start(deadline) and deadline == start + 6:
        return f"week {begin.isocalendar().week} of {begin.isocalendar().year}"
    return f"to {end.day} {MONTHS[end.month - 1][:3].title()} {end.year}"
