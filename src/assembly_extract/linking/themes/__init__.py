"""Linking of themes: mentions -> the few themes that the article is about."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from assembly_extract.linking.themes.topics import topic_model, zone_features, zones_of
from assembly_extract.types.themes import Label, ThemeEntity, ThemeValue
from assembly_extract.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assembly_extract.linking.themes.topics import Zones
    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.vocabulary import Theme, Vocabulary

    Found = Mapping[str, Sequence[Mention]]

HEADLINE, LEAD, DECLARED, BODY = 5.0, 2.0, 2.0, 1.0
"""What one mention counts by its place: headline, first paragraph, a declared issue, the rest."""

HEADED = 1.75
"""What all evidence of a theme counts for whose terms are in the headline: bodies name offices and
sites of neighbouring themes more often than the theme itself."""

GENERAL = 0.6
"""What a topic's broadest theme keeps of its evidence: its terms, ministries' names among them,
stand in most articles of the topic, whatever the article is about."""

LEAST = 0.6
"""Evidence below this is chance: one or two weak words in the body are no theme."""

UNCLEAR, WEAK = 0.15, 1.5
"""A first topic less likely than this, with evidence no stronger than this, is no topic."""

LEAST_IF_SURE = 0.3
"""Evidence enough where the topic is :data:`SURE_TOPIC` by the article's words."""

SURE_TOPIC = 0.5

SECOND, THIRD = 0.25, 0.35
"""A further topic needs this share of the first topic's probability, and :data:`LIKELY` itself."""

LIKELY = 0.1
MOST_TOPICS = 3
MOST_OF_TOPIC = 2
"""Themes of one topic."""

OF_TOPIC = 0.6
"""A further theme of the same topic needs this share of the evidence of the topic's first."""

OWN_CODE = frozenset({"issue", "policy", "agenda", "resolution"})
"""Where the article reports a policy process, issues of these forms carry the code of their own
words; all others carry a code only if the article as a whole has it: measured on the labels, a code
that only an announced project, measure or topic tells was never one of the article's."""


def link_themes(
    mentions: Sequence[Mention], document: Document, vocabulary: Vocabulary | None = None
) -> tuple[ThemeEntity, ...]:
    """Return the article's themes, most relevant first; the first is ``primary``.

    Coded themes come from the vocabulary: the strongest of each major topic that the article is
    about. After the primary one stand the issues that the article itself declares and the further
    coded themes, by score.
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
    found = _coded(coded, declared, themes, document)
    issues = _declared(declared, coded, themes, found)
    ranked = sorted([*found[1:], *issues], key=lambda entity: (-entity.score, entity.id))
    entities = [*found[:1], *ranked]
    return (replace(entities[0], primary=True), *entities[1:]) if entities else ()


def _coded(
    coded: Found, declared: Found, themes: Mapping[str, Theme], document: Document
) -> list[ThemeEntity]:
    """Return the vocabulary's themes that the article is about, the likeliest topic's first."""
    spans = [(m.start, m.end) for found in declared.values() for m in found]
    zones = zones_of(document)
    strength = {
        theme: _strength(found, spans, zones) * (GENERAL if themes[theme].general else 1)
        for theme, found in coded.items()
    }
    if not strength:
        return []
    evidence = zone_features(coded, themes, zones)
    likely = topic_model().probabilities(document.text, zones, evidence)
    ranked = sorted(
        (theme for theme in strength if _enough(strength[theme], themes[theme].cap, likely)),
        key=lambda theme: (-strength[theme], theme),
    )
    by_topic: dict[int, list[str]] = {}
    for theme in ranked:
        cap = themes[theme].cap
        if cap is not None:
            by_topic.setdefault(cap, []).append(theme)
    # Bodies act in every field: a topic that nothing but their names tell is never the first where
    # another one stands. It keeps its place in the list: of municipalities it may well be news.
    told = sorted(
        _topics(likely, {cap: strength[ids[0]] for cap, ids in by_topic.items()}),
        key=lambda cap: _only_bodies(coded[by_topic[cap][0]], themes[by_topic[cap][0]]),
    )
    chosen = [
        (theme, likely[cap] * (0.5 + 0.5 * strength[theme] / strength[by_topic[cap][0]]))
        for cap in told
        for theme in by_topic[cap][:MOST_OF_TOPIC]
        if strength[theme] >= OF_TOPIC * strength[by_topic[cap][0]]
    ]
    # A user's theme without a code is outside the topics: its evidence alone decides.
    chosen += [
        (theme, 0.5 * (1 - math.exp(-strength[theme] / 4)))
        for theme in ranked
        if themes[theme].cap is None and strength[theme] >= OF_TOPIC * strength[ranked[0]]
    ]
    return [
        ThemeEntity(
            theme,
            Label(themes[theme].th, themes[theme].en),
            themes[theme].cap,
            themes[theme].sdg,
            score,
            primary=False,
            declared=False,
            evidence=tuple(coded[theme]),
        )
        for theme, score in chosen
    ]


def _only_bodies(found: Sequence[Mention], theme: Theme) -> bool:
    return all(mention.text in theme.supporting for mention in found)


def _enough(strength: float, cap: int | None, likely: Mapping[int, float]) -> bool:
    sure = cap is not None and likely[cap] >= SURE_TOPIC
    return strength >= (LEAST_IF_SURE if sure else LEAST)


def _topics(likely: Mapping[int, float], strongest: Mapping[int, float]) -> list[int]:
    """Return up to three major topics, the likeliest first, of those with evidence in the text.

    ``strongest`` holds the evidence of each topic's strongest theme.
    """
    ranked = sorted(strongest, key=lambda cap: (-likely[cap], cap))
    if ranked and likely[ranked[0]] < UNCLEAR and strongest[ranked[0]] < WEAK:
        return []
    chosen = ranked[:1]
    for cap, share in zip(ranked[1:MOST_TOPICS], (SECOND, THIRD), strict=False):
        if likely[cap] < max(LIKELY, share * likely[ranked[0]]):
            break
        chosen.append(cap)
    return chosen


def _declared(
    declared: Found, coded: Found, themes: Mapping[str, Theme], chosen: Sequence[ThemeEntity]
) -> list[ThemeEntity]:
    """Make an entity of each declared issue, numbered in order of place; codes by its terms."""
    topics = {entity.cap for entity in chosen}
    process = any(themes[entity.id].process for entity in chosen)
    entities: list[ThemeEntity] = []
    for words, found in sorted(declared.items(), key=lambda item: item[1][0].start):
        announced = max(found, key=lambda mention: (mention.score, -mention.start))
        theme = _told(announced, coded, themes)
        value = announced.value
        extra = dict(value.extra) if isinstance(value, ThemeValue) else {}
        cap = theme.cap if theme else None
        if cap not in topics and not (process and extra.get("form") in OWN_CODE):
            cap = None
        entities.append(
            ThemeEntity(
                f"declared:{len(entities) + 1}",
                Label(words, None),
                cap,
                theme.sdg if theme else (),
                announced.score,
                primary=False,
                declared=True,
                evidence=tuple(found),
                extra=extra,
            )
        )
    return entities


def _told(issue: Mention, coded: Found, themes: Mapping[str, Theme]) -> Theme | None:
    """Return the theme that most of an issue's own words tell, if any."""
    told = {
        theme: sum(len(m.text) for m in found if issue.start <= m.start and m.end <= issue.end)
        for theme, found in coded.items()
    }
    best = max(sorted(told), key=lambda theme: told[theme], default=None)
    return themes[best] if best is not None and told[best] else None


def _strength(found: Sequence[Mention], declared: Sequence[tuple[int, int]], zones: Zones) -> float:
    """Sum a theme's evidence: each term's best place counts whole, its repeats less and less."""
    by_term: dict[str, list[float]] = {}
    headed = False
    for mention in found:
        in_headline = mention.start < zones.headline
        headed = headed or in_headline
        place = HEADLINE if in_headline else LEAD if mention.start < zones.lead else BODY
        if (
            declared
            and place < DECLARED
            and any(low <= mention.start and mention.end <= high for low, high in declared)
        ):
            place = DECLARED
        by_term.setdefault(mention.text, []).append(place * mention.score)
    strength = 0.0
    for values in by_term.values():
        for rank, value in enumerate(sorted(values, reverse=True)):
            strength += value / math.sqrt(rank + 1)
    return (HEADED if headed else 1) * strength
