"""Whose numbers they are: nobody guesses."""

import pytest

from smartkpi.errors import AccountNeededError, WrongUseError
from smartkpi.model.series import Account
from smartkpi.workflow import whose

CAFE, PAGE, OTHER = (
    Account("instagram", "Example Café", "1"),
    Account("facebook", "Example Café", "2"),
    Account("x", "example", "3"),
)
KNOWN = [CAFE, PAGE, OTHER]
LABELS = {"instagram": "Instagram", "facebook": "Facebook", "x": "X", "linkedin": "LinkedIn"}


def named(name: str, *platforms: str, known: list[Account] = KNOWN, new_account: bool = False) -> Account:
    return whose.named(name, platforms, known, LABELS, new_account=new_account, command="smartkpi import f.csv")


def test_a_known_name_is_the_known_account_whatever_its_case() -> None:
    assert named("example café", "instagram") is CAFE
    assert named("EXAMPLE") is OTHER


def test_a_new_name_on_one_platform_is_a_new_account() -> None:
    assert named("Bakery", "linkedin") == Account("linkedin", "Bakery")


def test_a_name_on_two_platforms_asks_which() -> None:
    with pytest.raises(AccountNeededError, match="which platform is Example Café on") as asked:
        named("Example Café")
    assert asked.value.platforms == ("instagram", "facebook")
    assert asked.value.hints[0] == "smartkpi import f.csv --account 'Example Café' --platform instagram"


def test_a_new_name_on_any_platform_asks_which() -> None:
    with pytest.raises(AccountNeededError) as asked:
        named("Bakery")
    assert asked.value.platforms == tuple(LABELS)


@pytest.mark.parametrize("typed", ["Exampel Café", "Example Cafe", "Example Cafés", "Exmple Café"])
@pytest.mark.parametrize("platforms", [("instagram",), ()])
def test_a_name_within_two_letters_of_a_known_one_stops(typed: str, platforms: tuple[str, ...]) -> None:
    with pytest.raises(WrongUseError, match="looks like Example Café") as stopped:
        named(typed, *platforms)
    assert stopped.value.hints[-1].endswith("--new-account")


def test_a_name_that_is_meant_to_be_new_is_taken() -> None:
    assert named("Example Cafe", "instagram", new_account=True) == Account("instagram", "Example Cafe")


@pytest.mark.parametrize(("known", "typed"), [("BMW", "IBM"), ("ab", "cd"), ("A", "B"), ("Anna", "Otto")])
def test_short_names_that_merely_are_short_do_not_look_alike(known: str, typed: str) -> None:
    assert named(typed, "x", known=[Account("x", known, "9")]).name == typed


def only(*platforms: str, known: list[Account] = KNOWN) -> Account:
    return whose.only_one(platforms, known, LABELS, what="It is Reach.", command="smartkpi import f.csv")


def test_the_only_account_of_the_platform_is_meant() -> None:
    assert only("instagram") is CAFE
    assert only("instagram", "linkedin") is CAFE


def test_several_accounts_are_asked_for_with_what_to_type() -> None:
    with pytest.raises(AccountNeededError, match="whose numbers are these") as asked:
        only("instagram", "facebook")
    assert asked.value.details == ("It is Reach.", "You have Example Café (Instagram), Example Café (Facebook).")
    assert asked.value.hints == (
        "smartkpi import f.csv --account 'Example Café' --platform instagram",
        "smartkpi import f.csv --account 'Example Café' --platform facebook",
    )


def test_without_any_account_the_flags_are_named() -> None:
    with pytest.raises(AccountNeededError) as asked:
        only("linkedin")
    assert asked.value.hints == ("smartkpi import f.csv --account NAME",)
    with pytest.raises(AccountNeededError) as asked:
        only("instagram", "facebook", known=[])
    assert asked.value.hints == (
        "smartkpi import f.csv --account NAME --platform instagram",
        "smartkpi import f.csv --account NAME --platform facebook",
    )
