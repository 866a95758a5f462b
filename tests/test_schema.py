"""The published schema and what it promises."""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assembly_extract import Record, extract
from assembly_extract.models import record_schema
from assembly_extract.types.record import SCHEMA

VALIDATOR = jsonschema.Draft202012Validator(record_schema())


def walk_objects(schema):
    """Yield every object of the schema that lists properties."""
    yield schema
    yield from schema["$defs"].values()


def test_schema_says_what_it_is():
    schema = record_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:assembly-extract:1"
    assert schema["title"] == SCHEMA
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_key_is_always_there_and_no_other():
    for part in walk_objects(record_schema()):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"]), part["title"]


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(codec=None, categories=["L", "M", "N", "P", "S", "Z", "C"])))
def test_any_text_has_a_record(text):
    """Controls, half characters and unassigned ones included."""
    record = extract(text)
    VALIDATOR.validate(json.loads(record.to_json()))
    for entity in (*record.dates, *record.places, *record.people, *record.organisations):
        for mention in entity.mentions:
            assert record.text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["", "ข่าว", "\ud800 น้ำ", "หน้าแรก\nข่าว\nติดต่อเรา\n"])
def test_records_are_valid_and_read_back(text):
    line = extract(text).to_json()
    assert "\n" not in line
    VALIDATOR.validate(json.loads(line))
    assert Record.model_validate_json(line).to_json() == line


@pytest.mark.parametrize(
    ("key", "value"),
    [("extra", 1), ("schema", "assembly-extract/2"), ("title", 5), ("usable", None)],
)
def test_other_keys_and_types_are_refused(key, value):
    row = json.loads(extract("ข่าว").to_json())
    row[key] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(row)
    with pytest.raises(ValidationError):
        Record.model_validate(row)
