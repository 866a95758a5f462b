"""Bytes -> raw articles: files, folders, archives, tables and stdin; text and HTML."""

from assembly_extract.sources.articles import article_from_bytes, article_from_text
from assembly_extract.sources.reading import (
    identity_of_input,
    loaded,
    read_articles,
    read_input,
)
from assembly_extract.sources.walk import (
    EMPTY,
    STDIN,
    Input,
    Reading,
    Selection,
    Skipped,
    Unreachable,
    display_name,
    walk,
)

__all__ = [
    "EMPTY",
    "STDIN",
    "Input",
    "Reading",
    "Selection",
    "Skipped",
    "Unreachable",
    "article_from_bytes",
    "article_from_text",
    "display_name",
    "identity_of_input",
    "loaded",
    "read_articles",
    "read_input",
    "walk",
]
