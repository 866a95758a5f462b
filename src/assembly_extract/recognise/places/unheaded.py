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
from assembly_extract.tokens import vocabulary
from assembly_extract.types.mention import Mention
from assembly_extract.types.places import PlaceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.recognise.places.page import Page

_SCORE = 0.6
_SHORTEST = 5  # characters of a name


@cache
def _opening() -> re.Pattern[str]:
    """Match ณ, or ที่ behind a day or an hour, and a word that only says where at the venue."""
    near = "|".join(map(re.escape, word_tuple("unheaded.near")))
    dated = r"(?P<dated>น\.|\)|[0-9๐-๙]{2,4}|นี้)[ \t]{1,2}ที่[ \t]?"
    return re.compile(rf"(?:(?<![ก-๎])ณ[ \t.]{{1,2}}|{dated})(?:(?:{near})[ \t]?)?(?=[ก-๎A-Za-z“])")


_LONGEST = 45  # characters of a name
_NEAR = 12  # characters before a name where another reading of it may start: บริเวณ…
_WORD = re.compile(r"[ก-๎A-Za-z.“”]{2,30}")
_GAP = re.compile(r"[ \t]{1,2}")


def unheaded_venues(page: Page, taken: frozenset[int]) -> Iterator[Mention]:
    """Yield the names between ณ and an area with its prefix word that no other rule has read.

    ``taken`` holds where places start that were found. A name with a word that ends names, with
    ที่ or with a number is none. Known cost: a sort of places before an area (ณ ร้านค้า จังหวัด…).
    """
    for found in _opening().finditer(page.text):
        start = found.end()
        end = _end_before_area(page, start)
        if end is None or end - start < _SHORTEST or _names_nothing(page, start, end):
            continue
        if any(at in taken for at in range(start - _NEAR, end)):
            continue
        if found["dated"] and not _is_unheard(page, start, end):
            continue  # ที่ may be the relative pronoun
        surface = page.text[start:end]
        value = PlaceValue("venue", surface, located=True)
        yield Mention(start, end, surface, "place", "venue before its area", _SCORE, value)


def _end_before_area(page: Page, start: int) -> int | None:
    """Return where the words from ``start`` on end that an area with a prefix word follows."""
    at = start
    while at - start < _LONGEST:
        word = _WORD.match(page.text, at)
        gap = _GAP.match(page.text, word.end()) if word else None
        if word is None or gap is None:
            return None
        at = gap.end()
        if (area := page.areas.get(at)) is not None:
            return None if area.bare else word.end()
    return None


def _is_unheard(page: Page, start: int, end: int) -> bool:
    """Say whether a word of the name is in no dictionary, or the tagger sees a place there."""
    if page.tagged.covering(start) is not None:
        return True
    return any(
        len(word) >= SHORT and THAI_WORD.fullmatch(word) and word not in vocabulary()
        for word in page.words.tokens_between(start, end)
    )


def _names_nothing(page: Page, start: int, end: int) -> bool:
    """Say whether a word in the stretch shows that it is no name."""
    if page.text.startswith(word_tuple("unheaded.never"), start):
        return True
    words = page.words.tokens_between(start, end)
    ends = word_set("ends.words") | word_set("ends.titles") | word_set("unheaded.never")
    return any(word in ends for word in words)
