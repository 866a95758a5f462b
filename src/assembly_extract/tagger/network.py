"""The small network: dilated convolutions over token embeddings, in numpy.

An embedding is the sum of rows for a token's word, shape, affixes, word clusters and list marks.
A convolution over five tokens and three over three (1, 2 and 4 apart) follow, so that a label sees
nine tokens to each side. All lines of an article go through in a few matrix products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.linear import summed_rows
from assembly_extract.tagger.words import affixes, counted, shape, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from assembly_extract.tagger.lexicon import Encoded, Lexicon
    from assembly_extract.tagger.weights import ModelFile

    Floats = npt.NDArray[np.float32]

#: Rows of the embedding table that are no feature: nothing (zero), and the edge of a line.
NO_FEATURE, LINE_EDGE = 0, 1


def embedded_features(word: str, clusters: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the names of the features whose embeddings are summed for a token type."""
    form, kind = written(word), shape(word)
    names = [f"w={counted(form)}", f"sh={kind}"]
    grouped = clusters.get(form)
    names += [f"c{level}={group}" for level, group in enumerate(grouped)] if grouped else ["oov"]
    if kind.startswith("th"):
        names += affixes(word)
    return names


class Network:
    """Potentials of every label at every token.

    Parameters
    ----------
    data
        Its file.
    clusters
        The word clusters that it was trained with.
    lexicon
        Numbers the token types.

    """

    def __init__(
        self, data: ModelFile, clusters: Mapping[str, Sequence[int]], lexicon: Lexicon
    ) -> None:
        self.version = data.version
        # In 8 bits, with a scale for each row, until a row is needed.
        self._embedding, self._scale = data.array("embedding"), data.floats("embedding_scale")
        self._first, self._first_bias = data.floats("first"), data.floats("first_bias")
        self._layers = [
            (int(step), data.floats(f"layer{number}"), data.floats(f"layer{number}_bias"))
            for number, step in enumerate(data.array("steps"))
        ]
        self._out, self._out_bias = data.floats("out"), data.floats("out_bias")
        self.labels = tuple(data.strings("labels"))
        #: What the linear chain's potentials are multiplied by when they are added to these.
        self.linear_weight = float(data.array("linear_weight"))
        features, marks = data.strings("features"), data.strings("marks")
        self._row_of = {feature: row for row, feature in enumerate(features, LINE_EDGE + 1)}
        self._mark_row = {
            mark: row for row, mark in enumerate(marks, LINE_EDGE + 1 + len(features))
        }
        self._clusters, self._lexicon = clusters, lexicon
        self._restart()

    def _restart(self) -> None:
        self._generation = self._lexicon.generation
        self._types = np.zeros((1024, self._embedding.shape[1]), np.float32)
        self._types[0] = self._embedding[LINE_EDGE] * self._scale[LINE_EDGE]
        self._filled = 1
        self._sets = np.zeros((1, self._embedding.shape[1]), np.float32)

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge hold no meaning."""
        if self._generation != self._lexicon.generation:
            self._restart()
        self._add_types(self._lexicon.words[self._filled :])
        self._add_sets(self._lexicon.sets[len(self._sets) :])
        embedded = self._types[encoded.types]
        embedded[encoded.marked] += self._sets[encoded.mark_sets]
        inside = encoded.inside.astype(np.float32)[:, None]
        hidden = _rectified(_beside(embedded, (-2, -1, 0, 1, 2)) @ self._first, self._first_bias)
        hidden *= inside
        for step, weights, bias in self._layers:
            added = _rectified(_beside(hidden, (-step, 0, step)) @ weights, bias)
            added *= inside
            hidden += added
        found: Floats = hidden @ self._out
        found += self._out_bias
        return found

    def _add_types(self, words: list[str]) -> None:
        if not words:
            return
        end = self._filled + len(words)
        while end > len(self._types):
            self._types = np.concatenate((self._types, np.zeros_like(self._types)))
        rows = tuple(
            [self._row_of.get(name, NO_FEATURE) for name in embedded_features(word, self._clusters)]
            for word in words
        )
        self._types[self._filled : end] = summed_rows(self._embedding, rows, self._scale)
        self._filled = end

    def _add_sets(self, sets: list[frozenset[str]]) -> None:
        if sets:
            rows = tuple(
                [self._mark_row.get(mark, NO_FEATURE) for mark in sorted(marks)] for marks in sets
            )
            self._sets = np.concatenate(
                (self._sets, summed_rows(self._embedding, rows, self._scale))
            )


def _rectified(values: Floats, bias: Floats) -> Floats:
    values += bias
    return np.maximum(values, 0, out=values)


def _beside(rows: Floats, offsets: tuple[int, ...]) -> Floats:
    """Put each row's neighbours at ``offsets`` side by side; zero beyond the ends."""
    size = rows.shape[1]
    found = np.zeros((len(rows), len(offsets) * size), np.float32)
    for number, offset in enumerate(offsets):
        column = slice(number * size, (number + 1) * size)
        if offset < 0:
            found[-offset:, column] = rows[:offset]
        elif offset > 0:
            found[:-offset, column] = rows[offset:]
        else:
            found[:, column] = rows
    return found
