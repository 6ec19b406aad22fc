"""`platforms show`, `edit` and `remove`: one profile closely; one of the user's own made anew, or put away."""

import re
from collections.abc import Callable, Container, Iterator
from pathlib import Path

from smartkpi.errors import SmartKpiError, UnknownNameError, WrongUseError
from smartkpi.ingest.dates import NTH, date_format
from smartkpi.knowledge import loader, writing
from smartkpi.model.profile import Profile
from smartkpi.report import data
from smartkpi.report.document import Document, Paragraph
from smartkpi.report.views import mapping as views
from smartkpi.workflow import names
from smartkpi.workflow.opening import known_metrics, reading
from smartkpi.workflow.page import Page
from smartkpi.workflow.platforms import labels

Editor = Callable[[str, str], str]  # (name of the file, its text) -> the text as it was left


def show(db: Path, name: str, user_folder: Path) -> Page:
    """One profile: where to click, its columns and where they go, and where its file lies."""
    found = _known(name, user_folder)
    file = loader.own_file(found.id, user_folder)
    with reading(db) as conn:
        metrics = {**known_metrics(conn), **{metric.id: metric for metric in found.metrics}}
    path = str(file) if file else ""
    shown = data.envelope("platform", id=found.id, title=found.title, how=list(found.how), file=path or None)
    return Page(lambda: views.described(found, labels(), metrics, path), shown)


def _known(name: str, user_folder: Path) -> Profile:
    try:
        return loader.profile(name, user_folder)
    except UnknownNameError as error:
        near = [hint.removeprefix("--profile ") for hint in error.hints]
        error.details = (f"Did you mean {' or '.join(near)}?" if near else "No known export or table is called so.",)
        error.hints = (*(f"smartkpi platforms show {each}" for each in near), "smartkpi platforms")
        error.outcome = ""
        raise


def remove(name: str, user_folder: Path) -> Page:
    """Puts a table of the user's own away: its files are not known any more, what was imported of them stays."""
    away = loader.put_away(_own_file(name, user_folder))
    back = f"mv {names.quoted(str(away))} {names.quoted(str(away.with_suffix('')))}"
    lines = (
        f"{name} is removed: its files are not known any more. What was imported of them stays.",
        f"It is kept as {away}; to take it back, give the file its old name:",
    )
    document = Document((Paragraph(lines[0]), Paragraph(lines[1], command=back)))
    return Page(lambda: document, data.envelope("platform removed", id=name, kept=str(away)))


def edit(db: Path, name: str, user_folder: Path, editor: Editor) -> Page:
    """What `editor` makes of a profile, checked on its way out; the old one stays where the new one is broken.

    What was written is kept beside it then, so that no work is lost.
    """
    file = _own_file(name, user_folder)
    old = file.read_text(encoding="utf-8")
    new = editor(file.name, old)
    if new == old:
        return _said(f"{name}: nothing was changed.", name, changed=False)
    try:
        made = _checked(db, new, file.name, name)
    except SmartKpiError as error:
        draft = writing.put(file.with_suffix(".toml.draft"), new)
        error.details = (*error.details, f"The profile stays as it was; what you wrote is kept in {draft}.")
        error.outcome = "Nothing was changed."
        raise
    writing.put(file, _newer(new, old, made))
    file.with_suffix(".toml.draft").unlink(missing_ok=True)
    return _said(f"{name} is changed. Import its files again: what they say differently is shown.", name, changed=True)


def _own_file(name: str, user_folder: Path) -> Path:
    file = loader.own_file(name, user_folder)
    if file is not None:
        return file
    if loader.is_packaged(name):
        raise WrongUseError(
            f"{name} comes with smartkpi and cannot be edited or removed", hints=(f"smartkpi platforms show {name}",)
        )
    own = [card.id for card in loader.cards(user_folder) if loader.own_file(card.id, user_folder)]
    yours = f"Yours: {', '.join(own)}." if own else "None was mapped yet."
    raise UnknownNameError(
        f"there is no table of your own called {name}", details=(yours,), hints=("smartkpi import FILE --map",)
    )


def _checked(db: Path, text: str, file: str, name: str) -> Profile:
    """The profile of an edited text. Raises SmartKpiError with everything that is wrong in it."""
    made = loader.parse(text, file)
    with reading(db) as conn:
        wrong = list(_wrong(made, name, known_metrics(conn, made.metrics)))
    if wrong:
        raise SmartKpiError(f"{file}: this is no profile that works.", details=tuple(wrong))
    return made


def _wrong(made: Profile, name: str, metrics: Container[str]) -> Iterator[str]:
    """What pydantic cannot know: names that must exist, formats and patterns that must work."""
    if made.id != name:
        yield f'id: it must stay "{name}"'
    yield from (f"platforms: there is no “{p}”" for p in made.platforms if p not in loader.platforms())
    if not made.platforms or not made.tables:
        yield "platforms, tables: at least one of each"
    columns = [*made.columns, *(column for table in made.tables for column in table.columns)]
    named = [c.metric for c in columns if c.metric] + [count.metric for table in made.tables for count in table.counts]
    yield from (f"metric: there is no “{metric}”" for metric in dict.fromkeys(named) if metric not in metrics)
    for form in (*made.date_formats, *(f for table in made.tables for f in table.date_formats)):
        if form != NTH and not _works(date_format, form):
            yield f"date_formats: “{form}” is not known"
    for pattern in (*made.files, *made.preamble):
        if not _works(re.compile, pattern):
            yield f"files, preamble: “{pattern}” is no regular expression"


def _works(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (SmartKpiError, re.error):
        return False
    return True


def _newer(text: str, old: str, made: Profile) -> str:
    """The text with the next version, so that files that are in already are read anew; comments stay."""
    before = re.search(r"^version\s*=\s*(\d+)", old, re.MULTILINE)
    number = int(before[1]) if before else 1
    if made.version > number:
        return text
    line = f"version = {number + 1}"
    if re.search(r"^version\s*=\s*\d+", text, re.MULTILINE):
        return re.sub(r"^version\s*=\s*\d+", line, text, count=1, flags=re.MULTILINE)
    return re.sub(r"^(id\s*=.*)$", rf"\1\n{line}", text, count=1, flags=re.MULTILINE)


def _said(text: str, name: str, *, changed: bool) -> Page:
    return Page(lambda: Document((Paragraph(text),)), data.envelope("platform", id=name, changed=changed))
