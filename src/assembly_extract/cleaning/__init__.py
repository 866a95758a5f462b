"""Ordered cleaners: a raw article -> the clean article, with every edit recorded.

The text is mended character by character (:mod:`~.mending`), cut into lines, and goes through the
line cleaners of :data:`~.cleaners.CLEANERS`; what they leave is the article (:mod:`~.assembly`).
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from assembly_extract.cleaning.assembly import SourceMap, assemble, removed_pieces
from assembly_extract.cleaning.cleaners import CLEANERS
from assembly_extract.cleaning.credits import names_of
from assembly_extract.cleaning.language import language_of
from assembly_extract.cleaning.mending import mending_edits
from assembly_extract.cleaning.owners import owner_of
from assembly_extract.cleaning.page import page_of
from assembly_extract.cleaning.repairs import apply_repairs
from assembly_extract.cleaning.slugs import slug_of_url
from assembly_extract.cleaning.usability import why_unusable
from assembly_extract.types.article import Article, Notice, Publication

if TYPE_CHECKING:
    from assembly_extract.cleaning.learning import Chrome
    from assembly_extract.cleaning.page import Page
    from assembly_extract.spans import Edit
    from assembly_extract.types.article import RawArticle

__all__ = ["LONGEST", "clean"]

LONGEST = 2_000_000
"""Characters of an article that are read; what follows is cut off, with a notice."""

_LARGE = 200_000
"""Characters from which the garbage collector rests meanwhile. A page with a repair at every word
makes an object for each, none in a cycle; visiting them all again and again took half of the time,
and more than twice as much for twice the text."""


def clean(raw: RawArticle, chrome: Chrome | None = None) -> Article:
    """Return the article without its page's chrome; ``removed`` says what went, and why.

    ``chrome`` is what :func:`~.learning.learn_chrome` learnt of the archive that the article is
    from.
    """
    if len(raw.text) < _LARGE or not gc.isenabled():
        return _clean(raw, chrome)
    gc.disable()
    try:
        return _clean(raw, chrome)
    finally:
        gc.enable()


def _clean(raw: RawArticle, chrome: Chrome | None) -> Article:
    source = raw.text[:LONGEST]
    markup = raw.format == "html"
    repairs = mending_edits(source, markup=markup)
    page = page_of(apply_repairs(source, repairs), raw.metadata, markup=markup)
    if len(raw.text) > LONGEST:
        detail = f"{len(raw.text)} characters; only the first {LONGEST} were read"
        page.notices.append(Notice("truncated", detail))
    _remove_marked(page, raw, repairs)
    page.marked = len(page.cuts)
    if chrome is not None:
        # learning loads only for an archive whose chrome was learnt
        from assembly_extract.cleaning.learning import strip_learnt_affixes  # noqa: PLC0415

        strip_learnt_affixes(page, chrome)
    for cleaner in CLEANERS.values():
        cleaner(page)
    if chrome is not None:
        from assembly_extract.cleaning.learning import remove_learnt_lines  # noqa: PLC0415

        remove_learnt_lines(page, chrome)
    unusable = why_unusable(page)
    if unusable is not None:
        page.notices.append(unusable)
        if page.publisher is None and raw.metadata.title is None and unusable.code == "no_article":
            page.title = None
    return _article(raw, page, repairs, usable=unusable is None)


def _article(raw: RawArticle, page: Page, repairs: list[Edit], *, usable: bool) -> Article:
    aligned = assemble(raw.text, page, repairs)
    titled = page.title is not None and page.title.kept and bool(aligned.text)
    title = aligned.text.split("\n", 1)[0] if titled else None  # without what was cut out of it
    metadata = raw.metadata
    published = page.published and Publication(page.published.text, "date_line")
    if metadata.published is not None:
        field = metadata.sources.get("published", "metadata")
        published = Publication(metadata.published, field)
    authors = [name for author in metadata.authors for name in names_of(author)]
    authors.extend(name for name in page.authors if name not in authors)
    return Article(
        raw,
        aligned,
        title,
        len(title) + 2 if title is not None and len(aligned.text) > len(title) else 0,
        usable=usable,
        language=language_of(aligned.text),
        published=published,
        publisher=metadata.publisher or page.publisher or owner_of(page, titled=titled),
        section=metadata.section or page.section,
        slug=page.slug or slug_of_url(metadata.url),
        authors=tuple(authors),
        removed=removed_pieces(raw.text, page, repairs),
        notices=tuple(page.notices),
    )


def _remove_marked(page: Page, raw: RawArticle, repairs: list[Edit]) -> None:
    """Take out the lines that the page's markup shows to be no part of the article."""
    if not raw.marks:
        return
    places = SourceMap(repairs)
    marks = iter(raw.marks)
    mark = next(marks, None)
    for line in page.lines:
        start, end = places.source_range(line.start, line.end)
        while mark is not None and mark.end <= start:
            mark = next(marks, None)
        if mark is None:
            return
        if mark.start <= start and end <= mark.end:
            page.remove(line, mark.kind, mark.rule)
