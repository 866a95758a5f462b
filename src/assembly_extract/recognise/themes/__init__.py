"""Recogniser of themes: the terms that tell a policy theme, and the issues an article declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembly_extract.types.mention import Mention
from assembly_extract.types.themes import ThemeValue
from assembly_extract.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.types.article import Document
    from assembly_extract.vocabulary import Vocabulary

TERM_RULE = "theme_term"


def recognise_themes(document: Document, vocabulary: Vocabulary | None = None) -> Iterator[Mention]:
    """Yield a mention for each telling term of each theme (the package's themes by default)."""
    text = document.text
    for term in (vocabulary or default_vocabulary()).find(text):
        yield Mention(
            term.start,
            term.end,
            text[term.start : term.end],
            "theme",
            TERM_RULE,
            term.weight,
            ThemeValue(term.theme, weight=term.weight),
        )
