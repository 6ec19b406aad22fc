"""`import` of several files, through the command line: parts of one download, and profiles of the user's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Result

Run = Callable[..., Result]
CONTENT = {
    "Chart.csv": "Date,Clicks,Impressions,CTR,Position\n2026-01-01,1,10,10%,3.5\n",
    "Filters.csv": "Filter,Value\nSearch type,Web\nPage,+/blog/\nDate,1 Jan 2026-1 Jan 2026\n",
    "Queries.csv": "Top queries,Clicks,Impressions,CTR,Position\nshed,1,10,10%,3.5\n",
    "Totals.csv": "Date,Views\n2026-01-01,5\n2026-01-02,7\n",
    "Table data.csv": 'Content,Video title,Video publish time,Views\nabc,First,"Jan 1, 2026",12\n',
    "Chart data.csv": 'Date,Content,Video title,Video publish time,Views\n2026-01-01,abc,First,"Jan 1, 2026",5\n',
}


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    def write(*names: str, folder: str = "download") -> list[Path]:
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in names:
            (tmp_path / folder / name).write_text(CONTENT[name], encoding="utf-8")
        return [tmp_path / folder / name for name in names]

    return write


def test_filters_that_are_named_beside_their_chart_are_used(smartkpi: Run, files: Callable[..., list[Path]]) -> None:
    done = smartkpi("import", *files("Filters.csv", "Chart.csv", "Queries.csv"), "--account", "Site")
    assert (done.exit_status, done.err) == (0, "")
    assert "Filters.csv: the settings of Chart.csv" in done.out
    assert "only page=+/blog/" in done.out
    assert "Queries · Site on Google Search Console" in done.out


def test_filters_alone_or_of_another_folder_are_told_to_hold_settings_only(
    smartkpi: Run, files: Callable[..., list[Path]]
) -> None:
    (filters,) = files("Filters.csv")
    alone = smartkpi("import", filters)
    assert alone.exit_status == 1
    assert "Filters.csv: it holds only the settings of an export, no numbers" in alone.err
    beside = smartkpi("import", filters, *files("Chart.csv", folder="elsewhere"), "--account", "Site")
    assert beside.exit_status == 3
    assert "only the settings" in beside.err
    assert "taken as unfiltered" in beside.out


@pytest.mark.parametrize("named", [True, False])
def test_an_unzipped_download_needs_no_day(named: bool, smartkpi: Run, files: Callable[..., list[Path]]) -> None:
    paths = files("Chart data.csv", "Table data.csv", "Totals.csv")
    done = smartkpi("import", *(paths if named else [paths[0].parent]), "--account", "Channel")
    assert (done.exit_status, done.err) == (0, "")
    assert "as new as 2 Jan 2026 (like Totals.csv beside it: its last day)" in done.out


def test_a_file_that_is_named_twice_is_one_download(smartkpi: Run, files: Callable[..., list[Path]]) -> None:
    table, totals = files("Table data.csv", "Totals.csv")
    done = smartkpi("import", table, totals, totals, "--account", "Channel")
    assert done.exit_status == 0
    assert "the same as import" in done.out


def test_an_items_table_of_an_unclear_download_asks_for_its_day(
    smartkpi: Run, files: Callable[..., list[Path]]
) -> None:
    table, totals = files("Table data.csv", "Totals.csv")
    (totals.parent / "Totals (1).csv").write_bytes(totals.read_bytes())
    done = smartkpi("import", table.parent, "--account", "Channel")
    assert done.exit_status == 3
    assert "Table data.csv: how new is this export?" in done.err
    assert "--as-of DAY" in done.err


def test_a_broken_profile_of_the_users_warns_and_stops_nothing(
    smartkpi: Run, files: Callable[..., list[Path]], tmp_path: Path
) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "mine.toml").write_text('id = "mine"\ntitle = Mine\n')
    done = smartkpi("import", *files("Totals.csv"), "--account", "Channel")
    assert done.exit_status == 0
    assert "smartkpi: mine.toml: not a TOML file: Invalid value (at line 2, column 9)." in done.err
    assert f"It is skipped, the other profiles are used: {tmp_path / 'profiles' / 'mine.toml'}" in done.err
    assert smartkpi("platforms", "youtube").exit_status == 0
    named = smartkpi("import", *files("Chart.csv"), "--account", "Site", "--profile", "mine")
    assert named.exit_status == 1
    assert "mine.toml: not a TOML file" in named.err
    assert "skipped" not in named.err
