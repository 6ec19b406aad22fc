"""What a sentence says becomes flags, and what it leaves open is asked; never another goal than the one that was said."""
# ruff: noqa: E501

from datetime import date

import pytest
from goal_kit import METRICS

from smartkpi.model.series import Account
from smartkpi.workflow.understood import Heard, heard, names_of
from smartkpi.workflow.wish import Wish

TODAY = date(2026, 11, 22).toordinal()  # a Sunday
CAFES = (("instagram", "Example Café"), ("facebook", "Example Café"))
EMPTY = names_of(None, METRICS)
NAMES = EMPTY._replace(
    vocabulary=EMPTY.vocabulary._replace(accounts=CAFES, objectives=("globex",)),
    in_use=tuple(Account(platform, name) for platform, name in CAFES),
)


def said(text: str, **flags: object) -> Heard:
    return heard(Wish(title=text, **flags), NAMES, TODAY)  # type: ignore[arg-type]


def asked(text: str, **flags: object) -> str:
    return "; ".join(lack.text for lack in said(text, **flags).lacks)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("get 200 leads this year", "2026-01-01"),
        ("get 200 leads in Q4", "2026-10-01"),
        ("get 60 leads in November", "2026-11-01"),
        ("spend at most €500 this month", "2026-11-01"),
        ("get 84,706 impressions in 28 days", "2026-11-23"),
        ("3 posts a week for 6 weeks", "2026-11-23"),
        ("get 700 link clicks from 1 Oct to 31 Dec", "2026-10-01"),
        ("3 posts a week this month", ""),
        ("gain 20 followers this month", ""),
        ("get 200 leads by this month", ""),
    ],
)
def test_a_sum_counts_the_whole_time_that_was_said(text: str, start: str) -> None:
    assert said(text).wish.start == start


def test_what_grows_from_today_on_says_so() -> None:
    (note,) = said("gain 20 followers this month").notes
    assert note == "“this month” is counted from today on; --start 2026-11-01 counts all of it"


def test_28_days_are_28_days() -> None:
    wish = said("get 100 impressions in 28 days").wish
    assert date.fromisoformat(wish.deadline).toordinal() - date.fromisoformat(wish.start).toordinal() + 1 == 28


@pytest.mark.parametrize(
    ("text", "every", "target", "at_most"),
    [
        ("20 leads a month by June", "month", "20", False),
        ("get 20 leads per month until June", "month", "20", False),
        ("12 posts every month until June", "month", "12", False),
        ("20 leads monthly until June", "month", "20", False),
        ("under 500 euros ad spend per month until June", "month", "EUR 500", True),
        ("3 posts a week until June", "week", "3", False),
        ("20 leads by June", "", "20", False),
    ],
)
def test_a_week_and_a_month_are_counted_anew_each(text: str, every: str, target: str, at_most: bool) -> None:
    found = said(text)
    assert (asked(text), found.wish.every, found.wish.target, found.wish.at_most) == ("", every, target, at_most)


@pytest.mark.parametrize("text", ["get 20 leads by today", "get 20 leads in 0 days", "gain 20 followers this week"])
def test_a_goal_of_today_alone_is_asked_for_a_day_ahead(text: str) -> None:
    assert "is today: a goal needs days ahead" in asked(text)


def test_a_week_that_ends_today_is_a_week() -> None:
    assert asked("get 20 leads this week") == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("60 leads a quarter by June", "60 leads a quarter: a goal counts in all, by the week or by the month. “145 leads” by the deadline says the same, or “20 leads a month”"),
        ("1 lead a quarter by June", "1 lead a quarter: a goal counts in all, by the week or by the month. “2 leads” by the deadline says the same"),
        ("no more than 3 posts a day until 31 Dec", "3 posts a day: a goal counts in all, by the week or by the month. “no more than 120 posts” by the deadline says the same, or “no more than 21 posts a week”"),
        ("under 6000 euros ad spend per year until June", "6000 euros ad spend per year: a goal counts in all, by the week or by the month. “under EUR 3,630 ad spend” by the deadline says the same, or “under EUR 500 ad spend a month”"),
        ("gain 20 followers a month by June", "20 followers a month: say how many by the deadline, as “gain 145 followers”"),
        ("lose fewer than 5 followers a week until June", "“lose fewer than 5” says what may go: say what should stay, as “keep followers over 1,000”"),
        ("get 40 leads for less than €300 by June", "“less than €300” is a second condition, and a goal has one: make it a goal of its own"),
        ("get 100 leads, 8 a week, by end of Feb", "“100” and “8 a week”: which of them is the goal? One goal each"),
        ("gain 1,5k followers by June", "“1,5k”: write 1.5k, with a dot"),
        ("engagement rate of 3,5% by June", "“3,5%”: write 3.5%, with a dot"),
        ("gain a few followers by June", "“few” is no number: how many?"),
        ("gain 20 organic followers by June", "“organic” stands with “20”, and I cannot read it: leave it out, or say it otherwise"),
        ("get 20 enquires by June", "what will be counted? Followers, leads, link clicks …; “enquires” is nothing that I know; did you mean enquiries?"),
        ("gain 500 followers and cut ad spend by June", "“and cut ad spend” is a second condition, and a goal has one: make it a goal of its own"),
        ("gain 20 followers after the price drop by June", "“gain” and “drop”: which way should it go?"),
        ("grow followers from 505 by June", "“from 505”: to how many?"),
        ("have our followers by 50 by June", "“by 50”: more or fewer? Say “increase … by”, “lower … by”, or how many in all"),
        ("50 likes for every post by June", "“for every post”: a goal counts in all, by the week or by the month, and not by the post. How many in all?"),
        ("50 likes per post by June", "“per post”: a goal counts in all, by the week or by the month, and not by the post. How many in all?"),
        ("on average 700 likes a week until June", "“on average” adds all of it up: say “22,100 likes” by the deadline; “700 likes a week” looks at each week by itself"),
        ("on average 700 likes by June", "“on average” over which days? Say how many by the deadline"),
        ("engagement rate of 3% on average by June", ""),
        ("daily posts until June", "daily posts: a goal counts in all, by the week or by the month. “221 posts” by the deadline says the same, or “7 posts a week”"),
        ("get our cost per lead up to €9 by June", "less cost per lead is better: lower it, or say “at most”"),
        ("I will have increased cost per lead by €2 by June", "less cost per lead is better: lower it, or say “at most”"),
        ("I will have increased impressions by 5000 by June", "5000 more than when? A sum begins at 0: say how many in all"),
        ("bring sessions down by 100 by June", "100 less than when? A sum begins at 0: say how many in all"),
        ("gain 20 followers by 27-Jun-28", "“by 27-Jun-28”: which is the day, and which the year? Write it as 2027-05-01"),
        ("100 leads by early next year", "“by early next year” is no day that I know: write it as 2027-05-01, 1 May or “end of June”"),
        ("gain 20 followers by Black Friday", "“Black Friday” is no day that I know: write it as 2027-05-01, 1 May or “end of June”"),
    ],
)  # fmt: skip
def test_a_question_gives_the_words_that_would_do(text: str, question: str) -> None:
    assert asked(text) == question


def test_a_limit_stays_a_limit_in_what_is_offered() -> None:
    assert said("no more than 3 posts a day until 31 Dec").wish.at_most
    assert not said("get 40 leads for less than €300 by June").wish.at_most
    assert not said("we don't want fewer than 20 leads by June").wish.at_most
    assert said("don't spend more than €500 on ads by June").wish.at_most
    assert said("lose fewer than 5 followers a week until June").wish.gain == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("gain 20 followers by June with a price drop", ("", "20", "", False)),
        ("although we cut the budget, gain 20 followers by June", ("", "20", "", False)),
        ("get 500 profile visits by June to reduce ad costs", ("500", "", "", False)),
        ("get leads up to 100 by June", ("100", "", "", False)),
        ("get our engagement rate up to 6% by June", ("6%", "", "", False)),
        ("post up to 4 times a week until June", ("4", "", "", True)),
        ("bring cost per lead down by €2 by June", ("", "", "€ 2", False)),
        ("bring cost per lead down by 20% by June", ("", "", "20%", False)),
        ("bring cost per lead down to €2 by June", ("€ 2", "", "", True)),
        ("bring conversion rate up by 1 percentage point by June", ("", "1%", "", False)),
        ("by 15 June I will have increased our followers by 50", ("", "50", "", False)),
        ("post twice a week until June", ("2", "", "", False)),
        ("700 likes/wk until June", ("700", "", "", False)),
    ],
)
def test_the_verb_beside_the_number_says_which_way(text: str, number: tuple[str, str, str, bool]) -> None:
    wish = said(text).wish
    assert (asked(text), (wish.target, wish.gain, wish.drop, wish.at_most)) == ("", number)


def test_a_purpose_with_an_owner_is_no_client() -> None:
    assert said("gain 50 followers for Ben's birthday by 31 March").wish.objective == "Ben's birthday"
    assert said("gain 50 followers for Northwind's shop by 31 March").wish.accounts == ("Northwind's shop",)


def test_a_short_name_may_be_that_of_two_accounts() -> None:
    both = NAMES._replace(in_use=(*NAMES.in_use, Account("instagram", "Example Bar")))
    (lack,) = heard(Wish(title="gain 50 followers for Example by 31 March"), both, TODAY).lacks
    assert lack.text.startswith("“Example” is no account here: did you mean Example Café or Example Bar?")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("gain 50 followers for Initech by 31 March", "“Initech” is no account here: add --account Initech for a new one; if it is the purpose, --for Initech"),
        ("gain 50 followers for Exmaple Café by 31 March", "“Exmaple Café” is no account here: did you mean Example Café?"),
        ("gain 50 followers for exmaple café by 31 March", "“exmaple café” is no account here: did you mean Example Café?"),
        ("gain 50 followers for example cafe by 31 March", ""),
        ("gain 50 followers for Example by 31 March", "“Example” is no account here: did you mean Example Café? If it is the purpose, --for Example"),
        ("gain 50 followers for example by 31 March", ""),
        ("gain 50 followers for the CEO by 31 March", "“the CEO” is no account here: if it is the purpose, add --for 'the CEO'; for a new account, --account 'the CEO'"),
        ("gain 50 followers for Ben's birthday by 31 March", ""),
        ("20k impressions for our cat posts by 31 March", "“our cat posts”: a part of the numbers is not counted by itself. Leave it out, or say --campaign NAME; if it is the purpose, --for 'our cat posts'"),
        ("20k impressions for more cat posts by 31 March", ""),
        ("20k impressions for our new product by 31 March", ""),
        ("gain 50 followers for Globex by 31 March", ""),  # the objective has this name
        ("gain 50 followers for more website leads by 31 March", ""),
    ],
)  # fmt: skip
def test_a_name_behind_for_is_a_client_and_never_an_objective_in_silence(text: str, question: str) -> None:
    assert asked(text) == question


def test_a_flag_says_who_a_name_is() -> None:
    text = "gain 50 followers for Initech on Instagram by 31 March"
    assert asked(text, accounts=("Initech",)) == asked(text, objective="Initech") == ""
    assert said(text).wish.platform == "instagram"
