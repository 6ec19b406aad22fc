"""`record`: a number kept by hand, as an import of one value."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from smartkpi.errors import AccountNeededError, SmartKpiError, WrongUseError
from smartkpi.model.extraction import Block, Extraction
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.period import iso
from smartkpi.model.series import BY_HAND, Account, SeriesKey
from smartkpi.report import data
from smartkpi.report.views import imports as views
from smartkpi.store import accounts, batches, changes, database
from smartkpi.workflow import again, names, whose
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id


class Asks(Protocol):
    """A person on a terminal: says whose a number is, and in which currency."""

    def __call__(self, error: AccountNeededError) -> tuple[str, str]: ...

    def currency(self, metric: str) -> str: ...


def record(
    db: Path,
    metric_name: str,
    text: str,
    *,
    account: str,
    platform: str,
    day: int,
    as_of: int,
    now: str,
    command: str,
    new_account: bool = False,
    ask: Asks | None = None,
) -> Page:
    """Keeps `text` as the value of a metric on `day`; a ratio that is worked out cannot be recorded."""
    with reading(db) as conn:
        metrics = known_metrics(conn)
        known = [] if conn is None else accounts.in_use(conn)
    metric = names.find_metric(metric_name, metrics)
    _check(metric, metrics, day, as_of)
    value, unit = names.parse_number(text, "VALUE")
    value = names.in_metric(value, unit, metric, "VALUE")
    if metric.unit == "money" and not unit:
        flags = (("--account", account), ("--platform", platform), ("--on", iso(day)))
        unit = _currency(metric, text, " ".join(f"{flag} {names.quoted(said)}" for flag, said in flags if said), ask)
    key = SeriesKey(metric.id, BY_HAND, unit=unit if metric.unit == "money" else "")
    typed = again.without(command, "--account")
    owner = _owner(known, account, platform_id(platform), new_account=new_account, ask=ask, command=typed)
    with writing(db) as conn, database.write_tx(conn):
        owner = accounts.ensure(conn, owner.platform, owner.name)
        change = changes.begin(conn, now, command, "record")
        counts = batches.save(
            conn, _extraction(key, value, day), account=owner, resolve={}, as_of=as_of, imported_at=now, change=change,
            same_account=True,
        )  # fmt: skip
        if counts.kept_out:
            raise SmartKpiError(
                f"a newer number of {metric.name} stands for {iso(day)}",
                details=("It was recorded for a later --as-of, and the newest one counts.",),
                hints=("leave --as-of out: then this one is the newest",),
            )
    kept = {"metric": metric.id, "value": value, "unit": key.unit, "on": iso(day), "account": data.account(owner)}
    return Page(
        lambda: views.recorded(owner, metric, value, key.unit, day, labels()), data.envelope("recorded", **kept)
    )


def _check(metric: Metric, metrics: Mapping[str, Metric], day: int, as_of: int) -> None:
    """Refuses what nobody can have counted: a rate that is worked out, a day that is still to come."""
    if metric.kind is Kind.RATIO and metric.is_pooled:
        parts = f"{metrics[metric.numerator].name} and {metrics[metric.denominator].name}"
        raise WrongUseError(
            f"{metric.name} is worked out, never typed",
            details=(f"Record its parts: {parts}.",),
            hints=tuple(f"smartkpi record {part} NUMBER" for part in (metric.numerator, metric.denominator)),
        )
    if day > as_of:
        raise WrongUseError("that day is still to come", hints=("--on takes a day up to today",))


def _currency(metric: Metric, text: str, flags: str, ask: Asks | None) -> str:
    """The currency of a number typed without one: 12.50 of nothing could never be compared with a target."""
    if ask is not None:
        return ask.currency(metric.name)
    example = names.quoted(f"EUR {text}")
    raise WrongUseError(
        f"{metric.name}: {text} of which currency?",
        details=("An amount of money is kept with its currency: EUR 12.50, 12.50 EUR or €12.50.",),
        hints=(f"smartkpi record {names.quoted(metric.id)} {example} {flags}",),
    )


def _owner(
    known: list[Account], account: str, platform: str, *, new_account: bool, ask: Asks | None, command: str
) -> Account:
    platforms = (platform,) if platform else tuple(dict.fromkeys(a.platform for a in known))
    try:
        if account:
            on = (platform,) if platform else ()
            return whose.named(account, on, known, labels(), new_account=new_account, command=command)
        what = "A number kept by hand belongs to one account."
        return whose.only_one(platforms, known, labels(), what=what, command=command)
    except AccountNeededError as error:
        if ask is None:
            raise
        return Account(*ask(error))


def _extraction(key: SeriesKey, value: float, day: int) -> Extraction:
    return Extraction(
        file=BY_HAND, member="", sha256="", profile="by-hand", profile_title="kept by hand", profile_version=1,
        report=BY_HAND, table=key.metric, dialect="", platforms=(), account="", account_from="", account_names=(),
        as_of=None, as_of_from="", lag=0, first_day=day, last_day=day, metrics=(key.metric,),
        blocks=lambda: iter((Block("", "", (key,), day, 1, [value]),)),
        items=lambda: iter(()),
    )  # fmt: skip
