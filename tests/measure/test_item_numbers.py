"""What posts got: interactions are never counted twice, missing is never 0, months are means, rates gain nothing."""

from smartkpi.measure import items as measured
from smartkpi.model.items import INTERACTIONS, Absence, ItemExport, ItemNumber, KnownItem
from smartkpi.model.series import SeriesKey

MARCH = ItemExport(1, "content", 739_700, 1, "x-content")
APRIL = ItemExport(2, "content", 739_730, 2, "x-content")
NOTHING: frozenset[str] = frozenset()


def post(export: ItemExport, published: str = "2026-03-05T10:00", name: str = "p", **values: float) -> KnownItem:
    numbers = {measured.plain_key(metric): ItemNumber(value, export) for metric, value in values.items()}
    return KnownItem(name, "post", published, "", "", numbers)


def names(parts: tuple[SeriesKey, ...]) -> list[str]:
    return [part.metric for part in parts]


def test_reactions_take_the_place_of_likes_which_are_one_kind_of_them() -> None:
    assert names(measured.interaction_parts([post(MARCH, likes=3, reactions=5, comments=1)])) == [
        "reactions",
        "comments",
    ]


def test_sums_of_the_platform_are_never_added_to_their_parts() -> None:
    parts = measured.interaction_parts([post(MARCH, likes=3, comments=1, interactions=9, engagements=40, clicks=7)])
    assert names(parts) == ["likes", "comments"]


def test_metas_own_sum_counts_where_the_deeds_are_not_exported() -> None:
    assert names(measured.interaction_parts([post(MARCH, interactions=9, reach=40)])) == ["interactions"]


def test_only_what_every_export_states_is_part_of_the_interactions() -> None:
    older, newer = post(MARCH, likes=3, comments=1), post(APRIL, name="q", likes=4, comments=2, saves=9)
    assert names(measured.interaction_parts([older, newer])) == ["likes", "comments"]


def test_an_export_without_any_deed_does_not_count() -> None:
    assert names(measured.interaction_parts([post(MARCH, likes=3), post(APRIL, name="q", emails_opened=4)])) == [
        "likes"
    ]


def test_a_missing_number_is_no_zero() -> None:
    full, lacking = post(MARCH, likes=3, saves=2), post(MARCH, name="q", likes=40)
    parts = measured.interaction_parts([full, lacking])
    assert measured.values(full, parts)[INTERACTIONS] == 5
    assert INTERACTIONS not in measured.values(lacking, parts)
    (month,) = measured.by_month([full, lacking], parts)
    assert (month.items, month.counted, month.mean) == (2, 1, 5)


def test_months_are_means_of_the_posts_published_in_them_newest_first() -> None:
    listed = [
        post(APRIL, "2026-03-31T23:59", "a", likes=4),
        post(APRIL, "2026-03-01", "b", likes=5),
        post(APRIL, "2026-02-28", "c", likes=1),
        post(APRIL, "", "d", likes=900),
    ]
    months = measured.by_month(listed, measured.interaction_parts(listed))
    assert [(m.year, m.month, m.items, m.mean) for m in months] == [(2026, 3, 2, 4.5), (2026, 2, 1, 1.0)]


def test_the_column_that_half_of_the_posts_state_leads() -> None:
    rows = [{measured.plain_key("reach"): 1.0}, {measured.plain_key("reach"): 1.0}, {measured.plain_key("likes"): 1.0}]
    rows[0][measured.plain_key("views")] = 3.0
    assert names(measured.columns(rows)) == ["reach", "views", "likes"]


def test_a_number_that_only_one_export_states_has_no_gain() -> None:
    (gain,) = measured.growth([post(MARCH, likes=3, saves=1)], [post(APRIL, likes=2, shares=4)], MARCH.as_of, NOTHING)
    assert gain.numbers == {measured.plain_key("likes"): (3, 2)}
    assert measured.gains(gain, ()) == {measured.plain_key("likes"): -1}


def test_exports_that_count_from_different_days_are_not_compared() -> None:
    def gain(one: tuple[int, int] | None, other: tuple[int, int] | None, published: str) -> Absence | None:
        first, second = MARCH._replace(counted=one), APRIL._replace(counted=other)
        before, after = post(first, published, likes=3), post(second, published, likes=9)
        return measured.growth([before], [after], MARCH.as_of, frozenset({"x-content"}))[0].absent

    assert gain((739_000, 739_699), (739_000, 739_729), "2020-01-01") is None
    assert gain((739_001, 739_699), (739_000, 739_729), "2020-01-01") is Absence.RANGES
    assert gain((739_001, 739_699), (739_000, 739_729), "2026-03-05") is None  # published after both begin
    assert gain(None, None, "2026-03-05") is Absence.RANGES
