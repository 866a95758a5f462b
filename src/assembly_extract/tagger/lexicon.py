"""Lines to numbered token types and list marks: the one place that looks at characters."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.tagger.lists import marks
from assembly_extract.tokens import line_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import ahocorasick
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

#: Rows of line edge between two lines, and at both ends: the widest step that a model looks aside.
EDGE = 4
#: Token types after which the numbering begins anew, with those of them that most articles have
#: (memory: 2.4 KB for each type in the models' caches).
MOST_TYPES = 4_000
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

    ``words[number]`` is a type's written form, ``sets[number]`` a set's marks. When the numbering
    begins anew, each of ``followers`` is told the numbers that go on, in ascending order: type
    ``kept[i]`` is type ``i + 1`` from then on. Sets are forgotten. Training keeps all.
    """

    def __init__(self, matcher: ahocorasick.Automaton, *, keep_all: bool = False) -> None:
        self._matcher = matcher
        self._keep_all = keep_all
        self.followers: list[Callable[[Ints], None]] = []
        self._number([])

    def _number(self, words: list[str]) -> None:
        """Give ``words`` their numbers, and forget all others."""
        self.sets: list[frozenset[str]] = [frozenset()]
        self._set_of: dict[frozenset[str], int] = {frozenset(): 0}
        self._number_of = _Numbers()
        self.words = self._number_of.words
        for word in words:
            _ = self._number_of[word]
        self._met = np.zeros(2 * MOST_TYPES, np.int32)  # how many texts have each type

    def _begin_anew(self) -> None:
        """Keep the types that were met most often: half of them are not met twice."""
        often = np.argsort(-self._met, kind="stable")[: MOST_TYPES // 2]
        kept = np.sort(often[self._met[often] > 0])
        for follow in self.followers:
            follow(kept)
        met = self._met[kept]
        self._number([self.words[number] for number in kept.tolist()])
        self._met[1 : 1 + len(met)] = met // 2  # what is met now counts for more

    def encode(self, lines: Sequence[str]) -> Encoded:
        """Tokenise ``lines``, number their tokens, and look their words up in the lists."""
        full = len(self.words) > MOST_TYPES or len(self.sets) > _MOST_MARK_SETS
        if full and not self._keep_all:
            self._begin_anew()
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
        numbers = np.array(types, np.int64)
        if len(self.words) > len(self._met):
            self._met = np.concatenate((self._met, np.zeros(len(self.words), np.int32)))
        self._met[numbers] += 1
        self._met[0] = 0  # the edge of a line
        return Encoded(
            edges,
            first,
            numbers,
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
