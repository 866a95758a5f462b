"""Linking of themes: mentions -> the few themes that the article is about."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.types.themes import Label, ThemeEntity, ThemeValue
from assembly_extract.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.vocabulary import Theme, Vocabulary

HEADLINE, LEAD, DECLARED, BODY = 3.0, 1.5, 2.0, 1.0
"""What one mention counts by its place: headline, first paragraph, a declared issue, the rest."""

LEAD_LENGTH = 600
"""Characters of the first paragraph that count as lead: some articles are one paragraph."""

MOST_THEMES = 5
SHARE = 0.35
"""A theme stays if it has this share of the strongest theme's evidence."""

LEAST = 1.0
"""Evidence below this is chance: one weak word in the body is no theme."""


def link_themes(
    mentions: Sequence[Mention], document: Document, vocabulary: Vocabulary | None = None
) -> tuple[ThemeEntity, ...]:
    """Return the article's themes, most relevant first; the first is ``primary``.

    Coded themes come from the vocabulary; after the primary one stand the issues that the article
    itself declares, by certainty, and the further coded ones, by score.
    """
    themes = (vocabulary or default_vocabulary()).themes
    coded: dict[str, list[Mention]] = {}
    declared: dict[str, list[Mention]] = {}
    for mention in mentions:
        value = mention.value
        if not isinstance(value, ThemeValue):
            continue
        if value.declared:
            declared.setdefault(mention.text, []).append(mention)
        elif value.theme is not None and value.theme in themes:
            coded.setdefault(value.theme, []).append(mention)
    issues = _declared(declared, coded, themes)
    found = _coded(coded, declared, themes, document)
    ranked = sorted([*found[1:], *issues], key=lambda entity: (-entity.score, entity.id))
    entities = [*found[:1], *ranked]
    return tuple(
        _as_primary(entity) if position == 0 else entity for position, entity in enumerate(entities)
    )


def _coded(
    coded: Mapping[str, list[Mention]],
    declared: Mapping[str, list[Mention]],
    themes: Mapping[str, Theme],
    document: Document,
) -> list[ThemeEntity]:
    spans = [(m.start, m.end) for found in declared.values() for m in found]
    strength = {theme: _strength(found, spans, document) for theme, found in coded.items()}
    ranked = sorted(strength, key=lambda theme: (-strength[theme], theme))
    if not ranked or strength[ranked[0]] < LEAST:
        return []
    floor = max(LEAST, SHARE * strength[ranked[0]])
    return [
        ThemeEntity(
            theme,
            Label(themes[theme].th, themes[theme].en),
            themes[theme].cap,
            themes[theme].sdg,
            1 - math.exp(-strength[theme] / 4),
            primary=False,
            declared=False,
            evidence=tuple(coded[theme]),
        )
        for theme in ranked[:MOST_THEMES]
        if strength[theme] >= floor
    ]


def _declared(
    declared: Mapping[str, list[Mention]],
    coded: Mapping[str, list[Mention]],
    themes: Mapping[str, Theme],
) -> list[ThemeEntity]:
    """Make an entity of each declared issue, numbered in order of place; codes by its terms."""
    entities: list[ThemeEntity] = []
    for words, found in sorted(declared.items(), key=lambda item: item[1][0].start):
        announced = max(found, key=lambda mention: (mention.score, -mention.start))
        told = {
            theme: sum(
                m.score for m in terms if announced.start <= m.start and m.end <= announced.end
            )
            for theme, terms in coded.items()
        }
        best = max(sorted(told), key=lambda theme: told[theme], default=None)
        theme = themes[best] if best is not None and told[best] > 0 else None
        value = announced.value
        entities.append(
            ThemeEntity(
                f"declared:{len(entities) + 1}",
                Label(words, None),
                theme.cap if theme else None,
                theme.sdg if theme else (),
                announced.score,
                primary=False,
                declared=True,
                evidence=tuple(found),
                extra=dict(value.extra) if isinstance(value, ThemeValue) else {},
            )
        )
    return entities


def _as_primary(entity: ThemeEntity) -> ThemeEntity:
    return replace(entity, primary=True)


def _strength(
    found: Sequence[Mention], declared: Sequence[tuple[int, int]], document: Document
) -> float:
    """Sum a theme's evidence: each term's best place counts whole, its repeats less and less."""
    lines = document.lines
    headline = lines[0][1] if lines else 0
    lead = min(lines[1][1], headline + LEAD_LENGTH) if len(lines) > 1 else headline
    by_term: dict[str, list[float]] = {}
    for mention in found:
        place = HEADLINE if mention.start < headline else LEAD if mention.start < lead else BODY
        if any(low <= mention.start and mention.end <= high for low, high in declared):
            place = max(place, DECLARED)
        by_term.setdefault(mention.text, []).append(place * mention.score)
    return sum(
        value / math.sqrt(rank + 1)
        for values in by_term.values()
        for rank, value in enumerate(sorted(values, reverse=True))
    )
