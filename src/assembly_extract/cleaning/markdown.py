"""Markdown, as many crawlers write pages: its signs go, the words they mark stay.

What tells it: a link or a picture, or something in bold and a heading, or twice something in bold.
Without that, signs that articles use for themselves (a ``*``, rows of them, ``# น่าน``) are theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assembly_extract.spans import Edit

if TYPE_CHECKING:
    from assembly_extract.cleaning.page import Page

# Lengths are bounded, so that a page of brackets takes no more time than any.
_TARGET = r"\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}")
_LINK = re.compile(rf"(?<!!)\[((?:[^\[\]\n!]|{_PICTURE.pattern}|!){{0,500}})\]{_TARGET}")
_BOLD = re.compile(r"(?<![*_])(\*\*|__)(?=[^\s*_])[^*\n]{1,300}?(?<=[^\s*_])\1(?![*_])")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])[^*\n]{1,200}?(?<=[^\s*])\*(?![*\w])")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]{0,3}>[ \t]+(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[-*_.!()\[\]#+>~|`])")
_TELLING = 2  # headings and stretches in bold that tell Markdown by themselves


def markdown_edits(text: str) -> list[Edit]:
    """Return the edits that take the signs of Markdown out of ``text``, in order.

    >>> text = "**ด่วน** ดู[ผลตรวจน้ำ](https://example.com/a) **วันนี้**"
    >>> [text[edit.start : edit.end] for edit in markdown_edits(text)]
    ['**', '**', '[', '](https://example.com/a)', '**', '**']
    """
    links = list(_LINK.finditer(text)) if "](" in text else []
    bold = list(_BOLD.finditer(text)) if "**" in text or "__" in text else []
    headings = list(_HEADING.finditer(text)) if "# " in text else []
    pictures = list(_PICTURE.finditer(text)) if "](" in text else []
    told = bool(bold) and len(bold) + len(headings) >= _TELLING
    if not links and not pictures and not told:
        return []
    signs: list[tuple[int, int, str]] = []
    for link in links:
        inner = link.span(1)
        signs += [(link.start(), inner[0], "link"), (inner[1], link.end(), "link")]
    taken = [match.span() for match in pictures] + [(start, end) for start, end, _ in signs]
    for rule, matches, size in (("bold", bold, 2), ("italic", _ITALIC.finditer(text), 1)):
        for match in matches:
            start, end = match.span()
            signs += [(start, start + size, rule), (end - size, end, rule)]
    signs += [(*match.span(), "heading") for match in headings]
    for rule, pattern in (("quotation", _QUOTED), ("escape", _ESCAPE)):
        signs += [(*match.span(), rule) for match in pattern.finditer(text)]
    edits: list[Edit] = []
    within = _Within(taken)
    reached = 0
    for start, end, rule in sorted(signs):
        if start >= reached and (rule == "link" or not within(start)):
            edits.append(Edit(start, end, "", "markdown", rule))
            reached = end
    return edits


class _Within:
    """Says of places that come in order whether they lie inside of one of some spans."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.next = 0
        self.end = -1

    def __call__(self, place: int) -> bool:
        while self.next < len(self.spans) and self.spans[self.next][0] <= place:
            self.end = max(self.end, self.spans[self.next][1])
            self.next += 1
        return place < self.end


def remove_pictures(page: Page) -> None:
    """Take out pictures of Markdown: ``![what it shows](https://example.com/a.jpg)``."""
    if page.markup or "![" not in page.text:
        return
    for line in page.live():
        if "![" not in line.text:
            continue
        if _PICTURE.sub("", line.text).strip(" *-|") == "":
            page.remove(line, "media", "picture of Markdown")
            continue
        while line.kept and (first := _PICTURE.match(line.text)) is not None:
            page.cut_start(line, first.end(), "media", "picture of Markdown")
        for inside in _PICTURE.finditer(line.text):
            page.cut_inside(line, inside.start(), inside.end(), "media", "picture of Markdown")
