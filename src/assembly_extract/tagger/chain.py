"""The tagger that ships: a linear-chain model, its potentials from tables, decoded in batches."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.errors import DataFileError
from assembly_extract.tagger.decode import decode
from assembly_extract.tagger.lexicon import Lexicon
from assembly_extract.tagger.linear import LinearModel
from assembly_extract.tagger.lines import lines_of, shown_span
from assembly_extract.tagger.lists import automaton
from assembly_extract.tagger.network import Network
from assembly_extract.tagger.recurrent import RecurrentNetwork
from assembly_extract.tagger.weights import FORBIDDEN, ModelFile, parse_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from assembly_extract.spans import Span
    from assembly_extract.tagger.decode import Decoded
    from assembly_extract.tagger.lexicon import Encoded

# A longer line is cut after white space: memory grows with a batch. Known cost: a name that stands
# across the cut is found in two parts or not at all.
_LONGEST_LINE = 8_000
_PARTS = 128
_BATCH = 5_000  # code points in one batch of lines: nearly every article whole, little memory


class Labelled(NamedTuple):
    """Where a line's tokens begin, and its end; their labels' numbers; label probabilities.

    A token that is outside by certainty has no probabilities: its row is zero.
    """

    edges: list[int]
    labels: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]


class ChainTagger:
    """Tags a text line by line; no span crosses a line end.

    The potentials of a linear chain and of a small network are added and decoded together; the
    model ``accurate`` adds those of a large network. A span's score is the probability, under the
    sum, that its least sure token is of its type.

    Parameters
    ----------
    name
        ``default`` or ``accurate``.
    read
        Opens a model's file by its name; what the scripts train lies elsewhere than the package.

    """

    def __init__(self, name: str, read: Callable[[str], ModelFile] = ModelFile.open) -> None:
        weights = parse_weights(read("default"))
        self._lexicon = Lexicon(automaton())
        linear = LinearModel(weights, self._lexicon)
        small = Network(read("default-network"), linear.spelling, self._lexicon)
        if small.labels != weights.labels:
            raise DataFileError("data/tagger: the labels of two models differ; rebuild them")
        # Each model's potentials are multiplied by its share and added.
        self._models: list[tuple[np.float32, LinearModel | Network | RecurrentNetwork]]
        learnt = np.zeros_like(weights.transitions)
        if name == "default":
            share = small.linear_weight
            self._models = [(np.float32(1), small), (np.float32(share), linear)]
            self.version = f"{weights.version}+{small.version}"
        else:
            large = RecurrentNetwork(read(name), weights.labels, self._lexicon)
            share = large.linear_weight
            self._models = [
                (np.float32(1), large),
                (np.float32(large.small_weight), small),
                (np.float32(share), linear),
            ]
            self.version = f"{weights.version}+{small.version}+{large.version}"
            learnt = large.transitions
        learnt = learnt + weights.transitions * np.float32(share)
        self._transitions = np.where(weights.transitions <= FORBIDDEN, FORBIDDEN, learnt)
        self.labels = weights.labels
        self._outside = weights.labels.index("O")
        # Of each label: the type that it belongs to, and whether it opens a span.
        self._types = [label[2:] for label in weights.labels]
        self._opens = np.array([label.startswith("B") for label in weights.labels])
        kinds = np.array(self._types)
        self._same_type = kinds[:, None] == kinds

    def spans(self, text: str) -> list[Span]:
        """Return labelled spans, sorted, not overlapping; code points into ``text``."""
        found: list[Span] = []
        lines: list[str] = []
        offsets: list[int] = []
        size = 0
        for offset, line in lines_of(text, _LONGEST_LINE):
            lines.append(line)
            offsets.append(offset)
            size += len(line)
            if size >= _BATCH:
                found += self._batch(text, lines, offsets)
                lines, offsets, size = [], [], 0
        if lines:
            found += self._batch(text, lines, offsets)
        return found

    def prepare(self) -> None:
        """Compute what each model knows of the common token types: a tenth of a second."""
        types = np.arange(self._lexicon.types.lasting)
        for some in np.array_split(types, _PARTS):  # to need little memory for a moment
            for _, model in self._models:
                model.types.meet(some)

    def probabilities(self, lines: list[str]) -> Iterator[Labelled]:
        """Yield each line's tokens, best labels and label probabilities (training reads these)."""
        encoded = self._lexicon.encode(lines)
        found = self._decoded(encoded)
        labels = np.full(len(encoded.types), self._outside)
        labels[found.rows] = found.labels
        sure = np.zeros((len(labels), len(self.labels)), np.float32)
        sure[found.rows[:, None], found.likely] = found.sure
        for cut, first in zip(encoded.edges, encoded.first, strict=True):
            rows = slice(first, first + len(cut) - 1)
            yield Labelled(cut, labels[rows], sure[rows])

    def _decoded(self, encoded: Encoded) -> Decoded:
        potentials = np.zeros((len(encoded.types), len(self.labels)), np.float32)
        for share, model in self._models:
            potentials += share * model.potentials(encoded)
        return decode(potentials, encoded.inside, self._transitions, self._outside)

    def _batch(self, text: str, lines: list[str], offsets: list[int]) -> Iterator[Span]:
        """Join the tokens that carry one span's labels; trim white space."""
        encoded = self._lexicon.encode(lines)
        found = self._decoded(encoded)
        label_of = np.full(len(encoded.types), self._outside)
        label_of[found.rows] = found.labels
        score_of = np.zeros(len(label_of), np.float32)
        of_type = self._same_type[found.labels[:, None], found.likely]
        score_of[found.rows] = (found.sure * of_type).sum(axis=1)
        rows = np.flatnonzero(label_of != self._outside)
        if not len(rows):
            return
        labels = label_of[rows]
        goes_on = (np.diff(rows) == 1) & ~self._opens[labels[1:]]
        goes_on &= self._same_type[labels[1:], labels[:-1]]
        begins = np.flatnonzero(np.concatenate(([True], ~goes_on)))
        lasts = np.append(begins[1:], len(rows)) - 1
        for first, last, label, score in zip(
            rows[begins].tolist(),
            rows[lasts].tolist(),
            labels[begins].tolist(),
            np.minimum.reduceat(score_of[rows], begins).tolist(),
            strict=True,
        ):
            line = bisect_right(encoded.first, first) - 1
            edges, before = encoded.edges[line], encoded.first[line]
            span = (edges[first - before], edges[last + 1 - before], self._types[label], score)
            yield from shown_span(text, span, offsets[line])
