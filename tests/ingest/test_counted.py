"""Records are counted by day: what counts, what does not, and what cannot be stated is said; nobody's name is."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_kit import day, lines, only, read, refusal
from kit import EXPORTS, ROOT, Result

from smartkpi.ingest.read import Reading, extractions
from smartkpi.knowledge import loader
from smartkpi.knowledge.loader import parse
from smartkpi.model.extraction import Block

SALES = parse(
    """
id = "sales"
title = "Sales"
report = "sales"
platforms = ["shop"]
how = ["Download it"]
date_formats = ["%d/%m/%Y", "%m/%d/%Y"]
[[tables]]
name = "Sales"
shape = "counted"
[[tables.counts]]
metric = "orders"
by = ["Day"]
once = ["Id"]
where = [
    { names = ["State"], only = ["paid", "paid (*)"], never = ["open", "void", ""] },
    { names = ["Gone"], only = [""] },
]
rule = "orders that are paid"
[[tables.counts]]
metric = "revenue"
by = ["Day"]
sum = ["Total"]
once = ["Id"]
where = [
    { names = ["State"], only = ["paid", "paid (*)"], never = ["open", "void", ""] },
    { names = ["Gone"], only = [""] },
]
currency = ["Money"]
[[tables.counts]]
metric = "sessions"
by = ["Seen"]
breakdown_kind = "source"
breakdown = ["Source"]
""",
    "sales.toml",
)
HEAD = "Id,Day,State,Gone,Total,Money,Seen,Source,Buyer"
Stated = dict[tuple[str, str, str, int], tuple[float | None, bool]]


def stated(blocks: Sequence[Block]) -> Stated:
    """(metric, unit, breakdown, day) -> its value and whether it is a zero that the file leaves out."""
    found: Stated = {}
    for block in blocks:
        (key,) = block.keys
        for i, value in enumerate(block.cells):
            assert value is None or isinstance(value, float)
            place = (key.metric, key.unit, key.breakdown, block.first_day + i)
            assert place not in found
            found[place] = (value, bool(block.omitted and block.omitted[0] >> i & 1))
    return found


def table(rows: Sequence[Sequence[str]], header: str = HEAD) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header.split(","), *rows])
    return text.getvalue().encode()


def sale(name: str, when: str, total: str = "1", state: str = "paid", **more: str) -> list[str]:
    said = {
        "Id": name,
        "Day": when,
        "State": state,
        "Total": total,
        "Money": "EUR",
        "Buyer": "ann@mail.example",
        **more,
    }
    return [said.get(column, "") for column in HEAD.split(",")]


def test_orders_are_counted_and_their_totals_added_by_day(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", "0.1"), sale("2", "2026-03-02", "0.2"), sale("3", "2026-03-04", "5")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [block.cells for block in found.blocks()] == [[2.0, 0.0, 1.0], [0.3, 0.0, 5.0]]
    assert [block.omitted for block in found.blocks()] == [(2,), (2,)]
    assert (found.first_day, found.last_day) == (day("2026-03-02"), day("2026-03-04"))
    assert found.metrics == ("orders", "revenue")
    assert "days on which nothing is listed count as 0: 2" in found.notes
    assert "orders: orders that are paid" in found.notes


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-05 19:50:32 +0400", "2026-04-05T23:59:59.999Z", "2026-04-05 00:30", "2026-04-05 11:59 PM UTC",
        "05/04/2026 23:10:00", "2026-04-05, 9:05 am", "2026-04-05T00:00:00-11:00",
    ],
)  # fmt: skip
def test_only_the_day_of_a_time_is_read_and_no_zone_moves_it(text: str, tmp_path: Path) -> None:
    proof = ["2026-04-05", "05/04/2026"]["/" in text], "13/04/2026"
    rows = [sale("1", text), *([sale("2", proof[1])] if "/" in text else [])]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert stated([*found.blocks()])["orders", "", "", day("2026-04-05")] == (1.0, False)


def test_day_and_month_are_decided_from_the_whole_column_or_asked_for(tmp_path: Path) -> None:
    rows = [sale("1", "03/04/2026 10:00"), sale("2", "05/04/2026 11:00")]
    assert "--date-format %d/%m/%Y" in refusal(read(table(rows), SALES, folder=tmp_path))
    found = only(read(table(rows), SALES, folder=tmp_path, date_format="%m/%d/%Y %H:%M"))
    assert found.first_day == day("2026-03-04")


def test_further_lines_of_an_order_count_once(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", "9"), ["1", "2026-03-02", *[""] * 7], ["1", *[""] * 8]]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [block.cells for block in found.blocks()] == [[1.0], [9.0]]
    assert "2 rows with a “Id” that came before: counted once" in found.notes


def test_what_does_not_count_is_said_with_its_words(tmp_path: Path) -> None:
    rows = [
        sale("1", "2026-03-02", state="Paid (Shop)"), sale("2", "2026-03-02", state="open"), sale("3", ""),
        sale("4", "2026-03-03", state="Odd"), sale("5", "2026-03-02", Gone="2026-03-03"), sale("6", "2026-03-02", ""),
    ]  # fmt: skip
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [block.cells for block in found.blocks()] == [[2.0, 0.0], [1.0, 0.0]]
    assert {note for note in found.notes if note.startswith(("orders,", "revenue:"))} == {
        "orders, revenue: “State” that counts: “paid” 3, “Paid (Shop)” 1",
        "orders, revenue: “State” that does not count: “open” 1, “Odd” 1",
        "orders, revenue: 1 row with “Gone” not counted",
        "orders, revenue: 1 row without “Day” not counted",
        "revenue: “Total” is empty in 1 row: nothing added",
    }


def test_words_of_their_own_are_never_taken_for_lost(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", state="Gewonnen"), sale("2", "2026-03-04", state="void")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [*found.blocks()] == []
    assert "orders, revenue: not stated: no “State” is one that is known to count" in found.notes


def test_where_all_words_are_known_none_that_counts_is_a_zero(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", state="void"), sale("2", "2026-03-03", state="open")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [(block.keys[0].metric, block.cells) for block in found.blocks()] == [("orders", [0.0, 0.0])]


def test_a_number_that_cannot_be_read_leaves_its_day_without_a_sum(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", "1.2.3"), sale("2", "2026-03-02", "5"), sale("3", "2026-03-03", "7")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [block.cells for block in found.blocks()] == [[2.0, 1.0], [None, 7.0]]
    assert [(p.line, p.column, p.text) for p in found.problems] == [(2, "Total", "1.2.3")]
    assert "revenue: not stated on 2026-03-02: a row of that day cannot be read" in found.notes


def test_a_day_that_cannot_be_read_could_be_any_day(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", Seen="2026-03-02"), sale("2", "soon", Seen="2026-03-03")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert {block.keys[0].metric for block in found.blocks()} == {"sessions"}
    assert [(p.line, p.column, p.text) for p in found.problems] == [(3, "Day", "soon")]
    why = "not stated: the day of line 3 cannot be read, so that any day could lack a row"
    assert f"orders, revenue: {why}" in found.notes


def test_a_row_without_an_id_could_be_a_further_line(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02"), sale("", "2026-03-03"), [""] * 9, ["", "", "paid", *[""] * 6]]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert [*found.blocks()] == []
    assert [(p.line, p.column, p.expected) for p in found.problems] == [(3, "Id", "an id")]


def test_two_currencies_are_two_series_and_one_that_is_not_said_is_none(tmp_path: Path) -> None:
    rows = [sale("1", "2026-03-02", "1"), sale("2", "2026-03-03", "2", Money="Swiss Franc (CHF)")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert {(b.keys[0].unit, tuple(b.cells)) for b in found.blocks()} == {
        ("", (1.0, 1.0)), ("EUR", (1.0, 0.0)), ("CHF", (0.0, 2.0)),
    }  # fmt: skip
    rows += [sale("3", "2026-03-03", "3", Money=""), sale("4", "2026-03-02", "", Money="")]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert {(b.keys[0].unit, tuple(b.cells)) for b in found.blocks()} == {
        ("", (2.0, 2.0)), ("EUR", (1.0, None)), ("CHF", (0.0, None)),
    }  # fmt: skip
    assert [(p.line, p.column) for p in found.problems] == [(4, "Money")]
    rows = [sale(str(n), "2026-03-02", "2", Money="") for n in range(3)]
    assert {(b.keys[0].unit, tuple(b.cells)) for b in only(read(table(rows), SALES, folder=tmp_path)).blocks()} == {
        ("", (3.0,)), ("", (6.0,)),
    }  # fmt: skip


def test_each_value_of_a_breakdown_is_a_series(tmp_path: Path) -> None:
    rows = [sale(str(n), "", Seen=f"2026-03-0{n}", Source=source) for n, source in ((1, "web"), (2, ""), (3, "web"))]
    found = only(read(table(rows), SALES, folder=tmp_path))
    assert {(b.keys[0].breakdown_kind, b.keys[0].breakdown, tuple(b.cells)) for b in found.blocks()} == {
        ("source", "web", (1.0, 0.0, 1.0)), ("source", "(none)", (0.0, 1.0, 0.0)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([sale("1", "2026-03-02"), sale("1", "2026-03-02", state="void")], "lines 2 and 3 say different things of one"),
        ([sale("6.49E+17", "2026-03-02"), sale("7", "2026-03-02")], "a spreadsheet cut off the ids (line 2)"),
        ([sale("1", "2026-03-02"), [*sale("2", "2026-03-02"), "x"]], "line 3 has 10 cells instead of 9"),
        ([sale("1", "2026-03-02"), sale("2", "2026-03-02")[:-2]], "line 3 has 7 cells instead of 9"),
        ([sale("1", "2026-03-02"), sale("2", "2027-03-02")], "it states days after today"),
        ([sale("1", "soon"), sale("2", "later")], "none of its days can be read (“soon”)"),
        ([sale("1", "2026-03-02"), sale("2", "14/03/2026")], "its days are written in more than one way"),
    ],
)
def test_what_cannot_be_trusted_is_refused_and_shows_nobody(rows: list[list[str]], why: str, tmp_path: Path) -> None:
    said = refusal(read(table(rows), SALES, folder=tmp_path))
    assert why in said
    assert "mail.example" not in said


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_address_is_ever_shown_wherever_it_slips_to(data: st.DataObject, tmp_path: Path) -> None:
    columns = HEAD.split(",")
    rows = [sale(str(n), f"2026-03-{n:02}", Seen="2026-03-01", Source="web") for n in range(1, 6)]
    for row in data.draw(st.lists(st.sampled_from(rows), max_size=3)):
        at = data.draw(st.sampled_from([columns.index(name) for name in columns if name not in ("State", "Source")]))
        row[at] = data.draw(st.sampled_from(["eve@mail.example", "x\neve@mail.example,1\n", "5 eve@mail.example"]))
        if data.draw(st.booleans()):
            row.insert(at, "more")
    reading = read(table(rows), SALES, folder=tmp_path)
    found = reading.extractions[0] if reading.extractions else None
    error = reading.refused
    shown = [reading.left_out, error and (error.headline, error.details, error.hints)]
    shown += [found.problems, found.notes, found.left_out, [*found.blocks()]] if found else []
    assert "eve@" not in repr(shown)


def test_records_that_lie_in_several_tables_of_a_zip_are_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("orders_1.csv", table([sale("1", "2026-03-02")]))
        archive.writestr("orders_2.csv", table([sale("2", "2026-03-02")]))
    said = refusal(read(content.getvalue(), SALES, folder=tmp_path, name="orders.zip"))
    assert "its records lie in several tables" in said


def test_a_count_without_its_columns_is_said_and_the_others_stand(tmp_path: Path) -> None:
    profile = loader.profile("hubspot-contacts")
    rows = lines(["Record ID,Email,Create Date,Shoe size", "1,a@mail.example,2026-03-02 10:00,41"])
    found = only(read(rows, profile, folder=tmp_path))
    assert found.metrics == ("new_contacts",)
    assert "leads not counted: there is no column “Became a Lead Date”" in found.notes
    rows = lines(["Record ID,Email,Shoe size", "1,a@mail.example,41"])
    assert "There is no column “Create Date”" in refusal(read(rows, profile, folder=tmp_path)).replace(
        "New contacts not counted: there", "There"
    )
    twice = lines(["Record ID,Email,Create Date,Create Date", "1,a@mail.example,2026-03-02,2026-03-03"])
    assert "two columns are called “Create Date”" in refusal(read(twice, profile, folder=tmp_path))


def test_a_table_is_known_by_what_its_counts_cannot_be_without(tmp_path: Path) -> None:
    header, row = HEAD.split(","), sale("1", "2026-03-02", Seen="2026-03-02")
    for name in ("Id", "Day", "Total", "Seen"):
        at = header.index(name)
        torn = table([row[:at] + row[at + 1 :]], ",".join(header[:at] + header[at + 1 :]))
        assert read(torn, SALES, folder=tmp_path).unknown, name
    most_unknown = table([[*row, *"abcdefghijkl"]], HEAD + ",".join(["", *(f"Own {n}" for n in range(12))]))
    assert only(read(most_unknown, SALES, folder=tmp_path)).metrics == ("orders", "revenue", "sessions")


def test_blank_lines_do_not_end_a_table_of_records(tmp_path: Path) -> None:
    text = table([sale("1", "2026-03-02"), sale("2", "2026-03-02")]).decode().replace("\n2,", "\n\n,,,,,,,,\n\n2,")
    found = only(read(text.encode() + b"\n\n", SALES, folder=tmp_path))
    assert [block.cells for block in found.blocks()] == [[2.0], [2.0]]


def test_an_open_deal_says_nothing_of_how_far_the_export_goes(tmp_path: Path) -> None:
    rows = lines(
        [
            "Record ID,Deal Name,Create Date,Close Date,Is Closed Won",
            "1,Roof,2026-03-02,2026-03-03,true",
            "2,Shed,2026-03-04,2027-01-31,false",
            "3,Gate,2026-03-04,2027-01-31,true",
        ]
    )
    found = only(read(rows, loader.profile("hubspot-deals"), folder=tmp_path))
    assert found.last_day == day("2026-03-04")
    assert stated([*found.blocks()])["customers", "", "", day("2026-03-04")] == (0.0, True)
    assert "customers: 1 row whose “Close Date” lies after the export not counted" in found.notes


# ---- the law: whatever the table, what is stated is what a slow loop finds --------------------------------------

DAYS = [date(2026, 3, 1) + timedelta(days=n) for n in range(6)]
RECORD = st.fixed_dictionaries(
    {
        "Day": st.one_of(st.sampled_from(DAYS).map(str), st.sampled_from(["", "soon", "2026-03-02 23:59:59 -1100"])),
        "State": st.sampled_from(["paid", "PAID ", "paid (Shop)", "open", "void", "", "strange"]),
        "Gone": st.sampled_from(["", "", "", "2026-03-09"]),
        "Total": st.sampled_from(["0.1", "0.2", "1,000.07", "", "--", "x", "-3", "1e-2"]),
        "Money": st.sampled_from(["EUR", "EUR", "CHF", "Euro (EUR)", "", "money"]),
    }
)


def slowly(records: Sequence[dict[str, str]]) -> Stated:
    """The orders and revenue of records that each come once, by loops over days and records."""
    passing = [r for r in records if r["State"].strip().lower() in ("paid", "paid (shop)") and not r["Gone"]]
    if records and not passing_state(records) and any(r["State"] == "strange" for r in records):
        return {}
    if any(r["Day"] == "soon" for r in passing):
        return {}
    dated = [r for r in records if r["Day"] not in ("", "soon")]
    if not dated:
        return {}
    found: Stated = {}
    first, last = (extreme(date.fromisoformat(r["Day"][:10]) for r in dated) for extreme in (min, max))
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    values = {"0.1": Fraction(1, 10), "0.2": Fraction(1, 5), "1,000.07": Fraction(100007, 100), "-3": Fraction(-3)}
    values["1e-2"] = Fraction(1, 100)
    summed = [r for r in passing if r["Day"] and r["Total"] in values]
    moneys = {"EUR": "EUR", "Euro (EUR)": "EUR", "CHF": "CHF", "": ""}
    units = {moneys[r["Money"]] for r in summed if r["Money"] in moneys}
    if units - {""}:
        units -= {""}
    for one in every:
        there = [r for r in passing if r["Day"].startswith(str(one))]
        found["orders", "", "", one.toordinal()] = (float(len(there)), not there)
        amounts = [r for r in there if r["Total"] in values]
        bad = any(r["Total"] == "x" for r in there) or any(r["Money"] == "money" for r in amounts)
        bad = bad or (units != {""} and any(r["Money"] == "" for r in amounts) and bool(units))
        for unit in units:
            mine = [values[r["Total"]] for r in amounts if moneys.get(r["Money"]) == unit]
            found["revenue", unit, "", one.toordinal()] = (
                (None, False) if bad else (float(sum(mine, Fraction(0))), not mine)
            )
    return found


def passing_state(records: Sequence[dict[str, str]]) -> bool:
    return any(r["State"].strip().lower() in ("paid", "paid (shop)") for r in records)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORD, min_size=1, max_size=12), again=st.lists(st.integers(0, 11), max_size=4))
def test_a_table_states_what_a_slow_loop_finds(records: list[dict[str, str]], again: list[int], tmp_path: Path) -> None:
    columns = HEAD.split(",")
    rows = [[({"Id": f"#{n}", **r}).get(name, "") for name in columns] for n, r in enumerate(records)]
    rows += [rows[n] if n % 2 else [rows[n][0], rows[n][1], *[""] * 7] for n in again if n < len(records)]
    reading = read(table(rows), SALES, folder=tmp_path)
    dated = [r["Day"] for r in records if r["Day"]]
    if dated and all(text == "soon" for text in dated):
        assert "none of its days can be read" in refusal(reading)
    else:
        assert stated([*only(reading).blocks()]) == slowly(records)


# ---- profiles ----------------------------------------------------------------------------------------------------


def take(smartkpi: Callable[..., Result], folder: Path, name: str, rows: Sequence[str]) -> Result:
    (folder / name).write_bytes(lines(rows))
    return smartkpi("import", folder / name, "--account", "Shed", "--new-account")


DEALS = "Record ID,Deal Name,Create Date,Close Date,Is Closed Won,Amount"


def test_a_newer_export_takes_back_what_was_undone_since(smartkpi: Callable[..., Result], tmp_path: Path) -> None:
    won = ["1,Roof,2026-03-02,2026-03-03,true,10", "2,Gate,2026-03-02,2026-03-05,true,7", "3,Shed,2026-03-05,,false,"]
    lost = [won[0], "2,Gate,2026-03-02,2026-03-05,false,7", won[2]]
    first = take(smartkpi, tmp_path, "hubspot-crm-exports-all-deals-2026-03-06.csv", [DEALS, *won])
    assert first.exit_status == 0, first.err
    second = take(smartkpi, tmp_path, "hubspot-crm-exports-all-deals-2026-03-07.csv", [DEALS, *lost])
    assert "2 changed" in second.out
    assert "5 Mar new customers 1 → 0" in second.out


@pytest.mark.real
@pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")
def test_real_headers_are_known_and_say_that_they_have_no_rows() -> None:
    for file in sorted((EXPORTS / "header-only").iterdir()):
        found: list[Reading] = [*extractions(file, loader.profiles(), today=day("2026-11-22"))]
        assert [left.reason for left in found[0].left_out] == ["0 rows: a header, and nothing below it"], file.name


@pytest.mark.parametrize("sample", ["shopify-orders/all-orders", "hubspot-contacts/all-contacts", "substack/export"])
def test_no_person_is_kept_or_shown(sample: str, smartkpi: Callable[..., Result], db: Path) -> None:
    (file,) = (f for f in sorted((ROOT / "tests/samples" / sample).iterdir()) if f.suffix in (".csv", ".zip")
               and not f.name.startswith("expected"))  # fmt: skip
    found = smartkpi("import", file, "--account", "Shed", "--new-account")
    assert found.exit_status == 0, found.err
    everything = found.out + found.err + smartkpi("imports").out
    everything += "".join(f.read_bytes().decode("latin-1") for f in db.parent.rglob("*.db"))
    assert "Shed" in everything or "example-letters" in everything
    assert not any(word in everything for word in ("mail.example", "A. Person", "person1006", "ann@"))
