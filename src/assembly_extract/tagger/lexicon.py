"""Lines to numbered token types and list marks: the one place that looks at characters."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.tagger.lists import marks
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ahocorasick
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

#: Rows of line edge between two lines, and at both ends: the widest step that a model looks aside.
EDGE = 4
#: Token types that are kept, about; then the numbering begins anew (memory: 2.3 KB for each type in
#: the models' caches).
MOST_TYPES = 10_000
_MOST_MARK_SETS = 4_000


class Encoded(NamedTuple):
    """Lines as rows of token types, ``EDGE`` rows of type 0 before, between and after them.

    ``edges[line]`` are where its tokens begin, in code points of that line, and its end;
    ``first[line]`` is its first row. ``marked`` are the rows that a list's entry covers, ascending,
    ``mark_sets`` the number of the set of marks on each. ``space`` is the type of one space, -1 if
    none was met yet.
    """

    edges: list[list[int]]
    first: list[int]
    types: Ints
    marked: Ints
    mark_sets: Ints
    space: int

    @property
    def inside(self) -> Bools:
        """False on the rows of line edge."""
        inside: Bools = self.types != 0
        return inside


class _Numbers(dict[str, int]):
    """Gives each word that is asked for a number, from 1; ``words[number]`` is the word."""

    def __init__(self) -> None:
        self.words = [""]

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.words)
        self.words.append(word)
        return number


class Lexicon:
    """Numbers token types and sets of marks as they are met; ``matcher`` finds the lists' entries.

    ``words[number]`` is a type's written form, ``sets[number]`` a set's marks. ``generation`` grows
    when the numbering begins anew: what a model cached by number is void then. Training keeps all.
    """

    def __init__(self, matcher: ahocorasick.Automaton, *, keep_all: bool = False) -> None:
        self._matcher = matcher
        self._keep_all = keep_all
        self.generation = 0
        self._restart()

    def _restart(self) -> None:
        self.sets: list[frozenset[str]] = [frozenset()]
        self._number_of = _Numbers()
        self.words = self._number_of.words
        self._set_of: dict[frozenset[str], int] = {frozenset(): 0}

    def encode(self, lines: Sequence[str]) -> Encoded:
        """Tokenise ``lines``, number their tokens, and look their words up in the lists."""
        full = len(self.words) > MOST_TYPES or len(self.sets) > _MOST_MARK_SETS
        if full and not self._keep_all:
            self.generation += 1
            self._restart()
        edges: list[list[int]] = []
        first: list[int] = []
        types: list[int] = [0] * EDGE
        found: dict[int, int] = {}
        for line in lines:
            words = line_words(line)
            cut = list(accumulate(map(len, words), initial=0))
            row = len(types)
            edges.append(cut)
            first.append(row)
            types += map(self._number_of.__getitem__, words)
            types += [0] * EDGE
            for number, names in marks(self._matcher, line, cut).items():
                found[row + number] = self._set(frozenset(names))
        marked = sorted(found)
        return Encoded(
            edges,
            first,
            np.array(types, np.int64),
            np.array(marked, np.int64),
            np.array([found[row] for row in marked], np.int64),
            self._number_of.get(" ", -1),
        )

    def _set(self, names: frozenset[str]) -> int:
        number = self._set_of.get(names)
        if number is None:
            number = self._set_of[names] = len(self.sets)
            self.sets.append(names)
        return number
