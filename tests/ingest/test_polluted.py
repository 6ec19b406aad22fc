"""A corpus of polluted CSV files: what is stated is true; the rest is listed, left out aloud or refused."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from ingest_kit import DAYS, PAGES, TODAY, Values, values

from smartkpi.ingest.read import Reading, extractions

FILES = 320
HEADER = ["Page", "Date", "Clicks", "Views", "Note"]
NAMES = (
    ("a",),
    ("Café Ölbaum", "b, the second", 'the "best" one'),
    ("north", "south"),
    ("Example; with marks", "tab\there", "x|y"),
)


@dataclass
class Polluted:
    """A file in the making: rows of cells, then lines of text, then bytes; and what the clean table states."""

    rng: random.Random
    mark: str
    rows: list[list[str]]
    truth: Values
    lines: list[str] = field(default_factory=list)
    ends: tuple[str, ...] = ("\n",)
    encoding: str = "utf-8"
    is_cut: bool = False

    def some(self, most: int = 3) -> list[int]:
        """A few rows below the header."""
        return self.rng.sample(range(1, len(self.rows)), min(most, len(self.rows) - 1))

    def some_lines(self, most: int = 3) -> list[int]:
        body = [n for n, line in enumerate(self.lines) if re.search(r"2026-", line)]
        return sorted(self.rng.sample(body, min(most, len(body))), reverse=True)


def clean(n: int, rng: random.Random, mark: str) -> Polluted:
    """A daily table; every number stands in it once, so that a row can be found again in any file."""
    rows, truth = [HEADER[:]], {}
    unique = iter(rng.sample(range(10_000, 99_999), 400))
    for page in NAMES[n % len(NAMES)]:
        for i in range(rng.randint(6, 14)):
            day = date(2026, 1, 1) + timedelta(days=i)
            clicks, views = next(unique), next(unique)
            rows.append([page, str(day), str(clicks), str(views), rng.choice(["", "ok", "two words"])])
            truth[page, "clicks", day.toordinal()] = float(clicks)
            truth[page, "views", day.toordinal()] = float(views)
    return Polluted(rng, mark, rows, truth)


def quoted(cell: str, mark: str, *, always: bool) -> str:
    needs = always or any(sign in cell for sign in (mark, '"', "\n"))
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if needs else cell


# ---- pollutions of cells -----------------------------------------------------------------------------------


def missing_numbers(p: Polluted) -> None:
    for n in p.some():
        row = p.rows[n]
        p.truth.pop((row[0], "clicks", date.fromisoformat(row[1]).toordinal()), None)
        row[2] = p.rng.choice(["", "--", " ", "n/a"])


def words_for_numbers(p: Polluted) -> None:
    for n in p.some():
        p.rows[n][2] = p.rows[n][2] + p.rng.choice([" (estimated)", "?", "*"])


def thousands(p: Polluted) -> None:
    for row in p.rows[1:]:
        row[2:4] = [f"{int(cell):,}" if cell.isdigit() else cell for cell in row[2:4]]


def spaces(p: Polluted) -> None:
    for row in p.rows:
        at = p.rng.randrange(1, 4)
        row[at] = p.rng.choice([" ", "\u00a0", "  "]) + row[at] + p.rng.choice(["", " "])


def rows_twice(p: Polluted) -> None:
    for n in p.some():
        p.rows.insert(p.rng.randrange(1, len(p.rows)), list(p.rows[n]))


def rows_in_any_order(p: Polluted) -> None:
    body = p.rows[1:]
    p.rng.shuffle(body)
    p.rows[1:] = body


def header_again(p: Polluted) -> None:
    p.rows.insert(p.rng.randrange(2, len(p.rows)), HEADER[:])


def notes_of_two_lines(p: Polluted) -> None:
    for n in p.some():
        p.rows[n][4] = "first line\nsecond line"


def short_rows(p: Polluted) -> None:
    for n in p.some():
        del p.rows[n][p.rng.randrange(2, 5) :]


def empty_cells_at_the_end(p: Polluted) -> None:
    for row in p.rows if p.rng.random() < 0.5 else [p.rows[n] for n in p.some()]:
        row += [""] * p.rng.randint(1, 3)


def a_cell_too_many(p: Polluted) -> None:
    for n in p.some():
        p.rows[n].insert(p.rng.randrange(len(p.rows[n])), p.rng.choice(["", "7", "x"]))


def columns_moved(p: Polluted) -> None:
    order = list(range(5))
    p.rng.shuffle(order)
    p.rows[:] = [[row[n] for n in order] if len(row) == 5 else row for row in p.rows]


# ---- pollutions of lines -----------------------------------------------------------------------------------


def marks(p: Polluted, n: int) -> list[int]:
    """Where the marks between cells stand in a line; those inside of a name belong to it."""
    line = p.lines[n]
    outside = [at for at, sign in enumerate(line) if sign == p.mark and line[:at].count('"') % 2 == 0]
    return outside or [len(line)]


def missing_marks(p: Polluted) -> None:
    for n in p.some_lines():
        at = p.rng.choice(marks(p, n))
        p.lines[n] = p.lines[n][:at] + p.lines[n][at + 1 :]


def marks_twice(p: Polluted) -> None:
    for n in p.some_lines():
        at = p.rng.choice(marks(p, n))
        p.lines[n] = p.lines[n][:at] + p.mark + p.lines[n][at:]


def another_mark(p: Polluted) -> None:
    for n in p.some_lines(2):
        p.lines[n] = p.lines[n].replace(p.mark, ";" if p.mark != ";" else ",")


def stray_quotes(p: Polluted) -> None:
    for n in p.some_lines():
        at = p.rng.randrange(len(p.lines[n]))
        p.lines[n] = p.lines[n][:at] + '"' + p.lines[n][at:]


def a_quote_inside(p: Polluted) -> None:
    for n in p.some_lines(1):
        p.lines[n] = re.sub(r"(\d{4})-", '\\1"-', p.lines[n], count=1)


def preamble(p: Polluted) -> None:
    said = [
        "Report of pages",
        "Made on 3 March",
        f"Account{p.mark}Example",
        "# a remark",
        "",
        f"From{p.mark}2025-12-31",
    ]
    p.lines[:0] = p.rng.sample(said, p.rng.randint(1, 4))


def title_and_blank(p: Polluted) -> None:
    p.lines[:0] = ["All pages, day by day; everything", ""]


def blank_lines(p: Polluted) -> None:
    for n in p.some_lines():
        p.lines.insert(n, p.rng.choice(["", p.mark * 4, "  "]))


def footer(p: Polluted) -> None:
    p.lines += p.rng.choice(
        [["", "Source: made up"], ["Total"], ["Showing top 500 rows"], ["", f"Total{p.mark}{p.mark}1{p.mark}2"]]
    )


def a_table_above(p: Polluted) -> None:
    p.lines[:0] = [f"City{p.mark}People", f"Lund{p.mark}3", f"Oslo{p.mark}9", ""]


def a_table_below(p: Polluted) -> None:
    p.lines += ["", f"City{p.mark}People", f"Lund{p.mark}3", f"Oslo{p.mark}9"]


def a_table_between(p: Polluted) -> None:
    at = p.rng.randrange(3, len(p.lines))
    p.lines[at:at] = ["", f"City{p.mark}People", f"Lund{p.mark}3", ""]


def the_rest_below_a_header(p: Polluted) -> None:
    at = p.rng.randrange(3, len(p.lines))
    p.lines[at:at] = ["", next(line for line in p.lines if "Clicks" in line)]


def wrapped_lines(p: Polluted) -> None:
    p.lines[:] = [f'"{line.replace(chr(34), chr(34) * 2)}"' for line in p.lines]


def sep_line(p: Polluted) -> None:
    p.lines.insert(0, f"sep={p.mark}")


def marks_at_every_end(p: Polluted) -> None:
    p.lines[:] = [line + p.mark for line in p.lines]


# ---- pollutions of bytes -----------------------------------------------------------------------------------


def mixed_ends(p: Polluted) -> None:
    p.ends = ("\n", "\r\n")


def old_mac_ends(p: Polluted) -> None:
    p.ends = ("\r",)


def byte_order_mark(p: Polluted) -> None:
    p.encoding = p.rng.choice(["utf-8-sig", "utf-16"])


def mark_in_the_middle(p: Polluted) -> None:
    p.lines[p.rng.randrange(len(p.lines))] += "\ufeff"


def windows_1252(p: Polluted) -> None:
    p.encoding = "cp1252"


def no_last_end(p: Polluted) -> None:
    p.is_cut = True


def cut_off(p: Polluted) -> None:
    p.is_cut = True
    p.lines[-1] = p.lines[-1][: p.rng.randrange(1, max(2, len(p.lines[-1])))]


Pollution = Callable[[Polluted], None]
OF_CELLS: tuple[Pollution, ...] = (
    missing_numbers, words_for_numbers, thousands, spaces, rows_twice, rows_in_any_order, header_again,
    notes_of_two_lines, short_rows, empty_cells_at_the_end, a_cell_too_many, columns_moved,
)  # fmt: skip
OF_LINES: tuple[Pollution, ...] = (
    missing_marks, marks_twice, another_mark, stray_quotes, a_quote_inside, preamble, title_and_blank, blank_lines,
    footer, a_table_above, a_table_below, a_table_between, the_rest_below_a_header, wrapped_lines, sep_line,
    marks_at_every_end,
)  # fmt: skip
OF_BYTES: tuple[Pollution, ...] = (
    mixed_ends, old_mac_ends, byte_order_mark, mark_in_the_middle, windows_1252, no_last_end, cut_off,
)  # fmt: skip
# Two that undo each other make a row that nobody can tell from a true one: a cell too many, and a mark too few.
UNDOING = {missing_marks, empty_cells_at_the_end, a_cell_too_many, marks_twice, marks_at_every_end}
EVERY = (*OF_CELLS, *OF_LINES, *OF_BYTES)


@dataclass(frozen=True)
class Specimen:
    """One file of the corpus."""

    name: str
    data: bytes
    text: list[str]  # its lines
    truth: Values


def _together(rng: random.Random) -> list[Pollution]:
    chosen = rng.sample(EVERY, rng.randint(2, 4))
    undoing = [pollute for pollute in chosen if pollute in UNDOING]
    return [pollute for pollute in chosen if pollute not in undoing[1:]]


def specimen(n: int) -> Specimen:
    """The n-th file: each pollution alone first, then two to four at once."""
    rng = random.Random(n)
    mark = ",;\t|"[n % 4] if n % 3 else ","
    chosen = [EVERY[n]] if n < len(EVERY) else _together(rng)
    p = clean(n, rng, mark)
    for pollute in OF_CELLS:
        if pollute in chosen:
            pollute(p)
    always = rng.random() < 0.4
    p.lines = [mark.join(quoted(cell, mark, always=always) for cell in row) for row in p.rows]
    for pollute in (*OF_LINES, *OF_BYTES):
        if pollute in chosen:
            pollute(p)
    text = "".join(line + rng.choice(p.ends) for line in p.lines)
    text = text.rstrip("\r\n") if p.is_cut else text
    name = f"{n:03} {' + '.join(pollute.__name__ for pollute in chosen)} ({mark!r})"
    return Specimen(name, text.encode(p.encoding, "replace"), re.split(r"\r\n|\n|\r", text), p.truth)


def read(data: bytes, folder: Path) -> Reading:
    path = folder / "polluted.csv"
    path.write_bytes(data)
    (reading,) = extractions(path, [PAGES, DAYS], today=TODAY)
    return reading


def stated_in(reading: Reading) -> Values:
    found: Values = {}
    for extraction in reading.extractions:
        for place, value in values(extraction).items():
            assert found.setdefault(place, value) == value, place
    return found


def told(reading: Reading) -> Iterator[int]:
    """The lines that the reading says something of; of a table that nobody knows, all from its header on."""
    for extraction in reading.extractions:
        yield from (problem.line for problem in extraction.problems)
        yield from (line for left in extraction.left_out for line in left.lines)


def unknown_from(reading: Reading) -> int:
    found = [re.match(r"line (\d+)", table) for left in reading.left_out for table in left.tables]
    return min((int(match[1]) for match in found if match), default=1 << 30)


def judge(case: Specimen, reading: Reading) -> str:
    """How the file ended; every promise is checked on the way."""
    if reading.refused is not None:
        assert reading.extractions == () and reading.refused.headline, case.name
        return "refused"
    stated = by_bare_name(stated_in(reading))
    truth = by_bare_name(case.truth)
    wrong = {place: value for place, value in stated.items() if truth.get(place) != value}
    assert not wrong, (case.name, wrong)
    lines, unknown = set(told(reading)), unknown_from(reading)
    silent = []
    for place, value in truth.items():
        if place not in stated:
            where = [n for n, line in enumerate(case.text, 1) if digits(value) in line.replace(",", "")]
            near = {line for n in where for line in (n - 1, n)}  # a row may begin on the line before
            if where and not near & lines and not any(n >= unknown for n in where):  # else it is not in the file
                silent.append((place, value, where))
    assert not silent, (case.name, silent[:3], sorted(lines)[:5])
    return "exact" if stated == truth and not any(e.problems for e in reading.extractions) else "with problems"


def by_bare_name(found: Values) -> Values:
    """A stray quote inside of a name is a part of it, and no misreading."""
    return {(name.replace('"', ""), metric, day): value for (name, metric, day), value in found.items()}


def digits(value: float) -> str:
    return str(int(value))


def test_no_polluted_file_states_a_wrong_number_or_loses_a_row_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ends: dict[str, Counter[str]] = {"alone": Counter(), "together": Counter()}
    for n in range(FILES):
        case = specimen(n)
        ends["alone" if n < len(EVERY) else "together"][judge(case, read(case.data, tmp_path))] += 1
    with capsys.disabled():
        print(*(f"\n{FILES} polluted files, pollutions {how}: {dict(found)}" for how, found in ends.items()))
    assert sum(ends["alone"].values()) + sum(ends["together"].values()) == FILES
    assert ends["alone"]["exact"] >= 20
    assert ends["together"]["exact"] >= 60
    assert ends["together"]["refused"] <= 160


def test_clean_files_are_read_exactly(tmp_path: Path) -> None:
    for n in range(16):
        p = clean(n, random.Random(n), ",;\t|"[n % 4])
        text = "\n".join(p.mark.join(quoted(cell, p.mark, always=n % 2 == 0) for cell in row) for row in p.rows) + "\n"
        assert stated_in(read(text.encode(), tmp_path)) == p.truth


def test_the_corpus_is_the_same_on_every_run() -> None:
    assert specimen(200) == specimen(200)
    assert len({specimen(n).data for n in range(FILES)}) == FILES
