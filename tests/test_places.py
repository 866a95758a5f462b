"""Places of sentences written for this project, marked in the text: ``{surface|kind|code}``.

A kind is p(rovince), d(istrict), s(ubdistrict), v(enue), r(egion), c(ountry) or o(ther). The code is
an area's own, a country's ISO code, or for venues and features the code of the area that holds them.
A row without marks has no place at all. ``places_aside.tsv`` was kept aside while the grammar was
written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly_extract import areas
from assembly_extract.linking.places import link_places
from assembly_extract.overlaps import resolve
from assembly_extract.recognise.places import recognise_places
from assembly_extract.resources import parse_tsv, read_toml, read_tsv
from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, Document, RawArticle

if TYPE_CHECKING:
    from assembly_extract.types.places import LinkedPlaces, PlaceEntity

CASES = Path(__file__).parent / "cases"
KINDS = {
    "p": "province",
    "d": "district",
    "s": "subdistrict",
    "v": "venue",
    "r": "region",
    "c": "country",
    "o": "other",
}
MARK = re.compile(r"\{([^|{}]+)\|([pdsvrco])(?:\|([^{}]*))?\}")


def document(text: str, body_start: int = 0) -> Document:
    raw = RawArticle("case.txt", "0" * 32, "0" * 64, "text", "utf-8", text)
    title = text[:body_start].strip() or None
    return Document(Article(raw, AlignedText.of(text), title, body_start, True, "th"))


def linked(text: str, body_start: int = 0) -> LinkedPlaces:
    doc = document(text, body_start)
    return link_places(resolve(recognise_places(doc)), doc)


def marked_rows(name: str) -> list[tuple[str, str]]:
    rows = parse_tsv((CASES / name).read_text(encoding="utf-8"), name, ["topic", "marked"])
    return [(row["topic"], row["marked"]) for row in rows]


def unmarked(marked: str) -> tuple[str, dict[int, tuple[str, str, str | None]]]:
    """Return the plain text, and the expected ``(surface, kind, code)`` by start offset."""
    expected: dict[int, tuple[str, str, str | None]] = {}
    text, done = "", 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        expected[len(text)] = (mark[1], KINDS[mark[2]], mark[3] or None)
        text += mark[1]
        done = mark.end()
    return text + marked[done:], expected


def check(marked: str) -> None:
    text, expected = unmarked(marked)
    found: dict[int, tuple[str, PlaceEntity]] = {}
    for entity in linked(text).places:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
            found[mention.start] = (mention.text, entity)
    assert {at: surface for at, (surface, _) in found.items()} == {
        at: surface for at, (surface, _, _) in expected.items()
    }
    for at, (_, kind, code) in expected.items():
        entity = found[at][1]
        assert entity.kind == kind
        if code and kind in {"venue", "other"}:
            assert code in {parent.dopa for parent in entity.within}
        elif code:
            assert code in {entity.dopa, entity.iso}


@pytest.mark.parametrize(("topic", "marked"), marked_rows("places.tsv"))
def test_sentences(topic, marked):
    del topic
    check(marked)


@pytest.mark.parametrize(("topic", "marked"), marked_rows("places_aside.tsv"))
def test_sentences_kept_aside(topic, marked):
    del topic
    check(marked)
