"""Train the tagger's small network with torch, and write it as the runtime's model file.

The network is that of ``assembly_extract.tagger.network``: summed embeddings, a convolution over
five tokens, and residual layers that look to both sides through a narrow passage. It learns the
label probabilities of silver lines (soft targets) and the labels of tagged ones, token by token;
the linear chain that it is added to brings the transitions. Lines lie in one array, with rows of
line edge between them, so that nothing is padded.
"""

from __future__ import annotations

import copy
import math
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assembly_extract.tagger.network import AROUND, LINE_EDGE, NO_FEATURE, embedded_features
from assembly_extract.tagger.weights import FORMAT, ModelFile
from tagger_corpus import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from tagger_corpus import Lines
    from train_tagger_words import Words

    Ints = npt.NDArray[np.int64]

_SIZE, _HIDDEN, _NARROW, _STEPS = 100, 192, 32, (1, 2, 4, 8)
_EDGE = max(_STEPS)  # rows between two lines: no token sees into another line
_LEAST_WORDS, _LEAST_OTHERS = 4, 6  # a rarer feature has no embedding of its own
_VECTOR_SPREAD = 0.15  # of the word vectors that embeddings begin as


class Corpus(NamedTuple):
    """Numbered lines, and what of a type and of a set of marks is embedded.

    ``features[type]`` are rows of the embedding table, zero where fewer; ``mark_rows[set]``
    likewise. The table's rows are named by ``names`` and then ``marks``.
    """

    lines: Lines
    features: npt.NDArray[np.int32]
    mark_rows: npt.NDArray[np.int32]
    names: list[str]
    marks: list[str]


def build_corpus(lines: Lines, words: Words) -> Corpus:
    """Choose the features to embed."""
    clusters = words.clusters_of()
    own_features = [embedded_features(word, clusters.get) for word in lines.words[1:]]
    times = np.bincount(lines.types, minlength=len(lines.words))[1:].tolist()
    seen: Counter[str] = Counter()
    for names, count in zip(own_features, times, strict=True):
        for name in names:
            seen[name] += count
    kept = sorted(
        name
        for name, count in seen.items()
        if count >= (_LEAST_WORDS if name.startswith("w=") else _LEAST_OTHERS)
    )
    marks = sorted({mark for own in lines.marks for mark in own})
    row_of = {name: row for row, name in enumerate(kept, LINE_EDGE + 1)}
    mark_row = {mark: row for row, mark in enumerate(marks, LINE_EDGE + 1 + len(kept))}
    features = _padded([[row_of.get(name, NO_FEATURE) for name in own] for own in own_features])
    edge = np.zeros((1, features.shape[1]), np.int32)
    edge[0, 0] = LINE_EDGE
    return Corpus(
        lines,
        np.concatenate((edge, features)),
        _padded([[mark_row[mark] for mark in sorted(own)] for own in lines.marks]),
        kept,
        marks,
    )


def _padded(rows: list[list[int]]) -> npt.NDArray[np.int32]:
    found = np.full((len(rows), max(map(len, rows))), NO_FEATURE, np.int32)
    for number, row in enumerate(rows):
        found[number, : len(row)] = row
    return found


class Batch(NamedTuple):
    """Rows of some lines with line edges between; types and sets that occur are numbered anew."""

    inside: torch.Tensor
    targets: torch.Tensor
    type_of_row: torch.Tensor
    features: torch.Tensor
    set_of_row: torch.Tensor
    marks: torch.Tensor


def gather(corpus: Corpus, chosen: Ints, draw: np.random.Generator, dropped_words: float) -> Batch:
    """Return the rows of lines; the word of some token types is forgotten."""
    edge = np.full(_EDGE, -1)
    pieces = [edge]
    for line in chosen:
        first = corpus.lines.first[line]
        pieces += [np.arange(first, first + corpus.lines.size[line]), edge]
    rows = np.concatenate(pieces)
    inside = rows >= 0
    types, type_of_row = np.unique(
        np.where(inside, corpus.lines.types[rows], 0), return_inverse=True
    )
    features = corpus.features[types].astype(np.int64)
    features[(draw.random(len(types)) < dropped_words) & (types > 0), 0] = NO_FEATURE
    sets, set_of_row = np.unique(np.where(inside, corpus.lines.sets[rows], 0), return_inverse=True)
    return Batch(
        torch.from_numpy(inside),
        torch.from_numpy(corpus.lines.targets[rows]).float(),
        torch.from_numpy(type_of_row),
        torch.from_numpy(features),
        torch.from_numpy(set_of_row),
        torch.from_numpy(corpus.mark_rows[sets].astype(np.int64)),
    )


def shifted(rows: torch.Tensor, offset: int) -> torch.Tensor:
    """Put at each row the one that is ``offset`` further; zero beyond the ends."""
    if offset > 0:
        return functional.pad(rows[offset:], (0, 0, 0, offset))
    return functional.pad(rows[:offset], (0, 0, -offset, 0)) if offset else rows


class SmallNetwork(nn.Module):
    """The network of the runtime, with dropout where words and marks come in."""

    def __init__(self, corpus: Corpus, words: Words, dropped: float) -> None:
        super().__init__()
        rows = LINE_EDGE + 1 + len(corpus.names) + len(corpus.marks)
        embedding = torch.randn(rows, _SIZE) * 0.1
        embedding[NO_FEATURE] = 0
        vectors = words.vectors * (_VECTOR_SPREAD / words.vectors.std())
        vector_of = {f"w={word}": vector for word, vector in zip(words.words, vectors, strict=True)}
        for row, name in enumerate(corpus.names, LINE_EDGE + 1):
            if name in vector_of:
                embedding[row] = torch.from_numpy(vector_of[name])
        self.embedding = nn.Parameter(embedding)
        self.dropped = dropped
        self.first = nn.Parameter(_normal(_SIZE, len(AROUND) * _HIDDEN, 2 / (len(AROUND) * _SIZE)))
        self.first_bias = nn.Parameter(torch.zeros(_HIDDEN))
        self.narrow = nn.ParameterList(_normal(_HIDDEN, 3 * _NARROW, 1 / _HIDDEN) for _ in _STEPS)
        self.narrow_bias = nn.ParameterList(torch.zeros(_NARROW) for _ in _STEPS)
        self.wide = nn.ParameterList(_normal(_NARROW, _HIDDEN, 1 / _NARROW) for _ in _STEPS)
        self.out = nn.Parameter(_normal(_HIDDEN, len(LABELS), 1 / _HIDDEN))
        self.out_bias = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the logits of each row."""
        inside = batch.inside[:, None]
        types = self._summed(batch.features) @ self.first
        sets = self._summed(batch.marks) @ self.first
        hidden = self.first_bias
        for number, offset in enumerate(AROUND):
            column = slice(number * _HIDDEN, (number + 1) * _HIDDEN)
            own = functional.embedding(batch.type_of_row, types[:, column].contiguous())
            own = own + functional.embedding(batch.set_of_row, sets[:, column].contiguous())
            hidden = hidden + shifted(own, offset)
        hidden = torch.relu(hidden) * inside
        for number, step in enumerate(_STEPS):
            parts = hidden @ self.narrow[number]
            left, here, right = parts.split(_NARROW, dim=1)
            seen = shifted(left, -step) + here + shifted(right, step)
            seen = torch.relu(seen + self.narrow_bias[number])
            hidden = (hidden + seen @ self.wide[number]) * inside
        return (torch.relu(hidden) @ self.out + self.out_bias).float()

    def _summed(self, rows: torch.Tensor) -> torch.Tensor:
        bags = functional.embedding_bag(
            rows, self.embedding, mode="sum", sparse=True, padding_idx=NO_FEATURE
        )
        return functional.dropout(bags, self.dropped, self.training)


def _normal(rows: int, columns: int, variance: float) -> torch.Tensor:
    return torch.randn(rows, columns) * math.sqrt(variance)


def _batches(
    lines: Lines, tagged_times: int, rows: int, draw: np.random.Generator
) -> Iterator[Ints]:
    """Yield groups of lines of about ``rows`` rows, anew for each epoch."""
    every = np.arange(len(lines.size))
    chosen = np.concatenate([np.tile(every[: lines.tagged], tagged_times), every[lines.tagged :]])
    while True:
        draw.shuffle(chosen)
        groups = np.cumsum(lines.size[chosen] + _EDGE) // rows
        yield from np.split(chosen, np.flatnonzero(np.diff(groups)) + 1)


def train_network(
    corpus: Corpus,
    words: Words,
    *,
    epochs: float = 4,
    tagged_times: int = 4,
    rows: int = 4000,
    rate: float = 2e-3,
    dropped: float = 0.2,
    dropped_words: float = 0.1,
    seed: int = 1,
    begun: SmallNetwork | None = None,
) -> SmallNetwork:
    """Train, going on from ``begun`` if given.

    An epoch sees each silver line once and each tagged line ``tagged_times``. ``rows`` is the size
    of a batch. The rate falls by a cosine to 3 % of ``rate``.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    network = SmallNetwork(corpus, words, dropped)
    if begun is not None:
        network.load_state_dict(begun.state_dict())
    tables = [network.embedding]
    dense = [value for name, value in network.named_parameters() if name != "embedding"]
    by_row = torch.optim.SparseAdam(tables, lr=rate, betas=(0.9, 0.99))
    by_table = torch.optim.Adam(dense, lr=rate, betas=(0.9, 0.99))
    size = corpus.lines.size + _EDGE
    total = (size.sum() + (tagged_times - 1) * size[: corpus.lines.tagged].sum()) * epochs
    done, began, mean_loss = 0, time.time(), 0.0
    for step, chosen in enumerate(_batches(corpus.lines, tagged_times, rows, draw), 1):
        batch = gather(corpus, chosen, draw, dropped_words)
        done += len(batch.inside)
        falling = 0.5 * (1 + math.cos(math.pi * min(done / total, 1))) * 0.97 + 0.03
        for optimiser in (by_row, by_table):
            optimiser.param_groups[0]["lr"] = rate * min(1, step / 100) * falling
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(batch)
        each = -(batch.targets * logits.log_softmax(dim=1)).sum(dim=1)
        loss = each[batch.inside].mean()
        network.zero_grad()
        loss.backward()
        by_row.step()
        by_table.step()
        mean_loss = 0.98 * mean_loss + 0.02 * loss.item()
        if step % 200 == 0:
            spent = time.time() - began
            print(f"{done / total:.3f} loss {mean_loss:.4f} {spent:.0f} s", flush=True)
        if done >= total:
            break
    network.eval()
    return network


def averaged(first: SmallNetwork, second: SmallNetwork, share: float) -> SmallNetwork:
    """Return a network of which each weight is that of both, the second's with a ``share``."""
    found, added = copy.deepcopy(first), second.state_dict()
    own = first.state_dict()
    found.load_state_dict({name: (1 - share) * own[name] + share * added[name] for name in own})
    return found


def write_network(
    network: SmallNetwork, corpus: Corpus, linear: ModelFile, weight: float, out: Path
) -> None:
    """Write the model file: embeddings in 8 bits with a scale a row, the rest in 16-bit floats.

    Labels stand in the order of ``linear``, whose potentials are added ``weight`` times.
    """
    labels = linear.strings("labels")
    column = [LABELS.index(label) for label in labels]
    own = {name: value.detach().numpy() for name, value in network.named_parameters()}
    embedding = own.pop("embedding")
    scale = np.maximum(np.abs(embedding).max(axis=1), 1e-8) / 127
    own |= {"out": own["out"][:, column], "out_bias": own["out_bias"][column]}
    # Not compressed: a seventh larger, and read three times as fast at every start.
    np.savez(
        out,
        allow_pickle=False,
        format=np.array(FORMAT),
        features=_text(corpus.names),
        marks=_text(corpus.marks),
        labels=_text(labels),
        embedding=np.round(embedding / scale[:, None]).astype(np.int8),
        embedding_scale=scale.astype(np.float16),
        steps=np.array(_STEPS),
        linear_weight=np.array(weight),
        **{name.replace(".", ""): value.astype(np.float16) for name, value in own.items()},
    )


def _text(entries: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(entries).encode(), np.uint8)
