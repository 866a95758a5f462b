"""What the tagger is trained on: tagged lines, silver lines, and the labels of their tokens."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: The types that ThaiNER tells apart, less those that a span never carries.
TYPES = (
    "PERSON", "ORGANIZATION", "LOCATION", "DATE", "TIME", "MONEY", "LAW",
    "PERCENT", "LEN", "URL", "PHONE", "ZIP", "EMAIL",
)  # fmt: skip
LABELS = ("O", *(f"{prefix}-{kind}" for kind in TYPES for prefix in "BI"))
_FOLDED = {"FACILITY": "LOCATION"}
_TAG = re.compile(r"\[(/?)([A-Z]+)\]")


class Tagged(NamedTuple):
    """A raw line and its spans ``(start, end, type)`` in code points."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def parse_tagged(line: str) -> Tagged:
    """Read one line of ThaiNER's inline form, ``[PERSON]...[/PERSON]``; other types are dropped.

    >>> parse_tagged("พบ[PERSON]นายดี[/PERSON]ที่[FACILITY]วัด[/FACILITY]")
    Tagged(text='พบนายดีที่วัด', spans=((2, 7, 'PERSON'), (10, 13, 'LOCATION')))
    """
    text, spans, at = "", [], 0
    opened: tuple[int, str] | None = None
    for tag in _TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        kind = _FOLDED.get(tag[2], tag[2])
        if not tag[1]:
            opened = (len(text), kind)
        elif opened is not None and opened[1] == kind:
            if kind in TYPES and opened[0] < len(text):
                spans.append((opened[0], len(text), kind))
            opened = None
    return Tagged(text + line[at:], tuple(spans))


def read_tagged(path: Path, without: Path | None = None) -> list[Tagged]:
    """Return a tagged file's lines, less those that stand in ``without`` (a tagged file) too."""
    lines = [
        parse_tagged(line)
        for line in path.read_text(encoding="utf-8-sig").split("\n")
        if line.strip()
    ]
    if without is None:
        return lines
    held = {re.sub(r"\s+", "", line.text) for line in read_tagged(without)}
    return [line for line in lines if re.sub(r"\s+", "", line.text) not in held]


def read_silver(path: Path, least: float) -> Iterator[Tagged]:
    """Yield the silver lines whose mean log-probability a token is at least ``least``.

    Each row is ``[text, spans, log-probability, tokens]``, as ``tag_silver.py`` writes it.
    """
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            text, spans, probability, tokens = json.loads(row)
            if probability / tokens >= least:
                yield Tagged(text, tuple((start, end, kind) for start, end, kind in spans))


def token_labels(tokens: list[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return a label a token; a token belongs to a span that covers at least half of it."""
    labels = ["O"] * len(tokens)
    for start, end, kind in spans:
        prefix = "B"
        for number, (a, b) in enumerate(tokens):
            if a >= end:
                break
            if b > start and 2 * (min(b, end) - max(a, start)) >= b - a:
                labels[number] = f"{prefix}-{kind}"
                prefix = "I"
    return labels


def labelled(line: Tagged) -> tuple[list[tuple[int, int]], list[str]]:
    """Tokenise a line and label its tokens."""
    tokens = tokenise(line.text)
    return tokens, token_labels(tokens, line.spans)
