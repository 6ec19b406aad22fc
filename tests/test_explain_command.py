"""`--explain` through the command line: every form, every width, and the imports behind each figure."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")
QUARTER = ("--start", "2026-10-01", "--deadline", "2026-12-31", *DAY)
GOALS = (
    ("--metric", "leads", "--platform", "ga4", "--target", "150"),
    ("--metric", "followers", "--platform", "instagram", "--gain", "250"),
    ("--metric", "cost per lead", "--platform", "ga4", "--target", "€20", "--keep"),
    ("--metric", "link clicks", "--platform", "instagram", "--target", "20", "--every-week"),
    ("--metric", "reach", "--platform", "instagram", "--target", "500", "--typical-day"),
    ("--metric", "CTR", "--target", "9%"),
    ("--metric", "posts", "--platform", "youtube", "--target", "12"),
)


@pytest.fixture
def fed(smartkpi: Run) -> Run:
    assert smartkpi("import", EXAMPLES, "--account", "Example Café", "--currency", "EUR").exit_status == 0
    smartkpi(
        "record", "followers", "1200", "--account", "Example Café", "--platform", "instagram", "--on", "2026-10-01"
    )
    for flags in GOALS:
        assert smartkpi("add", *flags, *QUARTER).exit_status == 0
    return smartkpi


def test_every_figure_of_every_goal_is_told_with_the_imports_that_it_rests_on(fed: Run) -> None:
    found = {g["slug"]: g for g in json.loads(fed("status", "--explain", "--json", *DAY).out)["goals"]}
    assert len(found) == len(GOALS)
    codes = {slug: [f["figure"] for f in each["figures"]] for slug, each in found.items()}
    assert codes["leads-google-analytics"] == [
        *("sum", "progress", "expected", "gap", "days ahead", "lately", "needed"),
        *("of late", "to come", "likely", "chance", "status"),
    ]
    assert codes["followers-instagram"][0] == "worked back"
    assert codes["cost-per-lead-google-analytics"][:2] == ["ratio", "periods"]
    assert codes["link-clicks-instagram"] == ["periods", "lately"]
    assert codes["reach-instagram"][0] == "mean"
    assert codes["posts-youtube"] == []
    assert found["posts-youtube"]["rests_on"] == []
    (basis,) = found["leads-google-analytics"]["rests_on"]
    assert (basis["file"], basis["first"], basis["days"]) == ("download.csv", "2026-10-01", 50)
    assert [b["file"] for b in found["followers-instagram"]["rests_on"]] == ["Follows.csv", "by hand"]


def test_without_the_flag_nothing_is_explained(fed: Run) -> None:
    assert "figures" not in json.loads(fed("status", "--json", *DAY).out)["goals"][0]
    assert "came about" not in fed("show", "leads-google-analytics", *DAY).out


def test_of_two_exports_each_day_rests_on_the_newer_one(smartkpi: Run, tmp_path: Path) -> None:
    *head, rows = (EXAMPLES / "Link clicks.csv").read_text("utf-16").strip().split("\n", 3)
    days = rows.splitlines()
    for name, part in (("older", days[:-20]), ("newer", days[-35:])):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "Link clicks.csv"
        file.write_text("\n".join([*head, *part]) + "\n", "utf-16")
        assert smartkpi("import", file, "--platform", "instagram", "--account", "Example Café").exit_status == 0
    assert smartkpi("add", "--metric", "link clicks", "--target", "900", *QUARTER).exit_status == 0
    shown = json.loads(smartkpi("show", "link-clicks-instagram", "--explain", "--json", *DAY).out)["goal"]
    told = [(b["import"], b["first"], b["last"], b["days"]) for b in shown["rests_on"]]
    assert told == [(2, "2026-10-19", "2026-11-21", 34), (1, "2026-10-01", "2026-10-18", 18)]


@pytest.mark.parametrize("columns", ["60", "200"])
def test_it_fits_and_says_the_way_in_words(columns: str, fed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = fed("show", "leads-google-analytics", "--explain", *DAY).out
    for words in ("How the figures came about", "(150 − 63) ÷ 42 days", "download.csv", "in 8 of 10 cases"):
        assert words in said
