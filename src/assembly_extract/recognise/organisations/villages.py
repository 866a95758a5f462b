"""Villages and other places of no gazetteer, whose names local bodies have: สภ.เกาะหลีเป๊ะ."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.organisations.evidence import is_coined
from assembly_extract.recognise.organisations.lexicon import starting_with, word_tuple, words
from assembly_extract.recognise.organisations.names import read_name
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from assembly_extract.recognise.organisations.lexicon import Head

_CHUNK = re.compile(r"[ก-๎]+")
_LONGEST_PLACE = 22
_FURTHER = 8  # characters of a further word of a village's name


def with_further_word(text: str, begin: int, head: Head, end: int | None) -> int | None:
    """Return the end of an area's name, or of a village's that only begins like it: บ้านป่า|เหียง.

    One word more before a space or a sign, and none that begins a clause. Known cost: a verb that
    is in no list and stands glued behind the area, before a space.
    """
    if end is None or head.kind not in words("local", "villages"):
        return end
    placed = starting_with("local", "place_words").end(text, begin)
    rest = _CHUNK.match(text, end) if placed else None
    if rest is None:
        return end
    further = line_words(rest[0])
    goes_on = len(further) == 1 and len(rest[0]) <= _FURTHER and not _begins_clause(rest[0])
    return rest.end() if goes_on else end


def _begins_clause(word: str) -> bool:
    """Say whether no name goes on with a word."""
    return (
        word in _listed()
        or word.startswith(word_tuple("ends", "verbs"))
        or starting_with("acting", "after").end(word) > 0
    )


@cache
def _listed() -> frozenset[str]:
    ends = words("ends", "words") | words("ends", "starts")
    return ends | words("joins", "words") | words("inner", "words")


def unlisted_place(text: str, start: int, head: Head) -> int | None:
    """Return the end of a village's or another place's name that no gazetteer has: สภ.เกาะหลีเป๊ะ.

    It is glued to the head, short, surely ended, and begins as such names do or has a word of no
    dictionary.
    """
    begin = start + len(head.word)
    if head.kind not in words("local", "villages"):
        return None
    read = read_name(text, start, head)
    if read is None and (first := starting_with("local", "place_words").end(text, begin)):
        # บาง ends names elsewhere: สภ.บางเสือล่อง
        read = read_name(text, start, head._replace(word=text[start:first]))
    if read is None or not read.certain or read.end - begin > _LONGEST_PLACE:
        return None
    placed = starting_with("local", "place_words").end(text, begin)
    return read.end if placed or is_coined(text, begin, read.end) else None
