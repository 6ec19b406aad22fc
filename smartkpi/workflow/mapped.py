"""`import --map`, the way of it: look at a file, try a profile on it, keep the profile, import with it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from smartkpi.errors import ExitStatus, FileRefusedError, SmartKpiError, WrongUseError
from smartkpi.ingest import peek, read
from smartkpi.ingest.peek import Sight
from smartkpi.knowledge import loader, writing
from smartkpi.model.extraction import Block, RowProblem
from smartkpi.model.metric import Metric
from smartkpi.model.profile import Profile
from smartkpi.report.document import Document
from smartkpi.report.views import mapping as views
from smartkpi.report.views.mapping import Row, Sample
from smartkpi.store import accounts
from smartkpi.workflow import columns, importing, mapping, whose
from smartkpi.workflow.mapping import Wish
from smartkpi.workflow.opening import known_metrics, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels
from smartkpi.workflow.taking import Options, World

SHOWN = 5  # rows of the preview
Sure = Callable[[Document], bool]  # shown what would be stored, says whether to go on
_ADDED = (
    "--date-format",
    "--period",
    "--currency",
    "--save-as",
    "--no-row",
)  # flags that a command can be given beside its own
_ID = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Known(NamedTuple):
    """The profile that reads a file already, and which of its tables; `is_own`: from the user's folder."""

    profile: Profile
    table: str
    is_own: bool


class Looked(NamedTuple):
    """A file before it is mapped: its blocks, what reads it already, and every metric that there is."""

    path: Path
    sights: tuple[Sight, ...]
    known: Known | None
    metrics: Mapping[str, Metric]

    @property
    def own(self) -> Known | None:
        """The user's own table that reads it."""
        return self.known if self.known and self.known.is_own else None

    @property
    def packaged(self) -> Known | None:
        """The known export that it is, so that only more of its columns can be taken."""
        return self.known if self.known and not self.known.is_own else None


def look(db: Path, path: Path, options: Options, world: World) -> Looked:
    """What a file shows. Raises FileRefusedError where nothing in it looks like a table."""
    if not path.is_file():
        raise WrongUseError("--map takes one file", hints=("smartkpi import FILE --map",))
    found = peek.sights(path, encoding=options.encoding)
    if not found:
        raise FileRefusedError(
            f"{path.name}: nothing in it looks like a table.",
            details=("A table has a line of column names, and below it rows with a day and numbers.",),
        )
    known = _known(path, options, world)
    mine = [] if known and known.is_own else [m for p in _own(options) for m in p.metrics]
    with reading(db) as conn:
        metrics = known_metrics(conn, mine)
    return Looked(path, found, known, metrics)


def _own(options: Options) -> list[Profile]:
    return [p for p in loader.profiles(options.user_folder, []) if not loader.is_packaged(p.id)]


def _known(path: Path, options: Options, world: World) -> Known | None:
    """Which profile takes something of the file already."""
    profiles = {profile.id: profile for profile in loader.profiles(options.user_folder, [])}
    for found in _readings(path, tuple(profiles.values()), options, world):
        for extraction in found.extractions:
            profile = profiles[extraction.profile]
            return Known(profile, extraction.table, not loader.is_packaged(profile.id))
    return None


def named(looked: Looked, wish: Wish, options: Options) -> str:
    """The name under which the profile is kept; raises where it is taken, or where the table has another."""
    known, own = looked.known, looked.own
    name = wish.name or slug(looked.path.stem)
    if not _ID.fullmatch(name) or name != name.casefold():
        raise WrongUseError(f"--save-as: “{name}” is no name", hints=(f"--save-as {slug(name)}",), outcome="")
    if loader.is_packaged(name):
        raise WrongUseError(f"--save-as: {name} is a known export", hints=(f"--save-as my-{name}",))
    if own and own.profile.id != wish.name:
        raise WrongUseError(
            f"this table is mapped already, as {own.profile.id}",
            details=("Named again, it is replaced.",),
            hints=(f"--save-as {own.profile.id}",),
        )
    is_same = known is not None and known.profile.id == name
    if not is_same and options.user_folder and loader.own_file(name, options.user_folder):
        raise WrongUseError(f"--save-as: {name} is the name of another table of yours", hints=(f"--save-as {name}-2",))
    return name


def slug(text: str) -> str:
    """A text as the name of a profile: "My leads" -> "my-leads"."""
    return "-".join(re.findall(r"[^\W_]+", text.casefold())) or "table"


def profile(looked: Looked, wish: Wish, options: Options, again: str) -> Profile:
    """What was said of the file's columns, as a profile; the next version of the one that it replaces."""
    block = mapping.sight(looked.sights, wish, again)
    wish = replace(wish, name=named(looked, wish, options))
    version = looked.own.profile.version + 1 if looked.own else 1
    if base := looked.packaged:
        if wish.date:
            raise WrongUseError(
                f"this is known: {base.profile.title}. Columns that it leaves out can be added",
                hints=("leave --date out: --map --metric NAME=COLUMN",),
            )
        taken = [columns.counted(text, block, looked.metrics) for text in wish.metrics]
        return mapping.extended(base.profile, base.table, block, wish, options, taken)
    return mapping.profile(block, looked.sights, wish, options, looked.metrics, version)


def sample(looked: Looked, profile: Profile, options: Options, world: World) -> Sample:
    """The first rows as they would be stored. Raises what refuses the file."""
    rows: dict[tuple[int, int, str, str], dict[str, float | None]] = {}
    problems: list[RowProblem] = []
    notes: list[str] = []
    units: dict[str, str] = {}
    found = list(_readings(looked.path, (profile,), options, world, only=profile))
    for extraction in (e for each in found for e in each.extractions):
        for block in islice(extraction.blocks(), SHOWN * SHOWN):
            for place, metric, value, unit in _cells(block):
                if place in rows or len(rows) < SHOWN:
                    rows.setdefault(place, {})[metric] = value
                    units[metric] = unit
        problems += extraction.problems
        notes += extraction.notes
    if not any(each.extractions for each in found):
        raise next((each.refused for each in found if each.refused), _empty(looked.path))
    metrics = {**looked.metrics, **{metric.id: metric for metric in profile.metrics}}
    stored = tuple(Row(*place, values) for place, values in rows.items())
    return Sample(profile, stored, metrics, units, tuple(problems), tuple(dict.fromkeys(notes)))


def _refuse_unused(path: Path, made: Profile, options: Options, world: World) -> None:
    """A profile that another one outdoes would never be used again."""
    others = tuple(p for p in loader.profiles(options.user_folder, []) if p.id != made.id)
    found = list(_readings(path, (*others, made), options, world))
    reports = {e.profile: e.profile_title for each in found for e in each.extractions}
    if reports and made.id not in reports:
        raise WrongUseError(f"it would go on to be taken as {' and '.join(reports.values())}")


def _empty(path: Path) -> FileRefusedError:
    return FileRefusedError(f"{path.name}: nothing in it can be taken so.")


def _readings(
    path: Path, profiles: tuple[Profile, ...], options: Options, world: World, *, only: Profile | None = None
) -> Iterator[read.Reading]:
    yield from read.extractions(
        path, profiles, only=only, today=world.today, as_of=options.as_of, encoding=options.encoding,
        year=options.year, platform=options.platform,
    )  # fmt: skip


def _cells(block: Block) -> Iterator[tuple[tuple[int, int, str, str], str, float | None, str]]:
    """The place, metric, value and unit of each cell of a block's first days."""
    import json

    values = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
    for day in range(min(block.days, SHOWN)):
        for n, key in enumerate(block.keys):
            first = block.first_day + day
            place = (first, first + key.days - 1, block.account, key.breakdown)
            yield place, key.metric, values[n * block.days + day], key.unit


def take(
    db: Path, looked: Looked, wish: Wish, options: Options, world: World, *, sure: Sure | None, again: str
) -> Page:
    """Try, ask, keep, import: whatever does not come to its end leaves neither numbers nor a profile."""
    if not looked.packaged:
        options = replace(options, platform=_platform(looked, options, again))
    with _whole_hints(looked, again):
        made = profile(looked, wish, options, again)
        _refuse_unused(looked.path, made, options, world)
        rows = sample(looked, made, options, world)
    if not wish.account_column and not options.account:
        _refuse_nobody(db, looked, made, again)
    shown = views.sample(rows, labels())
    if sure is not None and not sure(shown):
        raise SmartKpiError("not taken, as you said", outcome="Nothing was changed.")
    settled = replace(options, date_format="", numbers="", currency="", mapped=made)  # the profile says it from now on
    page = _imported(db, looked.path, made, settled, world)
    head = () if sure is not None else shown.blocks
    kept = views.kept(made, dry=options.dry_run)
    found = {**page.data, "profile": made.id}
    return page._replace(data=found, document=lambda: Document((*head, *page.document().blocks, *kept)))


@contextmanager
def _whole_hints(looked: Looked, again: str) -> Iterator[None]:
    """Refusals name the file, and their flags the whole command."""
    try:
        yield
    except SmartKpiError as error:
        if not error.headline.startswith(looked.path.name):
            error.headline = f"{looked.path.name}: {error.headline}"
        error.hints = tuple(_whole(hint, again) for hint in error.hints)
        error.outcome = "Nothing was changed."
        raise


def _whole(hint: str, again: str) -> str:
    """Parts that a refused table needs are added to what was typed, which has the rest."""
    is_mapping, parts = " --map " in hint, hint.partition("--by ")
    if is_mapping and parts[1]:
        return f"{again} {''.join(parts[1:])}"
    return f"{again} {hint}" if hint.startswith(_ADDED) else hint


def _folder(options: Options) -> Path:
    assert options.user_folder is not None  # the shell always names it
    return options.user_folder


def _imported(db: Path, path: Path, made: Profile, options: Options, world: World) -> Page:
    """The profile is kept only when its first import is."""
    if options.dry_run:
        return importing.import_paths(db, [path], options, world)
    file = loader.own_file(made.id, _folder(options)) or writing.path_of(made, _folder(options))
    before = file.read_text(encoding="utf-8") if file.exists() else None
    writing.put(file, writing.text(made))
    try:
        page = importing.import_paths(db, [path], options, world)
    except BaseException:
        _back(file, before)
        raise
    if page.status is ExitStatus.FAILED:
        _back(file, before)
    return page


def _back(file: Path, before: str | None) -> None:
    if before is None:
        file.unlink(missing_ok=True)
    else:
        writing.put(file, before)


def _platform(looked: Looked, options: Options, again: str) -> str:
    """Where the numbers come from; a table mapped before keeps its platform."""
    if options.platform:
        return options.platform
    if looked.own:
        return looked.own.profile.platforms[0]
    raise WrongUseError(
        f"{looked.path.name}: where do its numbers come from?",
        details=(f"One of {', '.join(labels())}.",),
        hints=(f"{again} --platform website",),
    )


def _refuse_nobody(db: Path, looked: Looked, made: Profile, again: str) -> None:
    """Only the user knows whose numbers they are, unless there is one account only."""
    if made.account:
        return
    with reading(db) as conn:
        known = [] if conn is None else accounts.in_use(conn)
    what = f"It is {made.title}; a table does not say whose it is."
    whose.only_one(made.platforms, known, labels(), what=what, command=again)
