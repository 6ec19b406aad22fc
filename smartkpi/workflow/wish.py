"""What somebody asks for becomes a goal, or is refused by the letter of SMART that it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from smartkpi.errors import NotSmartError, WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.workflow.names import find_metric, in_metric, parse_number

LETTERS = {"S": "specific", "M": "measurable", "A": "attainable", "R": "relevant", "T": "timely"}
LONGEST = 200  # letters of a title, an owner, an objective
FLAGS = {"accounts": "--account", "objective": "--for"}  # fields of a wish that are called otherwise when typed
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
    check_texts(wish)
    metric = find_metric(wish.metric, metrics) if wish.metric else None
    missing = _missing(wish, metric)
    if missing or metric is None:
        raise not_smart(missing, wish, as_of, example=example_of(wish, as_of, metric))
    form = _form(wish, metric, as_of)
    _check_way(wish, metric, form, as_of)
    start = day_of(wish.start, "--start", as_of) if wish.start else as_of
    deadline = day_of(wish.deadline, "--deadline", as_of)
    if deadline < as_of or deadline < start:
        when = "is over" if deadline < as_of else "is before the start"
        said = [("T", f"{iso(deadline)} {when}: by when should it be true?")]
        raise not_smart(said, wish, as_of, example=example_of(wish, as_of, metric))
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


def day_of(text: str, flag: str, as_of: int) -> int:
    """The day that somebody typed after `flag`, which a refusal names."""
    try:
        return parse_day(text, as_of)
    except WrongUseError as error:
        error.headline = f"{flag}: {error.headline}"
        raise


def with_numbers(goal: Goal, wish: Wish, metric: Metric) -> Goal:
    """`goal` with the baseline and target that `wish` types; a gain of an unknown baseline stays a way."""
    baseline, currency = goal.baseline, goal.unit
    if wish.baseline:
        baseline, unit = _typed(wish.baseline, "--baseline", metric)
        currency = unit or currency
        was_a_gain = goal.form is Form.GROWTH and goal.baseline is None  # its way stays, from the baseline now
        target = baseline + goal.target if was_a_gain else goal.target
        goal = replace(goal, baseline=baseline, baseline_day=goal.start - 1, target=target)
    for text, flag, sign in ((wish.target, "--target", 0), (wish.gain, "--gain", 1), (wish.drop, "--drop", -1)):
        if text:
            number, unit = _typed(text, flag, metric)
            goal = replace(goal, target=(baseline or 0.0) + sign * number if sign else number, unit=unit or currency)
    return replace(goal, unit=goal.unit or currency)


def _typed(text: str, flag: str, metric: Metric) -> tuple[float, str]:
    number, unit = parse_number(text, flag)
    return in_metric(number, unit, metric, flag), "" if unit == "%" else unit


def check_texts(wish: Wish) -> None:
    """Refuses texts that are too long, and flags that contradict each other."""
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


def _check_way(wish: Wish, metric: Metric, form: Form, as_of: int) -> None:
    """A drop needs something to drop from; people can be counted once only where they are counted together."""
    if wish.drop and not wish.baseline and form in (Form.TOTAL, Form.EACH):
        raise WrongUseError(
            f"a drop of {metric.name} from what?",
            hints=(f"--drop {wish.drop} --baseline NUMBER", "or the limit itself: --target NUMBER --at-most"),
            outcome="Nothing was saved.",
        )
    if form is Form.TYPICAL_DAY and len(wish.accounts) > 1:
        twice = "people who saw both accounts would be counted twice: one goal for each account"
        raise not_smart([("M", twice)], wish, as_of, example=example_of(wish, as_of, metric))


def _missing(wish: Wish, metric: Metric | None) -> list[tuple[str, str]]:
    found = []
    if not (wish.target or wish.gain or wish.drop):
        found.append(("S", _how_many(metric)))
    if metric is None:
        found.append(("M", "what will be counted? --metric followers, leads, reach …"))
    if not wish.deadline:
        found.append(("T", "by when?"))
    return found


def _how_many(metric: Metric | None) -> str:
    if metric is None:
        return "how many, and of what?"
    if metric.kind is Kind.RATIO or metric.unit == "money":
        return f"what should the {metric.name} be? A number makes it a goal"
    return f"how many {metric.name}? A number makes it a goal"


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


def example_of(wish: Wish, as_of: int, metric: Metric | None = None) -> str:
    """A command like the one that was typed, which would pass."""
    from shlex import quote

    where = wish.platform or ("" if wish.metric else "instagram")
    flags = (
        ("--metric", wish.metric or "followers"),
        ("--platform", where),
        *(("--account", name) for name in wish.accounts[: 1 if wish.typical_day else None]),
        ("--campaign", wish.campaign),
        ("--report", wish.report),
        ("--start", wish.start),
        ("--baseline", wish.baseline),
        ("--target", wish.target),
        ("--gain", wish.gain),
        ("--drop", wish.drop),
        ("--window", str(wish.window or "")),
        ("--owner", wish.owner),
        ("--for", wish.objective),
        ("--why", wish.why),
    )
    said = [f"{flag} {quote(text)}" for flag, text in flags if text]
    number = "" if wish.target or wish.gain or wish.drop else _example_number(metric)
    switches = (("--keep", wish.keep), ("--every-week", wish.every_week), ("--typical-day", wish.typical_day),
                ("--at-most", wish.at_most))  # fmt: skip
    said += [number, *(flag for flag, meant in switches if meant and flag not in number)]
    title = [quote(wish.title)] if wish.title else []
    return " ".join(("smartkpi add", *title, *filter(None, said), f"--deadline {iso(_example_day(wish, as_of))}"))


def typed_as(wish: Wish) -> str:
    """The command that says `wish`, whoever was asked for it one by one."""
    from shlex import join

    parts = ["smartkpi", "add", *([wish.title] if wish.title else [])]
    for field in fields(Wish)[1:]:
        said, flag = getattr(wish, field.name), FLAGS.get(field.name, f"--{field.name.replace('_', '-')}")
        for text in said if isinstance(said, tuple) else (said,) if said else ():
            parts += [flag] if text is True else [flag, str(text)]
    return join(parts)


def _example_number(metric: Metric | None) -> str:
    if metric is None or metric.kind in (Kind.FLOW, Kind.LEVEL):
        return "--target 500" if metric is not None and metric.unit == "money" else "--gain 20"
    return (
        f"--target {20 if metric.unit == 'money' else 3}" if metric.kind is Kind.RATIO else "--typical-day --target 500"
    )


def _example_day(wish: Wish, as_of: int) -> int:
    try:
        given = parse_day(wish.deadline, as_of) if wish.deadline else 0
    except WrongUseError:
        given = 0
    first = max(as_of, parse_day(wish.start, as_of) if wish.start else as_of)
    return given if given > first else first + EXAMPLE_DAYS


def with_further(goal: Goal, wish: Wish, metric: Metric) -> Wish:
    """`wish` with a number that asks for something: beyond where `goal` begins, on the good side."""
    open_ = replace(wish, target="", gain="", drop="")
    falls = goal.direction is Direction.DOWN
    if goal.form is Form.GROWTH:
        least = bool(wish.drop or wish.at_most or metric.direction is Direction.DOWN) and goal.baseline
        return replace(open_, drop=f"{min(20.0, least / 2):g}") if least else replace(open_, gain="20", at_most=False)
    if goal.baseline is None or goal.form not in (Form.RATE, Form.TYPICAL_DAY):
        return open_
    if falls and not goal.baseline:  # nothing is less than nothing: it can only stay there
        return replace(wish, keep=True) if goal.form is Form.RATE else replace(open_, at_most=False)
    beyond = float(f"{goal.baseline * (0.9 if falls else 1.1):.2g}")
    return replace(open_, target=f"{beyond * 100:.6g}%" if metric.unit == "%" else f"{beyond:.12g}")


FORM_OF_KIND = {Kind.FLOW: Form.TOTAL, Kind.LEVEL: Form.GROWTH, Kind.RATIO: Form.RATE}
NEVER_ADDED = {
    Kind.UNIQUE: "counts people; added over days the same person counts twice",
    Kind.ROLLING: "counts the same people anew every day, those of the days before; they can never be added up",
}
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
            raise WrongUseError(
                f"{metric.name}: {why}",
                hints=(example_of(_in_its_form(wish, metric), as_of, metric),),
                outcome="Nothing was saved.",
            )
        if said:
            return form
    if metric.kind not in FORM_OF_KIND:
        twice = f"{metric.name} {NEVER_ADDED[metric.kind]}. Aim at a typical day"
        raise not_smart(
            [("M", twice)],
            wish,
            as_of,
            example=example_of(_in_its_form(wish, metric), as_of),
        )
    return FORM_OF_KIND[metric.kind]


def _in_its_form(wish: Wish, metric: Metric) -> Wish:
    """`wish` in a form that the metric can have: people on a typical day, everything else without a switch."""
    loose = replace(wish, every_week=False, keep=False, typical_day=False)
    if metric.kind in FORM_OF_KIND:
        return loose
    return replace(loose, typical_day=True, target=wish.target or wish.gain or "500", gain="", drop="")


def _direction(wish: Wish, metric: Metric, form: Form) -> Direction:
    if wish.at_most or wish.drop:
        return Direction.DOWN
    return Direction.UP if form is Form.GROWTH else metric.direction
