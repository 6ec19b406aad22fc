"""A close look in words, signs and values: what the last weeks say, what is a change and what only wobble."""

from collections.abc import Sequence
from itertools import takewhile
from math import isfinite

from smartkpi.model.assessment import Assessment
from smartkpi.model.closely import Closely, Week, Wobble
from smartkpi.model.goal import Form
from smartkpi.model.metric import Kind
from smartkpi.model.period import iso
from smartkpi.report import sentences, words

BARS = "▁▂▃▄▅▆▇█"
LEVEL = 4  # which bar is exactly the plan
UNKNOWN = "·"
SHOWN = 8  # weeks
STILL = 4  # weeks with nothing at all
LEAST_SPREAD = 0.2  # of the plan: closer weeks are not drawn further apart than this
HEAD = f"weeks ({BARS[LEVEL - 1]} = plan)"


def why(judged: Assessment, seen: Closely) -> str:
    """ "6 leads a week over the last 4 weeks (the 4 before: 7). The 7 days to 15 Nov brought 3: a real change, …"."""
    return " ".join(filter(None, (_lately(judged, seen), _wobble(judged, seen))))


def year_ago(judged: Assessment, seen: Closely) -> str:
    """ "Same days last year (2 Oct – 16 Nov 2025, the same weekdays): 38."."""
    then = seen.year_ago
    if then is None:
        return ""
    days = f"{words.span(then.first, then.last)}, the same weekdays"
    return f"Same days last year ({days}): {_whole(judged, then.value)}."


def bars(weeks: Sequence[Week]) -> str:
    """The last weeks as bars against the plan: ▄ is the plan itself; '' where there is no plan to hold them against."""
    known = _planned(weeks)
    shares = [None if week.value is None else week.value / (week.planned or 1.0) for week in known]
    spread = min(1.0, max((abs(share - 1) for share in shares if share is not None), default=0.0))
    return "".join(UNKNOWN if share is None else _bar(share, max(spread, LEAST_SPREAD)) for share in shares)


def kept(judged: Assessment, weeks: Sequence[Week]) -> str:
    """ "3 of the last 8 weeks as planned", for those who listen; '' where there is no plan."""
    known = [week for week in _planned(weeks) if week.value is not None]
    reached = judged.goal.direction.reached
    count = sum(reached(week.value or 0.0, week.planned or 0.0) for week in known)
    if len(known) == 1:
        return "the last week as planned" if count else "the last week not as planned"
    return f"{count} of the last {len(known)} weeks as planned" if known else ""


def as_data(found: Closely) -> dict[str, object]:
    """What a close look adds: the weeks (7 days up to `last`), the newest one against those before it, a year ago."""
    wobble, then = found.wobble, found.year_ago
    return {
        "weeks": [{"last": iso(w.last), "value": _finite(w.value), "planned": w.planned} for w in found.weeks],
        "last_4_weeks": found.lately,
        "the_4_before": found.earlier,
        "usual": None if wobble is None else {"low": wobble.low, "high": wobble.high},
        "change": None if wobble is None else {"direction": wobble.change, "lasts": wobble.lasts},
        "year_ago": None if then is None else {"first": iso(then.first), "last": iso(then.last), "value": then.value},
    }


def _finite(value: float | None) -> float | None:
    """Machines know no number for a cost without any result."""
    return value if value is not None and isfinite(value) else None


def _planned(weeks: Sequence[Week]) -> list[Week]:
    return [week for week in weeks[-SHOWN:] if week.planned]


def _bar(share: float, spread: float) -> str:
    """Never as high as the plan where it is missed, however narrowly."""
    level = round(LEVEL + (min(share, 1 + spread) - 1) / spread * LEVEL)  # spend without a lead has no height
    level = max(level, LEVEL) if share >= 1 else min(level, LEVEL - 1)
    return BARS[min(max(level, 1), len(BARS)) - 1]


def _lately(judged: Assessment, seen: Closely) -> str:
    if seen.lately is None or _is_level(judged) or _is_still(seen) or sentences.once(judged) is not None:
        return ""
    form = judged.goal.form
    thing = " on a typical day" if form is Form.TYPICAL_DAY else " a week" if form.adds_up else ""
    if form.adds_up and judged.metric.unit != "money":
        thing = f" {words.noun(judged.metric, _said(judged, seen.lately))} a week"
    before = "" if seen.earlier is None else f" (the 4 before: {_said(judged, seen.earlier)})"
    return f"{_said(judged, seen.lately)}{thing} over the last 4 weeks{before}."


def _wobble(judged: Assessment, seen: Closely) -> str:
    found = seen.wobble
    if found is None or _is_level(judged):
        return ""
    if _is_still(seen):
        nothing = "No change" if judged.goal.form is Form.GROWTH else f"No {words.noun(judged.metric, 2)}"
        return f"{nothing} at all in the last {words.counted(_zeros(seen), 'week')}."
    week = f"The 7 days to {words.day(seen.weeks[-1].last)} {'brought' if judged.goal.form.adds_up else 'were at'}"
    now, usual = _said(judged, found.value), _usual(judged, found)
    if found.lasts:
        return f"{week} {now}: the eighth week in a row {_beside(judged, found, now)}, a lasting change."
    if found.change:
        return f"{week} {now}: a real change, not the usual wobble{usual}."
    return f"{week} {now}: the usual wobble{usual}, no real change."


def _beside(judged: Assessment, found: Wobble, now: str) -> str:
    """ "below 13, the middle of the weeks before them"; the middle with digits that tell it from this week."""
    middle = found.middle or 0.0
    said = _said(judged, middle)
    if said == now:
        said = words.apart(middle, found.value, judged.metric, judged.unit)
    return f"{'above' if found.change > 0 else 'below'} {said}, the middle of the weeks before them"


def _usual(judged: Assessment, found: Wobble) -> str:
    low, high = (_said(judged, value) for value in (found.low, found.high))
    return f" of {low} to {high}" if low != high else f" around {low}"


def _is_still(seen: Closely) -> bool:
    """Whether nothing came in the last weeks, which needs no more than saying so."""
    return seen.lately == 0 and _zeros(seen) >= STILL


def _zeros(seen: Closely) -> int:
    """How many of the last weeks brought nothing."""
    return len(list(takewhile(lambda week: week.value == 0, reversed(seen.weeks))))


def _is_level(judged: Assessment) -> bool:
    """A level that is to be kept is what it is: a slow drift would look like a change every week."""
    return judged.goal.form is Form.KEEP and judged.metric.kind is Kind.LEVEL


def _whole(judged: Assessment, value: float) -> str:
    """A value of more than a week."""
    is_gain = judged.goal.form is Form.GROWTH
    return words.signed(value) if is_gain else words.amount(value, judged.metric, judged.unit)


def _said(judged: Assessment, value: float) -> str:
    """A week's value; of a level the change in it."""
    if judged.goal.form is Form.TYPICAL_DAY:
        return words.whole(value)
    if not judged.goal.form.adds_up:
        return words.amount(value, judged.metric, judged.unit)
    sign = words.MINUS if value < 0 else "+" if value and judged.goal.form is Form.GROWTH else ""
    return sign + sentences.rate(abs(value), judged.metric, judged.unit)
