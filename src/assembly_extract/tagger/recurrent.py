"""The large network: a bidirectional LSTM over a language model of the articles, by onnxruntime.

Its inputs are numbers: the word, its first and last characters, its shape, its list marks. It reads
one line at a time, since padding would enter the backward direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from assembly_extract.errors import ConfigError
from assembly_extract.tagger.words import shape, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from assembly_extract.tagger.lexicon import Encoded, Lexicon
    from assembly_extract.tagger.weights import ModelFile

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

_UNKNOWN = 1  # of words and of characters; 0 pads


def mined_entries(data: ModelFile) -> Iterator[tuple[str, list[str]]]:
    """Yield the kinds and entries of the names that unlabelled articles gave this model."""
    for kind in data.strings("mined_kinds"):
        yield kind, data.strings(f"mined_{kind}")


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
        self.labels = labels
        self.version = data.version
        self.transitions: Floats = data.floats("transitions")[np.ix_(self._columns, self._columns)]
        #: What the potentials of the linear chain and of the small network are multiplied by.
        self.linear_weight = float(data.array("linear_weight"))
        self.small_weight = float(data.array("small_weight"))
        self._word_of = {word: row for row, word in enumerate(data.strings("words"), _UNKNOWN + 1)}
        characters = bytes(data.array("characters")).decode("utf-8")
        self._character_of = {c: row for row, c in enumerate(characters, _UNKNOWN + 1)}
        self._shape_of = {name: row for row, name in enumerate(data.strings("shapes"), 1)}
        self._mark_of = {mark: column for column, mark in enumerate(data.strings("marks"))}
        self._longest = int(data.array("longest"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            bytes(data.array("network")), options, providers=["CPUExecutionProvider"]
        )
        self._lexicon = lexicon
        self._restart()

    def _restart(self) -> None:
        self._generation = self._lexicon.generation
        self._types: list[tuple[int, int, list[int]]] = [(0, 0, [0] * self._longest)]

    def potentials(self, encoded: Encoded) -> Floats:
        """Return rows x labels; the rows of line edge are zero."""
        if self._generation != self._lexicon.generation:
            self._restart()
        self._types += map(self._numbers, self._lexicon.words[len(self._types) :])
        words, shapes, characters = zip(*(self._types[n] for n in encoded.types), strict=True)
        inputs: dict[str, npt.NDArray[Any]] = {
            "w": np.array(words, np.int64),
            "sh": np.array(shapes, np.int64),
            "c": np.array(characters, np.int64),
            "g": self._flags(encoded),
        }
        found = np.zeros((len(words), len(self._columns)), np.float32)
        for first, edges in zip(encoded.first, encoded.edges, strict=True):
            line = slice(first, first + len(edges) - 1)
            feed = {name: rows[None, line] for name, rows in inputs.items()}
            found[line] = self._session.run(None, feed)[0][0][:, self._columns]
        return found

    def _flags(self, encoded: Encoded) -> Floats:
        flags = np.zeros((len(encoded.types), len(self._mark_of)), np.float32)
        for row, number in zip(encoded.marked.tolist(), encoded.mark_sets.tolist(), strict=True):
            for mark in self._lexicon.sets[number]:
                flags[row, self._mark_of[mark]] = 1
        return flags

    def _numbers(self, word: str) -> tuple[int, int, list[int]]:
        """Return a token type's word, shape and characters; of a long word its two ends."""
        half = self._longest // 2
        ends = word if len(word) <= self._longest else word[:half] + word[-half:]
        characters = [self._character_of.get(c, _UNKNOWN) for c in ends]
        return (
            self._word_of.get(written(word), _UNKNOWN),
            self._shape_of.get(shape(word), 0),
            characters + [0] * (self._longest - len(ends)),
        )
