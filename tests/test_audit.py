"""`audit` on real goals and numbers: what it names, what it is silent about, and that what it offers works."""

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, Result, invoke

from smartkpi.measure.audit import RULES
from smartkpi.report.audit import SAYS

Run = Callable[..., Result]
Make = Callable[[Run, Path], None]
TODAY = ("--as-of", "2026-11-22")
QUARTER = ("--start", "2026-10-01", "--deadline", "2026-12-31")
EXPORTS = [ROOT / "examples" / f"{name}.csv" for name in ("download", "Follows", "Link clicks")]
OBJECTIVE = "More website leads"
FILLED = {"NUMBER": "7", "NAME": "Ben", "REASON": "rent", "FILE": str(ROOT / "examples/Follows.csv")}


def demo(run: Run, tmp_path: Path) -> None:
    """The demo: four goals of two people, and the exports that feed them."""
    ana, ben = ("--owner", "Ana", "--for", OBJECTIVE), ("--owner", "Ben", "--for", OBJECTIVE)
    goals = (
        ("--metric", "followers", "--platform", "instagram", "--gain", "300", *ana),
        ("--metric", "leads", "--platform", "ga4", "--target", "130", *ben),
        ("--metric", "cost per lead", "--platform", "ga4", "--target", "€20", "--keep", *ben),
        ("--metric", "link clicks", "--platform", "instagram", "--target", "700", *ana),
    )
    for typed in goals:
        assert run("add", *typed, *QUARTER, *TODAY).exit_status == 0
    taken = run("import", *EXPORTS, "--account", "Example Café", "--currency", "EUR")
    assert taken.exit_status == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Make], Path]:
    """The file of a session that was once made: tests get copies."""
    files: dict[Make, Path] = {}

    def one(make: Make) -> Path:
        if make not in files:
            folder = tmp_path_factory.mktemp("made")
            files[make] = folder / "kpi.db"
            make(lambda *typed: invoke("--db", folder / "kpi.db", *typed), folder)
        return files[make]

    return one


@pytest.fixture
def cafe(smartkpi: Run, db: Path, made: Callable[[Make], Path]) -> Run:
    shutil.copy(made(demo), db)
    return smartkpi


def findings(run: Run, *typed: str) -> list[dict[str, Any]]:
    said = run("audit", *(typed or TODAY), "--json")
    assert said.exit_status == 0, said.err
    found: list[dict[str, Any]] = json.loads(said.out)["findings"]
    return found


def codes(run: Run, *typed: str) -> set[str]:
    return {finding["code"] for finding in findings(run, *typed)}


def about(run: Run, slug: str) -> list[str]:
    return [finding["code"] for finding in findings(run) if slug in finding["goals"]]


def test_every_rule_has_a_sentence() -> None:
    assert set(SAYS) == {code for code, _ in RULES}


def test_without_goals_it_shows_the_first_look(smartkpi: Run, db: Path) -> None:
    assert "No goals yet" in smartkpi("audit").out
    assert findings(smartkpi) == []
    assert not db.exists()


def test_the_follower_goal_is_named_once_its_objective_is_gone_and_not_when_it_is_back(cafe: Run) -> None:
    assert about(cafe, "followers-instagram") == []
    cafe("edit", "followers-instagram", "--for", "", *TODAY)
    assert about(cafe, "followers-instagram") == ["means without end"]
    said = cafe("audit", *TODAY).out
    assert "Gain 300 Instagram followers: followers are a means: what should they lead to?" in said
    (offered,) = next(f["commands"] for f in findings(cafe) if f["code"] == "means without end")
    assert offered == f"smartkpi edit followers-instagram --for {shlex.quote(OBJECTIVE)}"
    assert cafe(*shlex.split(offered)[1:], *TODAY).exit_status == 0
    assert about(cafe, "followers-instagram") == []


def test_goals_that_lead_nowhere_are_one_finding_that_makes_their_objective_once(smartkpi: Run) -> None:
    for metric, target in (("likes", "20"), ("comments", "5"), ("reach", "500")):
        typical = ("--typical-day",) if metric == "reach" else ()
        said = ("--metric", metric, "--platform", "facebook", "--target", target, *typical, "--owner", "Ana", *QUARTER)
        assert smartkpi("add", *said, *TODAY).exit_status == 0
    (found,) = [each for each in findings(smartkpi) if each["code"] == "means without end"]
    assert found["goals"] == ["likes-facebook", "comments-facebook", "reach-facebook"]
    assert found["text"].endswith(": reach and engagement are a means: what should they lead to?")
    assert smartkpi("audit", *TODAY).out.count("smartkpi objective add 'More leads from the website'") == 1
    for command in found["commands"]:
        assert smartkpi(*shlex.split(command)[1:]).exit_status == 0, command
    assert "means without end" not in {each["code"] for each in findings(smartkpi)}


def test_of_goals_that_lead_nowhere_only_the_ones_that_were_asked_for_are_told(smartkpi: Run) -> None:
    for metric, owner in (("likes", "Ana"), ("comments", "Ben")):
        said = ("--metric", metric, "--platform", "facebook", "--target", "20", "--owner", owner, *QUARTER)
        assert smartkpi("add", *said, *TODAY).exit_status == 0
    smartkpi("objective", "add", "More orders", "--metric", "orders")
    told = json.loads(smartkpi("audit", "--owner", "Ben", "--json", *TODAY).out)
    (found,) = [each for each in told["findings"] if each["code"] == "means without end"]
    assert found["goals"] == ["comments-facebook"]


def test_the_stages_are_bars_and_the_share_of_outcomes_is_said(cafe: Run) -> None:
    lines = cafe("audit", *TODAY).out.splitlines()
    assert "leads       ██░░░░░░░░ 1" in lines
    assert "2 of 4 goals (50 %) measure outcomes: leads, customers, money" in lines


def test_a_target_out_of_reach_comes_with_one_that_has_even_odds(cafe: Run) -> None:
    (finding,) = findings(cafe)
    assert (finding["letter"], finding["code"], finding["goals"]) == ("A", "out of reach", ["link-clicks-instagram"])
    assert cafe(*shlex.split(finding["commands"][0])[1:], *TODAY).exit_status == 0
    assert findings(cafe) == []
    assert "nothing to mend" in cafe("audit", *TODAY).out


def test_a_filter_shows_the_goals_of_one_person_or_platform(cafe: Run) -> None:
    ben = json.loads(cafe("audit", "--owner", "Ben", *TODAY, "--json").out)
    assert ben["goals"] == ["cost-per-lead-google-analytics", "leads-google-analytics"]
    assert (ben["findings"], ben["outcomes"]) == ([], 2)
    assert [f["code"] for f in findings(cafe, "--platform", "instagram", *TODAY)] == ["out of reach"]
    assert "No goal is like that." in cafe("audit", "--owner", "Zoe", *TODAY).out


def test_a_target_changed_twice_is_named_and_once_is_not(cafe: Run) -> None:
    cafe("edit", "leads-google-analytics", "--target", "120", *TODAY)
    assert "target moved" not in about(cafe, "leads-google-analytics")
    cafe("edit", "leads-google-analytics", "--target", "110", *TODAY)
    assert "target moved" in about(cafe, "leads-google-analytics")
    cafe("undo")
    assert "target moved" not in about(cafe, "leads-google-analytics")


def test_data_every_says_when_a_goal_is_stale(cafe: Run) -> None:
    later = ("--as-of", "2026-12-10")
    stale = [f["goals"] for f in findings(cafe, *later) if f["code"] == "stale"]
    assert ["leads-google-analytics"] in stale
    assert cafe("edit", "leads-google-analytics", "--data-every", "month", *TODAY).exit_status == 0
    stale = [f["goals"] for f in findings(cafe, *later) if f["code"] == "stale"]
    assert ["leads-google-analytics"] not in stale
    assert "one every month, as you said, from 22 Dec 2026" in cafe("show", "leads-google-analytics", *later).out


def test_data_every_refuses_what_is_no_rhythm_and_goes_back_to_the_usual_one(cafe: Run) -> None:
    refused = cafe("edit", "leads-google-analytics", "--data-every", "now and then")
    assert refused.exit_status == 2 and "--data-every week" in refused.err
    for typed, days in (("10 days", 10), ("2 weeks", 14), ("usual", 0)):
        edited = cafe("edit", "leads-google-analytics", "--data-every", typed, "--json")
        assert json.loads(edited.out)["goal"]["data_every"] == days


def messy(run: Run, tmp_path: Path) -> None:
    """Goals with everything wrong that there is a rule for, as of 22 November."""
    leads = ("add", "--metric", "leads", "--platform", "ga4")
    for number in range(11):
        run(*leads, "--target", str(200 + number), "--start", "2026-10-01", "--deadline", "2027-03-31", *TODAY)
    run(*leads, "--target", "20", "--at-most", *QUARTER, *TODAY)
    run(*leads, "--target", "5000", *QUARTER, "--owner", "Ana", "--for", OBJECTIVE, *TODAY)
    run(*leads, "--target", "30", "--start", "2026-11-15", "--deadline", "2026-11-25", "--data-every", "week", *TODAY)
    run("add", "--metric", "video_views", "--platform", "tiktok", "--target", "900", *QUARTER, *TODAY)
    run("add", "--metric", "followers", "--platform", "instagram", "--gain", "50", *QUARTER, "--for", "Fame", *TODAY)
    run("add", "--metric", "leads", "--platform", "other", "--target", "900", *QUARTER, *TODAY)
    weekly = ("add", "--metric", "link clicks", "--platform", "instagram", "--target", "900", "--every-week")
    run(*weekly, "--start", "2026-11-09", "--deadline", "2027-01-31", *TODAY)
    run("objective", "add", "Be known in town", "--metric", "reach")
    for day, target in (("2027-02-01", "201"), ("2027-02-02", "202")):
        run("edit", "leads-google-analytics", "--target", target, "--deadline", day, *TODAY)
    run("import", *EXPORTS, "--account", "Example Café", "--currency", "EUR")


def gappy(run: Run, tmp_path: Path) -> None:
    """Goals of clicks and likes, some days of which no export states."""
    run("add", "--metric", "link_clicks", "--platform", "instagram", "--target", "700", *QUARTER, *TODAY)
    run("add", "--metric", "likes", "--platform", "instagram", "--target", "700", *QUARTER, *TODAY)
    lines = (ROOT / "examples/Link clicks.csv").read_text(encoding="utf-16").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(('"2026-11-03', '"2026-11-04'))]
    assert len(lines) - len(kept) == 2
    (tmp_path / "Link clicks.csv").write_text("".join(kept), encoding="utf-16")
    assert run("import", tmp_path / "Link clicks.csv", "--account", "Example Café").exit_status == 0


def filled(command: str) -> list[str]:
    return [FILLED.get(word, word) for word in shlex.split(command)[1:]]


WORLDS = (
    (messy, TODAY, {"no owner", "target moved", "no data", "out of reach", "no why", "objective without end",
                    "objective without goal", "deadline moved", "too short", "overlapping", "contradicting",
                    "too many", "never reached"}),
    (messy, ("--as-of", "2027-03-01"), {"stale"}),
    (gappy, TODAY, {"days missing", "means without end", "no outcome"}),
)  # fmt: skip


@pytest.mark.parametrize(("make", "day", "expected"), WORLDS, ids=["messy", "later", "gappy"])
def test_every_command_that_is_offered_works(
    smartkpi: Run, db: Path, made: Callable[[Make], Path], make: Make, day: tuple[str, str], expected: set[str]
) -> None:
    before = made(make)
    shutil.copy(before, db)
    told = findings(smartkpi, *day)
    assert expected <= {finding["code"] for finding in told}
    tried: set[str] = set()
    for finding in told:
        assert finding["commands"], finding
        for command in finding["commands"]:
            name = command.split()[1]
            dated = day if name in ("add", "edit", "close") else ()
            if command in tried or (name == "import" and "--map" in command):
                continue  # it asks, on a terminal
            tried.add(command)
            mended = smartkpi(*filled(command), *dated, *(("--account", "Café") if name == "import" else ()))
            assert mended.exit_status == 0, (command, mended.err)
            shutil.copy(before, db)


MENDS = {"target moved", "deadline moved", "over", "too short", "overlapping", "contradicting", "means without end"}


def test_what_ends_or_changes_a_goal_ends_the_finding(smartkpi: Run, db: Path, made: Callable[[Make], Path]) -> None:
    before = made(messy)
    shutil.copy(before, db)
    told = [finding for finding in findings(smartkpi) if finding["code"] in MENDS]
    assert len(told) > 4
    for finding in [f for f in told if f["code"] != "overlapping"] + [f for f in told if f["code"] == "overlapping"][
        :1
    ]:
        shutil.copy(before, db)
        assert smartkpi(*filled(finding["commands"][0]), *TODAY).exit_status == 0
        assert not [f for f in findings(smartkpi) if (f["code"], f["goals"]) == (finding["code"], finding["goals"])]


def test_a_goal_whose_time_is_over_asks_to_be_closed(smartkpi: Run) -> None:
    smartkpi("add", "--metric", "link_clicks", "--platform", "instagram", "--target", "9", *QUARTER, *TODAY)
    smartkpi("import", ROOT / "examples/Link clicks.csv", "--account", "Example Café", "--platform", "instagram")
    later = ("--as-of", "2027-01-20")
    (finding,) = [f for f in findings(smartkpi, *later) if f["code"] == "over"]
    assert finding["commands"] == ["smartkpi close link-clicks-instagram"]
    assert smartkpi("close", "link-clicks-instagram", *later).exit_status == 0
    assert "Every goal is closed" in smartkpi("audit", *later).out
