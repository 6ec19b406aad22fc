"""Numbers of posts, videos and e-mails: their interactions, the mean of a month, what they gained between exports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from smartkpi.model.items import INTERACTIONS, Absence, Gain, ItemExport, KnownItem, Month
from smartkpi.model.series import SeriesKey

# What people do for a post, each deed in one place only: likes are a kind of reactions. Engagements (X, LinkedIn) and
# Meta's interactions contain most of it already, and are never added to it.
DEEDS = (("reactions", "likes"), ("comments",), ("replies",), ("shares",), ("reposts",), ("saves",), ("bookmarks",))
WHOLE = "interactions"  # Meta's own sum, where the deeds are not exported one by one

# What tells most of an item comes first; what is not named follows by name.
TELLING = (
    *("views", INTERACTIONS.metric, "emails_clicked", "engagements", "interactions", "video_views", "content_views"),
    *("emails_opened", "impressions", "reach", "link_clicks", "clicks", "reactions", "likes", "comments", "replies"),
    *("shares", "reposts", "saves", "bookmarks", "new_followers", "net_subscribers", "watch_time"),
)


def plain_key(metric: str) -> SeriesKey:
    """The key of an item's whole number of a metric that has no currency."""
    return SeriesKey(metric, "", days=0)


def interaction_parts(items: Iterable[KnownItem]) -> tuple[SeriesKey, ...]:
    """Whose sum is called interactions: the deeds that every export of these items states.

    An export that states none of them (of e-mails) is not asked. () where there is no such deed.
    """
    stated: dict[ItemExport, set[str]] = defaultdict(set)
    for item in items:
        stated[item.export] |= {key.metric for key in item.numbers if key == plain_key(key.metric)}
    deeds = {WHOLE, *(name for group in DEEDS for name in group)}
    columns = [names & deeds for names in stated.values() if names & deeds]
    shared: Set[str] = set.intersection(*columns) if columns else set()
    parts = [next((name for name in group if name in shared), "") for group in DEEDS]
    found = [name for name in parts if name] or [name for name in (WHOLE,) if name in shared]
    return tuple(map(plain_key, found))


def interactions(values: Mapping[SeriesKey, float], parts: Sequence[SeriesKey]) -> float | None:
    """The sum of the parts; None where one of them is not stated: missing is never 0."""
    found = [values[part] for part in parts if part in values]
    return sum(found) if parts and len(found) == len(parts) else None


def values(item: KnownItem, parts: Sequence[SeriesKey]) -> dict[SeriesKey, float]:
    """An item's numbers, and its interactions where all parts are stated."""
    return _with_sum({key: number.value for key, number in item.numbers.items()}, parts)


def _with_sum(stated: dict[SeriesKey, float], parts: Sequence[SeriesKey]) -> dict[SeriesKey, float]:
    total = interactions(stated, parts)
    return stated if total is None else {INTERACTIONS: total, **stated}


def gains(gain: Gain, parts: Sequence[SeriesKey]) -> dict[SeriesKey, float]:
    """What each number gained (below 0: it went down), and the interactions where both exports state all parts."""
    return _with_sum({key: now - was for key, (was, now) in gain.numbers.items()}, parts)


def by_month(items: Iterable[KnownItem], parts: Sequence[SeriesKey]) -> tuple[Month, ...]:
    """The mean of the interactions of the items published in each month, newest month first."""
    months: dict[tuple[int, int], list[float | None]] = defaultdict(list)
    for item in items:
        if item.published_on is not None:
            day = date.fromordinal(item.published_on)
            months[day.year, day.month].append(values(item, parts).get(INTERACTIONS))
    return tuple(_month(*month, months[month]) for month in sorted(months, reverse=True))


def _month(year: int, month: int, sums: Sequence[float | None]) -> Month:
    known = [total for total in sums if total is not None]
    return Month(year, month, len(sums), len(known), sum(known) / len(known) if known else None)


def columns(rows: Sequence[Mapping[SeriesKey, float]]) -> tuple[SeriesKey, ...]:
    """The keys of these rows, most telling first; first of all the first that half of the rows state."""
    counts: dict[SeriesKey, int] = defaultdict(int)
    for row in rows:
        for key in row:
            counts[key] += 1
    ordered = sorted(counts, key=_telling)
    lead = next((key for key in ordered if 2 * counts[key] >= len(rows)), None)
    return tuple(ordered) if lead is None else (lead, *(key for key in ordered if key != lead))


def _telling(key: SeriesKey) -> tuple[int, SeriesKey]:
    return (TELLING.index(key.metric) if key.metric in TELLING else len(TELLING), key)


def growth(before: Sequence[KnownItem], after: Sequence[KnownItem], first_day: int, ranged: Set[str]) -> list[Gain]:
    """What each item of `after` gained since `first_day`, the day on which `before` stood.

    Only numbers of the newest export of each side count, and only where both state them. `ranged` are the profiles
    whose numbers are of the days of the export, not since publication.
    """
    earlier = {item.external_id: item for item in before}
    return [_gain(earlier.get(item.external_id), item, first_day, ranged) for item in after]


def _gain(before: KnownItem | None, after: KnownItem, first_day: int, ranged: Set[str]) -> Gain:
    second = after.export
    if second.as_of <= first_day:
        return Gain(after, Absence.GONE, first=second)
    if before is None:
        return Gain(after, Absence.NEW, second=second)
    first = before.export
    if not _is_comparable(first, second, after.published_on, ranged):
        return Gain(after, Absence.RANGES, first, second)
    was, now = _of(before, first), _of(after, second)
    both = {key: (was[key], now[key]) for key in now if key in was}
    return Gain(after, None if both else Absence.COLUMNS, first, second, both)


def _of(item: KnownItem, export: ItemExport) -> dict[SeriesKey, float]:
    """The numbers of one day's exports only."""
    return {key: number.value for key, number in item.numbers.items() if number.export.as_of == export.as_of}


def _is_comparable(first: ItemExport, second: ItemExport, published: int | None, ranged: Set[str]) -> bool:
    """Whether both count from the same day: since publication, or from one day on."""
    if first.profile not in ranged and second.profile not in ranged:
        return True
    if first.counted is None or second.counted is None:
        return False
    begins = (first.counted[0], second.counted[0])
    return begins[0] == begins[1] or (published is not None and max(begins) <= published)
