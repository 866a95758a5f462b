"""The linear model: weights of a token's neighbourhood gathered from tables, no feature strings.

A token type (a written form) has all it contributes to its neighbours summed once, in one row; a
line's potentials are then shifted sums of gathered rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.rows import Rows
from assembly_extract.tagger.spelling import CLUSTERS, SHAPE, WORD, Spelling
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
        self._named_sets = lexicon.sets.named
        nothing = np.zeros((1, weights.mark.shape[1]), np.float32)
        self._sets: Rows[frozenset[str]] = Rows(lexicon.sets, (nothing,), self._given_by_sets)

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge hold no meaning."""
        self.types.meet(encoded.types)
        self._sets.meet(encoded.mark_sets)
        found, before = self._gather(encoded.types, encoded.space)
        self._add_marks(found, encoded.marked, encoded.mark_sets, before)
        self._add_pairs(found, encoded.types, before)
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
        parts = self.spelling.of(types)
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

    def _gather(self, types: Ints, space: int) -> tuple[Floats, Ints]:
        """Sum what the tokens around each row give it; also return the row of the token before."""
        size = len(self.weights.labels)
        gathered = self.types.tables[0][types]
        block = {
            name: gathered[:, number * size : (number + 1) * size]
            for number, name in enumerate(TOKEN_BLOCKS)
        }
        found = block["0"].astype(np.float32)
        for distance in (1, 2, 3):
            found[distance:] += block[f"-{distance}"][:-distance]
            found[:-distance] += block[f"+{distance}"][distance:]
        count = len(types)
        here = np.arange(count)
        solid = types != space
        before = np.zeros(count, np.int64)
        before[1:] = np.maximum.accumulate(np.where(solid, here, 0))[:-1]
        after = np.full(count, count - 1, np.int64)
        after[:-1] = np.minimum.accumulate(np.where(solid, here, count - 1)[::-1])[::-1][1:]
        found += block["before"][before]
        found += block["after"][after]
        found *= np.float32(1 / _UNITS)
        return found, before

    def _add_marks(self, found: Floats, marked: Ints, mark_sets: Ints, before: Ints) -> None:
        if not len(marked):
            return
        size = len(self.weights.labels)
        sets = np.zeros(len(found), np.int64)
        sets[marked] = mark_sets
        (table,) = self._sets.tables
        gathered = table[mark_sets]
        for number, name in enumerate(MARK_BLOCKS[:-1]):
            found[marked - int(name)] += gathered[:, number * size : (number + 1) * size]
        behind = np.flatnonzero(sets[before])
        found[behind] += table[sets[before[behind]], (len(MARK_BLOCKS) - 1) * size :]

    def _add_pairs(self, found: Floats, types: Ints, before: Ints) -> None:
        weights = self.weights
        size = len(weights.labels)
        words, shapes, classes = self.types.tables[1][types].T
        span = weights.cluster_rows[0]
        at, hit = _look_up(weights.pair_keys, words[:-1] * span + words[1:])
        pair = weights.pair[at] * weights.scale
        for offset, column in ((1, 0), (0, 1), (2, 2), (-1, 3)):
            found[hit + offset] += pair[:, column * size : (column + 1) * size]
        at, hit = _look_up(weights.around_keys, words[:-2] * span + words[2:])
        found[hit + 1] += weights.around[at] * weights.scale
        at, hit = _look_up(weights.spaced_keys, words[before[before]] * span + words[before])
        found[hit] += weights.spaced[at] * weights.scale
        kinds = len(weights.shapes) + 1
        shape_pair = weights.shape_pair[shapes[:-1] * kinds + shapes[1:]]
        found[1:] += shape_pair[:, :size]
        found[:-1] += shape_pair[:, size:]
        kinds = int(len(weights.class_pair_rows) ** 0.5)
        row = weights.class_pair_rows[classes[:-1] * kinds + classes[1:]]
        hit = np.flatnonzero(row)
        class_pair = weights.class_pair[row[hit]]
        found[hit + 1] += class_pair[:, :size]
        found[hit] += class_pair[:, size:]


def _look_up(keys: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Return ``(row, position)`` of each wanted key that is there; a key's row is its index + 1."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    hit = np.flatnonzero(keys[at] == wanted)
    return at[hit] + 1, hit
