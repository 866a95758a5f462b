"""Which major topics an article is about: one softmax over the terms' topics and telling words.

The features are the policy terms summed by topic in three zones (headline, lead, body) and the
words of the article's beginning. Weights are learnt by ``scripts/train_themes.py`` from labelled
articles and committed as a table. The script computes its features with the functions of this
module.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assembly_extract.matching import StringMatcher
from assembly_extract.resources import read_rows
from assembly_extract.vocabulary import CAP_TOPICS, standing_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assembly_extract.types.article import Document
    from assembly_extract.types.mention import Mention
    from assembly_extract.vocabulary import Theme

    Vector = NDArray[np.float64]

LEAD_LENGTH = 600
"""Characters of the first paragraph that count as lead: some articles are one paragraph."""

WORDS_READ = 1500
"""Characters after the headline whose words are features: news says first what it is about."""

HEADLINE_WORD = 3.0
"""How often a headline's word counts beside a word of the text."""

ZONE_SCALES = (1.0, 0.7, 0.6)
BODY_UNIT = 1200
"""Characters of body that evidence is counted per, so that length alone makes no topic."""

WEIGHT_UNIT = 0.01
"""The table holds weights as whole numbers of this unit."""


class Zones(NamedTuple):
    """Where headline and lead end, in code points, and how long the text is."""

    headline: int
    lead: int
    length: int


def zones_of(document: Document) -> Zones:
    """Return the zones of an article: its first line, the next one, the rest."""
    lines = document.lines
    headline = lines[0][1] if lines else 0
    lead = min(lines[1][1], headline + LEAD_LENGTH) if len(lines) > 1 else headline
    return Zones(headline, lead, len(document.text))


def zone_features(
    found: Mapping[str, Sequence[Mention]], themes: Mapping[str, Theme], zones: Zones
) -> Vector:
    """Sum the terms by topic in each zone: three blocks of one number per major topic.

    ``found`` holds the term mentions by theme. A term's repeats count with their square root; the
    body's sums are per :data:`BODY_UNIT` characters, also with the square root.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and --help does not need it

    headline, lead = zones.headline, zones.lead
    blocks = [[0.0] * len(CAP_TOPICS) for _ in range(3)]
    for theme, mentions in found.items():
        cap = themes[theme].cap
        if cap is None:
            continue
        counts: dict[tuple[int, str], int] = {}
        for mention in mentions:
            zone = 0 if mention.start < headline else 1 if mention.start < lead else 2
            counts[zone, mention.text] = counts.get((zone, mention.text), 0) + 1
        column = _COLUMN[cap]
        for (zone, _), count in counts.items():
            blocks[zone][column] += math.sqrt(count)
    sums = np.array(blocks)
    sums[0] *= 2
    sums[2] /= math.sqrt(max(1.0, (zones.length - zones.lead) / BODY_UNIT))
    features: Vector = (np.log1p(sums) * np.array(ZONE_SCALES)[:, None]).ravel()
    return features


_COLUMN = {cap: column for column, cap in enumerate(CAP_TOPICS)}


def word_counts(text: str, zones: Zones, matcher: StringMatcher[int]) -> dict[int, float]:
    """Count the model's words at the beginning of ``text``, headline words more."""
    counts: dict[int, float] = {}
    beginning = text[: zones.headline + WORDS_READ].lower()
    headline = zones.headline
    for start, _, index in standing_alone(beginning, matcher.longest(beginning)):
        weight = HEADLINE_WORD if start < headline else 1.0
        counts[index] = counts.get(index, 0.0) + weight
    return counts


def word_features(counts: Mapping[int, float], rarity: Vector) -> tuple[list[int], Vector]:
    """Return the words' indices and their values: log counts by rarity, of length one."""
    import numpy as np  # noqa: PLC0415 - see zone_features

    indices = sorted(counts)
    values = np.log1p(np.array([counts[i] for i in indices])) * rarity[indices]
    norm = math.sqrt(float(values @ values))
    return indices, values / norm if norm else values


class TopicModel(NamedTuple):
    """The learnt weights: ``zones`` (63 x 21), ``words`` (n x 21), ``bias`` (21)."""

    matcher: StringMatcher[int]
    rarity: Vector
    zones: Vector
    words: Vector
    bias: Vector

    def probabilities(self, text: str, zones: Zones, evidence: Vector) -> dict[int, float]:
        """Return each major topic's probability; ``evidence`` as :func:`zone_features` gives it."""
        import numpy as np  # noqa: PLC0415 - see zone_features

        logits = self.bias + evidence @ self.zones
        indices, values = word_features(word_counts(text, zones, self.matcher), self.rarity)
        if indices:
            logits = logits + values @ self.words[indices]
        powers = np.exp(logits - logits.max())
        return dict(zip(CAP_TOPICS, (powers / powers.sum()).tolist(), strict=True))


def word_matcher(words: Iterable[str]) -> StringMatcher[int]:
    """Return the automaton that finds the model's words; the payload is the word's index."""
    return StringMatcher({word: index for index, word in enumerate(words)})


@cache
def topic_model() -> TopicModel:
    """Load the committed weights."""
    import numpy as np  # noqa: PLC0415 - see zone_features

    rows = read_rows("themes/topics.tsv", ("feature", "rarity", "weights"), key=("feature",))
    words, rarities, weights = zip(*rows, strict=True)
    units = np.fromstring(" ".join(weights), dtype=np.int64, sep=" ")
    table = units.reshape(len(rows), -1) * np.float64(WEIGHT_UNIT)
    first = [word.startswith("@") for word in words].index(False)
    return TopicModel(
        word_matcher(words[first:]),
        np.array([float(rarity) for rarity in rarities[first:]]),
        table[1:first],
        table[first:],
        table[0],
    )
