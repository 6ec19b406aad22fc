"""Documents on real streams: any width, encoding and name; no number is cut, and none differs from the data."""
# ruff: noqa: E501

import io
import re

import pytest
from goal_kit import DOWN, METRICS, MONDAY, goal, judge, series
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from smartkpi.model.assessment import Assessment
from smartkpi.model.closely import Closely, Week
from smartkpi.model.goal import Form
from smartkpi.report import data, plain, sentences, words
from smartkpi.report.document import Cell, Column, Document, Heading, Paragraph, Table, Tone
from smartkpi.report.signs import encodable, visible
from smartkpi.report.terminal import draw
from smartkpi.report.views import goal as closer
from smartkpi.report.views import goals as views

WIDTHS = (60, 69, 70, 80, 97, 120, 200)
ENCODINGS = ("utf-8", "cp1252", "ascii")
TITLES = (
    "Leads from LinkedIn", "[/b] [red]5 %[/red]", "evil \x1b[2J\x1b]0;x\x07 title", "abc \u202egnp.exe", "日本のフォロワー 千人",
    "long " * 40, "x" * 200, "two\nlines\tand a tab", "zero\u200bwidth", "é €",
)  # fmt: skip


def drawn(document: Document, width: int = 80, encoding: str = "utf-8", *, terminal: bool = True) -> str:
    """What really arrives on a stream of that width and encoding."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    draw(document, Console(
        file=stream, width=width, height=25, force_terminal=terminal, color_system=None, markup=False, highlight=False, emoji=False,
        legacy_windows=False,
    ))  # fmt: skip
    stream.flush()
    return re.sub(r"\x1b\[[0-9;]*m", "", raw.getvalue().decode(encoding))


def judgements(*titles: str) -> list[Assessment]:
    leads = [series("leads", [1234.0] * 28)]
    spend = [series("cost", [22.5] * 28, unit="EUR"), series("leads", [1.0] * 28)]
    level = [series("followers", [1200.0 + i for i in range(28)])]
    cases = (
        (goal(target=4_500_000), leads),
        (goal(target=90_000), leads),
        (goal(Form.GROWTH, "followers", 1400, baseline=1199.0, baseline_day=MONDAY - 1), level),
        (goal(Form.KEEP, "cost_per_lead", 20, direction=DOWN, unit="EUR"), spend),
        (goal(Form.EACH, "posts", 3), [series("posts", [1.0] * 25)]),
        (goal(), []),
    )
    every = [(title, *case) for title in titles for case in cases]
    chosen = every if len(titles) == 1 else every[:: len(cases) // 2 + 2]  # of many titles one or two cases each
    return [
        judge(asked._replace(title=title, slug=f"g{i}", owner="Ana"), *stored)
        for i, (title, asked, stored) in enumerate(chosen)
    ]


def weekly(judged: list[Assessment], *, wide: bool = False) -> Document:
    looks = [Closely((Week(MONDAY + 6, 3, 4), Week(MONDAY + 13, None, 4), Week(MONDAY + 20, 9, 4)))] * len(judged)
    return views.status(judged, MONDAY + 30, seen=looks if wide else None)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_number_is_cut_at_any_width(width: int, encoding: str) -> None:
    judged = judgements(*TITLES)
    for document in (weekly(judged), weekly(judged, wide=True)):
        for terminal in (True, False):
            text = drawn(document, width, encoding, terminal=terminal)
            assert not {"\x1b", "\x07", "\u202e"} & set(text)
            for a in judged:
                for said in (sentences.now_and_target(a), sentences.progress(a), a.status.value):
                    assert encodable(said, encoding) in text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("title", TITLES)
def test_one_goal_closely_is_shown_on_any_stream(title: str, encoding: str) -> None:
    for a in judgements(title):
        assert encodable(sentences.now_and_target(a), encoding) in drawn(
            closer.show(a, (), METRICS, {}), 100_000, encoding
        )


@pytest.mark.parametrize("width", WIDTHS)
def test_every_line_of_a_table_fits_the_terminal(width: int) -> None:
    judged = judgements(*TITLES)
    table = Document(tuple(b for b in weekly(judged).blocks if isinstance(b, Table)))
    assert max(cell_len(line) for line in drawn(table, width).splitlines()) <= width


def test_a_pipe_gets_one_goal_a_line_however_long() -> None:
    judged = judgements(*TITLES)
    table = Document(tuple(b for b in weekly(judged).blocks if isinstance(b, Table)))
    lines = drawn(table, 60, terminal=False).splitlines()
    assert len(lines) == 1 + len(judged)
    assert any("long long long long" in line for line in lines)


def test_the_table_says_the_same_numbers_as_the_data() -> None:
    for a in judgements("One"):
        (row,) = next(b for b in weekly([a]).blocks if isinstance(b, Table)).rows
        known = data.assessment(a)
        assert [cell.number for cell in row[3:6]] == [known["progress"], known["actual"], known["days_ahead"]]
        if known["actual"] is not None and a.goal.form is not Form.KEEP:
            assert words.amount(known["actual"], a.metric, a.unit) in row[4].text  # type: ignore[arg-type]


TABLE = Table(
    (
        Column(""), Column("Goal", wraps=True), Column("Status"), Column("Progress", right=True, bar_goes=1),
        Column("Now → target", right=True), Column("Pace", goes=2), Column("Data to", goes=3),
    ),
    (
        (Cell("✗", Tone.BAD), Cell("Leads from LinkedIn"), Cell("off track", Tone.BAD), Cell("41 %", share=0.41),
         Cell("41 → 100"), Cell("8 days behind"), Cell("15 Nov")),
        (Cell("✓", Tone.GOOD), Cell("Cost per lead under € 20"), Cell("on track", Tone.GOOD), Cell("6 of 6 weeks"),
         Cell("€ 17.40 ≤ € 20"), Cell(""), Cell("15 Nov")),
        (Cell("…", Tone.MUTED), Cell("Watch hours of spring"), Cell("too early", Tone.MUTED), Cell("8 %", share=0.08),
         Cell("16 → 200"), Cell(""), Cell("20 Nov")),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            100,
            [
                "   Goal                      Status     Progress           Now → target  Pace           Data to",
                "✗  Leads from LinkedIn       off track  ████░░░░░░ 41 %        41 → 100  8 days behind  15 Nov",
                "✓  Cost per lead under € 20  on track   6 of 6 weeks     € 17.40 ≤ € 20                 15 Nov",
                "…  Watch hours of spring     too early  █░░░░░░░░░  8 %        16 → 200                 20 Nov",
            ],
        ),
        (
            90,
            [
                "   Goal                      Status     Progress           Now → target  Pace",
                "✗  Leads from LinkedIn       off track  ████░░░░░░ 41 %        41 → 100  8 days behind",
                "✓  Cost per lead under € 20  on track   6 of 6 weeks     € 17.40 ≤ € 20",
                "…  Watch hours of spring     too early  █░░░░░░░░░  8 %        16 → 200",
            ],
        ),
        (
            74,
            [
                "   Goal                      Status     Progress           Now → target",
                "✗  Leads from LinkedIn       off track  ████░░░░░░ 41 %        41 → 100",
                "✓  Cost per lead under € 20  on track   6 of 6 weeks     € 17.40 ≤ € 20",
                "…  Watch hours of spring     too early  █░░░░░░░░░  8 %        16 → 200",
            ],
        ),
        (
            70,
            [
                "   Goal                      Status         Progress    Now → target",
                "✗  Leads from LinkedIn       off track          41 %        41 → 100",
                "✓  Cost per lead under € 20  on track   6 of 6 weeks  € 17.40 ≤ € 20",
                "…  Watch hours of spring     too early           8 %        16 → 200",
            ],
        ),
        (
            69,
            [
                "✗  Leads from LinkedIn",
                "   off track  41 %  41 → 100  8 days behind  15 Nov",
                "✓  Cost per lead under € 20",
                "   on track  6 of 6 weeks  € 17.40 ≤ € 20  15 Nov",
                "…  Watch hours of spring",
                "   too early  8 %  16 → 200  20 Nov",
            ],
        ),
        (
            44,
            [
                "✗  Leads from LinkedIn",
                "   off track  41 %  41 → 100  8 days behind",
                "✓  Cost per lead under € 20",
                "   on track  6 of 6 weeks  € 17.40 ≤ € 20",
                "…  Watch hours of spring",
                "   too early  8 %  16 → 200  20 Nov",
            ],
        ),
    ],
)
def test_with_less_room_data_to_goes_then_pace_then_the_bar_then_a_row_takes_two_lines(
    width: int, lines: list[str]
) -> None:
    assert drawn(Document((TABLE,)), width).splitlines() == lines


def test_a_long_title_takes_several_lines_before_anything_else_goes() -> None:
    row = (
        TABLE.rows[0][0],
        Cell("Leads from LinkedIn and from every fair that we go to this year"),
        *TABLE.rows[0][2:],
    )
    assert drawn(Document((TABLE._replace(rows=(row,), headed=False),)), 108).splitlines() == [
        "✗  Leads from LinkedIn and from every fair   off track  ████░░░░░░ 41 %  41 → 100  8 days behind  15 Nov",
        "   that we go to this year",
    ]


def test_an_ascii_stream_gets_ascii_signs() -> None:
    assert drawn(Document((TABLE,)), 120, "ascii").splitlines()[1:] == [
        "x    Leads from LinkedIn         off track  ####...... 41 %            41 -> 100  8 days behind  15 Nov",
        "ok   Cost per lead under EUR 20  on track   6 of 6 weeks     EUR 17.40 <= EUR 20                 15 Nov",
        "...  Watch hours of spring       too early  #.........  8 %            16 -> 200                 20 Nov",
    ]


SAID = Paragraph(
    "Leads: you need 9 a week; lately it was 6. At this pace it ends at about 80, not 100.", Tone.BAD, "✗",
    "smartkpi edit leads --deadline 2027-01-22", indent=1,
)  # fmt: skip


def test_a_paragraph_wraps_under_its_own_text_and_a_command_stays_whole() -> None:
    assert drawn(Document((SAID,)), 50).splitlines() == [
        " ✗ Leads: you need 9 a week; lately it was 6. At",
        "   this pace it ends at about 80, not 100.",
        "   smartkpi edit leads --deadline 2027-01-22",
    ]
    assert drawn(Document((SAID,)), 150).splitlines() == [
        " ✗ Leads: you need 9 a week; lately it was 6. At this pace it ends at about 80, not 100.   "
        "smartkpi edit leads --deadline 2027-01-22"
    ]
    assert drawn(Document((SAID,)), 50, terminal=False) == drawn(Document((SAID,)), 150)


def test_a_command_wider_than_the_terminal_is_left_to_the_terminal() -> None:
    long = SAID._replace(command="smartkpi record followers NUMBER --account 'Example Café' --platform instagram")
    assert drawn(Document((long,)), 50).splitlines()[-1].strip() == long.command


def test_plain_lines_read_aloud() -> None:
    assert plain.render(Document((Heading("What needs you"), TABLE, SAID))).splitlines() == [
        "What needs you",
        "Goal: Leads from LinkedIn; Status: off track; Progress: 41 %; Now → target: 41 → 100; Pace: 8 days behind; Data to: 15 Nov",
        "Goal: Cost per lead under € 20; Status: on track; Progress: 6 of 6 weeks; Now → target: € 17.40 ≤ € 20; Data to: 15 Nov",
        "Goal: Watch hours of spring; Status: too early; Progress: 8 %; Now → target: 16 → 200; Data to: 20 Nov",
        f"{SAID.text} {SAID.command}",
    ]  # fmt: skip


def test_plain_lines_have_no_power_over_the_terminal() -> None:
    assert "\x1b" not in plain.render(weekly(judgements(*TITLES)))


NASTY = st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b\u202e\x00\x7f\x9b[]/\u2028日é€✓█"), max_size=60)


@settings(max_examples=60)
@example("", "0" * 42, 60, "utf-8", True)
@given(NASTY, NASTY, st.sampled_from(WIDTHS), st.sampled_from(ENCODINGS), st.booleans())
def test_any_text_can_be_drawn(title: str, name: str, width: int, encoding: str, terminal: bool) -> None:
    row = (Cell("✗"), Cell(title), Cell(name), Cell("41 %", share=0.41), Cell("41 → 100"), Cell(name), Cell("15 Nov"))
    document = Document((Heading(name), TABLE._replace(rows=(row,)), Paragraph(title, sign="!", command=name)))
    text = drawn(document, width, encoding, terminal=terminal)
    assert encodable("41 → 100", encoding) in text
    assert not {"\x1b", "\x9b", "\u202e", "\x00"} & set(text)
    assert visible(visible(title)) == visible(title)
