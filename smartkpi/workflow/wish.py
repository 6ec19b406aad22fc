"""What somebody asks for becomes a goal, or is refused by the letter of SMART that it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smartkpi.errors import NotSmartError, WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.workflow.names import find_metric, in_metric, parse_number

LETTERS = {"S": "specific", "M": "measurable", "A": "attainable", "R": "relevant", "T": "timely"}
LONGEST = 200  # letters of a title, an owner, an objective
EXAMPLE_DAYS = 90  # how far ahead the deadline of an example lies


@dataclass(frozen=True, slots=True)
class Wish:
    """The flags of `add` and `edit` as typed; '' = not said."""

    title: str = ""
    metric: str = ""
    platform: str = ""
    accounts: tuple[str, ...] = ()
    campaign: str = ""
    report: str = ""
    baseline: str = ""
    target: str = ""
    gain: str = ""
    drop: str = ""
    start: str = ""
    deadline: str = ""
    every_week: bool = False
    keep: bool = False
    typical_day: bool = False
    at_most: bool = False
    window: int = 0
    owner: str = ""
    why: str = ""
    objective: str = ""


def goal_of(wish: Wish, metrics: Mapping[str, Metric], as_of: int) -> Goal:
    """The goal that `wish` states, before anything is looked up: a gain is kept as `target` with no baseline.

    Raises `NotSmartError` with every letter that is missing at once.
    """
    _check_texts(wish)
    metric = find_metric(wish.metric, metrics) if wish.metric else None
    missing = _missing(wish, metric)
    if missing or metric is None:
        raise not_smart(missing, wish, as_of)
    form = _form(wish, metric, as_of)
    start = parse_day(wish.start, as_of) if wish.start else as_of
    deadline = parse_day(wish.deadline, as_of)
    if deadline < as_of or deadline < start:
        when = "is over" if deadline < as_of else "is before the start"
        raise not_smart([("T", f"{iso(deadline)} {when}: by when should it be true?")], wish, as_of)
    drafted = Goal(
        slug="",
        title=wish.title,
        metric=metric.id,
        form=form,
        target=0.0,
        start=start,
        deadline=deadline,
        direction=_direction(wish, metric, form),
        platform=wish.platform,
        campaign=wish.campaign,
        report=wish.report,
        window=wish.window or 28,
        objective=wish.objective,
        owner=wish.owner,
        why=wish.why,
        created=as_of,
    )
    return with_numbers(drafted, wish, metric)


def with_numbers(goal: Goal, wish: Wish, metric: Metric) -> Goal:
    """`goal` with the baseline and target that `wish` types; a gain of an unknown baseline stays a way."""
    baseline, currency = goal.baseline, goal.unit
    if wish.baseline:
        baseline, unit = _typed(wish.baseline, "--baseline", metric)
        currency = unit or currency
        goal = replace(goal, baseline=baseline, baseline_day=goal.start - 1)
    for text, flag, sign in ((wish.target, "--target", 0), (wish.gain, "--gain", 1), (wish.drop, "--drop", -1)):
        if text:
            number, unit = _typed(text, flag, metric)
            target = number if sign == 0 or goal.form in (Form.TOTAL, Form.EACH) else (baseline or 0.0) + sign * number
            goal = replace(goal, target=target, unit=unit or currency)
    return replace(goal, unit=goal.unit or currency)


def _typed(text: str, flag: str, metric: Metric) -> tuple[float, str]:
    number, unit = parse_number(text, flag)
    return in_metric(number, unit, metric, flag), "" if unit == "%" else unit


def _check_texts(wish: Wish) -> None:
    for flag, text in (("the title", wish.title), ("--owner", wish.owner), ("--for", wish.objective)):
        if len(text) > LONGEST:
            raise WrongUseError(
                f"{flag} is longer than {LONGEST} letters", hints=("put the rest into --why",), outcome=""
            )
    if sum(map(bool, (wish.target, wish.gain, wish.drop))) > 1:
        raise WrongUseError(
            "--target, --gain and --drop say the same thing in three ways", hints=("keep one",), outcome=""
        )
    if sum((wish.every_week, wish.keep, wish.typical_day)) > 1:
        raise WrongUseError(
            "--every-week, --keep and --typical-day exclude each other", hints=("keep one",), outcome=""
        )
    if wish.window < 0 or wish.window > 366:
        raise WrongUseError("--window is a number of days from 1 to 366", hints=("--window 28",), outcome="")


def _missing(wish: Wish, metric: Metric | None) -> list[tuple[str, str]]:
    found = []
    name = metric.name if metric else "of what"
    if not (wish.target or wish.gain or wish.drop):
        found.append(("S", f"how many {name}? A number makes it a goal" if metric else "how many, and of what?"))
    if metric is None:
        found.append(("M", "what will be counted? --metric followers, leads, reach …"))
    if not wish.deadline:
        found.append(("T", "by when?"))
    return found


def not_smart(missing: list[tuple[str, str]], wish: Wish, as_of: int, *, example: str = "") -> NotSmartError:
    """The refusal, letter by letter, with an example that would pass."""
    things = {1: "one thing makes", 2: "two things make", 3: "three things make"}[len(missing)]
    details = tuple(f"{letter} ✗ {LETTERS[letter]:<12} {said}" for letter, said in missing)
    return NotSmartError(
        f"that is a wish; {things} it a goal",
        letters="".join(letter for letter, _ in missing),
        details=details,
        hints=(example or example_of(wish, as_of),),
    )


def example_of(wish: Wish, as_of: int) -> str:
    """A command like the one that was typed, which would pass."""
    from shlex import quote

    number = next(
        (f"{flag} {quote(text)}" for flag, text in (("--target", wish.target), ("--drop", wish.drop)) if text), ""
    )
    parts = ["smartkpi add", quote(wish.title) if wish.title else "", f"--metric {quote(wish.metric or 'followers')}"]
    parts.append(
        f"--platform {quote(wish.platform)}" if wish.platform else "" if wish.metric else "--platform instagram"
    )
    parts.append(number or f"--gain {quote(wish.gain or '20')}")
    parts += [
        flag
        for flag, said in (
            ("--keep", wish.keep),
            ("--every-week", wish.every_week),
            ("--typical-day", wish.typical_day),
        )
        if said
    ]
    try:
        given = parse_day(wish.deadline, as_of) if wish.deadline else 0
    except WrongUseError:
        given = 0
    parts.append(f"--deadline {iso(given if given > as_of else as_of + EXAMPLE_DAYS)}")
    return " ".join(part for part in parts if part)


FORM_OF_KIND = {Kind.FLOW: Form.TOTAL, Kind.LEVEL: Form.GROWTH, Kind.RATIO: Form.RATE}
FITS = {
    Form.EACH: ((Kind.FLOW,), "--every-week counts what adds up in a week"),
    Form.KEEP: ((Kind.RATIO, Kind.LEVEL), "--keep watches a rate, a cost per something or a level"),
    Form.TYPICAL_DAY: ((Kind.UNIQUE, Kind.ROLLING), "--typical-day is for counts of people, which cannot be added"),
}


def _form(wish: Wish, metric: Metric, as_of: int) -> Form:
    asked = {Form.EACH: wish.every_week, Form.KEEP: wish.keep, Form.TYPICAL_DAY: wish.typical_day}
    for form, said in asked.items():
        kinds, why = FITS[form]
        if said and metric.kind not in kinds:
            raise WrongUseError(f"{metric.name}: {why}", hints=("leave the flag out",), outcome="Nothing was saved.")
        if said:
            return form
    if metric.kind not in FORM_OF_KIND:
        twice = f"{metric.name} counts people; added over days the same person counts twice. Aim at a typical day"
        raise not_smart(
            [("M", twice)],
            wish,
            as_of,
            example=example_of(
                replace(wish, typical_day=True, target=wish.target or wish.gain or "500", gain=""), as_of
            ),
        )
    return FORM_OF_KIND[metric.kind]


def _direction(wish: Wish, metric: Metric, form: Form) -> Direction:
    if wish.at_most or wish.drop:
        return Direction.DOWN
    return Direction.UP if form is Form.GROWTH else metric.direction
