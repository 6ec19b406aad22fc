"""Posts, videos, e-mails and ads: their numbers, what they gained, and what a month's posts got each."""

from collections.abc import Mapping, Sequence

from smartkpi.model.items import INTERACTIONS, Absence, ItemList, ItemRow, KnownItem, Month
from smartkpi.model.metric import Metric
from smartkpi.model.period import MONTHS, iso
from smartkpi.model.series import SeriesKey
from smartkpi.report import words
from smartkpi.report.document import Block, Cell, Column, Document, Heading, Paragraph, Table, Tone

LONGEST = 60  # letters of a title; a post can be a page
SHOWN = 5  # items told one by one in a sentence
MONTHS_SHOWN = 6
NOUNS = ("video", "e-mail", "ad")  # everything else is a post: "IG reel", "Photos"


def no_items(platform: str, name: str) -> Document:
    """Where items come from, while there are none."""
    of = f" of {name}" if platform else ""
    where = f"smartkpi platforms {platform}".strip()
    return Document(
        (
            Paragraph(f"No posts, videos, e-mails or ads{of} yet. They come with the export of your content:"),
            Paragraph("where to click to download it", command=where, indent=2),
            Paragraph("takes it", command="smartkpi import ~/Downloads", indent=2),
            Paragraph("Export it again each week: what each post gained between two exports can then be said."),
        )
    )


def item_lists(
    lists: Sequence[ItemList],
    metrics: Mapping[str, Metric],
    labels: Mapping[str, str],
    *,
    since: int | None,
    growth: bool,
) -> Document:
    """One list an account and kind of export."""
    if not lists:
        late = f" published since {words.full_day(since)}" if since is not None else ""
        return Document((Paragraph(f"Nothing{late} fits. Everything that there is:", command="smartkpi items"),))
    blocks: list[Block] = []
    for one in lists:
        blocks += [*_list(one, metrics, labels, growth=growth), Paragraph("")]
    return Document(tuple(blocks[:-1]))


def _list(one: ItemList, metrics: Mapping[str, Metric], labels: Mapping[str, str], *, growth: bool) -> list[Block]:
    where = f"{one.account.name} on {labels.get(one.account.platform, one.account.platform)} · {one.report}"
    if growth and one.between is None:
        return [Heading(where), *_one_export(one)]
    blocks: list[Block] = [Heading(f"{where}: {_how_many(one, metrics)}")]
    if one.rows:
        blocks += [Paragraph(_exports(one), Tone.MUTED), _table(one, metrics)]
    blocks += _went_down(one, metrics) + _absent(one, metrics) + _each(one, metrics)
    if one.undated:
        lacking = f"{words.counted(one.undated, _noun(one))} without a day of publication left out by --since"
        blocks.append(Paragraph(lacking, Tone.MUTED))
    return blocks


def _noun(one: ItemList) -> str:
    kinds = {row.item.kind for row in (*one.rows, *one.absent)}
    return next((noun for noun in NOUNS if kinds == {noun}), "post")


def _how_many(one: ItemList, metrics: Mapping[str, Metric]) -> str:
    """ "12 posts, the best 10 by interactions"."""
    count = words.counted(one.found, _noun(one))
    if one.between:
        count += " with a known gain"
    if one.found < 2 or not one.columns:
        return count
    best = f"the best {words.number(len(one.rows))}" if len(one.rows) < one.found else "best first"
    return f"{count}, {best} by {_name(one.columns[0], metrics)}"


def _name(key: SeriesKey, metrics: Mapping[str, Metric]) -> str:
    if key == INTERACTIONS:
        return "interactions"
    of = " ".join(part for part in (key.breakdown, key.scope) if part)
    return f"{metrics[key.metric].name} [{of}]" if of else metrics[key.metric].name


# --- which exports


def _exports(one: ItemList) -> str:
    """Which exports the numbers are of; those that differ are said row by row."""
    pairs = {_days(row) for row in one.rows}
    if one.between:
        first, second = (words.day(day, year=True) for day in one.between)
        said = f"from the export of {first} to that of {second}"
        days = words.counted(one.between[1] - one.between[0], "day")
        return f"gained {said} ({days})" if len(pairs) == 1 else f"gained {said}, or as the rows say"
    if len(pairs) > 1:
        return "numbers of the newest export that has the item"
    export = one.rows[0].item.export
    counted = f"numbers of {words.span(*export.counted)}, " if export.counted else "numbers "
    return f"{counted}as of the export of {words.day(export.as_of, year=True)}"


def _days(row: ItemRow) -> tuple[int, ...]:
    gain = row.gain
    if gain and gain.first and gain.second:
        return (gain.first.as_of, gain.second.as_of)
    return (row.item.export.as_of, *(row.item.export.counted or ()))


def _one_export(one: ItemList) -> list[Block]:
    """Why there is nothing to compare."""
    days = words.listed([words.day(day, year=True) for day in one.days[-SHOWN:]])
    again = f"smartkpi platforms {one.account.platform}"
    if one.asked is None:
        text = f"There is one export only, of {days}: a gain needs two. Download it again next week:"
        return [Paragraph(text, command=again)]
    first, second = (words.day(day, year=True) for day in one.asked)
    many = len(one.days) > 1
    newest = "the newest exports are" if len(one.days) > SHOWN else "the exports are" if many else "the export is"
    command = f"smartkpi items --between {iso(one.days[-2])} {iso(one.days[-1])}" if many else again
    text = f"No two exports stood on {first} and {second}: {newest} of {days}."
    return [Paragraph(text, command=command)]


# --- the table


def _table(one: ItemList, metrics: Mapping[str, Metric]) -> Table:
    kinds = len({row.item.kind for row in one.rows}) > 1
    differ = len({_days(row) for row in one.rows}) > 1
    columns = [Column(_noun(one).capitalize(), wraps=True), Column("Published", goes=1)]
    columns += [Column("Kind", goes=len(one.columns) + 3)] if kinds else []
    columns += [Column("Exports" if one.between else "Export", goes=2, named=True)] if differ else []
    for n, key in enumerate(one.columns):
        name = _name(key, metrics)
        columns.append(Column(name[0].upper() + name[1:], right=True, goes=n + 2 if n else 0, named=True))
    return Table(tuple(columns), tuple(_row(row, one, metrics, kinds, differ) for row in one.rows), lead=1)


def _row(row: ItemRow, one: ItemList, metrics: Mapping[str, Metric], kinds: bool, differ: bool) -> tuple[Cell, ...]:
    published = row.item.published_on
    cells = [Cell(_title(row.item)), Cell("" if published is None else words.day(published, year=True))]
    cells += [Cell(row.item.kind)] if kinds else []
    cells += [Cell(_said(_days(row)))] if differ else []
    return (*cells, *(_number(row.values.get(key), key, metrics, bool(one.between)) for key in one.columns))


def _said(days: tuple[int, ...]) -> str:
    return (
        " → ".join(words.day(day, year=True) for day in days[:2]) if len(days) == 2 else words.day(days[0], year=True)
    )


def _title(item: KnownItem) -> str:
    text = " ".join((item.title or item.link or item.external_id).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _number(value: float | None, key: SeriesKey, metrics: Mapping[str, Metric], is_gain: bool) -> Cell:
    if value is None:
        return Cell("")
    metric = metrics.get(key.metric)
    text = words.amount(value, metric, key.unit) if metric else words.number(value)
    if not is_gain:
        return Cell(text, number=value)
    went_wrong = value * (metric.direction.sign if metric else 1) < 0
    return Cell(f"+{text}" if value > 0 else text, Tone.WARN if went_wrong else Tone.PLAIN, value)


# --- below the table


def _went_down(one: ItemList, metrics: Mapping[str, Metric]) -> list[Block]:
    """Which numbers of the rows went down; a column may have left for lack of room."""
    keys = [key for key in one.columns if key != INTERACTIONS]
    fell = [(row, key) for row in one.rows for key in keys if one.between and row.values.get(key, 0) < 0]
    if not fell:
        return []
    of = [
        f"{_number(row.values[key], key, metrics, True).text} {_name(key, metrics)} of “{_title(row.item)}”"
        for row, key in fell
    ]
    return [Paragraph(f"went down, as platforms take back what they no longer count: {_first(of)}")]


def _first(texts: Sequence[str]) -> str:
    """The first of some texts, and how many more there are."""
    more = f" and {words.number(len(texts) - SHOWN)} more" if len(texts) > SHOWN else ""
    return ", ".join(texts[:SHOWN]) + more


def _absent(one: ItemList, metrics: Mapping[str, Metric]) -> list[Block]:
    """Of which items nobody knows what they gained, and why."""
    blocks: list[Block] = []
    for absence in Absence:
        rows = [row for row in one.absent if row.gain and row.gain.absent is absence]
        if rows and one.between:
            count = words.counted(len(rows), _noun(one))
            why = _why(absence, one.between, many=len(rows) > 1)
            blocks.append(Paragraph(f"{count} {why}: {_first([_named(row, one, metrics) for row in rows])}"))
    return blocks


def _why(absence: Absence, between: tuple[int, int], *, many: bool) -> str:
    are, have = ("are", "have") if many else ("is", "has")
    first, second = (words.day(day, year=True) for day in between)
    match absence:
        case Absence.NEW:
            return f"{are} not in the export of {first}, so that no gain is known"
        case Absence.GONE:
            return f"{are} not in the export of {second}, so that no gain is known"
        case Absence.RANGES:
            return f"{have} no gain, because the exports count from different days (choose the same first day twice)"
        case Absence.COLUMNS:
            return f"{have} no number that both exports state"


def _named(row: ItemRow, one: ItemList, metrics: Mapping[str, Metric]) -> str:
    """ "“Fresh rolls” (5 Mar 2026, now 30 interactions)"."""
    published = row.item.published_on
    key = next((key for key in (*one.columns, *row.values) if key in row.values), None)
    gone = row.gain is not None and row.gain.absent is Absence.GONE
    said = [words.day(published, year=True)] if published is not None else []
    if key is not None:
        cell = _number(row.values[key], key, metrics, is_gain=False)
        said.append(f"{'last' if gone else 'now'} {cell.text} {_name(key, metrics)}")
    return f"“{_title(row.item)}” ({', '.join(said)})" if said else f"“{_title(row.item)}”"


def _each(one: ItemList, metrics: Mapping[str, Metric]) -> list[Block]:
    """What the posts of a month got each: "Your posts of March 2026 got 14 interactions each (3 posts), …"."""
    told = [month for month in one.months if month.mean is not None][:MONTHS_SHOWN]
    if not told or INTERACTIONS not in one.columns:
        return []
    noun, newest = _noun(one), told[0]
    text = f"Your {noun}s of {_name_of(newest)} got {_mean(newest)} interactions each ({_of(newest, noun)})"
    for month in told[1:]:
        name = _name_of(month, newest.year)
        text += f", those of {name} {_mean(month)} ({_of(month, noun)})"
    parts = " + ".join(_name(key, metrics) for key in one.parts)
    return [Paragraph(f"{text}."), Paragraph(f"interactions = {parts}; the newest still collect", Tone.MUTED)]


def _name_of(month: Month, newest: int = 0) -> str:
    """ "March 2026"; without the year where the newest month has the same."""
    name = MONTHS[month.month - 1].capitalize()
    return name if month.year == newest else f"{name} {month.year}"


def _mean(month: Month) -> str:
    return "" if month.mean is None else words.number(month.mean)


def _of(month: Month, noun: str) -> str:
    of = words.counted(month.items, noun)
    return of if month.counted == month.items else f"{words.number(month.counted)} of {of}: the others lack a number"
