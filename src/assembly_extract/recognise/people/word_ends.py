"""Where a name ends: what is glued to it, and which words cannot go on a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import (
    given_names,
    glued_ends,
    opening_end,
    person_tuple,
    person_words,
    post_tuple,
    strong_titles,
)
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.recognise.people.scan import Scan

SHORTEST_CUT = 4
"""Shorter listed names begin too many longer ones to be cut from what is glued to them."""

LONGEST_LISTED = 26
"""No listed name is longer."""

LONG_CHUNK = 20
"""A longer chunk holds more than a name: the tagger's word on where it ends is taken."""

FAR = 60
"""Further than this from its beginning no name ends."""

SURE = 0.8
"""From this score on the tagger's word counts where the shape leaves it open."""


def name_length(scan: Scan, at: int, chunk: str, known: frozenset[str]) -> tuple[int, bool]:
    """Return how many characters of ``chunk`` are a name, and whether something is glued to it.

    A listed name before a word that leads on is the name. Else the name ends where the tagger ends
    a person or where a word of :func:`~.lexicon.glued_ends` begins at a word edge or after a known
    name, whichever comes first.
    """
    if chunk in known:
        return len(chunk), False
    for size in range(min(len(chunk) - 1, LONGEST_LISTED), SHORTEST_CUT - 1, -1):
        if chunk[:size] in known and _goes_on(scan, at + size, given=known is given_names()):
            return size, True
    glued = _glued(scan, at, chunk, known)
    tagged = _tagged_end(scan, at, chunk, known)
    if glued and tagged and tagged < glued <= LONG_CHUNK and known is not given_names():
        # ศรีกิจ|ประการ|รัฐมนตรี…: between the two stands the rest of a surname, or what ends it
        tagged = tagged if ends_name(scan, at + tagged, chunk[tagged:]) else None
    found = [end for end in (glued, tagged) if end]
    return (min(found), True) if found else (len(chunk), False)


def _glued(scan: Scan, at: int, chunk: str, known: frozenset[str]) -> int | None:
    """Return where the first verb, post or title begins that is glued to the name."""
    window = scan.text[at : at + min(len(chunk), FAR) + 40]
    ends, edges = glued_ends(), scan.edges
    for cut in range(2, min(len(chunk), len(window))):
        if (at + cut in edges or chunk[:cut] in known) and ends.end(window, cut):
            return _without_modifier(chunk, cut)
    return None


def _tagged_end(scan: Scan, at: int, chunk: str, known: frozenset[str]) -> int | None:
    """Return where the tagger is sure that a person ends within the chunk, if that can be.

    It also ends people inside of rare surnames: it needs a listed name before the end, or what
    cannot go on a name after it, or a chunk too long for a name.
    """
    span = scan.tagged(at)
    if span is None or span.score < SURE:
        return None
    size = span.end - at
    if not 2 <= size < len(chunk):
        return None
    listed = size >= SHORTEST_CUT and chunk[:size] in known and span.end in scan.edges
    if listed or len(chunk) > LONG_CHUNK or ends_name(scan, span.end, chunk[size:]):
        return size
    return None


def _goes_on(scan: Scan, at: int, *, given: bool) -> bool:
    """Say whether a whole word that ends names stands at ``at``: จุรินทร์|ได้ชี้แจง.

    After a listed given name more words count than after a surname (surnames are made of words),
    but for where the tagger has the person go on.
    """
    if at not in scan.edges:
        return False
    if _whole_word(scan, at, "after_known"):
        return True
    span = scan.tagged(at - 1)
    return given and (span is None or span.end <= at) and _whole_word(scan, at, "after_given")


def _whole_word(scan: Scan, at: int, name: str) -> bool:
    return scan.text.startswith(person_tuple(name), at) and any(
        scan.text.startswith(word, at) and at + len(word) in scan.edges
        for word in person_words(name)
    )


def _without_modifier(chunk: str, cut: int) -> int:
    """Return the cut before the words that lead a glued post: ใจกว้าง|รองปลัด…."""
    words = post_tuple("modifiers")
    for word in words if chunk.endswith(words, 0, cut) else ():
        if chunk.endswith(word, 0, cut) and cut - len(word) > 2:
            return cut - len(word)
    return cut


def words_of(chunk: str) -> Sequence[str]:
    """Return the words of a chunk, as the tokeniser cuts it by itself."""
    return line_words(chunk)


def ends_name(scan: Scan, at: int, chunk: str) -> bool:
    """Say whether the chunk at ``at`` cannot go on a name: a verb, a post, a title, a noun."""
    if chunk in person_words("after_space") or starts_title(scan, at):
        return True
    if opens_post(scan, at) or starts_verb(chunk):
        return True
    ends = person_words("after_space")
    words = words_of(chunk)
    return words[0] in ends or "".join(words[:2]) in ends


def starts_verb(chunk: str) -> bool:
    """Say whether a chunk begins with what ends a name also where it is glued to it."""
    return glued_ends().end(chunk) > 0


def starts_title(scan: Scan, at: int) -> bool:
    """Say whether a title that a name follows begins at ``at``."""
    return strong_titles().end(scan.text[at : at + 24]) > 0


def opens_post(scan: Scan, at: int) -> bool:
    """Say whether a head of a post, or a modifier of one, begins at ``at``."""
    window = scan.text[at : at + 40]
    return opening_end(window) > 0


def tagger_agrees(scan: Scan, at: int, size: int) -> bool:
    """Say whether the tagger sees a person in all of ``at..at+size``, and is sure."""
    span = scan.tagged(at)
    return span is not None and span.end >= at + size and span.score >= SURE
