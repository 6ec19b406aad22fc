"""What feeds a goal, in sentences: which export, how fresh, how often, where to click; or that it is kept by hand."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from shlex import quote

from smartkpi.model.feed import Feed
from smartkpi.model.metric import Metric
from smartkpi.model.period import iso
from smartkpi.report import words
from smartkpi.report.data import Json
from smartkpi.report.remarks import Advice

ROOM = 300  # letters of a menu path that stand in a line
SPANS = {1: "day", 7: "week", 14: "two weeks", 28: "four weeks", 30: "month", 31: "month", 91: "quarter"}


def every(days: int) -> str:
    """ "week", "month", "10 days": what stands behind "every"."""
    return SPANS.get(days) or words.counted(days, "day")


def fed(feed: Feed, metrics: Mapping[str, Metric], labels: Mapping[str, str], as_of: int) -> Advice:
    """One sentence on an export that came, and where to get the next; or on numbers kept by hand."""
    names = words.listed([metrics[name].name for name in feed.metrics])
    whose = f"{feed.account} on {labels.get(feed.platform, feed.platform)}"
    if feed.by_hand:
        text = f"{names} of {whose} recorded by hand, {_fresh(feed, as_of)}"
        return Advice(text, record(feed))
    return Advice(f"{feed.title} of {whose}, {_fresh(feed, as_of)}", f"smartkpi platforms {feed.platform}")


def following(feed: Feed, metrics: Mapping[str, Metric], as_of: int) -> Advice:
    """When the next numbers are due; once they are, every click."""
    name = words.listed([metrics[name].name for name in feed.metrics]) if feed.by_hand else feed.title
    rhythm = f"{name}, one every {every(feed.every)}{', as you said' if feed.said else ''}"
    if feed.due is None:
        return Advice(f"Next: {rhythm}")
    if feed.due > as_of:
        return Advice(f"Next: {rhythm}, from {words.day(feed.due, year=True)}")
    due = f"Next: {rhythm}, due since {words.day(feed.due, year=True)}"
    if feed.by_hand:
        return Advice(due, record(feed))
    return Advice(_path(due, feed), _all_clicks(feed) or "smartkpi import FILE")


def record(feed: Feed) -> str:
    """The command that keeps the next number of a feed by hand."""
    account = f" --account {quote(feed.account)}" if feed.account else " --account NAME"
    on = f" --platform {feed.platform}" if feed.platform else ""
    return f"smartkpi record {feed.metrics[0]} NUMBER{account}{on}"


def _fresh(feed: Feed, as_of: int) -> str:
    if feed.last_day is None or feed.due is None:  # its totals lie outside of the goal's days
        return "nothing yet of the goal's own days"
    age = as_of - feed.last_day
    day = words.day(feed.last_day, year=True)
    last = f"to {day}" if not feed.by_hand else f"last for {day}"
    when = f"the next from {words.day(feed.due)}" if feed.due > as_of else f"due since {words.day(feed.due)}"
    old = f" ({words.counted(age, 'day')} ago)" if age > feed.every else ""
    return f"{last}{old}; one every {every(feed.every)}{', as you said' if feed.said else ''}, {when}"


def lacking(
    metric: Metric, feeds: Sequence[Feed], labels: Mapping[str, str], platform: str, account: str
) -> list[Advice]:
    """What to do for a goal that no number came for yet: which exports state it, with every click, or by hand."""
    on = f" on {labels.get(platform, platform)}" if platform else ""
    by_hand = [] if metric.is_pooled else [record(Feed("", platform, account, (metric.id,), None, 0))]
    if not feeds:
        text = f"no known export states {metric.name}{on}"
        taught = Advice("or a table of yours is taught", "smartkpi import FILE --map")
        if not by_hand:
            return [taught._replace(text=f"{text}: a table of yours that does is taught")]
        return [*(Advice(f"{text}: it is recorded by hand", command) for command in by_hand), taught]
    told = [Advice(where(feed, labels), _all_clicks(feed)) for feed in feeds]
    then = Advice("then", "smartkpi import FILE")
    return [
        Advice(f"no {metric.name}{on} yet; {_which(feeds)}:"),
        *told,
        then,
        *(Advice("or by hand", c) for c in by_hand),
    ]


def _which(feeds: Sequence[Feed]) -> str:
    if all(feed.is_part for feed in feeds):
        return "one export states a part of it" if len(feeds) == 1 else "exports that state a part of it"
    return "one export states it" if len(feeds) == 1 else "exports that state it"


def where(feed: Feed, labels: Mapping[str, str]) -> str:
    """ "Meta Business Suite · daily cards (Instagram): Open … › Insights > Results › …"."""
    return _path(f"{feed.title} ({labels.get(feed.platform, feed.platform)})", feed)


def _path(before: str, feed: Feed) -> str:
    """With the clicks behind, as many as fit."""
    steps = _steps(feed)
    more = [] if len(steps) == len(feed.how) else ["…"]
    return f"{before}: {' › '.join([*steps, *more])}" if steps else before


def _steps(feed: Feed) -> Sequence[str]:
    """The first steps of the menu path, at least one, at most `ROOM` letters long."""
    lengths = accumulate(len(step) for step in feed.how)
    return feed.how[: max(1, sum(length <= ROOM for length in lengths))]


def _all_clicks(feed: Feed) -> str:
    """Where the rest of the path is, where it was too long."""
    return "" if len(_steps(feed)) == len(feed.how) else f"smartkpi platforms {feed.platform}"


def paragraph(said: Advice) -> str:
    """A sentence with its command behind it."""
    return f"{said.text}   {said.command}" if said.command else said.text


def data(found: Feed) -> Json:
    """The same for machines; `how` is the menu path."""
    return {
        "export": found.title,
        "by_hand": found.by_hand,
        "platform": found.platform,
        "account": found.account,
        "metrics": list(found.metrics),
        "last_day": None if found.last_day is None else iso(found.last_day),
        "every_days": found.every,
        "said": found.said,
        "due": None if found.due is None else iso(found.due),
        "how": list(found.how),
    }
