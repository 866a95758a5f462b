"""The only importer of a tokeniser: Thai words, cut again where the script changes.

nlpo3 (Rust) and pythainlp's newmm are the same dictionary algorithm; the first is 3 times as fast
and has no wheel for every machine. The words are those of pythainlp's list that are in use
(``data/words.txt``): the rest would take 17 MB.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from assembly_extract.memory import give_back_memory
from assembly_extract.resources import data_file, read_text
from assembly_extract.word_lists import WordList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

_WORDS = "words.txt"
# A dictionary word is cut again where the script changes and at every sign, so that "5มกราคม",
# "(สธ.)" and "พ.ศ.2566" have a token edge wherever a name or a date can start or end.
_RUNS = re.compile(
    r"[\u0E00-\u0E3E\u0E40-\u0E4E\u0E5A-\u0E7F]+|[A-Za-z]+|[0-9]+|[๐-๙]+|\n|[^\S\n]+|.", re.DOTALL
)
_THAI = re.compile(r"[\u0E00-\u0E3E\u0E40-\u0E4E\u0E5A-\u0E7F]+")


@cache
def segmenter() -> Callable[[str], list[str]]:
    """Return the word segmenter: text to words that join to the same text."""
    words = str(data_file(_WORDS))
    try:
        import nlpo3  # noqa: PLC0415 - loaded when the first article needs it
    except ImportError:
        from pythainlp.tokenize import word_tokenize  # noqa: PLC0415
        from pythainlp.util import dict_trie  # noqa: PLC0415

        trie = dict_trie(words)
        return lambda text: word_tokenize(
            text, custom_dict=trie, engine="newmm", keep_whitespace=True
        )
    nlpo3.load_dict(words, words)
    give_back_memory()
    return lambda text: nlpo3.segment(text, words)


@lru_cache(maxsize=4096)  # a name is asked about where it stands
def in_dictionary(word: str) -> bool:
    """Say whether the segmenter knows ``word``; what it does not know is mostly a name.

    >>> in_dictionary("โรงเรียน"), in_dictionary("โรงเรียนคงเกษม")
    (True, False)
    """
    return word in _dictionary()


@cache
def _dictionary() -> WordList:
    """Return the segmenter's words."""
    return WordList(read_text(_WORDS))


@lru_cache(maxsize=5_000)  # most words of a text are met again
def _pieces(word: str) -> tuple[str, ...]:
    """Cut a dictionary word where its script changes."""
    if _THAI.fullmatch(word):
        return (word,)
    return tuple(_RUNS.findall(word))


@lru_cache(maxsize=256)  # several stages look at the same line of an article
def line_words(line: str) -> tuple[str, ...]:
    """Cut one line into words that join to the same line.

    >>> line_words("วันที่ 5มกราคม")
    ('วันที่', ' ', '5', 'มกราคม')

    Raises
    ------
    ValueError
        The segmenter lost characters.

    """
    words = tuple(chain.from_iterable(map(_pieces, segmenter()(line)))) if line else ()
    length = sum(map(len, words))
    if length != len(line):
        raise ValueError(f"the tokeniser lost text: {length} of {len(line)} code points remain")
    return words


def tokenise(text: str) -> list[tuple[int, int]]:
    """Cut ``text`` into tokens: ``(start, end)`` in code points, covering the whole of it.

    >>> text = "วันที่ 5มกราคม"
    >>> [text[a:b] for a, b in tokenise(text)]
    ['วันที่', ' ', '5', 'มกราคม']

    Raises
    ------
    ValueError
        The segmenter lost characters.

    """
    tokens: list[tuple[int, int]] = []
    at = 0
    for number, line in enumerate(text.split("\n")):
        if number:
            tokens.append((at, at + 1))
            at += 1
        tokens += pairwise(_edges(line, at))
        at += len(line)
    return tokens


@lru_cache(maxsize=2)  # several stages ask about the text of one article
def token_edges(text: str) -> AbstractSet[int]:
    """Return where the tokens of ``text`` begin and end.

    >>> sorted(token_edges("วันที่ 5มกราคม"))
    [0, 6, 7, 8, 14]
    """
    edges: set[int] = set()
    at = 0
    for line in text.split("\n"):
        edges.update(_edges(line, at))
        at += len(line) + 1
    return edges


def _edges(line: str, at: int) -> Iterator[int]:
    """Yield where the tokens of a line begin that begins at ``at``, and where the last one ends."""
    return accumulate(map(len, line_words(line)), initial=at)
