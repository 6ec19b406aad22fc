"""Days: declared formats that a whole column fits, and never a guess."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smartkpi.errors import FileRefusedError, WrongUseError
from smartkpi.ingest.dates import EARLIEST, choose, date_format


@pytest.mark.parametrize(
    ("text", "form", "iso"),
    [
        ("2026-05-25T00:00:00", "%Y-%m-%d", "2026-05-25T00:00:00"),
        ("2025-01-01T01:00:00", "%Y-%m-%d", "2025-01-01T01:00:00"),
        ("20231010", "%Y%m%d", "2023-10-10"),
        ("Tue, Aug 26, 2025", "%a, %b %d, %Y", "2025-08-26"),
        ("Thu Mar 20 2025", "%a %b %d %Y", "2025-03-20"),
        ("Thu, 5 Feb 2026", "%a, %d %b %Y", "2026-02-05"),
        ("2025/10/31", "%Y/%m/%d", "2025-10-31"),
        ("05/26/2026 10:23", "%m/%d/%Y %H:%M", "2026-05-26T10:23"),
        ("1/1/2014", "%m/%d/%Y", "2014-01-01"),
        ("12/27/2025 12:00:00 AM", "%m/%d/%Y %I:%M:%S %p", "2025-12-27T00:00:00"),
        ("2021-01-30 12:56 +0000", "%Y-%m-%d %H:%M %z", "2021-01-30T12:56+00:00"),
        ("Aug 19, 2011", "%b %d, %Y", "2011-08-19"),
        ("8/31/18", "%m/%d/%y", "2018-08-31"),
        ("Sept 2, 2019", "%b %d, %Y", "2019-09-02"),
        ("  Aug\u00a019,  2011 ", "%b %d, %Y", "2011-08-19"),
    ],
)
def test_the_days_of_real_exports_read(text: str, form: str, iso: str) -> None:
    stamp = date_format(form)(text)
    assert stamp is not None
    assert stamp.iso == iso


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2025-02-30", "%Y-%m-%d"),
        ("2025-1-1", "%Y-%m-%d"),
        ("Mon, Aug 26, 2025", "%a, %b %d, %Y"),  # it was a Tuesday
        ("1899-12-31", "%Y-%m-%d"),  # a spreadsheet's zero
        ("2025-01-01x", "%Y-%m-%d"),
        ("13/13/2025", "%m/%d/%Y"),
        ("February 28", "%b %d, %Y"),
        ("05/26/2026 25:00", "%m/%d/%Y %H:%M"),
        ("", "%Y-%m-%d"),
        ("45123", "%Y-%m-%d"),
    ],
)
def test_what_is_no_day_is_none(text: str, form: str) -> None:
    assert date_format(form)(text) is None


def test_an_unknown_directive_is_wrong_use() -> None:
    with pytest.raises(WrongUseError, match="%q"):
        date_format("%q-%d")


BOTH = ("%d/%m/%Y", "%m/%d/%Y")


def test_one_clear_day_decides_the_whole_column() -> None:
    assert choose(["01/02/2026", "13/02/2026"], BOTH, where="f") == "%d/%m/%Y"
    assert choose(["01/02/2026", "02/13/2026"], BOTH, where="f") == "%m/%d/%Y"


def test_a_column_that_can_be_read_both_ways_is_refused_with_the_flag_to_use() -> None:
    with pytest.raises(FileRefusedError, match="may be 2026-02-01 or 2026-01-02") as error:
        choose(["01/02/2026", "03/04/2026"], BOTH, where="f")
    assert error.value.hints == ("--date-format %d/%m/%Y", "--date-format %m/%d/%Y")


def test_both_ways_are_as_good_when_they_mean_the_same_days() -> None:
    assert choose(["01/01/2026", "02/02/2026"], BOTH, where="f") in BOTH


def test_what_a_sibling_proves_decides() -> None:
    assert choose(["01/02/2026"], BOTH, where="f", proven="%m/%d/%Y") == "%m/%d/%Y"
    assert choose(["13/02/2026"], BOTH, where="f", proven="%m/%d/%Y") == "%d/%m/%Y"


def test_a_column_written_in_two_ways_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="more than one way"):
        choose(["13/02/2026", "02/13/2026"], BOTH, where="f")


def test_texts_that_are_no_days_do_not_decide() -> None:
    assert choose(["Total", "13/02/2026"], BOTH, where="f") == "%d/%m/%Y"
    with pytest.raises(FileRefusedError, match="none of its days"):
        choose(["Total"], BOTH, where="f")


DAYS = st.dates(date.fromordinal(EARLIEST), date(2099, 12, 31))
FORMS = st.sampled_from(
    ["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%a, %b %d, %Y", "%d %B %Y", "%A %d %b %Y", "%Y.%m.%d", "%m-%d-%y"]
)


def written(day: date, form: str) -> str:
    """A slow strftime in English, whatever the machine's language."""
    names = {
        "%Y": f"{day.year:04}", "%y": f"{day.year % 100:02}", "%m": f"{day.month:02}", "%d": f"{day.day:02}",
        "%b": calendar.month_abbr[day.month], "%B": calendar.month_name[day.month],
        "%a": calendar.day_abbr[day.weekday()], "%A": calendar.day_name[day.weekday()],
    }  # fmt: skip
    for directive, text in names.items():
        form = form.replace(directive, text)
    return form


@given(DAYS, FORMS)
def test_every_day_reads_back_in_every_format(day: date, form: str) -> None:
    assume("%y" not in form or day.year >= 2000)
    stamp = date_format(form)(written(day, form).upper())
    assert stamp is not None
    assert date.fromordinal(stamp.day) == day


@given(DAYS, st.integers(1, 40), st.permutations(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"]))
def test_a_chosen_format_is_the_only_one_that_could_be_meant(first: date, count: int, forms: list[str]) -> None:
    days = [first + timedelta(n) for n in range(count)]
    texts = [written(day, forms[0]) for day in days]
    readings = {form: [date_format(form)(text) for text in texts] for form in forms}
    meant = {tuple(s.day for s in stamps if s) for stamps in readings.values() if all(stamps)}
    if len(meant) == 1:
        chosen = choose(texts, forms, where="f")
        assert tuple(s.day for s in readings[chosen] if s) == meant.pop()
    else:
        with pytest.raises(FileRefusedError):
            choose(texts, forms, where="f")
