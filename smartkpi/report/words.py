"""How numbers, amounts and days are said: the only home of rounding, thousands separators, signs and plurals."""

from math import floor, isinf, log10

from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import MONTHS, WEEKDAYS, to_date

CURRENCY = {"EUR": "€", "USD": "US$", "GBP": "£", "JPY": "¥", "INR": "₹", "BRL": "R$"}
MINUS = "−"
CLOSE = 1e-9  # what adding and dividing may lose


def number(value: float) -> str:
    """1,206 · 12.5 · 0.42: as many digits as a person needs."""
    if isinf(value):
        return "no result"
    size = abs(value)
    digits = 0 if size >= 100 or value == round(value) else 1 if size >= 10 else 2
    text = f"{size:,.{digits}f}"
    if digits and "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def whole(value: float) -> str:
    """A count as a whole number."""
    return number(round(value))


def signed(value: float) -> str:
    """+6, −3."""
    return ("+" if value >= 0 else "") + number(value)


def percent(share: float) -> str:
    """0.41 → "41 %"; small shares keep a decimal or two."""
    points = share * 100
    if isinf(points):
        return number(points)
    if abs(points) >= 10 or points == round(points):
        return f"{number(round(points))} %"
    return f"{number(round(points, 1 if abs(points) >= 1 else 2))} %"


def money(value: float, currency: str) -> str:
    """€ 17.40; whole from 1,000 on. An unknown currency is not invented: 17.40."""
    if isinf(value):
        return "no result"
    text = f"{abs(value):,.0f}" if abs(value) >= 1000 or value == round(value) else f"{abs(value):,.2f}"
    sign = MINUS if value < 0 else ""
    return f"{CURRENCY.get(currency, currency)} {sign}{text}".strip()


def amount(value: float, metric: Metric, currency: str = "") -> str:
    """A value of a metric, in its unit."""
    match metric.unit:
        case "money":
            return money(value, currency)
        case "%":
            return percent(value)
        case "h" | "s":
            return f"{number(value)} {metric.unit}"
        case _:
            return number(value) if metric.kind is Kind.RATIO or abs(value) < 10 or isinf(value) else whole(value)


def exact(value: float, metric: Metric, currency: str = "", digits: int = 4) -> str:
    """A value with the digits that `amount` rounds away: 99.6, € 20.004."""
    shown = value * 100 if metric.unit == "%" else value
    text = (MINUS if value < 0 else "") + f"{abs(shown):,.{digits}f}".rstrip("0").rstrip(".")
    if metric.unit == "money":
        return f"{CURRENCY.get(currency, currency)} {text}".strip()
    return f"{text} {metric.unit}".strip()


SET_DIGITS = 4  # behind the point: what has more was worked out, not set


def target(value: float, metric: Metric, currency: str = "") -> str:
    """A target with all the digits that it was set with: 15.6 %, 20.5, € 1,234.50. One worked out is rounded."""
    shown = value * 100 if metric.unit == "%" else value
    if isinf(value) or abs(shown - round(shown, SET_DIGITS)) > CLOSE * max(1.0, abs(shown)):
        return amount(value, metric, currency)
    if metric.unit == "money" and shown != round(shown) and abs(shown - round(shown, 2)) <= CLOSE * abs(shown):
        return f"{CURRENCY.get(currency, currency)} {MINUS if value < 0 else ''}{abs(value):,.2f}".strip()
    return exact(value, metric, currency, SET_DIGITS)


def beside(value: float, target: float, metric: Metric, currency: str = "") -> str:
    """What is there beside its target: never rounded to it, nor past it: 15.58 % beside 15.6 %."""
    text = amount(value, metric, currency)
    looks_it = text.removesuffix(".00") == amount(target, metric, currency).removesuffix(".00")
    if isinf(value) or value == target or not looks_it:
        return text
    return apart(value, target, metric, currency)


def apart(value: float, other: float, metric: Metric, currency: str = "") -> str:
    """`value` with as few digits as tell it from `other`: 99.6 beside 100, € 20.004 beside € 20."""
    said = [exact(value, metric, currency, digits) for digits in range(1, 5)]
    others = [exact(other, metric, currency, digits) for digits in range(1, 5)]
    return next(
        (text for text, rounded in zip(said, others, strict=True) if text != rounded), amount(value, metric, currency)
    )


def counted(count: float, one: str, many: str = "") -> str:
    """ "1 day", "8 days"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def noun(metric: Metric, value: float | str) -> str:
    """The metric's name beside a number, or beside one as it is shown: "1 follower", "20 followers"."""
    if value not in (1, "1"):
        return metric.name
    return metric.one or metric.name.removesuffix("s")


BEHIND_HEAD = frozenset(("about", "by", "in", "of", "on", "per", "to", "who"))  # in the names of metrics


def verb(metric: Metric, one: str, many: str) -> str:
    """The form that goes with the metric's name: "followers are", "engagement rate is", "interactions per post are"."""
    parts = metric.name.split()
    head = parts[: next((i for i, part in enumerate(parts) if part in BEHIND_HEAD), len(parts))]
    is_many = any(part == "people" or (part.endswith("s") and not part.endswith("ss")) for part in head)
    return many if is_many else one


def means(metric: Metric) -> str:
    """ "followers are a means: what should they lead to?"."""
    return f"{metric.name} {verb(metric, 'is', 'are')} a means: what should {verb(metric, 'it', 'they')} lead to?"


def day(ordinal: int, *, year: bool = False, weekday: bool = False) -> str:
    """18 Nov · 18 Nov 2026 · Sat 1 May 2027."""
    date = to_date(ordinal)
    text = f"{date.day} {MONTHS[date.month - 1][:3].title()}"
    text = f"{text} {date.year}" if year else text
    return f"{WEEKDAYS[date.weekday()][:3].title()} {text}" if weekday else text


def full_day(ordinal: int) -> str:
    """Sat 1 May 2027."""
    return day(ordinal, year=True, weekday=True)


def span(first: int, last: int) -> str:
    """25 May – 21 Jun 2026 (both days included); years where they differ."""
    if first == last:
        return day(first, year=True)
    same = to_date(first).year == to_date(last).year
    return f"{day(first, year=not same)} – {day(last, year=True)}"


def known(value: float, width: float, *, whole: bool) -> float:
    """A foreseen value with the digits that are known of it: about two of the `width` of its likely range."""
    if width <= 0 or isinf(width):
        return value
    size = floor(log10(width)) - 1
    return round(value, -max(size, 0) if whole else -size) + 0.0


LIKELIHOODS = (
    (1.0, "certain"), (0.9, "very likely"), (0.7, "likely"), (0.55, "a little more likely than not"),
    (0.45, "even"), (0.3, "a little less likely than not"), (0.1, "unlikely"),
)  # fmt: skip


def likelihood(chance: float) -> str:
    """The chance in a word: "likely". Certain and out of reach are said of nothing else than 1 and 0."""
    if chance <= 0:
        return "out of reach"
    return next((word for least, word in LIKELIHOODS if chance >= least), "very unlikely")


def odds(chance: float) -> str:
    """ "about 6 in 10", "less than 1 in 20"; "certain" and "out of reach" where it is."""
    if chance <= 0 or chance >= 1:
        return likelihood(chance)
    if chance < 0.1:
        return "less than 1 in 10" if chance >= 0.05 else "less than 1 in 20"
    if chance > 0.9:
        return "more than 9 in 10" if chance <= 0.95 else "more than 19 in 20"
    tenths = floor(chance * 10 + 0.5)
    # at the marks of a status: what falls short of 7 in 10 is at risk, and must not look like what is not
    return f"{'nearly' if tenths in (3, 7) and chance * 10 < tenths - CLOSE else 'about'} {tenths} in 10"


def is_even(chance: float) -> bool:
    """Whether it is said as "about 5 in 10"."""
    return odds(chance) == odds(0.5)


def chance(value: float) -> str:
    """ "about 4 chances in 10"."""
    text = odds(value)
    return text.replace(" in ", " chance in " if " 1 in" in text else " chances in ") if value not in (0, 1) else text


def share_of(share: float, every: str) -> str:
    """Of a week: 1 → "every week" · 0.8 → "4 weeks in 5" · 0.85 → "85 % of all weeks"; of a month alike."""
    if share >= 1:
        return f"every {every}"
    for of in range(2, 11):
        if abs(share * of - round(share * of)) < 1e-9:
            return f"{counted(round(share * of), every)} in {of}"
    return f"{percent(share)} of all {every}s"


AHEAD, SLOWER = ("ahead", "behind"), ("to spare", "too fast")  # of a way to a target, of what a limit allows


def ahead(days: int, *, limit: bool = False) -> str:
    """15 days ahead · 3 days behind · level with plan; of a `limit`: 3 days too fast · 15 days to spare.

    Level with the plan is no praise: who goes on like that just misses as often as not.
    """
    if days == 0:
        return "level with plan"
    good, bad = SLOWER if limit else AHEAD
    return f"{counted(abs(days), 'day')} {good if days > 0 else bad}"


def listed(names: "tuple[str, ...] | list[str]", last: str = "and") -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
