"""Every sentence is plain: no word of statisticians or managers in anything that a screen may say."""

import ast
import re
from pathlib import Path

import pytest
from test_sentences import CASES

from smartkpi.model.goal import Goal
from smartkpi.model.series import Series
from smartkpi.report import plain
from smartkpi.report.views import goals as views

from goal_kit import METRICS, SUNDAY, judge  # isort: skip

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
    judged = judge(asked, *stored)
    screens = (views.status([judged], SUNDAY, wide=True), views.show(judged, (), METRICS, {}))
    for text in map(plain.render, screens):
        assert not LEARNED.search(text.replace("smartkpi", ""))
        assert not re.search(r"\d\.\d{3}|\bnan\b|\binf\b|None", text)
