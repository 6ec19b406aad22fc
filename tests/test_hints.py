"""What a new user types next: whose a named file is, commands that repeat what was typed, ways out of dead ends."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Result

from smartkpi.store import accounts, database
from smartkpi.workflow import again
from smartkpi.workflow.wish import Wish, typed_as

Run = Callable[..., Result]
DAY = ("--as-of", "2026-11-22")
BY = ("--deadline", "2027-01-31", *DAY)
ADS = "Bean-Campaigns-Nov-1-2026-Nov-21-2026.csv"
HEAD = "Reporting starts,Reporting ends,Campaign name,Impressions,Clicks (all),Amount spent (EUR)\n"
DAILY = "Day,Leads\n2026-11-01,3\n2026-11-02,4\n2026-11-03,5\n"


def ads(folder: Path, name: str = ADS, *, shown: int = 10) -> Path:
    """An Ads Manager table whose name says an account."""
    folder.mkdir(exist_ok=True)
    rows = "".join(f"2026-11-{day:02},2026-11-{day:02},A,{shown + day},1,2\n" for day in (1, 2, 3))
    (folder / name).write_text(HEAD + rows, encoding="utf-8")
    return folder / name


def owned(smartkpi: Run) -> list[str]:
    return [account["name"] for account in json.loads(smartkpi("accounts", "--json").out)["accounts"]]


def record(smartkpi: Run, name: str, number: int = 1206, *more: str) -> None:
    done = smartkpi("record", "followers", number, "--platform", "instagram", "--account", name, *more, *DAY)
    assert done.exit_status == 0, done.err


def typed(hint: str) -> list[str]:
    """The arguments of a suggested command."""
    return shlex.split(hint.strip().removeprefix("→ "))[1:]


def commands(told: Result) -> list[str]:
    return [line.strip().removeprefix("→ ") for line in told.err.splitlines() if "→ smartkpi" in line]


def test_what_is_typed_for_one_file_wins_over_what_the_file_is_called(smartkpi: Run, tmp_path: Path) -> None:
    done = smartkpi("import", ads(tmp_path), "--account", "The roastery")
    assert "The roastery on Meta Ads (a new account, the file's name says Bean)" in done.out
    assert owned(smartkpi) == ["The roastery"]


def test_in_a_folder_and_among_several_files_the_name_of_each_wins(smartkpi: Run, tmp_path: Path) -> None:
    first = ads(tmp_path / "mine")
    second = ads(tmp_path / "mine", "Kiosk-Campaigns-Nov-1-2026-Nov-21-2026.csv", shown=70)
    told = smartkpi("import", tmp_path / "mine", "--account", "The roastery")
    assert "not The roastery, from the file's name" in told.out
    smartkpi("undo")
    smartkpi("import", first, second, "--account", "The roastery")
    assert owned(smartkpi) == ["Bean", "Kiosk"]


def test_what_the_rows_say_wins_over_what_is_typed_and_is_said(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Day,Shop,Leads\n2026-11-01,North,3\n2026-11-02,North,4\n2026-11-03,North,4\n", encoding="utf-8")
    taught = ("--map", "--date", "Day", "--metric", "leads=Leads", "--account-column", "Shop", "--platform", "website")
    assert smartkpi("import", file, *taught).exit_status == 0
    smartkpi("undo")
    told = smartkpi("import", file, "--account", "The roastery")
    assert "not The roastery: its rows say whose" in told.out
    assert owned(smartkpi) == ["North"]


@pytest.mark.parametrize("account", [(), ("--account", "Roastary")])
@pytest.mark.parametrize("in_folder", [True, False])
def test_a_name_within_two_letters_stops_wherever_it_comes_from(
    in_folder: bool, account: tuple[str, ...], smartkpi: Run, tmp_path: Path
) -> None:
    smartkpi("import", ads(tmp_path / "old", shown=90), "--account", "Roastery", "--as-of", "2026-11-05")
    file = ads(tmp_path / "new", "Roastary-Campaigns-Nov-1-2026-Nov-21-2026.csv")
    told = smartkpi("import", file.parent if in_folder else file, *account)
    assert told.exit_status == 1
    assert "looks like Roastery, which you have" in told.err
    first, second = commands(told)
    assert smartkpi(*typed(first), "--dry-run", "--same-account").exit_status == 0
    assert smartkpi(*typed(second)).exit_status == 0


def test_names_that_rows_state_are_never_taken_for_typing_errors(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Day,Shop,Leads\n2026-11-01,Store 2,3\n2026-11-02,Store 3,4\n", encoding="utf-8")
    smartkpi("record", "leads", 3, "--account", "Store 1", "--platform", "website", *DAY)
    taught = ("--map", "--date", "Day", "--metric", "leads=Leads", "--account-column", "Shop", "--platform", "website")
    told = smartkpi("import", file, *taught)
    assert (told.exit_status, told.err) == (0, "")
    assert owned(smartkpi) == ["Store 1", "Store 2", "Store 3"]


def test_a_number_recorded_today_is_where_one_stands_today(smartkpi: Run) -> None:
    record(smartkpi, "Bean", 1100, "--on", "2026-10-01")
    record(smartkpi, "Bean", 1206)
    goal = ("add", "--metric", "followers", "--platform", "instagram")
    assert "from 1,206 to 2,000" in smartkpi(*goal, "--target", "2000", *BY).out
    assert "from 1,206 to 1,306" in smartkpi(*goal, "--gain", "100", *BY).out
    stored = json.loads(smartkpi("show", "followers-instagram", "--json", *DAY).out)["goal"]
    assert (stored["baseline"], stored["baseline_day"]) == (1206, "2026-11-22")


def test_what_is_recorded_on_a_first_day_that_is_over_leaves_the_eve_the_baseline(smartkpi: Run) -> None:
    record(smartkpi, "Bean", 1100, "--on", "2026-10-31")
    record(smartkpi, "Bean", 1206, "--on", "2026-11-01")
    goal = ("add", "--metric", "followers", "--platform", "instagram", "--start", "2026-11-01")
    assert "from 1,100 to 1,200" in smartkpi(*goal, "--gain", "100", *BY).out


def test_accounts_count_every_goal_once(smartkpi: Run, db: Path) -> None:
    for name in ("Bean", "The roastery"):
        record(smartkpi, name)
    goal = ("add", "--metric", "followers", "--platform", "instagram", *BY)
    for gain in (10, 20, 30):
        assert smartkpi(*goal, "--account", "Bean", "--gain", gain).exit_status == 0
    assert smartkpi(*goal, "--account", "Bean", "--account", "The roastery", "--gain", "50").exit_status == 0
    smartkpi("remove", "followers-instagram", *DAY)
    with_goals = {a["name"]: a["goals"] for a in json.loads(smartkpi("accounts", "--json").out)["accounts"]}
    assert with_goals == {"Bean": 3, "The roastery": 1}
    smartkpi("accounts", "merge", "Bean", "The roastery", "--same-account")
    (one,) = json.loads(smartkpi("accounts", "--json").out)["accounts"]
    assert (one["name"], one["goals"]) == ("The roastery", 3)


def test_the_accounts_in_use_are_those_that_are_listed(smartkpi: Run, db: Path) -> None:
    for name in ("Bean", "The roastery", "Kiosk"):
        record(smartkpi, name)
    smartkpi("undo")
    conn = database.open_reading(db)
    assert conn is not None
    assert accounts.in_use(conn) == [use.account for use in accounts.listing(conn)]
    conn.close()


def test_a_command_to_type_has_the_flags_that_were_typed(db: Path, smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "Reach.csv"
    file.write_bytes('sep=,\r\n"Reach"\r\n"Date","Primary"\r\n"2026-05-25T00:00:00","65"\r\n'.encode("utf-16"))
    asked = smartkpi("--db", db, "import", file, "--covers", "2026-05-01..2026-05-31", "--encoding", "utf-16")
    flags = "--encoding utf-16 --covers 2026-05-01..2026-05-31"
    assert commands(asked)[0] == f"smartkpi --db {db} import {file} {flags} --account NAME --platform facebook"
    asked = smartkpi("import", file, "--platform", "instagram", "--dry-run")
    assert commands(asked) == [f"smartkpi import {file} --dry-run --platform instagram --account NAME"]


def test_a_suggested_goal_is_a_whole_command_that_works(smartkpi: Run, db: Path) -> None:
    record(smartkpi, "The roastery")
    record(smartkpi, "Bean")
    goal = ("add", "--metric", "followers", "--platform", "instagram", "--gain", "10", "--owner", "Ana", *BY)
    asked = smartkpi("--db", db, *goal)
    assert "whose followers?" in asked.err
    assert "…" not in asked.err
    for hint in commands(asked):
        assert hint.startswith(f"smartkpi --db {db} add --metric followers --gain 10 --owner Ana ")
        assert smartkpi(*typed(hint)).exit_status == 0
    near = smartkpi(*goal, "--account", "The rostery", "--account", "Bean")
    assert commands(near)[0].endswith("--account Bean --account 'The roastery'")
    edit = smartkpi("edit", "followers-instagram", "--account", "Bean", *DAY)
    assert commands(edit) == ["smartkpi edit followers-instagram --account Bean --as-of 2026-11-22 --gain 10"]
    smartkpi("remove", "followers-instagram-2", *DAY)
    assert smartkpi(*typed(commands(edit)[0])).exit_status == 0


def test_an_example_keeps_what_was_typed_with_the_wish(smartkpi: Run) -> None:
    told = smartkpi("add", "--metric", "followers", "--owner", "Ana", "--why", "no --keep here", "--for", "Leads", *DAY)
    (example,) = commands(told)
    assert "--gain 20 --owner Ana --for Leads --why 'no --keep here' --deadline" in example
    assert smartkpi(*typed(example)).exit_status == 0


def test_flags_are_taken_out_of_a_command_as_they_can_be_written() -> None:
    command = "smartkpi add 'a b' --account=A --account B --gain 3"
    assert again.without(command, "--account") == "smartkpi add 'a b' --gain 3"
    assert again.without(command, "--account", value="B") == "smartkpi add 'a b' --account=A --gain 3"
    assert again.without("smartkpi add --account", "--account") == "smartkpi add"


def test_a_wish_that_was_asked_for_is_a_command_too() -> None:
    wish = Wish(title="More", metric="leads", accounts=("A", "B b"), keep=True, window=14, objective="Growth")
    assert typed_as(wish) == (
        "smartkpi add More --metric leads --account A --account 'B b' --keep --window 14 --for Growth"
    )


@pytest.fixture
def taught(smartkpi: Run, tmp_path: Path) -> Run:
    """The shell, with a table of one's own from a place that is not listed."""
    (tmp_path / "leads.csv").write_text(DAILY, encoding="utf-8")
    flags = ("--map", "--date", "Day", "--metric", "leads=Leads", "--platform", "other", "--account", "Discord")
    assert smartkpi("import", tmp_path / "leads.csv", *flags).exit_status == 0
    return smartkpi


def test_a_table_of_ones_own_is_removed_and_what_was_imported_stays(taught: Run, tmp_path: Path) -> None:
    assert "smartkpi platforms remove leads" in taught("platforms", "show", "leads").out
    before = taught("export", "observations").out
    removed = taught("platforms", "remove", "leads")
    assert removed.exit_status == 0
    assert taught("export", "observations").out == before
    assert taught("import", tmp_path / "leads.csv").exit_status == 1
    assert taught("platforms", "remove", "leads").exit_status == 2
    kept = tmp_path / "profiles" / "leads.toml.removed"
    assert f"mv {kept} {kept.with_suffix('')}" in removed.out.replace("\n", " ")
    kept.rename(kept.with_suffix(""))
    assert "nothing to do" in taught("import", tmp_path / "leads.csv").out


def test_undo_says_that_the_table_is_still_known(taught: Run) -> None:
    told = taught("undo")
    assert "the table “leads” is still known; to forget it:   smartkpi platforms remove leads" in told.out
    taught("redo")
    taught("platforms", "remove", "leads")
    assert "still known" not in taught("undo").out


def test_what_comes_with_the_program_is_not_removed(smartkpi: Run) -> None:
    told = smartkpi("platforms", "remove", "meta-ads")
    assert told.exit_status == 2
    assert "comes with smartkpi" in told.err


def test_only_near_names_are_offered_for_an_export(smartkpi: Run) -> None:
    assert commands(smartkpi("platforms", "show", "leads")) == ["smartkpi platforms"]
    assert commands(smartkpi("platforms", "show", "meta-adz"))[0] == "smartkpi platforms show meta-ads"


def test_a_place_that_is_not_listed_has_a_way(smartkpi: Run) -> None:
    for told in (smartkpi("platforms", "reddit"), smartkpi("record", "followers", 3, "--platform", "reddit")):
        assert told.exit_status == 2
        assert "→ smartkpi import FILE --map --platform other --account reddit" in told.err
        assert "→ smartkpi record METRIC NUMBER --platform other --account reddit" in told.err
    assert "other" not in smartkpi("platforms", "instgram").err
    assert "smartkpi import FILE --map" in smartkpi("platforms", "other").out


def test_a_goal_of_a_place_that_is_not_listed_reads_well(smartkpi: Run) -> None:
    smartkpi("record", "followers", 300, "--platform", "other", "--account", "Discord", *DAY)
    told = smartkpi("add", "--metric", "followers", "--platform", "other", "--gain", "100", *BY)
    assert told.out.splitlines()[0].startswith("Gain 100 followers: from 300 to 400")


def test_folders_that_are_not_searched_are_named(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    ads(tmp_path / "all" / "a b")
    told = smartkpi("import", tmp_path / "all")
    assert told.exit_status == 0
    assert f"1 folder lies in {tmp_path / 'all'}, not searched: a b." in told.out
    assert f"smartkpi import '{tmp_path / 'all' / 'a b'}'" in told.out
    assert f"No table and no ZIP lies in {tmp_path / 'all'} itself. Nothing was changed." in told.out
    ads(tmp_path / "all")
    beside = smartkpi("import", tmp_path / "all")
    assert "not searched: a b." in beside.out
    assert owned(smartkpi) == ["Bean"]
    (found,) = json.loads(smartkpi("import", tmp_path / "all", "--json").out)["folders"]
    command = f"smartkpi import '{tmp_path / 'all' / 'a b'}'"
    assert found == {"path": str(tmp_path / "all"), "inside": ["a b"], "command": command}
    assert f"{command} --dry-run" in smartkpi("import", tmp_path / "all", "--dry-run").out


def test_a_file_that_cannot_be_read_has_a_next_step(smartkpi: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04" + bytes(200))
    for name, said in (("none.csv", "Check its name"), ("empty.csv", "again"), ("cut.zip", "again")):
        told = smartkpi("import", tmp_path / name)
        assert told.exit_status == 1
        assert any(line.startswith("  → ") and said in line for line in told.err.splitlines()), told.err


def test_one_question_for_many_files_keeps_the_platform_that_was_typed(smartkpi: Run, tmp_path: Path) -> None:
    for name in ("Reach", "Follows"):
        rows = f'sep=,\r\n"{name}"\r\n"Date","Primary"\r\n"2026-05-25T00:00:00","65"\r\n'
        (tmp_path / f"{name}.csv").write_bytes(rows.encode("utf-16"))
    asked = smartkpi("import", tmp_path / "Reach.csv", tmp_path / "Follows.csv", "--platform", "instagram")
    (command,) = commands(asked)
    assert command.endswith("--platform instagram --account NAME")
    assert smartkpi(*typed(command)).exit_status == 0
