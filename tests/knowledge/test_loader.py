"""Profiles and metrics come from TOML; what a file says wrongly is named."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from smartkpi.errors import SmartKpiError, UnknownNameError
from smartkpi.knowledge import loader
from smartkpi.model.profile import Numbers, Role, Shape

OWN = """
id = "mine"
title = "Mine"
report = "mine"
platforms = ["website"]
how = ["Export it"]
numbers = "comma"
[[tables]]
name = "Days"
shape = "daily"
columns = [{ names = ["Day"], role = "date" }, { names = ["Sales"], metric = "sales" }]
"""


def test_a_profile_of_the_users_own_stands_beside_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    found = {profile.id: profile for profile in loader.profiles(tmp_path)}
    assert set(found) == {profile.id for profile in loader.profiles()} | {"mine"}
    assert found["mine"].numbers is Numbers.COMMA
    assert found["mine"].tables[0].shape is Shape.DAILY
    assert found["mine"].tables[0].columns[0].role is Role.DATE
    assert loader.profile("mine", tmp_path) == loader.profile(str(tmp_path / "mine.toml")) == found["mine"]


def test_a_users_profile_replaces_the_packaged_one_of_the_same_id(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(OWN.replace("mine", "x-overview"), encoding="utf-8")
    assert loader.profile("x-overview", tmp_path).title == "Mine"
    assert loader.profile("x-overview").title != "Mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("numbers =", "nmbers ="), "line 7: nmbers"),
        (OWN.replace('"daily"', '"weekly"'), "line 10: tables.0.shape"),
        (OWN.replace('role = "date"', 'role = "day"'), "line 11: tables.0.columns.0.role"),
        (OWN.replace('title = "Mine"\n', ""), "title: Field required"),
        (OWN.replace('report = "mine"', "report = mine"), "not a TOML file: Invalid value (at line 4, column 10)"),
    ],
)
def test_what_no_profile_may_say_is_named_with_its_file_and_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    for name in ("mine", str(tmp_path / "own.toml")):
        with pytest.raises(SmartKpiError) as error:
            loader.profile(name, tmp_path)
        assert error.value.headline.startswith("own.toml: ")
        assert said in "\n".join((error.value.headline, *error.value.details))


def test_a_broken_profile_of_the_users_is_skipped_and_told_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("id = [", encoding="utf-8")
    (tmp_path / "nameless.toml").write_text("x = 1", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes("id = 'Café'".encode("latin-1"))
    for listed in (loader.profiles, loader.cards):
        unread: list[SmartKpiError] = []
        assert {found.id for found in listed(tmp_path, unread)} == {p.id for p in loader.profiles()} | {"mine"}
        assert [e.headline.split(":")[0] for e in unread] == ["broken.toml", "latin.toml", "nameless.toml"]
        assert all(e.details[-1].startswith("It is skipped") for e in unread)
    assert loader.profile("mine", tmp_path).title == "Mine"
    for name in ("broken", "latin", "nameless"):
        with pytest.raises(SmartKpiError, match=rf"{name}\.toml"):
            loader.profile(name, tmp_path)


def test_a_broken_profile_is_not_passed_over_for_the_packaged_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('id = "x-overview"\nx = [', encoding="utf-8")
    with pytest.raises(SmartKpiError, match=r"x\.toml: not a TOML file"):
        loader.profile("x-overview", tmp_path)


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as error:
        loader.profile("meta-card")
    assert "--profile meta-cards" in error.value.hints
    with pytest.raises(SmartKpiError, match=r"nothing\.toml"):
        loader.profile("nothing.toml")


def test_what_comes_with_the_program_needs_no_heavy_library() -> None:
    code = (
        "import sys; from smartkpi.knowledge import loader; loader.metrics(); loader.platforms(); loader.profiles();"
        "print([m for m in ('pydantic', 'importlib.resources', 'sqlite_utils') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_examples_are_where_the_program_is() -> None:
    assert loader.examples().name == "examples"
    assert loader.examples().is_dir()


@pytest.mark.parametrize("name", ["metrics.toml", "platforms.toml"])
def test_what_is_read_line_by_line_is_what_toml_says(name: str) -> None:
    text = (Path(loader.__file__).parent / name).read_text(encoding="utf-8")
    if name == "platforms.toml":
        assert loader.platforms() == tomllib.loads(text)
    else:
        assert loader.metrics_for(tomllib.loads(text)) == loader.metrics()
