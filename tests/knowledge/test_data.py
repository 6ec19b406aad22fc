"""The files of knowledge agree with the words of the model and with each other."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import smartkpi.knowledge
from smartkpi.knowledge import loader, plain
from smartkpi.model.metric import Kind, Metric
from smartkpi.model.profile import Column, Profile, Shape

FOLDER = Path(smartkpi.knowledge.__file__).parent
METRICS = loader.metrics()
PROFILES = loader.profiles()


def columns(profile: Profile) -> list[Column]:
    return [*profile.columns, *(column for table in profile.tables for column in table.columns)]


def test_every_metric_says_only_words_of_the_model() -> None:
    entries = tomllib.loads((FOLDER / "metrics.toml").read_text(encoding="utf-8"))
    for name, entry in entries.items():
        assert set(entry) <= set(Metric._fields) - {"id"}, name
    stated = {name: {"id": name, **entry} for name, entry in entries.items()}
    assert TypeAdapter(dict[str, Metric]).validate_python(stated) == METRICS


@pytest.mark.parametrize("path", sorted((FOLDER / "profiles").glob("*.toml")), ids=lambda path: path.stem)
def test_a_packaged_profile_is_read_as_pydantic_reads_it_and_its_file_is_called_like_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    checked = loader.parse(text, path.name)
    assert repr(plain.parse(text)) == repr(checked)
    assert checked.id == path.stem


def test_a_metric_points_only_to_metrics_that_exist() -> None:
    for metric in METRICS.values():
        named = {metric.numerator, metric.denominator, metric.weight, metric.grows, *metric.read_as} - {""}
        assert named <= set(METRICS), metric.id
        assert not metric.grows or METRICS[metric.grows].kind is Kind.LEVEL, metric.id


def test_a_ratio_is_made_of_flows_for_people_cannot_be_added() -> None:
    for metric in METRICS.values():
        for part in {metric.numerator, metric.denominator, metric.weight} - {""}:
            assert metric.kind is Kind.RATIO and METRICS[part].kind is Kind.FLOW, (metric.id, part)


def test_a_word_means_one_metric() -> None:
    said = [(word.casefold(), m.id) for m in METRICS.values() for word in {m.name, m.id.replace("_", " "), *m.words}]
    meant = Counter(word for word, _ in {*said})
    assert [word for word, count in meant.items() if count > 1] == []


def test_a_word_means_one_platform() -> None:
    said = Counter(
        word.casefold()
        for name, entry in loader.platforms().items()
        for word in {name, entry["name"].casefold(), *entry["words"]}
    )
    assert [word for word, count in said.items() if count > 1] == []


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_a_profile_names_known_metrics_and_platforms_and_tells_how_to_download(profile: Profile) -> None:
    assert {column.metric for column in columns(profile)} - {""} <= set(METRICS)
    assert {*profile.platforms, *(name for table in profile.tables for name in table.platforms)} <= set(
        loader.platforms()
    )
    assert len(profile.how) > 2 and "English" in " ".join(profile.how)
    assert profile.seen
    levels_only = all(column.level for column in columns(profile) if column.metric)  # what a level is now is final
    assert levels_only or profile.lag >= max(loader.platforms()[name]["lag"] for name in profile.platforms)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_what_a_profile_leaves_out_has_a_reason(profile: Profile) -> None:
    for table in profile.tables:
        assert bool(table.why) == (table.shape is Shape.KNOWN), table.name
        taken = table.shape in (Shape.DAILY, Shape.TOTALS, Shape.ITEMS)
        for column in (*table.columns, *profile.columns) if taken else ():
            assert column.metric or column.role or column.why, (table.name, column.names)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_patterns_of_a_profile_find_only_what_the_model_knows(profile: Profile) -> None:
    groups = {group for text in (*profile.files, *profile.preamble) for group in re.compile(text).groupindex}
    assert groups <= {"account", "as_of", "epoch_ms", "begin", "end", "until", "scope"}


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("https___www.example.com_-Performance-on-Search-2026-03-03.zip", "www.example.com"),
        ("https___www.example.com_-Performance-on-Search-2026-03-03 (1).zip", "www.example.com"),
        ("example.com-Performance-on-Discover-2024-02-12.zip", "example.com"),
        ("my-page_followers_1774355119598.xls", "my-page"),
        ("my-page_followers_1774355119598 (2).xls", "my-page"),
        ("my_page_content_1774355108388.xls", "my_page"),
        ("دورلي-doorly_visitors_1774355119598.xls", "دورلي-doorly"),
        ("Content 2024-01-01_2025-01-01 Name.zip", "Name"),
        ("Content 2024-01-01_2025-01-01 Two Words (1).zip", "Two Words"),
        ("Conteúdo 2024-06-02_2025-06-02 Canal - Universidade", "Canal - Universidade"),
        ("Idade do espectador 2024-06-02_2025-06-02 Canal.zip", "Canal"),
        ("daily_tweet_activity_metrics_my_name_20210101_20210201_en.csv", "my_name"),
        ("tweet_activity_metrics_my_name_20210101_20210201_ja.csv", "my_name"),
        ("Followers_my.name (1).zip", "my.name"),
    ],
)
def test_the_account_is_found_in_the_name_of_a_file(name: str, account: str) -> None:
    found = {
        match["account"]
        for profile in PROFILES
        for text in profile.files
        if (match := re.search(text, name, re.IGNORECASE)) and "account" in match.groupdict()
    }
    assert found == {account}
