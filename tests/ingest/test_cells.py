"""Numbers: every way that platforms write them, and everything that must not become one."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartkpi.ingest.cells import Reader, is_ambiguous, is_damaged_id, style_of, whole_numbers
from smartkpi.model.profile import Numbers

DOT, COMMA = Reader(Numbers.DOT), Reader(Numbers.COMMA)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("1234", 1234.0),
        ("31,193", 31193.0),
        ("1,050,191", 1050191.0),
        ("1234.5", 1234.5),
        ("1,234.5", 1234.5),
        (" 12 ", 12.0),
        ("\u00a012\u00a0", 12.0),
        ("-28", -28.0),
        ("\u22125", -5.0),
        ("215.0", 215.0),
        ("1.4350649350649352", 1.4350649350649352),
        ("4.5e-05", 4.5e-05),
        ("007", 7.0),
    ],
)
def test_a_column_with_points_reads(text: str, value: float) -> None:
    assert DOT.cell(text) == value
    assert DOT.column([text, "1"]) == ([value, 1.0], [])


@pytest.mark.parametrize(
    ("text", "value"),
    [("2473,94", 2473.94), ("18 158", 18158.0), ("1\u00a0537,85", 1537.85), ("1.164", 1164.0), ("5", 5.0)],
)
def test_a_column_with_commas_reads(text: str, value: float) -> None:
    assert COMMA.cell(text) == value


@pytest.mark.parametrize("text", ["", "-", "--", " --", "—", "N/A", "NAN", "undefined", "null", "\u00a0"])
def test_what_is_missing_is_never_zero(text: str) -> None:
    assert DOT.cell(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1,5", "12,34", "0,123", "1,2345", "1,23,456", "1.2.3", "1e309", "inf", "-inf", "1.5E+06",
        "9223372036854775808", "12%", "€ 5", "US$1.92", "< 10%", "#DIV/0!", "0x10", "1_000", "--5",
        "1 164", "٣", "5-", "1.", ".5", "1'000",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_for_its_cell(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        DOT.cell(text)
    assert DOT.column(["1", text]) == ([1.0, None], [1])


def test_percentages_are_kept_in_points_and_need_their_sign() -> None:
    points = Reader(percent=True)
    assert points.column(["2.81%", "5.66 %", "0%", "0", ""]) == ([2.81, 5.66, 0.0, 0.0, None], [])
    assert points.column(["1.2"]) == ([None], [0])


def test_a_share_becomes_points_without_a_rounding_error() -> None:
    assert Reader(percent=True, shift=2).cell("0.0139") == 1.39


def test_a_clock_is_read_in_seconds_only_where_the_column_says_seconds() -> None:
    assert Reader(clock=True).cell("0:04:34") == 274.0
    with pytest.raises(ValueError, match="0:04:34"):
        DOT.cell("0:04:34")


@pytest.mark.parametrize(
    ("cells", "styles"),
    [
        (["1.164", "2.500"], set()),
        (["1,164"], set()),
        (["1 164"], {Numbers.COMMA}),
        (["1.5"], {Numbers.DOT}),
        (["0.123"], {Numbers.DOT}),
        (["1234.567"], {Numbers.DOT}),
        (["1,5"], {Numbers.COMMA}),
        (["1.234,5"], {Numbers.COMMA}),
        (["1,234.5"], {Numbers.DOT}),
        (["1.234.567"], {Numbers.COMMA}),
        (["5,66\u00a0%", "1.5"], {Numbers.DOT, Numbers.COMMA}),
    ],
)
def test_a_cell_proves_a_style_only_when_it_fits_no_other(cells: list[str], styles: set[Numbers]) -> None:
    assert style_of(cells) == styles


def test_a_cell_is_ambiguous_when_its_two_readings_differ() -> None:
    assert is_ambiguous("1.164")
    assert is_ambiguous("1,164")
    assert not is_ambiguous("164")
    assert not is_ambiguous("1.5")


@pytest.mark.parametrize(
    ("text", "damaged"), [("6.49E+17", True), ("6,49E+17", True), ("649293177409679360", False), ("dQw4E+5", False)]
)
def test_an_id_that_a_spreadsheet_shortened_is_seen(text: str, damaged: bool) -> None:
    assert is_damaged_id(text) is damaged


TEXTS = st.one_of(
    st.integers(-(10**17), 10**17).map(str),
    st.text("0123456789,.- \u00a0eE+%x\u0663", max_size=7),
    st.sampled_from(["", "--", "0", "00", "-0", "007", "1,000", "999999999999999", "1000000000000000"]),
)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=6))
@example([["-1", "1\u0663"]])
def test_the_fast_way_takes_exactly_plain_whole_numbers(columns: list[list[str]]) -> None:
    cells = [cell for column in columns for cell in column]
    plain = all(re.fullmatch("0|-?[1-9][0-9]{0,14}", cell) for cell in cells)
    text = whole_numbers(columns, len(cells))
    assert (text is not None) == plain
    if text is not None:
        assert json.loads(f"[{text}]") == [int(cell) for cell in cells]


def slow(text: str) -> float | str | None:
    """What a cell of a DOT column means, character by character."""
    bare = text.strip(" \u00a0")
    if bare.lower() in ("", "-", "--"):
        return None
    head, _, power = bare.lower().partition("e")
    if "e" in bare.lower() and not re.fullmatch("-[0-9]{1,3}", power):
        return "bad"
    sign, digits = (head[0], head[1:]) if head[:1] in "+-" and head else ("", head)
    whole, point, fraction = digits.partition(".")
    groups = whole.split(",")
    ascii_only = all(part and set(part) <= set("0123456789") for part in [*groups, *([fraction] if point else [])])
    well_formed = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])
    )
    if not ascii_only or not well_formed:
        return "bad"
    value = float(sign + whole.replace(",", "") + point + fraction + ("e" + power if power else ""))
    return value if abs(value) < 2**63 else "bad"


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_a_column_reads_each_cell_as_the_slow_way_does(cells: list[str]) -> None:
    numbers, bad = DOT.column(cells)
    expected = [slow(cell) for cell in cells]
    assert bad == [n for n, value in enumerate(expected) if value == "bad"]
    assert numbers == [None if value == "bad" else value for value in expected]
