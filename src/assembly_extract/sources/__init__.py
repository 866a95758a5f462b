"""Bytes -> raw articles: files, folders and stdin; text and HTML."""

from assembly_extract.sources.articles import article_from_bytes, article_from_text
from assembly_extract.sources.reading import read_articles, read_input
from assembly_extract.sources.walk import Input, Selection, Skipped, Unreachable, display_name, walk

__all__ = [
    "Input",
    "Selection",
    "Skipped",
    "Unreachable",
    "article_from_bytes",
    "article_from_text",
    "display_name",
    "read_articles",
    "read_input",
    "walk",
]
