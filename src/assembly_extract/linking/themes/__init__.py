"""Linking of themes: mentions -> the few themes that the article is about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from assembly_extract.types.themes import Label, ThemeEntity, ThemeValue
from assembly_extract.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.vocabulary import Vocabulary

HEADLINE, LEAD, BODY = 3.0, 1.5, 1.0
"""What one mention counts by its place: headline, first paragraph, the rest."""

MOST_THEMES = 5
SHARE = 0.35
"""A theme stays if it has this share of the strongest theme's evidence."""

LEAST = 1.0
"""Evidence below this is chance: one weak word in the body is no theme."""


def link_themes(
    mentions: Sequence[Mention], document: Document, vocabulary: Vocabulary | None = None
) -> tuple[ThemeEntity, ...]:
    """Return the article's themes, most relevant first; the first is ``primary``."""
    themes = (vocabulary or default_vocabulary()).themes
    evidence: dict[str, list[Mention]] = {}
    for mention in mentions:
        theme = mention.value.theme if isinstance(mention.value, ThemeValue) else None
        if theme in themes and theme is not None:
            evidence.setdefault(theme, []).append(mention)
    strength = {theme: _strength(found, document) for theme, found in evidence.items()}
    ranked = sorted(strength, key=lambda theme: (-strength[theme], theme))
    if not ranked or strength[ranked[0]] < LEAST:
        return ()
    floor = max(LEAST, SHARE * strength[ranked[0]])
    kept = [theme for theme in ranked[:MOST_THEMES] if strength[theme] >= floor]
    return tuple(
        ThemeEntity(
            theme,
            Label(themes[theme].th, themes[theme].en),
            themes[theme].cap,
            themes[theme].sdg,
            1 - math.exp(-strength[theme] / 4),
            primary=position == 0,
            declared=False,
            evidence=tuple(evidence[theme]),
        )
        for position, theme in enumerate(kept)
    )


def _strength(found: Sequence[Mention], document: Document) -> float:
    """Sum a theme's evidence: each term's best place counts whole, its repeats less and less."""
    lines = document.lines
    headline = lines[0][1] if lines else 0
    lead = lines[1][1] if len(lines) > 1 else headline
    by_term: dict[str, list[float]] = {}
    for mention in found:
        place = HEADLINE if mention.start < headline else LEAD if mention.start < lead else BODY
        by_term.setdefault(mention.text, []).append(place * mention.score)
    return sum(
        value / math.sqrt(rank + 1)
        for values in by_term.values()
        for rank, value in enumerate(sorted(values, reverse=True))
    )
