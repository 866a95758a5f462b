"""Where a name ends: what is glued to it, and which words cannot go on a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import (
    glued_ends,
    opening_pattern,
    person_words,
    post_words,
    titles,
)
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from assembly_extract.recognise.people.scan import Scan

SHORTEST_CUT = 4
"""Shorter listed names begin too many longer ones to be cut from what is glued to them."""

LONG_CHUNK = 20
"""A longer chunk holds more than a name: the tagger's word on where it ends is taken."""

SURE = 0.8
"""From this score on the tagger's word counts where the shape leaves it open."""


def name_length(scan: Scan, at: int, chunk: str, known: frozenset[str]) -> tuple[int, bool]:
    """Return how many characters of ``chunk`` are a name, and whether something is glued to it.

    The cut is the first word of :func:`~.lexicon.glued_ends` whose beginning is a word edge or
    leaves a known name before it; lacking that, where the tagger ends a person.
    """
    if chunk in known:
        return len(chunk), False
    span = scan.tagged(at)
    cuts = sorted({match.start for match in glued_ends().all(scan.text[at : at + len(chunk) + 40])})
    for size in range(len(chunk) - 1, SHORTEST_CUT - 1, -1):
        if chunk[:size] in known and _goes_on(scan, at + size):
            return size, True
    for cut in cuts:
        if 2 <= cut < len(chunk) and (chunk[:cut] in known or at + cut in scan.edges):
            return _without_modifier(chunk, cut), True
    if span is not None and span.score >= SURE and 2 <= span.end - at < len(chunk):
        rest = chunk[span.end - at :]
        if len(chunk) > LONG_CHUNK or ends_name(scan, span.end, rest):
            return span.end - at, True
    return len(chunk), False


def _goes_on(scan: Scan, at: int) -> bool:
    """Say whether a whole word that ends names stands at ``at``: จุรินทร์|ได้ชี้แจง."""
    return (
        any(
            scan.text.startswith(word, at) and at + len(word) in scan.edges
            for word in person_words("after_known")
        )
        and at in scan.edges
    )


def _without_modifier(chunk: str, cut: int) -> int:
    """Return the cut before the words that lead a glued post: ใจกว้าง|รองปลัด…."""
    for word in sorted(post_words("modifiers"), key=lambda word: (-len(word), word)):
        if chunk.endswith(word, 0, cut) and cut - len(word) > 2:
            return cut - len(word)
    return cut


def words_of(chunk: str) -> list[str]:
    """Return the words of a chunk, as the tokeniser cuts it by itself."""
    return [chunk[start:end] for start, end in tokenise(chunk)]


def ends_name(scan: Scan, at: int, chunk: str) -> bool:
    """Say whether the chunk at ``at`` cannot go on a name: a verb, a post, a title, a noun."""
    if chunk in person_words("after_space") or any(starts_title(scan, at)):
        return True
    if opens_post(scan, at) or starts_verb(chunk):
        return True
    ends = person_words("after_space")
    words = words_of(chunk)
    return words[0] in ends or "".join(words[:2]) in ends


def starts_verb(chunk: str) -> bool:
    """Say whether a chunk begins with what ends a name also where it is glued to it."""
    return any(match.start == 0 for match in glued_ends().all(chunk))


def starts_title(scan: Scan, at: int) -> list[int]:
    """Return the ends of strong titles that begin at ``at``."""
    window = scan.text[at : at + 24]
    return [
        match.end
        for match in titles().all(window)
        if match.start == 0 and match.payload.use == "strong"
    ]


def opens_post(scan: Scan, at: int) -> bool:
    """Say whether a head of a post, or a modifier of one, begins at ``at``."""
    window = scan.text[at : at + 40]
    return bool(opening_pattern().match(window))


def tagger_agrees(scan: Scan, at: int, size: int) -> bool:
    """Say whether the tagger sees a person in all of ``at..at+size``, and is sure."""
    span = scan.tagged(at)
    return span is not None and span.end >= at + size and span.score >= SURE
