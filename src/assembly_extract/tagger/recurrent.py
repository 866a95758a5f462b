"""The large network: bidirectional LSTMs over a language model of the articles, by onnxruntime.

A word is read as its vector and a convolution over its characters, summed up once per token type in
numpy; its shape and its list marks come beside. The rest runs in onnxruntime, a few lines of nearly
one length at a time. Each line's length is given, so that no padding enters the backward direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assembly_extract.errors import ConfigError
from assembly_extract.tagger.rows import Rows
from assembly_extract.tagger.words import shape, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from assembly_extract.tagger.lexicon import Encoded, Lexicon
    from assembly_extract.tagger.weights import ModelFile

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

_UNKNOWN = 1  # of words and of characters; 0 pads
_LINES = 16  # that go through side by side


class RecurrentNetwork:
    """Potentials of every label at every token.

    Raises
    ------
    ConfigError
        onnxruntime is not installed.

    """

    def __init__(self, data: ModelFile, labels: tuple[str, ...], lexicon: Lexicon) -> None:
        try:
            import onnxruntime  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ConfigError(
                "the model 'accurate' needs onnxruntime: pip install 'assembly-extract[accurate]', "
                "or use the model 'default'"
            ) from error
        own = data.strings("labels")
        self._columns = np.array([own.index(label) for label in labels])
        self.version = data.version
        #: Weights of pairs of labels, from x to.
        self.transitions = data.floats("transitions")[np.ix_(self._columns, self._columns)]
        #: What the potentials of the linear chain and of the small network are multiplied by.
        self.linear_weight = float(data.array("linear_weight"))
        self.small_weight = float(data.array("small_weight"))
        self._word_of = {word: row for row, word in enumerate(data.strings("words"), _UNKNOWN + 1)}
        self._words, self._scale = data.array("word_vectors"), data.floats("word_scale")
        characters = bytes(data.array("characters")).decode("utf-8")
        self._character_of = {c: row for row, c in enumerate(characters, _UNKNOWN + 1)}
        self._characters = data.floats("character_vectors")
        self._convolution = data.floats("convolution")
        self._convolution_bias = data.floats("convolution_bias")
        self._longest = int(data.array("longest"))
        self._shape_of = {name: row for row, name in enumerate(data.strings("shapes"), 1)}
        self._mark_of = {mark: column for column, mark in enumerate(data.strings("marks"))}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            bytes(data.array("network")), options, providers=["CPUExecutionProvider"]
        )
        self._lexicon = lexicon
        size = self._words.shape[1] + len(self._convolution_bias)
        #: A type's vector, and its shape.
        self.types: Rows[str] = Rows(
            lexicon.types,
            (np.zeros((1, size), np.float32), np.zeros(1, np.int64)),
            self._read_types,
        )
        self._sets: Rows[frozenset[str]] = Rows(
            lexicon.sets, (np.zeros((1, len(self._mark_of)), np.float32),), self._read_sets
        )

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge are zero."""
        self.types.meet(encoded.types)
        self._sets.meet(encoded.mark_sets)
        (vectors, shapes), (marks,) = self.types.tables, self._sets.tables
        sets = np.zeros(len(encoded.types), np.int64)
        sets[encoded.marked] = encoded.mark_sets
        found = np.zeros((len(encoded.types), len(self._columns)), np.float32)
        for rows, lengths in _side_by_side(encoded):
            types = encoded.types[rows]
            (given,) = self._session.run(
                None,
                {
                    "vectors": vectors[types],
                    "shapes": shapes[types],
                    "marks": marks[sets[rows]],
                    "lengths": lengths.astype(np.int32),
                },
            )
            inside = np.arange(len(rows))[:, None] < lengths
            found[rows[inside]] = given[inside][:, self._columns]
        return found

    def _read_sets(self, sets: Ints) -> tuple[Floats]:
        found = np.zeros((len(sets), len(self._mark_of)), np.float32)
        for number, marks in enumerate(self._lexicon.sets.named(sets)):
            found[number, [self._mark_of[mark] for mark in marks if mark in self._mark_of]] = 1
        return (found,)

    def _read_types(self, types: Ints) -> tuple[Floats, Ints]:
        words = self._lexicon.types.named(types)
        numbers = [self._word_of.get(written(word), _UNKNOWN) for word in words]
        known = self._words[numbers] * self._scale[numbers, None]
        shapes = np.array([self._shape_of.get(shape(word), 0) for word in words], np.int64)
        return np.concatenate((known, self._spelt(words)), axis=1), shapes

    def _spelt(self, words: list[str]) -> Floats:
        """Return what the convolution finds in the characters of words; of long ones in the ends.

        It sees three characters at a time, and the strongest place counts.
        """
        half = self._longest // 2
        numbers = np.zeros((len(words), self._longest), np.int64)
        for row, word in enumerate(words):
            ends = word if len(word) <= self._longest else word[:half] + word[-half:]
            numbers[row, : len(ends)] = [self._character_of.get(c, _UNKNOWN) for c in ends]
        padded = np.pad(self._characters[numbers], ((0, 0), (1, 1), (0, 0)))
        windows = np.concatenate((padded[:, :-2], padded[:, 1:-1], padded[:, 2:]), axis=2)
        found: Floats = (windows @ self._convolution + self._convolution_bias).max(axis=1)
        return np.maximum(found, 0)


def _side_by_side(encoded: Encoded) -> Iterator[tuple[Ints, Ints]]:
    """Yield rows of lines of nearly one length, tokens x lines, and the lines' lengths.

    Beyond a line's end stands row 0, a line edge.
    """
    first = np.array(encoded.first)
    lengths = np.array([len(edges) - 1 for edges in encoded.edges])
    order = np.argsort(lengths, kind="stable")
    for at in range(0, len(order), _LINES):
        chosen = order[at : at + _LINES]
        own = lengths[chosen]
        place = np.arange(own.max())[:, None]
        yield np.where(place < own, first[chosen] + place, 0), own
