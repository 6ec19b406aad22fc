"""Names that people type, made the program's own: metrics and platforms by any word, numbers with k, % or €."""

import re
from collections.abc import Iterable, Mapping

from smartkpi.errors import UnknownNameError, WrongUseError
from smartkpi.model.metric import Metric
from smartkpi.report.words import verb

SYMBOLS = {"€": "EUR", "£": "GBP", "us$": "USD", "$": "USD", "¥": "JPY", "₹": "INR", "r$": "BRL"}
NUMBER = re.compile(
    r"(?P<before>[^\d+.,−-]*)(?P<sign>[+−-]?)(?P<digits>\d[\d., ]*)(?P<scale>[km](?![a-z]))?\s*(?P<after>[^\d\s]*)",
    re.IGNORECASE | re.ASCII,
)
ALIKE = 0.7  # metrics have so many words that any other is like one of them
SUCH_AS = "followers, people reached, link clicks, sessions, leads, cost per lead, orders, revenue"
LONGEST_GAP = 366  # days between two exports
LARGEST = 2.0**53  # above it a float skips whole numbers
SCALES = {"k": 1e3, "m": 1e6}


def fold(text: str) -> str:
    """Case, doubled spaces, hyphens and underscores do not matter."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def find_metric(text: str, metrics: Mapping[str, Metric]) -> Metric:
    """The metric that `text` names: its id, its name, or any of its words, in the singular or the plural."""
    wanted = fold(text)
    for said in (wanted, wanted.removesuffix("s"), wanted + "s"):
        for metric in metrics.values():
            if said in {fold(metric.id), fold(metric.name)} or said in map(fold, metric.words):
                return metric
    known = {fold(word): m.name for m in metrics.values() for word in (m.id, m.name, *m.words)}
    near = [known[word] for word in nearest(wanted, known, ALIKE)]
    error = unknown("metric", text, near, "smartkpi suggest")
    error.details = error.details or (f"What can be counted: {SUCH_AS} …",)
    error.hints += ("smartkpi platforms",)
    raise error


def find_platform(text: str, platforms: Mapping[str, tuple[str, ...]]) -> str:
    """The id of the platform that `text` names. `platforms`: id -> every word for it."""
    wanted = fold(text)
    for name, said in platforms.items():
        if wanted == fold(name) or wanted in map(fold, said):
            return name
    known = {fold(word): name for name, said in platforms.items() for word in (name, *said)}
    near = nearest(wanted, known)
    error = unknown("platform", text, [known[word] for word in near], "smartkpi platforms")
    if not near:
        error.details = ("A place that smartkpi platforms does not list is “other”; its account says where it is:",)
        flags = f"--platform other --account {quoted(text)}"
        error.hints = (f"smartkpi import FILE --map {flags}", f"smartkpi record METRIC NUMBER {flags}", *error.hints)
    raise error


def unknown(what: str, text: str, near: Iterable[str], hint: str) -> UnknownNameError:
    """ "no goal named X; did you mean Y?" """
    names = list(dict.fromkeys(near))
    asked = (f"Did you mean {' or '.join(names)}?",) if names else ()
    return UnknownNameError(f'there is no {what} "{text}"', details=asked, hints=(hint,), outcome="")


def nearest(text: str, known: Iterable[str], alike: float = 0.6) -> list[str]:
    """Up to three names that look like `text`; `alike`: by which share of their letters."""
    from difflib import get_close_matches

    return get_close_matches(text, list(known), 3, alike)


def parse_number(text: str, flag: str) -> tuple[float, str]:
    """(number, unit) of "1,200", "1.5k", "3 %", "€ 20": unit is '', '%' or a currency.

    Raises `WrongUseError` for what is no number, and for what could be two ("1.200", "1,5").
    """
    found = NUMBER.fullmatch(" ".join(text.split()))  # no-break and thin spaces become plain ones
    if found is None:
        raise WrongUseError(
            f'{flag}: "{text}" is not a number', hints=("write it as 1200, 1.5k, 3% or €20",), outcome=""
        )
    value = float(_digits(found["digits"].strip(), text, flag)) * SCALES.get((found["scale"] or "").lower(), 1.0)
    if value > LARGEST:
        raise WrongUseError(f"{flag}: that number is too large to count with", hints=(f"{flag} 1200",), outcome="")
    sign = -1 if found["sign"] in ("-", "−") else 1
    return sign * value, _unit(found["before"].strip(), found["after"].strip(), text, flag)


EVERY = {"day": 1, "week": 7, "two weeks": 14, "fortnight": 14, "four weeks": 28, "month": 31, "quarter": 92}
USUAL = "usual"  # as the exports came so far


def parse_every(text: str) -> int:
    """Days between two exports: 7 of "week", 10 of "10 days" or "10"; 0 of "usual"."""
    said = text.strip().casefold().removeprefix("every ")
    if said == USUAL:
        return 0
    found = re.fullmatch(r"(\d{1,3}) *(days?|weeks?|months?)?", said, re.ASCII)
    days = int(found[1]) * EVERY[(found[2] or "day").removesuffix("s")] if found else EVERY.get(said, 0)
    if not 1 <= days <= LONGEST_GAP:
        raise WrongUseError(
            f'--data-every: "{text}" is not how often numbers come',
            hints=("--data-every week", "--data-every month", '--data-every "10 days"', f"--data-every {USUAL}"),
            outcome="",
        )
    return days


def _digits(digits: str, text: str, flag: str) -> str:
    """The number in Python's way; thousands only as whole groups of three after a comma or a space."""
    grouped = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}( \d{3})+(\.\d+)?", digits)
    plain = re.fullmatch(r"\d+(\.\d+)?", digits) and not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits)
    if grouped or plain:
        return re.sub(r"[, ]", "", digits)
    raise WrongUseError(
        f'{flag}: "{text}" could be two numbers', hints=("write 1200 or 1.2, with a dot for decimals",), outcome=""
    )


def _unit(before: str, after: str, text: str, flag: str) -> str:
    if before and after:
        raise WrongUseError(f'{flag}: "{text}" has two units', hints=("€20", "3%"), outcome="")
    said = before or after
    if said in ("", "%"):
        return said
    if said.casefold() in SYMBOLS:
        return SYMBOLS[said.casefold()]
    if re.fullmatch("[A-Z]{3}", said) or said.upper() in SYMBOLS.values():  # "max 20" is no currency
        return said.upper()
    raise WrongUseError(f'{flag}: "{said}" is no unit that I know', hints=("€20", "CHF 20", "3%"), outcome="")


def parse_currency(text: str) -> str:
    """EUR of "EUR", "eur" or "€"; raises `WrongUseError` for what is no currency."""
    found = _unit(text.strip(), "", text, "currency")
    if found in ("", "%"):
        raise WrongUseError(f'"{text}" is no currency', hints=("EUR", "USD", "CHF"), outcome="")
    return found


def in_metric(number: float, unit: str, metric: Metric, flag: str) -> float:
    """A typed number in the metric's own unit: a share metric is typed in per cent, and only it takes a % sign."""
    if metric.unit == "%" and not unit and 0 < abs(number) < 1:
        raise WrongUseError(
            f"{flag}: is {number:g} meant as {number:g} % or as {number * 100:g} %?",
            hints=(f"{flag} {number:g}%", f"{flag} {number * 100:g}%"),
            outcome="",
        )
    if metric.unit == "%" and unit in ("", "%"):
        return number / 100
    if unit == "%" and "(%)" not in metric.name:
        raise WrongUseError(
            f"{flag}: {metric.name} {verb(metric, 'is', 'are')} not counted in per cent",
            hints=(f"{flag} 20",),
            outcome="",
        )
    if unit not in ("", "%") and metric.unit != "money":
        raise WrongUseError(
            f"{flag}: {metric.name} {verb(metric, 'is', 'are')} no money", hints=(f"{flag} 20",), outcome=""
        )
    return number


def quoted(text: str) -> str:
    """A name as it must be typed in a shell."""
    from shlex import quote

    return quote(text)
