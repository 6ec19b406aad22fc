"""A refusal for machines: what happened, each letter, what was understood, and commands that would pass."""

from smartkpi.errors import SmartKpiError
from smartkpi.model.letters import NAMES, SIGNS, Verdict
from smartkpi.model.sentence.nouns import Part, Sentence
from smartkpi.report import data

VERDICTS = {sign: verdict for verdict, sign in SIGNS.items()}
OF_GOALS = ("add", "edit")  # commands that refuse a goal; others refuse what was asked of them


def refused(error: SmartKpiError, command: str) -> dict[str, object]:
    """The refusal of `command` ("add", "edit", …), as `--json` tells it on stdout."""
    letters = [
        {"letter": line[0], "verdict": VERDICTS.get(line[2], Verdict.MISSING).value, "said": line[17:].strip()}
        for line in error.details
        if line[:1] in NAMES and line[1:2] == " " and line[2:3] in VERDICTS
    ]
    understood = getattr(error, "understood", None)
    examples = [hint for hint in error.hints if hint.startswith("smartkpi ") and f" {command} " in hint]
    return data.envelope(
        "goal refused" if command in OF_GOALS else "refused",
        reason=error.headline,
        letters=letters,
        details=[line for line in error.details if line[2:3] not in VERDICTS],
        sentence=parts(understood if isinstance(understood, Sentence) else None),
        example=examples[0] if examples else "",
        hints=list(error.hints),
    )


def parts(sentence: Sentence | None) -> dict[str, object]:
    """Every part that was understood, with where it stood."""
    if sentence is None:
        return {}
    found: dict[str, object] = {}
    for name, part in sentence._asdict().items():
        if isinstance(part, Part):
            found[name] = part._asdict()
        elif isinstance(part, tuple) and part and isinstance(part[0], Part):
            found[name] = [each._asdict() for each in part]
    return found
