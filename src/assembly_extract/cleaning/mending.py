"""All edits of a raw text before it is cut into lines, in the order of their places.

First what stands for characters (entities of HTML, escapes of JSON) or for none (signs of Markdown,
tags), then the characters themselves (:mod:`~.repairs`).
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from assembly_extract.cleaning.bracket_tags import bracket_tag_edits
from assembly_extract.cleaning.markdown import markdown_edits
from assembly_extract.cleaning.repairs import apply_repairs, repair_edits
from assembly_extract.spans import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_JSON_ESCAPE = re.compile(r"\\(?:r\\n|[nrt\"/\\]|u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*)")
_LEAST = 2  # line ends as escapes that tell an escaped text
_LEAST_LETTERS = 5  # Thai letters as escapes that do


def mending_edits(text: str, *, markup: bool = False) -> list[Edit]:
    r"""Return the edits that mend ``text``; ``markup``: it comes from elements of HTML.

    >>> edits = mending_edits("ชุมชน&nbsp;เข้มเเข็ง")
    >>> [(edit.replacement, edit.rule) for edit in edits]
    [(' ', 'entity'), ('แ', 'double_sara_e')]
    """
    edits: list[Edit] = []
    if not markup:
        edits = markdown_edits(text)
        if "[" in text:
            edits = _joined(edits, bracket_tag_edits(text))
        if "CDATA[" in text:
            edits = _joined(edits, [_gone(match) for match in _CDATA.finditer(text)])
        if "\\" in text:
            edits = _joined(edits, list(_escapes(text)))
    if "&" in text:
        edits = _joined(edits, list(_entities(text)))
    repairs = repair_edits(text)
    return _joined(edits, repairs) if edits else repairs


def _entities(text: str) -> Iterator[Edit]:
    """Yield the edits of entities that scraping left: ``&nbsp;``, ``&ldquo;``, ``&#8203;``."""
    for match in _ENTITY.finditer(text):
        character = html.unescape(match[0])
        if character != match[0]:
            yield Edit(*match.span(), _mended(character), "unicode", "entity")


def _escapes(text: str) -> Iterator[Edit]:
    r"""Yield the edits of a text that somebody cut out of JSON: ``\n``, ``\"``, ``\u0e01``."""
    lines = text.count("\\n")
    lined = lines >= _LEAST and lines > text.count("\n")
    if not lined and text.count("\\u0e") < _LEAST_LETTERS:
        return
    for match in _JSON_ESCAPE.finditer(text):
        character = json.loads(f'"{match[0]}"')
        whole = character.encode("utf-8", "ignore").decode()  # without half characters
        yield Edit(*match.span(), _mended(whole), "unicode", "escape of JSON")


def _gone(match: re.Match[str]) -> Edit:
    return Edit(*match.span(), "", "markup", "CDATA")


def _mended(text: str) -> str:
    return apply_repairs(text, repair_edits(text))


def _joined(first: list[Edit], others: list[Edit]) -> list[Edit]:
    """Return both in order, without those of ``others`` that one of ``first`` overlaps."""
    kept = []
    number = 0
    for edit in others:
        while number < len(first) and first[number].end <= edit.start:
            number += 1
        if number == len(first) or edit.end <= first[number].start:
            kept.append(edit)
    return sorted((*first, *kept))
