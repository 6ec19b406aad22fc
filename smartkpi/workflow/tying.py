"""A goal is tied to what it reads: its accounts, its currency, and the baseline that the data have."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from smartkpi.errors import AccountNeededError, SmartKpiError, WrongUseError
from smartkpi.knowledge import loader
from smartkpi.measure.aggregate import CARRY
from smartkpi.measure.assess import begins_at, read
from smartkpi.measure.sources import NO_CURRENCY, Ambiguity, Inputs, label
from smartkpi.model.assessment import Begun
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Metric
from smartkpi.model.series import BY_HAND, Account, Series
from smartkpi.report import advice, echo, sentences, words
from smartkpi.workflow import again, names
from smartkpi.workflow.judging import stored_for, totals_for
from smartkpi.workflow.lacking import lacking
from smartkpi.workflow.wish import Wish, missing_line, not_smart, with_numbers


def tied(
    conn: sqlite3.Connection | None,
    goal: Goal,
    wish: Wish,
    metric: Metric,
    metrics: Mapping[str, Metric],
    owners: Sequence[Account],
    as_of: int,
    command: str,
) -> tuple[Goal, list[str]]:
    """`goal` tied to its accounts, with currency and baseline as the data have them; and what to say of that.

    `command` is what was typed: a refusal repeats it whole.
    """
    goal = goal._replace(accounts=tuple(owner.uid for owner in owners if owner.uid))
    are_known = all(owner.uid for owner in owners)
    seen = goal._replace(start=min(goal.start, as_of))
    stored = stored_for(conn, [seen], metrics, as_of) if conn is not None and are_known else []
    having = [series.account for series in stored]
    found, said = read(goal, metric, metrics, stored, as_of)
    if conn is not None and are_known and isinstance(found, Inputs) and not found.all:
        totals = totals_for(conn, seen, metrics, as_of)
        found, said = read(seen, metric, metrics, stored, as_of, totals=totals)
        having += [each.account for each in totals]
    if isinstance(found, Ambiguity):
        raise ambiguous(found, metric, having, goal, command)
    notes = _feeds(found, metrics) if found.all else _not_fed(conn, goal, metric, metrics)
    notes += [echo.ON_RANGES] if said else []
    platforms = {s.account.platform for s in found.all}
    currency = next((s.key.unit for s in found.numerator or found.main if s.key.unit), "")
    if goal.unit and found.all and goal.unit != currency:
        raise _other_currency(goal, wish, found, currency, command)
    goal = goal._replace(
        accounts=goal.accounts or tuple(dict.fromkeys(s.account.uid for s in found.all)),
        platform=goal.platform or (platforms.pop() if len(platforms) == 1 else ""),
        unit=goal.unit or currency,
        report=goal.report or _only_report(goal, found),
    )
    goal, doubts = _with_baseline(goal, wish, metric, found, as_of)
    return goal, notes + doubts


def begun_in_data(
    conn: sqlite3.Connection, goal: Goal, metric: Metric, metrics: Mapping[str, Metric], as_of: int
) -> Begun | None:
    """Where the data say that the way of `goal` begins, whatever it stores; None where they do not."""
    goal = goal._replace(baseline=None, baseline_day=None)
    stored = stored_for(conn, [goal._replace(start=min(goal.start, as_of))], metrics, as_of)
    found, _ = read(goal, metric, metrics, stored, as_of)
    return None if isinstance(found, Ambiguity) else _begun(goal, metric, found, as_of)


def _other_currency(goal: Goal, wish: Wish, found: Inputs, currency: str, command: str) -> WrongUseError:
    there = f"are in {currency}" if currency else "state no currency"
    flag = next((f"--{name}" for name in ("target", "gain", "drop", "baseline") if getattr(wish, name)), "--target")
    by_hand = [s for s in found.all if s.key.report == BY_HAND]
    file = next((names.quoted(s.file) for s in found.numerator or found.main if s.file and not s.key.unit), "FILE")
    hint = f"smartkpi import {file} --currency {goal.unit}"
    if currency:
        hint = f'{again.without(command, flag)} {flag} "{currency} NUMBER"'
    elif by_hand:
        hint = f'smartkpi record {by_hand[0].key.metric} "{goal.unit} NUMBER" --on DAY'
    return WrongUseError(
        f"these numbers {there}, and the goal is in {goal.unit}",
        details=(missing_line("M", "two currencies are never compared"),),
        hints=(hint,),
        outcome="Nothing was saved.",
    )


def _only_report(goal: Goal, found: Inputs) -> str:
    """The export that it reads from now on, so that a newcomer neither takes its place nor makes it ambiguous."""
    read = found.main + found.numerator + found.denominator
    reports = {f"{s.key.report} [{s.key.scope}]" if s.key.scope else s.key.report for s in read}
    return reports.pop() if len(reports) == 1 and goal.form is not Form.GROWTH else ""


def ambiguous(found: Ambiguity, metric: Metric, having: Sequence[Account], goal: Goal, command: str) -> SmartKpiError:
    """Two accounts, reports or currencies could serve: the error that names the flag which says which."""
    if found.what == "account":
        command = again.without(command, "--platform", "--account")
        fitting = {account for account in having if label(account) in found.choices}
        return AccountNeededError(
            f"whose {metric.name}?",
            details=(f"Several accounts have them: {', '.join(found.choices)}.",),
            hints=tuple(sorted(f"{command} --platform {a.platform} --account {names.quoted(a.name)}" for a in fitting)),
            platforms=tuple(sorted({a.platform for a in fitting})),
            accounts=tuple(sorted((a.platform, a.name) for a in fitting)),
        )
    if found.what == "report":
        command = again.without(command, "--report")
        hints = tuple(f"{command} --report {names.quoted(choice)}" for choice in found.choices)
    elif len(set(having)) == 1:
        typed, units = again.without(command, "--target"), (unit for unit in found.choices if unit != NO_CURRENCY)
        hints = tuple(f'{typed} --target "{unit} NUMBER"' for unit in units)
    else:
        hints = (
            f"{again.without(command, '--account')} --account NAME",
            "smartkpi import FILE --currency EUR where a file states none",
        )
    come = words.verb(metric, "comes", "come")
    return WrongUseError(
        f"{metric.name} {come} in more than one {found.what}: {', '.join(found.choices)}",
        details=(
            missing_line("M", "they are never mixed: choose one"),
            *(_is_what(choice) for choice in found.choices if found.what == "report"),
        ),
        hints=hints,
        outcome="Nothing was saved.",
    )


def _is_what(choice: str) -> str:
    """Which export a report is, for those who know it by its file."""
    report, _, scope = choice.partition(" [")
    titles = sorted({card.title for card in loader.cards() if card.report == report})
    what = "what was recorded by hand" if report == BY_HAND else " or ".join(titles) or "a table of yours"
    return f"“{choice}” is {what}{f', only {scope.rstrip(chr(93))}' if scope else ''}"


def _feeds(found: Inputs, metrics: Mapping[str, Metric]) -> list[str]:
    """What is read of less than the whole: a filtered export, or parts that are added up."""
    told = {
        f"{metrics[s.key.metric].name}"
        + (f", {sentences.sum_of(s.sum_of)}" if s.sum_of else "")
        + (f", only {s.key.scope} (the filter of that export)" if s.key.scope else "")
        for s in found.all
        if s.sum_of or s.key.scope
    }
    return [f"it reads {words.listed(sorted(told))}"] if told else []


def _not_fed(conn: sqlite3.Connection | None, goal: Goal, metric: Metric, metrics: Mapping[str, Metric]) -> list[str]:
    """What the data have in its place."""
    instead = None if conn is None else advice.stated_otherwise(goal, metric, lacking(conn, goal, metrics))
    return [] if instead is None else [f"{instead.text} {instead.command}"]


def _with_baseline(goal: Goal, wish: Wish, metric: Metric, found: Inputs, as_of: int) -> tuple[Goal, list[str]]:
    """The baseline that the data have, unless one was typed, and what is to be said of it; a gain starts from it."""
    if goal.baseline is not None or not goal.form.has_baseline:
        return goal, []
    begun = _begun(goal, metric, found, as_of)
    if begun is not None:
        way = goal.target if goal.form is Form.GROWTH and not wish.target else 0.0  # a gain starts from there
        target = begun.value + way if way else goal.target
        measured = goal._replace(baseline=begun.value, baseline_day=begun.day, target=target)
        measured = with_numbers(measured, wish, metric)
        if not _is_to_come(goal, found, begun, as_of) or (wish.target and goal.start <= as_of):
            return measured, echo.doubts(begun)
        if not wish.target:
            measured = measured._replace(target=measured.gain, baseline=None, baseline_day=None)
        return measured, [echo.waiting(measured, begun.day, as_of)]
    if wish.target and goal.form is Form.GROWTH:
        text = f"where do you stand now? The data do not say: add --baseline NUMBER, or aim at a gain ({metric.name})"
        short = f"{0.9 * goal.target:.2g}"  # an example: nine tenths of the way are gone
        raise not_smart([("M", text)], replace(wish, baseline=f"{float(short):.12g}"), as_of, metric=metric)
    if (wish.gain or wish.drop) and goal.form is not Form.GROWTH:
        text = "a change of what? The data do not say where you stand: add --baseline NUMBER"
        raise not_smart([("M", text)], replace(wish, baseline="10%" if metric.unit == "%" else "100"), as_of)
    return goal, []


def _is_to_come(goal: Goal, found: Inputs, begun: Begun, as_of: int) -> bool:
    """Whether the level that a gain is measured from is still to be known: of a start to come, and of numbers so old
    that a newer export will state it. A level kept by hand is the one that was recorded last."""
    if goal.form is not Form.GROWTH or begun.day >= goal.start - 1:
        return False
    by_hand = all(series.key.report == BY_HAND for series in found.judged)
    return goal.start > as_of or (begun.day < goal.start - 1 - CARRY and not by_hand)


def _begun(goal: Goal, metric: Metric, found: Inputs, as_of: int) -> Begun | None:
    """Where the way begins: a level recorded on the first day, today, is where one stands; else the one before it."""
    if goal.form is Form.GROWTH and any(_recorded(series, goal.start) for series in (*found.main, *found.anchors)):
        begun = begins_at(goal._replace(start=goal.start + 1), metric, found, as_of)
        if begun is not None and begun.day == goal.start == as_of:
            return begun
    return begins_at(goal, metric, found, as_of)


def _recorded(series: Series, day: int) -> bool:
    """Whether somebody recorded its value of that day."""
    at = day - series.first_day
    return series.key.report == BY_HAND and 0 <= at < len(series.values) and series.values[at] is not None
