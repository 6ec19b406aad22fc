"""`import --map`: a table of one's own, said once, is taken from then on; what is not certain is asked or refused."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import Result
from test_shell import on_terminal

from smartkpi.knowledge import loader, writing
from smartkpi.model.metric import Direction, Kind, Metric, Stage
from smartkpi.model.profile import Column, Numbers, Profile, Role, Shape, Table

Run = Callable[..., Result]
WHOSE = ("--platform", "website", "--account", "Example Café")
SHEET = "Our leads,,,\n,,,\nDate,Leads,Calls,Note\n{}Total,12,6,\n"
ROWS = "01/03/2026,3,5,x\n02/03/2026,4,,y\n15/03/2026,5,1,\n"
DAILY = ("--map", "--date", "Date", "--metric", "leads=Leads", *WHOSE)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "leads.csv"
    file.write_text(SHEET.format(ROWS))
    return file


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    return tmp_path / "profiles"


def stored(smartkpi: Run) -> list[tuple[str, ...]]:
    """metric, unit, breakdown, first day, value of everything that is stored."""
    rows = json.loads(smartkpi("export", "observations", "--json").out)["rows"]
    return [(r["metric"], r["unit"], r["breakdown"], r["begin"], r["end"], r["value"]) for r in rows]


def values(smartkpi: Run, metric: str) -> list[tuple[str, float]]:
    return [(row[3], row[5]) for row in stored(smartkpi) if row[0] == metric]  # type: ignore[misc]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# ---- the whole way ---------------------------------------------------------------------------------------------------


def test_a_table_is_mapped_once_and_taken_from_then_on(smartkpi: Run, sheet: Path, profiles: Path) -> None:
    told = smartkpi("import", sheet, *DAILY)
    assert told.exit_status == 0, told.err
    assert values(smartkpi, "leads") == [("2026-03-01", 3), ("2026-03-02", 4), ("2026-03-15", 5)]
    sheet.write_text(SHEET.format(ROWS + "16/03/2026,7,1,\n"))
    told = smartkpi("import", sheet)
    assert told.exit_status == 0, told.err
    assert "Example Café on Website (as its profile says)" in told.out
    assert values(smartkpi, "leads")[-1] == ("2026-03-16", 7)
    assert "your own table “leads”" in smartkpi("platforms", "website").out
    assert (profiles / "leads.toml").stat().st_mode & 0o077 == 0


def test_the_preview_shows_the_rows_as_they_are_stored_and_what_is_left_out(smartkpi: Run, sheet: Path) -> None:
    told = smartkpi("import", sheet, *DAILY).out
    assert "“Leads” is leads: adds up over days" in told
    assert "Sun 1 Mar 2026       3" in told
    assert "“Calls”, “Note” left out: not mapped (smartkpi import FILE --map takes it)" in told
    assert "left out: line 7: total rows" in told


def test_a_dry_run_shows_the_rows_and_keeps_neither_numbers_nor_profile(
    smartkpi: Run, sheet: Path, profiles: Path
) -> None:
    told = smartkpi("import", sheet, *DAILY, "--dry-run")
    assert told.exit_status == 0
    assert "Mon 2 Mar 2026" in told.out
    assert not list(profiles.glob("*"))
    assert stored(smartkpi) == []


def test_without_flags_and_terminal_the_answer_is_a_command_that_works(smartkpi: Run, sheet: Path) -> None:
    import shlex

    told = smartkpi("import", sheet, "--map")
    assert told.exit_status == 2
    assert "line 3: “Date”, “Leads”, “Calls”, “Note”; 4 rows" in told.err
    command = next(line for line in told.err.splitlines() if "→" in line).split("→ ")[1]
    assert smartkpi(*shlex.split(command)[1:]).exit_status == 0
    assert len(values(smartkpi, "leads")) == 3


def test_a_profile_is_not_kept_when_its_first_import_fails(smartkpi: Run, sheet: Path, profiles: Path) -> None:
    sheet.write_text(SHEET.format(ROWS + "01/03/2026,9,9,\n"))
    told = smartkpi("import", sheet, *DAILY)
    assert told.exit_status == 1
    assert "state different numbers" in told.err
    assert not list(profiles.glob("*"))


# ---- shapes ----------------------------------------------------------------------------------------------------------


def test_the_command_for_a_file_names_the_parts_that_share_a_day(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", "Day,Source,Leads\n2026-03-01,A,1\n2026-03-01,B,2\n2026-03-02,A,3\n")
    assert "--by Source" in smartkpi("import", file, "--map").err
    whole = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE)
    told = smartkpi("import", file, *whole)
    assert told.exit_status == 1
    assert "state different numbers for “2026-03-01”" in told.err


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_delimiter_is_read(mark: str, smartkpi: Run, sheet: Path) -> None:
    sheet.write_text(SHEET.format(ROWS).replace(",", mark))
    assert smartkpi("import", sheet, *DAILY).exit_status == 0
    assert len(values(smartkpi, "leads")) == 3
    sheet.write_text(SHEET.format(ROWS + "16/03/2026,7,1,\n").replace(",", mark))
    assert smartkpi("import", sheet).exit_status == 0


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, factor in (("North", 1), ("South", 10)):
        page = book.add_worksheet(name)
        page.write_string(0, 0, f"Leads of the {name}")
        for at, header in enumerate(("Day", "Leads")):
            page.write_string(2, at, header)
        for n in range(3):
            page.write_number(3 + n, 0, 46082 + n, day)  # 1 March 2026
            page.write_number(3 + n, 1, (n + 1) * factor)
    book.close()
    return path


def test_a_sheet_of_a_workbook_is_named(smartkpi: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx")
    flags = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE)
    told = smartkpi("import", book, *flags)
    assert told.exit_status == 2
    assert "--sheet South" in told.err
    assert smartkpi("import", book, *flags, "--sheet", "South").exit_status == 0
    assert values(smartkpi, "leads") == [("2026-03-01", 10), ("2026-03-02", 20), ("2026-03-03", 30)]
    assert "North" in smartkpi("import", book).out  # said to be left out


def test_months_are_totals_of_a_range_and_never_days(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "m.csv", "Month,Leads,Members\nJan 2026,30,100\nFeb 2026,28,120\nMar 2026,5,121\n")
    flags = (
        "--map",
        "--date",
        "Month",
        "--metric",
        "leads=Leads",
        "--metric",
        "followers=Members",
        *WHOSE,
        "--as-of",
        "2026-03-04",
    )
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 2
    assert "--period month" in told.err
    told = smartkpi("import", file, *flags, "--period", "month")
    assert told.exit_status == 0, told.err
    assert "2026-03-01 may not be over" in told.out
    assert stored(smartkpi) == [
        ("followers", "", "", "2026-01-31", "2026-02-01", 100),
        ("followers", "", "", "2026-02-28", "2026-03-01", 120),
        ("leads", "", "", "2026-01-01", "2026-02-01", 30),
        ("leads", "", "", "2026-02-01", "2026-03-01", 28),
    ]


def test_a_month_named_by_its_last_day_is_refused(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "m.csv", "End,Leads\n2026-01-31,30\n2026-02-28,28\n2026-03-31,5\n")
    flags = ("--map", "--date", "End", "--metric", "leads=Leads", *WHOSE, "--period", "month")
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 1
    assert "“2026-01-31” is not the first day of a month" in told.err
    assert stored(smartkpi) == []


def test_days_without_a_year_need_it_named(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "d.csv", "Day,Leads,Calls,Mails\n30 Dec,1,1,1\n31 Dec,2,1,1\n1 Jan,3,1,1\n")
    flags = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE)
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 1
    assert "--year" in told.err
    assert smartkpi("import", file, *flags, "--year", "2026").exit_status == 0
    assert values(smartkpi, "leads") == [("2025-12-30", 1), ("2025-12-31", 2), ("2026-01-01", 3)]
    assert smartkpi("import", file, "--year", "2026").exit_status == 0


def test_parts_and_accounts_come_from_columns_and_money_says_its_currency(smartkpi: Run, tmp_path: Path) -> None:
    rows = ("Spring,North,1200.50", "Brand,North,30", "Brand,South,7")
    text = "Date,Campaign,Shop,Spend\n" + "".join(f"2026-03-01,{row}\n" for row in rows)
    file = written(tmp_path / "spend.csv", text)
    flags = ("--map", "--date", "Date", "--metric", "cost=Spend:money", "--by", "Campaign", "--complete")
    flags += ("--account-column", "Shop", "--platform", "google-ads", "--period", "day")
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 2
    assert "in which currency" in told.err
    assert smartkpi("import", file, *flags, "--currency", "EUR").exit_status == 0
    assert {(row[1], row[2], row[5]) for row in stored(smartkpi)} == {
        ("EUR", "Spring", 1200.5),
        ("EUR", "Brand", 30),
        ("EUR", "Brand", 7),
    }
    file.write_text(text.replace("1200.50", "£1200.50"))
    assert "should be in EUR, and says GBP" in smartkpi("import", file).err


# ---- what is not certain is asked or refused -------------------------------------------------------------------------


def test_a_day_that_may_be_two_days_is_never_guessed(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "d.csv", "Day,Leads\n01/02/2026,1\n02/02/2026,2\n")
    flags = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE, "--period", "day")
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 2
    assert '--date-format "%d/%m/%Y"' in told.err
    assert '--date-format "%m/%d/%Y"' in told.err
    assert smartkpi("import", file, *flags, "--date-format", "%d/%m/%Y").exit_status == 0
    assert values(smartkpi, "leads") == [("2026-02-01", 1), ("2026-02-02", 2)]


def test_a_number_that_may_be_two_numbers_is_never_guessed(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "d.csv", "Day;Leads\n2026-02-01;1.234\n2026-02-02;2.500\n")
    flags = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE)
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 1
    assert "--numbers" in told.err
    assert smartkpi("import", file, *flags, "--numbers", "comma").exit_status == 0
    assert values(smartkpi, "leads") == [("2026-02-01", 1234), ("2026-02-02", 2500)]


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (("--date", "Dat", "--metric", "leads=Leads"), "Did you mean “Date”?"),
        (("--date", "Note", "--metric", "leads=Leads"), "no days can be read in the column “Note”"),
        (("--date", "Date", "--metric", "leads=Note"), "the column “Note” holds no numbers"),
        (("--date", "Date", "--metric", "Leads"), "is not NAME=COLUMN"),
        (("--date", "Date", "--metric", "leads=Leads:sum"), "“sum” is no kind of number"),
        (("--date", "Date", "--metric", "followers=Leads:flow"), "followers are not “flow” here"),
        (("--date", "Date", "--metric", "visitors we met=Leads"), "is no metric that I know"),
        (("--date", "Date", "--metric", "cost per lead=Leads"), "is worked out from cost and leads"),
        (("--date", "Date", "--metric", "leads=Leads", "--metric", "leads=Calls"), "two columns are taken as leads"),
        (("--date", "Date", "--metric", "leads=Leads", "--metric", "a=Leads:flow"), "“Leads” is named twice"),
        (("--date", "Date", "--metric", "Leads!=Leads:flow"), "is too close to leads"),
        (("--date", "Date", "--metric", "leads=Leads", "--period", "month"), "are only a day apart"),
        (("--date", "Date", "--metric", "leads=Leads", "--save-as", "x-overview"), "is a known export"),
        (("--date", "Date", "--metric", "leads=Leads", "--save-as", "My Leads"), "--save-as my-leads"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused(
    flags: tuple[str, ...], why: str, smartkpi: Run, sheet: Path, profiles: Path
) -> None:
    told = smartkpi("import", sheet, "--map", *flags, *WHOSE)
    assert told.exit_status == 2
    assert why in told.err
    assert "Nothing was changed." in told.err
    assert not list(profiles.glob("*"))


def test_the_platform_and_the_account_are_never_guessed(smartkpi: Run, sheet: Path) -> None:
    flags = ("--map", "--date", "Date", "--metric", "leads=Leads")
    assert "--platform website" in smartkpi("import", sheet, *flags).err
    told = smartkpi("import", sheet, *flags, "--platform", "website")
    assert "whose numbers are these?" in told.err
    assert "--platform website --account NAME" in told.err


def test_a_table_that_is_mapped_already_is_replaced_by_name_only(smartkpi: Run, sheet: Path, profiles: Path) -> None:
    assert smartkpi("import", sheet, *DAILY).exit_status == 0
    more = ("--map", "--date", "Date", "--metric", "leads=Leads", "--metric", "Ring=Calls:flow", *WHOSE)
    told = smartkpi("import", sheet, *more)
    assert told.exit_status == 2
    assert "mapped already, as leads" in told.err
    assert smartkpi("import", sheet, *more, "--save-as", "leads").exit_status == 0
    assert values(smartkpi, "ring") == [("2026-03-01", 5), ("2026-03-15", 1)]
    assert "version = 2" in (profiles / "leads.toml").read_text()


def test_a_metric_of_ones_own_makes_a_goal(smartkpi: Run, sheet: Path) -> None:
    assert smartkpi("import", sheet, *DAILY, "--metric", "Door knocks=Calls:flow").exit_status == 0
    told = smartkpi(
        "add", "--metric", "door knocks", "--target", "50", "--start", "2026-03-01", "--deadline", "2026-12-31"
    )
    assert told.exit_status == 0, told.err
    assert "6" in smartkpi("status", "--as-of", "2026-03-17").out


def test_more_columns_of_a_known_export_are_added_to_it(smartkpi: Run, tmp_path: Path) -> None:
    head = "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits"
    text = f'{head},Wishes\n"Sun, Mar 1, 2026",10,1,2,0,0,3,0,0,0,4,77\n"Mon, Mar 2, 2026",11,1,2,0,0,4,0,0,0,4,78\n'
    file = written(tmp_path / "x.csv", text)
    told = smartkpi("import", file, "--account", "cafe")
    assert "columns not known and left out: “Wishes” (smartkpi import FILE --map takes them)" in told.out
    told = smartkpi("import", file, "--map", "--metric", "Wishes=Wishes:flow", "--account", "cafe")
    assert told.exit_status == 0, told.err
    assert values(smartkpi, "wishes") == [("2026-03-01", 77), ("2026-03-02", 78)]
    assert values(smartkpi, "impressions") == [("2026-03-01", 10), ("2026-03-02", 11)]  # one series, not two
    file.write_text(text.replace(",78", ",79"))
    assert "1 changed" in smartkpi("import", file).out


# ---- a profile of one's own, later -----------------------------------------------------------------------------------


def edited(smartkpi: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str) -> Result:
    script = written(
        tmp_path / "edit.py",
        f"import pathlib, sys\np = pathlib.Path(sys.argv[1])\n"
        f"p.write_text(p.read_text(encoding='utf-8').replace({old!r}, {new!r}), encoding='utf-8')\n",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    return smartkpi("platforms", "edit", "leads")


def test_an_edit_is_used_and_a_broken_one_is_not(
    smartkpi: Run, sheet: Path, profiles: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert smartkpi("import", sheet, *DAILY).exit_status == 0
    before = (profiles / "leads.toml").read_text()
    for old, new, why in (
        ('role = "date"', 'role = "day"', "line "),
        ('metric = "leads"', 'metric = "leeds"', "there is no “leeds”"),
        ("%d/%m/%Y", "%d/%q", "“%d/%q” is not known"),
        ('id = "leads"', 'id = "other"', "it must stay"),
    ):
        told = edited(smartkpi, monkeypatch, tmp_path, old, new)
        assert told.exit_status == 1
        assert why in told.err
        assert (profiles / "leads.toml").read_text() == before
        assert new in (profiles / "leads.toml.draft").read_text()
    assert edited(smartkpi, monkeypatch, tmp_path, 'metric = "leads"', 'metric = "orders"').exit_status == 0
    assert "version = 2" in (profiles / "leads.toml").read_text()
    smartkpi("import", sheet)
    assert values(smartkpi, "orders") == [("2026-03-01", 3), ("2026-03-02", 4), ("2026-03-15", 5)]
    assert edited(smartkpi, monkeypatch, tmp_path, "lag", "lag").out == "leads: nothing was changed.\n"


def test_a_profile_is_shown_with_its_columns(smartkpi: Run, sheet: Path) -> None:
    assert smartkpi("import", sheet, *DAILY).exit_status == 0
    told = smartkpi("platforms", "show", "leads").out
    assert "Leads   leads: adds up over days" in told
    assert "leads.toml" in told
    assert "Premium > Analytics" in smartkpi("platforms", "show", "x-overview").out
    assert "cannot be edited" in smartkpi("platforms", "edit", "x-overview").err
    assert "there is no table of your own called nothing" in smartkpi("platforms", "edit", "nothing").err


# ---- on a terminal ---------------------------------------------------------------------------------------------------

ANSWERS = (
    "Date", "", "Leads, Calls", "leads", "Door knocks", "flow", "zero", "-", "-", "website", "Example Café", "doors",
)  # fmt: skip


def test_the_questions_lead_to_the_same_profile(db: Path, sheet: Path, profiles: Path) -> None:
    status, screen = on_terminal(
        120, "import", str(sheet), "--map", db=db, answers=(*ANSWERS, "y"), SMARTKPI_PROFILES=str(profiles)
    )
    assert status == 0, screen
    made = loader.profile("doors", profiles)
    assert made.account == "Example Café"
    assert [c.metric for c in made.tables[0].columns] == ["", "leads", "door_knocks", ""]
    assert made.tables[0].omitted_days == "zero"
    assert "A day without a row: nothing happened (0), or not known?" in screen
    assert "Sun 1 Mar 2026" in screen


def test_a_second_map_of_a_header_offers_to_replace_and_asks_what_is_not_certain(
    db: Path, tmp_path: Path, profiles: Path
) -> None:
    file = written(tmp_path / "d.csv", "Day,Spend\n01/02/2026,1.5\n02/02/2026,2.5\n03/02/2026,2.5\n")
    answers = ("Day", "1", "day", "Spend", "cost", "EUR", "", "google-ads", "Example Café", "", "y")
    status, screen = on_terminal(
        120, "import", str(file), "--map", db=db, answers=answers, SMARTKPI_PROFILES=str(profiles)
    )
    assert status == 0, screen
    assert "01/02/2026 is 1 Feb 2026" in screen
    assert (loader.profile("d", profiles).version, loader.profile("d", profiles).date_formats) == (1, ("%d/%m/%Y",))
    status, screen = on_terminal(
        120, "import", str(file), "--map", db=db, answers=("n",), SMARTKPI_PROFILES=str(profiles)
    )
    assert "mapped already, as d. Replace that?" in screen
    assert status == 1
    again = ("y", "Day", "1", "day", "Spend", "cost", "EUR", "", "", "y")
    status, screen = on_terminal(
        120, "import", str(file), "--map", "--account", "Example Café", db=db, answers=again,
        SMARTKPI_PROFILES=str(profiles),
    )  # fmt: skip
    assert status == 0, screen
    assert loader.profile("d", profiles).version == 2


def test_nothing_is_kept_when_the_rows_are_not_right(db: Path, sheet: Path, profiles: Path) -> None:
    status, screen = on_terminal(
        120, "import", str(sheet), "--map", db=db, answers=(*ANSWERS, "n"), SMARTKPI_PROFILES=str(profiles)
    )
    assert status == 1
    assert "Nothing was changed." in screen
    assert not list(profiles.glob("*"))
    assert not db.exists()


# ---- the text of a profile -------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
TEXTS = st.lists(TEXT, min_size=1, max_size=3).map(tuple)
METRICS = st.builds(
    Metric, id=TEXT, name=TEXT, kind=st.sampled_from(Kind), stage=st.sampled_from(Stage),
    direction=st.sampled_from(Direction), words=TEXTS, unit=TEXT,
)  # fmt: skip
COLUMNS = st.builds(
    Column, names=TEXTS, metric=TEXT, role=st.none() | st.sampled_from(Role), breakdown_kind=TEXT,
    required=st.booleans(), percent=st.booleans(), per=st.sampled_from((1, 100, 3600.5)), why=TEXT,
    tells=st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip
TABLES = st.builds(
    Table, name=TEXT, shape=st.sampled_from(Shape), columns=st.lists(COLUMNS, max_size=3).map(tuple),
    members=TEXTS, period=TEXT, exact=st.booleans(), numbers=st.none() | st.sampled_from(Numbers),
)  # fmt: skip
PROFILES = st.builds(
    Profile, id=TEXT, title=TEXT, report=TEXT, platforms=TEXTS, how=TEXTS, version=st.integers(1, 99),
    tables=st.lists(TABLES, min_size=1, max_size=2).map(tuple), columns=st.lists(COLUMNS, max_size=2).map(tuple),
    metrics=st.lists(METRICS, max_size=2).map(tuple), mapped=st.booleans(), account=TEXT, date_formats=TEXTS,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PROFILES)
def test_a_profile_written_and_read_again_is_the_same(profile: Profile) -> None:
    assert loader.parse(writing.text(profile), "it") == profile


def test_the_packaged_profiles_written_and_read_again_are_the_same() -> None:
    for profile in loader.profiles():
        assert loader.parse(writing.text(profile), profile.id) == profile


# ---- a real sheet ----------------------------------------------------------------------------------------------------


@pytest.mark.real
def test_a_hand_kept_sheet_whose_months_stand_in_headers_is_refused_in_so_many_words(
    smartkpi: Run, exports: Path
) -> None:
    file = exports / "user-made/google-ads-hand-kept-monthly.csv"
    for flags in ((), ("--date", "September", "--metric", "cost=Cost", "--platform", "google-ads")):
        told = smartkpi("import", file, "--map", *flags)
        assert told.exit_status in (1, 2)
        assert "“September” stands in the header, not in the rows" in told.err
    assert stored(smartkpi) == []
