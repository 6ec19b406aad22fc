"""Tables of one's own as they are kept: days without a row, two rows of a day, amounts and decimals of a country."""

import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from kit import Result

from smartkpi.knowledge import loader

Run = Callable[..., Result]
WHOSE = ("--platform", "website", "--account", "Example Café")
LEADS = ("--map", "--date", "Day", "--metric", "leads=Leads", *WHOSE)
GERMAN = """Datum;Quelle;Leads;Klicks;Kosten;Umsatz
01.03.2026;Suche;3;1.204;12,50 €;1.012,50 €
01.03.2026;Messe;1;804;7,00 €;0,00 €
02.03.2026;Suche;2;1.100;9,50 €;120,00 €
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """Leads of three days in one week, and no row for the other ones."""
    return written(tmp_path / "leads.csv", "Day,Leads\n2026-03-02,1\n2026-03-03,2\n2026-03-07,4\n")


def values(db: Path, metric: str) -> list[tuple[str, str, float]]:
    """Day, part and value of what is stored."""
    with closing(sqlite3.connect(db)) as conn:
        return conn.execute(
            "select day, breakdown, value from daily_values where metric = ? order by 1, 2", [metric]
        ).fetchall()


def suggested(told: Result) -> list[str]:
    """The command that a refusal names, as a shell would pass it."""
    return shlex.split(next(line for line in told.err.splitlines() if "→" in line).split("→ ")[1])[1:]


# ---- days without a row ----------------------------------------------------------------------------------------------


def test_a_list_with_rows_only_on_days_with_leads_says_so_once_and_has_zeros(
    smartkpi: Run, db: Path, leads: Path
) -> None:
    told = smartkpi("import", leads, *LEADS, "--no-row", "zero")
    assert told.exit_status == 0, told.err
    assert "A day without a row counts as 0, from the first row to the last" in told.out
    assert "missing inside it" not in told.out
    assert [value for _, _, value in values(db, "leads")] == [1, 2, 0, 0, 0, 4]
    leads.write_text(leads.read_text() + "2026-03-09,1\n")
    assert "days without a row count as 0: 4" in smartkpi("import", leads).out
    assert [value for _, _, value in values(db, "leads")][-2:] == [0, 1]


def test_without_a_word_such_days_are_not_known_and_the_flag_is_named(smartkpi: Run, db: Path, leads: Path) -> None:
    told = smartkpi("import", leads, *LEADS).out
    assert "A day without a row counts as not known. If nothing happened then, it is 0: --no-row zero" in told
    assert [value for _, _, value in values(db, "leads")] == [1, 2, 4]
    assert "3 days are missing inside it" in told


def test_parts_without_a_row_are_zero_as_well(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    rows = "2026-03-02,A,1\n2026-03-02,B,2\n2026-03-03,B,2\n2026-03-04,A,3\n2026-03-05,A,0\n"
    file = written(tmp_path / "p.csv", f"Day,Source,Leads\n{rows}")
    assert smartkpi("import", file, *LEADS, "--by", "Source", "--no-row", "zero").exit_status == 0
    found = {(day, part): value for day, part, value in values(db, "leads")}
    assert found["2026-03-03", "A"] == found["2026-03-04", "B"] == found["2026-03-05", "B"] == 0
    assert len(found) == 8


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (("--no-row", "none"), "--no-row: it must be one of zero, unknown"),
        (("--metric", "followers=Members", "--no-row", "zero"), "followers does not add up, so that without a row"),
    ],
)
def test_what_cannot_be_zero_is_refused(flags: tuple[str, ...], why: str, smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "m.csv", "Day,Leads,Members\n2026-03-02,1,50\n2026-03-03,2,51\n2026-03-04,2,52\n")
    told = smartkpi("import", file, *LEADS, *flags)
    assert told.exit_status == 2
    assert why in told.err


def test_a_sheet_that_is_kept_by_hand_is_final_at_once(smartkpi: Run, leads: Path, tmp_path: Path) -> None:
    told = smartkpi("import", leads, *LEADS)
    assert "may still change" not in told.out
    assert loader.profile("leads", tmp_path / "profiles").lag == 0


# ---- the command that is suggested -----------------------------------------------------------------------------------


def test_the_command_for_a_german_file_works_as_typed(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    command = suggested(smartkpi("import", written(tmp_path / "leads.csv", GERMAN), "--map"))
    assert "Kosten=Kosten:spent" in command
    assert "Umsatz=Umsatz:earned" in command
    assert command[command.index("--by") + 1] == "Quelle"
    told = smartkpi(*command)
    assert told.exit_status == 0, told.err
    assert values(db, "klicks")[0] == ("2026-03-01", "Messe", 804)
    assert sorted(value for _, _, value in values(db, "umsatz")) == [0, 120, 1012.5]


def test_a_column_that_is_not_taken_proves_the_decimal_sign_too(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "leads.csv", GERMAN)
    flags = ("--map", "--date", "Datum", "--by", "Quelle", "--metric", "clicks=Klicks", *WHOSE)
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 0, told.err
    assert max(value for _, _, value in values(db, "clicks")) == 1204


def test_money_is_never_taken_as_a_plain_number(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "leads.csv", GERMAN)
    flags = ("--map", "--date", "Datum", "--by", "Quelle", "--metric", "fees=Kosten:flow", *WHOSE)
    told = smartkpi("import", file, *flags)
    assert told.exit_status == 2
    assert "“Kosten” holds amounts of money" in told.err
    assert '--metric "fees=Kosten:spent"' in told.err


def test_only_the_names_that_tell_rows_apart_are_suggested_as_parts(smartkpi: Run, tmp_path: Path) -> None:
    rows = "2026-03-01,A,x,1\n2026-03-01,B,x,2\n2026-03-02,A,y,3\n2026-03-02,B,y,3\n"
    told = smartkpi("import", written(tmp_path / "p.csv", f"Day,Source,Note,Leads\n{rows}"), "--map").err
    assert "--by Source" in told
    assert "--by Note" not in told


# ---- two rows of one day ---------------------------------------------------------------------------------------------

TWICE = "Day,Source,Leads\n2026-03-01,A,1\n2026-03-01,B,2\n2026-03-02,A,3\n"


def test_two_rows_of_a_day_are_answered_with_the_column_that_tells_them_apart(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", TWICE)
    told = smartkpi("import", file, *LEADS)
    assert told.exit_status == 1
    assert "What tells them apart: “Source”" in told.err
    assert "Download the export again" not in told.err


def test_a_mapped_table_that_has_two_rows_of_a_day_later_names_the_way_too(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", "Day,Source,Leads\n2026-03-01,A,1\n2026-03-02,A,3\n2026-03-03,A,3\n")
    assert smartkpi("import", file, *LEADS).exit_status == 0
    file.write_text(TWICE)
    assert "--map --save-as p --by Source" in smartkpi("import", file).err


def test_two_rows_that_nothing_tells_apart_are_to_be_corrected(smartkpi: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "p.csv", "Day,Leads\n2026-03-01,1\n2026-03-01,2\n2026-03-02,2\n")
    told = smartkpi("import", file, *LEADS)
    assert "Make one row of the two, or correct them." in told.err


# ---- another currency ------------------------------------------------------------------------------------------------


def test_the_currency_that_is_typed_wins_over_the_one_that_a_table_was_taught_with(
    smartkpi: Run, db: Path, tmp_path: Path
) -> None:
    table = "Date,Spend\n2026-03-02,10.50\n2026-03-03,11.25\n"
    taught = ("--map", "--date", "Date", "--metric", "cost=Spend", "--period", "day", "--platform", "website")
    paris, boston = written(tmp_path / "paris.csv", table), written(tmp_path / "boston.csv", table)
    assert smartkpi("import", paris, *taught, "--account", "Paris", "--currency", "EUR").exit_status == 0
    new = ("--platform", "website", "--new-account", "--account")
    assert smartkpi("import", boston, *new, "Boston", "--currency", "USD").exit_status == 0
    assert smartkpi("import", boston, *new, "Lyon").exit_status == 0
    with closing(sqlite3.connect(db)) as conn:
        units = dict(conn.execute("select distinct account, unit from daily_values where metric = 'cost'"))
    assert units == {"Paris": "EUR", "Boston": "USD", "Lyon": "EUR"}
    (tmp_path / "many").mkdir()
    written(tmp_path / "many" / "rome.csv", table)
    assert smartkpi("import", tmp_path / "many", *new, "Rome", "--currency", "USD").exit_status == 0
    with closing(sqlite3.connect(db)) as conn:
        (unit,) = conn.execute("select distinct unit from daily_values where account = 'Rome'").fetchone()
    assert unit == "EUR"  # of a folder the flag is said of money that has no currency


def test_a_currency_in_the_cells_wins_over_the_flag(smartkpi: Run, db: Path, tmp_path: Path) -> None:
    table = "Date,Spend\n2026-03-02,€10.50\n2026-03-03,€11.25\n"
    taught = ("--map", "--date", "Date", "--metric", "cost=Spend", "--period", "day", *WHOSE)
    assert smartkpi("import", written(tmp_path / "a.csv", table), *taught).exit_status == 0
    newer = written(tmp_path / "b.csv", table.replace("03-0", "04-0"))
    assert smartkpi("import", newer, *WHOSE, "--currency", "USD").exit_status == 0
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("select distinct unit from daily_values where metric = 'cost'").fetchall() == [("EUR",)]
