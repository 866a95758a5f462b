"""From a text to its lines, and from tokens of a line back to spans of the text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assembly_extract.resources import read_toml
from assembly_extract.spans import Span
from assembly_extract.tagger import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

# The last bits of a matrix product differ from machine to machine; scores do not show them.
_DECIMALS = 2
_PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}


def lines_of(text: str, longest: int) -> Iterator[tuple[int, str]]:
    r"""Yield ``(offset, line)`` of each line that is not blank.

    A line above ``longest`` code points comes in pieces, cut after white space where there is any.

    >>> list(lines_of("ข่าว\n\nวันนี้ เช้า", 8))
    [(0, 'ข่าว'), (6, 'วันนี้ '), (13, 'เช้า')]
    """
    offset = 0
    for line in text.split("\n"):
        at = 0
        while len(line) - at > longest:
            cut = line.rfind(" ", at + 1, at + longest) + 1 or at + longest
            yield offset + at, line[at:cut]
            at = cut
        if line[at:].strip():
            yield offset + at, line[at:]
        offset += len(line) + 1


def shown_span(text: str, found: tuple[int, int, str, float] | None, offset: int) -> Iterator[Span]:
    """Yield ``(start, end, type, score)`` of a line at ``offset`` as a span, white space trimmed.

    So is a bracket or quotation mark at either end whose other half is outside. A name in Latin
    letters behind a title is a person and ends before a bracket. Nothing comes of ``None``, of a
    type that is not shown, and of white space.
    """
    if found is None or found[2] not in LABELS:
        return
    start, end, label = found[0] + offset, found[1] + offset, found[2]
    start, end = _trimmed(text, start, end)
    if label == "ORGANIZATION" and text.startswith(_latin_titles(), start):
        label, end = "PERSON", start + len(text[start:end].partition("(")[0])
        start, end = _trimmed(text, start, end)
    if start < end:
        yield Span(start, end, label, round(found[3], _DECIMALS))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends without outer white space and halves of pairs."""
    while start < end:
        first, last = text[start], text[end - 1]
        if first.isspace() or (first in _PAIRS and _PAIRS[first] not in text[start:end]):
            start += 1
        elif last.isspace() or (last in _OPENERS and _OPENERS[last] not in text[start:end]):
            end -= 1
        else:
            break
    return start, end


@cache
def _latin_titles() -> tuple[str, ...]:
    return tuple(read_toml("tagger/lists.toml")["latin_titles"]["entries"])
