"""Changed exports say the same numbers, are refused, or say what is wrong: never other numbers without a word.

`pytest -m slow tests/ingest/test_mutations.py` ends with the score. Every mutation of `mutations.py` and
`text_damage.py` is made in every file, at places that hypothesis chooses; the numbers of the untouched file are the
oracle.
"""

import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ingest_kit import TODAY
from kit import EXPORTS
from mutations import ROWS_AND_COLUMNS, Export, Mutant, Mutation, Unfit, opened
from text_damage import TEXT

from smartkpi.errors import FileRefusedError
from smartkpi.ingest import read
from smartkpi.ingest.identify import Profiles
from smartkpi.knowledge import loader
from smartkpi.model.extraction import Extraction

SAMPLES = Path(__file__).parents[1] / "samples"
NO_YEAR = ("tiktok-studio", "Followers_", "Viewers_")
ROUNDS = 3  # of all mutations, on each file
LEAST = 2_000  # different mutations, of real files alone
Numbers = dict[tuple[object, ...], set[float]]
_NO_SIGN = str.maketrans("", "", '",;\t\r\n')

pytestmark = pytest.mark.slow


@dataclass
class Said:
    """What a file states, and every word beside its numbers, without the lines on which it stands."""

    numbers: Numbers = field(default_factory=lambda: defaultdict(set))
    words: Counter[tuple[object, ...]] = field(default_factory=Counter)
    refused: str = ""


def said(path: Path) -> Said:
    found = Said()
    year = 2024 if path.name.startswith(NO_YEAR) else None
    try:
        for reading in read.extractions(path, (), today=TODAY, year=year):
            if reading.refused:
                found.refused = "\n".join((reading.refused.headline, *reading.refused.details))
            for extraction in reading.extractions:
                _add(found, extraction)
            found.words.update((left.reason, table) for left in reading.left_out for table in left.tables)
    except FileRefusedError as error:
        found.refused = str(error)
    return found


def _add(found: Said, extraction: Extraction) -> None:
    for key, value in (*_observed(extraction), *_listed(extraction)):
        found.numbers[key].add(value)
    if not extraction.account and not extraction.account_names:
        found.words[("whose numbers they are",)] += 1  # the user is asked
    found.words.update((p.column, p.text, p.expected) for p in extraction.problems)
    for left in extraction.left_out:
        found.words[(left.reason,)] += len(left.lines)
    found.words.update((note,) for note in extraction.notes)


def _platform(extraction: Extraction) -> str:
    return extraction.platforms[0] if len(extraction.platforms) == 1 else ""


def _observed(extraction: Extraction) -> Iterator[tuple[tuple[object, ...], float]]:
    """Omitted zeros and missing cells are no observations."""
    for block in extraction.blocks():
        who = (block.platform or _platform(extraction), block.account or extraction.account)
        cells = json.loads(block.cells) if isinstance(block.cells, str) else block.cells
        for n, key in enumerate(block.keys):
            for i, value in enumerate(cells[n * block.days : (n + 1) * block.days]):
                if value is not None and not (block.omitted and block.omitted[n] >> i & 1):
                    yield (*who, *key, block.first_day + i), float(value)


def _listed(extraction: Extraction) -> Iterator[tuple[tuple[object, ...], float]]:
    for item in extraction.items():
        for key, value in item.values.items():
            yield (_platform(extraction), extraction.account, item.kind, item.external_id, *key), float(value)


def verdict(before: Said, after: Said, mutant: Mutant) -> str:
    """same, refused or told; raises AssertionError for numbers that are other ones, new or gone without a word."""
    if after.refused:
        return "refused"
    told = after.words - before.words
    other = {key: now for key, now in after.numbers.items() if not now <= before.numbers.get(key, now)}
    assert not other or (mutant.may_count and told), f"{len(other)} other numbers: {[*other.items()][:3]}"
    names, known = set(map(_named, after.numbers)), set(map(_named, before.numbers))
    new = [key for key in after.numbers if _named(key) not in known]
    assert not new or told, f"{len(new)} new numbers without a word: {new[:3]}"
    gone = [key for key in before.numbers if _named(key) not in names]
    assert len(gone) <= mutant.may_lack or told, f"{len(gone)} numbers are gone without a word: {gone[:3]}"
    return "told" if told else "same"


def _named(key: tuple[object, ...]) -> tuple[object, ...]:
    """Without the account, which is shown and asked for, and without signs that more or less make no other name."""
    return tuple(part.translate(_NO_SIGN) if isinstance(part, str) else part for n, part in enumerate(key) if n != 1)


@dataclass
class Score:
    """Different mutations of some files, by what became of them; those that leave a file as it was are none."""

    seen: set[bytes] = field(default_factory=set)
    verdicts: Counter[str] = field(default_factory=Counter)

    def add(self, data: bytes, found: str) -> None:
        mark = hashlib.sha256(data).digest()
        if mark not in self.seen:
            self.seen.add(mark)
            self.verdicts[found] += 1

    def __str__(self) -> str:
        v = self.verdicts
        shown = f"{v['same']:,} same, {v['refused']:,} refused, {v['told']:,} with listed problems"
        return f"{v.total():,} mutations: {shown}"


@pytest.fixture(scope="module")
def profiles() -> Iterator[Profiles]:
    """The packaged profiles, made ready once for all mutations."""
    known = Profiles(loader.profiles())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(read, "Profiles", lambda *_, **__: known)
        yield known


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return defaultdict(Score)


def real_files() -> list[Path]:
    return sorted(path for path in EXPORTS.glob("*/*") if path.is_file())


def sample_files() -> list[Path]:
    return sorted(p for p in SAMPLES.glob("*/*/*") if p.is_file() and not p.name.startswith("expected"))


def _called(path: Path) -> str:
    return "/".join(path.parts[-3:])


def hold(path: Path, folder: Path, profiles: Profiles, score: Score, rounds: int) -> None:
    """Every mutation of one file, at places that hypothesis chooses, against what the untouched file says."""
    export = opened(path, profiles)
    if export is None:
        return
    changed = folder / path.name
    changed.write_bytes(export.data())
    before = said(changed)
    if before.refused or not before.numbers:
        return
    score.seen.add(hashlib.sha256(export.data()).digest())
    for mutation in (*ROWS_AND_COLUMNS, *TEXT):
        _mutate(mutation, export, _judge(changed, before, score), rounds)


def _judge(changed: Path, before: Said, score: Score) -> Callable[[Mutant], None]:
    def judge(mutant: Mutant) -> None:
        changed.write_bytes(mutant.data)
        score.add(mutant.data, verdict(before, said(changed), mutant))

    return judge


def _mutate(mutation: Mutation, export: Export, judge: Callable[[Mutant], None], rounds: int) -> None:
    spots = [(part, spot) for part in export.parts for spot in part.spots]
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    @settings(
        max_examples=rounds,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=checks,
    )
    @given(st.sampled_from(spots), st.integers(0, 2**32))
    def mutated(where: tuple[object, object], seed: int) -> None:
        try:
            mutant = mutation(export, *where, random.Random(f"{mutation.__name__} {export.file} {seed}"))  # type: ignore[arg-type]
        except Unfit:
            return
        judge(mutant)

    if spots:
        mutated()


@pytest.mark.real
@pytest.mark.parametrize("path", real_files(), ids=_called)
def test_a_changed_real_export_never_says_other_numbers_without_a_word(
    path: Path, tmp_path: Path, profiles: Profiles, scores: dict[str, Score]
) -> None:
    hold(path, tmp_path, profiles, scores["real"], ROUNDS)


@pytest.mark.parametrize("path", sample_files(), ids=_called)
def test_a_changed_sample_never_says_other_numbers_without_a_word(
    path: Path, tmp_path: Path, profiles: Profiles, scores: dict[str, Score]
) -> None:
    hold(path, tmp_path, profiles, scores["samples"], 1)


@pytest.mark.real
@pytest.mark.skipif(not EXPORTS.is_dir(), reason="no ../shared beside the checkout")
def test_there_were_mutations_enough(
    scores: dict[str, Score], record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    if len(scores) < 2:
        pytest.skip("only some of the files were mutated")
    for name, score in scores.items():
        record_property(name, str(score))
        with capsys.disabled():
            print(f"\n{name}: {score}")
    assert scores["real"].verdicts.total() >= LEAST
