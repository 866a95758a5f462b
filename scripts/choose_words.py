"""Rebuild ``data/words.txt``: the words that texts are cut into.

    python scripts/choose_words.py SAMPLE.tar.xz TRAIN.txt

They are the words of pythainlp's list that are in use: those that Common Crawl has at least
``LEAST`` times (pythainlp's Phupha, 2026), and those that any article of the archive or line of the
tagged file is cut into. The other third takes 17 MB in the segmenter and 3 % of a start; of a
newspaper's words one in 2,700 is among it, which is then cut into shorter words or left unknown.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import nlpo3

from assembly_extract.resources import installed_file, installed_words
from tagger_corpus import articles, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path(__file__).resolve().parent.parent / "src/assembly_extract/data/words.txt"
LEAST = 200
WORDS = "corpus/words_th.txt"
COUNTS = "corpus/phupha_word_freqs.txt"


def main() -> None:
    """Choose, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("tagged", type=Path)
    options = parser.parse_args()
    nlpo3.load_dict(str(installed_file("pythainlp", WORDS)), "all")
    used = {word for word, count in crawled() if count >= LEAST}
    for text in articles(options.articles):
        used.update(words(text))
    for line in read_tagged(options.tagged):
        used.update(words(line.text))
    kept = sorted(used.intersection(installed_words("pythainlp", WORDS)))
    OUT.write_text("\n".join(kept) + "\n", encoding="utf-8")


def crawled() -> Iterator[tuple[str, int]]:
    """Yield the words of Common Crawl, and how often it has them."""
    for row in installed_words("pythainlp", COUNTS):
        word, _, count = row.partition("\t")
        yield word, int(count)


def words(text: str) -> Iterator[str]:
    """Yield the words of each line, cut with the whole list."""
    for line in text.split("\n"):
        yield from nlpo3.segment(line, "all")


if __name__ == "__main__":
    main()
