"""What feeds a goal: the exports that it reads, with how often they come; for one without data, those that could."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smartkpi.knowledge import loader
from smartkpi.measure.recorded import usual_gap
from smartkpi.measure.sources import metrics_read
from smartkpi.model.assessment import Assessment, Source, Status
from smartkpi.model.feed import Feed
from smartkpi.model.goal import GoalState
from smartkpi.model.metric import Metric
from smartkpi.model.series import BY_HAND
from smartkpi.report import feeding
from smartkpi.report.data import Json
from smartkpi.report.remarks import TOTAL_EVERY, Advice
from smartkpi.workflow.platforms import labels

if TYPE_CHECKING:
    from smartkpi.model.card import Card
    from smartkpi.model.profile import Profile, Table

MOST = 3  # exports that are named for a goal without data
UNTOLD = ("which account", "which report", "which currency", "other currency")  # it is not data that it lacks


def said(judged: Assessment, metrics: Mapping[str, Metric], user_folder: Path | None = None) -> tuple[str, ...]:
    """What feeds the goal, a sentence each with its command behind; for one without data, exactly what to do.

    `metrics`: at least all that the goal reads. () where a person must say first which numbers count.
    """
    found = feeds(judged, metrics, user_folder)
    return tuple(feeding.paragraph(each) for each in advice(judged, metrics, found))


def advice(judged: Assessment, metrics: Mapping[str, Metric], found: Sequence[Feed]) -> list[Advice]:
    """The same of the `feeds` that were found, sentence and command apart."""
    called = labels()
    if judged.sources:
        return [feeding.fed(feed, metrics, called, judged.as_of) for feed in found]
    if judged.reasons[0].code in UNTOLD:
        return []
    return feeding.lacking(judged.metric, found, called, judged.goal.platform, "")


def steps(judged: Assessment, metrics: Mapping[str, Metric], found: Sequence[Feed]) -> list[Advice]:
    """What comes next, for who looks closely: when the next export is due, and where to click once it is."""
    if judged.goal.state is not GoalState.ACTIVE or judged.status in (Status.ACHIEVED, Status.MISSED):
        return []
    if not judged.sources:
        return advice(judged, metrics, found)
    exports = [feed for feed in found if not feed.by_hand]
    return [feeding.following(feed, metrics, judged.as_of) for feed in exports or found]


def as_data(found: Sequence[Feed]) -> list[Json]:
    """The same for machines."""
    return [feeding.data(feed) for feed in found]


def feeds(judged: Assessment, metrics: Mapping[str, Metric], user_folder: Path | None = None) -> list[Feed]:
    """One `Feed` for each export that the goal reads; without data, those that could feed it, the best first."""
    if judged.sources:
        return _came(judged, user_folder)
    if judged.reasons[0].code in UNTOLD:
        return []
    return _could(judged, metrics, user_folder)


def _came(judged: Assessment, user_folder: Path | None) -> list[Feed]:
    """One for each report of each account: several metrics come in one file."""
    groups: dict[tuple[str, str, str], list[Source]] = {}
    for source in judged.sources:
        groups.setdefault((source.platform, source.account, source.report), []).append(source)
    known = loader.cards_of({report for _, _, report in groups}, user_folder)
    cards = {(on, card.report): card for card in known for on in card.platforms}
    only_by_hand = all(source.report == BY_HAND for source in judged.sources)
    return [
        _feed(judged, sources, cards.get((on, report)), only_by_hand)
        for (on, _, report), sources in sorted(groups.items())
    ]


def _feed(judged: Assessment, sources: Sequence[Source], card: "Card | None", only_by_hand: bool) -> Feed:
    first, by_hand = sources[0], sources[0].report == BY_HAND
    days = [source.last_day for source in sources if source.last_day is not None]
    is_anchor = by_hand and not only_by_hand  # a total now and then, beside the exports
    asked = 0 if is_anchor else judged.goal.data_every
    usual = TOTAL_EVERY if is_anchor else max(usual_gap(judged.goal, s.report, s.cadence) for s in sources)
    return Feed(
        title="" if by_hand else card.title if card else f"export “{first.report}”",
        platform=first.platform,
        account=first.account,
        metrics=tuple(dict.fromkeys(source.metric for source in sources)),
        last_day=min(days, default=None),
        every=asked or usual,
        said=bool(asked),
        how=card.how if card else (),
    )


def _could(judged: Assessment, metrics: Mapping[str, Metric], user_folder: Path | None) -> list[Feed]:
    """The exports that state what the goal reads, those that state most of it by day first."""
    goal = judged.goal
    wanted = metrics_read(judged.metric, metrics)
    ranked = []
    for profile in loader.profiles_stating(wanted, user_folder):
        by_day, in_all = _stated(profile, goal.platform, wanted)
        if in_all:
            of_all = len(profile.platforms) > 2  # a tool beside the platforms: their own exports come first
            rank = (of_all, not by_day, judged.metric.id not in in_all, -len(by_day), -len(in_all), profile.id)
            on, is_part = goal.platform or profile.platforms[0], not _is_enough(judged.metric, metrics, in_all)
            feed = Feed(profile.title, on, "", tuple(sorted(in_all)), None, 7, how=profile.how, is_part=is_part)
            ranked.append(((is_part, _is_of_old(profile), *rank), feed))
    best = [which[:2] for which, _ in ranked]
    found = [feed for which, feed in sorted(ranked) if which[:2] == min(best)]
    return found[: 1 if goal.platform else MOST]


def _is_enough(metric: Metric, metrics: Mapping[str, Metric], states: set[str]) -> bool:
    """Whether an export that states these tells the metric: of a ratio itself, or both of its sides."""
    sides = (metric.numerator, metric.denominator)
    if metric.id in states or not all(sides):
        return True
    return all(states.intersection((side, *metrics[side].read_as)) for side in sides)


def _is_of_old(profile: "Profile") -> bool:
    return "(until " in profile.title


def _stated(profile: "Profile", platform: str, wanted: set[str]) -> tuple[set[str], set[str]]:
    """Which of `wanted` an export states on a platform: by day, and in any shape but for single posts."""
    from smartkpi.model.profile import Shape

    by_day: set[str] = set()
    in_all: set[str] = set()
    for table in profile.tables:
        if platform not in ("", *(table.platforms or profile.platforms)):
            continue
        found = wanted.intersection(_metrics_of(profile, table))
        if table.shape in (Shape.DAILY, Shape.COUNTED):
            by_day |= found
        if table.shape in (Shape.DAILY, Shape.COUNTED, Shape.TOTALS):
            in_all |= found
    return by_day, in_all


def _metrics_of(profile: "Profile", table: "Table") -> Iterator[str]:
    for column in (*table.columns, *(profile.columns if table.shared_columns else ())):
        if not column.breakdown_kind:
            yield column.metric
        yield from column.tells.values()
    yield from (count.metric for count in table.counts if not count.breakdown_kind)
    yield from (stated.metric for stated in table.stated)
