"""Several clients in one database: whose each goal is stands beside it, and `--account` shows the goals of one."""

import json
from collections.abc import Callable

import pytest
from kit import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")
QUARTER = ("--deadline", "2026-12-31", *DAY)
COMMANDS = ("status", "list", "audit")


@pytest.fixture
def agency(smartkpi: Run) -> Run:
    """Two clients on Facebook, one of them on LinkedIn too."""
    for platform, account, gain in (
        ("facebook", "Globex", "78"), ("facebook", "Example Café", "1237"), ("linkedin", "Globex", "40"),
    ):  # fmt: skip
        said = ("--metric", "followers", "--platform", platform, "--account", account, "--new-account", "--gain", gain)
        done = smartkpi("add", *said, "--baseline", "1000", *QUARTER)
        assert done.exit_status == 0, done.err
    return smartkpi


@pytest.mark.parametrize("command", COMMANDS)
def test_goals_of_several_accounts_on_a_platform_say_whose_they_are(command: str, agency: Run) -> None:
    out = agency(command, *DAY).out
    assert "Gain 78 Facebook followers · Globex" in out
    assert "Gain 1,237 Facebook followers · Example Café" in out
    assert "Gain 40 LinkedIn followers · Globex" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_goals_of_one_account_can_be_looked_at_alone(command: str, agency: Run) -> None:
    out = agency(command, "--account", "globex", *DAY).out
    assert "Gain 78 Facebook followers · Globex" in out
    assert "Gain 40 LinkedIn followers" in out
    assert "1,237" not in out
    told = json.loads(agency(command, "--account", "Example Café", "--json", *DAY).out)
    slugs = [goal if isinstance(goal, str) else goal["slug"] for goal in told["goals"]]
    assert slugs == ["followers-facebook-2"]


def test_retro_says_whose_and_shows_one_account(agency: Run) -> None:
    for slug in ("followers-facebook", "followers-facebook-2"):
        assert agency("close", slug, "--why", "over", *DAY).exit_status == 0
    out = agency("retro", *DAY).out
    assert "followers · Globex" in out and "followers · Example Café" in out
    told = json.loads(agency("retro", "--account", "Globex", "--json", *DAY).out)
    assert [goal["slug"] for goal in told["goals"]] == ["followers-facebook"]
    assert "Gain 1,237 Facebook followers · Example Café" in agency("list", "--all", *DAY).out


@pytest.mark.parametrize("command", [*COMMANDS, "retro"])
def test_an_account_that_is_not_there_is_named_with_the_nearest(command: str, agency: Run) -> None:
    done = agency(command, "--account", "Globx", *DAY)
    assert (done.exit_status, done.out) == (2, "")
    assert "Globx" in done.err and "Did you mean Globex?" in done.err


def test_a_title_stays_what_it_was(agency: Run) -> None:
    told = json.loads(agency("status", "--json", *DAY).out)
    assert {goal["title"] for goal in told["goals"]} == {
        "Gain 78 Facebook followers", "Gain 1,237 Facebook followers", "Gain 40 LinkedIn followers",
    }  # fmt: skip
    assert agency("edit", "followers-facebook", "--title", "More fans for Globex", *DAY).exit_status == 0
    assert "More fans for Globex · " not in agency("list", *DAY).out


def test_one_account_for_each_platform_says_nothing_more(smartkpi: Run) -> None:
    for platform in ("facebook", "linkedin"):
        smartkpi("add", "--metric", "followers", "--platform", platform, "--account", f"Café {platform}", "--gain", "9",
                 "--baseline", "10", *QUARTER)  # fmt: skip
    assert " · Café" not in smartkpi("list", *DAY).out


def test_an_account_that_was_renamed_is_found_by_both_names(agency: Run) -> None:
    assert agency("accounts", "rename", "Globex", "Initech", "--platform", "facebook").exit_status == 0
    for name in ("Globex", "Initech"):
        assert "Gain 78 Facebook followers · Initech" in agency("status", "--account", name, *DAY).out
