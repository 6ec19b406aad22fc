"""One goal of a goals file, and the same goal as the database keeps it: each made of the other, and compared."""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from smartkpi.errors import NotSmartError, SmartKpiError, WrongUseError
from smartkpi.knowledge.goals_file import GoalEntry, MilestoneEntry, Number, PauseEntry
from smartkpi.model.goal import Form, Goal, GoalState, Pause
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import FIRST, LAST, iso, to_date
from smartkpi.model.series import Account
from smartkpi.report import words
from smartkpi.report.proposals import typed
from smartkpi.store import accounts, goals
from smartkpi.workflow import whose
from smartkpi.workflow.checking import checked, slug_of, title_of
from smartkpi.workflow.names import LONGEST_GAP, find_metric
from smartkpi.workflow.objectives import named
from smartkpi.workflow.pausing import check_pauses
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.tying import tied
from smartkpi.workflow.wish import FORM_OF_KIND, LONGEST, Wish, goal_of

_T = TypeVar("_T")
Said = dict[str, Any]  # what an entry says, by the field of Goal; accounts as (platform, name), a gain as "gain"
PERCENT = re.compile(r"(-?\d+(?:\.\d+)?) ?%")
PLAIN = ("title", "campaign", "report", "objective", "owner", "why", "repeat", "data_every", "window", "share", "every",
         "closed_because", "learned")  # fmt: skip
# Unsaid: as it is, or as the data say.
FILLED = ("title", "platform", "accounts", "report", "form", "direction", "unit", "baseline", "baseline_day", "start",
          "window", "share", "every", "state", "closed_on", "closed_because", "learned")  # fmt: skip


# From the file


def told(entry: GoalEntry, metrics: Mapping[str, Metric], wrong: Collection[str] = ()) -> tuple[Said, list[str]]:
    """What `entry` says, in the terms of a goal, and all of it that no goal can say.

    Of fields that are `wrong`, which could not be read, nothing is said.
    """
    problems: list[str] = []
    metric = _tried(lambda: find_metric(entry.metric, metrics), problems)
    platform = _tried(lambda: platform_id(entry.platform), problems)
    if metric is None:
        return {}, problems
    number = {name: _tried(partial(read, getattr(entry, name), name, metric), problems) for name in NUMBERS}
    unread = {name for name in number if number[name] is None and getattr(entry, name) is not None}
    milestones = _tried(lambda: _milestones(entry, metric), problems)
    days = {name: getattr(entry, name) for name in ("baseline_day", "start", "closed_on", "created")}
    said: Said = {
        "metric": metric.id,
        "platform": platform or "",
        "accounts": tuple(_account(name, platform or "") for name in entry.accounts),
        "form": Form(entry.form) if entry.form else None,
        "direction": Direction(entry.direction) if entry.direction else None,
        "state": GoalState(entry.state) if entry.state else None,
        "unit": entry.currency,
        **number,
        **{name: None if day is None else day.toordinal() for name, day in days.items()},
        "deadline": entry.deadline.toordinal(),
        **{name: _not_blank(getattr(entry, name)) for name in PLAIN},
        "milestones": milestones or (),
        "pauses": tuple(sorted(map(_pause, entry.pauses))),
    }
    problems += _wrong_together(entry, said, metric, {*wrong, *unread})
    return {name: value for name, value in said.items() if not (value in (None, "", ()) and name in MAY_LACK)}, problems


NUMBERS = ("target", "gain", "baseline")


def _milestones(entry: GoalEntry, metric: Metric) -> tuple[tuple[int, float | None], ...]:
    return tuple((each.day.toordinal(), read(each.value, "a milestone's value", metric)) for each in entry.milestones)


def _tried(make: Callable[[], _T], problems: list[str]) -> _T | None:
    """What is made; None where it cannot be, which joins the problems."""
    try:
        return make()
    except SmartKpiError as error:
        problems.append(reason(error))
        return None


def reason(error: SmartKpiError) -> str:
    """Why something cannot be, in one line."""
    said = error.details if isinstance(error, NotSmartError) else (error.headline, *error.details)
    return " · ".join(" ".join(each.split()) for each in said)


def over(entry: GoalEntry, wrong: Collection[str], as_of: int) -> list[str]:
    """That the deadline of a new goal is past; nothing of one that is closed, or was exported."""
    day = entry.deadline.toordinal()
    if "deadline" in wrong or entry.state == "closed" or entry.created is not None or day >= as_of:
        return []
    return [f"deadline is {iso(day)}, which is over: by when should it be true?"]


MAY_LACK = (*FILLED, "target", "gain", "created")


def read(said: Number | None, name: str, metric: Metric) -> float | None:
    """A number of a file, to its last place; raises `WrongUseError` for one that the metric cannot have."""
    if said is None:
        return None
    if metric.unit == "%":
        found = PERCENT.fullmatch(said) if isinstance(said, str) else None
        if found is None:
            raise _wrong(name, said, 'a percentage in quotes, such as "3%"')
        return float(Decimal(found[1]).scaleb(-2))
    if isinstance(said, str):
        raise _wrong(name, said, "a number without quotes, such as 100")
    return float(said)


def _wrong(name: str, said: object, expected: str) -> WrongUseError:
    written = f"“{said}”" if isinstance(said, str) else f"{said:.12g}" if isinstance(said, float) else said
    return WrongUseError(f"{name} is {written}; expected {expected}")


def _not_blank(said: Any) -> Any:
    return "" if isinstance(said, str) and said.isspace() else said


def _account(text: str, platform: str) -> tuple[str, str]:
    on, colon, name = text.partition(": ")
    return (on, name) if colon and on in labels() else (platform, text)


def _wrong_together(entry: GoalEntry, said: Said, metric: Metric, wrong: Collection[str]) -> Iterator[str]:
    """What does not go together, or cannot be; the rules about fields that are `wrong` wait for these."""
    needs, name = words.verb(metric, "needs", "need"), metric.name
    rules: tuple[tuple[tuple[str, ...], object, str], ...] = (
        (("target", "gain"), (said["target"] is None) != (said["gain"] is None),
         "it needs a target or a gain, and not both"),
        (("gain", "form"), said["gain"] is None or _is_growth(said, metric),
         f"a gain goes with levels: {name} {needs} a target"),
        (("currency",), not said["unit"] or metric.unit == "money",
         f"currency goes with money: {name} {words.verb(metric, 'is', 'are')} none"),
        (("name",), re.fullmatch(r"[\w-]*", entry.name),
         f"the name “{entry.name}” may have letters, digits and - only"),
        (("name",), len(entry.name) <= LONGEST, f"its name is longer than {LONGEST} letters"),
        (("form",), _can_be(said["form"], metric), f"form is “{entry.form}”, which {name} cannot have"),
        (("window",), said["window"] is None or 0 < said["window"] <= 366, "window is a number of days from 1 to 366"),
        (("share",), said["share"] is None or 0 < said["share"] <= 1,
         "share is a share of all weeks or months, above 0 and up to 1"),
        (("every", "form"), not said["every"] or said["form"] is Form.EACH, 'every goes with form = "each"'),
        (("data_every",), 0 <= said["data_every"] <= LONGEST_GAP,
         f"data_every is a number of days up to {LONGEST_GAP}"),
        (("deadline",), all(FIRST <= day <= LAST for day in _days(said)),
         "one of its days is not between 1900 and 2199"),
        (("start", "deadline"), said["start"] is None or said["start"] <= said["deadline"],
         "its deadline is before its start"),
        (("pauses",), all(p.first <= p.last for p in said["pauses"]), "a pause ends before it begins"),
        (("pauses",), all(a.last < b.first for a, b in pairwise(said["pauses"])), "two of its pauses overlap"),
        (("milestones",), all(a[0] < b[0] for a, b in pairwise(said["milestones"])),
         "milestones come in the order of their days"),
        (("milestones", "deadline"), all(day <= said["deadline"] for day, _ in said["milestones"]),
         "a milestone is after the deadline"),
        (("closed_on", "state"), said["closed_on"] is None or said["state"] is GoalState.CLOSED,
         'closed_on goes with state = "closed"'),
    )  # fmt: skip
    return (text for fields, holds, text in rules if not holds and not set(fields) & set(wrong))


def _can_be(form: Form | None, metric: Metric) -> bool:
    """Whether a metric is judged in that form; the forms that `add` has a flag for are checked there."""
    return form in (None, Form.EACH, Form.KEEP, Form.TYPICAL_DAY, FORM_OF_KIND.get(metric.kind))


ORDINALS = ("deadline", "start", "baseline_day", "closed_on")


def _days(said: Said) -> Iterator[int]:
    yield from (said[name] for name in (*ORDINALS, "created") if said[name] is not None)
    yield from (day for day, _ in said["milestones"])
    yield from (day for pause in said["pauses"] for day in (pause.first, pause.last))


def _is_growth(said: Said, metric: Metric) -> bool:
    return said["form"] is Form.GROWTH or (said["form"] is None and metric.kind is Kind.LEVEL)


def owners(conn: sqlite3.Connection, said: Said, known: Sequence[Account]) -> list[Account]:
    """The accounts that are named, made where there are none; one that looks like a known one stops."""
    found = []
    for platform, name in said.get("accounts", ()):
        there = accounts.find(conn, platform, name) if platform else None
        on = (platform,) if platform else ()
        account = there or whose.named(name, on, known, labels(), new_account=False, command="smartkpi add")
        found.append(account if account.uid else accounts.ensure(conn, account.platform, account.name))
    return found


def made(
    conn: sqlite3.Connection,
    entry: GoalEntry,
    said: Said,
    owned: Sequence[Account],
    metrics: Mapping[str, Metric],
    as_of: int,
    reserved: Collection[str],
) -> tuple[Goal, list[str]]:
    """The new goal that `entry` says, by all the checks of `add`, and what is to be said of it.

    One that was exported may be over.
    """
    metric = metrics[said["metric"]]
    wish = _wish(said, metric, owned)
    seen = min(as_of, said["deadline"]) if "created" in said else as_of
    drafted = _with_all(goal_of(wish, metrics, seen), said)
    goal, notes = tied(conn, drafted, wish, metric, metrics, owned, as_of, "smartkpi add")
    goal = goal._replace(objective=named(conn, goal.objective, "smartkpi add"))
    if goal.state is GoalState.ACTIVE:
        goal = checked(conn, goal, wish, metric, as_of)
    check_pauses(goal)
    slug = entry.name or slug_of(goal, {*goals.slugs(conn), *reserved})
    return goal._replace(slug=slug, title=goal.title or title_of(goal, metric)), notes


BEFORE = ("target", "baseline")


def _wish(said: Said, metric: Metric, owned: Sequence[Account]) -> Wish:
    form, unit = said.get("form"), said.get("unit", "")
    numbers: dict[str, str] = {name: typed(said[name], metric, unit) for name in BEFORE if name in said}
    if "gain" in said:
        numbers["gain" if said["gain"] >= 0 else "drop"] = typed(abs(said["gain"]), metric, unit)
    days = {name: iso(said[name]) for name in ("start", "deadline") if name in said}
    texts = {name: said[name] for name in ("title", "campaign", "report", "objective", "owner", "why", "repeat")
             if name in said}  # fmt: skip
    return Wish(
        metric=metric.id,
        platform=said.get("platform", ""),
        accounts=tuple(account.name for account in owned),
        every=said.get("every", "week") if form is Form.EACH else "",
        keep=form is Form.KEEP,
        typical_day=form is Form.TYPICAL_DAY,
        at_most=said.get("direction") is Direction.DOWN and form is not Form.GROWTH,
        window=said.get("window", 0),
        milestones=(),  # checked with the goal itself
        **texts,
        **numbers,
        **days,
    )


def _pause(entry: PauseEntry) -> Pause:
    known = entry.known.toordinal() if entry.known else 0
    return Pause(entry.first.toordinal(), entry.last.toordinal(), entry.why, known)


def _pause_entry(pause: Pause) -> PauseEntry:
    known = to_date(pause.known) if pause.known else None
    return PauseEntry(to_date(pause.first), to_date(pause.last), pause.why, known)


AS_SAID = ("target", "baseline", "baseline_day", "unit", "share", "milestones", "pauses", "data_every", "state",
           "closed_on", "closed_because", "learned", "created", "direction")  # fmt: skip


def _with_all(goal: Goal, said: Said) -> Goal:
    """With every number as exact as it was written, and what `add` has no flag for."""
    exact = goal._replace(**{name: said[name] for name in AS_SAID if name in said})
    if "gain" in said:
        exact = exact._replace(target=(exact.baseline or 0.0) + said["gain"])
    return exact


def changed(
    conn: sqlite3.Connection,
    goal: Goal,
    said: Said,
    owned: Sequence[Account],
    metrics: Mapping[str, Metric],
    as_of: int,
) -> Goal:
    """`goal` with what the file says of it now; raises `WrongUseError` where that makes it another goal."""
    metric = metrics[goal.metric]
    uids = tuple(account.uid for account in owned) or goal.accounts
    reads = {name: said[name] for name in ("metric", "platform", "form", "every", "campaign", "report") if name in said}
    if set(uids) != set(goal.accounts) or any(getattr(goal, name) != value for name, value in reads.items()):
        raise WrongUseError("it reads other numbers now, which makes it another goal: give it another name")
    simple = {name: said[name] for name in ("title", "start", "deadline", "objective", "owner", "why", "repeat",
                                            "window") if name in said}  # fmt: skip
    simple["objective"] = named(conn, simple.get("objective", ""), "smartkpi add")
    new = _with_all(goal._replace(**simple), {name: value for name, value in said.items() if name != "created"})
    if new.deadline < new.start:
        raise WrongUseError("its deadline is before its start")
    if new.deadline < as_of and new.deadline != goal.deadline:
        raise WrongUseError(f"deadline is {iso(new.deadline)}, which is over: by when should it be true?")
    if new.target != goal.target and new.state is GoalState.CLOSED and goal.state is GoalState.CLOSED:
        raise WrongUseError("it is closed: what it was stays as it was")
    check_pauses(new)
    if "title" not in said and goal.title == title_of(goal, metric):
        new = new._replace(title=title_of(new, metric))
    way = Wish(drop=typed(-said["gain"], metric, new.unit)) if said.get("gain", 0) < 0 else Wish()
    return checked(conn, new, way, metric, as_of) if new.state is GoalState.ACTIVE else new


# Into the file


def entry_of(goal: Goal, metric: Metric, whose_are: Mapping[str, Account]) -> GoalEntry:
    """`goal` as a file says it, without what goes without saying."""
    way = goal.form is Form.GROWTH and goal.baseline is None  # nobody stated where it begins
    usual = Direction.UP if goal.form is Form.GROWTH else metric.direction
    is_closed = goal.state is GoalState.CLOSED
    return GoalEntry(
        metric=goal.metric,
        deadline=to_date(goal.deadline),
        name=goal.slug,
        platform=goal.platform,
        accounts=[_written(whose_are[uid], goal.platform) for uid in goal.accounts if uid in whose_are],
        form=goal.form.value,
        direction="" if goal.direction is usual else goal.direction.value,
        target=None if way else written(goal.target, metric),
        gain=written(goal.target, metric) if way else None,
        currency=goal.unit,
        baseline=None if goal.baseline is None else written(goal.baseline, metric),
        baseline_day=_date(goal.baseline_day),
        start=to_date(goal.start),
        window=None if goal.window == 28 else goal.window,
        share=None if goal.share == 0.8 else goal.share,
        every="month" if goal.every == "month" else "",
        milestones=[MilestoneEntry(to_date(day), written(value, metric)) for day, value in goal.milestones],
        pauses=[_pause_entry(p) for p in goal.pauses],
        state="closed" if is_closed else "",
        closed_on=_date(goal.closed_on) if is_closed else None,
        created=_date(goal.created or None),
        **{name: getattr(goal, name) for name in PLAIN if name not in ("window", "share", "every")},
    )


def written(value: float, metric: Metric) -> Number:
    """A number as a file has it: to its last place, also in per cent."""
    if metric.unit != "%":
        return value
    text = f"{Decimal(repr(value)).scaleb(2):f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def _written(account: Account, platform: str) -> str:
    on, colon, _ = account.name.partition(": ")
    plain = account.platform == platform and not (colon and on in labels())
    return account.name if plain else f"{account.platform}: {account.name}"


def _date(day: int | None) -> date | None:
    return None if day is None else to_date(day)
