"""Goals as a TOML file that a team keeps beside its other files: read at the gate, word for word, and written again.

    [[objective]]
    name = "More leads from the website"
    metric = "leads"

    [[goal]]
    name = "leads-linkedin"
    metric = "leads"
    target = 100
    deadline = 2027-05-01

Percentages are written with their sign ("3%"), amounts of money as numbers beside a `currency`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from smartkpi.errors import FileRefusedError
from smartkpi.knowledge.writing import string

if TYPE_CHECKING:
    from dataclasses import Field

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_T = TypeVar("_T")
Number = float | str  # "3%" of metrics that are counted in per cent
MOST_SHOWN = 100  # problems of one file


@dataclass(frozen=True, slots=True)
class ObjectiveEntry:
    name: str
    metric: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneEntry:
    day: date
    value: Number


@dataclass(frozen=True, slots=True)
class PauseEntry:
    first: date
    last: date
    why: str = ""
    known: date | None = None  # since when; None = from the start of the goal


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """One goal as a file says it; '' and None are not said. Of `target` and `gain` one is."""

    metric: str
    deadline: date
    name: str = ""  # the short name that commands take
    title: str = ""
    platform: str = ""
    accounts: list[str] = field(default_factory=list)  # names; "instagram: Example Café" where the platform differs
    campaign: str = ""
    report: str = ""
    form: Literal["", "total", "growth", "rate", "keep", "each", "typical day"] = ""
    direction: Literal["", "up", "down"] = ""
    target: Number | None = None
    gain: Number | None = None  # of a level: how many more, from where it stands
    currency: str = ""
    baseline: Number | None = None
    baseline_day: date | None = None
    start: date | None = None
    window: int | None = None
    share: float | None = None
    every: Literal["", "week", "month"] = ""
    objective: str = ""
    owner: str = ""
    why: str = ""
    repeat: Literal["", "week", "month", "quarter", "year"] = ""
    data_every: int = 0
    milestones: list[MilestoneEntry] = field(default_factory=list)
    pauses: list[PauseEntry] = field(default_factory=list)
    state: Literal["", "active", "closed"] = ""
    closed_on: date | None = None
    closed_because: str = ""
    learned: str = ""
    created: date | None = None


@dataclass(frozen=True, slots=True)
class GoalsFile:
    objective: list[ObjectiveEntry] = field(default_factory=list)
    goal: list[GoalEntry] = field(default_factory=list)


class Problem(NamedTuple):
    """What cannot be, and where: (which kind of table, its number in the file)."""

    place: tuple[int, int]
    text: str


class Numbered(NamedTuple, Generic[_T]):
    """An entry with its number in the file; `wrong` are the fields that could not be read, and are left out of it."""

    number: int
    entry: _T
    wrong: frozenset[str] = frozenset()


class Readable(NamedTuple):
    """A file as far as it can be read: entries whose metric or name cannot be are left out of it."""

    objectives: tuple[Numbered[ObjectiveEntry], ...]
    goals: tuple[Numbered[GoalEntry], ...]
    problems: tuple[Problem, ...]


PLACES = {"objective": 1, "goal": 2}  # behind what is said of the whole file
NEEDED = {"objective": "name", "goal": "metric"}  # nothing can be said of an entry without it
NO_DAY = date(2199, 12, 31)  # stands in for a deadline that cannot be read
Wrong = dict[tuple[str, int], set[str]]  # (kind, index) of an entry -> its fields that cannot be; "" = all of it

PARTS: dict[str, type[Any]] = {
    "objective": ObjectiveEntry,
    "goal": GoalEntry,
    "milestones": MilestoneEntry,
    "pauses": PauseEntry,
}
A_DAY, A_NUMBER = "a day, such as 2027-05-01", 'a number, such as 100, or "3%"'
A_TEXT = 'a text in quotes, such as "Ana"'
EXPECTED = {
    **dict.fromkeys(("deadline", "start", "baseline_day", "closed_on", "created", "day", "first", "last"), A_DAY),
    **dict.fromkeys(("target", "gain", "baseline", "value"), A_NUMBER),
    "metric": 'what is counted, such as "followers"',
    "accounts": 'names in brackets, such as ["Example Café"]',
    "form": '"total", "growth", "rate", "keep", "each" or "typical day"',
    "direction": '"up" or "down"',
    "repeat": '"week", "month", "quarter" or "year"',
    "state": '"active" or "closed"',
    "window": "a number of days, such as 28",
    "data_every": "a number of days, such as 7",
    "share": "a share of all weeks or months, such as 0.8",
    "every": '"week" or "month"',
    "milestones": "days and values, such as [{ day = 2027-02-01, value = 60 }]",
    "pauses": 'days, such as [{ first = 2027-01-01, last = 2027-01-31, why = "ads off" }]',
    "goal": "[[goal]] tables",
    "objective": "[[objective]] tables",
}
DAYS = tuple(name for name, said in EXPECTED.items() if said == A_DAY)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse(text: str, name: str) -> GoalsFile:
    """The goals of a TOML text; raises `FileRefusedError` with every problem of its form at once."""
    found = readable(text, name)
    if found.problems:
        raise refused(name, found.problems)
    return GoalsFile([each.entry for each in found.objectives], [each.entry for each in found.goals])


def readable(text: str, name: str) -> Readable:
    """What can be read of a TOML text, and every problem of its form; raises `FileRefusedError` for what is no TOML."""
    import tomllib

    from pydantic import ValidationError

    gate = _gate(GoalsFile)
    try:
        raw = _with_days(tomllib.loads(text))
        checked, problems, wrong = gate.model_validate(raw), [], {}
    except tomllib.TOMLDecodeError as error:
        raise FileRefusedError(f"{name}: not a TOML file: {error}") from error
    except RecursionError as error:
        raise FileRefusedError(f"{name}: not a file of goals: too many brackets in each other") from error
    except ValidationError as error:
        found = error.errors()
        problems, wrong = [Problem(_place(each["loc"]), _problem(raw, each)) for each in found], _wrong(found)
        checked = gate.model_validate(_without(raw, wrong))
    made = _made(GoalsFile, checked.model_dump(exclude_unset=True))
    return Readable(
        _numbered(raw, "objective", made.objective, wrong),
        _numbered(raw, "goal", made.goal, wrong),
        tuple(dict.fromkeys(problems)),
    )


def refused(name: str, problems: Sequence[Problem]) -> FileRefusedError:
    """Why nothing of a file is taken: one line for each problem, in the order of the file."""
    more = (f"… and {len(problems) - MOST_SHOWN} more",) if len(problems) > MOST_SHOWN else ()
    some = "one thing in it cannot be" if len(problems) == 1 else f"{len(problems)} things in it cannot be"
    told = [each.text for each in sorted(problems, key=lambda each: each.place)]
    return FileRefusedError(
        f"{name}: {some}", details=(*told[:MOST_SHOWN], *more), hints=("smartkpi export goals --toml",)
    )


def label(number: int, name: str) -> str:
    """Which goal of a file: "goal 2 (“Leads”)"."""
    return f"goal {number} (“{name}”)" if name else f"goal {number}"


@cache
def _gate(kind: type) -> "type[BaseModel]":
    """What checks the table of one kind: its fields and no others, numbers as numbers, texts as texts."""
    from pydantic import ConfigDict, create_model

    words: dict[str, Any] = {f.name: (_checked(f.type), _usual(f)) for f in fields(kind)}
    return create_model(kind.__name__, __config__=ConfigDict(extra="forbid", strict=True, allow_inf_nan=False), **words)


def _checked(said: Any) -> Any:
    """The type of a field; lists of entries are lists of what checks those."""
    (inner,) = said.__args__ if getattr(said, "__origin__", None) is list else (None,)
    return list[_gate(inner)] if is_dataclass(inner) else said  # type: ignore[misc, arg-type]


def _usual(word: "Field[Any]") -> Any:
    if word.default_factory is not MISSING:
        return word.default_factory()
    return ... if word.default is MISSING else word.default


def _made(kind: type[_T], said: dict[str, Any]) -> _T:
    """The entry that a checked table says."""
    parts = PARTS if kind in (GoalsFile, GoalEntry) else {}
    return kind(**{
        name: [_made(parts[name], each) for each in value] if name in parts and isinstance(value, list) else value
        for name, value in said.items()
    })  # fmt: skip


def _with_days(raw: Any) -> Any:
    """Days in quotes are days too."""
    if isinstance(raw, list):
        return [_with_days(each) for each in raw]
    if isinstance(raw, dict):
        return {name: _day(said) if name in DAYS else _with_days(said) for name, said in raw.items()}
    return raw


def _day(said: Any) -> Any:
    if isinstance(said, str) and ISO.fullmatch(said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return said
    return said


def _place(loc: Sequence[int | str]) -> tuple[int, int]:
    number = loc[1] + 1 if len(loc) > 1 and isinstance(loc[1], int) else 0
    return (PLACES.get(str(loc[0]), 0), number) if number else (0, 0)


def _wrong(found: "Sequence[ErrorDetails]") -> Wrong:
    """Which fields of which entries a gate refused."""
    wrong: Wrong = {}
    for error in found:
        kind, *rest = error["loc"]
        index, field_ = (*rest, "", "")[:2]
        fields_ = {str(field_), _nearest(str(field_))} if error["type"] == "extra_forbidden" else {str(field_)}
        wrong.setdefault((str(kind), index if isinstance(index, int) else -1), set()).update(fields_)
    return wrong


def _without(raw: dict[str, Any], wrong: Wrong) -> dict[str, Any]:
    """What is left where the fields that cannot be are left out."""
    return {
        kind: [_rest(kind, each, wrong.get((kind, i), set())) for i, each in _left(kind, raw[kind], wrong)]
        for kind in PLACES
        if isinstance(raw.get(kind), list)
    }


def _left(kind: str, entries: Sequence[Any], wrong: Wrong) -> Iterator[tuple[int, Any]]:
    for i, each in enumerate(entries):
        if wrong.get((kind, i), set()).isdisjoint(("", NEEDED[kind])):
            yield i, each


def _rest(kind: str, entry: dict[str, Any], wrong: set[str]) -> dict[str, Any]:
    said = {name: value for name, value in entry.items() if name not in wrong}
    return {"deadline": NO_DAY, **said} if kind == "goal" else said


def _numbered(raw: dict[str, Any], kind: str, made: Sequence[_T], wrong: Wrong) -> tuple[Numbered[_T], ...]:
    """The entries that were made, each with its number in the file."""
    said = raw.get(kind, [])
    there = [i for i, _ in _left(kind, said if isinstance(said, list) else [], wrong)]
    return tuple(
        Numbered(i + 1, entry, frozenset(wrong.get((kind, i), ()))) for i, entry in zip(there, made, strict=True)
    )


def _problem(raw: dict[str, Any], error: "ErrorDetails") -> str:
    """Which goal, which field, what was written, what is expected."""
    place = error["loc"]
    words = [part for part in place if isinstance(part, str) and part in EVERY_WORD]
    of, found = _of(raw, place), words[-1] if words else ""
    match error["type"]:
        case "extra_forbidden":
            wrong = str(place[-1])
            near = _nearest(wrong)
            return f"{of}“{wrong}” is no field{f'; did you mean {near}?' if near else ''}"
        case "missing":
            return f"{of}{place[-1]} is missing: {EXPECTED.get(str(place[-1]), A_TEXT)}"
        case _:
            written = _written(raw, place)
            return f"{of}{' '.join(words[1:] or words)} is {written}; expected {EXPECTED.get(found, A_TEXT)}"


def _of(raw: dict[str, Any], place: Sequence[int | str]) -> str:
    if len(place) < 2 or not isinstance(place[1], int):
        return ""
    entry = raw[str(place[0])][place[1]]
    said = entry.get("title") or entry.get("name") if isinstance(entry, dict) else ""
    name = said if isinstance(said, str) else ""
    return f"{label(place[1] + 1, name) if place[0] == 'goal' else f'objective {place[1] + 1}'}: "


def _written(raw: Any, place: Sequence[int | str]) -> str:
    """What stands there, as far as the place leads; the last steps may be of a choice between kinds."""
    for step in place:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            break
    said = _value(raw) if isinstance(raw, str | int | float | date) else f"a {type(raw).__name__}"
    return said if len(said) <= 60 else said[:57] + "…"


CALLED = {  # what a field is called on the command line, or in a sentence
    "for": "objective", "by": "deadline", "until": "deadline", "account": "accounts", "milestone": "milestones",
    "pause": "pauses", "drop": "gain", "because": "why", "slug": "name",
}  # fmt: skip


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    if word in CALLED:
        return CALLED[word]
    return next(iter(get_close_matches(word, EVERY_WORD, 1)), "")


EVERY_WORD = tuple(
    dict.fromkeys(
        f.name for kind in (GoalEntry, ObjectiveEntry, MilestoneEntry, PauseEntry, GoalsFile) for f in fields(kind)
    )
)


def text(found: GoalsFile) -> str:
    """The TOML text that `parse` reads back as the same; only what is said."""
    return "\n".join((HEAD, *_tables("objective", found.objective), *_tables("goal", found.goal)))


HEAD = "# Goals, as smartkpi export goals --toml wrote them. They go in with: smartkpi add --file FILE\n"


def _tables(name: str, entries: Sequence[Any]) -> Iterator[str]:
    for entry in entries:
        yield f"[[{name}]]\n" + "".join(f"{word} = {_value(said)}\n" for word, said in _said(entry))


ORDER = ("name", "title", "metric", "platform", "accounts", "campaign", "report", "form", "direction",
         "baseline", "baseline_day", "target", "gain", "currency", "start", "deadline")  # fmt: skip


def _said(entry: Any) -> list[tuple[str, Any]]:
    """The fields that are said, those that make the goal first."""
    pairs = [(f.name, getattr(entry, f.name)) for f in fields(entry)]
    said = [(name, value) for name, value in pairs if value not in ("", None, [], ()) and (name, value) != UNSAID]
    return sorted(said, key=lambda pair: ORDER.index(pair[0]) if pair[0] in ORDER else len(ORDER))


UNSAID = ("data_every", 0)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if is_dataclass(value):
        return "{ " + ", ".join(f"{name} = {_value(said)}" for name, said in _said(value)) + " }"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(value)
    return string(value)
