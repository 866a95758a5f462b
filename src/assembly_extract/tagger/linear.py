"""The linear model: weights of a token's neighbourhood gathered from tables, no feature strings.

A token type (a written form) has all it contributes to its neighbours summed once, in one row; a
line's potentials are then shifted sums of gathered rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.tagger.lists import marks
from assembly_extract.tagger.weights import MARK_BLOCKS, TOKEN_BLOCKS
from assembly_extract.tagger.words import affixes, counted, shape, written
from assembly_extract.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from assembly_extract.tagger.weights import Weights

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

#: Rows between two lines, and at both ends: the widest window on one side.
EDGE = 3
# Cached token types and mark sets, at most; the caches begin anew then (30 MB and 3 MB).
_MOST_TYPES = 30_000
_MOST_MARK_SETS = 4_000
_NOTHING, _LINE_EDGE = 0, 1


class Batch(NamedTuple):
    """Lines as token rows, ``EDGE`` rows of line edge before, between and after them.

    ``tokens[line]`` are ``(start, end)`` in code points of that line; ``first[line]`` is its first
    row. ``inside`` is false on the edge rows.
    """

    tokens: list[list[tuple[int, int]]]
    first: list[int]
    inside: Bools
    emissions: Floats


class LinearModel:
    """Potentials of every label at every token, from tables of weights.

    Holds caches that grow while it works and never change what it returns.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._empty_caches()

    def _empty_caches(self) -> None:
        columns = self.weights.token.shape[1]
        self._type_of: dict[str, int] = {}
        self._rows = np.zeros((1024, columns), np.float32)
        self._rows[0] = self.weights.token[_LINE_EDGE]
        self._kinds = np.zeros((1024, 3), np.int64)  # word, shape, cluster class of each type
        self._filled = 1
        self._mark_set_of: dict[frozenset[str], int] = {frozenset(): 0}
        self._mark_rows: list[Floats] = [np.zeros(self.weights.mark.shape[1], np.float32)]

    def emissions(self, lines: Sequence[str]) -> Batch:
        """Tokenise ``lines`` and return their potentials."""
        if self._filled > _MOST_TYPES or len(self._mark_rows) > _MOST_MARK_SETS:
            self._empty_caches()
        tokens: list[list[tuple[int, int]]] = []
        first: list[int] = []
        types: list[int] = [0] * EDGE
        marked: list[int] = []
        mark_sets: list[int] = []
        new: dict[str, int] = {}
        for line in lines:
            cut = tokenise(line)
            words = [line[start:end] for start, end in cut]
            row = len(types)
            first.append(row)
            tokens.append(cut)
            for word in words:
                kind = self._type_of.get(word)
                if kind is None:
                    kind = self._type_of[word] = self._filled + len(new)
                    new[word] = kind
                types.append(kind)
            types += [0] * EDGE
            starts = {start: number for number, (start, _) in enumerate(cut)}
            ends = {end: number for number, (_, end) in enumerate(cut)}
            for number, found in marks(line, starts, ends).items():
                marked.append(row + number)
                mark_sets.append(self._mark_set(frozenset(found)))
        self._add_types(list(new))
        rows = np.array(types, np.int64)
        space = self._type_of.get(" ", -1)
        emissions = self._gather(rows, space, np.array(marked, np.int64), mark_sets)
        return Batch(tokens, first, rows != 0, emissions)

    def _mark_set(self, found: frozenset[str]) -> int:
        known = self._mark_set_of.get(found)
        if known is None:
            known = self._mark_set_of[found] = len(self._mark_rows)
            table, row_of = self.weights.mark, self.weights.marks
            names = sorted(found)
            if len(names) > 1:
                names.append("+".join(names))
            rows = [row_of[name] for name in names if name in row_of]
            self._mark_rows.append(table[rows].sum(axis=0))
        return known

    def _add_types(self, words: list[str]) -> None:
        """Sum the weights of each new token type's own features into one row."""
        if not words:
            return
        weights = self.weights
        while self._filled + len(words) > len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
            self._kinds = np.concatenate((self._kinds, np.zeros_like(self._kinds)))
        first_shape = weights.unclustered  # row of the shape before the first, which is number 1
        features: list[list[int]] = []
        for number, word in enumerate(words, self._filled):
            form = written(word)
            row = weights.words.get(counted(form), _NOTHING)
            clustered = weights.words.get(form, _NOTHING)
            grouped = weights.clusters[clustered].tolist()
            kind = shape(word)
            shape_row = weights.shapes.get(kind, _NOTHING)
            own = [row, shape_row]
            own += grouped if grouped[0] else [weights.unclustered]
            if kind.startswith("th"):
                own += [weights.affixes.get(affix, _NOTHING) for affix in affixes(word)]
            features.append(own)
            self._kinds[number] = (
                row,
                shape_row - first_shape if shape_row else 0,
                weights.middle_class[clustered],
            )
        widest = max(map(len, features))
        padded = np.array([own + [_NOTHING] * (widest - len(own)) for own in features], np.int64)
        total = weights.token[padded[:, 0]]
        for column in range(1, widest):
            total += weights.token[padded[:, column]]
        self._rows[self._filled : self._filled + len(words)] = total
        self._filled += len(words)

    def _gather(self, rows: Ints, space: int, marked: Ints, mark_sets: list[int]) -> Floats:
        size = len(self.weights.labels)
        gathered = self._rows[rows]
        block = {
            name: gathered[:, number * size : (number + 1) * size]
            for number, name in enumerate(TOKEN_BLOCKS)
        }
        found = block["0"].copy()
        for distance in (1, 2, 3):
            found[distance:] += block[f"-{distance}"][:-distance]
            found[:-distance] += block[f"+{distance}"][distance:]
        count = len(rows)
        here = np.arange(count)
        solid = rows != space
        before = np.zeros(count, np.int64)
        before[1:] = np.maximum.accumulate(np.where(solid, here, 0))[:-1]
        after = np.full(count, count - 1, np.int64)
        after[:-1] = np.minimum.accumulate(np.where(solid, here, count - 1)[::-1])[::-1][1:]
        found += block["before"][before]
        found += block["after"][after]
        self._add_marks(found, marked, mark_sets, before)
        self._add_pairs(found, rows, before)
        return found

    def _add_marks(self, found: Floats, marked: Ints, mark_sets: list[int], before: Ints) -> None:
        if not len(marked):
            return
        size = len(self.weights.labels)
        table = np.array(self._mark_rows)
        sets = np.zeros(len(found), np.int64)
        sets[marked] = mark_sets
        gathered = table[sets[marked]]
        for number, name in enumerate(MARK_BLOCKS[:-1]):
            found[marked - int(name)] += gathered[:, number * size : (number + 1) * size]
        behind = np.flatnonzero(sets[before])
        found[behind] += table[sets[before[behind]], (len(MARK_BLOCKS) - 1) * size :]

    def _add_pairs(self, found: Floats, rows: Ints, before: Ints) -> None:
        weights = self.weights
        size = len(weights.labels)
        words, shapes, classes = self._kinds[rows].T
        span = len(weights.words) + 2
        at, hit = _look_up(weights.pair_keys, words[:-1] * span + words[1:])
        pair = weights.pair[at]
        for offset, column in ((1, 0), (0, 1), (2, 2), (-1, 3)):
            found[hit + offset] += pair[:, column * size : (column + 1) * size]
        at, hit = _look_up(weights.around_keys, words[:-2] * span + words[2:])
        found[hit + 1] += weights.around[at]
        at, hit = _look_up(weights.spaced_keys, words[before[before]] * span + words[before])
        found[hit] += weights.spaced[at]
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
