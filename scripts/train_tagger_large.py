"""Train the tagger's large network with torch, and write it as the model file of ``accurate``.

The network is that of ``assembly_extract.tagger.recurrent``: three heads, bidirectional LSTMs that
are begun and dropped out each by itself, over one language model (``train_tagger_language.py``),
and weights of label pairs that they share. They learn the labels of tagged lines and the label
probabilities of silver ones, a whole line at a time, and their potentials are averaged.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from assembly_extract.tagger.weights import FORMAT
from assembly_extract.tagger.words import shape
from tagger_corpus import LABELS, may_follow
from tagger_onnx import in_eight_bits, large_graph
from train_tagger_language import CHARACTERS, LONGEST, UNKNOWN, BothWays, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from tagger_corpus import Lines

    Ints = npt.NDArray[np.int64]

_HEADS = 3
_SHAPE_SIZE, _MARK_SIZE, _HIDDEN, _MIDDLE = 12, 40, 200, 100
_TOKENS = 3_000  # in one batch, padding included
_LONGEST = 250  # tokens of a line that training reads
_DROPPED_WORDS, _DROPPED_MARKS = 0.1, 0.15
_LEAST_SHAPE = 20  # a rarer shape has no embedding of its own
_NEVER = -30.0  # the weight of an inside label behind another type, while it trains
_AVERAGED = 0.997  # of the average of weights, what a step leaves as it was
# What the potentials of the linear chain and of the small network are multiplied by in the sum.
_LINEAR_WEIGHT, _SMALL_WEIGHT = 0.5, 0.3


class Batch(NamedTuple):
    """Lines side by side: lines x tokens (x ...), zero beyond a line's end."""

    vectors: torch.Tensor
    shapes: torch.Tensor
    marks: torch.Tensor
    lengths: torch.Tensor
    inside: torch.Tensor
    targets: torch.Tensor


class Head(nn.Module):
    """A bidirectional LSTM over what the language model reads, shapes and list marks."""

    def __init__(self, inputs: int, shapes: int, marks: int, dropped: float) -> None:
        super().__init__()
        self.dropped = dropped
        self.shapes = nn.Embedding(shapes, _SHAPE_SIZE)
        self.marks = nn.Linear(marks, _MARK_SIZE, bias=False)
        self.lstm = BothWays(inputs + _SHAPE_SIZE + _MARK_SIZE, _HIDDEN)
        self.middle = nn.Linear(2 * _HIDDEN, _MIDDLE)
        self.out = nn.Linear(_MIDDLE, len(LABELS))

    def forward(self, batch: Batch, read: torch.Tensor) -> torch.Tensor:
        """Return lines x tokens x labels."""
        rows = torch.cat([read, self.shapes(batch.shapes), self.marks(batch.marks)], dim=-1)
        states = self.lstm(self._kept(rows), batch.lengths)
        found: torch.Tensor = self.out(torch.tanh(self.middle(self._kept(states))))
        return found

    def _kept(self, values: torch.Tensor) -> torch.Tensor:
        return functional.dropout(values, self.dropped, self.training)


class LargeNetwork(nn.Module):
    """The heads over a language model; ``shapes`` and ``marks`` are the names of their inputs."""

    def __init__(
        self, reader: Reader, shapes: list[str], marks: list[str], dropped: float = 0.35
    ) -> None:
        super().__init__()
        self.reader, self.shape_names, self.mark_names = reader, shapes, marks
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        read = reader.size + 2 * reader.lm.f.hidden_size
        # Shape 0 is one that is not known.
        self.heads = nn.ModuleList(
            Head(read, len(shapes) + 1, len(marks), dropped) for _ in range(_HEADS)
        )

    def forward(self, batch: Batch) -> list[torch.Tensor]:
        """Return each head's logits."""
        states = self.reader.lm(batch.vectors, batch.lengths)
        read = torch.cat([batch.vectors, states], dim=-1)
        return [head(batch, read).float() for head in self.heads]


class Inputs:
    """Numbers of all lines as the network takes them; what a type is read as, once per type."""

    def __init__(self, network: LargeNetwork, lines: Lines) -> None:
        self.lines = lines
        reader = network.reader
        with torch.no_grad():
            pieces = [
                reader.vectors(lines.words[at : at + 4096])
                for at in range(0, len(lines.words), 4096)
            ]
        self.vectors = torch.cat(pieces)
        self.unknown = reader.emb.weight[UNKNOWN].detach()
        number_of = {name: number for number, name in enumerate(network.shape_names, 1)}
        self.shapes = torch.tensor([number_of.get(shape(w), 0) if w else 0 for w in lines.words])
        column = {mark: number for number, mark in enumerate(network.mark_names)}
        self.marks = torch.zeros(len(lines.marks), len(column))
        for number, marks in enumerate(lines.marks):
            self.marks[number, [column[mark] for mark in sorted(marks) if mark in column]] = 1

    def batch(self, chosen: Ints, draw: np.random.Generator | None = None) -> Batch:
        """Return lines side by side; with ``draw`` some words and marks are forgotten."""
        lines = self.lines
        lengths = np.minimum(lines.size[chosen], _LONGEST)
        place = np.arange(int(lengths.max()))
        inside = place < lengths[:, None]
        at = np.where(inside, lines.first[chosen][:, None] + place, 0)
        types = torch.from_numpy(np.where(inside, lines.types[at], 0).astype(np.int64))
        sets = torch.from_numpy(np.where(inside, lines.sets[at], 0).astype(np.int64))
        vectors, marks = self.vectors[types], self.marks[sets]
        if draw is not None:
            forgotten = torch.from_numpy(draw.random(inside.shape) < _DROPPED_WORDS)
            vectors[..., : len(self.unknown)][forgotten] = self.unknown
            marks[torch.from_numpy(draw.random(inside.shape) < _DROPPED_MARKS)] = 0
        return Batch(
            vectors,
            self.shapes[types],
            marks,
            torch.from_numpy(lengths),
            torch.from_numpy(inside),
            torch.from_numpy(lines.targets[at]).float(),
        )


def _batches(size: Ints, draw: np.random.Generator) -> list[Ints]:
    """Return groups of lines of nearly one length, in random order."""
    order = np.argsort(size + draw.random(len(size)) * 4, kind="stable")
    groups, start = [], 0
    for end in range(1, len(order) + 1):
        longest = size[order[min(end, len(order) - 1)]]
        if end == len(order) or (end - start + 1) * longest > _TOKENS:
            groups.append(order[start:end])
            start = end
    draw.shuffle(groups)
    return groups


def _epochs(lines: Lines, tagged_times: int, draw: np.random.Generator) -> Iterator[Ints]:
    every = np.arange(len(lines.size))
    chosen = np.concatenate([np.tile(every[: lines.tagged], tagged_times), every[lines.tagged :]])
    size = np.minimum(lines.size[chosen], _LONGEST)
    while True:
        for group in _batches(size, draw):
            yield chosen[group]


def line_loss(
    found: torch.Tensor, targets: torch.Tensor, lengths: torch.Tensor, transitions: torch.Tensor
) -> torch.Tensor:
    """Return the loss of lines of labels, summed: of a conditional random field.

    ``found`` and ``targets`` are lines x tokens x labels. A target that is not certain is taken for
    independent of its neighbours.
    """
    inside = torch.arange(found.shape[1])[None] < lengths[:, None]
    wanted = ((targets * found).sum(dim=-1) * inside).sum()
    pairs = torch.einsum("lta,ab,ltb->lt", targets[:, :-1], transitions, targets[:, 1:])
    wanted = wanted + (pairs * inside[:, 1:]).sum()
    opens = torch.tensor([_NEVER if label.startswith("I-") else 0.0 for label in LABELS])
    never = torch.tensor([[0.0 if may_follow(a, b) else _NEVER for b in LABELS] for a in LABELS])
    follow = (transitions + never).exp()
    reached = found[:, 0] + opens
    for number in range(1, found.shape[1]):
        top = reached.detach().amax(dim=1, keepdim=True)
        later = ((reached - top).exp() @ follow).log() + top + found[:, number]
        reached = torch.where(inside[:, number, None], later, reached)
    return reached.logsumexp(dim=1).sum() - wanted


def train_large(
    network: LargeNetwork,
    lines: Lines,
    *,
    epochs: float = 2,
    tagged_times: int = 4,
    rate: float = 2e-3,
    reader_share: float = 0.0,
    seed: int = 1,
) -> None:
    """Train the heads; an epoch sees each silver line once, each tagged one ``tagged_times``.

    The rate falls by a cosine to 3 % of ``rate``; the language model learns at ``reader_share`` of
    it. The network is left with a running average of its weights.
    """
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    inputs = Inputs(network, lines)
    network.reader.requires_grad_(requires_grad=False)
    read = list(network.reader.lm.parameters()) if reader_share else []
    for value in read:
        value.requires_grad_(requires_grad=True)
    own = [*network.heads.parameters(), network.transitions]
    optimiser = torch.optim.Adam([{"params": own}, {"params": read}], lr=rate, betas=(0.9, 0.99))
    averages = [value.detach().clone() for value in own + read]
    size = np.minimum(lines.size, _LONGEST)
    total = float((size.sum() + (tagged_times - 1) * size[: lines.tagged].sum()) * epochs)
    done, began, mean_loss = 0, time.time(), 0.0
    network.train()
    for step, chosen in enumerate(_epochs(lines, tagged_times, draw), 1):
        batch = inputs.batch(chosen, draw)
        tokens = int(batch.inside.sum())
        done += tokens
        falling = 0.5 * (1 + math.cos(math.pi * min(done / total, 1))) * 0.97 + 0.03
        for group, share in zip(optimiser.param_groups, (1, reader_share), strict=True):
            group["lr"] = rate * share * min(1, step / 100) * falling
        with torch.autocast("cpu", torch.bfloat16):
            found = network(batch)
        losses = [
            line_loss(logits, batch.targets, batch.lengths, network.transitions) / tokens
            for logits in found
        ]
        loss = torch.stack(losses).sum()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(own + read, 5.0)
        optimiser.step()
        kept = min(_AVERAGED, step / (step + 10))
        for average, value in zip(averages, own + read, strict=True):
            average.lerp_(value.detach(), 1 - kept)
        mean_loss = 0.98 * mean_loss + 0.02 * loss.item() / _HEADS
        if step % 100 == 0:
            spent = time.time() - began
            print(f"{done / total:.3f} loss {mean_loss:.4f} {spent:.0f} s", flush=True)
        if done >= total:
            break
    with torch.no_grad():
        for value, average in zip(own + read, averages, strict=True):
            value.copy_(average)
    network.eval()


def begun_network(reader: Reader, lines: Lines, seed: int = 1) -> LargeNetwork:
    """Return an untrained network for the shapes and marks that the lines hold."""
    torch.manual_seed(seed)
    seen: Counter[str] = Counter()
    times = np.bincount(lines.types, minlength=len(lines.words))[1:].tolist()
    for word, count in zip(lines.words[1:], times, strict=True):
        seen[shape(word)] += count
    shapes = sorted(name for name, count in seen.items() if count >= _LEAST_SHAPE)
    return LargeNetwork(reader, shapes, sorted({mark for own in lines.marks for mark in own}))


def write_large(network: LargeNetwork, out: Path) -> None:
    """Write the model file: word vectors in 8 bits with a scale a row, the graph in 8 bits."""
    reader = network.reader
    own = {name: value.detach().numpy() for name, value in reader.named_parameters()}
    vectors = own["emb.weight"]
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
    window = own["conv.weight"].transpose(2, 1, 0)
    np.savez_compressed(
        out,
        allow_pickle=False,
        format=np.array(FORMAT),
        labels=_text("\n".join(LABELS)),
        words=_text("\n".join(reader.number_of)),
        word_vectors=np.round(vectors / scale[:, None]).astype(np.int8),
        word_scale=scale.astype(np.float16),
        characters=_text(CHARACTERS),
        character_vectors=own["cemb.weight"].astype(np.float16),
        convolution=window.reshape(-1, window.shape[2]).astype(np.float16),
        convolution_bias=own["conv.bias"].astype(np.float16),
        longest=np.array(LONGEST),
        shapes=_text("\n".join(network.shape_names)),
        marks=_text("\n".join(network.mark_names)),
        transitions=network.transitions.detach().numpy(),
        network=np.frombuffer(in_eight_bits(large_graph(network)), np.uint8),
        linear_weight=np.array(_LINEAR_WEIGHT),
        small_weight=np.array(_SMALL_WEIGHT),
    )


def _text(value: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(value.encode(), np.uint8)
