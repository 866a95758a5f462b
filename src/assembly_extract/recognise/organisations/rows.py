"""Rows of bodies that share one head word: กรมประมง ปศุสัตว์ ชลประทาน และพัฒนาที่ดิน."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.matching import WordsAt
from assembly_extract.public_bodies import public_bodies
from assembly_extract.recognise.organisations.lexicon import word_tuple
from assembly_extract.types.mention import Mention
from assembly_extract.types.names import OrganisationValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NEXT = re.compile(r" ?(?:,|และ)? ?")
_AFTER = re.compile(r"[\s,;)”\"]|และ|\Z")
_LEAST = 2
_SHORTEST = 3  # characters of a name without its head
_SCORE = 0.8


def find_rows(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the bodies after the first of a row, whose head is left out.

    Only where two or more listed ones follow each other: one alone may be a common word
    (กระทรวงพาณิชย์ พลังงาน ...). Known cost: rows of two are not read.
    """
    for first in found:
        if first.rule != "list:name" or not first.text.startswith(word_tuple("short", "row_heads")):
            continue
        head = next(h for h in word_tuple("short", "row_heads") if first.text.startswith(h))
        row = list(_row(text, first.end, head))
        if len(row) >= _LEAST:
            yield from row


def _row(text: str, end: int, head: str) -> Iterator[Mention]:
    rests, listed = _rests(head), _listed(head)
    while True:
        gap = _NEXT.match(text, end)
        begin = gap.end() if gap else end
        if begin == end:
            return
        ends = (at for at in listed.ends(text, begin) if _AFTER.match(text, at))
        end = next(ends, begin)
        if end == begin:
            return
        name, kind = rests[text[begin:end]]
        value = OrganisationValue(text[begin:end], None, kind, (name,))
        yield Mention(begin, end, text[begin:end], "organisation", "list:row", _SCORE, value)


@cache
def _listed(head: str) -> WordsAt:
    return WordsAt(rest for rest in _rests(head) if len(rest) >= _SHORTEST)


@cache
def _rests(head: str) -> dict[str, tuple[str, str]]:
    """Return what follows ``head`` in the names of the list, with the name and its kind."""
    return {
        body.name[len(head) :]: (body.name, body.kind)
        for body in public_bodies()
        if body.name.startswith(head) and body.kind in ("department", "ministry")
    }
