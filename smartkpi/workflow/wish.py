"""What somebody asks for becomes a goal, or is refused by the letter of SMART that it lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from smartkpi.errors import NotSmartError, WrongUseError
from smartkpi.model.goal import Form, Goal
from smartkpi.model.letters import NAMES, Letter, Verdict
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import iso, parse_day
from smartkpi.model.repeating import last_of
from smartkpi.report import words
from smartkpi.workflow.names import find_metric, in_metric, parse_every, parse_number

LONGEST = 200  # letters of a title, an owner, an objective
FLAGS = {  # fields of a wish that are called otherwise when typed
    "accounts": "--account", "objective": "--for", "milestones": "--milestone",
}  # fmt: skip
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
    start: str = ""
    baseline: str = ""
    target: str = ""
    gain: str = ""
    drop: str = ""
    every: str = ""  # week or month: the target counts anew each
    keep: bool = False
    typical_day: bool = False
    at_most: bool = False
    window: int = 0
    owner: str = ""
    objective: str = ""
    why: str = ""
    repeat: str = ""
    data_every: str = ""
    milestones: tuple[str, ...] = ()
    deadline: str = ""

    @property
    def number(self) -> str:
        """How many, in whichever of three ways it was said."""
        return self.target or self.gain or self.drop


class Lack(NamedTuple):
    """One thing that makes no goal yet: its letter of SMART, the part that is asked for, and the question."""

    letter: str
    part: str  # metric, where, number, way, each, deadline
    text: str


def goal_of(wish: Wish, metrics: Mapping[str, Metric], as_of: int, *, lacks: Sequence[Lack] = ()) -> Goal:
    """The goal that `wish` states, before anything is looked up: a gain is kept as `target` with no baseline.

    `lacks`: what its sentence left open. Raises `NotSmartError` with every letter that is missing at once.
    """
    check_texts(replace(wish, title=""))
    metric = find_metric(wish.metric, metrics) if wish.metric else None
    missing = [*lacks, *_missing(wish, metric, {lack.part for lack in lacks})]
    if missing or metric is None:
        raise not_smart(missing, replace(wish, title=_cut(wish.title)), as_of, metric=metric)
    if len(wish.title) > LONGEST:
        raise too_long(wish)
    form = _form(wish, metric, as_of)
    _check_way(wish, metric, form, as_of)
    start = day_of(wish.start, "--start", as_of) if wish.start else as_of
    try:
        deadline = day_of(wish.deadline, "--deadline", as_of)
    except WrongUseError as error:
        raise not_smart([("T", _with_hints(error))], wish, as_of, metric=metric) from None
    if when := too_early(deadline, start, as_of):
        said = [("T", f"{words.full_day(deadline)} {when}: by when should it be true?")]
        raise not_smart(said, wish, as_of, metric=metric)
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
        every=wish.every or "week",
        objective=wish.objective,
        owner=wish.owner,
        why=wish.why,
        repeat=wish.repeat,
        data_every=parse_every(wish.data_every) if wish.data_every else 0,
        created=as_of,
    )
    return with_numbers(drafted, wish, metric)


def _with_hints(error: WrongUseError) -> str:
    """A refusal of a flag as one line: which flag, why, and what would do."""
    return f"{error.headline}; try {' or '.join(error.hints)}" if error.hints else error.headline


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
        baseline, unit = typed_number(wish.baseline, "--baseline", metric)
        currency = unit or currency
        was_a_gain = goal.form is Form.GROWTH and goal.baseline is None  # its way stays, from the baseline now
        target = baseline + goal.target if was_a_gain else goal.target
        goal = goal._replace(baseline=baseline, baseline_day=goal.start - 1, target=target)
    for text, flag, sign in ((wish.target, "--target", 0), (wish.gain, "--gain", 1), (wish.drop, "--drop", -1)):
        if text and is_share(text, flag, metric):
            goal = goal._replace(target=_by_share(text, flag, baseline, metric, sign))
        elif text:
            number, unit = typed_number(text, flag, metric)
            goal = goal._replace(target=(baseline or 0.0) + sign * number if sign else number, unit=unit or currency)
    return goal._replace(unit=goal.unit or currency)


def is_share(text: str, flag: str, metric: Metric) -> bool:
    """Whether a way is typed as a share of where one stands: "--gain 10%" of followers."""
    if flag == "--target" or "%" not in text or metric.unit == "%" or "(%)" in metric.name:
        return False
    return metric.kind in (Kind.LEVEL, Kind.RATIO)


def _by_share(text: str, flag: str, baseline: float | None, metric: Metric, sign: int) -> float:
    """The target of a way that is a share of the baseline, whole where things are counted; 0 where that is unknown."""
    share = parse_number(text, flag)[0] / 100
    target = (baseline or 0.0) * (1 + sign * share)
    if metric.kind is Kind.LEVEL or abs(target) >= WHOLE_FROM:
        return float(round(target))
    return float(f"{target:.3g}")  # a number that can be said: 7.02, not 7.0178


def typed_number(text: str, flag: str, metric: Metric) -> tuple[float, str]:
    """The number that somebody typed after `flag`, in the unit of `metric`, and its currency."""
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
    if sum((bool(wish.every), wish.keep, wish.typical_day)) > 1:
        raise WrongUseError(
            f"--every-{wish.every or 'week'}, --keep and --typical-day exclude each other",
            hints=("keep one",),
            outcome="",
        )
    if wish.window < 0 or wish.window > 366:
        raise WrongUseError("--window is a number of days from 1 to 366", hints=("--window 28",), outcome="")


def too_long(wish: Wish) -> WrongUseError:
    """A title of more letters than it may have; the rest of it goes where there is room."""
    title = _cut(wish.title)
    whole = replace(wish, title=title, why=wish.why or wish.title[len(title) :].strip())
    return WrongUseError(f"the title is longer than {LONGEST} letters", hints=(typed_as(whole),), outcome="")


def too_early(deadline: int, start: int, as_of: int) -> str:
    """Why a day is no deadline: it "is over", or "is before the start"; '' where it is one."""
    return "is over" if deadline < as_of else "is before the start" if deadline < start else ""


def _cut(title: str) -> str:
    """As many of its words as a title may have."""
    if len(title) <= LONGEST:
        return title
    return title[: LONGEST + 1].rpartition(" ")[0].strip() or title[:LONGEST]


def _check_way(wish: Wish, metric: Metric, form: Form, as_of: int) -> None:
    """A drop needs something to drop from; people can be counted once only where they are counted together."""
    if wish.drop and not wish.baseline and form.is_sum:
        raise WrongUseError(
            f"a drop of {metric.name} from what?",
            hints=(f"--drop {wish.drop} --baseline NUMBER", "or the limit itself: --target NUMBER --at-most"),
            outcome="Nothing was saved.",
        )
    if form is Form.TYPICAL_DAY and len(wish.accounts) > 1:
        twice = "people who saw both accounts would be counted twice: one goal for each account"
        raise not_smart([("M", twice)], wish, as_of, metric=metric)


def _missing(wish: Wish, metric: Metric | None, asked: Collection[str]) -> list[Lack]:
    found = []
    if not (wish.number or {"number", "way", "each"}.intersection(asked)):
        found.append(Lack("S", "number", _how_many(metric)))
    if metric is None and "metric" not in asked:
        found.append(Lack("M", "metric", "what will be counted? Followers, leads, reach, link clicks …"))
    if not wish.deadline and "deadline" not in asked:
        found.append(Lack("T", "deadline", "by when?"))
    return found


def _how_many(metric: Metric | None) -> str:
    if metric is None:
        return "how many, and of what?"
    if metric.kind is Kind.RATIO or metric.unit == "money":
        return f"what should the {metric.name} be? A number makes it a goal"
    return f"how many {metric.name}? A number makes it a goal"


COUNTED = ("no", "one thing makes", "two things make", "three things make", "four things make", "five things make")


def not_smart(
    missing: "Sequence[tuple[str, str] | Lack]",
    wish: Wish,
    as_of: int,
    *,
    example: str = "",
    metric: Metric | None = None,
) -> NotSmartError:
    """The refusal, letter by letter, with an example that would pass: `example`, else `wish` made whole."""
    lacks = [lack if isinstance(lack, Lack) else Lack(lack[0], "", lack[1]) for lack in missing]
    things = COUNTED[len(lacks)] if len(lacks) < len(COUNTED) else f"{len(lacks)} things make"
    letters = "".join(letter for letter in NAMES if any(lack.letter == letter for lack in lacks))
    passing = None if example else made_whole(wish, as_of, metric)
    return NotSmartError(
        f"that is a wish; {things} it a goal",
        letters=letters,
        details=tuple(missing_line(letter, _joined([k for k in lacks if k.letter == letter])) for letter in letters),
        hints=(example or typed_as(passing or wish),),
        parts=tuple(lack.part for lack in lacks),
        would_pass=passing,
    )


def missing_line(letter: str, text: str) -> str:
    """One letter of SMART that is not there."""
    return Letter(letter, Verdict.MISSING, text).line


def _joined(lacks: Sequence[Lack]) -> str:
    """Several questions of one letter as one: "how many followers, and where?"."""
    if [lack.part for lack in lacks] == ["where", "number"]:
        return f"{lacks[1].text.split('?')[0]}, and where?"
    return "; ".join(lack.text for lack in lacks)


def made_whole(wish: Wish, as_of: int, metric: Metric | None = None) -> Wish:
    """`wish` with what it lacks made up: it would pass."""
    if not wish.metric and is_money(wish.number):
        wish = replace(wish, metric="revenue")
    wish = replace(
        wish,
        metric=wish.metric or "followers",
        platform=wish.platform or ("" if wish.metric else "instagram"),
        accounts=wish.accounts[:1] if wish.typical_day else wish.accounts,
        deadline=iso(_example_day(wish, as_of)),
    )
    return wish if wish.number else _with_number(wish, metric)


def is_money(text: str) -> bool:
    """Whether a number was said with a currency."""
    try:
        return bool(text) and parse_number(text, "it")[1] not in ("", "%")
    except WrongUseError:
        return False


def _with_number(wish: Wish, metric: Metric | None) -> Wish:
    if metric is None or (metric.kind is Kind.LEVEL and not wish.keep):
        return replace(wish, gain="20")
    if metric.kind in (Kind.UNIQUE, Kind.ROLLING):
        return replace(wish, target="500", typical_day=True)
    if metric.unit == "money":
        return replace(wish, target="20" if metric.kind is Kind.RATIO else "500")
    return replace(wish, target=("3%" if metric.unit == "%" else "3") if metric.kind is Kind.RATIO else "20")


def typed_as(wish: Wish) -> str:
    """The command that says `wish`, whoever was asked for it one by one."""
    from shlex import join

    parts = ["smartkpi", "add", *([wish.title] if wish.title else [])]
    for field in fields(Wish)[1:]:
        said, flag = getattr(wish, field.name), FLAGS.get(field.name, f"--{field.name.replace('_', '-')}")
        if field.name == "every":
            flag, said = f"--every-{said}", bool(said)
        for text in said if isinstance(said, tuple) else (said,) if said else ():
            parts += [flag] if text is True else [flag, str(text)]
    return join(parts)


def _example_day(wish: Wish, as_of: int) -> int:
    try:
        given = parse_day(wish.deadline, as_of) if wish.deadline else 0
    except WrongUseError:
        given = 0
    first = max(as_of, parse_day(wish.start, as_of) if wish.start else as_of)
    if given > first:
        return given
    return last_of("month", first + EXAMPLE_DAYS) if wish.every == "month" else first + EXAMPLE_DAYS


def with_further(goal: Goal, wish: Wish, metric: Metric) -> Wish:
    """`wish` with a number that asks for something: beyond where `goal` begins, on the good side."""
    open_ = replace(wish, target="", gain="", drop="")
    falls = goal.direction is Direction.DOWN
    if goal.form is Form.GROWTH:
        least = bool(wish.drop or wish.at_most or metric.direction is Direction.DOWN) and goal.baseline
        return replace(open_, drop=f"{min(20.0, least / 2):g}") if least else replace(open_, gain="20", at_most=False)
    if goal.baseline is None or not goal.form.has_window:
        return open_
    if falls and not goal.baseline:  # nothing is less than nothing: it can only stay there
        return replace(wish, keep=True) if goal.form is Form.RATE else replace(open_, at_most=False)
    beyond = float(f"{goal.baseline * (0.9 if falls else 1.1):.2g}")
    return replace(open_, target=f"{beyond * 100:.6g}%" if metric.unit == "%" else f"{beyond:.12g}")


WHOLE_FROM = 100
FORM_OF_KIND = {Kind.FLOW: Form.TOTAL, Kind.LEVEL: Form.GROWTH, Kind.RATIO: Form.RATE}
NEVER_ADDED = {
    Kind.UNIQUE: "counts people; added over days the same person counts twice",
    Kind.ROLLING: "counts the same people anew every day, those of the days before; they can never be added up",
}
FITS = {
    Form.EACH: ((Kind.FLOW,), "--every-week and --every-month count what adds up"),
    Form.KEEP: ((Kind.RATIO, Kind.LEVEL), "--keep watches a rate, a cost per something or a level"),
    Form.TYPICAL_DAY: ((Kind.UNIQUE, Kind.ROLLING), "--typical-day is for counts of people, which cannot be added"),
}


def _form(wish: Wish, metric: Metric, as_of: int) -> Form:
    asked = {Form.EACH: bool(wish.every), Form.KEEP: wish.keep, Form.TYPICAL_DAY: wish.typical_day}
    for form, said in asked.items():
        kinds, why = FITS[form]
        if said and metric.kind not in kinds:
            raise WrongUseError(
                f"{metric.name}: {why}",
                hints=(typed_as(made_whole(_in_its_form(wish, metric), as_of, metric)),),
                outcome="Nothing was saved.",
            )
        if said:
            return form
    if metric.kind not in FORM_OF_KIND:
        twice = f"{metric.name} {NEVER_ADDED[metric.kind]}. Aim at a typical day"
        raise not_smart([("M", twice)], _in_its_form(wish, metric), as_of, metric=metric)
    return FORM_OF_KIND[metric.kind]


def _in_its_form(wish: Wish, metric: Metric) -> Wish:
    """`wish` in a form that the metric can have: people on a typical day, everything else without a switch."""
    loose = replace(wish, every="", keep=False, typical_day=False)
    if metric.kind in FORM_OF_KIND:
        return loose
    return replace(loose, typical_day=True, target=wish.target or wish.gain or "500", gain="", drop="")


def _direction(wish: Wish, metric: Metric, form: Form) -> Direction:
    if wish.at_most or wish.drop:
        return Direction.DOWN
    return Direction.UP if form is Form.GROWTH else metric.direction
