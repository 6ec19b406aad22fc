"""`record`: a number kept by hand, as an import of one value."""

from pathlib import Path

from smartkpi.errors import AccountNeededError, WrongUseError
from smartkpi.model.extraction import Block, Extraction
from smartkpi.model.metric import Kind
from smartkpi.model.period import iso
from smartkpi.model.series import BY_HAND, Account, SeriesKey
from smartkpi.report import data
from smartkpi.report.views import imports as views
from smartkpi.store import accounts, batches, changes, database
from smartkpi.workflow import names, whose
from smartkpi.workflow.opening import known_metrics, reading, writing
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id


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
    ask: whose.Ask | None = None,
) -> Page:
    """Keeps `text` as the value of a metric on `day`; a ratio that is worked out cannot be recorded."""
    with reading(db) as conn:
        metrics = known_metrics(conn)
        known = [] if conn is None else [use.account for use in accounts.listing(conn)]
    metric = names.find_metric(metric_name, metrics)
    if metric.kind is Kind.RATIO and metric.is_pooled:
        parts = f"{metrics[metric.numerator].name} and {metrics[metric.denominator].name}"
        raise WrongUseError(f"{metric.name} is worked out, never typed", details=(f"Record its parts: {parts}.",))
    if day > as_of:
        raise WrongUseError("that day is still to come", hints=("--on takes a day up to today",))
    value, unit = names.parse_number(text, "VALUE")
    value = names.in_metric(value, unit, metric, "VALUE")
    key = SeriesKey(metric.id, BY_HAND, unit=unit if metric.unit == "money" else "")
    owner = _owner(known, account, platform_id(platform), new_account=new_account, ask=ask)
    with writing(db) as conn, database.write_tx(conn):
        owner = accounts.ensure(conn, owner.platform, owner.name)
        change = changes.begin(conn, now, command, "record")
        counts = batches.save(
            conn, _extraction(key, value, day), account=owner, resolve={}, as_of=as_of, imported_at=now, change=change,
            same_account=True,
        )  # fmt: skip
        if counts.kept_out:
            raise WrongUseError(
                f"a newer number of {metric.name} stands for {iso(day)}",
                details=("It was recorded for a later --as-of, and the newest one counts.",),
                hints=("leave --as-of out to replace it",),
            )
    kept = {"metric": metric.id, "value": value, "unit": key.unit, "on": iso(day), "account": data.account(owner)}
    return Page(
        lambda: views.recorded(owner, metric, value, key.unit, day, labels()), data.envelope("recorded", **kept)
    )


def _owner(known: list[Account], account: str, platform: str, *, new_account: bool, ask: whose.Ask | None) -> Account:
    platforms = (platform,) if platform else tuple(dict.fromkeys(a.platform for a in known))
    try:
        if account:
            on = (platform,) if platform else ()
            return whose.named(account, on, known, labels(), new_account=new_account, command="smartkpi record …")
        what = "A number kept by hand belongs to one account."
        return whose.only_one(platforms, known, labels(), what=what, command="smartkpi record …")
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
