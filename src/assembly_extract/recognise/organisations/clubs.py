"""Football clubs that no list has: a name before เอฟซี or ยูไนเต็ด."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import alternatives
from assembly_extract.recognise.organisations.lexicon import words
from assembly_extract.tokens import line_words
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST, _LONGEST = 3, 24
_SCORE = 0.8


def find_clubs(text: str) -> Iterator[Mention]:
    """Yield the clubs that a place's name or one chunk before a club's tail names.

    เชียงใหม่ ยูไนเต็ด, สโมสรนาคาธารา เอฟซี; not MFC, nor what fans are called (เหล่าเอฟซี).
    """
    if not any(tail in text for tail in words("clubs", "tails")):
        return
    for found in _club().finditer(text):
        start = _begin(text, found.start("name"), found.end("name"))
        if start is None:
            continue
        value = OrganisationValue(text[start : found.end()], None, "association")
        yield Mention(start, found.end(), value.name, "organisation", "grammar:club", _SCORE, value)


def _begin(text: str, start: int, end: int) -> int | None:
    """Return where the name begins in a chunk that a tail follows; None if it holds none."""
    at = start
    for word in line_words(text[start:end]):
        stop = at + len(word)
        if word in words("clubs", "no_names"):
            return None
        if stop < end and word in _before():
            start = stop
        at = stop
    size = end - start
    return start if _SHORTEST <= size <= _LONGEST else None


@cache
def _before() -> frozenset[str]:
    """Return the words behind which a name begins: verbs, posts, what leads on."""
    return words("clubs", "before") | words("ends", "words") | words("ends", "starts")


@cache
def _club() -> re.Pattern[str]:
    tails, firms = (alternatives(words("clubs", key)) for key in ("tails", "firms"))
    return re.compile(rf"(?P<name>[ก-๎]{{3,40}}) (?:{tails})(?![ก-๎]| (?:{firms}))")
