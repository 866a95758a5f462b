"""Venues whose names begin with no known head word: what stands between ณ and an area.

ณ พาเมโล่ ปาร์ค จ.…, ณ ข่วงสันกำแพง อำเภอ…: the word of place before and the address behind say that it
is a venue, whatever its name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.places.venue_names import SHORT, THAI_WORD
from assembly_extract.recognise.places.venue_words import word_set, word_tuple
from assembly_extract.tokens import in_dictionary
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.places.page import Page

_SCORE = 0.6
_SHORTEST = 5  # characters of a name


@cache
def _named_before() -> re.Pattern[str]:
    """Match the last ณ of a stretch, or ที่ behind a day or an hour, and the name up to its end."""
    near = "|".join(map(re.escape, word_tuple("unheaded.near")))
    word = r"[ก-๎A-Za-z.“”]{2,30}"
    dated = r"(?P<dated>(?:น\.|\)|[0-9๐-๙]{2,4}|นี้)[ \t]{1,2}ที่[ \t]?)"
    return re.compile(
        rf"[^\n]*(?:(?<![ก-๎])(?P<at>ณ)[ \t.]{{1,2}}|{dated})(?:(?:{near})[ \t]?)?"
        rf"(?P<name>{word}(?:[ \t]{{1,2}}{word}){{0,4}})[ \t]{{1,2}}\Z"
    )


_LONGEST = 45  # characters of a name
_STRETCH = 64  # ... with what leads to it
_NEAR = 12  # characters before a name where another reading of it may start: บริเวณ…


def unheaded_venues(page: Page, taken: frozenset[int]) -> Iterator[Mention]:
    """Yield the names between ณ and an area with its prefix word that no other rule has read.

    ``taken`` holds where places start that were found. A name with a word that ends names, with
    ที่ or with a number is none. Known cost: a sort of places before an area (ณ ร้านค้า จังหวัด…).
    """
    for area in page.areas.values():
        low = max(page.words.line_bounds(area.start)[0], area.start - _STRETCH)
        if area.bare or page.text.find("ณ", low, area.start) < 0 > page.text.find(
            "ที่", low, area.start
        ):
            continue
        found = _named_before().match(page.text, low, area.start)
        if found is None:
            continue
        start, end = found.span("name")
        if not _SHORTEST <= end - start <= _LONGEST or _names_nothing(page, start, end):
            continue
        if any(at in taken for at in range(start - _NEAR, end)):
            continue
        if found["dated"] and not _is_unheard(page, start, end):
            continue  # ที่ may be the relative pronoun
        surface = page.text[start:end]
        value = PlaceValue("venue", surface, located=True)
        yield Mention(start, end, surface, "place", "venue before its area", _SCORE, value)


def _is_unheard(page: Page, start: int, end: int) -> bool:
    """Say whether a word of the name is in no dictionary, or the tagger sees a place there."""
    if page.tagged.covering(start) is not None:
        return True
    return any(
        len(word) >= SHORT and THAI_WORD.fullmatch(word) and not in_dictionary(word)
        for word in page.words.tokens_between(start, end)
    )


def _names_nothing(page: Page, start: int, end: int) -> bool:
    """Say whether a word in the stretch shows that it is no name."""
    if page.text.startswith(word_tuple("unheaded.never"), start):
        return True
    words = page.words.tokens_between(start, end)
    ends = word_set("ends.words") | word_set("ends.titles") | word_set("unheaded.never")
    return any(word in ends for word in words)
