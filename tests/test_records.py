"""The record as it is written: the same bytes as the published model's own dump, for any values."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract import Extractor, Record
from assembly_extract.config import Config
from assembly_extract.records import build_record, to_json
from assembly_extract.sources import read_articles
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Notice, PageMetadata, RawArticle, Removed
from assembly_extract.types.dates import DateEntity, LinkedDates
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationEntity, PersonEntity, Post
from assembly_extract.types.places import Candidate, LinkedPlaces, Parent, PlaceEntity
from assembly_extract.types.themes import Label, ThemeEntity
from golden import FIXTURES

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    ['"\\/', "\x00\x1f\x7f\u2028", "สช.\u200b", "\U0001f600"]
)
MAYBE = st.none() | TEXT
SCORE = st.floats(0, 1) | st.sampled_from([0, 1, 1e-05, 0.99995, 1 / 3])
WHOLE = st.integers(0, 10**6)
MENTIONS = st.lists(
    st.builds(
        Mention,
        start=WHOLE,
        end=st.integers(1, 10**6),
        text=TEXT.filter(bool),
        kind=st.just("person"),
        rule=TEXT,
        score=SCORE,
    ),
    max_size=2,
).map(tuple)
DATES = st.builds(
    DateEntity,
    edtf=TEXT,
    start=MAYBE,
    end=MAYBE,
    precision=st.sampled_from(["day", "month", "period"]),
    calendar=st.sampled_from(["BE", "CE", None]),
    basis=st.sampled_from(["explicit", "anchored", "inferred"]),
    role=st.sampled_from(["event", "law_year"]),
    anchor=MAYBE,
    time=MAYBE,
    mentions=MENTIONS,
)
PARENTS = st.lists(st.builds(Parent, TEXT, TEXT, MAYBE), max_size=2).map(tuple)
PLACES = st.builds(
    PlaceEntity,
    name=TEXT,
    kind=st.sampled_from(["venue", "province", "other"]),
    dopa=MAYBE,
    iso=MAYBE,
    within=PARENTS,
    lat=st.none(),
    lon=st.none(),
    role=st.sampled_from(["venue", "mentioned"]),
    candidates=st.lists(st.builds(Candidate, TEXT, TEXT, MAYBE, MAYBE, PARENTS), max_size=1).map(
        tuple
    ),
    mentions=MENTIONS,
    region=MAYBE,
    ref=MAYBE,
)
PEOPLE = st.builds(
    PersonEntity,
    id=TEXT,
    name=TEXT,
    prefix=MAYBE,
    given=MAYBE,
    family=MAYBE,
    posts=st.lists(st.builds(Post, TEXT, MAYBE), max_size=2).map(tuple),
    romanised=MAYBE,
    mentions=MENTIONS,
    ref=MAYBE,
)
BODIES = st.builds(
    OrganisationEntity,
    id=TEXT,
    name=TEXT,
    abbreviation=MAYBE,
    kind=MAYBE,
    parent=MAYBE,
    mentions=MENTIONS,
    ref=MAYBE,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
EXTRA = st.dictionaries(TEXT, VALUES, max_size=2)
THEMES = st.builds(
    ThemeEntity,
    id=TEXT,
    label=st.builds(Label, TEXT, MAYBE),
    cap=st.none() | WHOLE,
    sdg=st.lists(WHOLE, max_size=2).map(tuple),
    score=SCORE,
    primary=st.booleans(),
    declared=st.booleans(),
    evidence=MENTIONS,
    extra=EXTRA,
)
NOTICES = st.lists(st.builds(Notice, TEXT, TEXT), max_size=1).map(tuple)
RAW = st.builds(
    RawArticle,
    path=TEXT,
    id=TEXT,
    sha256=TEXT,
    format=TEXT,
    encoding=TEXT,
    text=TEXT,
    metadata=st.builds(PageMetadata, url=MAYBE),
    extra=EXTRA,
    notices=NOTICES,
)
ARTICLES = st.builds(
    Article,
    raw=RAW,
    aligned=TEXT.map(AlignedText.of),
    title=MAYBE,
    body_start=st.just(0),
    usable=st.booleans(),
    language=TEXT,
    publisher=MAYBE,
    section=MAYBE,
    slug=MAYBE,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    removed=st.lists(st.builds(Removed, TEXT, TEXT, TEXT, WHOLE), max_size=1).map(tuple),
    notices=NOTICES,
)


@given(
    ARTICLES,
    st.builds(
        LinkedDates, st.none() | DATES, st.none() | DATES, st.lists(DATES, max_size=1), NOTICES
    ),
    st.builds(LinkedPlaces, st.none() | PLACES, st.lists(PLACES, max_size=1), NOTICES),
    st.lists(PEOPLE, max_size=1),
    st.lists(BODIES, max_size=1),
    st.lists(THEMES, max_size=1),
)
def test_the_models_own_dump_is_the_same(article, dates, places, people, organisations, themes):
    record = build_record(
        article,
        Config(),
        "1",
        dates=dates,
        places=places,
        people=people,
        organisations=organisations,
        themes=themes,
    )
    assert to_json(record) == Record.model_validate(record).to_json()


def test_real_articles_give_valid_records_with_the_models_own_dump():
    extractor = Extractor()
    for raw in read_articles([FIXTURES]):
        if isinstance(raw, RawArticle):
            assert to_json(extractor.plain_record(raw)) == extractor.record(raw).to_json()


@pytest.mark.parametrize(
    ("value", "written"),
    [(float("nan"), "null"), (0.5, "0.5"), ([{"ก": 1}], '[{"ก":1}]')],
)
def test_what_a_table_brings_along_is_written_as_the_model_writes_it(value, written):
    record = Extractor().plain_record(RawArticle("a", "0" * 32, "", "csv", "utf-8", "ข่าว"))
    record["source"]["extra"] = {"column": value}
    line = to_json(record)
    assert f'"extra":{{"column":{written}}}' in line
    assert json.loads(line)["text"] == record["text"]


def test_half_a_character_is_no_json():
    record = Extractor().plain_record(RawArticle("a", "0" * 32, "", "csv", "utf-8", "ข่าว"))
    with pytest.raises(ValueError, match="surrogates not allowed"):
        to_json(record | {"title": "\ud800"})
