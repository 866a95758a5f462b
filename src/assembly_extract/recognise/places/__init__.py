"""Recogniser of places: Document -> mentions, in three named steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.places.areas import AreaFinder
from assembly_extract.recognise.places.english import english_places
from assembly_extract.recognise.places.foreign import ForeignFinder
from assembly_extract.recognise.places.lexicon import scan
from assembly_extract.recognise.places.page import Page
from assembly_extract.recognise.places.unheaded import unheaded_venues
from assembly_extract.recognise.places.venues import VenueFinder
from assembly_extract.recognise.places.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention


def recognise_places(document: Document) -> Iterable[Mention]:
    """Yield the places of the document: areas, then what lies abroad, then venues.

    A venue's name may hold an area's: the longer mention wins later (``overlaps``).
    """
    text = document.text
    hits, words = scan(text), Words(text)
    finder = AreaFinder(text, hits, words)
    found = finder.find()
    spans = document.spans_labelled("LOCATION")
    page = Page(text, hits, words, found=found, held=finder.held, spans=spans)
    places = [area.mention(text) for area in found]
    places += ForeignFinder(text, hits, words).find()
    places += VenueFinder(page).find()
    yield from places
    yield from unheaded_venues(page, frozenset(place.start for place in places))
    if document.article.is_english:
        yield from english_places(text)
