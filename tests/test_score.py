"""`score`, and the width that a goal's own past gives: worked out when data change, and never wrong."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, Result
from test_shell import on_terminal

from smartkpi.model.goal import Form
from smartkpi.model.score import Call, Scored
from smartkpi.report.document import Paragraph, Table
from smartkpi.report.views.score import score

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2026-11-22")
GOAL = ("--metric", "link_clicks", "--platform", "instagram", "--start", "2026-10-01", "--deadline", "2026-12-31")


@pytest.fixture
def fed(smartkpi: Run) -> Run:
    """The shell, with fourteen months of Instagram's and Google Analytics' numbers and one goal."""
    for name in ("Link clicks.csv", "Reach.csv", "download.csv"):
        assert smartkpi("import", EXAMPLES / name, "--account", "Example Café").exit_status == 0
    assert smartkpi("add", *GOAL, "--target", 700, *DAY).exit_status == 0
    return smartkpi


def kept(db: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(db) as conn:
        found = conn.execute("select factor, looks, last_day from backtest order by goal").fetchall()
    conn.close()
    return found


def judged(smartkpi: Run, day: str = "2026-11-22") -> dict[str, Any]:
    (found,) = json.loads(smartkpi("status", "--json", "--as-of", day).out)["goals"]
    return dict(found)


def spoil(db: Path, statement: str) -> None:
    with sqlite3.connect(db) as conn:
        conn.execute(statement)
    conn.close()


def test_a_new_goal_is_looked_back_on_at_once_and_judged_with_what_was_found(fed: Run, db: Path) -> None:
    ((factor, looks, _),) = kept(db)
    assert factor != 1
    assert looks > 3
    own = judged(fed)
    spoil(db, "update backtest set token = 'of another day'")
    usual = judged(fed)
    assert (own["high"] - own["low"] < usual["high"] - usual["low"]) is (factor < 1)


def test_every_change_renews_it_and_undo_and_redo_bring_back_what_was(fed: Run, db: Path) -> None:
    first, said = kept(db), judged(fed)
    older = EXAMPLES / "Link clicks.csv"
    assert fed("undo", "--import", 1).exit_status == 0
    assert [looks for _, looks, _ in kept(db)] == [0]
    assert judged(fed)["status"] == "no data"
    assert fed("redo", "--import", 1).exit_status == 0
    assert (kept(db), judged(fed)) == (first, said)
    fed("edit", "link-clicks-instagram", "--deadline", "2026-11-30", *DAY)
    assert kept(db) != first
    fed("undo")
    assert (kept(db), judged(fed)) == (first, said)
    fed("undo")
    assert kept(db) == []
    fed("redo")
    assert (kept(db), judged(fed)) == (first, said)
    fed("import", older, "--account", "Example Café")
    assert (kept(db), judged(fed)) == (first, said)


def test_a_dry_run_and_a_look_change_nothing_of_it(fed: Run, db: Path) -> None:
    before = db.read_bytes()
    fed("import", EXAMPLES / "Follows.csv", "--account", "Example Café", "--dry-run")
    fed("status", *DAY)
    fed("score", "--backtest", *DAY)
    assert db.read_bytes() == before


def test_what_rests_on_another_state_of_the_file_is_not_used(fed: Run, db: Path) -> None:
    """As after a kill between an import and the look back: the range is as wide as usual."""
    spoil(db, "delete from backtest")
    usual = judged(fed)
    fed("record", "likes", 3, "--account", "Example Café", "--platform", "instagram")
    assert judged(fed) != usual
    spoil(db, "update batch set active = 0 where id = (select max(id) from batch)")  # the recorded number
    assert judged(fed)["high"] == usual["high"]


def test_a_day_before_the_last_one_that_it_rests_on_is_judged_without_it(fed: Run, db: Path) -> None:
    early = judged(fed, "2026-11-08")
    spoil(db, "delete from backtest")
    assert judged(fed, "2026-11-08") == early


def test_a_goal_without_numbers_or_of_an_empty_file_is_kept_as_usual(smartkpi: Run, db: Path) -> None:
    smartkpi("record", "likes", 3, "--account", "Café", "--platform", "instagram", "--on", "2026-11-20", *DAY)
    smartkpi("add", "--metric", "likes", "--target", 10, "--deadline", "2026-12-31", *DAY)
    assert kept(db) == [(1.0, 0, 0)]


def test_the_first_words_say_how_many_of_the_likely_goals_were_met(fed: Run) -> None:
    told = fed("score", "--backtest", *DAY)
    assert told.exit_status == 0
    lines = told.out.splitlines()
    assert lines[0].startswith("Of the goals called likely (7 to 9 in 10), ")
    for said in (
        "kept their word",
        "Instagram",
        "Google Analytics",
        "totals",
        "typical days",
        "overlap",
        "8 in 10 are meant",
    ):
        assert said in told.out
    assert fed("score", "--backtest", *DAY).out == told.out


def test_its_json_has_the_scores_and_every_call(fed: Run) -> None:
    found = json.loads(fed("score", "--backtest", "--json", *DAY).out)
    said = found["said"]
    assert found["calls"] == len(said) == sum(row["calls"] for row in found["reliability"])
    assert found["brier"] == pytest.approx(sum((c["chance"] - c["met"]) ** 2 for c in said) / len(said))
    assert found["met"] == pytest.approx(sum(c["met"] for c in said) / len(said))
    assert sum(row["calls"] for row in found["by_platform"].values()) == len(said)
    assert sum(row["calls"] for row in found["by_form"].values()) == len(said)
    assert all(0 < c["chance"] < 1 and c["start"] <= c["day"] < c["deadline"] for c in said)
    assert found["brier"] < 0.25


def test_one_platform_alone_can_be_asked_for(fed: Run) -> None:
    found = json.loads(fed("score", "--backtest", "--platform", "instagram", "--json", *DAY).out)
    assert set(found["by_platform"]) == {"instagram"}


def test_goals_of_ones_own_that_are_over_are_scored(fed: Run) -> None:
    assert "None of your goals is over yet." in fed("score", *DAY).out
    over = ("--start", "2026-08-01", "--deadline", "2026-11-10")
    fed("add", *GOAL[:4], *over, "--target", 800, "--as-of", "2026-08-02")
    told = fed("score", *DAY)
    assert "1 goal of yours is over." in told.out
    assert "3 looks at goals that are over are too few" in told.out
    found = json.loads(fed("score", "--json", *DAY).out)
    assert {call["goal"] for call in found["said"]} == {"link-clicks-instagram-2"}
    fed("close", "link-clicks-instagram-2", *DAY)
    assert json.loads(fed("score", "--json", *DAY).out)["calls"] == found["calls"]


@pytest.mark.parametrize("arguments", [("score",), ("score", "--backtest")])
def test_without_a_database_it_says_what_to_do_and_makes_none(
    smartkpi: Run, db: Path, arguments: tuple[str, ...]
) -> None:
    told = smartkpi(*arguments, *DAY)
    assert told.exit_status == 0
    assert "smartkpi score --backtest" in told.out
    assert json.loads(smartkpi(*arguments, "--json", *DAY).out)["calls"] == 0
    assert not db.exists()


def test_too_little_history_says_how_much_there_is_and_what_to_import(smartkpi: Run) -> None:
    smartkpi("record", "likes", 3, "--account", "Café", "--platform", "instagram", "--on", "2026-11-20", *DAY)
    told = smartkpi("score", "--backtest", *DAY)
    assert "too little history" in told.out
    assert "1 day" in told.out
    assert "smartkpi platforms" in told.out


def test_a_merge_and_its_undo_renew_it_too(fed: Run, db: Path) -> None:
    before = kept(db)
    fed("record", "likes", 3, "--account", "Other Café", "--platform", "instagram", "--new-account")
    told = fed("accounts", "merge", "Other Café", "Example Café", "--platform", "instagram")
    assert told.exit_status == 0, told.err
    assert kept(db) == before
    with sqlite3.connect(db) as conn:
        (token,) = {token for (token,) in conn.execute("select token from backtest")}
    conn.close()
    fed("undo")
    with sqlite3.connect(db) as conn:
        assert {other for (other,) in conn.execute("select token from backtest")} != {token}
    conn.close()


@pytest.mark.parametrize(
    ("said", "met", "words"),
    [
        (0.8, 40, "kept their word"),
        (0.8, 22, "too hopeful"),
        (0.2, 25, "too gloomy"),
        (0.8, 35, "to the hopeful side"),
        (0.2, 15, "to the gloomy side"),
    ],
)
def test_the_verdict_weighs_what_was_met_against_what_was_promised(said: float, met: int, words: str) -> None:
    calls = tuple(
        Call("g", "x", Form.TOTAL, 1, 28, 10.0, 7, said, 5.0, 15.0, 9.0 + (n < met), n < met) for n in range(50)
    )
    document = score(Scored(calls, goals=17, series=1), {}, from_history=True, platform="")
    assert any(isinstance(block, Paragraph) and words in block.text for block in document.blocks)


def test_the_name_of_a_class_is_true_of_every_chance_in_it() -> None:
    chances = [n / 200 for n in range(1, 200)]
    calls = tuple(Call("g", "x", Form.TOTAL, 1, 28, 10.0, 7, chance, 5.0, 15.0, None, True) for chance in chances)
    document = score(Scored(calls, goals=67, series=1), {}, from_history=True, platform="")
    table = next(block for block in document.blocks if isinstance(block, Table))
    names = [row[0].text for row in table.rows]
    assert names[0] == "very likely (9 in 10 or more)" and names[-1] == "very unlikely (less than 1 in 10)"
    assert [row[1].number for row in table.rows] == [20, 40, 80, 40, 19]


def test_narrow_tables_say_what_each_number_is(fed: Run, db: Path) -> None:
    status, screen = on_terminal(60, "score", "--backtest", *DAY, db=db)
    assert status == 0
    assert re.search(r"Google Analytics\s+Times \d+  Met \d+", screen)
