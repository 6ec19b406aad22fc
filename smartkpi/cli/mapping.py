"""`import --map`: one question for each thing that the flags leave open, then the first rows, then yes or no."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeVar

from smartkpi.cli.asking import prompt, until_right
from smartkpi.cli.context import Context, console
from smartkpi.errors import SmartKpiError, WrongUseError
from smartkpi.ingest.peek import Seen, Sight
from smartkpi.report.document import Document
from smartkpi.report.signs import visible
from smartkpi.workflow import columns, mapped, mapping, names, proposing
from smartkpi.workflow.columns import SORTS
from smartkpi.workflow.mapped import Looked
from smartkpi.workflow.mapping import Wish
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels, platform_id
from smartkpi.workflow.taking import Options, World

_T = TypeVar("_T")
NONE = "-"  # typed where a column is meant and there is none


def map_file(world: Context, path: Path, typed: str, wish: Wish, options: Options, told: World) -> Page:
    """Ask where somebody is there, refuse with a whole command where nobody is; then import with the answers."""
    options = replace(options, platform=platform_id(options.platform))
    looked = mapped.look(world.db, path, options, told)
    if told.ask is None:
        if not wish.metrics or not (wish.date or looked.packaged):
            raise proposing.lacking(looked, names.quoted(typed))
        return mapped.take(world.db, looked, wish, options, told, sure=None, again=world.command)
    wish, options = _Interview(looked).run(wish, options)
    return mapped.take(world.db, looked, wish, options, told, sure=_sure, again=world.command)


def _sure(document: Document) -> bool:
    from smartkpi.report.terminal import draw

    draw(document, console(sys.stderr))
    return _yes("Store it so? (y/n)", "y")


def _yes(question: str, default: str) -> bool:
    return until_right(question, _yes_or_no, default)


def _yes_or_no(text: str) -> bool:
    if text.casefold() not in ("y", "yes", "n", "no"):
        raise WrongUseError("y or n", outcome="")
    return text.casefold().startswith("y")


def _say(line: str) -> None:
    print(visible(line), file=sys.stderr)


class _Interview:
    """The questions about one file; every answer becomes the text that its flag would have had."""

    def __init__(self, looked: Looked) -> None:
        self._looked = looked
        self._block = looked.sights[0]

    def run(self, wish: Wish, options: Options) -> tuple[Wish, Options]:
        wish = self._replaced(wish, options)
        wish = self._which(wish)
        if not self._looked.packaged:
            wish, options = self._days(wish, options)
        if not wish.metrics:
            wish = replace(wish, metrics=self._numbers(wish))
        options = self._currency(wish, options)
        if not self._looked.packaged:
            wish = self._empty_days(wish)
            wish = self._parts(wish)
            options = self._whose(wish, options)
        if not wish.name:
            default = mapped.named(self._looked, wish, options)
            named = until_right("A name for this kind of table", lambda t: self._name(t, wish, options), default)
            wish = replace(wish, name=named)
        return wish, options

    def _replaced(self, wish: Wish, options: Options) -> Wish:
        """A table that was mapped before is mapped anew only when that is wanted."""
        own = self._looked.own
        if own is None or wish.name:
            return wish
        if not _yes(f"This table is mapped already, as {own.profile.id}. Replace that? (y/n)", "n"):
            raise SmartKpiError("left as it is", outcome="Nothing was changed.")
        return replace(wish, name=own.profile.id)

    def _name(self, text: str, wish: Wish, options: Options) -> str:
        return mapped.named(self._looked, replace(wish, name=text), options)

    def _which(self, wish: Wish) -> Wish:
        """Which of several tables is meant."""
        try:
            self._block = mapping.sight(self._looked.sights, wish, "")
        except WrongUseError:
            for n, block in enumerate(self._looked.sights, 1):
                _say(f"  {n}  {mapping.described(block)}")
            self._block = until_right("Which table? (its number)", self._table, "1")
            return replace(wish, sheet=self._block.place or str(self._block.line))
        return wish

    def _table(self, text: str) -> Sight:
        return _numbered(text, self._looked.sights) or _refused(len(self._looked.sights))

    def _column(self, text: str) -> Seen:
        """A column by its number in the list, or by its name."""
        headed = [seen for seen in self._block.columns if seen.header]
        return _numbered(text, headed) or columns.column(self._block, text)

    def _days(self, wish: Wish, options: Options) -> tuple[Wish, Options]:
        """Which column has the days, how they are written, and what one row is of."""
        for n, seen in enumerate((c for c in self._block.columns if c.header), 1):
            _say(f"  {n}  {seen.header}: {', '.join(seen.examples) or 'empty'}")
        asked = "Which column is the date? (number or name)"
        likely = proposing.date_of(self._block)
        date = self._column(wish.date) if wish.date else until_right(asked, self._column, likely)
        if not options.date_format and len(date.dates) > 1:
            options = replace(options, date_format=self._format(date))
        form = mapping.written(self._block, date, options.date_format)
        if not wish.period:
            asked = "Is each row one day, or the total of a week, month or year that begins on its date?"
            default = date.gap if date.gap in mapping.PERIODS else "day"
            wish = replace(wish, period=until_right(asked, lambda t: mapping.period(date, form, t), default))
        return replace(wish, date=date.header), options

    def _format(self, date: Seen) -> str:
        """Two ways to read the days: which is it?"""
        for n, name in enumerate(date.dates, 1):
            _say(f"  {n}  {mapping.read_as(date, name)}")
        return until_right("Which is right? (its number)", lambda text: _picked(text, date.dates), "1")

    def _numbers(self, wish: Wish) -> tuple[str, ...]:
        """Which columns are numbers, and what each of them counts."""
        base = self._looked.packaged
        taken = mapping.taken_already(base.profile, base.table) if base else {names.fold(wish.date)}
        could = [c for c in self._block.columns if c.is_numbers and c.header and names.fold(c.header) not in taken]
        asked = "Which columns are to be kept? (numbers or names, with commas between)"
        kept = until_right(asked, self._columns, ", ".join(c.header for c in could))
        return tuple(self._counted(seen) for seen in kept)

    def _columns(self, text: str) -> tuple[Seen, ...]:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        whole = [c for c in self._block.columns if names.fold(c.header) == names.fold(text)]
        found = tuple(whole or (self._column(part) for part in parts))
        if bad := [seen.header for seen in found if not seen.is_numbers]:
            raise WrongUseError(f"the column “{bad[0]}” holds no numbers", outcome="")
        if not found:
            raise WrongUseError("at least one column", outcome="")
        return found

    def _counted(self, seen: Seen) -> str:
        """NAME=COLUMN[:kind] for one column."""
        asked = f"What does “{seen.header}” count? (leads, clicks, followers … or a name of your own)"
        return until_right(asked, lambda text: self._checked(text, seen), seen.header)

    def _checked(self, name: str, seen: Seen) -> str:
        said = f"{name}={seen.header}"
        try:
            names.find_metric(name, self._looked.metrics)
        except SmartKpiError as error:
            near = [detail for detail in error.details if detail.startswith("Did you mean")]
            if near and not _yes(f"“{name}” is new. {near[0]} Make it one of your own all the same? (y/n)", "n"):
                raise WrongUseError("then its other name", outcome="") from None
            said = f"{said}:{self._sort(name)}"
        columns.counted(said, self._block, self._looked.metrics)
        return said

    def _sort(self, name: str) -> str:
        _say(f"“{name}” will be a metric of your own. What is it?")
        for n, (word, sort) in enumerate(SORTS.items(), 1):
            _say(f"  {n}  {word}: {sort.said}")
        return until_right("Its kind (number or word)", lambda text: _picked(text, tuple(SORTS)))

    def _currency(self, wish: Wish, options: Options) -> Options:
        """The currency of amounts whose cells do not say it."""
        counted = [columns.counted(text, self._block, self._looked.metrics) for text in wish.metrics]
        open_ = [c.metric.name for c in counted if c.metric.unit == "money" and not any(c.column.currencies)]
        if not open_ or options.currency:
            return options
        asked = f"In which currency is the {open_[0]}? (EUR, USD, CHF …)"
        return replace(options, currency=until_right(asked, names.parse_currency))

    def _empty_days(self, wish: Wish) -> Wish:
        """What it means that a day has no row; asked where it can mean a 0."""
        counted = [columns.counted(text, self._block, self._looked.metrics) for text in wish.metrics]
        if wish.no_row or wish.period != "day" or not all(mapping.has_zeros(c.metric) for c in counted):
            return wish
        for n, said in enumerate(mapping.NO_ROW.values(), 1):
            _say(f"  {n}  {said}")
        asked = "A day without a row: nothing happened (0), or not known? (number or word)"
        return replace(wish, no_row=until_right(asked, lambda text: _picked(text, tuple(mapping.NO_ROW)), "unknown"))

    def _parts(self, wish: Wish) -> Wish:
        """Columns of names: of parts of the numbers, and of accounts."""
        texts = [seen for seen in self._block.columns if seen.is_text and seen.header]
        if texts and not wish.by:
            listed = ", ".join(f"“{seen.header}”" for seen in texts)
            asked = f"Does a column part the numbers, such as a campaign or a channel? ({listed}; {NONE} = none)"
            if part := until_right(asked, self._or_none, NONE):
                adds = _yes("Do these parts add up to the whole? (y/n)", "n")
                wish = replace(wish, by=(part,), complete=adds)
        left = [seen for seen in texts if seen.header not in wish.by]
        if left and not wish.account_column:
            asked = f"Does a column say whose the numbers of a row are? (its name; {NONE} = none)"
            wish = replace(wish, account_column=until_right(asked, self._or_none, NONE))
        return wish

    def _or_none(self, text: str) -> str:
        return "" if text == NONE else self._column(text).header

    def _whose(self, wish: Wish, options: Options) -> Options:
        known = self._looked.known.profile if self._looked.known else None
        if not options.platform:
            asked = f"Where do the numbers come from? ({', '.join(labels())})"
            options = replace(options, platform=until_right(asked, _platform, known.platforms[0] if known else None))
        if not options.account and not wish.account_column:
            account = prompt("Whose numbers are they? (the account's name)", known.account if known else None)
            options = replace(options, account=account)
        return options


def _platform(text: str) -> str:
    found = platform_id(text)
    if not found:
        raise WrongUseError("one of these platforms", outcome="")
    return found


def _picked(text: str, words: tuple[str, ...]) -> str:
    """One of some words, by its number or as typed."""
    return _numbered(text, words) or (text if text in words else _refused(len(words)))


def _numbered(text: str, choices: Sequence[_T]) -> _T | None:
    """The choice whose number was typed."""
    is_number = text.isascii() and text.isdecimal() and 1 <= int(text) <= len(choices)
    return choices[int(text) - 1] if is_number else None


def _refused(count: int) -> NoReturn:
    raise WrongUseError(f"a number from 1 to {count}", outcome="")
