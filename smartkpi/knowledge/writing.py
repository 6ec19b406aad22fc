"""A Profile becomes the TOML text that `loader.parse` reads back as the same Profile, and a file of the user's own."""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from smartkpi.errors import SmartKpiError
from smartkpi.model.profile import Profile

_AT_ONCE = ("tables", "metrics")  # arrays of tables of their own; all else stands on one line, or one a line


def text(profile: Profile) -> str:
    """The words of a profile that are not the usual ones, in their order, those of lists one a line."""
    return "\n".join([_head(profile), *_sections(profile)])


def path_of(profile: Profile, folder: Path) -> Path:
    """Where a profile of the user's lies."""
    return folder / f"{profile.id}.toml"


def put(path: Path, content: str) -> Path:
    """Write a profile's text, whole or not at all, for its owner only."""
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.write_text(content, encoding="utf-8")
        half.chmod(0o600)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise SmartKpiError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _head(profile: Profile) -> str:
    return "".join(f"{word} = {_value(said)}\n" for word, said in _said(profile) if word not in _AT_ONCE)


def _sections(profile: Profile) -> list[str]:
    found = []
    for name in _AT_ONCE:
        for each in getattr(profile, name):
            found.append(f"[[{name}]]\n" + "".join(f"{word} = {_value(said)}\n" for word, said in _said(each)))
    return found


def _said(noun: Any) -> list[tuple[str, Any]]:
    """The words of a noun, a dataclass or a NamedTuple, that are not what they are unsaid."""
    is_plain = isinstance(noun, tuple)
    usual = noun._field_defaults if is_plain else {f.name: _usual(f) for f in fields(noun)}
    words = noun._fields if is_plain else tuple(usual)
    return [(word, said) for word in words if (said := getattr(noun, word)) != usual.get(word, MISSING)]


def _usual(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _value(value: Any) -> str:
    """A value in TOML; lists of nouns have one on each line."""
    if is_dataclass(value):
        return "{ " + ", ".join(f"{word} = {_value(said)}" for word, said in _said(value)) + " }"
    if isinstance(value, tuple):
        if any(map(is_dataclass, value)):
            return "[\n" + "".join(f"    {_value(each)},\n" for each in value) + "]"
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{string(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return string(value.value if isinstance(value, Enum) else value)


def string(value: str) -> str:
    """A basic string: JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
