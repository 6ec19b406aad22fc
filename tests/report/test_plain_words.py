"""Every sentence is plain: no word of statisticians or managers in anything that a screen may say."""

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sentences import CASES

from smartkpi.measure.weeks import closely
from smartkpi.model.closely import Closely
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction
from smartkpi.model.series import Series
from smartkpi.report import plain, sentences
from smartkpi.report.views import goal as closer
from smartkpi.report.views import goals as views

from goal_kit import DOWN, METRICS, MONDAY, SUNDAY, UP, goal, judge, series  # isort: skip

ROOT = Path(__file__).resolve().parent.parent.parent / "smartkpi"
LEARNED = re.compile(
    r"\b(p-values?|RAG|CAGR|percentiles?|quantiles?|deciles?|confidence|variance|std|standard deviation|regression|"
    r"median|bootstrap|calibrat\w*|stochastic|distribution|forecast\w*|probabilit\w*|YoY|MoM|KPIs?|"
    r"outliers?|moving average|XmR|Brier)\b|[σµΔ]"
)
SPOKEN = ("report", "cli", "workflow")
NAME = re.compile(r"[\w.-]*")  # a key or an id, not a sentence
CODES = {"baseline restated"}  # of reasons: never said


def sentences_of(path: Path) -> list[str]:
    """Every text of a module that has a space in it, docstrings of functions that are no command left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            spoken = isinstance(node, ast.FunctionDef) and any("command" in ast.dump(d) for d in node.decorator_list)
            if not spoken:
                silent.add(id(node.body[0].value))  # type: ignore[attr-defined]
    texts = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    return [str(n.value) for n in texts if id(n) not in silent and not NAME.fullmatch(str(n.value))]


@pytest.mark.parametrize("room", SPOKEN)
def test_no_sentence_of_the_program_needs_a_dictionary(room: str) -> None:
    found = {
        (path.name, text)
        for path in sorted((ROOT / room).rglob("*.py"))
        for text in sentences_of(path)
        if text not in CODES and LEARNED.search(text.replace("smartkpi", ""))
    }
    assert not found


@pytest.mark.parametrize(("asked", "stored"), [case[:2] for case in CASES])
def test_no_screen_of_a_goal_needs_a_dictionary(asked: Goal, stored: list[Series]) -> None:
    for text in screens_of(asked, stored):
        assert not LEARNED.search(text.replace("smartkpi", ""))
        assert not re.search(r"\d\.\d{3}|\bnan\b|\binf\b|None", text)


def screens_of(asked: Goal, stored: Sequence[Series]) -> list[str]:
    """All that the two screens say of a goal, seen as closely as they can."""
    judged = judge(asked, *stored)
    seen = Closely() if judged.data_to is None else closely(asked, judged.metric, METRICS, stored, judged.data_to)
    wide = views.status([judged], SUNDAY, seen=[seen])
    return [plain.render(screen) for screen in (wide, closer.show(judged, (), METRICS, {}, (), seen))]


STATES = st.tuples(
    st.sampled_from([Form.TOTAL, Form.GROWTH, Form.EACH, Form.RATE, Form.KEEP, Form.TYPICAL_DAY]),
    st.sampled_from([UP, DOWN]),
    st.sampled_from([0.3, 0.9, 1.0, 1.1, 3.0]),  # times what the pace so far would bring
    st.sampled_from([0.0, 0.07, 3.0, 40.0, 7_777.7]),  # a usual day
    st.integers(1, 68),  # days of data
    st.integers(0, 999),
)


def state(form: Form, way: Direction, times: float, usual: float, days: int, seed: int) -> tuple[Goal, list[Series]]:
    """A goal of that form, with data that wobble, and lack a day now and then."""
    dice = Random(seed)
    cells = [None if dice.random() < 0.02 else round(usual * dice.uniform(0.5, 1.5)) for _ in range(days)]
    fields: dict[str, object] = {"direction": way, "unit": ""}
    if form is Form.GROWTH:
        levels = [1000.0 + sum(filter(None, cells[: i + 1])) for i in range(days)]
        target = 1000 + usual * 70 * times
        return goal(form, "followers", target, baseline=1000.0, baseline_day=MONDAY - 1, **fields), [
            series("followers", levels)
        ]
    if form in (Form.RATE, Form.KEEP):
        below = series("impressions", [1000.0] * days)
        return goal(form, "engagement_rate", usual / 1000 * times, **fields), [series("engagements", cells), below]
    metric, target = {
        Form.TOTAL: ("leads", usual * 70 * times),
        Form.EACH: ("posts", usual * 7 * times),
        Form.TYPICAL_DAY: ("reach", usual * times),
    }[form]
    return goal(form, metric, round(target) or 1, **fields), [series(metric, cells)]


NUMBER = r"−?[\d,]+(?:\.\d+)?"
SPAN = re.compile(rf"\(likely \+?(?P<low>{NUMBER})(?: [%h])? to \+?(?P<high>{NUMBER})")
ODDS = re.compile(r"(?:less than|more than|about|nearly) (\d+)(?: chances?)? in (\d+)")


@settings(max_examples=80)
@given(STATES)
def test_every_sentence_of_every_state_is_plain_and_rounds_to_what_is_known(
    given: tuple[Form, Direction, float, float, int, int],
) -> None:
    asked, stored = state(*given)
    for text in screens_of(asked, stored):
        now = sentences.actual(judge(asked, *stored))
        target = sentences.target_of(judge(asked, *stored))
        for exact in (now, target):  # a target keeps the digits it was set with, and what is just beside it needs them
            if re.search(r"\.\d{3}|\d{4,}\.\d", exact.replace(",", "")):
                text = text.replace(exact, "N")
        assert not LEARNED.search(text.replace("smartkpi", ""))
        assert not re.search(r"\bnan\b|\binf\b|None|\d\.\d{3}|\d{4,}\.\d|-- |\(\)|\s,|\.\.(?!\.)|  \.", text), text
        assert not re.search(r"\b1 (?:days|weeks|chances)\b", text), text
        for chance, of in ODDS.findall(text):
            assert (int(of), int(chance) < int(of)) in ((10, True), (20, True)), text
        for found in SPAN.finditer(text):
            digits = max(map(significant, found.groups()), key=len)
            assert len(digits) <= 4, found[0]


def significant(number: str) -> str:
    """The digits that a number claims to know: 3,900 knows two."""
    plain = number.replace(",", "").lstrip("−+")
    return plain.replace(".", "").lstrip("0") if "." in plain else plain.strip("0")


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "hard_histories").iterdir()), ids=lambda p: p.stem)
def test_no_hard_history_needs_a_dictionary(path: Path) -> None:
    told = path.read_text(encoding="utf-8")
    assert not LEARNED.search(told.replace("smartkpi", ""))
    assert not re.search(r"\d\.\d{3}|\bnan\b|\binf\b|None", told)
