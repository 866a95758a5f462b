"""Rebuild the tagger's models from ThaiNER and a tar archive of articles.

    pip install -e '.[accurate]' python-crfsuite gensim onnx scikit-learn torch
    python scripts/train_tagger.py MODEL --thainer FOLDER --articles SAMPLE.tar.xz \
        --work build/tagger --out src/assembly_extract/data/tagger

``MODEL`` is ``default`` (``default.npz`` and ``default-network.npz``) or ``accurate`` (the file
``accurate.npz``, which is added to those two). ``FOLDER`` holds ThaiNER 1.5's ``train.txt`` (CC BY
3.0) and, for a run that leaves its lines out, ``val.txt`` (``--without val.txt``). The steps, each
kept in ``--work`` and skipped when its file is there:

- both: word vectors and clusters; silver lines, tagged by ``--teacher``, a model that the package
  has (or that lies in ``--teacher-folder``), and by the recognisers that look for organisations;
- ``default``: the linear chain (CRFsuite, on tagged lines alone: taught by the teacher too, it errs
  as the network does, and the sum of both is worse); the small network;
- ``accurate``: the language model (``--tokens``, going on from ``--language-model`` if given); the
  large network over it.

On one core ``default`` takes about half an hour, of which silver is a third, and ``accurate`` half
an hour and the language model's time (about 50 minutes for 40 million tokens).
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assembly_extract.pipeline import extract
from assembly_extract.tagger.weights import ModelFile
from tagger_corpus import (
    Lines,
    Silver,
    article_lines,
    as_silver,
    labelled_lines,
    number_lines,
    read_silver,
    read_tagged,
    renamed_lines,
    swapped_lines,
    tag_silver,
    with_bodies,
    write_silver,
)
from train_tagger_words import Words, read_words, train_words, write_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagger_corpus import Tagged

_WORD_LINES = 600_000
SWAPPED_SHARE = 6  # silver lines for each line with swapped names
RENAMED_SHARE = 8  # silver lines for each line with other family names
LINEAR_WEIGHT = 0.5
_ANEW = 1.2e-3  # the rate of the large network's second and third rounds
_SLOW_RATE, _SECOND_SHARE = 8e-4, 0.5


def words_of(path: Path, articles: Path) -> Words:
    """Return the word vectors and clusters, trained if ``path`` is not there."""
    if not path.exists():
        write_words(path, train_words(article_lines(articles, _WORD_LINES, ())))
    return read_words(path)


def silver_of(
    path: Path, lines: Callable[[], list[str]], teacher: str, folder: Path | None
) -> Silver:
    """Return the lines as the teacher tags them, tagged if ``path`` is not there."""
    if not path.exists():
        write_silver(path, tag_silver(lines(), teacher, opener(folder)))
    return read_silver(path)


def bodies_in(line: str) -> list[tuple[int, int]]:
    """Return where the recognisers find organisations in a line, read as an article."""
    record = extract(line)
    if record.text != line:
        return []
    return [(m.start, m.end) for body in record.organisations for m in body.mentions]


def opener(folder: Path | None) -> Callable[[str], ModelFile]:
    """Return what opens a model's file by its name: of the package, or of a folder."""
    if folder is None:
        return ModelFile.open
    return partial(_open_below, folder)


def _open_below(folder: Path, name: str) -> ModelFile:
    path = folder / f"{name}.npz"
    return ModelFile(path.read_bytes(), path.name)


def taught_lines(options: argparse.Namespace, tagged: list[Tagged], held: list[Tagged]) -> Lines:
    """Return tagged lines, silver lines, lines with swapped names and other family names."""

    def plain() -> list[str]:
        return article_lines(options.articles, options.lines, held)

    teacher, folder = options.teacher, options.teacher_folder
    silver = [
        with_bodies(silver_of(options.work / "silver.npz", plain, teacher, folder), bodies_in),
        as_silver(swapped_lines(tagged, options.lines // SWAPPED_SHARE)),
        as_silver(renamed_lines(tagged, options.lines // RENAMED_SHARE)),
    ]
    return number_lines(as_silver(tagged), silver)


def rebuild_default(
    options: argparse.Namespace, tagged: list[Tagged], lines: Lines, words: Words
) -> None:
    """Train the chain and the small network, and write their files."""
    from train_tagger_linear import train_linear  # noqa: PLC0415 - needs CRFsuite
    from train_tagger_network import (  # noqa: PLC0415 - needs torch
        averaged,
        build_corpus,
        train_network,
        write_network,
    )

    kept, linear = options.work / "linear.npz", options.out / "default.npz"
    if not kept.exists():
        train_linear(labelled_lines(as_silver(tagged)), words.clusters_of(), kept)
    linear.write_bytes(kept.read_bytes())
    corpus = build_corpus(lines, words)
    begun = train_network(corpus, words, epochs=options.epochs or 3)
    # A second, slower round, averaged with the first: alone it is no better, the average is.
    again = train_network(corpus, words, epochs=0.6, rate=_SLOW_RATE, seed=3, begun=begun)
    network = averaged(begun, again, _SECOND_SHARE)
    model = ModelFile(linear.read_bytes(), linear.name)
    write_network(network, corpus, model, LINEAR_WEIGHT, options.out / "default-network.npz")


def rebuild_accurate(options: argparse.Namespace, lines: Lines, words: Words) -> None:
    """Train the language model and the large network over it, and write its file."""
    from train_tagger_language import (  # noqa: PLC0415 - needs torch
        begun_reader,
        load_reader,
        train_language_model,
    )
    from train_tagger_large import (  # noqa: PLC0415 - needs torch and onnx
        begun_network,
        train_large,
        write_large,
    )

    language = options.work / "language.pt"
    if not language.exists():
        begun = options.language_model
        reader = load_reader(begun, words.words) if begun else begun_reader(words)
        plain = article_lines(options.articles, _WORD_LINES, ())
        train_language_model(reader, plain, language, tokens=options.tokens)
    network = begun_network(load_reader(language, words.words), lines)
    train_large(network, lines, epochs=options.epochs or 1.2)
    # Two rounds more in which the language model learns too, mostly from tagged lines.
    for seed in (3, 7):
        train_large(
            network, lines, epochs=0.4, tagged_times=15, rate=_ANEW, reader_share=0.2, seed=seed
        )
    write_large(network, options.out / "accurate.npz")


def main() -> None:
    """Run the steps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", choices=("default", "accurate"))
    parser.add_argument("--thainer", type=Path, required=True)
    parser.add_argument("--without", help="a tagged file in the same folder: leave its lines out")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--teacher", default="accurate")
    parser.add_argument("--teacher-folder", type=Path, help="where the teacher's files lie")
    parser.add_argument("--language-model", type=Path, help="one to go on from")
    parser.add_argument("--tokens", type=int, default=40_000_000, help="that it reads")
    parser.add_argument("--work", type=Path, default=Path("build/tagger"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--lines", type=int, default=96_000, help="silver lines of articles")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    held = options.thainer / options.without if options.without else None
    tagged = read_tagged(options.thainer / "train.txt", held)
    words = words_of(options.work / "words.npz", options.articles)
    lines = taught_lines(options, tagged, read_tagged(held) if held else [])
    if options.model == "default":
        rebuild_default(options, tagged, lines, words)
    else:
        rebuild_accurate(options, lines, words)


if __name__ == "__main__":
    main()
