"""The TOML files of this folder, and the profiles of a user's own, become Metrics and Profiles."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.model.card import Card
from smartkpi.model.metric import Direction, Kind, Metric, Stage

if TYPE_CHECKING:  # its many classes are made where a profile is read
    from smartkpi.model.profile import Profile

_HERE = Path(__file__).parent  # importlib.resources would cost `status` 30 ms
_ENTRY = re.compile(r"^\[(\w+)\].*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by its id. Plain tomllib; a test holds the file against pydantic."""
    entries = tomllib.loads(_packaged("metrics.toml"))
    return {name: _metric(name, entry) for name, entry in entries.items()}


def metrics_for(wanted: Iterable[str]) -> dict[str, Metric]:
    """These metrics and all that judging them reads: parts, weights, stand-ins, the flows of a level.

    On the way of `status`, so only their entries are parsed: a tenth of the time of the whole file.
    """
    texts = {match[1]: match[0] for match in _ENTRY.finditer(_packaged("metrics.toml"))}
    found: dict[str, Metric] = {}
    open_names = [name for name in wanted if name in texts]
    while open_names:
        name = open_names.pop()
        if name not in found:
            metric = found[name] = _metric(name, tomllib.loads(texts[name])[name])
            named = (metric.numerator, metric.denominator, metric.weight, *metric.read_as)
            flows = [other for other, text in texts.items() if f'grows = "{name}"' in text]
            open_names += [other for other in (*named, *flows) if other in texts]
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
    return tomllib.loads(_packaged("platforms.toml"))


def cards(user_folder: Path | None = None) -> tuple[Card, ...]:
    """What every profile says of itself before its first table, by id: quick, and enough to list them."""
    paths = [*(_HERE / "profiles").glob("*.toml")]
    if user_folder and user_folder.is_dir():
        paths += user_folder.glob("*.toml")
    heads = [tomllib.loads(_text(path).split("\n[", 1)[0]) for path in paths]
    found = {head["id"]: Card(**{name: _frozen(head.get(name, "")) for name in Card._fields}) for head in heads}
    return tuple(found[name] for name in sorted(found))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def profiles(user_folder: Path | None = None) -> "tuple[Profile, ...]":
    """The packaged profiles and those of the user's folder, by id; a user's profile replaces a packaged one.

    Raises SmartKpiError that names the file and the word when one of the user's cannot be read.
    """
    found = {profile.id: profile for profile in _packaged_profiles()}
    if user_folder and user_folder.is_dir():
        for path in sorted(user_folder.glob("*.toml")):
            own = _read(path)
            found[own.id] = own
    return tuple(sorted(found.values(), key=lambda p: p.id))


@cache
def _packaged_profiles() -> "tuple[Profile, ...]":
    return tuple(_read(path) for path in sorted((_HERE / "profiles").glob("*.toml")))


def profile(id_or_path: str, user_folder: Path | None = None) -> "Profile":
    """One profile: by its id, or from a TOML file when the text ends in .toml or has a slash in it."""
    if id_or_path.endswith(".toml") or "/" in id_or_path:
        return _read(Path(id_or_path))
    known = {p.id: p for p in profiles(user_folder)}
    if id_or_path in known:
        return known[id_or_path]
    from difflib import get_close_matches

    near = get_close_matches(id_or_path, known, n=3, cutoff=0.4)
    raise UnknownNameError(
        f"“{id_or_path}” is no profile.",
        details=() if near else (f"Known: {', '.join(known)}.",),
        hints=tuple(f"--profile {name}" for name in near),
    )


def _read(path: Path) -> "Profile":
    return parse(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SmartKpiError(f"{path.name}: the profile cannot be read: {error}.") from error


def parse(text: str, name: str) -> "Profile":
    """A profile from TOML text; every word that it says must be one of `model/profile.py`."""
    from pydantic import TypeAdapter, ValidationError

    from smartkpi.model.profile import Profile

    try:
        entries = tomllib.loads(text)
        return TypeAdapter(Profile).validate_python(entries)
    except tomllib.TOMLDecodeError as error:
        raise SmartKpiError(f"{name}: not a TOML file: {error}.") from error
    except ValidationError as error:
        details = tuple(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:10])
        raise SmartKpiError(f"{name}: this is no profile.", details=details) from error


def examples() -> Path:
    """The folder of the example files: inside an installed package, or of the checkout."""
    package = _HERE.parent
    installed = package / "examples"
    return installed if installed.is_dir() else package.parent / "examples"


def _packaged(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
