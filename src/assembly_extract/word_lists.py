"""Long lists of words in little memory: a text for each beginning, a fifth of what a set takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 10_000  # characters
# Lines that begin with the same two characters, or a line of one.
_ALIKE = re.compile(r"^(?:(..).*(?:\n\1.*)*|.$)", re.MULTILINE)


class WordList:
    r"""The words of a text that has one a line, to be asked for.

    >>> words = WordList("กลม\nกลาง\nขา")
    >>> "กลาง" in words, "กล" in words, words.index("ขา"), words.index("กล")
    (True, False, 2, -1)
    """

    def __init__(self, lines: str) -> None:
        # By the first two characters: the lines that stand together, and the index of the first.
        self._alike: dict[str, tuple[tuple[str, int], ...]] = {}
        index = 0
        for found in _ALIKE.finditer(lines):
            alike = found[0]
            run = (f"\n{alike}\n", index)
            beginning = found[1] or alike
            self._alike[beginning] = (*self._alike.get(beginning, ()), run)
            index += alike.count("\n") + 1

    def __contains__(self, word: object) -> bool:
        """Say whether ``word`` is one of the list."""
        return isinstance(word, str) and self.index(word) >= 0

    def index(self, word: str) -> int:
        """Return how many words stand before ``word``, -1 if it is none of the list."""
        for lines, first in self._alike.get(word[:2], ()):
            at = lines.find(f"\n{word}\n")
            if at >= 0:
                return first + lines.count("\n", 0, at)
        return -1


def each_line(text: str) -> Iterator[str]:
    """Yield the lines of a long text, few of which exist at once: their memory is used again."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _AT_ONCE)
        end = len(text) if end < 0 else end
        yield from text[start:end].split("\n")
        start = end + 1
