""" "20% more leads": what the days before brought, and the number that this makes; for a refusal to offer."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from smartkpi.errors import WrongUseError
from smartkpi.measure.assess import read
from smartkpi.measure.earlier import brought, changed, first_day, sayable
from smartkpi.measure.sources import Inputs
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso, parse_day, week_start
from smartkpi.model.repeating import called, first_of, last_of, whole
from smartkpi.model.sentence.nouns import AGO, BEFORE, YEAR_AGO, Sentence
from smartkpi.report import words
from smartkpi.workflow.amounts import PERIODS
from smartkpi.workflow.amounts import falls as asks_for_less
from smartkpi.workflow.judging import stored_for
from smartkpi.workflow.names import parse_number
from smartkpi.workflow.wish import Wish

TYPICAL = 28  # days of which a typical day is the mean
OLDEST = 28  # days since the newest number, after which "the days before" are none
BEYOND = {True: "1", False: "1000000000000"}  # a typical day that asks for something, whatever the last ones had


class Days(NamedTuple):
    """What it is compared with: days, both included, and the goal that has as many."""

    first: int
    last: int
    said: str
    wish: Wish


class WorkedOut(NamedTuple):
    """A sentence with the sum that it rests on; `wish` has the number, None where nobody can tell."""

    said: str
    wish: Wish | None = None


def with_any_number(wish: Wish) -> Wish:
    """A wish that passes wherever one stands: only what it reads is looked for."""
    return replace(wish, target=BEYOND[wish.at_most]) if wish.typical_day else wish


def worked_out(
    conn: sqlite3.Connection | None,
    wish: Wish,
    goal: Goal,
    said: Sentence,
    metrics: Mapping[str, Metric],
    as_of: int,
) -> WorkedOut | None:
    """What the days before brought, and what `said` makes of it; None where no sum is asked for.

    `goal` is tied to its accounts: what `wish` makes with any number.
    """
    from smartkpi.model.sentence.compared import names_another  # its patterns take time

    metric = metrics[goal.metric]
    if said.than is None and names_another(said.text):
        return None
    if conn is None or said.amount is None or metric.kind not in (Kind.FLOW, Kind.UNIQUE, Kind.ROLLING):
        return None
    far = goal.start - 2 * AGO - goal.days
    stored = stored_for(conn, [goal._replace(start=min(goal.start, as_of))], metrics, as_of, since=far)
    found, _ = read(goal, metric, metrics, stored, as_of)
    if not isinstance(found, Inputs):
        return None
    through, begun = found.full_through, first_day(found)
    if through is None or begun is None:
        return WorkedOut("no export that is in says it day by day") if goal.accounts else None
    days = _days(goal, wish, said, through, as_of)
    if isinstance(days, str):
        return WorkedOut(days)
    total = brought(found, days.first, days.last)
    if total is None:
        return WorkedOut(_unknown(days, begun, through))
    return _told(days, total, said, goal, metric)


def _days(goal: Goal, wish: Wish, said: Sentence, through: int, as_of: int) -> Days | str:
    """The days to compare with, else why there are none."""
    than = said.than.value if said.than is not None else BEFORE
    if than == YEAR_AGO:
        first, last = goal.start - AGO, goal.deadline - AGO
        return Days(first, last, f"the same weekdays a year before, {words.span(first, last)},", wish)
    if than != BEFORE:
        first, last = (parse_day(day, as_of) for day in than.split("/"))
        return _of_span(goal, wish, said, first, last, as_of)
    last = min(goal.start - 1, through)
    if as_of - last > OLDEST and goal.start > last + 1:
        return f"the newest numbers are of {words.day(last, year=True)}"
    if goal.form is Form.EACH:
        return _of_each(wish, last)
    count = TYPICAL if goal.form is Form.TYPICAL_DAY else goal.days
    return Days(last - count + 1, last, f"the {words.counted(count, 'day')} to {words.day(last)}", wish)


def _of_each(wish: Wish, last: int) -> Days:
    """The last whole month, or week."""
    first = first_of(wish.every, last)
    if last != last_of(wish.every, last):
        first, last = first_of(wish.every, first - 1), first - 1
    return Days(first, last, called(first, last), wish)


def _of_span(goal: Goal, wish: Wish, said: Sentence, first: int, last: int, as_of: int) -> Days | str:
    """A month, a week, a quarter or a year that was named: held against one of the same kind, or against each."""
    unit = "week" if first == week_start(last) and last - first == 6 else whole(first, last)
    name = called(first, last)
    if goal.form is Form.TYPICAL_DAY or (goal.form is Form.EACH and wish.every != unit):
        return f"{name} is no day to compare a typical one with"
    if goal.form is Form.EACH or _is_one(goal, unit):
        return Days(first, last, name, wish)
    end = last_of(unit or "year", as_of)
    if unit and (said.deadline is None or parse_day(said.deadline.value, as_of) <= end):
        begin, end = (first_of(unit, as_of), end) if end > as_of else (end + 1, last_of(unit, end + 1))
        return Days(first, last, name, replace(wish, start=iso(begin), deadline=iso(end)))
    if unit in PERIODS:
        return Days(first, last, name, replace(wish, every=unit, start=""))
    return f"{name} is one {unit}, and this goal runs {words.counted(goal.days, 'day')}"


def _is_one(goal: Goal, unit: str) -> bool:
    return bool(unit) and (goal.start, goal.deadline) == (first_of(unit, goal.start), last_of(unit, goal.start))


def _unknown(days: Days, begun: int, through: int) -> str:
    """Why the sum is not known: it begins before the data do, ends behind them, or has holes."""
    known = words.span(begun, through)
    if days.first < begun or days.last > through:
        count = words.counted(days.last - days.first + 1, "day")
        return f"that takes {count}, {words.span(days.first, days.last)}; known are {known}"
    return f"not every day of {words.span(days.first, days.last)} is known"


def _told(days: Days, total: float, said: Sentence, goal: Goal, metric: Metric) -> WorkedOut | None:
    """ "The 130 days to 21 Nov brought 84: 20 % more is 101"."""
    assert said.amount is not None, "asked of a number only"
    try:
        by, unit = parse_number(said.amount.value, "it")
    except WrongUseError:
        return None
    is_share, falls = unit == "%", asks_for_less(said, metric)
    typical = goal.form is Form.TYPICAL_DAY
    base = total / (days.last - days.first + 1) if typical else total
    shown = words.amount(base, metric, goal.unit)
    brought_it = f"of {days.said} a typical one had {shown}" if typical else f"{days.said} brought {shown}"
    number = sayable(changed(base, by, is_share=is_share, falls=falls), falls=falls, is_money=metric.unit == "money")
    if base <= 0 or number <= 0:
        return WorkedOut(brought_it)
    text = _typed(number, metric, goal.unit)
    return WorkedOut(f"{brought_it}: {_asked(said, falls=falls)} is {text}", replace(days.wish, target=text))


def _asked(said: Sentence, *, falls: bool) -> str:
    """ "20 % more", "“triple”"."""
    if said.amount is None or not any(c.isdigit() for c in said.amount.said):
        return f"“{said.amount.said}”" if said.amount else ""
    return f"{said.amount.value.replace('%', ' %')} {'less' if falls else 'more'}"


def _typed(number: Decimal, metric: Metric, currency: str) -> str:
    """ "1,240", "€ 8.50": every digit of it."""
    text = f"{number:,}"
    return f"{words.CURRENCY.get(currency, currency)} {text}".strip() if metric.unit == "money" else text
