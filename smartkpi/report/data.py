"""The values of a screen for machines: `--json` (versioned, numbers as numbers, ISO days).

Integer ids stay in the file; accounts, goals and imports go out by uid (imports also by the number that users type).
"""

import json
from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from smartkpi.model.period import iso

if TYPE_CHECKING:  # names of types only: `status` would pay for what it never uses
    from smartkpi.errors import SmartKpiError
    from smartkpi.model.assessment import Assessment, Before, Forecast, Reason
    from smartkpi.model.card import Card
    from smartkpi.model.explained import Explained
    from smartkpi.model.extraction import LeftOut
    from smartkpi.model.goal import Goal, GoalEdit, Objective, Pause
    from smartkpi.model.history import AccountUse, ImportBatch, MergeCounts, Undone
    from smartkpi.model.items import ItemExport, ItemList, ItemRow
    from smartkpi.model.receipt import FileReceipt, TableReceipt
    from smartkpi.model.series import Account, SeriesKey

VERSION = 1
Json = dict[str, object]


def envelope(kind: str, **fields: object) -> Json:
    """The outermost object: what it is, and the version of its shape."""
    return {"smartkpi": VERSION, "kind": kind, **fields}


def _day(day: int | None) -> str | None:
    return None if day is None else iso(day)


def finite(value: float | None) -> float | None:
    """JSON knows no infinity: a cost without a result has no number."""
    return value if value is not None and isfinite(value) else None


def goal(found: "Goal") -> Json:
    """Every field of a goal."""
    return {
        "slug": found.slug,
        "uid": found.uid,
        "title": found.title,
        "metric": found.metric,
        "form": found.form.value,
        "direction": found.direction.value,
        "baseline": found.baseline,
        "baseline_day": _day(found.baseline_day),
        "target": found.target,
        "unit": found.unit,
        "start": iso(found.start),
        "deadline": iso(found.deadline),
        "platform": found.platform,
        "accounts": list(found.accounts),
        "window": found.window,
        "share": found.share,
        "every": found.every,
        "campaign": found.campaign,
        "report": found.report,
        "objective": found.objective,
        "owner": found.owner,
        "why": found.why,
        "state": found.state.value,
        "closed_on": _day(found.closed_on),
        "closed_because": found.closed_because,
        "created": _day(found.created or None),
        "milestones": [{"day": iso(day), "value": value} for day, value in found.milestones],
        "pauses": [_pause(p) for p in found.pauses],
        "repeat": found.repeat,
        "data_every": found.data_every,
        "learned": found.learned,
    }


def _pause(found: "Pause") -> Json:
    return {
        "first": iso(found.first), "last": iso(found.last), "why": found.why, "known": _day(found.known or None)
    }  # fmt: skip


DAYS = ("first", "last", "start", "day", "on")  # numbers of a reason that are days


def _numbers(reason: "Reason") -> Json:
    return {name: _said(name, number) for name, number in reason.numbers}


def periods(judged: "Assessment") -> Json:
    """How many weeks, or months, are over, and how many of them met the target; None where none are counted."""
    return {name: getattr(judged.pace, name, None) for name in ("periods_met", "periods_gone")}


def assessment(judged: "Assessment") -> Json:
    """A judged goal: the numbers of the table, unrounded, and the sentences below it."""
    from smartkpi.report import advice, sentences

    pace = judged.pace
    return {
        **goal(judged.goal),
        "unit": judged.unit,
        "status": judged.status.value,
        "reasons": [{"code": r.code, **_numbers(r), **({"text": r.text} if r.text else {})} for r in judged.reasons],
        "data_to": _day(judged.data_to),
        "actual": finite(pace.actual) if pace else None,
        "expected": finite(pace.expected) if pace else None,
        "plan": judged.plan.shape if judged.plan else None,
        "progress": finite(pace.progress) if pace else None,
        "gap": finite(pace.gap) if pace else None,
        "days_ahead": sentences.shown_days_ahead(judged),
        "lately_a_week": finite(sentences.lately(judged)),
        "needed_a_week": finite(pace.required_rate) if pace else None,
        **_foreseen(sentences.forecast(judged)),
        "before": _before(sentences.before(judged)),
        "at_most": pace.at_most if pace else False,
        "about": pace.is_about if pace else False,
        "provisional": judged.provisional,
        "days_missing": next((int(r["days"]) for r in judged.reasons if r.code == "days missing"), 0),
        **periods(judged),
        "sources": [
            {
                "platform": s.platform,
                "account": s.account,
                "report": s.report,
                "metric": s.metric,
                "last_day": _day(s.last_day),
                "final_to": _day(s.full_through),
                "import": s.batch,
                "file": s.file,
                "scope": s.scope,
                "sum_of": s.sum_of,
                "totals": [[iso(first), iso(last)] for first, last in s.ranges],
            }
            for s in judged.sources
        ],
        "needs_you": [{"text": said.text, "command": said.command} for said in advice.todo(judged)],
    }


def _foreseen(found: "Forecast | None") -> Json:
    """The chance, and where it ends: between low and high in 8 cases of 10."""
    return {name: getattr(found, name) if found else None for name in ("chance", "low", "mid", "high")}


def _before(found: "Before | None") -> Json | None:
    if found is None:
        return None
    return {"day": iso(found.day), "actual": finite(found.actual), "chance": found.chance}


def plan(judged: "Assessment") -> list[list[object]] | None:
    """What the plan expects on the evening of each day, from the one before the start to the deadline."""
    found = judged.plan
    return None if found is None else [[iso(day), value] for day, value in enumerate(found.course, found.start - 1)]


def edit(found: "GoalEdit") -> Json:
    return {"on": iso(found.on), "field": found.field, "was": found.was, "now": found.now}


def account(found: "Account") -> Json:
    return {"platform": found.platform, "name": found.name, "uid": found.uid}


def error(found: "SmartKpiError") -> Json:
    return {
        "error": found.headline,
        "details": list(found.details),
        "try": list(found.hints),
        "outcome": found.outcome,
    }


def file_receipt(found: "FileReceipt") -> Json:
    return {
        "file": found.file,
        "outcome": found.outcome.value,
        "tables": [_table(table) for table in found.tables],
        "left_out": [_left_out(left) for left in found.skipped],
        "refused": [error(e) for e in found.refusals],
    }


def _table(found: "TableReceipt") -> Json:
    from smartkpi.report import gaps

    extraction, counts = found.extraction, found.counts
    return {
        "outcome": found.outcome.value,
        "import": found.batch or None,
        "member": extraction.member,
        "profile": extraction.profile,
        "report": extraction.report,
        "table": extraction.table,
        "dialect": extraction.dialect,
        "accounts": [account(a) for a in found.accounts],
        "as_of": iso(found.as_of),
        "as_of_from": found.as_of_from,
        "first_day": _day(extraction.first_day),
        "last_day": _day(extraction.last_day),
        "new": counts.new,
        "same": counts.same,
        "restated": counts.restated,
        "kept_out": counts.kept_out,
        "new_items": counts.new_items,
        "same_items": counts.same_items,
        "changes": [
            {"account": c.account, "metric": c.key.metric, "day": iso(c.day), "was": c.was, "now": c.now}
            for c in counts.largest
        ],
        "left_out": [_left_out(left) for left in extraction.left_out],
        "problems": [
            {"file": p.file, "line": p.line, "column": p.column, "text": p.text, "expected": p.expected}
            for p in extraction.problems
        ],
        "notes": list(gaps.notes(extraction)),
    }


def _left_out(found: "LeftOut") -> Json:
    return {"reason": found.reason, "lines": list(found.lines), "tables": list(found.tables)}


def batch(found: "ImportBatch") -> Json:
    return {
        "import": found.id,
        "uid": found.uid,
        "file": found.file,
        "member": found.member,
        "profile": found.profile,
        "report": found.report,
        "platform": found.platform,
        "accounts": list(found.accounts),
        "as_of": iso(found.as_of),
        "imported_at": found.imported_at,
        "first_day": _day(found.first_day),
        "last_day": _day(found.last_day),
        "new": found.new,
        "restated": found.restated,
        "items": found.items,
        "active": found.active,
    }


def card(found: "Card") -> Json:
    return {
        "id": found.id,
        "title": found.title,
        "report": found.report,
        "platforms": list(found.platforms),
        "how": list(found.how),
        "seen": found.seen,
    }


def plain(found: "MergeCounts | Objective") -> Json:
    """A value of plain fields as they are."""
    return found._asdict()


def use(found: "AccountUse") -> Json:
    return {
        **account(found.account),
        "reports": list(found.reports),
        "metrics": list(found.metrics),
        "first_day": _day(found.first_day),
        "last_day": _day(found.last_day),
        "imports": found.imports,
        "goals": found.goals,
    }


def item_list(found: "ItemList") -> Json:
    """One list of items; `numbers` by metric, with what it is of in brackets where there is more to say."""
    return {
        "account": account(found.account),
        "report": found.report,
        "exports": [iso(day) for day in found.days],
        "between": [iso(day) for day in found.between] if found.between else None,
        "sorted_by": _number_name(found.columns[0]) if found.columns else None,
        "interactions_are": [key.metric for key in found.parts],
        "found": found.found,
        "items": [_item(row, found.columns) for row in found.rows],
        "absent": [_item(row, tuple(row.values)) for row in found.absent],
        "undated": found.undated,
        "months": [
            {
                "month": f"{m.year:04d}-{m.month:02d}",
                "items": m.items,
                "counted": m.counted,
                "interactions_each": m.mean,
            }
            for m in found.months
        ],
    }


def _item(row: "ItemRow", columns: "Sequence[SeriesKey]") -> Json:
    item, gain = row.item, row.gain
    told: Json = {
        "id": item.external_id,
        "kind": item.kind,
        "published": item.published or None,
        "title": item.title,
        "link": item.link,
        "as_of": iso(item.export.as_of),
    }
    numbers = {_number_name(key): row.values[key] for key in columns if key in row.values}
    if gain is None:
        return {**told, "counted": _counted(item.export), "numbers": numbers}
    return {
        **told,
        "from": _day(gain.first.as_of if gain.first else None),
        "to": _day(gain.second.as_of if gain.second else None),
        "gained": None if gain.absent else numbers,
        "was_and_is": {_number_name(key): list(pair) for key, pair in gain.numbers.items()},
        "absent": gain.absent.value if gain.absent else None,
    }


def _counted(export: "ItemExport") -> list[str] | None:
    return [iso(day) for day in export.counted] if export.counted else None


def _number_name(key: "SeriesKey") -> str:
    """As in `export items`: "cost [EUR]"."""
    of = " ".join(part for part in (key.unit, key.breakdown, key.scope) if part)
    return f"{key.metric} [{of}]" if of else key.metric


def undone(found: "Undone") -> Json:
    return {
        "change": found.kind,
        "command": found.command,
        "at": found.at,
        "imports": [
            {**batch(b), "numbers_moved": moved.there, "numbers_changed": moved.changed}
            for b, moved in zip(found.batches, found.moved, strict=True)
        ],
        "rows": [row._asdict() for row in found.rows],
    }


def explained(found: "Explained") -> Json:
    """How the figures of a goal came about."""
    return {
        "figures": [
            {"figure": f.code, "of": f.text or None, **{name: _said(name, number) for name, number in f.numbers}}
            for f in found.figures
        ],
        "rests_on": [
            {
                "import": b.batch,
                "file": b.file,
                "member": b.member or None,
                "table": b.table,
                "as_of": iso(b.as_of),
                "platform": b.platform,
                "account": b.account,
                "report": b.report,
                "metric": b.metric,
                "first": iso(b.first),
                "last": iso(b.last),
                "days": b.days,
            }
            for b in found.bases
        ],
    }


def _said(name: str, number: float) -> str | float:
    return iso(int(number)) if name in DAYS else number


def lines(found: Json) -> str:
    """A line for each field and for each entry of a list; `indent` would encode in Python, five times slower."""
    return "{\n " + ",\n ".join(f"{text(name)}: {_field(value)}" for name, value in found.items()) + "\n}"


def _field(value: object) -> str:
    if not isinstance(value, list) or not value:
        return text(value)
    return "[\n  " + ",\n  ".join(map(text, value)) + "\n ]"


def text(found: object) -> str:
    """One JSON value on one line; infinity and NaN are refused, since JSON has none."""
    return json.dumps(found, ensure_ascii=False, allow_nan=False)


def envelope_open(kind: str) -> str:
    """The beginning of an envelope whose rows follow one by one and end with "]}"."""
    return f'{{"smartkpi": {VERSION}, "kind": "{kind}", "rows": ['
