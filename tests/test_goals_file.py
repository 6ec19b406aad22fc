"""Goals from a file: all of them or none, the same file again is nothing new, and what goes out comes in the same."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import ROOT, Result

from smartkpi.errors import FileRefusedError
from smartkpi.knowledge import goals_file as files
from smartkpi.knowledge.goals_file import GoalEntry, GoalsFile, MilestoneEntry, ObjectiveEntry, PauseEntry
from smartkpi.knowledge.loader import metrics
from smartkpi.model.goal import Goal
from smartkpi.store import database, goals
from smartkpi.workflow import entries

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")
METRICS = metrics()

WHOLE = """
[[objective]]
name = "More leads from the website"
metric = "leads"

[[goal]]
name = "website-leads"
title = "Leads of the site"
metric = "leads"
platform = "google-analytics"
accounts = ["Café"]
target = 150
start = 2026-11-01
deadline = 2026-12-31
objective = "More leads from the website"
owner = "Ana"
repeat = "quarter"
data_every = 7
milestones = [{ day = 2026-11-30, value = 60 }]
pauses = [{ first = 2026-12-24, last = 2026-12-26, why = "closed" }]

[[goal]]
metric = "followers"
platform = "instagram"
gain = 20
deadline = "2027-03-31"

[[goal]]
metric = "ctr"
platform = "google-ads"
target = "3.5%"
deadline = 2027-03-31

[[goal]]
metric = "cost per lead"
form = "keep"
target = 20
currency = "EUR"
deadline = 2027-03-31
"""


def file(tmp_path: Path, text: str = WHOLE) -> Path:
    path = tmp_path / "goals.toml"
    path.write_text(text, encoding="utf-8")
    return path


def listed(smartkpi: Run) -> list[dict[str, object]]:
    return list(json.loads(smartkpi("list", "--all", "--json").out)["goals"])


def test_every_goal_of_a_file_goes_in_at_once_and_undo_takes_all_of_them_back(smartkpi: Run, tmp_path: Path) -> None:
    told = smartkpi("add", "--file", file(tmp_path), *DAY)
    assert told.exit_status == 0, told.err
    assert [goal["slug"] for goal in listed(smartkpi)] == [
        "website-leads", "followers-instagram", "ctr-google-ads", "cost-per-lead",
    ]  # fmt: skip
    smartkpi("undo")
    assert listed(smartkpi) == []
    smartkpi("redo")
    assert len(listed(smartkpi)) == 4


def test_what_the_file_says_is_what_stands(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    first, gain, rate, kept = stored(db)
    assert first.title == "Leads of the site"
    assert first.milestones == ((date(2026, 11, 30).toordinal(), 60.0),)
    assert [(p.last - p.first, p.why) for p in first.pauses] == [(2, "closed")]
    assert (first.repeat, first.data_every, first.owner) == ("quarter", 7, "Ana")
    assert (gain.target, gain.baseline, gain.title) == (20.0, None, "Gain 20 Instagram followers")
    assert rate.target == 0.035
    assert (kept.unit, kept.form.value) == ("EUR", "keep")
    assert "leads" in smartkpi("export", "goals", "--toml").out


def stored(db: Path) -> list[Goal]:
    conn = database.open_reading(db)
    assert conn is not None
    found = goals.all(conn)
    conn.close()
    return found


def test_the_same_file_again_changes_nothing_and_says_so(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    again = smartkpi("add", "--file", file(tmp_path), "--as-of", "2026-12-05")
    assert again.exit_status == 0
    assert "4 goals: 4 as before" in again.out
    assert "undo" not in again.out
    assert "taken back" in smartkpi("undo").out.lower()
    assert listed(smartkpi) == []  # the second one was no change of its own


def test_another_value_is_refused_with_the_commands_that_change_it(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    other = file(tmp_path, WHOLE.replace("target = 150", "target = 120").replace("Ana", "Ben"))
    refused = smartkpi("add", "--file", other, *DAY)
    assert refused.exit_status == 1
    assert "target is 120, and was 150; owner is Ben, and was Ana" in refused.err
    assert "smartkpi edit website-leads --target 120 --owner Ben" in refused.err
    assert f"smartkpi add --file {other} --as-of 2026-11-22 --update" in refused.err
    assert listed(smartkpi)[0]["target"] == 150


def test_update_makes_the_file_the_truth_and_the_old_values_stay_visible(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    other = file(tmp_path, WHOLE.replace("target = 150", "target = 120").replace('owner = "Ana"\n', ""))
    told = smartkpi("add", "--file", other, "--update", *DAY)
    assert told.exit_status == 0, told.err
    assert "target: 150 → 120; owner: Ana → nothing" in told.out
    assert (listed(smartkpi)[0]["target"], listed(smartkpi)[0]["owner"]) == (120, "")
    edits = json.loads(smartkpi("show", "website-leads", "--json", *DAY).out)["edits"]
    assert {edit["field"] for edit in edits} == {"target", "owner"}
    assert "as before" in smartkpi("add", "--file", other, *DAY).out


def test_an_update_may_turn_a_gain_into_a_loss(smartkpi: Run, tmp_path: Path) -> None:
    gain = '[[goal]]\nname = "f"\nmetric = "followers"\nplatform = "x"\nbaseline = 1000\ndeadline = 2027-03-31\n'
    smartkpi("add", "--file", file(tmp_path, gain + "gain = 50\n"), *DAY)
    told = smartkpi("add", "--file", file(tmp_path, gain + "gain = -20\n"), "--update", *DAY)
    assert "Lose 20 X followers" in told.out, told.err
    assert (listed(smartkpi)[0]["target"], listed(smartkpi)[0]["direction"]) == (980, "down")


def test_a_dry_run_says_the_same_and_saves_nothing(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    told = smartkpi("add", "--file", file(tmp_path), "--dry-run", *DAY)
    assert (told.exit_status, "4 goals: 4 new" in told.out, "Nothing was saved" in told.out) == (0, True, True)
    assert not db.exists()
    smartkpi("add", "--file", file(tmp_path), *DAY)
    other = file(tmp_path, WHOLE.replace("target = 150", "target = 120"))
    assert "1 changed" in smartkpi("add", "--file", other, "--update", "--dry-run", *DAY).out
    assert listed(smartkpi)[0]["target"] == 150


def test_an_account_that_was_renamed_since_is_the_same(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    assert smartkpi("accounts", "rename", "Café", "Our new Café").exit_status == 0
    assert "4 as before" in smartkpi("add", "--file", file(tmp_path), *DAY).out


def test_update_never_makes_a_goal_another_one(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    refused = smartkpi(
        "add", "--file", file(tmp_path, WHOLE.replace('"leads"\nplatform', '"likes"\nplatform')), "--update", *DAY
    )
    assert refused.exit_status == 1
    assert "give it another name" in refused.err


def test_a_goal_that_was_closed_since_is_no_difference(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    smartkpi("close", "website-leads", "--why", "gone", *DAY)
    assert "4 as before" in smartkpi("add", "--file", file(tmp_path), *DAY).out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("deadline = 2026-12-31", "deadline = 31.12", "(“Leads of the site”): deadline is 31.12; expected a day"),
        ('deadline = "2027-03-31"', 'deadline = "2027-02-31"', 'goal 2: deadline is "2027-02-31"; expected a day'),
        ('deadline = "2027-03-31"', "", "goal 2: deadline is missing"),
        ("gain = 20", "gain = true", "goal 2: gain is true; expected a number"),
        ("gain = 20", "gain = 20\ntarget = 20", "goal 2: it needs a target or a gain, and not both"),
        ("gain = 20", "", "goal 2: it needs a target or a gain, and not both"),
        ("gain = 20", "target = 20", "where do you stand now?"),
        ('"3.5%"', "3.5", 'goal 3: target is 3.5; expected a percentage in quotes, such as "3%"'),
        ('"3.5%"', '"3,5%"', "goal 3: target is “3,5%”"),
        ("target = 150", 'target = "150"', "goal 1 (“Leads of the site”): target is “150”; expected a number"),
        ("target = 150", "gain = 150", "a gain goes with levels"),
        ("target = 150", "target = nan", "goal 1 (“Leads of the site”): target is nan; expected a number"),
        ('owner = "Ana"', 'ovner = "Ana"', "“ovner” is no field; did you mean owner?"),
        ('owner = "Ana"', "owner = 3", 'owner is 3; expected a text in quotes, such as "Ana"'),
        ('repeat = "quarter"', 'repeat = "quarterly"', 'repeat is "quarterly"; expected "week", "month"'),
        ('metric = "ctr"', 'metric = "clickthrough"', "goal 3: there is no metric"),
        ('"google-ads"', '"gogle-ads"', "goal 3: there is no platform"),
        ("start = 2026-11-01", "start = 2027-11-01", "its deadline is before its start"),
        ("day = 2026-11-30", "day = 2027-11-30", "a milestone is after the deadline"),
        ("last = 2026-12-26", "last = 2026-12-01", "a pause ends before it begins"),
        ("last = 2026-12-26", "last = 2027-12-26", "it is paused until"),
        ('form = "keep"', 'form = "each"', "goal 4"),
        ('currency = "EUR"', 'currency = "EUR"\nname = "website-leads"', "“website-leads” is the name of 2 goals"),
        ('metric = "ctr"', 'metric = "ctr"\nform = "growth"', "form is “growth”, which click-through rate cannot have"),
        ('"closed" }', '"closed" }, { first = 2026-12-20, last = 2026-12-24 }', "two of its pauses overlap"),
        ("data_every = 7", "data_every = 99999999999999999999", "data_every is a number of days up to 366"),
        ("deadline = 2026-12-31", "deadline = 9999-12-31", "one of its days is not between 1900 and 2199"),
        ('"website-leads"', f'"{"x" * 201}"', "its name is longer than 200 letters"),
        ("[[goal]]", f"x = {'[' * 5000}{']' * 5000}\n[[goal]]", "too many brackets in each other"),
        ('name = "More leads from the website"', 'name = " "', "objective 1: an objective needs a name"),
        ('metric = "leads"\n\n', 'metric = "laeds"\n\n', "objective 1: there is no metric"),
        ("[[goal]]", "[[goals]]", "“goals” is no field; did you mean goal?"),
        ("[[goal]]", "[[goal]", "not a TOML file"),
        ("deadline = 2027-03-31", "deadline = 2025-03-31", "31 Mar 2025 is over"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_in_one_place_is_refused_whole_and_says_where(
    old: str, new: str, said: str, smartkpi: Run, db: Path, tmp_path: Path
) -> None:
    assert old in WHOLE
    refused = smartkpi("add", "--file", file(tmp_path, WHOLE.replace(old, new)), *DAY)
    assert refused.exit_status == 1, refused.out
    assert said in refused.err
    assert "Nothing was saved." in refused.err
    assert not db.exists()


def test_an_objective_is_the_same_in_any_case_and_one_alone_is_told(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("objective", "add", "More Leads").exit_status == 0
    alone = smartkpi("add", "--file", file(tmp_path, '[[objective]]\nname = "more leads"\nmetric = "leads"'), *DAY)
    assert "1 objective new or changed: More Leads" in alone.out
    goal = '[[goal]]\nmetric = "leads"\nobjective = "more leads"\ntarget = 9\ndeadline = 2027-03-31'
    assert "1 new" in smartkpi("add", "--file", file(tmp_path, goal), *DAY).out
    assert "1 as before" in smartkpi("add", "--file", file(tmp_path, goal), *DAY).out
    assert len(json.loads(smartkpi("objective", "list", "--json").out)["objectives"]) == 1


def test_all_problems_are_told_at_once(smartkpi: Run, tmp_path: Path) -> None:
    wrong = WHOLE.replace("target = 150", "target = true").replace('"3.5%"', "[1]").replace("gain", "gian")
    refused = smartkpi("add", "--file", file(tmp_path, wrong), *DAY).err
    assert "goals.toml: 3 things in it cannot be" in refused
    assert [line.strip()[:6] for line in refused.splitlines()[1:4]] == ["goal 1", "goal 2", "goal 3"]


MANY = """
[[objective]]
name = "More leads"
metric = "laeds"

[[goal]]
name = "a b"
metric = "leads"
target = 5
gain = 3
ovner = "Ana"
deadline = 2025-03-31

[[goal]]
metric = "followers"
platform = "gogle-ads"
gian = 20
start = 2027-06-01
deadline = 2027-03-31

[[goal]]
title = "Clicks"
metric = "ctr"
target = 3
deadline = "2027-13-31"
window = 900

[[goal]]
metric = "leads"
target = 7
deadline = 2025-12-31

[[goal]]
metric = "leads"
target = 8
deadline = 2027-12-31
pauses = [{ first = 2027-01-05, last = 2027-01-01 }]
milestones = [{ day = 2028-01-01, value = "x" }]
"""
MANY_SAID = (
    'objective 1: there is no metric "laeds"',
    "goal 1 (“a b”): “ovner” is no field; did you mean owner?",
    "goal 1 (“a b”): it needs a target or a gain, and not both",
    "goal 1 (“a b”): a gain goes with levels: leads need a target",
    "goal 1 (“a b”): the name “a b” may have letters, digits and - only",
    "goal 1 (“a b”): deadline is 2025-03-31, which is over: by when should it be true?",
    "goal 2: “gian” is no field; did you mean gain?",
    'goal 2: there is no platform "gogle-ads" · Did you mean google-ads or google-analytics or google-search-console?',
    "goal 2: its deadline is before its start",
    'goal 3 (“Clicks”): deadline is "2027-13-31"; expected a day, such as 2027-05-01',
    'goal 3 (“Clicks”): target is 3; expected a percentage in quotes, such as "3%"',
    "goal 3 (“Clicks”): window is a number of days from 1 to 366",
    "goal 4: T ✗ timely Wed 31 Dec 2025 is over: by when should it be true?",
    "goal 5: a milestone's value is “x”; expected a number without quotes, such as 100",
    "goal 5: a pause ends before it begins",
)


def test_mistakes_of_every_kind_are_told_at_once_each_with_its_goal_in_the_order_of_the_file(
    smartkpi: Run, db: Path, tmp_path: Path
) -> None:
    refused = smartkpi("add", "--file", file(tmp_path, MANY), *DAY)
    headline, *told = refused.err.splitlines()
    assert headline == "smartkpi: goals.toml: 15 things in it cannot be"
    assert [line.strip() for line in told[:15]] == list(MANY_SAID)
    assert not db.exists()


def test_what_follows_from_a_field_that_cannot_be_read_is_no_mistake_of_its_own(smartkpi: Run, tmp_path: Path) -> None:
    wrong = WHOLE.replace("target = 150", 'target = "many"').replace("deadline = 2026-12-31", "deadline = 31")
    refused = smartkpi("add", "--file", file(tmp_path, wrong), *DAY).err
    assert "2 things in it cannot be" in refused


def test_the_mistakes_of_a_file_are_told_beside_goals_that_say_other_values(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("add", "--file", file(tmp_path), *DAY)
    other = WHOLE.replace("target = 150", "target = 120").replace('"3.5%"', "3.5")
    refused = smartkpi("add", "--file", file(tmp_path, other), *DAY).err
    assert "2 things in it cannot be" in refused
    assert "goal 1 (“Leads of the site”): it exists as website-leads: target is 120, and was 150" in refused
    assert "goal 3: target is 3.5" in refused
    assert [goal["target"] for goal in listed(smartkpi)] == [150, 20, 0.035, 20]


def test_two_goals_of_one_file_cannot_say_the_same(smartkpi: Run, tmp_path: Path) -> None:
    twice = '[[goal]]\nmetric = "leads"\ntarget = 5\ndeadline = 2027-03-31\n' * 2
    refused = smartkpi("add", "--file", file(tmp_path, twice), *DAY)
    assert refused.exit_status == 1
    assert "goal 2" in refused.err
    assert "you have this very goal already" in refused.err


def test_a_goal_without_a_name_never_takes_one_that_stands_in_the_file(smartkpi: Run, tmp_path: Path) -> None:
    one = '[[goal]]\nmetric = "leads"\ntarget = 5\ndeadline = 2027-03-31\n'
    other = '[[goal]]\nname = "leads"\nmetric = "leads"\ntarget = 6\ndeadline = 2027-03-31\n'
    assert smartkpi("add", "--file", file(tmp_path, one + other), *DAY).exit_status == 0
    assert [goal["slug"] for goal in listed(smartkpi)] == ["leads-2", "leads"]


def test_a_file_says_all_itself(smartkpi: Run, tmp_path: Path) -> None:
    assert smartkpi("add", "--file", file(tmp_path), "--owner", "Ana", *DAY).exit_status == 2
    assert smartkpi("add", "--update", *DAY).exit_status == 2
    assert smartkpi("add", "--file", tmp_path / "none.toml", *DAY).exit_status == 1
    assert smartkpi("export", "items", "--toml").exit_status == 2
    assert smartkpi("export", "goals", "--toml", "--json").exit_status == 2


def test_goals_without_a_database_are_an_empty_file(smartkpi: Run, tmp_path: Path) -> None:
    text = smartkpi("export", "goals", "--toml").out
    assert files.parse(text, "x") == GoalsFile()
    assert "nothing to do" in smartkpi("add", "--file", file(tmp_path, text)).out


def alike(one: Goal) -> Goal:
    """Without what is made anew in another database."""
    return one._replace(uid="", accounts=tuple(map(str, range(len(one.accounts)))))


def test_every_goal_of_a_full_database_comes_back_in_an_empty_one(
    smartkpi: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    smartkpi("import", ROOT / "examples", "--account", "Example Café", "--currency", "EUR")
    whose = ("--account", "Example Café", "--platform", "instagram")
    smartkpi("record", "followers", "1200", *whose, "--on", "2026-10-01", *DAY)
    by = ("--deadline", "2027-03-31", *DAY)
    for flags in (
        ("A “title”, with\ttabs", "--metric", "leads", "--target", "100", "--why", 'two\nlines "quoted"'),
        ("--metric", "leads", "--target", "1.5k", "--at-most", "--for", "Less", "--repeat", "month"),
        ("--metric", "leads", "--target", "5", "--every-week", "--campaign", "spring"),
        ("--metric", "leads", "--target", "20", "--every-month"),
        ("--metric", "cost per lead", "--target", "€20.05", "--keep"),
        ("--metric", "conversion rate", "--target", "90.123456789%", "--window", "7"),
        ("--metric", "reach", "--platform", "instagram", "--typical-day", "--target", "5000"),
        ("--metric", "followers", "--platform", "instagram", "--gain", "20", "--data-every", "month"),
        ("--metric", "followers", "--platform", "linkedin", "--gain", "20"),
        ("--metric", "likes", "--target", "3", "--platform", "x", "--account", "Shop"),
        ("--metric", "likes", "--target", "3", "--platform", "x", "--account", "Shop 2", "--new-account"),
    ):
        made = smartkpi("add", *flags, *by)
        assert made.exit_status == 0, made.err
    assert smartkpi("close", "likes-x", "--why", "no more x", "--learned", "too late", *DAY).exit_status == 0
    before = stored(db)
    assert smartkpi("export", "goals", "--toml", "-o", tmp_path / "out.toml").exit_status == 0

    monkeypatch.setenv("SMARTKPI_DB", str(tmp_path / "empty.db"))
    told = smartkpi("add", "--file", tmp_path / "out.toml", "--as-of", "2027-06-01")
    assert told.exit_status == 0, told.err
    after = stored(tmp_path / "empty.db")
    assert [alike(goal) for goal in after] == [alike(goal) for goal in before]
    assert smartkpi("export", "goals", "--toml").out == (tmp_path / "out.toml").read_text(encoding="utf-8")
    assert f"{len(before)} as before" in smartkpi("add", "--file", tmp_path / "out.toml", "--as-of", "2027-06-01").out


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 31))
PERCENTAGES = st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,4})?%", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | PERCENTAGES
OF_FIELD: dict[str, st.SearchStrategy[object]] = {
    "accounts": st.lists(TEXTS, max_size=3),
    "form": st.sampled_from(["", "total", "growth", "rate", "keep", "each", "typical day"]),
    "direction": st.sampled_from(["", "up", "down"]),
    "repeat": st.sampled_from(["", "week", "month", "quarter", "year"]),
    "every": st.sampled_from(["", "week", "month"]),
    "state": st.sampled_from(["", "active", "closed"]),
    "window": st.none() | st.integers(1, 366),
    "share": st.none() | st.floats(0, 1),
    "data_every": st.integers(0, 999),
    "milestones": st.lists(st.builds(MilestoneEntry, DAYS, NUMBERS), max_size=3),
    "pauses": st.lists(st.builds(PauseEntry, DAYS, DAYS, TEXTS), max_size=3),
    "deadline": DAYS,
    **dict.fromkeys(("target", "gain", "baseline"), st.none() | NUMBERS),
    **dict.fromkeys(("start", "baseline_day", "closed_on", "created"), st.none() | DAYS),
}
ENTRIES = st.fixed_dictionaries({f.name: OF_FIELD.get(f.name, TEXTS) for f in fields(GoalEntry)})


@settings(max_examples=40)
@given(
    st.lists(st.builds(ObjectiveEntry, TEXTS.filter(bool), TEXTS), max_size=3),
    st.lists(ENTRIES.map(lambda said: GoalEntry(**{**said, "metric": said["metric"] or "m"})), max_size=3),
)
def test_what_is_written_is_read_as_the_same(objectives: list[ObjectiveEntry], goals_: list[GoalEntry]) -> None:
    found = GoalsFile(objectives, goals_)
    assert files.parse(files.text(found), "x") == found


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_share_in_per_cent_is_exact_to_the_last_place(value: float) -> None:
    text = entries.written(value, METRICS["ctr"])
    assert entries.read(text, "target", METRICS["ctr"]) == value


@given(st.text(max_size=80))
def test_any_text_is_goals_or_a_refusal(text: str) -> None:
    try:
        files.parse(text, "x.toml")
    except FileRefusedError as error:
        assert error.headline.startswith("x.toml: ")
