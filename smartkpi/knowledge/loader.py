"""The TOML files of this folder, and the profiles of a user's own, become Metrics and Profiles."""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from json import JSONDecoder
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.model.metric import Direction, Kind, Metric, Stage

if TYPE_CHECKING:  # its many classes are made where a profile is read
    from pydantic import TypeAdapter

    from smartkpi.model.card import Card
    from smartkpi.model.profile import Profile
    from smartkpi.model.suggestion import Worths

_T = TypeVar("_T")
_HERE = Path(__file__).parent  # importlib.resources would cost `status` 30 ms
_PROFILES = _HERE / "profiles"
_JSON = JSONDecoder()


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by its id. Plain tomllib; a test holds the file against pydantic."""
    import tomllib

    entries = tomllib.loads(_packaged("metrics.toml"))
    return {name: _metric(name, entry) for name, entry in entries.items()}


def metrics_for(wanted: Iterable[str]) -> dict[str, Metric]:
    """These metrics and all that judging them reads: parts, weights, stand-ins, the flows of a level.

    On the way of `status`, so only their entries are parsed: a tenth of the time of the whole file.
    """
    texts = _texts("metrics.toml")
    found: dict[str, Metric] = {}
    open_names = [name for name in wanted if name in texts]
    while open_names:
        name = open_names.pop()
        if name not in found:
            metric = found[name] = _metric(name, _entry(texts[name]))
            named = (metric.numerator, metric.denominator, metric.weight, *metric.read_as)
            flows = [other for other, text in texts.items() if f'grows = "{name}"' in text]
            open_names += [other for other in (*named, *flows) if other in texts]
    return found


def _texts(packaged: str) -> dict[str, str]:
    """The text below each [name] of a packaged file of flat tables."""
    entries = _packaged(packaged).split("\n[")[1:]
    return {entry[: entry.index("]")]: entry for entry in entries}


def _entry(text: str) -> dict[str, Any]:
    """One flat table of a packaged file: its values are written as JSON has them, which is read ten times faster.

    A test holds every entry against tomllib.
    """
    found = {}
    for line in text.splitlines()[1:]:
        name, is_field, value = line.partition(" = ")
        if is_field and not name.startswith("#"):
            found[name] = _JSON.raw_decode(value)[0]
    return found


def _metric(name: str, entry: dict[str, Any]) -> Metric:
    known = {key: _frozen(value) for key, value in entry.items()}
    known["kind"] = Kind(known["kind"])
    known["stage"] = Stage(known["stage"])
    known["direction"] = Direction(known.get("direction", "up"))
    known.setdefault("name", name.replace("_", " "))
    return Metric(id=name, **known)


@cache
def platforms() -> dict[str, dict[str, Any]]:
    """Every platform by its id: `name`, `words`, `lag` in days."""
    return {name: _entry(text) for name, text in _texts("platforms.toml").items()}


def worths() -> "Worths":
    """Which metrics are worth a goal, the most telling of each stage first, and why."""
    import tomllib

    from smartkpi.model.suggestion import Worth, Worths

    told = tomllib.loads(_packaged("worth.toml"))
    return Worths(
        tuple(Worth(name, why, name in told["keep"], name in told["always"]) for name, why in told["metrics"].items()),
        {platform: tuple(names) for platform, names in told["first"].items()},
        {Stage(stage): why for stage, why in told["stages"].items()},
        {Stage(stage): platform for stage, platform in told["homes"].items()},
        {platform: frozenset(map(Stage, stages)) for platform, stages in told["aside"].items()},
    )


def cards(user_folder: Path | None = None, unread: list[SmartKpiError] | None = None) -> "tuple[Card, ...]":
    """What every profile says of itself before its first table, by id: quick, and enough to list them.

    Those of the user's that cannot be read are left out, and said in `unread`.
    """
    found = [_card(path) for path in _files(_PROFILES)]
    found += _readable(user_folder, _card, [] if unread is None else unread)
    by_id = {card.id: card for card in found}
    return tuple(by_id[name] for name in sorted(by_id))


def cards_of(reports: Collection[str], user_folder: Path | None = None) -> "tuple[Card, ...]":
    """The cards of these kinds of export: a tenth of the time of all."""
    said = [f'report = "{report}"' for report in reports]
    paths = [path for path in _files(_PROFILES) if any(line in _text(path) for line in said)]
    own = _readable(user_folder, _card, []) if user_folder else []
    return tuple(card for card in (*map(_card, paths), *own) if card.report in reports)


def _card(path: Path) -> "Card":
    import tomllib

    from smartkpi.model.card import Card

    try:
        head = tomllib.loads(_text(path).split("\n[", 1)[0])
        return Card(head["id"], **{name: _frozen(head.get(name, "")) for name in Card._fields[1:]})
    except (tomllib.TOMLDecodeError, KeyError):
        _read(path)  # says what is wrong
        raise


def profiles_of_a_range(ids: Iterable[str]) -> frozenset[str]:
    """Those of these profiles whose items are counted over the range of the export, not since they were published."""
    paths = ((name, _PROFILES / f"{name}.toml") for name in ids)
    return frozenset(name for name, path in paths if path.is_file() and "\nitems_of_range = true\n" in _text(path))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def profiles(user_folder: Path | None = None, unread: list[SmartKpiError] | None = None) -> "tuple[Profile, ...]":
    """The packaged profiles and those of the user's folder, by id; a user's profile replaces a packaged one.

    One of the user's that cannot be read stops nothing: it is left out, and `unread` says which and why.
    """
    own = _readable(user_folder, _read, [] if unread is None else unread)
    found = {profile.id: profile for profile in (*_packaged_profiles(), *own)}
    return tuple(sorted(found.values(), key=lambda p: p.id))


def profiles_stating(metrics: Iterable[str], user_folder: Path | None = None) -> "list[Profile]":
    """Those profiles that name one of these metrics, by id; others are not even parsed."""
    named = [f'"{name}"' for name in metrics]
    own = _readable(user_folder, _read, [])
    packaged = [_parsed(path) for path, text in _packaged_texts() if any(name in text for name in named)]
    found = {profile.id: profile for profile in (*packaged, *own)}
    return sorted(found.values(), key=lambda p: p.id)


def _readable(folder: Path | None, read: Callable[[Path], _T], unread: list[SmartKpiError]) -> list[_T]:
    """What can be read in the user's folder."""
    found = []
    for path in _files(folder):
        try:
            found.append(read(path))
        except SmartKpiError as error:
            error.details = (*error.details, f"It is skipped, the other profiles are used: {path}")
            unread.append(error)
    return found


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []


@cache
def _packaged_texts() -> tuple[tuple[Path, str], ...]:
    return tuple((path, _text(path)) for path in _files(_PROFILES))


@cache
def _packaged_profiles() -> "tuple[Profile, ...]":
    return tuple(_parsed(path) for path in _files(_PROFILES))


@cache
def _parsed(path: Path) -> "Profile":
    from smartkpi.knowledge import plain

    return plain.parse(_text(path))


def is_packaged(name: str) -> bool:
    """Whether a profile of this id comes with the program; its file is called so."""
    return name in {path.stem for path in _files(_PROFILES)}


def own_file(name: str, user_folder: Path) -> Path | None:
    """The file in the user's folder that says this id, readable or not; None where there is none."""
    return next((path for path in _files(user_folder) if _is_called(path, name)), None)


def put_away(file: Path) -> Path:
    """A profile of the user's is kept beside the others, under a name that is not read; an older one goes for it."""
    away = file.with_suffix(".toml.removed")
    try:
        return file.replace(away)
    except OSError as error:
        raise SmartKpiError(f"{file} cannot be put away: {error.strerror}") from error


def profile(id_or_path: str, user_folder: Path | None = None) -> "Profile":
    """One profile: by its id, or from a TOML file when the text ends in .toml or has a slash in it.

    Raises SmartKpiError where it cannot be read, UnknownNameError where there is none.
    """
    if id_or_path.endswith(".toml") or "/" in id_or_path:
        return _read(Path(id_or_path))
    if user_folder and (path := own_file(id_or_path, user_folder)):
        return _read(path)
    known = {p.id: p for p in profiles(user_folder)}
    if id_or_path in known:
        return known[id_or_path]
    raise UnknownNameError(
        f"“{id_or_path}” is no profile.", details=(f"Known: {', '.join(known)}.",), hints=_near(id_or_path, known)
    )


def _near(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that look like `text`, as flags: what merely shares some letters with it is no help."""
    from difflib import get_close_matches

    return tuple(f"--profile {name}" for name in get_close_matches(text, list(known), n=3, cutoff=0.75))


def _is_called(path: Path, name: str) -> bool:
    """Whether a profile that need not be readable says that this is its id; else its file is called so."""
    try:
        said = re.search(r"""^\s*id\s*=\s*["'](.*?)["']""", _text(path), re.MULTILINE)
    except SmartKpiError:
        said = None
    return said[1] == name if said else path.stem == name


def _read(path: Path) -> "Profile":
    return parse(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SmartKpiError(f"{path.name}: the profile cannot be read: {error}.") from error


def parse(text: str, name: str) -> "Profile":
    """A profile from TOML text; every word that it says must be one of `model/profile.py`."""
    import tomllib

    from pydantic import ValidationError

    try:
        return _gate().validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SmartKpiError(f"{name}: not a TOML file: {error}.") from error
    except ValidationError as error:
        details = tuple(
            f"{_line(text, e['loc'], e['input'])}{'.'.join(map(str, e['loc']))}: {e['msg']}"
            for e in error.errors()[:10]
        )
        raise SmartKpiError(f"{name}: this is no profile.", details=details) from error


@cache
def _gate() -> "TypeAdapter[Profile]":
    """What checks a profile; making it takes longer than reading a hundred."""
    from pydantic import TypeAdapter

    from smartkpi.model.profile import Profile

    return TypeAdapter(Profile)


def _line(text: str, place: tuple[int | str, ...], said: object) -> str:
    """ "line 12: ", where the word of a profile at `place` ("tables", 0, "shape") stands; '' where it is nowhere."""
    lines = text.splitlines()
    tables = [n for n, line in enumerate(lines) if line.strip() == "[[tables]]"]
    begin = tables[place[1]] if len(place) > 1 and isinstance(place[1], int) and place[1] < len(tables) else 0
    words = [str(part) for part in place if isinstance(part, str)]
    wanted = re.compile(rf"\b{re.escape(words[-1] if words else '')}\s*=")
    found = [n for n, line in enumerate(lines) if n >= begin and wanted.search(line)]
    exact = [n for n in found if str(said) in lines[n]]
    at = next(iter(exact or found), None)
    return "" if at is None else f"line {at + 1}: "


def examples() -> Path:
    """The folder of the example files: inside an installed package, or of the checkout."""
    package = _HERE.parent
    installed = package / "examples"
    return installed if installed.is_dir() else package.parent / "examples"


def _packaged(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
