"""What token types are made of, as numbers: read once from a type, looked up by several models."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.rows import Rows
from assembly_extract.tagger.words import AFFIX_LENGTHS, counted, shape, written
from assembly_extract.word_lists import WordList

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from assembly_extract.tagger.rows import Numbering
    from assembly_extract.tagger.weights import Weights

    Ints = npt.NDArray[np.int64]
    Parts = npt.NDArray[np.int32]

#: Columns of a type's parts: its word, its shape, the clusters of its written form, its affixes,
#: and its word as another model numbers it.
WORD, SHAPE, CLUSTERS, OTHER_WORD = 0, 1, slice(2, 5), -1
_AFFIXES = 5
_AFFIX = len("p1=")


class Spelling:
    """Takes token types apart.

    The number of a part is the linear model's row for it, 0 if no model knows it. What another
    model alone knows of shapes and affixes has higher numbers; its words have numbers of their own.

    Parameters
    ----------
    weights
        Of the linear model; clusters are its own.
    types
        The token types.

    """

    def __init__(self, weights: Weights, types: Numbering[str]) -> None:
        self._weights, self._types = weights, types
        self._other_words, self._first_other = WordList(""), 0
        self._shapes = dict(weights.shapes)
        self._begins: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        for name, row in weights.affixes.items():
            (self._begins if name.startswith("p") else self._ends)[name[_AFFIX:]] = row
        #: All numbers are below it.
        self.count = len(weights.token_starts) - 1
        columns = _AFFIXES + 2 * len(AFFIX_LENGTHS) + 1
        self._parts = Rows(types, (np.zeros((1, columns), np.int32),), self._taken_apart)

    def of(self, types: Ints) -> Parts:
        """Return the parts of types: types x columns."""
        self._parts.meet(types)
        (table,) = self._parts.tables
        parts: Parts = table[types]
        return parts

    def numbers(self, names: Iterable[str]) -> array[int]:
        """Return the number of each part but words by its name, one that is new if it has none.

        Names are those of ``embedded_features``, in :mod:`assembly_extract.tagger.network`.
        """
        weights, found = self._weights, array("i")
        numbered = self._numbered
        for name in names:
            if name[:2] == "sh":
                number = numbered(self._shapes, name[3:])
            elif name[0] == "p":
                number = numbered(self._begins, name[_AFFIX:])
            elif name[0] == "s":
                number = numbered(self._ends, name[_AFFIX:])
            elif name[0] == "c":
                level, _, group = name[1:].partition("=")
                number = weights.cluster_rows[int(level)] + int(group)
            else:  # oov
                number = weights.unclustered
            found.append(number)
        return found

    def add_words(self, words: WordList, first: int) -> None:
        """Tell of another model's words, whose rows begin at ``first``."""
        self._other_words, self._first_other = words, first

    def _numbered(self, known: dict[str, int], entry: str) -> int:
        if (number := known.get(entry)) is None:
            number = known[entry] = self.count
            self.count += 1
        return number

    def _taken_apart(self, types: Ints) -> tuple[Parts]:
        row_of, shapes, others = self._weights.word_row, self._shapes, self._other_words
        begins, ends = self._begins, self._ends
        found, forms = [], []
        for word in self._types.named(types):
            form, kind = written(word), shape(word)
            counts = counted(form)
            row = row_of(form)
            forms.append(row)
            own = [row if counts == form else row_of(counts), shapes.get(kind, 0), 0, 0, 0]
            size = len(word) if kind.startswith("th") else 0
            for length in AFFIX_LENGTHS:
                if length < size:
                    own += (begins.get(word[:length], 0), ends.get(word[-length:], 0))
                else:
                    own += (0, 0)
            other = others.index(counts)
            own.append(other + self._first_other if other >= 0 else 0)
            found.append(own)
        parts = np.array(found, np.int32)
        parts[:, CLUSTERS] = self._weights.clusters[forms]
        parts[parts[:, CLUSTERS.start] == 0, CLUSTERS.start] = self._weights.unclustered
        return (parts,)
