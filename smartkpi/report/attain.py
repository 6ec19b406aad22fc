"""What to say of a goal's target against its own past: how likely, how it was before, and what would be fair."""

from collections.abc import Callable, Iterator
from math import ceil, floor
from typing import NamedTuple

from smartkpi.model.attainable import Aim, Attainable, Windows
from smartkpi.model.goal import Form, Goal
from smartkpi.model.metric import Direction, Kind, Metric
from smartkpi.model.period import iso
from smartkpi.report import sentences, words
from smartkpi.report.data import Json, finite
from smartkpi.report.document import Tone

GOOD, WARN = 0.4, 0.1  # chances: even odds are good, for a goal may be a stretch; below that it is out of reach
FURTHEST = 2 * 365  # days
TONES = {"good": Tone.GOOD, "warn": Tone.WARN, "bad": Tone.BAD, "unknown": Tone.MUTED}
SIGNS = {"good": "✓", "warn": "~", "bad": "✗", "unknown": "?"}


def verdict(found: Attainable) -> str:
    """good, warn, bad or unknown: about even odds and better are good where the past did it before; else a warning."""
    chance = found.chance
    if found.asked and found.windows:  # each week or month: what was met so far, of what is asked for
        chance = GOOD * found.windows.reached / found.windows.seen / found.asked
    if found.lacks or chance is None:
        return "unknown"
    was_done = found.windows is None or found.windows.reached or found.asked or is_there(found)
    return "good" if chance >= GOOD and was_done else "warn" if chance >= WARN else "bad"


def is_there(found: Attainable) -> bool:
    """Whether a sum or a level needs nothing more."""
    return found.needed == 0


def tone(found: Attainable) -> Tone:
    """The same as a tone."""
    return TONES[verdict(found)]


def sign(found: Attainable) -> str:
    """The same as a sign."""
    return SIGNS[verdict(found)]


class About(NamedTuple):
    """What all sentences about one goal share."""

    found: Attainable
    goal: Goal
    metric: Metric
    unit: str

    @property
    def falls(self) -> bool:
        """Whether a level is to fall."""
        return self.goal.direction is Direction.DOWN and self.goal.form is Form.GROWTH

    def made(self, value: float) -> str:
        """What a stretch brought, with its sign where a level should fall; what it had, told from the target."""
        if self.falls:
            return words.signed(value)
        if self.found.needed is not None:
            return self.value(value)
        return words.beside(value, self.goal.target, self.metric, self.unit)

    def value(self, value: float) -> str:
        """ "412", "€ 20", and "+20" of a gain whose level nobody stated."""
        if self.goal.form is Form.GROWTH and self.goal.baseline is None:
            return words.signed(value)
        return words.amount(value, self.metric, self.unit)

    def aim(self, target: float) -> str:
        """A target, with all of its digits: it is made to be typed."""
        sign = "+" if self.goal.form is Form.GROWTH and self.goal.baseline is None and target > 0 else ""
        return sign + words.target(target, self.metric, self.unit)

    def weekly(self, value: float, to: Callable[[float], float] = sentences.nearest) -> str:
        """A pace: "31"; of a level that should fall with its sign: "−2"."""
        sign = words.MINUS if value < 0 else "+" if self.falls else ""
        return sign + sentences.rate(abs(value), self.metric, self.unit, to)

    @property
    def needed(self) -> str:
        """What it takes a week, rounded so that it is enough; of a limit what it leaves."""
        return self.weekly(self.found.needed or 0.0, floor if self.goal.has_ceiling else ceil)


def said(found: Attainable, goal: Goal, metric: Metric, unit: str = "") -> tuple[str, ...]:
    """The one line of the letter A, then what else there is to say; `unit` is the currency of its numbers."""
    if found.lacks:
        return (LACKING.get(found.lacks, _which)(found, goal, metric),)
    about = About(found, goal, metric, unit or found.unit or goal.unit)
    return (summary(about), *_past(about), *_targets(about), *_deadline(about), *_doubts(about))


def _which(found: Attainable, goal: Goal, metric: Metric) -> str:
    return f"cannot be compared with its past: {found.lacks} ({found.text})?"


def _other_currency(found: Attainable, goal: Goal, metric: Metric) -> str:
    there = f"in {found.text}" if found.text else "without a currency"
    return f"its numbers are {there}, the goal is in {goal.unit}"


def _no_data(found: Attainable, goal: Goal, metric: Metric) -> str:
    return f"nothing to compare it with: no numbers yet ({_how(goal)} says how to get them)"


def _few_days(found: Attainable, goal: Goal, metric: Metric) -> str:
    return (
        "too early to say: fewer than 7 days of numbers. "
        f"An export that goes further back tells more ({_how(goal)} says how to get one)"
    )


def _old(found: Attainable, goal: Goal, metric: Metric) -> str:
    day = words.day(found.day or 0, year=True)
    return f"its numbers are too old to say: they end on {day}. A newer export tells ({_how(goal)} says how to get one)"


def _only_in_totals(found: Attainable, goal: Goal, metric: Metric) -> str:
    what = found.text or metric.name
    return (
        f"nothing to compare it with: the exports state {what} for ranges of days only. "
        f"An export by day tells more ({_how(goal)} says how to get one)"
    )


def _only_in_parts(found: Attainable, goal: Goal, metric: Metric) -> str:
    there = f"the exports state {metric.name} only for a part ({found.text}), never as a whole"
    return f"nothing to compare it with: {there} ({_how(goal)} says what else there is)"


def _other_campaigns(found: Attainable, goal: Goal, metric: Metric) -> str:
    there = f"the exports have {found.text}" if found.text else "no export names campaigns"
    return f"nothing to compare it with: no {metric.name} of the campaign “{goal.campaign}”; {there}"


def _cannot_be_pooled(found: Attainable, goal: Goal, metric: Metric) -> str:
    return (
        f"nothing to compare it with: the exports state {metric.name} day by day, but not what it is made of, "
        f"and a mean of days would be wrong ({_how(goal)} says how to get the parts)"
    )


def _how(goal: Goal) -> str:
    return f"smartkpi platforms {goal.platform}".strip()


LACKING: dict[str, Callable[[Attainable, Goal, Metric], str]] = {
    "no data": _no_data,
    "few days": _few_days,
    "old": _old,
    "only in totals": _only_in_totals,
    "no total inside": _only_in_totals,
    "only in parts": _only_in_parts,
    "other campaigns": _other_campaigns,
    "cannot be pooled": _cannot_be_pooled,
    "other currency": _other_currency,
    "nothing of late": lambda found, goal, metric: (
        f"{metric.name} of the last {words.counted(goal.window, 'day')} cannot be worked out: nothing to divide by"
    ),
    "over": lambda found, goal, metric: "its time is over",
}


def summary(about: About) -> str:
    """ "needs 31 leads a week; lately 24, your best four weeks averaged 26: about 1 chance in 10"."""
    found, chance = about.found, about.found.chance
    if found.needed is not None and (done := _done(about)):
        return done
    text = _pace(about) if found.needed is not None else _periods(about) if found.asked else _value(about)
    if found.too_far:
        return f"{text}: the deadline is too far ahead to say how likely that is"
    if chance is None:
        return text if found.asked else f"{text}: too few numbers of late for a chance"
    return f"{text}: {words.chance(chance)}" + (" to stay inside" if about.goal.has_ceiling and 0 < chance < 1 else "")


def _done(about: About) -> str:
    """That a sum or a level is where it should be, or that a limit is passed; '' where it is still open."""
    goal, chance, needed = about.goal, about.found.chance, about.found.needed or 0.0
    if about.goal.has_ceiling:
        return f"{about.value(about.found.now or 0.0)} is over the limit already" if chance == 0 else ""
    if needed * goal.direction.sign > 0 or about.found.now is None:
        return ""
    there = f"{about.value(about.found.now)} is there already"
    if chance is None or chance == 1:
        return f"{there}: nothing more is asked for"
    return f"{there}: {words.chance(chance)} that it stays"


def _pace(about: About) -> str:
    found, metric = about.found, about.metric
    needed = found.needed or 0.0
    thing = "" if metric.unit == "money" else f" {words.noun(metric, about.weekly(needed))}"
    parts = [f"{'allows' if about.goal.has_ceiling else 'needs'} {about.needed}{thing} a week"]
    lately = [] if found.lately is None else [f"lately {about.weekly(found.lately)}"]
    best = "lowest" if about.goal.has_ceiling else "best"
    month = [] if found.month is None else [f"your {best} four weeks averaged {about.weekly(found.month.best)}"]
    return "; ".join([*parts, ", ".join(lately + month)] if lately or month else parts)


def _value(about: About) -> str:
    """Of a rate, a typical day, a number that is to be kept: what it is now."""
    goal, found = about.goal, about.found
    target = about.aim(goal.target)
    asked = f"at most {target}" if about.goal.has_ceiling else target
    if found.lately is None:
        return f"{asked} is asked for"
    span = "" if goal.form is Form.KEEP else f" over the last {words.counted(goal.window, 'day')}"
    lately = words.beside(found.lately, goal.target, about.metric, about.unit)
    return f"{asked} is asked for; lately {lately}{span}"


def _periods(about: About) -> str:
    """Of what is asked for each week, or month: how many met it."""
    goal, windows, every = about.goal, about.found.windows, about.goal.every
    target = f"{'at most ' if about.goal.has_ceiling else ''}{about.aim(goal.target)}"
    thing = "" if about.metric.unit == "money" else f" {words.noun(about.metric, goal.target)}"
    if windows is None:
        return f"{target}{thing} a {every}: no whole {every} of numbers yet"
    met = f"{words.number(windows.reached)} of the last {words.counted(windows.seen, every)}"
    return f"{target}{thing} a {every}: {met} had that, {words.percent(goal.share)} must"


def _past(about: About) -> Iterator[str]:
    """What spans as long as this one brought."""
    found, windows = about.found, about.found.windows
    if found.asked or (about.goal.form is Form.KEEP and about.metric.kind is Kind.LEVEL):
        return
    if windows is None:
        if (long := _length(about)) and found.days:
            yield f"no stretch of {words.counted(long, 'day')} to compare it with: {_known(found)}"
        return
    best, median = about.made(windows.best), about.made(windows.median)
    stretch = f"stretch of {words.counted(windows.days, 'day')}"
    extreme = "lowest" if about.goal.has_ceiling else "best"
    verb = "had" if found.needed is None else "brought"
    yield "; ".join(
        [f"your {extreme} {stretch} {verb} {best}, a middling one {median}", *_reached(about, windows, verb)]
    )


def _length(about: About) -> int:
    """How long the spans are that this goal would be compared with."""
    goal, found = about.goal, about.found
    if goal.form.has_window:
        return goal.window
    last = None if goal.form is Form.KEEP else found.day  # what is to be kept is kept from its start on
    return goal.days_left(goal.start - 1 if last is None else last)


def _known(found: Attainable) -> str:
    holes = f", with {words.counted(found.days_missing, 'day')} missing between them" if found.days_missing else ""
    return f"there are {words.counted(found.days, 'day')} of numbers{holes}"


def _reached(about: About, windows: Windows, verb: str) -> Iterator[str]:
    """How many spans did it. They overlap, so many of them are one good time seen often: how many are apart is said.

    Nothing where it is there already, or a limit is passed.
    """
    needed = about.found.needed
    if needed is not None and needed * about.goal.gain <= 0:
        return
    need = about.aim(about.goal.target) if needed is None else about.made(needed * windows.days / 7)
    did = f"stayed inside {need}" if about.goal.has_ceiling else f"{verb} the {need} that this needs"
    if not windows.reached:
        yield f"none ever {did}"
    elif windows.reached == windows.seen:
        yield f"every one {did}"
    else:
        share = words.percent(windows.reached / windows.seen)
        beside = f" (they overlap: {words.number(windows.apart)} fit one after the other)" if windows.apart > 1 else ""
        yield f"{share} of all {did}{beside}"


def _targets(about: About) -> Iterator[str]:
    """ "78 would be fair (even odds), 60 safe (8 in 10), 95 a stretch (2 in 10)"."""
    found = about.found
    if found.asked:
        if found.fair is not None:
            met = words.percent(found.fair.chance)
            of = OF_LATE[about.goal.every]
            yield f"{about.aim(found.fair.target)} a {about.goal.every} would be fair: {met} of {of} had that"
        return
    named = (("fair", found.fair), ("safe", found.safe), ("a stretch", found.stretch))
    parts = [f"{about.aim(aim.target)} would be {name} ({_odds(aim)})" for name, aim in named if aim is not None]
    if parts:
        yield ", ".join([parts[0], *(part.replace(" would be", "") for part in parts[1:])])
        if found.not_safe:
            yield f"no target is safe (8 in 10): {NOT_SAFE[found.not_safe]}"


OF_LATE = {"week": "the last half year's weeks", "month": "the last year's months"}
NOT_SAFE = {
    "uneven": "what comes is so uneven that nothing is that likely",
    "less": "that would be no step beyond what is there already",
}


def _odds(aim: Aim) -> str:
    return "even odds" if 0.45 <= aim.chance <= 0.55 else words.odds(aim.chance).removeprefix("about ")


def _deadline(about: About) -> Iterator[str]:
    found, chance = about.found, about.found.chance
    if not found.can_wait or chance is None or chance >= GOOD:
        return
    if found.fair_by is None:
        within = "two years" if found.horizon >= FURTHEST else words.counted(found.horizon, "day")
        yield f"no deadline within {within} would make this target fair"
    elif found.fair_by > about.goal.deadline:
        yield f"at this target a fair deadline is {words.full_day(found.fair_by)}"


def _doubts(about: About) -> Iterator[str]:
    found = about.found
    if found.at_most:
        yield "its exports do not say who left: what it gained before is “at most”"
    if found.days_missing and found.windows is not None:
        yield f"{words.counted(found.days_missing, 'day')} that no export states: stretches with such days are left out"
    if found.unstated:
        for_them = f"count as about {about.value(round(found.brought))}" if found.brought else "count for nothing"
        yield f"{words.counted(found.unstated, 'day')} of its own time that no export states {for_them}"
    if found.spread:
        yield "numbers kept by hand are spread evenly over the days between them"


def data(found: Attainable) -> Json:
    """The same for machines: numbers as they are, days as ISO."""
    forecast = found.forecast
    return {
        "verdict": verdict(found),
        "lacks": found.lacks or None,
        "text": found.text,
        "day": None if found.day is None else iso(found.day),
        "now": finite(found.now),
        "days": found.days,
        "days_missing": found.days_missing,
        "own_days_missing": found.unstated,
        "needed_a_week": found.needed,
        "lately": found.lately,
        "four_weeks": _windows(found.month),
        "windows": _windows(found.windows),
        "chance": found.chance,
        **{name: getattr(forecast, name) if forecast else None for name in ("low", "mid", "high")},
        **{name: _aim(getattr(found, name)) for name in ("safe", "fair", "stretch")},
        "not_safe": found.not_safe or None,
        "days_ahead_that_it_tells_of": found.horizon or None,
        "too_far": found.too_far,
        "fair_by": None if found.fair_by is None else iso(found.fair_by),
        "at_most": found.at_most,
    }


def _windows(found: Windows | None) -> Json | None:
    if found is None:
        return None
    values = {name: finite(getattr(found, name)) for name in ("best", "median", "lately")}
    return {"days": found.days, "seen": found.seen, "apart": found.apart, "reached": found.reached, **values}


def _aim(found: Aim | None) -> Json | None:
    return None if found is None else {"target": found.target, "chance": found.chance, "close": found.is_close}
