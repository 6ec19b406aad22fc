"""What the letters of a new goal rest on: its own account's numbers, and exports that state what it counts."""

from collections.abc import Callable

from kit import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")


def letter(told: Result, name: str) -> str:
    return next(line for line in told.out.splitlines() if line.startswith(f" {name} "))


def test_a_new_account_is_never_judged_by_another_ones_numbers(cafe: Run) -> None:
    clicks = ("add", "300 Instagram link clicks by 28 Feb", *DAY)
    assert "M ✓ measurable" in letter(cafe(*clicks, "--dry-run"), "M")
    told = cafe(*clicks, "--account", "Bakery Ltd")
    assert letter(told, "S") == " S ✓ specific     link clicks of Bakery Ltd on Instagram, 300 in all"
    assert "M ! measurable   no link clicks on Instagram yet" in letter(told, "M")
    assert "A ? attainable   nothing to compare it with" in letter(told, "A")
    assert "1 without data" in cafe("status", *DAY).out


def test_an_account_without_numbers_beside_one_with_is_told(cafe: Run) -> None:
    both = ("--account", "Bakery Ltd", "--account", "Example Café", "--platform", "instagram")
    assert "M !" in letter(cafe("add", "300 link clicks by 28 Feb", *both, "--dry-run", *DAY), "M")


def test_a_rate_of_which_only_the_visits_are_stated_is_not_measurable(cafe: Run) -> None:
    told = cafe("add", "reduce bounce rate to 40% by end of January", "--dry-run", *DAY)
    assert "M ! measurable   no bounce rate yet" in letter(told, "M")
    assert "A ? attainable   nothing to compare it with: no numbers yet" in letter(told, "A")


def test_what_is_reached_already_asks_for_nothing(cafe: Run) -> None:
    told = cafe("add", "50 Instagram link clicks by 28 Feb", "--start", "2026-10-01", *DAY)
    assert letter(told, "A") == " A ! attainable   226 is there already: nothing more is asked for"
    assert "this needs" not in told.out


def test_an_export_that_states_one_side_of_a_ratio_is_said_to(cafe: Run) -> None:
    told = cafe("add", "2 interactions per post on X by June", "--dry-run", *DAY)
    assert "states a part of it" in letter(told, "M") or "state a part of it" in letter(told, "M")
    whole = cafe("add", "bounce rate under 40% by June", "--dry-run", *DAY)
    assert "exports that state it" in letter(whole, "M")
