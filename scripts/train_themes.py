"""Learn the themes' tables from a folder of sample articles and the labels in ``bench/labels``.

    python scripts/train_themes.py SAMPLE [--unlabelled 7000]

``SAMPLE`` is the unpacked sample of Thai government news (folders ``gov1`` and ``gov2``). Two
tables are written: ``data/themes/topics.tsv``, the weights of the major-topic model, and
``data/themes/term_weights.tsv``, how telling each term is. The kept-aside labels are only measured.
Needs numpy; takes two minutes. The same inputs give the same tables.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.cleaning import clean
from assembly_extract.linking.themes.topics import (
    WEIGHT_UNIT,
    Zones,
    word_counts,
    word_features,
    word_matcher,
    zone_features,
    zones_of,
)
from assembly_extract.recognise.themes import recognise_themes
from assembly_extract.sources import read_articles
from assembly_extract.tokens import tokenise
from assembly_extract.types.article import Document, RawArticle
from assembly_extract.types.themes import ThemeValue
from assembly_extract.vocabulary import CAP_TOPICS, default_vocabulary, spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assembly_extract.types.mention import Mention

    Matrix = NDArray[np.float64]

HERE = Path(__file__).resolve().parent.parent
DATA = HERE / "src" / "assembly_extract" / "data" / "themes"
LABELS = HERE / "bench" / "labels"

SHARES = {1: (1.0,), 2: (0.65, 0.35), 3: (0.55, 0.27, 0.18)}
"""What each of an article's codes weighs, by their number; the first is the most important."""

RARE, COMMON = 25, 0.15
"""Words in fewer articles, or in a larger share of them, are no features."""

WORD = re.compile(r"[ก-๎a-z]{4,}")
ZONE_WEIGHT, WORD_WEIGHT, PENALTY = 0.5, 2.0, 3e-4
"""Scales of the feature blocks and the L2 penalty, chosen by five-fold cross-validation."""

FOLDS = 5
PRIOR, PRIOR_COUNT = 0.35, 3
"""A term's share of its own topic starts here, as if seen in so many articles."""


@dataclass(frozen=True)
class Sample:
    """One article's raw features."""

    text: str
    zones: Zones
    evidence: Matrix
    terms: frozenset[tuple[str, str]]


def main() -> None:
    """Read, learn, measure, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sample", type=Path)
    parser.add_argument("--unlabelled", type=int, default=7000)
    given = parser.parse_args()
    train, aside = (labels(LABELS / f"themes_{name}.tsv") for name in ("train", "test"))
    known = {path for path, _ in train + aside}
    others = sorted(
        path
        for path in (p.relative_to(given.sample).as_posix() for p in given.sample.rglob("*.txt"))
        if path not in known
    )
    others.sort(key=lambda path: hashlib.sha256(path.encode()).digest())
    samples = {
        path: sample(given.sample / path) for path in [*others[: given.unlabelled], *sorted(known)]
    }
    words, rarity = choose_words([samples[path] for path in others[: given.unlabelled]])
    features = matrix([samples[path] for path, _ in train], words, rarity)
    targets = np.array([target(codes) for _, codes in train])
    report("cross-validation", cross_validate(features, targets), [codes for _, codes in train])
    weights = fit(features, targets)
    held = matrix([samples[path] for path, _ in aside], words, rarity)
    report("kept aside", softmax(held @ weights), [codes for _, codes in aside])
    write_topics(words, rarity, weights)
    rest = [samples[path] for path in others[: given.unlabelled]]
    write_terms(rest, softmax(matrix(rest, words, rarity) @ weights))


def labels(file: Path) -> list[tuple[str, list[int]]]:
    r"""Return the labelled articles: path (a tab in it is written ``\t``) and codes in order."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n")[1:] if line]
    return [(path.replace("\\t", "\t"), [int(c) for c in codes.split()]) for path, _, codes in rows]


def sample(file: Path) -> Sample:
    """Clean an article and take its raw features, by the functions that extraction uses."""
    (raw,) = read_articles([file])
    if not isinstance(raw, RawArticle):
        raise SystemExit(f"{file}: {raw.reason}")
    document = Document(clean(raw))
    found: dict[str, list[Mention]] = {}
    for mention in recognise_themes(document):
        theme = mention.value.theme if isinstance(mention.value, ThemeValue) else None
        if theme is not None:
            found.setdefault(theme, []).append(mention)
    zones = zones_of(document)
    themes = default_vocabulary().themes
    terms = frozenset((theme, term_of()[m.text]) for theme in found for m in found[theme])
    return Sample(document.text, zones, zone_features(found, themes, zones), terms)


@cache
def term_of() -> dict[str, str]:
    """Return the vocabulary's term for each of its spellings."""
    themes = default_vocabulary().themes.values()
    return {form: term for theme in themes for term in theme.terms for form in spellings(term)}


def choose_words(samples: Sequence[Sample]) -> tuple[list[str], Matrix]:
    """Return the words that are features, sorted, and how rare each of them is."""
    seen: Counter[str] = Counter()
    for one in samples:
        beginning = one.text[: one.zones.headline + 1500].lower()
        seen.update(
            {beginning[a:b] for a, b in tokenise(beginning) if WORD.fullmatch(beginning, a, b)}
        )
    words = sorted(w for w, n in seen.items() if RARE <= n <= COMMON * len(samples))
    return words, np.array([math.log(len(samples) / seen[word]) for word in words])


def matrix(samples: Sequence[Sample], words: Sequence[str], rarity: Matrix) -> Matrix:
    """Return the feature matrix: zones, words, and a column of ones."""
    matcher = word_matcher(words)
    table = np.zeros((len(samples), 3 * len(CAP_TOPICS) + len(words) + 1))
    for row, one in zip(table, samples, strict=True):
        row[: len(one.evidence)] = one.evidence * ZONE_WEIGHT
        indices, values = word_features(word_counts(one.text, one.zones, matcher), rarity)
        row[len(one.evidence) + np.array(indices, dtype=int)] = values * WORD_WEIGHT
        row[-1] = 1
    return table


def target(codes: Sequence[int]) -> Matrix:
    """Return an article's codes as a distribution over the major topics."""
    shares = np.zeros(len(CAP_TOPICS))
    for code, share in zip(codes[:3], SHARES[min(3, len(codes))], strict=True):
        shares[CAP_TOPICS.index(code)] += share
    return shares


def softmax(logits: Matrix) -> Matrix:
    """Return each row's distribution."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return result


def fit(features: Matrix, targets: Matrix, steps: int = 200) -> Matrix:
    """Minimise the cross-entropy with an L2 penalty (not on the last column, the bias).

    Accelerated gradient descent in the row space of ``features``: as many unknowns as articles.
    """
    size = len(features)
    values, vectors = np.linalg.eigh(features[:, :-1] @ features[:, :-1].T)
    keep = values > 1e-9 * values.max()
    basis = vectors[:, keep] * np.sqrt(values[keep])
    inputs = np.hstack([basis, np.ones((size, 1))])
    penalty = np.full((inputs.shape[1], 1), PENALTY)
    penalty[-1] = 1e-6
    bound = 0.55 * (values.max() + size) / size + PENALTY
    weights = np.zeros((inputs.shape[1], targets.shape[1]))
    ahead, momentum = weights, 1.0
    for _ in range(steps):
        gradient = inputs.T @ (softmax(inputs @ ahead) - targets) / size + penalty * ahead
        moved = ahead - gradient / bound
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
    scaled = vectors[:, keep] / np.sqrt(values[keep])
    return np.vstack([features[:, :-1].T @ (scaled @ weights[:-1]), weights[-1:]])


def cross_validate(features: Matrix, targets: Matrix) -> Matrix:
    """Return out-of-fold distributions."""
    result = np.zeros_like(targets)
    for fold in range(FOLDS):
        held = np.arange(len(features)) % FOLDS == fold
        result[held] = softmax(features[held] @ fit(features[~held], targets[~held]))
    return result


def report(name: str, shares: Matrix, codes: Sequence[Sequence[int]]) -> None:
    """Print how often the likeliest topic is one of the article's codes."""
    first = [CAP_TOPICS[best] for best in shares.argmax(axis=1)]
    right = sum(top in wanted for top, wanted in zip(first, codes, strict=True))
    print(f"{name}: top-1 {right / len(codes):.3f} of {len(codes)}")


def write_topics(words: Sequence[str], rarity: Matrix, weights: Matrix) -> None:
    """Write the model: bias and zone rows (named with @), then a row per word."""
    scale = np.full(len(weights), WORD_WEIGHT)
    scale[: 3 * len(CAP_TOPICS)] = ZONE_WEIGHT
    scale[-1] = 1
    whole = np.rint(weights * scale[:, None] / WEIGHT_UNIT).astype(int)
    zones = [f"@{zone}:{cap}" for zone in ("headline", "lead", "body") for cap in CAP_TOPICS]
    rows = [("@bias", 0.0, whole[-1])]
    rows += [(name, 0.0, row) for name, row in zip(zones, whole, strict=False)]
    rows += list(zip(words, rarity.tolist(), whole[len(zones) : -1], strict=True))
    lines = [f"{name}\t{rare:.3f}\t{' '.join(map(str, row.tolist()))}" for name, rare, row in rows]
    text = "\n".join(["feature\trarity\tweights", *lines, ""])
    (DATA / "topics.tsv").write_text(text, encoding="utf-8")


def write_terms(samples: Sequence[Sample], shares: Matrix) -> None:
    """Write how telling each term is: its topic's mean share in the articles that have the term."""
    themes = default_vocabulary().themes
    total: Counter[str] = Counter()
    own: dict[str, float] = {}
    for one, row in zip(samples, shares, strict=True):
        for theme, term in sorted(one.terms):
            cap = themes[theme].cap
            if cap is not None:
                total[term] += 1
                own[term] = own.get(term, 0.0) + float(row[CAP_TOPICS.index(cap)])
    lines = ["term\tweight"]
    for term in sorted(total):
        share = (own[term] + PRIOR * PRIOR_COUNT) / (total[term] + PRIOR_COUNT)
        lines.append(f"{term}\t{min(1.0, 0.15 + 1.1 * share):.2f}")
    (DATA / "term_weights.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
