"""Rebuild ``data/tagger/common.txt``: the token types that most articles are made of.

    python scripts/count_common_tokens.py SAMPLE.tar.xz

The lines of a tar archive's articles are cut as the tagger cuts them; a type counts once for each
different line that it stands in. White space is left out: it is numbered as it is met. The list
makes the tagger quicker and changes nothing that it finds.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from pathlib import Path

from assembly_extract.tokens import line_words
from tagger_corpus import article_lines

OUT = Path(__file__).resolve().parent.parent / "src/assembly_extract/data/tagger/common.txt"
LINES = 200_000
TYPES = 5_000  # 2.4 KB of memory each; a thousand more would be a fifth of the rest


def main() -> None:
    """Count, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for line in article_lines(options.articles, LINES, ()):
        counts.update(set(line_words(line)))
    kept = [token for token in counts if _is_kept(token)]
    kept.sort(key=lambda token: (-counts[token], token))
    OUT.write_text("\n".join(kept[:TYPES]) + "\n", encoding="utf-8")


def _is_kept(token: str) -> bool:
    return token.isprintable() and not token.isspace() and unicodedata.is_normalized("NFC", token)


if __name__ == "__main__":
    main()
