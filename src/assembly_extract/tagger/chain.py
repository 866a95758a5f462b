"""The tagger that ships: a linear-chain model, its potentials from tables, decoded in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assembly_extract.errors import DataFileError
from assembly_extract.tagger.decode import likely_labels, marginals, uncertain_stretches, viterbi
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

# A longer line is cut after white space: memory grows with a batch. Known cost: a name that stands
# across the cut is found in two parts or not at all.
_LONGEST_LINE = 8_000
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
        self._opens = [label.startswith("B") for label in weights.labels]
        kinds = np.array(self._types)
        self._same_type = (kinds[:, None] == kinds).astype(np.float32)

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
        for _, model in self._models:
            model.types.meet(types)

    def probabilities(self, lines: list[str]) -> Iterator[Labelled]:
        """Yield each line's tokens, best labels and label probabilities (training reads these)."""
        encoded = self._lexicon.encode(lines)
        size = (len(encoded.types), len(self.labels))
        potentials = np.zeros(size, np.float32)
        for share, model in self._models:
            potentials += share * model.potentials(encoded)
        kept = likely_labels(potentials, encoded.inside, self._outside)
        outside = int(np.searchsorted(kept, self._outside))
        emissions, transitions = potentials[:, kept], self._transitions[np.ix_(kept, kept)]
        stretches = uncertain_stretches(emissions, encoded.inside, outside)
        labels = kept[viterbi(emissions, transitions, stretches, outside)]
        sure = np.zeros(size, np.float32)
        sure[:, kept] = marginals(emissions, transitions, stretches, outside)
        for cut, first in zip(encoded.edges, encoded.first, strict=True):
            rows = slice(first, first + len(cut) - 1)
            yield Labelled(cut, labels[rows], sure[rows])

    def _batch(self, text: str, lines: list[str], offsets: list[int]) -> Iterator[Span]:
        for found, offset in zip(self.probabilities(lines), offsets, strict=True):
            yield from self._assembled(text, found, offset)

    def _assembled(
        self,
        text: str,
        found: Labelled,
        offset: int,
    ) -> Iterator[Span]:
        """Join the tokens of one line that carry one span's labels; trim white space."""
        edges, labels, sure = found
        current: tuple[int, int, str, float] | None = None
        previous = -2
        numbers = (labels != self._outside).nonzero()[0]
        chosen = labels[numbers]
        scores = (sure[numbers] * self._same_type[chosen]).sum(axis=1)
        for number, label, score in zip(
            numbers.tolist(), chosen.tolist(), scores.tolist(), strict=True
        ):
            start, end = edges[number], edges[number + 1]
            kind = self._types[label]
            if (
                current is not None
                and previous == number - 1
                and current[2] == kind
                and not self._opens[label]
            ):
                current = (current[0], end, kind, min(current[3], score))
            else:
                yield from shown_span(text, current, offset)
                current = (start, end, kind, score)
            previous = number
        yield from shown_span(text, current, offset)
