"""Rebuild the tagger's default model from ThaiNER and a tar archive of articles.

    pip install -e '.[accurate]' python-crfsuite scipy gensim scikit-learn
    python scripts/train_tagger.py --thainer FOLDER --articles SAMPLE.tar.xz --work build/tagger \
        --out src/assembly_extract/data/tagger

``FOLDER`` holds ThaiNER 1.5's ``train.txt`` (CC BY 3.0) and, for a run that leaves its lines out,
``val.txt`` (``--without val.txt``). The steps, each kept in ``--work`` and skipped when its file is
there: word vectors and clusters; silver lines, tagged by ``--teacher``; the linear chain (CRFsuite,
on tagged lines alone: taught by the teacher too, it errs as the network does, and the sum of both
is worse); the network (numpy). The teacher is a model that the package has: ``accurate``, or
``default`` to learn from itself. About an hour on one core, of which silver is a third.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.tagger.weights import ModelFile

if TYPE_CHECKING:
    from collections.abc import Callable
from tagger_corpus import (
    Silver,
    article_lines,
    as_silver,
    labelled_lines,
    read_silver,
    read_tagged,
    swapped_lines,
    tag_silver,
    write_silver,
)
from train_tagger_linear import train_linear
from train_tagger_network import build_corpus, train_network, write_network
from train_tagger_words import Words, read_words, train_words, write_words

_WORD_LINES = 600_000
_SWAPPED_SHARE = 6  # silver lines for each line with swapped names
_LINEAR_WEIGHT = 0.5


def words_of(path: Path, articles: Path) -> Words:
    """Return the word vectors and clusters, trained if ``path`` is not there."""
    if not path.exists():
        write_words(path, train_words(article_lines(articles, _WORD_LINES, ())))
    return read_words(path)


def silver_of(path: Path, lines: Callable[[], list[str]], teacher: str) -> Silver:
    """Return the lines as the teacher tags them, tagged if ``path`` is not there."""
    if not path.exists():
        write_silver(path, tag_silver(lines(), teacher))
    return read_silver(path)


def main() -> None:
    """Run the steps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--thainer", type=Path, required=True)
    parser.add_argument("--without", help="a tagged file in the same folder: leave its lines out")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--teacher", default="accurate")
    parser.add_argument("--work", type=Path, default=Path("build/tagger"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--lines", type=int, default=96_000, help="silver lines of articles")
    options = parser.parse_args()
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    held = options.thainer / options.without if options.without else None
    tagged = read_tagged(options.thainer / "train.txt", held)
    words = words_of(work / "words.npz", options.articles)

    def plain() -> list[str]:
        kept_out = read_tagged(held) if held is not None else ()
        return article_lines(options.articles, options.lines, kept_out)

    def swapped() -> list[str]:
        return [line.text for line in swapped_lines(tagged, options.lines // _SWAPPED_SHARE)]

    silver = [
        silver_of(work / "silver.npz", plain, options.teacher),
        silver_of(work / "swapped.npz", swapped, options.teacher),
    ]
    gold = as_silver(tagged)
    linear = options.out / "default.npz"
    if not (work / "linear.npz").exists():
        lines = labelled_lines(gold)
        train_linear(lines, words.clusters_of(), work / "linear.npz")
    linear.write_bytes((work / "linear.npz").read_bytes())
    corpus = build_corpus(gold, silver, words)
    trained = train_network(corpus, words, epochs=options.epochs)
    model = ModelFile(linear.read_bytes(), linear.name)
    write_network(trained, corpus, model, _LINEAR_WEIGHT, options.out / "default-network.npz")


if __name__ == "__main__":
    main()
