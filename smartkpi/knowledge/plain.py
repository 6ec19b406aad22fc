"""A profile that comes with the program, from TOML: without pydantic, for a test holds each of them against it."""

import tomllib
from typing import Any, TypeVar

from smartkpi.model.profile import Column, Condition, Count, Numbers, Profile, Role, Shape, Stated, Table

_T = TypeVar("_T")
_PARTS: dict[str, type[Any]] = {
    "tables": Table,
    "columns": Column,
    "stated": Stated,
    "counts": Count,
    "where": Condition,
}
_TYPED: dict[str, type[Any]] = {"shape": Shape, "role": Role, "numbers": Numbers, "per": float}


def parse(text: str) -> Profile:
    """The profile that a checked text says."""
    return _made(Profile, tomllib.loads(text))


def _made(kind: type[_T], entry: dict[str, Any]) -> _T:
    return kind(**{word: _value(word, said) for word, said in entry.items()})


def _value(word: str, said: Any) -> Any:
    if word in _PARTS:
        return tuple(_made(_PARTS[word], part) for part in said)
    if word in _TYPED:
        return _TYPED[word](said)
    return tuple(said) if isinstance(said, list) else said
