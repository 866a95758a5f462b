"""Titles before a name, alone or in a stack: ``นาย``, ``พล.ต.ท.``, ``ศ.ดร.นพ.``, ``พ.ต.อ.หญิง``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.recognise.people.lexicon import (
    areas_with_titles,
    given_names,
    not_titles,
    person_tuple,
    titles,
)
from assembly_extract.recognise.people.scan import THAI

if TYPE_CHECKING:
    from collections.abc import Container

    from assembly_extract.recognise.people.scan import Scan

_ORDER = ("stack", "post", "weak", "strong")
# What makes a one-letter title part of another abbreviation: the ศ. of พ.ศ. and ค.ศ.


_SHORT = 3
"""A title of fewer letters, or with its last dot lost (ดร, พล.ต.ท), needs white space after it."""

_LATER = frozenset({"academic", "rank modifier"})
"""Kinds of titles with use = stack that only follow another title (ศ.เกียรติคุณ, พ.ต.อ.หญิง)."""

_COUNTED = "นาย"
_DIGIT = re.compile("[0-9๐-๙]")
_YEARS = re.compile(r"[0-9๐-๙]+ ?ปี ?$")
_LONGER = 5
"""How much further than a barred word a tagged person must reach to be one all the same."""

_ONE_LETTER = 2
"""A title of one letter and its dot (ศ.) is part of any abbreviation that it ends."""

_LATIN = re.compile("[A-Za-z]")
_SIGN = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
_GOES_ON = re.compile(f"[{THAI}]")


SURE = 0.8
"""From this score on the tagger's word counts against a word list."""


class Stack(NamedTuple):
    """Titles in a row: ``text[start:end]``; ``use`` is that of the strongest."""

    start: int
    end: int
    use: str
    kinds: tuple[str, ...]


def find_stacks(scan: Scan) -> list[Stack]:
    """Return the stacks of titles of a text, in order; a name begins (perhaps) where each ends."""
    text = scan.text
    found: dict[int, tuple[int, str, str]] = {}
    for start, end, title in titles().all(text):
        if _cut_short(text, start, end):
            continue
        if start not in found or end > found[start][0]:
            found[start] = (end, title.kind, title.use)
    barred = _barred(scan, found)
    stacks: list[Stack] = []
    reached = 0
    for start in sorted(found):
        if start < reached or not _opens(scan, start, *found[start][:2], reached):
            continue
        if text.endswith(person_tuple("named_after"), 0, _before_years(text, start)):
            continue
        if start in barred or _counts(scan, start):
            continue
        stack = _grow(scan, start, found, barred)
        if stack.use != "stack":
            stacks.append(stack)
            reached = stack.end
    return stacks


def _before_years(text: str, at: int) -> int:
    """Return where a count of years before ``at`` begins (อาคาร| 99 ปี หม่อมหลวง…), or ``at``."""
    if text[at - 3 : at].rstrip(" ").endswith("ปี"):
        years = _YEARS.search(text, max(0, at - 12), at)
        return years.start() - 1 if years else at
    return at


def _longer_name(scan: Scan, start: int, end: int) -> bool:
    """Say whether the tagger is sure of a person that begins here and is longer: นายกองศักด …."""
    if scan.text.startswith("พระ", start):  # it also calls kings, images and relics people
        return False
    span = scan.tagged(start)
    return (
        span is not None and span.start == start and span.end > end + _LONGER and span.score >= SURE
    )


def _cut_short(text: str, start: int, end: int) -> bool:
    """Say whether a letter or a vowel sign shows that a word goes on: ดรุณี, นางค์."""
    surface = text[start:end]
    last = surface.rpartition(".")[2]
    bare = 0 < len(last) < _SHORT  # พล.เอก is whole, พล.ต.ท has lost its dot
    return bool((_GOES_ON if bare else _SIGN).match(text, end))


def _barred(scan: Scan, found: dict[int, tuple[int, str, str]]) -> set[int]:
    """Return where what looks like a title is none: นายกรัฐมนตรี, คุณภาพ, เดิมบางนางบวช."""
    barred = {
        at
        for start, end, _ in not_titles().all(scan.text)
        for at in range(start, end)
        if at in found and _is_other_word(scan, start, end, found)
    }
    barred.update(area.start + area.payload for area in areas_with_titles().all(scan.text))
    return barred


def _is_other_word(
    scan: Scan, start: int, end: int, found: dict[int, tuple[int, str, str]]
) -> bool:
    """Say whether a word that begins like a title is one here, by itself or in a longer one.

    นายเรือ… is a word of its own, or of a longer one (นายเรือใหญ่); in นายเรืองเดช neither.
    """
    if _longer_name(scan, start, end):
        return False
    return (
        start not in found
        or (found[start][0] <= end and scan.closes(end))
        or not scan.closes(found[start][0])
    )


def _counts(scan: Scan, start: int) -> bool:
    """Say whether นาย counts people: ``10 นาย ``, ``300นายเข้าปิดล้อม``, but not 2 นายสมชาย."""
    text = scan.text
    if not text.startswith(_COUNTED, start):
        return False
    before = start
    while before and text[before - 1] in (" ", "\u00a0"):
        before -= 1
    if not _DIGIT.match(text, before - 1) or not before:
        return False
    end = start + len(_COUNTED)
    if text[end : end + 1] in (" ", "\u00a0"):
        return before < start
    span = scan.tagged(start)
    named = span is not None and span.start == start
    return not named and scan.chunk(end) not in given_names()


def _opens(scan: Scan, start: int, end: int, kind: str, reached: int) -> bool:
    if start == reached and start:
        return True
    if scan.text.endswith(person_tuple("joined_to_titles"), 0, start):
        return False
    before = scan.text[max(0, start - 2) : start]
    if _LATIN.match(scan.text, start) and _LATIN.search(before, len(before) - 1):
        return False  # within a word: the Dr of Drive may begin one, not go on one
    if before.endswith("."):  # the ศ. of พ.ศ., ค.ศ. and ม.ท.ศ.; but 8 ก.พ.น.ส.…
        return end - start > _ONE_LETTER
    if scan.text.endswith(person_tuple("joined_before"), 0, start):
        return True
    spaced = scan.text[end : end + 1] in (" ", "\u00a0") and not scan.starts_run(start)
    if spaced and kind == "civil":
        return False  # glued to the word before and apart from the next: ญานาง ผ้า…
    if scan.text[end - 1] == "." and scan.follows_stub(start):
        return False  # the ศ. of กยศ., the ท. of กกท.
    if scan.text.count(".", start, end) > 1 and scan.chunk(scan.skip(end)) in given_names():
        return True  # พบศพน.ส.ศิริพร
    span = scan.tagged(start)  # สอบสวนนายปกรณ์ is cut elsewhere: the tagger sees the name
    return scan.opens(start) or (span is not None and span.start == start and span.score >= SURE)


def _grow(
    scan: Scan, start: int, found: dict[int, tuple[int, str, str]], barred: Container[int]
) -> Stack:
    text = scan.text
    end, kind, use = found[start]
    kinds = [kind]
    if use == "stack" and kind in _LATER:
        return Stack(start, end, use, (kind,))
    while True:
        at = end + (text[end : end + 1] in (" ", "\u00a0"))
        if at not in found or at in barred or _counts(scan, at):
            return Stack(start, end, use, tuple(kinds))
        further, kind, more = found[at]
        first = kinds[-1]
        if (kind == "academic" and more == "stack" and first != "academic") or (
            first == "monk" and use == "weak"
        ):
            return Stack(start, end, use, tuple(kinds))
        if more == "post" or (more == "weak" and use == "strong" and kind != "academic"):
            return Stack(start, end, use, tuple(kinds))
        if use == "post":  # a post before a title is a post, not a title: the title starts anew
            return Stack(start, end, "stack", tuple(kinds))
        end = further
        kinds.append(kind)
        use = max(use, more, key=_ORDER.index)
