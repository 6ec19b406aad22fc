"""The main job on real exports, through the command line: what issue 2 asks to be shown."""

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kit import EXPORTS, Result

Run = Callable[..., Result]
FAMILIES = ("x-twitter/x-", "meta-business-suite/", "linkedin/li-page", "youtube/", "google-search-console/",
            "google-analytics-4/")  # fmt: skip
# What a profile knows and leaves out, with its reason in the receipt.
NOT_TAKEN = {
    "CTR",  # worked out from clicks and impressions
    "Event count per user",  # worked out
}
WITH_BAD_ROWS = {"google-search-console/gsc-performance.zip"}  # two pages come twice, with different numbers
NOT_TAKEN_MEMBERS = {"Dados do gráfico.csv"}  # only the videos drawn in the chart


def expected() -> list[dict[str, object]]:
    if not EXPORTS.is_dir():
        return []
    rows = json.loads((EXPORTS / "EXPECTED.json").read_text(encoding="utf-8"))
    return [row for row in rows if row["file"].startswith(FAMILIES)]


def by_file() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in expected():
        found[str(row["file"])].append(row)
    return found


def take(smartkpi: Run, file: Path) -> Result:
    first = smartkpi("import", file, "--account", "A")
    if first.exit_status in (0, 3):
        return first
    return smartkpi("import", file, "--account", "A", "--platform", "instagram")


def exported(smartkpi: Run) -> dict[tuple[str, ...], dict[str, float]]:
    """The series of `export observations`, each as day -> value."""
    rows = csv.DictReader(io.StringIO(smartkpi("export", "observations", "--csv").out))
    found: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for row in rows:
        key = tuple(text for name, text in row.items() if name not in ("begin", "end", "value"))
        assert date.fromisoformat(row["end"]).toordinal() > date.fromisoformat(row["begin"]).toordinal()
        found[key][row["begin"]] = float(row["value"])
    return found


@pytest.mark.real
@pytest.mark.parametrize("file", by_file())
def test_a_real_export_comes_out_with_the_days_and_sums_that_it_states(file: str, smartkpi: Run) -> None:
    done = take(smartkpi, EXPORTS / file)
    assert done.exit_status == (3 if file in WITH_BAD_ROWS else 0), done.err
    stated = {(len(days), min(days), max(days), round(sum(days.values()), 4)) for days in exported(smartkpi).values()}
    for row in by_file()[file]:
        if row["column"] not in NOT_TAKEN and row.get("member") not in NOT_TAKEN_MEMBERS:
            assert (row["days"], row["first"], row["last"], round(float(str(row["sum"])), 4)) in stated, row


@pytest.mark.real
@pytest.mark.parametrize("file", by_file())
def test_the_same_file_again_brings_nothing(file: str, smartkpi: Run) -> None:
    take(smartkpi, EXPORTS / file)
    before = smartkpi("export", "observations").out
    again = smartkpi("import", EXPORTS / file, "--account", "A", "--platform", _platform(smartkpi), "--json")
    tables = [table for told in json.loads(again.out)["files"] for table in told["tables"]]
    assert tables
    assert sum(table["new"] + table["restated"] for table in tables) == 0
    assert smartkpi("export", "observations").out == before


def _platform(smartkpi: Run) -> str:
    return str(json.loads(smartkpi("accounts", "--json").out)["accounts"][0]["platform"])


@pytest.fixture
def overlapping(exports: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two files cut from one export that share 60 days; the older one's last day was lower then."""
    head, *rows = (exports / "x-twitter/x-overview-2025-03.csv").read_text(encoding="utf-8").splitlines()
    older, newer = tmp_path / "older.csv", tmp_path / "newer.csv"
    early = rows[100:]
    day, year, cells = early[0].rsplit('"', 1)[0] + '"', "", early[0].rsplit('"', 1)[1].split(",")
    changed = ",".join([day + year, str(int(cells[1]) - 7), *cells[2:]])
    older.write_text("\n".join([head, changed, *early[1:]]) + "\n", encoding="utf-8")
    newer.write_text("\n".join([head, *rows[:160]]) + "\n", encoding="utf-8")
    return older, newer


@pytest.mark.real
def test_files_in_either_order_end_as_the_same_export(overlapping: tuple[Path, Path], smartkpi: Run) -> None:
    told = []
    for i, order in enumerate((overlapping, overlapping[::-1])):
        db = overlapping[0].with_name(f"{i}.db")
        assert [smartkpi("--db", db, "import", file, "--account", "A").exit_status for file in order] == [0, 0]
        told.append(smartkpi("--db", db, "export", "observations", "--csv").out)
    assert told[0] == told[1]
    assert told[0].count("\n") > 13 * 200


@pytest.mark.real
@pytest.mark.parametrize("number", [1, 2])
def test_an_undone_import_is_as_if_it_had_never_come(
    number: int, overlapping: tuple[Path, Path], smartkpi: Run, tmp_path: Path
) -> None:
    for file in overlapping:
        smartkpi("import", file, "--account", "A")
    smartkpi("undo", "--import", number)
    other = overlapping[2 - number]
    alone = tmp_path / "alone.db"
    smartkpi("--db", alone, "import", other, "--account", "A")
    assert smartkpi("export", "observations").out == smartkpi("--db", alone, "export", "observations").out


def hostile(tmp_path: Path) -> dict[str, Path]:
    empty, picture, evil = tmp_path / "empty.csv", tmp_path / "picture.csv", tmp_path / "evil.zip"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("../evil.csv", "Date,Impressions\n2025-01-01,1\n")
    return {"empty": empty, "picture": picture, "evil": evil}


@pytest.mark.parametrize("name", ["empty", "picture", "evil", "trends", "double"])
def test_a_file_that_cannot_be_trusted_is_refused_in_one_message(name: str, smartkpi: Run, tmp_path: Path) -> None:
    real = {
        "trends": EXPORTS / "google-trends/trends-related.csv",
        "double": EXPORTS / "meta-business-suite/mbs-ig-content-double-quoted.csv",
    }
    file = {**hostile(tmp_path), **real}[name]
    if not file.exists():
        pytest.skip("the real exports are not here")
    good = Path(__file__).parent.parent / "examples/download.csv"
    smartkpi("import", good)
    before = smartkpi("export", "observations").out
    refused = smartkpi("import", file, "--account", "A")
    assert refused.exit_status == 1
    assert refused.err.count("smartkpi: ") == 1
    assert file.name in refused.err
    assert refused.err.count("\nNothing ") == 1
    assert smartkpi("export", "observations").out == before


def test_files_beside_a_refused_one_are_imported(smartkpi: Run, tmp_path: Path) -> None:
    good = Path(__file__).parent.parent / "examples/download.csv"
    done = smartkpi("import", *hostile(tmp_path).values(), good)
    assert done.exit_status == 3
    assert done.err.count("smartkpi: ") == 3
    assert smartkpi("export", "observations").out.count("\n") > 1000


def test_an_unknown_file_says_its_header_and_the_nearest_profile(smartkpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Date,Impressions,Likes,Engagements,Wishes\n2025-01-01,1,2,3,4\n")
    told = smartkpi("import", file, "--account", "A")
    assert told.exit_status == 1
    assert "Wishes" in told.err
    assert "X" in told.err


def test_an_unknown_file_found_in_a_folder_is_left_alone(smartkpi: Run, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "notes.csv").write_text("what,when\nmilk,today\n")
    done = smartkpi("import", folder)
    assert done.exit_status == 0
    assert "left alone" in done.out


@pytest.mark.real
def test_a_chart_that_is_named_alone_takes_the_filters_that_lie_beside_it(
    exports: Path, tmp_path: Path, smartkpi: Run
) -> None:
    zipped = exports / "google-search-console/gsc-performance.zip"
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
    done = smartkpi("import", tmp_path / "Chart.csv", "--account", "A")
    assert "only page=+/blog/" in done.out
    assert {key[3] for key in exported(smartkpi)} == {"page=+/blog/"}
