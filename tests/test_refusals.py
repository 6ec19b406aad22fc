"""What is refused, or cannot be fed, says what to type instead, and that works. Exit 2 is wrong use, 1 failed."""

import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kit import ROOT, Result
from test_accounts import overview

Run = Callable[..., Result]
DAY = ("--as-of", "2026-03-20")
BY = ("--deadline", "2026-12-01", *DAY)
SAMPLES = ROOT / "tests" / "samples"


def tried(smartkpi: Run, refused: Result) -> Result:
    """The first command that a refusal offers, typed."""
    hint = next(line for line in refused.err.splitlines() if line.startswith("  → smartkpi "))
    typed = shlex.split(hint.removeprefix("  → smartkpi "))
    return smartkpi(*typed, *(() if "--as-of" in typed else DAY))


def goals(smartkpi: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(smartkpi("status", "--json", *DAY).out)["goals"]
    return found


# --- money has a currency


def test_money_recorded_without_a_currency_names_the_way_to_say_it(smartkpi: Run) -> None:
    whose = ("--account", "Shop", "--platform", "google-ads", "--on", "2026-03-19")
    refused = smartkpi("record", "cost", "12.50", *whose, *DAY)
    assert refused.exit_status == 2
    assert "12.50 of which currency?" in refused.err
    assert tried(smartkpi, refused).exit_status == 0
    assert smartkpi("add", "--metric", "cost", "--target", "€500", *BY).exit_status == 0


@pytest.mark.parametrize("typed", ["12.50 EUR", "EUR 12.50", "€ 12.50", "€12.50", "12.50 €"])
def test_a_currency_stands_on_either_side_of_the_number(typed: str, smartkpi: Run) -> None:
    assert smartkpi("record", "cost", typed, "--account", "Shop", "--platform", "google-ads", *DAY).exit_status == 0
    (row,) = json.loads(smartkpi("export", "observations", "--json").out)["rows"]
    assert (row["unit"], row["value"]) == ("EUR", 12.5)


def test_a_goal_in_another_currency_hears_the_flag_that_was_typed(smartkpi: Run) -> None:
    smartkpi("record", "cost", "€12.50", "--account", "Shop", "--platform", "google-ads", *DAY)
    refused = smartkpi("add", "--metric", "cost", "--target", "US$500", *BY)
    assert refused.exit_status == 2
    assert '--target "EUR NUMBER"' in refused.err


# --- what is a goal already


def test_goals_that_begin_on_another_day_or_number_are_not_identical(smartkpi: Run) -> None:
    goal = ("add", "--metric", "followers", "--platform", "x", "--gain", "20")
    assert smartkpi(*goal, "--baseline", "100", *BY).exit_status == 0
    assert smartkpi(*goal, "--baseline", "200", *BY).exit_status == 0
    assert smartkpi(*goal, "--baseline", "100", "--start", "2026-04-01", *BY).exit_status == 0
    assert smartkpi(*goal, *BY).exit_status == 0
    for again in (("--baseline", "200"), ("--baseline", "100", "--start", "2026-04-01"), ()):
        assert "you have this very goal already" in smartkpi(*goal, *again, *BY).err
    tomorrow = ("--deadline", "2026-12-01", "--as-of", "2026-03-21")  # a start that nobody typed is no difference
    assert "you have this very goal already" in smartkpi(*goal, *tomorrow).err


@pytest.mark.parametrize(
    ("flags", "offered"),
    [
        (("--metric", "cost_per_lead", "--baseline", "20", "--target", "30"), "--target 18"),
        (("--metric", "cost_per_lead", "--baseline", "20", "--target", "20"), "--target 18"),
        (("--metric", "ctr", "--baseline", "20%", "--target", "3%"), "--target 22%"),
        (("--metric", "followers", "--baseline", "50", "--target", "50"), "--gain 20"),
        (("--metric", "followers", "--baseline", "50", "--target", "50", "--at-most"), "--drop 20"),
        (("--metric", "followers", "--baseline", "8", "--drop", "0"), "--drop 4"),
        (("--metric", "cost_per_lead", "--baseline", "0", "--target", "3"), "--keep"),
    ],
)
def test_where_you_are_there_already_the_example_goes_on_in_the_good_direction(
    flags: tuple[str, ...], offered: str, smartkpi: Run
) -> None:
    refused = smartkpi("add", *flags, *BY)
    assert refused.exit_status == 2
    assert offered in refused.err
    assert tried(smartkpi, refused).exit_status == 0


@pytest.mark.parametrize(
    ("flags", "offered"),
    [
        (("--metric", "reach", "--every-week", "--target", "500"), "--typical-day"),
        (("--metric", "reach", "--keep", "--gain", "500"), "--typical-day"),
        (("--metric", "leads", "--keep", "--target", "500"), "--metric leads --target 500 --deadline"),
        (("--metric", "ctr", "--every-week", "--target", "3%"), "--metric ctr --target 3% --deadline"),
    ],
)
def test_a_switch_that_does_not_fit_the_metric_is_answered_with_the_one_that_does(
    flags: tuple[str, ...], offered: str, smartkpi: Run
) -> None:
    refused = smartkpi("add", *flags, *BY)
    assert refused.exit_status == 2
    assert offered in refused.err
    assert tried(smartkpi, refused).exit_status == 0


# --- edits


def test_an_edit_that_changes_nothing_says_that_it_stands_already(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--target", "100", "--owner", "Ana", *BY)
    for same in (("--target", "100"), ("--owner", "Ana"), ("--deadline", "2026-12-01")):
        told = smartkpi("edit", "leads", *same, *DAY)
        assert told.exit_status == 1
        assert "that is what it already says" in told.err
    named = smartkpi("edit", "leads", *DAY)
    assert named.exit_status == 2
    assert "nothing to change was named" in named.err
    assert tried(smartkpi, named).exit_status == 0


def test_an_edit_checks_the_texts_that_add_checks(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--target", "100", *BY)
    assert "--owner is longer" in smartkpi("edit", "leads", "--owner", "x" * 201, *DAY).err


def test_the_account_that_a_goal_reads_already_is_no_other_one(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("record", "followers", "100", "--account", "Shop", "--platform", "x", "--on", "2026-03-19", *DAY)
    smartkpi("add", "--metric", "followers", "--gain", "20", *BY)
    assert smartkpi("edit", "followers-x", "--account", "Shop", "--owner", "Ana", *DAY).exit_status == 0
    assert "already says" in smartkpi("edit", "followers-x", "--account", "Shop", *DAY).err


def test_what_is_over_or_done_already_fails_and_is_no_wrong_use(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--target", "100", *BY)
    smartkpi("close", "leads", "--why", "gone", *DAY)
    for refused in (smartkpi("close", "leads", *DAY), smartkpi("edit", "leads", "--target", "5", *DAY)):
        assert refused.exit_status == 1
        assert "Nothing was changed." in refused.err
        assert tried(smartkpi, refused).exit_status == 0


@pytest.mark.parametrize("flag", ["--start", "--deadline"])
def test_a_day_that_could_be_two_names_its_flag(flag: str, smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--target", "100", *BY)
    others = ("--metric", "leads", "--target", "90", *(() if flag == "--deadline" else BY))
    for refused in (smartkpi("add", *others, flag, "01/05/2027"), smartkpi("edit", "leads", flag, "01/05/2027")):
        assert refused.exit_status == 2
        assert f'{flag}: "01/05/2027": which is the day' in refused.err


def test_a_rate_that_is_worked_out_names_what_to_record_instead(smartkpi: Run) -> None:
    refused = smartkpi("record", "cost_per_lead", "20", "--account", "Shop", "--platform", "x", *DAY)
    assert refused.exit_status == 2
    assert "→ smartkpi record cost NUMBER" in refused.err


# --- what the data have instead


def test_a_metric_that_is_stated_only_in_parts_is_told_with_what_would_work(smartkpi: Run) -> None:
    (file,) = (SAMPLES / "linkedin-content" / "english").glob("*.xls")
    assert smartkpi("import", file).exit_status == 0
    told = smartkpi("add", "--metric", "reach", "--platform", "linkedin", "--target", "100", "--typical-day", *BY)
    assert "only for a part (organic), never as a whole" in told.out
    assert "--metric impressions --platform linkedin" in told.out
    look = smartkpi("status", *DAY).out
    assert "only for a part (organic)" in look
    assert "still to be imported" not in look
    (goal,) = goals(smartkpi)
    command = goal["needs_you"][0]["command"]  # type: ignore[index]
    assert command == "smartkpi add --metric impressions --platform linkedin --target NUMBER --deadline 2026-12-01"
    assert smartkpi(*command.replace("NUMBER", "900").split()[1:], *DAY).exit_status == 0
    assert goals(smartkpi)[0]["actual"] is not None or goals(smartkpi)[1]["actual"] is not None


def test_a_campaign_that_no_export_names_is_told(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 10), "--account", "Shop")
    flags = ("--metric", "impressions", "--platform", "x", "--campaign", "Spring", "--target", "9")
    told = smartkpi("add", *flags, *BY)
    assert "no impressions of the campaign “Spring”: no export names campaigns" in told.out
    (goal,) = goals(smartkpi)
    assert goal["needs_you"][0]["command"] == 'smartkpi edit impressions-x-spring --campaign ""'  # type: ignore[index]
    assert smartkpi("edit", "impressions-x-spring", "--campaign", "", *DAY).exit_status == 0


def test_what_was_never_imported_is_still_to_be_imported(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", overview(tmp_path, "a.csv", 1, 10), "--account", "Shop")
    smartkpi("add", "--metric", "leads", "--target", "9", *BY)
    assert "still to be imported" in smartkpi("status", *DAY).out


# --- the filter of an export


def test_the_filter_of_an_export_is_said_wherever_its_numbers_are(smartkpi: Run) -> None:
    (file,) = (SAMPLES / "google-search-console" / "english-zip-of-some-pages").glob("*.zip")
    smartkpi("import", file)
    flags = ("--metric", "clicks", "--platform", "google-search-console", "--target", "1000", "--start", "2026-03-01")
    only = "only page=+/menu/"
    assert only in smartkpi("add", *flags, *BY).out
    slug = "clicks-google-search-console"
    assert only in smartkpi("status", *DAY).out
    assert only in smartkpi("show", slug, *DAY).out
    assert "search performance [page=+/menu/]" in smartkpi("accounts").out
    (account,) = json.loads(smartkpi("accounts", "--json").out)["accounts"]
    assert account["reports"] == ["search performance [page=+/menu/]"]
    (goal,) = goals(smartkpi)
    assert [source["scope"] for source in goal["sources"]] == ["page=+/menu/"]  # type: ignore[attr-defined]


# --- the same for machines


def test_json_tells_what_the_screen_tells(smartkpi: Run, tmp_path: Path) -> None:
    for day in range(2, 20):
        smartkpi("record", "cost", "€12.50", "--account", "Shop", "--platform", "google-ads", "--on", f"2026-03-{day:02}", *DAY)  # fmt: skip  # noqa: E501
    for target, start in (("500", "2026-03-02"), ("100", "2026-03-02"), ("900", "2026-03-16")):
        smartkpi("add", "--metric", "cost", "--target", target, "--start", start, *BY)
    screen = smartkpi("status", "--plain", *DAY).out
    rows = [line for line in screen.splitlines() if line.startswith("Goal: ")]
    for goal in goals(smartkpi):
        (row,) = (line for line in rows if f"Goal: {goal['title']};" in line)
        paces = (" to spare", " too fast", "level with plan")
        assert (goal["days_ahead"] is not None) == any(said in row for said in paces)
        for said in goal["needs_you"]:  # type: ignore[attr-defined]
            assert f"{goal['title']}: {said['text']}" in screen
    told = sum(len(goal["needs_you"]) for goal in goals(smartkpi))  # type: ignore[arg-type]
    assert told == len(screen.split("What needs you\n")[1].splitlines())


# --- what cannot be meant


def test_an_account_needs_a_name(smartkpi: Run) -> None:
    leads = ("--metric", "leads", "--target", "9", "--platform", "website")
    for typed in (("add", *leads, *BY, "--account", "", "--new-account"), ("record", "leads", "3", "--account", " ")):
        refused = smartkpi(*typed)
        assert refused.exit_status == 2
        assert "an account needs a name" in refused.err
    assert "website" not in smartkpi("accounts").out


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "1 May 2200"])
@pytest.mark.parametrize("flag", ["--deadline", "--start", "--as-of"])
def test_a_day_of_another_age_is_a_typing_error(flag: str, typed: str, smartkpi: Run) -> None:
    refused = smartkpi("add", "--metric", "leads", "--target", "9", *BY, flag, typed)
    assert refused.exit_status == 2
    assert "is not between 1900 and 2199" in refused.err


def test_bytes_that_are_no_text_are_no_fault_of_ours(smartkpi: Run) -> None:
    refused = smartkpi("add", "Caf\udce9", "--metric", "leads", "--target", "9", *BY)
    assert refused.exit_status == 2
    assert "is not text in UTF-8" in refused.err
    assert goals(smartkpi) == []


def test_a_very_long_sentence_is_refused_before_it_is_read(smartkpi: Run) -> None:
    refused = smartkpi("add", "gain followers and more " * 400, *DAY)
    assert refused.exit_status == 2
    assert "longer than 200 letters" in refused.err


@pytest.mark.parametrize("number", ["-20", "9" * 40])
def test_a_sentence_with_a_number_that_cannot_be_meant_offers_one_that_can(number: str, smartkpi: Run) -> None:
    whose = ("--account", "A", "--platform", "instagram", "--on", "2026-03-19")
    assert smartkpi("record", "followers", "100", *whose).exit_status == 0
    refused = smartkpi("add", f"gain {number} Instagram followers by 1 May", *DAY)
    assert refused.exit_status == 2
    assert "S ✗" in refused.err
    assert "NUMBER" in refused.err
    said = replace(refused, err=refused.err.replace("NUMBER", "20"))
    assert tried(smartkpi, said).exit_status == 0


def test_a_reason_of_spaces_is_none(smartkpi: Run) -> None:
    assert smartkpi("add", "Leads", "--metric", "leads", "--target", "9", *BY).exit_status == 0
    assert "why does it end early?" in smartkpi("close", "leads", "--why", " ", *DAY).err
    assert smartkpi("edit", "leads", "--title", "  ", *DAY).exit_status == 0
    assert goals(smartkpi)[0]["title"] == "9 leads"


def test_the_beginning_of_a_name_is_enough_to_be_told_the_whole(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "leads", "--target", "9", "--platform", "google-analytics", *BY)
    assert "Did you mean leads-google-analytics?" in smartkpi("show", "leads", *DAY).err
