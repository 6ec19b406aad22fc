"""Histories that fool a straight line, through the program itself: what `status` and `show` say of each, word for word.

Read them aloud: `python tests/report/test_hard_histories.py` writes them anew into `hard_histories/`.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from kit import Result

SAID = Path(__file__).parent / "hard_histories"
TODAY = date(2026, 11, 22)
QUARTER = ("--start", "2026-10-01", "--deadline", "2026-12-31")
CLICKS = ("--metric", "link clicks", "--platform", "instagram")
TYPICAL = ("--metric", "reach", "--platform", "instagram", "--typical-day")
USUAL = (12, 9, 11, 14, 8, 15, 10, 13, 9, 12, 16, 7, 11, 10)  # two weeks of clicks that come again and again
Values = Sequence[int | None]
Run = Callable[..., Result]


def usual(days: int, times: float = 1.0) -> list[int]:
    return [round(USUAL[i % len(USUAL)] * times) for i in range(days)]


def days_to(last: date, values: Values) -> Iterable[tuple[date, int | None]]:
    first = last - timedelta(days=len(values) - 1)
    return ((first + timedelta(days=i), value) for i, value in enumerate(values))


def card(title: str, values: Values, last: date = TODAY) -> bytes:
    """A card of Meta Business Suite; a day without a value has no row."""
    rows = [(f"{day}T00:00:00", value) for day, value in days_to(last, values) if value is not None]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([(title,), ("Date", "Primary"), *rows])
    return b"\xff\xfe" + f"sep=,\n{text.getvalue()}\n".encode("utf-16-le")


def clicks(values: Values, last: date = TODAY) -> bytes:
    return card("Instagram link clicks", values, last)


def follower_history(levels: Values, last: date = TODAY) -> bytes:
    """TikTok's followers of each day."""
    rows = [(f"{day:%B} {day.day}", level, 0) for day, level in days_to(last, levels) if level is not None]
    text = io.StringIO()
    head = ("Date", "Followers", "Difference in followers from previous day")
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    return text.getvalue().encode()


def advertising(cost: Sequence[float], last: date = TODAY) -> bytes:
    """What adverts cost, from Google Analytics."""
    days = list(days_to(last, [0] * len(cost)))
    rule = "# ----------------------------------------"
    span = f"# {days[0][0]:%Y%m%d}-{days[-1][0]:%Y%m%d}"
    top = "\n".join((rule, "# Example", "# Cost by day-Free form 1", span, rule, "", ""))
    text = io.StringIO()
    rows = [(f"{day:%Y%m%d}", 20, spent) for (day, _), spent in zip(days, cost, strict=True)]
    csv.writer(text, lineterminator="\n").writerows([("Date", "Sessions", "Ads cost"), *rows])
    return (top + text.getvalue()).encode()


def levels(begin: int, *stretches: tuple[int, int]) -> list[int]:
    """A level that gains so many a day for so many days, stretch by stretch."""
    found = [begin]
    for days, gain in stretches:
        found += [found[-1] + gain * (i + 1) for i in range(days)]
    return found


def goal(title: str, *flags: str) -> tuple[str, ...]:
    return ("add", title, *flags, *QUARTER)


class History:
    """One user's files and commands, typed into one database."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run, self.count = folder, run, 0

    def type(self, *typed: str, fails: bool = False) -> str:
        dated = () if typed[0] in ("import", "record", "undo") or "--as-of" in typed else ("--as-of", str(TODAY))
        result = self.run(*typed, *dated)
        assert fails or result.exit_status == 0, result.err + result.out
        return result.out

    def take(self, content: bytes, name: str, *flags: str) -> None:
        """Import a file of its own name."""
        self.count += 1
        path = self.folder / str(self.count) / name
        path.parent.mkdir()
        path.write_bytes(content)
        self.type("import", str(path), "--account", "Example Café", *flags)

    def take_clicks(self, values: Values, last: date = TODAY) -> None:
        self.take(clicks(values, last), "Link clicks.csv", "--as-of", str(last + timedelta(days=1)))

    def take_followers(self, found: Values, last: date = TODAY) -> None:
        self.take(follower_history(found, last), "FollowerHistory.csv", "--year", "2026", "--as-of", str(TODAY))


def a_purge_of_followers(user: History) -> None:
    """Three new ones a day; on 2 November the platform deletes 150 accounts at once."""
    before = levels(1000, (62, 3))
    user.take_followers([*before, *levels(before[-1] - 150, (20, 3))])
    user.type(*goal("Followers on TikTok", "--metric", "followers", "--platform", "tiktok", "--gain", "300"))


def a_spike(user: History) -> None:
    """A video goes round on 10 November: 900 clicks in a day, 200 on the next, then as ever."""
    values = usual(100)
    values[-13:-11] = [900, 200]
    user.take_clicks(values)
    user.take(card("Instagram reach", [v * 20 for v in values]), "Reach.csv", "--as-of", "2026-11-23")
    user.type(*goal("Two thousand clicks", *CLICKS, "--target", "2000"))
    user.type(*goal("Five hundred clicks more than usual", *CLICKS, "--target", "1500"))
    user.type(
        *goal(
            "Seen on a typical day", "--metric", "reach", "--platform", "instagram", "--typical-day", "--target", "300"
        )
    )


def a_week_without_data(user: History) -> None:
    """Nobody exported 2 to 8 November, neither clicks nor followers."""
    values: list[int | None] = [*usual(100)]
    values[-21:-14] = [None] * 7
    user.take_clicks(values)
    found: list[int | None] = [*levels(1000, (60, 2))]
    found[-21:-14] = [None] * 7
    user.take_followers(found)
    user.type(*goal("Clicks", *CLICKS, "--target", "1000"))
    user.type(*goal("Followers", "--metric", "followers", "--platform", "tiktok", "--gain", "150"))
    user.type(*goal("Clicks each week", *CLICKS, "--target", "70", "--every-week"))


def the_newest_week_is_missing(user: History) -> None:
    """The exports end three weeks ago."""
    user.take_clicks(usual(80), TODAY - timedelta(days=21))
    user.type(*goal("Clicks", *CLICKS, "--target", "1000"))


def a_restated_day(user: History) -> None:
    """12 November said 240 clicks; the next export says that it were 12."""
    values = usual(93)
    user.take_clicks([*values[:-11], 240, *values[-10:]])
    user.type(*goal("Clicks", *CLICKS, "--target", "1100"))
    user.take_clicks([*values, 11], TODAY + timedelta(days=1))


def nothing_but_zeros(user: History) -> None:
    """Seven weeks without a single click or a new follower."""
    user.take_clicks([0] * 80)
    user.take_followers([1000] * 80)
    user.type(*goal("A first click", *CLICKS, "--target", "1"))
    user.type(*goal("Many clicks", *CLICKS, "--target", "100"))
    user.type(*goal("No more than three clicks", *CLICKS, "--target", "3", "--at-most"))
    user.type(*goal("Not a single click", *CLICKS, "--target", "0", "--at-most"))
    user.type(*goal("Followers", "--metric", "followers", "--platform", "tiktok", "--gain", "10"))
    user.type(*goal("Followers kept", "--metric", "followers", "--platform", "tiktok", "--keep", "--target", "950"))
    user.type(*goal("A click each week", *CLICKS, "--target", "1", "--every-week"))


def a_single_day(user: History) -> None:
    """One day of clicks, one total typed in."""
    user.take_clicks([14])
    user.type(
        "record", "followers", "1200", "--account", "Example Café", "--platform", "facebook", "--on", "2026-11-20"
    )
    user.type(*goal("Clicks", *CLICKS, "--target", "1000"))
    user.type(*goal("Clicks each week", *CLICKS, "--target", "70", "--every-week"))
    user.type(
        *goal("Followers", "--metric", "followers", "--platform", "facebook", "--target", "1300", "--baseline", "1190")
    )


def nobody_says_who_left(user: History) -> None:
    """Follows come in, a total is recorded once: from then on the level is an upper bound."""
    user.take(card("Instagram follows", usual(100, 0.3)), "Follows.csv", "--as-of", "2026-11-23")
    user.type(
        "record", "followers", "1200", "--account", "Example Café", "--platform", "instagram", "--on", "2026-09-30"
    )
    user.type(*goal("Followers", "--metric", "followers", "--platform", "instagram", "--gain", "280"))


def a_month_of_reach(user: History) -> None:
    """The range of 28 days that the platform offers, downloaded on its last day."""
    user.take(card("Instagram reach", usual(28, 20)), "Reach.csv", "--as-of", str(TODAY))
    user.type(
        *goal(
            "Seen on a typical day", "--metric", "reach", "--platform", "instagram", "--typical-day", "--target", "220"
        )
    )


def money_goes_too_fast(user: History) -> None:
    """A budget of € 1,000 for the quarter of which € 13 a day are spent, and one that holds."""
    spent = advertising([13 + (i % 5) / 2 for i in range(90)])
    user.take(spent, "download.csv", "--currency", "EUR", "--as-of", "2026-11-24")
    for title, target in (("Adverts within € 1,000", "€1000"), ("Adverts within € 1,500", "€1500")):
        flags = ("--metric", "cost", "--platform", "ga4", "--target", target, "--at-most")
        user.type(*goal(title, *flags))


def a_slow_week_that_is_none(user: History) -> None:
    """The last week brought a third less than the one before, as weeks do; then one brings almost nothing."""
    values = usual(200)
    user.take_clicks([*values[:-7], 8, 7, 6, 9, 7, 8, 8])
    user.type(*goal("Clicks", *CLICKS, "--target", "1000"))
    user.take(
        card("Instagram reach", [v * 20 for v in values[:-7]] + [12, 9, 11, 8, 3, 7, 5]),
        "Reach.csv",
        "--as-of",
        "2026-11-23",
    )
    user.type(
        *goal(
            "Seen on a typical day", "--metric", "reach", "--platform", "instagram", "--typical-day", "--target", "240"
        )
    )


HISTORIES = (
    a_purge_of_followers,
    a_spike,
    a_week_without_data,
    the_newest_week_is_missing,
    a_restated_day,
    nothing_but_zeros,
    a_single_day,
    nobody_says_who_left,
    a_month_of_reach,
    money_goes_too_fast,
    a_slow_week_that_is_none,
)


def told(history: Callable[[History], None], folder: Path, run: Run) -> str:
    """Everything that the two screens say of the goals of one history."""
    user = History(folder, run)
    history(user)
    slugs = [line.split(";")[0].removeprefix("Name: ") for line in user.type("list", "--plain").splitlines()]
    screens = [("status", "--wide", "--plain"), *(("show", slug, "--plain") for slug in slugs)]
    parts = [f"{history.__doc__}\n\n$ smartkpi status\n{user.type('status')}"]
    parts += [f"$ smartkpi {' '.join(screen)}\n{user.type(*screen)}" for screen in screens]
    return "\n".join(parts)


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_a_hard_history_is_told_in_sensible_words(
    history: Callable[[History], None], tmp_path: Path, smartkpi: Run
) -> None:
    expected = (SAID / f"{history.__name__}.txt").read_text(encoding="utf-8")
    assert told(history, tmp_path, smartkpi) == expected


def test_every_written_history_is_one_that_is_told() -> None:
    assert {path.stem for path in SAID.iterdir()} == {history.__name__ for history in HISTORIES}


def write() -> None:
    """Write what is said today."""
    import os
    from tempfile import TemporaryDirectory

    from kit import invoke

    os.environ.update(COLUMNS="120", TERM="dumb")
    for history in HISTORIES:
        with TemporaryDirectory() as folder:
            os.environ.update(SMARTKPI_DB=f"{folder}/kpi.db", SMARTKPI_PROFILES=f"{folder}/profiles")
            (SAID / f"{history.__name__}.txt").write_text(told(history, Path(folder), invoke), encoding="utf-8")


if __name__ == "__main__":
    write()
