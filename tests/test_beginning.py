"""Where a goal begins, through the command line: later, on a moved start, and never behind where one stands."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit import Result

Run = Callable[..., Result]
FIRST = date(2026, 1, 1)
TODAY = ("--as-of", "2026-03-15")
SLUG = "followers-website"
MAP = ("--map", "--date", "Day", "--metric", "followers=Fans", "--account", "A", "--platform", "website",
       "--save-as", "fans")  # fmt: skip


def level(day: str) -> int:
    """Two more a day, and one more on top of that since 1 March."""
    days, late = (date.fromisoformat(day) - FIRST).days, (date.fromisoformat(day) - date(2026, 2, 28)).days
    return 1000 + 2 * days + max(0, late)


@pytest.fixture
def imported(smartkpi: Run, tmp_path: Path) -> Callable[[str], Run]:
    """The shell, with the followers of each day up to one that is named."""

    def upto(last: str) -> Run:
        days = range((date.fromisoformat(last) - FIRST).days + 1)
        known = [(FIRST + timedelta(days=i)).isoformat() for i in days]
        file = tmp_path / f"to-{last}.csv"
        file.write_text("Day,Fans\n" + "".join(f"{day},{level(day)}\n" for day in known), encoding="utf-8")
        assert smartkpi("import", file, *MAP).exit_status == 0
        return smartkpi

    return upto


@pytest.fixture
def fed(imported: Callable[[str], Run]) -> Run:
    return imported("2026-03-15")


def add(run: Run, *said: str, today: tuple[str, str] = TODAY) -> Result:
    return run("add", "--metric", "followers", *said, *today)


def stands(run: Run, today: tuple[str, str] = TODAY) -> dict[str, Any]:
    goals = json.loads(run("status", "--json", *today).out)["goals"]
    found: dict[str, Any] = next(each for each in goals if each["slug"] == SLUG)
    return found


APRIL = ("--gain", "50", "--start", "2026-04-01", "--deadline", "2026-04-30")


def test_a_gain_that_begins_later_counts_only_its_own_days(fed: Run) -> None:
    told = add(fed, *APRIL)
    assert "50 more followers than on Tue 31 Mar 2026, from Wed 1 Apr 2026 to Thu 30 Apr 2026 (30 days)" in told.out
    assert "it counts from where you stand on Tue 31 Mar 2026" in told.out
    found = stands(fed)
    assert (found["baseline"], found["target"], found["actual"]) == (None, 50, 0)
    assert found["needed_a_week"] == pytest.approx(50 / 30 * 7)
    explained = fed("show", SLUG, "--explain", *TODAY).out
    assert "30 unknown days" in explained
    assert "what comes until then does not" in explained


def test_no_day_before_the_start_is_named_for_it(fed: Run) -> None:
    add(fed, *APRIL)
    tried = fed("whatif", SLUG, "--rate", "70", *TODAY).out
    assert "At that pace +50 comes about Sun 5 Apr 2026." in tried  # five days of ten
    assert "about 20 Apr 2026" in fed("show", SLUG, *TODAY).out  # 50 at 71 in 28 days


def test_a_gain_that_began_later_is_measured_from_the_level_of_its_eve(imported: Callable[[str], Run]) -> None:
    then = ("--as-of", "2026-01-10")
    run = imported("2026-01-10")
    assert add(run, "--gain", "40", "--start", "2026-02-15", "--deadline", "2026-03-10", today=then).exit_status == 0
    assert stands(run, then)["status"] == "upcoming"
    imported("2026-03-15")
    found = stands(run)
    assert found["actual"] == level("2026-03-10") - level("2026-02-14")
    assert found["status"] == "achieved"
    said = f"{level('2026-03-10'):,} − {level('2026-02-14'):,}, as stated for 14 Feb"
    assert said in run("show", SLUG, "--explain", *TODAY).out


def test_a_gain_on_old_numbers_waits_for_the_level_that_a_newer_export_states(imported: Callable[[str], Run]) -> None:
    now = ("--as-of", "2026-03-03")
    run = imported("2026-01-31")
    told = add(run, "--gain", "50", "--deadline", "2026-04-30", today=now)
    assert "it counts from where you stood on Mon 2 Mar 2026; the numbers end on 31 Jan" in told.out
    assert stands(run, now)["needed_a_week"] == pytest.approx(50 / 59 * 7)
    imported("2026-03-15")
    assert stands(run)["actual"] == level("2026-03-15") - level("2026-03-02")


def test_a_share_of_where_one_stands_is_a_number_when_it_begins_later(fed: Run) -> None:
    add(fed, "--gain", "10%", "--start", "2026-04-01", "--deadline", "2026-06-30")
    assert stands(fed)["target"] == round(level("2026-03-15") / 10)


def test_a_level_to_reach_later_counts_all_that_comes_until_then(fed: Run) -> None:
    add(fed, "--target", "1300", "--start", "2026-04-01", "--deadline", "2026-06-30")
    found, way = stands(fed), 1300 - level("2026-03-15")
    assert found["needed_a_week"] == pytest.approx(way / 107 * 7)  # from the judged day on, as its chance does
    assert "107 unknown days" in fed("show", SLUG, "--explain", *TODAY).out


def test_the_way_to_a_level_begins_where_one_stood_on_its_eve(imported: Callable[[str], Run]) -> None:
    then = ("--as-of", "2026-01-10")
    run = imported("2026-01-10")
    add(run, "--target", "1300", "--start", "2026-02-15", "--deadline", "2026-04-30", today=then)
    assert stands(run, then)["baseline"] == level("2026-01-10")
    imported("2026-03-15")
    found, begun = stands(run), level("2026-02-14")
    assert (found["baseline"], found["baseline_day"], found["target"]) == (begun, "2026-02-14", 1300)
    assert found["progress"] == pytest.approx((level("2026-03-15") - begun) / (1300 - begun))


def test_numbers_long_before_a_start_say_what_is_within_reach(fed: Run) -> None:
    add(fed, "--gain", "50", "--start", "2026-12-01", "--deadline", "2027-01-30")
    found = json.loads(fed("whatif", SLUG, "--json", *TODAY).out)["before"]
    assert not found["lacks"]
    assert found["lately"] == pytest.approx(71 / 28 * 7)


MARCH = ("--gain", "100", "--start", "2026-03-01", "--deadline", "2026-05-30")


def test_a_moved_start_reads_anew_where_it_begins_and_the_gain_stays(fed: Run) -> None:
    add(fed, *MARCH)
    told = fed("edit", SLUG, "--start", "2026-02-01", *TODAY).out
    eve, was = level("2026-01-31"), level("2026-02-28")
    assert (
        f"it begins at {eve:,}, where you stood on Sat 31 Jan 2026, not at {was:,}: 100 more are {eve + 100:,}" in told
    )
    assert f"smartkpi edit {SLUG} --target {was + 100}" in told
    found = stands(fed)
    assert (found["baseline"], found["baseline_day"], found["target"]) == (eve, "2026-01-31", eve + 100)
    assert {each["field"] for each in found["edits"]} == {"start", "baseline", "target"}
    fed("edit", SLUG, "--gain", "120", *TODAY)
    assert stands(fed)["target"] == eve + 120


@pytest.mark.parametrize(
    "said",
    [("--metric", "followers", "--target", "1300", *MARCH[2:]), ("reach 1,300 website followers by 30 May 2026",)],
)
def test_of_a_moved_start_a_target_that_was_said_stays(fed: Run, said: tuple[str, ...]) -> None:
    assert fed("add", *said, *TODAY).exit_status == 0
    told = fed("edit", SLUG, "--start", "2026-02-01", *TODAY)
    assert "the target stays" in told.out
    assert (stands(fed)["baseline"], stands(fed)["target"]) == (level("2026-01-31"), 1300)


def test_of_a_moved_start_a_beginning_that_was_typed_stays_and_is_said(fed: Run) -> None:
    add(fed, *MARCH, "--baseline", "1111")
    told = fed("edit", SLUG, "--start", "2026-02-01", *TODAY).out
    eve = level("2026-01-31")
    assert f"it still begins at 1,111, as it was typed; the data say {eve:,} of Sat 31 Jan 2026:" in told
    assert f"smartkpi edit {SLUG} --baseline {eve}" in told
    assert stands(fed)["baseline"] == 1111


def test_a_start_moved_into_the_future_makes_a_gain_that_waits(fed: Run) -> None:
    add(fed, *MARCH)
    told = fed("edit", SLUG, "--start", "2026-04-01", *TODAY).out
    assert "it counts from where you stand on Tue 31 Mar 2026" in told
    assert (stands(fed)["baseline"], stands(fed)["target"]) == (None, 100)
    fed("edit", SLUG, "--target", "1400", *TODAY)
    assert (stands(fed)["baseline"], stands(fed)["target"]) == (level("2026-03-15"), 1400)


@pytest.mark.parametrize("target", [level("2026-03-14"), level("2026-03-14") - 1, 900])
def test_a_target_that_lies_behind_is_no_fall_unless_somebody_says_so(fed: Run, target: int) -> None:
    far = ("--target", str(target), "--deadline", "2026-04-30")
    assert add(fed, *far).exit_status == 2
    if target < level("2026-03-14"):
        assert f"you are at {level('2026-03-14'):,} already: a target beyond that makes it a goal" in add(fed, *far).err
        assert add(fed, *far, "--at-most").exit_status == 0
        assert stands(fed)["direction"] == "down"


def test_a_limit_above_where_one_stands_is_to_be_kept_not_reached(fed: Run) -> None:
    told = add(fed, "--target", "1300", "--at-most", "--deadline", "2026-04-30")
    assert told.exit_status == 2
    assert "within that limit: “keep … under” makes it a goal" in told.err


def test_neither_edit_nor_whatif_turns_a_rise_into_a_fall(fed: Run) -> None:
    add(fed, *MARCH)
    for command in ("edit", "whatif"):
        told = fed(command, SLUG, "--target", "1000", *TODAY)
        assert told.exit_status == 2
        assert f"you were at {level('2026-02-28'):,} on 28 Feb already" in told.err


def test_a_gain_that_waits_goes_through_a_goals_file(fed: Run, tmp_path: Path) -> None:
    add(fed, *APRIL)
    file = tmp_path / "goals.toml"
    file.write_text(fed("export", "goals", "--toml").out, encoding="utf-8")
    assert "gain = 50" in file.read_text(encoding="utf-8")
    before = stands(fed)
    assert fed("remove", SLUG, *TODAY).exit_status == 0
    assert fed("add", "--file", file, *TODAY).exit_status == 0
    same = ("baseline", "target", "start", "deadline", "needed_a_week", "chance")
    assert [stands(fed)[name] for name in same] == [before[name] for name in same]
