"""The linear model: weights of a token's neighbourhood gathered from tables, no feature strings.

A token type (a written form) has all it contributes to its neighbours summed once, in one row; a
line's potentials are then shifted sums of gathered rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.lookup import KeyRows
from assembly_extract.tagger.rows import Rows
from assembly_extract.tagger.spelling import CLUSTERS, OTHER_WORD, SHAPE, WORD, Spelling
from assembly_extract.tagger.weights import MARK_BLOCKS, TOKEN_BLOCKS

if TYPE_CHECKING:
    import numpy.typing as npt

    from assembly_extract.tagger.lexicon import Encoded, Lexicon
    from assembly_extract.tagger.weights import Steps, Weights

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

_NOTHING, _LINE_EDGE = 0, 1
# What a token type gives to its neighbours is kept in 16 bits, in units of 1 / _UNITS: half the
# memory. The largest of 600 articles is 11.9, the bound 16.
_UNITS, _MOST_UNITS = 2048, 32767
# How far off the first of TOKEN_BLOCKS stand; the rest are the nearest that are not one space.
_OFFSETS = np.array([[int(name)] for name in TOKEN_BLOCKS[:-2]])
# Which of TOKEN_BLOCKS the places of other tables are: those of PAIR_BLOCKS, and of
# CLASS_PAIR_BLOCKS, are where the first of a pair stands.
_LAST, _NEXT, _SOLID = (TOKEN_BLOCKS.index(name) for name in ("-1", "+1", "before"))
_MARKS = np.array([TOKEN_BLOCKS.index(name) for name in MARK_BLOCKS])
_PAIRS = np.array([TOKEN_BLOCKS.index(name) for name in ("-1", "0", "-2", "+1")])
_CLASS_PAIRS = _PAIRS[:2]


class LinearModel:
    """Potentials of every label at every token, from tables of weights.

    Holds caches that grow while it works and never change what it returns.
    """

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self.weights = weights
        # The chain may have been trained with fewer lists than there are: marks of others are none.
        self._lists = {mark[2:] for name in weights.marks for mark in name.split("+")}
        self.spelling = Spelling(weights, lexicon.types)
        #: What a type gives to its neighbours; its word, shape and cluster class.
        self.types: Rows[str] = Rows(
            lexicon.types,
            (self._summed(np.array([[_LINE_EDGE]], np.int32)), np.zeros((1, 3), np.int64)),
            self._given_by_types,
        )
        self._pairs = KeyRows(weights.pair_keys)
        self._arounds, self._spaced = KeyRows(weights.around_keys), KeyRows(weights.spaced_keys)
        self._named_sets = lexicon.sets.named
        nothing = np.zeros((1, weights.mark.shape[1]), np.float32)
        self._sets: Rows[frozenset[str]] = Rows(lexicon.sets, (nothing,), self._given_by_sets)

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge hold no meaning."""
        self.types.meet(encoded.types)
        self._sets.meet(encoded.mark_sets)
        (given, kinds), (marks,) = self.types.tables, self._sets.tables
        around = _around(encoded.types, encoded.space)
        found = _summed(given, encoded.types, around)
        found *= np.float32(1 / _UNITS)
        sets = np.zeros(len(found), np.int64)
        sets[encoded.marked] = encoded.mark_sets
        found += _summed(marks, sets, around[_MARKS])
        words, shapes, classes = np.ascontiguousarray(kinds.take(encoded.types, axis=0).T)
        found += self._of_words(words, around)
        found += self._of_kinds(shapes, classes, around)
        return found

    def _given_by_sets(self, sets: Ints) -> tuple[Floats]:
        """Return the sum of the rows of ``mark`` that each set of marks names."""
        table, row_of = self.weights.mark, self.weights.marks
        found = []
        for marks in self._named_sets(sets):
            names = sorted(mark for mark in marks if mark[2:] in self._lists)
            if len(names) > 1:
                names.append("+".join(names))
            rows = [row_of[name] for name in names if name in row_of]
            found.append(table[rows].sum(axis=0))
        return (np.array(found),)

    def _given_by_types(self, types: Ints) -> tuple[Steps, Ints]:
        """Return the sum of the weights of each type's parts; its word, shape and cluster class."""
        parts = self.spelling.of(types)[:, :OTHER_WORD]
        parts[parts >= len(self.weights.token_starts) - 1] = _NOTHING  # that others know
        kinds = np.zeros((len(types), 3), np.int64)
        kinds[:, 0] = parts[:, WORD]
        # Shapes, and classes, are numbered from 1.
        kinds[:, 1] = np.maximum(parts[:, SHAPE] - self.weights.unclustered, 0)
        _, middle, _ = self.weights.cluster_rows
        kinds[:, 2] = np.maximum(parts[:, CLUSTERS][:, 1] - (middle - 1), 0)
        return self._summed(parts), kinds

    def _summed(self, features: npt.NDArray[np.int32]) -> Steps:
        """Return the sum of the rows of ``token`` that each of ``features`` names, in units."""
        weights = self.weights
        columns = len(TOKEN_BLOCKS) * len(weights.labels)
        rows = features.ravel()
        first = np.repeat(np.arange(len(features)) * columns, features.shape[1])
        starts = weights.token_starts[rows]
        counts = weights.token_starts[rows + 1] - starts
        cells = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        places = np.repeat(first, counts) + weights.token_columns[cells]
        size = len(features) * columns  # whole numbers: the order of addition is all the same
        steps = np.bincount(places, weights.token_steps[cells], minlength=size)
        units = steps * (float(weights.scale) * _UNITS)
        np.clip(np.rint(units, out=units), -_MOST_UNITS, _MOST_UNITS, out=units)
        return units.astype(np.int16).reshape(len(features), columns)

    def _of_words(self, words: Ints, around: Ints) -> Floats:
        """Sum what pairs of words give: of neighbours, around a token, on both sides of a space."""
        weights = self.weights
        span = weights.cluster_rows[0]
        before, after = words.take(around[[_LAST, _NEXT]], mode="clip")
        pairs = self._pairs.of(words * span + after)
        found = _summed(weights.pair, pairs, around[_PAIRS])
        found += weights.around.take(self._arounds.of(before * span + after), axis=0)
        last = around[_SOLID]
        spaced = words.take(last.take(last)) * span + words.take(last)
        found += weights.spaced.take(self._spaced.of(spaced), axis=0)
        found *= weights.scale
        return found

    def _of_kinds(self, shapes: Ints, classes: Ints, around: Ints) -> Floats:
        """Sum what pairs of neighbours' shapes, and of their cluster classes, give."""
        weights = self.weights
        pairs = shapes * (len(weights.shapes) + 1) + shapes.take(around[_NEXT], mode="clip")
        found = _summed(weights.shape_pair, pairs, around[_CLASS_PAIRS])
        pairs = classes * int(len(weights.class_pair_rows) ** 0.5)
        pairs += classes.take(around[_NEXT], mode="clip")
        rows = weights.class_pair_rows.take(pairs).astype(np.int64)
        found += _summed(weights.class_pair, rows, around[_CLASS_PAIRS])
        return found


def _around(types: Ints, space: int) -> Ints:
    """Return for each row which row stands where: a row for each of TOKEN_BLOCKS.

    Beyond the first and the last row stand rows that are not there.
    """
    here = np.arange(len(types))
    around = np.empty((len(TOKEN_BLOCKS), len(here)), np.int64)
    np.add(here, _OFFSETS, out=around[: len(_OFFSETS)])
    solid = types != space
    before, after = around[-2:]
    before[0], after[-1] = 0, len(here) - 1
    np.maximum.accumulate(np.where(solid, here, 0)[:-1], out=before[1:])
    np.minimum.accumulate(np.where(solid, here, len(here) - 1)[:0:-1], out=after[-2::-1])
    return around


def _summed(table: npt.NDArray[np.int16 | np.float32], rows: Ints, around: Ints) -> Floats:
    """Sum what each row is given by those around it.

    Of the row of ``table`` that one has, ``rows``, a block of columns is for each place at which it
    can stand, ``around``.
    """
    count = len(around)
    # As a table of one row for each block: whole rows are gathered fastest.
    table = table.reshape(len(table) * count, -1)
    first = rows * count
    found = np.zeros((len(rows), table.shape[1]), np.float32)
    for place, there in enumerate(around):
        found += table.take(first.take(there, mode="clip") + place, axis=0)
    return found
