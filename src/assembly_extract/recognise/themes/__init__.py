"""Recogniser of themes: the terms that tell a policy theme, and the issues an article declares."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assembly_extract.recognise.themes.declared import declared_issues
from assembly_extract.types.mention import Mention
from assembly_extract.types.themes import ThemeValue
from assembly_extract.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assembly_extract.types.article import Document
    from assembly_extract.vocabulary import Vocabulary

TERM_RULE = "theme_term"

MOST_REPEATS = 5
"""Further places of a declared issue that are given as evidence."""


def recognise_themes(document: Document, vocabulary: Vocabulary | None = None) -> Iterator[Mention]:
    """Yield a mention for each telling term of each theme, and for each declared issue.

    ``vocabulary`` is the package's own by default.
    """
    text = document.text
    terms = (vocabulary or default_vocabulary()).find(text)
    for term in terms:
        start, end, theme, weight = term
        yield Mention(
            start, end, text[start:end], "theme", TERM_RULE, weight, _value(theme, weight)
        )
    for issue in declared_issues(text, terms):
        words = text[issue.start : issue.end]
        value = ThemeValue(None, declared=True, extra=(("form", issue.form), *issue.extra))
        for start in _places(text, words, issue.start):
            yield Mention(start, start + len(words), words, "theme", issue.rule, issue.score, value)


@lru_cache(maxsize=20_000)
def _value(theme: str, weight: float) -> ThemeValue:
    """Return what a term's mention says: one object for all mentions that say the same."""
    return ThemeValue(theme, weight=weight)


def _places(text: str, words: str, first: int) -> Iterator[int]:
    """Yield where ``words`` stand: the announcement first, then other places from the beginning."""
    yield first
    at, found = text.find(words), 0
    while at >= 0 and found < MOST_REPEATS:
        if at != first:
            found += 1
            yield at
        at = text.find(words, at + len(words))
