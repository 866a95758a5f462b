"""What must hold for every record of every text: grounding, determinism, a valid schema."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly_extract import Config, Extractor, Record, extract
from golden import FIXTURES, fixture_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.models import Mention

EXTRACTOR = Extractor()


def mentions(record: Record) -> Iterator[Mention]:
    for group in (record.dates, record.places, record.people, record.organisations):
        for entity in group:
            yield from entity.mentions
    for theme in record.themes:
        yield from theme.evidence
    for single in (record.published, record.date, record.place):
        yield from single.mentions if single else []


def assert_sound(record: Record) -> None:
    for mention in mentions(record):
        assert record.text[mention.start : mention.end] == mention.text
        assert mention.text == mention.text.strip()
        assert mention.rule
    assert record.title in {None, record.text} or record.text.startswith(record.title + "\n\n")
    assert [theme.primary for theme in record.themes].count(True) <= 1
    for entity in [*record.people, *record.organisations]:
        assert entity.mentions, f"{entity.name} stands on no text"
        assert entity.name == entity.name.strip()
    assert Record.model_validate_json(record.to_json()) == record


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Every line of every fixture that is text."""
    found = []
    for name in fixture_names():
        data = (FIXTURES / name).read_bytes()
        encoding = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8"
        found.extend(data.decode(encoding, "ignore").split("\n"))
    return found


@pytest.mark.parametrize("name", fixture_names())
def test_fixture_is_sound(name):
    for record in EXTRACTOR.records([FIXTURES / name]):
        assert_sound(record)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), noise=st.text(max_size=40))
def test_any_mixture_of_lines_is_sound(seed, noise, lines):
    """Lines of all fixtures cut, glued and salted at random: nothing raises, all is grounded."""
    chance = random.Random(seed)
    picked = chance.choices(lines, k=chance.randint(1, 30))
    text = "\n".join(
        line[chance.randint(0, 5) : len(line) - chance.randint(0, 5)] for line in picked
    )
    at = chance.randint(0, len(text))
    assert_sound(extract(text[:at] + noise + text[at:]))


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_sound(text):
    assert_sound(extract(text))


def test_two_extractors_give_the_same_bytes():
    once = [record.to_json() for record in Extractor().records([FIXTURES])]
    again = [record.to_json() for record in Extractor().records([FIXTURES])]
    assert once == again
    assert len(once) == len(fixture_names())


def test_configuration_shows_in_the_record():
    plain = extract("ข่าว")
    other = extract("ข่าว", Config(reference_date="2023-02-15"))
    assert plain.provenance.config != other.provenance.config
    assert plain.provenance.version == other.provenance.version


def test_every_key_is_always_present():
    keys = json.loads(extract("").to_json()).keys()
    assert keys == {field.alias or name for name, field in Record.model_fields.items()}
