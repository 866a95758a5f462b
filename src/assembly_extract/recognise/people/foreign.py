"""Foreign names in Thai letters: initials (``โรเบิร์ต เอฟ. โกเดค``) and names of three to five parts.

A Thai name has a given name and a surname, rarely two; what goes on after that is the sentence. A
foreign name may go on, so further chunks are taken only where something shows that it does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import (
    any_of,
    family_names,
    given_names,
    person_tuple,
    person_words,
    thai_titles,
)
from assembly_extract.recognise.people.scan import GAP, THAI
from assembly_extract.recognise.people.word_ends import (
    SURE,
    ends_name,
    name_length,
    opens_post,
)

if TYPE_CHECKING:
    from assembly_extract.recognise.people.scan import Scan

MOST_PARTS = 4
"""So many chunks at most are taken after the first surname."""

SHORT_PART = 5
"""The parts of Chinese, Korean and Vietnamese names have at most so many characters."""

LONGEST_PART = 20
"""A longer chunk is no part of a foreign name."""

_LATIN_GLOSS = re.compile(rf"{GAP}?\((?=[A-Z])")


def initials_end(scan: Scan, end: int) -> int:
    """Return where the initials after a given name end (``เอฟ.``, ``เจ. เค.``), or ``end``."""
    found = _initials().match(scan.text, end)
    return found.end() if found else end


def further_parts(scan: Scan, start: int, given: str, first_end: int) -> int:
    """Return where a foreign name ends whose first surname ends at ``first_end``.

    Parts count up to one that a post, a gloss in Latin letters or the tagger shows to be the last;
    three short ones also by themselves (``บัน คี มุน``). Cost: a noun that is in no list and stands
    between a foreigner's surname and a post.
    """
    first = scan.text[start + len(given) : first_end].strip()
    thai = given in given_names() and first not in _particles()
    short = max(len(given), len(first)) <= SHORT_PART and not thai
    parts = _parts(scan, first_end)
    if first in _particles() and parts:
        first_end = next(
            (end for a, end in parts if scan.text[a:end] not in _particles()), first_end
        )
    while parts:
        begins, end = parts[-1]
        last = scan.text[begins:end]
        if last not in _particles() and (
            _LATIN_GLOSS.match(scan.text, end)
            or (not thai and _shown(scan, start, end))
            or (short and len(parts) == 1 and len(last) <= SHORT_PART)
        ):
            return end
        parts.pop()
    return first_end


def _parts(scan: Scan, at: int) -> list[tuple[int, int]]:
    """Return the chunks after ``at`` that may be parts of a name, as far as they follow closely."""
    parts: list[tuple[int, int]] = []
    while len(parts) < MOST_PARTS:
        begins = scan.skip(at)
        if begins == at or begins - at > 2:
            break
        chunk = scan.chunk(begins)
        if not chunk:
            break
        size, cut = name_length(scan, begins, chunk, family_names())
        if chunk not in _particles() and (
            not 2 <= size <= LONGEST_PART or ends_name(scan, begins, chunk) or _titled(chunk)
        ):
            break
        at = begins + size
        parts.append((begins, at))
        if cut:
            break
    return parts


def _titled(chunk: str) -> bool:
    """Say whether a chunk is a Thai title and a name: the next person."""
    return any(end < len(chunk) for end in thai_titles().ends(chunk))


def _shown(scan: Scan, start: int, end: int) -> bool:
    """Say whether a name that began at ``start`` is shown to end at ``end``."""
    span = scan.tagged(end - 1)
    if span is not None and span.score >= SURE and span.start <= start and span.end == end:
        return True
    at = scan.skip(end)
    return opens_post(scan, at) or scan.text.startswith(person_tuple("of_a_realm"), at)


@cache
def _particles() -> frozenset[str]:
    return person_words("thai_particles")


@cache
def _initials() -> re.Pattern[str]:
    """Return a pattern for letters by their Thai names, each with a dot, and the space around."""
    letter = rf"(?:{any_of('letter_names')})\."
    return re.compile(f"{GAP}{{0,2}}{letter}(?:{GAP}?{letter})?{GAP}{{0,2}}(?=[{THAI}])")
