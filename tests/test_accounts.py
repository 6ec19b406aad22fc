"""Accounts through the command line: who is asked, who is found, renaming and merging."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kit import Result

Run = Callable[..., Result]
HEAD = (
    "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
    "Create Post,Video views,Media views"
)


def overview(folder: Path, name: str, first: int, count: int, plus: int = 0) -> Path:
    """An X account overview of `count` days from `first` of January 2025 on."""
    file = folder / name
    days = [date(2025, 1, day) for day in range(first, first + count)]
    rows = [
        f'"{day:%a, %b} {day.day}, 2025",{100 + day.day + plus},{day.day + plus},{3 + plus},'
        f"0,0,1,0,0,0,{2 + plus},1,0,0"
        for day in days
    ]
    file.write_text("\n".join([HEAD, *rows[::-1]]) + "\n", encoding="utf-8")
    return file


def names(smartkpi: Run) -> list[str]:
    return [account["name"] for account in json.loads(smartkpi("accounts", "--json").out)["accounts"]]


def test_the_first_account_must_be_named_and_the_only_one_is_found(smartkpi: Run, tmp_path: Path) -> None:
    first = overview(tmp_path, "a.csv", 1, 10)
    asked = smartkpi("import", first)
    assert asked.exit_status == 1
    assert "whose numbers are these?" in asked.err
    assert "--account NAME" in asked.err
    assert "a new account" in smartkpi("import", first, "--account", "Example Café").out
    assert "your only X account" in smartkpi("import", overview(tmp_path, "b.csv", 11, 10)).out


def test_a_name_that_looks_like_a_known_one_stops(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 10), "--account", "Example Café")
    typo = smartkpi("import", overview(tmp_path, "b.csv", 11, 10), "--account", "Example Cafe")
    assert typo.exit_status == 1
    assert "looks like Example Café" in typo.err
    again = smartkpi("import", tmp_path / "b.csv", "--account", "Example Cafe", "--new-account")
    assert again.exit_status == 0
    assert names(smartkpi) == ["Example Cafe", "Example Café"]


def test_a_title_without_a_platform_needs_one(smartkpi: Run, tmp_path: Path) -> None:
    reach = tmp_path / "Reach.csv"
    reach.write_bytes('sep=,\r\n"Reach"\r\n"Date","Primary"\r\n"2026-05-25T00:00:00","65"\r\n'.encode("utf-16"))
    asked = smartkpi("import", reach, "--account", "Example Café")
    assert asked.exit_status == 1
    assert "--platform" in asked.err
    assert smartkpi("import", reach, "--account", "Example Café", "--platform", "ig").exit_status == 0


def test_an_export_under_the_old_name_finds_a_renamed_account(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 10), "--account", "old")
    assert smartkpi("accounts", "rename", "old", "Another name").exit_status == 0
    smartkpi("import", overview(tmp_path, "b.csv", 11, 10), "--account", "old")
    assert names(smartkpi) == ["Another name"]
    assert smartkpi("undo").exit_status == 0
    assert smartkpi("undo").exit_status == 0
    assert names(smartkpi) == ["old"]
    assert smartkpi("redo").exit_status == 0
    assert names(smartkpi) == ["Another name"]
    smartkpi("import", overview(tmp_path, "c.csv", 11, 10), "--account", "old")
    assert names(smartkpi) == ["Another name"]


@pytest.mark.parametrize("dry", [True, False])
def test_two_accounts_that_are_one_are_merged(dry: bool, smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 12), "--account", "First")
    smartkpi("import", overview(tmp_path, "b.csv", 10, 12), "--account", "Second one")
    before = smartkpi("export", "observations").out
    done = smartkpi("accounts", "merge", "First", "Second one", *(["--dry-run"] if dry else []))
    assert done.exit_status == 0
    assert names(smartkpi) == (["First", "Second one"] if dry else ["Second one"])
    if not dry:
        assert smartkpi("export", "observations").out.count("\n") < before.count("\n")
        smartkpi("undo")
    assert smartkpi("export", "observations").out == before


def test_most_values_differing_look_like_another_account(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 25), "--account", "A")
    other = overview(tmp_path, "b.csv", 1, 26, plus=7)
    stopped = smartkpi("import", other, "--account", "A")
    assert stopped.exit_status == 1
    assert "another account" in stopped.err
    assert "--account A --same-account" in stopped.err
    done = smartkpi("import", other, "--account", "A", "--same-account")
    assert done.exit_status == 0
    assert "100 changed" in done.out


def test_accounts_that_look_like_two_are_not_merged_by_a_slip(smartkpi: Run) -> None:
    for name, level in (("First", "100"), ("Second one", "500")):
        smartkpi("record", "followers", level, "--account", name, "--platform", "x", "--on", "2026-03-01")
    stopped = smartkpi("accounts", "merge", "First", "Second one")
    assert stopped.exit_status == 1
    assert "→ smartkpi accounts merge First 'Second one' --same-account" in stopped.err
    assert smartkpi("accounts", "merge", "First", "Second one", "--same-account").exit_status == 0


def test_what_cannot_become_one_account_fails_and_names_the_next_step(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 12), "--account", "First")
    smartkpi("import", overview(tmp_path, "b.csv", 1, 12), "--account", "Second one")
    taken = smartkpi("accounts", "rename", "First", "Second one")
    assert taken.exit_status == 1
    assert "→ smartkpi accounts merge First 'Second one' --dry-run" in taken.err
    itself = smartkpi("accounts", "merge", "First", "First")
    assert itself.exit_status == 1
    assert "→ smartkpi" in itself.err
    assert smartkpi("accounts", "merge", "First", "Nobody").exit_status == 2


def test_undo_and_redo_say_once_what_became_of_an_account(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 12), "--account", "old")
    smartkpi("accounts", "rename", "old", "Another name")
    assert smartkpi("undo").out.splitlines()[1:-1] == ["  account Another name is called old again"]
    assert smartkpi("redo").out.splitlines()[1:-1] == ["  account old is called Another name again"]
    smartkpi("import", overview(tmp_path, "b.csv", 10, 12), "--account", "Third", "--new-account")
    smartkpi("accounts", "merge", "Third", "Another name")
    assert smartkpi("undo").out.splitlines()[1:-1] == ["  account Third: back"]
    assert smartkpi("redo").out.splitlines()[1:-1] == ["  account Third: gone"]


def test_undo_says_how_many_numbers_went_back_to_their_older_values(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 12), "--account", "Shop", "--as-of", "2025-02-01")
    newer = overview(tmp_path, "b.csv", 11, 3, plus=1)
    smartkpi("import", newer, "--account", "Shop", "--as-of", "2025-02-02", "--same-account")
    receipt = json.loads(smartkpi("imports", "--json").out)["imports"][1]
    assert receipt["restated"] > 0
    (told,) = smartkpi("undo").out.splitlines()[1:-1]
    new, restated = receipt["new"], receipt["restated"]
    assert told == f"  import 2: b.csv, {new} numbers, {restated} numbers back to their older values"
    (told,) = smartkpi("redo").out.splitlines()[1:-1]
    assert told == f"  import 2: b.csv, {new} numbers, {restated} numbers changed again"
    undone = json.loads(smartkpi("undo", "--json").out)["change"]["imports"][0]
    assert (undone["numbers_moved"], undone["numbers_changed"]) == (new, restated)


def test_undo_of_an_import_that_only_restated_says_so(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 12), "--account", "Shop", "--as-of", "2025-02-01")
    before = smartkpi("export", "observations").out
    newer = overview(tmp_path, "b.csv", 12, 1, plus=1)
    smartkpi("import", newer, "--account", "Shop", "--as-of", "2025-02-02", "--same-account")
    (told,) = smartkpi("undo").out.splitlines()[1:-1]
    assert told == "  import 2: b.csv, 4 numbers back to their older values"
    assert smartkpi("export", "observations").out == before
