"""`smartkpi items`, on exports that were really imported: two downloads of each, a week apart."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import ROOT, Result
from test_shell import on_terminal

Run = Callable[..., Result]
SAMPLES = ROOT / "tests" / "samples"
INSTAGRAM = SAMPLES / "meta-instagram-content/english/Feb-28-2026_Mar-08-2026_1490000000000001.csv"
X = SAMPLES / "x-content/of-2026/account_analytics_content_2026-03-01_2026-03-08.csv"
MAIL = SAMPLES / "mailchimp-campaigns/two-campaigns/campaigns.csv"
VIDEOS = SAMPLES / "youtube-content/english-zip/Content 2026-03-02_2026-03-09 Example Café.zip"


def again(sample: Path, folder: Path, name: str, **became: str) -> Path:
    """The export of a later day: the same file with other numbers."""
    text = sample.read_text(encoding="utf-8-sig")
    for was, now in became.items():
        was = was.removeprefix("_").replace("_", ",")
        assert was in text, was
        text = text.replace(was, now)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def instagram(smartkpi: Run, tmp_path: Path) -> Run:
    """Two downloads: of 8 March, and of 15 March, when the reel had gained and the image was gone."""
    numbers = {"_4993_3206_287_56_2_0_7": "5993,3900,290,50,2,3,7", "17970000000000002": "17970000000000003"}
    later = again(INSTAGRAM, tmp_path, "Feb-28-2026_Mar-15-2026_2.csv", **numbers)
    for file in (INSTAGRAM, later):
        assert smartkpi("import", file, "--account", "Café").exit_status == 0
    return smartkpi


def told(smartkpi: Run, *arguments: object) -> dict[str, object]:
    done = smartkpi("items", *arguments, "--json")
    assert done.exit_status == 0, done.err
    return dict(json.loads(done.out))


def only(answer: dict[str, object]) -> dict[str, object]:
    (one,) = answer["lists"]
    return one


def by_id(listed: object) -> dict[str, dict[str, object]]:
    return {item["id"][-1]: item for item in listed}


def test_without_items_it_says_where_they_come_from(smartkpi: Run, db: Path) -> None:
    said = smartkpi("items")
    assert said.exit_status == 0 and "smartkpi platforms" in said.out
    assert "smartkpi platforms instagram" in smartkpi("items", "--platform", "instagram").out
    assert not db.exists()
    assert told(smartkpi)["lists"] == []


def test_the_newest_export_says_each_number_and_absent_posts_keep_theirs(instagram: Run) -> None:
    one = only(told(instagram))
    assert one["exports"] == ["2026-03-08", "2026-03-15"] and one["sorted_by"] == "positive_interactions"
    assert one["interactions_are"] == ["likes", "comments", "shares", "saves"]
    items = by_id(one["items"])
    assert [item["id"][-1] for item in one["items"]] == ["1", "2", "3"]
    assert items["1"]["numbers"]["positive_interactions"] == 290 + 50 + 3 + 7
    assert items["1"]["as_of"] == "2026-03-15" and items["2"]["as_of"] == "2026-03-08"
    assert "new_followers" not in items["2"]["numbers"]  # an empty cell is no 0
    assert [(m["month"], m["interactions_each"]) for m in one["months"]] == [("2026-03", 350), ("2026-02", 14)]


def test_growth_is_between_two_exports_and_a_post_that_one_lacks_has_none(instagram: Run) -> None:
    for asked in (("--growth",), ("--between", "2026-03-08", "2026-03-15"), ("--between", "2026-03-14", "2026-04-01")):
        one = only(told(instagram, *asked))
        assert one["between"] == ["2026-03-08", "2026-03-15"]
        (reel,) = one["items"]
        assert reel["gained"] == {
            "positive_interactions": 0, "content_views": 1000, "reach": 694, "likes": 3, "comments": 3, "shares": -6,
            "saves": 0, "new_followers": 0,
        }  # fmt: skip
        assert reel["was_and_is"]["shares"] == [56, 50]
        absent = by_id(one["absent"])
        assert absent["2"]["absent"] == "not in the second export" and absent["2"]["gained"] is None
        assert absent["3"]["absent"] == "not in the first export" and absent["3"]["gained"] is None


def test_the_screen_says_what_fell_and_what_is_missing(instagram: Run) -> None:
    said = instagram("items", "--growth").out
    assert "from the export of 8 Mar 2026 to that of 15 Mar 2026 (7 days)" in said
    assert "went down, as platforms take back what they no longer count: −6 shares of “Fresh rolls" in said
    assert "1 post is not in the export of 8 Mar 2026" in said and "1 post is not in the export of 15 Mar 2026" in said
    sentence = "Your posts of March 2026 got 350 interactions each (1 post), those of February 14 (2 posts)."
    assert sentence in instagram("items").out


def test_growth_follows_an_undo(instagram: Run) -> None:
    assert instagram("undo").exit_status == 0
    said = instagram("items", "--growth").out
    assert "one export only, of 8 Mar 2026" in said and "smartkpi platforms instagram" in said
    assert instagram("redo").exit_status == 0
    assert only(told(instagram, "--growth"))["between"]


def test_days_without_two_exports_name_the_exports_that_there_are(instagram: Run) -> None:
    said = instagram("items", "--between", "2026-01-01", "2026-03-09").out
    assert "No two exports stood on 1 Jan 2026 and 9 Mar 2026" in said
    assert "smartkpi items --between 2026-03-08 2026-03-15" in said
    wrong = instagram("items", "--between", "2026-03-09", "2026-03-08")
    assert wrong.exit_status == 2 and "the first day comes first" in wrong.err


def test_filters_choose_items_and_numbers(instagram: Run) -> None:
    assert [item["kind"] for item in only(told(instagram, "--kind", "Reel"))["items"]] == ["IG reel"]
    assert only(told(instagram, "--since", "2026-03-01"))["found"] == 1
    assert only(told(instagram, "--published-after", "2026-02-28"))["found"] == 3
    one = only(told(instagram, "--metric", "reach", "--metric", "likes", "--sort", "likes", "--top", "2"))
    assert [list(item["numbers"]) for item in one["items"]] == [["likes", "reach"]] * 2
    assert one["found"] == 3 and one["sorted_by"] == "likes"
    assert "best 2 by likes" in instagram("items", "--sort", "likes", "--top", "2").out
    assert "Nothing published since Fri 1 May 2026 fits" in instagram("items", "--since", "2026-05-01").out


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--kind", "story"), "IG image, IG reel"),
        (("--metric", "leads"), "They have: comments, content views"),
        (("--account", "Cafe"), "Did you mean Café?"),
        (("--platform", "instagrm"), "instagram"),
        (("--top", "0"), "--top is at least 1"),
    ],
)
def test_wrong_use_says_what_there_is(instagram: Run, flags: tuple[str, ...], said: str) -> None:
    done = instagram("items", *flags)
    assert done.exit_status == 2 and said in done.err and not done.out


def test_one_list_for_each_account(smartkpi: Run) -> None:
    smartkpi("import", INSTAGRAM, "--account", "Café")
    smartkpi("import", X, "--account", "Café")
    smartkpi("import", MAIL, "--account", "News", "--as-of", "2026-03-20", "--currency", "EUR")
    lists = told(smartkpi)["lists"]
    assert [(one["account"]["platform"], one["sorted_by"]) for one in lists] == [
        ("instagram", "positive_interactions"), ("newsletter", "emails_clicked"), ("x", "positive_interactions"),
    ]  # fmt: skip
    assert lists[2]["interactions_are"] == ["likes", "replies", "shares", "reposts", "bookmarks"]
    assert only(told(smartkpi, "--platform", "x"))["account"]["platform"] == "x"
    assert len(told(smartkpi, "--account", "café")["lists"]) == 2
    assert "€ 96.50" in smartkpi("items", "--account", "news").out


def test_videos_counted_over_a_range_are_only_compared_from_the_same_day_on(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("import", VIDEOS)
    said = smartkpi("items").out
    assert "numbers of 2 Mar – 8 Mar 2026, as of the export of 9 Mar 2026" in said

    def longer(begin: str, end: str) -> Path:
        file = tmp_path / f"Content {begin}_{end} Example Café.zip"
        with zipfile.ZipFile(VIDEOS) as was, zipfile.ZipFile(file, "w") as now:
            now.writestr(
                "Table data.csv", was.read("Table data.csv").replace(b",820,", b",900,").replace(b"1130", b"1210")
            )
        return file

    assert smartkpi("import", longer("2026-03-05", "2026-03-16")).exit_status in (0, 3)
    one = only(told(smartkpi, "--growth"))
    assert one["items"] == [] and {item["absent"] for item in one["absent"]} == {
        "the exports count from different days"
    }
    assert "choose the same first day twice" in smartkpi("items", "--growth").out
    assert smartkpi("import", longer("2026-03-02", "2026-03-23")).exit_status in (0, 3)
    one = only(told(smartkpi, "--between", "2026-03-09", "2026-03-23"))
    assert one["items"][0]["gained"]["views"] == 80 and "thumbnail_ctr" not in one["items"][0]["gained"]
    rate = smartkpi("items", "--growth", "--metric", "thumbnail ctr")
    assert rate.exit_status == 2 and "gains nothing" in rate.err


@pytest.mark.parametrize("width", [60, 100, 200])
def test_on_a_terminal_no_number_stands_without_its_name(instagram: Run, db: Path, width: int) -> None:
    for flags in ((), ("--growth",)):
        status, screen = on_terminal(width, "items", *flags, db=db, NO_COLOR="1")
        assert status == 0 and "\x1b[3" not in screen and "\x1b[9" not in screen
        lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in screen.replace("\r", "").splitlines()]
        table = [line for line in lines if "rolls" in line or "content views" in line.lower()]
        assert all(len(line) <= width for line in table), table
        assert any("Interactions" in line or "interactions" in line for line in lines)


def test_plain_lines_hold_a_post_each(instagram: Run) -> None:
    lines = instagram("items", "--plain").out.splitlines()
    assert sum(line.startswith("Post: ") for line in lines) == 3
    assert any("Interactions: 350" in line for line in lines)
