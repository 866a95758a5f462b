"""People and bodies of articles in English: sentences written for this project, and the lists."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_extract import extract
from assembly_extract.public_bodies import public_bodies
from assembly_extract.recognise.organisations.english import BODIES, BODY_COLUMNS, find_english
from assembly_extract.recognise.people.english import english_people
from assembly_extract.resources import parse_tsv, read_toml, read_tsv
from assembly_extract.types.names import ORGANISATION_KINDS

CASES = parse_tsv(
    (Path(__file__).parent / "cases" / "english.tsv").read_text(encoding="utf-8"),
    "english.tsv",
    ("text", "people", "organisations"),
    key=("text",),
)
LISTED = read_tsv(BODIES, BODY_COLUMNS, key=("name",))
TEXTS = [row["text"] for row in CASES]


def people(record):
    """``prefix|name|role|organisation`` for each person; the first post."""
    found = []
    for person in record.people:
        role, body = (
            (person.posts[0].role, person.posts[0].organisation) if person.posts else ("", "")
        )
        found.append(f"{person.prefix or ''}|{person.name}|{role}|{body or ''}")
    return " ;; ".join(found) or "-"


def bodies(record):
    found = [
        f"{body.name} = {body.abbreviation}"
        if body.abbreviation and body.abbreviation != body.name
        else body.name
        for body in record.organisations
    ]
    return " ;; ".join(found) or "-"


@pytest.mark.parametrize("row", CASES, ids=[row["text"][:40] for row in CASES])
def test_sentences(row):
    record = extract(row["text"])
    assert record.language == "en"
    assert people(record) == row["people"]
    assert bodies(record) == row["organisations"]


def test_a_thai_article_with_an_english_sentence_is_read_as_thai():
    record = extract(
        "นายสมหมาย ใจกว้าง อธิบดีกรมอนามัย แถลงผลงานของกรมอนามัยในรอบปีที่ผ่านมา ว่าประชาชนมีสุขภาพดีขึ้นมาก\n"
        "Minister of Finance Preecha Wongsawat agreed."
    )
    assert [person.name for person in record.people] == ["สมหมาย ใจกว้าง"]
    assert [body.name for body in record.organisations] == ["กรมอนามัย"]


def test_listed_bodies_are_those_of_the_thai_list():
    thai = {body.name: body.kind for body in public_bodies()}
    assert {row["kind"] for row in LISTED} <= set(ORGANISATION_KINDS)
    wrong = [row for row in LISTED if row["thai"] and thai.get(row["thai"]) != row["kind"]]
    assert not [row["name"] for row in wrong if not row["name"].endswith("Party")]


@pytest.mark.parametrize("row", LISTED, ids=[row["name"] for row in LISTED])
def test_every_listed_name_is_found_in_a_sentence(row):
    text = f"Officers said that the {row['name']} will publish the report."
    (found,) = {m.text for m in find_english(text) if m.end - m.start >= len(row["name"])}
    assert found == row["name"]


def test_every_head_of_a_post_gives_a_name_its_post():
    lists = read_toml("english.toml")["people"]
    missed = []
    for head in (*lists["heads"], *lists["any_case"]):
        found = list(english_people(f"Later {head} Somchai Jaidee spoke."))
        if [m.text for m in found] != ["Somchai Jaidee", head]:
            missed.append((head, [m.text for m in found]))
    assert not missed


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.text(max_size=12))
def test_mentions_are_the_text_at_their_offsets(texts, between):
    text = between.join(texts)
    for mention in (*english_people(text), *find_english(text)):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
