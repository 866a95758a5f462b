"""Word edges of a text, found only where somebody asks: a line is tokenised at most once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from assembly_extract import areas
from assembly_extract.tokens import line_words, token_edges, tokenise

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Signs that a Thai syllable cannot begin with: a name does not end before one of these.
_TRAILING = re.compile(r"[ะ-ฺๅ็-๎]")
_THAI_PAIR = re.compile(r"[ก-ฺเ-๎]{2}")
_LOOK_AHEAD = 24  # characters after a name that decide how the tokeniser cuts it


@cache
def area_names() -> frozenset[str]:
    """Return the names of districts and subdistricts, without prefix words."""
    return frozenset({*areas.district_names(), *areas.subdistrict_names()})


class Words:
    """The words of ``text``, by code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._line_ends = [*(start - 1 for start in self._line_starts[1:]), len(text)]
        self._lines: dict[int, list[int]] = {}

    @cached_property
    def _all_edges(self) -> AbstractSet[int]:
        return token_edges(self.text)

    def line_bounds(self, at: int) -> tuple[int, int]:
        """Return where the line that holds offset ``at`` starts and ends."""
        index = bisect_right(self._line_starts, at) - 1
        return self._line_starts[index], self._line_ends[index]

    def _edges(self, at: int) -> list[int]:
        """Return where the tokens begin of the line that holds ``at``, and where the last ends."""
        start, end = self.line_bounds(at)
        if start not in self._lines:
            sizes = map(len, line_words(self.text[start:end]))
            self._lines[start] = list(accumulate(sizes, initial=start))
        return self._lines[start]

    def tokens_between(self, start: int, end: int) -> list[str]:
        """Return the tokens that lie wholly in ``text[start:end]``, which is within one line."""
        edges = self._edges(start)
        inside = edges[bisect_left(edges, start) : bisect_right(edges, end)]
        return [self.text[a:b] for a, b in pairwise(inside)]

    def token_end(self, at: int) -> int:
        """Return where the token that holds ``at`` ends."""
        edges = self._edges(at)
        if len(edges) == 1:
            return at + 1  # an empty line
        return edges[min(bisect_right(edges, at), len(edges) - 1)]

    def token_before(self, at: int) -> str:
        """Return the token that ends at ``at``, or ``""`` where none does."""
        edges = self._edges(at)
        index = bisect_left(edges, at)
        ends = 0 < index < len(edges) and edges[index] == at
        return self.text[edges[index - 1] : at] if ends else ""

    def is_edge(self, at: int) -> bool:
        """Say whether a word starts or ends at ``at``."""
        if at == 0 or not _THAI_PAIR.match(self.text, at - 1):
            return True
        return at in self._all_edges and not _TRAILING.match(self.text, at)

    def ends_name(self, start: int, end: int) -> bool:
        """Say whether a name that starts at ``start`` can end at ``end``.

        Asks the line's own cutting first; a name that it missed is cut again from its start, as
        words before it may have drawn the tokeniser off.
        """
        if self.is_edge(end):
            return True
        if _TRAILING.match(self.text, end):
            return False
        cut = tokenise(self.text[start : end + _LOOK_AHEAD].split("\n")[0])
        return any(a == end - start for a, _ in cut)
