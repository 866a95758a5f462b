"""People without a title: what the sequence tagger calls a person, where the grammar agrees.

The tagger is sure of itself also where it is wrong (a song, a horse, a company), so its word needs
a second witness: a listed given name or surname, a post beside the name, a verb of speech after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.people.lexicon import (
    OFFICES,
    family_names,
    given_names,
    head_table,
    person_words,
    provinces,
    starts,
    title_words,
)
from assembly_extract.recognise.people.names import LONGEST_GIVEN, Name
from assembly_extract.recognise.people.scan import GAP, THAI
from assembly_extract.recognise.people.surnames import LONGEST_FAMILY
from assembly_extract.recognise.people.word_ends import (
    SURE,
    ends_name,
    opens_post,
    starts_title,
    starts_verb,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from assembly_extract.recognise.people.scan import Scan
    from assembly_extract.types.article import Document

NICKNAME = 5
"""A nickname before a full name (นก สมหมาย ใจกว้าง) has at most so many characters."""

_CHUNKS = re.compile(f"[{THAI}]+")
_ONLY_NAMES = re.compile(f"[{THAI}]+(?:{GAP}{{1,3}}[{THAI}]+)*")


def tagged_people(
    document: Document, scan: Scan, taken: Sequence[tuple[int, int]], known: Container[str]
) -> Iterator[Name]:
    """Yield names that no title leads, outside the ``taken`` stretches.

    ``known`` are the given names that the text has with a surname: each may stand alone.
    """
    taken = sorted(taken)
    starts_taken = [start for start, _ in taken]
    for span in scan.people:
        # The score of a merged list is that of all its names together: judge it by the name.
        names = max(1, document.text.count(" ", span.start, span.end) // 2)
        if span.score < SURE**names:
            continue
        for start, end in _free(span.start, span.end, taken, starts_taken):
            for run in _ONLY_NAMES.finditer(document.text, start, end):
                if run.group() in known:
                    given = run.group()
                    yield Name(run.start(), run.end(), given, given, None, "tagger+given", 0.8)
                    continue
                yield from _names(scan, run.start(), run.end(), known)


def _free(
    start: int, end: int, taken: Sequence[tuple[int, int]], starts_taken: Sequence[int]
) -> list[tuple[int, int]]:
    """Return ``start..end`` if nothing taken touches it."""
    index = bisect_right(starts_taken, end - 1) - 1
    if index >= 0 and taken[index][1] > start:
        return []
    return [(start, end)]


def _names(scan: Scan, start: int, end: int, known: Container[str]) -> Iterator[Name]:
    """Yield the names of a run of chunks that begins and ends at word edges."""
    chunks = [(m.start(), m.end()) for m in _CHUNKS.finditer(scan.text, start, end)]
    while chunks and scan.text[slice(*chunks[0])] in title_words() | person_words("pronouns"):
        chunks = chunks[1:]
    if _line_of_its_own(scan.text, start, end):
        return
    before = _nickname_before(scan, start)
    if chunks and before is not None:
        chunks = [before, *chunks]
    if len(chunks) > 2 and start and not scan.text[start - 1].isspace() and _short(chunks[0]):
        chunks = chunks[1:]  # นักร้องสาว ลิซ่า …: the end of the word before
    while chunks and _no_name(scan, chunks[0]):
        chunks = chunks[1:]
    groups = _split(scan.text, chunks)
    listed = sum(_listed(scan.text, group) for group in groups)
    company = len(groups) > 2 and listed > 1
    for group in groups:
        first = scan.text[slice(*group[0])]
        name = _name(scan, group, company=company or first in known)
        if name is not None:
            yield name


def _short(chunk: tuple[int, int]) -> bool:
    return chunk[1] - chunk[0] < NICKNAME


def _no_name(scan: Scan, chunk: tuple[int, int]) -> bool:
    """Say whether a chunk is a verb, a post or a title that the tagger took into a name.

    A foreign name may begin like a small word (อัน|วาร์, โว|โลดีมีร์): only longer ones count.
    """
    text = scan.text[slice(*chunk)]
    if not ends_name(scan, chunk[0], text):
        return False
    if text in person_words("after_space") or opens_post(scan, chunk[0]) or starts_verb(text):
        return True
    return bool(starts_title(scan, chunk[0])) or len(words_of(text)[0]) >= NICKNAME


def _nickname_before(scan: Scan, start: int) -> tuple[int, int] | None:
    """Return the nickname that leads a list of names and that the tagger missed (เช่น ปุ๊ …)."""
    found = _led_nickname().search(scan.text, max(0, start - 20), start)
    return (found.start(1), found.end(1)) if found else None


def _line_of_its_own(text: str, start: int, end: int) -> bool:
    """Say whether a name is all of its line, or beside a number: a credit, a contact, a count."""
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)].strip()
    begins = start == 0 or text[start - 1] == "\n"
    counted = start > 1 and text[start - 1] in " \u00a0" and text[start - 2].isdigit()
    return (begins and not rest) or rest[:1].isdigit() or counted


def _listed(text: str, group: Sequence[tuple[int, int]]) -> bool:
    """Say whether the given name is a listed one: the first chunk, or the one after a nickname."""
    words = [text[start:end] for start, end in group]
    return words[0] in given_names() or (len(words) > 2 and words[1] in given_names())


def _name(scan: Scan, group: Sequence[tuple[int, int]], *, company: bool) -> Name | None:
    words = [scan.text[start:end] for start, end in group]
    start, end = group[0][0], group[-1][1]
    if len(words) == 1 or any(len(word) > LONGEST_FAMILY for word in words):
        return None
    if len(words[0]) > LONGEST_GIVEN or len(words[0]) < 2 or len(words[-1]) < 2:
        return None
    if any(word in provinces() or word in head_table() for word in words):
        return None
    if any(word in person_words("after_space") for word in words):
        return None
    beside = _beside_post(scan, start, end) or bool(_says().match(scan.text, end))
    if not (company or beside or _listed(scan.text, group)):
        return None
    given = words[-2] if len(words) > 2 and len(words[0]) <= NICKNAME else words[0]
    family = " ".join(words[words.index(given) + 1 :])
    full = scan.text[start:end]
    return Name(start, end, full, given, family, "tagger+lists", 0.8)


def _beside_post(scan: Scan, start: int, end: int) -> bool:
    if opens_post(scan, scan.skip(end)):
        return True
    window = scan.text[max(0, start - 80) : start].rstrip(" \u00a0")
    return bool(_post_before().search(window))


@cache
def _led_nickname() -> re.Pattern[str]:
    return re.compile(f"(?:{starts('leads').pattern}){GAP}([{THAI}]{{2,{NICKNAME}}}){GAP}$")


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"{GAP}?(?:{starts('says').pattern})")


@cache
def _post_before() -> re.Pattern[str]:
    """Return a pattern for a head of a post, perhaps with its complement, that ends a window."""
    heads = "|".join(
        re.escape(head)
        for head in sorted(head_table(), key=lambda h: (-len(h), h))
        if head_table()[head] in OFFICES and len(head) > 3
    )
    return re.compile(rf"(?:{heads})[^\s“”\"()]{{0,60}}$")


def _split(text: str, chunks: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split a list of names that has lost its commas into names of two or three chunks.

    Dynamic programming over the chunks; a pair that begins with a listed given name is best, a
    triple counts where it begins with a nickname or ends in two surnames.
    """
    size = len(chunks)
    if size <= 2:
        return [list(chunks)] if chunks else []
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, size + 1):
        options = []
        for length in (1, 2, 3):
            if length <= end:
                words = [text[a:b] for a, b in chunks[end - length : end]]
                score, cuts = best[end - length]
                options.append((score + _worth(words), [*cuts, length]))
        best.append(max(options, key=lambda option: (option[0], [-n for n in option[1]])))
    groups, at = [], 0
    for length in best[size][1]:
        groups.append(list(chunks[at : at + length]))
        at += length
    return groups


def _worth(words: Sequence[str]) -> float:
    given, family = given_names(), family_names()
    if len(words) == 1:
        return -2.0
    if len(words) == 2:
        short = len(words[1]) <= NICKNAME - 2  # a nickname, which begins the next name
        listed = (words[0] in given) + (words[1] in family) - (words[1] in given) * 0.5
        return 1.0 + listed - 2 * short
    nickname = len(words[0]) <= NICKNAME and words[1] in given and len(words[2]) > NICKNAME
    two_families = words[0] in given and words[1] in family and words[2] in family
    return 2.8 if nickname else 2.2 if two_families else -1.0
