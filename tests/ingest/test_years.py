"""Days without a year get the year that the file proves, or the file is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.errors import FileRefusedError
from smartkpi.ingest.dates import date_format
from smartkpi.ingest.years import DELAY, in_years

READ = date_format("%B %d")
DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 20))


def written(day: date) -> str:
    return f"{day:%B} {day.day}"


def resolved(texts: list[str], *, year: int | None = None, as_of: date | None = None) -> dict[str, str]:
    stamps = in_years(texts, READ, where="Overview.csv", year=year, as_of=as_of.toordinal() if as_of else None)
    return {text: stamp.iso for text, stamp in stamps.items()}


@given(
    last=DAYS, gaps=st.lists(st.integers(1, 5), max_size=60), newest_first=st.booleans(), delay=st.integers(0, DELAY)
)
def test_days_in_order_get_back_the_years_that_were_cut_off(
    last: date, gaps: list[int], newest_first: bool, delay: int
) -> None:
    days = [last]
    for gap in gaps:
        days.append(days[-1] - timedelta(gap))
    texts = [written(day) for day in (days if newest_first else days[::-1])]
    expected = {written(day): day.isoformat() for day in days}
    assert resolved(texts, as_of=last + timedelta(delay)) == expected
    assert resolved(texts, year=last.year) == expected


def test_a_whole_year_of_days_crosses_the_end_of_the_year_once() -> None:
    days = [date(2023, 2, 28) + timedelta(n) for n in range(365)]
    found = resolved([written(day) for day in days], as_of=date(2024, 2, 28))
    assert found["February 28"] == "2023-02-28"
    assert found["February 27"] == "2024-02-27"
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_nothing_that_dates_the_export_asks_for_the_year() -> None:
    with pytest.raises(FileRefusedError) as refused:
        resolved(["February 26", "February 27"])
    assert "no year" in str(refused.value)
    assert any("--year" in hint for hint in refused.value.hints)


def test_an_export_that_ends_long_before_its_day_is_not_guessed() -> None:
    with pytest.raises(FileRefusedError):
        resolved(["February 26", "February 27"], as_of=date(2024, 6, 1))


def test_days_in_no_order_are_refused_even_with_a_year() -> None:
    with pytest.raises(FileRefusedError, match="do not follow each other"):
        resolved(["March 1", "January 5", "July 9", "February 2"], year=2025)


def test_a_29_february_in_a_year_that_has_none_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="no day of 2025"):
        resolved(["February 28", "February 29"], year=2025)
    assert resolved(["February 28", "February 29"], year=2024)["February 29"] == "2024-02-29"


def test_rows_whose_order_was_changed_are_refused_however_few() -> None:
    texts = ["March 6", "March 5", "March 7"]
    with pytest.raises(FileRefusedError, match="do not follow each other"):
        in_years(texts, date_format("%B %d"), where="Viewers.csv", year=2026, as_of=None)
