"""Places of articles in English: sentences written for this project, and the lists.

Marks are those of ``test_places``: ``{surface|kind|code}``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract import areas, extract
from assembly_extract.countries import country_name
from assembly_extract.linking.places import link_places
from assembly_extract.overlaps import resolve
from assembly_extract.recognise.places import recognise_places
from assembly_extract.recognise.places.english import (
    SPELLING_COLUMNS,
    SPELLINGS,
    english_places,
)
from assembly_extract.resources import parse_tsv, read_tsv
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Document, RawArticle
from marked_places import unmarked

CASES = Path(__file__).parent / "cases"
LISTED = read_tsv(SPELLINGS, SPELLING_COLUMNS, key=("spelling",))


def rows(name, columns):
    return parse_tsv((CASES / name).read_text(encoding="utf-8"), name, columns)


SENTENCES = rows("places_english.tsv", ("topic", "marked"))
EVENTS = rows("places_english_events.tsv", ("why", "headline", "body", "surface"))


def linked(text, body_start=0):
    raw = RawArticle("case.txt", "0" * 32, "0" * 64, "text", "utf-8", text)
    title = text[:body_start].strip() or None
    document = Document(Article(raw, AlignedText.of(text), title, body_start, True, "en"))
    return link_places(resolve(recognise_places(document)), document)


@pytest.mark.parametrize("row", SENTENCES, ids=[row["topic"] for row in SENTENCES])
def test_sentences(row):
    text, wanted = unmarked(row["marked"])
    found = {
        mention.start: (mention.text, entity)
        for entity in linked(text).places
        for mention in entity.mentions
    }
    assert {at: surface for at, (surface, _) in found.items()} == {
        at: surface for at, (surface, _, _) in wanted.items()
    }
    for at, (_, kind, code) in wanted.items():
        entity = found[at][1]
        assert entity.kind == kind
        if code and kind == "venue":
            assert code in {parent.dopa for parent in entity.within}
        elif code:
            assert code in {entity.dopa, entity.iso}


@pytest.mark.parametrize("row", EVENTS, ids=[row["why"] for row in EVENTS])
def test_event_place(row):
    head = f"{row['headline']}\n\n"
    place = linked(head + row["body"].replace("\\n", "\n"), body_start=len(head)).place
    assert (place.mentions[0].text if place else "") == row["surface"]


@pytest.mark.parametrize("row", LISTED, ids=[row["spelling"] for row in LISTED])
def test_every_listed_spelling_is_found(row):
    text = f"They came to {row['spelling']}, and left."
    found = [mention for mention in english_places(text) if mention.text == row["spelling"]]
    assert [mention.value.kind for mention in found] == [row["kind"]]


def test_codes_of_the_list_are_real():
    regions = {row["name"] for row in read_tsv("places_regions.tsv", ("id", "name", "spelling"))}
    for row in LISTED:
        if row["kind"] == "province":
            assert row["code"] in areas.areas()
        elif row["kind"] == "region":
            assert row["name"] in regions
        else:
            assert country_name(row["code"])


@pytest.mark.parametrize(
    "area",
    [area for area in areas.areas().values() if area.kind == "province"],
    ids=lambda a: a.dopa,
)
def test_every_province_is_found_by_its_english_name(area):
    (found,) = english_places(f"It rained in {area.name_en} province on Monday.")
    assert found.value.codes == (area.dopa,)


def test_an_area_has_one_name_in_both_languages():
    english = extract(
        "January 5, 2026, Minister Anan Rattanakul visited Chiang Rai province, and praised the farmers of Japan."
    )
    thai = extract("นายอนันต์ รัตนกุล ลงพื้นที่จังหวัดเชียงราย และชื่นชมเกษตรกรของประเทศญี่ปุ่น")
    assert [place.name for place in english.places] == [place.name for place in thai.places]
    assert english.place.name == thai.place.name == "เชียงราย"


@given(st.text("ABTVat hrs,.’'-()20\n", max_size=120))
def test_mentions_are_cut_from_the_text(text):
    for mention in english_places(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
