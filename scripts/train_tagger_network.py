"""Train the tagger's small network in numpy, and write it as the runtime's model file.

The network is that of ``assembly_extract.tagger.network``: summed embeddings, a convolution over
five tokens, and three residual convolutions whose steps grow. It learns the label probabilities of
silver lines (soft targets) and the labels of tagged ones, token by token; the linear chain that it
is added to brings the transitions. The gradient is written out by hand; scipy multiplies the sparse
matrices. Lines lie in one array, with rows of line edge between them, so that nothing is padded.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from assembly_extract.tagger.lexicon import EDGE, Lexicon
from assembly_extract.tagger.lists import automaton
from assembly_extract.tagger.network import LINE_EDGE, NO_FEATURE, embedded_features
from assembly_extract.tagger.weights import FORMAT, ModelFile
from tagger_corpus import LABELS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from tagger_corpus import Silver
    from train_tagger_words import Words

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]
    Parameters = dict[str, Floats]

_AROUND = (-2, -1, 0, 1, 2)
_SIZE, _HIDDEN, _STEPS = 100, 128, (1, 2, 4)
_LEAST_WORDS, _LEAST_OTHERS = 4, 6  # a rarer feature has no embedding of its own
_VECTOR_SPREAD = 0.15  # of the word vectors that embeddings begin as


class Corpus(NamedTuple):
    """Lines as numbers.

    ``first`` and ``size`` give a line's tokens; the other arrays are by token. ``features[type]``
    are rows of the embedding table, zero where fewer; ``mark_rows`` is sparse, sets x marks.
    """

    first: Ints
    size: Ints
    types: npt.NDArray[np.int32]
    sets: npt.NDArray[np.int32]
    targets: npt.NDArray[np.float16]
    features: Ints
    mark_rows: sparse.csr_matrix
    names: list[str]
    marks: list[str]
    tagged: int


def build_corpus(tagged: Silver, silver: list[Silver], words: Words) -> Corpus:
    """Give the tokens of all lines numbers, tagged lines first; choose the features to embed."""
    lexicon = Lexicon(automaton(), keep_all=True)
    types, sets, counts = [], [], []
    for source in (tagged, *silver):
        for line, size in zip(source.lines, source.tokens.tolist(), strict=True):
            encoded = lexicon.encode([line])
            if len(encoded.tokens[0]) != size:
                raise ValueError(f"{line!r}: {len(encoded.tokens[0])} tokens where {size} were")
            own = np.zeros(len(encoded.types), np.int32)
            own[encoded.marked] = encoded.mark_sets
            types.append(encoded.types[EDGE:-EDGE].astype(np.int32))
            sets.append(own[EDGE:-EDGE])
            counts.append(size)
    all_types = np.concatenate(types)
    clusters = words.clusters_of()
    own_features = [embedded_features(word, clusters) for word in lexicon.words[1:]]
    seen: Counter[str] = Counter()
    for names, times in zip(own_features, np.bincount(all_types)[1:].tolist(), strict=True):
        for name in names:
            seen[name] += times
    kept = sorted(
        name
        for name, times in seen.items()
        if times >= (_LEAST_WORDS if name.startswith("w=") else _LEAST_OTHERS)
    )
    row_of = {name: row for row, name in enumerate(kept, LINE_EDGE + 1)}
    features = np.zeros((len(lexicon.words), max(map(len, own_features))), np.int64)
    features[0, 0] = LINE_EDGE
    for number, names in enumerate(own_features, 1):
        features[number, : len(names)] = [row_of.get(name, NO_FEATURE) for name in names]
    marks = sorted({mark for own in lexicon.sets for mark in own})
    column = {mark: number for number, mark in enumerate(marks)}
    pairs = [(n, column[mark]) for n, own in enumerate(lexicon.sets) for mark in sorted(own)]
    rows, columns = zip(*pairs, strict=True)
    shape = (len(lexicon.sets), len(marks))
    count = np.array(counts, np.int64)
    return Corpus(
        np.concatenate(([0], np.cumsum(count)[:-1])),
        count,
        all_types,
        np.concatenate(sets),
        np.concatenate([source.probabilities for source in (tagged, *silver)]),
        features,
        sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape),
        kept,
        marks,
        len(tagged.lines),
    )


def initial(corpus: Corpus, words: Words, draw: np.random.Generator) -> Parameters:
    """Return the parameters that training begins with; known words begin as their vectors."""

    def random(rows: int, columns: int, spread: float) -> Floats:
        return draw.normal(0, spread, (rows, columns)).astype(np.float32)

    found = {
        "embedding": random(LINE_EDGE + 1 + len(corpus.names), _SIZE, 0.1),
        "marks": random(len(corpus.marks), _SIZE, 0.1),
        "first": random(len(_AROUND) * _SIZE, _HIDDEN, (2 / (len(_AROUND) * _SIZE)) ** 0.5),
        "first_bias": np.zeros(_HIDDEN, np.float32),
        "out": random(_HIDDEN, len(LABELS), _HIDDEN**-0.5),
        "out_bias": np.zeros(len(LABELS), np.float32),
    }
    for number in range(len(_STEPS)):
        found[f"layer{number}"] = random(3 * _HIDDEN, _HIDDEN, (3 * _HIDDEN) ** -0.5)
        found[f"layer{number}_bias"] = np.zeros(_HIDDEN, np.float32)
    found["embedding"][NO_FEATURE] = 0
    vectors = words.vectors * (_VECTOR_SPREAD / words.vectors.std())
    vector_of = {f"w={word}": vector for word, vector in zip(words.words, vectors, strict=True)}
    for row, name in enumerate(corpus.names, LINE_EDGE + 1):
        if name in vector_of:
            found["embedding"][row] = vector_of[name]
    return found


class Batch(NamedTuple):
    """Rows of some lines with line edges between: inputs, and how they were summed."""

    embedded: Floats
    inside: Floats
    targets: Floats
    feature_rows: Ints
    features: sparse.csr_matrix
    type_of_row: Ints
    marks: sparse.csr_matrix
    set_of_row: Ints


def gather(
    corpus: Corpus, lines: Ints, own: Parameters, draw: np.random.Generator, dropped_words: float
) -> Batch:
    """Sum the embeddings of the lines' tokens; forget the word of some token types."""
    edge = np.full(EDGE, -1)
    pieces = [edge]
    for line in lines:
        first = corpus.first[line]
        pieces += [np.arange(first, first + corpus.size[line]), edge]
    rows = np.concatenate(pieces)
    inside = rows >= 0
    types, type_of_row = np.unique(np.where(inside, corpus.types[rows], 0), return_inverse=True)
    features = corpus.features[types]
    features[(draw.random(len(types)) < dropped_words) & (types > 0), 0] = NO_FEATURE
    at, column = np.nonzero(features)
    feature_rows, number = np.unique(features[at, column], return_inverse=True)
    summed = sparse.csr_matrix(
        (np.ones(len(at), np.float32), (at, number)), (len(types), len(feature_rows))
    )
    sets, set_of_row = np.unique(np.where(inside, corpus.sets[rows], 0), return_inverse=True)
    marks = corpus.mark_rows[sets]
    embedded = (summed @ own["embedding"][feature_rows])[type_of_row]
    embedded += (marks @ own["marks"])[set_of_row]
    return Batch(
        embedded,
        inside.astype(np.float32)[:, None],
        corpus.targets[rows].astype(np.float32),
        feature_rows,
        summed,
        type_of_row,
        marks,
        set_of_row,
    )


def beside(rows: Floats, offsets: tuple[int, ...]) -> Floats:
    """Put each row's neighbours at ``offsets`` side by side; zero beyond the ends."""
    size = rows.shape[1]
    found = np.zeros((len(rows), len(offsets) * size), np.float32)
    for number, offset in enumerate(offsets):
        low, high = max(0, -offset), len(rows) - max(0, offset)
        found[low:high, number * size : (number + 1) * size] = rows[low + offset : high + offset]
    return found


def beside_gradient(gradient: Floats, offsets: tuple[int, ...], size: int) -> Floats:
    """Return the gradient by the rows that :func:`beside` was given."""
    found = np.zeros((len(gradient), size), np.float32)
    for number, offset in enumerate(offsets):
        low, high = max(0, -offset), len(gradient) - max(0, offset)
        found[low + offset : high + offset] += gradient[
            low:high, number * size : (number + 1) * size
        ]
    return found


def kept_mask(shape: tuple[int, ...], draw: np.random.Generator, dropped: float) -> Floats:
    """Return a dropout mask: 0, or what keeps the mean."""
    kept = draw.random(shape, dtype=np.float32) >= dropped
    return kept.astype(np.float32) / np.float32(1 - dropped)


def loss_and_gradient(
    own: Parameters, batch: Batch, draw: np.random.Generator, dropped: float
) -> tuple[float, Parameters, Floats]:
    """Return the mean cross-entropy a token, its gradient, and that by the embedded rows."""
    masks = [kept_mask(batch.embedded.shape, draw, dropped)]
    window = beside(batch.embedded * masks[0], _AROUND)
    first = np.maximum(window @ own["first"] + own["first_bias"], 0) * batch.inside
    hidden, windows, added = first, [], []
    for number, step in enumerate(_STEPS):
        masks.append(kept_mask(hidden.shape, draw, dropped))
        windows.append(beside(hidden * masks[-1], (-step, 0, step)))
        out = windows[-1] @ own[f"layer{number}"] + own[f"layer{number}_bias"]
        added.append(np.maximum(out, 0) * batch.inside)
        hidden = hidden + added[-1]
    masks.append(kept_mask(hidden.shape, draw, dropped))
    last = hidden * masks[-1]
    logits = last @ own["out"] + own["out_bias"]
    logits -= logits.max(axis=1, keepdims=True)
    chance = np.exp(logits)
    total = chance.sum(axis=1, keepdims=True)
    tokens = batch.inside.sum()
    loss = float((batch.targets * (np.log(total) - logits) * batch.inside).sum() / tokens)
    by_logits = (chance / total - batch.targets) * (batch.inside / tokens)
    gradient = {"out": last.T @ by_logits, "out_bias": by_logits.sum(axis=0)}
    by_hidden = by_logits @ own["out"].T * masks[-1]
    for number in range(len(_STEPS) - 1, -1, -1):
        by_out = by_hidden * (added[number] > 0)
        gradient[f"layer{number}"] = windows[number].T @ by_out
        gradient[f"layer{number}_bias"] = by_out.sum(axis=0)
        step = _STEPS[number]
        by_window = by_out @ own[f"layer{number}"].T
        by_hidden = by_hidden + masks[number + 1] * beside_gradient(
            by_window, (-step, 0, step), _HIDDEN
        )
    by_first = by_hidden * (first > 0)
    gradient["first"] = window.T @ by_first
    gradient["first_bias"] = by_first.sum(axis=0)
    by_embedded = beside_gradient(by_first @ own["first"].T, _AROUND, _SIZE) * masks[0]
    return loss, gradient, by_embedded


class Adam:
    """Adam's steps; of the embedding table only the rows that a batch met."""

    def __init__(self, own: Parameters) -> None:
        self._mean = {name: np.zeros_like(value) for name, value in own.items()}
        self._square = {name: np.zeros_like(value) for name, value in own.items()}

    def step(
        self, own: Parameters, name: str, gradient: Floats, rate: float, rows: Ints | None = None
    ) -> None:
        """Move ``own[name]`` (its ``rows``) against the gradient."""
        at = slice(None) if rows is None else rows
        mean = self._mean[name][at] * np.float32(0.9) + np.float32(0.1) * gradient
        square = self._square[name][at] * np.float32(0.99) + np.float32(0.01) * gradient**2
        self._mean[name][at], self._square[name][at] = mean, square
        own[name][at] -= np.float32(rate) * mean / (np.sqrt(square) + np.float32(1e-7))


def train_network(
    corpus: Corpus,
    words: Words,
    *,
    epochs: float = 4,
    tagged_times: int = 4,
    rows: int = 4000,
    rate: float = 2e-3,
    dropped: float = 0.2,
    dropped_words: float = 0.15,
    seed: int = 1,
) -> Parameters:
    """Train; an epoch sees each silver line once and each tagged line ``tagged_times``.

    ``rows`` is the size of a batch. The rate falls by a cosine to 3 % of ``rate``.
    """
    draw = np.random.default_rng(seed)
    own = initial(corpus, words, draw)
    adam = Adam(own)
    every = np.arange(len(corpus.size))
    lines = np.concatenate([np.tile(every[: corpus.tagged], tagged_times), every[corpus.tagged :]])
    size = corpus.size[lines] + EDGE
    total, done, step, began, mean_loss = float(size.sum() * epochs), 0, 0, time.time(), 0.0
    while done < total:
        draw.shuffle(lines)
        groups = np.cumsum(corpus.size[lines] + EDGE) // rows
        for group in np.split(lines, np.flatnonzero(np.diff(groups)) + 1):
            batch = gather(corpus, group, own, draw, dropped_words)
            loss, gradient, by_embedded = loss_and_gradient(own, batch, draw, dropped)
            step, done = step + 1, done + len(batch.embedded)
            falling = 0.5 * (1 + np.cos(np.pi * min(done / total, 1))) * 0.97 + 0.03
            now = rate * min(1, step / 100) * float(falling)
            by_type = _summed(by_embedded, batch.type_of_row, batch.features.shape[0])
            adam.step(own, "embedding", batch.features.T @ by_type, now, batch.feature_rows)
            by_set = _summed(by_embedded, batch.set_of_row, batch.marks.shape[0])
            adam.step(own, "marks", batch.marks.T @ by_set, now)
            for name, value in gradient.items():
                adam.step(own, name, value, now)
            mean_loss = 0.98 * mean_loss + 0.02 * loss
            if step % 200 == 0:
                print(
                    f"{done / total:.3f} loss {mean_loss:.4f} {time.time() - began:.0f} s",
                    flush=True,
                )
            if done >= total:
                break
    return own


def _summed(values: Floats, group: Ints, groups: int) -> Floats:
    """Return the sum of the rows of each group."""
    shape = (groups, len(group))
    ones = np.ones(len(group), np.float32)
    found: Floats = sparse.csr_matrix((ones, (group, np.arange(len(group)))), shape) @ values
    return found


def write_network(
    own: Parameters, corpus: Corpus, linear: ModelFile, weight: float, out: Path
) -> None:
    """Write the model file: embeddings in 8 bits with a scale a row, the rest in 16-bit floats.

    Labels stand in the order of ``linear``, whose potentials are added ``weight`` times.
    """
    labels = linear.strings("labels")
    column = [LABELS.index(label) for label in labels]
    embedding = np.concatenate((own["embedding"], own["marks"]))
    scale = np.maximum(np.abs(embedding).max(axis=1), 1e-8) / 127
    half = {
        name: value.astype(np.float16)
        for name, value in own.items()
        if name.startswith(("first", "layer"))
    }
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
        out=own["out"][:, column].astype(np.float16),
        out_bias=own["out_bias"][column].astype(np.float16),
        linear_weight=np.array(weight),
        **half,
    )


def _text(entries: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(entries).encode(), np.uint8)
