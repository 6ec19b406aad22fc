"""Goals set in a sentence, through the command line: understood letter by letter, or refused with one that passes."""
# ruff: noqa: E501

import json
import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kit import ROOT, Result, invoke
from test_shell import on_terminal

Run = Callable[..., Result]
EXAMPLES = ROOT / "examples"
YEAR_BEFORE = ((2025, 11, 23), (2026, 4, 2))  # the same weekdays as 22 Nov 2026 – 31 Mar 2027, and one beyond
DAY = ("--as-of", "2026-11-22")
WISHES = [
    "this month I will gain followers", "get more leads", "be great", "followers", "more reach", "sell 100 cakes by June",
    "gain 20 followers", "gain 20 followers soon", "gain 20 followers by 31 June", "gain 20 followers by 3 Nov 2026",
    "gain 20 followers by 05/01/2027", "gain 20 followers by Saint Nicholas", "gain 20 or 30 followers by June",
    "gain 20 followers and 100 likes by June", "gain 20 followers by May or by June", "gain 1.200 followers by June",
    "gain 20 Instagram and Facebook followers by June", "gain 20x followers by June", "20 followers by June",
    "reach 1,220 followers by June", "grow followers by 10% by June", "double our followers by June",
    "get 10% more leads by June", "increase leads by 20 by June", "60 leads a quarter by June", "2 leads a day until June", "20 leads a month by 10 Dec",
    "5 followers a week until June", "reach 500 people by June", "reach 9,000 people a week by June", "10 sales by June",
    "increase engagement rate by 10% by June", "raise cost per lead to €30 by June", "at least 50 unfollows by June",
    "gain 20 followers on Myspace by June", "gain 20 followers without ads by June", "cut ad spend by 10% by June",
    "€ 30 followers by June", "engagement rate of 0.03 by June", "gain 0 followers by June", "reach 12 people on a typical day by June",
    "get more than 20 followers by June", "lose at most 5 followers by June", "at most 2,000 followers by June",
    "3 more posts a week on Instagram until June", "gain and keep 20 followers by June", "5% more revenue by June",
    "keep likes over 100 on Instagram until June", "gain 20 followers every 30 days", "more than 20 followers by June",
    "€500 by May", "€2,000 a month until June", "100 leads on a typical day by June", "keep reach over 500 on a typical day by June", "gain 20 posts on a typical day",
    "engagement rate of 3% a week on LinkedIn by June", "3 posts a week", "keep cost per lead under € 20",
]  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Instagram follows and reach of one café."""
    db = tmp_path_factory.mktemp("template") / "kpi.db"
    for name in ("Follows.csv", "Reach.csv"):
        assert invoke("--db", db, "import", EXAMPLES / name, "--account", "Example Café").exit_status == 0
    return db


@pytest.fixture
def fed(template: Path, db: Path, smartkpi: Run) -> Run:
    """The shell, with a copy of it."""
    db.write_bytes(template.read_bytes())
    return smartkpi


@pytest.fixture
def counted(fed: Run) -> Run:
    """The same, with the total of followers recorded once."""
    on = ("--account", "Example Café", "--platform", "instagram", "--on", "2026-10-01", *DAY)
    assert fed("record", "followers", 1200, *on).exit_status == 0
    return fed


OPEN = {"NUMBER": "3000", "METRIC": "leads"}  # what only the writer knows, filled in as somebody might


def offered(told: Result) -> list[str]:
    return [line.removeprefix("  → ") for line in told.err.splitlines() if line.startswith("  → ")]


def filled(command: str) -> list[str]:
    """The words behind "smartkpi" of an example, its open places filled."""
    number = "3" if "NUMBER%" in command else "0.01" if "€ NUMBER" in command else OPEN["NUMBER"]
    command = command.replace("--baseline NUMBER", "--baseline 10")
    return shlex.split(command.replace("NUMBER", number).replace("METRIC", OPEN["METRIC"]))[1:]


def test_a_wish_is_refused_as_not_specific_and_a_better_sentence_is_offered(smartkpi: Run) -> None:
    told = smartkpi("add", "this month I will gain followers", *DAY)
    assert told.exit_status == 2
    assert told.err == (
        "smartkpi: that is a wish; two things make it a goal\n"
        "  S ✗ specific     how many followers, and where?\n"
        "  M ? measurable   depends on where\n"
        "  T ✓ timely       this month: by Mon 30 Nov 2026\n"
        '  → smartkpi add "gain 20 Instagram followers by 30 Nov"\n'
        "Nothing was saved.\n"
    )
    assert not smartkpi("list").out.startswith("Name")


def test_one_account_with_followers_makes_the_sentence_a_goal(counted: Run) -> None:
    told = counted("add", "by May 1st I will have gained 20 followers", *DAY)
    assert told.exit_status == 0
    assert told.out.startswith("Gain 20 Instagram followers: from 1,372 to 1,392 by Sat 1 May 2027 (160 days)")
    (goal,) = json.loads(counted("list", "--json").out)["goals"]
    assert (goal["metric"], goal["platform"], goal["target"], goal["deadline"]) == (
        "followers",
        "instagram",
        1392,
        "2027-05-01",
    )


def test_with_no_account_the_flag_is_named(smartkpi: Run) -> None:
    told = smartkpi("add", "by May 1st I will have gained 20 followers", *DAY)
    assert told.exit_status == 2
    assert "S ✗ specific     where?" in told.err
    assert "--platform" in offered(told)[0]
    for command in offered(told):
        assert smartkpi(*shlex.split(command)[1:], "--dry-run").exit_status == 0


def test_with_several_accounts_each_is_offered(fed: Run) -> None:
    fed("record", "followers", 300, "--account", "Example Café Ltd", "--platform", "linkedin", *DAY)
    told = fed("add", "by May 1st I will have gained 20 followers", *DAY)
    assert told.exit_status == 2
    assert "S ✗ specific     whose followers?" in told.err
    assert "T ✓ timely" in told.err
    assert len(offered(told)) == 2
    for command in offered(told):
        assert "--platform" in command
        assert fed(*shlex.split(command)[1:], "--dry-run").exit_status == 0


@pytest.mark.parametrize("wish", WISHES)
def test_every_refusal_names_the_letter_and_offers_an_example_that_passes(wish: str, counted: Run) -> None:
    told = counted("add", wish, *DAY)
    if told.exit_status == 0:
        assert wish in ACCEPTED_HERE
        return
    assert told.exit_status == 2, told.err
    assert told.err.startswith("smartkpi: that is a wish"), told.err
    assert any(line[4:5] == "✗" for line in told.err.splitlines()), told.err
    assert told.err.endswith("Nothing was saved.\n")
    examples = [command for command in offered(told) if command.startswith("smartkpi add")]
    assert examples, told.err
    for command in examples:
        passed = counted(*filled(command), "--dry-run", *DAY)
        assert passed.exit_status == 0, (command, passed.err)


@pytest.mark.parametrize(
    ("sentence", "gain"), [("gain at least 20 followers by June", 20), ("more than 2,000 followers by June", 628)]
)
def test_a_limit_beside_a_verb_is_never_taken_for_the_end(sentence: str, gain: float, counted: Run) -> None:
    goal = json.loads(counted("add", sentence, "--json", *DAY).out)["goal"]
    assert goal["target"] - goal["baseline"] == gain


def test_an_everyday_word_is_the_platform_where_nobody_else_has_such_numbers(counted: Run) -> None:
    told = counted("add", "gain 20 subscribers to our newsletter by June", "--json", *DAY)
    assert json.loads(told.out)["goal"]["platform"] == "newsletter"
    leads = counted("add", "100 leads from the website by June", *DAY)
    assert "names no platform of yours" in leads.out


def test_two_reports_of_one_metric_are_told_apart(fed: Run) -> None:
    on = ("--account", "Example Café", "--platform", "instagram", "--on", "2026-11-20", *DAY)
    assert fed("record", "reach", 300, *on).exit_status == 0
    told = fed("add", "reach 500 people on a typical day by June", *DAY)
    assert told.exit_status == 2
    assert "M ✗ measurable" in told.err
    assert "“by hand” is what was recorded by hand" in told.err
    assert "“daily cards” is Meta Business Suite · daily cards" in told.err


ACCEPTED_HERE = {"reach 1,220 followers by June", "grow followers by 10% by June", "double our followers by June"}


@pytest.mark.parametrize("wish", WISHES)
def test_examples_pass_where_nothing_is_known_yet(wish: str, smartkpi: Run) -> None:
    told = smartkpi("add", wish, *DAY)
    assert told.exit_status == 2, told.out
    for command in offered(told):
        if command.startswith("smartkpi add"):
            passed = smartkpi(*filled(command), "--dry-run", *DAY)
            assert passed.exit_status == 0, (command, passed.err)


def test_a_dry_run_saves_nothing_and_tells_every_part(counted: Run) -> None:
    told = counted("add", "Gain 20 Instagram followers by May 1st for more website leads", "--dry-run", "--json", *DAY)
    assert told.exit_status == 0
    found = json.loads(told.out)
    assert [each["letter"] for each in found["letters"]] == list("SMART")
    assert found["sentence"]["amount"] == {"value": "20", "said": "20", "begin": 5, "end": 7}
    assert found["sentence"]["purpose"]["value"] == "more website leads"
    assert found["goal"]["objective"] == "More website leads"
    assert found["attainable"]
    assert json.loads(counted("list", "--json").out)["goals"] == []


def test_a_dry_run_of_a_wish_tells_what_is_missing(smartkpi: Run) -> None:
    told = smartkpi("add", "this month I will gain followers", "--dry-run", "--json", *DAY)
    assert told.exit_status == 2
    found = json.loads(told.out)
    assert {each["letter"]: each["verdict"] for each in found["letters"]} == {"S": "missing", "M": "open", "T": "good"}
    assert found["example"] == 'smartkpi add "gain 20 Instagram followers by 30 Nov"'


def test_flags_override_the_sentence(counted: Run) -> None:
    told = counted(
        "add",
        "gain 20 Instagram followers by May 1st",
        "--gain",
        "30",
        "--deadline",
        "2027-06-30",
        "--dry-run",
        "--json",
        *DAY,
    )
    goal = json.loads(told.out)["goal"]
    assert (goal["target"], goal["deadline"]) == (1402, "2027-06-30")


def test_a_share_of_where_one_stands_becomes_whole_followers(counted: Run) -> None:
    told = counted("add", "grow our followers by 10% by June", "--json", *DAY)
    goal = json.loads(told.out)["goal"]
    assert (goal["baseline"], goal["target"]) == (1372, 1509)


def test_a_goal_that_lies_behind_is_refused(counted: Run) -> None:
    told = counted("add", "reach 1,000 followers by June", *DAY)
    assert told.exit_status == 2
    assert "you are at 1,372 already" in told.err


def test_what_leads_nowhere_is_named_and_an_objective_with_an_outcome_is_not(counted: Run) -> None:
    told = counted("add", "gain 20 followers by June", *DAY)
    assert "followers are a means: what should they lead to?" in told.out
    linked = counted("add", "gain 30 followers by June for more website leads", *DAY)
    assert "helps “More website leads”, a new objective" in linked.out
    counted("add", "100 leads by June for more website leads", *DAY)
    again = counted("add", "gain 40 followers by June for more website leads", *DAY)
    assert "R ✓ relevant     helps “More website leads”, which has a goal of its own" in again.out


def test_two_goals_never_have_one_title(counted: Run) -> None:
    counted("add", "gain 20 followers by May 1st", *DAY)
    counted("add", "gain 20 followers by June", *DAY)
    titles = [goal["title"] for goal in json.loads(counted("list", "--json").out)["goals"]]
    assert titles == ["Gain 20 Instagram followers", "Gain 20 Instagram followers · by 30 Jun 2027"]


def test_a_word_that_was_not_read_is_told(counted: Run) -> None:
    assert "not read: “organically”" in counted("add", "gain 20 followers organically by June", *DAY).out


def test_a_title_with_flags_stays_a_title(counted: Run) -> None:
    told = counted(
        "add", "Top 10 posts or bust", "--metric", "followers", "--gain", "20", "--deadline", "eoq", "--json", *DAY
    )
    assert json.loads(told.out)["goal"]["title"] == "Top 10 posts or bust"


def test_a_title_names_the_platform_that_its_goal_reads(fed: Run) -> None:
    fed("record", "followers", 300, "--account", "Example Café Ltd", "--platform", "linkedin", *DAY)
    told = fed("add", "LinkedIn fans", "--metric", "followers", "--gain", "20", "--deadline", "eoq", "--json", *DAY)
    assert json.loads(told.out)["goal"]["platform"] == "linkedin"


def test_missing_parts_are_asked_one_by_one_on_a_terminal(db: Path) -> None:
    status, screen = on_terminal(
        120, "add", "I want more followers", *DAY, db=db, answers=("instagram", "+20", "May 1st", "")
    )
    assert status == 0, screen
    assert "how many followers, and where?" in screen
    assert "Gain 20 Instagram followers: 20 more followers by Sat 1 May 2027" in screen


def test_the_account_is_asked_for_on_a_terminal(db: Path, fed: Run) -> None:
    fed("record", "followers", 300, "--account", "Example Café Ltd", "--platform", "linkedin", *DAY)
    status, screen = on_terminal(120, "add", "gain 20 followers by May 1st", *DAY, db=db, answers=("2", ""))
    assert status == 0, screen
    assert "followers of Example Café Ltd on LinkedIn" in screen


@pytest.mark.parametrize(
    "typed", ["gain -20 followers", "get -5 leads", "lose +20 followers", "lower bounce rate to -3%"]
)
def test_a_sign_that_goes_against_its_verb_is_a_question(typed: str, smartkpi: Run) -> None:
    refused = smartkpi("add", f"{typed} by 1 May", "--as-of", "2026-03-20")
    assert refused.exit_status == 2
    assert "which way should it go" in refused.err or "ends below 0" in refused.err


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two clients, each with followers on two platforms and impressions; one has leads, on Google Analytics."""
    db = tmp_path_factory.mktemp("agency") / "kpi.db"
    for client, size in (("Example Café", 1200), ("Another Shop", 800)):
        for platform in ("instagram", "linkedin"):
            on = ("--account", client, "--platform", platform, "--on", "2026-11-20", *DAY)
            for metric in ("followers", "impressions", "engagements", "posts"):
                assert invoke("--db", db, "record", metric, size, *on).exit_status == 0
    on = ("--account", "Example Café", "--platform", "ga4", "--on", "2026-11-20", *DAY)
    assert invoke("--db", db, "record", "leads", 7, *on).exit_status == 0
    return db


@pytest.fixture
def clients(agency: Path, db: Path, smartkpi: Run) -> Run:
    """The shell, with a copy of it."""
    db.write_bytes(agency.read_bytes())
    return smartkpi


@pytest.mark.parametrize("wish", WISHES)
def test_every_example_passes_where_several_accounts_could_serve(wish: str, clients: Run) -> None:
    told = clients("add", wish, "--dry-run", *DAY)
    if told.exit_status == 0:
        return
    assert told.err.endswith("Nothing was saved.\n")
    examples = [command for command in offered(told) if command.startswith("smartkpi add")]
    assert examples, told.err
    for command in examples:
        flags = () if "--dry-run" in command else ("--dry-run", *DAY)
        passed = clients(*filled(command), *flags)
        assert passed.exit_status == 0 or "you are there already" in passed.err, (command, passed.err)


def test_the_first_refusal_asks_whose_numbers_they_are(clients: Run) -> None:
    told = clients("add", "gain 20 Instagram followers", *DAY)
    assert "two things make it a goal" in told.err
    assert "S ✗ specific     whose followers? Several accounts have them" in told.err
    assert offered(told) == [
        'smartkpi add "gain 20 Instagram followers for Another Shop by 20 Feb"',
        'smartkpi add "gain 20 Instagram followers for Example Café by 20 Feb"',
    ]


TURNED = {  # what only its writer knows stays open; way, unit and metric stay as they were said
    "no more than 3 posts a day on instagram until Dec 31": "at most 21 Instagram posts a week",
    "lose fewer than 5 followers a week on Instagram until June": "keep Instagram followers over NUMBER",
    "don't lose followers on instagram by June": "keep Instagram followers over NUMBER",
    "get 40 leads for less than €300 by end of year": "get NUMBER leads",
    "get 100 leads, 8 a week, by end of Feb": "get NUMBER leads by",
    "gain 1,5k Instagram followers by June": "gain 1.5k Instagram followers",
    "double our leads by June": "get NUMBER leads by",
    "increase leads by 20 by June": "get NUMBER leads by",
    "get 50 newsletter sign-ups by eom": "get 50 METRIC by",
    "get 30 RSVPs by June": "get 30 METRIC by",
    "lose at most 5 Instagram followers by June": "keep Instagram followers over NUMBER",
    "increase engagement rate by 10% on instagram by June": "engagement rate of NUMBER%",
    "stay under 6000 euros ad spend per year until June": "EUR",
    "at least 50 unfollows by June": "at most NUMBER ",
    "cut ad spend by 10% by June": "ad spend of at most NUMBER",
    "gain 50 instgram followers by June": "gain 50 Instagram followers",
    "get 40 enquires by June": "get 40 leads",
    "raise bounce rate to 50% by June": "bounce rate under NUMBER%",
    "stop losing followers on instagram by June": "keep Instagram followers over NUMBER",
    "more than 20 followers by June": "reach NUMBER ",
}


@pytest.mark.parametrize("wish", TURNED)
def test_an_example_never_turns_round_what_was_said(wish: str, clients: Run) -> None:
    told = clients("add", wish, *DAY)
    assert told.exit_status == 2, told.out
    examples = [command for command in offered(told) if command.startswith("smartkpi add")]
    assert examples
    for command in examples:
        assert TURNED[wish] in command, told.err


@pytest.mark.parametrize(
    ("wish", "meant"),
    [
        ("gain 20 instgram followers by June", "did you mean Instagram?"),
        ("gain 20 follwers on Instagram by June", "did you mean followers?"),
        ("more impresions on LinkedIn", "did you mean impressions?"),
        ("get 2,000 impresions on LinkedIn by June", "did you mean impressions?"),
    ],
)
def test_a_mistyped_word_is_asked_about_and_the_sentence_offered_without_it(
    wish: str, meant: str, clients: Run
) -> None:
    told = clients("add", wish, *DAY)
    assert told.exit_status == 2
    assert meant in told.err
    for command in offered(told):
        assert clients(*filled(command), "--dry-run", *DAY).exit_status == 0


def test_a_platform_in_the_sentence_counts_where_the_account_is_a_flag(clients: Run) -> None:
    flags = ("--account", "Example Café", "--dry-run", "--json", *DAY)
    told = clients("add", "by the end of March, gain 50 followers on Instagram", *flags)
    assert json.loads(told.out)["goal"]["platform"] == "instagram"


def test_an_account_is_meant_where_it_has_such_numbers(clients: Run) -> None:
    told = clients("add", "get 60 leads for Example Café by June", "--dry-run", "--json", *DAY)
    assert json.loads(told.out)["goal"]["platform"] == "google-analytics"
    asked = clients("add", "gain 20 followers for Example Café by June", *DAY)
    assert "which platform is Example Café on? It could be: Instagram, LinkedIn." in asked.err
    assert all("google" not in command for command in offered(asked))


@pytest.mark.parametrize(
    "typed",
    [
        ("by May 1st I will have gained 20 followers",),
        ("gain 20 followers",),
        ("gain 20 followers by June", "--account", "Exampel Café", "--platform", "instagram"),
        ("--metric", "folowers", "--gain", "20", "--deadline", "eoq"),
        ("--metric", "followers", "--target", "many", "--deadline", "eoq"),
        ("cost per lead below £ NUMBER by eoq",),
        ("--like", "nothing"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_every_refusal_is_told_as_json_and_says_that_nothing_was_saved(
    typed: tuple[str, ...], dry: tuple[str, ...], clients: Run
) -> None:
    told = clients("add", *typed, *dry, "--json", *DAY)
    assert told.exit_status == 2
    found = json.loads(told.out)
    assert found["kind"] == "goal refused"
    assert found["reason"] in told.err
    assert told.err.endswith("Nothing was saved.\n")


def test_an_open_place_of_an_example_is_named_when_it_is_pasted(clients: Run) -> None:
    told = clients("add", "get NUMBER leads by June", *DAY)
    assert "NUMBER stands for a number of yours" in told.err


def test_milestones_and_repetition_are_echoed(clients: Run) -> None:
    flags = ("--milestone", "2026-12-31=60", "--repeat", "quarter", "--dry-run", "--json", *DAY)
    told = clients("add", "get 100 leads by 31 March", *flags)
    (timely,) = (each for each in json.loads(told.out)["letters"] if each["letter"] == "T")
    assert "on the way: 60 by Thu 31 Dec 2026" in timely["said"]
    assert "it repeats every quarter" in timely["said"]


def test_a_gain_that_was_said_stays_a_gain_on_a_terminal(db: Path, fed: Run) -> None:
    del fed
    answers = ("20", "more website leads")
    status, screen = on_terminal(120, "add", "this month I will gain followers", *DAY, db=db, answers=answers)
    assert status == 0, screen
    assert "How many more followers?" in screen
    assert "Gain 20 Instagram followers" in screen
    assert "What should the followers lead to?" in screen
    assert "helps “More website leads”" in screen


def test_a_number_that_could_be_two_is_asked_again_as_the_gain_that_it_was(db: Path, fed: Run) -> None:
    del fed
    answers = ("1,400", "yesterday", "", "30 June", "")
    status, screen = on_terminal(
        120, "add", "gain 1.400 followers on instagram by 31 June", *DAY, db=db, answers=answers
    )
    assert status == 0, screen
    assert "Gain 1,400 Instagram followers: 1,400 more followers by Wed 30 Jun 2027" in screen
    assert "Sat 21 Nov 2026 is over" in screen
    assert "an answer is needed" in screen


def test_where_one_stands_is_asked_and_never_made_up(db: Path, fed: Run) -> None:
    del fed
    answers = ("900", "")
    status, screen = on_terminal(120, "add", "reach 1,000 Instagram followers by June", *DAY, db=db, answers=answers)
    assert status == 0, screen
    assert "Where do you stand now?" in screen
    assert "from 900 to 1,000" in screen
    assert "--baseline NUMBER" in fed_refusal(db)


def fed_refusal(db: Path) -> str:
    return invoke("--db", db, "add", "reach 1,100 Instagram followers by June", *DAY).err


def test_a_platform_answers_whose_numbers_they_are(db: Path, fed: Run) -> None:
    fed("record", "followers", 300, "--account", "Example Café Ltd", "--platform", "linkedin", *DAY)
    typed = ("gain 20 followers by May 1st", *DAY)
    status, screen = on_terminal(120, "add", *typed, db=db, answers=("9", "facebook", "linkedin", ""))
    assert status == 0, screen
    assert "the list goes from 1 to 2" in screen
    assert "followers of Example Café Ltd on LinkedIn" in screen


def test_a_wrong_answer_is_told_in_a_line(db: Path) -> None:
    answers = ("leeds", "leads", "20", "", "12", "eoq", "", "", "")
    status, screen = on_terminal(120, "add", *DAY, db=db, answers=answers)
    assert status == 0, screen
    assert "Did you mean leads" in screen
    assert "What can be counted:" not in screen
    assert "--map" not in screen


def test_so_many_a_month_are_counted_month_by_month(fed: Run) -> None:
    told = fed("add", "60 follows a month until June", *DAY)
    assert "at least 60 new followers a month, in at least 4 months in 5, until Wed 30 Jun 2027" in told.out, told.err
    assert "of the last 12 months had that, 80 % must" in told.out
    (goal,) = json.loads(fed("status", "--json", *DAY).out)["goals"]
    assert (goal["form"], goal["every"], goal["target"]) == ("each", "month", 60)
    slug = goal["slug"]
    assert "“month”" not in fed("add", "--like", slug, "--target", "70", *DAY).out
    assert "Months with a paused day in them do not count." in fed("pause", slug, "--until", "2026-12-09", *DAY).out


def test_a_month_needs_all_of_its_days(fed: Run) -> None:
    told = fed("add", "60 follows a month until 10 December", *DAY)
    assert told.exit_status == 2
    assert "T ✗ timely       no whole month lies between 22 Nov and 10 Dec" in told.err
    assert "smartkpi add --metric new_followers --target 60 --every-month --deadline 2026-12-31" in told.err
    assert fed("add", "60 follows a month until end of December", *DAY).exit_status == 0
    (goal,) = json.loads(fed("status", "--json", *DAY).out)["goals"]
    edited = fed("edit", goal["slug"], "--deadline", "2026-12-24", *DAY)
    assert edited.exit_status == 2
    assert f"smartkpi edit {goal['slug']} --deadline 2026-12-31" in edited.err
    paused = fed("pause", goal["slug"], "--until", "2026-12-05", *DAY)
    assert paused.exit_status == 2
    assert "no month of it would be without a paused day" in paused.err


def test_a_goal_counts_by_the_week_or_by_the_month(fed: Run) -> None:
    flags = ("--metric", "new_followers", "--target", "60", "--deadline", "2027-06-30")
    told = fed("add", *flags, "--every-week", "--every-month", *DAY)
    assert told.exit_status == 2
    assert "--every-week and --every-month exclude each other" in told.err
    for_levels = fed(
        "add", "--metric", "followers", "--target", "60", "--deadline", "2027-06-30", "--every-month", *DAY
    )
    assert "--every-week and --every-month count what adds up" in for_levels.err


@pytest.mark.parametrize(
    ("wish", "example"),
    [
        ("twice as many follows as last year by 31 Mar", "get {year} "),
        ("double last year's follows by 31 Mar", "get NUMBER "),
        ("50% of last year's follows by 31 Mar", "get NUMBER "),
        ("twice the follows of October by 31 Jan", "get NUMBER "),
    ],
)
def test_a_number_is_never_worked_out_from_other_days_than_those_that_were_said(
    wish: str, example: str, fed: Run
) -> None:
    with (EXAMPLES / "Follows.csv").open(encoding="utf-16") as file:
        known = [line.strip().replace('"', "").split(",") for line in file if line[1:3] == "20"]
    days = {day[:10]: int(made) for day, made in known}
    year = sum(days.get(f"{date.fromordinal(d)}", 0) for d in range(*(date(*d).toordinal() for d in YEAR_BEFORE)))
    told = fed("add", wish, *DAY)
    assert told.exit_status == 2
    assert example.format(year=2 * year) in told.err


def test_what_counts_of_a_month_is_told(fed: Run) -> None:
    told = fed("add", "60 follows a month for 3 months", *DAY)
    assert "2 whole months count, 1 Dec 2026 – 31 Jan 2027" in told.out, told.err
    (goal,) = json.loads(fed("status", "--json", *DAY).out)["goals"]
    assert "this month, not counted" in fed("status", *DAY).out
    asked = json.loads(fed("add", "20 follows a month", "--json", *DAY).out)
    assert "2027-02-28" in asked["example"]
    assert goal["every"] == "month"
