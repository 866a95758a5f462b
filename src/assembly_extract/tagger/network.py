"""The small network: residual convolutions over token embeddings, in numpy.

An embedding is the sum of rows for a token's word, shape, affixes, word clusters and list marks.
The first convolution, over five tokens, is linear in the embeddings: what a word gives to each of
the five places is multiplied out once per word and gathered after. The layers that follow look 1,
2, 4 and 8 tokens to both sides through a narrow passage, so that a label sees 17 tokens to each
side. All lines of an article go through in a few matrix products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.tagger.rows import Rows
from assembly_extract.tagger.spelling import OTHER_WORD, WORD
from assembly_extract.tagger.words import affixes, counted, shape, written
from assembly_extract.word_lists import WordList, each_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from assembly_extract.tagger.lexicon import Encoded, Lexicon
    from assembly_extract.tagger.spelling import Spelling
    from assembly_extract.tagger.weights import ModelFile

    Floats = npt.NDArray[np.float32]
    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Steps = npt.NDArray[np.int16]

#: Rows of the embedding table that are no feature: nothing (zero), and the edge of a line.
NO_FEATURE, LINE_EDGE = 0, 1
#: Where the tokens stand that the first convolution sees.
AROUND = (-2, -1, 0, 1, 2)
# The first convolution's table is kept and added up in 16 bits: half the memory and the time. What
# one place is given is bounded so that the sum of all places and of the marks stays in 16 bits; no
# token type of 600 articles gives more than 8.3, and the bound is 10.6. The layers that follow take
# and give the same units: their weights are divided and multiplied by this power of two once.
_UNITS, _MOST_UNITS = 512, 32767 // 6
# Sums of embeddings, below 16, are rounded to units of 1 / _GRAIN: every product with a weight (a
# 16-bit float below 8), and every sum of a hundred such products, is exact in double precision. So
# a type's row is the same bit for bit whatever it is computed beside.
_GRAIN = 2**14


def embedded_features(word: str, clusters: Callable[[str], Sequence[int] | None]) -> list[str]:
    """Return the names of the features whose embeddings are summed for a token type."""
    form, kind = written(word), shape(word)
    names = [f"w={counted(form)}", f"sh={kind}"]
    grouped = clusters(form)
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
    spelling
        Takes the token types apart; its clusters are those that the network was trained with.
    lexicon
        Numbers the token types.

    """

    def __init__(self, data: ModelFile, spelling: Spelling, lexicon: Lexicon) -> None:
        self.version = data.version
        # In 8 bits, with a scale for each row, until a row is needed.
        self._embedding = data.array("embedding")
        self._scale = data.array("embedding_scale").astype(np.float64) * _GRAIN
        self._first = data.array("first").astype(np.float64) * (_UNITS / _GRAIN)
        self._first_bias = np.rint(data.floats("first_bias") * _UNITS).astype(np.int16)
        self._layers = [
            (
                int(step),
                data.floats(f"narrow{number}") * np.float32(1 / _UNITS),
                data.floats(f"narrow_bias{number}"),
                data.floats(f"wide{number}") * np.float32(_UNITS),
            )
            for number, step in enumerate(data.array("steps"))
        ]
        self._widest = max(step for step, *_ in self._layers)
        self._out = data.floats("out") * np.float32(1 / _UNITS)
        self._out_bias = data.floats("out_bias")
        self.labels = tuple(data.strings("labels"))
        #: What the linear chain's potentials are multiplied by when they are added to these.
        self.linear_weight = float(data.array("linear_weight"))
        # Features are sorted by name: words, w=…, stand last.
        names, _, words = f"\n{data.text('features')}".partition("\nw=")
        numbers = spelling.numbers(each_line(names[1:]))
        first_word = LINE_EDGE + 1 + len(numbers)
        self._row_of = np.full(spelling.count, NO_FEATURE, np.int32)  # of a part but words
        self._row_of[numbers] = np.arange(LINE_EDGE + 1, first_word)
        spelling.add_words(WordList(words.replace("\nw=", "\n")), first_word)
        first_mark = first_word + words.count("\n") + 1
        self._mark_row = {mark: row for row, mark in enumerate(data.strings("marks"), first_mark)}
        self._spelling, self._named_sets = spelling, lexicon.sets.named
        #: What a type, and a set of marks, gives to a token at each place: places x hidden, in
        #: units of 1 / _UNITS; a type at the token's own place the bias too.
        self.types: Rows[str] = Rows(
            lexicon.types, (self._given(np.array([[LINE_EDGE]], np.int32)),), self._given_by_types
        )
        self._sets: Rows[frozenset[str]] = Rows(
            lexicon.sets, (self._given(np.array([[NO_FEATURE]], np.int32)),), self._given_by_sets
        )

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge are zero."""
        self.types.meet(encoded.types)
        self._sets.meet(encoded.mark_sets)
        # From here on there are no rows of line edge: a line's tokens follow those of another.
        tokens = np.flatnonzero(encoded.inside)
        hidden = self._first_convolution(encoded, tokens)
        heads, tails = _ends_of_lines(encoded, self._widest)
        for step, narrow, bias, wide in self._layers:
            parts: Floats = hidden @ narrow
            size = len(bias)
            # What a line's last tokens give to those after them, and its first to those before.
            parts[tails[:, :step], :size] = 0
            parts[heads[:, :step], 2 * size :] = 0
            hidden += _looked_aside(parts, step, bias) @ wide
        np.maximum(hidden, np.zeros_like(hidden[0]), out=hidden)
        found = np.zeros((len(encoded.types), len(self._out_bias)), np.float32)
        found[tokens] = hidden @ self._out + self._out_bias
        return found

    def _first_convolution(self, encoded: Encoded, tokens: Ints) -> Floats:
        """Sum what the tokens around each of ``tokens``, and their marks, give it, in units."""
        (types,), (sets,) = self.types.tables, self._sets.tables
        # A table of one row for each type and place: whole rows are gathered fastest.
        table = types.reshape(-1, types.shape[2])
        first = encoded.types * len(AROUND)
        marked = types.take(encoded.types[encoded.marked], axis=0)
        marked += sets.take(encoded.mark_sets, axis=0)
        units = np.zeros((len(first), types.shape[2]), np.int16)
        for place, offset in enumerate(AROUND):
            given = table.take(first + place, axis=0)
            given[encoded.marked] = marked[:, place]
            low, high = max(0, -offset), len(first) - max(0, offset)
            units[low:high] += given[low + offset : high + offset]
        units = units.take(tokens, axis=0)
        np.maximum(units, np.zeros_like(self._first_bias), out=units)
        summed: Floats = units.astype(np.float32)
        return summed

    def _embedded(self, rows: npt.NDArray[np.int32]) -> Doubles:
        """Return each sum of embedding rows, in whole units of 1 / _GRAIN."""
        scale = self._scale.take(rows)[:, None, :]
        summed: Doubles = (scale @ self._embedding.take(rows, axis=0))[:, 0]
        return np.rint(summed, out=summed)

    def _given(self, rows: npt.NDArray[np.int32]) -> Steps:
        """Return what each sum of embedding rows gives to each place: sums x places x hidden."""
        units = self._embedded(rows) @ self._first
        np.rint(units, out=units)
        np.clip(units, -_MOST_UNITS, _MOST_UNITS, out=units)
        found: Steps = units.astype(np.int16).reshape(len(rows), len(AROUND), -1)
        return found

    def _given_by_types(self, types: Ints) -> tuple[Steps]:
        given = self._given(self.rows_of(types))
        given[:, AROUND.index(0)] += self._first_bias
        return (given,)

    def rows_of(self, types: Ints) -> npt.NDArray[np.int32]:
        """Return the rows of token types' :func:`embedded_features`: types x as many as any has."""
        parts = self._spelling.of(types)
        rows = self._row_of[parts[:, :OTHER_WORD]]
        rows[:, WORD] = parts[:, OTHER_WORD]
        return rows

    def _given_by_sets(self, sets: Ints) -> tuple[Steps]:
        named = [sorted(marks) for marks in self._named_sets(sets)]
        rows = np.full((len(named), max(map(len, named))), NO_FEATURE, np.int32)
        for row, marks in zip(rows, named, strict=True):
            row[: len(marks)] = [self._mark_row.get(mark, NO_FEATURE) for mark in marks]
        return (self._given(rows),)


def _ends_of_lines(encoded: Encoded, most: int) -> tuple[Ints, Ints]:
    """Return the first ``most`` tokens of each line and the last: lines x ``most``.

    Tokens are numbered without the rows of line edge. A shorter line's are named more than once.
    """
    counts = [len(edges) - 1 for edges in encoded.edges if len(edges) > 1]
    lengths = np.array(counts, np.int64)[:, None]
    after = lengths.cumsum(axis=0)
    before, here = after - lengths, np.arange(most)
    return np.minimum(before + here, after - 1), np.maximum(after - 1 - here, before)


def _looked_aside(parts: Floats, step: int, bias: Floats) -> Floats:
    """Sum a bias, the first third of the row before, the second of the row, the last of that after.

    Rows beyond the ends count as zero, and so do sums below zero.
    """
    size = len(bias)
    seen: Floats = parts[:, size : 2 * size] + bias
    seen[step:] += parts[:-step, :size]
    seen[:-step] += parts[step:, 2 * size :]
    # Compared with a row of zeros, for numpy is slower at a single one.
    return np.maximum(seen, np.zeros_like(bias), out=seen)
