"""What the receipt of an import says of days, rows and files that are not there: short, and only where it is so."""

import json
import shlex
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from kit import Result

from smartkpi.ingest.words import shortened
from smartkpi.model.history import ImportBatch
from smartkpi.report.document import Table
from smartkpi.report.views.imports import import_list

Run = Callable[..., Result]


def days(first: str, last: str) -> list[str]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(begin + timedelta(n)) for n in range((end - begin).days + 1)]


@pytest.fixture
def chart(smartkpi: Run, tmp_path: Path) -> Callable[..., Result]:
    """Imports a Search Console chart with these days."""

    def run(stated: Iterable[str], *flags: str) -> Result:
        file = tmp_path / "Chart.csv"
        rows = "".join(f"{day},1,10,10%,3.5\n" for day in stated)
        file.write_text(f"Date,Clicks,Impressions,CTR,Position\n{rows}", encoding="utf-8")
        return smartkpi("import", file, "--account", "Site", *flags)

    return run


@pytest.fixture
def card(tmp_path: Path) -> Callable[..., Path]:
    """Writes a daily card of Meta Business Suite."""

    def write(name: str, title: str, stated: Iterable[str]) -> Path:
        file = tmp_path / "cards" / name
        file.parent.mkdir(exist_ok=True)
        rows = "".join(f'"{day}T00:00:00","3"\n' for day in stated)
        file.write_text(f'sep=,\n"{title}"\n"Date","Primary"\n{rows}', encoding="utf-16")
        return file

    return write


def test_days_that_lack_inside_a_file_are_named(chart: Callable[..., Result]) -> None:
    stated = [day for day in days("2026-03-01", "2026-03-10") if day not in days("2026-03-04", "2026-03-06")]
    assert chart(stated).out == (
        "Chart.csv\n"
        "  Google Search Console · performance · Chart · Site on Google Search Console (a new account)\n"
        "  1 Mar – 10 Mar 2026 · 7 new days (21 numbers), 0 same, 0 changed\n"
        "  read as UTF-8, comma; as new as 12 Mar 2026 (its last day and the 2 days that this export leaves out)\n"
        "  3 days are missing inside it: 4 Mar – 6 Mar\n"
        "  the filters of this export are not beside it: taken as unfiltered\n"
        "  “CTR” left out: worked out from clicks and impressions\n"
        "\n"
        "21 new, 0 changed · take it all back: smartkpi undo (redo brings it again)\n"
    )


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ((4,), "1 day is missing inside it: 4 Mar"),
        ((4, 7, 8), "3 days are missing inside it: 4 Mar and 7 Mar – 8 Mar"),
        ((2, 4, 6, 8, 10), "5 days are missing inside it: 2 Mar, 4 Mar, 6 Mar and 2 more gaps"),
        (range(2, 20), "only 2 of its 20 days are in it"),
        ((), ""),
        ((1, 20), ""),  # a range that begins later or ends earlier lacks nothing inside
    ],
)
def test_many_gaps_are_counted_and_a_table_of_few_days_is_called_so(
    lacking: Iterable[int], said: str, chart: Callable[..., Result]
) -> None:
    gone = {f"2026-03-{n:02}" for n in lacking}
    done = chart(
        [day for day in days("2026-03-01", "2026-03-20") if day not in gone], "--as-of", "2026-03-22", "--json"
    )
    notes = json.loads(done.out)["files"][0]["tables"][0]["notes"]
    assert [note for note in notes if "day" in note] == ([said] if said else [])


def test_days_that_the_platform_leaves_out_as_zero_do_not_lack(smartkpi: Run, card: Callable[..., Path]) -> None:
    done = smartkpi(
        "import", card("Follows.csv", "Instagram follows", ("2026-06-01", "2026-06-05")), "--account", "Café"
    )
    assert "because nothing happened count as 0: 3" in done.out
    assert "missing" not in done.out


def test_a_card_that_ends_earlier_than_the_others_is_named_once(smartkpi: Run, card: Callable[..., Path]) -> None:
    files = [
        card("Follows.csv", "Instagram follows", days("2026-06-01", "2026-06-13")),
        card("Reach.csv", "Instagram reach", days("2026-06-01", "2026-06-21")),
        card("Visits.csv", "Instagram profile visits", days("2026-06-01", "2026-06-21")),
    ]
    done = smartkpi("import", *files, "--account", "Café", "--new-account")
    *_, early, end = done.out.splitlines()
    assert early == "Follows.csv ends on 13 Jun; the other 2 files end on 21 Jun 2026."
    assert end.startswith("55 new, 0 changed")
    assert done.out.count(" ends on ") == 1
    assert json.loads(smartkpi("import", *files, "--account", "Café", "--json").out)["notes"] == [early[:-1]]


def test_files_of_other_times_and_what_a_newer_file_goes_on_with_are_no_siblings(
    smartkpi: Run, card: Callable[..., Path]
) -> None:
    files = [
        card("Follows of last year.csv", "Instagram follows", days("2025-06-01", "2025-06-13")),
        card("Reach in May.csv", "Instagram reach", days("2026-05-01", "2026-05-31")),
        card("Reach.csv", "Instagram reach", days("2026-05-20", "2026-06-21")),
        card("Facebook follows.csv", "Facebook follows", days("2026-05-20", "2026-06-11")),
    ]
    done = smartkpi("import", *files, "--account", "Café", "--new-account")
    assert (done.exit_status, done.err) == (0, "")
    assert " ends on " not in done.out


def test_a_table_with_as_many_rows_as_the_platform_gives_is_probably_cut(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "Table data.csv"
    rows = [f'v{n},Video {n},"Jan 1, 2026",{n}\n' for n in range(500)]
    said = "500 rows, the most that this export has: there are probably more, and they are not in it"
    for count in (500, 499):
        text = "".join(["Content,Video title,Video publish time,Views\n", *rows[:count]])
        file.write_text(text, encoding="utf-8")
        done = smartkpi("import", file, "--account", "Channel", "--as-of", f"2026-03-0{count % 9 + 1}")
        assert (said in done.out) == (count == 500), done.out


def test_where_a_total_row_tells_the_gap_the_limit_is_not_said_as_well(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "Table data.csv"
    rows = [f'v{n},Video {n},"Jan 1, 2026",10\n' for n in range(500)]
    for total, cut in ((5000, False), (9000, True)):
        text = "".join(["Content,Video title,Video publish time,Views\n", f"Total,,,{total}\n", *rows])
        file.write_text(text, encoding="utf-8")
        done = smartkpi("import", file, "--account", "Channel", "--as-of", "2026-03-02")
        assert ("the table lists 500 rows, which add up to 5000 of 9000" in done.out) == cut, done.out
        assert "probably" not in done.out


# ---- many tables of one file -----------------------------------------------------------------------------------------

DAYS = "Date,Clicks,Impressions,CTR,Position\n" + "".join(f"2026-03-{n:02},{n},100,{n}%,5.5\n" for n in range(1, 29))
PAGE = "https://example.com/{}"
TWINS = "Top pages,Clicks,Impressions,CTR,Position\n" + "".join(
    f"{PAGE.format(n % 250)},{n},1000,1%,5.5\n" for n in range(251)
)
FILTERS = "Filter,Value\nDate,Last 28 days\nPage,+/blog/\n"


@pytest.fixture
def performance(tmp_path: Path) -> Path:
    """A made-up Search Console download of three tables, in one of which a page comes twice."""
    path = tmp_path / "performance.zip"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("Chart.csv", DAYS)
        box.writestr("Pages.csv", TWINS)
        box.writestr("Devices.csv", "Device,Clicks,Impressions,CTR,Position\nMobile,400,9000,4.4%,6\n")
        box.writestr("Filters.csv", FILTERS)
    return path


def test_what_all_tables_of_a_file_share_is_said_once(smartkpi: Run, performance: Path) -> None:
    told = smartkpi("import", performance, "--account", "Example Café").out
    for shared in ("Example Café", "read as UTF-8, comma", "as new as", "page=+/blog/", "“CTR” left out"):
        assert told.count(shared) == 1, shared
    assert "\n    Chart.csv: " in told
    assert "\n    Devices.csv: " in told
    again = smartkpi("import", performance, "--account", "Example Café").out
    assert again.count("the same as import") == 3


def test_a_name_that_the_platform_states_twice_is_not_for_its_reader_to_correct(
    smartkpi: Run, performance: Path
) -> None:
    told = smartkpi("import", performance, "--account", "Example Café")
    assert told.exit_status == 3
    assert "column Top pages: “https://example.com/0” stands also in line" in told.out
    assert "2 rows not taken: the platform states two rows of each name" in told.out
    assert "Correct them" not in told.out


def test_an_account_that_every_table_lacks_is_asked_once_for_all(smartkpi: Run, performance: Path) -> None:
    told = smartkpi("import", performance)
    assert told.exit_status == 1
    assert told.err.count("whose numbers are these?") == 1
    assert "Chart.csv, Pages.csv and Devices.csv: none of them says whose." in told.err
    assert told.err.count("→") == 1
    command = shlex.split(told.err.split("→ ")[1].splitlines()[0])[1:]
    assert smartkpi(*command).exit_status == 3


def test_a_folder_without_an_account_is_asked_once_and_its_command_takes_it(smartkpi: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(DAYS)
    told = smartkpi("import", folder)
    assert "2 files: whose numbers are these?" in told.err
    assert f"→ smartkpi import {folder} --account NAME" in told.err
    assert len(json.loads(smartkpi("import", folder, "--json").out)["files"][0]["refused"]) == 1  # each its own


def test_tables_of_one_name_say_by_what_they_are(smartkpi: Run, tmp_path: Path) -> None:
    head = "# ----\n# Example\n# ----\n# Start date: 20260301\n# End date: 20260328\n"
    parts = "Country,Active users\nItaly,30\nSpain,20\n\n{}Page title and screen class,Views\nHome,90\nMenu,40\n"
    file = tmp_path / "snapshot.csv"
    file.write_text(head + parts.format("# Start date: 20260301\n# End date: 20260328\n"))
    told = smartkpi("import", file, "--account", "Example Café").out
    assert "by country: " in told
    assert "by page title: " in told


def test_a_line_that_is_not_known_is_cut_at_a_word() -> None:
    assert shortened("First user primary channel group (Default Channel Group), Average") == (
        "First user primary channel group (Default Channel Group) …"
    )
    assert shortened("Clicks") == "Clicks"
    assert shortened("x" * 70) == "x" * 59 + " …"


def test_on_a_narrow_terminal_the_numbers_of_an_import_keep_their_names() -> None:
    batch = ImportBatch(
        7, "u", "Reach.csv", "", "cards", "meta", "instagram", ("A",), 739_027, "", 739_000, 739_027, 26, 2, 0, True
    )  # fmt: skip
    table = next(block for block in import_list([batch]).blocks if isinstance(block, Table))
    assert [column.name for column in table.columns if column.named] == ["As new as", "New", "Changed"]
