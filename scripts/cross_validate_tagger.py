"""Cross-validate the tagger's default model on ThaiNER's tagged lines.

    pip install -e . gensim python-crfsuite scikit-learn torch
    python scripts/cross_validate_tagger.py --thainer FOLDER --articles SAMPLE.tar.xz \
        --work build/folds

The lines of ``train.txt`` are dealt into five parts. For each part, a chain and a small network are
trained on the other four, as ``train_tagger.py`` does, but that the silver lines are tagged by a
first round of the same model (one that has seen the part could tell the network its answers): first
round chain and network of tagged lines alone, then silver lines, then the network anew. So the
figures are those of a model that teaches itself. A part that is done is kept in ``--work``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.tagger import LABELS
from assembly_extract.tagger.chain import ChainTagger
from assembly_extract.tagger.weights import ModelFile
from tagger_corpus import (
    Silver,
    article_lines,
    as_silver,
    labelled_lines,
    number_lines,
    read_tagged,
    renamed_lines,
    swapped_lines,
    tag_silver,
)
from train_tagger import LINEAR_WEIGHT, RENAMED_SHARE, SWAPPED_SHARE, opener, words_of
from train_tagger_linear import train_linear
from train_tagger_network import build_corpus, train_network, write_network

if TYPE_CHECKING:
    from tagger_corpus import Tagged
    from train_tagger_words import Words


def dealt(lines: list[Tagged], folds: int) -> list[list[Tagged]]:
    """Return the lines in parts of nearly one size; copies of a line fall into one part."""
    texts = sorted({line.text for line in lines})
    random.Random(5).shuffle(texts)  # noqa: S311 - a sample, not a secret
    part_of = {text: number % folds for number, text in enumerate(texts)}
    return [[line for line in lines if part_of[line.text] == part] for part in range(folds)]


def train_round(
    gold: Silver, silver: list[Silver], words: Words, folder: Path, epochs: float
) -> None:
    """Train the network on tagged and silver lines, beside the chain that lies in ``folder``."""
    corpus = build_corpus(number_lines(gold, silver), words)
    network = train_network(corpus, words, epochs=epochs)
    linear = folder / "default.npz"
    model = ModelFile(linear.read_bytes(), linear.name)
    write_network(network, corpus, model, LINEAR_WEIGHT, folder / "default-network.npz")


def train_fold(tagged: list[Tagged], plain: list[str], words: Words, folder: Path) -> None:
    """Train chain and network without any other model's help."""
    folder.mkdir(parents=True, exist_ok=True)
    gold = as_silver(tagged)
    train_linear(labelled_lines(gold), words.clusters_of(), folder / "default.npz")
    train_round(gold, [], words, folder, epochs=2)
    swapped = [line.text for line in swapped_lines(tagged, len(plain) // SWAPPED_SHARE)]
    silver = [tag_silver(lines, "default", opener(folder)) for lines in (plain, swapped)]
    silver.append(as_silver(renamed_lines(tagged, len(plain) // RENAMED_SHARE)))
    train_round(gold, silver, words, folder, epochs=3)


def counts(tagger: ChainTagger, lines: list[Tagged]) -> dict[str, list[int]]:
    """Return for each type how many spans are right, were given and were wanted."""
    right, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    for line in lines:
        true = {span for span in line.spans if span[2] in LABELS}
        found = {(span.start, span.end, span.label) for span in tagger.spans(line.text)}
        right.update(kind for *_, kind in true & found)
        given.update(kind for *_, kind in found)
        wanted.update(kind for *_, kind in true)
    return {kind: [right[kind], given[kind], wanted[kind]] for kind in LABELS}


def shown(found: dict[str, list[int]]) -> str:
    """Return F1 of all types together and of the four that are met most, in percent."""
    total = [sum(row[i] for row in found.values()) for i in range(3)]
    rows = [total, *(found[kind] for kind in LABELS[:4])]
    return " ".join(f"{200 * r / max(1, g + w):.1f}" for r, g, w in rows)


def main() -> None:
    """Train and measure each part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--thainer", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/folds"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=40_000, help="silver lines of articles")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    words = words_of(options.work / "words.npz", options.articles)
    lines = read_tagged(options.thainer / "train.txt")
    parts = dealt(lines, options.folds)
    everything = {kind: [0, 0, 0] for kind in LABELS}
    print("part: F1 of all types, persons, organisations, places, dates")
    for number, held in enumerate(parts):
        result = options.work / f"{number}.json"
        if not result.exists():
            tagged = [line for part in parts if part is not held for line in part]
            plain = article_lines(options.articles, options.lines, held)
            folder = options.work / str(number)
            train_fold(tagged, plain, words, folder)
            result.write_text(json.dumps(counts(ChainTagger("default", opener(folder)), held)))
        found = json.loads(result.read_text())
        for kind, row in found.items():
            everything[kind] = [a + b for a, b in zip(everything[kind], row, strict=True)]
        print(f"{number}: {shown(found)}", flush=True)
    print(f"all: {shown(everything)}")


if __name__ == "__main__":
    main()
